/* Charts over days, of two values and of moments: golden dumps in each frame, and what must hold for them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "chart/axis.h"
#include "chart/notes.h"
#include "scene/canvas.h"
#include "support/chart_check.h"
#include "support/chart_samples.h"
#include "support/chart_samples_areas.h"
#include "support/chart_samples_bars.h"
#include "support/chart_samples_lines.h"

static void test_golden(void **state)
{
    for (size_t i = 0; i < samples_over_days_count; i++)
        for (int kind = 0; kind < FRAME_KINDS; kind++)
            chart_check_golden(*state, samples_over_days[i], (enum frame_kind)kind);
}

static void test_labels_stay_inside_and_apart(void **state)
{
    static const float widths[FRAME_KINDS][3] = {{300, 380, 700}, {300, 380, 700}, {400, 520, 700}};

    for (size_t i = 0; i < samples_over_days_count; i++)
        for (int kind = 0; kind < FRAME_KINDS; kind++)
            for (size_t w = 0; w < 3; w++)
                chart_check_layout(*state, samples_over_days[i], (enum frame_kind)kind, widths[kind][w]);
}

static void test_arabic_digits_fit_too(void **state)
{
    struct chart_bench other = *(struct chart_bench *)*state;

    other.locale[LANG_AR] = other.arabic_digits;
    for (size_t i = 0; i < samples_over_days_count; i++)
        for (int kind = FRAME_AR; kind < FRAME_KINDS; kind++)
            chart_check_layout(&other, samples_over_days[i], (enum frame_kind)kind, 470);
}

static void test_choices_stay_inside_and_apart(void **state)
{
    for (size_t i = 0; i < samples_over_days_count; i++)
        for (int choice = 0; choice < 4; choice++) {
            struct chart_spec spec = *samples_over_days[i];
            spec.look.time = choice & 1 ? TIME_READING : TIME_LTR;
            spec.look.steps = choice & 2;
            spec.look.legend = choice & 2 ? LEGEND_BOX : LEGEND_AUTO;
            for (int kind = 0; kind < FRAME_KINDS; kind++)
                chart_check_layout(*state, &spec, (enum frame_kind)kind, 470);
        }
}

/* That every word is clear of the others chart_height sees to: where it cannot be, the chart is far taller instead. */
static void test_a_share_of_the_height(void **state)
{
    static const struct chart_spec *const specs[] = {&sample_line, &sample_line_series, &sample_line_area, &sample_slope,
                                                     &sample_scatter, &sample_bars, &sample_bars_beside,
                                                     &sample_bars_standing, &sample_dots, &sample_range_bars,
                                                     &sample_number, &sample_hemicycle, &sample_waffle, &sample_councils,
                                                     &sample_tile_map, &sample_calendar, &sample_matrix,
                                                     &sample_timeline, &sample_pyramid};
    enum { FREE = 11, FLEXIBLE = 17 }; /* of any height; and of one that their shapes or words bound */
    struct chart_bench *f = *state;
    const struct chart_context context = {f->text, f->locale, &chart_bench_style, f->diags};
    size_t leaps = 0;

    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        bool gives = false;
        for (int kind = 0; kind < FRAME_KINDS; kind++) {
            struct chart_frame frame = chart_frame_of((enum frame_kind)kind, 470);
            float usual = chart_height(specs[i], &frame, &context), last = 0;
            for (frame.share = 0.76f; frame.share < 1.18f; frame.share += 0.04f) {
                float height = chart_height(specs[i], &frame, &context);
                if (i < FREE && frame.share < 0.9f && height > usual * 0.98f) {
                    leaps++;
                    continue;
                }
                assert_true(i >= FREE || height > last);
                assert_true(i >= FREE || fabsf(frame.share - 1) < 0.01f || (height < usual) == (frame.share < 1));
                assert_true(i >= FREE || fabsf(height - usual) < 0.25f * usual);
                gives |= frame.share < 0.99f && height < usual - 1 && height > frame.share * usual - 1;
                last = height;
            }
        }
        assert_int_equal(chart_is_flexible(specs[i]), i < FLEXIBLE);
        assert_int_equal(gives, i < FLEXIBLE);
    }
    assert_int_equal(leaps, 4); /* points in both languages */
    assert_int_equal(diags_count(f->diags), 0);
}

/* Large print: a chart is refused or right, never clipped. */
static void test_large_words(void **state)
{
    for (size_t i = 0; i < samples_over_days_count; i++)
        for (int kind = FRAME_EN; kind <= FRAME_AR; kind++) {
            struct chart_style large = chart_bench_style;
            const struct scene_page *page;
            struct scene *scene;
            float height;
            large.size = 12;
            scene = chart_draw_in(*state, &large, samples_over_days[i], (enum frame_kind)kind, 470, &height);
            page = scene_page_at(scene, 0);
            for (size_t k = 0; k < page->command_count; k++)
                for (size_t m = 0; m < k && page->commands[k].kind == SCENE_TEXT; m++)
                    if (page->commands[m].kind == SCENE_TEXT)
                        chart_assert_apart(chart_text_box(&page->commands[k]), chart_text_box(&page->commands[m]));
            scene_drop(scene);
        }
}

/* What is a share of the frame's width is not higher for the size of words. */
static void test_standing_bars_keep_their_form(void **state)
{
    struct chart_bench *f = *state;
    struct chart_style large = chart_bench_style;
    const struct chart_context context = {f->text, f->locale, &large, f->diags};
    const struct chart_frame frame = chart_frame_of(FRAME_EN, 493);

    large.size = 14;
    assert_true(chart_height(&sample_bars_standing, &frame, &context) < 0.75f * frame.width);
    assert_int_equal(diags_count(f->diags), 0);
}

/* --- reading a scene --- */

/* Numbers stand between isolates, which do not show. */
static bool is_text(const struct text_line *line, const char *text)
{
    const char *from = line->text;
    size_t length = line->length, wanted = strlen(text);

    if (length == wanted + 6 && memcmp(from + length - 3, "\u2069", 3) == 0)
        from += 3;
    else if (length != wanted)
        return false;
    return memcmp(from, text, wanted) == 0;
}

static const struct scene_command *find_text(const struct scene *scene, const char *text, size_t *count)
{
    const struct scene_page *page = scene_page_at(scene, 0);
    const struct scene_command *found = NULL;

    *count = 0;
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind == SCENE_TEXT && is_text(c->text.line, text)) {
            found = c;
            ++*count;
        }
    }
    return found;
}

static const struct scene_command *the_text(const struct scene *scene, const char *text)
{
    size_t count;
    const struct scene_command *found = find_text(scene, text, &count);

    if (count != 1)
        fail_msg("%zu lines '%s'", count, text);
    return found;
}

static bool has_text(const struct scene *scene, const char *text)
{
    size_t count;

    find_text(scene, text, &count);
    return count > 0;
}

/* The path stroked in that colour and width, and not filled; the nth of them. */
static const struct scene_command *stroke_of(const struct scene *scene, uint32_t rgb, float width, size_t nth)
{
    const struct scene_page *page = scene_page_at(scene, 0);

    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind == SCENE_PATH && c->path.paint.stroke && !c->path.paint.fill && c->path.paint.stroke_rgb == rgb &&
            fabsf(c->path.paint.width - width) < 0.01f && nth-- == 0)
            return c;
    }
    fail_msg("no stroke of that colour and width");
    return NULL;
}

static size_t count_moves(const struct scene_command *path)
{
    size_t moves = 0;

    for (uint32_t i = 0; i < path->path.count; i++)
        moves += path->path.steps[i].op == PATH_MOVE;
    return moves;
}

/* Triangles filled in the arrow's colour. */
static size_t count_arrows(const struct scene *scene)
{
    const struct scene_page *page = scene_page_at(scene, 0);
    size_t arrows = 0;

    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        arrows += c->kind == SCENE_PATH && c->path.paint.fill && !c->path.paint.stroke && c->path.count == 4 &&
                  c->path.paint.fill_rgb == chart_bench_style.muted;
    }
    return arrows;
}

static float first_x(const struct scene_command *path)
{
    return path->path.steps[0].x[0];
}

static float last_x(const struct scene_command *path)
{
    return path->path.steps[path->path.count - 1].x[0];
}

/* --- axes of days --- */

/* A line from day to day, and the words of its axis: those with a '-' before them must not be there. */
static void check_days(struct chart_bench *f, struct date from, struct date to, enum chart_period period,
                       enum frame_kind kind, const char *const *expected)
{
    struct chart_row rows[2] = {{.start = from, .value = {1, 0}}, {.start = to, .value = {2, 0}}};
    struct chart_spec spec = {.id = "days", .type = CHART_LINE, .look = {.period = period}, .rows = rows,
                              .row_count = 2};
    float height;
    struct scene *scene = chart_draw_alone(f, &spec, kind, 470, &height);

    for (size_t i = 0; expected[i]; i++) {
        bool absent = expected[i][0] == '-';
        if (has_text(scene, expected[i] + absent) == absent)
            fail_msg("'%s' is %s", expected[i] + absent, absent ? "there" : "not there");
    }
    chart_check_layout(f, &spec, kind, 470);
    scene_drop(scene);
}

static void test_days_by_their_length(void **state)
{
    static const char *const days[] = {"3", "4", "9", "January 2024", "-February", NULL};
    static const char *const weeks[] = {"6", "13", "3", "January 2024", "February", "-7", NULL};
    static const char *const months[] = {"Dec", "2023", "Feb", "2024", "-Q1", NULL};
    static const char *const long_months[] = {"January", "2022", "July", "2023", "-Feb", "-February", NULL};
    static const char *const years[] = {"2004", "2010", "2020", "-2005", NULL};
    static const char *const decades[] = {"1910", "1920", "2010", "-1915", "-2011", NULL};

    check_days(*state, (struct date){2024, 1, 3}, (struct date){2024, 1, 9}, PERIOD_AUTO, FRAME_EN, days);
    check_days(*state, (struct date){2024, 1, 3}, (struct date){2024, 2, 9}, PERIOD_AUTO, FRAME_EN, weeks);
    check_days(*state, (struct date){2023, 11, 3}, (struct date){2024, 10, 9}, PERIOD_AUTO, FRAME_EN, months);
    check_days(*state, (struct date){2021, 11, 3}, (struct date){2024, 10, 9}, PERIOD_AUTO, FRAME_BOTH, long_months);
    check_days(*state, (struct date){2003, 1, 1}, (struct date){2023, 1, 1}, PERIOD_AUTO, FRAME_EN, years);
    check_days(*state, (struct date){1908, 5, 9}, (struct date){2019, 5, 9}, PERIOD_AUTO, FRAME_EN, decades);
}

static void test_days_by_the_period_asked_for(void **state)
{
    static const char *const quarters[] = {"Q2", "Q3", "Q4", "2023", "2024", "-April", NULL};
    static const char *const arabic[] = {"الربع الثاني", "الربع الأول", "2024", NULL};
    static const char *const weeks[] = {"7", "14", "December 2019", NULL};
    static const char *const too_many[] = {"Jan", "Jul", "2020", "-7", "-Feb", NULL};

    check_days(*state, (struct date){2023, 3, 3}, (struct date){2024, 12, 9}, PERIOD_QUARTER, FRAME_EN, quarters);
    check_days(*state, (struct date){2023, 3, 3}, (struct date){2024, 6, 9}, PERIOD_QUARTER, FRAME_AR, arabic);
    check_days(*state, (struct date){2019, 12, 5}, (struct date){2020, 1, 10}, PERIOD_WEEK, FRAME_EN, weeks);
    /* 157 weeks have no room: months, of which a few are named */
    check_days(*state, (struct date){2019, 12, 5}, (struct date){2022, 12, 9}, PERIOD_WEEK, FRAME_EN, too_many);
}

/* كانون الثاني has a space in it: between two such names there is more. */
static void test_names_of_months_stand_clear(void **state)
{
    for (float width = 300; width < 560; width += 20) {
        struct chart_row rows[2] = {{.start = {2022, 1, 1}, .value = {1, 0}}, {.start = {2023, 12, 1}, .value = {2, 0}}};
        struct chart_spec spec = {.id = "days", .type = CHART_LINE, .look = {.period = PERIOD_MONTH}, .rows = rows,
                                  .row_count = 2};
        float height, right = -100;
        struct scene *scene = chart_draw_alone(*state, &spec, FRAME_AR, width, &height);
        const struct scene_page *page = scene_page_at(scene, 0);
        size_t months = 0;
        for (size_t i = 0; i < page->command_count; i++) {
            const struct scene_command *c = &page->commands[i];
            if (c->kind != SCENE_TEXT || strpbrk(c->text.line->text, "0123456789"))
                continue;
            struct chart_box box = chart_text_box(c);
            if (months++ > 0 && box.left < right + 8)
                fail_msg("%g points wide: '%s' is %g points behind the month before", (double)width, box.text,
                         (double)(box.left - right));
            right = box.right;
        }
        assert_true(months > 1);
        scene_drop(scene);
    }
}

/* Weekly counts that begin on a Monday are ticked on Mondays. */
static void test_weeks_begin_with_the_rows(void **state)
{
    struct chart_row rows[8];
    struct chart_spec spec = {.id = "weeks", .type = CHART_LINE, .rows = rows, .row_count = 8};
    float height;
    struct scene *scene;

    memset(rows, 0, sizeof rows);
    for (size_t i = 0; i < 8; i++) {
        rows[i].start = date_of_days(date_days((struct date){2024, 1, 1}) + 7 * (int32_t)i);
        rows[i].value = num_from_int((int64_t)i);
    }
    scene = chart_draw_alone(*state, &spec, FRAME_EN, 470, &height);
    assert_true(has_text(scene, "8") && has_text(scene, "29") && has_text(scene, "12"));
    assert_false(has_text(scene, "13"));
    scene_drop(scene);
}

/* Arabic names of months are not shortened, so fewer of them stand in the same place. */
static void test_long_names_of_months_are_thinned(void **state)
{
    float height;
    struct scene *en = chart_draw_alone(*state, &sample_line, FRAME_EN, 470, &height);
    struct scene *ar = chart_draw_alone(*state, &sample_line, FRAME_AR, 470, &height);

    assert_true(has_text(en, "Oct") && has_text(en, "Nov"));
    assert_true(has_text(ar, "تشرين الثاني"));
    assert_false(has_text(ar, "تشرين الأول"));
    scene_drop(en);
    scene_drop(ar);
}

/* --- time's direction --- */

static void test_time_runs_left_to_right_with_an_arrow(void **state)
{
    static const struct chart_spec *const samples[] = {&sample_line, &sample_number, &sample_slope};

    for (size_t i = 0; i < 3; i++) {
        struct chart_spec spec = *samples[i];
        float height;
        for (int kind = 0; kind < FRAME_KINDS; kind++) {
            struct scene *scene = chart_draw_alone(*state, &spec, (enum frame_kind)kind, 470, &height);
            assert_int_equal(count_arrows(scene), kind != FRAME_EN);
            scene_drop(scene);
        }
        spec.look.time = TIME_READING;
        struct scene *scene = chart_draw_alone(*state, &spec, FRAME_AR, 470, &height);
        assert_int_equal(count_arrows(scene), 0);
        scene_drop(scene);
    }
}

static void test_time_as_the_language_reads(void **state)
{
    struct chart_spec spec = sample_line;
    float height;
    struct scene *scene;
    const struct scene_command *line;

    scene = chart_draw_alone(*state, &spec, FRAME_AR, 470, &height);
    line = stroke_of(scene, chart_bench_style.accent, 1.6f, 0);
    assert_true(first_x(line) < last_x(line));
    assert_true(the_text(scene, "0")->text.x < CHART_LEFT + 20); /* values beside the beginning */
    scene_drop(scene);
    spec.look.time = TIME_READING;
    scene = chart_draw_alone(*state, &spec, FRAME_AR, 470, &height);
    line = stroke_of(scene, chart_bench_style.accent, 1.6f, 0);
    assert_true(first_x(line) > last_x(line));
    assert_true(the_text(scene, "0")->text.x > CHART_LEFT + 450);
    scene_drop(scene);
    scene = chart_draw_alone(*state, &spec, FRAME_EN, 470, &height);
    line = stroke_of(scene, chart_bench_style.accent, 1.6f, 0);
    assert_true(first_x(line) < last_x(line));
    scene_drop(scene);
}

/* --- lines --- */

static void test_a_missing_value_parts_the_line(void **state)
{
    struct chart_row rows[12];
    struct chart_spec spec = sample_line;
    float height;
    struct scene *scene = chart_draw_alone(*state, &spec, FRAME_EN, 470, &height);

    assert_int_equal(count_moves(stroke_of(scene, chart_bench_style.accent, 1.6f, 0)), 2);
    assert_true(has_text(scene, "no data"));
    scene_drop(scene);
    memcpy(rows, spec.rows, sizeof rows);
    rows[4].missing = false;
    spec.rows = rows;
    scene = chart_draw_alone(*state, &spec, FRAME_EN, 470, &height);
    assert_int_equal(count_moves(stroke_of(scene, chart_bench_style.accent, 1.6f, 0)), 1);
    assert_false(has_text(scene, "no data"));
    scene_drop(scene);
}

/* A value between two gaps has no line: it is a point, however many there are. */
static void test_a_lone_value_is_seen(void **state)
{
    struct chart_row rows[61];
    struct chart_spec spec = {.id = "lone", .type = CHART_LINE, .rows = rows, .row_count = 61};
    size_t points[2];

    memset(rows, 0, sizeof rows);
    for (size_t i = 0; i < 61; i++) {
        rows[i].start = date_of_days(19700 + (int32_t)i);
        rows[i].value = num_from_int(5);
    }
    for (int alone = 0; alone < 2; alone++) {
        float height;
        struct scene *scene;
        const struct scene_page *page;
        rows[29].missing = rows[31].missing = true;
        rows[30].missing = !alone;
        scene = chart_draw_alone(*state, &spec, FRAME_EN, 470, &height);
        page = scene_page_at(scene, 0);
        points[alone] = 0;
        for (size_t i = 0; i < page->command_count; i++)
            points[alone] += page->commands[i].kind == SCENE_PATH && page->commands[i].path.paint.fill &&
                             page->commands[i].path.paint.fill_rgb == chart_bench_style.accent;
        scene_drop(scene);
    }
    assert_int_equal(points[0], 1); /* the last */
    assert_int_equal(points[1], 2);
}

static void test_steps_stand_until_the_next_day(void **state)
{
    struct chart_row rows[3] = {{.start = {2020, 1, 1}, .value = {3, 0}}, {.start = {2021, 1, 1}, .value = {5, 0}},
                                {.start = {2022, 1, 1}, .value = {4, 0}}};
    struct chart_spec spec = {.id = "steps", .type = CHART_LINE, .look = {.steps = true}, .rows = rows, .row_count = 3};
    float height;
    struct scene *scene = chart_draw_alone(*state, &spec, FRAME_EN, 470, &height);
    const struct scene_command *line = stroke_of(scene, chart_bench_style.accent, 1.6f, 0);
    const struct path_step *s = line->path.steps;

    assert_int_equal(line->path.count, 6); /* two corners, and the last value stands for a year as well */
    for (size_t i = 1; i < 6; i++)
        assert_true(fabsf(s[i].x[0] - s[i - 1].x[0]) < 0.01f || fabsf(s[i].y[0] - s[i - 1].y[0]) < 0.01f);
    assert_true(fabsf((s[5].x[0] - s[4].x[0]) - (s[3].x[0] - s[2].x[0])) < 1);
    assert_true(has_text(scene, "2023"));
    scene_drop(scene);
}

/* Edges of areas on one another: the lowest is that of Rockets. */
/* One value, and none but zero, still have an axis with round numbers. */
static void test_one_value_alone(void **state)
{
    static const int64_t values[] = {1234567, 0, -40};
    static const char *const ticks[] = {"1,000,000", "1", "−40"};

    for (size_t i = 0; i < 3; i++) {
        struct chart_row rows[2] = {{.start = {2020, 5, 9}, .value = {values[i], 0}},
                                    {.start = {2020, 5, 19}, .value = {values[i], 0}}};
        struct chart_spec spec = {.id = "one", .type = CHART_LINE, .rows = rows, .row_count = 2};
        for (spec.row_count = 1; spec.row_count <= 2; spec.row_count++) {
            float height;
            struct scene *scene = chart_draw_alone(*state, &spec, FRAME_EN, 470, &height);
            assert_true(has_text(scene, ticks[i]) && has_text(scene, "0"));
            scene_drop(scene);
            for (int kind = 0; kind < FRAME_KINDS; kind++)
                chart_check_layout(*state, &spec, (enum frame_kind)kind, 470);
        }
    }
}

static void test_areas_stand_on_one_another(void **state)
{
    struct chart_spec spec = sample_line_area;
    float height;
    struct scene *scene = chart_draw_alone(*state, &spec, FRAME_EN, 470, &height);
    const struct scene_command *zero = the_text(scene, "0"), *forty = the_text(scene, "40");
    double per_unit = (double)(zero->text.baseline - forty->text.baseline) / 40;
    const struct scene_command *lowest = stroke_of(scene, chart_bench_style.accent, 0.8f, 0);
    struct chart_box edge = chart_path_box(lowest);

    /* Rockets are between 4 and 14 */
    assert_true(fabs((double)(edge.bottom - edge.top) - 10 * per_unit) < 0.5);
    scene_drop(scene);
    spec.look.stack = STACK_SHARES;
    scene = chart_draw_alone(*state, &spec, FRAME_EN, 470, &height);
    assert_true(has_text(scene, "100") && has_text(scene, "per cent"));
    scene_drop(scene);
}

/* Between the steps of one series and those below it nothing is left open. */
static void test_areas_of_steps(void **state)
{
    struct chart_spec spec = sample_line_area;
    const struct scene_page *page;
    size_t areas = 0;
    float height;
    struct scene *scene;

    spec.look.steps = true;
    scene = chart_draw_alone(*state, &spec, FRAME_EN, 470, &height);
    page = scene_page_at(scene, 0);
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind != SCENE_PATH || !c->path.paint.fill || c->path.count < 12)
            continue;
        areas++;
        for (uint32_t k = 1; k + 1 < c->path.count; k++)
            assert_true(fabsf(c->path.steps[k].x[0] - c->path.steps[k - 1].x[0]) < 0.01f ||
                        fabsf(c->path.steps[k].y[0] - c->path.steps[k - 1].y[0]) < 0.01f);
    }
    assert_int_equal(areas, 3);
    scene_drop(scene);
}

static void test_series_are_named_at_their_ends_or_in_a_legend(void **state)
{
    struct chart_spec spec = sample_line_series;
    float height;
    struct scene *scene = chart_draw_alone(*state, &spec, FRAME_BOTH, 470, &height);

    assert_true(the_text(scene, "Basra")->text.x > CHART_LEFT + 380);
    assert_true(the_text(scene, "Basra")->text.baseline < the_text(scene, "البصرة")->text.baseline);
    assert_true(the_text(scene, "البصرة")->text.baseline < the_text(scene, "Baghdad")->text.baseline);
    scene_drop(scene);
    spec.look.legend = LEGEND_BOX;
    scene = chart_draw_alone(*state, &spec, FRAME_BOTH, 470, &height);
    assert_true(the_text(scene, "Basra")->text.x < CHART_LEFT + 60);
    assert_true(the_text(scene, "البصرة")->text.x > CHART_LEFT + 400);
    scene_drop(scene);
}

/* --- notes --- */

static void test_words_of_notes_stand_outside_the_plot(void **state)
{
    float height;
    struct scene *scene = chart_draw_alone(*state, &sample_line, FRAME_EN, 470, &height);
    float top = the_text(scene, "80")->text.baseline, right = the_text(scene, "Feb")->text.x;

    assert_true(the_text(scene, "Attack on Tower 22")->text.baseline < top);
    assert_true(the_text(scene, "Truce, as its makers announced it")->text.baseline < top);
    assert_true(the_text(scene, "Mean of 2022: 40")->text.x > right);
    assert_true(the_text(scene, "Counted anew in March")->text.baseline > top);
    scene_drop(scene);
}

static struct plot plot_of_notes(struct chart_bench *f, const struct chart_spec *spec, struct arena *arena)
{
    return (struct plot){.spec = spec, .style = &chart_bench_style, .locale = f->locale, .text = f->text,
                         .diags = f->diags, .arena = arena, .langs = {LANG_EN}, .lang_count = 1, .width = 300, .size = 8};
}

/* Along a lying axis of values, as bars have: three notes at nearly one value take three rows. */
static void test_notes_above_a_lying_axis(void **state)
{
    struct chart_note notes[3];
    struct chart_spec spec = {.id = "notes", .notes = notes, .note_count = 3};
    struct arena *arena = arena_new();
    struct plot plot = plot_of_notes(*state, &spec, arena);
    struct axis axis = {.low = 0, .high = 100, .start = 0, .length = 280};
    double one;

    for (size_t i = 0; i < 3; i++)
        notes[i] = (struct chart_note){.kind = NOTE_VALUE, .value = {(int64_t)(40 + i), 0},
                                       .label = {"a limit that was agreed", "حد متفق عليه"}};
    spec.note_count = 1;
    one = chart_notes_room(chart_notes_of_values(&plot, &axis, false), 0, 300);
    spec.note_count = 3;
    assert_true(one > 8 && one < 20);
    assert_true(chart_notes_room(chart_notes_of_values(&plot, &axis, false), 0, 300) > 2.5 * one);
    spec.note_count = 0;
    assert_true(chart_notes_room(chart_notes_of_values(&plot, &axis, false), 0, 300) <= 0);
    notes[0] = (struct chart_note){.kind = NOTE_CATEGORY, .category = "Basra", .label = {"port", "ميناء"}};
    spec.note_count = 3;
    assert_int_equal(chart_notes_count(chart_notes_of_values(&plot, &axis, false)), 2);
    assert_ptr_equal(chart_notes_of_category(&plot, "Basra"), &notes[0]);
    assert_null(chart_notes_of_category(&plot, "Baghdad"));
    assert_true(chart_notes_words(&plot, &notes[0], 0).width > 5);
    arena_drop(arena);
}

/* Behind a standing axis, drawn by the notes alone: moved apart, lines where the values are. */
static void test_notes_behind_a_standing_axis(void **state)
{
    struct chart_note notes[2] = {{.kind = NOTE_VALUE, .value = {50, 0}, .label = {"low", "أدنى"}},
                                  {.kind = NOTE_VALUES, .value = {51, 0}, .to = {53, 0}, .label = {"high", "أعلى"}}};
    struct chart_spec spec = {.id = "notes", .notes = notes, .note_count = 2};
    struct scene *scene = scene_new();
    struct plot plot = plot_of_notes(*state, &spec, scene_arena(scene));
    struct axis axis = {.low = 0, .high = 100, .start = 100, .length = -100};
    struct chart_notes *made = chart_notes_of_values(&plot, &axis, true);
    struct picture *picture = picture_new(scene_arena(scene), 300);
    struct canvas *canvas;

    assert_true(chart_notes_room(made, 0, 100) < 60);
    chart_notes_draw_bands(made, picture, 20, 240);
    chart_notes_draw(made, picture, 20, 240);
    scene_page_add(scene, 300, 100);
    canvas = canvas_new(scene, 0, 0, 0);
    picture_play(picture, canvas);
    canvas_drop(canvas);
    assert_true(the_text(scene, "low")->text.x > 240);
    chart_assert_apart(chart_text_box(the_text(scene, "low")), chart_text_box(the_text(scene, "high")));
    assert_true(the_text(scene, "high")->text.baseline < the_text(scene, "low")->text.baseline);
    scene_drop(scene);
}

/* --- number --- */

static void test_the_last_known_value_is_large(void **state)
{
    struct chart_row rows[12];
    struct chart_spec spec = sample_number;
    float height;
    struct scene *scene = chart_draw_alone(*state, &spec, FRAME_BOTH, 470, &height);

    assert_true(the_text(scene, "31")->text.line->size > 25);
    assert_true(has_text(scene, "February 2024") && has_text(scene, "شباط 2024"));
    scene_drop(scene);
    memcpy(rows, spec.rows, sizeof rows);
    spec.rows = rows;
    rows[11].missing = true;
    scene = chart_draw_alone(*state, &spec, FRAME_EN, 470, &height);
    assert_true(the_text(scene, "79")->text.line->size > 25);
    assert_true(has_text(scene, "January 2024"));
    scene_drop(scene);
    spec.row_count = 1; /* no line of one point */
    scene = chart_draw_alone(*state, &spec, FRAME_AR, 470, &height);
    assert_true(has_text(scene, "1 آذار 2023"));
    scene_drop(scene);
}

/* A number as long as they come is made smaller, not broken. */
static void test_a_long_number_fits(void **state)
{
    struct chart_row row = {.start = {2024, 1, 1}, .value = {-123456789012345678, 2}};
    struct chart_spec spec = {.id = "long", .type = CHART_NUMBER, .rows = &row, .row_count = 1};

    for (int kind = 0; kind < FRAME_KINDS; kind++)
        chart_check_layout(*state, &spec, (enum frame_kind)kind, 400);
}

/* --- slope --- */

static void test_names_stand_on_the_side_of_their_language(void **state)
{
    float height;
    struct scene *scene = chart_draw_alone(*state, &sample_slope, FRAME_BOTH, 470, &height);

    assert_true(the_text(scene, "Taqaddum")->text.x < CHART_LEFT + 150);
    assert_true(the_text(scene, "تقدم")->text.x > CHART_LEFT + 300);
    assert_true(has_text(scene, "no data") && has_text(scene, "لا بيانات"));
    assert_true(the_text(scene, "2018")->text.x < the_text(scene, "2021")->text.x);
    scene_drop(scene);
}

/* Whoever has no line to a name is named where its value stands. */
static void test_no_value_is_without_a_name(void **state)
{
    float height;
    struct scene *scene = chart_draw_alone(*state, &sample_slope, FRAME_EN, 470, &height);
    size_t count;

    find_text(scene, "Taqaddum", &count);
    assert_int_equal(count, 2);
    find_text(scene, "Fatah Alliance", &count);
    assert_int_equal(count, 1);
    scene_drop(scene);
}

static void test_slopes_over_several_moments(void **state)
{
    static const char *const names[] = {"One", "Two", "Three"}, *const arabic[] = {"واحد", "اثنان", "ثلاثة"};
    static const char *const years[] = {"2010", "2014", "2018", "2021"};
    struct chart_row rows[12];
    struct chart_spec spec = {.id = "several", .type = CHART_SLOPE, .rows = rows, .row_count = 12};

    memset(rows, 0, sizeof rows);
    for (size_t i = 0; i < 12; i++)
        rows[i] = (struct chart_row){.label = {names[i % 3], arabic[i % 3]}, .series = {years[i / 3], years[i / 3]},
                                     .value = {(int64_t)(i * 7 % 5 * 10), 0}};
    for (int kind = 0; kind < FRAME_KINDS; kind++)
        chart_check_layout(*state, &spec, (enum frame_kind)kind, 600);
}

/* Large values that hardly differ, the largest on a logarithmic scale, and the smallest. */
static void test_values_at_the_ends_of_what_can_be(void **state)
{
    static const struct num values[][2] = {{{1000000000000, 0}, {1000000000100, 0}}, {{1, 18}, {3, 18}},
                                           {{100000000000000000, 0}, {999999999999999999, 0}},
                                           {{1, 9}, {100000000000, 0}}}; /* 21 decades */

    for (size_t i = 0; i < 4; i++) {
        struct chart_row rows[2] = {{.label = {"a", "a"}, .start = {2020, 5, 9}, .value = values[i][0]},
                                    {.label = {"b", "b"}, .start = {2020, 5, 19}, .value = values[i][1]}};
        struct chart_spec spec = {.id = "ends", .type = i >= 2 ? CHART_DOT : CHART_LINE, .rows = rows, .row_count = 2,
                                  .look.logarithmic = i >= 2};
        for (int kind = 0; kind < FRAME_KINDS; kind++)
            chart_check_layout(*state, &spec, (enum frame_kind)kind, 600);
    }
}

/* As large as can be, and one more is nothing to them. */
static void test_equal_values_make_a_level_line(void **state)
{
    const struct num most = {999999999999999999, 0};
    struct chart_row rows[2] = {
        {.label = {"a", "a"}, .series = {"old", "old"}, .start = {2020, 5, 9}, .value = most},
        {.label = {"a", "a"}, .series = {"new", "new"}, .start = {2020, 5, 19}, .value = most}};
    const struct chart_spec specs[] = {{.id = "level", .type = CHART_SLOPE, .rows = rows, .row_count = 2},
                                       {.id = "level", .type = CHART_NUMBER, .rows = rows, .row_count = 2}};

    for (size_t i = 0; i < 2; i++)
        for (int kind = 0; kind < FRAME_KINDS; kind++)
            chart_check_layout(*state, &specs[i], (enum frame_kind)kind, 600);
}

/* --- scatter --- */

static bool is_symbol(const struct scene_command *c)
{
    struct chart_box box;

    if (c->kind != SCENE_PATH || !c->path.paint.fill)
        return false;
    box = chart_path_box(c);
    return box.right - box.left < 12 && box.bottom - box.top < 12;
}

static void test_labels_cover_no_point(void **state)
{
    for (int kind = 0; kind < FRAME_KINDS; kind++) {
        float height;
        struct scene *scene = chart_draw_alone(*state, &sample_scatter, (enum frame_kind)kind, 470, &height);
        const struct scene_page *page = scene_page_at(scene, 0);
        size_t labels = 0;
        for (size_t i = 0; i < page->command_count; i++)
            for (size_t k = 0; k < page->command_count; k++)
                if (page->commands[i].kind == SCENE_TEXT && is_symbol(&page->commands[k]))
                    chart_assert_apart(chart_text_box(&page->commands[i]), chart_path_box(&page->commands[k]));
        for (size_t i = 0; i < sample_scatter.row_count; i++)
            for (int lang = 0; lang < LANG_COUNT; lang++)
                labels += has_text(scene, sample_scatter.rows[i].label[lang]);
        assert_int_equal(labels, kind == FRAME_BOTH ? 36 : 18);
        scene_drop(scene);
    }
}

static void test_scatter_mirrors(void **state)
{
    float height;
    struct scene *en = chart_draw_alone(*state, &sample_scatter, FRAME_EN, 470, &height);
    struct scene *ar = chart_draw_alone(*state, &sample_scatter, FRAME_AR, 470, &height);

    assert_true(the_text(en, "Baghdad")->text.x > the_text(en, "Basra")->text.x);
    assert_true(the_text(ar, "بغداد")->text.x < the_text(ar, "البصرة")->text.x);
    scene_drop(en);
    scene_drop(ar);
}

/* --- refused --- */

static void test_lines_that_cannot_be_drawn(void **state)
{
    struct chart_row rows[12];
    struct chart_spec spec = sample_line;

    memcpy(rows, spec.rows, sizeof rows);
    spec.rows = rows;
    spec.note_count = 0;
    rows[1].start = rows[0].start;
    chart_assert_refused(*state, &spec, 470,
                         "samples.csv:4:1: error: [chart-data] a series of chart 'line' has two rows for 1 March 2023; give "
                         "each day one\n");
    rows[1].start.month = 4;
    rows[1].has_low = true;
    rows[1].low = num_from_int(16);
    chart_assert_refused(*state, &spec, 470,
                         "samples.csv:4:1: error: [chart-data] a row of chart 'line' has bounds that do not enclose its "
                         "value; low <= value <= high must hold\n"
                         "samples.csv:4:1: error: [chart-data] a row of chart 'line' has only one of low and high; a range "
                         "needs both\n");
    rows[1].has_low = false;
    rows[1].value = num_from_int(0);
    spec.look.logarithmic = true;
    chart_assert_refused(*state, &spec, 470,
                         "samples.csv:4:1: error: [chart-data] a row of chart 'line' has a value that is not above zero; a "
                         "logarithmic scale has no place for it\n");
    rows[1].value = num_from_int(1);
    spec.look.area = true;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:10:5: error: [chart-data] chart 'line' has an area on a logarithmic scale; an area "
                         "stands on zero, which such a scale has not\n");
    spec.look = (struct chart_look){0};
    for (size_t i = 0; i < 12; i++)
        rows[i].missing = true;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:10:5: error: [chart-data] chart 'line' has no value at all; give one row one\n");
}

static void test_notes_that_cannot_be_drawn(void **state)
{
    struct chart_note notes[2] = {
        {.kind = NOTE_DAYS, .day = {2023, 5, 2}, .until = {2023, 5, 1}, .label = {"a", "ا"}, .at = {"report.yaml", 12, 3}},
        {.kind = NOTE_VALUE, .value = {0, 0}, .label = {"b", "ب"}, .at = {"report.yaml", 13, 3}},
    };
    struct chart_spec spec = sample_line;

    spec.notes = notes;
    spec.note_count = 2;
    spec.look.logarithmic = true;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:12:3: error: [chart-data] a note of chart 'line' ends before it begins; until is the "
                         "later day\n"
                         "report.yaml:13:3: error: [chart-data] a note of chart 'line' is not above zero; a logarithmic "
                         "scale has no place for it\n");
}

static void test_stacks_that_cannot_be_drawn(void **state)
{
    struct chart_row rows[24];
    struct chart_spec spec = sample_line_area;

    memcpy(rows, spec.rows, sizeof rows);
    spec.rows = rows;
    spec.row_count = 23;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:30:5: error: [chart-data] the series 'Roadside bombs' of chart 'line-area' lacks a "
                         "value on a day that others have; areas on one another need all\n");
    spec.row_count = 24;
    rows[9].value = num_from_int(-1);
    chart_assert_refused(*state, &spec, 470,
                         "samples.csv:13:1: error: [chart-data] a row of chart 'line-area' is below zero or has a range; "
                         "areas on one another show sums\n");
}

static void test_too_many_series_and_words(void **state)
{
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f", "g"};
    static const char wide[] = "A series with a name that is far too long to stand beside the end of its own line";
    struct chart_row rows[7];
    struct chart_spec spec = sample_line;

    memcpy(rows, sample_line.rows, sizeof rows);
    spec.rows = rows;
    spec.row_count = 7;
    spec.note_count = 0;
    for (size_t i = 0; i < 7; i++)
        rows[i].series[LANG_EN] = rows[i].series[LANG_AR] = ids[i];
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:10:5: error: [chart-crowded] chart 'line' has 7 series; at most 6 can be told apart in "
                         "grey\n");
    for (size_t i = 0; i < 7; i++)
        rows[i].series[LANG_EN] = rows[i].series[LANG_AR] = wide;
    spec.look.legend = LEGEND_DIRECT;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:10:5: error: [chart-crowded] the names of the series of chart 'line' do not fit at the "
                         "ends of its lines; write legend: box, or shorter names\n");
}

static void test_no_label_is_dropped(void **state)
{
    struct chart_row rows[60];
    struct chart_spec spec = sample_scatter;

    for (size_t i = 0; i < 60; i++)
        rows[i] = (struct chart_row){.label = {"A name of some length", "اسم طويل بعض الشيء"}, .x = {500 + (int64_t)i, 1},
                                     .value = {500 + (int64_t)(i * 7 % 13), 1}};
    spec.rows = rows;
    spec.row_count = 60;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:70:5: error: [chart-crowded] chart 'scatter' has no room for the labels of 60 points; "
                         "give only those that matter a label\n");
    for (size_t i = 3; i < 60; i++)
        rows[i].label[LANG_EN] = rows[i].label[LANG_AR] = NULL;
    chart_check_layout(*state, &spec, FRAME_BOTH, 470);
}

static void test_points_on_lines_with_too_many_words(void **state)
{
    struct chart_row rows[40];
    struct chart_spec spec = {.id = "words", .type = CHART_LINE, .at = {"report.yaml", 9, 1}, .rows = rows, .row_count = 40};

    for (size_t i = 0; i < 40; i++)
        rows[i] = (struct chart_row){.label = {"Something happened here", "حدث شيء ما هنا"}, .value = {5, 0},
                                     .start = date_of_days(19700 + (int32_t)i)};
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:9:1: error: [chart-crowded] chart 'words' has no room for the words at 40 of its "
                         "points; give fewer points a label, or shorter ones\n");
}

static void test_points_that_are_none(void **state)
{
    struct chart_row rows[2] = {{.x = {1, 0}, .value = {0, 0}, .at = {"a.csv", 2, 1}},
                                {.x = {1, 0}, .missing = true, .at = {"a.csv", 3, 1}}};
    struct chart_spec spec = sample_scatter_series;

    spec.rows = rows;
    spec.row_count = 2;
    chart_assert_refused(*state, &spec, 470,
                         "a.csv:2:1: error: [chart-data] a row of chart 'scatter-series' has a value that is not above zero; "
                         "a logarithmic scale has no place for it\n"
                         "a.csv:3:1: error: [chart-data] a row of chart 'scatter-series' has no value; a point needs both, so "
                         "leave the row out\n");
}

static void test_slopes_that_cannot_be_drawn(void **state)
{
    struct chart_row rows[13];
    struct chart_spec spec = sample_slope;

    memcpy(rows, spec.rows, sizeof rows);
    spec.rows = rows;
    rows[1].series[LANG_EN] = rows[1].series[LANG_AR] = "2018";
    rows[10].missing = true;
    chart_assert_refused(*state, &spec, 470,
                         "samples.csv:3:1: error: [chart-data] 'Sadrist Movement' of chart 'slope' has two rows for one "
                         "moment (series); give it one\n"
                         "samples.csv:12:1: error: [chart-data] 'Taqaddum' of chart 'slope' has no value at any moment; leave "
                         "it out, or give one\n");
    spec.row_count = 1;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:60:5: error: [chart-data] chart 'slope' has 1 moments (series); a slope needs two or "
                         "more\n");
}

static void test_crowded_slopes(void **state)
{
    static char names[60][8];
    struct chart_row rows[60];
    struct chart_spec spec = sample_slope;

    for (size_t i = 0; i < 60; i++) {
        snprintf(names[i], sizeof names[i], "n%zu", i / 2);
        rows[i] = (struct chart_row){.label = {names[i], names[i]}, .series = {i % 2 ? "b" : "a", i % 2 ? "b" : "a"},
                                     .value = {(int64_t)i, 0}};
    }
    spec.rows = rows;
    spec.row_count = 60;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:60:5: error: [chart-crowded] chart 'slope' has 30 categories at 2 moments; at most 25 at "
                         "8 can be told apart\n");
    spec.row_count = 8;
    for (size_t i = 0; i < 8; i++) {
        rows[i].label[LANG_EN] = rows[i].label[LANG_AR] = "one";
        rows[i].series[LANG_EN] = rows[i].series[LANG_AR] = names[2 * i];
    }
    chart_assert_refused(*state, &spec, 400,
                         "report.yaml:60:5: error: [chart-crowded] the words of chart 'slope' leave 326 points for 8 moments; "
                         "shorter names, fewer moments or a wider frame must leave 70 each\n");
}

static void test_numbers_that_are_none(void **state)
{
    struct chart_row rows[2] = {{.start = {2024, 1, 1}, .missing = true, .at = {"a.csv", 2, 1}},
                                {.start = {2024, 1, 1}, .missing = true, .at = {"a.csv", 3, 1}}};
    struct chart_spec spec = sample_number;

    spec.rows = rows;
    spec.row_count = 2;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:50:5: error: [chart-data] chart 'number' has no value at all; give one row one\n"
                         "a.csv:3:1: error: [chart-data] chart 'number' has two rows for 1 January 2024; give each day one\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_labels_stay_inside_and_apart),
        cmocka_unit_test(test_arabic_digits_fit_too),
        cmocka_unit_test(test_choices_stay_inside_and_apart),
        cmocka_unit_test(test_a_share_of_the_height),
        cmocka_unit_test(test_large_words),
        cmocka_unit_test(test_standing_bars_keep_their_form),
        cmocka_unit_test(test_days_by_their_length),
        cmocka_unit_test(test_names_of_months_stand_clear),
        cmocka_unit_test(test_days_by_the_period_asked_for),
        cmocka_unit_test(test_weeks_begin_with_the_rows),
        cmocka_unit_test(test_long_names_of_months_are_thinned),
        cmocka_unit_test(test_time_runs_left_to_right_with_an_arrow),
        cmocka_unit_test(test_time_as_the_language_reads),
        cmocka_unit_test(test_a_missing_value_parts_the_line),
        cmocka_unit_test(test_a_lone_value_is_seen),
        cmocka_unit_test(test_steps_stand_until_the_next_day),
        cmocka_unit_test(test_one_value_alone),
        cmocka_unit_test(test_areas_stand_on_one_another),
        cmocka_unit_test(test_areas_of_steps),
        cmocka_unit_test(test_series_are_named_at_their_ends_or_in_a_legend),
        cmocka_unit_test(test_words_of_notes_stand_outside_the_plot),
        cmocka_unit_test(test_notes_above_a_lying_axis),
        cmocka_unit_test(test_notes_behind_a_standing_axis),
        cmocka_unit_test(test_the_last_known_value_is_large),
        cmocka_unit_test(test_a_long_number_fits),
        cmocka_unit_test(test_names_stand_on_the_side_of_their_language),
        cmocka_unit_test(test_no_value_is_without_a_name),
        cmocka_unit_test(test_values_at_the_ends_of_what_can_be),
        cmocka_unit_test(test_equal_values_make_a_level_line),
        cmocka_unit_test(test_slopes_over_several_moments),
        cmocka_unit_test(test_labels_cover_no_point),
        cmocka_unit_test(test_scatter_mirrors),
        cmocka_unit_test(test_lines_that_cannot_be_drawn),
        cmocka_unit_test(test_notes_that_cannot_be_drawn),
        cmocka_unit_test(test_stacks_that_cannot_be_drawn),
        cmocka_unit_test(test_too_many_series_and_words),
        cmocka_unit_test(test_no_label_is_dropped),
        cmocka_unit_test(test_points_on_lines_with_too_many_words),
        cmocka_unit_test(test_points_that_are_none),
        cmocka_unit_test(test_slopes_that_cannot_be_drawn),
        cmocka_unit_test(test_crowded_slopes),
        cmocka_unit_test(test_numbers_that_are_none),
    };

    return cmocka_run_group_tests(tests, chart_bench_set_up, chart_bench_tear_down);
}
