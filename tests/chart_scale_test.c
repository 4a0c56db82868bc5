/* The geometry under the charts: round steps, axes of days, colliding labels, seats, colours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "base/arena.h"
#include "chart/colour.h"
#include "chart/relax.h"
#include "chart/scale.h"
#include "chart/seats.h"
#include "locale/locale.h"

static void assert_step(double max, int most, bool whole, int64_t coefficient, uint8_t scale)
{
    struct num step = scale_step(max, most, whole);

    assert_int_equal(step.coefficient, coefficient);
    assert_int_equal(step.scale, scale);
}

static void test_steps_are_round(void **state)
{
    (void)state;
    assert_step(180, 5, true, 50, 0);
    assert_step(100, 5, true, 20, 0);
    assert_step(101, 5, true, 50, 0);
    assert_step(5, 5, true, 1, 0);
    assert_step(3, 5, true, 1, 0); /* counts have no halves */
    assert_step(3, 5, false, 1, 0);
    assert_step(1, 5, false, 2, 1);
    assert_step(0.07, 5, false, 2, 2);
    assert_step(1000000, 4, true, 500000, 0);
}

static int32_t day(const char *iso)
{
    struct date date;

    assert_true(date_parse(iso, &date));
    return date_days(date);
}

static void test_days_without_long_gaps_are_linear(void **state)
{
    const int32_t days[] = {0, 50, 100, 150, 200};
    struct arena *arena = arena_new();
    struct date_scale scale = date_scale_make(days, 5, 400, 16, arena);

    (void)state;
    assert_int_equal(scale.break_count, 0);
    assert_float_equal(date_scale_at(&scale, 0), 0, 1e-9);
    assert_float_equal(date_scale_at(&scale, 75), 150, 1e-9);
    assert_float_equal(date_scale_length(&scale), 400, 1e-9);
    assert_false(date_scale_shows(&scale, -1));
    assert_false(date_scale_shows(&scale, 201));
    arena_drop(arena);
}

static void test_a_long_gap_is_left_out(void **state)
{
    int32_t days[] = {day("2020-01-03"), day("2020-02-26"), day("2023-10-17"), day("2023-11-17"),
                      day("2024-01-04")};
    struct arena *arena = arena_new();
    struct date_scale scale = date_scale_make(days, 5, 149, 16, arena);

    (void)state;
    assert_int_equal(scale.break_count, 1);
    assert_int_equal(scale.breaks[0].from, days[1]);
    assert_int_equal(scale.breaks[0].to, days[2]);
    assert_float_equal(scale.per_day, 1, 1e-9); /* 54 + 79 days on 149 - 16 points */
    assert_float_equal(date_scale_at(&scale, days[1]), 54, 1e-9);
    assert_float_equal(date_scale_at(&scale, days[2]), 70, 1e-9);
    assert_float_equal(date_scale_length(&scale), 149, 1e-9);
    assert_true(date_scale_shows(&scale, days[1]));
    assert_false(date_scale_shows(&scale, day("2022-01-01")));
    assert_true(date_scale_shows(&scale, day("2024-01-01")));
    arena_drop(arena);
}

/* A quarter of the line, and no other stretch nearly as long: a hole. Where all are alike none is left out. */
static void test_a_hole_is_left_out_sooner(void **state)
{
    const int32_t hole[] = {0, 40, 90, 200, 230, 280, 330, 380, 420};
    const int32_t even[] = {0, 100, 190, 280, 370, 420};
    struct arena *arena = arena_new();
    struct date_scale scale = date_scale_make(hole, 9, 300, 16, arena);

    (void)state;
    assert_int_equal(scale.break_count, 1);
    assert_int_equal(scale.breaks[0].from, 90);
    assert_int_equal(scale.breaks[0].to, 200);
    scale = date_scale_make(even, 6, 300, 16, arena);
    assert_int_equal(scale.break_count, 0);
    arena_drop(arena);
}

static void test_one_day_has_a_scale(void **state)
{
    const int32_t days[] = {7, 7};
    struct arena *arena = arena_new();
    struct date_scale scale = date_scale_make(days, 2, 100, 16, arena);

    (void)state;
    assert_int_equal(scale.break_count, 0);
    assert_float_equal(date_scale_at(&scale, 7), 0, 1e-9);
    arena_drop(arena);
}

static void test_labels_that_do_not_collide_stay(void **state)
{
    struct relax_item items[] = {{.wanted = 0, .height = 10}, {.wanted = 10, .height = 10},
                                 {.wanted = 50, .height = 10}};

    (void)state;
    relax(items, 3);
    assert_float_equal(items[0].top, 0, 1e-9);
    assert_float_equal(items[1].top, 10, 1e-9);
    assert_float_equal(items[2].top, 50, 1e-9);
}

static void test_labels_that_collide_share_the_way(void **state)
{
    struct relax_item items[] = {{.wanted = 100, .height = 10}, {.wanted = 100, .height = 10},
                                 {.wanted = 100, .height = 10}, {.wanted = 200, .height = 10}};

    (void)state;
    relax(items, 4);
    assert_float_equal(items[0].top, 90, 1e-9);
    assert_float_equal(items[1].top, 100, 1e-9);
    assert_float_equal(items[2].top, 110, 1e-9);
    assert_float_equal(items[3].top, 200, 1e-9);
}

static void test_labels_do_not_rise_above_the_top(void **state)
{
    struct relax_item items[] = {{.wanted = -5, .height = 10}, {.wanted = -2, .height = 20},
                                 {.wanted = 3, .height = 10}};

    (void)state;
    relax(items, 3);
    assert_float_equal(items[0].top, 0, 1e-9);
    assert_float_equal(items[1].top, 10, 1e-9);
    assert_float_equal(items[2].top, 30, 1e-9);
}

/* Every seat in its place: in order, none touching another, none outside the ring. */
static void check_seats(size_t count)
{
    struct arena *arena = arena_new();
    struct seats seats = seats_make(count, arena);
    const double pi = acos(-1);

    assert_int_equal(seats.count, count);
    assert_true(seats.inner > 0.4 && seats.dot > 0.005 && seats.dot < 0.13);
    for (size_t i = 0; i < count; i++) {
        const struct seat *a = &seats.seats[i];
        assert_true(a->turn >= 0 && a->turn <= 1);
        assert_true(a->radius <= 1 && a->radius >= seats.inner);
        assert_true(i == 0 || a->turn >= seats.seats[i - 1].turn - 1e-9);
        for (size_t k = 0; k < i; k++) {
            const struct seat *b = &seats.seats[k];
            double dx = a->radius * cos(pi * a->turn) - b->radius * cos(pi * b->turn);
            double dy = a->radius * sin(pi * a->turn) - b->radius * sin(pi * b->turn);
            assert_true(hypot(dx, dy) > 2 * seats.dot);
        }
    }
    arena_drop(arena);
}

static void test_seats_from_one_to_a_thousand(void **state)
{
    static const size_t counts[] = {1, 2, 5, 6, 15, 16, 17, 30, 50, 101, 285, 329, 500, 999, 1000};

    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        check_seats(counts[i]);
}

static void test_contrast(void **state)
{
    (void)state;
    assert_float_equal(colour_contrast(0x000000, 0xFFFFFF), 21, 1e-6);
    assert_float_equal(colour_contrast(0x777777, 0xFFFFFF), 4.478, 1e-3); /* the usual near miss */
    assert_int_equal(colour_mix(0x000000, 0xFFFFFF, 0.5), 0x808080);
    assert_int_equal(colour_visible(0x0B5563, CONTRAST_TEXT), 0x0B5563);
    assert_true(colour_contrast(colour_visible(0x7FB0B9, CONTRAST_MARK), COLOUR_PAPER) >= CONTRAST_MARK);
    assert_true(colour_contrast(colour_visible(0xFFFF00, CONTRAST_TEXT), COLOUR_PAPER) >= CONTRAST_TEXT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps_are_round),
        cmocka_unit_test(test_days_without_long_gaps_are_linear),
        cmocka_unit_test(test_a_long_gap_is_left_out),
        cmocka_unit_test(test_a_hole_is_left_out_sooner),
        cmocka_unit_test(test_one_day_has_a_scale),
        cmocka_unit_test(test_labels_that_do_not_collide_stay),
        cmocka_unit_test(test_labels_that_collide_share_the_way),
        cmocka_unit_test(test_labels_do_not_rise_above_the_top),
        cmocka_unit_test(test_seats_from_one_to_a_thousand),
        cmocka_unit_test(test_contrast),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
