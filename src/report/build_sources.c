/*
 * The source list: what the datasets name as their sources, then what stands under charts, tables and images, each
 * once. Must not know what a statement read.
 */
#include "report/builder.h"

#include <stdlib.h>
#include <string.h>

/* A source, and who names it. */
struct source_item {
    const char *key, *url; /* its English text; NULL: it has no address */
    struct rich_text text[LANG_COUNT];
    const void *last_user;
    const char *users[LANG_COUNT]; /* "Attacks, Sanctions"; "Figure 1, Table 2" */
    bool of_data;
};

/* The item with that English text and address, made when there is none. */
static struct source_item *find_item(struct builder *builder, const char *key, const char *url)
{
    struct source_item *items = builder->source_items;

    for (size_t i = 0; i < builder->source_count; i++)
        if (strcmp(items[i].key, key) == 0 &&
            (url && items[i].url ? strcmp(url, items[i].url) == 0 : url == items[i].url))
            return &items[i];
    items = builder->source_items = arena_grow(builder->arena, items, builder->source_count, sizeof *items);
    items[builder->source_count].key = arena_string(builder->arena, key);
    items[builder->source_count].url = arena_string(builder->arena, url);
    return &items[builder->source_count++];
}

static void add_user(struct builder *builder, struct source_item *item, const char *user, enum lang lang)
{
    const char *users = item->users[lang];

    if (user)
        item->users[lang] = users ? arena_printf(builder->arena, "%s%s %s", users, lang == LANG_AR ? "،" : ",", user)
                                  : arena_string(builder->arena, user);
}

/* ---- of datasets ---- */

static void take_source(struct builder *builder, const struct dataset *set, const struct dataset_source *source)
{
    const char *key = source->label[LANG_EN] ? source->label[LANG_EN] : source->path;
    struct source_item *item = find_item(builder, key, source->path);
    struct place at = { arena_string(builder->arena, source->at.file), source->at.line, source->at.col };

    if (item->last_user == set)
        return;
    item->last_user = set;
    item->of_data = true;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const char *text = source->label[lang] ? source->label[lang] : source->path, *title = dataset_title(set, lang);

        if (!item->text[lang].utf8)
            item->text[lang] = builder_value(builder, value_clean(text, builder->arena), lang, at);
        add_user(builder, item, title ? title : dataset_name(set), lang);
    }
}

void builder_fetch_sources(struct builder *builder)
{
    const struct definition *definition = builder->definition;

    for (size_t i = 0; definition->sources.of[DEFINITION_DATASETS] && i < definition->dataset_count; i++) {
        const struct dataset *set = builder->sets[i];

        for (size_t k = 0; k < dataset_sources(set); k++)
            take_source(builder, set, dataset_source(set, k));
        for (size_t r = 0; r < dataset_relations(set); r++) {
            size_t count;
            const struct dataset_source *own = relation_sources(dataset_relation(set, r), &count);

            for (size_t k = 0; k < count; k++)
                take_source(builder, set, &own[k]);
        }
    }
}

/* ---- of charts, tables, images ---- */

static const struct phrases *source_of(const struct builder *builder, const struct md_block *block)
{
    const struct definition *definition = builder->definition;
    const struct definition_image *image;

    for (size_t i = 0; block->kind == BLOCK_CHART && i < definition->chart_count; i++)
        if (strcmp(definition->charts[i].object.id, block->object) == 0)
            return &definition->charts[i].source;
    for (size_t i = 0; block->kind == BLOCK_TABLE && block->object && i < definition->table_count; i++)
        if (strcmp(definition->tables[i].object.id, block->object) == 0)
            return &definition->tables[i].source;
    image = block->kind == BLOCK_IMAGE ? definition_find_image(builder->definition, block->object) : NULL;
    return image ? &image->source : NULL;
}

static void take_object(struct builder *builder, const struct md_block *block)
{
    const struct phrases *source = source_of(builder, block);
    struct source_item *item;

    if (!source || !source->given)
        return;
    item = find_item(builder, builder_format(builder, &source->in[LANG_EN], LANG_EN).utf8, NULL);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        if (!item->text[lang].utf8)
            item->text[lang] = builder_format(builder, &source->in[lang], lang);
        add_user(builder, item, builder_label(builder, block, lang), lang);
    }
}

/* ---- the list ---- */

static bool is_address(const char *url)
{
    return url && (strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0);
}

/* Where the source of a chart, table or image goes on behind its own "Source: ": the list says what it is. */
static uint32_t behind_label(const char *utf8, enum lang lang)
{
    static const char *const labels[LANG_COUNT][2] = { { "Source: ", "Sources: " }, { "المصدر: ", "المصادر: " } };

    for (size_t i = 0; i < 2; i++)
        if (strncmp(utf8, labels[lang][i], strlen(labels[lang][i])) == 0)
            return (uint32_t)strlen(labels[lang][i]);
    return 0;
}

/* "Title · Data: Attacks, Sanctions", the title a link; "Figure 1, Table 2: the ministry". */
static struct rich_text word_item(struct builder *builder, const struct source_item *item, enum lang lang)
{
    static const char *const words[LANG_COUNT] = { " · Data: ", "، البيانات: " };
    const struct rich_text *text = &item->text[lang];
    const char *users = item->users[lang];
    struct rich_builder rich;
    size_t link = 0;

    rich_begin(&rich, builder->arena);
    if (!item->of_data && users) {
        rich_add_string(&rich, users);
        rich_add(&rich, ": ", 2);
    }
    if (is_address(item->url))
        link = rich_open(&rich, INLINE_LINK, item->url, 0);
    rich_copy(&rich, text, item->of_data ? 0 : behind_label(text->utf8, lang), text->length);
    if (is_address(item->url))
        rich_close(&rich, link);
    if (item->of_data && users) {
        rich_add_string(&rich, words[lang]);
        rich_add_string(&rich, users);
    }
    return rich_finish(&rich, text);
}

const struct doc_sources *builder_list_sources(struct builder *builder)
{
    struct doc_sources *out = arena_alloc(builder->arena, sizeof *out);
    struct doc_source *list;

    if (builder->definition->sources.of[DEFINITION_OBJECTS])
        for (const struct md_block *block = builder->text[LANG_EN]->blocks; block; block = block->next)
            take_object(builder, block);
    list = arena_array(builder->arena, builder->source_count, sizeof *list);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const char **texts = arena_array(builder->arena, builder->source_count, sizeof *texts);
        size_t *order = arena_array(builder->arena, builder->source_count, sizeof *order);

        for (size_t i = 0; i < builder->source_count; i++) {
            list[i].text[lang] = word_item(builder, &builder->source_items[i], lang);
            texts[i] = list[i].text[lang].utf8;
            order[i] = i;
        }
        if (builder->definition->sources.alphabetical)
            locale_sort(builder->locale[lang], texts, builder->source_count, order);
        out->order[lang] = order;
    }
    out->numbered = !builder->definition->sources.alphabetical;
    out->count = builder->source_count;
    out->list = list;
    return out;
}
