/* What report.yaml says of packets: one for each row of a statement. Asks no data. */
#include "report/definition_read.h"

#include <string.h>

static void read_common(struct definition_reader *reader, const struct node *map)
{
    struct definition_burst *out = &reader->out->burst;
    const struct node *list = read_node(reader, map, "common", NODE_LIST, false,
                                        "a list of figures, table:NAME and chart:NAME");

    out->common = arena_array(reader->arena, list ? list->count : 0, sizeof *out->common);
    for (size_t i = 0; list && i < list->count; i++) {
        const struct node *node = list->items[i];

        if (node->kind == NODE_SCALAR)
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
    static const char *const keys[] = { "data", "key", "common", NULL };
    const struct node *map = read_node(reader, root, "burst", NODE_MAP, false, "{data: SELECT ..., key: COLUMN}");
    struct definition_burst *out = &reader->out->burst;

    if (!map)
        return;
    out->given = true;
    node_check_keys(map, keys, "a burst", reader->diags);
    read_statement(reader, map, "data", &out->statement);
    if (node_text(map, "key", true, &out->key, reader->diags))
        out->key_at = node_get(map, "key")->at;
    read_common(reader, map);
    narrow_attachments(reader, root);
}
