/*
 * Charts as they stand in the scene: golden dumps of each type in each frame, and what must hold for any of
 * them. MUJAZ_GOLDEN=write in the environment writes the dumps anew: look at the pages before keeping them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "chart/chart.h"
#include "support/chart_check.h"
#include "support/chart_samples.h"
#include "support/program.h"

static void test_golden(void **state)
{
    const struct chart_spec *const samples[] = {&sample_hemicycle, &sample_range_bars, &sample_timeline};

    for (size_t i = 0; i < 3; i++)
        for (int kind = 0; kind < FRAME_KINDS; kind++)
            chart_check_golden(*state, samples[i], (enum frame_kind)kind);
}

static void test_labels_stay_inside_and_apart(void **state)
{
    static const float widths[FRAME_KINDS][3] = {{230, 340, 470}, {230, 340, 470}, {400, 470, 700}};
    const struct chart_spec *const samples[] = {&sample_hemicycle, &sample_range_bars, &sample_timeline};

    for (size_t i = 0; i < 3; i++)
        for (int kind = 0; kind < FRAME_KINDS; kind++)
            for (size_t w = 0; w < 3; w++)
                chart_check_layout(*state, samples[i], (enum frame_kind)kind, widths[kind][w]);
}

static void test_arabic_digits_fit_too(void **state)
{
    const struct chart_spec *const samples[] = {&sample_hemicycle, &sample_range_bars, &sample_timeline};
    struct chart_bench other = *(struct chart_bench *)*state;

    other.locale[LANG_AR] = other.arabic_digits;
    for (size_t i = 0; i < 3; i++)
        for (int kind = FRAME_AR; kind < FRAME_KINDS; kind++)
            chart_check_layout(&other, samples[i], (enum frame_kind)kind, 470);
}

/* --- seats --- */

/* Shapes closed in paths filled with that colour. */
static size_t count_shapes(const struct scene *scene, uint32_t fill)
{
    const struct scene_page *page = scene_page_at(scene, 0);
    size_t count = 0;

    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *command = &page->commands[i];
        if (command->kind != SCENE_PATH || !command->path.paint.fill || command->path.paint.fill_rgb != fill)
            continue;
        for (uint32_t k = 0; k < command->path.count; k++)
            count += command->path.steps[k].op == PATH_CLOSE;
    }
    return count;
}

static void test_a_dot_for_each_seat(void **state)
{
    struct chart_bench *f = *state;
    float height;

    /* one language: names stand beside their seats, so there are no swatches to count */
    struct scene *scene = chart_draw_alone(f, &sample_hemicycle, FRAME_EN, 470, &height);
    const struct scene_page *page = scene_page_at(scene, 0);
    size_t dots = 0;

    for (size_t i = 0; i < page->command_count; i++)
        for (uint32_t k = 0; page->commands[i].kind == SCENE_PATH && k < page->commands[i].path.count; k++)
            dots += page->commands[i].path.steps[k].op == PATH_CLOSE;
    assert_int_equal(dots, 285);
    assert_int_equal(count_shapes(scene, chart_bench_style.accent), 43);
    scene_drop(scene);

    /* both: a swatch in each legend */
    scene = chart_draw_alone(f, &sample_hemicycle, FRAME_BOTH, 470, &height);
    assert_int_equal(count_shapes(scene, chart_bench_style.accent), 43 + 2);
    scene_drop(scene);
}

/* In large print words take more room beside the dots and under their arch. */
static void test_large_words_leave_the_dots_alone(void **state)
{
    for (float size = 7; size <= 18; size += 1)
        for (int kind = FRAME_EN; kind <= FRAME_AR; kind++) {
            struct chart_style large = chart_bench_style;
            float height;
            large.size = size;
            struct scene *scene = chart_draw_in(*state, &large, &sample_hemicycle, (enum frame_kind)kind, 490, &height);
            const struct scene_page *page = scene_page_at(scene, 0);
            for (size_t i = 0; i < page->command_count; i++) {
                const struct scene_command *c = &page->commands[i];
                for (uint32_t k = 0, first = 0; c->kind == SCENE_PATH && k < c->path.count; k++) {
                    struct scene_command dot = *c;
                    if (c->path.steps[k].op != PATH_CLOSE)
                        continue;
                    dot.path.steps += first;
                    dot.path.count = k - first;
                    first = k + 1;
                    for (size_t t = 0; t < page->command_count; t++)
                        if (page->commands[t].kind == SCENE_TEXT)
                            chart_assert_apart(chart_text_box(&page->commands[t]), chart_path_box(&dot));
                }
            }
            scene_drop(scene);
        }
}

static void test_seats_of_any_number(void **state)
{
    static const int64_t sizes[] = {1, 3, 15, 85, 248};
    struct chart_row rows[4];
    struct chart_spec spec = sample_hemicycle;
    struct chart_note note = sample_hemicycle.notes[0];

    memcpy(rows, sample_hemicycle.rows, sizeof rows);
    spec.rows = rows;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (size_t k = 0; k < 4; k++)
            rows[k].value = num_from_int(sizes[i] + (k == 0));
        note.value = num_from_int((4 * sizes[i] + 1) / 2 + 1);
        spec.notes = &note;
        for (int kind = 0; kind < FRAME_KINDS; kind++)
            chart_check_layout(*state, &spec, (enum frame_kind)kind, 470);
    }
}

/* The first list stands where reading begins; in the frame of both languages, on the left. */
static void test_seats_run_from_the_side_of_reading(void **state)
{
    for (int kind = 0; kind < FRAME_KINDS; kind++) {
        size_t seen = 0;
        float height;
        struct scene *scene = chart_draw_alone(*state, &sample_hemicycle, (enum frame_kind)kind, 470, &height);
        const struct scene_page *page = scene_page_at(scene, 0);
        for (size_t i = 0; i < page->command_count; i++) {
            const struct scene_command *c = &page->commands[i];
            if (c->kind == SCENE_PATH && c->path.paint.fill_rgb == chart_bench_style.accent)
                seen += kind == FRAME_AR ? chart_path_box(c).left > CHART_LEFT + 235
                                         : chart_path_box(c).right < CHART_LEFT + 235;
        }
        assert_int_equal(seen, 43 + (kind == FRAME_BOTH)); /* a swatch stands in the legend at either side */
        scene_drop(scene);
    }
}

/* --- bars --- */

static struct chart_box first_bar(const struct scene *scene)
{
    const struct scene_page *page = scene_page_at(scene, 0);

    for (size_t i = 0; i < page->command_count; i++)
        if (page->commands[i].kind == SCENE_PATH && page->commands[i].path.paint.fill)
            return chart_path_box(&page->commands[i]);
    fail();
    return (struct chart_box){0};
}

static void test_bars_grow_from_the_side_of_reading(void **state)
{
    float height;
    struct scene *en = chart_draw_alone(*state, &sample_range_bars, FRAME_EN, 470, &height);
    struct scene *ar = chart_draw_alone(*state, &sample_range_bars, FRAME_AR, 470, &height);

    assert_true(first_bar(en).left > CHART_LEFT + 100 && first_bar(en).right < CHART_LEFT + 400);
    assert_true(first_bar(ar).right < CHART_LEFT + 370 && first_bar(ar).right > CHART_LEFT + 235);
    scene_drop(en);
    scene_drop(ar);
}

static size_t count_fills(struct chart_bench *f, const struct chart_row *row)
{
    struct chart_spec spec = sample_range_bars;
    float height;
    struct scene *scene;
    size_t shapes;

    spec.rows = row;
    spec.row_count = 1;
    scene = chart_draw_alone(f, &spec, FRAME_EN, 470, &height);
    shapes = count_shapes(scene, chart_bench_style.accent);
    scene_drop(scene);
    return shapes;
}

static void test_an_open_bound_is_seen(void **state)
{
    struct chart_row row = {.label = {"a", "ا"}, .value = {80, 0}};

    assert_int_equal(count_fills(*state, &row), 1);
    row.has_low = true;
    row.low = num_from_int(80);
    assert_int_equal(count_fills(*state, &row), 4); /* and three pieces behind it */
    row.has_high = true;
    row.high = num_from_int(90);
    assert_int_equal(count_fills(*state, &row), 1);
}

static size_t count_marks(struct chart_bench *f, const struct chart_row *row)
{
    struct chart_spec spec = sample_range_bars;
    const struct scene_page *page;
    struct scene *scene;
    size_t marks = 0;
    float height;

    spec.rows = row;
    spec.row_count = 1;
    scene = chart_draw_alone(f, &spec, FRAME_EN, 470, &height);
    page = scene_page_at(scene, 0);
    for (size_t i = 0; i < page->command_count; i++)
        marks += page->commands[i].kind == SCENE_PATH && page->commands[i].path.paint.stroke &&
                 page->commands[i].path.paint.stroke_rgb == chart_bench_style.ink;
    scene_drop(scene);
    return marks;
}

/* The mark of the best value is not set where nobody gave one. */
static void test_a_range_has_no_best_value(void **state)
{
    struct chart_row row = {.label = {"a", "ا"}, .value = {100, 0}, .low = {80, 0}, .high = {100, 0},
                            .has_low = true, .has_high = true};

    assert_int_equal(count_marks(*state, &row), 1);
    row.ranged = true;
    assert_int_equal(count_marks(*state, &row), 0);
    assert_int_equal(count_fills(*state, &row), 1);
}

/* Nothing is full up to 40 when the value is 0: all of the bar is what is possible. */
static void test_a_zero_is_a_zero(void **state)
{
    struct chart_row row = {.label = {"a", "ا"}, .high = {40, 0}, .has_high = true};

    assert_int_equal(count_fills(*state, &row), 0);
}

static void assert_lines(struct chart_bench *f, const struct chart_spec *spec, enum frame_kind kind,
                         const char *const *expected)
{
    float height;
    struct scene *scene = chart_draw_alone(f, spec, kind, 470, &height);
    const struct scene_page *page = scene_page_at(scene, 0);

    for (size_t i = 0, found = 0; expected[i]; i++, found = 0) {
        for (size_t k = 0; k < page->command_count; k++) {
            const struct scene_command *command = &page->commands[k];
            if (command->kind != SCENE_TEXT)
                continue;
            found += command->text.line->length == strlen(expected[i]) &&
                     memcmp(command->text.line->text, expected[i], strlen(expected[i])) == 0;
        }
        if (found != 1)
            fail_msg("%zu lines '%s'", found, expected[i]);
    }
    scene_drop(scene);
}

static void test_the_unit_stands_by_the_axis(void **state)
{
    static const char *const lines[] = {"attacks", "هجومًا", NULL};

    assert_lines(*state, &sample_range_bars, FRAME_BOTH, lines);
}

/* In large print the words before a value and its number stay on one line, as there is room for them. */
static void test_large_values_stay_on_one_line(void **state)
{
    struct chart_row row = {.label = {"All", "الكل"}, .value_text = {"more than 100", "أكثر من 100"}, .value = {100, 0},
                            .low = {100, 0}, .has_low = true};
    struct chart_spec spec = sample_range_bars;
    struct chart_style large = chart_bench_style;
    float height;
    size_t found = 0;

    spec.rows = &row;
    spec.row_count = 1;
    large.size = 14;
    struct scene *scene = chart_draw_in(*state, &large, &spec, FRAME_EN, 470, &height);
    const struct scene_page *page = scene_page_at(scene, 0);
    for (size_t i = 0; i < page->command_count; i++)
        found += page->commands[i].kind == SCENE_TEXT
              && strcmp(page->commands[i].text.line->text, "more than 100") == 0;
    assert_int_equal(found, 1);
    scene_drop(scene);
}

static void test_a_label_breaks_where_a_reader_pauses(void **state)
{
    static const char *const lines[] = {"جميع الهجمات،", "17 تشرين الأول 2023–كانون الثاني 2024",
                                        "جميع الهجمات منذ 17 تشرين الأول 2023–", "كانون الثاني 2024", NULL};
    struct chart_row rows[2] = {
        {.label = {"a", "جميع الهجمات، 17 تشرين الأول 2023–كانون الثاني 2024"}, .value = {80, 0}},
        {.label = {"b", "جميع الهجمات منذ 17 تشرين الأول 2023–كانون الثاني 2024"}, .value = {80, 0}},
    };
    struct chart_spec spec = sample_range_bars;

    spec.rows = rows;
    spec.row_count = 2;
    assert_lines(*state, &spec, FRAME_AR, lines);
}

/* Not after one short word, which would leave a scrap, but within the span that follows. */
static void test_a_label_leaves_no_scrap(void **state)
{
    static const char *const lines[] = {"الكل، 17 تشرين الأول 2023", "إلى كانون الثاني 2024", NULL};
    struct chart_row row = {.label = {"a", "الكل، 17 تشرين الأول 2023 إلى كانون الثاني 2024"}, .value = {80, 0}};
    struct chart_spec spec = sample_range_bars;

    spec.rows = &row;
    spec.row_count = 1;
    assert_lines(*state, &spec, FRAME_BOTH, lines);
}

/* --- times --- */

static void test_dates_in_the_words_of_the_source(void **state)
{
    static const char *const lines[] = {"after 29 February", "بعد 29 شباط", NULL};

    assert_lines(*state, &sample_timeline, FRAME_BOTH, lines);
}

/* The open event adds its three pieces and nothing else. */
static void test_an_open_end_is_seen(void **state)
{
    struct chart_row row = sample_timeline.rows[4];
    struct chart_spec spec = sample_timeline;
    size_t shapes[2];

    assert_true(row.open);
    spec.rows = &row;
    spec.row_count = 1;
    for (int i = 0; i < 2; i++) {
        float height;
        struct scene *scene;
        row.open = i == 1;
        scene = chart_draw_alone(*state, &spec, FRAME_EN, 470, &height);
        shapes[i] = count_shapes(scene, chart_bench_style.accent);
        scene_drop(scene);
    }
    assert_int_equal(shapes[0], 2); /* one of them in the legend */
    assert_int_equal(shapes[1], 5);
    chart_check_layout(*state, &spec, FRAME_BOTH, 470);
}

static void test_many_events_have_the_height_they_take(void **state)
{
    static const char *const en[] = {"Strike", "A strike near the border", "Talks"};
    struct chart_row rows[65];
    struct chart_spec spec = sample_timeline;

    for (size_t i = 0; i < 65; i++) {
        rows[i] = sample_timeline.rows[i % sample_timeline.row_count];
        rows[i].label[LANG_EN] = en[i % 3];
        rows[i].start = (struct date){(int16_t)(2019 + i / 12), (uint8_t)(i % 12 + 1), (uint8_t)(i % 28 + 1)};
        rows[i].has_end = false;
    }
    spec.rows = rows;
    spec.row_count = 65;
    for (int kind = 0; kind < FRAME_KINDS; kind++)
        chart_check_layout(*state, &spec, (enum frame_kind)kind, 470);
}

/* --- refused --- */

static void test_seats_that_are_none(void **state)
{
    struct chart_row rows[4];
    struct chart_spec spec = sample_hemicycle;
    struct chart_note note = sample_hemicycle.notes[0];

    memcpy(rows, sample_hemicycle.rows, sizeof rows);
    spec.rows = rows;
    rows[1].value = (struct num){355, 1};
    chart_assert_refused(*state, &spec, 470,
                   "samples.csv:3:1: error: [chart-data] 'State of Law Coalition' of chart 'seats' has a number "
                   "of seats that is negative or not whole; seats are counted\n");
    rows[1].value = (struct num){-35, 0};
    chart_assert_refused(*state, &spec, 470,
                   "samples.csv:3:1: error: [chart-data] 'State of Law Coalition' of chart 'seats' has a number "
                   "of seats that is negative or not whole; seats are counted\n");
    rows[1].value = (struct num){900, 0};
    chart_assert_refused(*state, &spec, 470,
                   "report.yaml:40:5: error: [chart-data] chart 'seats' has 1150 seats in all; a hemicycle shows "
                   "5 to 1000\n");
    rows[1].value = (struct num){350, 1}; /* 35.0 is whole */
    note.value = num_from_int(286);
    spec.notes = &note;
    chart_assert_refused(*state, &spec, 470,
                   "report.yaml:44:13: error: [chart-data] a mark of chart 'seats' lies outside its 285 seats; it "
                   "is a number of seats\n");
}

static void test_rows_that_cannot_be_shown(void **state)
{
    struct chart_row rows[4];
    struct chart_spec spec = sample_hemicycle;

    memcpy(rows, sample_hemicycle.rows, sizeof rows);
    spec.rows = rows;
    rows[2].label[LANG_AR] = NULL;
    chart_assert_refused(*state, &spec, 470,
                   "samples.csv:4:1: error: [chart-data] a row of chart 'seats' has no label in 'ar'; every row "
                   "needs one in each language\n");
    spec.row_count = 0;
    chart_assert_refused(*state, &spec, 470,
                   "report.yaml:40:5: error: [chart-data] chart 'seats' has no rows; its statement must return "
                   "at least one\n");
    chart_assert_refused(*state, &sample_hemicycle, 300,
                   "report.yaml:40:5: error: [chart-crowded] chart 'seats' is 300 points wide; it needs 180 for "
                   "each language, so write parallel: apart\n");
}

static void test_bounds_that_do_not_hold(void **state)
{
    struct chart_row row = {.label = {"a", "ا"}, .value = {80, 0}, .low = {90, 0}, .has_low = true,
                            .at = {"attacks.csv", 7, 3}};
    struct chart_spec spec = sample_range_bars;

    spec.rows = &row;
    spec.row_count = 1;
    chart_assert_refused(*state, &spec, 470,
                   "attacks.csv:7:3: error: [chart-data] 'a' of chart 'attacks' has bounds that do not enclose "
                   "its value; low <= value <= high must hold\n");
    row.has_low = false;
    row.value = num_from_int(-1);
    chart_assert_refused(*state, &spec, 470,
                   "attacks.csv:7:3: error: [chart-data] 'a' of chart 'attacks' is negative; range bars start at "
                   "zero\n");
    row.value = num_from_int(0);
    row.has_low = true;
    chart_assert_refused(*state, &spec, 470,
                   "attacks.csv:7:3: error: [chart-data] 'a' of chart 'attacks' has bounds that do not enclose "
                   "its value; low <= value <= high must hold\n");
    row.has_low = false;
    chart_assert_refused(*state, &spec, 470,
                   "report.yaml:60:5: error: [chart-data] every value of chart 'attacks' is zero; bars need at "
                   "least one that is not\n");
}

static void test_times_that_do_not_hold(void **state)
{
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f", "g"};
    struct chart_row rows[7];
    struct chart_spec spec = sample_timeline;

    memcpy(rows, sample_timeline.rows, sizeof rows);
    spec.rows = rows;
    spec.row_count = 7;
    rows[3].end = rows[0].start;
    chart_assert_refused(*state, &spec, 470,
                   "samples.csv:5:1: error: [chart-data] 'Designation of a militia leader' of chart "
                   "'timeline' ends before it starts; end is the later day\n");
    rows[3].has_end = false;
    rows[5].series[LANG_EN] = rows[5].series[LANG_AR] = NULL;
    chart_assert_refused(*state, &spec, 470,
                   "samples.csv:6:1: error: [chart-data] a row of chart 'timeline' has no series in 'en', and "
                   "others have one; give every row one, or none\n"
                   "samples.csv:6:1: error: [chart-data] a row of chart 'timeline' has no series in 'ar', and "
                   "others have one; give every row one, or none\n");
    for (size_t i = 0; i < 7; i++)
        rows[i].series[LANG_EN] = rows[i].series[LANG_AR] = ids[i];
    chart_assert_refused(*state, &spec, 470,
                   "report.yaml:80:5: error: [chart-crowded] chart 'timeline' has 7 series; at most 6 can be told "
                   "apart in grey\n");
}

static void test_too_much_at_once(void **state)
{
    struct chart_row rows[9];
    struct chart_spec spec = sample_timeline;
    struct chart_row silent = {.label = {"a", "ا"}, .value = {80, 0}, .at = {"attacks.csv", 7, 3}};

    for (size_t i = 0; i < 9; i++)
        rows[i] = sample_timeline.rows[0];
    spec.rows = rows;
    spec.row_count = 9;
    chart_assert_refused(*state, &spec, 470,
                   "samples.csv:2:1: error: [chart-crowded] 'Rocket attack on the K1 base' of chart 'timeline' "
                   "coincides with 8 others; their marks cannot be told apart\n");
    spec = sample_range_bars;
    spec.rows = &silent;
    spec.row_count = 1;
    silent.label[LANG_EN] = silent.label[LANG_AR] = "";
    chart_assert_refused(*state, &spec, 470,
                   "attacks.csv:7:3: error: [chart-data] a row of chart 'attacks' has no label in 'en'; every row "
                   "needs one in each language\n"
                   "attacks.csv:7:3: error: [chart-data] a row of chart 'attacks' has no label in 'ar'; every row "
                   "needs one in each language\n");
}

/* --- words for those who do not see it --- */

static void test_alternative_text(void **state)
{
    struct chart_bench *f = *state;
    struct arena *arena = arena_new();
    struct chart_spec few = sample_timeline, many = sample_range_bars;
    struct chart_row nine[9];

    assert_string_equal(chart_alt(&sample_hemicycle, LANG_EN, f->locale[LANG_EN], arena),
                        "Half circle of 285 seats. Three lists of one bloc hold a third of the seats. "
                        "Highlighted, 101 of 285: We Build Coalition 43, State of Law Coalition 35, National "
                        "State Forces Alliance 23. Halfway mark: 143.");
    assert_string_equal(chart_alt(&sample_range_bars, LANG_EN, f->locale[LANG_EN], arena),
                        "Bar chart with ranges, number of bars: 6. Attacks have grown since October 2023. "
                        "Unit: attacks. January to September 2020, convoys (66). January to September 2020, rockets and drones "
                        "(57). Early 2021 to 7 October 2023 (more than 80). From 17 October 2023 (more than 100). "
                        "October 2023 to February 2024 (around 170). Claimed by one group (nearly 120).");
    assert_string_equal(chart_alt(&sample_timeline, LANG_AR, f->arabic_digits, arena),
                        "خط زمني، عدد أحداثه ١٧. الضربات والعقوبات تتقارب. أولها: هجوم صاروخي على قاعدة K1، ٢٧ كانون "
                        "الأول ٢٠١٩. آخرها: استئناف المحادثات، ٧ شباط ٢٠٢٤.");
    few.row_count = 6;
    few.rows++;
    assert_string_equal(chart_alt(&few, LANG_EN, f->locale[LANG_EN], arena),
                        "Timeline, number of events: 6. Strikes and sanctions come closer together. Strikes on "
                        "five militia sites, 29 December 2019. Strike at Baghdad airport, 3 January 2020. "
                        "Designation of a militia leader, February 2020. An answer in kind, after 29 February "
                        "2020. Waiver of 120 days for electricity imports, 7 May 2020 to 4 September 2020. Waiver "
                        "of 60 days, 24 September 2020 to 23 November 2020.");
    assert_string_equal(chart_alt(&few, LANG_AR, f->locale[LANG_AR], arena),
                        "خط زمني، عدد أحداثه 6. الضربات والعقوبات تتقارب. ضربات على خمسة مواقع للفصائل، 29 كانون "
                        "الأول 2019. ضربة قرب مطار بغداد، 3 كانون الثاني 2020. إدراج قائد فصيل على قائمة "
                        "العقوبات، شباط 2020. رد بالمثل، بعد 29 شباط 2020. إعفاء مدته 120 يومًا لاستيراد الكهرباء، "
                        "من 7 أيار 2020 إلى 4 أيلول 2020. إعفاء مدته 60 يومًا، من 24 أيلول 2020 إلى 23 تشرين الثاني "
                        "2020.");
    many.rows = nine;
    many.row_count = 9;
    for (size_t i = 0; i < 9; i++)
        nine[i] = sample_range_bars.rows[i % 6];
    assert_string_equal(chart_alt(&many, LANG_EN, f->locale[LANG_EN], arena),
                        "Bar chart with ranges, number of bars: 9. Attacks have grown since October 2023. "
                        "Unit: attacks. Highlighted: From 17 October 2023 (more than 100); October 2023 to February 2024 (around "
                        "170). "
                        "Highest: October 2023 to February 2024 (around 170). Lowest: January to September 2020, "
                        "rockets and drones (57).");
    arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_labels_stay_inside_and_apart),
        cmocka_unit_test(test_arabic_digits_fit_too),
        cmocka_unit_test(test_a_dot_for_each_seat),
        cmocka_unit_test(test_large_words_leave_the_dots_alone),
        cmocka_unit_test(test_seats_of_any_number),
        cmocka_unit_test(test_seats_run_from_the_side_of_reading),
        cmocka_unit_test(test_bars_grow_from_the_side_of_reading),
        cmocka_unit_test(test_an_open_bound_is_seen),
        cmocka_unit_test(test_a_range_has_no_best_value),
        cmocka_unit_test(test_a_zero_is_a_zero),
        cmocka_unit_test(test_the_unit_stands_by_the_axis),
        cmocka_unit_test(test_large_values_stay_on_one_line),
        cmocka_unit_test(test_a_label_breaks_where_a_reader_pauses),
        cmocka_unit_test(test_a_label_leaves_no_scrap),
        cmocka_unit_test(test_dates_in_the_words_of_the_source),
        cmocka_unit_test(test_an_open_end_is_seen),
        cmocka_unit_test(test_many_events_have_the_height_they_take),
        cmocka_unit_test(test_seats_that_are_none),
        cmocka_unit_test(test_rows_that_cannot_be_shown),
        cmocka_unit_test(test_bounds_that_do_not_hold),
        cmocka_unit_test(test_times_that_do_not_hold),
        cmocka_unit_test(test_too_much_at_once),
        cmocka_unit_test(test_alternative_text),
    };

    return cmocka_run_group_tests(tests, chart_bench_set_up, chart_bench_tear_down);
}
