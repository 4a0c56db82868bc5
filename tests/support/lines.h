/* Comparing printed lines with what a reader of PDFs gives back. */
#ifndef MUJAZ_TESTS_LINES_H
#define MUJAZ_TESTS_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "text/text.h"

/* NFC (never NFKC: presentation forms must fail), bidi controls taken out, each run of white space one space,
 * none at the ends of lines; line feeds and form feeds stay. Heap. */
char *lines_normalise(const char *utf8);

/* Each line from visual to logical order, by ICU's inverse bidi; base direction by the majority of letters.
 * For mutool 1.21, which gives text as it is drawn. Heap. */
char *lines_inverse_bidi(const char *utf8);

/* A line as it is drawn, from left to right, without bidi controls and combining marks: by its clusters, and as ICU
 * would order it. Heap. */
char *lines_drawn(const struct text_line *);
char *lines_ordered(const struct text_line *);

/* Whether the normalised line is a line of the normalised text, or stands in one between spaces. */
bool lines_hold(const char *text, const char *line);

/* The text of page `index` (0-based) in a text whose pages end with form feeds. Heap; "" behind the last. */
char *lines_page(const char *text, size_t index);

/* Copies the next word that is all Arabic letters and marks from *p, moves *p behind it; NULL at the end. */
char *lines_next_arabic_word(const char **p);

/* Every line of the shipped texts and of free_lines.txt, in order. */
void lines_of_texts(void (*each)(void *context, const char *line), void *context);

#endif
