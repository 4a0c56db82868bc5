/*
 * Fonts as pages use them: which text a code stands for (ToUnicode), and what it looks like (its outline in the font's
 * program, its width). Codes and glyph indices differ from file to file; texts and outlines do not.
 */
#include "pdf_check/contents_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "pdf_check/cmap.h"

enum { CODES = CMAP_CODES, COMPOSITE_DEPTH = 6, OUTLINES_MOST = 1 << 27 };

struct contents_font {
    struct contents_font *next;
    unsigned number;
    struct cmap cmap;
    const char **text;                /* by code; NULL: none */
    double *width;                    /* by CID */
    uint8_t (*look)[CONTENTS_LOOK];   /* by code, when it is known */
    bool *known;
    struct buf map, program;          /* CIDToGIDMap; FontFile2 or FontFile3 */
    const uint8_t *loca, *glyf;       /* in the program; NULL: it has none, and may be CFF */
    size_t loca_length, glyf_length;
    bool long_loca, is_cff;
    struct cff cff;
    size_t *left;                     /* of OUTLINES_MOST */
};

struct contents_fonts {
    struct reader *reader;
    struct arena *arena;
    struct contents_font *first;
    size_t left; /* bytes of outlines that may still be read, of all fonts: the others look alike */
};

struct contents_fonts *contents_fonts_new(struct reader *reader)
{
    struct contents_fonts *all = xcalloc(1, sizeof *all);
    all->reader = reader;
    all->left = OUTLINES_MOST;
    all->arena = arena_new();
    return all;
}

void contents_fonts_drop(struct contents_fonts *all)
{
    for (struct contents_font *f = all->first; f; f = f->next) {
        cmap_drop(&f->cmap);
        buf_drop(&f->map);
        buf_drop(&f->program);
    }
    arena_drop(all->arena);
    free(all);
}

/* --- texts --- */

static bool is_dropped(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

void contents_add_text(struct buf *out, const char *utf8, size_t length)
{
    if (utf8_check(utf8, length) != length) {
        buf_add_utf8(out, 0xFFFD);
        return;
    }
    for (const char *p = utf8; p < utf8 + length;) {
        uint32_t c = utf8_next(&p);
        if (c == '\n' || c == '\t' || c == 0x85 || c == 0xA0 || c == 0x2028)
            buf_add_char(out, ' ');
        else if (!is_dropped(c) || c == 0x200C || c == 0x200D) /* joiners are spelling */
            buf_add_utf8(out, c);
    }
}

static const char *code_text(struct contents_fonts *all, struct cos v)
{
    struct buf bytes, text, clean;
    buf_init(&bytes);
    buf_init(&text);
    buf_init(&clean);
    cos_add_string(v, &bytes);
    cos_add_utf16(bytes.data, bytes.length, &text);
    contents_add_text(&clean, text.data, text.length);
    const char *kept = arena_string_n(all->arena, clean.data, clean.length);
    buf_drop(&bytes);
    buf_drop(&text);
    buf_drop(&clean);
    return kept;
}

static unsigned code_of(struct cos v)
{
    struct buf bytes;
    unsigned code = 0;
    buf_init(&bytes);
    cos_add_string(v, &bytes);
    for (size_t i = 0; i < bytes.length && i < 2; i++)
        code = code << 8 | (uint8_t)bytes.data[i];
    buf_drop(&bytes);
    return code;
}

static void read_texts(struct contents_fonts *all, struct contents_font *f, struct cos stream)
{
    struct buf bytes;
    buf_init(&bytes);
    if (reader_stream(all->reader, stream, &bytes)) {
        struct cursor in = cursor_of(bytes.data, bytes.data + bytes.length);
        bool inside = false;
        for (struct cos v; (v = cos_next(&in, false)).kind != COS_NONE && v.kind != COS_BAD;) {
            if (v.kind == COS_WORD)
                inside = cos_is_word(v, "beginbfchar");
            else if (inside && v.kind == COS_HEX)
                f->text[code_of(v)] = code_text(all, cos_next(&in, false));
        }
    }
    buf_drop(&bytes);
}

/* --- looks --- */

/* [first [w w ...] ...]: the only form that is read. */
static void read_widths(struct contents_fonts *all, struct contents_font *f, struct cos list)
{
    struct cursor in = cos_inside(list);
    for (struct cos v; (v = cos_next(&in, true)).kind == COS_INTEGER;) {
        int64_t cid = cos_integer(v, -1);
        struct cursor row = cos_inside(reader_resolve(all->reader, cos_next(&in, true)));
        for (struct cos w; cos_is_number(w = cos_next(&row, false)) && cid >= 0 && cid < CODES; cid++)
            f->width[cid] = cos_number(w, 0);
    }
}

static unsigned u16(const uint8_t *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static uint32_t u32(const uint8_t *p)
{
    return (uint32_t)u16(p) << 16 | u16(p + 2);
}

/* A table of the program; NULL: it has none that lies inside. */
static const uint8_t *find_table(const struct buf *program, const char *tag, size_t *length)
{
    const uint8_t *p = (const uint8_t *)program->data;
    size_t count = program->length >= 12 ? u16(p + 4) : 0;
    for (size_t i = 0; i < count && 28 + i * 16 <= program->length; i++) {
        const uint8_t *row = p + 12 + i * 16;
        size_t at = u32(row + 8);
        *length = u32(row + 12);
        if (memcmp(row, tag, 4) == 0)
            return at <= program->length && *length <= program->length - at ? p + at : NULL;
    }
    return NULL;
}

static void read_program(struct contents_fonts *all, struct contents_font *f, struct cos cid_font)
{
    const struct cos descriptor = reader_get(all->reader, cid_font, "FontDescriptor");
    size_t length;
    reader_stream(all->reader, reader_get(all->reader, cid_font, "CIDToGIDMap"), &f->map);
    if (!reader_stream(all->reader, reader_get(all->reader, descriptor, "FontFile2"), &f->program)) {
        f->is_cff = reader_stream(all->reader, reader_get(all->reader, descriptor, "FontFile3"), &f->program) &&
                    cff_open((const uint8_t *)f->program.data, f->program.length, &f->cff);
        return;
    }
    const uint8_t *head = find_table(&f->program, "head", &length);
    if (!head || length < 54)
        return;
    f->long_loca = u16(head + 50) != 0;
    f->loca = find_table(&f->program, "loca", &f->loca_length);
    f->glyf = find_table(&f->program, "glyf", &f->glyf_length);
}

struct contents_font *contents_font_get(struct contents_fonts *all, struct cos dict, unsigned number)
{
    for (struct contents_font *f = all->first; f; f = f->next)
        if (f->number == number)
            return f;
    struct contents_font *f = arena_alloc(all->arena, sizeof *f);
    struct cursor kids = cos_inside(reader_get(all->reader, dict, "DescendantFonts"));
    const struct cos cid_font = reader_resolve(all->reader, cos_next(&kids, true));
    f->next = all->first;
    f->number = number;
    f->left = &all->left;
    f->text = arena_array(all->arena, CODES, sizeof *f->text);
    f->width = arena_array(all->arena, CODES, sizeof *f->width);
    f->look = arena_array(all->arena, CODES, sizeof *f->look);
    f->known = arena_array(all->arena, CODES, sizeof *f->known);
    buf_init(&f->map);
    buf_init(&f->program);
    cmap_read(all->reader, reader_get(all->reader, dict, "Encoding"), &f->cmap);
    read_texts(all, f, reader_get(all->reader, dict, "ToUnicode"));
    read_widths(all, f, reader_get(all->reader, cid_font, "W"));
    read_program(all, f, cid_font);
    return all->first = f;
}

unsigned contents_font_next(const struct contents_font *f, const char *bytes, size_t length, size_t *at)
{
    return cmap_next(&f->cmap, bytes, length, at);
}

void contents_font_text(const struct contents_font *f, unsigned code, struct buf *out)
{
    if (f->text[code])
        buf_add_string(out, f->text[code]);
    else
        buf_add_utf8(out, 0xFFFD);
}

/* The glyph's bytes in glyf; false when it has none: it is blank. */
static bool find_glyph(const struct contents_font *f, unsigned glyph, struct cursor *out)
{
    size_t size = f->long_loca ? 4 : 2, from, to;
    if (!f->loca || !f->glyf || ((size_t)glyph + 2) * size > f->loca_length)
        return false;
    const uint8_t *p = f->loca + glyph * size;
    from = f->long_loca ? u32(p) : u16(p) * 2u;
    to = f->long_loca ? u32(p + 4) : u16(p + 2) * 2u;
    if (from >= to || to > f->glyf_length)
        return false;
    *out = cursor_of((const char *)f->glyf + from, (const char *)f->glyf + to);
    return true;
}

/* The outline with the outlines of its components in place of their indices (OpenType, glyf). */
static void add_outline(const struct contents_font *f, unsigned glyph, struct buf *out, int depth)
{
    enum { WORDS = 0x1, SCALE = 0x8, MORE = 0x20, TWO_SCALES = 0x40, MATRIX = 0x80, HEAD = 10 };
    struct cursor in;
    if (!find_glyph(f, glyph, &in) || (size_t)(in.end - in.at) > *f->left)
        return;
    const uint8_t *p = (const uint8_t *)in.at, *end = (const uint8_t *)in.end;
    *f->left -= (size_t)(end - p);
    if (end - p < HEAD || p[0] < 0x80 || depth == COMPOSITE_DEPTH) {
        buf_add(out, p, (size_t)(end - p));
        return;
    }
    buf_add(out, p, HEAD);
    p += HEAD;
    for (bool more = true; more && end - p >= 4;) {
        unsigned flags = u16(p), part = u16(p + 2);
        size_t rest = (flags & WORDS ? 4 : 2) + (flags & SCALE ? 2 : flags & TWO_SCALES ? 4 : flags & MATRIX ? 8 : 0);
        if ((size_t)(end - p) < 4 + rest)
            return;
        buf_add(out, p, 2);
        buf_add(out, p + 4, rest);
        add_outline(f, part, out, depth + 1);
        p += 4 + rest;
        more = flags & MORE;
    }
}

void contents_font_look(struct contents_font *f, unsigned code, struct buf *out)
{
    if (!f->known[code]) {
        unsigned cid = cmap_cid(&f->cmap, code), glyph = cid;
        if (f->map.length >= 2 * ((size_t)cid + 1))
            glyph = u16((const uint8_t *)f->map.data + 2 * (size_t)cid);
        struct buf outline;
        uint8_t digest[HASH_BYTES];
        buf_init(&outline);
        buf_add_real(&outline, f->width[cid], 4);
        buf_add_char(&outline, ' ');
        if (!f->is_cff || !contents_cff_outline(&f->cff, glyph, f->left, &outline))
            add_outline(f, glyph, &outline, 0);
        hash_sha256(outline.data, outline.length, digest);
        memcpy(f->look[code], digest, CONTENTS_LOOK);
        f->known[code] = true;
        buf_drop(&outline);
    }
    buf_add(out, f->look[code], CONTENTS_LOOK);
}
