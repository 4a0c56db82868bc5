/* A CSV file's records as text, for tests. */
#ifndef MUJAZ_TESTS_RECORDS_H
#define MUJAZ_TESTS_RECORDS_H

#include "base/buf.h"
#include "dataset/csv_inside.h"

/* A file of these bytes, always under the same name; its path. */
const char *records_file(const void *bytes, size_t length);
const char *records_folder(void); /* it is in */
void records_folder_remove(void);

/* Records as "line:col<text> line:col<text>\n", or without places "<text> <text>\n"; false when refused. */
bool records_read(const struct csv_source *, const struct csv_dialect *, size_t block, bool places, struct buf *out,
                  struct diags *);

#endif
