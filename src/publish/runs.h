/*
 * Runs: sets of files that are published at once. A reader sees one run whole, whatever happens to the next.
 *
 *   OUT/.lock            held while a run works (flock); never removed
 *   OUT/runs/.ID.stage/  0700: the run in the making
 *   OUT/runs/ID/         0755: the same folder renamed, when every file is synced and read back; manifest.json last
 *   OUT/current          a symbolic link to runs/ID, renamed over the one before: the switch
 *   OUT/runs/runs        links to `.` and `../current`: so a page's link to `../runs/ID/`, which holds in OUT/current/,
 *   OUT/runs/current     holds in OUT/runs/ID/ too, and `../../current/` behind it
 *
 * A dead run's stage is removed when the next begins. SIGHUP, SIGINT and SIGTERM wait while files are handled.
 */
#ifndef MUJAZ_PUBLISH_RUNS_H
#define MUJAZ_PUBLISH_RUNS_H

#include "publish/publish.h"

struct runs;

enum runs_begun { RUNS_BEGUN, RUNS_BUSY, RUNS_FAILED };
/* `id`: of letters and digits, growing with time, such as 20240103T040000Z; a number goes behind it where a run has
 * that one already. Which run is the newest `current` says, not the alphabet: one that is called after a later time
 * than this one, by a clock that ran ahead, counts as the oldest. BUSY, without a diagnostic: another process works in
 * `out`, which is not touched. FAILED: with one. */
enum runs_begun runs_begin(const char *out, const char *id, struct runs **, struct diags *);
const char *runs_id(const struct runs *);
/* The published run's name; NULL when there is none. */
const char *runs_current(const struct runs *);
/* "OUT/current/NAME", in the arena. */
struct arena;
const char *runs_current_file(const struct runs *, const char *name, struct arena *);

/* The published runs that have a file of that name, the oldest first; those that runs_retire will remove after this run
 * (`most` and `oldest` as there) are left out. In the arena. */
const char **runs_former(const struct runs *, const char *file, size_t most, const char *oldest, size_t *count,
                         struct arena *);

/* A file of the new run; each name once. */
bool runs_write(struct runs *, const struct artifact *, struct diags *);
/* A file of the new run that is not wanted after all. */
void runs_discard(struct runs *, const char *name);
/* Files of the current run, told by name and digest, become files of the new one, the same inodes: not a byte nor a
 * time changes. All of them or none: false, without a diagnostic, when one is not there or has other bytes, and with
 * one when the system does not let it be read or linked. `diags`: NULL when they can be made again. */
bool runs_keep(struct runs *, const struct artifact *, size_t count, struct diags *diags);
/* Whether a signal waits: the run should end, with a diagnostic, unpublished. */
bool runs_stopped(const struct runs *, struct diags *);
/* The manifest is written last; then the run is whole, and current. */
bool runs_publish(struct runs *, const struct artifact *manifest, struct diags *);
/* Removes published runs that are more than the newest `most` (0: any number), and those of an id before `oldest`
 * (NULL: of any age), but never the current one; returns how many went. Only after runs_publish. Files that a newer run
 * kept are links of their own and stay. */
size_t runs_retire(struct runs *, size_t most, const char *oldest, struct diags *);
/* Ends the work: an unpublished stage is removed, the lock let go. NULL is fine. */
void runs_end(struct runs *);

/* For those who only look, without a diagnostic: the published run's name in the arena, or NULL; whether a run works
 * there. UNKNOWN: the lock cannot be read. KILLED: none does, and the last one came to no end. Makes nothing; holds the
 * lock for a moment, which runs_begin waits out. */
enum runs_work { RUNS_IDLE, RUNS_WORKING, RUNS_UNKNOWN, RUNS_KILLED };
const char *runs_look(const char *out, enum runs_work *, struct arena *);

#endif
