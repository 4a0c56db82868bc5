/* What all forms of cells share: their digits and marks as ASCII, their text in a message, their order. */
#include "dataset/field_inside.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

/* What looks like a blank, or like nothing: in a message it has to be seen. */
static bool is_unseen(uint32_t c)
{
    return (c >= 0x7F && c <= 0xA0) || c == 0xAD || c == 0x61C || (c >= 0x2000 && c <= 0x200F)
        || (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) || c == 0x3000 || c == 0xFEFF;
}

const char *field_quote(char room[FIELD_QUOTE_ROOM], const char *text, size_t length)
{
    struct buf shown;
    buf_init(&shown);
    for (const char *p = text; p < text + length && shown.length <= FIELD_QUOTE;) {
        size_t before = shown.length;
        uint32_t c = utf8_next(&p);
        if (c < 0x20)
            buf_add_utf8(&shown, 0x2400 + c); /* control pictures: a line feed as one letter */
        else if (is_unseen(c))
            buf_printf(&shown, "<U+%04X>", (unsigned)c);
        else
            buf_add_utf8(&shown, c);
        if (shown.length > FIELD_QUOTE) {
            shown.length = before;
            buf_add_string(&shown, "...");
            break;
        }
    }
    memcpy(room, shown.data, shown.length);
    room[shown.length] = '\0';
    buf_drop(&shown);
    return room;
}

size_t field_ascii(const char *text, size_t length, char out[FIELD_LEXICAL + 1])
{
    size_t n = 0;
    for (const char *p = text; p < text + length;) {
        const char *from = p;
        uint32_t c = utf8_next(&p);
        size_t bytes = (size_t)(p - from);
        if (n + bytes > FIELD_LEXICAL) {
            n = 0;
            break;
        }
        if (c >= 0x660 && c <= 0x669)
            out[n++] = (char)('0' + c - 0x660);
        else if (c >= 0x6F0 && c <= 0x6F9)
            out[n++] = (char)('0' + c - 0x6F0);
        else if (c == 0x66B)
            out[n++] = '.';
        else {
            memcpy(out + n, from, bytes);
            n += bytes;
        }
    }
    out[n] = '\0';
    return n;
}

bool field_in_list(const struct text_list *list, const char *text, size_t length)
{
    for (size_t i = 0; i < list->count; i++)
        if (strlen(list->texts[i]) == length && memcmp(list->texts[i], text, length) == 0)
            return true;
    return false;
}

int field_compare(struct value a, struct value b)
{
    if (a.type == VALUE_TEXT || a.type == VALUE_DATE)
        return strcmp(a.text, b.text); /* ISO days sort as text */
    return num_compare(a.num, b.num);
}
