/* Punctuation as it is printed, from what keyboards have. */
#ifndef MUJAZ_REPORT_PUNCTUATION_H
#define MUJAZ_REPORT_PUNCTUATION_H

#include "report/rich.h"

/* The text with "..." as “...” in English and «...» in Arabic, ' as ‘ or ’ in English and within Latin words, -- as –
 * and --- as —; or the text itself. Values, code and addresses stay as they are, and so do feet and inches, and
 * quotation marks where one has no partner. */
struct rich_text punctuation_set(const struct rich_text *, enum lang, struct arena *);

#endif
