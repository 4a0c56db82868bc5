/* Bidirectional properties of characters. Knows nothing of lines or fonts. */
#include "text/bidi.h"

#include <fribidi.h>

enum bidi_class bidi_class_of_others(uint32_t c)
{
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
    return !bidi_is_latin_letter(c) && !bidi_is_arabic_letter(c) && fribidi_get_mirror_char(c, &mirror);
}

bool bidi_is_combining(uint32_t c)
{
    return c >= 0x0300 && !bidi_is_arabic_letter(c) && fribidi_get_bidi_type(c) == FRIBIDI_TYPE_NSM;
}

bool bidi_is_space(uint32_t c)
{
    if (c == ' ')
        return true;
    if ((c > ' ' && c < 0x7F) || bidi_is_arabic_letter(c))
        return false;
    FriBidiCharType type = fribidi_get_bidi_type(c);
    return type == FRIBIDI_TYPE_WS || type == FRIBIDI_TYPE_SS || type == FRIBIDI_TYPE_BS || c == 0x00A0 ||
           c == 0x202F;
}
