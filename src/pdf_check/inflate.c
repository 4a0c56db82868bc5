/* Inflates streams of a file that may be damaged. */
#include "pdf_check/inflate.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* A stream that is larger is no part of a briefing: a few bytes can stand for gigabytes. */
enum { MOST_BYTES = 1 << 28 };

bool inflate_add(const char *bytes, size_t length, struct buf *out)
{
    z_stream z = { .next_in = (Bytef *)bytes, .avail_in = (uInt)length };
    Bytef chunk[1 << 14];
    size_t before = out->length;
    if (length > UINT32_MAX || inflateInit(&z) != Z_OK)
        return false;
    int status = Z_OK;
    while (status == Z_OK && out->length - before < MOST_BYTES) {
        z.next_out = chunk;
        z.avail_out = sizeof chunk;
        status = inflate(&z, Z_NO_FLUSH);
        buf_add(out, chunk, sizeof chunk - z.avail_out);
    }
    inflateEnd(&z);
    return status == Z_STREAM_END;
}

static int paeth(int left, int above, int corner)
{
    int to_left = abs(above - corner), to_above = abs(left - corner), to_corner = abs(left + above - 2 * corner);
    return to_left <= to_above && to_left <= to_corner ? left : to_above <= to_corner ? above : corner;
}

bool inflate_unpredict(struct buf *b, size_t columns, size_t pixel)
{
    if (!columns || columns > MOST_BYTES || b->length % (columns + 1) != 0)
        return false;
    size_t rows = b->length / (columns + 1);
    uint8_t *to = (uint8_t *)b->data;
    for (size_t row = 0; row < rows; row++) {
        const uint8_t *from = (uint8_t *)b->data + row * (columns + 1);
        int filter = *from++;
        if (filter > 4)
            return false;
        for (size_t i = 0; i < columns; i++, to++) {
            int left = i >= pixel ? to[-(ptrdiff_t)pixel] : 0, above = row ? to[-(ptrdiff_t)columns] : 0;
            int corner = row && i >= pixel ? to[-(ptrdiff_t)(columns + pixel)] : 0;
            const int guess[] = { 0, left, above, (left + above) / 2, paeth(left, above, corner) };
            *to = (uint8_t)(from[i] + guess[filter]);
        }
    }
    b->length = rows * columns;
    b->data[b->length] = '\0';
    return true;
}
