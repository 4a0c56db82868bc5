/*
 * Calendar: a shade for each day; weeks as columns, days of the week as rows, a block for each year, in narrow frames
 * for each half or quarter of one.
 *
 *    2023                                  one language: weekdays at the side of reading
 *         Jan   Feb   Mar                  both: English at the left and above, Arabic at the right and below
 *    Sat  ░▒░░ ▓░░░ ░░
 *         ░░░░ ░▒░░ ░░                     /// no data: days between the first and the last of the data
 *    Mon  ░░▓░ ░░░░ ░░
 */
#include <math.h>

#include "base/arena.h"
#include "chart/steps.h"

enum { YEARS_MOST = 3, DAYS = 7, MONTHS = 12 };
static const double CELL_MOST = 12, CELL_LEAST = 5.5, CELL_WORDS = 0.72; /* points; of the words' size */
static const double CELL_GAP = 0.35, LABEL_GAP = 5, BLOCK_GAP = 9, LEGEND_GAP = 8, NOTE_GAP = 7;
static const double MONTH_LINE = 0.7, NOTE_LINE = 1.6, ARROW = 20;

/* Consecutive months in one strip of weeks. */
struct block {
    int year, month, months; /* month: 1-based */
};

struct calendar {
    const struct plot *plot;
    struct picture *picture;
    const struct steps *steps;
    const struct chart_row **rows;   /* by day from `first` */
    int32_t first, last;             /* days of the data, since 1970-01-01 */
    struct block *blocks;
    size_t block_count;
    int week_start;
    double cell, left;               /* left: of the weeks */
    double label_width[LANG_COUNT];
    bool gaps;
};

static struct date day_of(int year, int month, int day)
{
    return (struct date){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

static int32_t first_day(const struct block *block)
{
    return date_days(day_of(block->year, block->month, 1));
}

static int32_t day_count(const struct block *block)
{
    struct date last = day_of(block->year, block->month + block->months - 1, 1);

    return date_days(last) + date_month_length(last) - first_day(block);
}

/* Of a day since 1970-01-01, a Thursday. */
static int row_of(const struct calendar *c, int32_t day)
{
    return (int)(((day + 3 - c->week_start) % DAYS + DAYS) % DAYS);
}

static int column_of(const struct calendar *c, const struct block *block, int32_t day)
{
    return (int)(day - first_day(block) + row_of(c, first_day(block))) / DAYS;
}

static int weeks_of(const struct calendar *c, const struct block *block)
{
    return column_of(c, block, first_day(block) + day_count(block) - 1) + 1;
}

/* --- data --- */

static void gather_days(struct calendar *c)
{
    const struct chart_spec *spec = c->plot->spec;

    c->first = INT32_MAX;
    c->last = INT32_MIN;
    for (size_t i = 0; i < spec->row_count; i++) {
        int32_t day = date_days(spec->rows[i].start);
        c->first = day < c->first ? day : c->first;
        c->last = day > c->last ? day : c->last;
    }
    c->rows = arena_array(c->plot->arena, (size_t)(c->last - c->first) + 1, sizeof *c->rows);
    for (size_t i = 0; i < spec->row_count; i++)
        c->rows[date_days(spec->rows[i].start) - c->first] = &spec->rows[i];
    for (int32_t day = c->first; day <= c->last; day++)
        c->gaps |= !c->rows[day - c->first] || c->rows[day - c->first]->missing;
}

/* Whole years, or of a single one the months with data; in strips of so many months. */
static void make_blocks(struct calendar *c, int months)
{
    const struct chart_spec *spec = c->plot->spec;
    struct date from = spec->rows[0].start, to = from;

    for (size_t i = 1; i < spec->row_count; i++) {
        struct date day = spec->rows[i].start;
        from = date_days(day) < date_days(from) ? day : from;
        to = date_days(day) > date_days(to) ? day : to;
    }
    c->blocks = arena_array(c->plot->arena, (size_t)(to.year - from.year + 1) * MONTHS, sizeof *c->blocks);
    c->block_count = 0;
    for (int year = from.year; year <= to.year; year++) {
        int month = from.year == to.year ? from.month : 1, last = from.year == to.year ? to.month : MONTHS;
        for (; month <= last; month += months)
            c->blocks[c->block_count++] = (struct block){year, month, month + months - 1 <= last ? months
                                                                                                 : last - month + 1};
    }
}

/* --- words --- */

static struct label_look muted(const struct calendar *c)
{
    return (struct label_look){WEIGHT_REGULAR, c->plot->palette.muted, 1};
}

static const char *month_name(const struct calendar *c, const struct block *block, int nth, enum lang lang)
{
    return locale_date(c->plot->locale[lang], day_of(block->year, block->month + nth, 1), DATE_MONTH_SHORT,
                       c->plot->arena);
}

/* From the first week that begins in the month to the first that begins in the next. */
static double month_width(const struct calendar *c, const struct block *block, int nth)
{
    struct date month = day_of(block->year, block->month + nth, 1);

    return floor(date_month_length(month) / (double)DAYS) * c->cell;
}

static struct label month_label(const struct calendar *c, const struct block *block, int nth, enum lang lang)
{
    return label_make(c->plot, lang, month_name(c, block, nth, lang), muted(c),
                      month_width(c, block, nth) + c->cell * 0.3, &c->plot->spec->at);
}

static bool months_fit(const struct calendar *c)
{
    for (size_t i = 0; i < c->plot->lang_count; i++)
        for (size_t b = 0; b < c->block_count; b++)
            for (int k = 0; k < c->blocks[b].months; k++) {
                const char *name = month_name(c, &c->blocks[b], k, c->plot->langs[i]);
                if (label_least_width(c->plot, c->plot->langs[i], name, muted(c)) > month_width(c, &c->blocks[b], k))
                    return false;
            }
    return true;
}

static struct label weekday_label(const struct calendar *c, int row, enum lang lang)
{
    const char *name = locale_weekday(c->plot->locale[lang], (c->week_start + row) % DAYS, c->plot->arena);

    return label_make(c->plot, lang, name, muted(c), 0, &c->plot->spec->at);
}

/* At the end of the weeks: Arabic beside time that runs from the left. */
static bool at_end(const struct calendar *c, enum lang lang)
{
    return lang == LANG_AR && !(c->plot->mirrored && c->plot->spec->look.time == TIME_READING);
}

/* --- measures --- */

static void measure_weekdays(struct calendar *c)
{
    for (size_t i = 0; i < c->plot->lang_count; i++) {
        enum lang lang = c->plot->langs[i];
        for (int row = 0; row < DAYS; row += 2)
            c->label_width[lang] = fmax(c->label_width[lang], weekday_label(c, row, lang).width + LABEL_GAP);
    }
}

static int widest(const struct calendar *c)
{
    int weeks = 0;

    for (size_t i = 0; i < c->block_count; i++)
        weeks = weeks_of(c, &c->blocks[i]) > weeks ? weeks_of(c, &c->blocks[i]) : weeks;
    return weeks;
}

/* The longest strips whose cells and words have room. */
static void fit(struct calendar *c)
{
    static const int months[] = {12, 6, 3};
    const struct plot *plot = c->plot;
    double room = plot->width - c->label_width[LANG_EN] - c->label_width[LANG_AR];
    double least = fmax(CELL_LEAST, plot->size * CELL_WORDS), used;

    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        make_blocks(c, months[i]);
        c->cell = fmin(room / widest(c), plot->share * fmin(room / widest(c), plot_length(plot, CELL_MOST)));
        if (c->cell >= least && months_fit(c))
            break;
    }
    if (c->cell < least)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "the days of chart '%s' are %.1f points wide; they need %.1f: a wider frame or fewer panels beside "
                 "each other", plot->spec->id, c->cell, least);
    used = c->cell * widest(c) + c->label_width[LANG_EN] + c->label_width[LANG_AR];
    if (plot->lang_count > 1)
        c->left = (plot->width - used) / 2;
    else if (at_end(c, plot->langs[0]))
        c->left = plot->width - used;
    for (size_t i = 0; i < plot->lang_count; i++)
        if (!at_end(c, plot->langs[i]))
            c->left += c->label_width[plot->langs[i]];
}

/* --- drawing --- */

/* Of whole years the other days are outlined, as their form says which they are; of some months the weeks begin and end
 * with the data. */
static void draw_day(const struct calendar *c, const struct block *block, int32_t day, double top)
{
    double x = c->left + c->cell * column_of(c, block, day) + CELL_GAP, y = top + c->cell * row_of(c, day) + CELL_GAP;
    double size = c->cell - 2 * CELL_GAP;

    if (day >= c->first && day <= c->last) {
        steps_draw_cell(c->plot, c->picture, c->steps, c->rows[day - c->first], x, y, size, size);
        return;
    }
    if (c->blocks[0].year == c->blocks[c->block_count - 1].year)
        return;
    picture_rectangle(c->picture, x, y, size, size);
    picture_stroke(c->picture, c->plot->palette.hairline, c->plot->style->hairline);
}

/* A stepped line before the first day of a month. */
static void draw_month_line(const struct calendar *c, const struct block *block, int nth, double top)
{
    int32_t day = date_days(day_of(block->year, block->month + nth, 1));
    int row = row_of(c, day);
    double x = c->left + c->cell * column_of(c, block, day), y = top + c->cell * row;

    if (row > 0) {
        picture_move(c->picture, x + c->cell, top);
        picture_line(c->picture, x + c->cell, y);
        picture_line(c->picture, x, y);
    } else {
        picture_move(c->picture, x, y);
    }
    picture_line(c->picture, x, top + c->cell * DAYS);
    picture_stroke(c->picture, c->plot->palette.muted, MONTH_LINE);
}

/* Above or below the weeks. Returns the height taken; draws nothing when `draw` is false. */
static double month_names(const struct calendar *c, const struct block *block, enum lang lang, double y, bool above,
                          bool draw)
{
    double height = 0;

    for (int k = 0; k < block->months; k++)
        height = fmax(height, month_label(c, block, k, lang).height);
    for (int k = 0; draw && k < block->months; k++) {
        struct label label = month_label(c, block, k, lang);
        int32_t day = date_days(day_of(block->year, block->month + k, 1));
        int column = column_of(c, block, day) + (row_of(c, day) > 0);
        double middle = c->left + c->cell * column + month_width(c, block, k) / 2;
        picture_label(c->picture, label, middle, above ? y + height - label.height : y, ANCHOR_CENTRE);
    }
    return height;
}

static void draw_weekdays(const struct calendar *c, const struct block *block, double top)
{
    for (size_t i = 0; i < c->plot->lang_count; i++) {
        enum lang lang = c->plot->langs[i];
        bool end = at_end(c, lang);
        double x = end ? c->left + c->cell * weeks_of(c, block) + LABEL_GAP : c->left - LABEL_GAP;
        for (int row = 0; row < DAYS; row += 2) {
            struct label label = weekday_label(c, row, lang);
            picture_label(c->picture, label, x, top + c->cell * (row + 0.5) - label.middle,
                          end ? ANCHOR_START : ANCHOR_END);
        }
    }
}

/* Where time runs, for readers of Arabic, who cannot take it for granted. */
static void draw_arrow(const struct calendar *c, double end, double y)
{
    picture_move(c->picture, end - ARROW, y);
    picture_line(c->picture, end, y);
    picture_move(c->picture, end - 3, y - 2.2);
    picture_line(c->picture, end, y);
    picture_line(c->picture, end - 3, y + 2.2);
    picture_stroke(c->picture, c->plot->palette.muted, 0.8);
}

/* Once where both languages print the same. */
static double draw_year(const struct calendar *c, const struct block *block, double y)
{
    const struct plot *plot = c->plot;
    double end = c->left + c->cell * weeks_of(c, block), height = 0;
    bool twice = plot->lang_count > 1 && locale_digits_of(plot->locale[LANG_AR]) == DIGITS_ARAB;

    for (size_t i = 0; i < (twice ? 2 : 1); i++) {
        enum lang lang = plot->langs[i];
        struct label label = label_make(plot, lang, locale_integer(plot->locale[lang], block->year, plot->arena),
                                        (struct label_look){WEIGHT_BOLD, plot->palette.ink, 1}, 0, &plot->spec->at);
        double after = i == 0 ? c->left : c->left + height * 3;
        picture_label(c->picture, label, after, y, ANCHOR_START);
        height = label.height;
        if (plot->langs[plot->lang_count - 1] == LANG_AR && i == 0 && end - ARROW > c->left + height * 6)
            draw_arrow(c, end, y + label.middle);
    }
    return height + 1;
}

static double draw_block(const struct calendar *c, const struct block *block, double y)
{
    enum lang above = c->plot->langs[0], below = c->plot->langs[c->plot->lang_count - 1];
    bool begins = block == c->blocks || block[-1].year != block->year;

    if (begins)
        y += draw_year(c, block, y);
    y += month_names(c, block, above, y, true, true) + 1.5;
    for (int32_t day = first_day(block); day < first_day(block) + day_count(block); day++)
        draw_day(c, block, day, y);
    for (int k = 1; k < block->months; k++)
        draw_month_line(c, block, k, y);
    draw_weekdays(c, block, y);
    y += c->cell * DAYS;
    if (c->plot->lang_count > 1)
        y += 1.5 + month_names(c, block, below, y + 1.5, false, true);
    return y;
}

/* --- notes --- */

static bool is_noted(const struct chart_note *note, int32_t day)
{
    int32_t from = date_days(note->day), to = note->kind == NOTE_DAYS ? date_days(note->until) : from;

    return day >= from && day <= to;
}

static void outline_notes(const struct calendar *c, const struct block *block, double top)
{
    for (size_t i = 0; i < c->plot->spec->note_count; i++)
        for (int32_t day = first_day(block); day < first_day(block) + day_count(block); day++)
            if (is_noted(&c->plot->spec->notes[i], day))
                picture_rectangle(c->picture, c->left + c->cell * column_of(c, block, day),
                                  top + c->cell * row_of(c, day), c->cell, c->cell);
    if (c->plot->spec->note_count > 0)
        picture_stroke(c->picture, c->plot->palette.ink, NOTE_LINE);
}

/* "7 October 2023: words", each language from its own side, after a cell as it is outlined. */
static double draw_notes(const struct calendar *c, double top)
{
    const struct plot *plot = c->plot;
    double width = plot->lang_count > 1 ? (plot->width - 20) / 2 : plot->width, mark = plot_length(plot, 12);
    double bottom = top;

    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        double y = top + NOTE_GAP;
        picture_mirror(c->picture, lang_dir(lang) == DIR_RTL);
        for (size_t n = 0; n < plot->spec->note_count; n++) {
            const struct chart_note *note = &plot->spec->notes[n];
            const char *day = locale_date(plot->locale[lang], note->day, DATE_LONG, plot->arena);
            const char *until = note->kind == NOTE_DAYS
                              ? locale_date(plot->locale[lang], note->until, DATE_LONG, plot->arena) : "";
            const char *words = arena_printf(plot->arena, "%s%s%s: %s", day, *until ? " – " : "", until,
                                             note->label[lang]);
            struct label label = label_make(plot, lang, words,
                                            (struct label_look){WEIGHT_REGULAR, plot->palette.ink, 1}, width - mark,
                                            &note->at);
            double middle = y + label.middle - (double)(label.block->line_count - 1) * label.pitch / 2;
            picture_rectangle(c->picture, 1, middle - mark * 0.28, mark * 0.56, mark * 0.56);
            picture_stroke(c->picture, plot->palette.ink, NOTE_LINE);
            picture_label(c->picture, label, mark, y, ANCHOR_START);
            y += label.height;
        }
        bottom = fmax(bottom, y);
    }
    picture_mirror(c->picture, plot->mirrored);
    return bottom;
}

/* --- what it refuses --- */

static void check_days(const struct plot *plot, int *from, int *to)
{
    const struct chart_spec *spec = plot->spec;

    *from = INT32_MAX;
    *to = INT32_MIN;
    for (size_t i = 0; i < spec->row_count; i++) {
        const struct chart_row *row = &spec->rows[i];
        *from = row->start.year < *from ? row->start.year : *from;
        *to = row->start.year > *to ? row->start.year : *to;
    }
    if (*to - *from >= YEARS_MOST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, spec->at,
                 "chart '%s' reaches from %d to %d; a calendar shows at most %d years", spec->id, *from, *to,
                 YEARS_MOST);
}

static void check_calendar(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    int from, to;
    bool *seen;

    check_days(plot, &from, &to);
    if (to - from >= YEARS_MOST)
        return;
    seen = arena_array(plot->arena, (size_t)(YEARS_MOST * 366), sizeof *seen);
    for (size_t i = 0; i < spec->row_count; i++) {
        const struct chart_row *row = &spec->rows[i];
        int32_t day = date_days(row->start) - date_days(day_of(from, 1, 1));
        if (seen[day])
            diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                     "%d-%02d-%02d has two values in chart '%s'; a day shows one: add them up", row->start.year,
                     row->start.month, row->start.day, spec->id);
        seen[day] = true;
    }
}

static struct picture *calendar_lay(const struct plot *plot)
{
    struct calendar c = {.plot = plot, .picture = picture_new(plot->arena, plot->width)};
    bool mirrored = plot->mirrored && plot->spec->look.time == TIME_READING;
    double y = 0, legend;

    c.steps = steps_make(plot, steps_extent(plot), plot_is_counted(plot));
    for (size_t i = 0; i < plot->lang_count; i++) /* Saturday, where a language of the chart asks for it */
        c.week_start = locale_week_start(plot->locale[plot->langs[i]]) > c.week_start
                     ? locale_week_start(plot->locale[plot->langs[i]]) : c.week_start;
    gather_days(&c);
    measure_weekdays(&c);
    fit(&c);
    picture_mirror(c.picture, mirrored);
    for (size_t i = 0; i < c.block_count; i++) {
        double bottom = draw_block(&c, &c.blocks[i], y);
        double below = plot->lang_count > 1 ? 1.5 + month_names(&c, &c.blocks[i], LANG_AR, 0, false, false) : 0;
        outline_notes(&c, &c.blocks[i], bottom - below - c.cell * DAYS);
        y = bottom + BLOCK_GAP;
    }
    y -= BLOCK_GAP;
    picture_mirror(c.picture, plot->mirrored);
    if (plot->spec->note_count > 0)
        y = draw_notes(&c, y);
    legend = steps_draw_legend(plot, c.picture, c.steps, c.gaps, y + plot_length(plot, LEGEND_GAP));
    picture_set_height(c.picture, legend > 0 ? y + plot_length(plot, LEGEND_GAP) + legend : y + 1);
    return c.picture;
}

const struct chart_kind calendar_kind = {
    .flexible = true, .check = check_calendar, .extent = steps_extent, .lay = calendar_lay};
