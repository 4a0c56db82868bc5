/*
 * PDF fonts. One Type0 font for each role and weight of lines merges every face that those lines use: pdf.js
 * starts its bidi anew at each font change, so that none may happen inside a line.
 *
 * A CID is a recipe (which outlines, where, how wide) and the one code point that it stands for, seldom with marks
 * before it: pdf.js throws characters away that are marks alone. Private to src/pdf.
 */
#ifndef MUJAZ_PDF_FONT_H
#define MUJAZ_PDF_FONT_H

#include "pdf/object.h"
#include "text/font.h"

/* A code in a string is its CID, in one byte or two. The recipes that were needed first have the short ones; the first
 * byte of a long one is no short one, so CIDs between the two stand for nothing. */
enum { SHORT_CODES = 0xC0, FIRST_LONG_CODE = SHORT_CODES * 0x100, LONG_CODES = 0x10000 - FIRST_LONG_CODE };

/* The CID of the glyph of that index in the font's program. */
static inline unsigned pdf_font_nth_cid(size_t index)
{
    return (unsigned)(index < SHORT_CODES ? index : index - SHORT_CODES + FIRST_LONG_CODE);
}

enum { GLYPH_PARTS = 40, GLYPH_SCALE_ONE = 0x4000 };

/* Units are those of the PDF font's em. No padding: recipes are compared as bytes. */
struct glyph_part {
    uint32_t face, glyph; /* index in the font set; glyph index there */
    int32_t dx, dy;
    uint32_t scale; /* of the outline, F2Dot14 */
};

/* So many direction marks, ALM before LRM, and then a joiner (0: none) stand before a code point, as it is drawn. */
struct glyph_marks {
    uint8_t alm, lrm;
    uint16_t joiner;
};

enum { MOST_MARKS = 7 /* of a kind; mutool takes 8 characters for a glyph */ };

struct glyph_recipe {
    uint32_t code_point; /* 0: none */
    struct glyph_marks marks;
    int32_t advance;
    uint32_t part_count; /* 0: blank */
    struct glyph_part parts[GLYPH_PARTS];
};

/* A recipe that has its CID; only the parts in use are stored. */
struct glyph_entry {
    const struct glyph_recipe *recipe;
    uint32_t gid; /* in the font program, once that is made */
};

struct pdf_fonts;

struct pdf_fonts *pdf_fonts_new(struct pdf_file *, const struct font_set *);
void pdf_fonts_drop(struct pdf_fonts *);
/* Makes the font programs and dictionaries of all fonts that were used. */
bool pdf_fonts_finish(struct pdf_fonts *, struct diags *);
/* Entries of the resource dictionary that all pages share: "/Font <<...>>". */
void pdf_fonts_add_resources(struct pdf_fonts *, struct buf *);

struct pdf_font;

/* The font of lines of a role and weight; its em takes the units of `face` when it is new. */
struct pdf_font *pdf_fonts_get(struct pdf_fonts *, enum font_role, enum font_weight,
                               const struct font_face *);
const char *pdf_font_name(const struct pdf_font *); /* resource name */
unsigned pdf_font_upem(const struct pdf_font *);
/* Advance of a face's glyph in that face's units. */
int32_t pdf_font_advance(const struct pdf_font *, const struct font_face *, uint32_t glyph);
unsigned pdf_font_cid(struct pdf_font *, const struct glyph_recipe *);
/* The same glyph with marks before its code point. */
unsigned pdf_font_cid_marked(struct pdf_font *, unsigned cid, struct glyph_marks);
/* The same glyph with another advance, its ink moved to the right by so many units. */
unsigned pdf_font_cid_moved(struct pdf_font *, unsigned cid, int32_t advance, int32_t right);

#endif
