/* Runs. Knows folders, links and locks; must not know what the files are. */
#include "publish/runs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/signals.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "publish/files.h"

static const char unchanged[] = "what was published before stays as it is";
static const char published[] = "the new run is published";
static const char STAGE_END[] = ".stage";

struct runs {
    struct arena *arena;
    const char *out, *id, *stage, *current; /* stage: ".ID.stage" */
    int lock, out_dir, runs_dir, stage_dir; /* -1: not open */
    bool whole;                             /* renamed: there is no stage any more */
    struct held_signals held;
};

/* A diagnostic from errno, placed at OUT/path. */
static bool fail(const struct runs *r, const char *path, const char *what, const char *then, struct diags *diags)
{
    int error = errno;
    char why[FILE_WHY];
    diag_add(diags, DIAG_FILE_WRITE, (struct place){ .file = file_join(r->arena, r->out, path) }, "%s: %s; %s", what,
             file_why(r->out, error, why), then);
    return false;
}

/* --- folders --- */

static int open_folder(int at, const char *name)
{
    return RETRIED(openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

static DIR *list_folder(int at, const char *name)
{
    int fd = open_folder(at, name);
    DIR *dir;
    do
        dir = fd < 0 ? NULL : fdopendir(fd);
    while (!dir && fd >= 0 && errno == EINTR);
    if (!dir && fd >= 0)
        close(fd);
    return dir;
}

/* Removes a folder of files; what is no file in it stays, and then the folder does. */
static bool remove_folder(int at, const char *name)
{
    DIR *dir = list_folder(at, name);
    if (!dir)
        return false;
    for (const char *entry; (entry = folder_next(dir));)
        (void)RETRIED(unlinkat(dirfd(dir), entry, 0));
    closedir(dir);
    return RETRIED(unlinkat(at, name, AT_REMOVEDIR)) == 0;
}

static bool is_stage(const char *name)
{
    size_t length = strlen(name), end = sizeof STAGE_END - 1;
    return name[0] == '.' && length > end && strcmp(name + length - end, STAGE_END) == 0;
}

struct names {
    const char **items;
    size_t count;
};

static bool is_folder(int at, const char *name)
{
    struct stat st;
    return RETRIED(fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW)) == 0 && S_ISDIR(st.st_mode);
}

/* Names that are later than this run's are of a clock that ran ahead, or of the time before this one was set back: they
 * come first, as the oldest. */
static void put_later_first(const struct runs *r, struct names *names)
{
    size_t later = names->count;
    while (later > 0 && r->id && strcmp(names->items[later - 1], r->id) > 0)
        later--;
    const char **sorted = arena_array(r->arena, names->count + 1, sizeof *sorted);
    for (size_t i = 0; i < names->count; i++)
        sorted[i] = names->items[(later + i) % names->count];
    names->items = sorted;
}

/* Of folders in runs/: stages, or published runs, the oldest first. None when they cannot all be listed. */
static struct names list_runs(const struct runs *r, bool stages)
{
    struct names names = { NULL, 0 };
    DIR *dir = list_folder(r->runs_dir, ".");
    if (!dir)
        return names;
    for (const char *entry; (entry = folder_next(dir));) {
        if ((stages ? !is_stage(entry) : entry[0] == '.') || !is_folder(r->runs_dir, entry))
            continue;
        names.items = arena_grow(r->arena, names.items, names.count, sizeof *names.items);
        names.items[names.count++] = arena_string(r->arena, entry);
    }
    names.count = errno ? 0 : names.count;
    closedir(dir);
    if (names.count > 1)
        qsort(names.items, names.count, sizeof *names.items, utf8_compare);
    put_later_first(r, &names);
    return names;
}

/* --- beginning --- */

static bool take_lock(struct runs *r, bool *busy)
{
    const struct timespec moment = { .tv_nsec = 50 * 1000 * 1000 };
    *busy = false;
    r->lock = RETRIED(openat(r->out_dir, ".lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (r->lock < 0)
        return false;
    if (RETRIED(flock(r->lock, LOCK_EX | LOCK_NB)) == 0)
        return true;
    nanosleep(&moment, NULL); /* runs_look holds it that long at most */
    if (RETRIED(flock(r->lock, LOCK_EX | LOCK_NB)) == 0)
        return true;
    *busy = errno == EWOULDBLOCK;
    return false;
}

static const char *user_name(const struct runs *r, uid_t user)
{
    const struct passwd *known = getpwuid(user);
    return known ? arena_string(r->arena, known->pw_name) : arena_printf(r->arena, "%lu", (unsigned long)user);
}

/* Most often somebody tried a run by hand, as another user. */
static bool fail_lock(const struct runs *r, struct diags *diags)
{
    int error = errno;
    struct stat st;
    const char *what = "cannot be locked";
    if (error == EACCES && fstatat(r->out_dir, ".lock", &st, AT_SYMLINK_NOFOLLOW) == 0 && st.st_uid != geteuid()) {
        const char *own = user_name(r, geteuid()), *other = user_name(r, st.st_uid);
        what = arena_printf(r->arena, "cannot be locked by user %s, as it belongs to %s; run as %s, or give the folder "
                            "to %s (chown -R)", own, other, other, own);
    }
    errno = error;
    return fail(r, ".lock", what, unchanged, diags);
}

/* What `current` leads to, when that is a run, "runs/ID"; NULL when it is none. False with errno when the system does
 * not say: nothing of that run must be given up for it. */
static bool read_current(const struct runs *r, const char **current)
{
    char target[512];
    ssize_t length = RETRIED((int)readlinkat(r->out_dir, "current", target, sizeof target - 1));
    *current = NULL;
    if (length < 0)
        return errno == ENOENT || errno == EINVAL;
    target[length] = '\0';
    if (length <= 5 || (size_t)length >= sizeof target - 1 || memcmp(target, "runs/", 5) != 0
        || strchr(target + 5, '/') || target[5] == '.')
        return true;
    int fd = open_folder(r->runs_dir, target + 5);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == ELOOP;
    close(fd);
    *current = arena_string(r->arena, target + 5);
    return true;
}

/* The wanted name; where a run has it, of the same second, with the next number. */
static const char *free_id(const struct runs *r, const char *wanted)
{
    struct names runs = list_runs(r, false);
    size_t stem = strlen(wanted);
    unsigned long number = 0;
    for (size_t i = 0; i < runs.count; i++) {
        const char *end = strncmp(runs.items[i], wanted, stem) == 0 ? runs.items[i] + stem : "other";
        unsigned long next = (*end == '-' ? strtoul(end + 1, NULL, 10) : 0) + 1;
        if ((*end == '-' || !*end) && next > number)
            number = next;
    }
    return number ? arena_printf(r->arena, "%s-%06lu", wanted, number) : wanted;
}

static bool make_stage(struct runs *r)
{
    struct names dead = list_runs(r, true);
    for (size_t i = 0; i < dead.count; i++)
        remove_folder(r->runs_dir, dead.items[i]);
    r->stage = arena_printf(r->arena, ".%s%s", r->id, STAGE_END);
    if (faccessat(r->runs_dir, r->id, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return false;
    }
    if (RETRIED(mkdirat(r->runs_dir, r->stage, 0700)) != 0)
        return false;
    r->stage_dir = open_folder(r->runs_dir, r->stage);
    return r->stage_dir >= 0;
}

/* From the second run on they are there. */
static bool make_way(const struct runs *r, const char *name, const char *target)
{
    return RETRIED(faccessat(r->runs_dir, name, F_OK, AT_SYMLINK_NOFOLLOW)) == 0
        || RETRIED(symlinkat(target, r->runs_dir, name)) == 0;
}

static enum runs_begun open_all(struct runs *r, struct diags *diags)
{
    bool busy;
    if (!folder_make(file_join(r->arena, r->out, "runs")))
        return fail(r, "runs", "the folder cannot be made", unchanged, diags), RUNS_FAILED;
    r->out_dir = RETRIED(open(r->out, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    r->runs_dir = r->out_dir < 0 ? -1 : open_folder(r->out_dir, "runs");
    if (r->runs_dir < 0)
        return fail(r, "runs", "the folder cannot be opened", unchanged, diags), RUNS_FAILED;
    if (!take_lock(r, &busy)) {
        if (!busy)
            fail_lock(r, diags);
        return busy ? RUNS_BUSY : RUNS_FAILED;
    }
    if (!make_way(r, "runs", ".") || !make_way(r, "current", "../current"))
        return fail(r, "runs", "its links cannot be made", unchanged, diags), RUNS_FAILED;
    if (!read_current(r, &r->current))
        return fail(r, "current", "cannot be read", unchanged, diags), RUNS_FAILED;
    r->id = free_id(r, r->id);
    if (!make_stage(r))
        return fail(r, file_join(r->arena, "runs", r->id), "cannot be made", unchanged, diags), RUNS_FAILED;
    return RUNS_BEGUN;
}

enum runs_begun runs_begin(const char *out, const char *id, struct runs **made, struct diags *diags)
{
    struct arena *arena = arena_new();
    struct runs *r = arena_alloc(arena, sizeof *r);
    *r = (struct runs){ .arena = arena, .lock = -1, .out_dir = -1, .runs_dir = -1, .stage_dir = -1,
                        .out = arena_string(arena, out), .id = arena_string(arena, id) };
    signals_hold(&r->held);
    enum runs_begun begun = open_all(r, diags);
    if (begun != RUNS_BEGUN) {
        runs_end(r);
        r = NULL;
    }
    *made = r;
    return begun;
}

const char *runs_id(const struct runs *r)
{
    return r->id;
}

const char *runs_current(const struct runs *r)
{
    return r->current;
}

const char *runs_current_file(const struct runs *r, const char *name, struct arena *arena)
{
    return arena_printf(arena, "%s/runs/%s/%s", r->out, r->current, name);
}

const char **runs_former(const struct runs *r, const char *file, size_t most, const char *oldest, size_t *count,
                         struct arena *arena)
{
    struct names runs = list_runs(r, false);
    const char **former = arena_array(arena, runs.count + 1, sizeof *former);
    *count = 0;
    for (size_t i = most && runs.count >= most ? runs.count - most + 1 : 0; i < runs.count; i++)
        if ((!oldest || strcmp(runs.items[i], oldest) >= 0)
            && RETRIED(faccessat(r->runs_dir, arena_printf(arena, "%s/%s", runs.items[i], file), R_OK, 0)) == 0)
            former[(*count)++] = arena_string(arena, runs.items[i]);
    return former;
}

/* --- files --- */

bool runs_stopped(const struct runs *r, struct diags *diags)
{
    if (!signals_wait(&r->held))
        return false;
    errno = EINTR;
    fail(r, "runs", "stopped by a signal", unchanged, diags);
    return true;
}

bool runs_write(struct runs *r, const struct artifact *a, struct diags *diags)
{
    static const char *const failures[] = { "cannot be made", "cannot be written",
                                            "does not read back as it was written" };
    if (runs_stopped(r, diags))
        return false;
    enum file_step step = file_write_new(r->stage_dir, a->name, a, file_usual_mode());
    return step == FILE_DONE
        || fail(r, arena_printf(r->arena, "runs/%s/%s", r->stage, a->name), failures[step], unchanged, diags);
}

void runs_discard(struct runs *r, const char *name)
{
    (void)RETRIED(unlinkat(r->stage_dir, name, 0));
}

/* Below the folder that was opened, wherever that may have been moved since. errno is 0 when it is not as it was. */
static bool is_as_it_was(const struct runs *r, const char *path, const struct artifact *a)
{
    int fd = RETRIED(openat(r->runs_dir, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    char digest[HASH_HEX];
    bool hashed = fd >= 0 && hash_descriptor(fd, digest);
    int error = errno;
    if (fd >= 0)
        close(fd);
    errno = hashed || error == ENOENT || error == ELOOP || error == EISDIR ? 0 : error;
    return hashed && strcmp(digest, a->sha256) == 0;
}

static bool keep_one(const struct runs *r, const struct artifact *a, bool look_only, struct diags *diags)
{
    const char *path = arena_printf(r->arena, "%s/%s", r->current, a->name);
    if (look_only ? is_as_it_was(r, path, a) : RETRIED(linkat(r->runs_dir, path, r->stage_dir, a->name, 0)) == 0)
        return true;
    if (diags && errno)
        fail(r, file_join(r->arena, "runs", path), "cannot be kept in the new run", unchanged, diags);
    return false;
}

bool runs_keep(struct runs *r, const struct artifact *files, size_t count, struct diags *diags)
{
    size_t kept = 0;
    if (!r->current)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!keep_one(r, &files[i], true, diags))
            return false;
    while (kept < count && keep_one(r, &files[kept], false, diags))
        kept++;
    for (size_t i = 0; i < kept && kept < count; i++)
        (void)RETRIED(unlinkat(r->stage_dir, files[i].name, 0));
    return kept == count;
}

/* --- the switch --- */

static bool switch_current(const struct runs *r)
{
    static const char link[] = ".current"; /* one that was killed here left its own: it goes */
    const char *target = arena_printf(r->arena, "runs/%s", r->id);
    (void)RETRIED(unlinkat(r->out_dir, link, 0));
    if (RETRIED(symlinkat(target, r->out_dir, link)) != 0)
        return false;
    if (RETRIED(renameat(r->out_dir, link, r->out_dir, "current")) == 0)
        return true;
    int error = errno;
    (void)RETRIED(unlinkat(r->out_dir, link, 0));
    errno = error;
    return false;
}

/* Whether OUT is the folder that was opened: readers look there, not where it may have been moved to meanwhile. */
static bool is_in_place(const struct runs *r)
{
    struct stat opened, named;
    if (RETRIED(fstat(r->out_dir, &opened)) != 0 || RETRIED(stat(r->out, &named)) != 0)
        return false;
    errno = ESTALE;
    return opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

bool runs_publish(struct runs *r, const struct artifact *manifest, struct diags *diags)
{
    if (!runs_write(r, manifest, diags))
        return false;
    if (!is_in_place(r))
        return fail(r, "runs", "was moved or replaced while the run worked", unchanged, diags);
    if (RETRIED(fchmod(r->stage_dir, 0755)) != 0 || RETRIED(fsync(r->stage_dir)) != 0)
        return fail(r, file_join(r->arena, "runs", r->stage), "cannot be synced", unchanged, diags);
    if (RETRIED(renameat(r->runs_dir, r->stage, r->runs_dir, r->id)) != 0)
        return fail(r, file_join(r->arena, "runs", r->id), "cannot be put in place", unchanged, diags);
    r->whole = true;
    if (RETRIED(fsync(r->runs_dir)) != 0)
        return fail(r, "runs", "cannot be synced", unchanged, diags);
    if (!switch_current(r))
        return fail(r, "current", "cannot be switched to the new run", unchanged, diags);
    if (RETRIED(fsync(r->out_dir)) != 0)
        return fail(r, "current", "cannot be synced", published, diags);
    r->current = r->id;
    return true;
}

size_t runs_retire(struct runs *r, size_t most, const char *oldest, struct diags *diags)
{
    struct names runs = list_runs(r, false);
    size_t gone = 0;
    for (size_t i = 0; i < runs.count; i++) {
        bool many = most && i + most < runs.count, old = oldest && strcmp(runs.items[i], oldest) < 0;
        if ((!many && !old) || (r->current && strcmp(runs.items[i], r->current) == 0))
            continue;
        if (remove_folder(r->runs_dir, runs.items[i]))
            gone++;
        else
            fail(r, file_join(r->arena, "runs", runs.items[i]), "an old run cannot be removed", published, diags);
    }
    return gone;
}

/* --- looking --- */

static enum runs_work look_at_lock(int out_dir)
{
    int lock = RETRIED(openat(out_dir, ".lock", O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (lock < 0)
        return errno == ENOENT ? RUNS_IDLE : RUNS_UNKNOWN;
    enum runs_work work = RETRIED(flock(lock, LOCK_SH | LOCK_NB)) == 0 ? RUNS_IDLE
                        : errno == EWOULDBLOCK                         ? RUNS_WORKING
                                                                       : RUNS_UNKNOWN;
    close(lock);
    return work;
}

/* A stage that nobody works on, also when the lock is looked at once more: a run may have begun meanwhile. */
static bool has_dead_stage(const struct runs *r)
{
    return list_runs(r, true).count > 0 && look_at_lock(r->out_dir) == RUNS_IDLE;
}

const char *runs_look(const char *out, enum runs_work *work, struct arena *arena)
{
    struct runs r = { .arena = arena };
    const char *current = NULL;
    *work = RUNS_IDLE;
    r.out_dir = RETRIED(open(out, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (r.out_dir < 0)
        return NULL;
    *work = look_at_lock(r.out_dir);
    r.runs_dir = open_folder(r.out_dir, "runs");
    if (r.runs_dir >= 0) {
        read_current(&r, &current);
        *work = *work == RUNS_IDLE && has_dead_stage(&r) ? RUNS_KILLED : *work;
        close(r.runs_dir);
    }
    close(r.out_dir);
    return current;
}

/* --- ending --- */

void runs_end(struct runs *r)
{
    if (!r)
        return;
    if (r->stage_dir >= 0) {
        close(r->stage_dir);
        if (!r->whole)
            remove_folder(r->runs_dir, r->stage);
    }
    const int open[] = { r->runs_dir, r->out_dir, r->lock };
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (open[i] >= 0)
            close(open[i]);
    signals_release(&r->held);
    arena_drop(r->arena);
}
