/*
 * Numbers as people write them, exactly: decimal and group signs, what stands around them, exponents.
 * Refused rather than guessed: groups that are not of three digits ("1,5" where the comma groups), a minus that
 * may be a hyphen, a number in parentheses, which accounts for a debit in some files and for a note in others.
 */
#include "dataset/field_inside.h"

#include "base/utf8.h"

#include <string.h>

/* A cell as one letter for each code point: digits, '.', ',' (groups), '-', '+', 'e', '(' and ' ' as they are,
 * LETTER, and OTHER: symbols. */
enum { LETTER = 'a', OTHER = '$', EXPONENT_MAX = 30 };

static char letter_of(const struct field *field, uint32_t c)
{
    if (c >= '0' && c <= '9')
        return (char)c;
    if (c >= 0x660 && c <= 0x669)
        return (char)('0' + c - 0x660);
    if (c >= 0x6F0 && c <= 0x6F9)
        return (char)('0' + c - 0x6F0);
    if (c == field->decimal || c == 0x66B)
        return '.';
    if (c == 0x66C)
        return ',';
    if (c == '-' || c == 0x2212) /* the minus of typography */
        return '-';
    if (c == '+' || c == '(')
        return (char)c;
    if (c == 'e' || c == 'E')
        return 'e';
    if (c == ' ' || c == 0xA0 || c == 0x202F)
        return ' ';
    return (c < 0x80 && ((c | 0x20) < 'a' || (c | 0x20) > 'z')) || c >= 0x2000 || (c >= 0x80 && c < 0xC0) ? OTHER
                                                                                                        : LETTER;
}

/* The number of letters, 0 when there are none or too many. */
static size_t to_letters(const struct field *field, const char *text, size_t length, char out[FIELD_LEXICAL + 1])
{
    size_t n = 0, group = field->group ? strlen(field->group) : 0;
    for (const char *p = text, *end = text + length; p < end;) {
        if (n == FIELD_LEXICAL)
            return 0;
        if (group && (size_t)(end - p) >= group && memcmp(p, field->group, group) == 0) {
            out[n++] = ',';
            p += group;
        } else {
            out[n++] = letter_of(field, utf8_next(&p));
        }
    }
    out[n] = '\0';
    return n;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What a number starts with when all before it is taken off. "Rs.500" is no fraction: its point ends a word. */
static size_t find_start(const char *letters, size_t n)
{
    size_t start = 0;
    while (start < n && !is_digit(letters[start]))
        start++;
    bool fraction = start > 0 && start < n && letters[start - 1] == '.'
                 && (start == 1 || strchr(" +-", letters[start - 2]));
    return start - fraction;
}

/* Takes off what stands before and behind the number, but for its minus, which may come before a currency sign.
 * False when it cannot be told whether a sign belongs to the number. */
static bool strip(char **letters, size_t *length)
{
    char *all = *letters;
    size_t n = *length, start = find_start(all, n), end = n, minuses = 0;

    if (start == n)
        return false;
    while (!is_digit(all[end - 1]))
        end--;
    for (size_t i = 0; i < n; i++) {
        if (all[i] == '(' && i < start)
            return false;
        if (all[i] != '-' || (i >= start && i < end))
            continue;
        bool first = i == 0, before = i + 1 == start && all[i - !first] != LETTER && all[i - !first] != 'e';
        if (i >= end || (!first && !before) || ++minuses > 1)
            return false;
    }
    if (minuses)
        all[--start] = '-';
    *letters = all + start;
    *length = end - start;
    return true;
}

/* Takes out the signs between groups. False when they do not part groups of three digits before the fraction. */
static bool take_out_groups(char *letters, size_t *length)
{
    size_t n = 0, since = 0;
    bool grouped = false, whole = true;

    for (size_t i = 0; i <= *length; i++) {
        char c = letters[i];
        if (is_digit(c) && whole) {
            since++;
        } else if (whole && (c != '-' && c != '+')) { /* a group ends */
            if (grouped && since != 3)
                return false;
            if (c == ',' && !grouped && (since == 0 || since > 3))
                return false;
            grouped |= c == ',';
            whole = c == ',';
            since = 0;
        } else if (c == ',') {
            return false;
        }
        if (c != ',')
            letters[n++] = c;
    }
    *length = n - 1; /* without the NUL */
    return true;
}

/* Significant digits, zeros at the end of the fraction not counted. */
static int digits_of(struct num n)
{
    int digits = 0;
    for (n = num_trim(n); n.coefficient; n.coefficient /= 10)
        digits++;
    return digits;
}

/* num * 10^exponent; false when it does not fit. */
static bool shift(struct num *num, int exponent)
{
    for (; exponent > 0; exponent--) {
        if (num->scale)
            num->scale--;
        else if (num->coefficient > INT64_MAX / 100 || num->coefficient < -INT64_MAX / 100)
            return false;
        else
            num->coefficient *= 10;
    }
    if (num->scale - exponent > FIELD_INTEGER_DIGITS)
        return false;
    num->scale = (uint8_t)(num->scale - exponent);
    return true;
}

static bool read_exponent(const char *text, const char *end, int *out)
{
    bool negative = text < end && *text == '-';
    int value = 0;

    text += text < end && (*text == '-' || *text == '+');
    if (text == end)
        return false;
    for (; text < end; text++) {
        if (!is_digit(*text) || value > EXPONENT_MAX)
            return false;
        value = value * 10 + (*text - '0');
    }
    *out = negative ? -value : value;
    return value <= EXPONENT_MAX;
}

bool field_plain_number(const char *text, size_t length, struct num *out)
{
    const char *end = text + length, *e = text;
    char whole[FIELD_LEXICAL + 2];
    int exponent = 0;

    while (e < end && *e != 'e' && *e != 'E')
        e++;
    if (e < end && !read_exponent(e + 1, end, &exponent))
        return false;
    size_t sign = text < e && (*text == '-' || *text == '+'), n = (size_t)(e - text);
    if (n > FIELD_LEXICAL)
        return false;
    if (n > sign && text[sign] == '.') { /* ".5" */
        memcpy(whole, text, sign);
        whole[sign] = '0';
        memcpy(whole + sign + 1, text + sign, n - sign);
        text = whole;
        n++;
    }
    return num_parse(text, n, out) && shift(out, exponent) && digits_of(*out) <= FIELD_NUMBER_DIGITS;
}

bool field_parse_number(const struct field *field, const char *text, size_t length, struct value *out)
{
    char room[FIELD_LEXICAL + 1], *letters = room;
    size_t n = to_letters(field, text, length, room);
    struct num num;

    if (!n || (!field->bare && !strip(&letters, &n)))
        return false;
    letters[n] = '\0';
    if (!take_out_groups(letters, &n))
        return false;
    if (field->type == FIELD_NUMBER) {
        if (!field_plain_number(letters, n, &num))
            return false;
        *out = (struct value){ .type = VALUE_NUMBER, .num = num };
        return true;
    }
    if (!num_parse(letters, n, &num) || num.scale)
        return false;
    *out = (struct value){ .type = VALUE_INTEGER, .num = num };
    return field->type == FIELD_INTEGER || (n == 4 && is_digit(letters[0]));
}
