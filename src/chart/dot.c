/*
 * Dots: a category's value as a place on the scale, so that the scale need not begin at zero; with a stem from zero
 * (a lollipop), from low to high, or of several series on one line.
 *
 *   plain and ranges            stems                  series
 *
 *   a ┈┈┈┈┈● 66                 a ───────● 66          a   40 ●────────■ 66
 *   b ┈┈├──●───┤ about 60       b ────● 40             b      25 ●■ 27
 *   c ┈┈┈┈● ▪▪▪ more than 50    c ──● 20               c   ● 30  no data: 2023
 */
#include <math.h>

#include "base/arena.h"
#include "chart/field.h"
#include "chart/legend.h"
#include "chart/sum.h"

enum { CATEGORIES_MOST = 40 };

static const double RADIUS = 3.3;      /* of a symbol, points */
static const double VALUE_GAP = 5, STANDING_GAP = 2.5; /* between a symbol and its words */
static const double CAP = 2.6;         /* half the length of a bound's mark */
static const double MORE = 2.2;        /* thickness of the pieces that say "and more" */

struct dot {
    const struct chart_row *row;
    struct mark mark;
    double value, aside;           /* aside: moved across, where symbols would cover each other */
};

/* A category. */
struct line {
    struct dot *dots;              /* by value */
    size_t count;
    double low, high;              /* reach, with bounds */
    bool more, less;               /* open upwards, downwards */
    struct label_pair after, before, missing; /* words behind the highest, before the lowest, of what is missing */
};

struct dots {
    const struct plot *plot;
    struct field field;
    const struct groups *categories, *series;
    struct line *lines;
    double radius;
    bool any_emphasis, told_gap;
};

/* --- what is drawn --- */

static void add_dot(struct dots *d, struct line *line, const struct chart_row *row, size_t series)
{
    struct dot dot = {.row = row, .value = num_to_double(row->value),
                      .mark = mark_of_row(d->plot, row, d->any_emphasis)};
    size_t at = line->count++;

    if (d->series->count > 0) {
        dot.mark = mark_of_series(d->plot, series, d->series->count);
        if (!row_is_accented(row, d->any_emphasis))
            dot.mark = mark_in_context(d->plot, dot.mark);
    }
    for (; at > 0 && line->dots[at - 1].value > dot.value; at--)
        line->dots[at] = line->dots[at - 1];
    line->dots[at] = dot;
    line->low = fmin(line->low, row->has_low ? num_to_double(row->low) : dot.value);
    line->high = fmax(line->high, row->has_high ? num_to_double(row->high) : dot.value);
}

static void gather_line(struct dots *d, size_t category)
{
    struct line *line = &d->lines[category];
    size_t series = d->series->count > 0 ? d->series->count : 1;

    *line = (struct line){.low = HUGE_VAL, .high = -HUGE_VAL};
    line->dots = arena_array(d->plot->arena, series, sizeof *line->dots);
    for (size_t i = 0; i < series; i++) {
        const struct chart_row *row = groups_row(d->plot, d->categories, category, d->series, i);
        if (row && !row->missing)
            add_dot(d, line, row, i);
    }
    if (line->count == 0)
        return;
    const struct chart_row *lowest = line->dots[0].row, *highest = line->dots[line->count - 1].row;
    line->more = highest->has_low && !highest->has_high;
    line->less = lowest->has_high && !lowest->has_low;
}

static struct dots gather(const struct plot *plot)
{
    struct dots d = {.plot = plot, .categories = groups_of(plot, GROUP_CATEGORY),
                     .series = groups_of(plot, GROUP_SERIES), .radius = plot_length(plot, RADIUS)};

    d.any_emphasis = plot_any_emphasis(plot);
    d.lines = arena_array(plot->arena, d.categories->count, sizeof *d.lines);
    for (size_t i = 0; i < d.categories->count; i++)
        gather_line(&d, i);
    return d;
}

/* --- words --- */

static struct label_look value_look(const struct dots *d, const struct dot *dot)
{
    const struct palette *p = &d->plot->palette;
    bool found = dot->row->emphasis;

    return (struct label_look){found ? WEIGHT_BOLD : WEIGHT_REGULAR,
                               d->series->count > 0 ? dot->mark.text : found ? p->accent : p->ink, 1};
}

/* "no data", with the series that have none when others have. */
static void set_missing(struct dots *d, size_t category, double width)
{
    static const char *const comma[LANG_COUNT] = {", ", "، "};
    const struct plot *plot = d->plot;
    struct line *line = &d->lines[category];
    const char *words[LANG_COUNT] = {word_missing[LANG_EN], word_missing[LANG_AR]};
    const struct label_look look = {WEIGHT_REGULAR, plot->palette.muted, 1};
    size_t missing = 0;

    for (size_t i = 0; i < d->series->count; i++) {
        const struct chart_row *row = groups_row(plot, d->categories, category, d->series, i);
        if (row && !row->missing)
            continue;
        for (size_t k = 0; k < plot->lang_count; k++) {
            enum lang lang = plot->langs[k];
            words[lang] = arena_printf(plot->arena, "%s%s%s", words[lang], missing == 0 ? ": " : comma[lang],
                                       group_words(d->series, GROUP_SERIES, i)[lang]);
        }
        missing++;
    }
    if (line->count > 0 && missing == 0)
        return;
    if (line->count == 0)
        words[LANG_EN] = word_missing[LANG_EN], words[LANG_AR] = word_missing[LANG_AR];
    line->missing = label_pair_make(plot, words, look, d->field.standing ? width : 0,
                                    &d->categories->first[category]->at);
    if (d->field.standing && line->missing.width > width) {
        line->missing = (struct label_pair){.width = 0};
        d->told_gap = true;
    }
}

/* Of several series the ends are told, of one its only value. */
static bool set_line(struct dots *d, size_t category, double width)
{
    struct line *line = &d->lines[category];
    const struct dot *last = line->count > 0 ? &line->dots[line->count - 1] : NULL;
    bool told = true;

    set_missing(d, category, width);
    if (!last)
        return true;
    told &= field_words(&d->field, last->row, value_look(d, last), width, &line->after);
    if (line->count > 1 && line->dots[0].value < last->value)
        told &= field_words(&d->field, line->dots[0].row, value_look(d, &line->dots[0]), width, &line->before);
    return told;
}

static void set_words(struct dots *d)
{
    double width = d->field.slot - VALUE_GAP;
    bool left_out = false;

    for (size_t i = 0; i < d->categories->count; i++)
        left_out |= !set_line(d, i, width);
    for (size_t i = 0; i < d->categories->count && left_out; i++) /* all or none: a few would look like the finding */
        d->lines[i].after = d->lines[i].before = (struct label_pair){.width = 0};
}

/* --- placing --- */

static double away(const struct dots *d, bool open)
{
    double gap = d->field.standing ? STANDING_GAP : VALUE_GAP;

    return d->radius + gap + (open ? field_more_length() : 0);
}

static double missing_away(const struct dots *d, const struct line *line)
{
    if (line->count == 0)
        return field_gap_length(&d->field) + VALUE_GAP;
    return away(d, line->more) + field_along(&d->field, &line->after) + VALUE_GAP;
}

/* Symbols that would cover each other stand side by side across the line. */
static void part(struct dots *d, struct line *line)
{
    double reach = 1.7 * d->radius;

    for (size_t first = 0, next; first < line->count; first = next) {
        for (next = first + 1; next < line->count; next++)
            if (fabs(axis_at(&d->field.axis, line->dots[next].value) -
                     axis_at(&d->field.axis, line->dots[next - 1].value)) >= reach)
                break;
        for (size_t i = first; i < next; i++)
            line->dots[i].aside = ((double)(i - first) - (double)(next - first - 1) / 2) * reach;
    }
}

static void place(struct dots *d, double top)
{
    const struct field *f = &d->field;
    double start = f->scale.zero ? 0 : f->scale.extent.low;

    for (size_t i = 0; i < d->categories->count; i++) {
        const struct line *line = &d->lines[i];
        double need = 2 * d->radius * (d->series->count > 1 ? 1.4 : 1);
        if (!f->standing)
            need = fmax(need, fmax(line->after.height, fmax(line->before.height, line->missing.height)));
        d->field.slots[i].need = need;
        field_tail(&d->field, line->count > 0 ? line->high : start,
                   line->missing.width > 0 || line->count == 0
                       ? missing_away(d, line) + field_along(f, &line->missing)
                       : away(d, line->more) + field_along(f, &line->after), false);
        if (line->count > 0)
            field_tail(&d->field, line->low, away(d, line->less) + field_along(f, &line->before), true);
    }
    field_place(&d->field, top);
    for (size_t i = 0; i < d->categories->count; i++)
        part(d, &d->lines[i]);
}

/* --- drawing --- */

static void draw_cap(const struct dots *d, const struct mark *mark, double value, double middle)
{
    double along = axis_at(&d->field.axis, value);

    if (d->field.standing)
        picture_rule(d->field.picture, middle - CAP, along, middle + CAP, along, mark->rgb, 1);
    else
        picture_rule(d->field.picture, along, middle - CAP, along, middle + CAP, mark->rgb, 1);
}

/* From low to high; where no best is known, stronger. */
static void draw_bounds(const struct dots *d, const struct dot *dot, double middle)
{
    const struct mark line = {.rgb = dot->mark.rgb};
    double low = dot->row->has_low ? num_to_double(dot->row->low) : dot->value;
    double high = dot->row->has_high ? num_to_double(dot->row->high) : dot->value;

    if (low == high)
        return;
    field_line(&d->field, &line, low, high, middle, dot->row->ranged ? 2.4 : 1);
    if (low < dot->value || dot->row->ranged)
        draw_cap(d, &line, low, middle);
    if (high > dot->value || dot->row->ranged)
        draw_cap(d, &line, high, middle);
}

/* What leads the eye to the first symbol, or from one to the next. */
static void draw_lead(const struct dots *d, const struct line *line, double middle)
{
    const struct palette *p = &d->plot->palette;
    const struct mark hairline = {.rgb = p->hairline}, joined = {.rgb = p->grey};
    double from = fmax(d->field.axis.low, 0);

    if (d->plot->spec->look.stems) {
        for (size_t i = 0; i < line->count; i++) {
            const struct mark stem = {.rgb = line->dots[i].mark.rgb};
            field_line(&d->field, &stem, from, line->dots[i].value, middle + line->dots[i].aside, 1.3);
        }
        return;
    }
    if (!d->field.standing)
        field_line(&d->field, &hairline, d->field.axis.low, line->low, middle, d->plot->style->hairline);
    if (line->count > 1)
        field_line(&d->field, &joined, line->dots[0].value, line->dots[line->count - 1].value, middle, 1.2);
}

/* Where the empty shape of what is missing stands. */
static double gap_start(const struct field *f)
{
    return f->scale.zero ? fmax(f->axis.low, 0) : f->axis.low;
}

static void draw_line(const struct dots *d, size_t category)
{
    const struct line *line = &d->lines[category];
    const struct field *f = &d->field;
    double middle = f->slots[category].middle;

    if (line->count == 0) {
        field_gap(f, gap_start(f), middle, 2 * d->radius);
        return;
    }
    draw_lead(d, line, middle);
    for (size_t i = 0; i < line->count; i++) {
        const struct dot *dot = &line->dots[i];
        draw_bounds(d, dot, middle + dot->aside);
        if (!dot->row->ranged)
            field_symbol(f, &dot->mark, dot->value, middle + dot->aside, d->radius);
    }
    if (line->more)
        field_more(f, line->dots[line->count - 1].mark.rgb, line->high, false, d->radius, middle, MORE);
    if (line->less)
        field_more(f, line->dots[0].mark.rgb, line->low, true, d->radius, middle, MORE);
}

static void draw_line_words(const struct dots *d, size_t category)
{
    const struct line *line = &d->lines[category];
    const struct field *f = &d->field;
    double middle = f->slots[category].middle;

    if (line->count == 0) {
        field_label(f, &line->missing, gap_start(f), missing_away(d, line), false, middle);
        return;
    }
    field_label(f, &line->after, line->high, away(d, line->more), false, middle);
    field_label(f, &line->before, line->low, away(d, line->less), true, middle);
    field_label(f, &line->missing, line->high, missing_away(d, line), false, middle);
}

static double draw_legend(const struct dots *d, struct picture *picture)
{
    struct legend_entry *entries = arena_array(d->plot->arena, d->series->count + 1, sizeof *entries);
    size_t count = 0;

    for (; count < d->series->count; count++)
        entries[count] = legend_of_series(d->plot, d->series, count, LEGEND_SYMBOL);
    if (d->told_gap)
        entries[count++] = legend_of_missing(d->plot, LEGEND_FILL);
    return legend_draw(d->plot, picture, entries, count, 0);
}

static struct field_scale scale_of(const struct plot *plot)
{
    return (struct field_scale){.extent = axis_extent(plot), .whole = plot_is_counted(plot),
                                .zero = plot->spec->look.stems, .logarithmic = plot->spec->look.logarithmic};
}

static struct picture *lay_dots(const struct plot *plot)
{
    struct dots d = gather(plot);
    struct picture *picture = picture_new(plot->arena, plot->width);

    picture_mirror(picture, plot->mirrored);
    d.field = field_begin(plot, picture, plot->spec->look.vertical, scale_of(plot));
    set_words(&d);
    place(&d, draw_legend(&d, picture));
    picture_set_height(picture, field_draw(&d.field));
    if (d.field.scale.zero)
        field_draw_zero(&d.field);
    for (size_t i = 0; i < d.categories->count; i++)
        draw_line(&d, i);
    field_draw_notes(&d.field);
    for (size_t i = 0; i < d.categories->count; i++)
        draw_line_words(&d, i);
    return picture;
}

/* --- what it refuses --- */

static void check_logarithm(const struct plot *plot, const struct chart_row *row)
{
    const struct num zero = {0};

    if (!row->missing && (num_compare(row->value, zero) <= 0 || (row->has_low && num_compare(row->low, zero) <= 0)))
        diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                 "'%s' of chart '%s' is not above zero, and a logarithmic scale has no place for it; write scale: "
                 "linear", row->label[plot->langs[0]], plot->spec->id);
}

static void check_dots(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;

    plot_check_groups(plot, CATEGORIES_MOST);
    for (size_t i = 0; i < spec->row_count; i++) {
        plot_check_bounds(plot, &spec->rows[i]);
        if (spec->look.logarithmic)
            check_logarithm(plot, &spec->rows[i]);
    }
    if (spec->look.logarithmic && spec->look.stems)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at,
                 "stems of chart '%s' begin at zero, which a logarithmic scale has not; leave out stems or scale",
                 spec->id);
}

const struct chart_kind dot_kind = {
    .labelled = true, .flexible = true, .check = check_dots, .extent = axis_extent, .lay = lay_dots };
