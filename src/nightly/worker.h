/*
 * Workers: a report made in a process of its own, so that a crash, a loop or a report that eats all memory is one
 * failed report. It hands its files back over a pipe and writes nothing.
 */
#ifndef MUJAZ_NIGHTLY_WORKER_H
#define MUJAZ_NIGHTLY_WORKER_H

#include <sys/types.h>

#include "base/hash.h"
#include "cli/options.h"
#include "nightly/ledgers.h"
#include "publish/publish.h"

enum worker_end {
    WORKER_MADE,      /* all its files were taken */
    WORKER_UNCHANGED, /* its key is the one that it was given */
    WORKER_REFUSED,   /* its input is wrong */
    WORKER_FAILED,    /* of the system: a file cannot be read */
    WORKER_CHANGED,   /* a file that it read has changed meanwhile: what it sent is of no use */
    WORKER_DIED       /* crashed, or ran out of memory or time */
};

struct worker_task {
    const struct options *options;
    const char *report;
    char key[HASH_HEX]; /* of the files that are there already; "": none */
    struct ledgers ledgers; /* of the issue before, perhaps */
    unsigned seconds;   /* wall clock, and CPU */
    size_t memory;      /* bytes */
    unsigned tries;     /* that ended as CHANGED: so many seconds are waited before this one */
    void (*take)(void *context, const struct artifact *); /* each file when it is here, lent; of no use when the end is
                                                             not MADE */
    void *context;
};

struct worker_result {
    enum worker_end end;
    char key[HASH_HEX];
    struct buf said;        /* diagnostics, as they are shown */
    size_t errors, warnings;
    const char *why;        /* of DIED */
    double seconds;
};

struct worker;

/* NULL with errno: no process could be made. The task must outlive it. */
struct worker *worker_start(const struct worker_task *);
int worker_descriptor(const struct worker *); /* readable when it has something to say, or has ended */
/* Reads what there is; true when it has ended: worker_finish then gives the result. */
bool worker_read(struct worker *);
double worker_seconds_left(const struct worker *);
void worker_kill(struct worker *, const char *why); /* it has ended then */
struct worker_result worker_finish(struct worker *); /* frees it */
void worker_result_drop(struct worker_result *);

#endif
