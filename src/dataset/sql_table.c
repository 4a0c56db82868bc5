/*
 * Checked data as SQLite's virtual tables: nothing is copied. A table answers comparisons of its columns with values
 * by itself, once for each text that a column holds instead of once for each row, and gives rows in the order that
 * GROUP BY or ORDER BY wants, by counting (order.c), where SQLite would sort them.
 *
 * SQLite tests again whatever was not certainly tested here: a text against a number, say, where its rules of
 * affinity decide.
 */
#include "dataset/sql_inside.h"

#include "base/arena.h"
#include "dataset/relation_inside.h"
#include "dataset/sql_filter.h"

#include <stdlib.h>
#include <string.h>

/* The bits of idxNum; idxStr has the terms, see sql_filter.h. */
enum { PLAN_ORDERED = 1 };

/* Rows that are tested or ordered here in the time of one step of SQLite's machine. */
enum { ROWS_A_STEP = 16 };

struct data_table {
    sqlite3_vtab base; /* first: SQLite hands out its address */
    struct database *database;
    const struct relation *relation;
    struct sql_index *indexes; /* one a column */
};

/* --- connecting ----------------------------------------------------------------------------------------- */

/* Declared types choose SQLite's affinity and tell, in a result, what a column is. */
static const char *declared(enum value_type type)
{
    switch (type) {
    case VALUE_INTEGER:
        return "INTEGER";
    case VALUE_NUMBER:
        return "REAL";
    case VALUE_BOOLEAN:
        return "BOOLEAN";
    case VALUE_DATE:
        return "DATE TEXT"; /* of affinity TEXT, where DATE alone would compare '2024' as a number */
    default:
        return "TEXT";
    }
}

static int declare(sqlite3 *db, const struct relation *relation)
{
    sqlite3_str *sql = sqlite3_str_new(db);
    sqlite3_str_appendall(sql, "CREATE TABLE x (");
    for (size_t i = 0; i < relation->column_count; i++)
        sqlite3_str_appendf(sql, "%s\"%w\" %s%s", i ? ", " : "", relation->columns[i].info.name,
                            declared(relation->columns[i].info.type),
                            relation->columns[i].hidden ? " HIDDEN" : "");
    sqlite3_str_appendall(sql, ")");
    char *text = sqlite3_str_finish(sql);
    int code = text ? sqlite3_declare_vtab(db, text) : SQLITE_NOMEM;
    sqlite3_free(text);
    return code;
}

static int on_connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out, char **error)
{
    struct sql_source *source = aux;
    (void)argc;
    (void)argv;
    (void)error;
    source->asked = true;
    source->database->loading = true; /* the authorizer sees a CREATE TABLE here */
    int code = declare(db, source->relation);
    source->database->loading = false;
    if (code != SQLITE_OK)
        return code;
    struct data_table *table = xcalloc(1, sizeof *table);
    table->database = source->database;
    table->relation = source->relation;
    table->indexes = xcalloc(source->relation->column_count, sizeof *table->indexes);
    *out = &table->base;
    return SQLITE_OK;
}

static int on_disconnect(sqlite3_vtab *base)
{
    struct data_table *table = (struct data_table *)base;
    for (size_t i = 0; i < table->relation->column_count; i++)
        sql_index_drop(&table->indexes[i]);
    free(table->indexes);
    free(table);
    return SQLITE_OK;
}

/* --- planning ------------------------------------------------------------------------------------------- */

static double distinct_values(const struct relation *relation, int column)
{
    const struct column *data = &relation->columns[column].data;
    double range = data->least > data->most ? 1 : (double)data->most - (double)data->least + 1;
    double count = data->texts ? (double)dictionary_count(data->texts) : range;
    count = count > (double)relation->rows ? (double)relation->rows : count;
    return count > 1 ? count : 1;
}

/* The part of the rows that a term lets through, guessed. */
static double share_of(const struct relation *relation, int column, enum filter_op op, bool in)
{
    double distinct = distinct_values(relation, column);
    switch (op) {
    case FILTER_EQ:
        return in && distinct > 4 ? 4 / distinct : in ? 1 : 1 / distinct;
    case FILTER_NULL:
        return 0.1;
    default:
        return 0.33;
    }
}

static bool plan_order(const struct relation *relation, const sqlite3_index_info *info, sqlite3_str *plan)
{
    if (info->nOrderBy > FILTER_TERMS)
        return false;
    for (int i = 0; i < info->nOrderBy; i++)
        if (info->aOrderBy[i].iColumn < 0 || !relation_can_order(relation, (size_t)info->aOrderBy[i].iColumn))
            return false;
    for (int i = 0; i < info->nOrderBy; i++)
        sqlite3_str_appendf(plan, "o%d,%d;", info->aOrderBy[i].iColumn, info->aOrderBy[i].desc);
    return info->nOrderBy > 0;
}

/* Whether the filter itself, and not SQLite behind it, decides: when it knows the value's type beforehand. */
static bool is_certain(const struct relation *relation, int column, sqlite3_index_info *info, int i)
{
    sqlite3_value *value = NULL;
    int op = info->aConstraint[i].op;
    if (op == SQLITE_INDEX_CONSTRAINT_ISNULL)
        return true;
    return sqlite3_vtab_rhs_value(info, i, &value) == SQLITE_OK && value
        && filter_suits(&relation->columns[column].data, value);
}

static int on_best_index(sqlite3_vtab *base, sqlite3_index_info *info)
{
    const struct data_table *table = (const struct data_table *)base;
    const struct relation *relation = table->relation;
    sqlite3_str *plan = sqlite3_str_new(NULL);
    double rows = (double)relation->rows, left = rows;
    bool lookup = false;
    int terms = 0;

    for (int i = 0; i < info->nConstraint && terms < FILTER_TERMS; i++) {
        enum filter_op op;
        int column = info->aConstraint[i].iColumn;
        if (!info->aConstraint[i].usable || column < 0 || !filter_op_from(info->aConstraint[i].op, &op)
            || sqlite3_stricmp(sqlite3_vtab_collation(info, i), "BINARY") != 0)
            continue;
        /* SQLite 3.40 would compare each of (a, b) IN (...) by itself, and by the rules of another type. */
        if (op == FILTER_EQ && table->database->shape.rows_in)
            continue;
        bool in = op == FILTER_EQ && sqlite3_vtab_in(info, i, -1) && sqlite3_vtab_in(info, i, 1);
        info->aConstraintUsage[i].argvIndex = ++terms;
        info->aConstraintUsage[i].omit = !in && is_certain(relation, column, info, i);
        sqlite3_str_appendf(plan, "f%d,%d,%d;", column, op, in);
        left *= share_of(relation, column, op, in);
        lookup |= op == FILTER_EQ && !in;
    }
    info->orderByConsumed = plan_order(relation, info, plan);
    info->idxNum = info->orderByConsumed ? PLAN_ORDERED : 0;
    info->estimatedRows = (sqlite3_int64)left + 1;
    info->estimatedCost = 10 + (lookup ? rows / 100 : rows / 10) + left;
    if (sqlite3_str_length(plan) > 0) {
        info->idxStr = sqlite3_str_finish(plan);
        info->needToFreeIdxStr = 1;
        return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
    }
    sqlite3_free(sqlite3_str_finish(plan));
    return SQLITE_OK;
}

/* --- walking -------------------------------------------------------------------------------------------- */

static int on_open(sqlite3_vtab *base, sqlite3_vtab_cursor **out)
{
    struct data_table *table = (struct data_table *)base;
    struct sql_cursor *cursor = xcalloc(1, sizeof *cursor);
    cursor->relation = table->relation;
    cursor->trace = table->database->trace;
    if (cursor->trace)
        sql_trace_open(cursor->trace, cursor);
    *out = &cursor->base;
    return SQLITE_OK;
}

static int on_close(sqlite3_vtab_cursor *base)
{
    struct sql_cursor *cursor = (struct sql_cursor *)base;
    if (cursor->trace)
        sql_trace_close(cursor->trace, cursor);
    free(cursor->list);
    free(cursor);
    return SQLITE_OK;
}

static inline void settle(struct sql_cursor *cursor)
{
    if (cursor->at < cursor->end) {
        cursor->row = cursor->list ? cursor->list[cursor->at] : cursor->at;
        if (cursor->trace)
            sql_trace_read(cursor->trace, cursor);
    }
}

/* The plan's terms with their values, then its order. */
static void read_plan(struct filter *filter, struct relation_key keys[FILTER_TERMS], size_t *key_count,
                      const char *plan, sqlite3_value **values)
{
    *key_count = 0;
    for (const char *p = plan ? plan : ""; *p;) {
        char *next;
        char kind = *p++;
        long a = strtol(p, &next, 10), b = strtol(next + 1, &next, 10), c = 0;
        if (kind == 'f')
            c = strtol(next + 1, &next, 10);
        p = next + 1;
        if (kind == 'f')
            filter_add(filter, (size_t)a, (enum filter_op)b, c, *values++);
        else
            keys[(*key_count)++] = (struct relation_key){ .column = (size_t)a, .descending = b };
    }
}

/* SQLite counts no steps in here. False when there are none left. */
static bool spend(struct database *database, size_t rows)
{
    const uint64_t each = (uint64_t)SQL_STEPS_EACH * ROWS_A_STEP;
    database->tested += rows;
    uint64_t steps = database->tested / each;
    database->tested %= each;
    if (steps > database->steps_left)
        return false;
    database->steps_left -= steps;
    return true;
}

static int on_filter(sqlite3_vtab_cursor *base, int plan_bits, const char *plan, int argc, sqlite3_value **argv)
{
    struct sql_cursor *cursor = (struct sql_cursor *)base;
    struct data_table *table = (struct data_table *)base->pVtab;
    struct relation_key keys[FILTER_TERMS];
    struct filter filter;
    size_t key_count;
    (void)argc;

    free(cursor->list);
    cursor->list = NULL;
    cursor->at = 0;
    cursor->end = table->relation->rows;
    filter_init(&filter, table->relation, table->indexes);
    read_plan(&filter, keys, &key_count, plan, argv);
    if (filter.count || filter.never || plan_bits & PLAN_ORDERED)
        cursor->list = filter_rows(&filter, &cursor->end);
    if (plan_bits & PLAN_ORDERED)
        relation_order(table->relation, keys, key_count, cursor->list, cursor->end);
    filter_drop(&filter);
    settle(cursor);
    return spend(table->database, filter.tested + key_count * cursor->end) ? SQLITE_OK : SQLITE_INTERRUPT;
}

static int on_next(sqlite3_vtab_cursor *base)
{
    struct sql_cursor *cursor = (struct sql_cursor *)base;
    cursor->at++;
    settle(cursor);
    return SQLITE_OK;
}

static int on_eof(sqlite3_vtab_cursor *base)
{
    const struct sql_cursor *cursor = (const struct sql_cursor *)base;
    return cursor->at >= cursor->end;
}

static void give_number(sqlite3_context *context, const struct column *column, size_t row)
{
    struct value value = column_value(column, row);
    if (value.type == VALUE_NULL)
        sqlite3_result_null(context);
    else
        sqlite3_result_double(context, num_to_double(value.num));
}

static int on_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int index)
{
    const struct sql_cursor *cursor = (const struct sql_cursor *)base;
    const struct column *column = &cursor->relation->columns[index].data;
    if (column->type == VALUE_NUMBER) {
        give_number(context, column, cursor->row);
        return SQLITE_OK;
    }
    int64_t value = column_get(column, cursor->row);
    if (value == COLUMN_NULL)
        sqlite3_result_null(context);
    else if (column->texts)
        sqlite3_result_text(context, dictionary_text(column->texts, (size_t)value),
                            (int)dictionary_length(column->texts, (size_t)value), SQLITE_STATIC);
    else
        sqlite3_result_int64(context, value);
    return SQLITE_OK;
}

static int on_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
    *out = (sqlite3_int64)((const struct sql_cursor *)base)->row + 1;
    return SQLITE_OK;
}

bool sql_add_table(sqlite3 *db, struct sql_source *source)
{
    /* Without xCreate the module's name is the table's. */
    static const sqlite3_module module = {
        .iVersion = 1,           .xConnect = on_connect, .xBestIndex = on_best_index,
        .xDisconnect = on_disconnect, .xOpen = on_open,  .xClose = on_close,
        .xFilter = on_filter,    .xNext = on_next,       .xEof = on_eof,
        .xColumn = on_column,    .xRowid = on_rowid,
    };
    return sqlite3_create_module_v2(db, relation_name(source->relation), &module, source, NULL) == SQLITE_OK;
}
