/* Columns of labels beside a plot. Must not know what they name. */
#include "chart/ends.h"

#include <math.h>

#include "base/arena.h"
#include "chart/plot.h"
#include "chart/relax.h"

static const double GAP = 14, LEVEL = 2.5; /* of a leader: its width; at either end it is level */
static const double ROW_GAP = 1, PAIRS_GAP = 4; /* between labels; of two languages */
static const double NEAR = 2;              /* no leader where the label is that near */

double ends_gap(const struct plot *plot)
{
    return plot_length(plot, GAP);
}

static int compare_ends(const void *a, const void *b)
{
    const struct end_label *first = a, *second = b;

    return (first->y > second->y) - (first->y < second->y);
}

/* Above and below the words. */
static double margin(const struct end_label *end)
{
    return fmax(end->room - end->words.height, 0) / 2;
}

static double height_of(const struct end_label *end)
{
    return end->words.height + 2 * margin(end) + (end->words.label[1].block ? PAIRS_GAP : ROW_GAP);
}

double ends_height(const struct end_label *ends, size_t count)
{
    double height = 0;

    for (size_t i = 0; i < count; i++)
        height += height_of(&ends[i]);
    return height;
}

/* Insertion keeps the order of those that stand at the same height. */
static void sort_ends(struct end_label *ends, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct end_label moving = ends[i];
        size_t k = i;
        for (; k > 0 && compare_ends(&ends[k - 1], &moving) > 0; k--)
            ends[k] = ends[k - 1];
        ends[k] = moving;
    }
}

double ends_place(const struct plot *plot, struct end_label *ends, size_t count, double top, double bottom)
{
    struct relax_item *items = arena_array(plot->arena, count, sizeof *items);
    double limit = bottom - top;

    sort_ends(ends, count);
    for (size_t i = 0; i < count; i++)
        items[i] = (struct relax_item){ends[i].y - label_pair_middle(&ends[i].words) - margin(&ends[i]) - top,
                                       height_of(&ends[i]), 0};
    relax(items, count);
    if (ends_height(ends, count) <= limit + ROW_GAP)
        for (size_t i = count; i-- > 0; limit = items[i].top) {
            double height = i + 1 == count ? ends[i].words.height + 2 * margin(&ends[i]) : items[i].height;
            items[i].top = fmin(items[i].top, limit - height);
        }
    for (size_t i = 0; i < count; i++)
        ends[i].top = top + items[i].top + margin(&ends[i]);
    return count > 0 ? ends[count - 1].top + ends[count - 1].words.height + margin(&ends[count - 1]) : top;
}

static void draw_leader(const struct plot *plot, struct picture *picture, const struct end_label *end, double x,
                        double way)
{
    double y = end->top + label_pair_middle(&end->words), gap = ends_gap(plot), edge = x - way * gap;

    if (fabs(y - end->y) < NEAR && way * (edge - end->x) < NEAR)
        return;
    picture_move(picture, end->x + way * LEVEL, end->y);
    picture_line(picture, way * (edge - end->x) > 0 ? edge + way * LEVEL : end->x + way * LEVEL, end->y);
    picture_line(picture, x - way * 2 * LEVEL, y);
    picture_line(picture, x - way * LEVEL * 0.6, y);
    picture_stroke(picture, end->rgb, plot->style->hairline * 1.25);
}

void ends_draw(const struct plot *plot, struct picture *picture, const struct end_label *ends, size_t count, double x,
               bool before)
{
    for (size_t i = 0; i < count; i++) {
        draw_leader(plot, picture, &ends[i], x, before ? -1 : 1);
        picture_label_pair(picture, &ends[i].words, x, ends[i].top, before ? ANCHOR_END : ANCHOR_START);
    }
}
