/* The parts of datapackage.json that occur on several levels: properties, labels, lists of texts. */
#include "dataset/schema.h"

#include "base/arena.h"
#include "base/nearest.h"
#include "base/node.h"
#include "locale/locale.h"

#include <string.h>

enum { KNOWN_MAX = 64 };

static bool has(const char *const list[], const char *key)
{
    for (; *list; list++)
        if (strcmp(*list, key) == 0)
            return true;
    return false;
}

static size_t append(const char *const list[], const char *known[KNOWN_MAX], size_t count)
{
    while (*list && count < KNOWN_MAX)
        known[count++] = *list++;
    return count;
}

void schema_check_properties(const struct node *map, const char *what, const char *const used[],
                             const char *const carried[], const char *const refused[], struct diags *diags)
{
    const char *known[KNOWN_MAX];
    size_t count = append(used, known, 0);
    count = append(carried, known, count);

    for (size_t i = 0; i < map->count; i++) {
        const char *key = map->keys[i];
        if (has(used, key) || has(carried, key))
            continue;
        if (has(refused, key)) {
            diag_add(diags, DIAG_PACKAGE_UNSUPPORTED, map->key_at[i],
                     "the property '%s' of %s is not supported and changes how cells are read; take it out",
                     key, what);
            continue;
        }
        const char *near = nearest_known(key, known, count);
        diag_add(diags, DIAG_PACKAGE_PROPERTY, map->key_at[i], "unknown property '%s' of %s; %s%s%s", key,
                 what, near ? "did you mean '" : "it is not used", near ? near : "", near ? "'?" : "");
    }
}

void schema_read_label(const struct node *map, const char *key, const char *title[LANG_COUNT],
                       struct diags *diags)
{
    static const char *const languages[] = { "en", "ar", NULL };
    const struct node *labels = node_get(map, "labels");
    const char *text = NULL;

    if (node_get(map, key))
        node_text(map, key, false, &text, diags);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        title[lang] = text;
    if (!labels)
        return;
    if (labels->kind != NODE_MAP) {
        diag_add(diags, DIAG_PACKAGE_VALUE, labels->at,
                 "'labels' is no object; write {\"en\": \"...\", \"ar\": \"...\"}");
        return;
    }
    node_check_keys(labels, languages, "'labels'", diags);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        node_text(labels, lang_tag(lang), true, &title[lang], diags);
}

void schema_read_labels(const struct node *map, const char *title[LANG_COUNT], struct diags *diags)
{
    schema_read_label(map, "title", title, diags);
}

void schema_read_missing(const struct node *map, struct arena *arena, struct text_list *out, struct diags *diags)
{
    static const char *const used[] = { "value", NULL };
    static const char *const carried[] = { "label", "labels", NULL };
    static const char *const none[] = { NULL };
    const struct node *list = node_get(map, "missingValues");

    if (!list)
        return;
    if (list->kind != NODE_LIST) {
        diag_add(diags, DIAG_PACKAGE_VALUE, list->at, "'missingValues' is no list; write [\"\", \"-\"]");
        return;
    }
    const char **texts = arena_array(arena, list->count, sizeof *texts);
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        texts[i] = "";
        if (item->kind == NODE_MAP) {
            schema_check_properties(item, "a missing value", used, carried, none, diags);
            node_text(item, "value", true, &texts[i], diags);
        } else if (item->kind == NODE_SCALAR) {
            texts[i] = item->text;
        } else {
            diag_add(diags, DIAG_PACKAGE_VALUE, item->at,
                     "missingValues: a text is needed here; write it in quotes");
        }
        size_t length;
        texts[i] = locale_nfc(texts[i], strlen(texts[i]), &length, arena); /* as cells are */
    }
    *out = (struct text_list){ .texts = texts, .count = list->count };
}

bool schema_read_texts(const struct node *node, const char *what, struct arena *arena, struct text_list *out,
                       struct diags *diags)
{
    const struct node *const *items = node->kind == NODE_LIST ? node->items : &node;
    size_t count = node->kind == NODE_LIST ? node->count : 1;
    const char **texts = arena_array(arena, count, sizeof *texts);

    for (size_t i = 0; i < count; i++) {
        if (items[i]->kind != NODE_SCALAR) {
            diag_add(diags, DIAG_PACKAGE_VALUE, items[i]->at,
                     "%s: a text is needed here; write it in quotes", what);
            return false;
        }
        texts[i] = items[i]->text;
    }
    *out = (struct text_list){ .texts = texts, .count = count };
    return true;
}
