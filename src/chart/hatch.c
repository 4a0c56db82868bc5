/* Strokes inside polygons. Must not know what they tell apart. */
#include "chart/hatch.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"

static const double PITCH = 3.8; /* between strokes, points, about */
static const double WIDTH = 0.5;
static const double STROKE_LEAST = 0.3; /* shorter ones are specks */

/* Strokes run along (dx, dy), a unit; `off` counts across them. */
struct strokes {
    double dx, dy;
};

static double off(const struct strokes *s, const double point[2])
{
    return point[1] * s->dx - point[0] * s->dy;
}

static double along(const struct strokes *s, const double point[2])
{
    return point[0] * s->dx + point[1] * s->dy;
}

static int compare_doubles(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;

    return (first > second) - (first < second);
}

/* Where a line at `at` meets the polygon's edges, in order: from one to the next inside, then outside. */
static size_t find_crossings(const struct strokes *s, double at, const double (*points)[2], size_t count, double *out)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        const double *from = points[i], *to = points[(i + 1) % count];
        double a = off(s, from) - at, b = off(s, to) - at;
        if ((a < 0) != (b < 0))
            out[found++] = along(s, from) + (along(s, to) - along(s, from)) * a / (a - b);
    }
    qsort(out, found, sizeof *out, compare_doubles);
    return found;
}

static void draw_stroke(struct picture *picture, const struct strokes *s, double at, double from, double to)
{
    picture_move(picture, from * s->dx - at * s->dy, from * s->dy + at * s->dx);
    picture_line(picture, to * s->dx - at * s->dy, to * s->dy + at * s->dx);
}

/* Where both sides of the stroke at `at` are inside, so that none of its corners stands out. `sides`: room for both
 * sides' crossings. */
static void draw_line(struct picture *picture, const struct strokes *s, double at, const double (*points)[2],
                      size_t count, double *sides)
{
    double *other = sides + count;
    size_t first = find_crossings(s, at - WIDTH / 2, points, count, sides);
    size_t second = find_crossings(s, at + WIDTH / 2, points, count, other);

    for (size_t i = 0, k = 0; i + 1 < first && k + 1 < second;) {
        double from = fmax(sides[i], other[k]), to = fmin(sides[i + 1], other[k + 1]);
        if (to - from >= STROKE_LEAST)
            draw_stroke(picture, s, at, from, to);
        if (sides[i + 1] < other[k + 1])
            i += 2;
        else
            k += 2;
    }
}

static void draw_lines(struct picture *picture, double dx, double dy, double pitch, const double (*points)[2],
                       size_t count)
{
    struct strokes s = {picture_is_mirrored(picture) ? -dx : dx, dy};
    double *sides = arena_array(picture_arena(picture), 2 * count, sizeof *sides);
    double first = HUGE_VAL, last = -HUGE_VAL;

    for (size_t i = 0; i < count; i++) {
        first = fmin(first, off(&s, points[i]));
        last = fmax(last, off(&s, points[i]));
    }
    /* evenly from edge to edge, and one at least */
    pitch = (last - first) / fmax(round((last - first) / pitch), 1);
    for (double at = first + pitch / 2; at < last; at += pitch)
        draw_line(picture, &s, at, points, count, sides);
}

void hatch_draw(struct picture *picture, enum hatch hatch, uint32_t rgb, const double (*points)[2], size_t count)
{
    const double slant = sqrt(0.5);
    double pitch = hatch == HATCH_CROSSED ? PITCH * 1.4 : PITCH;

    if (hatch == HATCH_NONE || count < 3)
        return;
    if (hatch == HATCH_RISING || hatch == HATCH_CROSSED)
        draw_lines(picture, slant, -slant, pitch, points, count);
    if (hatch == HATCH_FALLING || hatch == HATCH_CROSSED)
        draw_lines(picture, slant, slant, pitch, points, count);
    if (hatch == HATCH_LEVEL)
        draw_lines(picture, 1, 0, pitch, points, count);
    if (hatch == HATCH_UPRIGHT)
        draw_lines(picture, 0, 1, pitch, points, count);
    picture_stroke(picture, rgb, WIDTH);
}
