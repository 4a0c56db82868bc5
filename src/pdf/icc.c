/*
 * The sRGB colour space (IEC 61966-2-1), and its greys, as ICC profiles of version 4.2: made here, so that the file
 * depends on no installed profile. Numbers are those of the sRGB primaries adapted to D50.
 */
#include "pdf/icc.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { HEADER = 128, ENTRY = 12, TAGS_LIMIT = 12 };

struct tag {
    const char *name;
    size_t offset, length; /* in the body */
};

struct profile {
    struct buf body;
    struct tag tags[TAGS_LIMIT];
    unsigned count;
};

static void add32(struct buf *b, uint32_t v)
{
    const char bytes[4] = { (char)(v >> 24), (char)(v >> 16), (char)(v >> 8), (char)v };
    buf_add(b, bytes, 4);
}

static void add_fixed(struct buf *b, double v) /* s15Fixed16Number */
{
    add32(b, (uint32_t)(int32_t)lround(v * 65536));
}

static void begin(struct profile *p, const char *name, const char *type)
{
    p->tags[p->count].name = name;
    p->tags[p->count].offset = p->body.length;
    buf_add(&p->body, type, 4);
    add32(&p->body, 0);
}

static void end(struct profile *p)
{
    struct tag *t = &p->tags[p->count++];
    t->length = p->body.length - t->offset;
    while (p->body.length & 3)
        buf_add_char(&p->body, '\0');
}

static void add_string(struct profile *p, const char *name, const char *ascii)
{
    size_t length = strlen(ascii);
    begin(p, name, "mluc");
    add32(&p->body, 1);
    add32(&p->body, 12);
    buf_add(&p->body, "enUS", 4);
    add32(&p->body, (uint32_t)(2 * length));
    add32(&p->body, 28);
    for (size_t i = 0; i < length; i++) {
        buf_add_char(&p->body, '\0');
        buf_add_char(&p->body, ascii[i]);
    }
    end(p);
}

static void add_numbers(struct profile *p, const char *name, const char *type, const double *v, int count)
{
    begin(p, name, type);
    for (int i = 0; i < count; i++)
        add_fixed(&p->body, v[i]);
    end(p);
}

static void add_curve(struct profile *p, const char *name)
{
    static const double parameters[] = { 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045 };
    begin(p, name, "para");
    add32(&p->body, 3 << 16); /* function type 3 */
    for (int i = 0; i < 5; i++)
        add_fixed(&p->body, parameters[i]);
    end(p);
}

/* Another name for the tag before. */
static void add_again(struct profile *p, const char *name)
{
    p->tags[p->count] = p->tags[p->count - 1];
    p->tags[p->count++].name = name;
}

/* `space`: the device's colours, four letters. */
static void add_header(struct buf *out, const char *space, size_t size)
{
    static const char date[12] = { 7, (char)0xE8, 0, 1, 0, 1 }; /* 2024-01-01 */
    size_t start = out->length;
    add32(out, (uint32_t)size);
    add32(out, 0);
    add32(out, 0x04200000);
    buf_add(out, "mntr", 4);
    buf_add(out, space, 4);
    buf_add(out, "XYZ ", 4);
    buf_add(out, date, sizeof date);
    buf_add(out, "acsp", 4);
    for (int i = 0; i < 7; i++)
        add32(out, 0);
    add_fixed(out, 0.9642); /* D50 */
    add_fixed(out, 1);
    add_fixed(out, 0.8249);
    while (out->length - start < HEADER)
        add32(out, 0);
}

static void begin_profile(struct profile *p, const char *description)
{
    static const double white[] = { 0.9642, 1, 0.8249 };
    *p = (struct profile){ .count = 0 };
    buf_init(&p->body);
    add_string(p, "desc", description);
    add_string(p, "cprt", "CC0");
    add_numbers(p, "wtpt", "XYZ ", white, 3);
}

static void end_profile(struct profile *p, const char *space, struct buf *out)
{
    size_t tables = HEADER + 4 + ENTRY * (size_t)p->count;
    add_header(out, space, tables + p->body.length);
    add32(out, p->count);
    for (unsigned i = 0; i < p->count; i++) {
        buf_add(out, p->tags[i].name, 4);
        add32(out, (uint32_t)(tables + p->tags[i].offset));
        add32(out, (uint32_t)p->tags[i].length);
    }
    buf_add(out, p->body.data, p->body.length);
    buf_drop(&p->body);
}

void icc_add_srgb(struct buf *out)
{
    static const double adaptation[] = { 1.04788,  0.02292,  -0.05022, 0.02959, 0.99048,
                                         -0.01707, -0.00925, 0.01508,  0.75168 };
    static const double red[] = { 0.43607, 0.22249, 0.01392 }, green[] = { 0.38515, 0.71687, 0.09708 },
                        blue[] = { 0.14307, 0.06061, 0.71410 };
    struct profile p;
    begin_profile(&p, "sRGB");
    add_numbers(&p, "chad", "sf32", adaptation, 9);
    add_numbers(&p, "rXYZ", "XYZ ", red, 3);
    add_numbers(&p, "gXYZ", "XYZ ", green, 3);
    add_numbers(&p, "bXYZ", "XYZ ", blue, 3);
    add_curve(&p, "rTRC");
    add_again(&p, "gTRC");
    add_again(&p, "bTRC");
    end_profile(&p, "RGB ", out);
}

void icc_add_grey(struct buf *out)
{
    struct profile p;
    begin_profile(&p, "sRGB grey");
    add_curve(&p, "kTRC");
    end_profile(&p, "GRAY", out);
}
