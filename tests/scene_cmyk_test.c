/* Four inks: black and greys of one, colours that come back through the profile, and which files are no profile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <lcms2.h>

#include "base/arena.h"
#include "scene/cmyk.h"
#include "support/press.h"
#include "support/program.h"

struct press {
    char *profile;
    size_t length;
    struct cmyk *cmyk;
};

static int set_up(void **state)
{
    struct press *p = calloc(1, sizeof *p);
    p->profile = file_content(PRESS_PROFILE, &p->length);
    p->cmyk = cmyk_new(p->profile, p->length);
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct press *p = *state;
    cmyk_drop(p->cmyk);
    free(p->profile);
    free(p);
    return 0;
}

static void black_and_greys_are_one_ink(void **state)
{
    const struct press *p = *state;
    static const uint32_t black[] = { 0x000000, 0x1C2126 /* the house style's ink */, 0x2F2F2F };
    uint8_t inks[CMYK_INKS], before = 255;
    for (size_t i = 0; i < sizeof black / sizeof *black; i++) {
        cmyk_of_ink(p->cmyk, black[i], inks);
        assert_memory_equal(inks, ((uint8_t[]){ 0, 0, 0, 255 }), CMYK_INKS);
    }
    for (uint32_t grey = 0x30; grey < 256; grey += 9) {
        cmyk_of_ink(p->cmyk, grey * 0x010101u, inks);
        assert_memory_equal(inks, ((uint8_t[]){ 0, 0, 0 }), 3);
        assert_true(inks[3] < before);
        before = inks[3];
    }
    cmyk_of_ink(p->cmyk, 0xFFFFFF, inks);
    assert_memory_equal(inks, ((uint8_t[]){ 0, 0, 0, 0 }), CMYK_INKS);
    cmyk_of_ink(p->cmyk, 0x000080, inks); /* dark, but blue */
    assert_true(inks[0] > 200 && inks[1] > 150 && inks[3] < 128);
}

/* Through lcms2's own way from the press to the screen, with nothing worked out before. */
static void colours_come_back(void **state)
{
    const struct press *p = *state;
    static const uint32_t colours[] = { 0x0B5563, 0x659BA5, 0xA63D1E, 0x55606A, 0xC6CCD1, 0xF2F5F6, 0x808080, 0xB0B0B0 };
    enum { OFF = 12 /* of 255: the press has fewer colours, and greys of one ink are a little warm */ };
    cmsHPROFILE press = cmsOpenProfileFromMem(p->profile, (cmsUInt32Number)p->length), screen = cmsCreate_sRGBProfile();
    cmsHTRANSFORM back = cmsCreateTransform(press, TYPE_CMYK_8, screen, TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC,
                                            cmsFLAGS_NOOPTIMIZE | cmsFLAGS_BLACKPOINTCOMPENSATION);
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
        uint8_t inks[CMYK_INKS], rgb[3];
        cmyk_of_ink(p->cmyk, colours[i], inks);
        cmsDoTransform(back, inks, rgb, 1);
        for (int k = 0; k < 3; k++)
            if (abs(rgb[k] - (int)(colours[i] >> (16 - 8 * k) & 255)) > OFF)
                fail_msg("#%06X comes back as #%02X%02X%02X", colours[i], rgb[0], rgb[1], rgb[2]);
    }
    cmsDeleteTransform(back);
    cmsCloseProfile(press);
    cmsCloseProfile(screen);
}

static void pixels_are_printed_as_colours_are(void **state)
{
    const struct press *p = *state;
    static const uint8_t pixels[] = { 0x0B, 0x55, 0x63, 0xA6, 0x3D, 0x1E };
    uint8_t inks[2 * CMYK_INKS], one[CMYK_INKS];
    cmyk_of_pixels(p->cmyk, pixels, 2, inks);
    cmyk_of_ink(p->cmyk, 0x0B5563, one);
    assert_memory_equal(inks, one, CMYK_INKS);
    cmyk_of_ink(p->cmyk, 0xA63D1E, one);
    assert_memory_equal(inks + CMYK_INKS, one, CMYK_INKS);
}

static void only_a_press_has_no_fault(void **state)
{
    const struct press *p = *state;
    static const struct {
        size_t at;
        const char *bytes, *fault;
    } edits[] = {
        { 36, "none", "it is no ICC profile" },
        { 12, "link", "it is an ICC profile of class 'link', not of a printer ('prtr')" },
        { 12, "\xFFn\n\x1B", "it is an ICC profile of class ' n  ', not of a printer ('prtr')" },
        { 16, "RGB ", "its colours are 'RGB ', not 'CMYK'" },
        { 8, "\x04\x40", "it is of ICC version 4.4, and PDF 1.7 knows 2.0 to 4.2" },
        { 8, "\x05", "it is of ICC version 5.1, and PDF 1.7 knows 2.0 to 4.2" },
        { 128, "\x7F\xFF", "it is damaged, or has no tables from colours to inks and back" }, /* the number of tags */
    };
    struct arena *arena = arena_new();
    assert_null(cmyk_fault(p->profile, p->length, arena));
    assert_string_equal(cmyk_name(p->profile, p->length, arena), "Artifex CMYK SWOP Profile");
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        char *copy = malloc(p->length);
        memcpy(copy, p->profile, p->length);
        memcpy(copy + edits[i].at, edits[i].bytes, strlen(edits[i].bytes));
        assert_string_equal(cmyk_fault(copy, p->length, arena), edits[i].fault);
        free(copy);
    }
    assert_string_equal(cmyk_fault(p->profile, 127, arena), "it is no ICC profile");
    for (size_t length = 128; length < p->length; length = length * 3 / 2)
        assert_non_null(cmyk_fault(p->profile, length, arena));
    arena_drop(arena);
}

/* Bytes at random in the tag table, in what the tags say of themselves, and anywhere: refused, or good to print with. */
static void damaged_profiles_do_no_harm(void **state)
{
    const struct press *p = *state;
    struct arena *arena = arena_new();
    uint32_t random = 7;
    size_t refused = 0;
    char *copy = malloc(p->length);
    for (int i = 0; i < 60; i++) {
        const size_t reach[] = { 128 + 4 + 9 * 12, 2000, p->length };
        memcpy(copy, p->profile, p->length);
        for (int k = 0; k < 4; k++) {
            random = random * 1664525u + 1013904223u;
            copy[128 + (random >> 8) % (reach[i % 3] - 128)] = (char)(random >> 3);
        }
        if (cmyk_fault(copy, p->length, arena)) {
            refused++;
            continue;
        }
        struct cmyk *cmyk = cmyk_new(copy, p->length);
        uint8_t inks[CMYK_INKS];
        cmyk_of_ink(cmyk, 0x0B5563, inks);
        cmyk_drop(cmyk);
    }
    assert_in_range(refused, 5, 55);
    free(copy);
    arena_drop(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(black_and_greys_are_one_ink),
        cmocka_unit_test(colours_come_back),
        cmocka_unit_test(pixels_are_printed_as_colours_are),
        cmocka_unit_test(only_a_press_has_no_fault),
        cmocka_unit_test(damaged_profiles_do_no_harm),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
