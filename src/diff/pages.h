/* The pages of two files compared by what they show. */
#ifndef MUJAZ_DIFF_PAGES_H
#define MUJAZ_DIFF_PAGES_H

#include "diff/names.h"
#include "pdf_check/contents.h"

struct diff_page {
    enum diff_change change;
    size_t old_page, page; /* from 1; 0: there is none */
};

/* `margins`: on so many pages nothing but header or footer differs; they are not listed. */
void diff_pages(const struct contents *old, const struct contents *now, struct arena *, struct diff_page **,
                size_t *count, size_t *margins);

#endif
