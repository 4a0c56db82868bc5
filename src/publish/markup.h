/* What HTML and XML share: texts and addresses made safe, moments of runs, ids. Private to src/publish. */
#ifndef MUJAZ_PUBLISH_MARKUP_H
#define MUJAZ_PUBLISH_MARKUP_H

#include "base/buf.h"
#include "locale/locale.h"

/* Escaped for text and for attributes in double quotes. */
void markup_text(struct buf *, const char *utf8);
/* A file's name as part of an address: everything but letters, digits and -._~ as %XX. */
void markup_name(struct buf *, const char *name);

/* When a run was made: UTC as its id says, and by the clock of this machine's zone. */
struct moment {
    struct date day; /* here */
    int hour, minute;
    char zone[8];    /* "+03:00" */
    char utc[24];    /* "2024-01-03T04:00:00Z" */
};
/* False when the id begins with no moment. */
bool moment_of_run(const char *id, struct moment *);
void moment_iso(const struct moment *, struct buf *); /* "2024-01-03T07:00:00+03:00" */

/* "urn:uuid:..." of two texts (RFC 9562, version 8, from SHA-256): the same for the same. */
void markup_uuid(struct buf *, const char *kind, const char *name);
void markup_base64(struct buf *, const uint8_t *bytes, size_t length);

#endif
