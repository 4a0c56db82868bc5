/* UTF-8 decoding and checking. */
#include "base/utf8.h"

#include "base/arena.h"

#include <string.h>

int utf8_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Length of the well-formed sequence at s, or 0. */
static size_t sequence(const unsigned char *s, size_t left)
{
    unsigned char first = s[0], low = 0x80, high = 0xBF;
    if (first < 0x80)
        return 1;
    size_t n = first >= 0xC2 && first <= 0xDF ? 2 : (first & 0xF0) == 0xE0 ? 3
             : first >= 0xF0 && first <= 0xF4 ? 4 : 0;
    if (n == 0 || n > left)
        return 0;
    if (first == 0xE0)
        low = 0xA0;
    if (first == 0xED)
        high = 0x9F;
    if (first == 0xF0)
        low = 0x90;
    if (first == 0xF4)
        high = 0x8F;
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < n; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    return n;
}

size_t utf8_check(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        size_t n = sequence((const unsigned char *)text + at, length - at);
        if (n == 0)
            return at;
        at += n;
    }
    return length;
}

void utf8_end_cut(char *text, size_t size, int length)
{
    if (length >= 0 && (size_t)length >= size)
        text[utf8_check(text, size - 1)] = '\0';
}

bool utf8_is_refused(uint32_t c)
{
    if (c < 0x20)
        return c != '\t' && c != '\n' && c != '\r';
    return (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0xD800 && c <= 0xDFFF)
        || (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

size_t utf8_count(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

char *utf8_plain(const char *text, size_t length, struct arena *arena)
{
    static const char isolates[] = "\xE2\x81"; /* U+2066..U+2069 but for the last byte */
    char *out = arena_alloc(arena, length + 1);
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char last = i + 2 < length ? (unsigned char)text[i + 2] : 0;
        if (last >= 0xA6 && last <= 0xA9 && memcmp(text + i, isolates, 2) == 0)
            i += 2;
        else
            out[n++] = text[i];
    }
    return out;
}
