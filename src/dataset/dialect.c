/*
 * How a resource's file is written: Table Dialect (v2) for delimited text, and the encoding. What would be read
 * otherwise than said is refused here, so that no later stage meets it.
 *
 * Our own property: "bareQuotes": "literal" takes a quote inside an unquoted field as a letter; by default, or as
 * "error", it is an error.
 */
#include "dataset/package.h"

#include "base/arena.h"
#include "base/node.h"

#include <string.h>

enum { ROWS_MAX = 1000000 }; /* the highest number of a row in headerRows and commentRows */

static void read_character(const struct node *dialect, const char *key, char *out, struct diags *diags)
{
    const char *text;
    if (!node_get(dialect, key) || !node_text(dialect, key, false, &text, diags))
        return;
    if (strlen(text) != 1 || *text == '\n' || *text == '\r' || (unsigned char)*text >= 0x80) {
        diag_add(diags, DIAG_PACKAGE_VALUE, node_get(dialect, key)->at,
                 "'%s' is '%s'; write one ASCII character", key, text);
        return;
    }
    *out = *text;
}

/* "" or null: no quotes. */
static void read_quote(const struct node *dialect, struct csv_dialect *out, struct diags *diags)
{
    const struct node *quote = node_get(dialect, "quoteChar");
    if (quote && quote->kind == NODE_SCALAR && (!*quote->text || (quote->plain && strcmp(quote->text, "null") == 0)))
        out->quote = '\0';
    else
        read_character(dialect, "quoteChar", &out->quote, diags);
}

static void check_characters(const struct node *dialect, const struct csv_dialect *d, struct diags *diags)
{
    const char *one = NULL, *other = NULL;
    if (d->delimiter == d->quote)
        one = "delimiter", other = "quoteChar";
    else if (d->comment && (d->comment == d->delimiter || d->comment == d->quote))
        one = "commentChar", other = d->comment == d->quote ? "quoteChar" : "delimiter";
    if (one)
        diag_add(diags, DIAG_PACKAGE_VALUE, dialect->at, "%s and %s are one; use two characters", one, other);
    if (d->line_end && (strchr(d->line_end, d->delimiter) || (d->quote && strchr(d->line_end, d->quote))))
        diag_add(diags, DIAG_PACKAGE_VALUE, node_get(dialect, "lineTerminator")->at,
                 "the lineTerminator holds the delimiter or the quote; use other characters");
}

/* The usual line ends are known as they come, whichever is named. */
static void read_line_end(const struct node *dialect, struct csv_dialect *out, struct diags *diags)
{
    const struct node *node = node_get(dialect, "lineTerminator");
    const char *text;
    if (!node || !node_text(dialect, "lineTerminator", false, &text, diags))
        return;
    if (strcmp(text, "\r\n") == 0 || strcmp(text, "\n") == 0 || strcmp(text, "\r") == 0)
        return;
    for (const char *p = text; *p; p++)
        if ((unsigned char)*p >= 0x80)
            text = p + strlen(p);
    if (!*text)
        diag_add(diags, DIAG_PACKAGE_VALUE, node->at,
                 "the lineTerminator is empty or not ASCII; write it as \"\\r\\n\"");
    else
        out->line_end = text;
}

/* A list of row numbers, rising. False with a diagnostic, or when there is none. */
static bool read_rows(const struct node *dialect, const char *key, struct arena *arena, const uint32_t **out,
                      size_t *count, struct diags *diags)
{
    const struct node *list = node_get(dialect, key);
    struct num n;

    if (!list)
        return false;
    if (list->kind != NODE_LIST) {
        diag_add(diags, DIAG_PACKAGE_VALUE, list->at, "'%s' is no list of row numbers; write [1]", key);
        return false;
    }
    uint32_t *rows = arena_array(arena, list->count, sizeof *rows);
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        bool number = item->kind == NODE_SCALAR && item->plain && num_parse(item->text, strlen(item->text), &n)
                   && n.scale == 0 && n.coefficient >= 1 && n.coefficient <= ROWS_MAX;
        if (!number || (i && n.coefficient <= rows[i - 1])) {
            diag_add(diags, DIAG_PACKAGE_VALUE, item->at, "%s: this is no row number%s; write numbers from 1, rising",
                     key, number ? " above the one before" : "");
            return false;
        }
        rows[i] = (uint32_t)n.coefficient;
    }
    *out = rows;
    *count = list->count;
    return true;
}

static bool holds(const uint32_t *rows, size_t count, uint32_t row)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i] == row)
            return true;
    return false;
}

/* Rows before the header are a preamble; rows between its rows are skipped as comments are. */
static void place_header(const uint32_t *header, size_t count, struct arena *arena, struct resource *out)
{
    struct csv_dialect *d = &out->dialect;
    uint32_t first = header[0], last = header[count - 1];
    size_t rows = 0, between = last - first + 1 - count;
    uint32_t *skipped = arena_array(arena, between + d->comment_row_count, sizeof *skipped);

    out->header_rows = (uint32_t)count;
    d->skip_lines = first - 1;
    for (uint32_t row = first; row < last; row++)
        if (!holds(header, count, row))
            skipped[rows++] = row;
    for (size_t i = 0; i < d->comment_row_count; i++)
        if (d->comment_rows[i] > last) /* those before are skipped already */
            skipped[rows++] = d->comment_rows[i];
    d->comment_rows = skipped;
    d->comment_row_count = rows;
}

static void read_header(const struct node *dialect, struct arena *arena, struct resource *out, struct diags *diags)
{
    const struct node *node = node_get(dialect, "headerRows");
    const uint32_t *header;
    bool sensitive = false;
    size_t count;

    node_bool(dialect, "header", false, &out->header, diags);
    out->header_rows = out->header;
    node_bool(dialect, "caseSensitiveHeader", false, &sensitive, diags);
    out->header_any_case = !sensitive;
    if (node_get(dialect, "headerJoin"))
        node_text(dialect, "headerJoin", false, &out->header_join, diags);
    read_rows(dialect, "commentRows", arena, &out->dialect.comment_rows, &out->dialect.comment_row_count, diags);
    if (!read_rows(dialect, "headerRows", arena, &header, &count, diags))
        return;
    if (!out->header || count == 0) {
        diag_add(diags, DIAG_PACKAGE_VALUE, node->at,
                 count ? "headerRows are given, and header is false; take one of them out"
                       : "headerRows is empty; name a row, or write \"header\": false");
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (holds(out->dialect.comment_rows, out->dialect.comment_row_count, header[i])) {
            diag_add(diags, DIAG_PACKAGE_VALUE, node->items[i]->at,
                     "row %u is in headerRows and in commentRows; take it out of one", (unsigned)header[i]);
            return;
        }
    if (header[count - 1] - header[0] >= ROWS_MAX / 1000) {
        diag_add(diags, DIAG_PACKAGE_VALUE, node->at, "the header is spread over more than %d rows; is a number wrong?",
                 ROWS_MAX / 1000);
        return;
    }
    place_header(header, count, arena, out);
}

void dialect_read(const struct node *dialect, struct arena *arena, struct resource *out, struct diags *diags)
{
    static const char *const used[] = { "delimiter",  "quoteChar",        "header",         "headerRows",
                                        "headerJoin", "caseSensitiveHeader", "commentChar", "commentRows",
                                        "doubleQuote", "skipInitialSpace", "lineTerminator", "bareQuotes", NULL };
    static const char *const carried[] = { "$schema", "name", "title", "description", "csvddfVersion", "type", NULL };
    static const char *const refused[] = { "escapeChar", "nullSequence", "property",  "itemType",
                                           "itemKeys",   "sheetNumber",  "sheetName", "table", NULL };
    struct csv_dialect *d = &out->dialect;
    const char *quotes = "error";
    bool doubled = true;

    if (dialect->kind != NODE_MAP) {
        diag_add(diags, DIAG_PACKAGE_VALUE, dialect->at,
                 "a dialect is no object; write {\"delimiter\": \";\"}, or the path of a JSON file that holds one");
        return;
    }
    schema_check_properties(dialect, "a dialect", used, carried, refused, diags);
    read_character(dialect, "delimiter", &d->delimiter, diags);
    read_quote(dialect, d, diags);
    read_character(dialect, "commentChar", &d->comment, diags);
    read_line_end(dialect, d, diags);
    node_bool(dialect, "skipInitialSpace", false, &d->skip_initial_space, diags);
    node_bool(dialect, "doubleQuote", false, &doubled, diags);
    if (!doubled)
        diag_add(diags, DIAG_PACKAGE_UNSUPPORTED, node_get(dialect, "doubleQuote")->at,
                 "a quote inside a quoted field is always written twice; take doubleQuote out, and write the file so");
    if (node_get(dialect, "bareQuotes") && node_text(dialect, "bareQuotes", false, &quotes, diags)
        && strcmp(quotes, "error") != 0 && strcmp(quotes, "literal") != 0)
        diag_add(diags, DIAG_PACKAGE_VALUE, node_get(dialect, "bareQuotes")->at,
                 "'bareQuotes' is '%s'; write error or literal", quotes);
    d->literal_quotes = strcmp(quotes, "literal") == 0;
    read_header(dialect, arena, out, diags);
    check_characters(dialect, d, diags);
}

void dialect_read_encoding(const struct node *resource, struct resource *out, struct diags *diags)
{
    const char *name;

    if (!node_get(resource, "encoding") || !node_text(resource, "encoding", false, &name, diags) || csv_is_utf8(name))
        return;
    if (csv_is_encoding(name))
        out->encoding = name;
    else
        diag_add(diags, DIAG_PACKAGE_VALUE, node_get(resource, "encoding")->at,
                 "the encoding '%s' is not known; write a name as utf-8, utf-16, windows-1256 or iso-8859-6", name);
}
