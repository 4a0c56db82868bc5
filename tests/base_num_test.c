/* Exact decimals. */
#include "base/num.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static struct num num(const char *text)
{
    struct num n;
    assert_true(num_parse(text, strlen(text), &n));
    return n;
}

static void assert_num(struct num n, const char *want)
{
    struct buf b;
    buf_init(&b);
    num_format(n, &b);
    assert_string_equal(b.data, want);
    buf_drop(&b);
}

static void numbers_are_read_and_written_alike(void **state)
{
    (void)state;
    static const char *const same[] = { "0", "7", "-12.50", "0.05", "-0.5", "999999999999999999",
                                        "-999999999999999999", "0.000000000000000001", "123456789.123456789" };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_num(num(same[i]), same[i]);
    assert_num(num("+5"), "5");
    assert_num(num("007"), "7");
    assert_num(num("-0"), "0");
    assert_num(num("000000000000000000000000001"), "1");
    assert_num(num_from_int(INT64_MIN), "-9223372036854775808");
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = { "", "-", "+", ".", ".5", "5.", "1,000", "1e3", " 1", "1 ", "--1", "1.2.3",
                                         "0x10", "1000000000000000000", "0.0000000000000000001", "nan", "1-",
                                         "1.0000000000000000000" };
    struct num n = num_from_int(42);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(num_parse(wrong[i], strlen(wrong[i]), &n));
        assert_int_equal(n.coefficient, 42);
    }
    assert_true(num_parse("12x", 2, &n));
    assert_num(n, "12");
}

static void assert_ratio(const char *a, const char *b, uint8_t scale, const char *want)
{
    struct num n;
    assert_true(num_ratio(num(a), num(b), scale, &n));
    assert_num(n, want);
}

static void ratios_round_half_to_even(void **state)
{
    (void)state;
    assert_ratio("101", "285", 9, "0.354385965");
    assert_ratio("1", "3", 18, "0.333333333333333333");
    assert_ratio("1", "2", 0, "0");
    assert_ratio("3", "2", 0, "2");
    assert_ratio("5", "2", 0, "2");
    assert_ratio("-5", "2", 0, "-2");
    assert_ratio("-7", "2", 0, "-4");
    assert_ratio("0.125", "1", 2, "0.12");
    assert_ratio("0.135", "1", 2, "0.14");
    assert_ratio("0.1250001", "1", 2, "0.13");
    assert_ratio("0.000000000000000001", "999999999999999999", 18, "0.000000000000000000");
    assert_ratio("999999999999999999", "1", 0, "999999999999999999");
}

static void ratios_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    struct num n;
    assert_false(num_ratio(num("1"), num("0"), 2, &n));
    assert_false(num_ratio(num("1"), num("0.00"), 2, &n));
    assert_false(num_ratio(num("999999999999999999"), num("1"), 1, &n));
    assert_false(num_ratio(num("999999999999999999"), num("0.000000000000000001"), 18, &n));
}

static void sums_are_exact(void **state)
{
    (void)state;
    struct num n;
    assert_true(num_add(num("0.1"), num("0.20"), &n));
    assert_num(n, "0.30");
    assert_true(num_subtract(num("1"), num("0.9999"), &n));
    assert_num(n, "0.0001");
    assert_true(num_add(num("99999999999999999"), num("0.0"), &n));
    assert_num(n, "99999999999999999.0");
    assert_true(num_add(num("999999999999999998"), num("1.00"), &n)); /* zeros are given up */
    assert_num(n, "999999999999999999");
    assert_false(num_add(num("999999999999999999"), num("1"), &n));
    assert_false(num_subtract(num("-999999999999999999"), num("1"), &n));
    assert_false(num_add(num("999999999999999999"), num("0.1"), &n));
}

static void numbers_compare_whatever_their_scale(void **state)
{
    (void)state;
    assert_int_equal(num_compare(num("1.50"), num("1.5")), 0);
    assert_true(num_compare(num("1.49"), num("1.5")) < 0);
    assert_true(num_compare(num("-1"), num("-1.00000000000000001")) > 0);
    assert_true(num_compare(num_from_int(INT64_MAX), num("0.000000000000000001")) > 0);
    assert_int_equal(num_compare(num("0"), num("-0.00")), 0);
}

static void assert_double(double value, const char *want)
{
    struct num n;
    assert_true(num_from_double(value, &n));
    assert_num(n, want);
}

static void doubles_carry_fifteen_digits(void **state)
{
    (void)state;
    assert_double(0.1 + 0.2, "0.3");
    assert_double(0, "0");
    assert_double(-0.0, "0");
    assert_double(101, "101");
    assert_double(-1200000, "-1200000");
    assert_double(1.0 / 3, "0.333333333333333");
    assert_double(123456789012345e2, "12345678901234500");
    assert_double(1e-18, "0.000000000000000001");
    assert_double(1e-30, "0");
    assert_double(0.354385965, "0.354385965");

    static const char *const carried[] = { "0.1", "999999999999999", "0.999999999999999", "-12345.6789012345",
                                           "0.000000000000000123", "1.005" };
    for (size_t i = 0; i < sizeof carried / sizeof *carried; i++)
        assert_double(num_to_double(num(carried[i])), carried[i]);
    struct num n;
    assert_false(num_from_double(INFINITY, &n));
    assert_false(num_from_double(NAN, &n));
    assert_false(num_from_double(1e18, &n));
}

static void whole_numbers_are_known_whatever_their_scale(void **state)
{
    (void)state;
    assert_true(num_is_whole((struct num){ 1200, 2 }));
    assert_true(num_is_whole((struct num){ -7, 0 }));
    assert_true(num_is_whole((struct num){ 0, 5 }));
    assert_false(num_is_whole((struct num){ 1205, 2 }));
    assert_false(num_is_whole((struct num){ -5, 1 }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_and_written_alike),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(ratios_round_half_to_even),
        cmocka_unit_test(ratios_that_do_not_fit_are_refused),
        cmocka_unit_test(sums_are_exact),
        cmocka_unit_test(numbers_compare_whatever_their_scale),
        cmocka_unit_test(whole_numbers_are_known_whatever_their_scale),
        cmocka_unit_test(doubles_carry_fifteen_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
