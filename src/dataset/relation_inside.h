/* What a relation is made of, for the files of dataset that fill, order, ask and keep it. */
#ifndef MUJAZ_DATASET_RELATION_INSIDE_H
#define MUJAZ_DATASET_RELATION_INSIDE_H

#include "dataset/column.h"
#include "dataset/relation.h"

struct resource;

struct relation_column {
    struct table_column info;
    struct column data;
    size_t field; /* of the schema */
    bool hidden;
};

struct relation {
    struct arena *arena;
    const struct resource *resource; /* lives as long as the dataset */
    const char *name;
    struct relation_column *columns;
    size_t column_count, rows;
    size_t *first_rows;         /* of each of the resource's files */
    const struct place *places; /* of each row, of labels, which are in no such file; else NULL */
};

/* A relation without rows, its columns ready to be filled. */
struct relation *relation_new(const struct resource *);
void relation_drop(struct relation *);
/* All columns have the same rows. Makes the hidden columns. */
void relation_finish(struct relation *);
/* The labels of a field's categories: TABLE_FIELD_labels(value, en, ar). NULL when none has any. */
struct relation *relation_of_labels(const struct resource *, size_t field);

/* The column that holds a field; of a geopoint, the first of two. */
size_t relation_of_field(const struct relation *, size_t field);

/* One thing to order by. */
struct relation_key {
    size_t column;
    bool descending;
};

/*
 * Rows in the order of the keys, null first, equal rows in the order that they had; `rows` are ordered in place.
 * Texts by their bytes. Linear in rows. Only columns of which relation_can_order says yes: texts that are not
 * too many, numbers of one scale.
 */
bool relation_can_order(const struct relation *, size_t column);
void relation_order(const struct relation *, const struct relation_key *, size_t key_count, uint32_t *rows,
                    size_t count);
/* The same for keys of any column, in an order that only brings equal rows together. */
void relation_group(const struct relation *, const size_t *columns, size_t column_count, uint32_t *rows,
                    size_t count);
bool relation_same(const struct relation *, const size_t *columns, size_t column_count, size_t a, size_t b);

#endif
