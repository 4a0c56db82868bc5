/*
 * Levels of texts with several isolates. FriBidi 1.0.8, which Pango asks, takes all isolates of one depth for one
 * text: behind an isolate with Arabic-Indic digits the next one, +964 770, is drawn as 770 964+. So each isolate is
 * resolved alone here, as a text of its own, and stands as one neutral character in the text around it.
 */
#include "text/levels.h"

#include "base/utf8.h"

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
        bool isolate = opens(t->types[i]), neutral = isolate || t->types[i] == FRIBIDI_TYPE_PDI;
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
        if (opens(t->types[i]))
            i = closing(t, i + 1, to) - 1;
    }
    for (size_t i = from; i < to; i++) {
        if (!opens(t->types[i]))
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

static bool is_digit(FriBidiChar c)
{
    return c >= '0' && c <= '9';
}

/* A percent sign behind European digits. */
static bool has_shares(const char *utf8, uint32_t length)
{
    const char *p = utf8, *end = utf8 + length;
    while (p < end && (p = memchr(p, '%', (size_t)(end - p)))) {
        if (p > utf8 && is_digit((unsigned char)p[-1]))
            return true;
        p++;
    }
    return false;
}

/* Such a sign is one of the number's digits, wherever the number stands: behind Arabic letters it would go to the
 * other side, unlike the shares that a report's own values give, and no reader of PDFs could search for it. */
static void join_shares(struct text *t)
{
    for (size_t i = 1; i < t->count; i++)
        if (t->characters[i] == '%' && is_digit(t->characters[i - 1]))
            t->types[i] = FRIBIDI_TYPE_EN;
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
    if (!has_isolates(utf8, length) && !(base == DIR_RTL && has_shares(utf8, length)))
        return NULL;
    struct text t = text_of(utf8, length, arena), kept = text_new(t.count, arena);
    if (base == DIR_RTL)
        join_shares(&t);
    resolve(&t, &kept, 0, t.count, base == DIR_RTL);
    return spread(&t, utf8, length, arena);
}
