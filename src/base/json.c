/* JSON, written. Knows what a JSON text looks like and nothing of what it says. */
#include "base/json.h"

#include <stdlib.h>

static uint32_t level(const struct json *json)
{
    return (uint32_t)1 << (json->depth - 1);
}

static bool in_object(const struct json *json)
{
    return json->depth > 0 && (json->objects & level(json));
}

static void require(bool right)
{
    if (!right)
        abort();
}

static void add_line(struct json *json)
{
    static const char line[] = "\n                                                                ";
    _Static_assert(sizeof line == 1 + 2 * JSON_DEPTH_MAX + 1, "two spaces a level");
    buf_add(json->out, line, 1 + 2 * (size_t)json->depth);
}

/* The comma and the line before the next entry of an object or array. */
static void add_entry(struct json *json)
{
    if (json->depth == 0)
        return;
    if (json->filled & level(json))
        buf_add_char(json->out, ',');
    json->filled |= level(json);
    add_line(json);
}

static void before_value(struct json *json)
{
    require(in_object(json) == json->keyed);
    if (!json->keyed)
        add_entry(json);
    json->keyed = false;
}

static void open_level(struct json *json, char bracket, bool object)
{
    before_value(json);
    require(json->depth < JSON_DEPTH_MAX);
    buf_add_char(json->out, bracket);
    json->depth++;
    json->filled &= ~level(json);
    json->objects = object ? json->objects | level(json) : json->objects & ~level(json);
}

static void close_level(struct json *json, char bracket, bool object)
{
    require(json->depth > 0 && in_object(json) == object && !json->keyed);
    bool filled = json->filled & level(json);
    json->depth--;
    if (filled)
        add_line(json);
    buf_add_char(json->out, bracket);
}

/* How many bytes stand for themselves. */
static size_t plain_length(const char *utf8)
{
    size_t length = 0;
    for (unsigned char c; (c = (unsigned char)utf8[length]) >= 0x20 && c != '"' && c != '\\' && c != 0x7F;)
        length++;
    return length;
}

static void add_quoted(struct buf *out, const char *utf8)
{
    static const char letters[] = "btn?fr"; /* \b is 8, \r is 13; 11 has none */

    buf_add_char(out, '"');
    for (const char *p = utf8;; p++) {
        size_t plain = plain_length(p);
        buf_add(out, p, plain);
        p += plain;
        unsigned char c = (unsigned char)*p;
        if (!c)
            break;
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c >= 8 && c <= 13 && c != 11)
            buf_printf(out, "\\%c", letters[c - 8]);
        else
            buf_printf(out, "\\u%04x", c);
    }
    buf_add_char(out, '"');
}

void json_begin(struct json *json, struct buf *out)
{
    *json = (struct json){ .out = out };
}

void json_end(struct json *json)
{
    require(json->depth == 0);
    buf_add_char(json->out, '\n');
}

void json_object_begin(struct json *json)
{
    open_level(json, '{', true);
}

void json_object_end(struct json *json)
{
    close_level(json, '}', true);
}

void json_array_begin(struct json *json)
{
    open_level(json, '[', false);
}

void json_array_end(struct json *json)
{
    close_level(json, ']', false);
}

void json_key(struct json *json, const char *key)
{
    require(in_object(json) && !json->keyed);
    add_entry(json);
    add_quoted(json->out, key);
    buf_add_string(json->out, ": ");
    json->keyed = true;
}

void json_string(struct json *json, const char *utf8)
{
    if (!utf8) {
        json_null(json);
        return;
    }
    before_value(json);
    add_quoted(json->out, utf8);
}

void json_number(struct json *json, struct num number)
{
    before_value(json);
    num_format(number, json->out);
}

void json_bool(struct json *json, bool value)
{
    before_value(json);
    buf_add_string(json->out, value ? "true" : "false");
}

void json_null(struct json *json)
{
    before_value(json);
    buf_add_string(json->out, "null");
}

void json_put_object(struct json *json, const char *key)
{
    json_key(json, key);
    json_object_begin(json);
}

void json_put_array(struct json *json, const char *key)
{
    json_key(json, key);
    json_array_begin(json);
}

void json_put_text(struct json *json, const char *key, const char *utf8)
{
    json_key(json, key);
    json_string(json, utf8);
}

void json_put_count(struct json *json, const char *key, uint64_t count)
{
    json_key(json, key);
    json_number(json, num_from_int((int64_t)count));
}

void json_put_bool(struct json *json, const char *key, bool value)
{
    json_key(json, key);
    json_bool(json, value);
}
