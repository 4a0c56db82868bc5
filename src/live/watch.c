/* Folders and their events. Must not know what is done about a change. */
#define _GNU_SOURCE
#include "live/watch.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"

enum { QUIET_MS = 20, LONGEST_MS = 200, DEEPEST = 8 };
enum { FILES = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE, FOLDERS = IN_CREATE | IN_DELETE_SELF };

/* A folder that is watched, by the kernel's number for it. */
struct watched {
    int number;
    unsigned part;
    bool names_only; /* reports/: of its entries only the report's own folder counts */
};

struct watch {
    int fd;
    struct arena *arena;
    const char *workspace, *report;
    struct watched *watched; /* heap */
    size_t count;
    bool full;               /* a folder could not be watched */
};

/* Whether it was not watched for that part: what is no folder, or not there, is not, nor one that a link leads back
 * to. */
static bool add(struct watch *w, const char *path, unsigned part, bool names_only)
{
    int number = inotify_add_watch(w->fd, path, FILES | FOLDERS | IN_ONLYDIR);
    if (number < 0) {
        w->full |= errno == ENOSPC || errno == ENOMEM;
        return false;
    }
    size_t i = 0;
    while (i < w->count && w->watched[i].number != number)
        i++;
    if (i == w->count) {
        w->watched = xrealloc(w->watched, ++w->count, sizeof *w->watched);
        w->watched[i] = (struct watched){ number, 0, names_only };
    } else if ((w->watched[i].part & part) == part) {
        return false;
    }
    w->watched[i].part |= part;
    w->watched[i].names_only &= names_only;
    return true;
}

static void add_tree(struct watch *w, const char *path, unsigned part, int depth)
{
    DIR *dir = add(w, path, part, false) && depth < DEEPEST ? opendir(path) : NULL;
    if (!dir)
        return;
    for (struct dirent *entry; (entry = readdir(dir));)
        if (entry->d_type != DT_REG && entry->d_name[0] != '.') /* not every file system tells what it is */
            add_tree(w, file_join(w->arena, path, entry->d_name), part, depth + 1);
    closedir(dir);
}

/* Again whenever a folder came, so that none is missed. */
static void add_all(struct watch *w)
{
    arena_clear(w->arena);
    w->count = 0;
    const char *reports = file_join(w->arena, w->workspace, "reports");
    add(w, w->workspace, WATCH_ALL, true);
    add(w, reports, WATCH_REPORT, true);
    add_tree(w, file_join(w->arena, reports, w->report), WATCH_REPORT, 0);
    add_tree(w, file_join(w->arena, w->workspace, "datasets"), WATCH_DATASETS, 0);
    add_tree(w, file_join(w->arena, w->workspace, "layouts"), WATCH_LAYOUTS, 0);
    add_tree(w, file_join(w->arena, w->workspace, "fonts"), WATCH_FONTS, 0);
}

struct watch *watch_new(const char *workspace, const char *report, struct diags *diags)
{
    struct watch *w = xcalloc(1, sizeof *w);
    *w = (struct watch){ .arena = arena_new(), .workspace = workspace, .report = report };
    w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (w->fd >= 0)
        add_all(w);
    if (w->fd >= 0 && !w->full)
        return w;
    diag_add(diags, DIAG_WATCH, (struct place){ .file = workspace },
             "its folders cannot be watched: %s; raise fs.inotify.max_user_watches and max_user_instances",
             w->fd < 0 ? strerror(errno) : "there are no more watches");
    watch_drop(w);
    return NULL;
}

void watch_drop(struct watch *w)
{
    if (!w)
        return;
    if (w->fd >= 0)
        close(w->fd);
    free(w->watched);
    arena_drop(w->arena);
    free(w);
}

int watch_fd(const struct watch *w)
{
    return w->fd;
}

/* Files that editors make beside the one that is edited. */
static bool is_passing(const char *name)
{
    size_t length = strlen(name);
    return name[0] == '.' || name[0] == '#' || (length && name[length - 1] == '~') || strcmp(name, "4913") == 0;
}

/* Of the workspace's own entries these count. */
static unsigned part_of(const struct watch *w, const struct watched *of, const char *name)
{
    static const struct { const char *name; unsigned part; } parts[] = {
        { "reports", WATCH_REPORT }, { "datasets", WATCH_DATASETS },
        { "layouts", WATCH_LAYOUTS }, { "fonts", WATCH_FONTS },
    };
    if (!of->names_only)
        return of->part;
    if (of->part == WATCH_REPORT)
        return strcmp(name, w->report) == 0 ? WATCH_REPORT : 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(name, parts[i].name) == 0)
            return parts[i].part;
    return 0;
}

/* One event; *again: folders may have come. */
static unsigned take_event(const struct watch *w, const struct inotify_event *event, bool *again)
{
    const char *name = event->len ? event->name : "";
    if (event->mask & IN_Q_OVERFLOW) {
        *again = true;
        return WATCH_ALL;
    }
    for (size_t i = 0; i < w->count; i++) {
        if (w->watched[i].number != event->wd)
            continue;
        unsigned part = is_passing(name) ? 0 : part_of(w, &w->watched[i], name);
        *again |= part && event->mask & IN_ISDIR;
        return event->mask & IN_CREATE && !(event->mask & IN_ISDIR) ? 0 : part; /* a file counts when it is written */
    }
    return 0;
}

static unsigned take_events(struct watch *w)
{
    _Alignas(struct inotify_event) char bytes[16 * 1024];
    unsigned parts = 0;
    bool again = false;
    for (ssize_t got; (got = read(w->fd, bytes, sizeof bytes)) > 0;)
        for (ssize_t at = 0; at < got;) {
            const struct inotify_event *event = (const struct inotify_event *)(void *)(bytes + at);
            parts |= take_event(w, event, &again);
            at += (ssize_t)sizeof *event + event->len;
        }
    if (again)
        add_all(w);
    return parts;
}

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

unsigned watch_take(struct watch *w)
{
    struct pollfd ready = { .fd = w->fd, .events = POLLIN };
    long begin = now_ms();
    unsigned parts = take_events(w);
    while (parts && now_ms() - begin < LONGEST_MS && poll(&ready, 1, QUIET_MS) > 0)
        parts |= take_events(w);
    return parts;
}
