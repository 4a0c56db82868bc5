/*
 * PDF fonts: hands out CIDs while pages are written, and writes the dictionaries at the end.
 * Knows nothing of lines or of how the font program is made.
 */
#include "pdf/font.h"

#include "base/hash.h"
#include "base/map.h"
#include "pdf/cff_program.h"
#include "pdf/font_program.h"

#include <hb-ot.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CID_LIMIT = SHORT_CODES + LONG_CODES, BLOCK_LIMIT = 100 /* entries of a CMap between two operators */ };

struct pdf_font {
    struct pdf_fonts *all;
    char name[8];
    unsigned upem;
    const struct font_face *face; /* that it was made for: names the font */
    struct glyph_entry *entries;  /* by CID */
    size_t count;
    struct map known;             /* from recipes to CIDs */
    unsigned type0; /* object number */
};

struct pdf_fonts {
    struct pdf_file *file;
    const struct font_set *set;
    hb_font_t **unscaled; /* by face */
    struct pdf_font *fonts[FONT_ROLE_COUNT][WEIGHT_COUNT];
    unsigned encoding; /* object number, at the end */
};

struct pdf_fonts *pdf_fonts_new(struct pdf_file *file, const struct font_set *set)
{
    struct pdf_fonts *all = xcalloc(1, sizeof *all);
    all->file = file;
    all->set = set;
    all->unscaled = xcalloc(font_set_faces(set), sizeof(hb_font_t *));
    for (size_t i = 0; i < font_set_faces(set); i++)
        all->unscaled[i] = hb_font_create(font_set_face(set, i)->hb);
    return all;
}

static struct pdf_font **slot(struct pdf_fonts *all, size_t i)
{
    return &all->fonts[i / WEIGHT_COUNT][i % WEIGHT_COUNT];
}

enum { SLOTS = FONT_ROLE_COUNT * WEIGHT_COUNT };

void pdf_fonts_drop(struct pdf_fonts *all)
{
    if (!all)
        return;
    for (size_t i = 0; i < SLOTS; i++)
        if (*slot(all, i))
            map_clear(&(*slot(all, i))->known);
    for (size_t i = 0; i < font_set_faces(all->set); i++)
        hb_font_destroy(all->unscaled[i]);
    free(all->unscaled);
    free(all);
}

static void add_entry(struct pdf_font *f, const struct glyph_recipe *recipe, size_t size)
{
    struct arena *arena = f->all->file->arena;
    f->entries = arena_grow(arena, f->entries, f->count, sizeof *f->entries);
    f->entries[f->count++].recipe = arena_copy(arena, recipe, size);
}

struct pdf_font *pdf_fonts_get(struct pdf_fonts *all, enum font_role role, enum font_weight weight,
                               const struct font_face *face)
{
    struct pdf_font **f = &all->fonts[role][weight];
    if (*f)
        return *f;
    *f = arena_alloc(all->file->arena, sizeof **f);
    (*f)->all = all;
    (*f)->name[0] = 'F';
    (*f)->name[1] = (char)('0' + (int)role * WEIGHT_COUNT + (int)weight);
    (*f)->upem = face->upem;
    (*f)->face = face;
    (*f)->type0 = pdf_object_new(all->file);
    struct glyph_recipe notdef = { .advance = pdf_font_advance(*f, face, 0) };
    add_entry(*f, &notdef, offsetof(struct glyph_recipe, parts));
    /* PDFium takes a gap for a space when it is half as wide as the first space of the font; where that has no width,
     * it goes by the width of what stands behind the gap. */
    struct glyph_recipe space = { .code_point = ' ' };
    pdf_font_cid(*f, &space);
    return *f;
}

const char *pdf_font_name(const struct pdf_font *f)
{
    return f->name;
}

unsigned pdf_font_upem(const struct pdf_font *f)
{
    return f->upem;
}

int32_t pdf_font_advance(const struct pdf_font *f, const struct font_face *face, uint32_t glyph)
{
    return hb_font_get_glyph_h_advance(f->all->unscaled[face->index], glyph);
}

unsigned pdf_font_cid(struct pdf_font *f, const struct glyph_recipe *recipe)
{
    size_t size = offsetof(struct glyph_recipe, parts) + recipe->part_count * sizeof *recipe->parts;
    const uint32_t hash = map_hash(recipe, size);
    const unsigned *known = map_find(&f->known, recipe, size, hash);
    if (known)
        return *known;
    const unsigned cid = pdf_font_nth_cid(f->count);
    struct arena *arena = f->all->file->arena;
    add_entry(f, recipe, size);
    map_add(&f->known, f->entries[f->count - 1].recipe, size, hash, arena_copy(arena, &cid, sizeof cid));
    return cid;
}

static void copy_recipe(struct glyph_recipe *copy, const struct pdf_font *f, unsigned cid)
{
    const struct glyph_recipe *plain = f->entries[cid < SHORT_CODES ? cid : cid - FIRST_LONG_CODE + SHORT_CODES].recipe;
    memcpy(copy, plain, offsetof(struct glyph_recipe, parts) + plain->part_count * sizeof *plain->parts);
}

unsigned pdf_font_cid_marked(struct pdf_font *f, unsigned cid, struct glyph_marks marks)
{
    struct glyph_recipe recipe;
    copy_recipe(&recipe, f, cid);
    recipe.marks = marks;
    return pdf_font_cid(f, &recipe);
}

unsigned pdf_font_cid_moved(struct pdf_font *f, unsigned cid, int32_t advance, int32_t right)
{
    struct glyph_recipe recipe;
    copy_recipe(&recipe, f, cid);
    recipe.advance = advance;
    for (uint32_t i = 0; i < recipe.part_count; i++)
        recipe.parts[i].dx += right;
    return pdf_font_cid(f, &recipe);
}

/* --- dictionaries --- */

/* Six letters from the program's digest, so that two subsets never share a name. */
static void set_base_name(const struct pdf_font *f, const struct buf *program, char *name, size_t size)
{
    uint8_t digest[HASH_BYTES];
    hash_sha256(program->data, program->length, digest);
    char tag[7] = { 0 };
    for (int i = 0; i < 6; i++)
        tag[i] = (char)('A' + digest[i] % 26);
    snprintf(name, size, "%s+%s", tag, f->face->postscript_name);
}

static bool uses_face(const struct pdf_font *f, unsigned face)
{
    for (size_t i = 0; i < f->count; i++)
        for (uint32_t k = 0; k < f->entries[i].recipe->part_count; k++)
            if (f->entries[i].recipe->parts[k].face == face)
                return true;
    return face == f->face->index;
}

/* A TrueType program cannot hold cubic outlines, nor scale one by two or more, as the other script's face of larger
 * units may need; a CFF program can. */
static bool is_cff(const struct pdf_font *f)
{
    for (size_t i = 0; i < f->count; i++)
        for (uint32_t k = 0; k < f->entries[i].recipe->part_count; k++)
            if (f->entries[i].recipe->parts[k].scale >= 2 * GLYPH_SCALE_ONE)
                return true;
    for (unsigned i = 0; i < font_set_faces(f->all->set); i++)
        if (font_set_face(f->all->set, i)->cubic && uses_face(f, i))
            return true;
    return false;
}

/* Thousandths of an em. */
struct metrics {
    double ascent, descent, box[4]; /* left, bottom, right, top */
};

static void widen_metrics(struct metrics *m, const struct font_face *face, hb_font_t *unscaled)
{
    double k = 1000.0 / face->upem;
    hb_font_extents_t e;
    hb_font_get_h_extents(unscaled, &e);
    m->ascent = fmax(m->ascent, e.ascender * k);
    m->descent = fmin(m->descent, e.descender * k);
    hb_blob_t *head = hb_face_reference_table(face->hb, HB_TAG('h', 'e', 'a', 'd'));
    unsigned length;
    const uint8_t *p = (const uint8_t *)hb_blob_get_data(head, &length);
    for (int q = 0; q < 4 && length >= 44; q++) { /* xMin, yMin, xMax, yMax stand at 36 */
        double v = (int16_t)(p[36 + 2 * q] << 8 | p[37 + 2 * q]) * k;
        m->box[q] = q < 2 ? fmin(m->box[q], v) : fmax(m->box[q], v);
    }
    hb_blob_destroy(head);
}

static void add_metrics(const struct pdf_font *f, struct buf *b)
{
    struct metrics m = { 0 };
    for (unsigned i = 0; i < font_set_faces(f->all->set); i++)
        if (uses_face(f, i))
            widen_metrics(&m, font_set_face(f->all->set, i), f->all->unscaled[i]);
    hb_position_t cap = 0;
    hb_ot_metrics_get_position(f->all->unscaled[f->face->index], HB_OT_METRICS_TAG_CAP_HEIGHT, &cap);
    double cap_height = cap ? cap * 1000.0 / f->face->upem : m.ascent * 0.7;
    buf_printf(b, "/FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d ",
               (int)floor(m.box[0]), (int)floor(m.box[1]), (int)ceil(m.box[2]), (int)ceil(m.box[3]),
               (int)m.ascent, (int)m.descent, (int)cap_height);
}

static unsigned descriptor_new(const struct pdf_font *f, const char *base_name, const struct buf *program)
{
    struct pdf_file *file = f->all->file;
    char entry[48] = "/Subtype /CIDFontType0C";
    bool cff = is_cff(f);
    if (!cff)
        snprintf(entry, sizeof entry, "/Length1 %zu", program->length);
    unsigned stream = pdf_stream_new(file, entry, program->data, program->length, false);
    unsigned dict = pdf_object_new(file);
    struct buf b;
    buf_init(&b);
    buf_printf(&b, "/Type /FontDescriptor /FontName /%s /Flags 4 /StemV 80 ", base_name);
    add_metrics(f, &b);
    buf_add_string(&b, cff ? "/FontFile3 " : "/FontFile2 ");
    pdf_add_ref(&b, stream);
    buf_add_char(&b, '\n');
    pdf_dict_set(file, dict, &b);
    buf_drop(&b);
    return dict;
}

static unsigned gid_map_new(const struct pdf_font *f)
{
    size_t length = 2 * ((size_t)pdf_font_nth_cid(f->count - 1) + 1);
    uint8_t *map = xcalloc(length, 1);
    for (size_t i = 0; i < f->count; i++) {
        uint8_t *row = map + 2 * (size_t)pdf_font_nth_cid(i);
        row[0] = (uint8_t)(f->entries[i].gid >> 8);
        row[1] = (uint8_t)f->entries[i].gid;
    }
    unsigned stream = pdf_stream_new(f->all->file, NULL, map, length, false);
    free(map);
    return stream;
}

static void add_marks(struct buf *b, const struct glyph_marks *marks)
{
    enum { ALM = 0x061C, LRM = 0x200E };
    for (int i = 0; i < marks->alm; i++)
        pdf_add_utf16(b, ALM);
    for (int i = 0; i < marks->lrm; i++)
        pdf_add_utf16(b, LRM);
    if (marks->joiner)
        pdf_add_utf16(b, marks->joiner);
}

/* --- codes --- */

#define CODES_NAME "Mujaz-H"
#define CODE_SPACE "2 begincodespacerange\n<00> <BF>\n<C000> <FFFF>\nendcodespacerange\n"

static void add_code(struct buf *b, unsigned cid)
{
    buf_printf(b, cid < SHORT_CODES ? "<%02X>" : "<%04X>", cid);
}

/* The CMap of all fonts: each code is its CID. Short codes from 0x40 on, and long ones below, would leave no gap
 * between the CIDs, but make pages 2 % larger. A range has one first byte, as all readers want it. */
static unsigned encoding_new(const struct pdf_fonts *all)
{
    enum { RANGES = LONG_CODES / 0x100 };
    struct buf b;
    buf_init(&b);
    buf_add_string(&b, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                       "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> def\n"
                       "/CMapName /" CODES_NAME " def\n/CMapType 1 def\n/WMode 0 def\n" CODE_SPACE);
    buf_printf(&b, "%d begincidrange\n<00> <BF> 0\n", 1 + RANGES);
    for (unsigned first = FIRST_LONG_CODE; first < FIRST_LONG_CODE + LONG_CODES; first += 0x100)
        buf_printf(&b, "<%04X> <%04X> %u\n", first, first + 0xFF, first);
    buf_add_string(&b, "endcidrange\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    unsigned stream = pdf_stream_new(all->file, "/Type /CMap /CMapName /" CODES_NAME " /WMode 0 /CIDSystemInfo "
                                                "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>> ",
                                     b.data, b.length, false);
    buf_drop(&b);
    return stream;
}

static unsigned to_unicode_new(const struct pdf_font *f)
{
    struct buf all, block;
    buf_init(&all);
    buf_init(&block);
    buf_add_string(&all, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                         "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                         "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                         CODE_SPACE);
    for (size_t i = 1; i < f->count;) {
        int count = 0;
        buf_clear(&block);
        for (; i < f->count && count < BLOCK_LIMIT; i++) {
            const struct glyph_recipe *recipe = f->entries[i].recipe;
            if (!recipe->code_point)
                continue;
            add_code(&block, pdf_font_nth_cid(i));
            buf_add_string(&block, " <");
            add_marks(&block, &recipe->marks);
            pdf_add_utf16(&block, recipe->code_point);
            buf_add_string(&block, ">\n");
            count++;
        }
        if (count)
            buf_printf(&all, "%d beginbfchar\n%sendbfchar\n", count, block.data);
    }
    buf_add_string(&all, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    unsigned stream = pdf_stream_new(f->all->file, NULL, all.data, all.length, false);
    buf_drop(&all);
    buf_drop(&block);
    return stream;
}

static unsigned cid_font_new(const struct pdf_font *f, const char *base_name, unsigned descriptor)
{
    unsigned dict = pdf_object_new(f->all->file);
    bool cff = is_cff(f);
    struct buf b;
    buf_init(&b);
    buf_printf(&b,
               "/Type /Font /Subtype /CIDFontType%d /BaseFont /%s "
               "/CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /DW 0 ",
               cff ? 0 : 2, base_name);
    buf_add_string(&b, "/FontDescriptor ");
    pdf_add_ref(&b, descriptor);
    if (!cff) {
        buf_add_string(&b, " /CIDToGIDMap ");
        pdf_add_ref(&b, gid_map_new(f));
    }
    buf_add_string(&b, " /W [0 [");
    for (size_t i = 0; i < f->count; i++) {
        if (i == SHORT_CODES)
            buf_printf(&b, "] %d [", FIRST_LONG_CODE);
        buf_add_real(&b, f->entries[i].recipe->advance * 1000.0 / f->upem, 4);
        buf_add_char(&b, i % 16 == 15 ? '\n' : ' ');
    }
    buf_add_string(&b, "]]\n");
    pdf_dict_set(f->all->file, dict, &b);
    buf_drop(&b);
    return dict;
}

static bool make_program(const struct pdf_font *f, struct buf *out, unsigned *bad)
{
    if (f->count > CID_LIMIT)
        return false;
    return is_cff(f) ? cff_program_make(f->all->set, f->face, f->entries, f->count, out, bad)
                     : font_program_make(f->all->set, f->face, f->entries, f->count, out, bad);
}

static bool finish_font(struct pdf_font *f, struct diags *diags)
{
    struct pdf_fonts *all = f->all;
    struct buf program;
    unsigned bad;
    char base_name[80];
    buf_init(&program);
    bool ok = make_program(f, &program, &bad);
    if (!ok) {
        const char *path = f->count <= CID_LIMIT ? font_set_face(all->set, bad)->path : f->face->path;
        diag_add(diags, DIAG_PDF_FONT, (struct place){ .file = path },
                 "no subset of this font can be made: its tables are damaged, or it needs over 16575 glyphs; "
                 "choose another");
        buf_drop(&program);
        return false;
    }
    set_base_name(f, &program, base_name, sizeof base_name);
    unsigned cid_font = cid_font_new(f, base_name, descriptor_new(f, base_name, &program));
    unsigned to_unicode = to_unicode_new(f);
    struct buf b;
    buf_init(&b);
    buf_printf(&b, "/Type /Font /Subtype /Type0 /BaseFont /%s /Encoding %u 0 R /DescendantFonts [",
               base_name, all->encoding);
    pdf_add_ref(&b, cid_font);
    buf_add_string(&b, "] /ToUnicode ");
    pdf_add_ref(&b, to_unicode);
    buf_add_char(&b, '\n');
    pdf_dict_set(all->file, f->type0, &b);
    buf_drop(&b);
    buf_drop(&program);
    return true;
}

bool pdf_fonts_finish(struct pdf_fonts *all, struct diags *diags)
{
    bool ok = true;
    all->encoding = encoding_new(all);
    for (size_t i = 0; i < SLOTS; i++)
        if (*slot(all, i))
            ok &= finish_font(*slot(all, i), diags);
    return ok;
}

void pdf_fonts_add_resources(struct pdf_fonts *all, struct buf *b)
{
    buf_add_string(b, "/Font <<");
    for (size_t i = 0; i < SLOTS; i++) {
        const struct pdf_font *f = *slot(all, i);
        if (!f)
            continue;
        buf_printf(b, "/%s ", f->name);
        pdf_add_ref(b, f->type0);
        buf_add_char(b, ' ');
    }
    buf_add_string(b, ">>");
}
