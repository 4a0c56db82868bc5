/* datapackage.json: which files are tables, and how they are to be read. */
#ifndef MUJAZ_DATASET_PACKAGE_H
#define MUJAZ_DATASET_PACKAGE_H

#include "dataset/csv.h"
#include "dataset/dataset.h"
#include "dataset/schema.h"

struct resource {
    const char *name, *table; /* as in the package; as in SQL */
    struct place at;
    const char *path; /* folder included */
    const char *title[LANG_COUNT];
    struct csv_dialect dialect;
    bool header;
    struct schema schema;
};

struct package {
    const char *title[LANG_COUNT];
    struct dataset_source *sources;
    size_t source_count;
    struct resource *resources;
    size_t count;
};

/* Everything lives in the arena but what package_drop frees; drop it in either case. */
bool package_read(const char *folder, struct arena *, struct package *out, struct diags *);
void package_drop(struct package *);

#endif
