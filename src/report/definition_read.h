/* Typed reading of definition values: shared by the files that read report.yaml, and by nobody else. */
#ifndef MUJAZ_REPORT_DEFINITION_READ_H
#define MUJAZ_REPORT_DEFINITION_READ_H

#include "report/definition.h"

struct definition_reader {
    struct definition *out;
    struct arena *arena;
    struct diags *diags;
};

enum phrases_form {
    PHRASES_PAIR, /* {en: ..., ar: ...} */
    PHRASES_SAME, /* or one text for both */
};

/* The value under `key` when it is of the kind, else NULL; a diagnostic when it is of another kind, or absent
 * and required. `what` says what is right: "a map of name: SELECT". */
const struct node *read_node(struct definition_reader *, const struct node *map, const char *key,
                             enum node_kind, bool required, const char *what);

void read_phrases(struct definition_reader *, const struct node *map, const char *key, enum phrases_form,
                  bool required, struct phrases *out);
void read_field(struct definition_reader *, const struct node *map, const char *key, bool required,
                struct field *out);
void read_statement(struct definition_reader *, const struct node *map, const char *key,
                    struct statement *out);
bool read_statement_node(struct definition_reader *, const struct node *, struct statement *out);

/* The index of the value among `names` into *out; false when it is absent or none of them. */
bool read_choice(struct definition_reader *, const struct node *map, const char *key, bool required,
                 const char *const names[], size_t count, size_t *out);
bool choice_of(struct definition_reader *, const struct node *, const char *key, const char *const names[],
               size_t count, size_t *out);
bool read_date(struct definition_reader *, const struct node *map, const char *key, bool required,
               struct date *out, const char **text);

/* A name that texts refer to: letters, digits and '_'; '-' too, but not in a figure's. */
bool check_identifier(struct definition_reader *, const char *name, struct place at, bool hyphen);

/* definition_objects.c */
void read_figures(struct definition_reader *, const struct node *root);
void read_groups(struct definition_reader *, const struct node *root);

/* definition_burst.c: behind read_attachments. */
void read_burst(struct definition_reader *, const struct node *root);

/* definition_charts.c */
void read_charts(struct definition_reader *, const struct node *root);

/* definition_apparatus.c */
void read_change(struct definition_reader *, const struct node *figure, struct definition_change *out);
void read_images(struct definition_reader *, const struct node *root);
void read_numbering(struct definition_reader *, const struct node *root);
void read_sources(struct definition_reader *, const struct node *root);

/* definition_tables.c */
void read_tables(struct definition_reader *, const struct node *root);
bool read_format(struct definition_reader *, const struct node *map, enum value_format *out);

#endif
