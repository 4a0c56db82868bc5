/* A drawn page as the bytes of a PNG. Private to src/preview. */
#ifndef MUJAZ_PREVIEW_PNG_H
#define MUJAZ_PREVIEW_PNG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Rows of 0x00RRGGBB, `stride` bytes apart. False when there is no memory; `out` may hold a part of it then. */
bool png_write(const unsigned char *pixels, unsigned width, unsigned height, size_t stride, struct buf *out);

#endif
