/* Tables of report.yaml: their columns, groups and rows of sums. Asks no dataset. */
#include "report/definition_read.h"

#include "base/nearest.h"

#include <stddef.h>
#include <string.h>

const char *const format_names[] = { "number", "integer", "percent", "percent1", "percent2", "date", "day_month_year",
                                     "month_year", "year", "text", "qualifier", NULL };
const unsigned format_values[] = { FORMAT_NUMBER, FORMAT_INTEGER, FORMAT_PERCENT, FORMAT_PERCENT1, FORMAT_PERCENT2,
                                   FORMAT_DATE, FORMAT_DATE, FORMAT_MONTH_YEAR, FORMAT_YEAR, FORMAT_TEXT,
                                   FORMAT_QUALIFIER };
static const char *const aligns[] = { "start", "centre", "end", NULL }; /* as enum cell_align */
static const char *const parallels[] = { "one", "twice", NULL };
static const unsigned parallel_values[] = { DOC_PARALLEL_ONE, DOC_PARALLEL_TWICE };

#define COLUMN(name) offsetof(struct definition_column, name)
static const struct key column_keys[] = {
    { "field", KEY_COLUMN, true, COLUMN(field), .meaning = "the statement's column, or one for each language" },
    { "title", KEY_BOTH, true, COLUMN(title), .meaning = "the column's header", .marks = true },
    { "format", KEY_CHOICE, false, COLUMN(format), .choices = format_names, .values = format_values,
      .meaning = "how its values are printed, by integer without separators, as codes are; else by their type" },
    { "align", KEY_CHOICE, false, COLUMN(align), .meaning = "else numbers stand at the end, all else at the start",
      .choices = aligns },
    { "width", KEY_NUMBER, false, COLUMN(weight), .meaning = "its share of the width; else from what is in it",
      .above = true },
    { "group", KEY_SWITCH, false, COLUMN(group), .meaning = "whether equal values that follow each other stand once" },
    { 0 },
};

static const struct key sum_item[] = { { "", KEY_TEXT, .meaning = "the field of one of the table's columns" }, { 0 } };
static const struct key sum_keys[] = {
    { "label", KEY_BOTH, true, offsetof(struct definition_sum, label),
      .meaning = "what stands in the row's first column" },
    { "columns", KEY_LIST, true, 0, .meaning = "the columns that are summed", "a list of the table's fields",
      .some = true,
      .of = sum_item },
    { 0 },
};

#define TABLE(name) offsetof(struct definition_table, name)
const struct key table_keys[] = {
    { "data", KEY_STATEMENT, true, TABLE(statement), .meaning = "a SELECT that gives the rows" },
    { "note", KEY_BOTH, false, TABLE(note), .meaning = "below the table", .marks = true },
    { "source", KEY_BOTH, false, TABLE(source), .meaning = "where the rows are from", .marks = true },
    { "parallel", KEY_CHOICE, false, TABLE(parallel),
      .meaning = "in the parallel edition: one table in both languages, or two",
      .choices = parallels, .values = parallel_values },
    { "columns", KEY_LIST, true, 0,
      .meaning = "its columns, in the order of the language", "a list of {field: ..., title: ...}",
      .some = true, .of = column_keys },
    { "subtotal", KEY_MAP, false, TABLE(sums[DOC_ROW_SUBTOTAL]), .meaning = "a row of sums below each group",
      "{label: {en: ..., ar: ...}, columns: [FIELD]}", .of = sum_keys },
    { "total", KEY_MAP, false, TABLE(sums[DOC_ROW_TOTAL]), .meaning = "a row of sums below the table",
      "{label: {en: ..., ar: ...}, columns: [FIELD]}", .of = sum_keys },
    { 0 },
};

static void read_column(struct definition_reader *reader, const struct node *map,
                        struct definition_column *out)
{
    if (map->kind != NODE_MAP) {
        diag_add(reader->diags, DIAG_VALUE_KIND, map->at,
                 "this is no column; write {field: COLUMN, title: {en: ..., ar: ...}}");
        return;
    }
    read_keys(reader, map, column_keys, "a column", out);
    out->has_align = node_get(map, "align");
}

/* The table's column that a sum names; NULL with a diagnostic when it has none, or one that cannot be summed. */
static void check_sum_column(struct definition_reader *reader, const struct definition_table *table,
                             const struct definition_name *name)
{
    const char **known = arena_array(reader->arena, table->column_count, sizeof *known), *near;
    size_t count = 0;

    for (size_t i = 0; i < table->column_count; i++) {
        const struct definition_column *column = &table->columns[i];

        if (!column->field.given)
            continue;
        known[count++] = column->field.column[LANG_EN];
        if (strcmp(column->field.column[LANG_EN], name->text) != 0)
            continue;
        if (i == 0)
            diag_add(reader->diags, DIAG_DEFINITION_VALUE, name->at,
                     "the first column is summed, where the row's label stands; put another column first");
        if (column->format >= FORMAT_PERCENT && column->format <= FORMAT_POINTS1)
            diag_add(reader->diags, DIAG_DEFINITION_VALUE, name->at,
                     "column '%s' is a share, and shares are not added up; sum what they are shares of", name->text);
        return;
    }
    near = nearest_known(name->text, known, count);
    diag_add(reader->diags, DIAG_COLUMN_UNKNOWN, name->at, "the table has no column '%s'; %s%s%s", name->text,
             near ? "did you mean '" : "name the field of one of its columns", near ? near : "", near ? "'?" : "");
}

static void read_sum_columns(struct definition_reader *reader, const struct node *map,
                             const struct definition_table *table, struct definition_sum *out)
{
    const struct node *list = read_items(reader, map, sum_keys, "columns");

    if (!list)
        return;
    out->columns = arena_array(reader->arena, list->count, sizeof *out->columns);
    for (size_t i = 0; i < list->count; i++) {
        struct definition_name *name = &out->columns[out->column_count];

        if (list->items[i]->kind != NODE_SCALAR || node_is_null(list->items[i])) {
            diag_add(reader->diags, DIAG_VALUE_KIND, list->items[i]->at, "this is no field's name; name one");
            continue;
        }
        *name = (struct definition_name){ list->items[i]->text, list->items[i]->at };
        out->column_count++;
        check_sum_column(reader, table, name);
    }
}

static void read_sum(struct definition_reader *reader, const struct node *sum, const struct definition_table *table,
                     struct definition_sum *out)
{
    if (!sum || sum->kind != NODE_MAP)
        return;
    out->given = true;
    out->at = sum->at;
    read_sum_columns(reader, sum, table, out);
}

/* What only the whole table shows to be wrong. */
static void check_table(struct definition_reader *reader, const struct definition_table *table)
{
    const struct definition_sum *subtotal = &table->sums[DOC_ROW_SUBTOTAL];
    bool grouped = false, ended = false;

    for (size_t i = 0; i < table->column_count; i++) {
        const struct definition_column *column = &table->columns[i];

        if (column->group && ended)
            diag_add(reader->diags, DIAG_DEFINITION_VALUE, column->field.at[LANG_EN],
                     "column '%s' groups rows behind one that does not; put the columns with group first",
                     column->field.given ? column->field.column[LANG_EN] : "");
        grouped |= column->group;
        ended |= !column->group;
    }
    if (subtotal->given && !grouped)
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, subtotal->at,
                 "a subtotal needs groups; write group: true on the first column, or total for one row of sums");
    if (grouped && !ended)
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, table->columns[0].field.at[LANG_EN],
                 "every column groups rows; leave group out of one at least");
}

static void read_table(struct definition_reader *reader, const struct node *map, void *object)
{
    struct definition_table *out = object;
    const struct node *list;

    if (map->kind != NODE_MAP) {
        diag_add(reader->diags, DIAG_VALUE_KIND, map->at, "'%s' is no table; write data and columns",
                 out->object.id);
        return;
    }
    read_keys(reader, map, table_keys, "a table", out);
    list = read_items(reader, map, table_keys, "columns");
    if (!list)
        return;
    out->columns = arena_array(reader->arena, list->count, sizeof *out->columns);
    out->column_count = list->count;
    for (size_t i = 0; i < list->count; i++)
        read_column(reader, list->items[i], &out->columns[i]);
    read_sum(reader, node_get(map, "subtotal"), out, &out->sums[DOC_ROW_SUBTOTAL]);
    read_sum(reader, node_get(map, "total"), out, &out->sums[DOC_ROW_TOTAL]);
    check_table(reader, out);
}

void read_tables(struct definition_reader *reader, const struct node *map)
{
    struct definition *out = reader->out;

    out->tables = read_objects(reader, map, sizeof *out->tables, &out->table_count, read_table);
}
