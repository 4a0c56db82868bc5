/*
 * Where lines may break by Unicode's rules (UAX #14). Private to src/text.
 *
 * Pango knows for any text, at three hundred instructions a character, since it finds sentences and words as well. In
 * texts of letters, digits, spaces, common punctuation and isolates it is soon seen.
 */
#ifndef MUJAZ_TEXT_OPPORTUNITIES_H
#define MUJAZ_TEXT_OPPORTUNITIES_H

#include "base/arena.h"
#include "base/lang.h"

#include <stdbool.h>
#include <stdint.h>

/* What may happen before a character. Unicode's rules have three of them: nothing, where a mark belongs to its letter;
 * a break of a word that is wider than its line; a line's break. The others, and what is kept, are ours (units.c). */
enum opportunity { NO_BREAK, CHAR_BREAK, HYPHEN_BREAK, TIED_BREAK, LINE_BREAK, KEPT };

/* `out`: by byte of the text, zeroed; those that begin characters are set. */
void opportunities_by_pango(const char *text, uint32_t length, enum lang, struct arena *scratch, uint8_t *out);
/* False: it is not such a text, and some of `out` may be set. What stands behind a hyphen may be another than Pango's:
 * no line breaks there (units.c). */
bool opportunities_of_plain(const char *text, uint32_t length, uint8_t *out);

#endif
