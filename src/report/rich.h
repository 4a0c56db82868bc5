/*
 * Making rich text: bytes, stretches and places, and carrying the stretches of a source over to a text in
 * which parts were replaced. No knowledge of messages or Markdown.
 */
#ifndef MUJAZ_REPORT_RICH_H
#define MUJAZ_REPORT_RICH_H

#include "base/buf.h"
#include "report/doc.h"

struct rich_cut;

struct rich_builder {
    struct arena *arena; /* of the result */
    struct buf text;
    struct inline_span *spans;
    struct inline_place *places;
    struct rich_cut *cuts;
    size_t span_count, place_count, cut_count;
};

void rich_begin(struct rich_builder *, struct arena *);

/* What is added from here on came from `at`. */
void rich_at(struct rich_builder *, struct place at);
void rich_add(struct rich_builder *, const char *bytes, size_t length);
void rich_add_string(struct rich_builder *, const char *);
size_t rich_open(struct rich_builder *, enum inline_kind, const char *url, size_t note);
void rich_close(struct rich_builder *, size_t span);

/* Adds the bytes [start, end) of `source` with their places. Parts are added from left to right. */
void rich_copy(struct rich_builder *, const struct rich_text *source, uint32_t start, uint32_t end);
/* Adds them too, as a part of a replacement: the spans of the source are not carried into it. */
void rich_copy_inside(struct rich_builder *, const struct rich_text *source, uint32_t start, uint32_t end);

/* What is added between the two stands for the bytes [start, end) of the source. */
void rich_replace_begin(struct rich_builder *, uint32_t start, uint32_t end);
void rich_replace_end(struct rich_builder *);

/* Ends the builder. The spans of `source`, when given, are carried over. */
struct rich_text rich_finish(struct rich_builder *, const struct rich_text *source);
void rich_abandon(struct rich_builder *);

/* A copy that holds nothing of what the text's arena has; files' names in its places are not copied. */
struct rich_text rich_keep(const struct rich_text *, struct arena *);

/* The exact place of a byte of a text that was read, not made: columns are counted from the entry on. */
struct place rich_place(const struct rich_text *, uint32_t offset);

/* Whether the words are the address itself, with its "https://", "http://" or "mailto:" or without. */
bool rich_names(const char *words, size_t length, const char *url);
/* Whether the stretch is a link of such words: <https://example.org>. */
bool rich_is_address(const struct rich_text *, const struct inline_span *);

/* A text without markup that came from one place. */
struct rich_text rich_plain(struct arena *, const char *text, struct place at);

#endif
