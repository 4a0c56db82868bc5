/* Paths as they are put into the scene: what draws nothing is left out, and a circle is round. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "scene/canvas.h"

struct fixture {
    struct scene *scene;
    struct canvas *canvas;
};

static int set_up(void **state)
{
    struct fixture *f = xcalloc(1, sizeof *f);
    f->scene = scene_new();
    f->canvas = canvas_new(f->scene, scene_page_add(f->scene, 100, 100), 10, 20);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    canvas_drop(f->canvas);
    scene_drop(f->scene);
    free(f);
    return 0;
}

static const struct scene_command *painted(struct fixture *f, uint32_t steps)
{
    canvas_paint(f->canvas, (struct paint){ .fill = true });
    const struct scene_page *page = scene_page_at(f->scene, 0);
    assert_int_equal(page->command_count, 1);
    assert_int_equal(page->commands[0].path.count, steps);
    return &page->commands[0];
}

static void lines_that_go_on_are_one(void **state)
{
    struct fixture *f = *state;
    canvas_move_to(f->canvas, 90, 90); /* draws nothing */
    canvas_move_to(f->canvas, 0, 0);
    canvas_line_to(f->canvas, 1, 2);
    canvas_line_to(f->canvas, 1, 2);
    canvas_line_to(f->canvas, 3, 6);
    canvas_line_to(f->canvas, 2, 4); /* back: a tip */
    canvas_line_to(f->canvas, 9, 4);
    const struct path_step *steps = painted(f, 4)->path.steps;
    assert_int_equal(steps[0].op, PATH_MOVE);
    assert_true(steps[0].x[0] == 10 && steps[0].y[0] == 20);
    assert_true(steps[1].x[0] == 13 && steps[1].y[0] == 26);
    assert_true(steps[2].x[0] == 12 && steps[2].y[0] == 24);
    assert_true(steps[3].x[0] == 19 && steps[3].y[0] == 24);
}

static void a_closed_path_goes_on_where_it_began(void **state)
{
    struct fixture *f = *state;
    canvas_close(f->canvas); /* nothing */
    canvas_rectangle(f->canvas, 1, 2, 3, 4);
    canvas_line_to(f->canvas, 0, 0);
    const struct path_step *steps = painted(f, 7)->path.steps;
    static const enum path_op ops[] = { PATH_MOVE, PATH_LINE, PATH_LINE, PATH_LINE, PATH_CLOSE, PATH_MOVE, PATH_LINE };
    for (int i = 0; i < 7; i++)
        assert_int_equal(steps[i].op, ops[i]);
    assert_true(steps[2].x[0] == 14 && steps[2].y[0] == 26);
    assert_true(steps[5].x[0] == 11 && steps[5].y[0] == 22);
}

static void circles_are_round(void **state)
{
    struct fixture *f = *state;
    canvas_circle(f->canvas, 30, 40, 20);
    const struct path_step *steps = painted(f, 6)->path.steps;
    double x = (double)steps[0].x[0] - 40, y = (double)steps[0].y[0] - 60;
    assert_true(x == 20 && y == 0);
    for (int i = 1; i < 5; i++) {
        for (double t = 0; t <= 1; t += 0.125) {
            double s = 1 - t, a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
            double px = a * x + b * ((double)steps[i].x[0] - 40) + c * ((double)steps[i].x[1] - 40)
                        + d * ((double)steps[i].x[2] - 40);
            double py = a * y + b * ((double)steps[i].y[0] - 60) + c * ((double)steps[i].y[1] - 60)
                        + d * ((double)steps[i].y[2] - 60);
            assert_true(fabs(hypot(px, py) - 20) < 0.01);
        }
        x = (double)steps[i].x[2] - 40;
        y = (double)steps[i].y[2] - 60;
    }
    assert_true(x == 20 && y == 0);
    assert_int_equal(steps[5].op, PATH_CLOSE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_that_go_on_are_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_closed_path_goes_on_where_it_began, set_up, tear_down),
        cmocka_unit_test_setup_teardown(circles_are_round, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("canvas", tests, NULL, NULL);
}
