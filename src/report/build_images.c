/* Images: the files that a definition names, read and checked, and what a text places of them. */
#include "report/builder.h"

#include "base/file.h"
#include "base/nearest.h"

#include <string.h>

/* The file's own faults are said at the name that asks for it. */
static const struct image *load(struct builder *builder, const char *folder, const struct definition_image *image)
{
    const char *path, **names;
    size_t count = 0;

    if (!image->file)
        return NULL;
    path = file_join(builder->arena, folder, image->file);
    if (file_exists(path))
        return image_load(path, image->file_at, builder->arena, builder->diags);
    names = file_list(builder->arena, folder, "", NULL, &count);
    diag_add(builder->diags, DIAG_FILE_ABSENT, image->file_at, "there is no file '%s' beside the texts; %s",
             image->file, nearest_hint(builder->arena, image->file, names, count, "put it there"));
    return NULL;
}

void builder_load_images(struct builder *builder, const char *folder)
{
    const struct definition *definition = builder->definition;

    builder->images = arena_array(builder->arena, definition->image_count, sizeof *builder->images);
    for (size_t i = 0; i < definition->image_count; i++)
        builder->images[i] = load(builder, folder, &definition->images[i]);
}

const struct doc_image *builder_place_image(struct builder *builder, const char *object,
                                            const struct rich_text title[LANG_COUNT])
{
    const struct definition_image *from = definition_find_image(builder->definition, object);
    struct doc_image *image = arena_alloc(builder->arena, sizeof *image);

    image->id = arena_string(builder->arena, from->object.id);
    image->pixels = builder->images[from - builder->definition->images];
    image->at = from->object.at;
    image->width = (float)from->width_mm;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        image->title[lang] = title[lang];
        image->alt[lang] = builder_format(builder, &from->alt.in[lang], lang).utf8;
        image->source[lang] = (struct rich_text){ .utf8 = "" };
        if (from->source.given)
            image->source[lang] = builder_format(builder, &from->source.in[lang], lang);
    }
    return image;
}
