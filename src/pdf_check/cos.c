/* Reading PDF syntax (ISO 32000-1, 7.2 and 7.3). Knows no objects and follows no reference. */
#include "pdf_check/cos.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

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

static void skip_space(struct cursor *c)
{
    const char *p = c->at;
    for (; p < c->end && (class_of(*p) == SPACE || *p == '%'); p++)
        if (*p == '%')
            while (p + 1 < c->end && p[1] != '\n' && p[1] != '\r')
                p++;
    c->at = p;
}

/* --- one token --- */

static struct cos bad(struct cursor *c, const char *from)
{
    return cos_of(COS_BAD, from, c->at);
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
            return cos_of(COS_STRING, from, c->at);
    }
    return bad(c, from);
}

static struct cos take_hex(struct cursor *c)
{
    const char *from = c->at;
    const char *close = memchr(from, '>', (size_t)(c->end - from));
    c->at = close ? close + 1 : c->end;
    return close ? cos_of(COS_HEX, from, c->at) : bad(c, from);
}

static enum cos_kind kind_of_word(const char *at, size_t length)
{
    if (length == 4 && memcmp(at, "null", 4) == 0)
        return COS_NULL;
    bool is_bool = (length == 4 && memcmp(at, "true", 4) == 0) || (length == 5 && memcmp(at, "false", 5) == 0);
    return is_bool ? COS_BOOL : COS_WORD;
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

static struct cos take_number(struct cursor *c)
{
    const char *from = c->at, *p = from + (*from == '+' || *from == '-'), *digits = p;
    while (p < c->end && is_digit(*p))
        p++;
    bool integer = p > digits;
    if (integer && p < c->end && *p == '.') {
        integer = false;
        while (++p < c->end && is_digit(*p))
            continue;
    }
    if (p > digits && (p == c->end || class_of(*p) != REGULAR)) { /* most are plain */
        c->at = p;
        return cos_of(integer ? COS_INTEGER : COS_REAL, from, p);
    }
    while (p < c->end && class_of(*p) == REGULAR)
        p++;
    c->at = p;
    return cos_of(kind_of_number(from, p), from, p);
}

/* From a name's slash or a word's first letter on. */
static struct cos take_word(struct cursor *c)
{
    const char *from = c->at, *p = from + 1;
    while (p < c->end && class_of(*p) == REGULAR)
        p++;
    c->at = p;
    return cos_of(*from == '/' ? COS_NAME : kind_of_word(from, (size_t)(p - from)), from, p);
}

static struct cos take_bracket(struct cursor *c)
{
    const char *from = c->at;
    bool twice = c->end - from > 1 && from[1] == *from, square = *from == '[' || *from == ']';
    if (*from == '<' && !twice)
        return take_hex(c);
    c->at += square || !twice ? 1 : 2;
    return square || twice ? cos_of(COS_WORD, from, c->at) : bad(c, from);
}

/* A bracket is a word of its own here. */
static struct cos take_token(struct cursor *c)
{
    skip_space(c);
    if (c->at == c->end)
        return cos_of(COS_NONE, c->at, c->at);
    char first = *c->at;
    if (is_digit(first) || first == '-' || first == '.' || first == '+')
        return take_number(c);
    if (first == '/' || class_of(first) == REGULAR)
        return take_word(c);
    if (is_bracket(first))
        return take_bracket(c);
    if (first == '(')
        return take_string(c);
    c->at++;
    return bad(c, c->at - 1);
}

/* --- names --- */

/* -1: none. */
static int hex_digit(char c)
{
    static const uint8_t one_more[256] = {
        ['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5, ['5'] = 6, ['6'] = 7, ['7'] = 8, ['8'] = 9, ['9'] = 10,
        ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
        ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16
    };
    return one_more[(unsigned char)c] - 1;
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

static bool is_same_name(struct cos a, struct cos b)
{
    if (b.kind != COS_NAME)
        return false;
    const char *p = a.at + 1, *q = b.at + 1;
    while (p < a.end && q < b.end)
        if (name_byte(&p, a.end) != name_byte(&q, b.end))
            return false;
    return p == a.end && q == b.end;
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
            return cos_of(*open.at == '[' ? COS_ARRAY : COS_DICT, open.at, c->at);
    }
}

/* Behind an integer: "0 R" makes it a reference. */
static bool take_reference(struct cursor *c)
{
    struct cursor ahead = *c;
    skip_space(&ahead);
    if (ahead.at == ahead.end || !is_digit(*ahead.at))
        return false;
    const struct cos generation = take_token(&ahead);
    if (generation.kind != COS_INTEGER || !cos_is_word(take_token(&ahead), "R"))
        return false;
    *c = ahead;
    return true;
}

/* To a token's place, or the cursor's end. */
static struct cursor move_to(const char *at, const char *end, const struct token *token)
{
    return at < end ? (struct cursor){ at, end, token } : cursor_of(end, end);
}

static struct cos next_on_tape(struct cursor *c)
{
    const struct token *t = c->token, *next = t + t->skip;
    const struct cos v = { (enum cos_kind)t->kind, c->at, c->at + t->length, t };
    *c = move_to(c->at + (next->at - t->at), c->end, next);
    return v;
}

struct cos cos_next(struct cursor *c, bool references)
{
    if (c->token && (references || c->token->kind != COS_REFERENCE))
        return next_on_tape(c);
    c->token = NULL;
    struct cos v = take_token(c);
    if (v.kind == COS_INTEGER && references && is_digit(*v.at) && take_reference(c))
        return cos_of(COS_REFERENCE, v.at, c->at);
    if (v.kind != COS_WORD || !is_bracket(*v.at))
        return v;
    return *v.at == '[' || *v.at == '<' ? take_nested(c, v) : bad(c, v.at);
}

struct cursor cos_inside(struct cos v)
{
    size_t bracket = v.kind == COS_ARRAY ? 1 : 2;
    if (v.kind != COS_ARRAY && v.kind != COS_DICT)
        return cursor_of(v.end, v.end);
    if (v.token)
        return move_to(v.at + (v.token[1].at - v.token->at), v.end - bracket, v.token + 1);
    return cursor_of(v.at + bracket, v.end - bracket);
}

/* A key of a dictionary on a tape, which has no name with a number sign. */
static struct cos find_on_tape(struct cos dict, const char *key, size_t length)
{
    const struct token *t = dict.token + 1, *end = dict.token + dict.token->skip;
    const char *begin = dict.at - dict.token->at;
    for (const struct token *v; t < end && (v = t + 1) < end && t->kind == COS_NAME; t = v + v->skip) {
        const char *name = begin + t->at;
        if (t->length != length + 1 || name[1] != *key || memcmp(name + 1, key, length) != 0)
            continue;
        struct cos found = { (enum cos_kind)v->kind, begin + v->at, begin + v->at + v->length, v };
        found.kind = found.kind == COS_NULL ? COS_NONE : found.kind;
        return found;
    }
    return cos_of(COS_NONE, dict.end, dict.end);
}

/* By `key`, or when that is NULL by a name. */
static struct cos find(struct cos dict, const char *key, struct cos named)
{
    struct cursor c = dict.kind == COS_DICT ? cos_inside(dict) : cursor_of(dict.end, dict.end);
    for (;;) {
        struct cos name = cos_next(&c, true), v = cos_next(&c, true);
        if (name.kind != COS_NAME || v.kind == COS_NONE)
            return cos_of(COS_NONE, c.at, c.at);
        if (key ? cos_is_name(name, key) : is_same_name(name, named))
            return v.kind == COS_NULL ? cos_of(COS_NONE, v.at, v.end) : v;
    }
}

struct cos cos_get(struct cos dict, const char *key)
{
    if (dict.token && dict.kind == COS_DICT)
        return find_on_tape(dict, key, strlen(key));
    return find(dict, key, cos_of(COS_NONE, NULL, NULL));
}

struct cos cos_get_named(struct cos dict, struct cos name)
{
    size_t length = (size_t)(name.end - name.at);
    if (dict.token && dict.kind == COS_DICT && name.kind == COS_NAME && length > 1 && !memchr(name.at, '#', length))
        return find_on_tape(dict, name.at + 1, length - 1);
    return find(dict, NULL, name);
}

size_t cos_count(struct cos v)
{
    size_t count = 0;
    struct cursor c = cos_inside(v);
    while (cos_next(&c, true).kind != COS_NONE)
        count++;
    return count;
}

/* --- tapes --- */

static uint32_t add_token(struct tape *t, enum cos_kind kind, size_t at, size_t length)
{
    if (t->count == t->room) {
        t->room = t->room ? 2 * t->room : 1024;
        t->tokens = xrealloc(t->tokens, t->room, sizeof *t->tokens);
    }
    t->tokens[t->count] = (struct token){ (uint32_t)at, (uint32_t)length, 1, (unsigned)kind & 15 };
    return (uint32_t)t->count++;
}

/* What is open: indexes of the tokens. */
struct nest {
    uint32_t open[COS_DEPTH];
    int depth;
};

/* Keys and values in turn. */
static bool has_keys(const struct token *dict, const struct token *end)
{
    const struct token *key = dict + 1;
    while (key < end && key->kind == COS_NAME && key + 1 < end)
        key += 1 + key[1].skip;
    return key >= end;
}

/* A bracket, which opens a value or closes the last one. */
static bool add_bracket(struct tape *t, struct nest *n, struct cos v, const char *begin)
{
    bool square = *v.at == '[' || *v.at == ']';
    if (*v.at == '[' || *v.at == '<') {
        if (n->depth == COS_DEPTH)
            return false;
        n->open[n->depth++] = add_token(t, square ? COS_ARRAY : COS_DICT, (size_t)(v.at - begin), 0);
        return true;
    }
    struct token *open = n->depth ? &t->tokens[n->open[--n->depth]] : NULL;
    if (!open || open->kind != (square ? COS_ARRAY : COS_DICT) || (!square && !has_keys(open, t->tokens + t->count)))
        return false;
    open->length = (uint32_t)(v.end - begin) - open->at;
    open->skip = (uint32_t)(&t->tokens[t->count] - open) & 0xFFFFFFF;
    return true;
}

/* A name that is written with a number sign may not: others are compared byte by byte. */
static bool may_stand_on_tape(struct cos v)
{
    if (v.kind == COS_NAME)
        return !memchr(v.at, '#', (size_t)(v.end - v.at));
    return v.kind != COS_NONE && v.kind != COS_BAD && v.kind != COS_WORD;
}

int64_t tape_add(struct tape *t, const char *begin, struct cursor *c)
{
    size_t first = t->count;
    struct nest nest = { .depth = 0 };
    do {
        struct cos v = take_token(c);
        if (v.kind == COS_INTEGER && is_digit(*v.at) && take_reference(c))
            v = cos_of(COS_REFERENCE, v.at, c->at);
        bool bracket = v.kind == COS_WORD && is_bracket(*v.at);
        bool good = bracket ? add_bracket(t, &nest, v, begin) : may_stand_on_tape(v);
        if (!good) {
            t->count = first;
            return TAPE_NONE;
        }
        if (!bracket)
            add_token(t, v.kind, (size_t)(v.at - begin), (size_t)(v.end - v.at));
    } while (nest.depth > 0);
    return (int64_t)first;
}

void tape_end(struct tape *t, size_t length)
{
    add_token(t, COS_NONE, length, 0);
}

struct cos tape_get(const struct tape *t, const char *begin, size_t index)
{
    const struct token *v = &t->tokens[index];
    return (struct cos){ (enum cos_kind)v->kind, begin + v->at, begin + v->at + v->length, v };
}

/* --- what a value says --- */

bool cos_is_word(struct cos v, const char *word)
{
    size_t length = strlen(word);
    return v.kind == COS_WORD && (size_t)(v.end - v.at) == length && memcmp(v.at, word, length) == 0;
}

bool cos_is_number(struct cos v)
{
    return v.kind == COS_INTEGER || v.kind == COS_REAL;
}

/* Digits, and so few that they fit. */
enum { PLAIN_DIGITS = 15 };
static int64_t plain_integer(const char *at, const char *end)
{
    int64_t v = 0;
    for (; at < end && is_digit(*at); at++)
        v = v * 10 + (*at - '0');
    return v;
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
    if (v.kind != COS_INTEGER)
        return other;
    if (v.end - v.at <= PLAIN_DIGITS && is_digit(*v.at))
        return plain_integer(v.at, v.end);
    double number = cos_number(v, 0);
    return fabs(number) < 9e15 ? (int64_t)number : number < 0 ? INT64_MIN : INT64_MAX;
}

unsigned cos_reference(struct cos v)
{
    if (v.kind != COS_REFERENCE)
        return 0;
    size_t digits = 1;
    while (is_digit(v.at[digits]))
        digits++;
    int64_t number = cos_integer(cos_of(COS_INTEGER, v.at, v.at + digits), 0);
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
    char chunk[256];
    size_t count = 0;
    for (const char *p = v.at; p < v.end; p++) {
        int digit = hex_digit(*p);
        if (digit < 0)
            continue;
        if (high >= 0)
            chunk[count++] = (char)(high * 16 + digit);
        high = high < 0 ? digit : -1;
        if (count < sizeof chunk)
            continue;
        buf_add(out, chunk, count);
        count = 0;
    }
    if (high >= 0)
        chunk[count++] = (char)(high * 16);
    buf_add(out, chunk, count);
}

void cos_add_utf16(const char *bytes, size_t length, struct buf *out)
{
    const unsigned char *p = (const unsigned char *)bytes;
    for (size_t i = 0; i + 1 < length; i += 2) {
        uint32_t c = (uint32_t)p[i] << 8 | p[i + 1];
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < length) {
            c = 0x10000 + ((c & 0x3FF) << 10) + (((uint32_t)p[i + 2] << 8 | p[i + 3]) & 0x3FF);
            i += 2;
        }
        buf_add_utf8(out, c >= 0xD800 && c < 0xE000 ? 0xFFFD : c);
    }
}

void cos_add_text(struct cos v, struct buf *out)
{
    struct buf bytes;
    buf_init(&bytes);
    cos_add_string(v, &bytes);
    const unsigned char *p = (const unsigned char *)bytes.data;
    if (bytes.length >= 2 && p[0] == 0xFE && p[1] == 0xFF)
        cos_add_utf16(bytes.data + 2, bytes.length - 2, out);
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
