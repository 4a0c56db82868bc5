/* Texts of a certain form (email, uri, uuid), lists, and points. Checked as far as a slip shows: whether a mailbox
 * or a page exists is not known here. */
#include "dataset/field_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Letters of other scripts are no ASCII: international domains and addresses as people write them. */
static bool is_alphanumeric(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* RFC 5322 dot-atoms on both sides; no quoted local parts, comments or addresses of hosts in brackets. */
static bool is_email(const char *text, size_t length)
{
    const char *at = memchr(text, '@', length), *end = text + length;
    if (!at || at == text || at + 1 == end)
        return false;
    for (const char *p = text; p < end; p++) {
        bool edge = p == text || p == at + 1 || p + 1 == at || p + 1 == end;
        if (p == at)
            continue;
        if (*p == '.' ? edge || p[-1] == '.'
                      : !is_alphanumeric(*p) && (!*p || !strchr(p < at ? "!#$%&'*+-/=?^_`{|}~" : "-", *p)))
            return false;
    }
    return true;
}

/* RFC 3986, with letters of all scripts (RFC 3987): a scheme and something behind it. */
static bool is_uri(const char *text, size_t length)
{
    const char *p = text, *end = text + length;
    if (!length || !is_letter(*p))
        return false;
    while (p < end && (unsigned char)*p < 0x80 && (is_alphanumeric(*p) || strchr("+-.", *p)))
        p++;
    if (end - p < 2 || *p++ != ':')
        return false;
    for (; p < end; p++) {
        if (*p == '%' && (end - p < 3 || !is_hex(p[1]) || !is_hex(p[2])))
            return false;
        if ((unsigned char)*p <= ' ' || strchr("\"<>\\^`{|}", *p))
            return false;
    }
    return true;
}

static bool is_uuid(const char *text, size_t length)
{
    if (length != 36)
        return false;
    for (size_t i = 0; i < length; i++)
        if (i == 8 || i == 13 || i == 18 || i == 23 ? text[i] != '-' : !is_hex(text[i]))
            return false;
    return true;
}

bool field_is_form(const char *format, const char *text, size_t length)
{
    if (strcmp(format, "email") == 0)
        return is_email(text, length);
    return strcmp(format, "uri") == 0 ? is_uri(text, length) : is_uuid(text, length);
}

/* --- lists ------------------------------------------------------------------------------------------------ */

/* The end of the item that starts at `p`: a delimiter or the end of the cell; `*next` is behind it, NULL when
 * there is no further item. */
static const char *item_end(const struct field *field, const char *p, const char *end, const char **next)
{
    while (p < end) {
        const char *from = p;
        if (utf8_next(&p) == field->list_delimiter) {
            *next = p;
            return from;
        }
    }
    *next = NULL;
    return end;
}

size_t field_list_items(const struct field *field, const char *text, size_t length)
{
    size_t count = 0;
    for (const char *p = length ? text : NULL; p; count++)
        item_end(field, p, text + length, &p);
    return count;
}

static void add_json(struct buf *out, const char *text, const char *end)
{
    buf_add_char(out, '"');
    for (; text < end; text++) {
        if (*text == '"' || *text == '\\')
            buf_printf(out, "\\%c", *text);
        else if ((unsigned char)*text < 0x20) /* tabs and line ends */
            buf_printf(out, "\\u%04x", (unsigned)*text);
        else
            buf_add_char(out, *text);
    }
    buf_add_char(out, '"');
}

/* Blanks around an item are no part of it: "a, b" is two names. */
bool field_parse_list(const struct field *field, const char *text, size_t length, struct arena *arena,
                      struct value *out)
{
    struct buf json;
    buf_init(&json);
    buf_add_char(&json, '[');
    for (const char *p = length ? text : NULL, *next; p; p = next) {
        const char *end = item_end(field, p, text + length, &next);
        while (p < end && *p == ' ')
            p++;
        while (p < end && end[-1] == ' ')
            end--;
        if (json.length > 1)
            buf_add_char(&json, ',');
        add_json(&json, p, end);
    }
    buf_add_char(&json, ']');
    *out = (struct value){ .type = VALUE_TEXT, .text = arena_string_n(arena, json.data, json.length) };
    buf_drop(&json);
    return true;
}

/* --- points ----------------------------------------------------------------------------------------------- */

static void skip_blanks(const char **p)
{
    *p += strspn(*p, " ");
}

static bool sign(const char **p, char wanted)
{
    skip_blanks(p);
    if (**p != wanted)
        return false;
    ++*p;
    return true;
}

static bool coordinate(const char **p, int most, struct num *out)
{
    skip_blanks(p);
    size_t n = strspn(*p, "+-.0123456789eE");
    if (!field_plain_number(*p, n, out) || num_compare(*out, num_from_int(most)) > 0
        || num_compare(*out, num_from_int(-most)) < 0)
        return false;
    *p += n;
    *out = num_trim(*out); /* 44.50 and 44.5 are one place */
    return true;
}

static bool pair(const char **p, struct num *lon, struct num *lat)
{
    return coordinate(p, 180, lon) && sign(p, ',') && coordinate(p, 90, lat);
}

/* {"lon": 44.36, "lat": 33.31}, in either order */
static bool object(const char **p, struct num *lon, struct num *lat)
{
    bool has_lon = false, has_lat = false;
    for (char before = '{'; !has_lon || !has_lat; before = ',') {
        if (!sign(p, before))
            return false;
        skip_blanks(p);
        bool is_lon = strncmp(*p, "\"lon\"", 5) == 0, is_lat = strncmp(*p, "\"lat\"", 5) == 0;
        if ((!is_lon || has_lon) && (!is_lat || has_lat))
            return false;
        *p += 5;
        if (!sign(p, ':') || !coordinate(p, is_lon ? 180 : 90, is_lon ? lon : lat))
            return false;
        has_lon |= is_lon;
        has_lat |= is_lat;
    }
    return sign(p, '}');
}

bool field_parse_point(const struct field *field, const char *text, size_t length, struct arena *arena,
                       struct value *out)
{
    char ascii[FIELD_LEXICAL + 1];
    const char *p = ascii;
    struct num lon, lat;
    struct buf point;
    bool fits;

    field_ascii(text, length, ascii);
    if (!field->format)
        fits = pair(&p, &lon, &lat);
    else if (strcmp(field->format, "array") == 0)
        fits = sign(&p, '[') && pair(&p, &lon, &lat) && sign(&p, ']');
    else
        fits = object(&p, &lon, &lat);
    skip_blanks(&p);
    if (!fits || *p)
        return false;
    buf_init(&point);
    num_format(lon, &point);
    buf_add_char(&point, ',');
    num_format(lat, &point);
    *out = (struct value){ .type = VALUE_TEXT, .text = arena_string_n(arena, point.data, point.length) };
    buf_drop(&point);
    return true;
}
