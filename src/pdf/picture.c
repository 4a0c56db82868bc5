/*
 * Image objects (ISO 32000-1, 8.9.5): pixels deflated, a JPEG as it is, transparency as a soft mask. Colours are those
 * of the output intent: sRGB, or shades of one ink, for which a JPEG in colour has to be unpacked. Knows nothing of
 * pages.
 */
#include "pdf/picture.h"

#include "scene/grey.h"


struct pdf_pictures {
    struct pdf_file *file;
    enum scene_colour colour;
    struct picture {
        const struct image *image;
        unsigned object; /* number */
    } *list;
    size_t count;
};

struct pdf_pictures *pdf_pictures_new(struct pdf_file *file, enum scene_colour colour)
{
    struct pdf_pictures *p = arena_alloc(file->arena, sizeof *p);
    p->file = file;
    p->colour = colour;
    return p;
}

static void add_head(struct buf *b, const struct image *image, const char *space)
{
    buf_printf(b, "/Type /XObject /Subtype /Image /Width %u /Height %u /BitsPerComponent 8 /ColorSpace /%s\n",
               image->width, image->height, space);
}

/* The image's stream, behind its head; its object number. */
static unsigned shades_new(struct pdf_file *file, const struct image *image, const char *head)
{
    struct grey_scale scale;
    struct arena *arena = arena_new();
    size_t count = (size_t)image->width * image->height;
    const uint8_t *pixels = image_pixels(image, arena);
    uint8_t *shades = arena_alloc(arena, count);
    grey_scale_init(&scale);
    for (size_t i = 0; i < count; i++)
        shades[i] = grey_of_pixel(&scale, pixels + 3 * i);
    unsigned object = pdf_stream_new(file, head, shades, count, false);
    arena_drop(arena);
    return object;
}

static unsigned object_new(struct pdf_file *file, const struct image *image, enum scene_colour colour)
{
    bool to_grey = colour == COLOUR_GREY && !image->grey;
    struct buf b;
    unsigned mask = 0;
    buf_init(&b);
    if (image->alpha) {
        add_head(&b, image, "DeviceGray");
        mask = pdf_stream_new(file, b.data, image->alpha, (size_t)image->width * image->height, false);
        buf_clear(&b);
    }
    add_head(&b, image, image->grey || to_grey ? "DeviceGray" : "DeviceRGB");
    if (mask) {
        buf_add_string(&b, "/SMask ");
        pdf_add_ref(&b, mask);
        buf_add_char(&b, '\n');
    }
    if (image->form == IMAGE_JPEG && !to_grey)
        buf_add_string(&b, "/Filter /DCTDecode\n");
    unsigned object = to_grey ? shades_new(file, image, b.data)
                              : pdf_stream_new(file, b.data, image->bytes, image->length, image->form == IMAGE_JPEG);
    buf_drop(&b);
    return object;
}

size_t pdf_pictures_number(struct pdf_pictures *p, const struct image *image)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->list[i].image == image)
            return i + 1;
    p->list = arena_grow(p->file->arena, p->list, p->count, sizeof *p->list);
    p->list[p->count] = (struct picture){ image, object_new(p->file, image, p->colour) };
    return ++p->count;
}

void pdf_pictures_add_resources(const struct pdf_pictures *p, struct buf *b)
{
    if (p->count == 0)
        return;
    buf_add_string(b, "/XObject <<");
    for (size_t i = 0; i < p->count; i++) {
        buf_printf(b, "/Im%zu ", i + 1);
        pdf_add_ref(b, p->list[i].object);
        buf_add_char(b, ' ');
    }
    buf_add_string(b, ">>");
}
