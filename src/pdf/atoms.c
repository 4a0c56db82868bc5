/*
 * From clusters to atoms. A cluster of several code points (a ligature, a letter with marks) becomes one
 * glyph with ink and a blank for each further code point, so that every CID stands for exactly one. Knows
 * nothing of pages or of what readers make of the order.
 */
#include "pdf/atoms.h"

#include "base/utf8.h"
#include "text/bidi.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Kerning above this share of an em goes into the glyph's width: readers take a wide gap for a space. */
static const double KERNING_LIMIT = 0.06;
/* Spaces of justified lines come in so few widths, in ems. */
static const double SPACE_STEP = 0.05;

enum { CLUSTER_LIMIT = 64, PLAIN_LETTERS = 1024 };

/* What was made of a letter that is one glyph at its origin, as most are. */
struct plain_letter {
    const struct pdf_font *font;
    const struct font_face *face;
    float size, line_size, advance; /* points */
    uint32_t glyph, code_point;
    int32_t units; /* the recipe's advance */
    unsigned cid;
};

/* One cluster on its way. */
struct piece {
    const struct text_line *line;
    const struct text_cluster *cluster, *end; /* `end`: behind the line's last */
    struct pdf_font *font;
    double units; /* of the font, per point */
    /* points: advance got from the cluster behind, given to the one before; how far the ink's atom moves */
    double borrowed, lent, moved;
    uint32_t code_points[CLUSTER_LIMIT];
    int count;
};

void atoms_drop(struct atoms *a)
{
    free(a->items);
    free(a->clusters);
    free(a->letters);
    *a = (struct atoms){ 0 };
}

/* Room for one more, to be set in its place: there are as many as letters. */
static struct atom *next_atom(struct atoms *a)
{
    if (a->count == a->capacity) {
        a->capacity = a->capacity ? a->capacity * 2 : 256;
        a->items = xrealloc(a->items, a->capacity, sizeof *a->items);
    }
    return &a->items[a->count++];
}

void atoms_add(struct atoms *a, struct atom atom)
{
    *next_atom(a) = atom;
}

/* Direction controls are no text: they get no atom. */
static void read_code_points(struct piece *p)
{
    const char *at = p->line->text + p->cluster->start, *end = at + p->cluster->length;
    p->count = 0;
    while (at < end && p->count < CLUSTER_LIMIT) {
        uint32_t c = utf8_next(&at);
        if (!bidi_is_control(c))
            p->code_points[p->count++] = c;
    }
}

static bool is_rtl(const struct piece *p)
{
    return p->cluster->level & 1;
}

/* The cluster's outlines, with their natural advance unless it differs much from what the line wants. */
static void make_ink(const struct piece *p, struct glyph_recipe *ink)
{
    const struct text_cluster *c = p->cluster;
    double scale = (double)c->size / p->line->size * pdf_font_upem(p->font) / c->face->upem;
    double natural = 0, wanted = c->advance * p->units;
    ink->code_point = 0;
    ink->marks = (struct glyph_marks){ 0 };
    ink->part_count = 0;
    for (uint32_t i = 0; i < c->glyph_count && ink->part_count < GLYPH_PARTS; i++) {
        const struct text_glyph *g = &c->glyphs[i];
        ink->parts[ink->part_count++] = (struct glyph_part){
            .face = c->face->index,
            .glyph = g->id,
            .dx = (int32_t)lround(text_glyph_points(c, g->x) * p->units),
            .dy = (int32_t)lround((text_glyph_points(c, g->y) + c->rise) * p->units),
            .scale = (uint32_t)lround(scale * GLYPH_SCALE_ONE),
        };
        natural += pdf_font_advance(p->font, c->face, g->id) * scale;
    }
    double advance = fabs(wanted - natural) > KERNING_LIMIT * pdf_font_upem(p->font) ? wanted : natural;
    if (advance != natural && bidi_is_space(p->code_points[0])) /* else one recipe for each justified line */
        advance = round(advance / (SPACE_STEP * pdf_font_upem(p->font))) * SPACE_STEP * pdf_font_upem(p->font);
    ink->advance = advance > 0 ? (int32_t)lround(advance) : 0;
}

static void add_atom(struct atoms *a, const struct piece *p, uint32_t code_point, unsigned cid, int32_t units,
                     int slot, double *x)
{
    struct atom *atom = next_atom(a);
    memset(atom, 0, sizeof *atom);
    atom->code_point = code_point;
    atom->cid = cid;
    atom->x = *x;
    atom->advance = units / p->units;
    atom->rgb = p->cluster->rgb;
    atom->level = p->cluster->level;
    atom->start = p->cluster->start + (uint32_t)slot;
    *x += atom->advance;
}

static void add_recipe(struct atoms *a, const struct piece *p, const struct glyph_recipe *recipe, int slot,
                       double *x)
{
    add_atom(a, p, recipe->code_point, pdf_font_cid(p->font, recipe), recipe->advance, slot, x);
}

static bool is_plain(const struct piece *p)
{
    const struct text_cluster *c = p->cluster;
    return p->count == 1 && c->glyph_count == 1 && !c->glyphs->x && !c->glyphs->y && c->rise == 0 &&
           p->borrowed == 0 && p->lent == 0 && p->moved == 0;
}

static void add_plain(struct atoms *a, const struct piece *p)
{
    const struct text_cluster *c = p->cluster;
    uint32_t glyph = c->glyphs->id, code_point = p->code_points[0];
    struct plain_letter *known = &a->letters[(glyph * 31 + (uint32_t)(int32_t)(c->advance * 64)) % PLAIN_LETTERS];
    if (known->font != p->font || known->face != c->face || known->glyph != glyph ||
        known->code_point != code_point || known->advance != c->advance || known->size != c->size ||
        known->line_size != p->line->size) {
        struct glyph_recipe ink;
        make_ink(p, &ink);
        ink.code_point = code_point;
        *known = (struct plain_letter){ .font = p->font, .face = c->face, .size = c->size,
                                        .line_size = p->line->size, .advance = c->advance, .glyph = glyph,
                                        .code_point = code_point, .units = ink.advance,
                                        .cid = pdf_font_cid(p->font, &ink) };
    }
    double x = c->x;
    add_atom(a, p, code_point, known->cid, known->units, 0, &x);
}

/* How much of the ink's advance each further letter of a ligature gets; marks get none. */
static int32_t share_of(const struct piece *p, int32_t advance)
{
    int letters = 0;
    for (int i = 0; i < p->count; i++)
        letters += !bidi_is_combining(p->code_points[i]);
    return letters > 1 ? advance / letters : 0;
}

static void add_piece(struct atoms *a, const struct piece *p)
{
    struct glyph_recipe ink = { .advance = (int32_t)lround(p->cluster->advance * p->units) };
    if (p->cluster->glyph_count)
        make_ink(p, &ink);
    ink.advance += (int32_t)lround((p->borrowed - p->lent) * p->units);
    int32_t share = share_of(p, ink.advance);
    for (int i = 1; i < p->count; i++)
        ink.advance -= bidi_is_combining(p->code_points[i]) ? 0 : share;
    double start = p->cluster->x, x = start + p->moved;
    for (int visual = 0; visual < p->count; visual++) {
        int i = is_rtl(p) ? p->count - 1 - visual : visual;
        if (i == 0) { /* the ink stands where the whole cluster starts, though blanks came before it */
            int32_t shift = (int32_t)lround((x - start) * p->units);
            for (uint32_t k = 0; k < ink.part_count; k++)
                ink.parts[k].dx -= shift;
            ink.code_point = p->code_points[0];
            add_recipe(a, p, &ink, i, &x);
        } else {
            struct glyph_recipe blank = { .code_point = p->code_points[i] };
            blank.advance = bidi_is_combining(blank.code_point) ? 0 : share;
            add_recipe(a, p, &blank, i, &x);
        }
    }
}

static bool is_mark(const struct text_line *line, const struct text_cluster *c)
{
    const char *text = line->text + c->start;
    return bidi_is_combining(utf8_next(&text));
}

/* Some fonts draw lam-alef as an alef without advance over a wide lam. Readers take a letter without advance
 * for a mark, or put a space behind it: it borrows half of the advance of its neighbour. */
static double borrowed_by(const struct piece *p)
{
    const struct text_cluster *c = p->cluster;
    /* Of controls and joiners, for which some fonts have glyphs without ink, no letter is seen. */
    if (!c->glyph_count || fabsf(c->advance) > 0.001f || !p->count || bidi_class_of(p->code_points[0]) == BIDI_MARK)
        return 0;
    for (c++; c < p->end && is_mark(p->line, c); c++)
        ; /* the neighbour's marks stand between */
    if (c == p->end || !c->glyph_count)
        return 0;
    return c->advance > p->line->size / 5 ? c->advance / 2 : 0;
}

/* A left-to-right isolate inside left-to-right text is not embedded as far as any reader can tell; and beyond
 * that, only odd, even and none matter. */
static void simplify_levels(struct atoms *a, enum dir dir)
{
    for (size_t i = 0; i < a->count; i++)
        if (a->items[i].level)
            a->items[i].level = a->items[i].level & 1 ? 1 : 2;
    if (dir == DIR_RTL)
        return;
    for (size_t i = 0, end; i < a->count; i = end) {
        bool odd = false;
        for (end = i; end < a->count && a->items[end].level; end++)
            odd |= a->items[end].level & 1;
        for (size_t k = i; k < end && !odd; k++)
            a->items[k].level = 0;
        if (end == i)
            end++;
    }
}

/* The line's clusters, into the atoms' room for them. Their number. */
static size_t spread(struct atoms *a, const struct text_line *line)
{
    size_t count = 0;
    struct text_walk walk = { .line = line };
    do {
        if (count == a->cluster_room) {
            a->cluster_room = a->cluster_room ? a->cluster_room * 2 : 256;
            a->clusters = xrealloc(a->clusters, a->cluster_room, sizeof *a->clusters);
        }
    } while (text_walk_next(&walk, &a->clusters[count]) && ++count);
    return count;
}

void atoms_take_line(struct atoms *a, struct pdf_font *font, const struct text_line *line)
{
    struct piece p = { .line = line, .font = font, .units = pdf_font_upem(font) / (double)line->size };
    size_t count = spread(a, line);
    if (!a->letters)
        a->letters = xcalloc(PLAIN_LETTERS, sizeof *a->letters);
    a->count = 0;
    p.end = a->clusters + count;
    for (p.cluster = a->clusters; p.cluster < p.end; p.cluster++) {
        bool mark = is_mark(line, p.cluster);
        read_code_points(&p);
        p.lent = mark ? 0 : p.moved;
        p.borrowed = mark ? 0 : borrowed_by(&p);
        if (is_plain(&p))
            add_plain(a, &p);
        else
            add_piece(a, &p);
        if (!mark)
            p.moved = p.borrowed;
    }
    simplify_levels(a, line->dir);
}
