/* Fields of categories and values. Must not know which marks stand in them. */
#include "chart/field.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "chart/sum.h"

static const double ROW_GAP = 7.5;        /* between rows' contents, points */
static const double COLUMN_GAP = 9;      /* between a column of words and the marks */
static const double UNIT_GAP = 6;        /* between the unit and the ticks' words beside it */
static const double TICK_GAP = 4;        /* between ticks' words and a standing field */
static const double SLOT_GAP = 5;        /* between words of standing neighbours */
static const double LABEL_SHARE = 0.36;  /* of the width, for words of one language */
static const double LABELS_SHARE = 0.27; /* likewise, for each of both */
static const double VALUES_SHARE = 0.2;  /* at most, for a value, lying; or, where words are large, */
static const double VALUES_WORDS = 8;    /* a multiple of their size: room for "more than 120" */
static const double PLOT_LEAST = 90;     /* along the values, lying */
static const double HEIGHT_SHARE = 0.42, HEIGHT_LEAST = 130, HEIGHT_MOST = 200; /* of the width, standing */
static const double NOTES_SHARE = 0.22;  /* at most, of a standing field's width, for notes behind it */
static const double SAID_INSET = 4;      /* of a category's note, from where bars begin */
static const double SAID_GAP = 1.5;      /* between a category's mark or words and its note */
static const double GAP = 12;            /* length of an empty shape */
static const double PIECES[] = {4.5, 3, 1.5}, PIECE_GAP = 2;
enum { LINES_MOST = 4, SAID_MOST = 6 };  /* of a category's words, of its note, standing */

static struct label_look word_look(const struct field *f)
{
    return (struct label_look){WEIGHT_REGULAR, f->plot->palette.ink, 1};
}

static const char *const *category_words(const struct field *f, size_t category)
{
    return group_words(f->categories, GROUP_CATEGORY, category);
}

static const struct place *category_at(const struct field *f, size_t category)
{
    return &f->categories->first[category]->at;
}

/* --- measuring --- */

/* Whether all categories are written the same in both languages: years, ages. */
static bool all_the_same(const struct field *f)
{
    for (size_t i = 0; i < f->categories->count; i++)
        if (strcmp(category_words(f, i)[LANG_EN], category_words(f, i)[LANG_AR]) != 0)
            return false;
    return true;
}

/* Each language within `width`. */
static void set_said(struct field *f, const struct plot *plot, double width)
{
    for (size_t i = 0; i < f->categories->count; i++) {
        const struct chart_note *note = chart_notes_of_category(f->plot, category_words(f, i)[LANG_EN]);
        if (note)
            f->said[i] = chart_notes_words(plot, note, width);
    }
}

static void measure_columns(struct field *f)
{
    const struct plot *plot = f->plot;
    bool once = plot->lang_count > 1 && all_the_same(f);
    double most = plot->width * (plot->lang_count > 1 ? LABELS_SHARE : LABEL_SHARE);

    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        double width = f->scale.shares ? 0 : label_natural_width(plot, lang, plot->spec->unit[lang], word_look(f));
        size_t count = once && i > 0 ? 0 : f->categories->count;
        for (size_t k = 0; k < count; k++)
            width = fmax(width, label_natural_width(plot, lang, category_words(f, k)[lang], word_look(f)));
        f->label_width[i] = plot_common(plot, i == 0 ? COMMON_WORDS : COMMON_WORDS_SECOND,
                                        width > 0 ? fmin(width + 0.5, most) : 0);
        for (size_t k = 0; k < count; k++)
            f->words[k].label[i] = label_make(plot, lang, category_words(f, k)[lang], word_look(f), f->label_width[i],
                                           category_at(f, k));
    }
    f->left = f->label_width[0] + COLUMN_GAP;
    f->right = plot->width - (f->label_width[1] > 0 ? f->label_width[1] + 1.6 * COLUMN_GAP : 0);
    set_said(f, plot, fmax((f->right - f->left - SAID_INSET - SLOT_GAP) / (double)plot->lang_count, 1));
    if (f->right - f->left < PLOT_LEAST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "the words of chart '%s' leave %.0f points for its marks; shorter labels or a wider frame must "
                 "leave %.0f", plot->spec->id, fmax(f->right - f->left, 0), PLOT_LEAST);
}

/* The first category whose words do not fit below its column is told. */
static bool fits_below(const struct field *f, size_t category)
{
    const struct plot *plot = f->plot;
    double room = f->slot - SLOT_GAP;
    const struct label_pair *words = &f->words[category];
    const struct chart_note *note = chart_notes_of_category(plot, category_words(f, category)[LANG_EN]);
    enum lang wide = plot->langs[0];
    bool fits = true, said_fits = true;

    for (size_t i = plot->lang_count; i-- > 0;) {
        enum lang lang = plot->langs[i];
        const struct text_block *said = f->said[category].label[i].block, *block = words->label[i].block;
        bool here = label_least_width(plot, lang, category_words(f, category)[lang], word_look(f)) <= room &&
                    (!block || block->line_count <= LINES_MOST);
        said_fits &= !said || (said->line_count <= SAID_MOST &&
                               label_least_width(plot, lang, note->label[lang], word_look(f)) <= room);
        fits &= here;
        wide = here ? wide : lang;
    }
    if (!fits || !said_fits)
        diag_add(plot->diags, DIAG_CHART_CROWDED, fits ? note->at : *category_at(f, category),
                 "%s'%s' of chart '%s' does not fit below its column, which is %.0f points wide; shorten it, or write "
                 "direction: horizontal", fits ? "the note at " : "", category_words(f, category)[wide],
                 plot->spec->id, f->slot);
    return fits && said_fits;
}

static struct axis axis_along(const struct field *f, double start, double length)
{
    return f->scale.shares ? axis_of_shares(f->plot, start, length)
                           : axis_of_numbers(f->plot, f->scale.extent, start, length, f->scale.zero,
                                             f->scale.logarithmic, f->scale.whole);
}

static double standing_height(const struct field *f)
{
    double least = plot_length(f->plot, HEIGHT_LEAST), most = plot_length(f->plot, HEIGHT_MOST);
    return f->plot->share * fmin(fmax(f->plot->width * HEIGHT_SHARE, least), most);
}

/* Sets the notes on the values where the axis now has them; returns the room they take above or behind the marks. */
static double notes_room(struct field *f)
{
    f->notes = chart_notes_of_values(f->plot, &f->axis, f->standing);
    return chart_notes_room(f->notes, 0, f->plot->width * (f->standing ? NOTES_SHARE : 1));
}

static void measure_slots(struct field *f)
{
    struct diags *diags = diags_new();
    struct plot trial = *f->plot;

    trial.diags = diags; /* a word that is too wide is told with what helps */
    f->axis = axis_along(f, 0, -standing_height(f));
    f->left = f->axis.label_width + TICK_GAP;
    f->right = f->plot->width - notes_room(f);
    f->slot = (f->right - f->left) / (double)f->categories->count;
    for (size_t i = 0; i < f->categories->count; i++)
        f->words[i] = label_pair_make(&trial, category_words(f, i), word_look(f), fmax(f->slot - SLOT_GAP, 1),
                                      category_at(f, i));
    set_said(f, &trial, fmax(f->slot - SLOT_GAP, 1));
    diags_drop(diags);
    for (size_t i = 0; i < f->categories->count && fits_below(f, i); i++)
        ;
}

struct field field_begin(const struct plot *plot, struct picture *picture, bool standing, struct field_scale scale)
{
    struct field f = {.plot = plot, .picture = picture, .standing = standing, .scale = scale};

    f.categories = groups_of(plot, GROUP_CATEGORY);
    f.slots = arena_array(plot->arena, f.categories->count, sizeof *f.slots);
    f.words = arena_array(plot->arena, f.categories->count, sizeof *f.words);
    f.said = arena_array(plot->arena, f.categories->count, sizeof *f.said);
    if (standing)
        measure_slots(&f);
    else
        measure_columns(&f);
    return f;
}

/* Whether no word of them is wider. */
static bool breaks_into(const struct field *f, const char *const words[LANG_COUNT], struct label_look look,
                        double width)
{
    bool fits = true;

    for (size_t i = 0; i < f->plot->lang_count; i++)
        fits &= label_least_width(f->plot, f->plot->langs[i], words[f->plot->langs[i]], look) <= width;
    return fits;
}

bool field_words(const struct field *f, const struct chart_row *row, struct label_look look, double width,
                 struct label_pair *out)
{
    const struct plot *plot = f->plot;
    const char *words[LANG_COUNT] = {NULL};

    for (size_t i = 0; i < plot->lang_count; i++)
        words[plot->langs[i]] = word_value(plot, plot->langs[i], row);
    if (!f->standing)
        width = fmax(plot->width * VALUES_SHARE, plot->size * VALUES_WORDS);
    *out = (struct label_pair){.width = 0};
    if (f->standing && !breaks_into(f, words, look, width)) {
        if (!row->missing && !row_is_exact(plot, row))
            diag_add(plot->diags, DIAG_CHART_CROWDED, row->at,
                     "'%s' of chart '%s' does not fit into the %.0f points of its mark; write direction: horizontal",
                     words[plot->langs[0]], plot->spec->id, width);
        return false;
    }
    *out = label_pair_make(plot, words, look, width, &row->at);
    return true;
}

void field_tail(struct field *f, double value, double points, bool below)
{
    f->own_tails = arena_grow(f->plot->arena, f->own_tails, f->tail_count, sizeof *f->own_tails);
    f->own_tails[f->tail_count++] = (struct tail){value, points, below};
}

/* --- placing --- */

/* 0 at the scale's low end, 1 at its high end. */
static double share_at(const struct field *f, double value)
{
    struct axis unit = f->axis;

    unit.start = 0;
    unit.length = 1;
    return axis_at(&unit, value);
}

/* The tails, and what the words of the scale's own ends take beyond them. */
static struct tail *all_tails(const struct field *f, size_t *count)
{
    struct tail *all = arena_array(f->plot->arena, f->tail_count + 2, sizeof *all);
    double end = f->standing ? 0 : f->axis.label_width / 2, column = COLUMN_GAP - plot_length(f->plot, TICK_GAP);

    for (size_t i = 0; i < f->tail_count; i++)
        all[i] = f->tails[i];
    *count = f->tail_count;
    all[(*count)++] = (struct tail){f->axis.high, fmax(end - (f->label_width[1] > 0 ? column : 0), 0), false};
    all[(*count)++] = (struct tail){f->axis.low, fmax(end - column, 0), true};
    return all;
}

/* As long as all tails allow: for each pair of them, what lies between and what they take fit into the room. */
static double longest(const struct field *f, double room, double *start)
{
    size_t count;
    struct tail *tails = all_tails(f, &count);
    double length = room;

    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count && !tails[i].below; k++) {
            double between = share_at(f, tails[i].value) - share_at(f, tails[k].value);
            if (tails[k].below && between > 1e-6)
                length = fmin(length, (room - tails[i].points - tails[k].points) / between);
        }
    *start = 0;
    for (size_t k = 0; k < count; k++)
        if (tails[k].below)
            *start = fmax(*start, tails[k].points - share_at(f, tails[k].value) * length);
    return length;
}

static void place_scale(struct field *f)
{
    double room = f->standing ? f->bottom - f->top : f->right - f->left, sign = f->standing ? -1 : 1;
    double length = room, start = 0;

    for (int i = 0; i < 2; i++) { /* a shorter scale has fewer ticks, and may end elsewhere */
        f->axis = axis_along(f, 0, sign * fmax(length, 1));
        length = longest(f, room, &start);
    }
    if (length < room / 4)
        diag_add(f->plot->diags, DIAG_CHART_CROWDED, f->plot->spec->at,
                 "the values' words of chart '%s' leave %.0f points for its marks; shorter words or a larger frame "
                 "must leave %.0f", f->plot->spec->id, fmax(length, 0), room / 4);
    f->axis.start = f->standing ? f->bottom - start : f->left + start;
    f->axis.length = sign * fmax(length, 1);
}

/* Lying, what the chart is to be lower or higher is in the gaps: a row is about as high as the gap below it. */
static double row_gap(const struct field *f)
{
    return ROW_GAP * (2 * f->plot->share - 1);
}

static void place_rows(struct field *f)
{
    const double gap = row_gap(f);

    f->bottom = f->top;
    for (size_t i = 0; i < f->categories->count; i++) {
        double height = fmax(f->slots[i].need, fmax(f->words[i].label[0].height, f->words[i].label[1].height));
        double said = fmax(f->said[i].label[0].height, f->said[i].label[1].height);
        f->slots[i].middle = f->bottom + gap / 2 + height / 2;
        f->slots[i].below = f->slots[i].middle + height / 2 + SAID_GAP;
        f->bottom += height + gap + (said > 0 ? said + SAID_GAP : 0);
    }
}

/* What the values count; standing, above the scale. */
static struct label unit_label(const struct field *f, size_t nth)
{
    const struct plot *plot = f->plot;
    enum lang lang = plot->langs[nth];
    double width = f->standing ? plot->width / 2 - COLUMN_GAP : f->label_width[nth];

    if (f->scale.shares || width == 0)
        return (struct label){.width = 0};
    return label_make(plot, lang, plot->spec->unit[lang],
                      (struct label_look){WEIGHT_REGULAR, plot->palette.muted, 1}, width, &plot->spec->at);
}

/* Of both languages; returns the height that they take beside each other. */
static double unit_labels(const struct field *f, struct label unit[LANG_COUNT])
{
    double height = 0;

    for (size_t i = 0; i < LANG_COUNT; i++)
        unit[i] = i < f->plot->lang_count ? unit_label(f, i) : (struct label){0};
    for (size_t i = 0; i < f->plot->lang_count; i++)
        height = fmax(height, labels_lowered(unit, i) + unit[i].height);
    return height;
}

/* Where the unit's word ends, beside the ticks' words; the second language's begins there. It may be in the way of the
 * outermost tick's, a long one's. */
static double unit_edge(const struct field *f, size_t nth)
{
    double edge = nth == 0 ? f->label_width[0] : f->plot->width - f->label_width[1];

    for (size_t i = 0; i < f->axis.tick_count; i++) {
        const struct tick *tick = &f->axis.ticks[i];
        double half = fmax(tick->label[0].width, tick->label[1].width) / 2, x = axis_at(&f->axis, tick->value);
        edge = nth == 0 ? fmin(edge, x - half - UNIT_GAP) : fmax(edge, x + half + UNIT_GAP);
    }
    return edge;
}

/* Where the column of words is no wider than the unit, the scale moves away from it. */
static void clear_units(struct field *f)
{
    struct label unit[LANG_COUNT];
    double before = 0, behind = 0;

    unit_labels(f, unit);
    if (unit[0].width > 0)
        before = fmax(unit[0].width - unit_edge(f, 0), 0);
    if (unit[1].width > 0)
        behind = fmax(unit_edge(f, 1) + unit[1].width - f->plot->width, 0);
    f->left += before;
    f->right -= behind;
    if (before + behind > 0)
        place_scale(f);
}

void field_place(struct field *f, double top)
{
    struct label unit[LANG_COUNT];
    double units = unit_labels(f, unit);

    f->tails = plot_tails(f->plot, f->own_tails, &f->tail_count);
    f->top = top;
    if (f->standing) {
        f->top += units > 0 ? units + TICK_GAP : 0;
        f->top += f->axis.label_height / 2;
        f->bottom = f->top + standing_height(f);
        for (size_t i = 0; i < f->categories->count; i++)
            f->slots[i].middle = f->left + f->slot * ((double)i + 0.5);
        place_scale(f);
        notes_room(f);
    } else {
        place_scale(f);
        clear_units(f);
        f->top += notes_room(f);
        place_rows(f);
    }
}

/* --- drawing --- */

static double draw_lying(const struct field *f)
{
    const struct plot *plot = f->plot;
    double height;

    chart_notes_draw_bands(f->notes, f->picture, f->top, f->bottom);
    axis_draw_grid_down(plot, f->picture, &f->axis, f->top, f->bottom);
    height = axis_draw_below(plot, f->picture, &f->axis, f->bottom);
    for (size_t i = 0; i < plot->lang_count; i++) {
        struct label unit = unit_label(f, i);
        double edge = unit_edge(f, i);
        double column = i == 0 ? fmax(edge, unit.width) : fmin(edge, plot->width - unit.width);
        double top = f->bottom + 1.5 + (f->axis.tick_count > 0 ? f->axis.ticks[0].label[0].ascent - unit.ascent : 0);
        picture_label(f->picture, unit, column, top, i == 0 ? ANCHOR_END : ANCHOR_START);
        height = fmax(height, top + unit.height - f->bottom);
        for (size_t k = 0; k < f->categories->count; k++) {
            const struct label *words = &f->words[k].label[i];
            picture_label(f->picture, *words, i == 0 ? 0 : plot->width, f->slots[k].middle - words->middle,
                          i == 0 ? ANCHOR_START : ANCHOR_END);
        }
    }
    return f->bottom + height;
}

/* From `top` on, on one line; returns the height they take with the gap above. */
static double draw_said_below(const struct field *f, double top)
{
    double height = 0;

    for (size_t k = 0; k < f->categories->count; k++) {
        picture_label_pair(f->picture, &f->said[k], f->slots[k].middle, top, ANCHOR_CENTRE);
        height = fmax(height, f->said[k].height);
    }
    return height > 0 ? height + 2 * SAID_GAP : 0;
}

static double draw_standing(const struct field *f)
{
    const struct plot *plot = f->plot;
    struct label unit[LANG_COUNT];
    double top = f->top - f->axis.label_height / 2 - TICK_GAP - unit_labels(f, unit);
    double height = 0, words = f->bottom + TICK_GAP;

    chart_notes_draw_bands(f->notes, f->picture, f->left, f->right);
    axis_draw_grid_across(plot, f->picture, &f->axis, f->left, f->right);
    axis_draw_beside(plot, f->picture, &f->axis, f->left - TICK_GAP, ANCHOR_END);
    for (size_t i = 0; i < plot->lang_count; i++)
        picture_label(f->picture, unit[i], i == 0 ? 0 : f->right, top + labels_lowered(unit, i),
                      i == 0 ? ANCHOR_START : ANCHOR_END);
    for (size_t k = 0; k < f->categories->count; k++) {
        const struct label_pair *pair = &f->words[k];
        picture_label(f->picture, pair->label[0], f->slots[k].middle, words, ANCHOR_CENTRE);
        picture_label(f->picture, pair->label[1], f->slots[k].middle, words + pair->label[0].height, ANCHOR_CENTRE);
        height = fmax(height, pair->height);
    }
    return words + height + draw_said_below(f, words + height + 2 * SAID_GAP);
}

double field_draw(const struct field *f)
{
    return f->standing ? draw_standing(f) : draw_lying(f);
}

/* On a ground where grid and lines stop, clear of the line on which bars stand. */
static void draw_said(const struct field *f, const struct label *said, enum anchor anchor, double top)
{
    double x = anchor == ANCHOR_START ? f->left + SAID_INSET : f->right;

    if (!said->block)
        return;
    picture_rectangle(f->picture, anchor == ANCHOR_START ? x - 1 : x - said->width - 1, top, said->width + 2,
                      said->height);
    picture_paint(f->picture, (struct paint){.fill = true, .fill_rgb = COLOUR_PAPER});
    picture_label(f->picture, *said, x, top, anchor);
}

void field_draw_notes(const struct field *f)
{
    chart_notes_draw(f->notes, f->picture, f->standing ? f->left : f->top, f->standing ? f->right : f->bottom);
    for (size_t k = 0; k < f->categories->count && !f->standing; k++) {
        draw_said(f, &f->said[k].label[0], ANCHOR_START, f->slots[k].below);
        draw_said(f, &f->said[k].label[1], ANCHOR_END, f->slots[k].below);
    }
}

/* --- marks --- */

static double at(const struct field *f, double value)
{
    return axis_at(&f->axis, value);
}

/* Points along the values as they rise: to the end of reading, or upwards. */
static double beyond(const struct field *f, double value, double points, bool below)
{
    return at(f, value) + (f->standing ? -points : points) * (below ? -1 : 1);
}

void field_draw_zero(const struct field *f)
{
    double zero = at(f, fmax(f->axis.low, 0)), width = f->plot->style->hairline * 2;
    uint32_t grey = f->plot->palette.grey;

    if (f->standing)
        picture_rule(f->picture, f->left, zero, f->right, zero, grey, width);
    else
        picture_rule(f->picture, zero, f->top, zero, f->bottom, grey, width);
}

/* Between two places along the values. */
static void box(const struct field *f, const struct mark *mark, double from, double to, double middle, double thick)
{
    double low = fmin(from, to), length = fabs(to - from);

    if (f->standing)
        mark_rectangle(f->picture, mark, middle - thick / 2, low, thick, length);
    else
        mark_rectangle(f->picture, mark, low, middle - thick / 2, length, thick);
}

void field_bar(const struct field *f, const struct mark *mark, double from, double to, double middle, double thick)
{
    if (at(f, from) != at(f, to))
        box(f, mark, at(f, from), at(f, to), middle, thick);
}

double field_more_length(void)
{
    return PIECES[0] + PIECES[1] + PIECES[2] + 3 * PIECE_GAP;
}

double field_gap_length(const struct field *f)
{
    return plot_length(f->plot, GAP);
}

void field_more(const struct field *f, uint32_t rgb, double value, bool below, double points, double middle,
                double thick)
{
    const struct mark solid = {.rgb = rgb, .fill = rgb};
    double along = points;

    for (size_t i = 0; i < 3; i++) {
        along += PIECE_GAP;
        box(f, &solid, beyond(f, value, along, below), beyond(f, value, along + PIECES[i], below), middle, thick);
        along += PIECES[i];
    }
}

void field_gap(const struct field *f, double value, double middle, double thick)
{
    const struct mark missing = mark_missing(f->plot);

    box(f, &missing, beyond(f, value, 1, false), beyond(f, value, field_gap_length(f), false), middle, thick);
}

void field_line(const struct field *f, const struct mark *mark, double from, double to, double middle, double width)
{
    double a = at(f, from), b = at(f, to);

    picture_move(f->picture, f->standing ? middle : a, f->standing ? a : middle);
    picture_line(f->picture, f->standing ? middle : b, f->standing ? b : middle);
    mark_line(f->picture, mark, width);
}

void field_symbol(const struct field *f, const struct mark *mark, double value, double middle, double radius)
{
    double along = at(f, value);

    mark_symbol(f->picture, mark, f->standing ? middle : along, f->standing ? along : middle, radius);
}

double field_along(const struct field *f, const struct label_pair *words)
{
    return f->standing ? words->height : words->width;
}

double field_across(const struct field *f, const struct label_pair *words)
{
    return f->standing ? words->width : words->height;
}

/* Grid and hatches stop at the words' ground. */
static void ground_below(const struct field *f, double width, double height, double x, double y, uint32_t rgb)
{
    double left = fmax(x - width / 2 - 1.5, 0), right = fmin(x + width / 2 + 1.5, f->plot->width);

    picture_rectangle(f->picture, left, y - height / 2, right - left, height);
    picture_paint(f->picture, (struct paint){.fill = true, .fill_rgb = rgb});
}

void field_label(const struct field *f, const struct label_pair *words, double value, double points, bool below,
                 double middle)
{
    double centre = beyond(f, value, points + field_along(f, words) / 2, below);
    double x = f->standing ? middle : centre, y = f->standing ? centre : middle;
    enum anchor anchor = f->standing ? ANCHOR_CENTRE : below ? ANCHOR_END : ANCHOR_START;

    if (words->width == 0)
        return;
    ground_below(f, words->width, words->height, x, y, COLOUR_PAPER);
    if (anchor != ANCHOR_CENTRE)
        x += anchor == ANCHOR_START ? -words->width / 2 : words->width / 2;
    picture_label_pair(f->picture, words, x, y - label_pair_middle(words), anchor);
}

void field_label_inside(const struct field *f, const struct label_pair *words, double from, double to, double middle,
                        double thick, const struct mark *on)
{
    const double outline = 1.5;
    double centre = (at(f, from) + at(f, to)) / 2;
    double x = f->standing ? middle : centre, y = f->standing ? centre : middle;

    if (on->hatch != HATCH_NONE)
        ground_below(f, f->standing ? fmin(words->width, thick - outline - 3) : words->width,
                     f->standing ? words->height : fmin(words->height, thick - outline), x, y, on->fill);
    picture_label_pair(f->picture, words, x, y - label_pair_middle(words), ANCHOR_CENTRE);
}
