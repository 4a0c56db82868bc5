/* Where the columns of an edition stand, and names and tags that are its own. */
#include "layout/layouter.h"

static float margins_apart(const struct style *style)
{
    return style->page_width - style->margin_inner - style->margin_outer;
}

float layouter_left(const struct layouter *l, size_t page)
{
    /* The first page is a right-hand page when the binding is on the left, a left-hand page otherwise. */
    bool binding_left = (page % 2 == 0) == (l->binding == DIR_LTR);
    float margin = binding_left ? l->style->margin_inner : l->style->margin_outer;
    float left = margin + (margins_apart(l->style) - l->width) / 2;
    float step = l->column[0].width + l->style->gutter;
    if (l->column_at == 0)
        return left;
    return left + step * (lang_dir(l->column[0].lang) == DIR_RTL ? -(float)l->column_at : (float)l->column_at);
}

const char *layouter_name(const struct layouter *l, const char *name)
{
    return l->prefix && *l->prefix ? arena_printf(l->arena, "%s%s", l->prefix, name) : name;
}

void layouter_set_columns(struct layouter *l)
{
    const struct style *style = l->style;
    l->width = margins_apart(style);
    l->page_columns = l->edition == EDITION_PARALLEL ? 1 : (size_t)style->columns;
    float gutters = style->gutter * (float)(l->page_columns - 1);
    float widest = style->measure * (float)l->page_columns + gutters;
    if (l->edition != EDITION_PARALLEL && l->width > widest)
        l->width = widest;
    l->frame_top = style->margin_top;
    l->frame_bottom = style->page_height - style->margin_bottom;
    l->binding = l->edition == EDITION_AR ? DIR_RTL : DIR_LTR;
    if (l->edition != EDITION_PARALLEL) {
        float width = (l->width - gutters) / (float)l->page_columns;
        bool rtl = l->edition == EDITION_AR; /* the first column is the one on the right */
        l->columns = 1;
        l->column[0] = (struct column){ rtl ? LANG_AR : LANG_EN, rtl ? l->width - width : 0, width };
        return;
    }
    float width = (l->width - style->gutter) / 2;
    l->columns = 2;
    l->column[0] = (struct column){ LANG_EN, 0, width };
    l->column[1] = (struct column){ LANG_AR, width + style->gutter, width };
}

struct wide layouter_widen(struct layouter *l, bool across)
{
    struct wide wide = { l->column[0], l->item_count, across && l->page_columns > 1 };
    if (wide.across)
        l->column[0] = (struct column){ l->column[0].lang, 0, l->width };
    return wide;
}

void layouter_narrow(struct layouter *l, struct wide wide)
{
    if (!wide.across)
        return;
    l->column[0] = wide.column;
    for (size_t i = wide.first; i < l->item_count; i++)
        l->items[i]->across = true;
}

struct layouter layouter_turned(const struct layouter *l)
{
    struct layouter turned = *l;
    turned.style = l->turned;
    layouter_set_columns(&turned);
    return turned;
}

struct scene_tag *tag_with_lang(struct layouter *l, struct scene_tag *parent, enum tag_role role, enum lang lang)
{
    struct scene_tag *tag = scene_tag_new(l->scene, parent, role);
    tag->lang = lang;
    tag->has_lang = true;
    return tag;
}
