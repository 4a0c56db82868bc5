/*
 * Shaping, once a word: glyphs of a piece of text in a face, in the face's own units and so for every size.
 * Private to src/text.
 *
 * A word is what stands between two spaces, which no font joins across. The key is the whole word, since a
 * letter's form depends on its neighbours, also on those that another face or direction draws.
 */
#ifndef MUJAZ_TEXT_SHAPE_H
#define MUJAZ_TEXT_SHAPE_H

#include <stdbool.h>

#include "text/text.h"

/* Zeroed before it is filled: compared as bytes. */
struct shape_how {
    const struct font_face *face;
    hb_language_t language;
    hb_script_t script;
    int rtl;
};

/* Lengths in units of the face's em. */
struct shaped_cluster {
    uint32_t start, first_glyph; /* byte, from the piece's start; left to right */
    uint16_t length;
    uint16_t glyph_count : 15;   /* none: no ink */
    uint16_t missing : 1;        /* no glyph for it in this face */
    int32_t advance;
};

struct shaped {
    const struct shaped_cluster *clusters; /* logical order */
    uint32_t count;
    const struct text_glyph *glyphs;
    int32_t advance;
    bool missing;
};

/* Bytes [start, end) of `word`, which is `length` long. */
struct shape_piece {
    const char *word;
    uint32_t length, start, end;
};

struct shaper;
struct shaper *shaper_new(const struct font_set *);
void shaper_drop(struct shaper *);
/* Words are kept in two generations: those that were asked for since shaper_age was called last, and those that were
 * not but were in the time before that. It forgets the latter. */
void shaper_age(struct shaper *);
enum shaper_words { SHAPER_NEW, SHAPER_OLD, SHAPER_GENERATIONS };
size_t shaper_count(const struct shaper *); /* of the new words */
/* Where they live. Who wants them for longer than until they are forgotten holds this arena. Words that are given are
 * new ones. NULL: there are no old ones yet. */
struct arena *shaper_arena(struct shaper *, enum shaper_words);

const struct shaped *shaper_shape(struct shaper *, const struct shape_how *, struct shape_piece);

/* The same with `count` tatweels behind byte `at` of the piece; they are glyphs of the cluster that ends there,
 * so clusters stand for the same text as before. NULL when the face has no tatweel or draws something else. */
const struct shaped *shaper_stretch(struct shaper *, const struct shape_how *, struct shape_piece, uint32_t at,
                                    unsigned count);

bool shaper_has_glyph(struct shaper *, const struct font_face *, uint32_t code_point);
/* How far the last of a cluster's glyphs, which run left to right, reaches beyond its advance; 0: it does not. */
int32_t shaper_overhang(struct shaper *, const struct font_face *, const struct shaped *,
                        const struct shaped_cluster *);
/* Ascent and descent of a face in ems, both positive. */
void shaper_extents(struct shaper *, const struct font_face *, float *ascent, float *descent);

#endif
