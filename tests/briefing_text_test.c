/*
 * The promise that the briefing can be read, copied and searched: every line that is drawn, in every edition,
 * comes back exactly, on its page, from pdftotext and from mutool (which gives the visual order: judged through
 * an inverse bidi). `make check-readers` does the same with pdf.js and PDFium.
 */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "pipeline/pipeline.h"
#include "support/lines.h"
#include "support/program.h"
#include "support/stext.h"

enum reader { PDFTOTEXT, MUTOOL, READER_COUNT };
static const char *const reader_names[READER_COUNT] = { "pdftotext", "mutool" };

struct briefing {
    struct pipeline pipeline;
    struct diags *diags;
    char *folder;
    struct scene *scene[EDITION_COUNT];
    char *text[EDITION_COUNT][READER_COUNT]; /* pages end with form feeds */
};

static char *read_with(enum reader reader, const char *pdf)
{
    static const char *const to_text[] = { "pdftotext", "-enc", "UTF-8", NULL, "-", NULL };
    static const char *const draw[] = { "mutool", "draw", "-q", "-F", "stext", NULL, NULL };
    const char *argv[8];
    memcpy(argv, reader == MUTOOL ? draw : to_text, reader == MUTOOL ? sizeof draw : sizeof to_text);
    argv[reader == MUTOOL ? 5 : 3] = pdf;
    struct outcome o = program_run(argv, NULL);
    assert_int_equal(o.code, 0);
    char *text = reader == MUTOOL ? stext_lines(o.out) : strdup(o.out);
    outcome_drop(&o);
    if (reader == MUTOOL) {
        char *visual = text;
        text = lines_inverse_bidi(visual);
        free(visual);
    }
    return text;
}

static void make_edition(struct briefing *b, enum edition edition)
{
    struct artifact a;
    size_t pages;
    b->scene[edition] = pipeline_scene(&b->pipeline, edition, NULL, b->diags);
    assert_non_null(b->scene[edition]);
    assert_true(pipeline_artifact(&b->pipeline, edition, &a, &pages, b->diags));
    assert_int_equal(pages, scene_pages(b->scene[edition]));
    char *path = text_join(b->folder, a.name);
    file_write(path, a.bytes.data, a.bytes.length);
    for (int r = 0; r < READER_COUNT; r++)
        b->text[edition][r] = read_with((enum reader)r, path);
    free(path);
    buf_drop(&a.bytes);
}

static bool open_report(struct briefing *b, const char *workspace, const char *report)
{
    *b = (struct briefing){ .diags = diags_new(), .folder = tree_new() };
    if (pipeline_open(&b->pipeline, workspace, report, NULL, NULL, b->diags))
        return true;
    print_error("%s has %zu errors; see mujaz check\n", report, diags_errors(b->diags));
    return false;
}

static int set_up(void **state)
{
    struct briefing *b = calloc(1, sizeof *b);
    *state = b;
    if (!open_report(b, ".", "iraq-briefing"))
        return 1;
    for (int e = 0; e < EDITION_COUNT; e++)
        make_edition(b, (enum edition)e);
    return 0;
}

static void close_report(struct briefing *b)
{
    for (int e = 0; e < EDITION_COUNT; e++) {
        if (b->scene[e])
            scene_drop(b->scene[e]);
        for (int r = 0; r < READER_COUNT; r++)
            free(b->text[e][r]);
    }
    pipeline_close(&b->pipeline);
    tree_remove(b->folder);
    diags_drop(b->diags);
}

static int tear_down(void **state)
{
    close_report(*state);
    free(*state);
    return 0;
}

/* --- lines ------------------------------------------------------------------------------------------------ */

struct tally {
    size_t exact, all;
};

static void compare_page(const struct scene_page *page, size_t number, const char *got, const char *name,
                         struct tally *tally)
{
    for (size_t c = 0; c < page->command_count; c++) {
        if (page->commands[c].kind != SCENE_TEXT)
            continue;
        const struct text_line *line = page->commands[c].text.line;
        char *raw = strndup(line->text, line->length), *want = lines_normalise(raw);
        free(raw);
        if (*want) {
            tally->all++;
            if (lines_hold(got, want))
                tally->exact++;
            else
                print_message("  %s, page %zu, not there: %s\n", name, number, want);
        }
        free(want);
    }
}

static void compare(const struct briefing *b, enum edition edition, enum reader reader)
{
    struct tally tally = { 0, 0 };
    const struct scene *scene = b->scene[edition];
    for (size_t p = 0; p < scene_pages(scene); p++) {
        char *raw = lines_page(b->text[edition][reader], p), *got = lines_normalise(raw);
        compare_page(scene_page_at(scene, p), p + 1, got, reader_names[reader], &tally);
        free(raw);
        free(got);
    }
    print_message("%s edition, %s: %zu of %zu lines exact\n", edition_name(edition), reader_names[reader],
                  tally.exact, tally.all);
    assert_true(tally.all >= 40);
    assert_int_equal(tally.exact, tally.all);
}

#define LINES_TEST(name, edition, reader)                                                                  \
    static void every_line_##name(void **state)                                                            \
    {                                                                                                      \
        compare(*state, edition, reader);                                                                  \
    }
LINES_TEST(parallel_pdftotext, EDITION_PARALLEL, PDFTOTEXT)
LINES_TEST(parallel_mutool, EDITION_PARALLEL, MUTOOL)
LINES_TEST(en_pdftotext, EDITION_EN, PDFTOTEXT)
LINES_TEST(en_mutool, EDITION_EN, MUTOOL)
LINES_TEST(ar_pdftotext, EDITION_AR, PDFTOTEXT)
LINES_TEST(ar_mutool, EDITION_AR, MUTOOL)
LINES_TEST(sequential_pdftotext, EDITION_SEQUENTIAL, PDFTOTEXT)
LINES_TEST(sequential_mutool, EDITION_SEQUENTIAL, MUTOOL)

/* --- searches --------------------------------------------------------------------------------------------- */

/* What a reader types is looked for in the text as it comes, bidi controls and all: none may stand inside. */
static void numbers_are_found(void **state)
{
    const struct briefing *b = *state;
    for (int e = 0; e < EDITION_COUNT; e++) {
        for (int r = 0; r < READER_COUNT; r++) {
            assert_non_null(strstr(b->text[e][r], "35.4%"));
            assert_non_null(strstr(b->text[e][r], "101"));
        }
    }
}

static void search_words(const struct scene_page *page, const char *got, const char *name, struct tally *tally)
{
    for (size_t c = 0; c < page->command_count; c++) {
        if (page->commands[c].kind != SCENE_TEXT)
            continue;
        const struct text_line *line = page->commands[c].text.line;
        char *text = strndup(line->text, line->length), *word;
        for (const char *p = text; (word = lines_next_arabic_word(&p)); free(word)) {
            tally->all++;
            if (strstr(got, word))
                tally->exact++;
            else
                print_message("  %s does not find: %s\n", name, word);
        }
        free(text);
    }
}

static void every_arabic_word_is_found(void **state)
{
    const struct briefing *b = *state;
    struct tally tally = { 0, 0 };
    for (int e = 0; e < EDITION_COUNT; e++) {
        for (int r = 0; r < READER_COUNT; r++) {
            for (size_t p = 0; p < scene_pages(b->scene[e]); p++) {
                char *got = lines_page(b->text[e][r], p);
                search_words(scene_page_at(b->scene[e], p), got, reader_names[r], &tally);
                free(got);
            }
        }
    }
    print_message("%zu of %zu searches for an Arabic word hit\n", tally.exact, tally.all);
    assert_true(tally.all > 1000);
    assert_int_equal(tally.exact, tally.all);
}

/* So that a viewer turns the pages the other way; pdf.c says why other files do not say it. */
static void the_arabic_edition_is_read_from_the_right(void **state)
{
    const struct briefing *b = *state;
    for (int e = 0; e < EDITION_COUNT; e++) {
        char *name = arena_printf(b->pipeline.arena, "iraq-briefing%s%s.pdf", e == EDITION_PARALLEL ? "" : ".",
                                  e == EDITION_PARALLEL ? "" : edition_name((enum edition)e));
        char *path = text_join(b->folder, name);
        struct outcome o = program_run(
            (const char *const[]){ "qpdf", "--qdf", "--object-streams=disable", path, "-", NULL }, NULL);
        assert_int_equal(o.code, 0);
        bool says = memmem(o.out, o.out_length, "/Direction /R2L", 15) != NULL;
        assert_int_equal(says, e == EDITION_AR);
        outcome_drop(&o);
        free(path);
    }
}

/* --- the other layouts ------------------------------------------------------------------------------------ */

/* The report's own layout but for `layout`; any number of pages. */
static void take_layout(struct pipeline *p, const char *layout, struct diags *diags)
{
    text_engine_drop(p->engine);
    font_set_drop(p->fonts);
    const struct style *loaded = style_load(".", layout, p->arena, diags);
    assert_non_null(loaded);
    struct style *style = arena_copy(p->arena, loaded, sizeof *style);
    style->most_pages = 0;
    p->style = style;
    p->fonts = font_set_load(".", p->style->fonts, diags);
    p->engine = text_engine_new(p->fonts);
}

static void compare_in(const char *workspace, const char *report, const char *layout)
{
    struct briefing b;
    assert_true(open_report(&b, workspace, report));
    take_layout(&b.pipeline, layout, b.diags);
    print_message("%s, %s:\n", report, layout);
    for (enum edition e = EDITION_PARALLEL; e < EDITION_COUNT; e++) {
        make_edition(&b, e);
        compare(&b, e, PDFTOTEXT);
        compare(&b, e, MUTOOL);
    }
    close_report(&b);
}

static const char *const layouts[] = { "briefing-a4", "brief-letter", "booklet-a5", "large-print", "one-pager" };

static void every_line_of_every_layout(void **state)
{
    (void)state;
    for (size_t i = 1; i < 4; i++)
        compare_in(".", "iraq-briefing", layouts[i]);
    compare_in(".", "iraq-one-page", "one-pager");
}

/* Blocks of all kinds, with European and with Arabic-Indic digits. */
static void every_block_in_every_layout(void **state)
{
    char *folder = workspace_new("tests/data/report/good");
    (void)state;
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        compare_in(folder, "blocks", layouts[i]);
        compare_in(folder, "sample", layouts[i]);
    }
    tree_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_parallel_pdftotext),
        cmocka_unit_test(every_line_parallel_mutool),
        cmocka_unit_test(every_line_en_pdftotext),
        cmocka_unit_test(every_line_en_mutool),
        cmocka_unit_test(every_line_ar_pdftotext),
        cmocka_unit_test(every_line_ar_mutool),
        cmocka_unit_test(every_line_sequential_pdftotext),
        cmocka_unit_test(every_line_sequential_mutool),
        cmocka_unit_test(numbers_are_found),
        cmocka_unit_test(every_arabic_word_is_found),
        cmocka_unit_test(the_arabic_edition_is_read_from_the_right),
        cmocka_unit_test(every_line_of_every_layout),
        cmocka_unit_test(every_block_in_every_layout),
    };
    return cmocka_run_group_tests_name("briefing text", tests, set_up, tear_down);
}
