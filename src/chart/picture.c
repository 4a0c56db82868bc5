/* Pictures: a list of drawing steps. Must not know charts or languages. */
#include "chart/picture.h"

#include <math.h>
#include <stdlib.h>

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

void picture_place(struct picture *picture, const struct picture *part, double x, double top)
{
    double left = picture->mirrored ? picture->width - x - part->width : x;

    for (size_t i = 0; i < part->count; i++) {
        picture->steps = arena_grow(picture->arena, picture->steps, picture->count, sizeof *picture->steps);
        picture->steps[picture->count] = part->steps[i];
        picture->steps[picture->count].x += left;
        picture->steps[picture->count++].y += top;
    }
}

void picture_label_pair(struct picture *picture, const struct label_pair *pair, double x, double top,
                        enum anchor anchor)
{
    picture_label(picture, pair->label[0], x, top, anchor);
    picture_label(picture, pair->label[1], x, top + pair->label[0].height, anchor);
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

/* --- labels out of place --- */

static const double HAIR = 0.75; /* points that nobody sees: letters do not fill their boxes */

/* Around a line's letters. */
struct letters {
    const struct text_line *line;
    double left, right, top, bottom;
};

/* Digits stand on the baseline, European and Arabic-Indic (D9 A0 to D9 A9), with what isolates them (E2 81 A6 to E2 81
 * A9); other letters reach below. */
static bool is_number(const struct text_line *line)
{
    for (uint32_t i = 0; i < line->length; i++) {
        unsigned char c = (unsigned char)line->text[i];
        if (c == 0xE2 && i + 2 < line->length && (unsigned char)line->text[i + 1] == 0x81)
            i++;
        else if ((c < '0' || c > '9') && c != 0xD9 && (c < 0xA0 || c > 0xA9))
            return false;
    }
    return true;
}

static struct letters letters_of(const struct step *step)
{
    const struct text_line *line = step->line;
    double size = (double)line->size, below = is_number(line) ? 0 : 0.25;

    return (struct letters){line, step->x, step->x + (double)line->width, step->y - 0.75 * size,
                            step->y + below * size};
}

static int compare_tops(const void *a, const void *b)
{
    double first = ((const struct letters *)a)->top, second = ((const struct letters *)b)->top;

    return (first > second) - (first < second);
}

static void blame(struct picture_fault *worst, const struct letters *letters, const struct letters *other,
                  double points)
{
    if (points > fmax(worst->points, HAIR))
        *worst = (struct picture_fault){letters->line->text, other ? other->line->text : NULL, points};
}

bool picture_find_fault(const struct picture *picture, struct picture_fault *out)
{
    struct letters *all = arena_array(picture->arena, picture->count, sizeof *all);
    size_t count = 0;

    *out = (struct picture_fault){.points = 0};
    for (size_t i = 0; i < picture->count; i++)
        if (picture->steps[i].kind == STEP_TEXT)
            all[count++] = letters_of(&picture->steps[i]);
    qsort(all, count, sizeof *all, compare_tops);
    for (size_t i = 0; i < count; i++) {
        const struct letters *a = &all[i];
        blame(out, a, NULL, fmax(-a->left, a->right - picture->width));
        blame(out, a, NULL, fmax(-a->top, a->bottom - picture->height));
        for (size_t k = i + 1; k < count && all[k].top < a->bottom; k++) {
            const struct letters *b = &all[k];
            double across = fmin(a->right, b->right) - fmax(a->left, b->left);
            blame(out, a, b, fmin(across, fmin(a->bottom, b->bottom) - b->top));
        }
    }
    return out->points > 0;
}
