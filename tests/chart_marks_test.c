/*
 * Marks and pictures: hatches stay inside their shapes and slant alike where pictures mirror, patterns come as the
 * layout wants them, and labels that are cut off or overlap are found.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "chart/marks.h"
#include "support/chart_check.h"

struct fixture {
    struct chart_bench *bench;
    struct arena *arena;
    struct chart_spec spec;
    struct chart_style style;
    struct plot plot;
};

static struct fixture fixture_of(struct chart_bench *bench, struct chart_style style)
{
    struct fixture f = {.bench = bench, .arena = arena_new(), .style = style};

    f.plot = (struct plot){.locale = bench->locale, .text = bench->text, .diags = bench->diags, .arena = f.arena,
                           .palette = {.accent = style.accent, .grey = 0x808080, .grey_dim = 0xE0E0E0}, .size = 8};
    shades_of(style.accent, f.plot.palette.series);
    return f;
}

static struct plot *plot_in(struct fixture *f)
{
    f->plot.spec = &f->spec;
    f->plot.style = &f->style;
    return &f->plot;
}

/* --- hatches --- */

static const double NOTCHED[][2] = {{10, 90}, {10, 20}, {40, 70}, {60, 10}, {95, 50}, {95, 90}};
enum { CORNERS = sizeof NOTCHED / sizeof *NOTCHED };

/* By even and odd, with an edge as wide as `hair` counted as inside. */
static bool is_inside(double x, double y, double hair)
{
    bool inside = false;

    for (size_t i = 0; i < CORNERS; i++) {
        const double *a = NOTCHED[i], *b = NOTCHED[(i + 1) % CORNERS];
        double length = hypot(b[0] - a[0], b[1] - a[1]);
        double along = ((x - a[0]) * (b[0] - a[0]) + (y - a[1]) * (b[1] - a[1])) / length;
        double across = ((x - a[0]) * (b[1] - a[1]) - (y - a[1]) * (b[0] - a[0])) / length;
        if (fabs(across) < hair && along > -hair && along < length + hair)
            return true;
        if ((a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]))
            inside = !inside;
    }
    return inside;
}

/* Strokes of a hatch of the notched shape; each of their four corners inside it. */
static size_t count_strokes(struct arena *arena, enum hatch hatch, bool mirrored, double *rise)
{
    struct picture *picture = picture_new(arena, 100);
    struct scene *scene = scene_new();
    struct canvas *canvas;
    const struct scene_page *page;
    size_t strokes = 0;

    scene_page_add(scene, 100, 100);
    canvas = canvas_new(scene, 0, 0, 0);
    picture_mirror(picture, mirrored);
    hatch_draw(picture, hatch, 0x123456, NOTCHED, CORNERS);
    picture_play(picture, canvas);
    page = scene_page_at(scene, 0);
    *rise = 0;
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        assert_int_equal(c->path.paint.stroke_rgb, 0x123456);
        for (uint32_t k = 0; k + 1 < c->path.count; k += 2, strokes++) {
            const float *x0 = c->path.steps[k].x, *y0 = c->path.steps[k].y;
            const float *x1 = c->path.steps[k + 1].x, *y1 = c->path.steps[k + 1].y;
            double dx = (double)(x1[0] - x0[0]), dy = (double)(y1[0] - y0[0]), length = hypot(dx, dy);
            double half = (double)c->path.paint.width / 2;
            for (int corner = 0; corner < 4; corner++) {
                double side = corner % 2 ? half : -half;
                double x = (double)(corner < 2 ? x0[0] : x1[0]) - side * dy / length;
                double y = (double)(corner < 2 ? y0[0] : y1[0]) + side * dx / length;
                assert_true(is_inside(mirrored ? 100 - x : x, y, 0.02));
            }
            *rise = dx == 0 ? 0 : -dy / dx;
        }
    }
    canvas_drop(canvas);
    scene_drop(scene);
    return strokes;
}

static void test_hatches_stay_inside_and_slant_alike(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    for (int mirrored = 0; mirrored < 2; mirrored++) {
        double rise;
        assert_int_equal(count_strokes(arena, HATCH_NONE, mirrored, &rise), 0);
        assert_in_range(count_strokes(arena, HATCH_RISING, mirrored, &rise), 25, 60);
        assert_float_equal(rise, 1, 1e-3);
        assert_in_range(count_strokes(arena, HATCH_FALLING, mirrored, &rise), 25, 60);
        assert_float_equal(rise, -1, 1e-3);
        assert_in_range(count_strokes(arena, HATCH_CROSSED, mirrored, &rise), 30, 80);
        assert_in_range(count_strokes(arena, HATCH_LEVEL, mirrored, &rise), 15, 50);
        assert_float_equal(rise, 0, 1e-3);
        assert_in_range(count_strokes(arena, HATCH_UPRIGHT, mirrored, &rise), 15, 40);
    }
    arena_drop(arena);
}

static void test_patterns_as_the_layout_wants_them(void **state)
{
    struct fixture f = fixture_of(*state, chart_bench_style);
    struct chart_row row = {.emphasis = false};

    assert_int_equal(mark_of_series(plot_in(&f), 1, 2).hatch, HATCH_RISING);
    assert_true(mark_of_series(plot_in(&f), 1, 2).dash > 0);
    assert_int_equal(mark_of_series(plot_in(&f), 0, 1).hatch, HATCH_NONE);
    assert_int_equal(mark_of_row(plot_in(&f), &row, true).hatch, HATCH_NONE);
    f.style.patterns = PATTERNS_ALWAYS;
    assert_int_equal(mark_of_series(plot_in(&f), 1, 2).hatch, HATCH_RISING);
    assert_int_equal(mark_of_row(plot_in(&f), &row, true).hatch, HATCH_RISING);
    assert_int_equal(mark_of_row(plot_in(&f), &row, false).hatch, HATCH_NONE);
    f.style.patterns = PATTERNS_NEVER;
    for (size_t i = 0; i < SERIES_MOST; i++) {
        assert_int_equal(mark_of_series(plot_in(&f), i, 6).hatch, HATCH_NONE);
        assert_true(mark_of_series(plot_in(&f), i, 6).dash <= 0);
        assert_int_equal(mark_of_series(plot_in(&f), i, 6).symbol, i); /* never by colour alone */
    }
    arena_drop(f.arena);
}

/* --- labels --- */

static struct label word(struct fixture *f, enum lang lang, const char *words)
{
    return label_make(plot_in(f), lang, words, (struct label_look){WEIGHT_REGULAR, 0, 1}, 0, &f->spec.at);
}

static void test_labels_cut_off_are_found(void **state)
{
    struct fixture f = fixture_of(*state, chart_bench_style);
    struct picture *picture = picture_new(f.arena, 100);
    struct label label = word(&f, LANG_EN, "Halfway");
    struct picture_fault fault;

    picture_set_height(picture, 60);
    picture_label(picture, label, 0, 0, ANCHOR_START);
    picture_label(picture, label, 100.5, 15, ANCHOR_END); /* a hair */
    assert_false(picture_find_fault(picture, &fault));
    picture_label(picture, label, 103, 27, ANCHOR_END);
    picture_mirror(picture, true);
    picture_label(picture, label, -7, 39, ANCHOR_START);
    assert_true(picture_find_fault(picture, &fault));
    assert_string_equal(fault.label, "Halfway");
    assert_null(fault.other);
    assert_float_equal(fault.points, 7, 0.01);
    picture_set_height(picture, 30); /* the lowest line's letters end at 48 */
    assert_true(picture_find_fault(picture, &fault));
    assert_in_range(fault.points, 16, 20);
    arena_drop(f.arena);
}

static void test_labels_that_overlap_are_found(void **state)
{
    struct fixture f = fixture_of(*state, chart_bench_style);
    struct picture *picture = picture_new(f.arena, 100);
    struct label a = word(&f, LANG_EN, "seats"), b = word(&f, LANG_AR, "مقاعد");
    struct picture_fault fault;

    picture_set_height(picture, 60);
    picture_label(picture, a, 10, 10, ANCHOR_START);
    picture_label(picture, b, 10 + a.width, 10, ANCHOR_START); /* beside one another */
    picture_label(picture, b, 10, 10 + a.height, ANCHOR_START); /* below one another */
    assert_false(picture_find_fault(picture, &fault));
    picture_label(picture, b, 8 + a.width, 10 + a.height - 5, ANCHOR_START);
    assert_true(picture_find_fault(picture, &fault));
    assert_non_null(fault.other);
    assert_true(fault.points > 1);
    arena_drop(f.arena);
}

/* Latin letters inside an Arabic label included. */
static void test_no_label_is_below_seven_points(void **state)
{
    struct chart_style style = chart_bench_style;
    struct fixture f;

    for (int i = 0; i < 2; i++) {
        struct label label;
        style.arabic_scale = i ? 1.3f : 0.8f;
        f = fixture_of(*state, style);
        f.plot.size = 7;
        label = label_make(plot_in(&f), LANG_AR, "مقاعد", (struct label_look){.scale = 0.5}, 0, &f.spec.at);
        assert_true((double)label.block->lines[0].size >= 7 * fmax(1, (double)style.arabic_scale) - 1e-3);
        label = label_make(plot_in(&f), LANG_EN, "seats", (struct label_look){.scale = 0.5}, 0, &f.spec.at);
        assert_true(label.block->lines[0].size >= 7);
        arena_drop(f.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hatches_stay_inside_and_slant_alike),
        cmocka_unit_test(test_patterns_as_the_layout_wants_them),
        cmocka_unit_test(test_labels_cut_off_are_found),
        cmocka_unit_test(test_labels_that_overlap_are_found),
        cmocka_unit_test(test_no_label_is_below_seven_points),
    };

    return cmocka_run_group_tests_name("chart marks", tests, chart_bench_set_up, chart_bench_tear_down);
}
