/* Bidirectional properties of characters. Knows nothing of lines or fonts. */
#include "text/bidi.h"

#include <fribidi.h>

/* Most of what is asked for, each letter of a page a dozen times: a to z in either case, hamza to ghain, tatweel to
 * yeh. FriBidi's own way to them is longer. */
static bool is_latin_letter(uint32_t c)
{
    return (c | 0x20) - 'a' < 26;
}

static bool is_arabic_letter(uint32_t c)
{
    return c - 0x0620 <= 0x064A - 0x0620;
}

enum bidi_class bidi_class_of(uint32_t c)
{
    if (is_latin_letter(c))
        return BIDI_LEFT;
    if (is_arabic_letter(c))
        return BIDI_RIGHT;
    switch (fribidi_get_bidi_type(c)) {
    case FRIBIDI_TYPE_LTR:
        return BIDI_LEFT;
    case FRIBIDI_TYPE_RTL:
    case FRIBIDI_TYPE_AL:
        return BIDI_RIGHT;
    case FRIBIDI_TYPE_EN:
    case FRIBIDI_TYPE_AN:
    case FRIBIDI_TYPE_CS:
    case FRIBIDI_TYPE_ES:
    case FRIBIDI_TYPE_ET:
        return BIDI_WEAK;
    case FRIBIDI_TYPE_NSM:
    case FRIBIDI_TYPE_BN:
        return BIDI_MARK;
    default:
        return BIDI_NEUTRAL;
    }
}

enum bidi_number bidi_number_of(uint32_t c)
{
    switch (fribidi_get_bidi_type(c)) {
    case FRIBIDI_TYPE_EN:
        return BIDI_EN;
    case FRIBIDI_TYPE_AN:
        return BIDI_AN;
    case FRIBIDI_TYPE_ES:
        return BIDI_ES;
    case FRIBIDI_TYPE_ET:
        return BIDI_ET;
    case FRIBIDI_TYPE_CS:
        return BIDI_CS;
    default:
        return BIDI_NO_NUMBER;
    }
}

bool bidi_is_mirrored(uint32_t c)
{
    FriBidiChar mirror;
    return !is_latin_letter(c) && !is_arabic_letter(c) && fribidi_get_mirror_char(c, &mirror);
}

bool bidi_is_combining(uint32_t c)
{
    return c >= 0x0300 && !is_arabic_letter(c) && fribidi_get_bidi_type(c) == FRIBIDI_TYPE_NSM;
}

bool bidi_is_space(uint32_t c)
{
    if (c == ' ')
        return true;
    if ((c > ' ' && c < 0x7F) || is_arabic_letter(c))
        return false;
    FriBidiCharType type = fribidi_get_bidi_type(c);
    return type == FRIBIDI_TYPE_WS || type == FRIBIDI_TYPE_SS || type == FRIBIDI_TYPE_BS || c == 0x00A0 ||
           c == 0x202F;
}
