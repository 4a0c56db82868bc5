/*
 * Range bars: a row for each value, the bar from zero to what is sure, lighter up to what is possible, and
 * broken off where a bound is open, so that "more than 80" cannot be mistaken for 80.
 *
 *   one language (mirrored for Arabic)            both languages
 *
 *     label    ██████████ 66                        label  ██████████ 66               تسمية
 *     label    ████████████▪▪▪ more than 80         label  ████████████▪▪▪ more than   تسمية
 *                                                                          أكثر من
 *     label    █████████░░┃░░ around 170            label  █████████░░┃░░ ...          تسمية
 *        unit  0    50   100                         unit  0    50   100              الوحدة
 *
 *   █ up to the low bound   ░ between the bounds   ┃ the best value   ▪▪▪ and more
 */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "chart/plot.h"
#include "chart/scale.h"

enum { BARS_MOST = 40 };
static const struct num ZERO = {0};

static const double BAR = 9.5;           /* height of a bar, points */
static const double ROW_GAP = 9;         /* between rows' contents */
static const double COLUMN_GAP = 9;      /* between a column of words and the bars */
static const double VALUE_GAP = 5;       /* between a bar's end and its value */
static const double MORE = 15;           /* length of the pieces that say "and more" */
static const double LESS = 10;           /* length of the light end that says "at most" */
static const double LABEL_SHARE = 0.36;  /* of the width, for labels of one language */
static const double LABELS_SHARE = 0.27; /* likewise, for each of both */
static const double VALUES_SHARE = 0.2;  /* at most, for a value; or, where words are large, */
static const double VALUES_WORDS = 8;    /* a multiple of their size: room for "more than 120" */
static const double PLOT_LEAST = 90;     /* points */

/* What is drawn of one row, in the data's unit. */
struct reach {
    double sure;   /* end of the full bar */
    double limit;  /* end of the lighter part; sure when there is none */
    double best;
    bool has_best; /* stands inside the lighter part */
    bool more;     /* open upwards */
    bool less;     /* at most: the bar's own end is light */
};

struct bar {
    const struct chart_row *row;
    struct reach reach;
    struct label label[LANG_COUNT];
    struct label value[LANG_COUNT]; /* the second is empty when both languages print the same */
    double value_width, value_height;
    double middle; /* of the row */
};

struct bars {
    const struct plot *plot;
    double bar; /* height of one */
    struct picture *picture;
    struct bar *bars;
    size_t count;
    bool any_emphasis;
    double label_width[LANG_COUNT]; /* columns */
    double left, right;      /* of the plot area, from the side of reading */
    double per_unit;         /* points */
    double top, bottom;      /* of the rows */
    bool two_scales;         /* both languages, and they write digits differently */
};

static struct reach reach_of(const struct chart_row *row)
{
    double low = num_to_double(row->low), high = num_to_double(row->high), best = num_to_double(row->value);
    struct reach e = {0};

    e.best = best;
    e.sure = row->has_low ? low : best;
    e.limit = row->has_high ? high : fmax(best, e.sure);
    e.has_best = !row->ranged && (best > e.sure || best < e.limit);
    e.more = row->has_low && !row->has_high;
    e.less = row->has_high && !row->has_low && high <= best;
    return e;
}

static struct label_look value_look(const struct bars *b, const struct chart_row *row)
{
    const struct palette *p = &b->plot->palette;

    return (struct label_look){WEIGHT_BOLD, row->emphasis || !b->any_emphasis ? p->accent : p->ink, 1};
}

static struct label_look label_look(const struct bars *b)
{
    return (struct label_look){WEIGHT_REGULAR, b->plot->palette.ink, 1};
}

/* --- columns --- */

/* Panels on one scale have columns of one width: their bars are compared. */
static const struct chart_spec *measured(const struct plot *plot)
{
    return plot->shared ? plot->whole->spec : plot->spec;
}

static void measure_columns(struct bars *b)
{
    const struct plot *plot = b->plot;
    const struct chart_spec *all = measured(plot);
    double most = plot->width * (plot->lang_count > 1 ? LABELS_SHARE : LABEL_SHARE);

    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        b->label_width[lang] = label_natural_width(plot, lang, plot->spec->unit[lang], label_look(b));
        for (size_t k = 0; k < all->row_count; k++)
            b->label_width[lang] = fmax(b->label_width[lang],
                                        label_natural_width(plot, lang, all->rows[k].label[lang], label_look(b)));
        b->label_width[lang] = fmin(b->label_width[lang] + 0.5, most);
    }
}

/* Values stand at the bars' ends, the languages one above the other; a bare number only once. */
static void set_values(const struct bars *b, struct bar *bar)
{
    const struct plot *plot = b->plot;
    const char *first = word_value(plot, plot->langs[0], bar->row);
    double values_most = fmax(plot->width * VALUES_SHARE, plot->size * VALUES_WORDS);

    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        const char *words = word_value(plot, lang, bar->row);
        if (i > 0 && strcmp(words, first) == 0)
            break;
        bar->value[i] = label_make(plot, lang, words, value_look(b, bar->row),
                                   values_most, &bar->row->at);
        bar->value_width = fmax(bar->value_width, bar->value[i].width);
        bar->value_height += bar->value[i].height;
    }
}

static void set_words(struct bars *b)
{
    const struct plot *plot = b->plot;

    for (size_t k = 0; k < b->count; k++) {
        struct bar *bar = &b->bars[k];
        double height;
        set_values(b, bar);
        height = fmax(b->bar, bar->value_height);
        for (size_t i = 0; i < plot->lang_count; i++) {
            enum lang lang = plot->langs[i];
            bar->label[i] = label_make(plot, lang, bar->row->label[lang], label_look(b), b->label_width[lang],
                                       &bar->row->at);
            height = fmax(height, bar->label[i].height);
        }
        bar->middle = b->bottom + ROW_GAP / 2 + height / 2;
        b->bottom += height + ROW_GAP;
    }
}

/* Points behind the bar's own end that the row needs: "and more", and the value. */
static double tail(const struct bar *bar)
{
    return (bar->reach.more ? MORE : 0) + VALUE_GAP + bar->value_width;
}

static void fit_scale(struct bars *b)
{
    const struct plot *plot = b->plot;
    enum lang first = plot->langs[0], last = plot->langs[plot->lang_count - 1];

    b->left = b->label_width[first] + COLUMN_GAP;
    b->right = plot->width;
    if (plot->lang_count > 1)
        b->right -= b->label_width[last] + 1.6 * COLUMN_GAP;
    b->per_unit = HUGE_VAL;
    for (size_t k = 0; k < measured(plot)->row_count; k++) {
        struct bar bar = {.row = &measured(plot)->rows[k], .reach = reach_of(&measured(plot)->rows[k])};
        set_values(b, &bar);
        double room = b->right - b->left - tail(&bar);
        if (bar.reach.limit > 0)
            b->per_unit = fmin(b->per_unit, fmax(room, 1) / bar.reach.limit);
    }
}

/* --- drawing --- */

static double x_at(const struct bars *b, double value)
{
    return b->left + value * b->per_unit;
}

static struct label tick_label(const struct bars *b, enum lang lang, struct num value)
{
    return label_make(b->plot, lang, locale_number(b->plot->locale[lang], value, b->plot->arena),
                      (struct label_look){WEIGHT_REGULAR, b->plot->palette.muted, 1}, 0, &b->plot->spec->at);
}

/* Gridlines at round values, numbers below them; above them too when the languages write digits differently. */
static void draw_grid(struct bars *b)
{
    const struct plot *plot = b->plot;
    const struct chart_spec *spec = measured(plot);
    double reach = 0, room = b->right - b->left;
    bool whole = true;
    struct num step, tick = {0};

    for (size_t k = 0; k < spec->row_count; k++) {
        reach = fmax(reach, reach_of(&spec->rows[k]).limit);
        whole &= spec->rows[k].value.scale == 0;
    }
    step = scale_step(reach, room > 200 ? 5 : 3, whole);
    tick.scale = step.scale;
    for (; num_to_double(tick) <= reach * 1.2; tick.coefficient += step.coefficient) {
        double x = x_at(b, num_to_double(tick));
        struct label label = tick_label(b, plot->langs[0], tick);
        if (x + label.width / 2 > b->right)
            break;
        picture_rule(b->picture, x, b->top, x, b->bottom, plot->palette.hairline, plot->style->hairline);
        picture_label(b->picture, label, x, b->bottom + 1.5, ANCHOR_CENTRE);
        if (b->two_scales)
            picture_label(b->picture, tick_label(b, LANG_AR, tick), x, 0, ANCHOR_CENTRE);
    }
}

/* In the columns of labels, beside the axis: what the bars count. Returns its height. */
static double draw_units(struct bars *b)
{
    const struct plot *plot = b->plot;
    const struct label_look look = {WEIGHT_REGULAR, plot->palette.muted, 1};
    double height = 0;

    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        struct label label = label_make(plot, lang, plot->spec->unit[lang], look, b->label_width[lang],
                                        &plot->spec->at);
        double column = i == 0 ? b->label_width[lang] : plot->width - b->label_width[lang];
        picture_label(b->picture, label, column, b->bottom + 1.5, i == 0 ? ANCHOR_END : ANCHOR_START);
        height = fmax(height, label.height);
    }
    return height;
}

static void draw_piece(const struct bars *b, double from, double to, double middle, struct paint paint)
{
    double inset = paint.stroke ? paint.width / 2 : 0;

    if (to - from > 2 * inset)
        picture_rectangle(b->picture, from + inset, middle - b->bar / 2 + inset, to - from - 2 * inset,
                          b->bar - 2 * inset);
    picture_paint(b->picture, paint);
}

/* Three pieces, each shorter than the one before. */
static void draw_more(const struct bars *b, double x, double middle, uint32_t rgb)
{
    static const double piece[] = {4.5, 3, 1.5}, gap = 2;

    for (size_t i = 0; i < 3; i++) {
        x += gap;
        picture_rectangle(b->picture, x, middle - b->bar / 2, piece[i], b->bar);
        x += piece[i];
    }
    picture_paint(b->picture, (struct paint){.fill = true, .fill_rgb = rgb});
}

static void draw_bar(const struct bars *b, const struct bar *bar)
{
    const struct palette *p = &b->plot->palette;
    bool accented = bar->row->emphasis || !b->any_emphasis;
    const struct reach *e = &bar->reach;
    uint32_t rgb = accented ? p->accent : p->grey;
    struct paint full = {.fill = true, .fill_rgb = rgb};
    struct paint light = {.fill = true, .fill_rgb = accented ? p->accent_dim : p->grey_dim, .stroke = true,
                          .stroke_rgb = rgb, .width = 0.7f};
    double sure = x_at(b, e->sure), limit = x_at(b, e->limit);

    if (e->less)
        sure = fmax(limit - LESS, b->left);
    if (sure > b->left)
        draw_piece(b, b->left, sure, bar->middle, full);
    if (limit - sure > 0.5)
        draw_piece(b, sure, limit, bar->middle, light);
    if (e->has_best) {
        double best = x_at(b, e->best);
        picture_rule(b->picture, best, bar->middle - b->bar / 2 - 1.5, best, bar->middle + b->bar / 2 + 1.5, p->ink,
                     1.4);
    }
    if (e->more)
        draw_more(b, limit, bar->middle, rgb);
}

/* On a white ground: gridlines stop at it. */
static void draw_values(const struct bars *b, const struct bar *bar)
{
    double x = x_at(b, bar->reach.limit) + (bar->reach.more ? MORE : 0) + VALUE_GAP;
    double y = bar->middle - bar->value_height / 2;

    picture_rectangle(b->picture, x - 2, y, bar->value_width + 2, bar->value_height);
    picture_paint(b->picture, (struct paint){.fill = true, .fill_rgb = COLOUR_PAPER});
    if (!bar->value[1].block) {
        picture_label(b->picture, bar->value[0], x, bar->middle - bar->value[0].middle, ANCHOR_START);
        return;
    }
    picture_label(b->picture, bar->value[0], x, y, ANCHOR_START);
    picture_label(b->picture, bar->value[1], x, y + bar->value[0].height, ANCHOR_START);
}

static void draw_words(const struct bars *b, const struct bar *bar)
{
    picture_label(b->picture, bar->label[0], 0, bar->middle - bar->label[0].middle, ANCHOR_START);
    if (b->plot->lang_count > 1)
        picture_label(b->picture, bar->label[1], b->plot->width, bar->middle - bar->label[1].middle, ANCHOR_END);
    draw_values(b, bar);
}

static void gather_bars(struct bars *b)
{
    const struct chart_spec *spec = b->plot->spec;

    b->count = spec->row_count;
    b->bars = arena_array(b->plot->arena, b->count, sizeof *b->bars);
    for (size_t i = 0; i < b->count; i++) {
        b->bars[i].row = &spec->rows[i];
        b->bars[i].reach = reach_of(&spec->rows[i]);
    }
    b->any_emphasis = plot_any_emphasis(b->plot);
}

/* --- what it refuses --- */

static void check_bar(const struct plot *plot, const struct chart_row *row)
{
    if (num_compare(row->value, ZERO) < 0 || (row->has_low && num_compare(row->low, ZERO) < 0))
        diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                 "'%s' of chart '%s' is negative; range bars start at zero", row->label[plot->langs[0]],
                 plot->spec->id);
    plot_check_bounds(plot, row);
}

static void check_bars(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    bool any = false;

    plot_check_count(plot, BARS_MOST, "bars");
    for (size_t i = 0; i < spec->row_count; i++) {
        const struct chart_row *row = &spec->rows[i];
        check_bar(plot, row);
        any |= row->value.coefficient != 0 || (row->has_low && row->low.coefficient != 0) ||
               (row->has_high && row->high.coefficient != 0);
    }
    if (spec->row_count > 0 && !any)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at,
                 "every value of chart '%s' is zero; bars need at least one that is not", spec->id);
}

static struct extent range_bars_extent(const struct plot *plot)
{
    struct extent extent = {0, 0};

    for (size_t i = 0; i < plot->spec->row_count; i++)
        extent.high = fmax(extent.high, reach_of(&plot->spec->rows[i]).limit);
    return extent;
}

static struct picture *range_bars_lay(const struct plot *plot)
{
    struct bars b = {.plot = plot, .bar = plot_length(plot, BAR), .picture = picture_new(plot->arena, plot->width)};
    double units;

    picture_mirror(b.picture, plot->mirrored);
    b.two_scales = plot->lang_count > 1 && locale_digits_of(plot->locale[LANG_AR]) == DIGITS_ARAB;
    b.top = b.bottom = b.two_scales ? plot->size * 1.8 : 0;
    gather_bars(&b);
    measure_columns(&b);
    set_words(&b);
    fit_scale(&b);
    if (b.right - b.left < PLOT_LEAST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "the words of chart '%s' leave %.0f points for its bars; shorter labels or a wider frame must "
                 "leave %.0f", plot->spec->id, b.right - b.left, PLOT_LEAST);
    draw_grid(&b);
    units = draw_units(&b);
    for (size_t i = 0; i < b.count; i++)
        draw_bar(&b, &b.bars[i]);
    for (size_t i = 0; i < b.count; i++)
        draw_words(&b, &b.bars[i]);
    picture_rule(b.picture, b.left, b.top, b.left, b.bottom, plot->palette.grey, plot->style->hairline * 2);
    picture_set_height(b.picture, b.bottom + fmax(plot->size * 1.6, units + 1.5));
    return b.picture;
}

const struct chart_kind range_bars_kind = {
    .labelled = true, .check = check_bars, .extent = range_bars_extent, .lay = range_bars_lay,
};
