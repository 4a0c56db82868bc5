/* Two runs of `mujaz nightly` compared by their manifests: reports, and their PDFs that are not the same bytes. */
#ifndef MUJAZ_DIFF_RUNS_H
#define MUJAZ_DIFF_RUNS_H

#include "diff/diff.h"
#include "nightly/manifest.h"

struct diff_file {
    enum diff_change change;
    const char *name;
    struct diff_document *document; /* of a changed PDF; else NULL */
};

/* A report that differs, or is stale now or was. */
struct diff_report {
    enum diff_change change; /* CHANGED: it is in both */
    const char *name;
    const struct manifest_report *old, *now; /* NULL: there is none */
    struct diff_file *files;
    size_t file_count;
};

struct diff_run {
    const char *old, *now; /* folders */
    const char *old_id, *now_id;
    struct diff_report *reports;
    size_t report_count;
    bool same; /* no report is new or gone, has other files, or became stale or fresh */
};

/* Whether the path is a folder, and so a run. */
bool diff_is_run(const char *path);
/* In the arena. NULL with a diagnostic when a manifest or a file cannot be read. */
struct diff_run *diff_runs(const char *old, const char *now, struct arena *, struct diags *);

#endif
