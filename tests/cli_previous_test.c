/* The issue before, in whole builds and nights: two issues in a row, rebuilds, what is lost or damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/workspace.h"

#define YAML "reports/weekly/report.yaml"
#define CSV "datasets/incidents/incidents.csv"

static int set_up(void **state)
{
    *state = workspace_open("tests/data/past");
    return 0;
}

/* A run by a clock that goes on by a day each time. */
static void night(const struct workspace *w, const char *line)
{
    static long day;
    char now[32];
    snprintf(now, sizeof now, "%ld", 1700000000 + 86400 * ++day);
    setenv("SOURCE_DATE_EPOCH", now, 1);
    struct outcome o = program_run(
        (const char *const[]){ program_mujaz(), "nightly", "-C", w->folder, "-o", w->out, "--jobs=1", NULL }, NULL);
    unsetenv("SOURCE_DATE_EPOCH");
    assert_line(o.out, line);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
}

static char *bytes_of(const struct workspace *w, const char *name, size_t *length)
{
    char *path = text_join(w->out, name), *content = file_content(path, length);
    free(path);
    return content;
}

static char *content_of(const struct workspace *w, const char *name)
{
    size_t length;
    return bytes_of(w, name, &length);
}

static void assert_ledger(const struct workspace *w, const char *name, const char *piece)
{
    char *ledger = content_of(w, name);
    assert_line(ledger, piece);
    free(ledger);
}

static void second_issue(const struct workspace *w)
{
    file_replace(workspace_path(w, YAML), "issue: 1", "issue: 2");
    file_replace(workspace_path(w, YAML), "2024-03-27", "2024-04-03");
}

#define LEDGER "current/weekly.ledger.json"
#define NONE "\"as_of\": \"2024-03-27\",\n  \"previous\": null"
#define FIRST "\"as_of\": \"2024-04-03\",\n  \"previous\": {\n    \"issue\": 1,\n    \"as_of\": \"2024-03-27\""

static void nights_compare_with_the_issue_before(void **state)
{
    struct workspace *w = *state;
    night(w, "weekly: made, 9 files");
    assert_ledger(w, LEDGER, NONE);
    night(w, "weekly: unchanged, 9 files");
    second_issue(w);
    night(w, "weekly: made, 9 files");
    assert_ledger(w, LEDGER, FIRST);
    assert_ledger(w, LEDGER, "\"revised\": [],");
    size_t length, again_length;
    char *first = bytes_of(w, "current/weekly.pdf", &length);
    night(w, "weekly: unchanged, 9 files"); /* though the ledger of the last run is another now */
    file_replace(workspace_path(w, CSV), "drone,3", "drone,5");
    night(w, "weekly: made, 9 files");
    assert_ledger(w, LEDGER, FIRST); /* not with itself */
    assert_ledger(w, LEDGER, "\"revised\": [\n      {\n        \"name\": \"attacks\",\n        \"kind\": \"value\",\n"
                             "        \"type\": \"integer\",\n        \"value\": 102\n");
    file_replace(workspace_path(w, CSV), "drone,5", "drone,3");
    night(w, "weekly: made, 9 files");
    char *again = bytes_of(w, "current/weekly.pdf", &again_length);
    assert_int_equal(length, again_length);
    assert_memory_equal(first, again, length);
    assert_ledger(w, LEDGER, "\"revised\": [],");
    free(first);
    free(again);
}

static void a_report_that_comes_to_compare_finds_the_issue_before(void **state)
{
    struct workspace *w = *state;
    char *en = text_join(w->folder, "reports/weekly/en.md"), *ar = text_join(w->folder, "reports/weekly/ar.md");
    size_t length;
    char *english = file_content(en, &length), *arabic = file_content(ar, &length), *yaml = file_content(workspace_path(w, YAML), &length);
    static const char plain_en[] = "## Bottom line {#bluf}\n\n{attacks} and {drones} and {kinds}.\n";
    static const char plain_ar[] = "## الخلاصة {#bluf}\n\n{attacks} و{drones} و{kinds}.\n";
    *strstr(yaml, "key_figures:") = '\0';
    file_write(workspace_path(w, YAML), yaml, strlen(yaml));
    file_write(en, plain_en, strlen(plain_en));
    file_write(ar, plain_ar, strlen(plain_ar));
    night(w, "weekly: made, 9 files");
    char *ledger = content_of(w, LEDGER);
    assert_null(strstr(ledger, "\"previous\"")); /* nobody asks */
    free(ledger);
    second_issue(w);
    night(w, "weekly: made, 9 files");
    night(w, "weekly: unchanged, 9 files");
    file_write(en, english, strlen(english));
    file_write(ar, arabic, strlen(arabic));
    file_write(workspace_path(w, YAML), yaml, strlen(yaml));
    second_issue(w);
    FILE *file = fopen(workspace_path(w, YAML), "a");
    fputs("key_figures:\n  headline:\n    - {value: \"{attacks}\", label: {en: attacks, ar: هجمة}, change: previous}\n"
          "    - {value: \"{drones}{kinds}\", label: {en: others, ar: أخرى}}\n", file);
    fclose(file);
    night(w, "weekly: made, 9 files");
    assert_ledger(w, LEDGER, FIRST); /* of an older run */
    free(en);
    free(ar);
    free(english);
    free(arabic);
    free(yaml);
}

static void a_damaged_ledger_is_passed_over(void **state)
{
    struct workspace *w = *state;
    night(w, "weekly: made, 9 files");
    file_replace(workspace_path(w, CSV), "2024-04-01,rocket,2", "2024-04-01,rocket,3"); /* so that two runs have files of their own */
    night(w, "weekly: made, 9 files");
    char *path = text_join(w->out, LEDGER);
    file_replace(path, "\"value\": 100", "\"value\": 900");
    second_issue(w);
    night(w, "weekly: made, 9 files");
    assert_ledger(w, LEDGER, FIRST);
    assert_ledger(w, LEDGER, "\"value\": 100"); /* of the run before */
    free(path);
}

static struct outcome build(const struct workspace *w, const char *out, const char *previous)
{
    char *folder = text_join(w->folder, out), *option = NULL;
    if (previous) {
        char *path = text_join(w->folder, previous);
        option = malloc(strlen(path) + sizeof "--previous=");
        sprintf(option, "--previous=%s", path);
        free(path);
    }
    struct outcome o = program_run((const char *const[]){ program_mujaz(), "build", "-C", w->folder, "-o", folder, "weekly",
                                                          option, NULL }, NULL);
    free(folder);
    free(option);
    return o;
}

static void assert_same(const struct workspace *w, const char *a, const char *b)
{
    size_t a_length, b_length;
    char *a_path = text_join(w->folder, a), *b_path = text_join(w->folder, b);
    char *a_bytes = file_content(a_path, &a_length), *b_bytes = file_content(b_path, &b_length);
    assert_int_equal(a_length, b_length);
    assert_memory_equal(a_bytes, b_bytes, a_length);
    free(a_path);
    free(b_path);
    free(a_bytes);
    free(b_bytes);
}

static void a_build_is_given_the_ledger(void **state)
{
    struct workspace *w = *state;
    struct outcome o = build(w, "one", NULL);
    assert_int_equal(o.code, 0);
    assert_string_equal(o.err, "");
    outcome_drop(&o);
    second_issue(w);
    o = build(w, "two", "one/weekly.en.ledger.json");
    assert_int_equal(o.code, 0);
    assert_string_equal(o.err, "");
    outcome_drop(&o);
    o = build(w, "again", "two/weekly.ar.ledger.json"); /* of the very issue, which knows the one before */
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    assert_same(w, "two/weekly.pdf", "again/weekly.pdf");
    assert_same(w, "two/weekly.ar.ledger.json", "again/weekly.ar.ledger.json");
    o = build(w, "none", NULL);
    assert_int_equal(o.code, 0);
    assert_line(o.err, "reports/weekly/report.yaml:4:8: warning: [previous-unknown] this is issue 2, and no ledger of an "
                       "earlier one is known");
    outcome_drop(&o);
}

static void a_wrong_ledger_is_refused(void **state)
{
    struct workspace *w = *state;
    struct outcome o = build(w, "one", "one/weekly.ledger.json");
    assert_int_equal(o.code, 1);
    assert_line(o.err, "one/weekly.ledger.json: error: [file-absent] there is no such file");
    outcome_drop(&o);
    o = build(w, "one", "layouts/briefing-a4.yaml");
    assert_int_equal(o.code, 1);
    assert_line(o.err, "layouts/briefing-a4.yaml:1:1: error: [previous-ledger] '{' must stand here, for an object");
    outcome_drop(&o);
    char *other = text_join(w->folder, "other.json");
    static const char text[] = "{\"report\": \"monthly\", \"as_of\": \"2024-01-01\", \"figures\": []}\n";
    file_write(other, text, strlen(text));
    o = build(w, "one", "other.json");
    assert_int_equal(o.code, 1);
    assert_line(o.err, "other.json:1:1: error: [previous-ledger] this ledger is of the report 'monthly'; give one of 'weekly'");
    outcome_drop(&o);
    free(other);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, workspace_close)
    const struct CMUnitTest tests[] = {
        TEST(nights_compare_with_the_issue_before),
        TEST(a_report_that_comes_to_compare_finds_the_issue_before),
        TEST(a_damaged_ledger_is_passed_over),
        TEST(a_build_is_given_the_ledger),
        TEST(a_wrong_ledger_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
