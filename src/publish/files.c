/* Folders and files, step by step. Must not know what a set is, nor what the bytes are. */
#include "publish/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"

enum { READ_BACK_CHUNK = 64 * 1024, WRITTEN_AT_ONCE = 1024 * 1024 };

/* --- folders ------------------------------------------------------------------------------------------- */

/* Makes one folder and syncs the one that it stands in; an existing one is fine. */
static bool make_one(const char *path)
{
    if (RETRIED(mkdir(path, 0777)) != 0)
        return errno == EEXIST;
    int made = RETRIED(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    int above = made < 0 ? -1 : RETRIED(openat(made, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    bool ok = above >= 0 && RETRIED(fsync(above)) == 0;
    int error = errno;
    if (above >= 0)
        close(above);
    if (made >= 0)
        close(made);
    errno = error;
    return ok;
}

bool folder_make(const char *folder)
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

mode_t file_usual_mode(void)
{
    mode_t mask = umask(077);
    umask(mask);
    return 0666 & ~mask;
}

/* --- files --------------------------------------------------------------------------------------------- */

/* A disk whose files are counted may be full of them, with room for bytes. */
const char *file_why(const char *folder, int error, char why[FILE_WHY])
{
    struct statvfs disk;
    bool full = error == ENOSPC && statvfs(folder, &disk) == 0;
    if (full && disk.f_files > 0 && disk.f_favail == 0)
        snprintf(why, FILE_WHY, "%s (no further file fits on that disk: its inodes are used up)", strerror(error));
    else if (full)
        snprintf(why, FILE_WHY, "%s (%llu KB are free there)", strerror(error),
                 (unsigned long long)disk.f_bavail * disk.f_frsize / 1000);
    else
        snprintf(why, FILE_WHY, "%s", strerror(error));
    return why;
}

bool file_write_all(int fd, const char *bytes, size_t length)
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

/* Of a mapped artifact little is in memory at a time. */
static void unload(const struct artifact *a)
{
    if (a->mapped)
        file_unload(a->bytes.data, a->bytes.length);
}

static bool write_bytes(int fd, const struct artifact *a)
{
    bool ok = true;
    for (size_t at = 0; ok && at < a->bytes.length; at += WRITTEN_AT_ONCE) {
        size_t left = a->bytes.length - at;
        ok = file_write_all(fd, a->bytes.data + at, left < WRITTEN_AT_ONCE ? left : WRITTEN_AT_ONCE);
        unload(a);
    }
    return ok;
}

/* Whether the file holds exactly the artifact's bytes; errno says why not. */
static bool read_back(int dir, const char *name, const struct artifact *a)
{
    const char *bytes = a->bytes.data;
    size_t length = a->bytes.length;
    int fd = RETRIED(openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
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
        unload(a);
    }
    int error = errno;
    free(chunk);
    close(fd);
    errno = error;
    return same;
}

enum file_step file_write_new(int dir, const char *name, const struct artifact *a, mode_t mode)
{
    bool outside = strchr(name, '/');
    int fd = outside ? -1 : RETRIED(openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    errno = outside ? EINVAL : errno;
    if (fd < 0)
        return FILE_MADE;
    bool ok = write_bytes(fd, a) && RETRIED(fchmod(fd, mode)) == 0 && RETRIED(fsync(fd)) == 0;
    int error = errno;
    if (close(fd) != 0 && ok && errno != EINTR) { /* interrupted, it is closed all the same, and was synced before */
        ok = false;
        error = errno;
    }
    errno = error;
    if (!ok)
        return FILE_WRITTEN;
    return read_back(dir, name, a) ? FILE_DONE : FILE_READ_BACK;
}
