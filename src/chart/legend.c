/* Legends. Must not know what the marks stand for. */
#include "chart/legend.h"

#include <math.h>

#include "base/arena.h"

static const double MARK_WIDTH = 11; /* of a mark with the gap to its words, points */
static const double LINE_WIDTH = 20; /* of a line's */
static const double ENTRY_GAP = 10, ROW_GAP = 1, BELOW = 8, COLUMN_GAP = 16;

struct legend_entry legend_of_series(const struct plot *plot, const struct groups *series, size_t nth,
                                     enum legend_form form)
{
    return (struct legend_entry){.mark = mark_of_series(plot, nth, series->count), .form = form,
                                 .words = group_words(series, GROUP_SERIES, nth), .at = &series->first[nth]->at};
}

struct legend_entry legend_of_missing(const struct plot *plot, enum legend_form form)
{
    struct legend_entry entry = {.mark = mark_missing(plot), .form = form, .words = word_missing,
                                 .at = &plot->spec->at};

    if (form == LEGEND_LINE)
        entry.mark.symbol = SYMBOL_RING;
    return entry;
}

static double width_of(const struct plot *plot, enum legend_form form)
{
    return plot_length(plot, form == LEGEND_LINE ? LINE_WIDTH : MARK_WIDTH);
}

static void draw_entry_mark(const struct plot *plot, struct picture *picture, const struct legend_entry *entry,
                            double x, double y)
{
    double half = plot_length(plot, 3.6), width = width_of(plot, entry->form);

    if (entry->form == LEGEND_FILL) {
        mark_rectangle(picture, &entry->mark, x, y - half, 2 * half, 2 * half);
    } else if (entry->form == LEGEND_CELL) {
        cells_draw(picture, &entry->cell, &(struct spot){x + half, y}, 1, half);
    } else if (entry->form == LEGEND_SYMBOL) {
        mark_symbol(picture, &entry->mark, x + half, y, half * 0.75);
    } else {
        picture_move(picture, x, y);
        picture_line(picture, x + width - 4, y);
        mark_line(picture, &entry->mark, 1.6);
        mark_symbol(picture, &entry->mark, x + (width - 4) / 2, y, half * 0.7);
    }
}

static struct label words_of(const struct plot *plot, const struct legend_entry *entry, enum lang lang, double width)
{
    return label_make(plot, lang, entry->words[lang], (struct label_look){WEIGHT_REGULAR, plot->palette.ink, 1}, width,
                      entry->at);
}

/* `middle`: of the marks, below a row's top. */
static double draw_in(const struct plot *plot, struct picture *picture, const struct legend_entry *entries,
                      size_t count, enum lang lang, double width, double middle, double top)
{
    double x = 0, y = top, row_height = 0;

    for (size_t i = 0; i < count; i++) {
        double mark = width_of(plot, entries[i].form);
        struct label label = words_of(plot, &entries[i], lang, width - mark);
        if (x > 0 && x + mark + label.width > width) {
            x = 0;
            y += row_height + ROW_GAP;
            row_height = 0;
        }
        draw_entry_mark(plot, picture, &entries[i], x, y + middle);
        picture_label(picture, label, x + mark, y, ANCHOR_START);
        row_height = fmax(row_height, label.height);
        x += mark + label.width + ENTRY_GAP;
    }
    return y + row_height - top;
}

/* Of all entries in one row. */
static double natural_width(const struct plot *plot, const struct legend_entry *entries, size_t count, enum lang lang)
{
    double width = 0;

    for (size_t i = 0; i < count; i++)
        width += width_of(plot, entries[i].form) + (i > 0 ? ENTRY_GAP : 0) +
                 label_natural_width(plot, lang, entries[i].words[lang], (struct label_look){WEIGHT_REGULAR, 0, 1});
    return width + 0.5;
}

/* Of one language; of two, each has half, or what the other leaves where both stand in a row then. */
static double room_of(const struct plot *plot, const struct legend_entry *entries, size_t count, enum lang lang)
{
    double room = plot->width - COLUMN_GAP, own, other;

    if (plot->lang_count == 1)
        return plot->width;
    own = natural_width(plot, entries, count, lang);
    other = natural_width(plot, entries, count, lang == LANG_EN ? LANG_AR : LANG_EN);
    return own + other <= room ? fmax(own, room / 2) : room / 2;
}

double legend_draw(const struct plot *plot, struct picture *picture, const struct legend_entry *entries, size_t count,
                   double top)
{
    double height = 0;

    if (count == 0)
        return 0;
    if (plot->once) {
        if (!plot->once->entries) {
            plot->once->entries = arena_copy(plot->arena, entries, count * sizeof *entries);
            plot->once->entry_count = count;
        }
        return 0;
    }
    struct label first[LANG_COUNT] = {0};
    for (size_t i = 0; i < plot->lang_count; i++)
        first[i] = words_of(plot, entries, plot->langs[i], plot->width);
    double middle = first[0].middle + labels_lowered(first, 0);
    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        double down = labels_lowered(first, i), room = room_of(plot, entries, count, lang);
        picture_mirror(picture, lang_dir(lang) == DIR_RTL);
        height = fmax(height, down + draw_in(plot, picture, entries, count, lang, room, middle - down, top + down));
    }
    picture_mirror(picture, plot->mirrored);
    return height + BELOW;
}
