/*
 * The PDF writer: plays the scene page by page as it is given the pages, then writes fonts, structure, navigation and
 * metadata, and ties them together in the catalog. Must not know how the scene came about.
 */
#include "pdf/pdf.h"

#include "base/utf8.h"
#include "pdf/content.h"
#include "pdf/metadata.h"
#include "pdf/navigation.h"
#include "pdf/picture.h"
#include "text/bidi.h"

#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <stdlib.h>

struct pdf {
    struct pdf_file file;
    bool open; /* the file is */
    struct pdf_fonts *fonts;
    struct pdf_pictures *pictures;
    struct attachments attachments;
    struct structure *structure; /* NULL before the first page, as is content */
    struct content *content;
    unsigned resources;        /* object number; of all pages */
    struct diags *diags;
};

static void set_box(struct pdf_file *f, HPDF_Page page, const char *key, HPDF_Box box)
{
    HPDF_Dict_RemoveElement(page, key);
    HPDF_Dict_Add(page, key, HPDF_Box_Array_New(f->doc->mmgr, box));
}

/* The trimmed page keeps its origin, so that nothing on it moves: the paper around it has negative coordinates.
 *
 *    ┌──────────── MediaBox, BleedBox ─┐
 *    │  ┌──────── TrimBox ───────────┐ │
 */
static void set_boxes(struct pdf_file *f, HPDF_Page page, const struct scene_page *from, float bleed)
{
    HPDF_Box trim = { 0, 0, from->width, from->height };
    HPDF_Box paper = { -bleed, -bleed, from->width + bleed, from->height + bleed };
    if (bleed <= 0)
        return;
    set_box(f, page, "MediaBox", paper);
    set_box(f, page, "BleedBox", paper);
    set_box(f, page, "TrimBox", trim);
}

/* --- pages --- */

/* NULL when libharu refuses the page's size. */
static HPDF_Page add_page(struct pdf *pdf, const struct scene *scene, const struct scene_page *from)
{
    struct pdf_file *f = &pdf->file;
    HPDF_Page page = HPDF_AddPage(f->doc);
    if (!page || HPDF_Page_SetWidth(page, from->width) != HPDF_OK ||
        HPDF_Page_SetHeight(page, from->height) != HPDF_OK)
        return NULL;
    set_boxes(f, page, from, scene_meta_of(scene)->bleed);
    HPDF_Dict_RemoveElement(page, "Resources"); /* with libharu's ProcSet */
    HPDF_Dict_Add(page, "Resources", pdf_reference_new(f, pdf->resources));
    HPDF_Dict_AddName(page, "Tabs", "S");
    pdf_page_made(f, pdf_number_of(page));
    return page;
}

static void begin(struct pdf *pdf, const struct scene *scene)
{
    if (pdf->structure)
        return;
    pdf->structure = structure_new(&pdf->file, scene, &pdf->attachments);
    pdf->content = content_new(pdf->fonts, pdf->pictures, pdf->structure, scene_meta_of(scene)->binding);
}

/* The page's stream is deflated as soon as it is complete. */
static void take_page(void *context, const struct scene *scene, size_t index)
{
    struct pdf *pdf = context;
    const struct scene_page *from = scene_page_at(scene, index);
    if (!pdf->open || pdf->file.error)
        return;
    begin(pdf, scene);
    HPDF_Page page = add_page(pdf, scene, from);
    if (!page)
        return;
    HPDF_Dict_AddNumber(page, "StructParents", (HPDF_INT32)structure_begin_page(pdf->structure, index));
    const struct buf *operators = content_page(pdf->content, from);
    HPDF_PageAttr attributes = page->attr;
    pdf_stream_set(&pdf->file, pdf_number_of(attributes->contents), NULL, operators->data, operators->length, false);
    navigation_add_links(&pdf->file, scene, index, page, pdf->structure);
    structure_end_page(pdf->structure);
}

struct scene_sink pdf_sink(struct pdf *pdf)
{
    return (struct scene_sink){ take_page, pdf };
}

/* --- what belongs to the whole document --- */

static void set_resources(struct pdf *pdf)
{
    struct buf b;
    buf_init(&b);
    pdf_fonts_add_resources(pdf->fonts, &b);
    pdf_pictures_add_resources(pdf->pictures, &b);
    buf_add_char(&b, '\n');
    pdf_dict_set(&pdf->file, pdf->resources, &b);
    buf_drop(&b);
}

static void add_entry(struct buf *b, const char *before, unsigned object, const char *after)
{
    if (!object)
        return;
    buf_add_string(b, before);
    pdf_add_ref(b, object);
    buf_add_string(b, after);
}

static void add_names(struct pdf *pdf, const struct scene *scene, struct buf *b)
{
    unsigned dests = navigation_dests_new(&pdf->file, scene);
    unsigned files = attachments_names_new(&pdf->file, &pdf->attachments);
    if (!dests && !files)
        return;
    buf_add_string(b, "/Names <<");
    add_entry(b, "/Dests ", dests, "");
    add_entry(b, " /EmbeddedFiles ", files, "");
    buf_add_string(b, ">>\n");
}

static void set_catalog(struct pdf *pdf, const struct scene *scene)
{
    struct pdf_file *f = &pdf->file;
    const struct scene_meta *meta = scene_meta_of(scene);
    bool right_to_left = meta->binding == DIR_RTL;
    unsigned outline = navigation_outline_new(f, scene);
    struct buf b;
    buf_init(&b);
    buf_printf(&b, "/Lang (%s)\n/MarkInfo <</Marked true>>\n", lang_tag(meta->lang));
    buf_printf(&b, "/ViewerPreferences <</DisplayDocTitle true%s>>\n", right_to_left ? " /Direction /R2L" : "");
    buf_add_string(&b, "/PageLabels <</Nums [0 <</S /D>>]>>\n");
    add_entry(&b, "/StructTreeRoot ", structure_finish(pdf->structure), "\n");
    add_entry(&b, "/Metadata ", metadata_xmp_new(f, meta), "\n");
    add_entry(&b, "/OutputIntents [", metadata_output_intent_new(f), "]\n");
    add_names(pdf, scene, &b);
    attachments_write(f, &pdf->attachments, meta);
    attachments_add_catalog(&pdf->attachments, &b);
    add_entry(&b, "/Outlines ", outline, "\n");
    if (outline)
        buf_add_string(&b, "/PageMode /UseOutlines\n");
    pdf_dict_extend(f, f->doc->catalog, &b);
    buf_drop(&b);
    metadata_set_info(f, meta);
}

/* What libharu refused is kept in the file and reported when it is saved. */
bool pdf_finish(struct pdf *pdf, const struct scene *scene)
{
    if (!pdf->open)
        return false;
    if (!pdf->file.error) {
        begin(pdf, scene);
        if (!pdf_fonts_finish(pdf->fonts, pdf->diags))
            return false;
        set_resources(pdf);
        set_catalog(pdf, scene);
    }
    return pdf_file_save(&pdf->file, pdf->diags);
}

struct pdf *pdf_new(const struct font_set *fonts, struct buf *out, struct diags *diags)
{
    struct pdf *pdf = xcalloc(1, sizeof *pdf);
    pdf->diags = diags;
    pdf->open = pdf_file_open(&pdf->file, out, diags);
    if (!pdf->open)
        return pdf;
    pdf->fonts = pdf_fonts_new(&pdf->file, fonts);
    pdf->pictures = pdf_pictures_new(&pdf->file);
    pdf->resources = pdf_object_new(&pdf->file);
    return pdf;
}

void pdf_attach(struct pdf *pdf, const struct attachment *files, size_t count)
{
    if (pdf->open)
        pdf->attachments = attachments_new(&pdf->file, files, count);
}

void pdf_drop(struct pdf *pdf)
{
    content_drop(pdf->content);
    structure_drop(pdf->structure);
    pdf_fonts_drop(pdf->fonts);
    pdf_file_close(&pdf->file);
    free(pdf);
}

bool pdf_write(const struct scene *scene, const struct font_set *fonts, struct buf *out, struct diags *diags)
{
    struct pdf *pdf = pdf_new(fonts, out, diags);
    for (size_t i = 0; i < scene_pages(scene); i++)
        take_page(pdf, scene, i);
    bool ok = pdf_finish(pdf, scene);
    pdf_drop(pdf);
    return ok;
}
