/* Runs compared. Must not know what a document's differences are. */
#include "diff/runs.h"

#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "publish/publish.h"

struct runs_compared {
    const char *old, *now;
    struct arena *arena;
    struct diags *diags;
    bool failed;
};

bool diff_is_run(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static const struct manifest_file *find_file(const struct manifest_report *r, const char *name)
{
    for (size_t i = 0; r && i < r->file_count; i++)
        if (strcmp(r->files[i].name, name) == 0)
            return &r->files[i];
    return NULL;
}

static void add_file(struct runs_compared *c, struct diff_report *r, const struct manifest_file *old,
                     const struct manifest_file *now)
{
    const struct manifest_file *any = now ? now : old;
    struct diff_file file = { .change = !old ? DIFF_NEW : !now ? DIFF_GONE : DIFF_CHANGED, .name = any->name };
    if (old && now && strcmp(now->media_type, ARTIFACT_PDF) == 0) {
        file.document = diff_documents(file_join(c->arena, c->old, any->name), file_join(c->arena, c->now, any->name),
                                       c->arena, c->diags);
        c->failed |= !file.document;
    }
    r->files = arena_grow(c->arena, r->files, r->file_count, sizeof *r->files);
    r->files[r->file_count++] = file;
}

static void compare_files(struct runs_compared *c, struct diff_report *r)
{
    for (size_t i = 0; r->now && i < r->now->file_count; i++) {
        const struct manifest_file *now = &r->now->files[i], *old = find_file(r->old, now->name);
        if (!old || strcmp(old->sha256, now->sha256) != 0)
            add_file(c, r, old, now);
    }
    for (size_t i = 0; r->old && i < r->old->file_count; i++)
        if (!find_file(r->now, r->old->files[i].name))
            add_file(c, r, &r->old->files[i], NULL);
}

static bool is_stale(const struct manifest_report *r)
{
    return r && (r->state == STATE_STALE || r->state == STATE_ABSENT);
}

static void add_report(struct runs_compared *c, struct diff_run *run, const struct manifest_report *old,
                       const struct manifest_report *now)
{
    struct diff_report r = { .change = !old ? DIFF_NEW : !now ? DIFF_GONE : DIFF_CHANGED, .old = old, .now = now };
    r.name = now ? now->name : old->name;
    if (old && now)
        compare_files(c, &r);
    run->same &= r.change == DIFF_CHANGED && !r.file_count && is_stale(old) == is_stale(now);
    if (r.change == DIFF_CHANGED && !r.file_count && !is_stale(old) && !is_stale(now))
        return;
    run->reports = arena_grow(c->arena, run->reports, run->report_count, sizeof *run->reports);
    run->reports[run->report_count++] = r;
}

struct diff_run *diff_runs(const char *old_path, const char *now_path, struct arena *arena, struct diags *diags)
{
    struct runs_compared c = { .old = old_path, .now = now_path, .arena = arena, .diags = diags };
    const struct manifest *old = manifest_read(file_join(arena, old_path, "manifest.json"), arena, diags);
    const struct manifest *now = manifest_read(file_join(arena, now_path, "manifest.json"), arena, diags);
    if (!old || !now)
        return NULL;
    struct diff_run *run = arena_alloc(arena, sizeof *run);
    *run = (struct diff_run){ .old = old_path, .now = now_path, .old_id = old->run, .now_id = now->run,
                              .same = true };
    for (size_t i = 0; i < now->report_count; i++)
        add_report(&c, run, manifest_find(old, now->reports[i].name), &now->reports[i]);
    for (size_t i = 0; i < old->report_count; i++)
        if (!manifest_find(now, old->reports[i].name))
            add_report(&c, run, &old->reports[i], NULL);
    return c.failed ? NULL : run;
}
