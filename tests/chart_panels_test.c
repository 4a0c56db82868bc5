/*
 * Panels of charts with axes: all on one scale, of values and of days or x, so that equal values have equal lengths; each
 * on its own where that is asked for; a finding in one panel makes the others context.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/chart_check.h"

#define FIRST .panel = {"First", "الأول"}
#define SECOND .panel = {"Second", "الثاني"}
#define ACCENT (chart_bench_style.accent)

static const struct chart_spec panels = {
    .id = "panels", .at = {"report.yaml", 4, 5}, .look.columns = 2, .unit = {"items", "وحدة"},
};

/* Boxes of the paths drawn in that colour, in drawing order; `fill`: filled, else stroked. */
static size_t boxes_in(void **state, const struct chart_spec *spec, enum frame_kind kind, uint32_t rgb, bool fill,
                       struct chart_box *out, size_t most)
{
    float height;
    struct scene *scene = chart_draw_alone(*state, spec, kind, 520, &height);
    const struct scene_page *page = scene_page_at(scene, 0);
    size_t count = 0;

    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        const struct paint *paint = &c->path.paint;
        if (c->kind != SCENE_PATH || count == most)
            continue;
        if (fill ? paint->fill && paint->fill_rgb == rgb : paint->stroke && !paint->fill && paint->stroke_rgb == rgb)
            out[count++] = chart_path_box(c);
    }
    scene_drop(scene);
    return count;
}

/* The widths of what is drawn of the same value in both panels, of which one has long words and a large value. */
static void assert_equal_lengths(void **state, const struct chart_spec *spec, bool fill, size_t count, size_t first,
                                 size_t second)
{
    struct chart_box box[8];

    for (int kind = 0; kind < FRAME_KINDS; kind++) {
        struct chart_spec own = *spec;
        assert_int_equal(boxes_in(state, spec, (enum frame_kind)kind, ACCENT, fill, box, 8), count);
        assert_true(box[first].right - box[first].left > 5);
        assert_float_equal(box[first].right - box[first].left, box[second].right - box[second].left, 0.05);
        own.look.own_scales = true;
        assert_int_equal(boxes_in(state, &own, (enum frame_kind)kind, ACCENT, fill, box, 8), count);
        assert_true(fabsf((box[first].right - box[first].left) - (box[second].right - box[second].left)) > 2);
    }
}

static void test_bars_of_equal_values_are_equally_long(void **state)
{
    static const struct chart_row rows[] = {
        {.label = {"a", "ا"}, FIRST, .value = {40, 0}, .emphasis = true},
        {.label = {"b", "ب"}, FIRST, .value = {60, 0}, .emphasis = true},
        {.label = {"a", "ا"}, SECOND, .value = {40, 0}, .emphasis = true},
        {.label = {"a longer name", "اسم أطول"}, SECOND, .value = {128, 0}, .value_text = {"about 128", "نحو 128"},
         .emphasis = true},
    };
    struct chart_spec spec = panels;

    spec.rows = rows;
    spec.row_count = 4;
    for (spec.type = CHART_BAR; spec.type <= CHART_RANGE_BARS; spec.type++) {
        spec.look.stems = spec.type == CHART_DOT;
        assert_equal_lengths(state, &spec, spec.type != CHART_DOT, 4, 0, 2);
    }
}

static void test_pyramids_share_a_scale(void **state)
{
#define SIDES(label_en, label_ar, panel, x, y) \
    {.label = {label_en, label_ar}, panel, .series = {"x", "س"}, .value = {x, 0}}, \
    {.label = {label_en, label_ar}, panel, .series = {"y", "ص"}, .value = {y, 0}}
    static const struct chart_row rows[] = {
        SIDES("a", "ا", FIRST, 40, 40), SIDES("a", "ا", SECOND, 40, 30), SIDES("a longer name", "اسم أطول", SECOND, 99, 128),
    };
    struct chart_spec spec = panels;

    spec.type = CHART_PYRAMID;
    spec.rows = rows;
    spec.row_count = 6;
    assert_equal_lengths(state, &spec, true, 3, 0, 1);
}

/* Of lines, the boxes of their strokes: as wide as their days, as high as their values. */
static void test_lines_share_days_and_values(void **state)
{
    static const struct chart_row rows[] = {
        {.start = {2020, 1, 1}, FIRST, .value = {0, 0}},  {.start = {2020, 4, 1}, FIRST, .value = {30, 0}},
        {.start = {2020, 1, 1}, SECOND, .value = {0, 0}}, {.start = {2021, 1, 1}, SECOND, .value = {1200, 0}},
    };
    static const enum chart_type types[] = {CHART_LINE, CHART_NUMBER};
    struct chart_spec spec = panels;
    struct chart_box box[24];

    spec.rows = rows;
    spec.row_count = 4;
    for (size_t i = 0; i < 2; i++)
        for (int kind = 0; kind < FRAME_KINDS; kind++) {
            size_t count, second = 0;
            spec.type = types[i];
            spec.look.own_scales = false;
            count = boxes_in(state, &spec, (enum frame_kind)kind, ACCENT, false, box, 24);
            for (size_t k = 1; k < count; k++) /* the tallest: there are leaders too */
                second = box[k].bottom - box[k].top > box[second].bottom - box[second].top ? k : second;
            assert_true(second > 0);
            if (spec.type == CHART_LINE) /* a number has words of its own width before its line */
                assert_float_equal((box[0].right - box[0].left) / (box[second].right - box[second].left), 91.0 / 366, 0.01);
            else
                assert_true((box[0].right - box[0].left) / (box[second].right - box[second].left) < 0.35f);
            assert_float_equal((box[0].bottom - box[0].top) / (box[second].bottom - box[second].top), 30.0 / 1200, 0.01);
            spec.look.own_scales = true;
            boxes_in(state, &spec, (enum frame_kind)kind, ACCENT, false, box, 24);
            assert_true(box[0].right - box[0].left > 40);
            assert_true(box[0].bottom - box[0].top > 20);
        }
}

/* Panels are small by their nature: nine of months stand in three rows across a page of A4. However little room they
 * have, the axis of time has a word. */
static void test_nine_panels_stand_in_three_rows(void **state)
{
    enum { PANELS = 9, MONTHS = 9 };
    static const char *const names[PANELS] = {"One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"};
    static struct chart_row rows[PANELS * MONTHS];
    struct chart_spec spec = panels;
    struct chart_bench *bench = *state;
    struct locale *short_months = bench->locale[LANG_AR];

    bench->locale[LANG_AR] = locale_new(LANG_AR, DIGITS_LATN, MONTHS_BOTH, bench->diags);
    for (int i = 0; i < PANELS * MONTHS; i++)
        rows[i] = (struct chart_row){.start = {2006, (uint8_t)(i % MONTHS + 1), 1}, .value = {400 + i * 13, 0},
                                     .panel = {names[i / MONTHS], names[i / MONTHS]}};
    spec.type = CHART_LINE;
    spec.look.columns = 0;
    spec.look.area = true;
    spec.rows = rows;
    spec.row_count = PANELS * MONTHS;
    for (int kind = 0; kind < FRAME_KINDS; kind++)
        for (float width = kind == FRAME_BOTH ? 470 : 402; width < 480; width += 4) {
            float height;
            struct scene *scene = chart_draw_alone(*state, &spec, (enum frame_kind)kind, width, &height);
            const struct scene_page *page = scene_page_at(scene, 0);
            size_t years = 0;
            for (size_t i = 0; i < page->command_count; i++)
                years += page->commands[i].kind == SCENE_TEXT && strstr(page->commands[i].text.line->text, "2006");
            assert_true(height < 600);
            assert_true(years >= PANELS);
            scene_drop(scene);
        }
    locale_drop(bench->locale[LANG_AR]);
    bench->locale[LANG_AR] = short_months;
}

static void test_slopes_share_values(void **state)
{
    static const struct chart_row rows[] = {
        {.label = {"a", "ا"}, .series = {"1", "1"}, FIRST, .value = {0, 0}},
        {.label = {"a", "ا"}, .series = {"2", "2"}, FIRST, .value = {30, 0}},
        {.label = {"a", "ا"}, .series = {"1", "1"}, SECOND, .value = {0, 0}},
        {.label = {"a", "ا"}, .series = {"2", "2"}, SECOND, .value = {60, 0}},
    };
    struct chart_spec spec = panels;
    struct chart_box box[4];

    spec.type = CHART_SLOPE;
    spec.rows = rows;
    spec.row_count = 4;
    for (int own = 0; own < 2; own++) {
        spec.look.own_scales = own;
        assert_int_equal(boxes_in(state, &spec, FRAME_EN, ACCENT, false, box, 4), 2);
        assert_float_equal((box[0].bottom - box[0].top) / (box[1].bottom - box[1].top), own ? 1 : 0.5, 0.01);
    }
}

static void test_scatters_share_both_axes(void **state)
{
    static const struct chart_row rows[] = {
        {FIRST, .x = {0, 0}, .value = {0, 0}},  {FIRST, .x = {25, 1}, .value = {30, 0}},
        {SECOND, .x = {0, 0}, .value = {0, 0}}, {SECOND, .x = {10, 0}, .value = {60, 0}},
    };
    struct chart_spec spec = panels;
    struct chart_box box[4];

    spec.type = CHART_SCATTER;
    spec.rows = rows;
    spec.row_count = 4;
    for (int own = 0; own < 2; own++) {
        spec.look.own_scales = own;
        assert_int_equal(boxes_in(state, &spec, FRAME_EN, ACCENT, true, box, 4), 4);
        assert_float_equal((box[1].left - box[0].left) / (box[3].left - box[2].left), own ? 1 : 0.25, own ? 0.3 : 0.01);
        assert_float_equal((box[0].top - box[1].top) / (box[2].top - box[3].top), own ? 1 : 0.5, 0.01);
    }
}

/* Where one panel has the finding, the marks of the others are grey. */
static void test_a_finding_in_one_panel_is_the_only_one(void **state)
{
    static const struct chart_row bars[] = {
        {.label = {"a", "ا"}, FIRST, .value = {40, 0}, .emphasis = true},
        {.label = {"b", "ب"}, FIRST, .value = {60, 0}},
        {.label = {"a", "ا"}, SECOND, .value = {40, 0}},
        {.label = {"b", "ب"}, SECOND, .value = {50, 0}},
    };
    static const struct chart_row points[] = {
        {FIRST, .x = {1, 0}, .value = {1, 0}, .emphasis = true}, {FIRST, .x = {2, 0}, .value = {30, 0}},
        {SECOND, .x = {1, 0}, .value = {1, 0}},                  {SECOND, .x = {10, 0}, .value = {60, 0}},
    };
#define PAIR(panel, series_en, value_, found) \
    {.start = {2020, 1, 1}, panel, .series = {series_en, series_en}, .value = {1, 0}, .emphasis = found}, \
    {.start = {2020, 9, 1}, panel, .series = {series_en, series_en}, .value = {value_, 0}, .emphasis = found}
    static const struct chart_row lines[] = {
        PAIR(FIRST, "x", 8, true), PAIR(FIRST, "y", 9, false), PAIR(SECOND, "x", 4, false), PAIR(SECOND, "y", 5, false),
    };
    struct chart_spec spec = panels;
    struct chart_box box[8];

    spec.rows = bars;
    spec.row_count = 4;
    for (spec.type = CHART_BAR; spec.type <= CHART_RANGE_BARS; spec.type++)
        assert_int_equal(boxes_in(state, &spec, FRAME_EN, ACCENT, true, box, 8), 1);
    spec.type = CHART_SCATTER;
    spec.rows = points;
    assert_int_equal(boxes_in(state, &spec, FRAME_EN, ACCENT, true, box, 8), 1);
    spec.type = CHART_LINE; /* the series that is the finding, in both */
    spec.rows = lines;
    spec.row_count = 8;
    spec.look.legend = LEGEND_DIRECT;
    size_t strokes = boxes_in(state, &spec, FRAME_EN, ACCENT, false, box, 8), wide = 0;
    for (size_t i = 0; i < strokes; i++)
        wide += box[i].right - box[i].left > 60;
    assert_int_equal(wide, 2);
}

static void test_a_panel_may_lack_a_series(void **state)
{
    static const struct chart_row rows[] = {
        PAIR(FIRST, "x", 8, false), PAIR(FIRST, "y", 9, false), PAIR(SECOND, "y", 5, false),
    };
    struct chart_spec spec = panels;

    spec.type = CHART_LINE;
    spec.rows = rows;
    spec.row_count = 6;
    for (int kind = 0; kind < FRAME_KINDS; kind++)
        for (int look = 0; look < 4; look++) {
            spec.look.steps = look & 1;
            spec.look.legend = look & 2 ? LEGEND_BOX : LEGEND_AUTO;
            chart_check_layout(*state, &spec, (enum frame_kind)kind, 520);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bars_of_equal_values_are_equally_long),
        cmocka_unit_test(test_pyramids_share_a_scale),
        cmocka_unit_test(test_lines_share_days_and_values),
        cmocka_unit_test(test_nine_panels_stand_in_three_rows),
        cmocka_unit_test(test_slopes_share_values),
        cmocka_unit_test(test_scatters_share_both_axes),
        cmocka_unit_test(test_a_finding_in_one_panel_is_the_only_one),
        cmocka_unit_test(test_a_panel_may_lack_a_series),
    };
    return cmocka_run_group_tests_name("panels of charts", tests, chart_bench_set_up, chart_bench_tear_down);
}
