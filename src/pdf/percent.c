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

/* pdf.js's limits: back by a fifth of an em at most; on by a tenth and more behind a space, which is one then, and by less
 * behind other characters. A divisor of 100; 0: none does. */
static uint8_t squeeze_for(double width, double space)
{
    static const uint8_t all[] = { 8, 10, 16, 20, 25, 32, 40, 50 };
    double least = space > 0 ? 0.19 : 0.1;
    for (size_t i = 0; i < sizeof all; i++)
        if (width < least * all[i])
            return space > 0 && width + space < 0.105 * all[i] ? 0 : all[i];
    return 0;
}

void atoms_find_percents(struct atoms *a, double size)
{
    for (size_t i = 0; i + 1 < a->count; i++) {
        struct atom *sign = &a->items[i], *digit = sign + 1;
        size_t end = number_end(a, i + 1);
        if (sign->code_point != PERCENT || !(sign->level & 1) || end == i + 1 || digit->start > sign->start)
            continue;
        double width = a->items[end - 1].x + a->items[end - 1].advance - sign->x;
        bool space = i > 0 && bidi_is_space(sign[-1].code_point);
        sign->squeeze = digit->squeeze = squeeze_for(width / size, space ? sign[-1].advance / size : 0);
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

/* pdf.js counts the way to the sign only behind a character; a space with a mark before it is one. */
static void precede(struct atoms *a, size_t at, struct pdf_font *font, double size)
{
    enum { SHARE = 50 };
    struct glyph_recipe blank = { .code_point = ' ', .marks = { .alm = 1 },
                                  .advance = (int32_t)(pdf_font_upem(font) / SHARE) };
    struct atom space = a->items[at];
    space.code_point = blank.code_point;
    space.marks = blank.marks;
    space.squeeze = 0;
    space.cid = pdf_font_cid(font, &blank);
    space.advance = size / SHARE;
    space.x -= space.advance;
    space.start++;
    insert(a, at, space);
}

void atoms_place_percents(struct atoms *a, struct pdf_font *font, double size)
{
    bool begun = false;
    for (size_t i = 0; i + 1 < a->count; i++) {
        bool placed = a->items[i].code_point == PERCENT && a->items[i].squeeze;
        if (placed && !begun)
            precede(a, i++, font, size);
        begun |= is_text(&a->items[i]);
        if (!placed)
            continue;
        struct atom *sign = &a->items[i], *digit = sign + 1;
        size_t end = number_end(a, i + 1);
        double left = sign->x, right = a->items[end - 1].x + a->items[end - 1].advance;
        move_glyph(digit, font, size, left, digit->x - left + digit->advance);
        move_glyph(sign, font, size, right - size * SIGN_WIDTH, size * SIGN_WIDTH);
        if (end < a->count && is_text(&a->items[end]) && !bidi_is_space(a->items[end].code_point))
            part(a, end, font, size);
    }
}
