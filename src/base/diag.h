/*
 * Diagnostics: what a stage has to say about its input, with the place.
 *
 * Every diagnostic has a stable id from base/diag_ids.h, so that users can look it up and a test can
 * prove that each one happens. A list of diagnostics is only ever appended to; no stage prints.
 */
#ifndef MUJAZ_BASE_DIAG_H
#define MUJAZ_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

enum diag_level { DIAG_WARNING, DIAG_ERROR, DIAG_SYSTEM /* disk, permission: exit code 3 */ };

enum diag_id {
#define DIAG(id, slug, level, summary) DIAG_##id,
#include "base/diag_ids.h"
#undef DIAG
    DIAG_ID_COUNT
};

/* A place in an input file. Lines and columns count from 1, columns in code points; 0 means unknown.
 * The file name is not owned: it must live as long as the place (arena of the stage, or a literal). */
struct place {
    const char *file;
    uint32_t line, col;
};

struct diag {
    enum diag_id id;
    enum diag_level level;
    struct place at; /* file name copied, owned by the list */
    char *message;   /* what is wrong; what would be right */
};

struct diags;

struct diags *diags_new(void);
struct diags *diags_new_for(const struct diags *); /* told the same one how far the work is */
void diags_drop(struct diags *);

/* The level comes from diag_ids.h. The message says what is wrong, then, after "; ", what is right. */
void diag_add(struct diags *, enum diag_id, struct place at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Takes away what was said since the list had `count`: it is going to be said again. Not between the next two. */
void diags_forget(struct diags *, size_t count);

/* From now on only so many errors are kept, while diags_errors goes on counting: a file of another kind than its
 * schema is wrong in each cell. diags_unlimit ends this and gives the number of those that were not kept. */
void diags_limit(struct diags *, size_t errors);
size_t diags_unlimit(struct diags *);

/* Who is told how far the work is (base/progress.h); NULL: nobody. It must outlive the list. */
struct progress;
void diags_follow(struct diags *, const struct progress *);
const struct progress *diags_followed(const struct diags *);

size_t diags_count(const struct diags *);
bool diags_have(const struct diags *, enum diag_id, struct place); /* it was said of that place, which is known */
const struct diag *diags_get(const struct diags *, size_t index);
size_t diags_errors(const struct diags *); /* errors and system errors */
bool diags_have_system(const struct diags *);

const char *diag_slug(enum diag_id);
const char *diag_summary(enum diag_id);
enum diag_level diag_level_of(enum diag_id);

/* `file:line:col: error: [ID] message\n`, parts that are unknown left out. */
void diag_format(const struct diag *, struct buf *out);

#endif
