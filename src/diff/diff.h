/*
 * What differs between two PDFs of ours, as data for who prints it: figures by their ledgers, texts by block and
 * language, pages by what they show. Everything is in the arena of the one who asked.
 */
#ifndef MUJAZ_DIFF_DIFF_H
#define MUJAZ_DIFF_DIFF_H

#include "base/diag.h"
#include "base/lang.h"
#include "pdf_check/contents.h"

enum diff_change { DIFF_CHANGED, DIFF_NEW, DIFF_GONE };
const char *diff_change_name(enum diff_change); /* "changed", "new", "gone" */

/* --- figures --- */

struct diff_cell {
    const char *name, *old, *now; /* NULL: of a new or gone row */
};

/* A row behind a figure, where it stands now, or stood. */
struct diff_row {
    enum diff_change change;
    const char *table, *file;
    const char *line;
    const char *head;        /* its first cell */
    struct diff_cell *cells; /* of a changed row those that changed */
    size_t cell_count;
};

/* A figure, table or chart of the ledger. */
struct diff_figure {
    enum diff_change change;
    const char *kind, *name;       /* "figure", "table", "chart" */
    const char *old, *now;         /* values, or "12 rows"; NULL: there is none */
    const char *difference;        /* "+2", of two numbers; NULL: of others */
    const char *old_printed[LANG_COUNT], *printed[LANG_COUNT]; /* "43%, 42.6%"; "" for nowhere */
    const char *at;                /* file:line:col of its statement, now or before */
    bool statement;                /* that has changed */
    struct diff_row *rows;         /* of those that the ledgers list */
    size_t row_count;
};

/* False with a diagnostic when a ledger is none. */
struct diff_ledger {
    const char *file; /* for diagnostics */
    const char *text;
    size_t length;
};
bool diff_figures(const struct diff_ledger *old, const struct diff_ledger *now, struct arena *,
                  struct diff_figure **, size_t *count, struct diags *);

/* --- texts --- */

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

/* --- pages --- */

struct diff_page {
    enum diff_change change;
    size_t old_page, page; /* from 1; 0: there is none */
};

/* --- two files --- */

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

/* --- for who compares --- */

/* Equal texts get equal numbers, from 1 on. */
struct diff_names;
uint32_t diff_number(struct diff_names **, const char *text, size_t length);
void diff_names_drop(struct diff_names *);

#endif
