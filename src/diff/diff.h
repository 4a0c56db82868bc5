/*
 * What differs between two PDFs of ours, as data for who prints it: figures by their ledgers, texts by block and
 * language, pages by what they show. Everything is in the arena of the one who asked.
 */
#ifndef MUJAZ_DIFF_DIFF_H
#define MUJAZ_DIFF_DIFF_H

#include "diff/figures.h"
#include "diff/pages.h"
#include "diff/texts.h"

struct diff_document {
    const char *old, *now; /* paths */
    bool figures_known;    /* both have ledgers */
    struct diff_figure *figures;
    size_t figure_count;
    struct diff_text *texts;
    size_t text_count;
    struct diff_page *pages;
    size_t page_count, margins, old_pages, now_pages;
};

/* NULL with a diagnostic when one cannot be read. */
struct diff_document *diff_documents(const char *old, const char *now, struct arena *, struct diags *);
bool diff_is_same(const struct diff_document *); /* nothing of all that differs */

#endif
