/* Equal texts get equal numbers, so that sequences of them can be aligned; and the words of a change. */
#ifndef MUJAZ_DIFF_NAMES_H
#define MUJAZ_DIFF_NAMES_H

#include <stddef.h>
#include <stdint.h>

enum diff_change { DIFF_CHANGED, DIFF_NEW, DIFF_GONE };
const char *diff_change_name(enum diff_change); /* "changed", "new", "gone" */

/* From 1 on. */
struct diff_names;
uint32_t diff_number(struct diff_names **, const char *text, size_t length);
void diff_names_drop(struct diff_names *);

#endif
