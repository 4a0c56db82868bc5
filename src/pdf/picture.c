/*
 * Image objects (ISO 32000-1, 8.9.5): pixels deflated, a JPEG as it is, transparency as a soft mask. Colours are those
 * of the output intent: sRGB, or inks, for which a JPEG in colour has to be unpacked. Knows nothing of pages.
 */
#include "pdf/picture.h"

#include <stdlib.h>

#include "pdf/object.h"

struct pdf_pictures {
    struct pdf_file *file;
    struct inks *inks;
    struct picture {
        const struct image *image;
        unsigned object; /* number */
    } *list;
    size_t count;
};

struct pdf_pictures *pdf_pictures_new(struct pdf_file *file, struct inks *inks)
{
    struct pdf_pictures *p = arena_alloc(file->arena, sizeof *p);
    p->file = file;
    p->inks = inks;
    return p;
}

static void add_head(struct buf *b, const struct image *image, const char *space)
{
    buf_printf(b, "/Type /XObject /Subtype /Image /Width %u /Height %u /BitsPerComponent 8 /ColorSpace /%s\n",
               image->width, image->height, space);
}

static unsigned object_new(struct pdf_file *file, const struct image *image, struct inks *inks)
{
    size_t length;
    uint8_t *samples = inks_pixels_new(inks, image, &length);
    bool jpeg = image->form == IMAGE_JPEG && !samples;
    struct buf b;
    unsigned mask = 0;
    buf_init(&b);
    if (image->alpha) {
        add_head(&b, image, "DeviceGray");
        mask = pdf_stream_new(file, b.data, image->alpha, (size_t)image->width * image->height, false);
        buf_clear(&b);
    }
    add_head(&b, image, inks_image_device(inks, image));
    if (mask) {
        buf_add_string(&b, "/SMask ");
        pdf_add_ref(&b, mask);
        buf_add_char(&b, '\n');
    }
    if (jpeg)
        buf_add_string(&b, "/Filter /DCTDecode\n");
    unsigned object = samples ? pdf_stream_new(file, b.data, samples, length, false)
                              : pdf_stream_new(file, b.data, image->bytes, image->length, jpeg);
    free(samples);
    buf_drop(&b);
    return object;
}

size_t pdf_pictures_number(struct pdf_pictures *p, const struct image *image)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->list[i].image == image)
            return i + 1;
    p->list = arena_grow(p->file->arena, p->list, p->count, sizeof *p->list);
    p->list[p->count] = (struct picture){ image, object_new(p->file, image, p->inks) };
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
