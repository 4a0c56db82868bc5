/*
 * Bars: a category's value as a length from zero, lying or standing; of several series beside one another, on top of
 * one another, or as shares of their sum.
 *
 *   beside                      on top                          shares
 *
 *   a ██████████ 66             a ██████66░░░30 96              a ██████69%░░░31%
 *     ░░░░░░ 40                 b ███20░░░░░░░60 80             b ██25%░░░░░░░75%
 *   b ████ 25
 *     ┆┆ no data
 *
 * What is below zero stands on its other side, falling ones on top of one another too. "More than 100" is broken off
 * at 100. A stack of which one part is missing is the sum of the others, said to be "at least" that.
 */
#include <math.h>

#include "base/arena.h"
#include "chart/field.h"
#include "chart/legend.h"
#include "chart/sum.h"

enum { CATEGORIES_MOST = 40, LANES_MOST = 60 };

static const double BAR = 9.5, BAR_BESIDE = 8.5, BAR_STACKED = 13; /* thickness, lying; points */
static const double LANE_GAP = 1.5;       /* between bars beside one another */
static const double STANDING_SHARE = 0.62, STANDING_MOST = 34; /* of a slot, of a single bar; points */
static const double STANDING_LEAST = 5;   /* of a bar beside others */
static const double VALUE_GAP = 5;        /* between a bar's end and its value */
static const double STANDING_GAP = 1.5;   /* likewise, above it */
static const double LESS = 10;            /* length of the light end that says "at most" */
static const double NAMES_SHARE = 0.2;    /* of the width, for a series' name behind its bar */
static const double INSIDE = 2;           /* between words and the edges of what they stand in */

struct segment {
    const struct chart_row *row;
    struct mark mark;
    double from, to;
};

/* A bar: of one row, or a stack of several. */
struct lane {
    size_t category, nth;         /* which of the category's bars */
    struct segment *segments;
    size_t count;
    struct chart_row end;         /* what stands at its end: the row, or the sum; missing: is not known */
    bool gap;                     /* a part of the stack is missing */
    bool silent;                  /* nothing stands at its end */
    double low, high;             /* reach */
    struct label_pair words;
    double middle, thick;
};

struct bars {
    const struct plot *plot;
    struct field field;
    const struct groups *categories, *series;
    struct lane *lanes;
    size_t count, each;           /* lanes, and of each category */
    bool stacked, shares, any_emphasis;
    bool direct;                  /* the series are named at the first category's bars */
    bool told_gap;                /* an empty shape stands without words: the legend has them */
};

/* --- what is drawn --- */

static size_t series_count(const struct bars *b)
{
    return b->series->count > 0 ? b->series->count : 1;
}

static struct mark mark_of(const struct bars *b, const struct chart_row *row, size_t series)
{
    struct mark mark;

    if (b->series->count == 0) {
        mark = mark_of_row(b->plot, row, b->any_emphasis);
        if (!b->any_emphasis && row_is_accented(row, false)) /* nothing is the finding: nothing is loud */
            mark.rgb = mark.fill = b->plot->palette.accent_mid;
        return mark;
    }
    mark = mark_of_series(b->plot, series, b->series->count);
    return row_is_accented(row, b->any_emphasis) ? mark : mark_in_context(b->plot, mark);
}

/* What no row speaks of is missing where bars stand beside one another; a stack just does not have it. */
static const struct chart_row *absent(const struct bars *b, size_t category)
{
    struct chart_row *row = arena_alloc(b->plot->arena, sizeof *row);

    row->missing = true;
    row->at = b->categories->first[category]->at;
    return row;
}

static void add_segment(struct bars *b, struct lane *lane, const struct chart_row *row, size_t series)
{
    double value = num_to_double(row->value), *from = value < 0 ? &lane->low : &lane->high;

    if (row->missing) {
        lane->gap = true;
        return;
    }
    lane->segments[lane->count++] = (struct segment){row, mark_of(b, row, series), *from, *from + value};
    *from += value;
}

static void gather_one(struct bars *b, struct lane *lane, size_t category, size_t series)
{
    const struct chart_row *row = groups_row(b->plot, b->categories, category, b->series, series);

    if (!row)
        row = absent(b, category);
    lane->segments = arena_alloc(b->plot->arena, sizeof *lane->segments);
    add_segment(b, lane, row, series);
    lane->end = *row;
    lane->gap = false;
}

/* Shares are parts of their sum; one that is not known leaves all of them unknown. */
static void make_shares(struct lane *lane)
{
    double sum = num_to_double(lane->end.value);

    for (size_t i = 0; i < lane->count; i++) {
        lane->segments[i].from /= sum;
        lane->segments[i].to /= sum;
    }
    lane->end.missing = lane->gap;
    lane->count = lane->gap ? 0 : lane->count;
    lane->silent = !lane->gap;
    lane->high = lane->gap ? 0 : 1;
}

static void gather_stack(struct bars *b, struct lane *lane, size_t category)
{
    const struct chart_row **rows = arena_array(b->plot->arena, series_count(b), sizeof *rows);
    size_t count = 0;

    lane->segments = arena_array(b->plot->arena, series_count(b), sizeof *lane->segments);
    for (size_t i = 0; i < series_count(b); i++) {
        const struct chart_row *row = groups_row(b->plot, b->categories, category, b->series, i);
        if (!row)
            continue;
        rows[count++] = row;
        add_segment(b, lane, row, i);
    }
    lane->end = sum_of_rows(b->plot, rows, count);
    for (size_t i = 0; i < count; i++)
        lane->end.emphasis |= rows[i]->emphasis;
    lane->silent = lane->low < 0 && lane->high > 0; /* no end is the place of what is left of both */
    if (b->shares)
        make_shares(lane);
}

static struct bars gather(const struct plot *plot)
{
    struct bars b = {.plot = plot, .categories = groups_of(plot, GROUP_CATEGORY),
                     .series = groups_of(plot, GROUP_SERIES)};

    b.stacked = plot->spec->look.stack != STACK_BESIDE;
    b.shares = plot->spec->look.stack == STACK_SHARES;
    b.each = b.stacked ? 1 : series_count(&b);
    b.count = b.categories->count * b.each;
    b.lanes = arena_array(plot->arena, b.count, sizeof *b.lanes);
    b.any_emphasis = plot_any_emphasis(plot);
    for (size_t i = 0; i < b.count; i++) {
        struct lane *lane = &b.lanes[i];
        lane->category = i / b.each;
        lane->nth = i % b.each;
        if (b.stacked)
            gather_stack(&b, lane, lane->category);
        else
            gather_one(&b, lane, lane->category, lane->nth);
    }
    return b;
}

static struct field_scale scale_of(const struct bars *b)
{
    struct field_scale scale = {.extent = axis_extent(b->plot), .whole = plot_is_counted(b->plot), .zero = true,
                                .shares = b->shares};

    for (size_t i = 0; i < b->count && !b->plot->shared; i++) {
        scale.extent.low = fmin(scale.extent.low, b->lanes[i].low);
        scale.extent.high = fmax(scale.extent.high, b->lanes[i].high);
    }
    return scale;
}

/* --- words --- */

static struct label_look end_look(const struct bars *b, const struct lane *lane)
{
    const struct palette *p = &b->plot->palette;
    bool alone = b->series->count == 0;

    if (lane->end.missing)
        return (struct label_look){WEIGHT_REGULAR, p->muted, 1};
    return (struct label_look){b->stacked || lane->end.emphasis ? WEIGHT_BOLD : WEIGHT_REGULAR,
                               alone && lane->end.emphasis ? p->accent : p->ink, 1};
}

/* All or none of the plain numbers above standing bars: a few would look like the finding. */
static void set_words(struct bars *b)
{
    double width = b->field.slot / (double)b->each - INSIDE;
    bool left_out = false;

    for (size_t i = 0; i < b->count; i++) {
        struct lane *lane = &b->lanes[i];
        b->told_gap |= b->stacked && lane->gap && !b->shares;
        if (lane->silent || field_words(&b->field, &lane->end, end_look(b, lane), width, &lane->words))
            continue;
        b->told_gap |= lane->end.missing;
        left_out |= !lane->end.missing;
    }
    for (size_t i = 0; i < b->count && left_out; i++)
        if (row_is_exact(b->plot, &b->lanes[i].end) && !b->lanes[i].end.missing)
            b->lanes[i].words = (struct label_pair){.width = 0};
}

/* --- placing --- */

static struct label_pair series_name(const struct bars *b, size_t series)
{
    const struct mark mark = mark_of_series(b->plot, series, b->series->count);

    return label_pair_make(b->plot, group_words(b->series, GROUP_SERIES, series),
                           (struct label_look){WEIGHT_BOLD, mark.text, 1}, 0, &b->series->first[series]->at);
}

/* Bars beside one another are named behind the values of the first category. */
static double name_room(const struct bars *b, const struct lane *lane)
{
    return b->direct && !b->stacked && lane->category == 0 ? VALUE_GAP + series_name(b, lane->nth).width : 0;
}

static bool opens(const struct chart_row *end)
{
    return !end->missing && end->has_low && !end->has_high;
}

/* Points between the end of what is drawn of the bar and its words. */
static double before_words(const struct bars *b, const struct lane *lane)
{
    double gap = b->field.standing ? STANDING_GAP : VALUE_GAP;

    if (lane->gap || lane->end.missing)
        return gap + field_gap_length(&b->field);
    return gap + (opens(&lane->end) ? field_more_length() : 0);
}

static bool is_below(const struct lane *lane)
{
    return lane->low < 0 && lane->high <= 0;
}

static double end_of(const struct lane *lane)
{
    return is_below(lane) ? lane->low : lane->high;
}

/* Shares print as percent, rounded for print only. */
static struct label_pair inside_words(const struct bars *b, const struct lane *lane, const struct segment *segment,
                                      uint32_t rgb)
{
    const char *words[LANG_COUNT] = {NULL};

    for (size_t i = 0; i < b->plot->lang_count; i++) {
        enum lang lang = b->plot->langs[i];
        words[lang] = b->shares ? word_share(b->plot, lang, segment->row->value, lane->end.value)
                                : word_value(b->plot, lang, segment->row);
    }
    return label_pair_make(b->plot, words,
                           (struct label_look){segment->row->emphasis ? WEIGHT_BOLD : WEIGHT_REGULAR, rgb, 1}, 0,
                           &segment->row->at);
}

/* Of a lying stack: its parts' words have room, also in two languages. */
static double stack_thickness(const struct bars *b)
{
    double thick = plot_length(b->plot, BAR_STACKED);

    for (size_t i = 0; i < b->count; i++)
        for (size_t k = 0; k < b->lanes[i].count; k++)
            thick = fmax(thick, inside_words(b, &b->lanes[i], &b->lanes[i].segments[k], 0).height);
    return thick;
}

static double lane_thickness(const struct bars *b)
{
    double slot = b->field.slot, most = plot_length(b->plot, STANDING_MOST);

    if (b->field.standing)
        return b->each == 1 ? fmin(slot * STANDING_SHARE, most) : fmin(slot * 0.8 / (double)b->each - 1, most);
    return b->stacked ? stack_thickness(b) : plot_length(b->plot, b->each > 1 ? BAR_BESIDE : BAR);
}

/* Across the categories: the bar with its gap, or its words where they take more. */
static double lane_need(const struct bars *b, const struct lane *lane)
{
    double need = lane->thick + (b->each > 1 ? LANE_GAP : 0);

    return b->field.standing ? need : fmax(need, lane->words.height);
}

static double before_lane(const struct bars *b, const struct lane *lane)
{
    double before = 0;

    for (const struct lane *other = lane - lane->nth; other < lane; other++)
        before += lane_need(b, other);
    return before;
}

static void place(struct bars *b, double top)
{
    double thick = lane_thickness(b);

    for (size_t i = 0; i < b->count; i++) {
        struct lane *lane = &b->lanes[i];
        double room;
        lane->thick = thick;
        b->field.slots[lane->category].need = before_lane(b, lane) + lane_need(b, lane);
        room = before_words(b, lane) + field_along(&b->field, &lane->words) + name_room(b, lane);
        if (lane->words.width > 0 || opens(&lane->end) || lane->gap || lane->end.missing)
            field_tail(&b->field, end_of(lane), room, is_below(lane));
    }
    field_place(&b->field, top);
    for (size_t i = 0; i < b->count; i++) {
        struct lane *lane = &b->lanes[i];
        const struct field_slot *slot = &b->field.slots[lane->category];
        lane->middle = slot->middle - slot->need / 2 + before_lane(b, lane) + lane_need(b, lane) / 2;
    }
}

/* --- drawing --- */

/* Inside it where they fit and can be read; the scale tells the rest. */
static void draw_inside(const struct bars *b, const struct lane *lane, const struct segment *segment)
{
    uint32_t ground = segment->mark.fill, rgb = colour_on(ground, b->plot->palette.ink);
    struct label_pair words = inside_words(b, lane, segment, rgb);
    double length = fabs(axis_at(&b->field.axis, segment->to) - axis_at(&b->field.axis, segment->from));

    if (field_along(&b->field, &words) + 2 * INSIDE <= length && colour_contrast(ground, rgb) >= CONTRAST_TEXT &&
        field_across(&b->field, &words) <= lane->thick)
        field_label_inside(&b->field, &words, segment->from, segment->to, lane->middle, lane->thick,
                           &segment->mark);
}

/* "At most": the end is light. */
static void draw_less(const struct bars *b, const struct lane *lane, const struct segment *segment)
{
    struct mark light = segment->mark;
    double length = fabs(b->field.axis.length) / (b->field.axis.high - b->field.axis.low);
    double sure = fmax(segment->to - LESS / length, 0);

    light.fill = colour_mix(light.rgb, COLOUR_PAPER, 0.7);
    field_bar(&b->field, &segment->mark, 0, sure, lane->middle, lane->thick);
    field_bar(&b->field, &light, sure, segment->to, lane->middle, lane->thick);
}

static void draw_lane(const struct bars *b, const struct lane *lane)
{
    const struct chart_row *end = &lane->end;
    bool less = end->has_high && !end->has_low && !end->missing && !b->stacked;

    for (size_t i = 0; i < lane->count; i++) {
        const struct segment *s = &lane->segments[i];
        if (less && s->to > 0)
            draw_less(b, lane, s);
        else
            field_bar(&b->field, &s->mark, s->from, s->to, lane->middle, lane->thick);
    }
    if (lane->gap || end->missing)
        field_gap(&b->field, end_of(lane), lane->middle, lane->thick);
    else if (opens(end) && lane->count > 0)
        field_more(&b->field, lane->segments[lane->count - 1].mark.rgb, end_of(lane), is_below(lane), 0,
                   lane->middle, lane->thick);
}

static void draw_lane_words(const struct bars *b, const struct lane *lane)
{
    for (size_t i = 0; i < lane->count && b->stacked; i++)
        draw_inside(b, lane, &lane->segments[i]);
    field_label(&b->field, &lane->words, end_of(lane), before_words(b, lane), is_below(lane), lane->middle);
}

/* --- which series is which --- */

/* Names behind bars must leave these their room; those above the first stack stand each within its part, where notes'
 * words do not part them from it. */
static bool names_fit(const struct bars *b)
{
    const struct lane *first = &b->lanes[0];

    for (size_t i = 0; i < b->each; i++)
        if (!b->stacked && (is_below(&b->lanes[i]) || series_name(b, i).label[1].block ||
                            name_room(b, &b->lanes[i]) > b->plot->width * NAMES_SHARE))
            return false;
    if (!b->stacked)
        return true;
    if (first->count < b->series->count || chart_notes_count(b->field.notes) > 0)
        return false;
    for (size_t i = 0; i < first->count; i++) {
        const struct segment *s = &first->segments[i];
        double length = fabs(axis_at(&b->field.axis, s->to) - axis_at(&b->field.axis, s->from));
        if (series_name(b, i).width + 2 * INSIDE > length)
            return false;
    }
    return true;
}

static double names_height(const struct bars *b)
{
    double height = 0;

    for (size_t i = 0; i < b->series->count && b->stacked; i++)
        height = fmax(height, series_name(b, i).height);
    return height;
}

static void draw_names(const struct bars *b)
{
    const struct lane *first = &b->lanes[0];

    for (size_t i = 0; i < b->each && !b->stacked; i++) {
        const struct lane *lane = &b->lanes[i];
        struct label_pair name = series_name(b, i);
        double away = before_words(b, lane) + lane->words.width + VALUE_GAP;
        field_label(&b->field, &name, end_of(lane), away, false, lane->middle);
    }
    for (size_t i = 0; i < first->count && b->stacked; i++) {
        struct label_pair name = series_name(b, i);
        const struct segment *s = &first->segments[i];
        double x = fmin(axis_at(&b->field.axis, s->from), axis_at(&b->field.axis, s->to));
        picture_label(b->field.picture, name.label[0], x, 0, ANCHOR_START);
        picture_label(b->field.picture, name.label[1], x, name.label[0].height, ANCHOR_START);
    }
}

static double draw_legend(const struct bars *b, struct picture *picture)
{
    struct legend_entry *entries = arena_array(b->plot->arena, b->series->count + 1, sizeof *entries);
    size_t count = 0;

    for (; count < b->series->count && !b->direct; count++)
        entries[count] = legend_of_series(b->plot, b->series, count, LEGEND_FILL);
    if (b->told_gap)
        entries[count++] = legend_of_missing(b->plot, LEGEND_FILL);
    return legend_draw(b->plot, picture, entries, count, 0);
}

/* NULL when the series are to be named directly and their names do not fit. */
static struct picture *lay_with(const struct plot *plot, bool direct)
{
    struct bars b = gather(plot);
    struct picture *picture = picture_new(plot->arena, plot->width);

    picture_mirror(picture, plot->mirrored);
    b.direct = direct;
    b.field = field_begin(plot, picture, plot->spec->look.vertical, scale_of(&b));
    set_words(&b);
    if (direct && b.told_gap)
        return NULL;
    place(&b, direct ? names_height(&b) : draw_legend(&b, picture));
    if (direct && !names_fit(&b))
        return NULL;
    picture_set_height(picture, field_draw(&b.field));
    for (size_t i = 0; i < b.count; i++)
        draw_lane(&b, &b.lanes[i]);
    field_draw_notes(&b.field);
    for (size_t i = 0; i < b.count; i++)
        draw_lane_words(&b, &b.lanes[i]);
    if (direct)
        draw_names(&b);
    field_draw_zero(&b.field);
    if (b.lanes[0].thick < STANDING_LEAST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "chart '%s' has bars of %.1f points; they need %.0f: fewer of them, or direction: horizontal",
                 plot->spec->id, fmax(b.lanes[0].thick, 0), STANDING_LEAST);
    return picture;
}

static struct picture *lay_bars(const struct plot *plot)
{
    const struct chart_look *look = &plot->spec->look;
    struct picture *picture = NULL;

    if (groups_of(plot, GROUP_SERIES)->count > 0 && !look->vertical && look->legend != LEGEND_BOX) {
        struct plot trial = *plot;
        trial.diags = diags_new();
        picture = lay_with(&trial, true);
        if (diags_count(trial.diags) > 0)
            picture = NULL; /* said again by the other */
        diags_drop(trial.diags);
    }
    if (!picture && look->legend == LEGEND_DIRECT)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "the names of the series of chart '%s' do not fit at the bars of its first category; write legend: "
                 "box, shorter names, or direction: horizontal", plot->spec->id);
    return picture ? picture : lay_with(plot, false);
}

static struct extent extent_of_bars(const struct plot *plot)
{
    struct bars b = gather(plot);

    return scale_of(&b).extent;
}

/* --- what it refuses --- */

static void check_share(const struct plot *plot, const struct chart_row *row)
{
    const char *label = row->label[plot->langs[0]];

    if (row->value.coefficient < 0)
        diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                 "'%s' of chart '%s' has a negative value; shares are parts of a whole, so write stack: on_top or "
                 "beside", label, plot->spec->id);
    else if (!row->missing && !row_is_exact(plot, row))
        diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                 "'%s' of chart '%s' has a value that is not exact, so its share is not known; write stack: beside",
                 label, plot->spec->id);
}

static void check_wholes(const struct plot *plot)
{
    struct bars b = gather(plot);

    for (size_t i = 0; i < b.count; i++)
        if (!b.lanes[i].gap && b.lanes[i].end.value.coefficient == 0)
            diag_add(plot->diags, DIAG_CHART_DATA, b.lanes[i].end.at,
                     "the values of '%s' in chart '%s' are all zero; nothing has no shares",
                     b.lanes[i].end.label[plot->langs[0]], plot->spec->id);
}

static void check_bars(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    size_t categories = groups_of(plot, GROUP_CATEGORY)->count, series = groups_of(plot, GROUP_SERIES)->count;
    size_t before = diags_errors(plot->diags);

    plot_check_groups(plot, CATEGORIES_MOST);
    if (spec->look.stack == STACK_BESIDE && categories * series > LANES_MOST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, spec->at,
                 "chart '%s' has %zu bars; at most %d can be told apart: fewer categories, or stack: on_top", spec->id,
                 categories * series, LANES_MOST);
    if (spec->look.stack != STACK_BESIDE && series == 0)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at,
                 "chart '%s' has no series to put on top of one another; give the role 'series', or leave stack out",
                 spec->id);
    for (size_t i = 0; i < spec->row_count && spec->look.stack == STACK_SHARES; i++)
        check_share(plot, &spec->rows[i]);
    if (spec->look.stack == STACK_SHARES && diags_errors(plot->diags) == before)
        check_wholes(plot);
}

const struct chart_kind bar_kind = {
    .labelled = true, .flexible = true, .check = check_bars, .extent = extent_of_bars, .lay = lay_bars };
