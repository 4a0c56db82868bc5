/*
 * The PDF writer: plays the scene page by page, then writes fonts, structure, navigation and metadata, and
 * ties them together in the catalog. Must not know how the scene came about.
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

/* One PDF while it is made. */
struct job {
    struct pdf_file file;
    const struct scene *scene;
    struct pdf_fonts *fonts;
    struct pdf_pictures *pictures;
    struct structure *structure;
    HPDF_Page *pages;
    unsigned *page_numbers; /* of the pages as objects */
    unsigned resources;     /* object number; of all pages */
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

/* False when libharu refuses the page's size. */
static bool add_page(struct job *job, size_t index)
{
    struct pdf_file *f = &job->file;
    const struct scene_page *from = scene_page_at(job->scene, index);
    HPDF_Page page = HPDF_AddPage(f->doc);
    if (!page || HPDF_Page_SetWidth(page, from->width) != HPDF_OK ||
        HPDF_Page_SetHeight(page, from->height) != HPDF_OK)
        return false;
    set_boxes(f, page, from, scene_meta_of(job->scene)->bleed);
    HPDF_Dict_RemoveElement(page, "Resources"); /* with libharu's ProcSet */
    HPDF_Dict_Add(page, "Resources", pdf_reference_new(f, job->resources));
    HPDF_Dict_AddName(page, "Tabs", "S");
    HPDF_Dict_AddNumber(page, "StructParents", (HPDF_INT32)index);
    job->pages[index] = page;
    job->page_numbers[index] = pdf_number_of(page);
    return true;
}

static bool add_pages(struct job *job)
{
    size_t count = scene_pages(job->scene);
    job->pages = arena_array(job->file.arena, count + 1, sizeof(HPDF_Page));
    job->page_numbers = arena_array(job->file.arena, count + 1, sizeof *job->page_numbers);
    job->resources = pdf_object_new(&job->file);
    for (size_t i = 0; i < count; i++)
        if (!add_page(job, i))
            return false;
    return true;
}

/* Each page's stream is deflated as soon as it is complete. */
static void fill_pages(struct job *job)
{
    struct content *content = content_new(job->fonts, job->pictures, job->structure, job->scene);
    for (size_t i = 0; i < scene_pages(job->scene); i++) {
        const struct buf *operators = content_page(content, i);
        HPDF_PageAttr attributes = job->pages[i]->attr;
        pdf_stream_set(&job->file, pdf_number_of(attributes->contents), NULL, operators->data, operators->length,
                       false);
        navigation_add_links(&job->file, job->scene, i, job->pages[i], job->structure);
    }
    content_drop(content);
}

static void set_resources(struct job *job)
{
    struct buf b;
    buf_init(&b);
    pdf_fonts_add_resources(job->fonts, &b);
    pdf_pictures_add_resources(job->pictures, &b);
    buf_add_char(&b, '\n');
    pdf_dict_set(&job->file, job->resources, &b);
    buf_drop(&b);
}

/* One word, or more Arabic letters than others. */
static bool is_safe_right_to_left(const struct text_line *line)
{
    long balance = 0;
    bool space = false;
    for (const char *p = line->text; p < line->text + line->length;) {
        uint32_t c = utf8_next(&p);
        enum bidi_class class = bidi_class_of(c);
        balance += (class == BIDI_RIGHT) - (class == BIDI_LEFT);
        space |= bidi_is_space(c);
    }
    return balance > 0 || !space;
}

/* The viewer's page order is said only when all lines bear it: PDFium takes it for the direction of every
 * line, and gives the words of an English one back in reverse. */
static bool says_right_to_left(const struct scene *scene)
{
    if (scene_meta_of(scene)->binding == DIR_LTR)
        return false;
    for (size_t i = 0; i < scene_pages(scene); i++) {
        const struct scene_page *page = scene_page_at(scene, i);
        for (size_t k = 0; k < page->command_count; k++)
            if (page->commands[k].kind == SCENE_TEXT && !is_safe_right_to_left(page->commands[k].text.line))
                return false;
    }
    return true;
}

static void add_entry(struct buf *b, const char *before, unsigned object, const char *after)
{
    if (!object)
        return;
    buf_add_string(b, before);
    pdf_add_ref(b, object);
    buf_add_string(b, after);
}

static void set_catalog(struct job *job)
{
    struct pdf_file *f = &job->file;
    const struct scene_meta *meta = scene_meta_of(job->scene);
    unsigned outline = navigation_outline_new(f, job->scene);
    struct buf b;
    buf_init(&b);
    buf_printf(&b, "/Lang (%s)\n/MarkInfo <</Marked true>>\n", lang_tag(meta->lang));
    buf_printf(&b, "/ViewerPreferences <</DisplayDocTitle true%s>>\n",
               says_right_to_left(job->scene) ? " /Direction /R2L" : "");
    buf_add_string(&b, "/PageLabels <</Nums [0 <</S /D>>]>>\n");
    add_entry(&b, "/StructTreeRoot ", structure_finish(job->structure), "\n");
    add_entry(&b, "/Metadata ", metadata_xmp_new(f, meta), "\n");
    add_entry(&b, "/OutputIntents [", metadata_output_intent_new(f), "]\n");
    add_entry(&b, "/Names <</Dests ", navigation_dests_new(f, job->scene, job->page_numbers), ">>\n");
    add_entry(&b, "/Outlines ", outline, "\n");
    if (outline)
        buf_add_string(&b, "/PageMode /UseOutlines\n");
    pdf_dict_extend(f, f->doc->catalog, &b);
    buf_drop(&b);
    metadata_set_info(f, meta);
}

/* Without its return value: what libharu refused is kept in the file and reported when it is saved. */
static bool write_all(struct job *job)
{
    if (!add_pages(job))
        return true;
    job->structure = structure_new(&job->file, job->scene, job->page_numbers);
    fill_pages(job);
    if (!pdf_fonts_finish(job->fonts, job->diags))
        return false;
    set_resources(job);
    set_catalog(job);
    return true;
}

bool pdf_write(const struct scene *scene, const struct font_set *fonts, struct buf *out, struct diags *diags)
{
    struct job job = { .scene = scene, .diags = diags };
    if (!pdf_file_open(&job.file, out, diags))
        return false;
    job.fonts = pdf_fonts_new(&job.file, fonts);
    job.pictures = pdf_pictures_new(&job.file);
    bool ok = write_all(&job) && pdf_file_save(&job.file, diags);
    pdf_fonts_drop(job.fonts);
    pdf_file_close(&job.file);
    return ok;
}
