/*
 * report.yaml: the report itself. What it holds is read by the other files of definition_read.h. Asks no dataset and
 * knows no SQL.
 */
#include "report/definition.h"

#include "report/definition_read.h"

#include <string.h>

static const char *const edition_names[] = { "parallel", "en", "ar", "sequential", NULL }; /* as enum edition */
static const char *const attachments[] = { "all", "data", "none", NULL };
static const unsigned attachment_values[] = { DOC_ATTACH_ALL, DOC_ATTACH_DATA, DOC_ATTACH_NONE };
static const char *const digits[] = { "latn", "arab", NULL };             /* as enum locale_digits */
static const char *const months[] = { "iraqi", "egyptian", "both", NULL }; /* as enum locale_months */

#define AT(name) offsetof(struct definition, name)

static const struct key period_keys[] = {
    { "from", KEY_DATE, true, AT(from), .meaning = "its first day" },
    { "to", KEY_DATE, true, AT(to), .meaning = "its last day" },
    { 0 },
};
static const struct key digits_keys[] = {
    { "ar", KEY_CHOICE, false, AT(digits[LANG_AR]),
      .meaning = "0-9 or Arabic-Indic digits in Arabic; else the layout says",
      .choices = digits },
    { 0 },
};
static const struct key dataset_item[] = { { "", KEY_NAME, .meaning = "a folder in datasets/" }, { 0 } };
static const struct key report_item[] = { { "", KEY_NAME, .meaning = "a folder in reports/" }, { 0 } };
static const struct key parameter_item[] = {
    { "", KEY_TEXT, .meaning = "a number, a day or a text, by how it is written" }, { 0 } };
static const struct key figure_item[] = { { "", KEY_STATEMENT, .meaning = "a SELECT that gives one row" }, { 0 } };
static const struct key group_item[] = {
    { "", KEY_LIST, .meaning = "key figures that stand side by side", .some = true, .of = group_keys }, { 0 } };

const struct key definition_keys[] = {
    { "title", KEY_BOTH, true, AT(title), .meaning = "the report's title" },
    { "subtitle", KEY_BOTH, false, AT(subtitle), .meaning = "below the title" },
    { "author", KEY_BOTH, false, AT(author), .meaning = "who wrote it: a person or an office" },
    { "issue", KEY_WHOLE, false, AT(issue), .meaning = "the number of the issue", .least = 1 },
    { "as_of", KEY_DATE, true, AT(as_of), .meaning = "the report's date: what statements call :as_of" },
    { "parameters", KEY_NAMED, .meaning = "what statements may name beside :as_of: governorate is :governorate",
      .write = "{governorate: Basra}", .of = parameter_item, .names = NAMES_PARAMETER },
    { "period", KEY_MAP, .meaning = "the days that the report covers", .write = "{from: 2024-01-01, to: 2024-04-03}",
      .of = period_keys },
    { "layout", KEY_NAME, true, AT(layout), .meaning = "a file in layouts/, without .yaml",
      .write = "the name of one of layouts/" },
    { "editions", KEY_CHOICES, true, AT(editions),
      .meaning = "the PDFs that are made", "a list such as [parallel, en, ar, sequential]",
      edition_names, .some = true },
    { "attachments", KEY_CHOICE, false, AT(attach),
      .meaning = "what the PDFs carry: all; the data of charts; nothing. Else all, unless the datasets are too large",
      .choices = attachments, .values = attachment_values },
    { "datasets", KEY_LIST, .meaning = "the datasets that statements may read",
      .write = "a list of folders in datasets/",
      .of = dataset_item },
    { "burst", KEY_MAP, false, AT(burst), .meaning = "makes a packet for each row of a statement",
      "{data: SELECT ..., key: COLUMN}", .of = burst_keys },
    { "packet", KEY_LIST, .meaning = "reports that follow this one in its file",
      .write = "a list of folders in reports/", .of = report_item },
    { "digits", KEY_MAP, .meaning = "digits, by language; English always has 0-9",
      .write = "{ar: latn} or {ar: arab}", .of = digits_keys },
    { "months", KEY_CHOICE, false, AT(months), .meaning = "names of months in Arabic; else the layout says",
      .choices = months },
    { "figures", KEY_NAMED, .meaning = "values that the texts use as {name}", .write = "a map of name: SELECT ...",
      .of = figure_item, .names = NAMES_FIGURE },
    { "key_figures", KEY_NAMED, .meaning = "groups of large numbers, placed by ![](figures:NAME)",
      .write = "a map of name: [{value: ..., label: ...}]", .of = group_item, .names = NAMES_OBJECT },
    { "tables", KEY_NAMED, .meaning = "tables, placed by ![...](table:NAME)", .write = "a map of name: {data, columns}",
      .of = table_keys, .names = NAMES_OBJECT },
    { "charts", KEY_NAMED, .meaning = "charts, placed by ![...](chart:NAME)",
      .write = "a map of name: {type, data, roles}",
      .of = chart_keys, .names = NAMES_OBJECT },
    { "images", KEY_NAMED, .meaning = "images, placed by ![...](image:NAME)", .write = "a map of name: {file, alt}",
      .of = image_keys, .names = NAMES_OBJECT },
    { "numbering", KEY_MAP, false, AT(numbering), .meaning = "what is numbered",
      "{figures: true, tables: true, headings: true}", .of = numbering_keys },
    { "sources", KEY_MAP, false, AT(sources),
      .meaning = "the list of sources", "{order: numbered, of: [datasets, objects]}",
      .of = sources_keys },
    { 0 },
};

/* Names, each once, that become parts of paths. */
static size_t read_names(struct definition_reader *reader, const struct node *root, const char *key,
                         const char *what, struct definition_name **names)
{
    const struct node *list = read_items(reader, root, definition_keys, key);
    size_t count = 0;

    *names = arena_array(reader->arena, list ? list->count : 0, sizeof **names);
    for (size_t i = 0; list && i < list->count; i++) {
        struct definition_name *name = &(*names)[count];
        bool again = false;

        if (!name_of(reader, list->items[i], what, name))
            continue;
        for (size_t j = 0; j < count; j++)
            again |= strcmp((*names)[j].text, name->text) == 0;
        if (again)
            diag_add(reader->diags, DIAG_DEFINITION_VALUE, name->at, "the %s '%s' is named twice; name it once", what,
                     name->text);
        else
            count++;
    }
    return count;
}

/* Behind read_burst and the editions. */
static void read_packet(struct definition_reader *reader, const struct node *root)
{
    struct definition *out = reader->out;
    const struct node *node = node_get(root, "packet");

    out->packet_count = read_names(reader, root, "packet", "report", &out->packet);
    if (!node)
        return;
    if (out->burst.given)
        diag_add(reader->diags, DIAG_PACKET_REPORT, node->at,
                 "a report with a burst has no other reports behind it; leave out 'packet' or 'burst'");
    if (out->editions[EDITION_SEQUENTIAL])
        diag_add(reader->diags, DIAG_PACKET_REPORT, node->at,
                 "a packet of reports has no edition 'sequential'; take it out of 'editions'");
}

bool definition_is_parameter(const char *name)
{
    return *name >= 'a' && *name <= 'z' && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name) &&
           strcmp(name, "as_of") != 0;
}

/* What statements may name beside :as_of. */
static void read_parameters(struct definition_reader *reader, const struct node *root)
{
    const struct node *map = read_items(reader, root, definition_keys, "parameters");
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
    struct definition *out = reader->out;

    read_keys(reader, root, definition_keys, "a report", out);
    out->has_issue = out->issue > 0;
    out->issue_at = node_get(root, "issue") ? node_get(root, "issue")->at : root->at;
    if (out->as_of.month)
        out->as_of_text = node_get(root, "as_of")->text;
    out->has_period = out->from.month && out->to.month;
    if (out->has_period && date_days(out->from) > date_days(out->to))
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, node_get(root, "period")->at,
                 "the period ends before it starts; swap from and to");
    out->has_digits = node_get(node_get(root, "digits"), "ar");
    out->has_months = node_get(root, "months");
    read_parameters(reader, root);
    read_burst(reader, root);
    out->dataset_count = read_names(reader, root, "datasets", "dataset", &out->datasets);
    read_packet(reader, root);
    read_figures(reader, read_items(reader, root, definition_keys, "figures"));
    read_groups(reader, read_items(reader, root, definition_keys, "key_figures"));
    read_tables(reader, read_items(reader, root, definition_keys, "tables"));
    read_charts(reader, read_items(reader, root, definition_keys, "charts"));
    read_images(reader, read_items(reader, root, definition_keys, "images"));
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
    reader.out->sources.of[DEFINITION_DATASETS] = reader.out->sources.of[DEFINITION_OBJECTS] = true;
    read_root(&reader, root);
    return reader.out;
}
