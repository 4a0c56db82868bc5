/*
 * What a press needs around the pages: marks outside what is trimmed, and the room that they take. Private to src/pdf.
 */
#ifndef MUJAZ_PDF_PRESS_H
#define MUJAZ_PDF_PRESS_H

#include "base/buf.h"
#include "scene/scene.h"

/* Pages side by side, trimmed around all of them; one page is a grid of one. Points, the origin at the lower left of
 * what is trimmed. */
struct press_grid {
    double width, height; /* of a page */
    int columns, rows;
    bool fold;            /* where pages meet the sheet is folded; else cut */
    double bleed;
    bool boxes;           /* said even where all of the paper is the page (PDF/X) */
    enum scene_marks marks;
};

/* Paper on each side outside of what is trimmed, for bleed and marks. */
double press_room(const struct press_grid *);
/* Operators that draw the marks, as an artifact; nothing when there are none. */
void press_add_marks(struct buf *, const struct press_grid *);
/* The colour space that they need, as an entry of the resources. `device`: what inks_device gives. */
void press_add_resources(struct buf *, const char *device);

#endif
