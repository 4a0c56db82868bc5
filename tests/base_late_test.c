/* Libraries that are loaded when they are needed: what is given, and what is said when there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/late.h"

static struct {
    double (*ldexp)(double, int);
    void *other;
} late;

static void functions_are_found(void **state)
{
    (void)state;
    const struct late_call calls[] = { { "ldexp", &late.ldexp } };
    assert_null(late_load("libm.so.6", calls, 1));
    assert_true(late.ldexp(3, 2) == 12);
}

static void what_is_not_there_is_named(void **state)
{
    (void)state;
    const struct late_call calls[] = { { "ldexp", &late.ldexp }, { "mujaz_no_such_function", &late.other } };
    const char *wrong = late_load("libmujaz-none.so.9", calls, 1);
    assert_non_null(wrong);
    assert_non_null(strstr(wrong, "libmujaz-none.so.9"));
    wrong = late_load("libm.so.6", calls, 2);
    assert_non_null(wrong);
    assert_non_null(strstr(wrong, "mujaz_no_such_function"));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(functions_are_found),
                                        cmocka_unit_test(what_is_not_there_is_named) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
