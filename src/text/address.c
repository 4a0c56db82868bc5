/* Where lines may end in a web address. Knows its marks, and neither widths nor fonts. */
#include "text/text.h"

#include <ctype.h>
#include <string.h>

const char *text_address(const char *word, size_t length)
{
    const char *end = word + length, *colon = word;
    while ((colon = memchr(colon, ':', (size_t)(end - colon)))) {
        colon++;
        if (end - colon > 2 && colon[0] == '/' && colon[1] == '/')
            return colon + 2;
    }
    return NULL;
}

static bool is_part_of_word(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

bool text_address_breaks(const char *rest, const char *end, const char *at)
{
    if (at <= rest || at + 1 >= end)
        return false;
    if (at[-1] == '/')
        return is_part_of_word(at[0]);
    return is_part_of_word(at[-1]) && strchr(".,-_~?&=#%", at[0]) && is_part_of_word(at[1]);
}
