/* Bidirectional properties of characters (UAX #9), as fribidi knows them. */
#ifndef MUJAZ_TEXT_BIDI_H
#define MUJAZ_TEXT_BIDI_H

#include <stdbool.h>
#include <stdint.h>

/* BIDI_WEAK: numbers and what goes with them (EN, AN, CS, ES, ET). */
enum bidi_class { BIDI_LEFT, BIDI_RIGHT, BIDI_WEAK, BIDI_MARK, BIDI_NEUTRAL };

enum bidi_class bidi_class_of_others(uint32_t code_point); /* than these letters */

/* Most of what is asked for, each letter of a page a dozen times: a to z in either case, hamza to ghain, tatweel to
 * yeh. FriBidi's own way to them is longer. */
static inline bool bidi_is_latin_letter(uint32_t c)
{
    return (c | 0x20) - 'a' < 26;
}

static inline bool bidi_is_arabic_letter(uint32_t c)
{
    return c - 0x0620 <= 0x064A - 0x0620;
}

static inline enum bidi_class bidi_class_of(uint32_t c)
{
    return bidi_is_latin_letter(c) ? BIDI_LEFT : bidi_is_arabic_letter(c) ? BIDI_RIGHT : bidi_class_of_others(c);
}

/* What a weak character is to a number, by the names of UAX #9; BIDI_NO_NUMBER if it is another character. */
enum bidi_number { BIDI_NO_NUMBER, BIDI_EN, BIDI_AN, BIDI_ES, BIDI_ET, BIDI_CS };
enum bidi_number bidi_number_of(uint32_t code_point);
bool bidi_is_mirrored(uint32_t code_point); /* has a mirror image: ( [ « < */
/* Marks, isolates and embeddings: they steer the order and are no text themselves. */
static inline bool bidi_is_control(uint32_t c)
{
    return c >= 0x061C && (c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
                           (c >= 0x2066 && c <= 0x2069));
}
bool bidi_is_combining(uint32_t code_point); /* non-spacing mark */
bool bidi_is_space(uint32_t code_point);

#endif
