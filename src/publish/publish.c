/*
 * Publishing. Knows folders, files and signals; must not know what the bytes are.
 *
 *   nothing --stage--> .NAME.PID-N.tmp: 0600, written, synced, closed, read back --rename--> NAME, folder synced
 *      any failure before the first rename: all temporary files go, the old files were never touched
 *
 * SIGHUP, SIGINT and SIGTERM wait until the folder is tidy again: they are blocked meanwhile, looked at
 * between two files, and delivered at the end.
 */
#include "publish/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/signals.h"
#include "publish/files.h"

enum { TEMPORARY_TRIES = 100 };
static const char unchanged[] = "what was published before stays as it is";
static const char changed[] = "what was put in place before it is new";

struct stage {
    char name[NAME_MAX + 1]; /* of the temporary file; empty when there is none */
    char *target;
};

struct publication {
    char *folder;
    int dir;
    mode_t mode;
    struct held_signals held;
    struct stage *stages;
    size_t count, put; /* those before `put` are in place */
};

/* A diagnostic from errno; `then` says in which state the folder is left. */
static bool fail(struct diags *diags, const char *folder, const char *name, const char *what,
                 const char *then)
{
    int error = errno;
    char why[FILE_WHY];
    struct buf path;
    buf_init(&path);
    buf_printf(&path, "%s%s%s", folder, name ? "/" : "", name ? name : "");
    diag_add(diags, DIAG_FILE_WRITE, (struct place){ .file = path.data }, "%s: %s; %s", what,
             file_why(folder, error, why), then);
    buf_drop(&path);
    return false;
}

/* What stands under the artifact's name must be replaceable: nothing, or a regular file. */
static bool target_check(int dir, const char *folder, const char *name, struct diags *diags)
{
    struct stat st;
    if (RETRIED(fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW)) != 0)
        return errno == ENOENT || fail(diags, folder, name, "cannot be looked at", unchanged);
    if (S_ISREG(st.st_mode))
        return true;
    errno = S_ISDIR(st.st_mode) ? EISDIR : EEXIST;
    return fail(diags, folder, name, "is not a regular file", unchanged);
}

/* --- one file ------------------------------------------------------------------------------------------ */

static bool name_temporary(const char *name, int attempt, struct stage *stage)
{
    int n = snprintf(stage->name, sizeof stage->name, ".%s.%ld-%d.tmp", name, (long)getpid(), attempt);
    if (n >= 0 && (size_t)n < sizeof stage->name)
        return true;
    stage->name[0] = '\0';
    errno = ENAMETOOLONG;
    return false;
}

/* A temporary file of a dead process may stand in the way: the next name is tried. */
static bool stage_one(int dir, const char *folder, const struct artifact *a, mode_t mode, struct stage *stage,
                      struct diags *diags)
{
    static const char *const failures[] = { "cannot be made", "cannot be written",
                                            "does not read back as it was written" };
    enum file_step step = FILE_MADE;
    for (int i = 0; i < TEMPORARY_TRIES && step == FILE_MADE; i++) {
        if (!name_temporary(a->name, i, stage))
            break;
        step = file_write_new(dir, stage->name, a, mode);
        if (step != FILE_MADE)
            break;
        stage->name[0] = '\0';
        if (errno != EEXIST)
            break;
    }
    return step == FILE_DONE || fail(diags, folder, a->name, failures[step], unchanged);
}

/* --- the set ------------------------------------------------------------------------------------------- */

struct publication *publish_begin(const char *folder, struct diags *diags)
{
    struct publication *p;
    int dir;

    if (!folder_make(folder))
        return fail(diags, folder, NULL, "the folder cannot be made", unchanged), NULL;
    dir = RETRIED(open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (dir < 0)
        return fail(diags, folder, NULL, "the folder cannot be opened", unchanged), NULL;
    p = xcalloc(1, sizeof *p);
    p->folder = xstrdup(folder);
    p->dir = dir;
    p->mode = file_usual_mode();
    signals_hold(&p->held);
    return p;
}

bool publish_stage(struct publication *p, const struct artifact *artifacts, size_t count, struct diags *diags)
{
    for (size_t i = 0; i < count; i++) {
        if (!target_check(p->dir, p->folder, artifacts[i].name, diags))
            return false;
    }
    for (size_t i = 0; i < count; i++) {
        p->stages = xrealloc(p->stages, p->count + 1, sizeof *p->stages);
        struct stage *stage = &p->stages[p->count++];
        *stage = (struct stage){ .target = xstrdup(artifacts[i].name) };
        if (!stage_one(p->dir, p->folder, &artifacts[i], p->mode, stage, diags))
            return false;
        if (signals_wait(&p->held)) {
            errno = EINTR;
            return fail(diags, p->folder, NULL, "stopped by a signal", unchanged);
        }
    }
    return true;
}

bool publish_commit(struct publication *p, struct diags *diags)
{
    for (; p->put < p->count; p->put++) {
        struct stage *stage = &p->stages[p->put];
        if (RETRIED(renameat(p->dir, stage->name, p->dir, stage->target)) != 0)
            return fail(diags, p->folder, stage->target, "cannot be put in place", p->put ? changed : unchanged);
        stage->name[0] = '\0';
    }
    if (RETRIED(fsync(p->dir)) != 0)
        return fail(diags, p->folder, NULL, "the folder cannot be synced", changed);
    return true;
}

const char *publish_target(const struct publication *p, size_t index)
{
    return index < p->put ? p->stages[index].target : NULL;
}

void publish_end(struct publication *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->count; i++) {
        if (p->stages[i].name[0])
            (void)RETRIED(unlinkat(p->dir, p->stages[i].name, 0));
        free(p->stages[i].target);
    }
    free(p->stages);
    free(p->folder);
    close(p->dir);
    signals_release(&p->held);
    free(p);
}

bool publish_artifacts(const char *folder, const struct artifact *artifacts, size_t count,
                       struct diags *diags)
{
    struct publication *p = publish_begin(folder, diags);
    bool ok = p && publish_stage(p, artifacts, count, diags) && publish_commit(p, diags);
    publish_end(p);
    return ok;
}

bool publish_remove(const char *folder, const char *name, struct diags *diags)
{
    struct stat st;
    int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0)
        return false;
    bool there = fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode);
    bool ok = there && (unlinkat(dir, name, 0) == 0 || fail(diags, folder, name, "cannot be removed", "it is old"));
    close(dir);
    return ok;
}
