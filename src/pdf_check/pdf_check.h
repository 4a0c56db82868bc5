/*
 * Checks a finished PDF: reopens it from its bytes and tests the rules of PDF/UA-1 (ISO 14289-1), PDF/A-3a (ISO
 * 19005-3) and of our own that can break in a briefing; pdf_check/rules.h lists them. Knows nothing of how the file was
 * made.
 */
#ifndef MUJAZ_PDF_CHECK_PDF_CHECK_H
#define MUJAZ_PDF_CHECK_PDF_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

/* One error for each fault, at most PDF_CHECK_EACH of a rule and then how many more there are. `file` names the file in
 * them. `mapped`: the bytes are a file's mapping, from its begin on; little of it is in memory at a time. False when
 * there was any. */
enum { PDF_CHECK_EACH = 10 };
bool pdf_check(const char *file, const char *bytes, size_t length, bool mapped, struct diags *);

#endif
