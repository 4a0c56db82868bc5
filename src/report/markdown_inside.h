/* What the files that read Markdown share: the parser's nodes, and where they stand. Nobody else includes this. */
#ifndef MUJAZ_REPORT_MARKDOWN_INSIDE_H
#define MUJAZ_REPORT_MARKDOWN_INSIDE_H

#include "report/markdown.h"
#include "report/source.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

enum { DEEPEST = 16 /* blocks in blocks, markup in markup */ };

struct reader {
    struct source source;
    struct arena *arena;
    struct diags *diags;
    struct markdown *out;
    size_t cursor, limit; /* offsets: behind the text last placed; end of the block at work */
    int level; /* of the last heading; 1: the title */
    bool in_note;
};

struct place markdown_node_place(const struct reader *, cmark_node *);

/* The text of a block that holds inlines; `first`..`end` of them (end NULL: to the last). The next stretch of the
 * same block is placed behind it. */
struct rich_text markdown_text(struct reader *, cmark_node *block);
void markdown_text_begin(struct reader *, cmark_node *block);
struct rich_text markdown_text_between(struct reader *, cmark_node *first, cmark_node *end);

/* markdown_signs.c: a diagnostic for each sign of another dialect that the source's bytes [from, to) would print; and
 * for a paragraph that begins as a form that there is not. */
void markdown_check_signs(struct reader *, size_t from, size_t to);
void markdown_check_paragraph(struct reader *, const struct rich_text *, bool first_in_item);

#endif
