/* What report.yaml declares once and the texts place: figures, key figures, charts. Asks no dataset. */
#include "report/definition_read.h"

#include <string.h>

static const char *const role_names[ROLE_COUNT] = { "label", "value", "low",  "high",  "hedge",       "start",
                                                    "end",   "open",  "date", "group", "group_label", "emphasis" };
static const char *const type_names[] = { "hemicycle", "range_bars", "timeline" };

const char *chart_role_name(enum chart_role role)
{
    return role_names[role];
}

const char *chart_type_name(enum chart_type type)
{
    return type_names[type];
}

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

/* Which roles a type takes; a required one is asked for. */
struct role_rule {
    bool required[ROLE_COUNT], allowed[ROLE_COUNT];
};

static const struct role_rule role_rules[] = {
    [CHART_HEMICYCLE] = { .required = { [ROLE_LABEL] = true, [ROLE_VALUE] = true },
                          .allowed = { [ROLE_LABEL] = true, [ROLE_VALUE] = true, [ROLE_EMPHASIS] = true } },
    [CHART_RANGE_BARS] = { .required = { [ROLE_LABEL] = true, [ROLE_VALUE] = true },
                           .allowed = { [ROLE_LABEL] = true,
                                        [ROLE_VALUE] = true,
                                        [ROLE_LOW] = true,
                                        [ROLE_HIGH] = true,
                                        [ROLE_HEDGE] = true,
                                        [ROLE_EMPHASIS] = true } },
    [CHART_TIMELINE] = { .required = { [ROLE_LABEL] = true, [ROLE_START] = true },
                         .allowed = { [ROLE_LABEL] = true,
                                      [ROLE_START] = true,
                                      [ROLE_END] = true,
                                      [ROLE_OPEN] = true,
                                      [ROLE_DATE] = true,
                                      [ROLE_GROUP] = true,
                                      [ROLE_GROUP_LABEL] = true,
                                      [ROLE_EMPHASIS] = true } },
};

static void read_roles(struct definition_reader *reader, const struct node *map, struct definition_chart *out)
{
    const struct role_rule *rule = &role_rules[out->type];
    const struct node *roles = read_node(reader, map, "roles", NODE_MAP, true, "{label: ..., value: ...}");
    const char *known[ROLE_COUNT + 1] = { NULL };
    size_t count = 0;

    if (!roles)
        return;
    for (enum chart_role role = 0; role < ROLE_COUNT; role++)
        if (!out->type_known || rule->allowed[role])
            known[count++] = role_names[role];
    node_check_keys(roles, known,
                    out->type_known ? arena_printf(reader->arena, "the roles of a %s", type_names[out->type])
                                    : "a chart's roles",
                    reader->diags);
    for (enum chart_role role = 0; role < ROLE_COUNT; role++) {
        read_field(reader, roles, role_names[role], false, &out->roles[role]);
        if (out->type_known && rule->required[role] && !node_get(roles, role_names[role]))
            diag_add(reader->diags, DIAG_CHART_ROLE, roles->at,
                     "the %s '%s' has no role '%s'; name the column that gives it", type_names[out->type],
                     out->object.id, role_names[role]);
    }
    if (out->type_known && out->roles[ROLE_GROUP].given != out->roles[ROLE_GROUP_LABEL].given)
        diag_add(reader->diags, DIAG_CHART_ROLE, roles->at,
                 "the chart '%s' has one of group and group_label; name both", out->object.id);
}

static void read_chart(struct definition_reader *reader, const struct node *map, struct definition_chart *out)
{
    static const char *const keys[] = { "type",     "data", "roles",  "threshold", "threshold_label",
                                        "subtitle", "unit", "source", "alt",       NULL };
    size_t type = 0;

    if (map->kind != NODE_MAP) {
        diag_add(reader->diags, DIAG_VALUE_KIND, map->at, "'%s' is no chart; write type, data and roles",
                 out->object.id);
        return;
    }
    node_check_keys(map, keys, "a chart", reader->diags);
    out->type_known = read_choice(reader, map, "type", true, type_names, 3, &type);
    out->type = (enum chart_type)type;
    read_statement(reader, map, "data", &out->statement);
    read_roles(reader, map, out);
    read_phrases(reader, map, "threshold", PHRASES_SAME, false, &out->threshold);
    read_phrases(reader, map, "threshold_label", PHRASES_PAIR, false, &out->threshold_label);
    read_phrases(reader, map, "subtitle", PHRASES_PAIR, false, &out->subtitle);
    read_phrases(reader, map, "unit", PHRASES_PAIR, false, &out->unit);
    read_phrases(reader, map, "source", PHRASES_PAIR, false, &out->source);
    read_phrases(reader, map, "alt", PHRASES_PAIR, false, &out->alt);
    for (int i = 0; out->type_known && out->type != CHART_HEMICYCLE && i < 2; i++) {
        const struct node *node = node_get(map, i == 0 ? "threshold" : "threshold_label");

        if (node)
            diag_add(reader->diags, DIAG_DEFINITION_VALUE, node->at,
                     "a chart of type %s has no threshold; only a hemicycle has one", type_names[out->type]);
    }
    if (!node_get(map, "subtitle"))
        diag_add(reader->diags, DIAG_CHART_INCOMPLETE, out->object.at,
                 "the chart '%s' has no subtitle; say what is measured, where and when", out->object.id);
    if (!node_get(map, "source"))
        diag_add(reader->diags, DIAG_CHART_INCOMPLETE, out->object.at,
                 "the chart '%s' has no source; say which publication its numbers are from", out->object.id);
}

void read_charts(struct definition_reader *reader, const struct node *root)
{
    struct definition *out = reader->out;
    const struct node *map =
        read_node(reader, root, "charts", NODE_MAP, false, "a map of name: {type, data, roles}");

    if (!map)
        return;
    out->charts = arena_array(reader->arena, map->count, sizeof *out->charts);
    for (size_t i = 0; i < map->count; i++) {
        struct definition_chart *chart = &out->charts[out->chart_count];

        if (!check_identifier(reader, map->keys[i], map->key_at[i], true))
            continue;
        out->chart_count++;
        chart->object.id = map->keys[i];
        chart->object.at = map->key_at[i];
        read_chart(reader, map->items[i], chart);
    }
}
