/* Where pages stand on sheets: the rule alone, then finished files as poppler reads them, words and their places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "pdf/pdf.h"
#include "support/program.h"

enum { MOST = 32 };

/* --- the rule --- */

/* "8 1 | 2 7 | 6 3 | 4 5": sides, each row by row; a dot is blank. */
static void assert_order(enum imposition_form form, enum dir binding, size_t pages, const char *want)
{
    struct buf b;
    buf_init(&b);
    for (size_t side = 0; side < imposition_sides(form, pages); side++) {
        buf_add_string(&b, side ? " |" : "");
        for (int row = 0; row < imposition_rows(form); row++)
            for (int column = 0; column < IMPOSE_COLUMNS; column++) {
                size_t page = imposition_page(form, binding, pages, side, column, row);
                buf_add_string(&b, b.length ? " " : "");
                if (page == IMPOSE_BLANK)
                    buf_add_char(&b, '.');
                else
                    buf_add_unsigned(&b, page + 1);
            }
    }
    assert_string_equal(b.data, want);
    buf_drop(&b);
}

static void booklets_are_in_order_when_folded(void **state)
{
    (void)state;
    assert_order(IMPOSE_SADDLE, DIR_LTR, 4, "4 1 | 2 3");
    assert_order(IMPOSE_SADDLE, DIR_LTR, 8, "8 1 | 2 7 | 6 3 | 4 5");
    assert_order(IMPOSE_SADDLE, DIR_LTR, 12, "12 1 | 2 11 | 10 3 | 4 9 | 8 5 | 6 7");
    assert_order(IMPOSE_SADDLE, DIR_LTR, 10, ". 1 | 2 . | 10 3 | 4 9 | 8 5 | 6 7");
    assert_order(IMPOSE_SADDLE, DIR_LTR, 1, ". 1 | . .");
    assert_order(IMPOSE_SADDLE, DIR_LTR, 0, "");
}

static void bound_on_the_right_they_are_mirrored(void **state)
{
    (void)state;
    assert_order(IMPOSE_SADDLE, DIR_RTL, 4, "1 4 | 3 2");
    assert_order(IMPOSE_SADDLE, DIR_RTL, 8, "1 8 | 7 2 | 3 6 | 5 4");
    assert_order(IMPOSE_SADDLE, DIR_RTL, 12, "1 12 | 11 2 | 3 10 | 9 4 | 5 8 | 7 6");
    assert_order(IMPOSE_SADDLE, DIR_RTL, 10, "1 . | . 2 | 3 10 | 9 4 | 5 8 | 7 6");
}

/* What folding does, step by step: sheets laid into each other, then leaves turned from the first. A leaf is half a
 * sheet; its two sides are the same half of front and back, which is the other half seen from behind. */
static void folding_gives_every_page_in_turn(void **state)
{
    (void)state;
    for (size_t pages = 1; pages <= MOST; pages++)
        for (int rtl = 0; rtl < 2; rtl++) {
            enum dir binding = rtl ? DIR_RTL : DIR_LTR;
            size_t sheets = imposition_sides(IMPOSE_SADDLE, pages) / 2, next = 0;
            int first = rtl ? 0 : 1; /* the half that lies on top: right when bound on the left */
            for (size_t leaf = 0; leaf < 2 * sheets; leaf++) {
                bool outwards = leaf >= sheets; /* the second half of the book: inside of each sheet first */
                size_t sheet = outwards ? 2 * sheets - 1 - leaf : leaf;
                for (int k = 0; k < 2; k++) {
                    size_t side = 2 * sheet + (outwards ? 1 - k : k) % 2;
                    int column = outwards ? (side % 2 ? first : 1 - first) : (side % 2 ? 1 - first : first);
                    size_t page = imposition_page(IMPOSE_SADDLE, binding, pages, side, column, 0);
                    assert_true(page == (next < pages ? next : IMPOSE_BLANK));
                    next++;
                }
            }
        }
}

static void several_a_side_follow_the_binding(void **state)
{
    (void)state;
    assert_order(IMPOSE_2UP, DIR_LTR, 5, "1 2 | 3 4 | 5 .");
    assert_order(IMPOSE_2UP, DIR_RTL, 5, "2 1 | 4 3 | . 5");
    assert_order(IMPOSE_4UP, DIR_LTR, 6, "1 2 3 4 | 5 6 . .");
    assert_order(IMPOSE_4UP, DIR_RTL, 6, "2 1 4 3 | 6 5 . .");
}

static void inner_sheets_creep_toward_the_spine(void **state)
{
    (void)state;
    struct imposition booklet = { IMPOSE_SADDLE, 0.5 }, two = { IMPOSE_2UP, 0.5 };
    for (size_t side = 0; side < 8; side++)
        for (int column = 0; column < 2; column++) {
            double want = (double)(side / 2) * (column == 0 ? 0.5 : -0.5);
            assert_true(imposition_shift(&booklet, side, column) == want);
            assert_true(imposition_shift(&two, side, column) == 0);
        }
}

/* --- finished files --- */

static struct font_set *fonts;
static struct text_engine *engine;
static struct diags *diags;

enum { WIDTH = 200, HEIGHT = 300, LEFT = 40, BASELINE = 60 };

/* Each page has its number as a word, "page7"; page `turned` (from 1; 0: none) lies on its side. */
static struct scene *make_scene(size_t pages, enum dir binding, size_t turned)
{
    struct scene *s = scene_new();
    struct text_style style = { .size = 10, .other_scale = 1, .lang = LANG_EN };
    scene_set_meta(s, (struct scene_meta){ .title = "Sheets", .lang = LANG_EN, .has_lang = { true }, .binding = binding });
    for (size_t i = 0; i < pages; i++) {
        char word[32];
        bool on_side = i + 1 == turned;
        snprintf(word, sizeof word, "page%zu", i + 1);
        scene_page_add(s, on_side ? HEIGHT : WIDTH, on_side ? WIDTH : HEIGHT);
        const struct text_block *block = text_layout(engine, arena_string(scene_arena(s), word), (uint32_t)strlen(word), NULL,
                                                     0, &style, 100, NULL, NULL, scene_arena(s), diags);
        struct scene_tag *tag = scene_tag_new(s, scene_tag_root(s), TAG_P);
        scene_tag_begin(s, i, tag);
        scene_text(s, i, &block->lines[0], LEFT, BASELINE);
        scene_tag_end(s, i);
    }
    return s;
}

static void impose(const struct scene *scene, const struct imposition *how, struct buf *out)
{
    buf_init(out);
    struct pdf *pdf = pdf_new(fonts, buf_sink(out), diags);
    pdf_impose(pdf, how);
    struct scene_sink sink = pdf_sink(pdf);
    for (size_t i = 0; i < scene_pages(scene); i++)
        sink.take(sink.context, scene, i);
    assert_true(pdf_finish(pdf, scene));
    pdf_drop(pdf);
}

struct word {
    int side, page;
    double left, top, right, bottom;
};

/* The words of a file, by pdftotext -bbox. Their number. */
static size_t read_words(const struct buf *pdf, struct word words[MOST])
{
    char *folder = tree_new(), *path = text_join(folder, "sheets.pdf");
    size_t count = 0;
    int side = -1;
    file_write(path, pdf->data, pdf->length);
    struct outcome o = program_run((const char *const[]){ "qpdf", "--check", path, NULL }, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    o = program_run((const char *const[]){ "pdftotext", "-bbox", path, "-", NULL }, NULL);
    for (char *line = strtok(o.out, "\n"); line; line = strtok(NULL, "\n")) {
        struct word w;
        side += strstr(line, "<page ") != NULL;
        if (sscanf(line, " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\">page%d", &w.left, &w.top, &w.right,
                   &w.bottom, &w.page) != 5)
            continue;
        w.side = side;
        assert_true(count < MOST);
        words[count++] = w;
    }
    outcome_drop(&o);
    free(path);
    tree_remove(folder);
    return count;
}

static void pages_stand_where_the_rule_says(void **state)
{
    (void)state;
    static const size_t sizes[] = { 4, 8, 12, 10 };
    const double creep = 1.5;
    for (int form = IMPOSE_SADDLE; form < IMPOSE_FORMS; form++)
        for (size_t i = 0; i < 2 * sizeof sizes / sizeof *sizes; i++) {
            enum dir binding = i % 2 ? DIR_RTL : DIR_LTR;
            struct imposition how = { (enum imposition_form)form, creep };
            struct scene *scene = make_scene(sizes[i / 2], binding, 0);
            struct word words[MOST];
            struct buf pdf;
            impose(scene, &how, &pdf);
            assert_int_equal(read_words(&pdf, words), sizes[i / 2]);
            for (size_t k = 0; k < sizes[i / 2]; k++) {
                const struct word *w = &words[k];
                int column = w->left >= WIDTH, row = w->top >= HEIGHT;
                assert_int_equal(imposition_page(how.form, binding, sizes[i / 2], (size_t)w->side, column, row), w->page - 1);
                double x = column * WIDTH + LEFT + imposition_shift(&how, (size_t)w->side, column);
                if (w->left < x - 0.5 || w->left > x + 0.5)
                    fail_msg("page %d begins at %g, not at %g", w->page, w->left, x);
                assert_true(w->bottom > row * HEIGHT + BASELINE && w->top < row * HEIGHT + BASELINE);
            }
            buf_drop(&pdf);
            scene_drop(scene);
        }
}

/* A page on its side is turned: its text runs upwards in a book bound on the left, downwards in one bound on the right.
 * BASELINE is then counted from the left, or from the right. */
static void a_page_on_its_side_is_turned(void **state)
{
    (void)state;
    for (int rtl = 0; rtl < 2; rtl++) {
        struct imposition how = { IMPOSE_2UP, 0 };
        struct scene *scene = make_scene(2, rtl ? DIR_RTL : DIR_LTR, 2);
        struct word words[MOST];
        struct buf pdf;
        impose(scene, &how, &pdf);
        assert_int_equal(read_words(&pdf, words), 2);
        const struct word *w = words[0].page == 2 ? &words[0] : &words[1];
        assert_true(w->bottom - w->top > 1.5 * (w->right - w->left)); /* upright */
        double baseline = rtl ? WIDTH - BASELINE : WIDTH + BASELINE, start = rtl ? LEFT : HEIGHT - LEFT;
        assert_true(w->left < baseline && w->right > baseline);
        assert_true((rtl ? w->top : w->bottom) > start - 1 && (rtl ? w->top : w->bottom) < start + 1);
        buf_drop(&pdf);
        scene_drop(scene);
    }
}

/* Sheets have no tags, and so they must not say that they are for everyone or for ever. */
static void sheets_claim_nothing(void **state)
{
    (void)state;
    struct imposition how = { IMPOSE_SADDLE, 0 };
    struct scene *scene = make_scene(3, DIR_LTR, 0);
    struct buf pdf, again;
    impose(scene, &how, &pdf);
    impose(scene, &how, &again);
    assert_int_equal(pdf.length, again.length);
    assert_memory_equal(pdf.data, again.data, pdf.length);
    char *folder = tree_new(), *in = text_join(folder, "in.pdf"), *out = text_join(folder, "out.pdf");
    file_write(in, pdf.data, pdf.length);
    struct outcome o = program_run((const char *const[]){ "qpdf", "--qdf", "--object-streams=disable", in, out, NULL }, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    size_t length;
    char *text = file_content(out, &length);
    for (size_t i = 0; i < length; i++)
        text[i] = text[i] ? text[i] : ' ';
    static const char *const absent[] = { "pdfaid", "pdfuaid", "/MarkInfo", "/StructTreeRoot", "/MCID", "/StructParents" };
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        if (strstr(text, absent[i]))
            fail_msg("%s is in the file", absent[i]);
    static const char *const present[] = { "/Subtype /Form", "/Duplex /DuplexFlipShortEdge", "<dc:title>" };
    for (size_t i = 0; i < sizeof present / sizeof *present; i++)
        if (!strstr(text, present[i]))
            fail_msg("%s is not in the file", present[i]);
    free(text);
    free(in);
    free(out);
    tree_remove(folder);
    buf_drop(&pdf);
    buf_drop(&again);
    scene_drop(scene);
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
        cmocka_unit_test(booklets_are_in_order_when_folded),
        cmocka_unit_test(bound_on_the_right_they_are_mirrored),
        cmocka_unit_test(folding_gives_every_page_in_turn),
        cmocka_unit_test(several_a_side_follow_the_binding),
        cmocka_unit_test(inner_sheets_creep_toward_the_spine),
        cmocka_unit_test(pages_stand_where_the_rule_says),
        cmocka_unit_test(a_page_on_its_side_is_turned),
        cmocka_unit_test(sheets_claim_nothing),
    };
    return cmocka_run_group_tests_name("imposition", tests, set_up, tear_down);
}
