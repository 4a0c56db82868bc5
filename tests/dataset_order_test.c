/* Counting rows into order, against qsort that compares cells. */
#include "dataset/relation_inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "support/made.h"

/* More than a block of 65,536, so that the blocks' scales differ. */
enum { ROWS = 66500, TRIES = 60 };

static const char schema[] =
    "{\"fields\": ["
    "{\"name\": \"few\"},"
    "{\"name\": \"many\"},"
    "{\"name\": \"small\", \"type\": \"integer\"},"
    "{\"name\": \"huge\", \"type\": \"integer\"},"
    "{\"name\": \"even\", \"type\": \"number\"},"
    "{\"name\": \"uneven\", \"type\": \"number\"},"
    "{\"name\": \"wide\", \"type\": \"number\"},"
    "{\"name\": \"day\", \"type\": \"date\"},"
    "{\"name\": \"yes\", \"type\": \"boolean\"},"
    "{\"name\": \"none\", \"type\": \"integer\"},"
    "{\"name\": \"same\", \"type\": \"integer\"},"
    "{\"name\": \"each\"}]}";

static struct made made;
static struct dataset *set;
static const struct relation *relation;

static void add_cells(struct chance *c, size_t row, struct buf *b)
{
    static const char *const few[] = { "", "Anbar", "anbar", "Baghdad", "بغداد", "النجف", "Ninawa", "Z", "10", "9" };
    static const char *const wide[] = { "999999999999999", "-999999999999999", "0.000000000000001", "0",
                                        "-0.5",            "1E3",              "",                  "12.50" };
    buf_printf(b, "%s,", few[chance_below(c, 10)]);
    buf_printf(b, "w%u,", chance_below(c, 4000));
    if (chance_below(c, 10))
        buf_printf(b, "%d", (int)chance_below(c, 200) - 100);
    buf_add_string(b, ",");
    if (chance_below(c, 10))
        buf_printf(b, "%s%u%09u", chance_below(c, 2) ? "-" : "", chance_below(c, 999999999),
                   chance_below(c, chance_below(c, 2) ? 3 : 999999999));
    buf_add_string(b, ",");
    if (chance_below(c, 10))
        buf_printf(b, "%d.%02u", (int)chance_below(c, 30) - 15, chance_below(c, 100));
    buf_add_string(b, ",");
    buf_printf(b, "%d.%0*u", (int)chance_below(c, 30) - 15, row < BLOCK_ROWS ? 1 : 3, chance_below(c, 10));
    buf_printf(b, ",%s,", wide[chance_below(c, 8)]);
    if (chance_below(c, 20))
        buf_printf(b, "%04u-%02u-%02u", 2010 + chance_below(c, 3), 1 + chance_below(c, 12), 1 + chance_below(c, 28));
    static const char *const yes[] = { "true", "false", "" };
    buf_printf(b, ",%s,,5,e%zu\n", yes[chance_below(c, 3)], row * 7919 % ROWS);
}

static int set_up(void **state)
{
    (void)state;
    struct chance chance = { 20240131 };
    struct buf csv;
    buf_init(&csv);
    buf_add_string(&csv, "few,many,small,huge,even,uneven,wide,day,yes,none,same,each\n");
    for (size_t row = 0; row < ROWS; row++)
        add_cells(&chance, row, &csv);
    made_new(&made, "set");
    made_table(&made, "t", schema, csv.data);
    buf_drop(&csv);
    set = made_load(&made, NULL, "");
    relation = dataset_relation(set, 0);
    assert_int_equal(relation_rows(relation), ROWS);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dataset_drop(set);
    made_drop(&made);
    return 0;
}

/* --- what must come out ------------------------------------------------------------------------------------ */

static const struct relation_key *sort_keys;
static size_t sort_count;

static int compare_values(struct value a, struct value b)
{
    if (a.type == VALUE_NULL || b.type == VALUE_NULL)
        return (a.type != VALUE_NULL) - (b.type != VALUE_NULL);
    if (a.type == VALUE_TEXT || a.type == VALUE_DATE)
        return strcmp(a.text, b.text);
    return num_compare(a.num, b.num);
}

static int compare_keys(uint32_t x, uint32_t y)
{
    for (size_t i = 0; i < sort_count; i++) {
        int order = compare_values(relation_value(relation, x, sort_keys[i].column),
                                   relation_value(relation, y, sort_keys[i].column));
        if (order)
            return sort_keys[i].descending ? -order : order;
    }
    return 0;
}

static int compare_rows(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    int order = compare_keys(x, y);
    return order ? order : (x > y) - (x < y);
}

/* Some of the rows, rising. */
static uint32_t *pick_rows(struct chance *c, size_t *count)
{
    uint32_t *rows = xcalloc(ROWS, sizeof *rows), part = chance_below(c, 4);
    *count = 0;
    for (uint32_t row = part == 3 ? ROWS - 2000 : 0; row < ROWS; row++)
        if (part == 0 ? row % 97 == 0 : part == 1 ? row < 2 : chance_below(c, 20) == 0)
            rows[(*count)++] = row;
    return rows;
}

static void orders_as_qsort(void **state)
{
    (void)state;
    struct chance chance = { 4 };
    for (int i = 0; i < TRIES; i++) {
        struct relation_key keys[4];
        size_t key_count = 1 + chance_below(&chance, 4), count;
        for (size_t k = 0; k < key_count; k++) {
            do
                keys[k].column = chance_below(&chance, (uint32_t)relation_columns(relation));
            while (!relation_can_order(relation, keys[k].column));
            keys[k].descending = chance_below(&chance, 2);
        }
        uint32_t *rows = pick_rows(&chance, &count), *want = xcalloc(count, sizeof *want);
        memcpy(want, rows, count * sizeof *rows);
        sort_keys = keys;
        sort_count = key_count;
        qsort(want, count, sizeof *want, compare_rows);
        relation_order(relation, keys, key_count, rows, count);
        assert_memory_equal(rows, want, count * sizeof *rows);
        free(rows);
        free(want);
    }
}

/* Of one column, all rows: 18 digits are four passes, and each keeps the order of the one before. */
static void orders_each_column(void **state)
{
    (void)state;
    static const char *const names[] = { "huge", "small", "even", "day_month", "day_year", "none", "same", "yes" };
    uint32_t *rows = xcalloc(ROWS, sizeof *rows);
    for (size_t i = 0; i < 2 * sizeof names / sizeof *names; i++) {
        struct relation_key key = { relation_find(relation, names[i / 2]), i % 2 };
        assert_true(relation_can_order(relation, key.column));
        sort_keys = &key;
        sort_count = 1;
        for (uint32_t row = 0; row < ROWS; row++)
            rows[row] = row;
        relation_order(relation, &key, 1, rows, ROWS);
        for (size_t k = 1; k < ROWS; k++)
            if (compare_rows(&rows[k - 1], &rows[k]) >= 0)
                fail_msg("column %s%s: row %u before %u", names[i / 2], i % 2 ? " DESC" : "", rows[k - 1], rows[k]);
    }
    free(rows);
}

static void what_cannot_be_ordered_is_left_to_sqlite(void **state)
{
    (void)state;
    assert_false(relation_can_order(relation, relation_find(relation, "each"))); /* 66,500 texts */
    assert_false(relation_can_order(relation, relation_find(relation, "uneven")));
    assert_false(relation_can_order(relation, relation_find(relation, "wide")));
    assert_true(relation_can_order(relation, relation_find(relation, "few")));
}

/* Groups may come in any order; equal rows must be together, in their own order, and none lost. */
static void groups_are_together(void **state)
{
    (void)state;
    struct chance chance = { 9 };
    for (int i = 0; i < TRIES; i++) {
        struct relation_key keys[3] = { { 0 } };
        size_t columns[3], count, key_count = 1 + chance_below(&chance, 3), groups = 1;
        for (size_t k = 0; k < key_count; k++)
            columns[k] = keys[k].column = chance_below(&chance, (uint32_t)relation_columns(relation));
        uint32_t *rows = pick_rows(&chance, &count), *sorted = xcalloc(count, sizeof *sorted);
        memcpy(sorted, rows, count * sizeof *rows);
        relation_group(relation, columns, key_count, rows, count);
        sort_keys = keys;
        sort_count = key_count;
        for (size_t k = 1; k < count; k++) {
            bool same = compare_keys(rows[k - 1], rows[k]) == 0;
            assert_int_equal(relation_same(relation, columns, key_count, rows[k - 1], rows[k]), same);
            assert_true(!same || rows[k - 1] < rows[k]);
            groups += !same;
        }
        qsort(sorted, count, sizeof *sorted, compare_rows);
        for (size_t k = 1; k < count; k++)
            groups -= compare_keys(sorted[k - 1], sorted[k]) != 0;
        assert_int_equal(groups, 1); /* as many as there are */
        sort_count = 0;              /* by row alone */
        qsort(rows, count, sizeof *rows, compare_rows);
        qsort(sorted, count, sizeof *sorted, compare_rows);
        assert_memory_equal(rows, sorted, count * sizeof *rows);
        free(rows);
        free(sorted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orders_as_qsort),
        cmocka_unit_test(orders_each_column),
        cmocka_unit_test(what_cannot_be_ordered_is_left_to_sqlite),
        cmocka_unit_test(groups_are_together),
    };
    return cmocka_run_group_tests_name("dataset order", tests, set_up, tear_down);
}
