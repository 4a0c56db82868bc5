/*
 * Line: values over days, a line for each series, named at its end; or steps, an area, areas on one another, a range
 * from low to high around it.
 *
 *   legend, where names do not stand at the ends
 *   unit           a note on a day                                        unit (both languages: the Arabic)
 *   20 ┤           │      ╱╲___╱── first series
 *      │  ╱╲_______│_____╱
 *   10 ┤_╱         │  a label     ╱ second series
 *      │_________________________╱
 *    0 ┼───┬───┬───┬───┬───┬──▸
 *      2023    Jul     2024
 *
 * Time runs from left to right in both languages (an arrow says so in Arabic) unless look.time asks otherwise.
 */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "chart/curve.h"
#include "chart/ends.h"
#include "chart/legend.h"
#include "chart/notes.h"

static const double SHAPE = 0.46, HEIGHT_LEAST = 105, HEIGHT_MOST = 185; /* of the plot: share of its width, points */
static const double VALUES_GAP = 5;     /* between values and plot */
static const double UNIT_GAP = 1;       /* below the unit */
static const double ENDS_SHARE = 0.3;   /* of the width, at most, for words behind the plot */
static const double PLOT_LEAST = 80, PANEL_LEAST = 60; /* width, points; of one among panels */
static const double LINE = 1.6, CONTEXT = 1.1, POINT = 2.1, FOUND = 2.8; /* widths of lines, radii of points */
static const double POINTS_APART = 18;  /* closer ones are not all marked */
static const double SYMBOLS_APART = 44; /* of several series: symbols that tell them apart */

struct lines {
    const struct plot *plot;
    struct picture *picture;
    const struct groups *series;
    struct curve *curves;
    size_t count;              /* of curves */
    bool *found;               /* of each: is the finding, or has it */
    bool stacked, shares, area, steps;
    bool emphasised_series;    /* some series are the finding, the others context */
    bool gaps, ranges, direct;
    struct axis values, days;
    struct chart_notes *value_notes, *day_notes;
    struct end_label *ends;
    size_t end_count;
    double left, right, top, bottom, ends_width;
    double stretch;            /* of the plot's height */
};

/* --- series --- */

/* In any panel: a series looks the same in all. */
static bool series_is_emphasised(const struct lines *l, size_t nth)
{
    const struct chart_spec *all = l->plot->whole ? l->plot->whole->spec : l->plot->spec;

    for (size_t i = 0; i < all->row_count; i++)
        if (all->rows[i].emphasis && (l->series->count == 0 ||
            strcmp(all->rows[i].series[LANG_EN], group_words(l->series, GROUP_SERIES, nth)[LANG_EN]) == 0))
            return true;
    return false;
}

/* Each upon the one before; as shares of the day's sum when asked. All have the same days: checked. */
static void stack(struct lines *l)
{
    for (size_t k = 0; k < l->curves[0].count; k++) {
        double sum = 0, base = 0;
        for (size_t i = 0; i < l->count; i++)
            sum += l->curves[i].points[k].value;
        for (size_t i = 0; i < l->count; i++) {
            struct curve_point *point = &l->curves[i].points[k];
            double value = l->shares ? (sum > 0 ? point->value / sum * 100 : 0) : point->value;
            point->base = base;
            base = point->value = base + value;
        }
    }
}

static struct mark mark_of_curve(const struct lines *l, size_t nth)
{
    const struct palette *p = &l->plot->palette;
    struct mark mark = mark_of_series(l->plot, nth, l->count);

    if (l->area && !l->stacked)
        mark.fill = p->accent_dim;
    if (l->emphasised_series && !l->stacked) {
        bool found = l->found[nth];
        mark.rgb = found ? p->accent : p->grey;
        mark.text = found ? p->accent : p->muted;
    }
    return mark;
}

static void gather(struct lines *l)
{
    const struct plot *plot = l->plot;
    const struct chart_look *look = &plot->spec->look;
    size_t emphasised = 0;

    l->series = groups_of(plot, GROUP_SERIES);
    l->count = l->series->count > 0 ? l->series->count : 1;
    l->steps = look->steps;
    l->area = look->area;
    l->stacked = look->area && l->count > 1;
    l->shares = l->stacked && look->stack == STACK_SHARES;
    l->curves = arena_array(plot->arena, l->count, sizeof *l->curves);
    l->found = arena_array(plot->arena, l->count, sizeof *l->found);
    for (size_t i = 0; i < l->count; i++) {
        l->curves[i] = curve_of(plot, l->series, i);
        l->gaps |= curve_has_gaps(&l->curves[i]);
        l->ranges |= curve_has_range(&l->curves[i]);
        l->found[i] = series_is_emphasised(l, i);
        emphasised += l->found[i];
    }
    l->emphasised_series = emphasised > 0 && emphasised < l->count;
    for (size_t i = 0; i < l->count; i++)
        l->curves[i].mark = mark_of_curve(l, i);
    if (l->stacked)
        stack(l);
}

/* --- scales --- */

static struct extent extent_of(const struct lines *l)
{
    struct extent extent = axis_extent(l->plot);

    if (l->plot->shared || !l->stacked)
        return extent;
    for (size_t k = 0; k < l->curves[0].count; k++)
        extent.high = fmax(extent.high, l->curves[l->count - 1].points[k].value);
    if (l->shares)
        extent.high = 100;
    return extent;
}

static struct extent line_extent(const struct plot *plot)
{
    struct lines l = {.plot = plot};

    gather(&l);
    return extent_of(&l);
}

/* Across: values, plot, words behind it. The height of the plot decides the ticks of the values, their words its width:
 * the height is taken from the frame. */
static void make_values(struct lines *l)
{
    const struct plot *plot = l->plot;
    double height = l->stretch * fmin(fmax(plot->width * 0.8 * SHAPE, plot_length(plot, HEIGHT_LEAST)),
                                      plot_length(plot, HEIGHT_MOST));
    bool whole = !l->shares && plot_is_counted(plot);

    l->bottom = l->top + height;
    l->values = axis_of_numbers(plot, extent_of(l), l->bottom, -height, l->area, plot->spec->look.logarithmic, whole);
    l->left = l->values.label_width + VALUES_GAP;
}

static struct extent days_extent(const struct lines *l)
{
    struct extent days = axis_days_extent(l->plot);

    for (size_t i = 0; i < l->count; i++)
        if (l->curves[i].count > 0) /* a panel may lack a series */
            days.high = fmax(days.high, l->curves[i].points[l->curves[i].count - 1].day + l->curves[i].hold);
    return days;
}

static struct extent line_across(const struct plot *plot)
{
    struct lines l = {.plot = plot};

    gather(&l);
    return days_extent(&l);
}

static void make_days(struct lines *l)
{
    const struct plot *plot = l->plot;
    struct extent days = plot->shared_across ? *plot->shared_across : days_extent(l);
    double behind = fmax(l->ends_width, fmax(axis_days_tail(plot), 3));

    double least = plot_length(plot, plot->whole ? PANEL_LEAST : PLOT_LEAST);

    l->right = plot->width - behind;
    if (l->right - l->left < least)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "the words of chart '%s' leave %.0f points for its lines; shorter series and notes, or %s, must leave "
                 "%.0f", plot->spec->id, floor(l->right - l->left),
                 plot->whole ? "fewer columns of panels" : "a wider frame", ceil(least));
    l->days = axis_of_days(plot, days, l->left, fmax(l->right - l->left, 1), plot->spec->look.period);
}

/* --- words behind the plot --- */

/* What stands at a line's end: the series' name; of a single one its last value. */
static struct label_pair end_words(const struct lines *l, size_t nth, double width)
{
    const struct plot *plot = l->plot;
    const struct curve *curve = &l->curves[nth];
    const struct curve_point *last = curve_last(curve);
    bool found = l->series->count == 0 || (l->emphasised_series && l->found[nth]);
    struct label_look look = {found ? WEIGHT_BOLD : WEIGHT_REGULAR, curve->mark.text, 1};
    const char *words[LANG_COUNT] = {NULL};

    if (l->series->count > 0)
        return label_pair_make(plot, group_words(l->series, GROUP_SERIES, nth), look, width, &last->row->at);
    for (size_t i = 0; i < plot->lang_count; i++)
        words[plot->langs[i]] = word_value(plot, plot->langs[i], last->row);
    return label_pair_make(plot, words, look, width, &last->row->at);
}

/* Names that take two lines at most, and all together no more than the plot's height. */
static bool names_fit(const struct lines *l, double width)
{
    const struct plot *plot = l->plot;
    double height = 0;

    for (size_t i = 0; i < l->series->count; i++) {
        const char *const *words = group_words(l->series, GROUP_SERIES, i);
        for (size_t k = 0; k < plot->lang_count; k++) {
            double natural = label_natural_width(plot, plot->langs[k], words[plot->langs[k]],
                                                 (struct label_look){WEIGHT_BOLD, 0, 1});
            if (natural > 1.7 * width)
                return false;
            height += plot->size * 1.6 * (natural > width ? 2 : 1);
        }
    }
    return height <= l->bottom - l->top;
}

static void add_end(struct lines *l, size_t nth, double width)
{
    const struct curve_point *last = curve_last(&l->curves[nth]);
    struct end_label *end = &l->ends[l->end_count];

    if (!last)
        return;
    *end = (struct end_label){.words = end_words(l, nth, width), .x = (double)nth, .rgb = l->curves[nth].mark.rgb};
    l->ends_width = fmax(l->ends_width, end->words.width + ends_gap(l->plot));
    l->end_count++;
}

static void set_ends(struct lines *l)
{
    const struct plot *plot = l->plot;
    enum chart_legend legend = plot->spec->look.legend;
    double most = plot->width * ENDS_SHARE, width = most - ends_gap(plot);
    bool fits = names_fit(l, width);

    l->value_notes = chart_notes_of_values(plot, &l->values, true);
    l->ends_width = chart_notes_room(l->value_notes, 0, most);
    l->ends = arena_array(plot->arena, l->count + chart_notes_count(l->value_notes), sizeof *l->ends);
    l->direct = l->series->count > 0 && (legend == LEGEND_DIRECT || (legend == LEGEND_AUTO && fits));
    if (legend == LEGEND_DIRECT && l->series->count > 0 && !fits)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "the names of the series of chart '%s' do not fit at the ends of its lines; write legend: box, or "
                 "shorter names", plot->spec->id);
    for (size_t i = 0; i < l->count; i++)
        if (l->direct || l->series->count == 0)
            add_end(l, i, width);
    l->ends_width = plot_common(plot, COMMON_ENDS, l->ends_width);
}

static void place_ends(struct lines *l)
{
    double room = l->bottom;

    for (size_t i = 0; i < l->end_count; i++) {
        const struct curve *curve = &l->curves[(size_t)l->ends[i].x];
        const struct curve_point *last = curve_last(curve);
        l->ends[i].x = l->steps && last == &curve->points[curve->count - 1] ? curve->end : last->x;
        l->ends[i].y = l->stacked ? (last->y + last->y_base) / 2 : last->y;
    }
    chart_notes_ends(l->value_notes, l->right, l->ends + l->end_count);
    l->end_count += chart_notes_count(l->value_notes);
    room = ends_place(l->plot, l->ends, l->end_count, l->top, l->bottom);
    if (room > l->bottom + 1)
        diag_add(l->plot->diags, DIAG_CHART_CROWDED, l->plot->spec->at,
                 "the names and notes beside the lines of chart '%s' take %.0f points more than its height; write "
                 "legend: box, or shorter words", l->plot->spec->id, room - l->bottom);
}

/* --- words above the plot --- */

static double draw_legend(struct lines *l)
{
    const struct plot *plot = l->plot;
    struct legend_entry *entries = arena_array(plot->arena, l->count + 2, sizeof *entries);
    size_t count = 0;
    double height;

    for (size_t i = 0; i < l->series->count && !l->direct; i++)
        entries[count++] = (struct legend_entry){.mark = l->curves[i].mark,
                                                 .form = l->stacked ? LEGEND_FILL : LEGEND_LINE,
                                                 .words = group_words(l->series, GROUP_SERIES, i),
                                                 .at = &plot->spec->at};
    if (l->ranges)
        entries[count++] = (struct legend_entry){
            .mark = {.rgb = l->curves[0].mark.rgb, .fill = colour_mix(l->curves[0].mark.rgb, COLOUR_PAPER, 0.8)},
            .form = LEGEND_FILL, .words = word_range, .at = &plot->spec->at};
    if (l->gaps)
        entries[count++] = legend_of_missing(plot, LEGEND_LINE);
    height = legend_draw(plot, l->picture, entries, count, l->top);
    picture_mirror(l->picture, axis_days_mirrored(plot));
    return height;
}

static double draw_unit(struct lines *l)
{
    const struct plot *plot = l->plot;
    const char *const *unit = l->shares ? word_percent : plot->spec->unit;
    struct label label[LANG_COUNT] = {0};
    double height = 0;

    for (size_t i = 0; i < plot->lang_count; i++)
        label[i] = label_make(plot, plot->langs[i], unit[plot->langs[i]],
                              (struct label_look){WEIGHT_REGULAR, plot->palette.muted, 1},
                              plot->width / (double)plot->lang_count - 6, &plot->spec->at);
    for (size_t i = 0; i < plot->lang_count; i++) {
        double down = labels_lowered(label, i);
        picture_label(l->picture, label[i], i == 0 ? 0 : plot->width, l->top + down,
                      i == 0 ? ANCHOR_START : ANCHOR_END);
        height = fmax(height, down + label[i].height);
    }
    return height > 0 ? height + UNIT_GAP + l->values.label_height / 2 : plot->size / 2;
}

/* Moves the plot down to `top`. */
static void move_plot(struct lines *l, double top)
{
    l->bottom += top - l->top;
    l->top = top;
    l->values.start = l->bottom;
}

/* --- data --- */

/* Every which point is marked; 0: none. Where points are close, a line says more without them, but of several lines
 * some symbols say which is which. */
static size_t marked_each(const struct lines *l, const struct curve *curve)
{
    double apart = HUGE_VAL;

    if (l->steps || l->stacked)
        return 0;
    for (size_t i = 1; i < curve->count; i++)
        apart = fmin(apart, curve->points[i].x - curve->points[i - 1].x);
    if (apart >= POINTS_APART)
        return 1;
    return l->count > 1 && !l->emphasised_series ? (size_t)ceil(SYMBOLS_APART / fmax(apart, 0.1)) : 0;
}

static bool is_found(const struct lines *l, const struct curve_point *point)
{
    return point->row->emphasis && point->known && !l->emphasised_series && l->count == 1;
}

static void draw_points(const struct lines *l, const struct curve *curve)
{
    size_t each = marked_each(l, curve), first = (size_t)(curve - l->curves); /* symbols of lines that meet part */
    const struct curve_point *last = curve_last(curve);

    for (size_t i = 0; i < curve->count; i++) {
        const struct curve_point *point = &curve->points[i];
        bool found = is_found(l, point) || (point->known && point->row->label[l->plot->langs[0]]) ||
                     (point == last && l->count == 1);
        double x = l->steps && point == last && i + 1 == curve->count ? curve->end : point->x;
        if (point->known && (found || (each > 0 && i % each == first % each)))
            mark_symbol(l->picture, &curve->mark, x, point->y, plot_length(l->plot, found ? FOUND : POINT));
    }
    curve_draw_lone(l->picture, curve, plot_length(l->plot, POINT));
}

static void draw_curve(const struct lines *l, const struct curve *curve, bool found)
{
    bool context = l->emphasised_series && !found;
    struct curve edge = *curve;

    if (l->stacked) { /* the hatch tells areas apart: their edges need no dashes */
        edge.mark.dash = edge.mark.gap = 0;
        curve_draw_line(l->picture, &edge, 0.8, l->steps);
        return;
    }
    curve_draw_line(l->picture, curve, plot_length(l->plot, context ? CONTEXT : LINE), l->steps);
    draw_points(l, curve);
}

/* Areas, notes' lines, then the lines: the context first, so that the finding lies on top. */
static void draw_data(const struct lines *l)
{
    for (size_t i = 0; i < l->count; i++) {
        curve_draw_range(l->plot, l->picture, &l->curves[i], &l->values, l->steps);
        if (l->area)
            curve_draw_area(l->plot, l->picture, &l->curves[i], l->steps);
    }
    chart_notes_draw_lines(l->value_notes, l->picture, l->left, l->right);
    chart_notes_draw(l->day_notes, l->picture, l->top, l->bottom);
    for (int finding = 0; finding < 2; finding++)
        for (size_t i = l->count; i-- > 0;)
            if (l->found[i] == (finding == 1))
                draw_curve(l, &l->curves[i], l->found[i]);
    for (size_t i = 0; i < l->count; i++)
        curve_draw_gaps(l->plot, l->picture, &l->curves[i], l->bottom);
}

/* --- words in the plot --- */

static struct label_pair point_words(const struct lines *l, const struct curve *curve, const struct curve_point *point)
{
    const struct plot *plot = l->plot;
    const struct chart_row *row = point->row;
    const char *words[LANG_COUNT] = {NULL};
    bool named = row->label[plot->langs[0]];
    struct label_look look = {is_found(l, point) ? WEIGHT_BOLD : WEIGHT_REGULAR,
                              is_found(l, point) ? curve->mark.text : plot->palette.ink, 1};

    for (size_t i = 0; i < plot->lang_count; i++)
        words[plot->langs[i]] = named ? row->label[plot->langs[i]] : word_value(plot, plot->langs[i], row);
    return label_pair_make(plot, words, look, plot_length(plot, 110), &row->at);
}

static bool wants_words(const struct lines *l, const struct curve *curve, const struct curve_point *point)
{
    if (!point->known)
        return false;
    return point->row->label[l->plot->langs[0]] || (is_found(l, point) && point != curve_last(curve));
}

static struct places *places_in_plot(const struct lines *l)
{
    double right = l->ends_width > 0 ? l->right + 2 : l->plot->width;
    struct places *places = places_new(l->plot->arena, (struct box){l->left + 1, l->top, right, l->bottom - 1});

    for (size_t i = 0; i < l->count; i++)
        curve_keep(&l->curves[i], &l->values, places, l->steps, l->area);
    for (size_t i = 0; i < l->plot->spec->note_count; i++) {
        const struct chart_note *note = &l->plot->spec->notes[i];
        const struct date *day = note->kind == NOTE_DAYS ? &note->until : &note->day;
        const struct num *value = note->kind == NOTE_VALUES ? &note->to : &note->value;
        double x = axis_at(&l->days, date_days(note->day)), x1 = axis_at(&l->days, date_days(*day));
        double y = axis_at(&l->values, num_to_double(note->value)), y1 = axis_at(&l->values, num_to_double(*value));
        if (note->kind == NOTE_VALUE || note->kind == NOTE_VALUES) {
            places_spare_line(places, l->left, y, l->right, y);
            places_spare_line(places, l->left, y1, l->right, y1);
        } else if (note->kind == NOTE_DAY || note->kind == NOTE_DAYS) {
            places_spare_line(places, x, l->top, x, l->bottom);
            places_spare_line(places, x1, l->top, x1, l->bottom);
        }
    }
    return places;
}

static size_t gather_placed(const struct lines *l, struct placed *out)
{
    const struct chart_spec *spec = l->plot->spec;
    size_t count = 0;

    for (size_t i = 0; i < spec->note_count; i++) {
        const struct chart_note *note = &spec->notes[i];
        if (note->kind != NOTE_POINT)
            continue;
        out[count++] = (struct placed){.x = axis_at(&l->days, date_days(note->day)),
                                       .y = axis_at(&l->values, num_to_double(note->value)),
                                       .radius = plot_length(l->plot, FOUND + 1.2), .above = true,
                                       .words = chart_notes_words(l->plot, note, plot_length(l->plot, 110))};
        picture_circle(l->picture, out[count - 1].x, out[count - 1].y, out[count - 1].radius);
        picture_stroke(l->picture, l->plot->palette.ink, 0.9);
    }
    for (size_t i = 0; i < l->count; i++)
        for (size_t k = 0; k < l->curves[i].count; k++) {
            const struct curve_point *point = &l->curves[i].points[k];
            if (wants_words(l, &l->curves[i], point))
                out[count++] = (struct placed){.x = point->x, .y = point->y, .radius = plot_length(l->plot, FOUND),
                                               .words = point_words(l, &l->curves[i], point), .above = true};
        }
    return count;
}

static void draw_words(struct lines *l)
{
    const struct chart_spec *spec = l->plot->spec;
    struct placed *placed = arena_array(l->plot->arena, spec->note_count + spec->row_count, sizeof *placed);
    struct places *places = places_in_plot(l);
    size_t count = gather_placed(l, placed), found;

    for (size_t i = 0; i < count; i++) {
        const struct placed *p = &placed[i];
        places_keep_box(places, (struct box){p->x - p->radius, p->y - p->radius, p->x + p->radius, p->y + p->radius});
    }
    found = places_find(places, placed, count);
    if (found < count)
        diag_add(l->plot->diags, DIAG_CHART_CROWDED, spec->at,
                 "chart '%s' has no room for the words at %zu of its points; give fewer points a label, or shorter "
                 "ones", spec->id, count);
    else
        places_draw(l->plot, l->picture, placed, count);
}

/* --- what it refuses --- */

static void check_row(const struct plot *plot, const struct chart_row *row)
{
    bool low = row->has_low && num_compare(row->value, row->low) < 0;
    bool high = row->has_high && num_compare(row->value, row->high) > 0;
    const struct num *least = row->has_low ? &row->low : &row->value;

    if (row->missing)
        return;
    if (low || high)
        diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                 "a row of chart '%s' has bounds that do not enclose its value; low <= value <= high must hold",
                 plot->spec->id);
    if (row->has_low != row->has_high)
        diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                 "a row of chart '%s' has only one of low and high; a range needs both", plot->spec->id);
    if (plot->spec->look.logarithmic && num_to_double(*least) <= 0)
        diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                 "a row of chart '%s' has a value that is not above zero; a logarithmic scale has no place for it",
                 plot->spec->id);
}

static void check_days(const struct plot *plot, const struct curve *curve)
{
    for (size_t i = 1; i < curve->count; i++)
        if (curve->points[i].day == curve->points[i - 1].day)
            diag_add(plot->diags, DIAG_CHART_DATA, curve->points[i].row->at,
                     "a series of chart '%s' has two rows for %s; give each day one", plot->spec->id,
                     locale_date(plot->locale[plot->langs[0]], curve->points[i].row->start, DATE_LONG, plot->arena));
}

/* Areas stand on zero, and on one another. */
static void check_stack(const struct plot *plot, const struct lines *l)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct curve *curve = &l->curves[i], *first = &l->curves[0];
        bool same = curve->count == first->count;
        for (size_t k = 0; same && k < curve->count; k++)
            same = curve->points[k].day == first->points[k].day && curve->points[k].known;
        if (!same)
            diag_add(plot->diags, DIAG_CHART_DATA, plot->spec->at,
                     "the series '%s' of chart '%s' lacks a value on a day that others have; areas on one another need "
                     "all", group_words(l->series, GROUP_SERIES, i)[plot->langs[0]], plot->spec->id);
        for (size_t k = 0; k < curve->count; k++)
            if (curve->points[k].row->value.coefficient < 0 || curve->points[k].row->has_low)
                diag_add(plot->diags, DIAG_CHART_DATA, curve->points[k].row->at,
                         "a row of chart '%s' is below zero or has a range; areas on one another show sums",
                         plot->spec->id);
    }
}

static void check_lines(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    struct lines l = {.plot = plot};
    bool any = false;

    l.series = groups_of(plot, GROUP_SERIES);
    l.count = l.series->count > 0 ? l.series->count : 1;
    l.curves = arena_array(plot->arena, l.count, sizeof *l.curves);
    for (size_t i = 0; i < spec->row_count; i++) {
        check_row(plot, &spec->rows[i]);
        any |= !spec->rows[i].missing;
    }
    if (!any)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at, "chart '%s' has no value at all; give one row one", spec->id);
    if (l.count > SERIES_MOST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, spec->at,
                 "chart '%s' has %zu series; at most %d can be told apart in grey", spec->id, l.count, SERIES_MOST);
    if (spec->look.area && spec->look.logarithmic)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at,
                 "chart '%s' has an area on a logarithmic scale; an area stands on zero, which such a scale has not",
                 spec->id);
    for (size_t i = 0; i < l.count; i++) {
        l.curves[i] = curve_of(plot, l.series, i);
        check_days(plot, &l.curves[i]);
    }
    if (spec->look.area && l.count > 1)
        check_stack(plot, &l);
}

static struct picture *lay_stretched(const struct plot *plot, double stretch)
{
    struct lines l = {.plot = plot, .picture = picture_new(plot->arena, plot->width), .stretch = stretch};
    double legend, unit;

    picture_mirror(l.picture, axis_days_mirrored(plot));
    gather(&l);
    make_values(&l);
    set_ends(&l);
    make_days(&l);
    legend = draw_legend(&l);
    move_plot(&l, l.top + legend);
    unit = draw_unit(&l);
    l.day_notes = chart_notes_of_days(plot, &l.days);
    move_plot(&l, l.top + unit + chart_notes_room(l.day_notes, 0, plot->width));
    l.value_notes = chart_notes_of_values(plot, &l.values, true);
    chart_notes_room(l.value_notes, 0, plot->width * ENDS_SHARE);
    for (size_t i = 0; i < l.count; i++)
        curve_place(&l.curves[i], &l.days, &l.values);
    chart_notes_draw_bands(l.value_notes, l.picture, l.left, l.right);
    chart_notes_draw_bands(l.day_notes, l.picture, l.top, l.bottom);
    axis_draw_grid_across(plot, l.picture, &l.values, l.left, l.right);
    axis_draw_beside(plot, l.picture, &l.values, l.left - VALUES_GAP, ANCHOR_END);
    draw_data(&l);
    place_ends(&l);
    ends_draw(plot, l.picture, l.ends, l.end_count, l.right + ends_gap(plot), false);
    draw_words(&l);
    picture_set_height(l.picture, l.bottom + axis_draw_days(plot, l.picture, &l.days, l.bottom));
    return l.picture;
}

static struct picture *line_lay(const struct plot *plot)
{
    return plot_lay_taller(plot, lay_stretched);
}

const struct chart_kind line_kind = {
    .flexible = true, .check = check_lines, .extent = line_extent, .across = line_across, .lay = line_lay };
