/*
 * Pagination: items onto pages, first fit, with the rules of good pages: a heading stays with its text, a
 * figure with its caption and source, no paragraph leaves one line behind or sends one ahead, a note stands
 * on the page of its first reference. A figure that does not fit waits for the top of the next page while the
 * text after it fills this one. Knows items only, not what is in them.
 */
#include "layout/layouter.h"

#include <string.h>

enum { FEWEST_LINES = 2 }; /* of a paragraph at either side of a page break */

struct paginator {
    struct layouter *l; /* of the page: upright or turned */
    struct layouter *upright, *turned;
    size_t page;
    float y, after;      /* next free y; space that the last item wants below it */
    bool at_top;         /* nothing on this page yet */
    bool *note_placed;   /* by note of the doc */
    size_t *page_notes;  /* on this page, in order of reference */
    size_t page_note_count;
    float notes_height;  /* with the separator; 0 without notes */
    size_t *waiting;     /* figures that wait for the next page: index of their first item */
    size_t waiting_count;
};

static void place_item(struct paginator *, size_t i);

static void begin_page(struct paginator *p, bool turned)
{
    p->l = turned ? p->turned : p->upright;
    const struct style *style = p->l->style;
    p->page = scene_page_add(p->l->scene, style->page_width, style->page_height);
    p->y = p->l->frame_top;
    p->after = 0;
    p->at_top = true;
    p->page_note_count = 0;
    p->notes_height = 0;
}

static void end_page(struct paginator *p)
{
    notes_draw(p->l, p->page_notes, p->page_note_count, p->page, p->l->frame_bottom - p->notes_height);
}

/* Room that the notes of rows [from, to) would take on this page beyond those already on it. */
static float notes_need(const struct paginator *p, const struct flow_item *item, size_t from, size_t to)
{
    float need = 0;
    for (size_t i = 0; i < item->note_count; i++) {
        const struct note_use *use = &item->notes[i];
        bool counted = p->note_placed[use->note];
        for (size_t k = 0; k < i && !counted; k++)
            counted = item->notes[k].note == use->note && item->notes[k].row >= from && item->notes[k].row < to;
        if (!counted && use->row >= from && use->row < to)
            need += p->l->notes[use->note].height;
    }
    if (need > 0 && p->notes_height == 0)
        need += notes_separator(p->l);
    return need;
}

static void take_notes(struct paginator *p, const struct flow_item *item, size_t from, size_t to)
{
    p->notes_height += notes_need(p, item, from, to);
    for (size_t row = from; row < to; row++)
        for (size_t i = 0; i < item->note_count; i++) {
            const struct note_use *use = &item->notes[i];
            if (use->row != row || p->note_placed[use->note])
                continue;
            p->note_placed[use->note] = true;
            p->page_notes[p->page_note_count++] = use->note;
        }
}

static float gap_before(const struct paginator *p, const struct flow_item *item)
{
    if (p->at_top)
        return 0;
    return item->before > p->after ? item->before : p->after;
}

static float room(const struct paginator *p)
{
    return p->l->frame_bottom - p->notes_height - p->y;
}

/* Rows from the first on that no page may part, with the head; all of them where they stay together. */
static float first_rows(const struct paginator *p, const struct flow_item *item)
{
    const struct flow_rows *rows = item->of_rows;
    size_t row = 0;
    if (item->height > 0)
        return item->height + notes_need(p, item, 0, SIZE_MAX);
    float height = rows->head_height(item, 0);
    do
        height += rows->row_height(p->l, item, row++, 0);
    while (row < item->rows && rows->row_stays(p->l, item, row, 0));
    return height + notes_need(p, item, 0, row);
}

/* The least that must fit for item `i` to begin on this page: its first lines, or all of it and the beginning
 * of what it is kept with. */
static float least_height(const struct paginator *p, size_t i)
{
    const struct flow_item *item = p->l->items[i];
    if (item->kind == FLOW_ROWS && item->height == 0)
        return first_rows(p, item);
    if (item->kind == FLOW_LINES && !item->keep_next) {
        size_t rows = item->rows < 2 * FEWEST_LINES ? item->rows : FEWEST_LINES;
        return (float)rows * item->pitch + notes_need(p, item, 0, rows);
    }
    float height = item->kind == FLOW_LINES ? (float)item->rows * item->pitch : item->height;
    height += notes_need(p, item, 0, SIZE_MAX);
    if (item->keep_next && i + 1 < p->l->item_count) {
        const struct flow_item *next = p->l->items[i + 1];
        height += (item->after > next->before ? item->after : next->before);
        height += least_height(p, i + 1);
    }
    return height;
}

static void draw_bar(struct paginator *p, const struct flow_item *item, float top, float bottom)
{
    struct layouter *l = p->l;
    scene_artifact_begin(l->scene, p->page, ARTIFACT_LAYOUT);
    for (size_t i = 0; i < l->columns; i++) {
        const struct set_text *cell = &item->cell[i];
        float inset = l->style->grid * 0.5f;
        float x = layouter_left(l, p->page)
                + (lang_dir(cell->lang) == DIR_RTL ? cell->x + cell->width + inset : cell->x - inset);
        struct path_step steps[] = { { PATH_MOVE, { x }, { top } }, { PATH_LINE, { x }, { bottom } } };
        scene_path(l->scene, p->page, steps, 2, (struct paint){ .stroke = true, .stroke_rgb = l->style->accent_soft,
                                                                .width = 2 });
    }
    scene_artifact_end(l->scene, p->page);
}

static void draw_rows(struct paginator *p, const struct flow_item *item, size_t from, size_t to)
{
    struct layouter *l = p->l;
    float baseline = p->y + item->baseline;
    take_notes(p, item, from, to);
    if (item->bar)
        draw_bar(p, item, p->y, p->y + (float)(to - from) * item->pitch);
    for (size_t i = 0; i < l->columns; i++) {
        if (from == 0)
            set_draw_tagged(l, &item->label[i], 0, 1, p->page, baseline, item->pitch);
        set_draw_tagged(l, &item->cell[i], from, to, p->page, baseline, item->pitch);
    }
    p->y += (float)(to - from) * item->pitch;
    p->at_top = false;
}

/* Whether a page may end before row `to` when it took up at row `from`: no language leaves fewer than
 * FEWEST_LINES of a paragraph on either side. */
static bool may_break(const struct layouter *l, const struct flow_item *item, size_t from, size_t to)
{
    for (size_t i = 0; i < l->columns; i++) {
        size_t lines = set_lines(&item->cell[i]);
        if (lines > to && (lines - to < FEWEST_LINES || to < from + FEWEST_LINES))
            return false;
    }
    return to > from;
}

/* How many rows from `from` on fit on this page, widows and orphans refused; 0: begin on a new page. */
static size_t rows_that_fit(const struct paginator *p, const struct flow_item *item, size_t from)
{
    size_t to = from;
    while (to < item->rows
           && (float)(to + 1 - from) * item->pitch + notes_need(p, item, from, to + 1) <= room(p) + 0.01f)
        to++;
    while (to < item->rows && to > from && !may_break(p->l, item, from, to))
        to--;
    return to - from;
}

static bool is_turned(const struct paginator *p)
{
    return p->l == p->turned;
}

/* The figures that waited come first on a new page, as many as fit; one always does. `turned`: how the page lies when
 * none waits. */
static void new_page(struct paginator *p, bool turned)
{
    end_page(p);
    begin_page(p, p->waiting_count ? p->l->items[p->waiting[0]]->turned : turned);
    while (p->waiting_count && p->l->items[p->waiting[0]]->turned == is_turned(p)
           && (p->at_top || least_height(p, p->waiting[0]) <= room(p))) {
        size_t first = p->waiting[0]; /* off the queue first: placing it may turn the page again */
        p->waiting_count--;
        memmove(p->waiting, p->waiting + 1, p->waiting_count * sizeof *p->waiting);
        for (size_t k = 0; k < p->l->items[first]->floats; k++)
            place_item(p, first + k);
    }
}

/* A new page for the rest of a paragraph or table, below the figures that came first. */
static void turn_page(struct paginator *p, bool turned)
{
    do
        new_page(p, turned);
    while (is_turned(p) != turned);
    if (!p->at_top)
        p->y += p->after;
}

static void place_lines(struct paginator *p, const struct flow_item *item)
{
    for (size_t from = 0; from < item->rows;) {
        size_t count = rows_that_fit(p, item, from);
        if (count == 0 && !p->at_top) {
            turn_page(p, item->turned);
            continue;
        }
        if (count == 0) /* set a line all the same, and say so */
            diag_add(p->l->diags, DIAG_LAYOUT_TOO_TALL, item->at,
                     "the notes leave no room for the lines that refer to them; shorten them");
        draw_rows(p, item, from, from + (count ? count : 1));
        from += count ? count : 1;
        if (from < item->rows)
            turn_page(p, item->turned);
    }
}

/* What must stand on the page of the last row: the words below the table. */
static float below_rows(const struct paginator *p, size_t i)
{
    const struct flow_item *item = p->l->items[i], *next = item->keep_next ? p->l->items[i + 1] : NULL;
    return next ? (item->after > next->before ? item->after : next->before) + least_height(p, i + 1) : 0;
}

/* Behind the last row that this page takes when it goes on with `from`; `from` when it takes none. */
static size_t rows_to(const struct paginator *p, size_t i, size_t from)
{
    const struct flow_item *item = p->l->items[i];
    const struct flow_rows *rows = item->of_rows;
    float used = rows->head_height(item, from);
    size_t to = from, most;
    for (; to < item->rows; to++) {
        float below = to + 1 == item->rows ? below_rows(p, i) : 0;
        used += rows->row_height(p->l, item, to, from);
        if (used + below + notes_need(p, item, from, to + 1) > room(p) + 0.01f)
            break;
    }
    most = to;
    while (to > from && to < item->rows && rows->row_stays(p->l, item, to, from))
        to--;
    return to == from && p->at_top ? most : to; /* a whole page of what stays together is broken all the same */
}

static void place_rows(struct paginator *p, size_t i)
{
    const struct flow_item *item = p->l->items[i];
    for (size_t from = 0; from < item->rows;) {
        size_t to = rows_to(p, i, from);
        if (to == from && !p->at_top) {
            turn_page(p, item->turned);
            continue;
        }
        float height = item->of_rows->head_height(item, from);
        to = to > from ? to : from + 1;
        for (size_t row = from; row < to; row++)
            height += item->of_rows->row_height(p->l, item, row, from);
        if (height > room(p) + 0.01f)
            diag_add(p->l->diags, DIAG_LAYOUT_TOO_TALL, item->at,
                     "row %zu of the table is %.0f pt taller than the page; make it smaller or split it", to,
                     (double)(height - room(p)));
        take_notes(p, item, from, to);
        item->of_rows->draw(p->l, item, p->page, p->y, from, to);
        p->y += height;
        p->at_top = false;
        from = to;
        if (from < item->rows)
            turn_page(p, item->turned);
    }
}

static void place_solid(struct paginator *p, const struct flow_item *item)
{
    struct layouter *l = p->l;
    if (item->height > room(p) + 0.01f) /* fits() has given it the page's top, and that was not enough */
        diag_add(l->diags, DIAG_LAYOUT_TOO_TALL, item->at,
                 "the block is %.0f pt taller than the page; make it smaller or split it",
                 (double)(item->height - room(p)));
    take_notes(p, item, 0, 1);
    item->draw(l, item, p->page, p->y);
    p->y += item->height;
    p->at_top = false;
}

static void place_heading(struct paginator *p, const struct flow_item *item)
{
    struct heading *heading = &p->l->headings[item->heading - 1];
    heading->page = p->page;
    scene_dest_add(p->l->scene, heading->block->id, p->page, p->y - p->l->style->grid * 0.25f);
}

static void place_item(struct paginator *p, size_t i)
{
    const struct flow_item *item = p->l->items[i];
    p->y += gap_before(p, item);
    if (item->heading)
        place_heading(p, item);
    if (item->kind == FLOW_LINES)
        place_lines(p, item);
    else if (item->kind == FLOW_ROWS)
        place_rows(p, i);
    else
        place_solid(p, item);
    p->after = item->after;
}

static bool fits(const struct paginator *p, size_t i)
{
    if (p->l->items[i]->turned != is_turned(p))
        return false;
    return p->at_top || gap_before(p, p->l->items[i]) + least_height(p, i) <= room(p) + 0.01f;
}

/* A figure that waits does not pass into the next section. */
static bool begins_section(const struct paginator *p, size_t i)
{
    const struct flow_item *item = p->l->items[i];
    return item->heading && p->l->headings[item->heading - 1].block->level <= 2;
}

void paginate(struct layouter *l)
{
    struct layouter turned = layouter_turned(l);
    struct paginator p = { .l = l, .upright = l, .turned = &turned };
    p.note_placed = arena_array(l->arena, l->doc->note_count + 1, sizeof *p.note_placed);
    p.page_notes = arena_array(l->arena, l->doc->note_count + 1, sizeof *p.page_notes);
    p.waiting = arena_array(l->arena, l->item_count + 1, sizeof *p.waiting);
    begin_page(&p, l->item_count > 0 && l->items[0]->turned);
    for (size_t i = 0; i < l->item_count; i++) {
        size_t floats = l->items[i]->floats;
        if (floats && (p.waiting_count || !fits(&p, i))) {
            p.waiting[p.waiting_count++] = i;
            i += floats - 1;
            continue;
        }
        if (begins_section(&p, i) && p.waiting_count)
            new_page(&p, false);
        while (!fits(&p, i))
            new_page(&p, l->items[i]->turned);
        place_item(&p, i);
    }
    while (p.waiting_count)
        new_page(&p, false);
    end_page(&p);
}
