/*
 * The PDF writer: plays the scene page by page as it is given the pages, then writes fonts, structure, navigation and
 * metadata, and ties them together in the catalog. Must not know how the scene came about.
 */
#include "pdf/pdf.h"

#include "base/progress.h"
#include "base/utf8.h"
#include "pdf/content.h"
#include "pdf/inks.h"
#include "pdf/metadata.h"
#include "pdf/navigation.h"
#include "pdf/paper.h"
#include "pdf/picture.h"
#include "pdf/sheets.h"
#include "text/bidi.h"

#include <stdlib.h>

struct pdf {
    struct pdf_file file;
    bool open; /* the file is */
    struct pdf_fonts *fonts;
    struct inks *inks; /* NULL before the first page, as are pictures and content */
    struct pdf_pictures *pictures;
    struct attachments attachments;
    struct sheets *sheets;       /* NULL: pages stand alone */
    struct structure *structure; /* NULL on sheets, and before the first page */
    struct content *content;
    unsigned resources;        /* object number; of all pages */
    bool booklet;              /* sheets are folded, and have a front and a back */
    struct diags *diags;
};

static struct press_grid grid_of(const struct scene *scene, const struct scene_page *page)
{
    const struct scene_meta *meta = scene_meta_of(scene);
    return (struct press_grid){ .width = (double)page->width, .height = (double)page->height, .columns = 1, .rows = 1,
                                .bleed = (double)meta->bleed, .marks = meta->marks,
                                .boxes = meta->colour == COLOUR_CMYK };
}

/* --- pages --- */

static void begin(struct pdf *pdf, const struct scene *scene)
{
    if (pdf->content)
        return;
    if (scene_meta_of(scene)->colour == COLOUR_CMYK) /* a press takes PDF/X-4, which is PDF 1.6 */
        pdf_file_set_older(&pdf->file);
    if (!pdf->sheets)
        pdf->structure = structure_new(&pdf->file, scene, &pdf->attachments);
    pdf->inks = inks_new(&pdf->file, scene_meta_of(scene));
    pdf->pictures = pdf_pictures_new(&pdf->file, pdf->inks);
    pdf->content = content_new(pdf->fonts, pdf->pictures, pdf->structure, pdf->inks, scene_meta_of(scene)->binding);
}

static void add_page(struct pdf *pdf, const struct scene *scene, size_t index)
{
    const struct scene_page *from = scene_page_at(scene, index);
    struct press_grid grid = grid_of(scene, from);
    struct buf entries;
    buf_init(&entries);
    if (paper_begin(&pdf->file, &grid, pdf->resources, &entries)) {
        buf_printf(&entries, " /Tabs /S /StructParents %u", structure_begin_page(pdf->structure, index));
        struct buf *operators = content_page(pdf->content, from);
        press_add_marks(operators, &grid);
        if (scene_meta_of(scene)->colour != COLOUR_CMYK) /* a press takes no annotations on the page (PDF/X) */
            navigation_add_links(&pdf->file, scene, index, pdf->structure, &entries);
        paper_end(&pdf->file, operators, &entries);
        structure_end_page(pdf->structure);
    }
    buf_drop(&entries);
}

/* The page's stream is deflated as soon as it is complete. */
static void take_page(void *context, const struct scene *scene, size_t index)
{
    struct pdf *pdf = context;
    const struct scene_page *from = scene_page_at(scene, index);
    if (!pdf->open || pdf->file.error)
        return;
    begin(pdf, scene);
    if (pdf->sheets)
        sheets_add(pdf->sheets, from, scene_meta_of(scene), content_page(pdf->content, from));
    else
        add_page(pdf, scene, index);
}

struct scene_sink pdf_sink(struct pdf *pdf)
{
    return (struct scene_sink){ take_page, pdf };
}

/* --- what belongs to the whole document --- */

static void set_resources(struct pdf *pdf, const struct scene_meta *meta)
{
    struct buf b;
    buf_init(&b);
    pdf_fonts_add_resources(pdf->fonts, &b);
    pdf_pictures_add_resources(pdf->pictures, &b);
    inks_add_resources(pdf->inks, &b);
    if (meta->marks != MARKS_NONE)
        press_add_resources(&b, inks_device(meta->colour));
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
    add_entry(&b, "/Metadata ", metadata_xmp_new(f, meta, true), "\n");
    inks_add_intents(pdf->inks, &b);
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

/* Sheets are for a printer: without tags, and so without a claim to be PDF/A or PDF/UA. */
static void set_sheets_catalog(struct pdf *pdf, const struct scene_meta *meta)
{
    struct pdf_file *f = &pdf->file;
    struct buf b;
    buf_init(&b);
    buf_printf(&b, "/Lang (%s)\n/ViewerPreferences <</DisplayDocTitle true%s>>\n", lang_tag(meta->lang),
               pdf->booklet ? " /PrintScaling /None /Duplex /DuplexFlipShortEdge" : "");
    add_entry(&b, "/Metadata ", metadata_xmp_new(f, meta, false), "\n");
    inks_add_intents(pdf->inks, &b);
    pdf_dict_extend(f, f->doc->catalog, &b);
    buf_drop(&b);
    metadata_set_info(f, meta);
}

/* What libharu refused is kept in the file and reported when it is saved. */
bool pdf_finish(struct pdf *pdf, const struct scene *scene)
{
    if (!pdf->open)
        return false;
    progress_say(pdf->diags, PROGRESS_FILE, 0, 0);
    if (!pdf->file.error) {
        begin(pdf, scene);
        if (!pdf_fonts_finish(pdf->fonts, pdf->diags))
            return false;
        set_resources(pdf, scene_meta_of(scene));
        if (pdf->sheets) {
            sheets_write(pdf->sheets, scene_meta_of(scene));
            set_sheets_catalog(pdf, scene_meta_of(scene));
        } else {
            set_catalog(pdf, scene);
            inks_report(pdf->inks, pdf->diags);
        }
        paper_finish(&pdf->file);
    }
    return pdf_file_save(&pdf->file, pdf->diags);
}

struct pdf *pdf_new(const struct font_set *fonts, struct sink sink, struct diags *diags)
{
    struct pdf *pdf = xcalloc(1, sizeof *pdf);
    pdf->diags = diags;
    pdf->open = pdf_file_open(&pdf->file, sink, diags);
    if (!pdf->open)
        return pdf;
    pdf->fonts = pdf_fonts_new(&pdf->file, fonts);
    pdf->resources = pdf_object_new(&pdf->file);
    return pdf;
}

void pdf_impose(struct pdf *pdf, const struct imposition *imposition)
{
    if (pdf->open)
        pdf->sheets = sheets_new(&pdf->file, imposition, pdf->resources);
    pdf->booklet = imposition->form == IMPOSE_SADDLE;
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
    inks_drop(pdf->inks);
    pdf_fonts_drop(pdf->fonts);
    pdf_file_close(&pdf->file);
    free(pdf);
}

bool pdf_write(const struct scene *scene, const struct font_set *fonts, struct buf *out, struct diags *diags)
{
    size_t before = out->length;
    struct pdf *pdf = pdf_new(fonts, buf_sink(out), diags);
    for (size_t i = 0; i < scene_pages(scene); i++)
        take_page(pdf, scene, i);
    bool ok = pdf_finish(pdf, scene);
    pdf_drop(pdf);
    out->length = ok ? out->length : before;
    out->data[out->length] = '\0';
    return ok;
}
