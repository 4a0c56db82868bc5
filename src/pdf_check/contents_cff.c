/* Outlines in a CFF program (Adobe technical notes 5176, 5177): found by CID, subroutines in their place. */
#include "pdf_check/contents_inside.h"

enum { CALL_GLOBAL = 29, CALL_DEPTH = 4 };

/* How many bytes a number of a charstring takes that begins so; 0: it is an operator. */
static size_t number_length(uint8_t first)
{
    if (first >= 32 && first <= 246)
        return 1;
    if (first >= 247 && first <= 254)
        return 2;
    return first == 28 ? 3 : first == 255 ? 5 : 0;
}

/* A whole one; of a fraction, which names no subroutine, 0. */
static int32_t read_number(const uint8_t *p)
{
    if (*p <= 246 && *p >= 32)
        return *p - 139;
    if (*p >= 247 && *p <= 254)
        return *p < 251 ? (*p - 247) * 256 + p[1] + 108 : -(*p - 251) * 256 - p[1] - 108;
    return *p == 28 ? (int16_t)(p[1] << 8 | p[2]) : 0;
}

static void add_charstring(const struct cff *cff, const uint8_t *p, const uint8_t *end, size_t *left, struct buf *out,
                           int depth)
{
    size_t count = cff->subroutines.count, last_length = 0;
    int32_t bias = count < 1240 ? 107 : count < 33900 ? 1131 : 32768, last = 0;
    while (p < end && depth < CALL_DEPTH && *left > 0) {
        --*left;
        size_t length = number_length(*p);
        const uint8_t *from, *to;
        if (length > (size_t)(end - p))
            return;
        if (*p == CALL_GLOBAL && last_length && last + bias >= 0 &&
            cff_item(cff, &cff->subroutines, (size_t)(last + bias), &from, &to)) {
            out->length -= last_length; /* which one it is says nothing */
            add_charstring(cff, from, to, left, out, depth + 1);
        } else {
            buf_add(out, p, length ? length : 1);
        }
        last = length ? read_number(p) : 0;
        last_length = length;
        p += length ? length : 1;
    }
}

bool contents_cff_outline(const struct cff *cff, unsigned cid, size_t *left, struct buf *out)
{
    size_t looked_through = cff->charset ? cff->glyphs.count : 0; /* for the glyph of the CID */
    const uint8_t *from, *to;
    *left -= looked_through < *left ? looked_through : *left;
    if (!*left || !cff_item(cff, &cff->glyphs, cff_glyph(cff, cid), &from, &to))
        return false;
    add_charstring(cff, from, to, left, out, 0);
    return true;
}
