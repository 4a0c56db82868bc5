/* Datasets that a test writes itself, in a workspace below $TMPDIR; and numbers by chance that are always the same. */
#ifndef MUJAZ_TESTS_MADE_H
#define MUJAZ_TESTS_MADE_H

#include "dataset/dataset.h"

/* A new folder with an empty datasets/NAME in it; taken away by made_drop. */
struct made {
    char *root;
    char folder[512]; /* root/datasets/NAME */
};

void made_new(struct made *, const char *name);
/* Another dataset beside the first. */
void made_beside(const struct made *, const char *name, struct made *out);
void made_put(const struct made *, const char *file, const char *text);
/* One resource: {"resources": [{"name": NAME, "path": "NAME.csv", "schema": SCHEMA}]} and its file. */
void made_table(const struct made *, const char *name, const char *schema, const char *csv);
/* The errors that were said, with the dataset's folder taken out, must be `want`, and the warnings too when it has
 * any. May be NULL. */
struct dataset *made_load(const struct made *, const struct dataset_options *, const char *want);
void made_drop(struct made *);

/* xorshift64* */
struct chance {
    uint64_t state;
};

uint32_t chance_below(struct chance *, uint32_t count); /* 0 to count - 1 */

/* All cells, hidden columns too, one row a line. Heap. */
char *made_cells(const struct relation *);

#endif
