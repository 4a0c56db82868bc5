/*
 * Who gets what: a CSV file with a row for each, and the columns
 *
 *   email, language (en, ar), report      these must be there
 *   name, edition, key                    and these may
 *
 * An empty edition is that of the language. The key is of a packet of a burst, or * for all of them; empty where the
 * report is made once.
 */
#ifndef MUJAZ_WORKSPACE_RECIPIENTS_H
#define MUJAZ_WORKSPACE_RECIPIENTS_H

#include "base/diag.h"
#include "report/doc.h"


struct recipient {
    const char *name, *email, *report, *key; /* name and key may be "" */
    enum lang lang;
    enum edition edition;
    struct place at, report_at, edition_at, key_at; /* at: of the address; where there is no column, of the row */
};

/* All that can be told without a run is checked; the reports are those of the workspace. Lives in the arena. NULL with
 * diagnostics when anything is wrong: nobody is sent anything then. */
const struct recipient *recipients_load(const char *path, const char *workspace, size_t *count, struct arena *,
                                        struct diags *);

#endif
