/* datapackage.json: which files are tables, and how they are to be read. */
#ifndef MUJAZ_DATASET_PACKAGE_H
#define MUJAZ_DATASET_PACKAGE_H

#include "dataset/csv.h"
#include "dataset/dataset.h"
#include "dataset/schema.h"

enum { RESOURCE_PARTS = 2 }; /* dialect and schema */

struct resource {
    const char *name, *table; /* as in the package; as in SQL */
    struct place at;
    const char *const *paths; /* folder included; the records of one follow those of the other */
    size_t path_count;
    const char *part_files[RESOURCE_PARTS]; /* JSON files beside datapackage.json that say how to read it */
    size_t part_count;
    const char *title[LANG_COUNT];
    struct csv_dialect dialect;
    const char *encoding;     /* as iconv knows it; NULL: UTF-8 */
    bool header;              /* false: the first record is data */
    uint32_t header_rows;     /* 0 without a header; several are joined with header_join between them */
    const char *header_join;
    bool header_any_case;     /* columns and fields match whatever the case of their ASCII letters */
    enum fields_match match;
    struct dataset_source *sources; /* its own; the package's when it has none */
    size_t source_count;
    struct dataset_license *licenses; /* the same */
    size_t license_count;
    struct schema schema;
};

struct package {
    const char *title[LANG_COUNT];
    struct dataset_source *sources;
    size_t source_count;
    struct dataset_license *licenses;
    size_t license_count;
    struct resource *resources;
    size_t count;
};

/* Everything lives in the arena but what package_drop frees; drop it in either case. */
bool package_read(const char *folder, struct arena *, struct package *out, struct diags *);
void package_drop(struct package *);

/* dialect.c: what a resource says of its file's form. The dialect starts as that of RFC 4180. */
void dialect_read(const struct node *, struct arena *, struct resource *out, struct diags *);
void dialect_read_encoding(const struct node *resource, struct resource *out, struct diags *);

#endif
