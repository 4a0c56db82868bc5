/* What cells of several rows must have in common or apart: unique fields, primary and foreign keys. */
#ifndef MUJAZ_DATASET_KEYS_H
#define MUJAZ_DATASET_KEYS_H

#include "dataset/relation.h"
#include "dataset/schema.h"

/* Every second occurrence is a diagnostic at its cell. Rows with a null in the key are passed over. */
void keys_check_unique(const struct relation *, const struct schema *, struct diags *);

/* Every row without its counterpart is a diagnostic. `fields` are the other schema's, as many as the key's. */
void keys_check_foreign(const struct relation *, const struct key *, const struct relation *other,
                        const size_t *fields, struct diags *);

#endif
