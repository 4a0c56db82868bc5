/* Table Schema from JSON: the table's fields, keys and how columns match. A field itself is schema_field.c's. */
#include "dataset/schema.h"

#include "base/arena.h"
#include "base/nearest.h"
#include "base/node.h"

#include <string.h>
#include <strings.h>

enum { FIELDS_MAX = 512 };

struct loader {
    struct arena *arena;
    struct diags *diags;
};

static const char *const none[] = { NULL };

/* For SQL, names differ in more than the case of ASCII letters. */
static void check_names(const struct loader *l, const struct schema *schema)
{
    for (size_t i = 0; i < schema->count; i++)
        for (size_t j = 0; j < i; j++)
            if (*schema->fields[i].name && strcasecmp(schema->fields[i].name, schema->fields[j].name) == 0) {
                diag_add(l->diags, DIAG_SCHEMA_FIELD, schema->fields[i].at,
                         "the field '%s' is described again, first in line %u; give each a name of its own",
                         schema->fields[i].name, (unsigned)schema->fields[j].at.line);
                break;
            }
}

/* A geopoint is two columns, with names of their own. */
static void check_points(const struct loader *l, const struct schema *schema)
{
    for (size_t i = 0; i < schema->count; i++)
        for (size_t j = 0; j < schema->count && schema->fields[i].type == FIELD_GEOPOINT; j++) {
            const struct field *point = &schema->fields[i], *other = &schema->fields[j];
            if (other->type == FIELD_GEOPOINT
                || (strcasecmp(other->name, arena_printf(l->arena, "%s_lon", point->name)) != 0
                    && strcasecmp(other->name, arena_printf(l->arena, "%s_lat", point->name)) != 0))
                continue;
            diag_add(l->diags, DIAG_SCHEMA_FIELD, other->at,
                     "the geopoint '%s' has a column '%s' too; give this field another name", point->name,
                     other->name);
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
                     "%s: there is no field '%s'; %s", what, names.texts[i],
                     schema_hint(schema, names.texts[i], "name one of the schema's", l->arena));
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

static void read_unique(const struct loader *l, const struct node *node, struct schema *schema)
{
    const struct node *list = node_get(node, "uniqueKeys");
    if (!list)
        return;
    if (list->kind != NODE_LIST || list->count == 0) {
        diag_add(l->diags, DIAG_PACKAGE_VALUE, list->at,
                 "'uniqueKeys' is no list of keys; write [[\"a\", \"b\"], [\"c\"]]");
        return;
    }
    schema->unique = arena_array(l->arena, list->count, sizeof *schema->unique);
    for (size_t i = 0; i < list->count; i++) {
        struct key *key = &schema->unique[schema->unique_count];
        if (read_key(l, list->items[i], "uniqueKeys", schema, key) && key->count)
            schema->unique_count++;
    }
}

/* A name, as of the folder datasets/NAME; the recipe's addresses are not read, as nothing here uses a network. */
static bool read_package(const struct loader *l, const struct node *map, struct foreign_key *foreign)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";
    if (!node_text(map, "package", false, &foreign->package, l->diags))
        return false;
    foreign->package_at = node_get(map, "package")->at;
    if (!*foreign->package || foreign->package[strspn(foreign->package, letters)]) {
        diag_add(l->diags, DIAG_PACKAGE_VALUE, foreign->package_at,
                 "'%s' cannot name a dataset; write the name of a folder in datasets/", foreign->package);
        return false;
    }
    if (!foreign->resource) {
        diag_add(l->diags, DIAG_KEY_MISSING, map->at,
                 "the key 'resource' is missing; name a resource of the dataset '%s'", foreign->package);
        return false;
    }
    return true;
}

static bool read_reference(const struct loader *l, const struct node *map, struct foreign_key *foreign)
{
    static const char *const used[] = { "package", "resource", "fields", NULL };
    const struct node *fields = node_get(map, "fields"), *resource = node_get(map, "resource");
    const struct node *package = node_get(map, "package");
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
    return !package || read_package(l, map, foreign);
}

static void read_foreign(const struct loader *l, const struct node *node, struct schema *schema)
{
    static const char *const used[] = { "fields", "reference", NULL };
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

static void read_fields(const struct loader *l, const struct node *node, const struct text_list *missing,
                        struct schema *schema)
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
        schema_read_field(list->items[i], missing, l->arena, &schema->fields[i], l->diags);
    check_names(l, schema);
    check_points(l, schema);
}

void schema_read_match(const struct node *schema, enum fields_match *out, struct diags *diags)
{
    static const char *const names[] = { "exact", "equal", "subset", "superset", "partial" };
    enum { NAMES = sizeof names / sizeof *names };
    const struct node *node = node_get(schema, "fieldsMatch");

    *out = MATCH_EXACT;
    if (node && node->kind == NODE_LIST && node->count == 1) /* as drafts of v2 had it */
        node = node->items[0];
    if (!node)
        return;
    for (size_t i = 0; node->kind == NODE_SCALAR && i < NAMES; i++)
        if (strcmp(node->text, names[i]) == 0) {
            *out = (enum fields_match)i;
            return;
        }
    diag_add(diags, DIAG_PACKAGE_VALUE, node->at,
             "'fieldsMatch' is none that is known; write exact, equal, subset, superset or partial");
}

bool schema_read(const struct node *node, struct arena *arena, struct schema *out, struct diags *diags)
{
    static const char *const used[] = { "fields",     "missingValues", "primaryKey", "foreignKeys",
                                        "uniqueKeys", "fieldsMatch",   NULL };
    static const char *const carried[] = { "$schema", "name", "title", "description", "labels", NULL };
    static const char *const empty[] = { "" };
    struct loader l = { .arena = arena, .diags = diags };
    struct text_list missing = { empty, 1 };
    size_t before = diags_errors(diags);

    *out = (struct schema){ 0 };
    if (node->kind != NODE_MAP) {
        diag_add(diags, DIAG_PACKAGE_VALUE, node->at,
                 "a schema is no object; write {\"fields\": [...]}, or the path of a JSON file that holds one");
        return false;
    }
    schema_check_properties(node, "a schema", used, carried, none, diags);
    schema_read_missing(node, arena, &missing, diags);
    read_fields(&l, node, &missing, out);
    read_primary(&l, node, out);
    read_unique(&l, node, out);
    read_foreign(&l, node, out);
    return diags_errors(diags) == before;
}

void schema_drop(struct schema *schema)
{
    for (size_t i = 0; i < schema->count; i++)
        field_drop(&schema->fields[i]);
}

const char *schema_hint(const struct schema *schema, const char *field, const char *otherwise, struct arena *arena)
{
    const char **names = arena_array(arena, schema->count + 1, sizeof *names);
    for (size_t i = 0; i < schema->count; i++)
        names[i] = schema->fields[i].name;
    return nearest_hint(arena, field, names, schema->count, otherwise);
}

size_t schema_find(const struct schema *schema, const char *field)
{
    for (size_t i = 0; i < schema->count; i++)
        if (strcmp(schema->fields[i].name, field) == 0)
            return i;
    return SIZE_MAX;
}
