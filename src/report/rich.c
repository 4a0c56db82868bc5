/*
 * Builder of rich text. Knows bytes, stretches and places; must not know what a message, a note or a
 * Markdown node is.
 */
#include "report/rich.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* A stretch of the source and the stretch of the result that stands for it. */
struct rich_cut {
    uint32_t start, end;         /* source */
    uint32_t out_start, out_end; /* result */
    bool verbatim;
};

void rich_begin(struct rich_builder *builder, struct arena *arena)
{
    memset(builder, 0, sizeof *builder);
    builder->arena = arena;
    buf_init(&builder->text);
}

void rich_abandon(struct rich_builder *builder)
{
    buf_drop(&builder->text);
    free(builder->spans);
    free(builder->places);
    free(builder->cuts);
}

/* Room for one more: what is made is copied when its size is known, since a doc keeps many short texts. */
static void *grow(void *array, size_t count, size_t size)
{
    bool full = count == 0 || (count >= 8 && (count & (count - 1)) == 0);

    return full ? xrealloc(array, count ? count * 2 : 8, size) : array;
}

void rich_at(struct rich_builder *builder, struct place at)
{
    uint32_t offset = (uint32_t)builder->text.length;

    if (builder->place_count > 0 && builder->places[builder->place_count - 1].offset == offset) {
        builder->places[builder->place_count - 1].at = at;
        return;
    }
    builder->places = grow(builder->places, builder->place_count, sizeof *builder->places);
    builder->places[builder->place_count].offset = offset;
    builder->places[builder->place_count].at = at;
    builder->place_count++;
}

void rich_add(struct rich_builder *builder, const char *bytes, size_t length)
{
    buf_add(&builder->text, bytes, length);
}

void rich_add_string(struct rich_builder *builder, const char *string)
{
    rich_add(builder, string, strlen(string));
}

size_t rich_open(struct rich_builder *builder, enum inline_kind kind, const char *url, size_t note)
{
    struct inline_span *span;

    builder->spans = grow(builder->spans, builder->span_count, sizeof *builder->spans);
    span = &builder->spans[builder->span_count];
    span->start = span->end = (uint32_t)builder->text.length;
    span->kind = kind;
    span->url = url;
    span->note = (uint32_t)note;
    return builder->span_count++;
}

void rich_close(struct rich_builder *builder, size_t span)
{
    builder->spans[span].end = (uint32_t)builder->text.length;
}

static struct rich_cut *add_cut(struct rich_builder *builder, uint32_t start, uint32_t end, bool verbatim)
{
    struct rich_cut *cut;

    builder->cuts = grow(builder->cuts, builder->cut_count, sizeof *builder->cuts);
    cut = &builder->cuts[builder->cut_count++];
    cut->start = start;
    cut->end = end;
    cut->out_start = cut->out_end = (uint32_t)builder->text.length;
    cut->verbatim = verbatim;
    return cut;
}

/* Index of the first entry behind `offset`. */
static size_t place_behind(const struct rich_text *text, uint32_t offset)
{
    size_t low = 0, high = text->place_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (text->places[middle].offset <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void rich_copy_inside(struct rich_builder *builder, const struct rich_text *source, uint32_t start,
                      uint32_t end)
{
    uint32_t done = start;

    rich_at(builder, rich_place(source, start));
    for (size_t i = place_behind(source, start); i < source->place_count; i++) {
        const struct inline_place *place = &source->places[i];

        if (place->offset >= end)
            break;
        rich_add(builder, source->utf8 + done, place->offset - done);
        rich_at(builder, place->at);
        done = place->offset;
    }
    rich_add(builder, source->utf8 + done, end - done);
}

void rich_copy(struct rich_builder *builder, const struct rich_text *source, uint32_t start, uint32_t end)
{
    struct rich_cut *cut;

    if (start >= end)
        return;
    cut = add_cut(builder, start, end, true);
    rich_copy_inside(builder, source, start, end);
    cut->out_end = (uint32_t)builder->text.length;
}

void rich_replace_begin(struct rich_builder *builder, uint32_t start, uint32_t end)
{
    add_cut(builder, start, end, false);
}

void rich_replace_end(struct rich_builder *builder)
{
    builder->cuts[builder->cut_count - 1].out_end = (uint32_t)builder->text.length;
}

/* Cuts lie one behind the other in the source, so both searches halve. */

/* Where a stretch that starts at the source's `offset` starts: in the first cut that ends behind it. */
static uint32_t carry_start(const struct rich_builder *builder, uint32_t offset)
{
    size_t low = 0, high = builder->cut_count;
    const struct rich_cut *cut;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (builder->cuts[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == builder->cut_count)
        return (uint32_t)builder->text.length;
    cut = &builder->cuts[low];
    return cut->out_start + (cut->verbatim && offset > cut->start ? offset - cut->start : 0);
}

/* Where a stretch that ends before the source's `offset` ends: in the last cut that starts before it. */
static uint32_t carry_end(const struct rich_builder *builder, uint32_t offset)
{
    size_t low = 0, high = builder->cut_count;
    const struct rich_cut *cut;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (builder->cuts[middle].start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return 0;
    cut = &builder->cuts[low - 1];
    return cut->verbatim && offset < cut->end ? cut->out_start + (offset - cut->start) : cut->out_end;
}

static void carry_spans(struct rich_builder *builder, const struct rich_text *source)
{
    for (size_t i = 0; i < source->span_count; i++) {
        struct inline_span span = source->spans[i];

        span.start = carry_start(builder, span.start);
        span.end = carry_end(builder, span.end);
        if (span.end <= span.start)
            continue;
        builder->spans = grow(builder->spans, builder->span_count, sizeof *builder->spans);
        builder->spans[builder->span_count++] = span;
    }
}

/* By start, the outer one first; a link holds the emphasis that covers the same text. */
static int compare_spans(const void *a, const void *b)
{
    const struct inline_span *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

struct rich_text rich_finish(struct rich_builder *builder, const struct rich_text *source)
{
    struct rich_text text = { 0 };

    if (source)
        carry_spans(builder, source);
    if (builder->span_count > 1)
        qsort(builder->spans, builder->span_count, sizeof *builder->spans, compare_spans);
    text.utf8 = arena_string_n(builder->arena, builder->text.data, builder->text.length);
    text.length = (uint32_t)builder->text.length;
    text.span_count = builder->span_count;
    if (text.span_count > 0)
        text.spans = arena_copy(builder->arena, builder->spans, text.span_count * sizeof *text.spans);
    text.place_count = builder->place_count;
    if (text.place_count > 0)
        text.places = arena_copy(builder->arena, builder->places, text.place_count * sizeof *text.places);
    rich_abandon(builder);
    return text;
}

struct rich_text rich_keep(const struct rich_text *text, struct arena *arena)
{
    struct rich_text kept = *text;
    struct inline_span *spans = arena_copy(arena, text->spans, text->span_count * sizeof *spans);

    for (size_t i = 0; i < text->span_count; i++)
        spans[i].url = arena_string(arena, spans[i].url);
    kept.utf8 = arena_string_n(arena, text->utf8, text->length);
    kept.spans = spans;
    kept.places = arena_copy(arena, text->places, text->place_count * sizeof *text->places);
    return kept;
}

struct place rich_place(const struct rich_text *text, uint32_t offset)
{
    struct place at = { 0 };
    size_t behind = place_behind(text, offset);

    if (behind == 0)
        return at;
    at = text->places[behind - 1].at;
    if (at.col > 0)
        at.col += (uint32_t)utf8_count(text->utf8 + text->places[behind - 1].offset,
                                       offset - text->places[behind - 1].offset);
    return at;
}

bool rich_names(const char *words, size_t length, const char *url)
{
    static const char *const schemes[] = { "", "https://", "http://", "mailto:" };

    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t behind = strlen(schemes[i]);

        if (strncmp(url, schemes[i], behind) == 0 && strlen(url + behind) == length &&
            memcmp(url + behind, words, length) == 0)
            return length > 0;
    }
    return false;
}

bool rich_is_address(const struct rich_text *text, const struct inline_span *span)
{
    return span->kind == INLINE_LINK && rich_names(text->utf8 + span->start, span->end - span->start, span->url);
}

struct rich_text rich_plain(struct arena *arena, const char *text, struct place at)
{
    struct rich_builder builder;

    rich_begin(&builder, arena);
    if (*text) {
        rich_at(&builder, at);
        rich_add_string(&builder, text);
    }
    return rich_finish(&builder, NULL);
}
