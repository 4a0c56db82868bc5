/*
 * pdf.js's reading of a right-to-left line. It runs the bidi algorithm over the line as it is drawn, without
 * embeddings or brackets; takes the line for a left-to-right one when under three in ten characters are Arabic;
 * takes what is neither Latin-1 nor Arabic for left-to-right letters; and skips marks that are characters of their
 * own. So the algorithm is run here as well, and where it does not give the line back, marks are put before letters,
 * as few as do: a glyph may stand for several characters.
 */
#include "pdf/atoms.h"

#include "text/bidi.h"

#include <stdlib.h>
#include <string.h>

enum { ZWNJ = 0x200C, ZWJ = 0x200D };
enum { LENGTH_LIMIT = 400 };

enum type { L, R, AL, EN, AN, ES, ET, CS, NSM, BN, ON };

struct character {
    enum type type;
    uint8_t level;
    struct atom *atom; /* NULL: a mark */
};

struct trial {
    struct atom **drawn; /* the atoms that are text, from left to right */
    size_t count;
    struct character *line;
    size_t length;
};

static enum type type_of(uint32_t c)
{
    static const enum type numbers[] = { ON, EN, AN, ES, ET, CS };
    bool arabic = (c >= 0x0590 && c <= 0x08AC) || (c >= 0xFB50 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF);
    if (c > 0xFF && !arabic)
        return L;
    switch (bidi_class_of(c)) {
    case BIDI_LEFT:
        return L;
    case BIDI_RIGHT:
        return AL;
    case BIDI_MARK:
        return bidi_is_combining(c) ? NSM : BN;
    default:
        return numbers[bidi_number_of(c)];
    }
}

/* Fills in the line; its base level. */
static uint8_t take_line(struct trial *t)
{
    size_t arabic = 0;
    t->length = 0;
    for (size_t i = 0; i < t->count; i++) {
        struct atom *a = t->drawn[i];
        for (int k = 0; k < a->marks.alm; k++)
            t->line[t->length++] = (struct character){ .type = AL };
        for (int k = 0; k < a->marks.lrm + (a->marks.joiner > 0); k++)
            t->line[t->length++] = (struct character){ .type = L };
        t->line[t->length++] = (struct character){ .type = type_of(a->code_point), .atom = a };
    }
    for (size_t i = 0; i < t->length; i++)
        arabic += t->line[i].type == AL || t->line[i].type == AN;
    return arabic * 10 < t->length * 3 && t->length > 4 ? 0 : 1;
}

/* Rules W1 to W7. */
static void resolve_weak(struct character *c, size_t n, enum type base)
{
    enum type last = base;
    for (size_t i = 0; i < n; i++)
        last = c[i].type = c[i].type == NSM ? last : c[i].type;
    last = base;
    for (size_t i = 0; i < n; i++) {
        if (c[i].type == EN && last == AL)
            c[i].type = AN;
        else if (c[i].type == R || c[i].type == L || c[i].type == AL)
            last = c[i].type;
    }
    for (size_t i = 0; i < n; i++)
        if (c[i].type == AL)
            c[i].type = R;
    for (size_t i = 1; i + 1 < n; i++) {
        enum type before = c[i - 1].type;
        if (before == c[i + 1].type &&
            ((before == EN && (c[i].type == ES || c[i].type == CS)) || (before == AN && c[i].type == CS)))
            c[i].type = before;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i; c[i].type == EN && k-- > 0 && c[k].type == ET;)
            c[k].type = EN;
        for (size_t k = i + 1; c[i].type == EN && k < n && c[k].type == ET; k++)
            c[k].type = EN;
    }
    last = base;
    for (size_t i = 0; i < n; i++) {
        if (c[i].type == ES || c[i].type == ET || c[i].type == CS)
            c[i].type = ON;
        else if (c[i].type == EN && last == L)
            c[i].type = L;
        else if (c[i].type == R || c[i].type == L)
            last = c[i].type;
    }
}

/* Rules N1 and N2; BN stays as it is. */
static void resolve_neutral(struct character *c, size_t n, enum type base)
{
    enum type before = base;
    for (size_t i = 0, end; i < n; i = end) {
        end = i + 1;
        if (c[i].type != ON) {
            before = c[i].type == BN ? before : c[i].type == L ? L : R;
            continue;
        }
        while (end < n && c[end].type == ON)
            end++;
        size_t next = end;
        while (next < n && (c[next].type == BN || c[next].type == ON))
            next++;
        enum type after = next == n ? base : c[next].type == L ? L : R;
        for (size_t k = i; k < end; k++)
            c[k].type = before == after ? before : base;
    }
}

static void reverse(struct character *c, size_t from, size_t to)
{
    for (; from + 1 < to; from++, to--) {
        struct character first = c[from];
        c[from] = c[to - 1];
        c[to - 1] = first;
    }
}

static void reorder(struct character *c, size_t n, uint8_t base)
{
    for (size_t i = 0; i < n; i++) {
        enum type t = c[i].type;
        c[i].level = base;
        if (base == 0)
            c[i].level = t == R ? 1 : t == EN || t == AN ? 2 : 0;
        else if (t == L || t == EN || t == AN)
            c[i].level = 2;
    }
    for (uint8_t level = 2; level >= 1; level--)
        for (size_t i = 0, end; i < n; i = end) {
            for (end = i; end < n && c[end].level >= level; end++)
                ;
            reverse(c, i, end);
            end += end == i;
        }
}

/* How many characters are not behind the one that they follow. Spaces and marks on letters don't count. */
static size_t faults(struct trial *t)
{
    uint8_t base = take_line(t);
    size_t count = 0;
    const struct atom *last = NULL;
    resolve_weak(t->line, t->length, base ? R : L);
    resolve_neutral(t->line, t->length, base ? R : L);
    reorder(t->line, t->length, base);
    for (size_t i = 0; i < t->length; i++) {
        const struct atom *a = t->line[i].atom;
        if (!a || bidi_is_space(a->code_point) || bidi_is_combining(a->code_point))
            continue;
        count += last && a->start < last->start;
        last = a;
    }
    return count;
}

static bool is_bare(const struct atom *a)
{
    return !a->marks.alm && !a->marks.lrm && !a->marks.joiner;
}

/* A mark inside a number would part it for PDFium. */
static bool may_bear(const struct trial *t, size_t i)
{
    const struct atom *a = t->drawn[i], *before = NULL;
    if (bidi_is_space(a->code_point) || bidi_is_combining(a->code_point) || !is_bare(a))
        return false;
    if (bidi_class_of(a->code_point) == BIDI_RIGHT) /* nor does one belong into a word */
        return i == 0 || bidi_is_space(t->drawn[i - 1]->code_point);
    if (bidi_class_of(a->code_point) != BIDI_WEAK)
        return true;
    for (size_t k = 0; k < t->count; k++)
        if (t->drawn[k]->start < a->start && (!before || t->drawn[k]->start > before->start))
            before = t->drawn[k];
    return !before || bidi_class_of(before->code_point) != BIDI_WEAK;
}

/* The letter that a word of right-to-left letters ends with, before a stop or a colon. */
static bool ends_word(const struct trial *t, size_t i)
{
    return i && is_bare(t->drawn[i]) && bidi_class_of(t->drawn[i]->code_point) == BIDI_RIGHT &&
           bidi_class_of(t->drawn[i - 1]->code_point) == BIDI_WEAK;
}

/* Letters that split no word, before the line is worth more; then what stands behind words, then the left end. Brackets
 * and quotation marks are not for it: PDFium would mirror them. */
static bool may_tip(const struct trial *t, size_t i, int pass)
{
    enum bidi_class class = bidi_class_of(t->drawn[i]->code_point);
    if (pass == 1)
        return class == BIDI_RIGHT && may_bear(t, i);
    if (pass == 0)
        return ends_word(t, i) || (class == BIDI_WEAK && t->drawn[i]->level & 1 && may_bear(t, i));
    return i == 0 && class != BIDI_NEUTRAL && class != BIDI_RIGHT && may_bear(t, i);
}

/* Letters for the line's direction, as few as do. */
static void tip_direction(struct trial *t)
{
    for (int pass = 0; pass < 3; pass++)
        for (size_t i = 0; i < t->count && !take_line(t); i++)
            if (may_tip(t, i, pass))
                while (t->drawn[i]->marks.alm < MOST_MARKS && !take_line(t))
                    t->drawn[i]->marks.alm++;
}

/* A space or another bracket behind a left-to-right run that ends with a bracket, as in WHO (EMRO). The mark stands
 * before the space, or that would belong to the run. */
static bool ends_bracket(const struct atom *before, const struct atom *a)
{
    return before && !(before->level & 1) && bidi_class_of(before->code_point) == BIDI_NEUTRAL && a->level & 1 &&
           (bidi_is_space(a->code_point) || bidi_is_mirrored(a->code_point));
}

/* Marks wherever a run of the other direction begins or ends. */
static void add_all(struct trial *t)
{
    const struct atom *before = NULL;
    for (size_t i = 0; i < t->count; i++) {
        struct atom *a = t->drawn[i];
        bool odd = a->level & 1, letter = bidi_class_of(a->code_point) == BIDI_RIGHT;
        bool begins = !before || before->level & 1 || before->start > a->start;
        bool ends = !before || !(before->level & 1) || bidi_class_of(before->code_point) != BIDI_RIGHT;
        if (ends_bracket(before, a))
            a->marks.lrm = 1;
        else if (may_bear(t, i) && (odd ? ends && !letter : begins))
            a->marks = odd ? (struct glyph_marks){ .alm = 1 } : (struct glyph_marks){ .alm = 1, .lrm = 1 };
        if (!bidi_is_space(a->code_point))
            before = a;
    }
}

/* Takes away what is not needed; a line's letters for its direction stay. Where a held run begins with a currency's
 * sign, the Arabic mark does not stay alone: an inverse bidi would give it the sign. */
static void remove_needless(struct trial *t)
{
    static const struct glyph_marks less[] = { { 0 }, { .lrm = 1 }, { .alm = 1 } };
    for (size_t i = 0; i < t->count; i++) {
        struct glyph_marks *marks = &t->drawn[i]->marks, all = *marks;
        if (!all.lrm && all.alm != 1)
            continue;
        bool sign = t->drawn[i]->held && bidi_number_of(t->drawn[i]->code_point) == BIDI_ET;
        for (size_t k = 0; k < sizeof less / sizeof *less - sign; k++) {
            *marks = less[k];
            if (!faults(t))
                break;
            *marks = all;
        }
    }
}

static bool is_arabic(const struct atom *a)
{
    return a->level & 1 && bidi_class_of(a->code_point) == BIDI_RIGHT && !bidi_is_control(a->code_point);
}

/* A joiner goes with the letter that it follows, which stands to the right. */
static void join_joiners(struct atoms *a)
{
    size_t kept = 0;
    for (size_t i = 0; i < a->count; i++) {
        struct atom *next = i + 1 < a->count ? &a->items[i + 1] : NULL;
        uint32_t c = a->items[i].code_point;
        size_t left = i;
        while (left > 0 && bidi_is_control(a->items[left - 1].code_point))
            left--;
        /* PDFium takes it for one of the digits or stops that stand behind it */
        bool weak = left > 0 && bidi_class_of(a->items[left - 1].code_point) == BIDI_WEAK;
        if ((c == ZWNJ || c == ZWJ) && !weak && next && is_arabic(next)) {
            next->marks.joiner = (uint16_t)c;
        } else {
            a->items[kept++] = a->items[i];
        }
    }
    a->count = kept;
}

static bool is_haraka(const struct atom *a)
{
    return a->level & 1 && bidi_is_combining(a->code_point);
}

/* A space with a mark before it, which makes it a character like others to pdf.js. It has some width, or pdf.js would
 * not know where it stands. */
static struct atom blank_beside(const struct atom *like, struct pdf_font *font, double size, struct glyph_marks marks)
{
    enum { SHARE = 50 };
    struct glyph_recipe blank = { .code_point = ' ', .marks = marks,
                                  .advance = (int32_t)(pdf_font_upem(font) / SHARE) };
    struct atom space = *like;
    space.code_point = blank.code_point;
    space.marks = marks;
    space.level = 1;
    space.cid = pdf_font_cid(font, &blank);
    space.advance = size / SHARE;
    return space;
}

/* pdf.js takes a haraka that begins a line, as it is drawn, for the last one of the line before; and in a left-to-right
 * line, where a right-to-left part is set apart, for one that stands alone. A blank goes before it. */
static void precede(struct atoms *a, size_t i, struct pdf_font *font, double size)
{
    struct atom space = blank_beside(&a->items[i], font, size, (struct glyph_marks){ .alm = 1 });
    space.x -= space.advance;
    space.start++;
    atoms_add(a, space);
    memmove(a->items + i + 1, a->items + i, (a->count - 1 - i) * sizeof *a->items);
    a->items[i] = space;
}

/* A bracket that a left-to-right part ends with, where a right-to-left line begins, needs a letter's mark behind it. */
static void follow_bracket(struct atoms *a, struct pdf_font *font, double size)
{
    const struct atom *last = a->items + a->count;
    while (last > a->items && bidi_is_control(last[-1].code_point))
        last--;
    if (last == a->items || last[-1].level & 1 || bidi_class_of(last[-1].code_point) != BIDI_NEUTRAL)
        return;
    struct atom space = blank_beside(last - 1, font, size, (struct glyph_marks){ .lrm = 1 });
    for (size_t i = 0; i < a->count; i++)
        a->items[i].start++;
    space.x += last[-1].advance;
    space.start = 0;
    atoms_add(a, space);
}

/* Spaces on both sides of the right-to-left part, which the new one is one with. */
static bool stands_between_spaces(const struct atoms *a, size_t i)
{
    size_t before = i, end = i;
    while (before && bidi_is_control(a->items[before - 1].code_point))
        before--;
    while (end < a->count && (a->items[end].level & 1 || bidi_is_control(a->items[end].code_point)))
        end++;
    return before && a->items[before - 1].level == 0 && bidi_is_space(a->items[before - 1].code_point) &&
           (end == a->count || bidi_is_space(a->items[end].code_point));
}

void atoms_mark_parts_for_pdfjs(struct atoms *a, struct pdf_font *font, double size)
{
    for (size_t i = 1; i < a->count; i++)
        if (is_haraka(&a->items[i]) && stands_between_spaces(a, i))
            precede(a, i++, font, size);
}

void atoms_mark_for_pdfjs(struct atoms *a, struct pdf_font *font, double size)
{
    join_joiners(a);
    follow_bracket(a, font, size);
    struct trial t = { .drawn = xcalloc(a->count, sizeof *t.drawn),
                       .line = xrealloc(NULL, a->count * (MOST_MARKS + 2), sizeof *t.line) };
    for (size_t i = 0; i < a->count; i++)
        if (!bidi_is_control(a->items[i].code_point))
            t.drawn[t.count++] = &a->items[i];
    size_t left = t.count < LENGTH_LIMIT ? faults(&t) : 0;
    if (left) {
        tip_direction(&t);
        add_all(&t);
        left = faults(&t);
        if (!left)
            remove_needless(&t);
    }
    for (size_t i = 0; i < t.count; i++) {
        struct atom *atom = t.drawn[i];
        if (left) /* they are of no use then */
            atom->marks.alm = atom->marks.lrm = 0;
        if (!is_bare(atom))
            atom->cid = pdf_font_cid_marked(font, atom->cid, atom->marks);
    }
    if (a->count && is_haraka(&a->items[0]))
        precede(a, 0, font, size);
    free(t.drawn);
    free(t.line);
}
