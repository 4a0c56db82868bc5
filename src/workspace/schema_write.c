/* Pieces of a JSON Schema. Knows no format of ours. */
#include "workspace/schema_write.h"

#include <stdio.h>
#include <string.h>

void schema_number(struct json *j, const char *key, double value)
{
    char text[32];
    struct num num = { 0 };
    int length = snprintf(text, sizeof text, "%.7g", value);
    num_parse(text, (size_t)length, &num);
    json_key(j, key);
    json_number(j, num);
}

void schema_scalar(struct json *j, const char *other, const char *pattern)
{
    json_put_array(j, "type");
    json_string(j, "string");
    json_string(j, other);
    json_array_end(j);
    json_put_text(j, "pattern", pattern);
}

void schema_text(struct json *j, const char *pattern)
{
    json_put_array(j, "type");
    json_string(j, "string");
    json_string(j, "number");
    json_string(j, "boolean");
    json_array_end(j);
    if (pattern)
        json_put_text(j, "pattern", pattern);
}

void schema_choices(struct json *j, const char *const choices[])
{
    json_put_array(j, "enum");
    for (size_t i = 0; choices[i]; i++)
        json_string(j, choices[i]);
    json_array_end(j);
}

void schema_refer(struct json *j, const char *definition)
{
    char path[64];
    snprintf(path, sizeof path, "#/definitions/%s", definition);
    /* Beside a $ref draft 7 reads nothing else: the description would be lost. */
    json_put_array(j, "allOf");
    json_object_begin(j);
    json_put_text(j, "$ref", path);
    json_object_end(j);
    json_array_end(j);
}

void schema_languages(struct json *j, const char *part, bool one)
{
    if (one) {
        json_put_array(j, "anyOf");
        json_object_begin(j);
        schema_refer(j, part);
        json_object_end(j);
        json_object_begin(j);
    }
    json_put_text(j, "type", "object");
    json_put_bool(j, "additionalProperties", false);
    json_put_object(j, "properties");
    json_put_object(j, "en");
    schema_refer(j, part);
    json_object_end(j);
    json_put_object(j, "ar");
    schema_refer(j, part);
    json_object_end(j);
    json_object_end(j);
    json_put_array(j, "required");
    json_string(j, "en");
    json_string(j, "ar");
    json_array_end(j);
    if (one) {
        json_object_end(j);
        json_array_end(j);
    }
}
