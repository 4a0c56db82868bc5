/* A field of a Table Schema from JSON: type, format, and what belongs to the type. Constraints and categories are
 * schema_constraints.c's, reading cells by it field.c's. */
#include "dataset/schema_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/nearest.h"
#include "base/node.h"
#include "base/utf8.h"
#include "dataset/field_inside.h"

#include <string.h>

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

/* --- type and format -------------------------------------------------------------------------------------- */

static void read_type(const struct schema_loader *l, struct field *field)
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

static void read_pattern_format(const struct schema_loader *l, const char *format, struct place at, struct field *field)
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

static void read_format(const struct schema_loader *l, struct field *field)
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
    if (schema_is_temporal(field)) {
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
static void check_suits(const struct schema_loader *l, const struct field *field)
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
static uint32_t read_sign(const struct schema_loader *l, const char *key, bool *given)
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

static void read_number(const struct schema_loader *l, struct field *field)
{
    bool has_decimal, has_group;
    uint32_t decimal = read_sign(l, "decimalChar", &has_decimal), group = read_sign(l, "groupChar", &has_group);

    node_bool(l->node, "bareNumber", false, &field->bare, l->diags);
    if (field->type == FIELD_NUMBER && decimal)
        field->decimal = decimal;
    if (field->type == FIELD_NUMBER && group && group == field->decimal) {
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

static void read_list(const struct schema_loader *l, struct field *field)
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

static void read_boolean(const struct schema_loader *l, struct field *field)
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

static void read_date(const struct schema_loader *l, struct field *field)
{
    node_bool(l->node, "partialDates", false, &field->partial, l->diags);
    if (field->partial)
        field->wanted = arena_printf(l->arena, "%s; 00 is a day or month that is not known", field_wanted(field));
}

/* --- the field -------------------------------------------------------------------------------------------- */

static void read_own(const struct schema_loader *l, struct field *field)
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
    const struct schema_loader l = { .arena = arena, .diags = diags, .node = node };

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
    schema_read_constraints(&l, field);
    field_prepare(field);
    return true;
}
