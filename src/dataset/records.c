/*
 * Header and rows. What the header says, by fieldsMatch (Table Schema v2), becomes a map from the schema's fields to
 * the record's cells; no cell is read here.
 */
#include "dataset/records.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "dataset/package.h"
#include "locale/locale.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const size_t ABSENT = SIZE_MAX;

enum { PREAMBLE_MAX = 40 }; /* records in which a misplaced header is looked for */

struct records {
    const struct resource *resource;
    size_t file;
    struct csv *csv;
    size_t *cell_of;          /* of each field, its cell in a record; ABSENT */
    size_t width;             /* cells of a record */
    bool straight;            /* cell_of is 0, 1, 2 ... over the whole record */
    struct csv_field *fields; /* of the row, in the schema's order, when not straight */
    size_t count;
    struct arena *arena;
    struct diags *diags;
};

/* --- the header ----------------------------------------------------------------------------------------- */

static bool same_name(const struct resource *resource, const char *a, const char *b)
{
    return resource->header_any_case ? strcasecmp(a, b) == 0 : strcmp(a, b) == 0;
}

static size_t find_name(const struct resource *resource, const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (same_name(resource, names[i], name))
            return i;
    return ABSENT;
}

/* A name that no message can show is refused. */
static bool check_name(const struct records *r, const struct csv_field *cell, size_t i)
{
    size_t valid = utf8_check(cell->text, cell->length);
    if (valid < cell->length) {
        diag_add(r->diags, DIAG_CSV_ENCODING, csv_place(r->csv, i),
                 "the header's column %zu: byte 0x%02X is not valid UTF-8; save as UTF-8, or declare the encoding",
                 i + 1, (unsigned char)cell->text[valid]);
        return false;
    }
    for (const char *p = cell->text; p < cell->text + cell->length;) {
        uint32_t c = utf8_next(&p);
        if (c == 0 || utf8_is_refused(c)) {
            diag_add(r->diags, c ? DIAG_CSV_CHARACTER : DIAG_CSV_NUL, csv_place(r->csv, i),
                     "the header's column %zu holds the character U+%04X; take it out", i + 1, (unsigned)c);
            return false;
        }
    }
    return true;
}

/* As the schema's are. */
static const char *in_nfc(const char *name, struct arena *arena)
{
    size_t length;
    const char *nfc = locale_nfc(name, strlen(name), &length, arena);
    return nfc ? nfc : name;
}

/* The header's names, of several rows joined. NULL with a diagnostic. */
static const char **read_names(struct records *r, size_t *count)
{
    const char **names = NULL;
    *count = 0;
    for (uint32_t row = 0; row < r->resource->header_rows; row++) {
        struct csv_record record;
        enum csv_status status = csv_next(r->csv, &record);
        if (status != CSV_RECORD) {
            if (status == CSV_END)
                diag_add(r->diags, DIAG_CSV_EMPTY, (struct place){ r->resource->paths[r->file], 1, 1 },
                         "the file is empty; a header and rows are needed");
            return NULL;
        }
        if (!names) {
            names = arena_array(r->arena, record.count, sizeof *names);
            *count = record.count;
        }
        for (size_t i = 0; i < record.count && i < *count; i++) {
            const struct csv_field *cell = &record.fields[i];
            if (!check_name(r, cell, i))
                return NULL;
            const char *text = arena_string_n(r->arena, cell->text, cell->length);
            const char *before = names[i] ? names[i] : "";
            names[i] = arena_printf(r->arena, "%s%s%s", before, *before && *text ? r->resource->header_join : "",
                                    text);
        }
    }
    for (size_t i = 0; i < *count; i++)
        names[i] = in_nfc(names[i], r->arena);
    return names;
}

static const char *shown(char room[FIELD_QUOTE_ROOM], const char *name)
{
    return field_quote(room, name, strlen(name));
}

/* Names that are there twice, or that the schema has not got and must have. */
static bool check_known(struct records *r, const char *const *names, size_t count)
{
    const struct resource *resource = r->resource;
    const struct schema *schema = &resource->schema;
    bool may_be_more = resource->match == MATCH_SUBSET || resource->match == MATCH_PARTIAL, fine = true;
    char room[FIELD_QUOTE_ROOM];

    for (size_t i = 0; i < count; i++) {
        struct place at = csv_place(r->csv, i);
        bool known = false;
        for (size_t k = 0; k < schema->count; k++)
            known |= same_name(resource, schema->fields[k].name, names[i]);
        if (find_name(resource, names, i, names[i]) != ABSENT) {
            diag_add(r->diags, DIAG_CSV_DUPLICATE, at, "the column '%s' is there twice; give each its own name",
                     shown(room, names[i]));
            fine = false;
        } else if (!known && may_be_more) {
            diag_add(r->diags, DIAG_CSV_UNREAD, at,
                     "the column '%s' is not in the schema and is not read; describe it to use it",
                     shown(room, names[i]));
        } else if (!known && (resource->match != MATCH_EXACT || i >= schema->count)) {
            diag_add(r->diags, DIAG_CSV_HEADER, at,
                     "the column '%s' is not in the schema, which has %zu fields; describe it or take it out",
                     shown(room, names[i]), schema->count);
            fine = false;
        }
    }
    return fine;
}

/* Under fieldsMatch "exact" the order counts as well. */
static bool check_order(struct records *r, const char *const *names, size_t count)
{
    const struct schema *schema = &r->resource->schema;
    char room[FIELD_QUOTE_ROOM];
    bool fine = true;

    for (size_t i = 0; i < count && i < schema->count; i++) {
        const char *wanted = schema->fields[i].name;
        if (same_name(r->resource, names[i], wanted) || find_name(r->resource, names, i, names[i]) != ABSENT)
            continue;
        bool elsewhere = find_name(r->resource, names, count, wanted) != ABSENT;
        diag_add(r->diags, DIAG_CSV_HEADER, csv_place(r->csv, i),
                 "column %zu is '%s'; the schema has '%s' here%s", i + 1, shown(room, names[i]), wanted,
                 elsewhere ? ": write the columns in its order, or set fieldsMatch to \"equal\"" : "");
        fine = false;
    }
    return fine;
}

/* Fields that no column has; fills cell_of. */
static bool map_fields(struct records *r, const char *const *names, size_t count)
{
    const struct schema *schema = &r->resource->schema;
    bool may_miss = r->resource->match == MATCH_SUPERSET || r->resource->match == MATCH_PARTIAL, fine = true;
    size_t found = 0;

    for (size_t i = 0; i < schema->count; i++) {
        const struct field *field = &schema->fields[i];
        r->cell_of[i] = find_name(r->resource, names, count, field->name);
        found += r->cell_of[i] != ABSENT;
        if (r->cell_of[i] != ABSENT || (may_miss && !field->required)
            || (r->resource->match == MATCH_EXACT && i < count))
            continue; /* the last: said by check_order */
        diag_add(r->diags, DIAG_CSV_HEADER, csv_place(r->csv, count ? count - 1 : 0),
                 "the column '%s' is missing; the schema has it as field %zu%s", field->name, i + 1,
                 may_miss ? ", and it is required" : "");
        fine = false;
    }
    if (fine && found == 0) {
        diag_add(r->diags, DIAG_CSV_HEADER, csv_place(r->csv, 0), "no column is one of the schema's fields");
        return false;
    }
    return fine;
}

/* What a header in one cell is, of a schema that has more fields; false when it is nothing of that kind. */
static bool tell_one_cell(struct records *r, const char *const *names, size_t count)
{
    size_t fields = r->resource->schema.count;
    struct place at = csv_place(r->csv, 0);
    char delimiter = r->resource->dialect.delimiter;

    if (count != 1 || fields < 2)
        return false;
    if (strchr(names[0], delimiter)) {
        diag_add(r->diags, DIAG_CSV_HEADER, at,
                 "the whole header is one cell, with delimiters in it; take the quotes around it away, %zu columns are "
                 "needed", fields);
        return true;
    }
    const char *other = strpbrk(names[0], ";,\t|");
    if (other)
        diag_add(r->diags, DIAG_CSV_HEADER, at,
                 "the whole header is one cell; is the delimiter '%s'? declare \"dialect\": {\"delimiter\": \"%s\"}",
                 *other == '\t' ? "\\t" : (char[]){ *other, '\0' }, *other == '\t' ? "\\t" : (char[]){ *other, '\0' });
    return other;
}

/* Whether a record has all of the schema's names. */
static bool is_header(struct records *r, const struct csv_record *record)
{
    const struct schema *schema = &r->resource->schema;
    const char **names = arena_array(r->arena, record->count, sizeof *names);

    for (size_t i = 0; i < record->count; i++) {
        const struct csv_field *cell = &record->fields[i];
        if (utf8_check(cell->text, cell->length) < cell->length)
            return false;
        names[i] = in_nfc(arena_string_n(r->arena, cell->text, cell->length), r->arena);
    }
    for (size_t i = 0; i < schema->count; i++)
        if (find_name(r->resource, names, record->count, schema->fields[i].name) == ABSENT)
            return false;
    return true;
}

/* The line of a header that is not where it should be; 0: none of the first ones. */
static uint32_t find_header(struct records *r)
{
    struct csv_source source = { .path = r->resource->paths[r->file], .encoding = r->resource->encoding,
                                 .to = UINT64_MAX };
    struct csv_dialect dialect = r->resource->dialect;
    struct diags *unsaid = diags_new();
    struct csv_record record;
    uint32_t line = 0;

    dialect.skip_lines = 0;
    dialect.comment_row_count = 0;
    dialect.literal_quotes = true; /* a preamble is no CSV */
    struct csv *csv = csv_open(&source, &dialect, unsaid);
    for (int i = 0; csv && !line && i < PREAMBLE_MAX && csv_next(csv, &record) == CSV_RECORD; i++)
        if (is_header(r, &record))
            line = csv_place(csv, 0).line;
    csv_close(csv);
    diags_drop(unsaid);
    return line;
}

/* One mistake that would be many: a header of one cell, or a line before it. */
static bool tell_misplaced(struct records *r, const char *const *names, size_t count)
{
    const struct schema *schema = &r->resource->schema;

    for (size_t i = 0; i < schema->count; i++)
        if (find_name(r->resource, names, count, schema->fields[i].name) != ABSENT)
            return false;
    if (tell_one_cell(r, names, count))
        return true;
    uint32_t line = r->resource->header_rows == 1 ? find_header(r) : 0;
    if (line)
        diag_add(r->diags, DIAG_CSV_HEADER, csv_place(r->csv, 0),
                 "this is not the header, which is in line %u; declare \"dialect\": {\"headerRows\": [%u]}",
                 (unsigned)line, (unsigned)line);
    return line;
}

static bool read_header(struct records *r)
{
    size_t count = 0;
    const char **names = read_names(r, &count);
    if (!names || tell_misplaced(r, names, count))
        return false;
    r->width = count;
    bool fine = check_known(r, names, count);
    if (r->resource->match == MATCH_EXACT)
        fine &= check_order(r, names, count);
    return map_fields(r, names, count) && fine;
}

/* --- rows ----------------------------------------------------------------------------------------------- */

static void settle_map(struct records *r)
{
    size_t fields = r->resource->schema.count;
    r->straight = r->width == fields;
    for (size_t i = 0; i < fields; i++)
        r->straight &= r->cell_of[i] == i;
    r->fields = arena_array(r->arena, fields, sizeof *r->fields);
}

static bool prepare(struct records *r, struct records_part part)
{
    const struct resource *resource = r->resource;
    struct csv_source source = { .path = resource->paths[part.file], .encoding = resource->encoding,
                                 .from = part.from, .to = part.to };
    r->csv = csv_open(&source, &resource->dialect, r->diags);
    if (!r->csv)
        return false;
    if (resource->header && !part.from)
        return read_header(r);
    return true;
}

struct records *records_open(const struct resource *resource, struct records_part part, struct diags *diags)
{
    struct records *r = xcalloc(1, sizeof *r);
    r->arena = arena_new();
    r->resource = resource;
    r->file = part.file;
    r->diags = diags;
    r->width = resource->schema.count;
    r->cell_of = arena_array(r->arena, r->width, sizeof *r->cell_of);
    for (size_t i = 0; i < r->width; i++)
        r->cell_of[i] = i;
    if (prepare(r, part)) {
        settle_map(r);
        return r;
    }
    records_close(r);
    return NULL;
}

void records_close(struct records *r)
{
    if (!r)
        return;
    if (r->csv)
        csv_close(r->csv);
    arena_drop(r->arena);
    free(r);
}

static void add_ragged(const struct records *r, const struct csv_record *record)
{
    struct place at = csv_place(r->csv, record->count > r->width ? r->width : record->count - 1);

    if (record->count == 1 && r->width > 1
        && memchr(record->fields[0].text, r->resource->dialect.delimiter, record->fields[0].length))
        diag_add(r->diags, DIAG_CSV_RAGGED, at,
                 "the whole record is one cell, with delimiters in it; take the quotes around it away, %zu "
                 "cells are needed", r->width);
    else
        diag_add(r->diags, DIAG_CSV_RAGGED, at, "the record has %zu cell%s; %zu are needed", record->count,
                 record->count == 1 ? "" : "s", r->width);
}

enum csv_status records_next(struct records *r, struct csv_record *out)
{
    enum csv_status status;
    while ((status = csv_next(r->csv, out)) == CSV_RECORD) {
        if (out->count != r->width) {
            add_ragged(r, out);
            continue;
        }
        r->count++;
        if (r->straight)
            return status;
        for (size_t i = 0; i < r->resource->schema.count; i++)
            r->fields[i] = r->cell_of[i] == ABSENT ? (struct csv_field){ .text = "", .plain = true }
                                                   : out->fields[r->cell_of[i]];
        *out = (struct csv_record){ .fields = r->fields, .count = r->resource->schema.count };
        return status;
    }
    return status;
}

struct place records_place(const struct records *r, size_t field)
{
    return csv_place(r->csv, r->cell_of[field] == ABSENT ? 0 : r->cell_of[field]);
}

size_t records_count(const struct records *r)
{
    return r->count;
}
