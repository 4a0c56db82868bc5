/*
 * CSV, strict (RFC 4180): records with the place of every field. Stops at what cannot be read on; what the
 * fields mean is not known here.
 */
#ifndef MUJAZ_DATASET_CSV_H
#define MUJAZ_DATASET_CSV_H

#include "base/diag.h"

enum { CSV_FIELD_BYTES = 65536, CSV_FIELDS = 512 };

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
