/*
 * Our PDFs beside the same pages through Cairo's PDF surface: one scene is drawn to both. Ours are tagged, with outline
 * and links, and have no attachments; Cairo's have no tags.
 * Usage: pdf_size WORKSPACE REPORT...; all editions of each.
 */
#include <cairo-pdf.h>
#include <stdio.h>

#include "pdf/pdf.h"
#include "pdf_check/sizes.h"
#include "pipeline/pipeline.h"
#include "preview/draw.h"
#include "preview/preview.h"

struct both {
    struct pdf *ours;
    cairo_surface_t *surface;
    cairo_t *cairo;
    cairo_font_face_t *const *faces;
};

static cairo_status_t take_bytes(void *closure, const unsigned char *bytes, unsigned length)
{
    buf_add(closure, bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

static void take_page(void *context, const struct scene *scene, size_t index)
{
    const struct both *b = context;
    const struct scene_page *page = scene_page_at(scene, index);
    struct scene_sink ours = pdf_sink(b->ours);
    ours.take(ours.context, scene, index);
    cairo_pdf_surface_set_size(b->surface, (double)page->width, (double)page->height);
    draw_page(b->cairo, page, b->faces, false, scene_meta_of(scene)->colour == COLOUR_GREY);
    cairo_show_page(b->cairo);
}

static bool print_sizes(const char *report, enum edition edition, const struct buf *ours, const struct buf *cairo)
{
    struct pdf_sizes s;
    if (!pdf_sizes(ours->data, ours->length, &s))
        return false;
    size_t shown = s.of[SIZE_CONTENT].bytes + s.of[SIZE_IMAGES].bytes + s.of[SIZE_FONTS].bytes;
    printf("%-14s %-11s %5zu %9zu %9zu %6.2f %9zu %6.2f\n", report, edition_name(edition), s.pages, ours->length,
           cairo->length, (double)ours->length / (double)cairo->length, shown,
           (double)shown / (double)cairo->length);
    return true;
}

static bool measure(const struct pipeline *p, enum edition edition, struct preview *preview, struct diags *diags)
{
    struct buf ours, theirs;
    buf_init(&ours);
    buf_init(&theirs);
    struct both both = { .ours = pdf_new(p->fonts, &ours, diags), .faces = preview_faces(preview) };
    both.surface = cairo_pdf_surface_create_for_stream(take_bytes, &theirs, 595, 842);
    both.cairo = cairo_create(both.surface);
    struct scene_sink sink = { take_page, &both };
    struct scene *scene = pipeline_scene(p, edition, &sink, diags);
    bool ok = scene && pdf_finish(both.ours, scene) && cairo_status(both.cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(both.cairo);
    cairo_surface_finish(both.surface);
    ok = ok && cairo_surface_status(both.surface) == CAIRO_STATUS_SUCCESS &&
         print_sizes(p->doc->name, edition, &ours, &theirs);
    cairo_surface_destroy(both.surface);
    pdf_drop(both.ours);
    scene_drop(scene);
    buf_drop(&ours);
    buf_drop(&theirs);
    return ok;
}

static bool measure_report(const char *workspace, const char *report, struct diags *diags)
{
    struct report_options loading = { 0 };
    struct pipeline p;
    bool ok = pipeline_open(&p, workspace, report, NULL, &loading, diags);
    struct preview *preview = ok ? preview_new(p.fonts) : NULL;
    for (int e = 0; ok && e < EDITION_COUNT; e++)
        if (p.doc->editions[e])
            ok = measure(&p, (enum edition)e, preview, diags);
    preview_drop(preview);
    pipeline_close(&p);
    return ok;
}

int main(int argc, char **argv)
{
    struct diags *diags = diags_new();
    bool ok = argc > 2;
    printf("%-14s %-11s %5s %9s %9s %6s %9s %6s\n", "report", "edition", "pages", "ours", "Cairo", "ratio", "shown",
           "ratio");
    for (int i = 2; ok && i < argc; i++)
        ok = measure_report(argv[1], argv[i], diags);
    struct buf said;
    buf_init(&said);
    for (size_t i = 0; i < diags_count(diags); i++)
        diag_format(diags_get(diags, i), &said);
    fputs(ok ? "" : argc > 2 ? said.data : "usage: pdf_size WORKSPACE REPORT...\n", stderr);
    buf_drop(&said);
    diags_drop(diags);
    return ok ? 0 : 1;
}
