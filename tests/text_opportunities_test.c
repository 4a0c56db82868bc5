/* Where lines of plain texts may break, found without Pango, is where Pango finds it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/lines.h"
#include "text/opportunities.h"

struct count {
    int texts, plain;
};

static void compare(void *context, const char *text)
{
    struct count *count = context;
    uint32_t length = (uint32_t)strlen(text);
    struct arena *arena = arena_new();
    uint8_t *plain = arena_alloc(arena, length + 1);
    count->texts++;
    if (opportunities_of_plain(text, length, plain)) {
        count->plain++;
        for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
            uint8_t *pango = arena_alloc(arena, length + 1);
            opportunities_by_pango(text, length, lang, arena, pango);
            for (uint32_t i = 0; i < length; i++)
                if (plain[i] != pango[i] && (i == 0 || text[i - 1] != '-'))
                    fail_msg("'%s': %d before byte %u, Pango has %d", text, plain[i], i, pango[i]);
        }
    }
    arena_drop(arena);
}

static void lines_of_texts_break_where_pango_has_it(void **state)
{
    struct count count = { 0 };
    (void)state;
    lines_of_texts(compare, &count);
    print_message("%d of %d texts are plain\n", count.plain, count.texts);
    assert_true(count.plain * 5 > count.texts);
}

static void random_texts_break_where_pango_has_it(void **state)
{
    static const char *const pieces[] = { "a", "Z", " ", " ", "ب", "لا", "ـ", "1", "٢", "ë", "·", "(", ")", "[", "]", "«",
                                          "”", "\"", ",", ".", ":", "،", "؛", "؟", "!", "-", "\xC2\xA0", "\xD9\x8E",
                                          "\xD9\x91", "\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9" };
    struct count count = { 0 };
    char text[128];
    (void)state;
    srand(5);
    for (int i = 0; i < 60000; i++) {
        text[0] = '\0';
        for (int k = 1 + rand() % 12; k > 0; k--)
            strcat(text, pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
        compare(&count, text);
    }
    print_message("%d of %d texts are plain\n", count.plain, count.texts);
    assert_true(count.plain * 4 > count.texts);
}

/* Each character beside each of the plain ones: none is taken for plain that breaks otherwise. */
static void all_characters_break_where_pango_has_it(void **state)
{
    static const char *const around[] = { "a%sb", "a %s b", "1%s2", "ب%sب ب", "a,%s,a", "a\xC2\xA0%s\xC2\xA0" "a",
                                          "a \xE2\x81\xA6%s\xE2\x81\xA9 a" };
    struct count count = { 0 };
    char text[64], character[4] = { 0 };
    (void)state;
    for (unsigned c = ' '; c < 0x2100; c++) {
        if (c >= 0x80 && c < 0x800)
            memcpy(character, (char[]){ (char)(0xC0 | c >> 6), (char)(0x80 | (c & 63)), 0 }, 3);
        else if (c >= 0x800)
            memcpy(character, (char[]){ (char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 63)), (char)(0x80 | (c & 63)) }, 3);
        else
            memcpy(character, (char[]){ (char)c, 0 }, 2);
        for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
            snprintf(text, sizeof text, around[i], character);
            compare(&count, text);
        }
    }
    assert_true(count.plain > 800);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_texts_break_where_pango_has_it),
        cmocka_unit_test(random_texts_break_where_pango_has_it),
        cmocka_unit_test(all_characters_break_where_pango_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
