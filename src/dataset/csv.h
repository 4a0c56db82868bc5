/*
 * CSV, strict (RFC 4180): records with the place of every field. Stops at what cannot be read on; what the
 * fields mean is not known here.
 */
#ifndef MUJAZ_DATASET_CSV_H
#define MUJAZ_DATASET_CSV_H

#include "base/diag.h"

enum { CSV_FIELD_BYTES = 65536, CSV_FIELDS = 512 };

/* How a file is written, as its package says. */
struct csv_dialect {
    char delimiter;            /* ASCII */
    char quote;                /* ASCII; 0: quotes are letters */
    char comment;              /* ASCII; a record line that starts with it is skipped; 0: none */
    bool skip_initial_space;   /* blanks behind a delimiter are no part of the field */
    bool literal_quotes;       /* a quote inside an unquoted field is a letter, else an error */
    const char *line_end;      /* NULL: LF, CR LF or CR, as they come */
    uint32_t skip_lines;       /* lines before the first record: a preamble, any bytes */
    const uint32_t *comment_rows; /* numbers of rows to skip, rising; the preamble's lines count as rows */
    size_t comment_row_count;
};

/* What csv_read knows of a dialect. */
struct csv_format {
    char delimiter, quote;
};

struct csv_field {
    const char *text; /* not NUL-terminated; any bytes, unchecked */
    size_t length;
    struct place at; /* its first character, the quote of a quoted one */
};

/* One record; false stops the reading. The fields live until it returns. */
struct csv_reader {
    bool (*record)(void *context, const struct csv_field *fields, size_t count);
    void *context;
};

/* False with a diagnostic when the file could not be read to its end, or when `record` stopped it. `path` is
 * named in places and must live as long as they do. Blank lines between records are skipped and warned of. */
bool csv_read(const char *path, const char *bytes, size_t length, struct csv_format, struct csv_reader,
              struct diags *);

#endif
