/* Statements of the definition, and the figures that they give. Must not know texts or blocks. */
#include "report/builder.h"

#include "base/nearest.h"

#include <string.h>

void builder_name_figures(struct builder *builder)
{
    const struct definition *definition = builder->definition;
    struct figures *figures = &builder->figures;

    figures->list = arena_array(builder->arena, definition->figure_count, sizeof *figures->list);
    figures->count = definition->figure_count;
    for (size_t i = 0; i < figures->count; i++) {
        figures->list[i].name = definition->figures[i].name;
        figures->list[i].at = definition->figures[i].at;
    }
    figures_sort(figures);
}

struct table *builder_query(struct builder *builder, const struct statement *statement)
{
    if (!statement->sql)
        return NULL;
    return database_query(builder->database, statement->sql, statement->at, statement->indent,
                          &builder->as_of, 1, builder->diags);
}

bool builder_find_field(struct builder *builder, const struct table *table, const struct field *field,
                        size_t column[LANG_COUNT])
{
    size_t count = table_columns(table);
    const char **names = arena_array(builder->arena, count, sizeof *names);
    bool found = true;

    for (size_t i = 0; i < count; i++)
        names[i] = table_column(table, i)->name;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const char *near;

        column[lang] = table_find(table, field->column[lang]);
        if (column[lang] != SIZE_MAX)
            continue;
        found = false;
        if (lang == LANG_AR && strcmp(field->column[LANG_EN], field->column[LANG_AR]) == 0)
            continue; /* said for English */
        near = nearest_known(field->column[lang], names, count);
        diag_add(builder->diags, DIAG_COLUMN_UNKNOWN, field->at[lang],
                 "the statement gives no column '%s'; %s%s%s", field->column[lang],
                 near ? "did you mean '" : "select it, or name one that it gives", near ? near : "",
                 near ? "'?" : "");
    }
    return found;
}

static bool is_text(const struct value *value)
{
    return value->type == VALUE_TEXT && value->text[0];
}

static const char *keep_text(struct builder *builder, struct value value)
{
    return is_text(&value) ? value_clean(value.text, builder->arena) : NULL;
}

static bool take_value(struct builder *builder, struct figure *figure, struct value value, struct place at)
{
    if (value.type == VALUE_NULL || (value.type == VALUE_TEXT && !value.text[0])) {
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
    bool good = true;

    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        struct value value = table_value(table, 0, table_find(table, lang_tag(lang)));
        bool empty = value.type == VALUE_NULL || (value.type == VALUE_TEXT && !value.text[0]);

        figure->words[lang] = keep_text(builder, value);
        if (figure->words[lang] || (empty && figure->kind == FIGURE_HEDGED))
            continue;
        diag_add(builder->diags, DIAG_FIGURE_VALUE, at, "figure '%s' has %s in column '%s'; it needs a text",
                 figure->name, empty ? "nothing" : value_kind(&value), lang_tag(lang));
        good = false;
    }
    if (good && figure->kind == FIGURE_HEDGED && !figure->words[LANG_EN] != !figure->words[LANG_AR]) {
        diag_add(builder->diags, DIAG_FIGURE_VALUE, at,
                 "figure '%s' is hedged in one language only; give the words in both, or in neither",
                 figure->name);
        good = false;
    }
    return good;
}

static bool take_row(struct builder *builder, struct figure *figure, const struct table *table,
                     struct place at)
{
    size_t columns = table_columns(table), value = table_find(table, "value");
    bool words = table_find(table, "en") != SIZE_MAX && table_find(table, "ar") != SIZE_MAX;

    if (columns == 1)
        return take_value(builder, figure, table_value(table, 0, 0), at);
    if (columns == 2 && words) {
        figure->kind = FIGURE_TEXTS;
        return take_words(builder, figure, table, at);
    }
    if (columns != 3 || !words || value == SIZE_MAX) {
        diag_add(builder->diags, DIAG_FIGURE_COLUMNS, at,
                 "figure '%s' gives %zu columns that say no figure; select one column, or en and ar, or "
                 "value, en and ar",
                 figure->name, columns);
        return false;
    }
    figure->kind = FIGURE_HEDGED;
    if (!take_value(builder, figure, table_value(table, 0, value), at))
        return false;
    if (!value_is_number(&figure->value)) {
        diag_add(builder->diags, DIAG_FIGURE_VALUE, at, "figure '%s' hedges %s; only a number can be hedged",
                 figure->name, value_kind(&figure->value));
        return false;
    }
    return take_words(builder, figure, table, at);
}

void builder_evaluate_figures(struct builder *builder)
{
    const struct definition *definition = builder->definition;

    for (size_t i = 0; i < definition->figure_count; i++) {
        const struct statement *statement = &definition->figures[i].statement;
        struct figure *figure = figures_find(&builder->figures, definition->figures[i].name);
        struct table *table = builder_query(builder, statement);

        if (!table)
            continue;
        if (table_rows(table) == 1)
            figure->evaluated = take_row(builder, figure, table, statement->at);
        else
            diag_add(builder->diags, DIAG_FIGURE_ROWS, statement->at,
                     "figure '%s' gives %zu rows; its statement must give exactly one", figure->name,
                     table_rows(table));
        table_drop(table);
    }
}
