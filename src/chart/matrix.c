/*
 * Matrix: a value for each category and series, as a shade of at most five and as the number itself.
 *
 *   one language (mirrored for Arabic)          both languages
 *
 *              2021   2022   2023                        2021   2022   2023
 *     Diyala  ▒ 12 ▒▓ 40 ▓░  3 ░                Diyala  ▒ 12 ▒▓ 40 ▓░  3 ░  ديالى
 *     Basra   ░  4 ░///////▒ 15 ▒               Basra   ░  4 ░///////▒ 15 ▒ البصرة
 *
 *     attacks ░░▒▒▓▓ 0 20 40    /// no data
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "chart/steps.h"

enum { ROWS_MOST = 40, COLUMNS_MOST = 24 };
static const double LABEL_SHARE = 0.3, LABELS_SHARE = 0.21; /* of the width: for one language; for each of both */
static const double LABEL_GAP = 7, CELL_PAD = 3, CELL_MOST = 90, CELL_MOST_BOTH = 150, LEGEND_GAP = 9; /* points */
static const double FOUND = 1.6; /* width of the outline of the finding */

struct cell {
    const struct chart_row *row; /* NULL: no row gives it */
    struct label value[LANG_COUNT];
};

struct matrix {
    const struct plot *plot;
    struct picture *picture;
    const struct groups *categories, *series;
    const struct steps *steps;
    size_t *order;                  /* categories, from the top */
    struct cell *cells;             /* by category, then by series */
    double label_width[LANG_COUNT];
    double left, width;             /* of the first cell's edge; of a cell */
    double *height;                 /* of each row, by its place from the top */
    bool gaps;
};

static struct cell *cell_of(const struct matrix *m, size_t category, size_t nth)
{
    return &m->cells[category * m->series->count + nth];
}

/* --- order --- */

struct ranked {
    size_t category;
    double sum;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *first = a, *second = b;

    if (first->sum > second->sum || first->sum < second->sum)
        return first->sum > second->sum ? -1 : 1;
    return (first->category > second->category) - (first->category < second->category);
}

static void order_rows(struct matrix *m)
{
    size_t count = m->categories->count;
    struct ranked *ranked = arena_array(m->plot->arena, count, sizeof *ranked);

    for (size_t i = 0; i < count; i++)
        ranked[i].category = i;
    for (size_t i = 0; i < m->plot->spec->row_count; i++)
        if (!m->plot->spec->rows[i].missing)
            ranked[m->categories->of[i]].sum += num_to_double(m->plot->spec->rows[i].value);
    if (m->plot->spec->look.order == ORDER_VALUE)
        qsort(ranked, count, sizeof *ranked, compare_ranked);
    m->order = arena_array(m->plot->arena, count, sizeof *m->order);
    for (size_t i = 0; i < count; i++)
        m->order[i] = ranked[i].category;
}

/* --- words and measures --- */

/* Both languages one above the other; what both print the same once. */
static void set_value(const struct matrix *m, struct cell *cell)
{
    const struct plot *plot = m->plot;
    const char *first = NULL;

    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        const char *words = word_value(plot, lang, cell->row);
        struct label_look look = {cell->row->emphasis ? WEIGHT_BOLD : WEIGHT_REGULAR,
                                  m->steps->text[steps_of(m->steps, cell->row->value)], 1};
        if (i > 0 && words_print_same(words, first))
            return;
        first = words;
        cell->value[i] = label_make(plot, lang, words, look, 0, &cell->row->at);
    }
}

static void set_values(struct matrix *m)
{
    m->cells = arena_array(m->plot->arena, m->categories->count * m->series->count, sizeof *m->cells);
    for (size_t i = 0; i < m->categories->count; i++)
        for (size_t k = 0; k < m->series->count; k++) {
            struct cell *cell = cell_of(m, i, k);
            cell->row = groups_row(m->plot, m->categories, i, m->series, k);
            if (cell->row && !cell->row->missing)
                set_value(m, cell);
            else
                m->gaps = true;
        }
}

static struct label row_label(const struct matrix *m, size_t category, enum lang lang)
{
    return label_make(m->plot, lang, group_words(m->categories, GROUP_CATEGORY, category)[lang],
                      (struct label_look){WEIGHT_REGULAR, m->plot->palette.ink, 1}, m->label_width[lang],
                      &m->categories->first[category]->at);
}

static struct label column_label(const struct matrix *m, size_t nth, enum lang lang)
{
    return label_make(m->plot, lang, group_words(m->series, GROUP_SERIES, nth)[lang],
                      (struct label_look){WEIGHT_REGULAR, m->plot->palette.ink, 1}, m->width - 2,
                      &m->series->first[nth]->at);
}

/* The widest of the numbers, and of the words above them. */
static double cell_least(const struct matrix *m)
{
    double least = plot_length(m->plot, 14);

    for (size_t i = 0; i < m->categories->count * m->series->count; i++)
        least = fmax(least, fmax(m->cells[i].value[0].width, m->cells[i].value[1].width) + 2 * CELL_PAD);
    for (size_t k = 0; k < m->series->count; k++)
        for (size_t i = 0; i < m->plot->lang_count; i++) {
            enum lang lang = m->plot->langs[i];
            least = fmax(least, label_least_width(m->plot, lang, group_words(m->series, GROUP_SERIES, k)[lang],
                                                 (struct label_look){WEIGHT_REGULAR, 0, 1}) + 2.5);
        }
    return least;
}

static void fit_columns(struct matrix *m)
{
    const struct plot *plot = m->plot;
    double most = plot->width * (plot->lang_count > 1 ? LABELS_SHARE : LABEL_SHARE), room = plot->width, least;

    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        for (size_t k = 0; k < m->categories->count; k++)
            m->label_width[lang] = fmax(m->label_width[lang],
                                        label_natural_width(plot, lang,
                                                            group_words(m->categories, GROUP_CATEGORY, k)[lang],
                                                            (struct label_look){WEIGHT_REGULAR, 0, 1}));
        m->label_width[lang] = fmin(m->label_width[lang] + 0.5, most);
        room -= m->label_width[lang] + LABEL_GAP;
    }
    m->left = m->label_width[plot->langs[0]] + LABEL_GAP;
    m->width = fmin(room / (double)m->series->count,
                    plot_length(plot, plot->lang_count > 1 ? CELL_MOST_BOTH : CELL_MOST));
    least = cell_least(m);
    if (m->width < least)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "chart '%s' has %zu columns of %.0f points; its numbers and the words above them need %.0f: fewer "
                 "columns, shorter words or a wider frame", plot->spec->id, m->series->count, m->width, least);
}

static void measure_rows(struct matrix *m)
{
    m->height = arena_array(m->plot->arena, m->categories->count, sizeof *m->height);
    for (size_t i = 0; i < m->categories->count; i++) {
        m->height[i] = m->plot->share * plot_length(m->plot, 15);
        for (size_t k = 0; k < m->plot->lang_count; k++)
            m->height[i] = fmax(m->height[i], row_label(m, m->order[i], m->plot->langs[k]).height + 3);
        for (size_t k = 0; k < m->series->count; k++) {
            const struct cell *cell = cell_of(m, m->order[i], k);
            m->height[i] = fmax(m->height[i], cell->value[0].height + cell->value[1].height + 3);
        }
    }
}

/* --- drawing --- */

/* English above Arabic; what both say the same once. */
static void set_head(const struct matrix *m, size_t nth, struct label head[LANG_COUNT])
{
    const char *const *words = group_words(m->series, GROUP_SERIES, nth);
    bool same = m->plot->lang_count > 1 && strcmp(words[LANG_EN], words[LANG_AR]) == 0;

    for (size_t i = 0; i < LANG_COUNT; i++)
        head[i] = i < m->plot->lang_count && !(i > 0 && same) ? column_label(m, nth, m->plot->langs[i])
                                                              : (struct label){.block = NULL};
}

/* Above the columns, their last lines on one height. */
static double draw_head(const struct matrix *m)
{
    struct label head[LANG_COUNT];
    double height = 0;

    for (size_t k = 0; k < m->series->count; k++) {
        set_head(m, k, head);
        height = fmax(height, head[0].height + head[1].height);
    }
    for (size_t k = 0; k < m->series->count; k++) {
        double x = m->left + ((double)k + 0.5) * m->width;
        set_head(m, k, head);
        picture_label(m->picture, head[0], x, height - head[1].height - head[0].height, ANCHOR_CENTRE);
        picture_label(m->picture, head[1], x, height - head[1].height, ANCHOR_CENTRE);
    }
    return height + 2;
}

static void draw_cell(const struct matrix *m, const struct cell *cell, double x, double y, double height)
{
    double middle = y + height / 2, between;

    steps_draw_cell(m->plot, m->picture, m->steps, cell->row, x, y, m->width, height);
    if (!cell->value[1].block) {
        picture_label(m->picture, cell->value[0], x + m->width / 2, middle - cell->value[0].middle, ANCHOR_CENTRE);
        return;
    }
    between = (cell->value[0].height + cell->value[1].height) / 2;
    picture_label(m->picture, cell->value[0], x + m->width / 2, middle - between, ANCHOR_CENTRE);
    picture_label(m->picture, cell->value[1], x + m->width / 2, middle - between + cell->value[0].height,
                  ANCHOR_CENTRE);
}

static void draw_row(const struct matrix *m, size_t category, double y, double height)
{
    const struct plot *plot = m->plot;
    double right = m->left + m->width * (double)m->series->count;

    for (size_t k = 0; k < m->series->count; k++)
        draw_cell(m, cell_of(m, category, k), m->left + m->width * (double)k, y, height);
    for (size_t i = 0; i < plot->lang_count; i++) {
        struct label label = row_label(m, category, plot->langs[i]);
        picture_label(m->picture, label, i == 0 ? 0 : right + LABEL_GAP + m->label_width[plot->langs[i]],
                      y + height / 2 - label.middle, i == 0 ? ANCHOR_START : ANCHOR_END);
    }
}

/* After all cells: an outline lies over its neighbours. */
static void draw_findings(const struct matrix *m, size_t category, double y, double height)
{
    for (size_t k = 0; k < m->series->count; k++) {
        const struct chart_row *row = cell_of(m, category, k)->row;
        if (!row || !row->emphasis)
            continue;
        picture_rectangle(m->picture, m->left + m->width * (double)k, y, m->width, height);
        picture_stroke(m->picture, m->plot->palette.ink, FOUND);
    }
}

static double draw_rows(const struct matrix *m, double top)
{
    double y = top;

    for (size_t i = 0; i < m->categories->count; i++) {
        draw_row(m, m->order[i], y, m->height[i]);
        y += m->height[i];
    }
    y = top;
    for (size_t i = 0; i < m->categories->count; i++) {
        draw_findings(m, m->order[i], y, m->height[i]);
        y += m->height[i];
    }
    return y;
}

/* --- what it refuses --- */

static void check_cells(const struct plot *plot, const struct groups *categories, const struct groups *series)
{
    const struct chart_spec *spec = plot->spec;

    for (size_t i = 0; i < spec->row_count; i++)
        if (groups_row(plot, categories, categories->of[i], series, series->of[i]) != &spec->rows[i])
            diag_add(plot->diags, DIAG_CHART_DATA, spec->rows[i].at,
                     "'%s' has two values in '%s' of chart '%s'; a cell shows one: add them up",
                     spec->rows[i].label[plot->langs[0]], spec->rows[i].series[plot->langs[0]], spec->id);
}

static void check_matrix(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    const struct groups *categories = groups_of(plot, GROUP_CATEGORY), *series = groups_of(plot, GROUP_SERIES);

    if (series->count == 0) {
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at, "chart '%s' has no series; they are the columns of a matrix",
                 spec->id);
        return;
    }
    if (categories->count > ROWS_MOST || series->count > COLUMNS_MOST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, spec->at,
                 "chart '%s' has %zu rows and %zu columns; at most %d and %d can be read", spec->id, categories->count,
                 series->count, ROWS_MOST, COLUMNS_MOST);
    else
        check_cells(plot, categories, series);
}

static struct picture *matrix_lay(const struct plot *plot)
{
    struct matrix m = {.plot = plot, .picture = picture_new(plot->arena, plot->width)};
    size_t before = diags_errors(plot->diags);
    double y, legend;

    m.categories = groups_of(plot, GROUP_CATEGORY);
    m.series = groups_of(plot, GROUP_SERIES);
    m.steps = steps_make(plot, steps_extent(plot), plot_is_counted(plot));
    picture_mirror(m.picture, plot->mirrored);
    order_rows(&m);
    set_values(&m);
    fit_columns(&m);
    if (diags_errors(plot->diags) > before)
        return NULL;
    measure_rows(&m);
    y = draw_rows(&m, draw_head(&m));
    legend = steps_draw_legend(plot, m.picture, m.steps, m.gaps, y + plot_length(plot, LEGEND_GAP));
    picture_set_height(m.picture, legend > 0 ? y + plot_length(plot, LEGEND_GAP) + legend : y + 1);
    return m.picture;
}

const struct chart_kind matrix_kind = {
    .labelled = true, .flexible = true, .check = check_matrix, .extent = steps_extent, .lay = matrix_lay,
};
