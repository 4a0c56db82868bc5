/*
 * Atoms: a line as the PDF shows it, one code point each, in visual order. Private to src/pdf.
 */
#ifndef MUJAZ_PDF_ATOMS_H
#define MUJAZ_PDF_ATOMS_H

#include "pdf/font.h"
#include "text/text.h"

struct atom {
    uint32_t code_point; /* 0: none */
    unsigned cid;
    double x, advance; /* points, from the line's left edge */
    double rise;       /* of a mark */
    uint32_t rgb;
    uint8_t level;  /* 0: not embedded; odd: right-to-left; 2: left-to-right inside right-to-left */
    uint32_t start; /* logical order: rises in left-to-right runs, falls in right-to-left ones */
    uint16_t element; /* of a line in parts: index of its part */
    bool held;      /* in a left-to-right run that needs marks to stay together */
    struct glyph_marks marks; /* its CID has them */
    uint32_t place;               /* in PDFium's line */
    bool mark_before, mark_after; /* PDFium needs a left-to-right mark at that side */
    uint8_t squeeze;              /* so many times (text_object.h); 0: not */
    bool apart;                   /* begins a text object, or PDFium would join it to the atom at the place before */
};

struct plain_letter;

struct atoms {
    struct atom *items; /* owned; kept from line to line */
    size_t count, capacity;
    bool placed;          /* the order that PDFium needs is not the one that is drawn */
    uint32_t place_count;
    struct text_cluster *clusters; /* of the line; owned, and kept as well */
    size_t cluster_room;
    struct plain_letter *letters; /* PLAIN_LETTERS; owned */
};

void atoms_drop(struct atoms *);
void atoms_add(struct atoms *, struct atom);

/* Replaces the atoms by those of a line. */
void atoms_take_line(struct atoms *, struct pdf_font *, const struct text_line *);

/* Moves `from`, a line of a size and direction, to `to`, with the zero-width direction marks that readers
 * need to put it back into logical order. `page_rtl` is the page's primary direction. */
void atoms_add_marks(struct atoms *from, struct atoms *to, struct pdf_font *, double size, enum dir,
                     bool page_rtl);

/* Finds the percent signs of a line of that size that need no mark; and places them, once the marks are there. */
void atoms_find_percents(struct atoms *, double size);
void atoms_place_percents(struct atoms *, struct pdf_font *, double size);

/* Puts marks before some atoms of a right-to-left line of that size, as far as pdf.js needs them. */
void atoms_mark_for_pdfjs(struct atoms *, struct pdf_font *, double size);
/* The same for the right-to-left parts of a left-to-right line. */
void atoms_mark_parts_for_pdfjs(struct atoms *, struct pdf_font *, double size);

/* Gives each atom that is no direction mark its place in PDFium's line; `document_right`: it says /Direction /R2L. */
void atoms_give_places(struct atoms *, bool document_right);

#endif
