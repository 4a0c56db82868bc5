/*
 * A Table Schema (v2) as far as it is read: fields, missing values, primary, unique and foreign keys.
 * Titles in two languages are our own property of a field: "labels": {"en": "Seats", "ar": "المقاعد"}; a field
 * without has its "title" in both.
 */
#ifndef MUJAZ_DATASET_SCHEMA_H
#define MUJAZ_DATASET_SCHEMA_H

#include "dataset/field.h"

struct node;

struct key {
    struct place at;
    size_t *fields; /* indexes */
    size_t count;
};

struct foreign_key {
    struct key key;
    const char *package;       /* "reference.package", another dataset of the workspace; NULL: this one */
    struct place package_at;
    const char *resource;      /* as named in the package; NULL: the same */
    struct place resource_at;
    const char **targets;      /* names of the other table's fields, as many as key.count */
    struct place *target_at;
};

struct schema {
    struct field *fields;
    size_t count;
    struct key primary; /* count 0: none */
    struct key *unique; /* uniqueKeys */
    size_t unique_count;
    struct foreign_key *foreign;
    size_t foreign_count;
};

/* How a file's columns have to match the fields; all but the first go by name, in any order. */
enum fields_match { MATCH_EXACT, MATCH_EQUAL, MATCH_SUBSET, MATCH_SUPERSET, MATCH_PARTIAL };

/* The schema lives in the arena, which must live as long; false with diagnostics. Drop it in either case. */
bool schema_read(const struct node *, struct arena *, struct schema *out, struct diags *);
void schema_drop(struct schema *);

void schema_read_match(const struct node *schema, enum fields_match *out, struct diags *);

/* One field, the schema's missing values given; false when it is no object. */
bool schema_read_field(const struct node *, const struct text_list *missing, struct arena *, struct field *out,
                       struct diags *);

size_t schema_find(const struct schema *, const char *field); /* SIZE_MAX when there is none */
/* For the end of a diagnostic of a field that there is not; see nearest_hint. */
const char *schema_hint(const struct schema *, const char *field, const char *otherwise, struct arena *);

/* Reading a part of datapackage.json. A property in none of the three lists is a warning; one in `refused`
 * would change what the data mean and is an error. Each list ends with NULL; `used` are read by the caller,
 * `carried` say nothing about reading. */
void schema_check_properties(const struct node *map, const char *what, const char *const used[],
                             const char *const carried[], const char *const refused[], struct diags *);

/* `missingValues`, as texts or as objects {value, label}; leaves *out alone when there are none. */
void schema_read_missing(const struct node *map, struct arena *, struct text_list *out, struct diags *);

/* `labels` of a package, resource, field or category; else its `title`, for both languages. */
void schema_read_labels(const struct node *map, const char *title[LANG_COUNT], struct diags *);
/* The same where the standard calls it `label`. */
void schema_read_label(const struct node *map, const char *key, const char *label[LANG_COUNT], struct diags *);

/* A list of texts, or one text; false with a diagnostic when it is neither. */
bool schema_read_texts(const struct node *, const char *what, struct arena *, struct text_list *out,
                       struct diags *);

#endif
