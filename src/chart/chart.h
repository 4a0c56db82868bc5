/*
 * Charts: a declaration and a frame become paths and text in the scene, as vectors.
 *
 * Drawn per language, mirrored for Arabic; with both languages at once (the parallel edition) the shape
 * stands in the middle, English words on its left and Arabic ones on its right.
 */
#ifndef MUJAZ_CHART_CHART_H
#define MUJAZ_CHART_CHART_H

#include "chart/spec.h"
#include "scene/canvas.h"

/* Hatches of areas and dashes of lines: where several series share a chart; wherever something is to be told apart, for
 * printing in grey; nowhere. */
enum chart_patterns { PATTERNS_AUTO, PATTERNS_ALWAYS, PATTERNS_NEVER };

struct chart_style {
    uint32_t ink, muted, faint, accent, accent_soft; /* 0xRRGGBB: text, secondary text, hairlines,
                                                        the finding, its lighter companion */
    float size;         /* of labels in Latin script, points; never below 7 */
    float arabic_scale; /* Arabic relative to Latin */
    float hairline;     /* points */
    enum chart_patterns patterns;
};

struct chart_frame {
    float x, y, width;        /* on the page; the height follows from chart_height */
    bool show[LANG_COUNT];    /* one language or both */
    enum dir dir;             /* of the drawing when one language is shown */
    float share;              /* of its usual height, where that is free; 0: all of it */
};

/* What drawing needs and keeps none of. Title, subtitle and source are the layout's: the chart is the figure
 * between them. */
struct chart_context {
    struct text_engine *text;
    struct locale *const *locale; /* per language */
    const struct chart_style *style;
    struct diags *diags;
};

/* Height in points that chart_draw will take at that width. Says what is wrong with the chart, and gives 0 when
 * it cannot be drawn; chart_draw says nothing again and then draws nothing. */
float chart_height(const struct chart_spec *, const struct chart_frame *, const struct chart_context *);
/* Whether the frame's share, near 1, is about that of the height, as far as words bear it; what seats and squares take
 * follows from their width, and is larger only where that is free. Where the words find no room at a share,
 * chart_height says so, or is far larger. */
bool chart_is_flexible(const struct chart_spec *);
void chart_draw(const struct chart_spec *, const struct chart_frame *, const struct chart_context *,
                struct scene *, size_t page);

/* Alternative text made from the data: kind, the finding, and what stands in it: every list of a hemicycle, bar
 * or event; of many bars or events the extremes. */
const char *chart_alt(const struct chart_spec *, enum lang, struct locale *, struct arena *);

#endif
