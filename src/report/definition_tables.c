/* Tables of report.yaml: their columns, groups and rows of sums. Asks no dataset. */
#include "report/definition_read.h"

#include "base/nearest.h"

#include <string.h>

bool read_format(struct definition_reader *reader, const struct node *map, enum value_format *out)
{
    static const struct {
        const char *name;
        enum value_format format;
    } formats[] = {
        { "number", FORMAT_NUMBER },       { "integer", FORMAT_INTEGER },       { "percent", FORMAT_PERCENT },
        { "percent1", FORMAT_PERCENT1 },   { "percent2", FORMAT_PERCENT2 },     { "date", FORMAT_DATE },
        { "day_month_year", FORMAT_DATE }, { "month_year", FORMAT_MONTH_YEAR }, { "year", FORMAT_YEAR },
        { "text", FORMAT_TEXT },           { "qualifier", FORMAT_QUALIFIER },
    };
    enum { COUNT = sizeof formats / sizeof *formats };
    const char *names[COUNT];
    size_t index;

    for (size_t i = 0; i < COUNT; i++)
        names[i] = formats[i].name;
    if (!read_choice(reader, map, "format", false, names, COUNT, &index))
        return false;
    *out = formats[index].format;
    return true;
}

static void read_column(struct definition_reader *reader, const struct node *map,
                        struct definition_column *out)
{
    static const char *const keys[] = { "field", "title", "format", "align", "width", "group", NULL };
    static const char *const aligns[] = { "start", "centre", "end" };
    size_t align;
    struct num width;

    if (map->kind != NODE_MAP) {
        diag_add(reader->diags, DIAG_VALUE_KIND, map->at,
                 "this is no column; write {field: COLUMN, title: {en: ..., ar: ...}}");
        return;
    }
    node_check_keys(map, keys, "a column", reader->diags);
    read_field(reader, map, "field", true, &out->field);
    read_phrases(reader, map, "title", PHRASES_PAIR, true, &out->title);
    read_format(reader, map, &out->format);
    out->has_align = read_choice(reader, map, "align", false, aligns, 3, &align);
    if (out->has_align)
        out->align = (enum cell_align)align;
    node_bool(map, "group", false, &out->group, reader->diags);
    if (!node_get(map, "width") || !node_num(map, "width", false, &width, reader->diags))
        return;
    out->weight = num_to_double(width);
    if (width.coefficient <= 0)
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, node_get(map, "width")->at,
                 "a width is not above 0; write the column's share, as 2");
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
    const struct node *list = read_node(reader, map, "columns", NODE_LIST, true, "a list of the table's fields");

    if (!list)
        return;
    if (list->count == 0)
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, list->at,
                 "no column is summed; name the field of one at least");
    out->columns = arena_array(reader->arena, list->count, sizeof *out->columns);
    for (size_t i = 0; i < list->count; i++) {
        struct definition_name *name = &out->columns[out->column_count];

        if (list->items[i]->kind != NODE_SCALAR) {
            diag_add(reader->diags, DIAG_VALUE_KIND, list->items[i]->at, "this is no field's name; name one");
            continue;
        }
        *name = (struct definition_name){ list->items[i]->text, list->items[i]->at };
        out->column_count++;
        check_sum_column(reader, table, name);
    }
}

static void read_sum(struct definition_reader *reader, const struct node *map, const char *key,
                     const struct definition_table *table, struct definition_sum *out)
{
    static const char *const keys[] = { "label", "columns", NULL };
    const struct node *sum =
        read_node(reader, map, key, NODE_MAP, false, "{label: {en: ..., ar: ...}, columns: [FIELD]}");

    if (!sum)
        return;
    out->given = true;
    out->at = sum->at;
    node_check_keys(sum, keys, key, reader->diags);
    read_phrases(reader, sum, "label", PHRASES_PAIR, true, &out->label);
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

static void read_table(struct definition_reader *reader, const struct node *map, struct definition_table *out)
{
    static const char *const keys[] = { "data", "columns", "subtotal", "total", "parallel", "note", "source",
                                        NULL };
    static const char *const parallels[] = { "one", "twice" };
    const struct node *list;
    size_t parallel;

    if (map->kind != NODE_MAP) {
        diag_add(reader->diags, DIAG_VALUE_KIND, map->at, "'%s' is no table; write data and columns",
                 out->object.id);
        return;
    }
    node_check_keys(map, keys, "a table", reader->diags);
    read_statement(reader, map, "data", &out->statement);
    read_phrases(reader, map, "note", PHRASES_PAIR, false, &out->note);
    read_phrases(reader, map, "source", PHRASES_PAIR, false, &out->source);
    if (read_choice(reader, map, "parallel", false, parallels, 2, &parallel))
        out->parallel = parallel == 0 ? DOC_PARALLEL_ONE : DOC_PARALLEL_TWICE;
    list = read_node(reader, map, "columns", NODE_LIST, true, "a list of {field: ..., title: ...}");
    if (!list)
        return;
    if (list->count == 0)
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, list->at,
                 "the table has no column; write one at least");
    out->columns = arena_array(reader->arena, list->count, sizeof *out->columns);
    out->column_count = list->count;
    for (size_t i = 0; i < list->count; i++)
        read_column(reader, list->items[i], &out->columns[i]);
    read_sum(reader, map, "subtotal", out, &out->sums[DOC_ROW_SUBTOTAL]);
    read_sum(reader, map, "total", out, &out->sums[DOC_ROW_TOTAL]);
    check_table(reader, out);
}

void read_tables(struct definition_reader *reader, const struct node *root)
{
    struct definition *out = reader->out;
    const struct node *map =
        read_node(reader, root, "tables", NODE_MAP, false, "a map of name: {data, columns}");

    if (!map)
        return;
    out->tables = arena_array(reader->arena, map->count, sizeof *out->tables);
    for (size_t i = 0; i < map->count; i++) {
        struct definition_table *table = &out->tables[out->table_count];

        if (!check_identifier(reader, map->keys[i], map->key_at[i], true))
            continue;
        out->table_count++;
        table->object.id = map->keys[i];
        table->object.at = map->key_at[i];
        read_table(reader, map->items[i], table);
    }
}
