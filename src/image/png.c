/*
 * PNG: every chunk's length and check sum first, then the pixels by cairo, whose reader turns all colour types and
 * depths into one and gives up instead of the process. Must not know where an image stands.
 */
#include "image/image_inside.h"

#include <cairo.h>
#include <string.h>
#include <zlib.h>

struct stream {
    const uint8_t *bytes;
    size_t left;
};

static cairo_status_t read_bytes(void *closure, unsigned char *out, unsigned length)
{
    struct stream *stream = closure;

    if (length > stream->left)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(out, stream->bytes, length);
    stream->bytes += length;
    stream->left -= length;
    return CAIRO_STATUS_SUCCESS;
}

static uint32_t big_endian(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Every chunk is whole and says of itself what its check sum says; the first is the header, the last the end. */
static const char *check_chunks(const uint8_t *bytes, size_t length, struct arena *arena)
{
    static const uint8_t signature[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
    size_t at = sizeof signature;

    if (memcmp(bytes, signature, sizeof signature) != 0)
        return "its first bytes are damaged; copy it again, as a binary file";
    while (length - at >= 12) {
        size_t size = big_endian(bytes + at);
        const uint8_t *type = bytes + at + 4;
        bool first = at == sizeof signature;

        if (size > length - at - 12)
            break;
        if (crc32(crc32(0, NULL, 0), type, (uInt)(size + 4)) != big_endian(type + 4 + size))
            return "a check sum in it is wrong; copy it again, or save it again";
        if (first && (size != 13 || memcmp(type, "IHDR", 4) != 0))
            return "it does not start with its size; save it again";
        if (first) {
            const char *fault = image_size_fault(big_endian(type + 4), big_endian(type + 8), arena);

            if (fault)
                return fault;
        }
        if (memcmp(type, "IEND", 4) == 0)
            return NULL;
        at += size + 12;
    }
    return "it ends too early; copy it again, or save it again";
}

/* Cairo's pixels are words 0xAARRGGBB, the colours multiplied by the alpha. */
static void take_pixels(cairo_surface_t *surface, struct arena *arena, struct image *out)
{
    const uint8_t *data = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface), count = (size_t)out->width * out->height;
    bool has_alpha = cairo_image_surface_get_format(surface) == CAIRO_FORMAT_ARGB32, translucent = false;
    uint8_t *rgb = arena_alloc(arena, count * 3), *alpha = has_alpha ? arena_alloc(arena, count) : NULL;

    for (size_t i = 0; i < count; i++) {
        uint32_t pixel, a;

        memcpy(&pixel, data + i / out->width * stride + i % out->width * 4, sizeof pixel);
        a = has_alpha ? pixel >> 24 : 255;
        for (size_t c = 0; c < 3; c++) {
            uint32_t value = pixel >> (16 - 8 * c) & 255;

            rgb[i * 3 + c] = (uint8_t)(a == 0 ? 255 : a == 255 ? value : (value * 255 + a / 2) / a);
        }
        if (has_alpha)
            alpha[i] = (uint8_t)a;
        translucent |= a < 255;
    }
    out->bytes = rgb;
    out->length = count * 3;
    out->alpha = translucent ? alpha : NULL;
}

const char *png_read(const uint8_t *bytes, size_t length, struct arena *arena, struct image *out)
{
    struct stream stream = { bytes, length };
    const char *fault = check_chunks(bytes, length, arena);
    cairo_surface_t *surface;
    cairo_format_t format;

    if (fault)
        return fault;
    surface = cairo_image_surface_create_from_png_stream(read_bytes, &stream);
    format = cairo_image_surface_get_format(surface);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS ||
        (format != CAIRO_FORMAT_ARGB32 && format != CAIRO_FORMAT_RGB24)) {
        cairo_surface_destroy(surface);
        return "its pixels cannot be read; save it again";
    }
    out->form = IMAGE_RGB;
    out->width = (uint32_t)cairo_image_surface_get_width(surface);
    out->height = (uint32_t)cairo_image_surface_get_height(surface);
    take_pixels(surface, arena, out);
    cairo_surface_destroy(surface);
    return NULL;
}
