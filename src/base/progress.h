/*
 * How far the work is. Stages say it along the diagnostics, which go through all of them; who prints (cli) follows.
 * Saying costs a comparison where nobody does. Must not be said for work that is only tried, nor by a second thread.
 */
#ifndef MUJAZ_BASE_PROGRESS_H
#define MUJAZ_BASE_PROGRESS_H

#include <stdint.h>

#include "base/diag.h"

enum progress_stage {
    PROGRESS_DATA,    /* bytes of a file that were read */
    PROGRESS_STATEMENTS, /* statements that were run */
    PROGRESS_LEDGER,  /* statements whose rows were traced */
    PROGRESS_TEXT,    /* blocks that were set */
    PROGRESS_TABLE,   /* rows of a table that were measured */
    PROGRESS_PAGES,   /* pages that were drawn */
    PROGRESS_FILE,    /* nothing is counted */
    PROGRESS_CHECK,   /* objects of a finished file that were tested */
    PROGRESS_CHECK_PAGES, /* its pages */
    PROGRESS_STAGES
};

struct progress {
    void (*say)(void *context, enum progress_stage, uint64_t done, uint64_t of);
    void (*name)(void *context, const char *part); /* what is in work: "en"; lives for ever */
    void *context;
};

/* `of` 0: nobody knows. */
void progress_say(const struct diags *, enum progress_stage, uint64_t done, uint64_t of);
void progress_name(const struct diags *, const char *part);

#endif
