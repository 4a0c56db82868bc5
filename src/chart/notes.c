/* Notes on the values and days of an axis, and what any chart's notes must be. Must not know how a type draws. */
#include "chart/notes.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "chart/plot.h"

static const double WORDS_WIDTH = 150;  /* about half of what a note of fifty letters takes, points */
static const double FLAG = 3;           /* from a line to the words beside its end */
static const double ROW_GAP = 1.5, BELOW = 3; /* between rows of words; below the last */
static const double APART = 6;          /* between words in a row */
static const double LINE = 0.8;

struct mark_of_note {
    const struct chart_note *note;
    double from, to;     /* along the axis; a line: the same */
    struct label_pair words;
    double left, bottom; /* lying axis: of the words; bottom upwards from the plot */
};

struct chart_notes {
    const struct plot *plot;
    bool standing;
    struct mark_of_note *marks;
    size_t count;
    double room;
};

static void add(struct chart_notes *notes, const struct chart_note *note, double from, double to)
{
    struct arena *arena = notes->plot->arena;

    notes->marks = arena_grow(arena, notes->marks, notes->count, sizeof *notes->marks);
    notes->marks[notes->count++] = (struct mark_of_note){.note = note, .from = fmin(from, to), .to = fmax(from, to)};
}

/* Shares are written in percent. */
static double along(const struct axis *axis, struct num value)
{
    return axis_at(axis, axis->shares ? num_to_double(value) / 100 : num_to_double(value));
}

struct chart_notes *chart_notes_of_values(const struct plot *plot, const struct axis *axis, bool standing)
{
    struct chart_notes *notes = arena_alloc(plot->arena, sizeof *notes);

    notes->plot = plot;
    notes->standing = standing;
    for (size_t i = 0; i < plot->spec->note_count; i++) {
        const struct chart_note *note = &plot->spec->notes[i];
        double value = along(axis, note->value);
        if (note->kind == NOTE_VALUE)
            add(notes, note, value, value);
        else if (note->kind == NOTE_VALUES)
            add(notes, note, value, along(axis, note->to));
    }
    return notes;
}

struct chart_notes *chart_notes_of_days(const struct plot *plot, const struct axis *axis)
{
    struct chart_notes *notes = arena_alloc(plot->arena, sizeof *notes);

    notes->plot = plot;
    for (size_t i = 0; i < plot->spec->note_count; i++) {
        const struct chart_note *note = &plot->spec->notes[i];
        double day = axis_at(axis, date_days(note->day));
        if (note->kind == NOTE_DAY)
            add(notes, note, day, day);
        else if (note->kind == NOTE_DAYS)
            add(notes, note, day, axis_at(axis, date_days(note->until)));
    }
    return notes;
}

size_t chart_notes_count(const struct chart_notes *notes)
{
    return notes->count;
}

/* --- words --- */

struct label_pair chart_notes_words(const struct plot *plot, const struct chart_note *note, double width)
{
    return label_pair_make(plot, note->label, (struct label_look){WEIGHT_REGULAR, plot->palette.ink, 1}, width,
                           &note->at);
}

/* Words whose height, [bottom, top], and whose breadth meets another's, or another's line up to its words. */
static bool is_taken(const struct chart_notes *notes, const struct mark_of_note *mark, size_t placed)
{
    double right = mark->left + mark->words.width, top = mark->bottom + mark->words.height;

    for (size_t i = notes->count - placed; i < notes->count; i++) {
        const struct mark_of_note *other = &notes->marks[i];
        double other_top = other->bottom + other->words.height;
        bool line = other->from > mark->left - FLAG && other->from < right + FLAG && other->bottom > mark->bottom;
        if (line || (mark->left < other->left + other->words.width + APART && other->left < right + APART &&
                     mark->bottom < other_top + ROW_GAP && other->bottom < top + ROW_GAP))
            return true;
    }
    return false;
}

static void sort_marks(struct chart_notes *notes)
{
    for (size_t i = 1; i < notes->count; i++) {
        struct mark_of_note moving = notes->marks[i];
        size_t k = i;
        for (; k > 0 && notes->marks[k - 1].from > moving.from; k--)
            notes->marks[k] = notes->marks[k - 1];
        notes->marks[k] = moving;
    }
}

/* From the last to the first, each like a flag on its line and as low as may be, so that no line meets words. Those
 * that would reach beyond the frame are moved back. */
static double place_rows(struct chart_notes *notes, double least, double most)
{
    double height = 0;

    sort_marks(notes);
    for (size_t placed = 0; placed < notes->count; placed++) {
        struct mark_of_note *mark = &notes->marks[notes->count - 1 - placed];
        mark->words = chart_notes_words(notes->plot, mark->note, plot_length(notes->plot, WORDS_WIDTH));
        mark->left = fmax(fmin(mark->from + FLAG, most - mark->words.width), least);
        mark->bottom = BELOW;
        while (is_taken(notes, mark, placed))
            mark->bottom += 1;
        height = fmax(height, mark->bottom + mark->words.height);
    }
    return height;
}

double chart_notes_room(struct chart_notes *notes, double least, double most)
{
    notes->room = 0;
    if (!notes->standing)
        return notes->room = place_rows(notes, least, most);
    for (size_t i = 0; i < notes->count; i++) {
        notes->marks[i].words = chart_notes_words(notes->plot, notes->marks[i].note, most - ends_gap(notes->plot));
        notes->room = fmax(notes->room, notes->marks[i].words.width + ends_gap(notes->plot));
    }
    return notes->room;
}

/* --- drawing --- */

static void rule(const struct chart_notes *notes, struct picture *picture, double along, double from, double to,
                 double width)
{
    uint32_t rgb = notes->plot->palette.muted;

    if (notes->standing)
        picture_rule(picture, from, along, to, along, rgb, width);
    else
        picture_rule(picture, along, from, along, to, rgb, width);
}

void chart_notes_draw_bands(const struct chart_notes *notes, struct picture *picture, double from, double to)
{
    uint32_t rgb = colour_mix(notes->plot->palette.grey_dim, COLOUR_PAPER, 0.45);

    for (size_t i = 0; i < notes->count; i++) {
        const struct mark_of_note *mark = &notes->marks[i];
        if (mark->to <= mark->from)
            continue;
        if (notes->standing)
            picture_rectangle(picture, from, mark->from, to - from, mark->to - mark->from);
        else
            picture_rectangle(picture, mark->from, from, mark->to - mark->from, to - from);
        picture_paint(picture, (struct paint){.fill = true, .fill_rgb = rgb});
        rule(notes, picture, mark->to, from, to, notes->plot->style->hairline);
        if (notes->standing)
            rule(notes, picture, mark->from, from, to, notes->plot->style->hairline);
    }
}

/* Of a band, only its beginning on a lying axis, where its words hang. */
void chart_notes_draw_lines(const struct chart_notes *notes, struct picture *picture, double from, double to)
{
    for (size_t i = 0; i < notes->count; i++) {
        const struct mark_of_note *mark = &notes->marks[i];
        bool band = mark->to > mark->from;
        if (!notes->standing)
            rule(notes, picture, mark->from, from - mark->bottom - mark->words.height + ROW_GAP, to,
                 band ? (double)notes->plot->style->hairline : LINE);
        else if (!band)
            rule(notes, picture, mark->from, from, to, LINE);
    }
}

void chart_notes_ends(const struct chart_notes *notes, double x, struct end_label *out)
{
    for (size_t i = 0; i < notes->count; i++)
        out[i] = (struct end_label){.words = notes->marks[i].words, .x = x,
                                    .y = (notes->marks[i].from + notes->marks[i].to) / 2,
                                    .rgb = notes->plot->palette.muted};
}

void chart_notes_draw(const struct chart_notes *notes, struct picture *picture, double from, double to)
{
    chart_notes_draw_lines(notes, picture, from, to);
    if (notes->standing) {
        struct end_label *ends = arena_array(notes->plot->arena, notes->count, sizeof *ends);
        chart_notes_ends(notes, to, ends);
        ends_place(notes->plot, ends, notes->count, 0, HUGE_VAL);
        ends_draw(notes->plot, picture, ends, notes->count, to + ends_gap(notes->plot), false);
        return;
    }
    for (size_t i = 0; i < notes->count; i++) {
        const struct mark_of_note *mark = &notes->marks[i];
        double top = from - mark->bottom - mark->words.height;
        picture_rectangle(picture, mark->left - 1, top, mark->words.width + 2, mark->words.height);
        picture_paint(picture, (struct paint){.fill = true, .fill_rgb = COLOUR_PAPER});
        picture_label_pair(picture, &mark->words, mark->left, top, ANCHOR_START);
    }
}

const struct chart_note *chart_notes_of_category(const struct plot *plot, const char *category)
{
    for (size_t i = 0; i < plot->spec->note_count; i++) {
        const struct chart_note *note = &plot->spec->notes[i];
        if (note->kind == NOTE_CATEGORY && note->category && strcmp(note->category, category) == 0)
            return note;
    }
    return NULL;
}

/* --- what is refused --- */

static bool has_category(const struct plot *plot, const char *name)
{
    const struct groups *categories = groups_of(plot, GROUP_CATEGORY);

    for (size_t i = 0; i < categories->count; i++)
        if (strcmp(group_words(categories, GROUP_CATEGORY, i)[LANG_EN], name) == 0)
            return true;
    return false;
}

static void check_value(const struct plot *plot, const struct chart_note *note, struct num value)
{
    const struct chart_look *look = &plot->spec->look;

    if (look->logarithmic && value.coefficient <= 0)
        diag_add(plot->diags, DIAG_CHART_DATA, note->at,
                 "a note of chart '%s' is not above zero; a logarithmic scale has no place for it", plot->spec->id);
    if (look->stack == STACK_SHARES && (value.coefficient < 0 || num_compare(value, num_from_int(100)) > 0))
        diag_add(plot->diags, DIAG_CHART_DATA, note->at,
                 "a note of chart '%s' is no share; its value is a percentage, 0 to 100", plot->spec->id);
}

static int32_t month_of(struct date day)
{
    return day.year * 12 + day.month;
}

/* A calendar shows the months of its data; axes of days reach as far as their notes. */
static void check_days(const struct plot *plot, const struct chart_note *note)
{
    const struct chart_spec *spec = plot->spec;
    int32_t from = month_of(note->day), to = note->kind == NOTE_DAYS ? month_of(note->until) : from;
    int32_t first = INT32_MAX, last = INT32_MIN;

    if (note->kind == NOTE_DAYS && date_days(note->until) < date_days(note->day))
        diag_add(plot->diags, DIAG_CHART_DATA, note->at,
                 "a note of chart '%s' ends before it begins; until is the later day", spec->id);
    for (size_t i = 0; i < spec->row_count; i++) {
        first = month_of(spec->rows[i].start) < first ? month_of(spec->rows[i].start) : first;
        last = month_of(spec->rows[i].start) > last ? month_of(spec->rows[i].start) : last;
    }
    if (spec->type == CHART_CALENDAR && (from < first || to > last))
        diag_add(plot->diags, DIAG_CHART_DATA, note->at,
                 "a note of chart '%s' lies outside the months of its data, which are all that a calendar shows",
                 spec->id);
}

void chart_notes_check(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;

    for (size_t i = 0; i < spec->note_count; i++) {
        const struct chart_note *note = &spec->notes[i];
        if (note->kind == NOTE_VALUE || note->kind == NOTE_VALUES || note->kind == NOTE_POINT)
            check_value(plot, note, note->value);
        if (note->kind == NOTE_VALUES)
            check_value(plot, note, note->to);
        if (note->kind == NOTE_DAY || note->kind == NOTE_DAYS)
            check_days(plot, note);
        if (note->kind == NOTE_CATEGORY && spec->type != CHART_TILE_MAP && !has_category(plot, note->category))
            diag_add(plot->diags, DIAG_CHART_DATA, note->at,
                     "'%s' of a note of chart '%s' is none of its categories; write the English name of one",
                     note->category, spec->id);
        if ((spec->type == CHART_HEMICYCLE || spec->type == CHART_WAFFLE) && i == 1)
            diag_add(plot->diags, DIAG_CHART_DATA, note->at,
                     "chart '%s' has a second mark; one, as of the majority, is all it shows", spec->id);
    }
}
