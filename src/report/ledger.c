/* Asking a ledger, and a ledger as JSON. Must not know how it was made. */
#include "report/ledger.h"

#include "base/file.h"
#include "base/json.h"
#include "base/nearest.h"

#include <string.h>

const char *ledger_path(const struct ledger *ledger, const char *file)
{
    size_t length = strlen(ledger->workspace);

    return strncmp(file, ledger->workspace, length) == 0 ? file + length : file;
}

/* ---- finding ---- */

const struct ledger_entry *ledger_find(const struct ledger *ledger, const char *name, struct diags *diags)
{
    static const char *const prefixes[] = { "", "table:", "chart:" };
    struct arena *arena = arena_new();
    const char **names = arena_array(arena, ledger->entry_count, sizeof *names), *near;
    const struct ledger_entry *found = NULL;

    for (size_t i = 0; !found && i < ledger->entry_count; i++) {
        names[i] = arena_printf(arena, "%s%s", prefixes[ledger->entries[i].kind], ledger->entries[i].name);
        if (strcmp(names[i], name) == 0)
            found = &ledger->entries[i];
    }
    if (!found) {
        near = nearest_known(name, names, ledger->entry_count);
        diag_add(diags, DIAG_FIGURE_UNKNOWN, (struct place){ .file = ledger->definition },
                 "there is no figure '%s'; %s%s%s", name, near ? "did you mean '" : "--all shows those that there are",
                 near ? near : "", near ? "'?" : "");
    }
    arena_drop(arena);
    return found;
}

/* ---- JSON ---- */

static void add_given_text(struct json *json, const char *key, const char *text)
{
    if (text)
        json_put_text(json, key, text);
}

static void add_texts(struct json *json, const char *key, const char *const texts[LANG_COUNT])
{
    json_put_object(json, key);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        json_put_text(json, lang_tag(lang), texts[lang]);
    json_object_end(json);
}

static void add_value(struct json *json, const char *key, const struct value *value)
{
    json_key(json, key);
    switch (value->type) {
    case VALUE_TEXT:
    case VALUE_DATE:
        json_string(json, value->text);
        break;
    case VALUE_INTEGER:
    case VALUE_NUMBER:
        json_number(json, value->num);
        break;
    case VALUE_BOOLEAN:
        json_bool(json, value->num.coefficient != 0);
        break;
    case VALUE_NULL:
        json_null(json);
        break;
    }
}

static void add_place(const struct ledger *ledger, struct json *json, struct place at)
{
    json_put_text(json, "file", ledger_path(ledger, at.file));
    json_put_count(json, "line", at.line);
}

static void add_hedge(struct json *json, const struct hedge *hedge)
{
    if (hedge->has_low) {
        json_key(json, "low");
        json_number(json, hedge->low);
    }
    if (hedge->has_high) {
        json_key(json, "high");
        json_number(json, hedge->high);
    }
    add_texts(json, "hedge", hedge->words);
    if (hedge->joint[LANG_EN])
        add_texts(json, "joint", hedge->joint);
}

/* What previous.c reads. */
static void add_published(struct json *json, const struct previous_figure *figure)
{
    static const char *const kinds[] = { "value", "texts", "hedged" };
    static const char *const types[] = { "null", "text", "integer", "number", "boolean", "date" };

    json_put_text(json, "kind", kinds[figure->kind]);
    if (figure->kind == FIGURE_TEXTS) {
        add_texts(json, "value", figure->words);
    } else {
        json_put_text(json, "type", types[figure->value.type]);
        add_value(json, "value", &figure->value);
    }
    if (figure->kind == FIGURE_HEDGED)
        add_hedge(json, &figure->hedge);
}

static void add_figure(struct json *json, const struct ledger_entry *entry)
{
    const struct figure *figure = entry->figure;
    struct previous_figure published = { .kind = figure->kind, .value = figure->value, .hedge = figure->hedge };

    memcpy(published.words, figure->words, sizeof published.words);
    add_published(json, &published);
    json_put_object(json, "printed");
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        json_put_array(json, lang_tag(lang));
        for (size_t i = 0; i < entry->printed_count[lang]; i++)
            json_string(json, entry->printed[lang][i]);
        json_array_end(json);
    }
    json_object_end(json);
}

static void add_parameters(struct json *json, const struct sql_parameter *parameters, size_t count)
{
    json_put_object(json, "parameters");
    for (size_t i = 0; i < count; i++)
        add_value(json, parameters[i].name, &parameters[i].value);
    json_object_end(json);
}

static void add_statement(const struct ledger *ledger, struct json *json, const struct ledger_entry *entry)
{
    json_put_text(json, "statement", entry->sql);
    json_put_object(json, "at");
    add_place(ledger, json, entry->at);
    json_put_count(json, "col", entry->at.col);
    json_object_end(json);
    add_parameters(json, entry->parameters, entry->parameter_count);
}

struct value ledger_value(const struct ledger_row *row, size_t column)
{
    const struct ledger_cell *cell = &row->cells[column];

    if (cell->type == VALUE_TEXT || cell->type == VALUE_DATE)
        return (struct value){ .type = cell->type, .text = cell->text };
    return (struct value){ .type = cell->type, .num = { cell->coefficient, cell->scale } };
}

static void add_row(const struct ledger *ledger, struct json *json, const struct ledger_row *row)
{
    json_object_begin(json);
    add_place(ledger, json, row->at);
    json_put_text(json, "table", row->table->name);
    json_put_object(json, "cells");
    for (size_t i = 0; i < row->table->column_count; i++) {
        struct value value = ledger_value(row, i);

        add_value(json, row->table->columns[i], &value);
    }
    json_object_end(json);
    json_object_end(json);
}

static void add_use(const struct ledger *ledger, struct json *json, const struct figure_use *use)
{
    json_put_text(json, "language", lang_tag(use->lang));
    add_place(ledger, json, use->at);
    json_put_count(json, "col", use->at.col);
}

static void add_uses(const struct ledger *ledger, struct json *json, const struct ledger_entry *entry)
{
    json_put_array(json, "uses");
    for (size_t i = 0; i < entry->use_count; i++) {
        json_object_begin(json);
        add_use(ledger, json, &entry->uses[i]);
        if (entry->kind == LEDGER_FIGURE)
            json_put_text(json, "printed", entry->uses[i].printed);
        json_object_end(json);
    }
    json_array_end(json);
}

static void add_entry(const struct ledger *ledger, struct json *json, const struct ledger_entry *entry, size_t rows)
{
    json_object_begin(json);
    json_put_text(json, "name", entry->name);
    if (entry->kind == LEDGER_FIGURE) {
        add_figure(json, entry);
    } else {
        json_put_text(json, "kind", entry->kind == LEDGER_TABLE ? "table" : "chart");
        json_put_count(json, "result_rows", entry->result_rows);
    }
    add_statement(ledger, json, entry);
    json_put_bool(json, "exact", entry->exact);
    json_put_count(json, "row_count", entry->row_count);
    json_put_array(json, "rows");
    for (size_t i = 0; i < entry->listed && i < rows; i++)
        add_row(ledger, json, entry->rows[i]);
    json_array_end(json);
    add_uses(ledger, json, entry);
    json_object_end(json);
}

static void add_dataset(const struct ledger *ledger, struct json *json, const struct ledger_dataset *set)
{
    json_object_begin(json);
    json_put_text(json, "name", set->name);
    add_texts(json, "title", set->title);
    json_put_array(json, "files");
    for (size_t i = 0; i < set->file_count; i++) {
        json_object_begin(json);
        json_put_text(json, "file", ledger_path(ledger, set->files[i].path));
        json_put_text(json, "sha256", set->files[i].sha256);
        json_object_end(json);
    }
    json_array_end(json);
    json_put_array(json, "sources");
    for (size_t i = 0; i < set->source_count; i++) {
        json_object_begin(json);
        add_given_text(json, "title", set->sources[i].title);
        add_given_text(json, "path", set->sources[i].path);
        json_object_end(json);
    }
    json_array_end(json);
    json_put_array(json, "licenses");
    for (size_t i = 0; i < set->license_count; i++) {
        json_object_begin(json);
        add_given_text(json, "name", set->licenses[i].name);
        add_given_text(json, "title", set->licenses[i].title);
        add_given_text(json, "path", set->licenses[i].path);
        json_object_end(json);
    }
    json_array_end(json);
    json_object_end(json);
}

static void add_published_list(struct json *json, const char *key, const struct previous_figure *figures, size_t count)
{
    json_put_array(json, key);
    for (size_t i = 0; i < count; i++) {
        json_object_begin(json);
        json_put_text(json, "name", figures[i].name);
        add_published(json, &figures[i]);
        json_object_end(json);
    }
    json_array_end(json);
}

static void add_issue(struct json *json, bool has_issue, int64_t issue)
{
    json_key(json, "issue");
    if (has_issue)
        json_number(json, num_from_int(issue));
    else
        json_null(json);
}

/* All its figures, used or not: a rebuild of this issue finds here what a text has come to ask for. */
static void add_previous(const struct ledger *ledger, struct json *json)
{
    const struct previous_issue *previous = ledger->previous;

    json_key(json, "previous");
    if (!previous) {
        json_null(json);
        return;
    }
    json_object_begin(json);
    add_issue(json, previous->has_issue, previous->issue);
    json_put_text(json, "as_of", previous->as_of);
    json_put_text(json, "ledger_sha256", previous->sha256);
    add_published_list(json, "figures", previous->figures, previous->count);
    add_published_list(json, "revised", ledger->revised, ledger->revised_count);
    json_put_array(json, "uses");
    for (size_t i = 0; i < ledger->past_count; i++)
        for (size_t k = 0; k < ledger->past[i]->use_count; k++) {
            json_object_begin(json);
            json_put_text(json, "figure", ledger->past[i]->name);
            add_use(ledger, json, &ledger->past[i]->uses[k]);
            json_put_text(json, "printed", ledger->past[i]->uses[k].printed);
            json_object_end(json);
        }
    json_array_end(json);
    json_object_end(json);
}

static void add_head(const struct ledger *ledger, const char *version, struct json *json)
{
    json_put_text(json, "mujaz", version);
    json_put_text(json, "report", ledger->report);
    if (ledger->packet) {
        json_put_text(json, "packet", ledger->packet);
        add_parameters(json, ledger->parameters, ledger->parameter_count);
    }
    add_issue(json, ledger->has_issue, ledger->issue);
    json_put_text(json, "as_of", ledger->as_of);
}

static void add_pdf(const struct ledger_of *of, struct json *json)
{
    json_put_text(json, "edition", of->edition);
    json_put_object(json, "pdf");
    json_put_text(json, "file", of->pdf);
    json_put_text(json, "sha256", of->sha256);
    json_object_end(json);
}

/* A ledger on its way. */
struct writer {
    struct json json;
    struct buf text; /* not yet given to the sink */
    struct sink sink;
    size_t rows;
    bool full;
};

enum { PIECE = 1 << 16 };

static void give(struct writer *w)
{
    w->full = w->full || !w->sink.add(w->sink.context, w->text.data, w->text.length);
    buf_clear(&w->text);
}

static void add_lists(const struct ledger *ledger, struct writer *w)
{
    struct json *json = &w->json;
    static const char *const keys[] = { "figures", "tables", "charts" };

    json_put_array(json, "datasets");
    for (size_t i = 0; i < ledger->dataset_count; i++)
        add_dataset(ledger, json, &ledger->datasets[i]);
    json_array_end(json);
    for (enum ledger_kind kind = LEDGER_FIGURE; kind <= LEDGER_CHART; kind++) {
        json_put_array(json, keys[kind]);
        for (size_t i = 0; i < ledger->entry_count && !w->full; i++) {
            if (ledger->entries[i].kind == kind)
                add_entry(ledger, json, &ledger->entries[i], w->rows);
            if (w->text.length >= PIECE)
                give(w);
        }
        json_array_end(json);
    }
}

/* ---- its body ---- */

enum { UNLOADED = 1 << 20 }; /* so much of a mapping is read before it is given back */

/* From a level of one object to where the writer is. */
static void copy_body(const struct ledger_body *body, size_t from, size_t to, struct writer *w)
{
    static const char blanks[] = "                                                                ";
    _Static_assert(sizeof blanks > 2 * (JSON_DEPTH_MAX - 1), "two for each level");
    size_t unloaded = from / UNLOADED * UNLOADED;

    while (from < to && !w->full) {
        const char *at = body->bytes + from, *line = memchr(at, '\n', to - from);
        size_t length = line ? (size_t)(line - at) + 1 : to - from;

        buf_add(&w->text, at, length);
        if (line)
            buf_add(&w->text, blanks, 2 * (size_t)(w->json.depth - 1));
        if (w->text.length >= PIECE)
            give(w);
        from += length;
        for (; body->mapped && from - unloaded >= UNLOADED; unloaded += UNLOADED)
            file_unload(body->bytes + unloaded, UNLOADED);
    }
    if (body->mapped)
        file_unload(body->bytes, body->length);
}

bool ledger_write_body(const struct ledger *ledger, struct sink sink, size_t *past)
{
    struct writer w = { .sink = sink, .rows = SIZE_MAX };

    buf_init(&w.text);
    json_begin(&w.json, &w.text);
    json_object_begin(&w.json);
    add_head(ledger, "", &w.json);
    buf_clear(&w.text);
    if (ledger->compares)
        add_previous(ledger, &w.json);
    *past = w.text.length;
    add_lists(ledger, &w);
    give(&w);
    buf_drop(&w.text);
    return !w.full;
}

void ledger_set_body(struct ledger *ledger, struct ledger_body body)
{
    ledger->body = body;
    ledger->entries = NULL;
    ledger->entry_count = 0;
    ledger->past = NULL;
    ledger->past_count = 0;
    arena_drop(ledger->traces);
    ledger->traces = NULL;
}

/* ---- the whole ---- */

static void add_ledger(const struct ledger *ledger, const struct ledger_of *of, struct writer *w)
{
    const struct ledger_body *body = &ledger->body;
    struct json *json = &w->json;
    const struct ledger_of none = { .version = of->version };

    json_object_begin(json);
    add_head(ledger, of->version, json);
    if (body->bytes)
        copy_body(body, 0, body->past, w);
    else if (ledger->compares)
        add_previous(ledger, json);
    if (of->pdf)
        add_pdf(of, json);
    if (body->bytes)
        copy_body(body, body->past, body->length, w);
    else
        add_lists(ledger, w);
    if (of->following_count > 0) {
        json_put_array(json, "following");
        for (size_t i = 0; i < of->following_count; i++)
            add_ledger(of->following[i], &none, w);
        json_array_end(json);
    }
    json_object_end(json);
}

bool ledger_json(const struct ledger *ledger, const struct ledger_of *of, size_t rows, struct sink sink)
{
    struct writer w = { .sink = sink, .rows = rows };

    buf_init(&w.text);
    json_begin(&w.json, &w.text);
    add_ledger(ledger, of, &w);
    json_end(&w.json);
    give(&w);
    buf_drop(&w.text);
    return !w.full;
}

void ledger_entry_json(const struct ledger *ledger, const struct ledger_entry *entry, size_t rows, struct buf *out)
{
    struct json json;

    json_begin(&json, out);
    add_entry(ledger, &json, entry, rows);
    json_end(&json);
}
