/*
 * What must hold in one text alone: messages, figures' names, headings' ids, links to them. Comparing the two
 * texts is match.c's.
 */
#include "report/text.h"

#include "base/file.h"
#include "base/nearest.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST = 1 << 20 }; /* bytes of one text */

struct checker {
    const struct figures *figures;
    struct arena *arena;
    struct diags *diags;
    const char **ids; /* of the headings, sorted */
    size_t id_count;
};

static void check_phrase(struct checker *checker, struct phrase *phrase)
{
    if (!phrase->text.utf8)
        return;
    phrase_parse(phrase, checker->arena, checker->diags);
    phrase_check_figures(phrase, checker->figures, checker->arena, checker->diags);
}

static void check_blocks(struct checker *checker, struct md_block *block)
{
    for (; block; block = block->next) {
        check_phrase(checker, &block->text);
        for (size_t i = 0; block->table && i < block->table->columns; i++)
            check_phrase(checker, &block->table->titles[i]);
        for (size_t i = 0; block->table && i < block->table->columns * block->table->rows; i++)
            check_phrase(checker, &block->table->cells[i]);
        check_blocks(checker, block->first_child);
    }
}

static int compare_headings(const void *a, const void *b)
{
    const struct md_block *const *x = a, *const *y = b;
    int order = strcmp((*x)->id, (*y)->id);

    if (order != 0)
        return order;
    return (*x)->at.line < (*y)->at.line ? -1 : (*x)->at.line > (*y)->at.line;
}

static void check_headings(struct checker *checker, struct md_block *block)
{
    struct md_block **headings = NULL;
    size_t count = 0;

    for (; block; block = block->next) {
        if (!block->id)
            continue;
        headings = arena_grow(checker->arena, headings, count, sizeof *headings);
        headings[count++] = block;
    }
    if (count > 1)
        qsort(headings, count, sizeof *headings, compare_headings);
    for (size_t i = 1; i < count; i++)
        if (strcmp(headings[i]->id, headings[i - 1]->id) == 0)
            diag_add(checker->diags, DIAG_HEADING_ID, headings[i]->id_at,
                     "the id '%s' is that of the heading in line %u already; choose another", headings[i]->id,
                     headings[i - 1]->at.line);
    checker->id_count = count;
    checker->ids = arena_array(checker->arena, count, sizeof *checker->ids);
    for (size_t i = 0; i < count; i++)
        checker->ids[i] = headings[i]->id;
}

static bool is_heading(const struct checker *checker, const char *id)
{
    return checker->id_count > 0 &&
           bsearch(&id, checker->ids, checker->id_count, sizeof *checker->ids, utf8_compare);
}

static void check_links(struct checker *checker, struct phrase *phrase)
{
    const struct rich_text *text = &phrase->text;

    for (size_t i = 0; i < text->span_count; i++) {
        const struct inline_span *span = &text->spans[i];
        const char *near;

        if (span->kind != INLINE_LINK || span->url[0] != '#' || !span->url[1] ||
            is_heading(checker, span->url + 1))
            continue;
        phrase->misled = true;
        near = nearest_known(span->url + 1, checker->ids, checker->id_count);
        diag_add(checker->diags, DIAG_LINK_TARGET, rich_place(text, span->start),
                 "no heading has the id '%s'; %s%s%s", span->url + 1,
                 near ? "did you mean '#" : "link to one that is there", near ? near : "", near ? "'?" : "");
    }
}

static void check_block_links(struct checker *checker, struct md_block *block)
{
    for (; block; block = block->next) {
        check_links(checker, &block->text);
        for (size_t i = 0; block->table && i < block->table->columns; i++)
            check_links(checker, &block->table->titles[i]);
        for (size_t i = 0; block->table && i < block->table->columns * block->table->rows; i++)
            check_links(checker, &block->table->cells[i]);
        check_block_links(checker, block->first_child);
    }
}

struct markdown *text_load(const char *path, const struct figures *figures, struct arena *arena,
                           struct diags *diags)
{
    struct checker checker = { .figures = figures, .arena = arena, .diags = diags };
    struct markdown *text;
    size_t length;
    struct arena *passing = arena_new();
    const char *bytes = file_read_text(path, LARGEST, passing, &length, diags);

    if (bytes)
        bytes = locale_nfc(bytes, length, &length, arena);
    arena_drop(passing);
    if (!bytes)
        return NULL;
    text = markdown_parse(path, bytes, length, arena, diags);
    check_blocks(&checker, text->blocks);
    check_headings(&checker, text->blocks);
    check_block_links(&checker, text->blocks);
    for (size_t i = 0; i < text->note_count; i++) {
        check_phrase(&checker, &text->notes[i].text);
        check_links(&checker, &text->notes[i].text);
    }
    return text;
}
