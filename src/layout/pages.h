/*
 * Inside layout/, pagination only: what the flow's items are cut into, and what a page is chosen from.
 *
 *   items ──units.c──▶ units ──fill.c (one page)──breaks.c (all of them)──▶ page ends ──paginate.c──▶ pages
 *
 * A page is filled twice by the same code: while its end is looked for, and when it is drawn. A y in here counts
 * from the frame's top.
 */
#ifndef MUJAZ_LAYOUT_PAGES_H
#define MUJAZ_LAYOUT_PAGES_H

#include "layout/layouter.h"

enum { MOST_PAGE_NOTES = 9 }; /* numbered by the page, so that every number is one digit wide */
enum { FEWEST_LINES = 2 };    /* of a paragraph on a page, when it has more */

/* What no page break divides: a row of text or of a table, a block that draws itself, a whole figure that may
 * float. Rows of a table that are alike are one. */
struct unit {
    uint32_t item, items; /* first item; how many (a figure: with its caption and source) */
    uint32_t first;       /* number of the unit that is the item's first row */
    float height, before, after;
    float penalty;        /* of a page that ends before it */
    bool floats : 1;
    bool across : 1;      /* over all columns of the page */
    bool legal : 1;       /* a page may end before it */
    bool slot : 1;        /* a figure that waits may be placed before it */
    bool section : 1;
    bool forced : 1;      /* begins a page */
    bool kept : 1;        /* what follows stands on its page */
    bool turned : 1;      /* stands on a page turned sideways, and all others on upright ones */
    bool inner : 1;       /* row of a long table, far from its end: a page that ends here is as full as it can be */
    bool divides : 1;     /* a rule: left out where a page begins with it */
    bool flexible : 1;    /* a figure whose charts may be lower or higher; `height`: as usual */
    uint32_t note_count : 21;
    const size_t *notes;  /* referred to in it and, numbered by the report, in no unit before it */
};

struct flow_units {
    struct unit *kinds;
    uint32_t *kind; /* by number of the unit: its place in `kinds` */
    size_t count;
    size_t *floats; /* numbers of those that float */
    size_t float_count;
};

static inline const struct unit *unit_at(const struct flow_units *units, size_t number)
{
    return &units->kinds[units->kind[number]];
}

/* `gaps`: of the space between the items, the share that stays; 1: all of it. */
struct flow_units units_make(struct layouter *, float gaps, struct arena *);

/* Where a page begins. */
struct page_start {
    size_t unit;
    size_t placed; /* figures on the pages before; those that stand before `unit` and are not placed wait */
    struct page_note rest; /* of a note that began on the page before; rest.from 0: none */
};

/* What is done with the figures that a page meets: the first `here` stand where the text has them, the next
 * `foot` at the page's foot, the others wait. Those that wait already come first, or, when a paragraph goes on
 * at the page's top, after that paragraph or at the foot. */
struct page_choice {
    bool waiting_at_foot;
    size_t here, foot;
    int flex; /* the step at which the page's charts are set */
};

struct page_end {
    struct page_start next;
    double cost;
    float white;  /* unused part of the page's height; 0 where the end is meant */
};

/* Where a unit stands on the page. */
struct piece {
    size_t unit, column;
    float y; /* its own top, below a table's head */
};

struct page_filler {
    struct layouter *upright, *turned;
    const struct flow_units *units;
    struct arena *arena;
    size_t *stamp;  /* by note: the try that it was last counted in */
    size_t tries;

    /* the page at hand */
    struct layouter *l; /* upright or turned */
    float height;   /* of the frame */
    struct page_choice choice;
    float most_white; /* share of the height: ends of an emptier page may be left out */
    struct page_end held; /* the best that is inside a long table; cost infinite: none yet */
    float top;      /* of the band of columns that is being filled */
    float stacked;  /* height of the band's units in one column */
    float ragged;   /* white below the columns of the bands above it, as if it ran across */
    float after;    /* space that the last unit wants below it */
    float foot;     /* height of the figures at the foot */
    float section_at; /* y of the last section's beginning, negative: none; one column only */
    bool empty;
    size_t first;   /* unit that the page begins with */
    size_t last;    /* unit placed last; of no meaning when empty */
    size_t *band, band_count;
    size_t *at_foot, foot_count;
    size_t placed, met; /* figures: placed up to here; met on this page */
    struct page_note *notes;
    size_t note_count;
    float notes_height; /* whole, with the separator */
    bool overfull;  /* something was placed that does not fit */
    float flexible; /* height of its charts that may be lower or higher, as usual */
    int lower;      /* the first step at which what did not fit might; FLEX_NONE: at no step */
    bool composing; /* pieces are wanted */
    struct piece *pieces;
    size_t piece_count;
};

void filler_init(struct page_filler *, struct layouter *upright, struct layouter *turned, const struct flow_units *,
                 struct arena *);

/* Tries all ends of a page. `anywhere`: also ends that break the rules, for when there are no others.
 * Returns the number of figures that it met. */
typedef void page_end_fn(void *context, const struct page_end *);
size_t filler_try(struct page_filler *, const struct page_start *, struct page_choice, bool anywhere,
                  page_end_fn *, void *context);
/* What a page costs of which such a share is left white, and that has no other fault. */
double filler_cost_of_white(float share);
/* Whether so many points are more than is left white without asking its charts. */
bool filler_is_white(const struct page_filler *, float white);
/* Of the page that filler_compose left, of a height of `used`: the step at which its charts fill what nothing else
 * does; 0: there is not enough of it. */
int filler_higher(const struct page_filler *, const struct page_start *next, float used);
/* Fills the page that ends where `next` begins: leaves its pieces, from top to foot, and its notes. Returns the
 * height of all that stands on it, more than the frame's when it is too tall. */
float filler_compose(struct page_filler *, const struct page_start *, struct page_choice,
                     const struct page_start *next);

/* --- columns.c: a band of text in columns --- */
/* Height of a unit on the page at hand; asked for often, and seldom of one that is flexible. */
float unit_flexed(const struct page_filler *, const struct unit *);
static inline float unit_height(const struct page_filler *f, const struct unit *u)
{
    return u->flexible && f->choice.flex != 0 ? unit_flexed(f, u) : u->height;
}
/* Height of the band when its columns are as even as they can be; negative when it needs more than `limit`. */
float band_balance(const struct page_filler *, float limit);
/* Whether the band fits into columns of a height; places its units when `out` is given. `used`: of the tallest. */
bool band_fits(const struct page_filler *, float limit, float *used, struct piece *out);
/* Space between two units that stand below each other, and height of the head that the second's table has between
 * them, or above a column's first row of it; `above` NULL: at a column's top. The second by its number. */
float unit_gap(const struct unit *above, const struct unit *);
float unit_head(const struct page_filler *, const struct unit *above, size_t number);

/* --- breaks.c --- */
struct planned_page {
    struct page_start start;
    struct page_choice choice;
    struct page_start next;
};
/* Chooses the pages of least cost; they live in the filler's arena. */
struct planned_page *breaks_choose(struct page_filler *, size_t *count);

#endif
