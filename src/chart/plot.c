/* What the types ask of their plot. */
#include "chart/plot.h"

static const double USUAL_SIZE = 7.6; /* of labels, points: what the lengths of marks are made for */

double plot_length(const struct plot *plot, double points)
{
    return plot->size > USUAL_SIZE ? points * plot->size / USUAL_SIZE : points;
}

bool plot_is_counted(const struct plot *plot)
{
    const struct chart_spec *spec = plot->shared ? plot->whole->spec : plot->spec;
    bool whole = true;

    for (size_t i = 0; i < spec->row_count; i++)
        whole &= spec->rows[i].missing || num_is_whole(spec->rows[i].value);
    return whole;
}

bool plot_any_emphasis(const struct plot *plot)
{
    const struct chart_spec *spec = plot->whole ? plot->whole->spec : plot->spec;

    for (size_t i = 0; i < spec->row_count; i++)
        if (spec->rows[i].emphasis)
            return true;
    return false;
}

static void repeat(const struct diags *from, struct diags *to)
{
    for (size_t i = 0; i < diags_count(from); i++) {
        const struct diag *said = diags_get(from, i);
        diag_add(to, said->id, said->at, "%s", said->message);
    }
}

struct picture *plot_lay_taller(const struct plot *plot, struct picture *(*lay_at)(const struct plot *, double stretch))
{
    static const double stretches[] = {1, 1.3, 1.7};
    const size_t last = sizeof stretches / sizeof *stretches - 1;

    for (size_t i = 0;; i++) {
        struct plot trial = *plot;
        struct picture *picture;
        bool good;
        trial.diags = diags_new();
        picture = lay_at(&trial, plot->share * stretches[i]);
        good = diags_errors(trial.diags) == 0;
        if (good || i == last)
            repeat(trial.diags, plot->diags);
        diags_drop(trial.diags);
        if (good || i == last)
            return picture;
    }
}
