/* What `make install` puts where, and that systemd takes it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/program.h"

static const char *const installed[] = {
    "bin/mujaz", "share/man/man8/mujaz-nightly.8", "lib/systemd/system/mujaz-nightly@.service",
    "lib/systemd/system/mujaz-nightly@.timer", "lib/systemd/system/mujaz-deliver@.service",
    "share/man/man1/mujaz-build.1", "share/man/man5/mujaz-report.5", "share/bash-completion/completions/mujaz",
    "share/zsh/vendor-completions/_mujaz", "share/fish/vendor_completions.d/mujaz.fish", "share/mujaz/layouts/briefing-a4.yaml",
    "share/mujaz/fonts/briefing.yaml", "share/mujaz/schemas/report.schema.json", "share/doc/mujaz/docs/tutorial.md",
    "share/doc/mujaz/examples/reports/iraq-briefing/report.yaml", "lib/sysusers.d/mujaz.conf", "share/doc/mujaz/mujaz-nightly.cron",
    "share/mujaz/docs/diagnostics.md", "share/mujaz/templates/libraries/reports/libraries/report.yaml",
};
enum { INSTALLED = sizeof installed / sizeof *installed };

static int set_up(void **state)
{
    *state = tree_new();
    return 0;
}

static int tear_down(void **state)
{
    tree_remove(*state);
    return 0;
}

static struct outcome shell(const char *format, const char *word)
{
    char command[2048];
    snprintf(command, sizeof command, format, word, word);
    return program_run((const char *const[]){ "sh", "-c", command, NULL }, NULL);
}

/* `how`: the variables that lead to `folder`. MAKEFLAGS: of the make that may run the tests. */
static void make(const char *target, const char *how, const char *folder)
{
    const char *build = getenv("BUILD");
    char format[512];
    snprintf(format, sizeof format, "MAKEFLAGS= make -s %s BUILD=%s %s", target, build ? build : "build", how);
    struct outcome o = shell(format, folder);
    if (o.code != 0 || *o.out || *o.err)
        fail_msg("make %s: exit %d: %s%s", target, o.code, o.out, o.err);
    outcome_drop(&o);
}

static size_t count_files(const char *folder)
{
    struct outcome o = shell("find '%s' -type f | wc -l", folder);
    size_t count = strtoul(o.out, NULL, 10);
    outcome_drop(&o);
    return count;
}

static void it_goes_below_destdir_and_prefix_and_away_again(void **state)
{
    const char *folder = *state;
    make("install-files", "DESTDIR='%s' PREFIX=/opt/mujaz", folder);
    for (size_t i = 0; i < INSTALLED; i++) {
        char *root = text_join(folder, "opt/mujaz"), *path = text_join(root, installed[i]), *content;
        if (!file_is_there(path))
            fail_msg("%s was not installed", path);
        content = file_content(path, NULL);
        assert_null(strstr(content, "@PREFIX@"));
        if (strstr(path, ".service") || strstr(path, ".cron"))
            assert_non_null(strstr(content, strstr(path, "deliver") ? "/opt/mujaz/bin/mujaz deliver " : "/opt/mujaz/bin/mujaz nightly "));
        free(content);
        free(path);
        free(root);
    }
    struct outcome left = shell("grep -rl '@PREFIX@' '%s'", folder);
    assert_string_equal(left.out, "");
    outcome_drop(&left);
    make("uninstall", "DESTDIR='%s' PREFIX=/opt/mujaz", folder);
    assert_int_equal(count_files(folder), 0);
}

/* Where the program `name` is not installed the test says so. */
static void skip_without(const char *name)
{
    struct outcome o = shell("command -v %s", name);
    int code = o.code;
    outcome_drop(&o);
    if (code == 0)
        return;
    print_message("left out: %s is not there\n", name);
    skip();
}

static void systemd_takes_the_units(void **state)
{
    const char *folder = *state;
    skip_without("systemd-analyze");
    make("install-files", "PREFIX='%s'", folder);
    struct outcome o = shell("cd '%s/lib/systemd/system' && systemd-analyze --man=no verify 'mujaz-nightly@.service' "
                             "'mujaz-nightly@.timer' 'mujaz-deliver@.service'", folder);
    if (o.code != 0 || *o.err)
        fail_msg("exit %d: %s", o.code, o.err);
    outcome_drop(&o);
}

/* Where a workspace has no layouts and fonts, the installed program takes those that lie beside it. */
static void the_example_is_made_where_it_lies(void **state)
{
    const char *folder = *state;
    make("install-files", "PREFIX='%s'", folder);
    struct outcome o = shell("'%s/bin/mujaz' check --no-cache -C '%s/share/doc/mujaz/examples' -e en iraq-briefing", folder);
    if (o.code != 0)
        fail_msg("exit %d: %s", o.code, o.err);
    outcome_drop(&o);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_goes_below_destdir_and_prefix_and_away_again),
        TEST(systemd_takes_the_units),
        TEST(the_example_is_made_where_it_lies),
    };
    return cmocka_run_group_tests_name("install", tests, NULL, NULL);
}
