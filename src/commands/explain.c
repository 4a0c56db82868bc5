/* mujaz explain: where figures come from, for people and as JSON. Knows how a ledger reads, not how it is made. */
#include "commands/cmd.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "base/version.h"
#include "cli/bar.h"
#include "pipeline/packets.h"
#include "report/ledger.h"
#include "report/report.h"

enum {
    TEXT_ROWS = 20,  /* listed of each figure unless --rows says more */
    CELL_WIDTH = 40, /* code points shown of a long text */
};

/* A text of the data in one line, its end cut off when it is long. */
static void add_short(struct buf *out, const char *text)
{
    const char *p = text;
    for (int width = 0; *p && width < CELL_WIDTH; width++) {
        uint32_t c = utf8_next(&p);
        buf_add_utf8(out, c < 0x20 ? ' ' : c);
    }
    if (*p)
        buf_add_string(out, "\u2026");
}

static void add_value(struct buf *out, const struct value *value)
{
    switch (value->type) {
    case VALUE_TEXT:
    case VALUE_DATE:
        add_short(out, value->text);
        break;
    case VALUE_INTEGER:
    case VALUE_NUMBER:
        num_format(value->num, out);
        break;
    case VALUE_BOOLEAN:
        buf_add_string(out, value->num.coefficient ? "true" : "false");
        break;
    case VALUE_NULL:
        break;
    }
}

static void add_place(struct buf *out, struct place at)
{
    buf_printf(out, "%s:%u:%u", at.file, (unsigned)at.line, (unsigned)at.col);
}

/* share = 0.425742574   ("43%", "42.6%" / "42.6%"), a table as: table lists: 3 rows */
static void add_head(struct buf *out, const struct ledger_entry *entry)
{
    if (entry->kind != LEDGER_FIGURE) {
        buf_printf(out, "%s:%s gives %zu row%s\n", entry->kind == LEDGER_TABLE ? "table" : "chart", entry->name,
                   entry->result_rows, entry->result_rows == 1 ? "" : "s");
        return;
    }
    buf_printf(out, "%s = ", entry->name);
    if (entry->figure->kind == FIGURE_TEXTS)
        buf_printf(out, "\"%s\" / \"%s\"", entry->figure->words[LANG_EN], entry->figure->words[LANG_AR]);
    else
        add_value(out, &entry->figure->value);
    if (entry->printed_count[LANG_EN] + entry->printed_count[LANG_AR] == 0) {
        buf_add_string(out, "   (printed nowhere)\n");
        return;
    }
    buf_add_string(out, "   (");
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        buf_add_string(out, lang == LANG_EN ? "" : " / ");
        for (size_t i = 0; i < entry->printed_count[lang]; i++)
            buf_printf(out, "%s\"%s\"", i ? ", " : "", entry->printed[lang][i]);
    }
    buf_add_string(out, ")\n");
}

static void add_statement(struct buf *out, const struct ledger_entry *entry)
{
    size_t length = strlen(entry->sql);

    while (length > 0 && strchr(" \t\r\n;", entry->sql[length - 1]))
        length--;
    add_place(out, entry->at);
    buf_add_string(out, ": ");
    for (size_t i = 0; i < length; i++) {
        buf_add_char(out, entry->sql[i]);
        if (entry->sql[i] == '\n')
            buf_add_string(out, "  ");
    }
    buf_add_char(out, '\n');
    for (size_t i = 0; i < entry->parameter_count; i++) {
        buf_printf(out, ":%s = ", entry->parameters[i].name);
        add_value(out, &entry->parameters[i].value);
        buf_add_char(out, '\n');
    }
}

/* 14 rows of council_lists and 2 of elections, all that count: */
static void add_count(struct buf *out, const struct ledger_entry *entry, size_t rows)
{
    if (entry->row_count == 0) {
        buf_add_string(out, "no row of any table is behind it\n");
        return;
    }
    for (size_t i = 0; i < entry->share_count; i++) {
        const char *between = i == 0 ? "" : i + 1 == entry->share_count ? " and " : ", ";
        buf_printf(out, "%s%zu%s of %s", between, entry->shares[i].count,
                   i > 0 ? "" : entry->shares[i].count == 1 ? " row" : " rows", entry->shares[i].table->name);
    }
    buf_add_string(out, entry->exact ? ", all that count" : ", all that were read; some may not count");
    buf_add_string(out, rows > 0 ? ":\n" : "\n");
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Whether the statement names the column, in any case of letters. */
static bool names_column(const char *sql, const char *column)
{
    size_t length = strlen(column);

    for (const char *p = sql; *p; p++)
        if ((p == sql || !is_word(p[-1])) && strncasecmp(p, column, length) == 0 && !is_word(p[length]))
            return true;
    return false;
}

/* Of a wide row, what tells it and what counts: its first cell, those that the statement names, its source. JSON has
 * all of them. */
static bool is_shown(const struct ledger_entry *entry, const struct ledger_row *row, size_t column)
{
    const char *name = row->table->columns[column];

    return ledger_value(row, column).type != VALUE_NULL &&
           (column == 0 || strcmp(name, "source") == 0 || names_column(entry->sql, name));
}

static void add_row(struct buf *out, const struct ledger_entry *entry, const struct ledger_row *row)
{
    const char *between = "";

    buf_printf(out, "  %s:%u: ", row->at.file, (unsigned)row->at.line);
    for (size_t i = 0; i < row->table->column_count; i++) {
        if (!is_shown(entry, row, i))
            continue;
        struct value value = ledger_value(row, i);

        buf_printf(out, "%s%s=", between, row->table->columns[i]);
        add_value(out, &value);
        between = ", ";
    }
    buf_add_char(out, '\n');
}

static void add_rows(struct buf *out, const struct ledger_entry *entry, size_t rows)
{
    size_t listed = entry->listed < rows ? entry->listed : rows, rest = entry->row_count - listed;

    for (size_t i = 0; i < listed; i++)
        add_row(out, entry, entry->rows[i]);
    if (entry->listed < entry->row_count && entry->listed < LEDGER_ROWS && rows > 0)
        buf_printf(out, "  not listed, since not of this packet alone: %zu\n", entry->row_count - entry->listed);
    else if (rest > 0 && listed > 0)
        buf_printf(out, "  and %zu more row%s\n", rest, rest == 1 ? "" : "s");
}

static void add_source(struct buf *out, const struct dataset_source *source)
{
    buf_printf(out, "Source: %s%s%s\n", source->title ? source->title : "", source->title && source->path ? ", " : "",
               source->path ? source->path : "");
}

/* Tables of one dataset share its sources: a line that was said is not said again. */
static void add_sources(struct buf *out, const struct ledger_entry *entry)
{
    struct buf line;
    size_t start = out->length;

    buf_init(&line);
    buf_add_char(out, '\n'); /* so that each line to be looked for begins behind one */
    for (size_t i = 0; i < entry->share_count; i++)
        for (size_t k = 0; k < entry->shares[i].table->source_count; k++) {
            buf_clear(&line);
            buf_add_char(&line, '\n');
            add_source(&line, &entry->shares[i].table->sources[k]);
            if (!strstr(out->data + start, line.data))
                buf_add(out, line.data + 1, line.length - 1);
        }
    memmove(out->data + start, out->data + start + 1, out->length - start);
    out->length--;
    buf_drop(&line);
}

static bool same_place(struct place a, struct place b)
{
    return a.line == b.line && a.col == b.col && strcmp(a.file, b.file) == 0;
}

/* Each place once: a text of report.yaml may be both languages'. */
static void add_uses(struct buf *out, const struct ledger_entry *entry)
{
    for (size_t i = 0; i < entry->use_count; i++) {
        size_t k = 0;
        while (!same_place(entry->uses[k].at, entry->uses[i].at))
            k++;
        if (k < i)
            continue;
        buf_add_string(out, i ? ", " : "Used: ");
        add_place(out, entry->uses[i].at);
    }
    if (entry->use_count > 0)
        buf_add_char(out, '\n');
}

static void add_entry(struct buf *out, const struct ledger_entry *entry, size_t rows)
{
    add_head(out, entry);
    add_statement(out, entry);
    add_count(out, entry, rows);
    add_rows(out, entry, rows);
    add_sources(out, entry);
    add_uses(out, entry);
}

static void explain_all(const struct options *o, const struct ledger *ledger, size_t rows, struct buf *out)
{
    if (o->json) {
        struct ledger_of of = { .version = MUJAZ_VERSION };
        ledger_json(ledger, &of, rows, buf_sink(out));
        return;
    }
    for (size_t i = 0; i < ledger->entry_count; i++) {
        if (i > 0)
            buf_add_char(out, '\n');
        add_entry(out, &ledger->entries[i], rows);
    }
}

static void explain_one(const struct options *o, const struct ledger *ledger, size_t rows, struct buf *out,
                        struct diags *diags)
{
    const struct ledger_entry *entry = ledger_find(ledger, o->figure, diags);
    if (!entry)
        return;
    if (o->json)
        ledger_entry_json(ledger, entry, rows, out);
    else
        add_entry(out, entry, rows);
}

enum exit_code cmd_explain(const struct options *o)
{
    size_t rows = o->has_rows ? o->rows : o->json ? LEDGER_ROWS : TEXT_ROWS;
    struct diags *diags = diags_new();
    struct bar *bar = bar_begin(o, o->reports[0], diags);
    struct doc *doc = packets_doc(o, diags);
    bar_end(bar);
    struct buf out;

    buf_init(&out);
    if (doc && o->all)
        explain_all(o, doc->ledger, rows, &out);
    else if (doc)
        explain_one(o, doc->ledger, rows, &out, diags);
    enum exit_code code = exit_report(diags);
    if (code == EXIT_DONE)
        fwrite(out.data, 1, out.length, stdout); /* checked when the program ends, with its errno */
    doc_drop(doc);
    diags_drop(diags);
    buf_drop(&out);
    return code;
}
