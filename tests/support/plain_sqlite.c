/* See plain_sqlite.h. */
#include "support/plain_sqlite.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "support/said.h"

static const char *declared(enum value_type type)
{
    switch (type) {
    case VALUE_INTEGER: return "INTEGER";
    case VALUE_NUMBER: return "REAL";
    case VALUE_BOOLEAN: return "BOOLEAN";
    default: return "TEXT";
    }
}

void plain_run(sqlite3 *db, const char *sql)
{
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s: %s", sql, error);
}

static void bind_value(sqlite3_stmt *statement, int i, struct value value)
{
    if (value.type == VALUE_NULL)
        sqlite3_bind_null(statement, i);
    else if (value.type == VALUE_TEXT || value.type == VALUE_DATE)
        sqlite3_bind_text(statement, i, value.text, -1, SQLITE_TRANSIENT);
    else if (value.type == VALUE_NUMBER)
        sqlite3_bind_double(statement, i, num_to_double(value.num));
    else
        sqlite3_bind_int64(statement, i, value.num.coefficient);
}

void plain_create(sqlite3 *db, const struct relation *r)
{
    struct buf sql;
    buf_init(&sql);
    buf_printf(&sql, "CREATE TABLE %s (", relation_name(r));
    for (size_t i = 0; i < relation_columns(r); i++)
        buf_printf(&sql, "%s%s %s", i ? ", " : "", relation_column(r, i)->name, declared(relation_column(r, i)->type));
    buf_add_string(&sql, ")");
    plain_run(db, sql.data);
    buf_drop(&sql);
}

void plain_insert(sqlite3 *db, const struct relation *r, const size_t *rows, size_t count)
{
    struct buf sql;
    sqlite3_stmt *statement = NULL;
    buf_init(&sql);
    buf_printf(&sql, "INSERT INTO %s VALUES (?", relation_name(r));
    for (size_t i = 1; i < relation_columns(r); i++)
        buf_add_string(&sql, ", ?");
    buf_add_string(&sql, ")");
    assert_int_equal(sqlite3_prepare_v2(db, sql.data, -1, &statement, NULL), SQLITE_OK);
    for (size_t k = 0; k < (rows ? count : relation_rows(r)); k++) {
        for (size_t i = 0; i < relation_columns(r); i++)
            bind_value(statement, (int)i + 1, relation_value(r, rows ? rows[k] : k, i));
        assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
    buf_drop(&sql);
}

/* --- asking --------------------------------------------------------------------------------------------------- */

static void add_num(struct buf *b, struct num num)
{
    while (num.scale && num.coefficient % 10 == 0) {
        num.coefficient /= 10;
        num.scale--;
    }
    num_format(num, b);
}

static void add_row(struct answer *a, const struct buf *b)
{
    a->rows = xrealloc(a->rows, a->count + 1, sizeof *a->rows);
    a->rows[a->count++] = xstrdup(b->data);
}

static void drop_answer(struct answer *a)
{
    for (size_t i = 0; i < a->count; i++)
        free(a->rows[i]);
    free(a->rows);
}

struct answer ours_ask(struct database *ours, const char *sql, const struct sql_parameter *parameters, size_t count)
{
    struct answer answer = { 0 };
    struct buf b;
    struct diags *diags = diags_new();
    struct table *table = database_query(ours, sql, (struct place){ 0 }, 0, parameters, count, diags);
    if (!table) {
        char *text = said(diags, NULL);
        fail_msg("%s\n%s", sql, text);
    }
    buf_init(&b);
    for (size_t row = 0; row < table_rows(table); row++) {
        buf_clear(&b);
        for (size_t i = 0; i < table_columns(table); i++) {
            struct value value = table_value(table, row, i);
            buf_add_string(&b, i ? " | " : "");
            if (value.type == VALUE_NULL)
                buf_add_char(&b, '-');
            else if (value.type == VALUE_TEXT || value.type == VALUE_DATE)
                buf_printf(&b, "'%s'", value.text);
            else
                add_num(&b, value.num);
        }
        add_row(&answer, &b);
    }
    buf_drop(&b);
    table_drop(table);
    diags_drop(diags);
    return answer;
}

static void add_cell(struct buf *b, sqlite3_stmt *statement, int i)
{
    struct num num;
    switch (sqlite3_column_type(statement, i)) {
    case SQLITE_NULL:
        buf_add_char(b, '-');
        break;
    case SQLITE_INTEGER:
        add_num(b, num_from_int(sqlite3_column_int64(statement, i)));
        break;
    case SQLITE_FLOAT:
        assert_true(num_from_double(sqlite3_column_double(statement, i), &num)); /* as ours, at 15 digits */
        add_num(b, num);
        break;
    default:
        buf_printf(b, "'%s'", (const char *)sqlite3_column_text(statement, i));
    }
}

struct answer plain_ask(sqlite3 *theirs, const char *sql, const struct sql_parameter *parameters, size_t count)
{
    struct answer answer = { 0 };
    struct buf b;
    sqlite3_stmt *statement = NULL;
    int code;
    if (sqlite3_prepare_v2(theirs, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s\n%s", sql, sqlite3_errmsg(theirs));
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++)
        for (size_t k = 0; k < count; k++)
            if (strcmp(sqlite3_bind_parameter_name(statement, i) + 1, parameters[k].name) == 0)
                bind_value(statement, i, parameters[k].value);
    buf_init(&b);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        buf_clear(&b);
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            buf_add_string(&b, i ? " | " : "");
            add_cell(&b, statement, i);
        }
        add_row(&answer, &b);
    }
    if (code != SQLITE_DONE)
        fail_msg("%s\n%s", sql, sqlite3_errmsg(theirs));
    buf_drop(&b);
    sqlite3_finalize(statement);
    return answer;
}

/* --- comparing ------------------------------------------------------------------------------------------------ */

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void assert_same_answer(const char *sql, bool ordered, struct answer own, struct answer want)
{
    if (!ordered && own.count)
        qsort(own.rows, own.count, sizeof *own.rows, compare_texts);
    if (!ordered && want.count)
        qsort(want.rows, want.count, sizeof *want.rows, compare_texts);
    for (size_t i = 0; i < own.count && i < want.count; i++)
        if (strcmp(own.rows[i], want.rows[i]) != 0)
            fail_msg("%s\nrow %zu: %s\ninstead: %s", sql, i, own.rows[i], want.rows[i]);
    if (own.count != want.count)
        fail_msg("%s\n%zu rows instead of %zu", sql, own.count, want.count);
    drop_answer(&own);
    drop_answer(&want);
}
