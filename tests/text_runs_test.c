/*
 * Runs of plain texts, found without Pango, are the runs that Pango finds; and what is said of letters without asking
 * FriBidi is what it says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fribidi.h>

#include "support/lines.h"
#include "text/bidi.h"
#include "text/levels.h"
#include "text/runs.h"

struct fixture {
    struct diags *diags;
    struct font_set *fonts;
    struct text_engine *engine;
    size_t texts, plain;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    f->diags = diags_new();
    f->fonts = font_set_load(".", "briefing", f->diags);
    f->engine = f->fonts ? text_engine_new(f->fonts) : NULL;
    return f->engine ? 0 : 1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    text_engine_drop(f->engine);
    font_set_drop(f->fonts);
    diags_drop(f->diags);
    free(f);
    return 0;
}

static void assert_run(const struct text_run *a, const struct text_run *b, const char *text)
{
    bool same = a->start == b->start && a->end == b->end && a->size == b->size && a->level == b->level &&
                a->how.face == b->how.face && a->how.language == b->how.language &&
                a->how.script == b->how.script && a->how.rtl == b->how.rtl;
    if (!same)
        fail_msg("%s: plain %u-%u level %u size %g script %08x, Pango %u-%u level %u size %g script %08x", text,
                 a->start, a->end, a->level, a->size, a->how.script, b->start, b->end, b->level, b->size,
                 b->how.script);
}

static void compare(struct fixture *f, const char *text, enum lang lang, const struct text_span *spans, size_t count)
{
    const struct text_style style = { .size = 10, .other_scale = 1.15f, .lang = lang };
    struct job job = { .engine = f->engine, .text = text, .length = (uint32_t)strlen(text), .style = &style,
                       .spans = spans, .span_count = count, .scratch = arena_new() };
    struct text_runs plain;
    f->texts++;
    if (job.length > 0 && runs_of_plain(&job, 0, job.length, &plain)) {
        struct text_runs pango = runs_by_pango(&job, 0, job.length);
        f->plain++;
        if (plain.count != pango.count)
            fail_msg("%s: %zu runs, Pango has %zu", text, plain.count, pango.count);
        for (size_t i = 0; i < plain.count; i++)
            assert_run(&plain.runs[i], &pango.runs[i], text);
    }
    arena_drop(job.scratch);
}

/* In both languages, plain, with a bold middle, and with a note's number at the end. */
static void compare_all(void *context, const char *text)
{
    struct fixture *f = context;
    uint32_t length = (uint32_t)strlen(text), third = length / 3;
    while (third < length && (text[third] & 0xC0) == 0x80)
        third++;
    const struct text_span bold = { third, length, TEXT_WEIGHT, WEIGHT_BOLD },
                           note = { third, length, TEXT_SUPERSCRIPT, 1 };
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        compare(f, text, lang, NULL, 0);
        compare(f, text, lang, &bold, 1);
        compare(f, text, lang, &note, 1);
    }
}

static void the_lines_of_texts_have_the_runs_that_pango_finds(void **state)
{
    struct fixture *f = *state;
    f->texts = f->plain = 0;
    lines_of_texts(compare_all, f);
    print_message("%zu of %zu texts are plain\n", f->plain, f->texts);
    assert_true(f->plain * 2 > f->texts);
}

static void hard_texts_have_the_runs_that_pango_finds(void **state)
{
    static const char *const texts[] = {
        " ", "12.5", "12 (a) 13", "(12) ب", "a (ب) c", "ب (a [ب] c) ب", "([", "])a", "ب\xD9\x8E", "\xD9\x8E" "a",
        "35.4% من", "\xE2\x81\xA8+964 770\xE2\x81\xA9 و\xE2\x81\xA8٤٣٫٥\xE2\x81\xA9", "a\xE2\x81\xA8ب\xE2\x81\xA9 c",
        "12-15 ب 2024-04-03", "ب، a؛ ج؟", "ـ", "٪ ٫ ٬ ١", "\xC2\xA0", "a\xC2\xA0ب", "— ب – a", "‘ب’ “a”", "ABCabc",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        compare_all(*state, texts[i]);
}

static void random_texts_have_the_runs_that_pango_finds(void **state)
{
    static const char *const pieces[] = { "a", "Z", " ", "ب", "لا", "1", "ë", "Ŝ", "·", "٢", "%", "٪", "(", ")", "[",
                                          "]", "-", ".", ",", "،", "\xD9\x8E", "\xE2\x81\xA6", "\xE2\x81\xA7",
                                          "\xE2\x81\xA8", "\xE2\x81\xA9", "—", "“", "”", "/", ":", "\xC2\xA0", "ـ",
                                          "<" };
    struct fixture *f = *state;
    char text[128];
    f->texts = f->plain = 0;
    srand(7);
    for (int i = 0; i < 3000; i++) {
        text[0] = '\0';
        for (int k = 1 + rand() % 20; k > 0; k--)
            strcat(text, pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
        compare_all(f, text);
    }
    print_message("%zu of %zu texts are plain\n", f->plain, f->texts);
    assert_true(f->plain * 2 > f->texts);
}

/* Adds to the text a stretch that mostly runs one way: with the chance of one in `odd` a character is any. */
static void add_stretch(char *text, bool right, int odd)
{
    static const char *const pieces[] = { "a", "Z", "1", "20", "ب", "لا", "\xD9\x8E", "ـ", /* any: */ " ", "%", "-", ".",
                                          ",", "،", "(", ")", "[", "]", "$", "+", "/", ":", "\xC2\xA0", "—", "٪",
                                          /* odd: */ "٢", "٫", "\xE2\x80\x8C", "\t", "\xE2\x81\xA6", "\xE2\x81\xA9" };
    enum { SIDE = 4, ANY = 17, ALL = sizeof pieces / sizeof *pieces };
    for (int k = rand() % 6; k > 0; k--) {
        int n = rand() % (SIDE + ANY);
        n = rand() % odd == 0 ? rand() % ALL : n < SIDE ? n + (right ? SIDE : 0) : n + SIDE;
        strcat(text, pieces[n]);
    }
}

static void assert_levels(const uint8_t *a, const uint8_t *b, const char *text, enum dir base, const char *by)
{
    for (size_t i = 0; b && i < strlen(text); i++)
        if (a[i] != b[i])
            fail_msg("'%s' from the %s: byte %zu is at level %u, by %s at %u", text, base == DIR_RTL ? "right" : "left", i,
                     a[i], by, b[i]);
}

static void texts_that_run_one_way_have_the_levels_of_fribidi(void **state)
{
    static const char *const openers[] = { "\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA8" };
    enum { TEXTS = 40000 };
    char text[512];
    int plain = 0, isolates = 0;
    (void)state;
    srand(11);
    for (int i = 0; i < TEXTS; i++) {
        enum dir base = rand() % 2 ? DIR_RTL : DIR_LTR;
        struct arena *arena = arena_new();
        text[0] = '\0';
        add_stretch(text, base == DIR_RTL, 60);
        for (int k = rand() % 4, right = rand() % 2; k > 0; k--) {
            int opener = rand() % 3;
            strcat(text, openers[opener]);
            add_stretch(text, opener == 2 ? right : opener == 1, 60);
            strcat(text, "\xE2\x81\xA9");
            add_stretch(text, base == DIR_RTL, 60);
        }
        uint32_t length = (uint32_t)strlen(text);
        const uint8_t *levels = length ? levels_of_plain(text, length, base, arena) : NULL;
        if (levels) {
            assert_levels(levels, levels_at_once(text, length, base, arena), text, base, "FriBidi");
            assert_levels(levels, levels_of(text, length, base, arena), text, base, "parts");
            plain++;
            isolates += strstr(text, "\xE2\x81\xA9") != NULL;
        }
        arena_drop(arena);
    }
    print_message("%d of %d texts are plain, %d of them with isolates\n", plain, TEXTS, isolates);
    assert_true(isolates * 4 > TEXTS);
}

static enum bidi_class class_by_fribidi(FriBidiCharType type)
{
    bool weak = type == FRIBIDI_TYPE_EN || type == FRIBIDI_TYPE_AN || type == FRIBIDI_TYPE_CS ||
                type == FRIBIDI_TYPE_ES || type == FRIBIDI_TYPE_ET;
    return type == FRIBIDI_TYPE_LTR                                  ? BIDI_LEFT
           : type == FRIBIDI_TYPE_RTL || type == FRIBIDI_TYPE_AL     ? BIDI_RIGHT
           : weak                                                    ? BIDI_WEAK
           : type == FRIBIDI_TYPE_NSM || type == FRIBIDI_TYPE_BN     ? BIDI_MARK
                                                                     : BIDI_NEUTRAL;
}

static void characters_are_what_fribidi_says(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x110000; c++) {
        FriBidiCharType type = fribidi_get_bidi_type(c);
        FriBidiChar mirror;
        bool space = type == FRIBIDI_TYPE_WS || type == FRIBIDI_TYPE_SS || type == FRIBIDI_TYPE_BS || c == 0x00A0 ||
                     c == 0x202F;
        if (bidi_class_of(c) != class_by_fribidi(type) || bidi_is_combining(c) != (type == FRIBIDI_TYPE_NSM) ||
            bidi_is_space(c) != space || bidi_is_mirrored(c) != (fribidi_get_mirror_char(c, &mirror) != 0))
            fail_msg("U+%04X", c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lines_of_texts_have_the_runs_that_pango_finds),
        cmocka_unit_test(hard_texts_have_the_runs_that_pango_finds),
        cmocka_unit_test(random_texts_have_the_runs_that_pango_finds),
        cmocka_unit_test(texts_that_run_one_way_have_the_levels_of_fribidi),
        cmocka_unit_test(characters_are_what_fribidi_says),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
