/*
 * Kashida rules: the order of Microsoft's "Justifying text using cascading style sheets" (Internet Explorer 5.5),
 * which Word and Uniscribe follow, with what W3C's Arabic layout requirements add. Knows only letters.
 */
#include "text/kashida.h"

#include "base/utf8.h"
#include "text/bidi.h"

#include <fribidi.h>
#include <stdlib.h>
#include <string.h>

enum { LETTERS = 48, SHORTEST = 3, TATWEEL = 0x0640, LAM = 0x0644 };

struct letter {
    uint32_t code_point;
    uint32_t end; /* byte behind it and its marks */
    bool marked;
};

static bool joins_on(uint32_t c)
{
    return FRIBIDI_JOINS_LEFT(fribidi_get_joining_type(c));
}

static bool joins_back(uint32_t c)
{
    return FRIBIDI_JOINS_RIGHT(fribidi_get_joining_type(c));
}

static bool is_one_of(uint32_t c, const uint32_t *set)
{
    while (*set && *set != c)
        set++;
    return *set;
}

static bool is_alef(uint32_t c)
{
    static const uint32_t set[] = { 0x0622, 0x0623, 0x0625, 0x0627, 0x0671, 0 };
    return is_one_of(c, set);
}

/* Teeth: beh, teh, theh, noon, yeh and its hamza, peh. */
static bool is_tooth(uint32_t c)
{
    static const uint32_t set[] = { 0x0628, 0x062A, 0x062B, 0x0646, 0x064A, 0x0626, 0x067E, 0 };
    return is_one_of(c, set);
}

/* Reads the letters; false when the word has more than a word has. */
static bool read_letters(const char *word, size_t length, struct letter letters[LETTERS], size_t *count)
{
    *count = 0;
    for (const char *p = word; p < word + length;) {
        uint32_t c = utf8_next(&p);
        if (bidi_is_combining(c) && *count) {
            letters[*count - 1].marked = true;
            letters[*count - 1].end = (uint32_t)(p - word);
        } else if (*count == LETTERS) {
            return false;
        } else {
            letters[(*count)++] = (struct letter){ .code_point = c, .end = (uint32_t)(p - word) };
        }
    }
    return true;
}

static bool joins(const struct letter *letters, size_t count, size_t i)
{
    return i + 1 < count && joins_on(letters[i].code_point) && joins_back(letters[i + 1].code_point);
}

/* Before the final form of a letter: what that letter is worth. */
static int final_priority(uint32_t c)
{
    static const uint32_t third[] = { 0x0629, 0x062F, 0x0630, 0x0647, 0 }; /* teh marbuta, dal, thal, heh */
    static const uint32_t fourth[] = { 0x0637, 0x0638, 0x0643, 0x0644, 0x06A9, 0x06AF, 0 }; /* tah, zah, kaf, lam */
    static const uint32_t sixth[] = { 0x0624, 0x0639, 0x063A, 0x0641, 0x0642, 0x0648, 0 }; /* ain, feh, qaf, waw */
    return is_one_of(c, third)                 ? 3
           : is_one_of(c, fourth) || is_alef(c) ? 4
           : is_one_of(c, sixth)               ? 6
                                               : 7;
}

/* What a kashida between letter i and the next is worth; 0: none may stand there. */
static int priority_at(const struct letter *letters, size_t count, size_t i)
{
    static const uint32_t seen_and_sad[] = { 0x0633, 0x0634, 0x0635, 0x0636, 0 };
    static const uint32_t after_tooth[] = { 0x0631, 0x0632, 0x0649, 0x064A, 0 }; /* ra, zain, alef maksura, yeh */
    if (!joins(letters, count, i) || letters[i].marked || letters[i + 1].marked)
        return 0;
    uint32_t c = letters[i].code_point, next = letters[i + 1].code_point;
    if (c == LAM && is_alef(next))
        return 0; /* a ligature, whether or not the font draws one glyph */
    if (c == TATWEEL)
        return 1; /* the writer's own */
    if (is_one_of(c, seen_and_sad))
        return 2;
    if (joins(letters, count, i + 1)) /* medial */
        return is_tooth(next) && is_one_of(letters[i + 2].code_point, after_tooth) && !joins(letters, count, i + 2)
                   ? 5
                   : 0;
    return final_priority(next);
}

/* Of equal places, the last of the word comes first. */
static int compare_places(const void *a, const void *b)
{
    const struct kashida_place *x = a, *y = b;
    return x->priority != y->priority ? x->priority - y->priority : (int)y->offset - (int)x->offset;
}

size_t kashida_places(const char *word, size_t length, struct kashida_place out[KASHIDA_PLACES])
{
    struct letter letters[LETTERS];
    size_t count, letter_count = 0, places = 0;
    if (!read_letters(word, length, letters, &count))
        return 0;
    for (size_t i = 0; i < count; i++)
        letter_count += letters[i].code_point != TATWEEL && bidi_class_of(letters[i].code_point) == BIDI_RIGHT;
    if (letter_count < SHORTEST)
        return 0;
    for (size_t i = 0; i < count && places < KASHIDA_PLACES; i++) {
        int priority = priority_at(letters, count, i);
        if (priority)
            out[places++] = (struct kashida_place){ letters[i].end, priority };
    }
    qsort(out, places, sizeof *out, compare_places);
    return places;
}
