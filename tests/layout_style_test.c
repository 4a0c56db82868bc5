/* Layout files: what is read, and what is refused with its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "layout/style.h"

/* Reads the shipped layout with the first `from` in it turned into `to`; returns all diagnostics as text. */
static char *diagnose(const char *from, const char *to)
{
    char folder[] = "/tmp/mujaz-style-XXXXXX", path[256], text[8192];
    assert_non_null(mkdtemp(folder));
    FILE *f = fopen("layouts/briefing-a4.yaml", "r");
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = '\0';
    char *at = strstr(text, from);
    assert_non_null(at);

    snprintf(path, sizeof path, "%s/layouts", folder);
    assert_int_equal(mkdir(path, 0755), 0);
    snprintf(path, sizeof path, "%s/layouts/x.yaml", folder);
    f = fopen(path, "w");
    fprintf(f, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    fclose(f);

    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const struct style *style = style_load(folder, "x", arena, diags);
    assert_true((style == NULL) == (diags_errors(diags) > 0));
    struct buf out;
    buf_init(&out);
    for (size_t i = 0; i < diags_count(diags); i++) {
        struct buf one;
        buf_init(&one);
        diag_format(diags_get(diags, i), &one);
        char *tail = strstr(one.data, "layouts/x.yaml");
        buf_add_string(&out, tail ? tail : one.data);
        buf_drop(&one);
    }
    diags_drop(diags);
    arena_drop(arena);
    unlink(path);
    snprintf(path, sizeof path, "%s/layouts", folder);
    rmdir(path);
    rmdir(folder);
    return out.data;
}

static void assert_says(const char *from, const char *to, const char *expected)
{
    char *got = diagnose(from, to);
    assert_string_equal(got, expected);
    free(got);
}

static void reads_the_shipped_layout(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const struct style *style = style_load(".", "briefing-a4", arena, diags);
    assert_non_null(style);
    assert_string_equal(style->fonts, "briefing");
    assert_true(style->page_width > 595.2f && style->page_width < 595.4f);
    assert_int_equal(style->accent, 0x0B5563);
    assert_int_equal(diags_count(diags), 0);
    diags_drop(diags);
    arena_drop(arena);
}

static void refuses_bad_values(void **state)
{
    (void)state;
    assert_says("\"#0B5563\"", "\"teal\"",
                "layouts/x.yaml:20:12: error: [layout-value] colour \"teal\" of 'accent' is not understood; "
                "write it as \"#0B5563\", quoted\n");
    assert_says("grid_pt: 14.4", "grid_pt: -1",
                "layouts/x.yaml:10:10: error: [layout-value] 'grid_pt' is -1; it must be above 0 and at most 500\n");
    assert_says("inner: 22", "inner: 150",
                "layouts/x.yaml:5:13: error: [layout-value] the margins leave less than 2 inches for the text; "
                "make them smaller or the page larger\n");
}

static void names_unknown_keys(void **state)
{
    (void)state;
    char *got = diagnose("hairline_pt: 0.4", "hairline_pt: 0.4\nhairlin_pt: 1");
    assert_non_null(strstr(got, "layouts/x.yaml:24:1: error: ["));
    assert_non_null(strstr(got, "hairline_pt"));
    free(got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_shipped_layout),
        cmocka_unit_test(refuses_bad_values),
        cmocka_unit_test(names_unknown_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
