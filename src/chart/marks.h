/*
 * Marks: how things of a chart are told apart, in colour, by the colour-blind and on a grey printer: each series has a
 * shade, a hatch, a dash and a shape of its own, so that no meaning hangs on colour alone (WCAG 1.4.1).
 */
#ifndef MUJAZ_CHART_MARKS_H
#define MUJAZ_CHART_MARKS_H

#include "chart/hatch.h"
#include "chart/picture.h"
#include "chart/plot.h"

enum symbol { SYMBOL_CIRCLE, SYMBOL_SQUARE, SYMBOL_DIAMOND, SYMBOL_TRIANGLE, SYMBOL_RING, SYMBOL_CROSS };

struct mark {
    uint32_t rgb;       /* lines, outlines and symbols: contrast 3 to the paper */
    uint32_t fill;      /* of areas: `rgb`, with a lighter hatch, or lighter itself, with hatch and outline in
                           `rgb`, or the paper's, with a dashed outline: nothing is there */
    uint32_t text;      /* of words that stand for it, on paper: contrast 4.5 */
    enum hatch hatch;
    enum symbol symbol;
    float dash, gap;    /* of lines; 0: solid */
};

/* Of the nth of `count` series. Hatches and dashes as the layout wants them: by itself where there are several. */
struct mark mark_of_series(const struct plot *, size_t nth, size_t count);
/* The finding, or all when nothing is emphasised, but never what is summed as "other". */
bool row_is_accented(const struct chart_row *, bool any_emphasis);
/* Where there is one series: the finding, or all when nothing is emphasised; else the context in grey. */
struct mark mark_of_row(const struct plot *, const struct chart_row *, bool any_emphasis);
/* A series' mark where it is not the finding: its own hatch, in grey. */
struct mark mark_in_context(const struct plot *, struct mark);
/* What is missing: an empty shape with a dashed outline. */
struct mark mark_missing(const struct plot *);

void mark_rectangle(struct picture *, const struct mark *, double x, double y, double width, double height);
/* Any polygon, hollow ones too; the outline is the caller's. */
void mark_area(struct picture *, const struct mark *, const double (*points)[2], size_t count);
void mark_symbol(struct picture *, const struct mark *, double x, double y, double radius);
void mark_line(struct picture *, const struct mark *, double width); /* strokes the path gathered so far */

#endif
