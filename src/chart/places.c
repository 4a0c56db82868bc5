/* Labels around points, by trying. Must not know what the points are. */
#include "chart/places.h"

#include <math.h>

#include "base/arena.h"
#include "chart/plot.h"

static const double NEAR = 5;    /* farther labels are led */
static const double AIR = 1;     /* around words */
static const double DISTANCES[] = {1.5, 3.5, 7, 12, 18, 26, 36, 48, 62};
/* Which way to go from the point, the best first: beside it, above, below. */
static const double WAYS[][2] = {{1, 0},     {.7, -.7},  {0, -1},    {.7, .7},    {0, 1},      {-1, 0},
                                 {-.7, -.7}, {-.7, .7},  {.38, -.92}, {-.38, -.92}, {.92, -.38}, {.92, .38},
                                 {.38, .92}, {-.38, .92}, {-.92, -.38}, {-.92, .38}};
enum { TURNS_MOST = 24 };

struct line {
    double x0, y0, x1, y1;
    bool spared; /* may be covered when nothing else is left */
};

/* What a label may do, worse from one to the next. */
enum licence { LICENCE_NONE, LICENCE_CROSS, LICENCE_COVER, LICENCE_COUNT };

struct places {
    struct arena *arena;
    struct box room;
    struct box *boxes;
    size_t box_count, mark_count; /* the marks come first; labels follow as they are placed */
    struct line *lines;
    size_t line_count;
};

struct places *places_new(struct arena *arena, struct box room)
{
    struct places *places = arena_alloc(arena, sizeof *places);

    places->arena = arena;
    places->room = room;
    return places;
}

void places_keep_box(struct places *places, struct box box)
{
    places->boxes = arena_grow(places->arena, places->boxes, places->box_count, sizeof *places->boxes);
    places->boxes[places->box_count++] = box;
}

void places_keep_line(struct places *places, double x0, double y0, double x1, double y1)
{
    places->lines = arena_grow(places->arena, places->lines, places->line_count, sizeof *places->lines);
    places->lines[places->line_count++] = (struct line){x0, y0, x1, y1, false};
}

void places_spare_line(struct places *places, double x0, double y0, double x1, double y1)
{
    places_keep_line(places, x0, y0, x1, y1);
    places->lines[places->line_count - 1].spared = true;
}

/* --- geometry --- */

static bool boxes_meet(const struct box *a, const struct box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

/* Narrows the part of the line, [from, to], to what lies between two edges. */
static void clip(double start, double way, double least, double most, double *from, double *to)
{
    double a = (least - start) / way, b = (most - start) / way;

    if (way == 0) {
        if (start <= least || start >= most)
            *to = *from;
        return;
    }
    *from = fmax(*from, fmin(a, b));
    *to = fmin(*to, fmax(a, b));
}

static bool line_meets(const struct line *line, const struct box *box)
{
    double from = 0, to = 1;

    clip(line->x0, line->x1 - line->x0, box->left, box->right, &from, &to);
    clip(line->y0, line->y1 - line->y0, box->top, box->bottom, &from, &to);
    return from < to;
}

static bool contains(const struct box *box, double x, double y)
{
    return x >= box->left && x <= box->right && y >= box->top && y <= box->bottom;
}

/* --- trying --- */

static bool is_free(const struct places *places, const struct box *box, enum licence licence)
{
    const struct box *room = &places->room;

    if (box->left < room->left || box->right > room->right || box->top < room->top || box->bottom > room->bottom)
        return false;
    for (size_t i = 0; i < places->box_count; i++)
        if (boxes_meet(box, &places->boxes[i]))
            return false;
    for (size_t i = 0; i < places->line_count; i++)
        if (!(places->lines[i].spared && licence == LICENCE_COVER) && line_meets(&places->lines[i], box))
            return false;
    return true;
}

/* From which side of the line the point is: the sign says it. */
static double side(const struct line *line, double x, double y)
{
    return (line->x1 - line->x0) * (y - line->y0) - (line->y1 - line->y0) * (x - line->x0);
}

static bool lines_cross(const struct line *a, const struct line *b)
{
    return side(a, b->x0, b->y0) * side(a, b->x1, b->y1) < -1e-6 &&
           side(b, a->x0, a->y0) * side(b, a->x1, a->y1) < -1e-6;
}

/* A leader crosses no words and no mark but its own; lines only where nothing else is left. */
static bool leader_is_free(const struct places *places, const struct placed *label, enum licence licence)
{
    struct line leader = {label->x, label->y, label->lead_x, label->lead_y, false};

    for (size_t i = 0; i < places->line_count && licence < LICENCE_CROSS; i++)
        if (lines_cross(&leader, &places->lines[i]))
            return false;

    for (size_t i = 0; i < places->box_count; i++)
        if (!contains(&places->boxes[i], label->x, label->y) && line_meets(&leader, &places->boxes[i]))
            return false;
    return true;
}

static double gap(const struct box *a, const struct box *b)
{
    double across = fmax(fmax(a->left - b->right, b->left - a->right), 0);
    double down = fmax(fmax(a->top - b->bottom, b->top - a->bottom), 0);

    return hypot(across, down);
}

/* Whether the words stand nearer to another mark than to their own, and no leader says whose they are. */
static bool is_ambiguous(const struct places *places, const struct placed *label)
{
    struct box point = {label->x - label->radius, label->y - label->radius, label->x + label->radius,
                        label->y + label->radius};
    double own = gap(&label->box, &point);

    for (size_t i = 0; i < places->mark_count; i++)
        if (!contains(&places->boxes[i], label->x, label->y) && gap(&label->box, &places->boxes[i]) < own + AIR)
            return true;
    return false;
}

static bool try_at(const struct places *places, struct placed *label, double distance, const double way[2],
                   enum licence licence)
{
    double x = label->x + way[0] * (label->radius + distance), y = label->y + way[1] * (label->radius + distance);
    double width = label->words.width + 2 * AIR, height = label->words.height;
    struct box box;

    box.left = x - width / 2 + way[0] * width / 2;
    box.top = y - height / 2 + way[1] * height / 2;
    box.right = box.left + width;
    box.bottom = box.top + height;
    if (!is_free(places, &box, licence))
        return false;
    label->box = box;
    label->led = distance > NEAR;
    label->lead_x = fmin(fmax(label->x, box.left), box.right);
    label->lead_y = fmin(fmax(label->y, box.top), box.bottom);
    if (!label->led)
        return licence > LICENCE_NONE || !is_ambiguous(places, label);
    return leader_is_free(places, label, licence);
}

static bool find_around(const struct places *places, struct placed *label, double distance, enum licence licence)
{
    for (size_t i = 0; i <= sizeof WAYS / sizeof *WAYS; i++)
        if (try_at(places, label, distance, WAYS[i > 0 ? i - 1 : label->above ? 2 : 0], licence))
            return true;
    return false;
}

static bool find(struct places *places, struct placed *label)
{
    for (enum licence licence = LICENCE_NONE; licence < LICENCE_COUNT; licence++)
        for (size_t i = 0; i < sizeof DISTANCES / sizeof *DISTANCES; i++) {
            if (!find_around(places, label, DISTANCES[i], licence))
                continue;
            places_keep_box(places, label->box);
            if (label->led)
                places_keep_line(places, label->x, label->y, label->lead_x, label->lead_y);
            return true;
        }
    return false;
}

/* The first for which nothing was left comes first in the next turn. */
size_t places_find(struct places *places, struct placed *labels, size_t count)
{
    size_t *order = arena_array(places->arena, count, sizeof *order);
    size_t boxes = places->box_count, lines = places->line_count, failed = count;

    places->mark_count = boxes;
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (int turn = 0; turn < TURNS_MOST; turn++) {
        size_t done = 0, late;
        places->box_count = boxes;
        places->line_count = lines;
        while (done < count && find(places, &labels[order[done]]))
            done++;
        if (done == count)
            return count;
        failed = late = order[done];
        for (; done > 0; done--)
            order[done] = order[done - 1];
        order[0] = late;
    }
    return failed;
}

void places_draw(const struct plot *plot, struct picture *picture, const struct placed *labels, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct placed *label = &labels[i];
        double x = (label->box.left + label->box.right) / 2, way = (label->x > x) - (label->x < x);
        bool above = fabs(label->x - x) < label->words.width / 4; /* or below: centred on its point */
        if (label->led)
            picture_rule(picture, label->x, label->y, label->lead_x, label->lead_y, plot->palette.grey,
                         plot->style->hairline * 1.25);
        picture_label_pair(picture, &label->words, above ? x : way < 0 ? label->box.left + AIR : label->box.right - AIR,
                           label->box.top, above ? ANCHOR_CENTRE : way < 0 ? ANCHOR_START : ANCHOR_END);
    }
}
