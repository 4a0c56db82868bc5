/*
 * Short strings that were laid out before: the cells, labels and running headers of a document repeat. Their blocks
 * live where the shaped words do, and age with them. Private to src/text.
 */
#ifndef MUJAZ_TEXT_KEPT_H
#define MUJAZ_TEXT_KEPT_H

#include "text/engine.h"

enum { KEPT_LENGTH = 96 }; /* bytes of the longest string that is kept */

/* Everything that a block without spans depends on. Zeroed before it is filled: compared as bytes. */
struct kept_key {
    float size, other_scale, width;
    uint32_t rgb;
    uint8_t role, weight, lang, align, breaks, justify, hyphenate, kashida;
    uint32_t length;
    char text[KEPT_LENGTH];
};

/* False: the string is too long to be kept. */
bool kept_key(struct kept_key *, const char *text, uint32_t length, const struct text_style *, float width);
/* NULL: not laid out before, or forgotten. `holder` holds what the block lives in. */
struct text_block *kept_find(const struct text_engine *, const struct kept_key *, struct arena *holder);
void kept_add(struct text_engine *, const struct kept_key *, struct text_block *);
size_t kept_count(const struct text_engine *); /* of those added since kept_age */
/* Forgets the old ones; called before shaper_age, since their memory is that of the old words. */
void kept_age(struct text_engine *);
void kept_drop(struct text_engine *);

#endif
