/*
 * What a report's files are made from, as one digest: the program's version, the options, the report's folder, all
 * layouts (one may extend another), its fonts, and the folders of its datasets. The same key means the same files,
 * byte for byte.
 */
#ifndef MUJAZ_PIPELINE_REPORT_KEY_H
#define MUJAZ_PIPELINE_REPORT_KEY_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/hash.h"

/* The files of a key as they were when it was made. Zeroed it holds none. */
struct report_inputs {
    struct report_input *files;
    size_t count;
};

/* False with a diagnostic when a file cannot be read, or the definition or layout is wrong. `inputs`: those that
 * were looked at, in the arena. */
struct options;
struct arena;
bool report_key(const struct options *, const char *report, char key[HASH_HEX], struct report_inputs *inputs,
                struct arena *, struct diags *);
/* Whether they are still the same files with the same content, as far as inode, size and time of change tell. False
 * with a diagnostic: what was made meanwhile may be of both. */
bool report_inputs_are_same(const struct report_inputs *, struct diags *);

#endif
