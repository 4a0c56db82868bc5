/*
 * Exact numbers in SQL. SQLite has no decimals, only 64-bit integers and doubles. Doubles are used here as
 * carriers only: a decimal of at most 15 significant digits survives the way to its nearest double and back to
 * 15 digits unchanged (DBL_DIG), so
 *   - a field of type number may have 15 digits (field.c refuses more); integers have 18 and are INTEGER;
 *   - sum, total, avg and ratio turn each double back into the decimal that it carries, compute exactly, and
 *     fail when a result needs more than 15 digits, rather than round it in silence;
 *   - every REAL of a result is read at 15 digits, which mends what + and * of doubles do (0.1 + 0.2 is 0.3), and
 *     then as decimals.h says, which mends what - does (54.3 - 54.2 is 0.1).
 * What SQL compares, orders by, groups by or makes a text of is the double as it is.
 */
#include "dataset/sql_inside.h"

#include "dataset/decimals.h"
#include "dataset/relation_inside.h"

#include <math.h>
#include <stdlib.h>

static double largest_sum(const struct database *database)
{
    double largest = 0;
    for (size_t i = 0; i < database->source_count; i++) {
        const struct relation *relation = database->sources[i].relation;
        for (size_t c = 0; c < relation->column_count; c++)
            if (relation->columns[c].data.type == VALUE_NUMBER)
                largest = fmax(largest, column_magnitude(&relation->columns[c].data));
    }
    return largest;
}

bool sql_read_real(struct database *database, double value, struct num *out)
{
    if (!num_from_double(value, out))
        return false;
    if (out->scale <= database->decimals)
        return true; /* as every number that comes straight from the data */
    if (database->largest < 0)
        database->largest = largest_sum(database);
    decimals_mend(value, database->decimals, database->largest, out);
    return true;
}

/* False, with an error set, when the value is no number. */
static bool get_num(sqlite3_context *context, sqlite3_value *value, struct num *out)
{
    struct database *database = sqlite3_user_data(context);
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        *out = num_from_int(sqlite3_value_int64(value));
        return true;
    case SQLITE_FLOAT:
        if (sql_read_real(database, sqlite3_value_double(value), out))
            return true;
        sqlite3_result_error(context, "a number is too large; at most 18 digits before the point", -1);
        return false;
    default:
        sqlite3_result_error(context, "a number is needed, this is a text", -1);
        return false;
    }
}

static bool is_carried(struct num n)
{
    return llabs(num_trim(n).coefficient) < 1000000000000000; /* 15 digits */
}

/* The quotient at as many decimals, up to 9, as a double carries. */
static void set_quotient(sqlite3_context *context, struct num a, struct num b)
{
    struct num quotient;
    for (int decimals = RATIO_DECIMALS; decimals >= 0; decimals--)
        if (num_ratio(a, b, (uint8_t)decimals, &quotient) && is_carried(quotient)) {
            sqlite3_result_double(context, num_to_double(quotient));
            return;
        }
    sqlite3_result_error(context, "a quotient has more than 15 digits before the point", -1);
}

static void function_ratio(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct num a, b;
    (void)count;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL || sqlite3_value_type(values[1]) == SQLITE_NULL)
        return; /* null, as SQL's own operators */
    if (!get_num(context, values[0], &a) || !get_num(context, values[1], &b))
        return;
    if (b.coefficient != 0)
        set_quotient(context, a, b);
}

/* Zeroed by SQLite. */
struct sum {
    struct num total;
    int64_t count, reals;
    bool too_large;
};

static void sum_change(sqlite3_context *context, sqlite3_value *value, bool add)
{
    struct sum *sum = sqlite3_aggregate_context(context, sizeof *sum);
    struct num num;
    if (!sum) {
        sqlite3_result_error_nomem(context);
        return;
    }
    struct database *database = sqlite3_user_data(context);
    bool null = sqlite3_value_type(value) == SQLITE_NULL;
    if (database->trace && add)
        sql_trace_step(database->trace, null);
    if (null || !get_num(context, value, &num))
        return;
    int64_t one = add ? 1 : -1;
    bool fits = add ? num_add(sum->total, num, &sum->total) : num_subtract(sum->total, num, &sum->total);
    sum->too_large |= !fits;
    sum->count += one;
    sum->reals += sqlite3_value_type(value) == SQLITE_FLOAT ? one : 0;
}

static void sum_step(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    sum_change(context, values[0], true);
}

static void sum_inverse(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    sum_change(context, values[0], false);
}

static void set_sum(sqlite3_context *context, const struct sum *sum, bool real)
{
    if (sum->too_large || (real && !is_carried(sum->total)))
        sqlite3_result_error(context, "a sum has too many digits to be exact: 15, of integers 18", -1);
    else if (real)
        sqlite3_result_double(context, num_to_double(sum->total));
    else
        sqlite3_result_int64(context, sum->total.coefficient);
}

static void sum_value(sqlite3_context *context)
{
    const struct sum *sum = sqlite3_aggregate_context(context, 0);
    if (sum && sum->count)
        set_sum(context, sum, sum->reals > 0);
}

static void total_value(sqlite3_context *context)
{
    const struct sum *sum = sqlite3_aggregate_context(context, 0), none = { .count = 0 };
    set_sum(context, sum ? sum : &none, true);
}

static void avg_value(sqlite3_context *context)
{
    const struct sum *sum = sqlite3_aggregate_context(context, 0);
    if (!sum || !sum->count)
        return;
    if (sum->too_large)
        set_sum(context, sum, true); /* its error */
    else
        set_quotient(context, sum->total, num_from_int(sum->count));
}

bool sql_add_exact(struct database *database)
{
    static const struct {
        const char *name;
        void (*value)(sqlite3_context *);
    } sums[] = { { "sum", sum_value }, { "total", total_value }, { "avg", avg_value } };
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        if (sqlite3_create_window_function(database->db, sums[i].name, 1, flags, database, sum_step, sums[i].value,
                                           sums[i].value, sum_inverse, NULL) != SQLITE_OK)
            return false;
    return sqlite3_create_function(database->db, "ratio", 2, flags, database, function_ratio, NULL, NULL) == SQLITE_OK;
}
