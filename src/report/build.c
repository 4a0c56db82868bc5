/*
 * The way from a report's name to its doc: definition, texts, comparison, data, and only when nothing was
 * wrong, the values put in and the tree made. Knows no SQL, no Markdown and no language's grammar itself.
 */
#include "report/report.h"

#include "base/file.h"
#include "base/name.h"
#include "base/nearest.h"
#include "report/build_doc.h"
#include "report/builder.h"
#include "report/match.h"
#include "report/text.h"

#include <stdlib.h>
#include <string.h>

static void read_texts(struct builder *builder, const char *folder)
{
    builder_check_definition(builder);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const char *path = file_join(builder->arena, folder, arena_printf(builder->arena, "%s.md", lang_tag(lang)));

        if (!file_exists(path)) {
            diag_add(builder->diags, DIAG_FILE_ABSENT, (struct place){ .file = path },
                     "there is no such file; write the %s text there, block for block as the other",
                     lang == LANG_EN ? "English" : "Arabic");
            continue;
        }
        builder->text[lang] = text_load(path, &builder->figures, builder->reading, builder->diags);
        if (builder->text[lang]) {
            builder_check_text(builder, lang);
            builder_check_links(builder, lang);
        }
    }
    if (builder->text[LANG_EN] && builder->text[LANG_AR]) {
        const struct markdown *const texts[LANG_COUNT] = { builder->text[LANG_EN], builder->text[LANG_AR] };

        match_texts(texts, builder->reading, builder->diags);
        builder_warn_unused(builder);
    }
}

/* ---- data ---- */

static bool make_locales(struct builder *builder)
{
    const struct definition *definition = builder->definition;

    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        builder->locale[lang] =
            locale_new(lang, definition->digits[lang], definition->months, builder->diags);
        if (!builder->locale[lang])
            return false;
    }
    return true;
}

static bool load_definition(struct builder *builder, const char *folder)
{
    builder->definition =
        definition_load(file_join(builder->arena, folder, "report.yaml"), builder->reading, builder->diags);
    return builder->definition;
}

/* The datasets, every one of them so that all that is wrong is said, and their database. */
static void open_data(struct builder *builder, const char *workspace)
{
    const struct definition *definition = builder->definition;
    bool all = true;

    builder->sets = arena_array(builder->arena, definition->dataset_count, sizeof *builder->sets);
    for (size_t i = 0; i < definition->dataset_count; i++) {
        const struct definition_name *name = &definition->datasets[i];

        if (builder_find_dataset(builder, workspace, name))
            builder->sets[i] = dataset_borrow(arena_printf(builder->arena, "%sdatasets/%s", workspace, name->text),
                                              builder->options, builder->diags);
        all &= builder->sets[i] != NULL;
    }
    if (all && definition->as_of_text)
        builder->database = database_new(builder->sets, definition->dataset_count, builder->diags);
}

/* A dataset may also be there for the source list alone. */
static bool lists_sources(const struct builder *builder)
{
    const struct md_block *block = builder->text[LANG_EN] ? builder->text[LANG_EN]->blocks : NULL;

    while (block && block->kind != BLOCK_SOURCES)
        block = block->next;
    return block && builder->definition->sources.of[DEFINITION_DATASETS];
}

static void warn_unasked(struct builder *builder)
{
    const struct definition *definition = builder->definition;

    for (size_t i = 0; i < definition->dataset_count && !lists_sources(builder); i++)
        if (!database_asked(builder->database, builder->sets[i]))
            diag_add(builder->diags, DIAG_DATASET_UNUSED, definition->datasets[i].at,
                     "no statement of the report asks the dataset '%s'; use it, or take it out",
                     definition->datasets[i].text);
}

static void close_data(struct builder *builder)
{
    database_drop(builder->database);
    builder->database = NULL;
    for (size_t i = 0; builder->sets && i < builder->definition->dataset_count; i++)
        dataset_return(builder->options, builder->sets[i]);
    builder->sets = NULL;
}

static void fetch(struct builder *builder, const char *workspace)
{
    if (!builder->sets)
        open_data(builder, workspace);
    if (builder->database) {
        builder_evaluate_figures(builder);
        builder_take_past(builder);
        builder_fetch_tables(builder);
        builder_fetch_charts(builder);
        builder_fetch_sources(builder);
        if (diags_errors(builder->diags) == 0)
            warn_unasked(builder);
        if (diags_errors(builder->diags) == 0)
            builder_trace(builder, workspace);
    }
    if (!builder->burst)
        close_data(builder);
}

/* ---- the whole ---- */

/* What all packets have alike, read and checked. False: nothing can be made of it. */
static bool prepare(struct builder *builder, const char *workspace)
{
    const char *folder = arena_printf(builder->arena, "%sreports/%s", workspace, builder->name);

    if (!load_definition(builder, folder))
        return false;
    if (builder->layout)
        builder->definition->layout = (struct definition_name){ .text = builder->layout, .at = { .file = "--layout" } };
    if (builder_find_layout(builder, workspace))
        builder_take_defaults(builder, workspace);
    if (builder->definition->burst.given) {
        open_data(builder, workspace);
        if (!builder->database || !builder_read_burst(builder, workspace) || !builder_trace_base(builder))
            return false;
        builder_check_burst(builder);
    }
    builder_name_figures(builder);
    read_texts(builder, folder);
    builder_load_images(builder, folder);
    return true;
}

static struct doc *make(struct builder *builder, const char *workspace)
{
    const char *name = builder->name;
    struct doc *doc;

    if (!make_locales(builder))
        return NULL;
    fetch(builder, workspace);
    if (diags_errors(builder->diags) > 0)
        return NULL;
    builder_word_tables(builder);
    builder_word_charts(builder);
    if (builder->burst)
        name = arena_printf(builder->arena, "%s-%s", name, builder->burst->keys[builder->packet]);
    doc = build_doc(builder, name);
    builder_finish_ledger(builder, doc);
    return doc;
}

/* ---- the order of what is said ---- */

struct said {
    const struct diag *diag;
    size_t file, index; /* of the file: when it came first */
};

static bool same_file(const struct diag *a, const struct diag *b)
{
    return a->at.file && b->at.file ? strcmp(a->at.file, b->at.file) == 0 : a->at.file == b->at.file;
}

static int compare_said(const void *a, const void *b)
{
    const struct said *x = a, *y = b;

    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    if (x->diag->at.line != y->diag->at.line)
        return x->diag->at.line < y->diag->at.line ? -1 : 1;
    if (x->diag->at.col != y->diag->at.col)
        return x->diag->at.col < y->diag->at.col ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* A file is mended from its top: what the steps found in it, each in its turn, comes in the order of its lines.
 * `packet`: its key, or NULL. */
static void hand_over(struct diags *from, struct diags *to, const char *packet, struct arena *arena)
{
    size_t count = diags_count(from), file_count = 0;
    struct said *all = arena_array(arena, count, sizeof *all);
    const struct diag **files = NULL; /* the first of each */

    for (size_t i = 0; i < count; i++) {
        size_t file = 0;

        all[i] = (struct said){ .diag = diags_get(from, i), .index = i };
        while (file < file_count && !same_file(files[file], all[i].diag))
            file++;
        if (file == file_count) {
            files = arena_grow(arena, files, file_count, sizeof *files);
            files[file_count++] = all[i].diag;
        }
        all[i].file = file;
    }
    if (count > 1)
        qsort(all, count, sizeof *all, compare_said);
    for (size_t i = 0; i < count; i++)
        diag_add(to, all[i].diag->id, all[i].diag->at, "%s%s%s%s", packet ? "packet '" : "", packet ? packet : "",
                 packet ? "': " : "", all[i].diag->message);
    diags_drop(from);
}

/* False when the name is none. */
static bool begin(struct builder *builder, const char *name, struct diags *diags)
{
    *builder = (struct builder){ .packet = SIZE_MAX };
    if (!name_is_good(name)) {
        diag_add(diags, DIAG_REPORT_NAME, (struct place){ 0 },
                 "'%s' is no name of a report; name a folder in reports/, as in iraq-briefing", name);
        return false;
    }
    builder->arena = arena_new();
    builder->reading = arena_new();
    builder->traces = arena_new();
    builder->name = arena_string(builder->arena, name);
    builder->diags = diags_new_for(diags);
    return true;
}

/* "" or "folder/". */
static const char *below(const struct builder *builder, const char *workspace)
{
    return strcmp(workspace, ".") == 0 ? "" : arena_printf(builder->arena, "%s/", workspace);
}

/* Hands the diagnostics over; false when any is an error. */
static bool finish(struct builder *builder, struct diags *diags)
{
    bool good = diags_errors(builder->diags) == 0;
    const char *packet = builder->packet == SIZE_MAX ? NULL : builder->burst->keys[builder->packet];

    hand_over(builder->diags, diags, packet, builder->arena);
    builder->diags = NULL;
    return good;
}

/* Drops what a builder holds when no doc has taken it. */
static void drop(struct builder *builder)
{
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        if (builder->locale[lang])
            locale_drop(builder->locale[lang]);
    arena_drop(builder->reading);
    arena_drop(builder->traces);
    arena_drop(builder->arena);
}

/* ---- a report and its packets ---- */

struct report {
    struct builder builder; /* no arena: the doc has it */
    const char *workspace, *layout, *path; /* path: of report.yaml */
    struct doc *only; /* of a report without a burst, until it is taken; nothing is left of what it was made from */
};

/* What packets, or statements, are still to be made from lives as long as the builder's arena. */
static void keep_reading(struct builder *builder)
{
    arena_hold(builder->arena, builder->reading);
    arena_drop(builder->reading);
    arena_hold(builder->arena, builder->traces);
    arena_drop(builder->traces);
}

struct report *report_open(const char *workspace, const char *name, const char *layout,
                           const struct report_options *options, struct diags *diags)
{
    struct builder builder;
    struct report *report;
    struct doc *doc = NULL;
    bool good;

    if (!begin(&builder, name, diags))
        return NULL;
    builder.options = options ? &options->loading : NULL;
    builder.given = options ? options->previous : NULL;
    builder.layout = layout;
    workspace = below(&builder, workspace);
    good = prepare(&builder, workspace);
    if (good && !builder.burst) /* with its data, so that all that is wrong is said at once */
        doc = make(&builder, workspace);
    good &= finish(&builder, diags);
    if (!good || (!builder.burst && !doc)) {
        close_data(&builder);
        drop(&builder);
        return NULL;
    }
    report = xcalloc(1, sizeof *report);
    *report = (struct report){ builder, workspace, arena_string(builder.arena, builder.definition->layout.text),
                               builder.definition->path, doc };
    if (!doc) {
        keep_reading(&builder);
        return report;
    }
    arena_drop(builder.reading);
    report->builder = (struct builder){ 0 };
    return report;
}

void report_close(struct report *report)
{
    if (!report)
        return;
    doc_drop(report->only);
    if (report->builder.arena) {
        close_data(&report->builder);
        arena_drop(report->builder.arena);
    }
    free(report);
}

size_t report_packets(const struct report *report)
{
    return report->builder.burst ? report->builder.burst->count : 1;
}

const char *report_packet_key(const struct report *report, size_t packet)
{
    return report->builder.burst ? report->builder.burst->keys[packet] : NULL;
}

size_t report_find_packet(const struct report *report, const char *key, struct diags *diags)
{
    const struct burst *burst = report->builder.burst;
    struct place at = { .file = report->path };
    const char *near;

    if (!burst) {
        diag_add(diags, DIAG_PACKET_UNKNOWN, at,
                 "the report has no burst, so there is no packet '%s'; leave --only out", key);
        return SIZE_MAX;
    }
    for (size_t i = 0; i < burst->count; i++)
        if (strcmp(burst->keys[i], key) == 0)
            return i;
    near = nearest_known(key, burst->keys, burst->count);
    diag_add(diags, DIAG_PACKET_UNKNOWN, at, "the burst has no packet '%s'; %s%s%s", key,
             near ? "did you mean '" : "ask for one of its keys", near ? near : "", near ? "'?" : "");
    return SIZE_MAX;
}

const char *report_layout(const struct report *report)
{
    return report->layout;
}

struct doc *report_doc(struct report *report, size_t packet, struct diags *diags)
{
    struct builder own = report->builder;
    struct doc *doc = report->only;

    report->only = NULL;
    if (!own.burst)
        return doc;
    own.arena = arena_new();
    arena_hold(own.arena, report->builder.arena);
    own.reading = arena_new();
    own.traces = arena_new();
    own.diags = diags_new_for(diags);
    builder_take_packet(&own, packet);
    doc = make(&own, report->workspace);
    if (finish(&own, diags) && doc) {
        arena_drop(own.reading);
        return doc;
    }
    drop(&own);
    return NULL;
}

struct doc *report_build(const char *workspace, const char *name, const char *layout,
                         const struct report_options *options, struct diags *diags)
{
    struct report *report = report_open(workspace, name, layout, options, diags);
    struct doc *doc = report ? report_doc(report, 0, diags) : NULL;

    report_close(report);
    return doc;
}

/* ---- the data alone ---- */

struct report_data {
    struct builder builder;
};

struct report_data *report_data_open(const char *workspace, const char *name,
                                     const struct dataset_options *options, struct diags *diags)
{
    struct report_data *data = xcalloc(1, sizeof *data);
    struct builder *builder = &data->builder;

    if (!begin(builder, name, diags)) {
        free(data);
        return NULL;
    }
    keep_reading(builder);
    builder->options = options;
    const char *where = below(builder, workspace);
    if (load_definition(builder, arena_printf(builder->arena, "%sreports/%s", where, name)))
        open_data(builder, where);
    if (finish(builder, diags) && builder->database)
        return data;
    report_data_drop(data);
    return NULL;
}

void report_data_drop(struct report_data *data)
{
    if (!data)
        return;
    close_data(&data->builder);
    arena_drop(data->builder.arena);
    free(data);
}

struct database *report_data_database(const struct report_data *data)
{
    return data->builder.database;
}

const struct dataset *const *report_data_datasets(const struct report_data *data, size_t *count)
{
    *count = data->builder.definition->dataset_count;
    return data->builder.sets;
}

const struct sql_parameter *report_data_parameters(const struct report_data *data, size_t *count)
{
    *count = data->builder.definition->parameter_count;
    return data->builder.definition->parameters;
}
