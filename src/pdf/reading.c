/*
 * PDFium's reading of a line. It sorts a line's text objects by where they begin, parts their characters into
 * segments of one kind, takes the direction that more segments have, and then goes through them in that direction:
 * a right-to-left segment is turned round, one of digits and marks never is, and neutral characters go with the
 * letters before them, turned round and mirrored behind right-to-left ones. No order of what is drawn gives each
 * line back; so each atom gets the place where it must stand in PDFium's line, and content.c sees to it that the
 * text objects begin in the order of these places.
 */
#include "pdf/atoms.h"

#include "text/bidi.h"

#include <stdint.h>
#include <stdlib.h>

enum { PLACES_LIMIT = 1000 };

struct segment {
    size_t from, to; /* of the atoms in logical order */
    enum bidi_class kind;
    bool turned;    /* its characters are turned round */
    bool mark_left; /* wants a left-to-right mark before it, logically: not to be mirrored, or joined */
};

struct reading {
    struct atom **logical;
    size_t count;
    struct segment *segments;
    size_t segment_count;
    bool document_right; /* its direction is each line's */
    bool right; /* more segments, or as many, are right-to-left */
};

static bool is_text(const struct atom *a)
{
    return !bidi_is_control(a->code_point);
}

static enum bidi_class kind_of(const struct atom *a)
{
    enum bidi_class class = bidi_class_of(a->code_point);
    return class == BIDI_MARK ? BIDI_WEAK : class;
}

static bool has_marks(const struct atom *a)
{
    return a->marks.alm || a->marks.lrm || a->marks.joiner;
}

static int by_start(const void *a, const void *b)
{
    const struct atom *one = *(struct atom *const *)a, *other = *(struct atom *const *)b;
    return (one->start > other->start) - (one->start < other->start);
}

/* Most lines are drawn from their end on, or as they are read. */
static void sort_by_start(struct reading *r)
{
    size_t rising = 1, falling = 1;
    while (rising < r->count && r->logical[rising - 1]->start < r->logical[rising]->start)
        rising++;
    while (falling < r->count && r->logical[falling - 1]->start > r->logical[falling]->start)
        falling++;
    if (rising >= r->count)
        return;
    if (falling < r->count) {
        qsort(r->logical, r->count, sizeof *r->logical, by_start);
        return;
    }
    for (size_t i = 0, k = r->count - 1; i < k; i++, k--) {
        struct atom *held = r->logical[i];
        r->logical[i] = r->logical[k];
        r->logical[k] = held;
    }
}

/* Marks on one letter stay as they are drawn: canonically the same, and poppler joins them to their letter only in
 * the same text object. */
static void keep_marks(struct reading *r)
{
    for (size_t i = 0, end; i < r->count; i = end) {
        for (end = i; end < r->count && bidi_is_combining(r->logical[end]->code_point); end++)
            ;
        bool back = end - i > 1 && r->logical[i]->place > r->logical[end - 1]->place;
        for (size_t k = 0; back && k < (end - i) / 2; k++) {
            struct atom *first = r->logical[i + k];
            r->logical[i + k] = r->logical[end - 1 - k];
            r->logical[end - 1 - k] = first;
        }
        end += end == i;
    }
}

/* `place` is the place in the drawing, for now. */
static void take_logical(struct reading *r, struct atoms *a)
{
    r->logical = xcalloc(a->count + 1, sizeof *r->logical);
    r->segments = xcalloc(a->count + 1, sizeof *r->segments);
    for (size_t i = 0; i < a->count; i++) {
        if (!is_text(&a->items[i]))
            continue;
        a->items[i].place = (uint32_t)r->count;
        r->logical[r->count++] = &a->items[i];
    }
    sort_by_start(r);
    keep_marks(r);
}

static bool is_combining(const struct reading *r, size_t i)
{
    return bidi_is_combining(r->logical[i]->code_point);
}

/* End of the characters of one kind; marks on a letter must stay beside it, so they are one. */
static size_t end_of_kind(const struct reading *r, size_t from)
{
    size_t to = from + 1;
    while (to < r->count && kind_of(r->logical[to]) == kind_of(r->logical[from]) &&
           is_combining(r, to) == is_combining(r, from))
        to++;
    return to;
}

/* End of those that are drawn side by side. The blanks at the ends of text objects are weak: they part what is not. */
static size_t end_of_segment(const struct reading *r, size_t from, size_t to, bool turned)
{
    size_t i = from + 1;
    uint32_t step = turned ? UINT32_MAX : 1; /* backwards, or on */
    while (i < to && r->logical[i]->place == r->logical[i - 1]->place + step &&
           !has_marks(r->logical[turned ? i - 1 : i]))
        i++;
    return i;
}

/* What PDFium changes when it turns it round: it mirrors quotation marks too, and spells out … and №. */
static bool is_changed(uint32_t c)
{
    return bidi_is_mirrored(c) || (c >= 0x2018 && c <= 0x201F) || c == 0x2026 || c == 0x2116;
}

static bool has_changed(const struct reading *r, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (is_changed(r->logical[i]->code_point))
            return true;
    return false;
}

/* Takes the segments as PDFium sees them when the line's direction is `right`. Whether they give it that direction. */
static bool take_segments(struct reading *r, bool right)
{
    long left_count = 0, right_count = 0;
    bool turning = right;
    r->right = right;
    r->segment_count = 0;
    for (size_t from = 0; from < r->count;) {
        struct segment s = { .from = from, .kind = kind_of(r->logical[from]) };
        size_t end = end_of_kind(r, from);
        s.mark_left = s.kind == BIDI_NEUTRAL && turning && has_changed(r, from, end);
        if (right && from && s.kind == BIDI_WEAK && kind_of(r->logical[from - 1]) == BIDI_WEAK)
            s.mark_left = true; /* digits behind the marks of a letter, which would go before these */
        if (s.kind == BIDI_RIGHT)
            turning = true;
        else if (s.kind == BIDI_LEFT || s.mark_left)
            turning = false;
        s.turned = turning && s.kind != BIDI_WEAK;
        s.to = s.kind == BIDI_WEAK ? end : end_of_segment(r, from, end, s.turned);
        /* marks are segments too, shown before this one: PDFium gets to them from the right */
        const struct glyph_marks *marks = &r->logical[s.turned ? s.to - 1 : s.from]->marks;
        if ((marks->alm || marks->lrm) && (right || s.kind != BIDI_RIGHT))
            turning = right ? marks->alm > 0 : !marks->lrm;
        right_count += s.kind == BIDI_RIGHT || marks->alm;
        left_count += (s.kind == BIDI_LEFT || marks->lrm) + s.mark_left;
        r->segments[r->segment_count++] = s;
        from = s.to;
    }
    if (r->document_right)
        return right;
    if (right || !right_count || left_count > right_count)
        return right == (right_count > 0 && right_count >= left_count);
    r->segments[0].mark_left = true; /* one more makes it left-to-right */
    return left_count + 1 > right_count;
}

/* Gives the atoms their places. Whether they are those of the drawing anyway. */
static bool give_places(struct reading *r)
{
    uint32_t place = 0;
    bool as_drawn = true;
    enum bidi_class last = BIDI_WEAK;
    for (size_t k = 0; k < r->segment_count; k++) {
        struct segment *s = &r->segments[r->right ? r->segment_count - 1 - k : k];
        for (size_t i = s->from; i < s->to; i++) {
            struct atom *atom = r->logical[s->turned ? s->from + s->to - 1 - i : i];
            atom->apart = i == s->from && k && s->kind == last && s->kind != BIDI_WEAK;
            atom->mark_before = s->mark_left && !r->right && i == s->from;
            atom->mark_after = s->mark_left && r->right && i == s->to - 1;
            as_drawn &= atom->place == place && !atom->apart;
            atom->place = place++;
        }
        as_drawn &= !s->mark_left;
        last = s->kind;
    }
    return as_drawn;
}

/* A line without right-to-left letters or marks, in the order of its text, as most are in left-to-right documents: each
 * segment is shown as it stands. Gives the places of such a line; false: it is another one. */
static bool give_plain_places(struct atoms *a)
{
    uint32_t start = 0;
    for (size_t i = 0; i < a->count; i++) {
        struct atom *atom = &a->items[i];
        if (!is_text(atom) || has_marks(atom) || atom->start < start || kind_of(atom) == BIDI_RIGHT)
            return false;
        start = atom->start;
        atom->place = (uint32_t)i;
    }
    a->place_count = (uint32_t)a->count;
    return true;
}

void atoms_give_places(struct atoms *a, bool document_right)
{
    struct reading r = { .document_right = document_right };
    a->placed = false;
    if (!document_right && give_plain_places(a))
        return;
    take_logical(&r, a);
    if (r.count && r.count < PLACES_LIMIT && (take_segments(&r, true) || take_segments(&r, false)))
        a->placed = !give_places(&r);
    a->place_count = (uint32_t)r.count;
    free(r.logical);
    free(r.segments);
}
