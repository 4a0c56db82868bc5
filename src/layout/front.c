/* Front matter: the title band, both languages as equals, and the contents list. */
#include "layout/layouter.h"

/* ---- title band ---- */

struct band {
    struct set_text title[LANG_COUNT], subtitle[LANG_COUNT], issue[LANG_COUNT];
    float title_pitch, subtitle_pitch, issue_pitch;
    float subtitle_y, issue_y; /* tops, from the band's */
};

static size_t most_lines(const struct layouter *l, const struct set_text set[])
{
    size_t most = 0;
    for (size_t i = 0; i < l->columns; i++)
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
    scene_path(l->scene, page, bar, 2, (struct paint){ .stroke = true, .stroke_rgb = l->style->accent, .width = 3 });
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

static struct set_text set_band(struct layouter *l, size_t column, const char *text, enum font_weight weight,
                                float size, enum text_tone tone, enum tag_role role)
{
    const struct column *c = &l->column[column];
    return set_plain(l, text ? text : "", layouter_style(l, c->lang, FONT_HEADING, weight, size, tone), c->x,
                     c->width, tag_with_lang(l, scene_tag_root(l->scene), role, c->lang));
}

void flow_title(struct layouter *l)
{
    const struct style *style = l->style;
    struct band *band = arena_alloc(l->arena, sizeof *band);
    struct flow_item *item = flow_add(l, FLOW_SOLID, (struct place){ 0 });
    for (size_t i = 0; i < l->columns; i++) {
        enum lang lang = l->column[i].lang;
        band->title[i] = set_band(l, i, l->doc->title[lang], WEIGHT_BOLD, style->size_title, TONE_INK, TAG_H1);
        band->subtitle[i] = set_band(l, i, l->doc->subtitle[lang], WEIGHT_REGULAR, style->size_h3, TONE_MUTED,
                                     TAG_P);
        band->issue[i] = set_band(l, i, l->doc->issue_line[lang], WEIGHT_REGULAR, style->size_small, TONE_ACCENT,
                                  TAG_P);
    }
    band->title_pitch = style->size_title * 1.3f;
    band->subtitle_pitch = style->size_h3 * 1.45f;
    band->issue_pitch = style->size_small * 1.5f;
    band->subtitle_y = style->grid * 1.1f + (float)most_lines(l, band->title) * band->title_pitch;
    band->issue_y = band->subtitle_y + (float)most_lines(l, band->subtitle) * band->subtitle_pitch
                  + style->grid * 0.4f;
    item->height = band->issue_y + (float)most_lines(l, band->issue) * band->issue_pitch + style->grid * 0.6f;
    item->after = style->grid * 0.4f;
    item->draw = draw_band;
    item->content = band;
}

/* ---- contents ---- */

static const float LEADER_GAP = 6; /* between a title, its leader and the page number */
static const float NUMBER_WIDTH = 24;

/* The entry's place is kept; it is drawn when the page numbers are known. */
static void keep_entry(struct layouter *l, const struct flow_item *item, size_t page, float y)
{
    struct contents_entry *entry = (struct contents_entry *)item->content;
    (void)l;
    entry->page = page;
    entry->y = y;
}

static void add_entry(struct layouter *l, const struct block *heading, size_t index, struct scene_tag *const toc[])
{
    struct contents_entry *entry = arena_alloc(l->arena, sizeof *entry);
    struct flow_item *item = flow_add(l, FLOW_SOLID, heading->at[l->column[0].lang]);
    float indent = heading->level > 2 ? l->style->grid : 0;
    size_t lines = 1;
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *c = &l->column[i];
        bool rtl = lang_dir(c->lang) == DIR_RTL;
        struct text_style style = layouter_style(l, c->lang, FONT_DATA, WEIGHT_REGULAR, l->style->size_small * 1.1f,
                                                 TONE_INK);
        struct scene_tag *item_tag = scene_tag_new(l->scene, toc[i], TAG_TOC_ITEM);
        entry->title[i] = set_rich(l, &heading->text[c->lang], style, rtl ? c->x + NUMBER_WIDTH : c->x + indent,
                                   c->width - NUMBER_WIDTH - indent, scene_tag_new(l->scene, item_tag, TAG_LINK));
        lines = set_lines(&entry->title[i]) > lines ? set_lines(&entry->title[i]) : lines;
    }
    entry->heading = index;
    item->height = (float)lines * l->style->grid * 0.95f;
    item->draw = keep_entry;
    item->content = entry;
    l->contents = arena_grow(l->arena, l->contents, l->contents_count, sizeof(struct contents_entry *));
    l->contents[l->contents_count++] = entry;
}

/* Headings of levels 2 and 3 in the order of the text, which is also the order that flow_blocks meets them. */
void flow_contents(struct layouter *l, const struct block *b)
{
    struct scene_tag *toc[LANG_COUNT];
    struct flow_item *head = NULL;
    if (b->text[l->column[0].lang].length > 0)
        head = flow_add(l, FLOW_LINES, b->at[l->column[0].lang]);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *c = &l->column[i];
        if (head)
            head->cell[i] = set_rich(l, &b->text[c->lang],
                                     layouter_style(l, c->lang, FONT_HEADING, WEIGHT_BOLD, l->style->size_h3,
                                                    TONE_INK),
                                     c->x, c->width, tag_with_lang(l, scene_tag_root(l->scene), TAG_P, c->lang));
        toc[i] = tag_with_lang(l, scene_tag_root(l->scene), TAG_TOC, c->lang);
    }
    if (head) {
        flow_finish_lines(l, head, l->style->size_h3 * 1.5f);
        head->before = l->style->grid * 0.5f;
        head->keep_next = true;
    }
    size_t index = 0;
    for (const struct block *h = l->doc->blocks; h; h = h->next) {
        if (h->kind != BLOCK_HEADING)
            continue;
        if (h->level <= 3)
            add_entry(l, h, index, toc);
        index++;
    }
    l->items[l->item_count - 1]->after = l->style->grid;
}

static void draw_leader(struct layouter *l, size_t page, float from, float to, float y)
{
    if (to - from < LEADER_GAP)
        return;
    struct path_step steps[] = { { PATH_MOVE, { from }, { y } }, { PATH_LINE, { to }, { y } } };
    scene_artifact_begin(l->scene, page, ARTIFACT_LAYOUT);
    scene_path(l->scene, page, steps, 2, (struct paint){ .stroke = true, .stroke_rgb = l->style->muted,
                                                         .width = 0.5f, .dash = 0.5f, .gap = 2.5f });
    scene_artifact_end(l->scene, page);
}

static void draw_entry(struct layouter *l, const struct contents_entry *entry)
{
    const struct heading *heading = &l->headings[entry->heading];
    float pitch = l->style->grid * 0.95f, left = layouter_left(l, entry->page);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *c = &l->column[i];
        const struct set_text *title = &entry->title[i];
        bool rtl = lang_dir(c->lang) == DIR_RTL;
        size_t last = set_lines(title) - 1;
        float baseline = entry->y + pitch * 0.74f, last_baseline = baseline + (float)last * pitch;
        const char *page = locale_integer(l->doc->locale[c->lang], (int64_t)heading->page + 1, l->arena);
        struct text_style style = layouter_style(l, c->lang, FONT_DATA, WEIGHT_REGULAR, l->style->size_small * 1.1f,
                                                 TONE_INK);
        style.align = TEXT_END;
        struct set_text number = set_plain(l, page, style, rtl ? c->x : c->x + c->width - NUMBER_WIDTH,
                                           NUMBER_WIDTH, NULL);
        const struct text_line *line = &title->block->lines[last];
        float number_width = number.block->width;

        scene_tag_begin(l->scene, entry->page, title->tag);
        set_draw(l, title, 0, last + 1, entry->page, baseline, pitch);
        set_draw(l, &number, 0, 1, entry->page, last_baseline, pitch);
        scene_tag_end(l->scene, entry->page);
        float start = left + title->x + line->x;
        if (rtl)
            draw_leader(l, entry->page, left + c->x + number_width + LEADER_GAP, start - LEADER_GAP, last_baseline);
        else
            draw_leader(l, entry->page, start + line->width + LEADER_GAP,
                        left + c->x + c->width - number_width - LEADER_GAP, last_baseline);
        const struct rich_text *text = &heading->block->text[c->lang];
        scene_link_add(l->scene, entry->page, (struct scene_link){
            .left = left + c->x, .right = left + c->x + c->width, .top = entry->y,
            .bottom = last_baseline + pitch * 0.26f, .dest = heading->block->id,
            .description = arena_string_n(l->arena, text->utf8, text->length), .tag = title->tag });
    }
}

void flow_contents_finish(struct layouter *l)
{
    for (size_t i = 0; i < l->contents_count; i++)
        draw_entry(l, l->contents[i]);
}
