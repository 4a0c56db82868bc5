/*
 * One block with a Huffman code that suits all heads, so that none has to be made for each. A repetition is only looked
 * for one pair back. Knows nothing of the file.
 */
#include "pdf/head_code.h"

#include <stdbool.h>
#include <string.h>

/* Symbols of RFC 1951, 3.2.5: bytes, the block's end, lengths from 3 on; and the distances 9 to 12 and 13 to 16. */
enum { END = 256, SHORTEST = 3, LONGEST = 8, SYMBOLS = END + 1 + LONGEST - SHORTEST + 1,
       NEAREST = 9, FURTHEST = 16, NEAR = 6, DISTANCES = NEAR + 2, DISTANCE_BITS = 2 };

/* The code lengths of both, in bits, one behind the other. They suit how often each comes: a pair has some four digits
 * of its own and two repetitions. */
static const uint8_t lengths[SYMBOLS + DISTANCES] = {
    [' '] = 5, ['0'] = 4, ['1'] = 4, ['2'] = 4, ['3'] = 4, ['4'] = 4, ['5'] = 4, ['6'] = 4, ['7'] = 4, ['8'] = 4,
    ['9'] = 4, [END] = 7, [END + 1] = 3, [END + 2] = 3, [END + 3] = 4, [END + 4] = 6, [END + 5] = 8, [END + 6] = 8,
    [SYMBOLS + NEAR] = 1, [SYMBOLS + NEAR + 1] = 1,
};

/* The code that these lengths are written in: symbols for themselves, 0 to 8, and for 11 to 138 zeros. */
enum { ZEROS = 18, FEWEST_ZEROS = 11, MOST_ZEROS = 138, ZEROS_BITS = 7, LENGTHS = 19, LENGTH_BITS = 3 };
static const uint8_t length_lengths[LENGTHS] = { 3, 3, 0, 3, 3, 3, 4, 4, 3, [ZEROS] = 3 };
static const uint8_t length_order[LENGTHS] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };

struct bits {
    struct buf *out;
    uint32_t held;
    unsigned count;
};

static void put(struct bits *b, uint32_t value, unsigned count)
{
    b->held |= value << b->count;
    for (b->count += count; b->count >= 8; b->count -= 8) {
        buf_add_char(b->out, (char)(b->held & 0xFF));
        b->held >>= 8;
    }
}

/* Codes of one length count upwards in the order of their symbols (3.2.2), and stand with their first bit first. */
static void make_codes(const uint8_t *bits, unsigned count, uint8_t *codes)
{
    enum { LONGEST_CODE = 8 };
    unsigned next = 0;
    for (unsigned length = 1; length <= LONGEST_CODE; length++, next <<= 1)
        for (unsigned i = 0; i < count; i++) {
            if (bits[i] != length)
                continue;
            codes[i] = 0;
            for (unsigned bit = 0; bit < length; bit++)
                codes[i] |= (uint8_t)((next >> bit & 1) << (length - 1 - bit));
            next++;
        }
}

static void begin_block(struct bits *b)
{
    enum { OWN_CODES = 2 };
    uint8_t codes[LENGTHS];
    make_codes(length_lengths, LENGTHS, codes);
    put(b, 0, 1);
    put(b, OWN_CODES, 2);
    put(b, SYMBOLS - END - 1, 5);
    put(b, DISTANCES - 1, 5);
    put(b, LENGTHS - 4, 4);
    for (int i = 0; i < LENGTHS; i++)
        put(b, length_lengths[length_order[i]], LENGTH_BITS);
    for (unsigned i = 0, zeros; i < SYMBOLS + DISTANCES; i += zeros ? zeros : 1) {
        for (zeros = 0; i + zeros < SYMBOLS + DISTANCES && !lengths[i + zeros] && zeros < MOST_ZEROS;)
            zeros++;
        zeros = zeros < FEWEST_ZEROS ? 0 : zeros;
        unsigned symbol = zeros ? ZEROS : lengths[i];
        put(b, codes[symbol], length_lengths[symbol]);
        if (zeros)
            put(b, zeros - FEWEST_ZEROS, ZEROS_BITS);
    }
}

/* An empty block that is stored begins at a byte's beginning. */
static void end_block(struct bits *b, const uint8_t *codes)
{
    put(b, codes[END], lengths[END]);
    put(b, 0, 3);
    put(b, 0, -b->count & 7);
    put(b, 0x0000, 16);
    put(b, 0xFFFF, 16);
}

static size_t pair_end(const char *head, size_t from, size_t length)
{
    for (int spaces = 0; from < length && spaces < 2; from++)
        spaces += head[from] == ' ';
    return from;
}

static unsigned repeated(const char *head, size_t at, size_t length, size_t distance)
{
    unsigned n = 0;
    if (distance < NEAREST || distance > FURTHEST)
        return 0;
    while (n < LONGEST && at + n < length && head[at + n] == head[at + n - distance])
        n++;
    return n;
}

void head_code_add(struct buf *out, const char *head, size_t length)
{
    uint8_t codes[SYMBOLS + DISTANCES];
    struct bits b = { .out = out };
    size_t begin = 0, end = pair_end(head, 0, length), distance = 0;
    make_codes(lengths, SYMBOLS, codes);
    make_codes(lengths + SYMBOLS, DISTANCES, codes + SYMBOLS);
    begin_block(&b);
    for (size_t i = 0; i < length;) {
        for (; i >= end; end = pair_end(head, end, length)) {
            distance = end - begin;
            begin = end;
        }
        unsigned n = repeated(head, i, length, distance);
        unsigned symbol = n < SHORTEST ? (unsigned char)head[i] : END + 1 + n - SHORTEST;
        put(&b, codes[symbol], lengths[symbol]);
        if (n >= SHORTEST) {
            unsigned past = (unsigned)distance - NEAREST, far = SYMBOLS + NEAR + (past >> DISTANCE_BITS);
            put(&b, codes[far], lengths[far]);
            put(&b, past & ((1 << DISTANCE_BITS) - 1), DISTANCE_BITS);
        }
        i += n < SHORTEST ? 1 : n;
    }
    end_block(&b, codes);
}
