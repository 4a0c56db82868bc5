/*
 * SQLite over relations: an empty database in memory with our virtual tables, locked.
 *
 * Locked means: the authorizer lets a statement read and nothing else, SQLite's limits are low, each statement
 * has a budget of steps, memory and rows, and there is no clock (a VFS of its own without one), no time zone and no
 * chance (random() is refused), so that the same data give the same result.
 */
#include "dataset/sql_inside.h"

#include "base/arena.h"
#include "dataset/relation_inside.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TEXT_MAX = 1 << 20, STATEMENT_MAX = 64 * 1024 };

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
    database->loading = false;
}

/* --- opening ---------------------------------------------------------------------------------------------- */

bool database_asked(const struct database *database, const struct dataset *set)
{
    for (size_t i = 0; i < database->source_count; i++)
        if (database->sources[i].set == set && database->sources[i].asked)
            return true;
    return false;
}

const struct sql_source *sql_find_table(const struct database *database, const char *name)
{
    for (size_t i = 0; i < database->source_count; i++)
        if (strcasecmp(relation_name(database->sources[i].relation), name) == 0) /* as SQLite */
            return &database->sources[i];
    return NULL;
}

/* The most that a number of the relation has, if more than `most`. */
static uint8_t most_decimals(const struct relation *relation, uint8_t most)
{
    for (size_t i = 0; i < relation->column_count; i++) {
        const struct column *column = &relation->columns[i].data;
        if (column->type == VALUE_NUMBER && column->scale > most)
            most = column->scale;
    }
    return most;
}

/* One source for each relation. False when two have one name. */
static bool list_sources(struct database *database, struct diags *diags)
{
    bool fine = true;
    for (size_t i = 0; i < database->set_count; i++)
        for (size_t k = 0; k < dataset_relations(database->sets[i]); k++) {
            const struct relation *relation = dataset_relation(database->sets[i], k);
            const struct sql_source *other = sql_find_table(database, relation_name(relation));
            if (other) {
                diag_add(diags, DIAG_TABLE_DUPLICATE, (struct place){ .file = relation_file(relation, 0) },
                         "the datasets '%s' and '%s' both have a table '%s'; rename one of them",
                         dataset_name(other->set), dataset_name(database->sets[i]), relation_name(relation));
                fine = false;
            }
            database->sources =
                xrealloc(database->sources, database->source_count + 1, sizeof *database->sources);
            database->sources[database->source_count++] =
                (struct sql_source){ .database = database, .relation = relation, .set = database->sets[i] };
            database->rows += relation_rows(relation);
            database->decimals = most_decimals(relation, database->decimals);
        }
    return fine;
}

static bool add_tables(struct database *database)
{
    /* The tables that open a list are connected here: later the lock would see a CREATE TABLE. */
    bool fine = sqlite3_exec(database->db, "PRAGMA temp_store = MEMORY; PRAGMA query_only = 1; "
                                           "SELECT 1 FROM json_each('[]'), json_tree('[]')",
                             NULL, NULL, NULL) == SQLITE_OK;
    for (size_t i = 0; fine && i < database->source_count; i++)
        fine = sql_add_table(database->db, &database->sources[i]);
    return fine;
}

static bool open_database(struct database *database, struct diags *diags)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
    if (add_clockless(&database->clock)
        && sqlite3_open_v2(":memory:", &database->db, flags, database->clock.name) == SQLITE_OK
        && sql_add_exact(database) && (!database->trace || sql_trace_functions(database))) {
        sqlite3_test_control(SQLITE_TESTCTRL_LOCALTIME_FAULT, 1); /* of the process: 'localtime' and 'utc' fail */
        sqlite3_set_authorizer(database->db, authorize, database);
        sqlite3_progress_handler(database->db, SQL_STEPS_EACH, count_steps, database);
        if (add_tables(database))
            return true;
    }
    diag_add(diags, DIAG_FILE_READ, (struct place){ 0 }, "SQLite cannot start: out of memory");
    return false;
}

static struct database *open_new(const struct dataset *const *sets, size_t count, struct sql_tracer *trace,
                                 struct diags *diags)
{
    struct database *database = xcalloc(1, sizeof *database);
    const struct dataset **copy = xcalloc(count, sizeof *copy);

    for (size_t i = 0; i < count; i++)
        copy[i] = sets[i];
    database->sets = copy;
    database->set_count = count;
    database->trace = trace;
    database->loading = true;
    database->largest = -1;
    if (list_sources(database, diags) && open_database(database, diags)) {
        set_limits(database);
        return database;
    }
    database_drop(database);
    return NULL;
}

struct database *database_new(const struct dataset *const *sets, size_t count, struct diags *diags)
{
    return open_new(sets, count, NULL, diags);
}

void database_drop(struct database *database)
{
    if (!database)
        return;
    sqlite3_close(database->db);
    if (database->clock.vfs.zName)
        sqlite3_vfs_unregister(&database->clock.vfs);
    database_drop(database->traced);
    free(database->sources);
    free((void *)database->sets);
    free(database);
}

bool sql_open_traced(struct database *database, struct sql_tracer *tracer, struct diags *diags)
{
    if (!database->traced)
        database->traced = open_new(database->sets, database->set_count, tracer, diags);
    if (database->traced)
        database->traced->trace = tracer;
    return database->traced;
}
