/*
 * Making the ledger: which rows are behind each statement, what these rows hold and where they stand, and, when the
 * texts are made, what they print. Prints and writes nothing.
 *
 * A file is read once for all the rows of it that are listed, however many statements they are behind.
 */
#include "report/builder.h"

#include "base/progress.h"
#include "report/ledger.h"
#include "report/statement.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct kept {
    size_t relation, row;
};

/* The datasets, which all packets of a burst have alike. */
struct ledger_base {
    struct ledger_dataset *datasets;
    const struct relation **relations;
    size_t relation_count;
    struct ledger_table *tables; /* as many as relations */
    struct place **places;       /* of a burst: by relation, of all its rows, once they were asked for; its arena */
    struct arena *arena;
};

struct tracer {
    struct builder *builder;
    struct ledger_base *base;
    struct arena *scratch;
    struct kept **kept; /* by entry; as many as it lists */
};

/* ---- statements ---- */

static struct sql_parameter copy_parameter(const struct sql_parameter *from, struct arena *arena)
{
    struct sql_parameter copy = *from;

    copy.name = arena_string(arena, from->name);
    copy.value.text = arena_string(arena, from->value.text);
    return copy;
}

static void keep_parameters(struct builder *builder, struct ledger_entry *entry)
{
    const struct definition *definition = builder->definition;
    struct sql_parameter *named = NULL;

    for (size_t i = 0; i < definition->parameter_count; i++)
        if (statement_names(entry->sql, definition->parameters[i].name)) {
            named = arena_grow(builder->traces, named, entry->parameter_count, sizeof *named);
            named[entry->parameter_count++] = copy_parameter(&definition->parameters[i], builder->traces);
        }
    entry->parameters = named;
}

/* ---- rows behind a statement ---- */

static size_t relation_index(const struct tracer *tracer, const struct relation *relation)
{
    size_t index = 0;

    while (tracer->base->relations[index] != relation)
        index++;
    return index;
}

/* In a burst, whether the row may be listed: it counts for this packet, and holds nothing that another is known by. */
static bool may_list(const struct builder *builder, const struct statement *statement, const struct sql_trace *trace,
                     const struct sql_row *row)
{
    if (!builder->burst)
        return true;
    if (statement->common || !trace->exact)
        return false;
    for (size_t i = 0; i < relation_columns(row->relation); i++) {
        const struct value value = relation_value(row->relation, row->row, i);

        if (!relation_is_hidden(row->relation, i)
            && burst_owner(builder->burst, builder->packet, relation_column(row->relation, i)->name, &value, false)
                   != SIZE_MAX)
            return false;
    }
    return true;
}

/* Counts all rows, keeps the first. */
static void keep_rows(struct tracer *tracer, const struct statement *statement, const struct sql_trace *trace,
                      struct ledger_entry *entry, struct kept **kept)
{
    struct ledger_share *shares = NULL;
    const struct relation *last = NULL;
    size_t relation = 0, most = trace->count < LEDGER_ROWS ? trace->count : LEDGER_ROWS;

    entry->exact = trace->exact;
    entry->row_count = trace->count;
    *kept = arena_array(tracer->scratch, most, sizeof **kept);
    for (size_t i = 0; i < trace->count; i++) {
        if (trace->rows[i].relation != last) {
            last = trace->rows[i].relation;
            relation = relation_index(tracer, last);
            shares = arena_grow(tracer->builder->traces, shares, entry->share_count, sizeof *shares);
            shares[entry->share_count++] = (struct ledger_share){ .table = &tracer->base->tables[relation] };
        }
        shares[entry->share_count - 1].count++;
        if (entry->listed < most && may_list(tracer->builder, statement, trace, &trace->rows[i]))
            (*kept)[entry->listed++] = (struct kept){ relation, trace->rows[i].row };
    }
    entry->shares = shares;
    entry->rows = arena_array(tracer->builder->traces, entry->listed, sizeof *entry->rows);
}

static bool trace_entry(struct tracer *tracer, size_t index, const struct statement *statement)
{
    struct builder *builder = tracer->builder;
    struct ledger_entry *entry = &builder->ledger->entries[index];
    struct arena *arena = arena_new(); /* a statement may read millions of rows */
    struct sql_trace trace;
    bool traced;

    progress_say(builder->diags, PROGRESS_LEDGER, index, builder->ledger->entry_count);
    entry->sql = arena_string(builder->traces, statement->sql);
    entry->at = statement->at;
    keep_parameters(builder, entry);
    traced = database_trace(builder->database, statement->sql, statement->at, statement->indent, entry->parameters,
                            entry->parameter_count, arena, &trace, builder->diags);
    if (traced)
        keep_rows(tracer, statement, &trace, entry, &tracer->kept[index]);
    arena_drop(arena);
    if (builder->burst && burst_statement_tells(builder->burst, builder->packet, entry->sql))
        entry->sql = "-- not shown: it tells of other packets";
    return traced;
}

static bool trace_entries(struct tracer *tracer)
{
    const struct definition *definition = tracer->builder->definition;
    struct ledger *ledger = tracer->builder->ledger;
    size_t count = definition->figure_count + definition->table_count + definition->chart_count, n = 0;
    bool traced = true;

    ledger->entries = arena_array(tracer->builder->traces, count, sizeof *ledger->entries);
    ledger->entry_count = count;
    tracer->kept = arena_array(tracer->scratch, count, sizeof *tracer->kept);
    for (size_t i = 0; i < definition->figure_count; i++, n++) {
        ledger->entries[n].name = figures_find(&tracer->builder->figures, definition->figures[i].name)->name;
        traced &= trace_entry(tracer, n, &definition->figures[i].statement);
    }
    for (size_t i = 0; i < definition->table_count; i++, n++) {
        ledger->entries[n].kind = LEDGER_TABLE;
        ledger->entries[n].name = tracer->builder->tables[i].id;
        ledger->entries[n].result_rows = tracer->builder->table_parts[i].row_count;
        traced &= trace_entry(tracer, n, &definition->tables[i].statement);
    }
    for (size_t i = 0; i < definition->chart_count; i++, n++) {
        ledger->entries[n].kind = LEDGER_CHART;
        ledger->entries[n].name = tracer->builder->charts[i].id;
        ledger->entries[n].result_rows = tracer->builder->charts[i].row_count;
        traced &= trace_entry(tracer, n, &definition->charts[i].statement);
    }
    return traced;
}

/* ---- what the rows hold ---- */

static int compare_rows(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;

    return x < y ? -1 : x > y;
}

/* The rows of a relation that any entry lists, rising, each once. */
static size_t *wanted_rows(const struct tracer *tracer, size_t relation, size_t *count)
{
    const struct ledger *ledger = tracer->builder->ledger;
    size_t *rows = NULL, all = 0;

    for (size_t i = 0; i < ledger->entry_count; i++)
        for (size_t k = 0; k < ledger->entries[i].listed; k++)
            if (tracer->kept[i][k].relation == relation) {
                rows = arena_grow(tracer->scratch, rows, all, sizeof *rows);
                rows[all++] = tracer->kept[i][k].row;
            }
    if (all > 1)
        qsort(rows, all, sizeof *rows, compare_rows);
    *count = 0;
    for (size_t i = 0; i < all; i++)
        if (i == 0 || rows[i] != rows[i - 1])
            rows[(*count)++] = rows[i];
    return rows;
}

/* Texts that were copied lately: rows say the same again and again, and a relation has each text of a column once. */
enum { COPIED = 256 };
struct copied {
    const char *from, *to;
};

static const char *copy_text(struct copied *copied, const char *text, struct arena *arena)
{
    struct copied *one = &copied[((uintptr_t)text >> 2) % COPIED];

    if (one->from != text)
        *one = (struct copied){ text, arena_string(arena, text) };
    return one->to;
}

/* Of the columns that are not hidden. */
static const struct ledger_cell *copy_cells(const struct relation *relation, size_t row, size_t count,
                                            struct copied *copied, struct arena *arena)
{
    struct ledger_cell *cells = arena_array(arena, count, sizeof *cells);

    for (size_t i = 0; i < count; i++) {
        const struct value value = relation_value(relation, row, i);

        cells[i].type = (uint8_t)value.type;
        cells[i].scale = value.num.scale;
        if (value.type == VALUE_TEXT || value.type == VALUE_DATE)
            cells[i].text = copy_text(copied, value.text, arena);
        else
            cells[i].coefficient = value.num.coefficient;
    }
    return cells;
}

/* Where the rows stand. The packets of a burst ask again and again: for them a file is read once. */
static bool find_places(struct tracer *tracer, size_t index, const size_t *wanted, size_t count, struct place *out)
{
    const struct relation *relation = tracer->base->relations[index];
    struct place **all = tracer->builder->burst ? &tracer->base->places[index] : NULL;
    bool every = all && !*all;
    size_t asked = every ? relation_rows(relation) : count;
    struct relation_cell *cells = arena_array(tracer->scratch, asked, sizeof *cells);
    struct place *places = every ? arena_array(tracer->base->arena, asked, sizeof *places) : out;

    for (size_t i = 0; i < asked; i++)
        cells[i].row = every ? i : wanted[i];
    if ((!all || every) && !relation_places(relation, cells, asked, places, tracer->builder->diags))
        return false;
    if (every)
        *all = places;
    for (size_t i = 0; all && i < count; i++)
        out[i] = (*all)[wanted[i]];
    return true;
}

/* Puts the relation's rows, each made once, into all the entries that list them. */
static bool take_relation(struct tracer *tracer, size_t index)
{
    const struct relation *relation = tracer->base->relations[index];
    struct ledger *ledger = tracer->builder->ledger;
    struct arena *arena = tracer->builder->traces;
    size_t count;
    size_t *wanted = wanted_rows(tracer, index, &count);
    struct place *places = arena_array(tracer->scratch, count, sizeof *places);
    struct ledger_row *rows = arena_array(arena, count, sizeof *rows);
    struct copied copied[COPIED] = { { NULL, NULL } };

    if (count > 0 && !find_places(tracer, index, wanted, count, places))
        return false;
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && strcmp(places[i].file, places[i - 1].file) == 0;

        rows[i].table = &tracer->base->tables[index];
        rows[i].at = places[i];
        rows[i].at.file = same ? rows[i - 1].at.file : arena_string(arena, places[i].file);
        rows[i].cells = copy_cells(relation, wanted[i], rows[i].table->column_count, copied, arena);
    }
    for (size_t i = 0; i < ledger->entry_count; i++)
        for (size_t k = 0; k < ledger->entries[i].listed; k++) {
            const struct kept *kept = &tracer->kept[i][k];

            if (kept->relation == index)
                ledger->entries[i].rows[k] =
                    &rows[(size_t *)bsearch(&kept->row, wanted, count, sizeof *wanted, compare_rows) - wanted];
        }
    return true;
}

/* ---- datasets ---- */

static struct dataset_source *copy_sources(const struct dataset_source *from, size_t count, struct arena *arena)
{
    struct dataset_source *sources = arena_array(arena, count, sizeof *sources);

    for (size_t i = 0; i < count; i++)
        sources[i] = (struct dataset_source){ .title = arena_string(arena, from[i].title),
                                              .path = arena_string(arena, from[i].path),
                                              .version = arena_string(arena, from[i].version) };
    return sources;
}

static bool take_dataset(struct builder *builder, const struct dataset *set, struct ledger_dataset *out)
{
    struct arena *arena = builder->arena;

    out->name = arena_string(arena, dataset_name(set));
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        out->title[lang] = arena_string(arena, dataset_title(set, lang));
    out->source_count = dataset_sources(set);
    if (out->source_count > 0)
        out->sources = copy_sources(dataset_source(set, 0), out->source_count, arena);
    out->license_count = dataset_licenses(set);
    out->licenses = arena_array(arena, out->license_count, sizeof *out->licenses);
    for (size_t i = 0; i < out->license_count; i++) {
        const struct dataset_license *from = dataset_license(set, i);

        out->licenses[i] = (struct dataset_license){ .name = arena_string(arena, from->name),
                                                     .title = arena_string(arena, from->title),
                                                     .path = arena_string(arena, from->path) };
    }
    out->file_count = dataset_files(set);
    out->files = arena_array(arena, out->file_count, sizeof *out->files);
    for (size_t i = 0; i < out->file_count; i++) {
        out->files[i].path = arena_string(arena, dataset_file(set, i));
        if (!hash_file(out->files[i].path, out->files[i].sha256, builder->diags))
            return false;
    }
    return true;
}

static void take_table(const struct relation *relation, struct ledger_table *out, struct arena *arena)
{
    const struct dataset_source *sources = relation_sources(relation, &out->source_count);

    out->name = arena_string(arena, relation_name(relation));
    while (out->column_count < relation_columns(relation) && !relation_is_hidden(relation, out->column_count))
        out->column_count++;
    out->columns = arena_array(arena, out->column_count, sizeof *out->columns);
    for (size_t i = 0; i < out->column_count; i++)
        out->columns[i] = arena_string(arena, relation_column(relation, i)->name);
    out->sources = copy_sources(sources, out->source_count, arena);
}

bool builder_trace_base(struct builder *builder)
{
    struct ledger_base *base = arena_alloc(builder->arena, sizeof *base);
    size_t count = builder->definition->dataset_count;

    base->arena = builder->arena;
    base->datasets = arena_array(builder->arena, count, sizeof *base->datasets);
    for (size_t i = 0; i < count; i++) {
        const struct dataset *set = builder->sets[i];

        if (!take_dataset(builder, set, &base->datasets[i]))
            return false;
        for (size_t k = 0; k < dataset_relations(set); k++) {
            base->relations =
                arena_grow(builder->arena, base->relations, base->relation_count, sizeof *base->relations);
            base->relations[base->relation_count++] = dataset_relation(set, k);
        }
    }
    base->tables = arena_array(builder->arena, base->relation_count, sizeof *base->tables);
    base->places = arena_array(builder->arena, base->relation_count, sizeof *base->places);
    for (size_t i = 0; i < base->relation_count; i++)
        take_table(base->relations[i], &base->tables[i], builder->arena);
    builder->ledger_base = base;
    return true;
}

void builder_trace(struct builder *builder, const char *workspace)
{
    struct tracer tracer = { .builder = builder, .scratch = arena_new() };
    bool good;

    builder->ledger = arena_alloc(builder->arena, sizeof *builder->ledger);
    builder->ledger->workspace = workspace;
    good = builder->ledger_base || builder_trace_base(builder);
    if (good) {
        tracer.base = builder->ledger_base;
        builder->ledger->datasets = tracer.base->datasets;
        builder->ledger->dataset_count = builder->definition->dataset_count;
        good = trace_entries(&tracer);
    }
    for (size_t i = 0; good && i < tracer.base->relation_count; i++)
        good = take_relation(&tracer, i);
    arena_drop(tracer.scratch);
}

/* ---- what the texts print ---- */

static int compare_uses(const void *a, const void *b)
{
    const struct figure_use *x = a, *y = b;
    int files = strcmp(x->at.file, y->at.file);

    if (x->lang != y->lang)
        return x->lang < y->lang ? -1 : 1;
    if (files != 0)
        return files;
    if (x->at.line != y->at.line)
        return x->at.line < y->at.line ? -1 : 1;
    return x->at.col < y->at.col ? -1 : x->at.col > y->at.col;
}

static void add_printed(struct ledger_entry *entry, enum lang lang, const char *printed, struct arena *arena)
{
    for (size_t i = 0; i < entry->printed_count[lang]; i++)
        if (strcmp(entry->printed[lang][i], printed) == 0)
            return;
    entry->printed[lang] =
        arena_grow(arena, entry->printed[lang], entry->printed_count[lang], sizeof *entry->printed[lang]);
    entry->printed[lang][entry->printed_count[lang]++] = printed;
}

static void finish_figure(struct builder *builder, struct ledger_entry *entry)
{
    struct figure *figure = figures_find(&builder->figures, entry->name);

    if (figure->use_count > 1)
        qsort(figure->uses, figure->use_count, sizeof *figure->uses, compare_uses);
    entry->figure = figure;
    entry->uses = figure->uses;
    entry->use_count = figure->use_count;
    for (size_t i = 0; i < figure->use_count; i++)
        if (figure->uses[i].printed)
            add_printed(entry, figure->uses[i].lang, figure->uses[i].printed, builder->traces);
}

/* A table's or chart's entry, and where blocks place it. */
struct placed {
    struct ledger_entry *entry;
    struct figure_use *uses;
    UT_hash_handle hh;
};

static void add_uses(struct placed *by_name, const char *id, const struct block *block, struct arena *arena)
{
    struct placed *placed = NULL;

    if (id)
        HASH_FIND_STR(by_name, id, placed);
    for (enum lang lang = 0; placed && lang < LANG_COUNT; lang++) {
        struct ledger_entry *entry = placed->entry;

        placed->uses = arena_grow(arena, placed->uses, entry->use_count, sizeof *placed->uses);
        placed->uses[entry->use_count++] = (struct figure_use){ .lang = lang, .at = block->at[lang] };
    }
}

static void find_blocks(struct placed *tables, struct placed *charts, const struct block *block, struct arena *arena)
{
    for (; block; block = block->next) {
        add_uses(tables, block->table ? block->table->id : NULL, block, arena);
        add_uses(charts, block->chart ? block->chart->id : NULL, block, arena);
        find_blocks(tables, charts, block->first_child, arena);
    }
}

static void finish_placed(struct placed *by_name)
{
    for (struct placed *placed = by_name; placed; placed = placed->hh.next) {
        if (placed->entry->use_count > 1)
            qsort(placed->uses, placed->entry->use_count, sizeof *placed->uses, compare_uses);
        placed->entry->uses = placed->uses;
    }
}

void builder_finish_ledger(struct builder *builder, struct doc *doc)
{
    const struct definition *definition = builder->definition;
    struct ledger *ledger = builder->ledger;
    struct placed *tables = NULL, *charts = NULL;

    for (size_t i = 0; i < ledger->entry_count; i++) {
        struct ledger_entry *entry = &ledger->entries[i];
        struct placed *placed;

        if (entry->kind == LEDGER_FIGURE) {
            finish_figure(builder, entry);
            continue;
        }
        placed = arena_alloc(builder->traces, sizeof *placed);
        placed->entry = entry;
        if (entry->kind == LEDGER_TABLE)
            HASH_ADD_KEYPTR(hh, tables, entry->name, strlen(entry->name), placed);
        else
            HASH_ADD_KEYPTR(hh, charts, entry->name, strlen(entry->name), placed);
    }
    find_blocks(tables, charts, doc->blocks, builder->traces);
    finish_placed(tables);
    finish_placed(charts);
    HASH_CLEAR(hh, tables);
    HASH_CLEAR(hh, charts);
    ledger->definition = definition->path;
    ledger->report = builder->name;
    if (builder->burst) {
        ledger->packet = builder->burst->keys[builder->packet];
        ledger->parameters = definition->parameters;
        ledger->parameter_count = definition->parameter_count;
    }
    ledger->as_of = doc->as_of;
    ledger->has_issue = definition->has_issue;
    ledger->issue = definition->issue;
    builder_finish_past(builder);
    ledger->traces = builder->traces;
    doc->ledger = ledger;
}
