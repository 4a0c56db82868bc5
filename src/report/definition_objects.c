/* What report.yaml declares once and the texts place: figures and key figures. Asks no dataset. */
#include "report/definition_read.h"

#include <string.h>

void read_figures(struct definition_reader *reader, const struct node *root)
{
    struct definition *out = reader->out;
    const struct node *map = read_node(reader, root, "figures", NODE_MAP, false, "a map of name: SELECT ...");

    if (!map)
        return;
    out->figures = arena_array(reader->arena, map->count, sizeof *out->figures);
    for (size_t i = 0; i < map->count; i++) {
        struct definition_figure *figure = &out->figures[out->figure_count];

        if (!check_identifier(reader, map->keys[i], map->key_at[i], false))
            continue;
        figure->name = map->keys[i];
        figure->at = map->key_at[i];
        read_statement_node(reader, map->items[i], &figure->statement);
        out->figure_count++;
    }
}

static void read_key_figure(struct definition_reader *reader, const struct node *map,
                            struct definition_key_figure *out)
{
    static const char *const keys[] = { "value", "label", "change", NULL };

    if (map->kind != NODE_MAP) {
        diag_add(reader->diags, DIAG_VALUE_KIND, map->at,
                 "this is no key figure; write {value: \"{name}\", label: {en: ..., ar: ...}}");
        return;
    }
    node_check_keys(map, keys, "a key figure", reader->diags);
    read_phrases(reader, map, "value", PHRASES_SAME, true, &out->value);
    read_phrases(reader, map, "label", PHRASES_PAIR, true, &out->label);
    read_change(reader, map, &out->change);
}

void read_groups(struct definition_reader *reader, const struct node *root)
{
    struct definition *out = reader->out;
    const struct node *map =
        read_node(reader, root, "key_figures", NODE_MAP, false, "a map of name: [{value: ..., label: ...}]");

    if (!map)
        return;
    out->groups = arena_array(reader->arena, map->count, sizeof *out->groups);
    for (size_t i = 0; i < map->count; i++) {
        struct definition_group *group = &out->groups[out->group_count];
        const struct node *list = map->items[i];

        if (!check_identifier(reader, map->keys[i], map->key_at[i], true))
            continue;
        out->group_count++;
        group->object.id = map->keys[i];
        group->object.at = map->key_at[i];
        if (list->kind != NODE_LIST || list->count == 0) {
            diag_add(reader->diags, DIAG_VALUE_KIND, list->at,
                     "'%s' is no list of key figures; write [{value: ..., label: ...}]", group->object.id);
            continue;
        }
        group->figures = arena_array(reader->arena, list->count, sizeof *group->figures);
        group->count = list->count;
        for (size_t j = 0; j < list->count; j++)
            read_key_figure(reader, list->items[j], &group->figures[j]);
    }
}
