/* Languages: plural categories, digits and separators, month names, days, normalization. */
#include "locale/locale.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct diags *diags;
    struct arena *arena;
    struct locale *en, *ar, *arab, *both, *egyptian;
};

static int setup(void **state)
{
    struct fixture *f = xcalloc(1, sizeof *f);

    f->diags = diags_new();
    f->arena = arena_new();
    f->en = locale_new(LANG_EN, DIGITS_LATN, MONTHS_IRAQI, f->diags);
    f->ar = locale_new(LANG_AR, DIGITS_LATN, MONTHS_IRAQI, f->diags);
    f->arab = locale_new(LANG_AR, DIGITS_ARAB, MONTHS_IRAQI, f->diags);
    f->both = locale_new(LANG_AR, DIGITS_LATN, MONTHS_BOTH, f->diags);
    f->egyptian = locale_new(LANG_AR, DIGITS_ARAB, MONTHS_EGYPTIAN, f->diags);
    *state = f;
    return diags_count(f->diags) == 0 ? 0 : -1;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    locale_drop(f->en);
    locale_drop(f->ar);
    locale_drop(f->arab);
    locale_drop(f->both);
    locale_drop(f->egyptian);
    arena_drop(f->arena);
    diags_drop(f->diags);
    free(f);
    return 0;
}

static struct num num(const char *text)
{
    struct num out;

    assert_true(num_parse(text, strlen(text), &out));
    return out;
}

static struct date day(const char *iso)
{
    struct date out;

    assert_true(date_parse(iso, &out));
    return out;
}

static void test_plurals_in_arabic(void **state)
{
    static const struct { const char *number, *category; } cases[] = {
        {"0", "zero"}, {"1", "one"}, {"2", "two"}, {"3", "few"}, {"10", "few"}, {"11", "many"},
        {"99", "many"}, {"100", "other"}, {"101", "other"}, {"102", "other"}, {"103", "few"}, {"111", "many"},
        {"285", "many"}, {"1.5", "other"}, {"9007199254740993", "many"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(locale_plural(f->ar, num(cases[i].number)), cases[i].category);
        assert_string_equal(locale_plural(f->arab, num(cases[i].number)), cases[i].category);
    }
}

static void test_plurals_in_english(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(locale_plural(f->en, num("1")), "one");
    assert_string_equal(locale_plural(f->en, num("1.0")), "other");
    assert_string_equal(locale_plural(f->en, num("0")), "other");
    assert_string_equal(locale_plural(f->en, num("101")), "other");
    assert_string_equal(locale_ordinal(f->en, num("1")), "one");
    assert_string_equal(locale_ordinal(f->en, num("2")), "two");
    assert_string_equal(locale_ordinal(f->en, num("3")), "few");
    assert_string_equal(locale_ordinal(f->en, num("11")), "other");
    assert_string_equal(locale_ordinal(f->ar, num("7")), "other");
}

static void test_numbers(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(locale_number(f->en, num("1234567.50"), f->arena), "1,234,567.50");
    assert_string_equal(locale_number(f->ar, num("1234567.50"), f->arena), "1,234,567.50");
    assert_string_equal(locale_number(f->arab, num("1234567.50"), f->arena), "١٬٢٣٤٬٥٦٧٫٥٠");
    assert_string_equal(locale_number(f->en, num("-3"), f->arena), "−3");
    assert_string_equal(locale_number(f->ar, num("-3"), f->arena), "−3");
    assert_string_equal(locale_number(f->en, num("999999999999999999"), f->arena), "999,999,999,999,999,999");
    assert_string_equal(locale_number(f->en, num("0.100000000000000001"), f->arena), "0.100000000000000001");
    assert_string_equal(locale_integer(f->en, 2024, f->arena), "2024");
    assert_string_equal(locale_integer(f->arab, 2024, f->arena), "٢٠٢٤");
    assert_string_equal(locale_integer(f->en, INT64_MAX, f->arena), "9223372036854775807");
}

/* Formatted numbers are kept: those of other formats and scales, and those that were put out, are not taken for them. */
static void test_numbers_that_are_asked_again(void **state)
{
    struct fixture *f = *state;
    char whole[16], tenth[16], percent[16];

    for (int round = 0; round < 3; round++)
        for (int i = 0; i < 1000; i += 1 + round) {
            struct num num = num_from_int(i), tenths = { i, 1 }, hundredths = { i, 2 };
            snprintf(whole, sizeof whole, "%d", i);
            snprintf(tenth, sizeof tenth, "%d.%d", i / 10, i % 10);
            snprintf(percent, sizeof percent, "%d%%", i);
            assert_string_equal(locale_number(f->en, num, f->arena), whole);
            assert_string_equal(locale_number(f->en, tenths, f->arena), tenth);
            assert_string_equal(locale_percent(f->en, hundredths, 0, f->arena), percent);
            assert_string_equal(locale_percent(f->en, hundredths, 1, f->arena),
                                strcat(strcpy(percent, whole), ".0%"));
            assert_string_equal(locale_number(f->en, num, f->arena), whole);
        }
}

static void test_percent_rounds_half_to_even(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(locale_percent(f->en, num("0.354"), 1, f->arena), "35.4%");
    assert_string_equal(locale_percent(f->ar, num("0.354"), 1, f->arena), "35.4%");
    assert_string_equal(locale_percent(f->arab, num("0.354"), 1, f->arena), "٣٥٫٤٪");
    assert_string_equal(locale_percent(f->en, num("0.7"), 0, f->arena), "70%");
    assert_string_equal(locale_percent(f->en, num("0.125"), 0, f->arena), "12%");
    assert_string_equal(locale_percent(f->en, num("0.135"), 0, f->arena), "14%");
    assert_string_equal(locale_percent(f->en, num("0.1250000001"), 0, f->arena), "13%");
    assert_string_equal(locale_percent(f->en, num("0.354385965"), 2, f->arena), "35.44%");
    assert_string_equal(locale_percent(f->en, num("12"), 0, f->arena), "1,200%");
}

static void test_iraqi_months(void **state)
{
    static const char *const months[] = {
        "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول",
        "تشرين الثاني", "كانون الأول",
    };
    struct fixture *f = *state;

    for (uint8_t i = 0; i < 12; i++) {
        struct date date = {.year = 2024, .month = (uint8_t)(i + 1), .day = 1};
        const char *expected = arena_printf(f->arena, "%s 2024", months[i]);
        assert_string_equal(locale_date(f->ar, date, DATE_MONTH_YEAR, f->arena), expected);
    }
}

static void test_date_styles(void **state)
{
    struct fixture *f = *state;
    struct date date = day("2024-01-04");

    assert_string_equal(locale_date(f->en, date, DATE_LONG, f->arena), "4 January 2024");
    assert_string_equal(locale_date(f->en, date, DATE_MEDIUM, f->arena), "4 Jan 2024");
    assert_string_equal(locale_date(f->en, date, DATE_MONTH_YEAR, f->arena), "January 2024");
    assert_string_equal(locale_date(f->en, date, DATE_DAY_MONTH, f->arena), "4 January");
    assert_string_equal(locale_date(f->en, date, DATE_YEAR, f->arena), "2024");
    assert_string_equal(locale_date(f->en, date, DATE_MONTH, f->arena), "January");
    assert_string_equal(locale_date(f->en, date, DATE_MONTH_SHORT, f->arena), "Jan");
    assert_string_equal(locale_date(f->en, day("2024-12-31"), DATE_QUARTER, f->arena), "Q4");
    assert_string_equal(locale_date(f->ar, date, DATE_MONTH_SHORT, f->arena), "كانون الثاني");
    assert_string_equal(locale_date(f->ar, date, DATE_QUARTER, f->arena), "الربع الأول");
    assert_string_equal(locale_date(f->ar, date, DATE_LONG, f->arena), "4 كانون الثاني 2024");
    assert_string_equal(locale_date(f->ar, date, DATE_MEDIUM, f->arena), "4 كانون الثاني 2024");
    assert_string_equal(locale_date(f->arab, date, DATE_LONG, f->arena), "٤ كانون الثاني ٢٠٢٤");
    assert_string_equal(locale_date(f->both, date, DATE_LONG, f->arena), "4 كانون الثاني/يناير 2024");
    assert_string_equal(locale_date(f->egyptian, date, DATE_LONG, f->arena), "٤ يناير ٢٠٢٤");
    assert_string_equal(locale_date(f->egyptian, date, DATE_YEAR, f->arena), "٢٠٢٤");
}

static void test_weeks(void **state)
{
    struct fixture *f = *state;
    struct date friday = {2024, 4, 5};

    assert_int_equal(locale_week_start(f->en), 0);
    assert_int_equal(locale_week_start(f->ar), 5);
    assert_string_equal(locale_weekday(f->en, 4, f->arena), "Fri");
    assert_string_equal(locale_weekday(f->ar, 4, f->arena), "الجمعة");
    assert_string_equal(locale_date(f->en, friday, DATE_MONTH_SHORT, f->arena), "Apr");
    assert_string_equal(locale_date(f->ar, friday, DATE_MONTH_SHORT, f->arena), "نيسان");
}

static void test_days_that_are_none(void **state)
{
    static const char *const bad[] = {
        "", "2024", "2024-1-4", "2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10",
        "2024-04-31", "2024-04-00", "2024/01/04", "2024-01-04 ", " 2024-01-04", "0000-01-01", "-024-01-01",
        "2024-01-0x", "٢٠٢٤-٠١-٠٤",
    };
    struct date date = {.year = 7, .month = 7, .day = 7};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(date_parse(bad[i], &date));
    assert_false(date_parse(NULL, &date));
    assert_int_equal(date.year, 7);
    assert_true(date_parse("2024-02-29", &date));
    assert_true(date_parse("2000-02-29", &date));
}

static void test_counting_days(void **state)
{
    (void)state;
    assert_int_equal(date_days(day("1970-01-01")), 0);
    assert_int_equal(date_days(day("1969-12-31")), -1);
    assert_int_equal(date_days(day("2000-03-01")), 11017);
    assert_int_equal(date_days(day("2024-02-29")) + 1, date_days(day("2024-03-01")));
    assert_int_equal(date_days(day("2023-02-28")) + 1, date_days(day("2023-03-01")));
    assert_int_equal(date_month_length(day("2024-02-01")), 29);
    assert_int_equal(date_month_length(day("2024-12-31")), 31);
    assert_int_equal(date_days(day("0001-01-01")), -719162);
    assert_int_equal(date_days(day("9999-12-31")), 2932896);
    for (int32_t days = -719162; days <= 2932896; days += days > 0 && days < 800 ? 1 : 97)
        assert_int_equal(date_days(date_of_days(days)), days);
    assert_int_equal(date_of_days(date_days(day("1600-02-29"))).day, 29);
    assert_int_equal(date_of_days(-1).year, 1969);
    assert_int_equal(date_of_days(-1).month, 12);
}

static void test_nfc(void **state)
{
    struct fixture *f = *state;
    size_t length;

    /* alef and a combining hamza above become one letter; e and acute likewise */
    assert_string_equal(locale_nfc("\u0627\u0654", 4, &length, f->arena), "\u0623");
    assert_int_equal(length, 2);
    assert_string_equal(locale_nfc("e\u0301 plain", 9, &length, f->arena), "\u00e9 plain");
    assert_int_equal(length, 8);
    assert_string_equal(locale_nfc("", 0, &length, f->arena), "");
    assert_int_equal(length, 0);
    assert_null(locale_nfc("\xc3", 1, &length, f->arena));
}

static void test_width_on_a_terminal(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t cells;
    } known[] = {
        { "", 0 },
        { "North", 5 },
        { "الشمال", 6 },
        { "الشَّمَال", 6 },              /* three marks */
        { "e\u0301", 1 },             /* a combining accent */
        { "\u2067x\u2069\u200F\u200D", 1 }, /* isolates, a mark, a joiner */
        { "東方", 4 },
        { "\uFF11", 2 }, /* a fullwidth digit */
        { "\uFF71", 1 }, /* a halfwidth letter */
        { "😀", 2 },
        { "\u1112\u1161\u11AB", 2 }, /* one syllable of three parts */
        { "\u0600\u0661", 2 },       /* Arabic number sign: seen, though a format character */
        { "\u00AD", 1 },
        { "–…│", 3 },
        { "\uFDFD", 1 },
        { "\x7F", 0 },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(locale_text_width(known[i].text), known[i].cells);
}

static void test_what_fits_on_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(locale_text_fit("North", 3), 3);
    assert_int_equal(locale_text_fit("North", 9), 5);
    assert_int_equal(locale_text_fit("North", 0), 0);
    assert_int_equal(locale_text_fit("e\u0301x", 1), 3); /* its accent comes with the letter */
    assert_int_equal(locale_text_fit("東方", 3), 3);     /* no half of a wide letter */
    assert_int_equal(locale_text_fit("الشّمال", 3), 8);   /* three letters and a mark */
}

static void test_what_goes_right_to_left(void **state)
{
    (void)state;
    assert_true(locale_text_has_rtl("Basra البصرة"));
    assert_true(locale_text_has_rtl("\u05D0"));
    assert_true(locale_text_has_rtl("\u0661\u0662")); /* Arabic-Indic digits */
    assert_false(locale_text_has_rtl("Basra 12 – é 東"));
    assert_false(locale_text_has_rtl(""));
}

/* Quotation marks, isolates and capitals do not count; marks over Arabic letters hardly do; equal texts keep their order. */
static void test_order_of_the_alphabet(void **state)
{
    static const char *const english[] = { "zeal", "“Almanac”", "\u2068alms\u2069", "Éclair", "almanac" };
    static const char *const arabic[] = { "ياء", "«تقويم»", "أب", "بيت", "آب" };
    struct fixture *f = *state;
    size_t order[5];

    locale_sort(f->en, english, 5, order);
    assert_memory_equal(order, ((size_t[]){ 4, 1, 2, 3, 0 }), sizeof order);
    locale_sort(f->ar, arabic, 5, order);
    assert_memory_equal(order, ((size_t[]){ 4, 2, 3, 1, 0 }), sizeof order);
    locale_sort(f->ar, arabic, 0, order);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plurals_in_arabic),
        cmocka_unit_test(test_plurals_in_english),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_numbers_that_are_asked_again),
        cmocka_unit_test(test_percent_rounds_half_to_even),
        cmocka_unit_test(test_iraqi_months),
        cmocka_unit_test(test_date_styles),
        cmocka_unit_test(test_weeks),
        cmocka_unit_test(test_days_that_are_none),
        cmocka_unit_test(test_counting_days),
        cmocka_unit_test(test_nfc),
        cmocka_unit_test(test_width_on_a_terminal),
        cmocka_unit_test(test_what_fits_on_a_terminal),
        cmocka_unit_test(test_order_of_the_alphabet),
        cmocka_unit_test(test_what_goes_right_to_left),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
