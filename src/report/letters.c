/*
 * Classes of code points, from Unicode's Bidi_Class (L, R, AL) and General_Category (Nd). Scripts that no
 * briefing uses may count as left-to-right letters.
 */
#include "report/letters.h"

#include <stddef.h>

struct range {
    uint32_t first, last;
    enum letters_script script;
};

/* Sorted. What no range covers is no letter. */
static const struct range ranges[] = {
    { 'A', 'Z', LETTERS_LEFT_TO_RIGHT },       { 'a', 'z', LETTERS_LEFT_TO_RIGHT },
    { 0xAA, 0xAA, LETTERS_LEFT_TO_RIGHT },     { 0xB5, 0xB5, LETTERS_LEFT_TO_RIGHT },
    { 0xBA, 0xBA, LETTERS_LEFT_TO_RIGHT },     { 0xC0, 0xD6, LETTERS_LEFT_TO_RIGHT },
    { 0xD8, 0xF6, LETTERS_LEFT_TO_RIGHT },     { 0xF8, 0x2B8, LETTERS_LEFT_TO_RIGHT },
    { 0x370, 0x373, LETTERS_LEFT_TO_RIGHT },   { 0x376, 0x37D, LETTERS_LEFT_TO_RIGHT },
    { 0x37F, 0x37F, LETTERS_LEFT_TO_RIGHT },   { 0x386, 0x386, LETTERS_LEFT_TO_RIGHT },
    { 0x388, 0x482, LETTERS_LEFT_TO_RIGHT },   { 0x48A, 0x589, LETTERS_LEFT_TO_RIGHT },
    { 0x5D0, 0x5F4, LETTERS_RIGHT_TO_LEFT },   { 0x620, 0x64A, LETTERS_RIGHT_TO_LEFT },
    { 0x66D, 0x66F, LETTERS_RIGHT_TO_LEFT },   { 0x671, 0x6D5, LETTERS_RIGHT_TO_LEFT },
    { 0x6E5, 0x6E6, LETTERS_RIGHT_TO_LEFT },   { 0x6EE, 0x6EF, LETTERS_RIGHT_TO_LEFT },
    { 0x6FA, 0x70D, LETTERS_RIGHT_TO_LEFT },   { 0x710, 0x710, LETTERS_RIGHT_TO_LEFT },
    { 0x712, 0x72F, LETTERS_RIGHT_TO_LEFT },   { 0x74D, 0x7A5, LETTERS_RIGHT_TO_LEFT },
    { 0x8A0, 0x8C9, LETTERS_RIGHT_TO_LEFT },   { 0x903, 0x1FFE, LETTERS_LEFT_TO_RIGHT },
    { 0x2C00, 0x2CE4, LETTERS_LEFT_TO_RIGHT }, { 0x3041, 0xA48C, LETTERS_LEFT_TO_RIGHT },
    { 0xA722, 0xA787, LETTERS_LEFT_TO_RIGHT }, { 0xAC00, 0xD7A3, LETTERS_LEFT_TO_RIGHT },
    { 0xFB00, 0xFB17, LETTERS_LEFT_TO_RIGHT }, { 0xFB1D, 0xFB1D, LETTERS_RIGHT_TO_LEFT },
    { 0xFB1F, 0xFB4F, LETTERS_RIGHT_TO_LEFT }, { 0xFB50, 0xFBB1, LETTERS_RIGHT_TO_LEFT },
    { 0xFBD3, 0xFD3D, LETTERS_RIGHT_TO_LEFT }, { 0xFD50, 0xFDFC, LETTERS_RIGHT_TO_LEFT },
    { 0xFE70, 0xFEFC, LETTERS_RIGHT_TO_LEFT }, { 0xFF21, 0xFF3A, LETTERS_LEFT_TO_RIGHT },
    { 0xFF41, 0xFF5A, LETTERS_LEFT_TO_RIGHT },
};

enum letters_script letters_script(uint32_t code_point)
{
    size_t low = 0, high = sizeof ranges / sizeof *ranges;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (ranges[middle].last < code_point)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == sizeof ranges / sizeof *ranges || code_point < ranges[low].first)
        return LETTERS_NONE;
    return ranges[low].script;
}

bool letters_is_arabic_digit(uint32_t code_point)
{
    return code_point >= 0x660 && code_point <= 0x669;
}

bool letters_is_digit(uint32_t code_point)
{
    return (code_point >= '0' && code_point <= '9') || letters_is_arabic_digit(code_point) ||
           (code_point >= 0x6F0 && code_point <= 0x6F9);
}

bool letters_is_isolate(uint32_t code_point)
{
    return code_point >= 0x2066 && code_point <= 0x2069;
}

bool letters_is_reserved(uint32_t code_point)
{
    return letters_is_isolate(code_point) || code_point == 0x2028 || code_point == 0x2029 ||
           code_point == 0xFFFC;
}
