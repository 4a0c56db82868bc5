/*
 * Short strings that were laid out before: the cells, labels and running headers of a document repeat. Their blocks
 * live where the shaped words do. Private to src/text.
 */
#ifndef MUJAZ_TEXT_KEPT_H
#define MUJAZ_TEXT_KEPT_H

#include "text/engine.h"

enum { KEPT_LENGTH = 96 }; /* bytes of the longest string that is kept */

struct kept_block;

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
/* NULL: not laid out before. */
const struct text_block *kept_find(const struct text_engine *, const struct kept_key *);
void kept_add(struct text_engine *, const struct kept_key *, const struct text_block *);
size_t kept_count(const struct text_engine *);
/* Their memory is the words'. */
void kept_forget(struct text_engine *);

#endif
