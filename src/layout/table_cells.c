/* The cells of a table: measured once for each text, and set where their column wants them, once on each page. */
#include "layout/table_set.h"

#include "base/progress.h"
#include "base/utf8.h"

#include <math.h>

#define LANGUAGE_GAP (3 * TABLE_GAP)

enum { ROWS_SAID = 256 }; /* so often it is said how far they are measured */
enum { PAGE_TEXTS = 256 }; /* of a table, kept while a page is drawn: as many as stand on most pages */
enum { MOST_LINES = 3 }; /* into which a group's value is broken rather than to widen its column */

/* ---- what a number is ---- */

static bool is_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9);
}

/* What may stand between two digits of one number. */
static bool is_point(uint32_t c)
{
    return c == '.' || c == 0x66B;
}

static bool is_separator(uint32_t c)
{
    return is_point(c) || c == ',' || c == 0x66C || c == 0xA0 || c == 0x202F || c == 0x2019;
}

static bool is_dash(uint32_t c)
{
    return c == '-' || c == 0x2012 || c == 0x2013 || c == 0x2014 || c == 0x2212;
}

static bool is_isolate(uint32_t c)
{
    return c >= 0x2066 && c <= 0x2069;
}

static bool in_note(const struct rich_text *rich, uint32_t offset)
{
    for (size_t i = 0; i < rich->span_count; i++)
        if (rich->spans[i].kind == INLINE_NOTE_REF && offset >= rich->spans[i].start && offset < rich->spans[i].end)
            return true;
    return false;
}

/* Offset of the last digit of the last number's whole part; of a dash that stands alone; or UINT32_MAX. */
static uint32_t anchor_offset(const struct rich_text *rich, const struct text_line *line)
{
    uint32_t whole = UINT32_MAX, dash = UINT32_MAX, separator = 0; /* the one behind the digits just read, or 0 */
    bool run = false, fraction = false, words = false;
    for (const char *p = line->text, *end = line->text + line->length; p < end;) {
        uint32_t offset = (uint32_t)(p - line->text), c = utf8_next(&p);
        if (in_note(rich, offset))
            continue;
        if (is_digit(c)) {
            fraction = run && (fraction || is_point(separator));
            whole = fraction ? whole : offset;
            run = true;
            separator = 0;
        } else {
            run = run && !separator && is_separator(c);
            separator = c;
            dash = is_dash(c) ? offset : dash;
            words |= !is_dash(c) && !is_isolate(c) && c != ' ';
        }
    }
    return whole == UINT32_MAX && !words ? dash : whole;
}

float table_anchor(const struct rich_text *rich, const struct text_line *line)
{
    uint32_t offset = anchor_offset(rich, line);
    struct text_cluster c;
    for (struct text_walk walk = { .line = line }; offset != UINT32_MAX && text_walk_next(&walk, &c);)
        if (c.start == offset)
            return c.x + c.advance;
    return -1;
}

/* ---- what a column needs ---- */

/* Of the word at `at`: what stands between blanks and, of an address, between the places where it may be broken. */
static void word_around(const struct text_line *line, uint32_t at, uint32_t *start, uint32_t *end)
{
    const char *text = line->text;
    for (*start = at; *start > 0 && text[*start - 1] != ' ';)
        --*start;
    for (*end = at; *end < line->length && text[*end] != ' ';)
        ++*end;
    const char *rest = text_address(text + *start, *end - *start), *stop = text + *end;
    if (!rest)
        return;
    uint32_t word = *start;
    for (*start = at; *start > word && !text_address_breaks(rest, stop, text + *start);)
        --*start;
    for (*end = at + 1; text + *end < stop && !text_address_breaks(rest, stop, text + *end);)
        ++*end;
}

/* Width of the longest word. Its letters may stand apart in a line. */
static float longest_word(const struct text_block *block, struct arena *passing)
{
    float most = 0;
    for (size_t i = 0; i < block->line_count; i++) {
        const struct text_line *line = &block->lines[i];
        float *widths = arena_array(passing, line->length, sizeof *widths); /* by where a word starts */
        uint32_t start = 0, end = 0;                                        /* of the last letter's word */
        struct text_cluster c;
        for (struct text_walk walk = { .line = line }; text_walk_next(&walk, &c);) {
            if (line->text[c.start] == ' ')
                continue;
            if (c.start < start || c.start >= end)
                word_around(line, c.start, &start, &end);
            widths[start] += c.advance;
            most = fmaxf(most, widths[start]);
        }
    }
    return most;
}

static struct text_style cell_style(const struct layouter *l, enum lang lang, enum doc_row_kind kind, float size)
{
    return layouter_style(l, lang, FONT_DATA, kind == DOC_ROW_BODY ? WEIGHT_REGULAR : WEIGHT_BOLD, size, TONE_INK);
}

struct text_style table_head_style(const struct layouter *l, enum lang lang, float size)
{
    return layouter_style(l, lang, FONT_DATA, l->style->weight_table_head, size, TONE_MUTED);
}

/* No word is wider than its block: most of a column's need no look at their words. */
static void need_block(struct table_need *need, const struct text_block *block, struct arena *passing)
{
    static const float ROUNDING = 0.01f; /* of sums in another order */
    if (block->width + ROUNDING > need->least)
        need->least = fmaxf(need->least, longest_word(block, passing));
    need->most = fmaxf(need->most, block->width);
}

/* A group's value may stand beside all rows of the group, a line each. */
static void count_cell(struct table_need *need, const struct doc_table *table, size_t row, size_t column, float width)
{
    if (row > 0 && table->columns[column].group && doc_table_same_group(table, row - 1, row, column))
        return;
    size_t rows = table_group_rows(table, row, column, MOST_LINES);
    table_need_cell(need, rows > 1 ? width / (float)rows * 1.33f : width);
}

/* A number's part before and behind its anchor; a text that has none ends the column's alignment on them. */
static void need_anchor(struct table_anchors *anchors, const struct rich_text *rich, const struct text_block *block)
{
    float anchor = block->line_count == 1 ? table_anchor(rich, &block->lines[0]) : -1;
    anchors->decimal &= anchor >= 0;
    anchors->before = fmaxf(anchors->before, anchor);
    anchors->after = fmaxf(anchors->after, block->width - anchor);
}

static uint16_t lines_of(const struct text_block *block)
{
    return block->line_count < UINT16_MAX ? (uint16_t)block->line_count : UINT16_MAX;
}

size_t table_group_rows(const struct doc_table *table, size_t row, size_t column, size_t most)
{
    size_t count = 1;
    while (table->columns[column].group && count < most && row + count < table->row_count
           && doc_table_same_group(table, row, row + count, column))
        count++;
    return count;
}

/* Whether the label of a row of sums stands across the column: never across one that both languages share. */
static bool is_label(const struct doc_table *table, const struct table_column *column, size_t row)
{
    enum doc_row_kind kind = doc_table_kind(table, row);
    return kind != DOC_ROW_BODY && !column->shared && column->of < table->label_columns[kind];
}

size_t table_across(const struct doc_table *table, const struct table_side *side, size_t row, size_t column)
{
    const struct table_column *columns = side->columns;
    size_t count = 1;
    while (is_label(table, &columns[column], row) && column + count < side->column_count
           && columns[column + count].lang == columns[column].lang && is_label(table, &columns[column + count], row))
        count++;
    return count;
}

static void measure_row(struct layouter *l, const struct doc_table *table, struct table_texts *texts, enum lang lang,
                        size_t row, struct arena *passing)
{
    enum doc_row_kind kind = doc_table_kind(table, row);
    for (size_t c = 0; c < table->column_count; c++) {
        struct table_text *text = &texts->text[doc_table_index(table, lang, row, c)];
        const struct rich_text rich = doc_table_cell(table, lang, row, c);
        const struct text_block *block = NULL;
        bool label = kind != DOC_ROW_BODY && c == 0;
        if (text->lines == 0) {
            block = set_passing(l, &rich, cell_style(l, lang, kind, texts->size), 0, passing);
            text->lines = lines_of(block);
            text->width = block->width;
        }
        if (label && table->label_columns[kind] > 1)
            continue;
        count_cell(&texts->needs[c], table, row, c, text->width);
        if (!block)
            continue;
        need_block(&texts->needs[c], block, passing);
        if (!label && block->lines[0].piece_count > 0)
            need_anchor(&texts->anchors[c], &rich, block);
    }
}

void table_need_title(struct layouter *l, const struct doc_table *table, size_t column, struct text_style style,
                      struct table_need *need)
{
    struct arena *passing = arena_new();
    const struct rich_text *words = &table->columns[column].title[style.lang];
    const struct text_block *title = set_passing(l, words, style, 0, passing);
    need_block(need, title, passing);
    table_need_cell(need, title->width);
    arena_drop(passing);
}

struct table_texts table_measure(struct layouter *l, const struct doc_table *table, enum lang lang, float size)
{
    size_t n = table->column_count;
    struct table_texts texts = { .size = size, .needs = arena_array(l->planning, n, sizeof *texts.needs),
                                 .anchors = arena_array(l->arena, n, sizeof *texts.anchors),
                                 .text = arena_array(l->arena, doc_table_texts(table, lang), sizeof *texts.text) };
    for (size_t c = 0; c < n; c++) {
        texts.needs[c].weight = table->columns[c].weight;
        texts.anchors[c].decimal = table->columns[c].align == ALIGN_END;
        table_need_title(l, table, c, table_head_style(l, lang, size), &texts.needs[c]);
    }
    struct arena *passing = arena_new();
    for (size_t row = 0; row < table->row_count; row++) {
        if (row % ROWS_SAID == 0)
            progress_say(l->diags, PROGRESS_TABLE, row, table->row_count);
        measure_row(l, table, &texts, lang, row, passing);
    }
    arena_drop(passing);
    for (size_t c = 0; c < n; c++)
        if (texts.anchors[c].decimal)
            texts.needs[c].most = fmaxf(texts.needs[c].most, texts.anchors[c].before + texts.anchors[c].after);
    return texts;
}

/* The columns that a label stands across have room for its longest word; the first of them is widened for it. */
static void need_label(struct layouter *l, const struct doc_table *table, struct table_side *side, size_t row,
                       size_t column)
{
    enum lang lang = side->columns[column].lang;
    struct text_style style = cell_style(l, lang, doc_table_kind(table, row), side->size);
    size_t across = table_across(table, side, row, column);
    float room = TABLE_GAP * side->size * (float)(across - 1);
    struct arena *passing = arena_new();
    const struct rich_text rich = doc_table_cell(table, lang, row, 0);
    float word = longest_word(set_passing(l, &rich, style, 0, passing), passing);
    arena_drop(passing);
    for (size_t c = column; c < column + across; c++)
        room += side->needs[c].least;
    side->needs[column].least += fmaxf(word - room, 0);
    side->needs[column].most = fmaxf(side->needs[column].most, side->needs[column].least);
}

void table_need_labels(struct layouter *l, const struct doc_table *table, struct table_side *side)
{
    bool seen[DOC_ROW_KINDS] = { [DOC_ROW_BODY] = true };
    for (size_t row = 0; row < table->row_count; row++) {
        enum doc_row_kind kind = doc_table_kind(table, row);
        for (size_t c = 0; !seen[kind] && c < side->column_count; c += table_across(table, side, row, c))
            if (is_label(table, &side->columns[c], row))
                need_label(l, table, side, row, c);
        seen[kind] = true;
    }
}

struct table_side table_in(struct layouter *l, const struct doc_table *table, const struct table_texts *texts,
                           enum lang lang)
{
    size_t n = table->column_count;
    struct table_side side = { .size = texts->size, .column_count = n, .needs = texts->needs,
                               .columns = arena_array(l->arena, n, sizeof *side.columns) };
    side.texts[lang] = texts->text;
    for (size_t c = 0; c < n; c++)
        side.columns[c] = (struct table_column){ .of = c, .lang = lang, .anchors = texts->anchors[c] };
    table_need_labels(l, table, &side);
    return side;
}

/* Space between a column and the one after it: more where Arabic begins behind English, since a number that ends one
 * column would stand close to one that ends the next from the other side. */
static float gap_after(const struct table_side *side, size_t column)
{
    const struct table_column *at = &side->columns[column];
    return side->size * (column + 1 < side->column_count && at[1].lang != at->lang ? LANGUAGE_GAP : TABLE_GAP);
}

static float gaps(const struct table_side *side)
{
    float sum = 0;
    for (size_t c = 0; c + 1 < side->column_count; c++)
        sum += gap_after(side, c);
    return sum;
}

float table_least(const struct table_side *side)
{
    float sum = gaps(side);
    for (size_t c = 0; c < side->column_count; c++)
        sum += side->needs[c].least;
    return sum;
}

float table_most(const struct table_side *side)
{
    float sum = gaps(side);
    for (size_t c = 0; c < side->column_count; c++)
        sum += side->needs[c].most;
    return sum;
}

/* A table with little in it does not run over the whole page: the eye would lose its row between far columns. At least
 * half of it, so that it is no scrap; in a column of the page it fills that. One in both languages is read from both
 * edges, so it stands in the middle, and has room for its words beside each other. */
static void narrow_frame(const struct layouter *l, const struct table_side *side, struct column *frame)
{
    bool weighed = true;
    for (size_t c = 0; c < side->column_count; c++)
        weighed &= side->needs[c].weight > 0;
    float wanted = fmaxf((side->both ? 1.5f : 2) * table_most(side), frame->width * (side->both ? 0.7f : 0.5f));
    if (weighed || wanted >= frame->width || frame->width < l->width)
        return;
    if (side->both)
        frame->x += (frame->width - wanted) / 2;
    else if (lang_dir(frame->lang) == DIR_RTL)
        frame->x += frame->width - wanted;
    frame->width = wanted;
}

void table_place_columns(struct layouter *l, struct table_side *side, struct column frame)
{
    size_t n = side->column_count;
    float *widths = arena_array(l->planning, n, sizeof *widths), from_start = 0;
    bool rtl = lang_dir(frame.lang) == DIR_RTL;
    narrow_frame(l, side, &frame);
    side->frame = frame;
    table_widths(side->needs, n, frame.width - gaps(side), widths);
    for (size_t c = 0; c < n; c++) {
        struct table_column *column = &side->columns[c];
        column->width = widths[c];
        column->x = rtl ? frame.x + frame.width - from_start - widths[c] : frame.x + from_start;
        column->anchors.decimal &= column->anchors.before + column->anchors.after <= column->width + 0.01f;
        from_start += widths[c] + gap_after(side, c);
    }
}

/* ---- cells in their columns ---- */

size_t table_source(const struct doc_table *table, const struct table_side *side, size_t row, size_t column)
{
    return is_label(table, &side->columns[column], row) ? 0 : side->columns[column].of;
}

/* The columns that a cell stands across, as one. */
static struct table_column cell_room(const struct doc_table *table, const struct table_side *side, size_t row,
                                     size_t column)
{
    struct table_column room = side->columns[column];
    size_t last = column + table_across(table, side, row, column) - 1;
    if (last == column)
        return room;
    float left = fminf(room.x, side->columns[last].x);
    room.width = fmaxf(room.x + room.width, side->columns[last].x + side->columns[last].width) - left;
    room.x = left;
    room.anchors.decimal = false;
    return room;
}

float table_room(const struct doc_table *table, const struct table_side *side, size_t row, size_t column)
{
    return cell_room(table, side, row, column).width;
}

static enum cell_align cell_align(const struct doc_table *table, const struct table_column *column, size_t row)
{
    return is_label(table, column, row) ? ALIGN_START : table->columns[column->of].align;
}

struct table_text *table_text_of(const struct doc_table *table, const struct table_side *side, size_t row,
                                 size_t column)
{
    enum lang lang = side->columns[column].lang;
    return &side->texts[lang][doc_table_index(table, lang, row, table_source(table, side, row, column))];
}

/* As the lines of a broken text are aligned. */
static struct text_style broken_style(const struct layouter *l, const struct doc_table *table,
                                      const struct table_side *side, size_t row, size_t column)
{
    const struct table_column *at = &side->columns[column];
    struct text_style style = cell_style(l, at->lang, doc_table_kind(table, row), side->size);
    enum cell_align align = cell_align(table, at, row);
    style.align = align == ALIGN_END ? TEXT_END : align == ALIGN_CENTRE ? TEXT_CENTRE : TEXT_START;
    return style;
}

/* Breaks the text when it is wider than its column; seen to once. */
size_t table_cell_lines(struct layouter *l, const struct doc_table *table, const struct table_side *side, size_t row,
                        size_t column)
{
    struct table_text *text = table_text_of(table, side, row, column);
    if (text->fitted)
        return text->lines;
    float width = table_room(table, side, row, column);
    text->fitted = true;
    text->broken = text->lines > 1 || text->width > width + 0.01f;
    if (text->broken) {
        const struct rich_text rich = doc_table_cell(table, side->columns[column].lang, row,
                                                     table_source(table, side, row, column));
        struct arena *passing = arena_new();
        text->lines = lines_of(set_passing(l, &rich, broken_style(l, table, side, row, column), width, passing));
        arena_drop(passing);
    }
    return text->lines;
}

/* Left edge of a text on one line. */
static float cell_x(const struct table_column *column, const struct table_page_text *set, enum cell_align align)
{
    const struct table_anchors *anchors = &column->anchors;
    bool rtl = lang_dir(column->lang) == DIR_RTL;
    float slack = column->width - set->block->width;
    float anchor = align == ALIGN_END && anchors->decimal ? table_anchor(set->rich, &set->block->lines[0]) : -1;
    if (anchor >= 0)
        return rtl ? column->x + anchors->before - anchor : column->x + column->width - anchors->after - anchor;
    if (align == ALIGN_CENTRE)
        return column->x + slack / 2;
    return (align == ALIGN_END) != rtl ? column->x + slack : column->x;
}

/* Its text's place on the page that is drawn: another of the same place gives way, and is set again when it comes. */
static struct table_page_text *page_text(struct layouter *l, const struct doc_table *table, struct table_side *side,
                                         enum lang lang, size_t text, size_t page)
{
    if (side->page != page + 1) {
        size_t count = 0;
        for (enum lang each = 0; each < LANG_COUNT; each++)
            count += side->texts[each] ? doc_table_texts(table, each) : 0;
        side->page_count = count < PAGE_TEXTS ? count : PAGE_TEXTS;
        side->page_texts = arena_array(l->arena, side->page_count, sizeof *side->page_texts);
        side->page = page + 1;
    }
    return &side->page_texts[(side->both ? text * LANG_COUNT + lang : text) % side->page_count];
}

struct set_text table_cell(struct layouter *l, const struct doc_table *table, struct table_side *side, size_t row,
                           size_t column, size_t page)
{
    struct table_column room = cell_room(table, side, row, column);
    size_t source = table_source(table, side, row, column), number = doc_table_index(table, room.lang, row, source);
    struct table_text *text = &side->texts[room.lang][number];
    struct table_page_text *set = page_text(l, table, side, room.lang, number, page);
    if (!set->block || set->text != number || set->lang != room.lang) {
        struct text_style style = text->broken ? broken_style(l, table, side, row, column)
                                               : cell_style(l, room.lang, doc_table_kind(table, row), side->size);
        struct rich_text rich = doc_table_cell(table, room.lang, row, source);
        set->rich = arena_copy(l->arena, &rich, sizeof rich);
        set->block = set_rich(l, set->rich, style, 0, text->broken ? room.width : 0, NULL).block;
        set->text = (uint32_t)number;
        set->lang = room.lang;
    }
    return (struct set_text){ .rich = set->rich, .lang = room.lang, .width = room.width, .block = set->block,
                              .lines = set->block->line_count,
                              .x = text->broken ? room.x : cell_x(&room, set, cell_align(table, &room, row)) };
}
