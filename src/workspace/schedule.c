/* The schedule. Knows the file's keys and checks names against the workspace; makes nothing. */
#include "workspace/schedule.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/name.h"
#include "base/nearest.h"
#include "base/node.h"
#include "base/share.h"
#include "publish/site.h"
#include "workspace/workspace.h"

static const char *const editions[] = { "parallel", "en", "ar", "sequential", NULL }; /* as enum edition */
static const char *const days[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat", NULL };
static const char *const sheets[] = { "none", "saddle", "2up", "4up", NULL }; /* as enum imposition_form */

#define ALL(member) false, offsetof(struct schedule, member)
#define ONE(member) true, offsetof(struct schedule_report, member)

static const struct schedule_setting settings[] = {
    { "out", SCHEDULE_FOLDER, ALL(out), 0, 0, NULL, "where the runs go, told from the workspace" },
    { "site_url", SCHEDULE_ADDRESS, ALL(site_url), 0, 0, NULL, "where readers find out, for the links in feed.xml" },
    { "jobs", SCHEDULE_COUNT, ALL(jobs), 1, 64, NULL, "workers at a time" },
    { "keep", SCHEDULE_COUNT, ALL(keep), 1, 100000, NULL, "published runs that are kept" },
    { "keep_days", SCHEDULE_COUNT, ALL(keep_days), 1, 36500, NULL, "for how long a published run is kept" },
    { "editions", SCHEDULE_CHOICES, ONE(editions), 0, 0, editions, "only these of the report's" },
    { "layout", SCHEDULE_LAYOUT, ONE(layout), 0, 0, NULL, "of layouts/, in place of the report's own" },
    { "attachments", SCHEDULE_SWITCH, ONE(attachments), 0, 0, NULL, "whether data go into the PDFs" },
    { "listed", SCHEDULE_SWITCH, ONE(listed), 0, 0, NULL, "whether the index page and the feed show it" },
    { "sheets", SCHEDULE_CHOICE, ONE(sheets), 0, 0, sheets, "the pages on sheets too, for printing" },
    { "days", SCHEDULE_CHOICES, ONE(days), 0, 0, days, "made on these weekdays only, of the machine's time zone" },
    { "seconds", SCHEDULE_COUNT, ONE(seconds), 1, 86400, NULL, "after so many its worker is ended" },
    { "memory_mb", SCHEDULE_COUNT, ONE(memory_mb), 16, 1 << 20, NULL, "the most that its worker may take" },
};
enum { SETTINGS = sizeof settings / sizeof *settings, DEFAULT_SECONDS = 600, DEFAULT_MEMORY_MB = 4096 };

const struct schedule_setting *schedule_settings(size_t *count)
{
    *count = SETTINGS;
    return settings;
}

struct reader {
    const char *workspace;
    struct arena *arena;
    struct diags *diags;
};

/* --- names --- */

/* reports/NAME is a folder with a report.yaml, layouts/NAME.yaml a file, here or among the shipped ones. */
static const char *path_of(const struct reader *r, const char *folder, const char *name)
{
    if (strcmp(folder, "layouts") == 0)
        return share_find(r->arena, r->workspace, arena_printf(r->arena, "layouts/%s.yaml", name));
    return file_join(r->arena, r->workspace, arena_printf(r->arena, "reports/%s/report.yaml", name));
}

static bool is_there(const struct reader *r, const char *folder, const char *what, const char *name, struct place at)
{
    if (name_is_good(name) && file_exists(path_of(r, folder, name)))
        return true;
    size_t count;
    const char **names = strcmp(folder, "layouts") == 0
                             ? share_list(r->arena, r->workspace, folder, ".yaml", &count)
                             : workspace_list(r->workspace, folder, "report.yaml", r->arena, &count);
    const char *near = nearest_known(name, names, count);
    diag_add(r->diags, DIAG_SCHEDULE_VALUE, at, "there is no %s '%s'; %s", what, name,
             near ? arena_printf(r->arena, "did you mean '%s'?", near)
                  : arena_printf(r->arena, "name one of %s/", folder));
    return false;
}

/* --- values --- */

static void read_choice(const struct reader *r, const struct schedule_setting *s, const struct node *value,
                        unsigned *out)
{
    const char *text = value->kind == NODE_SCALAR ? value->text : "", *list = s->choices[0];
    size_t count = 0;
    for (; s->choices[count]; count++) {
        if (strcmp(text, s->choices[count]) != 0)
            continue;
        *out = s->kind == SCHEDULE_CHOICES ? *out | 1u << count : (unsigned)count;
        return;
    }
    const char *near = nearest_known(text, s->choices, count);
    for (size_t i = 1; i < count; i++)
        list = arena_printf(r->arena, "%s, %s", list, s->choices[i]);
    diag_add(r->diags, DIAG_SCHEDULE_VALUE, value->at, "'%s' of '%s' is not understood; %s", text, s->key,
             near ? arena_printf(r->arena, "did you mean '%s'?", near) : arena_printf(r->arena, "there are %s", list));
}

static void read_choices(const struct reader *r, const struct schedule_setting *s, const struct node *value,
                         unsigned *out)
{
    if (value->kind != NODE_LIST || value->count == 0) {
        diag_add(r->diags, DIAG_VALUE_KIND, value->at, "'%s' is no list; write it as [%s, %s]", s->key, s->choices[0],
                 s->choices[1]);
        return;
    }
    *out = 0; /* in place of what holds for all */
    for (size_t i = 0; i < value->count; i++)
        read_choice(r, s, value->items[i], out);
}

static void read_count(const struct reader *r, const struct schedule_setting *s, const struct node *map, int64_t *out)
{
    if (!node_int(map, s->key, true, out, r->diags) || (*out >= s->least && *out <= s->most))
        return;
    diag_add(r->diags, DIAG_SCHEDULE_VALUE, node_get(map, s->key)->at, "'%s' is %lld; it must be from %lld to %lld",
             s->key, (long long)*out, (long long)s->least, (long long)s->most);
}

static void read_address(const struct reader *r, const struct schedule_setting *s, const struct node *map,
                         const char **out)
{
    const char *text;
    char url[SITE_URL_MOST];
    if (!node_text(map, s->key, true, &text, r->diags))
        return;
    if (site_url(text, url))
        *out = arena_string(r->arena, url);
    else
        diag_add(r->diags, DIAG_SCHEDULE_VALUE, node_get(map, s->key)->at,
                 "'%s' is no address of a folder; write one as https://briefings.example/out/", s->key);
}

static void read_setting(const struct reader *r, const struct schedule_setting *s, const struct node *map, void *out)
{
    const struct node *value = node_get(map, s->key);
    const char *text;
    if (!value)
        return;
    switch (s->kind) {
    case SCHEDULE_COUNT:
        read_count(r, s, map, out);
        break;
    case SCHEDULE_SWITCH:
        node_bool(map, s->key, true, out, r->diags);
        break;
    case SCHEDULE_CHOICE:
        read_choice(r, s, value, out);
        break;
    case SCHEDULE_CHOICES:
        read_choices(r, s, value, out);
        break;
    case SCHEDULE_LAYOUT:
        if (node_text(map, s->key, true, &text, r->diags) && is_there(r, "layouts", "layout", text, value->at))
            *(const char **)out = text;
        break;
    case SCHEDULE_ADDRESS:
        read_address(r, s, map, out);
        break;
    case SCHEDULE_FOLDER:
        if (node_text(map, s->key, true, &text, r->diags) && *text)
            *(const char **)out = *text == '/' ? text : file_join(r->arena, r->workspace, text);
        else
            diag_add(r->diags, DIAG_SCHEDULE_VALUE, value->at, "'%s' names no folder; write it as out", s->key);
        break;
    }
}

/* --- the file --- */

static void read_report(const struct reader *r, const struct node *map, size_t i, struct schedule *schedule)
{
    const char *keys[SETTINGS + 1] = { NULL };
    size_t known = 0;
    const struct node *value = map->items[i];
    struct schedule_report *report = &schedule->reports[schedule->count++];
    *report = schedule->every;
    report->name = map->keys[i];
    is_there(r, "reports", "report", report->name, map->key_at[i]);
    if (node_is_null(value))
        return; /* "NAME:" alone: as it is */
    if (value->kind != NODE_MAP) {
        diag_add(r->diags, DIAG_VALUE_KIND, value->at, "'%s' is no map; write it as {editions: [en]}",
                 report->name);
        return;
    }
    for (size_t k = 0; k < SETTINGS; k++)
        if (settings[k].of_report)
            keys[known++] = settings[k].key;
    node_check_keys(value, keys, "a report of schedule.yaml", r->diags);
    for (size_t k = 0; k < SETTINGS; k++)
        if (settings[k].of_report)
            read_setting(r, &settings[k], value, (char *)report + settings[k].offset);
}

static void read_reports(const struct reader *r, const struct node *map, struct schedule *schedule)
{
    if (!map)
        return;
    if (map->kind != NODE_MAP || map->count == 0) {
        diag_add(r->diags, DIAG_VALUE_KIND, map->at, "'reports' %s; give each a line, NAME:",
                 map->kind == NODE_LIST ? "is a list" : "names none");
        return;
    }
    schedule->reports = arena_array(r->arena, map->count, sizeof *schedule->reports);
    for (size_t i = 0; i < map->count; i++)
        read_report(r, map, i, schedule);
}

static void read_all(const struct reader *r, const struct node *root, struct schedule *schedule)
{
    const char *keys[SETTINGS + 2] = { NULL };
    if (root->kind != NODE_MAP) {
        diag_add(r->diags, DIAG_VALUE_KIND, root->at, "schedule.yaml is no map; write keys, as keep: 30");
        return;
    }
    for (size_t k = 0; k < SETTINGS; k++)
        keys[k] = settings[k].key;
    keys[SETTINGS] = "reports";
    node_check_keys(root, keys, "schedule.yaml", r->diags);
    for (size_t k = 0; k < SETTINGS; k++)
        read_setting(r, &settings[k], root,
                     (settings[k].of_report ? (char *)&schedule->every : (char *)schedule) + settings[k].offset);
    read_reports(r, node_get(root, "reports"), schedule);
}

const struct schedule *schedule_load(const char *workspace, struct arena *arena, struct diags *diags)
{
    const struct reader r = { workspace, arena, diags };
    const char *path = file_join(arena, workspace, "schedule.yaml");
    struct schedule *schedule = arena_alloc(arena, sizeof *schedule);
    size_t errors = diags_errors(diags);
    schedule->every = (struct schedule_report){ .attachments = true, .listed = true, .seconds = DEFAULT_SECONDS,
                                                .memory_mb = DEFAULT_MEMORY_MB };
    if (file_is_absent(path))
        return schedule;
    const struct node *root = node_load(path, arena, diags);
    if (root)
        read_all(&r, root, schedule);
    return diags_errors(diags) == errors ? schedule : NULL;
}

const struct schedule_report *schedule_of(const struct schedule *schedule, const char *report)
{
    for (size_t i = 0; i < schedule->count; i++)
        if (strcmp(schedule->reports[i].name, report) == 0)
            return &schedule->reports[i];
    return &schedule->every;
}
