/*
 * Which rows stand behind a result. A connection of its own, whose count() and sums say when they take a row: the
 * rows on which the cursors stand at that moment are those that count. A statement without them is seen row by row of
 * its result. Where SQLite sorts before it counts no cursor stands anywhere any more; then, and for tables that only
 * a condition asks, all rows that were read are given, and the trace says that it is not exact.
 */
#include "dataset/sql_inside.h"

#include "base/arena.h"
#include "dataset/relation.h"

#include <stdlib.h>
#include <string.h>

struct marks {
    const struct relation *relation;
    bool *read, *used; /* one a row */
    bool any_used;
};

struct sql_tracer {
    struct marks *marks;
    size_t count;
    struct sql_cursor *open; /* a list */
    bool stepped, blind;
};

struct sql_tracer *sql_tracer_new(void)
{
    return xcalloc(1, sizeof(struct sql_tracer));
}

void sql_tracer_drop(struct sql_tracer *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->count; i++) {
        free(t->marks[i].read);
        free(t->marks[i].used);
    }
    free(t->marks);
    free(t);
}

static struct marks *marks_of(struct sql_tracer *t, const struct relation *relation)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->marks[i].relation == relation)
            return &t->marks[i];
    t->marks = xrealloc(t->marks, t->count + 1, sizeof *t->marks);
    t->marks[t->count] = (struct marks){ .relation = relation,
                                         .read = xcalloc(relation_rows(relation), sizeof(bool)),
                                         .used = xcalloc(relation_rows(relation), sizeof(bool)) };
    return &t->marks[t->count++];
}

void sql_trace_open(struct sql_tracer *t, struct sql_cursor *cursor)
{
    cursor->next = t->open;
    t->open = cursor;
}

void sql_trace_close(struct sql_tracer *t, struct sql_cursor *cursor)
{
    struct sql_cursor **link = &t->open;
    while (*link != cursor)
        link = &(*link)->next;
    *link = cursor->next;
}

void sql_trace_read(struct sql_tracer *t, const struct sql_cursor *cursor)
{
    marks_of(t, cursor->relation)->read[cursor->row] = true;
}

static void mark_standing(struct sql_tracer *t)
{
    bool any = false;
    for (const struct sql_cursor *c = t->open; c; c = c->next) {
        if (c->at >= c->end)
            continue;
        struct marks *marks = marks_of(t, c->relation);
        marks->used[c->row] = marks->any_used = any = true;
    }
    t->blind |= t->open && !any;
}

void sql_trace_step(struct sql_tracer *t)
{
    t->stepped = true;
    mark_standing(t);
}

void sql_trace_row(struct sql_tracer *t)
{
    if (!t->stepped)
        mark_standing(t);
}

static int compare_marks(const void *a, const void *b)
{
    return strcmp(relation_name(((const struct marks *)a)->relation),
                  relation_name(((const struct marks *)b)->relation));
}

void sql_trace_collect(struct sql_tracer *t, struct arena *arena, struct sql_trace *out)
{
    size_t room = 0;
    out->exact = true;
    out->count = 0;
    if (t->count)
        qsort(t->marks, t->count, sizeof *t->marks, compare_marks);
    for (size_t i = 0; i < t->count; i++) {
        if (t->blind || !t->marks[i].any_used) {
            memcpy(t->marks[i].used, t->marks[i].read, relation_rows(t->marks[i].relation));
            out->exact = false;
        }
        for (size_t row = 0; row < relation_rows(t->marks[i].relation); row++)
            room += t->marks[i].used[row];
    }
    out->rows = arena_array(arena, room, sizeof *out->rows);
    for (size_t i = 0; i < t->count; i++)
        for (size_t row = 0; row < relation_rows(t->marks[i].relation); row++)
            if (t->marks[i].used[row])
                out->rows[out->count++] = (struct sql_row){ t->marks[i].relation, row };
}

/* --- count() that says when it takes a row ----------------------------------------------------------------- */

static void count_change(sqlite3_context *context, int count, sqlite3_value **values, int by)
{
    int64_t *n = sqlite3_aggregate_context(context, sizeof *n);
    struct database *database = sqlite3_user_data(context);
    if (!n) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (by > 0)
        sql_trace_step(database->trace);
    if (count == 0 || sqlite3_value_type(values[0]) != SQLITE_NULL)
        *n += by;
}

static void count_step(sqlite3_context *context, int count, sqlite3_value **values)
{
    count_change(context, count, values, 1);
}

static void count_inverse(sqlite3_context *context, int count, sqlite3_value **values)
{
    count_change(context, count, values, -1);
}

static void count_value(sqlite3_context *context)
{
    const int64_t *n = sqlite3_aggregate_context(context, 0);
    sqlite3_result_int64(context, n ? *n : 0);
}

bool sql_trace_functions(struct database *database)
{
    for (int arguments = 0; arguments < 2; arguments++)
        if (sqlite3_create_window_function(database->db, "count", arguments, SQLITE_UTF8 | SQLITE_INNOCUOUS, database,
                                           count_step, count_value, count_value, count_inverse, NULL) != SQLITE_OK)
            return false;
    return true;
}
