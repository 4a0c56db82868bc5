/* Every diagnostic has its page in docs/diagnostics.md, in one form, and no page is of none; mujaz explain-error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/diag.h"
#include "support/program.h"

static const char pages_file[] = "docs/diagnostics.md";

/* The next page's heading, or NULL. */
static char *next_heading(char *from)
{
    char *at = strstr(from, "\n## ");
    return at ? at + 1 : NULL;
}

static void every_diagnostic_has_its_page_in_order(void **state)
{
    (void)state;
    size_t length;
    char *pages = file_content(pages_file, &length), *page = next_heading(pages);
    for (int id = 0; id < DIAG_ID_COUNT; id++) {
        const char *slug = diag_slug((enum diag_id)id);
        if (!page)
            fail_msg("%s: '%s' has no page", pages_file, slug);
        char *name = page + 3, *end = strchr(name, '\n');
        if (strlen(slug) != (size_t)(end - name) || strncmp(name, slug, strlen(slug)) != 0)
            fail_msg("%s: '%.*s' stands where '%s' should", pages_file, (int)(end - name), name, slug);
        page = next_heading(end);
    }
    assert_null(page);
    free(pages);
}

/* What it means; an example, indented; how to mend it. Parted by blank lines. */
static void every_page_has_meaning_example_and_mending(void **state)
{
    (void)state;
    size_t length;
    char *pages = file_content(pages_file, &length);
    for (char *page = next_heading(pages); page;) {
        char *name = page, *body = strchr(page, '\n') + 1;
        page = next_heading(body);
        if (page)
            page[-1] = '\0';
        name[strcspn(name, "\n")] = '\0';
        char *example = strstr(body, "\n\n    "), *mend = strstr(body, "\n\nMend: ");
        bool good = body[0] == '\n' && body[1] >= 'A' && body[1] <= 'Z' && example && mend && example < mend
                 && !strstr(mend + 2, "\n    ") && mend[8];
        if (!good)
            fail_msg("%s: not the form of a page: a paragraph, an indented example, 'Mend: ...'", name);
    }
    free(pages);
}

static void the_page_of_an_id_is_printed(void **state)
{
    (void)state;
    const char *const forms[] = { "figure-unknown", "[figure-unknown]" };
    for (int i = 0; i < 2; i++) {
        const char *const argv[] = { program_mujaz(), "explain-error", forms[i], NULL };
        struct outcome o = program_run(argv, NULL);
        assert_int_equal(o.code, 0);
        assert_string_equal(o.out,
                            "figure-unknown (error): a figure is named that report.yaml does not have\n"
                            "\n"
                            "A figure is named that report.yaml does not have; the nearest is named when one is near.\n"
                            "\n"
                            "    {framwork_seats}\n"
                            "\n"
                            "Mend: correct the name, or declare it under `figures`.\n");
        outcome_drop(&o);
    }
}

static void the_last_page_ends_with_the_file(void **state)
{
    (void)state;
    const char *const argv[] = { program_mujaz(), "explain-error", diag_slug(DIAG_ID_COUNT - 1), NULL };
    struct outcome o = program_run(argv, NULL);
    size_t length;
    char *pages = file_content(pages_file, &length), *mend = NULL;
    for (char *p = pages; (p = strstr(p, "\nMend: ")); p++)
        mend = p;
    assert_int_equal(o.code, 0);
    assert_non_null(mend);
    assert_true(strlen(o.out) > strlen(mend));
    assert_string_equal(o.out + strlen(o.out) - strlen(mend), mend);
    free(pages);
    outcome_drop(&o);
}

static void without_an_id_all_are_listed(void **state)
{
    (void)state;
    const char *const argv[] = { program_mujaz(), "explain-error", NULL };
    struct outcome o = program_run(argv, NULL);
    size_t lines = 0;
    for (const char *p = o.out; (p = strchr(p, '\n')); p++)
        lines++;
    assert_int_equal(lines, DIAG_ID_COUNT);
    assert_non_null(strstr(o.out, "\nchart-title          warning  a chart's caption is too long"));
    outcome_drop(&o);
}

static void a_misspelt_id_is_wrong_usage(void **state)
{
    (void)state;
    const char *const near[] = { program_mujaz(), "explain-error", "figure-unknwon", NULL };
    struct outcome o = program_run(near, NULL);
    assert_int_equal(o.code, 2);
    assert_string_equal(o.err, "mujaz: there is no diagnostic 'figure-unknwon'; did you mean 'figure-unknown'?\n");
    outcome_drop(&o);
    const char *const far[] = { program_mujaz(), "explain-error", "xyz", NULL };
    o = program_run(far, NULL);
    assert_int_equal(o.code, 2);
    assert_string_equal(o.err, "mujaz: there is no diagnostic 'xyz'; 'mujaz explain-error' lists all\n");
    outcome_drop(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_diagnostic_has_its_page_in_order),
        cmocka_unit_test(every_page_has_meaning_example_and_mending),
        cmocka_unit_test(the_page_of_an_id_is_printed),
        cmocka_unit_test(the_last_page_ends_with_the_file),
        cmocka_unit_test(without_an_id_all_are_listed),
        cmocka_unit_test(a_misspelt_id_is_wrong_usage),
    };
    return cmocka_run_group_tests_name("cli explain-error", tests, NULL, NULL);
}
