/* Links, destinations, bookmarks. Private to src/pdf. */
#ifndef MUJAZ_PDF_NAVIGATION_H
#define MUJAZ_PDF_NAVIGATION_H

#include "pdf/structure.h"

/* Puts the page's link annotations on it and into the structure. */
void navigation_add_links(struct pdf_file *, const struct scene *, size_t page, HPDF_Page,
                          struct structure *);
/* Name tree of the destinations; NULL when there are none. */
HPDF_Dict navigation_dests_new(struct pdf_file *, const struct scene *, const HPDF_Page *pages);
/* Root of the bookmarks; NULL when there are none. */
HPDF_Dict navigation_outline_new(struct pdf_file *, const struct scene *);

#endif
