/* mujaz explain as people run it, and the ledgers that mujaz build leaves beside its PDFs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/node.h"
#include "support/program.h"

#define COUNT ", all that count"
#define SOURCE "Source: Made up for the tests\n"

/* A small report in a workspace of its own. */
static int set_up(void **state)
{
    char *folder = workspace_new("tests/data/cli");
    *state = folder;
    return 0;
}

static int tear_down(void **state)
{
    tree_remove(*state);
    return 0;
}

/* mujaz explain -C FOLDER and the words, the last of them NULL. */
static struct outcome explain(const char *folder, const char *const words[4])
{
    return program_run((const char *const[]){ program_mujaz(), "explain", "-C", folder, words[0], words[1],
                                              words[1] ? words[2] : NULL, words[1] && words[2] ? words[3] : NULL, NULL },
                       NULL);
}
#define EXPLAIN(folder, ...) explain(folder, (const char *const[4]){ __VA_ARGS__ })

/* The folder and its slash taken out of a text, in place. */
static char *without_folder(char *text, const char *folder)
{
    char *prefix = text_join(folder, ""), *found;
    while ((found = strstr(text, prefix)))
        memmove(found, found + strlen(prefix), strlen(found + strlen(prefix)) + 1);
    free(prefix);
    return text;
}

static void assert_outcome(const char *folder, struct outcome o, int code, const char *out, const char *err)
{
    assert_string_equal(without_folder(o.err, folder), err);
    assert_string_equal(without_folder(o.out, folder), out);
    assert_int_equal(o.code, code);
    outcome_drop(&o);
}

static void change(const char *folder, const char *file, const char *old, const char *new)
{
    char *path = text_join(folder, file);
    file_replace(path, old, new);
    free(path);
}

/* --- for people ------------------------------------------------------------------------------------------- */

static const char share_is[] = "share = 0.425742574   (\"42.6%\" / \"42.6%\")\n"
                               "reports/mini/report.yaml:12:10: SELECT ratio(max(seats), sum(seats)) FROM council_lists\n"
                               "3 rows of council_lists" COUNT ":\n"
                               "  datasets/lists/council-lists.csv:2: id=north, seats=43\n"
                               "  datasets/lists/council-lists.csv:3: id=south, seats=35\n"
                               "  datasets/lists/council-lists.csv:4: id=east, seats=23\n" SOURCE
                               "Used: reports/mini/en.md:5:33, reports/mini/ar.md:5:27\n";

static const char lists_are[] = "table:lists gives 3 rows\n"
                                "reports/mini/report.yaml:16:7: SELECT name_en, name_ar, seats\n"
                                "  FROM council_lists\n"
                                "  ORDER BY seats DESC\n"
                                "3 rows of council_lists" COUNT ":\n"
                                "  datasets/lists/council-lists.csv:2: id=north, name_en=North, name_ar=الشمال, seats=43\n"
                                "  datasets/lists/council-lists.csv:3: id=south, name_en=South, name_ar=الجنوب, seats=35\n"
                                "  datasets/lists/council-lists.csv:4: id=east, name_en=East, name_ar=الشرق, seats=23\n" SOURCE
                                "Used: reports/mini/en.md:7:1, reports/mini/ar.md:7:1\n";

static void a_figure_is_its_statement_and_rows(void **state)
{
    assert_outcome(*state, EXPLAIN(*state, "mini", "share"), 0, share_is, "");
}

static void so_is_a_table(void **state)
{
    assert_outcome(*state, EXPLAIN(*state, "mini", "table:lists"), 0, lists_are, "");
}

static void all_are_shown_in_order(void **state)
{
    struct outcome o = EXPLAIN(*state, "--all", "mini");
    static const char first[] = "seats = 101   (\"101\" / \"101\")\n";
    char want[4096];

    snprintf(want, sizeof want, "%s\n%s", share_is, lists_are);
    without_folder(o.out, *state);
    assert_int_equal(strncmp(o.out, first, strlen(first)), 0);
    assert_non_null(strstr(o.out, "\n\nlargest = 43   (\"43\" / \"43\")\n"));
    assert_true(strlen(o.out) > strlen(want));
    assert_string_equal(o.out + strlen(o.out) - strlen(want), want);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
}

static void fewer_rows_may_be_listed(void **state)
{
    static const char start[] = "seats = 101   (\"101\" / \"101\")\n"
                                "reports/mini/report.yaml:10:10: SELECT sum(seats) FROM council_lists\n"
                                "3 rows of council_lists" COUNT;
    char want[1024];

    snprintf(want, sizeof want,
             "%s:\n  datasets/lists/council-lists.csv:2: id=north, seats=43\n  and 2 more rows\n" SOURCE
             "Used: reports/mini/en.md:3:22, reports/mini/ar.md:3:21\n",
             start);
    assert_outcome(*state, EXPLAIN(*state, "mini", "seats", "--rows=1"), 0, want, "");
    snprintf(want, sizeof want, "%s\n" SOURCE "Used: reports/mini/en.md:3:22, reports/mini/ar.md:3:21\n", start);
    assert_outcome(*state, EXPLAIN(*state, "mini", "seats", "--rows=0"), 0, want, "");
}

/* Twenty of a text unless more are asked for, and the line of a record is where it begins. */
static void long_texts_are_cut_and_long_lists_too(void **state)
{
    const char *const long_name = "east,\"East,\nof a name that is much longer than any column is wide\",الشرق,23,\n";
    struct outcome o;
    struct buf rows;

    buf_init(&rows);
    buf_add_string(&rows, long_name);
    for (int i = 0; i < 20; i++)
        buf_printf(&rows, "list-%d,L,ل,0,\n", i);
    change(*state, "datasets/lists/council-lists.csv", "east,East,الشرق,23,\n", rows.data);
    buf_drop(&rows);
    o = EXPLAIN(*state, "mini", "table:lists");
    without_folder(o.out, *state);
    assert_non_null(strstr(o.out, "\n23 rows of council_lists" COUNT ":\n"));
    assert_non_null(strstr(o.out, "  datasets/lists/council-lists.csv:4: id=east, "
                                  "name_en=East, of a name that is much longer than…, name_ar=الشرق, seats=23\n"
                                  "  datasets/lists/council-lists.csv:6: id=list-0, "));
    assert_non_null(strstr(o.out, ":22: id=list-16, name_en=L, name_ar=ل, seats=0\n  and 3 more rows\n" SOURCE));
    outcome_drop(&o);
    o = EXPLAIN(*state, "mini", "table:lists", "-r", "21");
    assert_non_null(strstr(o.out, ": id=list-17, name_en=L, name_ar=ل, seats=0\n  and 2 more rows\n" SOURCE));
    outcome_drop(&o);
}

/* Texts, hedges, days, a parameter, a chart: the head of each. */
static void every_kind_has_its_head(void **state)
{
    static const struct {
        const char *name, *head, *end;
    } all[] = {
        { "tower",
          "tower = \"Tower 22\" / \"البرج 22\"   (\"Tower 22\" / \"البرج 22\")\n"
          "reports/sample/report.yaml:22:10: SELECT name_en AS en, name_ar AS ar FROM attack_counts WHERE id = 'tower'\n",
          "\nUsed: reports/sample/en.md:4:4, reports/sample/ar.md:4:4\n" },
        { "campaign",
          "campaign = 100   (\"more than 100\" / \"أكثر من 100\")\n"
          "reports/sample/report.yaml:21:13: SELECT best AS value, qualifier_en AS en, qualifier_ar AS ar "
          "FROM attack_counts WHERE id = 'campaign'\n",
          "\nUsed: reports/sample/en.md:5:1, reports/sample/report.yaml:29:21, reports/sample/report.yaml:63:22, "
          "reports/sample/ar.md:4:57, reports/sample/report.yaml:29:39, reports/sample/report.yaml:63:55\n" },
        { "today",
          "today = 2024-04-03   (\"3 April 2024\" / \"3 نيسان 2024\")\n"
          "reports/sample/report.yaml:24:11: SELECT :as_of\n"
          ":as_of = 2024-04-03\n"
          "no row of any table is behind it\n"
          "Used: ",
          "\nUsed: reports/sample/en.md:3:99, reports/sample/en.md:35:13, reports/sample/ar.md:3:147, "
          "reports/sample/ar.md:35:11\n" },
        { "tower_day",
          "tower_day = 2024-01-28   (\"January 2024\", \"2024\" / \"كانون الثاني 2024\", \"2024\")\n"
          "reports/sample/report.yaml:23:14: SELECT day FROM attack_counts WHERE id = 'tower'\n",
          "\n" },
        { "bloc",
          "bloc = badr   (printed nowhere)\n"
          "reports/sample/report.yaml:25:9: SELECT id FROM lists WHERE id = 'badr'\n",
          "\nUsed: reports/sample/en.md:21:3, reports/sample/ar.md:20:8\n" },
        { "framework", /* one text for both languages: its place is said once */
          "framework = 101   (\"101\" / \"101\")\n",
          ", reports/sample/report.yaml:28:16, reports/sample/ar.md:3:16, reports/sample/ar.md:3:73, "
          "reports/sample/ar.md:12:16, reports/sample/ar.md:14:3, reports/sample/ar.md:14:30\n" },
        { "chart:seats",
          "chart:seats gives 4 rows\n"
          "reports/sample/report.yaml:45:11: SELECT name_en, name_ar, seats, framework FROM lists\n",
          "\nUsed: reports/sample/en.md:13:1, reports/sample/ar.md:12:1\n" },
    };
    static const char workspace[] = "tests/data/report/good";
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct outcome o = EXPLAIN(workspace, "sample", all[i].name);
        const char *out = without_folder(o.out, workspace);
        assert_string_equal(o.err, "");
        assert_int_equal(o.code, 0);
        o.out[strlen(out)] = '\0';
        assert_true(strlen(out) > strlen(all[i].end));
        assert_string_equal(out + strlen(out) - strlen(all[i].end), all[i].end);
        o.out[strlen(all[i].head)] = '\0';
        assert_string_equal(out, all[i].head);
        outcome_drop(&o);
    }
}

/* --- for machines ----------------------------------------------------------------------------------------- */

/* `MUJAZ_GOLDEN=write` writes what should have been compared. */
static void assert_golden(const char *name, const char *text)
{
    char path[256], *golden;

    snprintf(path, sizeof path, "tests/golden/ledger/%s", name);
    if (getenv("MUJAZ_GOLDEN") && strcmp(getenv("MUJAZ_GOLDEN"), "write") == 0)
        file_write(path, text, strlen(text));
    golden = file_content(path, NULL);
    assert_string_equal(text, golden);
    free(golden);
}

static void json_is_the_same_in_every_folder(void **state)
{
    struct outcome o = EXPLAIN(*state, "mini", "--all", "--format=json");
    assert_string_equal(o.err, "");
    assert_int_equal(o.code, 0);
    assert_golden("mini.json", o.out);
    outcome_drop(&o);
    o = EXPLAIN(*state, "--format=json", "mini", "share");
    assert_golden("mini-share.json", o.out);
    outcome_drop(&o);
}

static void json_of_every_kind(void **state)
{
    struct outcome o = EXPLAIN("tests/data/report/good", "-ar0", "--format=json", "sample");
    (void)state;
    assert_string_equal(o.err, "");
    assert_int_equal(o.code, 0);
    assert_golden("sample.json", o.out);
    outcome_drop(&o);
}

/* The ledger in the file: that of explain, and which PDF it is of. */
static void a_ledger_lies_beside_each_pdf(void **state)
{
    static const char *const names[][3] = { { "parallel", "mini.pdf", "mini.ledger.json" },
                                            { "en", "mini.en.pdf", "mini.en.ledger.json" },
                                            { "ar", "mini.ar.pdf", "mini.ar.ledger.json" } };
    char *out = text_join(*state, "out"), head[1024];
    struct outcome o =
        program_run((const char *const[]){ program_mujaz(), "build", "-C", *state, "-o", out, "mini", NULL }, NULL);
    struct outcome all = EXPLAIN(*state, "mini", "--all", "--format=json");
    const char *datasets = strstr(all.out, "  \"datasets\"");

    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    assert_non_null(datasets);
    for (size_t i = 0; i < 3; i++) {
        char *pdf = text_join(out, names[i][1]), *path = text_join(out, names[i][2]), *ledger, sha256[HASH_HEX];
        uint8_t digest[HASH_BYTES];
        size_t length;
        char *bytes = file_content(pdf, &length);
        hash_sha256(bytes, length, digest);
        hash_hex(digest, sha256);
        snprintf(head, sizeof head,
                 "{\n  \"mujaz\": \"0.1\",\n  \"report\": \"mini\",\n  \"issue\": 1,\n  \"as_of\": \"2024-04-03\",\n"
                 "  \"edition\": \"%s\",\n  \"pdf\": {\n    \"file\": \"%s\",\n    \"sha256\": \"%s\"\n  },\n",
                 names[i][0], names[i][1], sha256);
        ledger = file_content(path, NULL);
        assert_true(strlen(ledger) > strlen(head));
        assert_string_equal(ledger + strlen(head), datasets);
        ledger[strlen(head)] = '\0';
        assert_string_equal(ledger, head);
        free(ledger);
        free(bytes);
        free(path);
        free(pdf);
    }
    outcome_drop(&all);
    free(out);
}

static const char *text_of(const struct node *map, const char *key)
{
    const struct node *node = node_get(map, key);
    assert_non_null(node);
    assert_int_equal(node->kind, NODE_SCALAR);
    return node->text;
}

static void what_is_written_can_be_read(void **state)
{
    struct outcome o = EXPLAIN(*state, "mini", "--all", "--format=json");
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const struct node *root = node_parse("ledger.json", o.out, o.out_length, arena, diags), *row;

    assert_int_equal(diags_count(diags), 0);
    assert_non_null(root);
    assert_string_equal(text_of(root, "as_of"), "2024-04-03");
    assert_int_equal(node_get(root, "figures")->count, 3);
    assert_int_equal(node_get(root, "tables")->count, 1);
    assert_int_equal(node_get(root, "charts")->count, 0);
    row = node_get(node_get(root, "figures")->items[0], "rows")->items[1];
    assert_string_equal(text_of(row, "file"), "datasets/lists/council-lists.csv");
    assert_string_equal(text_of(row, "line"), "3");
    assert_string_equal(text_of(node_get(row, "cells"), "name_ar"), "الجنوب");
    assert_string_equal(text_of(node_get(row, "cells"), "seats"), "35");
    diags_drop(diags);
    arena_drop(arena);
    outcome_drop(&o);
}

/* --- what is wrong ---------------------------------------------------------------------------------------- */

static void an_unknown_figure_is_named(void **state)
{
    assert_outcome(*state, EXPLAIN(*state, "mini", "seat"), 1, "",
                   "reports/mini/report.yaml: error: [figure-unknown] there is no figure 'seat'; did you mean 'seats'?\n"
                   "mujaz: 1 error\n");
    assert_outcome(*state, EXPLAIN(*state, "mini", "table:list"), 1, "",
                   "reports/mini/report.yaml: error: [figure-unknown] there is no figure 'table:list'; "
                   "did you mean 'table:lists'?\nmujaz: 1 error\n");
    assert_outcome(*state, EXPLAIN(*state, "mini", "something-else"), 1, "",
                   "reports/mini/report.yaml: error: [figure-unknown] there is no figure 'something-else'; "
                   "--all shows those that there are\nmujaz: 1 error\n");
}

static void a_wrong_report_explains_nothing(void **state)
{
    change(*state, "reports/mini/en.md", "First point", "First of 285");
    assert_outcome(*state, EXPLAIN(*state, "mini", "seats"), 1, "",
                   "reports/mini/en.md:9:12: error: [text-typed-number] the number '285' is typed; take it from a "
                   "figure, as {name}\nmujaz: 1 error\n");
}

static void wrong_usage_is_exit_code_2(void **state)
{
    assert_outcome(*state, EXPLAIN(*state, "mini"), 2, "", "mujaz: explain needs the name of a figure, or --all\n");
    assert_outcome(*state, EXPLAIN(*state, "-a"), 2, "", "mujaz: explain needs the name of a report\n");
    assert_outcome(*state, EXPLAIN(*state, "mini", "a", "b"), 2, "",
                   "mujaz: explain takes a report and one figure; 'b' is too many\n");
    assert_outcome(*state, EXPLAIN(*state, "mini", "a", "--all"), 2, "",
                   "mujaz: explain takes a report and with --all nothing more; 'a' is too many\n");
    assert_outcome(*state, EXPLAIN(*state, "mini", "a", "--format=xml"), 2, "",
                   "mujaz: unknown format 'xml'; there are text and json\n");
    assert_outcome(*state, EXPLAIN(*state, "mini", "a", "--rows=1001"), 2, "",
                   "mujaz: '1001' is no number of rows; give 0 to 1000\n");
    assert_outcome(*state, EXPLAIN(*state, "mini", "a", "--rows=-1"), 2, "",
                   "mujaz: '-1' is no number of rows; give 0 to 1000\n");
    assert_outcome(*state, EXPLAIN(*state, "mini", "a", "--edition=en"), 2, "",
                   "mujaz: explain has no option --edition\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_figure_is_its_statement_and_rows),
        TEST(so_is_a_table),
        TEST(all_are_shown_in_order),
        TEST(fewer_rows_may_be_listed),
        TEST(long_texts_are_cut_and_long_lists_too),
        cmocka_unit_test(every_kind_has_its_head),
        TEST(json_is_the_same_in_every_folder),
        cmocka_unit_test(json_of_every_kind),
        TEST(a_ledger_lies_beside_each_pdf),
        TEST(what_is_written_can_be_read),
        TEST(an_unknown_figure_is_named),
        TEST(a_wrong_report_explains_nothing),
        TEST(wrong_usage_is_exit_code_2),
    };
    return cmocka_run_group_tests_name("cli explain", tests, NULL, NULL);
}
