/* SQLite types values, a table types columns: this settles the difference. Knows nothing of SQLite. */
#include "dataset/result.h"

#include "dataset/field.h"
#include "dataset/table_build.h"

static unsigned bit(enum value_type type)
{
    return 1u << type;
}

static void retype(struct table *table, size_t column, enum value_type type)
{
    for (size_t row = 0; row < table_rows(table); row++) {
        struct value value = table_value(table, row, column);
        if (value.type == VALUE_NULL)
            continue;
        value.type = type;
        table_set(table, row, column, value);
    }
}

static enum value_type settled(struct table *table, size_t column)
{
    unsigned seen = 0;
    bool all_days = true;

    for (size_t row = 0; row < table_rows(table); row++) {
        struct value value = table_value(table, row, column);
        seen |= value.type == VALUE_NULL ? 0 : bit(value.type);
        all_days = all_days && (value.type != VALUE_TEXT || field_is_day(value.text));
    }
    if (seen == (bit(VALUE_INTEGER) | bit(VALUE_NUMBER))) {
        retype(table, column, VALUE_NUMBER);
        return VALUE_NUMBER;
    }
    if (seen == bit(VALUE_TEXT) && all_days) {
        retype(table, column, VALUE_DATE);
        return VALUE_DATE;
    }
    for (enum value_type type = VALUE_TEXT; type <= VALUE_DATE; type++)
        if (seen == bit(type))
            return type;
    return VALUE_NULL;
}

void result_settle_types(struct table *table)
{
    for (size_t column = 0; column < table_columns(table); column++)
        table_set_type(table, column, settled(table, column));
}
