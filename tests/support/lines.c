/* See lines.h. ICU does the Unicode work, independently of the program under test. */
#include "support/lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/bidi.h"

static UChar *to_utf16(const char *utf8, size_t length, int32_t *count)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar *text = xcalloc(length + 1, sizeof *text);
    u_strFromUTF8WithSub(text, (int32_t)length + 1, count, utf8, (int32_t)length, 0xFFFD, NULL, &error);
    assert_true(U_SUCCESS(error));
    return text;
}

static void add_utf16(struct buf *out, const UChar *text, int32_t count)
{
    for (int32_t i = 0; i < count;) {
        UChar32 c;
        U16_NEXT(text, i, count, c);
        buf_add_utf8(out, U_IS_SURROGATE(c) ? 0xFFFD : (uint32_t)c);
    }
}

static bool is_bidi_control(UChar32 c)
{
    return c == 0x200E || c == 0x200F || c == 0x061C || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

static void add_collapsed(struct buf *out, const UChar *text, int32_t count)
{
    bool space = false, start = true;
    for (int32_t i = 0; i < count;) {
        UChar32 c;
        U16_NEXT(text, i, count, c);
        if (is_bidi_control(c))
            continue;
        if (c == '\n' || c == '\f') {
            buf_add_char(out, (char)c);
            start = true;
            space = false;
        } else if (u_isUWhiteSpace(c)) {
            space = !start;
        } else {
            if (space)
                buf_add_char(out, ' ');
            buf_add_utf8(out, U_IS_SURROGATE(c) ? 0xFFFD : (uint32_t)c);
            start = space = false;
        }
    }
}

char *lines_normalise(const char *utf8)
{
    int32_t count;
    UErrorCode error = U_ZERO_ERROR;
    UChar *text = to_utf16(utf8, strlen(utf8), &count);
    UChar *nfc = xcalloc((size_t)count * 3 + 1, sizeof *nfc);
    int32_t length = unorm2_normalize(unorm2_getNFCInstance(&error), text, count, nfc, count * 3 + 1, &error);
    assert_true(U_SUCCESS(error));
    struct buf out;
    buf_init(&out);
    add_collapsed(&out, nfc, length);
    free(text);
    free(nfc);
    return out.data;
}

/* Level of the base direction that most letters have. */
static UBiDiLevel majority(const UChar *text, int32_t count)
{
    int32_t balance = 0;
    for (int32_t i = 0; i < count;) {
        UChar32 c;
        U16_NEXT(text, i, count, c);
        UCharDirection direction = u_charDirection(c);
        if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC)
            balance++;
        else if (direction == U_LEFT_TO_RIGHT)
            balance--;
    }
    return balance > 0 ? 1 : 0;
}

static void add_inverse(struct buf *out, const char *line, size_t length)
{
    int32_t count;
    UErrorCode error = U_ZERO_ERROR;
    UChar *text = to_utf16(line, length, &count);
    UChar *logical = xcalloc((size_t)count * 2 + 1, sizeof *logical);
    UBiDi *bidi = ubidi_open();
    ubidi_setReorderingMode(bidi, UBIDI_REORDER_INVERSE_NUMBERS_AS_L);
    ubidi_setPara(bidi, text, count, majority(text, count), NULL, &error);
    int32_t written = ubidi_writeReordered(bidi, logical, count * 2 + 1, 0, &error);
    assert_true(U_SUCCESS(error));
    add_utf16(out, logical, written);
    ubidi_close(bidi);
    free(text);
    free(logical);
}

char *lines_inverse_bidi(const char *utf8)
{
    struct buf out;
    buf_init(&out);
    for (const char *p = utf8; *p;) {
        size_t length = strcspn(p, "\n\f");
        if (length)
            add_inverse(&out, p, length);
        p += length;
        if (*p)
            buf_add_char(&out, *p++);
    }
    return out.data;
}

static bool is_edge(char c)
{
    return c == '\0' || c == ' ' || c == '\n' || c == '\f';
}

bool lines_hold(const char *text, const char *line)
{
    size_t length = strlen(line);
    for (const char *p = text; (p = strstr(p, line)); p++) {
        if ((p == text || is_edge(p[-1])) && is_edge(p[length]))
            return true;
    }
    return false;
}

char *lines_page(const char *text, size_t index)
{
    for (; index > 0 && text; index--) {
        text = strchr(text, '\f');
        text = text ? text + 1 : NULL;
    }
    struct buf page;
    buf_init(&page);
    if (text)
        buf_add(&page, text, strcspn(text, "\f"));
    return page.data;
}

/* Letters and the marks on them, of the Arabic block; no digits, no punctuation. */
static bool is_arabic_letter(uint32_t c)
{
    return (c >= 0x0620 && c <= 0x065F) || (c >= 0x066E && c <= 0x06D3);
}

char *lines_next_arabic_word(const char **p)
{
    struct buf word;
    buf_init(&word);
    while (**p) {
        uint32_t c = utf8_next(p);
        if (is_arabic_letter(c))
            buf_add_utf8(&word, c);
        else if (word.length)
            break;
    }
    if (word.length)
        return word.data;
    buf_drop(&word);
    return NULL;
}

/* --- lines of scenes --- */

static bool has_ink(uint32_t c)
{
    return !bidi_is_control(c) && !bidi_is_combining(c);
}

char *lines_drawn(const struct text_line *line)
{
    struct text_walk walk = { .line = line };
    struct text_cluster c;
    struct buf out;
    buf_init(&out);
    buf_add_string(&out, "");
    while (text_walk_next(&walk, &c)) {
        const char *p = line->text + c.start, *end = p + c.length;
        size_t start = out.length;
        while (p < end) {
            const char *from = p;
            if (!has_ink(utf8_next(&p)))
                continue;
            size_t length = (size_t)(p - from), rest = out.length - start;
            buf_add(&out, from, length);
            if (c.level % 2 == 0)
                continue;
            /* a ligature: its letters from right to left */
            memmove(out.data + start + length, out.data + start, rest);
            memcpy(out.data + start, from, length);
        }
    }
    return out.data;
}

char *lines_ordered(const struct text_line *line)
{
    UErrorCode error = U_ZERO_ERROR;
    UBiDi *bidi = ubidi_open();
    struct buf kept, out;
    int32_t count;
    buf_init(&kept);
    buf_init(&out);
    for (const char *p = line->text, *end = p + line->length; p < end;) {
        const char *from = p;
        if (!bidi_is_combining(utf8_next(&p)))
            buf_add(&kept, from, (size_t)(p - from));
    }
    UChar *text = to_utf16(kept.data ? kept.data : "", kept.length, &count);
    UChar *ordered = xcalloc((size_t)count + 1, sizeof *ordered);
    ubidi_setPara(bidi, text, count, line->dir == DIR_RTL ? 1 : 0, NULL, &error);
    count = ubidi_writeReordered(bidi, ordered, count + 1, UBIDI_REMOVE_BIDI_CONTROLS, &error);
    assert_true(U_SUCCESS(error));
    buf_add_string(&out, "");
    add_utf16(&out, ordered, count);
    ubidi_close(bidi);
    buf_drop(&kept);
    free(text);
    free(ordered);
    return out.data;
}

void lines_of_texts(void (*each)(void *context, const char *line), void *context)
{
    static const char *const files[] = { "tests/data/free_lines.txt", "reports/iraq-briefing/en.md",
                                         "reports/iraq-briefing/ar.md", "reports/chart-gallery/en.md",
                                         "reports/chart-gallery/ar.md" };
    char line[4096];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        FILE *file = fopen(files[i], "r");
        assert_non_null(file);
        while (fgets(line, sizeof line, file)) {
            line[strcspn(line, "\r\n")] = '\0';
            if ((line[0] & 0xC0) != 0x80) /* the middle of a very long line may begin inside a character */
                each(context, line);
        }
        fclose(file);
    }
}
