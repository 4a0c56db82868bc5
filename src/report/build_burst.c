/*
 * Packets: the rows of a burst's statement, checked; that every statement is of its packet; and a packet's parameters
 * and figures. What no packet may hold of another is burst.h's.
 */
#include "report/builder.h"

#include "base/file.h"
#include "base/name.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "report/statement.h"

#include <stdlib.h>
#include <string.h>

/* ---- columns ---- */

static bool take_columns(struct builder *builder, const struct table *table)
{
    const struct statement *statement = &builder->definition->burst.statement;
    struct burst *burst = builder->burst;
    bool good = true;

    burst->column_count = table_columns(table);
    burst->columns = arena_array(builder->arena, burst->column_count, sizeof *burst->columns);
    for (size_t i = 0; i < burst->column_count; i++) {
        const char *name = arena_string(builder->arena, table_column(table, i)->name);

        burst->columns[i] = name;
        if (definition_is_parameter(name))
            continue;
        diag_add(builder->diags, DIAG_BURST_COLUMN, statement->at,
                 "the burst's column '%s' can name no parameter; name it AS small letters, digits and '_', a letter "
                 "first, and not as_of", name);
        good = false;
    }
    return good;
}

static size_t find_column(const struct burst *burst, const char *name)
{
    for (size_t i = 0; i < burst->column_count; i++)
        if (strcmp(burst->columns[i], name) == 0)
            return i;
    return SIZE_MAX;
}

/* The key's column; SIZE_MAX with a diagnostic when there is none. */
static size_t find_key(struct builder *builder)
{
    const struct definition_burst *definition = &builder->definition->burst;
    const struct burst *burst = builder->burst;
    size_t column = definition->key ? find_column(burst, definition->key) : SIZE_MAX;

    if (column != SIZE_MAX || !definition->key)
        return column;
    diag_add(builder->diags, DIAG_COLUMN_UNKNOWN, definition->key_at, "the statement gives no column '%s'; %s",
             definition->key,
             nearest_or_all(builder->arena, definition->key, burst->columns, burst->column_count,
                            "select it, or name one that it gives"));
    return SIZE_MAX;
}

/* NAME_en and NAME_ar are a text in both languages, any other column a value. */
static void name_figures(struct builder *builder)
{
    struct burst *burst = builder->burst;

    burst->figures = arena_array(builder->arena, burst->column_count, sizeof *burst->figures);
    for (size_t i = 0; i < burst->column_count; i++) {
        struct burst_figure *figure = &burst->figures[burst->figure_count];
        const char *column = burst->columns[i], *end = strrchr(column, '_');
        bool en = end && end > column && strcmp(end, "_en") == 0, ar = end && end > column && strcmp(end, "_ar") == 0;
        const char *name = en || ar ? arena_string_n(builder->arena, column, (size_t)(end - column)) : column;
        size_t other = en || ar ? find_column(burst, arena_printf(builder->arena, "%s_%s", name, en ? "ar" : "en"))
                                : SIZE_MAX;

        if (other != SIZE_MAX && ar)
            continue;
        figure->name = other == SIZE_MAX ? column : name;
        figure->column[LANG_EN] = i;
        figure->column[LANG_AR] = other == SIZE_MAX ? i : other;
        burst->figure_count++;
    }
}

static bool check_figure_names(struct builder *builder)
{
    const struct definition *definition = builder->definition;
    const struct burst *burst = builder->burst;
    bool good = true;

    for (size_t i = 0; i < burst->figure_count; i++) {
        const char *name = burst->figures[i].name;

        for (size_t k = 0; k < i; k++)
            if (strcmp(burst->figures[k].name, name) == 0) {
                diag_add(builder->diags, DIAG_BURST_COLUMN, definition->burst.statement.at,
                         "the columns '%s', '%s_en' and '%s_ar' are one figure; rename one of them", name, name, name);
                good = false;
            }
        for (size_t k = 0; k < definition->figure_count; k++)
            if (strcmp(definition->figures[k].name, name) == 0) {
                diag_add(builder->diags, DIAG_BURST_COLUMN, definition->figures[k].at,
                         "the burst gives a figure '%s' too; rename this one, or the burst's column", name);
                good = false;
            }
    }
    return good;
}

/* ---- rows ---- */

static bool take_row(struct builder *builder, const struct table *table, size_t row)
{
    struct burst *burst = builder->burst;

    for (size_t i = 0; i < burst->column_count; i++) {
        struct value *cell = &burst->cells[row * burst->column_count + i];

        *cell = table_value(table, row, i);
        if (cell->type == VALUE_TEXT || cell->type == VALUE_DATE)
            cell->text = value_clean(cell->text, builder->arena);
        if (cell->type != VALUE_NULL && !(cell->type == VALUE_TEXT && !cell->text[0]))
            continue;
        diag_add(builder->diags, DIAG_BURST_COLUMN, builder->definition->burst.statement.at,
                 "row %zu of the burst has nothing in column '%s'; give each row a value there", row + 1,
                 burst->columns[i]);
        return false;
    }
    return true;
}

/* Another report whose files have, or begin with, the packet's name; NULL when there is none. */
static const char *same_files(struct builder *builder, const char *workspace, const char *key)
{
    for (const char *end = key; *end;) {
        const char *name;

        end += strcspn(end + (*end == '-'), "-") + (*end == '-');
        name = arena_printf(builder->arena, "%s-%.*s", builder->name, (int)(end - key), key);
        if (file_exists(arena_printf(builder->arena, "%sreports/%s/report.yaml", workspace, name)))
            return name;
    }
    return NULL;
}

static bool check_key(struct builder *builder, const char *workspace, size_t row)
{
    const struct definition_burst *definition = &builder->definition->burst;
    const char *key = builder->burst->keys[row], *other;

    if (!name_is_good(key)) {
        diag_add(builder->diags, DIAG_BURST_KEY, definition->key_at,
                 "'%s' in row %zu of the burst can be no part of a file's name; make it small letters, digits and '-', "
                 "as in al-anbar", key, row + 1);
        return false;
    }
    other = same_files(builder, workspace, key);
    if (other)
        diag_add(builder->diags, DIAG_BURST_KEY, definition->key_at,
                 "the files of packet '%s' would be named as those of the report '%s'; choose another key", key, other);
    return !other;
}

static bool check_keys(struct builder *builder, const char *workspace)
{
    const struct burst *burst = builder->burst;
    const char **sorted = arena_copy(builder->arena, burst->keys, burst->count * sizeof *sorted);
    bool good = true;

    for (size_t i = 0; i < burst->count && good; i++)
        good = check_key(builder, workspace, i);
    qsort(sorted, burst->count, sizeof *sorted, utf8_compare);
    for (size_t i = 1; i < burst->count && good; i++) {
        good = strcmp(sorted[i - 1], sorted[i]) != 0;
        if (!good)
            diag_add(builder->diags, DIAG_BURST_KEY, builder->definition->burst.key_at,
                     "two rows of the burst have the key '%s'; give each its own", sorted[i]);
    }
    return good;
}

/* ---- whose values are whose ---- */

static int compare_texts(const void *a, const void *b)
{
    return strcmp(((const struct burst_mark *)a)->text, ((const struct burst_mark *)b)->text);
}

/* A column whose values all differ tells packets apart. */
static void mark_column(struct builder *builder, size_t column, size_t key)
{
    struct burst *burst = builder->burst;
    struct burst_mark *marks = &burst->marks[burst->mark_count];
    size_t count = burst->count;

    for (size_t row = 0; row < count; row++) {
        const struct value *cell = &burst->cells[row * burst->column_count + column];

        if (cell->type == VALUE_BOOLEAN)
            return;
        marks[row] = (struct burst_mark){ .text = builder_value_text(builder, cell), .packet = row,
                                          .key = column == key,
                                          .column = cell->type == VALUE_TEXT ? NULL : burst->columns[column] };
    }
    qsort(marks, count, sizeof *marks, compare_texts);
    for (size_t i = 1; i < count; i++)
        if (strcmp(marks[i - 1].text, marks[i].text) == 0)
            return;
    burst->mark_count += count;
}

static void mark_all(struct builder *builder, size_t key)
{
    struct burst *burst = builder->burst;

    burst->marks = arena_array(builder->arena, (burst->column_count + 1) * burst->count, sizeof *burst->marks);
    for (size_t i = 0; i < burst->column_count; i++)
        mark_column(builder, i, key);
    if (burst->mark_count > 1)
        qsort(burst->marks, burst->mark_count, sizeof *burst->marks, compare_texts);
}

bool builder_read_burst(struct builder *builder, const char *workspace)
{
    const struct statement *statement = &builder->definition->burst.statement;
    struct table *table = builder_query(builder, statement);
    struct burst *burst = builder->burst = arena_alloc(builder->arena, sizeof *burst);
    size_t key;
    bool good;

    if (!table)
        return false;
    good = take_columns(builder, table);
    key = find_key(builder);
    burst->count = table_rows(table);
    burst->cells = arena_array(builder->arena, burst->count * burst->column_count, sizeof *burst->cells);
    burst->keys = arena_array(builder->arena, burst->count, sizeof *burst->keys);
    if (burst->count == 0)
        diag_add(builder->diags, DIAG_BURST_ROWS, statement->at,
                 "the burst's statement gives no rows, so there is no packet; select one for each");
    for (size_t i = 0; i < burst->count && good; i++)
        good = take_row(builder, table, i);
    table_drop(table);
    good = good && key != SIZE_MAX && burst->count > 0;
    for (size_t i = 0; i < burst->count && good; i++)
        burst->keys[i] = builder_value_text(builder, &burst->cells[i * burst->column_count + key]);
    if (!good || !check_keys(builder, workspace))
        return false;
    name_figures(builder);
    mark_all(builder, key);
    return check_figure_names(builder);
}

/* ---- what every packet has alike ---- */

/* The statement that is called so, "NAME", "table:NAME", "chart:NAME"; NULL. */
static struct statement *find_statement(struct definition *definition, const char *name)
{
    for (size_t i = 0; i < definition->figure_count; i++)
        if (strcmp(definition->figures[i].name, name) == 0)
            return &definition->figures[i].statement;
    for (size_t i = 0; strncmp(name, "table:", 6) == 0 && i < definition->table_count; i++)
        if (strcmp(definition->tables[i].object.id, name + 6) == 0)
            return &definition->tables[i].statement;
    for (size_t i = 0; strncmp(name, "chart:", 6) == 0 && i < definition->chart_count; i++)
        if (strcmp(definition->charts[i].object.id, name + 6) == 0)
            return &definition->charts[i].statement;
    return NULL;
}

static void check_statement(struct builder *builder, const struct statement *statement, const char *what,
                            const char *name)
{
    const struct burst *burst = builder->burst;

    for (size_t i = 0; statement->sql && i < burst->column_count; i++)
        if (statement_names(statement->sql, burst->columns[i]))
            return;
    if (statement->sql && !statement->common)
        diag_add(builder->diags, DIAG_BURST_COMMON, statement->at,
                 "the statement of '%s%s' names no column of the burst, so that every packet gets the same rows; "
                 "select those of :%s, or name it under 'common' of the burst", what, name,
                 builder->definition->burst.key);
}

void builder_check_burst(struct builder *builder)
{
    struct definition *definition = builder->definition;

    for (size_t i = 0; i < definition->burst.common_count; i++) {
        const struct definition_name *name = &definition->burst.common[i];
        struct statement *statement = find_statement(definition, name->text);

        if (statement)
            statement->common = true;
        else
            diag_add(builder->diags, DIAG_DEFINITION_VALUE, name->at,
                     "'%s' is no figure, table or chart of this report; name one, as in seats, table:lists, "
                     "chart:lists", name->text);
    }
    for (size_t i = 0; i < definition->figure_count; i++)
        check_statement(builder, &definition->figures[i].statement, "", definition->figures[i].name);
    for (size_t i = 0; i < definition->table_count; i++)
        check_statement(builder, &definition->tables[i].statement, "table:", definition->tables[i].object.id);
    for (size_t i = 0; i < definition->chart_count; i++)
        check_statement(builder, &definition->charts[i].statement, "chart:", definition->charts[i].object.id);
}

/* ---- a packet ---- */

static void take_parameters(struct builder *builder, struct definition *own, const struct value *cells)
{
    const struct burst *burst = builder->burst;
    struct sql_parameter *all =
        arena_array(builder->arena, own->parameter_count + burst->column_count, sizeof *all);
    size_t count = 0;

    for (size_t i = 0; i < own->parameter_count; i++)
        if (find_column(burst, own->parameters[i].name) == SIZE_MAX)
            all[count++] = own->parameters[i];
    for (size_t i = 0; i < burst->column_count; i++)
        all[count++] = (struct sql_parameter){ burst->columns[i], cells[i] };
    own->parameters = all;
    own->parameter_count = count;
}

void builder_take_packet(struct builder *builder, size_t packet)
{
    const struct burst *burst = builder->burst;
    struct definition *own = arena_copy(builder->arena, builder->definition, sizeof *own);
    const struct value *cells = &burst->cells[packet * burst->column_count];

    builder->packet = packet;
    builder->definition = own;
    take_parameters(builder, own, cells);
    builder_name_figures(builder);
    for (size_t i = 0; i < burst->figure_count; i++) {
        const size_t *column = burst->figures[i].column;
        struct figure *figure = figures_find(&builder->figures, burst->figures[i].name);

        figure->evaluated = true;
        if (column[LANG_EN] == column[LANG_AR]) {
            figure->value = cells[column[LANG_EN]];
            continue;
        }
        figure->kind = FIGURE_TEXTS;
        for (enum lang lang = 0; lang < LANG_COUNT; lang++)
            figure->words[lang] = builder_value_text(builder, &cells[column[lang]]);
    }
}
