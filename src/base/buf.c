/* Growing byte buffer. */
#include "base/buf.h"

#include "base/arena.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct buf *b, size_t more)
{
    size_t need = b->length + more + 1;
    if (need <= b->capacity)
        return;
    size_t capacity = b->capacity ? b->capacity : 64;
    while (capacity < need)
        capacity *= 2;
    b->data = xrealloc(b->data, capacity, 1);
    b->capacity = capacity;
}

void buf_init(struct buf *b)
{
    *b = (struct buf){ 0 };
    reserve(b, 0);
    b->data[0] = '\0';
}

void buf_drop(struct buf *b)
{
    free(b->data);
    *b = (struct buf){ 0 };
}

void buf_clear(struct buf *b)
{
    b->length = 0;
    b->data[0] = '\0';
}

char *buf_reserve(struct buf *b, size_t length)
{
    reserve(b, length);
    return b->data + b->length;
}

void buf_add(struct buf *b, const void *bytes, size_t length)
{
    reserve(b, length);
    if (length)
        memcpy(b->data + b->length, bytes, length);
    b->length += length;
    b->data[b->length] = '\0';
}

void buf_add_utf8(struct buf *b, uint32_t c)
{
    char u[4];
    size_t n = 0;
    if (c < 0x80) {
        u[n++] = (char)c;
    } else if (c < 0x800) {
        u[n++] = (char)(0xC0 | c >> 6);
        u[n++] = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        u[n++] = (char)(0xE0 | c >> 12);
        u[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        u[n++] = (char)(0x80 | (c & 0x3F));
    } else {
        u[n++] = (char)(0xF0 | c >> 18);
        u[n++] = (char)(0x80 | (c >> 12 & 0x3F));
        u[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        u[n++] = (char)(0x80 | (c & 0x3F));
    }
    buf_add(b, u, n);
}

void buf_add_unsigned(struct buf *b, size_t value)
{
    char digits[24], *start = digits + sizeof digits;
    do
        *--start = (char)('0' + value % 10);
    while (value /= 10);
    buf_add(b, start, (size_t)(digits + sizeof digits - start));
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    reserve(b, 64); /* most fit, and need no second run */
    size_t room = b->capacity - b->length;
    int n = vsnprintf(b->data + b->length, room, format, args);
    va_end(args);
    if (n > 0 && (size_t)n >= room) {
        reserve(b, (size_t)n);
        vsnprintf(b->data + b->length, (size_t)n + 1, format, again);
    }
    va_end(again);
    b->length += n > 0 ? (size_t)n : 0;
    b->data[b->length] = '\0';
}

void buf_add_real(struct buf *b, double value, int decimals)
{
    static const int64_t power[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
    int64_t scale = power[decimals];
    int64_t scaled = llround(value * (double)scale);
    uint64_t magnitude = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
    char digits[32], *start = digits + sizeof digits; /* from the last digit on: a page has thousands of numbers */
    bool written = false;
    for (; decimals > 0; decimals--, magnitude /= 10) {
        written |= magnitude % 10 != 0;
        if (written)
            *--start = (char)('0' + magnitude % 10);
    }
    if (written)
        *--start = '.';
    do
        *--start = (char)('0' + magnitude % 10);
    while (magnitude /= 10);
    if (scaled < 0)
        *--start = '-';
    buf_add(b, start, (size_t)(digits + sizeof digits - start));
}
