/* The program as people run it: results, exit codes, and what a wrong input leaves behind. */
#include <dirent.h>
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

#include "support/workspace.h"

static int set_up(void **state)
{
    *state = workspace_open("tests/data/cli");
    return 0;
}

static struct outcome build(const struct workspace *w)
{
    return program_run(
        (const char *const[]){ program_mujaz(), "build", "-C", w->folder, "-o", w->out, "mini", NULL }, NULL);
}

static struct outcome run(const char *a, const char *b, const char *c, const char *d)
{
    return program_run((const char *const[]){ program_mujaz(), a, b, c, d, NULL }, NULL);
}

static void assert_same_file(const char *a, const char *b)
{
    size_t a_length, b_length;
    char *a_bytes = file_content(a, &a_length), *b_bytes = file_content(b, &b_length);
    assert_int_equal(a_length, b_length);
    assert_memory_equal(a_bytes, b_bytes, a_length);
    free(a_bytes);
    free(b_bytes);
}

/* --- results ---------------------------------------------------------------------------------------------- */

enum { EDITIONS = 3, WRITTEN = 6 };
static const char *const written[WRITTEN] = { "mini.pdf",         "mini.en.pdf",         "mini.ar.pdf",
                                              "mini.ledger.json", "mini.en.ledger.json", "mini.ar.ledger.json" };

static void build_writes_three_editions_and_names_them(void **state)
{
    struct workspace *w = *state;
    char want[1024];
    snprintf(want, sizeof want, "%s/mini.pdf\n%s/mini.en.pdf\n%s/mini.ar.pdf\n", w->out, w->out, w->out);
    assert_outcome(build(w), 0, want, "");
    assert_int_equal(folder_entries(w->out), WRITTEN);
    for (int i = 0; i < EDITIONS; i++) {
        char *path = text_join(w->out, written[i]);
        size_t length;
        char *bytes = file_content(path, &length);
        assert_true(length > 1000);
        assert_memory_equal(bytes, "%PDF-1.7\n", 9);
        free(bytes);
        struct outcome o = program_run((const char *const[]){ "qpdf", "--check", path, NULL }, NULL);
        assert_int_equal(o.code, 0);
        outcome_drop(&o);
        free(path);
    }
}

/* Of one file: its kinds must add up to what it has. Gives what stands behind them. */
static const char *assert_sizes(const char *at, const char *path)
{
    char name[32];
    size_t objects, bytes, objects_sum = 0, bytes_sum = 0, content = 0, pages = 0, length;
    int taken;
    at = strchr(at, '\n') + 1; /* the columns' names */
    while (sscanf(at, " %31s %zu %zu %*f %% %*f%n", name, &objects, &bytes, &taken) == 3 && strcmp(name, "all") != 0) {
        content = strcmp(name, "content") == 0 ? objects : content;
        objects_sum += objects;
        bytes_sum += bytes;
        at += taken + 1;
    }
    free(file_content(path, &length));
    assert_string_equal(name, "all");
    assert_int_equal(objects, objects_sum);
    assert_int_equal(bytes, bytes_sum);
    assert_int_equal(bytes, length);
    at += taken + 1;
    assert_int_equal(sscanf(at, "%zu page", &pages), 1);
    assert_int_equal(pages, content);
    return strchr(at, '\n') + 1;
}

static void sizes_say_what_the_bytes_are_for(void **state)
{
    struct workspace *w = *state;
    for (int bare = 0; bare < 2; bare++) {
        struct outcome o = program_run((const char *const[]){ program_mujaz(), "build", "--sizes", "-C", w->folder, "-o",
                                                              w->out, "mini", bare ? "--no-attachments" : NULL, NULL },
                                       NULL);
        assert_string_equal(o.err, "");
        assert_int_equal(o.code, 0);
        assert_non_null(strstr(o.out, "\n  structure "));
        assert_non_null(strstr(o.out, "\n  fonts "));
        assert_int_equal(strstr(o.out, "\n  attachments ") != NULL, !bare);
        const char *at = o.out;
        for (int i = 0; i < EDITIONS; i++) {
            char *path = text_join(w->out, written[i]);
            assert_memory_equal(at, path, strlen(path));
            at = assert_sizes(strchr(at, '\n') + 1, path);
            free(path);
        }
        assert_string_equal(at, "");
        outcome_drop(&o);
    }
}

static void one_edition_may_be_asked_for(void **state)
{
    struct workspace *w = *state;
    struct outcome o = program_run((const char *const[]){ program_mujaz(), "build", "--workspace", w->folder,
                                                          "--out", w->out, "--edition=ar", "mini", NULL },
                                   NULL);
    char want[1024];
    snprintf(want, sizeof want, "%s/mini.ar.pdf\n", w->out);
    assert_outcome(o, 0, want, "");
    assert_int_equal(folder_entries(w->out), 2); /* and its ledger */
}

static void an_edition_that_the_report_has_not_got_is_refused(void **state)
{
    struct workspace *w = *state;
    char want[1024], *definition = text_join(w->folder, "reports/mini/report.yaml");
    file_replace(definition, "[parallel, en, ar]", "[parallel, en]");
    snprintf(want, sizeof want,
             "%s: error: [edition-absent] the report has no edition 'ar'; add it to 'editions' or ask for another\n"
             "mujaz: 1 error\n",
             definition);
    struct outcome o = program_run((const char *const[]){ program_mujaz(), "build", "-C", w->folder, "-o", w->out,
                                                          "-e", "ar", "mini", NULL },
                                   NULL);
    assert_outcome(o, 1, "", want);
    assert_false(file_is_there(w->out));
    free(definition);
}

/* English and Arabic in one file: as many pages as both have, its name the edition's, its ledger beside it. */
static void the_sequential_edition_is_one_file(void **state)
{
    struct workspace *w = *state;
    char want[1024], *definition = text_join(w->folder, "reports/mini/report.yaml");
    file_replace(definition, "[parallel, en, ar]", "[sequential]");
    snprintf(want, sizeof want, "%s/mini.sequential.pdf\n", w->out);
    assert_outcome(build(w), 0, want, "");
    assert_int_equal(folder_entries(w->out), 2);
    char *pdf = text_join(w->out, "mini.sequential.pdf"), *ledger = text_join(w->out, "mini.sequential.ledger.json");
    assert_true(file_is_there(ledger));
    struct outcome o = program_run((const char *const[]){ "qpdf", "--show-npages", pdf, NULL }, NULL);
    assert_string_equal(o.out, "2\n");
    outcome_drop(&o);
    assert_outcome(run("check", "-C", w->folder, "mini"), 0, "mini: good: sequential 2 pages\n", "");
    free(pdf);
    free(ledger);
    free(definition);
}

/* A layout's digits are the report's, unless it says otherwise. */
static void a_layout_gives_digits_and_months(void **state)
{
    struct workspace *w = *state;
    const char *const dump[] = { program_mujaz(), "dump", "doc", "-C", w->folder, "mini", NULL };
    char *definition = text_join(w->folder, "reports/mini/report.yaml");
    char *layout = text_join(w->folder, "layouts/own.yaml");
    static const char own[] = "extends: briefing-a4\ndigits: {ar: arab}\nmonths: both\n";
    file_write(layout, own, strlen(own));
    file_replace(definition, "layout: briefing-a4", "layout: own");
    struct outcome o = program_run(dump, NULL);
    assert_non_null(strstr(o.out, "٢٠٢٤"));
    assert_non_null(strstr(o.out, "أبريل"));
    outcome_drop(&o);
    file_replace(definition, "layout: own", "layout: own\ndigits: {ar: latn}\nmonths: iraqi");
    o = program_run(dump, NULL);
    assert_null(strstr(o.out, "٢٠٢٤"));
    assert_null(strstr(o.out, "أبريل"));
    assert_non_null(strstr(o.out, "نيسان"));
    outcome_drop(&o);
    free(layout);
    free(definition);
}

static void a_layout_is_asked_for(void **state)
{
    struct workspace *w = *state;
    struct outcome o = program_run((const char *const[]){ program_mujaz(), "build", "-C", w->folder, "-o", w->out,
                                                          "--layout=booklet-a5", "-e", "en", "mini", NULL },
                                   NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    char *pdf = text_join(w->out, "mini.en.pdf");
    o = program_run((const char *const[]){ "pdfinfo", pdf, NULL }, NULL);
    assert_non_null(strstr(o.out, "419.5"));
    outcome_drop(&o);
    free(pdf);
    o = program_run((const char *const[]){ program_mujaz(), "check", "-C", w->folder, "mini", "-l", "bookletta5", NULL },
                    NULL);
    assert_outcome(o, 1, "", "--layout: error: [file-absent] there is no layout 'bookletta5' in layouts/; did you mean "
                             "'booklet-a5'?\nmujaz: 1 error\n");
}

/* The paper around the trimmed page is in the file's boxes, and moves nothing. */
static void bleed_is_paper_around_the_page(void **state)
{
    struct workspace *w = *state;
    char *layout = text_join(w->folder, "layouts/briefing-a4.yaml");
    file_replace(layout, "bleed_mm: 0", "bleed_mm: 3");
    struct outcome o = build(w);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    char *pdf = text_join(w->out, "mini.en.pdf");
    o = program_run((const char *const[]){ "pdfinfo", "-box", pdf, NULL }, NULL);
    assert_non_null(strstr(o.out, "MediaBox:           -8.50    -8.50   603.78   850.39\n"));
    assert_non_null(strstr(o.out, "BleedBox:           -8.50    -8.50   603.78   850.39\n"));
    assert_non_null(strstr(o.out, "TrimBox:             0.00     0.00   595.28   841.89\n"));
    outcome_drop(&o);
    free(pdf);
    free(layout);
}

static void check_writes_nothing(void **state)
{
    struct workspace *w = *state;
    struct outcome o = run("check", "-C", w->folder, "mini");
    assert_outcome(o, 0, "mini: good: parallel 1 page, en 1 page, ar 1 page\n", "");
    assert_int_equal(folder_entries(w->folder), 4);
}

static struct outcome preview(const struct workspace *w, const char *a, const char *b)
{
    return program_run((const char *const[]){ program_mujaz(), "preview", "-C", w->folder, "-o", w->out, "mini",
                                              "--dpi=40", a, b, NULL },
                       NULL);
}

static void pictures_of_pages_are_written_and_named(void **state)
{
    struct workspace *w = *state;
    char want[1024];
    snprintf(want, sizeof want, "%s/mini.parallel.001.png\n%s/mini.en.001.png\n%s/mini.ar.001.png\n", w->out, w->out,
             w->out);
    assert_outcome(preview(w, NULL, NULL), 0, want, "");
    assert_int_equal(folder_entries(w->out), 3);
    char *path = text_join(w->out, "mini.ar.001.png"), *kept = text_join(w->folder, "kept");
    size_t length;
    char *png = file_content(path, &length);
    static const unsigned char head[] = { 0, 0, 1, 331 - 256, 0, 0, 1, 468 - 256 }; /* A4 at 40 dpi */
    assert_memory_equal(png, "\x89PNG\r\n\x1a\n", 8);
    assert_memory_equal(png + 16, head, sizeof head);
    free(png);
    free(path);

    snprintf(want, sizeof want, "%s/mini.en.001.svg\n", w->out);
    assert_outcome(preview(w, "--format=svg", "-een"), 0, want, "");
    assert_int_equal(folder_entries(w->out), 4);
    assert_int_equal(rename(w->out, kept), 0);
    assert_outcome(preview(w, "--format=svg", "-een"), 0, want, "");
    char *first = text_join(kept, "mini.en.001.svg"), *second = text_join(w->out, "mini.en.001.svg");
    assert_same_file(first, second);
    free(first);
    free(second);
    free(kept);
}

static void a_page_that_is_not_there_is_refused(void **state)
{
    struct workspace *w = *state;
    char want[1024];
    snprintf(want, sizeof want,
             "%s/reports/mini/report.yaml: error: [page-absent] the edition 'ar' has no page 3; ask for pages from 1 to "
             "1\nmujaz: 1 error\n",
             w->folder);
    assert_outcome(preview(w, "--pages=1-3", "-ear"), 1, "", want);
    assert_outcome(preview(w, "--pages=3-", "-ear"), 1, "", want);
    assert_false(file_is_there(w->out));
}

static void dumps_go_to_standard_output(void **state)
{
    struct workspace *w = *state;
    const char *mujaz = program_mujaz();
    struct outcome doc =
        program_run((const char *const[]){ mujaz, "dump", "doc", "-C", w->folder, "mini", NULL }, NULL);
    assert_int_equal(doc.code, 0);
    assert_string_equal(doc.err, "");
    assert_non_null(strstr(doc.out, "القوائم الثلاث"));
    outcome_drop(&doc);
    struct outcome scene = program_run(
        (const char *const[]){ mujaz, "dump", "scene", "-e", "en", "-C", w->folder, "mini", NULL }, NULL);
    assert_int_equal(scene.code, 0);
    assert_string_equal(scene.err, "");
    static const char start[] = "scene en ltr \"Seats\"\npage 1 595.28 841.89\n";
    assert_int_equal(strncmp(scene.out, start, strlen(start)), 0);
    assert_null(strstr(scene.out, "القوائم"));
    outcome_drop(&scene);
}

static void the_same_input_gives_the_same_bytes(void **state)
{
    struct workspace *w = *state, *other;
    struct outcome first = build(w);
    assert_int_equal(first.code, 0);
    outcome_drop(&first);
    char *kept = text_join(w->folder, "kept");
    assert_int_equal(rename(w->out, kept), 0);

    struct outcome second = build(w);
    assert_int_equal(second.code, 0);
    outcome_drop(&second);

    void *other_state;
    set_up(&other_state);
    other = other_state;
    setenv("TZ", "Asia/Baghdad", 1);
    struct outcome third = build(other);
    unsetenv("TZ");
    assert_int_equal(third.code, 0);
    outcome_drop(&third);
    for (int i = 0; i < WRITTEN; i++) {
        char *a = text_join(kept, written[i]), *b = text_join(w->out, written[i]),
             *c = text_join(other->out, written[i]);
        assert_same_file(a, b);
        assert_same_file(a, c);
        free(a);
        free(b);
        free(c);
    }
    free(kept);
    workspace_close(&other_state);
}

/* --- wrong inputs ----------------------------------------------------------------------------------------- */

struct before {
    struct stat st[WRITTEN];
    char *bytes[WRITTEN];
};

static void remember(const struct workspace *w, struct before *b)
{
    struct outcome o = build(w);
    assert_string_equal(o.err, "");
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    for (int i = 0; i < WRITTEN; i++) {
        char *path = text_join(w->out, written[i]);
        b->bytes[i] = file_content(path, NULL);
        assert_int_equal(stat(path, &b->st[i]), 0);
        free(path);
    }
}

/* Byte for byte, and the very same file. */
static void assert_untouched(const struct workspace *w, struct before *b)
{
    assert_int_equal(folder_entries(w->out), WRITTEN);
    for (int i = 0; i < WRITTEN; i++) {
        struct stat now;
        char *path = text_join(w->out, written[i]);
        char *bytes = file_content(path, NULL);
        assert_int_equal(stat(path, &now), 0);
        assert_int_equal(now.st_ino, b->st[i].st_ino);
        assert_int_equal(now.st_mtim.tv_sec, b->st[i].st_mtim.tv_sec);
        assert_int_equal(now.st_mtim.tv_nsec, b->st[i].st_mtim.tv_nsec);
        assert_int_equal(now.st_size, b->st[i].st_size);
        assert_memory_equal(bytes, b->bytes[i], now.st_size);
        free(bytes);
        free(b->bytes[i]);
        free(path);
    }
}

/*
 * Breaks a file of a workspace that was built before and builds again: exit code 1, the old files untouched,
 * and on standard error exactly the line "FILE:<place>: error: <rest>". `place` is "line:col".
 */
static void assert_refused(void **state, const char *file, const char *old, const char *new, const char *place,
                           const char *rest)
{
    struct workspace *w = *state;
    struct before before;
    char want[2048], *path = text_join(w->folder, file);
    remember(w, &before);
    file_replace(path, old, new);
    snprintf(want, sizeof want, "%s:%s: error: %s\nmujaz: 1 error\n", path, place, rest);
    assert_outcome(build(w), 1, "", want);
    assert_untouched(w, &before);
    free(path);
}

static void a_wrong_cell_is_named(void **state)
{
    assert_refused(state, "datasets/lists/council-lists.csv", "الجنوب,35,", "الجنوب,35 seats,", "3:20",
                   "[cell-type] field 'seats': '35 seats' cannot be read; "
                   "write a whole number of at most 18 digits, as 1200");
}

static void an_unknown_figure_is_named(void **state)
{
    assert_refused(state, "reports/mini/en.md", "hold {seats} seats", "hold {seets} seats", "3:23",
                   "[figure-unknown] unknown figure 'seets'; did you mean 'seats'?");
}

static void a_block_missing_in_one_language_is_named(void **state)
{
    const struct workspace *w = *state;
    char rest[1024];
    snprintf(rest, sizeof rest,
             "[block-missing] a list that stands at %s/reports/mini/en.md:9 is missing before this place; "
             "translate it, or take it out there",
             w->folder);
    assert_refused(state, "reports/mini/ar.md", "- النقطة الأولى\n- النقطة الثانية\n\n", "", "10:1", rest);
}

static void an_unknown_key_is_named(void **state)
{
    assert_refused(state, "reports/mini/report.yaml", "issue: 1\n", "isue: 1\n", "4:1",
                   "[key-unknown] unknown key 'isue' in a report; did you mean 'issue'?");
}

static void wrong_sql_is_named_at_its_place(void **state)
{
    assert_refused(state, "reports/mini/report.yaml", "      FROM council_lists\n      ORDER BY",
                   "      FROM council_list\n      ORDER BY", "17:12",
                   "[sql-error] no such table: council_list; did you mean 'council_lists'?");
}

static void a_bad_report_does_not_stop_the_others(void **state)
{
    struct workspace *w = *state;
    char *good = text_join(w->folder, "reports/mini"), *bad = text_join(w->folder, "reports/bad"),
         *text = text_join(w->folder, "reports/bad/en.md"), want[1024];
    tree_copy(good, bad);
    file_replace(text, "{largest}", "{lurgest}");
    struct outcome o = program_run(
        (const char *const[]){ program_mujaz(), "build", "-C", w->folder, "-o", w->out, "bad", "mini", NULL },
        NULL);
    snprintf(want, sizeof want, "%s/mini.pdf\n%s/mini.en.pdf\n%s/mini.ar.pdf\n", w->out, w->out, w->out);
    assert_string_equal(o.out, want);
    assert_int_equal(o.code, 1);
    outcome_drop(&o);
    assert_int_equal(folder_entries(w->out), WRITTEN);
    free(good);
    free(bad);
    free(text);
}

/* --- exit codes ------------------------------------------------------------------------------------------- */

static void wrong_usage_is_exit_code_2(void **state)
{
    struct workspace *w = *state;
    char want[1024];
    assert_outcome(run("frobnicate", NULL, NULL, NULL), 2, "",
                   "mujaz: unknown command 'frobnicate'; mujaz --help lists them\n");
    assert_outcome(run("build", "-C", w->folder, NULL), 2, "", "mujaz: build needs the name of a report\n");
    snprintf(want, sizeof want, "mujaz: there is no report 'mni' in %s/reports; did you mean 'mini'?\n", w->folder);
    assert_outcome(run("check", "-C", w->folder, "mni"), 2, "", want);
    snprintf(want, sizeof want, "mujaz: there is no report 'quite-other' in %s/reports; name one of these: mini\n", w->folder);
    assert_outcome(run("check", "-C", w->folder, "quite-other"), 2, "", want);
    assert_outcome(run("check", "-C", w->folder, "../mini"), 2, "",
                   "mujaz: '../mini' is no name of a report; lower-case letters, digits and hyphens make one\n");
}

static void disk_trouble_is_exit_code_3(void **state)
{
    struct workspace *w = *state;
    char *file = text_join(w->folder, "file"), want[1024];
    file_write(file, "x", 1);
    snprintf(want, sizeof want,
             "%s: error: [file-write] the folder cannot be opened: Not a directory; "
             "what was published before stays as it is\nmujaz: 1 error\n",
             file);
    struct outcome o = program_run(
        (const char *const[]){ program_mujaz(), "build", "-C", w->folder, "-o", file, "mini", NULL }, NULL);
    assert_outcome(o, 3, "", want);
    o = program_run((const char *const[]){ program_mujaz(), "dump", "doc", "-C", w->folder, "mini", NULL },
                    "/dev/full");
    assert_outcome(o, 3, "", "mujaz: standard output: No space left on device\n");
    free(file);
}

static void help_and_version_go_to_standard_output(void **state)
{
    (void)state;
    struct outcome o = run("build", "--help", NULL, NULL);
    assert_int_equal(o.code, 0);
    assert_string_equal(o.err, "");
    assert_memory_equal(o.out, "Usage: mujaz build", 18);
    outcome_drop(&o);
    assert_outcome(run("--version", NULL, NULL, NULL), 0, "mujaz 0.1\n", "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, workspace_close)
    const struct CMUnitTest tests[] = {
        TEST(build_writes_three_editions_and_names_them),
        TEST(one_edition_may_be_asked_for),
        TEST(sizes_say_what_the_bytes_are_for),
        TEST(an_edition_that_the_report_has_not_got_is_refused),
        TEST(the_sequential_edition_is_one_file),
        TEST(a_layout_is_asked_for),
        TEST(a_layout_gives_digits_and_months),
        TEST(bleed_is_paper_around_the_page),
        TEST(check_writes_nothing),
        TEST(pictures_of_pages_are_written_and_named),
        TEST(a_page_that_is_not_there_is_refused),
        TEST(dumps_go_to_standard_output),
        TEST(the_same_input_gives_the_same_bytes),
        TEST(a_wrong_cell_is_named),
        TEST(an_unknown_figure_is_named),
        TEST(a_block_missing_in_one_language_is_named),
        TEST(an_unknown_key_is_named),
        TEST(wrong_sql_is_named_at_its_place),
        TEST(a_bad_report_does_not_stop_the_others),
        TEST(wrong_usage_is_exit_code_2),
        TEST(disk_trouble_is_exit_code_3),
        cmocka_unit_test(help_and_version_go_to_standard_output),
    };
    return cmocka_run_group_tests_name("cli build", tests, NULL, NULL);
}
