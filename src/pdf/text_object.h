/*
 * Text objects: the operators that show text, and what they are set to, so that nothing is set twice. Lines follow one
 * another in one object, each placed from where the one before it began: rows of a table are then the same bytes, and
 * deflate finds them. Private to src/pdf.
 *
 * Places are rounded to hundredths of a point (3.5 µm), moves inside a line to thousandths of an em; what was rounded
 * is taken into the next one by whoever asks for it, so that it never grows.
 */
#ifndef MUJAZ_PDF_TEXT_OBJECT_H
#define MUJAZ_PDF_TEXT_OBJECT_H

#include "pdf/font.h"

struct text_object {
    struct buf *out;
    bool open;                   /* between BT and ET */
    int64_t x, y;                /* hundredths of a point: where the line began, which the next is placed from */
    const struct pdf_font *font; /* NULL: none was set on this page */
    double size, rise;
    unsigned squeezed;           /* so many times narrower by the scale, and wider by the matrix; 0: not */
    bool showing, in_string, has_moves; /* an operator that shows text is begun; inside a string of it; an array */
    size_t start;                       /* of its operand in `out` */
};

void text_object_begin_page(struct text_object *, struct buf *out);
/* Both may be called when it is so already. Whatever is set and is not text ends what is being shown. */
void text_object_open(struct text_object *);
void text_object_close(struct text_object *);

void text_object_set_font(struct text_object *, const struct pdf_font *, double size);
void text_object_set_rise(struct text_object *, double rise);
/* Opens it, and begins a line at a point of the page, y upwards. The x, rounded. */
double text_object_place(struct text_object *, double x, double y);
/* From there on glyphs are squeezed so many times, or as they are again (0). The same. */
double text_object_squeeze(struct text_object *, unsigned times, double x, double y);

void text_object_add(struct text_object *, unsigned cid);
void text_object_move(struct text_object *, long back); /* thousandths of an em to the left */
void text_object_show(struct text_object *);            /* what was added since */

#endif
