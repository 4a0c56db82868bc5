/*
 * What report.yaml says of a report beside its data: images, what is numbered, which sources are listed, how key
 * figures changed. Reads no image.
 */
#include "report/definition_read.h"

#include "base/file.h"

#include <stddef.h>
#include <string.h>

static const char *const orders[] = { "numbered", "alphabetical", NULL };
static const char *const sourced[] = { "datasets", "objects", NULL }; /* as enum definition_sourced */

#define CHANGE(name) offsetof(struct definition_change, name)
const struct key change_keys[] = {
    { "figure", KEY_TEXT, true, CHANGE(figure), .meaning = "the figure that is the change, below 0 when it fell" },
    { "format", KEY_CHOICE, false, CHANGE(format), .meaning = "how it is printed", .choices = format_names,
      .values = format_values },
    { "text", KEY_BOTH, true, CHANGE(text), .meaning = "the words behind it: since when" },
    { 0 },
};

#define IMAGE(name) offsetof(struct definition_image, name)
const struct key image_keys[] = {
    { "file", KEY_TEXT, true, IMAGE(file), .meaning = "a PNG or JPEG beside the texts" },
    { "alt", KEY_BOTH, true, IMAGE(alt), .meaning = "what it shows, for who cannot see it" },
    { "width_mm", KEY_NUMBER, false, IMAGE(width_mm), .meaning = "else it is as wide as the text", .least = 5,
      .most = 1000 },
    { "source", KEY_BOTH, false, IMAGE(source), .meaning = "where it is from", .marks = true },
    { 0 },
};

#define NUMBERED(name) offsetof(struct definition_numbering, name)
const struct key numbering_keys[] = {
    { "figures", KEY_SWITCH, false, NUMBERED(figures), .meaning = "the captions of charts and images" },
    { "tables", KEY_SWITCH, false, NUMBERED(tables), .meaning = "the captions of tables" },
    { "headings", KEY_SWITCH, false, NUMBERED(headings), .meaning = "the headings" },
    { 0 },
};

const struct key sources_keys[] = {
    { "order", KEY_FLAG, false, offsetof(struct definition_sources, alphabetical),
      .meaning = "in which they are listed",
      .choices = orders },
    { "of", KEY_CHOICES, false, offsetof(struct definition_sources, of),
      .meaning = "whose are listed: the datasets', those of charts, tables and images",
      "[datasets, objects] or one of them", sourced },
    { 0 },
};

static void read_image(struct definition_reader *reader, const struct node *map, void *object)
{
    struct definition_image *out = object;

    if (map->kind != NODE_MAP) {
        diag_add(reader->diags, DIAG_VALUE_KIND, map->at, "'%s' is no image; write file and alt", out->object.id);
        return;
    }
    read_keys(reader, map, image_keys, "an image", out);
    if (!out->file)
        return;
    out->file_at = node_get(map, "file")->at;
    if (!file_path_is_inside(out->file)) {
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, out->file_at,
                 "'%s' is no file beside the texts; write its name, as in map.png or images/map.png", out->file);
        out->file = NULL;
    }
}

void read_images(struct definition_reader *reader, const struct node *map)
{
    struct definition *out = reader->out;

    out->images = read_objects(reader, map, sizeof *out->images, &out->image_count, read_image);
}

struct definition_image *definition_find_image(const struct definition *definition, const char *object)
{
    for (size_t i = 0; i < definition->image_count; i++) {
        struct definition_image *image = &definition->images[i];

        if (strcmp(image->object.id, object) == 0 || (image->file && strcmp(image->file, object) == 0))
            return image;
    }
    return NULL;
}
