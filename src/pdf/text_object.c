/* Operators of text. Knows nothing of lines, nor of what readers make of them. */
#include "pdf/text_object.h"

#include <math.h>
#include <string.h>

enum { HUNDREDTHS = 100 };

void text_object_begin_page(struct text_object *t, struct buf *out)
{
    *t = (struct text_object){ .out = out };
}

void text_object_open(struct text_object *t)
{
    if (t->open)
        return;
    buf_add_string(t->out, "BT\n");
    t->open = true;
    t->x = t->y = 0;
}

void text_object_close(struct text_object *t)
{
    if (!t->open)
        return;
    text_object_show(t);
    buf_add_string(t->out, "ET\n");
    t->open = false;
}

/* --- what is set --- */

static void add_number(struct buf *b, double v, int decimals)
{
    buf_add_real(b, v, decimals);
    buf_add_char(b, ' ');
}

void text_object_set_font(struct text_object *t, const struct pdf_font *font, double size)
{
    text_object_show(t);
    if (t->font == font && t->size == size)
        return;
    buf_add_char(t->out, '/');
    buf_add_string(t->out, pdf_font_name(font));
    buf_add_char(t->out, ' ');
    add_number(t->out, size, 3);
    buf_add_string(t->out, "Tf\n");
    t->font = font;
    t->size = size;
}

void text_object_set_rise(struct text_object *t, double rise)
{
    if (t->rise == rise)
        return;
    text_object_show(t);
    add_number(t->out, rise, 2);
    buf_add_string(t->out, "Ts\n");
    t->rise = rise;
}

static int64_t hundredths(double points)
{
    return llround(points * HUNDREDTHS);
}

double text_object_place(struct text_object *t, double x, double y)
{
    text_object_show(t);
    text_object_open(t);
    int64_t from_x = t->squeezed ? 0 : t->x, from_y = t->squeezed ? 0 : t->y;
    t->x = hundredths(x);
    t->y = hundredths(y);
    if (t->squeezed)
        buf_printf(t->out, "%u 0 0 1 ", t->squeezed);
    add_number(t->out, (double)(t->x - from_x) / HUNDREDTHS, 2);
    add_number(t->out, (double)(t->y - from_y) / HUNDREDTHS, 2);
    buf_add_string(t->out, t->squeezed ? "Tm\n" : "Td\n");
    return (double)t->x / HUNDREDTHS;
}

double text_object_squeeze(struct text_object *t, unsigned times, double x, double y)
{
    text_object_show(t);
    if (times)
        add_number(t->out, 100.0 / times, 3);
    buf_add_string(t->out, times ? "Tz\n" : "100 Tz 1 0 0 1 0 0 Tm\n");
    t->squeezed = times;
    t->x = t->y = 0;
    return text_object_place(t, x, y);
}

/* --- what is shown --- */

static void begin(struct text_object *t)
{
    if (t->showing)
        return;
    t->showing = true;
    t->has_moves = false;
    t->start = t->out->length;
    buf_add_char(t->out, '[');
}

/* Byte by byte as it is, but for what would end a string or be read as the end of a line. */
static char *put_byte(char *to, uint8_t byte)
{
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
        *to++ = '\\';
    *to++ = byte == '\r' ? 'r' : (char)byte;
    return to;
}

void text_object_add(struct text_object *t, unsigned cid)
{
    enum { LONGEST = 5 };
    begin(t);
    char *start = buf_reserve(t->out, LONGEST), *end = start;
    if (!t->in_string)
        *end++ = '(';
    t->in_string = true;
    if (cid >= SHORT_CODES)
        end = put_byte(end, (uint8_t)(cid >> 8));
    end = put_byte(end, (uint8_t)cid);
    *end = '\0';
    t->out->length += (size_t)(end - start);
}

static void end_string(struct text_object *t)
{
    if (t->in_string)
        buf_add_char(t->out, ')');
    t->in_string = false;
}

void text_object_move(struct text_object *t, long back)
{
    begin(t);
    if (!t->in_string && t->has_moves)
        buf_add_char(t->out, ' '); /* behind another number */
    end_string(t);
    buf_add_real(t->out, (double)back, 0);
    t->has_moves = true;
}

void text_object_show(struct text_object *t)
{
    if (!t->showing)
        return;
    end_string(t);
    t->showing = false;
    if (t->has_moves) {
        buf_add_string(t->out, "]TJ\n");
        return;
    }
    memmove(t->out->data + t->start, t->out->data + t->start + 1, t->out->length - t->start); /* the NUL too */
    t->out->length--;
    buf_add_string(t->out, "Tj\n");
}
