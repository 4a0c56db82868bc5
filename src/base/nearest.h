/* "Did you mean": the known name nearest to a misspelt one. */
#ifndef MUJAZ_BASE_NEAREST_H
#define MUJAZ_BASE_NEAREST_H

#include <stddef.h>

/* The nearest of the known names when it is near enough to be meant, else NULL. */
const char *nearest_known(const char *word, const char *const known[], size_t count);

struct arena;

/* For the end of a diagnostic: "did you mean 'NEAREST'?", or `otherwise` when none is near. */
const char *nearest_hint(struct arena *, const char *word, const char *const known[], size_t count,
                         const char *otherwise);

/* The same with all that are known where none is near, the first ten: "OTHERWISE: a, b, c". */
const char *nearest_or_all(struct arena *, const char *word, const char *const known[], size_t count,
                           const char *otherwise);

#endif
