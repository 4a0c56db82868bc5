/* Shades for values, and their legend. Must not know the shapes that are filled with them. */
#include "chart/steps.h"

#include <math.h>

#include "base/arena.h"
#include "chart/legend.h"
#include "chart/scale.h"

/* Contrast of the lightest and the darkest step to the paper; the others stand evenly between them. */
static const double LIGHTEST = 1.16, DARKEST = 9.5;
static const double STRIP_HEIGHT = 8, SWATCH_LEAST = 26; /* points */
static const double GAP = 8, LABEL_GAP = 1.5, ROW_GAP = 3;

/* --- shades --- */

/* The accent mixed with paper, or darkened, until it has the contrast. */
static uint32_t shade_of(const struct plot *plot, double contrast)
{
    uint32_t accent = plot->palette.accent;
    bool darker = colour_contrast(accent, COLOUR_PAPER) < contrast;
    double low = 0, high = 1; /* shares of the accent in the paper, or of black in the accent */

    for (int i = 0; i < 20; i++) {
        double middle = (low + high) / 2;
        uint32_t mixed = darker ? colour_mix(accent, 0, middle) : colour_mix(COLOUR_PAPER, accent, middle);
        if (colour_contrast(mixed, COLOUR_PAPER) < contrast)
            low = middle;
        else
            high = middle;
    }
    return darker ? colour_mix(accent, 0, high) : colour_mix(COLOUR_PAPER, accent, high);
}

/* Ink, white, or black where the ink is a soft one: black or white has a contrast of 4.5 to any colour. */
static uint32_t text_on(const struct plot *plot, uint32_t fill)
{
    if (colour_contrast(plot->palette.ink, fill) >= CONTRAST_TEXT)
        return plot->palette.ink;
    return colour_contrast(COLOUR_PAPER, fill) >= CONTRAST_TEXT ? COLOUR_PAPER : 0;
}

static void shade_steps(const struct plot *plot, struct steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        double share = steps->count > 1 ? (double)i / (double)(steps->count - 1) : 0.5;
        steps->fill[i] = shade_of(plot, LIGHTEST * pow(DARKEST / LIGHTEST, share));
        steps->text[i] = text_on(plot, steps->fill[i]);
    }
}

/* --- limits --- */

struct extent steps_extent(const struct plot *plot)
{
    struct extent extent = {HUGE_VAL, -HUGE_VAL};

    if (plot->shared)
        return *plot->shared;
    for (size_t i = 0; i < plot->spec->row_count; i++) {
        const struct chart_row *row = &plot->spec->rows[i];
        if (row->missing)
            continue;
        extent.low = fmin(extent.low, num_to_double(row->value));
        extent.high = fmax(extent.high, num_to_double(row->value));
    }
    return extent;
}

/* The coarsest of the round limits that make `most` steps or fewer. False when they make more. */
static bool limits_fit(struct steps *steps, struct extent extent, int most, bool whole)
{
    struct num step = scale_step(extent.high - extent.low, most, whole);
    double size = num_to_double(step);
    int64_t first = (int64_t)floor(extent.low / size + 1e-9), last = (int64_t)ceil(extent.high / size - 1e-9);

    if (last - first > STEPS_MOST)
        return false;
    steps->count = (size_t)(last - first);
    for (size_t i = 0; i <= steps->count; i++)
        steps->limit[i] = (struct num){(first + (int64_t)i) * step.coefficient, step.scale};
    return true;
}

const struct steps *steps_make(const struct plot *plot, struct extent extent, bool whole)
{
    struct steps *steps = arena_alloc(plot->arena, sizeof *steps);

    if (extent.low > extent.high)
        return steps;
    if (extent.low > 0 && extent.low < extent.high * 0.4)
        extent.low = 0;
    if (extent.low == extent.high) { /* one value only: one step, which it names */
        steps->count = 1;
        num_from_double(extent.low, &steps->limit[0]);
        steps->limit[1] = steps->limit[0];
    } else {
        for (int most = STEPS_MOST; !limits_fit(steps, extent, most, whole); most--)
            continue;
    }
    shade_steps(plot, steps);
    return steps;
}

size_t steps_of(const struct steps *steps, struct num value)
{
    size_t step = 0;

    while (step + 1 < steps->count && num_compare(value, steps->limit[step + 1]) >= 0)
        step++;
    return step;
}

/* --- cells --- */

static struct mark steps_missing(const struct plot *plot)
{
    struct mark mark = mark_missing(plot);

    mark.hatch = HATCH_RISING;
    return mark;
}

static void draw_filled(const struct plot *plot, struct picture *picture, uint32_t fill, double x, double y,
                        double width, double height)
{
    double line = fmax(plot->style->hairline, 0.4);
    uint32_t outline = colour_mix(fill, plot->palette.accent, 0.3); /* of its own shade: a grid of greys is noise */

    picture_rectangle(picture, x + line / 2, y + line / 2, width - line, height - line);
    picture_paint(picture, (struct paint){.fill = true, .fill_rgb = fill, .stroke = true,
                                          .stroke_rgb = outline, .width = (float)line});
}

void steps_draw_cell(const struct plot *plot, struct picture *picture, const struct steps *steps,
                     const struct chart_row *row, double x, double y, double width, double height)
{
    struct mark missing = steps_missing(plot);

    if (row && !row->missing)
        draw_filled(plot, picture, steps->fill[steps_of(steps, row->value)], x, y, width, height);
    else
        mark_rectangle(picture, &missing, x, y, width, height);
}

/* --- the legend --- */

struct strip {
    const struct plot *plot;
    struct picture *picture;
    const struct steps *steps;
    double x, y, row; /* where the next part stands; height of the row */
};

static double strip_height(const struct plot *plot)
{
    return plot_length(plot, STRIP_HEIGHT);
}

/* A new row where the part does not fit any more. */
static void make_room(struct strip *s, double width)
{
    if (s->x > 0 && s->x + width > s->plot->width) {
        s->x = 0;
        s->y += s->row + ROW_GAP;
        s->row = 0;
    }
}

static void draw_words(struct strip *s, enum lang lang, const char *words, uint32_t rgb)
{
    struct label label = label_make(s->plot, lang, words, (struct label_look){WEIGHT_REGULAR, rgb, 1}, s->plot->width,
                                    &s->plot->spec->at);

    if (!label.block)
        return;
    make_room(s, label.width);
    picture_label(s->picture, label, s->x, s->y + strip_height(s->plot) / 2 - label.middle + 2, ANCHOR_START);
    s->row = fmax(s->row, label.height);
    s->x += label.width + GAP;
}

static struct label limit_label(const struct strip *s, size_t nth, size_t language)
{
    enum lang lang = s->plot->langs[language];

    return label_make(s->plot, lang, word_number_of(s->plot, lang, s->steps->limit[nth]),
                      (struct label_look){WEIGHT_REGULAR, s->plot->palette.muted, 1}, 0, &s->plot->spec->at);
}

/* Limits stand below the borders of steps; twice when the languages write digits differently. */
static void draw_strip(struct strip *s)
{
    const struct plot *plot = s->plot;
    bool twice = plot->lang_count > 1 && locale_digits_of(plot->locale[LANG_AR]) == DIGITS_ARAB;
    size_t limits = s->steps->count == 1 && num_compare(s->steps->limit[0], s->steps->limit[1]) == 0
                  ? 1 : s->steps->count + 1;
    double widest = 0, swatch, height = strip_height(plot) + 2;

    for (size_t i = 0; i < limits; i++)
        widest = fmax(widest, limit_label(s, i, 0).width);
    swatch = fmax(plot_length(plot, SWATCH_LEAST), widest + 5);
    swatch = fmax(fmin(swatch, (plot->width - widest) / (double)s->steps->count), widest + 2);
    make_room(s, swatch * (double)s->steps->count + widest);
    for (size_t i = 0; i < s->steps->count; i++)
        draw_filled(plot, s->picture, s->steps->fill[i], s->x + widest / 2 + swatch * (double)i, s->y + 2, swatch,
                    strip_height(plot));
    for (size_t language = 0; language < (twice ? 2 : 1); language++) {
        double line = 0;
        for (size_t i = 0; i < limits; i++) {
            struct label label = limit_label(s, i, language);
            double x = limits == 1 ? swatch / 2 : swatch * (double)i;
            picture_label(s->picture, label, s->x + widest / 2 + x, s->y + height + LABEL_GAP, ANCHOR_CENTRE);
            line = label.height;
        }
        height += line;
    }
    s->row = fmax(s->row, height + LABEL_GAP);
    s->x += swatch * (double)s->steps->count + widest + GAP;
}

static void draw_missing(struct strip *s)
{
    struct mark missing = steps_missing(s->plot);
    double width = plot_length(s->plot, 14);

    make_room(s, width * 4);
    s->x += s->x > 0 ? GAP : 0;
    mark_rectangle(s->picture, &missing, s->x, s->y + 2, width, strip_height(s->plot));
    s->row = fmax(s->row, strip_height(s->plot) + 2);
    s->x += width + 4;
    for (size_t i = 0; i < s->plot->lang_count; i++)
        draw_words(s, s->plot->langs[i], word_missing[s->plot->langs[i]], s->plot->palette.ink);
}

double steps_draw_legend(const struct plot *plot, struct picture *picture, const struct steps *steps, bool gaps,
                         double top)
{
    struct strip s = {plot, picture, steps, 0, top, 0};
    enum lang first = plot->langs[0], last = plot->langs[plot->lang_count - 1];

    if (plot->once && plot->shared) {
        plot->once->steps = steps->count > 0 || !plot->once->steps ? steps : plot->once->steps;
        plot->once->gaps |= gaps;
        return 0;
    }
    draw_words(&s, first, plot->spec->unit[first], plot->palette.ink);
    if (steps->count > 0)
        draw_strip(&s);
    if (plot->lang_count > 1)
        draw_words(&s, last, plot->spec->unit[last], plot->palette.ink);
    if (gaps)
        draw_missing(&s);
    return s.y + s.row - top;
}
