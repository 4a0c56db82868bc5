/*
 * Records into a relation: bytes that no cell may hold, then each cell by its field. What concerns several rows is
 * keys.c's.
 *
 * Most columns hold few texts in many rows: a text is checked when it comes first, and from then on its cells are
 * looked up. A large file is read by two threads, the second from a record near the middle. They say nothing: when
 * anything is wrong, or only odd, the file is read again by one, which knows every line's number.
 */
#include "dataset/rows.h"

#include "base/arena.h"
#include "base/beside.h"
#include "base/utf8.h"
#include "dataset/package.h"
#include "dataset/records.h"
#include "dataset/relation_inside.h"
#include "locale/locale.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* A column of more texts is read cell by cell. Beyond so many bytes two threads read a file. */
enum { KNOWN_MAX = 1 << 16, PARALLEL_BYTES = 8 << 20, SCRATCH_BYTES = 64 * 1024 };

/* What a text that was seen before stands for: a coefficient or a number in the column's dictionary, or: */
enum { KNOWN_NULL = -1, KNOWN_WRONG = -2 };

/* How the cells of one field are read. */
struct cell_reader {
    const struct field *field;
    struct column *columns[2]; /* of the relation: one, of a geopoint two */
    size_t index;             /* of the field */
    struct dictionary *known; /* cells as they are written; NULL: not looked up (any more) */
    int64_t *meanings;        /* of each */
    size_t room;
};

struct filler {
    const struct resource *resource;
    struct relation *relation;
    struct records *records;
    struct cell_reader *readers; /* one a field */
    struct arena *scratch;
    size_t scratched; /* bytes of cells whose text is in it */
    struct diags *diags;
    bool quiet;       /* ends at the first diagnostic: the file is read again */
};

/* --- one cell ------------------------------------------------------------------------------------------- */

/* Whether the bytes are text that may be printed. */
static bool are_clean(const struct csv_field *cell)
{
    if (utf8_check(cell->text, cell->length) != cell->length)
        return false;
    for (const char *p = cell->text; p < cell->text + cell->length;) {
        uint32_t c = utf8_next(&p);
        if (c == 0 || utf8_is_refused(c))
            return false;
    }
    return true;
}

/* What are_clean found; the place is the cell's. Files of Windows are often said to be of ISO 8859, which has control
 * characters where Windows has quotation marks and dashes. */
static void report_bytes(const struct csv_field *cell, const char *name, const char *encoding, struct place at,
                         struct diags *diags)
{
    size_t valid = utf8_check(cell->text, cell->length);
    for (const char *p = cell->text; p < cell->text + valid;) {
        uint32_t c = utf8_next(&p);
        if (c && !utf8_is_refused(c))
            continue;
        bool windows = c >= 0x80 && c < 0xA0 && encoding && strncasecmp(encoding, "iso", 3) == 0;
        if (c)
            diag_add(diags, DIAG_CSV_CHARACTER, at, "field '%s' holds the character U+%04X; %s", name, (unsigned)c,
                     windows ? "is the file's encoding windows-1252, or another of Windows?" : "take it out");
        else
            diag_add(diags, DIAG_CSV_NUL, at, "field '%s' holds a NUL byte; save the file as UTF-8 text", name);
        return;
    }
    diag_add(diags, DIAG_CSV_ENCODING, at,
             "field '%s': byte 0x%02X is not valid UTF-8; save as UTF-8, or declare the encoding", name,
             (unsigned char)cell->text[valid]);
}

/* A clean cell by its field. Texts are read in NFC, so that what looks the same is the same: to joins, to an enum. */
static bool read_clean(struct filler *f, const struct cell_reader *reader, const struct csv_field *cell,
                       struct place at, struct value *value, struct diags *diags)
{
    const char *text = cell->text;
    size_t length = cell->length;
    if (!cell->plain)
        text = locale_nfc(cell->text, cell->length, &length, f->scratch);
    return field_read(reader->field, text, length, at, f->scratch, value, diags);
}

static bool read_value(struct filler *f, const struct cell_reader *reader, const struct csv_field *cell,
                       struct value *value)
{
    return (cell->plain || are_clean(cell)) && read_clean(f, reader, cell, (struct place){ 0 }, value, NULL);
}

static void report_cell(struct filler *f, const struct cell_reader *reader, const struct csv_field *cell)
{
    struct place at = records_place(f->records, reader->index);
    struct value value;
    if (are_clean(cell))
        read_clean(f, reader, cell, at, &value, f->diags);
    else
        report_bytes(cell, reader->field->name, f->resource->encoding, at, f->diags);
}

static void add_null(const struct cell_reader *reader)
{
    column_add_null(reader->columns[0]);
    if (reader->field->type == FIELD_GEOPOINT)
        column_add_null(reader->columns[1]);
}

static void add_value(const struct cell_reader *reader, struct value value)
{
    if (value.type == VALUE_NULL) {
        add_null(reader);
    } else if (reader->field->type == FIELD_GEOPOINT) {
        const char *comma = strchr(value.text, ',');
        struct num lon, lat;
        num_parse(value.text, (size_t)(comma - value.text), &lon);
        num_parse(comma + 1, strlen(comma + 1), &lat);
        column_add_num(reader->columns[0], lon);
        column_add_num(reader->columns[1], lat);
    } else if (value.type == VALUE_TEXT || value.type == VALUE_DATE) {
        column_add_text(reader->columns[0], value.text, strlen(value.text));
    } else {
        column_add_num(reader->columns[0], value.num);
    }
}

/* Behind a cell whose text may be in the arena. */
static void clear_scratch(struct filler *f, size_t bytes)
{
    f->scratched += bytes + 1;
    if (f->scratched > SCRATCH_BYTES) {
        arena_clear(f->scratch);
        f->scratched = 0;
    }
}

static void read_directly(struct filler *f, const struct cell_reader *reader, const struct csv_field *cell)
{
    struct value value;
    if (read_value(f, reader, cell, &value)) {
        add_value(reader, value);
    } else {
        report_cell(f, reader, cell);
        add_null(reader);
    }
    clear_scratch(f, cell->length);
}

/* --- cells that were seen before ------------------------------------------------------------------------ */

static int64_t meaning_of(struct filler *f, const struct cell_reader *reader, const struct csv_field *cell)
{
    struct value value;
    if (!read_value(f, reader, cell, &value))
        return KNOWN_WRONG;
    if (value.type == VALUE_NULL)
        return KNOWN_NULL;
    if (value.type == VALUE_TEXT || value.type == VALUE_DATE)
        return dictionary_add(reader->columns[0]->texts, value.text, strlen(value.text));
    return value.num.coefficient; /* a boolean's */
}

static void forget(struct cell_reader *reader)
{
    dictionary_drop(reader->known);
    free(reader->meanings);
    reader->known = NULL;
    reader->meanings = NULL;
}

static void look_up(struct filler *f, struct cell_reader *reader, const struct csv_field *cell)
{
    size_t before = dictionary_count(reader->known);
    uint32_t number = dictionary_add(reader->known, cell->text, cell->length);
    if (number == before) {
        if (number == reader->room) {
            reader->room = reader->room ? reader->room * 2 : 64;
            reader->meanings = xrealloc(reader->meanings, reader->room, sizeof *reader->meanings);
        }
        reader->meanings[number] = meaning_of(f, reader, cell);
        clear_scratch(f, cell->length);
    }
    int64_t meaning = reader->meanings[number];
    if (meaning >= 0 && reader->columns[0]->texts) {
        column_add_number_of_text(reader->columns[0], (uint32_t)meaning);
    } else if (meaning >= 0) {
        column_add_num(reader->columns[0], num_from_int(meaning));
    } else {
        if (meaning == KNOWN_WRONG)
            report_cell(f, reader, cell);
        add_null(reader);
    }
    if (before == KNOWN_MAX)
        forget(reader);
}

/* --- one part of one file ------------------------------------------------------------------------------- */

static bool is_looked_up(const struct field *field)
{
    return field->type != FIELD_INTEGER && field->type != FIELD_NUMBER && field->type != FIELD_YEAR
        && field->type != FIELD_GEOPOINT;
}

static void open_filler(struct filler *f)
{
    size_t fields = f->resource->schema.count;
    f->scratch = arena_new();
    f->readers = xcalloc(fields, sizeof *f->readers);
    for (size_t i = 0; i < fields; i++) {
        const struct field *field = &f->resource->schema.fields[i];
        size_t column = relation_of_field(f->relation, i);
        f->readers[i] = (struct cell_reader){ .field = field, .index = i,
                                              .columns = { &f->relation->columns[column].data },
                                              .known = is_looked_up(field) ? dictionary_new() : NULL };
        if (field->type == FIELD_GEOPOINT)
            f->readers[i].columns[1] = &f->relation->columns[column + 1].data;
    }
}

static void close_filler(struct filler *f)
{
    for (size_t i = 0; i < f->resource->schema.count; i++)
        forget(&f->readers[i]);
    free(f->readers);
    arena_drop(f->scratch);
}

static bool fill(struct filler *f, struct records_part part)
{
    struct csv_record record;
    enum csv_status status = CSV_FAILED;
    f->records = records_open(f->resource, part, f->diags);
    while (f->records && !(f->quiet && diags_count(f->diags))
           && (status = records_next(f->records, &record)) == CSV_RECORD)
        for (size_t i = 0; i < record.count; i++) {
            struct cell_reader *reader = &f->readers[i];
            if (reader->known)
                look_up(f, reader, &record.fields[i]);
            else
                read_directly(f, reader, &record.fields[i]);
        }
    return status == CSV_END;
}

static bool fill_part(const struct resource *resource, struct relation *relation, struct records_part part, bool quiet,
                      size_t *rows, struct diags *diags)
{
    struct filler f = { .resource = resource, .relation = relation, .diags = diags, .quiet = quiet };
    open_filler(&f);
    bool fine = fill(&f, part);
    *rows = f.records ? records_count(f.records) : 0;
    records_close(f.records);
    close_filler(&f);
    return fine;
}

/* --- a file by two threads ------------------------------------------------------------------------------ */

/* Half a file; quiet, so `diags` is its own. */
struct half {
    const struct resource *resource;
    struct records_part part;
    struct relation *relation;
    size_t rows;
    struct diags *diags;
    bool fine;
};

static void fill_half(void *context)
{
    struct half *half = context;
    half->fine = fill_part(half->resource, half->relation, half->part, true, &half->rows, half->diags)
        && diags_count(half->diags) == 0;
}

static void open_half(struct half *half, const struct resource *resource, struct records_part part)
{
    *half = (struct half){ .resource = resource, .part = part, .relation = relation_new(resource),
                           .diags = diags_new() };
}

static void close_half(struct half *half)
{
    relation_drop(half->relation);
    diags_drop(half->diags);
}

static uint64_t size_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
}

static void append(struct relation *relation, const struct relation *other)
{
    for (size_t i = 0; i < relation->column_count; i++)
        column_append(&relation->columns[i].data, &other->columns[i].data);
}

/* Both halves behind the relation's rows; false, with nothing added, when a file must be read by one. The first file's
 * first half becomes the relation. */
static bool fill_by_two(const struct resource *resource, struct relation **relation, size_t file, size_t *rows,
                        const struct diags *diags)
{
    struct csv_source source = { .path = resource->paths[file], .encoding = resource->encoding, .to = UINT64_MAX };
    uint64_t size = size_of(source.path), middle = 0;
    struct half halves[2];
    struct beside second;

    /* The second half has no header to map its columns by. */
    if (size >= PARALLEL_BYTES && resource->match == MATCH_EXACT && beside_can())
        middle = csv_middle(&source, &resource->dialect, size);
    if (!middle)
        return false;
    open_half(&halves[0], resource, (struct records_part){ file, 0, middle });
    diags_follow(halves[0].diags, diags_followed(diags)); /* this thread's */
    open_half(&halves[1], resource, (struct records_part){ file, middle, UINT64_MAX });
    bool started = beside_begin(&second, fill_half, &halves[1]);
    if (started)
        fill_half(&halves[0]);
    beside_end(&second);
    bool fine = started && halves[0].fine && halves[1].fine;
    if (fine && file == 0) {
        relation_drop(*relation);
        *relation = halves[0].relation;
        halves[0].relation = NULL;
    } else if (fine) {
        append(*relation, halves[0].relation);
    }
    if (fine)
        append(*relation, halves[1].relation);
    *rows = halves[0].rows + halves[1].rows;
    close_half(&halves[0]);
    close_half(&halves[1]);
    return fine;
}

/* --- the resource --------------------------------------------------------------------------------------- */

static bool fill_file(const struct resource *resource, struct relation **relation, size_t file, size_t most_rows,
                      struct diags *diags)
{
    struct records_part whole = { file, 0, UINT64_MAX };
    struct place start = { .file = resource->paths[file], .line = 1, .col = 1 };
    size_t rows, before = diags_errors(diags), first = (*relation)->columns[0].data.rows;

    if (!fill_by_two(resource, relation, file, &rows, diags)
        && !fill_part(resource, *relation, whole, false, &rows, diags))
        return false;
    (*relation)->first_rows[file] = first;
    if (rows == 0 && diags_errors(diags) == before)
        diag_add(diags, resource->header ? DIAG_CSV_NO_ROWS : DIAG_CSV_EMPTY, start,
                 resource->header ? "the file has a header and no rows; is it the whole file?"
                                  : "the file is empty; rows are needed");
    if ((*relation)->columns[0].data.rows <= most_rows)
        return true;
    if (first <= most_rows)
        diag_add(diags, DIAG_TABLE_ROWS, start, "the table has more than %zu rows; split it", most_rows);
    return false;
}

struct relation *rows_read(const struct resource *resource, size_t max_errors, struct diags *diags)
{
    return rows_read_most(resource, max_errors, UINT32_MAX - 1, diags);
}

struct relation *rows_read_most(const struct resource *resource, size_t max_errors, size_t most_rows,
                                struct diags *diags)
{
    struct relation *relation = relation_new(resource);
    bool fine = true;
    size_t over;

    for (size_t file = 0; file < resource->path_count; file++) {
        diags_limit(diags, max_errors);
        fine &= fill_file(resource, &relation, file, most_rows, diags);
        if ((over = diags_unlimit(diags)) > 0)
            diag_add(diags, DIAG_CELLS_MORE, (struct place){ .file = resource->paths[file] },
                     "%zu errors in this file, of which the first %zu are listed; --max-errors lists more",
                     over + max_errors, max_errors);
    }
    if (fine) {
        relation_finish(relation);
        return relation;
    }
    relation_drop(relation);
    return NULL;
}
