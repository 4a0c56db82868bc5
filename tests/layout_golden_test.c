/*
 * Every block in every edition, as the scene's text: a change that moves anything on a page shows itself here.
 * MUJAZ_GOLDEN=write writes the files anew, to be looked at before they are committed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "layout/layout.h"
#include "report/report.h"
#include "support/program.h"

static void check_edition(const struct doc *doc, const char *look, enum edition edition)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const struct style *style = style_load(".", "briefing-a4", arena, diags);
    struct style changed = *style;
    changed.table_look = strcmp(look, "zebra") == 0 ? TABLE_ZEBRA : TABLE_RULES;
    struct font_set *fonts = font_set_load(".", style->fonts, diags);
    struct text_engine *text = text_engine_new(fonts);
    struct scene *scene = layout_doc(doc, &changed, edition, text, diags);
    assert_non_null(scene);
    struct buf dump;
    buf_init(&dump);
    scene_dump(scene, &dump);

    char path[128];
    snprintf(path, sizeof path, "tests/golden/layout/%s%s-%s.scene", doc->name, *look ? "-zebra" : "",
             edition_name(edition));
    if (getenv("MUJAZ_GOLDEN") && strcmp(getenv("MUJAZ_GOLDEN"), "write") == 0)
        file_write(path, dump.data, dump.length);
    size_t length;
    char *golden = file_content(path, &length);
    assert_string_equal(dump.data, golden);
    free(golden);
    buf_drop(&dump);
    scene_drop(scene);
    text_engine_drop(text);
    font_set_drop(fonts);
    diags_drop(diags);
    arena_drop(arena);
}

static void check_report(const char *workspace, const char *name, const char *look)
{
    struct diags *diags = diags_new();
    struct doc *doc = report_build(workspace, name, NULL, NULL, diags);
    assert_non_null(doc);
    for (int edition = 0; edition < EDITION_COUNT; edition++)
        check_edition(doc, look, (enum edition)edition);
    doc_drop(doc);
    diags_drop(diags);
}

static void every_edition_is_as_it_was(void **state)
{
    (void)state;
    check_report("tests/data/report/good", "sample", "");
    check_report("tests/data/report/good", "blocks", "");
}

/* Groups, sums, numbers on their points, pages that begin within a group, a table that turns its page. */
static void tables_are_as_they_were(void **state)
{
    (void)state;
    check_report("tests/data/report/tables", "roll", "");
    check_report("tests/data/report/tables", "roll", "zebra");
}

/* Tables of both languages at once: groups and sums at both edges, numbers alone, as asked for, notes in cells. */
static void tables_of_both_are_as_they_were(void **state)
{
    (void)state;
    struct diags *diags = diags_new();
    struct doc *doc = report_build("tests/data/report/tables", "both", NULL, NULL, diags);
    assert_non_null(doc);
    check_edition(doc, "", EDITION_PARALLEL);
    doc_drop(doc);
    diags_drop(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_edition_is_as_it_was),
                                        cmocka_unit_test(tables_are_as_they_were),
                                        cmocka_unit_test(tables_of_both_are_as_they_were) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
