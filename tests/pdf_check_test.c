/*
 * The checker of finished PDFs: a file of ours is good, and one that was broken on purpose shows the rule that it
 * breaks. Files are broken in the form that qpdf makes readable, and fix-qdf mends lengths and places behind the edit.
 */
#define _GNU_SOURCE /* memmem, asprintf */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "pdf/pdf.h"
#include "pdf_check/contents.h"
#include "pdf_check/pdf_check.h"
#include "support/press.h"
#include "support/program.h"
#include "support/said.h"

static struct font_set *fonts;
static struct text_engine *engine;
static char *folder;
static struct buf made;  /* as we write it */
static struct buf plain; /* the same in the readable form */
static struct buf press; /* for a press, in the readable form */
static struct buf made_press;

/* --- a good file --- */

static void draw(struct scene *scene, size_t page, struct scene_tag *tag, const char *words, enum lang lang, float y)
{
    struct diags *diags = diags_new();
    struct text_style style = { .size = 10, .other_scale = 1, .lang = lang };
    const struct text_block *block = text_layout(engine, words, (uint32_t)strlen(words), NULL, 0, &style, 300, NULL,
                                                 NULL, scene_arena(scene), diags);
    tag->lang = lang;
    tag->has_lang = true;
    scene_tag_begin(scene, page, tag);
    scene_text(scene, page, &block->lines[0], 50, y);
    scene_tag_end(scene, page);
    diags_drop(diags);
}

static void draw_table(struct scene *s, struct scene_tag *root)
{
    struct scene_tag *table = scene_tag_new(s, root, TAG_TABLE);
    draw(s, 0, scene_tag_new(s, table, TAG_CAPTION), "Seats by list", LANG_EN, 100);
    struct scene_tag *head = scene_tag_new(s, scene_tag_new(s, table, TAG_THEAD), TAG_ROW);
    draw(s, 0, scene_tag_new(s, head, TAG_HEADER_CELL), "List", LANG_EN, 110);
    struct scene_tag *wide = scene_tag_new(s, head, TAG_HEADER_CELL);
    scene_tag_more(s, wide)->column_span = 2;
    draw(s, 0, wide, "Seats", LANG_EN, 110);
    struct scene_tag *body = scene_tag_new(s, table, TAG_TBODY);
    for (int row = 0; row < 2; row++) {
        struct scene_tag *cells = scene_tag_new(s, body, TAG_ROW);
        if (row == 0) {
            struct scene_tag *tall = scene_tag_new(s, cells, TAG_HEADER_CELL);
            scene_tag_more(s, tall)->row_span = 2;
            draw(s, 0, tall, "North", LANG_EN, 130);
        }
        draw(s, 0, scene_tag_new(s, cells, TAG_DATA_CELL), "101", LANG_EN, (float)(130 + 15 * row));
        draw(s, 0, scene_tag_new(s, cells, TAG_DATA_CELL), "12", LANG_EN, (float)(130 + 15 * row));
    }
}

static void draw_figure(struct scene *s, struct scene_tag *root)
{
    static const uint8_t pixels[2 * 2 * 3] = { 255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9 };
    static const struct image image = { IMAGE_RGB, 2, 2, false, pixels, sizeof pixels, NULL };
    struct scene_tag *figure = scene_tag_new(s, root, TAG_FIGURE);
    scene_tag_more(s, figure)->alt = "Four pixels";
    figure->has_bbox = true;
    memcpy(scene_tag_more(s, figure)->bbox, (float[]){ 50, 190, 90, 230 }, sizeof figure->more->bbox);
    scene_tag_begin(s, 0, figure);
    scene_image(s, 0, &image, "four", 50, 190, 40, 40);
    scene_tag_end(s, 0);
}

static void draw_links(struct scene *s, struct scene_tag *root)
{
    struct scene_tag *toc = scene_tag_new(s, root, TAG_TOC);
    struct scene_tag *entry = scene_tag_new(s, scene_tag_new(s, toc, TAG_TOC_ITEM), TAG_LINK);
    draw(s, 0, entry, "The second page", LANG_EN, 60);
    scene_link_add(s, 0, (struct scene_link){ 50, 50, 200, 65, "second", NULL, "The second page", entry });
    struct scene_tag *link = scene_tag_new(s, scene_tag_new(s, root, TAG_P), TAG_LINK);
    draw(s, 0, link, "Read on", LANG_EN, 320);
    scene_link_add(s, 0, (struct scene_link){ 50, 310, 90, 325, NULL, "https://example.org/", "Read on", link });
}

static struct scene *make_scene(const struct scene_press *to_print)
{
    struct scene *s = scene_new();
    struct scene_tag *root = scene_tag_root(s);
    scene_page_add(s, 400, 600);
    scene_page_add(s, 400, 600);
    scene_set_meta(s, (struct scene_meta){ .title = "A <title> & more", .author = "Desk", .lang = LANG_EN,
                                           .has_lang = { true, true }, .date = "2024-04-03", .press = to_print,
                                           .colour = to_print ? COLOUR_CMYK : COLOUR_RGB });
    draw(s, 0, scene_tag_new(s, root, TAG_H1), "A heading", LANG_EN, 40);
    draw_links(s, root);
    struct scene_tag *list = scene_tag_new(s, root, TAG_LIST);
    struct scene_tag *item = scene_tag_new(s, list, TAG_LIST_ITEM);
    draw(s, 0, scene_tag_new(s, item, TAG_LABEL), "1", LANG_EN, 80);
    draw(s, 0, scene_tag_new(s, scene_tag_new(s, item, TAG_LIST_BODY), TAG_P), "بند", LANG_AR, 80);
    draw_table(s, root);
    draw_figure(s, root);
    for (int i = 0; i < 2; i++) {
        struct scene_tag *note = scene_tag_new(s, root, TAG_NOTE);
        scene_tag_more(s, note)->name = i ? "note.two" : "note.one";
        draw(s, 0, note, "A source.", LANG_EN, (float)(300 + 20 * i));
    }
    draw(s, 1, scene_tag_new(s, root, TAG_H2), "A second", LANG_EN, 40);
    scene_path(s, 1, (struct path_step[]){ { PATH_MOVE, { 9 }, { 9 } }, { PATH_LINE, { 90 }, { 9 } } }, 2,
               (struct paint){ .stroke = true, .width = 1 });
    scene_dest_add(s, "first", 0, 40);
    scene_dest_add(s, "second", 1, 40);
    scene_outline_add(s, (struct scene_outline){ 1, "A heading", "first", LANG_EN });
    scene_outline_add(s, (struct scene_outline){ 2, "A second", "second", LANG_EN });
    return s;
}

static void make_file(const struct scene_press *to_print, struct buf *ours, struct buf *readable)
{
    static const struct attachment files[] = {
        { "a.csv", "text/csv", "x\n1\n", 4, { "Data", "بيانات" }, ATTACHMENT_DATA, NULL, false },
        { "b.csv", "text/csv", "y\n2\n3\n", 6, { "More", "المزيد" }, ATTACHMENT_SOURCE, NULL, false },
    };
    struct diags *diags = diags_new();
    struct scene *scene = make_scene(to_print);
    struct pdf *pdf = pdf_new(fonts, buf_sink(ours), diags);
    pdf_attach(pdf, files, 2);
    struct scene_sink sink = pdf_sink(pdf);
    for (size_t i = 0; i < scene_pages(scene); i++)
        sink.take(sink.context, scene, i);
    assert_true(pdf_finish(pdf, scene));
    pdf_drop(pdf);
    scene_drop(scene);
    diags_drop(diags);
    char *in = text_join(folder, "in.pdf"), *out = text_join(folder, "plain.pdf");
    file_write(in, ours->data, ours->length);
    struct outcome o = program_run((const char *const[]){ "qpdf", "--qdf", "--object-streams=disable",
                                                          "--newline-before-endstream", in, out, NULL }, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    size_t length;
    char *bytes = file_content(out, &length);
    buf_add(readable, bytes, length);
    free(bytes);
    free(in);
    free(out);
}

static void make_files(void)
{
    struct scene_press to_print = { .name = "A press" };
    char *profile = file_content(PRESS_PROFILE, &to_print.length);
    to_print.profile = profile;
    make_file(NULL, &made, &plain);
    make_file(&to_print, &made_press, &press);
    free(profile);
}

static int set_up(void **state)
{
    (void)state;
    struct diags *diags = diags_new();
    fonts = font_set_load(".", "briefing", diags);
    engine = fonts ? text_engine_new(fonts) : NULL;
    diags_drop(diags);
    folder = tree_new();
    buf_init(&made);
    buf_init(&plain);
    buf_init(&press);
    buf_init(&made_press);
    if (engine)
        make_files();
    return engine ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    text_engine_drop(engine);
    font_set_drop(fonts);
    buf_drop(&made);
    buf_drop(&plain);
    buf_drop(&press);
    buf_drop(&made_press);
    tree_remove(folder);
    return 0;
}

static void ours_is_good(void **state)
{
    (void)state;
    struct diags *diags = diags_new();
    assert_true(pdf_check("made.pdf", made.data, made.length, false, diags));
    assert_true(pdf_check("plain.pdf", plain.data, plain.length, false, diags));
    assert_true(pdf_check("made-press.pdf", made_press.data, made_press.length, false, diags));
    assert_true(pdf_check("press.pdf", press.data, press.length, false, diags));
    assert_said(diags, NULL, "");
}

/* --- broken files --- */

enum rule {
#define RULE(id, test, clause, wrong, right) RULE_##id,
#include "pdf_check/rules.h"
#undef RULE
    RULE_COUNT
};

static const char *const sentences[] = {
#define RULE(id, test, clause, wrong, right) clause ": " wrong,
#include "pdf_check/rules.h"
#undef RULE
};

enum form {
    MENDED, /* the readable form, lengths and places put right behind the edit */
    RAW,    /* the readable form, nothing put right */
    OURS,   /* as we write it, nothing put right */
    PRESS   /* as MENDED, of the file for a press */
};

static const struct breach {
    enum rule rule;
    enum form form;
    struct { const char *old, *new; } edits[3]; /* of the first place each */
} breaches[] = {
    { RULE_HEADER, RAW, { { "%PDF-1.7", "%PDF-2.0" } } },
    { RULE_BINARY, RAW, { { "%\xbf\xf7\xa2\xfe", "%abcd" } } },
    { RULE_END, RAW, { { "%%EOF\n", "%%EOF\nmore\n" } } },
    { RULE_FILE_ID, MENDED, { { "/ID [", "/IX [" } } },
    { RULE_ENCRYPTED, MENDED, { { "/ID [", "/Encrypt << >> /ID [" } } },
    { RULE_VERSION, OURS, { { "%PDF-1.7", "%PDF-1.4" } } },
    { RULE_OBJECT, RAW, { { "\n4 0 obj", "\n9 0 obj" } } },
    { RULE_REFERENCE, MENDED, { { "/Info (sRGB)", "/Info 999 0 R" } } },
    { RULE_SPACING, RAW, { { "\n4 0 obj\n", "\n4 0 obj " } } },
    { RULE_HEX, MENDED, { { "/ActualText <feff0628", "/ActualText <feff062" } } },
    { RULE_INTEGER, MENDED, { { "/CapHeight ", "/Count 2147483648 /CapHeight " } } },
    { RULE_STREAM_LENGTH, RAW, { { "\n480\n", "\n470\n" } } },
    { RULE_STREAM_LINE, RAW, { { "4 0 R\n>>\nstream\nx\n1\n\nendstream", "4 0 R\n>>\nstream\nx\n1\nendstream\n" } } },
    { RULE_STREAM_OUTSIDE, MENDED, { { "/N 3", "/F (x) /N 3" } } },
    { RULE_FILTER, MENDED, { { "/N 3", "/Filter /LZWDecode /N 3" } } },
    { RULE_STREAM_DATA, MENDED, { { "/N 3", "/Filter /FlateDecode /N 3" } } },
    { RULE_ACTION, MENDED, { { "/S /URI", "/S /JavaScript" } } },
    { RULE_ACTION_NAMED, MENDED, { { "/S /URI", "/S /Named /N /Close" } } },
    { RULE_ACTION_MORE, MENDED, { { "/Tabs /S", "/AA << >> /Tabs /S" } } },
    { RULE_PRESENTATION, MENDED, { { "/Tabs /S", "/PresSteps << >> /Tabs /S" } } },

    { RULE_MARKED, MENDED, { { "/Marked true", "/Marked false" } } },
    { RULE_SUSPECTS, MENDED, { { "/Marked true", "/Marked true /Suspects true" } } },
    { RULE_TITLE_SHOWN, MENDED, { { "/DisplayDocTitle true", "/DisplayDocTitle false" } } },
    { RULE_CATALOG_LANG, MENDED, { { "/Lang (en)", "/Long (en)" } } },
    { RULE_STRUCTURE, MENDED, { { "/StructTreeRoot", "/StructTree" } } },
    { RULE_OUTLINE, MENDED, { { "/Outlines", "/Outline" } } },
    { RULE_OUTLINE, MENDED, { { "/Count 1\n  /Dest (first)", "/Count 1\n  /Dest (third)" } } },
    { RULE_PAGE_LABELS, MENDED, { { "/PageLabels", "/PageLabel" } } },
    { RULE_NAME_ORDER, MENDED, { { "(second)", "(a)" } } },
    { RULE_NAME_ORDER, MENDED, { { "    2\n    45 0 R", "    1\n    45 0 R" } } },
    { RULE_DESTINATION, MENDED, { { " 0 R\n      /XYZ", " 0\n      /XYZ" } } },
    { RULE_SCRIPTS, MENDED, { { "/Dests", "/JavaScript << >> /Dests" } } },
    { RULE_ALTERNATE, MENDED, { { "/Dests", "/AlternatePresentations << >> /Dests" } } },
    { RULE_FORM, MENDED, { { "/MarkInfo", "/AcroForm << >> /MarkInfo" } } },
    { RULE_LAYERS, MENDED, { { "/MarkInfo", "/OCProperties << >> /MarkInfo" } } },
    { RULE_REQUIREMENTS, MENDED, { { "/MarkInfo", "/Requirements [ ] /MarkInfo" } } },
    { RULE_INTENT, MENDED, { { "/S /GTS_PDFA1", "/S /GTS_PDFX" } } },
    { RULE_INTENT, MENDED, { { "/N 3", "/N 4" } } },
    { RULE_INTENT_MORE, MENDED, { { "/OutputIntents [", "/OutputIntents [ << /S /X /DestOutputProfile 5 0 R >>" } } },

    { RULE_METADATA, MENDED, { { "/Subtype /XML", "/Subtype /TXT" } } },
    { RULE_XMP_PACKET, MENDED, { { " id=\"W5M0", " bytes=\"9\" id=\"W5M0" } } },
    { RULE_XMP_FORM, MENDED, { { "</dc:creator>", "</dc:creator" } } },
    { RULE_XMP_FORM, MENDED, { { "&amp; more", "& more" } } },
    { RULE_XMP_TITLE, MENDED, { { "A &lt;title&gt; &amp; more", "" } } },
    { RULE_XMP_UA, MENDED, { { "<pdfuaid:part>1", "<pdfuaid:part>2" } } },
    { RULE_XMP_A, MENDED, { { "<pdfaid:conformance>A", "<pdfaid:conformance>B" } } },
    { RULE_XMP_SCHEMA, MENDED, { { "<pdfaSchema:prefix>pdfuaid", "<pdfaSchema:prefix>other" } } },
    { RULE_INFO, MENDED, { { "/Author (Desk)", "/Author (Disk)" } } },
    { RULE_INFO, MENDED, { { "/ModDate (D:2024", "/ModDate (D:2023" } } },

    { RULE_PAGE_TREE, MENDED, { { "/Count 2\n  /Kids", "/Count 3\n  /Kids" } } },
    { RULE_PAGE_BOX, MENDED, { { "    400\n    600", "    400\n    2" } } },
    { RULE_BOX_OUTSIDE, MENDED, { { "/Tabs /S", "/TrimBox [ 0 0 410 600 ] /Tabs /S" } } },
    { RULE_BOX_OUTSIDE, MENDED, { { "/Tabs /S", "/BleedBox [ 400 600 -9 0 ] /Tabs /S" } } },
    { RULE_TABS, MENDED, { { "/Tabs /S", "/Tabs /R" } } },
    { RULE_ANNOT_KIND, MENDED, { { "/Subtype /Link", "/Subtype /Movie" } } },
    { RULE_ANNOT_FLAGS, MENDED, { { "/F 4", "/F 6" } } },
    { RULE_ANNOT_FLAGS, MENDED, { { "/F 4", "/G 4" } } },
    { RULE_ANNOT_LOOKS, MENDED, { { "/Subtype /Link", "/Subtype /Text" } } },
    { RULE_ANNOT_TEXT, MENDED, { { "/Contents (", "/Content (" } } },
    { RULE_LINK_TARGET, MENDED, { { "/Dest (second)", "/Dest (third)" } } },

    { RULE_CONTENT_FORM, MENDED, { { "ET\nEMC", "EMC" } } },
    { RULE_CONTENT_FORM, MENDED, { { "\nEMC\n", "\n" } } },
    { RULE_CONTENT_FORM, MENDED, { { "EMC\nET", "ET\nEMC" } } },
    { RULE_CONTENT_FORM, MENDED, { { "BT\n/P<</MCID 0>>BDC", "/P<</MCID 0>>BDC\nBT" } } },
    { RULE_OPERATOR, MENDED, { { "/Im1 Do", "/Im1 Done" } } },
    { RULE_RESOURCE, MENDED, { { "/Im1 Do", "/Im9 Do" } } },
    { RULE_Q_NESTED, MENDED, { { "/Im1 Do", "q q q q q q q q q q q q q q q q q q q q q q q q q q q q q q /Im1 Do" } } },
    { RULE_UNMARKED, MENDED, { { "/Artifact <</Type /Layout>> BDC", "/Other BMC" } } },
    { RULE_ARTIFACT_INSIDE, MENDED, { { "/Im1 Do", "/Artifact BMC EMC /Im1 Do" } } },
    { RULE_TAGGED_INSIDE, MENDED, { { "/Artifact BMC\n", "/Artifact BMC /P<</MCID 16>>BDC EMC\n" } } },
    { RULE_MCID, MENDED, { { "/MCID 15", "/MCID 14" } } },
    { RULE_CONTENT_LANG, MENDED, { { "/Span <<", "/Span <</Lang (e n) " } } },
    { RULE_COLOUR_RGB, MENDED, { { "/S /GTS_PDFA1", "/S /GTS_PDFX" } } },
    { RULE_COLOUR_CMYK, MENDED, { { "0 0 0 rg", "0 0 0 1 k" } } },
    { RULE_COLOUR_CMYK, MENDED, { { "/Tabs /S", "/Group << /S /Transparency /CS /DeviceCMYK >> /Tabs /S" } } },
    { RULE_COLOUR_CMYK, MENDED, { { "/Im1 Do", "/S1 sh /Im1 Do" },
                                  { "/XObject <<", "/Shading << /S1 << /ColorSpace /DeviceCMYK >> >> /XObject <<" } } },
    { RULE_RESOURCE, MENDED, { { "/Im1 Do", "/S1 sh /Im1 Do" } } },
    { RULE_COLOUR_GREY, MENDED, { { "/S /GTS_PDFA1", "/S /GTS_PDFX" }, { "0 0 0 rg", "0 g" } } },
    { RULE_COLOUR_ICC, MENDED, { { "/ColorSpace /DeviceRGB", "/ColorSpace [/ICCBased 5 0 R]" } } },
    { RULE_INTENT_NAME, MENDED, { { "/Im1 Do", "/Other ri /Im1 Do" } } },
    { RULE_GRAPHICS_STATE, MENDED, { { "/Im1 Do", "/G gs /Im1 Do" },
                                     { "/XObject <<", "/ExtGState << /G << /TR /Identity >> >> /XObject <<" } } },
    { RULE_BLEND, MENDED, { { "/Im1 Do", "/G gs /Im1 Do" },
                            { "/XObject <<", "/ExtGState << /G << /BM /Odd >> >> /XObject <<" } } },
    { RULE_IMAGE, MENDED, { { "/BitsPerComponent 8", "/Interpolate true /BitsPerComponent 8" } } },
    { RULE_IMAGE_BITS, MENDED, { { "/BitsPerComponent 8", "/BitsPerComponent 3" } } },
    { RULE_XOBJECT, MENDED, { { "/Subtype /Image", "/Subtype /PS" } } },

    { RULE_FONT_KIND, MENDED, { { "/BaseFont", "/BaseFoot" } } },
    { RULE_FONT_PROGRAM, MENDED, { { "/FontFile2", "/FontFile9" } } },
    { RULE_FONT_ENCODING, MENDED, { { "/Encoding ", "/Encoding /Other-H /Old " } } },
    { RULE_FONT_ENCODING, MENDED, { { "begincidrange\n<00> <BF> 0", "begincidrange\n<00> <BFFF> 0" } } },
    { RULE_FONT_ENCODING, MENDED, { { "<C000> <C0FF> 49152", "<C000> <C0FF> 65535" } } },
    { RULE_FONT_ENCODING, MENDED, { { "begincidrange", "begincidrangs" } } },
    { RULE_FONT_ENCODING, MENDED, { { "/CMapName /Mujaz-H\n", "/CMapName /Mujaz-H /UseCMap /Other-H\n" } } },
    { RULE_NOTDEF, MENDED, { { "<00> <BF> 0", "<00> <00> 0" } } },
    { RULE_FONT_COLLECTION, MENDED, { { "    /Ordering (Identity)", "    /Ordering (UCS)" } } },
    { RULE_FONT_COLLECTION, MENDED, { { "    /Registry (Adobe)", "    /Registry (Other)" } } },
    { RULE_FONT_COLLECTION, MENDED, { { "    /Supplement 0", "    /Supplement 1" } } },
    { RULE_FONT_DIRECTION, MENDED, { { "/WMode 0 def", "/WMode 1 def" } } },
    { RULE_FONT_MAP, MENDED, { { "/CIDToGIDMap", "/CIDToGIDMop" } } },
    { RULE_FONT_SET, MENDED, { { "/CapHeight", "/CIDSet 5 0 R /CapHeight" } } },
    { RULE_GLYPH_ABSENT, MENDED, { { "/CIDToGIDMap", "/CIDToGIDMap 5 0 R /Old" } } },
    { RULE_GLYPH_WIDTH, MENDED, { { "      705\n", "      805\n" } } },
    { RULE_GLYPH_UNICODE, MENDED, { { "<02> <", "<F2> <" } } },
    { RULE_GLYPH_VALUE, MENDED, { { "> <0041>", "> <FEFF>" } } },
    { RULE_GLYPH_VALUE, MENDED, { { "> <0041>", "> <E001>" } } },
    { RULE_NOTDEF, MENDED, { { "Tj\n", "Tj\n<00> Tj\n" } } },

    { RULE_ELEMENT, MENDED, { { "/S /LBody", "/X /LBody" } } },
    { RULE_PARENT, MENDED, { { "/P 52 0 R\n  /S /LBody", "/P 5 0 R\n  /S /LBody" } } },
    { RULE_ROLE, MENDED, { { "/S /Figure", "/S /Picture" } } },
    { RULE_ROLE_CIRCLE, MENDED, { { "/IDTree", "/RoleMap << /A /B /B /A >> /IDTree" } } },
    { RULE_ROLE_REMAPPED, MENDED, { { "/IDTree", "/RoleMap << /P /Div >> /IDTree" } } },
    { RULE_KID, MENDED, { { "  /K 13\n", "  /K 77\n" } } },
    { RULE_OWNED_TWICE, MENDED, { { "  /K 13\n", "  /K 12\n" } } },
    { RULE_ORPHAN, MENDED, { { "  /K 13\n", "" } } },
    { RULE_PARENT_TREE, MENDED, { { "/ParentTree ", "/ParentTrees " } } },
    { RULE_PARENT_TREE, MENDED, { { "    1\n    44 0 R", "    1\n    45 0 R" } } },
    { RULE_PARENT_TREE, MENDED, { { "/StructParents 3", "/StructParents 4" } } },
    { RULE_PARENT_TREE, MENDED, { { "  36 0 R\n  44 0 R", "  44 0 R\n  36 0 R" } } },
    { RULE_LINK_TAG, MENDED, { { "/S /Link", "/S /Span" } } },
    { RULE_LINK_TAG, MENDED, { { "/Type /OBJR", "/Type /MCR /MCID 0" } } },
    { RULE_ANNOT_TAG, MENDED, { { "/Subtype /Link", "/Subtype /Text" } } },
    { RULE_LANG, MENDED, { { "/Lang (ar)", "/Lang (a_r)" } } },
    { RULE_FIGURE_ALT, MENDED, { { "/Alt (", "/Alr (" } } },
    { RULE_FIGURE_BOX, MENDED, { { "/BBox", "/BBix" } } },
    { RULE_FORMULA_ALT, MENDED, { { "/Alt (", "/Alr (" }, { "/S /Figure", "/S /Formula" } } },
    { RULE_HEADING, MENDED, { { "/S /H2", "/S /H3" } } },
    { RULE_HEADING, MENDED, { { "/S /H1", "/S /H2" } } },
    { RULE_HEADING_MIXED, MENDED, { { "/S /H2", "/S /H" } } },
    { RULE_NOTE_ID, MENDED, { { "/ID (note.one)", "/IX (note.one)" } } },
    { RULE_NOTE_TWICE, MENDED, { { "/ID (note.two)", "/ID (note.one)" } } },
    { RULE_NESTING, MENDED, { { "/S /LBody", "/S /P" } } },
    { RULE_NESTING, MENDED, { { "/S /TOC\n", "/S /P\n" } } },
    { RULE_CAPTION, MENDED, { { "/S /THead", "/S /Caption" } } },
    { RULE_TABLE_PARTS, MENDED, { { "/S /TBody", "/S /THead" } } },
    { RULE_TABLE_CROSSING, MENDED, { { "/RowSpan 2", "/RowSpan 1" },
                                     { "  /K 10\n", "  /A << /O /Table /RowSpan 2 >>\n  /K 10\n" },
                                     { "  /K 11\n", "  /A << /O /Table /ColSpan 3 >>\n  /K 11\n" } } },
    { RULE_TABLE_COLUMNS, MENDED, { { "/ColSpan 2", "/ColSpan 3" } } },
    { RULE_TABLE_ROWS, MENDED, { { "/RowSpan 2", "/RowSpan 3" } } },
    { RULE_TABLE_SCOPE, MENDED, { { "/Scope /Row", "/Scape /Row" } } },
    { RULE_TABLE_SCOPE, MENDED, { { "  /K 10\n", "  /A << /O /Table /Headers [ (x) ] >>\n  /K 10\n" } } },

    { RULE_PRESS_METADATA, PRESS, { { "<pdfxid:GTS_PDFXVersion>PDF/X-4", "<pdfxid:GTS_PDFXVersion>PDF/X-3" } } },
    { RULE_PRESS_METADATA, PRESS, { { "<xmpMM:VersionID>1", "<xmpMM:VersionID>" } } },
    { RULE_PRESS_TRAPPED, PRESS, { { "/Trapped /False", "/Trapped /Unknown" } } },
    { RULE_PRESS_TRAPPED, PRESS, { { "<pdf:Trapped>False", "<pdf:Trapped>True" } } },
    { RULE_XMP_SCHEMA, PRESS, { { "<pdfaSchema:prefix>pdfxid", "<pdfaSchema:prefix>other" } } },
    { RULE_PRESS_INTENT, PRESS, { { "/S /GTS_PDFX", "/S /GTS_PDFY" } } },
    { RULE_PRESS_INTENT, PRESS, { { "(Custom)\n  /S /GTS_PDFX", "()\n  /S /GTS_PDFX" } } },
    { RULE_PRESS_BOX, PRESS, { { "/TrimBox", "/ArtBox" } } },
    { RULE_PRESS_BOX, PRESS, { { "/TrimBox [\n    0\n", "/TrimBox [\n    -9\n" } } },
    { RULE_PRESS_ANNOT, PRESS, { { "/Tabs /S", "/Annots [ << /Subtype /Link /Rect [ 1 1 9 9 ] >> ] /Tabs /S" } } },
    { RULE_PRESS_ACTION, PRESS, { { "/MarkInfo", "/OpenAction << /S /GoTo >> /MarkInfo" } } },
    { RULE_PRESS_FORMAT, PRESS, { { "%PDF-1.6", "%PDF-1.7" } } },
    { RULE_OVERPRINT, PRESS, { { "/Im1 Do", "/I CS 0 0 0 1 SCN /Over gs /Im1 Do" },
                               { "/ExtGState <<", "/ColorSpace << /I [ /ICCBased 21 0 R ] >> /ExtGState <<" } } },
    { RULE_COLOUR_RGB, PRESS, { { "0 0 0 1 k", "0 0 0 rg" } } },

    { RULE_FILE_NAMES, MENDED, { { "/UF (a.csv)", "/UF ()" } } },
    { RULE_FILE_RELATION, MENDED, { { "/AFRelationship /Data", "/AFRelationship /Other" } } },
    { RULE_FILE_OWNER, MENDED, { { "/AF [\n    3 0 R\n", "/AF [\n" } } },
    { RULE_FILE_TYPE, MENDED, { { "/text#2fcsv", "/csv" } } },
    { RULE_FILE_SIZE, MENDED, { { "/Size 4", "/Size 5" } } },
    { RULE_FILE_LISTED, MENDED, { { "    (a.csv)\n    3 0 R\n", "" } } },
};

/* Bytes may be zero: strstr does not do. */
static void replace(struct buf *b, const char *old, const char *new)
{
    size_t length = strlen(old), at = 0;
    while (at + length <= b->length && memcmp(b->data + at, old, length) != 0)
        at++;
    if (at + length > b->length)
        fail_msg("'%s' is not in the file", old);
    struct buf rest;
    buf_init(&rest);
    buf_add(&rest, b->data + at + length, b->length - at - length);
    b->length = at;
    buf_add_string(b, new);
    buf_add(b, rest.data, rest.length);
    buf_drop(&rest);
}

static void mend(struct buf *b)
{
    char *in = text_join(folder, "edited.pdf"), *out = text_join(folder, "mended.pdf");
    file_write(in, b->data, b->length);
    struct outcome o = program_run((const char *const[]){ "fix-qdf", in, NULL }, out);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    size_t length;
    char *bytes = file_content(out, &length);
    buf_clear(b);
    buf_add(b, bytes, length);
    free(bytes);
    free(in);
    free(out);
}

/* What the checker says of a file that was broken so. Heap. */
static char *verdict(const struct breach *breach)
{
    struct buf b;
    struct diags *diags = diags_new();
    buf_init(&b);
    const struct buf *from = breach->form == OURS ? &made : breach->form == PRESS ? &press : &plain;
    buf_add(&b, from->data, from->length);
    for (size_t i = 0; i < 3 && breach->edits[i].old; i++)
        replace(&b, breach->edits[i].old, breach->edits[i].new);
    if (breach->form == MENDED || breach->form == PRESS)
        mend(&b);
    if (pdf_check("x.pdf", b.data, b.length, false, diags))
        fail_msg("'%s' in place of '%s' breaks nothing", breach->edits[0].new, breach->edits[0].old);
    char *text = said(diags, NULL);
    diags_drop(diags);
    buf_drop(&b);
    return text;
}

static void each_rule_is_seen_to_break(void **state)
{
    (void)state;
    bool proven[RULE_COUNT] = { false };
    size_t missed = 0;
    for (size_t i = 0; i < sizeof breaches / sizeof *breaches; i++) {
        char *text = verdict(&breaches[i]);
        bool found = strstr(text, sentences[breaches[i].rule]) != NULL && strstr(text, "x.pdf: error: [pdf-fault] ") == text;
        if (!found)
            print_error("'%s' for '%s' does not show \"%s\", but:\n%s", breaches[i].edits[0].new,
                        breaches[i].edits[0].old, sentences[breaches[i].rule], text);
        missed += !found;
        proven[breaches[i].rule] = true;
        free(text);
    }
    proven[RULE_STRING_LONG] = proven[RULE_NAME_LONG] = true; /* below */
    for (int i = 0; i < RULE_COUNT; i++)
        if (!proven[i])
            fail_msg("nothing breaks \"%s\"", sentences[i]);
    assert_int_equal(missed, 0);
}

/* A document without sections has its titles only, one in each language. */
static void titles_need_no_outline(void **state)
{
    (void)state;
    struct buf b;
    struct diags *diags = diags_new();
    buf_init(&b);
    buf_add(&b, plain.data, plain.length);
    replace(&b, "/S /H2", "/S /H1");
    replace(&b, "/Outlines", "/Outline");
    mend(&b);
    assert_true(pdf_check("x.pdf", b.data, b.length, false, diags));
    buf_drop(&b);
    diags_drop(diags);
}

/* What the checker says of the file with a form that the page draws. Heap. */
static char *verdict_of_form(const char *keys, const char *content)
{
    char *form = NULL, *name = NULL;
    struct buf b;
    struct diags *diags = diags_new();
    buf_init(&b);
    buf_add(&b, plain.data, plain.length);
    unsigned number;
    const char *places = memmem(b.data, b.length, "\nxref\n0 ", 8);
    assert_int_equal(sscanf(places, "\nxref\n0 %u", &number), 1);
    assert_true(asprintf(&form, "%u 0 obj\n<<\n  /Length %u 0 R\n  /Subtype /Form\n  /BBox [ 0 0 9 9 ]\n%s>>\nstream\n%s\n"
                         "endstream\nendobj\n\n%%QDF: ignore_newline\n%u 0 obj\n0\nendobj\n\nxref\n0 ", number, number + 1, keys, content,
                         number + 1) > 0);
    assert_true(asprintf(&name, "/XObject << /F1 %u 0 R", number) > 0);
    replace(&b, "xref\n0 ", form);
    replace(&b, "/XObject <<", name);
    replace(&b, "/Im1 Do", "/F1 Do /Im1 Do");
    mend(&b);
    bool good = pdf_check("x.pdf", b.data, b.length, false, diags);
    char *text = said(diags, NULL);
    assert_true(good == !*text);
    diags_drop(diags);
    buf_drop(&b);
    free(form);
    free(name);
    return text;
}

/* Its operators have operands of their own, whatever the page had before Do. */
static void forms_are_read(void **state)
{
    (void)state;
    char *good = verdict_of_form("", "0 0 9 9 re f"), *inks = verdict_of_form("", "0 0 0 1 k 0 0 9 9 re f");
    char *group = verdict_of_form("  /Group << /S /Transparency /CS /DeviceCMYK >>\n", "0 0 9 9 re f");
    assert_string_equal(good, "");
    assert_non_null(strstr(inks, sentences[RULE_COLOUR_CMYK]));
    assert_non_null(strstr(group, sentences[RULE_COLOUR_CMYK]));
    free(good);
    free(inks);
    free(group);
}

static void long_things_are_refused(void **state)
{
    (void)state;
    char string[32768 + 32] = "/Author (", name[200] = "/Author /";
    memset(string + strlen(string), 'x', 32768);
    strcat(string, ") /Old ");
    memset(name + strlen(name), 'x', 128);
    strcat(name, " /Old ");
    const struct breach cases[] = { { RULE_STRING_LONG, MENDED, { { "/Author ", string } } },
                                    { RULE_NAME_LONG, MENDED, { { "/Author ", name } } } };
    for (size_t i = 0; i < 2; i++) {
        char *text = verdict(&cases[i]);
        assert_non_null(strstr(text, sentences[cases[i].rule]));
        free(text);
    }
}

static void a_rule_that_breaks_often_is_summed_up(void **state)
{
    (void)state;
    struct buf page;
    buf_init(&page);
    for (int i = 0; i < PDF_CHECK_EACH + 2; i++)
        buf_add_string(&page, "n oops\n");
    buf_add_string(&page, "/Im1 Do");
    const struct breach breach = { RULE_OPERATOR, MENDED, { { "/Im1 Do", page.data } } };
    char *text = verdict(&breach);
    assert_non_null(strstr(text, "pdf-a 6.2.2-1: a content stream has an unknown operator: 2 times more; "));
    free(text);
    buf_drop(&page);
}

/* Its first bytes are an object of that number. */
static void an_object_behind_the_end_is_not_there(void **state)
{
    (void)state;
    static const char file[] = "1 0 obj<</Type /Catalog>>endobj\nxref\n0 2\n0000000000 65535 f \n"
                               "9999999999 00000 n \ntrailer<</Size 2 /Root 1 0 R>>\nstartxref\n32\n%%EOF\n";
    struct diags *diags = diags_new();
    assert_false(pdf_check("x.pdf", file, sizeof file - 1, false, diags));
    assert_said(diags, NULL, "x.pdf: error: [pdf-unreadable] this is no PDF that can be read: it has no catalog; "
                             "make it anew\n");
}

static void what_is_no_pdf_is_refused(void **state)
{
    (void)state;
    static const char *const files[] = { "", "%PDF-1.7\n", "%PDF-1.7\nstartxref\n9999999999\n%%EOF\n",
                                         "%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< >>\nstartxref\n9\n%%EOF\n",
                                         "%PDF-1.7\nxref\n0 0\ntrailer\n<< /Prev 9 >>\nstartxref\n9\n%%EOF\n" };
    static const char *const reasons[] = { "no startxref says where its objects are",
                                           "no startxref says where its objects are",
                                           "its cross-references cannot be read", "it has no catalog",
                                           "its cross-references have no end" };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct diags *diags = diags_new();
        char want[200];
        assert_false(pdf_check("x.pdf", files[i], strlen(files[i]), false, diags));
        snprintf(want, sizeof want, "x.pdf: error: [pdf-unreadable] this is no PDF that can be read: %s; make it anew\n",
                 reasons[i]);
        assert_said(diags, NULL, want);
    }
}

/* A file of objects, the first of which is the catalog; checked and read in memory of just its bytes. */
static void check_objects_of(const char *const objects[])
{
    struct diags *diags = diags_new();
    struct buf b, table;
    size_t count = 0;
    buf_init(&b);
    buf_init(&table);
    buf_add_string(&b, "%PDF-1.7\n");
    for (; objects[count]; count++) {
        buf_printf(&table, "%010zu 00000 n \n", b.length);
        buf_printf(&b, "%zu 0 obj\n%s\nendobj\n", count + 1, objects[count]);
    }
    size_t at = b.length;
    buf_printf(&b, "xref\n0 %zu\n0000000000 65535 f \n%strailer\n<< /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", count + 1,
               table.data, at);
    char *exact = malloc(b.length);
    memcpy(exact, b.data, b.length);
    assert_false(pdf_check("x.pdf", exact, b.length, false, diags));
    assert_true(diags_count(diags) > 0 && diags_get(diags, 0)->id == DIAG_PDF_FAULT);
    struct arena *arena = arena_new();
    contents_read("x.pdf", exact, b.length, arena, diags);
    arena_drop(arena);
    free(exact);
    buf_drop(&b);
    buf_drop(&table);
    diags_drop(diags);
}

#define PAGE_OF(resources, contents) \
    "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>", \
    "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 99 99 ] /Resources << " resources " >> /Contents 4 0 R >>", \
    "<< /Length 29 >>\nstream\n" contents "\nendstream"

/* Numbers that lead out of the file, and metadata that ends where a property should go on: under the sanitizers each
 * says more. */
static void strange_numbers_do_no_harm(void **state)
{
    (void)state;
    /* An annotation that is not there. */
    check_objects_of((const char *const[]){ "<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 4 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 99 99 ] /Tabs /S /Annots [ 4000000000 0 R ] >>",
        "<< /Type /StructTreeRoot >>", NULL });
    /* A role that may stand in few, in what has none. */
    check_objects_of((const char *const[]){ "<< /Type /Catalog /StructTreeRoot 2 0 R >>",
        "<< /Type /StructTreeRoot /K 3 0 R >>", "<< /S /TR /P 2 0 R >>", NULL });
    /* 63 bytes: nothing is free behind them. */
    check_objects_of((const char *const[]){ "<< /Type /Catalog /Metadata 2 0 R >>",
        "<< /Type /Metadata /Subtype /XML /Length 63 >>\nstream\n"
        "<?xpacket begin='' id='W5M0MpCehiHzreSz'?>         <dc:creator>\nendstream", "<< /Author (x) >>", NULL });
    check_objects_of((const char *const[]){ "<< /Type /Catalog /Metadata 2 0 R >>",
        "<< /Type /Metadata /Subtype /XML /Length 63 >>\nstream\n"
        "<?xpacket begin='' id='W5M0MpCehiHzreSz'?>       pdfuaid:part=\"\nendstream", NULL });
    /* Widths from the largest CID on; a CMap's CIDs too. */
    check_objects_of((const char *const[]){ PAGE_OF("/Font << /F 5 0 R >>", "BT /F 9 Tf (ab) Tj ET        "),
        "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding 7 0 R /DescendantFonts [ 6 0 R ] >>",
        "<< /Type /Font /Subtype /CIDFontType2 /W [ 9999999999999999999 [ 1 2 3 ] ] >>",
        "<< /Length 103 >>\nstream\n1 begincodespacerange <0000> <FFFF> endcodespacerange 1 begincidrange <0000> <FFFF> "
        "9223372036854775807\nendstream", NULL });
    /* A width of 30 digits. */
    check_objects_of((const char *const[]){ PAGE_OF("/Font << /F 5 0 R >>", "BT /F 9 Tf (ab) Tj ET        "),
        "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [ 6 0 R ] >>",
        "<< /Type /Font /Subtype /CIDFontType2 /W [ 24930 [ -999999999999999999999999999999 ] ] >>", NULL });
}

/* Wherever a file is cut or a byte of it is changed, the checker ends; under the sanitizers that says more. */
static void damage_does_no_harm(void **state)
{
    (void)state;
    unsigned seed = 1;
    struct buf b;
    buf_init(&b);
    for (int i = 0; i < 600; i++) {
        const struct buf *from = i % 2 ? &made : &plain;
        struct diags *diags = diags_new();
        buf_clear(&b);
        buf_add(&b, from->data, from->length);
        for (int k = 0; k < 1 + i % 5; k++) {
            seed = seed * 1103515245 + 12345;
            b.data[(seed >> 8) % b.length] = (char)"<>[]()/0 9\n\xff"[seed % 12];
        }
        if (i % 7 == 0)
            b.length -= (seed >> 4) % b.length;
        char *exact = malloc(b.length); /* so that a byte behind the end is noticed */
        memcpy(exact, b.data, b.length);
        pdf_check("x.pdf", exact, b.length, false, diags);
        free(exact);
        diags_drop(diags);
    }
    buf_drop(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ours_is_good),
        cmocka_unit_test(each_rule_is_seen_to_break),
        cmocka_unit_test(titles_need_no_outline),
        cmocka_unit_test(forms_are_read),
        cmocka_unit_test(long_things_are_refused),
        cmocka_unit_test(a_rule_that_breaks_often_is_summed_up),
        cmocka_unit_test(what_is_no_pdf_is_refused),
        cmocka_unit_test(an_object_behind_the_end_is_not_there),
        cmocka_unit_test(strange_numbers_do_no_harm),
        cmocka_unit_test(damage_does_no_harm),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
