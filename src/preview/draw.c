/*
 * A page's commands, one after the other, on a cairo context. Knows nothing of files, formats or resolutions.
 */
#include "preview/draw.h"

#include "scene/grey.h"

#include <math.h>
#include <string.h>

enum { GLYPHS_AT_ONCE = 128 };

/* Glyphs of one font and colour are gathered, and shown together. */
struct pen {
    cairo_t *cairo;
    cairo_font_face_t *const *faces;
    bool exact, grey;
    const struct font_face *face;
    float size;
    uint32_t rgb;
    cairo_glyph_t glyphs[GLYPHS_AT_ONCE];
    int count;
};

static void set_colour(cairo_t *cairo, uint32_t rgb, bool grey)
{
    if (grey)
        rgb = grey_of_ink(rgb) * 0x010101u;
    cairo_set_source_rgb(cairo, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

/* --- paths --- */

static void add_step(cairo_t *cairo, const struct path_step *s)
{
    switch (s->op) {
    case PATH_MOVE:
        cairo_move_to(cairo, s->x[0], s->y[0]);
        break;
    case PATH_LINE:
        cairo_line_to(cairo, s->x[0], s->y[0]);
        break;
    case PATH_CURVE:
        cairo_curve_to(cairo, s->x[0], s->y[0], s->x[1], s->y[1], s->x[2], s->y[2]);
        break;
    case PATH_CLOSE:
        cairo_close_path(cairo);
        break;
    }
}

/* Caps, joins and the fill rule are cairo's own, which are PDF's too. */
static void draw_path(cairo_t *cairo, const struct path_step *steps, uint32_t count, const struct paint *paint,
                      bool grey)
{
    cairo_new_path(cairo);
    for (uint32_t i = 0; i < count; i++)
        add_step(cairo, &steps[i]);
    if (paint->fill) {
        set_colour(cairo, paint->fill_rgb, grey);
        cairo_fill_preserve(cairo);
    }
    if (paint->stroke) {
        const double dashes[] = { paint->dash, paint->gap };
        set_colour(cairo, paint->stroke_rgb, grey);
        cairo_set_line_width(cairo, paint->width);
        cairo_set_dash(cairo, dashes, paint->dash > 0 ? 2 : 0, 0);
        cairo_stroke_preserve(cairo);
    }
    cairo_new_path(cairo);
}

/* --- text --- */

static void show_gathered(struct pen *pen)
{
    if (!pen->count)
        return;
    cairo_set_font_face(pen->cairo, pen->faces[pen->face->index]);
    cairo_set_font_size(pen->cairo, pen->size);
    set_colour(pen->cairo, pen->rgb, pen->grey);
    if (pen->exact) {
        cairo_new_path(pen->cairo);
        cairo_glyph_path(pen->cairo, pen->glyphs, pen->count);
        cairo_fill(pen->cairo);
    } else {
        cairo_show_glyphs(pen->cairo, pen->glyphs, pen->count);
    }
    pen->count = 0;
}

static void gather(struct pen *pen, const struct text_cluster *of, cairo_glyph_t glyph)
{
    if (pen->count == GLYPHS_AT_ONCE || pen->face != of->face || pen->size != of->size || pen->rgb != of->rgb)
        show_gathered(pen);
    pen->face = of->face;
    pen->size = of->size;
    pen->rgb = of->rgb;
    pen->glyphs[pen->count++] = glyph;
}

static void draw_line(struct pen *pen, const struct text_line *line, double x, double baseline)
{
    struct text_cluster c;
    for (struct text_walk walk = { .line = line }; text_walk_next(&walk, &c);)
        for (uint32_t k = 0; k < c.glyph_count; k++)
            gather(pen, &c,
                   (cairo_glyph_t){ .index = c.glyphs[k].id,
                                    .x = x + c.x + text_glyph_points(&c, c.glyphs[k].x),
                                    .y = baseline - c.rise - text_glyph_points(&c, c.glyphs[k].y) });
    show_gathered(pen);
}

/* --- images --- */

/* Cairo's pixels: 0xAARRGGBB, colours multiplied by alpha. */
static void fill_surface(cairo_surface_t *surface, const struct image *image, const uint8_t *rgb)
{
    unsigned char *data = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    for (size_t y = 0; y < image->height; y++)
        for (size_t x = 0; x < image->width; x++) {
            size_t i = y * image->width + x;
            uint32_t alpha = image->alpha ? image->alpha[i] : 255, pixel = alpha << 24;
            for (unsigned k = 0; k < 3; k++)
                pixel |= (rgb[3 * i + k] * alpha + 127) / 255 << (16 - 8 * k);
            memcpy(data + y * stride + 4 * x, &pixel, sizeof pixel);
        }
    cairo_surface_mark_dirty(surface);
}

/* The pixels of the image, three bytes each. */
static const uint8_t *pixels_of(const struct image *image, bool grey, struct arena *arena)
{
    const uint8_t *rgb = image_pixels(image, arena);
    if (!grey)
        return rgb;
    struct grey_scale scale;
    size_t count = (size_t)image->width * image->height;
    uint8_t *shades = arena_array(arena, count, 3);
    grey_scale_init(&scale);
    for (size_t i = 0; i < count; i++)
        memset(shades + 3 * i, grey_of_pixel(&scale, rgb + 3 * i), 3);
    return shades;
}

/* A reader of PDF does not smooth what it enlarges: each pixel is a rectangle of its colour. */
static void set_image(cairo_t *cairo, cairo_surface_t *surface)
{
    double x = 1, y = 0;
    cairo_user_to_device_distance(cairo, &x, &y);
    cairo_set_source_surface(cairo, surface, 0, 0);
    if (hypot(x, y) > 1)
        cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_NEAREST);
}

static void draw_image(cairo_t *cairo, const struct scene_command *c, bool grey)
{
    const struct image *image = c->image.pixels;
    struct arena *arena = arena_new();
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)image->width, (int)image->height);
    if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) {
        cairo_surface_flush(surface);
        fill_surface(surface, image, pixels_of(image, grey, arena));
        cairo_save(cairo);
        cairo_translate(cairo, c->image.x, c->image.y);
        cairo_scale(cairo, c->image.width / image->width, c->image.height / image->height);
        set_image(cairo, surface);
        cairo_paint(cairo);
        cairo_restore(cairo);
    }
    cairo_surface_destroy(surface);
    arena_drop(arena);
}

/* No hinting: letters stand where they stand in print, at every resolution. */
static void set_font_options(cairo_t *cairo)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(cairo, options);
    cairo_font_options_destroy(options);
}

void draw_page(cairo_t *cairo, const struct scene_page *page, cairo_font_face_t *const *faces, bool exact, bool grey)
{
    struct pen pen = { .cairo = cairo, .faces = faces, .exact = exact, .grey = grey };

    set_font_options(cairo);
    for (size_t i = 0; i < page->command_count; i++) {
        const struct scene_command *c = &page->commands[i];
        switch (c->kind) {
        case SCENE_TEXT:
            draw_line(&pen, c->text.line, c->text.x, c->text.baseline);
            break;
        case SCENE_PATH:
            draw_path(cairo, c->path.steps, c->path.count, &c->path.paint, grey);
            break;
        case SCENE_IMAGE:
            draw_image(cairo, c, grey);
            break;
        case SCENE_TAG_BEGIN:
        case SCENE_TAG_END:
        case SCENE_ARTIFACT_BEGIN:
        case SCENE_ARTIFACT_END:
            break;
        }
    }
}
