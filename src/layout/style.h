/* A layout file (layouts/NAME.yaml) as typed settings. Lengths are points. */
#ifndef MUJAZ_LAYOUT_STYLE_H
#define MUJAZ_LAYOUT_STYLE_H

#include "base/diag.h"
#include "text/text.h"

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
    bool justify[LANG_COUNT];  /* body paragraphs; English is hyphenated then, Arabic gets kashidas */
    enum text_breaks breaks;   /* of justified paragraphs */
    float justify_from;        /* ems: in narrower columns paragraphs stay ragged */
};

struct arena;
const struct style *style_load(const char *workspace, const char *name, struct arena *, struct diags *);

#endif
