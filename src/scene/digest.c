/*
 * What a picture of a page depends on, as one number: so that only pages that look different are drawn anew. Must know
 * every member of a command that preview draws.
 */
#include "scene/scene.h"

#include <string.h>

static void add_float(struct buf *out, float value)
{
    buf_add(out, &value, sizeof value);
}

static void add_number(struct buf *out, uint32_t value)
{
    buf_add(out, &value, sizeof value);
}

static void add_text(const struct scene_command *c, struct buf *out)
{
    struct text_walk walk = { .line = c->text.line };
    const struct font_face *face = NULL;
    add_float(out, c->text.x);
    add_float(out, c->text.baseline);
    for (struct text_cluster cluster; text_walk_next(&walk, &cluster);) {
        if (cluster.glyph_count == 0)
            continue;
        if (cluster.face != face)
            buf_add_string(out, cluster.face->postscript_name); /* the same wherever its file is */
        face = cluster.face;
        /* In few pieces: this is most of what a page holds. */
        const float place[] = { cluster.x, cluster.size, cluster.rise };
        buf_add(out, place, sizeof place);
        add_number(out, cluster.rgb);
        buf_add(out, cluster.glyphs, cluster.glyph_count * sizeof *cluster.glyphs);
    }
}

static void add_path(const struct scene_command *c, struct buf *out)
{
    const struct paint *paint = &c->path.paint;
    add_number(out, (uint32_t)(paint->fill | paint->stroke << 1));
    add_number(out, paint->fill_rgb);
    add_number(out, paint->stroke_rgb);
    add_float(out, paint->width);
    add_float(out, paint->dash);
    add_float(out, paint->gap);
    for (uint32_t i = 0; i < c->path.count; i++) {
        const struct path_step *step = &c->path.steps[i];
        int points = step->op == PATH_CLOSE ? 0 : step->op == PATH_CURVE ? 3 : 1;
        add_number(out, step->op);
        for (int k = 0; k < points; k++) {
            add_float(out, step->x[k]);
            add_float(out, step->y[k]);
        }
    }
}

static void add_image(const struct scene_command *c, struct buf *out)
{
    const struct image *image = c->image.pixels;
    uint8_t digest[HASH_BYTES];
    add_float(out, c->image.x);
    add_float(out, c->image.y);
    add_float(out, c->image.width);
    add_float(out, c->image.height);
    add_number(out, image->width);
    add_number(out, image->height);
    hash_sha256(image->bytes, image->length, digest);
    buf_add(out, digest, sizeof digest);
    if (image->alpha) {
        hash_sha256(image->alpha, (size_t)image->width * image->height, digest);
        buf_add(out, digest, sizeof digest);
    }
}

void scene_page_digest(const struct scene *scene, size_t index, char hex[HASH_HEX])
{
    const struct scene_page *page = scene_page_at(scene, index);
    uint8_t digest[HASH_BYTES];
    struct buf all;
    buf_init(&all);
    add_number(&all, scene_meta_of(scene)->colour == COLOUR_GREY);
    add_float(&all, page->width);
    add_float(&all, page->height);
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        if (c->kind > SCENE_IMAGE)
            continue;
        add_number(&all, c->kind);
        if (c->kind == SCENE_TEXT)
            add_text(c, &all);
        else if (c->kind == SCENE_PATH)
            add_path(c, &all);
        else
            add_image(c, &all);
    }
    hash_sha256(all.data, all.length, digest);
    hash_hex(digest, hex);
    buf_drop(&all);
}
