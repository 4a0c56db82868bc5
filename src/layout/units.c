/*
 * Units: the flow's items cut into what no page break divides, each with what a break before it costs. Here stand
 * the rules that need no page to be judged: no paragraph leaves one line behind or sends one ahead, in any of its
 * languages; what is kept with its successor is not parted from it. Knows nothing of pages.
 */
#include "layout/pages.h"

#include <string.h>

enum { FEWEST_ROWS = 3,
       LAST_ROWS = 100 }; /* of a long table: only among these is it weighed where a page ends, since it is what they
                             leave over that makes a page good or bad; so that the work grows with the pages */

/* A short item of a list rather leaves the room of three lines white than be parted; a heading rather has three lines
 * below it. */
enum { SHORT_ITEM = 6, LINES_BELOW_HEADING = 3, FEW_BEFORE_FIGURE = 2 };
static const float PARAGRAPH_BROKEN = 0.3f, ITEM_BROKEN = 0.8f, FEW_BELOW_HEADING = 1, LIST_BROKEN = 0.2f,
                   KEY_FIGURES_BROKEN = 3, TABLE_BROKEN = 4, FEW_ROWS = 8;
/* Of a list's first or last line alone on its page; of a page that goes on in one language only, the other's column
 * white beside it. */
static const float ITEM_ALONE = 1, ONE_LANGUAGE = 0.75f;
/* Of a heading with a line or two at a page's foot, whose figure stands overleaf: as much as a third of the page left
 * white, and a half of it beside one that is full. */
static const float FIGURE_OVERLEAF = 15;
/* Of one table or figure in the one language and, overleaf, in the other. */
static const float TWINS_APART = 3;

struct maker {
    struct layouter *l;
    struct arena *arena;
    struct flow_units out;
    size_t kinds; /* so far */
    bool *used;   /* by note: counted already */
    size_t *first_row; /* by note: of the item at hand, from 1 */
    bool turned;  /* the side of the page that the text stands on so far */
};

bool lines_may_part(const struct set_text cell[], size_t columns, size_t from, size_t to)
{
    for (size_t i = 0; i < columns; i++) {
        size_t lines = set_lines(&cell[i]);
        if (lines > to && (lines - to < FEWEST_LINES || to < from + FEWEST_LINES))
            return false;
    }
    return true;
}

static struct unit *add_unit(struct maker *m, size_t item, size_t items, size_t row)
{
    struct unit *u = &m->out.kinds[m->kinds];
    u->item = (uint32_t)item;
    u->items = (uint32_t)items;
    u->first = (uint32_t)(m->out.count - row);
    m->out.kind[m->out.count++] = (uint32_t)m->kinds++;
    u->across = m->l->items[item]->across;
    u->turned = m->l->items[item]->turned;
    u->kept = m->l->items[item + items - 1]->keep_next;
    return u;
}

enum { ANY_ROW = -1 };

static void take_notes(struct maker *m, struct unit *u, const struct flow_item *item, int64_t row)
{
    size_t *notes = (size_t *)u->notes;
    for (size_t i = 0; i < item->note_count; i++) {
        size_t note = item->notes[i].note;
        bool elsewhere = row != ANY_ROW && item->notes[i].row != (size_t)row;
        if (elsewhere || (m->used[note] && !m->l->style->notes_by_page))
            continue;
        m->used[note] = true;
        notes = arena_grow(m->arena, notes, u->note_count, sizeof *notes);
        notes[u->note_count++] = note;
    }
    u->notes = notes;
}

static void add_float(struct maker *m, size_t first)
{
    size_t count = m->l->items[first]->floats;
    struct unit *u = add_unit(m, first, count, 0);
    u->floats = m->l->page_columns == 1 || u->across; /* a figure within its column stays where it is */
    for (size_t i = first; i < first + count; i++) {
        const struct flow_item *item = m->l->items[i], *above = m->l->items[i - (i > first)];
        if (i > first)
            u->height += item->before > above->after ? item->before : above->after;
        u->height += item->kind == FLOW_LINES ? (float)item->rows * item->pitch : item->height;
        u->flexible |= item->flexible;
        take_notes(m, u, item, ANY_ROW);
    }
    u->before = m->l->items[first]->before;
    u->after = m->l->items[first + count - 1]->after;
    if (!u->floats)
        return;
    m->out.floats = arena_grow(m->arena, m->out.floats, m->out.float_count, sizeof *m->out.floats);
    m->out.floats[m->out.float_count++] = m->out.count - 1;
}

/* Of a page that ends behind `rows` rows of the item: they stand below a heading. */
static float heading_cost(const struct maker *m, size_t item, size_t rows)
{
    bool below = item > 0 && m->l->items[item - 1]->heading && m->l->items[item]->kind == FLOW_LINES;
    return below && rows < LINES_BELOW_HEADING ? FEW_BELOW_HEADING : 0;
}

/* Of a page that ends behind `rows` rows of the item: one of its languages has no more. */
static float language_cost(const struct maker *m, const struct flow_item *item, size_t rows)
{
    for (size_t i = 0; i < m->l->columns; i++)
        if (set_lines(&item->cell[i]) > 0 && set_lines(&item->cell[i]) <= rows)
            return ONE_LANGUAGE;
    return 0;
}

/* What it costs that a page has a reference to a note in one language, and not in the other. */
static const float NOTE_APART = 2;

/* A page rather does not end between the references of an item's languages to a note that no item before it has. */
static void keep_references(struct maker *m, const struct flow_item *item, struct unit *row)
{
    for (size_t i = 0; i < item->note_count && !m->l->style->notes_by_page; i++) {
        size_t note = item->notes[i].note, to = item->notes[i].row + 1, from = m->first_row[note];
        if (m->used[note])
            continue;
        m->first_row[note] = from > 0 ? from : to;
        if (from > to)
            from = to, to = m->first_row[note];
        for (; from > 0 && from < to; from++)
            row[from].penalty += NOTE_APART;
    }
}

static void add_rows(struct maker *m, size_t i)
{
    const struct flow_item *item = m->l->items[i];
    for (size_t row = 0; row < item->rows; row++) {
        struct unit *u = add_unit(m, i, 1, row);
        u->height = item->pitch;
        u->before = row == 0 ? item->before : 0;
        u->after = row + 1 == item->rows ? item->after : 0;
        u->legal = row > 0 && !item->keep_next && !item->whole && lines_may_part(item->cell, m->l->columns, 0, row);
        bool marked = item->label && set_lines(&item->label[0]) > 0;
        u->penalty = (marked && item->rows <= SHORT_ITEM ? ITEM_BROKEN : PARAGRAPH_BROKEN)
                   + heading_cost(m, i, row) + language_cost(m, item, row);
    }
    struct unit *rows = &m->out.kinds[m->kinds - item->rows];
    keep_references(m, item, rows);
    for (size_t row = 0; row < item->rows; row++)
        take_notes(m, &rows[row], item, (int64_t)row);
}

/* Of the latest unit, a table's row: it is of one kind with a row like it, not far above. The first stays alone,
 * as more is going to be said of it. */
static void share_kind(struct maker *m)
{
    enum { LOOKED_AT = 4 };
    const struct unit *u = &m->out.kinds[m->kinds - 1];
    size_t lowest = (size_t)m->out.kind[u->first] + 1;
    if (lowest >= m->kinds || u->note_count)
        return;
    for (size_t k = m->kinds - 1; k-- > lowest && k + LOOKED_AT + 1 >= m->kinds;) {
        if (memcmp(u, &m->out.kinds[k], sizeof *u) != 0)
            continue;
        m->out.kinds[--m->kinds] = (struct unit){ 0 };
        m->out.kind[m->out.count - 1] = (uint32_t)k;
        return;
    }
}

static void add_table_rows(struct maker *m, size_t i)
{
    const struct flow_item *item = m->l->items[i];
    for (size_t row = 0; row < item->rows; row++) {
        struct unit *u = add_unit(m, i, 1, row);
        size_t below = item->rows - row;
        u->height = item->of_rows->row_height(m->l, item, row, 0);
        u->before = row == 0 ? item->before : 0;
        u->after = row + 1 == item->rows ? item->after : 0;
        u->kept &= row + 1 == item->rows;
        u->legal = row > 0 && !item->of_rows->row_stays(m->l, item, row, 0);
        u->penalty = TABLE_BROKEN + (row < FEWEST_ROWS || below < FEWEST_ROWS ? FEW_ROWS : 0);
        u->inner = row > 0 && below > LAST_ROWS;
        take_notes(m, u, item, (int64_t)row);
        share_kind(m);
    }
}

static void add_solid(struct maker *m, size_t i)
{
    const struct flow_item *item = m->l->items[i];
    struct unit *u = add_unit(m, i, 1, 0);
    u->height = item->height;
    u->before = item->before;
    u->after = item->after;
    take_notes(m, u, item, ANY_ROW);
}

static bool is_line(const struct flow_item *item)
{
    return item->kind == FLOW_LINES && item->rows == 1;
}

/* Of a page that ends before the item, as one of a list or quote. */
static float list_cost(const struct layouter *l, size_t i)
{
    if (!l->items[i]->inside)
        return 0;
    bool last = i + 1 == l->item_count || !l->items[i + 1]->inside;
    bool alone = (last && is_line(l->items[i])) || (!l->items[i - 1]->inside && is_line(l->items[i - 1]));
    return LIST_BROKEN + (alone ? ITEM_ALONE : 0);
}

/* Of a page that ends before the figure: all that stands of its section are a few lines. */
static float figure_cost(const struct layouter *l, size_t i)
{
    size_t lines = 0;
    if (!l->items[i]->floats)
        return 0;
    while (i-- > 0 && l->items[i]->kind == FLOW_LINES && !l->items[i]->floats && lines <= FEW_BEFORE_FIGURE) {
        if (l->items[i]->heading)
            return FIGURE_OVERLEAF;
        lines += l->items[i]->rows;
    }
    return 0;
}

/* A rule has something to part on its page: not before what stands on a turned one, nor at the end. */
static bool divides(const struct layouter *l, size_t i)
{
    size_t next = i + 1;
    while (next < l->item_count && l->items[next]->divides)
        next++;
    return l->items[i]->divides && next < l->item_count && !l->items[next]->turned;
}

static void mark_first(struct maker *m, size_t unit, size_t i)
{
    const struct flow_item *item = m->l->items[i];
    struct unit *u = &m->out.kinds[m->out.kind[unit]];
    bool turns = !u->floats && u->turned != m->turned;
    m->turned ^= turns;
    u->legal = i > 0 && !m->l->items[i - 1]->keep_next && !item->keep_last;
    u->penalty = list_cost(m->l, i) + figure_cost(m->l, i) + (item->twin ? TWINS_APART : 0);
    u->penalty += i > 0 ? heading_cost(m, i - 1, m->l->items[i - 1]->rows) : 0;
    u->penalty += item->kind == FLOW_SOLID && item->inside ? KEY_FIGURES_BROKEN : 0;
    u->divides = divides(m->l, i);
    u->kept |= u->divides;
    u->slot = u->legal && !item->inside;
    u->section = turns || item->clears || (item->heading && m->l->headings[item->heading - 1].block->level <= 2);
    u->forced = (item->begins_page || item->break_before) && i > 0;
}

/* At least as many as there are units: a long table's are an array that should not grow by doubling. Of what has room
 * for as many kinds Linux gives what is used. */
static size_t most_units(const struct layouter *l)
{
    size_t most = 0;
    for (size_t i = 0; i < l->item_count; i++)
        most += l->items[i]->kind == FLOW_SOLID || l->items[i]->floats ? 1 + l->items[i]->rows : l->items[i]->rows;
    return most;
}

struct flow_units units_make(struct layouter *l, float gaps, struct arena *arena)
{
    struct maker m = { .l = l, .arena = arena };
    m.out.kinds = arena_array(arena, most_units(l), sizeof *m.out.kinds);
    m.out.kind = arena_array(arena, most_units(l), sizeof *m.out.kind);
    m.used = arena_array(arena, l->doc->note_count + 1, sizeof *m.used);
    m.first_row = arena_array(arena, l->doc->note_count + 1, sizeof *m.first_row);
    for (size_t i = 0; i < l->item_count;) {
        const struct flow_item *item = l->items[i];
        size_t first = m.out.count;
        if (item->floats)
            add_float(&m, i);
        else if (item->kind == FLOW_LINES)
            add_rows(&m, i);
        else if (item->kind == FLOW_ROWS)
            add_table_rows(&m, i);
        else
            add_solid(&m, i);
        if (m.out.count > first)
            mark_first(&m, first, i);
        i += item->floats ? item->floats : 1;
    }
    for (size_t i = 0; i < m.kinds; i++) {
        m.out.kinds[i].before *= gaps;
        m.out.kinds[i].after *= gaps;
    }
    return m.out;
}
