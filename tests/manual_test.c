/* Manual pages, their examples, and the completions of shells: all of them made of the program's tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/options_table.h"
#include "support/program.h"

static char *built(const char *path)
{
    const char *build = getenv("BUILD");
    return text_join(build ? build : "build", path);
}

static void run(const char *command)
{
    const char *const argv[] = { "bash", "-c", command, NULL };
    struct outcome outcome = program_run(argv, NULL);
    print_message("%s%s", outcome.out, outcome.err);
    assert_int_equal(outcome.code, 0);
    outcome_drop(&outcome);
}

static void each_command_has_a_page(void **state)
{
    (void)state;
    for (int c = COMMAND_NONE + 1; c < COMMAND_COUNT; c++) {
        char name[64];
        snprintf(name, sizeof name, "man/mujaz-%s.%d.in", command_table((enum command)c)->name, c == COMMAND_NIGHTLY ? 8 : 1);
        if (!file_is_there(name))
            fail_msg("there is no %s", name);
    }
}

/* groff and mandoc, where they are installed. */
static void pages_are_clean(void **state)
{
    (void)state;
    run("cd \"${BUILD:-build}/man\" || exit; bad=0; for page in *.[1578]; do\n"
        "  if command -v groff >/dev/null; then said=$(groff -man -Tutf8 -ww -K utf8 -rLL=80n $page 2>&1 >/dev/null)\n"
        "    [ -z \"$said\" ] || { echo \"$said\"; bad=1; }; fi\n"
        "  if command -v mandoc >/dev/null; then mandoc -T lint -W warning $page || bad=1; fi\n"
        "done; command -v groff mandoc >/dev/null || echo 'neither groff nor mandoc is installed; skipped'; exit $bad");
}

static void examples_run(void **state)
{
    (void)state;
    run("exec python3 tests/examples.py \"${BUILD:-build}/mujaz\" \"${BUILD:-build}\"/man/*.[1578] docs/tutorial.md");
}

static void shells_complete(void **state)
{
    (void)state;
    program_need_terminals(); /* zsh completes on one only */
    char *folder = built("completion"), command[600];
    snprintf(command, sizeof command, "exec python3 tests/completions.py '%s'", folder);
    run(command);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_command_has_a_page),
        cmocka_unit_test(pages_are_clean),
        cmocka_unit_test(examples_run),
        cmocka_unit_test(shells_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
