/*
 * Charts drawn alone on a page, for the tests of chart/: golden dumps, and what must hold for any chart. Golden dumps are
 * written anew with MUJAZ_GOLDEN=write: look at the pages before keeping them.
 */
#ifndef MUJAZ_TESTS_CHART_CHECK_H
#define MUJAZ_TESTS_CHART_CHECK_H

#include "chart/chart.h"

enum frame_kind { FRAME_EN, FRAME_AR, FRAME_BOTH, FRAME_KINDS };
#define CHART_LEFT 20.0f /* of the frame, points */
#define CHART_TOP 30.0f

extern const struct chart_style chart_bench_style;

/* What drawing needs. A test group's state: set up and torn down by these two. */
struct chart_bench {
    struct diags *diags;
    struct font_set *fonts;
    struct text_engine *text;
    struct locale *locale[LANG_COUNT], *arabic_digits;
};
int chart_bench_set_up(void **state);
int chart_bench_tear_down(void **state);

struct chart_frame chart_frame_of(enum frame_kind, float width);
/* Height and a new scene with the chart on its only page; no diagnostic may appear. */
struct scene *chart_draw_in(struct chart_bench *, const struct chart_style *, const struct chart_spec *, enum frame_kind,
                            float width, float *height);
struct scene *chart_draw_alone(struct chart_bench *, const struct chart_spec *, enum frame_kind, float width,
                               float *height);

/* The scene 470 points wide is tests/golden/chart/ID-FRAME.scene. */
void chart_check_golden(struct chart_bench *, const struct chart_spec *, enum frame_kind);
/* Nothing outside the frame, no label below 7 points, no two labels over each other. */
void chart_check_layout(struct chart_bench *, const struct chart_spec *, enum frame_kind, float width);
void chart_check_layout_in(struct chart_bench *, const struct chart_style *, const struct chart_spec *, enum frame_kind,
                           float width);
/* Not drawn, with these diagnostics. */
void chart_assert_refused(struct chart_bench *, const struct chart_spec *, float width, const char *expected);

/* Where a command of a scene draws. */
struct chart_box {
    float left, top, right, bottom;
    const char *text;
};
struct chart_box chart_text_box(const struct scene_command *);
struct chart_box chart_path_box(const struct scene_command *);
void chart_assert_apart(struct chart_box, struct chart_box);

#endif
