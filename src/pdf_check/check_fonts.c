/*
 * Fonts, and each code of theirs that is shown: glyph, width, text. Looks into TrueType and CFF programs of composite
 * fonts; of other fonts only that they are embedded.
 */
#include "pdf_check/cff.h"
#include "pdf_check/checker.h"
#include "pdf_check/cmap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <uthash.h>

enum { CODES = CMAP_CODES };

struct font_use {
    unsigned number; /* object */
    bool composite, has_cmap;
    struct cmap cmap; /* of a composite one; as Identity-H when it has none */
    uint8_t shown[CODES / 8];
    UT_hash_handle hh;
};

struct font_use *fonts_use(struct checker *c, unsigned font)
{
    struct font_use *use;
    HASH_FIND(hh, c->fonts, &font, sizeof font, use);
    if (!use) {
        use = xcalloc(1, sizeof *use);
        use->number = font;
        const struct cos dict = reader_object(c->reader, font);
        use->composite = cos_is_name(checker_get(c, dict, "Subtype"), "Type0");
        use->has_cmap = use->composite && cmap_read(c->reader, checker_get(c, dict, "Encoding"), &use->cmap);
        HASH_ADD(hh, c->fonts, number, sizeof use->number, use);
    }
    return use;
}

void fonts_show(struct font_use *use, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length;) {
        unsigned code = use->composite ? cmap_next(&use->cmap, bytes, length, &i) : (unsigned char)bytes[i++];
        use->shown[code / 8] |= (uint8_t)(1 << code % 8);
    }
}

static bool is_shown(const struct font_use *use, unsigned code)
{
    return use->shown[code / 8] >> code % 8 & 1;
}

/* --- the program --- */

/* What widths need of a TrueType program (OpenType: head, hhea, hmtx, maxp), or a CFF one. */
struct program {
    enum { PROGRAM_NONE, PROGRAM_TRUETYPE, PROGRAM_CFF } form;
    struct buf bytes;
    const unsigned char *metrics; /* hmtx */
    unsigned upem, glyphs, advances;
    struct cff cff;
};

static unsigned word_at(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

/* A table of at least so many bytes, or NULL. */
static const unsigned char *find_table(const struct program *p, const char *tag, size_t least)
{
    const unsigned char *data = (const unsigned char *)p->bytes.data;
    size_t count = p->bytes.length >= 12 ? word_at(data + 4) : 0;
    for (size_t i = 0; i < count && 12 + 16 * (i + 1) <= p->bytes.length; i++) {
        const unsigned char *row = data + 12 + 16 * i;
        size_t at = (size_t)word_at(row + 8) << 16 | word_at(row + 10);
        size_t length = (size_t)word_at(row + 12) << 16 | word_at(row + 14);
        if (memcmp(row, tag, 4) == 0)
            return length >= least && at <= p->bytes.length && length <= p->bytes.length - at ? data + at : NULL;
    }
    return NULL;
}

static bool open_truetype(struct program *p)
{
    const unsigned char *head = find_table(p, "head", 54), *maxp = find_table(p, "maxp", 6);
    const unsigned char *hhea = find_table(p, "hhea", 36);
    if (!head || !maxp || !hhea)
        return false;
    p->upem = word_at(head + 18);
    p->glyphs = word_at(maxp + 4);
    p->advances = word_at(hhea + 34);
    p->metrics = find_table(p, "hmtx", (size_t)p->advances * 4);
    return p->metrics && p->upem && p->advances;
}

static bool open_cff(struct program *p)
{
    if (!cff_open((const unsigned char *)p->bytes.data, p->bytes.length, &p->cff))
        return false;
    p->glyphs = (unsigned)p->cff.glyphs.count;
    return true;
}

/* False when there is none, or it cannot be read. Another form of FontFile3, OpenType, is not looked into. */
static bool open_program(struct checker *c, struct cos descriptor, struct program *p)
{
    const struct cos other = checker_get(c, descriptor, "FontFile3");
    buf_init(&p->bytes);
    if (reader_stream(c->reader, checker_get(c, descriptor, "FontFile2"), &p->bytes)) {
        p->form = open_truetype(p) ? PROGRAM_TRUETYPE : PROGRAM_NONE;
        return p->form != PROGRAM_NONE;
    }
    if (!cos_is_name(checker_get(c, other, "Subtype"), "CIDFontType0C"))
        return other.kind == COS_DICT;
    p->form = reader_stream(c->reader, other, &p->bytes) && open_cff(p) ? PROGRAM_CFF : PROGRAM_NONE;
    return p->form != PROGRAM_NONE;
}

/* Negative: not known. */
static double program_width(const struct program *p, unsigned glyph)
{
    if (p->form == PROGRAM_CFF)
        return cff_width(&p->cff, glyph);
    unsigned row = glyph < p->advances ? glyph : p->advances - 1;
    return word_at(p->metrics + 4 * row) * 1000.0 / p->upem;
}

/* --- widths by CID, texts by code --- */

/* "first [w w w]" and "first last w". */
static void read_widths(struct checker *c, struct cos font, double *widths)
{
    double usual = cos_number(checker_get(c, font, "DW"), 1000);
    struct cursor in = cos_inside(checker_get(c, font, "W"));
    for (unsigned i = 0; i < CODES; i++)
        widths[i] = usual;
    for (struct cos first; (first = cos_next(&in, true)).kind != COS_NONE;) {
        int64_t from = cos_integer(first, -1), to;
        const struct cos second = reader_resolve(c->reader, cos_next(&in, true));
        struct cursor list = cos_inside(second);
        if (second.kind == COS_ARRAY) {
            for (struct cos w; (w = cos_next(&list, true)).kind != COS_NONE && from >= 0 && from < CODES; from++)
                widths[from] = cos_number(w, usual);
            continue;
        }
        to = cos_integer(second, -1);
        double width = cos_number(cos_next(&in, true), usual);
        for (; from >= 0 && from <= to && from < CODES; from++)
            widths[from] = width;
    }
}

enum text_state { TEXT_NONE, TEXT_GOOD, TEXT_WRONG };

/* Whether a ToUnicode target (UTF-16) is text; `more` is added to its last unit. */
static enum text_state judge(struct cos v, unsigned more)
{
    struct buf bytes;
    buf_init(&bytes);
    cos_add_string(v, &bytes);
    enum text_state state = bytes.length >= 2 ? TEXT_GOOD : TEXT_WRONG;
    for (size_t i = 0; i + 1 < bytes.length; i += 2) {
        unsigned unit = word_at((unsigned char *)bytes.data + i) + (i + 2 == bytes.length ? more : 0);
        if (!unit || unit == 0xFEFF || unit == 0xFFFE || (unit >= 0xE000 && unit <= 0xF8FF) ||
            (unit >= 0xDB80 && unit <= 0xDBFF))
            state = TEXT_WRONG;
    }
    buf_drop(&bytes);
    return state;
}

static int64_t code_of(struct cos v)
{
    struct buf bytes;
    buf_init(&bytes);
    cos_add_string(v, &bytes);
    int64_t code = 0;
    for (size_t i = 0; i < bytes.length && i < 4; i++)
        code = code << 8 | (unsigned char)bytes.data[i];
    code = bytes.length ? code : -1;
    buf_drop(&bytes);
    return code;
}

static void read_range(struct cursor *in, struct cos first, uint8_t *texts)
{
    int64_t from = code_of(first), to = code_of(cos_next(in, false));
    const struct cos target = cos_next(in, false);
    struct cursor list = cos_inside(target);
    for (unsigned more = 0; from >= 0 && from <= to && from < CODES; from++, more++)
        texts[from] = (uint8_t)(target.kind == COS_ARRAY ? judge(cos_next(&list, false), 0) : judge(target, more));
}

/* beginbfchar and beginbfrange of a CMap; the rest of it is passed over. */
static void read_texts(struct checker *c, struct cos font, uint8_t *texts)
{
    struct buf map;
    bool chars = false, ranges = false;
    buf_init(&map);
    reader_stream(c->reader, checker_get(c, font, "ToUnicode"), &map);
    struct cursor in = cursor_of(map.data, map.data + map.length);
    for (struct cos v; (v = cos_next(&in, false)).kind != COS_NONE;) {
        if (v.kind == COS_WORD) {
            chars = cos_is_word(v, "beginbfchar");
            ranges = cos_is_word(v, "beginbfrange");
        } else if (chars && v.kind == COS_HEX) {
            int64_t code = code_of(v);
            const struct cos target = cos_next(&in, false);
            if (code >= 0 && code < CODES)
                texts[code] = (uint8_t)judge(target, 0);
        } else if (ranges && v.kind == COS_HEX) {
            read_range(&in, v, texts);
        }
    }
    buf_drop(&map);
}

/* --- a composite font --- */

struct composite {
    const struct cmap *cmap;
    struct program program;
    struct buf glyphs; /* CIDToGIDMap; empty: Identity */
    double widths[CODES]; /* by CID */
    uint8_t texts[CODES]; /* by code */
};

static unsigned glyph_of(const struct composite *f, unsigned cid)
{
    if (f->program.form == PROGRAM_CFF)
        return cff_glyph(&f->program.cff, cid);
    if (!f->glyphs.length)
        return cid;
    return 2 * cid + 1 < f->glyphs.length ? word_at((unsigned char *)f->glyphs.data + 2 * cid) : 0;
}

static void check_code(struct checker *c, const struct composite *f, unsigned number, unsigned code)
{
    unsigned cid = cmap_cid(f->cmap, code), glyph = glyph_of(f, cid);
    if (f->texts[code] == TEXT_NONE)
        fault_with(c, RULE_GLYPH_UNICODE, number, "code %u", code);
    else if (f->texts[code] == TEXT_WRONG)
        fault_with(c, RULE_GLYPH_VALUE, number, "code %u", code);
    if (f->program.form == PROGRAM_NONE)
        return;
    double width = glyph < f->program.glyphs ? program_width(&f->program, glyph) : -1;
    if (glyph == 0)
        fault_with(c, RULE_NOTDEF, number, "code %u", code);
    else if (glyph >= f->program.glyphs)
        fault_with(c, RULE_GLYPH_ABSENT, number, "code %u, glyph %u of %u", code, glyph, f->program.glyphs);
    else if (width >= 0 && fabs(width - f->widths[cid]) > 1)
        fault_with(c, RULE_GLYPH_WIDTH, number, "code %u: %.1f, in the program %.1f", code, f->widths[cid], width);
}

/* A bit for each CID whose glyph the program has. */
static void check_set(struct checker *c, const struct composite *f, struct cos stream, unsigned number)
{
    struct buf set;
    buf_init(&set);
    bool good = reader_stream(c->reader, stream, &set);
    unsigned codes = f->glyphs.length ? (unsigned)f->glyphs.length / 2 : f->program.glyphs;
    for (unsigned i = 0; good && i < codes && i < CODES; i++)
        good = i / 8 < set.length && (set.data[i / 8] >> (7 - i % 8) & 1);
    if (!good)
        fault(c, RULE_FONT_SET, number);
    buf_drop(&set);
}

static void check_map(struct checker *c, struct composite *f, struct cos font, unsigned number)
{
    const struct cos map = checker_get(c, font, "CIDToGIDMap");
    bool good = cos_is_name(map, "Identity") || reader_stream(c->reader, map, &f->glyphs);
    if (!good && cos_is_name(checker_get(c, font, "Subtype"), "CIDFontType2"))
        fault(c, RULE_FONT_MAP, number);
}

static bool are_same(struct checker *c, struct cos one, struct cos other, const char *key)
{
    struct buf a, b;
    buf_init(&a);
    buf_init(&b);
    cos_add_string(checker_get(c, one, key), &a);
    cos_add_string(checker_get(c, other, key), &b);
    bool same = a.length && a.length == b.length && memcmp(a.data, b.data, a.length) == 0;
    buf_drop(&a);
    buf_drop(&b);
    return same;
}

/* Of a CMap stream; Identity-H suits every collection. */
static void check_cmap(struct checker *c, const struct font_use *use, struct cos encoding, struct cos descendant)
{
    const struct cos cmaps = checker_get(c, encoding, "CIDSystemInfo");
    const struct cos fonts = checker_get(c, descendant, "CIDSystemInfo");
    if (encoding.kind != COS_DICT)
        return;
    if (!are_same(c, cmaps, fonts, "Registry") || !are_same(c, cmaps, fonts, "Ordering") ||
        cos_integer(checker_get(c, cmaps, "Supplement"), 0) < cos_integer(checker_get(c, fonts, "Supplement"), 0))
        fault(c, RULE_FONT_COLLECTION, use->number);
    if (use->cmap.mode != cos_integer(checker_get(c, encoding, "WMode"), 0))
        fault(c, RULE_FONT_DIRECTION, use->number);
}

static void check_composite(struct checker *c, struct cos font, const struct font_use *use)
{
    struct cursor in = cos_inside(checker_get(c, font, "DescendantFonts"));
    const struct cos reference = cos_next(&in, true), below = reader_resolve(c->reader, reference);
    const struct cos descriptor = checker_get(c, below, "FontDescriptor"), set = checker_get(c, descriptor, "CIDSet");
    unsigned number = cos_reference(reference) ? cos_reference(reference) : use->number;
    struct composite *f = xcalloc(1, sizeof *f);
    buf_init(&f->glyphs);
    f->cmap = &use->cmap;
    if (!use->has_cmap)
        fault(c, RULE_FONT_ENCODING, use->number);
    else
        check_cmap(c, use, checker_get(c, font, "Encoding"), below);
    check_map(c, f, below, number);
    if (!open_program(c, descriptor, &f->program))
        fault(c, RULE_FONT_PROGRAM, number);
    if (set.kind != COS_NONE)
        check_set(c, f, set, number);
    read_widths(c, below, f->widths);
    read_texts(c, font, f->texts);
    for (unsigned code = 0; code < CODES; code++)
        if (is_shown(use, code))
            check_code(c, f, use->number, code);
    buf_drop(&f->program.bytes);
    buf_drop(&f->glyphs);
    free(f);
}

/* --- every font --- */

static bool is_embedded(struct checker *c, struct cos font)
{
    const struct cos descriptor = checker_get(c, font, "FontDescriptor");
    return checker_get(c, descriptor, "FontFile").kind == COS_DICT ||
           checker_get(c, descriptor, "FontFile2").kind == COS_DICT ||
           checker_get(c, descriptor, "FontFile3").kind == COS_DICT;
}

static void check_font(struct checker *c, const struct font_use *use)
{
    static const char *const kinds[] = { "Type0", "Type1", "MMType1", "TrueType", "Type3" };
    const struct cos font = reader_object(c->reader, use->number), kind = checker_get(c, font, "Subtype");
    bool known = false, drawn = cos_is_name(kind, "Type3");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        known |= cos_is_name(kind, kinds[i]);
    if (!known || !cos_is_name(checker_get(c, font, "Type"), "Font") ||
        (!drawn && checker_get(c, font, "BaseFont").kind != COS_NAME))
        fault(c, RULE_FONT_KIND, use->number);
    if (use->composite)
        check_composite(c, font, use);
    else if (!drawn && !is_embedded(c, font))
        fault(c, RULE_FONT_PROGRAM, use->number);
}

void check_fonts(struct checker *c)
{
    struct font_use *use, *next;
    HASH_ITER(hh, c->fonts, use, next)
    {
        check_font(c, use);
        HASH_DEL(c->fonts, use);
        cmap_drop(&use->cmap);
        free(use);
        reader_trim(c->reader);
    }
}
