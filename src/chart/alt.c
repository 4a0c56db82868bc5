/*
 * Alternative text from the data: the kind of chart, the finding, then what a glance at it would tell.
 * Plain text for screen readers. Must not know how anything is drawn.
 */
#include "chart/chart.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "chart/governorates.h"
#include "chart/plot.h"

/* More would not be a description any more; the extremes stand for them. */
enum { ROWS_TOLD = 8, EVENTS_TOLD = 15, GAPS_TOLD = 8 };

struct telling {
    const struct chart_spec *spec;
    const struct locale *locale;
    enum lang lang;
    struct arena *arena;
    struct buf *out;
};

static const char *pick(const struct telling *t, const char *en, const char *ar)
{
    return t->lang == LANG_AR ? ar : en;
}

static void say(const struct telling *t, const char *text)
{
    buf_add_string(t->out, text);
}

/* A sentence ends once, whether or not the author ended it. */
static void say_sentence(const struct telling *t, const char *text)
{
    if (!text || !*text)
        return;
    say(t, " ");
    say(t, text);
    if (!strchr(".!?", text[strlen(text) - 1]))
        say(t, ".");
}

static void say_integer(const struct telling *t, int64_t value)
{
    say(t, locale_number(t->locale, num_from_int(value), t->arena));
}

static void say_value(const struct telling *t, const struct chart_row *row)
{
    const char *text = row->value_text[t->lang];

    say(t, text && *text ? text : locale_number(t->locale, row->value, t->arena));
}

/* NULL: it names none. */
static const char *governorate_of(const struct chart_row *row, enum lang lang)
{
    for (size_t i = 0; row->place && i < GOVERNORATE_COUNT; i++)
        if (strcmp(governorates[i].code, row->place) == 0)
            return governorates[i].name[lang];
    return NULL;
}

/* What tells the row from the others: its panel, category and series, and the day or the other value. */
static void say_name(const struct telling *t, const struct chart_row *row)
{
    const char *words[] = {row->panel[t->lang], row->label[t->lang], row->series[t->lang], NULL};
    bool first = true;

    if (!words[1] || !*words[1])
        words[1] = governorate_of(row, t->lang);
    if (!words[1] && row->start.year)
        words[1] = locale_date(t->locale, row->start, DATE_LONG, t->arena);
    for (size_t i = 0; i < 3; i++) {
        if (!words[i] || !*words[i])
            continue;
        say(t, first ? "" : pick(t, ", ", "، "));
        say(t, words[i]);
        first = false;
    }
}

static void say_row(const struct telling *t, const char *lead, const struct chart_row *row)
{
    say(t, lead);
    say_name(t, row);
    say(t, " (");
    if (t->spec->type == CHART_SCATTER) {
        say(t, locale_number(t->locale, row->x, t->arena));
        say(t, pick(t, "; ", "؛ "));
    }
    say_value(t, row);
    say(t, ")");
}

/* Too many are refused where they are drawn. */
static int64_t seats(const struct chart_spec *spec, bool emphasised_only)
{
    const double most = 1e18;
    double sum = 0;

    for (size_t i = 0; i < spec->row_count; i++)
        if (spec->rows[i].emphasis || !emphasised_only)
            sum += num_to_double(spec->rows[i].value);
    return (int64_t)fmax(fmin(sum, most), -most);
}

static void tell_lists(const struct telling *t, bool emphasised_only)
{
    bool first = true;

    for (size_t i = 0; i < t->spec->row_count; i++) {
        const struct chart_row *row = &t->spec->rows[i];
        if (emphasised_only && !row->emphasis)
            continue;
        say(t, first ? " " : pick(t, ", ", "، "));
        say(t, row->label[t->lang] ? row->label[t->lang] : "");
        say(t, " ");
        say_integer(t, (int64_t)num_to_double(row->value));
        first = false;
    }
    say(t, ".");
}

static void tell_hemicycle(const struct telling *t)
{
    int64_t total = seats(t->spec, false), shown = seats(t->spec, true);

    say(t, pick(t, "Half circle of ", "مخطط نصف دائري، عدد مقاعده "));
    say_integer(t, total);
    say(t, pick(t, " seats.", "."));
    say_sentence(t, t->spec->title[t->lang]);
    if (shown > 0) {
        say(t, pick(t, " Highlighted, ", " المبرز منها "));
        say_integer(t, shown);
        say(t, pick(t, " of ", " من أصل "));
        say_integer(t, total);
        say(t, ":");
    }
    tell_lists(t, shown > 0);
}

/* --- charts of values --- */

/* What a type is called, up to the number of what it counts. */
static const struct kind_words {
    const char *words[LANG_COUNT];
    enum counted { COUNT_ROWS, COUNT_CATEGORIES, COUNT_PANELS, COUNT_DAYS } counted; /* DAYS: "from ... to ..." */
} kinds[CHART_TYPE_COUNT] = {
    [CHART_BAR] = {{"Bar chart, number of categories: ", "مخطط شريطي، عدد فئاته "}, COUNT_CATEGORIES},
    [CHART_DOT] = {{"Dot plot, number of categories: ", "مخطط نقطي، عدد فئاته "}, COUNT_CATEGORIES},
    [CHART_RANGE_BARS] = {{"Bar chart with ranges, number of bars: ", "مخطط شريطي يبين المدى، عدد أشرطته "},
                          COUNT_ROWS},
    [CHART_PYRAMID] = {{"Bars back to back, number of categories: ", "مخطط شريطي متقابل الجانبين، عدد فئاته "},
                       COUNT_CATEGORIES},
    [CHART_LINE] = {{"Line chart, ", "مخطط خطي، "}, COUNT_DAYS},
    [CHART_SLOPE] = {{"Slope chart, number of lines: ", "مخطط خطوط مائلة، عدد خطوطه "}, COUNT_CATEGORIES},
    [CHART_SCATTER] = {{"Scatter plot, number of points: ", "مخطط انتشار، عدد نقاطه "}, COUNT_ROWS},
    [CHART_COUNCILS] = {{"Seats of councils side by side, number of councils: ",
                         "مقاعد مجالس جنبًا إلى جنب، عدد المجالس "}, COUNT_PANELS},
    [CHART_WAFFLE] = {{"Grid of equal cells, number of parts: ", "شبكة خلايا متساوية، عدد أجزائها "},
                      COUNT_CATEGORIES},
    [CHART_NUMBER] = {{"Large number over a small line, ", "رقم كبير فوق خط صغير، "}, COUNT_DAYS},
    [CHART_CALENDAR] = {{"Calendar with a shade for each day, ", "تقويم تتدرج ألوان أيامه، "}, COUNT_DAYS},
    [CHART_MATRIX] = {{"Table of shades, number of values: ", "جدول متدرج الألوان، عدد قيمه "}, COUNT_ROWS},
    [CHART_TILE_MAP] = {{"Tile map of Iraq, number of governorates: ", "خريطة للعراق بالمربعات، عدد محافظاتها "},
                        COUNT_ROWS},
};

static const struct groups *groups_in(const struct telling *t, enum group_kind kind)
{
    struct plot plot = {.spec = t->spec, .arena = t->arena};

    return groups_of(&plot, kind);
}

static void say_span(const struct telling *t)
{
    struct date first = t->spec->rows[0].start, last = first;

    for (size_t i = 1; i < t->spec->row_count; i++) {
        struct date day = t->spec->rows[i].start;
        first = date_days(day) < date_days(first) ? day : first;
        last = date_days(day) > date_days(last) ? day : last;
    }
    say(t, pick(t, "from ", "من "));
    say(t, locale_date(t->locale, first, DATE_LONG, t->arena));
    say(t, pick(t, " to ", " إلى "));
    say(t, locale_date(t->locale, last, DATE_LONG, t->arena));
}

static void say_kind(const struct telling *t)
{
    const struct kind_words *kind = &kinds[t->spec->type];

    say(t, kind->words[t->lang]);
    if (kind->counted == COUNT_DAYS)
        say_span(t);
    else if (kind->counted == COUNT_ROWS)
        say_integer(t, (int64_t)t->spec->row_count);
    else
        say_integer(t, (int64_t)groups_in(t, kind->counted == COUNT_PANELS ? GROUP_PANEL : GROUP_CATEGORY)->count);
    say(t, ".");
}

static void say_series(const struct telling *t)
{
    const struct groups *series = groups_in(t, GROUP_SERIES);

    for (size_t i = 0; i < series->count; i++) {
        say(t, i == 0 ? pick(t, " Series: ", " السلاسل: ") : pick(t, ", ", "، "));
        say(t, group_words(series, GROUP_SERIES, i)[t->lang]);
    }
    if (series->count > 0)
        say(t, ".");
}

/* What the numbers count: once, since they are many. Of a scatter the value across comes first, as in each row. */
static void say_units(const struct telling *t)
{
    const char *unit = t->spec->unit[t->lang], *across = t->spec->x_unit[t->lang];

    if (across && *across && unit && *unit)
        say_sentence(t, arena_printf(t->arena, pick(t, "Units: %s; %s", "الوحدتان: %s؛ %s"), across, unit));
    else if (unit && *unit)
        say_sentence(t, arena_printf(t->arena, pick(t, "Unit: %s", "الوحدة: %s"), unit));
}

static void say_gaps(const struct telling *t)
{
    size_t missing = 0, told = 0;

    for (size_t i = 0; i < t->spec->row_count; i++)
        missing += t->spec->rows[i].missing;
    if (missing > GAPS_TOLD) {
        say(t, pick(t, " Values missing: ", " عدد القيم غير المتوفرة: "));
        say_integer(t, (int64_t)missing);
    }
    for (size_t i = 0; i < t->spec->row_count && missing <= GAPS_TOLD; i++)
        if (t->spec->rows[i].missing) {
            say(t, told++ == 0 ? pick(t, " No data for ", " لا بيانات عن ") : pick(t, "; ", "؛ "));
            say_name(t, &t->spec->rows[i]);
        }
    if (missing > 0)
        say(t, ".");
}

static void tell_extremes(const struct telling *t)
{
    const struct chart_row *highest = NULL, *lowest = NULL;

    for (size_t i = 0; i < t->spec->row_count; i++) {
        const struct chart_row *row = &t->spec->rows[i];
        if (row->missing)
            continue;
        if (!highest || num_compare(row->value, highest->value) > 0)
            highest = row;
        if (!lowest || num_compare(row->value, lowest->value) < 0)
            lowest = row;
    }
    if (!highest)
        return;
    say_row(t, pick(t, " Highest: ", " أعلى قيمة: "), highest);
    if (num_compare(lowest->value, highest->value) < 0)
        say_row(t, pick(t, ". Lowest: ", ". أدنى قيمة: "), lowest);
    say(t, ".");
}

static void tell_highlighted(const struct telling *t)
{
    size_t told = 0;

    for (size_t i = 0; i < t->spec->row_count; i++) {
        const struct chart_row *row = &t->spec->rows[i];
        if (row->emphasis && !row->missing)
            say_row(t, told++ == 0 ? pick(t, " Highlighted: ", " المبرز: ") : pick(t, "; ", "؛ "), row);
    }
    say(t, told > 0 ? "." : "");
}

static void tell_values(const struct telling *t)
{
    const struct chart_spec *spec = t->spec;
    size_t emphasised = 0;

    say_kind(t);
    say_sentence(t, spec->title[t->lang]);
    say_series(t);
    say_units(t);
    for (size_t i = 0; i < spec->row_count; i++)
        emphasised += spec->rows[i].emphasis && !spec->rows[i].missing;
    if (spec->row_count > ROWS_TOLD) {
        if (emphasised <= ROWS_TOLD)
            tell_highlighted(t);
        tell_extremes(t);
    }
    for (size_t i = 0; i < spec->row_count && spec->row_count <= ROWS_TOLD; i++)
        if (!spec->rows[i].missing) {
            say_row(t, " ", &spec->rows[i]);
            say(t, ".");
        }
    say_gaps(t);
}

/* --- timelines --- */

/* As in the chart, with the year. */
static void say_date(const struct telling *t, const struct chart_row *row)
{
    const char *text = row->date_text[t->lang];

    if (text && *text) {
        say(t, text);
        say(t, " ");
        say(t, locale_date(t->locale, row->start, DATE_YEAR, t->arena));
    } else if (row_is_whole_month(row)) {
        say(t, locale_date(t->locale, row->start, DATE_MONTH_YEAR, t->arena));
    } else {
        bool span = row->has_end && date_days(row->end) != date_days(row->start);
        say(t, span ? pick(t, "", "من ") : "");
        say(t, locale_date(t->locale, row->start, DATE_LONG, t->arena));
        if (span) {
            say(t, pick(t, " to ", " إلى "));
            say(t, locale_date(t->locale, row->end, DATE_LONG, t->arena));
        }
    }
}

static void say_event(const struct telling *t, const char *lead, const struct chart_row *row)
{
    say(t, lead);
    say(t, row->label[t->lang] ? row->label[t->lang] : "");
    say(t, pick(t, ", ", "، "));
    say_date(t, row);
    say(t, ".");
}

static void tell_timeline(const struct telling *t)
{
    const struct chart_spec *spec = t->spec;
    size_t first = 0, last = 0;

    say(t, pick(t, "Timeline, number of events: ", "خط زمني، عدد أحداثه "));
    say_integer(t, (int64_t)spec->row_count);
    say(t, ".");
    say_sentence(t, spec->title[t->lang]);
    for (size_t i = 0; i < spec->row_count && spec->row_count <= EVENTS_TOLD; i++)
        say_event(t, " ", &spec->rows[i]);
    if (spec->row_count <= EVENTS_TOLD)
        return;
    for (size_t i = 1; i < spec->row_count; i++) {
        if (date_days(spec->rows[i].start) < date_days(spec->rows[first].start))
            first = i;
        if (date_days(spec->rows[i].start) >= date_days(spec->rows[last].start))
            last = i;
    }
    say_event(t, pick(t, " First: ", " أولها: "), &spec->rows[first]);
    if (last != first)
        say_event(t, pick(t, " Last: ", " آخرها: "), &spec->rows[last]);
}

const char *chart_alt(const struct chart_spec *spec, enum lang lang, struct locale *locale, struct arena *arena)
{
    struct buf out;
    struct telling t = {spec, locale, lang, arena, &out};
    const char *alt;

    buf_init(&out);
    if (spec->type == CHART_HEMICYCLE)
        tell_hemicycle(&t);
    else if (spec->type == CHART_TIMELINE)
        tell_timeline(&t);
    else if (spec->row_count > 0)
        tell_values(&t);
    for (size_t i = 0; i < spec->note_count; i++)
        say_sentence(&t, spec->notes[i].label[lang]);
    alt = arena_string_n(arena, out.data, out.length);
    buf_drop(&out);
    return alt;
}
