/* JSON Schemas: valid ones, in agreement with the loaders. tests/schemas.py says how that is tried. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/program.h"

static void schemas_agree_with_the_loaders(void **state)
{
    (void)state;
    const char *build = getenv("BUILD");
    char *folder = tree_new(), *loaders = text_join(build ? build : "build", "tests/tools/loaders");
    const char *const argv[] = { "python3", "tests/schemas.py", program_mujaz(), loaders, folder, NULL };
    struct outcome outcome = program_run(argv, NULL);
    print_message("%s%s", outcome.out, outcome.err);
    assert_int_equal(outcome.code, 0);
    outcome_drop(&outcome);
    tree_remove(folder);
    free(loaders);
}

static void the_command_prints_one_schema(void **state)
{
    (void)state;
    const char *const argv[] = { program_mujaz(), "schema", "mail", NULL };
    struct outcome outcome = program_run(argv, NULL);
    assert_int_equal(outcome.code, 0);
    assert_non_null(strstr(outcome.out, "\"description\": \"the mail server's name\""));
    outcome_drop(&outcome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_command_prints_one_schema),
        cmocka_unit_test(schemas_agree_with_the_loaders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
