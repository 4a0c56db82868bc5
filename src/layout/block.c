/*
 * Blocks: headings, paragraphs, lists, quotes and rules become flow items, a cell for each language shown.
 * Tables, charts and the front matter have files of their own.
 */
#include "layout/layouter.h"

#include <math.h>

/* Where nested blocks stand: moved in from the start side, under their list's or quote's elements. */
struct nest {
    float indent, label_width;
    struct scene_tag *parent[LANG_COUNT]; /* by column */
    bool quote;
};

static void add_blocks(struct layouter *, const struct block *, const struct nest *);

static float start_x(const struct column *column, float indent)
{
    return lang_dir(column->lang) == DIR_RTL ? column->x : column->x + indent;
}

static void add_heading(struct layouter *l, const struct block *b, const struct nest *nest)
{
    const struct style *style = l->style;
    float size = b->level <= 2 ? style->size_h2 : style->size_h3;
    struct flow_item *item = flow_add(l, FLOW_LINES, b->at[l->column[0].lang]);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *column = &l->column[i];
        enum tag_role role = (enum tag_role)(TAG_H1 + (b->level > 6 ? 5 : b->level - 1));
        struct scene_tag *tag = tag_with_lang(l, nest->parent[i], role, column->lang);
        struct text_style text = layouter_style(l, column->lang, FONT_HEADING, WEIGHT_BOLD, size,
                                                b->level <= 2 ? TONE_ACCENT : TONE_INK);
        item->cell[i] = set_rich(l, &b->text[column->lang], text, column->x, column->width, tag);
    }
    flow_finish_lines(l, item, size * 1.5f);
    item->before = b->level <= 2 ? style->grid * 1.25f : style->grid * 0.75f;
    item->after = style->grid * (b->level <= 2 ? 0.3f : 0.1f);
    item->keep_next = true;
    l->headings = arena_grow(l->arena, l->headings, l->heading_count, sizeof *l->headings);
    l->headings[l->heading_count++].block = b;
    item->heading = l->heading_count;
}

/* The mark of a list item: a bullet, or its number in the language's digits. No full stop follows the number:
 * alone beside right-to-left text, it would stand on the wrong side for some readers of the file. */
static const char *item_mark(struct layouter *l, const struct block *list, int number, enum lang lang)
{
    if (!list->ordered)
        return "•";
    return locale_integer(l->doc->locale[lang], number, l->arena);
}

static void add_paragraph(struct layouter *l, const struct block *b, const struct nest *nest,
                          struct scene_tag *const label_tag[], const char *const mark[])
{
    const struct style *style = l->style;
    struct flow_item *item = flow_add(l, FLOW_LINES, b->at[l->column[0].lang]);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *column = &l->column[i];
        struct text_style text = layouter_body_style(l, column->lang, column->width - nest->indent);
        struct scene_tag *tag = tag_with_lang(l, nest->parent[i], TAG_P, column->lang);
        item->cell[i] = set_rich(l, &b->text[column->lang], text, start_x(column, nest->indent),
                                 column->width - nest->indent, tag);
        if (mark)
            item->label[i] = set_plain(l, mark[i], text, column->x + (lang_dir(column->lang) == DIR_LTR
                                       ? nest->indent - nest->label_width : column->width - nest->indent),
                                       nest->label_width, label_tag[i]);
    }
    flow_finish_lines(l, item, style->grid);
    item->before = mark ? style->grid * 0.2f : 0;
    item->after = nest->indent > 0 ? style->grid * 0.2f : style->grid * 0.5f;
    item->bar = nest->quote;
}

/* Room for the widest mark of a list and some space behind it; never less than a line's height. */
static float mark_width(struct layouter *l, const struct block *list)
{
    float widest = l->style->grid;
    int last = list->start - 1;
    for (const struct block *it = list->first_child; it; it = it->next)
        last++;
    for (size_t i = 0; i < l->columns; i++) {
        enum lang lang = l->column[i].lang;
        struct text_style text = layouter_style(l, lang, FONT_READING, WEIGHT_REGULAR, l->style->size_body, TONE_INK);
        float width = set_plain(l, item_mark(l, list, last, lang), text, 0, 0, NULL).block->width;
        widest = fmaxf(widest, width + l->style->grid * 0.5f);
    }
    return widest;
}

static void add_list(struct layouter *l, const struct block *list, const struct nest *outer)
{
    struct scene_tag *list_tag[LANG_COUNT];
    float label_width = mark_width(l, list);
    for (size_t i = 0; i < l->columns; i++) {
        list_tag[i] = tag_with_lang(l, outer->parent[i], TAG_LIST, l->column[i].lang);
        list_tag[i]->ordered = list->ordered;
    }
    int number = list->start;
    for (const struct block *it = list->first_child; it; it = it->next, number++) {
        struct nest nest = { .indent = outer->indent + label_width, .label_width = label_width,
                             .quote = outer->quote };
        struct scene_tag *label_tag[LANG_COUNT];
        const char *mark[LANG_COUNT];
        for (size_t i = 0; i < l->columns; i++) {
            struct scene_tag *item_tag = scene_tag_new(l->scene, list_tag[i], TAG_LIST_ITEM);
            label_tag[i] = scene_tag_new(l->scene, item_tag, TAG_LABEL);
            nest.parent[i] = scene_tag_new(l->scene, item_tag, TAG_LIST_BODY);
            mark[i] = item_mark(l, list, number, l->column[i].lang);
        }
        const struct block *first = it->first_child;
        if (first && first->kind == BLOCK_PARAGRAPH) {
            add_paragraph(l, first, &nest, label_tag, mark);
            first = first->next;
        }
        add_blocks(l, first, &nest);
    }
    l->items[l->item_count - 1]->after = l->style->grid * 0.5f;
}

static void add_quote(struct layouter *l, const struct block *quote, const struct nest *outer)
{
    struct nest nest = { .indent = outer->indent + l->style->grid * 0.8f, .quote = true };
    for (size_t i = 0; i < l->columns; i++)
        nest.parent[i] = tag_with_lang(l, outer->parent[i], TAG_BLOCK_QUOTE, l->column[i].lang);
    add_blocks(l, quote->first_child, &nest);
    l->items[l->item_count - 1]->after = l->style->grid * 0.5f;
}

static void draw_rule(struct layouter *l, const struct flow_item *item, size_t page, float y)
{
    float middle = y + item->height / 2, left = layouter_left(l, page);
    struct path_step steps[] = { { PATH_MOVE, { left }, { middle } },
                                 { PATH_LINE, { left + l->width }, { middle } } };
    scene_artifact_begin(l->scene, page, ARTIFACT_LAYOUT);
    scene_path(l->scene, page, steps, 2, (struct paint){ .stroke = true, .stroke_rgb = l->style->faint,
                                                         .width = l->style->hairline });
    scene_artifact_end(l->scene, page);
}

static void add_rule(struct layouter *l, const struct block *b)
{
    struct flow_item *item = flow_add(l, FLOW_SOLID, b->at[l->column[0].lang]);
    item->height = l->style->grid;
    item->draw = draw_rule;
}

static void add_blocks(struct layouter *l, const struct block *first, const struct nest *nest)
{
    for (const struct block *b = first; b; b = b->next) {
        switch (b->kind) {
        case BLOCK_HEADING:
            add_heading(l, b, nest);
            break;
        case BLOCK_PARAGRAPH:
            add_paragraph(l, b, nest, NULL, NULL);
            break;
        case BLOCK_LIST:
            add_list(l, b, nest);
            break;
        case BLOCK_QUOTE:
            add_quote(l, b, nest);
            break;
        case BLOCK_RULE:
            add_rule(l, b);
            break;
        case BLOCK_TABLE:
            flow_table(l, b);
            break;
        case BLOCK_CHART:
            flow_chart(l, b);
            break;
        case BLOCK_KEY_FIGURES:
            flow_key_figures(l, b);
            break;
        case BLOCK_CONTENTS:
            flow_contents(l, b);
            break;
        case BLOCK_ITEM: /* only inside a list */
            break;
        }
    }
}

void flow_blocks(struct layouter *l, const struct block *first)
{
    struct nest nest = { 0 };
    for (size_t i = 0; i < l->columns; i++)
        nest.parent[i] = scene_tag_root(l->scene);
    add_blocks(l, first, &nest);
}
