/*
 * Showing diagnostics. Knows terminals and reads the line that a place names; must not know what the
 * diagnostics mean. Bytes quoted from input never reach the terminal as control characters.
 */
#include "cli/show.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <uthash.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "locale/locale.h"

enum {
    SOURCE_LINES = 50, /* so many diagnostics show their source line: each reads the file again */
    WINDOW = 90,       /* code points shown of a long line */
    WINDOW_BEFORE = 60, /* of them at most before the caret */
    WORD = 24          /* code points of the word at the caret, in lines with Arabic */
};

struct seen {
    char *line;
    UT_hash_handle hh;
};

struct show_style show_style_for(FILE *stream)
{
    const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
    bool is_terminal = isatty(fileno(stream)) == 1;
    return (struct show_style){
        .source = is_terminal,
        .colour = is_terminal && !(no_colour && *no_colour) && terminal && strcmp(terminal, "dumb") != 0,
    };
}

/* Control characters as \xNN, all else as it is. */
static void put_safe(const char *text, size_t length, FILE *out)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < 0x20 || c == 0x7F)
            fprintf(out, "\\x%02x", c);
        else
            fputc(c, out);
    }
}

/* The line of the file without its end; NULL when there is none or it is not UTF-8. */
static char *read_line(const char *path, uint32_t wanted)
{
    FILE *file = fopen(path, "r");
    if (!file)
        return NULL;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length = -1;
    for (uint32_t n = 0; n < wanted; n++) {
        length = getline(&line, &capacity, file);
        if (length < 0)
            break;
    }
    fclose(file);
    if (length >= 0) {
        line[strcspn(line, "\r\n")] = '\0';
        if (utf8_check(line, strlen(line)) == strlen(line))
            return line;
    }
    free(line);
    return NULL;
}

/* Cells that a code point takes on a terminal. */
static size_t cells_of(uint32_t c)
{
    struct buf one;
    buf_init(&one);
    buf_add_utf8(&one, c);
    size_t cells = locale_text_width(one.data);
    buf_drop(&one);
    return cells;
}

/* The word at a place, so that it is known on a terminal too that reorders Arabic and leaves the caret behind. */
static void show_word(const char *at, FILE *out)
{
    const char *end = at;
    for (int i = 0; i < WORD && *end && (i == 0 || (unsigned char)*end > ' '); i++)
        utf8_next(&end);
    fprintf(out, " at \u2068");
    put_safe(at, (size_t)(end - at), out);
    fputs("\u2069", out);
}

/*
 *    12 | …the lists won {framwork} of 285 council seats…
 *       |               ^
 */
static void show_source(const struct place *at, struct show_style style, FILE *out)
{
    char *line = read_line(at->file, at->line);
    if (!line)
        return;
    uint32_t first = at->col > WINDOW_BEFORE + 1 ? at->col - WINDOW_BEFORE : 1;
    struct buf shown;
    size_t before = first > 1;
    const char *p = line, *place = NULL;
    buf_init(&shown);
    if (first > 1)
        buf_add_string(&shown, "\u2026");
    for (uint32_t col = 1; *p && col < first + WINDOW; col++) {
        const char *here = p;
        uint32_t c = utf8_next(&p);
        if (col == at->col)
            place = here;
        if (col < first)
            continue;
        bool control = c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0);
        buf_add_utf8(&shown, control ? ' ' : c);
        before += col < at->col ? cells_of(control ? ' ' : c) : 0;
    }
    bool arabic = locale_text_has_rtl(line);
    fprintf(out, "%6u | %s%s%s%s\n", at->line, arabic ? "\u2066" : "", shown.data, *p ? "\u2026" : "",
            arabic ? "\u2069" : "");
    if (at->col) {
        fprintf(out, "       | %*s%s^%s", (int)before, "", style.colour ? "\033[1;32m" : "",
                style.colour ? "\033[0m" : "");
        if (arabic && place)
            show_word(place, out);
        fputc('\n', out);
    }
    buf_drop(&shown);
    free(line);
}

/* The line as diag_format made it, its level coloured. */
static void show_line(const struct diag *d, const char *line, struct show_style style, FILE *out)
{
    const char *level = d->level == DIAG_WARNING ? "warning: " : "error: ";
    const char *colour = d->level == DIAG_WARNING ? "\033[1;35m" : "\033[1;31m";
    const char *start = strstr(line, level);
    size_t length = strlen(line) - 1; /* without the line feed */
    if (style.colour && start) {
        size_t before = (size_t)(start - line), word = strlen(level);
        put_safe(line, before, out);
        fprintf(out, "%s%s\033[0m", colour, level);
        put_safe(start + word, length - before - word, out);
    } else {
        put_safe(line, length, out);
    }
    fputc('\n', out);
}

/* Whether the line is new; the same finding comes again with each edition. */
static bool remember(struct seen **all, const char *line)
{
    struct seen *one;
    HASH_FIND_STR(*all, line, one);
    if (one)
        return false;
    one = xcalloc(1, sizeof *one);
    one->line = xstrdup(line);
    HASH_ADD_KEYPTR(hh, *all, one->line, strlen(one->line), one);
    return true;
}

static void show_count(size_t errors, size_t warnings, FILE *out)
{
    fputs("mujaz: ", out);
    if (errors)
        fprintf(out, "%zu error%s", errors, errors == 1 ? "" : "s");
    if (errors && warnings)
        fputs(", ", out);
    if (warnings)
        fprintf(out, "%zu warning%s", warnings, warnings == 1 ? "" : "s");
    fputc('\n', out);
}

const struct diag **show_once(const struct diags *diags, size_t *count)
{
    struct seen *all = NULL, *one, *next;
    const struct diag **list = xcalloc(diags_count(diags) + 1, sizeof *list);
    struct buf line;
    *count = 0;
    buf_init(&line);
    for (size_t i = 0; i < diags_count(diags); i++) {
        buf_clear(&line);
        diag_format(diags_get(diags, i), &line);
        if (remember(&all, line.data))
            list[(*count)++] = diags_get(diags, i);
    }
    HASH_ITER(hh, all, one, next) {
        HASH_DEL(all, one);
        free(one->line);
        free(one);
    }
    buf_drop(&line);
    return list;
}

void show_diags(const struct diags *diags, struct show_style style, FILE *out)
{
    struct buf line;
    size_t errors = 0, warnings = 0, count;
    const struct diag **list = show_once(diags, &count);
    buf_init(&line);
    for (size_t i = 0; i < count; i++) {
        const struct diag *d = list[i];
        buf_clear(&line);
        diag_format(d, &line);
        if (d->level == DIAG_WARNING)
            warnings++;
        else
            errors++;
        show_line(d, line.data, style, out);
        if (style.source && d->at.file && d->at.line && i < SOURCE_LINES)
            show_source(&d->at, style, out);
    }
    if (count)
        show_count(errors, warnings, out);
    buf_drop(&line);
    free(list);
}
