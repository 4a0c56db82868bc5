/* JSON Schemas of the report, fonts, schedule and mail; the layout's is schema_layout.c's. Reads tables, no files. */
#include "workspace/schema.h"

#include <stdio.h>
#include <string.h>

#include "base/key.h"
#include "report/definition.h"
#include "text/font.h"
#include "workspace/mail_settings.h"
#include "workspace/schedule.h"
#include "workspace/schema_write.h"

const char *const schema_names[SCHEMA_COUNT + 1] = { "report", "layout", "fonts", "schedule", "mail", NULL };

static void write_key(struct json *, const struct key *);

/* --- values of report.yaml --- */

/* The kinds that have parts are definitions of the schema, referred to. */
static void write_definitions(struct json *j)
{
    static const struct { const char *name, *part; bool one; } kinds[] = {
        { "both", "text", false }, { "same", "text", true }, { "column", "name", true } };
    json_put_object(j, "definitions");
    json_put_object(j, "text");
    schema_text(j, ".");
    json_object_end(j);
    json_put_object(j, "name");
    schema_text(j, ".");
    json_object_end(j);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        json_put_object(j, kinds[i].name);
        schema_languages(j, kinds[i].part, kinds[i].one);
        json_object_end(j);
    }
    json_object_end(j);
}

static const char *pattern_of(enum key_names names)
{
    switch (names) {
    case NAMES_FIGURE:
        return "^[A-Za-z_][A-Za-z0-9_]*$";
    case NAMES_OBJECT:
        return "^[A-Za-z_][A-Za-z0-9_-]*$";
    case NAMES_PARAMETER:
        return "^(?!as_of$)[a-z][a-z0-9_]*$";
    case NAMES_ANY:
        break;
    }
    return NULL;
}

static void write_map(struct json *j, const struct key keys[])
{
    json_put_text(j, "type", "object");
    json_put_bool(j, "additionalProperties", false);
    json_put_object(j, "properties");
    for (const struct key *key = keys; key->name; key++) {
        json_put_object(j, key->name);
        write_key(j, key);
        json_object_end(j);
    }
    json_object_end(j);
    bool any = false;
    for (const struct key *key = keys; key->name; key++)
        any |= key->required;
    if (!any)
        return;
    json_put_array(j, "required");
    for (const struct key *key = keys; key->name; key++)
        if (key->required)
            json_string(j, key->name);
    json_array_end(j);
}

/* What a chart's type takes and what not. */
static void write_type(struct json *j, enum chart_type type, const struct key *roles)
{
    json_object_begin(j);
    json_put_object(j, "if");
    json_put_object(j, "properties");
    json_put_object(j, "type");
    json_put_text(j, "const", chart_type_name(type));
    json_object_end(j);
    json_object_end(j);
    json_object_end(j);
    json_put_object(j, "then");
    json_put_object(j, "properties");
    for (const struct key *key = chart_keys; key->name; key++) {
        if (chart_type_has_key(type, key->name))
            continue;
        json_put_bool(j, key->name, false);
    }
    json_put_object(j, roles->name);
    json_put_object(j, "properties");
    for (enum chart_role role = 0; role < ROLE_COUNT; role++)
        if (!chart_type_takes(type, role)) {
            json_put_bool(j, chart_role_name(role), false);
        }
    json_object_end(j);
    json_put_array(j, "required");
    for (enum chart_role role = 0; role < ROLE_COUNT; role++)
        if (chart_type_needs(type, role))
            json_string(j, chart_role_name(role));
    json_array_end(j);
    json_object_end(j);
    json_object_end(j);
    json_object_end(j);
    json_object_end(j);
}

/* What is in a list or behind the names of a map. */
static void write_items(struct json *j, const struct key *of)
{
    if (!*of->name) {
        write_key(j, of);
        return;
    }
    write_map(j, of);
    if (of != chart_keys)
        return;
    json_put_array(j, "allOf");
    for (enum chart_type type = 0; type < CHART_TYPE_COUNT; type++)
        write_type(j, type, keys_find(chart_keys, "roles"));
    json_array_end(j);
}

static void write_list(struct json *j, const struct key *key)
{
    json_put_text(j, "type", "array");
    if (key->some)
        schema_number(j, "minItems", 1);
    if (key->kind == KEY_CHOICES || key->of->kind == KEY_NAME) {
        json_put_bool(j, "uniqueItems", true);
    }
    json_put_object(j, "items");
    if (key->kind == KEY_CHOICES)
        schema_choices(j, key->choices);
    else
        write_items(j, key->of);
    json_object_end(j);
}

static void write_named(struct json *j, const struct key *key)
{
    const char *pattern = pattern_of(key->names);
    json_put_text(j, "type", "object");
    if (pattern) {
        json_put_object(j, "propertyNames");
        json_put_text(j, "pattern", pattern);
        json_object_end(j);
    }
    json_put_object(j, "additionalProperties");
    write_items(j, key->of);
    json_object_end(j);
}

static void write_map_or_word(struct json *j, const struct key *key)
{
    if (!key->choices) {
        write_map(j, key->of);
        return;
    }
    json_put_array(j, "anyOf");
    json_object_begin(j);
    schema_choices(j, key->choices);
    json_object_end(j);
    json_object_begin(j);
    write_map(j, key->of);
    json_object_end(j);
    json_array_end(j);
}

static void write_number(struct json *j, const struct key *key)
{
    json_put_text(j, "type", key->kind == KEY_WHOLE ? "integer" : "number");
    schema_number(j, key->above ? "exclusiveMinimum" : "minimum", key->least);
    if (key->most > 0)
        schema_number(j, "maximum", key->most);
}

static void write_key(struct json *j, const struct key *key)
{
    if (key->meaning)
        json_put_text(j, "description", key->meaning);
    switch (key->kind) {
    case KEY_TEXT:
        schema_text(j, NULL);
        break;
    case KEY_BOTH:
        schema_refer(j, "both");
        break;
    case KEY_SAME:
        schema_refer(j, "same");
        break;
    case KEY_COLUMN:
        schema_refer(j, "column");
        break;
    case KEY_STATEMENT:
        schema_text(j, ".");
        break;
    case KEY_NAME:
        schema_text(j, "^[a-z0-9][a-z0-9-]{0,63}$");
        break;
    case KEY_DATE:
        json_put_text(j, "type", "string");
        json_put_text(j, "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
        break;
    case KEY_WHOLE:
    case KEY_NUMBER:
        write_number(j, key);
        break;
    case KEY_SWITCH:
        json_put_text(j, "type", "boolean");
        break;
    case KEY_CHOICE:
    case KEY_FLAG:
        schema_choices(j, key->choices);
        break;
    case KEY_CHOICES:
    case KEY_LIST:
        write_list(j, key);
        break;
    case KEY_MAP:
        write_map_or_word(j, key);
        break;
    case KEY_NAMED:
        write_named(j, key);
        break;
    }
}

/* --- schedule.yaml --- */

static void write_setting(struct json *j, const struct schedule_setting *s)
{
    json_put_object(j, s->key);
    json_put_text(j, "description", s->meaning);
    switch (s->kind) {
    case SCHEDULE_COUNT:
        json_put_text(j, "type", "integer");
        schema_number(j, "minimum", (double)s->least);
        schema_number(j, "maximum", (double)s->most);
        break;
    case SCHEDULE_SWITCH:
        json_put_text(j, "type", "boolean");
        break;
    case SCHEDULE_CHOICE:
        schema_choices(j, s->choices);
        break;
    case SCHEDULE_CHOICES:
        json_put_text(j, "type", "array");
        schema_number(j, "minItems", 1);
        json_put_object(j, "items");
        schema_choices(j, s->choices);
        json_object_end(j);
        break;
    case SCHEDULE_LAYOUT:
        schema_scalar(j, "integer", "^[a-z0-9-]+$");
        break;
    case SCHEDULE_FOLDER:
        schema_text(j, "^.");
        break;
    case SCHEDULE_ADDRESS:
        json_put_text(j, "type", "string");
        json_put_text(j, "pattern", "^https?://[^/]");
        break;
    }
    json_object_end(j);
}

static void write_settings(struct json *j, bool of_report)
{
    size_t count;
    const struct schedule_setting *settings = schedule_settings(&count);
    json_put_bool(j, "additionalProperties", false);
    json_put_object(j, "properties");
    for (size_t i = 0; i < count; i++)
        if (settings[i].of_report || !of_report)
            write_setting(j, &settings[i]);
    if (!of_report) {
        json_put_object(j, "reports");
        json_put_text(j, "description", "which are made; what stands below a name holds for it alone");
        json_put_text(j, "type", "object");
        schema_number(j, "minProperties", 1);
        json_put_object(j, "propertyNames");
        json_put_text(j, "pattern", "^[a-z0-9-]+$");
        json_object_end(j);
        json_put_object(j, "additionalProperties");
        json_put_array(j, "type");
        json_string(j, "object");
        json_string(j, "null");
        json_array_end(j);
        write_settings(j, true);
        json_object_end(j);
        json_object_end(j);
    }
    json_object_end(j);
}

/* --- mail.yaml --- */

static void write_names(struct json *j)
{
    json_put_text(j, "type", "object");
    json_put_bool(j, "additionalProperties", false);
    json_put_object(j, "properties");
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        json_put_object(j, lang_tag((enum lang)lang));
        schema_text(j, "^[^\t\r\n]*$");
        json_object_end(j);
    }
    json_object_end(j);
    json_put_array(j, "required");
    for (int lang = 0; lang < LANG_COUNT; lang++)
        json_string(j, lang_tag((enum lang)lang));
    json_array_end(j);
}

static void write_mail_setting(struct json *j, const struct mail_setting *s)
{
    json_put_object(j, s->key);
    json_put_text(j, "description", s->meaning);
    switch (s->kind) {
    case MAIL_TEXT:
    case MAIL_PATH:
        schema_text(j, s->pattern);
        break;
    case MAIL_ADDRESS:
        json_put_text(j, "type", "string");
        json_put_text(j, "pattern", s->pattern);
        break;
    case MAIL_NAMES:
        write_names(j);
        break;
    case MAIL_COUNT:
        json_put_text(j, "type", "integer");
        schema_number(j, "minimum", (double)s->least);
        schema_number(j, "maximum", (double)s->most);
        break;
    case MAIL_CHOICE:
        schema_choices(j, s->choices);
        break;
    }
    json_object_end(j);
}

static void write_mail(struct json *j)
{
    size_t count;
    const struct mail_setting *settings = mail_settings_list(&count);
    json_put_text(j, "type", "object");
    json_put_bool(j, "additionalProperties", false);
    json_put_object(j, "properties");
    for (size_t i = 0; i < count; i++)
        write_mail_setting(j, &settings[i]);
    json_object_end(j);
    json_put_array(j, "required");
    for (size_t i = 0; i < count; i++)
        if (settings[i].required)
            json_string(j, settings[i].key);
    json_array_end(j);
}

void schema_write(enum schema_of what, struct buf *out)
{
    static const char *const titles[SCHEMA_COUNT] = { "report.yaml of mujaz", "a layout of mujaz",
                                                      "a set of fonts of mujaz", "schedule.yaml of mujaz",
                                                      "mail.yaml of mujaz" };
    struct json json, *j = &json;
    json_begin(j, out);
    json_object_begin(j);
    json_put_text(j, "$schema", "http://json-schema.org/draft-07/schema#");
    json_put_text(j, "title", titles[what]);
    switch (what) {
    case SCHEMA_REPORT:
        write_map(j, definition_keys);
        write_definitions(j);
        break;
    case SCHEMA_LAYOUT:
        schema_layout(j);
        break;
    case SCHEMA_FONTS:
        write_map(j, font_set_keys());
        break;
    case SCHEMA_MAIL:
        write_mail(j);
        break;
    case SCHEMA_SCHEDULE:
    case SCHEMA_COUNT:
        json_put_text(j, "type", "object");
        write_settings(j, false);
        break;
    }
    json_object_end(j);
    json_end(j);
}
