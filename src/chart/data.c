/* A chart's rows as values, and as CSV. Draws nothing. */
#include "chart/data.h"

#include <string.h>

#include "base/arena.h"
#include "base/csv_write.h"
#include "base/utf8.h"
#include "chart/governorates.h"
#include "locale/locale.h"

/* --- cells: null for what is missing --- */

static struct value text_value(const char *words, struct arena *arena)
{
    return words ? (struct value){ .type = VALUE_TEXT, .text = utf8_plain(words, strlen(words), arena) }
                 : (struct value){ .type = VALUE_NULL };
}

static struct value number_value(bool known, struct num num)
{
    return known ? (struct value){ .type = VALUE_NUMBER, .num = num } : (struct value){ .type = VALUE_NULL };
}

static struct value date_value(bool known, struct date day, struct arena *arena)
{
    if (!known)
        return (struct value){ .type = VALUE_NULL };
    return (struct value){ .type = VALUE_DATE,
                           .text = arena_printf(arena, "%04d-%02d-%02d", day.year, day.month, day.day) };
}

static struct value label_of(const struct chart_row *row, enum lang lang, struct arena *arena)
{
    return text_value(row->label[lang], arena);
}

static struct value series_of(const struct chart_row *row, enum lang lang, struct arena *arena)
{
    return text_value(row->series[lang], arena);
}

static struct value panel_of(const struct chart_row *row, enum lang lang, struct arena *arena)
{
    return text_value(row->panel[lang], arena);
}

static struct value place_of(const struct chart_row *row, enum lang lang, struct arena *arena)
{
    (void)lang;
    return text_value(row->place, arena);
}

static struct value printed_of(const struct chart_row *row, enum lang lang, struct arena *arena)
{
    return text_value(row->value_text[lang], arena);
}

static struct value date_text_of(const struct chart_row *row, enum lang lang, struct arena *arena)
{
    return text_value(row->date_text[lang], arena);
}

static struct value value_of(const struct chart_row *row, enum lang lang, struct arena *arena)
{
    (void)lang, (void)arena;
    return number_value(!row->missing && !row->ranged, row->value);
}

static struct value x_of(const struct chart_row *row, enum lang lang, struct arena *arena)
{
    (void)lang, (void)arena;
    return number_value(true, row->x);
}

static struct value low_of(const struct chart_row *row, enum lang lang, struct arena *arena)
{
    (void)lang, (void)arena;
    return number_value(row->has_low, row->low);
}

static struct value high_of(const struct chart_row *row, enum lang lang, struct arena *arena)
{
    (void)lang, (void)arena;
    return number_value(row->has_high, row->high);
}

static struct value start_of(const struct chart_row *row, enum lang lang, struct arena *arena)
{
    (void)lang;
    return date_value(row->start.month > 0, row->start, arena);
}

static struct value end_of(const struct chart_row *row, enum lang lang, struct arena *arena)
{
    (void)lang;
    return date_value(row->has_end, row->end, arena);
}

static struct value open_of(const struct chart_row *row, enum lang lang, struct arena *arena)
{
    (void)lang, (void)arena;
    return row->open ? (struct value){ .type = VALUE_BOOLEAN, .num = { 1, 0 } } : (struct value){ .type = VALUE_NULL };
}

/* --- columns --- */

static const struct chart_column columns[CHART_COLUMNS_MOST] = {
    { "panel_en", VALUE_TEXT, LANG_EN, panel_of },
    { "panel_ar", VALUE_TEXT, LANG_AR, panel_of },
    { "label_en", VALUE_TEXT, LANG_EN, label_of },
    { "label_ar", VALUE_TEXT, LANG_AR, label_of },
    { "series_en", VALUE_TEXT, LANG_EN, series_of },
    { "series_ar", VALUE_TEXT, LANG_AR, series_of },
    { "place", VALUE_TEXT, LANG_EN, place_of },
    { "x", VALUE_NUMBER, LANG_EN, x_of },
    { "value", VALUE_NUMBER, LANG_EN, value_of },
    { "low", VALUE_NUMBER, LANG_EN, low_of },
    { "high", VALUE_NUMBER, LANG_EN, high_of },
    { "printed_en", VALUE_TEXT, LANG_EN, printed_of },
    { "printed_ar", VALUE_TEXT, LANG_AR, printed_of },
    { "start", VALUE_DATE, LANG_EN, start_of },
    { "end", VALUE_DATE, LANG_EN, end_of },
    { "open", VALUE_BOOLEAN, LANG_EN, open_of },
    { "date_en", VALUE_TEXT, LANG_EN, date_text_of },
    { "date_ar", VALUE_TEXT, LANG_AR, date_text_of },
};

/* A scatter plot alone has two values, and a timeline none. */
static bool is_used(const struct chart_column *column, const struct chart_spec *spec, struct arena *arena)
{
    if ((column->value == x_of && spec->type != CHART_SCATTER) ||
        (column->value == value_of && spec->type == CHART_TIMELINE))
        return false;
    for (size_t i = 0; i < spec->row_count; i++)
        if (column->value(&spec->rows[i], column->lang, arena).type != VALUE_NULL)
            return true;
    return false;
}

size_t chart_data_columns(const struct chart_spec *spec, const struct chart_column *out[CHART_COLUMNS_MOST])
{
    struct arena *arena = arena_new();
    size_t count = 0;

    for (size_t i = 0; i < CHART_COLUMNS_MOST; i++)
        if (is_used(&columns[i], spec, arena))
            out[count++] = &columns[i];
    arena_drop(arena);
    return count;
}

bool chart_data_is_said(const struct chart_spec *spec)
{
    enum { CELLS_MOST = 6000 }; /* in both languages; a page has 32,767 pieces of marked content at most */
    const struct chart_column *used[CHART_COLUMNS_MOST];

    return spec->row_count > 0 && spec->row_count <= CELLS_MOST / (chart_data_columns(spec, used) + 1);
}

/* --- the file --- */

static void add_cell(struct value value, struct buf *out)
{
    if (value.type == VALUE_TEXT)
        csv_add_text(out, value.text);
    else if (value.type == VALUE_NUMBER)
        num_format(value.num, out);
    else if (value.type != VALUE_NULL)
        buf_add_string(out, value.type == VALUE_DATE ? value.text : "true");
}

void chart_data_csv(const struct chart_spec *spec, struct buf *out)
{
    const struct chart_column *used[CHART_COLUMNS_MOST];
    size_t count = chart_data_columns(spec, used);
    struct arena *arena = arena_new();

    for (size_t i = 0; i < count; i++) {
        buf_add_string(out, i ? "," : "");
        buf_add_string(out, used[i]->name);
    }
    buf_add_char(out, '\n');
    for (size_t row = 0; row < spec->row_count; row++) {
        for (size_t i = 0; i < count; i++) {
            buf_add_string(out, i ? "," : "");
            add_cell(used[i]->value(&spec->rows[row], used[i]->lang, arena), out);
        }
        buf_add_char(out, '\n');
    }
    arena_drop(arena);
}

/* --- a table in words --- */

/* What is above a column, by its name without the language. */
static const char *head_of(const struct chart_spec *spec, const struct chart_column *column, enum lang lang)
{
    static const struct {
        const char *name, *head[LANG_COUNT];
    } heads[] = {
        { "panel", { "panel", "القسم" } },          { "label", { "item", "البند" } },
        { "series", { "series", "السلسلة" } },      { "place", { "governorate", "المحافظة" } },
        { "x", { "x", "س" } },                      { "value", { "value", "القيمة" } },
        { "low", { "lowest", "الأدنى" } },          { "high", { "highest", "الأعلى" } },
        { "printed", { "as printed", "كما طُبعت" } }, { "start", { "start", "البداية" } },
        { "end", { "end", "النهاية" } },            { "open", { "open end", "نهاية مفتوحة" } },
        { "date", { "date", "التاريخ" } },
    };
    size_t length = strcspn(column->name, "_");
    if (column->value == value_of && spec->unit[lang])
        return spec->unit[lang];
    if (column->value == x_of && spec->x_unit[lang])
        return spec->x_unit[lang];
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (strlen(heads[i].name) == length && !strncmp(heads[i].name, column->name, length))
            return heads[i].head[lang];
    return column->name;
}

/* A governorate by its name. */
static const char *place_name(const char *code, enum lang lang)
{
    for (size_t i = 0; i < GOVERNORATE_COUNT; i++)
        if (strcmp(governorates[i].code, code) == 0)
            return governorates[i].name[lang];
    return code;
}

static const char *cell_of(const struct chart_column *column, const struct chart_row *row, enum lang lang,
                           const struct locale *locale, struct arena *arena)
{
    static const char *const yes[LANG_COUNT] = { "yes", "نعم" };
    const struct value value = column->value(row, lang, arena);
    switch (value.type) {
    case VALUE_NULL:
        return "";
    case VALUE_NUMBER:
        return locale_number(locale, value.num, arena);
    case VALUE_BOOLEAN:
        return yes[lang];
    case VALUE_DATE:
        return locale_date(locale, column->value == end_of ? row->end : row->start, DATE_LONG, arena);
    default:
        return column->value == place_of ? place_name(value.text, lang) : value.text;
    }
}

/* The columns of one language in which any row has something, in the order of the file. */
struct said {
    const struct chart_column *columns[CHART_COLUMNS_MOST];
    size_t count;
};

static bool has(const struct said *said, struct value (*value)(const struct chart_row *, enum lang, struct arena *))
{
    for (size_t i = 0; i < said->count; i++)
        if (said->columns[i]->value == value)
            return true;
    return false;
}

/* The day tells rows apart where nothing is named. */
static bool is_name(const struct said *said, const struct chart_column *column)
{
    return column->value == panel_of || column->value == label_of || column->value == series_of ||
           column->value == place_of || (column->value == start_of && !has(said, label_of));
}

/* Whether a value as printed is another than the number. */
static bool is_printed_otherwise(const struct chart_spec *spec, enum lang lang, const struct locale *locale,
                                 struct arena *arena)
{
    for (size_t i = 0; i < spec->row_count; i++) {
        const struct chart_row *row = &spec->rows[i];
        const struct value words = printed_of(row, lang, arena), value = value_of(row, lang, arena);
        if (words.type != VALUE_NULL &&
            (value.type == VALUE_NULL || strcmp(words.text, locale_number(locale, value.num, arena)) != 0))
            return true;
    }
    return false;
}

static struct said said_of(const struct chart_spec *spec, enum lang lang, const struct locale *locale,
                           struct arena *arena)
{
    const struct chart_column *all[CHART_COLUMNS_MOST];
    size_t count = chart_data_columns(spec, all);
    bool printed = is_printed_otherwise(spec, lang, locale, arena);
    struct said said = { .count = 0 };
    for (size_t i = 0; i < count; i++)
        if ((!strchr(all[i]->name, '_') || all[i]->lang == lang) && (all[i]->value != printed_of || printed))
            said.columns[said.count++] = all[i];
    return said;
}

/* A first day without a last one is the day. */
static const char *head_in(const struct said *said, const struct chart_spec *spec, const struct chart_column *column,
                           enum lang lang)
{
    static const char *const day[LANG_COUNT] = { "date", "التاريخ" };
    bool alone = column->value == start_of && !has(said, end_of) && !has(said, open_of) && !has(said, date_text_of);
    return alone ? day[lang] : head_of(spec, column, lang);
}

struct chart_words chart_data_words(const struct chart_spec *spec, enum lang lang, const struct locale *locale,
                                    struct arena *arena)
{
    const struct said said = said_of(spec, lang, locale, arena);
    const struct chart_column *used[CHART_COLUMNS_MOST];
    size_t names = 0, count = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < said.count; i++)
            if (is_name(&said, said.columns[i]) == (pass == 0))
                used[count++] = said.columns[i];
        names = pass == 0 ? count : names;
    }
    const char **cells = arena_array(arena, (spec->row_count + 1) * count, sizeof *cells), **cell = cells;
    for (size_t i = 0; i < count; i++)
        *cell++ = head_in(&said, spec, used[i], lang);
    for (size_t row = 0; row < spec->row_count; row++)
        for (size_t i = 0; i < count; i++)
            *cell++ = cell_of(used[i], &spec->rows[row], lang, locale, arena);
    return (struct chart_words){ cells, count, names };
}
