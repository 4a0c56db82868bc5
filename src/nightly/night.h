/*
 * A run of `mujaz nightly`: what is to be made (plan.c), the workers and what they gave (work.c), the set
 * (run.c); and a look at the last one (status.c).
 */
#ifndef MUJAZ_NIGHTLY_NIGHT_H
#define MUJAZ_NIGHTLY_NIGHT_H

#include <time.h>

#include "cli/exit_code.h"
#include "cli/options.h"
#include "nightly/manifest.h"
#include "nightly/say.h"
#include "nightly/worker.h"
#include "publish/runs.h"
#include "workspace/schedule.h"

/* A worker's files on their way into the run. */
struct intake {
    struct night *night;
    struct manifest_report *report;
};

/* Which published runs stay, as runs_retire and runs_former want it: the newest `most` (0: all) that are not before
 * `oldest` (NULL: however old). */
struct night_kept {
    size_t most;
    const char *oldest;
};

struct night {
    const struct options *options;
    time_t began;
    struct arena *arena;
    const struct schedule *schedule;
    struct night_say say;
    struct runs *runs;
    struct night_kept kept;
    const struct manifest *before; /* NULL: there is none */
    struct manifest now;
    struct worker_task *tasks;     /* by report, as in `now` */
    struct intake *intakes;        /* by report */
    bool *rests;                   /* by report: it is not its day or others are named, and it has files */
    struct diags *diags;           /* of the run */
    bool full;                     /* a file could not be written: the run cannot go on */
    enum exit_code code;
};

/* Those that are named on the command line, else by the schedule, else every folder in reports/ with a report.yaml;
 * sorted, each once. NULL with a diagnostic when there is none, or they cannot be listed: an empty set must not take
 * the place of a good one. */
const char **night_reports(const struct options *, const struct schedule *, size_t *count, struct arena *,
                           struct diags *);
/* The folder of runs: the command line's, else the schedule's. */
const char *night_out(const struct options *, const struct schedule *);

/* `tasks`, `rests` and the reports of `now`: night_reports', and when the command line names some, the others that the
 * schedule (or reports/) and the published set have. False with a diagnostic when there are none. */
bool night_plan(struct night *, struct diags *);

/* Takes a file of a worker; `context` is a struct intake. */
void night_take(void *context, const struct artifact *);

/* Makes or keeps every report. False when the run cannot go on: the disk, or a signal. */
bool night_work(struct night *, struct diags *);

enum exit_code night_status(const struct options *, const struct schedule *);

/* The command: with --status a look, else a run. */
enum exit_code night_run(const struct options *);

#endif
