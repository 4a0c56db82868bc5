/* The finished doc: freeing it, and writing it as text for tests and people. */
#include "report/doc.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "report/definition.h"
#include "report/ledger.h"

#include <string.h>

const char *edition_name(enum edition edition)
{
    static const char *const names[EDITION_COUNT] = { "parallel", "en", "ar", "sequential" };

    return names[edition];
}

void doc_drop(struct doc *doc)
{
    if (!doc)
        return;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        locale_drop(doc->locale[lang]);
    if (doc->ledger)
        arena_drop(doc->ledger->traces);
    arena_drop(doc->arena);
}

size_t doc_table_index(const struct doc_table *table, enum lang lang, size_t row, size_t column)
{
    size_t cell = row * table->column_count + column;

    return table->index[lang] ? table->index[lang][cell] : cell;
}

struct rich_text doc_table_cell(const struct doc_table *table, enum lang lang, size_t row, size_t column)
{
    size_t text = doc_table_index(table, lang, row, column);

    if (!table->plain[lang] || text < table->rich_count)
        return table->cells[lang][text];

    const char *utf8 = table->plain_text + table->plain[lang][text - table->rich_count];

    return (struct rich_text){ .utf8 = utf8, .length = (uint32_t)strlen(utf8), .place_count = 1,
                               .places = table->from };
}

size_t doc_table_texts(const struct doc_table *table, enum lang lang)
{
    return table->index[lang] ? table->text_count[lang] : table->row_count * table->column_count;
}

enum doc_row_kind doc_table_kind(const struct doc_table *table, size_t row)
{
    return table->kinds ? (enum doc_row_kind)table->kinds[row] : DOC_ROW_BODY;
}

static bool same_text(const struct doc_table *table, enum lang lang, size_t a, size_t b, size_t column)
{
    const struct rich_text x = doc_table_cell(table, lang, a, column), y = doc_table_cell(table, lang, b, column);

    return x.utf8 == y.utf8 || (x.length == y.length && memcmp(x.utf8, y.utf8, x.length) == 0);
}

bool doc_table_same_group(const struct doc_table *table, size_t a, size_t b, size_t column)
{
    if (doc_table_kind(table, a) != DOC_ROW_BODY || doc_table_kind(table, b) != DOC_ROW_BODY)
        return false;
    for (size_t i = 0; i <= column; i++)
        for (enum lang lang = 0; lang < LANG_COUNT; lang++)
            if (!table->columns[i].group || !same_text(table, lang, a, b, i))
                return false;
    return true;
}

struct dump {
    struct buf *out;
    int depth;
};

static void indent(const struct dump *dump)
{
    for (int i = 0; i < dump->depth; i++)
        buf_add_string(dump->out, "  ");
}

/* Bidi isolates as braces that no text has, other invisible characters by number, so that a dump can be read.
 */
static void add_visible(struct buf *out, const char *text)
{
    for (const char *p = text; *p;) {
        const char *start = p;
        uint32_t code_point = utf8_next(&p);

        if (code_point == 0x2066)
            buf_add_string(out, "\u2039LRI:");
        else if (code_point == 0x2067)
            buf_add_string(out, "\u2039RLI:");
        else if (code_point == 0x2068)
            buf_add_string(out, "\u2039FSI:");
        else if (code_point == 0x2069)
            buf_add_string(out, "\u203A");
        else if (code_point == 0x2028 || code_point == 0xA0 || code_point == 0x200E || code_point == 0x200F)
            buf_printf(out, "\u2039U+%04X\u203A", (unsigned)code_point);
        else
            buf_add(out, start, (size_t)(p - start));
    }
}

static void add_string(const struct dump *dump, const char *name, enum lang lang, const char *text)
{
    if (!text)
        return;
    indent(dump);
    buf_printf(dump->out, "%s %s: ", name, lang_tag(lang));
    add_visible(dump->out, text);
    buf_add_char(dump->out, '\n');
}

static void add_strings(const struct dump *dump, const char *name, const char *const text[LANG_COUNT])
{
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        add_string(dump, name, lang, text[lang]);
}

static void add_place(struct buf *out, struct place at)
{
    buf_printf(out, "%s:%u:%u", at.file ? at.file : "?", at.line, at.col);
}

static void add_spans(struct dump *dump, const struct rich_text *text)
{
    static const char *const kinds[] = { "strong", "emphasis", "code", "link", "note", "value",
                                         "hedge" };

    dump->depth++;
    for (size_t i = 0; i < text->span_count; i++) {
        const struct inline_span *span = &text->spans[i];

        indent(dump);
        buf_printf(dump->out, "%s %u..%u", kinds[span->kind], span->start, span->end);
        if (span->kind == INLINE_LINK)
            buf_printf(dump->out, " %s", span->url);
        if (span->kind == INLINE_NOTE_REF)
            buf_printf(dump->out, " %u", span->note);
        buf_add_char(dump->out, '\n');
    }
    for (size_t i = 0; i < text->place_count; i++) {
        indent(dump);
        buf_printf(dump->out, "from %u ", text->places[i].offset);
        add_place(dump->out, text->places[i].at);
        buf_add_char(dump->out, '\n');
    }
    dump->depth--;
}

static void add_rich(struct dump *dump, const char *name, const struct rich_text text[LANG_COUNT])
{
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        if (text[lang].length == 0)
            continue;
        add_string(dump, name, lang, text[lang].utf8);
        add_spans(dump, &text[lang]);
    }
}

static void add_table(struct dump *dump, const struct doc_table *table)
{
    static const char *const aligns[] = { "start", "centre", "end" };
    static const char *const kinds[DOC_ROW_KINDS] = { "", " subtotal", " total" };

    add_rich(dump, "title", table->title);
    if (table->parallel != DOC_PARALLEL_CHOSEN) {
        indent(dump);
        buf_printf(dump->out, "parallel %s\n", table->parallel == DOC_PARALLEL_ONE ? "one" : "twice");
    }
    for (size_t i = 0; i < table->column_count; i++) {
        indent(dump);
        buf_printf(dump->out, "column %zu %s weight ", i + 1, aligns[table->columns[i].align]);
        buf_add_real(dump->out, table->columns[i].weight, 3);
        buf_add_string(dump->out, table->columns[i].group ? " group\n" : "\n");
        dump->depth++;
        add_rich(dump, "title", table->columns[i].title);
        dump->depth--;
    }
    for (size_t i = 0; i < table->row_count; i++) {
        indent(dump);
        buf_printf(dump->out, "row %zu%s\n", i + 1, kinds[doc_table_kind(table, i)]);
        dump->depth++;
        for (size_t j = 0; j < table->column_count; j++) {
            const struct rich_text cell[LANG_COUNT] = { doc_table_cell(table, LANG_EN, i, j),
                                                        doc_table_cell(table, LANG_AR, i, j) };

            add_rich(dump, "cell", cell);
        }
        dump->depth--;
    }
    add_rich(dump, "note", table->note);
    add_rich(dump, "source", table->source);
}

static void add_num(struct buf *out, const char *name, struct num num)
{
    buf_printf(out, " %s ", name);
    num_format(num, out);
}

static void add_date(struct buf *out, const char *name, struct date date)
{
    buf_printf(out, " %s %04d-%02d-%02d", name, date.year, date.month, date.day);
}

static void add_chart_row(struct dump *dump, const struct chart_spec *chart, size_t index)
{
    const struct chart_row *row = &chart->rows[index];

    indent(dump);
    buf_printf(dump->out, "row %zu", index + 1);
    if (row->start.year)
        add_date(dump->out, "start", row->start);
    if (row->missing)
        buf_add_string(dump->out, " missing");
    else if (chart->type != CHART_TIMELINE)
        add_num(dump->out, "value", row->value);
    if (chart->type == CHART_SCATTER)
        add_num(dump->out, "x", row->x);
    if (row->has_low)
        add_num(dump->out, "low", row->low);
    if (row->has_high)
        add_num(dump->out, "high", row->high);
    if (row->has_end)
        add_date(dump->out, "end", row->end);
    if (row->open)
        buf_add_string(dump->out, " open");
    if (row->place)
        buf_printf(dump->out, " place %s", row->place);
    buf_printf(dump->out, "%s from ", row->emphasis ? " emphasis" : "");
    add_place(dump->out, row->at);
    buf_add_char(dump->out, '\n');
    dump->depth++;
    add_strings(dump, "label", row->label);
    add_strings(dump, "value", row->value_text);
    add_strings(dump, "date", row->date_text);
    add_strings(dump, "series", row->series);
    add_strings(dump, "panel", row->panel);
    dump->depth--;
}

static void add_chart_note(struct dump *dump, const struct chart_note *note)
{
    static const char *const kinds[] = { "value", "values", "day", "days", "category", "point" };

    indent(dump);
    buf_printf(dump->out, "note %s", kinds[note->kind]);
    if (note->kind == NOTE_VALUE || note->kind == NOTE_VALUES || note->kind == NOTE_POINT)
        add_num(dump->out, "value", note->value);
    if (note->kind == NOTE_VALUES)
        add_num(dump->out, "to", note->to);
    if (note->kind == NOTE_DAY || note->kind == NOTE_DAYS || note->kind == NOTE_POINT)
        add_date(dump->out, "day", note->day);
    if (note->kind == NOTE_DAYS)
        add_date(dump->out, "until", note->until);
    if (note->category)
        buf_printf(dump->out, " at %s", note->category);
    buf_add_char(dump->out, '\n');
    dump->depth++;
    add_strings(dump, "label", note->label);
    dump->depth--;
}

static void add_chart(struct dump *dump, const struct chart_spec *chart)
{
    add_strings(dump, "subtitle", chart->subtitle);
    add_strings(dump, "unit", chart->unit);
    add_strings(dump, "x unit", chart->x_unit);
    add_strings(dump, "alt", chart->alt);
    if (chart->has_total) {
        indent(dump);
        buf_add_string(dump->out, "total");
        add_num(dump->out, "value", chart->total);
        buf_add_char(dump->out, '\n');
    }
    for (size_t i = 0; i < chart->note_count; i++)
        add_chart_note(dump, &chart->notes[i]);
    for (size_t i = 0; i < chart->row_count; i++)
        add_chart_row(dump, chart, i);
}

static void add_key_figures(struct dump *dump, const struct doc_key_figures *group)
{
    for (size_t i = 0; i < group->count; i++) {
        indent(dump);
        buf_printf(dump->out, "figure %zu\n", i + 1);
        dump->depth++;
        add_rich(dump, "value", group->figures[i].value);
        add_rich(dump, "label", group->figures[i].label);
        add_rich(dump, group->figures[i].unmarked        ? "new"
                       : group->figures[i].direction > 0 ? "rose"
                       : group->figures[i].direction < 0 ? "fell"
                                                         : "stayed",
                 group->figures[i].change);
        dump->depth--;
    }
}

static void add_image(struct dump *dump, const struct doc_image *image)
{
    static const char *const forms[] = { "rgb", "jpeg" };

    indent(dump);
    buf_printf(dump->out, "%s %u x %u%s", forms[image->pixels->form], image->pixels->width, image->pixels->height,
               image->pixels->alpha ? " with alpha" : "");
    if (image->width > 0) {
        buf_add_string(dump->out, " width ");
        buf_add_real(dump->out, image->width, 1);
    }
    buf_add_char(dump->out, '\n');
    add_rich(dump, "title", image->title);
    add_strings(dump, "alt", image->alt);
    add_rich(dump, "source", image->source);
}

static void add_sources(struct dump *dump, const struct doc_sources *sources)
{
    for (size_t i = 0; i < sources->count; i++) {
        indent(dump);
        buf_printf(dump->out, "source %zu en %zu ar %zu\n", i, sources->order[LANG_EN][i], sources->order[LANG_AR][i]);
        dump->depth++;
        add_rich(dump, "text", sources->list[i].text);
        dump->depth--;
    }
}

static void add_block_head(struct dump *dump, const struct block *block)
{
    static const char *const kinds[] = { "heading", "paragraph", "list",    "item",     "quote",
                                         "rule",    "table",     "chart",   "key-figures", "contents",
                                         "attribution", "callout", "image", "break",    "sources" };
    static const char *const callouts[] = { "judgement", "note", "warning" };

    indent(dump);
    buf_add_string(dump->out, kinds[block->kind]);
    if (block->kind == BLOCK_HEADING)
        buf_printf(dump->out, " %d #%s", block->level, block->id);
    if (block->ordered)
        buf_printf(dump->out, " ordered from %d", block->start);
    if (block->kind == BLOCK_LIST && !block->tight)
        buf_add_string(dump->out, " loose");
    if (block->kind == BLOCK_CALLOUT)
        buf_printf(dump->out, " %s", callouts[block->callout]);
    if (block->kind == BLOCK_BREAK)
        buf_add_string(dump->out, block->break_at == BREAK_PAGE ? " page" : " column");
    if (block->kind == BLOCK_SOURCES && block->sources->numbered)
        buf_add_string(dump->out, " numbered");
    if (block->image)
        buf_printf(dump->out, " %s", block->image->id);
    if (block->dest && block->kind != BLOCK_HEADING)
        buf_printf(dump->out, " #%s", block->dest);
    if (block->table && block->table->id)
        buf_printf(dump->out, " %s", block->table->id);
    if (block->chart)
        buf_printf(dump->out, " %s %s", chart_type_name(block->chart->type), block->chart->id);
    if (block->key_figures)
        buf_printf(dump->out, " %s", block->key_figures->id);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        buf_add_char(dump->out, ' ');
        add_place(dump->out, block->at[lang]);
    }
    buf_add_char(dump->out, '\n');
}

static void add_blocks(struct dump *dump, const struct block *block)
{
    for (; block; block = block->next) {
        add_block_head(dump, block);
        dump->depth++;
        add_rich(dump, "text", block->text);
        if (block->table)
            add_table(dump, block->table);
        if (block->chart)
            add_chart(dump, block->chart);
        if (block->source)
            add_rich(dump, "source", block->source);
        if (block->key_figures)
            add_key_figures(dump, block->key_figures);
        if (block->image)
            add_image(dump, block->image);
        if (block->sources)
            add_sources(dump, block->sources);
        add_blocks(dump, block->first_child);
        dump->depth--;
    }
}

static void add_notes(struct dump *dump, const struct doc *doc)
{
    for (size_t i = 0; i < doc->note_count; i++) {
        const struct doc_note *note = &doc->notes[i];

        buf_printf(dump->out, "note %zu %s", i, note->id);
        for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
            buf_printf(dump->out, " %s ", note->number[lang]);
            add_place(dump->out, note->at[lang]);
        }
        buf_add_char(dump->out, '\n');
        dump->depth = 1;
        add_rich(dump, "text", note->text);
        dump->depth = 0;
    }
}

void doc_dump(const struct doc *doc, struct buf *out)
{
    struct dump dump = { .out = out };

    buf_printf(out, "report %s as of %s layout %s editions", doc->name, doc->as_of, doc->layout);
    for (enum edition edition = 0; edition < EDITION_COUNT; edition++)
        if (doc->editions[edition])
            buf_printf(out, " %s", edition_name(edition));
    static const char *const attached[] = { "", " attachments all", " attachments data", " attachments none" };
    buf_printf(out, "%s\n", attached[doc->attach]);
    add_strings(&dump, "title", doc->title);
    add_strings(&dump, "subtitle", doc->subtitle);
    add_strings(&dump, "author", doc->author);
    add_strings(&dump, "issue", doc->issue_line);
    add_blocks(&dump, doc->blocks);
    add_notes(&dump, doc);
}
