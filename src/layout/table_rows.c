/*
 * Rows of a table onto pages, row by row as the paginator asks for them. Whatever stands on a page a second time (the
 * header, the caption, a group's value) is an artifact there: who listens to the table hears it once.
 *
 *   caption (continued)     on further pages
 *   ─────────────────────   accent
 *   header
 *   ─────────────────────
 *   group   row
 *           ─────────────   between rows of one group no line under its value
 *           row
 *   ─────────────────────
 *   Subtotal          sum
 */
#include "layout/table_set.h"

#include <math.h>
#include <stdlib.h>

static float text_baseline(const struct table_set *set)
{
    return set->padding + set->pitch * 0.74f;
}

/* --- groups --- */

/* Whether the cell's value stands in a row above it on the same page. */
static bool is_above(const struct doc_table *doc, size_t row, size_t column, size_t first)
{
    return row > first && doc->columns[column].group && doc_table_same_group(doc, row - 1, row, column);
}

/* Row of this page where the group's value stands. */
static size_t group_first(const struct doc_table *doc, size_t row, size_t column, size_t first, size_t most)
{
    size_t start = row;
    while (row - start < most && is_above(doc, start, column, first))
        start--;
    return start;
}

/* --- heights and breaks --- */

/* Lines that the cell asks of its row: of a group's value those that its other rows have no room for. */
static size_t cell_lines(struct layouter *l, struct table_set *set, struct table_side *side, size_t row, size_t column)
{
    size_t lines = table_cell_lines(l, set->doc, side, row, column), source = table_source(set->doc, side, row, column);
    return lines > 1 ? lines - (table_group_rows(set->doc, row, source, lines) - 1) : lines;
}

static float row_height(struct layouter *l, const struct flow_item *item, size_t row, size_t first)
{
    struct table_set *set = item->content;
    size_t most = 1;
    for (size_t i = 0; i < set->side_count; i++) {
        struct table_side *side = &set->sides[i];
        for (size_t c = 0; c < side->column_count; c += table_across(set->doc, side, row, c)) {
            size_t lines = is_above(set->doc, row, side->columns[c].of, first) ? 1 : cell_lines(l, set, side, row, c);
            most = lines > most ? lines : most;
        }
    }
    return (float)most * set->pitch + 2 * set->padding;
}

static float head_height(const struct flow_item *item, size_t first)
{
    const struct table_set *set = item->content;
    return set->header_height + (first > 0 ? set->again_height : 0);
}

/* A group's value of several lines has rows enough on the page to stand beside. */
static bool value_needs(struct layouter *l, struct table_set *set, size_t row, size_t first)
{
    for (size_t i = 0; i < set->side_count; i++)
        for (size_t c = 0; c < set->sides[i].column_count; c++) {
            size_t of = set->sides[i].columns[c].of;
            if (!is_above(set->doc, row, of, first))
                continue;
            size_t lines = table_cell_lines(l, set->doc, &set->sides[i], row, c);
            if (lines > 1 && row - group_first(set->doc, row, of, first, lines) < lines)
                return true;
        }
    return false;
}

enum { FEWEST_ROWS = 3, /* below the header at a table's beginning */
       LAST_ROWS = 2 }; /* of no sums, on its last page */

static bool few_are_left(const struct doc_table *doc, size_t row)
{
    size_t left = 0;
    for (; row < doc->row_count && left < LAST_ROWS; row++)
        left += doc_table_kind(doc, row) == DOC_ROW_BODY;
    return left < LAST_ROWS;
}

/* Whether the row is the second of a group: no page ends below the first alone. */
static bool is_second(const struct doc_table *doc, size_t row)
{
    for (size_t c = 0; c < doc->column_count; c++)
        if (is_above(doc, row, c, 0) && !is_above(doc, row - 1, c, 0))
            return true;
    return false;
}

/* No page has the header and a row or two alone, or ends with the first row of a group, or begins with the last row or
 * a sum. */
static bool row_stays(struct layouter *l, const struct flow_item *item, size_t row, size_t first)
{
    struct table_set *set = item->content;
    return row < FEWEST_ROWS || few_are_left(set->doc, row) || doc_table_kind(set->doc, row) != DOC_ROW_BODY
        || is_second(set->doc, row) || value_needs(l, set, row, first);
}

/* --- rules and shades --- */

/* Rules of one look: a page's are one path. */
struct rules {
    struct path_step *steps; /* heap */
    uint32_t count, room;
};

static void add_rule(struct rules *rules, float left, float right, float y)
{
    if (rules->count + 2 > rules->room) {
        rules->room = rules->room ? rules->room * 2 : 16;
        rules->steps = xrealloc(rules->steps, rules->room, sizeof *rules->steps);
    }
    rules->steps[rules->count++] = (struct path_step){ PATH_MOVE, { left }, { y } };
    rules->steps[rules->count++] = (struct path_step){ PATH_LINE, { right }, { y } };
}

static void draw_rules(struct layouter *l, struct rules *rules, size_t page, uint32_t rgb, float width)
{
    if (rules->count)
        scene_path(l->scene, page, rules->steps, rules->count,
                   (struct paint){ .stroke = true, .stroke_rgb = rgb, .width = width });
    free(rules->steps);
    *rules = (struct rules){ 0 };
}

static void add_rules(struct layouter *l, const struct table_set *set, struct rules *rules, size_t page, float y)
{
    for (size_t i = 0; i < set->side_count; i++) {
        float left = layouter_left(l, page) + set->sides[i].frame.x;
        add_rule(rules, left, left + set->sides[i].frame.width, y);
    }
}

/* Below a row whose group goes on: not under the group's value. */
static void add_inner_rules(struct layouter *l, const struct table_set *set, struct rules *rules, size_t page,
                            float y, size_t row)
{
    for (size_t i = 0; i < set->side_count; i++) {
        const struct table_side *side = &set->sides[i];
        float gap = TABLE_GAP * side->size, left = layouter_left(l, page);
        float start = left + side->frame.x, end = start + side->frame.width;
        for (size_t c = 0; c < side->column_count; c++) {
            const struct table_column *column = &side->columns[c];
            if (!is_above(set->doc, row + 1, column->of, 0))
                continue;
            if (lang_dir(column->lang) == DIR_RTL)
                end = fminf(end, left + column->x - gap);
            else
                start = fmaxf(start, left + column->x + column->width + gap);
        }
        if (start < end)
            add_rule(rules, start, end, y);
    }
}

static void draw_shade(struct layouter *l, const struct table_set *set, size_t page, float y, float height)
{
    for (size_t i = 0; i < set->side_count; i++) {
        float left = layouter_left(l, page) + set->sides[i].frame.x, right = left + set->sides[i].frame.width;
        struct path_step steps[] = { { PATH_MOVE, { left }, { y } }, { PATH_LINE, { right }, { y } },
                                     { PATH_LINE, { right }, { y + height } }, { PATH_LINE, { left }, { y + height } },
                                     { .op = PATH_CLOSE } };
        scene_path(l->scene, page, steps, 5, (struct paint){ .fill = true, .fill_rgb = l->style->shade });
    }
}

/* --- drawing --- */

/* Rows [from, to) of which the first begins at y on the page; the head is above it. */
struct stretch {
    const struct flow_item *item;
    struct table_set *set;
    size_t page, from, to;
    float y;
};

/* Shades go by groups where there are some: the outermost; sums stay white. */
static bool is_shaded(struct table_set *set, size_t row)
{
    if (doc_table_kind(set->doc, row) != DOC_ROW_BODY)
        return false;
    if (row == 0 || !is_above(set->doc, row, 0, 0))
        set->bands++;
    return set->bands % 2 == 0;
}

static void draw_shades(struct layouter *l, const struct stretch *s)
{
    float y = s->y;
    for (size_t row = s->from; row < s->to; row++) {
        float height = row_height(l, s->item, row, s->from);
        if (is_shaded(s->set, row))
            draw_shade(l, s->set, s->page, y, height);
        y += height;
    }
}

static void draw_lines(struct layouter *l, const struct stretch *s)
{
    const struct style *style = l->style;
    const struct doc_table *doc = s->set->doc;
    struct rules top = { 0 }, strong = { 0 }, faint = { 0 };
    float y = s->y;
    add_rules(l, s->set, &top, s->page, y - s->set->header_height);
    add_rules(l, s->set, &strong, s->page, y);
    for (size_t row = s->from; row < s->to; row++) {
        y += row_height(l, s->item, row, s->from);
        if (row + 1 == doc->row_count || doc_table_kind(doc, row) != DOC_ROW_BODY
            || doc_table_kind(doc, row + 1) == DOC_ROW_TOTAL)
            add_rules(l, s->set, &strong, s->page, y);
        else if (row + 1 == s->to || doc_table_kind(doc, row + 1) == DOC_ROW_SUBTOTAL)
            add_rules(l, s->set, &faint, s->page, y);
        else if (style->table_look == TABLE_RULES)
            add_inner_rules(l, s->set, &faint, s->page, y, row);
    }
    draw_rules(l, &top, s->page, style->accent, style->hairline * 2.5f);
    draw_rules(l, &strong, s->page, style->muted, style->hairline);
    draw_rules(l, &faint, s->page, style->faint, style->hairline);
}

static void draw_title(struct layouter *l, const struct stretch *s, struct set_text title, size_t line, bool artifact)
{
    const struct table_set *set = s->set;
    float baseline = s->y - set->header_height + text_baseline(set) + (float)line * set->pitch;
    if (!artifact) {
        set_draw_tagged(l, &title, 0, set_lines(&title), s->page, baseline, set->pitch);
        scene_tag_close(l->scene, s->page, title.tag);
        return;
    }
    title.tag = NULL; /* an artifact has no links */
    set_draw(l, &title, 0, set_lines(&title), s->page, baseline, set->pitch);
}

static void draw_header(struct layouter *l, const struct stretch *s, bool artifact)
{
    for (size_t i = 0; i < s->set->side_count; i++) {
        const struct table_side *side = &s->set->sides[i];
        for (size_t c = 0; c < side->column_count; c++)
            for (enum lang lang = 0; lang < LANG_COUNT; lang++)
                draw_title(l, s, side->header[c][lang], side->header_line[lang], artifact);
    }
}

/* What stands here again: the caption with its word, the header, the values of groups that began on a page before. */
static void draw_again(struct layouter *l, const struct stretch *s)
{
    struct table_set *set = s->set;
    float top = s->y - set->header_height - set->again_height;
    for (size_t i = 0; i < set->word_count; i++) {
        const struct set_text *again = &set->words[i].again;
        set_draw(l, again, 0, set_lines(again), s->page, top + set->again_pitch * 0.74f, set->again_pitch);
    }
    for (size_t i = 0; i < set->side_count; i++) {
        struct table_side *side = &set->sides[i];
        for (size_t c = 0; c < side->column_count; c++) {
            if (!is_above(set->doc, s->from, side->columns[c].of, 0))
                continue;
            struct set_text cell = table_cell(l, set->doc, side, s->from, c, s->page);
            set_draw(l, &cell, 0, set_lines(&cell), s->page, s->y + text_baseline(set), set->pitch);
        }
    }
    draw_header(l, s, true);
}

/* A group's value heads its rows; the label of a sum its sums; the first column's cell, in a table of both languages at
 * either edge, its row. */
static bool is_head(const struct doc_table *doc, const struct table_side *side, size_t row, size_t c)
{
    size_t source = table_source(doc, side, row, c);
    return source == 0 || (doc_table_kind(doc, row) == DOC_ROW_BODY && doc->columns[source].group);
}

const char *table_column_id(struct layouter *l, const struct table_side *side, size_t column)
{
    return arena_printf(l->arena, "table%u.%zu", side->table->id, column + 1);
}

/* Of the head of the row in a column, which may have begun above it. */
static const char *head_id(struct layouter *l, const struct table_side *side, size_t c)
{
    return arena_printf(l->arena, "table%u.%zu.%zu", side->table->id, c + 1, side->group_row[c] + 1);
}

/* Beside a group's value a cell has several heads, some of them rows above it: it names them. */
static void name_headers(struct layouter *l, const struct doc_table *doc, const struct table_side *side, size_t row,
                         size_t column, struct scene_tag *tag)
{
    const char **names = arena_array(l->arena, side->column_count + 1, sizeof *names);
    size_t count = 0;
    names[count++] = table_column_id(l, side, column);
    for (size_t c = 0; c < side->column_count; c += table_across(doc, side, row, c))
        if (is_head(doc, side, row, c))
            names[count++] = head_id(l, side, c);
    struct scene_tag_more *more = scene_tag_more(l->scene, tag);
    more->headers = names;
    more->header_count = (uint32_t)count;
}

static struct scene_tag *cell_tag(struct layouter *l, const struct doc_table *doc, const struct table_side *side,
                                  struct scene_tag *row_tag, size_t row, size_t c)
{
    const struct table_column *column = &side->columns[c];
    size_t source = table_source(doc, side, row, c);
    bool body = doc_table_kind(doc, row) == DOC_ROW_BODY, head = is_head(doc, side, row, c);
    struct scene_tag *tag = scene_tag_new(l->scene, row_tag, head ? TAG_HEADER_CELL : TAG_DATA_CELL);
    if (body && doc->columns[source].group)
        scene_tag_more(l->scene, tag)->row_span = (uint32_t)table_group_rows(doc, row, source, SIZE_MAX);
    if (!body && source == 0)
        scene_tag_more(l->scene, tag)->column_span = (uint32_t)table_across(doc, side, row, c);
    if (side->group_row && head)
        scene_tag_more(l->scene, tag)->name = head_id(l, side, c);
    else if (side->group_row)
        name_headers(l, doc, side, row, c, tag);
    tag->lang = column->lang;
    tag->has_lang = side->both && !column->shared;
    return tag;
}

/* Where the groups began that the row's cells stand beside. */
static void follow_groups(const struct doc_table *doc, struct table_side *side, size_t row)
{
    for (size_t c = 0; side->group_row && c < side->column_count; c++)
        if (!is_above(doc, row, side->columns[c].of, 0))
            side->group_row[c] = row;
}

static void draw_row(struct layouter *l, const struct stretch *s, size_t row, float y)
{
    struct table_set *set = s->set;
    for (size_t i = 0; i < set->side_count; i++) {
        struct table_side *side = &set->sides[i];
        struct scene_tag *row_tag = scene_tag_new(l->scene, side->body, TAG_ROW);
        follow_groups(set->doc, side, row);
        for (size_t c = 0; c < side->column_count; c += table_across(set->doc, side, row, c)) {
            if (is_above(set->doc, row, side->columns[c].of, 0))
                continue;
            struct set_text cell = table_cell(l, set->doc, side, row, c, s->page);
            cell.tag = cell_tag(l, set->doc, side, row_tag, row, c);
            if (cell.rich->length > 0)
                set_draw_tagged(l, &cell, 0, set_lines(&cell), s->page, y + text_baseline(set), set->pitch);
        }
    }
}

static void draw_rows(struct layouter *l, const struct flow_item *item, size_t page, float y, size_t from, size_t to)
{
    struct stretch s = { .item = item, .set = item->content, .page = page, .from = from, .to = to,
                         .y = y + head_height(item, from) };
    struct diags *diags = l->diags;
    l->diags = diags_new(); /* what there is to say of the cells was said when they were measured */
    scene_artifact_begin(l->scene, page, ARTIFACT_LAYOUT);
    if (l->style->table_look == TABLE_ZEBRA)
        draw_shades(l, &s);
    draw_lines(l, &s);
    if (from > 0)
        draw_again(l, &s);
    scene_artifact_end(l->scene, page);
    if (from == 0)
        draw_header(l, &s, false);
    for (size_t row = from; row < to; row++) {
        draw_row(l, &s, row, s.y);
        s.y += row_height(l, item, row, from);
    }
    diags_drop(l->diags);
    l->diags = diags;
}

const struct flow_rows table_flow_rows = { row_height, head_height, row_stays, draw_rows };
