/* Looks at dictionaries, nulls and the last bytes of files; reads a file again only for the place of a warning. */
#include "dataset/odd.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "dataset/csv_inside.h"
#include "dataset/package.h"
#include "dataset/relation_inside.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static bool find_place(const struct relation *r, size_t row, size_t column, struct place *out, struct diags *diags)
{
    struct relation_cell cell = { row, column };
    return relation_places(r, &cell, 1, out, diags);
}

/* --- texts that look the same ------------------------------------------------------------------------------- */

enum seen { SEEN, AS_BLANK, NOT_AT_ALL };

/* Joiners (U+200C, U+200D) are spelling in Persian, and no matter of chance. */
static enum seen how_seen(uint32_t c)
{
    switch (c) {
    case '\t': case ' ': case 0xA0: case 0x2007: case 0x202F:
        return AS_BLANK;
    case 0xAD: case 0x61C: case 0x200B: case 0x200E: case 0x200F: case 0x2060: case 0xFEFF:
        return NOT_AT_ALL;
    default:
        return SEEN;
    }
}

/* Whether the text may have anything to fold: a blank at an end, two in a row, or bytes of the letters above. Text of
 * several lines is prose, which nobody counts by. */
static bool may_fold(const char *text, size_t length)
{
    unsigned char before = ' ';
    if (memchr(text, '\n', length) || memchr(text, '\r', length))
        return false;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i], next = (unsigned char)text[i + 1];
        if ((c <= ' ' && (c != ' ' || before == ' ')) || (c == 0xC2 && (next == 0xA0 || next == 0xAD))
            || (c == 0xD8 && next == 0x9C) || (c == 0xE2 && (next == 0x80 || next == 0x81))
            || (c == 0xEF && next == 0xBB))
            return true;
        before = c;
    }
    return length && before == ' ';
}

/* The text as it is seen: one blank for several, none at its ends. */
static void fold(const char *text, size_t length, struct buf *out)
{
    bool blank = false;
    buf_clear(out);
    for (const char *p = text; p < text + length;) {
        uint32_t c = utf8_next(&p);
        enum seen seen = how_seen(c);
        if (seen == SEEN) {
            if (blank && out->length)
                buf_add_char(out, ' ');
            buf_add_utf8(out, c);
        }
        blank = seen == AS_BLANK || (blank && seen == NOT_AT_ALL);
    }
}

/* The texts of a column that are like another one, and the first of them. */
struct alike {
    size_t count, first;
    const char *other; /* lives as long as the column */
};

static void find_alike(struct dictionary *texts, struct alike *out)
{
    struct dictionary *folded = dictionary_new();
    size_t *whose = NULL, room = 0; /* of each folded text that is itself none of the column's: the first */
    struct buf seen;

    buf_init(&seen);
    for (size_t i = 0; i < dictionary_count(texts); i++) {
        const char *text = dictionary_text(texts, i), *other = NULL;
        size_t length = dictionary_length(texts, i);
        if (!may_fold(text, length))
            continue;
        fold(text, length, &seen);
        if (seen.length == length && memcmp(seen.data, text, length) == 0)
            continue;
        int64_t plain = dictionary_find(texts, seen.data, seen.length);
        size_t number = plain == DICTIONARY_NONE ? dictionary_add(folded, seen.data, seen.length) : 0;
        if (plain != DICTIONARY_NONE) {
            other = dictionary_text(texts, (size_t)plain);
        } else if (number < room) {
            other = dictionary_text(texts, whose[number]);
        } else {
            whose = xrealloc(whose, ++room, sizeof *whose);
            whose[number] = i;
        }
        if (other && out->count++ == 0) {
            out->first = i;
            out->other = other;
        }
    }
    buf_drop(&seen);
    free(whose);
    dictionary_drop(folded);
    dictionary_rest(texts);
}

static void check_alike(const struct relation *r, size_t column, struct diags *diags)
{
    const struct column *c = &r->columns[column].data;
    struct alike alike = { 0 };
    struct place at;
    char one[FIELD_QUOTE_ROOM], other[FIELD_QUOTE_ROOM];
    size_t row = 0;

    find_alike(c->texts, &alike);
    if (alike.count == 0)
        return;
    while (row < c->rows && column_get(c, row) != (int64_t)alike.first)
        row++;
    if (row == c->rows || !find_place(r, row, column, &at, diags))
        return;
    const char *text = dictionary_text(c->texts, alike.first);
    diag_add(diags, DIAG_CELL_ALIKE, at,
             "field '%s': '%s' is another text than '%s' and looks the same%s; write them alike, or they are counted "
             "and joined apart", r->columns[column].info.name, field_quote(one, text, strlen(text)),
             field_quote(other, alike.other, strlen(alike.other)), alike.count > 1 ? ", as others do" : "");
}

/* --- rows without values ------------------------------------------------------------------------------------ */

static bool is_empty(const struct relation *r, size_t row)
{
    for (size_t i = 0; i < r->column_count; i++)
        if (!r->columns[i].hidden && !column_is_null(&r->columns[i].data, row))
            return false;
    return true;
}

static void check_empty_rows(const struct relation *r, struct diags *diags)
{
    size_t count = 0, first = 0;
    struct place at;

    for (size_t row = 0; row < r->rows; row++)
        if (is_empty(r, row) && count++ == 0)
            first = row;
    if (count && find_place(r, first, 0, &at, diags))
        diag_add(diags, DIAG_CSV_EMPTY_ROW, at,
                 "%zu row%s without any value, here the first, and counted as rows; take %s out", count,
                 count == 1 ? "" : "s", count == 1 ? "it" : "them");
}

/* --- the end of a file -------------------------------------------------------------------------------------- */

/* Whether the last character is a line end, or DOS's end of file; true of a file that cannot be read. */
static bool is_ended(const char *path, const char *encoding)
{
    size_t unit = encoding && strncasecmp(encoding, "utf-16", 6) == 0 ? 2 : 1;
    unsigned char last[2] = { 0, 0 };
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    off_t size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
    bool read = size >= (off_t)unit && pread(fd, last, unit, size - (off_t)unit) == (ssize_t)unit;

    if (fd >= 0)
        close(fd);
    for (size_t i = 0; read && i < unit; i++)
        if (last[i] == '\n' || last[i] == '\r' || last[i] == CSV_END_MARK)
            return true;
    return !read;
}

static void check_end(const struct relation *r, size_t file, struct diags *diags)
{
    size_t end = file + 1 < r->resource->path_count ? r->first_rows[file + 1] : r->rows, column = r->column_count - 1;
    struct place at;

    while (r->columns[column].hidden)
        column--;
    if (end > r->first_rows[file] && find_place(r, end - 1, column, &at, diags))
        diag_add(diags, DIAG_CSV_UNFINISHED, at,
                 "the last line has no end, so this cell may be cut off; is the file whole? end it with a line end");
}

void odd_check(const struct relation *r, struct diags *diags)
{
    for (size_t i = 0; i < r->column_count; i++)
        if (r->columns[i].info.type == VALUE_TEXT && !r->columns[i].hidden)
            check_alike(r, i, diags);
    if (r->resource->schema.count > 1)
        check_empty_rows(r, diags);
    for (size_t file = 0; !r->resource->dialect.line_end && file < r->resource->path_count; file++)
        if (!is_ended(r->resource->paths[file], r->resource->encoding))
            check_end(r, file, diags);
}
