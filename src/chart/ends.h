/*
 * Labels in a column beside a plot: each at the height of what it names, moved apart where they would collide, and then
 * led back to it. Ends of lines, sides of slopes, reference lines.
 */
#ifndef MUJAZ_CHART_ENDS_H
#define MUJAZ_CHART_ENDS_H

#include "chart/picture.h"

struct end_label {
    struct label_pair words;
    double x, y;  /* what it names */
    uint32_t rgb; /* of the leader */
    double room;  /* height that is kept at least, for what else stands there */
    double top;   /* result of ends_place: of the words */
};

/* Between what is named and the words, points: leaders slope in it. */
double ends_gap(const struct plot *);
/* Points that all of them take above one another. */
double ends_height(const struct end_label *, size_t count);
/* Puts them in the order of their heights, from `top` on, and above `bottom` when all fit there. Returns the bottom of
 * the last. */
double ends_place(const struct plot *, struct end_label *, size_t count, double top, double bottom);
/* `x`: where words begin. They stand behind the plot; `before`: before it, ending at x. */
void ends_draw(const struct plot *, struct picture *, const struct end_label *, size_t count, double x, bool before);

#endif
