/*
 * Scatter: two values of each thing as a point. Labels stand where they cover nothing, led to their points where they
 * have to stand away; when there is no room for all, the chart is refused.
 *
 *   unit
 *   40 ┤     ● Nineveh
 *      │  ●───── Karbala
 *   20 ┤  ●●  Baghdad ●
 *      └──┴──────┴──────┴
 *         2      4      6  unit of x
 *
 * Mirrored for Arabic, as bars are: values of x grow from the side of reading.
 */
#include <math.h>

#include "base/arena.h"
#include "chart/axis.h"
#include "chart/legend.h"
#include "chart/notes.h"
#include "chart/places.h"

enum { POINTS_MOST = 400 };

static const double SHAPE = 0.55, HEIGHT_LEAST = 130, HEIGHT_MOST = 240; /* of the plot: share of its width, points */
static const double VALUES_GAP = 6, UNIT_GAP = 1, BELOW = 3; /* between plot and words; room for marks on the edge */
static const double ENDS_SHARE = 0.25; /* of the width, at most, for notes behind the plot */
static const double POINT = 2.7, FOUND = 3.4, INSET = 5; /* points do not stand on the plot's edge */
static const double LABEL_WIDTH = 120;
static const double PLOT_LEAST = 90;

struct scatter {
    const struct plot *plot;
    struct picture *picture;
    const struct groups *series;
    bool any_emphasis;
    struct axis values, across;
    struct chart_notes *notes;
    double left, right, top, bottom;
    double notes_width;
};

/* --- scales --- */

static struct extent scatter_across(const struct plot *plot)
{
    struct extent extent = {HUGE_VAL, -HUGE_VAL};

    for (size_t i = 0; i < plot->spec->row_count; i++) {
        double x = num_to_double(plot->spec->rows[i].x);
        extent.low = fmin(extent.low, x);
        extent.high = fmax(extent.high, x);
    }
    return extent;
}

static void make_axes(struct scatter *s, double stretch)
{
    const struct plot *plot = s->plot;
    struct extent across = plot->shared_across ? *plot->shared_across : scatter_across(plot);
    double height = stretch * fmin(fmax(plot->width * 0.8 * SHAPE, plot_length(plot, HEIGHT_LEAST)),
                                   plot_length(plot, HEIGHT_MOST));
    const struct chart_spec *all = plot->shared_across ? plot->whole->spec : plot->spec;
    bool whole_x = true;

    for (size_t i = 0; i < all->row_count; i++)
        whole_x &= num_is_whole(all->rows[i].x);
    s->bottom = s->top + height;
    s->values = axis_of_numbers(plot, axis_extent(plot), s->bottom, -height, false, plot->spec->look.logarithmic,
                                plot_is_counted(plot));
    s->left = s->values.label_width + VALUES_GAP;
    s->notes = chart_notes_of_values(plot, &s->values, true);
    s->notes_width = chart_notes_room(s->notes, 0, plot->width * ENDS_SHARE);
    s->right = plot->width - s->notes_width;
    if (s->right - s->left < plot_length(plot, PLOT_LEAST))
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "the words of chart '%s' leave %.0f points for its plot; shorter notes or a wider frame must leave "
                 "%.0f", plot->spec->id, s->right - s->left, plot_length(plot, PLOT_LEAST));
    s->across = axis_of_numbers(plot, across, s->left + INSET, fmax(s->right - s->left - 2 * INSET, 1), false, false,
                                whole_x);
    if (s->notes_width <= 0) /* the last number reaches beyond its tick */
        s->across.length -= fmax(s->across.label_width / 2 - INSET, 0);
}

static void move_plot(struct scatter *s, double top)
{
    s->bottom += top - s->top;
    s->top = top;
    s->values.start = s->bottom;
}

/* --- points --- */

static double x_of(const struct scatter *s, const struct chart_row *row)
{
    return axis_at(&s->across, num_to_double(row->x));
}

static double y_of(const struct scatter *s, const struct chart_row *row)
{
    return axis_at(&s->values, num_to_double(row->value));
}

static double radius_of(const struct scatter *s, const struct chart_row *row)
{
    return plot_length(s->plot, row->emphasis ? FOUND : POINT);
}

/* Several series: each its own symbol, of which the context is grey where there is a finding. */
static struct mark mark_of(const struct scatter *s, size_t row)
{
    const struct chart_row *data = &s->plot->spec->rows[row];
    struct mark mark;

    if (s->series->count == 0)
        return mark_of_row(s->plot, data, s->any_emphasis);
    mark = mark_of_series(s->plot, s->series->of[row], s->series->count);
    if (s->any_emphasis)
        mark.rgb = data->emphasis ? s->plot->palette.accent : s->plot->palette.grey;
    return mark;
}

/* The finding on top. */
static void draw_points(const struct scatter *s)
{
    const struct chart_spec *spec = s->plot->spec;

    for (int finding = 0; finding < 2; finding++)
        for (size_t i = 0; i < spec->row_count; i++) {
            const struct chart_row *row = &spec->rows[i];
            struct mark mark = mark_of(s, i);
            if (row->emphasis == (finding == 1))
                mark_symbol(s->picture, &mark, x_of(s, row), y_of(s, row), radius_of(s, row));
        }
}

/* The finding's first: it gets the best places. */
static size_t gather_labels(const struct scatter *s, struct placed *out)
{
    const struct plot *plot = s->plot;
    size_t count = 0;

    for (int finding = 1; finding >= 0; finding--)
        for (size_t i = 0; i < plot->spec->row_count; i++) {
            const struct chart_row *row = &plot->spec->rows[i];
            struct label_look look = {row->emphasis ? WEIGHT_BOLD : WEIGHT_REGULAR,
                                      row->emphasis ? plot->palette.accent : plot->palette.ink, 1};
            if (row->emphasis != (finding == 1) || !row->label[plot->langs[0]])
                continue;
            out[count++] = (struct placed){.x = x_of(s, row), .y = y_of(s, row), .radius = radius_of(s, row),
                                           .words = label_pair_make(plot, row->label, look,
                                                                    plot_length(plot, LABEL_WIDTH), &row->at)};
        }
    return count;
}

static void draw_labels(const struct scatter *s)
{
    const struct plot *plot = s->plot;
    const struct chart_spec *spec = plot->spec;
    struct placed *placed = arena_array(plot->arena, spec->row_count, sizeof *placed);
    struct places *places = places_new(plot->arena, (struct box){s->left + 1, s->top, s->right, s->bottom - 1});
    size_t count = gather_labels(s, placed);

    for (size_t i = 0; i < spec->row_count; i++) {
        double x = x_of(s, &spec->rows[i]), y = y_of(s, &spec->rows[i]), radius = radius_of(s, &spec->rows[i]);
        places_keep_box(places, (struct box){x - radius, y - radius, x + radius, y + radius});
    }
    for (size_t i = 0; i < spec->note_count; i++) {
        const struct chart_note *note = &spec->notes[i];
        double y = axis_at(&s->values, num_to_double(note->value)), to = axis_at(&s->values, num_to_double(note->to));
        places_spare_line(places, s->left, y, s->right, y);
        if (note->kind == NOTE_VALUES)
            places_spare_line(places, s->left, to, s->right, to);
    }
    if (places_find(places, placed, count) < count) {
        diag_add(plot->diags, DIAG_CHART_CROWDED, spec->at,
                 "chart '%s' has no room for the labels of %zu points; give only those that matter a label",
                 spec->id, count);
        return;
    }
    for (size_t i = 0; i < count; i++) /* the grid stops at words */
        picture_rectangle(s->picture, placed[i].box.left, placed[i].box.top,
                          placed[i].box.right - placed[i].box.left, placed[i].box.bottom - placed[i].box.top);
    if (count > 0)
        picture_paint(s->picture, (struct paint){.fill = true, .fill_rgb = COLOUR_PAPER});
    places_draw(plot, s->picture, placed, count);
}

/* --- words around the plot --- */

static double draw_unit(const struct scatter *s)
{
    const struct plot *plot = s->plot;
    struct label label[LANG_COUNT] = {0};
    double height = 0;

    for (size_t i = 0; i < plot->lang_count; i++)
        label[i] = label_make(plot, plot->langs[i], plot->spec->unit[plot->langs[i]],
                              (struct label_look){WEIGHT_REGULAR, plot->palette.muted, 1},
                              plot->width / (double)plot->lang_count - 6, &plot->spec->at);
    for (size_t i = 0; i < plot->lang_count; i++) {
        double down = labels_lowered(label, i);
        picture_label(s->picture, label[i], i == 0 ? 0 : plot->width, s->top + down,
                      i == 0 ? ANCHOR_START : ANCHOR_END);
        height = fmax(height, down + label[i].height);
    }
    return height > 0 ? height + UNIT_GAP + s->values.label_height / 2 : plot->size / 2;
}

/* Under the numbers of x: at the end towards which they grow; both languages on their own sides. */
static double draw_x_unit(const struct scatter *s, double top)
{
    const struct plot *plot = s->plot;
    struct label label[LANG_COUNT] = {0};
    double height = 0;

    for (size_t i = 0; i < plot->lang_count; i++)
        label[i] = label_make(plot, plot->langs[i], plot->spec->x_unit[plot->langs[i]],
                              (struct label_look){WEIGHT_REGULAR, plot->palette.muted, 1},
                              (s->right - s->left) / (double)plot->lang_count - 6, &plot->spec->at);
    for (size_t i = 0; i < plot->lang_count; i++) {
        bool at_start = plot->lang_count > 1 && i == 0;
        double down = labels_lowered(label, i);
        picture_label(s->picture, label[i], at_start ? s->left : s->right, top + down,
                      at_start ? ANCHOR_START : ANCHOR_END);
        height = fmax(height, down + label[i].height);
    }
    return height;
}

static double draw_legend(const struct scatter *s)
{
    const struct plot *plot = s->plot;
    struct legend_entry *entries = arena_array(plot->arena, s->series->count, sizeof *entries);

    for (size_t i = 0; i < s->series->count; i++)
        entries[i] = legend_of_series(plot, s->series, i, LEGEND_SYMBOL);
    return legend_draw(plot, s->picture, entries, s->series->count, s->top);
}

/* --- what it refuses --- */

static void check_scatter(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    size_t series = groups_of(plot, GROUP_SERIES)->count;

    plot_check_count(plot, POINTS_MOST, "points");
    if (series > SERIES_MOST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, spec->at,
                 "chart '%s' has %zu series; at most %d can be told apart in grey", spec->id, series, SERIES_MOST);
    for (size_t i = 0; i < spec->row_count; i++) {
        const struct chart_row *row = &spec->rows[i];
        if (row->missing)
            diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                     "a row of chart '%s' has no value; a point needs both, so leave the row out", spec->id);
        else if (spec->look.logarithmic && row->value.coefficient <= 0)
            diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                     "a row of chart '%s' has a value that is not above zero; a logarithmic scale has no place for it",
                     spec->id);
    }
}

static struct picture *lay_stretched(const struct plot *plot, double stretch)
{
    struct scatter s = {.plot = plot, .picture = picture_new(plot->arena, plot->width),
                        .series = groups_of(plot, GROUP_SERIES)};
    double bottom;

    picture_mirror(s.picture, plot->mirrored);
    s.any_emphasis = plot_any_emphasis(plot);
    make_axes(&s, stretch);
    move_plot(&s, s.top + draw_legend(&s));
    move_plot(&s, s.top + draw_unit(&s));
    s.notes = chart_notes_of_values(plot, &s.values, true);
    chart_notes_room(s.notes, 0, plot->width * ENDS_SHARE);
    chart_notes_draw_bands(s.notes, s.picture, s.left, s.right);
    axis_draw_grid_across(plot, s.picture, &s.values, s.left, s.right);
    axis_draw_grid_down(plot, s.picture, &s.across, s.top, s.bottom);
    picture_rule(s.picture, s.left, s.bottom, s.right, s.bottom, plot->palette.grey, plot->style->hairline * 1.6);
    axis_draw_beside(plot, s.picture, &s.values, s.left - VALUES_GAP, ANCHOR_END);
    chart_notes_draw(s.notes, s.picture, s.left, s.right);
    draw_labels(&s);
    draw_points(&s);
    bottom = s.bottom + BELOW;
    bottom += axis_draw_below(plot, s.picture, &s.across, bottom);
    picture_set_height(s.picture, bottom + draw_x_unit(&s, bottom));
    return s.picture;
}

static struct picture *scatter_lay(const struct plot *plot)
{
    return plot_lay_taller(plot, lay_stretched);
}

const struct chart_kind scatter_kind = {
    .flexible = true, .check = check_scatter, .extent = axis_extent, .across = scatter_across, .lay = scatter_lay };
