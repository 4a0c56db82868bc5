/* Images: one figure across all columns, its caption above it and its source below, in each language. */
#include "layout/layouter.h"

#include <math.h>
#include <string.h>

static const float POINTS_PER_MM = 72.0f / 25.4f;

struct placed_image {
    const struct doc_image *image;
    float x, width;
    struct figure_tags figures;
    const char *dest; /* of an image without a caption */
};

static void draw_image(struct layouter *l, const struct flow_item *item, size_t page, float y)
{
    const struct placed_image *placed = item->content;
    float x = layouter_left(l, page) + placed->x, box[4] = { x, y, x + placed->width, y + item->height };
    if (placed->dest)
        scene_dest_add(l->scene, placed->dest, page, y);
    for (size_t i = 0; i < placed->figures.count; i++) {
        figure_begin(l, &placed->figures, i, page, box);
        if (i == 0)
            scene_image(l->scene, page, placed->image->pixels, placed->image->id, x, y, placed->width, item->height);
        scene_tag_end(l->scene, page);
        scene_tag_close(l->scene, page, placed->figures.tag[i]);
    }
}

float flow_image_width(const struct flow_item *item)
{
    return item->draw == draw_image ? ((const struct placed_image *)item->content)->width : 0;
}

float flow_image_wish(const struct doc_image *image)
{
    return image->width * POINTS_PER_MM;
}

/* As wide as wished for, at most as the text; in the middle between two languages, else at the start side. */
static struct placed_image *place_image(struct layouter *l, const struct doc_image *image)
{
    struct placed_image *placed = arena_alloc(l->arena, sizeof *placed);
    const char *alt[LANG_COUNT];
    for (size_t i = 0; i < l->columns; i++)
        alt[i] = image->alt[l->column[i].lang];
    placed->image = image;
    float room = l->columns > 1 ? l->width : l->column[0].width;
    placed->width = image->width > 0 ? fminf(flow_image_wish(image), room) : room;
    placed->x = l->columns > 1 ? (room - placed->width) / 2
              : lang_dir(l->column[0].lang) == DIR_RTL ? room - placed->width : 0;
    placed->figures = figure_tags(l, alt);
    return placed;
}

void flow_image(struct layouter *l, const struct block *b)
{
    const struct doc_image *image = b->image;
    const struct style *s = l->style;
    struct place at = b->at[l->column[0].lang];
    struct placed_image *placed = place_image(l, image);
    struct text_style text[LANG_COUNT];
    size_t first = l->item_count;

    make_styles(l, text, FONT_HEADING, WEIGHT_BOLD, s->size_body * 1.05f, TONE_INK);
    if (flow_words(l, at, image->title, text, s->size_body * 1.5f, &placed->figures, TAG_CAPTION))
        l->items[first]->cell[0].dest = b->dest;
    else
        placed->dest = b->dest;
    struct flow_item *item = flow_add(l, FLOW_SOLID, at);
    item->height = placed->width * (float)image->pixels->height / (float)image->pixels->width;
    item->draw = draw_image;
    item->content = placed;
    item->before = s->grid * 0.4f;
    make_styles(l, text, FONT_DATA, WEIGHT_REGULAR, s->size_small, TONE_MUTED);
    item->keep_next =
        flow_words(l, at, image->source, text, s->size_small * 1.5f, NULL, TAG_P) != NULL;

    struct flow_item *last = l->items[l->item_count - 1];
    l->items[first]->before = s->grid;
    l->items[first]->floats = l->item_count - first;
    last->keep_next = false;
    last->before = last == l->items[first] ? s->grid : s->grid * 0.4f;
    last->after = s->grid * 1.2f;
}
