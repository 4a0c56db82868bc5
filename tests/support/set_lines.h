/* Setting lines on pages of a scene, and reading them back from its PDF. */
#ifndef MUJAZ_TESTS_SET_LINES_H
#define MUJAZ_TESTS_SET_LINES_H

#include "scene/scene.h"
#include "text/text.h"

struct text_style lines_style(enum lang);

/* The language of a line's first letter. */
enum lang lines_first_strong(const char *line);

/* Takes each '^' out of the line; the digits behind it become spans. How many. */
size_t lines_take_superscripts(char *line, struct text_span spans[4]);

/* Sets a line, with its '^', as a paragraph of its own on the page. */
void lines_set(struct text_engine *, struct scene *, const char *source, size_t page, float y, struct diags *);

/* What a program prints, its NULs replaced; it must succeed. Heap. */
char *lines_output(const char *const argv[]);

/* The text of a PDF's pages; mutool's in logical order. Heap. */
char *lines_by_poppler(const char *path);
char *lines_by_mutool(const char *path);

#endif
