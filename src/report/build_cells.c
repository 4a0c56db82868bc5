/*
 * Cells from values. A table of a hundred thousand rows says the same again and again: each text is made once for
 * its column, and a cell is its number, four bytes. Sums are made from the values, never from what is printed.
 */
#include "report/build_cells.h"

#include "dataset/dictionary.h"

#include <stdlib.h>
#include <string.h>

enum { EMPTY_TEXT = 0 }; /* before the labels of sums: rich texts, and what is printed comes behind them */
static const char dash[] = "\xE2\x80\x93"; /* U+2013: no value */

struct sum {
    struct num of;
    uint8_t fewest; /* decimals of a value of it: zeros behind them are not printed, since no value has them all */
    bool any;
};

struct maker {
    struct builder *builder;
    const struct definition_table *definition;
    const struct table *data;
    const size_t (*column)[LANG_COUNT];
    struct arena *scratch;
    size_t rich_count;                   /* in each language */
    struct buf text;                     /* the plain ones, each with a NUL behind it; */
    uint32_t *texts[LANG_COUNT];         /* heap: where they begin */
    size_t count[LANG_COUNT];            /* with the rich ones */
    uint32_t *rows[LANG_COUNT];          /* heap: of the data, row-major */
    uint32_t *out[LANG_COUNT];           /* of the table */
    size_t made;                         /* rows of it */
    bool *summed[DOC_ROW_KINDS];         /* by column */
    struct sum *sums[DOC_ROW_KINDS];
};

/* ---- texts ---- */

static uint32_t add_text(struct maker *maker, enum lang lang, const char *printed)
{
    struct rich_builder rich;
    struct rich_text made;
    size_t number = maker->count[lang]++, count = number - maker->rich_count;
    bool shares = lang != LANG_EN && number < maker->count[LANG_EN];

    rich_begin(&rich, maker->scratch);
    if (strcmp(printed, dash) == 0)
        rich_add_string(&rich, printed);
    else
        value_add(&rich, printed, lang);
    made = rich_finish(&rich, NULL);
    if ((count & (count - 1)) == 0)
        maker->texts[lang] = xrealloc(maker->texts[lang], count ? count * 2 : 1, sizeof *maker->texts[lang]);
    if (shares && strcmp(maker->text.data + maker->texts[LANG_EN][count], made.utf8) == 0) {
        maker->texts[lang][count] = maker->texts[LANG_EN][count]; /* as names of lists and years often are */
        return (uint32_t)number;
    }
    if (maker->text.length > UINT32_MAX)
        end_without("the texts of a table take more than 4 GB; make it of fewer rows");
    maker->texts[lang][count] = (uint32_t)maker->text.length;
    buf_add(&maker->text, made.utf8, made.length + 1);
    return (uint32_t)number;
}

/* `known`: the texts of the column that were printed so far, of which the first has the number `first`. */
static uint32_t find_text(struct maker *maker, struct dictionary *known, size_t first, enum lang lang,
                          const char *text)
{
    size_t count = dictionary_count(known);
    uint32_t number;

    if (!*text)
        return EMPTY_TEXT;
    number = dictionary_add(known, text, strlen(text));
    if (number == count)
        add_text(maker, lang, text);
    return (uint32_t)first + number;
}

/* ---- rows of the data ---- */

/* What the cell prints. NULL, said, when a value does not suit the format. */
static const char *print_cell(struct maker *maker, const struct definition_column *column, size_t index, size_t row,
                              enum lang lang)
{
    struct value value = table_value(maker->data, row, index);
    const char *printed =
        value_print(&value, column->format, maker->builder->locale[lang], maker->scratch);

    if (value.type == VALUE_NULL || (column->format == FORMAT_QUALIFIER && printed && !*printed))
        return dash;
    if (!printed)
        diag_add(maker->builder->diags, DIAG_COLUMN_TYPE, column->field.at[lang],
                 "row %zu of column '%s' holds %s and the format needs %s; choose another format", row + 1,
                 column->field.column[lang], value_kind(&value), value_wanted(column->format));
    return printed;
}

static bool print_column(struct maker *maker, size_t position, enum lang lang)
{
    const struct definition_column *column = &maker->definition->columns[position];
    size_t index = maker->column[position][lang];
    struct dictionary *known = dictionary_new();
    size_t first = maker->count[lang];
    bool ok = true;

    for (size_t row = 0; ok && row < table_rows(maker->data); row++) {
        const char *printed = print_cell(maker, column, index, row, lang);

        ok = printed != NULL;
        if (ok)
            maker->rows[lang][row * maker->definition->column_count + position] =
                find_text(maker, known, first, lang, printed);
        arena_clear(maker->scratch);
    }
    dictionary_drop(known);
    return ok;
}

static void print_rows(struct maker *maker)
{
    for (size_t i = 0; i < maker->definition->column_count; i++) {
        const size_t *index = maker->column[i];

        if (index[LANG_EN] == SIZE_MAX || index[LANG_AR] == SIZE_MAX)
            continue;
        if (print_column(maker, i, LANG_EN) || index[LANG_EN] != index[LANG_AR])
            print_column(maker, i, LANG_AR);
    }
}

/* ---- sums ---- */

/* Which columns a sum is of; said when one holds what cannot be added. */
static void find_summed(struct maker *maker, enum doc_row_kind kind)
{
    const struct definition_table *definition = maker->definition;
    const struct definition_sum *sum = &definition->sums[kind];

    maker->summed[kind] = arena_array(maker->builder->arena, definition->column_count, sizeof(bool));
    maker->sums[kind] = arena_array(maker->builder->arena, definition->column_count, sizeof(struct sum));
    for (size_t i = 0; i < definition->column_count; i++)
        for (size_t k = 0; k < sum->column_count && definition->columns[i].field.given; k++)
            maker->summed[kind][i] |= strcmp(definition->columns[i].field.column[LANG_EN], sum->columns[k].text) == 0;
}

static struct place place_of_sum(const struct maker *maker, enum doc_row_kind kind, size_t position)
{
    const struct definition_sum *sum = &maker->definition->sums[kind];
    const char *name = maker->definition->columns[position].field.column[LANG_EN];

    for (size_t i = 0; i < sum->column_count; i++)
        if (strcmp(sum->columns[i].text, name) == 0)
            return sum->columns[i].at;
    return sum->at;
}

static bool add_value(struct maker *maker, enum doc_row_kind kind, size_t position, size_t row)
{
    struct value value = table_value(maker->data, row, maker->column[position][LANG_EN]);
    struct sum *sum = &maker->sums[kind][position];
    const char *name = maker->definition->columns[position].field.column[LANG_EN];

    if (value.type == VALUE_NULL)
        return true;
    if (!value_is_number(&value)) {
        diag_add(maker->builder->diags, DIAG_COLUMN_TYPE, place_of_sum(maker, kind, position),
                 "column '%s' cannot be added up: row %zu holds %s; sum columns of numbers", name, row + 1,
                 value_kind(&value));
        return false;
    }
    if (sum->any && !num_add(sum->of, value.num, &sum->of)) {
        diag_add(maker->builder->diags, DIAG_COLUMN_TYPE, place_of_sum(maker, kind, position),
                 "the sum of column '%s' needs more than 18 digits at row %zu; leave it out", name, row + 1);
        return false;
    }
    if (!sum->any)
        sum->of = value.num;
    if (!sum->any || value.num.scale < sum->fewest)
        sum->fewest = value.num.scale;
    sum->any = true;
    return true;
}

static bool add_row(struct maker *maker, size_t row)
{
    for (enum doc_row_kind kind = DOC_ROW_SUBTOTAL; kind < DOC_ROW_KINDS; kind++)
        for (size_t i = 0; maker->definition->sums[kind].given && i < maker->definition->column_count; i++)
            if (maker->summed[kind][i] && !add_value(maker, kind, i, row))
                return false;
    return true;
}

static struct num without_zeros(struct num num, uint8_t fewest)
{
    for (; num.scale > fewest && num.coefficient % 10 == 0; num.scale--)
        num.coefficient /= 10;
    return num;
}

/* A row of sums behind the rows made so far. */
static void close_sum(struct maker *maker, enum doc_row_kind kind, struct table_parts *parts, uint8_t *kinds)
{
    size_t columns = maker->definition->column_count;

    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        uint32_t *row = &maker->out[lang][maker->made * columns];

        row[0] = (uint32_t)parts->labels[kind];
        for (size_t i = 1; i < columns; i++) {
            struct sum *sum = &maker->sums[kind][i];
            struct value value = { .type = VALUE_NUMBER, .num = without_zeros(sum->of, sum->fewest) };
            const char *printed = NULL;

            row[i] = EMPTY_TEXT;
            if (!maker->summed[kind][i])
                continue;
            if (sum->any)
                printed = value_print(&value, maker->definition->columns[i].format, maker->builder->locale[lang],
                                      maker->scratch);
            row[i] = add_text(maker, lang, printed ? printed : dash);
        }
    }
    arena_clear(maker->scratch);
    kinds[maker->made++] = (uint8_t)kind;
}

/* ---- the table ---- */

/* Whether the row goes on with the group of the one before, by what is printed in the first column. */
static bool goes_on(const struct maker *maker, size_t row)
{
    size_t columns = maker->definition->column_count;

    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        if (maker->rows[lang][row * columns] != maker->rows[lang][(row - 1) * columns])
            return false;
    return true;
}

/* A group that comes twice has two subtotals, and none is its sum: said once. */
static void check_groups(struct maker *maker)
{
    size_t columns = maker->definition->column_count;
    bool *seen = xcalloc(maker->count[LANG_EN] + 1, sizeof *seen);

    for (size_t row = 0; row < table_rows(maker->data); row++) {
        uint32_t text = maker->rows[LANG_EN][row * columns];

        if (row > 0 && goes_on(maker, row))
            continue;
        if (seen[text]) {
            diag_add(maker->builder->diags, DIAG_GROUP_SPLIT, maker->definition->columns[0].field.at[LANG_EN],
                     "row %zu takes up a group that has its subtotal already; ORDER BY '%s' first", row + 1,
                     maker->definition->columns[0].field.column[LANG_EN]);
            break;
        }
        seen[text] = true;
    }
    free(seen);
}

static size_t count_groups(const struct maker *maker)
{
    size_t groups = table_rows(maker->data) > 0;

    for (size_t row = 1; row < table_rows(maker->data); row++)
        groups += !goes_on(maker, row);
    return groups;
}

/* The group that ends behind the rows made so far; its only row would be its sum. */
static void close_group(struct maker *maker, struct table_parts *parts, uint8_t *kinds, size_t group_rows)
{
    if (group_rows > 1)
        close_sum(maker, DOC_ROW_SUBTOTAL, parts, kinds);
    memset(maker->sums[DOC_ROW_SUBTOTAL], 0, maker->definition->column_count * sizeof(struct sum));
}

/* Whether both languages have a text for the same cells, and so the same numbers in all rows of the data. */
static bool alike(const struct maker *maker)
{
    size_t cells = table_rows(maker->data) * maker->definition->column_count;

    return memcmp(maker->rows[LANG_EN], maker->rows[LANG_AR], cells * sizeof **maker->rows) == 0;
}

/* The rows of the data with those of sums between them. */
static void make_rows(struct maker *maker, struct table_parts *parts, struct doc_table *out)
{
    const struct definition_sum *sums = maker->definition->sums;
    size_t columns = maker->definition->column_count, rows = table_rows(maker->data), first = 0; /* of the group */
    size_t count = rows + sums[DOC_ROW_TOTAL].given + (sums[DOC_ROW_SUBTOTAL].given ? count_groups(maker) : 0);
    struct arena *arena = maker->builder->arena;
    uint8_t *kinds = count > rows ? arena_array(arena, count, sizeof *kinds) : NULL;
    bool ok = true;

    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        if (lang > 0 && !kinds && alike(maker))
            maker->out[lang] = maker->out[0];
        else
            maker->out[lang] = arena_array(arena, count * columns, sizeof **maker->out);
    for (size_t row = 0; ok && row < rows; row++) {
        for (enum lang lang = 0; lang < LANG_COUNT; lang++)
            memcpy(&maker->out[lang][maker->made * columns], &maker->rows[lang][row * columns],
                   columns * sizeof **maker->out);
        maker->made++;
        ok = add_row(maker, row);
        if (row + 1 < rows && goes_on(maker, row + 1))
            continue;
        if (sums[DOC_ROW_SUBTOTAL].given)
            close_group(maker, parts, kinds, row + 1 - first);
        first = row + 1;
    }
    if (ok && sums[DOC_ROW_TOTAL].given)
        close_sum(maker, DOC_ROW_TOTAL, parts, kinds);
    out->kinds = kinds;
    out->row_count = maker->made;
}

/* How many columns before the first sum: the label stands across them. */
static size_t label_columns(const struct maker *maker, enum doc_row_kind kind)
{
    size_t count = 0;

    while (count < maker->definition->column_count && !maker->summed[kind][count])
        count++;
    return count ? count : 1;
}

/* The empty text and the labels. */
static void prepare_rich(struct maker *maker, struct table_parts *parts, struct doc_table *out)
{
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        maker->count[lang] = maker->rich_count;
        parts->texts[lang] = arena_array(maker->builder->arena, maker->rich_count, sizeof *parts->texts[lang]);
        for (size_t i = 0; i < maker->rich_count; i++)
            parts->texts[lang][i] = (struct rich_text){ .utf8 = "" };
        out->cells[lang] = parts->texts[lang];
    }
    out->rich_count = maker->rich_count;
}

static void prepare_sums(struct maker *maker, struct table_parts *parts, struct doc_table *out)
{
    for (enum doc_row_kind kind = DOC_ROW_SUBTOTAL; kind < DOC_ROW_KINDS; kind++) {
        if (!maker->definition->sums[kind].given)
            continue;
        find_summed(maker, kind);
        out->label_columns[kind] = label_columns(maker, kind);
        parts->labels[kind] = maker->rich_count++;
    }
}

void build_cells(struct builder *builder, const struct definition_table *definition, const struct table *data,
                 const size_t (*column)[LANG_COUNT], struct table_parts *parts, struct doc_table *out,
                 bool complete)
{
    struct inline_place *from = arena_alloc(builder->arena, sizeof *from);
    struct maker maker = { .builder = builder, .definition = definition, .data = data, .column = column,
                           .scratch = arena_new(), .rich_count = EMPTY_TEXT + 1 };

    from->at = definition->statement.at;
    out->from = from;
    buf_init(&maker.text);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        maker.rows[lang] = xcalloc(table_rows(data) * definition->column_count, sizeof **maker.rows);
    prepare_sums(&maker, parts, out);
    prepare_rich(&maker, parts, out);
    print_rows(&maker);
    if (complete && definition->sums[DOC_ROW_SUBTOTAL].given)
        check_groups(&maker);
    if (complete)
        make_rows(&maker, parts, out);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        out->plain[lang] = arena_copy(builder->arena, maker.texts[lang],
                                      (maker.count[lang] - maker.rich_count) * sizeof **maker.texts);
        out->text_count[lang] = maker.count[lang];
        out->index[lang] = maker.out[lang];
        free(maker.texts[lang]);
        free(maker.rows[lang]);
    }
    out->plain_text = arena_copy(builder->arena, maker.text.data, maker.text.length);
    buf_drop(&maker.text);
    arena_drop(maker.scratch);
}
