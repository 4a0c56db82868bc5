/* The gallery: every type of chart, in each edition and each layout that we ship, without a word of complaint. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pipeline/pipeline.h"
#include "support/program.h"
#include "support/said.h"

#include <stdlib.h>

/* Our own workspace, but a page as dense as the one-pager's may be followed by others. */
static char *gallery_workspace(void)
{
    char *folder = tree_new(), *one;

    tree_copy("datasets", folder);
    tree_copy("reports", folder);
    tree_copy("layouts", folder);
    tree_copy("fonts", folder);
    one = text_join(folder, "layouts/one-pager.yaml");
    file_replace(one, "most_pages: 1", "most_pages: 0");
    free(one);
    return folder;
}

static void check_layout(const char *workspace, const char *layout)
{
    static const enum edition editions[] = { EDITION_PARALLEL, EDITION_EN, EDITION_AR };
    struct diags *diags = diags_new();
    struct pipeline pipeline;

    print_message("%s\n", layout);
    assert_true(pipeline_open(&pipeline, workspace, "chart-gallery", layout, NULL, diags));
    for (size_t i = 0; i < sizeof editions / sizeof *editions; i++)
        scene_drop(pipeline_scene(&pipeline, editions[i], NULL, diags));
    assert_said(diags, NULL, "");
    pipeline_close(&pipeline);
}

static void every_layout_holds_every_chart(void **state)
{
    static const char *const layouts[] = { "briefing-a4", "booklet-a5", "brief-letter", "large-print", "one-pager" };
    char *folder = gallery_workspace();

    (void)state;
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        check_layout(folder, layouts[i]);
    tree_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_layout_holds_every_chart)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
