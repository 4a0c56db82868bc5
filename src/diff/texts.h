/* The blocks of two files compared, word by word where they are the same block before and after. */
#ifndef MUJAZ_DIFF_TEXTS_H
#define MUJAZ_DIFF_TEXTS_H

#include "diff/names.h"
#include "pdf_check/contents.h"

enum diff_kind { DIFF_PART_SAME, DIFF_PART_OLD, DIFF_PART_NEW };

struct diff_part {
    enum diff_kind kind;
    const char *text; /* words with blanks between them */
};

struct diff_text {
    enum diff_change change;
    const char *role, *language; /* "P", "TR" for a whole row of a table; "en" */
    size_t old_page, page;       /* 0: there is none */
    const char *row;             /* of a cell: the first of its row; else NULL */
    struct diff_part *parts;
    size_t part_count;
};

void diff_texts(const struct contents *old, const struct contents *now, struct arena *, struct diff_text **,
                size_t *count);

#endif
