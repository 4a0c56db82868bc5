/*
 * The way from a report's name to its doc: definition, texts, comparison, data, and only when nothing was
 * wrong, the values put in and the tree made. Knows no SQL, no Markdown and no language's grammar itself.
 */
#include "report/report.h"

#include "base/file.h"
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
        const char *file = arena_printf(builder->arena, "%s.md", lang_tag(lang));

        builder->text[lang] = text_load(file_join(builder->arena, folder, file), &builder->figures,
                                        builder->arena, builder->diags);
        if (builder->text[lang]) {
            builder_check_text(builder, lang);
            builder_check_links(builder, lang);
        }
    }
    if (builder->text[LANG_EN] && builder->text[LANG_AR]) {
        const struct markdown *const texts[LANG_COUNT] = { builder->text[LANG_EN], builder->text[LANG_AR] };

        match_texts(texts, builder->arena, builder->diags);
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
        definition_load(file_join(builder->arena, folder, "report.yaml"), builder->arena, builder->diags);
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
            builder->sets[i] = dataset_load(arena_printf(builder->arena, "%sdatasets/%s", workspace, name->text),
                                            builder->options, builder->diags);
        all &= builder->sets[i] != NULL;
    }
    if (all && definition->as_of_text)
        builder->database = database_new((const struct dataset *const *)builder->sets,
                                         definition->dataset_count, builder->diags);
}

/* A dataset may also be there for the source list alone. */
static bool lists_sources(const struct builder *builder)
{
    const struct md_block *block = builder->text[LANG_EN] ? builder->text[LANG_EN]->blocks : NULL;

    while (block && block->kind != BLOCK_SOURCES)
        block = block->next;
    return block && builder->definition->sources.datasets;
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
        dataset_drop(builder->sets[i]);
    builder->sets = NULL;
}

static void fetch(struct builder *builder, const char *workspace)
{
    open_data(builder, workspace);
    if (builder->database) {
        builder_evaluate_figures(builder);
        builder_fetch_tables(builder);
        builder_fetch_charts(builder);
        builder_fetch_sources(builder);
        if (diags_errors(builder->diags) == 0)
            warn_unasked(builder);
        if (diags_errors(builder->diags) == 0)
            builder_trace(builder, (const struct dataset *const *)builder->sets, workspace);
    }
    close_data(builder);
}

/* ---- the whole ---- */

static struct doc *build(struct builder *builder, const char *workspace, const char *name)
{
    const char *folder = arena_printf(builder->arena, "%sreports/%s", workspace, name);
    size_t errors = diags_errors(builder->diags);
    struct doc *doc;

    if (!load_definition(builder, folder))
        return NULL;
    if (builder->layout)
        builder->definition->layout = (struct definition_name){ .text = builder->layout, .at = { .file = "--layout" } };
    if (builder_find_layout(builder, workspace))
        builder_take_defaults(builder, workspace);
    builder_name_figures(builder);
    read_texts(builder, folder);
    builder_load_images(builder, folder);
    if (!make_locales(builder))
        return NULL;
    fetch(builder, workspace);
    if (diags_errors(builder->diags) > errors)
        return NULL;
    builder_word_tables(builder);
    builder_word_charts(builder);
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

/* A file is mended from its top: what the steps found in it, each in its turn, comes in the order of its lines. */
static void hand_over(struct diags *from, struct diags *to, struct arena *arena)
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
        diag_add(to, all[i].diag->id, all[i].diag->at, "%s", all[i].diag->message);
    diags_drop(from);
}

/* False when the name is none. */
static bool begin(struct builder *builder, const char *name, struct diags *diags)
{
    *builder = (struct builder){ 0 };
    if (!definition_is_name(name)) {
        diag_add(diags, DIAG_REPORT_NAME, (struct place){ 0 },
                 "'%s' is no name of a report; name a folder in reports/, as in iraq-briefing", name);
        return false;
    }
    builder->arena = arena_new();
    builder->diags = diags_new();
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

    hand_over(builder->diags, diags, builder->arena);
    builder->diags = NULL;
    return good;
}

struct doc *report_build(const char *workspace, const char *name, const char *layout,
                         const struct dataset_options *options, struct diags *diags)
{
    struct builder builder;
    struct doc *doc;

    if (!begin(&builder, name, diags))
        return NULL;
    builder.options = options;
    builder.layout = layout;
    doc = build(&builder, below(&builder, workspace), name);
    if (finish(&builder, diags) && doc)
        return doc;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        if (builder.locale[lang])
            locale_drop(builder.locale[lang]);
    arena_drop(builder.arena);
    return NULL;
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
    return (const struct dataset *const *)data->builder.sets;
}

const struct sql_parameter *report_data_parameters(const struct report_data *data, size_t *count)
{
    *count = data->builder.definition->parameter_count;
    return data->builder.definition->parameters;
}
