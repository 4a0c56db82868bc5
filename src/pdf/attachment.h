/*
 * Attachments: files inside the PDF, each associated with the document or also with the chart that shows it (ISO
 * 19005-3, 6.8).
 */
#ifndef MUJAZ_PDF_ATTACHMENT_H
#define MUJAZ_PDF_ATTACHMENT_H

#include <stddef.h>

#include "base/lang.h"

/* The names of AFRelationship: what the document was made from, what it shows, what says it another way. */
enum attachment_relation { ATTACHMENT_SOURCE, ATTACHMENT_DATA, ATTACHMENT_SUPPLEMENT };

struct attachment {
    const char *name;       /* of the file: unique, not empty, ASCII letters, digits and "._-" */
    const char *media_type; /* "text/csv" */
    const void *bytes;      /* not owned */
    size_t length;
    const char *description[LANG_COUNT]; /* the document's languages are used */
    enum attachment_relation relation;
    const char *chart;      /* the figures of this chart (scene_tag.chart) are made from it; or NULL */
};

/* --- inside src/pdf --- */

struct buf;
struct pdf_file;
struct scene_meta;

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
