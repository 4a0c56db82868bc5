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
    json_key(j, "type");
    json_array_begin(j);
    json_string(j, "string");
    json_string(j, other);
    json_array_end(j);
    json_put_text(j, "pattern", pattern);
}

void schema_text(struct json *j, const char *pattern)
{
    json_key(j, "type");
    json_array_begin(j);
    json_string(j, "string");
    json_string(j, "number");
    json_string(j, "boolean");
    json_array_end(j);
    if (pattern)
        json_put_text(j, "pattern", pattern);
}

void schema_choices(struct json *j, const char *const choices[])
{
    json_key(j, "enum");
    json_array_begin(j);
    for (size_t i = 0; choices[i]; i++)
        json_string(j, choices[i]);
    json_array_end(j);
}

void schema_refer(struct json *j, const char *definition)
{
    char path[64];
    snprintf(path, sizeof path, "#/definitions/%s", definition);
    /* Beside a $ref draft 7 reads nothing else: the description would be lost. */
    json_key(j, "allOf");
    json_array_begin(j);
    json_object_begin(j);
    json_put_text(j, "$ref", path);
    json_object_end(j);
    json_array_end(j);
}

void schema_languages(struct json *j, const char *part, bool one)
{
    if (one) {
        json_key(j, "anyOf");
        json_array_begin(j);
        json_object_begin(j);
        schema_refer(j, part);
        json_object_end(j);
        json_object_begin(j);
    }
    json_put_text(j, "type", "object");
    json_key(j, "additionalProperties");
    json_bool(j, false);
    json_key(j, "properties");
    json_object_begin(j);
    json_key(j, "en");
    json_object_begin(j);
    schema_refer(j, part);
    json_object_end(j);
    json_key(j, "ar");
    json_object_begin(j);
    schema_refer(j, part);
    json_object_end(j);
    json_object_end(j);
    json_key(j, "required");
    json_array_begin(j);
    json_string(j, "en");
    json_string(j, "ar");
    json_array_end(j);
    if (one) {
        json_object_end(j);
        json_array_end(j);
    }
}
