/* What the file says of itself: Info, XMP, output intent. Private to src/pdf. */
#ifndef MUJAZ_PDF_METADATA_H
#define MUJAZ_PDF_METADATA_H

#include "pdf/object.h"
#include "scene/scene.h"

/* The document's clock as an entry, "/ModDate (D:...)"; nothing when it has none. */
void metadata_add_date(struct buf *, const char *key, const struct scene_meta *);
void metadata_set_info(struct pdf_file *, const struct scene_meta *);
/* Object numbers. */
unsigned metadata_xmp_new(struct pdf_file *, const struct scene_meta *, bool archival); /* says PDF/A, PDF/UA, PDF/X */

#endif
