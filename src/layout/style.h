/* A layout file (layouts/NAME.yaml) as typed settings. Lengths are points. */
#ifndef MUJAZ_LAYOUT_STYLE_H
#define MUJAZ_LAYOUT_STYLE_H

#include "base/diag.h"
#include "text/font.h"

enum style_table { TABLE_RULES, TABLE_ZEBRA }; /* what parts the rows of a table */

struct style {
    const char *name, *fonts;        /* fonts: name of the set in fonts/ */
    float page_width, page_height;
    float margin_top, margin_bottom, margin_inner, margin_outer; /* inner: the binding's side */
    float gutter;                    /* between the two columns of the parallel edition */
    float measure;                   /* widest frame of an edition in one language: lines stay readable */
    float grid;                      /* line pitch of the body: both columns share its baselines */
    float size_title, size_h2, size_h3, size_body, size_small, size_figure; /* Latin sizes */
    float arabic_scale[FONT_ROLE_COUNT]; /* Arabic relative to Latin, so that both look equally large */
    uint32_t ink, muted, faint, accent, accent_soft; /* 0xRRGGBB */
    float hairline;
    int table_look;                  /* enum style_table */
    uint32_t shade;                  /* of every other row or group */
};

struct arena;
const struct style *style_load(const char *workspace, const char *name, struct arena *, struct diags *);

#endif
