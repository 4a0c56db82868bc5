/* Headers of messages. Knows no header's meaning. */
#include "publish/mail_header.h"

#include <stdbool.h>
#include <string.h>

#include "publish/markup.h"

enum { WORD_BYTES = 42, LINE_BYTES = 57, PLAIN_MOST = 66 };

void mail_header(struct buf *out, const char *name, const char *ascii)
{
    buf_printf(out, "%s: %s\r\n", name, ascii);
}

/* Letters that may stand as they are; what looks like an encoded word may not. */
static bool is_plain(const char *utf8)
{
    for (const char *p = utf8; *p; p++)
        if (*p < ' ' || *p > '~')
            return false;
    return !strstr(utf8, "=?") && strlen(utf8) <= PLAIN_MOST;
}

/* Bytes of the text that go into one word: no letter is cut, and where there is a blank no word of the text, since some
 * readers show a blank where two encoded words meet. */
static size_t word_length(const char *utf8)
{
    size_t length = strlen(utf8), blank;
    if (length <= WORD_BYTES)
        return length;
    for (length = WORD_BYTES; ((unsigned char)utf8[length] & 0xC0) == 0x80;)
        length--;
    for (blank = length; blank > 0 && utf8[blank - 1] != ' ';)
        blank--;
    return blank ? blank : length;
}

/* Encoded words, each of them on a line of its own: at most 75 letters each, as the RFC asks. */
static void add_words(struct buf *out, const char *utf8)
{
    for (size_t length; *utf8; utf8 += length) {
        length = word_length(utf8);
        buf_add_string(out, "=?UTF-8?B?");
        markup_base64(out, (const uint8_t *)utf8, length);
        buf_add_string(out, utf8[length] ? "?=\r\n " : "?=");
    }
}

void mail_header_text(struct buf *out, const char *name, const char *utf8)
{
    buf_printf(out, "%s: ", name);
    if (is_plain(utf8))
        buf_add_string(out, utf8);
    else
        add_words(out, utf8);
    buf_add_string(out, "\r\n");
}

static void add_quoted(struct buf *out, const char *ascii)
{
    buf_add_char(out, '"');
    for (const char *p = ascii; *p; p++) {
        if (*p == '"' || *p == '\\')
            buf_add_char(out, '\\');
        buf_add_char(out, *p);
    }
    buf_add_char(out, '"');
}

void mail_header_person(struct buf *out, const char *name, const char *utf8, const char *address)
{
    bool plain = is_plain(utf8);
    buf_printf(out, "%s: ", name);
    if (*utf8 && plain)
        add_quoted(out, utf8);
    else
        add_words(out, utf8);
    buf_printf(out, !*utf8 ? "%s\r\n" : plain ? " <%s>\r\n" : "\r\n <%s>\r\n", address);
}

void mail_header_date(struct buf *out, const char *name, time_t moment)
{
    static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct tm t;
    gmtime_r(&moment, &t);
    buf_printf(out, "%s: %s, %d %s %d %02d:%02d:%02d +0000\r\n", name, days[t.tm_wday], t.tm_mday, months[t.tm_mon],
               t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

void mail_base64(struct buf *out, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i += LINE_BYTES) {
        markup_base64(out, (const uint8_t *)bytes + i, length - i < LINE_BYTES ? length - i : LINE_BYTES);
        buf_add_string(out, "\r\n");
    }
}
