/*
 * Notes numbered by the page. A text is broken into lines before its page is known, so its references are set with
 * the widest digit, and set again with the page's own numbers when it is drawn: those are one digit too, since a page
 * takes MOST_PAGE_NOTES notes at most. Where a narrower digit would let a line end elsewhere (Arabic-Indic digits are
 * not of one width), its end is pinned. Knows nothing of where pages end.
 */
#include "layout/layouter.h"

#include <string.h>

enum { WIDEST = 3 }; /* Latin digits are of one width; of the Arabic-Indic ones it is this */

const char *note_number(struct layouter *l, size_t note, enum lang lang)
{
    if (!l->style->notes_by_page)
        return l->doc->notes[note].number[lang];
    size_t number = l->page_number ? l->page_number[note] : 0;
    return locale_integer(l->doc->locale[lang], number ? (int64_t)number : WIDEST, l->arena);
}

const char *note_dest(struct layouter *l, size_t note, size_t page)
{
    const char *id = l->doc->notes[note].id;
    if (!l->style->notes_by_page)
        return arena_printf(l->arena, "note.%s", id);
    return arena_printf(l->arena, "note.%s@%zu", id, page + 1); /* it may stand on several */
}

static const char *reference_dest(struct layouter *l, size_t note, enum lang lang, size_t page)
{
    const char *id = l->doc->notes[note].id;
    if (!l->style->notes_by_page)
        return arena_printf(l->arena, "ref.%s.%s", id, lang_tag(lang));
    return arena_printf(l->arena, "ref.%s.%s@%zu", id, lang_tag(lang), page + 1);
}

static bool is_referred(const struct layouter *l, size_t note, enum lang lang, size_t page)
{
    size_t referred = l->notes[note].referred[lang];
    return l->style->notes_by_page ? referred == page + 1 : referred > 0;
}

void note_referred(struct layouter *l, size_t note, enum lang lang, size_t page, float y)
{
    if (is_referred(l, note, lang, page))
        return;
    l->notes[note].referred[lang] = page + 1;
    scene_dest_add(l->scene, reference_dest(l, note, lang, page), page, y);
}

const char *note_reference(struct layouter *l, size_t note, enum lang lang, size_t page)
{
    return is_referred(l, note, lang, page) ? reference_dest(l, note, lang, page) : NULL;
}

static bool refers(const struct rich_text *rich)
{
    for (size_t i = 0; i < rich->span_count; i++)
        if (rich->spans[i].kind == INLINE_NOTE_REF)
            return true;
    return false;
}

/* A text that is being edited. */
struct edited {
    struct rich_text *rich;
    struct inline_span *spans;
    struct inline_place *places;
};

static struct edited edit(struct layouter *l, const struct rich_text *rich)
{
    struct edited e = { arena_copy(l->arena, rich, sizeof *rich),
                        arena_copy(l->arena, rich->spans, rich->span_count * sizeof *rich->spans),
                        arena_copy(l->arena, rich->places, rich->place_count * sizeof *rich->places) };
    e.rich->spans = e.spans;
    e.rich->places = e.places;
    return e;
}

/* An offset before the bytes [start, end) were replaced by `length` others, and after. */
static uint32_t moved(uint32_t offset, uint32_t start, uint32_t end, uint32_t length)
{
    return offset >= end ? offset - (end - start) + length : offset > start ? start + length : offset;
}

/* A span that begins with the bytes [start, end) still does. */
static void replace(struct layouter *l, struct edited *e, uint32_t start, uint32_t end, const char *with)
{
    struct rich_text *rich = e->rich;
    const uint32_t length = (uint32_t)strlen(with);
    rich->utf8 = arena_printf(l->arena, "%.*s%s%s", (int)start, rich->utf8, with, rich->utf8 + end);
    rich->length = rich->length - (end - start) + length;
    for (size_t i = 0; i < rich->span_count; i++) {
        e->spans[i].start = moved(e->spans[i].start, start, end, length);
        e->spans[i].end = moved(e->spans[i].end, start, end, length);
    }
    for (size_t i = 0; i < rich->place_count; i++)
        e->places[i].offset = moved(e->places[i].offset, start, end, length);
}

const struct rich_text *notes_number(struct layouter *l, const struct rich_text *rich, enum lang lang)
{
    if (!l->style->notes_by_page || !refers(rich))
        return rich;
    struct edited e = edit(l, rich);
    for (size_t i = 0; i < rich->span_count; i++)
        if (e.spans[i].kind == INLINE_NOTE_REF)
            replace(l, &e, e.spans[i].start, e.spans[i].end, note_number(l, e.spans[i].note, lang));
    return e.rich;
}

static bool same_ends(const struct text_block *a, const struct text_block *b)
{
    for (size_t i = 0; i < a->line_count && i < b->line_count; i++)
        if (a->lines[i].start != b->lines[i].start)
            return false;
    return a->line_count == b->line_count;
}

/* Breaks where the lines begin, in place of the space before them, which would count for the line's width. */
static const struct rich_text *pin(struct layouter *l, const struct rich_text *rich, const struct text_block *lines)
{
    static const char separator[] = "\xE2\x80\xA8"; /* U+2028 */
    struct edited e = edit(l, rich);
    for (size_t i = lines->line_count; i-- > 1;) {
        uint32_t at = lines->lines[i].start;
        if (at < 3 || memcmp(rich->utf8 + at - 3, separator, 3) != 0)
            replace(l, &e, at - (at > 0 && rich->utf8[at - 1] == ' '), at, separator);
    }
    return e.rich;
}

struct set_text notes_set_again(struct layouter *l, const struct set_text *set)
{
    struct diags *diags = l->diags;
    l->diags = diags_new(); /* what there is to say of the text has been said */
    struct set_text again = set_rich(l, set->rich, *set->style, set->x, set->width, set->tag);
    if (!same_ends(again.block, set->block))
        again = set_rich(l, pin(l, set->rich, set->block), *set->style, set->x, set->width, set->tag);
    diags_drop(l->diags);
    l->diags = diags;
    return again;
}

void notes_count(struct layouter *l, const struct page_note *notes, size_t count)
{
    size_t number = 0;
    if (!l->style->notes_by_page)
        return;
    memset(l->page_number, 0, l->doc->note_count * sizeof *l->page_number);
    for (size_t i = 0; i < count; i++)
        if (notes[i].from == 0)
            l->page_number[notes[i].note] = ++number;
}
