/* Pieces of a JSON Schema: each writes members of the object that is open. */
#ifndef MUJAZ_WORKSPACE_SCHEMA_WRITE_H
#define MUJAZ_WORKSPACE_SCHEMA_WRITE_H

#include "base/json.h"

void schema_number(struct json *, const char *key, double value); /* up to six digits */
/* A text: YAML makes numbers and switches of some that are not quoted. `pattern`: of texts; NULL: any. */
void schema_text(struct json *, const char *pattern);
/* A text of the pattern, or what YAML makes of it: "integer", "number". */
void schema_scalar(struct json *, const char *other, const char *pattern);
void schema_choices(struct json *, const char *const choices[]); /* ended by NULL */
void schema_refer(struct json *, const char *definition);
/* {en: PART, ar: PART}, or with `one` the PART alone; PART is a definition. */
void schema_languages(struct json *, const char *part, bool one);

/* schema_layout.c: the members of a layout's schema. */
void schema_layout(struct json *);

#endif
