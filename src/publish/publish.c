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
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

enum { READ_BACK_CHUNK = 64 * 1024, TEMPORARY_TRIES = 100 };
static const int stopping[] = { SIGHUP, SIGINT, SIGTERM };
enum { STOPPING_COUNT = sizeof stopping / sizeof *stopping };

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

/* --- signals ------------------------------------------------------------------------------------------- */

/* Blocks the stopping signals, but those that the caller ignores (nohup): they would pend for ever. */
static void signals_hold(sigset_t *held, sigset_t *before)
{
    sigemptyset(held);
    for (size_t i = 0; i < STOPPING_COUNT; i++) {
        struct sigaction now;
        if (sigaction(stopping[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaddset(held, stopping[i]);
    }
    sigprocmask(SIG_BLOCK, held, before);
}

static bool signals_wait(const sigset_t *held)
{
    sigset_t pending;
    sigpending(&pending);
    for (size_t i = 0; i < STOPPING_COUNT; i++) {
        if (sigismember(held, stopping[i]) == 1 && sigismember(&pending, stopping[i]) == 1)
            return true;
    }
    return false;
}

/* --- the folder ---------------------------------------------------------------------------------------- */

/* Makes one folder and syncs the one that it stands in; an existing one is fine. */
static bool make_one(const char *path)
{
    if (mkdir(path, 0777) != 0)
        return errno == EEXIST;
    int made = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int above = made < 0 ? -1 : openat(made, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = above >= 0 && fsync(above) == 0;
    int error = errno;
    if (above >= 0)
        close(above);
    if (made >= 0)
        close(made);
    errno = error;
    return ok;
}

/* Makes the folder and what is missing above it. */
static bool make_folder(const char *folder)
{
    char *path = xstrdup(folder);
    bool ok = true;
    for (char *p = path + 1; ok && *path && *p; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        ok = make_one(path);
        *p = '/';
    }
    ok = ok && make_one(path);
    int error = errno;
    free(path);
    errno = error;
    return ok;
}

static mode_t usual_mode(void)
{
    mode_t mask = umask(077);
    umask(mask);
    return 0666 & ~mask;
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

static int open_temporary(int dir, const char *name, struct stage *stage)
{
    for (int i = 0; i < TEMPORARY_TRIES; i++) {
        int n = snprintf(stage->name, sizeof stage->name, ".%s.%ld-%d.tmp", name, (long)getpid(), i);
        if (n < 0 || (size_t)n >= sizeof stage->name) {
            errno = ENAMETOOLONG;
            break;
        }
        int fd = openat(dir, stage->name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (fd >= 0)
            return fd;
        if (errno == EINTR)
            i--;
        else if (errno != EEXIST)
            break;
    }
    stage->name[0] = '\0';
    return -1;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = write(fd, bytes, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            errno = n == 0 ? EIO : errno;
            return false;
        }
        bytes += n;
        length -= (size_t)n;
    }
    return true;
}

/* Whether the file holds exactly these bytes; errno says why not. */
static bool read_back(int dir, const char *name, const char *bytes, size_t length)
{
    int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return false;
    char *chunk = xcalloc(READ_BACK_CHUNK, 1);
    bool same = false;
    for (size_t at = 0;;) {
        ssize_t n = read(fd, chunk, READ_BACK_CHUNK);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        if (n == 0) {
            same = at == length;
            errno = EIO;
            break;
        }
        if ((size_t)n > length - at || memcmp(chunk, bytes + at, (size_t)n) != 0) {
            errno = EIO;
            break;
        }
        at += (size_t)n;
    }
    int error = errno;
    free(chunk);
    close(fd);
    errno = error;
    return same;
}

static bool stage_one(int dir, const char *folder, const struct artifact *a, mode_t mode, struct stage *stage,
                      struct diags *diags)
{
    int fd = open_temporary(dir, a->name, stage);
    if (fd < 0)
        return fail(diags, folder, a->name, "cannot be made", unchanged);
    /* fsync is never tried again: after a failure the kernel may have dropped the pages. */
    bool ok = write_all(fd, a->bytes.data, a->bytes.length) && fchmod(fd, mode) == 0 && fsync(fd) == 0;
    int error = errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        error = errno;
    }
    errno = error;
    if (!ok)
        return fail(diags, folder, a->name, "cannot be written", unchanged);
    if (!read_back(dir, stage->name, a->bytes.data, a->bytes.length))
        return fail(diags, folder, a->name, "does not read back as it was written", unchanged);
    return true;
}

/* --- the set ------------------------------------------------------------------------------------------- */

static bool stage_all(int dir, const char *folder, const struct artifact *artifacts, size_t count,
                      struct stage *stages, const sigset_t *held, struct diags *diags)
{
    mode_t mode = usual_mode();
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
        if (renameat(dir, stages[i].name, dir, artifacts[i].name) != 0)
            return fail(diags, folder, artifacts[i].name, "cannot be put in place", changed);
        stages[i].name[0] = '\0';
    }
    if (fsync(dir) != 0)
        return fail(diags, folder, NULL, "the folder cannot be synced", changed);
    return true;
}

bool publish_artifacts(const char *folder, const struct artifact *artifacts, size_t count,
                       struct diags *diags)
{
    if (!make_folder(folder))
        return fail(diags, folder, NULL, "the folder cannot be made", unchanged);
    int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0)
        return fail(diags, folder, NULL, "the folder cannot be opened", unchanged);

    sigset_t held, before;
    signals_hold(&held, &before);
    struct stage *stages = xcalloc(count ? count : 1, sizeof *stages);
    bool ok = stage_all(dir, folder, artifacts, count, stages, &held, diags) &&
              rename_all(dir, folder, artifacts, count, stages, diags);
    for (size_t i = 0; i < count; i++) {
        if (stages[i].name[0])
            unlinkat(dir, stages[i].name, 0);
    }
    free(stages);
    close(dir);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ok;
}
