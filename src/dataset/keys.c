/* Keys by hashing: a row's key is its values as text, one behind the other, numbers without their zeros. */
#include "dataset/keys.h"

#include "base/arena.h"
#include "base/buf.h"

#include <stdlib.h>

#define uthash_malloc(size) xcalloc(1, size)
#define uthash_fatal(message) abort()
#include <uthash.h>

enum { BETWEEN = 0x1F }; /* no cell holds it */

struct seen {
    UT_hash_handle hh;
    uint32_t line;
};

static void add_value(struct buf *out, struct value value)
{
    if (value.type == VALUE_TEXT || value.type == VALUE_DATE) {
        buf_add_string(out, value.text);
        return;
    }
    while (value.num.scale && value.num.coefficient % 10 == 0) {
        value.num.coefficient /= 10;
        value.num.scale--;
    }
    num_format(value.num, out);
}

/* The key of a row; false when one of its values is null. */
static bool make_key(const struct table *table, size_t row, const size_t *fields, size_t count,
                     struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < count; i++) {
        struct value value = table_value(table, row, fields[i]);
        if (value.type == VALUE_NULL)
            return false;
        if (i)
            buf_add_char(out, BETWEEN);
        add_value(out, value);
    }
    return true;
}

static void make_readable(struct buf *key)
{
    for (size_t i = 0; i < key->length; i++)
        if (key->data[i] == BETWEEN)
            key->data[i] = '/';
}

static void remember(struct seen **set, struct arena *arena, const struct buf *key, uint32_t line)
{
    struct seen *one = arena_alloc(arena, sizeof *one);
    const char *copy = arena_string_n(arena, key->data, key->length);
    one->line = line;
    HASH_ADD_KEYPTR(hh, *set, copy, key->length, one);
}

static void check_once(const struct table *table, const size_t *fields, size_t count, const char *what,
                       struct diags *diags)
{
    struct arena *arena = arena_new();
    struct seen *set = NULL, *before;
    struct buf key;

    buf_init(&key);
    for (size_t row = 0; row < table_rows(table); row++) {
        if (!make_key(table, row, fields, count, &key))
            continue;
        struct place at = table_place(table, row, fields[0]);
        HASH_FIND(hh, set, key.data, key.length, before);
        if (!before) {
            remember(&set, arena, &key, at.line);
            continue;
        }
        char shown[FIELD_QUOTE_ROOM];
        make_readable(&key);
        diag_add(diags, DIAG_CELL_UNIQUE, at, "%s '%s': '%s' is there twice, first in line %u; keep one",
                 what, table_column(table, fields[0])->name, field_quote(shown, key.data, key.length),
                 (unsigned)before->line);
    }
    HASH_CLEAR(hh, set);
    buf_drop(&key);
    arena_drop(arena);
}

void keys_check_unique(const struct table *table, const struct schema *schema, struct diags *diags)
{
    const struct key *primary = &schema->primary;
    if (primary->count)
        check_once(table, primary->fields, primary->count,
                   primary->count > 1 ? "primary key from" : "primary key", diags);
    for (size_t i = 0; i < schema->unique_count; i++)
        check_once(table, schema->unique[i].fields, schema->unique[i].count,
                   schema->unique[i].count > 1 ? "unique key from" : "unique key", diags);
    for (size_t i = 0; i < schema->count; i++) {
        bool is_primary = primary->count == 1 && primary->fields[0] == i;
        if (schema->fields[i].unique && !is_primary)
            check_once(table, &i, 1, "unique field", diags);
    }
}

void keys_check_foreign(const struct table *table, const struct key *from, const struct table *other,
                        const size_t *fields, struct diags *diags)
{
    struct arena *arena = arena_new();
    struct seen *set = NULL, *found;
    struct buf key;

    buf_init(&key);
    for (size_t row = 0; row < table_rows(other); row++) {
        if (!make_key(other, row, fields, from->count, &key))
            continue;
        HASH_FIND(hh, set, key.data, key.length, found);
        if (!found)
            remember(&set, arena, &key, 0);
    }
    for (size_t row = 0; row < table_rows(table); row++) {
        if (!make_key(table, row, from->fields, from->count, &key))
            continue;
        HASH_FIND(hh, set, key.data, key.length, found);
        if (found)
            continue;
        char shown[FIELD_QUOTE_ROOM];
        make_readable(&key);
        diag_add(diags, DIAG_CELL_FOREIGN, table_place(table, row, from->fields[0]),
                 "field '%s': '%s' is in no row of '%s'; write a value of its field '%s'",
                 table_column(table, from->fields[0])->name, field_quote(shown, key.data, key.length),
                 table_name(other), table_column(other, fields[0])->name);
    }
    HASH_CLEAR(hh, set);
    buf_drop(&key);
    arena_drop(arena);
}
