/* Pages as objects: their boxes and resources, not what is drawn; and the tree that they are in. Private to src/pdf. */
#ifndef MUJAZ_PDF_PAPER_H
#define MUJAZ_PDF_PAPER_H

#include "pdf/file.h"
#include "pdf/press.h"

/* The first entries of the file's next page, to which others may be added. False when no page can be of that size,
 * which is said when the file is saved. */
bool paper_begin(struct pdf_file *, const struct press_grid *, unsigned resources, struct buf *entries);
/* Writes its operators; the entries wait for those of its neighbours. */
void paper_end(struct pdf_file *, const struct buf *operators, const struct buf *entries);
/* Writes the tree, behind the last page. */
void paper_finish(struct pdf_file *);

#endif
