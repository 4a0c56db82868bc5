/*
 * Images: what comes out of a good PNG and JPEG, and what a broken or hostile one is told. Every byte of both is
 * damaged once, and every length tried: whatever is read then, nothing may crash.
 */
#include "image/image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "base/buf.h"
#include "support/program.h"
#include "support/said.h"

#define PNG "tests/data/report/good/reports/blocks/map.png"
#define JPEG "tests/data/report/good/reports/blocks/photo.jpg"

static const struct place at = { "report.yaml", 7, 11 };

static void png_gives_pixels_and_alpha(void **state)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const struct image *image = image_load(PNG, at, arena, diags);
    static const uint8_t accent[] = { 11, 85, 99 }, corner[] = { 166, 61, 30 };

    (void)state;
    assert_non_null(image);
    assert_int_equal(image->form, IMAGE_RGB);
    assert_int_equal(image->width, 48);
    assert_int_equal(image->height, 24);
    assert_int_equal(image->length, 48 * 24 * 3);
    assert_memory_equal(image->bytes + (12 * 48 + 24) * 3, accent, 3);
    assert_int_equal(image->alpha[12 * 48 + 24], 255);
    assert_memory_equal(image->bytes + 47 * 3, corner, 2); /* multiplied by its alpha and back: blue is rounded */
    assert_in_range(image->bytes[47 * 3 + 2], corner[2] - 1, corner[2] + 1);
    assert_int_equal(image->alpha[47], 47 * 5);
    assert_int_equal(image->alpha[0], 0);
    assert_ptr_equal(image_pixels(image, arena), image->bytes);
    assert_said(diags, NULL, "");
    arena_drop(arena);
}

static bool holds(const uint8_t *bytes, size_t length, const char *word)
{
    size_t size = strlen(word);

    for (size_t i = 0; i + size <= length; i++)
        if (memcmp(bytes + i, word, size) == 0)
            return true;
    return false;
}

static void jpeg_is_kept_without_what_the_camera_adds(void **state)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const struct image *image = image_load(JPEG, at, arena, diags);
    size_t length;
    char *file = file_content(JPEG, &length);
    const uint8_t *pixels;

    (void)state;
    assert_non_null(image);
    assert_int_equal(image->form, IMAGE_JPEG);
    assert_int_equal(image->width, 60);
    assert_int_equal(image->height, 40);
    assert_false(image->grey);
    assert_null(image->alpha);
    assert_true(holds((const uint8_t *)file, length, "SECRET-PLACE"));
    assert_false(holds(image->bytes, image->length, "SECRET-PLACE"));
    assert_true(image->length < length);
    pixels = image_pixels(image, arena);
    assert_non_null(pixels);
    assert_in_range(pixels[0], 5, 18); /* #0B5563 at the top */
    assert_in_range(pixels[2], 93, 105);
    assert_said(diags, NULL, "");
    free(file);
    arena_drop(arena);
}

/* Some cameras put a second picture behind the first, or their segments between scans; each has its own Exif. */
static void jpeg_is_kept_without_other_pictures(void **state)
{
    static const char comment[] = "\xFF\xFE\x00\x0ESECRET-SCAN.", end[] = "\xFF\xD9";
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    char *folder = tree_new(), *path = text_join(folder, "x");
    const struct image *alone = image_load(JPEG, at, arena, diags), *image;
    size_t length;
    char *file = file_content(JPEG, &length);
    struct buf two;

    (void)state;
    assert_memory_equal(file + length - 2, end, 2);
    buf_init(&two);
    buf_add(&two, file, length - 2);
    buf_add(&two, comment, sizeof comment - 1);
    buf_add(&two, end, 2);
    buf_add(&two, file, length);
    file_write(path, two.data, two.length);
    image = image_load(path, at, arena, diags);
    assert_non_null(image);
    assert_int_equal(image->length, alone->length);
    assert_memory_equal(image->bytes, alone->bytes, alone->length);
    assert_said(diags, NULL, "");
    buf_drop(&two);
    free(file);
    free(path);
    tree_remove(folder);
    arena_drop(arena);
}

/* Loads the bytes as a file. What was said is checked when `expected` is not NULL; %s in no message. */
static bool load(const char *folder, const void *bytes, size_t length, const char *expected)
{
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    char *path = text_join(folder, "x");
    const struct image *image;
    bool loaded;

    file_write(path, bytes, length);
    image = image_load(path, at, arena, diags);
    loaded = image != NULL;
    assert_true(loaded == (diags_errors(diags) == 0));
    if (loaded)
        assert_non_null(image_pixels(image, arena));
    if (expected)
        assert_said(diags, folder, expected);
    else
        diags_drop(diags);
    arena_drop(arena);
    free(path);
    return loaded;
}

#define SAID(what) "report.yaml:7:11: error: [image-format] the image 'x' cannot be used: " what "\n"

static void put32(uint8_t *p, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(value >> (24 - 8 * i));
}

static void faults_are_named(void **state)
{
    char *folder = tree_new();
    size_t length;
    uint8_t *png = (uint8_t *)file_content(PNG, &length);
    static const char jpeg_start[] = "\xFF\xD8\xFF\xE0\x00\x04..";
    static const char lossless[] = "\xFF\xD8\xFF\xC3\x00\x0B\x08\x00\x10\x00\x10\x01\x01\x11\x00\xFF\xDA\x00\x02\xFF\xD9";
    static const char cmyk[] = "\xFF\xD8\xFF\xC0\x00\x14\x08\x00\x10\x00\x10\x04............\xFF\xDA\x00\x02\xFF\xD9";
    static const char large[] = "\xFF\xD8\xFF\xC0\x00\x0B\x08\xFF\xFF\xFF\xFF\x01\x01\x11\x00\xFF\xDA\x00\x02\xFF\xD9";
    static const char empty[] = "\xFF\xD8\xFF\xC0\x00\x0B\x08\x00\x10\x00\x10\x01\x01\x11\x00\xFF\xDA\x00\x02\xFF\xD9";

    (void)state;
    load(folder, "GIF89a", 6, SAID("it is neither PNG nor JPEG; save it as one of them"));
    load(folder, png, length - 1, SAID("it ends too early; copy it again, or save it again"));
    png[length - 20] ^= 1;
    load(folder, png, length, SAID("a check sum in it is wrong; copy it again, or save it again"));
    png[length - 20] ^= 1;
    put32(png + 16, 100000);
    put32(png + 20, 100000);
    put32(png + 29, (uint32_t)crc32(0, png + 12, 17));
    load(folder, png, length,
         SAID("it has 100000 by 100000 pixels; make it smaller, 16 megapixels (16777216) are the most"));
    put32(png + 16, 0);
    put32(png + 29, (uint32_t)crc32(0, png + 12, 17));
    load(folder, png, length, SAID("it has no pixels; save it again"));
    put32(png + 16, 4096); /* more rows and columns than there are data for */
    put32(png + 20, 4096);
    put32(png + 29, (uint32_t)crc32(0, png + 12, 17));
    load(folder, png, length, SAID("its pixels cannot be read; save it again"));
    png[4] = 'x';
    load(folder, png, length, SAID("its first bytes are damaged; copy it again, as a binary file"));
    load(folder, jpeg_start, sizeof jpeg_start - 1, SAID("it ends too early; copy it again, or save it again"));
    load(folder, lossless, sizeof lossless - 1,
         SAID("it is of a rare kind; save it as a baseline or progressive JPEG of 8 bits"));
    load(folder, cmyk, sizeof cmyk - 1, SAID("its colours are for print (CMYK); save it in RGB"));
    load(folder, large, sizeof large - 1,
         SAID("it has 65535 by 65535 pixels; make it smaller, 16 megapixels (16777216) are the most"));
    load(folder, empty, sizeof empty - 1, SAID("its pixels cannot be read; save it again"));
    free(png);
    tree_remove(folder);
}

static void damage_is_survived(const char *path, size_t step)
{
    char *folder = tree_new();
    size_t length, whole = 0;
    char *file = file_content(path, &length);

    for (size_t i = 0; i < length; i += step) {
        assert_false(load(folder, file, i, NULL)); /* no start of it is an image */
        file[i] ^= 0x55;
        whole += load(folder, file, length, NULL);
        file[i] ^= 0x55;
    }
    assert_true(whole < length / step + 1);
    free(file);
    tree_remove(folder);
}

static void damaged_files_are_survived(void **state)
{
    (void)state;
    damage_is_survived(PNG, 1);
    damage_is_survived(JPEG, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(png_gives_pixels_and_alpha),
        cmocka_unit_test(jpeg_is_kept_without_what_the_camera_adds),
        cmocka_unit_test(jpeg_is_kept_without_other_pictures),
        cmocka_unit_test(faults_are_named),
        cmocka_unit_test(damaged_files_are_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
