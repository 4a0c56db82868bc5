/*
 * One cell by one field: lexical form, then constraints. Table Schema v2, section "Field Types".
 * Digits may be Arabic-Indic (U+0660) or Extended Arabic-Indic (U+06F0), the decimal sign U+066B.
 * Knows nothing of files, rows or other cells.
 */
#include "dataset/field.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longer texts are no number or date. Digits of a number that a double carries unchanged: see sql.c. */
enum { LEXICAL_MAX = 64, NUMBER_DIGITS = 15 };

const char *field_quote(char room[FIELD_QUOTE_ROOM], const char *text, size_t length)
{
    size_t n = length;
    if (n > FIELD_QUOTE) {
        n = FIELD_QUOTE;
        while (n && ((unsigned char)text[n] & 0xC0) == 0x80)
            n--;
    }
    memcpy(room, text, n);
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)room[i] < 0x20)
            room[i] = ' ';
    memcpy(room + n, n < length ? "..." : "", n < length ? 4 : 1);
    return room;
}

/* Digits and decimal sign in ASCII; 0 when it is too long. All else stays as it is. */
static size_t to_ascii(const char *text, size_t length, char out[LEXICAL_MAX])
{
    size_t n = 0;
    for (const char *p = text; p < text + length;) {
        const char *from = p;
        uint32_t c = utf8_next(&p);
        size_t bytes = (size_t)(p - from);
        if (n + bytes > LEXICAL_MAX)
            return 0;
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
    return n;
}

/* The number that `count` digits write, or -1 when one of them is none. */
static int digits_at(const char *text, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static bool is_day(const char *text, size_t length)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (length != 10 || text[4] != '-' || text[7] != '-')
        return false;
    int year = digits_at(text, 4), month = digits_at(text + 5, 2), day = digits_at(text + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && leap);
}

bool field_is_day(const char *text)
{
    return is_day(text, strlen(text));
}

static bool in_list(const struct text_list *list, const char *text, size_t length)
{
    for (size_t i = 0; i < list->count; i++)
        if (strlen(list->texts[i]) == length && memcmp(list->texts[i], text, length) == 0)
            return true;
    return false;
}

/* Significant digits, zeros at the end of the fraction not counted. */
static int digits_of(struct num n)
{
    int digits = 0;
    while (n.scale && n.coefficient % 10 == 0) {
        n.coefficient /= 10;
        n.scale--;
    }
    for (; n.coefficient; n.coefficient /= 10)
        digits++;
    return digits;
}

static bool parse_number(const struct field *field, const char *text, size_t length, struct value *out)
{
    char ascii[LEXICAL_MAX + 1];
    size_t n = to_ascii(text, length, ascii);
    struct num num;

    if (!n || !num_parse(ascii, n, &num))
        return false;
    if (field->type == FIELD_NUMBER) {
        *out = (struct value){ .type = VALUE_NUMBER, .num = num };
        return digits_of(num) <= NUMBER_DIGITS;
    }
    *out = (struct value){ .type = VALUE_INTEGER, .num = num };
    return num.scale == 0 && (field->type == FIELD_INTEGER || (n == 4 && digits_at(ascii, 4) >= 0));
}

static bool parse_date(const char *text, size_t length, struct arena *arena, struct value *out)
{
    char ascii[LEXICAL_MAX + 1];
    size_t n = to_ascii(text, length, ascii);
    if (!is_day(ascii, n))
        return false;
    *out = (struct value){ .type = VALUE_DATE, .text = arena_string_n(arena, ascii, n) };
    return true;
}

bool field_parse(const struct field *field, const char *text, size_t length, struct arena *arena,
                 struct value *out)
{
    switch (field->type) {
    case FIELD_INTEGER:
    case FIELD_NUMBER:
    case FIELD_YEAR:
        return parse_number(field, text, length, out);
    case FIELD_DATE:
        return parse_date(text, length, arena, out);
    case FIELD_BOOLEAN: {
        bool yes = in_list(&field->truths, text, length);
        *out = (struct value){ .type = VALUE_BOOLEAN, .num = num_from_int(yes) };
        return yes || in_list(&field->falsehoods, text, length);
    }
    default:
        *out = (struct value){ .type = VALUE_TEXT, .text = arena_string_n(arena, text, length) };
        return true;
    }
}

const char *field_wanted(const struct field *field)
{
    switch (field->type) {
    case FIELD_INTEGER:
        return "a whole number of at most 18 digits, as 1200";
    case FIELD_NUMBER:
        return "a number of at most 15 digits, as 12.5";
    case FIELD_BOOLEAN:
        return "true or false, as the field's trueValues and falseValues write them";
    case FIELD_DATE:
        return "a day as 2024-01-31";
    case FIELD_YEAR:
        return "a year as 2024";
    default:
        return "a text";
    }
}

enum value_type field_value_type(const struct field *field)
{
    switch (field->type) {
    case FIELD_INTEGER:
    case FIELD_YEAR:
        return VALUE_INTEGER;
    case FIELD_NUMBER:
        return VALUE_NUMBER;
    case FIELD_BOOLEAN:
        return VALUE_BOOLEAN;
    case FIELD_DATE:
        return VALUE_DATE;
    default:
        return VALUE_TEXT;
    }
}

int field_compare(struct value a, struct value b)
{
    if (a.type == VALUE_TEXT || a.type == VALUE_DATE)
        return strcmp(a.text, b.text); /* ISO days sort as text */
    return num_compare(a.num, b.num);
}

/* A value as a message shows it. */
static void add_value(struct buf *out, struct value value)
{
    if (value.type == VALUE_TEXT || value.type == VALUE_DATE)
        buf_add_string(out, value.text);
    else if (value.type == VALUE_BOOLEAN)
        buf_add_string(out, value.num.coefficient ? "true" : "false");
    else
        num_format(value.num, out);
}

static bool check_range(const struct field *field, const char *shown, struct value value, struct place at,
                        struct diags *diags)
{
    bool low = field->minimum.type != VALUE_NULL && field_compare(value, field->minimum) < 0;
    bool high = field->maximum.type != VALUE_NULL && field_compare(value, field->maximum) > 0;
    if (!low && !high)
        return true;

    struct buf bound;
    buf_init(&bound);
    add_value(&bound, low ? field->minimum : field->maximum);
    diag_add(diags, DIAG_CELL_RANGE, at, "field '%s': '%s' is %s the %s; write %s or %s", field->name, shown,
             low ? "below" : "above", low ? "minimum" : "maximum", bound.data, low ? "more" : "less");
    buf_drop(&bound);
    return false;
}

static bool check_length(const struct field *field, const char *shown, const char *text, size_t length,
                         struct place at, struct diags *diags)
{
    size_t count = utf8_count(text, length);
    if (count < field->min_length) {
        diag_add(diags, DIAG_CELL_LENGTH, at, "field '%s': '%s' has %zu character%s; at least %zu are needed",
                 field->name, shown, count, count == 1 ? "" : "s", field->min_length);
        return false;
    }
    if (count > field->max_length) {
        diag_add(diags, DIAG_CELL_LENGTH, at, "field '%s': '%s' has %zu character%s; at most %zu are allowed",
                 field->name, shown, count, count == 1 ? "" : "s", field->max_length);
        return false;
    }
    return true;
}

static bool check_pattern(const struct field *field, const char *shown, const char *text, size_t length,
                          struct place at, struct diags *diags)
{
    if (!field->matcher)
        return true;
    char *copy = memcpy(xcalloc(length + 1, 1), text, length);
    bool fits = regexec(field->matcher, copy, 0, NULL, 0) == 0;
    free(copy);
    if (!fits)
        diag_add(diags, DIAG_CELL_PATTERN, at, "field '%s': '%s' does not match; the pattern is %s",
                 field->name, shown, field->pattern);
    return fits;
}

static bool check_enum(const struct field *field, const char *shown, struct value value, struct place at,
                       struct diags *diags)
{
    if (!field->allowed)
        return true;
    for (size_t i = 0; i < field->allowed_count; i++)
        if (field_compare(value, field->allowed[i]) == 0)
            return true;

    struct buf list;
    buf_init(&list);
    for (size_t i = 0; i < field->allowed_count; i++) {
        buf_add_string(&list, i ? ", " : "");
        add_value(&list, field->allowed[i]);
    }
    diag_add(diags, DIAG_CELL_ENUM, at, "field '%s': '%s' is not allowed; write one of %s", field->name,
             shown, list.data);
    buf_drop(&list);
    return false;
}

bool field_read(const struct field *field, const char *text, size_t length, struct place at,
                struct arena *arena, struct value *out, struct diags *diags)
{
    char shown[FIELD_QUOTE_ROOM];

    *out = (struct value){ .type = VALUE_NULL };
    if (in_list(&field->missing, text, length)) {
        if (field->required)
            diag_add(diags, DIAG_CELL_REQUIRED, at, "field '%s' is empty; it is required: write %s",
                     field->name, field_wanted(field));
        return !field->required;
    }
    field_quote(shown, text, length);
    if (!field_parse(field, text, length, arena, out)) {
        diag_add(diags, DIAG_CELL_TYPE, at, "field '%s': '%s' cannot be read; write %s", field->name, shown,
                 field_wanted(field));
        return false;
    }
    bool fine = check_range(field, shown, *out, at, diags);
    fine &= check_length(field, shown, text, length, at, diags);
    fine &= check_pattern(field, shown, text, length, at, diags);
    fine &= check_enum(field, shown, *out, at, diags);
    return fine;
}

void field_drop(struct field *field)
{
    if (field->matcher)
        regfree(field->matcher);
    free(field->matcher);
    field->matcher = NULL;
}
