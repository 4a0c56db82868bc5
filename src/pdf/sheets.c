/*
 * Sheets with several pages a side, for printing. The places are as large as the first page; one of another shape is
 * turned, one that is larger shrinks. Knows nothing of what is on the pages.
 */
#include "pdf/sheets.h"

#include "pdf/inks.h"
#include "pdf/object.h"
#include "pdf/paper.h"

#include <math.h>

struct sheets {
    struct pdf_file *file;
    struct imposition imposition;
    unsigned resources;
    struct form {
        unsigned object; /* number */
        float width, height;
    } *forms; /* of the pages */
    size_t count;
};

struct sheets *sheets_new(struct pdf_file *file, const struct imposition *imposition, unsigned resources)
{
    struct sheets *s = arena_alloc(file->arena, sizeof *s);
    s->file = file;
    s->imposition = *imposition;
    s->resources = resources;
    return s;
}

static void add_numbers(struct buf *b, const double *v, int count)
{
    for (int i = 0; i < count; i++) {
        buf_add_real(b, v[i], 4);
        buf_add_char(b, ' ');
    }
}

void sheets_add(struct sheets *s, const struct scene_page *page, const struct scene_meta *meta,
                const struct buf *operators)
{
    double bleed = (double)meta->bleed, width = (double)page->width, height = (double)page->height;
    struct buf b;
    buf_init(&b);
    buf_add_string(&b, "/Type /XObject /Subtype /Form /BBox [");
    add_numbers(&b, (double[]){ -bleed, -bleed, width + bleed, height + bleed }, 4);
    buf_add_string(&b, "] /Resources ");
    pdf_add_ref(&b, s->resources);
    buf_add_char(&b, ' ');
    s->forms = arena_grow(s->file->arena, s->forms, s->count, sizeof *s->forms);
    s->forms[s->count++] = (struct form){ pdf_stream_new(s->file, b.data, operators->data, operators->length, false),
                                          page->width, page->height };
    buf_drop(&b);
}

/* --- placing --- */

/* Where a page goes: its place's lower left, and how far it is moved to the right within. */
struct spot {
    const struct press_grid *grid;
    int column, row;
    double x, y, shift;
};

/* Nothing of a page reaches into its neighbour's place; where there is none it may bleed. */
static void clip_to(struct buf *b, const struct spot *spot)
{
    const struct press_grid *g = spot->grid;
    double left = spot->column == 0 ? g->bleed : 0, right = spot->column == g->columns - 1 ? g->bleed : 0;
    double top = spot->row == 0 ? g->bleed : 0, bottom = spot->row == g->rows - 1 ? g->bleed : 0;
    double width = g->width + left + right, height = g->height + top + bottom;
    add_numbers(b, (double[]){ spot->x - left, spot->y - bottom, width, height }, 4);
    buf_add_string(b, "re W n\n");
}

/* In the middle of the place. A page of the other shape is turned, so that its head is where a reader begins. */
static void move_to(struct buf *b, const struct spot *spot, const struct form *form, enum dir binding)
{
    double width = (double)form->width, height = (double)form->height;
    bool turned = (width > height) != (spot->grid->width > spot->grid->height);
    double across = turned ? height : width, down = turned ? width : height;
    double scale = fmin(1, fmin(spot->grid->width / across, spot->grid->height / down));
    double x = spot->x + spot->shift + (spot->grid->width - scale * across) / 2;
    double y = spot->y + (spot->grid->height - scale * down) / 2;
    if (!turned)
        add_numbers(b, (double[]){ scale, 0, 0, scale, x, y }, 6);
    else if (binding == DIR_LTR)
        add_numbers(b, (double[]){ 0, scale, -scale, 0, x + scale * across, y }, 6);
    else
        add_numbers(b, (double[]){ 0, -scale, scale, 0, x, y + scale * down }, 6);
    buf_add_string(b, "cm\n");
}

/* What one side says, and the forms that it names. */
struct side {
    struct buf operators, forms;
    size_t number;
};

static void add_page(const struct sheets *s, struct side *side, const struct spot *spot, size_t page, enum dir binding)
{
    buf_add_string(&side->operators, "q\n");
    clip_to(&side->operators, spot);
    move_to(&side->operators, spot, &s->forms[page], binding);
    buf_printf(&side->operators, "/P%zu Do\nQ\n", page + 1);
    buf_printf(&side->forms, "/P%zu ", page + 1);
    pdf_add_ref(&side->forms, s->forms[page].object);
    buf_add_char(&side->forms, ' ');
}

/* In the order of reading, which is that of the text. */
static void add_pages(const struct sheets *s, struct side *side, const struct press_grid *grid, enum dir binding)
{
    const struct imposition *i = &s->imposition;
    for (int row = 0; row < grid->rows; row++)
        for (int k = 0; k < grid->columns; k++) {
            int column = binding == DIR_RTL ? grid->columns - 1 - k : k;
            size_t page = imposition_page(i->form, binding, s->count, side->number, column, row);
            struct spot spot = { grid, column, row, column * grid->width, (grid->rows - 1 - row) * grid->height,
                                 imposition_shift(i, side->number, column) };
            if (page != IMPOSE_BLANK)
                add_page(s, side, &spot, page, binding);
        }
}

static void write_side(const struct sheets *s, struct side *side, const struct press_grid *grid,
                       const struct scene_meta *meta)
{
    unsigned resources = pdf_object_new(s->file);
    struct buf entries;
    buf_init(&entries);
    bool begun = paper_begin(s->file, grid, resources, &entries);
    buf_clear(&side->operators);
    buf_clear(&side->forms);
    buf_add_string(&side->forms, "/XObject <<");
    add_pages(s, side, grid, meta->binding);
    buf_add_string(&side->forms, ">>");
    if (grid->marks != MARKS_NONE)
        press_add_resources(&side->forms, inks_device(meta->colour));
    press_add_marks(&side->operators, grid);
    pdf_dict_set(s->file, resources, &side->forms);
    if (begun)
        paper_end(s->file, &side->operators, &entries);
    buf_drop(&entries);
}

void sheets_write(struct sheets *s, const struct scene_meta *meta)
{
    if (s->count == 0)
        return;
    struct press_grid grid = { .width = (double)s->forms[0].width, .height = (double)s->forms[0].height,
                               .columns = IMPOSE_COLUMNS, .rows = imposition_rows(s->imposition.form),
                               .fold = s->imposition.form == IMPOSE_SADDLE, .bleed = (double)meta->bleed,
                               .marks = meta->marks, .boxes = meta->colour == COLOUR_CMYK };
    struct side side = { .number = 0 };
    buf_init(&side.operators);
    buf_init(&side.forms);
    for (; side.number < imposition_sides(s->imposition.form, s->count); side.number++)
        write_side(s, &side, &grid, meta);
    buf_drop(&side.operators);
    buf_drop(&side.forms);
}
