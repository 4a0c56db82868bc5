/*
 * A page of docs/ as roff: headings, paragraphs, tables (each row a term and what is said of it), lists, code. What our
 * pages have, no more.
 */
#include "generate.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Emphasis, code and links give way to their words. */
static void put_words(const char *text, size_t length)
{
    bool code = false;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c == '`') {
            code = !code;
            fputs(code ? "\\fB" : "\\fR", stdout);
        } else if (!code && c == '*' && i + 1 < length && text[i + 1] == '*') {
            i++;
        } else if (!code && c == ']' && i + 1 < length && text[i + 1] == '(') {
            const char *end = memchr(text + i, ')', length - i);
            i = end ? (size_t)(end - text) : i;
        } else if (!code && c == '[' && memchr(text + i, ']', length - i) && strstr(text + i, "](")) {
            continue;
        } else if (c == '\\' && i + 1 < length && text[i + 1] == '|') {
            continue;
        } else {
            c == '\\' ? (void)fputs("\\e", stdout) : c == '-' ? (void)fputs("\\-", stdout) : (void)putchar(c);
        }
    }
}

static void put_text(const char *text)
{
    size_t length = strlen(text);
    if (*text == '.' || *text == '\'')
        fputs("\\&", stdout);
    put_words(text, length);
    putchar('\n');
}

/* "| a | b | c |": the first cell is the term. A pipe in code is written \|. */
static void put_row(const char *line)
{
    const char *cell = line + 1;
    for (int i = 0; *cell; i++) {
        const char *end = cell;
        while (*end && !(*end == '|' && end[-1] != '\\'))
            end++;
        const char *from = cell, *to = end;
        while (from < to && *from == ' ')
            from++;
        while (to > from && to[-1] == ' ')
            to--;
        if (i == 0)
            puts(".TP");
        if (i > 1 && to > from)
            fputs(from < to && isupper((unsigned char)*from) ? ". " : "; ", stdout);
        if (i == 1 && (*from == '.' || *from == '\''))
            fputs("\\&", stdout);
        put_words(from, (size_t)(to - from));
        if (i == 0)
            putchar('\n');
        cell = *end ? end + 1 : end;
    }
    putchar('\n');
}

struct place_in_page {
    bool code, table, paragraph;
    bool heading; /* it stands directly above, or with blank lines between: no paragraph is begun */
};

static void put_markdown_line(struct place_in_page *at, const char *line)
{
    if (strncmp(line, "```", 3) == 0) {
        at->code = !at->code;
        puts(at->code ? ".PP\n.EX" : ".EE");
    } else if (at->code || strncmp(line, "    ", 4) == 0) {
        const char *text = at->code ? line : line + 4;
        if (!at->code)
            puts(".PP\n.EX");
        if (*text == '.' || *text == '\'')
            fputs("\\&", stdout);
        for (const char *p = text; *p; p++)
            *p == '\\' ? (void)fputs("\\e", stdout) : *p == '-' ? (void)fputs("\\-", stdout) : (void)putchar(*p);
        putchar('\n');
        if (!at->code)
            puts(".EE");
    } else if (*line == '|') {
        if (at->table && line[2] != '-')
            put_row(line); /* the first is the header */
        at->table = true;
        return;
    } else if (*line == '#') {
        size_t level = strspn(line, "#");
        printf(level == 1 ? ".SH DESCRIPTION\n" : level == 2 ? ".SH " : ".SS ");
        if (level > 1)
            put_text(line + level + 1);
    } else if (strncmp(line, "- ", 2) == 0) {
        puts(".IP \\(bu 2");
        put_text(line + 2);
    } else if (*line) {
        if (!at->paragraph)
            puts(".PP");
        put_text(line + strspn(line, " "));
        at->paragraph = true;
        return;
    }
    at->table = false;
    at->paragraph = strncmp(line, "- ", 2) == 0 || *line == '#' || (at->paragraph && !*line && at->heading);
    at->heading = *line == '#' || (at->heading && !*line);
}

bool put_markdown(const char *path)
{
    char line[4096];
    struct place_in_page at = { false };
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        put_markdown_line(&at, line);
    }
    fclose(file);
    return true;
}
