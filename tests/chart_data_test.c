/* A chart's data as CSV: every row, exact, and safe to open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "chart/data.h"
#include "locale/locale.h"
#include "support/chart_samples.h"

static void assert_csv(const struct chart_spec *spec, const char *want)
{
    struct buf out;
    buf_init(&out);
    chart_data_csv(spec, &out);
    assert_string_equal(out.data, want);
    buf_drop(&out);
}

static void each_row_is_a_record(void **state)
{
    (void)state;
    assert_csv(&sample_hemicycle, "label_en,label_ar,value\n"
                                  "We Build Coalition,ائتلاف نبني,43\n"
                                  "State of Law Coalition,ائتلاف دولة القانون,35\n"
                                  "National State Forces Alliance,تحالف قوى الدولة الوطنية,23\n"
                                  "All other lists,سائر القوائم,184\n");
}

/* An end that is not known is empty; where low and high are all that is known, there is no value. */
static void what_is_missing_is_empty(void **state)
{
    (void)state;
    static const struct chart_row rows[] = {
        { .label = { "A", "أ" }, .value_text = { "more than 80", "أكثر من 80" }, .value = { 800, 1 }, .low = { 80, 0 },
          .has_low = true },
        { .label = { "B", "ب" }, .value_text = { "\u20685 to 7\u2069", "\u20675 إلى 7\u2069" }, .value = { 7, 0 },
          .low = { 5, 0 }, .high = { 7, 0 }, .has_low = true, .has_high = true, .ranged = true },
    };
    assert_csv(&(struct chart_spec){ .id = "x", .type = CHART_RANGE_BARS, .rows = rows, .row_count = 2 },
               "label_en,label_ar,value,low,high,printed_en,printed_ar\n"
               "A,أ,80.0,80,,more than 80,أكثر من 80\n"
               "B,ب,,5,7,5 to 7,5 إلى 7\n");
}

static void days_are_iso_days(void **state)
{
    (void)state;
    struct chart_spec events = sample_timeline;
    events.row_count = 5;
    assert_csv(&events, "label_en,label_ar,series_en,series_ar,start,end,open,date_en,date_ar\n"
                        "Rocket attack on the K1 base,هجوم صاروخي على قاعدة K1,Attack on US forces,"
                        "هجوم على القوات الأمريكية,2019-12-27,,,,\n"
                        "Strikes on five militia sites,ضربات على خمسة مواقع للفصائل,US strike,ضربة أمريكية,2019-12-29,,,,\n"
                        "Strike at Baghdad airport,ضربة قرب مطار بغداد,US strike,ضربة أمريكية,2020-01-03,,,,\n"
                        "Designation of a militia leader,إدراج قائد فصيل على قائمة العقوبات,Sanction,عقوبة,2020-02-01,"
                        "2020-02-29,,,\n"
                        "An answer in kind,رد بالمثل,Sanction,عقوبة,2020-02-29,,true,after 29 February,بعد 29 شباط\n");
}

static void panels_and_series_are_columns(void **state)
{
    (void)state;
    static const struct chart_row rows[] = {
        { .label = { "A", "أ" }, .series = { "x", "س" }, .panel = { "P", "ل" }, .value = { 15, 1 } },
        { .label = { "A", "أ" }, .series = { "y", "ص" }, .panel = { "P", "ل" }, .missing = true },
    };
    assert_csv(&(struct chart_spec){ .id = "x", .type = CHART_BAR, .rows = rows, .row_count = 2 },
               "panel_en,panel_ar,label_en,label_ar,series_en,series_ar,value\n"
               "P,ل,A,أ,x,س,1.5\n"
               "P,ل,A,أ,y,ص,\n");
}

/* In one language, as a screen reader says it: heads, then rows. */
static void words_are_of_one_language(void **state)
{
    (void)state;
    static const struct chart_row rows[] = {
        { .label = { "A", "أ" }, .value_text = { "more than 80", "أكثر من 80" }, .value = { 1234, 0 }, .low = { 80, 0 },
          .has_low = true, .start = { 2024, 2, 1 }, .open = true },
        { .label = { "B", "ب" }, .missing = true, .start = { 2024, 3, 1 } },
    };
    static const char *const want[LANG_COUNT][18] = {
        { "item", "seats", "lowest", "as printed", "start", "open end",
          "A", "1,234", "80", "more than 80", "1 February 2024", "yes", "B", "", "", "", "1 March 2024", "" },
        { "البند", "القيمة", "الأدنى", "كما طُبعت", "البداية", "نهاية مفتوحة",
          "أ", "1,234", "80", "أكثر من 80", "1 شباط 2024", "نعم", "ب", "", "", "", "1 آذار 2024", "" },
    };
    const struct chart_spec spec = { .id = "x", .type = CHART_RANGE_BARS, .rows = rows, .row_count = 2,
                                     .unit = { "seats", NULL } };
    struct diags *diags = diags_new();
    struct arena *arena = arena_new();
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct locale *locale = locale_new((enum lang)lang, DIGITS_LATN, MONTHS_IRAQI, diags);
        struct chart_words words = chart_data_words(&spec, (enum lang)lang, locale, arena);
        assert_int_equal(words.columns, 6);
        assert_int_equal(words.names, 1);
        for (size_t i = 0; i < 18; i++)
            assert_string_equal(words.cells[i], want[lang][i]);
        locale_drop(locale);
    }
    arena_drop(arena);
    diags_drop(diags);
}

/* A page has numbers for 32,767 pieces, of several charts and two languages. */
static void many_rows_are_not_said(void **state)
{
    (void)state;
    struct chart_row *rows = calloc(3000, sizeof *rows);
    struct chart_spec spec = { .id = "x", .type = CHART_BAR, .rows = rows };
    for (size_t i = 0; i < 3000; i++)
        rows[i] = (struct chart_row){ .label = { "A", "أ" }, .value = { 1, 0 } };
    assert_false(chart_data_is_said(&spec));
    spec.row_count = 1500;
    assert_true(chart_data_is_said(&spec));
    spec.row_count = 3000;
    assert_false(chart_data_is_said(&spec));
    free(rows);
}

/* What tells rows apart comes first: the day of a line, which is no start of anything; governorates have their names.
 * A value is not said twice. */
static void words_name_their_rows(void **state)
{
    (void)state;
    static const struct chart_row days[] = {
        { .series = { "Rain", "مطر" }, .value_text = { "1,200", "1,200" }, .value = { 1200, 0 }, .start = { 2024, 2, 1 } },
        { .series = { "Snow", "ثلج" }, .missing = true, .start = { 2024, 2, 1 } },
    }, places[] = { { .place = "IQ-BG", .value = { 12, 0 } } };
    static const struct {
        struct chart_spec spec;
        size_t names, columns;
        const char *cells[9];
    } cases[] = {
        { { .id = "x", .type = CHART_LINE, .rows = days, .row_count = 2 }, 2, 3,
          { "السلسلة", "التاريخ", "القيمة", "مطر", "1 شباط 2024", "1,200", "ثلج", "1 شباط 2024", "" } },
        { { .id = "x", .type = CHART_TILE_MAP, .rows = places, .row_count = 1 }, 1, 2,
          { "المحافظة", "القيمة", "بغداد", "12" } },
    };
    struct diags *diags = diags_new();
    struct arena *arena = arena_new();
    struct locale *locale = locale_new(LANG_AR, DIGITS_LATN, MONTHS_IRAQI, diags);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct chart_words words = chart_data_words(&cases[i].spec, LANG_AR, locale, arena);
        assert_int_equal(words.names, cases[i].names);
        assert_int_equal(words.columns, cases[i].columns);
        for (size_t k = 0; k < 9 && cases[i].cells[k]; k++)
            assert_string_equal(words.cells[k], cases[i].cells[k]);
    }
    locale_drop(locale);
    arena_drop(arena);
    diags_drop(diags);
}

/* Zero is a value of x; x is a column of scatters alone. */
static void a_scatter_has_two_values(void **state)
{
    (void)state;
    static const struct chart_row rows[] = {
        { .label = { "A", "أ" }, .x = { 0, 0 }, .value = { 3, 0 } },
        { .x = { -25, 1 }, .value = { 0, 0 } },
    };
    struct chart_spec spec = { .id = "x", .type = CHART_SCATTER, .rows = rows, .row_count = 2 };
    assert_csv(&spec, "label_en,label_ar,x,value\n"
                      "A,أ,0,3\n"
                      ",,-2.5,0\n");
    spec.type = CHART_DOT;
    assert_csv(&spec, "label_en,label_ar,value\n"
                      "A,أ,3\n"
                      ",,0\n");
}

static void places_are_codes(void **state)
{
    (void)state;
    static const struct chart_row rows[] = {
        { .place = "IQ-BG", .value = { 12, 0 } },
        { .place = "IQ-BA", .missing = true },
    };
    assert_csv(&(struct chart_spec){ .id = "x", .type = CHART_TILE_MAP, .rows = rows, .row_count = 2 },
               "place,value\n"
               "IQ-BG,12\n"
               "IQ-BA,\n");
}

static void values_have_their_days(void **state)
{
    (void)state;
    static const struct chart_row rows[] = {
        { .start = { 2023, 1, 31 }, .value = { 12, 0 } },
        { .start = { 2023, 2, 1 }, .missing = true },
    };
    assert_csv(&(struct chart_spec){ .id = "x", .type = CHART_LINE, .rows = rows, .row_count = 2 },
               "value,start\n"
               "12,2023-01-31\n"
               ",2023-02-01\n");
}

/* Words that a spreadsheet would run are made harmless; numbers below zero are numbers. */
static void no_cell_is_a_formula(void **state)
{
    (void)state;
    static const struct chart_row rows[] = {
        { .label = { "=HYPERLINK(\"x\")", "+964" }, .value = { -5, 0 } },
        { .label = { "-1", "@ص" }, .value = { -125, 2 } },
        { .label = { "\tx", "\ry" }, .value = { 0, 0 } },
    };
    assert_csv(&(struct chart_spec){ .id = "x", .type = CHART_RANGE_BARS, .rows = rows, .row_count = 3 },
               "label_en,label_ar,value\n"
               "\"'=HYPERLINK(\"\"x\"\")\",'+964,-5\n"
               "'-1,'@ص,-1.25\n"
               "'\tx,\"'\ry\",0\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_is_a_record),
        cmocka_unit_test(what_is_missing_is_empty),
        cmocka_unit_test(days_are_iso_days),
        cmocka_unit_test(panels_and_series_are_columns),
        cmocka_unit_test(words_are_of_one_language),
        cmocka_unit_test(many_rows_are_not_said),
        cmocka_unit_test(words_name_their_rows),
        cmocka_unit_test(a_scatter_has_two_values),
        cmocka_unit_test(places_are_codes),
        cmocka_unit_test(values_have_their_days),
        cmocka_unit_test(no_cell_is_a_formula),
    };
    return cmocka_run_group_tests_name("chart data", tests, NULL, NULL);
}
