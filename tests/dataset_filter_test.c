/*
 * Our tables in SQLite against SQLite's own: the same rows, in a database that knows nothing of us, asked with
 * thousands of statements by chance. What is tested by sql_filter.c, ordered by order.c and left to SQLite must come
 * to the same rows, and in the same order where ORDER BY decides it.
 */
#include "dataset/sql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "support/plain_sqlite.h"
#include "support/said.h"
#include "support/statements.h"

enum { STATEMENTS = 3000 };

static struct chance chance = { 20060102150405 };
static struct made made;
static struct dataset *set;
static struct database *ours;
static sqlite3 *plain;

static int set_up(void **state)
{
    (void)state;
    struct diags *diags = diags_new();
    set = statement_tables(&made, &chance);
    ours = database_new((const struct dataset *const[]){ set }, 1, diags);
    assert_said(diags, NULL, "");
    assert_int_equal(sqlite3_open(":memory:", &plain), SQLITE_OK);
    for (size_t i = 0; i < dataset_relations(set); i++) {
        plain_create(plain, dataset_relation(set, i));
        plain_insert(plain, dataset_relation(set, i), NULL, 0);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    sqlite3_close(plain);
    database_drop(ours);
    dataset_drop(set);
    made_drop(&made);
    return 0;
}

static void same(const char *sql, bool ordered)
{
    assert_same_answer(sql, ordered, ours_ask(ours, sql, statement_parameters, STATEMENT_PARAMETERS),
                       plain_ask(plain, sql, statement_parameters, STATEMENT_PARAMETERS));
}

static void statements_by_chance(void **state)
{
    (void)state;
    struct buf sql;
    buf_init(&sql);
    for (int i = 0; i < STATEMENTS; i++) {
        bool ordered = statement_by_chance(&chance, &sql);
        same(sql.data, ordered);
    }
    buf_drop(&sql);
}

/* --- statements by hand --------------------------------------------------------------------------------------- */

static void more_keys_than_a_plan_holds(void **state)
{
    (void)state;
    same("SELECT id FROM t ORDER BY b, b, b, b, b, b, b, b, b, b, b, b, b, b, b, b, b, id", true);
    same("SELECT t.id AS i, u.id AS j FROM t JOIN u ON t.code = u.code ORDER BY t.b, t.d_year, t.d_month, t.n, t.x, t.w, "
         "t.big, t.code, t.name, t.d, t.id, u.b, u.d_year, u.d_month, u.n, u.x, u.w, u.big, u.name, u.d, u.id", true);
    same("SELECT count(*) AS c FROM t WHERE id > 0 AND id > 1 AND id > 2 AND id > 3 AND id > 4 AND id > 5 AND id > 6 AND "
         "id > 7 AND id > 8 AND id > 9 AND id > 10 AND id > 11 AND id > 12 AND id > 13 AND id > 14 AND id > 15 AND id > 16 "
         "AND id > 17 AND id > 18 AND id < 100", true);
}

/* A comparison with the column of a compound is numeric by the first SELECT, though its value is a text. */
static void affinity_of_a_compound(void **state)
{
    (void)state;
    same("SELECT t.id, s.v FROM (SELECT n AS v FROM u WHERE 0 UNION ALL SELECT name FROM u) AS s JOIN t ON t.name = s.v",
         false);
    same("SELECT t.id FROM t WHERE t.name = (SELECT n FROM u WHERE 0 UNION ALL SELECT '05')", false);
    same("SELECT t.id FROM t WHERE t.name < (SELECT n FROM u WHERE 0 UNION ALL SELECT '05')", false);
    same("SELECT t.id FROM t WHERE t.name IN (SELECT n FROM u WHERE 0 UNION ALL SELECT '05')", false);
    same("SELECT t.id FROM t WHERE t.name IN (SELECT n FROM u WHERE 0 UNION ALL SELECT 'abc')", false);
}

static void statements_that_were_wrong(void **state)
{
    (void)state;
    /* offered to t, which must keep its rows */
    same("SELECT t.id AS i, u.id AS j FROM t LEFT JOIN u ON t.d_year = u.n AND t.name <> '05'", false);
    same("SELECT t.id AS i, u.id AS j FROM t LEFT JOIN u ON t.n = u.n AND t.name IS NOT NULL", false);
    /* numbers by the second SELECT, so that '05' is 5 */
    same("SELECT t.id FROM t WHERE (t.b, t.name) IN (SELECT u.b, u.big FROM u)", false);
    same("SELECT t.id FROM t WHERE ( t.name,t.b )in(SELECT u.big, u.b FROM u) AND t.code IN ('c01', 'c02', 'c03')", false);
    /* a text goes on behind a NUL */
    same("SELECT id FROM t WHERE name < 'abc' || char(0) || 'd'", false);
    same("SELECT id FROM t WHERE name >= 'abc' || char(0) || 'd'", false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_by_chance),
        cmocka_unit_test(more_keys_than_a_plan_holds),
        cmocka_unit_test(affinity_of_a_compound),
        cmocka_unit_test(statements_that_were_wrong),
    };
    return cmocka_run_group_tests_name("dataset filter", tests, set_up, tear_down);
}
