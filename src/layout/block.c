/*
 * Blocks: headings, paragraphs, lists, quotes and rules become flow items, a cell for each language shown.
 * Tables, charts and the front matter have files of their own.
 */
#include "layout/layouter.h"

#include "base/progress.h"

#include <math.h>
#include <string.h>

/* Where nested blocks stand: moved in from the start side, under their list's or quote's elements. */
struct nest {
    float indent, label_width;
    float gap; /* between paragraphs */
    struct scene_tag *parent[LANG_COUNT]; /* by column; NULL: the section's */
    size_t bullets;                       /* lists with bullets around it */
    const char *number[LANG_COUNT];       /* of the item around it, by column; NULL: in no numbered list */
    bool bar;                             /* of a quote or call-out, at bar_indent */
    float bar_indent, bar_width;
    uint32_t bar_rgb;
};

static void add_blocks(struct layouter *, const struct block *, const struct nest *);

static float start_x(const struct column *column, float indent)
{
    return lang_dir(column->lang) == DIR_RTL ? column->x : column->x + indent;
}

static struct scene_tag *parent_of(struct layouter *l, const struct nest *nest, size_t column)
{
    return nest->parent[column] ? nest->parent[column] : scene_tag_root(l->scene);
}

/* Moved in by so much more; of what is nested deeply, a third of its column is left for the text. */
static float move_in(const struct layouter *l, const struct nest *outer, float by)
{
    return fminf(outer->indent + by, l->column[0].width * 2 / 3);
}

static void add_heading(struct layouter *l, const struct block *b, const struct nest *nest)
{
    const struct style *style = l->style;
    float size = b->level <= 2 ? style->size_h2 : style->size_h3;
    if (b->level == 2 && !nest->parent[0])
        scene_section_begin(l->scene);
    struct flow_item *item = flow_add(l, FLOW_LINES, b->at[l->column[0].lang]);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *column = &l->column[i];
        enum tag_role role = (enum tag_role)(TAG_H1 + (b->level > 6 ? 5 : b->level - 1));
        struct scene_tag *tag = tag_with_lang(l, parent_of(l, nest, i), role, column->lang);
        struct text_style text = layouter_style(l, column->lang, FONT_HEADING, style->weight_heading, size,
                                                b->level <= 2 ? TONE_ACCENT : TONE_INK);
        item->cell[i] = set_even(l, &b->text[column->lang], text, column->x, column->width, tag);
    }
    flow_finish_lines(l, item, size * 1.5f);
    item->before = style->grid * (b->level <= 2 ? style->space_section : style->space_subsection);
    item->after = style->grid * style->space_below_heading * (b->level <= 2 ? 1 : 0.33f);
    item->keep_next = true;
    l->headings = arena_grow(l->arena, l->headings, l->heading_count, sizeof *l->headings);
    l->headings[l->heading_count++].block = b;
    item->heading = l->heading_count;
}

static size_t bullet_depth(const struct nest *outer)
{
    return outer->bullets < LIST_MARKS - 1 ? outer->bullets : LIST_MARKS - 1;
}

/* Marks that the structure tree has names for. */
static enum tag_numbering numbering_of(const char *mark)
{
    static const struct {
        const char *mark;
        enum tag_numbering numbering;
    } known[] = { { "•", NUMBERING_DISC },   { "●", NUMBERING_DISC },   { "◦", NUMBERING_CIRCLE },
                  { "○", NUMBERING_CIRCLE }, { "▪", NUMBERING_SQUARE }, { "■", NUMBERING_SQUARE } };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].mark, mark) == 0)
            return known[i].numbering;
    return NUMBERING_NONE;
}

/* The mark of a list item: a bullet by the list's depth, or the numbers of its list and of those around it in the
 * language's digits ("1.2"; the stop between digits keeps their order in Arabic too). No full stop follows the number:
 * alone beside right-to-left text, it would stand on the wrong side for some readers of the file. */
static const struct rich_text *item_mark(struct layouter *l, const struct block *list, int number,
                                         const struct nest *outer, size_t column)
{
    size_t depth = bullet_depth(outer);
    struct rich_text mark = text_of_words(l, l->style->list_mark[depth], l->style->list_mark_at[depth]);
    if (list->ordered) {
        const char *own = locale_integer(l->doc->locale[l->column[column].lang], number, l->arena);
        if (outer->number[column])
            own = arena_printf(l->arena, "%s.%s", outer->number[column], own);
        mark = text_of_words(l, own, list->at[l->column[column].lang]);
    }
    return arena_copy(l->arena, &mark, sizeof mark);
}

static void stand_beside_bar(struct flow_item *item, const struct nest *nest)
{
    item->bar = nest->bar;
    item->bar_joins = true; /* the first item of a quote or call-out is told otherwise by its maker */
    item->bar_indent = nest->bar_indent;
    item->bar_width = nest->bar_width;
    item->bar_rgb = nest->bar_rgb;
}

/* A block of text in each language, moved in as its nest says. Of what stands beside a bar, the rows are asked for at
 * once (keep_whole, add_attribution). */
static struct flow_item *add_text(struct layouter *l, const struct block *b, const struct nest *nest,
                                  struct scene_tag *const tag[], const struct text_style style[])
{
    struct flow_item *item = flow_add(l, FLOW_LINES, b->at[l->column[0].lang]);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *column = &l->column[i];
        const struct rich_text *text = &b->text[column->lang];
        float x = start_x(column, nest->indent), width = column->width - nest->indent;
        if (nest->bar)
            item->cell[i] = set_rich(l, text, style[column->lang], x, width, tag[i]);
        else
            set_later(l, item, &item->cell[i], text, style[column->lang], x, width, tag[i]);
    }
    stand_beside_bar(item, nest);
    return item;
}

static void add_paragraph(struct layouter *l, const struct block *b, const struct nest *nest,
                          struct scene_tag *const label_tag[], const struct rich_text *const mark[])
{
    struct scene_tag *tag[LANG_COUNT];
    struct text_style text[LANG_COUNT];
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *column = &l->column[i];
        text[column->lang] = layouter_body_style(l, column->lang, column->width - nest->indent);
        tag[i] = tag_with_lang(l, parent_of(l, nest, i), TAG_P, column->lang);
    }
    struct flow_item *item = add_text(l, b, nest, tag, text);
    item->label = mark ? arena_array(l->arena, l->columns, sizeof *item->label) : NULL;
    for (size_t i = 0; mark && i < l->columns; i++) {
        const struct column *column = &l->column[i];
        item->label[i] = set_rich(l, mark[i], text[column->lang],
                                  column->x + (lang_dir(column->lang) == DIR_LTR ? nest->indent - nest->label_width
                                                                                 : column->width - nest->indent),
                                  nest->label_width, label_tag[i]);
    }
    flow_finish_lines(l, item, l->style->grid);
    item->before = mark ? nest->gap : 0;
    item->after = nest->gap;
}

/* No figure comes between the items from `first` on. */
static void stay_together(struct layouter *l, size_t first)
{
    for (size_t i = first + 1; i < l->item_count; i++)
        l->items[i]->inside = true;
}

/* ---- lists ---- */

/* Room for the widest mark of a list and some space behind it; never less than a line's height. */
static float mark_width(struct layouter *l, const struct block *list, const struct nest *outer)
{
    float widest = l->style->grid;
    int last = list->start - 1;
    for (const struct block *it = list->first_child; it; it = it->next)
        last++;
    for (size_t i = 0; i < l->columns; i++) {
        enum lang lang = l->column[i].lang;
        struct text_style text = layouter_style(l, lang, FONT_READING, WEIGHT_REGULAR, l->style->size_body, TONE_INK);
        float width = set_width(l, item_mark(l, list, last, outer, i), text);
        widest = fmaxf(widest, width + l->style->grid * 0.5f);
    }
    return widest;
}

static void add_item(struct layouter *l, const struct block *list, const struct block *it, int number,
                     const struct nest *outer, float label_width, struct scene_tag *const list_tag[])
{
    struct nest nest = *outer;
    struct scene_tag *label_tag[LANG_COUNT];
    const struct rich_text *mark[LANG_COUNT];
    nest.indent = move_in(l, outer, label_width);
    nest.label_width = label_width;
    nest.gap = l->style->grid * (list->tight ? l->style->space_item : l->style->space_paragraph);
    nest.bullets += !list->ordered;
    for (size_t i = 0; i < l->columns; i++) {
        struct scene_tag *item_tag = scene_tag_new(l->scene, list_tag[i], TAG_LIST_ITEM);
        label_tag[i] = scene_tag_new(l->scene, item_tag, TAG_LABEL);
        nest.parent[i] = scene_tag_new(l->scene, item_tag, TAG_LIST_BODY);
        mark[i] = item_mark(l, list, number, outer, i);
        nest.number[i] = list->ordered ? mark[i]->utf8 : NULL;
    }
    const struct block *first = it->first_child;
    if (first && first->kind == BLOCK_PARAGRAPH) {
        add_paragraph(l, first, &nest, label_tag, mark);
        first = first->next;
    }
    add_blocks(l, first, &nest);
}

static void add_list(struct layouter *l, const struct block *list, const struct nest *outer)
{
    struct scene_tag *list_tag[LANG_COUNT];
    float label_width = mark_width(l, list, outer);
    for (size_t i = 0; i < l->columns; i++) {
        list_tag[i] = tag_with_lang(l, parent_of(l, outer, i), TAG_LIST, l->column[i].lang);
        list_tag[i]->numbering =
            list->ordered ? NUMBERING_DECIMAL : numbering_of(l->style->list_mark[bullet_depth(outer)]);
    }
    size_t first_item = l->item_count;
    int number = list->start;
    for (const struct block *it = list->first_child; it; it = it->next, number++)
        add_item(l, list, it, number, outer, label_width, list_tag);
    stay_together(l, first_item);
    l->items[l->item_count - 1]->after = outer->gap;
}

/* ---- quotes and call-outs ---- */

/* What stands beside a bar: `first` is the number of items before it. */
static void end_bar(struct layouter *l, size_t first, const struct nest *outer)
{
    if (!outer->bar) {
        l->items[first]->bar_joins = false;
        l->items[first]->before = l->style->grid * 0.7f;
    }
    stay_together(l, first);
    l->items[l->item_count - 1]->after = outer->gap;
}

static void add_quote(struct layouter *l, const struct block *quote, const struct nest *outer)
{
    struct nest nest = *outer;
    size_t first = l->item_count;
    nest.indent = move_in(l, outer, l->style->grid * 0.8f);
    nest.gap = l->style->grid * 0.4f;
    if (!outer->bar) {
        nest.bar = true;
        nest.bar_width = 2;
        nest.bar_indent = outer->indent + nest.bar_width / 2;
        nest.bar_rgb = l->style->accent_soft;
    }
    for (size_t i = 0; i < l->columns; i++) {
        nest.parent[i] = tag_with_lang(l, parent_of(l, outer, i), TAG_BLOCK_QUOTE, l->column[i].lang);
        nest.number[i] = NULL;
    }
    add_blocks(l, quote->first_child, &nest);
    end_bar(l, first, outer);
}

/* Who said it, under the words and never alone on a page. */
static void add_attribution(struct layouter *l, const struct block *b, const struct nest *nest)
{
    struct scene_tag *tag[LANG_COUNT];
    struct text_style text[LANG_COUNT];
    struct flow_item *words = l->items[l->item_count - 1];
    make_styles(l, text, FONT_DATA, WEIGHT_REGULAR, l->style->size_small, TONE_MUTED);
    for (size_t i = 0; i < l->columns; i++)
        tag[i] = tag_with_lang(l, parent_of(l, nest, i), TAG_P, l->column[i].lang);
    words->after = l->style->grid * 0.15f;
    struct flow_item *item = add_text(l, b, nest, tag, text);
    item->keep_last = true;
    flow_finish_lines(l, item, l->style->size_small * 1.5f);
}

static enum text_tone callout_tone(enum callout_kind kind)
{
    return kind == CALLOUT_JUDGEMENT ? TONE_ACCENT : kind == CALLOUT_NOTE ? TONE_MUTED : TONE_WARNING;
}

/* A short call-out is read at one glance: it stays on one page. */
static void keep_whole(struct layouter *l, size_t first)
{
    enum { MOST_ROWS = 12 };
    size_t rows = 0;
    for (size_t i = first; i < l->item_count; i++)
        rows += l->items[i]->kind == FLOW_LINES && (i == first || !l->items[i]->break_before) ? l->items[i]->rows
                                                                                             : MOST_ROWS;
    for (size_t i = first; rows <= MOST_ROWS && i < l->item_count; i++) {
        l->items[i]->whole = true;
        l->items[i]->keep_next = i + 1 < l->item_count;
    }
}

/* Its label says what it is, and its colour says it again. */
static void add_callout(struct layouter *l, const struct block *b, const struct nest *outer)
{
    struct nest nest = *outer;
    struct scene_tag *tag[LANG_COUNT];
    struct text_style text[LANG_COUNT];
    size_t first = l->item_count;
    make_styles(l, text, FONT_HEADING, WEIGHT_BOLD, l->style->size_small * 1.1f, callout_tone(b->callout));
    nest.indent = move_in(l, outer, l->style->grid * 0.8f);
    nest.gap = l->style->grid * 0.4f;
    nest.bar = true;
    nest.bar_width = 3;
    nest.bar_indent = outer->indent + nest.bar_width / 2;
    nest.bar_rgb = text[l->column[0].lang].rgb;
    for (size_t i = 0; i < l->columns; i++) {
        nest.parent[i] = tag_with_lang(l, parent_of(l, outer, i), TAG_DIV, l->column[i].lang);
        tag[i] = tag_with_lang(l, nest.parent[i], TAG_P, l->column[i].lang);
    }
    struct flow_item *label = add_text(l, b, &nest, tag, text);
    flow_finish_lines(l, label, l->style->grid);
    label->keep_next = true;
    label->after = l->style->grid * 0.1f;
    add_blocks(l, b->first_child, &nest);
    end_bar(l, first, outer);
    keep_whole(l, first);
    l->items[l->item_count - 1]->after = l->style->grid * 0.8f;
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
    item->before = item->after = l->style->grid * l->style->space_paragraph; /* even above and below */
    item->draw = draw_rule;
    item->divides = true;
}

/* In several columns of one language: what is made for the page's width. */
static bool runs_across(const struct layouter *l, const struct block *b)
{
    if (b->kind == BLOCK_CHART || b->kind == BLOCK_KEY_FIGURES)
        return l->style->chart_place == CHART_ACROSS;
    if (b->kind == BLOCK_IMAGE)
        return b->image->width <= 0 || flow_image_wish(b->image) > l->column[0].width;
    return b->kind == BLOCK_CONTENTS || b->kind == BLOCK_RULE || b->kind == BLOCK_SOURCES
        || (b->kind == BLOCK_TABLE && b->table->column_count > NARROW_COLUMNS);
}

/* Whether a short paragraph ends in a colon and what it announces follows: then they stand on one page. */
static bool announces(const struct layouter *l, const struct block *b)
{
    enum { MOST_ROWS = 4 };
    const struct rich_text *text = &b->text[l->column[0].lang];
    return b->next && (b->next->kind == BLOCK_LIST || b->next->kind == BLOCK_QUOTE) && text->length > 0
        && text->utf8[text->length - 1] == ':' && l->items[l->item_count - 1]->rows <= MOST_ROWS;
}

static void add_blocks(struct layouter *l, const struct block *first, const struct nest *nest)
{
    for (const struct block *b = first; b; b = b->next) {
        struct wide wide = layouter_widen(l, runs_across(l, b));
        progress_say(l->diags, PROGRESS_TEXT, l->blocks_set++, l->blocks);
        switch (b->kind) {
        case BLOCK_HEADING:
            add_heading(l, b, nest);
            break;
        case BLOCK_PARAGRAPH:
            add_paragraph(l, b, nest, NULL, NULL);
            l->items[l->item_count - 1]->keep_next = announces(l, b);
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
        case BLOCK_ATTRIBUTION:
            add_attribution(l, b, nest);
            break;
        case BLOCK_CALLOUT:
            add_callout(l, b, nest);
            break;
        case BLOCK_IMAGE:
            flow_image(l, b);
            break;
        case BLOCK_SOURCES:
            flow_sources(l, b);
            break;
        case BLOCK_BREAK:
            l->break_next = b->break_at;
            break;
        case BLOCK_ITEM: /* only inside a list */
            break;
        }
        layouter_narrow(l, wide);
    }
}

static size_t count_blocks(const struct block *first)
{
    size_t count = 0;
    for (const struct block *b = first; b; b = b->next)
        count += 1 + count_blocks(b->first_child);
    return count;
}

void flow_blocks(struct layouter *l, const struct block *first)
{
    l->blocks = count_blocks(first);
    l->blocks_set = 0;
    struct nest nest = { .gap = l->style->grid * l->style->space_paragraph };
    add_blocks(l, first, &nest);
}
