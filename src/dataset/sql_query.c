/* Asking the database: one SELECT, its parameters, its errors at their place, its rows as a typed table. */
#include "dataset/sql_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "dataset/field.h"
#include "dataset/relation.h"
#include "dataset/result.h"
#include "dataset/table_build.h"
#include "locale/locale.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS_BASE = 20 * 1000 * 1000, STEPS_PER_ROW = 200, ROWS_MAX = 100 * 1000 };

static const sqlite3_int64 MEMORY_MAX = 256 << 20; /* of SQLite itself */

struct query {
    struct database *database;
    const char *sql; /* in NFC, as the data are: a name that looks the same is found */
    struct arena *arena;
    struct place at;
    uint32_t indent;
    struct diags *diags;
};

/* The place of byte `offset` of the statement in the file that holds it. */
static struct place place_of(const struct query *q, size_t offset)
{
    struct place at = q->at;
    size_t line = 0;
    if (!at.line || !at.col)
        return at;
    for (size_t i = 0; i < offset && q->sql[i]; i++)
        if (q->sql[i] == '\n') {
            at.line++;
            at.col = q->indent + 1;
            line = i + 1;
        }
    at.col += (uint32_t)utf8_count(q->sql + line, offset - line);
    return at;
}

static const char no_table[] = "no such table: ", no_column[] = "no such column: ";

/* The name, without a table's before it, that SQLite says it did not find; else NULL. */
static const char *missing_name(const char *message)
{
    if (strncmp(message, no_table, sizeof no_table - 1) == 0)
        return message + sizeof no_table - 1;
    if (strncmp(message, no_column, sizeof no_column - 1) != 0)
        return NULL;
    const char *name = message + sizeof no_column - 1, *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}

static const char *nearest_name(const struct database *database, const char *message, const char *name)
{
    bool table = strncmp(message, no_table, sizeof no_table - 1) == 0;
    struct arena *arena = arena_new();
    const char **known = NULL;
    size_t count = 0;

    for (size_t i = 0; i < database->source_count; i++) {
        const struct relation *one = database->sources[i].relation;
        for (size_t c = 0; c < (table ? 1 : relation_columns(one)); c++) {
            known = arena_grow(arena, known, count, sizeof *known);
            known[count++] = table ? relation_name(one) : relation_column(one, c)->name;
        }
    }
    const char *near = nearest_known(name, known, count);
    arena_drop(arena);
    return near;
}

/* What SQLite, or the lock, has to say about the last call. */
static void add_error(const struct query *q, int code)
{
    struct database *database = q->database;
    int offset = sqlite3_error_offset(database->db);
    struct place at = place_of(q, offset > 0 ? (size_t)offset : 0);

    if (code == SQLITE_INTERRUPT || code == SQLITE_NOMEM) {
        diag_add(q->diags, DIAG_SQL_LIMIT, q->at,
                 "the statement takes too %s; does a join lack its condition?",
                 code == SQLITE_NOMEM ? "much memory" : "many steps");
        return;
    }
    if (database->refused) {
        diag_add(q->diags, DIAG_SQL_REFUSED, q->at, "%s", database->refused);
        return;
    }
    const char *message = sqlite3_errmsg(database->db), *name = missing_name(message);
    if (strstr(message, "may not be modified")) { /* said of our tables before the lock is asked */
        diag_add(q->diags, DIAG_SQL_REFUSED, q->at, "%s", sql_only_select);
        return;
    }
    if (strcmp(message, "local time unavailable") == 0) {
        diag_add(q->diags, DIAG_SQL_REFUSED, q->at,
                 "the statement asks the machine's time zone; write the hours, as '+3 hours'");
        return;
    }
    const char *near = name ? nearest_name(database, message, name) : NULL;
    const char *found = name && offset < 0 ? strstr(q->sql, name) : NULL;
    if (found) /* SQLite tells no place of a table */
        at = place_of(q, (size_t)(found - q->sql));
    if (near && strcmp(near, name) == 0)
        diag_add(q->diags, DIAG_SQL_ERROR, at, "%s; no table of this SELECT has it, name the one that does",
                 message);
    else if (near)
        diag_add(q->diags, DIAG_SQL_ERROR, at, "%s; did you mean '%s'?", message, near);
    else if (name && offset >= 0 && q->sql[offset] == '"')
        diag_add(q->diags, DIAG_SQL_ERROR, at, "%s; in double quotes stands a column's name, in single ones a text",
                 message);
    else
        diag_add(q->diags, DIAG_SQL_ERROR, at, "SQLite cannot run this: %s", message);
}

/* Anything behind the first statement but comments and ';'. */
static bool check_tail(const struct query *q, const char *tail)
{
    while (*tail) {
        sqlite3_stmt *next = NULL;
        const char *from = tail + strspn(tail, " \t\r\n;"), *rest = from;
        int code = sqlite3_prepare_v2(q->database->db, from, -1, &next, &rest);
        bool is_statement = next;
        sqlite3_finalize(next);
        if (code != SQLITE_OK || is_statement) {
            diag_add(q->diags, DIAG_SQL_REFUSED, place_of(q, (size_t)(from - q->sql)),
                     "text follows the end of the statement; write one SELECT");
            return false;
        }
        if (rest == tail)
            break;
        tail = rest;
    }
    return true;
}

static bool check_statement(const struct query *q, sqlite3_stmt *statement, const char *tail)
{
    if (!statement) {
        diag_add(q->diags, DIAG_SQL_ERROR, q->at, "the statement is empty; write a SELECT");
        return false;
    }
    if (!sqlite3_stmt_readonly(statement) || sqlite3_stmt_isexplain(statement)
        || sqlite3_column_count(statement) == 0) {
        diag_add(q->diags, DIAG_SQL_REFUSED, q->at, "%s", sql_only_select);
        return false;
    }
    return check_tail(q, tail);
}

struct value sql_parameter_value(const char *text)
{
    struct value value = { .type = VALUE_TEXT, .text = text };
    struct buf again;

    if (field_is_day(text)) {
        value.type = VALUE_DATE;
        return value;
    }
    if (!num_parse(text, strlen(text), &value.num))
        return value;
    buf_init(&again);
    num_format(value.num, &again);
    if (strcmp(again.data, text) == 0)
        value.type = value.num.scale ? VALUE_NUMBER : VALUE_INTEGER;
    buf_drop(&again);
    return value;
}

static const char *in_nfc(const char *text, struct arena *arena)
{
    size_t length;
    const char *nfc = locale_nfc(text, strlen(text), &length, arena);
    return nfc ? nfc : text;
}

static int bind(const struct query *q, sqlite3_stmt *statement, int index, struct value value)
{
    switch (value.type) {
    case VALUE_TEXT:
    case VALUE_DATE:
        return sqlite3_bind_text(statement, index, in_nfc(value.text, q->arena), -1, SQLITE_STATIC);
    case VALUE_INTEGER:
    case VALUE_BOOLEAN:
        return sqlite3_bind_int64(statement, index, value.num.coefficient);
    case VALUE_NUMBER:
        return sqlite3_bind_double(statement, index, num_to_double(value.num));
    default:
        return sqlite3_bind_null(statement, index);
    }
}

/* "did you mean ':as_of'?", or one that there is. */
static struct buf hint_of_parameter(const char *name, const struct sql_parameter *parameters, size_t count)
{
    const char **known = xcalloc(count + 1, sizeof *known);
    struct buf hint;
    for (size_t i = 0; i < count; i++)
        known[i] = parameters[i].name;
    const char *near = name && *name ? nearest_known(name + 1, known, count) : NULL;
    buf_init(&hint);
    if (near)
        buf_printf(&hint, "did you mean ':%s'?", near);
    else
        buf_printf(&hint, "%s%s", count ? "write :" : "none is given", count ? parameters[0].name : "");
    free(known);
    return hint;
}

static bool bind_parameters(const struct query *q, sqlite3_stmt *statement,
                            const struct sql_parameter *parameters, size_t count)
{
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++) {
        const char *name = sqlite3_bind_parameter_name(statement, i);
        size_t k = 0;
        while (name && name[0] == ':' && k < count && strcmp(parameters[k].name, name + 1) != 0)
            k++;
        if (name && name[0] == ':' && k < count) {
            bind(q, statement, i, parameters[k].value);
            continue;
        }
        const char *found = name ? strstr(q->sql, name) : strchr(q->sql, '?');
        struct buf hint = hint_of_parameter(name, parameters, count);
        diag_add(q->diags, DIAG_SQL_PARAMETER, place_of(q, found ? (size_t)(found - q->sql) : 0),
                 "there is no parameter '%s'; %s", name ? name : "?", hint.data);
        buf_drop(&hint);
        return false;
    }
    return true;
}

/* A column that is selected as it is keeps its titles. */
static const struct table_column *column_origin(const struct database *database, sqlite3_stmt *statement,
                                                int i)
{
    const char *table_is = sqlite3_column_table_name(statement, i);
    const char *column_is = sqlite3_column_origin_name(statement, i);
    const struct sql_source *source = table_is && column_is ? sql_find_table(database, table_is) : NULL;
    size_t column = source ? relation_find(source->relation, column_is) : SIZE_MAX;
    return column == SIZE_MAX ? NULL : relation_column(source->relation, column);
}

static bool add_columns(const struct query *q, sqlite3_stmt *statement, struct table *table)
{
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        const char *name = sqlite3_column_name(statement, i);
        const struct table_column *origin = column_origin(q->database, statement, i);
        if (table_find(table, name) != SIZE_MAX) {
            diag_add(q->diags, DIAG_SQL_COLUMN, q->at, "two columns are named '%s'; name one with AS", name);
            return false;
        }
        table_add_column(table, name, VALUE_NULL, origin ? origin->title : NULL);
    }
    return true;
}

/* Into the table's last row. What the row above says too is kept once: results are often in order. */
static bool read_text(sqlite3_stmt *statement, int i, struct table *table, struct value *out)
{
    const char *text = (const char *)sqlite3_column_text(statement, i);
    size_t length = (size_t)sqlite3_column_bytes(statement, i);
    if (!text || utf8_check(text, length) != length)
        return false;
    for (const char *p = text; p < text + length;)
        if (utf8_is_refused(utf8_next(&p)))
            return false;
    size_t row = table_rows(table) - 1;
    const char *kept = row > 0 ? table_value(table, row - 1, (size_t)i).text : NULL;
    if (!kept || strcmp(kept, text) != 0)
        kept = arena_string_n(table_arena(table), text, length);
    *out = (struct value){ .type = VALUE_TEXT, .text = kept };
    return true;
}

/* False when it is a value that nothing can print. */
static bool read_value(struct database *database, sqlite3_stmt *statement, int i, struct table *table,
                       struct value *out)
{
    const char *type = sqlite3_column_decltype(statement, i);
    *out = (struct value){ .type = VALUE_NULL };
    switch (sqlite3_column_type(statement, i)) {
    case SQLITE_NULL:
        return true;
    case SQLITE_INTEGER:
        out->type = type && strcmp(type, "BOOLEAN") == 0 ? VALUE_BOOLEAN : VALUE_INTEGER;
        return num_add(num_from_int(sqlite3_column_int64(statement, i)), num_from_int(0), &out->num); /* 18 digits */
    case SQLITE_FLOAT:
        out->type = VALUE_NUMBER;
        return sql_read_real(database, sqlite3_column_double(statement, i), &out->num);
    case SQLITE_TEXT:
        return read_text(statement, i, table, out);
    default:
        return false;
    }
}

static bool add_row(const struct query *q, sqlite3_stmt *statement, struct table *table)
{
    size_t row = table_rows(table);
    if (row == ROWS_MAX) {
        diag_add(q->diags, DIAG_SQL_LIMIT, q->at,
                 "the statement gives more than %d rows; group them, or add LIMIT", ROWS_MAX);
        return false;
    }
    table_add_row(table);
    if (q->database->trace) /* only rows are asked for: their values were read when the statement ran first */
        return true;
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        struct value value;
        if (!read_value(q->database, statement, i, table, &value)) {
            bool integer = sqlite3_column_type(statement, i) == SQLITE_INTEGER;
            diag_add(q->diags, DIAG_SQL_VALUE, q->at, "column '%s', row %zu: %s; mend the expression",
                     sqlite3_column_name(statement, i), row + 1,
                     integer ? "an integer of more than 18 digits" : "no text or number that can be printed");
            return false;
        }
        table_set(table, row, (size_t)i, value);
    }
    return true;
}

static bool run(const struct query *q, sqlite3_stmt *statement, struct table *table)
{
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (q->database->trace)
            sql_trace_row(q->database->trace, &q->database->shape);
        if (!add_row(q, statement, table))
            return false;
    }
    if (code != SQLITE_DONE) {
        add_error(q, code);
        return false;
    }
    if (q->database->clock.asked) {
        diag_add(q->diags, DIAG_SQL_REFUSED, q->at, "the statement asks the machine's clock; write :as_of");
        return false;
    }
    result_settle_types(table);
    return true;
}

struct table *database_query(struct database *database, const char *sql, struct place at, uint32_t indent,
                             const struct sql_parameter *parameters, size_t count, struct diags *diags)
{
    struct query q = { .database = database, .at = at, .indent = indent, .diags = diags, .arena = arena_new() };
    sqlite3_stmt *statement = NULL;
    struct table *table = NULL;
    const char *tail = "";

    q.sql = in_nfc(sql, q.arena);
    database->refused = NULL;
    database->clock.asked = false;
    database->tested = 0;
    sql_shape_of(sql, &database->shape);
    database->steps_left = (STEPS_BASE + (uint64_t)STEPS_PER_ROW * database->rows) / SQL_STEPS_EACH;
    /* SQLite has one such limit for the process. */
    sqlite3_hard_heap_limit64(sqlite3_memory_used() + MEMORY_MAX);
    int code = sqlite3_prepare_v2(database->db, q.sql, -1, &statement, &tail);
    if (code != SQLITE_OK) {
        add_error(&q, code);
    } else if (check_statement(&q, statement, tail) && bind_parameters(&q, statement, parameters, count)) {
        table = table_new();
        if (!add_columns(&q, statement, table) || !run(&q, statement, table)) {
            table_drop(table);
            table = NULL;
        }
    }
    sqlite3_finalize(statement);
    sqlite3_hard_heap_limit64(0);
    sqlite3_soft_heap_limit64(0); /* SQLite lowers it with the hard one, and leaves it there */
    arena_drop(q.arena);
    return table;
}

bool database_trace(struct database *database, const char *sql, struct place at, uint32_t indent,
                    const struct sql_parameter *parameters, size_t count, struct arena *arena,
                    struct sql_trace *out, struct diags *diags)
{
    struct sql_tracer *tracer = sql_tracer_new();
    struct table *result = NULL;
    if (sql_open_traced(database, tracer, diags))
        result = database_query(database->traced, sql, at, indent, parameters, count, diags);
    if (result)
        sql_trace_collect(tracer, &database->traced->shape, arena, out);
    bool fine = result;
    table_drop(result);
    sql_tracer_drop(tracer);
    return fine;
}
