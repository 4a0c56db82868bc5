/* Terms tested by number: a text is compared once, whatever the rows that hold it. Knows no plan and no cursor. */
#include "dataset/sql_filter.h"

#include "base/arena.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* An index pays from the third lookup on, and not for a handful of rows. */
enum { INDEX_LOOKUPS = 3, INDEX_ROWS = 64 };

static const int64_t EXACT_MAX = (int64_t)1 << 53; /* integers that a double holds */

bool filter_op_from(int sqlite_op, enum filter_op *out)
{
    static const struct {
        int sqlite_op;
        enum filter_op op;
    } ops[] = {
        { SQLITE_INDEX_CONSTRAINT_EQ, FILTER_EQ }, { SQLITE_INDEX_CONSTRAINT_LT, FILTER_LT },
        { SQLITE_INDEX_CONSTRAINT_LE, FILTER_LE }, { SQLITE_INDEX_CONSTRAINT_GT, FILTER_GT },
        { SQLITE_INDEX_CONSTRAINT_GE, FILTER_GE }, { SQLITE_INDEX_CONSTRAINT_ISNULL, FILTER_NULL },
    };
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++)
        if (ops[i].sqlite_op == sqlite_op) {
            *out = ops[i].op;
            return true;
        }
    return false;
}

static bool is_exact(int64_t value)
{
    return value >= -EXACT_MAX && value <= EXACT_MAX;
}

bool filter_suits(const struct column *column, sqlite3_value *value)
{
    int type = sqlite3_value_type(value);
    if (column->texts)
        return type == SQLITE_TEXT;
    if (column->type != VALUE_NUMBER && column->least <= column->most
        && (!is_exact(column->least) || !is_exact(column->most)))
        return false;
    return type == SQLITE_FLOAT || (type == SQLITE_INTEGER && is_exact(sqlite3_value_int64(value)));
}

static const struct column *column_of(const struct filter *f, size_t column)
{
    return &f->relation->columns[column].data;
}

/* --- terms ---------------------------------------------------------------------------------------------- */

void filter_init(struct filter *f, const struct relation *relation, struct sql_index *indexes)
{
    *f = (struct filter){ .relation = relation, .indexes = indexes };
}

static bool passes(int order, enum filter_op op)
{
    switch (op) {
    case FILTER_EQ:
        return order == 0;
    case FILTER_LT:
        return order < 0;
    case FILTER_LE:
        return order <= 0;
    case FILTER_GT:
        return order > 0;
    default:
        return order >= 0;
    }
}

/* As SQLite does: a text may go on behind a NUL. */
static int compare_texts(const struct dictionary *texts, size_t i, const char *text, size_t length)
{
    size_t own = dictionary_length(texts, i);
    int order = memcmp(dictionary_text(texts, i), text, own < length ? own : length);
    return order ? order : (own > length) - (own < length);
}

static void add_text(struct filter *f, struct filter_term *term, sqlite3_value *value)
{
    struct dictionary *texts = column_of(f, term->column)->texts;
    const char *text = (const char *)sqlite3_value_text(value);
    size_t length = (size_t)sqlite3_value_bytes(value);

    if (term->op == FILTER_EQ) {
        term->kind = FILTER_BY_ONE;
        term->one = dictionary_find(texts, text, length);
        f->never |= term->one == DICTIONARY_NONE;
        return;
    }
    term->kind = FILTER_BY_TEXT;
    term->texts = xcalloc(dictionary_count(texts), sizeof *term->texts);
    for (size_t i = 0; i < dictionary_count(texts); i++)
        term->texts[i] = passes(compare_texts(texts, i, text, length), term->op);
}

static void add_text_list(struct filter *f, struct filter_term *term, sqlite3_value *list)
{
    struct dictionary *texts = column_of(f, term->column)->texts;
    sqlite3_value *value = NULL;
    term->kind = FILTER_BY_TEXT;
    term->texts = xcalloc(dictionary_count(texts), sizeof *term->texts);
    for (int code = sqlite3_vtab_in_first(list, &value); code == SQLITE_OK && value;
         code = sqlite3_vtab_in_next(list, &value)) {
        int64_t number = dictionary_find(texts, (const char *)sqlite3_value_text(value),
                                         (size_t)sqlite3_value_bytes(value));
        if (number != DICTIONARY_NONE)
            term->texts[number] = true;
    }
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void add_number_list(struct filter_term *term, sqlite3_value *list)
{
    sqlite3_value *value = NULL;
    term->kind = FILTER_BY_LIST;
    for (int code = sqlite3_vtab_in_first(list, &value); code == SQLITE_OK && value;
         code = sqlite3_vtab_in_next(list, &value)) {
        term->numbers = xrealloc(term->numbers, term->number_count + 1, sizeof *term->numbers);
        term->numbers[term->number_count++] = sqlite3_value_double(value);
    }
    if (term->number_count)
        qsort(term->numbers, term->number_count, sizeof *term->numbers, compare_numbers);
}

/* Whether a list's values, but nulls, are of the column's kind; of others SQLite decides alone. */
static bool list_suits(const struct column *column, sqlite3_value *list)
{
    sqlite3_value *value = NULL;
    int code = sqlite3_vtab_in_first(list, &value);
    for (; code == SQLITE_OK && value; code = sqlite3_vtab_in_next(list, &value))
        if (sqlite3_value_type(value) == SQLITE_NULL || !filter_suits(column, value))
            return false;
    return code == SQLITE_DONE || code == SQLITE_OK;
}

void filter_add(struct filter *f, size_t column, enum filter_op op, bool in, sqlite3_value *value)
{
    const struct column *data = column_of(f, column);
    struct filter_term *term = &f->terms[f->count];
    *term = (struct filter_term){ .column = column, .op = op };

    if (op == FILTER_NULL) {
        term->kind = FILTER_BY_NULL;
    } else if (in) {
        if (!list_suits(data, value))
            return;
        if (data->texts)
            add_text_list(f, term, value);
        else
            add_number_list(term, value);
    } else if (sqlite3_value_type(value) == SQLITE_NULL) {
        f->never = true;
        return;
    } else if (!filter_suits(data, value)) {
        return;
    } else if (data->texts) {
        add_text(f, term, value);
    } else {
        term->kind = FILTER_BY_NUMBER;
        term->number = sqlite3_value_double(value);
    }
    f->count++;
}

void filter_drop(struct filter *f)
{
    for (size_t i = 0; i < f->count; i++) {
        free(f->terms[i].texts);
        free(f->terms[i].numbers);
    }
}

/* --- rows ----------------------------------------------------------------------------------------------- */

static double number_of(const struct column *column, size_t row)
{
    return column->type == VALUE_NUMBER ? num_to_double(column_value(column, row).num)
                                        : (double)column_get(column, row);
}

static bool test_number(const struct filter_term *term, double number)
{
    if (term->kind == FILTER_BY_NUMBER)
        return passes((number > term->number) - (number < term->number), term->op);
    return term->number_count
        && bsearch(&number, term->numbers, term->number_count, sizeof number, compare_numbers);
}

static bool test(const struct filter *f, const struct filter_term *term, size_t row)
{
    const struct column *column = column_of(f, term->column);
    bool null = column_is_null(column, row);
    if (null || term->kind == FILTER_BY_NULL)
        return null && term->kind == FILTER_BY_NULL;
    if (term->kind == FILTER_BY_ONE)
        return column_get(column, row) == term->one;
    if (term->kind == FILTER_BY_TEXT)
        return term->texts[column_get(column, row)];
    return test_number(term, number_of(column, row));
}

/* --- indexes -------------------------------------------------------------------------------------------- */

void sql_index_drop(struct sql_index *index)
{
    free(index->starts);
    free(index->rows);
}

/* Rows by the numbers of the column's texts. */
static void index_texts(struct sql_index *index, const struct column *column, size_t rows)
{
    size_t texts = dictionary_count(column->texts);
    index->starts = xcalloc(texts + 2, sizeof *index->starts);
    index->rows = xcalloc(rows, sizeof *index->rows);
    uint32_t *ends = index->starts + 1; /* while it is filled, one further */
    for (size_t row = 0; row < rows; row++)
        if (!column_is_null(column, row))
            ends[column_get(column, row) + 1]++;
    for (size_t i = 1; i <= texts; i++)
        ends[i] += ends[i - 1];
    for (size_t row = 0; row < rows; row++)
        if (!column_is_null(column, row))
            index->rows[ends[column_get(column, row)]++] = (uint32_t)row;
}

static void index_numbers(struct sql_index *index, const struct relation *relation, size_t column)
{
    struct relation_key key = { .column = column };
    index->rows = xcalloc(relation->rows, sizeof *index->rows);
    for (size_t row = 0; row < relation->rows; row++)
        index->rows[row] = (uint32_t)row;
    relation_order(relation, &key, 1, index->rows, relation->rows);
}

/* How many rows of the index stand before those that hold the number, or with them. */
static size_t count_before(const struct sql_index *index, const struct relation *relation,
                           const struct filter_term *term, bool with)
{
    const struct column *column = &relation->columns[term->column].data;
    size_t from = 0, to = relation->rows;
    while (from < to) {
        size_t middle = from + (to - from) / 2, row = index->rows[middle];
        double number = column_is_null(column, row) ? -HUGE_VAL : number_of(column, row);
        if (number < term->number || (with && number == term->number))
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* The rows that a term for one value lets through; made when it pays. False: it does not. */
static bool look_up(const struct filter *f, const struct filter_term *term, const uint32_t **rows, size_t *count)
{
    struct sql_index *index = &f->indexes[term->column];
    bool one = term->kind == FILTER_BY_ONE || (term->kind == FILTER_BY_NUMBER && term->op == FILTER_EQ);
    if (!one || f->relation->rows < INDEX_ROWS || ++index->lookups < INDEX_LOOKUPS)
        return false;
    if (!index->rows && term->kind == FILTER_BY_ONE)
        index_texts(index, column_of(f, term->column), f->relation->rows);
    else if (!index->rows)
        index_numbers(index, f->relation, term->column);
    size_t from = term->kind == FILTER_BY_ONE ? index->starts[term->one]
                                              : count_before(index, f->relation, term, false);
    size_t to = term->kind == FILTER_BY_ONE ? index->starts[term->one + 1]
                                            : count_before(index, f->relation, term, true);
    *rows = index->rows + from;
    *count = to - from;
    return true;
}

static bool test_all(const struct filter *f, size_t row)
{
    for (size_t i = 0; i < f->count; i++)
        if (!test(f, &f->terms[i], row))
            return false;
    return true;
}

uint32_t *filter_rows(struct filter *f, size_t *count)
{
    const uint32_t *from = NULL;
    size_t candidates = f->never ? 0 : f->relation->rows;
    for (size_t i = 0; !f->never && !from && i < f->count; i++)
        look_up(f, &f->terms[i], &from, &candidates);
    uint32_t *rows = xrealloc(NULL, candidates, sizeof *rows);
    *count = 0;
    for (size_t i = 0; i < candidates; i++) {
        uint32_t row = from ? from[i] : (uint32_t)i;
        if (test_all(f, row))
            rows[(*count)++] = row;
    }
    f->tested = candidates;
    return rows;
}
