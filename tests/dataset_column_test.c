/* Columns: whatever their blocks are written in, each row gives back what was put there. */
#include "dataset/column.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "support/made.h"

static const int64_t EIGHTEEN = 999999999999999999;

/* Makes the value of a row; false: null. */
typedef bool maker(size_t row, struct num *out);

static void fill(struct column *c, enum value_type type, maker *make, size_t from, size_t to)
{
    column_init(c, type);
    for (size_t row = from; row < to; row++) {
        struct num num = { 0 };
        if (make(row, &num))
            column_add_num(c, num);
        else
            column_add_null(c);
    }
}

/* Rows `first` on of the column are the maker's from 0 on. */
static void holds(const struct column *c, maker *make, size_t first, size_t rows)
{
    for (size_t row = 0; row < rows; row++) {
        struct num want = { 0 };
        struct value got = column_value(c, first + row);
        bool there = make(row, &want);
        if (!there != (got.type == VALUE_NULL) || (!c->pending && !there != column_is_null(c, first + row))
            || (there && (got.type != c->type || num_compare(got.num, want) != 0)))
            fail_msg("row %zu: not what was put there", row);
        if (there && got.num.scale && got.num.coefficient % 10 == 0)
            fail_msg("row %zu: a zero at the fraction's end", row);
    }
}

/* As one column, and as two of which the second is appended to the first, finished or not. */
static void keeps(maker *make, enum value_type type, size_t rows, int width)
{
    struct column c, half;
    fill(&c, type, make, 0, rows);
    holds(&c, make, 0, rows); /* while its last block is being filled */
    column_finish(&c);
    assert_int_equal(c.rows, rows);
    assert_int_equal(c.blocks[0].width, width);
    holds(&c, make, 0, rows);
    column_drop(&c);

    for (int finished = 0; finished < 2; finished++) {
        fill(&c, type, make, 0, rows / 3);
        fill(&half, type, make, rows / 3, rows);
        if (finished)
            column_finish(&half);
        column_append(&c, &half);
        column_drop(&half);
        column_finish(&c);
        assert_int_equal(c.rows, rows);
        holds(&c, make, 0, rows);
        column_drop(&c);
    }
}

static bool nothing(size_t row, struct num *out)
{
    (void)row;
    (void)out;
    return false;
}

static bool always_seven(size_t row, struct num *out)
{
    (void)row;
    *out = num_from_int(-7);
    return true;
}

static bool seven_or_nothing(size_t row, struct num *out)
{
    return row % 5 ? always_seven(row, out) : false;
}

static bool to_254(size_t row, struct num *out)
{
    *out = num_from_int((int64_t)(row % 255) - 100);
    return row % 300 != 299;
}

static bool to_255(size_t row, struct num *out)
{
    *out = num_from_int((int64_t)(row % 256) - 100);
    return true;
}

static bool to_65534(size_t row, struct num *out)
{
    *out = num_from_int(-(int64_t)(row % 65535));
    return true;
}

static bool to_65535(size_t row, struct num *out)
{
    *out = num_from_int((int64_t)(row % 65536) + 1000000000000);
    return true;
}

static bool to_uint32(size_t row, struct num *out)
{
    *out = num_from_int(row % 2 ? (int64_t)UINT32_MAX - 1 : 0);
    return row % 7 != 3;
}

static bool over_uint32(size_t row, struct num *out)
{
    *out = num_from_int(row % 2 ? UINT32_MAX : 0);
    return row % 7 != 3;
}

static bool eighteen_digits(size_t row, struct num *out)
{
    *out = num_from_int(row % 2 ? EIGHTEEN - (int64_t)row : (int64_t)row - EIGHTEEN);
    return row % 11 != 5;
}

static bool mixed_scales(size_t row, struct num *out)
{
    *out = (struct num){ (int64_t)row * 37 - 5000, (uint8_t)(row % 4) };
    return row % 13 != 0;
}

/* 15 digits at scale 0 and at scale 4: aligned they span more than half of 64 bits. */
static bool wide_span(size_t row, struct num *out)
{
    static const struct num nums[] = { { 922337203685477, 0 }, { -922337203685477, 0 }, { 1, 4 } };
    *out = nums[row % 3];
    return true;
}

/* 15 digits at scale 0 and at scale 15: no scale suits both. */
static bool no_one_scale(size_t row, struct num *out)
{
    static const struct num nums[] = { { 999999999999999, 0 }, { -999999999999999, 15 }, { 25, 1 }, { 0, 0 } };
    *out = nums[row % 4];
    return row % 9 != 1;
}

static void every_width(void **state)
{
    (void)state;
    keeps(nothing, VALUE_INTEGER, 1, 0);
    keeps(nothing, VALUE_NUMBER, 70000, 0);
    keeps(always_seven, VALUE_INTEGER, 70000, 0);
    keeps(seven_or_nothing, VALUE_INTEGER, 1000, 1);
    keeps(to_254, VALUE_INTEGER, 1000, 1);
    keeps(to_255, VALUE_INTEGER, 1000, 2);
    keeps(to_65534, VALUE_INTEGER, 65535, 2);
    keeps(to_65535, VALUE_INTEGER, 140000, 4);
    keeps(to_uint32, VALUE_INTEGER, 1000, 4);
    keeps(over_uint32, VALUE_INTEGER, 1000, 8);
    keeps(eighteen_digits, VALUE_INTEGER, 70000, 8);
    keeps(mixed_scales, VALUE_NUMBER, 200000, 4);
    keeps(wide_span, VALUE_NUMBER, 1000, 8);
    keeps(no_one_scale, VALUE_NUMBER, 70000, 16);
}

/* A block of 65,536 rows is full, and the next one is of another width and scale. */
static bool other_block(size_t row, struct num *out)
{
    *out = row < BLOCK_ROWS ? num_from_int((int64_t)row % 3) : (struct num){ (int64_t)row * 1000003, 2 };
    return row % 17 != 0;
}

static void blocks_differ(void **state)
{
    (void)state;
    struct column c;
    keeps(other_block, VALUE_NUMBER, BLOCK_ROWS, 1);
    keeps(other_block, VALUE_NUMBER, BLOCK_ROWS + 1, 1);
    fill(&c, VALUE_NUMBER, other_block, 0, 2 * BLOCK_ROWS + 5);
    column_finish(&c);
    assert_int_equal(c.block_count, 3);
    assert_int_equal(c.blocks[0].width, 1);
    assert_int_equal(c.blocks[1].width, 8);
    assert_int_equal(c.blocks[1].scale, 2);
    assert_true(c.scales_differ);
    assert_int_equal(c.scale, 2);
    assert_false(c.wide);
    holds(&c, other_block, 0, c.rows);
    column_drop(&c);
}

static void least_and_most_are_of_all_blocks(void **state)
{
    (void)state;
    struct column c;
    fill(&c, VALUE_INTEGER, eighteen_digits, 0, 70000);
    column_finish(&c);
    assert_int_equal(c.most, EIGHTEEN - 1);
    assert_int_equal(c.least, -EIGHTEEN);
    assert_false(c.scales_differ);
    column_drop(&c);
    fill(&c, VALUE_INTEGER, nothing, 0, 10);
    column_finish(&c);
    assert_true(c.least > c.most);
    column_drop(&c);
}

/* --- texts ------------------------------------------------------------------------------------------------ */

static const char *text_of(size_t row, char room[32])
{
    snprintf(room, 32, "t%zu", row % 5 == 4 ? row % 70001 : row % 50);
    return row % 23 == 22 ? NULL : row % 50 == 7 ? "" : room;
}

/* Over blocks of different scales, one of which keeps numbers as they are. */
static bool quarters(size_t row, struct num *out)
{
    if (row % 4 == 3)
        return false;
    *out = row % 4 ? (struct num){ row < BLOCK_ROWS ? -25 : 5, row < BLOCK_ROWS ? 2 : 1 } : (struct num){ 0, 0 };
    if (row == BLOCK_ROWS)
        *out = (struct num){ -999999999999999999, 0 };
    if (row == BLOCK_ROWS + 1)
        *out = (struct num){ 1, 18 };
    return true;
}

static void signs_do_not_count_in_magnitudes(void **state)
{
    (void)state;
    struct column c;
    fill(&c, VALUE_NUMBER, quarters, 0, BLOCK_ROWS);
    column_finish(&c);
    assert_true(column_magnitude(&c) == BLOCK_ROWS / 2 * 0.25);
    column_drop(&c);
    fill(&c, VALUE_NUMBER, quarters, 0, BLOCK_ROWS + 8);
    column_finish(&c);
    assert_true(c.wide);
    assert_true(column_magnitude(&c) == 1e18 + BLOCK_ROWS / 2 * 0.25 + 1.5); /* as a double */
    column_drop(&c);
}

static void texts_are_kept_once(void **state)
{
    (void)state;
    enum { ROWS = 140000 };
    struct column c, half;
    char room[32];
    column_init(&c, VALUE_TEXT);
    column_init(&half, VALUE_TEXT);
    for (size_t row = 0; row < ROWS; row++) {
        const char *text = text_of(row, room);
        struct column *to = row < ROWS / 2 ? &c : &half; /* their dictionaries number texts otherwise */
        if (text)
            column_add_text(to, text, strlen(text));
        else
            column_add_null(to);
    }
    column_append(&c, &half);
    column_drop(&half);
    column_finish(&c);
    for (size_t row = 0; row < ROWS; row++) {
        const char *text = text_of(row, room);
        struct value got = column_value(&c, row);
        if (!text ? got.type != VALUE_NULL : strcmp(got.text, text) != 0)
            fail_msg("row %zu: not what was put there", row);
        if (text && dictionary_find(c.texts, text, strlen(text)) != column_get(&c, row))
            fail_msg("row %zu: another number than its text's", row);
    }
    for (size_t i = 0; i < dictionary_count(c.texts); i++)
        assert_int_equal(dictionary_find(c.texts, dictionary_text(c.texts, i), dictionary_length(c.texts, i)), i);
    assert_int_equal(dictionary_find(c.texts, "t", 1), DICTIONARY_NONE);
    assert_int_equal(dictionary_find(c.texts, "t10 ", 4), DICTIONARY_NONE);
    column_drop(&c);
}

static void long_texts(void **state)
{
    (void)state;
    struct dictionary *d = dictionary_new();
    char *text = xcalloc(200001, 1);
    memset(text, 'x', 200000);
    for (size_t length = 0; length <= 200000; length += 20000)
        assert_int_equal(dictionary_add(d, text, length), length / 20000);
    for (size_t length = 0; length <= 200000; length += 20000) {
        assert_int_equal(dictionary_add(d, text, length), length / 20000);
        assert_int_equal(strlen(dictionary_text(d, length / 20000)), length);
    }
    free(text);
    dictionary_drop(d);
}

/* --- derived columns ---------------------------------------------------------------------------------------- */

static size_t month_of(const char *text, char out[16])
{
    memcpy(out, text, 7);
    return 7;
}

static int64_t year_of(const char *text)
{
    return strtol(text, NULL, 10);
}

static void months_and_years(void **state)
{
    (void)state;
    enum { ROWS = 70000 };
    struct chance chance = { 7 };
    struct column c, month, year;
    char (*days)[32] = xcalloc(ROWS, sizeof *days);
    column_init(&c, VALUE_DATE);
    for (size_t row = 0; row < ROWS; row++) {
        snprintf(days[row], sizeof *days, "%04u-%02u-%02u", 1990 + chance_below(&chance, 35),
                 1 + chance_below(&chance, 12), 1 + chance_below(&chance, 28));
        if (row % 19 == 3)
            column_add_null(&c);
        else
            column_add_text(&c, days[row], 10);
    }
    column_finish(&c);
    column_derive_text(&month, &c, month_of);
    column_derive_integer(&year, &c, year_of);
    assert_int_equal(month.rows, ROWS);
    assert_int_equal(dictionary_count(month.texts), 35 * 12);
    assert_int_equal(year.least, 1990);
    assert_int_equal(year.most, 2024);
    for (size_t row = 0; row < ROWS; row++) {
        struct value m = column_value(&month, row), y = column_value(&year, row);
        if (row % 19 == 3) {
            assert_int_equal(m.type, VALUE_NULL);
            assert_int_equal(y.type, VALUE_NULL);
            assert_true(column_is_null(&month, row) && column_is_null(&year, row));
            continue;
        }
        assert_memory_equal(m.text, days[row], 7);
        assert_int_equal(m.type, VALUE_TEXT);
        assert_int_equal(y.type, VALUE_INTEGER);
        assert_int_equal(y.num.coefficient, strtol(days[row], NULL, 10));
        assert_int_equal(column_get(&year, row), y.num.coefficient);
    }
    column_drop(&month);
    column_drop(&year);
    column_drop(&c);
    free(days);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_width),
        cmocka_unit_test(blocks_differ),
        cmocka_unit_test(least_and_most_are_of_all_blocks),
        cmocka_unit_test(signs_do_not_count_in_magnitudes),
        cmocka_unit_test(texts_are_kept_once),
        cmocka_unit_test(long_texts),
        cmocka_unit_test(months_and_years),
    };
    return cmocka_run_group_tests_name("dataset column", tests, NULL, NULL);
}
