/*
 * Columns: a band of text in the page's columns, filled one after the other and, where the text ends or something
 * runs across the page, evenly. Knows units only. In several columns, body lines stand on the page's grid, so that
 * lines beside each other share their baselines.
 */
#include "layout/pages.h"

#include <math.h>

static const float TINY = 0.01f; /* points that nobody sees */

float unit_flexed(const struct page_filler *f, const struct unit *u)
{
    float height = u->height;
    for (size_t i = u->item; i < u->item + u->items; i++)
        height += flow_height(f->l->items[i], f->choice.flex) - f->l->items[i]->height;
    return height;
}

float unit_gap(const struct unit *above, const struct unit *u)
{
    if (!above)
        return 0;
    return u->before > above->after ? u->before : above->after;
}

float unit_head(const struct page_filler *f, const struct unit *above, size_t i)
{
    const struct unit *u = unit_at(f->units, i);
    const struct flow_item *item = f->l->items[u->item];
    if (item->kind != FLOW_ROWS || item->floats || (above && above->item == u->item))
        return 0;
    size_t row = i - u->first; /* it may be higher: the value of its group stands in it again */
    return item->of_rows->head_height(item, row) + item->of_rows->row_height(f->l, item, row, row) - u->height;
}

static bool on_grid(const struct page_filler *f, const struct unit *u)
{
    const struct flow_item *item = f->l->items[u->item];
    return u->items == 1 && item->kind == FLOW_LINES && fabsf(item->pitch - f->l->style->grid) < TINY;
}

/* y of a unit in a column, `gap` below the unit above it (NULL: the column begins), moved down to the grid, which
 * begins at the frame's top: of a body line its own; of a heading so that the text under it needs no move. A gap of
 * less than a quarter of a line, as between the items of a list, closes rather than grow to a whole line; at a column's
 * head a small heading rises a little rather than leave a line white. */
static float snap(const struct page_filler *f, size_t i, const struct unit *above, float y, float gap)
{
    const struct unit *u = unit_at(f->units, i);
    const struct flow_item *item = f->l->items[u->item];
    float grid = f->l->style->grid, below = 0, slack = !above ? grid / 3 : gap < grid / 4 ? gap : 0;
    if (f->l->page_columns == 1 || (i > u->first && (above || !on_grid(f, u))))
        return y;
    if (!on_grid(f, u)) {
        size_t next = i + item->rows;
        if (u->items > 1 || item->kind != FLOW_LINES || !item->keep_next || next >= f->units->count
            || !on_grid(f, unit_at(f->units, next)))
            return y;
        below = (float)item->rows * item->pitch + unit_gap(unit_at(f->units, next - 1), unit_at(f->units, next));
    }
    return ceilf((f->top + y + below - slack - TINY) / grid) * grid - below - f->top;
}

bool band_fits(const struct page_filler *f, float limit, float *used, struct piece *out)
{
    const struct unit *above = NULL;
    size_t column = 0, first = 0, legal = 0; /* first of this column; last place where the next may begin */
    float y = 0, legal_y = 0;
    *used = 0;
    for (size_t i = 0; i < f->band_count; i++) {
        const struct unit *u = unit_at(f->units, f->band[i]);
        if (i > first && u->legal && !above->kept) {
            legal = i;
            legal_y = y;
        }
        float head = unit_head(f, above, f->band[i]), gap = unit_gap(above, u);
        float at = snap(f, f->band[i], above, y + gap + head, gap);
        if (at + unit_height(f, u) > limit + TINY) {
            if (legal == first || ++column == f->l->page_columns)
                return false;
            *used = fmaxf(*used, legal_y);
            first = legal;
            i = legal - 1;
            y = 0;
            above = NULL;
            continue;
        }
        if (out)
            out[i] = (struct piece){ f->band[i], column, f->top + at };
        y = at + unit_height(f, u);
        above = u;
    }
    *used = fmaxf(*used, y);
    return true;
}

float band_balance(const struct page_filler *f, float limit)
{
    float used, step = f->l->style->grid / 4;
    if (f->band_count == 0)
        return 0;
    for (float height = f->stacked / (float)f->l->page_columns; height < limit; height += step)
        if (band_fits(f, height, &used, NULL))
            return used;
    return band_fits(f, limit, &used, NULL) ? used : -1;
}
