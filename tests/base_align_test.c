/* Aligned rows: what is matched is equal and in order, and as long as it can be. */
#include "base/align.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static size_t check_matches(const uint32_t *a, size_t count, const uint32_t *b, size_t b_count, const size_t *match)
{
    size_t matched = 0, next = 0;
    for (size_t i = 0; i < count; i++) {
        if (match[i] == ALIGN_NONE)
            continue;
        assert_true(match[i] >= next && match[i] < b_count);
        assert_int_equal(a[i], b[match[i]]);
        next = match[i] + 1;
        matched++;
    }
    return matched;
}

/* Spans cover both rows once and in order. */
static void check_spans(const size_t *match, size_t count, size_t b_count)
{
    size_t a = 0, b = 0;
    bool was_same = false, first = true;
    for (struct align_span s = { 0 }; align_next(match, count, b_count, &s); first = false) {
        assert_int_equal(s.a, a);
        assert_int_equal(s.b, b);
        assert_true(s.a_end > s.a || s.b_end > s.b);
        assert_true(first || !was_same || !s.same || s.b > match[s.a - 1]);
        for (size_t i = s.a; i < s.a_end; i++)
            assert_true(s.same ? match[i] == s.b + (i - s.a) : match[i] == ALIGN_NONE);
        was_same = s.same;
        a = s.a_end;
        b = s.b_end;
    }
    assert_int_equal(a, count);
    assert_int_equal(b, b_count);
}

/* By its definition, without a table. */
static size_t longest(const uint32_t *a, size_t count, const uint32_t *b, size_t b_count)
{
    if (!count || !b_count)
        return 0;
    if (*a == *b)
        return 1 + longest(a + 1, count - 1, b + 1, b_count - 1);
    size_t x = longest(a + 1, count - 1, b, b_count), y = longest(a, count, b + 1, b_count - 1);
    return x > y ? x : y;
}

static void short_rows_have_a_longest_match(void **state)
{
    (void)state;
    unsigned seed = 12345;
    for (int round = 0; round < 3000; round++) {
        uint32_t a[9], b[9];
        size_t match[9], count = (size_t)rand_r(&seed) % 10, b_count = (size_t)rand_r(&seed) % 10;
        for (size_t i = 0; i < 9; i++) {
            a[i] = (uint32_t)rand_r(&seed) % 4;
            b[i] = (uint32_t)rand_r(&seed) % 4;
        }
        align(a, count, b, b_count, match);
        assert_int_equal(check_matches(a, count, b, b_count, match), longest(a, count, b, b_count));
        check_spans(match, count, b_count);
    }
}

enum { LONG = 30000, EDITS = 300 };

/* More than a table holds: unique elements hold it together, and each edit costs what it is. */
static void long_rows_are_cut_at_what_is_unique(void **state)
{
    (void)state;
    uint32_t *a = calloc(LONG, sizeof *a), *b = calloc(LONG + EDITS, sizeof *b);
    size_t *match = calloc(LONG, sizeof *match), b_count = 0;
    for (size_t i = 0; i < LONG; i++) {
        a[i] = i % 3 == 0 ? 7 : (uint32_t)i + 100; /* every third one is the same */
        if (i % (LONG / EDITS) == 50)
            b[b_count++] = 8; /* put in */
        else if (i % (LONG / EDITS) == 70)
            continue; /* left out */
        b[b_count++] = a[i];
    }
    align(a, LONG, b, b_count, match);
    assert_int_equal(check_matches(a, LONG, b, b_count, match), LONG - EDITS);
    check_spans(match, LONG, b_count);
    free(a);
    free(b);
    free(match);
}

static void rows_without_anything_in_common_have_no_match(void **state)
{
    (void)state;
    uint32_t *a = calloc(LONG, sizeof *a), *b = calloc(LONG, sizeof *b);
    size_t *match = calloc(LONG, sizeof *match);
    for (size_t i = 0; i < LONG; i++) {
        a[i] = (uint32_t)i;
        b[i] = (uint32_t)(LONG + i);
    }
    align(a, LONG, b, LONG, match);
    assert_int_equal(check_matches(a, LONG, b, LONG, match), 0);
    check_spans(match, LONG, LONG);
    free(a);
    free(b);
    free(match);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_rows_have_a_longest_match),
        cmocka_unit_test(long_rows_are_cut_at_what_is_unique),
        cmocka_unit_test(rows_without_anything_in_common_have_no_match),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
