/* What report.yaml says of packets: one for each row of a statement. Asks no data. */
#include "report/definition_read.h"

#include <stddef.h>

#define AT(name) offsetof(struct definition_burst, name)
static const struct key common_item[] = { { "", KEY_TEXT, .meaning = "a figure, table:NAME or chart:NAME" }, { 0 } };
const struct key burst_keys[] = {
    { "data", KEY_STATEMENT, true, AT(statement), .meaning = "a SELECT that gives a row for each packet" },
    { "key", KEY_TEXT, true, AT(key), .meaning = "the column that names a packet's files" },
    { "common", KEY_LIST, .meaning = "what is the same in every packet, and meant so",
      .write = "a list of figures, table:NAME and chart:NAME", .of = common_item },
    { 0 },
};

static void read_common(struct definition_reader *reader, const struct node *map)
{
    struct definition_burst *out = &reader->out->burst;
    const struct node *list = read_items(reader, map, burst_keys, "common");

    out->common = arena_array(reader->arena, list ? list->count : 0, sizeof *out->common);
    for (size_t i = 0; list && i < list->count; i++) {
        const struct node *node = list->items[i];

        if (node->kind == NODE_SCALAR && !node_is_null(node))
            out->common[out->common_count++] = (struct definition_name){ node->text, node->at };
        else
            diag_add(reader->diags, DIAG_VALUE_KIND, node->at,
                     "this is no name; write a figure, table:NAME or chart:NAME");
    }
}

/* Whole datasets, report.yaml and the texts hold other packets' values: none of them goes into one. */
static void narrow_attachments(struct definition_reader *reader, const struct node *root)
{
    if (reader->out->attach == DOC_ATTACH_ALL)
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, node_get(root, "attachments")->at,
                 "packets of a burst cannot hold the datasets: they are of all packets; write data or none");
    if (reader->out->attach == DOC_ATTACH_FITTING)
        reader->out->attach = DOC_ATTACH_DATA;
}

void read_burst(struct definition_reader *reader, const struct node *root)
{
    const struct node *map = node_get(root, "burst");
    struct definition_burst *out = &reader->out->burst;

    if (!map || map->kind != NODE_MAP)
        return;
    out->given = true;
    if (out->key)
        out->key_at = node_get(map, "key")->at;
    read_common(reader, map);
    narrow_attachments(reader, root);
}
