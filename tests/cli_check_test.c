/* mujaz check: one report or all that a workspace holds, for people and for programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/node.h"
#include "support/program.h"

/* The example in a folder of its own. */
struct workspace {
    char *folder;
};

static int set_up(void **state)
{
    struct workspace *w = calloc(1, sizeof *w);
    w->folder = tree_new();
    tree_copy("templates/libraries/reports", w->folder);
    tree_copy("templates/libraries/datasets", w->folder);
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct workspace *w = *state;
    tree_remove(w->folder);
    free(w);
    return 0;
}

static char *path_in(const struct workspace *w, const char *file)
{
    return text_join(w->folder, file);
}

static void replace_in(const struct workspace *w, const char *file, const char *old, const char *new)
{
    char *path = path_in(w, file);
    file_replace(path, old, new);
    free(path);
}

static struct outcome check(const struct workspace *w, const char *option)
{
    const char *const argv[] = { program_mujaz(), "check", "-C", w->folder, option, NULL };
    return program_run(argv, NULL);
}

static void without_a_name_all_of_the_workspace_is_checked(void **state)
{
    const struct workspace *w = *state;
    char *copy = path_in(w, "datasets/spare"), *from = path_in(w, "datasets/libraries"), *layouts = path_in(w, "layouts");
    const char *const cp[] = { "cp", "-r", from, copy, NULL };
    struct outcome o = check(w, NULL);
    assert_string_equal(o.err, "");
    assert_string_equal(o.out, "libraries: good: parallel 1 page, en 1 page, ar 1 page\n");
    outcome_drop(&o);

    o = program_run(cp, NULL);
    outcome_drop(&o);
    replace_in(w, "datasets/spare/visits.csv", "4890", "x");
    assert_int_equal(mkdir(layouts, 0777), 0);
    char *own = path_in(w, "layouts/own.yaml");
    file_write(own, "extends: briefing-a4\ncolumns: 0\n", 32);
    replace_in(w, "reports/libraries/en.md", "{leader} alone", "{leadr} alone");
    o = check(w, NULL);
    assert_int_equal(o.code, 1);
    static const char *const said[] = {
        "en.md:4:2: error: [figure-unknown] unknown figure 'leadr'; did you mean 'leader'?\n",
        "spare/datapackage.json: warning: [dataset-unused] no report names the dataset 'spare'; name it in one's "
        "'datasets', or remove it\n",
        "spare/visits.csv:18:45: error: [cell-type] field 'visits': 'x' cannot be read",
        "layouts/own.yaml:2:10: error: [layout-value] 'columns' is 0; it must be from 1 to",
        "mujaz: 3 errors, 1 warning\n",
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (!strstr(o.err, said[i]))
            fail_msg("'%s' is missing in:\n%s", said[i], o.err);
    assert_string_equal(o.out, "");
    outcome_drop(&o);
    free(copy);
    free(from);
    free(layouts);
    free(own);
}

static void a_workspace_without_reports_is_wrong_usage(void **state)
{
    const struct workspace *w = *state;
    char *reports = path_in(w, "reports");
    const char *const rm[] = { "rm", "-r", reports, NULL };
    struct outcome o = program_run(rm, NULL);
    outcome_drop(&o);
    o = check(w, NULL);
    assert_int_equal(o.code, 2);
    assert_non_null(strstr(o.err, "/reports; 'mujaz init FOLDER' makes one to start from\n"));
    outcome_drop(&o);
    free(reports);
}

static void a_dataset_that_no_statement_asks_is_told(void **state)
{
    const struct workspace *w = *state;
    char *copy = path_in(w, "datasets/spare"), *from = path_in(w, "datasets/libraries");
    const char *const cp[] = { "cp", "-r", from, copy, NULL };
    struct outcome o = program_run(cp, NULL);
    outcome_drop(&o);
    replace_in(w, "datasets/spare/datapackage.json", "\"name\": \"visits\",", "\"name\": \"others\",");
    replace_in(w, "reports/libraries/report.yaml", "datasets: [libraries]", "datasets: [libraries, spare]");
    o = check(w, NULL);
    assert_int_equal(o.code, 0);
    assert_non_null(strstr(o.err, "report.yaml:14:23: warning: [dataset-unused] no statement of the report asks the "
                                  "dataset 'spare'; use it, or take it out\n"));
    outcome_drop(&o);
    o = check(w, "--strict");
    assert_int_equal(o.code, 1);
    outcome_drop(&o);

    /* A source list is a use. */
    replace_in(w, "reports/libraries/en.md", "[^data]:", "![Sources](sources:)\n\n[^data]:");
    replace_in(w, "reports/libraries/ar.md", "[^data]:", "![المصادر](sources:)\n\n[^data]:");
    o = check(w, "--strict");
    assert_string_equal(o.err, "");
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    free(copy);
    free(from);
}

/* Texts, data, sources and layout: what one stage finds does not hide what the next would. */
static void all_of_a_report_is_told_at_once(void **state)
{
    const struct workspace *w = *state;
    char *layouts = path_in(w, "layouts"), *own = path_in(w, "layouts/own.yaml");
    assert_int_equal(mkdir(layouts, 0777), 0);
    const char *layout = "extends: briefing-a4\ncolours: {muted: \"#DDDDDD\"}\n";
    file_write(own, layout, strlen(layout));
    replace_in(w, "reports/libraries/report.yaml", "layout: briefing-a4", "layout: own");
    replace_in(w, "reports/libraries/report.yaml", "    total: {label: {en: All libraries, ar: كل المكتبات}, columns: [n]}\n"
                                                   "    source: {en: \"Source: synthetic data\", ar: \"المصدر: بيانات مصطنعة\"}\n", "");
    replace_in(w, "reports/libraries/en.md", "{leader} alone", "{leadr} alone");
    replace_in(w, "datasets/libraries/visits.csv", "4890", "x");
    const char *const argv[] = { program_mujaz(), "check", "-C", w->folder, "libraries", NULL };
    struct outcome o = program_run(argv, NULL);
    assert_int_equal(o.code, 1);
    static const char *const said[] = { "warning: [object-source] the table 'branches' has no source; add source: "
                                        "{en: ..., ar: ...}\n",
                                        "error: [figure-unknown]", "error: [cell-type]",
                                        "own.yaml:2:19: warning: [style-contrast]", "mujaz: 2 errors, 2 warnings\n" };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (!strstr(o.err, said[i]))
            fail_msg("'%s' is missing in:\n%s", said[i], o.err);
    outcome_drop(&o);
    free(layouts);
    free(own);
}

static const struct node *parsed(const char *json, struct arena *arena)
{
    struct diags *diags = diags_new();
    const struct node *root = node_parse("out.json", json, strlen(json), arena, diags);
    assert_non_null(root);
    diags_drop(diags);
    return root;
}

static const char *text_of(const struct node *map, const char *key)
{
    const struct node *value = node_get(map, key);
    assert_non_null(value);
    assert_int_equal(value->kind, NODE_SCALAR);
    return value->text;
}

static void programs_get_one_document(void **state)
{
    const struct workspace *w = *state;
    struct arena *arena = arena_new();
    replace_in(w, "reports/libraries/ar.md", "{visits, plural", "{vists, plural");
    struct outcome o = check(w, "--format=json");
    assert_int_equal(o.code, 1);
    assert_string_equal(o.err, "");
    const struct node *root = parsed(o.out, arena), *all = node_get(root, "diagnostics");
    assert_string_equal(text_of(root, "errors"), "1");
    assert_string_equal(text_of(root, "warnings"), "0");
    assert_int_equal(all->count, 1);
    assert_string_equal(text_of(all->items[0], "id"), "figure-unknown");
    assert_string_equal(text_of(all->items[0], "level"), "error");
    assert_string_equal(text_of(all->items[0], "line"), "3");
    assert_string_equal(text_of(all->items[0], "column"), "50");
    assert_string_equal(text_of(all->items[0], "message"), "unknown figure 'vists'; did you mean 'visits'?");
    outcome_drop(&o);
    arena_drop(arena);
}

/* What SARIF 2.1.0 requires, and the parts that readers of it show. */
static void sarif_has_what_it_requires(void **state)
{
    const struct workspace *w = *state;
    struct arena *arena = arena_new();
    replace_in(w, "reports/libraries/ar.md", "{visits, plural", "{vists, plural");
    struct outcome o = check(w, "--format=sarif");
    assert_int_equal(o.code, 1);
    const struct node *root = parsed(o.out, arena);
    assert_string_equal(text_of(root, "version"), "2.1.0");
    const struct node *run = node_get(root, "runs")->items[0], *driver = node_get(node_get(run, "tool"), "driver");
    assert_string_equal(text_of(driver, "name"), "mujaz");
    assert_string_equal(text_of(run, "columnKind"), "unicodeCodePoints");
    const struct node *rules = node_get(driver, "rules"), *results = node_get(run, "results");
    assert_int_equal(rules->count, DIAG_ID_COUNT);
    assert_int_equal(results->count, 1);
    const struct node *result = results->items[0];
    size_t index = strtoul(text_of(result, "ruleIndex"), NULL, 10);
    assert_string_equal(text_of(result, "ruleId"), "figure-unknown");
    assert_string_equal(text_of(rules->items[index], "id"), "figure-unknown");
    assert_string_equal(text_of(result, "level"), "error");
    assert_string_equal(text_of(node_get(result, "message"), "text"), "unknown figure 'vists'; did you mean 'visits'?");
    const struct node *place = node_get(node_get(result, "locations")->items[0], "physicalLocation");
    assert_non_null(strstr(text_of(node_get(place, "artifactLocation"), "uri"), "/reports/libraries/ar.md"));
    assert_string_equal(text_of(node_get(place, "region"), "startLine"), "3");
    assert_string_equal(text_of(node_get(place, "region"), "startColumn"), "50");
    outcome_drop(&o);
    arena_drop(arena);
}

/* "file:line:col: " at the line's beginning. */
static bool has_place(const char *line)
{
    unsigned row = 0, col = 0;
    for (const char *p = strchr(line, ':'); p; p = strchr(p + 1, ':'))
        if (sscanf(p, ":%u:%u: ", &row, &col) == 2 && row > 0 && col > 0)
            return true;
    return false;
}

/* It said that among other things, all with places. Drops the outcome. */
static void assert_places(struct outcome *o, const char *what)
{
    char *rest;
    assert_non_null(strstr(o->err, what));
    for (char *line = strtok_r(o->err, "\n", &rest); line && strncmp(line, "mujaz: ", 7) != 0;
         line = strtok_r(NULL, "\n", &rest))
        if (!has_place(line))
            fail_msg("no place: %s", line);
    outcome_drop(o);
}

/* Words of a title band, key figures, list numbers, lists of sources, headers, footers and notes that are too wide for their columns. */
static void wide_words_have_a_place_wherever_they_are_set(void **state)
{
    const struct workspace *w = *state;
    static const char layout[] =
        "extends: briefing-a4\npage: {size: own, width_mm: 130, height_mm: 250}\ngutter_mm: 5\ngrid_pt: 20\n"
        "margins_mm: {top: 40, bottom: 40, inner: 10, outer: 10}\n"
        "sizes_pt: {title: 40, h2: 20, h3: 20, body: 14, small: 40, figure: 140}\n"
        "header: {start: \"{section}\", centre: \"{page}\", end: \"{author}\"}\n";
    static const char *const languages[] = { "en", "ar" };
    char *layouts = path_in(w, "layouts"), *own = path_in(w, "layouts/own.yaml");
    assert_int_equal(mkdir(layouts, 0777), 0);
    file_write(own, layout, sizeof layout - 1);
    replace_in(w, "reports/libraries/report.yaml", "layout: briefing-a4", "layout: own");
    replace_in(w, "reports/libraries/report.yaml", "charts:\n",
               "numbering: {figures: true, tables: true, headings: true}\nsources: {of: [objects]}\n"
               "key_figures:\n  all:\n    - {value: \"{visits}\", label: {en: all, ar: الكل}}\ncharts:\n");
    for (int i = 0; i < 2; i++) {
        char name[64];
        snprintf(name, sizeof name, "reports/libraries/%s.md", languages[i]);
        replace_in(w, name, "[^data]: ", "![](figures:all)\n\n1. a\n\n![a](sources:)\n\n[^data]: ");
    }
    struct outcome o = check(w, NULL);
    assert_places(&o, "[text-word-wide]");
    replace_in(w, "datasets/libraries/visits.csv", "Central", "Cen\xEF\xBB\xBFtral"); /* a byte order mark, of a value */
    replace_in(w, "reports/libraries/report.yaml", "value: \"{visits}\"", "value: \"{first}\"");
    replace_in(w, "reports/libraries/report.yaml", "figures:\n",
               "figures:\n  first: SELECT min(branch_en) AS en, 'a' AS ar FROM visits\n");
    o = check(w, NULL);
    assert_places(&o, "[utf8-bad]");
    free(layouts);
    free(own);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(without_a_name_all_of_the_workspace_is_checked),
        TEST(a_workspace_without_reports_is_wrong_usage),
        TEST(a_dataset_that_no_statement_asks_is_told),
        TEST(all_of_a_report_is_told_at_once),
        TEST(programs_get_one_document),
        TEST(sarif_has_what_it_requires),
        TEST(wide_words_have_a_place_wherever_they_are_set),
    };
    return cmocka_run_group_tests_name("cli check", tests, NULL, NULL);
}
