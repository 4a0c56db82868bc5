/*
 * One page: filled unit by unit with what the text, the figures and the notes want, and judged wherever it may end.
 * A figure stands where the text has it, at a page's head, between two paragraphs or at a page's foot: never in
 * the middle of a sentence, never before its place in the text, never out of order, never in the next section. A
 * note stands on the page of its first reference; when it is too long, its last lines go over to the next page.
 *
 * One page only: which of its ends is taken, breaks.c decides.
 */
#include "layout/pages.h"

#include <math.h>

static const float TINY = 0.01f;

/* What readers dislike, in one currency; white space of a tenth of the page costs 1, of a half 25. */
static const double PAGE = 10, WHITE = 100, NOTE_SPLIT = 20, WAITING = 3, AT_FOOT = 0.5, LATE_SECTION = 1,
                    SHORT_LAST = 8, TEXT_STOPS = 40, LOWER = 0.4, BAD_END = 1e3, OVERFULL = 1e5;
static const float LATE = 0.15f, SHORT = 0.12f; /* of the frame's height */
static const float MUCH_WHITE = 0.05f; /* likewise: less is left as it is */
static const float STOP_WHITE = 0.1f; /* likewise: text that goes on overleaf may stop so early */
static const float SEEN = 0.2f; /* of the white: what higher charts take of it at least, or they stay as they are */
enum { MOST_WAITING = 3,
       MOST_UNEVEN = 2 }; /* lines by which full columns may end above the foot */

void filler_init(struct page_filler *f, struct layouter *upright, struct layouter *turned,
                 const struct flow_units *units, struct arena *arena)
{
    *f = (struct page_filler){ .upright = upright, .turned = turned, .units = units, .arena = arena };
    size_t notes = upright->doc->note_count + 1;
    f->stamp = arena_array(arena, notes, sizeof *f->stamp);
    f->notes = arena_array(arena, notes + 1, sizeof *f->notes); /* and the rest of one */
    f->band = arena_array(arena, units->count + 1, sizeof *f->band);
    f->at_foot = arena_array(arena, units->float_count + 1, sizeof *f->at_foot);
    f->pieces = arena_array(arena, units->count + 1, sizeof *f->pieces);
}

/* ---- notes ---- */

static float note_height(const struct page_filler *f, const struct page_note *n)
{
    return notes_height(f->l, n->note, n->from, n->to);
}

static void push_note(struct page_filler *f, size_t note, size_t from)
{
    if (from == 0 || !f->l->style->notes_by_page) /* numbered by the page, a rest is no number to refer to */
        f->stamp[note] = f->tries;
    f->notes[f->note_count] = (struct page_note){ note, from, notes_rows(f->l, note) };
    f->notes_height += f->note_count == 0 ? notes_separator(f->l) : 0;
    f->notes_height += note_height(f, &f->notes[f->note_count++]);
}

static void push_notes(struct page_filler *f, const struct unit *u)
{
    for (size_t i = 0; i < u->note_count; i++)
        if (f->stamp[u->notes[i]] != f->tries)
            push_note(f, u->notes[i], 0);
}

static void pop_notes(struct page_filler *f, size_t count, float height)
{
    while (f->note_count > count)
        f->stamp[f->notes[--f->note_count].note] = 0;
    f->notes_height = height;
}

/* The least that the notes take: the last of them may go on overleaf. */
static float notes_least(const struct page_filler *f)
{
    if (f->note_count == 0)
        return 0;
    const struct page_note *last = &f->notes[f->note_count - 1];
    size_t least = notes_least_rows(f->l, last->note, last->from);
    return f->notes_height - note_height(f, last) + notes_height(f->l, last->note, last->from, least);
}

static bool too_many_notes(const struct page_filler *f)
{
    return f->l->style->notes_by_page && f->note_count > MOST_PAGE_NOTES;
}

/* ---- units ---- */

static const struct unit *last_unit(const struct page_filler *f)
{
    return f->empty ? NULL : unit_at(f->units, f->last);
}

static float columns(const struct page_filler *f)
{
    return (float)f->l->page_columns;
}

static void add_piece(struct page_filler *f, struct piece piece)
{
    if (f->composing)
        f->pieces[f->piece_count++] = piece;
}

/* Ends the band; its columns are `height` high at most. */
static void close_band(struct page_filler *f, float height)
{
    float used = 0;
    if (f->composing && f->band_count) {
        band_fits(f, height, &used, f->pieces + f->piece_count);
        f->piece_count += f->band_count;
    }
    f->band_count = 0;
    f->stacked = 0;
}

static float unit_flexible(const struct page_filler *f, const struct unit *u)
{
    float height = 0;
    for (size_t i = u->item; i < u->item + u->items; i++)
        height += f->l->items[i]->flexible ? f->l->items[i]->height : 0;
    return height;
}

/* The page lacks so many points for a unit: at which step lower charts may have them. */
static void lack(struct page_filler *f, const struct unit *u, float points)
{
    float flexible = f->flexible + unit_flexible(f, u);
    float steps = flexible > 0 ? fmaxf(ceilf(points / (FLEX_STEP * flexible)), 1) : INFINITY;
    if (steps <= (float)(f->choice.flex - FLEX_LOWEST))
        f->lower = f->choice.flex - (int)steps > f->lower ? f->choice.flex - (int)steps : f->lower;
}

/* Something that runs over all columns: the text above it is made even. `room` ends above foot and notes. */
static bool place_across(struct page_filler *f, size_t i, float room, bool force)
{
    const struct unit *u = unit_at(f->units, i), *above = last_unit(f);
    float band = band_balance(f, room - f->top);
    float head = unit_head(f, above, i), y = f->top + fmaxf(band, 0) + unit_gap(above, u) + head;
    float end = y + unit_height(f, u);
    bool fits = band >= 0 && end <= room + TINY;
    if (!fits && band >= 0)
        lack(f, u, end - room);
    if (!fits && !force)
        return false;
    f->ragged += fmaxf(band - f->stacked / columns(f), 0);
    close_band(f, band);
    add_piece(f, (struct piece){ i, 0, y });
    f->top = end;
    f->overfull |= !fits;
    return true;
}

static bool place_in_band(struct page_filler *f, size_t i, float room, bool force)
{
    const struct unit *u = unit_at(f->units, i), *above = last_unit(f);
    bool begins = f->band_count == 0;
    float gap = unit_gap(above, u), top = f->top + (begins ? gap : 0);
    float stacked = f->stacked + (begins ? 0 : gap) + unit_head(f, begins ? NULL : above, i) + unit_height(f, u);
    bool fits = stacked <= (room - top) * columns(f) + TINY;
    if (!fits)
        lack(f, u, stacked / columns(f) - (room - top));
    float used;
    if (!fits && !force)
        return false;
    if (u->section && f->l->page_columns == 1)
        f->section_at = top + stacked - u->height;
    f->top = top;
    f->stacked = stacked;
    f->band[f->band_count++] = i;
    if (force && f->l->page_columns > 1) /* the page's first may be too high for any one column */
        fits = band_fits(f, room - top, &used, NULL);
    f->overfull |= !fits;
    return true;
}

static bool place(struct page_filler *f, size_t i, bool force)
{
    const struct unit *u = unit_at(f->units, i);
    size_t notes = f->note_count;
    float height = f->notes_height;
    if (u->divides && (f->empty || i == f->first))
        return true; /* though figures that waited stand above */
    push_notes(f, u);
    float room = f->height - f->foot - notes_least(f);
    bool done = !too_many_notes(f) || force;
    if (done && f->l->page_columns > 1 && u->across)
        done = place_across(f, i, room, force);
    else if (done)
        done = place_in_band(f, i, room, force);
    if (!done) {
        pop_notes(f, notes, height);
        return false;
    }
    f->empty = false;
    f->last = i;
    f->flexible += u->flexible ? unit_flexible(f, u) : 0;
    return true;
}

/* Whether the unit's page lies as this one does. */
static bool same_side(const struct page_filler *f, const struct unit *u)
{
    return u->turned == (f->l == f->turned);
}

static bool place_at_foot(struct page_filler *f, size_t i)
{
    const struct unit *u = unit_at(f->units, i);
    if (!same_side(f, u))
        return false;
    size_t notes = f->note_count;
    float height = f->notes_height, foot = f->foot + u->before + unit_height(f, u);
    push_notes(f, u);
    float lacking = f->top + f->stacked / columns(f) + notes_least(f) + foot - f->height;
    if (lacking > TINY || too_many_notes(f)) {
        lack(f, u, lacking);
        pop_notes(f, notes, height);
        return false;
    }
    f->foot = foot;
    f->flexible += unit_flexible(f, u);
    f->at_foot[f->foot_count++] = i;
    return true;
}

/* ---- the page ---- */

/* The figure that waits and comes first; NULL: none does. */
static const struct unit *first_waiting(const struct page_filler *f, const struct page_start *start)
{
    const struct flow_units *units = f->units;
    bool waits = start->placed < units->float_count && units->floats[start->placed] < start->unit;
    return waits ? unit_at(units, units->floats[start->placed]) : NULL;
}

/* Whether figures that wait may come first on the page. One on a turned page always does: it has the page to itself,
 * as a plate in a book, and a sentence may go on behind it. */
static bool begins_with_figures(const struct page_filler *f, const struct page_start *start)
{
    const struct unit *waiting = first_waiting(f, start);
    const struct unit *u = start->unit < f->units->count ? unit_at(f->units, start->unit) : NULL;
    return !u || u->slot || u->floats || (waiting && waiting->turned);
}

/* Whether the page is turned: as what comes first on it wants. */
static bool is_turned(const struct page_filler *f, const struct page_start *start, struct page_choice choice)
{
    const struct unit *waiting = first_waiting(f, start);
    if (waiting && begins_with_figures(f, start))
        return waiting->turned;
    size_t u = start->unit;
    while (u < f->units->count && unit_at(f->units, u)->floats && choice.here == 0)
        u++;
    return u < f->units->count && unit_at(f->units, u)->turned;
}

static void begin(struct page_filler *f, const struct page_start *start, struct page_choice choice)
{
    f->l = is_turned(f, start, choice) ? f->turned : f->upright;
    f->height = f->l->frame_bottom - f->l->frame_top;
    f->choice = choice;
    f->held.cost = HUGE_VAL;
    f->top = f->stacked = f->ragged = f->foot = f->notes_height = f->flexible = 0;
    f->section_at = -1;
    f->first = start->unit;
    f->empty = true;
    f->overfull = false;
    f->lower = FLEX_NONE;
    f->band_count = f->foot_count = f->note_count = f->piece_count = 0;
    f->placed = f->met = start->placed;
    while (f->met < f->units->float_count && f->units->floats[f->met] < start->unit)
        f->met++;
    f->tries++;
    if (start->rest.from)
        push_note(f, start->rest.note, start->rest.from);
}

/* Figures that waited, in order, as many as fit; on an empty page one always does. */
static void place_waiting(struct page_filler *f, size_t before)
{
    while (f->placed < before && same_side(f, unit_at(f->units, f->units->floats[f->placed]))
           && place(f, f->units->floats[f->placed], f->empty && f->note_count == 0))
        f->placed++;
}

static void begin_with_waiting(struct page_filler *f, const struct page_start *start)
{
    if (begins_with_figures(f, start))
        place_waiting(f, f->met);
    else if (f->choice.waiting_at_foot)
        while (f->placed < f->met && place_at_foot(f, f->units->floats[f->placed]))
            f->placed++;
}

/* A figure in its place in the text; false when the page must end before it. `first`: of those met here. */
static bool meet_figure(struct page_filler *f, size_t i, size_t first)
{
    size_t nth = f->met++ - first;
    if (f->placed + 1 < f->met || !same_side(f, unit_at(f->units, i)))
        return true; /* it waits behind the others, or for its page */
    if (nth < f->choice.here && f->foot_count == 0) {
        if (!place(f, i, f->empty && f->note_count == 0))
            return false;
        f->placed++;
    } else if (nth < f->choice.here + f->choice.foot && place_at_foot(f, i)) {
        f->placed++;
    }
    return true;
}

static bool may_end(const struct page_filler *f, const struct page_start *start, size_t u, bool anywhere)
{
    if (f->empty && (u != start->unit || start->rest.from == 0))
        return false;
    if (u == f->units->count || (anywhere && !f->empty))
        return true;
    const struct unit *unit = unit_at(f->units, u);
    if (u == start->unit)
        return true;
    if (unit->item == unit_at(f->units, start->unit)->item && f->l->items[unit->item]->kind == FLOW_LINES
        && u < start->unit + FEWEST_LINES)
        return false; /* a line alone between the page before and the next */
    return (unit->legal || unit->forced) && !last_unit(f)->kept;
}

/* Whether a page that ends before unit `u` has to, or what follows lies on the other side: its white is meant. */
static bool must_end(const struct page_filler *f, size_t u)
{
    const struct flow_units *units = f->units;
    if (u < units->count)
        return unit_at(units, u)->forced || (!unit_at(units, u)->floats && !same_side(f, unit_at(units, u)));
    return f->placed < units->float_count && !same_side(f, unit_at(units, units->floats[f->placed]));
}

/* Height of what stands above foot and notes; negative when its columns do not fit into `room`. */
static float text_height(const struct page_filler *f, float room, bool even)
{
    float used = f->stacked;
    if (f->l->page_columns > 1 && f->band_count) {
        used = even ? band_balance(f, room - f->top) : -1;
        if (!even && !band_fits(f, room - f->top, &used, NULL))
            used = -1;
        if (used < 0 && f->overfull) /* all of it in one column */
            band_fits(f, INFINITY, &used, NULL);
        if (used < 0)
            return -1;
    }
    return f->top + used;
}

/* Of figures that have to wait for a page on its side no reader expects them here. */
static double waiting_cost(const struct page_filler *f)
{
    double cost = 0;
    for (size_t i = f->placed; i < f->met; i++) {
        size_t at = f->units->floats[i];
        const struct unit *u = unit_at(f->units, at);
        cost += u->turned ? 0 : WAITING + (f->last < at ? (double)u->penalty : 0); /* no text stands in its place */
    }
    return cost;
}

/* Of white below a paragraph, list, quote or table that goes on overleaf: it looks as if it ended here. Pages share
 * their white, as a page that is much emptier than others costs more than they save, but not at such places. */
static double stop_cost(const struct page_filler *f, size_t next, float white)
{
    if (next == f->units->count)
        return 0;
    const struct unit *u = unit_at(f->units, next);
    bool goes_on = !u->floats && (next > u->first || f->l->items[u->item]->inside);
    return goes_on ? TEXT_STOPS * (double)fmaxf(white / f->height - STOP_WHITE, 0) : 0;
}

double filler_cost_of_white(float share)
{
    return PAGE + WHITE * (double)share * (double)share;
}

static double end_cost(const struct page_filler *f, const struct page_start *start, const struct page_end *e,
                       float used, bool is_last, bool bad)
{
    const struct unit *unit = e->next.unit < f->units->count ? unit_at(f->units, e->next.unit) : NULL;
    double cost = filler_cost_of_white(e->white / f->height);
    cost += waiting_cost(f) + AT_FOOT * (double)f->foot_count;
    cost += e->next.rest.from ? NOTE_SPLIT : 0;
    cost += unit && e->next.unit != start->unit ? unit->penalty : 0;
    cost += stop_cost(f, e->next.unit, e->white);
    if (f->section_at >= 0 && !is_last && f->section_at > f->height * (1 - LATE))
        cost += LATE_SECTION;
    if ((is_last || must_end(f, e->next.unit)) && used < f->height * SHORT && start->unit > 0)
        cost += SHORT_LAST * (1 - used / (f->height * SHORT));
    cost += f->flexible > 0 ? LOWER * (double)(f->choice.flex * f->choice.flex) : 0;
    cost += f->overfull ? OVERFULL : 0;
    return cost + (bad ? BAD_END : 0);
}

/* Whether the page is emptier than those that are wanted, where that is soon seen. */
static bool is_too_empty(const struct page_filler *f, size_t u)
{
    return u < f->units->count && !unit_at(f->units, u)->inner && f->l->page_columns == 1
        && f->height - f->foot - f->notes_height - f->top - f->stacked > f->most_white * f->height + TINY
        && !must_end(f, u);
}

static void try_end(struct page_filler *f, const struct page_start *start, size_t u, page_end_fn *end, void *context,
                    bool bad)
{
    bool forced = must_end(f, u);
    bool is_last = u == f->units->count && f->placed == f->units->float_count;
    struct page_end e = { .next = { .unit = u, .placed = f->placed } };
    float used = text_height(f, f->height - f->foot - notes_least(f), is_last || forced);
    if (used < 0) { /* of columns, at this height */
        lack(f, unit_at(f->units, f->last), 0);
        return;
    }
    float white = f->height - f->foot - f->notes_height - used;
    if (white < -TINY && f->note_count && !f->overfull) {
        const struct page_note *last = &f->notes[f->note_count - 1];
        size_t to = notes_break(f->l, last->note, last->from, note_height(f, last) + white);
        if (to == 0 && !bad) /* else it stands there whole, too tall */
            return;
        if (to > 0)
            e.next.rest = (struct page_note){ last->note, to, last->to };
        is_last &= to == 0;
    }
    if (f->l->page_columns > 1) /* the shorter columns' too */
        white = f->height - f->foot - f->notes_height - f->top - f->stacked / columns(f);
    e.white = f->ragged + (is_last || forced ? 0 : fmaxf(white, 0));
    e.cost = end_cost(f, start, &e, used, is_last, bad);
    if (u == f->units->count || !unit_at(f->units, u)->inner)
        end(context, &e);
    else if (e.cost <= f->held.cost)
        f->held = e;
}

/* Figures that waited for the page come between two paragraphs; the page may end below them. */
static void place_between(struct page_filler *f, const struct page_start *start, size_t u, size_t before, bool anywhere,
                          page_end_fn *end, void *context)
{
    const size_t placed = f->placed;
    bool slot = u == f->units->count || unit_at(f->units, u)->slot;
    if (!slot || placed >= before || f->foot_count)
        return;
    place_waiting(f, before);
    if (end && f->placed > placed && may_end(f, start, u, anywhere))
        try_end(f, start, u, end, context, anywhere);
}

/* Fills a page up to where the next one begins, `until`, or, NULL, until no more fits. */
static size_t run(struct page_filler *f, const struct page_start *start, bool anywhere, const struct page_start *until,
                  page_end_fn *end, void *context)
{
    begin_with_waiting(f, start);
    size_t first = f->met; /* of the figures that this page meets */
    for (size_t u = start->unit;; u++) {
        if (end && !is_too_empty(f, u) && may_end(f, start, u, anywhere))
            try_end(f, start, u, end, context, anywhere);
        bool ends = until && u == until->unit;
        place_between(f, start, u, ends && until->placed < first ? until->placed : first, anywhere, end, context);
        if (u == f->units->count || ends)
            break;
        const struct unit *unit = unit_at(f->units, u);
        if ((unit->forced && !f->empty) || f->met - f->placed > MOST_WAITING)
            break;
        if (!unit->floats && !same_side(f, unit))
            break;
        if (unit->floats) {
            if (!meet_figure(f, u, first))
                break;
            continue;
        }
        if (unit->section && (f->foot_count || (f->placed < f->met && !f->empty)))
            break; /* those at the foot and those that wait are of the section before */
        if (!place(f, u, f->empty && f->note_count == 0))
            break;
    }
    return f->met - first;
}

size_t filler_try(struct page_filler *f, const struct page_start *start, struct page_choice choice, bool anywhere,
                  page_end_fn *end, void *context)
{
    f->composing = false;
    begin(f, start, choice);
    size_t met = run(f, start, anywhere, NULL, end, context);
    if (f->held.cost < HUGE_VAL)
        end(context, &f->held);
    return met;
}

float filler_compose(struct page_filler *f, const struct page_start *start, struct page_choice choice,
                     const struct page_start *next)
{
    f->composing = true;
    begin(f, start, choice);
    run(f, start, false, next, NULL, NULL);
    bool forced = must_end(f, next->unit), is_last = next->unit == f->units->count && next->rest.from == 0;
    if (next->rest.from) {
        f->notes_height -= note_height(f, &f->notes[f->note_count - 1]);
        f->notes[f->note_count - 1].to = next->rest.from;
        f->notes_height += note_height(f, &f->notes[f->note_count - 1]);
    }
    float room = f->height - f->foot - f->notes_height, used = text_height(f, room, true);
    /* What follows does not fit: the columns do not go on overleaf as they stand, and are as even as at an end. */
    bool even = is_last || forced || room - used > MOST_UNEVEN * f->l->style->grid;
    used = even ? used : text_height(f, room, false);
    close_band(f, f->l->page_columns == 1 || f->overfull ? INFINITY : even ? used - f->top : room - f->top);
    /* Right below the text: what is left white stands at the foot, as on other pages. */
    float after = f->foot_count && !f->empty ? unit_gap(last_unit(f), unit_at(f->units, f->at_foot[0])) : 0;
    float y = fminf(room, used + (f->foot_count ? fmaxf(after - unit_at(f->units, f->at_foot[0])->before, 0) : 0));
    for (size_t i = 0; i < f->foot_count; i++) {
        const struct unit *u = unit_at(f->units, f->at_foot[i]);
        y += u->before;
        add_piece(f, (struct piece){ f->at_foot[i], 0, y });
        y += unit_height(f, u);
    }
    return used + f->foot + f->notes_height;
}

bool filler_is_white(const struct page_filler *f, float white)
{
    return white > MUCH_WHITE * f->height;
}

int filler_higher(const struct page_filler *f, const struct page_start *next, float used)
{
    float white = f->height - used;
    bool is_last = next->unit == f->units->count && next->rest.from == 0;
    if (f->flexible == 0 || f->choice.flex != 0 || f->l->page_columns > 1 || !filler_is_white(f, white) || is_last
        || must_end(f, next->unit))
        return 0;
    for (int flex = FLEX_HIGHEST; flex > 0; flex--) {
        float more = 0;
        struct page_filler at = *f;
        at.choice.flex = flex;
        for (size_t i = 0; i < f->piece_count; i++) {
            const struct unit *u = unit_at(f->units, f->pieces[i].unit);
            more += unit_height(&at, u) - u->height;
        }
        if (more >= white * SEEN && more <= white)
            return flex;
    }
    return 0;
}
