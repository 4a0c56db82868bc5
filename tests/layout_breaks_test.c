/*
 * Where pages end: documents of every length around a page's foot, so that each rule meets the foot at every height.
 * A rule holds in all of them, in every edition.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "layout/layout.h"
#include "support/blocks.h"
#include "support/chart_samples.h"

static struct blocks_setting set;
static struct fixture {
    struct style style;      /* a copy that tests may change */
    struct chart_spec chart; /* with a title that can be told from the text */
    struct rich_text source[LANG_COUNT];
} fix;

static int set_up(void **state)
{
    (void)state;
    bool opened = blocks_setting_open(&set);
    const struct style *style = style_load(".", "briefing-a4", set.arena, set.diags);
    fix.chart = sample_hemicycle;
    fix.chart.title[LANG_EN] = fix.chart.title[LANG_AR] = "Charttitle";
    fix.source[LANG_EN] = fix.source[LANG_AR] = blocks_text("Chartsource");
    if (!style || !opened)
        return -1;
    fix.style = *style;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    blocks_setting_drop(&set);
    return 0;
}

static struct blocks new_blocks(void)
{
    return (struct blocks){ .arena = set.arena };
}

static struct scene *lay_out(const struct blocks *blocks, const struct style *style, enum edition edition)
{
    struct doc doc = set.doc;
    doc.blocks = blocks->first;
    struct scene *scene = layout_doc(&doc, style, edition, set.text, set.diags);
    assert_int_equal(diags_count(set.diags), 0);
    assert_non_null(scene);
    return scene;
}

/* The text that comes before the case, in paragraphs of nine sentences. */
static void fill(struct blocks *blocks, size_t sentences)
{
    for (size_t left = sentences; left > 0; left -= left < 9 ? left : 9)
        blocks_paragraph(blocks, "Filler", left < 9 ? left : 9);
}

static size_t page_with(const struct scene *scene, const char *words)
{
    for (size_t p = 0; p < scene_pages(scene); p++)
        if (text_count(scene_page_at(scene, p), words))
            return p;
    fail_msg("no page has \"%s\"", words);
    return 0;
}

static void headings_under_each_other_stay_with_two_lines(void **state)
{
    (void)state;
    size_t last = 0, turned = 0;
    for (size_t n = 60; n < 120; n += 3)
        for (int edition = 0; edition < EDITION_COUNT; edition++) {
            struct blocks blocks = new_blocks();
            fill(&blocks, n);
            blocks_heading(&blocks, 2, "upper", "Upperhead", "العنوان الأعلى");
            blocks_heading(&blocks, 3, "lower", "Lowerhead", "العنوان الأدنى");
            blocks_paragraph(&blocks, "Target", 16);
            struct scene *scene = lay_out(&blocks, &fix.style, (enum edition)edition);
            const char *upper = edition == EDITION_AR ? "العنوان الأعلى" : "Upperhead";
            const char *lower = edition == EDITION_AR ? "العنوان الأدنى" : "Lowerhead";
            size_t page = page_with(scene, upper);
            const struct scene_page *at = scene_page_at(scene, page);
            assert_int_equal(text_count(at, lower), 1);
            float below = text_first(at, lower)->text.baseline, lines = 0;
            for (size_t i = 0; i < at->command_count; i++)
                lines += at->commands[i].kind == SCENE_TEXT && at->commands[i].text.baseline > below + 1
                      && at->commands[i].text.line->role == FONT_READING;
            assert_true(lines >= (edition == EDITION_PARALLEL ? 4 : 2));
            turned += page != last;
            last = page;
            scene_drop(scene);
        }
    assert_true(turned > 1); /* the headings have been at the foot and overleaf */
}

/* Rows of text on the page below the first line that holds the words. */
static size_t rows_below(const struct scene_page *page, const char *words)
{
    float below = text_first(page, words)->text.baseline;
    size_t rows = 0;
    for (size_t i = 0; i < page->command_count; i++)
        rows += page->commands[i].kind == SCENE_TEXT && page->commands[i].text.baseline > below + 1
             && page->commands[i].text.line->role == FONT_READING;
    return rows;
}

/* Where little white is the price, three lines stand below a heading at a page's foot, and an item of a list is not
 * parted. */
static void little_is_not_parted_at_the_foot(void **state)
{
    (void)state;
    size_t twos = 0, heads = 0, parted = 0;
    for (size_t n = 40; n < 140; n++) {
        struct blocks blocks = new_blocks();
        fill(&blocks, n);
        blocks_heading(&blocks, 3, "head", "Headword", "العنوان");
        blocks_paragraph(&blocks, "Target", 14);
        struct block *list = blocks_add(&blocks, BLOCK_LIST, "", "");
        struct blocks items = { .arena = set.arena }, inner = { .arena = set.arena };
        list->first_child = blocks_add(&items, BLOCK_ITEM, "", "");
        items.last->first_child = blocks_paragraph(&inner, "Listed", 9);
        fill(&blocks, 60);
        struct scene *scene = lay_out(&blocks, &fix.style, EDITION_EN);
        size_t rows = rows_below(scene_page_at(scene, page_with(scene, "Headword")), "Headword");
        heads++;
        twos += rows == 2;
        size_t pages = 0;
        for (size_t p = 0; p < scene_pages(scene); p++)
            pages += text_count(scene_page_at(scene, p), "Listed") > 0;
        parted += pages > 1;
        scene_drop(scene);
    }
    print_message("of %zu: %zu headings above two lines, %zu items parted\n", heads, twos, parted);
    assert_true(twos <= 1 && parted <= 1);
}

/* A few lines that would stand on a last page of their own are taken up by the page before, whose paragraphs then stand
 * closer; where that is not enough they stay. */
static void a_scrap_of_a_page_is_saved(void **state)
{
    (void)state;
    size_t closer = 0, scraps = 0, pages_before = 0;
    for (size_t n = 60; n < 140; n++) {
        struct blocks blocks = new_blocks();
        for (size_t k = 0; k < n; k++)
            blocks_paragraph(&blocks, "Filler", 2);
        struct scene *scene = lay_out(&blocks, &fix.style, EDITION_EN);
        const size_t pages = scene_pages(scene);
        float first = text_first(scene_page_at(scene, 1), "Filler")->text.baseline;
        float last = text_last(scene_page_at(scene, pages - 1), "Filler")->text.baseline;
        scraps += last < first + 0.1f * (fix.style.page_height - fix.style.margin_top - fix.style.margin_bottom);
        assert_true(pages >= pages_before); /* more text never takes fewer pages */
        pages_before = pages;
        float next = 0; /* the second paragraph of the page */
        for (size_t i = 0; i < scene_page_at(scene, 1)->command_count && next == 0; i++) {
            const struct scene_command *c = &scene_page_at(scene, 1)->commands[i];
            if (c->kind == SCENE_TEXT && line_holds(c->text.line, "Filler") && c->text.baseline > first + 1)
                next = c->text.baseline;
        }
        float rows = floorf((next - first) / fix.style.grid);
        closer += next - first - rows * fix.style.grid < (fix.style.space_paragraph - 0.02f) * fix.style.grid;
        scene_drop(scene);
    }
    print_message("of 80: %zu set closer, %zu scraps\n", closer, scraps);
    assert_true(closer > 3 && closer < 26 && scraps <= 1);
}

/* A figure is whole, comes after the text before it and in order; no paragraph goes on below it from the page
 * before. */
static void check_figures(const struct scene *scene, const char *const names[], size_t count)
{
    size_t page_before = 0;
    float y_before = 0;
    for (size_t i = 0; i < count; i++) {
        size_t p = page_with(scene, names[i]);
        const struct scene_page *page = scene_page_at(scene, p);
        float y = text_first(page, names[i])->text.baseline, above = 0;
        assert_true(p > page_before || (p == page_before && y > y_before));
        page_before = p;
        y_before = y;
        for (size_t c = 0; c < page->command_count; c++)
            if (page->commands[c].kind == SCENE_TEXT && page->commands[c].text.line->role == FONT_READING
                && page->commands[c].text.baseline < y)
                above = page->commands[c].text.baseline;
        if (above > 0 || p == 0)
            continue;
        for (size_t t = 0; t < scene_tags(scene); t++) /* at the page's head: nothing goes on below it */
            if (scene_tag_at(scene, t)->role == TAG_P)
                assert_false(tag_lines(scene_page_at(scene, p - 1), scene_tag_at(scene, t))
                             && tag_lines(page, scene_tag_at(scene, t)));
    }
}

static void figures_stand_whole_between_paragraphs(void **state)
{
    (void)state;
    static const char *const names[] = { "Charttitle", "Caption Secondfigure", "Caption Thirdfigure" };
    size_t first_page = 0, later = 0;
    for (size_t n = 20; n < 100; n += 4)
        for (int edition = 0; edition < EDITION_COUNT; edition++) {
            struct blocks blocks = new_blocks();
            fill(&blocks, n);
            blocks_chart(&blocks, &fix.chart)->source = fix.source;
            blocks_paragraph(&blocks, "After", 20);
            blocks_table(&blocks, "Secondfigure", 6);
            blocks_paragraph(&blocks, "After", 20);
            blocks_table(&blocks, "Thirdfigure", 3);
            fill(&blocks, n % 7 * 5);
            blocks_heading(&blocks, 2, "next", "Nextsection", "Nextsection");
            fill(&blocks, 30);
            struct scene *scene = lay_out(&blocks, &fix.style, (enum edition)edition);
            check_figures(scene, names, 3);
            const struct scene_page *next = scene_page_at(scene, page_with(scene, "Nextsection"));
            for (size_t i = 0; i < 3; i++) { /* not in the next section */
                assert_true(page_with(scene, names[i]) <= page_with(scene, "Nextsection"));
                assert_true(!text_first(next, names[i]) || text_first(next, names[i])->text.baseline
                            < text_first(next, "Nextsection")->text.baseline);
            }
            size_t p = page_with(scene, "Charttitle");
            assert_int_equal(page_with(scene, "Chartsource"), p);
            assert_int_equal(text_count(scene_page_at(scene, page_with(scene, names[1])), "Secondfigure"),
                             edition == EDITION_PARALLEL ? 8 : 7); /* rows, the same in both languages, and captions */
            later += p > 0;
            first_page += p == 0;
            scene_drop(scene);
        }
    assert_true(first_page > 0 && later > 0);
}

/* No page has one line of a paragraph that goes on from the page before or on the next. Returns how often one does. */
static size_t check_lines(const struct scene *scene)
{
    size_t broken = 0;
    for (size_t t = 0; t < scene_tags(scene); t++)
        for (size_t p = 0; p + 1 < scene_pages(scene); p++) {
            size_t here = tag_lines(scene_page_at(scene, p), scene_tag_at(scene, t));
            size_t there = tag_lines(scene_page_at(scene, p + 1), scene_tag_at(scene, t));
            if (scene_tag_at(scene, t)->role != TAG_P || here == 0 || there == 0)
                continue;
            assert_true(here >= 2 && there >= 2);
            broken++;
        }
    return broken;
}

/* Neither language leaves a line alone, though their paragraphs are of different lengths. */
static void no_line_stands_alone_in_any_language(void **state)
{
    (void)state;
    size_t broken = 0;
    for (size_t n = 64; n < 94; n += 2)
        for (int edition = 0; edition < EDITION_COUNT; edition++) {
            struct blocks blocks = new_blocks();
            fill(&blocks, n);
            for (size_t k = 0; k < 3; k++)
                blocks_add(&blocks, BLOCK_PARAGRAPH,
                           blocks_repeat(set.arena, "The council met again in the capital. ", 11 - 2 * k),
                           blocks_repeat(set.arena, "اجتمع المجلس. ", 9 + 9 * k));
            blocks_paragraph(&blocks, "Filler", 24);
            struct scene *scene = lay_out(&blocks, &fix.style, (enum edition)edition);
            broken += check_lines(scene);
            scene_drop(scene);
        }
    assert_true(broken > 10);
}

/* A figure at the foot leaves little room to a paragraph that comes from the page before and goes on overleaf. */
static void no_line_stands_alone_above_a_figure(void **state)
{
    (void)state;
    size_t broken = 0;
    for (float height = 388; height < 412; height += 2)
        for (size_t n = 2; n < 20; n += 3)
            for (size_t after = 8; after < 16; after += 2) {
                struct blocks blocks = new_blocks();
                struct style style = fix.style;
                style.page_height = height;
                fill(&blocks, n);
                blocks_chart(&blocks, &fix.chart)->source = fix.source;
                blocks_paragraph(&blocks, "After", after);
                fill(&blocks, 18);
                struct scene *scene = lay_out(&blocks, &style, EDITION_EN);
                broken += check_lines(scene);
                scene_drop(scene);
            }
    assert_true(broken > 40);
}

/* A call-out with `sentences` in its second paragraph, on every height of a page's foot. Returns how often a page ended
 * in it. */
static size_t broken_callouts(size_t sentences)
{
    size_t broken = 0;
    for (size_t n = 64; n < 94; n++) {
        struct blocks blocks = new_blocks(), inside = new_blocks();
        fill(&blocks, n);
        struct block *callout = blocks_add(&blocks, BLOCK_CALLOUT, "Callout", "Callout");
        callout->callout = CALLOUT_WARNING;
        blocks_paragraph(&inside, "Callout", 4);
        blocks_paragraph(&inside, "Callout", sentences);
        callout->first_child = inside.first;
        fill(&blocks, 20);
        struct scene *scene = lay_out(&blocks, &fix.style, EDITION_EN);
        for (size_t p = 0; p + 1 < scene_pages(scene); p++)
            broken += text_count(scene_page_at(scene, p), "Callout") && text_count(scene_page_at(scene, p + 1), "Callout");
        scene_drop(scene);
    }
    return broken;
}

static void short_callouts_stay_whole(void **state)
{
    (void)state;
    assert_int_equal(broken_callouts(8), 0);
    assert_true(broken_callouts(60) > 10); /* a long one could leave half a page empty */
}

/* Lines of a note by page and language; how long the rule above the notes is. */
static void check_split_note(const struct scene *scene, size_t first, const struct scene_tag *const tag[], size_t langs)
{
    size_t pages = 0;
    for (size_t p = first; p < scene_pages(scene); p++) {
        const struct scene_page *page = scene_page_at(scene, p);
        size_t lines = tag_lines(page, tag[0]);
        bool last = p + 1 == scene_pages(scene) || tag_lines(scene_page_at(scene, p + 1), tag[0]) == 0;
        if (lines == 0)
            break;
        pages++;
        assert_true(lines >= 2);
        for (size_t i = 1; i < langs && !last; i++)
            assert_int_equal(tag_lines(page, tag[i]), lines); /* in step */
    }
    assert_true(pages >= 2);
}

static void a_long_note_goes_on_overleaf(void **state)
{
    (void)state;
    struct doc_note note = { .id = "long", .number = { "1", "1" } };
    note.text[LANG_EN] = blocks_text(blocks_repeat(set.arena, "Longnote is a note of many words. ", 110));
    note.text[LANG_AR] = blocks_text(blocks_repeat(set.arena, "حاشية طويلة من كلمات كثيرة جدا. ", 130));
    set.doc.notes = &note;
    set.doc.note_count = 1;
    for (int edition = 0; edition < EDITION_SEQUENTIAL; edition++) { /* its parts are two of these */
        struct blocks blocks = new_blocks();
        fill(&blocks, 40);
        blocks_refer(set.arena, blocks_paragraph(&blocks, "Referring", 2), &note, 0);
        fill(&blocks, 90);
        struct scene *scene = lay_out(&blocks, &fix.style, (enum edition)edition);
        const struct scene_tag *tag[LANG_COUNT] = { 0 };
        size_t langs = 0, first = SIZE_MAX;
        for (size_t t = 0; t < scene_tags(scene); t++)
            if (scene_tag_at(scene, t)->role == TAG_P && scene_tag_at(scene, t)->parent->role == TAG_NOTE)
                tag[langs++] = scene_tag_at(scene, t);
        for (size_t p = 0; p < scene_pages(scene) && first == SIZE_MAX; p++)
            for (size_t i = 0; i < scene_page_at(scene, p)->link_count; i++)
                first = p; /* the only link: the reference */
        assert_int_equal(langs, edition == EDITION_PARALLEL ? 2 : 1);
        check_split_note(scene, first, tag, langs);
        scene_drop(scene);
    }
    set.doc.notes = NULL;
    set.doc.note_count = 0;
}

/* Type so large that lines of a note which must not part fill more than a page. */
static void a_note_that_no_page_holds_is_measured(void **state)
{
    (void)state;
    struct doc_note note = { .id = "large", .number = { "1", "1" } };
    struct style style = fix.style;
    size_t said = 0;
    note.text[LANG_EN] = blocks_text("A\u2028B\u2028C\u2028D\u2028E\u2028F");
    note.text[LANG_AR] = blocks_text("A\u2028B\u2028C\u2028D\u2028E");
    note.at[LANG_EN] = (struct place){ "reports/x/en.md", 7, 1 };
    style.size_small = 72;
    style.grid = 9;
    style.size_body = style.size_h3 = style.size_h2 = style.size_title = 6;
    style.header.words[POSITION_START][LANG_EN] = "";
    style.first_header = style.first_footer = false;
    set.doc.notes = &note;
    set.doc.note_count = 1;
    for (int height = 200; height < 600; height += 40) {
        struct blocks blocks = new_blocks();
        struct doc doc = set.doc;
        struct diags *diags = diags_new();
        style.page_height = (float)height + style.margin_top + style.margin_bottom;
        blocks_add(&blocks, BLOCK_BREAK, "", "")->break_at = BREAK_PAGE;
        blocks_refer(set.arena, blocks_add(&blocks, BLOCK_PARAGRAPH, "Word", "Word"), &note, 0);
        blocks_add(&blocks, BLOCK_PARAGRAPH, "Word", "Word");
        doc.blocks = blocks.first;
        scene_drop(layout_doc(&doc, &style, EDITION_PARALLEL, set.text, diags));
        for (size_t i = 0; i < diags_count(diags); i++)
            said += strstr(diags_get(diags, i)->message, "lines of the note that stay together are") != NULL;
        diags_drop(diags);
    }
    assert_true(said > 0);
    set.doc.notes = NULL;
    set.doc.note_count = 0;
}

/* Numbers at the foot are 1, 2, 3; links to notes lead to those of the same page. Returns how many there are. */
static size_t check_page_numbers(const struct scene *scene, size_t p)
{
    const struct scene_page *page = scene_page_at(scene, p);
    size_t labels = 0;
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind == SCENE_TEXT && c->text.line->role == FONT_READING && c->text.line->length == 1) {
            labels++;
            assert_int_equal(c->text.line->text[0], '0' + labels);
        }
    }
    for (size_t i = 0; i < page->link_count; i++) {
        const struct scene_link *link = &page->links[i];
        const char *number = strrchr(link->description, ' ') + 1;
        bool here = false;
        for (size_t d = 0; d < scene_dests(scene); d++)
            here |= scene_dest_at(scene, d)->page == p && strcmp(scene_dest_at(scene, d)->name, link->dest) == 0;
        assert_true(here);
        assert_true(number[0] >= '1' && number[0] <= (char)('0' + labels) && number[1] == '\0');
    }
    return labels;
}

static struct doc_note *make_notes(size_t count, const char *text)
{
    struct doc_note *notes = arena_array(set.arena, count, sizeof *notes);
    for (size_t i = 0; i < count; i++) {
        notes[i].id = arena_printf(set.arena, "n%zu", i);
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            notes[i].number[lang] = arena_printf(set.arena, "%zu", i + 1);
            notes[i].text[lang] = blocks_text(text);
        }
    }
    set.doc.notes = notes;
    set.doc.note_count = count;
    return notes;
}

static void drop_notes(void)
{
    set.doc.notes = NULL;
    set.doc.note_count = 0;
}

/* Both languages refer to a note on the page where it stands, though one comes to it some lines earlier. */
static void references_to_a_note_stand_on_its_page(void **state)
{
    (void)state;
    const struct doc_note *notes = make_notes(1, "Notewords");
    for (size_t n = 60; n < 130; n++) {
        struct blocks blocks = new_blocks();
        fill(&blocks, n);
        struct block *b = blocks_add(&blocks, BLOCK_PARAGRAPH, blocks_repeat(set.arena, "Both words of it ", 35),
                                     blocks_repeat(set.arena, "Both words of it ", 15));
        blocks_refer(set.arena, b, notes, 0);
        for (int lang = 0; lang < LANG_COUNT; lang++) { /* the text goes on behind the reference */
            struct rich_text *text = &b->text[lang];
            text->utf8 = arena_printf(set.arena, "%s Endwords%s", text->utf8, blocks_repeat(set.arena, " and so on", 40));
            text->length = (uint32_t)strlen(text->utf8);
        }
        fill(&blocks, 60);
        struct scene *scene = lay_out(&blocks, &fix.style, EDITION_PARALLEL);
        size_t page = page_with(scene, "Notewords");
        assert_int_equal(text_count(scene_page_at(scene, page), "Endwords"), LANG_COUNT);
        scene_drop(scene);
    }
    drop_notes();
}

static void notes_are_numbered_by_the_page(void **state)
{
    (void)state;
    enum { NOTES = 40 };
    struct doc_note *notes = make_notes(NOTES, "Shortnote.");
    struct style style = fix.style;
    style.notes_by_page = true;
    for (int edition = EDITION_EN; edition <= EDITION_AR; edition++) {
        struct blocks blocks = new_blocks();
        for (size_t i = 0; i < NOTES; i++) {
            struct block *b = blocks_paragraph(&blocks, "Referring", 6);
            blocks_refer(set.arena, b, notes, i);
            if (i % 10 == 9) /* once more, on a later page */
                blocks_refer(set.arena, b, notes, 0);
        }
        struct scene *scene = lay_out(&blocks, &style, (enum edition)edition);
        size_t most = 0, printed = 0;
        for (size_t p = 0; p < scene_pages(scene); p++) {
            size_t labels = check_page_numbers(scene, p);
            most = labels > most ? labels : most;
            printed += labels;
        }
        assert_int_equal(most, 9);
        assert_int_equal(printed, NOTES + 4); /* the first note on each page that refers to it */
        scene_drop(scene);
    }
    drop_notes();
}

/* What is said of `count` notes, each in a paragraph of its own or all in one line. */
static char *said_of_notes(size_t count, bool in_one_line)
{
    struct doc_note *notes = make_notes(count, "Shortnote.");
    struct style style = fix.style;
    struct blocks blocks = new_blocks();
    struct diags *diags = diags_new();
    struct block *b = NULL;
    struct buf said;
    buf_init(&said);
    style.notes_by_page = true;
    for (size_t i = 0; i < count; i++) {
        notes[i].at[LANG_EN] = (struct place){ "reports/x/en.md", (uint32_t)i + 1, 1 };
        if (!b || !in_one_line)
            b = blocks_add(&blocks, BLOCK_PARAGRAPH, "Short words", "Short words");
        blocks_refer(set.arena, b, notes, i);
    }
    struct doc doc = set.doc;
    doc.blocks = blocks.first;
    scene_drop(layout_doc(&doc, &style, EDITION_EN, set.text, diags));
    for (size_t i = 0; i < diags_count(diags); i++)
        diag_format(diags_get(diags, i), &said);
    char *text = arena_string(set.arena, said.data ? said.data : "");
    buf_drop(&said);
    diags_drop(diags);
    drop_notes();
    return text;
}

/* A line with more notes than a page numbers would lose words, and a page full of short notes ends early. */
static void more_notes_than_a_page_numbers_are_told(void **state)
{
    (void)state;
    assert_string_equal(said_of_notes(9, true), "");
    assert_string_equal(said_of_notes(10, true),
                        "reports/x/en.md:10:1: error: [layout-notes] one line or row refers to this note and others, 10 "
                        "in all; a page numbers 9 of its own at most: merge notes, or leave notes_by_page out\n");
    assert_string_equal(said_of_notes(9, false), "");
    assert_string_equal(said_of_notes(10, false),
                        "reports/x/en.md:10:1: warning: [layout-notes-white] 116 mm of a page stay empty before the line "
                        "that refers to this note, since a page numbers 9 of its own at most: merge notes, or leave "
                        "notes_by_page out\n");
}

/* The text's lines, without the numbers of notes. */
static char *text_lines(const struct scene *scene)
{
    struct buf out;
    buf_init(&out);
    for (size_t p = 0; p < scene_pages(scene); p++)
        for (size_t i = 0; i < scene_page_at(scene, p)->command_count; i++) {
            const struct scene_command *c = &scene_page_at(scene, p)->commands[i];
            if (c->kind != SCENE_TEXT || !line_holds(c->text.line, "كلمة"))
                continue;
            for (uint32_t k = 0; k < c->text.line->length; k++) {
                const char *at = c->text.line->text + k;
                bool digit = k + 1 < c->text.line->length && at[0] == '\xD9' && (unsigned char)at[1] - 0xA0u < 10;
                k += digit;
                if (!digit)
                    buf_add_char(&out, *at);
            }
            buf_add_char(&out, '\n');
        }
    char *lines = arena_string(set.arena, out.data);
    buf_drop(&out);
    return lines;
}

/* Arabic-Indic digits are not of one width: a page's numbers still end no line elsewhere than the widest would. */
static void numbers_of_other_widths_move_no_line(void **state)
{
    (void)state;
    enum { NOTES = 9, PARAGRAPHS = 24 };
    struct doc_note *notes = make_notes(NOTES, "ملاحظة.");
    struct locale *latin = set.doc.locale[LANG_AR];
    set.doc.locale[LANG_AR] = locale_new(LANG_AR, DIGITS_ARAB, MONTHS_IRAQI, set.diags);
    for (size_t n = 0; n < NOTES; n++)
        notes[n].number[LANG_AR] = "٣";
    for (size_t n = 0; n < 24; n++) {
        struct blocks blocks = new_blocks();
        struct style style = fix.style;
        char *lines[2];
        style.measure = fix.style.measure - 1.7f * (float)n;
        style.justify[LANG_AR] = false; /* as it is with such digits and numbers by the page */
        for (size_t i = 0; i < PARAGRAPHS; i++) {
            struct block *b = blocks_add(&blocks, BLOCK_PARAGRAPH, "", blocks_repeat(set.arena, "رأي ", i));
            blocks_refer(set.arena, b, notes, i % NOTES);
            struct rich_text *text = &b->text[LANG_AR];
            text->utf8 = arena_printf(set.arena, "%s%s", text->utf8, blocks_repeat(set.arena, " كلمة", 40));
            text->length = (uint32_t)strlen(text->utf8);
        }
        for (int by_page = 0; by_page < 2; by_page++) {
            style.notes_by_page = by_page;
            struct scene *scene = lay_out(&blocks, &style, EDITION_AR);
            lines[by_page] = text_lines(scene);
            scene_drop(scene);
        }
        assert_string_equal(lines[1], lines[0]);
    }
    locale_drop(set.doc.locale[LANG_AR]);
    set.doc.locale[LANG_AR] = latin;
    drop_notes();
}

/* Latin digits are, and paragraphs stay justified. */
static void numbers_of_one_width_keep_lines_justified(void **state)
{
    (void)state;
    enum { NOTES = 9 };
    struct doc_note *notes = make_notes(NOTES, "Shortnote.");
    for (int edition = EDITION_EN; edition <= EDITION_AR; edition++) {
        struct blocks blocks = new_blocks();
        for (size_t i = 0; i < 40; i++)
            blocks_refer(set.arena, blocks_paragraph(&blocks, "Referring", 9), notes, i % NOTES);
        struct style style = fix.style;
        style.notes_by_page = true;
        struct scene *scene = lay_out(&blocks, &style, (enum edition)edition);
        size_t justified = 0, others = 0;
        assert_true(scene_pages(scene) > 2);
        for (size_t p = 0; p < scene_pages(scene); p++)
            for (size_t i = 0; i < scene_page_at(scene, p)->command_count; i++) {
                const struct scene_command *c = &scene_page_at(scene, p)->commands[i];
                if (c->kind != SCENE_TEXT || !c->text.line->continues || c->text.line->size < style.size_body)
                    continue;
                *(c->text.line->justified ? &justified : &others) += 1;
            }
        assert_true(justified >= 80);
        assert_int_equal(others, 0);
        scene_drop(scene);
    }
    drop_notes();
}

static float column_of(const struct scene_command *c)
{
    return c->text.x + c->text.line->width / 2;
}

/* In two columns: the first is the one where reading begins, lines share their baselines, the last are even, a chart
 * runs over both. */
static void one_language_runs_in_two_columns(void **state)
{
    (void)state;
    struct style style = fix.style;
    style.columns = 2;
    for (int edition = EDITION_EN; edition <= EDITION_AR; edition++) {
        struct blocks blocks = new_blocks();
        blocks_heading(&blocks, 2, "a", "Heading", "العنوان");
        fill(&blocks, 60);
        blocks_chart(&blocks, &fix.chart)->source = fix.source;
        fill(&blocks, 200);
        struct scene *scene = lay_out(&blocks, &style, (enum edition)edition);
        const struct scene_page *page = scene_page_at(scene, scene_pages(scene) - 1);
        const char *word = edition == EDITION_AR ? "كلمة" : "Filler";
        float middle = page->width / 2, bottom[2] = { 0 }, top = text_first(page, word)->text.baseline;
        assert_int_equal(column_of(text_first(page, word)) < middle, edition == EDITION_EN);
        for (size_t i = 0; i < page->command_count; i++) {
            const struct scene_command *c = &page->commands[i];
            if (c->kind != SCENE_TEXT || !line_holds(c->text.line, word))
                continue;
            float lines = (c->text.baseline - top) / style.grid;
            assert_true(fabsf(lines - roundf(lines)) < 0.01f);
            bottom[column_of(c) < middle] = c->text.baseline;
        }
        assert_true(bottom[0] > 0 && bottom[1] > 0);
        assert_true(fabsf(bottom[0] - bottom[1]) <= 3 * style.grid + 0.01f);
        bool across = false;
        for (size_t t = 0; t < scene_tags(scene); t++)
            across |= scene_tag_at(scene, t)->has_bbox && scene_tag_at(scene, t)->more->bbox[0] < middle - 100
                   && scene_tag_at(scene, t)->more->bbox[2] > middle + 100;
        assert_true(across);
        scene_drop(scene);
        style.chart_place = CHART_IN_COLUMN;
        scene = lay_out(&blocks, &style, (enum edition)edition);
        size_t charts = 0;
        for (size_t t = 0; t < scene_tags(scene); t++) {
            const struct scene_tag *tag = scene_tag_at(scene, t);
            charts += tag->has_bbox;
            assert_true(!tag->has_bbox || tag->more->bbox[2] < middle || tag->more->bbox[0] > middle);
        }
        assert_int_equal(charts, 1);
        scene_drop(scene);
        style.chart_place = CHART_ACROSS;
    }
}

/* A paragraph that goes on in the next column stands on the grid there, below a title or a chart too. */
static void paragraphs_go_on_on_the_grid_of_columns(void **state)
{
    (void)state;
    struct style style = fix.style;
    for (style.columns = 2; style.columns <= 3; style.columns++)
        for (int edition = EDITION_EN; edition <= EDITION_AR; edition++) {
            struct blocks blocks = new_blocks();
            const char *word = edition == EDITION_AR ? "كلمة" : "Filler";
            blocks_heading(&blocks, 2, "a", "Heading", "العنوان");
            for (size_t i = 0; i < 4; i++)
                fill(&blocks, 60);
            blocks_chart(&blocks, &fix.chart)->source = fix.source;
            fill(&blocks, 200);
            struct scene *scene = lay_out(&blocks, &style, (enum edition)edition);
            for (size_t p = 0; p < scene_pages(scene); p++) {
                const struct scene_page *page = scene_page_at(scene, p);
                float top = text_first(page, word)->text.baseline;
                for (size_t i = 0; i < page->command_count; i++) {
                    const struct scene_command *c = &page->commands[i];
                    if (c->kind != SCENE_TEXT || !line_holds(c->text.line, word))
                        continue;
                    float lines = (c->text.baseline - top) / style.grid;
                    assert_true(fabsf(lines - roundf(lines)) < 0.01f);
                }
            }
            scene_drop(scene);
        }
}

/* No word of a title stands alone below a full line, and its lines begin where the column does. */
static void titles_have_even_lines(void **state)
{
    (void)state;
    struct style style = fix.style;
    for (style.size_title = 18; style.size_title < 34; style.size_title += 1)
        for (int edition = EDITION_EN; edition <= EDITION_AR; edition++) {
            struct blocks blocks = new_blocks();
            const struct doc kept = set.doc;
            size_t lines = 0;
            set.doc.title[LANG_EN] = "Iraq: its factions, provincial councils and the coalition";
            set.doc.title[LANG_AR] = "العراق: فصائله ومجالس محافظاته ومهمة التحالف الدولي";
            blocks_paragraph(&blocks, "Filler", 3);
            struct scene *scene = lay_out(&blocks, &style, (enum edition)edition);
            const struct scene_page *page = scene_page_at(scene, 0);
            float longest = 0, shortest = INFINITY, frame = page->width - style.margin_inner;
            for (size_t i = 0; i < page->command_count; i++) {
                const struct scene_command *c = &page->commands[i];
                if (c->kind != SCENE_TEXT || c->text.line->role != FONT_HEADING || c->text.line->size < style.size_title * 0.84f)
                    continue;
                lines++;
                longest = fmaxf(longest, c->text.line->width);
                shortest = fminf(shortest, c->text.line->width);
                if (edition == EDITION_AR) /* all at one right edge, that of the text */
                    frame = fminf(frame, c->text.x + c->text.line->width);
            }
            assert_true(lines > 0 && (lines == 1 || shortest > longest * 0.6f));
            if (edition == EDITION_AR)
                assert_float_equal(frame, text_last(page, "كلمة")->text.x + text_last(page, "كلمة")->text.line->width, 0.1f);
            scene_drop(scene);
            set.doc = kept;
        }
}

/* In columns on a grid, items of a list stay as close as they are meant to be; paragraphs keep a line between them. */
static void small_gaps_do_not_grow_on_the_grid(void **state)
{
    (void)state;
    struct style style = fix.style;
    struct blocks blocks = new_blocks(), items = new_blocks();
    style.columns = 2;
    for (size_t i = 0; i < 3; i++) {
        struct blocks inside = new_blocks();
        blocks_add(&inside, BLOCK_PARAGRAPH, "Oneline", "Oneline");
        blocks_add(&items, BLOCK_ITEM, "", "")->first_child = inside.first;
    }
    blocks_add(&blocks, BLOCK_PARAGRAPH, "Before", "Before");
    struct block *list = blocks_add(&blocks, BLOCK_LIST, "", "");
    list->first_child = items.first;
    list->tight = true;
    list->start = 1;
    fill(&blocks, 200);
    struct scene *scene = lay_out(&blocks, &style, EDITION_EN);
    const struct scene_page *page = scene_page_at(scene, 0);
    float first = text_first(page, "Oneline")->text.baseline, last = text_last(page, "Oneline")->text.baseline;
    assert_float_equal(last - first, 2 * style.grid, 0.01f);
    assert_float_equal(first - text_first(page, "Before")->text.baseline, 2 * style.grid, 0.01f);
    scene_drop(scene);
}

/* Pages of running text are filled, whatever the lengths of its paragraphs. */
static void pages_of_text_are_full(void **state)
{
    (void)state;
    for (size_t n = 5; n < 20; n += 2) {
        struct blocks blocks = new_blocks();
        for (size_t k = 0; k < 400 / n; k++)
            blocks_paragraph(&blocks, "Filler", n);
        struct scene *scene = lay_out(&blocks, &fix.style, EDITION_EN);
        assert_true(scene_pages(scene) > 2);
        for (size_t p = 0; p + 1 < scene_pages(scene); p++) {
            const struct scene_command *last = text_last(scene_page_at(scene, p), "capital");
            float foot = fix.style.page_height - fix.style.margin_bottom;
            assert_true(foot - last->text.baseline < 4 * fix.style.grid);
        }
        scene_drop(scene);
    }
}

/* A list of contents that is longer than a page goes on, with each section's page. */
static void a_long_list_of_contents_runs_over_pages(void **state)
{
    (void)state;
    enum { SECTIONS = 90 };
    for (int edition = 0; edition < EDITION_COUNT; edition++) {
        struct blocks blocks = new_blocks();
        blocks_add(&blocks, BLOCK_CONTENTS, "Contents", "المحتويات");
        for (size_t i = 0; i < SECTIONS; i++) {
            const char *title = arena_printf(set.arena, "Section s%zue", i + 1);
            blocks_heading(&blocks, 2, arena_printf(set.arena, "s%zu", i), title, title);
            fill(&blocks, 9);
        }
        struct scene *scene = lay_out(&blocks, &fix.style, (enum edition)edition);
        size_t found[2] = { 0 }, links = 0;
        for (size_t p = 0; p < 2; p++) {
            const struct scene_page *page = scene_page_at(scene, p);
            for (size_t i = 0; i < page->link_count; i++, found[p]++)
                links += page->links[i].dest != NULL;
            assert_true(found[p] > 5);
        }
        assert_int_equal(links, edition == EDITION_PARALLEL ? 2 * SECTIONS : SECTIONS);
        assert_int_equal(text_count(scene_page_at(scene, 0), "Section s1e"), edition == EDITION_PARALLEL ? 2 : 1);
        scene_drop(scene);
    }
}

/* Headings below the sections are listed where the layout says so: moved in, from the right in Arabic, and inside a list
 * of their own for who listens; none stands in the next part without its section. */
static void the_contents_list_headings_of_the_levels_asked_for(void **state)
{
    static const struct {
        const char *title;
        int level;
    } of[] = { { "Aone", 2 }, { "Atwo", 3 }, { "Athree", 4 }, { "Afour", 2 }, { "Afive", 3 }, { "Asix", 2 },
               { "Aseven", 3 }, { "Aeight", 2 } };
    (void)state;
    for (int edition = EDITION_EN; edition <= EDITION_AR; edition++)
        for (int levels = 1; levels <= 3; levels++) {
            struct style style = fix.style;
            struct blocks blocks = new_blocks();
            float edge[3] = { 0 };
            size_t listed = 0;
            style.contents_levels = levels;
            blocks_add(&blocks, BLOCK_CONTENTS, "Contents", "المحتويات");
            blocks_add(&blocks, BLOCK_BREAK, "", "")->break_at = BREAK_PAGE;
            for (size_t i = 0; i < sizeof of / sizeof *of; i++)
                blocks_heading(&blocks, of[i].level, arena_printf(set.arena, "a%zu", i), of[i].title, of[i].title);
            fill(&blocks, 9);
            struct scene *scene = lay_out(&blocks, &style, (enum edition)edition);
            const struct scene_page *page = scene_page_at(scene, 0);
            for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
                const struct scene_command *c = text_first(page, of[i].title);
                assert_true((c != NULL) == (of[i].level <= levels + 1));
                listed += c != NULL;
                if (c && i < 3)
                    edge[of[i].level - 2] = edition == EDITION_AR ? -c->text.x - c->text.line->width : c->text.x;
            }
            assert_int_equal(page->link_count, listed);
            for (int level = 1; level < levels; level++)
                assert_true(edge[level] > edge[level - 1] + 5);
            if (levels == 3) /* two parts: the fourth entry leads the fifth, and does not end the first of them */
                assert_float_equal(text_first(page, "Asix")->text.baseline, text_first(page, "Aone")->text.baseline, 0.01);
            size_t deepest = 0;
            for (size_t i = 0; i < scene_tags(scene); i++) {
                size_t depth = 0;
                for (const struct scene_tag *t = scene_tag_at(scene, i); t; t = t->parent)
                    depth += t->role == TAG_TOC;
                deepest = depth > deepest ? depth : deepest;
            }
            assert_int_equal(deepest, levels);
            scene_drop(scene);
        }
}

/* A table whose longest word is wider than an upright page. */
static void wide_table(struct blocks *blocks, size_t rows)
{
    struct block *b = blocks_table(blocks, blocks_repeat(set.arena, "wide", 32), rows);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        ((struct doc_table *)b->table)->title[lang] = blocks_text("Caption");
}

/* Each page is turned if it has rows of the wide table, and then has nothing of the text. Returns the rows. */
static size_t count_turned(const struct scene *scene)
{
    size_t rows = 0;
    for (size_t p = 0; p < scene_pages(scene); p++) {
        const struct scene_page *page = scene_page_at(scene, p);
        size_t here = text_count(page, "widewide");
        assert_true(page->width == (here ? fix.style.page_height : fix.style.page_width));
        assert_int_equal(here ? text_count(page, "Filler") + text_count(page, "Target") : 0, 0);
        rows += here;
    }
    return rows;
}

static void rows_wider_than_the_page_turn_it_with_their_heading(void **state)
{
    (void)state;
    for (size_t n = 60; n < 120; n += 7)
        for (int edition = 0; edition < EDITION_COUNT; edition++) {
            struct blocks blocks = new_blocks();
            fill(&blocks, n);
            blocks_heading(&blocks, 3, "upper", "Upperhead", "العنوان الأعلى");
            wide_table(&blocks, 40);
            blocks_paragraph(&blocks, "Target", 16);
            struct scene *scene = lay_out(&blocks, &fix.style, (enum edition)edition);
            assert_int_equal(count_turned(scene), edition == EDITION_SEQUENTIAL ? 80 : 40);
            const char *upper = edition == EDITION_AR ? "العنوان الأعلى" : "Upperhead";
            const struct scene_page *page = scene_page_at(scene, page_with(scene, upper));
            assert_true(text_count(page, "widewide") > 3);
            assert_int_equal(text_count(page, "continued") + text_count(page, "تتمة"), 0);
            scene_drop(scene);
        }
}

/* The words of a heading on a turned page begin at its right edge in Arabic, as its table does. */
static void a_heading_on_a_turned_page_begins_where_its_table_does(void **state)
{
    (void)state;
    struct blocks blocks = new_blocks();
    fill(&blocks, 9);
    blocks_heading(&blocks, 3, "upper", "Upperhead", "العنوان الأعلى");
    wide_table(&blocks, 40);
    struct scene *scene = lay_out(&blocks, &fix.style, EDITION_AR);
    const struct scene_page *page = scene_page_at(scene, page_with(scene, "العنوان الأعلى"));
    const struct scene_command *upper = text_first(page, "العنوان الأعلى"), *row = text_last(page, "widewide");
    float right = upper->text.x + upper->text.line->width;
    assert_true(fabsf(right - row->text.x - row->text.line->width) < 0.5f);
    assert_true(right > fix.style.page_width);
    scene_drop(scene);
}

/* A short one has a turned page, and the text around it goes on: the page before it is full. */
static void text_goes_on_before_a_turned_table(void **state)
{
    (void)state;
    for (size_t n = 60; n < 120; n += 7) {
        struct blocks blocks = new_blocks();
        fill(&blocks, n);
        wide_table(&blocks, 4);
        for (int i = 0; i < 20; i++)
            blocks_paragraph(&blocks, "Target", 9);
        struct scene *scene = lay_out(&blocks, &fix.style, EDITION_EN);
        assert_int_equal(count_turned(scene), 4);
        size_t turned = page_with(scene, "widewide");
        assert_true(turned > 0 && turned + 1 < scene_pages(scene));
        const struct scene_page *before = scene_page_at(scene, turned - 1);
        float last = text_last(before, "capital")->text.baseline;
        assert_true(last > fix.style.page_height - fix.style.margin_bottom - 4 * fix.style.grid);
        scene_drop(scene);
    }
}

static void what_is_too_tall_is_measured(void **state)
{
    (void)state;
    struct blocks blocks = new_blocks();
    struct block *b = blocks_table(&blocks, "Tall", 2);
    struct doc doc = set.doc;
    struct diags *diags = diags_new();
    struct buf said;
    ((struct rich_text *)b->table->cells[LANG_EN])[0] =
        blocks_text(blocks_repeat(set.arena, "The council met again in the capital. ", 200));
    b->at[LANG_EN] = (struct place){ "reports/x/en.md", 7, 1 };
    doc.blocks = blocks.first;
    buf_init(&said);
    assert_null(layout_doc(&doc, &fix.style, EDITION_EN, set.text, diags));
    assert_int_equal(diags_count(diags), 1);
    diag_format(diags_get(diags, 0), &said);
    assert_string_equal(said.data, "reports/x/en.md:7:1: error: [layout-too-tall] row 1 of the table, below its head, "
                                   "is 56.9 mm taller than the page's 253 mm; shorten it\n");
    buf_drop(&said);
    diags_drop(diags);
}

/* Key figures go on overleaf between their rows, so that no page stays a third empty for them; each row is whole. */
static void rows_of_key_figures_part(void **state)
{
    (void)state;
    struct doc_key_figure figures[6] = { 0 };
    for (size_t i = 0; i < 6; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            figures[i].value[lang] = blocks_text(arena_printf(set.arena, "%zu", 110 * (i + 1)));
            figures[i].label[lang] = blocks_text(arena_printf(set.arena, "Label%zu", i));
        }
    const struct doc_key_figures key = { .count = 6, .figures = figures };
    size_t parted = 0, whole = 0;
    for (size_t n = 40; n < 120; n += 2) {
        struct blocks blocks = new_blocks();
        fill(&blocks, n);
        blocks_add(&blocks, BLOCK_KEY_FIGURES, "", "")->key_figures = &key;
        fill(&blocks, 60);
        struct scene *scene = lay_out(&blocks, &fix.style, EDITION_PARALLEL);
        for (size_t i = 0; i < 6; i++) {
            size_t page = page_with(scene, arena_printf(set.arena, "Label%zu", i));
            assert_int_equal(text_count(scene_page_at(scene, page), arena_printf(set.arena, "%zu", 110 * (i + 1))), 2);
            if (i % 2)
                assert_int_equal(page, page_with(scene, arena_printf(set.arena, "Label%zu", i - 1)));
        }
        bool apart = page_with(scene, "Label0") != page_with(scene, "Label5");
        parted += apart;
        whole += !apart;
        scene_drop(scene);
    }
    print_message("of 40: %zu parted\n", parted);
    assert_true(parted > 1 && whole > parted);
}

/* A list that goes on overleaf fills its page: its end does not go to the figure behind it, so that both pages share
 * the white. */
static void a_list_stops_only_at_the_foot(void **state)
{
    (void)state;
    size_t parted = 0, early = 0;
    for (size_t n = 40; n < 100; n++) {
        struct blocks blocks = new_blocks(), items = new_blocks();
        fill(&blocks, n);
        blocks_add(&blocks, BLOCK_LIST, "", "");
        struct block *list = blocks.last;
        for (size_t i = 0; i < 12; i++) {
            struct blocks inner = new_blocks();
            struct block *item = blocks_add(&items, BLOCK_ITEM, "", "");
            item->first_child = blocks_add(&inner, BLOCK_PARAGRAPH, arena_printf(set.arena, "Item%zu.", i), "");
        }
        list->first_child = items.first;
        blocks_chart(&blocks, &fix.chart);
        blocks_table(&blocks, "Row", 18);
        blocks_table(&blocks, "Row", 18);
        struct scene *scene = lay_out(&blocks, &fix.style, EDITION_EN);
        for (size_t i = 1; i < 12; i++) {
            const struct scene_page *above = scene_page_at(scene, page_with(scene, arena_printf(set.arena, "Item%zu.", i - 1)));
            if (text_count(above, arena_printf(set.arena, "Item%zu.", i)))
                continue;
            float y = text_first(above, arena_printf(set.arena, "Item%zu.", i - 1))->text.baseline;
            parted++;
            early += y < fix.style.page_height - fix.style.margin_bottom - 7 * fix.style.grid;
        }
        scene_drop(scene);
    }
    print_message("of %zu lists parted %zu early\n", parted, early);
    assert_true(parted > 5 && early == 0);
}

/* The height of the rule between blocks on a page; 0: there is none. */
static float rule_at(const struct scene_page *page)
{
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind == SCENE_PATH && c->path.count == 2 && c->path.paint.stroke
            && c->path.paint.stroke_rgb == fix.style.faint && c->path.paint.width == fix.style.hairline
            && c->path.steps[0].y[0] == c->path.steps[1].y[0]
            && c->path.steps[0].y[0] > fix.style.margin_top && c->path.steps[1].x[0] - c->path.steps[0].x[0] > 300)
            return c->path.steps[0].y[0];
    }
    return 0;
}

/* A rule parts what stands above it from what stands below: at a page's head it is left out, and it is at no foot. */
static void a_rule_stands_between_two_blocks(void **state)
{
    (void)state;
    size_t drawn = 0, left_out = 0;
    for (size_t n = 40; n < 100; n++) {
        struct blocks blocks = new_blocks();
        fill(&blocks, n);
        blocks_add(&blocks, BLOCK_RULE, "", "");
        blocks_paragraph(&blocks, "Target", 9);
        fill(&blocks, 60);
        struct scene *scene = lay_out(&blocks, &fix.style, EDITION_EN);
        size_t pages = 0;
        for (size_t p = 0; p < scene_pages(scene); p++) {
            const struct scene_page *page = scene_page_at(scene, p);
            float y = rule_at(page);
            if (y == 0)
                continue;
            assert_true(text_first(page, "Filler") && text_first(page, "Filler")->text.baseline < y);
            assert_true(text_first(page, "Target") && text_first(page, "Target")->text.baseline > y);
            pages++;
        }
        const struct scene_page *target = scene_page_at(scene, page_with(scene, "Target"));
        float head = target->commands ? text_first(scene_page_at(scene, 1), pages ? "Filler" : "Target")->text.baseline
                                      : 0;
        if (pages == 0) /* and the text stands where a page's text begins */
            assert_float_equal(text_first(target, "Target")->text.baseline, head, 0.01f);
        drawn += pages == 1;
        left_out += pages == 0;
        scene_drop(scene);
    }
    print_message("of 60: %zu rules left out\n", left_out);
    assert_true(left_out > 0 && drawn > left_out);
}

/* A rule at the end, before what begins a page, beside turned pages and figures: nothing is lost. */
static void rules_may_stand_anywhere(void **state)
{
    (void)state;
    for (size_t n = 44; n < 62; n++)
        for (size_t what = 0; what < 6; what++) {
            struct blocks blocks = new_blocks();
            fill(&blocks, n);
            blocks_add(&blocks, BLOCK_RULE, "", "");
            if (what == 1 || what == 2)
                blocks_chart(&blocks, &fix.chart);
            else if (what > 2)
                wide_table(&blocks, what == 3 ? 4 : 40);
            if (what == 2 || what == 5)
                blocks_add(&blocks, BLOCK_RULE, "", "");
            struct scene *scene = lay_out(&blocks, &fix.style, EDITION_EN);
            size_t figures = 0;
            for (size_t p = 0; p < scene_pages(scene); p++)
                figures += text_count(scene_page_at(scene, p), what < 3 ? "Charttitle" : "widewide");
            assert_int_equal(figures, what == 0 ? 0 : what < 3 ? 1 : what == 3 ? 4 : 40);
            scene_drop(scene);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_under_each_other_stay_with_two_lines),
        cmocka_unit_test(a_scrap_of_a_page_is_saved),
        cmocka_unit_test(little_is_not_parted_at_the_foot),
        cmocka_unit_test(figures_stand_whole_between_paragraphs),
        cmocka_unit_test(no_line_stands_alone_in_any_language),
        cmocka_unit_test(no_line_stands_alone_above_a_figure),
        cmocka_unit_test(short_callouts_stay_whole),
        cmocka_unit_test(a_long_note_goes_on_overleaf),
        cmocka_unit_test(a_note_that_no_page_holds_is_measured),
        cmocka_unit_test(references_to_a_note_stand_on_its_page),
        cmocka_unit_test(notes_are_numbered_by_the_page),
        cmocka_unit_test(more_notes_than_a_page_numbers_are_told),
        cmocka_unit_test(numbers_of_other_widths_move_no_line),
        cmocka_unit_test(numbers_of_one_width_keep_lines_justified),
        cmocka_unit_test(one_language_runs_in_two_columns),
        cmocka_unit_test(titles_have_even_lines),
        cmocka_unit_test(paragraphs_go_on_on_the_grid_of_columns),
        cmocka_unit_test(small_gaps_do_not_grow_on_the_grid),
        cmocka_unit_test(pages_of_text_are_full),
        cmocka_unit_test(a_long_list_of_contents_runs_over_pages),
        cmocka_unit_test(the_contents_list_headings_of_the_levels_asked_for),
        cmocka_unit_test(rows_wider_than_the_page_turn_it_with_their_heading),
        cmocka_unit_test(a_heading_on_a_turned_page_begins_where_its_table_does),
        cmocka_unit_test(text_goes_on_before_a_turned_table),
        cmocka_unit_test(what_is_too_tall_is_measured),
        cmocka_unit_test(rows_of_key_figures_part),
        cmocka_unit_test(a_list_stops_only_at_the_foot),
        cmocka_unit_test(a_rule_stands_between_two_blocks),
        cmocka_unit_test(rules_may_stand_anywhere),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
