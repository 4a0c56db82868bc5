/* Statements of the definition, and whether what they give is of its packet. */
#include "report/builder.h"

const char *builder_value_text(struct builder *builder, const struct value *value)
{
    struct buf out;
    const char *text;

    if (value->type == VALUE_TEXT || value->type == VALUE_DATE)
        return value->text;
    buf_init(&out);
    num_format(value->num, &out);
    text = arena_string(builder->arena, out.data);
    buf_drop(&out);
    return text;
}

static bool is_own(struct builder *builder, const struct statement *statement, const struct table *table)
{
    const struct burst *burst = builder->burst;

    if (builder->packet == SIZE_MAX || statement->common)
        return true;
    for (size_t row = 0; row < table_rows(table); row++)
        for (size_t i = 0; i < table_columns(table); i++) {
            const char *column = table_column(table, i)->name;
            const struct value value = table_value(table, row, i);
            size_t owner = burst_owner(burst, builder->packet, column, &value, true);

            if (owner == SIZE_MAX)
                continue;
            diag_add(builder->diags, DIAG_BURST_FOREIGN, statement->at,
                     "the statement gives '%s' in column '%s', which is of packet '%s'; select what is of this one, or "
                     "name the statement under 'common' of the burst", builder_value_text(builder, &value), column,
                     burst->keys[owner]);
            return false;
        }
    return true;
}

struct table *builder_query(struct builder *builder, const struct statement *statement)
{
    struct table *table;

    if (!statement->sql)
        return NULL;
    table = database_query(builder->database, statement->sql, statement->at, statement->indent,
                           builder->definition->parameters, builder->definition->parameter_count, builder->diags);
    if (!table || is_own(builder, statement, table))
        return table;
    table_drop(table);
    return NULL;
}
