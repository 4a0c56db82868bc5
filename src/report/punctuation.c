/* Quotation marks, apostrophes and dashes. Knows neither messages nor Markdown, only the stretches that both leave. */
#include "report/punctuation.h"

#include "base/utf8.h"
#include "report/letters.h"

#include <string.h>

/* Text that is not the author's prose. */
static bool is_literal(const struct rich_text *text, const struct inline_span *span)
{
    return span->kind == INLINE_VALUE || span->kind == INLINE_CODE || rich_is_address(text, span);
}

/* Where the literal stretch that holds `at` ends, or `at`. */
static uint32_t behind_literal(const struct rich_text *text, uint32_t at)
{
    for (size_t i = 0; i < text->span_count; i++)
        if (text->spans[i].start <= at && at < text->spans[i].end && is_literal(text, &text->spans[i]))
            return text->spans[i].end;
    return at;
}

static bool has_pairs(const struct rich_text *text)
{
    bool even = true;

    for (uint32_t i = 0; i < text->length; i++) {
        if (text->utf8[i] != '"')
            continue;
        if (behind_literal(text, i) == i)
            even = !even;
    }
    return even;
}

/* What stands before `at`: isolates are invisible. */
static uint32_t character_before(const char *start, uint32_t at)
{
    uint32_t code_point = 0;

    do {
        const char *p;

        if (at == 0)
            return 0;
        do
            at--;
        while (at > 0 && ((unsigned char)start[at] & 0xC0) == 0x80);
        p = start + at;
        code_point = utf8_next(&p);
    } while (letters_is_isolate(code_point));
    return code_point;
}

/* An apostrophe, or a quotation mark within quotation marks. Arabic words have neither. */
static const char *single(const struct rich_text *text, uint32_t at, enum lang lang)
{
    uint32_t before = character_before(text->utf8, at);
    const char *next = text->utf8 + at + 1;

    if (letters_script(before) == LETTERS_LEFT_TO_RIGHT || (letters_is_digit(before) && lang == LANG_EN))
        return "’";
    if (lang == LANG_EN && letters_script(utf8_next(&next)) != LETTERS_NONE)
        return "‘";
    return lang == LANG_EN && before && strchr(".,!?", (int)before) && before < 0x80 ? "’" : NULL;
}

/* The sign for what stands at `at`, and how long that is; NULL: it stays. */
static const char *sign_for(const struct rich_text *text, uint32_t at, enum lang lang, bool *open, uint32_t *length)
{
    static const char *const quotes[LANG_COUNT][2] = { { "“", "”" }, { "«", "»" } };
    const char *p = text->utf8 + at;

    *length = 1;
    if (*p == '"') {
        *open = !*open;
        return quotes[lang][!*open];
    }
    if (*p == '\'')
        return single(text, at, lang);
    *length = (uint32_t)strspn(p, "-");
    return *length == 2 ? "–" : *length == 3 ? "—" : NULL;
}

struct rich_text punctuation_set(const struct rich_text *text, enum lang lang, struct arena *arena)
{
    const char *marks = has_pairs(text) ? "\"'-" : "'-";
    struct rich_builder rich;
    uint32_t done = 0, length;
    bool open = false;

    rich_begin(&rich, arena);
    for (uint32_t at = 0; (at += (uint32_t)strcspn(text->utf8 + at, marks)) < text->length; at += length) {
        uint32_t behind = behind_literal(text, at);
        const char *sign;

        length = behind - at;
        if (length > 0 || !(sign = sign_for(text, at, lang, &open, &length)))
            continue;
        rich_copy(&rich, text, done, at);
        rich_at(&rich, rich_place(text, at));
        rich_replace_begin(&rich, at, at + length);
        rich_add_string(&rich, sign);
        rich_replace_end(&rich);
        done = at + length;
    }
    if (done == 0) {
        rich_abandon(&rich);
        return *text;
    }
    rich_copy(&rich, text, done, text->length);
    return rich_finish(&rich, text);
}
