/* Layout: runs the stages of an edition, and writes what belongs to the whole document. */
#include "layout/layouter.h"

#include <math.h>
#include <string.h>

static const struct style *turn(const struct style *upright, struct arena *arena)
{
    struct style *style = arena_copy(arena, upright, sizeof *style);
    style->page_width = upright->page_height;
    style->page_height = upright->page_width;
    style->measure = style->page_width;
    style->columns = 1;
    return style;
}

/* Words of both languages as one: "Title · العنوان". */
static const char *joined(struct layouter *l, const char *const words[])
{
    const char *first = words[l->column[0].lang];
    if (!first)
        return NULL;
    const char *both = l->columns == 1 ? first : arena_printf(l->arena, "%s · %s", first, words[l->column[1].lang]);
    return plain_text(l, both, strlen(both));
}

static const char *heading_title(struct layouter *l, const struct block *heading)
{
    const char *words[LANG_COUNT];
    for (int lang = 0; lang < LANG_COUNT; lang++)
        words[lang] = plain_text(l, heading->text[lang].utf8, heading->text[lang].length);
    return joined(l, words);
}

/* `above`: levels of bookmarks over the sections. */
static void add_outline(struct layouter *l, int above)
{
    for (size_t i = 0; i < l->heading_count; i++) {
        const struct block *b = l->headings[i].block;
        scene_outline_add(l->scene, (struct scene_outline){ b->level - 1 + above, heading_title(l, b), b->id,
                                                            l->column[0].lang });
    }
}

static void add_meta(struct layouter *l)
{
    struct scene_meta meta = {
        .title = joined(l, l->doc->title), .author = joined(l, l->doc->author),
        .subject = joined(l, l->doc->subtitle), .lang = l->column[0].lang, .binding = l->binding,
        .date = l->doc->as_of, .bleed = l->style->bleed,
        .marks = l->style->marks, .colour = l->style->colour,
        .press = &l->style->press,
    };
    for (size_t i = 0; i < l->columns; i++)
        meta.has_lang[l->column[i].lang] = true;
    scene_set_meta(l->scene, meta);
    scene_tag_root(l->scene)->lang = meta.lang;
    scene_tag_root(l->scene)->has_lang = true;
}

/* The parallel edition holds two texts: it may take twice as many. */
static void check_pages(const struct layouter *l)
{
    size_t pages = l->end_page - l->first_page, most = (size_t)l->style->most_pages * l->columns;
    if (most == 0 || pages <= most)
        return;
    float page = l->frame_bottom - l->frame_top, over = (float)(pages - most - 1) * page + l->end_y - l->frame_top;
    diag_add(l->diags, DIAG_LAYOUT_PAGES, l->style->most_pages_at,
             "%s, edition %s, takes %zu pages of at most %zu: its text is %.0f pt, or %.0f lines, too long; shorten it",
             l->doc->name, edition_name(l->edition), pages, most, (double)over,
             (double)ceilf(over / l->style->grid));
}

static void set_up(struct layouter *l, enum edition edition)
{
    l->edition = edition;
    l->turned = turn(l->style, l->arena);
    l->notes = arena_array(l->arena, l->doc->note_count + 1, sizeof *l->notes);
    l->page_number = arena_array(l->arena, l->doc->note_count + 1, sizeof *l->page_number);
    layouter_set_columns(l);
}

/* All text is set and all breaks are chosen; nothing is drawn. NULL: to be done again, alone (later.c). */
static struct pagination *plan_pages(struct layouter *l, size_t first_page)
{
    l->first_page = first_page;
    struct wide wide = layouter_widen(l, true);
    flow_title(l);
    layouter_narrow(l, wide);
    later_begin(l);
    flow_blocks(l, l->doc->blocks);
    if (!later_end(l))
        return NULL;
    furniture_check(l);
    return paginate(l);
}

static void draw_pages(struct layouter *l, struct pagination *pages, size_t all_pages)
{
    l->all_pages = all_pages;
    pagination_draw(pages);
    pagination_drop(pages);
    check_pages(l);
}

static void draw_part(struct layouter *l, struct pagination *pages, size_t all_pages)
{
    enum lang lang = l->column[0].lang;
    scene_part_resume(l->scene, l->part);
    if (scene_pages(l->scene) < l->first_page) { /* a blank one before the part */
        scene_page_begin(l->scene, l->style->page_width, l->style->page_height);
        scene_page_end(l->scene);
    }
    draw_pages(l, pages, all_pages);
    scene_dest_add(l->scene, "title", l->first_page, l->frame_top);
    scene_outline_add(l->scene, (struct scene_outline){ 1, joined(l, l->doc->title), "title", lang });
    add_outline(l, 1);
}

/* This and those below: false when nothing is drawn yet and all has to be done again, alone. */
static bool set_edition(struct layouter *l, enum edition edition)
{
    set_up(l, edition);
    add_meta(l);
    struct pagination *pages = plan_pages(l, 0);
    if (!pages)
        return false;
    draw_pages(l, pages, l->end_page);
    add_outline(l, 0);
    return true;
}

/* All parts' pages, or none: then those that were planned are dropped. */
static bool draw_parts(struct layouter parts[], struct pagination *pages[], size_t count, size_t all_pages)
{
    bool planned = pages[count - 1];
    for (size_t i = 0; i < count; i++) {
        if (planned)
            draw_part(&parts[i], pages[i], all_pages);
        else
            pagination_drop(pages[i]);
    }
    return planned;
}

/*
 * English, then Arabic, in one document: the pages are numbered through, since a reader has one file and one print.
 * The print is bound on the left, the side of its first page, so that the inner margin is on that side in the Arabic
 * part too; all else there is as in the Arabic edition.
 */
static bool set_parts(struct layouter parts[LANG_COUNT])
{
    static const enum edition editions[LANG_COUNT] = { EDITION_EN, EDITION_AR };
    static const char *const prefixes[LANG_COUNT] = { "", "ar." };
    struct pagination *pages[LANG_COUNT] = { NULL };
    size_t count = 0;
    for (int lang = 0; lang < LANG_COUNT && (lang == 0 || pages[lang - 1]); lang++) {
        struct layouter *l = &parts[lang];
        count += l->style->part_begins == PART_ODD_PAGE && count % 2 == 1;
        set_up(l, editions[lang]);
        l->binding = DIR_LTR;
        l->part = scene_part_begin(l->scene, prefixes[lang]);
        scene_tag_root(l->scene)->lang = (enum lang)lang;
        scene_tag_root(l->scene)->has_lang = true;
        pages[lang] = plan_pages(l, count);
        count = l->end_page;
    }
    return draw_parts(parts, pages, LANG_COUNT, count);
}

/* For what a document of two languages says of itself: as the parallel edition does. */
static bool set_sequential(const struct layouter *start)
{
    struct layouter parts[LANG_COUNT] = { *start, *start }, both = *start;
    set_up(&both, EDITION_PARALLEL);
    add_meta(&both); /* first: the document's language is the root's, before there are parts */
    return set_parts(parts);
}

static bool has_language(enum edition edition, enum lang lang)
{
    return edition != (lang == LANG_EN ? EDITION_AR : EDITION_EN);
}

static size_t text_of_blocks(const struct block *b, enum edition edition)
{
    size_t bytes = 0;
    for (; b; b = b->next) {
        for (enum lang lang = 0; lang < LANG_COUNT; lang++)
            bytes += has_language(edition, lang) ? b->text[lang].length : 0;
        bytes += text_of_blocks(b->first_child, edition);
    }
    return bytes;
}

/* Bytes of the document's text whose lines are kept. */
static size_t kept_text(const struct layout_part *parts, size_t count, enum edition edition)
{
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++)
        bytes += text_of_blocks(parts[i].doc->blocks, edition);
    size_t over = bytes > LAYOUT_KEPT_TEXT ? bytes - LAYOUT_KEPT_TEXT : 0;
    return over < LAYOUT_KEPT_TEXT ? LAYOUT_KEPT_TEXT - over : 0;
}

/* All parts are planned before the first is drawn: its contents list prints where the others begin. */
static bool set_packet(const struct layouter *start, const struct layout_part *of, size_t part_count,
                       enum edition edition)
{
    struct layouter *parts = arena_array(start->arena, part_count, sizeof *parts);
    struct pagination **pages = arena_array(start->arena, part_count, sizeof *pages);
    size_t count = 0;
    for (size_t i = 0; i < part_count; i++) {
        struct layouter *l = &parts[i];
        *l = *start;
        l->doc = of[i].doc;
        l->style = of[i].style;
        l->prefix = of[i].prefix;
        set_up(l, edition);
    }
    parts->following = parts + 1;
    parts->following_count = part_count - 1;
    add_meta(parts); /* before there are parts: the document's language is the root's */
    for (size_t i = 0; i < part_count && (i == 0 || pages[i - 1]); i++) {
        struct layouter *l = &parts[i];
        count += i > 0 && of[0].style->part_begins == PART_ODD_PAGE && count % 2 == 1;
        l->part = scene_part_begin(l->scene, l->prefix);
        pages[i] = plan_pages(l, count);
        if (pages[i])
            pagination_rest(pages[i]);
        count = l->end_page;
    }
    return draw_parts(parts, pages, part_count, count);
}

/* A folded sheet has four pages, and printers put in what is missing at its end: better said in the file. */
static void add_blank_pages(struct scene *scene, const struct style *style)
{
    while (scene_pages(scene) % (size_t)style->pages_multiple != 0) {
        scene_page_begin(scene, style->page_width, style->page_height);
        scene_page_end(scene);
    }
}

/* NULL: to be done again, alone. */
static struct scene *set_scene(const struct layout_part *parts, size_t count, enum edition edition,
                               struct text_engine *text, const struct scene_sink *sink, bool alone,
                               struct diags *diags)
{
    struct scene *scene = scene_new();
    struct layouter l = { .doc = parts->doc, .style = parts->style, .text = text, .diags = diags, .scene = scene,
                          .arena = scene_arena(scene), .room = kept_text(parts, count, edition), .alone = alone };
    bool done;
    scene_set_sink(scene, sink);
    if (count > 1)
        done = set_packet(&l, parts, count, edition);
    else if (edition == EDITION_SEQUENTIAL)
        done = set_sequential(&l);
    else
        done = set_edition(&l, edition);
    if (done) {
        add_blank_pages(scene, parts->style);
        return scene;
    }
    scene_drop(scene);
    return NULL;
}

struct scene *layout_packet(const struct layout_part *parts, size_t count, enum edition edition,
                            struct text_engine *text, const struct scene_sink *sink, struct diags *diags)
{
    size_t said = diags_count(diags), errors = diags_errors(diags);
    struct scene *scene = set_scene(parts, count, edition, text, sink, false, diags);
    if (!scene) {
        diags_forget(diags, said);
        scene = set_scene(parts, count, edition, text, sink, true, diags);
    }
    if (diags_errors(diags) > errors) {
        scene_drop(scene);
        return NULL;
    }
    return scene;
}

struct scene *layout_pages(const struct doc *doc, const struct style *style, enum edition edition,
                           struct text_engine *text, const struct scene_sink *sink, struct diags *diags)
{
    const struct layout_part only = { doc, style, "" };
    return layout_packet(&only, 1, edition, text, sink, diags);
}

struct scene *layout_doc(const struct doc *doc, const struct style *style, enum edition edition,
                         struct text_engine *text, struct diags *diags)
{
    return layout_pages(doc, style, edition, text, NULL, diags);
}
