/* CMaps. Knows nothing of fonts; ToUnicode, which is a CMap too, is read by who wants the texts. */
#include "pdf_check/cmap.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 2 };

struct code {
    unsigned value;
    size_t length;
};

static struct code code_of(struct cos v)
{
    struct code code = { 0 };
    struct buf bytes;
    buf_init(&bytes);
    if (v.kind == COS_HEX)
        cos_add_string(v, &bytes);
    code.length = bytes.length;
    for (size_t i = 0; i < bytes.length && i < LONGEST; i++)
        code.value = code.value << 8 | (uint8_t)bytes.data[i];
    buf_drop(&bytes);
    return code;
}

static bool take_space(struct cmap *m, struct code from, struct code to)
{
    if (from.length != to.length || !from.length || from.length > LONGEST || from.value > to.value)
        return false;
    unsigned shift = from.length > 1 ? 8 : 0;
    for (unsigned first = from.value >> shift; first <= to.value >> shift; first++)
        m->lengths[first] = (uint8_t)from.length;
    return true;
}

static bool take_cids(struct cmap *m, struct code from, struct code to, int64_t cid)
{
    if (from.length != to.length || from.length > LONGEST || from.value > to.value || cid < 0 ||
        cid >= CMAP_CODES - (int64_t)(to.value - from.value))
        return false;
    for (unsigned code = from.value; code <= to.value; code++)
        m->cids[code] = (uint16_t)(cid + (code - from.value));
    return true;
}

/* begincodespacerange, begincidrange and WMode; the rest is passed over. Whether both are there. */
static bool read_map(struct cmap *m, const struct buf *bytes)
{
    struct cursor in = cursor_of(bytes->data, bytes->data + bytes->length);
    bool spaces = false, cids = false, has_spaces = false, has_cids = false;
    for (struct cos v; (v = cos_next(&in, false)).kind != COS_NONE && v.kind != COS_BAD;) {
        if (v.kind == COS_WORD) {
            spaces = cos_is_word(v, "begincodespacerange");
            cids = cos_is_word(v, "begincidrange");
            has_spaces |= spaces;
            has_cids |= cids;
            continue;
        }
        if (cos_is_name(v, "WMode"))
            m->mode = cos_integer(cos_next(&in, false), 0);
        if (!spaces && !cids)
            continue;
        struct code from = code_of(v), to = code_of(cos_next(&in, false));
        if (spaces ? !take_space(m, from, to) : !take_cids(m, from, to, cos_integer(cos_next(&in, false), -1)))
            return false;
    }
    return has_spaces && has_cids;
}

bool cmap_read(struct reader *reader, struct cos encoding, struct cmap *m)
{
    *m = (struct cmap){ 0 };
    struct buf bytes;
    buf_init(&bytes);
    bool identity = cos_is_name(encoding, "Identity-H"), good = identity;
    if (encoding.kind == COS_DICT && cos_get(encoding, "UseCMap").kind == COS_NONE &&
        reader_stream(reader, encoding, &bytes)) {
        m->cids = xcalloc(CMAP_CODES, sizeof *m->cids);
        good = read_map(m, &bytes);
    }
    buf_drop(&bytes);
    if (good && !identity)
        return true;
    cmap_drop(m);
    memset(m->lengths, 2, sizeof m->lengths);
    return good;
}

void cmap_drop(struct cmap *m)
{
    free(m->cids);
    m->cids = NULL;
}

unsigned cmap_next(const struct cmap *m, const char *bytes, size_t length, size_t *at)
{
    const uint8_t *p = (const uint8_t *)bytes + *at;
    size_t size = m->lengths[*p];
    if (size == 0 || size > length - *at) {
        *at += size ? length - *at : 1;
        return 0;
    }
    *at += size;
    return size == 1 ? p[0] : (unsigned)p[0] << 8 | p[1];
}

unsigned cmap_cid(const struct cmap *m, unsigned code)
{
    return m->cids ? m->cids[code] : code;
}
