/*
 * Line breaking over boxes, glue and penalties (D. E. Knuth and M. F. Plass, Breaking Paragraphs into Lines, 1981).
 * Knows only numbers. Private to src/text.
 */
#ifndef MUJAZ_TEXT_BREAKS_H
#define MUJAZ_TEXT_BREAKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* BREAK_TIED: a space between what a reader takes in at once, as a day and its month. */
enum break_kind { BREAK_SPACE, BREAK_TIED, BREAK_HYPHEN, BREAK_EMERGENCY, BREAK_FORCED };

/* Sums from the text's start to a place where a line may end. */
struct break_sums {
    double width, stretch, shrink; /* points */
};

/*   ... the lists of the | Coordination Framework
 *                       ^  ^
 *                  before  after     what lies between is no part of either line */
struct break_place {
    enum break_kind kind;
    struct break_sums before, after;
    double hyphen;  /* width that breaking here adds */
    uint32_t units; /* how many units lie before it: for the caller */
};

struct break_rule {
    double width;   /* of every line */
    bool justified; /* else each line may stay short by `rag` before it looks bad, and no line more is taken than
                       the text needs, but to keep together what is tied */
    bool narrow;    /* not even for that */
    double rag;
};

/* Place 0 is the text's start; the last one is forced. `chosen` gets the places that end a line, ascending, and
 * has room for all; the result is their number. */
size_t breaks_first_fit(const struct break_place *, size_t count, const struct break_rule *, uint32_t *chosen);
/* The same with the least sum of demerits. */
size_t breaks_total_fit(const struct break_place *, size_t count, const struct break_rule *, uint32_t *chosen);

/* Of lines that end at the chosen places. */
double breaks_demerits(const struct break_place *, const struct break_rule *, const uint32_t *chosen, size_t);

#endif
