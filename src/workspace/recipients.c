/* The list of recipients. Must not know what a run holds. */
#include "workspace/recipients.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "dataset/csv.h"
#include "publish/mail.h"
#include "workspace/workspace.h"

enum { COLUMN_EMAIL, COLUMN_LANGUAGE, COLUMN_REPORT, COLUMN_NAME, COLUMN_EDITION, COLUMN_KEY, COLUMNS };
enum { NEEDED = COLUMN_REPORT + 1, NAME_MOST = 200 };
static const char *const names[COLUMNS] = { "email", "language", "report", "name", "edition", "key" };

struct reader {
    const char *path;
    struct csv *csv;
    const char *workspace;
    struct arena *arena;
    struct diags *diags;
    size_t field[COLUMNS], fields; /* SIZE_MAX: there is no such column */
    struct recipient *list;
    size_t count;
};

/* --- the header --- */

static bool wrong_column(const struct reader *r, size_t field, const char *name)
{
    const char *near = nearest_known(name, names, COLUMNS);
    diag_add(r->diags, DIAG_RECIPIENT_COLUMN, csv_place(r->csv, field), near
             ? "there is no column '%.60s'; did you mean '%s'?"
             : "there is no column '%.60s'; the columns are email, language, report, name, edition and key%s", name,
             near ? near : "");
    return false;
}

static bool read_header(struct reader *r, const struct csv_record *record)
{
    bool ok = true;
    r->fields = record->count;
    for (int c = 0; c < COLUMNS; c++)
        r->field[c] = SIZE_MAX;
    for (size_t i = 0; i < record->count; i++) {
        const char *name = arena_string_n(r->arena, record->fields[i].text, record->fields[i].length);
        int c = 0;
        while (c < COLUMNS && strcmp(name, names[c]) != 0)
            c++;
        if (c == COLUMNS || r->field[c] != SIZE_MAX)
            ok = wrong_column(r, i, name);
        else
            r->field[c] = i;
    }
    for (int c = 0; c < NEEDED; c++)
        if (r->field[c] == SIZE_MAX) {
            diag_add(r->diags, DIAG_RECIPIENT_COLUMN, (struct place){ r->path, 1, 1 },
                     "the column '%s' is missing; email, language and report must be there", names[c]);
            ok = false;
        }
    return ok;
}

/* --- cells --- */

static struct place place_of(const struct reader *r, int column)
{
    return csv_place(r->csv, r->field[column] == SIZE_MAX ? 0 : r->field[column]);
}

static void refuse(const struct reader *r, int column, const char *value, const char *right)
{
    diag_add(r->diags, DIAG_RECIPIENT_VALUE, place_of(r, column), "'%.100s' is no %s; write %s", value, names[column],
             right);
}

/* Text on one line: what would begin another header must not get into a message. "" when there is no column. */
static const char *read_cell(const struct reader *r, const struct csv_record *record, int column)
{
    if (r->field[column] == SIZE_MAX)
        return "";
    const struct csv_field *f = &record->fields[r->field[column]];
    const char *text = arena_string_n(r->arena, f->text, f->length);
    bool good = strlen(text) == f->length && utf8_check(text, f->length) == f->length;
    for (const char *p = text; good && *p;) {
        uint32_t c = utf8_next(&p);
        good = c >= ' ' && c != 0x7f && c != 0x2028 && c != 0x2029 && !utf8_is_refused(c);
    }
    if (good)
        return text;
    diag_add(r->diags, DIAG_RECIPIENT_VALUE, place_of(r, column), "the %s holds a line end, another control character "
             "or what is no UTF-8; write plain text on one line", names[column]);
    return "";
}

static enum lang read_language(const struct reader *r, const char *word)
{
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (strcmp(word, lang_tag((enum lang)lang)) == 0)
            return (enum lang)lang;
    refuse(r, COLUMN_LANGUAGE, word, "en or ar");
    return LANG_EN;
}

static enum edition read_edition(const struct reader *r, const char *word, enum lang lang)
{
    for (int e = 0; e < EDITION_COUNT; e++)
        if (strcmp(word, edition_name((enum edition)e)) == 0)
            return (enum edition)e;
    if (*word)
        refuse(r, COLUMN_EDITION, word, "parallel, en, ar, sequential, or nothing for that of the language");
    return lang == LANG_AR ? EDITION_AR : EDITION_EN;
}

static void check_report(const struct reader *r, const char *name)
{
    if (workspace_has(r->workspace, "reports", name, r->arena))
        return;
    const char *near = workspace_nearest(r->workspace, "reports", name, r->arena);
    diag_add(r->diags, DIAG_RECIPIENT_VALUE, place_of(r, COLUMN_REPORT), near
             ? "there is no report '%.60s'; did you mean '%s'?"
             : "there is no report '%.60s'; write the name of a folder in reports/%s", name, near ? near : "");
}

static bool is_key(const char *key)
{
    return strcmp(key, "*") == 0 || !key[strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-")];
}

/* --- rows --- */

static bool meet(const struct recipient *a, const struct recipient *b)
{
    return strcasecmp(a->email, b->email) == 0 && strcmp(a->report, b->report) == 0 && a->edition == b->edition
        && (strcmp(a->key, b->key) == 0 || strcmp(a->key, "*") == 0 || strcmp(b->key, "*") == 0);
}

static void check_twice(const struct reader *r, const struct recipient *one)
{
    for (size_t i = 0; i < r->count; i++)
        if (meet(&r->list[i], one)) {
            diag_add(r->diags, DIAG_RECIPIENT_TWICE, one->at, "line %u sends this to %s already; give it once",
                     r->list[i].at.line, one->email);
            return;
        }
}

static void read_row(struct reader *r, const struct csv_record *record)
{
    const char *cell[COLUMNS];
    size_t errors = diags_errors(r->diags);
    if (record->count != r->fields) {
        diag_add(r->diags, DIAG_RECIPIENT_VALUE, csv_place(r->csv, 0), "this row has %zu cells; write %zu, as many as "
                 "there are columns", record->count, r->fields);
        return;
    }
    for (int c = 0; c < COLUMNS; c++)
        cell[c] = read_cell(r, record, c);
    if (diags_errors(r->diags) > errors)
        return;
    struct recipient one = { .name = cell[COLUMN_NAME], .email = cell[COLUMN_EMAIL], .report = cell[COLUMN_REPORT],
                             .key = cell[COLUMN_KEY], .at = place_of(r, COLUMN_EMAIL),
                             .report_at = place_of(r, COLUMN_REPORT), .edition_at = place_of(r, COLUMN_EDITION),
                             .key_at = place_of(r, COLUMN_KEY) };
    if (!mail_address_is_good(one.email))
        refuse(r, COLUMN_EMAIL, one.email, "an address as name@example.org, in ASCII");
    if (strlen(one.name) > NAME_MOST)
        refuse(r, COLUMN_NAME, one.name, "a shorter one");
    one.lang = read_language(r, cell[COLUMN_LANGUAGE]);
    one.edition = read_edition(r, cell[COLUMN_EDITION], one.lang);
    check_report(r, one.report);
    if (!is_key(one.key))
        refuse(r, COLUMN_KEY, one.key, "small letters, digits and -, or * for all packets");
    check_twice(r, &one);
    r->list = arena_grow(r->arena, r->list, r->count, sizeof *r->list);
    r->list[r->count++] = one;
}

const struct recipient *recipients_load(const char *path, const char *workspace, size_t *count, struct arena *arena,
                                        struct diags *diags)
{
    static const struct csv_dialect dialect = { .delimiter = ',', .quote = '"' };
    size_t errors = diags_errors(diags);
    struct csv_source source = { .path = path, .to = UINT64_MAX };
    struct reader r = { .path = path, .workspace = workspace, .arena = arena, .diags = diags };
    struct csv_record record = { .count = 0 };
    r.csv = csv_open(&source, &dialect, diags);
    if (!r.csv)
        return NULL;
    enum csv_status status = csv_next(r.csv, &record);
    if (status == CSV_END)
        diag_add(diags, DIAG_RECIPIENT_COLUMN, (struct place){ path, 1, 1 },
                 "the file is empty; begin it with a line of columns: email, language, report and so on");
    if (status == CSV_RECORD && read_header(&r, &record))
        while ((status = csv_next(r.csv, &record)) == CSV_RECORD)
            read_row(&r, &record);
    csv_close(r.csv);
    *count = r.count;
    if (diags_errors(diags) > errors)
        return NULL;
    return r.list ? r.list : arena_alloc(arena, sizeof *r.list);
}
