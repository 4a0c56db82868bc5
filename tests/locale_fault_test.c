/* A language that cannot be opened: ICU is given no memory, in a program of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <unicode/uclean.h>

#include "base/buf.h"
#include "locale/locale.h"

static void *no_memory(const void *context, size_t size)
{
    (void)context;
    (void)size;
    return NULL;
}

static void *no_more_memory(const void *context, void *memory, size_t size)
{
    (void)context;
    (void)memory;
    (void)size;
    return NULL;
}

static void keep(const void *context, void *memory)
{
    (void)context;
    (void)memory;
}

static void test_a_language_that_cannot_be_opened(void **state)
{
    UErrorCode status = U_ZERO_ERROR;
    struct diags *diags = diags_new();
    struct buf out;

    (void)state;
    u_setMemoryFunctions(NULL, no_memory, no_more_memory, keep, &status);
    assert_true(U_SUCCESS(status));
    assert_null(locale_new(LANG_AR, DIGITS_ARAB, MONTHS_IRAQI, diags));
    assert_int_equal(diags_count(diags), 1);
    assert_true(diags_have_system(diags));
    buf_init(&out);
    diag_format(diags_get(diags, 0), &out);
    assert_string_equal(out.data, "error: [locale-data] ICU has no data for 'ar' (U_MEMORY_ALLOCATION_ERROR); the "
                                  "library's data package must be installed\n");
    buf_drop(&out);
    diags_drop(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_a_language_that_cannot_be_opened)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
