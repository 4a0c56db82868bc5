/*
 * Rows in order, by counting: linear in the rows, whatever SQLite's sorter would cost. A key is a row's place among
 * the column's values, 0 for null; keys are worked off from the last to the first, 16 bits at a time, and each pass
 * keeps the order of the one before.
 */
#include "dataset/relation_inside.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum { DIGIT_BITS = 16, DIGITS = 1 << DIGIT_BITS, ORDERED_TEXTS = 1 << 16 };

/* How a row's key is found. */
struct keys {
    const struct column *column;
    uint32_t *ranks;  /* of texts: by number, from 1; NULL: the value itself is the key */
    uint64_t least;   /* the value whose key is 1 */
    uint64_t most;    /* the largest key */
    bool descending;
    bool doubles;     /* numbers of different scales: by the bits of the double that carries them */
};

static const struct column *column_of(const struct relation *r, size_t column)
{
    return &r->columns[column].data;
}

static bool is_plain(const struct column *c)
{
    return !c->texts && !c->wide && !c->scales_differ;
}

static uint64_t range_of(const struct column *c)
{
    return c->least > c->most ? 0 : (uint64_t)c->most - (uint64_t)c->least;
}

bool relation_can_order(const struct relation *r, size_t column)
{
    const struct column *c = column_of(r, column);
    if (c->texts)
        return dictionary_count(c->texts) <= ORDERED_TEXTS;
    return is_plain(c);
}

struct ranked {
    const char *text;
    uint32_t number;
};

static int compare_ranked(const void *a, const void *b)
{
    return strcmp(((const struct ranked *)a)->text, ((const struct ranked *)b)->text);
}

/* Of each text its place in the order of bytes, from 1. */
static uint32_t *rank_texts(const struct dictionary *texts)
{
    size_t count = dictionary_count(texts);
    struct ranked *sorted = xcalloc(count, sizeof *sorted);
    uint32_t *ranks = xcalloc(count, sizeof *ranks);
    for (size_t i = 0; i < count; i++)
        sorted[i] = (struct ranked){ dictionary_text(texts, i), (uint32_t)i };
    qsort(sorted, count, sizeof *sorted, compare_ranked);
    for (size_t i = 0; i < count; i++)
        ranks[sorted[i].number] = (uint32_t)i + 1;
    free(sorted);
    return ranks;
}

/* Bits that sort as the double does. */
static uint64_t double_bits(double d)
{
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static inline uint64_t key_of(const struct keys *k, size_t row)
{
    uint64_t key;
    if (k->doubles) {
        struct value value = column_value(k->column, row);
        key = value.type == VALUE_NULL ? 0 : double_bits(num_to_double(value.num));
    } else {
        int64_t value = column_get(k->column, row);
        if (value == COLUMN_NULL)
            key = 0;
        else
            key = k->ranks ? k->ranks[value] : (uint64_t)value - k->least + 1;
    }
    return k->descending ? k->most - key : key;
}

/* One pass by the 16 bits from `shift` on. */
static void sort_pass(const struct keys *k, unsigned shift, const uint32_t *rows, uint32_t *out, size_t count)
{
    uint64_t top = k->most >> shift;
    size_t digits = top < DIGITS ? (size_t)top + 1 : DIGITS;
    size_t *starts = xcalloc(digits + 1, sizeof *starts);
    for (size_t i = 0; i < count; i++)
        starts[(key_of(k, rows[i]) >> shift & (DIGITS - 1)) + 1]++;
    for (size_t d = 1; d <= digits; d++)
        starts[d] += starts[d - 1];
    for (size_t i = 0; i < count; i++)
        out[starts[key_of(k, rows[i]) >> shift & (DIGITS - 1)]++] = rows[i];
    free(starts);
}

static void sort_by(const struct keys *k, uint32_t **rows, uint32_t **other, size_t count)
{
    for (unsigned shift = 0; shift < 64 && k->most >> shift; shift += DIGIT_BITS) {
        sort_pass(k, shift, *rows, *other, count);
        uint32_t *swap = *rows;
        *rows = *other;
        *other = swap;
    }
}

static struct keys keys_for(const struct column *c, bool ranked, bool descending)
{
    struct keys k = { .column = c, .descending = descending };
    if (c->texts) {
        k.most = dictionary_count(c->texts);
        k.ranks = ranked ? rank_texts(c->texts) : NULL;
    } else if (is_plain(c)) {
        k.least = (uint64_t)c->least;
        k.most = range_of(c) + 1;
    } else {
        k.doubles = true;
        k.most = UINT64_MAX;
    }
    return k;
}

static void order(const struct relation *r, const struct relation_key *keys, size_t key_count, bool ranked,
                  uint32_t *rows, size_t count)
{
    uint32_t *spare = xcalloc(count, sizeof *spare), *now = rows, *other = spare;
    for (size_t i = key_count; i-- > 0;) {
        struct keys k = keys_for(column_of(r, keys[i].column), ranked, keys[i].descending);
        sort_by(&k, &now, &other, count);
        free(k.ranks);
    }
    if (now != rows)
        memcpy(rows, now, count * sizeof *rows);
    free(spare);
}

void relation_order(const struct relation *r, const struct relation_key *keys, size_t key_count, uint32_t *rows,
                    size_t count)
{
    order(r, keys, key_count, true, rows, count);
}

void relation_group(const struct relation *r, const size_t *columns, size_t column_count, uint32_t *rows,
                    size_t count)
{
    struct relation_key *keys = xcalloc(column_count, sizeof *keys);
    for (size_t i = 0; i < column_count; i++)
        keys[i].column = columns[i];
    order(r, keys, column_count, false, rows, count);
    free(keys);
}

bool relation_same(const struct relation *r, const size_t *columns, size_t column_count, size_t a, size_t b)
{
    for (size_t i = 0; i < column_count; i++) {
        struct keys k = keys_for(column_of(r, columns[i]), false, false);
        if (key_of(&k, a) != key_of(&k, b))
            return false;
    }
    return true;
}
