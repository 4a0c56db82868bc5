/*
 * A picture: shapes and labels at their places, not yet on a page. Points, origin at the top left of the
 * chart's frame. While it mirrors, every x counts from the right edge: layouts are thought out once, from the
 * side on which reading starts.
 */
#ifndef MUJAZ_CHART_PICTURE_H
#define MUJAZ_CHART_PICTURE_H

#include "chart/label.h"
#include "scene/canvas.h"

struct picture;

/* Where the given x stands in a label's box; each line is aligned alike. START is the side of reading. */
enum anchor { ANCHOR_START, ANCHOR_CENTRE, ANCHOR_END };

struct picture *picture_new(struct arena *, double width);
struct arena *picture_arena(const struct picture *);
void picture_mirror(struct picture *, bool);
bool picture_is_mirrored(const struct picture *);
void picture_set_height(struct picture *, double);
double picture_height(const struct picture *);

/* Shapes gather until they are painted together. */
void picture_move(struct picture *, double x, double y);
void picture_line(struct picture *, double x, double y);
void picture_close(struct picture *);
void picture_circle(struct picture *, double x, double y, double radius);
void picture_rectangle(struct picture *, double x, double y, double width, double height);
void picture_paint(struct picture *, struct paint);
void picture_stroke(struct picture *, uint32_t rgb, double width);
void picture_rule(struct picture *, double x0, double y0, double x1, double y1, uint32_t rgb, double width);

/* `top` is the box's top edge. */
void picture_label(struct picture *, struct label, double x, double top, enum anchor);
void picture_label_pair(struct picture *, const struct label_pair *, double x, double top, enum anchor);

/* All of `part` with its frame's top edge at `top` and its edge on the side of reading at x. */
void picture_place(struct picture *, const struct picture *part, double x, double top);

/* Puts everything on the canvas, in the order of adding. */
void picture_play(const struct picture *, struct canvas *);

/* What hinders most a reader of the labels; false: nothing, but for hairs. */
struct picture_fault {
    const char *label;
    const char *other; /* that it overlaps; NULL: it runs out of the frame */
    double points;     /* how far */
};
bool picture_find_fault(const struct picture *, struct picture_fault *);

#endif
