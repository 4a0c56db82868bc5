/*
 * report.yaml: the report itself. Figures, charts, tables and key figures are definition_objects.c's. Asks no
 * dataset and knows no SQL.
 */
#include "report/definition.h"

#include "report/definition_read.h"

#include <string.h>

bool definition_is_name(const char *name)
{
    const char *p = name;

    while ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || (p > name && *p == '-'))
        p++;
    return !*p && p > name && p - name <= 64;
}

/* A plain name that becomes a part of a path. */
static bool check_name(struct definition_reader *reader, const struct node *node, const char *what)
{
    if (node->kind == NODE_SCALAR && definition_is_name(node->text))
        return true;
    diag_add(reader->diags, DIAG_REPORT_NAME, node->at,
             "this is no name of a %s; write small letters, digits and '-', as in iraq-briefing", what);
    return false;
}

static void read_layout(struct definition_reader *reader, const struct node *root)
{
    const struct node *node = node_get(root, "layout");

    if (!node)
        diag_add(reader->diags, DIAG_KEY_MISSING, root->at, "'layout' is missing; name one of layouts/");
    else if (check_name(reader, node, "layout"))
        reader->out->layout = (struct definition_name){ node->text, node->at };
}

static void read_editions(struct definition_reader *reader, const struct node *root)
{
    static const char *const names[] = { "parallel", "en", "ar", "sequential" };
    const struct node *list =
        read_node(reader, root, "editions", NODE_LIST, true, "a list such as [parallel, en, ar, sequential]");

    if (list && list->count == 0)
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, list->at,
                 "no edition is named; write [parallel, en, ar, sequential], or those that are wanted");
    for (size_t i = 0; list && i < list->count; i++) {
        size_t edition;

        if (!choice_of(reader, list->items[i], "editions", names, EDITION_COUNT, &edition))
            continue;
        if (reader->out->editions[edition])
            diag_add(reader->diags, DIAG_DEFINITION_VALUE, list->items[i]->at,
                     "the edition '%s' is named twice; name it once", names[edition]);
        reader->out->editions[edition] = true;
    }
}

static void read_attachments(struct definition_reader *reader, const struct node *root)
{
    static const char *const names[] = { "all", "data", "none" };
    static const enum doc_attach attach[] = { DOC_ATTACH_ALL, DOC_ATTACH_DATA, DOC_ATTACH_NONE };
    size_t index = 0;

    if (read_choice(reader, root, "attachments", false, names, 3, &index))
        reader->out->attach = attach[index];
}

/* Names, each once, that become parts of paths. */
static size_t read_names(struct definition_reader *reader, const struct node *root, const char *key,
                         const char *what, const char *wanted, struct definition_name **names)
{
    const struct node *list = read_node(reader, root, key, NODE_LIST, false, wanted);
    size_t count = 0;

    *names = arena_array(reader->arena, list ? list->count : 0, sizeof **names);
    for (size_t i = 0; list && i < list->count; i++) {
        const struct node *node = list->items[i];
        bool again = false;

        if (!check_name(reader, node, what))
            continue;
        for (size_t j = 0; j < count; j++)
            again |= strcmp((*names)[j].text, node->text) == 0;
        if (again)
            diag_add(reader->diags, DIAG_DEFINITION_VALUE, node->at, "the %s '%s' is named twice; name it once", what,
                     node->text);
        else
            (*names)[count++] = (struct definition_name){ node->text, node->at };
    }
    return count;
}

static void read_datasets(struct definition_reader *reader, const struct node *root)
{
    reader->out->dataset_count = read_names(reader, root, "datasets", "dataset", "a list of folders in datasets/",
                                            &reader->out->datasets);
}

/* Behind read_burst and read_editions. */
static void read_packet(struct definition_reader *reader, const struct node *root)
{
    struct definition *out = reader->out;
    const struct node *node = node_get(root, "packet");

    out->packet_count = read_names(reader, root, "packet", "report", "a list of folders in reports/", &out->packet);
    if (!node)
        return;
    if (out->burst.given)
        diag_add(reader->diags, DIAG_PACKET_REPORT, node->at,
                 "a report with a burst has no other reports behind it; leave out 'packet' or 'burst'");
    if (out->editions[EDITION_SEQUENTIAL])
        diag_add(reader->diags, DIAG_PACKET_REPORT, node->at,
                 "a packet of reports has no edition 'sequential'; take it out of 'editions'");
}

/* English is always printed in European digits. */
static void read_digits(struct definition_reader *reader, const struct node *root)
{
    static const char *const keys[] = { "ar", NULL }, *const names[] = { "latn", "arab" };
    const struct node *map = read_node(reader, root, "digits", NODE_MAP, false, "{ar: latn} or {ar: arab}");
    size_t digits;

    if (!map)
        return;
    node_check_keys(map, keys, "digits", reader->diags);
    reader->out->has_digits = node_get(map, "ar");
    if (node_get(map, "ar") && choice_of(reader, node_get(map, "ar"), "digits", names, 2, &digits))
        reader->out->digits[LANG_AR] = digits == 0 ? DIGITS_LATN : DIGITS_ARAB;
}

static void read_months(struct definition_reader *reader, const struct node *root)
{
    static const char *const names[] = { "iraqi", "egyptian", "both" };
    static const enum locale_months months[] = { MONTHS_IRAQI, MONTHS_EGYPTIAN, MONTHS_BOTH };
    size_t index = 0;

    reader->out->has_months = node_get(root, "months");
    if (read_choice(reader, root, "months", false, names, 3, &index))
        reader->out->months = months[index];
}

static void read_period(struct definition_reader *reader, const struct node *root)
{
    static const char *const keys[] = { "from", "to", NULL };
    const struct node *map =
        read_node(reader, root, "period", NODE_MAP, false, "{from: 2024-01-01, to: 2024-04-03}");
    struct definition *out = reader->out;
    bool from, to;

    if (!map)
        return;
    node_check_keys(map, keys, "period", reader->diags);
    from = read_date(reader, map, "from", true, &out->from, NULL);
    to = read_date(reader, map, "to", true, &out->to, NULL);
    out->has_period = from && to;
    if (out->has_period && date_days(out->from) > date_days(out->to))
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, map->at,
                 "the period ends before it starts; swap from and to");
}

bool definition_is_parameter(const char *name)
{
    return *name >= 'a' && *name <= 'z' && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name) &&
           strcmp(name, "as_of") != 0;
}

static void read_issue(struct definition_reader *reader, const struct node *root)
{
    struct definition *out = reader->out;

    out->issue_at = node_get(root, "issue") ? node_get(root, "issue")->at : root->at;
    out->has_issue = node_get(root, "issue") && node_int(root, "issue", false, &out->issue, reader->diags);
    if (out->has_issue && out->issue < 1)
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, node_get(root, "issue")->at,
                 "the number of the issue is below 1; count from 1");
}

/* What statements may name beside :as_of. */
static void read_parameters(struct definition_reader *reader, const struct node *root)
{
    const struct node *map = read_node(reader, root, "parameters", NODE_MAP, false, "{governorate: Basra}");
    struct definition *out = reader->out;

    out->parameters = arena_array(reader->arena, 1 + (map ? map->count : 0), sizeof *out->parameters);
    out->parameters[out->parameter_count++] =
        (struct sql_parameter){ "as_of", { .type = VALUE_DATE, .text = out->as_of_text } };
    for (size_t i = 0; map && i < map->count; i++) {
        const char *name = map->keys[i], *text;

        if (!definition_is_parameter(name))
            diag_add(reader->diags, DIAG_DEFINITION_VALUE, map->key_at[i],
                     "'%s' can name no parameter; write small letters, digits and '_', a letter first, and not as_of",
                     name);
        else if (node_text(map, name, true, &text, reader->diags))
            out->parameters[out->parameter_count++] = (struct sql_parameter){ name, sql_parameter_value(text) };
    }
}

static void read_root(struct definition_reader *reader, const struct node *root)
{
    static const char *const keys[] = { "title",       "subtitle", "author",   "issue",  "as_of",  "period",
                                        "layout",      "editions", "datasets", "digits", "months", "figures",
                                        "key_figures", "tables",   "charts",   "images", "numbering", "sources",
                                        "parameters",  "attachments", "burst", "packet", NULL };
    struct definition *out = reader->out;

    node_check_keys(root, keys, "a report", reader->diags);
    read_phrases(reader, root, "title", PHRASES_PAIR, true, &out->title);
    read_phrases(reader, root, "subtitle", PHRASES_PAIR, false, &out->subtitle);
    read_phrases(reader, root, "author", PHRASES_PAIR, false, &out->author);
    read_issue(reader, root);
    read_date(reader, root, "as_of", true, &out->as_of, &out->as_of_text);
    read_parameters(reader, root);
    read_period(reader, root);
    read_layout(reader, root);
    read_editions(reader, root);
    read_attachments(reader, root);
    read_burst(reader, root);
    read_datasets(reader, root);
    read_packet(reader, root);
    read_digits(reader, root);
    read_months(reader, root);
    read_figures(reader, root);
    read_groups(reader, root);
    read_tables(reader, root);
    read_charts(reader, root);
    read_images(reader, root);
    read_numbering(reader, root);
    read_sources(reader, root);
}

struct definition *definition_load(const char *path, struct arena *arena, struct diags *diags)
{
    struct definition_reader reader = { .arena = arena, .diags = diags };
    const struct node *root = node_load(path, arena, diags);

    if (!root)
        return NULL;
    if (root->kind != NODE_MAP) {
        diag_add(diags, DIAG_VALUE_KIND, root->at,
                 "a report's definition is a map; write title: {...} and so on");
        return NULL;
    }
    reader.out = arena_alloc(arena, sizeof *reader.out);
    reader.out->path = path;
    reader.out->digits[LANG_EN] = reader.out->digits[LANG_AR] = DIGITS_LATN;
    reader.out->months = MONTHS_IRAQI;
    read_root(&reader, root);
    return reader.out;
}
