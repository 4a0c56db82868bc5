/* Layout: a doc, a style and an edition become the scene's pages. */
#ifndef MUJAZ_LAYOUT_LAYOUT_H
#define MUJAZ_LAYOUT_LAYOUT_H

#include "layout/style.h"
#include "report/doc.h"
#include "scene/scene.h"

/* NULL when something could not be laid out (a glyph that no font has, a block that cannot fit).
 * The scene points into the doc and the engine's font set: they must outlive it. */
struct scene *layout_doc(const struct doc *, const struct style *, enum edition, struct text_engine *,
                         struct diags *);

#endif
