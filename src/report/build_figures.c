/* Statements of the definition, and the figures that they give. Must not know texts or blocks. */
#include "report/builder.h"

#include "base/nearest.h"
#include "base/progress.h"

#include <string.h>

bool builder_find_field(struct builder *builder, const struct table *table, const struct field *field,
                        size_t column[LANG_COUNT])
{
    size_t count = table_columns(table);
    const char **names = arena_array(builder->reading, count, sizeof *names);
    bool found = true;

    for (size_t i = 0; i < count; i++)
        names[i] = table_column(table, i)->name;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        column[lang] = table_find(table, field->column[lang]);
        if (column[lang] != SIZE_MAX)
            continue;
        found = false;
        if (lang == LANG_AR && strcmp(field->column[LANG_EN], field->column[LANG_AR]) == 0)
            continue; /* said for English */
        diag_add(builder->diags, DIAG_COLUMN_UNKNOWN, field->at[lang],
                 "the statement gives no column '%s'; %s", field->column[lang],
                 nearest_or_all(builder->arena, field->column[lang], names, count,
                                "select it, or name one that it gives"));
    }
    return found;
}

/* The columns of a hedged figure; which of them are there, hedge_settle judges by the values. */
static const char *const hedge_column_names[] = { "best", "low", "high", "qualifier" };

enum { HEDGE_COLUMNS = sizeof hedge_column_names / sizeof *hedge_column_names };

static bool is_text(const struct value *value)
{
    return value->type == VALUE_TEXT && value->text[0];
}

static bool is_empty(const struct value *value)
{
    return value->type == VALUE_NULL || (value->type == VALUE_TEXT && !value->text[0]);
}

static const char *keep_text(struct builder *builder, struct value value)
{
    return is_text(&value) ? value_clean(value.text, builder->arena) : NULL;
}

static bool take_value(struct builder *builder, struct figure *figure, struct value value, struct place at)
{
    if (is_empty(&value)) {
        diag_add(builder->diags, DIAG_FIGURE_VALUE, at,
                 "figure '%s' has no value: its row is empty; select one that is there", figure->name);
        return false;
    }
    figure->value = value;
    figure->value.text = arena_string(builder->arena, value.text);
    return true;
}

/* The words of a text figure, or of a hedge, where NULL and '' say that the number is exact. */
static bool take_words(struct builder *builder, struct figure *figure, const struct table *table,
                       struct place at)
{
    const char **words = figure->kind == FIGURE_HEDGED ? figure->hedge.words : figure->words;
    bool good = true;

    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        struct value value = table_value(table, 0, table_find(table, lang_tag(lang)));

        words[lang] = keep_text(builder, value);
        if (words[lang] || (is_empty(&value) && figure->kind == FIGURE_HEDGED))
            continue;
        diag_add(builder->diags, DIAG_FIGURE_VALUE, at, "figure '%s' has %s in column '%s'; it needs a text",
                 figure->name, is_empty(&value) ? "nothing" : value_kind(&value), lang_tag(lang));
        good = false;
    }
    if (good && figure->kind == FIGURE_HEDGED && !words[LANG_EN] != !words[LANG_AR]) {
        diag_add(builder->diags, DIAG_FIGURE_VALUE, at,
                 "figure '%s' is hedged in one language only; give the words in both, or in neither",
                 figure->name);
        good = false;
    }
    return good;
}

/* A number and the words of its hedge, written in the data. */
static bool take_worded(struct builder *builder, struct figure *figure, const struct table *table,
                        struct place at)
{
    figure->kind = FIGURE_HEDGED;
    if (!take_value(builder, figure, table_value(table, 0, table_find(table, "value")), at))
        return false;
    if (!value_is_number(&figure->value)) {
        diag_add(builder->diags, DIAG_FIGURE_VALUE, at, "figure '%s' hedges %s; only a number can be hedged",
                 figure->name, value_kind(&figure->value));
        return false;
    }
    figure->hedge.best = figure->value.num;
    figure->hedge.has_best = true;
    return take_words(builder, figure, table, at);
}

/* The row's value in a column of a hedge; NULL when the statement does not select it. */
static struct value hedge_cell(const struct table *table, const char *name)
{
    size_t column = table_find(table, name);

    return column == SIZE_MAX ? (struct value){ .type = VALUE_NULL } : table_value(table, 0, column);
}

/* A number of a hedge, which may be absent. False with a diagnostic when something else is there. */
static bool take_bound(struct builder *builder, const struct figure *figure, const struct table *table,
                       const char *name, struct num *out, bool *has, struct place at)
{
    struct value value = hedge_cell(table, name);

    *has = value_is_number(&value);
    *out = value.num;
    if (*has || is_empty(&value))
        return true;
    diag_add(builder->diags, DIAG_FIGURE_VALUE, at, "figure '%s' has %s in column '%s'; it needs a number",
             figure->name, value_kind(&value), name);
    return false;
}

/* Best, low, high and a qualifier of the vocabulary: see hedge.h. */
static bool take_hedge(struct builder *builder, struct figure *figure, const struct table *table,
                       struct place at)
{
    struct hedge *hedge = &figure->hedge;
    struct value code = hedge_cell(table, "qualifier");
    const char *wrong;
    bool good = take_bound(builder, figure, table, "best", &hedge->best, &hedge->has_best, at);

    figure->kind = FIGURE_HEDGED;
    good &= take_bound(builder, figure, table, "low", &hedge->low, &hedge->has_low, at);
    good &= take_bound(builder, figure, table, "high", &hedge->high, &hedge->has_high, at);
    if (!is_empty(&code) && code.type != VALUE_TEXT) {
        diag_add(builder->diags, DIAG_FIGURE_VALUE, at,
                 "figure '%s' has %s in column 'qualifier'; it needs a code, as more_than", figure->name,
                 value_kind(&code));
        return false;
    }
    if (!good)
        return false;
    wrong = hedge_settle(hedge, is_empty(&code) ? NULL : code.text, builder->arena);
    if (wrong)
        diag_add(builder->diags, DIAG_FIGURE_VALUE, at, "figure '%s' %s", figure->name, wrong);
    else if (hedge->has_best)
        figure->value = hedge_cell(table, "best");
    return !wrong;
}

/* How many columns of a hedge the statement gives. */
static size_t hedge_columns(const struct table *table)
{
    size_t count = 0;

    for (size_t i = 0; i < HEDGE_COLUMNS; i++)
        count += table_find(table, hedge_column_names[i]) != SIZE_MAX;
    return count;
}

/* The columns say no figure. Where they are those of a hedge but for one, that one is named. */
static void report_columns(struct builder *builder, const struct figure *figure, const struct table *table,
                           struct place at)
{
    size_t columns = table_columns(table);
    const char *odd = NULL, *near;

    for (size_t i = 0; i < columns && !odd; i++) {
        odd = table_column(table, i)->name;
        for (size_t j = 0; odd && j < HEDGE_COLUMNS; j++)
            if (strcmp(odd, hedge_column_names[j]) == 0)
                odd = NULL;
    }
    near = odd && hedge_columns(table) > 0 ? nearest_known(odd, hedge_column_names, HEDGE_COLUMNS) : NULL;
    if (near)
        diag_add(builder->diags, DIAG_FIGURE_COLUMNS, at, "figure '%s' gives a column '%s'; did you mean '%s'?",
                 figure->name, odd, near);
    else
        diag_add(builder->diags, DIAG_FIGURE_COLUMNS, at,
                 "figure '%s' gives %zu columns that say no figure; select one column, or en and ar, or best, "
                 "low, high and qualifier, or value, en and ar",
                 figure->name, columns);
}

static bool take_row(struct builder *builder, struct figure *figure, const struct table *table,
                     struct place at)
{
    size_t columns = table_columns(table);
    bool words = table_find(table, "en") != SIZE_MAX && table_find(table, "ar") != SIZE_MAX;

    if (columns == 1)
        return take_value(builder, figure, table_value(table, 0, 0), at);
    if (columns == 2 && words) {
        figure->kind = FIGURE_TEXTS;
        return take_words(builder, figure, table, at);
    }
    if (columns == 3 && words && table_find(table, "value") != SIZE_MAX)
        return take_worded(builder, figure, table, at);
    if (columns == hedge_columns(table))
        return take_hedge(builder, figure, table, at);
    report_columns(builder, figure, table, at);
    return false;
}

bool builder_evaluate(struct builder *builder, const struct statement *statement, struct figure *figure)
{
    struct table *table = builder_query(builder, statement);
    bool good = table && table_rows(table) == 1;

    if (good)
        good = take_row(builder, figure, table, statement->at);
    else if (table)
        diag_add(builder->diags, DIAG_FIGURE_ROWS, statement->at,
                 "figure '%s' gives %zu rows; its statement must give exactly one", figure->name, table_rows(table));
    if (table)
        table_drop(table);
    return good;
}

void builder_evaluate_figures(struct builder *builder)
{
    const struct definition *definition = builder->definition;

    for (size_t i = 0; i < definition->figure_count; i++) {
        progress_say(builder->diags, PROGRESS_STATEMENTS, i, definition->figure_count);
        struct figure *figure = figures_find(&builder->figures, definition->figures[i].name);

        figure->evaluated = builder_evaluate(builder, &definition->figures[i].statement, figure);
    }
}
