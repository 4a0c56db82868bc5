/*
 * Direction marks. A PDF holds a line in visual order, and every reader turns it back with rules of its own:
 *
 *   poppler   picks one primary direction for the page; a run against it ends at the first letter or digit of the
 *             other kind, so neutral characters at its edges go to the wrong side
 *   PDFium    reverses right-to-left segments and mirrors what is in them; weak characters (digits, '%', separators)
 *             are segments of their own; it drops text objects of no width
 *   pdf.js    runs the bidi algorithm and skips marks
 *
 * So marks that poppler needs are shown alone, where PDFium drops them; marks that PDFium needs stand among the text.
 */
#include "pdf/atoms.h"

#include "text/bidi.h"

enum { LRM = 0x200E, RLM = 0x200F };

/* Where marks are added: between two neighbours, either of which may be missing at the line's edge. */
struct gap {
    const struct atom *left, *right;
    struct atoms *to;
    struct pdf_font *font;
    bool page_rtl;
};

static void add_mark(const struct gap *g, const struct atom *like, uint32_t code_point, bool alone)
{
    struct glyph_recipe blank = { .code_point = code_point };
    atoms_add(g->to, (struct atom){
        .code_point = code_point,
        .cid = pdf_font_cid(g->font, &blank),
        .x = g->right ? g->right->x : g->left->x + g->left->advance,
        .rgb = like->rgb,
        .level = like->level,
        .alone = alone,
    });
}

static bool is_odd(const struct atom *a)
{
    return a && a->level & 1;
}

static bool is_right(const struct atom *a)
{
    return bidi_class_of(a->code_point) == BIDI_RIGHT;
}

/* Begins a left-to-right run in poppler's eyes. */
static bool is_left_or_number(const struct atom *a)
{
    enum bidi_class class = bidi_class_of(a->code_point);
    return class == BIDI_LEFT || class == BIDI_WEAK;
}

/* No direction of its own in PDFium's eyes. */
static bool is_weak(const struct atom *a)
{
    enum bidi_class class = bidi_class_of(a->code_point);
    return class == BIDI_WEAK || class == BIDI_MARK;
}

/* PDFium leaves two marks on a letter in their order: canonically the same either way. */
static bool are_both_marks(const struct gap *g)
{
    return bidi_is_combining(g->left->code_point) && bidi_is_combining(g->right->code_point);
}

static bool is_mirrored(const struct atom *a)
{
    return is_odd(a) && bidi_is_mirrored(a->code_point);
}

static void mark_left_edge(const struct gap *g)
{
    if (is_mirrored(g->right))
        add_mark(g, g->right, RLM, false);
    else if (is_odd(g->right) && !is_right(g->right) && !g->page_rtl)
        add_mark(g, g->right, RLM, true);
}

static void mark_right_edge(const struct gap *g)
{
    if (is_mirrored(g->left))
        add_mark(g, g->left, LRM, false);
    else if (!is_odd(g->left) && !is_left_or_number(g->left) && g->page_rtl)
        add_mark(g, g->left, LRM, true);
}

/* What poppler needs between two neighbours: RLM, LRM or 0. *like is the side that it belongs to. */
static uint32_t poppler_mark(const struct gap *g, const struct atom **like)
{
    const struct atom *left = g->left, *right = g->right;
    bool left_odd = is_odd(left), right_odd = is_odd(right);
    *like = g->page_rtl ? left : right;
    if (g->page_rtl) {
        if (left_odd && !right_odd && !is_right(left))
            return RLM;
        if (!left_odd && right_odd && !is_left_or_number(left))
            return LRM;
        if (left_odd && right_odd && bidi_class_of(right->code_point) == BIDI_WEAK && !is_right(left)) {
            *like = right;
            return RLM;
        }
        return 0;
    }
    if (!left_odd && right_odd && !is_right(right))
        return RLM;
    if (left_odd && !right_odd && !is_left_or_number(right))
        return LRM;
    return 0;
}

static void mark_between(const struct gap *g)
{
    const struct atom *like;
    uint32_t mark = poppler_mark(g, &like);
    bool odd = is_odd(g->left) || is_odd(g->right);
    bool weak = odd && is_weak(g->left) && is_weak(g->right) && !are_both_marks(g);
    if (weak && mark != RLM) {
        mark = RLM;
        like = is_odd(g->left) ? g->left : g->right;
    }
    bool left_mirrored = is_mirrored(g->left), right_mirrored = is_mirrored(g->right);
    if (left_mirrored || right_mirrored) {
        if (left_mirrored)
            add_mark(g, g->left, LRM, false);
        if (right_mirrored)
            add_mark(g, g->right, RLM, false);
        else if (mark == RLM)
            add_mark(g, g->left, RLM, true);
    } else if (mark) {
        add_mark(g, like, mark, !weak);
    }
}

void atoms_add_marks(const struct atoms *from, struct atoms *to, struct pdf_font *font, bool page_rtl)
{
    to->count = 0;
    for (size_t i = 0; i <= from->count && from->count; i++) {
        struct gap g = { i ? &from->items[i - 1] : NULL, i < from->count ? &from->items[i] : NULL, to, font, page_rtl };
        if (!g.left)
            mark_left_edge(&g);
        else if (!g.right)
            mark_right_edge(&g);
        else
            mark_between(&g);
        if (g.right)
            atoms_add(to, *g.right);
    }
}
