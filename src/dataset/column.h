/*
 * One column of checked data, in few bytes: numbers in blocks as differences from the block's smallest, texts as
 * numbers of a dictionary. Filled value by value, then read-only.
 */
#ifndef MUJAZ_DATASET_COLUMN_H
#define MUJAZ_DATASET_COLUMN_H

#include "dataset/dictionary.h"
#include "dataset/table.h"

enum { BLOCK_ROWS = 1 << 16 };

/* What column_get gives for a null; no number of ours is as small. */
#define COLUMN_NULL INT64_MIN

struct block {
    void *data;    /* `width` bytes a row; NULL when the width is 0 */
    int64_t least; /* a row holds 0 for null, else its value - least + 1 */
    uint64_t same; /* width 0: what every row holds */
    uint8_t width; /* 0, 1, 2, 4, 8; 16: struct num as it is */
    uint8_t scale; /* of the block's numbers */
};

struct column {
    enum value_type type;
    struct dictionary *texts; /* of VALUE_TEXT and VALUE_DATE, else NULL; owned unless `base` */
    const struct column *base; /* a derived column: `map` gives what each text of the base stands for */
    int64_t *map;
    struct block *blocks;
    size_t block_count, rows;
    int64_t least, most; /* over all rows; least > most: no value */
    bool wide;           /* some block is of width 16, and column_get cannot be used */
    uint8_t scale;       /* the largest of all blocks */
    bool scales_differ;
    /* The block that is being filled; NULL when finished. Its least, most and largest scale so far. */
    struct num *pending;
    int64_t pending_least, pending_most;
    uint8_t pending_scale;
    bool pending_nulls, pending_differ; /* a null; numbers of different scales */
};

void column_init(struct column *, enum value_type);
void column_drop(struct column *);

void column_add_null(struct column *);
void column_add_num(struct column *, struct num);
void column_add_text(struct column *, const char *text, size_t length);
void column_add_number_of_text(struct column *, uint32_t number);
/* All of another's rows, behind the own ones of a column that is not finished. */
void column_append(struct column *, const struct column *);
void column_finish(struct column *); /* again: nothing */

double column_magnitude(const struct column *); /* the sum of its numbers without their signs */
struct value column_value(const struct column *, size_t row); /* zeros at a fraction's end are taken off */

/* What stands in a row: the number of a text, or a number's coefficient at the block's scale; COLUMN_NULL. */
static inline int64_t column_get(const struct column *c, size_t row)
{
    const struct column *from = c->base ? c->base : c;
    const struct block *block = &from->blocks[row / BLOCK_ROWS];
    size_t i = row % BLOCK_ROWS;
    uint64_t held;
    switch (block->width) {
    case 0: held = block->same; break;
    case 1: held = ((const uint8_t *)block->data)[i]; break;
    case 2: held = ((const uint16_t *)block->data)[i]; break;
    case 4: held = ((const uint32_t *)block->data)[i]; break;
    default: held = ((const uint64_t *)block->data)[i]; break;
    }
    if (!held)
        return COLUMN_NULL;
    int64_t value = (int64_t)((uint64_t)block->least + held - 1);
    return c->map ? c->map[value] : value;
}

static inline bool column_is_null(const struct column *c, size_t row)
{
    if (c->wide)
        return column_value(c, row).type == VALUE_NULL;
    return column_get(c, row) == COLUMN_NULL;
}

/* Columns made from a finished column of texts, text by text: a day's month or year. The base outlives them. */
void column_derive_text(struct column *out, const struct column *base,
                        size_t (*make)(const char *text, char out[16]));
void column_derive_integer(struct column *out, const struct column *base, int64_t (*make)(const char *text));

#endif
