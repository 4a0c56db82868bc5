/* PDF: a scene becomes the bytes of a tagged PDF 1.7, assembled by libharu. */
#ifndef MUJAZ_PDF_PDF_H
#define MUJAZ_PDF_PDF_H

#include "base/buf.h"
#include "scene/scene.h"

/* Appends the file to `out`. False with a diagnostic when it cannot be made. The same scene gives the same
 * bytes. `fonts` must be the set that the scene's lines were shaped with. */
bool pdf_write(const struct scene *, const struct font_set *fonts, struct buf *out, struct diags *);

#endif
