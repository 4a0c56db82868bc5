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

enum { QUICK = 2, COLOUR_TYPE_RGB = 2, BIT_DEPTH = 8, CHUNK = 64 * 1024 };

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

/* Deflates a row; a chunk for each time that `packed` is full, and the last when it was the last row. */
static bool add_row(z_stream *z, unsigned char *packed, bool last, struct buf *out)
{
    int state = Z_OK;
    do {
        if (z->avail_out == 0) {
            add_chunk(out, "IDAT", packed, CHUNK);
            z->next_out = packed;
            z->avail_out = CHUNK;
        }
        state = deflate(z, last ? Z_FINISH : Z_NO_FLUSH);
    } while (z->avail_out == 0 && state == Z_OK);
    if (last)
        add_chunk(out, "IDAT", packed, CHUNK - z->avail_out);
    return state == Z_STREAM_END || (!last && (state == Z_OK || state == Z_BUF_ERROR /* nothing was left to do */));
}

static bool add_pixels(const unsigned char *pixels, unsigned width, unsigned height, size_t stride, struct buf *out)
{
    size_t row_length = 1 + 3 * (size_t)width;
    z_stream z = { 0 };
    if (deflateInit(&z, QUICK) != Z_OK)
        return false;
    unsigned char *row = xcalloc(1, row_length), *packed = xcalloc(1, CHUNK);
    bool ok = true;
    z.next_out = packed;
    z.avail_out = CHUNK;
    for (unsigned y = 0; y < height && ok; y++) {
        take_row(pixels + y * stride, width, row);
        z.next_in = row;
        z.avail_in = (uInt)row_length;
        ok = add_row(&z, packed, y + 1 == height, out);
    }
    deflateEnd(&z);
    free(row);
    free(packed);
    return ok;
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
