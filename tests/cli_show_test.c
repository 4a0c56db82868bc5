/* What people see of diagnostics, on a terminal and in a file. */
#include "cli/show.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/program.h"

static void assert_shown(const struct diags *diags, struct show_style style, const char *want)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    show_diags(diags, style, out);
    fclose(out);
    assert_string_equal(text, want);
    free(text);
}

static void nothing_is_shown_of_nothing(void **state)
{
    (void)state;
    struct diags *d = diags_new();
    assert_shown(d, (struct show_style){ .source = true, .colour = true }, "");
    diags_drop(d);
}

static void each_line_comes_once_and_is_counted(void **state)
{
    (void)state;
    struct diags *d = diags_new();
    struct place at = { "a.md", 3, 7 };
    for (int i = 0; i < 3; i++)
        diag_add(d, DIAG_UTF8_BAD, at, "byte 0x%02X; a letter would be right", 0xFF);
    diag_add(d, DIAG_FIGURE_UNUSED, (struct place){ "r.yaml", 1, 2 }, "'x' is used nowhere; take it out");
    diag_add(d, DIAG_FILE_READ, (struct place){ 0 }, "no");
    assert_shown(d, (struct show_style){ 0 },
                 "a.md:3:7: error: [utf8-bad] byte 0xFF; a letter would be right\n"
                 "r.yaml:1:2: warning: [figure-unused] 'x' is used nowhere; take it out\n"
                 "error: [file-read] no\n"
                 "mujaz: 2 errors, 1 warning\n");
    diags_drop(d);
}

static void a_long_message_ends_with_a_whole_letter(void **state)
{
    (void)state;
    struct diags *d = diags_new();
    char quoted[2048 + 8], want[2048 + 64];
    memset(quoted, 'x', sizeof quoted);
    strcpy(quoted + 2046, "م");
    diag_add(d, DIAG_UTF8_BAD, (struct place){ "a.md", 1, 0 }, "%s", quoted);
    snprintf(want, sizeof want, "a.md:1: error: [utf8-bad] %.2046s\nmujaz: 1 error\n", quoted);
    assert_shown(d, (struct show_style){ 0 }, want);
    diags_drop(d);
}

static void quoted_controls_cannot_reach_a_terminal(void **state)
{
    (void)state;
    struct diags *d = diags_new();
    diag_add(d, DIAG_UTF8_BAD, (struct place){ "a.md", 1, 0 }, "'\033[2Jx\ny\t\177'");
    assert_shown(d, (struct show_style){ 0 },
                 "a.md:1: error: [utf8-bad] '\\x1b[2Jx\\x0ay\\x09\\x7f'\nmujaz: 1 error\n");
    diags_drop(d);
}

struct file_state {
    char *folder, *path;
};

static int set_up(void **state)
{
    struct file_state *f = calloc(1, sizeof *f);
    f->folder = tree_new();
    f->path = text_join(f->folder, "a.md");
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct file_state *f = *state;
    tree_remove(f->folder);
    free(f->path);
    free(f);
    return 0;
}

/* The diagnostic at line:col of a file with that content, with its source; `want` follows the first line. */
static void assert_source(const struct file_state *f, const char *content, uint32_t line, uint32_t col,
                          bool colour, const char *want)
{
    struct diags *d = diags_new();
    char whole[2048];
    file_write(f->path, content, strlen(content));
    diag_add(d, DIAG_UTF8_BAD, (struct place){ f->path, line, col }, "wrong");
    snprintf(whole, sizeof whole, "%s:%u:%u: %s", f->path, line, col, want);
    assert_shown(d, (struct show_style){ .source = true, .colour = colour }, whole);
    diags_drop(d);
}

static void the_caret_stands_under_the_column(void **state)
{
    assert_source(*state, "first\nthe {framwork} seats\n", 2, 5, false,
                  "error: [utf8-bad] wrong\n     2 | the {framwork} seats\n       |     ^\nmujaz: 1 error\n");
}

static void arabic_marks_take_no_column(void **state)
{
    assert_source(*state, "مقعدًا {x}", 1, 8, false,
                  "error: [utf8-bad] wrong\n     1 | \u2066مقعدًا {x}\u2069\n       |       ^ at \u2068{x}\u2069\n"
                  "mujaz: 1 error\n");
}

static void wide_letters_take_two_columns(void **state)
{
    assert_source(*state, "日本 x", 1, 4, false,
                  "error: [utf8-bad] wrong\n     1 | 日本 x\n       |      ^\nmujaz: 1 error\n");
}

static void long_lines_are_shown_around_the_place(void **state)
{
    char line[301], want[600];
    memset(line, 'a', 300);
    line[300] = '\0';
    line[199] = 'X';
    snprintf(want, sizeof want,
             "error: [utf8-bad] wrong\n     1 | \u2026%.90s\u2026\n       |  %60s^\nmujaz: 1 error\n", line + 139, "");
    assert_source(*state, line, 1, 200, false, want);
}

static void colours_mark_level_and_caret(void **state)
{
    assert_source(*state, "ab\n", 1, 2, true,
                  "\033[1;31merror: \033[0m[utf8-bad] wrong\n     1 | ab\n       |  \033[1;32m^\033[0m\n"
                  "mujaz: 1 error\n");
}

static void a_line_that_is_not_text_is_left_out(void **state)
{
    assert_source(*state, "\xFF\n", 1, 1, false, "error: [utf8-bad] wrong\nmujaz: 1 error\n");
    assert_source(*state, "one\n", 9, 1, false, "error: [utf8-bad] wrong\nmujaz: 1 error\n");
}

static void a_file_is_no_terminal(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    struct show_style style = show_style_for(file);
    assert_false(style.source);
    assert_false(style.colour);
    fclose(file);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_shown_of_nothing),
        cmocka_unit_test(each_line_comes_once_and_is_counted),
        cmocka_unit_test(a_long_message_ends_with_a_whole_letter),
        cmocka_unit_test(quoted_controls_cannot_reach_a_terminal),
        TEST(the_caret_stands_under_the_column),
        TEST(arabic_marks_take_no_column),
        TEST(wide_letters_take_two_columns),
        TEST(long_lines_are_shown_around_the_place),
        TEST(colours_mark_level_and_caret),
        TEST(a_line_that_is_not_text_is_left_out),
        cmocka_unit_test(a_file_is_no_terminal),
    };
    return cmocka_run_group_tests_name("cli show", tests, NULL, NULL);
}
