/*
 * Keys by bringing equal ones together (order.c): then the second of each is a neighbour, and each different key of a
 * foreign one is looked up once. Places are asked for at the end, of the wrong rows only.
 */
#include "dataset/keys.h"

#include "base/arena.h"
#include "base/buf.h"
#include "dataset/package.h"
#include "dataset/relation_inside.h"

#include <stdlib.h>
#include <string.h>

#define uthash_malloc(size) xcalloc(1, size)
#define uthash_fatal(message) abort()
#include <uthash.h>

enum { BETWEEN = 0x1F }; /* no cell holds it */

/* The columns of a key, and its rows without a null, equal ones together. */
struct grouped {
    const struct relation *relation;
    const char *first_field;
    size_t *columns, column_count; /* of a geopoint two */
    uint32_t *rows;
    size_t count;
};

static bool has_null(const struct grouped *g, size_t row)
{
    for (size_t i = 0; i < g->column_count; i++)
        if (column_is_null(&g->relation->columns[g->columns[i]].data, row))
            return true;
    return false;
}

/* A geopoint's two columns are both of the key. */
static void add_columns(struct grouped *g, size_t field)
{
    const struct relation *r = g->relation;
    for (size_t i = relation_of_field(r, field);
         i < r->column_count && r->columns[i].field == field && !r->columns[i].hidden; i++)
        g->columns[g->column_count++] = i;
}

static void open_grouped(struct grouped *g, const struct relation *relation, const size_t *fields, size_t count)
{
    *g = (struct grouped){ .relation = relation,
                           .first_field = relation->resource->schema.fields[fields[0]].name };
    g->columns = xcalloc(count * 2, sizeof *g->columns);
    for (size_t i = 0; i < count; i++)
        add_columns(g, fields[i]);
    g->rows = xcalloc(relation->rows, sizeof *g->rows);
    for (size_t row = 0; row < relation->rows; row++)
        if (!has_null(g, row))
            g->rows[g->count++] = (uint32_t)row;
    relation_group(relation, g->columns, g->column_count, g->rows, g->count);
}

static void close_grouped(struct grouped *g)
{
    free(g->columns);
    free(g->rows);
}

/* Whether the i-th row has the key of the one before it. */
static bool is_same(const struct grouped *g, size_t i)
{
    return i > 0 && relation_same(g->relation, g->columns, g->column_count, g->rows[i - 1], g->rows[i]);
}

/* A row's key as text, its values one behind the other. */
static void make_key(const struct grouped *g, size_t row, char between, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < g->column_count; i++) {
        struct value value = relation_value(g->relation, row, g->columns[i]);
        if (i)
            buf_add_char(out, between);
        if (value.type == VALUE_TEXT || value.type == VALUE_DATE)
            buf_add_string(out, value.text);
        else
            num_format(value.num, out);
    }
}

/* --- wrong rows ----------------------------------------------------------------------------------------- */

struct wrong {
    size_t row, first; /* first: of the same key, for unique ones */
};

struct wrongs {
    struct wrong *list;
    size_t count, room;
};

static void add_wrong(struct wrongs *w, size_t row, size_t first)
{
    if (w->count == w->room) {
        w->room = w->room ? w->room * 2 : 64;
        w->list = xrealloc(w->list, w->room, sizeof *w->list);
    }
    w->list[w->count++] = (struct wrong){ row, first };
}

static int compare_wrong(const void *a, const void *b)
{
    size_t x = ((const struct wrong *)a)->row, y = ((const struct wrong *)b)->row;
    return (x > y) - (x < y);
}

/* The places of the wrong rows, then those of their firsts. NULL when the file cannot be read again. */
static struct place *find_places(const struct grouped *g, struct wrongs *w, struct diags *diags)
{
    struct relation_cell *cells = xcalloc(w->count * 2, sizeof *cells);
    struct place *places = xcalloc(w->count * 2, sizeof *places);
    if (w->count)
        qsort(w->list, w->count, sizeof *w->list, compare_wrong);
    for (size_t i = 0; i < w->count; i++) {
        cells[i] = (struct relation_cell){ w->list[i].row, g->columns[0] };
        cells[w->count + i] = (struct relation_cell){ w->list[i].first, g->columns[0] };
    }
    bool fine = relation_places(g->relation, cells, w->count * 2, places, diags);
    free(cells);
    if (fine)
        return places;
    free(places);
    return NULL;
}

static const char *show_key(const struct grouped *g, size_t row, char room[FIELD_QUOTE_ROOM])
{
    struct buf key;
    buf_init(&key);
    make_key(g, row, '/', &key);
    field_quote(room, key.data, key.length);
    buf_drop(&key);
    return room;
}

/* --- unique keys ---------------------------------------------------------------------------------------- */

/* Numbers that only rise, as most ids do, need no grouping. */
static bool only_rises(const struct relation *relation, size_t field)
{
    const struct column *c = &relation->columns[relation_of_field(relation, field)].data;
    int64_t before = COLUMN_NULL;
    if (c->texts || c->wide || c->scales_differ)
        return false;
    for (size_t row = 0; row < c->rows; row++) {
        int64_t value = column_get(c, row);
        if (value == COLUMN_NULL || value <= before)
            return false;
        before = value;
    }
    return true;
}

static void check_once(const struct relation *relation, const size_t *fields, size_t count, const char *what,
                       struct diags *diags)
{
    struct grouped g;
    struct wrongs wrongs = { 0 };
    if (count == 1 && only_rises(relation, fields[0])) /* of a geopoint, the longitude */
        return;
    open_grouped(&g, relation, fields, count);
    for (size_t i = 0, first = 0; i < g.count; i++) {
        if (is_same(&g, i))
            add_wrong(&wrongs, g.rows[i], g.rows[first]);
        else
            first = i;
    }
    struct place *places = wrongs.count ? find_places(&g, &wrongs, diags) : NULL;
    for (size_t i = 0; places && i < wrongs.count; i++) {
        char shown[FIELD_QUOTE_ROOM];
        struct place one = places[wrongs.count + i];
        bool elsewhere = strcmp(one.file, places[i].file) != 0;
        diag_add(diags, DIAG_CELL_UNIQUE, places[i], "%s '%s': '%s' is there twice, first in line %u%s%s; keep one",
                 what, g.first_field, show_key(&g, wrongs.list[i].row, shown), (unsigned)one.line,
                 elsewhere ? " of " : "", elsewhere ? one.file : "");
    }
    free(places);
    free(wrongs.list);
    close_grouped(&g);
}

void keys_check_unique(const struct relation *relation, const struct schema *schema, struct diags *diags)
{
    const struct key *primary = &schema->primary;
    if (primary->count)
        check_once(relation, primary->fields, primary->count,
                   primary->count > 1 ? "primary key from" : "primary key", diags);
    for (size_t i = 0; i < schema->unique_count; i++)
        check_once(relation, schema->unique[i].fields, schema->unique[i].count,
                   schema->unique[i].count > 1 ? "unique key from" : "unique key", diags);
    for (size_t i = 0; i < schema->count; i++) {
        bool is_primary = primary->count == 1 && primary->fields[0] == i;
        if (schema->fields[i].unique && !is_primary)
            check_once(relation, &i, 1, "unique field", diags);
    }
}

/* --- foreign keys --------------------------------------------------------------------------------------- */

struct seen {
    UT_hash_handle hh;
};

/* Each different key once. */
static struct seen *collect(const struct grouped *g, struct arena *arena)
{
    struct seen *set = NULL;
    struct buf key;
    buf_init(&key);
    for (size_t i = 0; i < g->count; i++) {
        if (is_same(g, i))
            continue;
        make_key(g, g->rows[i], BETWEEN, &key);
        struct seen *one = arena_alloc(arena, sizeof *one);
        const char *copy = arena_string_n(arena, key.data, key.length);
        HASH_ADD_KEYPTR(hh, set, copy, key.length, one);
    }
    buf_drop(&key);
    return set;
}

/* The rows whose key is not in the set. */
static void find_orphans(const struct grouped *g, struct seen *set, struct wrongs *out)
{
    struct seen *found = NULL;
    struct buf key;
    buf_init(&key);
    for (size_t i = 0; i < g->count; i++) {
        if (!is_same(g, i)) {
            make_key(g, g->rows[i], BETWEEN, &key);
            HASH_FIND(hh, set, key.data, key.length, found);
        }
        if (!found)
            add_wrong(out, g->rows[i], g->rows[i]);
    }
    buf_drop(&key);
}

void keys_check_foreign(const struct relation *relation, const struct key *from, const struct relation *other,
                        const size_t *fields, struct diags *diags)
{
    struct arena *arena = arena_new();
    struct wrongs wrongs = { 0 };
    struct grouped own, theirs;

    open_grouped(&own, relation, from->fields, from->count);
    open_grouped(&theirs, other, fields, from->count);
    struct seen *set = collect(&theirs, arena);
    find_orphans(&own, set, &wrongs);
    struct place *places = wrongs.count ? find_places(&own, &wrongs, diags) : NULL;
    for (size_t i = 0; places && i < wrongs.count; i++) {
        char shown[FIELD_QUOTE_ROOM];
        diag_add(diags, DIAG_CELL_FOREIGN, places[i],
                 "field '%s': '%s' is in no row of '%s'; write a value of its field '%s'", own.first_field,
                 show_key(&own, wrongs.list[i].row, shown), relation_name(other), theirs.first_field);
    }
    HASH_CLEAR(hh, set);
    free(places);
    free(wrongs.list);
    close_grouped(&own);
    close_grouped(&theirs);
    arena_drop(arena);
}
