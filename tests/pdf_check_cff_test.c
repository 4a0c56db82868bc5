/* The check's reader of CFF programs: one by hand, and what damage does to it. */
#include "pdf_check/contents_inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A CID-keyed font of three glyphs: .notdef, CID 5 and CID 6. */
static const unsigned char font[] = {
    1, 0, 4, 1,
    0, 1, 1, 1, 2, 'A', /* names */
    0, 1, 1, 1, 37, 29, 0, 0, 1, 135, 29, 0, 0, 1, 136, 29, 0, 0, 0, 0, 12, 30, /* DICT at 15; ROS */
    29, 0, 0, 0, 60, 15, 29, 0, 0, 0, 79, 12, 36, 29, 0, 0, 0, 65, 17, /* charset, FDArray, CharStrings */
    0, 0, /* strings */
    0, 1, 1, 1, 3, 22, 14, /* subroutine: hmoveto endchar */
    2, 0, 5, 0, 1, /* charset at 60: CID 5 and one more */
    0, 3, 1, 1, 2, 4, 8, 14, 39, 14, 239, 149, 32, 29, /* at 65: endchar; -100 endchar; 100 10 -107 callgsubr */
    0, 1, 1, 1, 12, 29, 0, 0, 0, 8, 29, 0, 0, 0, 95, 18, /* FDArray at 79: Private */
    28, 0, 200, 20, 28, 1, 244, 21, /* at 95: defaultWidthX 200, nominalWidthX 500 */
};

static struct cff opened(const unsigned char *bytes, size_t length)
{
    struct cff f;
    assert_true(cff_open(bytes, length, &f));
    return f;
}

static void cids_and_widths_are_read(void **state)
{
    (void)state;
    struct cff f = opened(font, sizeof font);
    assert_int_equal(f.glyphs.count, 3);
    static const unsigned glyphs[] = { 0, 0, 0, 0, 0, 1, 2, 0 };
    for (unsigned cid = 0; cid < 8; cid++)
        assert_int_equal(cff_glyph(&f, cid), glyphs[cid]);
    assert_float_equal(cff_width(&f, 0), 200, 0);
    assert_float_equal(cff_width(&f, 1), 400, 0);
    assert_float_equal(cff_width(&f, 2), 600, 0);
    assert_true(cff_width(&f, 3) < 0);
}

/* Charsets by single CIDs, and by ranges with one byte; the second reaches behind the last glyph. */
static void each_form_of_charset_is_read(void **state)
{
    (void)state;
    static const unsigned char forms[][5] = { { 0, 0, 9, 0, 7 }, { 1, 0, 9, 0xFF, 0 } };
    static const unsigned seven[] = { 2, 0 }, ten[] = { 0, 2 };
    for (int i = 0; i < 2; i++) {
        unsigned char bytes[sizeof font];
        memcpy(bytes, font, sizeof font);
        memcpy(bytes + 60, forms[i], 5);
        struct cff f = opened(bytes, sizeof bytes);
        assert_int_equal(cff_glyph(&f, 9), 1);
        assert_int_equal(cff_glyph(&f, 7), seven[i]);
        assert_int_equal(cff_glyph(&f, 10), ten[i]);
        assert_int_equal(cff_glyph(&f, 11), 0);
    }
}

static void use(const unsigned char *bytes, size_t length)
{
    unsigned char *copy = malloc(length ? length : 1); /* no byte more, so that a sanitizer sees */
    struct cff f;
    memcpy(copy, bytes, length);
    if (cff_open(copy, length, &f))
        for (unsigned i = 0; i < 9; i++) {
            assert_true(cff_glyph(&f, i) < f.glyphs.count);
            (void)cff_width(&f, i);
        }
    free(copy);
}

static void damage_does_no_harm(void **state)
{
    (void)state;
    static const unsigned char values[] = { 0, 1, 28, 29, 30, 127, 255 };
    unsigned char bytes[sizeof font];
    for (size_t length = 0; length < sizeof font; length++)
        use(font, length);
    for (size_t at = 0; at < sizeof font; at++)
        for (size_t i = 0; i < sizeof values; i++) {
            memcpy(bytes, font, sizeof font);
            bytes[at] = values[i];
            use(bytes, sizeof bytes);
        }
}

/* A glyph that calls a subroutine again and again, which calls itself as often. */
static void subroutines_that_call_each_other_end(void **state)
{
    (void)state;
    enum { CALLS = 3000, AT = 4 };
    static unsigned char bytes[AT + 2 + CALLS * 2];
    for (size_t i = AT; i < sizeof bytes; i += 2)
        memcpy(bytes + i, (const unsigned char[]){ 32, 29 }, 2); /* -107 callgsubr: the first */
    memcpy(bytes, (const unsigned char[]){ 0, 1, (1 + CALLS * 2) >> 8, (1 + CALLS * 2) & 0xFF }, AT);
    const struct cff_index calls = { .count = 1, .offset_size = 2, .offsets = 0, .base = AT - 1 };
    const struct cff f = { .data = bytes, .length = sizeof bytes, .glyphs = calls, .subroutines = calls };
    struct buf out;
    size_t left = 1 << 20;
    buf_init(&out);
    assert_true(contents_cff_outline(&f, 0, &left, &out));
    assert_int_equal(left, 0);
    assert_false(contents_cff_outline(&f, 0, &left, &out));
    buf_drop(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cids_and_widths_are_read),
        cmocka_unit_test(each_form_of_charset_is_read),
        cmocka_unit_test(damage_does_no_harm),
        cmocka_unit_test(subroutines_that_call_each_other_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
