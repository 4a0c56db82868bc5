/* Figures: charts with their words above and below, and rows of key figures. */
#include "layout/layouter.h"

#include "chart/chart.h"
#include "chart/data.h"

#include <math.h>
#include <string.h>

/* ---- charts ---- */

/* One frame for all languages, or one for each. */
struct placed_chart {
    const struct chart_spec *spec;
    struct chart_frame frame[LANG_COUNT];
    size_t frame_count;
    struct chart_context context;
    struct chart_style style;
    struct figure_tags figures;
    struct scene_tag *table[LANG_COUNT]; /* its data, behind it; NULL: not in that language */
    float tried[FLEX_HIGHEST - FLEX_LOWEST + 1]; /* heights by step; 0: not measured, negative: there is none */
};

/* Its i-th frame at a step; not yet on a page. */
static struct chart_frame frame_at(const struct placed_chart *placed, size_t i, int flex)
{
    struct chart_frame frame = placed->frame[i];
    frame.share = 1 + FLEX_STEP * (float)flex;
    return frame;
}

/* Height of the highest; 0, with a diagnostic, when one cannot be drawn. */
static float measure(const struct placed_chart *placed, int flex, struct diags *diags)
{
    struct chart_context context = placed->context;
    float height = 0;
    context.diags = diags;
    for (size_t i = 0; i < placed->frame_count; i++) {
        const struct chart_frame frame = frame_at(placed, i, flex);
        float one = chart_height(placed->spec, &frame, &context);
        if (one <= 0)
            return 0;
        height = fmaxf(height, one);
    }
    return height;
}

/* Height at a step, measured once; negative where there is none: where words find no room the chart is refused, or
 * taller by a leap. */
static float height_at(const struct flow_item *item, int flex)
{
    struct placed_chart *placed = item->content;
    float *height = &placed->tried[flex - FLEX_LOWEST];
    if (*height == 0) {
        struct diags *passing = diags_new(); /* it can be drawn at its usual height */
        float measured = measure(placed, flex, passing), change = (measured - item->height) / (float)flex;
        bool possible = measured > 0 && change > 0 && change < 2 * FLEX_STEP * item->height;
        *height = possible ? measured : -1;
        diags_drop(passing);
    }
    return *height;
}

/* Of the steps towards a step the last that there is. */
static int possible_flex(const struct flow_item *item, int flex)
{
    while (flex != 0 && height_at(item, flex) < 0)
        flex += flex < 0 ? 1 : -1;
    return flex;
}

float flow_height(const struct flow_item *item, int flex)
{
    int possible = item->flexible && flex != 0 ? possible_flex(item, flex) : 0;
    return possible != 0 ? height_at(item, possible) : item->height;
}

/* Its data for who cannot see the chart: a table that is said and not drawn. */
static void say_data(struct layouter *l, const struct placed_chart *placed, enum lang lang, size_t page)
{
    const struct chart_spec *spec = placed->spec;
    struct arena *arena = scene_arena(l->scene);
    const struct chart_words words = chart_data_words(spec, lang, l->doc->locale[lang], arena);
    const char *const *cell = words.cells;
    size_t names = words.names ? words.names : 1;
    struct scene_tag *head = scene_tag_new(l->scene, placed->table[lang], TAG_THEAD);
    struct scene_tag *body = scene_tag_new(l->scene, placed->table[lang], TAG_TBODY);
    for (size_t i = 0; i <= spec->row_count; i++) {
        struct scene_tag *row = scene_tag_new(l->scene, i ? body : head, TAG_ROW);
        for (size_t c = 0; c < words.columns; c++, cell++) {
            struct scene_tag *tag = scene_tag_new(l->scene, row, i && c >= names ? TAG_DATA_CELL : TAG_HEADER_CELL);
            tag->text = plain_text(l, *cell, strlen(*cell));
            scene_tag_begin(l->scene, page, tag);
            scene_tag_end(l->scene, page);
        }
    }
}

static void draw_chart(struct layouter *l, const struct flow_item *item, size_t page, float y)
{
    const struct placed_chart *placed = item->content;
    const int flex = item->flexible ? possible_flex(item, l->flex) : 0;
    const float height = flow_height(item, l->flex);
    for (size_t i = 0; i < placed->figures.count; i++) {
        struct chart_frame frame = frame_at(placed, i < placed->frame_count ? i : 0, flex);
        frame.x += layouter_left(l, page);
        frame.y = y;
        const float box[4] = { frame.x, y, frame.x + frame.width, y + height };
        figure_begin(l, &placed->figures, i, page, box);
        if (i < placed->frame_count)
            chart_draw(placed->spec, &frame, &placed->context, l->scene, page);
        scene_tag_end(l->scene, page);
        scene_tag_close(l->scene, page, placed->figures.tag[i]);
    }
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (placed->table[lang])
            say_data(l, placed, lang, page);
}

const struct chart_spec *flow_chart_spec(const struct flow_item *item)
{
    return item->draw == draw_chart ? ((const struct placed_chart *)item->content)->spec : NULL;
}

struct figure_tags figure_tags(struct layouter *l, const char *const alt[LANG_COUNT])
{
    struct figure_tags figures = { .count = l->columns };
    for (size_t i = 0; i < l->columns; i++) {
        figures.tag[i] = tag_with_lang(l, scene_tag_root(l->scene), TAG_FIGURE, l->column[i].lang);
        scene_tag_more(l->scene, figures.tag[i])->alt = plain_text(l, alt[i], strlen(alt[i]));
    }
    return figures;
}

void figure_begin(struct layouter *l, const struct figure_tags *figures, size_t i, size_t page, const float box[4])
{
    struct scene_tag *tag = figures->tag[i];
    memcpy(scene_tag_more(l->scene, tag)->bbox, box, sizeof tag->more->bbox);
    tag->has_bbox = true;
    scene_tag_begin(l->scene, page, tag);
}

struct flow_item *flow_words(struct layouter *l, struct place at, const struct rich_text words[LANG_COUNT],
                             const struct text_style style[LANG_COUNT], float pitch, const struct figure_tags *figures,
                             enum tag_role role)
{
    bool any = false;
    for (size_t i = 0; i < l->columns; i++)
        any |= words[l->column[i].lang].length > 0;
    if (!any)
        return NULL;
    struct scene_tag *root = scene_tag_root(l->scene);
    struct flow_item *item = flow_add(l, FLOW_LINES, at);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *column = &l->column[i];
        struct scene_tag *tag = tag_with_lang(l, figures ? figures->tag[i] : root, role, column->lang);
        item->cell[i] = (role == TAG_CAPTION ? set_even : set_rich)(l, &words[column->lang], style[column->lang],
                                                                    column->x, column->width, tag);
    }
    flow_finish_lines(l, item, pitch);
    item->keep_next = true;
    return item;
}

void make_styles(const struct layouter *l, struct text_style style[LANG_COUNT], enum font_role role,
                 enum font_weight weight, float size, enum text_tone tone)
{
    for (size_t i = 0; i < l->columns; i++)
        style[l->column[i].lang] = layouter_style(l, l->column[i].lang, role, weight, size, tone);
}

static struct figure_tags chart_figures(struct layouter *l, const struct chart_spec *spec)
{
    const char *alt[LANG_COUNT] = { 0 };
    struct arena *passing = arena_new();
    for (size_t i = 0; i < l->columns; i++) {
        enum lang lang = l->column[i].lang;
        alt[i] = spec->alt[lang] ? spec->alt[lang] : chart_alt(spec, lang, l->doc->locale[lang], passing);
    }
    struct figure_tags figures = figure_tags(l, alt);
    arena_drop(passing);
    for (size_t i = 0; i < figures.count; i++)
        scene_tag_more(l->scene, figures.tag[i])->chart = layouter_name(l, spec->id);
    return figures;
}

static void place_frames(const struct layouter *l, struct placed_chart *placed, bool beside)
{
    placed->frame_count = beside ? l->columns : 1;
    for (size_t i = 0; i < placed->frame_count; i++) {
        const struct column *column = &l->column[i];
        placed->frame[i] = (struct chart_frame){ .width = l->width, .dir = lang_dir(column->lang) };
        if (beside || l->columns == 1) {
            placed->frame[i].x = column->x;
            placed->frame[i].width = column->width;
        }
    }
    for (size_t i = 0; i < l->columns; i++)
        placed->frame[beside ? i : 0].show[l->column[i].lang] = true;
}

static struct placed_chart *place_chart(struct layouter *l, const struct chart_spec *spec, bool beside)
{
    const struct style *s = l->style;
    struct placed_chart *placed = arena_alloc(l->arena, sizeof *placed);
    placed->spec = spec;
    placed->style = (struct chart_style){
        .ink = s->chart_ink, .muted = s->chart_muted, .faint = s->chart_faint, .accent = s->chart_accent,
        .accent_soft = s->chart_accent_soft, .size = s->chart_size,
        .arabic_scale = s->arabic_scale[FONT_DATA], .hairline = s->hairline, .patterns = s->patterns,
    };
    placed->context = (struct chart_context){ l->text, l->doc->locale, &placed->style, l->diags };
    place_frames(l, placed, beside);
    placed->figures = chart_figures(l, spec);
    for (size_t i = 0; i < l->columns && chart_data_is_said(spec); i++)
        placed->table[l->column[i].lang] =
            tag_with_lang(l, scene_tag_root(l->scene), TAG_TABLE, l->column[i].lang);
    return placed;
}

/* `dest`: that the chart is led to by, or NULL. */
static void add_chart(struct layouter *l, const struct block *b, const char *dest, bool beside)
{
    const struct chart_spec *spec = b->chart;
    const struct style *s = l->style;
    struct placed_chart *placed = place_chart(l, spec, beside);
    struct place at = b->at[l->column[0].lang];
    struct rich_text *subtitle = arena_array(l->arena, LANG_COUNT, sizeof *subtitle); /* as long as the lines */
    struct text_style text[LANG_COUNT];
    size_t first = l->item_count;

    make_styles(l, text, FONT_HEADING, s->weight_caption, s->size_body * 1.05f, TONE_INK);
    flow_words(l, at, b->text, text, s->size_body * 1.5f, &placed->figures, TAG_CAPTION);
    make_styles(l, text, FONT_DATA, WEIGHT_REGULAR, s->size_small, TONE_MUTED);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        subtitle[lang] = text_of_words(l, spec->subtitle[lang], spec->subtitle_at[lang]);
    flow_words(l, at, subtitle, text, s->size_small * 1.5f, &placed->figures, TAG_P);

    struct flow_item *item = flow_add(l, FLOW_SOLID, spec->at);
    item->height = measure(placed, 0, l->diags);
    item->flexible = item->height > 0 && chart_is_flexible(spec);
    item->draw = draw_chart;
    item->content = placed;
    item->before = s->grid * 0.5f;

    size_t count = l->item_count;
    if (b->source)
        flow_words(l, at, b->source, text, s->size_small * 1.5f, NULL, TAG_P);
    item->keep_next = l->item_count > count;
    l->items[first]->before = s->grid * s->space_figure;
    if (l->items[first]->cell) /* a caption */
        l->items[first]->cell[0].dest = dest;
    l->items[first]->floats = l->item_count - first;
    l->items[l->item_count - 1]->keep_next = false;
    l->items[l->item_count - 1]->before += s->grid * 0.4f;
    l->items[l->item_count - 1]->after = s->grid * s->space_figure * 1.2f;
}

static enum style_chart form_of(const struct layouter *l, const struct chart_spec *spec)
{
    switch (spec->look.languages) {
    case LANGUAGES_TOGETHER:
        return CHART_TOGETHER;
    case LANGUAGES_APART:
        return CHART_APART;
    case LANGUAGES_BESIDE:
        return CHART_BESIDE;
    case LANGUAGES_BY_LAYOUT:
        break;
    }
    return l->style->charts;
}

/* Apart: on a page that is too narrow for a chart in two languages, each has one of its own, as wide as the page;
 * links lead to the first. */
void flow_chart(struct layouter *l, const struct block *b)
{
    const struct column columns[LANG_COUNT] = { l->column[0], l->column[1] };
    size_t count = l->columns;
    enum style_chart form = form_of(l, b->chart);
    if (count == 1 || form != CHART_APART) {
        add_chart(l, b, b->dest, count > 1 && form == CHART_BESIDE);
        return;
    }
    l->columns = 1;
    for (size_t i = 0; i < count; i++) {
        l->column[0] = (struct column){ columns[i].lang, 0, l->width };
        size_t first = l->item_count;
        add_chart(l, b, i == 0 ? b->dest : NULL, false);
        l->items[first]->twin = i > 0;
    }
    l->column[0] = columns[0];
    l->columns = count;
}

/* ---- key figures ---- */

/* A figure of one language: the words before its number, small ("more than"), on the number's baseline; the
 * number, large; the label below. */
struct key_cell {
    struct set_text words, number, label;
    struct set_text change; /* behind its mark; block NULL: nothing is compared */
    bool unmarked;
    int direction;
};

/* Those that stand beside each other. */
struct key_row {
    struct key_cell *cells[LANG_COUNT];
    size_t count;
    size_t number_lines; /* of the longest value; one as a rule */
    size_t words_lines;  /* labels with their changes */
    float number_pitch, label_pitch;
};

/* Without isolates and without white space at either end. */
static const char *plain_part(struct layouter *l, const char *text, size_t length)
{
    char *part = (char *)plain_text(l, text, length);
    part += strspn(part, " ");
    for (size_t n = strlen(part); n > 0 && part[n - 1] == ' '; n--)
        part[n - 1] = '\0';
    return part;
}

/* Bytes of a value before its number: up to where the words of its hedge end. */
static size_t hedge_length(const struct rich_text *value)
{
    for (size_t i = 0; i < value->span_count; i++)
        if (value->spans[i].kind == INLINE_HEDGE)
            return value->spans[i].end;
    return 0;
}

/* Room for the mark of a change, and a space behind it. */
static float change_mark(const struct layouter *l)
{
    return l->style->size_small * 1.1f;
}

static struct key_cell make_key_cell(struct layouter *l, const struct doc_key_figure *figure, size_t column,
                                     float x, float width)
{
    enum lang lang = l->column[column].lang;
    const struct rich_text *value = &figure->value[lang];
    const struct style *s = l->style;
    struct scene_tag *tag = tag_with_lang(l, scene_tag_root(l->scene), TAG_P, lang);
    size_t split = hedge_length(value);
    struct place at = value->place_count > 0 ? value->places[0].at : (struct place){ 0 };
    struct text_style words = layouter_style(l, lang, FONT_DATA, WEIGHT_REGULAR, s->size_small, TONE_ACCENT);
    struct text_style number = layouter_style(l, lang, FONT_HEADING, s->weight_figure, s->size_figure,
                                               TONE_ACCENT);
    struct text_style label = layouter_style(l, lang, FONT_DATA, WEIGHT_REGULAR, s->size_small, TONE_INK);
    number.size = s->size_figure; /* digits are equally large in both languages, */
    number.other_scale = 1;       /* Latin ones too */
    const char *digits = plain_part(l, value->utf8 + split, value->length - split);
    struct key_cell cell = {
        .words = set_plain(l, plain_part(l, value->utf8, split), at, words, x, width, tag),
        .label = set_even(l, &figure->label[lang], label, x, width, tag),
    };
    if (figure->has_change) {
        float mark = figure->unmarked ? 0 : change_mark(l);
        struct text_style change = layouter_style(l, lang, FONT_DATA, WEIGHT_BOLD, s->size_small, TONE_MUTED);
        cell.change = set_rich(l, &figure->change[lang], change, lang_dir(lang) == DIR_RTL ? x : x + mark, width - mark,
                               tag);
        cell.unmarked = figure->unmarked;
        cell.direction = figure->direction;
    }
    float hedge = set_block(l, &cell.words)->width, taken = hedge > 0 ? hedge + s->size_small * 0.5f : 0;
    float wanted = plain_width(l, digits, at, number);
    if (wanted > width - taken) /* a long value is set smaller, down to a heading's size, and then in lines */
        number.size = fmaxf(s->size_h3, number.size * (width - taken) / wanted * 0.98f);
    cell.number = set_plain(l, digits, at, number, lang_dir(lang) == DIR_RTL ? x : x + taken, width - taken, tag);
    return cell;
}

/* A triangle that stands on its base when a figure rose and on its tip when it fell; a bar when it stayed. Drawn: the
 * sign before the number says the same to who hears it. */
static void draw_mark(struct layouter *l, const struct set_text *change, int direction, size_t page, float baseline)
{
    float size = l->style->size_small * 0.75f, room = change_mark(l);
    float x = layouter_left(l, page) + (lang_dir(change->lang) == DIR_RTL ? change->x + change->width + room - size
                                                                          : change->x - room);
    float base = direction < 0 ? baseline - size : baseline, tip = direction < 0 ? baseline : baseline - size;
    struct path_step steps[] = { { PATH_MOVE, { x }, { base } },
                                 { PATH_LINE, { x + size }, { base } },
                                 { PATH_LINE, { x + size / 2 }, { tip } },
                                 { PATH_CLOSE, { 0 }, { 0 } } };
    if (direction == 0) {
        steps[0].y[0] = steps[1].y[0] = baseline - size * 0.35f;
        scene_path(l->scene, page, steps, 2, (struct paint){ .stroke = true, .stroke_rgb = l->style->muted,
                                                             .width = size * 0.25f });
        return;
    }
    scene_path(l->scene, page, steps, 4, (struct paint){ .fill = true, .fill_rgb = l->style->accent });
}

static void draw_key_cell(struct layouter *l, const struct key_row *row, const struct key_cell *cell, size_t page,
                          float y)
{
    scene_artifact_begin(l->scene, page, ARTIFACT_LAYOUT);
    float x = layouter_left(l, page) + cell->words.x;
    struct path_step steps[] = { { PATH_MOVE, { x }, { y } }, { PATH_LINE, { x + cell->words.width }, { y } } };
    scene_path(l->scene, page, steps, 2, (struct paint){ .stroke = true, .stroke_rgb = l->style->accent,
                                                         .width = l->style->hairline * 2.5f });
    scene_artifact_end(l->scene, page);
    scene_tag_begin(l->scene, page, cell->number.tag);
    set_draw(l, &cell->words, 0, 1, page, y + row->number_pitch * 0.82f, row->number_pitch);
    set_draw(l, &cell->number, 0, set_lines(&cell->number), page, y + row->number_pitch * 0.82f,
             row->number_pitch);
    y += (float)row->number_lines * row->number_pitch;
    set_draw(l, &cell->label, 0, set_lines(&cell->label), page, y + row->label_pitch * 0.74f, row->label_pitch);
    y += (float)set_lines(&cell->label) * row->label_pitch + row->label_pitch * 0.74f;
    if (set_lines(&cell->change) > 0 && !cell->unmarked)
        draw_mark(l, &cell->change, cell->direction, page, y);
    set_draw(l, &cell->change, 0, set_lines(&cell->change), page, y, row->label_pitch);
    scene_tag_end(l->scene, page);
    scene_tag_close(l->scene, page, cell->number.tag);
}

static void draw_key_row(struct layouter *l, const struct flow_item *item, size_t page, float y)
{
    const struct key_row *row = item->content;
    for (size_t i = 0; i < l->columns; i++)
        for (size_t k = 0; k < row->count; k++)
            draw_key_cell(l, row, &row->cells[i][k], page, y);
}

/* As many as have room for their labels: in a narrow column two, in large type fewer. */
static size_t key_figures_a_row(const struct layouter *l, size_t count)
{
    static const float LEAST_EMS = 9; /* of a label's line */
    bool narrow = l->columns > 1 || l->column[0].width < l->width;
    size_t most = narrow ? 2 : count > 4 ? 3 : count;
    float gap = l->style->grid, width = l->column[0].width + gap;
    while (most > 1 && width / (float)most - gap < LEAST_EMS * l->style->size_small)
        most = most == 4 ? 2 : most - 1; /* four stand in even rows */
    return most;
}

static void make_room(struct key_row *row, const struct key_cell *cell)
{
    size_t words = set_lines(&cell->label) + set_lines(&cell->change), numbers = set_lines(&cell->number);
    row->words_lines = words > row->words_lines ? words : row->words_lines;
    row->number_lines = numbers > row->number_lines ? numbers : row->number_lines;
}

/* The cells of the row's i-th column; the block's are `from` and those behind it. */
static void make_key_cells(struct layouter *l, struct key_row *row, const struct doc_key_figure *from, size_t i,
                           size_t per_row)
{
    const struct column *column = &l->column[i];
    const float gap = l->style->grid, width = (column->width - gap * (float)(per_row - 1)) / (float)per_row;
    row->cells[i] = arena_array(l->arena, row->count, sizeof *row->cells[i]);
    for (size_t k = 0; k < row->count; k++) {
        float x = (float)k * (width + gap);
        x = lang_dir(column->lang) == DIR_RTL ? column->x + column->width - x - width : column->x + x;
        row->cells[i][k] = make_key_cell(l, &from[k], i, x, width);
        make_room(row, &row->cells[i][k]);
    }
}

/* An item for each row: a page may end between them. All of one language are read before the next. */
void flow_key_figures(struct layouter *l, const struct block *b)
{
    const struct doc_key_figures *key = b->key_figures;
    const float gap = l->style->grid, apart = gap * l->style->space_figure;
    const size_t per_row = key_figures_a_row(l, key->count), rows = (key->count + per_row - 1) / per_row;
    struct key_row *row = arena_array(l->arena, rows, sizeof *row);
    for (size_t i = 0; i < l->columns; i++)
        for (size_t k = 0; k < rows; k++) {
            row[k].count = k + 1 < rows ? per_row : key->count - k * per_row;
            make_key_cells(l, &row[k], &key->figures[k * per_row], i, per_row);
        }
    for (size_t k = 0; k < rows; k++) {
        struct flow_item *item = flow_add(l, FLOW_SOLID, b->at[l->column[0].lang]);
        row[k].number_pitch = l->style->size_figure * 1.3f;
        row[k].label_pitch = l->style->size_small * 1.45f;
        item->height = (float)row[k].number_lines * row[k].number_pitch
                     + (float)row[k].words_lines * row[k].label_pitch;
        item->before = k > 0 ? gap * 0.6f : apart;
        item->after = k + 1 < rows ? 0 : apart;
        item->inside = k > 0;
        item->draw = draw_key_row;
        item->content = &row[k];
    }
}
