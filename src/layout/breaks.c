/*
 * Page breaks: of all ways to part the flow into pages the one that costs least in all, by dynamic programming
 * over the places where a page may begin. A place is a unit, the figures placed before it and the rest of a note;
 * of two ways to the same place only the cheaper goes on. Each place tries one page, so the work grows with the
 * number of pages, not with its square. Knows costs only; fill.c says what a page costs.
 */
#include "layout/pages.h"

#include <math.h>
#include <stdlib.h>

static const float MOST_WHITE = 0.4f; /* of the page's height: an emptier page only where all others cost as much */
enum { MOST_AT_FOOT = 2 };

struct node {
    struct page_start start;
    double cost;
    const struct node *from; /* where the page before begins, */
    struct page_choice choice; /* and what it did with its figures */
    struct node *next;       /* at the same unit */
};

struct planner {
    struct page_filler *filler;
    struct arena *arena;     /* of the nodes, many more than there are pages */
    struct node **at;        /* by unit */
    const struct node *here; /* where the page that is tried begins */
    struct page_choice choice;
    int flex;                /* that pages are tried with */
    size_t furthest;         /* unit that a page may begin with so far */
    int lower;               /* the first step at which lower charts might bring more onto the page */
    float least_white;       /* of the ends so far */
    double least_cost;       /* of those that are not too empty */
    bool found;
    struct page_end spare;   /* the cheapest of those that are too empty */
    struct page_choice spare_choice;
};

static bool same_start(const struct page_start *a, const struct page_start *b)
{
    return a->unit == b->unit && a->placed == b->placed && a->rest.note == b->rest.note
        && a->rest.from == b->rest.from;
}

static void reach(struct planner *p, const struct page_end *end, struct page_choice choice)
{
    double cost = p->here->cost + end->cost;
    struct node **link = &p->at[end->next.unit];
    while (*link && !same_start(&(*link)->start, &end->next))
        link = &(*link)->next;
    if (!*link) {
        *link = arena_alloc(p->arena, sizeof **link);
        p->furthest = end->next.unit > p->furthest ? end->next.unit : p->furthest;
        **link = (struct node){ .start = end->next, .cost = HUGE_VAL };
    }
    if (cost < (*link)->cost) {
        (*link)->cost = cost;
        (*link)->from = p->here;
        (*link)->choice = choice;
    }
    p->found = true;
}

static void take_end(void *context, const struct page_end *end)
{
    struct planner *p = context;
    p->least_white = end->white < p->least_white ? end->white : p->least_white;
    if (end->white <= MOST_WHITE * p->filler->height) {
        reach(p, end, p->choice);
        p->least_cost = end->cost < p->least_cost ? end->cost : p->least_cost;
    } else if (end->cost < p->spare.cost) {
        p->spare = *end;
        p->spare_choice = p->choice;
    }
}

static size_t try_page(struct planner *p, struct page_choice choice, bool anywhere)
{
    p->choice = choice;
    size_t met = filler_try(p->filler, &p->here->start, choice, anywhere, take_end, p);
    p->lower = p->filler->lower > p->lower ? p->filler->lower : p->lower;
    return met;
}

/* All that may be done with the figures that a page meets. */
static void try_figures(struct planner *p, bool waiting_at_foot)
{
    size_t met = try_page(p, (struct page_choice){ waiting_at_foot, SIZE_MAX / 2, 0, p->flex }, false);
    for (size_t here = 0; here < met; here++)
        for (size_t foot = 0; foot <= MOST_AT_FOOT && here + foot <= met; foot++)
            try_page(p, (struct page_choice){ waiting_at_foot, here, foot, p->flex }, false);
}

/* All pages from here on that are no emptier than `most_white`, and some that are. */
static void try_all(struct planner *p, float most_white)
{
    const struct flow_units *units = p->filler->units;
    const struct page_start *start = &p->here->start;
    p->filler->most_white = most_white;
    try_figures(p, false);
    if (start->placed < units->float_count && units->floats[start->placed] < start->unit)
        try_figures(p, true);
}

/* Whether a page that begins further on, and leaves no more figures behind, is reached as cheaply: one that begins here
 * is hardly taken. */
static bool is_behind(const struct planner *p)
{
    size_t placed = p->here->start.placed;
    for (size_t u = p->here->start.unit; u < p->furthest; u++) {
        placed += unit_at(p->filler->units, u)->floats;
        for (const struct node *node = p->at[u + 1]; node; node = node->next)
            if (node->start.placed >= placed && node->cost <= p->here->cost)
                return true;
    }
    return false;
}

/* With lower charts, no lower than needed, where nothing fills what is left by what nearly fits. What that finds is
 * weighed against pages as they are otherwise, empty ones too. */
static void try_lower(struct planner *p)
{
    bool found = p->found;
    while (p->lower != FLEX_NONE && filler_is_white(p->filler, p->least_white) && !is_behind(p)) {
        p->flex = p->lower;
        p->lower = FLEX_NONE;
        try_all(p, MOST_WHITE);
    }
    p->flex = 0;
    p->found = found;
}

static void go_on(struct planner *p, const struct node *node)
{
    p->here = node;
    p->found = false;
    p->lower = FLEX_NONE;
    p->least_white = INFINITY;
    p->spare.cost = p->least_cost = HUGE_VAL;
    try_all(p, MOST_WHITE);
    try_lower(p);
    bool costly = p->least_cost > filler_cost_of_white(MOST_WHITE); /* as a heading that is parted from its figure */
    if (!p->found || costly)
        try_all(p, INFINITY);
    if (!p->found && p->spare.cost == HUGE_VAL)
        try_page(p, (struct page_choice){ false, SIZE_MAX / 2, 0, 0 }, true);
    if (!p->found && p->spare.cost == HUGE_VAL)
        abort(); /* a page ends behind its first unit at the latest: what follows must not be lost */
    if (!p->found || p->spare.cost < p->least_cost)
        reach(p, &p->spare, p->spare_choice);
}

struct planned_page *breaks_choose(struct page_filler *filler, size_t *count)
{
    const size_t units = filler->units->count, figures = filler->units->float_count;
    struct planner p = { .filler = filler, .arena = arena_new() };
    p.at = arena_array(p.arena, units + 1, sizeof *p.at);
    p.at[0] = arena_alloc(p.arena, sizeof **p.at);
    const struct node *end = p.at[0];
    for (size_t u = 0; u <= units; u++)
        for (const struct node *node = p.at[u]; node; node = node->next) {
            end = node;
            if (u < units || node->start.placed < figures || node->start.rest.from)
                go_on(&p, node);
        }
    for (const struct node *node = p.at[units]; node; node = node->next)
        if (node->start.placed == figures && node->start.rest.from == 0)
            end = node;
    *count = 0;
    for (const struct node *node = end; node->from; node = node->from)
        ++*count;
    struct planned_page *pages = arena_array(filler->arena, *count + 1, sizeof *pages);
    size_t i = *count;
    for (const struct node *node = end; node->from; node = node->from)
        pages[--i] = (struct planned_page){ node->from->start, node->choice, node->start };
    arena_drop(p.arena);
    return pages;
}
