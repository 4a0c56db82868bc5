/*
 * Bytes on their way to be published. Knows files; must not know what the bytes are.
 *
 *   few, in memory --SPOOL_FEW--> file without a name (O_TMPFILE) --end--> mapped, the file closed
 *
 * Nothing is left of it when the process is killed. What a failing disk loses again is noticed when the published file
 * is read back, or ends the process with SIGBUS, before anything is put in place.
 */
#define _GNU_SOURCE
#include "publish/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/hash.h"
#include "publish/files.h"

struct spool {
    const char *name, *folder; /* of the artifact; no folder: all stays in memory */
    int fd;                    /* -1: there is no file yet */
    size_t written;
    struct buf held;           /* what is not */
    struct hash *hash;
    bool failed;
    struct diags *diags;
};

const char *spool_temporary(void)
{
    const char *folder = getenv("TMPDIR");
    return folder && *folder ? folder : "/var/tmp";
}

struct spool *spool_new(const char *name, const char *folder, struct diags *diags)
{
    struct spool *s = xcalloc(1, sizeof *s);
    *s = (struct spool){ .name = name, .folder = folder, .fd = -1, .hash = hash_new(), .diags = diags };
    buf_init(&s->held);
    return s;
}

void spool_drop(struct spool *s)
{
    if (!s)
        return;
    if (s->fd >= 0)
        close(s->fd);
    buf_drop(&s->held);
    hash_drop(s->hash);
    free(s);
}

static bool fail(struct spool *s)
{
    int error = errno;
    char why[FILE_WHY];
    struct buf path;
    buf_init(&path);
    buf_printf(&path, "%s/%s", s->folder, s->name);
    diag_add(s->diags, DIAG_FILE_WRITE, (struct place){ .file = path.data },
             "cannot be written: %s; what was published before stays as it is",
             file_why(s->folder, error, why));
    buf_drop(&path);
    s->failed = true;
    return false;
}

/* --- the file --- */

/* "a/b" becomes "a", which becomes ".". False when there is nothing above. */
static bool go_up(char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    while (length > 0 && path[length - 1] != '/')
        length--;
    bool above = length > 1 || (length == 0 && strcmp(path, ".") != 0) || (length == 1 && path[1]);
    if (length == 0)
        path[length++] = '.';
    path[length] = '\0';
    return above;
}

/* In the folder, or in the one above it that is there: that is the same disk. */
static int open_nameless(const char *folder)
{
    char *path = xstrdup(*folder ? folder : ".");
    int fd;
    do
        fd = RETRIED(open(path, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    while (fd < 0 && errno == ENOENT && go_up(path));
    free(path);
    return fd;
}

/* Not every file system has files without a name, and not everybody may write in every folder. */
static void open_file(struct spool *s)
{
    s->fd = open_nameless(s->folder);
    if (s->fd >= 0)
        return;
    s->folder = spool_temporary();
    s->fd = open_nameless(s->folder);
    if (s->fd < 0)
        s->folder = NULL;
}

static bool write_bytes(struct spool *s, const char *bytes, size_t length)
{
    if (!file_write_all(s->fd, bytes, length))
        return false;
    s->written += length;
    return true;
}

static bool write_held(struct spool *s)
{
    if (!write_bytes(s, s->held.data, s->held.length))
        return false;
    buf_clear(&s->held);
    return true;
}

static bool read_bytes(int fd, char *to, size_t length)
{
    for (size_t at = 0; at < length;) {
        ssize_t n = RETRIED(pread(fd, to + at, length - at, (off_t)at));
        if (n <= 0)
            return false;
        at += (size_t)n;
    }
    return true;
}

/* After an error of the file: all is in memory from then on. False: it is an error of the artifact's. The disk where it
 * will be published must take it in the end; the one for temporary files need not. */
static bool take_back(struct spool *s)
{
    int error = errno;
    struct buf all;
    buf_init(&all);
    bool ok = strcmp(s->folder, spool_temporary()) == 0
        && read_bytes(s->fd, buf_reserve(&all, s->written + s->held.length), s->written);
    errno = error;
    if (!ok) {
        buf_drop(&all);
        return fail(s);
    }
    all.length = s->written;
    buf_add(&all, s->held.data, s->held.length);
    buf_drop(&s->held);
    s->held = all;
    close(s->fd);
    s->fd = -1;
    s->folder = NULL;
    return true;
}

/* --- the bytes --- */

static bool add(void *context, const void *bytes, size_t length)
{
    struct spool *s = context;
    if (s->failed)
        return false;
    hash_add(s->hash, bytes, length);
    bool many = s->held.length + length > SPOOL_FEW, large = length > SPOOL_FEW;
    if (many && s->fd < 0 && s->folder)
        open_file(s);
    if (many && s->fd >= 0) {
        bool written = write_held(s) && (!large || write_bytes(s, bytes, length));
        if (written && large)
            return true;
        if (!written && !take_back(s))
            return false;
    }
    buf_add(&s->held, bytes, length);
    return true;
}

struct sink spool_sink(struct spool *s)
{
    return (struct sink){ add, s };
}

/* A NUL goes behind them, as it does behind any buffer. */
static bool map(struct spool *s, struct artifact *a)
{
    void *data = MAP_FAILED;
    if (write_held(s) && RETRIED(ftruncate(s->fd, (off_t)s->written + 1)) == 0)
        data = mmap(NULL, s->written + 1, PROT_READ, MAP_PRIVATE, s->fd, 0);
    if (data == MAP_FAILED)
        return false;
    a->bytes = (struct buf){ .data = data, .length = s->written };
    a->mapped = true;
    return true;
}

bool spool_end(struct spool *s, struct artifact *a)
{
    uint8_t digest[HASH_BYTES];
    if (s->failed)
        return false;
    hash_digest(s->hash, digest);
    hash_hex(digest, a->sha256);
    if (s->fd >= 0 && map(s, a))
        return true;
    if (s->fd >= 0 && !take_back(s))
        return false;
    a->bytes = s->held;
    s->held = (struct buf){ 0 };
    return true;
}

void artifact_drop(struct artifact *a)
{
    if (a->mapped)
        munmap(a->bytes.data, a->bytes.length + 1);
    else
        buf_drop(&a->bytes);
    a->bytes = (struct buf){ 0 };
    a->mapped = false;
}
