/* JSON Schemas (draft 7, which editors understand) of the files that a workspace is made of, told from the tables that
 * their loaders walk. What only the loader can see (that a name is one of another file's, that two keys go together)
 * they let pass. */
#ifndef MUJAZ_WORKSPACE_SCHEMA_H
#define MUJAZ_WORKSPACE_SCHEMA_H

#include "base/buf.h"

enum schema_of { SCHEMA_REPORT, SCHEMA_LAYOUT, SCHEMA_FONTS, SCHEMA_SCHEDULE, SCHEMA_MAIL, SCHEMA_COUNT };

extern const char *const schema_names[SCHEMA_COUNT + 1]; /* "report"; ended by NULL */
void schema_write(enum schema_of, struct buf *out);

#endif
