/* Records into rows: the header against the schema, ragged records, bytes that no cell may hold, each cell by
 * its field. What concerns several rows is keys.c's. */
#include "dataset/rows.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "dataset/package.h"
#include "dataset/table_build.h"

#include <string.h>
#include <strings.h>

/* Beyond so many, a file is of another kind than its schema, and more diagnostics help nobody. */
enum { WRONG_MAX = 1000 };

struct filler {
    const struct resource *resource;
    struct table *table;
    bool want_header;
    size_t records, errors_before;
    struct diags *diags;
};

/* Bytes that no text may hold; the place is the character's. */
static bool check_bytes(const struct csv_field *cell, const char *name, struct diags *diags)
{
    size_t valid = utf8_check(cell->text, cell->length);
    for (const char *p = cell->text; p < cell->text + valid;) {
        uint32_t c = utf8_next(&p);
        if (c == 0) {
            diag_add(diags, DIAG_CSV_NUL, cell->at,
                     "field '%s' holds a NUL byte; save the file as UTF-8 text", name);
            return false;
        }
        if (utf8_is_refused(c)) {
            diag_add(diags, DIAG_CSV_CHARACTER, cell->at,
                     "field '%s' holds the character U+%04X; take it out", name, (unsigned)c);
            return false;
        }
    }
    if (valid < cell->length)
        diag_add(diags, DIAG_CSV_ENCODING, cell->at,
                 "field '%s': byte 0x%02X is not valid UTF-8; save as UTF-8", name,
                 (unsigned char)cell->text[valid]);
    return valid == cell->length;
}

static bool is_name(const struct csv_field *cell, const char *name, bool any_case)
{
    return cell->length == strlen(name)
        && (any_case ? strncasecmp(cell->text, name, cell->length) : memcmp(cell->text, name, cell->length)) == 0;
}

/* Where the header has a field's name, or `count`. */
static size_t find_column(const struct csv_field *cells, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (is_name(&cells[i], name, true))
            return i;
    return count;
}

static bool check_column(const struct filler *f, const struct csv_field *cells, size_t count, size_t i)
{
    const struct schema *schema = &f->resource->schema;
    char shown[FIELD_QUOTE_ROOM];
    field_quote(shown, cells[i].text, cells[i].length);

    if (find_column(cells, i, shown) < i) {
        diag_add(f->diags, DIAG_CSV_HEADER, cells[i].at,
                 "the column '%s' is there twice; give each its own name", shown);
        return false;
    }
    if (i >= schema->count) {
        diag_add(f->diags, DIAG_CSV_HEADER, cells[i].at,
                 "the column '%s' is not in the schema, which has %zu fields; describe it or take it out",
                 shown, schema->count);
        return false;
    }
    if (is_name(&cells[i], schema->fields[i].name, f->resource->header_any_case))
        return true;
    bool elsewhere = find_column(cells, count, schema->fields[i].name) < count;
    diag_add(f->diags, DIAG_CSV_HEADER, cells[i].at, "column %zu is '%s'; the schema has '%s' here%s", i + 1,
             shown, schema->fields[i].name, elsewhere ? ": write the columns in its order" : "");
    return false;
}

static bool check_header(const struct filler *f, const struct csv_field *cells, size_t count)
{
    const struct schema *schema = &f->resource->schema;
    bool fine = true;

    for (size_t i = 0; i < count; i++)
        if (!check_bytes(&cells[i], i < schema->count ? schema->fields[i].name : "?", f->diags))
            return false;
    for (size_t i = 0; i < count; i++)
        fine &= check_column(f, cells, count, i);
    for (size_t i = count; i < schema->count; i++) {
        diag_add(f->diags, DIAG_CSV_HEADER, cells[count - 1].at,
                 "the column '%s' is missing; the schema has it as field %zu", schema->fields[i].name, i + 1);
        fine = false;
    }
    return fine;
}

static void add_ragged(const struct filler *f, const struct csv_field *cells, size_t count)
{
    size_t fields = f->resource->schema.count;
    struct place at = count > fields ? cells[fields].at : cells[count - 1].at;

    if (count == 1 && memchr(cells[0].text, f->resource->dialect.delimiter, cells[0].length))
        diag_add(f->diags, DIAG_CSV_RAGGED, at,
                 "the whole record is one cell, with delimiters in it; take the quotes around it away, %zu "
                 "cells are needed", fields);
    else
        diag_add(f->diags, DIAG_CSV_RAGGED, at, "the record has %zu cell%s; %zu are needed", count,
                 count == 1 ? "" : "s", fields);
}

static void add_row(struct filler *f, const struct csv_field *cells)
{
    const struct schema *schema = &f->resource->schema;
    size_t row = table_rows(f->table);
    struct value value;

    table_add_row(f->table);
    for (size_t i = 0; i < schema->count; i++) {
        const struct csv_field *cell = &cells[i];
        value = (struct value){ .type = VALUE_NULL };
        if (check_bytes(cell, schema->fields[i].name, f->diags)
            && !field_read(&schema->fields[i], cell->text, cell->length, cell->at, table_arena(f->table),
                           &value, f->diags))
            value = (struct value){ .type = VALUE_NULL };
        table_set(f->table, row, i, value, cell->at.line, cell->at.col);
    }
}

static bool on_record(void *context, const struct csv_field *cells, size_t count)
{
    struct filler *f = context;

    f->records++;
    if (f->want_header) {
        f->want_header = false;
        return check_header(f, cells, count);
    }
    if (count == f->resource->schema.count)
        add_row(f, cells);
    else
        add_ragged(f, cells, count);
    if (diags_errors(f->diags) - f->errors_before < WRONG_MAX)
        return true;
    diag_add(f->diags, DIAG_CELLS_MORE, cells[0].at, "%d errors in this file; the rest of it was not checked",
             WRONG_MAX);
    return false;
}

/* UTF-16 has a zero in every Latin letter: better one word about the encoding than a thousand about NULs. */
static bool is_utf16(const char *bytes, size_t length)
{
    return length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
}

static bool read_bytes(struct filler *f, const char *bytes, size_t length)
{
    const char *path = table_file(f->table);
    struct place start = { .file = path, .line = 1, .col = 1 };
    const struct csv_dialect *dialect = &f->resource->dialect;
    struct csv_format format = { dialect->delimiter, dialect->quote };
    struct csv_reader reader = { .record = on_record, .context = f };

    if (is_utf16(bytes, length)) {
        diag_add(f->diags, DIAG_CSV_ENCODING, start, "the file is in UTF-16; save it as UTF-8");
        return false;
    }
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) { /* a byte order mark is no header */
        bytes += 3;
        length -= 3;
    }
    if (!csv_read(path, bytes, length, format, reader, f->diags))
        return false;
    if (f->records == 0)
        diag_add(f->diags, DIAG_CSV_EMPTY, start, "the file is empty; a header and rows are needed");
    else if (f->records == 1 && f->resource->header)
        diag_add(f->diags, DIAG_CSV_NO_ROWS, start,
                 "the file has a header and no rows; is it the whole file?");
    return true;
}

/* What csv_read does not follow may not be read at all. */
static void check_known(const struct resource *r, struct diags *diags)
{
    const struct csv_dialect *d = &r->dialect;
    if (r->path_count > 1 || r->encoding || r->header_rows > 1 || r->match != MATCH_EXACT || !d->quote || d->comment
        || d->skip_initial_space || d->literal_quotes || d->line_end || d->skip_lines || d->comment_row_count)
        diag_add(diags, DIAG_PACKAGE_UNSUPPORTED, r->at,
                 "'%s': several files, encodings, fieldsMatch and this dialect are not read; write one plain CSV file",
                 r->name);
}

struct table *rows_read(const struct resource *resource, struct diags *diags)
{
    struct table *table = table_new(resource->table, resource->paths[0]);
    struct filler filler = { .resource = resource, .table = table, .want_header = resource->header,
                             .errors_before = diags_errors(diags), .diags = diags };
    struct arena *arena = arena_new();
    size_t length;

    check_known(resource, diags);
    for (size_t i = 0; i < resource->schema.count; i++) {
        const struct field *field = &resource->schema.fields[i];
        table_add_column(table, field->name, field_value_type(field), field->title);
    }
    const char *bytes = file_read(resource->paths[0], SIZE_MAX / 4, arena, &length, diags);
    bool fine = bytes && read_bytes(&filler, bytes, length);
    arena_drop(arena);
    if (fine)
        return table;
    table_drop(table);
    return NULL;
}
