/* Legends: marks with their words in a row, from each language's own side; they wrap. */
#ifndef MUJAZ_CHART_LEGEND_H
#define MUJAZ_CHART_LEGEND_H

#include "chart/marks.h"

enum legend_form { LEGEND_FILL, LEGEND_LINE, LEGEND_SYMBOL };

struct legend_entry {
    struct mark mark;
    enum legend_form form;
    const char *const *words; /* by language */
    const struct place *at;
};

/* Draws them from `top` on, both languages beside each other; returns the height taken with the gap below, 0 when there
 * are none. */
double legend_draw(const struct plot *, struct picture *, const struct legend_entry *, size_t count, double top);

#endif
