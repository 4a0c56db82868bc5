/* Reading PDF syntax (ISO 32000-1, 7.2 and 7.3). Knows no objects and follows no reference. */
#include "pdf_check/cos.h"

#include <math.h>
#include <string.h>

enum class { REGULAR, SPACE, DELIMITER };

static enum class class_of(char c)
{
    static const unsigned char classes[256] = {
        ['\0'] = SPACE, ['\t'] = SPACE, ['\n'] = SPACE, ['\f'] = SPACE, ['\r'] = SPACE, [' '] = SPACE,
        ['('] = DELIMITER, [')'] = DELIMITER, ['<'] = DELIMITER, ['>'] = DELIMITER, ['['] = DELIMITER,
        [']'] = DELIMITER, ['{'] = DELIMITER, ['}'] = DELIMITER, ['/'] = DELIMITER, ['%'] = DELIMITER
    };
    return (enum class)classes[(unsigned char)c];
}

static bool is_bracket(char c)
{
    return c == '[' || c == ']' || c == '<' || c == '>';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

void cursor_skip_space(struct cursor *c)
{
    while (c->at < c->end) {
        if (*c->at == '%')
            while (c->at < c->end && *c->at != '\n' && *c->at != '\r')
                c->at++;
        else if (class_of(*c->at) == SPACE)
            c->at++;
        else
            return;
    }
}

/* --- one token --- */

static struct cos bad(struct cursor *c, const char *from)
{
    return (struct cos){ COS_BAD, from, c->at };
}

static struct cos take_string(struct cursor *c)
{
    const char *from = c->at++;
    for (int depth = 1; c->at < c->end;) {
        char now = *c->at++;
        if (now == '\\' && c->at < c->end)
            c->at++;
        else if (now == '(')
            depth++;
        else if (now == ')' && --depth == 0)
            return (struct cos){ COS_STRING, from, c->at };
    }
    return bad(c, from);
}

static struct cos take_hex(struct cursor *c)
{
    const char *from = c->at;
    const char *close = memchr(from, '>', (size_t)(c->end - from));
    c->at = close ? close + 1 : c->end;
    return close ? (struct cos){ COS_HEX, from, c->at } : bad(c, from);
}

static enum cos_kind kind_of_word(const char *at, size_t length)
{
    static const struct {
        const char *word;
        enum cos_kind kind;
    } words[] = { { "true", COS_BOOL }, { "false", COS_BOOL }, { "null", COS_NULL } };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].word) == length && memcmp(at, words[i].word, length) == 0)
            return words[i].kind;
    return COS_WORD;
}

static enum cos_kind kind_of_number(const char *at, const char *end)
{
    size_t digits = 0, points = 0;
    for (const char *p = at + (*at == '+' || *at == '-'); p < end; p++) {
        digits += is_digit(*p);
        points += *p == '.';
        if (!is_digit(*p) && *p != '.')
            return COS_BAD;
    }
    return !digits || points > 1 ? COS_BAD : points ? COS_REAL : COS_INTEGER;
}

static struct cos take_regular(struct cursor *c)
{
    const char *from = c->at;
    bool name = *from == '/';
    c->at += name;
    while (c->at < c->end && class_of(*c->at) == REGULAR)
        c->at++;
    enum cos_kind kind = name ? COS_NAME
                         : is_digit(*from) || *from == '+' || *from == '-' || *from == '.' ? kind_of_number(from, c->at)
                                                                   : kind_of_word(from, (size_t)(c->at - from));
    return (struct cos){ kind, from, c->at };
}

/* A bracket is a word of its own here. */
static struct cos take_token(struct cursor *c)
{
    cursor_skip_space(c);
    if (c->at == c->end)
        return (struct cos){ COS_NONE, c->at, c->at };
    const char *from = c->at;
    size_t left = (size_t)(c->end - from);
    bool twice = left > 1 && from[1] == *from;
    if (*from == '(')
        return take_string(c);
    if (*from == '<' && !twice)
        return take_hex(c);
    bool square = *from == '[' || *from == ']';
    if (square || (is_bracket(*from) && twice)) {
        c->at += square ? 1 : 2;
        return (struct cos){ COS_WORD, from, c->at };
    }
    if (*from != '/' && class_of(*from) == DELIMITER) {
        c->at++;
        return bad(c, from);
    }
    return take_regular(c);
}

/* --- values --- */

/* The closing bracket of the one that `open` is; brackets in it must fit each other. */
static struct cos take_nested(struct cursor *c, struct cos open)
{
    char stack[COS_DEPTH];
    int depth = 0;
    for (struct cos token = open;; token = take_token(c)) {
        if (token.kind == COS_NONE || token.kind == COS_BAD)
            return bad(c, open.at);
        if (token.kind != COS_WORD)
            continue;
        if (*token.at == '[' || *token.at == '<') {
            if (depth == COS_DEPTH)
                return bad(c, open.at);
            stack[depth++] = *token.at;
        } else if (*token.at == ']' || *token.at == '>') {
            if (stack[--depth] != (*token.at == ']' ? '[' : '<'))
                return bad(c, open.at);
        } else if (!cos_is_word(token, "R")) {
            return bad(c, open.at);
        }
        if (depth == 0)
            return (struct cos){ *open.at == '[' ? COS_ARRAY : COS_DICT, open.at, c->at };
    }
}

/* Behind an integer: "0 R" makes it a reference. */
static bool take_reference(struct cursor *c)
{
    struct cursor ahead = *c;
    const struct cos generation = take_token(&ahead);
    if (generation.kind != COS_INTEGER || !cos_is_word(take_token(&ahead), "R"))
        return false;
    *c = ahead;
    return true;
}

struct cos cos_next(struct cursor *c, bool references)
{
    struct cos v = take_token(c);
    if (v.kind == COS_INTEGER && references && is_digit(*v.at) && take_reference(c))
        return (struct cos){ COS_REFERENCE, v.at, c->at };
    if (v.kind != COS_WORD || !is_bracket(*v.at))
        return v;
    return *v.at == '[' || *v.at == '<' ? take_nested(c, v) : bad(c, v.at);
}

struct cursor cos_inside(struct cos v)
{
    size_t bracket = v.kind == COS_ARRAY ? 1 : 2;
    if (v.kind != COS_ARRAY && v.kind != COS_DICT)
        return (struct cursor){ v.end, v.end };
    return (struct cursor){ v.at + bracket, v.end - bracket };
}

struct cos cos_get(struct cos dict, const char *key)
{
    struct cursor c = dict.kind == COS_DICT ? cos_inside(dict) : (struct cursor){ dict.end, dict.end };
    for (;;) {
        struct cos name = cos_next(&c, true), v = cos_next(&c, true);
        if (name.kind != COS_NAME || v.kind == COS_NONE)
            return (struct cos){ COS_NONE, c.at, c.at };
        if (cos_is_name(name, key))
            return v.kind == COS_NULL ? (struct cos){ COS_NONE, v.at, v.end } : v;
    }
}

size_t cos_count(struct cos v)
{
    size_t count = 0;
    struct cursor c = cos_inside(v);
    while (cos_next(&c, true).kind != COS_NONE)
        count++;
    return count;
}

/* --- what a value says --- */

static int hex_digit(char c)
{
    return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The byte of a name at *p, which moves on. */
static char name_byte(const char **p, const char *end)
{
    const char *at = (*p)++;
    if (*at != '#' || end - at < 3 || hex_digit(at[1]) < 0 || hex_digit(at[2]) < 0)
        return *at;
    *p = at + 3;
    return (char)(hex_digit(at[1]) * 16 + hex_digit(at[2]));
}

bool cos_is_name(struct cos v, const char *name)
{
    if (v.kind != COS_NAME)
        return false;
    const char *p = v.at + 1;
    for (; p < v.end && *name; name++)
        if (name_byte(&p, v.end) != *name)
            return false;
    return p == v.end && !*name;
}

bool cos_is_word(struct cos v, const char *word)
{
    size_t length = strlen(word);
    return v.kind == COS_WORD && (size_t)(v.end - v.at) == length && memcmp(v.at, word, length) == 0;
}

bool cos_is_number(struct cos v)
{
    return v.kind == COS_INTEGER || v.kind == COS_REAL;
}

double cos_number(struct cos v, double other)
{
    if (!cos_is_number(v))
        return other;
    double number = 0, unit = 1;
    bool behind = false;
    for (const char *p = v.at; p < v.end; p++) {
        if (*p == '.')
            behind = true;
        if (!is_digit(*p))
            continue;
        number = number * 10 + (*p - '0');
        unit *= behind ? 10 : 1;
    }
    return (*v.at == '-' ? -number : number) / unit;
}

int64_t cos_integer(struct cos v, int64_t other)
{
    double number = cos_number(v, 0);
    if (v.kind != COS_INTEGER)
        return other;
    return fabs(number) < 9e15 ? (int64_t)number : number < 0 ? INT64_MIN : INT64_MAX;
}

unsigned cos_reference(struct cos v)
{
    struct cursor c = { v.at, v.end };
    if (v.kind != COS_REFERENCE)
        return 0;
    int64_t number = cos_integer(take_token(&c), 0);
    return number > 0 && number <= UINT32_MAX ? (unsigned)number : 0;
}

bool cos_is_true(struct cos v)
{
    return v.kind == COS_BOOL && *v.at == 't';
}

void cos_add_name(struct cos v, struct buf *out)
{
    if (v.kind == COS_NAME)
        for (const char *p = v.at + 1; p < v.end;)
            buf_add_char(out, name_byte(&p, v.end));
}

/* What stands behind a backslash at *p, which moves on. */
static void add_escape(const char **p, const char *end, struct buf *out)
{
    static const char letters[] = "nrtbf", bytes[] = "\n\r\t\b\f";
    char c = *(*p)++;
    const char *known = c ? strchr(letters, c) : NULL;
    if (c >= '0' && c <= '7') {
        int byte = c - '0';
        for (int i = 0; i < 2 && *p < end && **p >= '0' && **p <= '7'; i++)
            byte = byte * 8 + *(*p)++ - '0';
        buf_add_char(out, (char)byte);
    } else if (known) {
        buf_add_char(out, bytes[known - letters]);
    } else if (c == '\r') {
        *p += *p < end && **p == '\n';
    } else if (c != '\n') {
        buf_add_char(out, c);
    }
}

static void add_literal(const char *p, const char *end, struct buf *out)
{
    while (p < end) {
        char c = *p++;
        if (c == '\\' && p < end)
            add_escape(&p, end, out);
        else
            buf_add_char(out, c);
    }
}

void cos_add_string(struct cos v, struct buf *out)
{
    int high = -1;
    if (v.kind == COS_STRING)
        add_literal(v.at + 1, v.end - 1, out);
    if (v.kind != COS_HEX)
        return;
    for (const char *p = v.at; p < v.end; p++) {
        int digit = hex_digit(*p);
        if (digit < 0)
            continue;
        if (high >= 0)
            buf_add_char(out, (char)(high * 16 + digit));
        high = high < 0 ? digit : -1;
    }
    if (high >= 0)
        buf_add_char(out, (char)(high * 16));
}

static void add_utf16(const unsigned char *p, size_t length, struct buf *out)
{
    for (size_t i = 0; i + 1 < length; i += 2) {
        uint32_t c = (uint32_t)p[i] << 8 | p[i + 1];
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < length) {
            c = 0x10000 + ((c & 0x3FF) << 10) + (((uint32_t)p[i + 2] << 8 | p[i + 3]) & 0x3FF);
            i += 2;
        }
        buf_add_utf8(out, c);
    }
}

void cos_add_text(struct cos v, struct buf *out)
{
    struct buf bytes;
    buf_init(&bytes);
    cos_add_string(v, &bytes);
    const unsigned char *p = (const unsigned char *)bytes.data;
    if (bytes.length >= 2 && p[0] == 0xFE && p[1] == 0xFF)
        add_utf16(p + 2, bytes.length - 2, out);
    else if (bytes.length >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
        buf_add(out, p + 3, bytes.length - 3);
    else
        for (size_t i = 0; i < bytes.length; i++)
            buf_add_utf8(out, p[i]);
    buf_drop(&bytes);
}

bool cos_has_text(struct cos v)
{
    struct buf text;
    buf_init(&text);
    cos_add_text(v, &text);
    bool has = text.length > 0;
    buf_drop(&text);
    return has;
}
