/* Loading a dataset: the package, then each table, then what tables have to do with each other. */
#include "dataset/dataset.h"

#include "base/arena.h"
#include "base/file.h"
#include "dataset/keys.h"
#include "dataset/package.h"
#include "dataset/rows.h"

#include <stdlib.h>
#include <string.h>

struct dataset {
    struct arena *arena;
    const char *name;
    struct package package;
    struct table **tables; /* as many as package.count */
};

static size_t find_resource(const struct package *package, const char *name)
{
    for (size_t i = 0; i < package->count; i++)
        if (package->resources[i].name && strcmp(package->resources[i].name, name) == 0)
            return i;
    return SIZE_MAX;
}

static void check_foreign(const struct dataset *set, size_t index, const struct foreign_key *foreign,
                          struct diags *diags)
{
    const struct package *package = &set->package;
    size_t other = foreign->resource ? find_resource(package, foreign->resource) : index;

    if (foreign->package) {
        diag_add(diags, DIAG_PACKAGE_UNSUPPORTED, foreign->package_at,
                 "a key to the dataset '%s' cannot be checked here; refer to a resource of this one",
                 foreign->package);
        return;
    }
    if (other == SIZE_MAX) {
        diag_add(diags, DIAG_PACKAGE_VALUE, foreign->resource_at,
                 "there is no resource '%s'; name one of this package", foreign->resource);
        return;
    }
    size_t *fields = arena_array(set->arena, foreign->key.count, sizeof *fields);
    for (size_t i = 0; i < foreign->key.count; i++) {
        fields[i] = schema_find(&package->resources[other].schema, foreign->targets[i]);
        if (fields[i] == SIZE_MAX) {
            diag_add(diags, DIAG_SCHEMA_FIELD, foreign->target_at[i],
                     "there is no field '%s' in '%s'; name one of its schema's", foreign->targets[i],
                     package->resources[other].name);
            return;
        }
    }
    keys_check_foreign(set->tables[index], &foreign->key, set->tables[other], fields, diags);
}

static bool load_tables(struct dataset *set, struct diags *diags)
{
    struct package *package = &set->package;
    size_t before = diags_errors(diags);

    set->tables = arena_array(set->arena, package->count, sizeof *set->tables);
    for (size_t i = 0; i < package->count; i++) {
        set->tables[i] = rows_read(&package->resources[i], diags);
        if (set->tables[i])
            keys_check_unique(set->tables[i], &package->resources[i].schema, diags);
    }
    if (diags_errors(diags) > before)
        return false; /* a wrong cell would be missed in another table too: one mistake, one diagnostic */
    for (size_t i = 0; i < package->count; i++)
        for (size_t k = 0; k < package->resources[i].schema.foreign_count; k++)
            check_foreign(set, i, &package->resources[i].schema.foreign[k], diags);
    return diags_errors(diags) == before;
}

struct dataset *dataset_load(const char *folder, struct diags *diags)
{
    struct dataset *set = xcalloc(1, sizeof *set);
    const char *slash = strrchr(folder, '/');

    set->arena = arena_new();
    set->name = arena_string(set->arena, slash ? slash + 1 : folder);
    if (package_read(folder, set->arena, &set->package, diags) && load_tables(set, diags))
        return set;
    dataset_drop(set);
    return NULL;
}

void dataset_drop(struct dataset *set)
{
    if (!set)
        return;
    for (size_t i = 0; set->tables && i < set->package.count; i++)
        table_drop(set->tables[i]);
    package_drop(&set->package);
    arena_drop(set->arena);
    free(set);
}

const char *dataset_name(const struct dataset *set)
{
    return set->name;
}

const char *dataset_title(const struct dataset *set, enum lang lang)
{
    return set->package.title[lang];
}

size_t dataset_sources(const struct dataset *set)
{
    return set->package.source_count;
}

const struct dataset_source *dataset_source(const struct dataset *set, size_t index)
{
    return &set->package.sources[index];
}

size_t dataset_licenses(const struct dataset *set)
{
    return set->package.license_count;
}

const struct dataset_license *dataset_license(const struct dataset *set, size_t index)
{
    return &set->package.licenses[index];
}

size_t dataset_tables(const struct dataset *set)
{
    return set->package.count;
}

const struct table *dataset_table(const struct dataset *set, size_t index)
{
    return set->tables[index];
}

static bool is_in_key(const struct key *key, size_t field)
{
    for (size_t i = 0; i < key->count; i++)
        if (key->fields[i] == field)
            return true;
    return false;
}

static const char *add_rule(const char *rules, const char *rule, struct arena *arena)
{
    return rules ? arena_printf(arena, "%s, %s", rules, rule) : rule;
}

const char *dataset_column_rules(const struct dataset *set, size_t table, size_t column, struct arena *arena)
{
    const struct resource *resource = &set->package.resources[table];
    const struct schema *schema = &resource->schema;
    const char *rules = is_in_key(&schema->primary, column) ? "key" : NULL;

    if (schema->fields[column].unique)
        rules = add_rule(rules, "unique", arena);
    if (schema->fields[column].required)
        rules = add_rule(rules, "required", arena);
    for (size_t i = 0; i < schema->foreign_count; i++) {
        const struct foreign_key *foreign = &schema->foreign[i];
        size_t other = foreign->resource ? find_resource(&set->package, foreign->resource) : table;
        for (size_t k = 0; k < foreign->key.count; k++)
            if (foreign->key.fields[k] == column)
                rules = add_rule(rules, arena_printf(arena, "\u2192 %s.%s", set->package.resources[other].table,
                                                     foreign->targets[k]), arena);
    }
    return rules;
}
