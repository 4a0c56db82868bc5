/* Which reports a run makes, each with its options and limits. Starts nothing. */
#include "nightly/night.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/name.h"
#include "base/utf8.h"
#include "base/version.h"

/* A report.yaml that cannot be looked at counts: its worker says why, and the report keeps its last files. */
static const char **all_reports(const struct options *o, size_t *count, struct arena *arena, struct diags *diags)
{
    const char **names = NULL, *folder = file_join(arena, o->workspace, "reports");
    DIR *dir;
    do
        dir = opendir(folder);
    while (!dir && errno == EINTR);
    for (const char *entry; dir && (entry = folder_next(dir));) {
        const char *file = file_join(arena, file_join(arena, folder, entry), "report.yaml");
        if (!name_is_good(entry) || file_is_absent(file))
            continue;
        names = arena_grow(arena, names, *count, sizeof *names);
        names[(*count)++] = arena_string(arena, entry);
    }
    if (errno && errno != ENOENT) {
        diag_add(diags, DIAG_FILE_READ, (struct place){ .file = folder }, "cannot be listed: %s", strerror(errno));
        names = NULL;
    } else if (!names) {
        diag_add(diags, DIAG_FILE_ABSENT, (struct place){ .file = folder },
                 "there is no report; it takes a folder with a report.yaml");
    }
    if (dir)
        closedir(dir);
    return names;
}

static const char **due_reports(const struct options *o, const struct schedule *schedule, size_t *count,
                                struct arena *arena, struct diags *diags)
{
    if (schedule->count == 0)
        return all_reports(o, count, arena, diags);
    const char **names = arena_array(arena, schedule->count, sizeof *names);
    for (*count = 0; *count < schedule->count; ++*count)
        names[*count] = schedule->reports[*count].name;
    return names;
}

/* In order, each once. */
static void sort(const char **names, size_t *count)
{
    size_t kept = 0;
    if (*count > 1)
        qsort(names, *count, sizeof *names, utf8_compare);
    for (size_t i = 0; i < *count; i++)
        if (kept == 0 || strcmp(names[i], names[kept - 1]) != 0)
            names[kept++] = names[i];
    *count = kept;
}

const char **night_reports(const struct options *o, const struct schedule *schedule, size_t *count,
                           struct arena *arena, struct diags *diags)
{
    const char **names;
    *count = 0;
    if (o->report_count) {
        names = arena_copy(arena, o->reports, o->report_count * sizeof *names);
        *count = o->report_count;
    } else {
        names = due_reports(o, schedule, count, arena, diags);
    }
    if (names)
        sort(names, count);
    return names;
}

static bool is_named(const struct night *n, const char *report)
{
    const struct options *o = n->options;
    for (size_t i = 0; i < o->report_count; i++)
        if (strcmp(o->reports[i], report) == 0)
            return true;
    return o->report_count == 0;
}

/* Those of night_reports, and what else the set has when the command line names some: readers must not lose it. Where
 * the manifest does not say what it has, all. */
static const char **set_reports(const struct night *n, size_t *count, struct diags *diags)
{
    const char **names = night_reports(n->options, n->schedule, count, n->arena, diags);
    if (!names || n->options->report_count == 0 || !runs_current(n->runs))
        return names;
    size_t others = 0;
    const char **due = due_reports(n->options, n->schedule, &others, n->arena, diags);
    if (!due)
        return NULL;
    const char **all = arena_array(n->arena, *count + others, sizeof *all);
    memcpy(all, names, *count * sizeof *all);
    for (size_t i = 0; i < others; i++) {
        const struct manifest_report *old = manifest_find(n->before, due[i]);
        if (!is_named(n, due[i]) && (!n->before || (old && old->file_count)))
            all[(*count)++] = due[i];
    }
    sort(all, count);
    return all;
}

const char *night_out(const struct options *o, const struct schedule *schedule)
{
    return schedule->out && !o->has_out ? schedule->out : o->out;
}

/* The options of a build of that report; the command line's win. */
static const struct options *options_for(const struct night *n, const struct schedule_report *said)
{
    struct options *o = arena_copy(n->arena, n->options, sizeof *o);
    o->layout = said->layout;
    o->has_editions = said->editions != 0;
    for (int e = 0; e < EDITION_COUNT; e++)
        o->editions[e] = said->editions >> e & 1;
    o->no_attachments = n->options->no_attachments || !said->attachments;
    o->sheets.form = (enum imposition_form)said->sheets;
    return o;
}

/* Of the machine's time zone, in which its operator says `sun`. */
static unsigned today(void)
{
    time_t now = time(NULL);
    struct tm local;
    return 1u << localtime_r(&now, &local)->tm_wday;
}

/* A report that is not good yet does not wait for its day, nor does one that is named on the command line. */
static bool may_rest(const struct night *n, const char *name, const struct schedule_report *said,
                     const struct manifest_report *old)
{
    if (!old || !old->file_count || n->options->report_count)
        return !is_named(n, name);
    return said->days && !(said->days & today()) && (old->state == STATE_MADE || old->state == STATE_UNCHANGED);
}

/* What who looks for a report in the set may wonder about: its folder's name, or that it is gone. */
static void tell_left_out(struct night *n)
{
    const char *folder = file_join(n->arena, n->options->workspace, "reports");
    DIR *dir = n->schedule->count || n->options->report_count ? NULL : opendir(folder);
    for (const char *entry; dir && (entry = folder_next(dir));)
        if (entry[0] != '.' && !name_is_good(entry)
            && file_exists(file_join(n->arena, file_join(n->arena, folder, entry), "report.yaml")))
            night_say_line(&n->say, "reports/%s: left out; a report's name is made of small letters, digits and '-'",
                           entry);
    if (dir)
        closedir(dir);
    for (size_t i = 0; n->before && i < n->before->report_count; i++) {
        const struct manifest_report *old = &n->before->reports[i];
        if (old->file_count && !manifest_find(&n->now, old->name))
            night_say_line(&n->say, "%s: no longer a report of the set; its files are those of run %s", old->name,
                           runs_current(n->runs));
    }
}

bool night_plan(struct night *n, struct diags *diags)
{
    size_t count;
    const char **names = set_reports(n, &count, diags);
    if (!names)
        return false;
    n->now.version = MUJAZ_VERSION;
    n->now.run = runs_id(n->runs);
    n->now.report_count = count;
    n->now.reports = arena_array(n->arena, count + 1, sizeof *n->now.reports);
    n->tasks = arena_array(n->arena, count + 1, sizeof *n->tasks);
    n->intakes = arena_array(n->arena, count + 1, sizeof *n->intakes);
    n->rests = arena_array(n->arena, count + 1, sizeof *n->rests);
    for (size_t i = 0; i < count; i++) {
        const struct manifest_report *old = manifest_find(n->before, names[i]);
        const struct schedule_report *said = schedule_of(n->schedule, names[i]);
        n->now.reports[i].name = names[i];
        n->intakes[i] = (struct intake){ n, &n->now.reports[i] };
        n->tasks[i] = (struct worker_task){ .options = options_for(n, said), .report = names[i],
                                            .seconds = (unsigned)said->seconds,
                                            .memory = (size_t)said->memory_mb << 20,
                                            .take = night_take, .context = &n->intakes[i] };
        n->tasks[i].ledgers =
            ledgers_find(n->runs, night_out(n->options, n->schedule), names[i], old, n->arena);
        n->rests[i] = may_rest(n, names[i], said, old);
        if (old && old->file_count)
            memcpy(n->tasks[i].key, old->key, HASH_HEX);
    }
    tell_left_out(n);
    return true;
}
