/* What the files of this room share; nobody else includes it. */
#ifndef MUJAZ_IMAGE_IMAGE_INSIDE_H
#define MUJAZ_IMAGE_IMAGE_INSIDE_H

#include "image/image.h"

/* Each returns NULL, or what is wrong with the file, and then what would be right: "...; ...". */
const char *png_read(const uint8_t *bytes, size_t length, struct arena *, struct image *out);
const char *jpeg_read(const uint8_t *bytes, size_t length, struct arena *, struct image *out);
/* Pixels of a whole JPEG file, three bytes each; NULL when it is broken. */
const uint8_t *jpeg_pixels(const uint8_t *bytes, size_t length, struct arena *);

/* NULL when the colours of an ICC profile are those of sRGB, which is what the pixels of an image are taken for, or
 * it is one of greys. */
const char *image_profile_fault(const uint8_t *profile, size_t length);

/* NULL when an image may have that size. */
const char *image_size_fault(uint64_t width, uint64_t height, struct arena *);

#endif
