/* Reading files whole, with what can go wrong told apart: absent and too large are the author's to mend, the
 * rest the system's. Knows nothing of what the files hold, beyond that text is UTF-8. */
#define _DEFAULT_SOURCE /* madvise */
#include "base/file.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_absent(int error)
{
    return error == ENOENT || error == ENOTDIR || error == ENAMETOOLONG;
}

/* Reads until the end or until `room` bytes are there; the count, or -1. */
static ssize_t read_all(int fd, char *into, size_t room)
{
    size_t have = 0;
    while (have < room) {
        ssize_t n = read(fd, into + have, room - have);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        have += (size_t)n;
    }
    return (ssize_t)have;
}

/* The size of an open file, or false with a diagnostic when it is no regular one. */
static bool measure(int fd, const char *path, uint64_t *size, struct diags *diags)
{
    struct place at = { .file = path };
    struct stat info;
    int done;

    do
        done = fstat(fd, &info);
    while (done < 0 && errno == EINTR);
    if (done < 0) {
        diag_add(diags, DIAG_FILE_READ, at, "cannot be read: %s", strerror(errno));
        return false;
    }
    if (!S_ISREG(info.st_mode)) {
        diag_add(diags, DIAG_FILE_ABSENT, at, "is no regular file; a file is needed here");
        return false;
    }
    *size = (uint64_t)info.st_size;
    return true;
}

static struct {
    char *named, *real; /* the folder as paths have it, and without links; NULL: nothing is closed */
} confined;

void file_confine(const char *folder)
{
    free(confined.named);
    free(confined.real);
    confined.named = xstrdup(folder);
    confined.real = realpath(folder, NULL);
}

static bool stands_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && (path[length] == '/' || (length && folder[length - 1] == '/'));
}

/* A path in the folder that nothing is read outside of, whose links lead out of it. */
static bool leads_out(const char *path)
{
    if (!confined.real || !stands_below(path, confined.named))
        return false;
    char *real = realpath(path, NULL);
    bool out = real && !stands_below(real, confined.real);
    free(real);
    return out;
}

static void tell_unopened(const char *path, int error, struct diags *diags)
{
    struct place at = { .file = path };
    if (is_absent(error))
        diag_add(diags, DIAG_FILE_ABSENT, at, "there is no such file");
    else if (error == EACCES && leads_out(path))
        diag_add(diags, DIAG_FILE_READ, at, "a link leads out of the workspace, where 'mujaz nightly' reads nothing; "
                 "copy what it leads to into the workspace, or mount it there (mount --bind)");
    else
        diag_add(diags, DIAG_FILE_READ, at, "cannot be opened: %s", strerror(error));
}

int file_open(const char *path, uint64_t *size, struct diags *diags)
{
    int fd;

    do
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        tell_unopened(path, errno, diags);
    if (fd < 0 || measure(fd, path, size, diags))
        return fd;
    close(fd);
    return -1;
}

static char *read_open(int fd, const char *path, uint64_t size, size_t limit, struct arena *arena,
                       size_t *length, struct diags *diags)
{
    struct place at = { .file = path };

    if (size > limit) {
        diag_add(diags, DIAG_FILE_SIZE, at, "has %llu bytes; at most %zu are read", (unsigned long long)size,
                 limit);
        return NULL;
    }
    char *text = arena_alloc(arena, (size_t)size + 1);
    ssize_t n = read_all(fd, text, (size_t)size);
    if (n < 0) {
        diag_add(diags, DIAG_FILE_READ, at, "cannot be read: %s", strerror(errno));
        return NULL;
    }
    text[n] = '\0';
    *length = (size_t)n;
    return text;
}

char *file_read(const char *path, size_t limit, struct arena *arena, size_t *length, struct diags *diags)
{
    uint64_t size;
    int fd = file_open(path, &size, diags);
    if (fd < 0)
        return NULL;
    char *text = read_open(fd, path, size, limit, arena, length, diags);
    close(fd);
    return text;
}

/* The place of byte `offset`; everything before it is valid UTF-8. */
static struct place place_of(const char *path, const char *text, size_t offset)
{
    struct place at = { .file = path, .line = 1 };
    size_t line = 0;
    for (size_t i = 0; i < offset; i++)
        if (text[i] == '\n') {
            at.line++;
            line = i + 1;
        }
    at.col = (uint32_t)utf8_count(text + line, offset - line) + 1;
    return at;
}

bool file_check_text(const char *path, const char *text, size_t length, struct diags *diags)
{
    size_t valid = utf8_check(text, length);
    if (valid < length) {
        diag_add(diags, DIAG_UTF8_BAD, place_of(path, text, valid),
                 "byte 0x%02X is not valid UTF-8; save the file as UTF-8", (unsigned char)text[valid]);
        return false;
    }
    for (const char *p = text; p < text + length;) {
        const char *at = p;
        bool ascii = *p >= 0x20 && *p < 0x7F;
        uint32_t c = ascii ? (unsigned char)*p++ : utf8_next(&p);
        if (utf8_is_refused(c)) {
            diag_add(diags, DIAG_UTF8_BAD, place_of(path, text, (size_t)(at - text)),
                     "the character U+%04X may not stand in a text; take it out", (unsigned)c);
            return false;
        }
    }
    return true;
}

char *file_read_text(const char *path, size_t limit, struct arena *arena, size_t *length, struct diags *diags)
{
    static const char bom[] = "\xEF\xBB\xBF";
    char *text = file_read(path, limit, arena, length, diags);
    if (!text)
        return NULL;
    if (*length >= 3 && memcmp(text, bom, 3) == 0) {
        text += 3;
        *length -= 3;
    }
    return file_check_text(path, text, *length, diags) ? text : NULL;
}

static bool look_at(const char *path)
{
    struct stat info;
    int done;
    do
        done = stat(path, &info);
    while (done < 0 && errno == EINTR);
    return done == 0;
}

bool file_exists(const char *path)
{
    return look_at(path);
}

const char *folder_next(DIR *dir)
{
    struct dirent *entry;
    do {
        errno = 0;
        entry = readdir(dir);
    } while (entry ? strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 : errno == EINTR);
    return entry ? entry->d_name : NULL;
}

bool file_is_absent(const char *path)
{
    return !look_at(path) && is_absent(errno);
}

static bool is_listed(const char *const names[], size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

const char **file_list(struct arena *arena, const char *folder, const char *suffix, const char **names, size_t *count)
{
    size_t tail = strlen(suffix), before = *count;
    DIR *dir = opendir(folder);

    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        size_t length = strlen(entry->d_name);
        if (entry->d_name[0] == '.' || length <= tail || strcmp(entry->d_name + length - tail, suffix) != 0)
            continue;
        const char *name = arena_string_n(arena, entry->d_name, length - tail);
        if (is_listed(names, before, name))
            continue;
        names = arena_grow(arena, names, *count, sizeof *names);
        names[(*count)++] = name;
    }
    if (dir)
        closedir(dir);
    if (*count - before > 1)
        qsort(names + before, *count - before, sizeof *names, utf8_compare);
    return names;
}

char *file_join(struct arena *arena, const char *folder, const char *name)
{
    size_t n = strlen(folder);
    return arena_printf(arena, "%s%s%s", folder, n && folder[n - 1] == '/' ? "" : "/", name);
}

bool file_path_is_inside(const char *path)
{
    if (!*path || strchr(path, '\\'))
        return false;
    for (const char *part = path;;) {
        size_t n = strcspn(part, "/");
        if (n == 0 || (n == 2 && part[0] == '.' && part[1] == '.'))
            return false;
        if (!part[n])
            return true;
        part += n + 1;
    }
}

void file_unload(const char *mapping, size_t length)
{
    madvise((void *)(uintptr_t)mapping, length, MADV_DONTNEED);
}
