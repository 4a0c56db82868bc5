/* Seats in a half circle: which rows, which places. Geometry only. */
#ifndef MUJAZ_CHART_SEATS_H
#define MUJAZ_CHART_SEATS_H

#include <stddef.h>

struct arena;

struct seat {
    double turn;   /* 0 at the left end of the half circle, 1 at the right */
    double radius; /* of the row, as a share of the outermost row's */
};

struct seats {
    const struct seat *seats; /* in order along the half circle, from the left */
    size_t count;
    double dot;   /* radius of a dot, as a share of the outermost row's radius */
    double inner; /* radius of the innermost row, likewise */
};

/* Room for `count` seats (at least one): as many rows as make the gaps along and between rows equal. */
struct seats seats_make(size_t count, struct arena *);

#endif
