/* Flow: the list of items that the paginator places, in reading order. */
#include "layout/layouter.h"

struct flow_item *flow_add(struct layouter *l, enum flow_kind kind, struct place at)
{
    struct flow_item *item = arena_alloc(l->arena, sizeof *item);
    item->kind = kind;
    if (kind == FLOW_LINES)
        item->cell = arena_array(l->arena, l->edition == EDITION_PARALLEL ? LANG_COUNT : 1, sizeof *item->cell);
    item->at = at;
    item->break_before = l->break_next;
    l->break_next = BREAK_NONE;
    l->items = arena_grow(l->arena, l->items, l->item_count, sizeof(struct flow_item *));
    l->items[l->item_count++] = item;
    return item;
}

static size_t line_of(const struct text_block *block, uint32_t offset)
{
    size_t line = 0;
    while (line + 1 < block->line_count && block->lines[line + 1].start <= offset)
        line++;
    return line;
}

static bool uses_note(const struct flow_item *item, size_t row, size_t note)
{
    for (size_t i = 0; i < item->note_count; i++)
        if (item->notes[i].note == note && item->notes[i].row == row)
            return true;
    return false;
}

static void use_note(struct layouter *l, struct flow_item *item, size_t note, size_t row)
{
    flow_note(l, note);
    if (uses_note(item, row, note))
        return;
    item->notes = arena_grow(l->arena, item->notes, item->note_count, sizeof *item->notes);
    item->notes[item->note_count++] = (struct note_use){ row, note };
}

void flow_use_notes(struct layouter *l, struct flow_item *item, const struct set_text *set, bool by_line)
{
    const struct text_block *block = NULL;
    struct arena *arena = l->arena, *passing = arena_new();
    for (size_t i = 0; set_lines(set) > 0 && i < set->rich->span_count; i++) {
        const struct inline_span *span = &set->rich->spans[i];
        if (span->kind != INLINE_NOTE_REF)
            continue;
        l->arena = passing;
        block = block || !by_line ? block : set_block(l, set);
        l->arena = arena;
        use_note(l, item, span->note, by_line ? line_of(block, span->start) : 0);
    }
    arena_drop(passing);
}

void flow_use_notes_in(struct layouter *l, struct flow_item *item, const struct rich_text *rich, size_t row)
{
    for (size_t i = 0; i < rich->span_count; i++)
        if (rich->spans[i].kind == INLINE_NOTE_REF)
            use_note(l, item, rich->spans[i].note, row);
}

void flow_count_rows(struct layouter *l, struct flow_item *item)
{
    item->rows = 0;
    for (size_t i = 0; i < l->columns; i++) {
        size_t lines = set_lines(&item->cell[i]);
        item->rows = lines > item->rows ? lines : item->rows;
        flow_use_notes(l, item, &item->cell[i], true);
    }
}

/* Notes are made in the order in which the doc refers to them, whenever lines are. */
static void make_notes(struct layouter *l, const struct rich_text *rich)
{
    for (size_t i = 0; i < rich->span_count; i++)
        if (rich->spans[i].kind == INLINE_NOTE_REF)
            flow_note(l, rich->spans[i].note);
}

void flow_finish_lines(struct layouter *l, struct flow_item *item, float pitch)
{
    item->pitch = pitch;
    item->baseline = pitch * 0.74f; /* leaves room for descenders; Arabic reaches deeper than Latin */
    if (!item->later) {
        flow_count_rows(l, item);
        return;
    }
    for (size_t i = 0; i < l->columns; i++)
        make_notes(l, item->cell[i].rich);
    later_add_item(l, item);
}
