/* The journal. Knows lines and the disk; must not know what is to be done about what they say. */
#include "publish/mail_journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <uthash.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"

enum { FIELD_TIME, FIELD_EVENT, FIELD_ID, FIELD_RUN, FIELD_FILE, FIELD_SHA256, FIELD_TO, FIELD_REPLY, FIELDS };
enum { REPLY_MOST = 300 };
static const size_t JOURNAL_MOST = (size_t)512 << 20;
static const char *const events[MAIL_EVENTS] = { "begun", "ending", "sent", "later", "refused" };
static const char torn[] = "\ttorn\n";
static const char title[] = "# Mail that was sent, and what was tried: read by mujaz, which only appends to it.\n";

struct slot {
    const char *key; /* "address\tfile" */
    struct mail_record record;
    UT_hash_handle hh;
};

struct mail_journal {
    struct arena *arena;
    const char *path;
    int fd; /* -1: only read */
    struct slot *slots;
};

static void note(struct mail_journal *j, enum mail_event event, const char *const field[FIELDS])
{
    const char *key = arena_printf(j->arena, "%s\t%s", field[FIELD_TO], field[FIELD_FILE]);
    struct slot *slot;
    HASH_FIND_STR(j->slots, key, slot);
    if (!slot) {
        slot = arena_alloc(j->arena, sizeof *slot);
        slot->key = key;
        HASH_ADD_KEYPTR(hh, j->slots, slot->key, strlen(slot->key), slot);
    }
    struct mail_record *r = &slot->record;
    r->last = event;
    r->run = field[FIELD_RUN];
    r->sha256 = field[FIELD_SHA256];
    r->id = field[FIELD_ID];
    r->reply = field[FIELD_REPLY];
    if (event == MAIL_SENT) {
        r->sent_run = r->run;
        r->sent_sha256 = r->sha256;
    }
}

const struct mail_record *mail_journal_find(const struct mail_journal *j, const char *to, const char *file)
{
    struct slot *slot;
    const char *key = arena_printf(j->arena, "%s\t%s", to, file);
    HASH_FIND_STR(j->slots, key, slot);
    return slot ? &slot->record : NULL;
}

/* --- reading --- */

/* False: it is no line of a journal. The line is parted in place. */
static bool read_line(struct mail_journal *j, char *line, size_t length)
{
    const char *field[FIELDS];
    size_t count = 0, end = sizeof torn - 2;
    if (!*line || *line == '#' || (length >= end && memcmp(line + length - end, torn, end) == 0))
        return true;
    for (char *p = line; p && count < FIELDS; count++) {
        field[count] = p;
        p = strchr(p, '\t');
        if (p)
            *p++ = '\0';
    }
    if (count != FIELDS || strlen(field[FIELD_SHA256]) != HASH_HEX - 1 || strlen(field[FIELD_ID]) != MAIL_ID - 1)
        return false;
    for (int e = 0; e < MAIL_EVENTS; e++)
        if (strcmp(field[FIELD_EVENT], events[e]) == 0)
            return note(j, (enum mail_event)e, field), true;
    return false;
}

/* A crash may have cut the last line, or filled it with NULs: the step behind it was not taken then. */
static bool read_lines(struct mail_journal *j, char *text, size_t length, bool *whole, struct diags *diags)
{
    uint32_t number = 1;
    *whole = true;
    for (char *line = text, *end, *last = text + length; line < last; line = end + 1, number++) {
        end = memchr(line, '\n', (size_t)(last - line));
        *whole = end;
        if (!end)
            return true;
        *end = '\0';
        if (!read_line(j, line, (size_t)(end - line))) {
            diag_add(diags, DIAG_MAIL_JOURNAL, (struct place){ j->path, number, 1 },
                     "this is no line of the journal, so it is not known what was sent; nothing is sent until the line "
                     "is put right or taken out");
            return false;
        }
    }
    return true;
}

/* --- writing --- */

static bool fail(const struct mail_journal *j, const char *what, struct diags *diags)
{
    diag_add(diags, DIAG_MAIL_JOURNAL, (struct place){ .file = j->path }, "%s: %s; nothing more is sent", what,
             strerror(errno));
    return false;
}

static bool append(const struct mail_journal *j, const char *bytes, size_t length, struct diags *diags)
{
    while (length > 0) {
        ssize_t n = write(j->fd, bytes, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fail(j, "cannot be written", diags);
        bytes += n;
        length -= (size_t)n;
    }
    return fsync(j->fd) == 0 || fail(j, "cannot be synced", diags);
}

static void add_time(struct buf *line)
{
    char text[32];
    time_t now = time(NULL);
    struct tm utc;
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    buf_add_string(line, text);
}

/* Bytes that would part fields or lines, or change a terminal, become blanks. */
static void add_reply(struct buf *line, const char *reply)
{
    for (size_t i = 0; reply[i] && i < REPLY_MOST; i++)
        buf_add_char(line, reply[i] < ' ' || reply[i] > '~' ? ' ' : reply[i]);
}

bool mail_journal_add(struct mail_journal *j, enum mail_event event, const struct mail_entry *e, const char *reply,
                      struct diags *diags)
{
    struct buf line;
    buf_init(&line);
    add_time(&line);
    buf_printf(&line, "\t%s\t%s\t%s\t%s\t%s\t%s\t", events[event], e->id, e->run, e->file, e->sha256, e->to);
    add_reply(&line, reply);
    buf_add_char(&line, '\n');
    bool ok = append(j, line.data, line.length, diags);
    if (ok)
        read_line(j, arena_string_n(j->arena, line.data, line.length - 1), line.length - 1);
    buf_drop(&line);
    return ok;
}

/* --- opening --- */

static bool sync_folder(const struct mail_journal *j)
{
    const char *slash = strrchr(j->path, '/');
    int fd = open(slash ? arena_string_n(j->arena, j->path, (size_t)(slash - j->path)) : ".",
                  O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return ok;
}

static bool open_file(struct mail_journal *j, bool *busy, struct diags *diags)
{
    j->fd = open(j->path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (j->fd < 0)
        return fail(j, "cannot be opened", diags);
    if (flock(j->fd, LOCK_EX | LOCK_NB) == 0)
        return sync_folder(j) || fail(j, "its folder cannot be synced", diags);
    *busy = errno == EWOULDBLOCK;
    return !*busy && fail(j, "cannot be locked", diags);
}

struct mail_journal *mail_journal_open(const char *path, enum mail_journal_use use, bool *busy, struct diags *diags)
{
    struct arena *arena = arena_new();
    struct mail_journal *j = arena_alloc(arena, sizeof *j);
    size_t length = 0;
    bool whole = true;
    *busy = false;
    *j = (struct mail_journal){ .arena = arena, .path = arena_string(arena, path), .fd = -1 };
    bool ok = use == MAIL_JOURNAL_READ || open_file(j, busy, diags);
    if (ok && (use == MAIL_JOURNAL_WRITE || file_exists(path))) {
        char *text = file_read(path, JOURNAL_MOST, arena, &length, diags);
        ok = text && read_lines(j, text, length, &whole, diags);
    }
    if (ok && use == MAIL_JOURNAL_WRITE && (!whole || length == 0))
        ok = whole ? append(j, title, sizeof title - 1, diags) : append(j, torn, sizeof torn - 1, diags);
    if (ok)
        return j;
    mail_journal_close(j);
    return NULL;
}

void mail_journal_close(struct mail_journal *j)
{
    if (!j)
        return;
    HASH_CLEAR(hh, j->slots);
    if (j->fd >= 0)
        close(j->fd);
    arena_drop(j->arena);
}
