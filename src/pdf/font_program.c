/*
 * Font programs. hb-subset makes a subset of each face; their glyph tables are put behind each other, and
 * recipes that are no plain glyph become composite glyphs (or blanks) behind those. The only file that knows
 * hb-subset.
 */
#include "pdf/font_program.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

/* Flags of a composite glyph's component (OpenType, glyf). */
enum {
    ARGS_ARE_WORDS = 0x1,
    ARGS_ARE_XY = 0x2,
    HAVE_SCALE = 0x8,
    MORE_COMPONENTS = 0x20,
    HAVE_XY_SCALE = 0x40,
    HAVE_2X2 = 0x80,
    UNSCALED_OFFSET = 0x1000
};

struct table {
    hb_blob_t *blob;
    const uint8_t *bytes;
    unsigned length;
};

/* One face, made a subset of. */
struct source {
    bool used;
    hb_face_t *face;
    hb_subset_plan_t *plan;
    const hb_map_t *map; /* glyph index in the whole face to that in the subset */
    struct table head, hhea, maxp, loca, glyf, hmtx;
    unsigned glyphs, long_metrics;
    bool long_loca;
    unsigned base; /* of its glyphs in the program */
};

/* A composite or blank that the program has already. */
struct made {
    const struct glyph_recipe *recipe;
    uint32_t gid;
    UT_hash_handle hh;
};

struct program {
    struct source *sources;
    size_t source_count;
    struct buf glyf, loca, hmtx;
    unsigned glyphs;
    struct {
        unsigned points, contours, components, depth;
    } most;
    struct made *made;
};

/* --- big-endian numbers --- */

static unsigned u16(const uint8_t *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static int s16(const uint8_t *p)
{
    return (int16_t)u16(p);
}

static uint32_t u32(const uint8_t *p)
{
    return (uint32_t)u16(p) << 16 | u16(p + 2);
}

static void set16(void *at, int v)
{
    uint8_t *p = at;
    p[0] = (uint8_t)(v >> 8 & 255);
    p[1] = (uint8_t)(v & 255);
}

static void add16(struct buf *b, int v)
{
    uint8_t bytes[2];
    set16(bytes, v);
    buf_add(b, bytes, 2);
}

static void add32(struct buf *b, uint32_t v)
{
    add16(b, (int)(v >> 16));
    add16(b, (int)(v & 0xFFFF));
}

static void pad4(struct buf *b)
{
    while (b->length & 3)
        buf_add_char(b, '\0');
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

/* --- sources --- */

static struct table table_of(hb_face_t *face, const char *tag)
{
    struct table t = { .blob = hb_face_reference_table(face, HB_TAG(tag[0], tag[1], tag[2], tag[3])) };
    t.bytes = (const uint8_t *)hb_blob_get_data(t.blob, &t.length);
    return t;
}

static void add_drawn(hb_set_t *glyphs, const struct glyph_entry *entries, size_t count, unsigned face)
{
    for (size_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < entries[i].recipe->part_count; k++)
            if (entries[i].recipe->parts[k].face == face)
                hb_set_add(glyphs, entries[i].recipe->parts[k].glyph);
}

static void set_what_is_kept(hb_subset_input_t *input)
{
    static const char dropped[][5] = { "GSUB", "GPOS", "GDEF", "BASE", "JSTF", "MATH", "DSIG", "kern",
                                       "name", "post", "OS/2", "cmap", "gasp", "hdmx", "VDMX", "LTSH",
                                       "PCLT", "FFTM", "STAT", "meta", "COLR", "CPAL", "vhea", "vmtx",
                                       "Feat", "Glat", "Gloc", "Silf", "Sill" };
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        hb_set_add(drop, HB_TAG(dropped[i][0], dropped[i][1], dropped[i][2], dropped[i][3]));
}

/* False when the face breaks hb-subset's or our own expectations of its tables. */
static bool open_tables(struct source *s)
{
    s->head = table_of(s->face, "head");
    s->hhea = table_of(s->face, "hhea");
    s->maxp = table_of(s->face, "maxp");
    s->loca = table_of(s->face, "loca");
    s->glyf = table_of(s->face, "glyf");
    s->hmtx = table_of(s->face, "hmtx");
    if (s->head.length < 54 || s->hhea.length < 36 || s->maxp.length < 32)
        return false;
    s->glyphs = u16(s->maxp.bytes + 4);
    s->long_metrics = u16(s->hhea.bytes + 34);
    s->long_loca = u16(s->head.bytes + 50);
    return s->glyphs && s->long_metrics && s->long_metrics <= s->glyphs &&
           s->loca.length >= (s->glyphs + 1) * (s->long_loca ? 4 : 2) &&
           s->hmtx.length >= 4 * s->long_metrics + 2 * (s->glyphs - s->long_metrics);
}

/* A damaged 'cmap' names glyphs that the face does not have. */
static bool has_all(const struct source *s, const hb_set_t *glyphs)
{
    for (hb_codepoint_t glyph = HB_SET_VALUE_INVALID; hb_set_next(glyphs, &glyph);)
        if (hb_map_get(s->map, glyph) >= s->glyphs)
            return false;
    return true;
}

static bool make_subset(struct source *s, hb_face_t *face, const hb_subset_input_t *input, const hb_set_t *glyphs)
{
    s->used = true;
    s->plan = hb_subset_plan_create_or_fail(face, input);
    if (!s->plan)
        return false;
    s->map = hb_subset_plan_old_to_new_glyph_mapping(s->plan);
    s->face = hb_subset_plan_execute_or_fail(s->plan);
    return s->face && open_tables(s) && has_all(s, glyphs);
}

static bool open_source(struct source *s, hb_face_t *face, const struct glyph_entry *entries, size_t count,
                        unsigned index, bool wanted)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    add_drawn(glyphs, entries, count, index);
    bool needed = wanted || !hb_set_is_empty(glyphs);
    hb_set_add(glyphs, 0);
    set_what_is_kept(input);
    bool ok = !needed || make_subset(s, face, input, glyphs);
    hb_subset_input_destroy(input);
    return ok;
}

static void close_source(struct source *s)
{
    struct table *tables[] = { &s->head, &s->hhea, &s->maxp, &s->loca, &s->glyf, &s->hmtx };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        hb_blob_destroy(tables[i]->blob);
    hb_face_destroy(s->face);
    hb_subset_plan_destroy(s->plan);
}

static uint32_t offset_of(const struct source *s, unsigned glyph)
{
    return s->long_loca ? u32(s->loca.bytes + 4 * glyph) : 2u * u16(s->loca.bytes + 2 * glyph);
}

/* The bytes of a glyph; NULL when it has no outline. */
static const uint8_t *outline_of(const struct source *s, unsigned glyph, uint32_t *length)
{
    uint32_t from = offset_of(s, glyph), to = offset_of(s, glyph + 1);
    *length = to > from && to <= s->glyf.length && to - from >= 10 ? to - from : 0;
    return *length ? s->glyf.bytes + from : NULL;
}

/* A composite of the face itself: its components' indices move with the glyphs. */
static void move_components(uint8_t *outline, uint32_t length, unsigned by)
{
    for (uint32_t at = 10; at + 4 <= length;) {
        unsigned flags = u16(outline + at);
        set16(outline + at + 2, (int)(u16(outline + at + 2) + by));
        at += 4 + (flags & ARGS_ARE_WORDS ? 4 : 2);
        at += flags & HAVE_SCALE ? 2 : flags & HAVE_XY_SCALE ? 4 : flags & HAVE_2X2 ? 8 : 0;
        if (!(flags & MORE_COMPONENTS))
            return;
    }
}

static void add_source(struct program *p, struct source *s)
{
    const uint8_t *m = s->maxp.bytes;
    s->base = p->glyphs;
    p->most.points = larger(p->most.points, larger(u16(m + 6), u16(m + 10)));
    p->most.contours = larger(p->most.contours, larger(u16(m + 8), u16(m + 12)));
    p->most.components = larger(p->most.components, u16(m + 28));
    p->most.depth = larger(p->most.depth, u16(m + 30));
    for (unsigned i = 0; i < s->glyphs; i++) {
        uint32_t length;
        const uint8_t *outline = outline_of(s, i, &length);
        size_t at = p->glyf.length;
        add32(&p->loca, (uint32_t)at);
        buf_add(&p->glyf, outline, length);
        if (length && s16(outline) < 0)
            move_components((uint8_t *)p->glyf.data + at, length, s->base);
        pad4(&p->glyf);
        unsigned row = i < s->long_metrics ? i : s->long_metrics - 1;
        const uint8_t *bearing = i < s->long_metrics
                                     ? s->hmtx.bytes + 4 * i + 2
                                     : s->hmtx.bytes + 4 * s->long_metrics + 2 * (i - s->long_metrics);
        buf_add(&p->hmtx, s->hmtx.bytes + 4 * row, 2);
        buf_add(&p->hmtx, bearing, 2);
    }
    p->glyphs += s->glyphs;
}

/* --- recipes --- */

static unsigned glyph_in_program(const struct program *p, const struct glyph_part *part)
{
    const struct source *s = &p->sources[part->face];
    return s->base + hb_map_get(s->map, part->glyph);
}

/* The glyph itself will do: nothing moved, nothing scaled, its own advance. */
static bool is_plain(const struct program *p, const struct glyph_recipe *r)
{
    const struct glyph_part *part = r->parts;
    if (r->part_count != 1 || part->dx || part->dy || part->scale != GLYPH_SCALE_ONE)
        return false;
    return u16((const uint8_t *)p->hmtx.data + 4 * (size_t)glyph_in_program(p, part)) == (unsigned)r->advance;
}

struct box {
    int left, bottom, right, top;
};

static struct box box_of(const uint8_t *outline, const struct glyph_part *part)
{
    double k = part->scale / (double)GLYPH_SCALE_ONE;
    return (
        struct box){ (int)floor(s16(outline + 2) * k) + part->dx, (int)floor(s16(outline + 4) * k) + part->dy,
                     (int)ceil(s16(outline + 6) * k) + part->dx, (int)ceil(s16(outline + 8) * k) + part->dy };
}

static void widen(struct box *a, struct box b)
{
    a->left = b.left < a->left ? b.left : a->left;
    a->bottom = b.bottom < a->bottom ? b.bottom : a->bottom;
    a->right = b.right > a->right ? b.right : a->right;
    a->top = b.top > a->top ? b.top : a->top;
}

/* The parts that have an outline, and their common box. */
static uint32_t inked_parts(const struct program *p, const struct glyph_recipe *r,
                            const struct glyph_part *inked[GLYPH_PARTS], struct box *box)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < r->part_count; i++) {
        const struct source *s = &p->sources[r->parts[i].face];
        uint32_t length;
        const uint8_t *outline = outline_of(s, hb_map_get(s->map, r->parts[i].glyph), &length);
        if (!outline)
            continue;
        struct box b = box_of(outline, &r->parts[i]);
        if (count)
            widen(box, b);
        else
            *box = b;
        inked[count++] = &r->parts[i];
    }
    return count;
}

static void add_component(struct program *p, const struct glyph_part *part, bool more)
{
    bool scaled = part->scale != GLYPH_SCALE_ONE;
    add16(&p->glyf, ARGS_ARE_WORDS | ARGS_ARE_XY | (scaled ? HAVE_SCALE | UNSCALED_OFFSET : 0) |
                        (more ? MORE_COMPONENTS : 0));
    add16(&p->glyf, (int)glyph_in_program(p, part));
    add16(&p->glyf, part->dx);
    add16(&p->glyf, part->dy);
    if (scaled)
        add16(&p->glyf, (int)part->scale);
}

static uint32_t add_composite(struct program *p, const struct glyph_recipe *r)
{
    const struct glyph_part *inked[GLYPH_PARTS];
    struct box box = { 0 };
    uint32_t count = inked_parts(p, r, inked, &box);
    add32(&p->loca, (uint32_t)p->glyf.length);
    if (count) {
        add16(&p->glyf, -1);
        add16(&p->glyf, box.left);
        add16(&p->glyf, box.bottom);
        add16(&p->glyf, box.right);
        add16(&p->glyf, box.top);
    }
    for (uint32_t i = 0; i < count; i++)
        add_component(p, inked[i], i + 1 < count);
    pad4(&p->glyf);
    p->most.components = larger(p->most.components, count);
    add16(&p->hmtx, r->advance);
    add16(&p->hmtx, box.left); /* the side bearing must equal the box's left, or the outline is moved there */
    return p->glyphs++;
}

/* Recipes that differ in their code point only share a glyph. */
static uint32_t composite_gid(struct program *p, const struct glyph_recipe *r)
{
    const void *key = &r->advance;
    unsigned length = (unsigned)(offsetof(struct glyph_recipe, parts) -
                                 offsetof(struct glyph_recipe, advance) + r->part_count * sizeof *r->parts);
    struct made *made;
    HASH_FIND(hh, p->made, key, length, made);
    if (made)
        return made->gid;
    made = xcalloc(1, sizeof *made);
    made->recipe = r;
    made->gid = add_composite(p, r);
    HASH_ADD_KEYPTR(hh, p->made, key, length, made);
    return made->gid;
}

/* --- the file --- */

static void add_directory(struct buf *out, const char *const tags[], struct buf *const tables[], int count)
{
    uint32_t offset = (uint32_t)(12 + 16 * count);
    add32(out, 0x00010000);
    add16(out, count);
    add16(out, 64); /* searchRange, entrySelector, rangeShift for six tables */
    add16(out, 2);
    add16(out, 16 * count - 64);
    for (int i = 0; i < count; i++) {
        uint32_t sum = 0, length = (uint32_t)tables[i]->length;
        pad4(tables[i]);
        for (size_t k = 0; k < tables[i]->length; k += 4)
            sum += u32((const uint8_t *)tables[i]->data + k);
        buf_add(out, tags[i], 4);
        add32(out, sum);
        add32(out, offset);
        add32(out, length);
        offset += (uint32_t)tables[i]->length;
    }
}

static void copy_heads(const struct program *p, const struct source *first, unsigned upem, struct buf *head,
                       struct buf *hhea, struct buf *maxp)
{
    buf_add(head, first->head.bytes, first->head.length);
    memset(head->data + 8, 0, 4); /* checkSumAdjustment */
    set16(head->data + 18, (int)upem);
    set16(head->data + 50, 1); /* long offsets */
    buf_add(hhea, first->hhea.bytes, first->hhea.length);
    set16(hhea->data + 34, (int)p->glyphs);
    buf_add(maxp, first->maxp.bytes, first->maxp.length);
    const struct {
        int at;
        unsigned value;
    } limits[] = {
        { 4, p->glyphs },           { 6, p->most.points },        { 8, p->most.contours },
        { 10, p->most.points * 4 }, { 12, p->most.contours * 4 }, { 26, 0 },
        { 28, p->most.components }, { 30, p->most.depth + 1 },
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        set16(maxp->data + limits[i].at, limits[i].value > 65535 ? 65535 : (int)limits[i].value);
}

static void write_file(struct program *p, const struct source *first, unsigned upem, struct buf *out)
{
    static const char *const tags[] = { "glyf", "head", "hhea", "hmtx", "loca", "maxp" };
    enum { COUNT = sizeof tags / sizeof *tags };
    struct buf head, hhea, maxp;
    struct buf *const tables[COUNT] = { &p->glyf, &head, &hhea, &p->hmtx, &p->loca, &maxp };
    size_t start = out->length, head_at = 0;
    buf_init(&head);
    buf_init(&hhea);
    buf_init(&maxp);
    add32(&p->loca, (uint32_t)p->glyf.length);
    copy_heads(p, first, upem, &head, &hhea, &maxp);
    add_directory(out, tags, tables, COUNT);
    for (int i = 0; i < COUNT; i++) {
        if (tables[i] == &head)
            head_at = out->length;
        buf_add(out, tables[i]->data, tables[i]->length);
    }
    uint32_t sum = 0;
    for (size_t k = start; k < out->length; k += 4)
        sum += u32((const uint8_t *)out->data + k);
    sum = 0xB1B0AFBAu - sum;
    set16(out->data + head_at + 8, (int)(sum >> 16));
    set16(out->data + head_at + 10, (int)(sum & 0xFFFF));
    buf_drop(&head);
    buf_drop(&hhea);
    buf_drop(&maxp);
}

static void drop_program(struct program *p)
{
    struct made *made, *next;
    HASH_ITER(hh, p->made, made, next)
    {
        HASH_DEL(p->made, made);
        free(made);
    }
    for (size_t i = 0; i < p->source_count; i++)
        close_source(&p->sources[i]);
    free(p->sources);
    buf_drop(&p->glyf);
    buf_drop(&p->loca);
    buf_drop(&p->hmtx);
}

static bool open_and_add(struct program *p, const struct font_face *face, const struct glyph_entry *entries,
                         size_t count, bool wanted)
{
    struct source *s = &p->sources[face->index];
    if (!open_source(s, face->hb, entries, count, face->index, wanted))
        return false;
    if (s->used)
        add_source(p, s);
    return true;
}

/* Opens the faces in use, `own` first: its .notdef is the program's. False with *bad set when one fails. */
static bool open_sources(struct program *p, const struct font_set *fonts, const struct font_face *own,
                         const struct glyph_entry *entries, size_t count, unsigned *bad)
{
    *bad = own->index;
    if (!open_and_add(p, own, entries, count, true))
        return false;
    for (unsigned i = 0; i < p->source_count; i++) {
        *bad = i;
        if (i != own->index && !open_and_add(p, font_set_face(fonts, i), entries, count, false))
            return false;
    }
    return true;
}

bool font_program_make(const struct font_set *fonts, const struct font_face *own, struct glyph_entry *entries,
                       size_t count, struct buf *out, unsigned *bad)
{
    struct program p = { .source_count = font_set_faces(fonts) };
    p.sources = xcalloc(p.source_count, sizeof *p.sources);
    buf_init(&p.glyf);
    buf_init(&p.loca);
    buf_init(&p.hmtx);
    bool ok = open_sources(&p, fonts, own, entries, count, bad);
    if (ok) {
        for (size_t i = 1; i < count; i++) {
            const struct glyph_recipe *r = entries[i].recipe;
            entries[i].gid = is_plain(&p, r) ? glyph_in_program(&p, r->parts) : composite_gid(&p, r);
        }
        write_file(&p, &p.sources[own->index], own->upem, out);
    }
    drop_program(&p);
    return ok && p.glyphs <= 0xFFFF;
}
