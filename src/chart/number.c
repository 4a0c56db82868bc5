/*
 * Number: the last value, very large, with its day, and the small line that led to it: first, highest and last marked.
 *
 *   one language (mirrored for Arabic)         both languages
 *
 *     1,240   ╱╲  1,310                             attacks  1,240  هجومًا
 *     attacks    ╲__╱╲                           March 2024         آذار 2024
 *     March   920     ╲●                              ╱╲  1,310
 *     2024   Jan   Feb                             920   ╲__╱╲●
 *
 * Notes on points have rings, and words above or beside them. Time runs as for lines. Panels of numbers are made of
 * these.
 */
#include <math.h>

#include "base/arena.h"
#include "chart/curve.h"
#include "chart/legend.h"
#include "chart/notes.h"

static const double SCALE = 4;              /* of the number, to the size of labels */
static const double WORDS_SHARE = 0.36, WORDS_MOST = 150; /* of the width, for number and words; points */
static const double COLUMN_GAP = 18, ROW_GAP = 6, BETWEEN = 7, WORDS_GAP = 12;
static const double LINE_HEIGHT = 40;       /* of the small line, points */
static const double LINE = 1.4, POINT = 2.4;
static const double NOTE_WIDTH = 110;       /* of a note's words */
static const double SIDE = 4;               /* beside the small line: half of a mark */

struct number {
    const struct plot *plot;
    struct picture *picture;
    struct curve curve;
    const struct curve_point *first, *last, *highest;
    bool months, years; /* each row begins one: its day is not said */
    double left, right, top, bottom; /* of the small line */
    struct axis values, days;
    double notes;                    /* height of the words of notes, above one another */
    struct places *places;           /* of these */
};

static void gather(struct number *n)
{
    const struct plot *plot = n->plot;

    n->curve = curve_of(plot, &(struct groups){0}, 0);
    n->curve.mark = (struct mark){.rgb = plot->palette.accent, .fill = plot->palette.accent_dim,
                                  .text = plot->palette.accent};
    n->months = n->years = true;
    n->last = curve_last(&n->curve);
    for (size_t i = 0; i < n->curve.count; i++) {
        const struct curve_point *point = &n->curve.points[i];
        n->months &= point->row->start.day == 1;
        n->years &= point->row->start.day == 1 && point->row->start.month == 1;
        if (!point->known)
            continue;
        n->first = n->first ? n->first : point;
        n->highest = n->highest && n->highest->value >= point->value ? n->highest : point;
    }
}

/* --- words --- */

static struct label_pair number_words(const struct number *n, double scale)
{
    const struct plot *plot = n->plot;
    const char *words[LANG_COUNT] = {NULL};

    for (size_t i = 0; i < plot->lang_count; i++)
        words[plot->langs[i]] = word_value(plot, plot->langs[i], n->last->row);
    return label_pair_make(plot, words, (struct label_look){WEIGHT_BOLD, plot->palette.accent, scale}, 0,
                           &n->last->row->at);
}

/* As large as its column takes: a number is not broken. */
static struct label_pair fit_number(const struct number *n, double width)
{
    struct label_pair pair = number_words(n, SCALE);
    double room = pair.label[1].block ? width / 2 - BETWEEN : width; /* both languages beside one another */

    return pair.width > room ? number_words(n, fmax(SCALE * room / pair.width * 0.98, 1)) : pair;
}

static struct label unit_label(const struct number *n, enum lang lang, double width)
{
    return label_make(n->plot, lang, n->plot->spec->unit[lang],
                      (struct label_look){WEIGHT_REGULAR, n->plot->palette.ink, 1}, width, &n->plot->spec->at);
}

static struct label date_label(const struct number *n, enum lang lang, double width)
{
    enum locale_date_style style = n->years && n->curve.count > 1    ? DATE_YEAR
                                   : n->months && n->curve.count > 1 ? DATE_MONTH_YEAR
                                                                     : DATE_LONG;

    return label_make(n->plot, lang, locale_date(n->plot->locale[lang], n->last->row->start, style, n->plot->arena),
                      (struct label_look){WEIGHT_REGULAR, n->plot->palette.muted, 1}, width, &n->last->row->at);
}

/* Unit and day above one another, from `top` on; returns their bottom. */
static double draw_words(const struct number *n, enum lang lang, double x, double top, double width, enum anchor anchor)
{
    struct label unit = unit_label(n, lang, width), date = date_label(n, lang, width);

    picture_label(n->picture, unit, x, top, anchor);
    picture_label(n->picture, date, x, top + unit.height, anchor);
    return top + unit.height + date.height;
}

/* Number, unit and day in a column on the side of reading; the small line takes the rest. */
static double draw_head_of_one(struct number *n)
{
    const struct plot *plot = n->plot;
    double width = fmin(plot->width * WORDS_SHARE, plot_length(plot, WORDS_MOST)), bottom;
    struct label_pair number = fit_number(n, width);

    if (!plot->whole) /* the line takes what words leave; in panels all lines begin alike */
        width = fmax(number.width, fmax(unit_label(n, plot->langs[0], width).width,
                                        date_label(n, plot->langs[0], width).width)) + 0.5;
    picture_mirror(n->picture, plot->mirrored);
    picture_label_pair(n->picture, &number, 0, 0, ANCHOR_START);
    bottom = draw_words(n, plot->langs[0], 0, number.height, width, ANCHOR_START);
    n->left = width + COLUMN_GAP;
    n->right = plot->width;
    if (plot->mirrored && !axis_days_mirrored(plot)) { /* the small line's own side is the left */
        n->left = 0;
        n->right = plot->width - width - COLUMN_GAP;
    }
    n->top = 0;
    return bottom;
}

/* The number in the middle, once where both languages print the same; words at either side of it; the line below. */
static double draw_head_of_both(struct number *n)
{
    const struct plot *plot = n->plot;
    double side = plot->width / 3, bottom;
    struct label_pair number = fit_number(n, plot->width / 3);
    double top = fmax(number.label[0].height / 2 - plot->size * 1.6, 0);
    double half = WORDS_GAP + (number.label[1].block ? BETWEEN + number.width : number.width / 2);

    if (number.label[1].block) {
        double lower = number.label[1].middle - number.label[0].middle;
        picture_label(n->picture, number.label[0], plot->width / 2 - BETWEEN, fmax(lower, 0), ANCHOR_END);
        picture_label(n->picture, number.label[1], plot->width / 2 + BETWEEN, fmax(-lower, 0), ANCHOR_START);
    } else {
        picture_label(n->picture, number.label[0], plot->width / 2, 0, ANCHOR_CENTRE);
    }
    bottom = fmax(number.label[0].height, draw_words(n, LANG_EN, plot->width / 2 - half, top, side, ANCHOR_END));
    bottom = fmax(bottom, draw_words(n, LANG_AR, plot->width / 2 + half, top, side, ANCHOR_START));
    n->left = 0;
    n->right = plot->width;
    n->top = bottom + ROW_GAP;
    return bottom;
}

/* --- the small line --- */

static struct label_pair value_words(const struct number *n, const struct curve_point *point)
{
    const struct plot *plot = n->plot;
    const char *words[LANG_COUNT] = {NULL};

    for (size_t i = 0; i < plot->lang_count; i++)
        words[plot->langs[i]] = word_value(plot, plot->langs[i], point->row);
    return label_pair_make(plot, words, (struct label_look){WEIGHT_REGULAR, plot->palette.muted, 1}, 0,
                           &point->row->at);
}

/* Beside the small line stands its first value; above it, room for the highest. */
static void make_axes(struct number *n)
{
    const struct plot *plot = n->plot;
    struct extent days = plot->shared_across ? *plot->shared_across : axis_days_extent(plot);
    struct extent values = axis_extent(plot);
    struct label_pair first = value_words(n, n->first);
    double height = plot->share * plot_length(plot, LINE_HEIGHT);

    n->places = places_new(plot->arena, (struct box){n->left, n->top, n->right,
                                                     n->top + n->notes + first.height + SIDE + height});
    n->left += n->first == n->last ? SIDE : first.width + 2 * SIDE;
    n->right -= fmax(axis_days_tail(plot), 0) + SIDE;
    n->top += n->notes + first.height + SIDE;
    n->bottom = n->top + height;
    if (values.high <= values.low) { /* one value: a level line in the middle */
        double half = fmax(fabs(values.low), 1);
        values.low -= half;
        values.high += half;
    }
    n->values = (struct axis){.low = values.low, .high = values.high, .start = n->bottom - SIDE,
                              .length = -height + SIDE};
    n->days = axis_of_days(plot, days, n->left, fmax(n->right - n->left, 1), plot->spec->look.period);
    curve_place(&n->curve, &n->days, &n->values);
    curve_keep(&n->curve, &n->values, n->places, false, false);
}

/* Words at one of the marks, which notes' words leave free. */
static void draw_value(const struct number *n, const struct label_pair *words, double x, double y, enum anchor anchor)
{
    double left = anchor == ANCHOR_END ? x - words->width : x - words->width / 2;

    picture_label_pair(n->picture, words, x, y, anchor);
    places_keep_box(n->places, (struct box){left, y, left + words->width, y + words->height});
}

static void draw_mark(const struct number *n, const struct curve_point *point, enum symbol symbol, uint32_t rgb)
{
    struct mark mark = {.rgb = rgb, .symbol = symbol};

    mark_symbol(n->picture, &mark, point->x, point->y, plot_length(n->plot, POINT));
}

static void draw_values(const struct number *n)
{
    const struct plot *plot = n->plot;
    struct label_pair first = value_words(n, n->first), highest = value_words(n, n->highest);
    double half = highest.width / 2;

    if (n->first != n->last) {
        draw_value(n, &first, n->first->x - 2 * SIDE,
                   fmin(n->first->y - label_pair_middle(&first), n->bottom + SIDE - first.height), ANCHOR_END);
        draw_mark(n, n->first, SYMBOL_CIRCLE, plot->palette.grey);
    }
    if (n->highest != n->first && n->highest != n->last) {
        double x = fmin(fmax(n->highest->x, half), plot->width - half);
        draw_value(n, &highest, x, n->highest->y - SIDE - highest.height, ANCHOR_CENTRE);
        draw_mark(n, n->highest, SYMBOL_RING, plot->palette.accent);
    }
    draw_mark(n, n->last, SYMBOL_CIRCLE, plot->palette.accent);
}

static struct label_pair note_words(const struct number *n, size_t nth)
{
    return chart_notes_words(n->plot, &n->plot->spec->notes[nth], plot_length(n->plot, NOTE_WIDTH));
}

static void draw_notes(const struct number *n)
{
    const struct plot *plot = n->plot;
    size_t count = plot->spec->note_count;
    struct placed *placed = arena_array(plot->arena, count, sizeof *placed);

    for (size_t i = 0; i < count; i++) {
        const struct chart_note *note = &plot->spec->notes[i];
        struct placed *p = &placed[i];
        *p = (struct placed){.x = axis_at(&n->days, date_days(note->day)), .words = note_words(n, i), .above = true,
                             .y = axis_at(&n->values, num_to_double(note->value)),
                             .radius = plot_length(plot, POINT + 1.4)};
        picture_circle(n->picture, p->x, p->y, p->radius);
        picture_stroke(n->picture, plot->palette.ink, 0.9);
        places_keep_box(n->places, (struct box){p->x - p->radius, p->y - p->radius, p->x + p->radius,
                                                p->y + p->radius});
    }
    if (places_find(n->places, placed, count) < count)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "chart '%s' has no room for the words of %zu notes at its small line; write fewer or shorter ones",
                 plot->spec->id, count);
    else
        places_draw(plot, n->picture, placed, count);
}

/* Gaps are told in words, below the days. */
static double draw_gap_words(const struct number *n, double top)
{
    struct legend_entry entry = legend_of_missing(n->plot, LEGEND_LINE);

    return curve_has_gaps(&n->curve) ? legend_draw(n->plot, n->picture, &entry, 1, top) : 0;
}

/* --- what it refuses --- */

static void check_number(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    struct curve curve = curve_of(plot, &(struct groups){0}, 0);

    if (spec->note_count > 0 && spec->row_count == 1)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->notes[0].at,
                 "chart '%s' has a note and one row, of which no line is drawn; take the note out", spec->id);
    if (!curve_last(&curve))
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at, "chart '%s' has no value at all; give one row one", spec->id);
    for (size_t i = 1; i < curve.count; i++)
        if (curve.points[i].day == curve.points[i - 1].day)
            diag_add(plot->diags, DIAG_CHART_DATA, curve.points[i].row->at,
                     "chart '%s' has two rows for %s; give each day one", spec->id,
                     locale_date(plot->locale[plot->langs[0]], curve.points[i].row->start, DATE_LONG, plot->arena));
}

static struct picture *number_lay(const struct plot *plot)
{
    struct number n = {.plot = plot, .picture = picture_new(plot->arena, plot->width)};
    double words, bottom;

    gather(&n);
    words = plot->lang_count > 1 ? draw_head_of_both(&n) : draw_head_of_one(&n);
    if (n.curve.count == 1) { /* no line of one point */
        picture_set_height(n.picture, words);
        return n.picture;
    }
    picture_mirror(n.picture, axis_days_mirrored(plot));
    for (size_t i = 0; i < plot->spec->note_count; i++)
        n.notes += note_words(&n, i).height + SIDE;
    make_axes(&n);
    curve_draw_line(n.picture, &n.curve, plot_length(plot, LINE), false);
    curve_draw_lone(n.picture, &n.curve, plot_length(plot, POINT) * 0.8);
    curve_draw_gaps(plot, n.picture, &n.curve, n.bottom);
    draw_values(&n);
    draw_notes(&n);
    bottom = n.bottom + axis_draw_days(plot, n.picture, &n.days, n.bottom);
    bottom += draw_gap_words(&n, bottom + ROW_GAP) > 0 ? ROW_GAP + plot->size * 1.5 : 0;
    picture_set_height(n.picture, fmax(bottom, words));
    return n.picture;
}

const struct chart_kind number_kind = {
    .flexible = true, .check = check_number, .extent = axis_extent, .across = axis_days_extent, .lay = number_lay };
