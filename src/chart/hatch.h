/* Hatches: parallel strokes over a shape, cut at its edges. They slant the same way on paper where pictures mirror. */
#ifndef MUJAZ_CHART_HATCH_H
#define MUJAZ_CHART_HATCH_H

#include "chart/picture.h"

enum hatch { HATCH_NONE, HATCH_RISING, HATCH_FALLING, HATCH_CROSSED, HATCH_LEVEL, HATCH_UPRIGHT };

/* The polygon may be hollow, and cross itself: what is inside goes by even and odd. */
void hatch_draw(struct picture *, enum hatch, uint32_t rgb, const double (*points)[2], size_t count);

#endif
