/* Images as PDF objects, each once however often it is drawn. Private to src/pdf. */
#ifndef MUJAZ_PDF_PICTURE_H
#define MUJAZ_PDF_PICTURE_H

#include "image/image.h"
#include "pdf/inks.h"
#include "scene/scene.h"

/* Lives in the file's arena. */
struct pdf_pictures;

struct pdf_pictures *pdf_pictures_new(struct pdf_file *, struct inks *);
/* The number behind "Im" in the resources; the object is made on first use. */
size_t pdf_pictures_number(struct pdf_pictures *, const struct image *);
/* "/XObject <<...>>", or nothing when there are none. */
void pdf_pictures_add_resources(const struct pdf_pictures *, struct buf *);

#endif
