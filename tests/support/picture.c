#include "support/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cairo.h>
#include <cmocka.h>

#include "support/program.h"

struct bytes {
    const unsigned char *at;
    size_t left;
};

static cairo_status_t give_bytes(void *closure, unsigned char *to, unsigned length)
{
    struct bytes *bytes = closure;
    if (length > bytes->left)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(to, bytes->at, length);
    bytes->at += length;
    bytes->left -= length;
    return CAIRO_STATUS_SUCCESS;
}

/* As the eye weighs colours (ITU-R BT.601), in steps of 17: files of 16 shades are small. */
static uint8_t grey_of(uint32_t rgb)
{
    uint32_t grey = (299 * (rgb >> 16 & 255) + 587 * (rgb >> 8 & 255) + 114 * (rgb & 255)) / 1000;
    return (uint8_t)((grey + 8) / 17 * 17);
}

struct picture picture_decode(const void *png, size_t length)
{
    struct bytes bytes = { png, length };
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(give_bytes, &bytes);
    assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    assert_int_equal(cairo_image_surface_get_format(surface), CAIRO_FORMAT_RGB24);
    struct picture p = { cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface), NULL };
    p.grey = malloc((size_t)p.width * (size_t)p.height);
    const unsigned char *data = cairo_image_surface_get_data(surface);
    for (int y = 0; y < p.height; y++) {
        const uint32_t *row = (const uint32_t *)(const void *)(data + y * cairo_image_surface_get_stride(surface));
        for (int x = 0; x < p.width; x++)
            p.grey[y * p.width + x] = grey_of(row[x]);
    }
    cairo_surface_destroy(surface);
    return p;
}

struct picture picture_read(const char *path)
{
    size_t length;
    char *png = file_content(path, &length);
    struct picture p = picture_decode(png, length);
    free(png);
    return p;
}

void picture_drop(struct picture *p)
{
    free(p->grey);
    *p = (struct picture){ 0 };
}

static void write_surface(cairo_surface_t *surface, const char *path)
{
    cairo_surface_mark_dirty(surface);
    assert_int_equal(cairo_surface_write_to_png(surface, path), CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(surface);
}

/* cairo writes a mask as a grey PNG. */
void picture_write(const struct picture *p, const char *path)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, p->width, p->height);
    unsigned char *data = cairo_image_surface_get_data(surface);
    for (int y = 0; y < p->height; y++)
        memcpy(data + y * cairo_image_surface_get_stride(surface), p->grey + y * p->width, (size_t)p->width);
    write_surface(surface, path);
}

size_t picture_differences(const struct picture *a, const struct picture *b, int box[4])
{
    size_t count = 0;
    if (a->width != b->width || a->height != b->height)
        return SIZE_MAX;
    box[0] = a->width;
    box[1] = a->height;
    box[2] = box[3] = 0;
    for (int i = 0; i < a->width * a->height; i++) {
        int x = i % a->width, y = i / a->width;
        if (abs(a->grey[i] - b->grey[i]) < PICTURE_SHADE)
            continue;
        count++;
        box[0] = x < box[0] ? x : box[0];
        box[1] = y < box[1] ? y : box[1];
        box[2] = x >= box[2] ? x + 1 : box[2];
        box[3] = y >= box[3] ? y + 1 : box[3];
    }
    return count;
}

static uint32_t shade_at(const struct picture *p, int x, int y)
{
    return x < p->width && y < p->height ? p->grey[y * p->width + x] : 255;
}

/* The mean shade of a dot and its neighbours. */
static int blurred(const struct picture *p, int x, int y)
{
    int sum = 0;
    for (int dy = -1; dy <= 1; dy++)
        for (int dx = -1; dx <= 1; dx++)
            sum += (int)(x + dx >= 0 && y + dy >= 0 ? shade_at(p, x + dx, y + dy) : 255);
    return sum / 9;
}

struct picture_distance picture_distance(const struct picture *a, const struct picture *b)
{
    enum { PAPER = 250 };
    int width = a->width < b->width ? a->width : b->width, height = a->height < b->height ? a->height : b->height;
    double sum = 0, inked = 0, far = 0;
    if (abs(a->width - b->width) > 1 || abs(a->height - b->height) > 1)
        return (struct picture_distance){ 255, 1 };
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            int one = blurred(a, x, y), other = blurred(b, x, y), difference = abs(one - other);
            sum += difference;
            inked += one < PAPER || other < PAPER;
            far += difference >= PICTURE_FAR;
        }
    return (struct picture_distance){ sum / ((double)width * height), inked > 0 ? far / inked : 0 };
}

const char *const picture_readers[READER_COUNT] = { "poppler", "mutool" };

bool picture_agrees(enum picture_reader reader, struct picture_distance d)
{
    return reader == READER_POPPLER ? d.mean < 4 && d.far < 0.03 : d.mean < 2.5 && d.far < 0.002;
}

struct picture picture_by_reader(enum picture_reader reader, const char *pdf, size_t page, int dpi)
{
    char number[16], dots[16], *folder = tree_new(), *stem = text_join(folder, "page"), *file = text_join(folder, "page.png");
    snprintf(number, sizeof number, "%zu", page);
    snprintf(dots, sizeof dots, "%d", dpi);
    const char *const poppler[] = { "pdftoppm", "-r", dots, "-png", "-f", number, "-singlefile", pdf, stem, NULL };
    const char *const mutool[] = { "mutool", "draw", "-q", "-r", dots, "-o", file, pdf, number, NULL };
    struct outcome o = program_run(reader == READER_POPPLER ? poppler : mutool, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    struct picture p = picture_read(file);
    free(stem);
    free(file);
    tree_remove(folder);
    return p;
}

void picture_write_difference(const struct picture *a, const struct picture *b, const char *path)
{
    int width = a->width > b->width ? a->width : b->width, height = a->height > b->height ? a->height : b->height;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    unsigned char *data = cairo_image_surface_get_data(surface);
    for (int y = 0; y < height; y++) {
        uint32_t *row = (uint32_t *)(void *)(data + y * cairo_image_surface_get_stride(surface));
        for (int x = 0; x < width; x++)
            row[x] = shade_at(b, x, y) << 16 | shade_at(a, x, y) << 8 | shade_at(a, x, y);
    }
    write_surface(surface, path);
}
