/* The source list: a list like any other, in small type, numbered or in the order of each language's alphabet. */
#include "layout/layouter.h"

#include <math.h>

/* In the parallel edition both languages keep the order of the first, so that what stands beside each other is one
 * source. */
static const struct doc_source *source_at(const struct layouter *l, const struct doc_sources *sources, size_t index)
{
    return &sources->list[sources->order[l->column[0].lang][index]];
}

static struct text_style source_style(const struct layouter *l, enum lang lang)
{
    return layouter_style(l, lang, FONT_READING, WEIGHT_REGULAR, l->style->size_small, TONE_INK);
}

static float number_width(struct layouter *l, const struct block *b)
{
    const struct doc_sources *sources = b->sources;
    float widest = 0;
    if (!sources->numbered)
        return 0;
    for (size_t i = 0; i < l->columns; i++) {
        enum lang lang = l->column[i].lang;
        struct text_style style = source_style(l, lang);
        const char *last = locale_integer(l->doc->locale[lang], (int64_t)sources->count, l->arena);
        widest = fmaxf(widest, plain_width(l, last, b->at[lang], style));
    }
    return widest + l->style->size_small * 0.8f;
}

static void add_source(struct layouter *l, const struct block *b, size_t index, float indent,
                       struct scene_tag *const list[])
{
    const struct doc_sources *sources = b->sources;
    const struct doc_source *source = source_at(l, sources, index);
    struct flow_item *item = flow_add(l, FLOW_LINES, b->at[l->column[0].lang]);
    item->label = sources->numbered ? arena_array(l->arena, l->columns, sizeof *item->label) : NULL;
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *c = &l->column[i];
        bool rtl = lang_dir(c->lang) == DIR_RTL;
        struct text_style style = source_style(l, c->lang);
        struct scene_tag *entry = scene_tag_new(l->scene, list[i], TAG_LIST_ITEM);
        struct scene_tag *label = sources->numbered ? scene_tag_new(l->scene, entry, TAG_LABEL) : NULL;
        struct scene_tag *body = scene_tag_new(l->scene, entry, TAG_LIST_BODY);
        item->cell[i] = set_rich(l, &source->text[c->lang], style, rtl ? c->x : c->x + indent, c->width - indent, body);
        if (label)
            item->label[i] = set_plain(l, locale_integer(l->doc->locale[c->lang], (int64_t)index + 1, l->arena),
                                       b->at[c->lang], style, rtl ? c->x + c->width - indent : c->x, indent, label);
    }
    flow_finish_lines(l, item, l->style->size_small * 1.5f);
    item->after = l->style->grid * (index + 1 == sources->count ? 0.8f : 0.2f);
}

void flow_sources(struct layouter *l, const struct block *b)
{
    struct scene_tag *list[LANG_COUNT];
    float indent = number_width(l, b);
    size_t heading = l->item_count;
    flow_list_heading(l, b);
    if (l->item_count > heading)
        l->items[heading]->after = l->style->grid * 0.25f;
    for (size_t i = 0; i < l->columns; i++) {
        list[i] = tag_with_lang(l, scene_tag_root(l->scene), TAG_LIST, l->column[i].lang);
        list[i]->numbering = b->sources->numbered ? NUMBERING_DECIMAL : NUMBERING_NONE;
    }
    for (size_t i = 0; i < b->sources->count; i++)
        add_source(l, b, i, indent, list);
    if (l->item_count > heading) /* a list at the end stays behind what it follows */
        l->items[heading]->clears = true;
}
