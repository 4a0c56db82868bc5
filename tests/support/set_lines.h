/* Setting lines on pages of a scene, and reading them back from its PDF. */
#ifndef MUJAZ_TESTS_SET_LINES_H
#define MUJAZ_TESTS_SET_LINES_H

#include "scene/scene.h"
#include "text/text.h"

struct text_style lines_style(enum lang);

/* The language of a line's first letter. */
enum lang lines_first_strong(const char *line);

/* Takes each '^' and each pair of '~' out of the line: the digits behind the one become superscripts, what stands between
 * the others is slanted. How many spans. */
enum { LINES_SPANS = 8 };
size_t lines_take_spans(char *line, struct text_span spans[LINES_SPANS]);

/* Sets a line, with its '^' and '~', as a paragraph of its own on the page. */
void lines_set(struct text_engine *, struct scene *, const char *source, size_t page, float y, struct diags *);

/* What a program prints, its NULs replaced; it must succeed. Heap. */
char *lines_output(const char *const argv[]);

/* The text of a PDF's pages; mutool's in logical order. Heap. */
char *lines_by_poppler(const char *path);
char *lines_by_mutool(const char *path);

#endif
