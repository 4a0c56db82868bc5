/*
 * PNG: every chunk's length and check sum first, then the pixels by cairo, whose reader turns all colour types and
 * depths into one and gives up instead of the process. Must not know where an image stands.
 */
#include "image/image_inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "image/late_cairo.h"

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

/* How the samples are meant: gAMA's exponent times 100000 and iCCP's profile. */
struct meaning {
    bool srgb; /* it says so: the others play no part */
    uint32_t gamma; /* 0: it says none */
    const uint8_t *profile;
    size_t profile_length;
};

static void take_meaning(struct meaning *m, const uint8_t *type, size_t size)
{
    if (memcmp(type, "sRGB", 4) == 0) {
        m->srgb = true;
    } else if (memcmp(type, "gAMA", 4) == 0 && size == 4) {
        m->gamma = big_endian(type + 4);
    } else if (memcmp(type, "iCCP", 4) == 0) {
        m->profile = type + 4;
        m->profile_length = size;
    }
}

/* iCCP: a name, NUL, a zero, and the deflated profile. */
static const char *check_profile(const struct meaning *m, struct arena *arena)
{
    enum { MOST = 4 << 20 };
    const uint8_t *end = m->profile ? memchr(m->profile, 0, m->profile_length) : NULL;
    size_t name = end ? (size_t)(end - m->profile) + 2 : 0;
    if (m->srgb || !m->profile)
        return NULL;
    if (!end || name > m->profile_length)
        return image_profile_fault(NULL, 0);
    for (uLongf room = 1 << 14; room <= MOST; room *= 4) {
        uint8_t *profile = arena_alloc(arena, room);
        uLongf length = room;
        int state = uncompress(profile, &length, m->profile + name, (uLong)(m->profile_length - name));
        if (state == Z_OK)
            return image_profile_fault(profile, length);
        if (state != Z_BUF_ERROR)
            break;
    }
    return image_profile_fault(NULL, 0);
}

/* What a sample is in sRGB, taken for a display's 2.2 as gAMA's writers do. */
static void fill_curve(const struct meaning *m, uint8_t curve[256])
{
    enum { DISPLAY = 45455, NEAR = 2500 };
    bool same = m->srgb || m->profile || !m->gamma || labs((long)m->gamma - DISPLAY) < NEAR;
    for (int i = 0; i < 256; i++)
        curve[i] = same ? (uint8_t)i : (uint8_t)lround(255 * pow(i / 255.0, (double)DISPLAY / m->gamma));
}

/* Every chunk is whole and says of itself what its check sum says; the first is the header, the last the end. */
static const char *check_chunks(const uint8_t *bytes, size_t length, struct arena *arena, struct meaning *meaning)
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
            return check_profile(meaning, arena);
        take_meaning(meaning, type, size);
        at += size + 12;
    }
    return "it ends too early; copy it again, or save it again";
}

/* Cairo's pixels are words 0xAARRGGBB, the colours multiplied by the alpha. */
static void take_pixels(cairo_surface_t *surface, const uint8_t curve[256], struct arena *arena, struct image *out)
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

            rgb[i * 3 + c] = curve[a == 0 ? 255 : a == 255 ? value : (value * 255 + a / 2) / a];
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
    struct meaning meaning = { .gamma = 0 };
    const char *fault = check_chunks(bytes, length, arena, &meaning);
    uint8_t curve[256];
    cairo_surface_t *surface;
    cairo_format_t format;

    if (fault)
        return fault;
    if (cairo_load())
        return "cairo, which reads PNG, cannot be loaded; install the package libcairo2";
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
    fill_curve(&meaning, curve);
    take_pixels(surface, curve, arena, out);
    cairo_surface_destroy(surface);
    return NULL;
}
