/*
 * The issue before: figures as they were published, read from its ledger (ledger.h). A ledger of the very issue that is
 * made now says itself which issue was before it, so that a rebuild gives the same bytes.
 */
#ifndef MUJAZ_REPORT_PREVIOUS_H
#define MUJAZ_REPORT_PREVIOUS_H

#include "base/hash.h"
#include "report/value.h"

struct definition;

struct previous_figure {
    const char *name;
    enum figure_kind kind;
    struct value value;
    const char *words[LANG_COUNT]; /* of texts */
    struct hedge hedge;
};

struct previous_issue {
    bool has_issue;
    int64_t issue;
    const char *as_of;     /* 2024-01-31 */
    char sha256[HASH_HEX]; /* of the file it was read from, when it was the issue before */
    struct previous_figure *figures;
    size_t count;
};

/* What one ledger, or one of those behind it in the same file, says. */
struct previous_ledger {
    const char *report, *path;
    struct previous_issue own;
    bool tells;                          /* which issue was before it; or that there was none */
    const struct previous_issue *before; /* NULL: none */
};

/* Ledgers, those to be asked first before the others. Zeroed: none. */
struct previous {
    struct previous_ledger *ledgers;
    size_t count;
};

/* Adds a ledger's text, which is valid UTF-8, and those that follow in it. False with a diagnostic when it is none. */
bool previous_add(struct previous *, const char *path, const char *text, size_t length, struct arena *, struct diags *);
bool previous_load(struct previous *, const char *path, struct arena *, struct diags *);

bool previous_has(const struct previous *, const char *report); /* a ledger of it */

/* The issue before that of the definition; NULL when there is none. `previous` may be NULL. With a diagnostic where a
 * ledger is of a later issue, or where none is known and this is not the first issue. */
const struct previous_issue *previous_of(const struct previous *, const char *report, const struct definition *,
                                         struct diags *);
const struct previous_figure *previous_find(const struct previous_issue *, const char *figure); /* NULL of NULL */

#endif
