/*
 * Hemicycle: a dot for each seat, the lists one after the other along the half circle, the finding in the
 * accent and its number in the middle.
 *
 *   one language, room at the sides            both languages
 *
 *      name 43 ──╮ Halfway mark                ● 43 name   Mark │ علامة   اسم 43 ●
 *      name 35 ─╮ . . │ . .  ╭── 184 name      ● 35 name    . . │ . .     اسم 35 ●
 *               . .   │    . .                 ○ 184 name . .   │    . . اسم 184 ○
 *              .    101      .                           .    101      .
 *
 * The lists run from the side where reading begins: from the right in Arabic alone, from the left with both.
 */
#include <math.h>

#include "base/arena.h"
#include "chart/cells.h"
#include "chart/relax.h"
#include "chart/seats.h"

enum { SEATS_LEAST = 5, SEATS_MOST = 1000, LISTS_MOST = CELL_LOOKS_MOST };
static const struct num ZERO = {0};

static const double PI = 3.14159265358979323846;
static const double SIDE_LEAST = 72; /* points for a name beside the half circle */
static const double GAP = 16;        /* between the half circle and the names */
static const double CAPITAL = 0.72;  /* height of digits, as a share of their size */
static const double LEADER_GAP = 2.5; /* between a dot and its list's leader */
static const double NUMBER_LEAST = 1.3; /* size of the number in the middle, as a multiple of the words' */
static const double RADIUS_MOST = 130;  /* points, and more where words are large: */
static const double RADIUS_WORDS = 17;  /* multiple of their size */
static const double RADIUS_FEW = 0.62, FEW = 60; /* few seats stand closer together: the share for none; for all */
static const double TOTAL_GAP = 3;   /* between the dots and the words under them */
static const double NUMBER_GAP = 5;  /* between a number and its name */

struct list {
    const struct chart_row *row;
    size_t seats, first; /* first: index of its first seat */
    double turn;         /* of its middle */
    struct cell_look look;
};

struct hemicycle {
    const struct plot *plot;
    struct picture *picture;
    struct list *lists; /* those with seats */
    size_t count;
    size_t total, emphasised;
    struct seats seats;
    double radius, dot;      /* of the outermost row; of a dot; points */
    double cx, cy;           /* centre of the half circle */
    double side;             /* width left for names at each side */
    bool below;              /* the words under the number stand under the dots */
    bool kept;               /* left stays left, though the words read from the right */
    double bottom;
};

/* A list's number and name, set. */
struct entry {
    const struct list *list;
    struct label number, name;
};

/* --- lists and looks --- */

static size_t whole(struct num num)
{
    return (size_t)llround(num_to_double(num));
}

/* From the side of reading, where the whole is mirrored; kept as in the chamber, it counts from the other. */
static double turn_of(const struct hemicycle *h, double turn)
{
    return h->kept ? 1 - turn : turn;
}

static void gather_lists(struct hemicycle *h)
{
    const struct chart_spec *spec = h->plot->spec;
    size_t ranks[2] = {0};

    h->lists = arena_array(h->plot->arena, spec->row_count, sizeof *h->lists);
    for (size_t i = 0; i < spec->row_count; i++)
        if (spec->rows[i].emphasis)
            h->emphasised += whole(spec->rows[i].value);
    for (size_t i = 0; i < spec->row_count; i++) {
        const struct chart_row *row = &spec->rows[i];
        bool accented = row->emphasis || h->emphasised == 0;
        size_t seats = whole(row->value);
        if (seats == 0)
            continue;
        h->lists[h->count++] = (struct list){
            .row = row, .seats = seats, .first = h->total,
            .look = cell_look_of(h->plot, accented, ranks[accented]++),
        };
        h->total += seats;
    }
    for (size_t i = 0; i < h->count; i++)
        h->lists[i].turn = turn_of(h, ((double)h->lists[i].first + (double)h->lists[i].seats / 2) / (double)h->total);
}

static void point(const struct hemicycle *h, double turn, double radius, double *x, double *y)
{
    *x = h->cx - radius * cos(PI * turn);
    *y = h->cy - radius * sin(PI * turn);
}

/* --- the drawing --- */

static void draw_dots(const struct hemicycle *h)
{
    struct spot *spots = arena_array(h->plot->arena, h->total, sizeof *spots);

    for (size_t i = 0; i < h->count; i++) {
        const struct list *list = &h->lists[i];
        for (size_t s = 0; s < list->seats; s++) {
            const struct seat *seat = &h->seats.seats[list->first + s];
            point(h, turn_of(h, seat->turn), seat->radius * h->radius, &spots[s].x, &spots[s].y);
        }
        cells_draw(h->picture, &list->look, spots, list->seats, h->dot);
    }
}

static bool has_threshold(const struct hemicycle *h)
{
    return h->plot->spec->note_count > 0;
}

/* Where the mark crosses the outer edge, counted from the centre. */
static double threshold_turn(const struct hemicycle *h)
{
    return turn_of(h, fmax(num_to_double(h->plot->spec->notes[0].value) - 0.5, 0) / (double)h->total);
}

/* Both languages stand at the sides of the mark's line, one is centred on it. */
static struct label threshold_label(const struct hemicycle *h, enum lang lang)
{
    const struct chart_spec *spec = h->plot->spec;
    double x = h->cx - (h->radius + h->dot + 6) * cos(PI * threshold_turn(h)), room = h->plot->width - 10;

    if (h->plot->lang_count > 1)
        room = (lang == h->plot->langs[0] ? x : h->plot->width - x) - 5;
    return label_make(h->plot, lang, spec->notes[0].label[lang],
                      (struct label_look){WEIGHT_REGULAR, h->plot->palette.ink, 1}, room, &spec->notes[0].at);
}

static double threshold_height(const struct hemicycle *h)
{
    double height = 0;

    for (size_t i = 0; has_threshold(h) && i < h->plot->lang_count; i++)
        height = fmax(height, threshold_label(h, h->plot->langs[i]).height);
    return has_threshold(h) ? height + 9 : 0;
}

/* Of the labels: just above the dots, or, where they would reach over the legends beside these, above all. */
static double threshold_bottom(const struct hemicycle *h, double outer)
{
    double x = h->cx - outer * cos(PI * threshold_turn(h)), reach = h->radius + h->dot + GAP / 2;
    bool wide = false;

    for (size_t i = 0; i < h->plot->lang_count && h->plot->lang_count > 1; i++) {
        double width = threshold_label(h, h->plot->langs[i]).width + 5;
        wide |= i == 0 ? x - width < h->cx - reach : x + width > h->cx + reach;
    }
    return wide ? threshold_height(h) - 7 : h->cy - outer - 1;
}

/* The line runs behind the dots, through the seat that decides, out of the half circle and up to its label. */
static void draw_threshold(const struct hemicycle *h)
{
    const struct plot *plot = h->plot;
    double inner = h->seats.inner * h->radius - h->dot - 3, outer = h->radius + h->dot + 6;
    double bottom;
    bool both = plot->lang_count > 1;
    double x0, y0, x1, y1;

    if (!has_threshold(h))
        return;
    bottom = threshold_bottom(h, outer);
    point(h, threshold_turn(h), inner, &x0, &y0);
    point(h, threshold_turn(h), outer, &x1, &y1);
    picture_move(h->picture, x0, y0);
    picture_line(h->picture, x1, y1);
    if (both || y1 > bottom + 2)
        picture_line(h->picture, x1, both ? bottom + 1 - plot->size * 1.2 : bottom + 1);
    picture_stroke(h->picture, plot->palette.ink, plot->style->hairline * 2);
    for (size_t i = 0; i < plot->lang_count; i++) {
        struct label label = threshold_label(h, plot->langs[i]);
        double centred = fmin(fmax(x1, label.width / 2), plot->width - label.width / 2);
        double x = !both ? centred : i == 0 ? x1 - 5 : x1 + 5;
        enum anchor anchor = !both ? ANCHOR_CENTRE : i == 0 ? ANCHOR_END : ANCHOR_START;
        picture_label(h->picture, label, x, bottom - label.height, anchor);
    }
}

/* Under the number: "of 285 seats", or the unit when no list is the finding. */
static struct label total_label(const struct hemicycle *h, enum lang lang, double room)
{
    const struct plot *plot = h->plot;
    const struct label_look look = {WEIGHT_REGULAR, plot->palette.muted, 1};
    const char *words = h->emphasised ? word_of_total(plot, lang, (int64_t)h->total) : plot->spec->unit[lang];

    return label_make(plot, lang, words, look, room * 1.8, &plot->spec->at);
}

/* Under the number, or, where the arch has no room for them, under the dots. Returns the top edge. */
static double draw_total(struct hemicycle *h, double room)
{
    double y = h->cy + h->dot, height = 0;

    for (size_t i = 0; i < h->plot->lang_count; i++)
        height += total_label(h, h->plot->langs[i], room).height;
    y -= h->below ? -TOTAL_GAP : height;
    for (size_t i = 0; i < h->plot->lang_count; i++) {
        struct label label = total_label(h, h->plot->langs[i], room);
        picture_label(h->picture, label, h->cx, y, ANCHOR_CENTRE);
        y += label.height;
    }
    return h->below ? h->cy + h->dot : y - height;
}

static struct label big_number(const struct hemicycle *h, enum lang lang, double scale)
{
    const struct plot *plot = h->plot;
    struct num shown = num_from_int((int64_t)(h->emphasised ? h->emphasised : h->total));
    struct label_look look = {WEIGHT_BOLD, plot->palette.accent,
                              lang == LANG_AR ? scale / plot->style->arabic_scale : scale};

    return label_make(plot, lang, locale_number(plot->locale[lang], shown, plot->arena), look, 0,
                      &plot->spec->at);
}

static double middle_room(const struct hemicycle *h)
{
    return h->seats.inner * h->radius - h->dot - 4;
}

/* Of the words under the number; under the dots they have the chart's width. */
static double total_room(const struct hemicycle *h)
{
    return h->below ? h->plot->width / 1.8 : middle_room(h);
}

static double total_height(const struct hemicycle *h)
{
    double height = 0;

    for (size_t i = 0; i < h->plot->lang_count; i++)
        height += total_label(h, h->plot->langs[i], total_room(h)).height;
    return height;
}

/* Whether the number, as small as it may be, and the words under it stand clear of the innermost row. */
static bool middle_fits(const struct hemicycle *h)
{
    struct label number = big_number(h, h->plot->langs[0], NUMBER_LEAST);
    double room = middle_room(h), top = total_height(h) - h->dot;

    if (hypot(number.width / 2, top + 2 + CAPITAL * NUMBER_LEAST * h->plot->size) > room)
        return false;
    for (size_t i = 0; i < h->plot->lang_count; i++) {
        struct label words = total_label(h, h->plot->langs[i], room);
        if (hypot(words.width / 2, top) > room)
            return false;
        top -= words.height;
    }
    return true;
}

/* "101", as large as fits under the innermost row, corners included; twice when the languages write digits
 * differently. */
static void draw_middle(struct hemicycle *h)
{
    const struct plot *plot = h->plot;
    double room = middle_room(h), baseline = draw_total(h, total_room(h)) - (h->below ? 0 : 2);
    bool twice = plot->lang_count > 1 && locale_digits_of(plot->locale[LANG_AR]) == DIGITS_ARAB;
    struct label number[LANG_COUNT] = {{0}};
    double width = HUGE_VAL, high = 0;

    for (double scale = 2.9; scale > NUMBER_LEAST - 0.1 && hypot(width / 2, high) > room; scale -= 0.1) {
        width = 0;
        high = h->cy - baseline + CAPITAL * scale * plot->size;
        for (size_t i = 0; i < (twice ? 2 : 1); i++) {
            number[i] = big_number(h, plot->langs[i], scale);
            width += number[i].width + (i > 0 ? 2 * NUMBER_GAP : 0);
        }
    }
    picture_label(h->picture, number[0], h->cx - width / 2, baseline - number[0].ascent, ANCHOR_START);
    if (twice)
        picture_label(h->picture, number[1], h->cx + width / 2, baseline - number[1].ascent, ANCHOR_END);
}

/* --- names --- */

static struct label number_label(const struct hemicycle *h, const struct list *list, enum lang lang)
{
    const struct palette *palette = &h->plot->palette;
    bool accented = list->row->emphasis;
    struct label_look bold = {WEIGHT_BOLD, accented ? palette->accent : palette->ink, 1};

    return label_make(h->plot, lang,
                      locale_number(h->plot->locale[lang], num_from_int((int64_t)list->seats), h->plot->arena),
                      bold, 0, &list->row->at);
}

static struct entry entry_make(const struct hemicycle *h, const struct list *list, enum lang lang,
                               double name_width)
{
    struct label_look plain = {WEIGHT_REGULAR, h->plot->palette.ink, 1};

    return (struct entry){list, number_label(h, list, lang),
                          label_make(h->plot, lang, list->row->label[lang], plain, name_width, &list->row->at)};
}

static double widest_number(const struct hemicycle *h, enum lang lang)
{
    double width = 0;

    for (size_t i = 0; i < h->count; i++)
        width = fmax(width, number_label(h, &h->lists[i], lang).width);
    return width;
}

static double first_line_middle(const struct label *label)
{
    return label->middle - (double)(label->block->line_count - 1) * label->pitch / 2;
}

/* --- names beside their lists, one language --- */

static bool is_left(const struct list *list)
{
    return list->turn < 0.5;
}

/* Entries of one side from top to bottom, moved apart. Returns how many. */
static size_t side_entries(const struct hemicycle *h, bool left, double name_width, struct entry *entries,
                           struct relax_item *items)
{
    size_t count = 0;

    for (size_t k = 0; k < h->count; k++) {
        const struct list *list = &h->lists[left != h->kept ? h->count - 1 - k : k];
        double x, y;
        if (is_left(list) != left)
            continue;
        entries[count] = entry_make(h, list, h->plot->langs[0], name_width);
        point(h, list->turn, h->radius + h->dot + LEADER_GAP, &x, &y);
        items[count].wanted = y - first_line_middle(&entries[count].name);
        items[count].height = entries[count].name.height + 4;
        count++;
    }
    relax(items, count);
    return count;
}

static bool sides_fit(const struct hemicycle *h, double name_width)
{
    struct entry *entries = arena_array(h->plot->arena, h->count, sizeof *entries);
    struct relax_item *items = arena_array(h->plot->arena, h->count, sizeof *items);

    for (int left = 0; left < 2; left++) {
        size_t count = side_entries(h, left, name_width, entries, items);
        if (count > 0 && items[count - 1].top + items[count - 1].height > h->cy + h->dot + 12)
            return false;
    }
    return true;
}

/* Level out of the half circle, then sloping to the name: no leader crosses a dot. */
static void draw_leader(const struct hemicycle *h, const struct list *list, bool left, double label_y)
{
    double x, y, way = left ? -1 : 1, edge = h->cx + way * (h->radius + h->dot + 4);

    point(h, list->turn, h->radius + h->dot + LEADER_GAP, &x, &y);
    picture_move(h->picture, x, y);
    if ((edge - x) * way > 0)
        picture_line(h->picture, edge, y);
    picture_line(h->picture, h->cx + way * (h->radius + h->dot + GAP - 3), label_y);
    picture_stroke(h->picture, h->plot->palette.grey, h->plot->style->hairline * 1.5);
}

static void draw_sides(struct hemicycle *h, double number_width, double name_width)
{
    struct entry *entries = arena_array(h->plot->arena, h->count, sizeof *entries);
    struct relax_item *items = arena_array(h->plot->arena, h->count, sizeof *items);

    for (int left = 0; left < 2; left++) {
        double way = left ? -1 : 1, column = h->cx + way * (h->radius + h->dot + GAP);
        /* a name grows away from the half circle, whatever its language */
        enum anchor anchor = left ? ANCHOR_END : ANCHOR_START;
        size_t count = side_entries(h, left, name_width, entries, items);
        for (size_t i = 0; i < count; i++) {
            double middle = first_line_middle(&entries[i].name);
            picture_label(h->picture, entries[i].number, column,
                          items[i].top + middle - entries[i].number.middle, anchor);
            picture_label(h->picture, entries[i].name, column + way * (number_width + NUMBER_GAP), items[i].top,
                          anchor);
            draw_leader(h, entries[i].list, left, items[i].top + middle);
            h->bottom = fmax(h->bottom, items[i].top + items[i].height - 4);
        }
    }
}

/* --- legends --- */

struct legend_shape {
    double swatch, number, name; /* widths of the columns */
};

static double draw_legend_entry(const struct hemicycle *h, const struct entry *entry,
                                const struct legend_shape *shape, double x, double top)
{
    double middle = first_line_middle(&entry->name), radius = shape->swatch * 3.4 / 11;

    cells_draw(h->picture, &entry->list->look, &(struct spot){x + radius, top + middle}, 1, radius);
    picture_label(h->picture, entry->number, x + shape->swatch + shape->number,
                  top + middle - entry->number.middle, ANCHOR_END);
    picture_label(h->picture, entry->name, x + shape->swatch + shape->number + NUMBER_GAP, top, ANCHOR_START);
    return entry->name.height + 3;
}

static struct legend_shape legend_shape(const struct hemicycle *h, enum lang lang, double width)
{
    struct legend_shape shape = {.swatch = fmax(11, h->plot->size * 1.44), .number = widest_number(h, lang)};

    shape.name = width - shape.swatch - shape.number - NUMBER_GAP;
    return shape;
}

static double legend_height(const struct hemicycle *h, enum lang lang, double width)
{
    struct legend_shape shape = legend_shape(h, lang, width);
    double height = -3;

    for (size_t i = 0; i < h->count; i++)
        height += entry_make(h, &h->lists[i], lang, shape.name).name.height + 3;
    return height;
}

/* One column at the language's own side. Returns its lower edge. */
static double draw_column(const struct hemicycle *h, enum lang lang, double width, double y)
{
    struct legend_shape shape = legend_shape(h, lang, width);

    picture_mirror(h->picture, lang_dir(lang) == DIR_RTL);
    for (size_t i = 0; i < h->count; i++) {
        struct entry entry = entry_make(h, &h->lists[i], lang, shape.name);
        y += draw_legend_entry(h, &entry, &shape, 0, y);
    }
    picture_mirror(h->picture, h->plot->mirrored);
    return y - 3;
}

static void draw_side_legend(struct hemicycle *h, enum lang lang)
{
    double middle = h->cy - h->radius * 0.5;
    double top = fmax(middle - legend_height(h, lang, h->side) / 2, threshold_height(h));

    h->bottom = fmax(h->bottom, draw_column(h, lang, h->side, top));
}

/* Both languages under the half circle, where its sides have no room for a word. */
static void draw_columns_below(struct hemicycle *h)
{
    double top = h->bottom + 14, width = (h->plot->width - 16) / 2;

    for (size_t i = 0; i < h->plot->lang_count; i++)
        h->bottom = fmax(h->bottom, draw_column(h, h->plot->langs[i], width, top));
}

static bool side_legends_fit(const struct hemicycle *h)
{
    for (size_t i = 0; i < h->plot->lang_count; i++) {
        enum lang lang = h->plot->langs[i];
        double room = legend_shape(h, lang, h->side).name;
        for (size_t k = 0; k < h->count; k++)
            if (label_least_width(h->plot, lang, h->lists[k].row->label[lang],
                                 (struct label_look){WEIGHT_REGULAR, 0, 1}) > room)
                return false;
    }
    return true;
}

/* A grid under the half circle, for one language. */
static void draw_legend_below(struct hemicycle *h)
{
    enum lang lang = h->plot->langs[0];
    size_t columns = (size_t)fmax(1, fmin(floor(h->plot->width / fmax(140, h->plot->size * 15)), (double)h->count));
    double column = h->plot->width / (double)columns, y = h->bottom + 14, row_height = 0;
    struct legend_shape shape = legend_shape(h, lang, column - 12);

    for (size_t i = 0; i < h->count; i++) {
        struct entry entry = entry_make(h, &h->lists[i], lang, shape.name);
        double height = draw_legend_entry(h, &entry, &shape, (double)(i % columns) * column, y);
        row_height = fmax(row_height, height);
        if ((i + 1) % columns == 0 || i + 1 == h->count) {
            y += row_height;
            row_height = 0;
        }
    }
    h->bottom = y - 3;
}

/* --- the whole --- */

static void place(struct hemicycle *h, double radius)
{
    h->radius = radius;
    h->dot = h->seats.dot * radius;
    h->cx = h->plot->width / 2;
    h->cy = threshold_height(h) + h->dot + radius;
    h->side = h->cx - radius - h->dot - GAP;
    h->bottom = h->cy + h->dot;
}

/* A leader from a list at the very top would meet the threshold's line, and so would one beside a line that is not near
 * the top. */
static bool names_beside(const struct hemicycle *h, double name_width)
{
    if (has_threshold(h) && fabs(threshold_turn(h) - 0.5) > 0.04)
        return false;
    for (size_t i = 0; i < h->count; i++)
        if (has_threshold(h) && fabs(h->lists[i].turn - 0.5) < 0.06)
            return false;
    return h->plot->lang_count == 1 && name_width >= SIDE_LEAST && sides_fit(h, name_width);
}

/* --- what it refuses --- */

static void check_seats(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;
    double total = 0;

    plot_check_count(plot, LISTS_MOST, "lists");
    for (size_t i = 0; i < spec->row_count; i++)
        if (plot_check_seats(plot, &spec->rows[i]))
            total += num_to_double(spec->rows[i].value);
    if (total < SEATS_LEAST || total > SEATS_MOST)
        diag_add(plot->diags, DIAG_CHART_DATA, spec->at,
                 "chart '%s' has %.0f seats in all; a hemicycle shows %d to %d", spec->id, total, SEATS_LEAST,
                 SEATS_MOST);
    for (size_t i = 0; i < spec->note_count; i++)
        if (num_compare(spec->notes[i].value, ZERO) < 0 || num_to_double(spec->notes[i].value) > total)
            diag_add(plot->diags, DIAG_CHART_DATA, spec->notes[i].at,
                     "a mark of chart '%s' lies outside its %.0f seats; it is a number of seats", spec->id, total);
}

/* Both languages: legends at the sides, which may be taller than the half circle. */
static void lay_both(struct hemicycle *h)
{
    for (size_t i = 0; i < h->plot->lang_count; i++) {
        double tall = legend_height(h, h->plot->langs[i], h->side);
        h->cy = fmax(h->cy, threshold_height(h) + tall / 2 + h->radius * 0.5);
    }
    h->bottom = h->cy + h->dot;
    for (size_t i = 0; i < h->plot->lang_count; i++)
        draw_side_legend(h, h->plot->langs[i]);
}

static void lay_below(struct hemicycle *h, double most)
{
    place(h, fmin(h->plot->share * fmin(h->plot->width * 0.42, most), h->plot->width * 0.45));
    h->below = !middle_fits(h);
    if (h->below)
        h->bottom += TOTAL_GAP + total_height(h);
    if (h->plot->lang_count > 1)
        draw_columns_below(h);
    else
        draw_legend_below(h);
}

static struct picture *hemicycle_lay(const struct plot *plot)
{
    struct hemicycle h = {.plot = plot, .picture = picture_new(plot->arena, plot->width)};
    double number_width, name_width, most;

    h.kept = plot->mirrored && plot->spec->look.keep_sides;
    picture_mirror(h.picture, plot->mirrored);
    gather_lists(&h);
    h.seats = seats_make(h.total, plot->arena);
    most = fmax(RADIUS_MOST, RADIUS_WORDS * plot->size) * fmin(RADIUS_FEW + (double)h.total / FEW, 1);
    place(&h, plot->share * fmin(fmax(plot->width * 0.245, 60), most));
    number_width = widest_number(&h, plot->langs[0]);
    name_width = h.side - number_width - NUMBER_GAP;
    if (plot->lang_count > 1 && side_legends_fit(&h) && middle_fits(&h))
        lay_both(&h);
    else if (names_beside(&h, name_width) && middle_fits(&h))
        draw_sides(&h, number_width, name_width);
    else
        lay_below(&h, most);
    draw_threshold(&h);
    draw_dots(&h);
    draw_middle(&h);
    picture_set_height(h.picture, h.bottom);
    return h.picture;
}

const struct chart_kind hemicycle_kind = {
    .labelled = true, .flexible = true, .check = check_seats, .lay = hemicycle_lay };
