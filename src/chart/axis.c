/* Axes of numbers, and what all axes draw. Must not know what stands along them. */
#include "chart/axis.h"

#include <math.h>

#include "base/arena.h"
#include "chart/scale.h"

static const double LABEL_GAP = 1.5;  /* between the plot and its ticks' words, points */
static const double ACROSS_LEAST = 26; /* between ticks that stand above one another */
static const double PAIR_GAP = 4;      /* between both languages' words beside an axis */
static const double ALONG_LEAST = 46;  /* between ticks beside one another, of the usual size of words */
static const double TICK_GAP = 5;      /* between their words */
enum { TICKS_MOST = 40, POWER_MOST = 18 /* of ten, of a number */ };

/* --- numbers --- */

/* The words of a tick in each language; the Arabic only where it is not the same. */
static void word_number(const struct plot *plot, struct tick *tick, struct num value, bool shares)
{
    const struct label_look look = {WEIGHT_REGULAR, plot->palette.muted, 1};
    const char *words[LANG_COUNT] = {NULL};

    tick->value = num_to_double(value);
    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        words[i] = shares ? word_share(plot, lang, value, num_from_int(1)) : word_number_of(plot, lang, value);
        if (i == 0 || !words_print_same(words[i], words[0]))
            tick->label[i] = label_make(plot, lang, words[i], look, 0, &plot->spec->at);
    }
}

static void add_tick(const struct plot *plot, struct axis *axis, struct num value)
{
    if (axis->tick_count == TICKS_MOST)
        return;
    axis->ticks = arena_grow(plot->arena, axis->ticks, axis->tick_count, sizeof *axis->ticks);
    word_number(plot, &axis->ticks[axis->tick_count++], value, axis->shares);
}

/* The widest of the ticks' words in the nth language; 0: there are none. */
static double column_width(const struct axis *axis, size_t nth)
{
    double width = 0;

    for (size_t i = 0; i < axis->tick_count; i++)
        width = fmax(width, axis->ticks[i].label[nth].width);
    return width;
}

/* Both languages stand above one another below a lying axis, and beside one another beside a standing one. */
static void measure_ticks(struct axis *axis)
{
    double first = column_width(axis, 0), second = column_width(axis, 1);
    bool standing = axis->length < 0;

    axis->label_width = standing && second > 0 ? first + PAIR_GAP + second : fmax(first, second);
    for (size_t i = 0; i < axis->tick_count; i++) {
        const struct label *label = axis->ticks[i].label;
        double height = standing ? fmax(label[0].height, label[1].height) : label[0].height + label[1].height;
        axis->label_height = fmax(axis->label_height, height);
    }
}

/* The first of the round values at or above `low`. */
static struct num first_tick(double low, struct num step)
{
    double size = num_to_double(step);

    return (struct num){(int64_t)ceil(low / size - 1e-9) * step.coefficient, step.scale};
}

static void add_linear_ticks(const struct plot *plot, struct axis *axis, struct num step)
{
    double high = axis->high + num_to_double(step) * 1e-3; /* the axis ends at a tick, but for errors of doubles */

    for (struct num tick = first_tick(axis->low, step); num_to_double(tick) <= high;
         tick.coefficient += step.coefficient)
        add_tick(plot, axis, tick);
}

/* Every so many powers of ten, from the axis's start; between them 2 and 5 where that makes no more than `most`. */
static void add_log_ticks(const struct plot *plot, struct axis *axis, int most, int every)
{
    static const int64_t within[] = {1, 2, 5};
    int first = (int)fmax(floor(log10(axis->low)), -POWER_MOST), last = (int)fmin(ceil(log10(axis->high)), POWER_MOST);
    int each = most > 0 && (last - first) * 3 <= most ? 1 : 3;

    for (int power = first; power <= last; power += every)
        for (int i = 0; i < 3; i += each) {
            struct num tick = {within[i], power < 0 ? (uint8_t)-power : 0};
            for (int k = 0; k < power; k++)
                tick.coefficient *= 10;
            if (num_to_double(tick) >= axis->low * (1 - 1e-9) && num_to_double(tick) <= axis->high * (1 + 1e-9))
                add_tick(plot, axis, tick);
        }
}

static int ticks_most(const struct plot *plot, double length)
{
    double least = length < 0 ? plot_length(plot, ACROSS_LEAST) : plot_length(plot, ALONG_LEAST);
    int most = (int)(fabs(length) / least);

    return most < 2 ? 2 : length < 0 && most > 6 ? 6 : most > 8 ? 8 : most;
}

/* Out to the next round value where that is not far, so that the largest mark stands below a number. A longer axis may
 * ask for longer steps. */
static struct num widen(struct axis *axis, int most, bool whole)
{
    double low = axis->low, high = axis->high;
    struct num step = scale_step(high - low, most, whole), before;

    do {
        double size = num_to_double(step), below = floor(low / size + 1e-9) * size;
        axis->high = ceil(high / size - 1e-9) * size;
        axis->low = low < 0 || below > 0 ? below : fmin(low, 0);
        before = step;
        step = scale_step(axis->high - axis->low, most, whole);
    } while (num_compare(step, before) > 0);
    return before;
}

/* Words that would touch; the first two ticks are as close as any. */
static bool is_tight(const struct axis *axis)
{
    double apart = axis->tick_count > 1 ? fabs(axis_at(axis, axis->ticks[1].value) -
                                               axis_at(axis, axis->ticks[0].value)) : HUGE_VAL;

    return apart < (axis->length > 0 ? axis->label_width + TICK_GAP : axis->label_height);
}

static struct axis with_ticks(const struct plot *plot, struct axis axis, int most, bool zero, bool whole)
{
    if (zero || (axis.low > 0 && axis.low < axis.high * 0.4))
        axis.low = fmin(axis.low, 0);
    if (zero)
        axis.high = fmax(axis.high, 0);
    if (axis.high <= axis.low) { /* one value: from zero to it */
        axis.low = fmin(axis.low, 0);
        axis.high = axis.low < 0 ? 0 : axis.high > 0 ? axis.high : 1;
    }
    add_linear_ticks(plot, &axis, widen(&axis, most, whole));
    measure_ticks(&axis);
    return axis;
}

static struct axis with_log_ticks(const struct plot *plot, struct axis axis, int most, int every)
{
    axis.low = pow(10, floor(log10(axis.low) + 1e-9));
    axis.high = axis.high > axis.low ? axis.high * 1.1 : axis.low * 10;
    add_log_ticks(plot, &axis, most, every);
    measure_ticks(&axis);
    return axis;
}

struct axis axis_of_numbers(const struct plot *plot, struct extent extent, double start, double length, bool zero,
                            bool logarithmic, bool whole)
{
    const struct axis bare = {.low = extent.low, .high = extent.high, .start = start, .length = length,
                              .logarithmic = logarithmic};
    int most = ticks_most(plot, length), every = 1;
    struct axis axis = logarithmic ? with_log_ticks(plot, bare, most, every)
                                   : with_ticks(plot, bare, most, zero, whole);

    while (is_tight(&axis) && (logarithmic ? every <= 2 * POWER_MOST : --most >= 1))
        axis = logarithmic ? with_log_ticks(plot, bare, 0, every++) : with_ticks(plot, bare, most, zero, whole);
    return axis;
}

struct axis axis_of_shares(const struct plot *plot, double start, double length)
{
    struct axis axis = {.low = 0, .high = 1, .start = start, .length = length, .shares = true};

    add_linear_ticks(plot, &axis, scale_step(1, ticks_most(plot, length), false));
    measure_ticks(&axis);
    return axis;
}

/* --- any axis --- */

double axis_at(const struct axis *axis, double value)
{
    double share = axis->logarithmic ? log(value / axis->low) / log(axis->high / axis->low)
                                     : (value - axis->low) / (axis->high - axis->low);

    return axis->start + share * axis->length;
}

static void draw_hairline(const struct plot *plot, struct picture *picture, const struct tick *tick, double x0,
                          double y0, double x1, double y1)
{
    bool strong = tick->value == 0 || tick->major;

    picture_rule(picture, x0, y0, x1, y1, strong ? plot->palette.grey : plot->palette.hairline,
                 plot->style->hairline * (strong ? 1.6 : 1));
}

void axis_draw_grid_down(const struct plot *plot, struct picture *picture, const struct axis *axis, double top,
                         double bottom)
{
    for (size_t i = 0; i < axis->tick_count; i++) {
        double x = axis_at(axis, axis->ticks[i].value);
        draw_hairline(plot, picture, &axis->ticks[i], x, top, x, bottom);
    }
}

void axis_draw_grid_across(const struct plot *plot, struct picture *picture, const struct axis *axis, double left,
                           double right)
{
    for (size_t i = 0; i < axis->tick_count; i++) {
        double y = axis_at(axis, axis->ticks[i].value);
        draw_hairline(plot, picture, &axis->ticks[i], left, y, right, y);
    }
}

double axis_draw_below(const struct plot *plot, struct picture *picture, const struct axis *axis, double top)
{
    (void)plot;
    for (size_t i = 0; i < axis->tick_count; i++) {
        const struct tick *tick = &axis->ticks[i];
        double x = axis_at(axis, tick->value);
        picture_label(picture, tick->label[0], x, top + LABEL_GAP, ANCHOR_CENTRE);
        picture_label(picture, tick->label[1], x, top + LABEL_GAP + tick->label[0].height, ANCHOR_CENTRE);
    }
    return axis->label_height + LABEL_GAP;
}

void axis_draw_beside(const struct plot *plot, struct picture *picture, const struct axis *axis, double x,
                      enum anchor anchor)
{
    double first = column_width(axis, 0), second = column_width(axis, 1);
    double before = x, behind = x; /* of the first language's words, of the second's */

    (void)plot;
    if (second > 0 && anchor == ANCHOR_END)
        before -= second + PAIR_GAP;
    else
        behind += first + PAIR_GAP;
    for (size_t i = 0; i < axis->tick_count; i++) {
        const struct label *label = axis->ticks[i].label;
        double y = axis_at(axis, axis->ticks[i].value);
        picture_label(picture, label[0], before, y - label[0].middle, anchor);
        if (label[1].block)
            picture_label(picture, label[1], behind, y - label[1].middle, anchor);
    }
}

static void take(struct extent *extent, double value)
{
    extent->low = fmin(extent->low, value);
    extent->high = fmax(extent->high, value);
}

struct extent axis_extent(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    struct extent extent = {HUGE_VAL, -HUGE_VAL};

    if (plot->shared)
        return *plot->shared;
    for (size_t i = 0; i < spec->row_count; i++) {
        const struct chart_row *row = &spec->rows[i];
        if (row->missing)
            continue;
        take(&extent, num_to_double(row->value));
        if (row->has_low)
            take(&extent, num_to_double(row->low));
        if (row->has_high)
            take(&extent, num_to_double(row->high));
    }
    for (size_t i = 0; i < spec->note_count; i++) {
        const struct chart_note *note = &spec->notes[i];
        if (note->kind == NOTE_VALUE || note->kind == NOTE_VALUES || note->kind == NOTE_POINT)
            take(&extent, num_to_double(note->value));
        if (note->kind == NOTE_VALUES)
            take(&extent, num_to_double(note->to));
    }
    return extent;
}
