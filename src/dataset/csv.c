/*
 * Records out of the window over a file. One pass: 64 bytes at a time become bits (csv_masks.h), and the scanner goes
 * from one delimiter, quote or line end to the next. A record lies whole in the window; when its end is not there yet,
 * more is read and it is begun anew. So nothing is counted but lines, and a column only when somebody asks.
 * Knows no schema, and of the bytes in fields only whether they are printable ASCII.
 */
#include "dataset/csv.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "dataset/csv_inside.h"
#include "dataset/csv_masks.h"

#include <stdlib.h>
#include <string.h>

/* Beyond so many blank lines, one more warning says that there are others. */
enum { BLANKS_TOLD = 100 };

enum outcome { SCAN_DONE, SCAN_MORE /* the window ends first */, SCAN_REFUSED };

enum refusal { QUOTE_INSIDE, TEXT_BEHIND, NEVER_CLOSED, FIELD_LONG, QUOTED_LONG, FIELDS_MANY, FILES_JOINED };

/* A walk from special byte to special byte. */
struct scan {
    const char *base;      /* of 64 bytes, a multiple of 64 behind the window's start */
    uint64_t special, odd; /* of these bytes, those not yet passed */
    uint64_t strange;      /* not 0: odd bytes were passed since it was set to 0 */
    const char *end;       /* of the window */
    const char *limit;     /* specials from here on need bytes that are not there */
    int quote;             /* -1: none */
    char delimiter;
};

struct csv {
    struct csv_input in;
    struct csv_dialect dialect;
    struct csv_needles needles;
    const char *path;
    size_t line_end_length, ahead; /* ahead: bytes that must be there to judge one */
    struct diags *diags;
    bool failed;

    const char *at, *next;      /* of the record (while count > 0) or line; what follows the record */
    uint32_t line, lines_inside; /* of `at`; newlines in the record's fields */
    uint32_t dropped;           /* columns of a skipped line that have left the window */
    uint64_t row;               /* rows before `at` */
    size_t comment_rows_done;
    uint32_t blank_first, blank_count, blanks_told; /* lines not told of yet, a run; told of in all */

    struct scan scan;
    size_t count;
    struct csv_field *fields;
    const char **starts;        /* of the fields in the window; one more: where the last ends */
    uint16_t *doubled;          /* the fields that hold doubled quotes */
    size_t doubled_count, doubled_bytes;
    char *scratch;              /* their text */
    size_t scratch_room;
    enum refusal refusal;
    const char *refused_at;
};

/* --- places ------------------------------------------------------------------------------------------------- */

static bool is_newline(const char *p)
{
    return *p == '\n' || (*p == '\r' && p[1] != '\n');
}

/* Newlines in [p, to): LF, CR LF or CR. */
static uint32_t count_newlines(const char *p, const char *to)
{
    uint32_t count = 0;
    for (const char *q = p; (q = memchr(q, '\n', (size_t)(to - q))); q++)
        count++;
    for (const char *q = p; (q = memchr(q, '\r', (size_t)(to - q))); q++)
        count += q[1] != '\n';
    return count;
}

/* Of a byte of the record, or of the line that is skipped. */
static struct place place_of(const struct csv *c, const char *to)
{
    struct place at = { .file = c->path, .line = c->line, .col = 1 + c->dropped };
    const char *from = c->at;

    for (const char *p = from; p < to; p++) {
        if (!is_newline(p))
            continue;
        at.line++;
        at.col = 1;
        from = p + 1;
    }
    at.col += to > from ? (uint32_t)utf8_count(from, (size_t)(to - from)) : 0;
    return at;
}

struct place csv_place(const struct csv *c, size_t index)
{
    return place_of(c, c->count ? c->starts[index] : c->at);
}

/* --- the walk ----------------------------------------------------------------------------------------------- */

static inline void scan_load(struct scan *s, const struct csv *c, const char *base)
{
    struct csv_masks m = csv_masks(base, &c->needles);
    s->base = base;
    s->special = m.special;
    s->odd = m.odd;
}

/* To p, which lies behind all that was passed. */
static inline void scan_seek(struct scan *s, const struct csv *c, const char *p)
{
    if (p - s->base >= CSV_STRIDE)
        scan_load(s, c, c->in.bytes + ((p - c->in.bytes) & ~(ptrdiff_t)(CSV_STRIDE - 1)));
    s->special &= ~UINT64_C(0) << (p - s->base);
    s->odd &= ~UINT64_C(0) << (p - s->base);
}

/* After the window has moved, or to go back. */
static void scan_reset(struct csv *c)
{
    struct scan *s = &c->scan;
    size_t ahead = c->ahead, have = (size_t)(c->in.end - c->in.bytes);

    s->end = c->in.end;
    s->limit = c->in.ended ? c->in.end + 1 : c->in.end - (ahead < have ? ahead : have);
    scan_load(s, c, c->in.bytes + ((c->at - c->in.bytes) & ~(ptrdiff_t)(CSV_STRIDE - 1)));
}

/* The next special byte. Not below `limit`: there is none to be judged. */
static inline const char *scan_next(struct scan *s, const struct csv *c)
{
    while (s->special == 0) {
        const char *base = s->base + CSV_STRIDE;
        s->strange |= s->odd;
        if (base > s->end)
            return base;
        scan_load(s, c, base);
    }
    unsigned bit = (unsigned)__builtin_ctzll(s->special);
    s->special &= s->special - 1;
    s->strange |= s->odd & ((UINT64_C(1) << bit) - 1);
    s->odd &= ~UINT64_C(1) << bit;
    return s->base + bit;
}

/* Bytes of the line end that stands at p, or 0. */
static inline size_t line_end_at(const struct csv *c, const char *p)
{
    if (c->dialect.line_end)
        return memcmp(p, c->dialect.line_end, c->line_end_length) == 0 ? c->line_end_length : 0;
    return *p == '\n' ? 1 : *p == '\r' ? 1 + (p[1] == '\n') : 0;
}

/* From an unquoted field's start to its end: a delimiter, a line end, or a quote where none may stand. */
static inline const char *scan_unquoted(struct scan *s, const struct csv *c)
{
    for (;;) {
        const char *q = scan_next(s, c);
        if (q >= s->limit || *q == s->delimiter)
            return q;
        if ((unsigned char)*q == s->quote) {
            if (!c->dialect.literal_quotes)
                return q;
        } else if (!c->dialect.line_end || line_end_at(c, q)) {
            return q;
        }
        s->strange |= csv_is_odd(*q);
    }
}

/* From a quoted field's opening quote to the closing one. */
static inline const char *scan_quoted(struct scan *s, const struct csv *c, uint32_t *doubled)
{
    scan_next(s, c);
    for (;;) {
        const char *q = scan_next(s, c);
        if (q >= s->limit)
            return q;
        if ((unsigned char)*q != s->quote) {
            s->strange |= csv_is_odd(*q);
        } else if (q[1] == *q) {
            scan_next(s, c);
            ++*doubled;
        } else {
            return q;
        }
    }
}

/* --- a record ----------------------------------------------------------------------------------------------- */

static enum outcome refuse(struct csv *c, enum refusal refusal, const char *at)
{
    c->refusal = refusal;
    c->refused_at = at;
    return SCAN_REFUSED;
}

/* Of a field that is long, or holds odd bytes: whether that is fine, and the newlines in it. */
static enum outcome check_field(struct csv *c, const struct csv_field *f, const char *start, const char *stop)
{
    size_t looked_at = (size_t)(stop - start) <= CSV_FIELD_BYTES ? (size_t)(stop - start) : CSV_FIELD_BYTES + 1;
    const char *mark = f->quoted ? NULL : memchr(start, CSV_END_MARK, looked_at);

    if (mark)
        return refuse(c, FILES_JOINED, mark);
    if (f->length > CSV_FIELD_BYTES)
        return refuse(c, f->quoted ? QUOTED_LONG : FIELD_LONG, start);
    if (f->quoted || c->dialect.line_end)
        c->lines_inside += count_newlines(start, stop);
    return SCAN_DONE;
}

/* The field that starts at `start` does not end in the window. A quote that is never closed makes the rest of the
 * file one field: not to be waited for. */
static enum outcome check_unended(struct csv *c, struct csv_field *f, const char *start, uint32_t doubled)
{
    const char *stop = c->in.ended ? c->scan.end : c->scan.limit;
    size_t length = stop > start + f->quoted ? (size_t)(stop - start) - f->quoted - doubled : 0;

    if (length > CSV_FIELD_BYTES + 1) {
        f->length = CSV_FIELD_BYTES + 1;
        return check_field(c, f, start, stop);
    }
    return c->in.ended ? refuse(c, NEVER_CLOSED, start) : SCAN_MORE;
}

static const char *skip_blanks(const struct csv *c, const char *p)
{
    while ((*p == ' ' || *p == '\t') && *p != c->dialect.delimiter)
        p++;
    return p;
}

/* The quoted field at `start`, and what follows its closing quote in *stop. */
static inline enum outcome take_quoted(struct csv *c, struct scan *s, struct csv_field *f, const char *start,
                                       const char **stop)
{
    uint32_t doubled = 0;
    const char *closing = scan_quoted(s, c, &doubled);

    f->quoted = true;
    if (closing >= s->limit)
        return check_unended(c, f, start, doubled);
    f->text = start + 1;
    f->length = (uint32_t)(closing - f->text) - doubled;
    f->plain = s->strange == 0;
    if ((s->strange || f->length > CSV_FIELD_BYTES) && check_field(c, f, start, closing) != SCAN_DONE)
        return SCAN_REFUSED;
    if (doubled) {
        c->doubled[c->doubled_count++] = (uint16_t)(f - c->fields);
        c->doubled_bytes += f->length;
    }
    *stop = closing + 1;
    if (**stop == s->delimiter)
        scan_next(s, c);
    else if (line_end_at(c, *stop) == 0)
        return refuse(c, **stop == CSV_END_MARK ? FILES_JOINED : TEXT_BEHIND, *stop);
    return SCAN_DONE;
}

/* The unquoted field at `start`, and what ends it in *stop. */
static inline enum outcome take_unquoted(struct csv *c, struct scan *s, struct csv_field *f, const char *start,
                                         const char **stop)
{
    const char *q = *stop = scan_unquoted(s, c);

    f->quoted = false;
    if (q >= s->limit)
        return check_unended(c, f, start, 0);
    f->text = start;
    f->length = (uint32_t)(q - start);
    f->plain = s->strange == 0;
    if ((s->strange || f->length > CSV_FIELD_BYTES) && check_field(c, f, start, q) != SCAN_DONE)
        return SCAN_REFUSED;
    return (unsigned char)*q == s->quote ? refuse(c, QUOTE_INSIDE, q) : SCAN_DONE;
}

static enum outcome scan_fields(struct csv *c, struct scan *s)
{
    const bool skip_initial_space = c->dialect.skip_initial_space;
    const char *start = c->at, *stop = start;
    size_t i = 0;

    scan_seek(s, c, start);
    for (;;) {
        c->starts[i] = start;
        s->strange = 0;
        enum outcome outcome = (unsigned char)*start == s->quote
                             ? take_quoted(c, s, &c->fields[i], start, &stop)
                             : take_unquoted(c, s, &c->fields[i], start, &stop);
        if (outcome != SCAN_DONE)
            return outcome;
        i++;
        if (*stop != s->delimiter)
            break;
        start = stop + 1;
        if (i == CSV_FIELDS)
            return refuse(c, FIELDS_MANY, start);
        if (skip_initial_space) {
            const char *text = skip_blanks(c, start);
            if (text - start > CSV_FIELD_BYTES)
                return refuse(c, FIELD_LONG, start);
            scan_seek(s, c, start = text);
        }
    }
    c->count = i;
    c->starts[i] = stop;
    c->next = stop + line_end_at(c, stop);
    return SCAN_DONE;
}

static enum outcome scan_record(struct csv *c)
{
    struct scan s = c->scan; /* a copy, so that the compiler can keep it in registers */

    c->count = c->doubled_count = c->doubled_bytes = 0;
    c->lines_inside = 0;
    enum outcome outcome = scan_fields(c, &s);
    c->scan = s;
    return outcome;
}

/* Doubled quotes become one, in the scratch: the window keeps what csv_place walks over. */
static void undouble(struct csv *c)
{
    if (c->scratch_room < c->doubled_bytes) {
        c->scratch_room = 2 * c->doubled_bytes;
        c->scratch = xrealloc(c->scratch, c->scratch_room, 1);
    }
    char *to = c->scratch;
    for (size_t i = 0; i < c->doubled_count; i++) {
        struct csv_field *f = &c->fields[c->doubled[i]];
        const char *p = f->text;
        f->text = to;
        for (const char *end = to + f->length; to < end; p++) {
            *to++ = *p;
            p += *p == c->dialect.quote;
        }
    }
}

/* --- what can be wrong -------------------------------------------------------------------------------------- */

static enum csv_status tell_refusal(struct csv *c)
{
    static const struct {
        enum diag_id id;
        const char *message;
    } told[] = {
        [QUOTE_INSIDE] = { DIAG_CSV_QUOTE,
            "a quote inside a field that is not quoted; quote the field and write this quote twice, or declare "
            "\"bareQuotes\": \"literal\"" },
        [TEXT_BEHIND] = { DIAG_CSV_QUOTE,
            "text follows a closing quote; inside a quoted field write a quote twice" },
        [NEVER_CLOSED] = { DIAG_CSV_QUOTE,
            "the quote that opens here is never closed; is the file cut off, or a quote missing?" },
        [FILES_JOINED] = { DIAG_CSV_JOINED,
            "the byte 0x1A, which ends DOS files, and the file goes on; were two files joined? take it out" },
    };
    struct place at = place_of(c, c->refused_at);

    c->failed = true;
    if (c->refusal == FIELD_LONG)
        diag_add(c->diags, DIAG_CSV_FIELD_SIZE, at, "a field of more than %d bytes; at most %d are read",
                 CSV_FIELD_BYTES, CSV_FIELD_BYTES);
    else if (c->refusal == QUOTED_LONG)
        diag_add(c->diags, DIAG_CSV_FIELD_SIZE, at, "a field of more than %d bytes; is its closing quote missing?",
                 CSV_FIELD_BYTES);
    else if (c->refusal == FIELDS_MANY)
        diag_add(c->diags, DIAG_CSV_COLUMNS, at, "a record of more than %d fields; at most %d are read", CSV_FIELDS,
                 CSV_FIELDS);
    else
        diag_add(c->diags, told[c->refusal].id, at, "%s", told[c->refusal].message);
    return CSV_FAILED;
}

static void tell_blanks(struct csv *c)
{
    struct place at = { .file = c->path, .line = c->blank_first, .col = 1 };

    for (; c->blank_count > 0 && c->blanks_told < BLANKS_TOLD; c->blank_count--, c->blanks_told++, at.line++)
        diag_add(c->diags, DIAG_CSV_BLANK_LINE, at,
                 "a blank line is skipped; take it out, or write \"\" when it is an empty cell");
    if (c->blank_count > 0 && c->blanks_told++ == BLANKS_TOLD)
        diag_add(c->diags, DIAG_CSV_BLANK_LINE, at,
                 "more blank lines are skipped, the others are not told of; take them out");
    c->blank_count = 0;
}

/* --- between records ---------------------------------------------------------------------------------------- */

/* More bytes behind the window's; false with a diagnostic. */
static bool read_more(struct csv *c)
{
    bool more = csv_input_more(&c->in, &c->at);

    scan_reset(c);
    if (!more) {
        tell_blanks(c);
        csv_input_tell(&c->in, place_of(c, c->in.end), c->diags);
        c->failed = true;
    }
    return more;
}

/* Over the line at `at`, whatever is in it and however long it is. */
static bool skip_line(struct csv *c)
{
    const char *p = c->at;

    c->row++;
    for (;;) {
        const char *judged = c->in.ended ? c->in.end : c->scan.limit;
        while (p < judged && line_end_at(c, p) == 0)
            p++;
        if (p < judged || c->in.ended)
            break;
        c->dropped += p > c->at ? (uint32_t)utf8_count(c->at, (size_t)(p - c->at)) : 0;
        c->at = p;
        if (!read_more(c))
            return false;
        p = c->at;
    }
    c->at = p + (p < c->in.end ? line_end_at(c, p) : 0);
    c->line += p < c->in.end;
    c->dropped = 0;
    scan_reset(c);
    return true;
}

static bool is_comment_row(struct csv *c)
{
    const struct csv_dialect *d = &c->dialect;

    while (c->comment_rows_done < d->comment_row_count && d->comment_rows[c->comment_rows_done] < c->row + 1)
        c->comment_rows_done++;
    return c->comment_rows_done < d->comment_row_count && d->comment_rows[c->comment_rows_done] == c->row + 1;
}

static void skip_blank_line(struct csv *c, size_t length)
{
    if (!is_comment_row(c)) {
        if (c->blank_count > 0 && c->blank_first + c->blank_count != c->line)
            tell_blanks(c);
        if (c->blank_count++ == 0)
            c->blank_first = c->line;
    }
    c->at += length;
    c->line++;
    c->row++;
}

/* To the first byte of a record: over blank lines and comments. */
static enum csv_status find_record(struct csv *c)
{
    for (;;) {
        if (c->at >= c->scan.limit && !c->in.ended) {
            if (!read_more(c))
                return CSV_FAILED;
            continue;
        }
        if (c->at >= c->in.end) {
            if (!c->in.to_file_end)
                tell_blanks(c);
            return CSV_END;
        }
        size_t n = line_end_at(c, c->at);
        if (n) {
            skip_blank_line(c, n);
        } else if (c->dialect.comment && *c->at == c->dialect.comment) {
            tell_blanks(c);
            if (!skip_line(c))
                return CSV_FAILED;
        } else {
            return CSV_RECORD;
        }
    }
}

/* One record, wanted or not. */
static enum csv_status read_record(struct csv *c, bool wanted)
{
    enum outcome outcome;

    while ((outcome = scan_record(c)) == SCAN_MORE)
        if (!read_more(c))
            return CSV_FAILED;
    if (outcome == SCAN_DONE) {
        c->row++;
        if (c->doubled_count)
            undouble(c);
        return CSV_RECORD;
    }
    if (wanted)
        return tell_refusal(c);
    c->count = 0;
    scan_reset(c);
    return skip_line(c) ? CSV_RECORD : CSV_FAILED;
}

enum csv_status csv_next(struct csv *c, struct csv_record *out)
{
    for (;;) {
        if (c->failed)
            return CSV_FAILED;
        if (c->count) {
            c->line += 1 + c->lines_inside;
            c->at = c->next;
            c->count = 0;
        }
        enum csv_status found = find_record(c);
        if (found != CSV_RECORD)
            return found;
        bool wanted = !is_comment_row(c);
        if (c->blank_count)
            tell_blanks(c);
        found = read_record(c, wanted);
        if (found != CSV_RECORD)
            return found;
        if (wanted)
            break;
    }
    *out = (struct csv_record){ .fields = c->fields, .count = c->count };
    return CSV_RECORD;
}

/* --- opening ------------------------------------------------------------------------------------------------ */

struct csv *csv_open_blocks(const struct csv_source *source, const struct csv_dialect *dialect, size_t block,
                            struct diags *diags)
{
    struct csv *c = xcalloc(1, sizeof *c);
    const char *line_end = dialect->line_end;
    char quote = dialect->quote ? dialect->quote : dialect->delimiter;

    *c = (struct csv){ .dialect = *dialect, .path = source->path, .line = 1, .diags = diags };
    if (!csv_input_open(&c->in, source, line_end ? line_end : "\n", block, diags)) {
        free(c);
        return NULL;
    }
    c->line_end_length = line_end ? strlen(line_end) : 0;
    c->ahead = line_end ? c->line_end_length + 1 : 2;
    c->needles = csv_needles(dialect->delimiter, quote, line_end ? *line_end : '\n', line_end ? *line_end : '\r');
    c->scan.quote = dialect->quote ? (unsigned char)dialect->quote : -1;
    c->scan.delimiter = dialect->delimiter;
    c->fields = xcalloc(CSV_FIELDS, sizeof *c->fields);
    c->starts = xcalloc(CSV_FIELDS + 1, sizeof *c->starts);
    c->doubled = xcalloc(CSV_FIELDS, sizeof *c->doubled);
    c->at = c->next = c->in.bytes;
    scan_reset(c);
    if (source->from > 0)
        c->dialect.skip_lines = c->dialect.comment_row_count = 0;
    while (c->row < c->dialect.skip_lines && !c->failed && !(c->in.ended && c->at >= c->in.end))
        skip_line(c);
    return c;
}

struct csv *csv_open(const struct csv_source *source, const struct csv_dialect *dialect, struct diags *diags)
{
    return csv_open_blocks(source, dialect, CSV_BLOCK, diags);
}

void csv_close(struct csv *c)
{
    if (!c)
        return;
    csv_input_close(&c->in);
    free(c->fields);
    free(c->starts);
    free(c->doubled);
    free(c->scratch);
    free(c);
}
