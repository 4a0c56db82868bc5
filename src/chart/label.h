/* Labels: short texts of a chart, set by the text room, measured, ready to be placed. */
#ifndef MUJAZ_CHART_LABEL_H
#define MUJAZ_CHART_LABEL_H

#include "base/diag.h"
#include "text/text.h"

struct plot;

struct label {
    const struct text_block *block; /* NULL: nothing to show */
    double width, height;  /* of the box around all lines */
    double pitch, ascent;  /* between baselines; from the box's top to the first baseline */
    double middle;         /* from the box's top to what the eye takes as its middle */
};

struct label_look {
    enum font_weight weight;
    uint32_t rgb;
    double scale; /* of the chart's label size; 0 means 1 */
};

/* `width` <= 0: one line. Diagnostics are placed at `at`. An empty or missing text gives an empty label. */
struct label label_make(const struct plot *, enum lang, const char *utf8, struct label_look, double width,
                        const struct place *at);
/* Width of the text on one line. */
double label_natural_width(const struct plot *, enum lang, const char *utf8, struct label_look);
/* Width of its widest word: narrower than that, text cannot be set without tearing one. */
double label_word_width(const struct plot *, enum lang, const char *utf8, struct label_look);

#endif
