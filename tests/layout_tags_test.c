/* The structure tree of documents built by hand: what a screen reader is told, of what is on the page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <string.h>

#include "layout/layout.h"
#include "support/blocks.h"

static struct blocks_setting set;

static int set_up(void **state)
{
    (void)state;
    bool opened = blocks_setting_open(&set);
    blocks_setting_sign(&set);
    return opened ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    blocks_setting_drop(&set);
    return 0;
}

static struct scene *lay_out(const struct blocks *blocks, const char *layout, enum edition edition)
{
    const struct style *style = style_load(".", layout, set.arena, set.diags);
    struct doc doc = set.doc;
    doc.blocks = blocks->first;
    assert_non_null(style);
    struct scene *scene = layout_doc(&doc, style, edition, set.text, set.diags);
    assert_int_equal(diags_count(set.diags), 0);
    assert_non_null(scene);
    return scene;
}

/* The nth element of the scene with that role. */
static const struct scene_tag *tag_of(const struct scene *scene, enum tag_role role, size_t nth)
{
    for (size_t i = 0; i < scene_tags(scene); i++)
        if (scene_tag_at(scene, i)->role == role && nth-- == 0)
            return scene_tag_at(scene, i);
    return NULL;
}

/* The element whose content the first line with these words is; NULL: an artifact's. */
static const struct scene_tag *owner_of(const struct scene *scene, const char *words)
{
    const struct scene_page *page = scene_page_at(scene, 0);
    const struct scene_tag *open = NULL;
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind == SCENE_TAG_BEGIN)
            open = c->tag;
        else if (c->kind == SCENE_TAG_END)
            open = NULL;
        else if (c->kind == SCENE_TEXT && line_holds(c->text.line, words))
            return open;
    }
    fail_msg("no text with '%s'", words);
    return NULL;
}

/* The author stands nowhere else in the text; a subtitle that is not there has no element. */
static void a_title_page_is_told_whole(void **state)
{
    (void)state;
    struct blocks blocks = { .arena = set.arena };
    blocks_paragraph(&blocks, "Filler", 3);
    struct scene *scene = lay_out(&blocks, "booklet-a5", EDITION_EN);
    const struct scene_tag *title = tag_of(scene, TAG_H1, 0), *author = owner_of(scene, "Authorname");
    const struct scene_tag *issue = owner_of(scene, "Issueline");
    assert_non_null(author);
    assert_int_equal(author->role, TAG_P);
    assert_int_equal(issue->role, TAG_P);
    assert_int_equal(author->id, title->id + 1);
    assert_int_equal(issue->id, author->id + 1);
    scene_drop(scene);
}

static void an_entry_of_the_contents_is_a_reference(void **state)
{
    (void)state;
    struct blocks blocks = { .arena = set.arena };
    blocks_add(&blocks, BLOCK_CONTENTS, "Contents", "Contents");
    blocks_heading(&blocks, 2, "s", "Section", "Section");
    blocks_paragraph(&blocks, "Filler", 3);
    struct scene *scene = lay_out(&blocks, "briefing-a4", EDITION_EN);
    const struct scene_tag *link = tag_of(scene, TAG_LINK, 0);
    assert_int_equal(link->parent->role, TAG_REFERENCE);
    assert_int_equal(link->parent->parent->role, TAG_TOC_ITEM);
    scene_drop(scene);
}

static void add_list(struct blocks *blocks, bool ordered, struct block *inner)
{
    struct blocks items = { .arena = set.arena }, words = { .arena = set.arena };
    struct block *list = blocks_add(blocks, BLOCK_LIST, "", "");
    list->tight = true;
    list->ordered = ordered;
    list->start = 1;
    list->first_child = blocks_add(&items, BLOCK_ITEM, "", "");
    items.last->first_child = blocks_add(&words, BLOCK_PARAGRAPH, "Item", "Item");
    words.last->next = inner;
}

/* Bullets that have a name in PDF have it; dashes, and what has no mark, have none. */
static void lists_say_what_is_before_their_items(void **state)
{
    (void)state;
    static const enum tag_numbering wanted[] = { NUMBERING_DISC, NUMBERING_NONE, NUMBERING_DECIMAL, NUMBERING_NONE };
    static const size_t order[] = { 0 };
    const struct doc_source source = { .text = { blocks_text("A source"), blocks_text("A source") } };
    const struct doc_sources sources = { .count = 1, .list = &source, .order = { order, order } };
    struct blocks blocks = { .arena = set.arena }, inner = { .arena = set.arena };
    add_list(&inner, false, NULL); /* below a bullet: a dash */
    add_list(&blocks, false, inner.first);
    add_list(&blocks, true, NULL);
    blocks_add(&blocks, BLOCK_SOURCES, "", "")->sources = &sources;
    struct scene *scene = lay_out(&blocks, "briefing-a4", EDITION_EN);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_int_equal(tag_of(scene, TAG_LIST, i)->numbering, wanted[i]);
    scene_drop(scene);
}

/* A row of a line's data is headed by its series and its day, not by its value. */
static void data_of_charts_have_headers(void **state)
{
    (void)state;
    static const struct chart_row rows[] = {
        { .series = { "Rain", "مطر" }, .value = { 12, 0 }, .start = { 2024, 2, 1 } },
        { .series = { "Rain", "مطر" }, .value = { 13, 0 }, .start = { 2024, 3, 1 } },
    };
    static const char *const wanted[] = { "series", "date", "value", "Rain", "1 February 2024", "12",
                                          "Rain", "1 March 2024", "13" };
    static const struct chart_spec spec = { .id = "rain", .type = CHART_LINE, .rows = rows, .row_count = 2,
                                            .title = { "Rain", "مطر" } };
    struct blocks blocks = { .arena = set.arena };
    blocks_chart(&blocks, &spec);
    struct scene *scene = lay_out(&blocks, "briefing-a4", EDITION_EN);
    const struct scene_page *page = scene_page_at(scene, 0);
    size_t cell = 0;
    for (size_t i = 0; i < page->tag_count; i++) {
        const struct scene_tag *tag = page->tags[i];
        if (tag->role != TAG_HEADER_CELL && tag->role != TAG_DATA_CELL)
            continue;
        assert_true(cell < 9);
        assert_string_equal(tag->text, wanted[cell]);
        assert_int_equal(tag->role, cell < 3 || cell % 3 < 2 ? TAG_HEADER_CELL : TAG_DATA_CELL);
        cell++;
    }
    assert_int_equal(cell, 9);
    scene_drop(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_page_is_told_whole),
        cmocka_unit_test(an_entry_of_the_contents_is_a_reference),
        cmocka_unit_test(lists_say_what_is_before_their_items),
        cmocka_unit_test(data_of_charts_have_headers),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
