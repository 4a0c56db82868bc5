/*
 * PDF: a scene becomes the bytes of a tagged PDF 1.7, assembled by libharu. A page is written when the scene has
 * finished it; what stays of it in memory is said in structure.h and file.h.
 */
#ifndef MUJAZ_PDF_PDF_H
#define MUJAZ_PDF_PDF_H

#include "base/sink.h"
#include "pdf/attachment.h"
#include "pdf/imposition.h"
#include "scene/scene.h"

struct pdf; /* a file while it is made */

/* The same scene gives the sink the same bytes; they are of no use unless pdf_finish is true. `fonts` must be the set
 * that the scene's lines were shaped with. All three must outlive it. */
struct pdf *pdf_new(const struct font_set *fonts, struct sink, struct diags *);
void pdf_drop(struct pdf *);
/* Files to put into it, before the first page and once. They must outlive it. */
void pdf_attach(struct pdf *, const struct attachment *, size_t count);
/* Its pages stand side by side on larger sheets, for printing: no tags, links, bookmarks or attachments. Before the
 * first page. */
void pdf_impose(struct pdf *, const struct imposition *);
/* Takes the scene's pages. */
struct scene_sink pdf_sink(struct pdf *);
/* What belongs to the whole document, when all pages were taken. False with a diagnostic when the file cannot be
 * made. */
bool pdf_finish(struct pdf *, const struct scene *);

/* All at once, of a scene whose pages were kept, appended to `out`; nothing is when it fails. */
bool pdf_write(const struct scene *, const struct font_set *fonts, struct buf *out, struct diags *);

#endif
