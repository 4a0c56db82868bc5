/*
 * Tables: a caption, a header and one flow item a row, so that pages break between rows and the header comes
 * again. In the parallel edition a narrow table stands in both columns, the Arabic one mirrored, row beside
 * row; a wide one runs across both columns, in English and then, mirrored, in Arabic.
 */
#include "layout/layouter.h"

#include <math.h>

static const float CELL_GAP = 7;     /* between columns */
static const float CELL_PADDING = 3; /* above and below a row's text */

/* Where a table stands and in which languages: the page's columns, or one across them. */
struct table_frame {
    struct column column[LANG_COUNT];
    size_t columns;
};

struct table_row {
    const struct table_frame *frame;
    struct set_text *cells[LANG_COUNT]; /* by column of the frame, then by column of the table */
    size_t count;
    bool header, last;
    bool repeated; /* a header drawn again is furniture, not content */
    float pitch;
};

/* Column x and width in a language's table, from its own start side. */
struct table_grid {
    float *x, *width;
    float *digits; /* of a column that ends at its end side in right-to-left text: width of the widest cell,
                      since numbers stand with their last digits, on the right, under each other; else 0 */
};

static float cells_width(struct layouter *l, const struct doc_table *table, size_t column, enum lang lang)
{
    struct text_style style = layouter_style(l, lang, FONT_DATA, WEIGHT_REGULAR, l->style->size_small, TONE_INK);
    float most = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        const struct rich_text *cell = &table->cells[lang][row * table->column_count + column];
        float width = set_rich(l, cell, style, 0, 0, NULL).block->width;
        most = width > most ? width : most;
    }
    return most;
}

static float natural_width(struct layouter *l, const struct doc_table *table, size_t column, enum lang lang)
{
    struct text_style style = layouter_style(l, lang, FONT_DATA, WEIGHT_BOLD, l->style->size_small, TONE_INK);
    float title = set_rich(l, &table->columns[column].title[lang], style, 0, 0, NULL).block->width;
    return fmaxf(title, cells_width(l, table, column, lang));
}

/* Shares the width by the definition's weights; a column without one weighs what its content is wide, within
 * bounds that keep a long text from starving the others. */
static struct table_grid make_grid(struct layouter *l, const struct doc_table *table, const struct column *column)
{
    size_t n = table->column_count;
    struct table_grid grid = { .x = arena_array(l->arena, n, sizeof(float)),
                               .width = arena_array(l->arena, n, sizeof(float)),
                               .digits = arena_array(l->arena, n, sizeof(float)) };
    bool weighed = true;
    float sum = 0;
    for (size_t c = 0; c < n; c++)
        weighed &= table->columns[c].weight > 0;
    for (size_t c = 0; c < n; c++) {
        float weight = (float)table->columns[c].weight;
        if (!weighed) {
            weight = natural_width(l, table, c, column->lang);
            weight = weight < 24 ? 24 : weight > 160 ? 160 : weight;
        }
        grid.width[c] = weight;
        sum += weight;
    }
    float room = column->width - CELL_GAP * (float)(n - 1), x = 0;
    for (size_t c = 0; c < n; c++) {
        grid.width[c] *= room / sum;
        bool rtl = lang_dir(column->lang) == DIR_RTL;
        grid.x[c] = rtl ? column->x + column->width - x - grid.width[c] : column->x + x;
        if (rtl && table->columns[c].align == ALIGN_END)
            grid.digits[c] = cells_width(l, table, c, column->lang);
        x += grid.width[c] + CELL_GAP;
    }
    return grid;
}

static void draw_rule(struct layouter *l, const struct table_frame *frame, size_t page, float y, uint32_t rgb,
                      float width)
{
    for (size_t i = 0; i < frame->columns; i++) {
        float x = layouter_left(l, page) + frame->column[i].x;
        struct path_step steps[] = { { PATH_MOVE, { x }, { y } },
                                     { PATH_LINE, { x + frame->column[i].width }, { y } } };
        scene_path(l->scene, page, steps, 2, (struct paint){ .stroke = true, .stroke_rgb = rgb, .width = width });
    }
}

static void draw_row(struct layouter *l, const struct flow_item *item, size_t page, float y)
{
    const struct table_row *row = item->content;
    const struct style *style = l->style;
    scene_artifact_begin(l->scene, page, ARTIFACT_LAYOUT);
    if (row->header)
        draw_rule(l, row->frame, page, y, style->accent, style->hairline * 2.5f);
    draw_rule(l, row->frame, page, y + item->height, row->header || row->last ? style->muted : style->faint,
              style->hairline);
    float baseline = y + CELL_PADDING + row->pitch * 0.74f;
    for (size_t i = 0; row->repeated && i < row->frame->columns; i++)
        for (size_t c = 0; c < row->count; c++)
            set_draw(l, &row->cells[i][c], 0, set_lines(&row->cells[i][c]), page, baseline, row->pitch);
    scene_artifact_end(l->scene, page);
    for (size_t i = 0; !row->repeated && i < row->frame->columns; i++)
        for (size_t c = 0; c < row->count; c++)
            set_draw_tagged(l, &row->cells[i][c], 0, set_lines(&row->cells[i][c]), page, baseline, row->pitch);
}

/* Tables of one block that stand beside each other. */
struct table_build {
    const struct block *block;
    const struct table_frame *frame;
    struct table_grid grid[LANG_COUNT];
    struct scene_tag *group[LANG_COUNT]; /* THead, then TBody */
};

static struct flow_item *add_row(struct layouter *l, const struct table_build *build, bool header, size_t index)
{
    const struct doc_table *table = build->block->table;
    struct table_row *row = arena_alloc(l->arena, sizeof *row);
    struct flow_item *item = flow_add(l, FLOW_SOLID, build->block->at[build->frame->column[0].lang]);
    size_t lines = 1;
    row->frame = build->frame;
    row->count = table->column_count;
    row->header = header;
    row->pitch = l->style->size_small * 1.5f;
    for (size_t i = 0; i < build->frame->columns; i++) {
        enum lang lang = build->frame->column[i].lang;
        struct scene_tag *row_tag = scene_tag_new(l->scene, build->group[i], TAG_ROW);
        struct text_style style = layouter_style(l, lang, FONT_DATA,
                                                 header ? l->style->weight_table_head : WEIGHT_REGULAR,
                                                 l->style->size_small, header ? TONE_MUTED : TONE_INK);
        row->cells[i] = arena_array(l->arena, row->count, sizeof *row->cells[i]);
        for (size_t c = 0; c < row->count; c++) {
            const struct rich_text *text = header ? &table->columns[c].title[lang]
                                         : &table->cells[lang][index * row->count + c];
            struct scene_tag *tag = scene_tag_new(l->scene, row_tag, header ? TAG_HEADER_CELL : TAG_DATA_CELL);
            style.align = table->columns[c].align == ALIGN_END ? TEXT_END
                        : table->columns[c].align == ALIGN_CENTRE ? TEXT_CENTRE : TEXT_START;
            float width = build->grid[i].width[c], digits = build->grid[i].digits[c];
            if (!header && digits > 0 && digits < width) {
                style.align = TEXT_START;
                width = digits;
            }
            row->cells[i][c] = set_rich(l, text, style, build->grid[i].x[c], width, tag);
            size_t n = set_lines(&row->cells[i][c]);
            lines = n > lines ? n : lines;
            flow_use_notes(l, item, &row->cells[i][c], false);
        }
    }
    item->height = (float)lines * row->pitch + 2 * CELL_PADDING;
    item->draw = draw_row;
    item->content = row;
    return item;
}

static bool is_empty(const struct table_frame *frame, const struct rich_text text[])
{
    for (size_t i = 0; i < frame->columns; i++)
        if (text[frame->column[i].lang].length > 0)
            return false;
    return true;
}

static void add_caption(struct layouter *l, const struct table_build *build, struct scene_tag *const table[])
{
    const struct doc_table *t = build->block->table;
    if (is_empty(build->frame, t->title))
        return;
    struct flow_item *item = flow_add(l, FLOW_LINES, build->block->at[build->frame->column[0].lang]);
    for (size_t i = 0; i < build->frame->columns; i++) {
        const struct column *column = &build->frame->column[i];
        struct text_style style = layouter_style(l, column->lang, FONT_HEADING,
                                                 l->style->weight_caption, l->style->size_body,
                                                 TONE_INK);
        item->cell[i] = set_rich(l, &t->title[column->lang], style, column->x, column->width,
                                 scene_tag_new(l->scene, table[i], TAG_CAPTION));
    }
    if (build->frame->column[0].lang == l->column[0].lang)
        item->cell[0].dest = build->block->dest;
    flow_finish_lines(l, item, l->style->size_body * 1.45f);
    item->before = l->style->grid * 0.6f;
    item->after = l->style->grid * 0.25f;
    item->keep_next = true;
}

static void add_source(struct layouter *l, const struct table_build *build)
{
    const struct doc_table *t = build->block->table;
    struct flow_item *last = l->items[l->item_count - 1];
    if (is_empty(build->frame, t->source)) {
        last->after = l->style->grid;
        return;
    }
    last->keep_next = true;
    struct flow_item *item = flow_add(l, FLOW_LINES, build->block->at[build->frame->column[0].lang]);
    for (size_t i = 0; i < build->frame->columns; i++) {
        const struct column *column = &build->frame->column[i];
        struct text_style style = layouter_style(l, column->lang, FONT_DATA, WEIGHT_REGULAR,
                                                 l->style->size_small, TONE_MUTED);
        item->cell[i] = set_rich(l, &t->source[column->lang], style, column->x, column->width,
                                 tag_with_lang(l, scene_tag_root(l->scene), TAG_P, column->lang));
    }
    flow_finish_lines(l, item, l->style->size_small * 1.45f);
    item->before = l->style->grid * 0.3f;
    item->after = l->style->grid;
}

static const struct flow_item *repeated_header(struct layouter *l, const struct flow_item *header)
{
    struct flow_item *again = arena_copy(l->arena, header, sizeof *header);
    struct table_row *row = arena_copy(l->arena, header->content, sizeof *row);
    row->repeated = true;
    for (size_t i = 0; i < row->frame->columns; i++) {
        row->cells[i] = arena_copy(l->arena, row->cells[i], row->count * sizeof *row->cells[i]);
        for (size_t c = 0; c < row->count; c++)
            row->cells[i][c].tag = NULL; /* an artifact has no links */
    }
    again->content = row;
    return again;
}

/* A short table is not broken over pages: it floats as a figure does. */
static void keep_short(struct layouter *l, size_t first)
{
    const float most = 0.4f * (l->frame_bottom - l->frame_top);
    float height = 0;
    for (size_t i = first; i < l->item_count; i++) {
        const struct flow_item *item = l->items[i];
        height += item->kind == FLOW_LINES ? (float)item->rows * item->pitch : item->height;
    }
    if (height > most)
        return;
    l->items[first]->floats = l->item_count - first;
    for (size_t i = first; i + 1 < l->item_count; i++)
        l->items[i]->keep_next = true;
}

static void add_table(struct layouter *l, const struct block *b, const struct table_frame *frame)
{
    struct table_build build = { .block = b, .frame = frame };
    struct scene_tag *table[LANG_COUNT];
    size_t first = l->item_count;
    for (size_t i = 0; i < frame->columns; i++) {
        build.grid[i] = make_grid(l, b->table, &frame->column[i]);
        table[i] = tag_with_lang(l, scene_tag_root(l->scene), TAG_TABLE, frame->column[i].lang);
    }
    add_caption(l, &build, table);
    for (size_t i = 0; i < frame->columns; i++)
        build.group[i] = scene_tag_new(l->scene, table[i], TAG_THEAD);
    struct flow_item *header = add_row(l, &build, true, 0);
    header->keep_next = true;
    const struct flow_item *again = repeated_header(l, header);
    header->running_head = again;
    header->is_head = true;
    for (size_t i = 0; i < frame->columns; i++)
        build.group[i] = scene_tag_new(l->scene, table[i], TAG_TBODY);
    for (size_t row = 0; row < b->table->row_count; row++) {
        struct flow_item *item = add_row(l, &build, false, row);
        item->running_head = again;
        /* no page begins with the last row alone */
        item->keep_next = row + 2 == b->table->row_count;
        ((struct table_row *)item->content)->last = row + 1 == b->table->row_count;
    }
    add_source(l, &build);
    keep_short(l, first);
    if (is_empty(frame, b->table->title) && frame->column[0].lang == l->column[0].lang)
        ((struct table_row *)header->content)->cells[0][0].dest = b->dest;
}

void flow_table(struct layouter *l, const struct block *b)
{
    bool across = l->columns > 1 && b->table->column_count > NARROW_COLUMNS;
    size_t tables = across ? l->columns : 1;
    struct table_frame *frames = arena_array(l->arena, tables, sizeof *frames);
    for (size_t i = 0; i < tables; i++) {
        if (across) {
            frames[i].columns = 1;
            frames[i].column[0] = (struct column){ l->column[i].lang, 0, l->width };
        } else {
            frames[i].columns = l->columns;
            for (size_t k = 0; k < l->columns; k++)
                frames[i].column[k] = l->column[k];
        }
        add_table(l, b, &frames[i]);
    }
}
