/* The JSON Schema of a layout, from the table of its settings. */
#include "workspace/schema_write.h"

#include <string.h>

#include "base/buf.h"
#include "layout/style.h"

static bool begins_group(const struct style_setting *settings, size_t i)
{
    return settings[i].group && (i == 0 || !settings[i - 1].group || strcmp(settings[i].group, settings[i - 1].group));
}

static bool in_group(const struct style_setting *s, const char *group)
{
    return s->group && strcmp(s->group, group) == 0;
}

/* "#RRGGBB"; outside `colours` the key of one of them too. */
static void write_colour(struct json *j, const struct style_setting *s)
{
    size_t count;
    const struct style_setting *settings = style_settings(&count);
    struct buf pattern;
    buf_init(&pattern);
    buf_add_string(&pattern, "^(#[0-9A-Fa-f]{6}");
    for (size_t i = 0; i < count && !in_group(s, "colours"); i++)
        if (in_group(&settings[i], "colours"))
            buf_printf(&pattern, "|%s", settings[i].key);
    buf_add_string(&pattern, ")$");
    json_put_text(j, "type", "string");
    json_put_text(j, "pattern", pattern.data);
    buf_drop(&pattern);
}

/* Its {field}s are known ones. */
static void write_words(struct json *j)
{
    struct buf pattern;
    buf_init(&pattern);
    buf_add_string(&pattern, "^([^{}]|\\{(");
    for (size_t i = 0; i < FIELD_COUNT; i++)
        buf_printf(&pattern, "%s%s", i ? "|" : "", style_field_names[i]);
    buf_add_string(&pattern, ")\\})*$");
    schema_text(j, pattern.data);
    buf_drop(&pattern);
}

static void write_value(struct json *j, const struct style_setting *s)
{
    json_put_text(j, "description", s->meaning);
    switch (s->kind) {
    case SETTING_NAME:
        schema_scalar(j, "integer", "^[a-z0-9-]+$");
        break;
    case SETTING_PATH:
        schema_text(j, NULL);
        break;
    case SETTING_SWITCH:
        json_put_text(j, "type", "boolean");
        break;
    case SETTING_CHOICE:
        schema_choices(j, s->choices);
        break;
    case SETTING_COLOUR:
        write_colour(j, s);
        break;
    case SETTING_MARK:
        schema_scalar(j, "number", "^.{1,3}$");
        break;
    case SETTING_WORDS:
        schema_refer(j, "words");
        break;
    case SETTING_POINTS:
    case SETTING_MM:
    case SETTING_RATIO:
    case SETTING_COUNT:
        json_put_text(j, "type", s->kind == SETTING_COUNT ? "integer" : "number");
        schema_number(j, "minimum", s->least);
        schema_number(j, "maximum", s->most);
        break;
    }
}

static void write_setting(struct json *j, const struct style_setting *s)
{
    json_put_object(j, s->key);
    write_value(j, s);
    json_object_end(j);
}

static void write_group(struct json *j, const struct style_setting *settings, size_t count, const char *group)
{
    json_put_object(j, group);
    json_put_text(j, "type", "object");
    json_put_bool(j, "additionalProperties", false);
    json_put_object(j, "properties");
    for (size_t i = 0; i < count; i++)
        if (in_group(&settings[i], group))
            write_setting(j, &settings[i]);
    json_object_end(j);
    json_object_end(j);
}

/* A layout that extends none gives every key. */
static void write_required(struct json *j, const struct style_setting *settings, size_t count, const char *group)
{
    json_put_array(j, "required");
    for (size_t i = 0; i < count; i++)
        if (group ? in_group(&settings[i], group) && !settings[i].optional
                  : begins_group(settings, i) || (!settings[i].group && !settings[i].optional))
            json_string(j, group || !settings[i].group ? settings[i].key : settings[i].group);
    json_array_end(j);
}

static void write_whole(struct json *j, const struct style_setting *settings, size_t count)
{
    json_put_object(j, "if");
    json_put_object(j, "not");
    json_put_array(j, "required");
    json_string(j, "extends");
    json_array_end(j);
    json_object_end(j);
    json_object_end(j);
    json_put_object(j, "then");
    write_required(j, settings, count, NULL);
    json_put_object(j, "properties");
    for (size_t i = 0; i < count; i++)
        if (begins_group(settings, i)) {
            json_put_object(j, settings[i].group);
            write_required(j, settings, count, settings[i].group);
            json_object_end(j);
        }
    json_object_end(j);
    json_object_end(j);
}

void schema_layout(struct json *j)
{
    size_t count;
    const struct style_setting *settings = style_settings(&count);
    json_put_text(j, "type", "object");
    json_put_bool(j, "additionalProperties", false);
    json_put_object(j, "properties");
    json_put_object(j, "extends");
    json_put_text(j, "description", "the layout, which gives every key, of which this one says what differs");
    schema_scalar(j, "integer", "^[a-z0-9-]+$");
    json_object_end(j);
    for (size_t i = 0; i < count; i++) {
        if (begins_group(settings, i))
            write_group(j, settings, count, settings[i].group);
        else if (!settings[i].group)
            write_setting(j, &settings[i]);
    }
    json_object_end(j);
    write_whole(j, settings, count);
    json_put_object(j, "definitions");
    json_put_object(j, "part");
    write_words(j);
    json_object_end(j);
    json_put_object(j, "words");
    schema_languages(j, "part", true);
    json_object_end(j);
    json_object_end(j);
}
