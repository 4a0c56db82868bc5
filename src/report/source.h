/*
 * The bytes of a Markdown file, to tell where a piece of parsed text was written. The parser names the place
 * of most pieces; this checks it, and follows escapes and entities, so that places are exact to the
 * character.
 */
#ifndef MUJAZ_REPORT_SOURCE_H
#define MUJAZ_REPORT_SOURCE_H

#include "report/rich.h"

struct source {
    const char *path, *text;
    size_t length;
    uint32_t *lines; /* offset of each line's first byte */
    size_t line_count;
    struct source_cursor *cursor;    /* where the last place was told: the next one is mostly near */
    const struct rich_text *written; /* NULL, or the text that the bytes are of, which has their places */
};

struct source source_new(const char *path, const char *text, size_t length, struct arena *);

size_t source_offset(const struct source *, int line, int byte_column); /* both from 1; clamped */
struct place source_place(const struct source *, size_t offset);
size_t source_line_end(const struct source *,
                       size_t line_index); /* behind the line's text, without its end */

/* Where `literal` is written: at `claimed` when it is there, else the first place in [from, to). SIZE_MAX
 * when it is nowhere. */
size_t source_find(const struct source *, const char *literal, size_t claimed, size_t from, size_t to);

/* Adds `literal`, written at `offset`, with its places; returns the offset behind it. */
size_t source_add(const struct source *, struct rich_builder *, const char *literal, size_t offset);

#endif
