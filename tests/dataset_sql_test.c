/* SQL: typed and exact results, the lock, limits, and errors at their place in the definition. */
#include "dataset/sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "support/said.h"

static struct dataset *set;
static struct database *database;

static const struct sql_parameter parameters[] = {
    { "as_of", { .type = VALUE_DATE, .text = "2024-01-01" } },
    { "name", { .type = VALUE_TEXT, .text = "C" } },
    { "seats", { .type = VALUE_INTEGER, .num = { 43, 0 } } },
    { "share", { .type = VALUE_NUMBER, .num = { 15, 2 } } },
    { "nothing", { .type = VALUE_NULL } },
};

static int open_good(void **state)
{
    (void)state;
    struct diags *diags = diags_new();
    set = dataset_load("tests/data/dataset/good", NULL, diags);
    assert_non_null(set);
    const struct dataset *sets[] = { set };
    database = database_new(sets, 1, diags);
    assert_said(diags, NULL, "");
    return database ? 0 : -1;
}

static int close_good(void **state)
{
    (void)state;
    database_drop(database);
    dataset_drop(set);
    return 0;
}

static struct table *ask(const char *sql, struct diags *diags)
{
    return database_query(database, sql, (struct place){ "report.yaml", 10, 9 }, 4, parameters,
                          sizeof parameters / sizeof *parameters, diags);
}

static void write_value(struct buf *out, struct value value)
{
    static const char letters[] = "-tinbd"; /* as enum value_type */
    buf_add_char(out, letters[value.type]);
    if (value.type == VALUE_NULL)
        return;
    buf_add_char(out, ':');
    if (value.type == VALUE_TEXT || value.type == VALUE_DATE)
        buf_add_string(out, value.text);
    else
        num_format(value.num, out);
}

/* The result as "n:0.3 i:5;t:a -;", a row each; n number, i integer, t text, d day, b boolean, - null. */
static void gives(const char *sql, const char *want)
{
    struct diags *diags = diags_new();
    struct buf out;
    struct table *table = ask(sql, diags);
    assert_said(diags, NULL, "");
    assert_non_null(table);
    buf_init(&out);
    for (size_t row = 0; row < table_rows(table); row++) {
        for (size_t i = 0; i < table_columns(table); i++) {
            if (i)
                buf_add_char(&out, ' ');
            write_value(&out, table_value(table, row, i));
        }
        buf_add_char(&out, ';');
    }
    assert_string_equal(out.data, want);
    buf_drop(&out);
    table_drop(table);
}

static void fails(const char *sql, const char *want)
{
    struct diags *diags = diags_new();
    assert_null(ask(sql, diags));
    assert_said(diags, NULL, want);
}

static void cells_keep_their_types(void **state)
{
    (void)state;
    gives("SELECT id, seats, share, ours, day, year FROM council_lists ORDER BY id",
          "t:a i:43 n:0.15 b:1 d:2023-12-18 i:2023;t:b i:35 n:0.12 b:0 d:2024-02-29 i:2024;t:c - - - - -;");
    gives("SELECT name, rest FROM council_lists WHERE id <> 'a'", "t:مجلس -;t:C t:say \"so\";");
    gives("SELECT max(day), min(year), count(*) FROM council_lists", "d:2024-02-29 i:2023 i:3;");
    gives("SELECT id FROM council_lists WHERE day >= '2024'", "t:b;");
    gives("SELECT id FROM council_lists WHERE share = 0.15 AND ours", "t:a;");
    gives("SELECT person FROM members WHERE person LIKE 'it%'", "t:it's;");
    gives("SELECT id FROM council_lists WHERE 0", "");
}

static void columns_have_types_names_and_titles(void **state)
{
    (void)state;
    struct diags *diags = diags_new();
    struct table *table = ask("SELECT name AS n, seats, 1 AS one, '2024-01-01' AS text, day || '' AS mixed, share "
                              "FROM council_lists UNION ALL SELECT 'x', 5, 2.5, '2024-01-02', 'word', NULL", diags);
    assert_said(diags, NULL, "");
    assert_string_equal(table_column(table, 0)->name, "n");
    assert_int_equal(table_column(table, 0)->type, VALUE_TEXT);
    assert_int_equal(table_column(table, 1)->type, VALUE_INTEGER);
    assert_int_equal(table_column(table, 2)->type, VALUE_NUMBER); /* integers among numbers are numbers */
    assert_int_equal(table_value(table, 0, 2).type, VALUE_NUMBER);
    assert_int_equal(table_column(table, 3)->type, VALUE_DATE);
    assert_int_equal(table_column(table, 4)->type, VALUE_TEXT); /* one word, so none is a day */
    assert_int_equal(table_value(table, 0, 4).type, VALUE_TEXT);
    table_drop(table);

    diags = diags_new();
    table = ask("SELECT name AS n, seats, upper(name) AS u, NULL AS blank FROM council_lists", diags);
    assert_said(diags, NULL, "");
    assert_string_equal(table_column(table, 0)->title[LANG_AR], "الاسم");
    assert_string_equal(table_column(table, 1)->title[LANG_EN], "Seats");
    assert_null(table_column(table, 2)->title[LANG_EN]);
    assert_int_equal(table_column(table, 3)->type, VALUE_NULL);
    table_drop(table);
}

static void numbers_are_exact(void **state)
{
    (void)state;
    gives("SELECT 0.1 + 0.2 AS a, sum(share), avg(seats), total(seats), sum(seats) FROM council_lists",
          "n:0.3 n:0.27 n:39 n:78 i:78;");
    gives("SELECT sum(x) FROM (SELECT 0.1 AS x UNION ALL SELECT 0.7 UNION ALL SELECT 1000000000000)",
          "n:1000000000000.8;");
    gives("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000) SELECT sum(0.1) FROM c",
          "n:100;");
    gives("SELECT sum(x) FROM (SELECT 999999999999999998 AS x UNION ALL SELECT 1)", "i:999999999999999999;");
    gives("SELECT ratio(101, 285) AS a, ratio(1, 0.25) AS b, ratio(0, 7) AS c, ratio(2, 3) AS d, ratio(-1, 8) AS e",
          "n:0.354385965 n:4 n:0 n:0.666666667 n:-0.125;");
    gives("SELECT ratio(10000000, 3) AS a, ratio(1, 0) AS b, ratio(NULL, 1) AS c", "n:3333333.33333333 - -;");
    gives("SELECT id FROM council_lists WHERE ratio(seats, 78) > 0.5", "t:a;");
    gives("SELECT sum(seats), avg(seats), total(seats) FROM council_lists WHERE id = 'c'", "- - n:0;");
    gives("SELECT sum(seats) OVER (ORDER BY id ROWS 1 PRECEDING) AS s, avg(share) OVER (ORDER BY id ROWS 1 PRECEDING) "
          "AS v FROM council_lists", "i:43 n:0.15;i:78 n:0.135;i:35 n:0.12;");
    gives("SELECT sum(DISTINCT x) FROM (SELECT 2 AS x UNION ALL SELECT 2 UNION ALL SELECT 3)", "i:5;");
    gives("SELECT 1e17 AS a, 0.0000001 AS b, 7 / 2 AS c, 7 / 2.0 AS d", "n:100000000000000000 n:0.0000001 i:3 n:3.5;");
}

static void what_would_not_be_exact_fails(void **state)
{
    (void)state;
    fails("SELECT sum(name) FROM council_lists",
          "report.yaml:10:9: error: [sql-error] SQLite cannot run this: a number is needed, this is a text\n");
    fails("SELECT sum(x) FROM (SELECT 999999999999999999 AS x UNION ALL SELECT 1)",
          "report.yaml:10:9: error: [sql-error] SQLite cannot run this: a sum has too many digits to be exact: 15, of "
          "integers 18\n");
    fails("SELECT sum(x) FROM (SELECT 123456789012345 AS x UNION ALL SELECT 0.5)",
          "report.yaml:10:9: error: [sql-error] SQLite cannot run this: a sum has too many digits to be exact: 15, of "
          "integers 18\n");
    fails("SELECT ratio(1e17, 0.001)",
          "report.yaml:10:9: error: [sql-error] SQLite cannot run this: a quotient has more than 15 digits before the "
          "point\n");
    fails("SELECT 1e18 AS big",
          "report.yaml:10:9: error: [sql-value] column 'big', row 1: no text or number that can be printed; mend the "
          "expression\n");
}

static void parameters_are_bound_by_name(void **state)
{
    (void)state;
    gives("SELECT id FROM council_lists WHERE day < :as_of AND seats = :seats AND share = :share", "t:a;");
    gives("SELECT id FROM council_lists WHERE name = :name AND :nothing IS NULL", "t:c;");
    gives("SELECT :as_of AS d, :share AS s", "d:2024-01-01 n:0.15;");
    fails("SELECT id\nFROM council_lists\nWHERE id = :id",
          "report.yaml:12:16: error: [sql-parameter] there is no parameter ':id'; write :as_of\n");
    fails("SELECT ?", "report.yaml:10:16: error: [sql-parameter] there is no parameter '?'; write :as_of\n");
    fails("SELECT @name", "report.yaml:10:16: error: [sql-parameter] there is no parameter '@name'; did you mean ':name'?\n");
}

static void errors_stand_in_the_definition(void **state)
{
    (void)state;
    fails("SELECT seets FROM council_lists",
          "report.yaml:10:16: error: [sql-error] no such column: seets; did you mean 'seats'?\n");
    fails("SELECT 'مجلس' AS m,\n  seets\nFROM council_lists",
          "report.yaml:11:7: error: [sql-error] no such column: seets; did you mean 'seats'?\n");
    fails("SELECT 'مجلس', seets FROM council_lists",
          "report.yaml:10:24: error: [sql-error] no such column: seets; did you mean 'seats'?\n");
    fails("SELECT id\nFROM council_list", "report.yaml:11:10: error: [sql-error] no such table: council_list; did you "
          "mean 'council_lists'?\n");
    fails("SELECT seats FROM members", "report.yaml:10:16: error: [sql-error] no such column: seats; no table of this "
          "SELECT has it, name the one that does\n");
    fails("SELECT id FORM council_lists",
          "report.yaml:10:24: error: [sql-error] SQLite cannot run this: near \"council_lists\": syntax error\n");
    fails("SELECT \"id\", \"text\" FROM council_lists",
          "report.yaml:10:22: error: [sql-error] no such column: text; in double quotes stands a column's name, in single ones "
          "a text\n");
    fails("", "report.yaml:10:9: error: [sql-error] the statement is empty; write a SELECT\n");
    fails(" -- nothing\n", "report.yaml:10:9: error: [sql-error] the statement is empty; write a SELECT\n");
    fails("SELECT 1 AS a, 2 AS a",
          "report.yaml:10:9: error: [sql-column] two columns are named 'a'; name one with AS\n");
}

static void one_statement_is_run(void **state)
{
    (void)state;
    gives("SELECT 1 AS a; -- the end\n", "i:1;");
    gives("/* first */ SELECT 1 AS a ;; ", "i:1;");
    fails("SELECT 1;\nSELECT 2",
          "report.yaml:11:5: error: [sql-refused] text follows the end of the statement; write one SELECT\n");
    fails("SELECT 1; nonsense",
          "report.yaml:10:19: error: [sql-refused] text follows the end of the statement; write one SELECT\n");
    fails("SELECT 1; DROP TABLE members",
          "report.yaml:10:19: error: [sql-refused] text follows the end of the statement; write one SELECT\n");
}

static void only_reading_is_allowed(void **state)
{
    (void)state;
    static const char *const others[] = {
        "DROP TABLE members", "DELETE FROM members", "UPDATE members SET list = 'x'", "CREATE TABLE x(a)",
        "INSERT INTO members VALUES ('a', 'b', 'c')", "ATTACH '/tmp/x' AS x", "PRAGMA query_only = 0", "BEGIN",
        "VACUUM INTO '/tmp/x'", "EXPLAIN SELECT 1", "SELECT * FROM pragma_table_info('members')",
        "CREATE VIRTUAL TABLE x USING fts5(a)", "CREATE TEMP TABLE x AS SELECT 1", "REINDEX", "ANALYZE",
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        fails(others[i], "report.yaml:10:9: error: [sql-refused] only SELECT is run, and this is another statement; "
              "write one SELECT\n");
    fails("SELECT load_extension('x')",
          "report.yaml:10:9: error: [sql-refused] load_extension() is not allowed; take it out\n");
    gives("SELECT count(*) FROM members", "i:3;");
}

static void there_is_no_clock_and_no_chance(void **state)
{
    (void)state;
    static const char *const clocks[] = { "SELECT date('now')", "SELECT datetime()", "SELECT strftime('%Y')",
                                          "SELECT julianday('NOW', '-1 day')", "SELECT unixepoch()" };
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++)
        fails(clocks[i], "report.yaml:10:9: error: [sql-refused] the statement asks the machine's clock; write "
              ":as_of\n");
    fails("SELECT current_date",
          "report.yaml:10:9: error: [sql-refused] current_date asks the machine's clock; write :as_of\n");
    fails("SELECT id FROM council_lists ORDER BY random()",
          "report.yaml:10:9: error: [sql-refused] random() gives another result each time; take it out\n");
    static const char *const zones[] = { "SELECT datetime('2024-01-01', 'localtime')",
                                         "SELECT datetime('2024-01-01', 'u' || 'tc')" };
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        fails(zones[i], "report.yaml:10:9: error: [sql-refused] the statement asks the machine's time zone; write the "
              "hours, as '+3 hours'\n");
    gives("SELECT datetime('2024-01-01', '+3 hours') AS t", "t:2024-01-01 03:00:00;");
    gives("SELECT date(:as_of, '-1 day') AS d, strftime('%Y', :as_of) AS y", "d:2023-12-31 t:2024;");
}

static void steps_rows_and_memory_are_limited(void **state)
{
    (void)state;
    static const char endless[] = "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) ";
    struct buf sql;
    buf_init(&sql);
    buf_printf(&sql, "%sSELECT count(*) FROM x", endless);
    fails(sql.data, "report.yaml:10:9: error: [sql-limit] the statement takes too many steps; does a join lack its "
          "condition?\n");
    buf_clear(&sql);
    buf_printf(&sql, "%sSELECT n FROM x", endless);
    fails(
        sql.data,
        "report.yaml:10:9: error: [sql-limit] the statement gives more than 100000 rows; group them, or add "
        "LIMIT\n");
    buf_clear(&sql);
    buf_printf(&sql, "%sSELECT count(*) FROM (SELECT n || printf('%%0900000d', 1) AS t FROM x LIMIT 1000) GROUP BY t",
               endless);
    fails(sql.data, "report.yaml:10:9: error: [sql-limit] the statement takes too much memory; does a join lack its "
          "condition?\n");
    gives("SELECT 1 AS a", "i:1;"); /* a limit that was met does not stay */
    buf_drop(&sql);
}

static void values_that_cannot_be_printed(void **state)
{
    (void)state;
    fails("SELECT x'00' AS a", "report.yaml:10:9: error: [sql-value] column 'a', row 1: no text or number that can be "
          "printed; mend the expression\n");
    fails("SELECT char(8238) AS a",
          "report.yaml:10:9: error: [sql-value] column 'a', row 1: no text or number that can "
          "be printed; mend the expression\n");
    fails("SELECT 1 AS a UNION ALL SELECT CAST(x'ff' AS TEXT)", "report.yaml:10:9: error: [sql-value] column 'a', row "
          "2: no text or number that can be printed; mend the expression\n");
    fails("SELECT 9e999 AS a", "report.yaml:10:9: error: [sql-value] column 'a', row 1: no text or number that can be "
          "printed; mend the expression\n");
    gives("SELECT 999999999999999999 AS a, -999999999999999999 AS b", "i:999999999999999999 i:-999999999999999999;");
    fails("SELECT 1000000000000000000 AS a", "report.yaml:10:9: error: [sql-value] column 'a', row 1: an integer of more "
          "than 18 digits; mend the expression\n");
    fails("SELECT -9223372036854775807 - 1 AS a", "report.yaml:10:9: error: [sql-value] column 'a', row 1: an integer "
          "of more than 18 digits; mend the expression\n");
}

static void tables_of_one_name_are_refused(void **state)
{
    (void)state;
    struct diags *diags = diags_new();
    struct dataset *twin = dataset_load("tests/data/dataset/twin", NULL, diags);
    assert_non_null(twin);
    const struct dataset *sets[] = { set, twin };
    assert_null(database_new(sets, 2, diags));
    assert_said(diags, NULL,
                "tests/data/dataset/twin/twin.csv: error: [table-duplicate] the datasets 'good' and 'twin' "
                "both have a table 'council_lists'; rename one of them\n");
    dataset_drop(twin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_keep_their_types),
        cmocka_unit_test(columns_have_types_names_and_titles),
        cmocka_unit_test(numbers_are_exact),
        cmocka_unit_test(what_would_not_be_exact_fails),
        cmocka_unit_test(parameters_are_bound_by_name),
        cmocka_unit_test(errors_stand_in_the_definition),
        cmocka_unit_test(one_statement_is_run),
        cmocka_unit_test(only_reading_is_allowed),
        cmocka_unit_test(there_is_no_clock_and_no_chance),
        cmocka_unit_test(values_that_cannot_be_printed),
        cmocka_unit_test(steps_rows_and_memory_are_limited),
        cmocka_unit_test(tables_of_one_name_are_refused),
    };
    return cmocka_run_group_tests(tests, open_good, close_good);
}
