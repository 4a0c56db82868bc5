/*
 * The end of an engine: no thread of Pango's outlives it. In a program of its own, whose sorting of fonts is slow. And a
 * font that fontconfig refuses: whoever asks is told.
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dlfcn.h>
#include <fontconfig/fontconfig.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "text/text.h"

static atomic_int sorted;

static void wait_ms(long ms)
{
    nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000 }, NULL);
}

/* Pango finds this one before fontconfig's; it calls it in a thread that nothing joins. */
FcFontSet *FcFontSetSort(FcConfig *config, FcFontSet **sets, int count, FcPattern *pattern, FcBool trim,
                         FcCharSet **covered, FcResult *result)
{
    FcFontSet *(*real)(FcConfig *, FcFontSet **, int, FcPattern *, FcBool, FcCharSet **, FcResult *);
    void *found = dlsym(RTLD_NEXT, "FcFontSetSort");
    memcpy(&real, &found, sizeof real);
    wait_ms(50);
    FcFontSet *fonts = real(config, sets, count, pattern, trim, covered, result);
    sorted++;
    return fonts;
}

static const char *refused; /* a part of a file's name */

FcBool FcConfigAppFontAddFile(FcConfig *config, const FcChar8 *file)
{
    FcBool (*real)(FcConfig *, const FcChar8 *);
    void *found = dlsym(RTLD_NEXT, "FcConfigAppFontAddFile");
    memcpy(&real, &found, sizeof real);
    return refused && strstr((const char *)file, refused) ? FcFalse : real(config, file);
}

static void no_thread_outlives_the_engine(void **state)
{
    (void)state;
    for (int round = 0; round < 3; round++) {
        const struct text_style style = { .size = 10, .other_scale = 1, .lang = LANG_EN };
        const char *text = "285 → 290 seats"; /* the arrow: runs by Pango */
        struct diags *diags = diags_new();
        struct arena *arena = arena_new();
        struct font_set *fonts = font_set_load(".", "briefing", diags);
        assert_non_null(fonts);
        struct text_engine *engine = text_engine_new(fonts);
        int before = sorted;
        assert_non_null(text_layout(engine, text, (uint32_t)strlen(text), NULL, 0, &style, 0, NULL, NULL, arena, diags));
        text_engine_drop(engine);
        int at_end = sorted;
        assert_true(at_end > before);
        wait_ms(150);
        assert_int_equal(sorted, at_end);
        font_set_drop(fonts);
        arena_drop(arena);
        diags_drop(diags);
    }
}

/* What is said of refused fonts when a text is set that needs Pango's. */
static size_t told(struct text_engine *engine, const char *text)
{
    const struct text_style style = { .size = 10, .other_scale = 1, .lang = LANG_EN };
    struct diags *diags = diags_new();
    struct arena *arena = arena_new();
    size_t count = 0;
    text_layout(engine, text, (uint32_t)strlen(text), NULL, 0, &style, 0, NULL, NULL, arena, diags);
    for (size_t i = 0; i < diags_count(diags); i++)
        count += diags_get(diags, i)->id == DIAG_FONT_REFUSED;
    arena_drop(arena);
    diags_drop(diags);
    return count;
}

/* Of texts that two threads set, what was said is dropped with the lines, and the first sets them again. */
static void each_who_asks_is_told_of_a_refused_font(void **state)
{
    (void)state;
    struct diags *diags = diags_new();
    struct font_set *fonts = font_set_load(".", "briefing", diags);
    assert_non_null(fonts);
    struct text_engine *engine = text_engine_new(fonts), *beside = text_engine_lend(engine);
    refused = "NotoSansMath";
    assert_int_equal(told(beside, "1 → 2"), 1);
    assert_int_equal(told(engine, "2 → 3 → 4"), 1);
    assert_int_equal(told(engine, "3 → 4"), 1);
    assert_int_equal(told(engine, "letters"), 0);
    refused = NULL;
    text_engine_drop(engine);
    font_set_drop(fonts);
    diags_drop(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_who_asks_is_told_of_a_refused_font),
        cmocka_unit_test(no_thread_outlives_the_engine),
    };
    return cmocka_run_group_tests_name("text engine", tests, NULL, NULL);
}
