/*
 * CFF font programs. HarfBuzz draws each part of a recipe, cubic or quadratic, and the curves become one Type 2
 * charstring; so faces of both kinds can stand in one font. An outline that several CIDs show is a subroutine.
 * Numbers of operators are those of Adobe's technical notes 5176 (CFF) and 5177 (charstrings).
 */
#include "pdf/cff_program.h"

#include <hb-ot.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

enum { LINE_TO = 5, CURVE_TO = 8, END_GLYPH = 14, MOVE_TO = 21, CALL_GLOBAL = 29, STACK_LIMIT = 48 };
enum { DICT_BOX = 5, DICT_CHARSET = 15, DICT_CHARSTRINGS = 17, DICT_PRIVATE = 18, DICT_DEFAULT_WIDTH = 20,
       DICT_NOMINAL_WIDTH = 21, DICT_ROS = 0x0C1E, DICT_CID_COUNT = 0x0C22, DICT_FONTS = 0x0C24,
       DICT_SELECT = 0x0C25 };
enum { FIRST_STRING = 391 /* of a font's own; the standard ones come before */ };

/* What is drawn, without its width. */
struct outline {
    struct buf code;
    unsigned uses;
    int subroutine; /* -1: stands in the glyph itself */
    UT_hash_handle hh;
};

struct box {
    int left, bottom, right, top;
};

struct program {
    const struct font_set *fonts;
    const struct font_face *own;
    hb_font_t **drawn; /* by face, scaled to CFF_EM; NULL: not used yet */
    hb_draw_funcs_t *funcs;
    struct outline *known, **outlines; /* outlines: by CID */
    int bias;                          /* subroutines are counted from the middle */
    struct box box;
};

/* Where a part's points go. */
struct pen {
    struct program *program;
    struct buf *out;
    double scale, dx, dy;
    int x, y; /* the last point that was written */
    unsigned pending, arguments; /* an operator whose arguments are written; 0: none */
};

/* --- numbers --- */

static void add_bytes(struct buf *b, uint32_t value, int bytes)
{
    while (bytes-- > 0)
        buf_add_char(b, (char)(value >> 8 * bytes & 255));
}

/* A charstring's, or a whole one of a DICT's; 16.16 where it is no whole number. */
static void add_number(struct buf *b, double value)
{
    int v = (int)lround(value);
    if (fabs(value - v) > 1.0 / 0x10000) {
        buf_add_char(b, (char)255);
        add_bytes(b, (uint32_t)(int32_t)lround(value * 0x10000), 4);
    } else if (v >= -107 && v <= 107) {
        add_bytes(b, (uint32_t)(v + 139), 1);
    } else if (v >= 108 && v <= 1131) {
        add_bytes(b, (247u << 8) + (uint32_t)(v - 108), 2);
    } else if (v >= -1131 && v <= -108) {
        add_bytes(b, (251u << 8) + (uint32_t)(-v - 108), 2);
    } else {
        buf_add_char(b, 28);
        add_bytes(b, (uint32_t)v, 2);
    }
}

/* A DICT's, always of five bytes, so that its length is known before the value is. */
static void add_fixed(struct buf *b, size_t value)
{
    buf_add_char(b, 29);
    add_bytes(b, (uint32_t)value, 4);
}

static void add_operator(struct buf *b, unsigned operator)
{
    add_bytes(b, operator, operator > 255 ? 2 : 1);
}

/* --- outlines --- */

static void end_operator(struct pen *p)
{
    if (p->pending)
        add_operator(p->out, p->pending);
    p->pending = p->arguments = 0;
}

static void write_point(struct pen *p, float x, float y)
{
    int nx = (int)lround(x * p->scale + p->dx), ny = (int)lround(y * p->scale + p->dy);
    struct box *box = &p->program->box;
    add_number(p->out, nx - p->x);
    add_number(p->out, ny - p->y);
    p->x = nx;
    p->y = ny;
    *box = (struct box){ nx < box->left ? nx : box->left, ny < box->bottom ? ny : box->bottom,
                         nx > box->right ? nx : box->right, ny > box->top ? ny : box->top };
}

/* Lines and curves that follow each other share an operator as long as the stack has room. */
static void begin_operator(struct pen *p, unsigned operator, unsigned arguments)
{
    if (p->pending != operator || p->arguments + arguments > STACK_LIMIT)
        end_operator(p);
    p->pending = operator;
    p->arguments += arguments;
}

static void move_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    struct pen *p = data;
    (void)funcs, (void)state, (void)user;
    end_operator(p);
    begin_operator(p, MOVE_TO, 2);
    write_point(p, x, y);
    end_operator(p);
}

static void line_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user)
{
    struct pen *p = data;
    (void)funcs, (void)state, (void)user;
    begin_operator(p, LINE_TO, 2);
    write_point(p, x, y);
}

static void curve_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x1, float y1, float x2,
                     float y2, float x3, float y3, void *user)
{
    struct pen *p = data;
    (void)funcs, (void)state, (void)user;
    begin_operator(p, CURVE_TO, 6);
    write_point(p, x1, y1);
    write_point(p, x2, y2);
    write_point(p, x3, y3);
}

static hb_draw_funcs_t *funcs_new(void)
{
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, line_to, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(funcs, curve_to, NULL, NULL);
    return funcs; /* quadratic curves come as cubic ones; a charstring closes its paths itself */
}

static hb_font_t *drawn_face(struct program *p, unsigned face)
{
    if (!p->drawn[face]) {
        p->drawn[face] = hb_font_create(font_set_face(p->fonts, face)->hb);
        hb_font_set_scale(p->drawn[face], CFF_EM, CFF_EM);
    }
    return p->drawn[face];
}

static bool draw_recipe(struct program *p, const struct glyph_recipe *r, struct buf *out, unsigned *bad)
{
    double unit = (double)CFF_EM / p->own->upem, one = GLYPH_SCALE_ONE;
    struct pen pen = { .program = p, .out = out };
    for (uint32_t i = 0; i < r->part_count; i++) {
        const struct glyph_part *part = &r->parts[i];
        hb_font_t *font = drawn_face(p, part->face);
        hb_glyph_extents_t extents;
        *bad = part->face;
        if (!hb_font_get_glyph_extents(font, part->glyph, &extents))
            return false;
        /* A part's scale is from its face's units to those of the font; here both are in CFF_EM. */
        pen.scale = part->scale / one * font_set_face(p->fonts, part->face)->upem / p->own->upem;
        pen.dx = part->dx * unit;
        pen.dy = part->dy * unit;
        hb_font_get_glyph_shape(font, part->glyph, p->funcs, &pen);
        end_operator(&pen);
    }
    return true;
}

/* Takes `code`. */
static struct outline *keep_outline(struct program *p, struct buf *code)
{
    struct outline *known;
    HASH_FIND(hh, p->known, code->data, code->length, known);
    if (known) {
        buf_drop(code);
    } else {
        known = xcalloc(1, sizeof *known);
        known->code = *code;
        known->subroutine = -1;
        HASH_ADD_KEYPTR(hh, p->known, known->code.data, known->code.length, known);
    }
    known->uses++;
    return known;
}

static bool draw_all(struct program *p, const struct glyph_entry *entries, size_t count, unsigned *bad)
{
    struct glyph_recipe absent = { .part_count = 1, .parts = { { .face = p->own->index, .scale = GLYPH_SCALE_ONE } } };
    for (size_t i = 0; i < count; i++) {
        struct buf code;
        buf_init(&code);
        if (!draw_recipe(p, i ? entries[i].recipe : &absent, &code, bad)) {
            buf_drop(&code);
            return false;
        }
        p->outlines[i] = keep_outline(p, &code);
    }
    return true;
}

/* --- the file --- */

/* An INDEX: how many, where each begins, and their bytes. */
struct index {
    struct buf offsets, bytes;
    unsigned count;
};

static void index_init(struct index *x)
{
    *x = (struct index){ .count = 0 };
    buf_init(&x->offsets);
    buf_init(&x->bytes);
}

static void index_end_item(struct index *x)
{
    if (!x->count)
        add_bytes(&x->offsets, 1, 4);
    add_bytes(&x->offsets, (uint32_t)x->bytes.length + 1, 4);
    x->count++;
}

/* Writes and drops it. */
static void index_write(struct index *x, struct buf *out)
{
    add_bytes(out, x->count, 2);
    if (x->count) {
        add_bytes(out, 4, 1);
        buf_add(out, x->offsets.data, x->offsets.length);
        buf_add(out, x->bytes.data, x->bytes.length);
    }
    buf_drop(&x->offsets);
    buf_drop(&x->bytes);
}

static void write_item(const void *bytes, size_t length, struct buf *out)
{
    struct index x;
    index_init(&x);
    buf_add(&x.bytes, bytes, length);
    index_end_item(&x);
    index_write(&x, out);
}

static void write_subroutines(struct program *p, struct buf *out)
{
    enum { WORTH = 8 /* bytes: less is no longer than the call */, MOST = 65535 };
    struct index x;
    index_init(&x);
    for (struct outline *o = p->known; o; o = o->hh.next)
        if (o->uses > 1 && o->code.length > WORTH && x.count < MOST) {
            o->subroutine = (int)x.count;
            buf_add(&x.bytes, o->code.data, o->code.length);
            buf_add_char(&x.bytes, 11); /* return */
            index_end_item(&x);
        }
    p->bias = x.count < 1240 ? 107 : x.count < 33900 ? 1131 : 32768;
    index_write(&x, out);
}

static void write_charstrings(const struct program *p, const struct glyph_entry *entries, size_t count,
                              struct buf *out)
{
    struct index x;
    index_init(&x);
    for (size_t i = 0; i < count; i++) {
        const struct outline *o = p->outlines[i];
        add_number(&x.bytes, entries[i].recipe->advance * (double)CFF_EM / p->own->upem);
        if (o->subroutine >= 0) {
            add_number(&x.bytes, o->subroutine - p->bias);
            add_operator(&x.bytes, CALL_GLOBAL);
        } else {
            buf_add(&x.bytes, o->code.data, o->code.length);
        }
        add_operator(&x.bytes, END_GLYPH);
        index_end_item(&x);
    }
    index_write(&x, out);
}

/* Where the parts of the program stand that the top DICT leads to. */
struct places {
    size_t charset, select, charstrings, fonts, private, private_length;
};

static void write_top(const struct program *p, size_t count, const struct places *at, struct buf *out)
{
    const int box[4] = { p->box.left, p->box.bottom, p->box.right, p->box.top };
    const struct {
        size_t value;
        unsigned operator;
    } entries[] = { { pdf_font_nth_cid(count), DICT_CID_COUNT }, { at->charset, DICT_CHARSET },
                    { at->select, DICT_SELECT }, { at->charstrings, DICT_CHARSTRINGS }, { at->fonts, DICT_FONTS } };
    struct buf b;
    buf_init(&b);
    add_number(&b, FIRST_STRING);
    add_number(&b, FIRST_STRING + 1);
    add_number(&b, 0);
    add_operator(&b, DICT_ROS); /* first, or it is no CID-keyed font; veraPDF looks for it behind short numbers */
    for (int i = 0; i < 4; i++) { /* FreeType 2.12 takes a negative number of five bytes for a huge one */
        buf_add_char(&b, 28);
        add_bytes(&b, (uint32_t)box[i], 2);
    }
    add_operator(&b, DICT_BOX);
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        add_fixed(&b, entries[i].value);
        add_operator(&b, entries[i].operator);
    }
    write_item(b.data, b.length, out);
    buf_drop(&b);
}

static void write_strings(struct buf *out)
{
    struct index x;
    index_init(&x);
    buf_add_string(&x.bytes, "Adobe");
    index_end_item(&x);
    buf_add_string(&x.bytes, "Identity");
    index_end_item(&x);
    index_write(&x, out);
}

/* The one font DICT that all glyphs belong to, and its private one: a width that is not given is 0. */
static void write_fonts(struct places *at, size_t start, struct buf *out)
{
    struct buf b, private;
    buf_init(&b);
    buf_init(&private);
    add_fixed(&private, 0);
    add_operator(&private, DICT_DEFAULT_WIDTH);
    add_fixed(&private, 0);
    add_operator(&private, DICT_NOMINAL_WIDTH);
    at->private_length = private.length;
    add_fixed(&b, at->private_length);
    add_fixed(&b, at->private);
    add_operator(&b, DICT_PRIVATE);
    write_item(b.data, b.length, out);
    at->private = out->length - start;
    buf_add(out, private.data, private.length);
    buf_drop(&b);
    buf_drop(&private);
}

/* The CIDs of the glyphs but the first, which is 0: ranges, each a CID and how many come after it. */
static void write_charset(size_t count, struct buf *out)
{
    uint32_t is_short = (uint32_t)(count < SHORT_CODES ? count : SHORT_CODES), is_long = (uint32_t)count - is_short;
    add_bytes(out, 2, 1);
    add_bytes(out, 1, 2);
    add_bytes(out, is_short - 2, 2);
    if (!is_long)
        return;
    add_bytes(out, FIRST_LONG_CODE, 2);
    add_bytes(out, is_long - 1, 2);
}

/* Writes the file; the places that it leads to are those of `at`, which are set to what they turn out to be. */
static void write_file(struct program *p, const struct glyph_entry *entries, size_t count, struct places *at,
                       struct buf *out)
{
    size_t start = out->length;
    add_bytes(out, 0x01000404, 4); /* version 1.0, header of four bytes, offsets of four */
    write_item(p->own->postscript_name, strlen(p->own->postscript_name), out);
    write_top(p, count, at, out);
    write_strings(out);
    write_subroutines(p, out);
    at->charset = out->length - start;
    write_charset(count, out);
    at->select = out->length - start;
    add_bytes(out, 3, 1); /* one range from glyph 0 on, of font DICT 0 */
    add_bytes(out, 1, 2);
    add_bytes(out, 0, 3);
    add_bytes(out, (uint32_t)count, 2);
    at->charstrings = out->length - start;
    write_charstrings(p, entries, count, out);
    at->fonts = out->length - start;
    write_fonts(at, start, out);
}

static void drop_program(struct program *p)
{
    struct outline *o, *next;
    HASH_ITER(hh, p->known, o, next)
    {
        HASH_DEL(p->known, o);
        buf_drop(&o->code);
        free(o);
    }
    for (size_t i = 0; i < font_set_faces(p->fonts); i++)
        hb_font_destroy(p->drawn[i]);
    hb_draw_funcs_destroy(p->funcs);
    free(p->drawn);
    free(p->outlines);
}

bool cff_program_make(const struct font_set *fonts, const struct font_face *own, const struct glyph_entry *entries,
                      size_t count, struct buf *out, unsigned *bad)
{
    struct program p = { .fonts = fonts, .own = own, .box = { INT16_MAX, INT16_MAX, INT16_MIN, INT16_MIN } };
    p.drawn = xcalloc(font_set_faces(fonts), sizeof(hb_font_t *));
    p.outlines = xcalloc(count, sizeof(struct outline *));
    p.funcs = funcs_new();
    bool ok = draw_all(&p, entries, count, bad);
    if (ok) {
        struct places at = { 0 };
        struct buf trial; /* every length is the same whatever the places are */
        if (p.box.left > p.box.right)
            p.box = (struct box){ 0 };
        buf_init(&trial);
        write_file(&p, entries, count, &at, &trial);
        write_file(&p, entries, count, &at, out);
        buf_drop(&trial);
    }
    drop_program(&p);
    return ok;
}
