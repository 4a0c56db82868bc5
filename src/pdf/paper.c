/*
 * Pages of the file. They are written a node of the page tree at a time, and then only their numbers stay. (libharu
 * keeps pages of its own, with 3 KB each, until it writes them all; the tree's root is libharu's.) Knows nothing of
 * what is on the pages.
 */
#include "pdf/paper.h"

#include "pdf/object.h"

#include <hpdf_objects.h>

enum { NODE_PAGES = 64, LEAST = 3, MOST = 14400 /* ISO 32000-1, annex C */ };

static void add_box(struct buf *b, const char *key, const struct press_grid *g, double room)
{
    const double box[4] = { -room, -room, g->width * g->columns + room, g->height * g->rows + room };
    buf_printf(b, " /%s [", key);
    for (int i = 0; i < 4; i++) {
        buf_add_real(b, box[i], 5);
        buf_add_char(b, i < 3 ? ' ' : ']');
    }
}

/* What is trimmed keeps its origin, so that nothing on it moves: the paper around it has negative coordinates.
 *
 *    ┌──────────── MediaBox: marks ──────┐
 *    │  ┌───────── BleedBox ───────────┐ │
 *    │  │  ┌────── TrimBox ─────────┐  │ │
 */
static void add_boxes(struct buf *b, const struct press_grid *grid)
{
    double room = press_room(grid);
    add_box(b, "MediaBox", grid, room > 0 ? room : 0);
    if (room <= 0 && !grid->boxes)
        return;
    add_box(b, "BleedBox", grid, grid->bleed);
    add_box(b, "TrimBox", grid, 0);
}

static bool is_possible(double length)
{
    return length >= LEAST && length <= MOST;
}

/* --- the tree --- */

static unsigned root_of(const struct pdf_file *f)
{
    return pdf_number_of(f->doc->root_pages);
}

/* With the pages since the node before: side by side each deflates to 20 bytes less than among other objects. */
static void write_node(struct pdf_file *f)
{
    size_t first = (f->page_count - 1) / NODE_PAGES * NODE_PAGES;
    const char *page = f->waiting.data;
    struct buf b;
    buf_init(&b);
    for (size_t i = first; i < f->page_count; i++, page += b.length + 1) {
        buf_clear(&b);
        buf_add_string(&b, page);
        pdf_dict_set(f, f->pages[i], &b);
    }
    buf_clear(&f->waiting);
    buf_clear(&b);
    buf_printf(&b, "/Type /Pages /Parent %u 0 R /Count %zu /Kids [", root_of(f), f->page_count - first);
    for (size_t i = first; i < f->page_count; i++) {
        pdf_add_ref(&b, f->pages[i]);
        buf_add_char(&b, i + 1 < f->page_count ? ' ' : ']');
    }
    pdf_dict_set(f, f->node, &b);
    pdf_add_ref(&f->nodes, f->node);
    buf_add_char(&f->nodes, ' ');
    buf_drop(&b);
}

void paper_finish(struct pdf_file *f)
{
    HPDF_Dict root = f->doc->root_pages;
    struct buf b;
    if (f->page_count)
        write_node(f);
    HPDF_Dict_RemoveElement(root, "Kids");
    HPDF_Dict_RemoveElement(root, "Count");
    root->before_write_fn = NULL; /* counts libharu's own */
    buf_init(&b);
    buf_printf(&b, "/Count %zu /Kids [%s]\n", f->page_count, f->nodes.data);
    pdf_dict_extend(f, root, &b);
    buf_drop(&b);
}

/* --- pages --- */

bool paper_begin(struct pdf_file *f, const struct press_grid *grid, unsigned resources, struct buf *entries)
{
    if (!is_possible(grid->width * grid->columns) || !is_possible(grid->height * grid->rows)) {
        HPDF_RaiseError(&f->doc->error, HPDF_PAGE_INVALID_SIZE, 0);
        return false;
    }
    if (f->page_count % NODE_PAGES == 0) {
        if (f->page_count)
            write_node(f);
        f->node = pdf_object_new(f);
    }
    pdf_page_made(f, pdf_object_new(f));
    buf_printf(entries, "/Type /Page /Parent %u 0 R", f->node);
    add_boxes(entries, grid);
    buf_printf(entries, " /Resources %u 0 R", resources);
    return true;
}

void paper_end(struct pdf_file *f, const struct buf *operators, const struct buf *entries)
{
    unsigned content = pdf_stream_new(f, NULL, operators->data, operators->length, false);
    buf_add(&f->waiting, entries->data, entries->length);
    buf_printf(&f->waiting, " /Contents %u 0 R", content);
    buf_add_char(&f->waiting, '\0');
}
