/* mujaz nightly --status: the published set as it is now. Reads, makes nothing. */
#include "nightly/night.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"

enum state { CURRENT, STALE, DAMAGED, ABSENT };
static const char *const states[] = { "current", "stale", "damaged", "absent" };

struct line {
    const char *name, *made_in; /* made_in: NULL of an absent one */
    enum state state;
    size_t files;
    const char *why;            /* the first thing that is wrong; "" */
};

struct status {
    const char *out, *run; /* run: NULL when none is published */
    enum runs_work work;
    struct line *lines;
    size_t count;
    enum exit_code code; /* of what could not be read */
    struct arena *arena;
};

/* --- looking --- */

static const char *first_line(struct status *s, const char *text)
{
    return arena_string_n(s->arena, text, strcspn(text, "\n"));
}

/* The first file that is not there any more, or not as it was published; or NULL. */
static const char *find_damage(struct status *s, const struct manifest_report *r)
{
    const char *folder = file_join(s->arena, file_join(s->arena, s->out, "runs"), s->run);
    struct diags *unsaid = diags_new();
    const char *found = NULL;
    for (size_t i = 0; i < r->file_count && !found; i++) {
        char digest[HASH_HEX];
        const char *path = file_join(s->arena, folder, r->files[i].name);
        if (!hash_file(path, digest, unsaid) || strcmp(digest, r->files[i].sha256) != 0)
            found = r->files[i].name;
    }
    diags_drop(unsaid);
    return found;
}

static void add(struct status *s, const char *name, const struct manifest_report *r)
{
    const char *damage = r ? find_damage(s, r) : NULL;
    s->lines = arena_grow(s->arena, s->lines, s->count, sizeof *s->lines);
    struct line *line = &s->lines[s->count++];
    line->name = name;
    if (!r || r->state == STATE_ABSENT) {
        line->state = ABSENT;
        line->why = r ? first_line(s, r->said) : "it is not in the published set";
        return;
    }
    line->state = damage ? DAMAGED : r->state == STATE_STALE ? STALE : CURRENT;
    line->made_in = r->made_in;
    line->files = r->file_count;
    line->why = damage ? arena_printf(s->arena, "%s is not as it was published", damage)
                : line->state == STALE ? first_line(s, r->said)
                                       : "";
}

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* What is to be there, then what is there besides, unless the command line names reports. */
static void look(struct status *s, const struct options *o, const struct schedule *schedule)
{
    struct diags *diags = diags_new();
    const struct manifest *m = NULL;
    size_t count;
    const char **names = night_reports(o, schedule, &count, s->arena, diags);
    count = names ? count : 0;
    s->run = runs_look(s->out, &s->work, s->arena);
    if (s->run)
        m = manifest_read(arena_printf(s->arena, "%s/runs/%s/manifest.json", s->out, s->run), s->arena, diags);
    for (size_t i = 0; i < count; i++)
        add(s, names[i], manifest_find(m, names[i]));
    for (size_t i = 0; m && !o->report_count && i < m->report_count; i++)
        if (!is_one_of(m->reports[i].name, names, count))
            add(s, m->reports[i].name, &m->reports[i]);
    s->code = exit_report(diags);
    diags_drop(diags);
}

static bool is_fresh(const struct status *s)
{
    bool fresh = s->run != NULL && s->code == EXIT_DONE && s->work != RUNS_KILLED;
    for (size_t i = 0; i < s->count; i++)
        fresh &= s->lines[i].state == CURRENT;
    return fresh;
}

/* --- showing --- */

/* "20240403T020000Z", perhaps with a number behind it, as "2024-04-03 02:00 UTC"; else as it is. */
static const char *moment(struct arena *arena, const char *run)
{
    unsigned y, mon, d, h, min;
    return sscanf(run, "%4u%2u%2uT%2u%2u", &y, &mon, &d, &h, &min) == 5
         ? arena_printf(arena, "%04u-%02u-%02u %02u:%02u UTC", y, mon, d, h, min)
         : run;
}

static void show_text(const struct status *s)
{
    static const char *const work[] = { "no run works there now", "a run works there now",
                                        "whether a run works there cannot be seen",
                                        "no run works there now; the last one was killed and published nothing" };
    int width = 0;
    for (size_t i = 0; i < s->count; i++)
        width = (int)strlen(s->lines[i].name) > width ? (int)strlen(s->lines[i].name) : width;
    if (s->run)
        printf("%s: run %s, %s\n", s->out, s->run, moment(s->arena, s->run));
    else
        printf("%s: nothing is published there\n", s->out);
    for (size_t i = 0; i < s->count; i++) {
        const struct line *line = &s->lines[i];
        printf("  %-*s  %s", width, line->name, states[line->state]);
        if (line->made_in)
            printf("%s %s, %zu file%s", line->state == STALE ? " since" : ", made", moment(s->arena, line->made_in),
                   line->files, line->files == 1 ? "" : "s");
        printf("%s%s\n", *line->why ? "; " : "", line->why);
    }
    puts(work[s->work]);
}

static void show_json(const struct status *s)
{
    static const char *const work[] = { "idle", "working", "unknown", "killed" };
    struct buf out;
    struct json j;
    buf_init(&out);
    json_begin(&j, &out);
    json_object_begin(&j);
    json_put_text(&j, "out", s->out);
    json_put_text(&j, "run", s->run);
    json_put_text(&j, "lock", work[s->work]);
    json_put_bool(&j, "fresh", is_fresh(s));
    json_put_array(&j, "reports");
    for (size_t i = 0; i < s->count; i++) {
        json_object_begin(&j);
        json_put_text(&j, "name", s->lines[i].name);
        json_put_text(&j, "state", states[s->lines[i].state]);
        json_put_text(&j, "made_in", s->lines[i].made_in);
        json_key(&j, "files");
        json_number(&j, num_from_int((int64_t)s->lines[i].files));
        json_put_text(&j, "diagnostic", *s->lines[i].why ? s->lines[i].why : NULL);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object_end(&j);
    json_end(&j);
    fputs(out.data, stdout);
    buf_drop(&out);
}

enum exit_code night_status(const struct options *o, const struct schedule *schedule)
{
    struct status s = { .out = night_out(o, schedule), .arena = arena_new() };
    look(&s, o, schedule);
    (o->json ? show_json : show_text)(&s);
    enum exit_code code = exit_worse(s.code, is_fresh(&s) ? EXIT_DONE : EXIT_REFUSED);
    arena_drop(s.arena);
    return code;
}
