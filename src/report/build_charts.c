/*
 * Charts from data: each row read by its roles and checked, so that what is drawn is true, and so that a wrong
 * row is said once for all editions. How a chart looks is not known here.
 */
#include "report/builder.h"

#include "base/utf8.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct chart_reader {
    struct builder *builder;
    const struct definition_chart *definition;
    const struct table *table;
    size_t column[ROLE_COUNT][LANG_COUNT]; /* SIZE_MAX: no such role */
    bool told[ROLE_COUNT];                 /* that a role's values are of the wrong type: once is enough */
    size_t row;
};

static struct place row_place(const struct chart_reader *reader)
{
    return reader->definition->statement.at;
}

static bool has_role(const struct chart_reader *reader, enum chart_role role)
{
    return reader->column[role][LANG_EN] != SIZE_MAX;
}

static struct value role_value(const struct chart_reader *reader, enum chart_role role, enum lang lang)
{
    return table_value(reader->table, reader->row, reader->column[role][lang]);
}

/* "row 2 of chart 'seats' " and what is wrong with it. */
__attribute__((format(printf, 3, 4))) static void row_error(const struct chart_reader *reader,
                                                            enum diag_id id, const char *format, ...)
{
    char what[512]; /* as long as a message needs; what is quoted is cut */
    va_list arguments;

    va_start(arguments, format);
    utf8_end_cut(what, sizeof what, vsnprintf(what, sizeof what, format, arguments));
    va_end(arguments);
    diag_add(reader->builder->diags, id, row_place(reader), "row %zu of chart '%s' %s", reader->row + 1,
             reader->definition->object.id, what);
}

/* A role's value cannot be read: NULL where one is needed, or of the wrong type. */
static void report_value(struct chart_reader *reader, enum chart_role role, const struct value *value,
                         const char *wanted)
{
    enum chart_type type = reader->definition->type;

    if (value->type == VALUE_NULL) {
        if (chart_type_needs(type, role) && !(role == ROLE_VALUE && chart_type_shows_gaps(type)))
            row_error(reader, DIAG_CHART_VALUE, "has no %s; leave the row out, or give one",
                      chart_role_name(role));
        return;
    }
    if (!reader->told[role])
        row_error(reader, DIAG_COLUMN_TYPE, "has %s as its %s; select %s", value_kind(value),
                  chart_role_name(role), wanted);
    reader->told[role] = true;
}

/* False when there is none; report_value says whether that is wrong. */
static bool read_number(struct chart_reader *reader, enum chart_role role, struct num *out)
{
    struct value value;

    if (!has_role(reader, role))
        return false;
    value = role_value(reader, role, LANG_EN);
    if (value_is_number(&value)) {
        *out = value.num;
        return true;
    }
    report_value(reader, role, &value, "a number");
    return false;
}

static bool read_day(struct chart_reader *reader, enum chart_role role, struct date *out)
{
    struct value value;

    if (!has_role(reader, role))
        return false;
    value = role_value(reader, role, LANG_EN);
    if (value.type == VALUE_DATE && date_parse(value.text, out))
        return true;
    report_value(reader, role, &value, "a day, as 2024-01-04");
    return false;
}

static bool read_flag(struct chart_reader *reader, enum chart_role role)
{
    struct num flag;

    return read_number(reader, role, &flag) && flag.coefficient != 0;
}

/* Words in both languages; one that is missing is an error when the role is there. */
static void read_words(struct chart_reader *reader, enum chart_role role, const char *out[LANG_COUNT])
{
    for (enum lang lang = 0; has_role(reader, role) && lang < LANG_COUNT; lang++) {
        struct value value = role_value(reader, role, lang);

        out[lang] =
            value_print(&value, FORMAT_DEFAULT, reader->builder->locale[lang], reader->builder->arena);
        if (!out[lang] || !*out[lang])
            row_error(reader, DIAG_CHART_LABEL, "has no %s %s; give one in column '%s'", phrase_language(lang),
                      chart_role_name(role), reader->definition->roles[role].column[lang]);
    }
}

/* Words that a row may leave out, but in both languages or in none. */
static void read_words_or_none(struct chart_reader *reader, enum chart_role role, const char *out[LANG_COUNT])
{
    for (enum lang lang = 0; has_role(reader, role) && lang < LANG_COUNT; lang++) {
        struct value value = role_value(reader, role, lang);

        if (value.type == VALUE_TEXT && value.text[0])
            out[lang] = value_clean(value.text, reader->builder->arena);
        else if (value.type != VALUE_TEXT)
            report_value(reader, role, &value, "words");
    }
    if (has_role(reader, role) && !out[LANG_EN] != !out[LANG_AR])
        row_error(reader, DIAG_CHART_LABEL, "has a %s in one language only, '%s'; give the words in both",
                  chart_role_name(role), out[LANG_EN] ? out[LANG_EN] : out[LANG_AR]);
}

/* One column gives the codes of hedges, two give their words. */
static bool has_codes(const struct chart_reader *reader)
{
    return has_role(reader, ROLE_HEDGE) &&
           reader->column[ROLE_HEDGE][LANG_EN] == reader->column[ROLE_HEDGE][LANG_AR];
}

/* False with a diagnostic when the row's numbers and its code do not agree. */
static bool read_hedge(struct chart_reader *reader, struct hedge *hedge)
{
    struct value code = { .type = VALUE_NULL };
    const char *wrong;

    if (has_codes(reader))
        code = role_value(reader, ROLE_HEDGE, LANG_EN);
    if (code.type != VALUE_TEXT && code.type != VALUE_NULL)
        report_value(reader, ROLE_HEDGE, &code, "a code, as more_than");
    wrong = hedge_settle(hedge, code.type == VALUE_TEXT ? code.text : NULL, reader->builder->arena);
    if (wrong)
        row_error(reader, DIAG_CHART_VALUE, "%s", wrong);
    else if (has_role(reader, ROLE_HEDGE) && !has_codes(reader))
        read_words_or_none(reader, ROLE_HEDGE, hedge->words);
    return !wrong;
}

/* The numbers of a row: one at least, or low and high. False with a diagnostic when there is none. */
static bool read_numbers(struct chart_reader *reader, struct hedge *hedge)
{
    hedge->has_low = read_number(reader, ROLE_LOW, &hedge->low);
    hedge->has_high = read_number(reader, ROLE_HIGH, &hedge->high);
    if (hedge->has_low && hedge->has_high && role_value(reader, ROLE_VALUE, LANG_EN).type == VALUE_NULL)
        return true;
    hedge->has_best = read_number(reader, ROLE_VALUE, &hedge->best);
    return hedge->has_best;
}

static void read_quantity(struct chart_reader *reader, struct chart_row *row)
{
    enum chart_type type = reader->definition->type;
    struct builder *builder = reader->builder;
    struct hedge hedge = { .has_best = false };

    if (!read_numbers(reader, &hedge)) {
        row->missing = chart_type_shows_gaps(type);
        return;
    }
    row->ranged = !hedge.has_best;
    row->value = row->ranged ? hedge.high : hedge.best;
    if (!chart_type_is_signed(type) && (row->value.coefficient < 0 || (hedge.has_low && hedge.low.coefficient < 0)))
        row_error(reader, DIAG_CHART_VALUE, "is below zero; give a count of zero or more");
    else if (chart_type_is_counted(type) && !num_is_whole(row->value))
        row_error(reader, DIAG_CHART_VALUE, "is no whole number; a %s counts", chart_type_name(type));
    if (!read_hedge(reader, &hedge))
        return;
    row->has_low = hedge.has_low;
    row->has_high = hedge.has_high;
    row->low = hedge.low;
    row->high = hedge.high;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        struct rich_builder rich;

        rich_begin(&rich, builder->reading);
        value_add_hedged(&rich, &hedge, FORMAT_NUMBER, builder->locale[lang]);
        row->value_text[lang] = arena_string(builder->arena, rich_finish(&rich, NULL).utf8);
    }
}

static void read_span(struct chart_reader *reader, struct chart_row *row)
{
    bool started = read_day(reader, ROLE_START, &row->start);

    row->has_end = read_day(reader, ROLE_END, &row->end);
    if (started && row->has_end && date_days(row->end) < date_days(row->start))
        row_error(reader, DIAG_CHART_VALUE, "ends before it starts; swap start and end");
    row->open = read_flag(reader, ROLE_OPEN);
    read_words_or_none(reader, ROLE_DATE, row->date_text);
}

static void read_place(struct chart_reader *reader, struct chart_row *row)
{
    struct value value;

    if (!has_role(reader, ROLE_PLACE))
        return;
    value = role_value(reader, ROLE_PLACE, LANG_EN);
    if (value.type == VALUE_TEXT)
        row->place = value_clean(value.text, reader->builder->arena);
    else
        report_value(reader, ROLE_PLACE, &value, "the code of a governorate, as IQ-BG");
}

static void read_row(struct chart_reader *reader, struct chart_row *row)
{
    enum chart_type type = reader->definition->type;

    row->at = row_place(reader);
    read_words(reader, ROLE_CATEGORY, row->label);
    if (chart_type_needs(type, ROLE_LABEL))
        read_words(reader, ROLE_LABEL, row->label);
    else
        read_words_or_none(reader, ROLE_LABEL, row->label);
    read_words(reader, ROLE_SERIES, row->series);
    read_words(reader, ROLE_PANEL, row->panel);
    read_place(reader, row);
    read_span(reader, row);
    read_number(reader, ROLE_X, &row->x);
    row->emphasis = read_flag(reader, ROLE_EMPHASIS);
    if (has_role(reader, ROLE_VALUE))
        read_quantity(reader, row);
}

/* False when the statement gives a column not that a role names, or a role is not given; both have been said. */
static bool find_roles(struct chart_reader *reader)
{
    bool found = true;

    for (enum chart_role role = 0; role < ROLE_COUNT; role++) {
        reader->column[role][LANG_EN] = reader->column[role][LANG_AR] = SIZE_MAX;
        if (reader->definition->roles[role].given)
            found &= builder_find_field(reader->builder, reader->table, &reader->definition->roles[role],
                                        reader->column[role]);
        found &= has_role(reader, role) || !chart_type_needs(reader->definition->type, role);
    }
    return found;
}

static void check_seats(const struct chart_reader *reader, const struct chart_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].value.coefficient > 0)
            return;
    diag_add(reader->builder->diags, DIAG_CHART_VALUE, reader->definition->statement.at,
             "chart '%s' has no seats at all; give one row with some", reader->definition->object.id);
}

static void fetch_chart(struct builder *builder, const struct definition_chart *definition,
                        struct chart_spec *out)
{
    struct table *table = builder_query(builder, &definition->statement);
    struct chart_reader reader = { .builder = builder, .definition = definition, .table = table };
    size_t count, errors = diags_errors(builder->diags);
    struct chart_row *rows;

    if (!table)
        return;
    count = table_rows(table);
    rows = arena_array(builder->arena, count, sizeof *rows);
    if (count == 0)
        diag_add(builder->diags, DIAG_DATA_EMPTY, definition->statement.at,
                 "the statement of chart '%s' gives no rows; there is nothing to draw",
                 definition->object.id);
    if (find_roles(&reader)) {
        for (; reader.row < count; reader.row++)
            read_row(&reader, &rows[reader.row]);
        if (definition->type == CHART_HEMICYCLE && count > 0 && diags_errors(builder->diags) == errors)
            check_seats(&reader, rows, count);
    }
    *out = (struct chart_spec){ .id = arena_string(builder->arena, definition->object.id),
                                .type = definition->type,
                                .look = definition->look,
                                .at = definition->object.at,
                                .rows = rows,
                                .row_count = count };
    table_drop(table);
}

void builder_fetch_charts(struct builder *builder)
{
    const struct definition *definition = builder->definition;

    builder->charts = arena_array(builder->reading, definition->chart_count, sizeof *builder->charts);
    for (size_t i = 0; i < definition->chart_count; i++)
        if (definition->charts[i].type_known)
            fetch_chart(builder, &definition->charts[i], &builder->charts[i]);
}

/* The value of {name}, which definitions name where they need a number or a day. NULL with a diagnostic: not one. */
static const struct value *referred(struct builder *builder, const struct phrases *phrases, bool day)
{
    const char *name = message_reference(phrases->in[LANG_EN].message);
    struct figure *figure = name ? figures_find(&builder->figures, name) : NULL;

    if (!figure)
        return NULL; /* said by build_check.c */
    if (day ? figure->value.type != VALUE_DATE : !figure_is_number(figure)) {
        diag_add(builder->diags, DIAG_MESSAGE_TYPE, phrases->at, "figure '%s' is %s and here stands %s; name another",
                 figure->name, figure_kind_name(figure), day ? "a day" : "a number");
        return NULL;
    }
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        figure_note_use(figure, lang, phrases->at, NULL, builder->arena);
    return &figure->value;
}

static void refer_number(struct builder *builder, const struct phrases *phrases, struct num *out)
{
    const struct value *value = phrases->given ? referred(builder, phrases, false) : NULL;

    if (value)
        *out = value->num;
}

static void refer_day(struct builder *builder, const struct phrases *phrases, struct date *out)
{
    const struct value *value = phrases->given ? referred(builder, phrases, true) : NULL;

    if (value)
        date_parse(value->text, out);
}

static void word_notes(struct builder *builder, const struct definition_chart *definition, struct chart_spec *out)
{
    struct chart_note *notes = arena_array(builder->arena, definition->note_count, sizeof *notes);

    for (size_t i = 0; i < definition->note_count; i++) {
        const struct definition_note *from = &definition->notes[i];

        notes[i].kind = from->kind;
        notes[i].at = from->at;
        notes[i].category = arena_string(builder->arena, from->category);
        refer_number(builder, &from->value, &notes[i].value);
        refer_number(builder, &from->to, &notes[i].to);
        refer_day(builder, &from->day, &notes[i].day);
        refer_day(builder, &from->until, &notes[i].until);
        builder_format_strings(builder, &from->label, notes[i].label, NULL);
    }
    out->notes = notes;
    out->note_count = definition->note_count;
}

void builder_word_charts(struct builder *builder)
{
    const struct definition *definition = builder->definition;

    for (size_t i = 0; i < definition->chart_count; i++) {
        const struct definition_chart *chart = &definition->charts[i];
        struct chart_spec *out = &builder->charts[i];

        builder_format_strings(builder, &chart->subtitle, out->subtitle, out->subtitle_at);
        builder_format_strings(builder, &chart->alt, out->alt, NULL);
        builder_format_strings(builder, &chart->unit, out->unit, NULL);
        builder_format_strings(builder, &chart->x_unit, out->x_unit, NULL);
        refer_number(builder, &chart->total, &out->total);
        out->has_total = chart->total.given;
        word_notes(builder, chart, out);
    }
}

/* --- captions --- */

enum { TITLE_WORDS = 10, TITLE_WORDS_MOST = 12 };

/* Between blanks, breaking or not; a dash is none. */
static size_t count_words(const char *utf8)
{
    size_t count = 0;
    bool inside = false;

    for (const unsigned char *at = (const unsigned char *)utf8; *at; at++) {
        if (*at == ' ' || (at[0] == 0xC2 && at[1] == 0xA0)) {
            inside = false;
            at += *at != ' ';
        } else if (*at == 0xE2) { /* dashes, quotation marks, isolates */
            at += at[1] && at[2] ? 2 : 0;
        } else if (!inside && (*at > 0x7F || isalnum(*at))) {
            inside = true;
            count++;
        }
    }
    return count;
}

static bool ends_as_sentence(const char *utf8)
{
    static const char pdi[] = "\xE2\x81\xA9";
    size_t length = strlen(utf8);

    while (length > 0 && (utf8[length - 1] == ' ' || (length >= 3 && memcmp(utf8 + length - 3, pdi, 3) == 0)))
        length -= utf8[length - 1] == ' ' ? 1 : 3;
    return length > 0 && utf8[length - 1] == '.';
}

void builder_check_title(struct builder *builder, const char *chart, const struct block *block)
{
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const char *title = block->text[lang].utf8;
        size_t words = count_words(title);

        if (words > TITLE_WORDS_MOST)
            diag_add(builder->diags, DIAG_CHART_TITLE, block->at[lang],
                     "the caption of chart '%s' has %zu words; say the finding in about %d, and the rest in the text",
                     chart, words, TITLE_WORDS);
        if (ends_as_sentence(title))
            diag_add(builder->diags, DIAG_CHART_TITLE, block->at[lang],
                     "the caption of chart '%s' ends with a full stop; a title has none", chart);
    }
}
