/* A dictionary: texts numbered from 0 in the order of their first coming, each kept once. */
#ifndef MUJAZ_DATASET_DICTIONARY_H
#define MUJAZ_DATASET_DICTIONARY_H

#include <stddef.h>
#include <stdint.h>

struct dictionary;

enum { DICTIONARY_NONE = -1 };

struct dictionary *dictionary_new(void);
void dictionary_drop(struct dictionary *);

/* The number of a text, which is copied when it is new. Bytes of any kind but NUL. */
uint32_t dictionary_add(struct dictionary *, const char *text, size_t length);
/* The number of a text, or DICTIONARY_NONE. */
int64_t dictionary_find(struct dictionary *, const char *text, size_t length);

/* All are there: lets go what texts are found by, a third of what it takes. It is made again for the next one that is
 * looked for or added. */
void dictionary_rest(struct dictionary *);

size_t dictionary_count(const struct dictionary *);
const char *dictionary_text(const struct dictionary *, size_t number); /* NUL-terminated */
size_t dictionary_length(const struct dictionary *, size_t number);    /* bytes */

#endif
