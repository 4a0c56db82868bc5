/*
 * Alternative text from the data: the kind of chart, the finding, then what a glance at it would tell.
 * Plain text for screen readers. Must not know how anything is drawn.
 */
#include "chart/chart.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "chart/plot.h"

/* More would not be a description any more; the extremes stand for them. */
enum { BARS_TOLD = 8, EVENTS_TOLD = 15 };

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

static void say_row(const struct telling *t, const char *lead, const struct chart_row *row)
{
    say(t, lead);
    say(t, row->label[t->lang] ? row->label[t->lang] : "");
    say(t, " (");
    say_value(t, row);
    say(t, ").");
}

static int64_t seats(const struct chart_spec *spec, bool emphasised_only)
{
    int64_t sum = 0;

    for (size_t i = 0; i < spec->row_count; i++)
        if (spec->rows[i].emphasis || !emphasised_only)
            sum += (int64_t)num_to_double(spec->rows[i].value);
    return sum;
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

    say(t, pick(t, "Half circle of ", "مخطط نصف دائري، عدد المقاعد "));
    say_integer(t, total);
    say(t, pick(t, " seats.", "."));
    say_sentence(t, t->spec->title[t->lang]);
    if (shown > 0) {
        say(t, pick(t, " Highlighted: ", " المبرز: "));
        say_integer(t, shown);
        say(t, pick(t, " of ", " من أصل "));
        say_integer(t, total);
        say(t, ":");
    }
    tell_lists(t, shown > 0);
    if (t->spec->note_count > 0)
        say_sentence(t, t->spec->notes[0].label[t->lang]);
}

static void tell_range_bars(const struct telling *t)
{
    const struct chart_spec *spec = t->spec;
    size_t highest = 0, lowest = 0;

    say(t, pick(t, "Bar chart with ranges, number of bars: ", "مخطط أشرطة مع المديات، عدد الأشرطة "));
    say_integer(t, (int64_t)spec->row_count);
    say(t, ".");
    say_sentence(t, spec->title[t->lang]);
    for (size_t i = 0; i < spec->row_count && spec->row_count <= BARS_TOLD; i++)
        say_row(t, " ", &spec->rows[i]);
    if (spec->row_count <= BARS_TOLD)
        return;
    for (size_t i = 1; i < spec->row_count; i++) {
        if (num_compare(spec->rows[i].value, spec->rows[highest].value) > 0)
            highest = i;
        if (num_compare(spec->rows[i].value, spec->rows[lowest].value) < 0)
            lowest = i;
    }
    say_row(t, pick(t, " Highest: ", " الأعلى: "), &spec->rows[highest]);
    if (lowest != highest)
        say_row(t, pick(t, " Lowest: ", " الأدنى: "), &spec->rows[lowest]);
}

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
        say(t, locale_date(t->locale, row->start, DATE_LONG, t->arena));
        if (row->has_end && date_days(row->end) != date_days(row->start)) {
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

    say(t, pick(t, "Timeline, number of events: ", "خط زمني، عدد الأحداث "));
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
    say_event(t, pick(t, " First: ", " الأول: "), &spec->rows[first]);
    if (last != first)
        say_event(t, pick(t, " Last: ", " الأخير: "), &spec->rows[last]);
}

const char *chart_alt(const struct chart_spec *spec, enum lang lang, struct locale *locale, struct arena *arena)
{
    struct buf out;
    struct telling t = {spec, locale, lang, arena, &out};
    const char *alt;

    buf_init(&out);
    if (spec->type == CHART_HEMICYCLE)
        tell_hemicycle(&t);
    else if (spec->type == CHART_RANGE_BARS)
        tell_range_bars(&t);
    else
        tell_timeline(&t);
    alt = arena_string_n(arena, out.data, out.length);
    buf_drop(&out);
    return alt;
}
