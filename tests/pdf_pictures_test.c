/*
 * One scene, two renderings: each page of the shipped reports as the preview draws it, and its PDF as poppler and MuPDF
 * draw it. They are to be one picture; tests/support/picture.h says how near is near enough. What pdf.js and PDFium
 * draw is compared by scripts/check-readers.sh.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/pdf.h"
#include "pipeline/pipeline.h"
#include "preview/preview.h"
#include "support/picture.h"
#include "support/program.h"
#include "support/said.h"

enum { DPI = 100 };

/* The farthest pages of a reader so far. */
struct farthest {
    struct picture_distance of[READER_COUNT];
    size_t pages, failed;
};

struct edition_file {
    const char *report;
    enum edition edition;
    struct pipeline *pipeline;
    struct preview *preview;
    const struct scene *scene;
    char *pdf;
};

static void compare_page(const struct edition_file *f, size_t page, struct farthest *far, struct diags *diags)
{
    struct buf png;
    buf_init(&png);
    assert_true(preview_page(f->preview, f->scene, page, PREVIEW_PNG, DPI, &png, diags));
    struct picture preview = picture_decode(png.data, png.length);
    buf_drop(&png);
    for (int reader = 0; reader < READER_COUNT; reader++) {
        struct picture now = picture_by_reader((enum picture_reader)reader, f->pdf, page + 1, DPI);
        struct picture_distance d = picture_distance(&preview, &now), *most = &far->of[reader];
        if (!picture_agrees((enum picture_reader)reader, d)) {
            print_error("%s, %s, page %zu, %s: mean difference %.2f, %.2f %% far\n", f->report,
                        edition_name(f->edition), page + 1, picture_readers[reader], d.mean, 100 * d.far);
            far->failed++;
        }
        most->mean = d.mean > most->mean ? d.mean : most->mean;
        most->far = d.far > most->far ? d.far : most->far;
        picture_drop(&now);
    }
    picture_drop(&preview);
    far->pages++;
}

static void check_program(const char *const argv[], const char *wanted)
{
    struct outcome o = program_run(argv, NULL);
    assert_int_equal(o.code, 0);
    assert_string_equal(o.err, ""); /* mutool says there what it had to mend */
    assert_non_null(strstr(o.out, wanted));
    outcome_drop(&o);
}

static void compare_edition(struct edition_file *f, size_t most, struct farthest *far, const char *folder, struct diags *diags)
{
    struct scene *scene = pipeline_scene(f->pipeline, f->edition, NULL, diags);
    struct buf pdf;
    buf_init(&pdf);
    assert_non_null(scene);
    assert_true(pdf_write(scene, f->pipeline->fonts, &pdf, diags));
    f->scene = scene;
    f->pdf = text_join(folder, "edition.pdf");
    file_write(f->pdf, pdf.data, pdf.length);
    check_program((const char *const[]){ "qpdf", "--check", f->pdf, NULL }, "No syntax or stream encoding errors");
    check_program((const char *const[]){ "mutool", "info", f->pdf, NULL }, "Pages: ");
    for (size_t page = 0; page < most && page < scene_pages(scene); page++)
        compare_page(f, page, far, diags);
    buf_drop(&pdf);
    free(f->pdf);
    scene_drop(scene);
}

/* So many of the editions, so many pages of each at most, and so many in all. */
static void compare_report(const char *workspace, const char *name, int editions, size_t most, size_t pages)
{
    struct pipeline pipeline;
    struct diags *diags = diags_new();
    struct farthest far = { .pages = 0 };
    char *folder = tree_new();
    assert_true(pipeline_open(&pipeline, workspace, name, NULL, NULL, diags));
    struct preview *preview = preview_new(pipeline.fonts);
    for (int e = 0; e < editions; e++) {
        struct edition_file f = { .report = name, .edition = (enum edition)e, .pipeline = &pipeline, .preview = preview };
        compare_edition(&f, most, &far, folder, diags);
    }
    for (int reader = 0; reader < READER_COUNT; reader++)
        print_message("  %s, %zu pages, %s: at most %.2f mean difference, %.3f %% far\n", name, far.pages,
                      picture_readers[reader], far.of[reader].mean, 100 * far.of[reader].far);
    assert_int_equal(far.failed, 0);
    assert_true(far.pages == pages);
    preview_drop(preview);
    pipeline_close(&pipeline);
    assert_said(diags, NULL, "");
    tree_remove(folder);
}

static void pages_of_the_briefing_are_those_of_the_preview(void **state)
{
    (void)state;
    compare_report(".", "iraq-briefing", EDITION_COUNT, 2, 8);
}

static void pages_of_the_gallery_are_those_of_the_preview(void **state)
{
    (void)state;
    compare_report(".", "chart-gallery", EDITION_SEQUENTIAL, SIZE_MAX, 29);
}

static void every_block_is_that_of_the_preview(void **state)
{
    (void)state;
    char *folder = workspace_new("tests/data/report/good");
    compare_report(folder, "sample", EDITION_COUNT, SIZE_MAX, 10);
    compare_report(folder, "blocks", EDITION_COUNT, SIZE_MAX, 20);
    tree_remove(folder);
}

/* An image of few pixels, enlarged, and one of many, made smaller. Neither is smoothed where it is enlarged: PDF says so
 * (ISO 32000-1, 8.9.5.3), and of four readers only PDFium smooths. */
static void enlarged_images_are_those_of_the_preview(void **state)
{
    (void)state;
    enum { FEW = 8, MANY = 300 };
    static uint8_t few[FEW * FEW * 3], many[MANY * MANY * 3];
    struct diags *diags = diags_new();
    struct font_set *fonts = font_set_load(".", "briefing", diags);
    struct preview *preview = preview_new(fonts);
    struct scene *scene = scene_new();
    char *folder = tree_new();
    for (size_t i = 0; i < sizeof few; i++)
        few[i] = (uint8_t)((i / 3 + i / 3 / FEW) % 2 ? 230 : 20 * (i % 7));
    for (size_t i = 0; i < sizeof many; i++)
        many[i] = (uint8_t)(i / 3 % MANY * 255 / MANY);
    const struct image small = { IMAGE_RGB, FEW, FEW, false, few, sizeof few, NULL };
    const struct image large = { IMAGE_RGB, MANY, MANY, false, many, sizeof many, NULL };
    scene_page_add(scene, 288, 288);
    scene_set_meta(scene, (struct scene_meta){ .title = "Images", .lang = LANG_EN, .date = "2024-04-03" });
    scene_artifact_begin(scene, 0, ARTIFACT_LAYOUT);
    scene_image(scene, 0, &small, "small", 21.7f, 21.7f, 115, 115); /* readers round outwards, to whole dots */
    scene_image(scene, 0, &large, "large", 158.5f, 21.7f, 100.6f, 100.6f);
    scene_artifact_end(scene, 0);
    struct buf pdf;
    buf_init(&pdf);
    assert_true(pdf_write(scene, fonts, &pdf, diags));
    struct edition_file f = { .report = "images", .preview = preview, .scene = scene, .pdf = text_join(folder, "i.pdf") };
    struct farthest far = { .pages = 0 };
    file_write(f.pdf, pdf.data, pdf.length);
    compare_page(&f, 0, &far, diags);
    assert_int_equal(far.failed, 0);
    buf_drop(&pdf);
    free(f.pdf);
    tree_remove(folder);
    scene_drop(scene);
    preview_drop(preview);
    font_set_drop(fonts);
    assert_said(diags, NULL, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_of_the_briefing_are_those_of_the_preview),
        cmocka_unit_test(pages_of_the_gallery_are_those_of_the_preview),
        cmocka_unit_test(every_block_is_that_of_the_preview),
        cmocka_unit_test(enlarged_images_are_those_of_the_preview),
    };
    return cmocka_run_group_tests_name("pdf_pictures", tests, NULL, NULL);
}
