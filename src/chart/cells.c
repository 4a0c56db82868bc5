/* Cells and grids of them. Must not know what a cell stands for. */
#include "chart/cells.h"

#include <math.h>

#include "base/arena.h"

enum { FILLS = 4, PALE_FILLS = 2, GROUP = 10 };

struct cell_look cell_look_of(const struct plot *plot, bool accented, size_t rank)
{
    const struct palette *p = &plot->palette;
    const uint32_t fill[FILLS] = {p->accent, p->accent_mid, p->accent_dim, COLOUR_PAPER};
    size_t fills = accented ? FILLS : PALE_FILLS, shade = rank % fills;
    struct cell_look look = {
        .shape = (enum cell_shape)(rank / fills % CELL_SHAPES),
        .core = (enum cell_core)(rank / fills / CELL_SHAPES % CORES),
    };

    if (accented)
        look.paint = (struct paint){.fill = true, .fill_rgb = fill[shade], .stroke = shade >= 2,
                                    .stroke_rgb = p->accent};
    else
        look.paint = (struct paint){.fill = true, .fill_rgb = shade ? COLOUR_PAPER : p->grey_dim, .stroke = true,
                                    .stroke_rgb = p->grey};
    look.core_rgb = accented && shade < 2 ? COLOUR_PAPER : accented ? p->accent : p->grey;
    return look;
}

struct cell_look cell_look_of_unit(const struct plot *plot, bool accented, size_t rank)
{
    struct cell_look look = cell_look_of(plot, accented, rank);
    size_t variant = rank / (accented ? FILLS : PALE_FILLS);

    look.core = (enum cell_core)(variant % CORES);
    look.shape = (enum cell_shape)((variant / CORES + CELL_SQUARE) % CELL_SHAPES);
    return look;
}

static void add_polygon(struct picture *picture, const double (*points)[2], size_t count, struct spot spot,
                        double radius)
{
    for (size_t i = 0; i < count; i++)
        (i == 0 ? picture_move : picture_line)(picture, spot.x + points[i][0] * radius,
                                               spot.y + points[i][1] * radius);
    picture_close(picture);
}

static void add_shape(struct picture *picture, enum cell_shape shape, struct spot spot, double radius)
{
    static const double square[][2] = {{-.88, -.88}, {.88, -.88}, {.88, .88}, {-.88, .88}};
    static const double diamond[][2] = {{0, -1.16}, {1.16, 0}, {0, 1.16}, {-1.16, 0}};
    static const double triangle[][2] = {{0, -1.1}, {1.1, .84}, {-1.1, .84}};

    if (shape == CELL_SQUARE)
        add_polygon(picture, square, 4, spot, radius);
    else if (shape == CELL_DIAMOND)
        add_polygon(picture, diamond, 4, spot, radius);
    else if (shape == CELL_TRIANGLE)
        add_polygon(picture, triangle, 3, spot, radius);
    else
        picture_circle(picture, spot.x, spot.y, radius);
}

/* The outline lies inside a shape's edge, so that hollow ones are as large as full ones. Each shape is painted alone:
 * equal shapes are equal bytes in the file, which deflate well. */
void cells_draw(struct picture *picture, const struct cell_look *look, const struct spot *spots, size_t count,
                double radius)
{
    struct paint paint = look->paint;
    double core = radius * 0.34;

    paint.width = (float)fmin(radius * 0.2, 0.8);
    for (size_t i = 0; i < count; i++) {
        add_shape(picture, look->shape, spots[i], paint.stroke ? radius - (double)paint.width / 2 : radius);
        picture_paint(picture, paint);
        if (look->core == CORE_NONE)
            continue;
        if (look->core == CORE_DOT)
            picture_circle(picture, spots[i].x, spots[i].y, core);
        else
            picture_rectangle(picture, spots[i].x - core * 1.6, spots[i].y - core / 2, core * 3.2, core);
        picture_paint(picture, (struct paint){.fill = true, .fill_rgb = look->core_rgb});
    }
}

/* --- grids --- */

static double column_x(const struct cell_grid *grid, size_t column)
{
    return grid->x + (double)column * grid->pitch + (double)(column / GROUP) * grid->gap;
}

double cell_grid_width(const struct cell_grid *grid)
{
    return column_x(grid, grid->columns - 1) + grid->pitch - grid->x;
}

double cell_grid_height(const struct cell_grid *grid, size_t count)
{
    return (double)((count + grid->columns - 1) / grid->columns) * grid->pitch;
}

struct spot cell_grid_at(const struct cell_grid *grid, size_t nth)
{
    return (struct spot){column_x(grid, nth % grid->columns) + grid->pitch / 2,
                         grid->y + ((double)(nth / grid->columns) + 0.5) * grid->pitch};
}

void cell_grid_draw(const struct plot *plot, struct picture *picture, const struct cell_grid *grid,
                    const struct cell_look *look, size_t first, size_t count, double radius)
{
    struct spot *spots = arena_array(plot->arena, count, sizeof *spots);

    for (size_t i = 0; i < count; i++)
        spots[i] = cell_grid_at(grid, first + i);
    cells_draw(picture, look, spots, count, radius);
}

void cell_grid_mark(const struct plot *plot, struct picture *picture, const struct cell_grid *grid, size_t nth,
                    size_t count)
{
    size_t full = nth / grid->columns, rest = nth % grid->columns;
    double above = grid->y + (double)full * grid->pitch, below = above + grid->pitch;
    double end = grid->x + (count < grid->columns ? column_x(grid, count - 1) + grid->pitch - grid->x
                                                  : cell_grid_width(grid));
    double step = rest ? column_x(grid, rest) - (rest % GROUP == 0 ? grid->gap / 2 : 0) : grid->x;

    picture_move(picture, grid->x, rest ? below : above);
    if (rest) {
        picture_line(picture, step, below);
        picture_line(picture, step, above);
    }
    if (full > 0) /* above the first row it would part nothing */
        picture_line(picture, end, above);
    picture_stroke(picture, plot->palette.ink, plot->style->hairline * 2.4);
}
