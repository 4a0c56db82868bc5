/*
 * Which rows stand behind a result. A connection of its own, whose count() and sums say when they take a row: the rows
 * on which the cursors stand at that moment are those that count. A statement without them is seen row by row of its
 * result.
 *
 * That is exact only where nothing else decides: each cursor belongs to the SELECT whose aggregate steps, stands while
 * it does (behind a sort none stands any more), and no row of the result is dropped later. sql_shape.c tells from the
 * words where that cannot be known: a subquery beside tables, DISTINCT, HAVING, a compound, a window. Then all rows
 * that were read are given, which are never too few, and the trace says that it is not exact.
 */
#include "dataset/sql_inside.h"

#include "base/arena.h"
#include "dataset/relation.h"

#include <stdlib.h>
#include <string.h>

/* Of a row; SKIPPED: an aggregate was given null from it. */
enum { READ = 1, USED = 2, SKIPPED = 4 };

/* Of a relation's rows those from the first to the last that is marked; a report has hundreds of statements, each of
 * which marks a few of many. */
struct marks {
    const struct relation *relation;
    uint8_t *rows;
    size_t first, end;
};

struct sql_tracer {
    struct marks *marks;
    size_t count;
    struct sql_cursor *open; /* a list */
    bool stepped;
    bool lost; /* a cursor was read, and never stood when a row counted */
};

struct sql_tracer *sql_tracer_new(void)
{
    return xcalloc(1, sizeof(struct sql_tracer));
}

void sql_tracer_drop(struct sql_tracer *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->count; i++)
        free(t->marks[i].rows);
    free(t->marks);
    free(t);
}

static struct marks *marks_of(struct sql_tracer *t, const struct relation *relation)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->marks[i].relation == relation)
            return &t->marks[i];
    t->marks = xrealloc(t->marks, t->count + 1, sizeof *t->marks);
    t->marks[t->count] = (struct marks){ relation, xcalloc(relation_rows(relation), 1), SIZE_MAX, 0 };
    return &t->marks[t->count++];
}

static void mark(struct sql_tracer *t, const struct sql_cursor *cursor, uint8_t with)
{
    struct marks *marks = marks_of(t, cursor->relation);
    size_t row = cursor->row;
    marks->rows[row] |= with;
    marks->first = row < marks->first ? row : marks->first;
    marks->end = row >= marks->end ? row + 1 : marks->end;
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
    t->lost |= cursor->read && !cursor->used;
}

void sql_trace_read(struct sql_tracer *t, struct sql_cursor *cursor)
{
    mark(t, cursor, READ);
    cursor->read = true;
}

static void mark_standing(struct sql_tracer *t, uint8_t with)
{
    for (struct sql_cursor *c = t->open; c; c = c->next)
        if (c->at < c->end) {
            mark(t, c, with);
            c->used |= with == USED;
        }
}

void sql_trace_step(struct sql_tracer *t, bool null)
{
    t->stepped = true;
    mark_standing(t, null ? SKIPPED : USED);
}

void sql_trace_row(struct sql_tracer *t, const struct sql_shape *shape)
{
    if (!shape->grouped) /* there it stands on the next group's first */
        mark_standing(t, USED);
}

/* --- what it comes to ---------------------------------------------------------------------------------------- */

static int compare_marks(const void *a, const void *b)
{
    return strcmp(relation_name(((const struct marks *)a)->relation),
                  relation_name(((const struct marks *)b)->relation));
}

static size_t count_rows(const struct sql_tracer *t, uint8_t mask, uint8_t marks)
{
    size_t count = 0;
    for (size_t i = 0; i < t->count; i++)
        for (size_t row = t->marks[i].first; row < t->marks[i].end; row++)
            count += (t->marks[i].rows[row] & mask) == marks;
    return count;
}

static bool is_exact(const struct sql_tracer *t, const struct sql_shape *shape)
{
    if (!shape->simple || t->lost)
        return false;
    if (t->stepped ? shape->limited : shape->grouped) /* groups that are not in the result; of which rows are */
        return false;
    /* A row may be in the result with another value than that of which the aggregate took nothing. */
    return shape->pure || (!shape->filtered && count_rows(t, USED | SKIPPED, SKIPPED) == 0);
}

void sql_trace_collect(struct sql_tracer *t, const struct sql_shape *shape, struct arena *arena,
                       struct sql_trace *out)
{
    out->exact = is_exact(t, shape);
    uint8_t wanted = out->exact ? USED : READ;
    out->rows = arena_array(arena, count_rows(t, wanted, wanted), sizeof *out->rows);
    out->count = 0;
    if (t->count)
        qsort(t->marks, t->count, sizeof *t->marks, compare_marks);
    for (size_t i = 0; i < t->count; i++)
        for (size_t row = t->marks[i].first; row < t->marks[i].end; row++)
            if (t->marks[i].rows[row] & wanted)
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
    bool null = count && sqlite3_value_type(values[0]) == SQLITE_NULL;
    if (by > 0)
        sql_trace_step(database->trace, null);
    if (!null)
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
