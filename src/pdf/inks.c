/* Inks: how a colour is said in a content stream, and the output intents that give it a meaning (PDF/A, PDF/X). */
#include "pdf/inks.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/icc.h"
#include "pdf/object.h"
#include "scene/cmyk.h"
#include "scene/grey.h"

struct inks {
    struct pdf_file *file;
    enum scene_colour colour;
    const struct scene_press *press;
    struct cmyk *cmyk; /* of COLOUR_CMYK */
    struct mixed {
        uint32_t rgb;
        uint8_t inks[CMYK_INKS];
    } *list; /* colours so far; in the file's arena */
    size_t count;
    unsigned image_most; /* of 255: the ink of the images' darkest pixel */
};

struct inks *inks_new(struct pdf_file *file, const struct scene_meta *meta)
{
    struct inks *k = arena_alloc(file->arena, sizeof *k);
    k->file = file;
    k->colour = meta->colour;
    k->press = meta->press;
    if (k->colour == COLOUR_CMYK)
        k->cmyk = cmyk_new(k->press->profile, k->press->length);
    return k;
}

void inks_drop(struct inks *k)
{
    if (k)
        cmyk_drop(k->cmyk);
}

const char *inks_device(enum scene_colour colour)
{
    return colour == COLOUR_GREY ? "DeviceGray" : colour == COLOUR_CMYK ? "DeviceCMYK" : "DeviceRGB";
}

/* --- colours --- */

static const uint8_t *mix(struct inks *k, uint32_t rgb)
{
    for (size_t i = 0; i < k->count; i++)
        if (k->list[i].rgb == rgb)
            return k->list[i].inks;
    k->list = arena_grow(k->file->arena, k->list, k->count, sizeof *k->list);
    struct mixed *new = &k->list[k->count++];
    new->rgb = rgb;
    cmyk_of_ink(k->cmyk, rgb, new->inks);
    return new->inks;
}

static void add_share(struct buf *b, uint32_t of_255)
{
    buf_add_real(b, of_255 / 255.0, 3);
    buf_add_char(b, ' ');
}

void inks_add(struct inks *k, struct buf *b, uint32_t rgb, bool stroke)
{
    if (k->colour == COLOUR_GREY) {
        add_share(b, grey_of_ink(rgb));
        buf_add_string(b, stroke ? "G\n" : "g\n");
    } else if (k->colour == COLOUR_CMYK) {
        const uint8_t *inks = mix(k, rgb);
        for (int i = 0; i < CMYK_INKS; i++)
            add_share(b, inks[i]);
        buf_add_string(b, stroke ? "K\n" : "k\n");
    } else {
        for (int shift = 16; shift >= 0; shift -= 8)
            add_share(b, rgb >> shift & 255);
        buf_add_string(b, stroke ? "RG\n" : "rg\n");
    }
}

/* --- black over colours --- */

bool inks_overprints(struct inks *k, uint32_t rgb)
{
    static const uint8_t black[CMYK_INKS] = { 0, 0, 0, 255 };
    return k->colour == COLOUR_CMYK && memcmp(mix(k, rgb), black, sizeof black) == 0;
}

void inks_add_overprint(struct buf *b, bool over)
{
    buf_add_string(b, over ? "/Over gs\n" : "/Out gs\n");
}

/* Mode 1: an ink of which a colour has none is left as it is. */
void inks_add_resources(const struct inks *k, struct buf *b)
{
    if (k->colour == COLOUR_CMYK)
        buf_add_string(b, "/ExtGState <</Over <</OP true /op true /OPM 1>> /Out <</OP false /op false /OPM 0>>>>");
}

/* --- images --- */

const char *inks_image_device(const struct inks *k, const struct image *image)
{
    return image->grey ? "DeviceGray" : inks_device(k->colour);
}

static uint8_t *shades_new(const uint8_t *pixels, size_t count)
{
    struct grey_scale scale;
    uint8_t *shades = xcalloc(count, 1);
    grey_scale_init(&scale);
    for (size_t i = 0; i < count; i++)
        shades[i] = grey_of_pixel(&scale, pixels + 3 * i);
    return shades;
}

static uint8_t *mixed_new(struct inks *k, const uint8_t *pixels, size_t count)
{
    uint8_t *inks = xcalloc(count, CMYK_INKS);
    cmyk_of_pixels(k->cmyk, pixels, count, inks);
    for (size_t i = 0; i < count * CMYK_INKS; i += CMYK_INKS) {
        unsigned sum = inks[i] + inks[i + 1] + inks[i + 2] + inks[i + 3];
        k->image_most = sum > k->image_most ? sum : k->image_most;
    }
    return inks;
}

uint8_t *inks_pixels_new(struct inks *k, const struct image *image, size_t *length)
{
    if (k->colour == COLOUR_RGB || image->grey)
        return NULL;
    struct arena *arena = arena_new();
    size_t count = (size_t)image->width * image->height;
    const uint8_t *pixels = image_pixels(image, arena);
    bool grey = k->colour == COLOUR_GREY;
    uint8_t *made = grey ? shades_new(pixels, count) : mixed_new(k, pixels, count);
    *length = grey ? count : count * CMYK_INKS;
    arena_drop(arena);
    return made;
}

/* --- how much ink --- */

static bool is_said(const struct diags *diags, const char *message)
{
    for (size_t i = 0; i < diags_count(diags); i++)
        if (strcmp(diags_get(diags, i)->message, message) == 0)
            return true;
    return false;
}

/* Editions share most colours: each is said once. */
static void warn(const struct inks *k, const char *what, unsigned sum, struct diags *diags)
{
    double percent = sum * 100 / 255.0, most = (double)k->press->ink_limit;
    if (most <= 0 || percent <= most)
        return;
    const char *message = arena_printf(k->file->arena, "%s %.0f %% of ink, more than %.0f %%; take a lighter one, or a "
                                                       "profile that is made for less", what, percent, most);
    if (!is_said(diags, message))
        diag_add(diags, DIAG_INK_LIMIT, k->press->ink_limit_at, "%s", message);
}

void inks_report(const struct inks *k, struct diags *diags)
{
    if (k->colour != COLOUR_CMYK)
        return;
    for (size_t i = 0; i < k->count; i++) {
        const struct mixed *m = &k->list[i];
        unsigned sum = m->inks[0] + m->inks[1] + m->inks[2] + m->inks[3];
        warn(k, arena_printf(k->file->arena, "the colour #%06X takes", m->rgb & 0xFFFFFF), sum, diags);
    }
    warn(k, "the darkest part of the images takes", k->image_most, diags);
}

/* --- output intents --- */

static unsigned profile_new(const struct inks *k)
{
    struct buf b;
    buf_init(&b);
    if (k->colour == COLOUR_GREY)
        icc_add_grey(&b);
    else if (k->colour == COLOUR_CMYK)
        buf_add(&b, k->press->profile, k->press->length);
    else
        icc_add_srgb(&b);
    const char *head = k->colour == COLOUR_GREY ? "/N 1" : k->colour == COLOUR_CMYK ? "/N 4" : "/N 3";
    unsigned profile = pdf_stream_new(k->file, head, b.data, b.length, false);
    buf_drop(&b);
    return profile;
}

/* "Custom" is what the condition is called that no registry has: the profile says what it is. */
static void add_intent(const struct inks *k, const char *kind, unsigned profile, struct buf *out)
{
    bool press = k->colour == COLOUR_CMYK;
    const char *name = k->colour == COLOUR_GREY ? "sRGB grey" : "sRGB";
    unsigned intent = pdf_object_new(k->file);
    struct buf b;
    buf_init(&b);
    buf_printf(&b, "/Type /OutputIntent /S /%s /OutputConditionIdentifier (%s) /Info ", kind, press ? "Custom" : name);
    pdf_add_bytes(&b, press ? k->press->name : name);
    buf_add_string(&b, " /DestOutputProfile ");
    pdf_add_ref(&b, profile);
    buf_add_char(&b, '\n');
    pdf_dict_set(k->file, intent, &b);
    buf_drop(&b);
    pdf_add_ref(out, intent);
}

/* Both intents have one profile, as PDF/A asks. */
void inks_add_intents(const struct inks *k, struct buf *out)
{
    unsigned profile = profile_new(k);
    buf_add_string(out, "/OutputIntents [");
    add_intent(k, "GTS_PDFA1", profile, out);
    if (k->colour == COLOUR_CMYK) {
        buf_add_char(out, ' ');
        add_intent(k, "GTS_PDFX", profile, out);
    }
    buf_add_string(out, "]\n");
}
