/*
 * Which footnotes a Markdown file defines, told from its lines. The parser keeps only those that are referred
 * to, so it cannot be asked.
 */
#include "report/notes.h"

#include <stdlib.h>
#include <string.h>

const char *notes_id_in_line(const struct source *source, size_t line, struct arena *arena, size_t *offset)
{
    const char *p = source->text + source->lines[line];
    const char *end = source->text + source_line_end(source, line), *id;

    while (p < end && (*p == ' ' || *p == '>' || *p == '\t'))
        p++;
    *offset = (size_t)(p - source->text);
    if (end - p < 5 || p[0] != '[' || p[1] != '^')
        return NULL;
    id = p += 2;
    while (p < end && *p != ']' && *p != ' ' && *p != '\t')
        p++;
    if (p == id || end - p < 2 || p[0] != ']' || p[1] != ':')
        return NULL;
    return arena_string_n(arena, id, (size_t)(p - id));
}

struct definition_line {
    const char *id;
    struct place at;
};

static int compare_definitions(const void *a, const void *b)
{
    const struct definition_line *x = a, *y = b;
    int order = strcmp(x->id, y->id);

    if (order != 0)
        return order;
    return x->at.line < y->at.line ? -1 : x->at.line > y->at.line;
}

static bool note_stands_at(const struct markdown *text, uint32_t line)
{
    for (size_t i = 0; i < text->note_count; i++)
        if (text->notes[i].at.line == line)
            return true;
    return false;
}

/* The parser drops definitions that nothing refers to, and repeated ones; the lines still tell. */
void notes_check_lines(const struct source *source, const struct markdown *text, struct arena *arena,
                       struct diags *diags)
{
    struct definition_line *found = NULL;
    size_t count = 0;

    for (size_t line = 0; line < source->line_count; line++) {
        size_t offset;
        const char *id = notes_id_in_line(source, line, arena, &offset);

        if (!id)
            continue;
        found = arena_grow(arena, found, count, sizeof *found);
        found[count].id = id;
        found[count++].at = source_place(source, offset);
    }
    if (count > 1)
        qsort(found, count, sizeof *found, compare_definitions);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(found[i].id, found[i - 1].id) == 0)
            diag_add(diags, DIAG_NOTE_DUPLICATE, found[i].at,
                     "the footnote '%s' is defined in line %u already; keep one", found[i].id,
                     found[i - 1].at.line);
        else if (!note_stands_at(text, found[i].at.line))
            diag_add(diags, DIAG_NOTE_UNUSED, found[i].at,
                     "nothing refers to the footnote '%s'; refer to it with [^%s], or take it out",
                     found[i].id, found[i].id);
    }
}
