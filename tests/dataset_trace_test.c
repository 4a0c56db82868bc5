/*
 * The rows behind a result. By hand: which rows, and whether they are said to be exactly those. By chance: whatever
 * the statement, over the traced rows alone it must give the same result, or a row is missing.
 */
#include "dataset/sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "support/plain_sqlite.h"
#include "support/said.h"
#include "support/statements.h"

enum { STATEMENTS = 1000 };

static struct made made, random_made;
static struct dataset *set, *random_set;
static struct database *database, *random_database;
static struct chance chance = { 31415926535 };

static const char package[] =
    "{\"resources\": [{\"name\": \"attacks\", \"path\": \"attacks.csv\", \"schema\": {\"fields\": ["
    "{\"name\": \"id\", \"type\": \"integer\"}, {\"name\": \"place\"}, {\"name\": \"day\", \"type\": \"date\"},"
    "{\"name\": \"killed\", \"type\": \"integer\"}]}},"
    "{\"name\": \"places\", \"path\": \"places.csv\", \"schema\": {\"fields\": ["
    "{\"name\": \"place\"}, {\"name\": \"people\", \"type\": \"integer\"}]}}]}";
static const char attacks[] = "id,place,day,killed\n1,Anbar,2020-01-05,3\n2,Basra,2020-01-07,\n3,Anbar,2020-02-01,5\n"
                              "4,Duhok,2020-02-03,0\n5,Erbil,2020-02-09,2\n6,,2020-03-01,1\n";
static const char places[] = "place,people\nAnbar,1700\nBasra,2900\nDuhok,1300\nWasit,1400\n";

static struct database *open_database(const struct dataset *const *sets)
{
    struct diags *diags = diags_new();
    struct database *db = database_new(sets, 1, diags);
    assert_said(diags, NULL, "");
    return db;
}

static int set_up(void **state)
{
    (void)state;
    made_new(&made, "set");
    made_put(&made, "datapackage.json", package);
    made_put(&made, "attacks.csv", attacks);
    made_put(&made, "places.csv", places);
    set = made_load(&made, NULL, "");
    database = open_database((const struct dataset *const *)&set);
    random_set = statement_tables(&random_made, &chance);
    random_database = open_database((const struct dataset *const *)&random_set);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    database_drop(database);
    dataset_drop(set);
    made_drop(&made);
    database_drop(random_database);
    dataset_drop(random_set);
    made_drop(&random_made);
    return 0;
}

/* "= attacks 1 3; places 1": exactly these, rows from 1; "~" in front: among these. */
static void traces(const char *sql, const char *want)
{
    struct diags *diags = diags_new();
    struct arena *arena = arena_new();
    struct sql_trace trace;
    struct buf b;
    buf_init(&b);
    if (!database_trace(database, sql, (struct place){ 0 }, 0, NULL, 0, arena, &trace, diags)) {
        char *text = said(diags, NULL);
        fail_msg("%s\n%s", sql, text);
    }
    buf_add_string(&b, trace.exact ? "=" : "~");
    for (size_t i = 0; i < trace.count; i++) {
        const char *name = relation_name(trace.rows[i].relation);
        if (i == 0 || trace.rows[i - 1].relation != trace.rows[i].relation)
            buf_printf(&b, "%s %s", i ? ";" : "", name);
        buf_printf(&b, " %zu", trace.rows[i].row + 1);
    }
    if (strcmp(b.data, want) != 0)
        fail_msg("%s\n%s\ninstead of: %s", sql, b.data, want);
    buf_drop(&b);
    arena_drop(arena);
    diags_drop(diags);
}

static void rows_that_count(void **state)
{
    (void)state;
    traces("SELECT count(*) FROM attacks", "= attacks 1 2 3 4 5 6");
    traces("SELECT count(*) FROM attacks WHERE place = 'Anbar'", "= attacks 1 3");
    traces("SELECT count(*) FROM attacks WHERE place LIKE '%b%'", "= attacks 1 2 3 5"); /* tested by SQLite */
    traces("SELECT count(*) FROM attacks WHERE place = 'Wasit'", "=");
    traces("SELECT sum(killed) FROM attacks WHERE day >= '2020-02-01' AND killed > 0", "= attacks 3 5 6");
    traces("SELECT ratio(sum(killed), count(*)) FROM attacks WHERE day_month = '2020-02'", "= attacks 3 4 5");
    traces("SELECT place, day FROM attacks WHERE killed > 2", "= attacks 1 3");
    traces("SELECT place, count(*) AS n FROM attacks GROUP BY place ORDER BY n DESC", "= attacks 1 2 3 4 5 6");
    traces("SELECT day_month, total(killed), avg(killed) FROM attacks WHERE killed IS NOT NULL GROUP BY 1",
           "= attacks 1 3 4 5 6");
}

/* Null is not counted; but with another value beside it, the row may be in the result by that. */
static void rows_that_hold_null(void **state)
{
    (void)state;
    traces("SELECT sum(killed) FROM attacks", "= attacks 1 3 4 5 6");
    traces("SELECT count(killed) AS n, ratio(sum(killed), 2 * count(killed)) FROM attacks", "= attacks 1 3 4 5 6");
    traces("SELECT sum(killed), count(*) FROM attacks", "= attacks 1 2 3 4 5 6");
    traces("SELECT sum(CASE WHEN place = 'Anbar' THEN killed END) AS \"killed, Anbar\" FROM attacks", "= attacks 1 3");
    traces("SELECT count(*) FILTER (WHERE place = 'Anbar') FROM attacks", "= attacks 1 3");
    traces("SELECT sum(killed), max(day) FROM attacks", "~ attacks 1 2 3 4 5 6");
    traces("SELECT place, sum(killed) FROM attacks GROUP BY place", "~ attacks 1 2 3 4 5 6");
    traces("SELECT sum(killed), place FROM attacks", "~ attacks 1 2 3 4 5 6");
    traces("SELECT sum(killed) AS n, * FROM attacks", "~ attacks 1 2 3 4 5 6");
    traces("SELECT max(day), count(*) FILTER (WHERE place = 'Anbar') FROM attacks", "~ attacks 1 2 3 4 5 6");
}

static void joins(void **state)
{
    (void)state;
    traces("SELECT sum(killed) FROM attacks JOIN places USING (place) WHERE people > 1500", "= attacks 1 3; places 1");
    traces("SELECT count(*) FROM attacks LEFT JOIN places ON places.place = attacks.place",
           "= attacks 1 2 3 4 5 6; places 1 2 3");
    traces("SELECT count(*) FROM attacks RIGHT JOIN places ON places.place = attacks.place",
           "= attacks 1 2 3 4; places 1 2 3 4");
    traces("SELECT a.id, p.people FROM attacks AS a, places AS p WHERE a.place = p.place AND a.id < 3",
           "= attacks 1 2; places 1 2");
    /* the only place that was read for Erbil is none of the result */
    traces("SELECT count(*) FROM attacks AS a LEFT JOIN places AS p ON p.place > a.place AND p.people + 0 > 9000",
           "~ attacks 1 2 3 4 5 6; places 2 3 4");
    traces("SELECT count(*) FROM attacks AS a JOIN attacks AS b ON a.place = b.place AND a.id < b.id", "= attacks 1 3");
}

static void one_row(void **state)
{
    (void)state;
    traces("SELECT place FROM attacks ORDER BY killed DESC LIMIT 1", "= attacks 3");
    traces("SELECT place FROM attacks ORDER BY day LIMIT 2 OFFSET 1", "= attacks 2 3");
    traces("SELECT max(day) FROM attacks", "= attacks 6");
    traces("SELECT place, max(killed) FROM attacks WHERE day < '2020-02-01'", "= attacks 1");
    traces("SELECT place FROM attacks ORDER BY killed + 0 DESC LIMIT 1", "~ attacks 1 2 3 4 5 6"); /* SQLite sorts */
    traces("SELECT min(killed) FROM attacks", "~ attacks 1 2 3 4 5 6");
    traces("SELECT max(day), min(day) FROM attacks WHERE place = 'Anbar'", "~ attacks 1 3");
}

static void several_figures_side_by_side(void **state)
{
    (void)state;
    traces("SELECT ratio((SELECT sum(killed) FROM attacks WHERE place = 'Anbar'), (SELECT people FROM places WHERE "
           "place = 'Anbar')) AS r", "= attacks 1 3; places 1");
    traces("SELECT (SELECT count(*) FROM attacks WHERE place = 'Anbar') AS a, (SELECT id FROM attacks WHERE place = "
           "'Basra') AS b", "= attacks 1 2 3");
    traces("SELECT (SELECT count(*) FROM attacks WHERE id < 2) - (SELECT count(*) FROM attacks WHERE id > 5) AS d",
           "= attacks 1 6");
    traces("SELECT (SELECT count(*) FROM attacks) AS a, (SELECT min(people) FROM places) AS b",
           "~ attacks 1 2 3 4 5 6; places 1 2 3 4");
}

/* Where the rows that stand are not all that count, or too many. */
static void what_cannot_be_known(void **state)
{
    (void)state;
    static const char *const all[] = {
        "SELECT place, count(*) FROM attacks GROUP BY lower(place)",
        "SELECT place, count(*) AS n FROM attacks GROUP BY place HAVING n > 1",
        "SELECT place, count(*) AS n FROM attacks GROUP BY place ORDER BY n DESC LIMIT 1",
        "SELECT place FROM attacks GROUP BY place",
        "SELECT place, max(day) FROM attacks GROUP BY place",
        "SELECT DISTINCT place FROM attacks",
        "SELECT count(DISTINCT place) FROM attacks",
        "SELECT id, sum(killed) OVER (ORDER BY day) AS s FROM attacks",
        "SELECT id, row_number() OVER (ORDER BY day) AS s FROM attacks",
        "WITH c AS (SELECT * FROM attacks) SELECT count(*) FROM c",
        "WITH c AS MATERIALIZED (SELECT id, killed FROM attacks) SELECT count(*) FROM c WHERE killed > 2",
        "SELECT count(*) FROM (SELECT place, count(*) AS n FROM attacks GROUP BY place) WHERE n > 1",
        "SELECT count(*) FROM attacks UNION ALL SELECT id FROM attacks WHERE killed + 0 > 2",
        "SELECT place FROM attacks UNION SELECT 'x'",
        "SELECT id, (SELECT count(*) FROM attacks AS b WHERE b.id > a.id) AS later FROM attacks AS a",
        "SELECT group_concat(place) FROM attacks",
        "SELECT sum(n) FROM (SELECT (SELECT count(*) FROM places AS p WHERE p.people < 0) AS n FROM attacks)",
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        traces(all[i], "~ attacks 1 2 3 4 5 6");
    traces("SELECT count(*) FROM attacks WHERE place IN (SELECT place FROM places WHERE people > 1500)",
           "~ attacks 1 2 3; places 1 2");
    traces("SELECT count(*) FROM attacks WHERE EXISTS (SELECT 1 FROM places WHERE places.place = attacks.place)",
           "~ attacks 1 2 3 4 5 6; places 1 2 3");
}

/* Words that are quoted, or in a comment, are none; a column may be called as a word. */
static void words_in_quotes(void **state)
{
    (void)state;
    traces("SELECT count(*) AS \"limit\" FROM attacks WHERE place <> 'UNION (SELECT' -- HAVING\n /* OVER */",
           "= attacks 1 2 3 4 5");
    traces("SELECT sum(killed) AS [group] FROM attacks WHERE `place` <> ')''(' AND 'it''s' <> 'DISTINCT'",
           "= attacks 1 3 4 5");
    traces("SELECT count(*) AS over FROM attacks", "~ attacks 1 2 3 4 5 6"); /* too careful */
}

static void a_wrong_statement_fails(void **state)
{
    (void)state;
    struct diags *diags = diags_new();
    struct arena *arena = arena_new();
    struct sql_trace trace;
    assert_false(database_trace(database, "SELECT x FROM attacks", (struct place){ "r.yaml", 3, 5 }, 0, NULL, 0, arena,
                                &trace, diags));
    assert_said(diags, NULL, "r.yaml:3:12: error: [sql-error] SQLite cannot run this: no such column: x\n");
    arena_drop(arena);
}

/* --- by chance ------------------------------------------------------------------------------------------------ */

static void insert_traced(sqlite3 *db, const struct relation *relation, const struct sql_trace *trace)
{
    size_t *rows = xcalloc(trace->count, sizeof *rows), count = 0;
    for (size_t i = 0; i < trace->count; i++)
        if (trace->rows[i].relation == relation)
            rows[count++] = trace->rows[i].row;
    plain_insert(db, relation, rows, count);
    free(rows);
}

static void no_row_is_missing(void **state)
{
    (void)state;
    size_t exact = 0;
    sqlite3 *db;
    struct buf sql;
    buf_init(&sql);
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    plain_create(db, dataset_relation(random_set, 0));
    plain_create(db, dataset_relation(random_set, 1));
    for (int i = 0; i < STATEMENTS; i++) {
        bool ordered = statement_by_chance(&chance, &sql);
        if (strstr(sql.data, " OFFSET ")) /* it would skip others */
            continue;
        struct diags *diags = diags_new();
        struct arena *arena = arena_new();
        struct sql_trace trace;
        assert_true(database_trace(random_database, sql.data, (struct place){ 0 }, 0, statement_parameters,
                                   STATEMENT_PARAMETERS, arena, &trace, diags));
        plain_run(db, "DELETE FROM t; DELETE FROM u");
        insert_traced(db, dataset_relation(random_set, 0), &trace);
        insert_traced(db, dataset_relation(random_set, 1), &trace);
        assert_same_answer(sql.data, ordered, plain_ask(db, sql.data, statement_parameters, STATEMENT_PARAMETERS),
                           ours_ask(random_database, sql.data, statement_parameters, STATEMENT_PARAMETERS));
        exact += trace.exact;
        if (trace.exact && strncmp(sql.data, "SELECT count(*) AS a FROM t", 27) == 0) {
            struct answer counted = plain_ask(db, sql.data, statement_parameters, STATEMENT_PARAMETERS);
            assert_int_equal(strtol(counted.rows[0], NULL, 10), trace.count); /* each row counts, and no other */
            free(counted.rows[0]);
            free(counted.rows);
        }
        arena_drop(arena);
        diags_drop(diags);
    }
    assert_true(exact > STATEMENTS / 20); /* else it says nothing of exact ones */
    sqlite3_close(db);
    buf_drop(&sql);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_that_count),
        cmocka_unit_test(rows_that_hold_null),
        cmocka_unit_test(joins),
        cmocka_unit_test(one_row),
        cmocka_unit_test(several_figures_side_by_side),
        cmocka_unit_test(what_cannot_be_known),
        cmocka_unit_test(words_in_quotes),
        cmocka_unit_test(a_wrong_statement_fails),
        cmocka_unit_test(no_row_is_missing),
    };
    return cmocka_run_group_tests_name("dataset trace", tests, set_up, tear_down);
}
