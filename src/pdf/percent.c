/*
 * Percent signs behind Arabic-Indic digits, as in ٤٣٫٥٪: the sign is drawn left of the digits. pdf.js must get it
 * before them, as it is drawn. poppler goes by places: there it must stand behind them, or wants a mark between, and
 * then no search for the number hits. So the sign's glyph stands at the number's right edge, as narrow as may be, its
 * ink moved to where it belongs; the first digit is as wide as both. The way to the sign and back is squeezed: pdf.js
 * measures distances in squeezed ems, and sees none. A sign behind European digits is drawn to their right
 * (text/levels.c).
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
    for (uint32_t start = 0; end < a->count && is_number(&a->items[end]) && a->items[end].start >= start; end++)
        start = a->items[end].start;
    return end;
}

/* pdf.js's limits: back by a fifth of an em at most; on by a tenth or more behind a space, which else parts the line,
 * and by less behind other characters. A divisor of 1000, so that the scale is exact; 0: none does. */
static uint8_t squeeze_for(double width, double space)
{
    static const uint8_t all[] = { 8, 10, 16, 20, 25, 32, 40, 50 };
    double least = space > 0 ? 0.19 : 0.1;
    for (size_t i = 0; i < sizeof all; i++)
        if (width < least * all[i])
            return space > 0 && width + space < 0.105 * all[i] ? 0 : all[i];
    return 0;
}

static bool is_percent(const struct atom *sign)
{
    return sign->code_point == PERCENT && sign->level & 1 && is_number(&sign[1]) && sign[1].start < sign->start;
}

void atoms_find_percents(struct atoms *a, double size)
{
    for (size_t i = 0; i + 1 < a->count; i++) {
        struct atom *sign = &a->items[i];
        if (!is_percent(sign))
            continue;
        size_t end = number_end(a, i + 1);
        const struct atom *last = &a->items[end - 1];
        if (end < a->count && last[1].level == 2 && last[1].start > last->start) /* the number goes on, with letters */
            continue;
        double width = last->x + last->advance - sign->x;
        bool space = i > 0 && bidi_is_space(sign[-1].code_point);
        sign->squeeze = sign[1].squeeze = squeeze_for(width / size, space ? sign[-1].advance / size : 0);
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

static void insert(struct atoms *a, size_t at, struct atom atom)
{
    atoms_add(a, atom);
    memmove(a->items + at + 1, a->items + at, (a->count - 1 - at) * sizeof *a->items);
    a->items[at] = atom;
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
    insert(a, at, mark);
}

/* pdf.js counts the way to the sign only behind a character; a space with a mark before it is one. The line's first
 * mark parts it from the number for poppler. */
static void begin_line(struct atoms *a, const struct atom *sign, struct pdf_font *font, double size)
{
    enum { SHARE = 50 };
    struct glyph_recipe blank = { .code_point = ' ', .marks = { .alm = 1 },
                                  .advance = (int32_t)(pdf_font_upem(font) / SHARE) };
    struct atom space = *sign;
    space.code_point = blank.code_point;
    space.marks = blank.marks;
    space.squeeze = 0;
    space.cid = pdf_font_cid(font, &blank);
    space.advance = size / SHARE;
    space.x = a->items->x - space.advance;
    space.start++;
    insert(a, 0, space);
}

void atoms_place_percents(struct atoms *a, struct pdf_font *font, double size)
{
    bool begun = false;
    for (size_t i = 0; i + 1 < a->count; i++) {
        bool placed = a->items[i].code_point == PERCENT && a->items[i].squeeze;
        if (placed && !begun)
            begin_line(a, &a->items[i++], font, size);
        begun |= is_text(&a->items[i]);
        if (!placed)
            continue;
        struct atom *sign = &a->items[i], *digit = sign + 1;
        size_t end = number_end(a, i + 1);
        double left = sign->x, right = a->items[end - 1].x + a->items[end - 1].advance;
        move_glyph(digit, font, size, left, digit->x - left + digit->advance);
        move_glyph(sign, font, size, right - size * SIGN_WIDTH, size * SIGN_WIDTH);
        if (end < a->count && !bidi_is_space(a->items[end].code_point))
            part(a, end, font, size);
    }
}
