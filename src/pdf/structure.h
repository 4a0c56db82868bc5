/*
 * The structure tree: one StructElem for each tag of the scene, their content by page and MCID, and the
 * parent tree that leads back. Elements of a page's own tags are written, and forgotten, when the page ends; the
 * scene's some pages after they are closed (scene_tag_close), else at the end. Private to src/pdf.
 */
#ifndef MUJAZ_PDF_STRUCTURE_H
#define MUJAZ_PDF_STRUCTURE_H

#include "pdf/embedded.h"
#include "pdf/object.h"
#include "scene/scene.h"

struct structure;

/* The scene and the attachments must outlive it. */
struct structure *structure_new(struct pdf_file *, const struct scene *, const struct attachments *);
void structure_drop(struct structure *);

/* Content and annotations come between a page's begin and its end, page by page. The begin gives the page's key in
 * the parent tree. */
unsigned structure_begin_page(struct structure *, size_t page);
void structure_end_page(struct structure *);
/* A piece of an element's content on a page, in the order of drawing: its MCID there. */
unsigned structure_add_content(struct structure *, const struct scene_tag *);
/* What that piece says, in logical order: needed where the drawing order is another. */
void structure_set_text(struct structure *, const struct scene_tag *, const char *utf8);
/* That piece is in another language than its element. */
void structure_set_lang(struct structure *, const struct scene_tag *, enum lang);
/* An element without content of its own is read here, and not after all that has some. */
void structure_place(struct structure *, const struct scene_tag *);
/* An annotation that an element holds: its key in the parent tree. */
unsigned structure_add_annotation(struct structure *, const struct scene_tag *, unsigned annotation);

/* Writes what is left of the scene's elements; the object number of the StructTreeRoot. */
unsigned structure_finish(struct structure *);

#endif
