/*
 * Pyramids: two series back to back on one scale, the categories' words between them. The first series stands on the
 * side where reading begins (mirrored for Arabic); in both languages, on the left.
 *
 *             Men              Women
 *        240 ████     70+     ░░░░░ 310
 *    400 ███████     60–69    ░░░░░░░ 440
 *        ┆┆ no data  50–59    ░░░░░░░░░ 600
 *    500   250   0            0   250   500
 *                  thousand
 */
#include <math.h>

#include "base/arena.h"
#include "chart/axis.h"
#include "chart/legend.h"
#include "chart/marks.h"

enum { CATEGORIES_MOST = 40, SIDES = 2 };

static const double BAR = 9.5;           /* height, points */
static const double ROW_GAP = 2.5, PAIR_GAP = 6; /* between rows' contents; where both languages stand in them */
static const double COLUMN_GAP = 8;      /* between the words and the bars on either side */
static const double VALUE_GAP = 4;       /* between a bar's end and its value */
static const double HEAD_GAP = 3;        /* below the names of the series */
static const double GAP = 12;            /* length of an empty shape */
static const double WORDS_SHARE = 0.3;   /* of the width, for the words */
static const double SIDE_LEAST = 50;     /* of a side's bars, points */

/* A row's bar on one side. */
struct half {
    const struct chart_row *row;         /* NULL: missing */
    struct label_pair value;
    double size;
};

struct level {
    struct label_pair words;
    struct half half[SIDES];
    double height, middle;
};

struct pyramid {
    const struct plot *plot;
    struct picture *picture;
    const struct groups *categories, *series;
    struct level *levels;
    struct axis axis[SIDES];
    double words_width;
    double foot[SIDES];                  /* x at which a side's bars begin */
    double gap;                          /* between levels */
    double room;                         /* of a side, words and all */
    double top, bottom;                  /* of the levels */
    const struct tail *tails;
    size_t tail_count;
    bool any_emphasis, whole;
    struct extent extent;
};

static double sign(size_t side)
{
    return side == 0 ? -1 : 1;
}

static bool is_missing(const struct half *half)
{
    return !half->row || half->row->missing;
}

static struct mark mark_of(const struct pyramid *p, const struct chart_row *row, size_t side)
{
    struct mark mark = mark_of_series(p->plot, side, SIDES);

    return row_is_accented(row, p->any_emphasis) ? mark : mark_in_context(p->plot, mark);
}

/* --- measuring --- */

static void set_half(const struct pyramid *p, size_t category, size_t side)
{
    const struct plot *plot = p->plot;
    struct half *half = &p->levels[category].half[side];
    struct label_look look = {WEIGHT_REGULAR, plot->palette.ink, 1};
    const char *words[LANG_COUNT] = {word_missing[LANG_EN], word_missing[LANG_AR]};

    half->row = groups_row(plot, p->categories, category, p->series, side);
    for (size_t i = 0; i < plot->lang_count && !is_missing(half); i++)
        words[plot->langs[i]] = word_value(plot, plot->langs[i], half->row);
    if (is_missing(half))
        look.rgb = plot->palette.muted;
    else if (half->row->emphasis)
        look.weight = WEIGHT_BOLD;
    half->size = is_missing(half) ? 0 : num_to_double(half->row->value);
    half->value = label_pair_make(plot, words, look, 0, &p->categories->first[category]->at);
}

static void set_words(struct pyramid *p)
{
    const struct plot *plot = p->plot;
    const struct label_look look = {WEIGHT_REGULAR, plot->palette.ink, 1};

    for (size_t i = 0; i < p->categories->count; i++) {
        struct level *level = &p->levels[i];
        level->words = label_pair_make(plot, group_words(p->categories, GROUP_CATEGORY, i), look,
                                       plot->width * WORDS_SHARE, &p->categories->first[i]->at);
        p->words_width = fmax(p->words_width, level->words.width);
        level->height = fmax(plot_length(plot, BAR), level->words.height);
        for (size_t side = 0; side < SIDES; side++) {
            set_half(p, i, side);
            level->height = fmax(level->height, level->half[side].value.height);
        }
    }
    p->gap = ROW_GAP;
    for (size_t i = 0; i < p->categories->count; i++)
        if (p->levels[i].words.label[1].block || p->levels[i].half[0].value.label[1].block)
            p->gap = PAIR_GAP;
    p->words_width = plot_common(plot, COMMON_WORDS, p->words_width);
    p->foot[0] = (plot->width - p->words_width) / 2 - COLUMN_GAP;
    p->foot[1] = plot->width - p->foot[0];
    p->room = p->foot[0];
}

/* What each half needs behind its bar. */
static void set_tails(struct pyramid *p)
{
    struct tail *tails = arena_array(p->plot->arena, p->categories->count * SIDES, sizeof *tails);

    for (size_t i = 0; i < p->categories->count; i++)
        for (size_t side = 0; side < SIDES; side++) {
            const struct half *half = &p->levels[i].half[side];
            double gap = is_missing(half) ? plot_length(p->plot, GAP) : 0;
            tails[p->tail_count++] = (struct tail){half->size, VALUE_GAP + half->value.width + gap, false};
        }
    p->tails = plot_tails(p->plot, tails, &p->tail_count);
}

/* As long as the widest words behind any bar allow, the same on both sides. */
static double longest(const struct pyramid *p, const struct axis *axis)
{
    double length = p->room - axis->label_width / 2;

    for (size_t i = 0; i < p->tail_count; i++)
        if (p->tails[i].value > 0)
            length = fmin(length, (p->room - p->tails[i].points) * (axis->high / p->tails[i].value));
    return length;
}

static void fit_scale(struct pyramid *p)
{
    struct axis axis = axis_of_numbers(p->plot, p->extent, 0, p->room, true, false, p->whole);
    double length;

    set_tails(p);
    length = longest(p, &axis);
    axis = axis_of_numbers(p->plot, p->extent, 0, fmax(length, 1), true, false, p->whole);
    length = longest(p, &axis);
    if (length < SIDE_LEAST)
        diag_add(p->plot->diags, DIAG_CHART_CROWDED, p->plot->spec->at,
                 "the words of chart '%s' leave %.0f points for the bars of each side; shorter labels or a wider "
                 "frame must leave %.0f", p->plot->spec->id, fmax(length, 0), SIDE_LEAST);
    for (size_t side = 0; side < SIDES; side++) {
        p->axis[side] = axis;
        p->axis[side].start = p->foot[side];
        p->axis[side].length = sign(side) * length;
    }
}

static void place(struct pyramid *p)
{
    p->bottom = p->top;
    for (size_t i = 0; i < p->categories->count; i++) {
        struct level *level = &p->levels[i];
        level->middle = p->bottom + (p->gap + level->height) / 2;
        p->bottom += level->height + p->gap;
    }
}

/* --- drawing --- */

/* The series' names above their sides, nearest to the words; returns their height. */
static double draw_heads(struct pyramid *p)
{
    double height = 0;

    for (size_t side = 0; side < SIDES; side++) {
        const struct mark mark = mark_of_series(p->plot, side, SIDES);
        struct label_pair name = label_pair_make(p->plot, group_words(p->series, GROUP_SERIES, side),
                                                 (struct label_look){WEIGHT_BOLD, mark.text, 1}, p->room,
                                                 &p->series->first[side]->at);
        enum anchor anchor = side == 0 ? ANCHOR_END : ANCHOR_START;
        picture_label(p->picture, name.label[0], p->foot[side], 0, anchor);
        picture_label(p->picture, name.label[1], p->foot[side], name.label[0].height, anchor);
        height = fmax(height, name.height);
    }
    return height + HEAD_GAP;
}

static void draw_half(const struct pyramid *p, const struct level *level, size_t side)
{
    const struct half *half = &level->half[side];
    double bar = plot_length(p->plot, BAR), length = fabs(axis_at(&p->axis[side], half->size) - p->foot[side]);
    struct mark mark = mark_missing(p->plot);
    double y = level->middle - bar / 2, x;

    if (is_missing(half))
        length = plot_length(p->plot, GAP);
    else
        mark = mark_of(p, half->row, side);
    if (length > 0)
        mark_rectangle(p->picture, &mark, p->foot[side] - (side == 0 ? length : 0), y, length, bar);
    x = p->foot[side] + sign(side) * (length + VALUE_GAP);
    picture_rectangle(p->picture, side == 0 ? x - half->value.width - 1 : x - 1, level->middle - half->value.height / 2,
                      half->value.width + 2, half->value.height);
    picture_paint(p->picture, (struct paint){.fill = true, .fill_rgb = COLOUR_PAPER});
    picture_label_pair(p->picture, &half->value, x, level->middle - label_pair_middle(&half->value),
                       side == 0 ? ANCHOR_END : ANCHOR_START);
}

/* Returns the height of what stands below the levels. */
static double draw_scale(const struct pyramid *p)
{
    const struct label_look look = {WEIGHT_REGULAR, p->plot->palette.muted, 1};
    struct label_pair unit = label_pair_make(p->plot, p->plot->spec->unit, look, p->plot->width, &p->plot->spec->at);
    double height = 0;

    for (size_t side = 0; side < SIDES; side++) {
        axis_draw_grid_down(p->plot, p->picture, &p->axis[side], p->top, p->bottom);
        height = axis_draw_below(p->plot, p->picture, &p->axis[side], p->bottom);
    }
    picture_label_pair(p->picture, &unit, p->plot->width / 2, p->bottom + height, ANCHOR_CENTRE);
    return height + unit.height;
}

static void draw_levels(const struct pyramid *p)
{
    for (size_t i = 0; i < p->categories->count; i++) {
        const struct level *level = &p->levels[i];
        picture_label_pair(p->picture, &level->words, p->plot->width / 2,
                           level->middle - label_pair_middle(&level->words), ANCHOR_CENTRE);
        for (size_t side = 0; side < SIDES; side++)
            draw_half(p, level, side);
    }
    for (size_t side = 0; side < SIDES; side++)
        picture_rule(p->picture, p->foot[side], p->top, p->foot[side], p->bottom, p->plot->palette.grey,
                     p->plot->style->hairline * 2);
}

static struct picture *lay_pyramid(const struct plot *plot)
{
    struct pyramid p = {.plot = plot, .picture = picture_new(plot->arena, plot->width),
                        .categories = groups_of(plot, GROUP_CATEGORY), .series = groups_of(plot, GROUP_SERIES)};

    picture_mirror(p.picture, plot->mirrored);
    p.any_emphasis = plot_any_emphasis(plot);
    p.levels = arena_array(plot->arena, p.categories->count, sizeof *p.levels);
    p.extent = axis_extent(plot);
    p.whole = plot_is_counted(plot);
    set_words(&p);
    fit_scale(&p);
    p.top = draw_heads(&p);
    place(&p);
    picture_set_height(p.picture, p.bottom + draw_scale(&p));
    draw_levels(&p);
    return p.picture;
}

static void check_pyramid(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    size_t series = groups_of(plot, GROUP_SERIES)->count;

    plot_check_groups(plot, CATEGORIES_MOST);
    if (series != SIDES)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at,
                 "chart '%s' has %zu series; a pyramid has two, one for each side", spec->id, series);
    for (size_t i = 0; i < spec->row_count; i++)
        if (spec->rows[i].value.coefficient < 0)
            diag_add(plot->diags, DIAG_CHART_DATA, spec->rows[i].at,
                     "'%s' of chart '%s' is negative; both sides of a pyramid start at zero",
                     spec->rows[i].label[plot->langs[0]], spec->id);
}

const struct chart_kind pyramid_kind = {
    .labelled = true, .check = check_pyramid, .extent = axis_extent, .lay = lay_pyramid};
