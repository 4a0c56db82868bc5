/*
 * Panels: several charts of one type, each with its own rows and title, in rows of equal width; one scale and one
 * legend for all, so that they can be compared. Must not know what the types draw.
 *
 *   one language: from the side of reading      both languages: titles at both sides
 *
 *     Diyala     Basra      Nineveh               Diyala       ديالى    Basra      البصرة
 *     ▁▃▅        ▅▃▁        ▂▂▂                   ▁▃▅                   ▅▃▁
 */
#include <math.h>

#include "base/arena.h"
#include "chart/legend.h"
#include "chart/plot.h"
#include "chart/steps.h"

enum { PANELS_MOST = 36 };
static const double WIDTH_LEAST[] = {104, 135}; /* of a panel, points, in one language and in both */
static const double COLUMN_GAP = 18, ROW_GAP = 16, TITLE_GAP = 5, LEGEND_GAP = 10;

struct panels {
    const struct plot *plot;
    const struct groups *groups;
    const struct extent *shared, *across; /* NULL: each panel has its own */
    struct once once;
    size_t columns;
    double width;              /* of each */
    struct picture **pictures;
};

bool plot_has_panels(const struct plot *plot)
{
    return plot->spec->type != CHART_COUNCILS && plot->spec->rows[0].panel[LANG_EN];
}

/* A plot of the panel's rows alone. */
static struct plot panel_plot(const struct plot *plot, const struct groups *groups, size_t nth)
{
    struct chart_spec *spec = arena_copy(plot->arena, plot->spec, sizeof *spec);
    struct chart_row *rows = arena_array(plot->arena, spec->row_count, sizeof *rows);
    struct plot panel = *plot;

    spec->row_count = 0;
    for (size_t i = 0; i < plot->spec->row_count; i++)
        if (groups->of[i] == nth)
            rows[spec->row_count++] = plot->spec->rows[i];
    spec->rows = rows;
    panel.spec = spec;
    panel.whole = plot;
    return panel;
}

void panels_check(const struct plot *plot)
{
    const struct groups *groups = groups_of(plot, GROUP_PANEL);

    if (groups->count > PANELS_MOST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "chart '%s' has %zu panels; at most %d can be compared", plot->spec->id, groups->count, PANELS_MOST);
    for (size_t i = 0; i < groups->count; i++) {
        struct plot panel = panel_plot(plot, groups, i);
        plot->kind->check(&panel);
    }
}

/* --- columns --- */

static const struct extent *shared_extent(const struct plot *plot, const struct groups *groups,
                                          struct extent (*extent)(const struct plot *))
{
    struct extent *all = arena_alloc(plot->arena, sizeof *all);

    if (plot->spec->look.own_scales || !extent)
        return NULL;
    *all = (struct extent){HUGE_VAL, -HUGE_VAL};
    for (size_t i = 0; i < groups->count; i++) {
        struct plot panel = panel_plot(plot, groups, i);
        struct extent one = extent(&panel);
        all->low = fmin(all->low, one.low);
        all->high = fmax(all->high, one.high);
    }
    return all->low <= all->high ? all : NULL;
}

/* As many as fit, spread evenly over the rows. */
static size_t most_columns(const struct panels *p)
{
    double least = plot_length(p->plot, WIDTH_LEAST[p->plot->lang_count - 1]);
    size_t fit = (size_t)fmax(1, floor((p->plot->width + COLUMN_GAP) / (least + COLUMN_GAP)));
    size_t columns = p->plot->spec->look.columns ? p->plot->spec->look.columns : fit;

    return columns < p->groups->count ? columns : p->groups->count;
}

static size_t spread(size_t count, size_t columns)
{
    size_t rows = (count + columns - 1) / columns;

    return (count + rows - 1) / rows;
}

double plot_common(const struct plot *plot, enum common which, double points)
{
    struct once *once = plot->shared ? plot->once : NULL;

    if (!once)
        return points;
    if (once->measured)
        return once->common[which];
    once->again |= once->laid > 0 && fabs(points - once->common[which]) > 0.01;
    once->common[which] = fmax(once->common[which], points);
    return points;
}

const struct tail *plot_tails(const struct plot *plot, const struct tail *own, size_t *count)
{
    struct once *once = plot->shared ? plot->once : NULL;

    if (!once)
        return own;
    for (size_t i = 0; i < *count && !once->measured; i++) {
        once->tails = arena_grow(plot->arena, once->tails, once->tail_count, sizeof *once->tails);
        once->tails[once->tail_count++] = own[i];
    }
    once->again |= once->laid > 0;
    if (!once->measured)
        return own;
    *count = once->tail_count;
    return once->tails;
}

static void lay_each(struct panels *p, struct diags *diags)
{
    const struct plot *plot = p->plot;

    for (size_t i = 0; i < p->groups->count; i++) {
        struct plot panel = panel_plot(plot, p->groups, i);
        panel.shared = p->shared;
        panel.shared_across = p->across;
        panel.once = &p->once;
        panel.width = p->width;
        panel.diags = diags;
        p->pictures[i] = plot->kind->lay(&panel);
        p->once.laid++;
    }
}

/* False when a panel does not fit; `diags` says why. */
static bool lay_all(struct panels *p, size_t columns, struct diags *diags)
{
    p->columns = columns;
    p->width = (p->plot->width - COLUMN_GAP * (double)(columns - 1)) / (double)columns;
    p->once = (struct once){0};
    lay_each(p, diags);
    if (diags_errors(diags) == 0 && p->once.again) {
        p->once.measured = true;
        lay_each(p, diags);
    }
    return diags_errors(diags) == 0;
}

/* With fewer columns until the panels fit; the report's own number of columns stays. */
static void fit_columns(struct panels *p)
{
    const struct plot *plot = p->plot;
    bool given = plot->spec->look.columns > 0;
    size_t columns = given ? most_columns(p) : spread(p->groups->count, most_columns(p));

    for (;; columns = spread(p->groups->count, columns - 1)) {
        struct diags *diags = diags_new();
        bool last = lay_all(p, columns, diags) || given || columns == 1;
        for (size_t i = 0; last && i < diags_count(diags); i++) {
            const struct diag *diag = diags_get(diags, i);
            diag_add(plot->diags, diag->id, diag->at, "%s", diag->message);
        }
        diags_drop(diags);
        if (last)
            return;
    }
}

/* --- drawing --- */

struct title {
    struct label label[LANG_COUNT];
    bool beside;   /* both languages on one line */
    double height;
};

static struct title title_of(const struct panels *p, size_t nth)
{
    const struct plot *plot = p->plot;
    const char *const *words = group_words(p->groups, GROUP_PANEL, nth);
    struct title title = {.beside = true};
    double used = 0;

    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        title.label[i] = label_make(plot, lang, words[lang], (struct label_look){WEIGHT_BOLD, plot->palette.ink, 1},
                                    p->width, &p->groups->first[nth]->at);
        used += title.label[i].width + (i > 0 ? 12 : 0);
        title.height += title.label[i].height;
    }
    title.beside = used <= p->width;
    if (title.beside)
        title.height = fmax(title.label[0].height, title.label[1].height);
    return title;
}

static void draw_title(const struct panels *p, struct picture *picture, const struct title *title, double x, double y)
{
    double second = title->beside ? y + title->label[0].middle - title->label[1].middle : y + title->label[0].height;

    picture_label(picture, title->label[0], x, y, ANCHOR_START);
    if (p->plot->lang_count > 1)
        picture_label(picture, title->label[1], x + p->width, second, ANCHOR_END);
}

/* One row of panels, titles and charts on common lines. Returns its height. */
static double draw_row(const struct panels *p, struct picture *picture, size_t first, double top)
{
    size_t end = first + p->columns < p->groups->count ? first + p->columns : p->groups->count;
    double head = 0, body = 0;

    for (size_t i = first; i < end; i++) {
        head = fmax(head, title_of(p, i).height);
        body = fmax(body, picture_height(p->pictures[i]));
    }
    for (size_t i = first; i < end; i++) {
        struct title title = title_of(p, i);
        double x = (double)(i - first) * (p->width + COLUMN_GAP);
        draw_title(p, picture, &title, x, top + head - title.height);
        picture_place(picture, p->pictures[i], x, top + head + TITLE_GAP);
    }
    return head + TITLE_GAP + body;
}

struct picture *panels_lay(const struct plot *plot)
{
    struct panels p = {.plot = plot, .groups = groups_of(plot, GROUP_PANEL)};
    struct picture *picture = picture_new(plot->arena, plot->width);
    size_t before = diags_errors(plot->diags);
    double y;

    p.pictures = arena_array(plot->arena, p.groups->count, sizeof(struct picture *));
    p.shared = shared_extent(plot, p.groups, plot->kind->extent);
    p.across = shared_extent(plot, p.groups, plot->kind->across);
    fit_columns(&p);
    if (diags_errors(plot->diags) > before)
        return NULL;
    picture_mirror(picture, plot->mirrored);
    y = legend_draw(plot, picture, p.once.entries, p.once.entry_count, 0);
    for (size_t first = 0; first < p.groups->count; first += p.columns)
        y += draw_row(&p, picture, first, y) + ROW_GAP;
    y -= ROW_GAP;
    if (p.once.steps)
        y += LEGEND_GAP + steps_draw_legend(plot, picture, p.once.steps, p.once.gaps, y + LEGEND_GAP);
    picture_set_height(picture, y);
    return picture;
}
