/*
 * Axes of days: ticks where periods begin, named in each language, thinned until their words stand apart; the longer
 * period stands on a line below, where it begins.
 *
 *   ├────┬────┬────┬────┬───▸          Arabic names of months are long and have no short form, so a second and third
 *   Oct       Jan       Apr            of them is left out before a word is set smaller or aslant
 *   2023      2024
 *
 * Must not know what stands along them.
 */
#include "chart/axis.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"

static const double LABEL_GAP = 4.5;  /* between the axis and its words, points: the ticks' length and some air */
static const double TICK = 3;         /* length */
static const double APART = 5;        /* between neighbouring numbers */
static const double NAMES_APART = 8.5; /* between months: كانون الثاني has a space in it */
static const double TICKS_APART = 2.5; /* ticks without words, where they are closer, are left out */
static const double WORD_LEAST = 9;   /* no word is narrower: saves setting those that cannot fit */
static const double TAIL = 9, ARROW = 3.2;
enum { TICKS_MOST = 4000, SATURDAY = 6, WEEK = 7 };

/* How an axis could be written. */
struct writing {
    enum chart_period period;
    int each;       /* of the periods: only this many-th is named */
    bool abbreviated;
};

struct days {
    const struct plot *plot;
    struct axis *axis;
    int first_weekday; /* 0: Sunday */
};

/* --- the calendar --- */

static int weekday_of(int32_t day)
{
    return (int)(((day + 4) % WEEK + WEEK) % WEEK); /* 1970-01-01 was a Thursday */
}

/* The first day of the period that the day is in. */
static int32_t period_start(const struct days *d, enum chart_period period, int32_t day)
{
    struct date date = date_of_days(day);

    switch (period) {
    case PERIOD_WEEK:
        return day - (weekday_of(day) - d->first_weekday + WEEK) % WEEK;
    case PERIOD_QUARTER:
        date.month = (uint8_t)((date.month - 1) / 3 * 3 + 1);
        break;
    case PERIOD_YEAR:
        date.month = 1;
        break;
    case PERIOD_AUTO:
    case PERIOD_DAY:
        return day;
    case PERIOD_MONTH:
        break;
    }
    date.day = 1;
    return date_days(date);
}

static int32_t next_start(const struct days *d, enum chart_period period, int32_t start)
{
    static const int longest[] = {1, 1, WEEK, 31, 92, 366};

    if (period <= PERIOD_WEEK)
        return start + longest[period];
    return period_start(d, period, start + longest[period]);
}

/* What the longer period below is: for years nothing. */
static enum chart_period below(enum chart_period period)
{
    return period <= PERIOD_WEEK ? PERIOD_MONTH : period < PERIOD_YEAR ? PERIOD_YEAR : PERIOD_AUTO;
}

/* Months and years by the calendar, so that quarters and decades are among the named; the others by counting. */
static bool is_named(const struct writing *writing, int32_t start, size_t nth)
{
    struct date date = date_of_days(start);

    if (writing->period == PERIOD_YEAR)
        return date.year % writing->each == 0;
    if (writing->period == PERIOD_MONTH)
        return (date.month - 1) % writing->each == 0;
    if (writing->period == PERIOD_QUARTER)
        return (date.month - 1) / 3 % writing->each == 0;
    return nth % (size_t)writing->each == 0;
}

/* Rows that begin with periods: no shorter ones are told apart. Weekly rows decide on which day a week begins. */
static enum chart_period period_of_rows(struct days *d)
{
    const struct chart_spec *spec = d->plot->spec;
    bool years = true, months = true, weeks = true;

    for (size_t i = 0; i < spec->row_count; i++) {
        struct date date = spec->rows[i].start;
        years &= date.month == 1 && date.day == 1;
        months &= date.day == 1;
        weeks &= weekday_of(date_days(date)) == weekday_of(date_days(spec->rows[0].start));
    }
    d->first_weekday = weeks && spec->row_count > 1 ? weekday_of(date_days(spec->rows[0].start)) : SATURDAY;
    return years ? PERIOD_YEAR : months ? PERIOD_MONTH : weeks && spec->row_count > 1 ? PERIOD_WEEK : PERIOD_DAY;
}

static enum chart_period period_by_length(double days)
{
    return days <= 16 ? PERIOD_DAY : days <= 120 ? PERIOD_WEEK : days <= 366 * 3.5 ? PERIOD_MONTH : PERIOD_YEAR;
}

/* --- words --- */

static struct label_pair date_pair(const struct days *d, struct date date, enum locale_date_style style)
{
    const struct plot *plot = d->plot;
    const char *words[LANG_COUNT] = {NULL};

    for (size_t i = 0; i < plot->lang_count; i++)
        words[plot->langs[i]] = locale_date(plot->locale[plot->langs[i]], date, style, plot->arena);
    return label_pair_make(plot, words, (struct label_look){WEIGHT_REGULAR, plot->palette.muted, 1}, 0,
                           &plot->spec->at);
}

static struct label_pair day_number(const struct days *d, struct date date)
{
    const struct plot *plot = d->plot;
    const char *words[LANG_COUNT] = {NULL};

    for (size_t i = 0; i < plot->lang_count; i++)
        words[plot->langs[i]] = locale_integer(plot->locale[plot->langs[i]], date.day, plot->arena);
    return label_pair_make(plot, words, (struct label_look){WEIGHT_REGULAR, plot->palette.muted, 1}, 0,
                           &plot->spec->at);
}

static struct label_pair tick_words(const struct days *d, const struct writing *writing, struct date date)
{
    switch (writing->period) {
    case PERIOD_MONTH:
        return date_pair(d, date, writing->abbreviated ? DATE_MONTH_SHORT : DATE_MONTH);
    case PERIOD_QUARTER:
        return date_pair(d, date, DATE_QUARTER);
    case PERIOD_YEAR:
        return date_pair(d, date, DATE_YEAR);
    case PERIOD_AUTO:
    case PERIOD_DAY:
    case PERIOD_WEEK:
        break;
    }
    return day_number(d, date);
}

/* The year is said of the first month and of each year's first. */
static struct label_pair words_below(const struct days *d, const struct writing *writing, struct date date,
                                     const struct date *before)
{
    if (below(writing->period) == PERIOD_YEAR)
        return date_pair(d, date, DATE_YEAR);
    if (!before || before->year != date.year)
        return date_pair(d, date, DATE_MONTH_YEAR);
    return date_pair(d, date, writing->abbreviated ? DATE_MONTH_SHORT : DATE_MONTH);
}

/* --- fitting --- */

/* Where words of that width have their middle: at their tick, but within the frame. */
static double middle_at(const struct plot *plot, double x, double width)
{
    return fmin(fmax(x, width / 2), plot->width - width / 2);
}

static bool apart(const struct plot *plot, double x, double width, double other_x, double other_width, double gap)
{
    return fabs(middle_at(plot, x, width) - middle_at(plot, other_x, other_width)) >= (width + other_width) / 2 + gap;
}

static double pair_width(const struct tick *tick)
{
    return fmax(tick->label[0].width, tick->label[1].width);
}

/* Of the line below, the first word may give way to the second: it names a period that began before the axis. */
static bool under_apart(const struct days *d)
{
    struct tick *before = NULL;
    bool first = true;

    for (size_t i = 0; i < d->axis->tick_count; i++) {
        struct tick *tick = &d->axis->ticks[i];
        if (tick->under.width <= 0)
            continue;
        if (before && !apart(d->plot, axis_at(d->axis, before->value), before->under.width,
                             axis_at(d->axis, tick->value), tick->under.width, NAMES_APART)) {
            if (!first)
                return false;
            before->under = (struct label_pair){0};
        }
        first = !before;
        before = tick;
    }
    return true;
}

static bool words_apart(const struct days *d, enum chart_period period)
{
    bool numbers = period == PERIOD_DAY || period == PERIOD_WEEK || period == PERIOD_YEAR;
    const struct tick *before = NULL;

    for (size_t i = 0; i < d->axis->tick_count; i++) {
        const struct tick *tick = &d->axis->ticks[i];
        if (pair_width(tick) <= 0)
            continue;
        if (before && !apart(d->plot, axis_at(d->axis, before->value), pair_width(before),
                             axis_at(d->axis, tick->value), pair_width(tick), numbers ? APART : NAMES_APART))
            return false;
        before = tick;
    }
    return under_apart(d);
}

/* --- ticks --- */

static void add_tick(const struct days *d, int32_t day)
{
    struct axis *axis = d->axis;

    axis->ticks = arena_grow(d->plot->arena, axis->ticks, axis->tick_count, sizeof *axis->ticks);
    axis->ticks[axis->tick_count++].value = day;
}

/* The words of a tick, and what begins with it, as told from the day of the tick named before. */
static void name_tick(const struct days *d, const struct writing *writing, struct tick *tick, const int32_t *before)
{
    int32_t day = (int32_t)tick->value;
    enum chart_period longer = below(writing->period);
    struct date date = date_of_days(day), earlier = before ? date_of_days(*before) : date;
    struct label_pair words = tick_words(d, writing, date);

    memcpy(tick->label, words.label, sizeof tick->label);
    if (longer == PERIOD_AUTO)
        return;
    tick->major = before && period_start(d, longer, day) != period_start(d, longer, *before);
    if (!before || tick->major)
        tick->under = words_below(d, writing, date, before ? &earlier : NULL);
}

/* How many periods begin within the axis; and how many of them are named. */
static size_t count_periods(const struct days *d, const struct writing *writing, size_t *named)
{
    size_t count = 0;
    int32_t day = period_start(d, writing->period, (int32_t)ceil(d->axis->low));

    *named = 0;
    if (day < d->axis->low)
        day = next_start(d, writing->period, day);
    for (; day <= d->axis->high && count < TICKS_MOST; day = next_start(d, writing->period, day))
        *named += is_named(writing, day, count++);
    return count;
}

/* Ticks and words so written; false: they do not fit, or fewer than `least` are named. */
static bool write_ticks(const struct days *d, const struct writing *writing, size_t least)
{
    size_t named, count = count_periods(d, writing, &named), nth = 0;
    double length = fabs(d->axis->length);
    int32_t day = period_start(d, writing->period, (int32_t)ceil(d->axis->low)), before = 0;
    bool any = false;

    d->axis->ticks = NULL;
    d->axis->tick_count = 0;
    if (named < least || (double)named * WORD_LEAST > length + WORD_LEAST)
        return false;
    if (day < d->axis->low)
        day = next_start(d, writing->period, day);
    for (; nth < count; day = next_start(d, writing->period, day), nth++) {
        bool with_words = is_named(writing, day, nth);
        if (with_words || length / (double)count >= TICKS_APART)
            add_tick(d, day);
        if (!with_words)
            continue;
        name_tick(d, writing, &d->axis->ticks[d->axis->tick_count - 1], any ? &before : NULL);
        before = day;
        any = true;
    }
    return words_apart(d, writing->period);
}

/* From the shortest step to the longest; months in full, then as CLDR abbreviates them. */
static bool fit_period(const struct days *d, enum chart_period period, size_t least)
{
    static const int steps[][7] = {
        [PERIOD_AUTO] = {0},         [PERIOD_DAY] = {1, 2, 7},     [PERIOD_WEEK] = {1, 2, 4},
        [PERIOD_MONTH] = {1, 2, 3, 6}, [PERIOD_QUARTER] = {1, 2}, [PERIOD_YEAR] = {1, 2, 5, 10, 20, 50, 100},
    };

    for (size_t i = 0; i < 7 && steps[period][i]; i++)
        for (int abbreviated = 0; abbreviated < 2; abbreviated++)
            if (write_ticks(d, &(struct writing){period, steps[period][i], abbreviated == 1}, least))
                return true;
    return false;
}

static void fit(struct days *d, enum chart_period wanted)
{
    enum chart_period of_rows = period_of_rows(d), period = wanted;

    if (wanted == PERIOD_AUTO) {
        period = period_by_length(d->axis->high - d->axis->low);
        period = period < of_rows ? of_rows : period;
    }
    for (enum chart_period longer = period; longer <= PERIOD_YEAR; longer++)
        if ((longer != PERIOD_QUARTER || wanted == PERIOD_QUARTER) && fit_period(d, longer, 2))
            return;
    for (enum chart_period shorter = period; shorter > PERIOD_AUTO; shorter--)
        if ((shorter != PERIOD_QUARTER || wanted == PERIOD_QUARTER) && fit_period(d, shorter, 2))
            return;
    for (enum chart_period longer = period; longer <= PERIOD_YEAR; longer++)
        if ((longer != PERIOD_QUARTER || wanted == PERIOD_QUARTER) && fit_period(d, longer, 1))
            return;
    fit_period(d, PERIOD_DAY, 1);
}

static void measure_ticks(struct axis *axis)
{
    double under = 0;

    for (size_t i = 0; i < axis->tick_count; i++) {
        const struct tick *tick = &axis->ticks[i];
        axis->label_width = fmax(axis->label_width, fmax(pair_width(tick), tick->under.width));
        axis->label_height = fmax(axis->label_height, tick->label[0].height + tick->label[1].height);
        under = fmax(under, tick->under.height);
    }
    axis->label_height += under;
}

struct axis axis_of_days(const struct plot *plot, struct extent extent, double start, double length,
                         enum chart_period period)
{
    struct axis axis = {.low = extent.low, .high = extent.high, .start = start, .length = length};
    struct days d = {.plot = plot, .axis = &axis};

    if (axis.high <= axis.low) {
        axis.low -= 1;
        axis.high += 1;
    }
    fit(&d, period);
    measure_ticks(&axis);
    return axis;
}

struct extent axis_days_extent(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    struct extent extent = {HUGE_VAL, -HUGE_VAL};

    for (size_t i = 0; i < spec->row_count; i++) {
        extent.low = fmin(extent.low, date_days(spec->rows[i].start));
        extent.high = fmax(extent.high, date_days(spec->rows[i].start));
    }
    for (size_t i = 0; i < spec->note_count; i++) {
        const struct chart_note *note = &spec->notes[i];
        if (note->kind != NOTE_DAY && note->kind != NOTE_DAYS && note->kind != NOTE_POINT)
            continue;
        extent.low = fmin(extent.low, date_days(note->day));
        extent.high = fmax(extent.high, date_days(note->kind == NOTE_DAYS ? note->until : note->day));
    }
    return extent;
}

/* --- drawing --- */

bool axis_days_mirrored(const struct plot *plot)
{
    return plot->mirrored && plot->spec->look.time == TIME_READING;
}

double axis_days_tail(const struct plot *plot)
{
    bool arabic = plot->langs[plot->lang_count - 1] == LANG_AR;

    return arabic && !axis_days_mirrored(plot) ? TAIL : 0;
}

static void draw_arrow(const struct plot *plot, struct picture *picture, double x, double y, double way)
{
    picture_move(picture, x, y);
    picture_line(picture, x - way * ARROW * 1.5, y - ARROW * 0.8);
    picture_line(picture, x - way * ARROW * 1.5, y + ARROW * 0.8);
    picture_close(picture);
    picture_paint(picture, (struct paint){.fill = true, .fill_rgb = plot->palette.muted});
}

static void draw_centred(const struct plot *plot, struct picture *picture, const struct label label[LANG_COUNT],
                         double x, double top)
{
    for (size_t i = 0; i < LANG_COUNT; top += label[i++].height)
        picture_label(picture, label[i], middle_at(plot, x, label[i].width), top, ANCHOR_CENTRE);
}

/* Words under the line of the ticks' own. */
static void draw_under(const struct plot *plot, struct picture *picture, const struct axis *axis, double top)
{
    double first = 0;

    for (size_t i = 0; i < axis->tick_count; i++)
        first = fmax(first, axis->ticks[i].label[0].height + axis->ticks[i].label[1].height);
    for (size_t i = 0; i < axis->tick_count; i++)
        draw_centred(plot, picture, axis->ticks[i].under.label, axis_at(axis, axis->ticks[i].value), top + first);
}

double axis_draw_days(const struct plot *plot, struct picture *picture, const struct axis *axis, double top)
{
    double tail = axis_days_tail(plot), way = axis->length < 0 ? -1 : 1, end = axis->start + axis->length;
    double gap = plot_length(plot, LABEL_GAP);

    picture_rule(picture, axis->start, top, end + way * fmax(tail - ARROW, 0), top, plot->palette.grey,
                 plot->style->hairline * 1.6);
    if (tail > 0)
        draw_arrow(plot, picture, end + way * tail, top, way);
    for (size_t i = 0; i < axis->tick_count; i++) {
        const struct tick *tick = &axis->ticks[i];
        double x = axis_at(axis, tick->value), width = pair_width(tick);
        picture_rule(picture, x, top, x, top + (width > 0 ? TICK : TICK * 0.6), plot->palette.grey,
                     plot->style->hairline * (tick->major ? 2 : 1.25));
        draw_centred(plot, picture, tick->label, x, top + gap);
    }
    draw_under(plot, picture, axis, top + gap);
    return axis->label_height + gap;
}
