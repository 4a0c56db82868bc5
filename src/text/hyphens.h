/* Where English words may be hyphenated, by the patterns of libhyphen. Private to src/text. */
#ifndef MUJAZ_TEXT_HYPHENS_H
#define MUJAZ_TEXT_HYPHENS_H

#include <stddef.h>

#include "base/diag.h"

enum { HYPHENS_LEFT_MIN = 2, HYPHENS_RIGHT_MIN = 3, HYPHENS_WORD_MIN = 5, HYPHENS_WORD_MAX = 60 };

extern const char HYPHENS_ENGLISH[]; /* path of the patterns for American English */

/* May serve several threads. */
struct hyphens;
struct hyphens *hyphens_new(const char *path);
void hyphens_drop(struct hyphens *);

/* Reads the patterns, the first time. False: there are none, no word is hyphenated, and a warning says so once. */
bool hyphens_open(struct hyphens *, struct diags *);

/* Once they are open: places[i] tells whether a hyphen may stand behind letter i of a word of ASCII letters in lower
 * case. */
void hyphens_find(const struct hyphens *, const char *word, size_t length, bool places[HYPHENS_WORD_MAX]);

#endif
