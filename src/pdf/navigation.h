/* Links, destinations, bookmarks. Private to src/pdf. */
#ifndef MUJAZ_PDF_NAVIGATION_H
#define MUJAZ_PDF_NAVIGATION_H

#include "pdf/structure.h"

/* Makes the page's link annotations, puts them into the structure and a list of them among the page's entries. */
void navigation_add_links(struct pdf_file *, const struct scene *, size_t page, struct structure *,
                          struct buf *entries);
/* Object number of the name tree of the destinations; 0 when there are none. */
unsigned navigation_dests_new(struct pdf_file *, const struct scene *);
/* Object number of the bookmarks' root; 0 when there are none. */
unsigned navigation_outline_new(struct pdf_file *, const struct scene *);

#endif
