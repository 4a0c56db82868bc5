/*
 * The sequential edition: two parts in one document that do not get into each other's way. And what a layout says of
 * pages: how many there may be, what stands at their head and foot, a title page.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "layout/layout.h"
#include "support/blocks.h"
#include "report/report.h"
#include "support/program.h"

static struct fixture {
    struct arena *arena;
    struct diags *diags;
    struct doc *doc;
    struct style style; /* changed by the tests */
    struct font_set *fonts;
    struct text_engine *text;
} fix;

static int set_up(void **state)
{
    (void)state;
    fix.arena = arena_new();
    fix.diags = diags_new();
    fix.doc = report_build("tests/data/report/good", "sample", NULL, NULL, fix.diags);
    fix.style = *style_load(".", "briefing-a4", fix.arena, fix.diags);
    fix.fonts = font_set_load(".", fix.style.fonts, fix.diags);
    fix.text = text_engine_new(fix.fonts);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    text_engine_drop(fix.text);
    font_set_drop(fix.fonts);
    doc_drop(fix.doc);
    diags_drop(fix.diags);
    arena_drop(fix.arena);
    return 0;
}

static struct scene *lay_out(enum edition edition)
{
    struct scene *scene = layout_doc(fix.doc, &fix.style, edition, fix.text, fix.diags);
    assert_non_null(scene);
    return scene;
}

static const struct text_line *line_with(const struct scene_page *page, const char *words)
{
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind != SCENE_TEXT)
            continue;
        char *text = strndup(c->text.line->text, c->text.line->length);
        bool found = strstr(text, words);
        free(text);
        if (found)
            return c->text.line;
    }
    return NULL;
}

static size_t first_arabic_page(const struct scene *scene)
{
    for (size_t p = 0; p < scene_pages(scene); p++) {
        const struct scene_page *page = scene_page_at(scene, p);
        if (page->command_count && line_with(page, "المجالس والهجمات"))
            return p;
    }
    fail_msg("no Arabic title");
    return 0;
}

/* Everything is in one of two sections, and in the language of its section. */
static void parts_are_sections_with_a_language(void **state)
{
    (void)state;
    struct scene *scene = lay_out(EDITION_SEQUENTIAL);
    size_t sections = 0;
    for (size_t i = 1; i < scene_tags(scene); i++) {
        const struct scene_tag *tag = scene_tag_at(scene, i), *top = tag;
        while (top->parent->parent)
            top = top->parent;
        assert_int_equal(top->role, TAG_SECT);
        assert_true(top->has_lang);
        if (tag == top)
            assert_int_equal(tag->lang, sections++ ? LANG_AR : LANG_EN);
        if (tag->has_lang)
            assert_int_equal(tag->lang, top->lang);
    }
    assert_int_equal(sections, 2);
    assert_string_equal(scene_meta_of(scene)->title, "Councils and attacks · المجالس والهجمات");
    assert_true(scene_meta_of(scene)->has_lang[LANG_EN] && scene_meta_of(scene)->has_lang[LANG_AR]);
    scene_drop(scene);
}

static size_t page_of(const struct scene *scene, const char *dest)
{
    size_t page = SIZE_MAX;
    for (size_t i = 0; i < scene_dests(scene); i++) {
        if (strcmp(scene_dest_at(scene, i)->name, dest) != 0)
            continue;
        assert_true(page == SIZE_MAX); /* names are unique */
        page = scene_dest_at(scene, i)->page;
    }
    if (page == SIZE_MAX)
        fail_msg("no destination %s", dest);
    return page;
}

/* Links and bookmarks lead into their own part. */
static void links_stay_in_their_part(void **state)
{
    (void)state;
    struct scene *scene = lay_out(EDITION_SEQUENTIAL);
    size_t arabic = first_arabic_page(scene), links = 0;
    for (size_t p = 0; p < scene_pages(scene); p++) {
        const struct scene_page *page = scene_page_at(scene, p);
        for (size_t i = 0; i < page->link_count; i++) {
            if (!page->links[i].dest)
                continue;
            assert_true((page_of(scene, page->links[i].dest) >= arabic) == (p >= arabic));
            links++;
        }
    }
    assert_true(links > 4);
    for (size_t i = 0; i < scene_outlines(scene); i++) {
        const struct scene_outline *o = scene_outline_at(scene, i);
        assert_true((page_of(scene, o->dest) >= arabic) == (o->lang == LANG_AR));
        bool title = strcmp(o->title, "Councils and attacks") == 0 || strcmp(o->title, "المجالس والهجمات") == 0;
        assert_int_equal(o->level == 1, title);
    }
    assert_int_equal(page_of(scene, "title"), 0);
    assert_int_equal(page_of(scene, "ar.title"), arabic);
    scene_drop(scene);
}

#define LRI "\xE2\x81\xA6"
#define PDI "\xE2\x81\xA9"

static void pages_are_numbered_through(void **state)
{
    (void)state;
    struct scene *scene = lay_out(EDITION_SEQUENTIAL);
    size_t arabic = first_arabic_page(scene), pages = scene_pages(scene);
    assert_true(arabic > 0 && arabic < pages);
    for (size_t p = 0; p < pages; p++) {
        const char *words = arena_printf(fix.arena, p < arabic ? "Page " LRI "%zu" PDI " of " LRI "%zu" PDI
                                         : "صفحة " LRI "%zu" PDI " من " LRI "%zu" PDI, p + 1, pages);
        assert_non_null(line_with(scene_page_at(scene, p), words));
    }
    assert_int_equal(scene_meta_of(scene)->binding, DIR_LTR);
    scene_drop(scene);
}

/* Where the print is to be taken apart, the Arabic part has a right-hand page in front. */
static void the_second_part_may_begin_on_an_odd_page(void **state)
{
    (void)state;
    fix.style.title = TITLE_PAGE;
    struct scene *scene = lay_out(EDITION_SEQUENTIAL);
    size_t next = first_arabic_page(scene);
    scene_drop(scene);
    fix.style.part_begins = PART_ODD_PAGE;
    scene = lay_out(EDITION_SEQUENTIAL);
    assert_int_equal(first_arabic_page(scene), next + next % 2);
    if (next % 2)
        assert_int_equal(scene_page_at(scene, next)->command_count, 0);
    assert_int_equal(first_arabic_page(scene) % 2, 0);
    scene_drop(scene);
    fix.style.title = TITLE_BAND;
    fix.style.part_begins = PART_NEXT_PAGE;
}

/* Blank pages at the end fill up folded sheets; nothing is on them. */
static void blank_pages_fill_the_last_sheet(void **state)
{
    (void)state;
    for (enum edition edition = EDITION_PARALLEL; edition < EDITION_COUNT; edition++) {
        struct scene *scene = lay_out(edition);
        const size_t pages = scene_pages(scene);
        scene_drop(scene);
        fix.style.pages_multiple = 4;
        scene = lay_out(edition);
        assert_int_equal(scene_pages(scene), (pages + 3) / 4 * 4);
        for (size_t p = 0; p < scene_pages(scene); p++)
            assert_true((scene_page_at(scene, p)->command_count == 0) == (p >= pages));
        assert_float_equal(scene_page_at(scene, scene_pages(scene) - 1)->width, fix.style.page_width, 0.01);
        scene_drop(scene);
        fix.style.pages_multiple = 1;
    }
}

/* A title page holds the title and nothing of the text. */
static void a_title_page_stands_alone(void **state)
{
    (void)state;
    fix.style.title = TITLE_PAGE;
    struct scene *scene = lay_out(EDITION_EN);
    const struct scene_page *page = scene_page_at(scene, 0);
    assert_non_null(line_with(page, "Councils and attacks"));
    for (size_t i = 0; i < scene_dests(scene); i++)
        assert_true(scene_dest_at(scene, i)->page > 0);
    scene_drop(scene);
    fix.style.title = TITLE_BAND;
}

/* What does not fit says by how much: half an inch more room at the foot than it asks for, and it fits. */
static void too_many_pages_are_an_error(void **state)
{
    (void)state;
    struct diags *diags = diags_new();
    struct scene *scene;
    fix.style.most_pages = 1;
    fix.style.page_height = 400;
    assert_null(layout_doc(fix.doc, &fix.style, EDITION_EN, fix.text, diags));
    assert_int_equal(diags_count(diags), 1);
    const char *over = strstr(diags_get(diags, 0)->message, "its text is ");
    assert_non_null(over);
    fix.style.page_height += strtof(over + strlen("its text is "), NULL) + 36;
    scene = lay_out(EDITION_EN);
    assert_int_equal(scene_pages(scene), 1);
    scene_drop(scene);
    diags_drop(diags);
    fix.style.page_height = 841.8898f;
    fix.style.most_pages = 0;
}

/* Each part is counted by itself; the place is that of the layout's key. */
static void each_part_has_its_pages_counted(void **state)
{
    (void)state;
    struct diags *diags = diags_new();
    unsigned line, col;
    fix.style.most_pages = 1;
    fix.style.margin_top = 400;
    assert_null(layout_doc(fix.doc, &fix.style, EDITION_SEQUENTIAL, fix.text, diags));
    assert_int_equal(diags_count(diags), LANG_COUNT);
    file_find("layouts/briefing-a4.yaml", "0 # 0: as many", &line, &col);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf said;
        buf_init(&said);
        diag_format(diags_get(diags, (size_t)lang), &said);
        const char *start = arena_printf(fix.arena, "layouts/briefing-a4.yaml:%u:%u: error: [layout-pages] sample, "
                                         "edition %s, takes ", line, col, lang_tag((enum lang)lang));
        assert_int_equal(strncmp(said.data, start, strlen(start)), 0);
        assert_non_null(strstr(said.data, " pages of at most 1: its text is "));
        buf_drop(&said);
    }
    diags_drop(diags);
    fix.style.margin_top = 68;
    fix.style.most_pages = 0;
}

static void heads_and_feet_say_what_the_layout_says(void **state)
{
    (void)state;
    const struct style kept = fix.style;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        fix.style.header.words[POSITION_START][lang] = "{section}";
        fix.style.header.words[POSITION_CENTRE][lang] = "{edition}";
        fix.style.header.words[POSITION_END][lang] = "no. {issue}, {as_of}";
        fix.style.footer.words[POSITION_START][lang] = "{author}";
        fix.style.footer.words[POSITION_END][lang] = "{subtitle}";
    }
    fix.style.first_header = true;
    struct scene *scene = lay_out(EDITION_SEQUENTIAL);
    size_t arabic = first_arabic_page(scene);
    const struct scene_page *first = scene_page_at(scene, 0), *part = scene_page_at(scene, arabic);
    assert_non_null(line_with(first, "no. " LRI "1" PDI ", " LRI "3 April 2024" PDI));
    assert_non_null(line_with(first, "English"));
    assert_non_null(line_with(first, "Seats of"));
    assert_non_null(line_with(part, "العربية"));
    assert_non_null(line_with(part, "3 نيسان 2024"));
    assert_non_null(line_with(part, "موجز"));
    scene_drop(scene);
    fix.doc->issue = 0; /* then there is nothing to say of it, and the position stays empty */
    scene = lay_out(EDITION_EN);
    assert_null(line_with(scene_page_at(scene, 0), "no. "));
    scene_drop(scene);
    fix.doc->issue = 1;
    fix.style = kept;
}

/* Beside each other two page numbers of one page would look like a mistake. */
static void what_both_languages_say_alike_is_printed_once(void **state)
{
    (void)state;
    static const struct {
        const char *en, *ar;
        size_t count;
    } cases[] = { { "§{page}", "§{page}", 1 }, { "§{page}", "§ {page}", 2 }, { "§ {page} {title}", "§ {page} {title}", 2 },
                  { "§ a text that is wider than the gutter", "§ a text that is wider than the gutter", 2 } };
    const struct style kept = fix.style;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (int position = POSITION_START; position < POSITION_COUNT; position++) {
            fix.style = kept;
            for (int lang = 0; lang < LANG_COUNT; lang++)
                for (int k = 0; k < POSITION_COUNT; k++)
                    fix.style.footer.words[k][lang] = k == position ? lang == LANG_AR ? cases[i].ar : cases[i].en : "";
            struct scene *scene = lay_out(EDITION_PARALLEL);
            size_t count = text_count(scene_page_at(scene, 0), "§");
            assert_int_equal(count, position == POSITION_START ? 2 : cases[i].count);
            if (count == 1) { /* in the middle of the page */
                const struct scene_command *c = text_first(scene_page_at(scene, 0), "§");
                assert_float_equal(c->text.x + c->text.line->width / 2, fix.style.page_width / 2, 0.1f);
            }
            scene_drop(scene);
        }
    fix.style = kept;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_sections_with_a_language),
        cmocka_unit_test(links_stay_in_their_part),
        cmocka_unit_test(pages_are_numbered_through),
        cmocka_unit_test(the_second_part_may_begin_on_an_odd_page),
        cmocka_unit_test(blank_pages_fill_the_last_sheet),
        cmocka_unit_test(a_title_page_stands_alone),
        cmocka_unit_test(too_many_pages_are_an_error),
        cmocka_unit_test(each_part_has_its_pages_counted),
        cmocka_unit_test(heads_and_feet_say_what_the_layout_says),
        cmocka_unit_test(what_both_languages_say_alike_is_printed_once),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
