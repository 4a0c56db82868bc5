/* FlateDecode (ISO 32000-1, 7.4.4). Private to src/pdf_check. */
#ifndef MUJAZ_PDF_CHECK_INFLATE_H
#define MUJAZ_PDF_CHECK_INFLATE_H

#include <stdbool.h>

#include "base/buf.h"

/* Appends the inflated bytes; false when they are damaged, or more than a file may hold. */
bool inflate_add(const char *bytes, size_t length, struct buf *out);
/* Takes PNG's predictors out of rows of so many bytes; false when the rows are no such rows. */
bool inflate_unpredict(struct buf *, size_t columns, size_t pixel);

#endif
