/* A relation: a resource's columns under their names. Reading it is rows.c's, asking it sql_table.c's. */
#include "dataset/relation_inside.h"

#include "base/arena.h"
#include "dataset/package.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A date has a month and a year, a geopoint two coordinates. The array never moves: derived columns point into it. */
enum { COLUMNS_PER_FIELD = 3 };

static struct relation_column *add_column(struct relation *r, const char *name, enum value_type type, size_t field)
{
    struct relation_column *column = &r->columns[r->column_count++];
    column->info.name = name;
    column->info.type = type;
    column->field = field;
    return column;
}

static void add_field(struct relation *r, const struct field *field, size_t index)
{
    static const char *const parts[] = { "lon", "lat" };
    if (field->type != FIELD_GEOPOINT) {
        struct relation_column *column = add_column(r, field->name, field_value_type(field), index);
        memcpy(column->info.title, field->title, sizeof column->info.title);
        return;
    }
    for (size_t i = 0; i < 2; i++)
        add_column(r, arena_printf(r->arena, "%s_%s", field->name, parts[i]), VALUE_NUMBER, index);
}

struct relation *relation_new(const struct resource *resource)
{
    struct relation *r = xcalloc(1, sizeof *r);
    r->arena = arena_new();
    r->resource = resource;
    r->name = resource->table;
    r->first_rows = arena_array(r->arena, resource->path_count, sizeof *r->first_rows);
    r->columns = arena_array(r->arena, resource->schema.count * COLUMNS_PER_FIELD, sizeof *r->columns);
    for (size_t i = 0; i < resource->schema.count; i++)
        add_field(r, &resource->schema.fields[i], i);
    for (size_t i = 0; i < r->column_count; i++)
        column_init(&r->columns[i].data, r->columns[i].info.type);
    return r;
}

void relation_drop(struct relation *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->column_count; i++)
        column_drop(&r->columns[i].data);
    arena_drop(r->arena);
    free(r);
}

/* --- labels of categories ------------------------------------------------------------------------------- */

static void add_label(struct column *column, const char *label)
{
    if (label)
        column_add_text(column, label, strlen(label));
    else
        column_add_null(column);
}

static void add_category(struct relation *r, const struct category *category)
{
    struct column *value = &r->columns[0].data;
    if (value->texts)
        column_add_text(value, category->value.text, strlen(category->value.text));
    else
        column_add_num(value, category->value.num);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        add_label(&r->columns[1 + lang].data, category->label[lang]);
}

struct relation *relation_of_labels(const struct resource *resource, size_t index)
{
    static const char *const names[LANG_COUNT] = { [LANG_EN] = "en", [LANG_AR] = "ar" };
    const struct field *field = &resource->schema.fields[index];
    bool any = false;
    for (size_t i = 0; i < field->category_count; i++)
        any |= field->categories[i].label[LANG_EN] || field->categories[i].label[LANG_AR];
    if (!any)
        return NULL;
    struct relation *r = xcalloc(1, sizeof *r);
    struct place *places;
    r->arena = arena_new();
    r->resource = resource;
    r->name = arena_printf(r->arena, "%s_%s_labels", resource->table, field->name);
    r->places = places = arena_array(r->arena, field->category_count, sizeof *places);
    r->columns = arena_array(r->arena, 1 + LANG_COUNT, sizeof *r->columns);
    add_column(r, "value", field_value_type(field), index);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        add_column(r, names[lang], VALUE_TEXT, index);
    for (size_t i = 0; i < r->column_count; i++)
        column_init(&r->columns[i].data, r->columns[i].info.type);
    for (size_t i = 0; i < field->category_count; i++) {
        add_category(r, &field->categories[i]);
        places[i] = field->categories[i].at;
    }
    relation_finish(r);
    return r;
}

/* --- the hidden columns --------------------------------------------------------------------------------- */

/* As SQL compares names. */
static bool is_taken(const struct relation *r, const char *name)
{
    for (size_t i = 0; i < r->column_count; i++)
        if (strcasecmp(r->columns[i].info.name, name) == 0)
            return true;
    return false;
}

static size_t month_of(const char *day, char out[16])
{
    memcpy(out, day, 7);
    return 7;
}

static void add_month(struct relation *r, size_t date)
{
    const char *name = arena_printf(r->arena, "%s_month", r->columns[date].info.name);
    if (is_taken(r, name))
        return;
    struct relation_column *column = add_column(r, name, VALUE_TEXT, r->columns[date].field);
    column->hidden = true;
    column_derive_text(&column->data, &r->columns[date].data, month_of);
}

static int64_t year_of(const char *day)
{
    return strtol(day, NULL, 10);
}

static void add_year(struct relation *r, size_t date)
{
    const char *name = arena_printf(r->arena, "%s_year", r->columns[date].info.name);
    if (is_taken(r, name))
        return;
    struct relation_column *column = add_column(r, name, VALUE_INTEGER, r->columns[date].field);
    column->hidden = true;
    column_derive_integer(&column->data, &r->columns[date].data, year_of);
}

void relation_finish(struct relation *r)
{
    size_t fields = r->column_count;
    r->rows = r->columns[0].data.rows;
    for (size_t i = 0; i < fields; i++)
        column_finish(&r->columns[i].data);
    for (size_t i = 0; i < fields; i++)
        if (r->columns[i].info.type == VALUE_DATE) {
            add_month(r, i);
            add_year(r, i);
        }
}

/* --- reading -------------------------------------------------------------------------------------------- */

const char *relation_name(const struct relation *r)
{
    return r->name;
}

size_t relation_columns(const struct relation *r)
{
    return r->column_count;
}

size_t relation_rows(const struct relation *r)
{
    return r->rows;
}

const struct table_column *relation_column(const struct relation *r, size_t column)
{
    return &r->columns[column].info;
}

bool relation_is_hidden(const struct relation *r, size_t column)
{
    return r->columns[column].hidden;
}

size_t relation_find(const struct relation *r, const char *column)
{
    for (size_t i = 0; i < r->column_count; i++)
        if (strcmp(r->columns[i].info.name, column) == 0)
            return i;
    return SIZE_MAX;
}

size_t relation_of_field(const struct relation *r, size_t field)
{
    size_t i = 0;
    while (r->columns[i].field != field)
        i++;
    return i;
}

struct value relation_value(const struct relation *r, size_t row, size_t column)
{
    return column_value(&r->columns[column].data, row);
}

const struct dataset_source *relation_sources(const struct relation *r, size_t *count)
{
    *count = r->resource->source_count;
    return r->resource->sources;
}

const char *relation_file(const struct relation *r, size_t index)
{
    return r->places ? r->places[0].file : r->resource->paths[index];
}
