/*
 * A dataset: a folder with datapackage.json (Frictionless Data Package v2) and CSV files, read and checked.
 * Each resource becomes a table, named as the resource with '-' turned into '_'.
 *
 * Titles in two languages are a property of our own, on package, resource and field:
 * "labels": {"en": "...", "ar": "..."}. What the standard calls "title" stands in for both when it is absent.
 */
#ifndef MUJAZ_DATASET_DATASET_H
#define MUJAZ_DATASET_DATASET_H

#include "dataset/relation.h"

struct arena;
struct dataset;

struct dataset_source {
    const char *title, *path, *version; /* each may be NULL, not the first two at once */
    const char *label[LANG_COUNT];      /* the title in each language; title where it is not given, or NULL */
    struct place at;                    /* in datapackage.json */
};

struct dataset_license {
    const char *name, *title, *path; /* each may be NULL */
};

struct dataset_shelf;

struct dataset_options {
    size_t max_errors; /* listed for each file, and of keys for each table; 0: DATASET_MAX_ERRORS */
    const char *cache; /* folder for what was checked before; NULL: none */
    struct dataset_shelf *shelf; /* of dataset_borrow; NULL: none */
};

enum { DATASET_MAX_ERRORS = 1000 };

/* Every wrong cell is a diagnostic. NULL when anything was wrong. `folder` is "datasets/NAME"; a foreign key that
 * refers to another package looks for it beside this one. `options` may be NULL. */
struct dataset *dataset_load(const char *folder, const struct dataset_options *, struct diags *);
void dataset_drop(struct dataset *);
const char *dataset_name(const struct dataset *);
const char *dataset_title(const struct dataset *, enum lang); /* may be NULL */
size_t dataset_sources(const struct dataset *);
const struct dataset_source *dataset_source(const struct dataset *, size_t index);
size_t dataset_licenses(const struct dataset *);
const struct dataset_license *dataset_license(const struct dataset *, size_t index);
/* The other datasets that foreign keys in "FOLDER/datapackage.json" name; says nothing of what is wrong there. */
const char **dataset_references(const char *folder, struct arena *, size_t *count);
/* What was read: datapackage.json first, then the CSV files and what JSON files say how to read them, none twice. */
size_t dataset_files(const struct dataset *);
const char *dataset_file(const struct dataset *, size_t index); /* path */
size_t dataset_relations(const struct dataset *);
const struct relation *dataset_relation(const struct dataset *, size_t index);

/* --- shelf.c: datasets that stay loaded while nothing in their folders changes --- */

struct dataset_shelf *dataset_shelf_new(void);
void dataset_shelf_drop(struct dataset_shelf *);
void dataset_shelf_clear(struct dataset_shelf *); /* something changed; none may be borrowed */

/* As dataset_load; with a shelf it is read once, and its warnings are said each time. One that was wrong is not
 * kept. */
const struct dataset *dataset_borrow(const char *folder, const struct dataset_options *, struct diags *);
/* Back on the shelf; without one it is dropped. */
void dataset_return(const struct dataset_options *, const struct dataset *);

/* What the schema asks of a relation's column beside its type, in words: "key, required, → sources.id", or that it
 * is a hidden one. NULL: nothing. */
const char *dataset_column_rules(const struct dataset *, size_t relation, size_t column, struct arena *);

#endif
