/*
 * Pagination: the flow's items onto pages. breaks.c chooses where pages end, fill.c where things stand on each;
 * here they are drawn, page by page, and what does not fit at all is complained of. Knows items only, not what is in
 * them.
 */
#include "layout/pages.h"

#include "base/progress.h"

#include <math.h>

static const float MM_PER_POINT = 25.4f / 72;
/* A last page with less than this share of its height is a scrap; between items this share of the space stays. */
static const float SCRAP = 0.25f, LEAST_GAPS = 0.65f;
static const float EMPTY = 0.25f; /* of a page's height: more is complained of where it could be helped */

struct paginator {
    struct layouter *l; /* of the page: upright or turned */
    struct page_filler *filler;
    size_t page;
    bool told; /* of a page that ends early for its notes */
};

struct pagination {
    struct arena *arena; /* holds it and the pages */
    struct layouter *upright, turned;
    float gaps;
    struct arena *passing; /* holds units and filler, while pages are chosen and while they are drawn; else NULL */
    struct flow_units units;
    struct page_filler filler;
    const struct planned_page *pages;
    size_t count;
};

static void draw_bar(const struct paginator *p, const struct flow_item *item, float top, float bottom)
{
    struct layouter *l = p->l;
    scene_artifact_begin(l->scene, p->page, ARTIFACT_LAYOUT);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *column = &l->column[i];
        float x = layouter_left(l, p->page) + column->x
                + (lang_dir(column->lang) == DIR_RTL ? column->width - item->bar_indent : item->bar_indent);
        struct path_step steps[] = { { PATH_MOVE, { x }, { top } }, { PATH_LINE, { x }, { bottom } } };
        scene_path(l->scene, p->page, steps, 2, (struct paint){ .stroke = true, .stroke_rgb = item->bar_rgb,
                                                                .width = item->bar_width });
    }
    scene_artifact_end(l->scene, p->page);
}

/* `gap`: above the item, when another stands there. */
static void draw_rows(const struct paginator *p, const struct flow_item *item, size_t from, size_t to, float y,
                      float gap)
{
    struct layouter *l = p->l;
    float baseline = y + item->baseline;
    if (item->bar)
        draw_bar(p, item, y - (from == 0 && item->bar_joins ? gap : 0), y + (float)(to - from) * item->pitch);
    for (size_t i = 0; i < l->columns; i++) {
        if (from == 0 && item->label) {
            set_draw_tagged(l, &item->label[i], 0, 1, p->page, baseline, item->pitch);
            scene_tag_close(l->scene, p->page, item->label[i].tag);
        }
        struct set_text cell = item->cell[i];
        cell.block = set_block(l, &cell); /* once for both */
        set_draw_tagged(l, &cell, from, to, p->page, baseline, item->pitch);
        set_source(l, &cell, from, to, p->page, y, item->pitch, item->at);
        if (to == item->rows)
            scene_tag_close(l->scene, p->page, cell.tag);
    }
}

static void note_heading(const struct paginator *p, const struct flow_item *item, float y)
{
    const struct heading *heading = &p->l->headings[item->heading - 1];
    scene_dest_add(p->l->scene, heading->block->id, p->page, y - p->l->style->grid * 0.25f);
}

/* Where what draws itself comes from. */
static void note_source(const struct paginator *p, const struct flow_item *item, size_t from, size_t to, float y)
{
    struct layouter *l = p->l;
    bool wide = item->across || l->columns > 1;
    float left = layouter_left(l, p->page) + (wide ? 0 : l->column[0].x), height = flow_height(item, l->flex);
    if (item->kind == FLOW_ROWS) {
        height = item->of_rows->head_height(item, from);
        for (size_t row = from; row < to; row++)
            height += item->of_rows->row_height(l, item, row, from);
    }
    scene_source_add(l->scene, p->page, (struct scene_source){
        left, y, left + (wide ? l->width : l->column[0].width), y + height, item->at });
}

/* Rows [from, to) of a lines item, or the whole item. */
static void draw_item(const struct paginator *p, const struct flow_item *item, size_t from, size_t to, float y,
                      float gap)
{
    if (item->heading && from == 0)
        note_heading(p, item, y);
    if (item->kind != FLOW_LINES)
        note_source(p, item, from, to, y);
    if (item->kind == FLOW_LINES)
        draw_rows(p, item, from, to, y, gap);
    else if (item->kind == FLOW_ROWS)
        item->of_rows->draw(p->l, item, p->page, y, from, to);
    else
        item->draw(p->l, item, p->page, y);
}

/* A figure with its caption and source. */
static void draw_figure(const struct paginator *p, const struct unit *u, float y)
{
    for (size_t i = u->item; i < u->item + u->items; i++) {
        const struct flow_item *item = p->l->items[i], *above = p->l->items[i - (i > u->item)];
        if (i > u->item)
            y += item->before > above->after ? item->before : above->after;
        draw_item(p, item, 0, item->rows, y, 0);
        y += item->kind == FLOW_LINES ? (float)item->rows * item->pitch : flow_height(item, p->l->flex);
    }
}

/* Draws from piece `k` on as many rows of one item as stand below each other, a table's with its head; returns the
 * next piece. */
static size_t draw_pieces(const struct paginator *p, size_t k)
{
    struct layouter *l = p->l;
    const struct page_filler *f = p->filler;
    const struct piece *piece = &f->pieces[k];
    const struct unit *u = unit_at(f->units, piece->unit);
    const struct flow_item *item = l->items[u->item];
    const struct piece *above = k > 0 && f->pieces[k - 1].column == piece->column ? &f->pieces[k - 1] : NULL;
    size_t row = piece->unit - u->first, to = row + 1;
    float y = l->frame_top + piece->y;
    float gap = above ? piece->y - above->y - unit_height(f, unit_at(f->units, above->unit)) : 0;
    l->column_at = piece->column;
    l->flex = u->flexible ? f->choice.flex : 0;
    y -= unit_head(f, above ? unit_at(f->units, above->unit) : NULL, piece->unit);
    if (item->floats || item->kind == FLOW_SOLID) {
        draw_figure(p, u, y);
        return k + 1;
    }
    for (k++; k < f->piece_count; k++, to++) {
        const struct unit *next = unit_at(f->units, f->pieces[k].unit);
        if (next->item != u->item || f->pieces[k].column != piece->column)
            break;
    }
    draw_item(p, item, row, to, y, gap);
    return k;
}

/* The widest that the unit's image may be to be `over` less high, in mm; below 5: there is none, or no room for it. */
static double fitting_width(const struct paginator *p, const struct unit *u, float over)
{
    float width = 0;
    for (size_t i = u->item; i < u->item + u->items; i++) {
        const struct flow_item *item = p->l->items[i];
        if (item->height > over)
            width = fmaxf(width, flow_image_width(item) * (1 - over / item->height));
    }
    return floor((double)(width * MM_PER_POINT));
}

/* Of the unit's chart; NULL: there is none. */
static const struct chart_spec *chart_of(const struct paginator *p, const struct unit *u)
{
    const struct chart_spec *spec = NULL;
    for (size_t i = u->item; i < u->item + u->items && !spec; i++)
        spec = flow_chart_spec(p->l->items[i]);
    return spec;
}

/* What makes a chart less high. */
static const char *advice(const struct chart_spec *spec)
{
    if (spec->row_count > 0 && spec->rows[0].panel[LANG_EN] && spec->type != CHART_COUNCILS)
        return "write columns: for more panels beside each other, or show fewer of them";
    if (spec->type == CHART_BAR || spec->type == CHART_DOT)
        return "write most: to show the largest and sum up the others, or shorten their names";
    return "show less, or make charts of its parts";
}

/* What did not fit had a page of its own, and that was not enough. */
static void complain(const struct paginator *p, float over)
{
    const struct page_filler *f = p->filler;
    const struct unit *tallest = NULL;
    size_t row = 0;
    for (size_t k = 0; k < f->piece_count; k++) {
        const struct unit *u = unit_at(f->units, f->pieces[k].unit);
        if (tallest && u->height <= tallest->height)
            continue;
        tallest = u;
        row = f->pieces[k].unit - u->first;
    }
    double mm = (double)(over * MM_PER_POINT), frame = (double)(f->height * MM_PER_POINT);
    if (!tallest) { /* the rest of a note, alone */
        diag_add(p->l->diags, DIAG_LAYOUT_TOO_TALL, p->l->doc->notes[f->notes[0].note].at[p->l->column[0].lang],
                 "lines of the note that stay together are %.1f mm taller than the page's %.0f mm; shorten it", mm,
                 frame);
        return;
    }
    const struct flow_item *item = p->l->items[tallest->item];
    double width = fitting_width(p, tallest, over);
    const struct chart_spec *chart = chart_of(p, tallest);
    if (chart)
        diag_add(p->l->diags, DIAG_LAYOUT_TOO_TALL, item->at,
                 "chart '%s' with its words is %.1f mm taller than the page's %.0f mm; %s", chart->id, mm, frame,
                 advice(chart));
    else if (width >= 5)
        diag_add(p->l->diags, DIAG_LAYOUT_TOO_TALL, item->at,
                 "the image with its words is %.1f mm taller than the page's %.0f mm; "
                 "give it a width_mm of at most %.0f", mm, frame, width);
    else if (tallest->items == 1 && item->kind == FLOW_LINES)
        diag_add(p->l->diags, DIAG_LAYOUT_TOO_TALL, item->at,
                 "a line with its notes is %.1f mm taller than the page's %.0f mm; shorten the notes", mm, frame);
    else if (item->kind == FLOW_ROWS && !item->floats)
        diag_add(p->l->diags, DIAG_LAYOUT_TOO_TALL, item->at,
                 "row %zu of the table, below its head, is %.1f mm taller than the page's %.0f mm; shorten it",
                 row + 1, mm, frame);
    else
        diag_add(p->l->diags, DIAG_LAYOUT_TOO_TALL, item->at,
                 "the block is %.1f mm taller than the page's %.0f mm; make it smaller or split it", mm, frame);
}

/* Notes that the page numbers: those of one line or row would be too wide for it when there are more than
 * MOST_PAGE_NOTES. */
static void complain_of_notes(const struct paginator *p)
{
    const struct page_filler *f = p->filler;
    const struct layouter *l = p->l;
    size_t numbered = 0, first = 0;
    for (size_t i = 0; i < f->note_count; i++)
        if (f->notes[i].from == 0 && ++numbered == MOST_PAGE_NOTES + 1)
            first = f->notes[i].note;
    if (l->style->notes_by_page && numbered > MOST_PAGE_NOTES)
        diag_add(l->diags, DIAG_LAYOUT_NOTES, l->doc->notes[first].at[l->column[0].lang],
                 "one line or row refers to this note and others, %zu in all; a page numbers %d of its own at most: "
                 "merge notes, or leave notes_by_page out",
                 numbered, MOST_PAGE_NOTES);
}

/* A page that could number no more of them and stays empty below; said once. */
static void complain_of_white(struct paginator *p, const struct page_start *next, float white)
{
    const struct page_filler *f = p->filler;
    const struct layouter *l = p->l;
    const struct unit *u = next->unit < f->units->count ? unit_at(f->units, next->unit) : NULL;
    if (!l->style->notes_by_page || p->told || !u || u->forced || u->note_count == 0 || white < f->height * EMPTY)
        return;
    size_t more = 0;
    for (size_t i = 0; i < u->note_count; i++)
        more += f->stamp[u->notes[i]] != f->tries;
    if (more > MOST_PAGE_NOTES || f->note_count + more <= MOST_PAGE_NOTES)
        return;
    p->told = true;
    diag_add(l->diags, DIAG_LAYOUT_NOTES_WHITE, l->doc->notes[u->notes[0]].at[l->column[0].lang],
             "%.0f mm of a page stay empty before the line that refers to this note, since a page numbers %d of its "
             "own at most: merge notes, or leave notes_by_page out",
             (double)(white * MM_PER_POINT), MOST_PAGE_NOTES);
}

static void draw_page(struct paginator *p, const struct planned_page *planned)
{
    struct page_filler *f = p->filler;
    struct page_choice choice = planned->choice;
    float height = filler_compose(f, &planned->start, choice, &planned->next);
    int higher = filler_higher(f, &planned->next, height);
    if (higher) {
        choice.flex = higher;
        height = filler_compose(f, &planned->start, choice, &planned->next);
    }
    struct layouter *l = p->l = f->l;
    struct arena *arena = l->arena;
    p->page = scene_page_begin(l->scene, l->style->page_width, l->style->page_height);
    l->arena = scene_arena(l->scene);
    l->room = SIZE_MAX;
    f->upright->end_y = l->frame_top + height;
    if (height > f->height + 0.02f) /* more than rounding */
        complain(p, height - f->height);
    complain_of_notes(p);
    complain_of_white(p, &planned->next, f->height - height);
    notes_count(l, f->notes, f->note_count);
    for (size_t k = 0; k < f->piece_count;)
        k = draw_pieces(p, k);
    l->column_at = 0;
    notes_draw(l, f->notes, f->note_count, p->page, l->frame_bottom - f->notes_height);
    flow_contents_draw(l, p->page);
    furniture_draw(l, p->page);
    l->arena = arena;
    scene_page_end(l->scene);
}

/* A heading is no figure: it stands on the page whose stretch of units it is in. */
static void find_headings(struct layouter *l, const struct pagination *p)
{
    size_t page = 0;
    for (size_t u = 0; u < p->units.count; u++) {
        const struct flow_item *item = l->items[unit_at(&p->units, u)->item];
        while (page + 1 < p->count && p->pages[page + 1].start.unit <= u)
            page++;
        if (item->heading && unit_at(&p->units, u)->first == u)
            l->headings[item->heading - 1].page = l->first_page + page;
    }
}

static void make_units(struct pagination *p)
{
    p->passing = arena_new();
    p->units = units_make(p->upright, p->gaps, p->passing);
    filler_init(&p->filler, p->upright, &p->turned, &p->units, p->passing);
}

/* Between items this share of the space stays. */
static struct pagination *plan(struct layouter *l, float gaps)
{
    struct arena *arena = arena_new();
    struct pagination *p = arena_alloc(arena, sizeof *p);
    p->arena = arena;
    p->upright = l;
    p->turned = layouter_turned(l);
    p->gaps = gaps;
    make_units(p);
    const struct planned_page *pages = breaks_choose(&p->filler, &p->count);
    p->pages = arena_copy(arena, pages, p->count * sizeof *pages);
    return p;
}

static bool ends_in_a_scrap(struct pagination *p)
{
    const struct planned_page *last = &p->pages[p->count - 1];
    return p->count > 1
        && filler_compose(&p->filler, &last->start, last->choice, &last->next) < SCRAP * p->filler.height;
}

/* A last page with next to nothing on it is saved, when less space between paragraphs and figures does it. */
static struct pagination *plan_without_scrap(struct layouter *l)
{
    struct pagination *p = plan(l, 1);
    if (!ends_in_a_scrap(p))
        return p;
    for (float gaps = 0.9f; gaps > LEAST_GAPS; gaps -= 0.1f) {
        struct pagination *tight = plan(l, gaps);
        if (tight->count < p->count) {
            pagination_drop(p);
            return tight;
        }
        pagination_drop(tight);
    }
    return p;
}

struct pagination *paginate(struct layouter *l)
{
    struct pagination *p = plan_without_scrap(l);
    l->end_page = l->first_page + p->count;
    find_headings(l, p);
    return p;
}

void pagination_rest(struct pagination *p)
{
    arena_drop(p->passing);
    p->passing = NULL;
}

void pagination_draw(struct pagination *p)
{
    struct layouter *l = p->upright;
    struct paginator paginator = { .filler = &p->filler };
    p->turned.first_page = l->first_page;
    p->turned.all_pages = l->all_pages;
    if (!p->passing)
        make_units(p);
    for (size_t i = 0; i < p->count; i++) {
        progress_say(l->diags, PROGRESS_PAGES, l->first_page + i, l->all_pages);
        draw_page(&paginator, &p->pages[i]);
    }
}

void pagination_drop(struct pagination *p)
{
    if (!p)
        return;
    arena_drop(p->passing);
    arena_drop(p->arena);
}
