/* Outlines in a CFF program (Adobe technical notes 5176, 5177): found by glyph index, subroutines in their place. */
#include "pdf_check/contents_inside.h"

enum { CALL_GLOBAL = 29, ESCAPE = 12, DICT_CHARSTRINGS = 17, CALL_DEPTH = 4 };

/* Objects of one kind behind each other. */
struct cff_index {
    const uint8_t *offsets, *data, *end; /* data: one before the first object, as offsets count */
    unsigned count, size;
    const uint8_t *next; /* what stands behind it */
};

static uint32_t number(const uint8_t *p, unsigned size)
{
    uint32_t n = 0;
    while (size-- > 0)
        n = n << 8 | *p++;
    return n;
}

static bool read_index(const uint8_t *p, const uint8_t *end, struct cff_index *out)
{
    *out = (struct cff_index){ .next = p + 2 };
    if (end - p < 2)
        return false;
    out->count = number(p, 2);
    if (!out->count)
        return true;
    if (end - p < 3 || p[2] < 1 || p[2] > 4 || (size_t)(end - p - 3) / p[2] < (size_t)out->count + 1)
        return false;
    out->size = p[2];
    out->offsets = p + 3;
    out->data = out->offsets + ((size_t)out->count + 1) * out->size - 1;
    out->end = end;
    uint32_t length = number(out->data + 1 - out->size, out->size);
    if (length < 1 || length > (size_t)(end - out->data))
        return false;
    out->next = out->data + length;
    return true;
}

static bool read_object(const struct cff_index *index, uint32_t n, const uint8_t **from, const uint8_t **to)
{
    if (n >= index->count)
        return false;
    uint32_t first = number(index->offsets + (size_t)n * index->size, index->size);
    uint32_t last = number(index->offsets + ((size_t)n + 1) * index->size, index->size);
    if (first < 1 || first > last || last > (size_t)(index->end - index->data))
        return false;
    *from = index->data + first;
    *to = index->data + last;
    return true;
}

/* How many bytes a number takes that begins so; 0: it is an operator. `charstring`: else of a DICT. */
static size_t number_length(uint8_t first, bool charstring)
{
    if (first >= 32 && first <= 246)
        return 1;
    if (first >= 247 && first <= 254)
        return 2;
    if (first == 28)
        return 3;
    return charstring ? (first == 255 ? 5 : 0) : first == 29 ? 5 : 0;
}

static int32_t read_number(const uint8_t *p)
{
    if (*p <= 246 && *p >= 32)
        return *p - 139;
    if (*p >= 247 && *p <= 254)
        return *p < 251 ? (*p - 247) * 256 + p[1] + 108 : -(*p - 251) * 256 - p[1] - 108;
    return *p == 28 ? (int16_t)number(p + 1, 2) : (int32_t)number(p + 1, 4);
}

/* Where the charstrings begin, as a top DICT says; 0: it does not. */
static uint32_t charstrings_at(const uint8_t *p, const uint8_t *end)
{
    int32_t last = 0;
    while (p < end) {
        size_t length = number_length(*p, false);
        if (length > (size_t)(end - p))
            return 0;
        if (length)
            last = read_number(p);
        else if (*p == DICT_CHARSTRINGS)
            return last > 0 ? (uint32_t)last : 0;
        else if (*p == 30) /* a real number: nibbles up to 15 */
            while (p < end - 1 && (*p & 15) != 15)
                p++;
        else if (*p == ESCAPE)
            p++;
        p += length ? length : 1;
    }
    return 0;
}

static void add_charstring(const struct cff_index *subroutines, const uint8_t *p, const uint8_t *end, struct buf *out,
                           int depth)
{
    int32_t bias = subroutines->count < 1240 ? 107 : subroutines->count < 33900 ? 1131 : 32768, last = 0;
    size_t last_length = 0;
    while (p < end && depth < CALL_DEPTH) {
        size_t length = number_length(*p, true);
        const uint8_t *from, *to;
        if (length > (size_t)(end - p))
            return;
        if (*p == CALL_GLOBAL && last_length && read_object(subroutines, (uint32_t)(last + bias), &from, &to)) {
            out->length -= last_length; /* which one it is says nothing */
            add_charstring(subroutines, from, to, out, depth + 1);
        } else {
            buf_add(out, p, length ? length : 1);
        }
        last = length ? read_number(p) : 0;
        last_length = length;
        p += length ? length : 1;
    }
}

bool contents_cff_outline(const struct buf *program, unsigned glyph, struct buf *out)
{
    const uint8_t *p = (const uint8_t *)program->data, *end = p + program->length, *from, *to;
    struct cff_index names, tops, strings, subroutines, glyphs;
    if (program->length < 4 || p[2] > program->length || !read_index(p + p[2], end, &names)
        || !read_index(names.next, end, &tops) || !read_index(tops.next, end, &strings)
        || !read_index(strings.next, end, &subroutines) || !read_object(&tops, 0, &from, &to))
        return false;
    uint32_t at = charstrings_at(from, to);
    if (!at || at >= program->length || !read_index(p + at, end, &glyphs) || !read_object(&glyphs, glyph, &from, &to))
        return false;
    add_charstring(&subroutines, from, to, out, 0);
    return true;
}
