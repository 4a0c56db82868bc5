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
        const char *folder =
            arena_printf(builder->arena, "%sdatasets/%s", workspace, definition->datasets[i].text);

        sets[i] = dataset_load(folder, builder->diags);
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

struct doc *report_build(const char *workspace, const char *name, struct diags *diags)
{
    struct builder builder = { .diags = diags };
    size_t errors = diags_errors(diags);
    struct doc *doc;

    if (!definition_is_name(name)) {
        diag_add(diags, DIAG_REPORT_NAME, (struct place){ 0 },
                 "'%s' is no name of a report; name a folder in reports/, as in iraq-briefing", name);
        return NULL;
    }
    builder.arena = arena_new();
    doc = build(&builder, strcmp(workspace, ".") == 0 ? "" : arena_printf(builder.arena, "%s/", workspace),
                name);
    if (doc && diags_errors(diags) == errors)
        return doc;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        if (builder.locale[lang])
            locale_drop(builder.locale[lang]);
    arena_drop(builder.arena);
    return NULL;
}
