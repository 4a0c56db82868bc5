/*
 * Markdown by cmark-gfm (tables, footnotes, bare addresses): blocks. With markdown_inline.c the only file that knows
 * the parser; what comes out is a tree of ours. Texts are matched and messages read elsewhere.
 */
#include "report/markdown_inside.h"

#include "base/file.h"
#include "base/nearest.h"
#include "report/notes.h"

#include <stdlib.h>
#include <string.h>

enum {
    LONGEST_ID = 64,
    MOST_LINES = 10000,
    MOST_COLUMNS = 32,
};

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

/* The contents and the outline repeat a heading, what is read of a chart its caption; and a note has one place. */
static void refuse_notes(struct reader *reader, const struct rich_text *text, const char *what)
{
    for (size_t i = 0; i < text->span_count; i++)
        if (text->spans[i].kind == INLINE_NOTE_REF)
            diag_add(reader->diags, DIAG_NOTE_PLACE, rich_place(text, text->spans[i].start),
                     "a %s refers to the footnote '%s'; refer to it in the text below", what,
                     reader->out->notes[text->spans[i].note].id);
        else if (text->spans[i].kind == INLINE_LINK &&
                 strncmp(text->utf8 + text->spans[i].start, "\xEF\xBF\xBC", 3) == 0) /* a reference, see markdown.h */
            diag_add(reader->diags, DIAG_LINK_TEXT, rich_place(text, text->spans[i].start),
                     "a %s holds a link without text; write one between the brackets", what);
}

static void read_heading(struct reader *reader, struct md_block *block, cmark_node *node, int depth)
{
    block->kind = BLOCK_HEADING;
    block->level = cmark_node_get_heading_level(node);
    block->text.text = markdown_text(reader, node);
    take_heading_id(reader, block);
    if (block->text.text.span_count > 0)
        clamp_spans(reader, &block->text.text);
    refuse_notes(reader, &block->text.text, "heading");
    if (depth == 1)
        check_heading_level(reader, block);
    else
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, block->at,
                 "a heading stands inside a list or quote; move it out");
    if (block->text.text.length == 0)
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, block->at, "this heading has no text; write some");
}

/* What is as wide as the page, and so would break out of a list, quote or call-out. */
static void check_depth(struct reader *reader, const struct md_block *block, int depth)
{
    if (depth > 1)
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, block->at,
                 "this stands inside a list or quote; give it a paragraph of its own");
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
        { "image:", BLOCK_IMAGE },
        { "break:", BLOCK_BREAK },
        { "sources:", BLOCK_SOURCES },
        { "", BLOCK_IMAGE }, /* a file beside the text */
    };
    const char *url = cmark_node_get_url(image);

    block->text.text = markdown_text(reader, image);
    check_depth(reader, block, depth);
    refuse_notes(reader, &block->text.text, "caption");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t length = strlen(kinds[i].scheme);

        if (strncmp(url, kinds[i].scheme, length) != 0 || (length == 0 && !file_path_is_inside(url)) ||
            (length == 0 && strchr(url, ':')))
            continue;
        block->kind = kinds[i].kind;
        block->object = arena_string(reader->arena, url + length);
        return;
    }
    block->kind = BLOCK_PARAGRAPH;
    diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, block->at,
             "'%s' cannot be placed; what can is chart:NAME, table:NAME, image:NAME or an image's file, figures:NAME, "
             "contents:, sources: and break:page", url);
}

static void read_paragraph(struct reader *reader, struct md_block *block, cmark_node *node, int depth)
{
    cmark_node *child = cmark_node_first_child(node);

    block->kind = BLOCK_PARAGRAPH;
    if (child && cmark_node_get_type(child) == CMARK_NODE_IMAGE && !cmark_node_next(child)) {
        read_object(reader, block, child, depth);
    } else {
        block->text.text = markdown_text(reader, node);
        markdown_check_paragraph(reader, &block->text.text,
                                 cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_ITEM &&
                                     !cmark_node_previous(node));
    }
}

static enum cell_align column_align(uint8_t letter)
{
    return letter == 'r' ? ALIGN_END : letter == 'c' ? ALIGN_CENTRE : ALIGN_START;
}

static void read_table(struct reader *reader, struct md_block *block, cmark_node *node, int depth)
{
    struct md_table *table = arena_alloc(reader->arena, sizeof *table);
    uint8_t *letters = cmark_gfm_extensions_get_table_alignments(node);
    size_t row = 0;

    check_depth(reader, block, depth);
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
            cells[column++].text = markdown_text(reader, cell);
        row += !header;
    }
}

/* Of an item. What may stand in no list is refused elsewhere. */
static bool begins_without_words(const struct md_block *item)
{
    enum block_kind first = item->first_child ? item->first_child->kind : BLOCK_PARAGRAPH;

    return first == BLOCK_LIST || first == BLOCK_QUOTE || first == BLOCK_RULE;
}

static void read_container(struct reader *reader, struct md_block *block, cmark_node *node, int depth)
{
    if (cmark_node_get_type(node) == CMARK_NODE_LIST) {
        block->kind = BLOCK_LIST;
        block->tight = cmark_node_get_list_tight(node);
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
    else if (block->kind == BLOCK_ITEM && begins_without_words(block))
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, block->at,
                 "this list item begins without words, so that its mark would stand beside nothing; begin it with a "
                 "line of text");
}

/* ---- quotes and call-outs ---- */

static const char *const callout_names[] = { "JUDGEMENT", "NOTE", "WARNING" };
enum { CALLOUT_COUNT = sizeof callout_names / sizeof *callout_names };

static enum callout_kind callout_of(struct reader *reader, const char *name, struct place at)
{
    const char *near;

    for (size_t i = 0; i < CALLOUT_COUNT; i++)
        if (strcmp(name, callout_names[i]) == 0)
            return (enum callout_kind)i;
    near = nearest_known(name, callout_names, CALLOUT_COUNT);
    diag_add(reader->diags, DIAG_CALLOUT_KIND, at, "'%s' is no kind of call-out; %s%s%s", name,
             near ? "did you mean '" : "known are JUDGEMENT, NOTE and WARNING", near ? near : "", near ? "'?" : "");
    return CALLOUT_NOTE;
}

/* "[!NOTE]" at the start of a quote's first paragraph makes it a call-out; what follows in that line is its title.
 * False when the quote is one. */
static bool read_callout(struct reader *reader, struct md_block *block, cmark_node *quote, int depth)
{
    cmark_node *paragraph = cmark_node_first_child(quote), *text, *end;
    const char *literal, *close;
    struct md_block *body;

    if (!paragraph || cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH)
        return false;
    text = cmark_node_first_child(paragraph);
    literal = text && cmark_node_get_type(text) == CMARK_NODE_TEXT ? cmark_node_get_literal(text) : "";
    close = strchr(literal, ']');
    if (strncmp(literal, "[!", 2) != 0 || !close)
        return false;
    body = arena_alloc(reader->arena, sizeof *body);
    body->at = markdown_node_place(reader, paragraph);
    block->kind = BLOCK_CALLOUT;
    block->callout = callout_of(reader, arena_string_n(reader->arena, literal + 2, (size_t)(close - literal) - 2),
                                body->at);
    if (depth > 1)
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, block->at,
                 "a call-out stands inside a list or quote; move it out");
    cmark_node_set_literal(text, arena_string(reader->arena, close + 1 + strspn(close + 1, " ")));
    for (end = text; end && cmark_node_get_type(end) != CMARK_NODE_SOFTBREAK &&
                     cmark_node_get_type(end) != CMARK_NODE_LINEBREAK;)
        end = cmark_node_next(end);
    markdown_text_begin(reader, paragraph);
    block->text.text = markdown_text_between(reader, text, end);
    if (end && cmark_node_next(end)) {
        body->kind = BLOCK_PARAGRAPH;
        body->text.text = markdown_text_between(reader, cmark_node_next(end), NULL);
        body->at = rich_place(&body->text.text, 0);
        block->first_child = body;
    }
    cmark_node_unlink(paragraph);
    cmark_node_free(paragraph);
    body->next = add_blocks(reader, quote, depth + 1);
    if (!block->first_child)
        block->first_child = body->next;
    if (!block->first_child)
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, block->at,
                 "this call-out is empty; write its text in the lines below its kind, each after '>'");
    return true;
}

/* A quote's last paragraph that starts with a dash says whose words they are. */
static void find_attribution(struct reader *reader, struct md_block *quote)
{
    struct md_block *last = quote->first_child;

    while (last && last->next)
        last = last->next;
    if (!last || last->kind != BLOCK_PARAGRAPH || strncmp(last->text.text.utf8, "\xE2\x80\x94 ", 4) != 0)
        return;
    last->kind = BLOCK_ATTRIBUTION;
    if (last == quote->first_child)
        diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, quote->at,
                 "this quote says who spoke and not what; write the words in a paragraph before it");
}

static void read_quote(struct reader *reader, struct md_block *block, cmark_node *node, int depth)
{
    if (read_callout(reader, block, node, depth))
        return;
    read_container(reader, block, node, depth);
    find_attribution(reader, block);
}

/* False when the block was refused and leaves nothing. */
static bool read_block(struct reader *reader, struct md_block *block, cmark_node *node, int depth)
{
    cmark_node_type type = cmark_node_get_type(node);

    if (type == CMARK_NODE_HEADING)
        read_heading(reader, block, node, depth);
    else if (type == CMARK_NODE_PARAGRAPH)
        read_paragraph(reader, block, node, depth);
    else if (type == CMARK_NODE_BLOCK_QUOTE)
        read_quote(reader, block, node, depth);
    else if (type == CMARK_NODE_LIST || type == CMARK_NODE_ITEM)
        read_container(reader, block, node, depth);
    else if (type == CMARK_NODE_THEMATIC_BREAK)
        block->kind = BLOCK_RULE;
    else if (cmark_gfm_extensions_get_table_columns(node) > 0)
        read_table(reader, block, node, depth);
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
            diag_add(reader->diags, DIAG_TEXT_DEPTH, markdown_node_place(reader, node),
                     "lists and quotes are nested more than %d deep; take some out", DEEPEST);
            break;
        }
        block = arena_alloc(reader->arena, sizeof *block);
        block->at = markdown_node_place(reader, node);
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
        note->text.text = markdown_text(reader, paragraph);
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
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("autolink"));
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

struct rich_text markdown_line(const struct rich_text *written, struct arena *arena, struct diags *diags)
{
    struct reader reader = { .arena = arena, .diags = diags };
    struct rich_text text = *written;
    cmark_node *document, *paragraph;

    if (!strpbrk(written->utf8, "*_`[]<&\\~=^:@") && !strstr(written->utf8, "www.")) /* most texts */
        return text;
    reader.source = source_new(NULL, written->utf8, written->length, arena);
    reader.source.written = written;
    reader.out = arena_alloc(arena, sizeof *reader.out);
    document = parse(written->utf8, written->length);
    paragraph = cmark_node_first_child(document);
    if (paragraph && cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH && !cmark_node_next(paragraph))
        text = markdown_text(&reader, paragraph);
    cmark_node_free(document);
    return text;
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
