/* Legends: marks with their words in a row, from each language's own side; they wrap. */
#ifndef MUJAZ_CHART_LEGEND_H
#define MUJAZ_CHART_LEGEND_H

#include "chart/cells.h"
#include "chart/marks.h"

enum legend_form { LEGEND_FILL, LEGEND_LINE, LEGEND_SYMBOL, LEGEND_CELL };

struct legend_entry {
    struct mark mark;
    struct cell_look cell; /* of LEGEND_CELL, in place of the mark */
    enum legend_form form;
    const char *const *words; /* by language */
    const struct place *at;
};

struct legend_entry legend_of_series(const struct plot *, const struct groups *, size_t nth, enum legend_form);
struct legend_entry legend_of_missing(const struct plot *, enum legend_form); /* as a line: a ring on it */

/* Draws them from `top` on, both languages beside each other; returns the height taken with the gap below, 0 when there
 * are none. In a panel nothing is drawn: the legend is that of all panels, and stands above them. */
double legend_draw(const struct plot *, struct picture *, const struct legend_entry *, size_t count, double top);

/* What stands behind a value: `points` that must stay free, on the side of falling values when `below`. */
struct tail {
    double value, points;
    bool below;
};

/* What panels show once, of the first panel that has it; and what they agree on. */
struct once {
    const struct legend_entry *entries;
    size_t entry_count;
    const struct steps *steps;
    bool gaps; /* values are missing somewhere: the legend of steps says how that looks */
    double common[COMMON_COUNT]; /* of plot_common */
    struct tail *tails;          /* of all panels */
    size_t tail_count, laid;     /* laid: panels */
    bool again, measured;        /* panels differ and are laid again; now with what all have measured */
};

#endif
