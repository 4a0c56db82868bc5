/*
 * Every kind of PNG and JPEG: its pixels are those that were put in, or it is refused with what to do about it. The files
 * are written here, PNGs by a writer of our own, JPEGs by libjpeg and decoded again by it. And hundreds of damaged ones.
 */
#include "image/image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jpeglib.h>
#include <math.h>
#include <zlib.h>

#include "base/buf.h"
#include "support/program.h"
#include "support/said.h"

enum { WIDTH = 13, HEIGHT = 11 /* no multiples of eight: the passes of an interlaced file differ */ };
enum { GREY = 0, RGB = 2, PALETTE = 3, GREY_ALPHA = 4, RGB_ALPHA = 6 };

static const struct place at = { "report.yaml", 7, 11 };

struct kind {
    const char *name;
    int depth, type;
    bool interlaced, transparent; /* transparent: by tRNS */
};

/* --- what is drawn ----------------------------------------------------------------------------------------- */

/* Sample `c` (alpha is the last) of a pixel, in the kind's depth. */
static unsigned sample(const struct kind *k, int x, int y, int c)
{
    unsigned v = (unsigned)(x * 5041 + y * 7919 + c * 12289 + x * y * 331) & 0xFFFF;
    return k->type == PALETTE ? v % 7 % (1u << k->depth) : v >> (16 - k->depth);
}

static unsigned palette_sample(unsigned index, int c)
{
    return (index * 37 + (unsigned)c * 91 + 11) & 255;
}

static int samples_of(int type)
{
    return type == RGB ? 3 : type == GREY_ALPHA ? 2 : type == RGB_ALPHA ? 4 : 1;
}

/* The pixel as red, green, blue and alpha of 255, by the PNG specification. */
static void pixel(const struct kind *k, int x, int y, double rgba[4])
{
    double most = (1 << k->depth) - 1;
    bool grey = k->type == GREY || k->type == GREY_ALPHA, key = true;
    for (int c = 0; c < 3; c++)
        rgba[c] = k->type == PALETTE ? palette_sample(sample(k, x, y, 0), c)
                                     : 255 * sample(k, x, y, grey ? 0 : c) / most;
    rgba[3] = k->type == GREY_ALPHA || k->type == RGB_ALPHA ? 255 * sample(k, x, y, k->type == RGB_ALPHA ? 3 : 1) / most : 255;
    if (!k->transparent)
        return;
    if (k->type == PALETTE) { /* tRNS: an alpha for the first entries */
        unsigned index = sample(k, x, y, 0);
        rgba[3] = index < 2 ? (index + 1) * 60 : 255;
        return;
    }
    for (int c = 0; c < samples_of(k->type); c++) /* tRNS: the one colour that is not there, that of pixel 3, 2 */
        key &= sample(k, x, y, c) == sample(k, 3, 2, c);
    rgba[3] = key ? 0 : 255;
}

/* --- a writer of PNGs --------------------------------------------------------------------------------------- */

static void add32(struct buf *b, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        buf_add_char(b, (char)(v >> (24 - 8 * i)));
}

static void add_chunk(struct buf *b, const char *type, const void *data, size_t length)
{
    add32(b, (uint32_t)length);
    size_t start = b->length;
    buf_add(b, type, 4);
    buf_add(b, data, length);
    add32(b, (uint32_t)crc32(0, (const Bytef *)b->data + start, (uInt)(length + 4)));
}

static void add_pass(struct buf *b, const struct kind *k, int x0, int y0, int dx, int dy)
{
    for (int y = y0; y < HEIGHT && x0 < WIDTH; y += dy) {
        unsigned bits = 0, value = 0;
        buf_add_char(b, 0); /* no filter */
        for (int x = x0; x < WIDTH; x += dx)
            for (int c = 0; c < samples_of(k->type); c++)
                if (k->depth == 16) {
                    buf_add_char(b, (char)(sample(k, x, y, c) >> 8));
                    buf_add_char(b, (char)sample(k, x, y, c));
                } else {
                    value = value << k->depth | sample(k, x, y, c);
                    bits += (unsigned)k->depth;
                    if (bits == 8)
                        buf_add_char(b, (char)value);
                    bits &= 7;
                }
        if (bits)
            buf_add_char(b, (char)(value << (8 - bits)));
    }
}

static void add_samples(struct buf *b, const struct kind *k)
{
    static const int adam7[7][4] = { { 0, 0, 8, 8 }, { 4, 0, 8, 8 }, { 0, 4, 4, 8 }, { 2, 0, 4, 4 },
                                     { 0, 2, 2, 4 }, { 1, 0, 2, 2 }, { 0, 1, 1, 2 } };
    if (!k->interlaced)
        add_pass(b, k, 0, 0, 1, 1);
    for (int i = 0; k->interlaced && i < 7; i++)
        add_pass(b, k, adam7[i][0], adam7[i][1], adam7[i][2], adam7[i][3]);
}

static void add_palette(struct buf *b, const struct kind *k)
{
    char palette[7 * 3], key[6];
    for (unsigned i = 0; i < 7; i++)
        for (int c = 0; c < 3; c++)
            palette[i * 3 + (unsigned)c] = (char)palette_sample(i, c);
    if (k->type == PALETTE)
        add_chunk(b, "PLTE", palette, k->depth >= 3 ? sizeof palette : 3u << k->depth);
    if (k->transparent && k->type == PALETTE)
        add_chunk(b, "tRNS", "\x3C\x78", 2);
    for (int c = 0; c < samples_of(k->type) && c < 3; c++) {
        key[2 * c] = (char)(sample(k, 3, 2, c) >> 8);
        key[2 * c + 1] = (char)sample(k, 3, 2, c);
    }
    if (k->transparent && k->type != PALETTE)
        add_chunk(b, "tRNS", key, 2 * (size_t)samples_of(k->type));
}

/* With one more chunk when `type` is not NULL. */
static void write_png(struct buf *b, const struct kind *k, const char *type, const void *data, size_t length)
{
    struct buf rows;
    const uint8_t head[13] = { 0, 0, 0, WIDTH, 0, 0, 0, HEIGHT, (uint8_t)k->depth, (uint8_t)k->type, 0, 0, k->interlaced };
    buf_init(&rows);
    add_samples(&rows, k);
    uLongf size = compressBound(rows.length);
    Bytef *deflated = malloc(size);
    assert_int_equal(compress(deflated, &size, (const Bytef *)rows.data, rows.length), Z_OK);
    buf_add(b, "\x89PNG\r\n\x1A\n", 8);
    add_chunk(b, "IHDR", head, sizeof head);
    if (type)
        add_chunk(b, type, data, length);
    add_palette(b, k);
    add_chunk(b, "IDAT", deflated, size);
    add_chunk(b, "IEND", "", 0);
    free(deflated);
    buf_drop(&rows);
}

/* --- loading ------------------------------------------------------------------------------------------------ */

/* Loads the bytes as a file x; NULL: refused, and `expected` was said. */
static const struct image *load(struct arena *arena, const void *bytes, size_t length, const char *expected)
{
    char *folder = tree_new(), *path = text_join(folder, "x");
    struct diags *diags = diags_new();
    file_write(path, bytes, length);
    const struct image *image = image_load(path, at, arena, diags);
    if (expected)
        assert_said(diags, folder, expected);
    else
        diags_drop(diags);
    free(path);
    tree_remove(folder);
    return image;
}

#define SAID(what) "report.yaml:7:11: error: [image-format] the image 'x' cannot be used: " what "\n"

/* The largest difference of a colour as it shows on white and on black. */
static double farthest(const struct kind *k, const struct image *image)
{
    double most = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        double want[4], alpha = image->alpha ? image->alpha[i] : 255;
        pixel(k, i % WIDTH, i / WIDTH, want);
        for (int c = 0; c < 3; c++)
            for (int paper = 0; paper <= 255; paper += 255)
                most = fmax(most, fabs((image->bytes[i * 3 + c] * alpha + paper * (255 - alpha)) / 255 -
                                       (want[c] * want[3] + paper * (255 - want[3])) / 255));
    }
    return most;
}

static void every_kind_of_png_has_its_pixels(void **state)
{
    static const struct kind kinds[] = {
        { "grey 1", 1, GREY, false, false },          { "grey 2", 2, GREY, false, false },
        { "grey 4", 4, GREY, false, false },          { "grey 8", 8, GREY, false, false },
        { "grey 16", 16, GREY, false, false },        { "rgb 8", 8, RGB, false, false },
        { "rgb 16", 16, RGB, false, false },          { "palette 1", 1, PALETTE, false, false },
        { "palette 2", 2, PALETTE, false, false },    { "palette 4", 4, PALETTE, false, false },
        { "palette 8", 8, PALETTE, false, false },    { "palette 8, tRNS", 8, PALETTE, false, true },
        { "palette 4, tRNS", 4, PALETTE, true, true },  { "grey 8, tRNS", 8, GREY, false, true },
        { "grey 16, tRNS", 16, GREY, false, true },   { "rgb 8, tRNS", 8, RGB, false, true },
        { "rgb 16, tRNS", 16, RGB, true, true },      { "grey alpha 8", 8, GREY_ALPHA, false, false },
        { "grey alpha 16", 16, GREY_ALPHA, true, false }, { "rgb alpha 8", 8, RGB_ALPHA, false, false },
        { "rgb alpha 16", 16, RGB_ALPHA, false, false },  { "rgb 8, interlaced", 8, RGB, true, false },
        { "grey 1, interlaced", 1, GREY, true, false },   { "rgb alpha 8, interlaced", 8, RGB_ALPHA, true, false },
    };
    int failed = 0;
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct arena *arena = arena_new();
        struct buf png;
        buf_init(&png);
        write_png(&png, &kinds[i], NULL, NULL, 0);
        const struct image *image = load(arena, png.data, png.length, "");
        assert_non_null(image);
        assert_int_equal(image->width, WIDTH);
        assert_int_equal(image->height, HEIGHT);
        double most = farthest(&kinds[i], image);
        if (most > (kinds[i].depth == 16 ? 2.5 : 1.5)) { /* cut to 8 bits; cairo keeps colours multiplied by alpha */
            print_error("%s: a colour is off by %.1f of 255\n", kinds[i].name, most);
            failed++;
        }
        buf_drop(&png);
        arena_drop(arena);
    }
    assert_int_equal(failed, 0);
}

/* --- gamma and profiles ------------------------------------------------------------------------------------- */

static const struct kind plain = { "rgb 8", 8, RGB, false, false };

/* What a sample of 8 bits becomes. */
static double after_chunk(unsigned gamma, unsigned value)
{
    struct arena *arena = arena_new();
    struct buf png;
    const uint8_t chunk[4] = { 0, (uint8_t)(gamma >> 16), (uint8_t)(gamma >> 8), (uint8_t)gamma };
    double sum = 0, count = 0;
    buf_init(&png);
    write_png(&png, &plain, "gAMA", chunk, 4);
    const struct image *image = load(arena, png.data, png.length, "");
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        if (abs((int)sample(&plain, i % WIDTH, i / WIDTH, 0) - (int)value) < 4) {
            sum += image->bytes[i * 3];
            count++;
        }
    assert_true(count > 0);
    buf_drop(&png);
    arena_drop(arena);
    return sum / count;
}

static void gamma_is_heeded(void **state)
{
    (void)state;
    assert_true(fabs(after_chunk(45455, 64) - 64) < 4);  /* as displays are */
    assert_true(fabs(after_chunk(100000, 64) - 136) < 6); /* linear: 255 (64/255)^(1/2.2) */
    assert_true(fabs(after_chunk(55556, 64) - 82) < 6);  /* old Macintoshes: 1.8 */
}

/* A profile that has primaries only: those of sRGB, with the red one moved. */
static size_t make_profile(uint8_t profile[256], double red)
{
    static const double xyz[9] = { 0.4361, 0.2225, 0.0139, 0.3851, 0.7169, 0.0971, 0.1431, 0.0606, 0.7141 };
    memset(profile, 0, 256);
    memcpy(profile + 16, "RGB ", 4);
    profile[131] = 3;
    for (int t = 0; t < 3; t++) {
        memcpy(profile + 132 + 12 * t, &"rXYZgXYZbXYZ"[4 * t], 4);
        profile[132 + 12 * t + 7] = (uint8_t)(168 + 20 * t);
        profile[132 + 12 * t + 11] = 20;
        memcpy(profile + 168 + 20 * t, "XYZ ", 4);
        for (int c = 0; c < 3; c++) {
            uint32_t v = (uint32_t)lround((xyz[3 * t + c] + (t + c == 0 ? red : 0)) * 65536);
            for (int b = 0; b < 4; b++)
                profile[168 + 20 * t + 8 + 4 * c + b] = (uint8_t)(v >> (24 - 8 * b));
        }
    }
    return 228;
}

static bool load_with_profile(const uint8_t *profile, size_t length, const char *expected)
{
    struct arena *arena = arena_new();
    struct buf png, chunk;
    uint8_t deflated[512];
    uLongf size = sizeof deflated;
    buf_init(&png);
    buf_init(&chunk);
    assert_int_equal(compress(deflated, &size, profile, length), Z_OK);
    buf_add(&chunk, "name\0", 6);
    buf_add(&chunk, deflated, size);
    write_png(&png, &plain, "iCCP", chunk.data, chunk.length);
    bool loaded = load(arena, png.data, png.length, expected) != NULL;
    buf_drop(&png);
    buf_drop(&chunk);
    arena_drop(arena);
    return loaded;
}

#define OTHER_SPACE "its colours are of another space than sRGB (it has a colour profile); save it in sRGB"

static void other_colour_spaces_are_refused(void **state)
{
    uint8_t profile[256];
    size_t length = make_profile(profile, 0);
    (void)state;
    assert_true(load_with_profile(profile, length, ""));
    assert_false(load_with_profile(profile, 60, SAID("its colour profile cannot be read; save it in sRGB")));
    memcpy(profile + 16, "GRAY", 4);
    assert_true(load_with_profile(profile, 140, ""));
    length = make_profile(profile, 0.08); /* Display P3's red lies there */
    assert_false(load_with_profile(profile, length, SAID(OTHER_SPACE)));
}

/* --- JPEG --------------------------------------------------------------------------------------------------- */

struct recipe {
    int components;
    J_COLOR_SPACE in, stored;
    bool progressive;
    int orientation; /* Exif's; 0: no Exif */
    const uint8_t *profile;
    size_t profile_length;
};

static void write_markers(struct jpeg_compress_struct *info, const struct recipe *r)
{
    uint8_t exif[] = "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0?\0\0\0\0\0\0";
    uint8_t little[] = "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0?\0\0\0\0\0\0\0";
    struct buf profile;
    exif[25] = little[24] = (uint8_t)r->orientation;
    if (r->orientation)
        jpeg_write_marker(info, 0xE1, r->orientation & 1 ? exif : little, 32);
    buf_init(&profile);
    buf_add(&profile, "ICC_PROFILE\0\1\1", 14);
    buf_add(&profile, r->profile, r->profile_length);
    if (r->profile)
        jpeg_write_marker(info, 0xE2, (const JOCTET *)profile.data, (unsigned)profile.length);
    buf_drop(&profile);
}

/* A soft picture, so that what is lost by compression is little. The bytes are malloc's. */
static unsigned char *write_jpeg(const struct recipe *r, unsigned long *length)
{
    struct jpeg_compress_struct info;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL, row[32 * 4];
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &bytes, length);
    info.image_width = 32;
    info.image_height = 24;
    info.input_components = r->components;
    info.in_color_space = r->in;
    jpeg_set_defaults(&info);
    jpeg_set_colorspace(&info, r->stored);
    jpeg_set_quality(&info, 98, TRUE);
    if (r->progressive)
        jpeg_simple_progression(&info);
    jpeg_start_compress(&info, TRUE);
    write_markers(&info, r);
    for (int y = 0; y < 24; y++) {
        JSAMPROW rows[] = { row };
        for (int x = 0; x < 32; x++)
            for (int c = 0; c < r->components; c++)
                row[x * r->components + c] = (uint8_t)(x * 4 + y * 3 + c * 20);
        jpeg_write_scanlines(&info, rows, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    return bytes;
}

static void check_jpeg(const struct recipe *r, const char *expected)
{
    struct arena *arena = arena_new();
    unsigned long length = 0;
    unsigned char *bytes = write_jpeg(r, &length);
    const struct image *image = load(arena, bytes, length, expected);
    assert_true((image != NULL) == !*expected);
    if (image) {
        const uint8_t *pixels = image_pixels(image, arena);
        assert_int_equal(image->width, 32);
        assert_int_equal(image->grey, r->components == 1);
        for (int y = 0; y < 24; y++)
            for (int x = 0; x < 32; x++)
                for (int c = 0; c < 3; c++)
                    assert_in_range(pixels[(y * 32 + x) * 3 + c] + 8 - (x * 4 + y * 3 + (r->components > 1 ? c * 20 : 0)),
                                    0, 16);
    }
    free(bytes);
    arena_drop(arena);
}

static void every_kind_of_jpeg_is_right_or_refused(void **state)
{
    static const char turned[] = SAID("its camera says that it is to be turned (Exif orientation); turn it in an image "
                                      "program and save it");
    static const char print[] = SAID("its colours are for print (CMYK); save it in RGB");
    uint8_t profile[256], wide[256];
    size_t length = make_profile(profile, 0);
    make_profile(wide, 0.08);
    (void)state;
    for (int progressive = 0; progressive < 2; progressive++) {
        check_jpeg(&(struct recipe){ 3, JCS_RGB, JCS_YCbCr, progressive, 0, NULL, 0 }, "");
        check_jpeg(&(struct recipe){ 3, JCS_RGB, JCS_RGB, progressive, 0, NULL, 0 }, ""); /* Adobe's marker says so */
        check_jpeg(&(struct recipe){ 1, JCS_GRAYSCALE, JCS_GRAYSCALE, progressive, 0, NULL, 0 }, "");
        check_jpeg(&(struct recipe){ 4, JCS_CMYK, JCS_CMYK, progressive, 0, NULL, 0 }, print);
        check_jpeg(&(struct recipe){ 4, JCS_CMYK, JCS_YCCK, progressive, 0, NULL, 0 }, print);
    }
    for (int o = 1; o <= 9; o++)
        check_jpeg(&(struct recipe){ 3, JCS_RGB, JCS_YCbCr, false, o, NULL, 0 }, o > 1 && o < 9 ? turned : "");
    check_jpeg(&(struct recipe){ 3, JCS_RGB, JCS_YCbCr, false, 0, profile, length }, "");
    check_jpeg(&(struct recipe){ 3, JCS_RGB, JCS_YCbCr, false, 0, wide, length }, SAID(OTHER_SPACE));
}

/* --- damage ------------------------------------------------------------------------------------------------- */

/* Bits here and there, by a generator of fixed seed; the checksums of a PNG are made right again every other time, so
 * that what lies behind them is reached. */
static void mend(uint8_t *png, size_t length)
{
    for (size_t i = 8; i + 12 <= length;) {
        size_t size = (size_t)png[i] << 24 | (size_t)png[i + 1] << 16 | (size_t)png[i + 2] << 8 | png[i + 3];
        if (size > length - i - 12)
            return;
        uint32_t crc = (uint32_t)crc32(0, png + i + 4, (uInt)(size + 4));
        for (int b = 0; b < 4; b++)
            png[i + 8 + size + (size_t)b] = (uint8_t)(crc >> (24 - 8 * b));
        i += size + 12;
    }
}

static void damage(const void *bytes, size_t length, bool png, int times)
{
    uint32_t seed = 1;
    int refused = 0;
    for (int i = 0; i < times; i++) {
        struct arena *arena = arena_new();
        uint8_t *copy = malloc(length);
        memcpy(copy, bytes, length);
        for (int k = 0; k <= i % 3; k++) {
            seed = seed * 1664525 + 1013904223;
            copy[(seed >> 8) % length] ^= (uint8_t)(1 << (seed >> 4) % 8);
        }
        if (png && i % 2)
            mend(copy, length);
        const struct image *image = load(arena, copy, length, NULL);
        refused += image == NULL;
        if (image)
            assert_non_null(image_pixels(image, arena));
        free(copy);
        arena_drop(arena);
    }
    assert_true(refused > 0);
}

static void damaged_files_are_refused_or_read(void **state)
{
    static const struct kind kinds[] = { { "", 8, PALETTE, true, true }, { "", 16, RGB_ALPHA, true, false },
                                         { "", 1, GREY, false, true } };
    uint8_t profile[256];
    size_t profile_length = make_profile(profile, 0);
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct buf png;
        buf_init(&png);
        write_png(&png, &kinds[i], "gAMA", "\0\1\x86\xA0", 4);
        damage(png.data, png.length, true, 60);
        buf_drop(&png);
    }
    for (int progressive = 0; progressive < 2; progressive++) {
        unsigned long length = 0;
        unsigned char *bytes =
            write_jpeg(&(struct recipe){ 3, JCS_RGB, JCS_YCbCr, progressive, 1, profile, profile_length }, &length);
        damage(bytes, length, false, 60);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_png_has_its_pixels),
        cmocka_unit_test(gamma_is_heeded),
        cmocka_unit_test(other_colour_spaces_are_refused),
        cmocka_unit_test(every_kind_of_jpeg_is_right_or_refused),
        cmocka_unit_test(damaged_files_are_refused_or_read),
    };
    return cmocka_run_group_tests_name("image_kinds", tests, NULL, NULL);
}
