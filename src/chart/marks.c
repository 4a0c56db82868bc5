/* Marks of series, rows and gaps. Must not know which types draw them. */
#include "chart/marks.h"

#include <math.h>

static const float OUTLINE = 0.7f;
static const double HATCH_PITCH = 3.2; /* between strokes of a hatch, points */
static const float HATCH_WIDTH = 0.6f;

/* Dark and light by turns, so that neighbours part in grey; hues of Okabe and Ito's set beside the accent. */
static const uint32_t HUES[SERIES_MOST] = {0, 0xE69F00, 0x56B4E9, 0x8C3B6B, 0x7A7A7A, 0xD55E00};
static const enum hatch HATCHES[SERIES_MOST] = {HATCH_NONE,  HATCH_RISING, HATCH_DOTS,
                                                HATCH_CROSSED, HATCH_FALLING, HATCH_LEVEL};
static const float DASHES[SERIES_MOST][2] = {{0, 0}, {5, 2}, {1.5f, 1.5f}, {7, 1.5f}, {3, 3}, {9, 3}};

struct mark mark_of_series(const struct plot *plot, size_t nth, size_t count)
{
    size_t n = nth % SERIES_MOST;
    uint32_t hue = n == 0 ? plot->palette.accent : HUES[n];

    (void)count;
    return (struct mark){
        .rgb = colour_visible(hue, CONTRAST_MARK),
        .fill = n == 0 ? hue : colour_mix(hue, COLOUR_PAPER, 0.55),
        .text = colour_visible(hue, CONTRAST_TEXT),
        .hatch = HATCHES[n],
        .symbol = (enum symbol)n,
        .dash = DASHES[n][0],
        .gap = DASHES[n][1],
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

/* --- hatches --- */

/* A stroke from (x0, y0) on, down to the right or up to the right, cut to the box. */
static void hatch_stroke(struct picture *picture, double offset, double x, double y, double width, double height,
                         bool rising)
{
    double from = fmax(0, offset - height), to = fmin(width, offset);
    double y0 = rising ? offset - from : height - (offset - from);
    double y1 = rising ? offset - to : height - (offset - to);

    if (to <= from)
        return;
    picture_move(picture, x + from, y + y0);
    picture_line(picture, x + to, y + y1);
}

static void hatch_slanted(struct picture *picture, double x, double y, double width, double height, bool rising)
{
    for (double offset = HATCH_PITCH * 0.7; offset < width + height; offset += HATCH_PITCH * 1.414)
        hatch_stroke(picture, offset, x, y, width, height, rising);
}

static void hatch_dots(struct picture *picture, double x, double y, double width, double height, uint32_t rgb)
{
    bool odd = false;

    for (double down = HATCH_PITCH / 2; down < height; down += HATCH_PITCH * 0.8, odd = !odd)
        for (double along = odd ? HATCH_PITCH : HATCH_PITCH / 2; along < width - 0.4; along += HATCH_PITCH)
            picture_circle(picture, x + along, y + down, 0.5);
    picture_paint(picture, (struct paint){.fill = true, .fill_rgb = rgb});
}

static void hatch_rectangle(struct picture *picture, const struct mark *mark, double x, double y, double width,
                            double height)
{
    if (mark->hatch == HATCH_NONE || width < 1 || height < 1)
        return;
    if (mark->hatch == HATCH_DOTS) {
        hatch_dots(picture, x, y, width, height, mark->rgb);
        return;
    }
    if (mark->hatch == HATCH_RISING || mark->hatch == HATCH_CROSSED)
        hatch_slanted(picture, x, y, width, height, true);
    if (mark->hatch == HATCH_FALLING || mark->hatch == HATCH_CROSSED)
        hatch_slanted(picture, x, y, width, height, false);
    for (double down = HATCH_PITCH / 2; mark->hatch == HATCH_LEVEL && down < height; down += HATCH_PITCH) {
        picture_move(picture, x, y + down);
        picture_line(picture, x + width, y + down);
    }
    picture_stroke(picture, mark->rgb, (double)HATCH_WIDTH);
}

void mark_rectangle(struct picture *picture, const struct mark *mark, double x, double y, double width, double height)
{
    double inset = OUTLINE / 2;

    picture_rectangle(picture, x, y, width, height);
    picture_paint(picture, (struct paint){.fill = true, .fill_rgb = mark->fill});
    hatch_rectangle(picture, mark, x, y, width, height);
    if (mark->fill == mark->rgb || width < OUTLINE || height < OUTLINE)
        return;
    picture_rectangle(picture, x + inset, y + inset, width - 2 * inset, height - 2 * inset);
    picture_paint(picture, (struct paint){.stroke = true, .stroke_rgb = mark->rgb, .width = OUTLINE, .dash = mark->dash,
                                          .gap = mark->gap});
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
    bool open = mark->symbol == SYMBOL_RING;

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
