/*
 * Tile map: Iraq's governorates as equal tiles near their places, the value as shade and number. Not mirrored: west is
 * on the left in every language.
 *
 *           ┌───────┐
 *           │ Dohuk │            one language: its name and the value
 *           │   12  │            both: English name, Arabic name, value
 *   ┌───────┼───────┼───────┐
 *           │Nineveh│ Erbil │    ▨ no data
 */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/nearest.h"
#include "chart/governorates.h"
#include "chart/steps.h"

static const double TILE_MOST = 74, TILE_GAP = 1.6, PAD = 1.5, LEGEND_GAP = 10; /* points */
static const double TILE_FORM = 0.46; /* least height as a share of the width */
static const double FOUND = 1.6; /* width of the outline of the finding */

struct tile {
    const struct governorate *place;
    const struct chart_row *row; /* NULL: no row names it */
    struct label name[LANG_COUNT], value[LANG_COUNT];
    double height;
};

struct tile_map {
    const struct plot *plot;
    struct picture *picture;
    const struct steps *steps;
    struct tile tiles[GOVERNORATE_COUNT];
    double width, height; /* of a tile */
    bool gaps;
};

static const struct chart_row *row_of(const struct plot *plot, const struct governorate *place)
{
    for (size_t i = 0; i < plot->spec->row_count; i++)
        if (plot->spec->rows[i].place && strcmp(plot->spec->rows[i].place, place->code) == 0)
            return &plot->spec->rows[i];
    return NULL;
}

static const char *name_of(const struct tile *tile, enum lang lang)
{
    const char *own = tile->row ? tile->row->label[lang] : NULL;

    return own && *own ? own : tile->place->name[lang];
}

static const struct place *at_of(const struct plot *plot, const struct tile *tile)
{
    return tile->row ? &tile->row->at : &plot->spec->at;
}

/* --- words --- */

static uint32_t text_rgb(const struct tile_map *m, const struct tile *tile)
{
    return tile->row && !tile->row->missing ? m->steps->text[steps_of(m->steps, tile->row->value)]
                                            : m->plot->palette.ink;
}

/* Hatching would run through words: a tile without a value has its words on paper. */
static void set_tile(struct tile_map *m, struct tile *tile)
{
    const struct plot *plot = m->plot;
    const struct label_look plain = {WEIGHT_REGULAR, text_rgb(m, tile), 1}, bold = {WEIGHT_BOLD, text_rgb(m, tile), 1};
    const char *first = NULL;

    tile->height = 0;
    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        tile->name[i] = label_make(plot, lang, name_of(tile, lang), plain, m->width - 2 * PAD, at_of(plot, tile));
        tile->height += tile->name[i].height;
    }
    for (size_t i = 0; i < plot->lang_count && tile->row && !tile->row->missing; i++) {
        const char *words = word_value(plot, plot->langs[i], tile->row);
        if (i > 0 && words_print_same(words, first))
            break;
        first = words;
        tile->value[i] = label_make(plot, plot->langs[i], words, bold, m->width - 2 * PAD, &tile->row->at);
        tile->height += tile->value[i].height;
    }
}

/* The widest word has to stand in a tile: a name is never broken inside a word. */
static double widest_word(const struct tile_map *m)
{
    const struct plot *plot = m->plot;
    double widest = 0;

    for (size_t k = 0; k < GOVERNORATE_COUNT; k++)
        for (size_t i = 0; i < plot->lang_count; i++)
            widest = fmax(widest, label_least_width(plot, plot->langs[i], name_of(&m->tiles[k], plot->langs[i]),
                                                   (struct label_look){WEIGHT_REGULAR, 0, 1}));
    return widest;
}

static void set_tiles(struct tile_map *m)
{
    double least = widest_word(m) + 2 * PAD + 0.5;
    double room = (m->plot->width - TILE_GAP * (GOVERNORATE_COLUMNS - 1)) / GOVERNORATE_COLUMNS;

    m->width = fmin(room, fmax(m->plot->share * fmin(room, plot_length(m->plot, TILE_MOST)), least));
    if (m->width < least) {
        diag_add(m->plot->diags, DIAG_CHART_CROWDED, m->plot->spec->at,
                 "chart '%s' is %.0f points wide; the names on its tiles need %.0f: a wider frame or fewer panels "
                 "beside each other", m->plot->spec->id, m->plot->width,
                 ceil(least * GOVERNORATE_COLUMNS + TILE_GAP * (GOVERNORATE_COLUMNS - 1)));
        return;
    }
    for (size_t k = 0; k < GOVERNORATE_COUNT; k++) {
        set_tile(m, &m->tiles[k]);
        m->height = fmax(m->height, m->tiles[k].height + 4 * PAD);
    }
    m->height = fmax(m->height, m->width * TILE_FORM);
}

/* --- drawing --- */

static void draw_ground(const struct tile_map *m, double x, double y, const struct tile *tile)
{
    const double width = tile->name[0].width > tile->name[1].width ? tile->name[0].width : tile->name[1].width;

    if (tile->row && !tile->row->missing)
        return;
    picture_rectangle(m->picture, x + (m->width - width) / 2 - 2, y + (m->height - tile->height) / 2, width + 4,
                      tile->height);
    picture_paint(m->picture, (struct paint){.fill = true, .fill_rgb = COLOUR_PAPER});
}

static void draw_outline(const struct tile_map *m, double x, double y)
{
    picture_rectangle(m->picture, x + FOUND / 2, y + FOUND / 2, m->width - FOUND, m->height - FOUND);
    picture_stroke(m->picture, m->plot->palette.ink, FOUND);
}

static bool is_noted(const struct tile_map *m, const struct tile *tile)
{
    for (size_t i = 0; i < m->plot->spec->note_count; i++)
        if (strcmp(m->plot->spec->notes[i].category, name_of(tile, LANG_EN)) == 0)
            return true;
    return false;
}

static void draw_tile(const struct tile_map *m, const struct tile *tile)
{
    double left = (m->plot->width - GOVERNORATE_COLUMNS * (m->width + TILE_GAP) + TILE_GAP) / 2;
    double x = left + tile->place->column * (m->width + TILE_GAP), y = tile->place->row * (m->height + TILE_GAP);
    double top = y + (m->height - tile->height) / 2;

    steps_draw_cell(m->plot, m->picture, m->steps, tile->row, x, y, m->width, m->height);
    draw_ground(m, x, y, tile);
    if ((tile->row && tile->row->emphasis) || is_noted(m, tile))
        draw_outline(m, x, y);
    for (size_t i = 0; i < LANG_COUNT; i++) {
        picture_label(m->picture, tile->name[i], x + m->width / 2, top, ANCHOR_CENTRE);
        top += tile->name[i].height;
    }
    for (size_t i = 0; i < LANG_COUNT; i++) {
        picture_label(m->picture, tile->value[i], x + m->width / 2, top, ANCHOR_CENTRE);
        top += tile->value[i].height;
    }
}

/* What is said of a governorate stands under the map, after its name; each language at its own side. */
static double draw_notes(const struct tile_map *m, double top)
{
    const struct plot *plot = m->plot;
    double width = plot->lang_count > 1 ? (plot->width - 20) / 2 : plot->width, bottom = top;

    for (size_t i = 0; i < plot->lang_count; i++) {
        enum lang lang = plot->langs[i];
        double y = top;
        picture_mirror(m->picture, lang_dir(lang) == DIR_RTL);
        for (size_t n = 0; n < plot->spec->note_count; n++)
            for (size_t k = 0; k < GOVERNORATE_COUNT; k++) {
                const struct chart_note *note = &plot->spec->notes[n];
                struct label label;
                if (strcmp(note->category, name_of(&m->tiles[k], LANG_EN)) != 0)
                    continue;
                label = label_make(plot, lang, arena_printf(plot->arena, "%s: %s", name_of(&m->tiles[k], lang),
                                                            note->label[lang]),
                                   (struct label_look){WEIGHT_REGULAR, plot->palette.ink, 1}, width, &note->at);
                picture_label(m->picture, label, 0, y, ANCHOR_START);
                y += label.height;
            }
        bottom = fmax(bottom, y);
    }
    return bottom - top;
}

/* --- what it refuses --- */

static void check_place(const struct plot *plot, const struct chart_row *row)
{
    const char *known[GOVERNORATE_COUNT], *nearest;
    const char *code = row->place ? row->place : "";

    for (size_t i = 0; i < GOVERNORATE_COUNT; i++) {
        known[i] = governorates[i].code;
        if (strcmp(known[i], code) == 0)
            return;
    }
    nearest = nearest_known(code, known, GOVERNORATE_COUNT);
    diag_add(plot->diags, DIAG_CHART_DATA, row->at,
             "'%s' of chart '%s' is no governorate of Iraq; %s%s%s", code, plot->spec->id,
             nearest ? "did you mean '" : "write a code of ISO 3166-2, as IQ-BG", nearest ? nearest : "",
             nearest ? "'?" : "");
}

static void check_note(const struct plot *plot, const struct chart_note *note)
{
    const char *known[GOVERNORATE_COUNT];

    for (size_t i = 0; i < GOVERNORATE_COUNT; i++) {
        struct tile tile = {.place = &governorates[i], .row = row_of(plot, &governorates[i])};
        known[i] = name_of(&tile, LANG_EN);
        if (strcmp(known[i], note->category) == 0)
            return;
    }
    diag_add(plot->diags, DIAG_CHART_DATA, note->at,
             "'%s' of a note of chart '%s' is the name of no tile; write the English name on it, as %s", note->category,
             plot->spec->id, known[8]);
}

static void check_map(const struct plot *plot)
{
    const struct chart_spec *spec = plot->spec;

    for (size_t i = 0; i < spec->row_count; i++) {
        check_place(plot, &spec->rows[i]);
        for (size_t k = 0; k < i; k++)
            if (spec->rows[i].place && spec->rows[k].place && strcmp(spec->rows[i].place, spec->rows[k].place) == 0)
                diag_add(plot->diags, DIAG_CHART_DATA, spec->rows[i].at,
                         "'%s' has two rows in chart '%s'; a tile shows one value: add them up", spec->rows[i].place,
                         spec->id);
    }
    for (size_t i = 0; i < spec->note_count; i++)
        check_note(plot, &spec->notes[i]);
}

static struct picture *map_lay(const struct plot *plot)
{
    struct tile_map m = {.plot = plot, .picture = picture_new(plot->arena, plot->width)};
    double y;

    m.steps = steps_make(plot, steps_extent(plot), plot_is_counted(plot));
    for (size_t k = 0; k < GOVERNORATE_COUNT; k++) {
        m.tiles[k] = (struct tile){.place = &governorates[k], .row = row_of(plot, &governorates[k])};
        m.gaps |= !m.tiles[k].row || m.tiles[k].row->missing;
    }
    set_tiles(&m);
    for (size_t k = 0; k < GOVERNORATE_COUNT; k++)
        draw_tile(&m, &m.tiles[k]);
    y = GOVERNORATE_ROWS * (m.height + TILE_GAP) - TILE_GAP;
    if (plot->spec->note_count > 0)
        y += plot_length(plot, LEGEND_GAP) + draw_notes(&m, y + plot_length(plot, LEGEND_GAP));
    picture_mirror(m.picture, plot->mirrored);
    picture_set_height(m.picture, y);
    y += steps_draw_legend(plot, m.picture, m.steps, m.gaps, y + plot_length(plot, LEGEND_GAP));
    if (y > picture_height(m.picture))
        picture_set_height(m.picture, y + plot_length(plot, LEGEND_GAP));
    return m.picture;
}

const struct chart_kind tile_map_kind = {.flexible = true, .check = check_map, .extent = steps_extent, .lay = map_lay};
