/*
 * Canvas: a path's steps as they are drawn, on a grid of GRID to a point, and what a path does not need left out: lines
 * of no length, and where one goes on in the direction of the one before.
 */
#include "scene/canvas.h"

#include <math.h>
#include <stdlib.h>

enum { GRID = 4096 };

struct point {
    int64_t x, y; /* in GRID to a point */
};

struct step {
    enum path_op op;
    struct point to[3];
};

struct canvas {
    struct scene *scene;
    size_t page;
    double x, y; /* origin on the page */
    struct step *steps;
    size_t count;
    struct point begin, at; /* of the sub-path; the pen's */
    bool lifted;            /* the pen is: no step of the sub-path stands yet */
};

struct canvas *canvas_new(struct scene *scene, size_t page, float x, float y)
{
    struct canvas *c = xcalloc(1, sizeof *c);
    c->scene = scene;
    c->page = page;
    c->x = x;
    c->y = y;
    c->lifted = true;
    return c;
}

void canvas_drop(struct canvas *c)
{
    if (!c)
        return;
    free(c->steps);
    free(c);
}

static struct point point_of(double x, double y)
{
    return (struct point){ llrint(x * GRID), llrint(y * GRID) };
}

static bool same_point(struct point a, struct point b)
{
    return a.x == b.x && a.y == b.y;
}

static struct step *add_step(struct canvas *c, enum path_op op, struct point end)
{
    if ((c->count & (c->count - 1)) == 0)
        c->steps = xrealloc(c->steps, c->count ? c->count * 2 : 2, sizeof *c->steps);
    struct step *step = &c->steps[c->count++];
    *step = (struct step){ .op = op, .to = { end } };
    return step;
}

static void put_down(struct canvas *c)
{
    if (c->lifted)
        add_step(c, PATH_MOVE, c->at);
    c->lifted = false;
}

static void move_to(struct canvas *c, struct point to)
{
    c->begin = c->at = to;
    c->lifted = true;
}

/* Whether a line from b to `to` goes on as the one from a to b does. */
static bool goes_on(struct point a, struct point b, struct point to)
{
    int64_t dx = b.x - a.x, dy = b.y - a.y, next_x = to.x - b.x, next_y = to.y - b.y;
    return dx * next_y == dy * next_x && dx * next_x + dy * next_y >= 0;
}

static void line_to(struct canvas *c, struct point to)
{
    put_down(c);
    const struct step *last = &c->steps[c->count - 1];
    if (last->op == PATH_LINE && same_point(to, c->at))
        return;
    if (last->op == PATH_LINE && goes_on(last[-1].to[last[-1].op == PATH_CURVE ? 2 : 0], c->at, to))
        c->count--;
    add_step(c, PATH_LINE, to);
    c->at = to;
}

void canvas_move_to(struct canvas *c, double x, double y)
{
    move_to(c, point_of(x, y));
}

void canvas_line_to(struct canvas *c, double x, double y)
{
    line_to(c, point_of(x, y));
}

void canvas_close(struct canvas *c)
{
    if (c->lifted)
        return;
    add_step(c, PATH_CLOSE, c->begin);
    move_to(c, c->begin);
}

void canvas_rectangle(struct canvas *c, double x, double y, double width, double height)
{
    struct point from = point_of(x, y), size = point_of(width, height);
    move_to(c, from);
    line_to(c, (struct point){ from.x + size.x, from.y });
    line_to(c, (struct point){ from.x + size.x, from.y + size.y });
    line_to(c, (struct point){ from.x, from.y + size.y });
    canvas_close(c);
}

/* Four curves, each a quarter, which leave a circle by less than a thousandth of its radius. */
void canvas_circle(struct canvas *c, double x, double y, double radius)
{
    static const double across[] = { 1, 0, -1, 0, 1 }, down[] = { 0, 1, 0, -1, 0 };
    const double tip = 4 / 3.0 * (sqrt(2) - 1); /* of a control point, along the tangent */
    move_to(c, point_of(x + radius, y));
    put_down(c);
    for (int i = 0; i < 4; i++) {
        struct point end = point_of(x + radius * across[i + 1], y + radius * down[i + 1]);
        struct step *curve = add_step(c, PATH_CURVE, point_of(x + radius * (across[i] - tip * down[i]),
                                                              y + radius * (down[i] + tip * across[i])));
        curve->to[1] = point_of(x + radius * (across[i + 1] + tip * down[i + 1]),
                                y + radius * (down[i + 1] - tip * across[i + 1]));
        curve->to[2] = c->at = end;
    }
    canvas_close(c);
}

void canvas_paint(struct canvas *c, struct paint paint)
{
    struct path_step *steps = xcalloc(c->count + 1, sizeof *steps);
    for (size_t i = 0; i < c->count; i++) {
        steps[i].op = c->steps[i].op;
        for (int k = 0; k < (steps[i].op == PATH_CURVE ? 3 : steps[i].op == PATH_CLOSE ? 0 : 1); k++) {
            steps[i].x[k] = (float)(c->x + (double)c->steps[i].to[k].x / GRID);
            steps[i].y[k] = (float)(c->y + (double)c->steps[i].to[k].y / GRID);
        }
    }
    if (c->count)
        scene_path(c->scene, c->page, steps, (uint32_t)c->count, paint);
    free(steps);
    c->count = 0;
    c->lifted = true;
}

void canvas_text(struct canvas *c, const struct text_line *line, double x, double baseline)
{
    scene_text(c->scene, c->page, line, (float)(c->x + x), (float)(c->y + baseline));
}
