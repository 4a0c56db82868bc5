/* Pages as objects: their boxes and resources, not what is drawn. Private to src/pdf. */
#ifndef MUJAZ_PDF_PAPER_H
#define MUJAZ_PDF_PAPER_H

#include "pdf/file.h"
#include "pdf/press.h"

/* The next page of the file. NULL when libharu refuses its size. */
HPDF_Page paper_new(struct pdf_file *, const struct press_grid *, unsigned resources);
/* Gives it its operators, once. */
void paper_set_content(struct pdf_file *, HPDF_Page, const struct buf *operators);

#endif
