/*
 * Pictures of pages: opens the font set's files for cairo, and turns what is drawn into the bytes of a PNG or SVG.
 * Must not know what a command looks like; that is draw.c.
 */
#include "preview/preview.h"

#include <math.h>
#include <stdlib.h>

#include "preview/draw.h"
#include "preview/png.h"

enum { POINTS_AN_INCH = 72 };

struct preview {
    const char *wrong; /* why cairo cannot be had; NULL: it can */
    cairo_font_face_t **faces; /* as the font set counts them */
    size_t count;
};

/* The file by its path: what fontconfig knows of this machine's fonts plays no part. A file that is no font shows
 * when it is drawn with. */
static cairo_font_face_t *open_face(const struct font_face *face)
{
    FcPattern *pattern = FcPatternCreate();
    FcPatternAddString(pattern, FC_FILE, (const FcChar8 *)face->path);
    FcPatternAddInteger(pattern, FC_INDEX, (int)face->collected);
    cairo_font_face_t *opened = cairo_ft_font_face_create_for_pattern(pattern);
    FcPatternDestroy(pattern);
    return opened;
}

struct preview *preview_new(const struct font_set *fonts)
{
    struct preview *p = xcalloc(1, sizeof *p);
    p->wrong = cairo_load();
    if (p->wrong)
        return p;
    p->count = font_set_faces(fonts);
    p->faces = xcalloc(p->count, sizeof(cairo_font_face_t *));
    for (size_t i = 0; i < p->count; i++)
        p->faces[i] = open_face(font_set_face(fonts, i));
    return p;
}

void preview_drop(struct preview *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->count; i++)
        cairo_font_face_destroy(p->faces[i]);
    free(p->faces);
    free(p);
}

cairo_font_face_t *const *preview_faces(const struct preview *p)
{
    return p->faces;
}

static cairo_status_t take_bytes(void *closure, const unsigned char *bytes, unsigned length)
{
    buf_add(closure, bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

struct asked {
    const struct scene_page *page;
    bool grey;
};

/* Draws the page, white first, on a surface of that scale; the first thing that went wrong. */
static cairo_status_t draw_on(cairo_surface_t *surface, const struct preview *p, const struct asked *asked,
                              double scale, bool exact)
{
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    draw_page(cairo, asked->page, p->faces, exact, asked->grey);
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    return status;
}

static cairo_status_t write_png(cairo_surface_t *surface, struct buf *out)
{
    cairo_surface_flush(surface);
    bool ok = png_write(cairo_image_surface_get_data(surface), (unsigned)cairo_image_surface_get_width(surface),
                        (unsigned)cairo_image_surface_get_height(surface),
                        (size_t)cairo_image_surface_get_stride(surface), out);
    return ok ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_NO_MEMORY;
}

static cairo_status_t make_png(const struct preview *p, const struct asked *asked, double dpi, struct buf *out)
{
    double scale = dpi / POINTS_AN_INCH;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(asked->page->width * scale),
                                                          (int)lround(asked->page->height * scale));
    cairo_status_t status = draw_on(surface, p, asked, scale, true);
    if (!status)
        status = write_png(surface, out);
    cairo_surface_destroy(surface);
    return status;
}

static cairo_status_t make_svg(const struct preview *p, const struct asked *asked, struct buf *out)
{
    cairo_surface_t *surface =
        cairo_svg_surface_create_for_stream(take_bytes, out, asked->page->width, asked->page->height);
    cairo_status_t status = draw_on(surface, p, asked, 1, false);
    cairo_surface_finish(surface);
    if (!status)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status;
}

static void cut(struct buf *out, size_t length)
{
    out->length = length;
    out->data[length] = '\0';
}

bool preview_page(struct preview *p, const struct scene *scene, size_t index, enum preview_format format, double dpi,
                  struct buf *out, struct diags *diags)
{
    struct asked asked = { scene_page_at(scene, index), scene_meta_of(scene)->colour == COLOUR_GREY };
    size_t before = out->length;
    if (p->wrong) {
        diag_add(diags, DIAG_PREVIEW_PAGE, (struct place){ 0 },
                 "cairo, which draws pages, cannot be loaded: %s; install the package libcairo2", p->wrong);
        return false;
    }
    cairo_status_t status =
        format == PREVIEW_PNG ? make_png(p, &asked, dpi, out) : make_svg(p, &asked, out);
    if (!status)
        return true;
    cut(out, before);
    diag_add(diags, DIAG_PREVIEW_PAGE, (struct place){ 0 },
             "page %zu of %.0f by %.0f points cannot be drawn at %.0f dpi: %s; fewer dpi make a smaller picture",
             index + 1, (double)asked.page->width, (double)asked.page->height, dpi, cairo_status_to_string(status));
    return false;
}
