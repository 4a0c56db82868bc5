/* A field of a Table Schema from JSON: type, format, what belongs to the type, constraints and categories. Reading
 * cells by it is field.c's. */
#include "dataset/schema.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/nearest.h"
#include "base/node.h"
#include "base/utf8.h"
#include "dataset/field_inside.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct loader {
    struct arena *arena;
    struct diags *diags;
    const struct node *node; /* the field */
};

static const char *const none[] = { NULL };

static const struct {
    const char *name;
    enum field_type type;
} types[] = {
    { "string", FIELD_STRING },     { "integer", FIELD_INTEGER },     { "number", FIELD_NUMBER },
    { "boolean", FIELD_BOOLEAN },   { "date", FIELD_DATE },           { "datetime", FIELD_DATETIME },
    { "time", FIELD_TIME },         { "year", FIELD_YEAR },           { "yearmonth", FIELD_YEARMONTH },
    { "duration", FIELD_DURATION }, { "list", FIELD_LIST },           { "geopoint", FIELD_GEOPOINT },
    { "any", FIELD_ANY },
};

enum { TYPES = sizeof types / sizeof *types };

enum { RANGE_MAX = 4096 }; /* characters of a range in a pattern */

/* --- type and format -------------------------------------------------------------------------------------- */

static void read_type(const struct loader *l, struct field *field)
{
    const char *names[TYPES], *name = "any"; /* the default of v2 */

    field->type = FIELD_ANY;
    if (node_get(l->node, "type") && !node_text(l->node, "type", false, &name, l->diags))
        return;
    for (size_t i = 0; i < TYPES; i++) {
        names[i] = types[i].name;
        if (strcmp(name, types[i].name) == 0) {
            field->type = types[i].type;
            return;
        }
    }
    struct place at = node_get(l->node, "type")->at;
    bool json = strcmp(name, "object") == 0 || strcmp(name, "array") == 0 || strcmp(name, "geojson") == 0;
    const char *near = json ? NULL : nearest_known(name, names, TYPES);
    if (json)
        diag_add(l->diags, DIAG_PACKAGE_VALUE, at,
                 "the type '%s' is not read, since JSON in a cell cannot be counted or printed; give each value a "
                 "column, or use string", name);
    else if (near)
        diag_add(l->diags, DIAG_PACKAGE_VALUE, at, "the type '%s' is not read; did you mean '%s'?", name, near);
    else
        diag_add(l->diags, DIAG_PACKAGE_VALUE, at,
                 "the type '%s' is not read; use string, integer, number, boolean, date, datetime, time, year, "
                 "yearmonth, duration, list, geopoint or any", name);
}

static bool is_temporal(const struct field *field)
{
    return field->type == FIELD_DATE || field->type == FIELD_DATETIME || field->type == FIELD_TIME;
}

static void read_pattern_format(const struct loader *l, const char *format, struct place at, struct field *field)
{
    static const char *const what[] = { [FIELD_DATE] = "a day", [FIELD_DATETIME] = "a day and time",
                                        [FIELD_TIME] = "a time" };
    struct buf example;

    if (strncmp(format, "fmt:", 4) == 0) /* of v0; v2 wants it taken off */
        format += 4;
    const char *fault = field_format_fault(field->type, format, l->arena);
    if (fault) {
        diag_add(l->diags, DIAG_PACKAGE_UNSUPPORTED, at, "the format '%s' cannot be used: %s", format, fault);
        return;
    }
    buf_init(&example);
    field_format_example(format, &example);
    field->format = format;
    field->wanted = arena_printf(l->arena, "%s as %s, in the format %s", what[field->type], example.data, format);
    buf_drop(&example);
}

static void read_format(const struct loader *l, struct field *field)
{
    static const struct {
        enum field_type type;
        const char *format, *wanted;
    } known[] = {
        { FIELD_STRING, "email", "an address as name@example.org" },
        { FIELD_STRING, "uri", "an address as https://example.org/page" },
        { FIELD_STRING, "uuid", "a UUID as 123e4567-e89b-12d3-a456-426614174000" },
        { FIELD_GEOPOINT, "array",
          "a longitude from -180 to 180 and a latitude from -90 to 90, as [44.36, 33.31]" },
        { FIELD_GEOPOINT, "object",
          "a longitude from -180 to 180 and a latitude from -90 to 90, as {\"lon\": 44.36, \"lat\": 33.31}" },
    };
    const struct node *node = node_get(l->node, "format");
    const char *format = "default";

    if (!node || !node_text(l->node, "format", false, &format, l->diags) || strcmp(format, "default") == 0)
        return;
    if (is_temporal(field)) {
        read_pattern_format(l, format, node->at, field);
        return;
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].type == field->type && strcmp(known[i].format, format) == 0) {
            field->format = known[i].format;
            field->wanted = known[i].wanted;
            return;
        }
    if (field->type == FIELD_STRING)
        diag_add(l->diags, DIAG_PACKAGE_UNSUPPORTED, node->at,
                 "the format '%s' of a string is not read%s; use default, email, uri or uuid", format,
                 strcmp(format, "binary") == 0 ? ", since bytes cannot be printed" : "");
    else if (field->type == FIELD_GEOPOINT)
        diag_add(l->diags, DIAG_PACKAGE_UNSUPPORTED, node->at,
                 "the format '%s' of a geopoint is not known; use default, array or object", format);
    else
        diag_add(l->diags, DIAG_PACKAGE_UNSUPPORTED, node->at,
                 "the format '%s' is not known, this type has only one; take it out", format);
}

/* --- what belongs to one type ----------------------------------------------------------------------------- */

/* Properties that only some types have; given to another type they would be dropped silently. */
static void check_suits(const struct loader *l, const struct field *field)
{
    static const struct {
        const char *key, *suits;
        unsigned types;
    } owned[] = {
        { "decimalChar", "number", 1u << FIELD_NUMBER },
        { "groupChar", "number and integer", 1u << FIELD_NUMBER | 1u << FIELD_INTEGER },
        { "bareNumber", "number and integer", 1u << FIELD_NUMBER | 1u << FIELD_INTEGER },
        { "trueValues", "boolean", 1u << FIELD_BOOLEAN },
        { "falseValues", "boolean", 1u << FIELD_BOOLEAN },
        { "delimiter", "list", 1u << FIELD_LIST },
        { "itemType", "list", 1u << FIELD_LIST },
        { "partialDates", "date", 1u << FIELD_DATE },
        { "categories", "string and integer", 1u << FIELD_STRING | 1u << FIELD_INTEGER },
        { "categoriesOrdered", "string and integer", 1u << FIELD_STRING | 1u << FIELD_INTEGER },
    };
    for (size_t i = 0; i < l->node->count; i++)
        for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
            if (strcmp(l->node->keys[i], owned[k].key) == 0 && !(owned[k].types >> field->type & 1))
                diag_add(l->diags, DIAG_PACKAGE_PROPERTY, l->node->key_at[i],
                         "'%s' suits the types %s only, and is not used here; take it out", owned[k].key,
                         owned[k].suits);
}

/* One character, in any script, that can part or mark digits; 0 with a diagnostic when it is none. */
static uint32_t read_sign(const struct loader *l, const char *key, bool *given)
{
    const struct node *node = node_get(l->node, key);
    const char *text, *p;

    *given = node != NULL;
    if (!node || !node_text(l->node, key, false, &text, l->diags))
        return 0;
    p = text;
    uint32_t c = *p ? utf8_next(&p) : 0;
    if (c && !*p && (c >= 0x80 || !strchr("0123456789+-\n\r", (int)c)))
        return c;
    diag_add(l->diags, DIAG_PACKAGE_VALUE, node->at, "'%s' is '%s'; write one character that is no digit or sign",
             key, text);
    return 0;
}

static void read_number(const struct loader *l, struct field *field)
{
    bool has_decimal, has_group;
    uint32_t decimal = read_sign(l, "decimalChar", &has_decimal), group = read_sign(l, "groupChar", &has_group);

    node_bool(l->node, "bareNumber", false, &field->bare, l->diags);
    if (field->type == FIELD_NUMBER && decimal)
        field->decimal = decimal;
    if (group && group == field->decimal) {
        diag_add(l->diags, DIAG_PACKAGE_VALUE, node_get(l->node, "groupChar")->at,
                 "groupChar and decimalChar are one%s; use two characters",
                 has_decimal ? "" : ", which is '.' unless it is given");
        return;
    }
    if (group)
        field->group = node_get(l->node, "groupChar")->text;
    if (field->type == FIELD_NUMBER && (decimal || group)) {
        struct buf example;
        buf_init(&example);
        buf_printf(&example, "a number of at most %d digits, as 1%s200", FIELD_NUMBER_DIGITS,
                   field->group ? field->group : "");
        buf_add_utf8(&example, field->decimal);
        buf_add_char(&example, '5');
        field->wanted = arena_string(l->arena, example.data);
        buf_drop(&example);
    } else if (group) {
        field->wanted = arena_printf(l->arena, "a whole number of at most %d digits, as 1%s200",
                                     FIELD_INTEGER_DIGITS, field->group);
    }
}

static void read_list(const struct loader *l, struct field *field)
{
    const char *type = "string";
    bool given;
    uint32_t delimiter = read_sign(l, "delimiter", &given);

    if (delimiter)
        field->list_delimiter = delimiter;
    if (given && delimiter)
        field->wanted = arena_printf(l->arena, "texts with '%s' between them", node_get(l->node, "delimiter")->text);
    if (node_get(l->node, "itemType") && node_text(l->node, "itemType", false, &type, l->diags)
        && strcmp(type, "string") != 0)
        diag_add(l->diags, DIAG_PACKAGE_UNSUPPORTED, node_get(l->node, "itemType")->at,
                 "a list of '%s' is not supported; its items are texts: write string", type);
}

static void read_boolean(const struct loader *l, struct field *field)
{
    static const char *const keys[] = { "trueValues", "falseValues" };
    struct text_list *const lists[] = { &field->truths, &field->falsehoods };

    for (int i = 0; i < 2; i++) {
        const struct node *words = node_get(l->node, keys[i]);
        if (words)
            schema_read_texts(words, keys[i], l->arena, lists[i], l->diags);
    }
    for (size_t i = 0; i < field->truths.count; i++)
        if (field_in_list(&field->falsehoods, field->truths.texts[i], strlen(field->truths.texts[i])))
            diag_add(l->diags, DIAG_PACKAGE_VALUE, field->at,
                     "field '%s': '%s' is a true value and a false one; give trueValues and falseValues of its own",
                     field->name, field->truths.texts[i]);
}

static void read_date(const struct loader *l, struct field *field)
{
    node_bool(l->node, "partialDates", false, &field->partial, l->diags);
    if (field->partial)
        field->wanted = arena_printf(l->arena, "%s; 00 is a day or month that is not known", field_wanted(field));
}

/* --- values in the description ---------------------------------------------------------------------------- */

/* A value of the field's type: as a cell writes it, or as JSON and the default forms do. */
static bool read_value(const struct loader *l, const struct node *node, const struct field *field, struct value *out)
{
    static const char *const truth[] = { "true" }, *const falsehood[] = { "false" };
    struct field standard = *field;

    if (node->kind != NODE_SCALAR)
        return false;
    size_t length = strlen(node->text);
    if (!node->plain && field_parse(field, node->text, length, l->arena, out))
        return true;
    if (field->type == FIELD_NUMBER || field->type == FIELD_INTEGER) {
        standard.decimal = '.';
        standard.group = NULL;
        standard.bare = true;
    } else if (field->type == FIELD_BOOLEAN && node->plain) {
        standard.truths = (struct text_list){ truth, 1 };
        standard.falsehoods = (struct text_list){ falsehood, 1 };
    } else if (is_temporal(field)) {
        standard.format = NULL;
    }
    return field_parse(&standard, node->text, length, l->arena, out);
}

static void add_constraint_error(const struct loader *l, struct place at, const struct field *field,
                                 const char *what)
{
    diag_add(l->diags, DIAG_SCHEMA_CONSTRAINT, at, "field '%s': %s", field->name, what);
}

static bool is_ordered(const struct field *field)
{
    switch (field->type) {
    case FIELD_INTEGER:
    case FIELD_NUMBER:
    case FIELD_DATE:
    case FIELD_DATETIME:
    case FIELD_TIME:
    case FIELD_YEAR:
    case FIELD_YEARMONTH:
        return true;
    default:
        return false;
    }
}

static void read_bound(const struct loader *l, const struct node *map, const char *key, const struct field *field,
                       struct value *bound)
{
    const struct node *node = node_get(map, key);
    if (!node)
        return;
    if (!is_ordered(field)) {
        add_constraint_error(l, node->at, field,
                             field->type == FIELD_DURATION
                                 ? "a month has no fixed length, so durations have no minimum or maximum"
                                 : "minimum and maximum suit numbers, dates, times and years only");
        return;
    }
    if (!read_value(l, node, field, bound)) {
        *bound = (struct value){ .type = VALUE_NULL };
        diag_add(l->diags, DIAG_SCHEMA_CONSTRAINT, node->at,
                 "field '%s': the %s is not of its type; write %s", field->name, key, field_wanted(field));
    }
}

static void read_bounds(const struct loader *l, const struct node *map, struct field *field)
{
    read_bound(l, map, "minimum", field, &field->minimum);
    read_bound(l, map, "maximum", field, &field->maximum);
    read_bound(l, map, "exclusiveMinimum", field, &field->exclusive_minimum);
    read_bound(l, map, "exclusiveMaximum", field, &field->exclusive_maximum);
    if (field->minimum.type && field->maximum.type && field_compare(field->minimum, field->maximum) > 0)
        add_constraint_error(l, node_get(map, "minimum")->at, field,
                             "the minimum is above the maximum; no cell could be both");
}

static void read_length(const struct loader *l, const struct node *map, const char *key, struct field *field,
                        size_t *length)
{
    const struct node *node = node_get(map, key);
    int64_t value;
    if (!node)
        return;
    if (field->type != FIELD_STRING && field->type != FIELD_ANY && field->type != FIELD_LIST)
        add_constraint_error(l, node->at, field, "minLength and maxLength suit strings and lists only");
    else if (node_int(map, key, false, &value, l->diags)) {
        if (value < 0)
            add_constraint_error(l, node->at, field, "a length cannot be below 0");
        else
            *length = (size_t)value;
    }
}

/* \d and its kin are no part of POSIX regular expressions; silently they would match a plain 'd'. */
static bool has_class_escape(const char *pattern)
{
    for (const char *p = pattern; *p; p++)
        if (*p == '\\' && p[1] && isalnum((unsigned char)*++p))
            return true;
    return false;
}

/* "a-z" behind `p`, the first of a bracket's items: its ends, and `p` behind it. False when it is no range, or one
 * of ASCII, which regcomp knows itself. */
static bool take_range(const char **p, uint32_t *from, uint32_t *to)
{
    const char *q = *p;
    *from = utf8_next(&q);
    if (*q != '-' || q[1] == ']' || q[1] == '\0')
        return false;
    q++;
    *to = utf8_next(&q);
    if (*to < 0x80)
        return false;
    *p = q;
    return true;
}

/* glibc's C.UTF-8 has no order of characters, so that regcomp refuses [ء-ي]: ranges are written out. False when
 * one is too long or runs backwards. */
static bool write_out_ranges(const char *pattern, struct buf *out)
{
    const char *bracket = NULL; /* the first item of the one that is open */
    uint32_t from, to;

    for (const char *p = pattern; *p;) {
        if (!bracket && *p == '\\' && p[1]) {
            buf_add_char(out, *p++);
        } else if (!bracket && *p == '[') {
            bracket = p + 1 + (p[1] == '^');
        } else if (bracket && *p == '[' && p[1] && strchr(".:=", p[1])) { /* [:alpha:] */
            const char *end = strchr(p + 2, ']');
            while (p < end)
                buf_add_char(out, *p++);
        } else if (*p == ']' && p > bracket) {
            bracket = NULL;
        } else if (bracket && p >= bracket && take_range(&p, &from, &to)) {
            if (to < from || to - from >= RANGE_MAX)
                return false;
            for (; from <= to; from++)
                buf_add_utf8(out, from);
            continue;
        }
        if (*p)
            buf_add_utf8(out, utf8_next(&p));
    }
    return true;
}

/* NULL, or why the pattern cannot be used. */
static const char *compile(const struct loader *l, const char *pattern, struct field *field)
{
    struct buf whole; /* ^(...)$, as XML Schema's patterns: the whole cell */
    char reason[128];

    if (has_class_escape(pattern))
        return "escapes such as \\d are not known in a pattern; write [0-9] (POSIX extended)";
    buf_init(&whole);
    buf_add_string(&whole, "^(");
    if (!write_out_ranges(pattern, &whole)) {
        buf_drop(&whole);
        return "a range in the pattern runs backwards or is too long; write a shorter one";
    }
    buf_add_string(&whole, ")$");
    field->matcher = xcalloc(1, sizeof *field->matcher);
    field->letters = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = field->letters ? uselocale(field->letters) : (locale_t)0;
    int error = regcomp(field->matcher, whole.data, REG_EXTENDED | REG_NOSUB);
    if (before)
        uselocale(before);
    buf_drop(&whole);
    if (!error)
        return NULL;
    regerror(error, field->matcher, reason, sizeof reason);
    free(field->matcher);
    field->matcher = NULL;
    return arena_printf(l->arena, "the pattern is no POSIX extended regular expression: %s", reason);
}

static void read_pattern(const struct loader *l, const struct node *map, struct field *field)
{
    if (!node_get(map, "pattern") || !node_text(map, "pattern", false, &field->pattern, l->diags))
        return;
    const char *fault = compile(l, field->pattern, field);
    if (fault)
        add_constraint_error(l, node_get(map, "pattern")->at, field, fault);
}

static void read_enum(const struct loader *l, const struct node *map, struct field *field)
{
    const struct node *node = node_get(map, "enum");
    if (!node)
        return;
    if (node->kind != NODE_LIST || node->count == 0) {
        add_constraint_error(l, node->at, field, "enum is no list of values; write [\"a\", \"b\"]");
        return;
    }
    struct value *allowed = arena_array(l->arena, node->count, sizeof *allowed);
    for (size_t i = 0; i < node->count; i++)
        if (!read_value(l, node->items[i], field, &allowed[i])) {
            diag_add(l->diags, DIAG_SCHEMA_CONSTRAINT, node->items[i]->at,
                     "field '%s': '%s' is not of the field's type; write %s", field->name,
                     node->items[i]->text ? node->items[i]->text : "[...]", field_wanted(field));
            return;
        }
    field->allowed = allowed;
    field->allowed_count = node->count;
}

static void read_constraints(const struct loader *l, struct field *field)
{
    static const char *const used[] = { "required",  "unique",    "minimum", "maximum",          "exclusiveMinimum",
                                        "minLength", "maxLength", "pattern", "exclusiveMaximum", "enum", NULL };
    static const char *const refused[] = { "jsonSchema", NULL };
    const struct node *map = node_get(l->node, "constraints");

    if (!map)
        return;
    if (map->kind != NODE_MAP) {
        add_constraint_error(l, map->at, field, "'constraints' is no object; write {\"required\": true}");
        return;
    }
    schema_check_properties(map, "constraints", used, none, refused, l->diags);
    node_bool(map, "required", false, &field->required, l->diags);
    node_bool(map, "unique", false, &field->unique, l->diags);
    read_bounds(l, map, field);
    read_length(l, map, "minLength", field, &field->min_length);
    read_length(l, map, "maxLength", field, &field->max_length);
    if (field->min_length > field->max_length)
        add_constraint_error(l, node_get(map, "minLength")->at, field,
                             "minLength is above maxLength; no cell could be both");
    read_pattern(l, map, field);
    read_enum(l, map, field);
}

/* --- categories ------------------------------------------------------------------------------------------- */

static bool read_category(const struct loader *l, const struct node *node, const struct field *field,
                          struct category *out)
{
    static const char *const used[] = { "value", "label", "labels", NULL };
    static const char *const carried[] = { "description", NULL };
    const struct node *value = node;

    if (node->kind == NODE_MAP) {
        schema_check_properties(node, "a category", used, carried, none, l->diags);
        schema_read_label(node, "label", out->label, l->diags);
        value = node_get(node, "value");
        if (!value) {
            diag_add(l->diags, DIAG_KEY_MISSING, node->at, "the key 'value' is missing; write what cells hold");
            return false;
        }
    }
    if (read_value(l, value, field, &out->value))
        return true;
    diag_add(l->diags, DIAG_SCHEMA_CONSTRAINT, value->at, "field '%s': '%s' is not of the field's type; write %s",
             field->name, value->text ? value->text : "[...]", field_wanted(field));
    return false;
}

/* The category `i` against those before it. */
static void check_category(const struct loader *l, const struct node *node, const struct field *field,
                           const struct category *all, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        const char *a = all[i].label[LANG_EN], *b = all[j].label[LANG_EN];
        bool same = field_compare(all[i].value, all[j].value) == 0;
        if (!same && !(a && b && strcmp(a, b) == 0))
            continue;
        diag_add(l->diags, DIAG_SCHEMA_CONSTRAINT, node->at,
                 "field '%s': the category's %s is there already, in line %u; give each its own", field->name,
                 same ? "value" : "label", (unsigned)node_get(l->node, "categories")->items[j]->at.line);
        return;
    }
}

static void read_categories(const struct loader *l, struct field *field)
{
    const struct node *list = node_get(l->node, "categories");

    node_bool(l->node, "categoriesOrdered", false, &field->categories_ordered, l->diags);
    if (!list)
        return;
    if (list->kind != NODE_LIST || list->count == 0) {
        diag_add(l->diags, DIAG_PACKAGE_VALUE, list->at,
                 "'categories' is no list of values; write [\"a\", \"b\"] or [{\"value\": \"a\", \"label\": \"A\"}]");
        return;
    }
    struct category *all = arena_array(l->arena, list->count, sizeof *all);
    for (size_t i = 0; i < list->count; i++) {
        if (!read_category(l, list->items[i], field, &all[i]))
            return;
        check_category(l, list->items[i], field, all, i);
    }
    field->categories = all;
    field->category_count = list->count;
}

/* An enum is part of the categories, or no cell could be right. */
static void check_enum(const struct loader *l, const struct field *field)
{
    for (size_t i = 0; field->categories && i < field->allowed_count; i++) {
        size_t k = 0;
        while (k < field->category_count && field_compare(field->allowed[i], field->categories[k].value) != 0)
            k++;
        if (k == field->category_count)
            add_constraint_error(l, node_get(node_get(l->node, "constraints"), "enum")->items[i]->at, field,
                                 "a value of enum is none of the categories; take it out, or add the category");
    }
}

/* --- the field -------------------------------------------------------------------------------------------- */

static void read_own(const struct loader *l, struct field *field)
{
    switch (field->type) {
    case FIELD_NUMBER:
    case FIELD_INTEGER:
        read_number(l, field);
        break;
    case FIELD_BOOLEAN:
        read_boolean(l, field);
        break;
    case FIELD_DATE:
        read_date(l, field);
        break;
    case FIELD_LIST:
        read_list(l, field);
        break;
    default:
        break;
    }
    check_suits(l, field);
}

bool schema_read_field(const struct node *node, const struct text_list *missing, struct arena *arena,
                       struct field *field, struct diags *diags)
{
    static const char *const used[] = { "name",        "type",        "format",       "title",       "labels",
                                        "constraints", "missingValues", "trueValues", "falseValues", "decimalChar",
                                        "groupChar",   "bareNumber",  "categories",   "categoriesOrdered",
                                        "delimiter",   "itemType",    "partialDates", NULL };
    static const char *const carried[] = { "description", "example", "rdfType", NULL };
    static const char *const truths[] = { "true", "True", "TRUE", "1" };
    static const char *const falsehoods[] = { "false", "False", "FALSE", "0" };
    const struct loader l = { .arena = arena, .diags = diags, .node = node };

    *field = (struct field){ .name = "", .at = node->at, .max_length = SIZE_MAX, .missing = *missing,
                             .truths = { truths, 4 }, .falsehoods = { falsehoods, 4 }, .decimal = '.', .bare = true,
                             .list_delimiter = ',' };
    if (node->kind != NODE_MAP) {
        diag_add(diags, DIAG_PACKAGE_VALUE, node->at,
                 "a field is no object; write {\"name\": ..., \"type\": ...}");
        return false;
    }
    schema_check_properties(node, "a field", used, carried, none, diags);
    if (node_text(node, "name", true, &field->name, diags)) {
        field->at = node_get(node, "name")->at;
        if (!*field->name)
            diag_add(diags, DIAG_SCHEMA_FIELD, field->at,
                     "a field's name is empty; write the column's name");
    }
    read_type(&l, field);
    read_format(&l, field);
    schema_read_labels(node, field->title, diags);
    schema_read_missing(node, arena, &field->missing, diags);
    read_own(&l, field);
    if (field->type == FIELD_STRING || field->type == FIELD_INTEGER)
        read_categories(&l, field);
    read_constraints(&l, field);
    check_enum(&l, field);
    field_prepare(field);
    return true;
}
