/*
 * Places for labels near points: on no data, no other label, within the room. A label that has to stand away from its
 * point is led to it.
 */
#ifndef MUJAZ_CHART_PLACES_H
#define MUJAZ_CHART_PLACES_H

#include "chart/picture.h"

struct box {
    double left, top, right, bottom;
};

/* A label that seeks its place. */
struct placed {
    double x, y, radius;        /* what it names */
    struct label_pair words;
    bool above;                 /* better above the point than beside it */
    struct box box;             /* results: of the words; */
    bool led;                   /* whether a leader goes from the point to (lead_x, lead_y) */
    double lead_x, lead_y;
};

struct places;

struct places *places_new(struct arena *, struct box room);
/* What no label may cover: data. */
void places_keep_box(struct places *, struct box);
void places_keep_line(struct places *, double x0, double y0, double x1, double y1);
/* What labels cover only where there is no other place: notes' lines. */
void places_spare_line(struct places *, double x0, double y0, double x1, double y1);
/* Places for all of them: those that come first are served first, unless a later one would get none. Returns the index
 * of one for which there is no room, or `count`. */
size_t places_find(struct places *, struct placed *, size_t count);
void places_draw(const struct plot *, struct picture *, const struct placed *, size_t count);

#endif
