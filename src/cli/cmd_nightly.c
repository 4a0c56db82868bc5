/*
 * mujaz nightly: every report of the workspace, each made by a worker, published as one run. What is wrong with one
 * report changes nothing for the others: its files of the run before stay, and are called stale.
 */
#include "cli/cmd.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "cli/manifest.h"
#include "cli/worker.h"
#include "publish/runs.h"

enum { JOBS_MOST = 64, WORKER_SECONDS = 600 };
static const size_t WORKER_MEMORY = (size_t)4 << 30;

struct night;
struct intake { /* a worker's files on their way into the run */
    struct night *night;
    struct manifest_report *report;
};

struct night {
    const struct options *options;
    struct arena *arena;
    struct runs *runs;
    const struct manifest *before; /* NULL: there is none */
    struct manifest now;
    struct worker_task *tasks; /* by report, as in `now` */
    struct intake *intakes;    /* by report */
    struct diags *diags;
    bool full;                 /* a file could not be written */
    enum exit_code code;
};

/* --- which reports --- */

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Those that are named, or every folder in reports/ with a report.yaml; sorted. */
static const char **list_reports(const struct options *o, size_t *count, struct arena *arena)
{
    const char **names = arena_array(arena, o->report_count + 1, sizeof *names), *folder;
    *count = o->report_count;
    for (size_t i = 0; i < o->report_count; i++)
        names[i] = o->reports[i];
    if (o->report_count)
        return names;
    folder = file_join(arena, o->workspace, "reports");
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (!cmd_has(o, "reports", entry->d_name, arena)
            || !file_exists(file_join(arena, file_join(arena, folder, entry->d_name), "report.yaml")))
            continue;
        names = arena_grow(arena, names, *count, sizeof *names);
        names[(*count)++] = arena_string(arena, entry->d_name);
    }
    if (dir)
        closedir(dir);
    if (*count > 1)
        qsort(names, *count, sizeof *names, compare);
    return names;
}

static void take_file(void *context, const struct artifact *a)
{
    const struct intake *in = context;
    struct night *n = in->night;
    struct manifest_report *r = in->report;
    if (n->full || !runs_write(n->runs, a, n->diags)) {
        n->full = true;
        return;
    }
    r->files = arena_grow(n->arena, r->files, r->file_count, sizeof *r->files);
    struct manifest_file *file = &r->files[r->file_count++];
    *file = (struct manifest_file){ .name = arena_string(n->arena, a->name), .bytes = a->bytes.length,
                                    .media_type = arena_string(n->arena, a->media_type) };
    memcpy(file->sha256, a->sha256, HASH_HEX);
}

/* Of a report that is not made after all. */
static void discard_files(struct night *n, struct manifest_report *r)
{
    for (size_t i = 0; i < r->file_count; i++)
        runs_discard(n->runs, r->files[i].name);
    r->files = NULL;
    r->file_count = 0;
}

static void plan(struct night *n)
{
    size_t count;
    const char **names = list_reports(n->options, &count, n->arena);
    n->now.version = MUJAZ_VERSION;
    n->now.run = runs_id(n->runs);
    n->now.report_count = count;
    n->now.reports = arena_array(n->arena, count + 1, sizeof *n->now.reports);
    n->tasks = arena_array(n->arena, count + 1, sizeof *n->tasks);
    n->intakes = arena_array(n->arena, count + 1, sizeof *n->intakes);
    for (size_t i = 0; i < count; i++) {
        const struct manifest_report *old = manifest_find(n->before, names[i]);
        n->now.reports[i].name = names[i];
        n->intakes[i] = (struct intake){ n, &n->now.reports[i] };
        n->tasks[i] = (struct worker_task){ .options = n->options, .report = names[i], .seconds = WORKER_SECONDS,
                                            .memory = WORKER_MEMORY, .take = take_file, .context = &n->intakes[i] };
        if (old && old->file_count)
            memcpy(n->tasks[i].key, old->key, HASH_HEX);
    }
}

/* --- what a worker gave --- */

/* False when one of the files is not there any more, or has changed. */
static bool keep_files(struct night *n, struct manifest_report *r, const struct manifest_report *old)
{
    if (!old || !old->file_count)
        return false;
    struct artifact *files = arena_array(n->arena, old->file_count, sizeof *files);
    for (size_t i = 0; i < old->file_count; i++) {
        files[i].name = old->files[i].name;
        memcpy(files[i].sha256, old->files[i].sha256, HASH_HEX);
    }
    if (!runs_keep(n->runs, files, old->file_count))
        return false;
    r->files = old->files;
    r->file_count = old->file_count;
    r->made_in = old->made_in;
    memcpy(r->key, old->key, HASH_HEX);
    return true;
}

static void tell(struct night *n, const struct manifest_report *r, const struct worker_result *result)
{
    fputs(result->said.data ? result->said.data : "", stderr);
    if (result->end == WORKER_DIED)
        fprintf(stderr, "mujaz: report '%s': %s\n", r->name, result->why);
    printf("%s: %s", r->name, manifest_state_name(r->state));
    if (r->state == STATE_STALE)
        printf(" since %s", r->made_in);
    printf(", %zu file%s, %.2f s\n", r->file_count, r->file_count == 1 ? "" : "s", r->seconds);
    fflush(stdout);
    enum exit_code code = result->end == WORKER_DIED      ? EXIT_INTERNAL
                          : result->end == WORKER_FAILED  ? EXIT_SYSTEM
                          : result->end == WORKER_REFUSED ? EXIT_REFUSED
                                                          : EXIT_DONE;
    n->code = cmd_worse(n->code, code);
}

/* False when the run cannot go on: the disk. An unchanged report whose files are gone is asked for again. */
static bool take_result(struct night *n, size_t i, const struct worker_result *result, bool *again)
{
    struct manifest_report *r = &n->now.reports[i];
    const struct manifest_report *old = manifest_find(n->before, r->name);
    *again = false;
    r->seconds += result->seconds;
    r->errors = result->errors;
    r->warnings = result->warnings;
    r->said = arena_string(n->arena, result->end == WORKER_DIED ? result->why
                                     : result->said.data        ? result->said.data
                                                                : "");
    if (result->end == WORKER_UNCHANGED && !keep_files(n, r, old)) {
        n->tasks[i].key[0] = '\0';
        return *again = true;
    }
    if (n->full)
        return false;
    if (result->end == WORKER_MADE) {
        memcpy(r->key, result->key, HASH_HEX);
        r->made_in = runs_id(n->runs);
    } else if (result->end != WORKER_UNCHANGED) {
        discard_files(n, r);
    }
    r->state = result->end == WORKER_MADE        ? STATE_MADE
               : result->end == WORKER_UNCHANGED ? STATE_UNCHANGED
               : keep_files(n, r, old)           ? STATE_STALE
                                                 : STATE_ABSENT;
    tell(n, r, result);
    return true;
}

/* --- the workers --- */

struct shift {
    struct worker *worker[JOBS_MOST];
    size_t report[JOBS_MOST], busy, next;
};

static bool start_one(struct night *n, struct shift *s, size_t report, struct diags *diags)
{
    struct worker *w = worker_start(&n->tasks[report]);
    if (!w) {
        diag_add(diags, DIAG_FILE_READ, (struct place){ .file = n->tasks[report].report },
                 "no process can be made for it: %s", strerror(errno));
        return false;
    }
    s->worker[s->busy] = w;
    s->report[s->busy++] = report;
    return true;
}

static bool end_one(struct night *n, struct shift *s, size_t at, struct diags *diags)
{
    size_t report = s->report[at];
    struct worker_result result = worker_finish(s->worker[at]);
    bool again, ok;
    s->worker[at] = s->worker[--s->busy];
    s->report[at] = s->report[s->busy];
    ok = take_result(n, report, &result, &again);
    worker_result_drop(&result);
    return ok && (!again || start_one(n, s, report, diags));
}

static bool wait_for_news(struct night *n, struct shift *s, struct diags *diags)
{
    struct pollfd watched[JOBS_MOST];
    for (size_t i = 0; i < s->busy; i++)
        watched[i] = (struct pollfd){ .fd = worker_descriptor(s->worker[i]), .events = POLLIN };
    if (poll(watched, (nfds_t)s->busy, 500) < 0 && errno != EINTR)
        return false;
    for (size_t i = s->busy; i-- > 0;) {
        if (worker_seconds_left(s->worker[i]) < 0)
            worker_kill(s->worker[i], "it ran out of time");
        if (!(watched[i].revents & (POLLIN | POLLHUP | POLLERR)) || !worker_read(s->worker[i]))
            continue;
        if (!end_one(n, s, i, diags))
            return false;
    }
    return true;
}

static bool make_all(struct night *n, struct diags *diags)
{
    struct shift s = { .busy = 0 };
    size_t jobs = n->options->jobs ? n->options->jobs : (size_t)sysconf(_SC_NPROCESSORS_ONLN);
    bool ok = true;
    if (jobs < 1 || jobs > JOBS_MOST)
        jobs = jobs < 1 ? 1 : JOBS_MOST;
    while (ok && (s.busy > 0 || s.next < n->now.report_count)) {
        while (ok && s.busy < jobs && s.next < n->now.report_count)
            ok = start_one(n, &s, s.next++, diags);
        ok = ok && wait_for_news(n, &s, diags);
        if (ok && (n->full || runs_stopped(n->runs, diags)))
            ok = false;
    }
    for (size_t i = 0; i < s.busy; i++) {
        worker_kill(s.worker[i], "the run was stopped");
        struct worker_result result = worker_finish(s.worker[i]);
        worker_result_drop(&result);
    }
    return ok;
}

/* --- the run --- */

static bool publish(struct night *n, struct diags *diags)
{
    struct artifact manifest = { .name = "manifest.json", .media_type = "application/json" };
    buf_init(&manifest.bytes);
    manifest_write(&n->now, &manifest.bytes);
    bool ok = runs_publish(n->runs, &manifest, diags);
    buf_drop(&manifest.bytes);
    if (ok && n->options->keep)
        runs_retire(n->runs, n->options->keep, diags);
    return ok;
}

static void read_before(struct night *n)
{
    if (!runs_current(n->runs))
        return;
    struct diags *diags = diags_new();
    n->before = manifest_read(runs_current_file(n->runs, "manifest.json", n->arena), n->arena, diags);
    cmd_report(diags); /* a damaged one is told, and makes everything anew */
    diags_drop(diags);
}

static enum exit_code run(struct night *n)
{
    struct diags *diags = diags_new();
    n->diags = diags;
    read_before(n);
    plan(n);
    bool ok = make_all(n, diags) && publish(n, diags);
    enum exit_code code = cmd_worse(cmd_report(diags), n->code);
    if (ok)
        printf("run %s published in %s\n", runs_id(n->runs), n->options->out);
    diags_drop(diags);
    return code;
}

static enum exit_code busy(const struct options *o)
{
    fprintf(stderr, "mujaz: another run works in %s; this one does nothing\n", o->out);
    return EXIT_BUSY;
}

enum exit_code cmd_nightly(const struct options *o)
{
    struct night n = { .options = o, .arena = arena_new() };
    struct diags *diags = diags_new();
    char id[32];
    time_t now = time(NULL);
    struct tm utc;
    strftime(id, sizeof id, "%Y%m%dT%H%M%SZ", gmtime_r(&now, &utc));
    enum runs_begun begun = runs_begin(o->out, id, &n.runs, diags);
    enum exit_code code = cmd_report(diags);
    if (begun == RUNS_BEGUN)
        code = run(&n);
    else if (begun == RUNS_BUSY)
        code = busy(o);
    runs_end(n.runs);
    diags_drop(diags);
    arena_drop(n.arena);
    return code;
}
