/*
 * Waffle: n of N in a grid of cells, each one thing, or as many as the chart says; the finding first.
 *
 *   one language (mirrored for Arabic)      both languages
 *
 *     ■■■■■■■■■■                              101 of 285 ■■■■■■■■■■ 101 من أصل 285
 *     ■■■■□□□□□□   101 of 285 seats           name       ■■■■□□□□□□            اسم
 *     □□□□□□□□□□   name                                  □□□□□□□□□□
 */
#include <math.h>

#include "base/arena.h"
#include "chart/cells.h"
#include "chart/relax.h"

enum { CELLS_MOST = 1000, PARTS_MOST = 12 };
static const struct num ZERO = {0};
static const double TOTAL_MOST = 1e18;

static const double PITCH_MOST = 12, PITCH_LEAST = 3.2; /* points */
static const double FILL = 0.47;      /* radius of a cell as a share of the pitch */
static const double GRID_SHARE = 0.46; /* of the width, at most */
static const double COLUMN_GAP = 14, ENTRY_GAP = 7, SWATCH = 12, NOTE_GAP = 8, WORDS_LEAST = 70;

struct part {
    const struct chart_row *row;
    size_t cells, first;
    struct cell_look look;
};

struct waffle {
    const struct plot *plot;
    struct picture *picture;
    struct part *parts;
    size_t count, cells; /* of all parts and the rest */
    int64_t total, unit; /* things in all; in a cell */
    struct cell_grid grid;
    bool beside;         /* the words stand beside the grid, not under it */
    double bottom;
};

static int64_t whole(struct num num)
{
    return (int64_t)llround(num_to_double(num));
}

static int64_t total_of(const struct plot *plot)
{
    int64_t sum = 0;

    if (plot->spec->has_total)
        return whole(plot->spec->total);
    for (size_t i = 0; i < plot->spec->row_count; i++)
        sum += whole(plot->spec->rows[i].value);
    return sum;
}

/* --- parts --- */

/* The smallest of 1, 2, 5 times a power of ten with which the cells are not too many. */
static int64_t unit_of(int64_t total)
{
    static const int64_t within[] = {1, 2, 5};
    int64_t power = 1;

    for (;; power *= 10)
        for (size_t i = 0; i < 3; i++)
            if ((total + within[i] * power - 1) / (within[i] * power) <= CELLS_MOST)
                return within[i] * power;
}

static void add_part(struct waffle *w, const struct chart_row *row, bool accented, size_t rank, int64_t *before)
{
    struct part *part = &w->parts[w->count++];
    int64_t after = *before + whole(row->value);

    *part = (struct part){.row = row, .look = cell_look_of_unit(w->plot, accented, rank)};
    part->first = (size_t)((*before + w->unit / 2) / w->unit); /* rounded sums: the cells add up */
    part->cells = (size_t)((after + w->unit / 2) / w->unit) - part->first;
    *before = after;
}

/* The finding first; each group in the order of the data. */
static void gather_parts(struct waffle *w)
{
    const struct chart_spec *spec = w->plot->spec;
    bool any = plot_any_emphasis(w->plot);
    int64_t before = 0;

    w->parts = arena_array(w->plot->arena, spec->row_count, sizeof *w->parts);
    w->total = total_of(w->plot);
    w->unit = unit_of(w->total);
    w->cells = (size_t)((w->total + w->unit / 2) / w->unit);
    for (int pass = 0; pass < 2; pass++) {
        size_t rank = pass == 1 && spec->has_total; /* the rest has the first look of the context */
        for (size_t i = 0; i < spec->row_count; i++)
            if ((spec->rows[i].emphasis || !any) == (pass == 0))
                add_part(w, &spec->rows[i], pass == 0, rank++, &before);
    }
}

/* --- the grid --- */

static void fit_grid(struct waffle *w)
{
    const struct plot *plot = w->plot;
    double room = plot->width * (plot->lang_count > 1 ? GRID_SHARE * 0.8 : GRID_SHARE), most;

    w->grid.columns = w->cells <= 120 ? 10 : w->cells <= 400 ? 20 : 40;
    if (w->cells < w->grid.columns)
        w->grid.columns = w->cells;
    most = room / ((double)w->grid.columns + 0.4 * ((double)w->grid.columns / 10 - 1));
    w->grid.pitch = fmin(most, plot->share * fmin(most, plot_length(plot, PITCH_MOST)));
    w->grid.gap = w->grid.pitch * 0.4;
    w->grid.x = plot->lang_count > 1 ? (plot->width - cell_grid_width(&w->grid)) / 2 : 0;
    w->bottom = cell_grid_height(&w->grid, w->cells);
    if (w->grid.pitch < PITCH_LEAST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "the %zu cells of chart '%s' are %.1f points wide; they need %.1f: a wider frame or fewer panels "
                 "beside each other", w->cells, plot->spec->id, w->grid.pitch, PITCH_LEAST);
}

static void draw_cells(const struct waffle *w)
{
    struct cell_look rest = cell_look_of_unit(w->plot, false, 0);
    size_t done = 0;

    for (size_t i = 0; i < w->count; i++) {
        const struct part *part = &w->parts[i];
        if (part->cells > 0)
            cell_grid_draw(w->plot, w->picture, &w->grid, &part->look, part->first, part->cells, w->grid.pitch * FILL);
        done = part->first + part->cells;
    }
    if (done < w->cells)
        cell_grid_draw(w->plot, w->picture, &w->grid, &rest, done, w->cells - done, w->grid.pitch * FILL);
}

/* --- words --- */

struct entry {
    struct label number, name;
};

/* "101 of 285 seats"; the only finding says it large, where that takes no more lines. */
static struct label number_of(const struct waffle *w, const struct part *part, enum lang lang, double width)
{
    const struct plot *plot = w->plot;
    bool any = plot_any_emphasis(plot), accented = part->row->emphasis || !any;
    bool alone = w->count == 1 || (any && part->row->emphasis && !w->parts[1].row->emphasis);
    const char *words = word_of_number(plot, lang, whole(part->row->value), w->total);
    struct label_look look = {WEIGHT_BOLD, accented ? plot->palette.accent : plot->palette.ink, alone ? 1.5 : 1};

    for (size_t i = 0; alone && i < plot->lang_count; i++) /* in both languages, or in none */
        if (label_natural_width(plot, plot->langs[i], word_of_number(plot, plot->langs[i], whole(part->row->value),
                                                                     w->total), look) > width)
            look.scale = 1;
    return label_make(plot, lang, words, look, width, &part->row->at);
}

static struct entry entry_of(const struct waffle *w, const struct part *part, enum lang lang, double width)
{
    const struct plot *plot = w->plot;
    struct label_look plain = {WEIGHT_REGULAR, plot->palette.ink, 1};

    return (struct entry){number_of(w, part, lang, width),
                          label_make(plot, lang, part->row->label[lang], plain, width, &part->row->at)};
}

/* Narrow frames have words under the grid. */
static void choose_side(struct waffle *w, double column)
{
    const struct plot *plot = w->plot;
    double room = column - plot_length(plot, SWATCH), least = 0;

    for (size_t i = 0; i < plot->lang_count; i++)
        for (size_t k = 0; k < w->count; k++) {
            enum lang lang = plot->langs[i];
            const struct label_look bold = {WEIGHT_BOLD, 0, 1};
            const char *number = word_of_number(plot, lang, whole(w->parts[k].row->value), w->total);
            least = fmax(least, label_least_width(plot, lang, w->parts[k].row->label[lang], bold));
            least = fmax(least, fmin(label_natural_width(plot, lang, number, bold), plot_length(plot, WORDS_LEAST)));
        }
    w->beside = room >= least;
}

/* Each near the middle of its cells, or under the grid; with a swatch, since regions of cells are of any form. */
static void draw_entries(struct waffle *w, enum lang lang, double x, double width)
{
    struct relax_item *items = arena_array(w->plot->arena, w->count, sizeof *items);
    double swatch = plot_length(w->plot, SWATCH), bottom = w->bottom;

    for (size_t i = 0; i < w->count; i++) {
        const struct part *part = &w->parts[i];
        struct entry entry = entry_of(w, part, lang, width - swatch);
        double from = cell_grid_at(&w->grid, part->first).y;
        double to = cell_grid_at(&w->grid, part->first + (part->cells ? part->cells - 1 : 0)).y;
        items[i].height = entry.number.height + entry.name.height + ENTRY_GAP;
        items[i].wanted = w->beside ? fmax((from + to) / 2 - items[i].height / 2, 0) : 0;
    }
    relax(items, w->count);
    for (size_t i = 0; i < w->count && !w->beside; i++)
        items[i].top += cell_grid_height(&w->grid, w->cells) + ENTRY_GAP;
    for (size_t i = 0; i < w->count; i++) {
        struct entry entry = entry_of(w, &w->parts[i], lang, width - swatch);
        struct spot spot = {x + swatch * 0.32, items[i].top + entry.number.middle};
        cells_draw(w->picture, &w->parts[i].look, &spot, 1, swatch * 0.32);
        picture_label(w->picture, entry.number, x + swatch, items[i].top, ANCHOR_START);
        picture_label(w->picture, entry.name, x + swatch, items[i].top + entry.number.height, ANCHOR_START);
        bottom = fmax(bottom, items[i].top + items[i].height - ENTRY_GAP);
    }
    w->bottom = bottom;
}

/* Under the grid: what a cell is when it is not one thing, and the mark's words after a piece of its line. */
static double draw_below(const struct waffle *w, enum lang lang, double x, double width)
{
    const struct plot *plot = w->plot;
    const struct label_look muted = {WEIGHT_REGULAR, plot->palette.muted, 1};
    double y = w->bottom + NOTE_GAP, swatch = plot_length(plot, SWATCH);

    if (plot->spec->note_count > 0) {
        const struct chart_note *note = &plot->spec->notes[0];
        struct label label = label_make(plot, lang, note->label[lang], (struct label_look){WEIGHT_REGULAR,
                                        plot->palette.ink, 1}, width - swatch, &note->at);
        picture_rule(w->picture, x, y + label.middle, x + swatch * 0.64, y + label.middle, plot->palette.ink,
                     plot->style->hairline * 2.4);
        picture_label(w->picture, label, x + swatch, y, ANCHOR_START);
        y += label.height;
    }
    if (w->unit > 1) {
        struct label label = label_make(plot, lang, word_cell_is(plot, lang, w->unit), muted, width, &plot->spec->at);
        picture_label(w->picture, label, x, y, ANCHOR_START);
        y += label.height;
    }
    return y > w->bottom + NOTE_GAP ? y : w->bottom;
}

/* --- what it refuses --- */

static void check_parts(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    double sum = 0, total;

    plot_check_count(plot, PARTS_MOST, "parts");
    for (size_t i = 0; i < spec->row_count; i++) {
        if (num_compare(spec->rows[i].value, ZERO) < 0 || !num_is_whole(spec->rows[i].value))
            diag_add(plot->diags, DIAG_CHART_DATA, spec->rows[i].at,
                     "'%s' of chart '%s' is negative or not whole; the cells of a waffle are counted",
                     spec->rows[i].label[plot->langs[0]], spec->id);
        else
            sum += num_to_double(spec->rows[i].value);
    }
    if (spec->has_total && (!num_is_whole(spec->total) || num_to_double(spec->total) < sum))
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at,
                 "the parts of chart '%s' are %.0f and its total is %.0f; the total is a whole number and not less",
                 spec->id, sum, num_to_double(spec->total));
    else if (sum == 0 && !spec->has_total)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at, "every part of chart '%s' is zero; there is nothing to show",
                 spec->id);
    else if (sum > TOTAL_MOST)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at,
                 "the parts of chart '%s' together need more than 18 digits; give them in a larger unit", spec->id);
    total = spec->has_total ? num_to_double(spec->total) : sum;
    for (size_t i = 0; i < spec->note_count; i++)
        if (num_compare(spec->notes[i].value, ZERO) < 0 || num_to_double(spec->notes[i].value) > total)
            diag_add(plot->diags, DIAG_CHART_DATA, spec->notes[i].at,
                     "a mark of chart '%s' lies outside its total of %.0f; it is a number of them", spec->id, total);
}

/* Each language from its own side. */
static void draw_words(struct waffle *w, double column)
{
    const struct plot *plot = w->plot;
    double half = plot->lang_count > 1 ? (plot->width - COLUMN_GAP) / 2 : plot->width, height;

    for (size_t i = 0; i < plot->lang_count; i++) {
        double x = w->beside && plot->lang_count == 1 ? plot->width - column : 0;
        picture_mirror(w->picture, lang_dir(plot->langs[i]) == DIR_RTL);
        draw_entries(w, plot->langs[i], x, w->beside ? column : half);
    }
    height = w->bottom;
    for (size_t i = 0; i < plot->lang_count; i++) {
        picture_mirror(w->picture, lang_dir(plot->langs[i]) == DIR_RTL);
        height = fmax(height, draw_below(w, plot->langs[i], 0, half));
    }
    w->bottom = height;
}

static struct picture *waffle_lay(const struct plot *plot)
{
    struct waffle w = {.plot = plot, .picture = picture_new(plot->arena, plot->width)};
    double column;

    gather_parts(&w);
    fit_grid(&w);
    picture_mirror(w.picture, plot->mirrored);
    column = plot->lang_count > 1 ? w.grid.x - COLUMN_GAP : plot->width - cell_grid_width(&w.grid) - COLUMN_GAP;
    choose_side(&w, column);
    draw_cells(&w);
    if (plot->spec->note_count > 0)
        cell_grid_mark(plot, w.picture, &w.grid,
                       (size_t)((whole(plot->spec->notes[0].value) + w.unit / 2) / w.unit), w.cells);
    draw_words(&w, column);
    picture_set_height(w.picture, w.bottom + 1);
    return w.picture;
}

const struct chart_kind waffle_kind = {.labelled = true, .flexible = true, .check = check_parts, .lay = waffle_lay};
