/*
 * One table for both languages, as bilingual yearbooks have it:
 *
 *   Governorate │ Attacks  Dead │
 *               │ الهجمات  القتلى │ المحافظة
 *   Baghdad     │    101     3  │    بغداد
 *
 * A column whose cells are the same in both stands once, in the middle, in the order of the English table; every other
 * one stands at the left in English and, mirrored, at the right in Arabic, so that each language is read from its own
 * edge inwards. It is asked of the column, never of a cell: numbers that the languages print in different digits stand
 * in both digits, as in charts.
 */
#include "layout/table_set.h"

#include <math.h>
#include <string.h>

static const float RAGGED = 1.125f; /* broken lines are ragged: an eighth is lost */
static const float READABLE = 8;    /* ems: the narrowest column in which cells are broken into lines */

/* ---- what is the same in both languages ---- */

/* The next byte that is printed: controls of direction are not. */
static const char *skip_controls(const char *p, const char *end)
{
    for (;;) {
        unsigned char a = p < end ? (unsigned char)p[0] : 0, b = p + 1 < end ? (unsigned char)p[1] : 0;
        unsigned char c = p + 2 < end ? (unsigned char)p[2] : 0;
        if (a == 0xE2 && ((b == 0x81 && c >= 0xA6 && c <= 0xA9) || (b == 0x80 && (c == 0x8E || c == 0x8F))))
            p += 3; /* U+2066..U+2069, U+200E, U+200F */
        else if (a == 0xD8 && b == 0x9C)
            p += 2; /* U+061C */
        else
            return p;
    }
}

static bool same_words(const struct rich_text *a, const struct rich_text *b)
{
    const char *p = a->utf8, *q = b->utf8, *p_end = p + a->length, *q_end = q + b->length;
    for (;;) {
        p = skip_controls(p, p_end);
        q = skip_controls(q, q_end);
        if (p == p_end || q == q_end)
            return p == p_end && q == q_end;
        if (*p++ != *q++)
            return false;
    }
}

/* The next link or reference to a note, from span *i on. */
static const struct inline_span *next_link(const struct rich_text *text, size_t *i)
{
    for (; *i < text->span_count; ++*i)
        if (text->spans[*i].kind == INLINE_LINK || text->spans[*i].kind == INLINE_NOTE_REF)
            return &text->spans[(*i)++];
    return NULL;
}

static bool same_links(const struct rich_text *a, const struct rich_text *b)
{
    for (size_t i = 0, k = 0;;) {
        const struct inline_span *x = next_link(a, &i), *y = next_link(b, &k);
        if (!x || !y)
            return !x && !y;
        if (x->kind != y->kind || x->note != y->note || (x->kind == INLINE_LINK && strcmp(x->url, y->url) != 0))
            return false;
    }
}

static bool same_text(const struct rich_text *a, const struct rich_text *b)
{
    return same_words(a, b) && same_links(a, b);
}

static bool same_column(const struct doc_table *table, size_t column)
{
    for (size_t row = 0; row < table->row_count; row++) {
        const struct rich_text en = doc_table_cell(table, LANG_EN, row, column);
        const struct rich_text ar = doc_table_cell(table, LANG_AR, row, column);
        if (!same_text(&en, &ar))
            return false;
    }
    return true;
}

/* By column: whether it stands once. What heads rows stands at both edges when anything does: the columns of groups,
 * and the first column where rows of sums have their label. */
static bool *find_shared(struct layouter *l, const struct doc_table *table)
{
    bool *shared = arena_array(l->planning, table->column_count, sizeof *shared), all = true, sums = false;
    for (size_t c = 0; c < table->column_count; c++) {
        shared[c] = same_column(table, c);
        all &= shared[c];
    }
    for (size_t row = 0; row < table->row_count && !sums; row++)
        sums = doc_table_kind(table, row) != DOC_ROW_BODY;
    for (size_t c = 0; c < table->column_count; c++)
        shared[c] &= (all || !table->columns[c].group) && (!sums || c > 0);
    return shared;
}

/* ---- its columns ---- */

static void add_column(struct table_side *side, const struct table_texts texts[], size_t of, enum lang lang,
                       bool shared)
{
    side->needs[side->column_count] = texts[lang].needs[of];
    side->columns[side->column_count++] = (struct table_column){ .of = of, .lang = lang, .shared = shared,
                                                                 .anchors = texts[lang].anchors[of] };
}

/* Where there is room for all on one line, a column is as wide in one language as in the other, so that what they share
 * stands in the middle of the page. */
static void need_alike(struct layouter *l, struct table_side *side, float width)
{
    struct table_side alike = *side;
    size_t n = side->column_count;
    alike.needs = arena_copy(l->planning, side->needs, n * sizeof *side->needs);
    for (size_t i = 0; i < n; i++) {
        alike.needs[i].least = fmaxf(side->needs[i].least, side->columns[i].shared ? 0 : side->needs[n - 1 - i].least);
        alike.needs[i].most = fmaxf(side->needs[i].most, side->columns[i].shared ? 0 : side->needs[n - 1 - i].most);
    }
    if (table_most(&alike) <= width)
        side->needs = alike.needs;
}

struct table_side table_in_both(struct layouter *l, const struct doc_table *table,
                                const struct table_texts texts[LANG_COUNT], float width)
{
    const bool *shared = find_shared(l, table);
    size_t n = table->column_count;
    struct table_side side = { .both = true, .size = texts[LANG_EN].size,
                               .columns = arena_array(l->arena, 2 * n, sizeof *side.columns),
                               .needs = arena_array(l->planning, 2 * n, sizeof *side.needs) };
    for (int lang = 0; lang < LANG_COUNT; lang++)
        side.texts[lang] = texts[lang].text;
    for (size_t c = 0; c < n; c++)
        if (!shared[c])
            add_column(&side, texts, c, LANG_EN, false);
    for (size_t c = 0; c < n; c++)
        if (shared[c]) {
            add_column(&side, texts, c, LANG_EN, true);
            table_need_title(l, table, c, table_head_style(l, LANG_AR, side.size), &side.needs[side.column_count - 1]);
        }
    for (size_t c = n; c-- > 0;)
        if (!shared[c])
            add_column(&side, texts, c, LANG_AR, false);
    table_need_labels(l, table, &side);
    need_alike(l, &side, width);
    return side;
}

/* ---- whether it is better than two tables ---- */

/* Lines of a cell at a width, by how wide it is on one line. */
static size_t lines_at(const struct table_text *text, float width)
{
    if (text->width <= width + 0.01f)
        return text->lines;
    return (size_t)ceilf(text->width * RAGGED / width);
}

/* Lines that the cell asks of its row; those of a group's value stand beside all rows of the group. */
static size_t cell_lines(const struct doc_table *table, const struct table_side *side, size_t row, size_t column)
{
    size_t source = table_source(table, side, row, column);
    if (row > 0 && table->columns[source].group && doc_table_same_group(table, row - 1, row, source))
        return 1;
    size_t lines = lines_at(table_text_of(table, side, row, column), table_room(table, side, row, column));
    return lines > 1 ? lines - (table_group_rows(table, row, source, lines) - 1) : 1;
}

static size_t row_lines(const struct doc_table *table, const struct table_side *side, size_t row)
{
    size_t most = 1;
    for (size_t c = 0; c < side->column_count; c += table_across(table, side, row, c)) {
        size_t lines = cell_lines(table, side, row, c);
        most = lines > most ? lines : most;
    }
    return most;
}

/* Whether no cell is broken in a column of a few letters. */
static bool is_readable(const struct doc_table *table, const struct table_side *side)
{
    for (size_t c = 0; c < side->column_count; c++) {
        const struct table_column *column = &side->columns[c];
        if (column->width >= READABLE * side->size)
            continue;
        for (size_t row = 0; row < table->row_count; row++)
            if (doc_table_kind(table, row) == DOC_ROW_BODY && cell_lines(table, side, row, c) > 1)
                return false;
    }
    return true;
}

static bool shares_any(const struct table_side *side)
{
    for (size_t c = 0; c < side->column_count; c++)
        if (side->columns[c].shared)
            return true;
    return false;
}

/* Each row once takes no more height than it takes twice; beside each other two tables that share nothing are the same
 * as one, and have their captions, notes and sources above and below them. */
bool table_both_is_better(const struct doc_table *table, const struct table_side *both,
                          const struct table_side twins[LANG_COUNT], bool beside)
{
    float once = 0, twice = 0;
    if (table_least(both) > both->frame.width || (beside && !shares_any(both)) || !is_readable(table, both))
        return false;
    for (size_t row = 0; row < table->row_count; row++) {
        float lines[LANG_COUNT] = { (float)row_lines(table, &twins[0], row), (float)row_lines(table, &twins[1], row) };
        float pitch = twins[0].size * TABLE_PITCH, padding = 2 * twins[0].size * TABLE_PADDING;
        once += ((float)row_lines(table, both, row) * TABLE_PITCH + 2 * TABLE_PADDING) * both->size;
        twice += beside ? fmaxf(lines[0], lines[1]) * pitch + padding : (lines[0] + lines[1]) * pitch + 2 * padding;
    }
    return once <= twice + 0.01f;
}
