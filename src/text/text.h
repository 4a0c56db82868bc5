/*
 * Text: strings with attributes become lines of positioned glyph clusters, by Pango and HarfBuzz.
 *
 * Lengths are points, y grows downwards, offsets are UTF-8 bytes. Lines are immutable; they live in the arena
 * that text_layout was given, which also keeps the shaped words alive that they refer to; faces in the font set.
 */
#ifndef MUJAZ_TEXT_TEXT_H
#define MUJAZ_TEXT_TEXT_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/lang.h"
#include "text/font.h"

/* Lengths in units of the face's em. */
struct text_glyph {
    uint32_t id;  /* glyph index in the cluster's face */
    int32_t x, y; /* from the cluster's origin on the baseline, y up as fonts have it */
    int32_t advance;
};

/* The smallest piece of text that has glyphs of its own: a letter with its marks, a ligature. */
struct text_cluster {
    const struct font_face *face;      /* NULL: no ink (space of a tab, bidi control) */
    float size;                        /* of the face, points */
    float x, advance;                  /* from the line's left edge; pen advance */
    float rise;                        /* up: superscripts */
    uint32_t start, length;            /* in line->text */
    const struct text_glyph *glyphs;   /* left to right */
    uint32_t glyph_count;
    uint32_t rgb;                      /* 0xRRGGBB */
    uint8_t level;                     /* bidi level; odd is right-to-left */
};

struct text_piece;
struct text_look;

struct text_line {
    const char *text; /* logical order, with bidi controls; without the break's trailing white space */
    uint32_t length;
    enum dir dir; /* base direction of the paragraph */
    enum lang lang;
    enum font_role role; /* of the paragraph: lines of one role and weight share one PDF font */
    enum font_weight weight;
    float size;                          /* base size of the paragraph, points */
    const struct text_piece *pieces;     /* words and spaces in visual order: text_walk_next spreads them out */
    const struct text_look *looks;       /* of the pieces */
    uint32_t piece_count;                /* 0: no cluster */
    float width;           /* of the ink's advances, trailing space not counted */
    float x;               /* left edge inside the layout width, from alignment */
    float ascent, descent; /* from the fonts; both positive */
    bool continues; /* white space stood at its break: the next line goes on with another word */
    uint32_t start;        /* offset of text in the string that was laid out */
    bool hyphenated;       /* ends inside a word, with a hyphen that is ink of its last letter and no text */
    bool justified;        /* as wide as the layout */
    float spread;          /* what justification added to the natural width; below 0 where spaces shrank */
    bool any_rtl;          /* some of it, or all, runs right to left */
    unsigned kashidas;     /* words that a kashida stretches; its ink belongs to the letter before it */
};

/* A walk over a line's clusters in visual order, left to right:
 *     struct text_cluster c;
 *     for (struct text_walk walk = { .line = line }; text_walk_next(&walk, &c);) */
struct text_walk {
    const struct text_line *line;
    uint32_t piece, cluster; /* the next one */
    double x;
};
bool text_walk_next(struct text_walk *, struct text_cluster *); /* false: there is none */
float text_glyph_points(const struct text_cluster *, int32_t units); /* a length of its glyphs in points */

/* An attribute over bytes [start, end) of the string. Later ones win. */
enum text_attribute { TEXT_WEIGHT, TEXT_COLOUR, TEXT_SUPERSCRIPT, TEXT_ROLE, TEXT_SLANT };
struct text_span {
    uint32_t start, end;
    enum text_attribute attribute;
    uint32_t value; /* enum font_weight; 0xRRGGBB; 1; enum font_role; 0xRRGGBB where there is no italic */
};

enum text_align { TEXT_START, TEXT_CENTRE, TEXT_END };

/* First fit fills each line as far as it goes; total fit looks for the best lines of the whole paragraph: justified
 * ones whose spaces are near their own width, ragged ones of about one length, in no more lines than are needed. */
enum text_breaks { TEXT_FIRST_FIT, TEXT_TOTAL_FIT };

struct text_style {
    enum font_role role;
    enum font_weight weight;
    float size; /* of the paragraph's own script (Arabic when dir is RTL), points */
    float
        other_scale; /* the other script's size relative to it: Latin in Arabic 0.85, Arabic in Latin 1.15 */
    uint32_t rgb;
    enum lang lang; /* language and base direction (fixed, not guessed) */
    enum text_align align;
    enum text_breaks breaks;
    bool justify;   /* all lines but a paragraph's last fill the width */
    bool hyphenate; /* English words may be broken */
    bool kashida;   /* where justified Arabic needs more than its spaces give */
};

struct text_block {
    const struct text_line *lines;
    size_t line_count;
    float width; /* of the widest line */
};

/* One engine per thread; it owns Pango's font map and context. */
struct text_engine;
struct text_engine *text_engine_new(const struct font_set *);
void text_engine_drop(struct text_engine *);
/* Whether an italic has drawn something so far. Not while another thread has an engine that this one lent. */
bool text_engine_slanted(const struct text_engine *);
/* An engine of the same fonts for a second thread, with words and memory of its own, until it is given back: both give
 * the same lines for the same text. NULL when it is lent already, or this is such an engine. Dropped with this one. */
struct text_engine *text_engine_lend(struct text_engine *);
void text_engine_give_back(struct text_engine *); /* to this one */
/* Forgets all words, which are shaped anew when they come again. Not while it has lent an engine. */
void text_engine_forget(struct text_engine *);

/* Of a web address, "https://...", in a word without blanks: what follows the scheme; NULL: there is none. */
const char *text_address(const char *word, size_t length);
/* Whether a line may end in it before `at`, between `rest` and the word's end: behind a slash, or before a mark that
 * parts its words. No hyphen stands there then. */
bool text_address_breaks(const char *rest, const char *end, const char *at);

/* Breaks `utf8` into lines no wider than `width` points (<= 0: one line, however long). U+2028 breaks.
 * `at` places the diagnostics (a glyph that no font of the set has, a word wider than the width, over 32
 * combining marks in a row): given a byte offset it returns the place; both may be NULL.
 * The returned lines live as long as the arena; the same short string may give the same lines again.
 * Never NULL; an empty string has one empty line. */
typedef struct place text_place_fn(const void *context, uint32_t offset);
const struct text_block *text_layout(struct text_engine *, const char *utf8, uint32_t length,
                                     const struct text_span *, size_t span_count, const struct text_style *,
                                     float width, text_place_fn *at, const void *context, struct arena *,
                                     struct diags *);

#endif
