/* Curves. Must not know words or axes' ticks. */
#include "chart/curve.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "chart/plot.h"

static const double GAP_STROKE = 4; /* half the length of the stroke where one value is missing, points */
static const double KEPT = 4;       /* between the lines that keep an area clear */

static int compare_points(const void *a, const void *b)
{
    const struct curve_point *first = a, *second = b;

    if (first->day != second->day)
        return first->day < second->day ? -1 : 1;
    return (first->row > second->row) - (first->row < second->row);
}

struct curve curve_of(const struct plot *plot, const struct groups *series, size_t nth)
{
    const struct chart_spec *spec = plot->spec;
    struct curve curve = {.points = arena_array(plot->arena, spec->row_count, sizeof *curve.points)};

    for (size_t i = 0; i < spec->row_count; i++) {
        const struct chart_row *row = &spec->rows[i];
        if (series->count > 0 && series->of[i] != nth)
            continue;
        curve.points[curve.count++] = (struct curve_point){
            .row = row,
            .day = date_days(row->start),
            .known = !row->missing && !row->ranged,
            .value = row->missing ? 0 : num_to_double(row->value),
        };
    }
    qsort(curve.points, curve.count, sizeof *curve.points, compare_points);
    if (spec->look.steps && curve.count > 1)
        curve.hold = curve.points[curve.count - 1].day - curve.points[curve.count - 2].day;
    return curve;
}

void curve_place(struct curve *curve, const struct axis *days, const struct axis *values)
{
    if (curve->count == 0) /* a panel may lack a series */
        return;
    curve->end = axis_at(days, curve->points[curve->count - 1].day + curve->hold);
    for (size_t i = 0; i < curve->count; i++) {
        struct curve_point *point = &curve->points[i];
        point->x = axis_at(days, point->day);
        if (point->row->missing)
            continue;
        point->y = axis_at(values, point->value);
        point->y_base = values->logarithmic ? values->start : axis_at(values, point->base);
    }
}

const struct curve_point *curve_last(const struct curve *curve)
{
    for (size_t i = curve->count; i-- > 0;)
        if (curve->points[i].known)
            return &curve->points[i];
    return NULL;
}

bool curve_has_gaps(const struct curve *curve)
{
    for (size_t i = 0; i < curve->count; i++)
        if (curve->points[i].row->missing)
            return true;
    return false;
}

/* --- runs: points that a line joins --- */

/* The end of the run that begins at `from`; a run has one point at least. */
static size_t run_end(const struct curve *curve, size_t from)
{
    size_t end = from + 1;

    while (end < curve->count && curve->points[end].known)
        end++;
    return end;
}

/* x where a run ends: a step stands until the next day, though nothing may be known of it. */
static double run_right(const struct curve *curve, size_t end, bool steps)
{
    return !steps ? curve->points[end - 1].x : end < curve->count ? curve->points[end].x : curve->end;
}

static void trace_run(struct picture *picture, const struct curve *curve, size_t from, size_t end, bool steps)
{
    const struct curve_point *points = curve->points;

    picture_move(picture, points[from].x, points[from].y);
    for (size_t i = from + 1; i < end; i++) {
        if (steps)
            picture_line(picture, points[i].x, points[i - 1].y);
        picture_line(picture, points[i].x, points[i].y);
    }
    if (steps)
        picture_line(picture, run_right(curve, end, steps), points[end - 1].y);
}

void curve_draw_line(struct picture *picture, const struct curve *curve, double width, bool steps)
{
    bool any = false;

    for (size_t i = 0; i < curve->count; i++) {
        size_t end;
        if (!curve->points[i].known)
            continue;
        end = run_end(curve, i);
        if (end > i + 1 || steps) {
            trace_run(picture, curve, i, end, steps);
            any = true;
        }
        i = end - 1;
    }
    if (any)
        mark_line(picture, &curve->mark, width);
}

void curve_draw_lone(struct picture *picture, const struct curve *curve, double radius)
{
    for (size_t i = 0; i < curve->count; i++)
        if (curve->points[i].known && (i == 0 || !curve->points[i - 1].known) &&
            (i + 1 == curve->count || !curve->points[i + 1].known))
            mark_symbol(picture, &curve->mark, curve->points[i].x, curve->points[i].y, radius);
}

void curve_draw_gaps(const struct plot *plot, struct picture *picture, const struct curve *curve, double baseline)
{
    struct mark stroke = curve->mark, ring = curve->mark;
    double half = plot_length(plot, GAP_STROKE);

    stroke.dash = stroke.gap = 1.5f;
    ring.symbol = SYMBOL_RING;
    for (size_t i = 0; i < curve->count; i++) {
        size_t end = i;
        double from, to;
        while (end < curve->count && curve->points[end].row->missing)
            end++;
        if (end == i)
            continue;
        from = curve->points[i].x;
        to = curve->points[end - 1].x;
        picture_move(picture, fmin(from, to - half), baseline);
        picture_line(picture, fmax(to, from + half), baseline);
        mark_line(picture, &stroke, 1.4);
        mark_symbol(picture, &ring, (from + to) / 2, baseline, plot_length(plot, 2.2));
        i = end - 1;
    }
}

/* --- areas --- */

struct outline {
    double (*points)[2];
    size_t count;
};

static void add_corner(struct outline *outline, double x, double y)
{
    outline->points[outline->count][0] = x;
    outline->points[outline->count++][1] = y;
}

/* Along the line, and back along the base. */
static void trace_area(struct outline *outline, const struct curve *curve, size_t from, size_t end, bool steps)
{
    const struct curve_point *points = curve->points;

    for (size_t i = from; i < end; i++) {
        double next = i + 1 < end ? points[i + 1].x : run_right(curve, end, steps);
        add_corner(outline, points[i].x, points[i].y);
        if (steps)
            add_corner(outline, next, points[i].y);
    }
    for (size_t i = end; i-- > from;) {
        double next = i + 1 < end ? points[i + 1].x : run_right(curve, end, steps);
        if (steps)
            add_corner(outline, next, points[i].y_base);
        add_corner(outline, points[i].x, points[i].y_base);
    }
}

void curve_draw_area(const struct plot *plot, struct picture *picture, const struct curve *curve, bool steps)
{
    struct outline outline = {.points = arena_array(plot->arena, 4 * curve->count, sizeof *outline.points)};

    for (size_t i = 0; i < curve->count; i++) {
        size_t end;
        if (!curve->points[i].known)
            continue;
        end = run_end(curve, i);
        if (end > i + 1 || steps) {
            outline.count = 0;
            trace_area(&outline, curve, i, end, steps);
            mark_area(picture, &curve->mark, (const double (*)[2])outline.points, outline.count);
        }
        i = end - 1;
    }
}

/* --- ranges --- */

static bool has_range(const struct curve_point *point)
{
    return !point->row->missing && point->row->has_low && point->row->has_high;
}

static double bound(const struct curve_point *point, const struct axis *values, bool high)
{
    return axis_at(values, num_to_double(high ? point->row->high : point->row->low));
}

bool curve_has_range(const struct curve *curve)
{
    for (size_t i = 0; i < curve->count; i++)
        if (has_range(&curve->points[i]))
            return true;
    return false;
}

static void trace_range(struct picture *picture, const struct curve *curve, size_t from, size_t end,
                        const struct axis *values, bool steps)
{
    const struct curve_point *points = curve->points;

    picture_move(picture, points[from].x, bound(&points[from], values, true));
    for (size_t i = from + 1; i < end; i++) {
        if (steps)
            picture_line(picture, points[i].x, bound(&points[i - 1], values, true));
        picture_line(picture, points[i].x, bound(&points[i], values, true));
    }
    if (steps) {
        picture_line(picture, run_right(curve, end, steps), bound(&points[end - 1], values, true));
        picture_line(picture, run_right(curve, end, steps), bound(&points[end - 1], values, false));
    }
    for (size_t i = end; i-- > from;) {
        if (steps && i + 1 < end)
            picture_line(picture, points[i + 1].x, bound(&points[i], values, false));
        picture_line(picture, points[i].x, bound(&points[i], values, false));
    }
    picture_close(picture);
}

void curve_draw_range(const struct plot *plot, struct picture *picture, const struct curve *curve,
                      const struct axis *values, bool steps)
{
    uint32_t fill = colour_mix(curve->mark.rgb, COLOUR_PAPER, 0.8);
    float hairline = plot->style->hairline;

    for (size_t i = 0; i < curve->count; i++) {
        size_t end = i;
        while (end < curve->count && has_range(&curve->points[end]))
            end++;
        if (end == i)
            continue;
        trace_range(picture, curve, i, end, values, steps);
        picture_paint(picture, (struct paint){.fill = true, .fill_rgb = fill, .stroke = true,
                                              .stroke_rgb = curve->mark.rgb,
                                              .width = end == i + 1 ? 3 * hairline : hairline});
        i = end - 1;
    }
}

/* --- labels kept away --- */

static void keep_area(const struct curve_point *a, const struct curve_point *b, struct places *places, bool steps)
{
    for (double x = a->x; x < b->x; x += KEPT) {
        double y = steps ? a->y : a->y + (b->y - a->y) * (x - a->x) / (b->x - a->x);
        places_keep_line(places, x, y, x, a->y_base);
    }
}

void curve_keep(const struct curve *curve, const struct axis *values, struct places *places, bool steps, bool area)
{
    for (size_t i = 0; i < curve->count; i++) {
        const struct curve_point *a = &curve->points[i], *b = a + 1;
        if (has_range(a))
            places_keep_line(places, a->x, bound(a, values, true), a->x, bound(a, values, false));
        if (steps && a->known && i + 1 == curve->count)
            places_keep_line(places, a->x, a->y, curve->end, a->y);
        if (i + 1 == curve->count || !a->known || !b->known)
            continue;
        places_keep_line(places, a->x, a->y, b->x, steps ? a->y : b->y);
        if (steps)
            places_keep_line(places, b->x, a->y, b->x, b->y);
        if (area)
            keep_area(a, b, places, steps);
    }
}
