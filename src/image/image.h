/*
 * Images: PNG and JPEG files, checked to their last byte before anything draws them. A broken or hostile file is a
 * diagnostic; what comes out here can be put into a PDF and drawn without looking again.
 */
#ifndef MUJAZ_IMAGE_IMAGE_H
#define MUJAZ_IMAGE_IMAGE_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdint.h>

enum { IMAGE_MOST_PIXELS = 16 << 20, IMAGE_MOST_BYTES = 32 << 20 /* of the file */ };

enum image_form {
    IMAGE_RGB,  /* from PNG: bytes are pixels, three bytes each, row by row from the top */
    IMAGE_JPEG, /* bytes are the file, without what a camera writes into it beside the picture */
};

struct image {
    enum image_form form;
    uint32_t width, height; /* pixels */
    bool grey;              /* JPEG: of one component, not of three */
    const uint8_t *bytes;
    size_t length;
    const uint8_t *alpha;   /* a byte a pixel, 255 is opaque; NULL: all are */
};

/* Lives in the arena. NULL with diagnostics: at the file's own name when it cannot be read, else at `at`, where it
 * is named. */
const struct image *image_load(const char *path, struct place at, struct arena *, struct diags *);

/* The pixels of either form, three bytes each. */
const uint8_t *image_pixels(const struct image *, struct arena *);

#endif
