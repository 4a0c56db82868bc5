/*
 * datapackage.json (Data Package v2): resources, dialects, sources. CSV in UTF-8 only; what would be read
 * otherwise than this is refused here, so that no later stage meets it.
 */
#include "dataset/package.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/node.h"

#include <string.h>
#include <strings.h>

static const char *const nothing[] = { NULL };

/* Lower case, so that SQL needs no quotes and case cannot tell two tables apart. */
static bool is_table_name(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz",
                      rest[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    return *name && strchr(letters, *name) && strspn(name, rest) == strlen(name) && strlen(name) <= 63
        && strncmp(name, "sqlite", 6) != 0;
}

static bool read_name(const struct node *node, struct arena *arena, struct resource *out, struct diags *diags)
{
    if (!node_text(node, "name", true, &out->name, diags))
        return false;
    out->at = node_get(node, "name")->at;
    if (!is_table_name(out->name)) {
        diag_add(diags, DIAG_PACKAGE_VALUE, out->at,
                 "'%s' cannot name a table; use small letters, digits, '-' and '_', a letter first",
                 out->name);
        return false;
    }
    char *table = arena_string(arena, out->name);
    for (char *p = table; *p; p++)
        if (*p == '-')
            *p = '_';
    out->table = table;
    return true;
}

static bool read_path(const struct node *node, const char *folder, struct arena *arena, struct resource *out,
                      struct diags *diags)
{
    const struct node *path = node_get(node, "path");
    if (!path) {
        diag_add(diags, DIAG_KEY_MISSING, node->at, "the key 'path' is missing; name the CSV file");
        return false;
    }
    if (path->kind == NODE_LIST && path->count == 1)
        path = path->items[0];
    if (path->kind != NODE_SCALAR) {
        diag_add(diags, DIAG_PACKAGE_UNSUPPORTED, path->at,
                 "a table of several files is not supported; name one");
        return false;
    }
    if (!file_path_is_inside(path->text)) {
        diag_add(diags, DIAG_PACKAGE_VALUE, path->at,
                 "the path '%s' leaves the dataset; name a file in its folder", path->text);
        return false;
    }
    out->path = file_join(arena, folder, path->text);
    return true;
}

/* A property that may have one value only, in any case of letters. */
static void check_value(const struct node *node, const char *key, const char *a, const char *b,
                        struct diags *diags)
{
    const char *text;
    if (!node_get(node, key) || !node_text(node, key, false, &text, diags))
        return;
    if (strcasecmp(text, a) != 0 && strcasecmp(text, b) != 0)
        diag_add(diags, DIAG_PACKAGE_UNSUPPORTED, node_get(node, key)->at,
                 "'%s' is '%s'; only '%s' is supported", key, text, a);
}

static void read_character(const struct node *dialect, const char *key, char *out, struct diags *diags)
{
    const char *text;
    if (!node_get(dialect, key) || !node_text(dialect, key, false, &text, diags))
        return;
    if (strlen(text) != 1 || *text == '\n' || *text == '\r') {
        diag_add(diags, DIAG_PACKAGE_VALUE, node_get(dialect, key)->at,
                 "'%s' is '%s'; write one ASCII character", key, text);
        return;
    }
    *out = *text;
}

static void read_dialect(const struct node *node, struct resource *out, struct diags *diags)
{
    static const char *const used[] = { "delimiter",   "quoteChar",        "header",
                                        "doubleQuote", "skipInitialSpace", NULL };
    static const char *const carried[] = { "$schema", "name", "title", "description", "lineTerminator",
                                           "csvddfVersion", NULL };
    static const char *const refused[] = {
        "escapeChar",  "nullSequence",        "headerRows", "headerJoin", "commentRows",
        "commentChar", "caseSensitiveHeader", "property",   "itemType",   "itemKeys",
        "sheetNumber", "sheetName",           "table",      NULL
    };
    const struct node *dialect = node_get(node, "dialect");
    bool doubled = true, skip = false;

    if (!dialect)
        return;
    if (dialect->kind != NODE_MAP) {
        diag_add(diags, DIAG_PACKAGE_VALUE, dialect->at,
                 "a dialect is no object; write {\"delimiter\": \";\"}");
        return;
    }
    schema_check_properties(dialect, "a dialect", used, carried, refused, diags);
    read_character(dialect, "delimiter", &out->dialect.delimiter, diags);
    read_character(dialect, "quoteChar", &out->dialect.quote, diags);
    node_bool(dialect, "header", false, &out->header, diags);
    node_bool(dialect, "doubleQuote", false, &doubled, diags);
    node_bool(dialect, "skipInitialSpace", false, &skip, diags);
    if (!doubled || skip)
        diag_add(diags, DIAG_PACKAGE_UNSUPPORTED, dialect->at,
                 "doubleQuote is always true and skipInitialSpace always false; write the file so");
    if (out->dialect.delimiter == out->dialect.quote)
        diag_add(diags, DIAG_PACKAGE_VALUE, dialect->at,
                 "delimiter and quoteChar are one; use two characters");
}

static void read_resource(const struct node *node, const char *folder, struct arena *arena,
                          struct resource *out, struct diags *diags)
{
    static const char *const used[] = { "name",      "path",  "type",   "format", "encoding", "scheme",
                                        "mediatype", "title", "labels", "schema", "dialect",  NULL };
    static const char *const carried[] = { "$schema",  "description", "profile", "sources", "licenses",
                                           "homepage", "bytes",       "hash",    NULL };
    static const char *const refused[] = { "data", "jsonSchema", "compression", "extrapaths", NULL };
    const struct node *schema = node_get(node, "schema");

    *out = (struct resource){ .at = node->at, .dialect = { .delimiter = ',', .quote = '"' }, .header = true };
    if (node->kind != NODE_MAP) {
        diag_add(diags, DIAG_PACKAGE_VALUE, node->at, "a resource is no object; write {\"name\": ...}");
        return;
    }
    schema_check_properties(node, "a resource", used, carried, refused, diags);
    read_name(node, arena, out, diags);
    read_path(node, folder, arena, out, diags);
    check_value(node, "type", "table", "table", diags);
    check_value(node, "format", "csv", "csv", diags);
    check_value(node, "scheme", "file", "file", diags);
    check_value(node, "mediatype", "text/csv", "text/csv", diags);
    check_value(node, "encoding", "utf-8", "utf8", diags);
    schema_read_labels(node, out->title, diags);
    read_dialect(node, out, diags);
    if (!schema)
        diag_add(diags, DIAG_KEY_MISSING, node->at,
                 "the key 'schema' is missing; describe the table's fields");
    else
        schema_read(schema, arena, &out->schema, diags);
}

static void read_resources(const struct node *root, const char *folder, struct arena *arena,
                           struct package *out, struct diags *diags)
{
    const struct node *list = node_get(root, "resources");
    if (!list || list->kind != NODE_LIST || list->count == 0) {
        diag_add(diags, DIAG_PACKAGE_VALUE, list ? list->at : root->at,
                 "a package needs its resources; write \"resources\": [{\"name\": ..., \"path\": ...}]");
        return;
    }
    out->resources = arena_array(arena, list->count, sizeof *out->resources);
    out->count = list->count;
    for (size_t i = 0; i < list->count; i++)
        read_resource(list->items[i], folder, arena, &out->resources[i], diags);
    for (size_t i = 0; i < list->count; i++)
        for (size_t j = 0; j < i && out->resources[i].table; j++)
            if (out->resources[j].table && strcmp(out->resources[i].table, out->resources[j].table) == 0)
                diag_add(diags, DIAG_TABLE_DUPLICATE, out->resources[i].at,
                         "the table '%s' is there already, see line %u; give it another name",
                         out->resources[i].table, (unsigned)out->resources[j].at.line);
}

static void read_sources(const struct node *root, struct arena *arena, struct package *out,
                         struct diags *diags)
{
    static const char *const used[] = { "title", "path", NULL };
    static const char *const carried[] = { "email", "version", NULL };
    const struct node *list = node_get(root, "sources");

    if (!list)
        return;
    if (list->kind != NODE_LIST) {
        diag_add(diags, DIAG_PACKAGE_VALUE, list->at, "'sources' is no list; write [{\"title\": ...}]");
        return;
    }
    out->sources = arena_array(arena, list->count, sizeof *out->sources);
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        if (item->kind != NODE_MAP) {
            diag_add(diags, DIAG_PACKAGE_VALUE, item->at, "a source is no object; write {\"title\": ...}");
            continue;
        }
        schema_check_properties(item, "a source", used, carried, nothing, diags);
        struct dataset_source *source = &out->sources[out->source_count++];
        node_text(item, "title", !node_get(item, "path"), &source->title, diags);
        node_text(item, "path", false, &source->path, diags);
    }
}

bool package_read(const char *folder, struct arena *arena, struct package *out, struct diags *diags)
{
    static const char *const used[] = { "resources", "title", "labels", "sources", NULL };
    static const char *const carried[] = { "$schema", "name",    "id",       "description",  "homepage",
                                           "version", "created", "keywords", "contributors", "licenses",
                                           "image",   "profile", NULL };
    size_t before = diags_errors(diags);
    const struct node *root = node_load(file_join(arena, folder, "datapackage.json"), arena, diags);

    *out = (struct package){ 0 };
    if (!root)
        return false;
    if (root->kind != NODE_MAP) {
        diag_add(diags, DIAG_PACKAGE_VALUE, root->at, "a package is no object; write {\"resources\": [...]}");
        return false;
    }
    schema_check_properties(root, "a package", used, carried, nothing, diags);
    schema_read_labels(root, out->title, diags);
    read_sources(root, arena, out, diags);
    read_resources(root, folder, arena, out, diags);
    return diags_errors(diags) == before;
}

void package_drop(struct package *package)
{
    for (size_t i = 0; i < package->count; i++)
        schema_drop(&package->resources[i].schema);
}
