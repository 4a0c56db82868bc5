/*
 * Direction marks. A PDF holds a line in visual order, and every reader turns it back with rules of its own:
 *
 * - poppler picks one primary direction for the page; a run against it ends at the first letter or digit of the
 *   other kind, so neutral characters at its edges go to the wrong side.
 * - PDFium reverses right-to-left segments and mirrors what is in them; weak characters (digits, '%',
 *   separators) are segments of their own; it drops text objects of no width.
 * - pdf.js runs the bidi algorithm and skips marks.
 * - mutool leaves the order alone; who wants text runs an inverse bidi algorithm, which heeds marks.
 *
 * So these marks, for poppler and an inverse bidi, are text objects of their own, which PDFium drops. What it needs
 * itself is in reading.c, what pdf.js needs in pdfjs.c.
 */
#include "pdf/atoms.h"

#include "text/bidi.h"

enum { ALM = 0x061C, LRM = 0x200E, RLM = 0x200F };

/* Points that a mark stands before what follows it: both places are rounded (text_object.h), and poppler puts a mark
 * that came to stand behind a haraka between that and its letter. */
static const double LEAD = 0.02;

/* Where marks are added: between two neighbours, either of which may be missing at the line's edge. */
struct gap {
    const struct atom *left, *right;
    struct atoms *to;
    struct pdf_font *font;
    bool page_rtl;
    double size; /* of the line */
};

static void add_mark(const struct gap *g, const struct atom *like, uint32_t code_point)
{
    struct glyph_recipe blank = { .code_point = code_point };
    atoms_add(g->to, (struct atom){
                         .code_point = code_point,
                         .cid = pdf_font_cid(g->font, &blank),
                         .x = g->right ? g->right->x - LEAD : g->left->x + g->left->advance,
                         .rgb = like->rgb,
                         .level = like->level,
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

/* A left-to-right run's end inside a right-to-left line. */
static void hold(const struct gap *g, const struct atom *a)
{
    if (a->held)
        add_mark(g, a, LRM);
}

static void mark_left_edge(const struct gap *g)
{
    if (is_mirrored(g->right)) {
        add_mark(g, g->right, RLM);
        g->to->items[g->to->count - 1].x -= g->size / 50; /* poppler parts what begins at the same place */
    } else if (is_odd(g->right) && !is_right(g->right) && !g->page_rtl) {
        add_mark(g, g->right, RLM);
    } else if (g->page_rtl && (g->right->level == 2 || (is_odd(g->right) && is_left_or_number(g->right)))) {
        /* Another line may stand to the left, on the same baseline. poppler takes what overlaps for text
         * printed twice, and what has a distance for a word of its own: the mark stands a hair off, and
         * raised. */
        add_mark(g, g->right, RLM);
        struct atom *mark = &g->to->items[g->to->count - 1];
        mark->x -= g->size / 50;
        mark->rise = g->size * 3 / 10;
        hold(g, g->right);
    }
}

static void mark_right_edge(const struct gap *g)
{
    if (is_mirrored(g->left))
        add_mark(g, g->left, LRM);
    else if (!is_odd(g->left) && (!is_left_or_number(g->left) || g->left->held) && g->page_rtl)
        add_mark(g, g->left, LRM);
}

/* Two left-to-right runs that stand side by side in right-to-left text. */
static bool are_two_runs(const struct gap *g)
{
    return g->left->level == 2 && g->right->level == 2 && g->left->start > g->right->start;
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
        if (!left_odd && right_odd && bidi_class_of(right->code_point) == BIDI_WEAK) /* as in .NET */
            return RLM;
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

/* An inverse bidi gives a haraka the direction of what is drawn before it, be that a left-to-right mark. */
static void part_haraka(const struct gap *g, bool behind_mark)
{
    if (behind_mark && is_odd(g->right) && bidi_is_combining(g->right->code_point))
        add_mark(g, g->right, RLM);
}

static void mark_between(const struct gap *g)
{
    if (g->left->squeeze && g->right->squeeze) /* percent.c */
        return;
    const struct atom *like;
    uint32_t mark = poppler_mark(g, &like);
    bool two_runs = are_two_runs(g);
    bool odd = is_odd(g->left) || is_odd(g->right);
    bool weak = (odd || two_runs) && is_weak(g->left) && is_weak(g->right) && !are_both_marks(g);
    if ((weak || two_runs) && mark != RLM) {
        mark = RLM;
        like = is_odd(g->left) ? g->left : g->right;
    }
    bool left_mirrored = is_mirrored(g->left), right_mirrored = is_mirrored(g->right);
    if (!is_odd(g->left) && (odd || two_runs) && mark != LRM)
        hold(g, g->left);
    if (left_mirrored || (right_mirrored && mark == LRM)) /* as in WHO (EMRO)) */
        add_mark(g, g->left, LRM);
    if (right_mirrored)
        add_mark(g, g->right, RLM);
    else if (left_mirrored && mark == RLM)
        add_mark(g, g->left, RLM);
    else if (!left_mirrored && mark)
        add_mark(g, like, mark);
    part_haraka(g, left_mirrored || mark == LRM);
    if (!is_odd(g->right) && (odd || two_runs) && !(left_mirrored && mark != RLM))
        hold(g, g->right);
}

/* --- the line --- */

/* A run of letters, or of digits with separators inside, stays together by the bidi algorithm itself. */
static bool needs_holding(uint32_t c)
{
    enum bidi_class class = bidi_class_of(c);
    enum bidi_number number = class == BIDI_WEAK ? bidi_number_of(c) : BIDI_NO_NUMBER;
    bool digit = number == BIDI_AN || (number == BIDI_EN && c <= '9');
    return class != BIDI_LEFT && !digit && !bidi_is_space(c) && c != '.' && c != ',' && c != ':';
}

static void find_held_runs(struct atoms *a)
{
    for (size_t i = 0, end; i < a->count; i = end) {
        bool held = false;
        for (end = i; end < a->count && a->items[end].level == 2; end++) {
            if (end > i && a->items[end].start < a->items[end - 1].start)
                break;
            held |= needs_holding(a->items[end].code_point);
        }
        for (size_t k = i; k < end; k++)
            a->items[k].held = held;
        if (end == i)
            end++;
    }
}

/* How many more letters of its own direction the line needs to have the majority of them. */
static long missing_letters(const struct atoms *line, enum dir dir)
{
    long surplus = 0;
    for (size_t i = 0; i < line->count; i++) {
        enum bidi_class class = bidi_class_of(line->items[i].code_point);
        surplus += (class == BIDI_LEFT) - (class == BIDI_RIGHT);
    }
    return dir == DIR_RTL ? surplus + 1 : -surplus;
}

/* An inverse bidi takes the majority of letters for the line's direction. Marks at the right edge, where the
 * line starts, tip it; two kinds in turn, since mutool drops a character that repeats in one place. */
static void tip_right(const struct gap *g, long count)
{
    for (; count > 0; count--)
        add_mark(g, g->left, count & 1 ? RLM : ALM);
}

/* A left-to-right line has marks in the glyphs of letters that begin words: there is but one kind. */
static void tip_left(const struct gap *g, long count)
{
    for (size_t i = 0; i < g->to->count && count > 0; i++) {
        struct atom *a = &g->to->items[i];
        bool begins = i == 0 || bidi_is_space(a[-1].code_point);
        if (!begins || a->level > 0 || bidi_class_of(a->code_point) != BIDI_LEFT)
            continue;
        a->marks.lrm = count < MOST_MARKS ? (uint8_t)count : MOST_MARKS;
        a->cid = pdf_font_cid_marked(g->font, a->cid, a->marks);
        count -= a->marks.lrm;
    }
}

/* Left-to-right text alone, on a page of that direction: nothing is turned round, so nothing is in doubt. */
static bool needs_none(const struct atoms *a, enum dir dir, bool page_rtl)
{
    bool level = dir == DIR_RTL || page_rtl;
    for (size_t i = 0; i < a->count && !level; i++)
        level = a->items[i].level > 0;
    return !level;
}

static void exchange(struct atoms *one, struct atoms *other)
{
    const struct atoms kept = *one;
    one->items = other->items;
    one->count = other->count;
    one->capacity = other->capacity;
    other->items = kept.items;
    other->count = kept.count;
    other->capacity = kept.capacity;
}

void atoms_add_marks(struct atoms *from, struct atoms *to, struct pdf_font *font, double size, enum dir dir,
                     bool page_rtl)
{
    to->count = 0;
    if (!from->count)
        return;
    if (needs_none(from, dir, page_rtl)) {
        exchange(from, to);
        return;
    }
    if (dir == DIR_RTL)
        find_held_runs(from);
    if (page_rtl && dir == DIR_RTL)
        atoms_find_percents(from, size);
    struct gap g = { NULL, from->items, to, font, page_rtl, size };
    mark_left_edge(&g);
    for (size_t i = 0; i + 1 < from->count; i++) {
        atoms_add(to, from->items[i]);
        g.left = &from->items[i];
        g.right = &from->items[i + 1];
        mark_between(&g);
    }
    g.left = &from->items[from->count - 1];
    g.right = NULL;
    atoms_add(to, *g.left);
    mark_right_edge(&g);
    atoms_place_percents(to, font, size);
    long missing = missing_letters(to, dir);
    if (dir == DIR_RTL)
        tip_right(&g, missing);
    else
        tip_left(&g, missing);
}
