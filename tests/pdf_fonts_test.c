/*
 * Other families than the briefing's: Arabic ones with Latin ones, of TrueType and CFF outlines and of 1000 and 2048
 * units an em, whichever comes first in a font. The lines of tests/data/lines.txt are set in each pair and read back,
 * and the pages' pictures by poppler and mutool are those of the preview.
 *
 * With MUJAZ_LINES=FOLDER the files and their scenes are left there, for scripts/check-readers.sh.
 */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "pdf/pdf.h"
#include "pdf_check/pdf_check.h"
#include "preview/preview.h"
#include "support/lines.h"
#include "support/picture.h"
#include "support/program.h"
#include "support/said.h"
#include "support/set_lines.h"
#include "text/bidi.h"

enum { LINES_LIMIT = 200, DPI = 100 };

struct family {
    const char *name, *regular, *bold; /* files below /usr/share/fonts */
};

#define NOTO "truetype/noto/"
static const struct family noto_serif = { "Noto Serif", NOTO "NotoSerif-Regular.ttf", NOTO "NotoSerif-Bold.ttf" };
static const struct family dejavu = { "DejaVu Serif", "truetype/dejavu/DejaVuSerif.ttf",
                                      "truetype/dejavu/DejaVuSerif-Bold.ttf" };
static const struct family cantarell = { "Cantarell", "opentype/cantarell/Cantarell-Regular.otf",
                                         "opentype/cantarell/Cantarell-Bold.otf" };
static const struct family amiri = { "Amiri", "opentype/fonts-hosny-amiri/Amiri-Regular.ttf",
                                     "opentype/fonts-hosny-amiri/Amiri-Bold.ttf" };
static const struct family scheherazade = { "Scheherazade", "truetype/scheherazade/Scheherazade-Regular.ttf",
                                            "truetype/scheherazade/Scheherazade-Bold.ttf" };
static const struct family kufi = { "Noto Kufi Arabic", NOTO "NotoKufiArabic-Regular.ttf",
                                    NOTO "NotoKufiArabic-Bold.ttf" };
static const struct family sans = { "Noto Sans Arabic", NOTO "NotoSansArabic-Regular.ttf",
                                    NOTO "NotoSansArabic-Bold.ttf" };
static const struct family kacst = { "KacstOne", "truetype/kacst-one/KacstOne.ttf",
                                     "truetype/kacst-one/KacstOne-Bold.ttf" };

/* How many lines the families have letters for, how many of them come back, and how the font program is embedded. */
static const struct pair {
    const char *name;
    const struct family *en, *ar;
    const char *program;
    size_t lines, poppler, mutool;
} pairs[] = {
    { "noto-amiri", &noto_serif, &amiri, "FontFile2", 94, 84, 92 },
    { "dejavu-amiri", &dejavu, &amiri, "FontFile3", 94, 84, 92 },
    { "cantarell-amiri", &cantarell, &amiri, "FontFile3", 94, 84, 92 },
    { "noto-scheherazade", &noto_serif, &scheherazade, "FontFile2", 93, 83, 91 },
    { "dejavu-scheherazade", &dejavu, &scheherazade, "FontFile2", 93, 83, 91 },
    { "cantarell-scheherazade", &cantarell, &scheherazade, "FontFile3", 93, 83, 91 },
    { "cantarell-kufi", &cantarell, &kufi, "FontFile3", 93, 85, 91 },
    { "dejavu-kufi", &dejavu, &kufi, "FontFile3", 93, 85, 91 },
    { "cantarell-sans", &cantarell, &sans, "FontFile3", 94, 86, 92 },
    { "dejavu-kacst", &dejavu, &kacst, "FontFile2", 91, 81, 89 },
};
enum { PAIRS = sizeof pairs / sizeof *pairs };

static void add_family(struct buf *b, const struct family *f)
{
    buf_printf(b, "  %s:\n    regular: {file: %s}\n    bold: {file: %s}\n", f->name, f->regular, f->bold);
}

/* A workspace that has the pair's definition. Heap. */
static char *workspace_of(const struct pair *pair)
{
    static const char *const roles[] = { "reading", "heading", "data" };
    struct family signs = { "Noto Sans Math", NOTO "NotoSansMath-Regular.ttf", NOTO "NotoSansMath-Regular.ttf" };
    char *folder = tree_new(), *fonts = text_join(folder, "fonts"), *file = text_join(fonts, "pair.yaml");
    struct buf b;
    buf_init(&b);
    buf_add_string(&b, "licence: their own\npackage: see scripts/setup.sh\nfolder: /usr/share/fonts\nfamilies:\n");
    add_family(&b, pair->en);
    add_family(&b, pair->ar);
    add_family(&b, &signs);
    buf_add_string(&b, "roles:\n");
    for (int i = 0; i < 3; i++)
        buf_printf(&b, "  %s: {en: %s, ar: %s}\n", roles[i], pair->en->name, pair->ar->name);
    assert_int_equal(mkdir(fonts, 0700), 0);
    file_write(file, b.data, b.length);
    buf_drop(&b);
    free(fonts);
    free(file);
    return folder;
}

/* A pair at work. */
struct work {
    const struct pair *pair;
    char *folder, *path; /* path: of the PDF */
    struct diags *diags;
    struct font_set *fonts;
    struct text_engine *engine;
    struct scene *scene;
    char *content, *lines[LINES_LIMIT];
    size_t count;
};

static void keep(const struct work *w, const struct buf *pdf)
{
    const char *folder = getenv("MUJAZ_LINES");
    struct buf dump;
    char name[64];
    if (!folder)
        return;
    snprintf(name, sizeof name, "%s.pdf", w->pair->name);
    char *path = text_join(folder, name);
    buf_init(&dump);
    file_write(path, pdf->data, pdf->length);
    memcpy(strrchr(path, '.'), ".txt", 4);
    scene_dump(w->scene, &dump);
    file_write(path, dump.data, dump.length);
    buf_drop(&dump);
    free(path);
}

/* Whether the fonts have every letter of the line. */
static bool is_covered(const struct font_set *fonts, const char *line)
{
    while (*line) {
        uint32_t c = utf8_next(&line), glyph;
        bool found = bidi_is_control(c) || bidi_class_of(c) == BIDI_MARK || c == '^';
        for (size_t i = 0; i < font_set_faces(fonts) && !found; i++) {
            hb_font_t *font = hb_font_create(font_set_face(fonts, i)->hb);
            found = hb_font_get_nominal_glyph(font, c, &glyph);
            hb_font_destroy(font);
        }
        if (!found)
            return false;
    }
    return true;
}

/* All lines on pages of many, as they stand in a report. */
static struct work work_new(const struct pair *pair)
{
    struct work w = { .pair = pair, .folder = workspace_of(pair), .diags = diags_new() };
    size_t page = 0;
    float y = 0;
    w.fonts = font_set_load(w.folder, "pair", w.diags);
    assert_said(w.diags, NULL, "");
    w.diags = diags_new();
    assert_non_null(w.fonts);
    w.engine = text_engine_new(w.fonts);
    w.scene = scene_new();
    scene_set_meta(w.scene, (struct scene_meta){ .title = "Lines", .lang = LANG_EN, .date = "2024-02-10" });
    w.content = file_content("tests/data/lines.txt", NULL);
    for (char *p = strtok(w.content, "\n"); p && w.count < LINES_LIMIT; p = strtok(NULL, "\n")) {
        if (!is_covered(w.fonts, p))
            continue;
        if (w.count == 0 || y > 550) {
            page = scene_page_add(w.scene, 900, 600);
            y = 50;
        }
        w.lines[w.count++] = p;
        y += 24;
        lines_set(w.engine, w.scene, p, page, y - 24, w.diags);
    }
    struct buf pdf;
    buf_init(&pdf);
    assert_true(pdf_write(w.scene, w.fonts, &pdf, w.diags));
    assert_true(pdf_check("lines.pdf", pdf.data, pdf.length, false, w.diags));
    w.path = text_join(w.folder, "lines.pdf");
    file_write(w.path, pdf.data, pdf.length);
    keep(&w, &pdf);
    buf_drop(&pdf);
    return w;
}

static void work_drop(struct work *w)
{
    assert_said(w->diags, NULL, "");
    scene_drop(w->scene);
    text_engine_drop(w->engine);
    font_set_drop(w->fonts);
    tree_remove(w->folder);
    free(w->path);
    free(w->content);
}

/* Takes the text. */
static size_t count_exact(const struct work *w, char *text, const char *reader)
{
    struct text_span spans[LINES_SPANS];
    char *got = lines_normalise(text);
    size_t exact = 0;
    for (size_t i = 0; i < w->count; i++) {
        char *line = strdup(w->lines[i]);
        lines_take_spans(line, spans);
        char *want = lines_normalise(line);
        bool same = lines_hold(got, want);
        exact += same;
        if (!same)
            print_message("  %s, %s: %s\n", w->pair->name, reader, line);
        free(line);
        free(want);
    }
    free(got);
    free(text);
    return exact;
}

static bool is_the_preview(const struct work *w, const struct picture *preview, enum picture_reader reader)
{
    struct picture now = picture_by_reader(reader, w->path, 1, DPI);
    struct picture_distance d = picture_distance(preview, &now);
    print_message("  %s, %s: mean difference %.2f, %.2f %% far\n", w->pair->name, picture_readers[reader], d.mean,
                  100 * d.far);
    picture_drop(&now);
    return picture_agrees(reader, d);
}

/* Beside the kept PDF, for the readers that draw it elsewhere. */
static void keep_picture(const struct work *w, const struct buf *png)
{
    char name[64];
    if (!getenv("MUJAZ_LINES"))
        return;
    snprintf(name, sizeof name, "%s.png", w->pair->name);
    char *path = text_join(getenv("MUJAZ_LINES"), name);
    file_write(path, png->data, png->length);
    free(path);
}

static bool pictures_agree(const struct work *w)
{
    struct preview *preview = preview_new(w->fonts);
    struct buf png;
    buf_init(&png);
    assert_true(preview_page(preview, w->scene, 0, PREVIEW_PNG, DPI, &png, w->diags));
    keep_picture(w, &png);
    struct picture picture = picture_decode(png.data, png.length);
    bool same = is_the_preview(w, &picture, READER_POPPLER) & is_the_preview(w, &picture, READER_MUTOOL);
    picture_drop(&picture);
    buf_drop(&png);
    preview_drop(preview);
    return same;
}

static void lines_come_back_in_every_family(void **state)
{
    int failed = 0;
    (void)state;
    for (size_t i = 0; i < PAIRS; i++) {
        struct work w = work_new(&pairs[i]);
        size_t poppler = count_exact(&w, lines_by_poppler(w.path), "pdftotext");
        size_t mutool = count_exact(&w, lines_by_mutool(w.path), "mutool");
        char *plain = lines_output((const char *const[]){ "qpdf", "--qdf", "--object-streams=disable", w.path, "-", NULL });
        char *said = lines_output((const char *const[]){ "qpdf", "--check", w.path, NULL });
        bool same = pictures_agree(&w), program = strstr(plain, pairs[i].program) != NULL;
        bool fine = strstr(said, "No syntax or stream encoding errors found") != NULL;
        if (w.count != pairs[i].lines || poppler != pairs[i].poppler || mutool != pairs[i].mutool || !same || !program || !fine) {
            print_error("%s: %zu lines (%zu), pdftotext %zu (%zu), mutool %zu (%zu), pictures %s, %s %s\n", pairs[i].name, w.count,
                        pairs[i].lines, poppler, pairs[i].poppler, mutool, pairs[i].mutool, same ? "agree" : "differ", pairs[i].program,
                        program ? "there" : "missing");
            failed++;
        }
        free(plain);
        free(said);
        work_drop(&w);
    }
    assert_int_equal(failed, 0);
}

/* The file in the readable form. */
static char *plain_bytes(const struct work *w, size_t *length)
{
    char *plain = text_join(w->folder, "plain.pdf");
    struct outcome o = program_run((const char *const[]){ "qpdf", "--qdf", "--object-streams=disable",
                                                          "--newline-before-endstream", w->path, plain, NULL }, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    char *bytes = file_content(plain, length);
    free(plain);
    return bytes;
}

/* The W arrays are hidden, so that every glyph has the default width. */
static void a_wrong_width_is_seen_in_programs_of_both_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i += 2) {
        struct work w = work_new(&pairs[i]);
        struct diags *diags = diags_new();
        size_t length;
        char *bytes = plain_bytes(&w, &length);
        for (char *at = bytes; (at = memmem(at, length - (size_t)(at - bytes), "  /W [", 6)); at++)
            at[3] = 'V';
        assert_false(pdf_check("x.pdf", bytes, length, false, diags));
        char *text = said(diags, NULL);
        assert_non_null(strstr(text, "pdf-ua 7.21.5-1: a glyph's width is not that of the font program"));
        assert_null(strstr(text, "7.21.8"));
        free(text);
        free(bytes);
        diags_drop(diags);
        work_drop(&w);
    }
}

/* veraPDF takes the first two operands of a top DICT to be of two bytes each, and warns when no ROS is behind them. */
static void a_cff_program_begins_with_ros_in_short_numbers(void **state)
{
    static const char ros[] = "\xF8\x1B\xF8\x1C\x8B\x0C\x1E"; /* 391 392 0 ROS */
    (void)state;
    struct work w = work_new(&pairs[2]);
    size_t length;
    char *bytes = plain_bytes(&w, &length);
    assert_string_equal(pairs[2].program, "FontFile3");
    assert_non_null(memmem(bytes, length, ros, sizeof ros - 1));
    free(bytes);
    work_drop(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_back_in_every_family),
        cmocka_unit_test(a_wrong_width_is_seen_in_programs_of_both_forms),
        cmocka_unit_test(a_cff_program_begins_with_ros_in_short_numbers),
    };
    return cmocka_run_group_tests_name("pdf_fonts", tests, NULL, NULL);
}
