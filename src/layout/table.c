/* Tables as flow items: a caption, the rows below their header, a note and a source. */
#include "layout/table_set.h"

#include <string.h>

/* Titles stand on the side of their column's cells, in a column of both languages too. */
static enum text_align title_align(const struct doc_table *doc, const struct table_column *column, enum lang lang)
{
    enum cell_align align = doc->columns[column->of].align;
    if (align == ALIGN_CENTRE)
        return TEXT_CENTRE;
    return (align == ALIGN_END) != (lang_dir(lang) != lang_dir(column->lang)) ? TEXT_END : TEXT_START;
}

static bool same_title(const struct rich_text title[LANG_COUNT])
{
    return title[LANG_EN].length == title[LANG_AR].length
        && memcmp(title[LANG_EN].utf8, title[LANG_AR].utf8, title[LANG_EN].length) == 0;
}

/* A cell of the header with its titles: in both languages each has an element of its own. */
static void set_titles(struct layouter *l, const struct table_set *set, struct table_side *side, size_t c)
{
    const struct table_column *column = &side->columns[c];
    const struct rich_text *title = set->doc->columns[column->of].title;
    struct scene_tag *cell = scene_tag_new(l->scene, side->head_row, TAG_HEADER_CELL);
    bool two = column->shared && !same_title(title);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        struct text_style style = table_head_style(l, lang, side->size);
        if (lang != column->lang && !two)
            continue;
        style.align = title_align(set->doc, column, lang);
        side->header[c][lang] = set_rich(l, &title[lang], style, column->x, column->width,
                                         two ? tag_with_lang(l, cell, TAG_P, lang) : cell);
    }
    cell->lang = column->lang;
    cell->has_lang = side->both && !column->shared;
    if (side->group_row)
        scene_tag_more(l->scene, cell)->name = table_column_id(l, side, c);
}

/* Each language has lines of its own in the header of a table that shares columns: English above Arabic. Returns how
 * many all of them are. */
static size_t header_lines(struct table_side *side)
{
    size_t lines[LANG_COUNT] = { 0 };
    bool shares = false;
    for (size_t c = 0; c < side->column_count; c++) {
        shares |= side->columns[c].shared;
        for (enum lang lang = 0; lang < LANG_COUNT; lang++)
            if (set_lines(&side->header[c][lang]) > lines[lang])
                lines[lang] = set_lines(&side->header[c][lang]);
    }
    if (!shares)
        return lines[LANG_EN] > lines[LANG_AR] ? lines[LANG_EN] : lines[LANG_AR];
    side->header_line[LANG_AR] = lines[LANG_EN];
    return lines[LANG_EN] + lines[LANG_AR];
}

/* Rows of one height for all languages: each cell of the header is a column's title. */
static void set_header(struct layouter *l, struct table_set *set, struct flow_item *item)
{
    size_t most = 1;
    for (size_t i = 0; i < set->side_count; i++) {
        struct table_side *side = &set->sides[i];
        side->header = arena_array(l->arena, side->column_count, sizeof *side->header);
        if (set->doc->columns[0].group)
            side->group_row = arena_array(l->arena, side->column_count, sizeof *side->group_row);
        for (size_t c = 0; c < side->column_count; c++) {
            set_titles(l, set, side, c);
            for (enum lang lang = 0; lang < LANG_COUNT; lang++)
                flow_use_notes(l, item, &side->header[c][lang], false);
        }
        size_t lines = header_lines(side);
        most = lines > most ? lines : most;
    }
    set->header_height = (float)most * set->pitch + 2 * set->padding;
}

static bool is_empty(const struct table_set *set, const struct rich_text text[])
{
    for (size_t i = 0; i < set->word_count; i++)
        if (text[set->words[i].frame.lang].length > 0)
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
    for (size_t i = 0; i < set->word_count; i++) {
        struct table_words *of = &set->words[i];
        enum lang lang = of->frame.lang;
        struct rich_text *text = arena_copy(l->arena, &set->doc->title[lang], sizeof *text);
        text->utf8 = arena_printf(l->arena, "%s%s", text->utf8, words[lang]);
        text->length = (uint32_t)strlen(text->utf8);
        of->again = set_even(l, text, caption_style(l, lang), of->frame.x, of->frame.width, NULL);
        lines = set_lines(&of->again) > lines ? set_lines(&of->again) : lines;
    }
    set->again_height = (float)lines * set->again_pitch + l->style->grid * 0.25f;
}

/* Whether links to the table lead to it: of two, one in each language, to the first. */
static bool is_first(const struct layouter *l, const struct table_set *set)
{
    return set->words[0].frame.lang == l->column[0].lang;
}

static void add_caption(struct layouter *l, struct table_set *set, const struct block *b)
{
    if (is_empty(set, set->doc->title))
        return;
    struct flow_item *item = flow_add(l, FLOW_LINES, b->at[set->words[0].frame.lang]);
    /* one element, of both languages where the table is */
    struct scene_tag *caption = NULL;
    for (size_t i = 0; i < set->word_count; i++) {
        const struct table_words *of = &set->words[i];
        enum lang lang = of->frame.lang;
        if (i == 0 || of->table != set->words[0].table)
            caption = scene_tag_new(l->scene, of->table, TAG_CAPTION);
        item->cell[i] = set_even(l, &set->doc->title[lang], caption_style(l, lang), of->frame.x, of->frame.width,
                                 set->sides[0].both ? tag_with_lang(l, caption, TAG_P, lang) : caption);
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
    for (size_t i = 0; i < set->side_count; i++)
        for (size_t c = 0; c < set->sides[i].column_count; c++) {
            const struct table_column *column = &set->sides[i].columns[c];
            for (size_t row = 0; row < set->doc->row_count && !set->doc->index[column->lang]; row++) {
                const struct rich_text rich = doc_table_cell(set->doc, column->lang, row, column->of);
                flow_use_notes_in(l, item, &rich, row);
            }
        }
}

static struct flow_item *add_rows(struct layouter *l, struct table_set *set, const struct block *b)
{
    struct flow_item *item = flow_add(l, FLOW_ROWS, b->at[set->words[0].frame.lang]);
    for (size_t i = 0; i < set->side_count; i++)
        set->sides[i].head_row =
            scene_tag_new(l->scene, scene_tag_new(l->scene, set->sides[i].table, TAG_THEAD), TAG_ROW);
    set_header(l, set, item);
    if (is_empty(set, set->doc->title) && is_first(l, set))
        set->sides[0].header[0][set->words[0].frame.lang].dest = b->dest;
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
    struct flow_item *item = flow_add(l, FLOW_LINES, b->at[set->words[0].frame.lang]);
    for (size_t i = 0; i < set->word_count; i++) {
        const struct column *column = &set->words[i].frame;
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
    const float most = (turned ? 0.9f : 0.6f) * (on.frame_bottom - on.frame_top);
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
        if (item->label)
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

void table_add(struct layouter *l, const struct block *b, struct table_set *set, bool turned)
{
    size_t first = l->item_count;
    set->doc = b->table;
    set->pitch = set->sides[0].size * TABLE_PITCH;
    set->padding = set->sides[0].size * TABLE_PADDING;
    for (size_t i = 0; i < set->side_count; i++)
        set->sides[i].table = tag_with_lang(l, scene_tag_root(l->scene), TAG_TABLE, set->sides[i].frame.lang);
    for (size_t i = 0; i < set->word_count; i++)
        set->words[i].table = set->sides[i < set->side_count ? i : 0].table;
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
