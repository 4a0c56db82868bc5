/* Marks of series, rows and gaps. Must not know which types draw them. */
#include "chart/marks.h"

#include <math.h>

static const float OUTLINE = 0.7f;

/* Slanting hatches first: they are seen in bars of any shape. */
static const enum hatch HATCHES[SERIES_MOST] = {HATCH_NONE,    HATCH_RISING, HATCH_FALLING,
                                                HATCH_CROSSED, HATCH_LEVEL,  HATCH_UPRIGHT};
static const float DASHES[SERIES_MOST][2] = {{0, 0}, {5, 2}, {1.5f, 1.5f}, {7, 1.5f}, {3, 3}, {9, 3}};

struct mark mark_of_series(const struct plot *plot, size_t nth, size_t count)
{
    size_t n = nth % SERIES_MOST;
    const struct shade *shade = &plot->palette.series[n];
    enum chart_patterns patterns = plot->style->patterns;
    bool patterned = patterns == PATTERNS_ALWAYS || (patterns == PATTERNS_AUTO && count > 1);

    return (struct mark){
        .rgb = shade->line,
        .fill = shade->fill,
        .text = colour_visible(shade->line, CONTRAST_TEXT),
        .hatch = patterned ? HATCHES[n] : HATCH_NONE,
        .symbol = (enum symbol)n,
        .dash = patterned ? DASHES[n][0] : 0,
        .gap = patterned ? DASHES[n][1] : 0,
    };
}

bool row_is_accented(const struct chart_row *row, bool any_emphasis)
{
    return row->emphasis || (!any_emphasis && !row->rest);
}

struct mark mark_of_row(const struct plot *plot, const struct chart_row *row, bool any_emphasis)
{
    const struct palette *p = &plot->palette;
    bool accented = row_is_accented(row, any_emphasis);

    if (!accented && plot->style->patterns == PATTERNS_ALWAYS)
        return (struct mark){.rgb = p->grey, .fill = p->grey_dim, .text = p->ink, .hatch = HATCH_RISING};
    return (struct mark){.rgb = accented ? p->accent : p->grey, .fill = accented ? p->accent : p->grey,
                         .text = accented ? p->accent : p->ink};
}

struct mark mark_in_context(const struct plot *plot, struct mark mark)
{
    const struct palette *p = &plot->palette;

    mark.fill = mark.fill == mark.rgb ? p->grey : p->grey_dim;
    mark.rgb = p->grey;
    mark.text = p->muted;
    return mark;
}

struct mark mark_missing(const struct plot *plot)
{
    return (struct mark){.rgb = plot->palette.grey, .fill = COLOUR_PAPER, .text = plot->palette.muted,
                         .dash = 1.5f, .gap = 1.5f};
}

/* --- areas --- */

/* Light on dark, or dark on light: to be seen, not to be looked at. */
static uint32_t hatch_shade(const struct mark *mark)
{
    return mark->fill == mark->rgb ? colour_mix(mark->fill, COLOUR_PAPER, 0.4)
                                   : colour_mix(mark->rgb, mark->fill, 0.45);
}

void mark_area(struct picture *picture, const struct mark *mark, const double (*points)[2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        (i == 0 ? picture_move : picture_line)(picture, points[i][0], points[i][1]);
    picture_close(picture);
    picture_paint(picture, (struct paint){.fill = true, .fill_rgb = mark->fill});
    hatch_draw(picture, mark->hatch, hatch_shade(mark), points, count);
}

void mark_rectangle(struct picture *picture, const struct mark *mark, double x, double y, double width, double height)
{
    const double points[][2] = {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
    double inset = OUTLINE / 2;
    bool empty = mark->fill == COLOUR_PAPER;

    mark_area(picture, mark, points, 4);
    if (mark->fill == mark->rgb || width < OUTLINE || height < OUTLINE)
        return;
    picture_rectangle(picture, x + inset, y + inset, width - 2 * inset, height - 2 * inset);
    picture_paint(picture, (struct paint){.stroke = true, .stroke_rgb = mark->rgb, .width = OUTLINE,
                                          .dash = empty ? mark->dash : 0, .gap = empty ? mark->gap : 0});
}

/* --- symbols and lines --- */

static void polygon(struct picture *picture, const double (*points)[2], size_t count, double x, double y, double radius)
{
    for (size_t i = 0; i < count; i++)
        (i == 0 ? picture_move : picture_line)(picture, x + points[i][0] * radius, y + points[i][1] * radius);
    picture_close(picture);
}

void mark_symbol(struct picture *picture, const struct mark *mark, double x, double y, double radius)
{
    static const double square[][2] = {{-.88, -.88}, {.88, -.88}, {.88, .88}, {-.88, .88}};
    static const double diamond[][2] = {{0, -1.25}, {1.25, 0}, {0, 1.25}, {-1.25, 0}};
    static const double triangle[][2] = {{0, -1.2}, {1.1, .8}, {-1.1, .8}};
    bool open = mark->symbol == SYMBOL_RING || mark->fill == COLOUR_PAPER;

    if (mark->symbol == SYMBOL_SQUARE)
        polygon(picture, square, 4, x, y, radius);
    else if (mark->symbol == SYMBOL_DIAMOND)
        polygon(picture, diamond, 4, x, y, radius);
    else if (mark->symbol == SYMBOL_TRIANGLE)
        polygon(picture, triangle, 3, x, y, radius);
    else if (mark->symbol == SYMBOL_CROSS) {
        picture_move(picture, x - radius, y - radius);
        picture_line(picture, x + radius, y + radius);
        picture_move(picture, x - radius, y + radius);
        picture_line(picture, x + radius, y - radius);
        picture_stroke(picture, mark->rgb, 1.4);
        return;
    } else
        picture_circle(picture, x, y, radius);
    picture_paint(picture, (struct paint){.fill = true, .fill_rgb = open ? COLOUR_PAPER : mark->rgb, .stroke = true,
                                          .stroke_rgb = mark->rgb, .width = 1});
}

void mark_line(struct picture *picture, const struct mark *mark, double width)
{
    picture_paint(picture, (struct paint){.stroke = true, .stroke_rgb = mark->rgb, .width = (float)width,
                                          .dash = mark->dash, .gap = mark->gap});
}
