/* What a press gets: boxes and marks around the pages, all in grey or in four inks, pages on sheets. Read back by poppler and qpdf;
 * pictures are taken at 127 dots an inch, where a millimetre is five dots and so every edge stands between two. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "pipeline/report_key.h"
#include "support/picture.h"
#include "support/press.h"
#include "support/workspace.h"

enum { MM = 5, A5_WIDTH = 148 * MM, A5_HEIGHT = 210 * MM, ROOM = 9 * MM /* around a page with marks */ };

static void add_layout(const struct workspace *w, const char *name, const char *page)
{
    char path[512], text[512];
    snprintf(path, sizeof path, "%s/layouts/%s.yaml", w->folder, name);
    /* top: half a dot, so that no rule of a page that is compared has its edge between two rows of dots */
    snprintf(text, sizeof text, "extends: briefing-a4\npage: {size: A5%s}\nmargins_mm: {top: 24.1, inner: 18, outer: 13}\n"
             "title: {form: page}\nsizes_pt: {title: 21, body: 8.9, small: 7.1, figure: 18}\ncharts: {parallel: apart}\n",
             page);
    file_write(path, text, strlen(text));
}

/* The shipped reports, and the booklet with 3 mm bleed and marks as the layout "press". */
static int set_up(void **state)
{
    struct workspace *w = *state = workspace_open(".");
    add_layout(w, "plain", "");
    add_layout(w, "press", ", bleed_mm: 3, marks: all");
    return 0;
}

static struct outcome run(const char *const argv[])
{
    struct outcome o = program_run(argv, NULL);
    if (o.code != 0)
        fail_msg("%s: %s", argv[0], o.err);
    return o;
}

static char *glue(const char *a, const char *b)
{
    size_t length = strlen(a) + strlen(b) + 1;
    char *both = malloc(length);
    snprintf(both, length, "%s%s", a, b);
    return both;
}

/* Builds the Iraq briefing's edition in a layout into OUT/FOLDER; the PDF's name without ".pdf". Heap. */
static char *build(const struct workspace *w, const char *layout, const char *edition, const char *option,
                   const char *another)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", w->out, layout);
    struct outcome o = run((const char *const[]){ program_mujaz(), "build", "--no-cache", "-C", w->folder, "-o", path, "-l",
                                                  layout, "-e", edition, "iraq-briefing", option, another, NULL });
    outcome_drop(&o);
    snprintf(path, sizeof path, "%s/%s/iraq-briefing%s%s", w->out, layout, strcmp(edition, "parallel") == 0 ? "" : ".",
             strcmp(edition, "parallel") == 0 ? "" : edition);
    return glue(path, "");
}

static void assert_boxes(const char *pdf, const char *media, const char *bleed, const char *trim)
{
    struct outcome o = run((const char *const[]){ "pdfinfo", "-box", pdf, NULL });
    if (!strstr(o.out, media) || !strstr(o.out, bleed) || !strstr(o.out, trim))
        fail_msg("%s", o.out);
    outcome_drop(&o);
    o = run((const char *const[]){ "qpdf", "--check", pdf, NULL });
    outcome_drop(&o);
}

struct box {
    int left, top, width, height; /* dots */
};

static struct picture picture_of(const struct workspace *w, const char *pdf, int page, struct box box)
{
    char number[16], side[4][16];
    char *to = text_join(w->folder, "picture"), *png = glue(to, ".png");
    snprintf(number, sizeof number, "%d", page);
    for (int i = 0; i < 4; i++)
        snprintf(side[i], sizeof side[i], "%d", ((const int[]){ box.left, box.top, box.width, box.height })[i]);
    struct outcome o = run((const char *const[]){ "pdftoppm", "-r", "127", "-png", "-singlefile", "-f", number, "-x",
                                                  side[0], "-y", side[1], "-W", side[2], "-H", side[3], pdf, to, NULL });
    outcome_drop(&o);
    struct picture picture = picture_read(png);
    free(to);
    free(png);
    return picture;
}

static void assert_same_picture(struct picture a, struct picture b)
{
    int box[4];
    size_t differences = picture_differences(&a, &b, box);
    if (differences > (size_t)(a.width * a.height) / PICTURE_ALLOWED)
        fail_msg("%zu dots differ, from %d %d to %d %d", differences, box[0], box[1], box[2], box[3]);
    picture_drop(&a);
    picture_drop(&b);
}

static size_t dark(struct picture p)
{
    size_t count = 0;
    for (int i = 0; i < p.width * p.height; i++)
        count += p.grey[i] < 200;
    picture_drop(&p);
    return count;
}

static char *text_of(const char *program, const char *option, const char *pdf)
{
    bool to_file = strcmp(program, "pdftotext") == 0; /* unless "-" says otherwise */
    struct outcome o = run((const char *const[]){ program, option, pdf, to_file ? "-" : NULL, NULL });
    char *text = glue(o.out, "");
    outcome_drop(&o);
    return text;
}

/* --- marks --- */

static void marks_stand_outside_the_bleed(void **state)
{
    struct workspace *w = *state;
    char *name = build(w, "press", "en", NULL, NULL), *pdf = glue(name, ".pdf");
    assert_boxes(pdf, "MediaBox:          -25.51   -25.51   445.04   620.79\n",
                 "BleedBox:           -8.50    -8.50   428.03   603.78\n",
                 "TrimBox:             0.00     0.00   419.53   595.28\n");
    struct box corner = { ROOM - 4, MM, 8, 5 * MM }, target = { ROOM + A5_WIDTH / 2 - 13, MM, 26, 5 * MM };
    assert_in_range(dark(picture_of(w, pdf, 2, corner)), 20, 80); /* a line of 25 dots' length */
    assert_in_range(dark(picture_of(w, pdf, 2, target)), 60, 300);
    struct box bleed = { 6 * MM, 6 * MM, A5_WIDTH + 6 * MM, 3 * MM };
    assert_int_equal(dark(picture_of(w, pdf, 2, bleed)), 0);
    free(name);
    free(pdf);
}

static void crop_marks_come_without_targets(void **state)
{
    struct workspace *w = *state;
    add_layout(w, "crop", ", marks: crop");
    char *name = build(w, "crop", "en", NULL, NULL), *pdf = glue(name, ".pdf");
    assert_boxes(pdf, "MediaBox:          -25.51   -25.51   445.04   620.79\n",
                 "BleedBox:            0.00     0.00   419.53   595.28\n",
                 "TrimBox:             0.00     0.00   419.53   595.28\n");
    struct box corner = { ROOM - 4, MM, 8, 5 * MM }, target = { ROOM + A5_WIDTH / 2 - 13, MM, 26, 5 * MM };
    assert_in_range(dark(picture_of(w, pdf, 2, corner)), 20, 80);
    assert_int_equal(dark(picture_of(w, pdf, 2, target)), 0);
    free(name);
    free(pdf);
}

/* They move nothing on the page, and neither readers nor the structure know of them. */
static void marks_are_no_content(void **state)
{
    struct workspace *w = *state;
    static const char *const editions[] = { "parallel", "ar" };
    for (int i = 0; i < 2; i++) {
        char *plain = build(w, "plain", editions[i], NULL, NULL), *press = build(w, "press", editions[i], NULL, NULL);
        char *a = glue(plain, ".pdf"), *b = glue(press, ".pdf");
        assert_same_picture(picture_of(w, a, 3, (struct box){ 0, 0, A5_WIDTH, A5_HEIGHT }),
                            picture_of(w, b, 3, (struct box){ ROOM, ROOM, A5_WIDTH, A5_HEIGHT }));
        char *text_a = text_of("pdftotext", "-raw", a), *text_b = text_of("pdftotext", "-raw", b);
        char *tree_a = text_of("pdfinfo", "-struct-text", a), *tree_b = text_of("pdfinfo", "-struct-text", b);
        assert_string_equal(text_a, text_b);
        assert_string_equal(tree_a, tree_b);
        char *all[] = { plain, press, a, b, text_a, text_b, tree_a, tree_b };
        for (size_t k = 0; k < sizeof all / sizeof *all; k++)
            free(all[k]);
    }
}

/* --- grey --- */

/* The file as qpdf prints it, each object plain. */
static char *readable(const struct workspace *w, const char *pdf)
{
    char *out = text_join(w->folder, "plain.pdf");
    struct outcome o = run((const char *const[]){ "qpdf", "--qdf", "--object-streams=disable", pdf, out, NULL });
    outcome_drop(&o);
    size_t length;
    char *text = file_content(out, &length);
    for (size_t i = 0; i < length; i++) /* streams hold any byte */
        text[i] = text[i] ? text[i] : ' ';
    free(out);
    return text;
}

static void assert_has(const char *text, const char *piece, bool wanted)
{
    if ((strstr(text, piece) != NULL) != wanted)
        fail_msg("'%s' is %s the file", piece, wanted ? "not in" : "in");
}

static void assert_only_grey(const struct workspace *w, const char *pdf)
{
    char *text = readable(w, pdf);
    assert_has(text, " rg\n", false);
    assert_has(text, " RG\n", false);
    assert_has(text, "DeviceRGB", false);
    assert_has(text, "\n0 g\n", true); /* black text is nothing but black */
    assert_has(text, "/OutputConditionIdentifier (sRGB grey)", true);
    assert_has(text, "<pdfaid:conformance>A</pdfaid:conformance>", true);
    free(text);
}

static void a_proof_is_all_grey(void **state)
{
    struct workspace *w = *state;
    char *name = build(w, "press", "en", "--proof=grey", NULL), *pdf = text_join(w->out, "press/iraq-briefing.en.pdf");
    assert_only_grey(w, pdf);
    free(name);
    name = build(w, "press", "en", NULL, NULL);
    char *text = readable(w, pdf);
    assert_has(text, " rg\n", true);
    assert_has(text, "/OutputConditionIdentifier (sRGB)", true);
    assert_has(text, "/DeviceRGB", true);
    free(text);
    free(name);
    free(pdf);
}

static size_t dots(struct picture p, int shade)
{
    size_t count = 0;
    for (int i = 0; i < p.width * p.height; i++)
        count += p.grey[i] == shade;
    picture_drop(&p);
    return count;
}

/* Two ways to grey, the PDF through poppler and the preview through cairo: the bars of a chart have one shade. */
static void a_grey_layout_is_grey_in_the_preview_too(void **state)
{
    struct workspace *w = *state;
    add_layout(w, "grey", "}\ncolour: grey\ncolours: {accent: \"#A63D1E\"");
    char *name = build(w, "grey", "ar", NULL, NULL), *pdf = glue(name, ".pdf");
    assert_only_grey(w, pdf);
    struct outcome o = run((const char *const[]){ program_mujaz(), "preview", "--no-cache", "-C", w->folder, "-o", w->out,
                                                  "-l", "grey", "-e", "ar", "--dpi=127", "--pages=3", "iraq-briefing", NULL });
    outcome_drop(&o);
    char *png = text_join(w->out, "iraq-briefing.ar.003.png");
    enum { ACCENT = 102 }; /* #A63D1E's luminance is 0.115, its shade 95; pictures have steps of 17 */
    size_t bars = dots(picture_of(w, pdf, 3, (struct box){ 0, 0, A5_WIDTH, A5_HEIGHT }), ACCENT);
    size_t preview = dots(picture_read(png), ACCENT);
    assert_in_range(bars, 3000, 100000);
    assert_in_range(preview, bars * 9 / 10, bars * 11 / 10);
    free(name);
    free(pdf);
    free(png);
}

static void images_become_grey(void **state)
{
    struct workspace *w = *state;
    tree_copy("tests/data/report/good/reports", w->folder);
    tree_copy("tests/data/report/good/datasets", w->folder);
    char *pdf = text_join(w->out, "blocks.en.pdf");
    struct outcome o = run((const char *const[]){ program_mujaz(), "build", "--no-cache", "-C", w->folder, "-o", w->out, "-l",
                                                  "plain", "-e", "en", "--proof=grey", "blocks", NULL });
    outcome_drop(&o);
    assert_only_grey(w, pdf);
    o = run((const char *const[]){ "pdfimages", "-list", pdf, NULL });
    assert_has(o.out, " rgb ", false);
    assert_has(o.out, " gray ", true);
    outcome_drop(&o);
    free(pdf);
}

/* --- four inks --- */

/* The layout "plain" in the inks of a press, whose profile is in the workspace. */
static void add_cmyk(const struct workspace *w, const char *name, const char *more)
{
    char page[256], *path = text_join(w->folder, "press.icc");
    size_t length;
    char *profile = file_content(PRESS_PROFILE, &length);
    file_write(path, profile, length);
    snprintf(page, sizeof page, "}\ncolour: cmyk\nprofile: press.icc\n%scolours: {accent_soft: \"#659BA5\"", more);
    add_layout(w, name, page);
    free(profile);
    free(path);
}

/* All says ink; text is black alone and overprints; it is PDF/A, PDF/UA and PDF/X, with one profile for all. */
static void a_press_gets_four_inks(void **state)
{
    struct workspace *w = *state;
    static const char *const wanted[] = {
        "\n0 0 0 1 k\n", "\n/Over gs\n", "/OPM 1", "/GTS_PDFA1", "/GTS_PDFX", "/Info (Artifex CMYK SWOP Profile)", "%PDF-1.6\n",
        "/Trapped /False", "<pdfxid:GTS_PDFXVersion>PDF/X-4<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "/TrimBox [" };
    static const char *const unwanted[] = { " rg\n", " RG\n", "DeviceRGB", "/Annots", "/S /Link" };
    add_cmyk(w, "cmyk", "");
    char *name = build(w, "cmyk", "parallel", NULL, NULL), *pdf = glue(name, ".pdf"), *text = readable(w, pdf);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_has(text, wanted[i], true);
    for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++)
        assert_has(text, unwanted[i], false);
    struct outcome o = run((const char *const[]){ program_mujaz(), "check", "--pdf", pdf, NULL });
    outcome_drop(&o);
    free(name);
    free(pdf);
    free(text);
}

/* Readers find the same words, and in grey the same picture, up to what poppler's and mutool's plain mixing of inks is
 * from the profile's: PICTURE_SHADE. */
static void a_page_in_inks_is_the_page(void **state)
{
    struct workspace *w = *state;
    static const char *const editions[] = { "parallel", "ar" };
    add_cmyk(w, "cmyk", "");
    for (int i = 0; i < 2; i++) {
        char *plain = build(w, "plain", editions[i], NULL, NULL), *press = build(w, "cmyk", editions[i], NULL, NULL);
        char *a = glue(plain, ".pdf"), *b = glue(press, ".pdf");
        for (int page = 1; page < 6; page++)
            assert_same_picture(picture_of(w, a, page, (struct box){ 0, 0, A5_WIDTH, A5_HEIGHT }),
                                picture_of(w, b, page, (struct box){ 0, 0, A5_WIDTH, A5_HEIGHT }));
        char *png = text_join(w->folder, "mutool.png");
        struct picture drawn[2];
        for (int k = 0; k < 2; k++) {
            struct outcome o = run((const char *const[]){ "mutool", "draw", "-q", "-r", "127", "-o", png, k ? b : a, "3", NULL });
            outcome_drop(&o);
            drawn[k] = picture_read(png);
        }
        assert_same_picture(drawn[0], drawn[1]);
        char *text_a = text_of("pdftotext", "-raw", a), *text_b = text_of("pdftotext", "-raw", b);
        assert_string_equal(text_a, text_b);
        char *all[] = { plain, press, a, b, png, text_a, text_b };
        for (size_t k = 0; k < sizeof all / sizeof *all; k++)
            free(all[k]);
    }
}

static struct outcome build_blocks(const struct workspace *w, const char *layout, const char *option)
{
    tree_copy("tests/data/report/good/reports", w->folder);
    tree_copy("tests/data/report/good/datasets", w->folder);
    return run((const char *const[]){ program_mujaz(), "build", "--no-cache", "-C", w->folder, "-o", w->out, "-l", layout,
                                      "-e", "en", "-e", "ar", "blocks", option, NULL });
}

static void images_are_mixed_of_inks(void **state)
{
    struct workspace *w = *state;
    add_cmyk(w, "cmyk", "");
    struct outcome o = build_blocks(w, "cmyk", NULL);
    assert_string_equal(o.err, "");
    outcome_drop(&o);
    char *pdf = text_join(w->out, "blocks.en.pdf");
    o = run((const char *const[]){ "pdfimages", "-list", pdf, NULL });
    assert_has(o.out, " cmyk ", true);
    assert_has(o.out, " rgb ", false);
    outcome_drop(&o);
    free(pdf);
}

static size_t count_of(const char *text, const char *piece)
{
    size_t count = 0;
    for (; (text = strstr(text, piece)); text++)
        count++;
    return count;
}

/* Two editions and an image: each colour is told once, and where the limit stands. */
static void too_much_ink_is_told(void **state)
{
    struct workspace *w = *state;
    add_cmyk(w, "limit", "ink_limit: 215\n");
    struct outcome o = build_blocks(w, "limit", NULL);
    assert_int_equal(count_of(o.err, "layouts/limit.yaml:5:12: warning: [ink-limit] the colour #0B5563 takes "), 1);
    assert_int_equal(count_of(o.err, "warning: [ink-limit] the darkest part of the images takes "), 1);
    assert_int_equal(count_of(o.err, "#1C2126"), 0); /* the ink of texts is black alone */
    assert_has(o.err, " % of ink, more than 215 %; take a lighter one, or a profile that is made for less\n", true);
    outcome_drop(&o);
}

static void a_proof_of_inks_is_grey(void **state)
{
    struct workspace *w = *state;
    add_cmyk(w, "cmyk", "");
    struct outcome o = build_blocks(w, "cmyk", "--proof=grey");
    outcome_drop(&o);
    char *pdf = text_join(w->out, "blocks.ar.pdf"), *text = readable(w, pdf);
    assert_only_grey(w, pdf);
    assert_has(text, "PDF/X", false);
    free(pdf);
    free(text);
}

/* Imposed pages keep their inks, and overprint as they do alone. */
static void sheets_have_four_inks(void **state)
{
    struct workspace *w = *state;
    add_cmyk(w, "cmyk", "");
    char *name = build(w, "cmyk", "ar", "--impose=2up", NULL), *pdf = glue(name, ".2up.pdf"), *text = readable(w, pdf);
    assert_has(text, "\n/Over gs\n", true);
    assert_has(text, "/GTS_PDFX", true);
    assert_has(text, "/TrimBox [", true);
    assert_has(text, "PDF/X-4", false); /* no claim: they are not checked */
    assert_has(text, "DeviceRGB", false);
    assert_has(text, " rg\n", false);
    free(name);
    free(pdf);
    free(text);
}

/* Another profile, other files. */
static void a_reports_key_has_the_profile(void **state)
{
    struct workspace *w = *state;
    char before[HASH_HEX], after[HASH_HEX], *path = text_join(w->folder, "press.icc");
    char *layout = text_join(w->folder, "layouts/one-pager.yaml");
    struct diags *diags = diags_new();
    const struct options options = { .workspace = w->folder };
    struct report_inputs inputs = { .count = 0 };
    add_cmyk(w, "cmyk", "");
    size_t length;
    char *text = file_content(layout, &length), *more = glue(text, "\ncolour: cmyk\nprofile: press.icc\n");
    file_write(layout, more, strlen(more));
    assert_true(report_key(&options, "iraq-one-page", before, &inputs, w->arena, diags));
    char *profile = file_content(path, &length);
    profile[24] ^= 1; /* the year that it was made in */
    file_write(path, profile, length);
    assert_true(report_key(&options, "iraq-one-page", after, &inputs, w->arena, diags));
    assert_string_not_equal(before, after);
    diags_drop(diags);
    char *all[] = { path, layout, text, more, profile };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
}

/* --- sheets --- */

static void assert_same_bytes(const char *path, const char *kept)
{
    size_t length, kept_length;
    char *bytes = file_content(path, &length), *kept_bytes = file_content(kept, &kept_length);
    assert_int_equal(length, kept_length);
    assert_memory_equal(bytes, kept_bytes, length);
    free(bytes);
    free(kept_bytes);
}

/* The place of a page of an A5 booklet's side, with marks. `creep`: dots. */
static struct box place_on_sheet(int column, int creep)
{
    return (struct box){ ROOM + column * A5_WIDTH + (column ? -creep : creep), ROOM, A5_WIDTH, A5_HEIGHT };
}

static void a_booklet_holds_the_pages_as_they_are(void **state)
{
    struct workspace *w = *state;
    static const struct {
        const char *edition;
        struct {
            int side, column, page;
        } places[4];
    } books[] = {
        { "en", { { 1, 1, 1 }, { 2, 0, 2 }, { 3, 1, 3 }, { 6, 0, 6 } } },
        { "ar", { { 1, 0, 1 }, { 2, 1, 2 }, { 3, 0, 3 }, { 6, 1, 6 } } },
    };
    for (int b = 0; b < 2; b++) {
        char *plain = build(w, "plain", books[b].edition, NULL, NULL);
        char *name = build(w, "press", books[b].edition, "--impose=saddle", "--creep=0.2");
        char *single = glue(plain, ".pdf"), *sheets = glue(name, ".booklet.pdf");
        assert_boxes(sheets, "MediaBox:          -25.51   -25.51   864.57   620.79\n",
                     "BleedBox:           -8.50    -8.50   847.56   603.78\n",
                     "TrimBox:             0.00     0.00   839.06   595.28\n");
        for (int i = 0; i < 4; i++) {
            int side = books[b].places[i].side, column = books[b].places[i].column, creep = (side - 1) / 2;
            struct box page = { 0, 0, A5_WIDTH, A5_HEIGHT }, place = place_on_sheet(column, creep);
            page.width -= creep; /* what creeps over the spine is cut off, and blank */
            place.width -= creep;
            page.left += column ? creep : 0;
            place.left += column ? creep : 0;
            assert_same_picture(picture_of(w, single, books[b].places[i].page, page), picture_of(w, sheets, side, place));
        }
        struct box fold = { ROOM + A5_WIDTH - 4, MM, 8, 5 * MM }; /* dashed: about half of a corner's line */
        assert_in_range(dark(picture_of(w, sheets, 1, fold)), 8, 60);
        free(plain);
        free(name);
        free(single);
        free(sheets);
    }
}

/* Each page's words come in the order that they have in the PDF, and the sheets in that of reading. */
static void text_comes_back_from_sheets(void **state)
{
    struct workspace *w = *state;
    static const char *const editions[] = { "parallel", "ar" }, *const forms[] = { "2up", "4up" };
    for (int i = 0; i < 4; i++) {
        char option[32], ending[32];
        snprintf(option, sizeof option, "--impose=%s", forms[i % 2]);
        snprintf(ending, sizeof ending, ".%s.pdf", forms[i % 2]);
        char *name = build(w, "plain", editions[i / 2], option, "--no-attachments");
        char *single = glue(name, ".pdf"), *sheets = glue(name, ending);
        char *want = text_of("pdftotext", "-raw", single), *text = text_of("pdftotext", "-raw", sheets);
        char *ends[] = { want, text }, *from, *to;
        for (int k = 0; k < 2; k++) { /* without ends of pages and empty lines */
            for (from = to = ends[k]; *from; from++)
                if (*from != '\f' && (*from != '\n' || (to > ends[k] && to[-1] != '\n')))
                    *to++ = *from;
            *to = '\0';
        }
        assert_true(strlen(want) > 10000);
        assert_string_equal(text, want);
        char *all[] = { name, single, sheets, want, text };
        for (size_t k = 0; k < sizeof all / sizeof *all; k++)
            free(all[k]);
    }
}

static void sheets_are_published_with_the_pdf(void **state)
{
    struct workspace *w = *state;
    const char *const argv[] = { program_mujaz(), "build", "--no-cache", "-C", w->folder, "-o", w->out, "-l", "plain",
                                 "-e", "parallel", "-e", "ar", "--impose=saddle", "iraq-briefing", NULL };
    static const char *const names[] = { "iraq-briefing.pdf", "iraq-briefing.booklet.pdf", "iraq-briefing.ar.pdf",
                                         "iraq-briefing.ar.booklet.pdf" };
    char want[1024] = "";
    for (int i = 0; i < 4; i++)
        snprintf(want + strlen(want), sizeof want - strlen(want), "%s/%s\n", w->out, names[i]);
    struct outcome o = run(argv);
    assert_string_equal(o.out, want);
    outcome_drop(&o);
    char *kept = text_join(w->folder, "kept");
    assert_int_equal(rename(w->out, kept), 0);
    o = run(argv);
    outcome_drop(&o);
    for (int i = 0; i < 4; i++) {
        char *now = text_join(w->out, names[i]), *before = text_join(kept, names[i]);
        assert_same_bytes(now, before);
        free(now);
        free(before);
    }
    free(kept);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, workspace_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(marks_stand_outside_the_bleed),
        TEST(crop_marks_come_without_targets),
        TEST(marks_are_no_content),
        TEST(a_proof_is_all_grey),
        TEST(a_grey_layout_is_grey_in_the_preview_too),
        TEST(images_become_grey),
        TEST(a_press_gets_four_inks),
        TEST(a_page_in_inks_is_the_page),
        TEST(images_are_mixed_of_inks),
        TEST(too_much_ink_is_told),
        TEST(a_proof_of_inks_is_grey),
        TEST(sheets_have_four_inks),
        TEST(a_reports_key_has_the_profile),
        TEST(a_booklet_holds_the_pages_as_they_are),
        TEST(text_comes_back_from_sheets),
        TEST(sheets_are_published_with_the_pdf),
    };
    return cmocka_run_group_tests_name("press", tests, NULL, NULL);
}
