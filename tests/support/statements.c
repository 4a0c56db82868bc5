/* See statements.h. */
#include "support/statements.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

enum { T_ROWS = 110, U_ROWS = 70 };

static struct chance *chance;

/* --- the tables ----------------------------------------------------------------------------------------------- */

static const char fields[] =
    "{\"name\": \"id\", \"type\": \"integer\"}, {\"name\": \"name\"}, {\"name\": \"code\"},"
    "{\"name\": \"n\", \"type\": \"integer\"}, {\"name\": \"big\", \"type\": \"integer\"},"
    "{\"name\": \"x\", \"type\": \"number\"}, {\"name\": \"w\", \"type\": \"number\"},"
    "{\"name\": \"d\", \"type\": \"date\"}, {\"name\": \"b\", \"type\": \"boolean\"}";

static const char *const names[] = { "abc", "ABC", "aBd", "", " ", "5", "05", "5.0", "1e1", "10", " 7", "7", "x%y", "بغداد",
                                     "-3", "2020-05-01", "9007199254740993", "abcd", "NULL", "NULL" };
static const char *const bigs[] = { "9007199254740993", "9007199254740992", "-9007199254740993", "999999999999999999",
                                    "5", "NULL" };
static const char *const wides[] = { "999999999999999", "0.000000000000001", "0.5", "5", "-12.25", "1E10", "NULL" };

#define PICK(list) list[chance_below(chance, sizeof list / sizeof *list)]

static void add_table(struct buf *csv, size_t rows)
{
    buf_add_string(csv, "id,name,code,n,big,x,w,d,b\n");
    for (size_t row = 0; row < rows; row++) {
        buf_printf(csv, "%zu,\"%s\",c%02u,", row * 37 % rows, PICK(names), chance_below(chance, 30));
        buf_printf(csv, chance_below(chance, 6) ? "%d," : "NULL,", (int)chance_below(chance, 24) - 8);
        buf_printf(csv, "%s,", PICK(bigs));
        buf_printf(csv, chance_below(chance, 6) ? "%d.%02u," : "NULL,", (int)chance_below(chance, 12) - 3,
                   25 * chance_below(chance, 4));
        buf_printf(csv, "%s,", PICK(wides));
        buf_printf(csv, chance_below(chance, 7) ? "20%02u-%02u-%02u," : "NULL,", 18 + chance_below(chance, 4),
                   1 + chance_below(chance, 12), 1 + chance_below(chance, 3));
        static const char *const yes[] = { "true", "false", "NULL" };
        buf_printf(csv, "%s\n", PICK(yes));
    }
}

struct dataset *statement_tables(struct made *made, struct chance *c)
{
    struct buf json, csv;
    chance = c;
    made_new(made, "set");
    buf_init(&json);
    buf_init(&csv);
    buf_add_string(&json, "{\"resources\": [");
    for (int i = 0; i < 2; i++) {
        buf_clear(&csv);
        add_table(&csv, i ? U_ROWS : T_ROWS);
        made_put(made, i ? "u.csv" : "t.csv", csv.data);
        buf_printf(&json, "%s{\"name\": \"%s\", \"path\": \"%s.csv\", \"schema\": {\"missingValues\": [\"NULL\"], \"fields\": [%s]}}",
                   i ? "," : "", i ? "u" : "t", i ? "u" : "t", fields);
    }
    buf_add_string(&json, "]}");
    made_put(made, "datapackage.json", json.data);
    buf_drop(&json);
    buf_drop(&csv);
    return made_load(made, NULL, "");
}

const struct sql_parameter statement_parameters[STATEMENT_PARAMETERS] = {
    { "text", { .type = VALUE_TEXT, .text = "abc" } },       { "digits", { .type = VALUE_TEXT, .text = "5" } },
    { "whole", { .type = VALUE_INTEGER, .num = { 5, 0 } } }, { "number", { .type = VALUE_NUMBER, .num = { 525, 2 } } },
    { "large", { .type = VALUE_INTEGER, .num = { 9007199254740993, 0 } } },
    { "day", { .type = VALUE_DATE, .text = "2020-05-01" } }, { "nothing", { .type = VALUE_NULL } },
};

/* --- the statements ----------------------------------------------------------------------------------- */

static const char *const columns[] = { "id", "name", "code", "n", "big", "x", "w", "d", "b", "d_month", "d_year" };
static const char *const literals[] = {
    "5", "'5'", "'05'", "5.0", "'5.0'", "-3", "4.25", "'4.25'", "0", "1", "10", "'1e1'", "1e1", "' 7'", "'7'", "7",
    "'abc'", "'ABC'", "'ab'", "''", "' '", "'بغداد'", "'c07'", "'c1'", "'2020'", "'2020-05'", "'2020-05-01'", "2020",
    "'2020-05' || '-01'", "9007199254740993", "9007199254740992", "9007199254740993.0", "'9007199254740993'",
    "999999999999999999", "-9007199254740993", "1e18", "999999999999999", "0.000000000000001", "NULL", "TRUE", "x'35'",
    "'abc' || char(0) || 'd'", "CAST('5' AS TEXT)", "CAST(5.5 AS INTEGER)", "+5", "-'3'", "1e300", "-1e300",
    ":text", ":digits", ":whole", ":number", ":large", ":day", ":nothing",
};
static const char *const operators[] = { "=", "<>", "<", "<=", ">", ">=", "=", "==", "!=", "IS", "IS NOT" };

static void add_column(struct buf *b, const char *table)
{
    buf_printf(b, "%s.%s", table, PICK(columns));
}

static void add_operand(struct buf *b, const char *table)
{
    switch (chance_below(chance, 12)) {
    case 0: buf_printf(b, "+%s.%s", table, PICK(columns)); break;
    case 1: buf_printf(b, "CAST(%s.%s AS TEXT)", table, PICK(columns)); break;
    case 2: buf_printf(b, "%s.%s || ''", table, PICK(columns)); break;
    case 3: buf_printf(b, "(%s.n + 1)", table); break;
    case 4: buf_printf(b, "substr(%s.d, 1, %u)", table, 4 + 3 * chance_below(chance, 2)); break;
    case 5: add_column(b, table); break;
    default: buf_add_string(b, PICK(literals));
    }
}

static void add_predicate(struct buf *b, const char *table, const char *other, int depth);

static void add_list(struct buf *b)
{
    buf_add_string(b, "(");
    for (uint32_t i = 0, count = 1 + chance_below(chance, 6); i < count; i++)
        buf_printf(b, "%s%s", i ? ", " : "", PICK(literals));
    buf_add_string(b, ")");
}

static void add_in(struct buf *b, const char *table)
{
    add_column(b, table);
    buf_add_string(b, chance_below(chance, 4) ? " IN " : " NOT IN ");
    switch (chance_below(chance, 4)) {
    case 0:
        buf_printf(b, "(SELECT s.%s FROM u AS s WHERE ", PICK(columns));
        add_predicate(b, "s", NULL, 0);
        buf_add_string(b, ")");
        break;
    default:
        add_list(b);
    }
}

static void add_row_value(struct buf *b, const char *table)
{
    buf_printf(b, "(%s.%s, %s.%s) ", table, PICK(columns), table, PICK(columns));
    if (chance_below(chance, 2))
        buf_printf(b, "%s (%s, %s)", chance_below(chance, 2) ? "=" : "<", PICK(literals), PICK(literals));
    else
        buf_printf(b, "IN (SELECT s.%s, s.%s FROM u AS s)", PICK(columns), PICK(columns));
}

static void add_exists(struct buf *b, const char *table)
{
    buf_printf(b, "%sEXISTS (SELECT 1 FROM u AS s WHERE s.%s %s %s.%s AND ", chance_below(chance, 2) ? "NOT " : "",
               PICK(columns), PICK(operators), table, PICK(columns));
    add_predicate(b, "s", table, 0);
    buf_add_string(b, ")");
}

static void add_simple(struct buf *b, const char *table, const char *other)
{
    static const char *const patterns[] = { "'a%'", "'AB_'", "'%5%'", "'2020-%'", "'x\\%y' ESCAPE '\\'", "'ب%'" };
    static const char *const globs[] = { "'a*'", "'[0-9]*'", "'2020-0?-*'" };
    switch (chance_below(chance, 14)) {
    case 0:
        add_column(b, table);
        buf_add_string(b, chance_below(chance, 2) ? " BETWEEN " : " NOT BETWEEN ");
        add_operand(b, table);
        buf_add_string(b, " AND ");
        add_operand(b, table);
        break;
    case 1: case 2: add_in(b, table); break;
    case 3:
        add_column(b, table);
        buf_add_string(b, chance_below(chance, 2) ? " IS NULL" : " IS NOT NULL");
        break;
    case 4:
        add_column(b, table);
        buf_printf(b, " LIKE %s", PICK(patterns));
        break;
    case 5:
        add_column(b, table);
        buf_printf(b, " GLOB %s", PICK(globs));
        break;
    case 6:
        buf_printf(b, "%s.name %s %s COLLATE %s", table, PICK(operators), PICK(literals),
                   chance_below(chance, 2) ? "NOCASE" : "RTRIM");
        break;
    case 7: add_row_value(b, table); break;
    case 8:
        if (other) {
            buf_printf(b, "%s.%s %s %s.%s", table, PICK(columns), PICK(operators), other, PICK(columns));
            break;
        }
        /* fall through */
    case 9:
        add_operand(b, table);
        buf_printf(b, " %s ", PICK(operators));
        add_operand(b, table);
        break;
    default:
        add_column(b, table);
        buf_printf(b, " %s ", PICK(operators));
        add_operand(b, table);
    }
}

static void add_predicate(struct buf *b, const char *table, const char *other, int depth)
{
    switch (depth > 0 ? chance_below(chance, 6) : 5) {
    case 0:
        buf_add_string(b, "NOT (");
        add_predicate(b, table, other, depth - 1);
        buf_add_string(b, ")");
        break;
    case 1: case 2:
        buf_add_string(b, "(");
        add_predicate(b, table, other, depth - 1);
        buf_add_string(b, chance_below(chance, 2) ? " OR " : " AND ");
        add_predicate(b, table, other, depth - 1);
        buf_add_string(b, ")");
        break;
    case 3:
        add_exists(b, table);
        break;
    default:
        add_simple(b, table, other);
    }
}

static void add_where(struct buf *b, const char *table, const char *other)
{
    uint32_t terms = chance_below(chance, 4);
    for (uint32_t i = 0; i < terms; i++) {
        buf_add_string(b, i ? " AND " : " WHERE ");
        add_predicate(b, table, other, 2);
    }
}

/* Ends with columns that leave no two rows equal. */
static void add_order(struct buf *b, const char *table, const char *last)
{
    static const char *const ways[] = { "", "", " DESC", " DESC", " NULLS LAST", " DESC NULLS FIRST", " COLLATE NOCASE",
                                        " ASC NULLS FIRST", " DESC NULLS LAST" };
    buf_add_string(b, " ORDER BY ");
    for (uint32_t i = chance_below(chance, 4); i > 0; i--)
        buf_printf(b, "%s.%s%s, ", table, PICK(columns), PICK(ways));
    buf_printf(b, "%s%s", last, chance_below(chance, 3) ? "" : " DESC");
    if (chance_below(chance, 3) == 0)
        buf_printf(b, " LIMIT %u", chance_below(chance, 40));
    else
        return;
    if (chance_below(chance, 2))
        buf_printf(b, " OFFSET %u", chance_below(chance, 20));
}

static bool plain_rows(struct buf *b)
{
    buf_printf(b, "SELECT t.id, t.%s AS c, typeof(t.%s) AS y FROM t", PICK(columns), PICK(columns));
    add_where(b, "t", NULL);
    add_order(b, "t", "t.id");
    return true;
}

static bool unordered_rows(struct buf *b)
{
    buf_printf(b, "SELECT t.id, t.%s AS c FROM t", PICK(columns));
    add_where(b, "t", NULL);
    return false;
}

static bool joined(struct buf *b)
{
    static const char *const kinds[] = { "JOIN", "LEFT JOIN", "JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN" };
    static const char *const equal[] = { "name", "code", "n", "x", "d", "d_month", "d_year", "id", "b", "big" };
    const char *kind = PICK(kinds);
    buf_printf(b, "SELECT t.id AS i, u.id AS j, u.%s AS c FROM t %s u ON t.%s = u.%s", PICK(columns), kind, PICK(equal),
               PICK(equal));
    if (chance_below(chance, 2)) {
        buf_add_string(b, " AND ");
        add_predicate(b, chance_below(chance, 2) ? "t" : "u", NULL, 1);
    }
    if (chance_below(chance, 4) == 0)
        buf_printf(b, " %s t AS v ON v.%s = u.%s AND v.id < 30", PICK(kinds), PICK(equal), PICK(equal));
    add_where(b, chance_below(chance, 2) ? "t" : "u", chance_below(chance, 2) ? "u" : "t");
    if (strstr(b->data, " AS v "))
        return false;
    add_order(b, chance_below(chance, 2) ? "t" : "u", "t.id, u.id");
    return true;
}

static bool correlated(struct buf *b)
{
    buf_printf(b, "SELECT t.id, (SELECT %s FROM u WHERE u.%s %s t.%s AND ",
               chance_below(chance, 2) ? "count(*)" : "max(u.id)", PICK(columns), PICK(operators), PICK(columns));
    add_predicate(b, "u", "t", 1);
    buf_add_string(b, ") AS c FROM t");
    add_where(b, "t", NULL);
    return false;
}

static bool grouped(struct buf *b)
{
    static const char *const aggregates[] = { "count(*)", "count(t.n)", "sum(t.n)", "sum(t.x)", "min(t.x)", "max(t.name)",
                                              "min(t.d)", "max(t.big)", "total(t.n)", "count(DISTINCT t.name)",
                                              "sum(t.n) FILTER (WHERE t.b)", "min(t.w)" };
    const char *by[3];
    uint32_t count = 1 + chance_below(chance, 3);
    bool joins = chance_below(chance, 3) == 0;
    buf_add_string(b, "SELECT ");
    for (uint32_t i = 0; i < count; i++)
        buf_printf(b, "t.%s AS g%u, ", by[i] = PICK(columns), i);
    buf_printf(b, "%s AS a, %s AS b FROM t%s", PICK(aggregates), PICK(aggregates),
               joins ? " JOIN u ON u.code = t.code" : "");
    add_where(b, "t", joins ? "u" : NULL);
    buf_add_string(b, " GROUP BY ");
    for (uint32_t i = 0; i < count; i++)
        buf_printf(b, "%st.%s", i ? ", " : "", by[i]);
    if (chance_below(chance, 5) == 0)
        buf_add_string(b, " HAVING count(*) > 1");
    if (chance_below(chance, 2))
        return false;
    buf_add_string(b, " ORDER BY ");
    for (uint32_t i = 0; i < count; i++)
        buf_printf(b, "%sg%u%s", i ? ", " : "", i, chance_below(chance, 2) ? " DESC" : "");
    return true;
}

static bool whole_table(struct buf *b)
{
    static const char *const aggregates[] = { "count(*)", "min(t.%s)", "max(t.%s)", "count(t.%s)", "count(DISTINCT t.%s)",
                                              "sum(t.n)" };
    const char *one = PICK(aggregates);
    buf_add_string(b, "SELECT ");
    if (strstr(one, "t.%s")) {
        buf_add(b, one, (size_t)(strchr(one, '%') - one));
        buf_printf(b, "%s)", PICK(columns));
    } else {
        buf_add_string(b, one);
    }
    buf_add_string(b, " AS a FROM t");
    add_where(b, "t", NULL);
    return true;
}

static bool distinct(struct buf *b)
{
    const char *one = PICK(columns), *two = PICK(columns);
    buf_printf(b, "SELECT DISTINCT t.%s AS a, t.%s AS b FROM t", one, two);
    add_where(b, "t", NULL);
    if (chance_below(chance, 2))
        return false;
    buf_printf(b, " ORDER BY t.%s%s, t.%s NULLS LAST", one, chance_below(chance, 2) ? " DESC" : "", two);
    return true;
}

static bool windowed(struct buf *b)
{
    static const char *const functions[] = { "row_number()", "sum(t.n)", "count(*)", "lag(t.id)", "max(t.n)" };
    buf_printf(b, "SELECT t.id, %s OVER (PARTITION BY t.%s ORDER BY t.%s%s, t.id) AS c FROM t", PICK(functions),
               PICK(columns), PICK(columns), chance_below(chance, 2) ? " DESC" : "");
    add_where(b, "t", NULL);
    add_order(b, "t", "t.id");
    return true;
}

static bool compound(struct buf *b)
{
    static const char *const words[] = { "UNION", "UNION ALL", "EXCEPT", "INTERSECT" };
    buf_printf(b, "SELECT t.%s AS c FROM t", PICK(columns));
    add_where(b, "t", NULL);
    buf_printf(b, " %s SELECT u.%s FROM u", PICK(words), PICK(columns));
    add_where(b, "u", NULL);
    return false;
}

static bool derived(struct buf *b)
{
    const char *by = PICK(columns);
    buf_printf(b, "WITH c AS (SELECT t.%s AS k, count(*) AS n, min(t.id) AS id FROM t", by);
    add_where(b, "t", NULL);
    buf_printf(b, " GROUP BY t.%s) SELECT u.id, c.n, c.id AS i FROM u %s c ON c.k = u.%s", by,
               chance_below(chance, 2) ? "JOIN" : "LEFT JOIN", PICK(columns));
    add_where(b, "u", NULL);
    return false;
}

bool statement_by_chance(struct chance *c, struct buf *out)
{
    static bool (*const kinds[])(struct buf *) = { plain_rows, plain_rows, unordered_rows, joined,   joined,   correlated,
                                                   grouped,    grouped,    whole_table,    distinct, windowed, compound,
                                                   derived };
    chance = c;
    buf_clear(out);
    return PICK(kinds)(out);
}
