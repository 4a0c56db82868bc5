/*
 * Imposition: which page stands where on which side of a sheet, so that pages are in order when the sheets were folded
 * or are read. Pure: knows no PDF.
 */
#ifndef MUJAZ_PDF_IMPOSITION_H
#define MUJAZ_PDF_IMPOSITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/lang.h"

enum imposition_form {
    IMPOSE_NONE,
    IMPOSE_SADDLE, /* a booklet: two pages a side, all sheets laid into each other, folded and stapled */
    IMPOSE_2UP,    /* two pages a side in the order of reading */
    IMPOSE_4UP,    /* four: two rows of two */
    IMPOSE_FORMS
};

struct imposition {
    enum imposition_form form;
    double creep; /* booklet: points that each further sheet's pages move toward the spine */
};

enum { IMPOSE_COLUMNS = 2 };
#define IMPOSE_BLANK SIZE_MAX

const char *imposition_name(enum imposition_form); /* "saddle", "2up", "4up" */
int imposition_rows(enum imposition_form);
/* Sides of sheets that so many pages take; a booklet's are always in pairs, front and back. */
size_t imposition_sides(enum imposition_form, size_t pages);
/* Page, counted from 0, at a place of a side: column from the left, row from the top. IMPOSE_BLANK: none. `binding`:
 * RTL when pages turn from the right. */
size_t imposition_page(enum imposition_form, enum dir binding, size_t pages, size_t side, int column, int row);
/* How far the page there is moved to the right, points. */
double imposition_shift(const struct imposition *, size_t side, int column);

#endif
