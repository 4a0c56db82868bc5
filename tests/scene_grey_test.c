/* Shades of one ink: luminances of known colours, what becomes black, and pixels as exact as inks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#include "scene/grey.h"

static void colours_have_their_luminance(void **state)
{
    (void)state;
    /* IEC 61966-2-1: red has 0.2126 of white's luminance, green 0.7152, blue 0.0722 */
    assert_int_equal(grey_of_ink(0xFF0000), 127);
    assert_int_equal(grey_of_ink(0x00FF00), 220);
    assert_int_equal(grey_of_ink(0x0000FF), 76);
    assert_int_equal(grey_of_ink(0xFFFFFF), 255);
    for (uint32_t grey = 48; grey < 256; grey++)
        assert_int_equal(grey_of_ink(grey * 0x010101u), grey);
}

static void nearly_black_is_black(void **state)
{
    (void)state;
    static const uint32_t black[] = { 0x000000, 0x1C2126 /* the house style's ink */, 0x2F2F2F, 0x000080 };
    for (size_t i = 0; i < sizeof black / sizeof *black; i++)
        assert_int_equal(grey_of_ink(black[i]), 0);
    assert_int_equal(grey_of_ink(0x303030), 0x30);
}

static void pixels_keep_their_shadows(void **state)
{
    (void)state;
    struct grey_scale scale;
    grey_scale_init(&scale);
    for (int i = 0; i < 256; i++) {
        uint8_t pixel[] = { (uint8_t)i, (uint8_t)i, (uint8_t)i };
        assert_in_range(abs(grey_of_pixel(&scale, pixel) - i), 0, 1);
    }
    static const uint8_t colours[][3] = { { 255, 0, 0 }, { 11, 85, 99 }, { 166, 61, 30 }, { 101, 155, 165 } };
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
        const uint8_t *c = colours[i];
        uint8_t want = grey_of_ink((uint32_t)c[0] << 16 | (uint32_t)c[1] << 8 | c[2]);
        assert_in_range(abs(grey_of_pixel(&scale, c) - want), 0, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_have_their_luminance),
        cmocka_unit_test(nearly_black_is_black),
        cmocka_unit_test(pixels_keep_their_shadows),
    };
    return cmocka_run_group_tests_name("grey", tests, NULL, NULL);
}
