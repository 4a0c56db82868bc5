/* Tables: cells in rows, nine bytes each, texts in an arena. Knows neither CSV nor SQL. */
#include "dataset/table_build.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

union cell {
    int64_t coefficient;
    const char *text;
};

struct cell_kind {
    uint8_t type : 3, scale : 5;
};

struct table {
    struct arena *arena;
    struct table_column *columns;
    size_t column_count;
    union cell *cells;       /* rows * columns */
    struct cell_kind *kinds; /* likewise */
    size_t rows, room;  /* room: rows that fit */
};

struct table *table_new(void)
{
    struct table *t = xcalloc(1, sizeof *t);
    t->arena = arena_new();
    return t;
}

void table_drop(struct table *t)
{
    if (!t)
        return;
    arena_drop(t->arena);
    free(t->cells);
    free(t->kinds);
    free(t);
}

struct arena *table_arena(struct table *t)
{
    return t->arena;
}

void table_add_column(struct table *t, const char *name, enum value_type type,
                      const char *const title[LANG_COUNT])
{
    t->columns = arena_grow(t->arena, t->columns, t->column_count, sizeof *t->columns);
    struct table_column *column = &t->columns[t->column_count++];
    column->name = arena_string(t->arena, name);
    column->type = type;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        column->title[lang] = title ? arena_string(t->arena, title[lang]) : NULL;
}

void table_set_type(struct table *t, size_t column, enum value_type type)
{
    t->columns[column].type = type;
}

void table_add_row(struct table *t)
{
    if (t->rows == t->room) {
        t->room = t->room ? t->room * 2 : 16;
        t->cells = xrealloc(t->cells, t->room, t->column_count * sizeof *t->cells);
        t->kinds = xrealloc(t->kinds, t->room, t->column_count * sizeof *t->kinds);
    }
    memset(t->kinds + t->rows * t->column_count, 0, t->column_count * sizeof *t->kinds);
    t->rows++;
}

void table_set(struct table *t, size_t row, size_t column, struct value value)
{
    size_t i = row * t->column_count + column;
    t->kinds[i] = (struct cell_kind){ .type = (uint8_t)(value.type & 7), .scale = value.num.scale & 31 };
    if (value.type == VALUE_TEXT || value.type == VALUE_DATE)
        t->cells[i].text = value.text;
    else
        t->cells[i].coefficient = value.num.coefficient;
}

size_t table_columns(const struct table *t)
{
    return t->column_count;
}

size_t table_rows(const struct table *t)
{
    return t->rows;
}

const struct table_column *table_column(const struct table *t, size_t column)
{
    return &t->columns[column];
}

size_t table_find(const struct table *t, const char *column)
{
    for (size_t i = 0; i < t->column_count; i++)
        if (strcmp(t->columns[i].name, column) == 0)
            return i;
    return SIZE_MAX;
}

struct value table_value(const struct table *t, size_t row, size_t column)
{
    size_t i = row * t->column_count + column;
    struct value value = { .type = t->kinds[i].type };
    if (value.type == VALUE_TEXT || value.type == VALUE_DATE)
        value.text = t->cells[i].text;
    else if (value.type != VALUE_NULL)
        value.num = (struct num){ .coefficient = t->cells[i].coefficient, .scale = t->kinds[i].scale };
    return value;
}
