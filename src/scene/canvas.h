/*
 * A canvas: paths built step by step and put into the scene. Points, y downwards, relative to the canvas's origin on
 * the page.
 */
#ifndef MUJAZ_SCENE_CANVAS_H
#define MUJAZ_SCENE_CANVAS_H

#include "scene/scene.h"

struct canvas;

struct canvas *canvas_new(struct scene *, size_t page, float x, float y);
void canvas_drop(struct canvas *);

void canvas_move_to(struct canvas *, double x, double y);
void canvas_line_to(struct canvas *, double x, double y);
void canvas_rectangle(struct canvas *, double x, double y, double width, double height);
void canvas_circle(struct canvas *, double x, double y, double radius);
void canvas_close(struct canvas *);
void canvas_paint(struct canvas *, struct paint); /* puts the path into the scene and starts a new one */
void canvas_text(struct canvas *, const struct text_line *, double x, double baseline); /* x: the line's left */

#endif
