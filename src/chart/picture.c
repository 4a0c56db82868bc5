/* Pictures: a list of drawing steps. Must not know charts or languages. */
#include "chart/picture.h"

#include "base/arena.h"

enum step_kind { STEP_MOVE, STEP_LINE, STEP_CLOSE, STEP_CIRCLE, STEP_RECTANGLE, STEP_PAINT, STEP_TEXT };

struct step {
    enum step_kind kind;
    double x, y, width, height; /* circle: width is the radius */
    struct paint paint;
    const struct text_line *line;
};

struct picture {
    struct arena *arena;
    struct step *steps;
    size_t count;
    double width, height;
    bool mirrored;
};

struct picture *picture_new(struct arena *arena, double width)
{
    struct picture *picture = arena_alloc(arena, sizeof *picture);

    picture->arena = arena;
    picture->width = width;
    return picture;
}

struct arena *picture_arena(const struct picture *picture)
{
    return picture->arena;
}

bool picture_is_mirrored(const struct picture *picture)
{
    return picture->mirrored;
}

void picture_mirror(struct picture *picture, bool mirrored)
{
    picture->mirrored = mirrored;
}

void picture_set_height(struct picture *picture, double height)
{
    picture->height = height;
}

double picture_height(const struct picture *picture)
{
    return picture->height;
}

static struct step *add(struct picture *picture, enum step_kind kind, double x, double y)
{
    struct step *step;

    picture->steps = arena_grow(picture->arena, picture->steps, picture->count, sizeof *picture->steps);
    step = &picture->steps[picture->count++];
    step->kind = kind;
    step->x = picture->mirrored ? picture->width - x : x;
    step->y = y;
    return step;
}

void picture_move(struct picture *picture, double x, double y)
{
    add(picture, STEP_MOVE, x, y);
}

void picture_line(struct picture *picture, double x, double y)
{
    add(picture, STEP_LINE, x, y);
}

void picture_close(struct picture *picture)
{
    add(picture, STEP_CLOSE, 0, 0);
}

void picture_circle(struct picture *picture, double x, double y, double radius)
{
    add(picture, STEP_CIRCLE, x, y)->width = radius;
}

void picture_rectangle(struct picture *picture, double x, double y, double width, double height)
{
    struct step *step = add(picture, STEP_RECTANGLE, x, y);

    if (picture->mirrored)
        step->x -= width;
    step->width = width;
    step->height = height;
}

void picture_paint(struct picture *picture, struct paint paint)
{
    add(picture, STEP_PAINT, 0, 0)->paint = paint;
}

void picture_stroke(struct picture *picture, uint32_t rgb, double width)
{
    picture_paint(picture, (struct paint){.stroke = true, .stroke_rgb = rgb, .width = (float)width});
}

void picture_rule(struct picture *picture, double x0, double y0, double x1, double y1, uint32_t rgb,
                  double width)
{
    picture_move(picture, x0, y0);
    picture_line(picture, x1, y1);
    picture_stroke(picture, rgb, width);
}

/* The left edge of a line: on paper, START is the right side while the picture mirrors. */
static double left_edge(const struct picture *picture, double x, double width, enum anchor anchor)
{
    if (anchor == ANCHOR_CENTRE)
        return x - width / 2;
    return (anchor == ANCHOR_START) != picture->mirrored ? x : x - width;
}

void picture_label(struct picture *picture, struct label label, double x, double top, enum anchor anchor)
{
    for (size_t i = 0; label.block && i < label.block->line_count; i++) {
        const struct text_line *line = &label.block->lines[i];
        struct step *step = add(picture, STEP_TEXT, x, top + label.ascent + (double)i * label.pitch);
        step->x = left_edge(picture, step->x, line->width, anchor);
        step->line = line;
    }
}

void picture_play(const struct picture *picture, struct canvas *canvas)
{
    for (size_t i = 0; i < picture->count; i++) {
        const struct step *step = &picture->steps[i];
        switch (step->kind) {
        case STEP_MOVE:
            canvas_move_to(canvas, step->x, step->y);
            break;
        case STEP_LINE:
            canvas_line_to(canvas, step->x, step->y);
            break;
        case STEP_CLOSE:
            canvas_close(canvas);
            break;
        case STEP_CIRCLE:
            canvas_circle(canvas, step->x, step->y, step->width);
            break;
        case STEP_RECTANGLE:
            canvas_rectangle(canvas, step->x, step->y, step->width, step->height);
            break;
        case STEP_PAINT:
            canvas_paint(canvas, step->paint);
            break;
        case STEP_TEXT:
            canvas_text(canvas, step->line, step->x, step->y);
            break;
        }
    }
}
