/*
 * The form of a CSV file: encoding by its bytes, delimiter and quotes by trying, header by what differs from
 * the rows below it. Reads the file with the program's own reader, so that nothing is guessed which that
 * would refuse.
 */
#include "dataset/infer.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "locale/locale.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
    FILE_BYTES = 256 << 20,
    TRIED = 1000,      /* records by which a delimiter is judged */
    SKIPPED_MOST = 50 /* rows of another width than the table's; with more the file is no table */
};

void infer_say(struct inferred *in, const char ***list, size_t *count, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    utf8_end_cut(text, sizeof text, vsnprintf(text, sizeof text, format, args));
    va_end(args);
    *list = arena_grow(in->arena, *list, *count, sizeof **list);
    (*list)[(*count)++] = arena_string(in->arena, text);
}

#define FOUND(in, ...) infer_say(in, &(in)->found, &(in)->found_count, __VA_ARGS__)
#define DOUBT(in, ...) infer_say(in, &(in)->doubts, &(in)->doubt_count, __VA_ARGS__)

/* --- encoding ------------------------------------------------------------------------------------------------ */

static size_t count_pairs(const unsigned char *bytes, size_t length, unsigned char first,
                          unsigned char second)
{
    size_t n = 0;
    for (size_t i = 0; i + 1 < length; i++)
        n += bytes[i] == first && bytes[i + 1] == second;
    return n;
}

/* Of 8 bits: letters of Arabic stand beside one another, those of Western languages alone among ASCII. */
static const char *one_byte_encoding(struct inferred *in, const unsigned char *bytes, size_t length)
{
    size_t high = 0, beside = 0, controls = 0;
    for (size_t i = 0; i < length; i++) {
        bool here = bytes[i] >= 0xC0;
        high += here;
        beside += here && ((i && bytes[i - 1] >= 0xC0) || (i + 1 < length && bytes[i + 1] >= 0xC0));
        controls += bytes[i] >= 0x80 && bytes[i] < 0xA0;
    }
    if (high && 10 * beside >= 6 * high) {
        size_t windows = count_pairs(bytes, length, 0xC7, 0xE1), iso = count_pairs(bytes, length, 0xC7, 0xE4);
        const char *name = iso > windows && !controls ? "iso-8859-6" : "windows-1256";
        FOUND(in,
              "encoding %s: the bytes are no UTF-8, and %zu of %zu beyond ASCII stand in words, as Arabic letters "
              "do; the article \"ال\" comes %zu times",
              name, beside, high, iso > windows ? iso : windows);
        return name;
    }
    FOUND(in, "encoding windows-1252: the bytes are no UTF-8, and most letters beyond ASCII stand alone, as in "
              "Western languages");
    DOUBT(in, "the encoding is one of 8 bits, and which one cannot be seen from the bytes: look at a few names, "
              "and change \"encoding\" when letters are wrong");
    return "windows-1252";
}

static bool find_encoding(struct inferred *in, const char *path, struct diags *diags)
{
    struct arena *arena = arena_new();
    size_t length;
    const char *bytes = file_read(path, FILE_BYTES, arena, &length, diags);
    if (bytes) {
        in->encoding = csv_utf16_name(bytes, length);
        if (in->encoding)
            FOUND(in, "encoding %s: %s", in->encoding,
                  strlen(in->encoding) == 6 ? "it begins with its byte-order mark"
                                            : "every other byte is zero");
        else if (utf8_check(bytes, length) == length)
            FOUND(in, "encoding utf-8: all %zu bytes are valid UTF-8", length);
        else
            in->encoding = one_byte_encoding(in, (const unsigned char *)bytes, length);
    }
    arena_drop(arena);
    return bytes != NULL;
}

/* --- delimiter and quotes ------------------------------------------------------------------------------------ */

/* How well a dialect suits the first records. */
struct trial {
    struct csv_dialect dialect;
    bool whole;            /* no record was refused */
    size_t records, width; /* the most frequent number of fields, */
    size_t of_width;       /* which so many records have */
    uint32_t first;        /* the line of the first that has it */
    size_t spaced, apart;  /* fields behind a delimiter: that begin with a blank; all */
    size_t bare_quotes;    /* fields that stand between apostrophes */
};

static struct trial try_dialect(const char *path, const char *encoding, struct csv_dialect dialect)
{
    struct trial t = { .dialect = dialect, .whole = true };
    struct csv_source source = { .path = path, .encoding = encoding, .to = UINT64_MAX };
    struct diags *diags = diags_new();
    struct csv *csv = csv_open(&source, &dialect, diags);
    struct csv_record record;
    enum csv_status status = CSV_FAILED;
    size_t *widths = xcalloc(CSV_FIELDS + 1, sizeof *widths);
    uint32_t *firsts = xcalloc(CSV_FIELDS + 1, sizeof *firsts);

    while (csv && t.records < TRIED && (status = csv_next(csv, &record)) == CSV_RECORD) {
        t.records++;
        if (!widths[record.count]++)
            firsts[record.count] = csv_place(csv, 0).line;
        for (size_t i = 0; i < record.count; i++) {
            const struct csv_field *f = &record.fields[i];
            t.apart += i > 0;
            t.spaced += i > 0 && f->length && f->text[0] == ' ';
            t.bare_quotes += f->length > 1 && f->text[0] == '\'' && f->text[f->length - 1] == '\'';
        }
    }
    t.whole = csv && status != CSV_FAILED;
    for (size_t i = 1; i <= CSV_FIELDS; i++)
        if (widths[i] > t.of_width || (widths[i] == t.of_width && widths[i] && t.width == 1)) {
            t.width = i;
            t.of_width = widths[i];
            t.first = firsts[i];
        }
    free(widths);
    free(firsts);
    if (csv)
        csv_close(csv);
    diags_drop(diags);
    return t;
}

/* One column is what every wrong delimiter gives. */
static bool is_better(const struct trial *a, const struct trial *b)
{
    if ((a->whole && a->width > 1) != (b->whole && b->width > 1))
        return a->whole && a->width > 1;
    if (a->whole != b->whole)
        return a->whole;
    size_t left = a->of_width * (b->records ? b->records : 1),
           right = b->of_width * (a->records ? a->records : 1);
    if (left != right)
        return left > right;
    return a->width > b->width;
}

static void name_delimiter(struct inferred *in, const struct trial *t)
{
    if (t->width == 1)
        FOUND(in, "delimiter none: each record is one cell");
    else if (t->dialect.delimiter == '\t')
        FOUND(in, "delimiter tab: %zu of the first %zu records have %zu cells then", t->of_width, t->records,
              t->width);
    else
        FOUND(in, "delimiter %c: %zu of the first %zu records have %zu cells then", t->dialect.delimiter,
              t->of_width, t->records, t->width);
    if (t->dialect.skip_initial_space)
        FOUND(in, "blanks behind the delimiter are left out: cells begin with one");
    if (t->dialect.quote == '\'')
        FOUND(in, "quotes are apostrophes: cells stand between them");
    if (t->dialect.literal_quotes)
        FOUND(in, "quotation marks are letters inside cells that are not quoted: somewhere one stands there");
    if (!t->dialect.quote)
        DOUBT(in, "quotation marks are taken for letters everywhere, since the file cannot be read otherwise: is "
                  "one of them not closed?");
}

static struct trial find_dialect(struct inferred *in, const char *path)
{
    static const char delimiters[] = { ',', ';', '\t', '|' };
    struct trial best = { .whole = false };
    for (int form = 0; form < 4 && !best.whole; form++)
        for (size_t i = 0; i < sizeof delimiters; i++) {
            struct csv_dialect d = { .delimiter = delimiters[i],
                                     .quote = form == 3 ? '\0' : '"',
                                     .skip_initial_space = form == 1,
                                     .literal_quotes = form == 2 };
            struct trial t = try_dialect(path, in->encoding, d);
            if (!best.dialect.delimiter || is_better(&t, &best))
                best = t;
        }
    if (best.whole && best.apart && 10 * best.spaced >= 9 * best.apart) {
        struct csv_dialect d = best.dialect;
        d.skip_initial_space = true;
        struct trial t = try_dialect(path, in->encoding, d);
        best = t.whole ? t : best;
    }
    if (best.whole && 2 * best.bare_quotes > best.of_width * best.width) {
        struct csv_dialect d = best.dialect;
        d.quote = '\'';
        struct trial t = try_dialect(path, in->encoding, d);
        best = t.whole && t.width <= best.width ? t : best;
    }
    return best;
}

/* --- reading ------------------------------------------------------------------------------------------------- */

struct reading {
    struct inferred *in;
    const char **first; /* cells of the first record of the table's width */
    uint32_t first_row, first_line;
    uint32_t *skipped;
    size_t skipped_count;
    size_t inner_lines; /* line ends inside cells so far: a row is a record, however many lines it takes */
};

static void add_cell(struct inferred *in, struct inferred_column *c, const char *text, size_t length,
                     uint32_t line)
{
    struct arena *scratch = NULL;
    length = strnlen(text, length);
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80 && !scratch) {
            size_t composed;
            scratch = arena_new();
            const char *nfc = locale_nfc(text, length, &composed, scratch); /* as cells are read */
            text = nfc ? nfc : text;
            length = nfc ? composed : length;
            break;
        }
    size_t before = dictionary_count(c->texts);
    uint32_t number = dictionary_add(c->texts, text, length);
    if (number == before) {
        c->counts = arena_grow(in->arena, c->counts, before, sizeof *c->counts);
        c->lines = arena_grow(in->arena, c->lines, before, sizeof *c->lines);
        c->counts[number] = 0;
        c->lines[number] = line;
    }
    c->counts[number]++;
    if (scratch)
        arena_drop(scratch);
}

/* The line "sep=;" by which Excel is told the delimiter: with it, a second cell that is empty. */
static bool is_separator_line(const struct csv_record *record)
{
    return (record->count == 1 || (record->count == 2 && record->fields[1].length == 0)) &&
           record->fields[0].length >= 4 && strncasecmp(record->fields[0].text, "sep=", 4) == 0;
}

static bool take_record(struct reading *r, const struct csv_record *record, uint32_t line, size_t width)
{
    uint32_t row = line - (uint32_t)r->inner_lines;
    for (size_t i = 0; i < record->count; i++)
        for (size_t k = 0; k < record->fields[i].length; k++)
            r->inner_lines += record->fields[i].text[k] == '\n';
    if (record->count != width) {
        if (!r->first) /* above the table */
            return true;
        r->skipped = arena_grow(r->in->arena, r->skipped, r->skipped_count, sizeof *r->skipped);
        r->skipped[r->skipped_count++] = row;
        DOUBT(r->in,
              "line %u has %zu cells in place of %zu and is skipped (commentRows): is it a note, or a broken row?",
              (unsigned)line, record->count, width);
        return r->skipped_count <= SKIPPED_MOST;
    }
    if (!r->first && row == 1 && is_separator_line(record))
        return true;
    if (!r->first) {
        r->first = arena_array(r->in->arena, width, sizeof *r->first);
        for (size_t i = 0; i < width; i++)
            r->first[i] = arena_string_n(r->in->arena, record->fields[i].text, record->fields[i].length);
        r->first_row = row;
        r->first_line = line;
        return true;
    }
    for (size_t i = 0; i < width; i++)
        add_cell(r->in, &r->in->columns[i], record->fields[i].text, record->fields[i].length, line);
    r->in->rows++;
    return true;
}

static bool read_records(struct reading *r, const char *path, size_t width, struct diags *diags)
{
    struct csv_source source = { .path = path, .encoding = r->in->encoding, .to = UINT64_MAX };
    struct csv *csv = csv_open(&source, &r->in->dialect, diags);
    struct csv_record record;
    enum csv_status status = CSV_FAILED;
    bool table = true;
    while (csv && table && (status = csv_next(csv, &record)) == CSV_RECORD)
        table = take_record(r, &record, csv_place(csv, 0).line, width);
    if (!table)
        diag_add(
            diags, DIAG_CSV_RAGGED, csv_place(csv, 0),
            "more than %d records have another number of cells than %zu; this is no table: mend the file",
            SKIPPED_MOST, width);
    if (csv)
        csv_close(csv);
    return table && status == CSV_END;
}

/* --- the header ---------------------------------------------------------------------------------------------- */

static bool is_year(const char *text)
{
    return strlen(text) == 4 && strspn(text, "0123456789") == 4 && strcmp(text, "1800") >= 0 &&
           strcmp(text, "2100") <= 0;
}

static bool is_read_as_text(const struct inferred_column *c)
{
    return c->field.type == FIELD_STRING;
}

/* Whether the first record names the columns; says why. */
static bool first_is_header(struct inferred *in, char *const why, size_t room, const char *const first[])
{
    size_t differ = 0, alike = 0, again = 0, blank = 0;
    for (size_t i = 0; i < in->column_count; i++) {
        const struct inferred_column *c = &in->columns[i];
        size_t length = strlen(first[i]);
        bool typed = in->rows && !is_read_as_text(c);
        blank += length == 0;
        if (typed && length && !is_year(first[i]))
            infer_fits(c, first[i], length) ? alike++ : differ++;
        again += length && dictionary_find(c->texts, first[i], length) != DICTIONARY_NONE;
    }
    if (differ) {
        snprintf(why, room, "%zu of its cells could be no value of their column", differ);
        return true;
    }
    if (alike) {
        snprintf(why, room, "%zu of its cells are values as those below", alike);
        return false;
    }
    snprintf(why, room,
             again && again > in->column_count / 2 ? "its texts come again below"
                                                   : "its texts do not come again below");
    if (blank || again)
        DOUBT(in, "it is not sure whether the first row names the columns");
    return again <= in->column_count / 2;
}

/* A name that can be a field's: one line, not empty, not there before. */
static bool are_names(const char *const first[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!*first[i] || strpbrk(first[i], "\r\n"))
            return false;
        for (size_t k = 0; k < i; k++)
            if (strcasecmp(first[i], first[k]) == 0)
                return false;
    }
    return true;
}

static void skip_row(struct reading *r, uint32_t row)
{
    r->skipped = arena_grow(r->in->arena, r->skipped, r->skipped_count, sizeof *r->skipped);
    memmove(r->skipped + 1, r->skipped, r->skipped_count * sizeof *r->skipped);
    r->skipped[0] = row;
    r->skipped_count++;
}

/* Names that no other column has: "column_2", "total_2". */
static const char *name_for(struct inferred *in, size_t index, const char *first)
{
    const char *stem = *first && !strpbrk(first, "\r\n") ? first : "column", *name = stem;
    bool taken = stem != first;
    if (taken)
        name = arena_printf(in->arena, "%s_%zu", stem, index + 1);
    for (size_t k = 0; k < index; k++)
        if (strcasecmp(in->columns[k].name, name) == 0)
            return arena_printf(in->arena, "%s_%zu", stem, index + 1);
    return name;
}

static void settle_header(struct reading *r, size_t width)
{
    struct inferred *in = r->in;
    char why[128];
    bool names = first_is_header(in, why, sizeof why, r->first);
    in->header = names && are_names(r->first, width);
    in->header_row = r->first_row;
    FOUND(in, "header %s: of row %u, %s", names ? "yes" : "no", (unsigned)r->first_row, why);
    if (r->first_row > 1)
        FOUND(in, "%u row%s above the table %s skipped", (unsigned)r->first_row - 1,
              r->first_row > 2 ? "s" : "", r->first_row > 2 ? "are" : "is");
    if (names && !in->header)
        DOUBT(
            in,
            "the header has a name twice, or a column without one: its row is skipped (commentRows), and the "
            "fields have names of their own");
    if (!names) {
        for (size_t i = 0; i < width; i++)
            add_cell(in, &in->columns[i], r->first[i], strlen(r->first[i]), r->first_line);
        in->rows++;
    }
    for (size_t i = 0; i < width; i++)
        in->columns[i].name =
            names ? name_for(in, i, r->first[i]) : arena_printf(in->arena, "column_%zu", i + 1);
    if (in->header)
        return;
    if (names)
        skip_row(r, r->first_row);
    for (uint32_t row = r->first_row - 1; row >= 1; row--)
        skip_row(r, row);
}

/* --- the whole ----------------------------------------------------------------------------------------------- */

static bool infer(struct inferred *in, const char *path, struct diags *diags)
{
    if (!find_encoding(in, path, diags))
        return false;
    struct trial form = find_dialect(in, path);
    in->dialect = form.dialect;
    in->column_count = form.width;
    in->columns = arena_array(in->arena, form.width ? form.width : 1, sizeof *in->columns);
    for (size_t i = 0; i < form.width; i++)
        in->columns[i] = (struct inferred_column){ .texts = dictionary_new(), .partner = SIZE_MAX };
    struct reading r = { .in = in };
    if (!read_records(&r, path, form.width, diags))
        return false;
    if (!r.first || form.width == 0) {
        diag_add(diags, DIAG_CSV_EMPTY, (struct place){ .file = path },
                 "the file holds nothing; name one with a header and rows");
        return false;
    }
    name_delimiter(in, &form);
    for (size_t i = 0; i < form.width; i++)
        infer_column(in, &in->columns[i]);
    in->comma = in->dialect.delimiter == ';';
    for (size_t i = 0; i < form.width; i++)
        in->comma |= in->columns[i].field.type == FIELD_NUMBER && in->columns[i].field.decimal == ',';
    settle_header(&r, form.width);
    if (in->rows == 0) {
        diag_add(diags, DIAG_CSV_NO_ROWS, (struct place){ .file = path },
                 "the file holds a header and no rows");
        return false;
    }
    for (size_t i = 0; i < form.width;
         i++) { /* again: the first row may be one of them, and their names are known */
        infer_column(in, &in->columns[i]);
        infer_doubts(in, &in->columns[i]);
    }
    infer_pairs(in);
    in->skipped = r.skipped;
    in->skipped_count = r.skipped_count;
    return true;
}

struct inferred *infer_csv(const char *path, struct diags *diags)
{
    struct arena *arena = arena_new();
    struct inferred *in = arena_alloc(arena, sizeof *in);
    in->arena = arena;
    if (infer(in, path, diags))
        return in;
    inferred_drop(in);
    return NULL;
}

void inferred_drop(struct inferred *in)
{
    for (size_t i = 0; i < in->column_count; i++)
        dictionary_drop(in->columns[i].texts);
    arena_drop(in->arena);
}
