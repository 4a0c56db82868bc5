/* Furniture: the running header from the second page on, and "page n of N" in each language shown. */
#include "layout/layouter.h"

static const char *page_words(struct layouter *l, enum lang lang, size_t page, size_t pages)
{
    const struct locale *locale = l->doc->locale[lang];
    const char *n = locale_integer(locale, (int64_t)page + 1, l->arena);
    const char *of = locale_integer(locale, (int64_t)pages, l->arena);
    /* both numbers follow Arabic letters, so that no isolates are needed */
    return arena_printf(l->arena, lang == LANG_AR ? "صفحة %s من %s" : "Page %s of %s", n, of);
}

static void draw_header(struct layouter *l, size_t page)
{
    float y = l->frame_top - l->style->grid * 1.6f, left = layouter_left(l, page);
    float rule = y + l->style->size_small * 0.8f;
    struct path_step steps[] = { { PATH_MOVE, { left }, { rule } }, { PATH_LINE, { left + l->width }, { rule } } };
    scene_artifact_begin(l->scene, page, ARTIFACT_HEADER);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *c = &l->column[i];
        struct text_style style = layouter_style(l, c->lang, FONT_DATA, WEIGHT_REGULAR, l->style->size_small,
                                                 TONE_MUTED);
        struct set_text title = set_plain(l, l->doc->title[c->lang], style, c->x, c->width, NULL);
        float pitch = l->style->size_small * 1.4f; /* a long title grows upwards, into the margin */
        set_draw(l, &title, 0, set_lines(&title), page, y - pitch * (float)(set_lines(&title) - 1), pitch);
    }
    scene_path(l->scene, page, steps, 2, (struct paint){ .stroke = true, .stroke_rgb = l->style->faint,
                                                         .width = l->style->hairline });
    scene_artifact_end(l->scene, page);
}

static void draw_footer(struct layouter *l, size_t page)
{
    float y = l->frame_bottom + l->style->grid * 1.9f;
    scene_artifact_begin(l->scene, page, ARTIFACT_FOOTER);
    for (size_t i = 0; i < l->columns; i++) {
        const struct column *c = &l->column[i];
        struct text_style style = layouter_style(l, c->lang, FONT_DATA, WEIGHT_REGULAR, l->style->size_small,
                                                 TONE_MUTED);
        if (l->columns == 1)
            style.align = TEXT_CENTRE;
        const char *words = page_words(l, c->lang, page, scene_pages(l->scene));
        struct set_text text = set_plain(l, words, style, c->x, c->width, NULL);
        set_draw(l, &text, 0, 1, page, y, 0);
    }
    scene_artifact_end(l->scene, page);
}

void furniture_draw(struct layouter *l)
{
    struct layouter turned = layouter_turned(l);
    for (size_t page = 0; page < scene_pages(l->scene); page++) {
        struct layouter *on = layouter_is_turned(l, page) ? &turned : l;
        if (page > 0)
            draw_header(on, page);
        draw_footer(on, page);
    }
}
