/* Table Schema from JSON. Says what a field is; reading cells by it is field.c's. */
#include "dataset/schema.h"

#include "base/arena.h"
#include "base/nearest.h"
#include "base/node.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS_MAX = 512 };

struct loader {
    struct arena *arena;
    struct text_list missing; /* of the schema; a field may have its own */
    struct diags *diags;
};

static const struct {
    const char *name;
    enum field_type type;
} types[] = {
    { "string", FIELD_STRING },   { "integer", FIELD_INTEGER }, { "number", FIELD_NUMBER },
    { "boolean", FIELD_BOOLEAN }, { "date", FIELD_DATE },       { "year", FIELD_YEAR },
    { "any", FIELD_ANY },
};

static bool is_textual(const struct field *field)
{
    return field->type == FIELD_STRING || field->type == FIELD_ANY;
}

static bool is_ordered(const struct field *field)
{
    return field->type == FIELD_INTEGER || field->type == FIELD_NUMBER || field->type == FIELD_DATE
        || field->type == FIELD_YEAR;
}

static void read_type(const struct loader *l, const struct node *node, struct field *field)
{
    enum { TYPES = sizeof types / sizeof *types };
    const char *names[TYPES], *name = "any"; /* the default of v2 */

    field->type = FIELD_ANY;
    if (node_get(node, "type") && !node_text(node, "type", false, &name, l->diags))
        return;
    for (size_t i = 0; i < TYPES; i++) {
        names[i] = types[i].name;
        if (strcmp(name, types[i].name) == 0) {
            field->type = types[i].type;
            return;
        }
    }
    const char *near = nearest_known(name, names, TYPES);
    struct place at = node_get(node, "type")->at;
    if (near)
        diag_add(l->diags, DIAG_PACKAGE_VALUE, at, "the type '%s' is not read; did you mean '%s'?", name,
                 near);
    else
        diag_add(l->diags, DIAG_PACKAGE_VALUE, at,
                 "the type '%s' is not read; use string, integer, number, boolean, date, year or any", name);
}

static void read_format(const struct loader *l, const struct node *node, const struct field *field)
{
    const char *format = "default";
    const struct node *at = node_get(node, "format");
    if (!at || !node_text(node, "format", false, &format, l->diags) || strcmp(format, "default") == 0)
        return;
    if (field->type == FIELD_DATE && strcmp(format, "%Y-%m-%d") == 0)
        return;
    diag_add(l->diags, DIAG_PACKAGE_UNSUPPORTED, at->at,
             "the format '%s' is not supported; use \"default\", for dates days as 2024-01-31", format);
}

static void add_constraint_error(const struct loader *l, struct place at, const struct field *field,
                                 const char *what)
{
    diag_add(l->diags, DIAG_SCHEMA_CONSTRAINT, at, "field '%s': %s", field->name, what);
}

static void read_bound(const struct loader *l, const struct node *map, const char *key, struct field *field,
                       struct value *bound)
{
    const struct node *node = node_get(map, key);
    if (!node)
        return;
    if (!is_ordered(field)) {
        add_constraint_error(l, node->at, field, "minimum and maximum suit numbers, dates and years only");
        return;
    }
    if (node->kind != NODE_SCALAR || !field_parse(field, node->text, strlen(node->text), l->arena, bound)) {
        *bound = (struct value){ .type = VALUE_NULL };
        diag_add(l->diags, DIAG_SCHEMA_CONSTRAINT, node->at,
                 "field '%s': the %s is not of its type; write %s", field->name, key, field_wanted(field));
    }
}

static void read_length(const struct loader *l, const struct node *map, const char *key, struct field *field,
                        size_t *length)
{
    const struct node *node = node_get(map, key);
    int64_t value;
    if (!node)
        return;
    if (!is_textual(field))
        add_constraint_error(l, node->at, field, "minLength and maxLength suit strings only");
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

static void read_pattern(const struct loader *l, const struct node *map, struct field *field)
{
    const struct node *node = node_get(map, "pattern");
    const char *pattern;
    char reason[128];

    if (!node || !node_text(map, "pattern", false, &pattern, l->diags))
        return;
    if (has_class_escape(pattern)) {
        add_constraint_error(l, node->at, field,
                             "escapes such as \\d are not known in a pattern; write [0-9] (POSIX extended)");
        return;
    }
    regex_t *matcher = xcalloc(1, sizeof *matcher);
    const char *whole = arena_printf(l->arena, "^(%s)$", pattern); /* as XML Schema's: the whole cell */
    int error = regcomp(matcher, whole, REG_EXTENDED | REG_NOSUB);
    if (error) {
        regerror(error, matcher, reason, sizeof reason);
        diag_add(l->diags, DIAG_SCHEMA_CONSTRAINT, node->at,
                 "field '%s': the pattern is no POSIX extended regular expression: %s", field->name, reason);
        free(matcher);
        return;
    }
    field->pattern = pattern;
    field->matcher = matcher;
}

static void read_enum(const struct loader *l, const struct node *map, struct field *field)
{
    const struct node *node = node_get(map, "enum");
    struct text_list texts;
    if (!node || !schema_read_texts(node, "enum", l->arena, &texts, l->diags))
        return;
    if (node->kind != NODE_LIST || texts.count == 0) {
        add_constraint_error(l, node->at, field, "enum is no list of values; write [\"a\", \"b\"]");
        return;
    }
    struct value *allowed = arena_array(l->arena, texts.count, sizeof *allowed);
    for (size_t i = 0; i < texts.count; i++)
        if (!field_parse(field, texts.texts[i], strlen(texts.texts[i]), l->arena, &allowed[i])) {
            diag_add(l->diags, DIAG_SCHEMA_CONSTRAINT, node->items[i]->at,
                     "field '%s': '%s' is not of the field's type; write %s", field->name, texts.texts[i],
                     field_wanted(field));
            return;
        }
    field->allowed = allowed;
    field->allowed_count = texts.count;
}

static void read_constraints(const struct loader *l, const struct node *node, struct field *field)
{
    static const char *const used[] = { "required", "unique", "minimum", "maximum", "minLength", "maxLength",
                                        "pattern", "enum", NULL };
    static const char *const carried[] = { NULL };
    static const char *const refused[] = { "exclusiveMinimum", "exclusiveMaximum", "jsonSchema", NULL };
    const struct node *map = node_get(node, "constraints");

    if (!map)
        return;
    if (map->kind != NODE_MAP) {
        add_constraint_error(l, map->at, field, "'constraints' is no object; write {\"required\": true}");
        return;
    }
    schema_check_properties(map, "constraints", used, carried, refused, l->diags);
    node_bool(map, "required", false, &field->required, l->diags);
    node_bool(map, "unique", false, &field->unique, l->diags);
    read_bound(l, map, "minimum", field, &field->minimum);
    read_bound(l, map, "maximum", field, &field->maximum);
    read_length(l, map, "minLength", field, &field->min_length);
    read_length(l, map, "maxLength", field, &field->max_length);
    read_pattern(l, map, field);
    read_enum(l, map, field);
}

static void read_words(const struct loader *l, const struct node *node, const char *key,
                       struct text_list *list)
{
    const struct node *words = node_get(node, key);
    if (words)
        schema_read_texts(words, key, l->arena, list, l->diags);
}

static void read_field(const struct loader *l, const struct node *node, struct field *field)
{
    static const char *const used[] = { "name", "type", "format", "title", "labels", "constraints",
                                        "missingValues", "trueValues", "falseValues", NULL };
    static const char *const carried[] = { "description", "example", "rdfType", NULL };
    static const char *const refused[] = { "decimalChar", "groupChar", "bareNumber", "categories",
                                           "categoriesOrdered", "delimiter", "itemType", NULL };
    static const char *const truths[] = { "true", "True", "TRUE", "1" };
    static const char *const falsehoods[] = { "false", "False", "FALSE", "0" };

    *field = (struct field){ .name = "", .at = node->at, .max_length = SIZE_MAX, .missing = l->missing,
                             .truths = { truths, 4 }, .falsehoods = { falsehoods, 4 } };
    if (node->kind != NODE_MAP) {
        diag_add(l->diags, DIAG_PACKAGE_VALUE, node->at,
                 "a field is no object; write {\"name\": ..., \"type\": ...}");
        return;
    }
    schema_check_properties(node, "a field", used, carried, refused, l->diags);
    if (node_text(node, "name", true, &field->name, l->diags)) {
        field->at = node_get(node, "name")->at;
        if (!*field->name)
            diag_add(l->diags, DIAG_SCHEMA_FIELD, field->at,
                     "a field's name is empty; write the column's name");
    }
    read_type(l, node, field);
    read_format(l, node, field);
    schema_read_labels(node, field->title, l->diags);
    read_words(l, node, "missingValues", &field->missing);
    read_words(l, node, "trueValues", &field->truths);
    read_words(l, node, "falseValues", &field->falsehoods);
    read_constraints(l, node, field);
}

/* Names differ, for SQL, in more than the case of ASCII letters. */
static bool same_name(const char *a, const char *b)
{
    while (*a && tolower((unsigned char)*a) == tolower((unsigned char)*b))
        a++, b++;
    return *a == *b;
}

static void check_names(const struct loader *l, const struct schema *schema)
{
    for (size_t i = 0; i < schema->count; i++)
        for (size_t j = 0; j < i; j++)
            if (*schema->fields[i].name && same_name(schema->fields[i].name, schema->fields[j].name)) {
                diag_add(l->diags, DIAG_SCHEMA_FIELD, schema->fields[i].at,
                         "the field '%s' is described again, first in line %u; give each a name of its own",
                         schema->fields[i].name, (unsigned)schema->fields[j].at.line);
                break;
            }
}

static bool read_key(const struct loader *l, const struct node *node, const char *what,
                     const struct schema *schema, struct key *key)
{
    struct text_list names;
    if (!schema_read_texts(node, what, l->arena, &names, l->diags))
        return false;
    key->at = node->at;
    key->fields = arena_array(l->arena, names.count, sizeof *key->fields);
    key->count = 0;
    for (size_t i = 0; i < names.count; i++) {
        size_t field = schema_find(schema, names.texts[i]);
        if (field == SIZE_MAX) {
            diag_add(l->diags, DIAG_SCHEMA_FIELD, node->kind == NODE_LIST ? node->items[i]->at : node->at,
                     "%s: there is no field '%s'; name one of the schema's", what, names.texts[i]);
            key->count = 0;
            return false;
        }
        key->fields[key->count++] = field;
    }
    return true;
}

static void read_primary(const struct loader *l, const struct node *node, struct schema *schema)
{
    const struct node *key = node_get(node, "primaryKey");
    if (!key || !read_key(l, key, "primaryKey", schema, &schema->primary))
        return;
    for (size_t i = 0; i < schema->primary.count; i++)
        schema->fields[schema->primary.fields[i]].required = true;
}

static bool read_reference(const struct loader *l, const struct node *map, struct foreign_key *foreign)
{
    static const char *const used[] = { "resource", "fields", NULL };
    static const char *const none[] = { NULL };
    const struct node *fields = node_get(map, "fields"), *resource = node_get(map, "resource");
    struct text_list names;

    schema_check_properties(map, "a reference", used, none, none, l->diags);
    if (!fields) {
        diag_add(l->diags, DIAG_KEY_MISSING, map->at,
                 "the key 'fields' is missing; name the fields referred to");
        return false;
    }
    if (!schema_read_texts(fields, "fields", l->arena, &names, l->diags))
        return false;
    if (names.count != foreign->key.count) {
        diag_add(l->diags, DIAG_PACKAGE_VALUE, fields->at, "%zu fields refer to %zu; name as many",
                 foreign->key.count, names.count);
        return false;
    }
    foreign->targets = arena_array(l->arena, names.count, sizeof *foreign->targets);
    foreign->target_at = arena_array(l->arena, names.count, sizeof *foreign->target_at);
    for (size_t i = 0; i < names.count; i++) {
        foreign->targets[i] = names.texts[i];
        foreign->target_at[i] = fields->kind == NODE_LIST ? fields->items[i]->at : fields->at;
    }
    if (resource && !node_text(map, "resource", false, &foreign->resource, l->diags))
        return false;
    if (foreign->resource && !*foreign->resource) /* v1: the same table */
        foreign->resource = NULL;
    foreign->resource_at = resource ? resource->at : map->at;
    return true;
}

static void read_foreign(const struct loader *l, const struct node *node, struct schema *schema)
{
    static const char *const used[] = { "fields", "reference", NULL };
    static const char *const none[] = { NULL };
    const struct node *list = node_get(node, "foreignKeys");

    if (!list)
        return;
    if (list->kind != NODE_LIST) {
        diag_add(l->diags, DIAG_PACKAGE_VALUE, list->at,
                 "'foreignKeys' is no list; write [{\"fields\": ...}]");
        return;
    }
    schema->foreign = arena_array(l->arena, list->count, sizeof *schema->foreign);
    for (size_t i = 0; i < list->count; i++) {
        const struct node *map = list->items[i], *fields = node_get(map, "fields");
        const struct node *reference = node_get(map, "reference");
        struct foreign_key *foreign = &schema->foreign[schema->foreign_count];
        if (!fields || !reference || reference->kind != NODE_MAP) {
            diag_add(l->diags, DIAG_PACKAGE_VALUE, map->at,
                     "a foreign key needs \"fields\" and \"reference\": {\"resource\": ..., ...}");
            continue;
        }
        schema_check_properties(map, "a foreign key", used, none, none, l->diags);
        if (read_key(l, fields, "foreignKeys", schema, &foreign->key)
            && read_reference(l, reference, foreign))
            schema->foreign_count++;
    }
}

static void read_fields(const struct loader *l, const struct node *node, struct schema *schema)
{
    const struct node *list = node_get(node, "fields");
    if (!list || list->kind != NODE_LIST || list->count == 0) {
        diag_add(l->diags, DIAG_PACKAGE_VALUE, list ? list->at : node->at,
                 "a schema needs its fields; write \"fields\": [{\"name\": ..., \"type\": ...}]");
        return;
    }
    if (list->count > FIELDS_MAX) {
        diag_add(l->diags, DIAG_PACKAGE_VALUE, list->at, "a schema of %zu fields; at most %d are read",
                 list->count, FIELDS_MAX);
        return;
    }
    schema->fields = arena_array(l->arena, list->count, sizeof *schema->fields);
    schema->count = list->count;
    for (size_t i = 0; i < list->count; i++)
        read_field(l, list->items[i], &schema->fields[i]);
    check_names(l, schema);
}

bool schema_read(const struct node *node, struct arena *arena, struct schema *out, struct diags *diags)
{
    static const char *const used[] = { "fields", "missingValues", "primaryKey", "foreignKeys", NULL };
    static const char *const carried[] = { "$schema", "name", "title", "description", "labels", NULL };
    static const char *const refused[] = { "uniqueKeys", "fieldsMatch", NULL };
    static const char *const empty[] = { "" };
    struct loader l = { .arena = arena, .missing = { empty, 1 }, .diags = diags };
    size_t before = diags_errors(diags);

    *out = (struct schema){ 0 };
    if (node->kind != NODE_MAP) {
        diag_add(diags, DIAG_PACKAGE_VALUE, node->at,
                 "a schema is no object; write it out here: {\"fields\": [...]}");
        return false;
    }
    schema_check_properties(node, "a schema", used, carried, refused, diags);
    read_words(&l, node, "missingValues", &l.missing);
    read_fields(&l, node, out);
    read_primary(&l, node, out);
    read_foreign(&l, node, out);
    return diags_errors(diags) == before;
}

void schema_drop(struct schema *schema)
{
    for (size_t i = 0; i < schema->count; i++)
        field_drop(&schema->fields[i]);
}

size_t schema_find(const struct schema *schema, const char *field)
{
    for (size_t i = 0; i < schema->count; i++)
        if (strcmp(schema->fields[i].name, field) == 0)
            return i;
    return SIZE_MAX;
}
