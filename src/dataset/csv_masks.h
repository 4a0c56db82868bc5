/*
 * 64 bytes at once: which of them are one of four, and which are no printable ASCII, as bits. The two ways give the
 * same; the second is for processors without SSE2.
 */
#ifndef MUJAZ_DATASET_CSV_MASKS_H
#define MUJAZ_DATASET_CSV_MASKS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { CSV_STRIDE = 64 };

/* The four bytes that are looked for, each sixteen times. */
struct csv_needles {
    _Alignas(16) unsigned char rows[4][16];
};

static inline struct csv_needles csv_needles(char a, char b, char c, char d)
{
    const char four[4] = { a, b, c, d };
    struct csv_needles n;
    for (int i = 0; i < 4; i++)
        memset(n.rows[i], four[i], sizeof n.rows[i]);
    return n;
}

static inline bool csv_is_odd(char c)
{
    return (unsigned char)(c - 0x20) >= 0x7F - 0x20;
}

/* Bit i is byte i. */
struct csv_masks {
    uint64_t special, odd;
};

static inline struct csv_masks csv_masks_bytewise(const char *bytes, const struct csv_needles *n)
{
    struct csv_masks m = { 0, 0 };
    for (int i = 0; i < CSV_STRIDE; i++) {
        unsigned char c = (unsigned char)bytes[i];
        bool special = (c == n->rows[0][0]) | (c == n->rows[1][0]) | (c == n->rows[2][0]) | (c == n->rows[3][0]);
        m.special |= (uint64_t)special << i;
        m.odd |= (uint64_t)csv_is_odd(bytes[i]) << i;
    }
    return m;
}

#ifdef __SSE2__
static inline struct csv_masks csv_masks(const char *bytes, const struct csv_needles *n)
{
    const __m128i a = _mm_load_si128((const __m128i *)n->rows[0]), b = _mm_load_si128((const __m128i *)n->rows[1]),
                  c = _mm_load_si128((const __m128i *)n->rows[2]), d = _mm_load_si128((const __m128i *)n->rows[3]),
                  space = _mm_set1_epi8(0x20), del = _mm_set1_epi8(0x7F);
    struct csv_masks m = { 0, 0 };
    for (int i = 0; i < CSV_STRIDE; i += 16) {
        __m128i x = _mm_loadu_si128((const __m128i *)(bytes + i));
        __m128i special = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(x, a), _mm_cmpeq_epi8(x, b)),
                                       _mm_or_si128(_mm_cmpeq_epi8(x, c), _mm_cmpeq_epi8(x, d)));
        /* Bytes from 0x80 on are negative here. */
        __m128i odd = _mm_or_si128(_mm_cmplt_epi8(x, space), _mm_cmpeq_epi8(x, del));
        m.special |= (uint64_t)(uint32_t)_mm_movemask_epi8(special) << i;
        m.odd |= (uint64_t)(uint32_t)_mm_movemask_epi8(odd) << i;
    }
    return m;
}
#else
static inline struct csv_masks csv_masks(const char *bytes, const struct csv_needles *n)
{
    return csv_masks_bytewise(bytes, n);
}
#endif

#endif
