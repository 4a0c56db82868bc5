/* mujaz check --pdf as people run it, and what check says of the PDFs of each report that we ship. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/workspace.h"

static struct outcome check(const char *a, const char *b, const char *c)
{
    return program_run((const char *const[]){ program_mujaz(), "check", a, b, c, NULL }, NULL);
}

/* check reopens each edition, as build does before it publishes. */
static void every_edition_that_we_ship_conforms(void **state)
{
    (void)state;
    static const struct {
        const char *layout, *report, *more;
    } shipped[] = { { "briefing-a4", "iraq-briefing", "chart-gallery" }, { "brief-letter", "iraq-briefing", NULL },
                    { "booklet-a5", "iraq-briefing", "chart-gallery" }, { "large-print", "iraq-briefing", NULL },
                    { "one-pager", "iraq-one-page", NULL } };
    for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
        struct outcome o = program_run((const char *const[]){ program_mujaz(), "check", "-l", shipped[i].layout, "--no-cache",
                                                              shipped[i].report, shipped[i].more, NULL }, NULL);
        if (o.code != 0)
            fail_msg("%s: %s", shipped[i].layout, o.err);
        outcome_drop(&o);
    }
}

/* Of a file: good, then broken, then a file that is no PDF beside a good one. */
static void files_are_checked_one_by_one(void **state)
{
    (void)state;
    char *folder = tree_new(), *good = text_join(folder, "iraq-one-page.pdf"), *other = text_join(folder, "other.pdf");
    struct outcome o = program_run((const char *const[]){ program_mujaz(), "build", "-o", folder, "-e", "parallel",
                                                          "iraq-one-page", NULL }, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    char says_good[4096];
    snprintf(says_good, sizeof says_good, "%s: good\n", good);
    assert_outcome(check("--pdf", good, NULL), 0, says_good, "");
    file_write(other, "no PDF", 6);
    o = check("--pdf", other, good);
    assert_int_equal(o.code, 1);
    assert_string_equal(o.out, says_good);
    assert_non_null(strstr(o.err, "/other.pdf: error: [pdf-unreadable] this is no PDF that can be read: "));
    outcome_drop(&o);
    size_t length;
    char *bytes = file_content(good, &length);
    bytes[5] = '2'; /* %PDF-2.7 */
    file_write(good, bytes, length);
    o = check("--pdf", good, NULL);
    assert_int_equal(o.code, 1);
    assert_string_equal(o.out, "");
    assert_non_null(strstr(o.err, "/iraq-one-page.pdf: error: [pdf-fault] pdf-a 6.1.2-1: the header is wrong; "));
    outcome_drop(&o);
    free(bytes);
    free(good);
    free(other);
    tree_remove(folder);
}

static void wrong_words_are_named(void **state)
{
    (void)state;
    assert_outcome(check("--pdf", NULL, NULL), 2, "", "mujaz: check --pdf needs the name of a file\n");
    assert_outcome(check("--pdf", "--no-cache", "x.pdf"), 2, "",
                   "mujaz: --pdf takes files as they are: leave out the options of reports\n");
    struct outcome o = check("--pdf", "tests/no-such.pdf", NULL);
    assert_int_equal(o.code, 1);
    assert_non_null(strstr(o.err, "tests/no-such.pdf: error: ["));
    outcome_drop(&o);
    o = program_run((const char *const[]){ program_mujaz(), "build", "--pdf", "x", NULL }, NULL);
    assert_outcome(o, 2, "", "mujaz: build has no option --pdf\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_edition_that_we_ship_conforms),
        cmocka_unit_test(files_are_checked_one_by_one),
        cmocka_unit_test(wrong_words_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
