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
        if (builder->text[lang])
            builder_check_text(builder, lang);
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

static void fetch(struct builder *builder, const char *workspace)
{
    const struct definition *definition = builder->definition;
    struct dataset **sets = arena_array(builder->arena, definition->dataset_count, sizeof *sets);
    bool all = true;

    for (size_t i = 0; i < definition->dataset_count; i++) {
        const struct definition_name *name = &definition->datasets[i];

        if (builder_find_dataset(builder, workspace, name))
            sets[i] = dataset_load(arena_printf(builder->arena, "%sdatasets/%s", workspace, name->text),
                                   builder->diags);
        all &= sets[i] != NULL;
    }
    if (all && definition->as_of_text)
        builder->database =
            database_new((const struct dataset *const *)sets, definition->dataset_count, builder->diags);
    if (builder->database) {
        builder_evaluate_figures(builder);
        builder_fetch_tables(builder);
        builder_fetch_charts(builder);
        database_drop(builder->database);
        builder->database = NULL;
    }
    for (size_t i = 0; i < definition->dataset_count; i++)
        dataset_drop(sets[i]);
}

/* ---- the whole ---- */

static struct doc *build(struct builder *builder, const char *workspace, const char *name)
{
    const char *folder = arena_printf(builder->arena, "%sreports/%s", workspace, name);
    size_t errors = diags_errors(builder->diags);

    builder->definition =
        definition_load(file_join(builder->arena, folder, "report.yaml"), builder->arena, builder->diags);
    if (!builder->definition)
        return NULL;
    builder_find_layout(builder, workspace);
    builder_name_figures(builder);
    read_texts(builder, folder);
    if (!make_locales(builder))
        return NULL;
    fetch(builder, workspace);
    if (diags_errors(builder->diags) > errors)
        return NULL;
    builder_word_tables(builder);
    builder_word_charts(builder);
    return build_doc(builder, name);
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

struct doc *report_build(const char *workspace, const char *name, struct diags *diags)
{
    struct builder builder = { 0 };
    struct doc *doc;
    bool good;

    if (!definition_is_name(name)) {
        diag_add(diags, DIAG_REPORT_NAME, (struct place){ 0 },
                 "'%s' is no name of a report; name a folder in reports/, as in iraq-briefing", name);
        return NULL;
    }
    builder.arena = arena_new();
    builder.diags = diags_new();
    doc = build(&builder, strcmp(workspace, ".") == 0 ? "" : arena_printf(builder.arena, "%s/", workspace),
                name);
    good = doc && diags_errors(builder.diags) == 0;
    hand_over(builder.diags, diags, builder.arena);
    if (good)
        return doc;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        if (builder.locale[lang])
            locale_drop(builder.locale[lang]);
    arena_drop(builder.arena);
    return NULL;
}
