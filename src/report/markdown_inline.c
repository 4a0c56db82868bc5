/*
 * What stands in a line of Markdown: text, emphasis, links, references, each with its place. Knows the parser's
 * inline nodes; must not know blocks.
 */
#include "report/markdown_inside.h"

#include "base/nearest.h"
#include "base/utf8.h"
#include "report/letters.h"

#include <stdlib.h>
#include <string.h>

enum { SEARCH = 4096 /* bytes looked through for a text that is not where the parser says */ };

#define REFERENCE_MARK "\xEF\xBF\xBC" /* U+FFFC, where a note or a numbered thing is referred to */
#define HARD_BREAK "\xE2\x80\xA8"     /* U+2028 */

struct place markdown_node_place(const struct reader *reader, cmark_node *node)
{
    return source_place(&reader->source, source_offset(&reader->source, cmark_node_get_start_line(node),
                                                       cmark_node_get_start_column(node)));
}

static void check_reserved(struct reader *reader, const struct rich_builder *builder, const char *literal)
{
    for (const char *p = literal; *p;) {
        const char *start = p;
        uint32_t code_point = utf8_next(&p);
        struct place at;

        if (!letters_is_reserved(code_point))
            continue;
        at = builder->places[builder->place_count - 1].at;
        at.col += (uint32_t)utf8_count(literal, (size_t)(start - literal));
        diag_add(
            reader->diags, DIAG_TEXT_BIDI, at,
            "U+%04X stands in the text; take it out, the program isolates values and breaks lines itself",
            (unsigned)code_point);
    }
}

static const char *nearest_note(const struct reader *reader, const char *id)
{
    const char **ids = arena_array(reader->arena, reader->out->note_count, sizeof *ids);

    for (size_t i = 0; i < reader->out->note_count; i++)
        ids[i] = reader->out->notes[i].id;
    return nearest_known(id, ids, reader->out->note_count);
}

/* A reference without a definition comes out of the parser as text. */
static void check_undefined_notes(struct reader *reader, size_t from, size_t to)
{
    const char *text = reader->source.text;

    for (size_t i = from; i + 2 < to; i++) {
        size_t end = i + 2;
        const char *id, *near;

        if (text[i] != '[' || text[i + 1] != '^' || (i > 0 && text[i - 1] == '\\'))
            continue;
        while (end < to && text[end] != ']' && text[end] != ' ' && text[end] != '\n')
            end++;
        if (end >= to || text[end] != ']' || end == i + 2)
            continue;
        id = arena_string_n(reader->arena, text + i + 2, end - i - 2);
        near = nearest_note(reader, id);
        diag_add(reader->diags, DIAG_NOTE_UNDEFINED, source_place(&reader->source, i),
                 "the footnote '%s' is not defined; %s%s%s", id, near ? "did you mean '" : "add a line [^",
                 near ? near : id, near ? "'?" : "]: with its text");
    }
}

/* Whether a text stands in a link and is its address. */
static bool is_address(cmark_node *text)
{
    cmark_node *link = cmark_node_parent(text);
    const char *literal = cmark_node_get_literal(text);

    return link && cmark_node_get_type(link) == CMARK_NODE_LINK &&
           rich_names(literal, strlen(literal), cmark_node_get_url(link));
}

static void add_literal(struct reader *reader, struct rich_builder *builder, cmark_node *node)
{
    const char *literal = cmark_node_get_literal(node);
    size_t claimed =
        source_offset(&reader->source, cmark_node_get_start_line(node), cmark_node_get_start_column(node));
    size_t limit = reader->cursor + SEARCH < reader->limit ? reader->cursor + SEARCH : reader->limit;
    size_t found;

    if (!literal || !*literal)
        return;
    found = source_find(&reader->source, literal, claimed, reader->cursor, limit);
    if (found == SIZE_MAX) {
        rich_at(builder, source_place(&reader->source, reader->cursor));
        check_reserved(reader, builder, literal);
        rich_add_string(builder, literal);
        return;
    }
    rich_at(builder, source_place(&reader->source, found));
    check_reserved(reader, builder, literal);
    reader->cursor = source_add(&reader->source, builder, literal, found);
    if (cmark_node_get_type(node) == CMARK_NODE_TEXT && strstr(literal, "[^"))
        check_undefined_notes(reader, found, reader->cursor);
    if (cmark_node_get_type(node) == CMARK_NODE_TEXT && !is_address(node))
        markdown_check_signs(reader, found, reader->cursor);
}

static void add_note_reference(struct reader *reader, struct rich_builder *builder, cmark_node *node)
{
    const char *literal = cmark_node_get_literal(node);
    unsigned long number = literal ? strtoul(literal, NULL, 10) : 0;
    size_t span;

    if (number < 1 || number > reader->out->note_count)
        return;
    if (reader->in_note) {
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, markdown_node_place(reader, node),
                 "a footnote refers to a footnote; say it in one of the two");
        return;
    }
    rich_at(builder, markdown_node_place(reader, node));
    span = rich_open(builder, INLINE_NOTE_REF, NULL, number - 1);
    rich_add_string(builder, REFERENCE_MARK);
    rich_close(builder, span);
}

/* A link to a heading, or to a chart, table or image that has a number. */
static bool is_inside(const char *url)
{
    return (url[0] == '#' && url[1]) || strncmp(url, "chart:", 6) == 0 || strncmp(url, "table:", 6) == 0 ||
           strncmp(url, "image:", 6) == 0;
}

static void check_link(struct reader *reader, const char *url, struct place at)
{
    if (reader->source.written && is_inside(url)) {
        diag_add(reader->diags, DIAG_LINK_TARGET, at,
                 "'%s' is a place in the report; links to it stand in en.md and ar.md, here https://... and mailto:...",
                 url);
        return;
    }
    if (strchr(url, '{'))
        diag_add(reader->diags, DIAG_LINK_TARGET, at,
                 "the link's target '%s' holds a figure; an address is written out", url);
    if (strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0 ||
        strncmp(url, "mailto:", 7) == 0 || is_inside(url))
        return;
    diag_add(reader->diags, DIAG_LINK_TARGET, at,
             "the link's target '%s' cannot be followed; write https://..., mailto:..., #id of a heading, chart:NAME, "
             "table:NAME or image:NAME",
             url);
}

/* The place of the markup's first text, or of the node when it holds none. */
static struct place markup_place(struct reader *reader, cmark_node *node)
{
    return cmark_node_get_start_line(node) > 0 ? markdown_node_place(reader, node)
                                               : source_place(&reader->source, reader->cursor);
}

/* Punctuation that an address does not hold, and that may stand right behind it. */
static bool ends_address(uint32_t code_point)
{
    return code_point == 0x60C || code_point == 0x61B || code_point == 0x61F || code_point == 0xAB ||
           code_point == 0xBB || (code_point >= 0x2010 && code_point <= 0x2026);
}

/* Whether what ends here ends in a bracket that opens before it: "(https://example.org/a)". */
static bool closes_more(const char *text, const char *end)
{
    int open = 0;

    if (end[-1] != ')')
        return false;
    for (const char *p = text; p < end; p++)
        open += (*p == '(') - (*p == ')');
    return open < 0;
}

/* An address without brackets, https://example.org, ends before such a sign: the parser knows those of ASCII alone. */
static void cut_bare_address(struct reader *reader, cmark_node *link)
{
    cmark_node *text = cmark_node_first_child(link), *rest;
    const char *url = cmark_node_get_url(link), *literal, *p, *start;

    if (!text || cmark_node_get_start_column(link) != cmark_node_get_start_column(text)) /* a bracket parts them */
        return;
    literal = cmark_node_get_literal(text);
    for (p = start = literal; *p && !ends_address(utf8_next(&p));)
        start = p;
    if (!*start)
        return;
    while (start > literal && (strchr("?!.,:;*_~'\"", start[-1]) || closes_more(literal, start)))
        start--;
    if (strchr("*_", *start))
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, markup_place(reader, link),
                 "the %c behind this address stresses nothing; write the address in brackets, <https://...>", *start);
    rest = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(rest, start);
    cmark_node_insert_after(link, rest);
    cmark_node_set_url(link, arena_string_n(reader->arena, url, strlen(url) - strlen(start)));
    cmark_node_set_literal(text, arena_string_n(reader->arena, literal, (size_t)(start - literal)));
}

/* A link without a text: what it leads to says its number there. */
static void add_reference(struct reader *reader, struct rich_builder *builder, const char *url, struct place at)
{
    if (!is_inside(url))
        diag_add(reader->diags, DIAG_LINK_TEXT, at,
                 "this link has no text; write one between the brackets, only links inside the report print a number");
    rich_add_string(builder, REFERENCE_MARK);
}

static void add_inlines(struct reader *reader, struct rich_builder *builder, cmark_node *parent, int depth);

static void add_markup(struct reader *reader, struct rich_builder *builder, cmark_node *node,
                       enum inline_kind kind, int depth)
{
    const char *url = NULL;
    size_t span;

    if (kind == INLINE_LINK) {
        cut_bare_address(reader, node);
        url = arena_string(reader->arena, cmark_node_get_url(node));
        check_link(reader, url, markup_place(reader, node));
    }
    if (kind == INLINE_LINK && !cmark_node_first_child(node))
        rich_at(builder, markup_place(reader, node));
    span = rich_open(builder, kind, url, 0);
    if (kind == INLINE_CODE)
        add_literal(reader, builder, node);
    else if (kind == INLINE_LINK && !cmark_node_first_child(node))
        add_reference(reader, builder, url, markup_place(reader, node));
    else
        add_inlines(reader, builder, node, depth + 1);
    rich_close(builder, span);
}

static void refuse_inline(struct reader *reader, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    struct place at = markup_place(reader, node);

    if (type == CMARK_NODE_HTML_INLINE)
        diag_add(reader->diags, DIAG_TEXT_HTML, at, "HTML is not read; write Markdown, or \\< for the sign");
    else if (type == CMARK_NODE_IMAGE)
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, at,
                 "an image stands inside a text; give a chart or table a paragraph of its own");
    else
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, at, "this markup cannot be printed; write plain text");
}

static void add_inline(struct reader *reader, struct rich_builder *builder, cmark_node *node, int depth)
{
    cmark_node_type type = cmark_node_get_type(node);

    if (type == CMARK_NODE_TEXT)
        add_literal(reader, builder, node);
    else if (type == CMARK_NODE_SOFTBREAK)
        rich_add(builder, " ", 1);
    else if (type == CMARK_NODE_LINEBREAK)
        rich_add_string(builder, HARD_BREAK);
    else if (type == CMARK_NODE_STRONG)
        add_markup(reader, builder, node, INLINE_STRONG, depth);
    else if (type == CMARK_NODE_EMPH)
        add_markup(reader, builder, node, INLINE_EMPHASIS, depth);
    else if (type == CMARK_NODE_CODE)
        add_markup(reader, builder, node, INLINE_CODE, depth);
    else if (type == CMARK_NODE_LINK)
        add_markup(reader, builder, node, INLINE_LINK, depth);
    else if (type == CMARK_NODE_FOOTNOTE_REFERENCE)
        add_note_reference(reader, builder, node);
    else
        refuse_inline(reader, node);
}

static void add_inlines(struct reader *reader, struct rich_builder *builder, cmark_node *parent, int depth)
{
    if (depth > DEEPEST) {
        diag_add(reader->diags, DIAG_TEXT_DEPTH, markup_place(reader, parent),
                 "markup is nested more than %d deep; take some out", DEEPEST);
        return;
    }
    for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node))
        add_inline(reader, builder, node, depth);
}

void markdown_text_begin(struct reader *reader, cmark_node *block)
{
    int end_line = cmark_node_get_end_line(block);

    reader->cursor =
        source_offset(&reader->source, cmark_node_get_start_line(block), cmark_node_get_start_column(block));
    reader->limit = end_line > 0 && (size_t)end_line <= reader->source.line_count
                        ? source_line_end(&reader->source, (size_t)end_line - 1)
                        : reader->source.length;
}

struct rich_text markdown_text_between(struct reader *reader, cmark_node *first, cmark_node *end)
{
    struct rich_builder builder;

    rich_begin(&builder, reader->arena);
    rich_at(&builder, source_place(&reader->source, reader->cursor));
    for (cmark_node *node = first; node && node != end; node = cmark_node_next(node))
        add_inline(reader, &builder, node, 1);
    return rich_finish(&builder, NULL);
}

struct rich_text markdown_text(struct reader *reader, cmark_node *block)
{
    markdown_text_begin(reader, block);
    return markdown_text_between(reader, cmark_node_first_child(block), NULL);
}
