/*
 * datapackage.json (Data Package v2): resources, their files, sources and licences. What would be read otherwise
 * than it says is refused here, so that no later stage meets it.
 */
#include "dataset/package.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/node.h"
#include "locale/locale.h"

#include <string.h>
#include <strings.h>

enum { JSON_MAX = 1 << 20 };

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

static bool read_one_path(const struct node *node, const char *folder, struct arena *arena, const char **out,
                          struct diags *diags)
{
    if (node->kind != NODE_SCALAR) {
        diag_add(diags, DIAG_PACKAGE_VALUE, node->at, "a path is no text; write \"FILE.csv\"");
        return false;
    }
    if (!file_path_is_inside(node->text)) {
        diag_add(diags, DIAG_PACKAGE_VALUE, node->at,
                 "the path '%s' leaves the dataset; name a file in its folder", node->text);
        return false;
    }
    *out = file_join(arena, folder, node->text);
    return true;
}

static void read_paths(const struct node *node, const char *folder, struct arena *arena, struct resource *out,
                       struct diags *diags)
{
    const struct node *path = node_get(node, "path");
    if (!path || (path->kind == NODE_LIST && path->count == 0)) {
        diag_add(diags, DIAG_KEY_MISSING, path ? path->at : node->at,
                 "the key 'path' is missing; name the CSV file");
        return;
    }
    const struct node *const *items = path->kind == NODE_LIST ? path->items : &path;
    size_t count = path->kind == NODE_LIST ? path->count : 1;
    const char **paths = arena_array(arena, count, sizeof *paths);

    for (size_t i = 0; i < count; i++) {
        if (!read_one_path(items[i], folder, arena, &paths[i], diags))
            return;
        for (size_t j = 0; j < i; j++)
            if (strcmp(paths[i], paths[j]) == 0) {
                diag_add(diags, DIAG_PACKAGE_VALUE, items[i]->at,
                         "the file '%s' is named twice, so its rows would count twice; take one out",
                         items[i]->text);
                return;
            }
    }
    out->paths = paths;
    out->path_count = count;
}

/* A JSON file in NFC, as the data will be: names and values that look the same are the same. */
static const struct node *load_json(const char *path, struct arena *arena, struct diags *diags)
{
    size_t length;
    const char *text = file_read_text(path, JSON_MAX, arena, &length, diags);
    const char *nfc = text ? locale_nfc(text, length, &length, arena) : NULL;
    return nfc ? node_parse(path, nfc, length, arena, diags) : NULL;
}

/* A part of a resource as it stands, or from the JSON file that it names; NULL with a diagnostic. */
static const struct node *read_part(const struct node *part, const char *folder, struct arena *arena,
                                    struct resource *out, struct diags *diags)
{
    const char *path;
    if (part->kind != NODE_SCALAR)
        return part;
    if (!read_one_path(part, folder, arena, &path, diags))
        return NULL;
    out->part_files[out->part_count++] = path;
    return load_json(path, arena, diags);
}

/* A property that may have one of two values only, in any case of letters. */
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

/* The objects of a list such as `sources`; NULL when there is none, or with a diagnostic. */
static const struct node *get_list(const struct node *map, const char *key, const char *example,
                                   struct diags *diags)
{
    const struct node *list = node_get(map, key);
    if (!list)
        return NULL;
    if (list->kind != NODE_LIST) {
        diag_add(diags, DIAG_PACKAGE_VALUE, list->at, "'%s' is no list; write [%s]", key, example);
        return NULL;
    }
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->kind != NODE_MAP) {
            diag_add(diags, DIAG_PACKAGE_VALUE, list->items[i]->at, "this is no object; write %s", example);
            return NULL;
        }
    return list;
}

static void read_sources(const struct node *map, struct arena *arena, struct dataset_source **out, size_t *count,
                         struct diags *diags)
{
    static const char *const used[] = { "title", "path", "version", "labels", NULL };
    static const char *const carried[] = { "email", "name", "web", NULL };
    const struct node *list = get_list(map, "sources", "{\"title\": ...}", diags);

    if (!list)
        return;
    *out = arena_array(arena, list->count, sizeof **out);
    *count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        struct dataset_source *source = &(*out)[i];
        schema_check_properties(item, "a source", used, carried, nothing, diags);
        node_text(item, "title", !node_get(item, "path"), &source->title, diags);
        node_text(item, "path", false, &source->path, diags);
        node_text(item, "version", false, &source->version, diags);
        source->at = item->at;
        schema_read_label(item, "", source->label, diags); /* the labels alone */
        for (int lang = 0; lang < LANG_COUNT; lang++)
            if (!source->label[lang])
                source->label[lang] = source->title;
    }
}

static void read_licenses(const struct node *map, struct arena *arena, struct dataset_license **out, size_t *count,
                          struct diags *diags)
{
    static const char *const used[] = { "name", "title", "path", NULL };
    const struct node *list = get_list(map, "licenses", "{\"name\": \"CC-BY-4.0\"}", diags);

    if (!list)
        return;
    *out = arena_array(arena, list->count, sizeof **out);
    *count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        struct dataset_license *license = &(*out)[i];
        schema_check_properties(item, "a license", used, nothing, nothing, diags);
        node_text(item, "name", !node_get(item, "path"), &license->name, diags);
        node_text(item, "title", false, &license->title, diags);
        node_text(item, "path", false, &license->path, diags);
    }
}

static void read_form(const struct node *node, const char *folder, struct arena *arena, struct resource *out,
                      struct diags *diags)
{
    const struct node *format = node_get(node, "format"), *dialect = node_get(node, "dialect");

    check_value(node, "type", "table", "table", diags);
    check_value(node, "format", "csv", "tsv", diags);
    check_value(node, "scheme", "file", "file", diags);
    check_value(node, "mediatype", "text/csv", "text/tab-separated-values", diags);
    if (format && format->kind == NODE_SCALAR && strcasecmp(format->text, "tsv") == 0)
        out->dialect.delimiter = '\t'; /* unless the dialect says otherwise */
    dialect_read_encoding(node, out, diags);
    if (dialect && (dialect = read_part(dialect, folder, arena, out, diags)))
        dialect_read(dialect, arena, out, diags);
}

static void read_resource(const struct node *node, const char *folder, struct arena *arena,
                          const struct package *package, struct resource *out, struct diags *diags)
{
    static const char *const used[] = { "name",      "path",  "type",   "format", "encoding", "scheme",   "mediatype",
                                        "title",     "labels", "schema", "dialect", "sources", "licenses", NULL };
    static const char *const carried[] = { "$schema", "description", "profile", "homepage", "bytes", "hash", NULL };
    static const char *const refused[] = { "data", "jsonSchema", "compression", "extrapaths", NULL };
    const struct node *schema = node_get(node, "schema");

    *out = (struct resource){ .at = node->at, .dialect = { .delimiter = ',', .quote = '"' }, .header = true,
                              .header_rows = 1, .header_join = " ", .header_any_case = true,
                              .sources = package->sources, .source_count = package->source_count,
                              .licenses = package->licenses, .license_count = package->license_count };
    if (node->kind != NODE_MAP) {
        diag_add(diags, DIAG_PACKAGE_VALUE, node->at, "a resource is no object; write {\"name\": ...}");
        return;
    }
    schema_check_properties(node, "a resource", used, carried, refused, diags);
    read_name(node, arena, out, diags);
    read_paths(node, folder, arena, out, diags);
    schema_read_labels(node, out->title, diags);
    read_sources(node, arena, &out->sources, &out->source_count, diags);
    read_licenses(node, arena, &out->licenses, &out->license_count, diags);
    read_form(node, folder, arena, out, diags);
    if (!schema) {
        diag_add(diags, DIAG_KEY_MISSING, node->at,
                 "the key 'schema' is missing; describe the table's fields");
        return;
    }
    schema = read_part(schema, folder, arena, out, diags);
    if (!schema)
        return;
    schema_read(schema, arena, &out->schema, diags);
    schema_read_match(schema, &out->match, diags);
    if (!out->header && out->match != MATCH_EXACT)
        diag_add(diags, DIAG_PACKAGE_VALUE, node_get(schema, "fieldsMatch")->at,
                 "without a header columns have no names to match by; take fieldsMatch out, or write it as exact");
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
        read_resource(list->items[i], folder, arena, out, &out->resources[i], diags);
    for (size_t i = 0; i < list->count; i++)
        for (size_t j = 0; j < i && out->resources[i].table; j++)
            if (out->resources[j].table && strcmp(out->resources[i].table, out->resources[j].table) == 0)
                diag_add(diags, DIAG_TABLE_DUPLICATE, out->resources[i].at,
                         "the table '%s' is there already, see line %u; give it another name",
                         out->resources[i].table, (unsigned)out->resources[j].at.line);
}

bool package_read(const char *folder, struct arena *arena, struct package *out, struct diags *diags)
{
    static const char *const used[] = { "resources", "title", "labels", "sources", "licenses", NULL };
    static const char *const carried[] = { "$schema", "name",    "id",       "description",  "homepage",
                                           "version", "created", "keywords", "contributors", "image",
                                           "profile", NULL };
    size_t before = diags_errors(diags);
    const struct node *root = load_json(file_join(arena, folder, "datapackage.json"), arena, diags);

    *out = (struct package){ 0 };
    if (!root)
        return false;
    if (root->kind != NODE_MAP) {
        diag_add(diags, DIAG_PACKAGE_VALUE, root->at, "a package is no object; write {\"resources\": [...]}");
        return false;
    }
    schema_check_properties(root, "a package", used, carried, nothing, diags);
    schema_read_labels(root, out->title, diags);
    read_sources(root, arena, &out->sources, &out->source_count, diags);
    read_licenses(root, arena, &out->licenses, &out->license_count, diags);
    read_resources(root, folder, arena, out, diags);
    return diags_errors(diags) == before;
}

void package_drop(struct package *package)
{
    for (size_t i = 0; i < package->count; i++)
        schema_drop(&package->resources[i].schema);
}
