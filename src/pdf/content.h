/* Content streams: a page of the scene as PDF operators. Private to src/pdf. */
#ifndef MUJAZ_PDF_CONTENT_H
#define MUJAZ_PDF_CONTENT_H

#include "pdf/font.h"
#include "pdf/picture.h"
#include "pdf/structure.h"

struct content;

/* Without a structure nothing is tagged, and nothing is an artifact. `binding`: what the document says of its
 * direction, which PDFium takes for that of each line. */
struct content *content_new(struct pdf_fonts *, struct pdf_pictures *, struct structure *, struct inks *,
                            enum dir binding);
void content_drop(struct content *);
/* The operators of a page, to which more may be added; valid until the next call. */
struct buf *content_page(struct content *, const struct scene_page *);

#endif
