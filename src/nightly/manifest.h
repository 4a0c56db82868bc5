/*
 * manifest.json of a run: every report with its state, key, files, digests, duration and diagnostics, and a digest of
 * all that. Written last, read by the next run.
 */
#ifndef MUJAZ_NIGHTLY_MANIFEST_H
#define MUJAZ_NIGHTLY_MANIFEST_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"
#include "pipeline/about.h"

enum manifest_state {
    STATE_MADE,
    STATE_UNCHANGED, /* the files of an earlier run, since nothing has changed */
    STATE_STALE,     /* the files of an earlier run, since its input was wrong or its worker failed */
    STATE_ABSENT     /* wrong, and never made before */
};

struct manifest_file {
    const char *name, *media_type;
    uint64_t bytes;
    char sha256[HASH_HEX];
    const struct about *about; /* NULL: nothing is known */
};

struct manifest_report {
    const char *name;
    enum manifest_state state;
    char key[HASH_HEX];   /* of the files; "": there are none */
    const char *made_in;  /* the run that made the files; NULL: none */
    double seconds;
    size_t errors, warnings;
    const char *said;     /* diagnostics, as they are shown */
    struct manifest_file *files;
    size_t file_count;
};

struct manifest {
    const char *run, *version;
    struct manifest_report *reports;
    size_t report_count;
    struct manifest_file *site; /* the pages and the feed, which say what the others are; not read back */
    size_t site_count;
};

/* What a worker said of a file (publish.h, `about`); NULL where that is nothing, or no such thing. */
const struct about *manifest_about(const char *json, struct arena *);

void manifest_write(const struct manifest *, struct buf *out);
/* NULL with a diagnostic when the file is no manifest, or not byte for byte as it was written: the next run then makes
 * everything anew. Durations and counts are not read. */
struct manifest *manifest_read(const char *path, struct arena *, struct diags *);
const struct manifest_report *manifest_find(const struct manifest *, const char *report); /* NULL of NULL */
const char *manifest_state_name(enum manifest_state);

#endif
