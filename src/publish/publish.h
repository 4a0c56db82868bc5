/*
 * Publishing: bytes become files, whole or not at all.
 *
 * Stage in the target's own folder under a temporary name, write, fsync, close, read back and compare, rename
 * over the old file, fsync the folder. Until the rename the old file is untouched; a failed stage is removed.
 */
#ifndef MUJAZ_PUBLISH_PUBLISH_H
#define MUJAZ_PUBLISH_PUBLISH_H

#include "base/buf.h"
#include "base/diag.h"

#define ARTIFACT_PDF "application/pdf"

struct artifact {
    const char *name;       /* file name inside the folder, no '/' */
    const char *media_type; /* ARTIFACT_PDF, "image/png" */
    struct buf bytes;
    char sha256[65];        /* hex */
    const char *about;      /* what it is, for the manifest: JSON, pipeline/about.h; NULL: nothing to say */
};

/* A set in the making, for more than can be held at a time. What is staged is synced and read back; commit puts all of
 * it in place; end takes away what was staged and is not in place. SIGHUP, SIGINT and SIGTERM wait from begin to end;
 * stage fails when one does. NULL or false with a diagnostic. */
struct publication;
struct publication *publish_begin(const char *folder, struct diags *);
bool publish_stage(struct publication *, const struct artifact *, size_t count, struct diags *);
bool publish_commit(struct publication *, struct diags *);
const char *publish_target(const struct publication *, size_t index); /* of what is in place; NULL behind the last */
void publish_end(struct publication *);                               /* NULL is fine */

/* Writes all of them to `folder` (made when absent): every one is staged and checked before the first is
 * renamed. False with a diagnostic when anything failed. */
bool publish_artifacts(const char *folder, const struct artifact *, size_t count, struct diags *);

/* Removes a regular file of the folder. False when there is none; with a diagnostic when it cannot be removed. */
bool publish_remove(const char *folder, const char *name, struct diags *);

#endif
