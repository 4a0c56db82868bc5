/*
 * Range bars: a row for each value, the bar from zero to what is sure, lighter up to what is possible, and
 * broken off where a bound is open, so that "more than 80" cannot be mistaken for 80.
 *
 *   label    ██████████ 66
 *   label    ████████████▪▪▪ more than 80
 *   label    █████████░░┃░░ around 170
 *      unit  0    50   100
 *
 *   █ up to the low bound   ░ between the bounds   ┃ the best value   ▪▪▪ and more
 */
#include <math.h>

#include "base/arena.h"
#include "chart/field.h"

enum { BARS_MOST = 40 };
static const struct num ZERO = {0};

static const double BAR = 9.5;           /* height of a bar, points */
static const double VALUE_GAP = 5;       /* between a bar's end and its value */
static const double LESS = 10;           /* length of the light end that says "at most" */
static const double BEST = 1.5;          /* that the mark of the best value reaches beyond the bar */

/* What is drawn of one row, in the data's unit. */
struct reach {
    double sure;   /* end of the full bar */
    double limit;  /* end of the lighter part; sure when there is none */
    double best;
    bool has_best; /* stands inside the lighter part */
    bool more;     /* open upwards */
    bool less;     /* at most: the bar's own end is light */
};

struct bars {
    const struct plot *plot;
    struct field field;
    struct reach *reach;      /* of each row, which is a category */
    struct label_pair *words;
    bool any_emphasis;
    double thick;
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

static double before_words(const struct reach *reach)
{
    return VALUE_GAP + (reach->more ? field_more_length() : 0);
}

static void set_words(struct bars *b)
{
    const struct palette *p = &b->plot->palette;

    for (size_t i = 0; i < b->plot->spec->row_count; i++) {
        const struct chart_row *row = &b->plot->spec->rows[i];
        struct label_look look = {WEIGHT_BOLD, row_is_accented(row, b->any_emphasis) ? p->accent : p->ink, 1};
        b->reach[i] = reach_of(row);
        field_words(&b->field, row, look, 0, &b->words[i]);
        b->field.slots[i].need = fmax(b->thick, b->words[i].height);
        field_tail(&b->field, b->reach[i].limit, before_words(&b->reach[i]) + b->words[i].width, false);
    }
}

/* --- drawing --- */

static void draw_best(const struct bars *b, double value, double middle)
{
    double x = axis_at(&b->field.axis, value), half = b->thick / 2 + BEST;

    picture_rule(b->field.picture, x, middle - half, x, middle + half, b->plot->palette.ink, 1.4);
}

static void draw_bar(const struct bars *b, size_t nth)
{
    const struct palette *p = &b->plot->palette;
    const struct chart_row *row = &b->plot->spec->rows[nth];
    const struct reach *e = &b->reach[nth];
    const struct mark full = mark_of_row(b->plot, row, b->any_emphasis);
    struct mark light = full;
    double middle = b->field.slots[nth].middle, sure = e->sure;

    light.fill = row_is_accented(row, b->any_emphasis) ? p->accent_dim : p->grey_dim;
    if (e->less)
        sure = fmax(e->limit - LESS * (b->field.axis.high - b->field.axis.low) / b->field.axis.length, 0);
    field_bar(&b->field, &full, 0, sure, middle, b->thick);
    field_bar(&b->field, &light, sure, e->limit, middle, b->thick);
    if (e->has_best)
        draw_best(b, e->best, middle);
    if (e->more)
        field_more(&b->field, full.rgb, e->limit, false, 0, middle, b->thick);
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

    plot_check_groups(plot, BARS_MOST);
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

static struct picture *range_bars_lay(const struct plot *plot)
{
    size_t count = plot->spec->row_count;
    struct bars b = {.plot = plot, .thick = plot_length(plot, BAR), .any_emphasis = plot_any_emphasis(plot),
                     .reach = arena_array(plot->arena, count, sizeof *b.reach),
                     .words = arena_array(plot->arena, count, sizeof *b.words)};
    struct picture *picture = picture_new(plot->arena, plot->width);

    picture_mirror(picture, plot->mirrored);
    b.field = field_begin(plot, picture, false, (struct field_scale){
        .extent = axis_extent(plot), .whole = plot_is_counted(plot), .zero = true});
    set_words(&b);
    field_place(&b.field, 0);
    picture_set_height(picture, field_draw(&b.field));
    for (size_t i = 0; i < count; i++)
        draw_bar(&b, i);
    field_draw_notes(&b.field);
    for (size_t i = 0; i < count; i++)
        field_label(&b.field, &b.words[i], b.reach[i].limit, before_words(&b.reach[i]), false,
                    b.field.slots[i].middle);
    field_draw_zero(&b.field);
    return picture;
}

const struct chart_kind range_bars_kind = {
    .labelled = true, .flexible = true, .check = check_bars, .extent = axis_extent, .lay = range_bars_lay,
};
