/* The two texts, block by block: they must have the same shape and name the same figures and notes. */
#ifndef MUJAZ_REPORT_MATCH_H
#define MUJAZ_REPORT_MATCH_H

#include "report/markdown.h"

/* A diagnostic for each difference. With none, both trees can be walked in step. */
void match_texts(const struct markdown *const in[LANG_COUNT], struct arena *, struct diags *);

#endif
