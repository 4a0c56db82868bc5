/*
 * SQLite over checked tables: an in-memory database, filled once, then locked.
 *
 * Locked means: the authorizer lets a statement read and nothing else, SQLite's limits are low, each statement
 * has a budget of steps, memory and rows, and there is no clock (a VFS of its own without one) and no chance
 * (random() is refused), so that the same data give the same result.
 */
#include "dataset/sql_inside.h"

#include "base/arena.h"
#include "dataset/table_build.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TEXT_MAX = 1 << 20, STATEMENT_MAX = 64 * 1024 };

static const sqlite3_int64 MEMORY_MAX = 256 << 20; /* beside the data */

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

const char sql_only_select[] = "only SELECT is run, and this is another statement; write one SELECT";

static int authorize(void *context, int action, const char *a, const char *b, const char *c, const char *d)
{
    struct database *database = context;
    (void)a;
    (void)c;
    (void)d;
    if (database->loading || action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_RECURSIVE)
        return SQLITE_OK;
    const char *why = action == SQLITE_FUNCTION ? refused_function(b) : sql_only_select;
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

int sql_bind(sqlite3_stmt *statement, int index, struct value value)
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
            fine = sql_bind(insert, (int)i + 1, table_value(table, row, i)) == SQLITE_OK;
        fine = fine && sqlite3_step(insert) == SQLITE_DONE && sqlite3_reset(insert) == SQLITE_OK;
    }
    sqlite3_finalize(insert);
    return fine;
}

const struct table *sql_find_table(const struct database *database, const char *name, size_t *set_index)
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
    size_t first = 0;
    for (size_t i = 0; i < database->set_count; i++)
        for (size_t k = 0; k < dataset_tables(database->sets[i]); k++) {
            const struct table *table = dataset_table(database->sets[i], k);
            if (sql_find_table(database, table_name(table), &first) == table)
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
        && sql_add_exact(database->db)) {
        sqlite3_set_authorizer(database->db, authorize, database);
        sqlite3_progress_handler(database->db, SQL_STEPS_EACH, count_steps, database);
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
