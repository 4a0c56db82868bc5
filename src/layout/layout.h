/* Layout: a doc, a style and an edition become the scene's pages, one after the other. */
#ifndef MUJAZ_LAYOUT_LAYOUT_H
#define MUJAZ_LAYOUT_LAYOUT_H

#include "layout/style.h"
#include "report/doc.h"
#include "scene/scene.h"

/* Bytes of text whose lines are kept from when pages are planned to when they are drawn: that of some hundred pages.
 * Kept lines take up to sixty times these bytes. Of a longer document as many bytes less are kept as it is longer, the
 * first ones, and of one twice as long none: the lines of the others are set again. */
enum { LAYOUT_KEPT_TEXT = 256 * 1024 };

/* NULL when something could not be laid out (a glyph that no font has, a block that cannot fit).
 * The scene points into the doc and the engine's font set: they must outlive it. With a sink it has no pages but those
 * that it has given there; the sink may have got pages when the result is NULL. */
struct scene *layout_pages(const struct doc *, const struct style *, enum edition, struct text_engine *,
                           const struct scene_sink *, struct diags *);
/* Several docs as one file: the first, whose contents list has the others too, then these. Pages are numbered through;
 * each is a part with its own style, all of one page size. No sequential edition. */
struct layout_part {
    const struct doc *doc;
    const struct style *style;
    const char *prefix; /* of its names in the file: "attacks/"; "" for the first */
};
struct scene *layout_packet(const struct layout_part *, size_t count, enum edition, struct text_engine *,
                            const struct scene_sink *, struct diags *);
/* One doc with all pages kept. */
struct scene *layout_doc(const struct doc *, const struct style *, enum edition, struct text_engine *,
                         struct diags *);

#endif
