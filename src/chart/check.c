/*
 * What every chart refuses: data that cannot be drawn truly, or not so that a reader can tell things apart. What one
 * type refuses beside that stands in its own file. Must not know how anything is drawn.
 */
#include "base/arena.h"
#include "base/map.h"
#include "chart/marks.h"
#include "chart/notes.h"
#include "chart/plot.h"

enum { WIDTH_LEAST = 180 }; /* points, for each language */

void plot_check_count(const struct plot *plot, size_t most, const char *what)
{
    if (plot->spec->row_count > most)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "chart '%s' has %zu %s; at most %zu can be told apart", plot->spec->id, plot->spec->row_count,
                 what, most);
}

bool plot_check_seats(const struct plot *plot, const struct chart_row *row)
{
    bool good = num_compare(row->value, (struct num){0}) >= 0 && num_is_whole(row->value);

    if (!good)
        diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                 "'%s' of chart '%s' has a number of seats that is negative or not whole; seats are counted",
                 row->label[plot->langs[0]], plot->spec->id);
    return good;
}

void plot_check_bounds(const struct plot *plot, const struct chart_row *row)
{
    bool below = row->has_low && num_compare(row->value, row->low) < 0;
    bool above = row->has_high && num_compare(row->value, row->high) > 0;

    if (below || above)
        diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                 "'%s' of chart '%s' has bounds that do not enclose its value; low <= value <= high must hold",
                 row->label[plot->langs[0]], plot->spec->id);
}

/* What tells a row from others; 0 where rows have none. */
struct row_groups {
    size_t category, series, panel;
};

static void check_once(const struct plot *plot, const struct groups *categories, const struct groups *series)
{
    const struct groups *panels = groups_of(plot, GROUP_PANEL);
    const struct chart_spec *spec = plot->spec;
    struct row_groups *of = arena_array(plot->arena, spec->row_count, sizeof *of);
    struct map known = { .room = 0 };

    for (size_t i = 0; i < spec->row_count; i++) {
        of[i] = (struct row_groups){categories->of[i], series->of[i], panels->of[i]};
        const void *key = &of[i];
        uint32_t hash = map_hash(key, sizeof of[i]);
        if (!map_find(&known, key, sizeof of[i], hash))
            map_add(&known, key, sizeof of[i], hash, &of[i]);
        else
            diag_add(plot->diags, DIAG_CHART_DATA, spec->rows[i].at,
                     "chart '%s' has a second row for '%s'%s%s; its statement must give one, as a sum or of one "
                     "series", spec->id, spec->rows[i].label[plot->langs[0]], series->count > 0 ? " in " : "",
                     series->count > 0 ? spec->rows[i].series[plot->langs[0]] : "");
    }
    map_clear(&known);
}

void plot_check_groups(const struct plot *plot, size_t most)
{
    const struct groups *categories = groups_of(plot, GROUP_CATEGORY), *series = groups_of(plot, GROUP_SERIES);
    const struct chart_spec *spec = plot->spec;
    bool any = false;

    if (categories->count > most)
        diag_add(plot->diags, DIAG_CHART_CROWDED, spec->at,
                 "chart '%s' has %zu categories; at most %zu can be told apart: sum the rest, as most does",
                 spec->id, categories->count, most);
    if (series->count > SERIES_MOST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, spec->at,
                 "chart '%s' has %zu series; at most %d can be told apart in grey", spec->id, series->count,
                 SERIES_MOST);
    check_once(plot, categories, series);
    for (size_t i = 0; i < spec->row_count; i++)
        any |= !spec->rows[i].missing;
    if (!any)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at,
                 "every value of chart '%s' is missing; give one at least, or leave the chart out", spec->id);
}

static bool has(const char *const words[LANG_COUNT], enum lang lang)
{
    return words[lang] && *words[lang];
}

/* A mark without a meaning of its own would be taken for another series'. */
static void check_row_words(const struct plot *plot, const struct chart_row *row)
{
    const char *const *series = plot->spec->rows[0].series, *const *panel = plot->spec->rows[0].panel;

    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        if (plot->kind->labelled && !has(row->label, lang))
            diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                     "a row of chart '%s' has no label in '%s'; every row needs one in each language",
                     plot->spec->id, lang_tag(lang));
        if (has(series, lang) != has(row->series, lang))
            diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                     "a row of chart '%s' has no series in '%s', and others have one; give every row one, or none",
                     plot->spec->id, lang_tag(lang));
        if (has(panel, lang) != has(row->panel, lang))
            diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                     "a row of chart '%s' has no panel in '%s', and others have one; give every row one, or none",
                     plot->spec->id, lang_tag(lang));
    }
}

bool plot_check(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    size_t before = diags_errors(plot->diags);

    if (spec->row_count == 0)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at,
                 "chart '%s' has no rows; its statement must return at least one", spec->id);
    if (plot->width < WIDTH_LEAST * plot->lang_count)
        diag_add(plot->diags, DIAG_CHART_CROWDED, spec->at,
                 "chart '%s' is %.0f points wide; it needs %d for each language%s", spec->id, plot->width, WIDTH_LEAST,
                 plot->lang_count > 1 ? ", so write parallel: apart" : "");
    for (size_t i = 0; i < spec->row_count; i++)
        check_row_words(plot, &spec->rows[i]);
    if (diags_errors(plot->diags) > before || spec->row_count == 0)
        return false;
    chart_notes_check(plot);
    if (plot_has_panels(plot))
        panels_check(plot);
    else
        plot->kind->check(plot);
    return diags_errors(plot->diags) == before;
}
