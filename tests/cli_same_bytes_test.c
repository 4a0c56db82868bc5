/* The same input gives the same bytes: again and again, whatever the environment says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/program.h"

enum { TIMES = 50, FILES = 6 };
static const char *const files[FILES] = { "mini.pdf",         "mini.en.pdf",         "mini.ar.pdf",
                                          "mini.ledger.json", "mini.en.ledger.json", "mini.ar.ledger.json" };

static char program[4096];

static void build(const char *folder, const char *out)
{
    struct outcome o =
        program_run((const char *const[]){ program, "build", "-C", folder, "-o", out, "mini", NULL }, NULL);
    assert_string_equal(o.err, "");
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
}

static void assert_same_files(const char *a, const char *b, int run)
{
    for (int i = 0; i < FILES; i++) {
        char *a_path = text_join(a, files[i]), *b_path = text_join(b, files[i]);
        size_t a_length, b_length;
        char *a_bytes = file_content(a_path, &a_length), *b_bytes = file_content(b_path, &b_length);
        if (a_length != b_length || memcmp(a_bytes, b_bytes, a_length) != 0)
            fail_msg("run %d gives other bytes for %s", run, files[i]);
        free(a_bytes);
        free(b_bytes);
        free(a_path);
        free(b_path);
    }
}

static const char *const zones[] = { "UTC", "Asia/Baghdad", "America/St_Johns", "Pacific/Kiritimati", "" };
static const char *const locales[] = { "C", "C.UTF-8", "de_DE.UTF-8", "ar_IQ.UTF-8", "tr_TR.UTF-8", "fa_IR", "" };
static const char *const clocks[] = { "0", "1700000000", "4102444800" };
static const mode_t masks[] = { 0022, 0077, 0002 };
#define OF(list, i) (list)[(i) % (int)(sizeof(list) / sizeof *(list))]

/* Its caches stay: a later run finds what an earlier one kept. */
static void set_environment(int i, const char *folder, const char *homes[3])
{
    setenv("TZ", OF(zones, i), 1);
    setenv("LC_ALL", OF(locales, i), 1);
    setenv("LANG", OF(locales, i + 3), 1);
    setenv("SOURCE_DATE_EPOCH", OF(clocks, i), 1);
    setenv("HOME", homes[i % 3], 1);
    setenv("COLUMNS", i % 2 ? "40" : "200", 1);
    umask(OF(masks, i));
    assert_int_equal(chdir(i % 2 ? folder : "/"), 0);
}

static void fifty_runs_in_other_environments_give_the_same_bytes(void **state)
{
    static const char *const names[] = { "TZ", "LC_ALL", "LANG", "SOURCE_DATE_EPOCH", "HOME", "COLUMNS" };
    char *folder = workspace_new("tests/data/cli"), *first = text_join(folder, "first"), *again = text_join(folder, "again");
    char *home = text_join(folder, "home"), here[4096], *old[sizeof names / sizeof *names];
    const char *homes[3] = { home, folder, "/nonexistent" };
    mode_t mask = umask(0022);
    (void)state;
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(mkdir(home, 0700), 0);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        old[k] = getenv(names[k]) ? strdup(getenv(names[k])) : NULL;
    build(folder, first);
    for (int i = 0; i < TIMES; i++) {
        set_environment(i, folder, homes);
        build(folder, again);
        assert_same_files(first, again, i + 1);
    }
    assert_int_equal(chdir(here), 0);
    umask(mask);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        if (old[k])
            setenv(names[k], old[k], 1);
        else
            unsetenv(names[k]);
        free(old[k]);
    }
    free(home);
    free(first);
    free(again);
    tree_remove(folder);
}

/* --- the clock -------------------------------------------------------------------------------------------------- */

static struct outcome nightly(const char *folder, const char *out, const char *clock)
{
    setenv("SOURCE_DATE_EPOCH", clock, 1);
    struct outcome o =
        program_run((const char *const[]){ program, "nightly", "-C", folder, "-o", out, "mini", NULL }, NULL);
    unsetenv("SOURCE_DATE_EPOCH");
    return o;
}

static void a_nights_run_is_named_by_the_clock_that_is_given(void **state)
{
    char *folder = workspace_new("tests/data/cli"), *out = text_join(folder, "published");
    (void)state;
    struct outcome o = nightly(folder, out, "1700000000");
    assert_string_equal(o.err, "");
    assert_int_equal(o.code, 0);
    assert_non_null(strstr(o.out, "run 20231114T221320Z published in "));
    outcome_drop(&o);
    free(out);
    tree_remove(folder);
}

static void a_clock_that_is_none_is_refused(void **state)
{
    static const char *const clocks_wrong[] = { "yesterday", "", "-1", "12x", "99999999999999999999" };
    char *folder = workspace_new("tests/data/cli"), *out = text_join(folder, "published");
    (void)state;
    for (size_t i = 0; i < sizeof clocks_wrong / sizeof *clocks_wrong; i++) {
        char want[256];
        struct outcome o = nightly(folder, out, clocks_wrong[i]);
        snprintf(want, sizeof want,
                 "mujaz: SOURCE_DATE_EPOCH is '%s'; it counts the seconds since 1970, as 1700000000, or is not set\n",
                 clocks_wrong[i]);
        assert_string_equal(o.err, want);
        assert_string_equal(o.out, "");
        assert_int_equal(o.code, 2);
        assert_false(file_is_there(out));
        outcome_drop(&o);
    }
    free(out);
    tree_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fifty_runs_in_other_environments_give_the_same_bytes),
        cmocka_unit_test(a_nights_run_is_named_by_the_clock_that_is_given),
        cmocka_unit_test(a_clock_that_is_none_is_refused),
    };
    if (!realpath(program_mujaz(), program))
        return 1;
    return cmocka_run_group_tests_name("cli same bytes", tests, NULL, NULL);
}
