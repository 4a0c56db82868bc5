/*
 * Fields: categories along one side, a scale of values along the other; their words, ticks and grid. Thought out once
 * for both directions: marks say between which values they reach, and how far across the categories.
 *
 *   lying (mirrored for Arabic)                 standing
 *
 *   category │██████████ 66                     40 ─            ██
 *   category │██████ 40                         20 ─  ██  ██    ██
 *            0    20   40   60                   0 ─ ─██──██────██─
 *                                                   words in columns, English above Arabic
 *
 *   notes on values: lines and bands across it; on categories: words below their marks, standing below their words
 *
 *   both languages, lying: English words in a column on the left, Arabic ones in a column on the right
 */
#ifndef MUJAZ_CHART_FIELD_H
#define MUJAZ_CHART_FIELD_H

#include "chart/axis.h"
#include "chart/legend.h"
#include "chart/marks.h"
#include "chart/notes.h"

struct field_scale {
    struct extent extent;
    bool zero, logarithmic, whole; /* as axis_of_numbers takes them */
    bool shares;                   /* 0 to 100 percent instead */
};

struct field_slot {
    double need;   /* in: points that the category's marks take across; lying only */
    double middle; /* out: y; standing x */
    double below;  /* out: y below marks and words; lying only */
};

struct field {
    const struct plot *plot;
    struct picture *picture;
    bool standing;
    struct field_scale scale;
    struct axis axis;
    const struct groups *categories;
    struct field_slot *slots;            /* by category */
    double slot;                         /* standing: the width that each category has */
    double left, right, top, bottom;     /* of the marks' area, from the side of reading */
    double label_width[LANG_COUNT];      /* lying: of the columns of words, by the order of plot->langs; 0: none */
    struct label_pair *words;            /* of each category; lying: in two columns */
    struct chart_notes *notes;           /* on values */
    struct label_pair *said;             /* notes on categories: below their marks, standing below their words */
    struct tail *own_tails;
    const struct tail *tails;            /* of all panels on one scale */
    size_t tail_count;
};

/* Measures the words. A diagnostic when they leave no room, or do not fit below their columns. */
struct field field_begin(const struct plot *, struct picture *, bool standing, struct field_scale);
/* The words of a row's value. Standing they may be `width` points wide: false when they do not fit, with a diagnostic
 * where they say more than the scale does ("about 170"). */
bool field_words(const struct field *, const struct chart_row *, struct label_look, double width, struct label_pair *);
/* `points` beyond the value must stay free, for its words; on the side of falling values when `below`. */
void field_tail(struct field *, double value, double points, bool below);
/* Places slots and scale from `top` down: from here on the field is fixed. */
void field_place(struct field *, double top);
/* Bands, grid, ticks, units and categories' words, standing with the notes on them; returns the height of all. */
double field_draw(const struct field *);
/* Lines of notes and their words, and what is said of categories: over the marks, below the marks' words. */
void field_draw_notes(const struct field *);
/* Where bars begin, over them. */
void field_draw_zero(const struct field *);

/* What follows stands across the categories at `middle`, a slot's or near it. */
void field_bar(const struct field *, const struct mark *, double from, double to, double middle, double thick);
/* Three pieces, each shorter than the one before, `points` behind the value: "and more". */
void field_more(const struct field *, uint32_t rgb, double value, bool below, double points, double middle,
                double thick);
/* An empty shape behind a value, for what is missing. */
void field_gap(const struct field *, double value, double middle, double thick);
void field_line(const struct field *, const struct mark *, double from, double to, double middle, double width);
void field_symbol(const struct field *, const struct mark *, double value, double middle, double radius);
/* Words behind a value, `points` away from it, on a white ground. */
void field_label(const struct field *, const struct label_pair *, double value, double points, bool below,
                 double middle);
/* Words centred in a bar, where its hatch stops. */
void field_label_inside(const struct field *, const struct label_pair *, double from, double to, double middle,
                        double thick, const struct mark *);

double field_more_length(void);
double field_gap_length(const struct field *);
/* Of words along the values, and across. */
double field_along(const struct field *, const struct label_pair *);
double field_across(const struct field *, const struct label_pair *);

#endif
