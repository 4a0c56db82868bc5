/* JSON, read. Knows what a JSON text looks like and nothing of what it says. */
#include "base/json_read.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

enum { DEEPEST = 64 };

void json_read_begin(struct json_reader *r, const char *path, const char *text, size_t length, enum diag_id id,
                     struct arena *arena, struct diags *diags)
{
    *r = (struct json_reader){ .path = path, .text = text, .length = length, .id = id, .arena = arena, .diags = diags };
}

void json_refuse(struct json_reader *r, const char *why)
{
    struct place at = { .file = r->path, .line = 1, .col = 1 };
    if (r->failed)
        return;
    r->failed = true;
    for (size_t i = 0; i < r->at; i++) {
        at.col += ((unsigned char)r->text[i] & 0xC0) != 0x80; /* characters, not bytes */
        if (r->text[i] == '\n') {
            at.line++;
            at.col = 1;
        }
    }
    diag_add(r->diags, r->id, at, "%s", why);
}

static char peek(struct json_reader *r)
{
    while (r->at < r->length && r->text[r->at] && strchr(" \t\r\n", r->text[r->at]))
        r->at++;
    return r->failed || r->at >= r->length ? '\0' : r->text[r->at];
}

static bool take(struct json_reader *r, char wanted, const char *why)
{
    if (peek(r) == wanted) {
        r->at++;
        return true;
    }
    json_refuse(r, why);
    return false;
}

bool json_read_end(struct json_reader *r)
{
    if (peek(r) != '\0' || r->at < r->length)
        json_refuse(r, "something follows behind the end of the JSON text");
    return !r->failed;
}

/* ---- objects and arrays ---- */

static bool open_level(struct json_reader *r, char bracket, const char *why)
{
    if (!take(r, bracket, why))
        return false;
    if (++r->depth > DEEPEST)
        json_refuse(r, "this is nested too deep");
    r->fresh = true;
    return !r->failed;
}

bool json_read_object(struct json_reader *r)
{
    return open_level(r, '{', "'{' must stand here, for an object");
}

bool json_read_array(struct json_reader *r)
{
    return open_level(r, '[', "'[' must stand here, for an array");
}

/* Whether another entry follows; the bracket that ends them, or the comma before the next, is behind us then. */
static bool next_entry(struct json_reader *r, char bracket)
{
    bool fresh = r->fresh;
    if (peek(r) == bracket) {
        r->at++;
        r->depth--;
        r->fresh = false;
        return false;
    }
    if (!fresh && !take(r, ',', "a comma, or the bracket that ends this, must stand here"))
        return false;
    r->fresh = false;
    return !r->failed;
}

bool json_read_item(struct json_reader *r)
{
    return next_entry(r, ']');
}

const char *json_read_key(struct json_reader *r)
{
    const char *key = next_entry(r, '}') ? json_read_string(r) : NULL;
    return key && take(r, ':', "':' must stand here, behind a key") ? key : NULL;
}

/* ---- values ---- */

enum json_kind json_next(struct json_reader *r)
{
    char c = peek(r);
    return c == '{'                               ? JSON_OBJECT
           : c == '['                             ? JSON_ARRAY
           : c == '"'                             ? JSON_STRING
           : c == '-' || (c >= '0' && c <= '9')   ? JSON_NUMBER
           : c == 't'                             ? JSON_TRUE
           : c == 'f'                             ? JSON_FALSE
           : c == 'n'                             ? JSON_NULL
                                                  : JSON_WRONG;
}

static bool read_hex(struct json_reader *r, uint32_t *out)
{
    static const char digits[] = "0123456789abcdef";
    *out = 0;
    for (int i = 0; i < 4; i++, r->at++) {
        char c = r->at < r->length ? r->text[r->at] : '\0';
        const char *digit = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;
        if (!digit)
            return false;
        *out = *out << 4 | (uint32_t)(digit - digits);
    }
    return true;
}

/* Behind the backslash and the u. */
static bool read_code_point(struct json_reader *r, struct buf *out)
{
    uint32_t c, low;
    if (!read_hex(r, &c))
        return false;
    if (c >= 0xD800 && c < 0xDC00) {
        if (strncmp(r->text + r->at, "\\u", 2) != 0)
            return false;
        r->at += 2;
        if (!read_hex(r, &low) || low < 0xDC00 || low >= 0xE000)
            return false;
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
    if (c == 0 || (c >= 0xDC00 && c < 0xE000))
        return false;
    buf_add_utf8(out, c);
    return true;
}

/* Behind the backslash. */
static bool read_escape(struct json_reader *r, struct buf *out)
{
    static const char letters[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
    char c = r->at < r->length ? r->text[r->at++] : '\0';
    const char *known = c ? strchr(letters, c) : NULL;
    if (known)
        buf_add_char(out, bytes[known - letters]);
    return known || (c == 'u' && read_code_point(r, out));
}

const char *json_read_string(struct json_reader *r)
{
    struct buf out;
    const char *string = NULL;
    bool good;
    if (!take(r, '"', "'\"' must stand here, for a text"))
        return NULL;
    buf_init(&out);
    for (good = true; good && r->at < r->length && r->text[r->at] != '"';) {
        char c = r->text[r->at++];
        good = c == '\\' ? read_escape(r, &out) : (unsigned char)c >= ' ';
        if (good && c != '\\')
            buf_add_char(&out, c);
    }
    if (!good)
        json_refuse(r, "this cannot stand in a text of JSON");
    else if (take(r, '"', "this text is never closed"))
        string = arena_string_n(r->arena, out.data, out.length);
    buf_drop(&out);
    return string;
}

bool json_read_number(struct json_reader *r, struct num *out)
{
    size_t length = json_next(r) == JSON_NUMBER ? strspn(r->text + r->at, "-0123456789.") : 0;
    if (!length || !num_parse(r->text + r->at, length, out)) {
        json_refuse(r, "a number must stand here, of 18 digits at most and without an exponent");
        return false;
    }
    r->at += length;
    return true;
}

static void skip_word(struct json_reader *r, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(r->text + r->at, word, length) == 0)
        r->at += length;
    else
        json_refuse(r, "a value must stand here");
}

/* The text is not kept, so that a large file costs no memory. */
static void skip_string(struct json_reader *r)
{
    for (r->at++; r->at < r->length && r->text[r->at] != '"'; r->at++)
        if (r->text[r->at] == '\\' && r->at + 1 < r->length)
            r->at++;
    take(r, '"', "this text is never closed");
}

static void skip_key(struct json_reader *r)
{
    if (peek(r) != '"')
        json_refuse(r, "'\"' must stand here, for a key");
    else
        skip_string(r);
    take(r, ':', "':' must stand here, behind a key");
}

void json_skip(struct json_reader *r)
{
    struct num number;
    switch (json_next(r)) {
    case JSON_OBJECT:
        for (bool more = json_read_object(r); more && next_entry(r, '}');) {
            skip_key(r);
            json_skip(r);
        }
        break;
    case JSON_ARRAY:
        for (bool more = json_read_array(r); more && next_entry(r, ']');)
            json_skip(r);
        break;
    case JSON_STRING:
        skip_string(r);
        break;
    case JSON_NUMBER:
        json_read_number(r, &number);
        break;
    case JSON_TRUE:
        skip_word(r, "true");
        break;
    case JSON_FALSE:
        skip_word(r, "false");
        break;
    case JSON_NULL:
        skip_word(r, "null");
        break;
    case JSON_WRONG:
        json_refuse(r, "a value must stand here");
    }
}
