/* mujaz query as people run it: what is printed in each format, and what is said of a wrong statement. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/workspace.h"

enum { MOST = 24 };

/* The dataset 'lists' and the report 'mini' that reads it. */
static int set_up(void **state)
{
    char *folder = tree_new();
    tree_copy("tests/data/cli/datasets", folder);
    tree_copy("tests/data/cli/reports", folder);
    *state = folder;
    return 0;
}

static int tear_down(void **state)
{
    tree_remove(*state);
    return 0;
}

static struct outcome query(const char *workspace, const char *const words[])
{
    const char *argv[MOST] = { program_mujaz(), "query", "-C", workspace };
    for (size_t i = 0; words[i]; i++) {
        assert_true(i + 5 < MOST);
        argv[i + 4] = words[i];
    }
    return program_run(argv, NULL);
}

#define ASSERT_QUERY(code, out, err, ...) \
    assert_outcome(query(*state, (const char *const[]){ __VA_ARGS__, NULL }), code, out, err)

/* --- results ---------------------------------------------------------------------------------------------- */

static const char all_lists[] = "SELECT name_en, name_ar, seats, ratio(seats, 101) AS share, day FROM council_lists";

static void a_table_is_aligned(void **state)
{
    ASSERT_QUERY(0,
                 "name_en  name_ar  seats        share  day\n"
                 "───────  ───────  ─────  ───────────  ──────────\n"
                 "North    \u2068الشمال\u2069      43  0.425742574  2023-12-18\n"
                 "South    \u2068الجنوب\u2069      35  0.346534653  2023-12-18\n"
                 "East     \u2068الشرق\u2069       23  0.227722772  –\n",
                 "", "lists", all_lists);
}

static void formulas_are_not_changed_in_silence(void **state)
{
    ASSERT_QUERY(0, "a,b\n'=1+1,x\n-5,'-5\n",
                 "SQL:1:1: warning: [csv-formula] 2 texts that a spreadsheet would run as a formula have an apostrophe "
                 "before them, first '=1+1' in column 'a', row 1; --format json has texts as they are\n"
                 "mujaz: 1 warning\n",
                 "--format=csv", "lists", "SELECT '=1+1' AS a, 'x' AS b UNION ALL SELECT -5, '-5'");
    ASSERT_QUERY(0, "'@\n1\n",
                 "SQL:1:1: warning: [csv-formula] 1 text that a spreadsheet would run as a formula has an apostrophe "
                 "before it, first '@' in column '@', row 0; --format json has texts as they are\n"
                 "mujaz: 1 warning\n",
                 "--format=csv", "lists", "SELECT 1 AS \"@\"");
    ASSERT_QUERY(0, "a\n─\n-\n", "", "lists", "SELECT '-' AS a");
}

static void csv_can_be_read_again(void **state)
{
    ASSERT_QUERY(0,
                 "name_en,name_ar,seats,share,day\n"
                 "North,الشمال,43,0.425742574,2023-12-18\n"
                 "South,الجنوب,35,0.346534653,2023-12-18\n"
                 "East,الشرق,23,0.227722772,\n",
                 "", "--format=csv", "lists", all_lists);
}

static void json_is_an_array_of_rows(void **state)
{
    ASSERT_QUERY(0,
                 "[\n"
                 "  {\n"
                 "    \"name_ar\": \"الشمال\",\n"
                 "    \"seats\": 43,\n"
                 "    \"day\": \"2023-12-18\"\n"
                 "  },\n"
                 "  {\n"
                 "    \"name_ar\": \"الشرق\",\n"
                 "    \"seats\": 23,\n"
                 "    \"day\": null\n"
                 "  }\n"
                 "]\n",
                 "", "--format", "json", "lists",
                 "SELECT name_ar, seats, day FROM council_lists WHERE id IN ('north', 'east')");
}

static void markdown_is_a_table(void **state)
{
    ASSERT_QUERY(0,
                 "| name_ar | seats |\n"
                 "| --- | ---: |\n"
                 "| الشمال | 43 |\n"
                 "| الجنوب | 35 |\n"
                 "| الشرق | 23 |\n",
                 "", "--format", "markdown", "lists", "SELECT name_ar, seats FROM council_lists");
}

static void a_schema_lists_tables_and_columns(void **state)
{
    char *package = text_join(*state, "datasets/lists/datapackage.json");
    file_replace(package, "{\"name\": \"seats\",", "{\"name\": \"seats\", \"labels\": {\"en\": \"Seats\", \"ar\": \"المقاعد\"},");
    free(package);
    static const char table[] =
        "table          rows  column     type     constraints            en     ar\n"
        "─────────────  ────  ─────────  ───────  ─────────────────────  ─────  ───────\n"
        "council_lists     3  id         text     key, unique, required  –      –\n"
        "council_lists     3  name_en    text     required               –      –\n"
        "council_lists     3  name_ar    text     required               –      –\n"
        "council_lists     3  seats      integer  required               Seats  \u2068المقاعد\u2069\n"
        "council_lists     3  day        date     –                      –      –\n"
        "council_lists     3  day_month  text     hidden, of day         –      –\n"
        "council_lists     3  day_year   integer  hidden, of day         –      –\n";
    ASSERT_QUERY(0, table, "", "--schema", "lists");
    ASSERT_QUERY(0, table, "", "--schema", "report:mini");
    ASSERT_QUERY(0,
                 "table,rows,column,type,constraints,en,ar\n"
                 "council_lists,3,id,text,\"key, unique, required\",,\n"
                 "council_lists,3,name_en,text,required,,\n"
                 "council_lists,3,name_ar,text,required,,\n"
                 "council_lists,3,seats,integer,required,Seats,المقاعد\n"
                 "council_lists,3,day,date,,,\n"
                 "council_lists,3,day_month,text,\"hidden, of day\",,\n"
                 "council_lists,3,day_year,integer,\"hidden, of day\",,\n",
                 "", "--schema", "--format=csv", "dataset:lists");
}

static void a_schema_shows_where_keys_lead(void **state)
{
    struct outcome o = program_run(
        (const char *const[]){ program_mujaz(), "query", "--schema", "--format=csv", "sources", NULL }, NULL);
    (void)state;
    assert_int_equal(o.code, 0);
    assert_non_null(strstr(o.out, "sources,18,cited_by,text,→ sources.id,Cited by,ورد في\n"));
    outcome_drop(&o);
}

static void parameters_are_typed(void **state)
{
    static const char sql[] = "SELECT name_en FROM council_lists WHERE day = :day AND seats > :seats AND id <> :id";
    ASSERT_QUERY(0, "name_en\n───────\nNorth\n", "", "lists", sql, "-p", "day=2023-12-18", "--param=seats=34", "-p",
                 "id=south");
    ASSERT_QUERY(0, "a,b,c,d,e\ninteger,real,text,text,text\n", "", "--format=csv", "lists",
                 "SELECT typeof(:a) AS a, typeof(:b) AS b, typeof(:c) AS c, typeof(:d) AS d, typeof(:e) AS e", "-p",
                 "a=-5", "-p", "b=0.50", "-p", "c=007", "-p", "d=2024-02-30", "-p", "e=");
}

static void a_report_gives_its_date(void **state)
{
    ASSERT_QUERY(0, ":as_of\n──────────\n2024-04-03\n", "", "mini", "SELECT :as_of");
    ASSERT_QUERY(0, ":as_of\n──────────\n2020-01-01\n", "", "mini", "SELECT :as_of", "-p", "as_of=2020-01-01");
}

static void statements_come_from_files_and_standard_input(void **state)
{
    char *file = text_join(*state, "q.sql"), line[1024];
    static const char sql[] = "-- how many\nSELECT sum(seats) AS n\nFROM council_lists;\n";
    file_write(file, sql, strlen(sql));
    ASSERT_QUERY(0, "  n\n───\n101\n", "", "lists", "--file", file);
    snprintf(line, sizeof line, "'%s' query -C '%s' lists - <'%s'", program_mujaz(), (char *)*state, file);
    assert_outcome(program_run((const char *const[]){ "sh", "-c", line, NULL }, NULL), 0, "  n\n───\n101\n", "");
    free(file);
}

/* --- wrong statements ------------------------------------------------------------------------------------- */

static void wrong_statements_are_placed(void **state)
{
    ASSERT_QUERY(1, "",
                 "SQL:1:8: error: [sql-error] no such column: seat; did you mean 'seats'?\n"
                 "mujaz: 1 error\n",
                 "lists", "SELECT seat FROM council_lists");
    ASSERT_QUERY(1, "",
                 "SQL:2:6: error: [sql-error] no such table: council_list; did you mean 'council_lists'?\n"
                 "mujaz: 1 error\n",
                 "mini", "SELECT seats\nFROM council_list");
    ASSERT_QUERY(1, "",
                 "SQL:1:19: error: [sql-error] SQLite cannot run this: near \"council_lists\": syntax error\n"
                 "mujaz: 1 error\n",
                 "lists", "SELECT seats FORM council_lists WHERE");
    ASSERT_QUERY(1, "",
                 "SQL:1:1: error: [sql-refused] only SELECT is run, and this is another statement; write one SELECT\n"
                 "mujaz: 1 error\n",
                 "lists", "DELETE FROM council_lists");
    ASSERT_QUERY(1, "",
                 "SQL:1:8: error: [sql-parameter] there is no parameter ':as_of'; none is given\n"
                 "mujaz: 1 error\n",
                 "lists", "SELECT :as_of");
    ASSERT_QUERY(1, "", "SQL:1:1: error: [sql-error] the statement is empty; write a SELECT\nmujaz: 1 error\n", "lists",
                 "");
    ASSERT_QUERY(1, "",
                 "SQL:1:9: error: [utf8-bad] byte 0xFF is not valid UTF-8; save the file as UTF-8\n"
                 "mujaz: 1 error\n",
                 "lists", "SELECT '\xFF'");
}

static void wrong_statements_are_placed_in_their_file(void **state)
{
    char *file = text_join(*state, "q.sql"), want[1024], line[1024];
    static const char sql[] = "-- كم\nSELECT id,\n       saets\nFROM council_lists\n";
    file_write(file, sql, strlen(sql));
    snprintf(want, sizeof want,
             "%s:3:8: error: [sql-error] no such column: saets; did you mean 'seats'?\nmujaz: 1 error\n", file);
    ASSERT_QUERY(1, "", want, "lists", "-f", file);
    snprintf(line, sizeof line, "'%s' query -C '%s' lists - <'%s'", program_mujaz(), (char *)*state, file);
    assert_outcome(program_run((const char *const[]){ "sh", "-c", line, NULL }, NULL), 1, "",
                   "standard input:3:8: error: [sql-error] no such column: saets; did you mean 'seats'?\n"
                   "mujaz: 1 error\n");
    snprintf(want, sizeof want, "%s/no.sql: error: [file-absent] there is no such file\nmujaz: 1 error\n",
             (char *)*state);
    char *absent = text_join(*state, "no.sql");
    ASSERT_QUERY(1, "", want, "lists", "-f", absent);
    snprintf(line, sizeof line, "head -c 1048577 /dev/zero | tr '\\0' ' ' | '%s' query -C '%s' lists -", program_mujaz(),
             (char *)*state);
    assert_outcome(program_run((const char *const[]){ "sh", "-c", line, NULL }, NULL), 1, "",
                   "standard input: error: [file-size] has more than 1048576 bytes; a statement is shorter\n"
                   "mujaz: 1 error\n");
    free(absent);
    free(file);
}

static void wrong_data_is_refused(void **state)
{
    char *csv = text_join(*state, "datasets/lists/council-lists.csv"), want[1024];
    file_replace(csv, "43", "many");
    struct outcome o = query(*state, (const char *const[]){ "lists", "SELECT 1", NULL });
    snprintf(want, sizeof want, "%s:2:20: error: [cell-type] ", csv);
    assert_string_equal(o.out, "");
    assert_int_equal(strncmp(o.err, want, strlen(want)), 0);
    assert_int_equal(o.code, 1);
    struct outcome report = query(*state, (const char *const[]){ "mini", "SELECT 1", NULL });
    assert_string_equal(report.err, o.err);
    assert_string_equal(report.out, "");
    assert_int_equal(report.code, 1);
    outcome_drop(&report);
    outcome_drop(&o);
    free(csv);
}

/* --- names ------------------------------------------------------------------------------------------------ */

static void names_that_are_not_there_are_usage(void **state)
{
    char want[1024];
    snprintf(want, sizeof want, "mujaz: there is no dataset or report 'lits' in %s; did you mean 'lists'?\n",
             (char *)*state);
    ASSERT_QUERY(2, "", want, "lits", "SELECT 1");
    snprintf(want, sizeof want, "mujaz: there is no report 'lists' in %s\n", (char *)*state);
    ASSERT_QUERY(2, "", want, "report:lists", "SELECT 1");
    snprintf(want, sizeof want, "mujaz: there is no dataset '../x' in %s\n", (char *)*state);
    ASSERT_QUERY(2, "", want, "dataset:../x", "SELECT 1");
    ASSERT_QUERY(2, "", "mujaz: query needs a SELECT behind 'lists'; - reads standard input, --file a file\n", "lists");
}

static void a_name_of_both_needs_its_kind(void **state)
{
    char *twin = text_join(*state, "datasets/mini");
    tree_copy("tests/data/cli/datasets/lists", twin);
    free(twin);
    ASSERT_QUERY(2, "", "mujaz: 'mini' is a dataset and a report; write dataset:mini or report:mini\n", "mini",
                 "SELECT 1");
    ASSERT_QUERY(0, "n\n─\n3\n", "", "dataset:mini", "SELECT count(*) AS n FROM council_lists");
    ASSERT_QUERY(0, ":as_of\n──────────\n2024-04-03\n", "", "report:mini", "SELECT :as_of");
}

static void a_full_disk_is_a_system_error(void **state)
{
    struct outcome o = program_run(
        (const char *const[]){ program_mujaz(), "query", "-C", *state, "lists", "SELECT 1", NULL }, "/dev/full");
    assert_int_equal(o.code, 3);
    assert_string_equal(o.err, "mujaz: standard output: No space left on device\n");
    outcome_drop(&o);
}

/* --- charts ----------------------------------------------------------------------------------------------- */

static void a_chart_is_its_rows(void **state)
{
    void *folder = *state;
    *state = (char[]){ "tests/data/report/good" };
    ASSERT_QUERY(0,
                 "label_en,label_ar,value,low,high,printed_en,printed_ar\n"
                 "Convoys,الأرتال,66,,,66,66\n"
                 "The campaign,الحملة,100,100,,more than 100,أكثر من 100\n"
                 "Tower 22,البرج 22,3,3,3,3,3\n",
                 "", "--format=csv", "--no-cache", "report:sample", "chart:attacks");
    ASSERT_QUERY(0,
                 "label_en     label_ar       value  printed_en  printed_ar\n"
                 "───────────  ─────────────  ─────  ──────────  ──────────\n"
                 "Badr list    \u2068قائمة بدر\u2069         43  43          43\n"
                 "Maliki list  \u2068قائمة المالكي\u2069     35  35          35\n"
                 "Hakim list   \u2068قائمة الحكيم\u2069      23  23          23\n"
                 "Others       \u2068آخرون\u2069            184  184         184\n",
                 "", "--no-cache", "sample", "chart:seats");
    ASSERT_QUERY(2, "", "mujaz: there is no chart 'seat' in the texts of report 'sample'; did you mean 'seats'?\n",
                 "--no-cache", "sample", "chart:seats", "chart:seat");
    ASSERT_QUERY(2, "", "mujaz: 'facts' is a dataset; charts are a report's\n", "facts", "chart:seats");
    struct outcome o = query(*state, (const char *const[]){ "sample", "chart:seats", "SELECT 1", NULL });
    assert_int_equal(o.code, 2);
    assert_non_null(strstr(o.err, "charts are asked for alone: leave out the statements"));
    outcome_drop(&o);
    o = query(*state, (const char *const[]){ "sample", "-p", "a=1", "chart:seats", NULL });
    assert_int_equal(o.code, 2);
    assert_non_null(strstr(o.err, "charts are asked for alone: leave out --param"));
    outcome_drop(&o);
    *state = folder;
}

/* --- decimals --------------------------------------------------------------------------------------------- */

/* In a chart's label, a figure and its ledger, a table's cell and the answer to a query. */
static void a_difference_is_a_decimal_everywhere(void **state)
{
    char *report = text_join(*state, "reports/mini/report.yaml"), *out = text_join(*state, "out");
    char *en = text_join(*state, "reports/mini/en.md"), *ar = text_join(*state, "reports/mini/ar.md");
    file_replace(report, "figures:\n",
                 "charts:\n  change:\n    type: bar\n"
                 "    data: SELECT name_en, name_ar, seats * 1.1 - (seats * 1.1 - 0.1) AS change FROM council_lists\n"
                 "    roles: {category: {en: name_en, ar: name_ar}, value: change}\n"
                 "    subtitle: {en: Change, ar: التغير}\n    source: {en: tests, ar: اختبارات}\n"
                 "figures:\n  rise: SELECT 54.3 - 54.2\n");
    file_replace(report, "SELECT name_en, name_ar, seats\n", "SELECT name_en, name_ar, 43.5 - 43.4 AS seats\n");
    file_replace(en, "hold {seats}", "hold, up by {rise}, {seats}");
    file_replace(ar, "{seats}", "{rise} {seats}");
    file_replace(en, "- First", "![Up](chart:change)\n\n- First");
    file_replace(ar, "- النقطة الأولى", "![زيادة](chart:change)\n\n- النقطة الأولى");
    ASSERT_QUERY(0, "a,b,c\n0.1,0.1,-0.1\n", "", "--format=csv", "lists", "SELECT 54.3 - 54.2 AS a, 43.5 - 43.4 AS b, "
                 "43.4 - 43.5 AS c");
    ASSERT_QUERY(0, "label_en,label_ar,value,printed_en,printed_ar\n"
                 "North,الشمال,0.1,0.1,0.1\nSouth,الجنوب,0.1,0.1,0.1\nEast,الشرق,0.1,0.1,0.1\n", "", "--format=csv", "mini",
                 "chart:change");
    struct outcome doc = program_run((const char *const[]){ program_mujaz(), "dump", "doc", "-C", *state, "mini", NULL }, NULL);
    assert_string_equal(doc.err, "");
    assert_non_null(strstr(doc.out, "up by ‹LRI:0.1›, ‹LRI:101›"));
    assert_null(strstr(doc.out, "0.09999"));
    assert_null(strstr(doc.out, "0.10000"));
    outcome_drop(&doc);
    struct outcome built = program_run((const char *const[]){ program_mujaz(), "build", "-C", *state, "-o", out, "-e", "en", "mini",
                                                              NULL }, NULL);
    assert_string_equal(built.err, "");
    char *path = text_join(out, "mini.en.ledger.json");
    size_t length;
    char *ledger = file_content(path, &length);
    assert_non_null(strstr(ledger, "0.1"));
    assert_null(strstr(ledger, "0.0999"));
    assert_null(strstr(ledger, "0.1000"));
    outcome_drop(&built);
    free(ledger);
    free(path);
    free(ar);
    free(en);
    free(out);
    free(report);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_table_is_aligned),
        TEST(formulas_are_not_changed_in_silence),
        TEST(csv_can_be_read_again),
        TEST(json_is_an_array_of_rows),
        TEST(markdown_is_a_table),
        TEST(a_schema_lists_tables_and_columns),
        TEST(a_schema_shows_where_keys_lead),
        TEST(parameters_are_typed),
        TEST(a_report_gives_its_date),
        TEST(statements_come_from_files_and_standard_input),
        TEST(wrong_statements_are_placed),
        TEST(wrong_statements_are_placed_in_their_file),
        TEST(wrong_data_is_refused),
        TEST(names_that_are_not_there_are_usage),
        TEST(a_name_of_both_needs_its_kind),
        TEST(a_full_disk_is_a_system_error),
        TEST(a_chart_is_its_rows),
        TEST(a_difference_is_a_decimal_everywhere),
    };
    return cmocka_run_group_tests_name("cli query", tests, NULL, NULL);
}
