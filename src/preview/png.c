/*
 * Writing PNG (ISO 15948), for speed: a page is drawn again at each change while somebody waits for it. Rows are not
 * filtered, since pages are flat colours and letters, and deflate is told to be quick: half the time of cairo's own
 * writer for files of about the same size.
 */
#include "preview/png.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/arena.h"

enum { QUICK = 2, COLOUR_TYPE_RGB = 2, BIT_DEPTH = 8 };

static void put_be32(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (24 - 8 * i));
}

static void add_chunk(struct buf *out, const char *type, const unsigned char *bytes, size_t length)
{
    unsigned char word[4];
    uLong crc = crc32(crc32(0, (const unsigned char *)type, 4), bytes, (uInt)length);
    put_be32(word, (uint32_t)length);
    buf_add(out, word, 4);
    buf_add(out, type, 4);
    buf_add(out, bytes, length);
    put_be32(word, (uint32_t)crc);
    buf_add(out, word, 4);
}

/* A row as PNG has it: the filter's number (none), then three bytes a pixel. */
static void take_row(const unsigned char *pixels, unsigned width, unsigned char *row)
{
    *row++ = 0;
    for (unsigned x = 0; x < width; x++, row += 3) {
        uint32_t pixel;
        memcpy(&pixel, pixels + 4 * (size_t)x, sizeof pixel);
        row[0] = (unsigned char)(pixel >> 16);
        row[1] = (unsigned char)(pixel >> 8);
        row[2] = (unsigned char)pixel;
    }
}

static bool add_pixels(const unsigned char *pixels, unsigned width, unsigned height, size_t stride, struct buf *out)
{
    size_t row_length = 1 + 3 * (size_t)width, most;
    z_stream z = { 0 };
    if (deflateInit(&z, QUICK) != Z_OK)
        return false;
    most = deflateBound(&z, row_length * height);
    unsigned char *row = xcalloc(1, row_length), *packed = xcalloc(1, most);
    int state = Z_OK;
    z.next_out = packed;
    z.avail_out = (uInt)most;
    for (unsigned y = 0; y < height && state == Z_OK; y++) {
        take_row(pixels + y * stride, width, row);
        z.next_in = row;
        z.avail_in = (uInt)row_length;
        state = deflate(&z, y + 1 == height ? Z_FINISH : Z_NO_FLUSH);
    }
    if (state == Z_STREAM_END)
        add_chunk(out, "IDAT", packed, z.total_out);
    deflateEnd(&z);
    free(row);
    free(packed);
    return state == Z_STREAM_END;
}

bool png_write(const unsigned char *pixels, unsigned width, unsigned height, size_t stride, struct buf *out)
{
    unsigned char header[13] = { 0 };
    put_be32(header, width);
    put_be32(header + 4, height);
    header[8] = BIT_DEPTH;
    header[9] = COLOUR_TYPE_RGB;
    buf_add(out, "\x89PNG\r\n\x1a\n", 8);
    add_chunk(out, "IHDR", header, sizeof header);
    if (!add_pixels(pixels, width, height, stride, out))
        return false;
    add_chunk(out, "IEND", header, 0);
    return true;
}
