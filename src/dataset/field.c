/*
 * One cell by one field: missing value, lexical form, constraints. Table Schema v2, section "Field Types"; the
 * forms themselves are in field_number.c, field_date.c and field_text.c. Knows nothing of files, rows or other
 * cells. Whole numbers and decimals come by the ten million, so they have a short way through field_read.
 */
#include "dataset/field_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool parse_boolean(const struct field *field, const char *text, size_t length, struct value *out)
{
    bool yes = field_in_list(&field->truths, text, length);
    *out = (struct value){ .type = VALUE_BOOLEAN, .num = num_from_int(yes) };
    return yes || field_in_list(&field->falsehoods, text, length);
}

bool field_parse(const struct field *field, const char *text, size_t length, struct arena *arena,
                 struct value *out)
{
    switch (field->type) {
    case FIELD_INTEGER:
    case FIELD_NUMBER:
    case FIELD_YEAR:
        return field_parse_number(field, text, length, out);
    case FIELD_DATE:
    case FIELD_DATETIME:
    case FIELD_TIME:
    case FIELD_YEARMONTH:
        return field_parse_moment(field, text, length, arena, out);
    case FIELD_DURATION:
        return field_parse_duration(text, length, arena, out);
    case FIELD_BOOLEAN:
        return parse_boolean(field, text, length, out);
    case FIELD_LIST:
        return field_parse_list(field, text, length, arena, out);
    case FIELD_GEOPOINT:
        return field_parse_point(field, text, length, arena, out);
    case FIELD_STRING:
    case FIELD_ANY:
        break;
    }
    if (field->format && !field_is_form(field->format, text, length))
        return false;
    *out = (struct value){ .type = VALUE_TEXT, .text = arena_string_n(arena, text, length) };
    return true;
}

const char *field_wanted(const struct field *field)
{
    static const char *const wanted[] = {
        [FIELD_STRING] = "a text",
        [FIELD_INTEGER] = "a whole number of at most 18 digits, as 1200",
        [FIELD_NUMBER] = "a number of at most 15 digits, as 12.5",
        [FIELD_BOOLEAN] = "true or false, as the field's trueValues and falseValues write them",
        [FIELD_DATE] = "a day as 2024-01-31",
        [FIELD_DATETIME] = "a day and time as 2024-01-31T23:59:00, or with a zone as 2024-01-31T23:59:00+03:00",
        [FIELD_TIME] = "a time as 23:59:00",
        [FIELD_YEAR] = "a year as 2024",
        [FIELD_YEARMONTH] = "a month as 2024-01",
        [FIELD_DURATION] = "a duration as P1Y2M3DT4H5M6S",
        [FIELD_LIST] = "a list of texts",
        [FIELD_GEOPOINT] = "a longitude from -180 to 180 and a latitude from -90 to 90, as 44.36, 33.31",
        [FIELD_ANY] = "a text",
    };
    return field->wanted ? field->wanted : wanted[field->type];
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
        return field->partial ? VALUE_TEXT : VALUE_DATE;
    default:
        return VALUE_TEXT;
    }
}

void field_prepare(struct field *field)
{
    field->constrained = field->minimum.type || field->maximum.type || field->exclusive_minimum.type
                      || field->exclusive_maximum.type || field->min_length || field->max_length != SIZE_MAX
                      || field->matcher || field->allowed || field->categories;
    field->missing_numbers = false;
    for (size_t i = 0; i < field->missing.count; i++)
        field->missing_numbers |= strspn(field->missing.texts[i], "-0123456789.") > 0;
}

/*
 * What most cells of numbers are: "12345", "-12.3456", few enough digits. All else has the long way, which reads
 * these the same.
 */
static bool read_plain(const struct field *field, const char *text, size_t length, struct value *out)
{
    bool negative = length && text[0] == '-';
    const char *p = text + negative, *end = text + length, *point = NULL;
    int64_t coefficient = 0;

    if (end - p > FIELD_NUMBER_DIGITS)
        return false;
    for (; p < end; p++) {
        unsigned digit = (unsigned char)*p - (unsigned)'0';
        if (digit <= 9)
            coefficient = coefficient * 10 + digit;
        else if (*p == '.' && !point && field->type == FIELD_NUMBER && field->decimal == '.')
            point = p;
        else
            return false;
    }
    if (length == negative || (point && (point == text + negative || point + 1 == end)))
        return false;
    *out = (struct value){
        .type = field->type == FIELD_NUMBER ? VALUE_NUMBER : VALUE_INTEGER,
        .num = { .coefficient = negative ? -coefficient : coefficient,
                 .scale = (uint8_t)(point ? end - point - 1 : 0) },
    };
    return field->type != FIELD_YEAR || (length == 4 && !negative);
}

static bool read_missing(const struct field *field, struct place at, struct value *out, struct diags *diags)
{
    *out = (struct value){ .type = VALUE_NULL };
    if (field->required && diags)
        diag_add(diags, DIAG_CELL_REQUIRED, at, "field '%s' is empty; it is required: write %s", field->name,
                 field_wanted(field));
    return !field->required;
}

/* Words by which files say that there is no value. */
static const char *missing_hint(const char *text, size_t length)
{
    static const char *const words[] = { "-", "--", "n/a", "#n/a", "na", "null", "none", "nil", "nan", "\\n", "..", "?",
                                         "unknown", "-0- ", "-0-", NULL };
    for (size_t i = 0; words[i]; i++)
        if (strlen(words[i]) == length && strncasecmp(text, words[i], length) == 0)
            return ", or list it in missingValues";
    return strspn(text, " ") >= length ? ", or list it in missingValues" : "";
}

bool field_read(const struct field *field, const char *text, size_t length, struct place at,
                struct arena *arena, struct value *out, struct diags *diags)
{
    bool is_number = field->type == FIELD_INTEGER || field->type == FIELD_NUMBER || field->type == FIELD_YEAR;
    bool plain = is_number && read_plain(field, text, length, out);

    if ((!plain || field->missing_numbers) && field_in_list(&field->missing, text, length))
        return read_missing(field, at, out, diags);
    if (!plain && !field_parse(field, text, length, arena, out)) {
        char shown[FIELD_QUOTE_ROOM];
        *out = (struct value){ .type = VALUE_NULL };
        if (diags)
            diag_add(diags, DIAG_CELL_TYPE, at, "field '%s': '%s' cannot be read; write %s%s", field->name,
                     field_quote(shown, text, length), field_wanted(field), missing_hint(text, length));
        return false;
    }
    return !field->constrained || field_check(field, text, length, *out, at, diags);
}

void field_drop(struct field *field)
{
    if (field->matcher)
        regfree(field->matcher);
    free(field->matcher);
    field->matcher = NULL;
    if (field->letters)
        freelocale(field->letters);
    field->letters = (locale_t)0;
}
