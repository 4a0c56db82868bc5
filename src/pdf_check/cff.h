/*
 * What is needed of a CFF font program (Adobe's technical notes 5176 and 5177): which glyph a CID shows, how wide it
 * says it is, and its charstring. Private to src/pdf_check.
 */
#ifndef MUJAZ_PDF_CHECK_CFF_H
#define MUJAZ_PDF_CHECK_CFF_H

#include <stdbool.h>
#include <stddef.h>

/* Items that stand behind each other; all zero: none. */
struct cff_index {
    size_t count, offset_size, offsets, base; /* positions in the program; item 0 has offset 1 */
};

struct cff {
    const unsigned char *data;
    size_t length;
    struct cff_index glyphs, subroutines;
    size_t charset;         /* its position; 0: each CID shows the glyph of its number */
    bool has_widths;        /* one private DICT, and units of 1/1000 em */
    double usual, nominal;  /* the width of a glyph that names none, and what is added to the others */
};

/* `data` must outlive it. False when it is no CFF font. */
bool cff_open(const unsigned char *data, size_t length, struct cff *);
unsigned cff_glyph(const struct cff *, unsigned cid); /* 0, .notdef: none */
/* Where a glyph's charstring or a subroutine begins and ends; false when there is none of that number. */
bool cff_item(const struct cff *, const struct cff_index *, size_t i, const unsigned char **from,
              const unsigned char **to);
/* In 1/1000 em; negative where this reader cannot tell, as where `has_widths` is false. */
double cff_width(const struct cff *, unsigned glyph);

#endif
