/* The structure tree and the catalog, read back from a finished file of one page by qpdf. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "pdf/pdf.h"
#include "support/program.h"

static struct font_set *fonts;
static struct text_engine *engine;
static struct diags *diags;

static void draw(struct scene *scene, struct scene_tag *tag, const char *words, enum lang lang, float y)
{
    struct text_style style = { .size = 10, .other_scale = 1, .lang = lang };
    const struct text_block *block = text_layout(engine, words, (uint32_t)strlen(words), NULL, 0, &style, 300, NULL,
                                                 NULL, scene_arena(scene), diags);
    tag->lang = lang;
    tag->has_lang = true;
    scene_tag_begin(scene, 0, tag);
    scene_text(scene, 0, &block->lines[0], 50, y);
    scene_tag_end(scene, 0);
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
    list->ordered = true;
    struct scene_tag *item = scene_tag_new(s, list, TAG_LIST_ITEM);
    draw(s, scene_tag_new(s, item, TAG_LABEL), "1", LANG_EN, 80);
    draw(s, scene_tag_new(s, scene_tag_new(s, item, TAG_LIST_BODY), TAG_P), "بند", LANG_AR, 80);
    struct scene_tag *table = scene_tag_new(s, root, TAG_TABLE);
    struct scene_tag *head = scene_tag_new(s, scene_tag_new(s, table, TAG_THEAD), TAG_ROW);
    struct scene_tag *body = scene_tag_new(s, scene_tag_new(s, table, TAG_TBODY), TAG_ROW);
    draw(s, scene_tag_new(s, head, TAG_HEADER_CELL), "Seats", LANG_EN, 110);
    draw(s, scene_tag_new(s, body, TAG_DATA_CELL), "101", LANG_EN, 130);
    struct scene_tag *figure = scene_tag_new(s, root, TAG_FIGURE);
    figure->alt = "Seats by list";
    figure->has_bbox = true;
    memcpy(figure->bbox, (float[]){ 50, 150, 350, 250 }, sizeof figure->bbox);
    draw(s, figure, "101", LANG_EN, 200);
    struct scene_tag *note = scene_tag_new(s, root, TAG_NOTE);
    note->name = "note.one.en";
    draw(s, note, "A source.", LANG_EN, 300);
    struct scene_tag *paragraph = scene_tag_new(s, root, TAG_P);
    draw(s, paragraph, "Read on", LANG_EN, 320);
    struct scene_tag *link = scene_tag_new(s, paragraph, TAG_LINK);
    scene_link_add(s, 0, (struct scene_link){ 50, 310, 90, 325, NULL, "https://example.org/", "Read on", link });
    return s;
}

/* The file as qpdf prints it, each object plain. */
static char *readable(void)
{
    struct scene *scene = make_scene();
    struct buf pdf;
    buf_init(&pdf);
    assert_true(pdf_write(scene, fonts, &pdf, diags));
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

static int set_up(void **state)
{
    (void)state;
    diags = diags_new();
    fonts = font_set_load(".", "briefing", diags);
    engine = fonts ? text_engine_new(fonts, diags) : NULL;
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
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
