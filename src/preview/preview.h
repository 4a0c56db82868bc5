/*
 * Preview: a page of a scene as a picture, for people who look and for tests that compare. Drawn by cairo, with the
 * glyphs that the scene has: nothing is shaped or laid out again. Links and tags do not show.
 */
#ifndef MUJAZ_PREVIEW_PREVIEW_H
#define MUJAZ_PREVIEW_PREVIEW_H

#include "base/buf.h"
#include "base/diag.h"
#include "scene/scene.h"

enum preview_format { PREVIEW_PNG, PREVIEW_SVG };

enum { PREVIEW_DPI_LEAST = 10, PREVIEW_DPI_MOST = 600 };

struct preview; /* the font set's faces, opened */

/* `fonts` must be the set that the scenes' lines were shaped with; it must live as long. */
struct preview *preview_new(const struct font_set *fonts);
void preview_drop(struct preview *);

/* Appends a picture of the page, on white, to `out`. PNG has so many dots an inch; SVG is in points and takes no
 * heed of them. False with a diagnostic, and `out` as it was, when it cannot be drawn. The same page gives the same
 * bytes from the same cairo and FreeType, but that cairo numbers the SVGs of a run. */
bool preview_page(struct preview *, const struct scene *, size_t page, enum preview_format, double dpi,
                  struct buf *out, struct diags *);

#endif
