/*
 * Canvas: cairo's path geometry over a recording surface; the finished path goes into the scene.
 * cairo keeps paths in 24.8 fixed point, so the context works SUBUNITS times finer than a point.
 */
#include "scene/canvas.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>

enum { SUBUNITS = 16 };

struct canvas {
    struct scene *scene;
    size_t page;
    double x, y; /* origin on the page */
    cairo_surface_t *surface;
    cairo_t *cairo;
};

struct canvas *canvas_new(struct scene *scene, size_t page, float x, float y)
{
    struct canvas *c = xcalloc(1, sizeof *c);
    c->scene = scene;
    c->page = page;
    c->x = x;
    c->y = y;
    c->surface = cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, NULL);
    c->cairo = cairo_create(c->surface);
    return c;
}

void canvas_drop(struct canvas *c)
{
    if (!c)
        return;
    cairo_destroy(c->cairo);
    cairo_surface_destroy(c->surface);
    free(c);
}

void canvas_move_to(struct canvas *c, double x, double y)
{
    cairo_move_to(c->cairo, x * SUBUNITS, y * SUBUNITS);
}

void canvas_line_to(struct canvas *c, double x, double y)
{
    cairo_line_to(c->cairo, x * SUBUNITS, y * SUBUNITS);
}

void canvas_rectangle(struct canvas *c, double x, double y, double width, double height)
{
    cairo_rectangle(c->cairo, x * SUBUNITS, y * SUBUNITS, width * SUBUNITS, height * SUBUNITS);
}

void canvas_circle(struct canvas *c, double x, double y, double radius)
{
    cairo_new_sub_path(c->cairo);
    cairo_arc(c->cairo, x * SUBUNITS, y * SUBUNITS, radius * SUBUNITS, 0, 4 * acos(0));
    cairo_close_path(c->cairo);
}

void canvas_close(struct canvas *c)
{
    cairo_close_path(c->cairo);
}

static enum path_op op_of(cairo_path_data_type_t type)
{
    switch (type) {
    case CAIRO_PATH_MOVE_TO:
        return PATH_MOVE;
    case CAIRO_PATH_LINE_TO:
        return PATH_LINE;
    case CAIRO_PATH_CURVE_TO:
        return PATH_CURVE;
    default:
        return PATH_CLOSE;
    }
}

void canvas_paint(struct canvas *c, struct paint paint)
{
    cairo_path_t *path = cairo_copy_path(c->cairo);
    struct path_step *steps = xcalloc((size_t)path->num_data, sizeof *steps);
    uint32_t count = 0;
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t *data = &path->data[i];
        struct path_step *step = &steps[count++];
        step->op = op_of(data->header.type);
        for (int k = 1; k < data->header.length; k++) {
            step->x[k - 1] = (float)(c->x + data[k].point.x / SUBUNITS);
            step->y[k - 1] = (float)(c->y + data[k].point.y / SUBUNITS);
        }
    }
    /* cairo starts a new sub-path after each close; a trailing move draws nothing */
    if (count && steps[count - 1].op == PATH_MOVE)
        count--;
    if (count)
        scene_path(c->scene, c->page, steps, count, paint);
    free(steps);
    cairo_path_destroy(path);
    cairo_new_path(c->cairo);
}

void canvas_text(struct canvas *c, const struct text_line *line, double x, double baseline)
{
    scene_text(c->scene, c->page, line, (float)(c->x + x), (float)(c->y + baseline));
}
