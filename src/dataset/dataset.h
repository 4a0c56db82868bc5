/*
 * A dataset: a folder with datapackage.json (Frictionless Data Package v2) and CSV files, read and checked.
 * Each resource becomes a table, named as the resource with '-' turned into '_'.
 *
 * Titles in two languages are a property of our own, on package, resource and field:
 * "labels": {"en": "...", "ar": "..."}. What the standard calls "title" stands in for both when it is absent.
 */
#ifndef MUJAZ_DATASET_DATASET_H
#define MUJAZ_DATASET_DATASET_H

#include "dataset/table.h"

struct arena;
struct dataset;

struct dataset_source {
    const char *title, *path; /* one of them may be NULL */
    const char *version;      /* or NULL */
};

struct dataset_license {
    const char *name, *path; /* one of them may be NULL */
    const char *title;       /* or NULL */
};

/* Every wrong cell is a diagnostic. NULL when anything was wrong. `folder` is "datasets/NAME". */
struct dataset *dataset_load(const char *folder, struct diags *);
void dataset_drop(struct dataset *);
const char *dataset_name(const struct dataset *);
const char *dataset_title(const struct dataset *, enum lang); /* may be NULL */
size_t dataset_sources(const struct dataset *);
const struct dataset_source *dataset_source(const struct dataset *, size_t index);
size_t dataset_licenses(const struct dataset *);
const struct dataset_license *dataset_license(const struct dataset *, size_t index);
size_t dataset_tables(const struct dataset *);
const struct table *dataset_table(const struct dataset *, size_t index);

/* What the schema asks of a column beside its type, in words: "key, required, → sources.id". NULL: nothing. */
const char *dataset_column_rules(const struct dataset *, size_t table, size_t column, struct arena *);

#endif
