/*
 * A table as text for people and programs:
 *
 *   table     columns under each other; numbers on their decimal point; null is a dash
 *   csv       RFC 4180 with LF; null is an empty cell, an empty text is ""
 *   json      an array with an object for each row
 *   markdown  a table of GitHub's Markdown
 */
#ifndef MUJAZ_CLI_PRINT_TABLE_H
#define MUJAZ_CLI_PRINT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

enum print_format { PRINT_TABLE, PRINT_CSV, PRINT_JSON, PRINT_MARKDOWN, PRINT_FORMAT_COUNT };

struct print_style {
    enum print_format format;
    size_t width; /* table: cells of the terminal, longer texts are cut; 0: nothing is cut */
    bool colour;  /* table: nulls are dim */
};

struct buf;
struct table;

const char *print_format_name(enum print_format);

/* The cells and names that csv makes harmless, since a spreadsheet would run them, and the first of them: its column,
 * and its row, from 1; 0 is the row of names. */
size_t print_table_formulas(const struct table *, size_t *row, size_t *column);

void print_table(const struct table *, struct print_style, struct buf *out);

#endif
