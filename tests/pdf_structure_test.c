/* The structure tree and the catalog, read back from a finished file of one page by qpdf. */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "pdf/pdf.h"
#include "pdf_check/contents.h"
#include "pdf_check/pdf_check.h"
#include "support/program.h"

static struct font_set *fonts;
static struct text_engine *engine;
static struct diags *diags;

static void draw_on(struct scene *scene, size_t page, struct scene_tag *tag, const char *words, enum lang lang, float y)
{
    struct text_style style = { .size = 10, .other_scale = 1, .lang = lang };
    const struct text_block *block = text_layout(engine, words, (uint32_t)strlen(words), NULL, 0, &style, 300, NULL,
                                                 NULL, scene_arena(scene), diags);
    tag->lang = lang;
    tag->has_lang = true;
    scene_tag_begin(scene, page, tag);
    scene_text(scene, page, &block->lines[0], 50, y);
    scene_tag_end(scene, page);
}

static void draw(struct scene *scene, struct scene_tag *tag, const char *words, enum lang lang, float y)
{
    draw_on(scene, 0, tag, words, lang, y);
}

/* Heading, numbered list, table, figure, note and a link, in two languages. */
static struct scene *make_scene(void)
{
    struct scene *s = scene_new();
    struct scene_tag *root = scene_tag_root(s);
    scene_page_add(s, 400, 600);
    scene_set_meta(s, (struct scene_meta){ .title = "A <title> & more", .author = "Desk", .lang = LANG_EN,
                                           .has_lang = { true, true }, .date = "2024-04-03" });
    draw(s, scene_tag_new(s, root, TAG_H1), "A heading", LANG_EN, 50);
    struct scene_tag *list = scene_tag_new(s, root, TAG_LIST);
    list->numbering = NUMBERING_DECIMAL;
    struct scene_tag *item = scene_tag_new(s, list, TAG_LIST_ITEM);
    draw(s, scene_tag_new(s, item, TAG_LABEL), "1", LANG_EN, 80);
    draw(s, scene_tag_new(s, scene_tag_new(s, item, TAG_LIST_BODY), TAG_P), "بند", LANG_AR, 80);
    struct scene_tag *table = scene_tag_new(s, root, TAG_TABLE);
    struct scene_tag *head = scene_tag_new(s, scene_tag_new(s, table, TAG_THEAD), TAG_ROW);
    struct scene_tag *body = scene_tag_new(s, scene_tag_new(s, table, TAG_TBODY), TAG_ROW);
    draw(s, scene_tag_new(s, head, TAG_HEADER_CELL), "Seats", LANG_EN, 110);
    draw(s, scene_tag_new(s, body, TAG_DATA_CELL), "101", LANG_EN, 130);
    struct scene_tag *figure = scene_tag_new(s, root, TAG_FIGURE);
    scene_tag_more(s, figure)->alt = "Seats by list";
    figure->has_bbox = true;
    memcpy(scene_tag_more(s, figure)->bbox, (float[]){ 50, 150, 350, 250 }, sizeof figure->more->bbox);
    draw(s, figure, "101", LANG_EN, 200);
    struct scene_tag *note = scene_tag_new(s, root, TAG_NOTE);
    scene_tag_more(s, note)->name = "note.one.en";
    draw(s, note, "A source.", LANG_EN, 300);
    struct scene_tag *paragraph = scene_tag_new(s, root, TAG_P);
    draw(s, paragraph, "Read on", LANG_EN, 320);
    struct scene_tag *link = scene_tag_new(s, paragraph, TAG_LINK);
    scene_link_add(s, 0, (struct scene_link){ 50, 310, 90, 325, NULL, "https://example.org/", "Read on", link });
    return s;
}

/* The file as qpdf prints it, each object plain. Drops the scene. */
static char *readable_of(struct scene *scene)
{
    struct buf pdf;
    buf_init(&pdf);
    assert_true(pdf_write(scene, fonts, &pdf, diags));
    assert_true(pdf_check("in.pdf", pdf.data, pdf.length, false, diags));
    char *folder = tree_new(), *in = text_join(folder, "/in.pdf"), *out = text_join(folder, "/out.pdf");
    file_write(in, pdf.data, pdf.length);
    const char *const argv[] = { "qpdf", "--qdf", "--object-streams=disable", in, out, NULL };
    struct outcome qpdf = program_run(argv, NULL);
    assert_int_equal(qpdf.code, 0);
    size_t length;
    char *text = file_content(out, &length);
    for (size_t i = 0; i < length; i++) /* streams hold any byte */
        text[i] = text[i] ? text[i] : ' ';
    outcome_drop(&qpdf);
    free(in);
    free(out);
    tree_remove(folder);
    buf_drop(&pdf);
    scene_drop(scene);
    return text;
}

static char *readable(void)
{
    return readable_of(make_scene());
}

static void the_tree_says_what_things_are(void **state)
{
    (void)state;
    static const char *const expected[] = {
        "/S /Document", "/S /H1", "/S /L\n", "/S /LI", "/S /Lbl", "/S /LBody", "/S /Table", "/S /THead", "/S /TBody",
        "/S /TR", "/S /TH", "/S /TD", "/S /Figure", "/S /Note", "/S /Link", "/ListNumbering /Decimal",
        "/Scope /Column", "/ID (note.one.en)", "/Lang (ar)", "/Type /OBJR", "/WritingMode /RlTb", "/ParentTree",
        "/Placement /Block",
    };
    char *text = readable();
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (!strstr(text, expected[i]))
            fail_msg("%s is not in the file", expected[i]);
    free(text);
}

static void the_catalog_promises_both_standards(void **state)
{
    (void)state;
    static const char *const expected[] = {
        "%PDF-1.7", "/MarkInfo", "/Marked true", "/DisplayDocTitle true", "/GTS_PDFA1", "/Tabs /S",
        "<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>", "A &lt;title&gt; &amp; more", "/FontFile2", "/ToUnicode",
        "/CIDToGIDMap", "(https://example.org/)",
    };
    char *text = readable();
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (!strstr(text, expected[i]))
            fail_msg("%s is not in the file", expected[i]);
    assert_null(strstr(text, "/ProcSet ["));
    assert_null(strstr(text, "/Subtype /Image"));
    free(text);
}

/* A scene of one page that is still empty. */
static struct scene *empty_scene(void)
{
    struct scene *s = scene_new();
    scene_page_add(s, 400, 600);
    scene_set_meta(s, (struct scene_meta){ .title = "Parts", .author = "Desk", .lang = LANG_EN,
                                           .has_lang = { true, true }, .date = "2024-04-03" });
    return s;
}

/* As the second language of a chart: what is drawn is the first one's. It has its box on its own page all the same. */
static void a_figure_without_a_drawing_is_on_its_page(void **state)
{
    (void)state;
    struct scene *s = empty_scene();
    size_t page = scene_page_add(s, 400, 300);
    struct scene_tag *figure = scene_tag_new(s, scene_tag_root(s), TAG_FIGURE);
    scene_tag_more(s, figure)->alt = "Seats by list";
    figure->has_bbox = true;
    memcpy(scene_tag_more(s, figure)->bbox, (float[]){ 50, 100, 350, 250 }, sizeof figure->more->bbox);
    scene_tag_begin(s, page, figure);
    scene_tag_end(s, page);
    char *text = readable_of(s), *at = strstr(text, "/S /Figure");
    assert_non_null(at);
    *strstr(at, "endobj") = '\0';
    while (strncmp(at, " 0 obj", 6) != 0)
        at--;
    assert_non_null(strstr(at, "/Pg "));
    assert_non_null(strstr(at, "/BBox [\n        50\n        50\n        350\n        200\n"));
    assert_null(strstr(at, "/ActualText"));
    free(text);
}

/* Draws `words` on as many lines as they take; `linked` in them is a link; may be NULL. */
static struct scene_tag *draw_linked(struct scene *s, const char *words, const char *linked, enum lang lang)
{
    struct text_style style = { .size = 10, .other_scale = 1, .lang = lang };
    const struct text_block *block = text_layout(engine, words, (uint32_t)strlen(words), NULL, 0, &style, 120, NULL,
                                                 NULL, scene_arena(s), diags);
    struct scene_tag *tag = scene_tag_new(s, scene_tag_root(s), TAG_P);
    struct scene_tag *link = linked ? scene_tag_new(s, tag, TAG_LINK) : NULL;
    tag->lang = lang;
    tag->has_lang = true;
    scene_tag_begin(s, 0, tag);
    for (size_t i = 0; i < block->line_count; i++) {
        const struct text_line *line = &block->lines[i];
        scene_text(s, 0, line, 50, 50 + 20 * (float)i);
        const char *at = linked ? memmem(line->text, line->length, linked, strlen(linked)) : NULL;
        if (!at)
            continue;
        uint32_t start = (uint32_t)(at - line->text);
        scene_text_spans(s, 0, &(struct scene_span){ start, start + (uint32_t)strlen(linked), link }, 1);
        scene_link_add(s, 0, (struct scene_link){ 50, 40, 90, 55, NULL, "https://example.org/", linked, link });
    }
    scene_tag_end(s, 0);
    return tag;
}

/* ActualText as it stands in the file. */
static char *actual_text(const char *utf8)
{
    struct buf b;
    bool ascii = true;
    for (const char *p = utf8; *p; p++)
        ascii &= (unsigned char)*p < 0x80;
    buf_init(&b);
    buf_printf(&b, ascii ? "/ActualText (%s)" : "/ActualText <feff", utf8);
    for (const char *p = utf8; !ascii && *p;)
        buf_printf(&b, "%04x", utf8_next(&p));
    buf_add_string(&b, ascii ? "" : ">");
    return b.data;
}

static size_t occurrences(const char *text, const char *words)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, words)); at++)
        count++;
    return count;
}

static void assert_holds(const char *text, const char *words, size_t times)
{
    if (occurrences(text, words) != times)
        fail_msg("%s is in the file %zu times, not %zu", words, occurrences(text, words), times);
}

static void assert_says(const char *text, const char *utf8)
{
    char *entry = actual_text(utf8);
    assert_holds(text, entry, 1);
    free(entry);
}

/* ActualText that ends with a space. */
static size_t texts_with_a_space(const char *text)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, "/ActualText <")); at++)
        count += strncmp(strchr(at, '>') - 4, "0020", 4) == 0;
    return count;
}

/* Its text stands between the paragraph's: two pieces of that, one of the link's, inside one text object. */
static void a_link_holds_its_words(void **state)
{
    (void)state;
    struct scene *s = empty_scene();
    draw_linked(s, "Read the whole text", "whole", LANG_EN);
    char *text = readable_of(s);
    assert_holds(text, "/P<</MCID 0>>BDC", 1);
    assert_holds(text, "/P<</MCID 1>>BDC", 1);
    assert_holds(text, "/P<</MCID 2>>BDC", 1);
    assert_holds(text, "BT\n", 1);
    assert_null(strstr(text, "/ActualText"));
    const char *link = strstr(text, "/S /Link");
    assert_non_null(link);
    free(text);
}

/* Such a line's text objects stand in PDFium's order and cannot be parts of it too: it is drawn in the first of three
 * sequences, and each says what stands there, with its language. */
static void words_of_the_other_language_are_said_in_logical_order(void **state)
{
    (void)state;
    struct scene *s = empty_scene();
    draw_linked(s, "The word كلمة طيبة here", NULL, LANG_EN);
    char *text = readable_of(s);
    assert_holds(text, "/S /Span", 3);
    assert_holds(text, "/ActualText", 3);
    assert_says(text, "The word ");
    assert_says(text, "كلمة طيبة");
    assert_says(text, " here");
    assert_holds(text, "/Lang (ar)", 1);
    assert_holds(text, "/P<</MCID 1>>BDC\nEMC", 1);
    assert_holds(text, "/P<</MCID 2>>BDC\nEMC", 1);
    free(text);
}

/* A name with its digits is one in the other language; what follows is not. */
static void english_words_in_arabic_lines_have_their_language(void **state)
{
    (void)state;
    struct scene *s = empty_scene();
    draw_linked(s, "قمة COP30، في F-16", NULL, LANG_AR);
    char *text = readable_of(s);
    assert_says(text, "قمة ");
    assert_says(text, "COP30");
    assert_says(text, "، في ");
    assert_says(text, "F-16");
    assert_holds(text, "/Lang (en)", 3); /* the document's too */
    free(text);
}

/* Each line is a piece of its own; the link, whose words cannot be parted from their line, has them in one before it. */
static void arabic_lines_are_said_in_logical_order(void **state)
{
    (void)state;
    static const char words[] = "أول سطر في الفقرة ثم سطر آخر بعده";
    struct scene *s = empty_scene();
    draw_linked(s, words, NULL, LANG_AR);
    char *text = readable_of(s);
    size_t lines = occurrences(text, "/P<</MCID");
    assert_true(lines >= 2);
    assert_holds(text, "/S /Span", 0);
    assert_says(text, words);
    free(text);

    s = empty_scene();
    draw_linked(s, words, "أول", LANG_AR);
    text = readable_of(s);
    assert_holds(text, "/P<</MCID", lines + 1);
    assert_holds(text, "/P<</MCID 0>>BDC\nEMC", 1);
    assert_says(text, "أول");
    assert_holds(text, "/S /Span", lines + 1);
    assert_holds(text, "/ActualText", lines + 1);
    assert_int_equal(texts_with_a_space(text), lines - 1); /* at a line's end, but the last's */
    free(text);
}

/* A string of PDF/A has 32767 bytes at most; this paragraph's text would have more than 40000. */
static void a_long_paragraph_is_said_line_by_line(void **state)
{
    (void)state;
    struct buf words;
    buf_init(&words);
    for (int i = 0; i < 3500; i++)
        buf_add_string(&words, i ? " كلمة" : "كلمة");
    struct scene *s = empty_scene();
    draw_linked(s, words.data, NULL, LANG_AR);
    char *text = readable_of(s);
    size_t lines = occurrences(text, "/P<</MCID");
    assert_true(lines > 100);
    assert_holds(text, "/S /Span", lines);
    assert_holds(text, "/ActualText", lines);
    free(text);
    buf_drop(&words);
}

/* All of the first line is the link's; the second is in the other language. */
static void whole_arabic_lines_have_their_element_and_language(void **state)
{
    (void)state;
    struct scene *s = empty_scene();
    draw_linked(s, "الصفحة كلها\xE2\x80\xA8" "Reuters", "الصفحة كلها", LANG_AR);
    char *text = readable_of(s);
    assert_holds(text, "/P<</MCID", 2);
    assert_says(text, "الصفحة كلها");
    assert_says(text, "Reuters");
    assert_holds(text, "/Lang (en)", 2); /* the document's */
    free(text);
}

/* An element with a text and no drawing, as a cell of a chart's table, has an empty sequence. */
static void what_is_not_drawn_is_said(void **state)
{
    (void)state;
    struct scene *s = empty_scene();
    struct scene_tag *row = scene_tag_new(s, scene_tag_new(s, scene_tag_root(s), TAG_TABLE), TAG_ROW);
    struct scene_tag *cell = scene_tag_new(s, row, TAG_DATA_CELL);
    cell->text = "101 مقعد";
    scene_tag_begin(s, 0, cell);
    scene_tag_end(s, 0);
    char *text = readable_of(s);
    assert_holds(text, "/P<</MCID 0>>BDC\nEMC", 1);
    assert_holds(text, "/S /Span", 0);
    assert_says(text, "101 مقعد");
    free(text);
}

/* Its first line is its element's; on the next page there is one in another language, so each gets a Span. The first page's
 * list was written by then. */
static void a_paragraph_that_goes_on_otherwise_is_said_by_lines(void **state)
{
    (void)state;
    struct scene *s = empty_scene();
    size_t next = scene_page_add(s, 400, 600);
    struct scene_tag *p = scene_tag_new(s, scene_tag_root(s), TAG_P);
    draw(s, p, "سطر", LANG_AR, 50);
    draw_on(s, next, p, "Reuters", LANG_AR, 50);
    char *text = readable_of(s);
    assert_holds(text, "/S /Span", 2);
    assert_says(text, "سطر");
    assert_says(text, "Reuters");
    free(text);
}

/* Two cells have one array of attributes; language and writing mode are said where they change. */
static void what_is_alike_is_said_once(void **state)
{
    (void)state;
    struct scene *s = empty_scene();
    struct scene_tag *part = scene_tag_new(s, scene_tag_root(s), TAG_SECT);
    part->lang = LANG_AR;
    part->has_lang = true;
    struct scene_tag *head = scene_tag_new(s, scene_tag_new(s, scene_tag_new(s, part, TAG_TABLE), TAG_TBODY), TAG_ROW);
    draw(s, scene_tag_new(s, head, TAG_HEADER_CELL), "قائمة", LANG_AR, 110);
    draw(s, scene_tag_new(s, head, TAG_HEADER_CELL), "مقاعد", LANG_AR, 110);
    draw(s, scene_tag_new(s, head, TAG_HEADER_CELL), "Seats", LANG_EN, 110);
    char *text = readable_of(s);
    assert_holds(text, "/S /TH\n", 3);
    assert_holds(text, "/Scope /Row", 2); /* with a writing mode, without */
    assert_holds(text, "/WritingMode /RlTb", 1);
    assert_holds(text, "/WritingMode /LrTb", 1);
    assert_holds(text, "/Lang (ar)", 1);
    assert_holds(text, "/Lang (en)", 2); /* the document's, the cell's */
    free(text);
}

/* Among the bytes of UTF-16 are brackets, backslashes, carriage returns and zeros. */
static void texts_are_read_as_they_were(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "a (b) \\ c", "ب (ج)\\", "\xE0\xA8\x8D\xE2\xA4\xA8\xE2\xA4\xA9\xE5\xB0\x8A\xD8\xA8\xD8\xA8", "\xF0\x9F\x98\x80 x"
    };
    static const char *const want[] = { "/Alt (a \\(b\\) \\\\ c)", "/Alt <feff062800200028062c0029005c>",
                                        "/Alt <feff0a0d292829295c0a06280628>", "/Alt <feffd83dde0000200078>" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct scene *s = empty_scene();
        struct scene_tag *figure = scene_tag_new(s, scene_tag_root(s), TAG_FIGURE);
        scene_tag_more(s, figure)->alt = texts[i];
        figure->has_bbox = true;
        draw(s, figure, "101", LANG_EN, 200);
        char *text = readable_of(s);
        assert_holds(text, want[i], 1);
        free(text);
    }
}

/* A cell beside a group's value names its heads, and the tree of names leads to them. */
static void cells_name_their_headers(void **state)
{
    (void)state;
    static const char *const names[] = { "table1.2", "table1.1.1" };
    struct scene *s = empty_scene();
    struct scene_tag *table = scene_tag_new(s, scene_tag_root(s), TAG_TABLE);
    struct scene_tag *head = scene_tag_new(s, scene_tag_new(s, table, TAG_THEAD), TAG_ROW);
    struct scene_tag *body = scene_tag_new(s, table, TAG_TBODY), *row = scene_tag_new(s, body, TAG_ROW);
    draw(s, scene_tag_new(s, head, TAG_HEADER_CELL), "List", LANG_EN, 110);
    struct scene_tag *seats = scene_tag_new(s, head, TAG_HEADER_CELL), *group = scene_tag_new(s, row, TAG_HEADER_CELL);
    struct scene_tag *cell = scene_tag_new(s, row, TAG_DATA_CELL);
    scene_tag_more(s, seats)->name = names[0];
    scene_tag_more(s, group)->name = names[1];
    scene_tag_more(s, cell)->headers = names;
    scene_tag_more(s, cell)->header_count = 2;
    draw(s, seats, "Seats", LANG_EN, 110);
    draw(s, group, "Framework", LANG_EN, 130);
    draw(s, cell, "101", LANG_EN, 130);
    char *text = readable_of(s);
    const char *tree = strstr(text, "/IDTree");
    assert_non_null(tree);
    assert_holds(text, "/Headers [\n", 1);
    assert_holds(text, "(table1.2)", 3); /* the cell's, the head's and the tree's */
    assert_holds(text, "(table1.1.1)", 3);
    free(text);
}

/* Paragraphs over several pages, of both languages; some go on overleaf, and then otherwise than they began; one figure
 * has its caption on the page behind it. `closes`: what has had its last page is said to. */
static struct scene *long_scene(bool closes)
{
    enum { PAGES = 60, LINES = 50 };
    struct scene *s = empty_scene();
    struct scene_tag *root = scene_tag_root(s), *last = NULL, *caption = NULL;
    char words[40];
    for (size_t page = 0; page < PAGES; page++) {
        if (page)
            scene_page_add(s, 400, 600);
        for (int i = 0; i < LINES; i++) {
            bool goes_on = last && i == 0, arabic = (i + (int)page) % 3 == 0;
            struct scene_tag *tag = goes_on ? last : scene_tag_new(s, root, TAG_P);
            snprintf(words, sizeof words, arabic ? "سطر %d من %zu" : "Line %d of %zu", i, page);
            enum lang lang = goes_on ? tag->lang : arabic ? LANG_AR : LANG_EN;
            draw_on(s, page, tag, words, lang, 10 + 10 * (float)i);
            last = i == LINES - 1 ? tag : NULL;
            if (closes && !last)
                scene_tag_close(s, page, tag);
        }
        if (caption) {
            draw_on(s, page, caption, "تعليق", LANG_AR, 550);
            if (closes)
                scene_tag_close(s, page, caption);
            caption = NULL;
        }
        if (page % 5 == 2) {
            struct scene_tag *figure = scene_tag_new(s, root, TAG_FIGURE);
            caption = scene_tag_new(s, figure, TAG_CAPTION);
            scene_tag_more(s, figure)->alt = "Seats by list";
            figure->has_bbox = true;
            memcpy(scene_tag_more(s, figure)->bbox, (float[]){ 50, 510, 350, 540 }, sizeof figure->more->bbox);
            draw_on(s, page, figure, "101", LANG_EN, 520);
            if (closes)
                scene_tag_close(s, page, figure);
        }
    }
    return s;
}

/* In the arena. */
static struct contents *contents_of(struct scene *scene, struct arena *arena)
{
    struct buf pdf;
    buf_init(&pdf);
    assert_true(pdf_write(scene, fonts, &pdf, diags));
    assert_true(pdf_check("in.pdf", pdf.data, pdf.length, false, diags));
    const char *bytes = arena_copy(arena, pdf.data, pdf.length);
    struct contents *contents = contents_read("in.pdf", bytes, pdf.length, arena, diags);
    assert_non_null(contents);
    buf_drop(&pdf);
    scene_drop(scene);
    return contents;
}

/* Then they are written before the document's end, and nothing else is different. */
static void what_is_closed_is_as_it_would_be(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const struct contents *open = contents_of(long_scene(false), arena), *closed = contents_of(long_scene(true), arena);
    assert_true(open->block_count > 2900);
    assert_int_equal(open->block_count, closed->block_count);
    for (size_t i = 0; i < open->block_count; i++) {
        const struct contents_block *a = &open->blocks[i], *b = &closed->blocks[i];
        assert_string_equal(a->role, b->role);
        assert_string_equal(a->language, b->language);
        assert_string_equal(a->text, b->text);
        assert_int_equal(a->page, b->page);
    }
    arena_drop(arena);
}

static int set_up(void **state)
{
    (void)state;
    diags = diags_new();
    fonts = font_set_load(".", "briefing", diags);
    engine = fonts ? text_engine_new(fonts) : NULL;
    return engine ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    text_engine_drop(engine);
    font_set_drop(fonts);
    diags_drop(diags);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_says_what_things_are),
        cmocka_unit_test(the_catalog_promises_both_standards),
        cmocka_unit_test(a_figure_without_a_drawing_is_on_its_page),
        cmocka_unit_test(a_link_holds_its_words),
        cmocka_unit_test(words_of_the_other_language_are_said_in_logical_order),
        cmocka_unit_test(english_words_in_arabic_lines_have_their_language),
        cmocka_unit_test(arabic_lines_are_said_in_logical_order),
        cmocka_unit_test(a_long_paragraph_is_said_line_by_line),
        cmocka_unit_test(whole_arabic_lines_have_their_element_and_language),
        cmocka_unit_test(what_is_not_drawn_is_said),
        cmocka_unit_test(a_paragraph_that_goes_on_otherwise_is_said_by_lines),
        cmocka_unit_test(what_is_alike_is_said_once),
        cmocka_unit_test(texts_are_read_as_they_were),
        cmocka_unit_test(cells_name_their_headers),
        cmocka_unit_test(what_is_closed_is_as_it_would_be),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
