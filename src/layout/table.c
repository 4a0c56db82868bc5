/*
 * Tables: a caption, the rows, a note and a source as flow items. In the parallel edition a narrow table stands in
 * both columns, the Arabic one mirrored, row beside row; a wide one runs across both columns, in English and then,
 * mirrored, in Arabic. One that is too wide for the page gets pages that are turned sideways.
 */
#include "layout/table_set.h"

#include <string.h>

/* Rows of one height for all languages: each cell of the header is a column's title. */
static void set_header(struct layouter *l, struct table_set *set, struct flow_item *item)
{
    size_t lines = 1;
    for (size_t i = 0; i < set->side_count; i++) {
        struct table_side *side = &set->sides[i];
        struct text_style style = table_head_style(l, side->frame.lang);
        side->header = arena_array(l->arena, set->doc->column_count, sizeof *side->header);
        for (size_t c = 0; c < set->doc->column_count; c++) {
            enum cell_align align = set->doc->columns[c].align;
            style.align = align == ALIGN_END ? TEXT_END : align == ALIGN_CENTRE ? TEXT_CENTRE : TEXT_START;
            side->header[c] = set_rich(l, &set->doc->columns[c].title[side->frame.lang], style, side->columns[c].x,
                                       side->columns[c].width, scene_tag_new(l->scene, side->head_row,
                                                                             TAG_HEADER_CELL));
            lines = set_lines(&side->header[c]) > lines ? set_lines(&side->header[c]) : lines;
            flow_use_notes(l, item, &side->header[c], false);
        }
    }
    set->header_height = (float)lines * set->pitch + 2 * TABLE_PADDING;
}

static bool is_empty(const struct table_set *set, const struct rich_text text[])
{
    for (size_t i = 0; i < set->side_count; i++)
        if (text[set->sides[i].frame.lang].length > 0)
            return false;
    return true;
}

static struct text_style caption_style(const struct layouter *l, enum lang lang)
{
    return layouter_style(l, lang, FONT_HEADING, l->style->weight_caption, l->style->size_body, TONE_INK);
}

/* The caption as it stands above further pages. */
static void set_again(struct layouter *l, struct table_set *set)
{
    static const char *const words[LANG_COUNT] = { " (continued)", " (تتمة)" };
    size_t lines = 0;
    set->again_pitch = l->style->size_body * 1.45f;
    for (size_t i = 0; i < set->side_count; i++) {
        struct table_side *side = &set->sides[i];
        enum lang lang = side->frame.lang;
        struct rich_text *text = arena_copy(l->arena, &set->doc->title[lang], sizeof *text);
        text->utf8 = arena_printf(l->arena, "%s%s", text->utf8, words[lang]);
        text->length = (uint32_t)strlen(text->utf8);
        side->again = set_rich(l, text, caption_style(l, lang), side->frame.x, side->frame.width, NULL);
        lines = set_lines(&side->again) > lines ? set_lines(&side->again) : lines;
    }
    set->again_height = (float)lines * set->again_pitch + l->style->grid * 0.25f;
}

/* Whether links to the table lead to it: of two, one in each language, to the first. */
static bool is_first(const struct layouter *l, const struct table_set *set)
{
    return set->sides[0].frame.lang == l->column[0].lang;
}

static void add_caption(struct layouter *l, struct table_set *set, const struct block *b)
{
    if (is_empty(set, set->doc->title))
        return;
    struct flow_item *item = flow_add(l, FLOW_LINES, b->at[set->sides[0].frame.lang]);
    for (size_t i = 0; i < set->side_count; i++) {
        const struct table_side *side = &set->sides[i];
        item->cell[i] = set_rich(l, &set->doc->title[side->frame.lang], caption_style(l, side->frame.lang),
                                 side->frame.x, side->frame.width, scene_tag_new(l->scene, side->table, TAG_CAPTION));
    }
    if (is_first(l, set))
        item->cell[0].dest = b->dest;
    flow_finish_lines(l, item, l->style->size_body * 1.45f);
    item->before = l->style->grid * 0.6f;
    item->after = l->style->grid * 0.25f;
    item->keep_next = true;
    set_again(l, set);
}

/* Notes that cells refer to. */
static void use_notes(struct layouter *l, const struct table_set *set, struct flow_item *item)
{
    for (size_t i = 0; i < set->side_count; i++) {
        enum lang lang = set->sides[i].frame.lang;
        for (size_t row = 0; row < set->doc->row_count && !set->doc->index[lang]; row++)
            for (size_t c = 0; c < set->doc->column_count; c++)
                flow_use_notes_in(l, item, doc_table_cell(set->doc, lang, row, c), row);
    }
}

static struct flow_item *add_rows(struct layouter *l, struct table_set *set, const struct block *b)
{
    struct flow_item *item = flow_add(l, FLOW_ROWS, b->at[set->sides[0].frame.lang]);
    for (size_t i = 0; i < set->side_count; i++)
        set->sides[i].head_row =
            scene_tag_new(l->scene, scene_tag_new(l->scene, set->sides[i].table, TAG_THEAD), TAG_ROW);
    set_header(l, set, item);
    if (is_empty(set, set->doc->title) && is_first(l, set))
        set->sides[0].header[0].dest = b->dest;
    for (size_t i = 0; i < set->side_count; i++)
        set->sides[i].body = scene_tag_new(l->scene, set->sides[i].table, TAG_TBODY);
    item->rows = set->doc->row_count;
    item->of_rows = &table_flow_rows;
    item->content = set;
    use_notes(l, set, item);
    return item;
}

/* Words below the table, small. */
static void add_words(struct layouter *l, const struct table_set *set, const struct block *b,
                      const struct rich_text text[])
{
    if (is_empty(set, text))
        return;
    l->items[l->item_count - 1]->keep_next = true;
    struct flow_item *item = flow_add(l, FLOW_LINES, b->at[set->sides[0].frame.lang]);
    for (size_t i = 0; i < set->side_count; i++) {
        const struct column *column = &set->sides[i].frame;
        struct text_style style = layouter_style(l, column->lang, FONT_DATA, WEIGHT_REGULAR, l->style->size_small,
                                                 TONE_MUTED);
        item->cell[i] = set_rich(l, &text[column->lang], style, column->x, column->width,
                                 tag_with_lang(l, scene_tag_root(l->scene), TAG_P, column->lang));
    }
    flow_finish_lines(l, item, l->style->size_small * 1.45f);
    item->before = l->style->grid * 0.3f;
}

/* A short table is not broken over pages: it floats as a figure does. */
static void keep_short(struct layouter *l, size_t first, struct flow_item *rows, bool turned)
{
    const struct layouter on = turned ? layouter_turned(l) : *l;
    const float most = (turned ? 0.9f : 0.5f) * (on.frame_bottom - on.frame_top);
    float height = rows->of_rows->head_height(rows, 0);
    for (size_t row = 0; row < rows->rows && height <= most; row++)
        height += rows->of_rows->row_height(l, rows, row, 0);
    rows->height = height;
    for (size_t i = first; i < l->item_count; i++)
        height += (float)(l->items[i] != rows ? l->items[i]->rows : 0) * l->items[i]->pitch;
    if (height > most) {
        rows->height = 0;
        return;
    }
    l->items[first]->floats = l->item_count - first;
    for (size_t i = first; i + 1 < l->item_count; i++)
        l->items[i]->keep_next = true;
}

/* Moves lines from the right edge of an upright page's column to that of a turned one. */
static void move_right(const struct layouter *l, const struct layouter *turned, struct flow_item *item)
{
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *from = &l->column[i], *to = &turned->column[i];
        float step = lang_dir(from->lang) == DIR_RTL ? to->x + to->width - from->x - from->width : 0;
        item->cell[i].x += step;
        item->label[i].x += step;
    }
}

/* A heading above rows that begin a turned page stands on it too. */
static void turn_headings(struct layouter *l, size_t first)
{
    const struct layouter turned = layouter_turned(l);
    for (size_t i = first; i > 0 && l->items[i - 1]->keep_next && l->items[i - 1]->kind == FLOW_LINES; i--) {
        l->items[i - 1]->turned = true;
        move_right(l, &turned, l->items[i - 1]);
    }
}

static void add_table(struct layouter *l, const struct block *b, struct table_set *set, bool turned)
{
    size_t first = l->item_count;
    set->doc = b->table;
    set->pitch = l->style->size_small * 1.5f;
    for (size_t i = 0; i < set->side_count; i++)
        set->sides[i].table = tag_with_lang(l, scene_tag_root(l->scene), TAG_TABLE, set->sides[i].frame.lang);
    add_caption(l, set, b);
    struct flow_item *rows = add_rows(l, set, b);
    add_words(l, set, b, b->table->note);
    add_words(l, set, b, b->table->source);
    for (size_t i = first; i < l->item_count; i++)
        l->items[i]->turned = turned;
    l->items[l->item_count - 1]->after = l->style->grid;
    keep_short(l, first, rows, turned);
    if (turned && rows->height == 0)
        turn_headings(l, first);
}

/* Whether the table of every language fits beside the others in the page's columns. */
static bool fits_beside(const struct layouter *l, const struct doc_table *table, const struct table_side sides[])
{
    for (size_t i = 0; i < l->columns; i++) {
        float need = table->column_count > NARROW_COLUMNS ? table_most(table, &sides[i])
                                                          : table_least(table, &sides[i]);
        if (need > l->column[i].width)
            return false;
    }
    return true;
}

/* In one language, across the page; across a page turned sideways when it must be. */
static void add_across(struct layouter *l, const struct block *b, struct table_side side, enum lang lang)
{
    struct table_set *set = arena_alloc(l->arena, sizeof *set);
    const struct layouter turned = layouter_turned(l);
    float need = table_least(b->table, &side);
    bool turns = need > l->width && turned.width > l->width;
    struct wide wide = layouter_widen(l, need > l->column[0].width);
    /* of the parallel edition's page, or of the column that has room enough */
    struct column frame = { lang, 0, turns ? turned.width : l->width };
    if (l->columns == 1 && !turns)
        frame = l->column[0];
    if (need > frame.width)
        diag_add(l->diags, DIAG_LAYOUT_TOO_WIDE, b->at[lang],
                 "the table's longest words need %.0f pt and a page%s has %.0f, so it is %.0f pt too wide; leave out a "
                 "column or shorten words", (double)need, turns ? " turned sideways" : "", (double)frame.width,
                 (double)(need - frame.width));
    table_place_columns(l, b->table, &side, frame);
    set->sides[0] = side;
    set->side_count = 1;
    add_table(l, b, set, turns);
    layouter_narrow(l, wide);
}

void flow_table(struct layouter *l, const struct block *b)
{
    struct table_side sides[LANG_COUNT];
    for (size_t i = 0; i < l->columns; i++)
        sides[i] = table_measure(l, b->table, l->column[i].lang);
    if (l->columns == 1 || !fits_beside(l, b->table, sides)) {
        for (size_t i = 0; i < l->columns; i++)
            add_across(l, b, sides[i], l->column[i].lang);
        return;
    }
    struct table_set *set = arena_alloc(l->arena, sizeof *set);
    set->side_count = l->columns;
    for (size_t i = 0; i < l->columns; i++) {
        table_place_columns(l, b->table, &sides[i], l->column[i]);
        set->sides[i] = sides[i];
    }
    add_table(l, b, set, false);
}
