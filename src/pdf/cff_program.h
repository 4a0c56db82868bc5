/* The CFF program of a PDF font of which a face has cubic outlines. Private to src/pdf. */
#ifndef MUJAZ_PDF_CFF_PROGRAM_H
#define MUJAZ_PDF_CFF_PROGRAM_H

#include "pdf/font.h"

enum { CFF_EM = 1000 }; /* units of the program, whatever those of its faces are */

/* Appends a CID-keyed program to `out`: its charset has the CIDs (pdf_font_nth_cid), so that no map is needed. `own`
 * lends the name, the glyph of CID 0 and the units of the recipes. False when an outline of a face cannot be read; *bad
 * is then its index. */
bool cff_program_make(const struct font_set *, const struct font_face *own, const struct glyph_entry *entries,
                      size_t count, struct buf *out, unsigned *bad);

#endif
