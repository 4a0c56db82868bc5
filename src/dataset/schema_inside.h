/* Between schema_field.c and schema_constraints.c. No one else includes it. */
#ifndef MUJAZ_DATASET_SCHEMA_INSIDE_H
#define MUJAZ_DATASET_SCHEMA_INSIDE_H

#include "dataset/schema.h"

struct schema_loader {
    struct arena *arena;
    struct diags *diags;
    const struct node *node; /* the field */
};

bool schema_is_temporal(const struct field *); /* its format is a pattern of strptime */

/* `constraints` and `categories`; type, format and signs are read already. */
void schema_read_constraints(const struct schema_loader *, struct field *);

#endif
