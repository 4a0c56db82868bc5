/*
 * The structure tree: one StructElem for each tag of the scene, their content by page and MCID, and the
 * parent tree that leads back. Private to src/pdf.
 */
#ifndef MUJAZ_PDF_STRUCTURE_H
#define MUJAZ_PDF_STRUCTURE_H

#include "pdf/object.h"
#include "scene/scene.h"

struct structure;

/* `pages` are the object numbers of the pages; they must outlive it. It lives in the file's arena. */
struct structure *structure_new(struct pdf_file *, const struct scene *, const unsigned *pages);

/* A piece of an element's content on a page, in the order of drawing: its MCID there. */
unsigned structure_add_content(struct structure *, const struct scene_tag *, size_t page);
/* What that piece says, in logical order: needed where the drawing order is another. */
void structure_set_text(struct structure *, const struct scene_tag *, const char *utf8);
/* An annotation that an element holds: its key in the parent tree. Pages have the keys 0 to n - 1. */
unsigned structure_add_annotation(struct structure *, const struct scene_tag *, size_t page,
                                  unsigned annotation);

/* Writes the elements; the object number of the StructTreeRoot. */
unsigned structure_finish(struct structure *);

#endif
