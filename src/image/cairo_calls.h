/* The functions of cairo that are called here, as pointers. For late_cairo.h, and for who sets them. */
#ifndef MUJAZ_IMAGE_CAIRO_CALLS_H
#define MUJAZ_IMAGE_CAIRO_CALLS_H

#include <cairo-ft.h>
#include <cairo-svg.h>

#include "base/late.h"

#define CAIRO_CALLS(X) \
    X(cairo_close_path) X(cairo_create) X(cairo_curve_to) X(cairo_destroy) X(cairo_fill) X(cairo_fill_preserve) \
    X(cairo_font_face_destroy) X(cairo_font_options_create) X(cairo_font_options_destroy) \
    X(cairo_font_options_set_antialias) X(cairo_font_options_set_hint_metrics) \
    X(cairo_font_options_set_hint_style) X(cairo_ft_font_face_create_for_pattern) X(cairo_get_source) \
    X(cairo_glyph_path) X(cairo_image_surface_create) X(cairo_image_surface_create_from_png_stream) \
    X(cairo_image_surface_get_data) X(cairo_image_surface_get_format) X(cairo_image_surface_get_height) \
    X(cairo_image_surface_get_stride) X(cairo_image_surface_get_width) X(cairo_line_to) X(cairo_move_to) \
    X(cairo_new_path) X(cairo_paint) X(cairo_pattern_set_filter) X(cairo_restore) X(cairo_save) X(cairo_scale) \
    X(cairo_set_dash) X(cairo_set_font_face) X(cairo_set_font_options) X(cairo_set_font_size) \
    X(cairo_set_line_width) X(cairo_set_source_rgb) X(cairo_set_source_surface) X(cairo_show_glyphs) \
    X(cairo_status) X(cairo_status_to_string) X(cairo_stroke_preserve) X(cairo_surface_destroy) \
    X(cairo_surface_finish) X(cairo_surface_flush) X(cairo_surface_mark_dirty) X(cairo_surface_status) \
    X(cairo_svg_surface_create_for_stream) X(cairo_translate) X(cairo_user_to_device_distance)

extern struct cairo_calls {
    CAIRO_CALLS(LATE_POINTER)
} late_cairo;

/* Sets them, before any is called; by one thread at a time. NULL, or why cairo cannot be had. */
const char *cairo_load(void);

#endif
