/* Two rows of things, such as the blocks of two documents or the words of two blocks, aligned: which stayed. */
#ifndef MUJAZ_BASE_ALIGN_H
#define MUJAZ_BASE_ALIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In `match`, of `count` elements: for each of `a` the index of its equal in `b`, or ALIGN_NONE; the indexes ascend.
 * A longest common subsequence where what is left between equal ends takes no more than ALIGN_CELLS comparisons;
 * beyond that the elements that are unique on both sides are matched first, and what lies between two of these has a
 * longest one. */
#define ALIGN_NONE SIZE_MAX
enum { ALIGN_CELLS = 4000000 };
void align(const uint32_t *a, size_t count, const uint32_t *b, size_t b_count, size_t *match);

/* What two aligned rows are made of, in order; one of the ranges may be empty in a change. */
struct align_span {
    size_t a, a_end, b, b_end;
    bool same; /* of equal length, element by element */
};
/* The next span behind `s`, which begins zeroed; false when there is none. */
bool align_next(const size_t *match, size_t count, size_t b_count, struct align_span *s);

#endif
