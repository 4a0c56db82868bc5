/*
 * A run of `mujaz nightly`: what is to be made (night_plan.c), the workers and what they gave (night_work.c), the set
 * (cmd_nightly.c); and a look at the last one (night_status.c).
 */
#ifndef MUJAZ_CLI_NIGHT_H
#define MUJAZ_CLI_NIGHT_H

#include <time.h>

#include "cli/cmd.h"
#include "cli/manifest.h"
#include "cli/night_say.h"
#include "cli/schedule.h"
#include "cli/worker.h"
#include "publish/runs.h"

/* A worker's files on their way into the run. */
struct intake {
    struct night *night;
    struct manifest_report *report;
};

struct night {
    const struct options *options;
    time_t began;
    struct arena *arena;
    const struct schedule *schedule;
    struct night_say say;
    struct runs *runs;
    const struct manifest *before; /* NULL: there is none */
    struct manifest now;
    struct worker_task *tasks;     /* by report, as in `now` */
    struct intake *intakes;        /* by report */
    bool *rests;                   /* by report: it is not its day, and what it has is good */
    struct diags *diags;           /* of the run */
    bool full;                     /* a file could not be written: the run cannot go on */
    enum exit_code code;
};

/* Those that are named on the command line, else by the schedule, else every folder in reports/ with a report.yaml;
 * sorted, but for the command line's. NULL with a diagnostic when there is none, or they cannot be listed: an empty set
 * must not take the place of a good one. */
const char **night_reports(const struct options *, const struct schedule *, size_t *count, struct arena *,
                           struct diags *);
/* The folder of runs: the command line's, else the schedule's. */
const char *night_out(const struct options *, const struct schedule *);

/* Which published runs stay, as runs_retire and runs_former want it: the newest `most` (0: all) that are not before
 * `oldest` (NULL: however old). */
struct night_kept {
    size_t most;
    const char *oldest;
};
struct night_kept night_kept(const struct night *);

/* `tasks`, `rests` and the reports of `now`. False with a diagnostic when there are none. */
bool night_plan(struct night *, struct diags *);

/* Takes a file of a worker; `context` is a struct intake. */
void night_take(void *context, const struct artifact *);

/* Makes or keeps every report. False when the run cannot go on: the disk, or a signal. */
bool night_work(struct night *, struct diags *);

enum exit_code night_status(const struct options *, const struct schedule *);

#endif
