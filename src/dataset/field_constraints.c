/* A value that was read, against its field's constraints and categories. All that is wrong is said, unless the
 * caller only wants to know (no list of diagnostics). */
#include "dataset/field_inside.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/nearest.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { LISTED_MAX = 20 }; /* values that a message lists */

struct check {
    const struct field *field;
    const char *text; /* of the cell, as written */
    size_t length;
    struct value value;
    struct place at;
    struct diags *diags; /* or NULL */
};

static const char *shown(const struct check *c, char room[FIELD_QUOTE_ROOM])
{
    return field_quote(room, c->text, c->length);
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

/* A partial date equals a bound that it may lie on; a fraction of a second is later than none, whatever the Z. */
static int compare_bound(const struct field *field, struct value value, struct value bound)
{
    if (value.type != VALUE_TEXT)
        return field_compare(value, bound);
    size_t a = strlen(value.text), b = strlen(bound.text);
    if (field->type == FIELD_DATE)
        return strncmp(value.text, bound.text, a < b ? a : b);
    a -= a && value.text[a - 1] == 'Z';
    b -= b && bound.text[b - 1] == 'Z';
    int order = strncmp(value.text, bound.text, a < b ? a : b);
    return order ? order : (a > b) - (a < b);
}

/* `before` and `after` stand around the bound in "write ...". */
static bool add_range(const struct check *c, struct value bound, const char *side, const char *before,
                      const char *after)
{
    char room[FIELD_QUOTE_ROOM];
    struct buf text;
    if (!c->diags)
        return false;
    buf_init(&text);
    add_value(&text, bound);
    diag_add(c->diags, DIAG_CELL_RANGE, c->at, "field '%s': '%s' is %s; write %s%s%s", c->field->name,
             shown(c, room), side, before, text.data, after);
    buf_drop(&text);
    return false;
}

static bool check_range(const struct check *c)
{
    const struct field *f = c->field;
    bool fine = true;
    if (f->minimum.type && compare_bound(f, c->value, f->minimum) < 0)
        fine = add_range(c, f->minimum, "below the minimum", "", " or more");
    if (f->maximum.type && compare_bound(f, c->value, f->maximum) > 0)
        fine = add_range(c, f->maximum, "above the maximum", "", " or less");
    if (f->exclusive_minimum.type && compare_bound(f, c->value, f->exclusive_minimum) <= 0)
        fine = add_range(c, f->exclusive_minimum, "not above the exclusive minimum", "more than ", "");
    if (f->exclusive_maximum.type && compare_bound(f, c->value, f->exclusive_maximum) >= 0)
        fine = add_range(c, f->exclusive_maximum, "not below the exclusive maximum", "less than ", "");
    return fine;
}

static bool check_length(const struct check *c)
{
    char room[FIELD_QUOTE_ROOM];
    const struct field *f = c->field;
    if (f->min_length == 0 && f->max_length == SIZE_MAX)
        return true;
    bool list = f->type == FIELD_LIST;
    size_t count = list ? field_list_items(f, c->text, c->length) : utf8_count(c->text, c->length);
    if (count >= f->min_length && count <= f->max_length)
        return true;
    if (c->diags)
        diag_add(c->diags, DIAG_CELL_LENGTH, c->at, "field '%s': '%s' has %zu %s%s; at %s %zu are %s", f->name,
                 shown(c, room), count, list ? "item" : "character", count == 1 ? "" : "s",
                 count < f->min_length ? "least" : "most", count < f->min_length ? f->min_length : f->max_length,
                 count < f->min_length ? "needed" : "allowed");
    return false;
}

static bool check_pattern(const struct check *c)
{
    char room[FIELD_QUOTE_ROOM];
    if (!c->field->matcher)
        return true;
    char *copy = memcpy(xcalloc(c->length + 1, 1), c->text, c->length);
    locale_t before = c->field->letters ? uselocale(c->field->letters) : (locale_t)0;
    bool fits = regexec(c->field->matcher, copy, 0, NULL, 0) == 0;
    if (before)
        uselocale(before);
    free(copy);
    if (!fits && c->diags)
        diag_add(c->diags, DIAG_CELL_PATTERN, c->at, "field '%s': '%s' does not match; the pattern is %s",
                 c->field->name, shown(c, room), c->field->pattern);
    return fits;
}

/* "a, b, c" of `count` values, each `size` bytes behind the other. */
static void list_values(struct buf *out, const void *first, size_t count, size_t size)
{
    for (size_t i = 0; i < count && i < LISTED_MAX; i++) {
        buf_add_string(out, i ? ", " : "");
        add_value(out, *(const struct value *)((const char *)first + i * size));
    }
    if (count > LISTED_MAX)
        buf_printf(out, " and %zu more", count - LISTED_MAX);
}

/* Of texts, the one that a misspelt cell may have meant; or NULL. */
static const char *nearest_allowed(const struct check *c)
{
    const char *known[LISTED_MAX];
    size_t count = 0;
    for (size_t i = 0; i < c->field->allowed_count && count < LISTED_MAX; i++)
        if (c->field->allowed[i].type == VALUE_TEXT)
            known[count++] = c->field->allowed[i].text;
    return c->value.type == VALUE_TEXT ? nearest_known(c->value.text, known, count) : NULL;
}

static bool check_enum(const struct check *c)
{
    char room[FIELD_QUOTE_ROOM];
    const struct field *f = c->field;
    struct buf list;
    if (!f->allowed)
        return true;
    for (size_t i = 0; i < f->allowed_count; i++)
        if (field_compare(c->value, f->allowed[i]) == 0)
            return true;
    if (!c->diags)
        return false;
    buf_init(&list);
    list_values(&list, f->allowed, f->allowed_count, sizeof *f->allowed);
    const char *near = nearest_allowed(c);
    diag_add(c->diags, DIAG_CELL_ENUM, c->at, "field '%s': '%s' is not allowed; %s%s%s%s", f->name, shown(c, room),
             near ? "did you mean '" : "", near ? near : "", near ? "'? It takes " : "write one of ", list.data);
    buf_drop(&list);
    return false;
}

/* The category that was meant, or NULL. Of one or two letters any could be. */
static const char *nearest_category(const struct check *c)
{
    const struct field *f = c->field;
    const char *near = NULL;
    if (c->value.type != VALUE_TEXT || c->length < 3 || c->length > FIELD_QUOTE)
        return NULL;
    const char **known = xcalloc(f->category_count, sizeof *known);
    for (size_t i = 0; i < f->category_count; i++)
        known[i] = f->categories[i].value.text;
    near = nearest_known(c->value.text, known, f->category_count);
    free(known);
    return near;
}

static bool check_category(const struct check *c)
{
    char room[FIELD_QUOTE_ROOM];
    const struct field *f = c->field;
    struct buf list;
    if (!f->categories)
        return true;
    for (size_t i = 0; i < f->category_count; i++)
        if (field_compare(c->value, f->categories[i].value) == 0)
            return true;
    if (!c->diags)
        return false;
    const char *near = nearest_category(c);
    buf_init(&list);
    if (near)
        buf_printf(&list, "did you mean '%s'?", near);
    else {
        buf_add_string(&list, "write one of ");
        list_values(&list, &f->categories->value, f->category_count, sizeof *f->categories);
    }
    diag_add(c->diags, DIAG_CELL_CATEGORY, c->at, "field '%s': '%s' is none of its categories; %s", f->name,
             shown(c, room), list.data);
    buf_drop(&list);
    return false;
}

bool field_check(const struct field *field, const char *text, size_t length, struct value value, struct place at,
                 struct diags *diags)
{
    struct check c = { .field = field, .text = text, .length = length, .value = value, .at = at, .diags = diags };
    bool fine = check_range(&c);
    fine &= check_length(&c);
    fine &= check_pattern(&c);
    fine &= check_enum(&c);
    fine &= check_category(&c);
    return fine;
}
