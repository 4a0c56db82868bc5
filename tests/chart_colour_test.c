/* Colours: what the eyes' models say is what their papers say, and the shades of series keep their bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "chart/colour.h"
#include "chart/shades.h"
#include "chart/vision.h"

/* Pairs of Sharma, Wu & Dalal's table 1, which try the formula's corners: blue hues, grey, hues across 0 and 180. */
static void test_differences_are_those_of_the_paper(void **state)
{
    static const struct {
        struct lab a, b;
        double difference;
    } pairs[] = {
        {{50.0000, 2.6772, -79.7751}, {50.0000, 0.0000, -82.7485}, 2.0425},
        {{50.0000, -1.3802, -84.2814}, {50.0000, 0.0000, -82.7485}, 1.0000},
        {{50.0000, 0.0000, 0.0000}, {50.0000, -1.0000, 2.0000}, 2.3669},
        {{50.0000, 2.4900, -0.0010}, {50.0000, -2.4900, 0.0009}, 7.1792},
        {{50.0000, 2.4900, -0.0010}, {50.0000, -2.4900, 0.0011}, 7.2195},
        {{50.0000, 2.5000, 0.0000}, {73.0000, 25.0000, -18.0000}, 27.1492},
        {{50.0000, 2.5000, 0.0000}, {56.0000, -27.0000, -3.0000}, 31.9030},
        {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
        {{63.0109, -31.0961, -5.8663}, {62.8187, -29.7946, -4.0864}, 1.2630},
        {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082},
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_float_equal(vision_difference(pairs[i].a, pairs[i].b), pairs[i].difference, 1e-4);
        assert_float_equal(vision_difference(pairs[i].b, pairs[i].a), pairs[i].difference, 1e-4);
    }
}

static void test_visions(void **state)
{
    struct lab red = vision_lab(VISION_USUAL, 0xFF0000);

    (void)state;
    assert_float_equal(red.l, 53.24, 0.01); /* as every table of sRGB has it */
    assert_float_equal(red.a, 80.09, 0.01);
    assert_float_equal(red.b, 67.20, 0.01);
    for (enum vision vision = 0; vision < VISION_COUNT; vision++) { /* what has no hue looks the same to all */
        assert_float_equal(vision_lab(vision, 0xFFFFFF).l, 100, 0.01);
        assert_float_equal(vision_difference(vision_lab(vision, 0x808080), vision_lab(VISION_GREY, 0x808080)), 0, 0.05);
    }
    /* red and green of one lightness: far apart, and to eyes without the long or middle cones one dull yellow */
    assert_true(vision_difference(vision_lab(VISION_USUAL, 0xC05000), vision_lab(VISION_USUAL, 0x5F7F00)) > 35);
    assert_true(vision_difference(vision_lab(VISION_DEUTERANOPIA, 0xC05000),
                                  vision_lab(VISION_DEUTERANOPIA, 0x5F7F00)) < 10);
}

static double lightness(uint32_t rgb)
{
    return vision_lab(VISION_GREY, rgb).l;
}

static void check_shades(uint32_t accent, double lines, double fills, double first, double grey, double neighbours)
{
    struct shade shades[SERIES_MOST];

    shades_of(accent, shades);
    assert_int_equal(shades[0].line, accent);
    for (size_t i = 0; i < SERIES_MOST; i++) {
        if (colour_contrast(shades[i].line, COLOUR_PAPER) < CONTRAST_MARK)
            fail_msg("%06X is too light for a line", shades[i].line);
        for (size_t k = 0; k < i; k++) {
            double line = vision_least_difference(shades[i].line, shades[k].line);
            double fill = vision_least_difference(shades[i].fill, shades[k].fill);
            double dark = fabs(lightness(shades[i].fill) - lightness(shades[k].fill));
            if (line < lines || fill < (i < 3 ? first : fills) || dark < (k + 1 == i ? neighbours : grey))
                fail_msg("%06X: %06X and %06X are %.1f apart as lines, %.1f as fills, %.1f in grey", accent,
                         shades[k].fill, shades[i].fill, line, fill, dark);
        }
    }
}

static void test_shades_beside_the_shipped_accents(void **state)
{
    static const uint32_t accents[] = {0x0B5563, 0x003947};

    (void)state;
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
        check_shades(accents[i], SHADES_APART, FILLS_APART, FIRST_APART, GREY_APART, GREY_NEIGHBOURS);
}

/* A house may have another accent: the shade that is most like it gives way. Black, navy, forest, wine, rust, plum. */
static void test_shades_beside_other_accents(void **state)
{
    static const uint32_t accents[] = {0x000000, 0x1F3A5F, 0x1E4D2B, 0x6B1A2B, 0x702010, 0x4A235A};

    (void)state;
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
        check_shades(accents[i], 7.0, 7.0, 7.0, 7.0, GREY_NEIGHBOURS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_differences_are_those_of_the_paper),
        cmocka_unit_test(test_visions),
        cmocka_unit_test(test_shades_beside_the_shipped_accents),
        cmocka_unit_test(test_shades_beside_other_accents),
    };

    return cmocka_run_group_tests_name("chart colour", tests, NULL, NULL);
}
