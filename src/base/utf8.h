/* UTF-8: checked once when a file is read, trusted afterwards. */
#ifndef MUJAZ_BASE_UTF8_H
#define MUJAZ_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Decodes the code point at *p (valid UTF-8) and moves *p behind it. */
static inline uint32_t utf8_next(const char **p)
{
    const unsigned char *s = (const unsigned char *)*p;
    uint32_t c = s[0];
    if (c < 0x80) {
        *p += 1;
        return c;
    }
    int n = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    c &= 0xFFu >> (n + 1);
    for (int i = 1; i < n; i++)
        c = c << 6 | (s[i] & 0x3Fu);
    *p += n;
    return c;
}

/* Two strings by their code points, for qsort and bsearch: both are const char *const *. */
int utf8_compare(const void *, const void *);

/* Offset of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7), or `length`. */
size_t utf8_check(const char *text, size_t length);

/* After snprintf into `size` bytes, which gave `length`: what is left of a letter that was cut goes too. */
void utf8_end_cut(char *text, size_t size, int length);

/* Code points that may not stand in any text of ours: C0 but tab, LF and CR, C1, surrogates, noncharacters,
 * and the bidi embeddings and overrides U+202A..U+202E. */
bool utf8_is_refused(uint32_t code_point);

size_t utf8_count(const char *text, size_t length); /* code points */

/* The text without bidi isolates (U+2066..U+2069), for what shows no text around it. */
char *utf8_plain(const char *text, size_t length, struct arena *);

#endif
