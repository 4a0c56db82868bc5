/*
 * SQLite over checked tables: an in-memory database, filled once, then locked.
 *
 * Locked means: the authorizer lets a statement read and nothing else, SQLite's limits are low, each statement
 * has a budget of steps, memory and rows, and there is no clock (a VFS of its own without one) and no chance
 * (random() is refused), so that the same data give the same result.
 *
 * Exact numbers. SQLite has no decimals, only 64-bit integers and doubles. Doubles are used here as carriers
 * only: a decimal of at most 15 significant digits survives the way to its nearest double and back to 15 digits
 * unchanged (DBL_DIG), so
 *   - a field of type number may have 15 digits (field.c refuses more); integers have 18 and are INTEGER;
 *   - sum, total, avg and ratio turn each double back into the decimal that it carries, compute exactly, and
 *     fail when a result needs more than 15 digits, rather than round it in silence;
 *   - every REAL of a result is read at 15 digits, which mends what + and * of doubles do (0.1 + 0.2 is 0.3).
 */
#include "dataset/sql.h"

#include "base/arena.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "dataset/result.h"
#include "dataset/table_build.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <sqlite3.h>

enum {
    RATIO_DECIMALS = 9,
    CARRIED_DIGITS = 15,
    STEPS_EACH = 1000, /* SQLite's virtual machine reports after so many */
    STEPS_BASE = 20 * 1000 * 1000,
    STEPS_PER_ROW = 200,
    ROWS_MAX = 100 * 1000,
    TEXT_MAX = 1 << 20,
    STATEMENT_MAX = 64 * 1024,
};

static const sqlite3_int64 MEMORY_MAX = 256 << 20; /* beside the data */

/* SQLite's default VFS but for its clock. */
struct clockless {
    sqlite3_vfs vfs; /* first: SQLite hands out its address */
    char name[32];
    bool asked;
};

struct database {
    struct clockless clock;
    sqlite3 *db;
    const struct dataset *const *sets; /* copied array, sets not owned */
    size_t set_count, rows;
    uint64_t steps_left; /* in STEPS_EACH */
    bool loading;
    const char *refused; /* why the authorizer did not allow something; NULL when it did */
};

/* --- exact functions ------------------------------------------------------------------------------------ */

/* False, with an error set, when the value is no number. */
static bool get_num(sqlite3_context *context, sqlite3_value *value, struct num *out)
{
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        *out = num_from_int(sqlite3_value_int64(value));
        return true;
    case SQLITE_FLOAT:
        if (num_from_double(sqlite3_value_double(value), out))
            return true;
        sqlite3_result_error(context, "a number is too large; at most 18 digits before the point", -1);
        return false;
    default:
        sqlite3_result_error(context, "a number is needed, this is a text", -1);
        return false;
    }
}

static bool is_carried(struct num n)
{
    while (n.scale && n.coefficient % 10 == 0) {
        n.coefficient /= 10;
        n.scale--;
    }
    return llabs(n.coefficient) < 1000000000000000; /* 15 digits */
}

/* The quotient at as many decimals, up to 9, as a double carries. */
static void set_quotient(sqlite3_context *context, struct num a, struct num b)
{
    struct num quotient;
    for (int decimals = RATIO_DECIMALS; decimals >= 0; decimals--)
        if (num_ratio(a, b, (uint8_t)decimals, &quotient) && is_carried(quotient)) {
            sqlite3_result_double(context, num_to_double(quotient));
            return;
        }
    sqlite3_result_error(context, "a quotient has more than 15 digits before the point", -1);
}

static void function_ratio(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct num a, b;
    (void)count;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL || sqlite3_value_type(values[1]) == SQLITE_NULL)
        return; /* null, as SQL's own operators */
    if (!get_num(context, values[0], &a) || !get_num(context, values[1], &b))
        return;
    if (b.coefficient != 0)
        set_quotient(context, a, b);
}

/* Zeroed by SQLite. */
struct sum {
    struct num total;
    int64_t count, reals;
    bool too_large;
};

static void sum_change(sqlite3_context *context, sqlite3_value *value, bool add)
{
    struct sum *sum = sqlite3_aggregate_context(context, sizeof *sum);
    struct num num;
    if (!sum) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (sqlite3_value_type(value) == SQLITE_NULL || !get_num(context, value, &num))
        return;
    int64_t one = add ? 1 : -1;
    bool fits = add ? num_add(sum->total, num, &sum->total) : num_subtract(sum->total, num, &sum->total);
    sum->too_large |= !fits;
    sum->count += one;
    sum->reals += sqlite3_value_type(value) == SQLITE_FLOAT ? one : 0;
}

static void sum_step(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    sum_change(context, values[0], true);
}

static void sum_inverse(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    sum_change(context, values[0], false);
}

static void set_sum(sqlite3_context *context, const struct sum *sum, bool real)
{
    if (sum->too_large || (real && !is_carried(sum->total)))
        sqlite3_result_error(context, "a sum has too many digits to be exact: 15, of integers 18", -1);
    else if (real)
        sqlite3_result_double(context, num_to_double(sum->total));
    else
        sqlite3_result_int64(context, sum->total.coefficient);
}

static void sum_value(sqlite3_context *context)
{
    const struct sum *sum = sqlite3_aggregate_context(context, 0);
    if (sum && sum->count)
        set_sum(context, sum, sum->reals > 0);
}

static void total_value(sqlite3_context *context)
{
    const struct sum *sum = sqlite3_aggregate_context(context, 0), none = { .count = 0 };
    set_sum(context, sum ? sum : &none, true);
}

static void avg_value(sqlite3_context *context)
{
    const struct sum *sum = sqlite3_aggregate_context(context, 0);
    if (!sum || !sum->count)
        return;
    if (sum->too_large)
        set_sum(context, sum, true); /* its error */
    else
        set_quotient(context, sum->total, num_from_int(sum->count));
}

static bool add_functions(sqlite3 *db)
{
    static const struct {
        const char *name;
        void (*value)(sqlite3_context *);
    } sums[] = { { "sum", sum_value }, { "total", total_value }, { "avg", avg_value } };
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        if (sqlite3_create_window_function(db, sums[i].name, 1, flags, NULL, sum_step, sums[i].value,
                                           sums[i].value, sum_inverse, NULL) != SQLITE_OK)
            return false;
    return sqlite3_create_function(db, "ratio", 2, flags, NULL, function_ratio, NULL, NULL) == SQLITE_OK;
}

/* --- the lock ------------------------------------------------------------------------------------------- */

static int no_clock(sqlite3_vfs *vfs, sqlite3_int64 *now)
{
    ((struct clockless *)vfs)->asked = true;
    *now = 0;
    return SQLITE_ERROR;
}

static int no_clock_real(sqlite3_vfs *vfs, double *now)
{
    ((struct clockless *)vfs)->asked = true;
    *now = 0;
    return SQLITE_ERROR;
}

static bool add_clockless(struct clockless *clock)
{
    const sqlite3_vfs *usual = sqlite3_vfs_find(NULL);
    if (!usual)
        return false;
    clock->vfs = *usual;
    sqlite3_snprintf(sizeof clock->name, clock->name, "clockless-%p", (void *)clock);
    clock->vfs.zName = clock->name;
    clock->vfs.pNext = NULL;
    clock->vfs.xCurrentTime = no_clock_real;
    clock->vfs.xCurrentTimeInt64 = no_clock;
    return sqlite3_vfs_register(&clock->vfs, 0) == SQLITE_OK;
}

/* Why a function is not run, or NULL. The clock behind date('now') is no_clock's. */
static const char *refused_function(const char *name)
{
    static const struct {
        const char *name, *why;
    } refused[] = {
        { "random", "random() gives another result each time; take it out" },
        { "randomblob", "randomblob() gives another result each time; take it out" },
        { "current_date", "current_date asks the machine's clock; write :as_of" },
        { "current_time", "current_time asks the machine's clock; write :as_of" },
        { "current_timestamp", "current_timestamp asks the machine's clock; write :as_of" },
        { "load_extension", "load_extension() is not allowed; take it out" },
        { "fts3_tokenizer", "fts3_tokenizer() is not allowed; take it out" },
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (strcasecmp(name, refused[i].name) == 0)
            return refused[i].why;
    return NULL;
}

static const char only_select[] = "only SELECT is run, and this is another statement; write one SELECT";

static int authorize(void *context, int action, const char *a, const char *b, const char *c, const char *d)
{
    struct database *database = context;
    (void)a;
    (void)c;
    (void)d;
    if (database->loading || action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_RECURSIVE)
        return SQLITE_OK;
    const char *why = action == SQLITE_FUNCTION ? refused_function(b) : only_select;
    if (!why)
        return SQLITE_OK;
    database->refused = why;
    return SQLITE_DENY;
}

static int count_steps(void *context)
{
    struct database *database = context;
    if (database->loading)
        return 0;
    if (database->steps_left == 0)
        return 1;
    database->steps_left--;
    return 0;
}

static void set_limits(struct database *database)
{
    static const struct {
        int limit, value;
    } limits[] = {
        { SQLITE_LIMIT_LENGTH, TEXT_MAX },         { SQLITE_LIMIT_SQL_LENGTH, STATEMENT_MAX },
        { SQLITE_LIMIT_EXPR_DEPTH, 200 },          { SQLITE_LIMIT_COMPOUND_SELECT, 100 },
        { SQLITE_LIMIT_ATTACHED, 0 },              { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
        { SQLITE_LIMIT_VARIABLE_NUMBER, 100 },     { SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
        { SQLITE_LIMIT_WORKER_THREADS, 0 },
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(database->db, limits[i].limit, limits[i].value);
    sqlite3_db_config(database->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(database->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(database->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL); /* "x" is a column, never a text */
    sqlite3_db_config(database->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    /* SQLite has one such limit for the process; a process has one database at a time. */
    sqlite3_hard_heap_limit64(sqlite3_memory_used() + MEMORY_MAX);
    database->loading = false;
}

/* --- filling -------------------------------------------------------------------------------------------- */

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

static int bind(sqlite3_stmt *statement, int index, struct value value)
{
    switch (value.type) {
    case VALUE_TEXT:
    case VALUE_DATE:
        return sqlite3_bind_text(statement, index, value.text, -1, SQLITE_STATIC);
    case VALUE_INTEGER:
    case VALUE_BOOLEAN:
        return sqlite3_bind_int64(statement, index, value.num.coefficient);
    case VALUE_NUMBER:
        return sqlite3_bind_double(statement, index, num_to_double(value.num));
    default:
        return sqlite3_bind_null(statement, index);
    }
}

static bool create_table(sqlite3 *db, const struct table *table)
{
    sqlite3_str *sql = sqlite3_str_new(db);
    sqlite3_str_appendf(sql, "CREATE TABLE \"%w\" (", table_name(table));
    for (size_t i = 0; i < table_columns(table); i++) {
        const struct table_column *column = table_column(table, i);
        sqlite3_str_appendf(sql, "%s\"%w\" %s", i ? ", " : "", column->name, declared(column->type));
    }
    sqlite3_str_appendall(sql, ")");
    char *text = sqlite3_str_finish(sql);
    bool fine = text && sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_free(text);
    return fine;
}

static sqlite3_stmt *prepare_insert(sqlite3 *db, const struct table *table)
{
    sqlite3_stmt *insert = NULL;
    sqlite3_str *sql = sqlite3_str_new(db);
    sqlite3_str_appendf(sql, "INSERT INTO \"%w\" VALUES (", table_name(table));
    for (size_t i = 0; i < table_columns(table); i++)
        sqlite3_str_appendall(sql, i ? ", ?" : "?");
    sqlite3_str_appendall(sql, ")");
    char *text = sqlite3_str_finish(sql);
    if (text)
        sqlite3_prepare_v2(db, text, -1, &insert, NULL);
    sqlite3_free(text);
    return insert;
}

static bool fill_table(sqlite3 *db, const struct table *table)
{
    if (!create_table(db, table))
        return false;
    sqlite3_stmt *insert = prepare_insert(db, table);
    bool fine = insert;
    for (size_t row = 0; fine && row < table_rows(table); row++) {
        for (size_t i = 0; fine && i < table_columns(table); i++)
            fine = bind(insert, (int)i + 1, table_value(table, row, i)) == SQLITE_OK;
        fine = fine && sqlite3_step(insert) == SQLITE_DONE && sqlite3_reset(insert) == SQLITE_OK;
    }
    sqlite3_finalize(insert);
    return fine;
}

static const struct table *find_table(const struct database *database, const char *name, size_t *set_index)
{
    for (size_t i = 0; i < database->set_count; i++)
        for (size_t k = 0; k < dataset_tables(database->sets[i]); k++) {
            const struct table *table = dataset_table(database->sets[i], k);
            *set_index = i;
            if (strcmp(table_name(table), name) == 0)
                return table;
        }
    return NULL;
}

static bool check_table_names(const struct database *database, struct diags *diags)
{
    bool fine = true;
    size_t first;
    for (size_t i = 0; i < database->set_count; i++)
        for (size_t k = 0; k < dataset_tables(database->sets[i]); k++) {
            const struct table *table = dataset_table(database->sets[i], k);
            if (find_table(database, table_name(table), &first) == table)
                continue;
            diag_add(diags, DIAG_TABLE_DUPLICATE, (struct place){ .file = table_file(table) },
                     "the datasets '%s' and '%s' both have a table '%s'; rename one of them",
                     dataset_name(database->sets[first]), dataset_name(database->sets[i]), table_name(table));
            fine = false;
        }
    return fine;
}

static bool fill(struct database *database, struct diags *diags)
{
    sqlite3 *db = database->db;
    bool fine = sqlite3_exec(db, "PRAGMA temp_store = MEMORY; BEGIN", NULL, NULL, NULL) == SQLITE_OK;
    for (size_t i = 0; fine && i < database->set_count; i++)
        for (size_t k = 0; fine && k < dataset_tables(database->sets[i]); k++) {
            const struct table *table = dataset_table(database->sets[i], k);
            fine = fill_table(db, table);
            database->rows += table_rows(table);
        }
    fine = fine && sqlite3_exec(db, "COMMIT; PRAGMA query_only = 1", NULL, NULL, NULL) == SQLITE_OK;
    if (!fine)
        diag_add(diags, DIAG_FILE_READ, (struct place){ 0 }, "the tables cannot be loaded: %s",
                 sqlite3_errmsg(db));
    return fine;
}

static bool open_database(struct database *database, struct diags *diags)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
    if (add_clockless(&database->clock)
        && sqlite3_open_v2(":memory:", &database->db, flags, database->clock.name) == SQLITE_OK
        && add_functions(database->db)) {
        sqlite3_set_authorizer(database->db, authorize, database);
        sqlite3_progress_handler(database->db, STEPS_EACH, count_steps, database);
        return true;
    }
    diag_add(diags, DIAG_FILE_READ, (struct place){ 0 }, "SQLite cannot start: out of memory");
    return false;
}

struct database *database_new(const struct dataset *const *sets, size_t count, struct diags *diags)
{
    struct database *database = xcalloc(1, sizeof *database);
    const struct dataset **copy = xcalloc(count, sizeof *copy);

    for (size_t i = 0; i < count; i++)
        copy[i] = sets[i];
    database->sets = copy;
    database->set_count = count;
    database->loading = true;
    if (check_table_names(database, diags) && open_database(database, diags) && fill(database, diags)) {
        set_limits(database);
        return database;
    }
    database_drop(database);
    return NULL;
}

void database_drop(struct database *database)
{
    if (!database)
        return;
    sqlite3_close(database->db);
    if (database->clock.vfs.zName)
        sqlite3_vfs_unregister(&database->clock.vfs);
    sqlite3_hard_heap_limit64(0);
    sqlite3_soft_heap_limit64(0); /* SQLite lowers it with the hard one, and leaves it there */
    free((void *)database->sets);
    free(database);
}

/* --- asking --------------------------------------------------------------------------------------------- */

struct query {
    struct database *database;
    const char *sql;
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

    for (size_t i = 0; i < database->set_count; i++)
        for (size_t k = 0; k < dataset_tables(database->sets[i]); k++) {
            const struct table *one = dataset_table(database->sets[i], k);
            for (size_t c = 0; c < (table ? 1 : table_columns(one)); c++) {
                known = arena_grow(arena, known, count, sizeof *known);
                known[count++] = table ? table_name(one) : table_column(one, c)->name;
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
    const char *near = name ? nearest_name(database, message, name) : NULL;
    const char *found = name && offset < 0 ? strstr(q->sql, name) : NULL;
    if (found) /* SQLite tells no place of a table */
        at = place_of(q, (size_t)(found - q->sql));
    if (near && strcmp(near, name) == 0)
        diag_add(q->diags, DIAG_SQL_ERROR, at, "%s; no table of this SELECT has it, name the one that does",
                 message);
    else if (near)
        diag_add(q->diags, DIAG_SQL_ERROR, at, "%s; did you mean '%s'?", message, near);
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
        diag_add(q->diags, DIAG_SQL_REFUSED, q->at, "%s", only_select);
        return false;
    }
    return check_tail(q, tail);
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
            bind(statement, i, parameters[k].value);
            continue;
        }
        const char *found = name ? strstr(q->sql, name) : strchr(q->sql, '?');
        diag_add(q->diags, DIAG_SQL_PARAMETER, place_of(q, found ? (size_t)(found - q->sql) : 0),
                 "there is no parameter '%s'; %s%s", name ? name : "?",
                 count ? "write :" : "none can be given here", count ? parameters[0].name : "");
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
    size_t set;
    const struct table *table = table_is && column_is ? find_table(database, table_is, &set) : NULL;
    size_t column = table ? table_find(table, column_is) : SIZE_MAX;
    return column == SIZE_MAX ? NULL : table_column(table, column);
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

static bool read_text(sqlite3_stmt *statement, int i, struct arena *arena, struct value *out)
{
    const char *text = (const char *)sqlite3_column_text(statement, i);
    size_t length = (size_t)sqlite3_column_bytes(statement, i);
    if (!text || utf8_check(text, length) != length)
        return false;
    for (const char *p = text; p < text + length;)
        if (utf8_is_refused(utf8_next(&p)))
            return false;
    *out = (struct value){ .type = VALUE_TEXT, .text = arena_string_n(arena, text, length) };
    return true;
}

/* False when it is a value that nothing can print. */
static bool read_value(sqlite3_stmt *statement, int i, struct arena *arena, struct value *out)
{
    const char *type = sqlite3_column_decltype(statement, i);
    *out = (struct value){ .type = VALUE_NULL };
    switch (sqlite3_column_type(statement, i)) {
    case SQLITE_NULL:
        return true;
    case SQLITE_INTEGER:
        out->type = type && strcmp(type, "BOOLEAN") == 0 ? VALUE_BOOLEAN : VALUE_INTEGER;
        out->num = num_from_int(sqlite3_column_int64(statement, i));
        return true;
    case SQLITE_FLOAT:
        out->type = VALUE_NUMBER;
        return num_from_double(sqlite3_column_double(statement, i), &out->num);
    case SQLITE_TEXT:
        return read_text(statement, i, arena, out);
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
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        struct value value;
        if (!read_value(statement, i, table_arena(table), &value)) {
            diag_add(q->diags, DIAG_SQL_VALUE, q->at,
                     "column '%s', row %zu: no text or number that can be printed; mend the expression",
                     sqlite3_column_name(statement, i), row + 1);
            return false;
        }
        table_set(table, row, (size_t)i, value, q->at.line, q->at.col);
    }
    return true;
}

static bool run(const struct query *q, sqlite3_stmt *statement, struct table *table)
{
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        if (!add_row(q, statement, table))
            return false;
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
    struct query q = { .database = database, .sql = sql, .at = at, .indent = indent, .diags = diags };
    sqlite3_stmt *statement = NULL;
    struct table *table = NULL;
    const char *tail = "";

    database->refused = NULL;
    database->clock.asked = false;
    database->steps_left = (STEPS_BASE + (uint64_t)STEPS_PER_ROW * database->rows) / STEPS_EACH;
    int code = sqlite3_prepare_v2(database->db, sql, -1, &statement, &tail);
    if (code != SQLITE_OK) {
        add_error(&q, code);
    } else if (check_statement(&q, statement, tail) && bind_parameters(&q, statement, parameters, count)) {
        table = table_new("query", at.file);
        if (!add_columns(&q, statement, table) || !run(&q, statement, table)) {
            table_drop(table);
            table = NULL;
        }
    }
    sqlite3_finalize(statement);
    return table;
}
