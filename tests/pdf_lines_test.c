/*
 * The PDF writer by what comes out of it. tests/data/lines.txt (hard lines, and lines as a briefing has them)
 * is set through the scene and read back; a small tagged page is looked at with the tools that users have.
 *
 * In lines.txt, '^' before digits makes them a superscript; in italic_lines.txt, what stands between two '~' is slanted.
 * The lines of tests/data/free_lines.txt, held_out_lines.txt and third_lines.txt were written before it was known what
 * readers make of them; how many come back is counted. With MUJAZ_LINES=FOLDER the files, their scenes and what poppler
 * and mutool make of the counted ones are left there, for scripts/check-readers.sh.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "pdf/pdf.h"
#include "support/lines.h"
#include "support/program.h"
#include "support/set_lines.h"

enum { LINES_LIMIT = 200, ALL_LINES = 94, FREE_LINES = 152, HELD_LINES = 80, THIRD_LINES = 60, ITALIC_LINES = 23 };

struct fixture {
    struct diags *diags;
    struct font_set *fonts;
    struct text_engine *engine;
    char *folder;
    char *lines[LINES_LIMIT]; /* without '^' */
    size_t count;
    char *poppler[2],
        *mutool[2]; /* text with each line on a page of its own, and with all on the same pages */
};

/* --- setting --- */

static void keep(const struct scene *s, const struct buf *pdf, const char *name)
{
    const char *folder = getenv("MUJAZ_LINES");
    if (!folder)
        return;
    char *path = text_join(folder, name);
    struct buf dump;
    buf_init(&dump);
    file_write(path, pdf->data, pdf->length);
    memcpy(strrchr(path, '.'), ".txt", 4);
    scene_dump(s, &dump);
    file_write(path, dump.data, dump.length);
    buf_drop(&dump);
    free(path);
}

static char *write_lines(struct fixture *f, char *const sources[], size_t count, bool page_each, const char *name)
{
    struct scene *s = scene_new();
    scene_set_meta(s, (struct scene_meta){ .title = "Lines", .lang = LANG_EN, .date = "2024-02-10" });
    size_t page = 0;
    float y = 0;
    for (size_t i = 0; i < count; i++, y += 24) {
        if (page_each || i == 0 || y > 550) {
            page = scene_page_add(s, 900, 600);
            y = 50;
        }
        lines_set(f->engine, s, sources[i], page, y, f->diags);
    }
    struct buf pdf;
    buf_init(&pdf);
    assert_true(pdf_write(s, f->fonts, &pdf, f->diags));
    char *path = text_join(f->folder, name);
    file_write(path, pdf.data, pdf.length);
    keep(s, &pdf, name);
    buf_drop(&pdf);
    scene_drop(s);
    return path;
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    f->diags = diags_new();
    f->fonts = font_set_load(".", "briefing", f->diags);
    f->engine = f->fonts ? text_engine_new(f->fonts) : NULL;
    f->folder = tree_new();
    if (!f->engine)
        return 1;
    char *content = file_content("tests/data/lines.txt", NULL), *sources[LINES_LIMIT];
    for (char *p = strtok(content, "\n"); p && f->count < LINES_LIMIT; p = strtok(NULL, "\n"))
        sources[f->count++] = p;
    for (int all = 0; all < 2; all++) {
        char *path = write_lines(f, sources, f->count, !all, all ? "all.pdf" : "each.pdf");
        f->poppler[all] = lines_by_poppler(path);
        f->mutool[all] = lines_by_mutool(path);
        free(path);
    }
    struct text_span spans[LINES_SPANS];
    for (size_t i = 0; i < f->count; i++) {
        f->lines[i] = strdup(sources[i]);
        lines_take_spans(f->lines[i], spans);
    }
    free(content);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < f->count; i++)
        free(f->lines[i]);
    for (int all = 0; all < 2; all++) {
        free(f->poppler[all]);
        free(f->mutool[all]);
    }
    text_engine_drop(f->engine);
    font_set_drop(f->fonts);
    diags_drop(f->diags);
    tree_remove(f->folder);
    free(f);
    return 0;
}

/* --- lines come back --- */

/* What the page holds is the line, no more; or, on pages of many lines, the line is one of them. */
static size_t count_exact(const struct fixture *f, const char *text, bool page_each, const char *reader)
{
    size_t exact = 0;
    for (size_t i = 0; i < f->count; i++) {
        char *page = page_each ? lines_page(text, i) : strdup(text), *got = lines_normalise(page);
        char *want = lines_normalise(f->lines[i]);
        for (char *p = got; *p; p++)
            if (page_each && (*p == '\n' || *p == '\f'))
                *p = ' ';
        const char *start = got + strspn(got, " ");
        size_t length = strlen(want);
        bool same = page_each ? !strncmp(start, want, length) && !start[length + strspn(start + length, " ")]
                              : lines_hold(got, want);
        exact += same;
        if (!same)
            print_message("  %s: %s\n", reader, f->lines[i]);
        free(page);
        free(got);
        free(want);
    }
    return exact;
}

static void lines_alone_come_back(void **state)
{
    const struct fixture *f = *state;
    assert_int_equal(f->count, ALL_LINES);
    assert_int_equal(count_exact(f, f->poppler[0], true, "pdftotext"), 93);
    assert_int_equal(count_exact(f, f->mutool[0], true, "mutool"), 92);
}

/* poppler gives a page one direction: on these, left-to-right lines with Arabic in them lose their order. */
static void lines_together_come_back(void **state)
{
    const struct fixture *f = *state;
    assert_int_equal(count_exact(f, f->poppler[1], false, "pdftotext"), 84);
    assert_int_equal(count_exact(f, f->mutool[1], false, "mutool"), 92);
}

/* Lines of a file, and how many of them come back. `lang`: of lines of that direction on pages of their own; -1: of all,
 * mixed. */
struct free_lines {
    const char *file;
    size_t all;
    const char *name;
    int lang;
    size_t poppler, mutool;
};

static size_t count_on_pages(const char *text, char *const lines[], size_t count, const char *name, const char *reader)
{
    size_t exact = 0;
    char *got = lines_normalise(text);
    for (size_t i = 0; i < count; i++) {
        char *want = lines_normalise(lines[i]);
        bool same = lines_hold(got, want);
        exact += same;
        if (!same)
            print_message("  %s, %s: %s\n", name, reader, lines[i]);
        free(want);
    }
    free(got);
    return exact;
}

/* As NAME.pdf.READER. */
static void keep_text(const char *name, const char *reader, const char *text)
{
    const char *folder = getenv("MUJAZ_LINES");
    char file[64];
    snprintf(file, sizeof file, "%s.%s", name, reader);
    char *path = folder ? text_join(folder, file) : NULL;
    if (path)
        file_write(path, text, strlen(text));
    free(path);
}

static void count_free(struct fixture *f, const struct free_lines *free_lines)
{
    char *content = file_content(free_lines->file, NULL), *lines[LINES_LIMIT] = { NULL };
    struct text_span spans[LINES_SPANS];
    size_t count = 0, all = 0;
    for (char *p = strtok(content, "\n"); p; p = strtok(NULL, "\n"), all++)
        if (free_lines->lang < 0 || lines_first_strong(p) == (enum lang)free_lines->lang)
            lines[count++] = p;
    assert_int_equal(all, free_lines->all);
    char *path = write_lines(f, lines, count, false, free_lines->name);
    for (size_t i = 0; i < count; i++)
        lines_take_spans(lines[i], spans);
    char *poppler = lines_by_poppler(path), *mutool = lines_by_mutool(path);
    assert_int_equal(count_on_pages(poppler, lines, count, free_lines->name, "pdftotext"), free_lines->poppler);
    assert_int_equal(count_on_pages(mutool, lines, count, free_lines->name, "mutool"), free_lines->mutool);
    keep_text(free_lines->name, "poppler", poppler);
    keep_text(free_lines->name, "mutool", mutool);
    free(poppler);
    free(mutool);
    free(path);
    free(content);
}

static void free_lines_come_back(void **state)
{
    static const char free_file[] = "tests/data/free_lines.txt", held_file[] = "tests/data/held_out_lines.txt",
                      third_file[] = "tests/data/third_lines.txt", italic_file[] = "tests/data/italic_lines.txt";
    static const struct free_lines all[] = {
        { free_file, FREE_LINES, "free-en.pdf", LANG_EN, 31, 34 },
        { free_file, FREE_LINES, "free-ar.pdf", LANG_AR, 116, 116 },
        { free_file, FREE_LINES, "free-mixed.pdf", -1, 136, 150 },
        { held_file, HELD_LINES, "held-en.pdf", LANG_EN, 23, 24 },
        { held_file, HELD_LINES, "held-ar.pdf", LANG_AR, 54, 54 },
        { held_file, HELD_LINES, "held-mixed.pdf", -1, 68, 78 },
        { third_file, THIRD_LINES, "third-en.pdf", LANG_EN, 13, 13 },
        { third_file, THIRD_LINES, "third-ar.pdf", LANG_AR, 47, 47 },
        { third_file, THIRD_LINES, "third-mixed.pdf", -1, 50, 60 },
        { italic_file, ITALIC_LINES, "italic-en.pdf", LANG_EN, 19, 19 },
        { italic_file, ITALIC_LINES, "italic-ar.pdf", LANG_AR, 4, 4 },
        { italic_file, ITALIC_LINES, "italic-mixed.pdf", -1, 21, 23 },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        count_free(*state, &all[i]);
}

static void searches_hit(void **state)
{
    static const char *const words[] = { "35.4%",           "(101",         "101",        "1,460",
                                         "30 January 2024", "LibreOffice",  "التنسيقي",   "مقعدًا",
                                         "الإعفاءات",       "كانون الثاني", "لا إله إلا", "المسيّرة",
                                         "£2,050",          "$50",          "-€5",        "€1.5",
                                         "٤٣٫٥٪",           "٤١٫٢٪" };
    const struct fixture *f = *state;
    for (int all = 0; all < 2; all++) {
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            assert_non_null(strstr(f->poppler[all], words[i]));
            assert_non_null(strstr(f->mutool[all], words[i]));
        }
    }
}

static void qpdf_finds_no_fault(void **state)
{
    const struct fixture *f = *state;
    static const char *const names[] = { "each.pdf", "all.pdf" };
    for (int i = 0; i < 2; i++) {
        char *path = text_join(f->folder, names[i]);
        char *said = lines_output((const char *const[]){ "qpdf", "--check", path, NULL });
        assert_non_null(strstr(said, "No syntax or stream encoding errors found"));
        free(said);
        free(path);
    }
}

/* --- a tagged page --- */

static struct scene_tag *add_tagged(struct fixture *f, struct scene *s, struct scene_tag *parent,
                                    enum tag_role role, const char *text, enum lang lang, float y)
{
    struct text_style style = lines_style(lang);
    const struct text_block *b = text_layout(f->engine, text, (uint32_t)strlen(text), NULL, 0, &style, 400,
                                             NULL, NULL, scene_arena(s), f->diags);
    struct scene_tag *tag = scene_tag_new(s, parent, role);
    tag->lang = lang;
    tag->has_lang = true;
    scene_tag_begin(s, 0, tag);
    scene_text(s, 0, b->lines, 50 + b->lines->x, y);
    scene_tag_end(s, 0);
    return tag;
}

static void add_table(struct fixture *f, struct scene *s)
{
    struct scene_tag *table = scene_tag_new(s, scene_tag_root(s), TAG_TABLE);
    struct scene_tag *head = scene_tag_new(s, table, TAG_THEAD), *body = scene_tag_new(s, table, TAG_TBODY);
    add_tagged(f, s, scene_tag_new(s, head, TAG_ROW), TAG_HEADER_CELL, "List", LANG_EN, 120);
    struct scene_tag *row = scene_tag_new(s, body, TAG_ROW);
    add_tagged(f, s, row, TAG_HEADER_CELL, "Nabni", LANG_EN, 140);
    add_tagged(f, s, row, TAG_DATA_CELL, "43", LANG_EN, 160);
}

static void add_figure(struct fixture *f, struct scene *s)
{
    struct scene_tag *figure = add_tagged(f, s, scene_tag_root(s), TAG_FIGURE, "0", LANG_AR, 200);
    scene_tag_more(s, figure)->alt = "مخطط";
    figure->has_bbox = true;
    const float box[4] = { 50, 180, 450, 210 };
    memcpy(scene_tag_more(s, figure)->bbox, box, sizeof box);
    scene_path(s, 0, (struct path_step[]){ { PATH_MOVE, { 50 }, { 230 } }, { PATH_LINE, { 450 }, { 230 } } },
               2, (struct paint){ .stroke = true, .stroke_rgb = 0x888888, .width = 0.5f });
}

static struct scene *tagged_scene(struct fixture *f)
{
    struct scene *s = scene_new();
    scene_set_meta(s, (struct scene_meta){ .title = "الخلاصة & <more>",
                                           .author = "هيئة",
                                           .lang = LANG_AR,
                                           .binding = DIR_RTL,
                                           .date = "2024-02-10",
                                           .has_lang = { true, true } });
    scene_page_add(s, 500, 300);
    add_tagged(f, s, scene_tag_root(s), TAG_H1, "الخلاصة", LANG_AR, 50);
    struct scene_tag *p = add_tagged(f, s, scene_tag_root(s), TAG_P, "See", LANG_EN, 80);
    struct scene_tag *link = add_tagged(f, s, p, TAG_LINK, "the source", LANG_EN, 100);
    scene_link_add(
        s, 0, (struct scene_link){ 50, 90, 120, 104, NULL, "https://example.org/مصدر", "The source", link });
    scene_link_add(s, 0, (struct scene_link){ 50, 40, 120, 60, "bluf", NULL, "Bottom line", link });
    add_table(f, s);
    add_figure(f, s);
    scene_tag_more(s, add_tagged(f, s, scene_tag_root(s), TAG_NOTE, "1 Note", LANG_EN, 250))->name = "note-1";
    scene_dest_add(s, "bluf", 0, 40);
    scene_outline_add(s, (struct scene_outline){ 1, "الخلاصة", "bluf", LANG_AR });
    return s;
}

static void write_tagged(struct fixture *f, struct buf *pdf)
{
    struct scene *s = tagged_scene(f);
    assert_true(pdf_write(s, f->fonts, pdf, f->diags));
    assert_int_equal(diags_count(f->diags), 0);
    scene_drop(s);
}

static char *tagged_file(struct fixture *f)
{
    struct buf pdf;
    buf_init(&pdf);
    write_tagged(f, &pdf);
    char *path = text_join(f->folder, "tagged.pdf");
    file_write(path, pdf.data, pdf.length);
    buf_drop(&pdf);
    return path;
}

static void structure_is_read(void **state)
{
    char *path = tagged_file(*state);
    char *got = lines_output((const char *const[]){ "pdfinfo", "-struct-text", path, NULL });
    static const char expected[] = "Document:\n /WritingMode /RlTb\n"
                                   "  H1 (block)\n    \"ةصالخلا\"\n" /* as it is drawn */
                                   "  P (block):\n /WritingMode /LrTb\n    \"See\"\n"
                                   "    Link (inline)\n      \"the source\"\n Object 23 0\n Object 25 0\n"
                                   "  Table (block)\n"
                                   "    THead\n TR\n TH:\n /WritingMode /LrTb\n /Scope /Column\n \"List\"\n"
                                   "    TBody\n TR\n TH:\n /WritingMode /LrTb\n /Scope /Row\n \"Nabni\"\n"
                                   "      TD:\n /WritingMode /LrTb\n \"43\"\n"
                                   "  Figure:\n /Placement /Block\n /BBox [50 90 450 120]\n \"0\"\n"
                                   "  Note <note-1> (inline):\n /WritingMode /LrTb\n \"1 Note\"\n";
    char *plain = lines_normalise(got), *want = lines_normalise(expected);
    assert_string_equal(plain, want);
    free(plain);
    free(want);
    free(got);
    free(path);
}

static void assert_object_holds(const char *objects, const char *piece)
{
    if (!strstr(objects, piece))
        fail_msg("the file has no %s", piece);
}

static void accessibility_keys_are_there(void **state)
{
    static const char *const pieces[] = {
        "/Lang (ar)",
        "/Marked true",
        "/DisplayDocTitle true",
        "/S /GTS_PDFA1",
        "/Tabs /S",
        "/StructParents 0",
        "/StructParent 1",
        "/StructParent 2",
        "/Scope /Column",
        "/Scope /Row",
        "/WritingMode /RlTb",
        "/WritingMode /LrTb",
        "/ID (note-1)",
        "/Contents (The source)",
        "/ActualText <feff06270644062e0644062706350629>",
        "/URI (https://example.org/%D9%85%D8%B5%D8%AF%D8%B1)",
        "/Dest (bluf)",
        "/ParentTreeNextKey 3",
        "/Title <feff06270644062e064406270635062900200026",
        "/CreationDate (D:20240210000000Z)",
        "/F 4",
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">الخلاصة &amp; &lt;more&gt;</rdf:li>",
        "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</"
        "pdfuaid:part>",
        "<rdf:li>en</rdf:li><rdf:li>ar</rdf:li>",
        "/Alt <feff0645062e06370637>",
    };
    char *path = tagged_file(*state);
    char *objects =
        lines_output((const char *const[]){ "qpdf", "--qdf", "--object-streams=disable", path, "-", NULL });
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        assert_object_holds(objects, pieces[i]);
    assert_null(strstr(objects, "/ProcSet ["));
    assert_object_holds(objects, "/Direction /R2L");
    free(objects);
    free(path);
}

static void same_scene_gives_the_same_bytes(void **state)
{
    struct buf first, second;
    buf_init(&first);
    buf_init(&second);
    write_tagged(*state, &first);
    write_tagged(*state, &second);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.data, second.data, first.length);
    buf_drop(&first);
    buf_drop(&second);
}

static void page_out_of_range_is_an_error(void **state)
{
    struct fixture *f = *state;
    struct scene *s = scene_new();
    struct diags *diags = diags_new();
    struct buf pdf, said;
    buf_init(&pdf);
    buf_init(&said);
    scene_set_meta(s, (struct scene_meta){ .title = "Huge", .lang = LANG_EN });
    scene_page_add(s, 20000, 600);
    assert_false(pdf_write(s, f->fonts, &pdf, diags));
    assert_int_equal(diags_count(diags), 1);
    diag_format(diags_get(diags, 0), &said);
    assert_string_equal(said.data,
                        "error: [pdf-library] libharu refused to make the PDF (error 0x1054, detail 0)\n");
    assert_int_equal(pdf.length, 0);
    buf_drop(&pdf);
    buf_drop(&said);
    diags_drop(diags);
    scene_drop(s);
}

/* Fonts that a definition may name: without advances, or with fewer glyphs than its 'cmap' names. fontconfig refuses
 * the one, so the engine gets a good one. */
enum damage { NO_DAMAGE, NO_ADVANCES, FEW_GLYPHS };

static const char broken_definition[] =
    "licence: OFL-1.1\npackage: none\nfolder: files\nfamilies:\n  Noto Sans:\n    regular: {file: a.ttf}\n"
    "    bold: {file: b.ttf}\nroles:\n  reading: {en: Noto Sans, ar: Noto Sans}\n"
    "  heading: {en: Noto Sans, ar: Noto Sans}\n  data: {en: Noto Sans, ar: Noto Sans}\n";

static void write_fonts(const char *folder, enum damage damage)
{
    static const char noto[] = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf";
    static const char *const names[] = { "files/a.ttf", "files/b.ttf" };
    size_t length;
    char *font = file_content(noto, &length);
    for (size_t i = 12; i < 400; i += 16) /* the table directory */
        if (damage == NO_ADVANCES && !memcmp(font + i, "hmtx", 4)) {
            font[i] = 'x';
        } else if (damage == FEW_GLYPHS && !memcmp(font + i, "maxp", 4)) {
            const uint8_t *at = (const uint8_t *)font + i + 8;
            memcpy(font + (at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3]) + 4, "\0\2", 2);
        }
    for (int i = 0; i < 2; i++) {
        char *path = text_join(folder, names[i]);
        remove(path); /* whoever has the old one keeps it */
        file_write(path, font, length);
        free(path);
    }
    free(font);
}

static char *broken_workspace(enum damage damage)
{
    char *folder = tree_new(), *files = text_join(folder, "files"), *fonts = text_join(folder, "fonts");
    char *definition = text_join(fonts, "broken.yaml");
    assert_int_equal(mkdir(files, 0700), 0);
    assert_int_equal(mkdir(fonts, 0700), 0);
    file_write(definition, broken_definition, strlen(broken_definition));
    write_fonts(folder, damage);
    free(definition);
    free(files);
    free(fonts);
    return folder;
}

static void assert_refused(enum damage damage)
{
    char *folder = broken_workspace(damage);
    struct diags *diags = diags_new();
    struct font_set *set = font_set_load(folder, "broken", diags);
    assert_non_null(set);
    write_fonts(folder, NO_DAMAGE);
    struct text_engine *engine = text_engine_new(set);
    assert_non_null(engine);
    struct arena *arena = arena_new();
    struct text_style style = { .size = 10, .other_scale = 1, .lang = LANG_EN };
    const struct text_line *line = text_layout(engine, "A", 1, NULL, 0, &style, 0, NULL, NULL, arena, diags)->lines;
    text_engine_drop(engine);
    struct scene *s = scene_new();
    scene_set_meta(s, (struct scene_meta){ .title = "Broken", .lang = LANG_EN });
    scene_text(s, scene_page_add(s, 100, 100), line, 10, 50);
    struct buf pdf, said;
    buf_init(&pdf);
    buf_init(&said);
    assert_false(pdf_write(s, set, &pdf, diags));
    assert_int_equal(diags_count(diags), 1);
    diag_format(diags_get(diags, 0), &said);
    assert_memory_equal(said.data, folder, strlen(folder));
    assert_string_equal(said.data + strlen(folder),
                        "/files/a.ttf: error: [pdf-font] no subset of this font can be "
                        "made: its tables are damaged, or it needs over 16575 glyphs; "
                        "choose another\n");
    buf_drop(&pdf);
    buf_drop(&said);
    scene_drop(s);
    arena_drop(arena);
    font_set_drop(set);
    diags_drop(diags);
    tree_remove(folder);
}

static void damaged_fonts_are_errors(void **state)
{
    (void)state;
    assert_refused(NO_ADVANCES);
    assert_refused(FEW_GLYPHS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_alone_come_back),
        cmocka_unit_test(lines_together_come_back),
        cmocka_unit_test(free_lines_come_back),
        cmocka_unit_test(searches_hit),
        cmocka_unit_test(qpdf_finds_no_fault),
        cmocka_unit_test(structure_is_read),
        cmocka_unit_test(accessibility_keys_are_there),
        cmocka_unit_test(same_scene_gives_the_same_bytes),
        cmocka_unit_test(page_out_of_range_is_an_error),
        cmocka_unit_test(damaged_fonts_are_errors),
    };
    return cmocka_run_group_tests_name("pdf lines", tests, set_up, tear_down);
}
