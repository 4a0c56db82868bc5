/* A report that stays open: what is kept from one build to the next, and that its pages are those of a new build. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "dataset/dataset.h"
#include "live/live.h"
#include "live/watch.h"
#include "support/program.h"

struct open {
    char *folder, *en, *package, *report[1];
    struct options options;
    struct live live;
    struct diags *diags;
};

static int set_up(void **state)
{
    struct open *o = calloc(1, sizeof *o);
    o->folder = workspace_new("tests/data/cli");
    o->en = text_join(o->folder, "reports/mini/en.md");
    o->package = text_join(o->folder, "datasets/lists/datapackage.json");
    o->report[0] = "mini";
    o->options = (struct options){ .workspace = o->folder, .reports = o->report, .report_count = 1 };
    o->diags = diags_new();
    live_open(&o->live, &o->options);
    *state = o;
    return 0;
}

static int tear_down(void **state)
{
    struct open *o = *state;
    live_close(&o->live);
    diags_drop(o->diags);
    tree_remove(o->folder);
    free(o->en);
    free(o->package);
    free(o);
    return 0;
}

/* The digests of the pages, one behind the other; heap. */
static char *digests(const struct live *l)
{
    size_t count = scene_pages(l->scene);
    char *all = calloc(count, HASH_HEX);
    for (size_t i = 0; i < count; i++)
        scene_page_digest(l->scene, i, all + i * (HASH_HEX - 1));
    return all;
}

static void a_text_is_built_again_with_the_fonts_and_words_of_before(void **state)
{
    struct open *o = *state;
    assert_true(live_build(&o->live, WATCH_ALL, NULL, EDITION_PARALLEL, o->diags));
    const struct font_set *fonts = o->live.pipeline.fonts;
    const struct text_engine *engine = o->live.pipeline.engine;
    char *before = digests(&o->live);
    file_replace(o->en, "The three lists hold", "Three lists hold");
    assert_true(live_build(&o->live, WATCH_REPORT, NULL, EDITION_PARALLEL, o->diags));
    assert_ptr_equal(o->live.pipeline.fonts, fonts);
    assert_ptr_equal(o->live.pipeline.engine, engine);
    char *changed = digests(&o->live);
    assert_string_not_equal(changed, before);
    /* As from nothing. */
    struct live anew;
    live_open(&anew, &o->options);
    assert_true(live_build(&anew, WATCH_ALL, NULL, EDITION_PARALLEL, o->diags));
    char *from_nothing = digests(&anew);
    assert_string_equal(changed, from_nothing);
    live_close(&anew);
    file_replace(o->en, "Three lists hold", "The three lists hold");
    assert_true(live_build(&o->live, WATCH_REPORT | WATCH_FONTS, NULL, EDITION_PARALLEL, o->diags));
    char *back = digests(&o->live);
    assert_string_equal(back, before);
    free(before);
    free(changed);
    free(from_nothing);
    free(back);
}

static void what_is_wrong_leaves_the_last_good_one(void **state)
{
    struct open *o = *state;
    assert_false(live_build(&o->live, WATCH_ALL, "no-such-layout", EDITION_PARALLEL, o->diags));
    assert_null(o->live.scene);
    assert_true(live_build(&o->live, 0, NULL, EDITION_AR, o->diags));
    assert_int_equal(o->live.edition, EDITION_AR);
    const struct scene *scene = o->live.scene;
    /* One that the layout refuses, after the doc was made: no font has this letter. */
    file_replace(o->en, "First point", "First \xF0\x92\x80\x80 point");
    assert_false(live_build(&o->live, WATCH_REPORT, NULL, EDITION_EN, o->diags));
    assert_ptr_equal(o->live.scene, scene);
    assert_int_equal(o->live.edition, EDITION_AR);
    assert_true(live_turn(&o->live, EDITION_EN, o->diags)); /* of the last good one */
    assert_int_equal(o->live.edition, EDITION_EN);
    file_replace(o->en, "First \xF0\x92\x80\x80 point", "First point");
    assert_true(live_build(&o->live, WATCH_REPORT, "booklet-a5", EDITION_SEQUENTIAL, o->diags));
    assert_int_equal(o->live.edition, EDITION_PARALLEL); /* this report has no sequential edition */
}

static void datasets_stay_loaded_and_say_their_warnings_each_time(void **state)
{
    struct open *o = *state;
    struct dataset_options options = { .shelf = dataset_shelf_new() };
    char *folder = text_join(o->folder, "datasets/lists");
    file_replace(o->package, "{", "{\"nonsense\": 1,");
    const struct dataset *first = dataset_borrow(folder, &options, o->diags);
    assert_non_null(first);
    size_t said = diags_count(o->diags);
    assert_true(said > 0);
    dataset_return(&options, first);
    file_replace(o->package, "{\"nonsense\": 1,", "{");
    const struct dataset *second = dataset_borrow(folder, &options, o->diags);
    assert_ptr_equal(first, second);
    assert_int_equal(diags_count(o->diags), 2 * said);
    dataset_return(&options, second);
    dataset_shelf_clear(options.shelf);
    assert_non_null(dataset_borrow(folder, &options, o->diags));
    assert_int_equal(diags_count(o->diags), 2 * said); /* read anew: it is right now */
    dataset_shelf_drop(options.shelf);
    free(folder);
}

/* Every text and figure on the page lies in a rectangle that says where it is written. */
static void pages_say_where_their_blocks_are_written(void **state)
{
    struct open *o = *state;
    unsigned line, column;
    assert_true(live_build(&o->live, WATCH_ALL, NULL, EDITION_EN, o->diags));
    const struct scene_page *page = scene_page_at(o->live.scene, 0);
    file_find(o->en, "The largest holds", &line, &column);
    size_t lists = 0, paragraphs = 0, notes = 0;
    for (size_t i = 0; i < page->source_count; i++) {
        const struct scene_source *s = &page->sources[i];
        assert_non_null(s->at.file);
        assert_true(s->left >= 0 && s->top >= 0 && s->right <= page->width && s->bottom <= page->height);
        assert_true(s->left < s->right && s->top < s->bottom);
        paragraphs += strcmp(s->at.file, o->en) == 0 && s->at.line == line;
        lists += strcmp(s->at.file, o->en) == 0 && s->at.line == line + 4;
        notes += strcmp(s->at.file, o->en) == 0 && s->at.line == line + 7;
    }
    assert_int_equal(paragraphs, 1);
    assert_int_equal(lists, 1);
    assert_int_equal(notes, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_text_is_built_again_with_the_fonts_and_words_of_before, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_wrong_leaves_the_last_good_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(datasets_stay_loaded_and_say_their_warnings_each_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages_say_where_their_blocks_are_written, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
