/* The workers of a run, and what they gave: files of the new set, or what of the old one stays. */
#include "nightly/night.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"

enum { JOBS_MOST = 64, POLL_MS = 500, CHANGED_MOST = 3 };

/* --- what a worker gave --- */

/* False when one of the files is not there any more, or has changed; with a diagnostic when that cannot be told. */
static bool keep_files(struct night *n, struct manifest_report *r, const struct manifest_report *old,
                       struct diags *diags)
{
    if (!old || !old->file_count)
        return false;
    struct artifact *files = arena_array(n->arena, old->file_count, sizeof *files);
    for (size_t i = 0; i < old->file_count; i++) {
        files[i].name = old->files[i].name;
        memcpy(files[i].sha256, old->files[i].sha256, HASH_HEX);
    }
    if (!runs_keep(n->runs, files, old->file_count, diags))
        return false;
    r->files = old->files;
    r->file_count = old->file_count;
    r->made_in = old->made_in;
    memcpy(r->key, old->key, HASH_HEX);
    return true;
}

void night_take(void *context, const struct artifact *a)
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
                                    .media_type = arena_string(n->arena, a->media_type),
                                    .about = manifest_about(a->about, n->arena) };
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

static enum exit_code code_of(enum worker_end end)
{
    return end == WORKER_DIED      ? EXIT_INTERNAL
           : end == WORKER_FAILED  ? EXIT_SYSTEM
           : end == WORKER_CHANGED ? EXIT_SYSTEM
           : end == WORKER_REFUSED ? EXIT_REFUSED
                                   : EXIT_DONE;
}

static void tell(struct night *n, const struct manifest_report *r, const struct worker_result *result)
{
    bool stale = r->state == STATE_STALE;
    if (result->end == WORKER_DIED)
        night_say_wrong(&n->say, arena_printf(n->arena, "%smujaz: report '%s': %s\n", result->said.data, r->name,
                                              result->why));
    else if (result->said.length)
        night_say_wrong(&n->say, result->said.data);
    night_say_line(&n->say, "%s: %s%s%s, %zu file%s, %.2f s", r->name, manifest_state_name(r->state),
                   stale ? " since " : "", stale ? r->made_in : "", r->file_count, r->file_count == 1 ? "" : "s",
                   r->seconds);
    n->code = exit_worse(n->code, code_of(result->end));
}

/* False when the run cannot go on: the disk. An unchanged report whose files are gone is asked for again, and one whose
 * data came in while it was made. */
static bool take_result(struct night *n, size_t i, const struct worker_result *result, bool *again, struct diags *diags)
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
    if (result->end == WORKER_UNCHANGED && !keep_files(n, r, old, NULL)) {
        n->tasks[i].key[0] = '\0';
        return *again = true;
    }
    if (n->full)
        return false;
    if (result->end == WORKER_CHANGED && n->tasks[i].tries < CHANGED_MOST) {
        discard_files(n, r);
        n->tasks[i].tries++;
        return *again = true;
    }
    if (result->end == WORKER_MADE) {
        memcpy(r->key, result->key, HASH_HEX);
        r->made_in = runs_id(n->runs);
    } else if (result->end != WORKER_UNCHANGED) {
        discard_files(n, r);
    }
    r->state = result->end == WORKER_MADE         ? STATE_MADE
               : result->end == WORKER_UNCHANGED  ? STATE_UNCHANGED
               : keep_files(n, r, old, diags)     ? STATE_STALE
                                                  : STATE_ABSENT;
    tell(n, r, result);
    return !diags_have_system(diags);
}

/* True when the report's turn is not now, and what it has is there; a stale one stays stale. */
static bool let_rest(struct night *n, size_t i)
{
    struct manifest_report *r = &n->now.reports[i];
    const struct manifest_report *old = manifest_find(n->before, r->name);
    if (!n->rests[i] || !keep_files(n, r, old, NULL))
        return false;
    r->state = old->state == STATE_STALE ? STATE_STALE : STATE_UNCHANGED;
    r->said = r->state == STATE_STALE ? old->said : "";
    night_say_line(&n->say, "%s: %s, %zu file%s kept", r->name, n->options->report_count ? "not named" : "not due",
                   r->file_count, r->file_count == 1 ? "" : "s");
    return true;
}

/* --- the workers --- */

struct shift {
    struct worker *worker[JOBS_MOST];
    size_t report[JOBS_MOST], busy, next, jobs;
    time_t began;
};

/* "[3/12] weekly, daily  14 s" */
static void show(struct night *n, const struct shift *s)
{
    struct buf line;
    buf_init(&line);
    buf_printf(&line, "[%zu/%zu] ", s->next - s->busy, n->now.report_count);
    for (size_t i = 0; i < s->busy; i++)
        buf_printf(&line, "%s%s", i ? ", " : "", n->now.reports[s->report[i]].name);
    buf_printf(&line, "  %.0f s", difftime(time(NULL), s->began));
    night_say_progress(&n->say, line.data);
    buf_drop(&line);
}

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
    ok = take_result(n, report, &result, &again, diags);
    worker_result_drop(&result);
    return ok && (!again || start_one(n, s, report, diags));
}

static bool wait_for_news(struct night *n, struct shift *s, struct diags *diags)
{
    struct pollfd watched[JOBS_MOST];
    for (size_t i = 0; i < s->busy; i++)
        watched[i] = (struct pollfd){ .fd = worker_descriptor(s->worker[i]), .events = POLLIN };
    if (poll(watched, (nfds_t)s->busy, POLL_MS) < 0 && errno != EINTR) {
        diag_add(diags, DIAG_FILE_READ, (struct place){ .file = "reports" }, "their processes cannot be waited for: %s",
                 strerror(errno));
        return false;
    }
    for (size_t i = s->busy; i-- > 0;) {
        if (worker_seconds_left(s->worker[i]) < 0)
            worker_kill(s->worker[i], "it ran out of time; 'seconds' of schedule.yaml is its limit");
        if (!(watched[i].revents & (POLLIN | POLLHUP | POLLERR)) || !worker_read(s->worker[i]))
            continue;
        if (!end_one(n, s, i, diags))
            return false;
    }
    return true;
}

static bool start_some(struct night *n, struct shift *s, struct diags *diags)
{
    while (s->busy < s->jobs && s->next < n->now.report_count) {
        size_t report = s->next++;
        if (!let_rest(n, report) && !start_one(n, s, report, diags))
            return false;
    }
    return true;
}

static size_t jobs_of(const struct night *n)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t jobs = n->options->jobs     ? n->options->jobs
                  : n->schedule->jobs  ? (size_t)n->schedule->jobs
                  : processors > 0     ? (size_t)processors
                                       : 1;
    return jobs < JOBS_MOST ? jobs : JOBS_MOST;
}

bool night_work(struct night *n, struct diags *diags)
{
    struct shift s = { .jobs = jobs_of(n), .began = time(NULL) };
    bool ok = true;
    while (ok && (s.busy > 0 || s.next < n->now.report_count)) {
        ok = start_some(n, &s, diags);
        show(n, &s);
        ok = ok && (s.busy == 0 || wait_for_news(n, &s, diags)) && !n->full && !runs_stopped(n->runs, diags);
    }
    for (size_t i = 0; i < s.busy; i++) {
        worker_kill(s.worker[i], "the run was stopped");
        struct worker_result result = worker_finish(s.worker[i]);
        worker_result_drop(&result);
    }
    night_say_clear(&n->say);
    return ok;
}
