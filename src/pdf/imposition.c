/* Imposition: see the header. Sheets of a booklet are counted from the outermost. */
#include "pdf/imposition.h"

enum { PAGES_A_SHEET = 4 };

const char *imposition_name(enum imposition_form form)
{
    static const char *const names[IMPOSE_FORMS] = {
        [IMPOSE_NONE] = "", [IMPOSE_SADDLE] = "saddle", [IMPOSE_2UP] = "2up", [IMPOSE_4UP] = "4up"
    };
    return names[form];
}

int imposition_rows(enum imposition_form form)
{
    return form == IMPOSE_4UP ? 2 : 1;
}

static size_t sheets_of(size_t pages)
{
    return (pages + PAGES_A_SHEET - 1) / PAGES_A_SHEET;
}

size_t imposition_sides(enum imposition_form form, size_t pages)
{
    size_t a_side = (size_t)(IMPOSE_COLUMNS * imposition_rows(form));
    return form == IMPOSE_SADDLE ? 2 * sheets_of(pages) : (pages + a_side - 1) / a_side;
}

/* Bound on the left, eight pages:
 *
 *     front 0   back 0   front 1  back 1
 *     8 | 1     2 | 7    6 | 3    4 | 5
 */
static size_t booklet_page(size_t pages, size_t side, bool right)
{
    size_t last = PAGES_A_SHEET * sheets_of(pages) - 1;
    bool front = side % 2 == 0;
    return front == right ? side : last - side;
}

size_t imposition_page(enum imposition_form form, enum dir binding, size_t pages, size_t side, int column, int row)
{
    bool mirrored = binding == DIR_RTL;
    size_t page = form == IMPOSE_SADDLE
                      ? booklet_page(pages, side, (column == 1) != mirrored)
                      : (side * (size_t)imposition_rows(form) + (size_t)row) * IMPOSE_COLUMNS +
                            (size_t)(mirrored ? IMPOSE_COLUMNS - 1 - column : column);
    return page < pages ? page : IMPOSE_BLANK;
}

double imposition_shift(const struct imposition *i, size_t side, int column)
{
    if (i->form != IMPOSE_SADDLE)
        return 0;
    double away = (double)(side / 2) * i->creep;
    return column == 0 ? away : -away;
}
