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

/* Feet and inches, 5'10", which no quotation marks are. */
static bool is_measure(const struct rich_text *text, uint32_t at, bool open)
{
    return text->utf8[at] == '"' && !open && letters_is_digit(character_before(text->utf8, at));
}

static bool has_pairs(const struct rich_text *text)
{
    bool open = false;

    for (uint32_t i = 0; i < text->length; i++)
        if (text->utf8[i] == '"' && behind_literal(text, i) == i && !is_measure(text, i, open))
            open = !open;
    return !open;
}

static uint32_t character_behind(const char *p)
{
    uint32_t code_point;

    do
        code_point = utf8_next(&p);
    while (letters_is_isolate(code_point));
    return code_point;
}

/* Behind an apostrophe: "90s", "n'". */
static bool is_shortened(const char *p)
{
    uint32_t code_point;

    if (strncmp(p, "n'", 2) == 0)
        return true;
    if (!letters_is_digit(character_behind(p)))
        return false;
    do
        code_point = utf8_next(&p);
    while (letters_is_digit(code_point) || letters_is_isolate(code_point));
    return code_point == 's';
}

static bool is_blank(uint32_t code_point)
{
    return code_point == 0 || code_point == ' ' || code_point == 0xA0 || code_point == 0x2028;
}

static bool is_of_word(uint32_t code_point)
{
    return letters_script(code_point) != LETTERS_NONE || letters_is_digit(code_point);
}

/* An apostrophe, or a quotation mark within quotation marks. Arabic has neither, but for Latin words in it. */
static const char *single(const char *text, uint32_t at, enum lang lang)
{
    uint32_t before = character_before(text, at), next = character_behind(text + at + 1);

    if (lang == LANG_AR)
        return letters_script(before) == LETTERS_LEFT_TO_RIGHT && letters_script(next) == LETTERS_LEFT_TO_RIGHT
                   ? "’" : NULL;
    if (letters_is_digit(before) && (letters_is_digit(next) || next == '"'))
        return NULL; /* feet */
    if (is_of_word(before))
        return "’";
    if (is_blank(before) && is_blank(next))
        return NULL;
    return !is_shortened(text + at + 1) && (is_of_word(next) || is_blank(before)) ? "‘" : "’";
}

/* The sign for what stands at `at`, and how long that is; NULL: it stays. */
static const char *sign_for(const struct rich_text *text, uint32_t at, enum lang lang, bool *open, uint32_t *length)
{
    static const char *const quotes[LANG_COUNT][2] = { { "“", "”" }, { "«", "»" } };
    const char *p = text->utf8 + at;

    *length = 1;
    if (is_measure(text, at, *open))
        return NULL;
    if (*p == '"') {
        *open = !*open;
        return quotes[lang][!*open];
    }
    if (*p == '\'')
        return single(text->utf8, at, lang);
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
