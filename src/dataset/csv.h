/*
 * CSV records (RFC 4180 and the dialects of Frictionless v2) from a file, one after the other, in constant memory.
 * What the fields mean is not known here, nor whether their bytes are valid text.
 *
 * Blank lines between records are skipped with a warning, those at the end without. The byte 0x1A, with which DOS
 * ended files, is skipped as the last byte of the file; elsewhere outside quotes it is an error.
 */
#ifndef MUJAZ_DATASET_CSV_H
#define MUJAZ_DATASET_CSV_H

#include "base/diag.h"

enum { CSV_FIELD_BYTES = 65536, CSV_FIELDS = 512 };

struct csv_dialect {
    char delimiter;            /* ASCII */
    char quote;                /* ASCII; 0: quotes are letters */
    char comment;              /* ASCII; a line that starts with it is skipped as it is, quotes or not; 0: none */
    bool skip_initial_space;   /* blanks and tabs behind a delimiter are no part of the field */
    bool literal_quotes;       /* a quote inside an unquoted field is a letter, else an error */
    const char *line_end;      /* NULL: LF, CR LF or CR, as they come; else this alone, other ends are letters */
    uint32_t skip_lines;       /* lines before the first record: a preamble, any bytes */
    const uint32_t *comment_rows; /* numbers of rows to skip, from 1, rising; the preamble's lines, blank lines
                                     and comments count as rows. A row is a record, or a line when it is none */
    size_t comment_row_count;  /* line_end and comment_rows live as long as the reader */
};

struct csv_source {
    const char *path;          /* named in places; lives as long as they do */
    const char *encoding;      /* as iconv knows it; NULL: UTF-8 */
    uint64_t from, to;         /* bytes of the file; 0, UINT64_MAX: all. Other ranges only for UTF-8, see csv_middle:
                                  a range that does not begin the file has no preamble and no comment rows */
};

struct csv_field {
    const char *text; /* not NUL-terminated; lives until the next csv_next */
    uint32_t length;
    bool plain;       /* printable ASCII only: nothing to check */
    bool quoted;
};

struct csv_record {
    const struct csv_field *fields;
    size_t count;
};

enum csv_status { CSV_RECORD, CSV_END, CSV_FAILED /* with a diagnostic */ };

struct csv;

/* NULL: diagnostic. The diags are kept for what csv_next has to say. */
struct csv *csv_open(const struct csv_source *, const struct csv_dialect *, struct diags *);
enum csv_status csv_next(struct csv *, struct csv_record *);
/* Where field `index` of the record that csv_next gave last begins: its first character, the quote of a quoted one;
 * index == count: behind the last one. Costs a walk over the record. After CSV_END, index 0: the line behind the
 * file's or range's last. Lines of a range count from 1. */
struct place csv_place(const struct csv *, size_t index);
void csv_close(struct csv *);

bool csv_is_utf8(const char *encoding);     /* by its name; NULL is */
bool csv_is_encoding(const char *encoding); /* one that iconv knows */
/* UTF-16 as it shows at a file's start: its mark, or a zero in every other byte, as Latin letters have it, or a 6, as
 * Arabic ones. "utf-16", "utf-16le", "utf-16be", or NULL. */
const char *csv_utf16_name(const char *head, size_t count);

/* A byte offset behind the middle of [0, size) at which a record begins, judged by the parity of quotes before it; 0
 * when the file is small, or there is none to be sure of. Only for UTF-8 without comments, comment rows or literal
 * quotes. The judgement holds only for a well-formed file: when either half has anything to say, warnings too (their
 * lines are the range's), the caller reads the whole serially. */
uint64_t csv_middle(const struct csv_source *, const struct csv_dialect *, uint64_t size);

#endif
