/*
 * What a chart refuses: data that cannot be drawn truly, or not so that a reader can tell things apart.
 * Must not know how anything is drawn.
 */
#include "chart/plot.h"

#include <string.h>

enum {
    SEATS_LEAST = 5,
    SEATS_MOST = 1000,
    LISTS_MOST = 24,
    BARS_MOST = 40,
    EVENTS_MOST = 80,
    WIDTH_LEAST = 180, /* points */
};

static const struct num ZERO = {0};

static void check_row_words(const struct plot *plot, const struct chart_row *row)
{
    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        if (!row->label[lang] || !*row->label[lang])
            diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                     "a row of chart '%s' has no label in '%s'; every row needs one in each language",
                     plot->spec->id, lang_tag(lang));
        if (row->group && (!row->group_label[lang] || !*row->group_label[lang]))
            diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                     "group '%s' of chart '%s' has no label in '%s'; group_label names a column for each language",
                     row->group, plot->spec->id, lang_tag(lang));
    }
}

static void check_count(const struct plot *plot, size_t most, const char *what)
{
    if (plot->spec->row_count > most)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "chart '%s' has %zu %s; at most %zu can be told apart", plot->spec->id, plot->spec->row_count,
                 what, most);
}

/* --- hemicycle --- */

static void check_seats(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    double total = 0;

    check_count(plot, LISTS_MOST, "lists");
    for (size_t i = 0; i < spec->row_count; i++) {
        const struct chart_row *row = &spec->rows[i];
        if (num_compare(row->value, ZERO) < 0 || !num_is_whole(row->value))
            diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                     "'%s' of chart '%s' has a number of seats that is negative or not whole; seats are counted",
                     row->label[plot->langs[0]], spec->id);
        else
            total += num_to_double(row->value);
    }
    if (total < SEATS_LEAST || total > SEATS_MOST)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at,
                 "chart '%s' has %.0f seats in all; a hemicycle shows %d to %d", spec->id, total, SEATS_LEAST,
                 SEATS_MOST);
    if (num_compare(spec->threshold, ZERO) < 0 || num_to_double(spec->threshold) > total)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at,
                 "the threshold of chart '%s' lies outside its %.0f seats; it is a number of seats", spec->id,
                 total);
}

/* --- range bars --- */

static void check_bar(const struct plot *plot, const struct chart_row *row)
{
    bool below = row->has_low && num_compare(row->value, row->low) < 0;
    bool above = row->has_high && num_compare(row->value, row->high) > 0;

    if (num_compare(row->value, ZERO) < 0 || (row->has_low && num_compare(row->low, ZERO) < 0))
        diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                 "'%s' of chart '%s' is negative; range bars start at zero", row->label[plot->langs[0]],
                 plot->spec->id);
    if (below || above)
        diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                 "'%s' of chart '%s' has bounds that do not enclose its value; low <= value <= high must hold",
                 row->label[plot->langs[0]], plot->spec->id);
}

static void check_bars(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    bool any = false;

    check_count(plot, BARS_MOST, "bars");
    for (size_t i = 0; i < spec->row_count; i++) {
        const struct chart_row *row = &spec->rows[i];
        check_bar(plot, row);
        any |= row->value.coefficient != 0 || (row->has_low && row->low.coefficient != 0) ||
               (row->has_high && row->high.coefficient != 0);
    }
    if (spec->row_count > 0 && !any)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at,
                 "every value of chart '%s' is zero; bars need at least one that is not", spec->id);
}

/* --- timeline --- */

static bool is_new_group(const struct chart_spec *spec, size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (spec->rows[i].group && strcmp(spec->rows[i].group, spec->rows[row].group) == 0)
            return false;
    return true;
}

/* A mark without a meaning of its own would be taken for another group's. */
static void check_groups(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    size_t groups = 0;

    for (size_t i = 0; i < spec->row_count; i++)
        groups += spec->rows[i].group && is_new_group(spec, i);
    for (size_t i = 0; i < spec->row_count && groups > 0; i++)
        if (!spec->rows[i].group)
            diag_add(plot->diags, DIAG_CHART_DATA, spec->rows[i].at,
                     "'%s' of chart '%s' has no group, and others have one; give every row a group, or none",
                     spec->rows[i].label[plot->langs[0]], spec->id);
    if (groups > TIMELINE_GROUPS_MOST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, spec->at,
                 "chart '%s' has %zu groups; at most %d can be told apart in grey", spec->id, groups,
                 TIMELINE_GROUPS_MOST);
}

static void check_events(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;

    check_count(plot, EVENTS_MOST, "events");
    check_groups(plot);
    for (size_t i = 0; i < spec->row_count; i++) {
        const struct chart_row *row = &spec->rows[i];
        if (row->has_end && date_days(row->end) < date_days(row->start))
            diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                     "'%s' of chart '%s' ends before it starts; end is the later day",
                     row->label[plot->langs[0]], spec->id);
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
                 "chart '%s' is %.0f points wide; it needs %d for each language", spec->id, plot->width,
                 WIDTH_LEAST);
    for (size_t i = 0; i < spec->row_count; i++)
        check_row_words(plot, &spec->rows[i]);
    if (diags_errors(plot->diags) > before || spec->row_count == 0)
        return false;
    if (spec->type == CHART_HEMICYCLE)
        check_seats(plot);
    else if (spec->type == CHART_RANGE_BARS)
        check_bars(plot);
    else
        check_events(plot);
    return diags_errors(plot->diags) == before;
}
