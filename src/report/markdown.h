/*
 * A Markdown text as a tree of our own: blocks with places, each text flattened to rich text. Messages are
 * still in it as they were written; where a note is referred to stands U+FFFC under an INLINE_NOTE_REF, and in a link
 * without a text under its INLINE_LINK: what both print is numbered later.
 */
#ifndef MUJAZ_REPORT_MARKDOWN_H
#define MUJAZ_REPORT_MARKDOWN_H

#include "report/phrase.h"

struct md_table {
    size_t columns, rows; /* rows without the header */
    enum cell_align *align;
    struct phrase *titles; /* columns */
    struct phrase *cells;  /* rows * columns */
};

struct md_block {
    enum block_kind kind;
    struct place at;
    const char *id; /* headings */
    struct place id_at;
    int level;
    bool ordered, tight;
    int start;
    enum callout_kind callout;
    struct phrase text;     /* heading, paragraph, caption of an object, a call-out's own title */
    const char *object;     /* "seats" of ![...](chart:seats) */
    struct md_table *table; /* written in Markdown; NULL for an object */
    struct md_block *first_child, *next;
};

struct md_note {
    const char *id;
    struct place at;
    struct phrase text;
};

struct markdown {
    const char *path;
    struct place end; /* behind the last line */
    struct md_block *blocks;
    struct md_note *notes; /* INLINE_NOTE_REF's note is an index of it */
    size_t note_count;
};

/* Always returns a tree, of what could be understood; diagnostics say what could not. `text` and `path` must
 * live as long as the arena. */
struct markdown *markdown_parse(const char *path, const char *text, size_t length, struct arena *,
                                struct diags *);

/* A text that another file holds, as one paragraph: its marks are stretches. Links lead out of the report. What is no
 * paragraph alone, such as "- a", stays as it is. */
struct rich_text markdown_line(const struct rich_text *, struct arena *, struct diags *);

#endif
