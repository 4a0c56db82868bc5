/*
 * What report.yaml says of a report beside its data: images, what is numbered, which sources are listed, how key
 * figures changed. Reads no image.
 */
#include "report/definition_read.h"

#include "base/file.h"

#include <string.h>

void read_change(struct definition_reader *reader, const struct node *figure, struct definition_change *out)
{
    static const char *const keys[] = { "figure", "format", "text", NULL };
    const struct node *map = node_get(figure, "change");

    if (map && map->kind == NODE_SCALAR && strcmp(map->text, "previous") == 0) {
        out->given = out->previous = true;
        out->at = map->at;
        return;
    }
    map = read_node(reader, figure, "change", NODE_MAP, false,
                    "previous, or {figure: NAME, text: {en: since ..., ar: ...}}");
    if (!map)
        return;
    node_check_keys(map, keys, "a change", reader->diags);
    out->format = FORMAT_NUMBER;
    read_format(reader, map, &out->format);
    read_phrases(reader, map, "text", PHRASES_PAIR, true, &out->text);
    if (!node_text(map, "figure", true, &out->figure, reader->diags))
        return;
    out->at = node_get(map, "figure")->at;
    out->given = true;
}

/* ---- images ---- */

static void read_image(struct definition_reader *reader, const struct node *map, struct definition_image *out)
{
    static const char *const keys[] = { "file", "alt", "width_mm", "source", NULL };
    const struct node *node;
    struct num width;

    if (map->kind != NODE_MAP) {
        diag_add(reader->diags, DIAG_VALUE_KIND, map->at, "'%s' is no image; write file and alt", out->object.id);
        return;
    }
    node_check_keys(map, keys, "an image", reader->diags);
    read_phrases(reader, map, "alt", PHRASES_PAIR, true, &out->alt);
    read_phrases(reader, map, "source", PHRASES_PAIR, false, &out->source);
    if (node_text(map, "file", true, &out->file, reader->diags)) {
        out->file_at = node_get(map, "file")->at;
        if (!file_path_is_inside(out->file)) {
            diag_add(reader->diags, DIAG_DEFINITION_VALUE, out->file_at,
                     "'%s' is no file beside the texts; write its name, as in map.png or images/map.png", out->file);
            out->file = NULL;
        }
    }
    node = node_get(map, "width_mm");
    if (!node || !node_num(map, "width_mm", false, &width, reader->diags))
        return;
    out->width_mm = num_to_double(width);
    if (out->width_mm < 5 || out->width_mm > 1000)
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, node->at,
                 "an image cannot be %s mm wide; write 5 to 1000, or leave width_mm out", node->text);
}

void read_images(struct definition_reader *reader, const struct node *root)
{
    struct definition *out = reader->out;
    const struct node *map = read_node(reader, root, "images", NODE_MAP, false, "a map of name: {file, alt}");

    if (!map)
        return;
    out->images = arena_array(reader->arena, map->count, sizeof *out->images);
    for (size_t i = 0; i < map->count; i++) {
        struct definition_image *image = &out->images[out->image_count];

        if (!check_identifier(reader, map->keys[i], map->key_at[i], true))
            continue;
        out->image_count++;
        image->object.id = map->keys[i];
        image->object.at = map->key_at[i];
        read_image(reader, map->items[i], image);
    }
}

/* ---- numbers and sources ---- */

void read_numbering(struct definition_reader *reader, const struct node *root)
{
    static const char *const keys[] = { "figures", "tables", "headings", NULL };
    struct definition_numbering *out = &reader->out->numbering;
    const struct node *map =
        read_node(reader, root, "numbering", NODE_MAP, false, "{figures: true, tables: true, headings: true}");

    if (!map)
        return;
    node_check_keys(map, keys, "numbering", reader->diags);
    node_bool(map, "figures", false, &out->figures, reader->diags);
    node_bool(map, "tables", false, &out->tables, reader->diags);
    node_bool(map, "headings", false, &out->headings, reader->diags);
}

void read_sources(struct definition_reader *reader, const struct node *root)
{
    static const char *const keys[] = { "order", "of", NULL }, *const orders[] = { "numbered", "alphabetical" };
    static const char *const kinds[] = { "datasets", "objects" };
    struct definition_sources *out = &reader->out->sources;
    const struct node *map =
        read_node(reader, root, "sources", NODE_MAP, false, "{order: numbered, of: [datasets, objects]}");
    const struct node *list = NULL;
    size_t index = 0;

    out->datasets = out->objects = true;
    if (!map)
        return;
    node_check_keys(map, keys, "sources", reader->diags);
    if (read_choice(reader, map, "order", false, orders, 2, &index))
        out->alphabetical = index == 1;
    list = read_node(reader, map, "of", NODE_LIST, false, "[datasets, objects] or one of them");
    if (!list)
        return;
    out->datasets = out->objects = false;
    for (size_t i = 0; i < list->count; i++)
        if (choice_of(reader, list->items[i], "of", kinds, 2, &index))
            *(index == 0 ? &out->datasets : &out->objects) = true;
}
