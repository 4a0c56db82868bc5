/* Alternative texts of charts of values: the kind, its parts, the extremes, and what is missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "chart/chart.h"
#include "support/chart_check.h"

static void assert_told(struct chart_bench *bench, const struct chart_spec *spec, const char *en, const char *ar)
{
    struct arena *arena = arena_new();

    assert_string_equal(chart_alt(spec, LANG_EN, bench->locale[LANG_EN], arena), en);
    assert_string_equal(chart_alt(spec, LANG_AR, bench->locale[LANG_AR], arena), ar);
    arena_drop(arena);
}

#define OLD .series = { "2022", "2022" }
#define NEW .series = { "2023", "2023" }
#define BAGHDAD .label = { "Baghdad", "بغداد" }
#define BASRA .label = { "Basra", "البصرة" }

static void test_few_values_are_all_told(void **state)
{
    const struct chart_row rows[] = {
        { BAGHDAD, OLD, .value = { 12, 0 } },
        { BAGHDAD, NEW, .value = { 125, 1 } },
        { BASRA, OLD, .missing = true },
        { BASRA, NEW, .value = { -3, 0 } },
    };
    const struct chart_note note = { .label = { "Average: 7", "المعدل: 7" } };
    const struct chart_spec spec = { .id = "a", .type = CHART_BAR, .title = { "Baghdad rose", "ارتفعت بغداد" },
                                     .rows = rows, .row_count = 4, .notes = &note, .note_count = 1 };

    assert_told(*state, &spec,
                "Bar chart, number of categories: 2. Baghdad rose. Series: 2022, 2023. Baghdad, 2022 (12). Baghdad, 2023 "
                "(12.5). Basra, 2023 (−3). No data for Basra, 2022. Average: 7.",
                "مخطط شريطي، عدد فئاته 2. ارتفعت بغداد. السلاسل: 2022، 2023. بغداد، 2022 (12). بغداد، 2023 (12.5). "
                "البصرة، 2023 (−3). لا بيانات عن البصرة، 2022. المعدل: 7.");
}

static void test_of_many_values_the_extremes_are_told(void **state)
{
    struct chart_row rows[12] = { { .missing = true } };
    const struct chart_spec spec = { .id = "a", .type = CHART_LINE, .title = { "Up", "صعود" }, .rows = rows,
                                     .row_count = 12 };

    for (uint8_t i = 0; i < 12; i++) {
        rows[i].start = (struct date){ 2023, (uint8_t)(12 - i), 1 };
        rows[i].value = num_from_int(i * i);
    }
    rows[5].emphasis = true;
    assert_told(*state, &spec,
                "Line chart, from 1 January 2023 to 1 December 2023. Up. Highlighted: 1 July 2023 (25). Highest: 1 "
                "January 2023 (121). Lowest: 1 November 2023 (1). No data for 1 December 2023.",
                "مخطط خطي، من 1 كانون الثاني 2023 إلى 1 كانون الأول 2023. صعود. المبرز: 1 تموز 2023 (25). أعلى قيمة: 1 كانون "
                "الثاني 2023 (121). أدنى قيمة: 1 تشرين الثاني 2023 (1). لا بيانات عن 1 كانون الأول 2023.");
}

static void test_equal_values_have_no_lowest(void **state)
{
    struct chart_row rows[9];
    const struct chart_spec spec = { .id = "a", .type = CHART_SCATTER, .title = { "Same", "سواء" }, .rows = rows,
                                     .row_count = 9 };

    for (size_t i = 0; i < 9; i++)
        rows[i] = (struct chart_row){ BASRA, .value = { 4, 0 }, .x = { 25, 1 } };
    assert_told(*state, &spec, "Scatter plot, number of points: 9. Same. Highest: Basra (2.5; 4).",
                "مخطط انتشار، عدد نقاطه 9. سواء. أعلى قيمة: البصرة (2.5؛ 4).");
}

/* Also where the statement gives no names: the places have them. */
static void test_places_and_units_are_named(void **state)
{
    const struct chart_row tiles[] = {
        { .place = "IQ-BG", .value = { 12, 0 } },
        { .place = "IQ-BA", .missing = true },
        { .place = "IQ-NI", .label = { "Mosul's", "الموصل" }, .value = { 3, 0 } },
    };
    const struct chart_row point = { BASRA, .value = { 4, 0 }, .x = { 25, 1 } };
    struct chart_spec spec = { .id = "a", .type = CHART_TILE_MAP, .title = { "Up", "صعود" }, .rows = tiles,
                               .row_count = 3, .unit = { "incidents", "حادث" } };

    assert_told(*state, &spec,
                "Tile map of Iraq, number of governorates: 3. Up. Unit: incidents. Baghdad (12). Mosul's (3). No data for "
                "Basra.",
                "خريطة للعراق بالمربعات، عدد محافظاتها 3. صعود. الوحدة: حادث. بغداد (12). الموصل (3). لا بيانات عن البصرة.");
    spec = (struct chart_spec){ .id = "a", .type = CHART_SCATTER, .rows = &point, .row_count = 1,
                                .unit = { "incidents", "حادث" }, .x_unit = { "km", "كم" } };
    assert_told(*state, &spec, "Scatter plot, number of points: 1. Units: km; incidents. Basra (2.5; 4).",
                "مخطط انتشار، عدد نقاطه 1. الوحدتان: كم؛ حادث. البصرة (2.5؛ 4).");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_few_values_are_all_told),
        cmocka_unit_test(test_of_many_values_the_extremes_are_told),
        cmocka_unit_test(test_equal_values_have_no_lowest),
        cmocka_unit_test(test_places_and_units_are_named),
    };

    return cmocka_run_group_tests_name("chart alt", tests, chart_bench_set_up, chart_bench_tear_down);
}
