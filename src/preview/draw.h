/* Drawing a page's commands with cairo. */
#ifndef MUJAZ_PREVIEW_DRAW_H
#define MUJAZ_PREVIEW_DRAW_H

#include "image/late_cairo.h"
#include "scene/scene.h"

/* The faces that a preview has opened, by index of its font set; as long as it lives. */
struct preview;
cairo_font_face_t *const *preview_faces(const struct preview *);

/* Draws the page at the context's scale. `faces` are the font set's, by index. `exact`: glyphs as filled paths, since
 * cairo puts those of a picture on whole dots. `grey`: colours as one ink prints them. What goes wrong is in the
 * context's status. */
void draw_page(cairo_t *, const struct scene_page *, cairo_font_face_t *const *faces, bool exact, bool grey);

#endif
