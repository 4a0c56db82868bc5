/* Charts drawn alone, and what must hold for each of them. */
#include "support/chart_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "support/program.h"

static const char *const frame_names[] = {"en", "ar", "both"};

const struct chart_style chart_bench_style = {
    .ink = 0x1C2126, .muted = 0x55606A, .faint = 0xC6CCD1, .accent = 0x0B5563, .accent_soft = 0x7FB0B9,
    .size = 7.6f, .arabic_scale = 1.1f, .hairline = 0.4f,
};

int chart_bench_set_up(void **state)
{
    struct chart_bench *f = xcalloc(1, sizeof *f);

    f->diags = diags_new();
    f->fonts = font_set_load(".", "briefing", f->diags);
    if (!f->fonts)
        return -1;
    f->text = text_engine_new(f->fonts);
    f->locale[LANG_EN] = locale_new(LANG_EN, DIGITS_LATN, MONTHS_IRAQI, f->diags);
    f->locale[LANG_AR] = locale_new(LANG_AR, DIGITS_LATN, MONTHS_IRAQI, f->diags);
    f->arabic_digits = locale_new(LANG_AR, DIGITS_ARAB, MONTHS_IRAQI, f->diags);
    *state = f;
    return 0;
}

int chart_bench_tear_down(void **state)
{
    struct chart_bench *f = *state;

    locale_drop(f->locale[LANG_EN]);
    locale_drop(f->locale[LANG_AR]);
    locale_drop(f->arabic_digits);
    text_engine_drop(f->text);
    font_set_drop(f->fonts);
    diags_drop(f->diags);
    free(f);
    return 0;
}

struct chart_frame chart_frame_of(enum frame_kind kind, float width)
{
    struct chart_frame frame = {.x = CHART_LEFT, .y = CHART_TOP, .width = width,
                                .dir = kind == FRAME_AR ? DIR_RTL : DIR_LTR};

    frame.show[LANG_EN] = kind != FRAME_AR;
    frame.show[LANG_AR] = kind != FRAME_EN;
    return frame;
}

struct scene *chart_draw_in(struct chart_bench *f, const struct chart_style *in, const struct chart_spec *spec,
                             enum frame_kind kind, float width, float *height)
{
    struct chart_frame frame = chart_frame_of(kind, width);
    struct chart_context context = {f->text, f->locale, in, f->diags};
    struct scene *scene = scene_new();

    *height = chart_height(spec, &frame, &context);
    if (diags_count(f->diags) > 0)
        fail_msg("'%s', %.0f points wide: %s", spec->id, (double)width, diags_get(f->diags, 0)->message);
    assert_true(*height > 0);
    scene_page_add(scene, 595, 842);
    chart_draw(spec, &frame, &context, scene, 0);
    return scene;
}

/* Height and a new scene with the chart on its only page; no diagnostic may appear. */
struct scene *chart_draw_alone(struct chart_bench *f, const struct chart_spec *spec, enum frame_kind kind, float width,
                          float *height)
{
    return chart_draw_in(f, &chart_bench_style, spec, kind, width, height);
}

/* --- golden --- */

void chart_check_golden(struct chart_bench *f, const struct chart_spec *spec, enum frame_kind kind)
{
    char path[80];
    size_t length;
    float height;
    struct buf dump;
    struct scene *scene = chart_draw_alone(f, spec, kind, 470, &height);
    char *expected;

    snprintf(path, sizeof path, "tests/golden/chart/%s-%s.scene", spec->id, frame_names[kind]);
    buf_init(&dump);
    buf_printf(&dump, "height %.2f\n", (double)height);
    scene_dump(scene, &dump);
    if (getenv("MUJAZ_GOLDEN") && strcmp(getenv("MUJAZ_GOLDEN"), "write") == 0)
        file_write(path, dump.data, dump.length);
    expected = file_content(path, &length);
    assert_string_equal(dump.data, expected);
    free(expected);
    buf_drop(&dump);
    scene_drop(scene);
}

/* --- what must hold for any chart --- */

/* Bytes of European and Arabic-Indic digits only: these stand on the baseline, nothing hangs below. */
static bool is_number(const struct text_line *line)
{
    for (uint32_t i = 0; i < line->length; i++) {
        unsigned char c = (unsigned char)line->text[i];
        if ((c < '0' || c > '9') && c != 0xD9 && (c < 0xA0 || c > 0xA9))
            return false;
    }
    return true;
}

struct chart_box chart_text_box(const struct scene_command *command)
{
    const struct text_line *line = command->text.line;
    float below = is_number(line) ? 0 : 0.25f;

    return (struct chart_box){command->text.x, command->text.baseline - line->size * 0.75f,
                        command->text.x + line->width, command->text.baseline + line->size * below, line->text};
}

static void grow(struct chart_box *box, float x, float y)
{
    box->left = x < box->left ? x : box->left;
    box->right = x > box->right ? x : box->right;
    box->top = y < box->top ? y : box->top;
    box->bottom = y > box->bottom ? y : box->bottom;
}

struct chart_box chart_path_box(const struct scene_command *command)
{
    struct chart_box box = {1e6f, 1e6f, -1e6f, -1e6f, "a path"};

    for (uint32_t i = 0; i < command->path.count; i++) {
        const struct path_step *step = &command->path.steps[i];
        for (int k = 0; k < (step->op == PATH_CURVE ? 3 : step->op == PATH_CLOSE ? 0 : 1); k++)
            grow(&box, step->x[k], step->y[k]);
    }
    return box;
}

static void assert_inside(struct chart_box box, float width, float height)
{
    if (box.left < CHART_LEFT - 1 || box.right > CHART_LEFT + width + 1 || box.top < CHART_TOP - 1 ||
        box.bottom > CHART_TOP + height + 1)
        fail_msg("outside the frame: %s at %.1f..%.1f, %.1f..%.1f", box.text, (double)box.left,
                 (double)box.right, (double)box.top, (double)box.bottom);
}

void chart_assert_apart(struct chart_box a, struct chart_box b)
{
    const float touch = 0.1f;

    if (a.left < b.right - touch && b.left < a.right - touch && a.top < b.bottom - touch &&
        b.top < a.bottom - touch)
        fail_msg("labels overlap: '%s' and '%s'", a.text, b.text);
}

void chart_check_layout(struct chart_bench *f, const struct chart_spec *spec, enum frame_kind kind, float width)
{
    chart_check_layout_in(f, &chart_bench_style, spec, kind, width);
}

void chart_check_layout_in(struct chart_bench *f, const struct chart_style *style, const struct chart_spec *spec,
                           enum frame_kind kind, float width)
{
    float height;
    struct scene *scene = chart_draw_in(f, style, spec, kind, width, &height);
    const struct scene_page *page = scene_page_at(scene, 0);

    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *command = &page->commands[i];
        if (command->kind == SCENE_PATH) {
            assert_inside(chart_path_box(command), width, height);
            continue;
        }
        assert_int_equal(command->kind, SCENE_TEXT);
        assert_true(command->text.line->size >= 7);
        assert_inside(chart_text_box(command), width, height);
        for (size_t k = 0; k < i; k++)
            if (page->commands[k].kind == SCENE_TEXT)
                chart_assert_apart(chart_text_box(command), chart_text_box(&page->commands[k]));
    }
    scene_drop(scene);
}

void chart_assert_refused(struct chart_bench *f, const struct chart_spec *spec, float width, const char *expected)
{
    struct diags *diags = diags_new();
    struct chart_frame frame = chart_frame_of(FRAME_BOTH, width);
    struct chart_context context = {f->text, f->locale, &chart_bench_style, diags};
    struct scene *scene = scene_new();
    struct buf out;

    assert_true(chart_height(spec, &frame, &context) == 0);
    scene_page_add(scene, 595, 842);
    chart_draw(spec, &frame, &context, scene, 0);
    assert_int_equal(scene_page_at(scene, 0)->command_count, 0);
    buf_init(&out);
    for (size_t i = 0; i < diags_count(diags); i++)
        diag_format(diags_get(diags, i), &out);
    assert_string_equal(out.data, expected);
    buf_drop(&out);
    scene_drop(scene);
    diags_drop(diags);
}

