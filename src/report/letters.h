/* Just as much of Unicode's classes as authored text in the two languages needs. */
#ifndef MUJAZ_REPORT_LETTERS_H
#define MUJAZ_REPORT_LETTERS_H

#include <stdbool.h>
#include <stdint.h>

enum letters_script { LETTERS_NONE, LETTERS_LEFT_TO_RIGHT, LETTERS_RIGHT_TO_LEFT };

/* Strong letters by their direction; digits, marks, punctuation and symbols are none. */
enum letters_script letters_script(uint32_t code_point);
bool letters_is_digit(uint32_t code_point);        /* European, Arabic-Indic, extended Arabic-Indic */
bool letters_is_arabic_digit(uint32_t code_point); /* Arabic-Indic */
bool letters_is_isolate(uint32_t code_point);      /* U+2066..U+2069 */
/* What only the program sets: isolates, line and paragraph separator, object replacement. */
bool letters_is_reserved(uint32_t code_point);

#endif
