/* Front matter: the title band, both languages as equals, and the contents list. */
#include "layout/layouter.h"

#include <math.h>
#include <string.h>

/* ---- title band ---- */

struct band {
    struct set_text title[LANG_COUNT], subtitle[LANG_COUNT], issue[LANG_COUNT];
    struct set_text author[LANG_COUNT]; /* on a title page; no content, as in a footer: the file says it of itself */
    float title_pitch, subtitle_pitch, issue_pitch;
    float subtitle_y, issue_y; /* tops, from the band's */
};

/* What is empty takes none. */
static size_t most_lines(const struct layouter *l, const struct set_text set[])
{
    size_t most = 0;
    for (size_t i = 0; i < l->columns; i++)
        if (set[i].rich && set[i].rich->length > 0)
            most = set_lines(&set[i]) > most ? set_lines(&set[i]) : most;
    return most;
}

static void draw_band(struct layouter *l, const struct flow_item *item, size_t page, float y)
{
    const struct band *band = item->content;
    float left = layouter_left(l, page);
    struct path_step bar[] = { { PATH_MOVE, { left }, { y } }, { PATH_LINE, { left + l->width }, { y } } };
    float foot = y + item->height;
    struct path_step rule[] = { { PATH_MOVE, { left }, { foot } }, { PATH_LINE, { left + l->width }, { foot } } };
    scene_artifact_begin(l->scene, page, ARTIFACT_LAYOUT);
    scene_path(l->scene, page, bar, 2, (struct paint){ .stroke = true, .stroke_rgb = l->style->accent,
                                                       .width = l->style->title_bar });
    scene_path(l->scene, page, rule, 2, (struct paint){ .stroke = true, .stroke_rgb = l->style->faint,
                                                        .width = l->style->hairline * 2 });
    scene_artifact_end(l->scene, page);
    for (size_t i = 0; i < l->columns; i++) {
        const struct set_text *t = &band->title[i], *s = &band->subtitle[i], *n = &band->issue[i];
        float top = y + l->style->grid * 0.8f;
        set_draw_tagged(l, t, 0, set_lines(t), page, top + band->title_pitch * 0.8f, band->title_pitch);
        set_draw_tagged(l, s, 0, set_lines(s), page, y + band->subtitle_y + band->subtitle_pitch * 0.74f,
                        band->subtitle_pitch);
        set_draw_tagged(l, n, 0, set_lines(n), page, y + band->issue_y + band->issue_pitch * 0.74f,
                        band->issue_pitch);
    }
}

/* The same words on a page of their own: the title a quarter down, at the foot who issues it and the issue line. */
static void draw_page(struct layouter *l, const struct flow_item *item, size_t page, float y)
{
    const struct band *band = item->content;
    float top = y + item->height * 0.22f, title = top + l->style->grid * 1.4f;
    for (size_t i = 0; i < l->columns; i++) {
        const struct set_text *t = &band->title[i], *s = &band->subtitle[i], *n = &band->issue[i];
        const struct set_text *a = &band->author[i];
        const struct column *c = &l->column[i];
        float bar = fminf(c->width / 3, l->style->size_title * 3);
        float x = layouter_left(l, page) + c->x + (lang_dir(c->lang) == DIR_RTL ? c->width - bar : 0);
        struct path_step steps[] = { { PATH_MOVE, { x }, { top } }, { PATH_LINE, { x + bar }, { top } } };
        float foot = y + item->height - band->issue_pitch * (float)most_lines(l, band->issue);
        float author = foot - l->style->grid * 0.4f - band->subtitle_pitch * (float)most_lines(l, band->author);
        scene_artifact_begin(l->scene, page, ARTIFACT_LAYOUT);
        scene_path(l->scene, page, steps, 2, (struct paint){ .stroke = true, .stroke_rgb = l->style->accent,
                                                             .width = l->style->title_bar });
        scene_artifact_end(l->scene, page);
        set_draw_tagged(l, t, 0, set_lines(t), page, title + band->title_pitch * 0.8f, band->title_pitch);
        set_draw_tagged(l, s, 0, set_lines(s), page, y + item->height * 0.22f + band->subtitle_y + l->style->grid
                        + band->subtitle_pitch * 0.74f, band->subtitle_pitch);
        set_draw_tagged(l, a, 0, set_lines(a), page, author + band->subtitle_pitch * 0.74f, band->subtitle_pitch);
        set_draw_tagged(l, n, 0, set_lines(n), page, foot + band->issue_pitch * 0.74f, band->issue_pitch);
    }
}

static struct set_text set_band(struct layouter *l, size_t column, const char *words, struct place at,
                                enum font_weight weight, float size, enum text_tone tone, enum tag_role role)
{
    const struct column *c = &l->column[column];
    struct rich_text text = text_of_words(l, words, at), *rich = arena_copy(l->arena, &text, sizeof text);
    if (text.length == 0)
        return (struct set_text){ 0 };
    return set_even(l, rich, layouter_style(l, c->lang, FONT_HEADING, weight, size, tone), c->x, c->width,
                    tag_with_lang(l, scene_tag_root(l->scene), role, c->lang));
}

static size_t title_lines(struct layouter *l, float size)
{
    size_t most = 0;
    struct diags *diags = l->diags;
    struct arena *passing = arena_new();
    l->diags = diags_new(); /* of a title that is only measured */
    for (size_t i = 0; i < l->columns; i++) {
        enum lang lang = l->column[i].lang;
        struct text_style style = layouter_style(l, lang, FONT_HEADING, l->style->weight_title, size, TONE_INK);
        struct rich_text words = text_of_words(l, l->doc->title[lang], l->doc->title_at[lang]);
        size_t lines = set_passing(l, &words, style, l->column[i].width, passing)->line_count;
        most = lines > most ? lines : most;
    }
    diags_drop(l->diags);
    l->diags = diags;
    arena_drop(passing);
    return most;
}

/* A title of more than two lines is a little smaller where that saves one; of more than four, as much smaller as brings
 * it there, but larger than the headings. */
static float title_size(struct layouter *l)
{
    static const size_t FEW = 2, MANY = 4;
    static const float LEAST = 0.85f, LEAST_OF_MANY = 0.65f, TO_HEADING = 1.15f, STEP = 0.05f;
    const float size = l->style->size_title;
    float least = fmaxf(LEAST_OF_MANY, TO_HEADING * l->style->size_h2 / size), part = 1 - STEP;
    size_t lines = title_lines(l, size);
    if (lines > MANY && least < 1) {
        while (part > least && title_lines(l, size * part) > MANY)
            part -= STEP;
        return size * fmaxf(part, least);
    }
    for (; lines > FEW && part > LEAST - STEP / 2; part -= STEP)
        if (title_lines(l, size * part) < lines)
            return size * part;
    return size;
}

void flow_title(struct layouter *l)
{
    const struct style *style = l->style;
    const float size = title_size(l);
    struct band *band = arena_alloc(l->arena, sizeof *band);
    struct flow_item *item = flow_add(l, FLOW_SOLID, l->doc->title_at[l->column[0].lang]);
    for (size_t i = 0; i < l->columns; i++) {
        enum lang lang = l->column[i].lang;
        band->title[i] = set_band(l, i, l->doc->title[lang], l->doc->title_at[lang], style->weight_title,
                                  size, TONE_INK, TAG_H1);
        band->subtitle[i] = set_band(l, i, l->doc->subtitle[lang], l->doc->subtitle_at[lang], WEIGHT_REGULAR,
                                     style->size_h3, TONE_MUTED, TAG_P);
        if (style->title == TITLE_PAGE && l->doc->author[lang])
            band->author[i] = set_band(l, i, l->doc->author[lang], l->doc->author_at[lang], WEIGHT_BOLD,
                                       style->size_h3, TONE_INK, TAG_P);
        band->issue[i] = set_band(l, i, l->doc->issue_line[lang], l->doc->title_at[lang], WEIGHT_REGULAR,
                                  style->size_small, TONE_ACCENT, TAG_P);
    }
    band->title_pitch = size * 1.3f;
    band->subtitle_pitch = style->size_h3 * 1.45f;
    band->issue_pitch = style->size_small * 1.5f;
    band->subtitle_y = style->grid * 1.1f + (float)most_lines(l, band->title) * band->title_pitch;
    band->issue_y = band->subtitle_y + (float)most_lines(l, band->subtitle) * band->subtitle_pitch
                  + style->grid * 0.4f;
    item->height = band->issue_y + (float)most_lines(l, band->issue) * band->issue_pitch + style->grid * 0.6f;
    item->after = style->grid * 0.4f;
    item->draw = draw_band;
    item->content = band;
    if (style->title == TITLE_PAGE) {
        item->height = l->frame_bottom - l->frame_top;
        item->draw = draw_page;
    }
}

/* ---- contents ---- */

static const float LEADER_GAP = 6;    /* between a title, its leader and the page number */
enum { SHORT_LIST = 7 };              /* a longer list of sections stands in two parts side by side */
static const float LONG_LIST = 0.5f;  /* of a page: one still longer stands in one part and may run over pages */

/* Room for a page number of four digits. */
static float number_width(const struct layouter *l)
{
    return l->style->size_small * 2.6f;
}

static float entry_pitch(const struct layouter *l)
{
    return l->style->size_small * 1.7f;
}

static struct text_style entry_style(const struct layouter *l, enum lang lang)
{
    return layouter_style(l, lang, FONT_DATA, WEIGHT_REGULAR, l->style->size_small * 1.08f, TONE_INK);
}

/* Entries that stay together on a page. */
struct entries {
    size_t first, count;
};

/* Their place is kept: they are drawn behind all else on the page. */
static void keep_place(struct layouter *l, const struct flow_item *item, size_t page, float y)
{
    const struct entries *entries = item->content;
    for (size_t i = entries->first; i < entries->first + entries->count; i++) {
        l->contents[i].placed = true;
        l->contents[i].page = page;
        l->contents[i].y += y;
    }
}

/* How far an entry is moved in: one for each level below a section's. The title of a part has no level. */
static float indent_of(const struct layouter *l, const struct block *of)
{
    return of->level > 2 ? (float)(of->level - 2) * l->style->size_small * 1.5f : 0;
}

static bool is_listed(const struct layouter *l, const struct block *b)
{
    return b->kind == BLOCK_HEADING && b->level <= 1 + l->style->contents_levels;
}

/* The next entry's heading; NULL: no section lies behind. */
static const struct block *next_listed(const struct layouter *l, const struct block *b)
{
    while (b && !is_listed(l, b))
        b = b->next;
    return b;
}

/* Sets an entry's titles in part `part` of `parts` of each column; returns its lines. */
static size_t set_entry(struct layouter *l, struct contents_entry *entry, const struct block *heading, size_t part,
                        size_t parts, struct scene_tag *const toc[])
{
    const float gap = l->style->grid, indent = indent_of(l, heading);
    size_t lines = 1;
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *c = &l->column[i];
        bool rtl = lang_dir(c->lang) == DIR_RTL;
        entry->width = (c->width - gap * (float)(parts - 1)) / (float)parts;
        float x = (float)part * (entry->width + gap);
        entry->x[i] = rtl ? c->x + c->width - x - entry->width : c->x + x;
        struct scene_tag *item_tag = scene_tag_new(l->scene, toc[i], TAG_TOC_ITEM);
        struct scene_tag *reference = scene_tag_new(l->scene, item_tag, TAG_REFERENCE);
        entry->title[i] = set_rich(l, &heading->text[c->lang], entry_style(l, c->lang),
                                   entry->x[i] + (rtl ? number_width(l) : indent),
                                   entry->width - number_width(l) - indent,
                                   scene_tag_new(l->scene, reference, TAG_LINK));
        lines = set_lines(&entry->title[i]) > lines ? set_lines(&entry->title[i]) : lines;
    }
    return lines;
}

/* No bookmark and no entry of the contents list, but a heading to those who listen: of a section, and above the
 * sources of what is in one already. */
void flow_list_heading(struct layouter *l, const struct block *b)
{
    enum tag_role role = b->kind == BLOCK_SOURCES && l->heading_count > 0 ? TAG_H3 : TAG_H2;
    if (b->text[l->column[0].lang].length == 0)
        return;
    if (role == TAG_H2)
        scene_section_begin(l->scene);
    struct flow_item *head = flow_add(l, FLOW_LINES, b->at[l->column[0].lang]);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *c = &l->column[i];
        struct text_style style = layouter_style(l, c->lang, FONT_HEADING, WEIGHT_BOLD, l->style->size_h3, TONE_INK);
        head->cell[i] = set_rich(l, &b->text[c->lang], style, c->x, c->width,
                                 tag_with_lang(l, scene_tag_root(l->scene), role, c->lang));
    }
    flow_finish_lines(l, head, l->style->size_h3 * 1.5f);
    head->before = l->style->grid * 0.5f;
    head->keep_next = true;
}

static struct flow_item *add_entries(struct layouter *l, const struct block *b, size_t first)
{
    struct flow_item *item = flow_add(l, FLOW_SOLID, b->at[l->column[0].lang]);
    struct entries *entries = arena_alloc(l->arena, sizeof *entries);
    entries->first = first;
    item->content = entries;
    item->draw = keep_place;
    return item;
}

/* A list in the making, in parts of `in_part` entries beside each other; those of a long list as an item each. */
struct list {
    const struct block *place; /* of the list */
    size_t parts, in_part;
    bool is_long;
    struct scene_tag *toc[STYLE_CONTENTS_LEVELS][LANG_COUNT]; /* each inside that of the level above */
    int level;                                                /* of the last entry, from 0 */
    struct flow_item *item;
    float y;
};

static struct contents_entry *add_entry(struct layouter *l, struct list *list, const struct block *of)
{
    size_t n = l->contents_count++;
    struct contents_entry *entry = &l->contents[n];
    if (n == 0 || list->is_long) {
        list->item = add_entries(l, list->place, n);
        list->item->inside = n > 0;
        list->item->keep_next = list->is_long && (n == 0 || n + 2 == list->in_part); /* none alone on a page */
        list->y = 0;
    }
    list->y = n % list->in_part == 0 ? 0 : list->y;
    entry->block = of;
    entry->y = list->y;
    int level = of->level > 2 ? of->level - 2 : 0;
    for (size_t i = 0; level > list->level && i < l->columns; i++)
        list->toc[level][i] = scene_tag_new(l->scene, list->toc[level - 1][i], TAG_TOC);
    list->level = level;
    list->y += (float)set_entry(l, entry, of, n / list->in_part, list->parts, list->toc[level]) * entry_pitch(l);
    list->item->height = list->y > list->item->height ? list->y : list->item->height;
    ((struct entries *)list->item->content)->count++;
    return entry;
}

/* What stands for a part behind this one. */
static const struct block *part_title(struct layouter *l, const struct layouter *part)
{
    struct block *block = arena_alloc(l->arena, sizeof *block);
    for (size_t i = 0; i < l->columns; i++) {
        enum lang lang = l->column[i].lang;
        block->text[lang] = text_of_words(l, part->doc->title[lang], part->doc->title_at[lang]);
    }
    block->id = layouter_name(part, "title");
    return block;
}

static void add_list(struct layouter *l, struct list *list)
{
    size_t index = 0;
    for (const struct block *h = l->doc->blocks; h; h = h->next) {
        if (h->kind != BLOCK_HEADING)
            continue;
        if (is_listed(l, h))
            add_entry(l, list, h)->heading = index;
        index++;
    }
    for (size_t i = 0; i < l->following_count; i++)
        add_entry(l, list, part_title(l, &l->following[i]))->part = &l->following[i];
    if (list->item)
        list->item->after = l->style->grid;
}

static bool fits(struct layouter *l, const struct block *title, float room)
{
    for (size_t i = 0; i < l->columns; i++)
        if (set_width(l, &title->text[l->column[i].lang], entry_style(l, l->column[i].lang)) > room)
            return false;
    return true;
}

/* Whether two titles beside each other have a line each: broken ones would be hard to tell apart. */
static bool fit_beside(struct layouter *l)
{
    float room = (l->column[0].width - l->style->grid) / 2 - number_width(l);
    for (const struct block *h = next_listed(l, l->doc->blocks); h; h = next_listed(l, h->next))
        if (!fits(l, h, room - indent_of(l, h)))
            return false;
    for (size_t i = 0; i < l->following_count; i++)
        if (!fits(l, part_title(l, &l->following[i]), room))
            return false;
    return true;
}

/* Whether the entry `n` is followed by one of a level below its own: it does not end a part. */
static bool leads(const struct layouter *l, size_t n)
{
    const struct block *h = next_listed(l, l->doc->blocks), *next;
    for (; h && n > 0; n--)
        h = next_listed(l, h->next);
    next = h ? next_listed(l, h->next) : NULL;
    return next && next->level > h->level;
}

/* The sections, in the order of the text, which is also the order in which block.c meets them. */
void flow_contents(struct layouter *l, const struct block *b)
{
    struct list list = { .place = b };
    size_t sections = l->following_count;
    if (!l->style->contents)
        return;
    for (const struct block *h = next_listed(l, l->doc->blocks); h; h = next_listed(l, h->next))
        sections++;
    flow_list_heading(l, b);
    for (size_t i = 0; i < l->columns; i++)
        list.toc[0][i] = tag_with_lang(l, scene_tag_root(l->scene), TAG_TOC, l->column[i].lang);
    l->contents = arena_array(l->arena, sections, sizeof *l->contents);
    size_t parts = sections > SHORT_LIST && fit_beside(l) ? 2 : 1;
    list.is_long = (float)(sections / parts) * entry_pitch(l) > LONG_LIST * (l->frame_bottom - l->frame_top);
    list.parts = list.is_long ? 1 : parts;
    list.in_part = (sections + list.parts - 1) / list.parts;
    while (list.in_part < sections && leads(l, list.in_part - 1))
        list.in_part++;
    add_list(l, &list);
}

/* From `edge`, where page numbers end, less the room of this one, to the title. Dots of all leaders stand below each
 * other: they are counted from the edge. */
static void draw_leader(struct layouter *l, size_t page, float edge, float room, float title, float y)
{
    static const float DOT = 0.5f, GAP = 2.5f;
    float way = title > edge ? 1 : -1, from = edge + way * ceilf(room / (DOT + GAP)) * (DOT + GAP);
    if ((title - from) * way < LEADER_GAP)
        return;
    struct path_step steps[] = { { PATH_MOVE, { from }, { y } }, { PATH_LINE, { title }, { y } } };
    scene_artifact_begin(l->scene, page, ARTIFACT_LAYOUT);
    scene_path(l->scene, page, steps, 2, (struct paint){ .stroke = true, .stroke_rgb = l->style->muted,
                                                         .width = 0.5f, .dash = DOT, .gap = GAP });
    scene_artifact_end(l->scene, page);
}

/* Title, page number, and the leader between them at the height of the title's last line. */
static void draw_entry(struct layouter *l, const struct contents_entry *entry, size_t i)
{
    size_t leads_to = entry->part ? entry->part->first_page : l->headings[entry->heading].page;
    const struct set_text *title = &entry->title[i];
    enum lang lang = l->column[i].lang;
    size_t page = entry->page, lines = set_lines(title);
    bool rtl = lang_dir(lang) == DIR_RTL;
    float left = layouter_left(l, page), pitch = entry_pitch(l), top = entry->y;
    float baseline = top + pitch * 0.74f, last_baseline = baseline + (float)(lines - 1) * pitch;
    struct text_style style = entry_style(l, lang);
    style.align = TEXT_END;
    struct set_text number = set_plain(l, locale_integer(l->doc->locale[lang], (int64_t)leads_to + 1, l->arena),
                                       entry->block->at[lang], style,
                                       entry->x[i] + (rtl ? 0 : entry->width - number_width(l)), number_width(l), NULL);
    scene_tag_begin(l->scene, page, title->tag);
    set_draw(l, title, 0, lines, page, baseline, pitch);
    set_draw(l, &number, 0, 1, page, last_baseline, pitch);
    scene_tag_end(l->scene, page);
    scene_tag_close(l->scene, page, title->tag);

    const struct text_line *line = &set_block(l, title)->lines[lines - 1];
    float start = left + title->x + line->x, edge = left + entry->x[i] + (rtl ? 0 : entry->width);
    draw_leader(l, page, edge, number.block->width + LEADER_GAP,
                rtl ? start - LEADER_GAP : start + line->width + LEADER_GAP, last_baseline);
    const struct rich_text *text = &entry->block->text[lang];
    scene_link_add(l->scene, page, (struct scene_link){
        .left = left + entry->x[i], .right = left + entry->x[i] + entry->width, .top = top,
        .bottom = last_baseline + pitch * 0.26f, .dest = entry->block->id,
        .description = plain_text(l, text->utf8, text->length), .tag = title->tag });
}

void flow_contents_draw(struct layouter *l, size_t page)
{
    for (size_t i = 0; i < l->columns; i++)
        for (size_t k = 0; k < l->contents_count; k++)
            if (l->contents[k].placed && l->contents[k].page == page)
                draw_entry(l, &l->contents[k], i);
}
