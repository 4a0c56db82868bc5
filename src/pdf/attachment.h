/*
 * Attachments: files inside the PDF, each associated with the document or also with the chart that shows it (ISO
 * 19005-3, 6.8).
 */
#ifndef MUJAZ_PDF_ATTACHMENT_H
#define MUJAZ_PDF_ATTACHMENT_H

#include <stdbool.h>
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
    bool mapped;            /* `bytes` is, from a file: read pages may be given back */
};

#endif
