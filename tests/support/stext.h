/* mutool's structured text (mutool draw -F stext): what it read, and where each letter stands. */
#ifndef MUJAZ_TESTS_STEXT_H
#define MUJAZ_TESTS_STEXT_H

/*
 * The text in visual order, a form feed behind each page. mutool 1.21 puts all that is drawn at one height into one
 * line, a note's number and the note, two columns of a table; so a line ends here wherever the pen jumps back, or
 * ahead by more than any space is wide. Heap.
 */
char *stext_lines(const char *xml);

#endif
