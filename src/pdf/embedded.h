/* Attachments as PDF objects: embedded files, their specifications, their names. Private to src/pdf. */
#ifndef MUJAZ_PDF_EMBEDDED_H
#define MUJAZ_PDF_EMBEDDED_H

#include "pdf/attachment.h"
#include "pdf/object.h"
#include "scene/scene.h"

/* The files and the objects that stand for them. Zeroed: none. */
struct attachments {
    const struct attachment *files;
    size_t count;
    unsigned *specs; /* object number of each one's file specification; the file's arena owns them */
};

/* The files must outlive it. */
struct attachments attachments_new(struct pdf_file *, const struct attachment *, size_t count);
/* The file specification of a chart's data; 0 when there is none. `chart` may be NULL. */
unsigned attachments_find(const struct attachments *, const char *chart);
/* Writes them all; their date is the document's. */
void attachments_write(struct pdf_file *, const struct attachments *, const struct scene_meta *);
/* Object number of their name tree; 0 when there are none. */
unsigned attachments_names_new(struct pdf_file *, const struct attachments *);
/* "/AF [...]" of the catalog, or nothing. */
void attachments_add_catalog(const struct attachments *, struct buf *);

#endif
