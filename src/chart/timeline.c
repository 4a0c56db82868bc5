/*
 * Timeline: time runs downwards along an axis; a mark for each event, a bar in a lane for each span, words
 * beside them in a column, moved apart where they would collide and led back to their marks.
 *
 *   one language (mirrored for Arabic)      both languages
 *
 *     ││                                     2024                │               2024
 *     ●│──╲  2024                            text      4 January ●╱ 4 كانون الثاني  نص
 *     ││   ╲ 4 January   text                text     7 February ╪╲  7 شباط         نص
 *     ═╪══   7 February  text                                    │
 *
 * A long stretch without events is left out; two strokes across the axis say so. Years head their events.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "chart/legend.h"
#include "chart/relax.h"
#include "chart/scale.h"

enum { EVENTS_MOST = 80 };

enum { LANES_MOST = 8 };
static const char LINE_BREAK[] = "\u2028";
static const double TICK = 3.5;      /* half the length of a year's tick */
static const double LANE = 8;        /* between lanes, points */
static const double MARK = 3.1;      /* radius of a mark */
static const double FAN = 24;        /* width in which leaders slope */
static const double COLUMN_GAP = 9;  /* between dates and texts */
static const double ROW_GAP = 4.5;   /* below an event's words */
static const double BREAK = 19;      /* length of a break of the axis */
static const double AXIS_MARGIN = 6; /* axis beyond the first and the last mark */
static const double OPEN = 10;       /* length of the pieces that say "or later" */
static const double DATE_SHARE = 0.3; /* of a language's width, for dates in the source's words */

struct event {
    const struct chart_row *row;
    size_t order;            /* in the data */
    int32_t start, end;      /* days; equal when it is no span */
    size_t group;            /* index; 0 when there are none */
    size_t lane;
    double y0, y1;           /* on the axis */
};

/* An event's words; the first of a year stands under the year. */
struct entry {
    const struct event *event;
    struct label date[LANG_COUNT], text[LANG_COUNT], year[LANG_COUNT];
    double lead, lead_ascent;  /* of the year above, or 0 */
    double ascent, height;     /* common baseline of the first lines below the year; of the words */
    double top;                /* below the year */
};

struct timeline {
    const struct plot *plot;
    double mark, lane; /* radius of a mark; between lanes */
    struct picture *picture;
    struct event *events;
    size_t event_count;
    struct entry *entries;
    const struct groups *groups; /* the series */
    size_t lanes;
    struct date_scale scale;
    double date_width[LANG_COUNT], text_width[LANG_COUNT];
    double axis, fan_start[2]; /* x of lane 0; where leaders begin, towards reading's end and its start */
    double words[2];           /* x where words begin: after the fan, and before it on the other side */
    double top, bottom;
};

/* --- events --- */

static int compare_events(const void *a, const void *b)
{
    const struct event *first = a, *second = b;

    if (first->start != second->start)
        return first->start < second->start ? -1 : 1;
    return first->order < second->order ? -1 : 1;
}

static void gather_events(struct timeline *t)
{
    const struct chart_spec *spec = t->plot->spec;

    t->groups = groups_of(t->plot, GROUP_SERIES);
    t->event_count = spec->row_count;
    t->events = arena_array(t->plot->arena, t->event_count, sizeof *t->events);
    for (size_t i = 0; i < t->event_count; i++) {
        const struct chart_row *row = &spec->rows[i];
        struct event *event = &t->events[i];
        event->row = row;
        event->order = i;
        event->start = date_days(row->start);
        event->end = row->has_end ? date_days(row->end) : event->start;
        event->group = t->groups->of[i];
    }
    qsort(t->events, t->event_count, sizeof *t->events, compare_events);
}

/* --- words --- */

/* As the source says it; or a day, or a span's two ends; the year stands above. In one month: "May",
 * "21 – 30 September". `between` parts the ends of a longer span: a space, or a line break where one line is too
 * narrow. */
static const char *date_words(const struct timeline *t, enum lang lang, const struct event *event,
                              const char *between)
{
    const struct locale *locale = t->plot->locale[lang];
    struct arena *arena = t->plot->arena;
    const struct chart_row *row = event->row;
    bool same_year = row->start.year == row->end.year;
    const char *start = locale_date(locale, row->start, DATE_DAY_MONTH, arena);
    const char *end;

    if (row->date_text[lang] && *row->date_text[lang])
        return row->date_text[lang];
    if (event->end == event->start)
        return start;
    end = locale_date(locale, row->end, same_year ? DATE_DAY_MONTH : DATE_LONG, arena);
    if (!same_year || row->start.month != row->end.month)
        return arena_printf(arena, "%s –%s%s", start, between, end);
    if (row_is_whole_month(row))
        return locale_date(locale, row->end, DATE_MONTH, arena);
    return arena_printf(arena, "%s – %s", locale_integer(locale, row->start.day, arena), end);
}

static struct label_look text_look(const struct timeline *t, const struct event *event)
{
    return (struct label_look){event->row->emphasis ? WEIGHT_BOLD : WEIGHT_REGULAR, t->plot->palette.ink, 1};
}

/* Wide enough for each half of a span's dates; long words of a source take further lines. */
static void measure_dates(struct timeline *t)
{
    const struct label_look look = {WEIGHT_REGULAR, t->plot->palette.muted, 1};

    for (size_t i = 0; i < t->plot->lang_count; i++) {
        enum lang lang = t->plot->langs[i];
        double widest = 0, most = t->plot->width / (double)t->plot->lang_count * DATE_SHARE;
        for (size_t k = 0; k < t->event_count; k++) {
            double width = label_natural_width(t->plot, lang,
                                               date_words(t, lang, &t->events[k], LINE_BREAK), look);
            widest = fmax(widest, t->events[k].row->date_text[lang] ? fmin(width, most) : width);
        }
        t->date_width[lang] = widest + 0.5;
    }
}

static void place_columns(struct timeline *t)
{
    const struct plot *plot = t->plot;
    double lanes = (double)(t->lanes - 1) * t->lane;

    if (plot->lang_count == 1) {
        t->axis = lanes + t->mark + 2;
        t->fan_start[0] = t->axis + t->mark + 2;
        t->words[0] = t->fan_start[0] + FAN;
        t->text_width[plot->langs[0]] = plot->width - t->words[0] - t->date_width[plot->langs[0]] - COLUMN_GAP;
        return;
    }
    t->axis = plot->width / 2 + lanes / 2;
    t->fan_start[0] = t->axis + t->mark + 2;
    t->fan_start[1] = t->axis - lanes - t->mark - 2;
    t->words[0] = t->fan_start[0] + FAN;
    t->words[1] = t->fan_start[1] - FAN;
    t->text_width[LANG_EN] = t->words[1] - t->date_width[LANG_EN] - COLUMN_GAP;
    t->text_width[LANG_AR] = plot->width - t->words[0] - t->date_width[LANG_AR] - COLUMN_GAP;
}

static struct label date_label(const struct timeline *t, enum lang lang, const struct event *event)
{
    const struct label_look look = {WEIGHT_REGULAR, t->plot->palette.muted, 1};
    const char *words = date_words(t, lang, event, " ");

    if (label_natural_width(t->plot, lang, words, look) > t->date_width[lang])
        words = date_words(t, lang, event, LINE_BREAK);
    return label_make(t->plot, lang, words, look, t->date_width[lang], &event->row->at);
}

static void set_year(const struct timeline *t, struct entry *entry)
{
    const struct plot *plot = t->plot;
    const struct chart_row *row = entry->event->row;

    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        entry->year[lang] = label_make(plot, lang, locale_date(plot->locale[lang], row->start, DATE_YEAR,
                                                               plot->arena),
                                       (struct label_look){WEIGHT_BOLD, plot->palette.ink, 1}, 0, &row->at);
        entry->lead = fmax(entry->lead, entry->year[lang].height);
        entry->lead_ascent = fmax(entry->lead_ascent, entry->year[lang].ascent);
    }
}

static void set_entry(const struct timeline *t, struct entry *entry)
{
    const struct plot *plot = t->plot;
    const struct event *event = entry->event;

    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        entry->date[lang] = date_label(t, lang, event);
        entry->text[lang] = label_make(plot, lang, event->row->label[lang], text_look(t, event),
                                       t->text_width[lang], &event->row->at);
        entry->ascent = fmax(entry->ascent, fmax(entry->date[lang].ascent, entry->text[lang].ascent));
    }
    for (size_t i = 0; i < plot->lang_count; i++) {
        const struct label *date = &entry->date[plot->langs[i]], *text = &entry->text[plot->langs[i]];
        entry->height = fmax(entry->height, fmax(entry->ascent - date->ascent + date->height,
                                                 entry->ascent - text->ascent + text->height));
    }
}

static void set_words(struct timeline *t)
{
    t->entries = arena_array(t->plot->arena, t->event_count, sizeof *t->entries);
    for (size_t i = 0; i < t->event_count; i++) {
        t->entries[i].event = &t->events[i];
        if (i == 0 || t->events[i].row->start.year != t->events[i - 1].row->start.year)
            set_year(t, &t->entries[i]);
        set_entry(t, &t->entries[i]);
    }
}

/* --- time --- */

static int compare_days(const void *a, const void *b)
{
    int32_t first = *(const int32_t *)a, second = *(const int32_t *)b;

    return (first > second) - (first < second);
}

static double words_height(const struct timeline *t)
{
    double height = 0;

    for (size_t i = 0; i < t->event_count; i++)
        height += t->entries[i].lead + t->entries[i].height + ROW_GAP;
    return height;
}

/* The axis is about as long as the words need, so that words stay near their marks. */
static void make_scale(struct timeline *t)
{
    int32_t *days = arena_array(t->plot->arena, t->event_count * 2, sizeof *days);

    for (size_t i = 0; i < t->event_count; i++) {
        days[2 * i] = t->events[i].start;
        days[2 * i + 1] = t->events[i].end;
    }
    qsort(days, t->event_count * 2, sizeof *days, compare_days);
    t->scale = date_scale_make(days, t->event_count * 2, words_height(t), BREAK, t->plot->arena);
    for (size_t i = 0; i < t->event_count; i++) {
        t->events[i].y0 = t->top + AXIS_MARGIN + date_scale_at(&t->scale, t->events[i].start);
        t->events[i].y1 = t->top + AXIS_MARGIN + date_scale_at(&t->scale, t->events[i].end);
    }
}

static double tail(const struct event *event)
{
    return event->row->open ? OPEN : 0;
}

/* The first lane that is free at that height; marks keep to the axis, spans beside it where they can. */
static void assign_lanes(struct timeline *t)
{
    double free_from[LANES_MOST];

    t->lanes = 1;
    for (size_t i = 0; i < LANES_MOST; i++)
        free_from[i] = -HUGE_VAL;
    for (size_t i = 0; i < t->event_count; i++) {
        struct event *event = &t->events[i];
        size_t lane = event->end > event->start ? 1 : 0;
        while (lane + 1 < LANES_MOST && free_from[lane] > event->y0 - t->mark)
            lane++;
        if (free_from[lane] > event->y0 - t->mark)
            diag_add(t->plot->diags, DIAG_CHART_CROWDED, event->row->at,
                     "'%s' of chart '%s' coincides with %d others; their marks cannot be told apart",
                     event->row->label[t->plot->langs[0]], t->plot->spec->id, LANES_MOST);
        event->lane = lane;
        free_from[lane] = event->y1 + t->mark + 1 + tail(event);
        t->lanes = lane + 1 > t->lanes ? lane + 1 : t->lanes;
    }
}

/* From a baseline up to where the eye takes a line of text to be. */
static double capital_middle(const struct timeline *t)
{
    return t->plot->size * 0.357;
}

static void place_words(struct timeline *t)
{
    struct relax_item *items = arena_array(t->plot->arena, t->event_count, sizeof *items);
    const struct entry *last = &t->entries[t->event_count - 1];

    for (size_t i = 0; i < t->event_count; i++) {
        const struct entry *entry = &t->entries[i];
        items[i].wanted = entry->event->y0 - t->top - (entry->lead + entry->ascent - capital_middle(t));
        items[i].height = entry->lead + entry->height + ROW_GAP;
    }
    relax(items, t->event_count);
    for (size_t i = 0; i < t->event_count; i++)
        t->entries[i].top = t->top + items[i].top + t->entries[i].lead;
    t->bottom = fmax(last->top + last->height, t->top + date_scale_length(&t->scale) + 2 * AXIS_MARGIN);
    for (size_t i = 0; i < t->event_count; i++)
        t->bottom = fmax(t->bottom, t->events[i].y1 + t->mark + tail(&t->events[i]));
}

/* --- marks --- */

/* Shape by pairs, full and hollow within a pair: calmer than a shade for each, and it holds in grey. */
static struct mark mark_of_group(const struct plot *plot, size_t group)
{
    static const enum symbol symbols[] = {SYMBOL_CIRCLE, SYMBOL_SQUARE, SYMBOL_DIAMOND};
    const uint32_t rgb[] = {plot->palette.accent, plot->palette.ink, plot->palette.muted};
    uint32_t colour = rgb[group / 2 % 3];

    return (struct mark){.rgb = colour, .fill = group % 2 ? COLOUR_PAPER : colour, .symbol = symbols[group / 2 % 3]};
}

static double lane_x(const struct timeline *t, size_t lane)
{
    return t->axis - (double)lane * t->lane;
}

/* Three pieces, each shorter than the one before. */
static void draw_open(const struct timeline *t, const struct event *event, double x, double half)
{
    static const double piece[] = {2.2, 1.5, 0.8}, gap = 1.4;
    double y = event->y1 + (event->end > event->start ? 0 : t->mark);

    for (size_t i = 0; i < 3; i++) {
        y += gap;
        picture_rectangle(t->picture, x - half, y, 2 * half, piece[i]);
        y += piece[i];
    }
    picture_paint(t->picture, (struct paint){.fill = true, .fill_rgb = mark_of_group(t->plot, event->group).rgb});
}

static void draw_event(const struct timeline *t, const struct event *event)
{
    const struct mark mark = mark_of_group(t->plot, event->group);
    double x = lane_x(t, event->lane), half = t->mark * 0.62;

    if (event->end > event->start) {
        picture_rectangle(t->picture, x - half, event->y0, 2 * half, fmax(event->y1 - event->y0, 1));
        picture_paint(t->picture, (struct paint){.fill = true, .fill_rgb = mark.fill, .stroke = true,
                                                 .stroke_rgb = mark.rgb, .width = 1.1f});
    }
    mark_symbol(t->picture, &mark, x, event->y0, t->mark - 0.55);
    if (event->row->open)
        draw_open(t, event, x, half);
}

static void draw_break(const struct timeline *t, double y)
{
    const uint32_t rgb = t->plot->palette.grey;
    double left = lane_x(t, t->lanes - 1) - t->mark - 2, right = t->axis + t->mark + 2, rise = 3, half = 2.2;

    picture_move(t->picture, left, y - half + rise);
    picture_line(t->picture, right, y - half - rise);
    picture_line(t->picture, right, y + half - rise);
    picture_line(t->picture, left, y + half + rise);
    picture_close(t->picture);
    picture_paint(t->picture, (struct paint){.fill = true, .fill_rgb = COLOUR_PAPER});
    picture_rule(t->picture, left, y - half + rise, right, y - half - rise, rgb, 0.8);
    picture_rule(t->picture, left, y + half + rise, right, y + half - rise, rgb, 0.8);
}

/* With a tick where a year begins. */
static void draw_axis(const struct timeline *t)
{
    double length = date_scale_length(&t->scale);
    const uint32_t rgb = t->plot->palette.grey;
    int first = t->events[0].row->start.year, last = first;

    for (size_t i = 0; i < t->event_count; i++)
        last = t->events[i].end > t->events[i].start && t->events[i].row->end.year > last
                   ? t->events[i].row->end.year
                   : t->events[i].row->start.year > last ? t->events[i].row->start.year : last;
    picture_rule(t->picture, t->axis, t->top, t->axis, t->top + length + 2 * AXIS_MARGIN, rgb, 1);
    for (int year = first + 1; year <= last; year++) {
        int32_t day = date_days((struct date){(int16_t)year, 1, 1});
        double y = t->top + AXIS_MARGIN + date_scale_at(&t->scale, day);
        if (date_scale_shows(&t->scale, day))
            picture_rule(t->picture, t->axis - TICK, y, t->axis + TICK, y, rgb, 1);
    }
}

static void draw_breaks(const struct timeline *t)
{
    for (size_t i = 0; i < t->scale.break_count; i++)
        draw_break(t, t->top + AXIS_MARGIN + date_scale_at(&t->scale, t->scale.breaks[i].from) + BREAK / 2);
}

/* From the mark level to the fan, then sloping to the words. */
static void draw_leaders(const struct timeline *t, const struct entry *entry)
{
    const struct event *event = entry->event;
    double words_y = entry->top + entry->ascent - capital_middle(t);

    for (size_t side = 0; side < t->plot->lang_count; side++) {
        double way = side == 0 ? 1 : -1;
        picture_move(t->picture, lane_x(t, event->lane), event->y0);
        picture_line(t->picture, t->fan_start[side], event->y0);
        picture_line(t->picture, t->words[side] - way * 7, words_y);
        picture_line(t->picture, t->words[side] - way * 3, words_y);
        picture_stroke(t->picture, t->plot->palette.grey, t->plot->style->hairline * 1.25);
    }
}

/* Dates and years next to the axis, texts flush with the side of the frame where their language begins. */
static void draw_words(const struct timeline *t, const struct entry *entry)
{
    const struct plot *plot = t->plot;
    double baseline = entry->top + entry->ascent;

    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        const struct label *date = &entry->date[lang], *text = &entry->text[lang];
        bool both = plot->lang_count > 1, before = both && lang == LANG_EN; /* stands before the axis */
        double year_baseline = entry->top - entry->lead + entry->lead_ascent;
        double date_x = t->words[before], text_x = t->words[0] + t->date_width[lang] + COLUMN_GAP;
        if (both)
            text_x = before ? 0 : plot->width;
        picture_label(t->picture, entry->year[lang], date_x, year_baseline - entry->year[lang].ascent,
                      before ? ANCHOR_END : ANCHOR_START);
        picture_label(t->picture, *date, date_x, baseline - date->ascent, before ? ANCHOR_END : ANCHOR_START);
        picture_label(t->picture, *text, text_x, baseline - text->ascent,
                      both && !before ? ANCHOR_END : ANCHOR_START);
    }
}

static double draw_legend(const struct timeline *t)
{
    struct legend_entry *entries = arena_array(t->plot->arena, t->groups->count, sizeof *entries);

    for (size_t i = 0; i < t->groups->count; i++) {
        entries[i] = legend_of_series(t->plot, t->groups, i, LEGEND_SYMBOL);
        entries[i].mark = mark_of_group(t->plot, i);
    }
    return legend_draw(t->plot, t->picture, entries, t->groups->count, 0);
}

/* --- what it refuses --- */

static void check_events(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;

    plot_check_count(plot, EVENTS_MOST, "events");
    if (groups_of(plot, GROUP_SERIES)->count > SERIES_MOST)
        diag_add(plot->diags, DIAG_CHART_CROWDED, spec->at,
                 "chart '%s' has %zu series; at most %d can be told apart in grey", spec->id,
                 groups_of(plot, GROUP_SERIES)->count, SERIES_MOST);
    for (size_t i = 0; i < spec->row_count; i++) {
        const struct chart_row *row = &spec->rows[i];
        if (row->has_end && date_days(row->end) < date_days(row->start))
            diag_add(plot->diags, DIAG_CHART_DATA, row->at,
                     "'%s' of chart '%s' ends before it starts; end is the later day",
                     row->label[plot->langs[0]], spec->id);
    }
}

static struct picture *timeline_lay(const struct plot *plot)
{
    struct timeline t = {.plot = plot, .picture = picture_new(plot->arena, plot->width), .lanes = 2,
                         .mark = plot_length(plot, MARK), .lane = plot_length(plot, LANE)};

    picture_mirror(t.picture, plot->mirrored);
    gather_events(&t);
    t.top = draw_legend(&t);
    measure_dates(&t);
    /* Words need columns, columns need lanes, lanes need the scale, and the scale needs the words' height:
     * the widths of a first guess decide the scale. */
    place_columns(&t);
    set_words(&t);
    make_scale(&t);
    assign_lanes(&t);
    place_columns(&t);
    set_words(&t);
    place_words(&t);
    for (size_t i = 0; i < t.event_count; i++)
        draw_leaders(&t, &t.entries[i]);
    draw_axis(&t);
    for (size_t i = 0; i < t.event_count; i++)
        draw_event(&t, &t.events[i]);
    draw_breaks(&t);
    for (size_t i = 0; i < t.event_count; i++)
        draw_words(&t, &t.entries[i]);
    picture_set_height(t.picture, t.bottom);
    return t.picture;
}

const struct chart_kind timeline_kind = { .labelled = true, .check = check_events, .lay = timeline_lay };
