/*
 * libcsv behind a reader that knows places.
 *
 * libcsv tells nothing of positions, drops blank lines, and grows a field without limit. All bytes are in
 * memory here, so a second walk, one field at a time, finds where each field began: an unquoted field is as
 * long in the file as in memory; in a quoted one every quote inside is doubled. libcsv decides what a field
 * is; the walk only follows. Strict mode refuses stray quotes, where lax mode would swallow records.
 */
#include "dataset/csv.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include <csv.h>

/* One block of the field buffer: more than the limit, so that libcsv asks for a second only beyond it. */
enum { BLOCK = CSV_FIELD_BYTES + 64 };

struct walk {
    const char *bytes, *at, *end; /* `at`: behind the last field */
    uint32_t line, col;
    struct csv_format format;
    struct csv_reader reader;
    const char *path;
    struct buf text; /* of the record's fields, one behind the other */
    struct csv_field *fields;
    size_t *starts; /* offset of each field in `text` */
    size_t count;
    bool any_record, stopped;
    struct diags *diags;
};

static struct place here(const struct walk *w)
{
    return (struct place){ .file = w->path, .line = w->line, .col = w->col };
}

/* Moves `at` to `to`, counting lines (LF, CR LF or CR) and columns. */
static void advance(struct walk *w, const char *to)
{
    const char *from = w->at;
    for (const char *p = from; p < to; p++) {
        if (*p != '\n' && (*p != '\r' || (p + 1 < w->end && p[1] == '\n')))
            continue;
        w->line++;
        w->col = 1;
        from = p + 1;
    }
    w->col += (uint32_t)utf8_count(from, (size_t)(to - from));
    w->at = to;
}

/* Before a record's first field: over the line end, and over blank lines, each with a warning. */
static void skip_line_ends(struct walk *w)
{
    uint32_t first = w->line + w->any_record;
    const char *p = w->at;
    while (p < w->end && (*p == '\n' || *p == '\r'))
        p++;
    advance(w, p);
    if (w->at == w->end)
        return; /* blank lines at the end of a file are usual */
    for (uint32_t line = first; line < w->line; line++)
        diag_add(w->diags, DIAG_CSV_BLANK_LINE, (struct place){ w->path, line, 1 },
                 "a blank line is skipped; take it out, or write \"\" when it is an empty cell");
}

static void to_field(struct walk *w)
{
    if (w->count == 0)
        skip_line_ends(w);
    else
        advance(w, w->at + 1); /* the delimiter */
}

/* The end in the file of the field that starts at `at` and holds `length` bytes. */
static const char *field_end(const struct walk *w, size_t length)
{
    const char *p = w->at;
    if (p >= w->end || *p != w->format.quote)
        return p + length;
    p++;
    for (size_t i = 0; i < length && p < w->end; i++)
        p += 1 + (*p == w->format.quote);
    return p < w->end ? p + 1 : p;
}

static void stop(struct walk *w)
{
    w->stopped = true;
}

static void on_field(void *text, size_t length, void *context)
{
    struct walk *w = context;
    if (w->stopped)
        return;
    to_field(w);
    if (length > CSV_FIELD_BYTES) {
        diag_add(w->diags, DIAG_CSV_FIELD_SIZE, here(w), "a field of %zu bytes; at most %d are read", length,
                 CSV_FIELD_BYTES);
        stop(w);
        return;
    }
    if (w->count == CSV_FIELDS) {
        diag_add(w->diags, DIAG_CSV_COLUMNS, here(w), "a record of more than %d fields; at most %d are read",
                 CSV_FIELDS, CSV_FIELDS);
        stop(w);
        return;
    }
    w->fields[w->count] = (struct csv_field){ .length = length, .at = here(w) };
    w->starts[w->count++] = w->text.length;
    buf_add(&w->text, text, length);
    advance(w, field_end(w, length));
}

static void on_record(int end, void *context)
{
    struct walk *w = context;
    (void)end;
    if (w->stopped)
        return;
    for (size_t i = 0; i < w->count; i++)
        w->fields[i].text = w->text.data + w->starts[i];
    if (!w->reader.record(w->reader.context, w->fields, w->count))
        stop(w);
    buf_clear(&w->text);
    w->count = 0;
    w->any_record = true;
}

static int is_no_space(unsigned char c)
{
    (void)c;
    return 0;
}

static void *realloc_block(void *old, size_t size)
{
    return size > BLOCK ? NULL : xrealloc(old, size, 1);
}

/* What libcsv refused at byte `offset`. */
static void add_refusal(struct walk *w, int error, size_t offset)
{
    to_field(w);
    if (error == CSV_ENOMEM) {
        diag_add(w->diags, DIAG_CSV_FIELD_SIZE, here(w),
                 "a field of more than %d bytes; is its closing quote missing?", CSV_FIELD_BYTES);
        return;
    }
    bool quoted = w->at < w->end && *w->at == w->format.quote;
    advance(w, w->bytes + offset);
    if (quoted)
        diag_add(w->diags, DIAG_CSV_QUOTE, here(w),
                 "text follows a closing quote; inside a quoted field write a quote twice");
    else
        diag_add(w->diags, DIAG_CSV_QUOTE, here(w),
                 "a quote inside a field that is not quoted; quote the field and write this quote twice");
}

static bool parse(struct walk *w, struct csv_parser *parser)
{
    size_t length = (size_t)(w->end - w->bytes);
    size_t done = csv_parse(parser, w->bytes, length, on_field, on_record, w);
    if (w->stopped)
        return false;
    if (done != length) {
        add_refusal(w, csv_error(parser), done);
        return false;
    }
    /* It checks before it calls back: no phantom record after an error. */
    if (csv_fini(parser, on_field, on_record, w) != 0) {
        to_field(w);
        diag_add(w->diags, DIAG_CSV_QUOTE, here(w),
                 "the quote that opens here is never closed; is the file cut off, or a quote missing?");
        return false;
    }
    return !w->stopped;
}

bool csv_read(const char *path, const char *bytes, size_t length, struct csv_format format,
              struct csv_reader reader, struct diags *diags)
{
    struct walk w = { .bytes = bytes, .at = bytes, .end = bytes + length, .line = 1, .col = 1,
                      .format = format, .reader = reader, .path = path, .diags = diags };
    struct csv_parser parser;

    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI); /* csv_set_opts later would write too far */
    csv_set_delim(&parser, (unsigned char)format.delimiter);
    csv_set_quote(&parser, (unsigned char)format.quote);
    csv_set_space_func(&parser, is_no_space);
    csv_set_realloc_func(&parser, realloc_block);
    csv_set_blk_size(&parser, BLOCK);
    buf_init(&w.text);
    w.fields = xcalloc(CSV_FIELDS, sizeof *w.fields);
    w.starts = xcalloc(CSV_FIELDS, sizeof *w.starts);

    bool fine = parse(&w, &parser);

    csv_free(&parser);
    buf_drop(&w.text);
    free(w.fields);
    free(w.starts);
    return fine;
}
