/* Embedding levels (UAX #9) of a paragraph with isolates. */
#ifndef MUJAZ_TEXT_LEVELS_H
#define MUJAZ_TEXT_LEVELS_H

#include "base/arena.h"
#include "base/lang.h"

#include <stdint.h>

/* The level of each byte of the text, in the arena; NULL where there are no two isolates, as the levels are Pango's
 * then. Embeddings and overrides are in no text of ours (utf8_is_refused). */
const uint8_t *levels_of(const char *utf8, uint32_t length, enum dir base, struct arena *);

/* The same as FriBidi, and so Pango, has them: all isolates of one depth are one text. */
const uint8_t *levels_at_once(const char *utf8, uint32_t length, enum dir base, struct arena *);

/* The same as both have them, without FriBidi, of most texts of ours: each isolate, and what stands around all of them,
 * runs one way, as a number in an isolate does in Arabic text. NULL: it is not such a text, or it has tabs or
 * separators. */
const uint8_t *levels_of_plain(const char *utf8, uint32_t length, enum dir base, struct arena *);

#endif
