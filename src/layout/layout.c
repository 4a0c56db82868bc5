/* Layout: sets up the columns of an edition, runs the stages, and writes what belongs to the whole document. */
#include "layout/layouter.h"

#include <string.h>

static float margins_apart(const struct style *style)
{
    return style->page_width - style->margin_inner - style->margin_outer;
}

float layouter_left(const struct layouter *l, size_t page)
{
    /* The first page is a right-hand page when the binding is on the left, a left-hand page otherwise. */
    bool binding_left = (page % 2 == 0) == (l->binding == DIR_LTR);
    float margin = binding_left ? l->style->margin_inner : l->style->margin_outer;
    return margin + (margins_apart(l->style) - l->width) / 2;
}

static void set_columns(struct layouter *l)
{
    const struct style *style = l->style;
    l->width = margins_apart(style);
    if (l->edition != EDITION_PARALLEL && l->width > style->measure)
        l->width = style->measure;
    l->frame_top = style->margin_top;
    l->frame_bottom = style->page_height - style->margin_bottom;
    l->binding = l->edition == EDITION_AR ? DIR_RTL : DIR_LTR;
    if (l->edition != EDITION_PARALLEL) {
        l->columns = 1;
        l->column[0] = (struct column){ l->edition == EDITION_AR ? LANG_AR : LANG_EN, 0, l->width };
        return;
    }
    float width = (l->width - style->gutter) / 2;
    l->columns = 2;
    l->column[0] = (struct column){ LANG_EN, 0, width };
    l->column[1] = (struct column){ LANG_AR, width + style->gutter, width };
}

struct layouter layouter_turned(const struct layouter *l)
{
    struct layouter turned = *l;
    struct style *style = arena_copy(l->arena, l->style, sizeof *style);
    style->page_width = l->style->page_height;
    style->page_height = l->style->page_width;
    style->measure = style->page_width;
    turned.style = style;
    set_columns(&turned);
    return turned;
}

bool layouter_is_turned(const struct layouter *l, size_t page)
{
    return scene_page_at(l->scene, page)->width != l->style->page_width;
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

static void add_outline(struct layouter *l)
{
    for (size_t i = 0; i < l->heading_count; i++) {
        const struct block *b = l->headings[i].block;
        scene_outline_add(l->scene, (struct scene_outline){ b->level - 1, heading_title(l, b), b->id,
                                                            l->column[0].lang });
    }
}

static void add_meta(struct layouter *l)
{
    struct scene_meta meta = {
        .title = joined(l, l->doc->title), .author = joined(l, l->doc->author),
        .subject = joined(l, l->doc->subtitle), .lang = l->column[0].lang, .binding = l->binding,
        .date = l->doc->as_of,
    };
    for (size_t i = 0; i < l->columns; i++)
        meta.has_lang[l->column[i].lang] = true;
    scene_set_meta(l->scene, meta);
    scene_tag_root(l->scene)->lang = meta.lang;
    scene_tag_root(l->scene)->has_lang = true;
}

struct scene *layout_doc(const struct doc *doc, const struct style *style, enum edition edition,
                         struct text_engine *text, struct diags *diags)
{
    size_t errors = diags_errors(diags);
    struct scene *scene = scene_new();
    struct layouter l = { .doc = doc, .style = style, .text = text, .diags = diags, .scene = scene,
                          .arena = scene_arena(scene), .edition = edition };
    l.notes = arena_array(l.arena, doc->note_count + 1, sizeof *l.notes);
    set_columns(&l);
    flow_title(&l);
    flow_blocks(&l, doc->blocks);
    paginate(&l);
    flow_contents_finish(&l);
    furniture_draw(&l);
    add_outline(&l);
    add_meta(&l);
    if (diags_errors(diags) > errors) {
        scene_drop(scene);
        return NULL;
    }
    return scene;
}
