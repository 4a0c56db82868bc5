/* The way into the program: looks at the names of reports, runs the command, and sees to standard output. */
#include "commands/cmd.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/name.h"
#include "base/nearest.h"
#include "base/version.h"
#include "cli/options_table.h"
#include "cli/show.h"
#include "nightly/night.h"
#include "report/previous.h"
#include "workspace/workspace.h"

static bool report_is_there(const struct options *o, const char *name, struct arena *arena)
{
    if (!name_is_good(name)) {
        fprintf(stderr, "mujaz: '%.80s' is no name of a report; lower-case letters, digits and hyphens make one\n",
                name);
        return false;
    }
    if (workspace_has(o->workspace, "reports", name, arena))
        return true;
    size_t count;
    const char **names = workspace_list(o->workspace, "reports", "report.yaml", arena, &count);
    fprintf(stderr, "mujaz: there is no report '%s' in %s; %s\n", name, file_join(arena, o->workspace, "reports"),
            nearest_or_all(arena, name, names, count, count ? "name one of these" : "name the workspace by -C"));
    return false;
}

/* All names are looked at before the first report is touched. */
static bool reports_are_there(const struct options *o)
{
    struct arena *arena = arena_new();
    bool ok = true;
    for (size_t i = 0; i < o->report_count; i++)
        ok &= report_is_there(o, o->reports[i], arena);
    arena_drop(arena);
    return ok;
}

static enum exit_code run_command(const struct options *o)
{
    if (!reports_are_there(o))
        return EXIT_USAGE;
    switch (o->command) {
    case COMMAND_BUILD:
        return cmd_build(o);
    case COMMAND_CHECK:
        return cmd_check(o);
    case COMMAND_PREVIEW:
        return cmd_preview(o);
    case COMMAND_QUERY:
        return cmd_query(o);
    case COMMAND_NIGHTLY:
        return night_run(o);
    case COMMAND_SCHEMA:
        return cmd_schema(o);
    case COMMAND_DELIVER:
        return cmd_deliver(o);
    case COMMAND_EXPLAIN_ERROR:
        return cmd_explain_error(o);
    case COMMAND_INIT:
        return cmd_init(o);
    case COMMAND_EXPLAIN:
        return cmd_explain(o);
    case COMMAND_DIFF:
        return cmd_diff(o);
    default:
        return cmd_dump(o);
    }
}

/* Results that never reached the disk are no results. */
static enum exit_code close_output(enum exit_code code)
{
    if (!ferror(stdout) && fflush(stdout) == 0 && (fclose(stdout) == 0 || errno == EINTR)) /* it is closed then too */
        return code;
    fprintf(stderr, "mujaz: standard output: %s\n", strerror(errno));
    return EXIT_SYSTEM;
}

/* Where checked data are kept between runs (XDG Base Directory Specification); NULL when there is no such place. */
static const char *cache_folder(struct arena *arena)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (cache && *cache == '/')
        return file_join(arena, cache, "mujaz");
    return home && *home == '/' ? file_join(arena, home, ".cache/mujaz") : NULL;
}

/* Once, for all that is made of it. */
static enum exit_code load_previous(struct options *o, struct arena *arena)
{
    struct diags *diags = diags_new();
    struct previous *previous = arena_alloc(arena, sizeof *previous);
    if (previous_load(previous, o->previous, arena, diags) && !previous_has(previous, o->reports[0]))
        diag_add(diags, DIAG_PREVIOUS_LEDGER, (struct place){ .file = o->previous, .line = 1, .col = 1 },
                 "this ledger is of the report '%s'; give one of '%s'", previous->ledgers[0].report, o->reports[0]);
    o->making.previous = previous;
    enum exit_code code = exit_report(diags);
    diags_drop(diags);
    return code;
}

static enum exit_code run(struct options *o)
{
    struct arena *arena = arena_new();
    if (!o->no_cache)
        o->making.loading.cache = cache_folder(arena);
    enum exit_code code = o->previous ? load_previous(o, arena) : EXIT_DONE;
    if (code == EXIT_DONE)
        code = run_command(o);
    arena_drop(arena);
    return code;
}

static void print_help(enum command command)
{
    struct buf text;
    buf_init(&text);
    options_help(command, &text);
    fputs(text.data, stdout);
    buf_drop(&text);
}

enum exit_code cmd_run(int argc, char **argv)
{
    struct options o;
    char why[OPTIONS_WHY];
    if (!options_parse(argc, argv, &o, why)) {
        fprintf(stderr, "mujaz: %s\n", why);
        return EXIT_USAGE;
    }
    if (o.help)
        print_help(o.command);
    else if (o.version)
        puts("mujaz " MUJAZ_VERSION);
    else
        return close_output(run(&o));
    return close_output(EXIT_DONE);
}
