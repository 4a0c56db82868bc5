/*
 * Printer's marks: lines that say where to cut and fold, crosses that show whether the inks stand on one another. All
 * are in registration black, the colour "All", which every ink prints. Knows nothing of what is on the pages.
 */
#include "pdf/press.h"

#include <string.h>

static const double MM = 72 / 25.4;
/* In millimetres. Marks stay so far from the trim, or as far as the bleed goes, and end before the paper does. */
static const double GAP = 3, LENGTH = 5, EDGE = 1, RADIUS = 1.6, ARM = 2.5;
static const double LINE = 0.25; /* points */

static double gap(const struct press_grid *g)
{
    return g->bleed > GAP * MM ? g->bleed : GAP * MM;
}

double press_room(const struct press_grid *g)
{
    return g->marks == MARKS_NONE ? g->bleed : gap(g) + (LENGTH + EDGE) * MM;
}

static void add_numbers(struct buf *b, const double *v, int count, const char *operator)
{
    for (int i = 0; i < count; i++) {
        buf_add_real(b, v[i], 3);
        buf_add_char(b, ' ');
    }
    buf_add_string(b, operator);
}

static void add_line(struct buf *b, double x1, double y1, double x2, double y2)
{
    add_numbers(b, (double[]){ x1, y1 }, 2, "m ");
    add_numbers(b, (double[]){ x2, y2 }, 2, "l S\n");
}

/* Where columns begin and end: above and below the sheet. Those within are dashed where it is folded. */
static void add_column_edges(struct buf *b, const struct press_grid *g)
{
    double top = g->height * g->rows, from = gap(g), to = from + LENGTH * MM;
    for (int i = 0; i <= g->columns; i++) {
        bool fold = g->fold && i > 0 && i < g->columns;
        buf_add_string(b, fold ? "[2 1.5] 0 d\n" : "");
        add_line(b, i * g->width, -from, i * g->width, -to);
        add_line(b, i * g->width, top + from, i * g->width, top + to);
        buf_add_string(b, fold ? "[] 0 d\n" : "");
    }
}

/* Where rows begin and end: at both sides. */
static void add_row_edges(struct buf *b, const struct press_grid *g)
{
    double right = g->width * g->columns, from = gap(g), to = from + LENGTH * MM;
    for (int i = 0; i <= g->rows; i++) {
        add_line(b, -from, i * g->height, -to, i * g->height);
        add_line(b, right + from, i * g->height, right + to, i * g->height);
    }
}

/* A circle with a cross through it. */
static void add_target(struct buf *b, double x, double y)
{
    static const double ROUND = 0.5523; /* of the radius: where a quarter's controls stand */
    double r = RADIUS * MM, k = r * ROUND, arm = ARM * MM;
    add_numbers(b, (double[]){ x + r, y }, 2, "m ");
    add_numbers(b, (double[]){ x + r, y + k, x + k, y + r, x, y + r }, 6, "c ");
    add_numbers(b, (double[]){ x - k, y + r, x - r, y + k, x - r, y }, 6, "c ");
    add_numbers(b, (double[]){ x - r, y - k, x - k, y - r, x, y - r }, 6, "c ");
    add_numbers(b, (double[]){ x + k, y - r, x + r, y - k, x + r, y }, 6, "c h S\n");
    add_line(b, x - arm, y, x + arm, y);
    add_line(b, x, y - arm, x, y + arm);
}

/* At the middle of each page's outer sides, where no line stands. */
static void add_targets(struct buf *b, const struct press_grid *g)
{
    double top = g->height * g->rows, right = g->width * g->columns, away = gap(g) + ARM * MM;
    for (int i = 0; i < g->columns; i++) {
        add_target(b, (i + 0.5) * g->width, -away);
        add_target(b, (i + 0.5) * g->width, top + away);
    }
    for (int i = 0; i < g->rows; i++) {
        add_target(b, -away, (i + 0.5) * g->height);
        add_target(b, right + away, (i + 0.5) * g->height);
    }
}

void press_add_marks(struct buf *b, const struct press_grid *g)
{
    if (g->marks == MARKS_NONE)
        return;
    buf_add_string(b, "/Artifact <</Type /Page>> BDC\nq\n/All CS 1 SCN [] 0 d ");
    add_numbers(b, &LINE, 1, "w\n");
    add_column_edges(b, g);
    add_row_edges(b, g);
    if (g->marks == MARKS_ALL)
        add_targets(b, g);
    buf_add_string(b, "Q\nEMC\n");
}

/* On a device that prints no "All" of its own, it is mixed from none to black; on a press's inks, of all four. */
void press_add_resources(struct buf *b, const char *device)
{
    static const struct {
        const char *device, *none, *all;
    } mixes[] = { { "DeviceGray", "1", "0" }, { "DeviceRGB", "1 1 1", "0 0 0" },
                  { "DeviceCMYK", "0 0 0 0", "1 1 1 1" } };
    for (size_t i = 0; i < sizeof mixes / sizeof *mixes; i++)
        if (strcmp(device, mixes[i].device) == 0)
            buf_printf(b, "/ColorSpace <</All [/Separation /All /%s <</FunctionType 2 /Domain [0 1] /N 1 /C0 [%s] "
                       "/C1 [%s]>>]>>", device, mixes[i].none, mixes[i].all);
}
