/*
 * Levels of texts with several isolates. FriBidi 1.0.8, which Pango asks, takes all isolates of one depth for one
 * text: behind an isolate with Arabic-Indic digits the next one, +964 770, is drawn as 770 964+. So each isolate is
 * resolved alone here, as a text of its own, and stands as one neutral character in the text around it.
 */
#include "text/levels.h"

#include "base/utf8.h"
#include "text/bidi.h"

#include <fribidi.h>
#include <stdlib.h>
#include <string.h>

struct text {
    size_t count; /* of characters; all arrays have as many */
    FriBidiChar *characters;
    FriBidiCharType *types;
    FriBidiBracketType *brackets;
    FriBidiLevel *levels;
};

static bool opens(FriBidiCharType type)
{
    return type == FRIBIDI_TYPE_LRI || type == FRIBIDI_TYPE_RLI || type == FRIBIDI_TYPE_FSI;
}

/* Whether it opens an isolate that has a level of its own: deeper ones have not (UAX #9, BD2). */
static bool isolates(FriBidiCharType type, FriBidiLevel level)
{
    enum { DEEPEST = 125 };
    return opens(type) && level + 2 <= DEEPEST;
}

/* Index of the PDI that closes what opens before `from`, or `to`. */
static size_t closing(const struct text *t, size_t from, size_t to)
{
    for (size_t depth = 0; from < to; from++) {
        if (opens(t->types[from]))
            depth++;
        else if (t->types[from] == FRIBIDI_TYPE_PDI && depth-- == 0)
            return from;
    }
    return to;
}

static bool is_right_to_left(const struct text *t, FriBidiCharType opener, size_t from, size_t to)
{
    if (opener != FRIBIDI_TYPE_FSI)
        return opener == FRIBIDI_TYPE_RLI;
    for (size_t i = from; i < to; i++) {
        if (FRIBIDI_IS_STRONG(t->types[i]))
            return FRIBIDI_IS_RTL(t->types[i]);
        if (opens(t->types[i]))
            i = closing(t, i + 1, to);
    }
    return false;
}

/* The characters of [from, to) but for what stands in isolates, at `level`; then these. `kept` has room for all. */
static void resolve(const struct text *t, struct text *kept, size_t from, size_t to, FriBidiLevel level)
{
    FriBidiParType base = level % 2 ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    FriBidiStrIndex count = 0;
    for (size_t i = from; i < to; i++, count++) {
        bool isolate = isolates(t->types[i], level), neutral = opens(t->types[i]) || t->types[i] == FRIBIDI_TYPE_PDI;
        kept->types[count] = neutral ? FRIBIDI_TYPE_ON : t->types[i];
        kept->brackets[count] = neutral ? FRIBIDI_NO_BRACKET : t->brackets[i];
        if (isolate)
            i = closing(t, i + 1, to) - 1;
    }
    /* 0: out of memory, which the arena has met before */
    if (count == 0 || !fribidi_get_par_embedding_levels_ex(kept->types, kept->brackets, count, &base, kept->levels))
        return;
    count = 0;
    for (size_t i = from; i < to; i++) {
        t->levels[i] = (FriBidiLevel)(kept->levels[count++] - level % 2 + level);
        if (isolates(t->types[i], level))
            i = closing(t, i + 1, to) - 1;
    }
    for (size_t i = from; i < to; i++) {
        if (!isolates(t->types[i], level))
            continue;
        size_t end = closing(t, i + 1, to);
        bool right = is_right_to_left(t, t->types[i], i + 1, end);
        resolve(t, kept, i + 1, end, (FriBidiLevel)(right ? (level + 1) | 1 : (level + 2) & ~1));
        i = end - 1;
    }
}

static struct text text_new(size_t count, struct arena *arena)
{
    return (struct text){ count, arena_array(arena, count, sizeof(FriBidiChar)),
                          arena_array(arena, count, sizeof(FriBidiCharType)),
                          arena_array(arena, count, sizeof(FriBidiBracketType)),
                          arena_array(arena, count, sizeof(FriBidiLevel)) };
}

/* U+2066 to U+2068 are E2 81 and A6 to A8. */
static bool has_isolates(const char *utf8, uint32_t length)
{
    const char *p = utf8, *end = utf8 + length;
    int count = 0;
    while (count < 2 && p < end && (p = memchr(p, 0xE2, (size_t)(end - p)))) {
        count += end - p > 2 && p[1] == '\x81' && (unsigned char)p[2] >= 0xA6 && (unsigned char)p[2] <= 0xA8;
        p++;
    }
    return count == 2;
}

/* --- numbers --- */

static bool is_digit(FriBidiChar c)
{
    return c >= '0' && c <= '9';
}

static bool is_latin(FriBidiChar c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_arabic(FriBidiCharType type)
{
    return type == FRIBIDI_TYPE_AL || type == FRIBIDI_TYPE_RTL;
}

static bool is_space(FriBidiCharType type)
{
    return type == FRIBIDI_TYPE_WS || type == FRIBIDI_TYPE_SS || type == FRIBIDI_TYPE_BS;
}

/* U+2212 is the minus sign. */
static bool is_sign(FriBidiChar c)
{
    return c == '+' || c == '-' || c == 0x2212 || c == 0xB1;
}

/* Dollar, cent to yen, and the block of currency signs. */
static bool is_currency(FriBidiChar c)
{
    return c == '$' || (c >= 0xA2 && c <= 0xA5) || (c >= 0x20A0 && c <= 0x20CF);
}

static bool is_weak(FriBidiCharType type)
{
    return type == FRIBIDI_TYPE_EN || type == FRIBIDI_TYPE_ES || type == FRIBIDI_TYPE_ET || type == FRIBIDI_TYPE_CS;
}

/* Whether a number's own character may need another level than UAX #9 gives it: one in English text with Arabic, one
 * in Arabic text with a sign, a letter, a percent or a currency sign beside it. */
static bool has_numbers(const char *utf8, uint32_t length, enum dir base)
{
    const unsigned char *p = (const unsigned char *)utf8;
    bool arabic = false, digit = false;
    for (uint32_t i = 0; i < length; i++) {
        arabic |= p[i] >= 0xD8 && p[i] <= 0xDF;
        if (!is_digit(p[i]))
            continue;
        digit = true;
        unsigned char before = i ? p[i - 1] : ' ', after = i + 1 < length ? p[i + 1] : ' ';
        bool beside = is_sign(before) || before == '$' || before >= 0x80;
        beside |= after == '%' || after == '-' || after >= 0xC2;
        if (base == DIR_RTL && (beside || is_latin(after)))
            return true;
    }
    return base == DIR_LTR && arabic && digit;
}

/* One past the number's last character: digits, and single separators between them. */
static size_t number_end(const struct text *t, size_t from, size_t *hyphens)
{
    size_t i = from;
    *hyphens = 0;
    while (i < t->count && is_digit(t->characters[i])) {
        bool joined = i + 2 < t->count && is_digit(t->characters[i + 2]) &&
                      (t->types[i + 1] == FRIBIDI_TYPE_CS || t->characters[i + 1] == '-');
        *hyphens += joined && t->characters[i + 1] == '-';
        i += joined ? 2 : 1;
    }
    return i;
}

/* What belongs to a number in Arabic text has its level, or it would go to the other side, unlike in the numbers that a
 * report's own values give, and no reader of PDFs could search for it: a percent sign; a sign; a currency's sign before
 * it, as in £2,050; the hyphens of a number of three parts, which is a date or a telephone's, where two may be a range;
 * and a unit in Latin letters, as in $27bn and 45°C, which takes it to its own level. */
static void join_numbers(struct text *t)
{
    size_t hyphens;
    for (size_t from = 0, to; from < t->count; from = to) {
        to = from + 1;
        if (!is_digit(t->characters[from]))
            continue;
        to = number_end(t, from, &hyphens);
        for (size_t i = from; i < to && hyphens > 1; i++)
            t->types[i] = FRIBIDI_TYPE_EN;
        if (to < t->count && t->characters[to] == '%')
            t->types[to++] = FRIBIDI_TYPE_EN;
        if (from > 0 && is_currency(t->characters[from - 1]))
            t->types[--from] = FRIBIDI_TYPE_EN;
        bool first = from < 2 || is_space(t->types[from - 2]) || t->brackets[from - 2];
        if (from > 0 && first && is_sign(t->characters[from - 1]))
            t->types[--from] = FRIBIDI_TYPE_EN;
        size_t unit = to < t->count && t->types[to] == FRIBIDI_TYPE_ET ? to + 1 : to;
        if (unit == t->count || !is_latin(t->characters[unit]))
            continue;
        while (from > 0 && (t->types[from - 1] == FRIBIDI_TYPE_ET || t->types[from - 1] == FRIBIDI_TYPE_ES))
            from--;
        for (; from < unit; from++)
            t->types[from] = FRIBIDI_TYPE_LTR;
    }
}

/* Index of what is neither white space nor a number's. */
static size_t behind_numbers(const struct text *t, size_t i)
{
    while (i < t->count && (is_space(t->types[i]) || is_weak(t->types[i])))
        i++;
    return i;
}

/* A number in English text that punctuation parts from Arabic words before it is not theirs: it would go to their other
 * side, together with the punctuation. */
static void part_numbers(struct text *t)
{
    bool behind = false, parted = false; /* Arabic words; and punctuation since */
    size_t hyphens, next = 0; /* what follows this number, and others behind it */
    for (size_t i = 0, to; i < t->count; i = to) {
        FriBidiCharType type = t->types[i];
        to = i + 1;
        if (is_digit(t->characters[i])) {
            to = number_end(t, i, &hyphens);
            next = next < to ? behind_numbers(t, to) : next;
            if (behind && parted && !(next < t->count && is_arabic(t->types[next])))
                t->types[i] = FRIBIDI_TYPE_LTR;
        } else if (FRIBIDI_IS_STRONG(type) || opens(type) || type == FRIBIDI_TYPE_PDI) {
            behind = is_arabic(type);
            parted = false;
        } else if (t->characters[i] < 0x80 || t->characters[i] >= 0x2000) {
            parted |= !is_space(type) && type != FRIBIDI_TYPE_NSM && type != FRIBIDI_TYPE_BN;
        }
    }
}

static struct text text_of(const char *utf8, uint32_t length, struct arena *arena)
{
    struct text t = text_new(utf8_count(utf8, length), arena);
    for (size_t i = 0; i < t.count; i++)
        t.characters[i] = utf8_next(&utf8);
    fribidi_get_bidi_types(t.characters, (FriBidiStrIndex)t.count, t.types);
    fribidi_get_bracket_types(t.characters, (FriBidiStrIndex)t.count, t.types, t.brackets);
    return t;
}

/* By byte. */
static const uint8_t *spread(const struct text *t, const char *utf8, uint32_t length, struct arena *arena)
{
    uint8_t *levels = arena_alloc(arena, length);
    const char *p = utf8;
    for (size_t i = 0; i < t->count; i++) {
        const char *from = p;
        utf8_next(&p);
        memset(levels + (from - utf8), t->levels[i], (size_t)(p - from));
    }
    return levels;
}

const uint8_t *levels_at_once(const char *utf8, uint32_t length, enum dir base, struct arena *arena)
{
    struct text t = text_of(utf8, length, arena);
    FriBidiParType par = base == DIR_RTL ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    if (!fribidi_get_par_embedding_levels_ex(t.types, t.brackets, (FriBidiStrIndex)t.count, &par, t.levels))
        abort(); /* out of memory */
    return spread(&t, utf8, length, arena);
}

const uint8_t *levels_of(const char *utf8, uint32_t length, enum dir base, struct arena *arena)
{
    bool numbers = has_numbers(utf8, length, base);
    if (!numbers && !has_isolates(utf8, length))
        return NULL;
    struct text t = text_of(utf8, length, arena), kept = text_new(t.count, arena);
    if (numbers && base == DIR_RTL)
        join_numbers(&t);
    else if (numbers)
        part_numbers(&t);
    resolve(&t, &kept, 0, t.count, base == DIR_RTL);
    return spread(&t, utf8, length, arena);
}

/* --- of plain texts --- */

enum { LRI = 0x2066, RLI, FSI, PDI };

/* Which way the characters of one embedding run; and whether its last one is white space, which at a text's end is at
 * the text's own level. */
struct sides {
    bool left, right, ends_in_space;
};

/* European digits run as letters do, where all that is around them runs to the right. False: one that goes its own way
 * may be there. */
static bool add_side(struct sides *sides, uint32_t c)
{
    enum bidi_class class = bidi_class_of(c);
    enum bidi_number number = class == BIDI_WEAK ? bidi_number_of(c) : BIDI_NO_NUMBER;
    sides->left |= class == BIDI_LEFT || number == BIDI_EN;
    sides->right |= class == BIDI_RIGHT;
    sides->ends_in_space = bidi_is_space(c);
    return c >= ' ' && number != BIDI_AN && (class != BIDI_MARK || bidi_is_combining(c));
}

const uint8_t *levels_of_plain(const char *utf8, uint32_t length, enum dir base, struct arena *arena)
{
    uint8_t *levels = arena_alloc(arena, length), own = base == DIR_RTL;
    struct sides around = { 0 }, inside = { 0 }, isolates = { 0 };
    uint32_t opener = 0, start = 0; /* of the isolate; 0: none is open */
    memset(levels, own, length);
    for (const char *p = utf8; p < utf8 + length;) {
        uint32_t at = (uint32_t)(p - utf8), c = utf8_next(&p);
        if (c >= LRI && c <= FSI) {
            if (opener)
                return NULL;
            opener = c;
            start = (uint32_t)(p - utf8);
            inside = (struct sides){ 0 };
        } else if (c == PDI) {
            bool right = opener == RLI || (opener == FSI && inside.right);
            if (!opener || inside.ends_in_space || (right ? inside.left : inside.right))
                return NULL;
            opener = 0;
            memset(levels + start, right ? own + 1 + own : 2, at - start);
            isolates.left |= !right;
            isolates.right |= right;
        } else if (!add_side(opener ? &inside : &around, c)) {
            return NULL;
        }
    }
    bool mixed = (base == DIR_RTL ? around.left : around.right) || (isolates.left && isolates.right);
    return opener || mixed ? NULL : levels;
}
