/*
 * Differences of decimals in SQL: what doubles do to them is taken back, and nothing else is changed: cells, quotients,
 * averages, literals.
 */
#include "dataset/decimals.h"
#include "dataset/sql.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "support/made.h"
#include "support/program.h"
#include "support/said.h"

static struct made made;

static int set_up(void **state)
{
    (void)state;
    made_new(&made, "set");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    made_drop(&made);
    return 0;
}

#define FIELDS(type) "{\"fields\": [{\"name\": \"id\", \"type\": \"integer\"}, {\"name\": \"v\", \"type\": \"" type "\"}]}"

static const char prices[] = "id,v\n1,54.3\n2,-54.2\n3,43.5\n4,0.12\n5,\n6,1234.56\n7,1200.11\n";

static char *cells_of(struct table *table)
{
    struct buf b;
    buf_init(&b);
    for (size_t row = 0; row < table_rows(table); row++)
        for (size_t i = 0; i < table_columns(table); i++) {
            struct value value = table_value(table, row, i);
            if (value.type == VALUE_TEXT)
                buf_add_string(&b, value.text);
            else if (value.type != VALUE_NULL)
                num_format(value.num, &b);
            buf_add_char(&b, i + 1 < table_columns(table) ? '|' : '\n');
        }
    table_drop(table);
    return b.data;
}

static void gives(struct database *db, const char *sql, const char *want)
{
    struct diags *diags = diags_new();
    struct table *table = database_query(db, sql, (struct place){ 0 }, 0, NULL, 0, diags);
    assert_said(diags, NULL, "");
    char *cells = cells_of(table);
    assert_string_equal(cells, want);
    free(cells);
}

struct opened {
    struct dataset *set;
    struct database *db;
};

static struct opened open_table(const char *schema, const char *csv)
{
    made_table(&made, "t", schema, csv);
    struct opened o = { .set = made_load(&made, NULL, "") };
    struct diags *diags = diags_new();
    o.db = database_new((const struct dataset *const[]){ o.set }, 1, diags);
    assert_said(diags, NULL, "");
    return o;
}

static void close_table(struct opened o)
{
    database_drop(o.db);
    dataset_drop(o.set);
}

static void differences_are_exact(void **state)
{
    (void)state;
    struct opened o = open_table(FIELDS("number"), prices);
    gives(o.db, "SELECT 54.3 - 54.2, 43.5 - 43.4, 0.1 + 0.2 - 0.3, 54.3 - 54.2 + 0.1", "0.1|0.1|0|0.2\n");
    gives(o.db, "SELECT max(v) + min(v) FROM t WHERE id < 3", "0.1\n");
    gives(o.db, "SELECT a.v - b.v - 34.4, b.v - a.v + 34.5 FROM t a, t b WHERE a.id = 6 AND b.id = 7", "0.05|0.05\n");
    gives(o.db, "SELECT sum(x), min(x), avg(x) FROM (SELECT 54.3 - 54.2 AS x UNION ALL SELECT 43.5 - 43.4)", "0.2|0.1|0.1\n");
    gives(o.db, "SELECT ratio(54.3 - 54.2, 43.5 - 43.4)", "1\n");
    gives(o.db, "SELECT id, v - 54.2 AS d, sum(v - 54.2) OVER (ORDER BY id) AS s FROM t WHERE id IN (1, 3) ORDER BY d",
          "3|-10.7|-10.6\n1|0.1|0.1\n");
    close_table(o);
    o = open_table(FIELDS("integer"), "id,v\n1,54\n2,-3\n"); /* no decimals at all but those of the statement */
    gives(o.db, "SELECT 54.3 - 54.2, v * 0.1 - 5.3, 1234567.8 - 1234567.7 FROM t WHERE id = 1", "0.1|0.1|0.1\n");
    close_table(o);
}

static void money_is_exact(void **state)
{
    (void)state;
    struct opened o = open_table(FIELDS("number"), "id,v\n1,12345678.90\n2,12345000.10\n3,999999999999.43\n4,999999999999.42\n"
                                                   "5,999999000000.12\n6,99345678.9\n");
    gives(o.db, "SELECT a.v - b.v, a.v - b.v - 600.05, a.v - b.v - 678.75, a.v - b.v - 678.80 FROM t a, t b WHERE a.id = 1 "
          "AND b.id = 2", "678.8|78.75|0.05|0\n");
    gives(o.db, "SELECT a.v - b.v, b.v - a.v FROM t a, t b WHERE a.id = 3 AND b.id = 4", "0.01|-0.01\n");
    gives(o.db, "SELECT a.v - b.v FROM t a, t b WHERE a.id = 3 AND b.id = 5", "999999.31\n");
    gives(o.db, "SELECT a.v - 98556666.68 FROM t a WHERE a.id = 6", "789012.22\n");
    gives(o.db, "SELECT (SELECT sum(v) FROM t WHERE id < 4) - (SELECT sum(v) FROM t WHERE id IN (1, 2, 4)) AS d", "0.01\n");
    close_table(o);
}

/* What has more decimals than the data, or as many as they have, and is no difference. */
static void nothing_else_is_changed(void **state)
{
    (void)state;
    struct opened o = open_table(FIELDS("number"), prices);
    gives(o.db, "SELECT 3.14159265358979, 0.00001234, 1e-10, -0.0000000002, 123456.789012345, 1.0 / 3",
          "3.14159265358979|0.00001234|0.0000000001|-0.0000000002|123456.789012345|0.333333333333333\n");
    gives(o.db, "SELECT ratio(1, 3), ratio(10000000, 3), ratio(1, 512), ratio(1, 1000000000), ratio(2, 3) * 3",
          "0.333333333|3333333.33333333|0.001953125|0.000000001|2.000000001\n");
    gives(o.db, "SELECT avg(v), v * v, 7 / 2.0, 5 / 1024.0 FROM t WHERE id = 4", "0.12|0.0144|3.5|0.0048828125\n");
    close_table(o);
    static const char narrow[] = "id,v\n1,0.100000000000001\n2,2.00000000000003\n3,0.0999999999999943\n4,1E-16\n";
    o = open_table(FIELDS("number"), narrow);
    gives(o.db, "SELECT v FROM t", "0.100000000000001\n2.00000000000003\n0.0999999999999943\n0.0000000000000001\n");
    close_table(o);
}

/* Behind the values of a database, where nothing can be mended: as docs/datasets.md says. */
static void sql_compares_doubles(void **state)
{
    (void)state;
    struct opened o = open_table(FIELDS("number"), prices);
    gives(o.db, "SELECT 54.3 - 54.2 >= 0.1, round(54.3 - 54.2, 1) >= 0.1, round(54.3 - 54.2, 1) = 0.1, (54.3 - 54.2) || '', "
          "CAST((54.3 - 54.2) * 10 AS INTEGER), CAST(round((54.3 - 54.2) * 10) AS INTEGER)", "0|1|1|0.0999999999999943|0|1\n");
    gives(o.db, "SELECT sum(v) >= 0.1, total(v) = 0.1, sum(v) = 54.3 - 54.2 FROM t WHERE id < 3", "1|1|0\n");
    gives(o.db, "SELECT id FROM t GROUP BY id HAVING sum(v - 54.2) >= 0.1 AND sum(v) < 60", "1\n");
    close_table(o);
}

/* A cache and a trace give what the files gave. */
static void caches_and_traces_agree(void **state)
{
    (void)state;
    static const char sql[] = "SELECT max(v) + min(v), sum(v - 54.2) FROM t WHERE id < 3";
    made_table(&made, "t", FIELDS("number"), prices);
    char *cache = text_join(made.root, "cache");
    for (int i = 0; i < 2; i++) {
        struct dataset *set = made_load(&made, &(struct dataset_options){ .cache = cache }, "");
        struct diags *diags = diags_new();
        struct database *db = database_new((const struct dataset *const[]){ set }, 1, diags);
        struct arena *arena = arena_new();
        struct sql_trace trace;
        gives(db, sql, "0.1|-108.3\n");
        assert_true(database_trace(db, sql, (struct place){ 0 }, 0, NULL, 0, arena, &trace, diags));
        assert_int_equal(trace.count, 2);
        assert_said(diags, NULL, "");
        arena_drop(arena);
        database_drop(db);
        dataset_drop(set);
    }
    free(cache);
}

/* --- by chance ------------------------------------------------------------------------------------------------ */

static struct chance chance = { 20241122 };

/* A number of so many digits at most, before and behind the point. */
static struct num some_number(uint32_t digits, uint8_t scale)
{
    int64_t number = 0;
    for (uint32_t i = 0; i < digits; i++)
        number = number * 10 + chance_below(&chance, 10);
    return (struct num){ chance_below(&chance, 2) ? number : -number, scale };
}

static struct num mended(double value, uint8_t decimals, double largest)
{
    struct num n;
    assert_true(num_from_double(value, &n));
    if (n.scale > decimals)
        decimals_mend(value, decimals, largest, &n);
    return n;
}

/* As ratio() and avg() give it. */
static struct num quotient(struct num a, struct num b)
{
    struct num q = { 0, 0 };
    for (int scale = RATIO_DECIMALS; scale >= 0; scale--)
        if (num_ratio(a, b, (uint8_t)scale, &q) && llabs(q.coefficient) < 1000000000000000)
            break;
    return q;
}

/* How many of a million quotients are changed; none by more than 1e-9 of it. */
static int quotients_changed(uint8_t decimals, double largest)
{
    int changed = 0;
    for (int i = 0; i < 1000000; i++) {
        struct num b = some_number(1 + chance_below(&chance, 8), 0);
        b.coefficient += b.coefficient == 0;
        struct num want = quotient(some_number(1 + chance_below(&chance, 12), decimals), b);
        struct num is = mended(num_to_double(want), decimals, largest);
        changed += num_compare(is, want) != 0;
        assert_true(fabs(num_to_double(is) - num_to_double(want)) <= 1e-9 * fabs(num_to_double(want)));
    }
    return changed;
}

static void quotients_stay(void **state)
{
    (void)state;
    assert_int_equal(quotients_changed(0, 1e10), 0);
    assert_int_equal(quotients_changed(1, 4e5), 0);
    assert_int_equal(quotients_changed(2, 1e8), 0);
    assert_in_range(quotients_changed(2, 1e12), 0, 2);
    assert_int_equal(quotients_changed(6, 4e5), 0);
    assert_in_range(quotients_changed(6, 1e9), 0, 1000);
}

/* The double that comes of a - b + c + ..., and the decimal that it means. */
static double some_difference(uint32_t digits, uint8_t scale, int terms, struct num *want, double *largest)
{
    struct num a = some_number(digits, scale), b;
    *want = some_number(1 + chance_below(&chance, digits), scale);
    assert_true(num_subtract(a, *want, &b));
    double value = num_to_double(a) - num_to_double(b);
    *largest = 100 * (fabs(num_to_double(a)) + fabs(num_to_double(b)));
    for (; terms > 2; terms--) {
        struct num c = some_number(1 + chance_below(&chance, scale + 3u), scale);
        assert_true(num_add(*want, c, want));
        value += num_to_double(c);
    }
    return value;
}

/* How many of 50,000 are wrong; how many would be without being mended. */
static int wrong_differences(uint32_t digits, uint8_t scale, int terms, int *before)
{
    int wrong = 0;
    for (int i = *before = 0; i < 50000; i++) {
        struct num want, plain;
        double largest, value = some_difference(digits, scale, terms, &want, &largest);
        assert_true(num_from_double(value, &plain));
        *before += num_compare(plain, want) != 0;
        wrong += num_compare(mended(value, scale, largest), want) != 0;
    }
    return wrong;
}

static void differences_by_chance(void **state)
{
    (void)state;
    int before;
    for (uint8_t scale = 1; scale <= 4; scale++) {
        for (uint32_t digits = 3; digits <= 13; digits++) { /* of 15, the last places of doubles are coarse */
            assert_int_equal(wrong_differences(digits, scale, 2, &before), 0);
            assert_true(digits < 6 || before > 5000);
        }
        for (uint32_t digits = 3; digits <= scale + 6u; digits++)
            assert_int_equal(wrong_differences(digits, scale, 4, &before), 0);
        assert_in_range(wrong_differences(scale + 8u, scale, 4, &before), 0, 1000);
        assert_true(before > 20000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(differences_are_exact),
        cmocka_unit_test(money_is_exact),
        cmocka_unit_test(nothing_else_is_changed),
        cmocka_unit_test(sql_compares_doubles),
        cmocka_unit_test(caches_and_traces_agree),
        cmocka_unit_test(quotients_stay),
        cmocka_unit_test(differences_by_chance),
    };
    return cmocka_run_group_tests_name("dataset decimals", tests, set_up, tear_down);
}
