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
#include "chart/plot.h"
#include "chart/relax.h"
#include "chart/seats.h"

static const double PI = 3.14159265358979323846;
static const double SIDE_LEAST = 72; /* points for a name beside the half circle */
static const double GAP = 16;        /* between the half circle and the names */
static const double CAPITAL = 0.72;  /* height of digits, as a share of their size */
static const double LEADER_GAP = 2.5; /* between a dot and its list's leader */
static const double NUMBER_LEAST = 1.3; /* size of the number in the middle, as a multiple of the words' */
static const double RADIUS_MOST = 130;  /* points, and more where words are large: */
static const double RADIUS_WORDS = 17;  /* multiple of their size */
static const double NUMBER_GAP = 5;  /* between a number and its name */

struct list {
    const struct chart_row *row;
    size_t seats, first; /* first: index of its first seat */
    double turn;         /* of its middle */
    struct paint paint;
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
    double bottom;
};

/* A list's number and name, set. */
struct entry {
    const struct list *list;
    struct label number, name;
};

/* --- lists and looks --- */

/* Told apart in grey too: dark, middle, light within an outline, empty within an outline. */
static struct paint look(const struct plot *plot, bool emphasis, size_t rank)
{
    const struct palette *p = &plot->palette;
    const uint32_t fill[] = {p->accent, p->accent_mid, p->accent_dim, COLOUR_PAPER};

    if (emphasis)
        return (struct paint){.fill = true, .fill_rgb = fill[rank % 4], .stroke = rank % 4 >= 2,
                              .stroke_rgb = p->accent};
    return (struct paint){.fill = true, .fill_rgb = rank % 2 ? COLOUR_PAPER : p->grey_dim, .stroke = true,
                          .stroke_rgb = p->grey};
}

static size_t whole(struct num num)
{
    return (size_t)llround(num_to_double(num));
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
            .row = row, .seats = seats, .first = h->total, .paint = look(h->plot, accented, ranks[accented]++),
        };
        h->total += seats;
    }
    for (size_t i = 0; i < h->count; i++)
        h->lists[i].turn = ((double)h->lists[i].first + (double)h->lists[i].seats / 2) / (double)h->total;
}

static void point(const struct hemicycle *h, double turn, double radius, double *x, double *y)
{
    *x = h->cx - radius * cos(PI * turn);
    *y = h->cy - radius * sin(PI * turn);
}

/* --- the drawing --- */

/* A dot's outline lies inside its edge, so that hollow dots are as large as full ones. */
static void draw_dot(const struct hemicycle *h, struct paint paint, double x, double y, double radius)
{
    paint.width = (float)fmin(radius * 0.2, 0.8);
    picture_circle(h->picture, x, y, paint.stroke ? radius - paint.width / 2 : radius);
    picture_paint(h->picture, paint);
}

static void draw_dots(const struct hemicycle *h)
{
    for (size_t i = 0; i < h->count; i++) {
        for (size_t s = 0; s < h->lists[i].seats; s++) {
            const struct seat *seat = &h->seats.seats[h->lists[i].first + s];
            double x, y;
            point(h, seat->turn, seat->radius * h->radius, &x, &y);
            draw_dot(h, h->lists[i].paint, x, y, h->dot);
        }
    }
}

static bool has_threshold(const struct hemicycle *h)
{
    return h->plot->spec->threshold.coefficient > 0;
}

static struct label threshold_label(const struct hemicycle *h, enum lang lang)
{
    const struct chart_spec *spec = h->plot->spec;

    return label_make(h->plot, lang, spec->threshold_label[lang],
                      (struct label_look){WEIGHT_REGULAR, h->plot->palette.ink, 1},
                      h->plot->width / (double)h->plot->lang_count - 10, &spec->at);
}

static double threshold_height(const struct hemicycle *h)
{
    double height = 0;

    for (size_t i = 0; has_threshold(h) && i < h->plot->lang_count; i++)
        height = fmax(height, threshold_label(h, h->plot->langs[i]).height);
    return has_threshold(h) ? height + 9 : 0;
}

/* The line runs behind the dots, through the seat that decides, and out to its label. */
static void draw_threshold(const struct hemicycle *h)
{
    const struct plot *plot = h->plot;
    double turn = (num_to_double(plot->spec->threshold) - 0.5) / (double)h->total;
    double inner = h->seats.inner * h->radius - h->dot - 3, outer = h->radius + h->dot + 6;
    double x0, y0, x1, y1;

    if (!has_threshold(h))
        return;
    point(h, turn, inner, &x0, &y0);
    point(h, turn, outer, &x1, &y1);
    picture_rule(h->picture, x0, y0, x1, y1, plot->palette.ink, plot->style->hairline * 2);
    for (size_t i = 0; i < plot->lang_count; i++) {
        struct label label = threshold_label(h, plot->langs[i]);
        bool both = plot->lang_count > 1;
        double x = !both ? x1 : i == 0 ? x1 - 5 : x1 + 5;
        enum anchor anchor = !both ? ANCHOR_CENTRE : i == 0 ? ANCHOR_END : ANCHOR_START;
        picture_label(h->picture, label, x, y1 - label.height - 1, anchor);
    }
    if (plot->lang_count > 1)
        picture_rule(h->picture, x1, y1, x1, y1 - plot->size * 1.2, plot->palette.ink,
                     plot->style->hairline * 2);
}

/* Under the number: "of 285 seats", or the unit when no list is the finding. */
static struct label total_label(const struct hemicycle *h, enum lang lang, double room)
{
    const struct plot *plot = h->plot;
    const struct label_look look = {WEIGHT_REGULAR, plot->palette.muted, 1};
    const char *words = h->emphasised ? word_of_total(plot, lang, (int64_t)h->total) : plot->spec->unit[lang];

    return label_make(plot, lang, words, look, room * 1.8, &plot->spec->at);
}

/* Returns the top edge. */
static double draw_total(const struct hemicycle *h, double room)
{
    double y = h->cy + h->dot;

    for (size_t i = h->plot->lang_count; i-- > 0;) {
        struct label label = total_label(h, h->plot->langs[i], room);
        y -= label.height;
        picture_label(h->picture, label, h->cx, y, ANCHOR_CENTRE);
    }
    return y;
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

/* Whether the number, as small as it may be, and the words under it stand clear of the innermost row. */
static bool middle_fits(const struct hemicycle *h)
{
    struct label number = big_number(h, h->plot->langs[0], NUMBER_LEAST);
    struct label words = total_label(h, h->plot->langs[0], middle_room(h));
    double words_top = words.height - h->dot;

    return hypot(words.width / 2, words_top) <= middle_room(h)
        && hypot(number.width / 2, words_top + 2 + CAPITAL * NUMBER_LEAST * h->plot->size) <= middle_room(h);
}

/* "101", as large as fits under the innermost row, corners included; twice when the languages write digits
 * differently. */
static void draw_middle(const struct hemicycle *h)
{
    const struct plot *plot = h->plot;
    double room = middle_room(h), baseline = draw_total(h, room) - 2;
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
        const struct list *list = &h->lists[left ? h->count - 1 - k : k];
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

    draw_dot(h, entry->list->paint, x + radius, top + middle, radius);
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

/* One column at the language's own side. */
static void draw_side_legend(struct hemicycle *h, enum lang lang)
{
    struct legend_shape shape = legend_shape(h, lang, h->side);
    double middle = h->cy - h->radius * 0.5;
    double y = fmax(middle - legend_height(h, lang, h->side) / 2, 0);

    picture_mirror(h->picture, lang_dir(lang) == DIR_RTL);
    for (size_t i = 0; i < h->count; i++) {
        struct entry entry = entry_make(h, &h->lists[i], lang, shape.name);
        y += draw_legend_entry(h, &entry, &shape, 0, y);
    }
    picture_mirror(h->picture, h->plot->mirrored);
    h->bottom = fmax(h->bottom, y - 3);
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

/* A leader from a list at the very top would meet the threshold's line. */
static bool names_beside(const struct hemicycle *h, double name_width)
{
    for (size_t i = 0; i < h->count; i++)
        if (has_threshold(h) && fabs(h->lists[i].turn - 0.5) < 0.06)
            return false;
    return h->plot->lang_count == 1 && name_width >= SIDE_LEAST && sides_fit(h, name_width);
}

struct picture *hemicycle_lay(const struct plot *plot)
{
    struct hemicycle h = {.plot = plot, .picture = picture_new(plot->arena, plot->width)};
    double number_width, name_width, tall, most = fmax(RADIUS_MOST, RADIUS_WORDS * plot->size);

    picture_mirror(h.picture, plot->mirrored);
    gather_lists(&h);
    h.seats = seats_make(h.total, plot->arena);
    place(&h, fmin(fmax(plot->width * 0.245, 60), most));
    number_width = widest_number(&h, plot->langs[0]);
    name_width = h.side - number_width - NUMBER_GAP;
    if (plot->lang_count > 1) {
        for (size_t i = 0; i < plot->lang_count; i++) {
            tall = legend_height(&h, plot->langs[i], h.side);
            h.cy = fmax(h.cy, tall / 2 + h.radius * 0.5); /* legends taller than the half circle */
        }
        h.bottom = h.cy + h.dot;
        for (size_t i = 0; i < plot->lang_count; i++)
            draw_side_legend(&h, plot->langs[i]);
    } else if (names_beside(&h, name_width) && middle_fits(&h)) {
        draw_sides(&h, number_width, name_width);
    } else {
        place(&h, fmin(plot->width * 0.42, most));
        draw_legend_below(&h);
    }
    draw_threshold(&h);
    draw_dots(&h);
    draw_middle(&h);
    picture_set_height(h.picture, h.bottom);
    return h.picture;
}
