/* What a field's description says of its values: constraints, categories, and the values in both, which are read
 * as cells are. Checking cells by it is field_constraints.c's. */
#include "dataset/schema_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/node.h"
#include "base/utf8.h"
#include "dataset/field_inside.h"
#include "locale/locale.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { RANGE_MAX = 4096 }; /* characters of a range in a pattern */

static const char *const none[] = { NULL };

bool schema_is_temporal(const struct field *field)
{
    return field->type == FIELD_DATE || field->type == FIELD_DATETIME || field->type == FIELD_TIME;
}

/* --- values in the description ---------------------------------------------------------------------------- */

/* A value of the field's type: as a cell writes it, or as JSON and the default forms do. */
static bool read_value(const struct schema_loader *l, const struct node *node, const struct field *field,
                       struct value *out)
{
    static const char *const truth[] = { "true" }, *const falsehood[] = { "false" };
    struct field standard = *field;

    if (node->kind != NODE_SCALAR)
        return false;
    size_t length;
    const char *text = locale_nfc(node->text, strlen(node->text), &length, l->arena); /* as cells are */
    if (!text)
        return false;
    if (!node->plain && field_parse(field, text, length, l->arena, out))
        return true;
    if (field->type == FIELD_NUMBER || field->type == FIELD_INTEGER) {
        standard.decimal = '.';
        standard.group = NULL;
        standard.bare = true;
    } else if (field->type == FIELD_BOOLEAN && node->plain) {
        standard.truths = (struct text_list){ truth, 1 };
        standard.falsehoods = (struct text_list){ falsehood, 1 };
    } else if (schema_is_temporal(field)) {
        standard.format = NULL;
    }
    return field_parse(&standard, text, length, l->arena, out);
}

static void add_constraint_error(const struct schema_loader *l, struct place at, const struct field *field,
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

static void read_bound(const struct schema_loader *l, const struct node *map, const char *key,
                       const struct field *field, struct value *bound)
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

static void read_bounds(const struct schema_loader *l, const struct node *map, struct field *field)
{
    read_bound(l, map, "minimum", field, &field->minimum);
    read_bound(l, map, "maximum", field, &field->maximum);
    read_bound(l, map, "exclusiveMinimum", field, &field->exclusive_minimum);
    read_bound(l, map, "exclusiveMaximum", field, &field->exclusive_maximum);
    if (field->minimum.type && field->maximum.type && field_compare(field->minimum, field->maximum) > 0)
        add_constraint_error(l, node_get(map, "minimum")->at, field,
                             "the minimum is above the maximum; no cell could be both");
}

static void read_length(const struct schema_loader *l, const struct node *map, const char *key, struct field *field,
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
static const char *compile(const struct schema_loader *l, const char *pattern, struct field *field)
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

static void read_pattern(const struct schema_loader *l, const struct node *map, struct field *field)
{
    if (!node_get(map, "pattern") || !node_text(map, "pattern", false, &field->pattern, l->diags))
        return;
    const char *fault = compile(l, field->pattern, field);
    if (fault)
        add_constraint_error(l, node_get(map, "pattern")->at, field, fault);
}

static void read_enum(const struct schema_loader *l, const struct node *map, struct field *field)
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

static void read_map(const struct schema_loader *l, struct field *field)
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

static bool read_category(const struct schema_loader *l, const struct node *node, const struct field *field,
                          struct category *out)
{
    static const char *const used[] = { "value", "label", "labels", NULL };
    static const char *const carried[] = { "description", NULL };
    const struct node *value = node;

    out->at = node->at;
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
static void check_category(const struct schema_loader *l, const struct node *node, const struct field *field,
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

static void read_categories(const struct schema_loader *l, struct field *field)
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
static void check_enum(const struct schema_loader *l, const struct field *field)
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

void schema_read_constraints(const struct schema_loader *l, struct field *field)
{
    if (field->type == FIELD_STRING || field->type == FIELD_INTEGER)
        read_categories(l, field);
    read_map(l, field);
    check_enum(l, field);
}
