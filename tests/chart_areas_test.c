/*
 * Charts of counted and shaded things: hemicycles of many lists, councils, waffles, matrices, calendars, tile maps and
 * panels. MUJAZ_GOLDEN=write in the environment writes the dumps anew: look at the pages before keeping them.
 */
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
#include "chart/cells.h"
#include "chart/steps.h"
#include "support/chart_check.h"
#include "support/chart_samples.h"
#include "support/chart_samples_areas.h"

static const struct chart_spec *const samples[] = {&sample_councils, &sample_waffle,   &sample_matrix,
                                                   &sample_calendar, &sample_tile_map, &sample_panels};
enum { SAMPLES = sizeof samples / sizeof *samples };

static void test_golden(void **state)
{
    for (size_t i = 0; i < SAMPLES; i++)
        for (int kind = 0; kind < FRAME_KINDS; kind++)
            chart_check_golden(*state, samples[i], (enum frame_kind)kind);
}

static void test_labels_stay_inside_and_apart(void **state)
{
    static const float widths[FRAME_KINDS][3] = {{230, 340, 470}, {230, 340, 470}, {400, 470, 700}};

    for (size_t i = 0; i < SAMPLES; i++)
        for (int kind = 0; kind < FRAME_KINDS; kind++)
            for (size_t w = 0; w < 3; w++)
                chart_check_layout(*state, samples[i], (enum frame_kind)kind, widths[kind][w]);
}

static void test_arabic_digits_fit_too(void **state)
{
    struct chart_bench other = *(struct chart_bench *)*state;

    other.locale[LANG_AR] = other.arabic_digits;
    for (size_t i = 0; i < SAMPLES; i++)
        for (int kind = FRAME_AR; kind < FRAME_KINDS; kind++)
            chart_check_layout(&other, samples[i], (enum frame_kind)kind, 470);
}

/* As chart_check_layout, in words of that size. */
static void check_size(struct chart_bench *f, const struct chart_spec *spec, enum frame_kind kind, float size)
{
    struct chart_style style = chart_bench_style;
    struct scene *scene;
    const struct scene_page *page;
    float height;

    style.size = size;
    scene = chart_draw_in(f, &style, spec, kind, 490, &height);
    page = scene_page_at(scene, 0);
    for (size_t i = 0; i < page->command_count; i++)
        for (size_t k = 0; k < i && page->commands[i].kind == SCENE_TEXT; k++)
            if (page->commands[k].kind == SCENE_TEXT)
                chart_assert_apart(chart_text_box(&page->commands[i]), chart_text_box(&page->commands[k]));
    scene_drop(scene);
}

static void test_large_words(void **state)
{
    for (size_t i = 0; i < SAMPLES; i++)
        for (int kind = 0; kind < FRAME_KINDS; kind++)
            for (float size = 9; size <= (kind == FRAME_BOTH ? 10 : 14); size += 1)
                check_size(*state, samples[i], (enum frame_kind)kind, size);
}

/* --- finding things in a scene --- */

static struct scene *drawn(void **state, const struct chart_spec *spec, enum frame_kind kind)
{
    float height;

    return chart_draw_alone(*state, spec, kind, 470, &height);
}

/* The nth text with those words, without isolates; a failure when there is none. */
static struct chart_box find_text(const struct scene *scene, const char *words, size_t nth)
{
    const struct scene_page *page = scene_page_at(scene, 0);

    for (size_t i = 0; i < page->command_count; i++) {
        char plain[200];
        size_t length = 0;
        if (page->commands[i].kind != SCENE_TEXT)
            continue;
        for (const char *c = page->commands[i].text.line->text; *c && length < sizeof plain - 1; c++)
            if (strncmp(c, "\u2066", 3) == 0 || strncmp(c, "\u2067", 3) == 0 || strncmp(c, "\u2069", 3) == 0)
                c += 2;
            else
                plain[length++] = *c;
        plain[length] = '\0';
        if (strcmp(plain, words) == 0 && nth-- == 0)
            return chart_text_box(&page->commands[i]);
    }
    fail_msg("no text '%s'", words);
    return (struct chart_box){0};
}

static size_t count_text(const struct scene *scene, const char *words)
{
    const struct scene_page *page = scene_page_at(scene, 0);
    size_t count = 0;

    for (size_t i = 0; i < page->command_count; i++)
        count += page->commands[i].kind == SCENE_TEXT && strcmp(page->commands[i].text.line->text, words) == 0;
    return count;
}

/* Closed shapes filled with that colour. */
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

/* The nth path filled with that colour. */
static struct chart_box find_fill(const struct scene *scene, uint32_t fill, size_t nth)
{
    const struct scene_page *page = scene_page_at(scene, 0);

    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *command = &page->commands[i];
        if (command->kind == SCENE_PATH && command->path.paint.fill && command->path.paint.fill_rgb == fill && nth-- == 0)
            return chart_path_box(command);
    }
    fail_msg("no path of #%06X", fill);
    return (struct chart_box){0};
}

/* --- seats and units --- */

/* In grey two looks differ by shade, by an outline, by shape or by core. */
static void test_lists_differ_in_grey(void **state)
{
    struct plot plot = {.palette = {.accent = 0x0B5563, .accent_mid = 0x5A8E98, .accent_dim = 0xC5DADE, .grey = 0x858E96,
                                    .grey_dim = 0xE8EAEC}};
    (void)state;

    for (int accented = 0; accented < 2; accented++)
        for (int unit = 0; unit < 2; unit++)
            for (size_t i = 0; i < CELL_LOOKS_MOST; i++)
                for (size_t k = 0; k < i; k++) {
                    struct cell_look a = (unit ? cell_look_of_unit : cell_look_of)(&plot, accented, i);
                    struct cell_look b = (unit ? cell_look_of_unit : cell_look_of)(&plot, accented, k);
                    double shades = colour_contrast(a.paint.fill_rgb, b.paint.fill_rgb);
                    assert_true(a.shape != b.shape || a.core != b.core || shades > 1.18);
                }
}

static void test_seats_from_few_to_many(void **state)
{
    static const size_t totals[] = {5, 20, 50, 285, 1000};
    char names[CELL_LOOKS_MOST][2][24];
    struct chart_row rows[CELL_LOOKS_MOST];
    struct chart_spec spec = sample_hemicycle;

    spec.rows = rows;
    for (size_t t = 0; t < sizeof totals / sizeof *totals; t++) {
        struct chart_note note = sample_hemicycle.notes[0];
        size_t count = totals[t] < CELL_LOOKS_MOST ? totals[t] : CELL_LOOKS_MOST;
        for (size_t i = 0; i < count; i++) {
            snprintf(names[i][0], sizeof names[i][0], "Long list number %zu", i);
            snprintf(names[i][1], sizeof names[i][1], "قائمة رقم %zu", i);
            rows[i] = (struct chart_row){.label = {names[i][0], names[i][1]}, .emphasis = i < 2, .at = {"a.csv", 2, 1}};
            rows[i].value = num_from_int((int64_t)(totals[t] / count + (i < totals[t] % count)));
        }
        spec.row_count = count;
        spec.notes = &note;
        for (int kind = 0; kind < FRAME_KINDS; kind++) {
            note.value = num_from_int((int64_t)(totals[t] / 2 + 1));
            chart_check_layout(*state, &spec, (enum frame_kind)kind, 470);
            note.value = num_from_int((int64_t)(totals[t] / 5)); /* a mark far from the top */
            chart_check_layout(*state, &spec, (enum frame_kind)kind, 470);
            check_size(*state, &spec, (enum frame_kind)kind, 10);
        }
    }
}

/* The first list is at the right in Arabic, unless the chamber's sides are kept. */
static void test_sides_are_kept(void **state)
{
    for (int kept = 0; kept < 2; kept++) {
        struct chart_spec spec = sample_hemicycle;
        struct chart_box box;
        struct scene *scene;
        spec.look.keep_sides = kept == 1;
        scene = drawn(state, &spec, FRAME_AR);
        box = find_fill(scene, chart_bench_style.accent, 0);
        assert_true(kept ? box.right < CHART_LEFT + 235 : box.left > CHART_LEFT + 235);
        scene_drop(scene);
        chart_check_layout(*state, &spec, FRAME_AR, 470);
    }
}

static void test_a_dot_for_each_seat_of_each_council(void **state)
{
    struct scene *scene = drawn(state, &sample_councils, FRAME_EN);
    const struct scene_page *page = scene_page_at(scene, 0);
    size_t dots = 0;

    for (size_t i = 0; i < page->command_count; i++)
        for (uint32_t k = 0; page->commands[i].kind == SCENE_PATH && k < page->commands[i].path.count; k++)
            dots += page->commands[i].path.steps[k].op == PATH_CLOSE;
    assert_int_equal(dots, 22 + 15 + 16 + 4); /* and the legend */
    assert_int_equal(count_shapes(scene, chart_bench_style.accent), 5 + 4 + 1);
    find_text(scene, "9 of 22 seats", 0);
    find_text(scene, "majority 12", 0);
    find_text(scene, "8 of 15 seats", 0);
    find_text(scene, "majority 8", 0);
    find_text(scene, "0 of 16 seats", 0);
    assert_true(find_text(scene, "Basra", 0).left < find_text(scene, "Diyala", 0).left);
    scene_drop(scene);
    scene = drawn(state, &sample_councils, FRAME_AR);
    assert_true(find_text(scene, "البصرة", 0).left > find_text(scene, "ديالى", 0).left);
    scene_drop(scene);
}

static void test_councils_keep_sides(void **state)
{
    struct chart_spec spec = sample_councils;
    struct scene *kept, *mirrored = drawn(state, &spec, FRAME_AR);
    struct chart_box a, b;

    spec.look.keep_sides = true;
    kept = drawn(state, &spec, FRAME_AR);
    a = find_fill(mirrored, chart_bench_style.accent, 1); /* behind the legend: five seats of Basra */
    b = find_fill(kept, chart_bench_style.accent, 1);
    assert_true(a.right > b.right + 30 && a.top == b.top);
    scene_drop(kept);
    scene_drop(mirrored);
}

static void test_cells_are_counted(void **state)
{
    struct chart_row row = sample_waffle.rows[0];
    struct chart_spec spec = sample_waffle;
    struct scene *scene = drawn(state, &spec, FRAME_EN);

    assert_int_equal(count_shapes(scene, chart_bench_style.accent), 101 + 1); /* and the swatch */
    find_text(scene, "101 of 285 seats", 0);
    find_text(scene, "30 of 285 seats", 0);
    scene_drop(scene);
    row.value = num_from_int(15432);
    spec.rows = &row;
    spec.row_count = 1;
    spec.total = num_from_int(45432);
    scene = drawn(state, &spec, FRAME_EN);
    assert_int_equal(count_shapes(scene, chart_bench_style.accent), 309 + 1); /* 308.6 times fifty */
    find_text(scene, "each square: 50 seats", 0);
    scene_drop(scene);
    for (int64_t total = 1; total <= 1001; total += 40) {
        row.value = num_from_int((total + 1) / 2);
        spec.total = num_from_int(total);
        spec.note_count = 0;
        for (int kind = 0; kind < FRAME_KINDS; kind++)
            chart_check_layout(*state, &spec, (enum frame_kind)kind, 470);
    }
}

/* --- shades --- */

static struct plot shade_plot(struct chart_bench *f, struct arena *arena, const struct chart_spec *spec, uint32_t accent)
{
    return (struct plot){.spec = spec, .arena = arena, .style = &chart_bench_style, .locale = f->locale,
                         .palette = {.ink = 0x1C2126, .accent = accent}};
}

static void test_words_are_read_on_each_shade(void **state)
{
    static const uint32_t accents[] = {0x0B5563, 0x1F6FB2, 0xA63D1E, 0x5B5B00, 0x003947};
    static const double highs[] = {1, 2, 3, 4, 5};

    for (size_t a = 0; a < sizeof accents / sizeof *accents; a++)
        for (size_t h = 0; h < sizeof highs / sizeof *highs; h++) {
            struct arena *arena = arena_new();
            struct plot plot = shade_plot(*state, arena, &sample_matrix, accents[a]);
            const struct steps *steps = steps_make(&plot, (struct extent){0, highs[h]}, true);
            assert_int_equal(steps->count, h + 1);
            for (size_t i = 0; i < steps->count; i++) {
                assert_true(colour_contrast(steps->fill[i], steps->text[i]) >= CONTRAST_TEXT);
                if (i > 0)
                    assert_true(colour_contrast(steps->fill[i], steps->fill[i - 1]) >= 1.5);
            }
            arena_drop(arena);
        }
}

static void assert_limits(struct chart_bench *f, struct extent extent, bool whole, const double *limits, size_t count)
{
    struct arena *arena = arena_new();
    struct plot plot = shade_plot(f, arena, &sample_matrix, 0x0B5563);
    const struct steps *steps = steps_make(&plot, extent, whole);

    assert_int_equal(steps->count + 1, count);
    for (size_t i = 0; i < count; i++)
        assert_true(fabs(num_to_double(steps->limit[i]) - limits[i]) < 1e-9);
    arena_drop(arena);
}

static void test_limits_are_round(void **state)
{
    assert_limits(*state, (struct extent){3, 97}, true, (double[]){0, 20, 40, 60, 80, 100}, 6);
    assert_limits(*state, (struct extent){0, 3}, true, (double[]){0, 1, 2, 3}, 4);
    assert_limits(*state, (struct extent){-2.9, 7.6}, false, (double[]){-5, 0, 5, 10}, 4);
    assert_limits(*state, (struct extent){0.9, 1.0}, false, (double[]){0.9, 0.92, 0.94, 0.96, 0.98, 1}, 6);
    assert_limits(*state, (struct extent){0, 0}, true, (double[]){0, 0}, 2);
    assert_limits(*state, (struct extent){1e9, 4e9}, true, (double[]){0, 1e9, 2e9, 3e9, 4e9}, 5);
}

static void test_a_limit_belongs_to_the_step_above(void **state)
{
    struct arena *arena = arena_new();
    struct plot plot = shade_plot(*state, arena, &sample_matrix, 0x0B5563);
    const struct steps *steps = steps_make(&plot, (struct extent){0, 100}, true);

    assert_int_equal(steps_of(steps, num_from_int(0)), 0);
    assert_int_equal(steps_of(steps, (struct num){199, 1}), 0);
    assert_int_equal(steps_of(steps, num_from_int(20)), 1);
    assert_int_equal(steps_of(steps, num_from_int(100)), 4);
    arena_drop(arena);
}

static void test_columns_mirror_and_gaps_are_told(void **state)
{
    struct scene *en = drawn(state, &sample_matrix, FRAME_EN), *ar = drawn(state, &sample_matrix, FRAME_AR);

    assert_true(find_text(en, "2021", 0).left < find_text(en, "2023", 0).left);
    assert_true(find_text(ar, "2021", 0).left > find_text(ar, "2023", 0).left);
    assert_int_equal(count_text(en, "no data"), 1);
    assert_int_equal(count_text(ar, "لا بيانات"), 1);
    scene_drop(en);
    scene_drop(ar);
}

static void test_rows_by_value(void **state)
{
    struct chart_spec spec = sample_matrix;
    struct scene *scene;

    spec.look.order = ORDER_VALUE;
    scene = drawn(state, &spec, FRAME_EN);
    assert_true(find_text(scene, "Drones", 0).top < find_text(scene, "Convoys", 0).top);
    assert_true(find_text(scene, "Convoys", 0).top < find_text(scene, "Rockets and mortars", 0).top);
    scene_drop(scene);
}

/* --- days --- */

static void test_weeks_begin_as_the_language_has_it(void **state)
{
    struct scene *en = drawn(state, &sample_calendar, FRAME_EN), *ar = drawn(state, &sample_calendar, FRAME_AR);

    assert_true(find_text(en, "Mon", 0).top < find_text(en, "Sun", 0).top);
    assert_true(find_text(ar, "السبت", 0).top < find_text(ar, "الاثنين", 0).top);
    assert_true(find_text(ar, "الاثنين", 0).top < find_text(ar, "الجمعة", 0).top);
    scene_drop(en);
    scene_drop(ar);
}

static void test_time_runs_from_the_left_or_as_read(void **state)
{
    struct chart_spec spec = sample_calendar;
    struct scene *ltr = drawn(state, &spec, FRAME_AR), *reading;

    spec.look.time = TIME_READING;
    reading = drawn(state, &spec, FRAME_AR);
    assert_true(find_text(ltr, "تشرين الأول", 0).left < find_text(ltr, "تشرين الثاني", 0).left);
    assert_true(find_text(reading, "تشرين الأول", 0).left > find_text(reading, "تشرين الثاني", 0).left);
    scene_drop(ltr);
    scene_drop(reading);
    chart_check_layout(*state, &spec, FRAME_AR, 470);
}

/* Of the page's boxes those that nothing fills. */
static size_t empty_boxes(const struct scene *scene)
{
    const struct scene_page *page = scene_page_at(scene, 0);
    size_t boxes = 0;

    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        boxes += c->kind == SCENE_PATH && c->path.paint.stroke && !c->path.paint.fill && c->path.count >= 4
              && c->path.steps[c->path.count - 1].op == PATH_CLOSE;
    }
    return boxes;
}

/* Days of a month before the data begin or after they end are no boxes, which nothing would explain. */
static void test_a_calendar_ends_with_its_data(void **state)
{
    struct chart_spec spec = sample_calendar;
    struct chart_row rows[2] = {{.start = {2022, 12, 30}, .value = {4, 0}}, {.start = {2023, 1, 2}, .value = {1, 0}}};
    struct scene *scene;

    spec.note_count = 0;
    scene = drawn(state, &spec, FRAME_EN);
    assert_int_equal(empty_boxes(scene), 16 + 1); /* days without data between the first and the last; the legend's */
    scene_drop(scene);
    spec.row_count = 2; /* 6 and 7 October */
    scene = drawn(state, &spec, FRAME_EN);
    assert_int_equal(empty_boxes(scene), 0);
    scene_drop(scene);
    spec.rows = rows; /* of whole years they show the form */
    scene = drawn(state, &spec, FRAME_EN);
    assert_int_equal(empty_boxes(scene), 2 * 365 - 2 + 1);
    scene_drop(scene);
}

static void test_up_to_three_years(void **state)
{
    struct chart_row rows[3] = {{.start = {2021, 2, 3}, .value = {4, 0}}, {.start = {2022, 2, 3}, .value = {1, 0}},
                                {.start = {2023, 12, 31}, .value = {0, 0}}};
    struct chart_spec spec = sample_calendar;

    spec.rows = rows;
    spec.row_count = 3;
    spec.note_count = 0;
    for (int kind = 0; kind < FRAME_KINDS; kind++) {
        struct scene *scene = drawn(state, &spec, (enum frame_kind)kind);
        assert_true(find_text(scene, "2021", 0).top < find_text(scene, "2022", 0).top);
        assert_true(find_text(scene, "2022", 0).top < find_text(scene, "2023", 0).top);
        scene_drop(scene);
        chart_check_layout(*state, &spec, (enum frame_kind)kind, 470);
    }
    chart_check_layout(*state, &spec, FRAME_AR, 230); /* in halves or quarters of years */
}

/* --- places --- */

static void test_a_map_is_not_mirrored(void **state)
{
    struct scene *en = drawn(state, &sample_tile_map, FRAME_EN), *ar = drawn(state, &sample_tile_map, FRAME_AR);

    assert_true(find_text(en, "Anbar", 0).left < find_text(en, "Basra", 0).left);
    assert_true(find_text(ar, "الأنبار", 0).left < find_text(ar, "البصرة", 0).left);
    assert_true(find_text(ar, "دهوك", 0).top < find_text(ar, "بغداد", 0).top);
    assert_int_equal(count_text(ar, "more than 100"), 0);
    find_text(ar, "حلبجة", 0);
    scene_drop(en);
    scene_drop(ar);
}

/* --- panels --- */

static void test_panels_share_a_scale(void **state)
{
    struct chart_spec spec = sample_panels;
    struct scene *scene = drawn(state, &spec, FRAME_EN);
    uint32_t grey = 0x8E969E; /* mixed in chart.c from the muted and the faint of the bench */
    struct chart_box small, large;

    for (size_t i = 0; i < scene_page_at(scene, 0)->command_count; i++) {
        const struct scene_command *c = &scene_page_at(scene, 0)->commands[i];
        if (c->kind == SCENE_PATH && c->path.paint.fill && c->path.paint.fill_rgb != 0xFFFFFF) {
            grey = c->path.paint.fill_rgb;
            break;
        }
    }
    small = find_fill(scene, grey, 0);
    large = find_fill(scene, grey, 2);
    assert_true((large.right - large.left) / (small.right - small.left) > 9.9f);
    assert_true((large.right - large.left) / (small.right - small.left) < 10.1f);
    scene_drop(scene);
    spec.look.own_scales = true;
    scene = drawn(state, &spec, FRAME_EN);
    small = find_fill(scene, grey, 0);
    large = find_fill(scene, grey, 2);
    assert_true((large.right - large.left) / (small.right - small.left) < 1.2f);
    scene_drop(scene);
}

static void test_panels_run_from_the_side_of_reading(void **state)
{
    struct chart_spec spec = sample_panels;
    struct scene *en = drawn(state, &spec, FRAME_EN), *ar = drawn(state, &spec, FRAME_AR), *one;

    assert_true(find_text(en, "Basra", 0).left < find_text(en, "Diyala", 0).left);
    assert_true(find_text(ar, "البصرة", 0).left > find_text(ar, "ديالى", 0).left);
    assert_true(find_text(en, "Basra", 0).top == find_text(en, "Diyala", 0).top);
    spec.look.columns = 1;
    one = drawn(state, &spec, FRAME_EN);
    assert_true(find_text(one, "Basra", 0).top < find_text(one, "Diyala", 0).top);
    assert_true(find_text(one, "Basra", 0).left == find_text(one, "Diyala", 0).left);
    scene_drop(en);
    scene_drop(ar);
    scene_drop(one);
}

/* Each type that may have panels, in all frames; one legend of steps for all panels that share a scale. */
static void test_any_type_in_panels(void **state)
{
    static const char *const names[2][LANG_COUNT] = {{"First half", "النصف الأول"}, {"Second", "الثاني"}};

    for (size_t i = 0; i < SAMPLES; i++) {
        struct chart_row rows[64];
        struct chart_spec spec = *samples[i];
        if (spec.type == CHART_COUNCILS || spec.type == CHART_RANGE_BARS)
            continue;
        for (size_t k = 0; k < 2 * spec.row_count; k++) {
            rows[k] = spec.rows[k % spec.row_count];
            memcpy(rows[k].panel, names[k / spec.row_count], sizeof names[0]);
        }
        spec.rows = rows;
        spec.row_count *= 2;
        for (int kind = 0; kind < FRAME_KINDS; kind++)
            chart_check_layout(*state, &spec, (enum frame_kind)kind, 470);
        if (spec.type != CHART_WAFFLE) {
            struct scene *scene = drawn(state, &spec, FRAME_EN);
            assert_int_equal(count_text(scene, "no data"), 1);
            scene_drop(scene);
            spec.look.own_scales = true;
            scene = drawn(state, &spec, FRAME_EN);
            assert_int_equal(count_text(scene, "no data"), 2);
            scene_drop(scene);
        }
    }
}

/* --- refused --- */

static void assert_row_refused(void **state, const struct chart_spec *sample, size_t nth, struct chart_row row,
                               const char *expected)
{
    struct chart_row rows[32];
    struct chart_spec spec = *sample;

    memcpy(rows, sample->rows, sample->row_count * sizeof *rows);
    rows[nth] = row;
    spec.rows = rows;
    chart_assert_refused(*state, &spec, 470, expected);
}

static void test_councils_that_are_none(void **state)
{
    struct chart_row row = sample_councils.rows[1];
    struct chart_spec spec = sample_councils;
    struct chart_row many[21];
    char names[21][8];

    row.value = (struct num){45, 1};
    assert_row_refused(state, &sample_councils, 1, row,
                       "samples.csv:3:1: error: [chart-data] 'State of Law Coalition' of chart 'councils' has a number of "
                       "seats that is negative or not whole; seats are counted\n");
    row = sample_councils.rows[0];
    row.at.line = 3;
    assert_row_refused(state, &sample_councils, 1, row,
                       "samples.csv:3:1: error: [chart-data] 'We Build Coalition' stands twice in a council of chart "
                       "'councils'; give each list one row in each council\n");
    row = sample_councils.rows[1];
    row.value = num_from_int(900);
    assert_row_refused(state, &sample_councils, 1, row,
                       "samples.csv:2:1: error: [chart-data] 'Basra' of chart 'councils' has 918 seats in all; a council "
                       "shows 1 to 400\n");
    for (size_t i = 0; i < 21; i++) {
        snprintf(names[i], sizeof names[i], "c%zu", i);
        many[i] = sample_councils.rows[0];
        many[i].panel[LANG_EN] = many[i].panel[LANG_AR] = names[i];
    }
    spec.rows = many;
    spec.row_count = 21;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:40:5: error: [chart-crowded] chart 'councils' has 21 councils and 1 lists; at most 20 "
                         "and 24 can be told apart\n");
    spec.row_count = 1;
    many[0].panel[LANG_EN] = many[0].panel[LANG_AR] = NULL;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:40:5: error: [chart-data] chart 'councils' has no panels; each is a council\n");
}

static void test_waffles_that_do_not_add_up(void **state)
{
    struct chart_row row = sample_waffle.rows[0];
    struct chart_spec spec = sample_waffle;
    struct chart_note note = sample_waffle.notes[0];

    row.value = (struct num){1015, 1};
    assert_row_refused(state, &sample_waffle, 0, row,
                       "samples.csv:2:1: error: [chart-data] 'Framework lists' of chart 'waffle' is negative or not "
                       "whole; the cells of a waffle are counted\n");
    row.value = num_from_int(300);
    assert_row_refused(state, &sample_waffle, 0, row,
                       "report.yaml:40:5: error: [chart-data] the parts of chart 'waffle' are 330 and its total is 285; "
                       "the total is a whole number and not less\n");
    note.value = num_from_int(286);
    spec.notes = &note;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:44:13: error: [chart-data] a mark of chart 'waffle' lies outside its total of 285; "
                         "it is a number of them\n");
    row.value = num_from_int(0);
    spec = sample_waffle;
    spec.rows = &row;
    spec.row_count = 1;
    spec.note_count = 0;
    spec.has_total = false;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:40:5: error: [chart-data] every part of chart 'waffle' is zero; there is nothing to "
                         "show\n");
    struct chart_row most[10];
    for (size_t i = 0; i < 10; i++) {
        most[i] = sample_waffle.rows[0];
        most[i].value = num_from_int(999999999999999999);
    }
    spec.rows = most;
    spec.row_count = 10;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:40:5: error: [chart-data] the parts of chart 'waffle' together need more than 18 "
                         "digits; give them in a larger unit\n");
}

static void test_cells_with_two_values(void **state)
{
    struct chart_row row = sample_matrix.rows[0];
    struct chart_row many[30];
    char names[30][8];
    struct chart_spec spec = sample_matrix;

    row.at.line = 3;
    assert_row_refused(state, &sample_matrix, 1, row,
                       "samples.csv:3:1: error: [chart-data] 'Rockets and mortars' has two values in '2021' of chart "
                       "'matrix'; a cell shows one: add them up\n");
    for (size_t i = 0; i < 30; i++) {
        snprintf(names[i], sizeof names[i], "%zu", 1000 + i);
        many[i] = sample_matrix.rows[0];
        many[i].series[LANG_EN] = many[i].series[LANG_AR] = names[i];
    }
    spec.rows = many;
    spec.row_count = 30;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:40:5: error: [chart-crowded] chart 'matrix' has 1 rows and 30 columns; at most 40 and "
                         "24 can be read\n");
    spec.row_count = 20;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:40:5: error: [chart-crowded] chart 'matrix' has 20 columns of 16 points; its numbers "
                         "and the words above them need 20: fewer columns, shorter words or a wider frame\n");
    many[0].series[LANG_EN] = many[0].series[LANG_AR] = NULL;
    spec.row_count = 1;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:40:5: error: [chart-data] chart 'matrix' has no series; they are the columns of a "
                         "matrix\n");
}

static void test_days_that_do_not_hold(void **state)
{
    struct chart_row row = sample_calendar.rows[1];

    row.start = sample_calendar.rows[0].start;
    assert_row_refused(state, &sample_calendar, 1, row,
                       "samples.csv:3:1: error: [chart-data] 2023-10-06 has two values in chart 'calendar'; a day shows "
                       "one: add them up\n");
    row.start.year = 2019;
    assert_row_refused(state, &sample_calendar, 1, row,
                       "report.yaml:40:5: error: [chart-crowded] chart 'calendar' reaches from 2019 to 2023; a calendar "
                       "shows at most 3 years\n");
}

static void test_places_that_are_none(void **state)
{
    struct chart_row row = sample_tile_map.rows[0];
    struct chart_spec spec = sample_tile_map;
    struct chart_note note = sample_tile_map.notes[0];

    row.place = "IQ-BH";
    assert_row_refused(state, &sample_tile_map, 0, row,
                       "samples.csv:2:1: error: [chart-data] 'IQ-BH' of chart 'tile_map' is no governorate of Iraq; did "
                       "you mean 'IQ-BG'?\n");
    row.place = "Baghdad";
    assert_row_refused(state, &sample_tile_map, 0, row,
                       "samples.csv:2:1: error: [chart-data] 'Baghdad' of chart 'tile_map' is no governorate of Iraq; "
                       "write a code of ISO 3166-2, as IQ-BG\n");
    row.place = "IQ-AN";
    assert_row_refused(state, &sample_tile_map, 0, row,
                       "samples.csv:3:1: error: [chart-data] 'IQ-AN' has two rows in chart 'tile_map'; a tile shows one "
                       "value: add them up\n");
    note.category = "Bagdad";
    spec.notes = &note;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:44:13: error: [chart-data] 'Bagdad' of a note of chart 'tile_map' is the name of no "
                         "tile; write the English name on it, as Baghdad\n");
}

/* A number of columns that the report gives is not changed; what does not fit then is said. */
static void test_panels_without_room(void **state)
{
    struct chart_row rows[40];
    char names[40][8];
    struct chart_spec spec = sample_panels;

    for (size_t i = 0; i < 40; i++) {
        snprintf(names[i], sizeof names[i], "%zu", i);
        rows[i] = sample_panels.rows[0];
        rows[i].panel[LANG_EN] = rows[i].panel[LANG_AR] = names[i];
    }
    spec.rows = rows;
    spec.row_count = 40;
    chart_assert_refused(*state, &spec, 470,
                         "report.yaml:40:5: error: [chart-crowded] chart 'panels' has 40 panels; at most 36 can be "
                         "compared\n");
    spec = sample_tile_map;
    spec.note_count = 0;
    spec.rows = rows;
    spec.row_count = 2;
    for (size_t i = 0; i < 2; i++) {
        rows[i] = sample_tile_map.rows[i];
        rows[i].panel[LANG_EN] = rows[i].panel[LANG_AR] = names[i];
    }
    chart_check_layout(*state, &spec, FRAME_EN, 400); /* below each other */
    spec.look.columns = 2;
    chart_assert_refused(*state, &spec, 400,
                         "report.yaml:40:5: error: [chart-crowded] chart 'tile_map' is 191 points wide; the names on its "
                         "tiles need 219: a wider frame or fewer panels beside each other\n"
                         "report.yaml:40:5: error: [chart-crowded] chart 'tile_map' is 191 points wide; the names on its "
                         "tiles need 219: a wider frame or fewer panels beside each other\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_labels_stay_inside_and_apart),
        cmocka_unit_test(test_arabic_digits_fit_too),
        cmocka_unit_test(test_large_words),
        cmocka_unit_test(test_lists_differ_in_grey),
        cmocka_unit_test(test_seats_from_few_to_many),
        cmocka_unit_test(test_sides_are_kept),
        cmocka_unit_test(test_a_dot_for_each_seat_of_each_council),
        cmocka_unit_test(test_councils_keep_sides),
        cmocka_unit_test(test_cells_are_counted),
        cmocka_unit_test(test_words_are_read_on_each_shade),
        cmocka_unit_test(test_limits_are_round),
        cmocka_unit_test(test_a_limit_belongs_to_the_step_above),
        cmocka_unit_test(test_columns_mirror_and_gaps_are_told),
        cmocka_unit_test(test_rows_by_value),
        cmocka_unit_test(test_weeks_begin_as_the_language_has_it),
        cmocka_unit_test(test_time_runs_from_the_left_or_as_read),
        cmocka_unit_test(test_a_calendar_ends_with_its_data),
        cmocka_unit_test(test_up_to_three_years),
        cmocka_unit_test(test_a_map_is_not_mirrored),
        cmocka_unit_test(test_panels_share_a_scale),
        cmocka_unit_test(test_panels_run_from_the_side_of_reading),
        cmocka_unit_test(test_any_type_in_panels),
        cmocka_unit_test(test_councils_that_are_none),
        cmocka_unit_test(test_waffles_that_do_not_add_up),
        cmocka_unit_test(test_cells_with_two_values),
        cmocka_unit_test(test_days_that_do_not_hold),
        cmocka_unit_test(test_places_that_are_none),
        cmocka_unit_test(test_panels_without_room),
    };

    return cmocka_run_group_tests(tests, chart_bench_set_up, chart_bench_tear_down);
}
