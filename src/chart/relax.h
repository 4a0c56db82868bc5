/* Labels that would collide move apart, as little as they can, keeping their order. */
#ifndef MUJAZ_CHART_RELAX_H
#define MUJAZ_CHART_RELAX_H

#include <stddef.h>

struct relax_item {
    double wanted; /* top edge that it would like */
    double height; /* with the space below it */
    double top;    /* result: top edge, never above 0 nor above the end of the item before */
};

/* Least squares over the moves: runs of colliding items are merged and centred on what they want. */
void relax(struct relax_item *, size_t count);

#endif
