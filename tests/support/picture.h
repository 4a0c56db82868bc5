/*
 * Grey pictures of pages, and how far two of them are from each other. Another build of FreeType or cairo moves the
 * shade of many dots a little; what a reader would see moves some dots much. So only dots whose shades are far apart
 * count, and of those only a few are allowed.
 */
#ifndef MUJAZ_TESTS_PICTURE_H
#define MUJAZ_TESTS_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PICTURE_SHADE = 40,    /* of 255: less is the same dot */
    PICTURE_ALLOWED = 5000, /* one dot of so many may be another */
    PICTURE_FAR = 64        /* of 255, between readers, after a blur */
};

struct picture {
    int width, height;
    uint8_t *grey; /* rows without gaps; heap */
};

/* A PNG's dots, in 16 shades. A failure here ends the test. */
struct picture picture_read(const char *path);
struct picture picture_decode(const void *png, size_t length);
void picture_write(const struct picture *, const char *path);
void picture_drop(struct picture *);

/* Dots whose shades differ by PICTURE_SHADE or more, and the box around them (left, top, right, bottom, the last two
 * outside); SIZE_MAX when the sizes differ. */
size_t picture_differences(const struct picture *, const struct picture *, int box[4]);

/* How far two readers' pictures of one page are from each other. Both are blurred by a dot first: readers round an
 * edge to other dots. */
struct picture_distance {
    double mean; /* of the shades' differences, of 255, over all dots */
    double far;  /* share of the dots with ink in either whose shades differ by PICTURE_FAR or more; 1 when the sizes
                    differ by more than a dot */
};
struct picture_distance picture_distance(const struct picture *, const struct picture *);

/* A page (1: the first) of a PDF as poppler or MuPDF draws it. */
enum picture_reader { READER_POPPLER, READER_MUTOOL, READER_COUNT };
extern const char *const picture_readers[READER_COUNT];
struct picture picture_by_reader(enum picture_reader, const char *pdf, size_t page, int dpi);

/* Whether a reader's picture is the preview's, at 100 dpi. MuPDF: mean difference under 2.5, under 0.2 % of the inked
 * dots far. poppler puts large letters and thin lines on whole dots: under 4, under 3 %. Wrong glyphs on a page of
 * text are 20 % far and more. */
bool picture_agrees(enum picture_reader, struct picture_distance);

/* A PNG of both: what only the first has is red, what only the second has is blue-green, the rest grey. */
void picture_write_difference(const struct picture *, const struct picture *, const char *path);

#endif
