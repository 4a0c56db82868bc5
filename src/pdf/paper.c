/* Pages of the file, as libharu keeps them. Knows nothing of what is on them. */
#include "pdf/paper.h"

#include <hpdf_objects.h>
#include <hpdf_pages.h>

static void set_box(struct pdf_file *f, HPDF_Page page, const char *key, HPDF_Box box)
{
    HPDF_Dict_RemoveElement(page, key);
    HPDF_Dict_Add(page, key, HPDF_Box_Array_New(f->doc->mmgr, box));
}

static HPDF_Box box_around(const struct press_grid *g, float room)
{
    float width = (float)(g->width * g->columns), height = (float)(g->height * g->rows);
    return (HPDF_Box){ -room, -room, width + room, height + room };
}

/* What is trimmed keeps its origin, so that nothing on it moves: the paper around it has negative coordinates.
 *
 *    ┌──────────── MediaBox: marks ──────┐
 *    │  ┌───────── BleedBox ───────────┐ │
 *    │  │  ┌────── TrimBox ─────────┐  │ │
 */
static void set_boxes(struct pdf_file *f, HPDF_Page page, const struct press_grid *grid)
{
    float room = (float)press_room(grid);
    if (room <= 0 && !grid->boxes)
        return;
    set_box(f, page, "MediaBox", box_around(grid, room));
    set_box(f, page, "BleedBox", box_around(grid, (float)grid->bleed));
    set_box(f, page, "TrimBox", box_around(grid, 0));
}

HPDF_Page paper_new(struct pdf_file *f, const struct press_grid *grid, unsigned resources)
{
    HPDF_Page page = HPDF_AddPage(f->doc);
    if (!page || HPDF_Page_SetWidth(page, (float)(grid->width * grid->columns)) != HPDF_OK ||
        HPDF_Page_SetHeight(page, (float)(grid->height * grid->rows)) != HPDF_OK)
        return NULL;
    set_boxes(f, page, grid);
    HPDF_Dict_RemoveElement(page, "Resources"); /* with libharu's ProcSet */
    HPDF_Dict_Add(page, "Resources", pdf_reference_new(f, resources));
    pdf_page_made(f, pdf_number_of(page));
    return page;
}

void paper_set_content(struct pdf_file *f, HPDF_Page page, const struct buf *operators)
{
    HPDF_PageAttr attributes = page->attr;
    pdf_stream_set(f, pdf_number_of(attributes->contents), NULL, operators->data, operators->length, false);
}
