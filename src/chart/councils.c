/*
 * Councils: several chambers side by side, a dot for each seat, filled row by row by the lists, the finding first; a
 * line after the seats of a majority. All have dots of one size, so that large chambers look large.
 *
 *   Diyala                  Basra                   both languages: two titles,
 *   9 of 15 seats           12 of 22 seats          what follows under each
 *   majority 8              majority 12
 *   ●●●●●                   ●●●●●●●●●●
 *   ●●●●○                   ●●○○○○○○○○      ● list   ○ list
 */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "chart/legend.h"

enum { COUNCILS_MOST = 20, SEATS_MOST = 400, COLUMNS_USUAL = 10, COLUMNS_MOST = 30 };

static const double WIDTH_LEAST = 100, WIDTH_BOTH = 138, WIDTH_MOST = 240; /* of a council, points */
static const double PITCH_MOST = 9, PITCH_LEAST = 3.2, DOT = 0.42;
static const double COLUMN_GAP = 18, ROW_GAP = 16, GRID_GAP = 5, LEGEND_GAP = 2, WORDS_GAP = 8;

struct council {
    size_t seats, emphasised;
};

struct councils {
    const struct plot *plot;
    struct picture *picture;
    const struct groups *panels, *lists;
    struct council *councils;
    struct cell_look *looks; /* of the lists */
    bool *accented;
    bool any;                /* a list is the finding */
    size_t columns;          /* of councils */
    double width;            /* of each */
    struct cell_grid grid;
};

static size_t whole(struct num num)
{
    return (size_t)llround(num_to_double(num));
}

/* A list that is the finding in one council is so in all: its look is the same everywhere. */
static void gather(struct councils *c)
{
    const struct chart_spec *spec = c->plot->spec;
    size_t ranks[2] = {0};

    c->councils = arena_array(c->plot->arena, c->panels->count, sizeof *c->councils);
    c->looks = arena_array(c->plot->arena, c->lists->count, sizeof *c->looks);
    c->accented = arena_array(c->plot->arena, c->lists->count, sizeof *c->accented);
    for (size_t i = 0; i < spec->row_count; i++)
        c->any |= c->accented[c->lists->of[i]] |= spec->rows[i].emphasis;
    for (size_t k = 0; k < c->lists->count; k++) {
        bool accented = c->accented[k] || !c->any;
        c->looks[k] = cell_look_of(c->plot, accented, ranks[accented]++);
    }
    for (size_t i = 0; i < spec->row_count; i++) {
        size_t seats = whole(spec->rows[i].value);
        c->councils[c->panels->of[i]].seats += seats;
        c->councils[c->panels->of[i]].emphasised += c->accented[c->lists->of[i]] ? seats : 0;
    }
}

/* --- places --- */

static void fit(struct councils *c)
{
    const struct plot *plot = c->plot;
    double least = plot_length(plot, plot->lang_count > 1 ? WIDTH_BOTH : WIDTH_LEAST), most;
    size_t count = c->panels->count, largest = 1, rows;
    size_t fit = (size_t)fmax(1, floor((plot->width + COLUMN_GAP) / (least + COLUMN_GAP)));
    size_t columns = plot->spec->look.columns ? plot->spec->look.columns : fit;

    columns = columns < count ? columns : count;
    rows = (count + columns - 1) / columns;
    c->columns = plot->spec->look.columns ? columns : (count + rows - 1) / rows;
    c->width = (plot->width - COLUMN_GAP * (double)(c->columns - 1)) / (double)c->columns;
    c->width = fmin(c->width, plot_length(plot, WIDTH_MOST));
    for (size_t i = 0; i < count; i++)
        largest = c->councils[i].seats > largest ? c->councils[i].seats : largest;
    c->grid.columns = COLUMNS_USUAL;
    while (c->grid.columns < COLUMNS_MOST && largest > c->grid.columns * c->grid.columns)
        c->grid.columns += 5;
    most = c->width / (double)c->grid.columns;
    c->grid.pitch = fmin(most, plot->share * fmin(most, plot_length(plot, PITCH_MOST)));
    if (c->grid.pitch < PITCH_LEAST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, plot->spec->at,
                 "the seats of chart '%s' are %.1f points wide; they need %.1f: a wider frame or fewer columns",
                 plot->spec->id, c->grid.pitch, PITCH_LEAST);
}

/* --- words --- */

enum { WORD_LINES = 3 };

struct words {
    struct label line[WORD_LINES];
    double height;
};

/* What stands above the council's seats; widest: its longest text on one line. */
static void write_words(const struct councils *c, size_t nth, enum lang lang, const char *texts[WORD_LINES],
                        struct label_look looks[WORD_LINES], double *widest)
{
    const struct plot *plot = c->plot;
    const struct council *council = &c->councils[nth];
    int64_t seats = (int64_t)council->seats;
    const char *unit = plot->spec->unit[lang];

    texts[0] = group_words(c->panels, GROUP_PANEL, nth)[lang];
    texts[1] = c->any ? word_of_number(plot, lang, (int64_t)council->emphasised, seats)
                      : arena_printf(plot->arena, "%s%s%s", word_number_of(plot, lang, num_from_int(seats)),
                                     unit ? " " : "", unit ? unit : "");
    texts[2] = word_majority(plot, lang, seats / 2 + 1);
    looks[0] = (struct label_look){WEIGHT_BOLD, plot->palette.ink, 1};
    looks[1] = (struct label_look){WEIGHT_REGULAR, c->any ? plot->palette.accent : plot->palette.ink, 1};
    looks[2] = (struct label_look){WEIGHT_REGULAR, plot->palette.muted, 1};
    *widest = 0;
    for (size_t i = 0; i < WORD_LINES; i++)
        *widest = fmax(*widest, label_natural_width(plot, lang, texts[i], looks[i]));
}

/* Of two languages beside each other, one may take what the other leaves. */
static struct words words_of(const struct councils *c, size_t nth, enum lang lang)
{
    const struct plot *plot = c->plot;
    const char *texts[WORD_LINES];
    struct label_look looks[WORD_LINES];
    struct words words = {.height = 0};
    double width = c->width, widest;

    if (plot->lang_count > 1) {
        write_words(c, nth, lang == LANG_EN ? LANG_AR : LANG_EN, texts, looks, &widest);
        width = fmax((c->width - WORDS_GAP) / 2, c->width - WORDS_GAP - widest);
    }
    write_words(c, nth, lang, texts, looks, &widest);
    for (size_t i = 0; i < WORD_LINES; i++) {
        words.line[i] = label_make(plot, lang, texts[i], looks[i], width, &c->panels->first[nth]->at);
        words.height += words.line[i].height;
    }
    return words;
}

static void draw_words(const struct councils *c, const struct words *words, double x, double y, enum anchor anchor)
{
    for (size_t i = 0; i < WORD_LINES; i++) {
        picture_label(c->picture, words->line[i], x, y, anchor);
        y += words->line[i].height;
    }
}

/* --- drawing --- */

/* The finding's lists first, each group in the order of the legend. With kept sides rows begin at the left. */
static void draw_seats(const struct councils *c, size_t nth, double x, double y)
{
    const struct plot *plot = c->plot;
    struct cell_grid grid = c->grid;
    bool kept = plot->mirrored && plot->spec->look.keep_sides;
    size_t done = 0;

    grid.x = plot->lang_count > 1 ? x + (c->width - cell_grid_width(&grid)) / 2 : x;
    grid.y = y;
    if (kept) {
        picture_mirror(c->picture, false);
        grid.x = plot->width - x - cell_grid_width(&grid);
    }
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < c->lists->count; k++) {
            const struct chart_row *row = groups_row(plot, c->panels, nth, c->lists, k);
            size_t seats = row ? whole(row->value) : 0;
            if (seats == 0 || (c->accented[k] || !c->any) != (pass == 0))
                continue;
            cell_grid_draw(plot, c->picture, &grid, &c->looks[k], done, seats, grid.pitch * DOT);
            done += seats;
        }
    cell_grid_mark(plot, c->picture, &grid, done / 2 + 1, done);
    picture_mirror(c->picture, plot->mirrored);
}

static double draw_row(const struct councils *c, size_t first, double top)
{
    const struct plot *plot = c->plot;
    size_t end = first + c->columns < c->panels->count ? first + c->columns : c->panels->count;
    double head = 0, body = 0;

    for (size_t i = first; i < end; i++) {
        for (size_t k = 0; k < plot->lang_count; k++)
            head = fmax(head, words_of(c, i, plot->langs[k]).height);
        body = fmax(body, cell_grid_height(&c->grid, c->councils[i].seats));
    }
    for (size_t i = first; i < end; i++) {
        double x = (double)(i - first) * (c->width + COLUMN_GAP);
        struct words words = words_of(c, i, plot->langs[0]);
        draw_words(c, &words, x, top, ANCHOR_START);
        if (plot->lang_count > 1) {
            words = words_of(c, i, plot->langs[1]);
            draw_words(c, &words, x + c->width, top, ANCHOR_END);
        }
        draw_seats(c, i, x, top + head + GRID_GAP);
    }
    return head + GRID_GAP + body;
}

static double draw_legend(const struct councils *c)
{
    struct legend_entry *entries = arena_array(c->plot->arena, c->lists->count, sizeof *entries);
    size_t count = 0;

    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < c->lists->count; k++)
            if ((c->accented[k] || !c->any) == (pass == 0))
                entries[count++] = (struct legend_entry){
                    .form = LEGEND_CELL, .cell = c->looks[k], .words = group_words(c->lists, GROUP_CATEGORY, k),
                    .at = &c->lists->first[k]->at,
                };
    return legend_draw(c->plot, c->picture, entries, count, 0) + LEGEND_GAP;
}

/* --- what it refuses --- */

static void check_rows(const struct plot *plot, const struct groups *panels, const struct groups *lists)
{
    const struct chart_spec *spec = plot->spec;

    for (size_t i = 0; i < spec->row_count; i++) {
        const struct chart_row *row = &spec->rows[i];
        plot_check_seats(plot, row);
        if (groups_row(plot, panels, panels->of[i], lists, lists->of[i]) != row)
            diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                     "'%s' stands twice in a council of chart '%s'; give each list one row in each council",
                     row->label[plot->langs[0]], spec->id);
    }
}

static void check_councils(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    const struct groups *panels = groups_of(plot, GROUP_PANEL), *lists = groups_of(plot, GROUP_CATEGORY);
    double *seats = arena_array(plot->arena, panels->count + 1, sizeof *seats);

    if (panels->count == 0) {
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at, "chart '%s' has no panels; each is a council", spec->id);
        return;
    }
    if (panels->count > COUNCILS_MOST || lists->count > CELL_LOOKS_MOST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, spec->at,
                 "chart '%s' has %zu councils and %zu lists; at most %d and %d can be told apart", spec->id,
                 panels->count, lists->count, COUNCILS_MOST, CELL_LOOKS_MOST);
    else
        check_rows(plot, panels, lists);
    for (size_t i = 0; i < spec->row_count; i++)
        seats[panels->of[i]] += num_to_double(spec->rows[i].value);
    for (size_t i = 0; i < panels->count; i++)
        if (seats[i] < 1 || seats[i] > SEATS_MOST)
            diag_add(plot->diags, DIAG_CHART_DATA, panels->first[i]->at,
                     "'%s' of chart '%s' has %.0f seats in all; a council shows 1 to %d",
                     group_words(panels, GROUP_PANEL, i)[plot->langs[0]], spec->id, seats[i], SEATS_MOST);
}

static struct picture *councils_lay(const struct plot *plot)
{
    struct councils c = {.plot = plot, .picture = picture_new(plot->arena, plot->width)};
    double y;

    c.panels = groups_of(plot, GROUP_PANEL);
    c.lists = groups_of(plot, GROUP_CATEGORY);
    picture_mirror(c.picture, plot->mirrored);
    gather(&c);
    fit(&c);
    y = draw_legend(&c);
    for (size_t first = 0; first < c.panels->count; first += c.columns)
        y += draw_row(&c, first, y) + ROW_GAP;
    picture_set_height(c.picture, y - ROW_GAP + 1);
    return c.picture;
}

const struct chart_kind councils_kind = {
    .labelled = true, .flexible = true, .check = check_councils, .lay = councils_lay};
