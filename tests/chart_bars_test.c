/*
 * Bars, dots and pyramids: golden dumps in each frame, what must hold for any chart, and what is theirs: sums that are
 * exact, zero as the base, gaps that are seen, what they refuse.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "chart/chart.h"
#include "chart/colour.h"
#include "chart/plot.h"
#include "chart/shades.h"
#include "support/chart_check.h"
#include "support/clusters.h"
#include "support/chart_samples_bars.h"

static void test_golden(void **state)
{
    for (size_t i = 0; i < BARS_SAMPLES; i++)
        for (int kind = 0; kind < FRAME_KINDS; kind++)
            chart_check_golden(*state, bars_samples[i], (enum frame_kind)kind);
}

/* The text that is these words in a language; NULL: none. */
static const struct scene_command *words_in(const struct scene_page *page, enum lang lang, const char *words)
{
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind == SCENE_TEXT && c->text.line->lang == lang && strstr(c->text.line->text, words))
            return c;
    }
    return NULL;
}

/* What the values count stands clear of the first of them, however long that one is. */
static void test_the_unit_stands_clear(void **state)
{
    struct chart_row rows[] = {{.label = {"One", "One"}, .value = {-1300, 0}}, {.label = {"Two", "Two"}, .value = {900, 0}}};
    struct chart_spec spec = {.id = "change", .type = CHART_BAR, .unit = {"incidents", "حادثًا"}, .rows = rows,
                              .row_count = 2};
    float height;
    struct scene *scene = chart_draw_alone(*state, &spec, FRAME_EN, 470, &height);
    const struct scene_page *page = scene_page_at(scene, 0);
    struct chart_box unit = chart_text_box(words_in(page, LANG_EN, "incidents"));
    struct chart_box first = chart_text_box(words_in(page, LANG_EN, "−1,500"));

    assert_true(first.left - unit.right > 5.9f);
    scene_drop(scene);
}

/* Legends of two languages, which stand beside each other. */
static void test_legends_stand_on_one_line(void **state)
{
    struct chart_row rows[] = {{.label = {"One", "واحد"}, .series = {"Before", "قبل"}, .value = {3, 0}},
                               {.label = {"One", "واحد"}, .series = {"Behind", "بعد"}, .value = {9, 0}}};
    struct chart_spec spec = {.id = "two", .type = CHART_BAR, .look = {.legend = LEGEND_BOX}, .rows = rows,
                              .row_count = 2};
    float height;
    struct scene *scene = chart_draw_alone(*state, &spec, FRAME_BOTH, 470, &height);
    const struct scene_page *page = scene_page_at(scene, 0);
    const struct scene_command *en = words_in(page, LANG_EN, "Before"), *ar = words_in(page, LANG_AR, "قبل");

    assert_true(en->text.baseline - ar->text.baseline < 0.01f && ar->text.baseline - en->text.baseline < 0.01f);
    scene_drop(scene);
}

/* --- any size --- */

static void test_labels_stay_inside_and_apart(void **state)
{
    static const float widths[FRAME_KINDS][3] = {{310, 400, 470}, {310, 400, 470}, {400, 470, 700}};

    for (size_t i = 0; i < BARS_SAMPLES; i++)
        for (int kind = 0; kind < FRAME_KINDS; kind++)
            for (size_t w = bars_samples[i]->look.vertical ? 1 : 0; w < 3; w++)
                chart_check_layout(*state, bars_samples[i], (enum frame_kind)kind, widths[kind][w]);
}

static void test_arabic_digits_fit_too(void **state)
{
    struct chart_bench other = *(struct chart_bench *)*state;

    other.locale[LANG_AR] = other.arabic_digits;
    for (size_t i = 0; i < BARS_SAMPLES; i++)
        for (int kind = FRAME_AR; kind < FRAME_KINDS; kind++)
            chart_check_layout(&other, bars_samples[i], (enum frame_kind)kind, 470);
}

static void test_large_print_fits_too(void **state)
{
    struct chart_style large = chart_bench_style;

    for (large.size = 10; large.size <= 14; large.size += 2)
        for (size_t i = 0; i < BARS_SAMPLES; i++)
            for (int kind = FRAME_EN; kind <= FRAME_AR && !bars_samples[i]->look.vertical; kind++)
                chart_check_layout_in(*state, &large, bars_samples[i], (enum frame_kind)kind, 490);
}

static void test_from_one_to_twenty_categories(void **state)
{
    struct chart_row rows[20];
    char names[20][8];
    struct chart_spec spec = sample_bars;

    for (size_t i = 0; i < 20; i++) {
        snprintf(names[i], sizeof names[i], "%zu", 2001 + i);
        rows[i] = (struct chart_row){.label = {names[i], names[i]}, .value = {(int64_t)(i * 37 % 101), 0}};
    }
    spec.rows = rows;
    for (spec.row_count = 1; spec.row_count <= 20; spec.row_count++)
        for (int look = 0; look < 4; look++)
            for (int kind = 0; kind < FRAME_KINDS; kind++) {
                spec.look.vertical = look & 1;
                spec.type = look & 2 ? CHART_DOT : CHART_BAR;
                chart_check_layout(*state, &spec, (enum frame_kind)kind, 470);
            }
}

static void test_all_zero_is_drawn(void **state)
{
    struct chart_row rows[2] = {{.label = {"a", "ا"}}, {.label = {"b", "ب"}}};
    struct chart_spec spec = sample_bars;

    spec.rows = rows;
    spec.row_count = 2;
    for (int kind = 0; kind < FRAME_KINDS; kind++)
        for (spec.type = CHART_BAR; spec.type <= CHART_DOT; spec.type++)
            chart_check_layout(*state, &spec, (enum frame_kind)kind, 470);
}

/* --- what stands in a scene --- */

static size_t lines_saying(struct chart_bench *f, const struct chart_spec *spec, enum frame_kind kind, const char *words)
{
    float height;
    struct scene *scene = chart_draw_alone(f, spec, kind, 470, &height);
    const struct scene_page *page = scene_page_at(scene, 0);
    size_t found = 0;

    for (size_t i = 0; i < page->command_count; i++)
        found += page->commands[i].kind == SCENE_TEXT && strcmp(page->commands[i].text.line->text, words) == 0;
    scene_drop(scene);
    return found;
}

static void assert_says(struct chart_bench *f, const struct chart_spec *spec, const char *words)
{
    if (lines_saying(f, spec, FRAME_EN, words) != 1)
        fail_msg("%zu lines '%s' in '%s'", lines_saying(f, spec, FRAME_EN, words), words, spec->id);
}

/* Boxes of the paths filled with that colour, in drawing order; returns how many. */
static size_t filled(const struct scene *scene, uint32_t rgb, struct chart_box *out, size_t most)
{
    const struct scene_page *page = scene_page_at(scene, 0);
    size_t count = 0;

    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *command = &page->commands[i];
        if (command->kind == SCENE_PATH && command->path.paint.fill && command->path.paint.fill_rgb == rgb && count < most)
            out[count++] = chart_path_box(command);
    }
    return count;
}

static size_t count_dashed(struct chart_bench *f, const struct chart_spec *spec)
{
    float height;
    struct scene *scene = chart_draw_alone(f, spec, FRAME_EN, 470, &height);
    const struct scene_page *page = scene_page_at(scene, 0);
    size_t dashed = 0;

    for (size_t i = 0; i < page->command_count; i++)
        dashed += page->commands[i].kind == SCENE_PATH && page->commands[i].path.paint.stroke &&
                  page->commands[i].path.paint.dash == 1.5f;
    scene_drop(scene);
    return dashed;
}

/* --- sums --- */

/* Beyond what doubles hold, and in cents. */
static void test_the_rest_is_summed_exactly(void **state)
{
    struct chart_row rows[4] = {
        {.label = {"a", "ا"}, .value = {90071992547409930, 0}},
        {.label = {"b", "ب"}, .value = {9007199254740993, 0}},
        {.label = {"c", "ج"}, .value = {10, 2}},
        {.label = {"d", "د"}, .value = {2, 1}},
    };
    struct chart_spec spec = sample_bars;

    spec.rows = rows;
    spec.row_count = 4;
    spec.look.most = 1;
    rows[1].value = num_from_int(9007199254740993);
    rows[2].value = num_from_int(1);
    rows[3].value = num_from_int(2);
    assert_says(*state, &spec, "\u2066" "9,007,199,254,740,996" "\u2069");
    assert_says(*state, &spec, "Other (sum of \u2066" "3" "\u2069)");
    rows[1].value = (struct num){10, 2};
    rows[3].value = (struct num){2, 1};
    assert_says(*state, &spec, "\u2066" "1.30" "\u2069");
}

static void test_the_rest_is_as_uncertain_as_its_parts(void **state)
{
    struct chart_row rows[4] = {
        {.label = {"a", "ا"}, .value = {500, 0}},
        {.label = {"b", "ب"}, .value = {100, 0}, .low = {100, 0}, .has_low = true, .value_text = {"more than 100", "x"}},
        {.label = {"c", "ج"}, .value = {50, 0}, .value_text = {"\u2066" "50" "\u2069", "50"}},
        {.label = {"d", "د"}, .value = {20, 0}},
    };
    struct chart_spec spec = sample_bars;

    spec.rows = rows;
    spec.row_count = 4;
    spec.look.most = 1;
    assert_says(*state, &spec, "at least \u2066" "170" "\u2069");
    rows[1].high = num_from_int(130);
    rows[1].has_high = true;
    assert_says(*state, &spec, "\u2066" "170" "\u2069 to \u2066" "200" "\u2069");
    rows[2].value_text[LANG_EN] = "around 50";
    assert_says(*state, &spec, "about \u2066" "170" "\u2069");
    rows[1].has_low = false;
    rows[1].high = rows[1].value;
    rows[2].value_text[LANG_EN] = NULL;
    assert_says(*state, &spec, "at most \u2066" "170" "\u2069");
    rows[1].has_high = false;
    rows[1].value_text[LANG_EN] = NULL;
    rows[3].missing = true;
    rows[3].value = num_from_int(0);
    assert_says(*state, &spec, "at least \u2066" "150" "\u2069");
    rows[2].value = num_from_int(-50); /* what is unknown may be below zero too */
    assert_says(*state, &spec, "no data");
}

static void test_what_stays_and_in_which_order(void **state)
{
    struct chart_bench *f = *state;
    struct chart_spec spec = sample_bars_rest;
    struct chart_row rows[8];
    const struct scene_page *page;
    struct scene *scene;
    static const char *const expected[] = {"Baghdad", "Nineveh", "Basra", "Salah al-Din"};
    size_t next = 0;
    float height;

    memcpy(rows, spec.rows, sizeof rows);
    rows[4].emphasis = true; /* the smallest of all: the finding is never summed away */
    spec.rows = rows;
    scene = chart_draw_alone(f, &spec, FRAME_EN, 470, &height);
    page = scene_page_at(scene, 0);
    for (size_t i = 0; i < page->command_count && next < 4; i++)
        next += page->commands[i].kind == SCENE_TEXT && strcmp(page->commands[i].text.line->text, expected[next]) == 0;
    assert_int_equal(next, 4);
    scene_drop(scene);
    assert_int_equal(lines_saying(f, &spec, FRAME_EN, "Dhi Qar"), 0);
    spec.row_count = 5; /* one more than stays is not worth an "other" */
    assert_int_equal(lines_saying(f, &spec, FRAME_EN, "Dhi Qar"), 1);
    assert_int_equal(lines_saying(f, &spec, FRAME_EN, "Other (sum of \u2066" "1" "\u2069)"), 0);
    assert_int_equal(lines_saying(f, &sample_bars_rest, FRAME_AR, "أخرى (مجموع \u2066" "4" "\u2069)"), 1);
}

static void test_each_series_has_a_rest_of_its_own(void **state)
{
    struct chart_spec spec = sample_bars_shares;

    spec.look.stack = STACK_ON_TOP;
    spec.look.most = 1;
    assert_says(*state, &spec, "Other (sum of \u2066" "2" "\u2069)");
    assert_says(*state, &spec, "\u2066" "71" "\u2069");  /* 41 and 30 */
    assert_says(*state, &spec, "\u2066" "57" "\u2069");  /* 27 and 30 */
    assert_says(*state, &spec, "\u2066" "33" "\u2069");  /* 2 and 31 */
    assert_says(*state, &spec, "\u2066" "161" "\u2069"); /* all of them */
}

static void test_range_bars_are_ordered_too(void **state)
{
    struct chart_row rows[2] = {{.label = {"small", "صغير"}, .value = {5, 0}}, {.label = {"large", "كبير"}, .value = {9, 0}}};
    struct chart_spec spec = sample_bars;
    float height;

    spec.type = CHART_RANGE_BARS;
    spec.rows = rows;
    spec.row_count = 2;
    for (spec.look.order = ORDER_DATA; spec.look.order <= ORDER_VALUE; spec.look.order++) {
        struct scene *scene = chart_draw_alone(*state, &spec, FRAME_EN, 470, &height);
        const struct scene_page *page = scene_page_at(scene, 0);
        float y[2] = {0};
        for (size_t i = 0; i < page->command_count; i++)
            for (size_t k = 0; k < 2 && page->commands[i].kind == SCENE_TEXT; k++)
                if (strcmp(page->commands[i].text.line->text, rows[k].label[LANG_EN]) == 0)
                    y[k] = page->commands[i].text.baseline;
        assert_true(spec.look.order == ORDER_DATA ? y[0] < y[1] : y[1] < y[0]);
        scene_drop(scene);
    }
}

/* A third is 33 percent and two thirds 67; half a percent goes to the even side. */
static void test_shares_are_rounded_once(void **state)
{
    struct chart_row rows[2] = {
        {.label = {"a", "ا"}, .series = {"x", "س"}, .value = {1, 0}},
        {.label = {"a", "ا"}, .series = {"y", "ص"}, .value = {2, 0}},
    };
    struct chart_spec spec = sample_bars_shares;

    spec.rows = rows;
    spec.row_count = 2;
    assert_says(*state, &spec, "\u2066" "33%" "\u2069");
    assert_says(*state, &spec, "\u2066" "67%" "\u2069");
    rows[0].value = (struct num){445, 0};
    rows[1].value = (struct num){555, 0};
    assert_says(*state, &spec, "\u2066" "44%" "\u2069");
    assert_says(*state, &spec, "\u2066" "56%" "\u2069");
    rows[0].value = (struct num){44500000000000001, 0}; /* above one half by what no double holds */
    rows[1].value = (struct num){55499999999999999, 0};
    assert_says(*state, &spec, "\u2066" "45%" "\u2069");
    assert_says(*state, &spec, "\u2066" "55%" "\u2069");
}

/* Percents carry marks of direction in Arabic: alike on paper, they stand once. */
static void test_what_prints_the_same_is_the_same(void **state)
{
    (void)state;
    assert_true(words_print_same("\u2066" "62%" "\u2069", "\u2066" "62\u200E%\u200E" "\u2069"));
    assert_true(words_print_same("\u061C-8", "\u200F-8"));
    assert_false(words_print_same("62%", "6%"));
    assert_false(words_print_same("6", "62"));
    assert_false(words_print_same("62", "٦٢"));
    assert_false(words_print_same("a\u2013b", "ab"));
}

/* --- shapes --- */

static void test_bars_grow_from_zero(void **state)
{
    struct chart_row rows[2] = {{.label = {"a", "ا"}, .value = {30, 0}, .emphasis = true},
                                {.label = {"b", "ب"}, .value = {-10, 0}, .emphasis = true}};
    struct chart_spec spec = sample_bars;
    struct chart_box bars[2];
    float height;

    spec.rows = rows;
    spec.row_count = 2;
    for (int look = 0; look < 2; look++)
        for (int kind = 0; kind < FRAME_KINDS; kind++) {
            struct scene *scene;
            spec.look.vertical = look;
            scene = chart_draw_alone(*state, &spec, (enum frame_kind)kind, 470, &height);
            assert_int_equal(filled(scene, chart_bench_style.accent, bars, 2), 2);
            if (look) { /* up from zero, and down */
                assert_float_equal(bars[0].bottom, bars[1].top, 0.1);
                assert_float_equal(bars[0].bottom - bars[0].top, 3 * (bars[1].bottom - bars[1].top), 0.1);
                assert_true(kind == FRAME_AR ? bars[0].left > bars[1].right : bars[0].right < bars[1].left);
            } else {
                assert_float_equal(kind == FRAME_AR ? bars[0].right : bars[0].left,
                                   kind == FRAME_AR ? bars[1].left : bars[1].right, 0.1);
                assert_float_equal(bars[0].right - bars[0].left, 3 * (bars[1].right - bars[1].left), 0.1);
            }
            scene_drop(scene);
        }
}

/* The accent is for the finding: where there is none, no bar is as loud. */
static void test_the_accent_is_for_the_finding(void **state)
{
    struct chart_row rows[2] = {{.label = {"a", "ا"}, .value = {30, 0}}, {.label = {"b", "ب"}, .value = {10, 0}}};
    struct chart_spec spec = sample_bars;
    struct chart_box bars[2];
    float height;

    spec.rows = rows;
    spec.row_count = 2;
    for (size_t found = 0; found < 2; found++) {
        struct scene *scene;
        rows[0].emphasis = found == 1;
        scene = chart_draw_alone(*state, &spec, FRAME_EN, 470, &height);
        assert_int_equal(filled(scene, chart_bench_style.accent, bars, 2), found);
        scene_drop(scene);
    }
}

/* Parts of a stack touch, and reach as far as their sum. */
static void test_stacks_add_up(void **state)
{
    struct chart_box first[3], second[3];
    float height;
    struct scene *scene = chart_draw_alone(*state, &sample_bars_shares, FRAME_EN, 470, &height);
    struct shade shades[SERIES_MOST];

    shades_of(chart_bench_style.accent, shades);
    assert_int_equal(filled(scene, chart_bench_style.accent, first, 3), 3);
    assert_true(filled(scene, shades[1].fill, second, 3) >= 2);
    assert_float_equal(first[0].right, second[0].left, 0.1);
    assert_float_equal((first[0].right - first[0].left) / (second[0].right - second[0].left), 85.0 / 61.0, 0.01);
    scene_drop(scene);
}

static void test_what_is_missing_is_seen(void **state)
{
    assert_int_equal(count_dashed(*state, &sample_bars), 1);
    assert_says(*state, &sample_bars, "no data");
    assert_int_equal(count_dashed(*state, &sample_bars_beside), 1);
    assert_says(*state, &sample_bars_beside, "no data");
    assert_int_equal(count_dashed(*state, &sample_bars_stacked), 2); /* its part and its legend's */
    assert_says(*state, &sample_bars_stacked, "at least \u2066" "58" "\u2069");
    assert_int_equal(count_dashed(*state, &sample_dots), 1);
    assert_int_equal(count_dashed(*state, &sample_pyramid_words), 1);
    assert_says(*state, &sample_pyramid_words, "no data");
}

/* Three pieces behind the bar, in its colour. */
static void test_an_open_end_is_broken_off(void **state)
{
    struct chart_box pieces[8];
    float height;
    struct scene *scene = chart_draw_alone(*state, &sample_bars, FRAME_EN, 470, &height);

    assert_int_equal(filled(scene, chart_bench_style.accent, pieces, 8), 4);
    for (size_t i = 1; i < 4; i++)
        assert_true(pieces[i].left > pieces[i - 1].right + 1);
    scene_drop(scene);
}

/* The first series stands where reading begins. */
static void test_a_pyramids_sides(void **state)
{
    struct chart_box bars[8];
    float height;

    for (int kind = 0; kind < FRAME_KINDS; kind++) {
        struct scene *scene = chart_draw_alone(*state, &sample_pyramid, (enum frame_kind)kind, 470, &height);
        assert_int_equal(filled(scene, chart_bench_style.accent, bars, 8), 8);
        for (size_t i = 0; i < 8; i++)
            assert_true(kind == FRAME_AR ? bars[i].left > CHART_LEFT + 235 : bars[i].right < CHART_LEFT + 235);
        scene_drop(scene);
    }
}

/* What prints the same in both languages stands once. */
static void test_ages_stand_once(void **state)
{
    struct chart_spec lying = sample_bars_standing;

    lying.look.vertical = false;
    assert_int_equal(lines_saying(*state, &lying, FRAME_BOTH, "2016"), 1);
    assert_int_equal(lines_saying(*state, &lying, FRAME_BOTH, "هجمات"), 1);
    assert_int_equal(lines_saying(*state, &sample_pyramid, FRAME_BOTH, "60–69"), 1);
    assert_int_equal(lines_saying(*state, &sample_bars_standing, FRAME_BOTH, "2016"), 1);
}

/* The last shape filled under a label's middle is its ground. */
static void test_words_can_be_read_on_their_ground(void **state)
{
    float height;

    static struct clusters clusters;
    for (size_t n = 0; n < BARS_SAMPLES; n++) {
        struct scene *scene = chart_draw_alone(*state, bars_samples[n], FRAME_EN, 470, &height);
        const struct scene_page *page = scene_page_at(scene, 0);
        for (size_t i = 0; i < page->command_count; i++) {
            const struct scene_command *text = &page->commands[i];
            uint32_t ground = COLOUR_PAPER;
            if (text->kind != SCENE_TEXT)
                continue;
            struct chart_box box = chart_text_box(text);
            float x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
            for (size_t k = 0; k < i; k++) {
                const struct scene_command *path = &page->commands[k];
                if (path->kind != SCENE_PATH || !path->path.paint.fill)
                    continue;
                struct chart_box shape = chart_path_box(path);
                if (shape.left <= x && x <= shape.right && shape.top <= y && y <= shape.bottom)
                    ground = path->path.paint.fill_rgb;
            }
            if (colour_contrast(ground, clusters_of(text->text.line, &clusters)->items[0].rgb) < CONTRAST_TEXT)
                fail_msg("'%s' in '%s' cannot be read", text->text.line->text, bars_samples[n]->id);
        }
        scene_drop(scene);
    }
}

/* --- what they refuse --- */

static void test_shares_of_what_has_none(void **state)
{
    struct chart_row rows[9];
    struct chart_spec spec = sample_bars_shares;

    memcpy(rows, spec.rows, sizeof rows);
    spec.rows = rows;
    rows[1].value = num_from_int(-61);
    rows[4].value_text[LANG_EN] = "about 27";
    chart_assert_refused(*state, &spec, 470,
                         "samples.csv:3:1: error: [chart-data] 'Baghdad' of chart 'bars-shares' has a negative value; "
                         "shares are parts of a whole, so write stack: on_top or beside\n"
                         "samples.csv:6:1: error: [chart-data] 'Nineveh' of chart 'bars-shares' has a value that is "
                         "not exact, so its share is not known; write stack: beside\n");
    memcpy(rows, sample_bars_shares.rows, sizeof rows);
    for (size_t i = 3; i < 6; i++)
        rows[i].value = num_from_int(0);
    chart_assert_refused(*state, &spec, 470,
                         "samples.csv:5:1: error: [chart-data] the values of 'Nineveh' in chart 'bars-shares' are all "
                         "zero; nothing has no shares\n");
    spec.rows = sample_bars.rows;
    spec.row_count = 2;
    spec.look.stack = STACK_ON_TOP;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:20:5: error: [chart-data] chart 'bars-shares' has no series to put on top of one "
                         "another; give the role 'series', or leave stack out\n");
}

static void test_rows_that_say_two_things(void **state)
{
    struct chart_row rows[8];
    struct chart_spec spec = sample_bars_beside;

    memcpy(rows, spec.rows, sizeof rows);
    spec.rows = rows;
    rows[3].series[LANG_EN] = "October 2021";
    chart_assert_refused(*state, &spec, 470,
                         "samples.csv:5:1: error: [chart-data] chart 'bars-beside' has a second row for 'Nineveh' in "
                         "October 2021; its statement must give one, as a sum or of one series\n");
    for (size_t i = 0; i < 8; i++)
        rows[i].missing = true;
    rows[3].series[LANG_EN] = "December 2023";
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:20:5: error: [chart-data] every value of chart 'bars-beside' is missing; give one "
                         "at least, or leave the chart out\n");
    spec = sample_bars_rest;
    memcpy(rows, spec.rows, sizeof rows);
    spec.rows = rows;
    rows[4].value = rows[5].value = num_from_int(600000000000000000);
    rows[0].value = rows[1].value = rows[2].value = rows[3].value = num_from_int(700000000000000000);
    chart_assert_refused(*state, &spec, 470,
                         "samples.csv:7:1: error: [chart-data] with this row a sum of chart 'bars-rest' needs more than "
                         "18 digits; give the values in a larger unit\n");
}

static void test_too_much_at_once(void **state)
{
    static struct chart_row rows[410];
    static char names[410][24];
    struct chart_spec spec = sample_bars;

    for (size_t i = 0; i < 410; i++) {
        snprintf(names[i], sizeof names[i], "name %zu", i);
        rows[i] = (struct chart_row){.label = {names[i], names[i]}, .value = {5, 0}, .at = {"many.csv", (uint32_t)i, 1}};
    }
    spec.rows = rows;
    spec.row_count = 400;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:20:5: error: [chart-crowded] chart 'bars' has 400 categories; at most 40 can be "
                         "told apart: sum the rest, as most does\n");
    spec.look.most = 30;
    chart_check_layout(*state, &spec, FRAME_EN, 470);
    spec.look.most = 0;
    for (size_t i = 0; i < 410; i++) {
        rows[i].series[LANG_EN] = rows[i].series[LANG_AR] = names[i % 2];
        rows[i].label[LANG_EN] = rows[i].label[LANG_AR] = names[i / 2];
    }
    spec.row_count = 62;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:20:5: error: [chart-crowded] chart 'bars' has 62 bars; at most 60 can be told "
                         "apart: fewer categories, or stack: on_top\n");
    for (size_t i = 0; i < 7; i++) {
        rows[i].series[LANG_EN] = rows[i].series[LANG_AR] = names[i];
        rows[i].label[LANG_EN] = rows[i].label[LANG_AR] = "a";
    }
    spec.row_count = 7;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:20:5: error: [chart-crowded] chart 'bars' has 7 series; at most 6 can be told "
                         "apart in grey\n");
}

/* In a part of a bar the two languages' words stand as far from its upper edge as from its lower one. */
static void test_words_of_both_languages_stand_in_the_middle(void **state)
{
    struct chart_bench *bench = *state;
    struct locale *latin = bench->locale[LANG_AR];
    size_t pairs = 0;
    float height;

    bench->locale[LANG_AR] = bench->arabic_digits;
    struct scene *scene = chart_draw_alone(bench, &sample_bars_shares, FRAME_BOTH, 470, &height);
    const struct scene_page *page = scene_page_at(scene, 0);
    for (size_t i = 0; i + 1 < page->command_count; i++) {
        const struct scene_command *above = &page->commands[i], *below = &page->commands[i + 1];
        if (above->kind != SCENE_TEXT || below->kind != SCENE_TEXT || !strchr(above->text.line->text, '%') ||
            !strstr(below->text.line->text, "٪"))
            continue;
        float top = above->text.baseline - 0.714f * above->text.line->size, bottom = below->text.baseline;
        float x = above->text.x + above->text.line->width / 2;
        for (size_t k = 0; k < i; k++) {
            struct chart_box box = {0};
            if (page->commands[k].kind == SCENE_PATH && page->commands[k].path.paint.fill)
                box = chart_path_box(&page->commands[k]);
            if (box.right - box.left < 40 || box.left > x || box.right < x || box.top > top || box.bottom < bottom)
                continue;
            assert_float_equal(top - box.top, box.bottom - bottom, 1.2);
            pairs++;
        }
    }
    assert_true(pairs > 3);
    scene_drop(scene);
    bench->locale[LANG_AR] = latin;
}

/* What does not fit below its column, even wrapped, is said with what would help. */
static void test_words_too_wide_for_columns(void **state)
{
    struct chart_row rows[10];
    struct chart_spec spec = sample_bars_standing;

    memcpy(rows, spec.rows, sizeof rows);
    spec.rows = rows;
    rows[2].label[LANG_EN] = "Counterterrorism";
    chart_assert_refused(*state, &spec, 470,
                         "samples.csv:4:1: error: [chart-crowded] 'Counterterrorism' of chart 'bars-standing' does not "
                         "fit below its column, which is 46 points wide; shorten it, or write direction: horizontal\n");
    rows[2].label[LANG_EN] = "2018";
    rows[2].label[LANG_AR] = "الديمقراطيون"; /* the words that do not fit, not those beside them */
    chart_assert_refused(*state, &spec, 470,
                         "samples.csv:4:1: error: [chart-crowded] 'الديمقراطيون' of chart 'bars-standing' does not "
                         "fit below its column, which is 46 points wide; shorten it, or write direction: horizontal\n");
    rows[2].label[LANG_AR] = sample_bars_standing.rows[2].label[LANG_AR];
    rows[3].value_text[LANG_EN] = "approximately 22";
    rows[3].value_text[LANG_AR] = "ما يقارب 22";
    chart_assert_refused(*state, &spec, 470,
                         "samples.csv:5:1: error: [chart-crowded] 'approximately 22' of chart 'bars-standing' does not "
                         "fit into the 44 points of its mark; write direction: horizontal\n");
    spec = sample_bars;
    chart_assert_refused(*state, &spec, 200,
                         "report.yaml:20:5: error: [chart-crowded] chart 'bars' is 200 points wide; it needs 180 for "
                         "each language, so write parallel: apart\n");
}

static void test_dots_that_have_no_place(void **state)
{
    struct chart_row rows[6];
    struct chart_spec spec = sample_dots_log;

    memcpy(rows, spec.rows, sizeof rows);
    spec.rows = rows;
    rows[1].value = num_from_int(0);
    rows[2].low = num_from_int(160);
    rows[2].has_low = true;
    chart_assert_refused(*state, &spec, 470,
                         "samples.csv:3:1: error: [chart-data] 'Nineveh' of chart 'dots-log' is not above zero, and a "
                         "logarithmic scale has no place for it; write scale: linear\n"
                         "samples.csv:4:1: error: [chart-data] 'Basra' of chart 'dots-log' has bounds that do not "
                         "enclose its value; low <= value <= high must hold\n");
    spec.rows = sample_dots_log.rows;
    spec.look.stems = true;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:20:5: error: [chart-data] stems of chart 'dots-log' begin at zero, which a "
                         "logarithmic scale has not; leave out stems or scale\n");
}

static void test_pyramids_that_have_no_two_sides(void **state)
{
    struct chart_row rows[16];
    struct chart_spec spec = sample_pyramid;

    memcpy(rows, spec.rows, sizeof rows);
    spec.rows = rows;
    rows[3].value = num_from_int(-740);
    chart_assert_refused(*state, &spec, 470,
                         "samples.csv:5:1: error: [chart-data] '60–69' of chart 'pyramid' is negative; both sides of a "
                         "pyramid start at zero\n");
    rows[3].value = num_from_int(740);
    spec.row_count = 1;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:20:5: error: [chart-data] chart 'pyramid' has 1 series; a pyramid has two, one "
                         "for each side\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_the_unit_stands_clear),
        cmocka_unit_test(test_legends_stand_on_one_line),
        cmocka_unit_test(test_labels_stay_inside_and_apart),
        cmocka_unit_test(test_arabic_digits_fit_too),
        cmocka_unit_test(test_large_print_fits_too),
        cmocka_unit_test(test_from_one_to_twenty_categories),
        cmocka_unit_test(test_all_zero_is_drawn),
        cmocka_unit_test(test_the_rest_is_summed_exactly),
        cmocka_unit_test(test_the_rest_is_as_uncertain_as_its_parts),
        cmocka_unit_test(test_what_stays_and_in_which_order),
        cmocka_unit_test(test_each_series_has_a_rest_of_its_own),
        cmocka_unit_test(test_range_bars_are_ordered_too),
        cmocka_unit_test(test_shares_are_rounded_once),
        cmocka_unit_test(test_what_prints_the_same_is_the_same),
        cmocka_unit_test(test_bars_grow_from_zero),
        cmocka_unit_test(test_the_accent_is_for_the_finding),
        cmocka_unit_test(test_stacks_add_up),
        cmocka_unit_test(test_what_is_missing_is_seen),
        cmocka_unit_test(test_an_open_end_is_broken_off),
        cmocka_unit_test(test_a_pyramids_sides),
        cmocka_unit_test(test_ages_stand_once),
        cmocka_unit_test(test_words_can_be_read_on_their_ground),
        cmocka_unit_test(test_shares_of_what_has_none),
        cmocka_unit_test(test_rows_that_say_two_things),
        cmocka_unit_test(test_too_much_at_once),
        cmocka_unit_test(test_words_of_both_languages_stand_in_the_middle),
        cmocka_unit_test(test_words_too_wide_for_columns),
        cmocka_unit_test(test_dots_that_have_no_place),
        cmocka_unit_test(test_pyramids_that_have_no_two_sides),
    };

    return cmocka_run_group_tests(tests, chart_bench_set_up, chart_bench_tear_down);
}
