/*
 * Slope: what became of each category from one moment (series) to the next. Names stand on the side of their language,
 * values at both ends, moved apart where they would collide.
 *
 *                 2018                      2021
 *   First list 54 ●───────────────────────● 73          both languages: 73 القائمة الأولى
 *  Second list 47 ●──────────╲
 *                             ╲───────────● 41
 *                 ──────────────────────────▸           in Arabic, where time runs left to right
 *
 * The finding in the accent colour, the others in grey. No axis: every end says its value.
 */
#include <math.h>

#include "base/arena.h"
#include "chart/axis.h"
#include "chart/ends.h"
#include "chart/marks.h"
#include "chart/places.h"

enum { CATEGORIES_MOST = 25, MOMENTS_MOST = 8, FEW = 3 };

static const double HEIGHT = 140;             /* of the plot, at least, points */
static const double PAD = 6;                  /* above and below it, for half a label */
static const double NAMES_SHARE = 0.3, NAMES_SHARE_BOTH = 0.24; /* of the width */
static const double NAME_GAP = 5;             /* between a name and its value */
static const double PLOT_LEAST = 70;
static const double LINE = 1.3, FOUND = 2, POINT = 2.2;
static const double HEAD_GAP = 5, TAIL_GAP = 8, ARROW = 3.2;

/* The words beside one end of the lines: on its language's side the name, then the value. With one language, the other
 * side names those that have no value on the first, and so no line that leads to their name. */
struct side {
    bool named;                    /* each of them */
    enum lang lang;                /* of the names */
    double names, values;          /* widths of the columns */
    struct end_label *ends;        /* of the values */
    struct label *name;            /* by the order of ends */
    size_t count;
    double x;                      /* of the plot's edge */
};

struct slope {
    const struct plot *plot;
    struct picture *picture;
    const struct groups *categories, *moments;
    bool ltr;           /* the first moment stands on the left */
    bool any_emphasis;
    double low, high;
    struct side left, right;
    double top, bottom;
};

/* --- places --- */

/* The moments as they stand from the left. */
static size_t moment_at(const struct slope *s, size_t column)
{
    return s->ltr ? column : s->moments->count - 1 - column;
}

static double x_at(const struct slope *s, size_t column)
{
    return s->left.x + (s->right.x - s->left.x) * (double)column / (double)(s->moments->count - 1);
}

static double y_at(const struct slope *s, const struct chart_row *row)
{
    double share = (num_to_double(row->value) - s->low) / (s->high - s->low);

    return s->bottom - share * (s->bottom - s->top);
}

/* NULL where there is no row, or no value in it. */
static const struct chart_row *known_row(const struct slope *s, size_t category, size_t column)
{
    const struct chart_row *row = groups_row(s->plot, s->categories, category, s->moments, moment_at(s, column));

    return row && !row->missing ? row : NULL;
}

/* Of a category that has no value at this end: from the nearest moment that has. */
static const struct chart_row *nearest_row(const struct slope *s, size_t category, bool left)
{
    for (size_t i = 0; i < s->moments->count; i++) {
        const struct chart_row *row = known_row(s, category, left ? i : s->moments->count - 1 - i);
        if (row)
            return row;
    }
    return NULL; /* checked: each category has one value */
}

static bool is_emphasised(const struct slope *s, size_t category)
{
    for (size_t i = 0; i < s->plot->spec->row_count; i++)
        if (s->categories->of[i] == category && s->plot->spec->rows[i].emphasis)
            return true;
    return false;
}

static struct mark mark_of(const struct slope *s, size_t category)
{
    struct chart_row row = *s->categories->first[category];

    row.emphasis = is_emphasised(s, category);
    return mark_of_row(s->plot, &row, s->any_emphasis);
}

/* --- words --- */

static struct label_look look_of(const struct slope *s, size_t category, bool value)
{
    bool found = is_emphasised(s, category);

    return (struct label_look){found || (value && !s->any_emphasis) ? WEIGHT_BOLD : WEIGHT_REGULAR,
                               found ? s->plot->palette.accent : s->plot->palette.ink, 1};
}

/* Words that say that there is none are not a number: muted. */
static struct label_pair value_words(const struct slope *s, size_t category, bool left)
{
    const struct plot *plot = s->plot;
    const struct chart_row *row = known_row(s, category, left ? 0 : s->moments->count - 1);
    struct label_look look = look_of(s, category, true);
    const char *words[LANG_COUNT] = {NULL};

    if (!row)
        look = (struct label_look){WEIGHT_REGULAR, plot->palette.muted, 1};
    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        words[lang] = row ? word_value(plot, lang, row) : word_missing[lang];
    }
    return label_pair_make(plot, words, look, 0, &s->categories->first[category]->at);
}

static void set_side(struct slope *s, struct side *side, bool left)
{
    const struct plot *plot = s->plot;
    double most = plot->width * (plot->lang_count > 1 ? NAMES_SHARE_BOTH : NAMES_SHARE);

    side->ends = arena_array(plot->arena, s->categories->count, sizeof *side->ends);
    side->name = arena_array(plot->arena, s->categories->count, sizeof *side->name);
    side->count = s->categories->count;
    side->lang = left ? LANG_EN : LANG_AR;
    for (size_t i = 0; i < plot->lang_count; i++)
        side->named |= plot->langs[i] == side->lang;
    if (!side->named)
        side->lang = plot->langs[0];
    for (size_t i = 0; i < side->count; i++) {
        struct label name = {0};
        side->ends[i].words = value_words(s, i, left);
        side->ends[i].rgb = mark_of(s, i).rgb;
        side->ends[i].x = (double)i;
        side->values = fmax(side->values, side->ends[i].words.width);
        if (side->named || !known_row(s, i, left ? s->moments->count - 1 : 0))
            name = label_make(plot, side->lang, group_words(s->categories, GROUP_CATEGORY, i)[side->lang],
                              look_of(s, i, false), most, &s->categories->first[i]->at);
        side->name[i] = name;
        side->names = fmax(side->names, name.width);
    }
}

/* Points from the frame's edge to the plot's. */
static double side_width(const struct slope *s, const struct side *side)
{
    return (side->names > 0 ? side->names + NAME_GAP : 0) + side->values + ends_gap(s->plot);
}

static void place_side(struct slope *s, struct side *side, bool left)
{
    struct label *names = arena_copy(s->plot->arena, side->name, side->count * sizeof *names);
    double above = plot_length(s->plot, PAD);

    for (size_t i = 0; i < side->count; i++) {
        side->ends[i].room = names[i].height;
        side->ends[i].y = y_at(s, nearest_row(s, i, left));
    }
    ends_place(s->plot, side->ends, side->count, s->top - above, s->bottom + above);
    for (size_t i = 0; i < side->count; i++) {
        size_t category = (size_t)side->ends[i].x;
        side->name[i] = names[category];
        side->ends[i].x = side->x;
        if (!known_row(s, category, left ? 0 : s->moments->count - 1)) /* leads to nothing */
            side->ends[i].y = side->ends[i].top + label_pair_middle(&side->ends[i].words);
    }
}

static void draw_side(const struct slope *s, const struct side *side, bool left)
{
    double way = left ? -1 : 1, values = side->x + way * ends_gap(s->plot);

    ends_draw(s->plot, s->picture, side->ends, side->count, values, left);
    for (size_t i = 0; i < side->count; i++) {
        double middle = side->ends[i].top + label_pair_middle(&side->ends[i].words);
        picture_label(s->picture, side->name[i], values + way * (side->values + NAME_GAP),
                      middle - side->name[i].middle, left ? ANCHOR_END : ANCHOR_START);
    }
}

/* Words of the moments above their columns. Returns the height they take. */
static double draw_moments(const struct slope *s)
{
    const struct plot *plot = s->plot;
    double width = (s->right.x - s->left.x) / (double)(s->moments->count - 1) - NAME_GAP, height = 0;

    for (size_t column = 0; column < s->moments->count; column++) {
        const char *const *words = group_words(s->moments, GROUP_SERIES, moment_at(s, column));
        struct label_pair pair = label_pair_make(plot, words, (struct label_look){WEIGHT_BOLD, plot->palette.muted, 1},
                                                 width, &s->moments->first[moment_at(s, column)]->at);
        double x = fmin(fmax(x_at(s, column), pair.width / 2), plot->width - pair.width / 2);
        picture_label_pair(s->picture, &pair, x, 0, ANCHOR_CENTRE);
        height = fmax(height, pair.height);
    }
    return height;
}

/* --- lines --- */

static void draw_category(const struct slope *s, size_t category)
{
    struct mark mark = mark_of(s, category);
    double width = plot_length(s->plot, is_emphasised(s, category) ? FOUND : LINE);

    for (size_t column = 0; column < s->moments->count; column++) {
        const struct chart_row *row = known_row(s, category, column);
        const struct chart_row *next = column + 1 < s->moments->count ? known_row(s, category, column + 1) : NULL;
        if (row && next) {
            picture_move(s->picture, x_at(s, column), y_at(s, row));
            picture_line(s->picture, x_at(s, column + 1), y_at(s, next));
            mark_line(s->picture, &mark, width);
        }
    }
    for (size_t column = 0; column < s->moments->count; column++) {
        const struct chart_row *row = known_row(s, category, column);
        if (row)
            mark_symbol(s->picture, &mark, x_at(s, column), y_at(s, row), plot_length(s->plot, POINT));
    }
}

static void draw_lines(const struct slope *s)
{
    for (size_t column = 0; column < s->moments->count; column++)
        picture_rule(s->picture, x_at(s, column), s->top, x_at(s, column), s->bottom, s->plot->palette.hairline,
                     s->plot->style->hairline);
    for (int finding = 0; finding < 2; finding++)
        for (size_t i = 0; i < s->categories->count; i++)
            if (is_emphasised(s, i) == (finding == 1))
                draw_category(s, i);
}

/* Between the ends values are said where they are the finding, or few. */
static void draw_values_between(const struct slope *s)
{
    const struct plot *plot = s->plot;
    struct places *places = places_new(plot->arena, (struct box){s->left.x, s->top - PAD, s->right.x, s->bottom + PAD});
    struct placed *placed = arena_array(plot->arena, plot->spec->row_count, sizeof *placed);
    size_t count = 0;

    for (size_t i = 0; i < s->categories->count; i++)
        for (size_t column = 0; column < s->moments->count; column++) {
            const struct chart_row *row = known_row(s, i, column);
            const struct chart_row *next = column + 1 < s->moments->count ? known_row(s, i, column + 1) : NULL;
            const char *words[LANG_COUNT] = {NULL};
            if (row && next)
                places_keep_line(places, x_at(s, column), y_at(s, row), x_at(s, column + 1), y_at(s, next));
            if (!row || column == 0 || column + 1 == s->moments->count ||
                (!is_emphasised(s, i) && s->categories->count > FEW))
                continue;
            for (size_t k = 0; k < plot->lang_count; k++)
                words[plot->langs[k]] = word_value(plot, plot->langs[k], row);
            placed[count++] = (struct placed){.x = x_at(s, column), .y = y_at(s, row), .above = true,
                                              .radius = plot_length(plot, POINT),
                                              .words = label_pair_make(plot, words, look_of(s, i, true), 0, &row->at)};
        }
    if (places_find(places, placed, count) < count)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "chart '%s' has no room for the values between its ends; show fewer categories or moments",
                 plot->spec->id);
    else
        places_draw(plot, s->picture, placed, count);
}

static double draw_arrow(const struct slope *s)
{
    const struct plot *plot = s->plot;
    double y = s->bottom + plot_length(plot, PAD) + TAIL_GAP;

    if (!s->ltr || plot->langs[plot->lang_count - 1] != LANG_AR)
        return s->bottom + plot_length(plot, PAD);
    picture_rule(s->picture, s->left.x, y, s->right.x - ARROW, y, plot->palette.grey, plot->style->hairline * 1.6);
    picture_move(s->picture, s->right.x, y);
    picture_line(s->picture, s->right.x - ARROW * 1.5, y - ARROW * 0.8);
    picture_line(s->picture, s->right.x - ARROW * 1.5, y + ARROW * 0.8);
    picture_close(s->picture);
    picture_paint(s->picture, (struct paint){.fill = true, .fill_rgb = plot->palette.muted});
    return y + ARROW;
}

/* --- what it refuses --- */

static void check_category(const struct plot *plot, const struct groups *categories, const struct groups *moments,
                           size_t category)
{
    bool any = false;

    for (size_t i = 0; i < plot->spec->row_count; i++) {
        const struct chart_row *row = &plot->spec->rows[i];
        if (categories->of[i] != category)
            continue;
        any |= !row->missing;
        if (groups_row(plot, categories, category, moments, moments->of[i]) != row)
            diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                     "'%s' of chart '%s' has two rows for one moment (series); give it one",
                     row->label[plot->langs[0]], plot->spec->id);
    }
    if (!any)
        diag_add(plot->diags, DIAG_CHART_DATA, categories->first[category]->at,
                 "'%s' of chart '%s' has no value at any moment; leave it out, or give one",
                 categories->first[category]->label[plot->langs[0]], plot->spec->id);
}

static void check_slope(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    const struct groups *categories = groups_of(plot, GROUP_CATEGORY), *moments = groups_of(plot, GROUP_SERIES);

    if (moments->count < 2)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at,
                 "chart '%s' has %zu moments (series); a slope needs two or more", spec->id, moments->count);
    if (moments->count > MOMENTS_MOST || categories->count > CATEGORIES_MOST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, spec->at,
                 "chart '%s' has %zu categories at %zu moments; at most %d at %d can be told apart", spec->id,
                 categories->count, moments->count, CATEGORIES_MOST, MOMENTS_MOST);
    for (size_t i = 0; i < categories->count && i < CATEGORIES_MOST; i++)
        check_category(plot, categories, moments, i);
}

/* --- all of it --- */

static void gather(struct slope *s)
{
    const struct plot *plot = s->plot;
    struct extent extent = axis_extent(plot);

    s->categories = groups_of(plot, GROUP_CATEGORY);
    s->moments = groups_of(plot, GROUP_SERIES);
    s->ltr = !plot->mirrored || plot->spec->look.time == TIME_LTR;
    s->low = extent.low;
    s->high = extent.high > extent.low ? extent.high : HUGE_VAL; /* of one value: a level line at the bottom */
    s->any_emphasis = plot_any_emphasis(plot);
    set_side(s, &s->left, true);
    set_side(s, &s->right, false);
    s->left.x = side_width(s, &s->left);
    s->right.x = plot->width - side_width(s, &s->right);
}

static double words_height(const struct side *side)
{
    struct end_label *ends = side->ends;

    for (size_t i = 0; i < side->count; i++)
        ends[i].room = side->name[i].height;
    return ends_height(ends, side->count);
}

static struct picture *slope_lay(const struct plot *plot)
{
    struct slope s = {.plot = plot, .picture = picture_new(plot->arena, plot->width)};
    double words, height;

    gather(&s);
    if (s.right.x - s.left.x < plot_length(plot, PLOT_LEAST) * (double)(s.moments->count - 1)) {
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "the words of chart '%s' leave %.0f points for %zu moments; shorter names, fewer moments or a wider "
                 "frame must leave %.0f each", plot->spec->id, s.right.x - s.left.x, s.moments->count,
                 plot_length(plot, PLOT_LEAST));
        return s.picture;
    }
    words = fmax(words_height(&s.left), words_height(&s.right));
    height = fmax(plot->share * fmax(plot_length(plot, HEIGHT), words), words);
    s.top = draw_moments(&s) + HEAD_GAP + plot_length(plot, PAD);
    s.bottom = s.top + height;
    draw_lines(&s);
    place_side(&s, &s.left, true);
    place_side(&s, &s.right, false);
    draw_side(&s, &s.left, true);
    draw_side(&s, &s.right, false);
    draw_values_between(&s);
    picture_set_height(s.picture, draw_arrow(&s));
    return s.picture;
}

const struct chart_kind slope_kind = {
    .labelled = true, .flexible = true, .check = check_slope, .extent = axis_extent, .lay = slope_lay };
