/*
 * mujaz nightly: every report that is due, each made by a worker, published as one run. What is wrong with one report
 * changes nothing for the others: its files of the run before stay, and are called stale.
 */
#include "nightly/night.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "nightly/site.h"

enum { ID = 32 };

/* A run that begins at that moment. */
static void name_run(time_t moment, char id[ID])
{
    struct tm utc;
    strftime(id, ID, "%Y%m%dT%H%M%SZ", gmtime_r(&moment, &utc));
}

/* What a run is called that is so much older than another. */
static const char *days_before(const char *id, size_t days, struct arena *arena)
{
    struct tm day = { .tm_hour = 12 };
    sscanf(id, "%4d%2d%2d", &day.tm_year, &day.tm_mon, &day.tm_mday);
    day.tm_year -= 1900;
    day.tm_mon -= 1;
    day.tm_mday -= (int)days;
    mktime(&day); /* it knows the calendar */
    const char *time = id + strlen("20240403"); /* "T020000Z", perhaps with a number behind it */
    return arena_printf(arena, "%04d%02d%02d%.8s", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday, time);
}

/* Age is counted from the run before this one: when the clock runs ahead by years one night, nothing goes for it. */
static struct night_kept kept(const struct night *n)
{
    const struct options *o = n->options;
    const char *now = runs_id(n->runs), *before = runs_current(n->runs);
    size_t days = o->keep_days ? o->keep_days : (size_t)n->schedule->keep_days;
    return (struct night_kept){ o->keep ? o->keep : (size_t)n->schedule->keep,
                                days ? days_before(before && strcmp(before, now) < 0 ? before : now, days, n->arena)
                                     : NULL };
}

static bool publish(struct night *n, struct diags *diags)
{
    const struct night_kept *kept = &n->kept;
    if (!night_site(n, diags))
        return false;
    struct artifact manifest = { .name = "manifest.json", .media_type = "application/json" };
    buf_init(&manifest.bytes);
    manifest_write(&n->now, &manifest.bytes);
    bool ok = runs_publish(n->runs, &manifest, diags);
    buf_drop(&manifest.bytes);
    if (ok && (kept->most || kept->oldest))
        runs_retire(n->runs, kept->most, kept->oldest, diags);
    return ok;
}

/* A damaged manifest is told, and makes everything anew. One that the disk does not give now ends the run: what it
 * names would be lost to a report that is wrong tonight. */
static bool read_before(struct night *n)
{
    if (!runs_current(n->runs))
        return true;
    struct diags *diags = diags_new();
    n->before = manifest_read(runs_current_file(n->runs, "manifest.json", n->arena), n->arena, diags);
    bool ok = exit_report(diags) != EXIT_SYSTEM;
    n->code = ok ? n->code : EXIT_SYSTEM;
    diags_drop(diags);
    return ok;
}

static enum exit_code run(struct night *n, const char *out)
{
    struct diags *diags = diags_new();
    n->diags = diags;
    n->kept = kept(n);
    bool ok = read_before(n) && night_plan(n, diags) && night_work(n, diags) && publish(n, diags);
    enum exit_code code = exit_worse(exit_report(diags), n->code);
    if (ok)
        night_say_line(&n->say, "run %s published in %s", runs_id(n->runs), out);
    diags_drop(diags);
    if (!n->say.error)
        return code;
    fprintf(stderr, "mujaz: standard output: %s\n", strerror(n->say.error));
    return exit_worse(code, EXIT_SYSTEM);
}

static enum exit_code begin(struct night *n)
{
    const char *out = night_out(n->options, n->schedule);
    struct diags *diags = diags_new();
    char id[ID];
    name_run(n->began, id);
    night_say_begin(&n->say, n->options->quiet);
    size_t count; /* where there is nothing to make, nothing is begun: the workspace may not be mounted */
    enum runs_begun begun = night_reports(n->options, n->schedule, &count, n->arena, diags)
                              ? runs_begin(out, id, &n->runs, diags)
                              : RUNS_FAILED;
    enum exit_code code = exit_report(diags);
    diags_drop(diags);
    if (begun == RUNS_BEGUN)
        code = run(n, out);
    if (begun == RUNS_BUSY) {
        fprintf(stderr, "mujaz: another run works in %s; this one does nothing\n", out);
        code = EXIT_BUSY;
    }
    runs_end(n->runs);
    return code;
}

/* What time it is, or SOURCE_DATE_EPOCH says; -1 when that is no time. */
static time_t now(void)
{
    enum { DIGITS = 11 }; /* until the year 5138 */
    const char *given = getenv("SOURCE_DATE_EPOCH");
    if (!given)
        return time(NULL);
    size_t digits = strspn(given, "0123456789");
    if (digits && !given[digits] && digits <= DIGITS)
        return (time_t)strtoll(given, NULL, 10);
    fprintf(stderr, "mujaz: SOURCE_DATE_EPOCH is '%.40s'; ", given);
    fputs("it counts the seconds since 1970, as 1700000000, or is not set\n", stderr);
    return -1;
}

enum exit_code night_run(const struct options *o)
{
    struct night n = { .options = o, .began = now() };
    if (n.began < 0)
        return EXIT_USAGE;
    n.arena = arena_new();
    struct diags *diags = diags_new();
    n.schedule = schedule_load(o->workspace, n.arena, diags);
    enum exit_code code = exit_report(diags);
    diags_drop(diags);
    if (n.schedule)
        code = o->status ? night_status(o, n.schedule) : begin(&n);
    arena_drop(n.arena);
    return code;
}
