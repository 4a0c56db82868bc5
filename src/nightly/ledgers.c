/* Published ledgers. Knows in which order one is asked for the issue before; what it says, report/previous.h knows. */
#include "nightly/ledgers.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "report/doc.h"

enum { LARGEST = 256 << 20, HEAD = 4096 };

/* --- finding --- */

static const char *name_of(const char *report, enum edition edition, struct arena *arena)
{
    if (edition == EDITION_PARALLEL)
        return arena_printf(arena, "%s.ledger.json", report);
    return arena_printf(arena, "%s.%s.ledger.json", report, edition_name(edition));
}

static const struct manifest_file *file_of(const struct manifest_report *published, const char *name)
{
    for (size_t i = 0; published && i < published->file_count; i++)
        if (strcmp(published->files[i].name, name) == 0)
            return &published->files[i];
    return NULL;
}

struct ledgers ledgers_find(const struct runs *runs, const char *out, const char *report,
                            const struct manifest_report *published, struct arena *arena)
{
    struct ledgers l = { .count = 0 };
    for (int e = 0; e < EDITION_COUNT && l.count == 0; e++) {
        size_t former;
        const char *name = name_of(report, (enum edition)e, arena);
        const char **ids = runs_former(runs, name, 0, NULL, &former, arena);
        const char **paths = arena_array(arena, former + 1, sizeof *paths), *now = runs_current(runs);
        const struct manifest_file *file = file_of(published, name);
        if (file) { /* it must be there, whatever the folder's list says */
            paths[l.count++] = runs_current_file(runs, name, arena);
            memcpy(l.sha256, file->sha256, HASH_HEX);
        }
        for (size_t i = former; i-- > 0;)
            if (!file || !now || strcmp(ids[i], now) != 0)
                paths[l.count++] = arena_printf(arena, "%s/runs/%s/%s", out, ids[i], name);
        l.paths = paths;
    }
    return l;
}

/* --- reading --- */

/* The line of the key at the top level, from its start to its line feed; NULL: it has none. In a text a line feed would
 * be escaped. */
static const char *line_of(const char *text, const char *key, size_t *length)
{
    const char *at = strstr(text, key);
    if (at)
        *length = strcspn(++at, "\n");
    return at;
}

/* Whether both are of one issue, by its number, or where it has none by its day. */
static bool same_issue(const char *a, const char *b)
{
    static const char *const keys[] = { "\n  \"issue\": ", "\n  \"as_of\": " };
    for (size_t i = 0; i < 2; i++) {
        size_t x_length = 0, y_length = 0;
        const char *x = line_of(a, keys[i], &x_length), *y = line_of(b, keys[i], &y_length);
        bool same = x && y && x_length == y_length && memcmp(x, y, x_length) == 0;
        if (!same || strncmp(x + strlen(keys[i]) - 1, "null", 4) != 0)
            return same;
    }
    return true;
}

static bool tells(const char *text)
{
    return strstr(text, "\n  \"previous\": ");
}

/* The first bytes of a ledger, in which all that is asked for here stands. */
static const char *read_head(const char *path, struct arena *arena, struct diags *diags)
{
    uint64_t size;
    char *head = arena_alloc(arena, HEAD + 1);
    int fd = file_open(path, &size, diags);
    ssize_t n = 1;
    for (size_t length = 0; fd >= 0 && n > 0 && length < HEAD; length += (size_t)n)
        do
            n = read(fd, head + length, HEAD - length);
        while (n < 0 && errno == EINTR);
    if (fd >= 0 && n < 0)
        diag_add(diags, DIAG_FILE_READ, (struct place){ .file = path }, "cannot be read: %s", strerror(errno));
    if (fd >= 0)
        close(fd);
    return fd >= 0 && n >= 0 ? head : NULL;
}

static bool is_whole(const struct ledger_text *t, const char *sha256)
{
    uint8_t digest[HASH_BYTES];
    char hex[HASH_HEX];
    hash_sha256(t->text, t->length, digest);
    hash_hex(digest, hex);
    return sha256[0] ? strcmp(hex, sha256) == 0 : t->length > 2 && strcmp(t->text + t->length - 2, "}\n") == 0;
}

/* Whether it was added. */
static bool take(const char *path, const char *sha256, struct ledger_texts *out, struct arena *arena,
                 struct diags *diags)
{
    struct ledger_text *t = &out->of[out->count];
    t->path = path;
    t->text = file_read_text(path, LARGEST, arena, &t->length, diags);
    bool whole = t->text && is_whole(t, sha256);
    out->count += whole;
    return whole;
}

/* One that is gone is passed over as well: the run makes the report's files anew then. */
bool ledgers_read(const struct ledgers *l, struct ledger_texts *out, struct arena *arena, struct diags *diags)
{
    bool done = false;
    for (size_t i = 0; i < l->count && !done && diags_errors(diags) == 0; i++) {
        const char *path = l->paths[i];
        if (file_is_absent(path))
            continue;
        if (out->count == 0) {
            done = take(path, i == 0 ? l->sha256 : "", out, arena, diags) && tells(out->of[0].text);
            continue;
        }
        const char *head = read_head(path, arena, diags);
        if (head && (tells(head) || !same_issue(head, out->of[0].text)))
            done = take(path, "", out, arena, diags);
    }
    return diags_errors(diags) == 0;
}

bool ledgers_parse(const struct ledger_texts *texts, struct previous *out, struct arena *arena, struct diags *diags)
{
    for (size_t i = 0; i < texts->count; i++)
        if (!previous_add(out, texts->of[i].path, texts->of[i].text, texts->of[i].length, arena, diags))
            return false;
    return true;
}
