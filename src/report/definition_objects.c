/* What report.yaml declares once and the texts place: figures and key figures. Asks no dataset. */
#include "report/definition_read.h"

#include <stddef.h>
#include <string.h>

static const char *const previous[] = { "previous", NULL };

#define AT(name) offsetof(struct definition_key_figure, name)
const struct key group_keys[] = {
    { "value", KEY_SAME, true, AT(value), .meaning = "one figure: \"{name}\"" },
    { "label", KEY_BOTH, true, AT(label), .meaning = "what it counts", .marks = true },
    { "change", KEY_MAP, false, AT(change), .meaning = "how much it changed; previous: since the issue before",
      "previous, or {figure: NAME, text: {en: since ..., ar: ...}}", previous, .of = change_keys },
    { 0 },
};

void read_figures(struct definition_reader *reader, const struct node *map)
{
    struct definition *out = reader->out;

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
    if (map->kind != NODE_MAP) {
        diag_add(reader->diags, DIAG_VALUE_KIND, map->at,
                 "this is no key figure; write {value: \"{name}\", label: {en: ..., ar: ...}}");
        return;
    }
    out->change.format = FORMAT_NUMBER;
    read_keys(reader, map, group_keys, "a key figure", out);
    const struct node *change = node_get(map, "change");
    out->change.previous = change && change->kind == NODE_SCALAR && strcmp(change->text, previous[0]) == 0;
    out->change.given = out->change.previous || out->change.figure;
    if (out->change.given)
        out->change.at = out->change.previous ? change->at : node_get(change, "figure")->at;
}

static void read_group(struct definition_reader *reader, const struct node *list, void *object)
{
    struct definition_group *out = object;

    if (list->kind != NODE_LIST || list->count == 0) {
        diag_add(reader->diags, DIAG_VALUE_KIND, list->at,
                 "'%s' is no list of key figures; write [{value: ..., label: ...}]", out->object.id);
        return;
    }
    out->figures = arena_array(reader->arena, list->count, sizeof *out->figures);
    out->count = list->count;
    for (size_t i = 0; i < list->count; i++)
        read_key_figure(reader, list->items[i], &out->figures[i]);
}

void read_groups(struct definition_reader *reader, const struct node *map)
{
    struct definition *out = reader->out;

    out->groups = read_objects(reader, map, sizeof *out->groups, &out->group_count, read_group);
}
