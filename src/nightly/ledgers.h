/*
 * The published ledgers of a report, for its worker: found by the run, read by the worker before it is confined, and
 * understood when it is.
 */
#ifndef MUJAZ_NIGHTLY_LEDGERS_H
#define MUJAZ_NIGHTLY_LEDGERS_H

#include "base/arena.h"
#include "base/hash.h"
#include "nightly/manifest.h"
#include "publish/runs.h"
#include "report/previous.h"

struct ledgers {
    const char *const *paths; /* the newest first */
    size_t count;
    char sha256[HASH_HEX];    /* of the first, as the manifest has it; "": it does not say */
};

/* `out`: the folder of the runs; `published`: the report in the current run, or NULL. In the arena. */
struct ledgers ledgers_find(const struct runs *, const char *out, const char *report,
                            const struct manifest_report *published, struct arena *);

/* At most the newest, which may be of the issue that is made now, and one of an issue before it. */
struct ledger_texts {
    struct ledger_text {
        const char *path, *text;
        size_t length;
    } of[2];
    size_t count;
};

/* A damaged one is passed over, for an older one. False with a diagnostic when one is there and cannot be read: that
 * there was no issue before must not be said because of a bad disk. */
bool ledgers_read(const struct ledgers *, struct ledger_texts *, struct arena *, struct diags *);

/* False with a diagnostic when one is no ledger. */
bool ledgers_parse(const struct ledger_texts *, struct previous *, struct arena *, struct diags *);

#endif
