/*
 * Markdown by cmark-gfm (tables, footnotes). The only file that knows the parser; what comes out is a tree of
 * ours. Texts are matched and messages read elsewhere.
 */
#include "report/markdown.h"

#include "base/nearest.h"
#include "base/utf8.h"
#include "report/letters.h"
#include "report/notes.h"
#include "report/source.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEEPEST = 16,  /* blocks in blocks, markup in markup */
    SEARCH = 4096, /* bytes looked through for a text that is not where the parser says */
    LONGEST_ID = 64,
    MOST_LINES = 10000,
    MOST_COLUMNS = 32,
};

#define NOTE_MARK "\xEF\xBF\xBC"  /* U+FFFC, where a note is referred to */
#define HARD_BREAK "\xE2\x80\xA8" /* U+2028 */

struct reader {
    struct source source;
    struct arena *arena;
    struct diags *diags;
    struct markdown *out;
    size_t cursor, limit; /* offsets: behind the text last placed; end of the block at work */
    int level; /* of the last heading; 1: the title */
    bool in_note;
};

static struct place node_place(const struct reader *reader, cmark_node *node)
{
    return source_place(&reader->source, source_offset(&reader->source, cmark_node_get_start_line(node),
                                                       cmark_node_get_start_column(node)));
}

/* ---- inlines ---- */

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
        rich_add(builder, literal, strlen(literal));
        return;
    }
    rich_at(builder, source_place(&reader->source, found));
    check_reserved(reader, builder, literal);
    reader->cursor = source_add(&reader->source, builder, literal, found);
    if (cmark_node_get_type(node) == CMARK_NODE_TEXT && strstr(literal, "[^"))
        check_undefined_notes(reader, found, reader->cursor);
}

static void add_note_reference(struct reader *reader, struct rich_builder *builder, cmark_node *node)
{
    const char *literal = cmark_node_get_literal(node);
    unsigned long number = literal ? strtoul(literal, NULL, 10) : 0;
    size_t span;

    if (number < 1 || number > reader->out->note_count)
        return;
    if (reader->in_note) {
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, node_place(reader, node),
                 "a footnote refers to a footnote; say it in one of the two");
        return;
    }
    rich_at(builder, node_place(reader, node));
    span = rich_open(builder, INLINE_NOTE_REF, NULL, number - 1);
    rich_add(builder, NOTE_MARK, strlen(NOTE_MARK));
    rich_close(builder, span);
}

static void check_link(struct reader *reader, const char *url, struct place at)
{
    if (strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0 ||
        strncmp(url, "mailto:", 7) == 0 || (url[0] == '#' && url[1]))
        return;
    diag_add(reader->diags, DIAG_LINK_TARGET, at,
             "the link's target '%s' cannot be followed; write https://..., mailto:... or #id of a heading",
             url);
}

/* The place of the markup's first text, or of the node when it holds none. */
static struct place markup_place(struct reader *reader, cmark_node *node)
{
    return cmark_node_get_start_line(node) > 0 ? node_place(reader, node)
                                               : source_place(&reader->source, reader->cursor);
}

static void add_inlines(struct reader *reader, struct rich_builder *builder, cmark_node *parent, int depth);

static void add_markup(struct reader *reader, struct rich_builder *builder, cmark_node *node,
                       enum inline_kind kind, int depth)
{
    const char *url = NULL;
    size_t span;

    if (kind == INLINE_LINK) {
        url = arena_string(reader->arena, cmark_node_get_url(node));
        check_link(reader, url, markup_place(reader, node));
    }
    span = rich_open(builder, kind, url, 0);
    if (kind == INLINE_CODE)
        add_literal(reader, builder, node);
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
        rich_add(builder, HARD_BREAK, strlen(HARD_BREAK));
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

static struct rich_text flatten(struct reader *reader, cmark_node *block)
{
    struct rich_builder builder;
    int end_line = cmark_node_get_end_line(block);

    reader->cursor =
        source_offset(&reader->source, cmark_node_get_start_line(block), cmark_node_get_start_column(block));
    reader->limit = end_line > 0 && (size_t)end_line <= reader->source.line_count
                        ? source_line_end(&reader->source, (size_t)end_line - 1)
                        : reader->source.length;
    rich_begin(&builder, reader->arena);
    rich_at(&builder, source_place(&reader->source, reader->cursor));
    add_inlines(reader, &builder, block, 1);
    return rich_finish(&builder, NULL);
}

/* ---- blocks ---- */

static struct md_block *add_blocks(struct reader *, cmark_node *parent, int depth);

static bool is_id_byte(char c, bool first)
{
    return (c >= 'a' && c <= 'z') || (!first && ((c >= '0' && c <= '9') || c == '-'));
}

/* Takes "{#id}" off the end of a heading's text. */
static void take_heading_id(struct reader *reader, struct md_block *block)
{
    struct rich_text *text = &block->text.text;
    uint32_t end = text->length, start;

    if (end > 0 && text->utf8[end - 1] == '}') {
        start = end - 1;
        while (start > 0 && is_id_byte(text->utf8[start - 1], false))
            start--;
        if (start >= 2 && text->utf8[start - 1] == '#' && text->utf8[start - 2] == '{' && start < end - 1 &&
            is_id_byte(text->utf8[start], true) && end - start <= LONGEST_ID) {
            block->id = arena_string_n(reader->arena, text->utf8 + start, end - 1 - start);
            block->id_at = rich_place(text, start - 2);
            end = start - 2;
            while (end > 0 && text->utf8[end - 1] == ' ')
                end--;
            text->utf8 = arena_string_n(reader->arena, text->utf8, end);
            text->length = end;
        }
    }
    if (!block->id)
        diag_add(reader->diags, DIAG_HEADING_ID, block->at,
                 "this heading has no id; end it with {#name}, in small letters, digits and '-', "
                 "the same in both languages");
}

/* Stretches that covered what was cut off end where the text ends. */
static void clamp_spans(struct reader *reader, struct rich_text *text)
{
    struct inline_span *spans = arena_copy(reader->arena, text->spans, text->span_count * sizeof *spans);
    size_t kept = 0;

    for (size_t i = 0; i < text->span_count; i++) {
        if (spans[i].end > text->length)
            spans[i].end = text->length;
        if (spans[i].start < spans[i].end)
            spans[kept++] = spans[i];
    }
    text->spans = spans;
    text->span_count = kept;
}

/* Levels go down one at a time (PDF/UA-1, 7.4.2); the title is level 1. */
static void check_heading_level(struct reader *reader, const struct md_block *block)
{
    if (block->level == 1)
        diag_add(
            reader->diags, DIAG_HEADING_LEVEL, block->at,
            "a heading of level 1 stands in the text; the title is in report.yaml, sections start with ##");
    else if (block->level > reader->level + 1 && reader->level == 1)
        diag_add(reader->diags, DIAG_HEADING_LEVEL, block->at,
                 "the first heading is of level %d; sections start with ##, level 2", block->level);
    else if (block->level > reader->level + 1)
        diag_add(reader->diags, DIAG_HEADING_LEVEL, block->at,
                 "this heading is of level %d, the one before it of level %d; level %d is right here, or a "
                 "lower number",
                 block->level, reader->level, reader->level + 1);
    reader->level = block->level;
}

/* The contents and the outline repeat a heading, and a note has one place. */
static void refuse_heading_notes(struct reader *reader, const struct rich_text *text)
{
    for (size_t i = 0; i < text->span_count; i++)
        if (text->spans[i].kind == INLINE_NOTE_REF)
            diag_add(reader->diags, DIAG_NOTE_PLACE, rich_place(text, text->spans[i].start),
                     "a heading refers to the footnote '%s'; refer to it in the text below",
                     reader->out->notes[text->spans[i].note].id);
}

static void read_heading(struct reader *reader, struct md_block *block, cmark_node *node, int depth)
{
    block->kind = BLOCK_HEADING;
    block->level = cmark_node_get_heading_level(node);
    block->text.text = flatten(reader, node);
    take_heading_id(reader, block);
    if (block->text.text.span_count > 0)
        clamp_spans(reader, &block->text.text);
    refuse_heading_notes(reader, &block->text.text);
    if (depth == 1)
        check_heading_level(reader, block);
    else
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, block->at,
                 "a heading stands inside a list or quote; move it out");
    if (block->text.text.length == 0)
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, block->at, "this heading has no text; write some");
}

/* A paragraph that is only an image: ![caption](kind:name). */
static void read_object(struct reader *reader, struct md_block *block, cmark_node *image, int depth)
{
    static const struct {
        const char *scheme;
        enum block_kind kind;
    } kinds[] = {
        { "chart:", BLOCK_CHART },
        { "table:", BLOCK_TABLE },
        { "figures:", BLOCK_KEY_FIGURES },
        { "contents:", BLOCK_CONTENTS },
    };
    const char *url = cmark_node_get_url(image);

    block->text.text = flatten(reader, image);
    if (depth > 1)
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, block->at,
                 "this stands inside a list or quote; give it a paragraph of its own");
    for (size_t i = 0; i < block->text.text.span_count; i++)
        if (i == 0)
            diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED,
                     rich_place(&block->text.text, block->text.text.spans[i].start),
                     "a caption holds markup; write plain text and figures");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strncmp(url, kinds[i].scheme, strlen(kinds[i].scheme)) != 0)
            continue;
        block->kind = kinds[i].kind;
        block->object = arena_string(reader->arena, url + strlen(kinds[i].scheme));
        return;
    }
    block->kind = BLOCK_PARAGRAPH;
    diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, block->at,
             "'%s' cannot be placed; what can is chart:NAME, table:NAME, figures:NAME and contents:", url);
}

static void read_paragraph(struct reader *reader, struct md_block *block, cmark_node *node, int depth)
{
    cmark_node *child = cmark_node_first_child(node);

    block->kind = BLOCK_PARAGRAPH;
    if (child && cmark_node_get_type(child) == CMARK_NODE_IMAGE && !cmark_node_next(child))
        read_object(reader, block, child, depth);
    else
        block->text.text = flatten(reader, node);
}

static enum cell_align column_align(uint8_t letter)
{
    return letter == 'r' ? ALIGN_END : letter == 'c' ? ALIGN_CENTRE : ALIGN_START;
}

static void read_table(struct reader *reader, struct md_block *block, cmark_node *node)
{
    struct md_table *table = arena_alloc(reader->arena, sizeof *table);
    uint8_t *letters = cmark_gfm_extensions_get_table_alignments(node);
    size_t row = 0;

    block->kind = BLOCK_TABLE;
    block->table = table;
    table->columns = cmark_gfm_extensions_get_table_columns(node);
    for (cmark_node *line = cmark_node_first_child(node); line; line = cmark_node_next(line))
        table->rows += !cmark_gfm_extensions_get_table_row_is_header(line);
    table->align = arena_array(reader->arena, table->columns, sizeof *table->align);
    table->titles = arena_array(reader->arena, table->columns, sizeof *table->titles);
    table->cells = arena_array(reader->arena, table->rows * table->columns, sizeof *table->cells);
    for (size_t i = 0; i < table->columns; i++)
        table->align[i] = column_align(letters[i]);
    for (cmark_node *line = cmark_node_first_child(node); line; line = cmark_node_next(line)) {
        bool header = cmark_gfm_extensions_get_table_row_is_header(line);
        struct phrase *cells = header ? table->titles : table->cells + row * table->columns;
        size_t column = 0;

        for (cmark_node *cell = cmark_node_first_child(line); cell && column < table->columns;
             cell = cmark_node_next(cell))
            cells[column++].text = flatten(reader, cell);
        row += !header;
    }
}

static void read_container(struct reader *reader, struct md_block *block, cmark_node *node, int depth)
{
    if (cmark_node_get_type(node) == CMARK_NODE_LIST) {
        block->kind = BLOCK_LIST;
        block->ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
        block->start = block->ordered ? cmark_node_get_list_start(node) : 0;
    } else {
        block->kind = cmark_node_get_type(node) == CMARK_NODE_ITEM ? BLOCK_ITEM : BLOCK_QUOTE;
    }
    block->first_child = add_blocks(reader, node, depth + 1);
    if (!cmark_node_first_child(node))
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, block->at,
                 "this %s is empty; write its text, or take it out",
                 block->kind == BLOCK_ITEM ? "list item" : "quote");
}

/* False when the block was refused and leaves nothing. */
static bool read_block(struct reader *reader, struct md_block *block, cmark_node *node, int depth)
{
    cmark_node_type type = cmark_node_get_type(node);

    if (type == CMARK_NODE_HEADING)
        read_heading(reader, block, node, depth);
    else if (type == CMARK_NODE_PARAGRAPH)
        read_paragraph(reader, block, node, depth);
    else if (type == CMARK_NODE_LIST || type == CMARK_NODE_ITEM || type == CMARK_NODE_BLOCK_QUOTE)
        read_container(reader, block, node, depth);
    else if (type == CMARK_NODE_THEMATIC_BREAK)
        block->kind = BLOCK_RULE;
    else if (cmark_gfm_extensions_get_table_columns(node) > 0)
        read_table(reader, block, node);
    else if (type == CMARK_NODE_FOOTNOTE_DEFINITION)
        return false;
    else if (type == CMARK_NODE_HTML_BLOCK)
        return diag_add(reader->diags, DIAG_TEXT_HTML, block->at,
                        "HTML is not read; write Markdown, or \\< for the sign"),
               false;
    else
        return diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, block->at,
                        "a code block cannot be printed; write a paragraph, not moved in by four spaces"),
               false;
    return true;
}

static struct md_block *add_blocks(struct reader *reader, cmark_node *parent, int depth)
{
    struct md_block *first = NULL, **next = &first;

    for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
        struct md_block *block;

        if (depth > DEEPEST) {
            diag_add(reader->diags, DIAG_TEXT_DEPTH, node_place(reader, node),
                     "lists and quotes are nested more than %d deep; take some out", DEEPEST);
            break;
        }
        block = arena_alloc(reader->arena, sizeof *block);
        block->at = node_place(reader, node);
        if (!read_block(reader, block, node, depth))
            continue;
        *next = block;
        next = &block->next;
    }
    return first;
}

/* ---- notes ---- */

static bool is_note(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION;
}

/* The parser keeps the definitions that are used, in the order of their numbers, at the end of the tree. */
static void find_notes(struct reader *reader, cmark_node *document)
{
    for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node)) {
        struct markdown *out = reader->out;
        size_t offset = 0;
        int line = cmark_node_get_start_line(node);

        if (!is_note(node))
            continue;
        out->notes = arena_grow(reader->arena, out->notes, out->note_count, sizeof *out->notes);
        while (line > 0 && !out->notes[out->note_count].id)
            out->notes[out->note_count].id =
                notes_id_in_line(&reader->source, (size_t)--line, reader->arena, &offset);
        if (!out->notes[out->note_count].id)
            out->notes[out->note_count].id = "";
        out->notes[out->note_count].at = source_place(&reader->source, offset);
        out->note_count++;
    }
}

static void read_notes(struct reader *reader, cmark_node *document)
{
    size_t index = 0;

    reader->in_note = true;
    for (cmark_node *node = cmark_node_first_child(document); node; node = cmark_node_next(node)) {
        cmark_node *paragraph;
        struct md_note *note;

        if (!is_note(node))
            continue;
        note = &reader->out->notes[index++];
        paragraph = cmark_node_first_child(node);
        if (!paragraph || cmark_node_next(paragraph) ||
            cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH) {
            diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, note->at,
                     "the footnote '%s' is not one paragraph; write it as one", note->id);
            continue;
        }
        note->text.text = flatten(reader, paragraph);
    }
    reader->in_note = false;
}

/* ---- the whole ---- */

static cmark_node *parse(const char *text, size_t length)
{
    cmark_parser *parser;
    cmark_node *document;

    cmark_gfm_core_extensions_ensure_registered();
    parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
    cmark_parser_feed(parser, text, length);
    document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return document;
}

/* The parser fills each row of a table up to the header's columns, however short its line is: a small file
 * could take all memory. */
static bool within_limits(const struct reader *reader)
{
    const struct source *source = &reader->source;

    if (source->line_count > MOST_LINES) {
        diag_add(reader->diags, DIAG_TEXT_LIMIT, source_place(source, source->lines[MOST_LINES]),
                 "the text has more than %d lines; split the report", MOST_LINES);
        return false;
    }
    for (size_t line = 0; line < source->line_count; line++) {
        int bars = 0;

        for (size_t at = source->lines[line]; at < source_line_end(source, line); at++)
            bars += source->text[at] == '|';
        if (bars > MOST_COLUMNS + 1) {
            diag_add(reader->diags, DIAG_TEXT_LIMIT, source_place(source, source->lines[line]),
                     "a line has %d bars and a table at most %d columns; split the table", bars,
                     MOST_COLUMNS);
            return false;
        }
    }
    return true;
}

struct markdown *markdown_parse(const char *path, const char *text, size_t length, struct arena *arena,
                                struct diags *diags)
{
    struct reader reader = { .arena = arena, .diags = diags, .level = 1 };
    cmark_node *document;

    reader.source = source_new(path, text, length, arena);
    reader.out = arena_alloc(arena, sizeof *reader.out);
    reader.out->path = path;
    reader.out->end = source_place(&reader.source, length);
    if (!within_limits(&reader))
        return reader.out;
    document = parse(text, length);
    find_notes(&reader, document);
    reader.out->blocks = add_blocks(&reader, document, 1);
    read_notes(&reader, document);
    notes_check_lines(&reader.source, reader.out, arena, diags);
    cmark_node_free(document);
    return reader.out;
}
