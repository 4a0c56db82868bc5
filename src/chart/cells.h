/*
 * Cells: a seat or a unit each, as small shapes; lists of them are told apart by shade, shape and core, so that some
 * two dozen differ in grey too. And grids of them, filled row by row.
 */
#ifndef MUJAZ_CHART_CELLS_H
#define MUJAZ_CHART_CELLS_H

#include "chart/picture.h"
#include "chart/plot.h"

enum cell_shape { CELL_CIRCLE, CELL_SQUARE, CELL_DIAMOND, CELL_TRIANGLE, CELL_SHAPES };
enum cell_core { CORE_NONE, CORE_DOT, CORE_BAR, CORES };

enum { CELL_LOOKS_MOST = 24 }; /* that can be told apart */

struct cell_look {
    struct paint paint;
    enum cell_shape shape;
    enum cell_core core;
    uint32_t core_rgb;
};

/* Of the list that is the rank-th (from 0) of the finding, or of the context: dark, middle, light within an outline and
 * empty within an outline; then the same of another shape. */
struct cell_look cell_look_of(const struct plot *, bool accented, size_t rank);
/* The same of units, which are squares as long as cores tell them apart. */
struct cell_look cell_look_of_unit(const struct plot *, bool accented, size_t rank);

struct spot {
    double x, y;
};

/* All of one look; `radius` is that of a circle, other shapes are about as large. */
void cells_draw(struct picture *, const struct cell_look *, const struct spot *, size_t count, double radius);

/* Cells in rows from the top, each row from the side of reading. */
struct cell_grid {
    double x, y;     /* of its corner */
    double pitch;    /* between the middles of neighbours */
    double gap;      /* more, after every tenth column */
    size_t columns;
};

double cell_grid_width(const struct cell_grid *);
double cell_grid_height(const struct cell_grid *, size_t count);
struct spot cell_grid_at(const struct cell_grid *, size_t nth); /* the middle of a cell */
void cell_grid_draw(const struct plot *, struct picture *, const struct cell_grid *, const struct cell_look *,
                    size_t first, size_t count, double radius);
/* A line between the first `nth` cells of `count` and the others. */
void cell_grid_mark(const struct plot *, struct picture *, const struct cell_grid *, size_t nth, size_t count);

#endif
