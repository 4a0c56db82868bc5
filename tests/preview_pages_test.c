/*
 * Pages as people see them, beside stored pictures at low resolution. MUJAZ_GOLDEN=write writes those anew, to be
 * looked at before they are committed. Where one differs, BUILD/preview/ has the new picture and one that shows the
 * difference: red where only the stored one has ink, blue-green where only the new one has.
 */
#include "preview/preview.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "pipeline/pipeline.h"
#include "support/picture.h"
#include "support/program.h"
#include "support/said.h"

#define GOLDEN "tests/golden/pages"

enum { DPI = 50 };

/* The pipeline, and the faces, of a report. */
struct report {
    const char *name, *layout; /* layout: where it is not the report's own, for the picture's name; or NULL */
    struct pipeline pipeline;
    struct preview *preview;
    struct diags *diags;
};

static struct report open_report(const char *workspace, const char *name)
{
    struct report r = { .name = name, .diags = diags_new() };
    assert_true(pipeline_open(&r.pipeline, workspace, name, NULL, NULL, r.diags));
    r.preview = preview_new(r.pipeline.fonts);
    return r;
}

static void close_report(struct report *r)
{
    assert_said(r->diags, NULL, "");
    preview_drop(r->preview);
    pipeline_close(&r->pipeline);
}

static struct picture draw(struct report *r, const struct scene *scene, size_t page, double dpi)
{
    struct buf png;
    buf_init(&png);
    assert_true(preview_page(r->preview, scene, page, PREVIEW_PNG, dpi, &png, r->diags));
    struct picture picture = picture_decode(png.data, png.length);
    buf_drop(&png);
    return picture;
}

static size_t allowed(const struct picture *p)
{
    return (size_t)p->width * (size_t)p->height / PICTURE_ALLOWED;
}

/* Says what differs and writes the pictures that show it. */
static void show_difference(const struct picture *golden, const struct picture *now, const char *name)
{
    const char *build = getenv("BUILD");
    char folder[512], path[640];
    int box[4];
    size_t count = picture_differences(golden, now, box);
    snprintf(folder, sizeof folder, "%s/preview", build ? build : "build");
    mkdir(folder, 0777);
    snprintf(path, sizeof path, "%s/%.99s.png", folder, name);
    picture_write(now, path);
    snprintf(path, sizeof path, "%s/%.99s.difference.png", folder, name);
    picture_write_difference(golden, now, path);
    if (count == SIZE_MAX)
        print_error("%s: %d by %d dots, the stored picture has %d by %d; see %s\n", name, now->width, now->height,
                    golden->width, golden->height, path);
    else
        print_error("%s: %zu dots differ, %zu may; they lie between %d,%d and %d,%d; see %s\n", name, count,
                    allowed(golden), box[0], box[1], box[2], box[3], path);
}

/* Whether the picture is near enough to the stored one of that name. */
static bool is_as_it_was(const struct picture *now, const char *name)
{
    char path[256];
    int box[4];
    snprintf(path, sizeof path, GOLDEN "/%s.png", name);
    if (getenv("MUJAZ_GOLDEN") && strcmp(getenv("MUJAZ_GOLDEN"), "write") == 0) {
        mkdir(GOLDEN, 0777);
        picture_write(now, path);
    }
    struct picture golden = picture_read(path);
    bool same = picture_differences(&golden, now, box) <= allowed(&golden);
    if (!same)
        show_difference(&golden, now, name);
    picture_drop(&golden);
    return same;
}

/* The number of pages that are not as they were. */
static int check_pages(struct report *r, enum edition edition, size_t most)
{
    int failed = 0;
    const char *layout = r->layout ? r->layout : "";
    struct scene *scene = pipeline_scene(&r->pipeline, edition, NULL, r->diags);
    assert_non_null(scene);
    for (size_t page = 0; page < most && page < scene_pages(scene); page++) {
        char name[128];
        snprintf(name, sizeof name, "%s%s%s-%s-%zu", r->name, *layout ? "-" : "", layout, edition_name(edition),
                 page + 1);
        struct picture now = draw(r, scene, page, DPI);
        failed += !is_as_it_was(&now, name);
        picture_drop(&now);
    }
    scene_drop(scene);
    return failed;
}

static int count_failed(const char *workspace, const char *name, const char *layout, size_t most)
{
    struct report r = open_report(workspace, name);
    int failed = 0;
    r.layout = layout;
    for (int e = 0; e < EDITION_COUNT; e++)
        failed += check_pages(&r, (enum edition)e, most);
    close_report(&r);
    return failed;
}

static void check_editions(const char *workspace, const char *name, size_t most)
{
    assert_int_equal(count_failed(workspace, name, NULL, most), 0);
}

static void first_pages_of_the_briefing_are_as_they_were(void **state)
{
    (void)state;
    check_editions(".", "iraq-briefing", 1);
}

/* The report that has every block, in the layouts and fonts that we ship. */
static char *sample_workspace(void)
{
    return workspace_new("tests/data/report/good");
}

static void every_block_is_as_it_was(void **state)
{
    (void)state;
    char *folder = sample_workspace();
    check_editions(folder, "sample", SIZE_MAX);
    tree_remove(folder);
}

/* Its lists, call-outs, key figures and chart, in the other layouts; as many pages as it takes. */
static void every_layout_is_as_it_was(void **state)
{
    static const char *const layouts[] = { "brief-letter", "booklet-a5", "large-print", "one-pager" };
    (void)state;
    char *folder = sample_workspace();
    char *report = text_join(folder, "reports/blocks/report.yaml"), *one = text_join(folder, "layouts/one-pager.yaml");
    const char *layout = "briefing-a4";
    int failed = 0;
    file_replace(one, "most_pages: 1", "most_pages: 0");
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        file_replace(report, layout, layouts[i]);
        failed += count_failed(folder, "blocks", layouts[i], 2);
        layout = layouts[i];
    }
    assert_int_equal(failed, 0);
    free(report);
    free(one);
    tree_remove(folder);
}

/* Every type of chart in each direction. */
static void pages_of_the_gallery_are_as_they_were(void **state)
{
    (void)state;
    struct report r = open_report(".", "chart-gallery");
    int failed = 0;
    for (int e = 0; e < EDITION_SEQUENTIAL; e++)
        failed += check_pages(&r, (enum edition)e, SIZE_MAX);
    close_report(&r);
    assert_int_equal(failed, 0);
}

/* --- whether the comparison can fail ------------------------------------------------------------------------ */

/* A page with a bar, one point to the right of where it should be, or not. */
static struct picture bar(struct report *r, float x)
{
    struct scene *scene = scene_new();
    size_t page = scene_page_add(scene, 360, 360);
    const struct path_step steps[] = { { PATH_MOVE, { x }, { 100 } },
                                       { PATH_LINE, { x + 100 }, { 100 } },
                                       { PATH_LINE, { x + 100 }, { 136 } },
                                       { PATH_LINE, { x }, { 136 } },
                                       { PATH_CLOSE, { 0 }, { 0 } } };
    scene_path(scene, page, steps, 5, (struct paint){ .fill = true, .fill_rgb = 0x0B5563 });
    struct picture picture = draw(r, scene, page, 72);
    scene_drop(scene);
    return picture;
}

static void what_moved_is_found(void **state)
{
    (void)state;
    struct report r = open_report(".", "iraq-briefing");
    struct picture here = bar(&r, 100), a_bit = bar(&r, 100.05f), there = bar(&r, 101);
    int box[4];
    assert_int_equal(here.width, 360);
    assert_int_equal(here.grey[100 * 360 + 99], 255);
    assert_int_equal(here.grey[100 * 360 + 100], 68); /* 0.299 0x0B + 0.587 0x55 + 0.114 0x63, in steps of 17 */
    assert_int_equal(picture_differences(&here, &here, box), 0);
    assert_int_equal(picture_differences(&here, &a_bit, box), 0);
    assert_int_equal(picture_differences(&here, &there, box), 2 * 36); /* its left and its right edge */
    assert_true(2 * 36 > allowed(&here));
    const int want[4] = { 100, 100, 201, 136 };
    assert_memory_equal(box, want, sizeof want);
    there.width = 180;
    assert_true(picture_differences(&here, &there, box) == SIZE_MAX);
    picture_drop(&here);
    picture_drop(&a_bit);
    picture_drop(&there);
    close_report(&r);
}

/* --- what else the room promises ------------------------------------------------------------------------------ */

static void the_same_page_gives_the_same_bytes_behind_what_was_there(void **state)
{
    (void)state;
    struct report r = open_report(".", "iraq-briefing");
    struct scene *scene = pipeline_scene(&r.pipeline, EDITION_AR, NULL, r.diags);
    struct buf first, second;
    buf_init(&first);
    buf_init(&second);
    buf_add_string(&second, "kept");
    assert_true(preview_page(r.preview, scene, 0, PREVIEW_PNG, 30, &first, r.diags));
    assert_true(preview_page(r.preview, scene, 0, PREVIEW_PNG, 30, &second, r.diags));
    assert_int_equal(second.length, first.length + 4);
    assert_memory_equal(second.data, "kept", 4);
    assert_memory_equal(second.data + 4, first.data, first.length);
    buf_drop(&first);
    buf_drop(&second);
    scene_drop(scene);
    close_report(&r);
}

static void a_page_that_is_too_large_is_refused(void **state)
{
    (void)state;
    struct report r = open_report(".", "iraq-briefing");
    struct scene *scene = scene_new();
    struct buf out;
    buf_init(&out);
    buf_add_string(&out, "kept");
    size_t page = scene_page_add(scene, 14400, 842);
    assert_false(preview_page(r.preview, scene, page, PREVIEW_PNG, 600, &out, r.diags));
    assert_string_equal(out.data, "kept");
    assert_said(r.diags, NULL,
                "error: [preview-page] page 1 of 14400 by 842 points cannot be drawn at 600 dpi: invalid value "
                "(typically too big) for the size of the input (surface, pattern, etc.); fewer dpi make a smaller "
                "picture\n");
    r.diags = diags_new();
    buf_drop(&out);
    scene_drop(scene);
    close_report(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_moved_is_found),
        cmocka_unit_test(the_same_page_gives_the_same_bytes_behind_what_was_there),
        cmocka_unit_test(a_page_that_is_too_large_is_refused),
        cmocka_unit_test(first_pages_of_the_briefing_are_as_they_were),
        cmocka_unit_test(pages_of_the_gallery_are_as_they_were),
        cmocka_unit_test(every_block_is_as_it_was),
        cmocka_unit_test(every_layout_is_as_it_was),
    };
    return cmocka_run_group_tests_name("preview", tests, NULL, NULL);
}
