/*
 * Comparing the two texts. Siblings are aligned at the least cost, so that one missing paragraph is one
 * diagnostic and not a trail of them. Must not know values, files or how a text is printed.
 */
#include "report/match.h"

#include <stdlib.h>
#include <string.h>

/* Costs of an alignment: leaving a block without a counterpart is dearer than a small difference, and a pair
 * of different kinds is cheaper than two lone blocks. */
enum { COST_SMALL = 1, COST_LONE = 2, COST_KIND = 3, LARGEST_GRID = 1 << 22 };

struct matcher {
    const struct markdown *text[LANG_COUNT];
    struct arena *arena;
    struct diags *diags;
    size_t *counterpart[LANG_COUNT]; /* of each note: its index in the other text, or SIZE_MAX */
    bool *marks[LANG_COUNT];         /* by note: scratch, all false between uses */
};

struct sibling {
    const struct md_block *block;
    uint64_t content; /* of the figures, notes, shape: equal when two blocks say the same */
};

struct siblings {
    struct sibling *list;
    size_t count;
    struct place end; /* where another one would stand */
};

static const char *describe(const struct matcher *matcher, const struct md_block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING:
        return "a heading";
    case BLOCK_PARAGRAPH:
        return "a paragraph";
    case BLOCK_LIST:
        return block->ordered ? "a numbered list" : "a list";
    case BLOCK_ITEM:
        return "a list item";
    case BLOCK_QUOTE:
        return "a quote";
    case BLOCK_RULE:
        return "a rule";
    case BLOCK_TABLE:
        return block->table ? "a table" : arena_printf(matcher->arena, "the table '%s'", block->object);
    case BLOCK_CHART:
        return arena_printf(matcher->arena, "the chart '%s'", block->object);
    case BLOCK_KEY_FIGURES:
        return arena_printf(matcher->arena, "the key figures '%s'", block->object);
    case BLOCK_CONTENTS:
        return "the contents list";
    case BLOCK_ATTRIBUTION:
        return "an attribution";
    case BLOCK_CALLOUT:
        return block->callout == CALLOUT_JUDGEMENT ? "a key judgement"
               : block->callout == CALLOUT_NOTE    ? "a note"
                                                   : "a warning";
    case BLOCK_IMAGE:
        return arena_printf(matcher->arena, "the image '%s'", block->object);
    case BLOCK_BREAK:
        return arena_printf(matcher->arena, "a %s break", block->object);
    case BLOCK_SOURCES:
        return "the source list";
    }
    return "a block";
}

/* ---- what a block says, as one number ---- */

static uint64_t hash_string(const char *text)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash;
}

static int compare_hashes(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

/* Of the set of figures, whatever their order and number. */
static uint64_t hash_figures(const struct matcher *matcher, const struct phrase *phrase)
{
    size_t count = phrase->message ? phrase->message->use_count : 0;
    uint64_t *hashes = arena_array(matcher->arena, count, sizeof *hashes), sum = 0;

    for (size_t i = 0; i < count; i++)
        hashes[i] = hash_string(phrase->message->uses[i].figure);
    if (count > 1)
        qsort(hashes, count, sizeof *hashes, compare_hashes);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || hashes[i] != hashes[i - 1])
            sum += hashes[i];
    return sum;
}

static size_t count_blocks(const struct md_block *block)
{
    size_t count = 0;

    for (; block; block = block->next)
        count++;
    return count;
}

static uint64_t hash_content(const struct matcher *matcher, const struct md_block *block)
{
    uint64_t hash = hash_figures(matcher, &block->text);

    hash += (uint64_t)block->level * 31 + (uint64_t)block->ordered * 37 + (uint64_t)block->callout * 41;
    hash += count_blocks(block->first_child) * 1000003;
    if (block->id)
        hash += hash_string(block->id);
    if (block->object)
        hash += hash_string(block->object);
    if (block->table)
        hash += block->table->columns * 65537 + block->table->rows * 257;
    return hash;
}

static struct siblings collect(const struct matcher *matcher, const struct md_block *first, struct place end)
{
    struct siblings siblings = { .count = count_blocks(first), .end = end };
    size_t i = 0;

    siblings.list = arena_array(matcher->arena, siblings.count, sizeof *siblings.list);
    for (const struct md_block *block = first; block; block = block->next, i++) {
        siblings.list[i].block = block;
        siblings.list[i].content = hash_content(matcher, block);
    }
    return siblings;
}

static uint32_t pair_cost(const struct sibling *a, const struct sibling *b)
{
    if (a->block->kind != b->block->kind)
        return COST_KIND;
    return a->content == b->content ? 0 : COST_SMALL;
}

/* ---- differences of two blocks that translate each other ---- */

#define differs(matcher, id, block, ...) diag_add((matcher)->diags, id, (block)->at, __VA_ARGS__)

/* Marks, or unmarks, the notes that a text refers to. */
static void mark_notes(const struct rich_text *text, bool *marks, bool mark)
{
    for (size_t i = 0; i < text->span_count; i++)
        if (text->spans[i].kind == INLINE_NOTE_REF)
            marks[text->spans[i].note] = mark;
}

static void compare_notes(const struct matcher *matcher, const struct phrase *const in[LANG_COUNT],
                          const struct place at[LANG_COUNT])
{
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        enum lang other = lang == LANG_EN ? LANG_AR : LANG_EN;
        const struct rich_text *text = &in[lang]->text;

        mark_notes(&in[other]->text, matcher->marks[other], true);
        for (size_t i = 0; i < text->span_count; i++) {
            size_t counterpart;

            if (text->spans[i].kind != INLINE_NOTE_REF)
                continue;
            counterpart = matcher->counterpart[lang][text->spans[i].note];
            if (counterpart == SIZE_MAX || !matcher->marks[other][counterpart])
                diag_add(matcher->diags, DIAG_NOTE_DIFFERS, rich_place(text, text->spans[i].start),
                         "the footnote '%s' is not referred to in the %s text at %s:%u; refer to it in both",
                         matcher->text[lang]->notes[text->spans[i].note].id, phrase_language(other),
                         at[other].file, at[other].line);
        }
        mark_notes(&in[other]->text, matcher->marks[other], false);
    }
}

static bool is_inside(const struct inline_span *span)
{
    return span->kind == INLINE_LINK && strncmp(span->url, "http", 4) != 0 && strncmp(span->url, "mailto:", 7) != 0;
}

static bool has_link(const struct rich_text *text, const char *url)
{
    for (size_t i = 0; i < text->span_count; i++)
        if (is_inside(&text->spans[i]) && strcmp(text->spans[i].url, url) == 0)
            return true;
    return false;
}

/* Addresses may differ, a page may have a version in each language; places in the report may not. What leads nowhere
 * has been said. */
static void compare_links(const struct matcher *matcher, const struct phrase *const in[LANG_COUNT],
                          const struct place at[LANG_COUNT])
{
    for (enum lang lang = 0; !in[LANG_EN]->misled && !in[LANG_AR]->misled && lang < LANG_COUNT; lang++) {
        enum lang other = lang == LANG_EN ? LANG_AR : LANG_EN;
        const struct rich_text *text = &in[lang]->text;

        for (size_t i = 0; i < text->span_count; i++)
            if (is_inside(&text->spans[i]) && !has_link(&in[other]->text, text->spans[i].url))
                diag_add(matcher->diags, DIAG_LINK_DIFFERS, rich_place(text, text->spans[i].start),
                         "the %s text at %s:%u has no link to '%s'; link to it in both", phrase_language(other),
                         at[other].file, at[other].line, text->spans[i].url);
    }
}

static void compare_phrases(const struct matcher *matcher, const struct phrase *en, const struct phrase *ar,
                            struct place at_en, struct place at_ar)
{
    const struct phrase *const in[LANG_COUNT] = { en, ar };
    const struct place at[LANG_COUNT] = { at_en, at_ar };

    phrases_compare(in, at, matcher->arena, matcher->diags);
    compare_notes(matcher, in, at);
    compare_links(matcher, in, at);
}

static void compare_tables(const struct matcher *matcher, const struct md_block *en,
                           const struct md_block *ar)
{
    const struct md_table *a = en->table, *b = ar->table;

    if (a->columns != b->columns || a->rows != b->rows) {
        differs(matcher, DIAG_BLOCK_DIFFERS, ar,
                "this table has %zu columns and %zu rows, that at %s:%u has %zu and %zu; give both the same",
                b->columns, b->rows, en->at.file, en->at.line, a->columns, a->rows);
        return;
    }
    if (memcmp(a->align, b->align, a->columns * sizeof *a->align) != 0)
        differs(matcher, DIAG_BLOCK_DIFFERS, ar,
                "the columns of this table are not aligned as those at %s:%u; give both the same",
                en->at.file, en->at.line);
    for (size_t i = 0; i < a->columns; i++)
        compare_phrases(matcher, &a->titles[i], &b->titles[i], en->at, ar->at);
    for (size_t i = 0; i < a->columns * a->rows; i++)
        compare_phrases(matcher, &a->cells[i], &b->cells[i], rich_place(&a->cells[i].text, 0),
                        rich_place(&b->cells[i].text, 0));
}

static void compare_headings(const struct matcher *matcher, const struct md_block *en,
                             const struct md_block *ar)
{
    if (en->level != ar->level)
        differs(matcher, DIAG_BLOCK_DIFFERS, ar,
                "this heading is of level %d, that at %s:%u of level %d; give both the same", ar->level,
                en->at.file, en->at.line, en->level);
    if (en->id && ar->id && strcmp(en->id, ar->id) != 0)
        diag_add(matcher->diags, DIAG_HEADING_ID, ar->id_at,
                 "the id of this heading is '%s', at %s:%u it is '%s'; give both the same", ar->id,
                 en->at.file, en->at.line, en->id);
}

/* A caption, title or heading of a list that only one language has. */
static void compare_captions(const struct matcher *matcher, const struct md_block *en,
                             const struct md_block *ar)
{
    const struct md_block *const blocks[LANG_COUNT] = { en, ar };

    if ((en->text.text.length == 0) == (ar->text.text.length == 0))
        return;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const struct md_block *with = blocks[lang == LANG_EN ? LANG_AR : LANG_EN];

        if (blocks[lang]->text.text.length == 0)
            differs(matcher, DIAG_LANGUAGE_MISSING, blocks[lang],
                    "%s %s no %s here, and one at %s:%u; write one in both", describe(matcher, with),
                    with->kind == BLOCK_KEY_FIGURES ? "have" : "has",
                    with->kind == BLOCK_CALLOUT ? "title" : "caption", with->at.file, with->at.line);
    }
}

static void match_blocks(const struct matcher *, const struct siblings *en, const struct siblings *ar);

static void compare_children(const struct matcher *matcher, const struct md_block *en,
                             const struct md_block *ar)
{
    struct siblings a = collect(matcher, en->first_child, en->at),
                    b = collect(matcher, ar->first_child, ar->at);

    match_blocks(matcher, &a, &b);
}

static void compare_lists(const struct matcher *matcher, const struct md_block *en, const struct md_block *ar)
{
    size_t a = count_blocks(en->first_child), b = count_blocks(ar->first_child);

    if (en->ordered != ar->ordered || en->start != ar->start)
        differs(matcher, DIAG_BLOCK_DIFFERS, ar,
                "this is not numbered as the list at %s:%u; give both the same", en->at.file, en->at.line);
    else if (en->tight != ar->tight)
        differs(matcher, DIAG_BLOCK_DIFFERS, ar,
                "this list has %s blank lines between its items, that at %s:%u has %s; give both the same",
                ar->tight ? "no" : "some", en->at.file, en->at.line, en->tight ? "none" : "some");
    if (a == b)
        compare_children(matcher, en, ar);
    else
        differs(matcher, DIAG_BLOCK_DIFFERS, ar,
                "this list has %zu items, that at %s:%u has %zu; give both the same", b, en->at.file,
                en->at.line, a);
}

static void compare_pair(const struct matcher *matcher, const struct md_block *en, const struct md_block *ar)
{
    if (en->kind != ar->kind || !en->table != !ar->table || en->callout != ar->callout) {
        differs(matcher, DIAG_BLOCK_DIFFERS, ar, "this is %s where %s:%u has %s; give both the same shape",
                describe(matcher, ar), en->at.file, en->at.line, describe(matcher, en));
        return;
    }
    if (en->object && ar->object && strcmp(en->object, ar->object) != 0) {
        differs(matcher, DIAG_BLOCK_DIFFERS, ar,
                "this places %s where %s:%u places %s; place the same in both", describe(matcher, ar),
                en->at.file, en->at.line, describe(matcher, en));
        return;
    }
    if (en->kind == BLOCK_HEADING)
        compare_headings(matcher, en, ar);
    if (en->object || en->kind == BLOCK_CALLOUT)
        compare_captions(matcher, en, ar);
    if (en->table)
        compare_tables(matcher, en, ar);
    compare_phrases(matcher, &en->text, &ar->text, en->at, ar->at);
    if (en->kind == BLOCK_LIST)
        compare_lists(matcher, en, ar);
    else
        compare_children(matcher, en, ar);
}

static void report_lone(const struct matcher *matcher, const struct md_block *lone,
                        const struct siblings *lacking, size_t index)
{
    struct place at = index < lacking->count ? lacking->list[index].block->at : lacking->end;
    bool many = lone->kind == BLOCK_KEY_FIGURES;

    diag_add(matcher->diags, DIAG_BLOCK_MISSING, at,
             "%s that %s at %s:%u %s missing before this place; translate %s, or take %s out there",
             describe(matcher, lone), many ? "stand" : "stands", lone->at.file, lone->at.line,
             many ? "are" : "is", many ? "them" : "it", many ? "them" : "it");
}

/* ---- alignment ---- */

/* cost[i][j]: the least cost of aligning en[from + i..] with ar[from + j..]; filled from the end. */
static uint32_t *fill_grid(const struct matcher *matcher, const struct siblings *en,
                           const struct siblings *ar, size_t from)
{
    size_t rows = en->count - from + 1, columns = ar->count - from + 1;
    uint32_t *cost = arena_array(matcher->arena, rows * columns, sizeof *cost);

    for (size_t i = rows; i-- > 0;)
        for (size_t j = columns; j-- > 0;) {
            uint32_t best = UINT32_MAX, lone;

            if (i + 1 == rows && j + 1 == columns)
                continue;
            if (i + 1 < rows && j + 1 < columns)
                best = cost[(i + 1) * columns + j + 1] + pair_cost(&en->list[from + i], &ar->list[from + j]);
            lone = i + 1 < rows ? cost[(i + 1) * columns + j] + COST_LONE : UINT32_MAX;
            best = lone < best ? lone : best;
            lone = j + 1 < columns ? cost[i * columns + j + 1] + COST_LONE : UINT32_MAX;
            cost[i * columns + j] = lone < best ? lone : best;
        }
    return cost;
}

/* Walks the cheapest way through the grid, pairs before lone blocks. Without a grid, pairs in step. */
static void follow(const struct matcher *matcher, const struct siblings *en, const struct siblings *ar,
                   size_t from, const uint32_t *cost)
{
    size_t columns = ar->count - from + 1, i = 0, j = 0;

    while (from + i < en->count || from + j < ar->count) {
        bool more_en = from + i < en->count, more_ar = from + j < ar->count;
        uint32_t here = cost ? cost[i * columns + j] : 0;

        if (more_en && more_ar &&
            (!cost ||
             here == cost[(i + 1) * columns + j + 1] + pair_cost(&en->list[from + i], &ar->list[from + j]))) {
            compare_pair(matcher, en->list[from + i++].block, ar->list[from + j++].block);
        } else if (more_en && (!cost || here == cost[(i + 1) * columns + j] + COST_LONE)) {
            report_lone(matcher, en->list[from + i++].block, ar, from + j);
        } else {
            report_lone(matcher, ar->list[from + j++].block, en, from + i);
        }
    }
}

static void match_blocks(const struct matcher *matcher, const struct siblings *en, const struct siblings *ar)
{
    size_t same = 0;
    const uint32_t *cost = NULL;

    while (same < en->count && same < ar->count && pair_cost(&en->list[same], &ar->list[same]) == 0) {
        compare_pair(matcher, en->list[same].block, ar->list[same].block);
        same++;
    }
    if (same == en->count && same == ar->count)
        return;
    if ((en->count - same + 1) * (ar->count - same + 1) <= LARGEST_GRID)
        cost = fill_grid(matcher, en, ar, same);
    follow(matcher, en, ar, same, cost);
}

static int compare_note_ids(const void *a, const void *b)
{
    const struct md_note *const *x = a, *const *y = b;

    return strcmp((*x)->id, (*y)->id);
}

/* Pairs the notes of the two texts by their ids. */
static void pair_notes(struct matcher *matcher)
{
    const struct markdown *ar = matcher->text[LANG_AR];
    const struct md_note **sorted = arena_array(matcher->arena, ar->note_count, sizeof *sorted);

    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        size_t count = matcher->text[lang]->note_count;

        matcher->counterpart[lang] = arena_array(matcher->arena, count, sizeof **matcher->counterpart);
        matcher->marks[lang] = arena_array(matcher->arena, count, sizeof **matcher->marks);
        for (size_t i = 0; i < count; i++)
            matcher->counterpart[lang][i] = SIZE_MAX;
    }
    for (size_t i = 0; i < ar->note_count; i++)
        sorted[i] = &ar->notes[i];
    if (ar->note_count > 1)
        qsort(sorted, ar->note_count, sizeof *sorted, compare_note_ids);
    for (size_t i = 0; ar->note_count > 0 && i < matcher->text[LANG_EN]->note_count; i++) {
        const struct md_note *key = &matcher->text[LANG_EN]->notes[i];
        const struct md_note **found =
            bsearch(&key, sorted, ar->note_count, sizeof *sorted, compare_note_ids);

        if (!found)
            continue;
        matcher->counterpart[LANG_EN][i] = (size_t)(*found - ar->notes);
        matcher->counterpart[LANG_AR][*found - ar->notes] = i;
    }
}

void match_texts(const struct markdown *const in[LANG_COUNT], struct arena *arena, struct diags *diags)
{
    struct matcher matcher = { .text = { in[LANG_EN], in[LANG_AR] }, .arena = arena, .diags = diags };
    struct siblings en = collect(&matcher, in[LANG_EN]->blocks, in[LANG_EN]->end);
    struct siblings ar = collect(&matcher, in[LANG_AR]->blocks, in[LANG_AR]->end);

    pair_notes(&matcher);
    match_blocks(&matcher, &en, &ar);
    for (size_t i = 0; i < in[LANG_EN]->note_count; i++) {
        const struct md_note *a = &in[LANG_EN]->notes[i], *b;

        if (matcher.counterpart[LANG_EN][i] == SIZE_MAX)
            continue;
        b = &in[LANG_AR]->notes[matcher.counterpart[LANG_EN][i]];
        compare_phrases(&matcher, &a->text, &b->text, a->at, b->at);
    }
}
