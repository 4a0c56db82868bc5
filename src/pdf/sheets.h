/*
 * Sheets: finished pages as form objects, each once, and larger pages on which they stand side by side. Private to
 * src/pdf.
 */
#ifndef MUJAZ_PDF_SHEETS_H
#define MUJAZ_PDF_SHEETS_H

#include "pdf/file.h"
#include "pdf/imposition.h"
#include "scene/scene.h"

/* Lives in the file's arena. */
struct sheets;

/* `resources`: object number of the pages' own. */
struct sheets *sheets_new(struct pdf_file *, const struct imposition *, unsigned resources);
/* The next page and its operators. */
void sheets_add(struct sheets *, const struct scene_page *, const struct scene_meta *, const struct buf *operators);
/* Makes the sheets, when all pages were added. */
void sheets_write(struct sheets *, const struct scene_meta *);

#endif
