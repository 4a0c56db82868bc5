/* Loading a dataset: the package, then each table, then what tables have to do with each other. */
#include "dataset/dataset.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/nearest.h"
#include "dataset/cache.h"
#include "dataset/keys.h"
#include "dataset/odd.h"
#include "dataset/package.h"
#include "dataset/relation_inside.h"
#include "dataset/rows.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct dataset {
    struct arena *arena;
    const char *folder, *name;
    struct package package;
    struct relation **relations; /* of each resource, which may be NULL while it is loaded; then of labels */
    size_t relation_count;
    const char **files;
    size_t file_count;
};

/* --- tables --------------------------------------------------------------------------------------------- */

static size_t limit_of(const struct dataset_options *options)
{
    return options->max_errors ? options->max_errors : DATASET_MAX_ERRORS;
}

/* Behind the check of a table's keys, which diags_limit began. */
static void end_limit(const struct resource *resource, size_t limit, struct diags *diags)
{
    size_t over = diags_unlimit(diags);
    if (over)
        diag_add(diags, DIAG_CELLS_MORE, (struct place){ .file = resource->paths[0] },
                 "%zu errors of keys in this table, of which the first %zu are listed; --max-errors lists more",
                 over + limit, limit);
}

/* From the files, and into the cache when there was nothing at all to say. */
static struct relation *read_files(const struct resource *resource, size_t limit, const char *cache,
                                   struct cache_key key, struct diags *diags)
{
    size_t before = diags_count(diags);
    struct relation *relation = rows_read(resource, limit, diags);

    if (relation) {
        diags_limit(diags, limit);
        keys_check_unique(relation, &resource->schema, diags);
        end_limit(resource, limit, diags);
    }
    if (relation && cache && diags_count(diags) == before)
        cache_write(cache, relation, key);
    return relation;
}

static struct relation *load_relation(const struct dataset *set, const struct resource *resource,
                                      const struct dataset_options *options, struct diags *diags)
{
    const char *cache = options->cache;
    struct cache_key key = { 0 };

    if (cache && !cache_key_of(file_join(set->arena, set->folder, "datapackage.json"), resource, &key))
        cache = NULL;
    struct relation *kept = cache ? cache_read(cache, resource, key) : NULL;
    size_t before = diags_errors(diags);
    struct relation *relation = kept ? kept : read_files(resource, limit_of(options), cache, key, diags);
    if (relation && diags_errors(diags) == before) /* a wrong cell is a null */
        odd_check(relation, diags);
    return relation;
}

static void add_relation(struct dataset *set, struct relation *relation)
{
    set->relations = arena_grow(set->arena, set->relations, set->relation_count, sizeof *set->relations);
    set->relations[set->relation_count++] = relation;
}

/* A table of labels, unless the package has a table of that name itself. */
static void add_labels(struct dataset *set, const struct resource *resource, size_t field)
{
    struct relation *labels = relation_of_labels(resource, field);
    for (size_t i = 0; labels && i < set->package.count; i++)
        if (strcasecmp(set->package.resources[i].table, relation_name(labels)) == 0) {
            relation_drop(labels);
            return;
        }
    if (labels)
        add_relation(set, labels);
}

static bool load_relations(struct dataset *set, const struct dataset_options *options, struct diags *diags)
{
    struct package *package = &set->package;
    size_t before = diags_errors(diags);

    for (size_t i = 0; i < package->count; i++)
        add_relation(set, load_relation(set, &package->resources[i], options, diags));
    for (size_t i = 0; i < package->count; i++)
        for (size_t field = 0; field < package->resources[i].schema.count; field++)
            add_labels(set, &package->resources[i], field);
    return diags_errors(diags) == before;
}

static void add_file(struct dataset *set, const char *path)
{
    for (size_t i = 0; i < set->file_count; i++)
        if (strcmp(set->files[i], path) == 0)
            return;
    set->files = arena_grow(set->arena, set->files, set->file_count, sizeof *set->files);
    set->files[set->file_count++] = path;
}

static void list_files(struct dataset *set)
{
    add_file(set, file_join(set->arena, set->folder, "datapackage.json"));
    for (size_t i = 0; i < set->package.count; i++) {
        const struct resource *resource = &set->package.resources[i];
        for (size_t k = 0; k < resource->path_count; k++)
            add_file(set, resource->paths[k]);
        for (size_t k = 0; k < resource->part_count; k++)
            add_file(set, resource->part_files[k]);
    }
}

static struct dataset *open_set(const char *folder, const struct dataset_options *options, struct diags *diags)
{
    struct dataset *set = xcalloc(1, sizeof *set);
    const char *slash = strrchr(folder, '/');

    set->arena = arena_new();
    set->folder = arena_string(set->arena, folder);
    set->name = arena_string(set->arena, slash ? slash + 1 : folder);
    if (package_read(folder, set->arena, &set->package, diags) && load_relations(set, options, diags)) {
        list_files(set);
        return set;
    }
    dataset_drop(set);
    return NULL;
}

/* --- foreign keys --------------------------------------------------------------------------------------- */

static size_t find_resource(const struct package *package, const char *name)
{
    for (size_t i = 0; i < package->count; i++)
        if (package->resources[i].name && strcmp(package->resources[i].name, name) == 0)
            return i;
    return SIZE_MAX;
}

static const char *hint_of_resource(const struct dataset *set, const struct dataset *other, const char *name)
{
    const char **names = arena_array(set->arena, other->package.count + 1, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < other->package.count; i++)
        if (other->package.resources[i].name)
            names[count++] = other->package.resources[i].name;
    return nearest_hint(set->arena, name, names, count,
                        other == set ? "name one of this package" : "name one of that package");
}

/* The resource's foreign key against a resource of `other`, which may be the same set. */
static void check_against(const struct dataset *set, size_t index, const struct foreign_key *foreign,
                          const struct dataset *other, size_t limit, struct diags *diags)
{
    const char *name = foreign->resource ? foreign->resource : set->package.resources[index].name;
    size_t found = find_resource(&other->package, name);

    if (found == SIZE_MAX) {
        diag_add(diags, DIAG_PACKAGE_VALUE, foreign->resource_at,
                 "there is no resource '%s'; %s", name, hint_of_resource(set, other, name));
        return;
    }
    size_t *fields = arena_array(set->arena, foreign->key.count, sizeof *fields);
    for (size_t i = 0; i < foreign->key.count; i++) {
        fields[i] = schema_find(&other->package.resources[found].schema, foreign->targets[i]);
        if (fields[i] == SIZE_MAX) {
            const struct schema *schema = &other->package.resources[found].schema;
            diag_add(diags, DIAG_SCHEMA_FIELD, foreign->target_at[i], "there is no field '%s' in '%s'; %s",
                     foreign->targets[i], name,
                     schema_hint(schema, foreign->targets[i], "name one of its schema's", set->arena));
            return;
        }
    }
    diags_limit(diags, limit);
    keys_check_foreign(set->relations[index], &foreign->key, other->relations[found], fields, diags);
    end_limit(&set->package.resources[index], limit, diags);
}

static void check_foreign(const struct dataset *set, size_t index, const struct foreign_key *foreign,
                          const struct dataset_options *options, struct diags *diags)
{
    if (!foreign->package) {
        check_against(set, index, foreign, set, limit_of(options), diags);
        return;
    }
    const char *slash = strrchr(set->folder, '/');
    int above = slash ? (int)(slash - set->folder) : 0;
    const char *folder = slash ? arena_printf(set->arena, "%.*s/%s", above, set->folder, foreign->package)
                               : foreign->package;
    if (!file_exists(file_join(set->arena, folder, "datapackage.json"))) {
        size_t count = 0;
        const char *above_it = slash ? arena_string_n(set->arena, set->folder, (size_t)above) : ".";
        const char **names = file_list(set->arena, above_it, "", NULL, &count);
        diag_add(diags, DIAG_PACKAGE_VALUE, foreign->package_at, "there is no dataset '%s' beside this one; %s",
                 foreign->package, nearest_hint(set->arena, foreign->package, names, count, "name another"));
        return;
    }
    struct dataset *other = open_set(folder, options, diags); /* its own references are its own matter */
    if (other)
        check_against(set, index, foreign, other, limit_of(options), diags);
    dataset_drop(other);
}

struct dataset *dataset_load(const char *folder, const struct dataset_options *options, struct diags *diags)
{
    static const struct dataset_options none = { 0 };
    size_t before = diags_errors(diags);
    options = options ? options : &none;
    struct dataset *set = open_set(folder, options, diags);
    /* Only now: a wrong cell would be missed in another table too, and one mistake gives one diagnostic. */
    for (size_t i = 0; set && i < set->package.count; i++)
        for (size_t k = 0; k < set->package.resources[i].schema.foreign_count; k++)
            check_foreign(set, i, &set->package.resources[i].schema.foreign[k], options, diags);
    if (diags_errors(diags) == before)
        return set;
    dataset_drop(set);
    return NULL;
}

const char **dataset_references(const char *folder, struct arena *arena, size_t *count)
{
    struct diags *unsaid = diags_new();
    struct package package = { 0 };
    const char **names = NULL;

    *count = 0;
    package_read(folder, arena, &package, unsaid);
    for (size_t i = 0; i < package.count; i++)
        for (size_t k = 0; k < package.resources[i].schema.foreign_count; k++)
            if (package.resources[i].schema.foreign[k].package) {
                names = arena_grow(arena, names, *count, sizeof *names);
                names[(*count)++] = package.resources[i].schema.foreign[k].package;
            }
    package_drop(&package);
    diags_drop(unsaid);
    return names;
}

/* --- reading -------------------------------------------------------------------------------------------- */

void dataset_drop(struct dataset *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->relation_count; i++)
        relation_drop(set->relations[i]);
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

size_t dataset_files(const struct dataset *set)
{
    return set->file_count;
}

const char *dataset_file(const struct dataset *set, size_t index)
{
    return set->files[index];
}

size_t dataset_relations(const struct dataset *set)
{
    return set->relation_count;
}

const struct relation *dataset_relation(const struct dataset *set, size_t index)
{
    return set->relations[index];
}

/* --- what a schema asks, in words --------------------------------------------------------------------- */

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

const char *dataset_column_rules(const struct dataset *set, size_t index, size_t column, struct arena *arena)
{
    const struct relation *relation = set->relations[index];
    const struct schema *schema = &relation->resource->schema;
    size_t field = relation->columns[column].field;
    if (relation->places)
        return column ? NULL : arena_printf(arena, "key, a category of %s.%s", relation->resource->table,
                                            schema->fields[field].name);
    if (relation_is_hidden(relation, column))
        return arena_printf(arena, "hidden, of %s", schema->fields[field].name);
    const char *rules = is_in_key(&schema->primary, field) ? "key" : NULL;

    if (schema->fields[field].unique)
        rules = add_rule(rules, "unique", arena);
    if (schema->fields[field].required)
        rules = add_rule(rules, "required", arena);
    for (size_t i = set->package.count; i < set->relation_count; i++)
        if (set->relations[i]->resource == relation->resource && set->relations[i]->columns[0].field == field)
            rules = add_rule(rules, arena_printf(arena, "\u2192 %s.value", relation_name(set->relations[i])), arena);
    for (size_t i = 0; i < schema->foreign_count; i++) {
        const struct foreign_key *foreign = &schema->foreign[i];
        const char *table = foreign->resource ? foreign->resource : set->package.resources[index].name;
        for (size_t k = 0; k < foreign->key.count; k++)
            if (foreign->key.fields[k] == field)
                rules = add_rule(rules, arena_printf(arena, "\u2192 %s.%s", table, foreign->targets[k]), arena);
    }
    return rules;
}
