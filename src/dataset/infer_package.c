/* datapackage.json from what was inferred. */
#include "dataset/infer.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/node.h"

#include <string.h>

/* A part of a field's properties, as it was written. */
static void put_node(struct json *j, const struct node *node)
{
    if (node->kind == NODE_LIST) {
        json_array_begin(j);
        for (size_t i = 0; i < node->count; i++)
            put_node(j, node->items[i]);
        json_array_end(j);
    } else if (node->plain) {
        json_bool(j, strcmp(node->text, "true") == 0);
    } else {
        json_string(j, node->text);
    }
}

static bool is_missing(const struct inferred_column *c, const char *text)
{
    for (size_t i = 0; i < c->missing_count; i++)
        if (strcmp(c->missing[i], text) == 0)
            return true;
    return !*text;
}

static void put_categories(struct json *j, const struct inferred_column *c)
{
    json_put_array(j, "categories");
    for (size_t i = 0; i < dictionary_count(c->texts); i++)
        if (!is_missing(c, dictionary_text(c->texts, i)))
            json_string(j, dictionary_text(c->texts, i));
    json_array_end(j);
}

static void put_field(struct json *j, const struct inferred_column *c)
{
    json_object_begin(j);
    json_put_text(j, "name", c->name);
    for (size_t i = 0; i < c->properties->count; i++)
        if (strcmp(c->properties->keys[i], "name") != 0) {
            json_key(j, c->properties->keys[i]);
            put_node(j, c->properties->items[i]);
        }
    if (c->category)
        put_categories(j, c);
    if (c->missing_count) {
        json_put_array(j, "missingValues");
        json_string(j, "");
        for (size_t i = 0; i < c->missing_count; i++)
            json_string(j, c->missing[i]);
        json_array_end(j);
    }
    if (c->required || c->unique) {
        json_put_object(j, "constraints");
        json_put_bool(j, c->unique ? "unique" : "required", true);
        if (c->unique)
            json_put_bool(j, "required", true);
        json_object_end(j);
    }
    json_object_end(j);
}

static void put_character(struct json *j, const char *key, char c)
{
    const char text[] = { c, '\0' };
    json_put_text(j, key, text);
}

static void put_rows(struct json *j, const char *key, const uint32_t *rows, size_t count)
{
    json_put_array(j, key);
    for (size_t i = 0; i < count; i++)
        json_number(j, num_from_int(rows[i]));
    json_array_end(j);
}

static void put_dialect(struct json *j, const struct inferred *in)
{
    json_put_object(j, "dialect");
    put_character(j, "delimiter", in->dialect.delimiter);
    if (in->dialect.quote != '"')
        put_character(j, "quoteChar", in->dialect.quote);
    if (in->dialect.literal_quotes)
        json_put_text(j, "bareQuotes", "literal");
    if (in->dialect.skip_initial_space)
        json_put_bool(j, "skipInitialSpace", true);
    json_put_bool(j, "header", in->header);
    if (in->header && in->header_row > 1)
        put_rows(j, "headerRows", &in->header_row, 1);
    if (in->skipped_count)
        put_rows(j, "commentRows", in->skipped, in->skipped_count);
    json_object_end(j);
}

void infer_package(const struct inferred *in, const char *name, const char *file, const char *source, struct buf *out)
{
    struct json j;
    json_begin(&j, out);
    json_object_begin(&j);
    json_put_text(&j, "$schema", "https://datapackage.org/profiles/2.0/datapackage.json");
    json_put_text(&j, "name", name);
    json_put_text(&j, "title", name);
    json_put_array(&j, "sources"); /* the file, until its author is named */
    json_object_begin(&j);
    json_put_text(&j, "title", source);
    json_object_end(&j);
    json_array_end(&j);
    json_put_array(&j, "resources");
    json_object_begin(&j);
    json_put_text(&j, "name", name);
    json_put_text(&j, "path", file);
    json_put_text(&j, "encoding", in->encoding ? in->encoding : "utf-8");
    put_dialect(&j, in);
    json_put_object(&j, "schema");
    json_put_array(&j, "fields");
    for (size_t i = 0; i < in->column_count; i++)
        put_field(&j, &in->columns[i]);
    json_array_end(&j);
    json_object_end(&j);
    json_object_end(&j);
    json_array_end(&j);
    json_object_end(&j);
    json_end(&j);
}
