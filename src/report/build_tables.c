/* Tables from data: cells printed in both languages; and key figures. */
#include "report/build_cells.h"

#include <string.h>

/* Whether every value of a column that is there is a number: such a column is aligned at its end. */
static bool is_number_column(const struct table *table, size_t column)
{
    bool any = false;

    for (size_t row = 0; row < table_rows(table); row++) {
        struct value value = table_value(table, row, column);

        if (value.type != VALUE_NULL && !value_is_number(&value))
            return false;
        any |= value.type != VALUE_NULL;
    }
    return any;
}

static struct doc_column make_column(const struct definition_column *column, const struct table *table,
                                     size_t index)
{
    struct doc_column made = { .weight = column->weight, .group = column->group };

    if (index != SIZE_MAX)
        made.align = is_number_column(table, index) ? ALIGN_END : ALIGN_START;
    if (column->has_align)
        made.align = column->align;
    return made;
}

static void fetch_table(struct builder *builder, const struct definition_table *definition,
                        struct table_parts *parts, struct doc_table *out)
{
    struct table *table = builder_query(builder, &definition->statement);
    size_t (*index)[LANG_COUNT] = arena_array(builder->reading, definition->column_count, sizeof *index);
    bool complete = true;

    if (!table)
        return;
    parts->row_count = table_rows(table);
    parts->columns = arena_array(builder->arena, definition->column_count, sizeof *parts->columns);
    if (parts->row_count == 0)
        diag_add(builder->diags, DIAG_DATA_EMPTY, definition->statement.at,
                 "the statement of table '%s' gives no rows; there is nothing to print",
                 definition->object.id);
    for (size_t i = 0; i < definition->column_count; i++) {
        const struct definition_column *column = &definition->columns[i];

        index[i][LANG_EN] = index[i][LANG_AR] = SIZE_MAX;
        complete &= column->field.given && builder_find_field(builder, table, &column->field, index[i]);
        parts->columns[i] = make_column(column, table, index[i][LANG_EN]);
    }
    *out = (struct doc_table){ .id = arena_string(builder->arena, definition->object.id),
                               .column_count = definition->column_count,
                               .columns = parts->columns,
                               .parallel = definition->parallel };
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        out->note[lang] = out->source[lang] = (struct rich_text){ .utf8 = "" };
    build_cells(builder, definition, table, (const size_t (*)[LANG_COUNT])index, parts, out, complete);
    table_drop(table);
}

void builder_fetch_tables(struct builder *builder)
{
    const struct definition *definition = builder->definition;

    builder->tables = arena_array(builder->reading, definition->table_count, sizeof *builder->tables);
    builder->table_parts = arena_array(builder->reading, definition->table_count, sizeof *builder->table_parts);
    for (size_t i = 0; i < definition->table_count; i++)
        fetch_table(builder, &definition->tables[i], &builder->table_parts[i], &builder->tables[i]);
}

static void word_group(struct builder *builder, const struct definition_group *definition,
                       struct doc_key_figures *out)
{
    struct doc_key_figure *figures = arena_array(builder->arena, definition->count, sizeof *figures);

    for (size_t i = 0; i < definition->count; i++) {
        for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
            figures[i].value[lang] = builder_format(builder, &definition->figures[i].value.in[lang], lang);
            figures[i].label[lang] = builder_format(builder, &definition->figures[i].label.in[lang], lang);
        }
        if (definition->figures[i].change.given)
            builder_word_change(builder, &definition->figures[i].change, &figures[i]);
    }
    out->id = arena_string(builder->arena, definition->object.id);
    out->count = definition->count;
    out->figures = figures;
}

void builder_word_tables(struct builder *builder)
{
    const struct definition *definition = builder->definition;

    for (size_t i = 0; i < definition->table_count; i++) {
        const struct definition_table *table = &definition->tables[i];
        struct doc_column *columns = builder->table_parts[i].columns;

        for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
            for (size_t j = 0; j < table->column_count; j++)
                columns[j].title[lang] = builder_format(builder, &table->columns[j].title.in[lang], lang);
            for (enum doc_row_kind kind = DOC_ROW_SUBTOTAL; kind < DOC_ROW_KINDS; kind++)
                if (table->sums[kind].given)
                    builder->table_parts[i].texts[lang][builder->table_parts[i].labels[kind]] =
                        builder_format(builder, &table->sums[kind].label.in[lang], lang);
            if (table->note.given)
                builder->tables[i].note[lang] = builder_format(builder, &table->note.in[lang], lang);
            if (table->source.given)
                builder->tables[i].source[lang] = builder_format(builder, &table->source.in[lang], lang);
        }
    }
    builder->groups = arena_array(builder->arena, definition->group_count, sizeof *builder->groups);
    for (size_t i = 0; i < definition->group_count; i++)
        word_group(builder, &definition->groups[i], &builder->groups[i]);
}
