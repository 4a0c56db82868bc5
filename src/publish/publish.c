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
#include "publish/files.h"

enum { TEMPORARY_TRIES = 100 };
static const char unchanged[] = "what was published before stays as it is";
static const char changed[] = "what was put in place before it is new";

struct stage {
    char name[NAME_MAX + 1]; /* of the temporary file; empty when there is none */
};

/* A diagnostic from errno; `then` says in which state the folder is left. */
static bool fail(struct diags *diags, const char *folder, const char *name, const char *what,
                 const char *then)
{
    int error = errno;
    struct buf path;
    buf_init(&path);
    buf_printf(&path, "%s%s%s", folder, name ? "/" : "", name ? name : "");
    diag_add(diags, DIAG_FILE_WRITE, (struct place){ .file = path.data }, "%s: %s; %s", what, strerror(error),
             then);
    buf_drop(&path);
    return false;
}

/* What stands under the artifact's name must be replaceable: nothing, or a regular file. */
static bool target_check(int dir, const char *folder, const char *name, struct diags *diags)
{
    struct stat st;
    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
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
        step = file_write_new(dir, stage->name, a->bytes.data, a->bytes.length, mode);
        if (step != FILE_MADE)
            break;
        stage->name[0] = '\0';
        if (errno != EEXIST)
            break;
    }
    return step == FILE_DONE || fail(diags, folder, a->name, failures[step], unchanged);
}

/* --- the set ------------------------------------------------------------------------------------------- */

static bool stage_all(int dir, const char *folder, const struct artifact *artifacts, size_t count,
                      struct stage *stages, const struct held_signals *held, struct diags *diags)
{
    mode_t mode = file_usual_mode();
    for (size_t i = 0; i < count; i++) {
        if (!target_check(dir, folder, artifacts[i].name, diags))
            return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!stage_one(dir, folder, &artifacts[i], mode, &stages[i], diags))
            return false;
        if (signals_wait(held)) {
            errno = EINTR;
            return fail(diags, folder, NULL, "stopped by a signal", unchanged);
        }
    }
    return true;
}

static bool rename_all(int dir, const char *folder, const struct artifact *artifacts, size_t count,
                       struct stage *stages, struct diags *diags)
{
    for (size_t i = 0; i < count; i++) {
        if (RETRIED(renameat(dir, stages[i].name, dir, artifacts[i].name)) != 0)
            return fail(diags, folder, artifacts[i].name, "cannot be put in place", changed);
        stages[i].name[0] = '\0';
    }
    if (RETRIED(fsync(dir)) != 0)
        return fail(diags, folder, NULL, "the folder cannot be synced", changed);
    return true;
}

bool publish_artifacts(const char *folder, const struct artifact *artifacts, size_t count,
                       struct diags *diags)
{
    if (!folder_make(folder))
        return fail(diags, folder, NULL, "the folder cannot be made", unchanged);
    int dir = RETRIED(open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (dir < 0)
        return fail(diags, folder, NULL, "the folder cannot be opened", unchanged);

    struct held_signals held;
    signals_hold(&held);
    struct stage *stages = xcalloc(count ? count : 1, sizeof *stages);
    bool ok = stage_all(dir, folder, artifacts, count, stages, &held, diags) &&
              rename_all(dir, folder, artifacts, count, stages, diags);
    for (size_t i = 0; i < count; i++) {
        if (stages[i].name[0])
            (void)RETRIED(unlinkat(dir, stages[i].name, 0));
    }
    free(stages);
    close(dir);
    signals_release(&held);
    return ok;
}
