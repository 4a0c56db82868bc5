/*
 * Places in a Markdown file. Knows lines, backslash escapes and character references; must not know the
 * parser or what the text means.
 */
#include "report/source.h"

#include "base/utf8.h"

#include <string.h>

enum {
    PROBE = 16, /* bytes compared to recognise a text */
    LONGEST_ENTITY = 33,
    PLACE_STRIDE = 256, /* bytes between two places of a long text, so that finding a column stays quick */
};

struct source_cursor {
    size_t line, offset; /* line from 0 */
    uint32_t col;
};

static size_t line_end_length(const char *p)
{
    if (p[0] == '\r')
        return p[1] == '\n' ? 2 : 1;
    return p[0] == '\n';
}

struct source source_new(const char *path, const char *text, size_t length, struct arena *arena)
{
    struct source source = { .path = path, .text = text, .length = length };
    size_t at = 0;

    source.cursor = arena_alloc(arena, sizeof *source.cursor);
    source.cursor->col = 1;
    for (;;) {
        source.lines = arena_grow(arena, source.lines, source.line_count, sizeof *source.lines);
        source.lines[source.line_count++] = (uint32_t)at;
        while (at < length && line_end_length(text + at) == 0)
            at++;
        if (at >= length)
            return source;
        at += line_end_length(text + at);
    }
}

size_t source_line_end(const struct source *source, size_t line_index)
{
    size_t end = line_index + 1 < source->line_count ? source->lines[line_index + 1] : source->length;

    while (end > source->lines[line_index] &&
           (source->text[end - 1] == '\n' || source->text[end - 1] == '\r'))
        end--;
    return end;
}

size_t source_offset(const struct source *source, int line, int byte_column)
{
    size_t offset, end;

    if (line < 1)
        return 0;
    if ((size_t)line > source->line_count)
        return source->length;
    offset = source->lines[line - 1] + (size_t)(byte_column > 1 ? byte_column - 1 : 0);
    end = source_line_end(source, (size_t)line - 1);
    return offset < end ? offset : end;
}

/* Index of the line that holds `offset`. */
static size_t line_of(const struct source *source, size_t offset)
{
    size_t low = 0, high = source->line_count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (source->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct place source_place(const struct source *source, size_t offset)
{
    struct source_cursor *cursor = source->cursor;
    size_t line;

    if (source->written)
        return rich_place(source->written, (uint32_t)offset);
    line = line_of(source, offset);
    if (line != cursor->line || offset < cursor->offset) {
        cursor->line = line;
        cursor->offset = source->lines[line];
        cursor->col = 1;
    }
    cursor->col += (uint32_t)utf8_count(source->text + cursor->offset, offset - cursor->offset);
    cursor->offset = offset;
    return (struct place){ source->path, (uint32_t)line + 1, cursor->col };
}

/* Length of the character reference at p ("&amp;", "&#1632;"), or 0. */
static size_t entity_length(const char *p, const char *end)
{
    size_t length = 1;

    if (*p != '&')
        return 0;
    while (p + length < end && length < LONGEST_ENTITY &&
           ((p[length] >= '0' && p[length] <= '9') || (p[length] >= 'a' && p[length] <= 'z') ||
            (p[length] >= 'A' && p[length] <= 'Z') || p[length] == '#'))
        length++;
    return length > 1 && p + length < end && p[length] == ';' ? length + 1 : 0;
}

/* Moves both over one character. `*straight`: they went in step. False when the source says something else.
 */
static bool step(const char **written, const char *end, const char **literal, bool *straight)
{
    const char *p = *written;
    size_t entity;

    *straight = false;
    if (p >= end)
        return false;
    entity = entity_length(p, end);
    if (entity > 0 && strncmp(p, *literal, entity) != 0) {
        *written += entity;
        utf8_next(literal);
        return true;
    }
    if (*p == **literal) {
        *straight = true;
        ++*written;
        ++*literal;
        return true;
    }
    if (*p == '\\' && p + 1 < end && p[1] == **literal) {
        *written += 2;
        ++*literal;
        return true;
    }
    if (**literal == ' ' && line_end_length(p) > 0) {
        *written += line_end_length(p);
        ++*literal;
        return true;
    }
    return false;
}

static bool stands_at(const struct source *source, const char *literal, size_t offset)
{
    const char *written = source->text + offset, *end = source->text + source->length, *start = literal;
    bool straight;

    while (*literal && literal - start < PROBE)
        if (!step(&written, end, &literal, &straight))
            return false;
    return true;
}

size_t source_find(const struct source *source, const char *literal, size_t claimed, size_t from, size_t to)
{
    if (claimed >= from && claimed < to && stands_at(source, literal, claimed))
        return claimed;
    for (size_t offset = from; offset < to; offset++)
        if (((unsigned char)source->text[offset] & 0xC0) != 0x80 && stands_at(source, literal, offset))
            return offset;
    return SIZE_MAX;
}

size_t source_add(const struct source *source, struct rich_builder *builder, const char *literal,
                  size_t offset)
{
    const char *written = source->text + offset, *end = source->text + source->length, *placed = literal;
    bool straight = true;

    rich_at(builder, source_place(source, offset));
    while (*literal) {
        const char *start = literal;
        bool in_step;

        if ((!straight || literal - placed >= PLACE_STRIDE) && ((unsigned char)*literal & 0xC0) != 0x80) {
            rich_at(builder, source_place(source, (size_t)(written - source->text)));
            placed = literal;
        }
        if (!step(&written, end, &literal, &in_step)) {
            rich_add_string(builder, literal);
            break;
        }
        straight = in_step;
        rich_add(builder, start, (size_t)(literal - start));
    }
    return (size_t)(written - source->text);
}
