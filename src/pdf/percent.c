/*
 * Percent signs behind Arabic-Indic digits, as in ٤٣٫٥٪: the sign is drawn left of the digits. pdf.js must get it before
 * them, as it is drawn; poppler, which goes by places, must find it behind them, or it wants a mark between the two, and
 * no search for the number hits. So the sign's glyph stands at the number's right edge with its ink moved to where it
 * belongs, and the first digit is as wide as both. The way back from the sign to the digits is squeezed: pdf.js
 * measures distances in squeezed ems, and takes it for none. Without a space and enough text before the number, that
 * would not do, and the mark stays.
 */
#include "pdf/atoms.h"

#include "text/bidi.h"

#include <math.h>
#include <string.h>

enum { RLM = 0x200F, PERCENT = 0x066A };

static const double SIGN_WIDTH = 0.05; /* ems */

static bool is_text(const struct atom *a)
{
    return !bidi_is_control(a->code_point);
}

static bool is_number(const struct atom *a)
{
    return a->level == 2 && bidi_number_of(a->code_point) == BIDI_AN;
}

/* One past the digits and separators from there on. */
static size_t number_end(const struct atoms *a, size_t from)
{
    size_t end = from;
    while (end < a->count && is_number(&a->items[end]) && (end == from || a->items[end].start > a->items[end - 1].start))
        end++;
    return end;
}

/* pdf.js's limits: back by a fifth of an em at most; the blank before the sign is one from a tenth of an em on. The
 * number goes into 100. 0: none does. */
static uint8_t squeeze_for(double width, double space)
{
    static const uint8_t all[] = { 8, 10, 16, 20, 25, 32, 40, 50 };
    for (size_t i = 0; i < sizeof all; i++)
        if (width < 0.19 * all[i])
            return width + space > 0.105 * all[i] ? all[i] : 0;
    return 0;
}

void atoms_find_percents(struct atoms *a, double size)
{
    for (size_t i = 1; i + 1 < a->count; i++) {
        struct atom *sign = &a->items[i], *digit = sign + 1;
        size_t end = number_end(a, i + 1);
        if (sign->code_point != PERCENT || !(sign->level & 1) || end == i + 1 || digit->start > sign->start ||
            !bidi_is_space(sign[-1].code_point))
            continue;
        double width = a->items[end - 1].x + a->items[end - 1].advance - sign->x;
        if (sign->x - a->items->x > width + size)
            sign->squeeze = digit->squeeze = squeeze_for(width / size, sign[-1].advance / size);
    }
}

static void move_glyph(struct atom *a, struct pdf_font *font, double size, double x, double advance)
{
    double units = pdf_font_upem(font) / size;
    int32_t wide = (int32_t)lround(advance * units);
    a->cid = pdf_font_cid_moved(font, a->cid, wide, (int32_t)lround((a->x - x) * units));
    a->x = x;
    a->advance = wide / units;
}

/* poppler would make one word of the number and what follows it: a raised mark parts them. */
static void part(struct atoms *a, size_t at, struct pdf_font *font, double size)
{
    struct glyph_recipe blank = { .code_point = RLM };
    struct atom mark = a->items[at];
    mark.code_point = blank.code_point;
    mark.cid = pdf_font_cid(font, &blank);
    mark.advance = 0;
    mark.rise = size * 3 / 10;
    mark.x -= size / 50;
    atoms_add(a, mark);
    memmove(a->items + at + 1, a->items + at, (a->count - 1 - at) * sizeof *a->items);
    a->items[at] = mark;
}

void atoms_place_percents(struct atoms *a, struct pdf_font *font, double size)
{
    for (size_t i = 0; i + 1 < a->count; i++) {
        struct atom *sign = &a->items[i], *digit = sign + 1;
        if (sign->code_point != PERCENT || !sign->squeeze)
            continue;
        size_t end = number_end(a, i + 1);
        double left = sign->x, right = a->items[end - 1].x + a->items[end - 1].advance;
        move_glyph(digit, font, size, left, digit->x - left + digit->advance);
        move_glyph(sign, font, size, right - size * SIGN_WIDTH, size * SIGN_WIDTH);
        if (end < a->count && is_text(&a->items[end]) && !bidi_is_space(a->items[end].code_point))
            part(a, end, font, size);
    }
}
