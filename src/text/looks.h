/*
 * Looks: the string to be laid out, cut where its font or size changes. Private to src/text.
 *
 * Two faces serve a paragraph, one for Arabic letters and one for everything else; the two scripts are drawn
 * at sizes that look equal.
 */
#ifndef MUJAZ_TEXT_LOOKS_H
#define MUJAZ_TEXT_LOOKS_H

#include "text/text.h"

struct look {
    enum font_role role;
    enum font_weight weight;
    uint32_t rgb;
    bool superscript, slanted;
    uint32_t upright_rgb; /* of what is slanted in a script or family without italics */
};

/* What the spans and the style say at an offset. *until is lowered to where it may change next. */
struct look look_at(const struct text_span *, size_t span_count, const struct text_style *, uint32_t offset,
                    uint32_t *until);

/* Whose face draws a character: LANG_AR or LANG_EN. `previous` is that of the character before it. */
enum lang look_script(uint32_t code_point, enum lang previous, const struct text_style *);

/* Size and rise of a character so drawn, in points. */
float look_size(struct look, enum lang script, const struct text_style *);
float look_rise(struct look, const struct text_style *);

#endif
