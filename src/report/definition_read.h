/* Typed reading of definition values: shared by the files that read report.yaml, and by nobody else. */
#ifndef MUJAZ_REPORT_DEFINITION_READ_H
#define MUJAZ_REPORT_DEFINITION_READ_H

#include "base/key.h"
#include "report/definition.h"

struct definition_reader {
    struct definition *out;
    struct arena *arena;
    struct diags *diags;
};

/* Reads the key of the map, when it is there, to its member of `out`, the struct that belongs to the table. Lists and
 * named maps are left to read_items. */
void definition_read_key(struct definition_reader *, const struct node *map, const struct key *, void *out);

/* All keys of a map, and those of the maps that it has; a diagnostic for each that is not in the table. `what`: "a
 * table". */
void read_keys(struct definition_reader *, const struct node *map, const struct key keys[], const char *what,
               void *out);

/* The value under a key of the table that is a list or map; NULL when it is absent or of another kind, with a
 * diagnostic when that is wrong. */
const struct node *read_items(struct definition_reader *, const struct node *map, const struct key keys[],
                              const char *name);

/* A plain name that becomes a part of a path; `what`: "dataset". */
bool name_of(struct definition_reader *, const struct node *, const char *what, struct definition_name *out);
bool read_statement_node(struct definition_reader *, const struct node *, struct statement *out);

/* A name that texts refer to: letters, digits and '_'; '-' too, but not in a figure's. */
bool check_identifier(struct definition_reader *, const char *name, struct place at, bool hyphen);

/* What a map declares, each with its name: an array of so many bytes an object, which begins with a struct
 * definition_object and is zeroed before `read`. NULL without a map, or one that read_items refused. */
void *read_objects(struct definition_reader *, const struct node *map, size_t size, size_t *count,
                   void (*read)(struct definition_reader *, const struct node *, void *object));

/* definition_objects.c; `map` is the key's value here and below, or NULL. */
extern const struct key group_keys[];
void read_figures(struct definition_reader *, const struct node *map);
void read_groups(struct definition_reader *, const struct node *map);

/* definition_burst.c: behind the attachments. */
extern const struct key burst_keys[];
void read_burst(struct definition_reader *, const struct node *root);

/* definition_charts.c */
void read_charts(struct definition_reader *, const struct node *map);

/* definition_apparatus.c */
extern const struct key change_keys[], image_keys[], numbering_keys[], sources_keys[];
void read_images(struct definition_reader *, const struct node *map);

/* definition_tables.c */
extern const struct key table_keys[];
extern const char *const format_names[]; /* of columns and changes */
extern const unsigned format_values[];   /* enum value_format of each */
void read_tables(struct definition_reader *, const struct node *map);

#endif
