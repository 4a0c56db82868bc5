/* How much room a text takes on a terminal, by Unicode's properties. Knows nothing of languages. */
#include "locale/locale.h"

#include "base/utf8.h"

#include <unicode/uchar.h>

/* What stands on the character before it: marks, format characters, the later parts of a Hangul syllable. Arabic's
 * number signs (U+0600 and others that stand before digits) are format characters too, but they can be seen. */
static bool has_no_width(UChar32 c)
{
    switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_CONTROL_CHAR:
        return true;
    case U_FORMAT_CHAR:
        return c != 0x00AD && !u_hasBinaryProperty(c, UCHAR_PREPENDED_CONCATENATION_MARK);
    default:
        break;
    }
    int32_t syllable = u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE);
    return syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO;
}

/* Ambiguous width is narrow, as terminals have it outside of East Asian settings. */
static size_t width(UChar32 c)
{
    if (c >= 0x20 && c < 0x7F)
        return 1; /* most of most tables */
    if (has_no_width(c))
        return 0;
    int32_t east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
}

size_t locale_text_width(const char *utf8)
{
    size_t cells = 0;
    while (*utf8)
        cells += width((UChar32)utf8_next(&utf8));
    return cells;
}

size_t locale_text_fit(const char *utf8, size_t cells)
{
    const char *p = utf8, *fits = utf8;
    for (size_t used = 0; *p; fits = p) {
        used += width((UChar32)utf8_next(&p));
        if (used > cells)
            break;
    }
    return (size_t)(fits - utf8);
}

bool locale_text_has_rtl(const char *utf8)
{
    while (*utf8) {
        switch (u_charDirection((UChar32)utf8_next(&utf8))) {
        case U_RIGHT_TO_LEFT:
        case U_RIGHT_TO_LEFT_ARABIC:
        case U_ARABIC_NUMBER:
            return true;
        default:
            break;
        }
    }
    return false;
}
