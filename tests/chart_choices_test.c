/*
 * What report.yaml takes for a type of chart, its type must do: every note of every type is drawn, with its words, in each
 * frame; every choice changes the picture. What it does not take is refused where it is read (report_build_test).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "report/definition.h"
#include "support/chart_check.h"
#include "support/chart_samples.h"
#include "support/chart_samples_areas.h"
#include "support/chart_samples_bars.h"
#include "support/chart_samples_lines.h"

enum { WIDTH = 520, ROWS_MOST = 400 };
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct chart_spec *sample_of(enum chart_type type)
{
    static const struct chart_spec *const samples[CHART_TYPE_COUNT] = {
        [CHART_BAR] = &sample_bars,           [CHART_DOT] = &sample_dots,             [CHART_RANGE_BARS] = &sample_range_bars,
        [CHART_PYRAMID] = &sample_pyramid,    [CHART_LINE] = &sample_line,            [CHART_SLOPE] = &sample_slope,
        [CHART_SCATTER] = &sample_scatter,    [CHART_HEMICYCLE] = &sample_hemicycle,  [CHART_COUNCILS] = &sample_councils,
        [CHART_WAFFLE] = &sample_waffle,      [CHART_NUMBER] = &sample_number,        [CHART_TIMELINE] = &sample_timeline,
        [CHART_CALENDAR] = &sample_calendar,  [CHART_MATRIX] = &sample_matrix,        [CHART_TILE_MAP] = &sample_tile_map,
    };

    return samples[type];
}

static struct buf dump_of(void **state, const struct chart_spec *spec, enum frame_kind kind)
{
    float height;
    struct scene *scene = chart_draw_alone(*state, spec, kind, WIDTH, &height);
    struct buf dump;

    buf_init(&dump);
    scene_dump(scene, &dump);
    scene_drop(scene);
    return dump;
}

/* --- notes --- */

/* At the middle of the data, so that no type's own marks stand there. */
static struct chart_note note_on(const struct chart_spec *spec, enum chart_note_kind kind)
{
    const struct chart_row *row = &spec->rows[spec->row_count / 2];
    struct chart_note note = {.kind = kind, .label = {"noted", "ملحوظة"}, .value = row->value, .day = row->start,
                              .until = row->start, .category = row->label[LANG_EN]};

    note.to = (struct num){row->value.coefficient + 3, row->value.scale};
    if (spec->type == CHART_TILE_MAP)
        note.category = "Baghdad";
    return note;
}

static size_t paths_in(const struct buf *dump)
{
    size_t count = 0;

    for (const char *at = dump->data; (at = strstr(at, "path ")); at++)
        count++;
    return count;
}

static void assert_noted(void **state, const struct chart_spec *sample, enum chart_note_kind kind)
{
    struct chart_spec with = *sample, without = *sample;
    struct chart_note note = note_on(sample, kind);

    without.notes = NULL;
    without.note_count = 0;
    with.notes = &note;
    with.note_count = 1;
    for (int frame = 0; frame < FRAME_KINDS; frame++) {
        struct buf bare = dump_of(state, &without, (enum frame_kind)frame), noted = dump_of(state, &with, (enum frame_kind)frame);
        bool en = strstr(noted.data, "noted"), ar = strstr(noted.data, "ملحوظة");
        if (en != (frame != FRAME_AR) || ar != (frame != FRAME_EN))
            fail_msg("the words of note %d of '%s' are not drawn in frame %d", kind, sample->id, frame);
        if (kind != NOTE_CATEGORY && paths_in(&noted) <= paths_in(&bare))
            fail_msg("note %d of '%s' has no mark in frame %d", kind, sample->id, frame);
        buf_drop(&bare);
        buf_drop(&noted);
        chart_check_layout(*state, &with, (enum frame_kind)frame, WIDTH);
    }
}

static void test_every_note_is_drawn(void **state)
{
    size_t pairs = 0;

    for (enum chart_type type = 0; type < CHART_TYPE_COUNT; type++)
        for (enum chart_note_kind kind = NOTE_VALUE; kind <= NOTE_POINT; kind++)
            if (chart_type_has_note(type, kind)) {
                assert_noted(state, sample_of(type), kind);
                pairs++;
            }
    assert_int_equal(pairs, 22);
}

static void test_notes_on_standing_bars_and_shares(void **state)
{
    struct chart_spec shares = sample_bars_shares;
    struct chart_note half = {.kind = NOTE_VALUE, .value = {50, 0}, .label = {"noted", "ملحوظة"}};

    for (enum chart_note_kind kind = NOTE_VALUE; kind <= NOTE_POINT; kind++)
        if (chart_type_has_note(CHART_BAR, kind)) {
            assert_noted(state, &sample_bars_standing, kind);
            assert_noted(state, &sample_dots_stems, kind);
        }
    shares.notes = &half;
    shares.note_count = 1;
    for (int frame = 0; frame < FRAME_KINDS; frame++)
        chart_check_layout(*state, &shares, (enum frame_kind)frame, WIDTH);
}

/* The line stands where a bar of that value ends. */
static void test_a_note_stands_at_its_value(void **state)
{
    static const struct chart_row rows[] = {{.label = {"a", "ا"}, .value = {30, 0}, .emphasis = true},
                                            {.label = {"b", "ب"}, .value = {80, 0}, .emphasis = true}};
    struct chart_note note = {.kind = NOTE_VALUE, .value = {30, 0}, .label = {"noted", "ملحوظة"}};
    struct chart_spec spec = {.id = "at", .type = CHART_BAR, .rows = rows, .row_count = 2, .notes = &note, .note_count = 1};

    for (int frame = 0; frame < FRAME_KINDS; frame++) {
        float height, end = 0, line = -1;
        struct scene *scene = chart_draw_alone(*state, &spec, (enum frame_kind)frame, WIDTH, &height);
        for (size_t i = 0; i < scene_page_at(scene, 0)->command_count; i++) {
            const struct scene_command *c = &scene_page_at(scene, 0)->commands[i];
            if (c->kind != SCENE_PATH)
                continue;
            struct chart_box box = chart_path_box(c);
            if (c->path.paint.fill && c->path.paint.fill_rgb == chart_bench_style.accent && end == 0)
                end = frame == FRAME_AR ? box.left : box.right;
            if (c->path.paint.stroke && c->path.paint.width == 0.8f && line < 0)
                line = box.left;
        }
        assert_float_equal(end, line, 0.05);
        scene_drop(scene);
    }
}

static void test_notes_without_a_place_are_refused(void **state)
{
    static const struct place at = {"report.yaml", 30, 9};
    struct chart_note notes[2] = {{.kind = NOTE_CATEGORY, .category = "Atlantis", .label = {"a", "ا"}, .at = at},
                                  {.kind = NOTE_VALUE, .value = {50, 0}, .label = {"b", "ب"}, .at = at}};
    struct chart_spec spec = sample_range_bars;

    spec.notes = notes;
    spec.note_count = 1;
    chart_assert_refused(*state, &spec, WIDTH,
                         "report.yaml:30:9: error: [chart-data] 'Atlantis' of a note of chart 'attacks' is none of its "
                         "categories; write the English name of one\n");
    spec = sample_dots_log;
    notes[0] = (struct chart_note){.kind = NOTE_VALUES, .value = {1, 0}, .to = {0, 0}, .label = {"a", "ا"}, .at = at};
    spec.notes = notes;
    spec.note_count = 1;
    chart_assert_refused(*state, &spec, WIDTH,
                         "report.yaml:30:9: error: [chart-data] a note of chart 'dots-log' is not above zero; a "
                         "logarithmic scale has no place for it\n");
    spec = sample_bars_shares;
    notes[0] = (struct chart_note){.kind = NOTE_VALUE, .value = {101, 0}, .label = {"a", "ا"}, .at = at};
    spec.notes = notes;
    spec.note_count = 1;
    chart_assert_refused(*state, &spec, WIDTH,
                         "report.yaml:30:9: error: [chart-data] a note of chart 'bars-shares' is no share; its value is a "
                         "percentage, 0 to 100\n");
    spec = sample_hemicycle;
    notes[0] = notes[1];
    spec.notes = notes;
    spec.note_count = 2;
    chart_assert_refused(*state, &spec, WIDTH,
                         "report.yaml:30:9: error: [chart-data] chart 'seats' has a second mark; one, as of the majority, "
                         "is all it shows\n");
    spec = sample_calendar;
    notes[0] = (struct chart_note){.kind = NOTE_DAY, .day = {2022, 10, 1}, .label = {"a", "ا"}, .at = at};
    spec.notes = notes;
    spec.note_count = 1;
    chart_assert_refused(*state, &spec, WIDTH,
                         "report.yaml:30:9: error: [chart-data] a note of chart 'calendar' lies outside the months of its "
                         "data, which are all that a calendar shows\n");
    spec = sample_number;
    notes[0] = (struct chart_note){.kind = NOTE_POINT, .day = spec.rows[0].start, .label = {"a", "ا"}, .at = at};
    spec.notes = notes;
    spec.note_count = 1;
    spec.row_count = 1;
    chart_assert_refused(*state, &spec, WIDTH,
                         "report.yaml:30:9: error: [chart-data] chart 'number' has a note and one row, of which no line is "
                         "drawn; take the note out\n");
    spec = sample_bars_standing;
    notes[0] = (struct chart_note){.kind = NOTE_CATEGORY, .category = spec.rows[0].label[LANG_EN], .at = at,
                                   .label = {"Counterterrorism operations", "عمليات"}};
    spec.notes = notes;
    spec.note_count = 1;
    chart_assert_refused(*state, &spec, WIDTH,
                         "report.yaml:30:9: error: [chart-crowded] the note at '2016' of chart 'bars-standing' does not fit "
                         "below its column, which is 51 points wide; shorten it, or write direction: horizontal\n");
}

/* --- choices --- */

/* Twice, in two panels, of which one has larger values. */
static struct chart_spec in_panels(const struct chart_spec *spec, struct chart_row rows[ROWS_MOST])
{
    static const char *const names[2][LANG_COUNT] = {{"First", "الأول"}, {"Second", "الثاني"}};
    struct chart_spec out = *spec;

    assert_true(2 * spec->row_count <= ROWS_MOST);
    if (spec->type == CHART_COUNCILS)
        return out;
    for (size_t i = 0; i < 2 * spec->row_count; i++) {
        struct chart_row *row = &rows[i];
        *row = spec->rows[i % spec->row_count];
        row->value.coefficient *= i < spec->row_count ? 1 : 3;
        row->low.coefficient *= i < spec->row_count ? 1 : 3;
        row->high.coefficient *= i < spec->row_count ? 1 : 3;
        memcpy(row->panel, names[i / spec->row_count], sizeof names[0]);
    }
    out.rows = rows;
    out.row_count *= 2;
    out.note_count = 0;
    out.has_total = false;
    return out;
}

/* A chart without the choice in `from`, the same with it in `to`. */
static void choose(enum chart_type type, const char *key, struct chart_row rows[ROWS_MOST], struct chart_spec *from,
                   struct chart_spec *to)
{
    bool bar = type == CHART_BAR, line = type == CHART_LINE;

    *from = *sample_of(type);
    if (strcmp(key, "columns") == 0 || strcmp(key, "own_scales") == 0)
        *from = in_panels(type == CHART_SCATTER ? &sample_scatter_series : from, rows);
    else if (strcmp(key, "order") == 0) {
        size_t last = from->row_count - 1; /* becomes the largest */
        memcpy(rows, from->rows, from->row_count * sizeof *rows);
        while (rows[last].missing)
            last--;
        rows[last].value = num_from_int(5000);
        rows[last].value_text[LANG_EN] = rows[last].value_text[LANG_AR] = NULL;
        rows[last].has_low = rows[last].has_high = false;
        from->rows = rows;
    } else if (strcmp(key, "direction") == 0)
        *from = bar ? sample_bars_standing : sample_dots_stems;
    else if (strcmp(key, "stack") == 0)
        *from = bar ? sample_bars_shares : sample_line_area;
    else if (strcmp(key, "most") == 0)
        *from = bar ? sample_bars_rest : sample_dots;
    else if (strcmp(key, "scale") == 0)
        *from = line ? sample_line_series : type == CHART_DOT ? sample_dots_log : sample_scatter_series;
    else if (strcmp(key, "legend") == 0)
        *from = bar ? sample_bars_beside : sample_line_series;
    *to = *from;
    to->look.columns = strcmp(key, "columns") == 0 ? 1 : from->look.columns;
    to->look.own_scales = strcmp(key, "own_scales") == 0;
    to->look.vertical ^= strcmp(key, "direction") == 0;
    if (strcmp(key, "stack") == 0) {
        from->look.stack = STACK_ON_TOP;
        to->look.stack = STACK_SHARES;
    }
    to->look.order = strcmp(key, "order") == 0 ? ORDER_VALUE - from->look.order : from->look.order;
    to->look.most = strcmp(key, "most") == 0 ? 2 : from->look.most;
    to->look.logarithmic ^= strcmp(key, "scale") == 0;
    to->look.steps ^= strcmp(key, "shape") == 0;
    to->look.area ^= strcmp(key, "area") == 0;
    to->look.stems ^= strcmp(key, "stems") == 0;
    to->look.period = strcmp(key, "period") == 0 ? PERIOD_QUARTER : from->look.period;
    to->look.time = strcmp(key, "time") == 0 ? TIME_READING : from->look.time;
    to->look.keep_sides ^= strcmp(key, "keep_sides") == 0;
    to->look.legend = strcmp(key, "legend") == 0 ? LEGEND_BOX : from->look.legend;
}

static bool changes(void **state, const struct chart_spec *from, const struct chart_spec *to)
{
    bool differ = false;

    for (int frame = FRAME_EN; frame <= FRAME_AR; frame++) {
        struct buf a = dump_of(state, from, (enum frame_kind)frame), b = dump_of(state, to, (enum frame_kind)frame);
        differ |= strcmp(a.data, b.data) != 0;
        buf_drop(&a);
        buf_drop(&b);
    }
    return differ;
}

/* All but parallel, which is the layout's. */
static void test_every_choice_changes_the_picture(void **state)
{
    static const char *const keys[] = {"direction", "stack", "order", "most", "scale", "shape", "area", "stems", "period",
                                       "time", "keep_sides", "legend", "columns", "own_scales"};
    static struct chart_row rows[ROWS_MOST];
    size_t pairs = 0;

    for (enum chart_type type = 0; type < CHART_TYPE_COUNT; type++)
        for (size_t i = 0; i < COUNT(keys); i++) {
            struct chart_spec from, to;
            if (!chart_type_has_key(type, keys[i]))
                continue;
            choose(type, keys[i], rows, &from, &to);
            if (!changes(state, &from, &to))
                fail_msg("%s of '%s' changes nothing", keys[i], from.id);
            pairs++;
        }
    assert_int_equal(pairs, 52);
}

static void test_names_that_do_not_fit_directly(void **state)
{
    struct chart_spec spec = sample_bars_standing_beside;

    spec.look.legend = LEGEND_DIRECT;
    chart_assert_refused(*state, &spec, WIDTH,
                         "report.yaml:20:5: error: [chart-crowded] the names of the series of chart 'bars-standing-beside' "
                         "do not fit at the bars of its first category; write legend: box, shorter names, or direction: "
                         "horizontal\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_note_is_drawn),
        cmocka_unit_test(test_notes_on_standing_bars_and_shares),
        cmocka_unit_test(test_a_note_stands_at_its_value),
        cmocka_unit_test(test_notes_without_a_place_are_refused),
        cmocka_unit_test(test_every_choice_changes_the_picture),
        cmocka_unit_test(test_names_that_do_not_fit_directly),
    };
    return cmocka_run_group_tests_name("notes and choices of charts", tests, chart_bench_set_up, chart_bench_tear_down);
}
