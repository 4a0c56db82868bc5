/* Links, destinations, bookmarks. Private to src/pdf. */
#ifndef MUJAZ_PDF_NAVIGATION_H
#define MUJAZ_PDF_NAVIGATION_H

#include "pdf/structure.h"

/* Puts the page's link annotations on it and into the structure. */
void navigation_add_links(struct pdf_file *, const struct scene *, size_t page, HPDF_Page,
                          struct structure *);
/* Object number of the name tree of the destinations; 0 when there are none. */
unsigned navigation_dests_new(struct pdf_file *, const struct scene *);
/* Object number of the bookmarks' root; 0 when there are none. */
unsigned navigation_outline_new(struct pdf_file *, const struct scene *);

#endif
