/* CFF font programs, read no further than glyphs and widths. Every position is tested: the bytes may be anything. */
#include "pdf_check/cff.h"

#include <stdint.h>

enum { OPERANDS = 48, DEPTH = 10, MOST_READ = 10000 /* of subroutines that call each other without end */ };
enum { DICT_CHARSET = 15, DICT_CHARSTRINGS = 17, DICT_PRIVATE = 18, DICT_USUAL = 20, DICT_NOMINAL = 21,
       DICT_MATRIX = 0x0C07, DICT_KEYED = 0x0C1E, DICT_FONTS = 0x0C24 };
enum { HSTEM = 1, VSTEM = 3, VMOVETO = 4, CALL_LOCAL = 10, RETURN = 11, ENDCHAR = 14, HSTEMHM = 18, HINTMASK = 19,
       CNTRMASK = 20, RMOVETO = 21, HMOVETO = 22, VSTEMHM = 23, CALL_GLOBAL = 29 };

struct part {
    size_t at, end;
};

struct operands {
    double values[OPERANDS];
    int count;
};

/* A number of so many bytes; 0 behind the end. */
static uint32_t number_at(const struct cff *f, size_t at, size_t bytes)
{
    uint32_t value = 0;
    if (at > f->length || bytes > f->length - at)
        return 0;
    for (size_t i = 0; i < bytes; i++)
        value = value << 8 | f->data[at + i];
    return value;
}

/* The position behind it; behind the end where it is broken. */
static size_t read_index(const struct cff *f, size_t at, struct cff_index *out)
{
    *out = (struct cff_index){ number_at(f, at, 2), number_at(f, at + 2, 1), at + 3, 0 };
    if (!out->count)
        return at + 2;
    out->base = out->offsets + (out->count + 1) * out->offset_size - 1;
    return out->base + number_at(f, out->base + 1 - out->offset_size, out->offset_size);
}

static struct part item_of(const struct cff *f, const struct cff_index *index, size_t i)
{
    if (i >= index->count)
        return (struct part){ 0, 0 };
    size_t offset = index->offsets + i * index->offset_size;
    struct part p = { index->base + number_at(f, offset, index->offset_size),
                      index->base + number_at(f, offset + index->offset_size, index->offset_size) };
    return p.at <= p.end && p.end <= f->length ? p : (struct part){ 0, 0 };
}

static void push(struct operands *o, double value)
{
    if (o->count < OPERANDS)
        o->values[o->count++] = value;
}

/* A whole number that begins with `first`, which was read; charstrings and DICTs write these alike. */
static bool read_number(const struct cff *f, struct part *in, unsigned first, struct operands *o)
{
    if (first == 28) {
        push(o, (int16_t)number_at(f, in->at, 2));
        in->at += 2;
    } else if (first >= 32 && first <= 246) {
        push(o, (int)first - 139);
    } else if (first >= 247 && first <= 250) {
        push(o, (int)((first - 247) * 256 + number_at(f, in->at++, 1) + 108));
    } else if (first >= 251 && first <= 254) {
        push(o, -(int)((first - 251) * 256 + number_at(f, in->at++, 1) + 108));
    } else {
        return false;
    }
    return true;
}

/* The operands of an operator; none where it is not there. A real number is taken for 0. */
static struct operands find_entry(const struct cff *f, struct part dict, unsigned wanted)
{
    struct operands o = { .count = 0 };
    while (dict.at < dict.end) {
        unsigned byte = number_at(f, dict.at++, 1);
        if (read_number(f, &dict, byte, &o))
            continue;
        if (byte == 29) {
            push(&o, (int32_t)number_at(f, dict.at, 4));
            dict.at += 4;
        } else if (byte == 30) {
            for (unsigned pair = 0; (pair & 0xF) != 0xF && dict.at < dict.end;)
                pair = number_at(f, dict.at++, 1);
            push(&o, 0);
        } else {
            unsigned operator = byte == 12 ? 0x0C00 | number_at(f, dict.at++, 1) : byte;
            if (operator == wanted)
                return o;
            o.count = 0;
        }
    }
    return (struct operands){ .count = 0 };
}

/* The entry's operand, counted from its last; `other` where there is none. */
static double entry_of(const struct cff *f, struct part dict, unsigned wanted, int from_last, double other)
{
    struct operands o = find_entry(f, dict, wanted);
    return o.count > from_last ? o.values[o.count - 1 - from_last] : other;
}

static size_t position_of(const struct cff *f, struct part dict, unsigned wanted)
{
    double at = entry_of(f, dict, wanted, 0, 0);
    return at > 0 && at < (double)f->length ? (size_t)at : 0;
}

static void read_private(struct cff *f, struct part dict)
{
    bool scaled = find_entry(f, dict, DICT_MATRIX).count > 0;
    if (position_of(f, dict, DICT_FONTS)) {
        struct cff_index fonts;
        read_index(f, position_of(f, dict, DICT_FONTS), &fonts);
        dict = item_of(f, &fonts, 0);
        scaled |= fonts.count != 1 || find_entry(f, dict, DICT_MATRIX).count > 0;
    }
    struct part private = { position_of(f, dict, DICT_PRIVATE), 0 };
    double length = entry_of(f, dict, DICT_PRIVATE, 1, 0);
    if (scaled || !private.at || length < 0 || length > (double)(f->length - private.at))
        return;
    private.end = private.at + (size_t)length;
    f->usual = entry_of(f, private, DICT_USUAL, 0, 0);
    f->nominal = entry_of(f, private, DICT_NOMINAL, 0, 0);
    f->has_widths = true;
}

bool cff_open(const unsigned char *data, size_t length, struct cff *f)
{
    *f = (struct cff){ .data = data, .length = length };
    struct cff_index names, tops, strings;
    size_t at = read_index(f, number_at(f, 2, 1), &names);
    at = read_index(f, at, &tops);
    at = read_index(f, at, &strings);
    read_index(f, at, &f->subroutines);
    struct part top = item_of(f, &tops, 0);
    if (number_at(f, 0, 1) != 1 || !position_of(f, top, DICT_CHARSTRINGS))
        return false;
    read_index(f, position_of(f, top, DICT_CHARSTRINGS), &f->glyphs);
    if (find_entry(f, top, DICT_KEYED).count)
        f->charset = position_of(f, top, DICT_CHARSET);
    read_private(f, top);
    return f->glyphs.count > 0;
}

bool cff_item(const struct cff *f, const struct cff_index *index, size_t i, const unsigned char **from,
              const unsigned char **to)
{
    struct part p = item_of(f, index, i);
    *from = f->data + p.at;
    *to = f->data + p.end;
    return p.at < p.end;
}

unsigned cff_glyph(const struct cff *f, unsigned cid)
{
    if (!f->charset)
        return cid < f->glyphs.count ? cid : 0;
    unsigned format = number_at(f, f->charset, 1);
    size_t row = format == 0 ? 2 : format == 1 ? 3 : 4, at = f->charset + 1;
    for (size_t glyph = 1; cid && format <= 2 && glyph < f->glyphs.count && at < f->length; at += row) {
        uint32_t first = number_at(f, at, 2), more = number_at(f, at + 2, row - 2);
        if (cid >= first && cid - first <= more)
            return glyph + (cid - first) < f->glyphs.count ? (unsigned)glyph + (cid - first) : 0;
        glyph += more + 1;
    }
    return 0;
}

/* --- a charstring's width: what stands before the operands of its first operator --- */

static bool has_width(unsigned operator, int count)
{
    switch (operator) {
    case HSTEM: case VSTEM: case HSTEMHM: case VSTEMHM: case HINTMASK: case CNTRMASK:
        return count % 2 == 1;
    case VMOVETO: case HMOVETO:
        return count > 1;
    case RMOVETO:
        return count > 2;
    case ENDCHAR:
        return count == 1 || count == 5; /* four place two other glyphs */
    default:
        return false;
    }
}

static struct part subroutine_of(const struct cff *f, struct operands *o)
{
    size_t count = f->subroutines.count;
    double number = o->count ? o->values[--o->count] + (count < 1240 ? 107 : count < 33900 ? 1131 : 32768) : -1;
    return number >= 0 ? item_of(f, &f->subroutines, (size_t)number) : (struct part){ 0, 0 };
}

double cff_width(const struct cff *f, unsigned glyph)
{
    struct operands o = { .count = 0 };
    struct part stack[DEPTH] = { item_of(f, &f->glyphs, glyph) };
    for (int depth = 0, read = 0; depth >= 0 && f->has_widths && read < MOST_READ; read++) {
        struct part *in = &stack[depth];
        unsigned byte = in->at < in->end ? number_at(f, in->at++, 1) : RETURN;
        if (read_number(f, in, byte, &o))
            continue;
        if (byte == 255) {
            push(&o, (int32_t)number_at(f, in->at, 4) / 65536.0);
            in->at += 4;
        } else if (byte == RETURN) {
            depth--;
        } else if (byte == CALL_GLOBAL && depth + 1 < DEPTH) {
            stack[++depth] = subroutine_of(f, &o);
        } else if (byte == CALL_LOCAL || byte == CALL_GLOBAL) {
            return -1;
        } else {
            return has_width(byte, o.count) ? f->nominal + o.values[0] : f->usual;
        }
    }
    return -1;
}
