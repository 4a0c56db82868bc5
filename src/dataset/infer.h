/*
 * From a CSV file that nobody has described to a Data Package: what its form is, what its columns are, and of each
 * guess what speaks for it and what against. Every cell is looked at, and a column is of a type only when each of them
 * can be read so by dataset/field.h: what is written here passes the check of that very file.
 */
#ifndef MUJAZ_DATASET_INFER_H
#define MUJAZ_DATASET_INFER_H

#include "dataset/csv.h"
#include "dataset/dictionary.h"
#include "dataset/field.h"

struct buf;
struct node;

struct inferred_column {
    const char *name;              /* the header's cell, or "column_1" */
    const struct node *properties; /* of the field: "type", "format" and so on */
    struct field field;            /* as they are read */
    const char *words;             /* what the cells are: "days as 31/01/2024" */
    struct dictionary *texts;      /* the cells, each text once */
    size_t *counts;                /* how often each comes */
    uint32_t *lines;               /* where each comes first */
    const char *missing[8];        /* texts beside "" that stand for no value */
    size_t missing_count;
    size_t empty;                  /* cells without a value */
    bool required, unique, category;
    size_t partner;                /* the column that says the same in the other language; SIZE_MAX: none */
    enum lang lang;                /* of this one of the two */
};

struct inferred {
    struct arena *arena;
    const char *encoding;       /* NULL: UTF-8 */
    struct csv_dialect dialect; /* line_end, comment_rows and so on are not guessed here */
    bool comma;                 /* fractions are written with a comma, as 1,5: another column is, or ';' parts cells */
    bool header;
    uint32_t header_row;        /* from 1; the rows before it are skipped */
    const uint32_t *skipped;    /* rows that are no records: a header that cannot be used, notes below the table */
    size_t skipped_count;
    struct inferred_column *columns;
    size_t column_count, rows;
    const char **found, **doubts; /* sentences for people: what the form is; what may be wrong */
    size_t found_count, doubt_count;
};

/* NULL with diagnostics when the file is no CSV that could be read. */
struct inferred *infer_csv(const char *path, struct diags *);
void inferred_drop(struct inferred *);

/* datapackage.json of a dataset `name` whose only file is `file`; `source` is what it was called before. */
void infer_package(const struct inferred *, const char *name, const char *file, const char *source, struct buf *out);

/* --- between the files that infer --- */

void infer_say(struct inferred *, const char ***list, size_t *count, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* One column's type, from its texts. */
void infer_column(struct inferred *, struct inferred_column *);
void infer_doubts(struct inferred *, const struct inferred_column *);
/* Whether a text could be a cell of the column, or says that there is no value. */
bool infer_fits(const struct inferred_column *, const char *text, size_t length);
/* Which columns say the same in two languages: name_en and name_ar. */
void infer_pairs(struct inferred *);

#endif
