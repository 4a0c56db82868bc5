/*
 * Aligning. Equal beginnings and ends are matched at once; what is left in the middle takes a table of lengths when it
 * is small enough, else it is cut at elements that stand once in either row.
 */
#include "base/align.h"

#include <stdlib.h>

#include "base/arena.h"

/* Two ranges that are not matched yet. */
struct part {
    const uint32_t *a, *b;
    size_t count, b_count;
    size_t a_first, b_first; /* of the whole rows */
};

static void match_part(struct part, size_t *match);

/* Lengths of common subsequences from (i, j) on, row by row from the end. */
static void match_table(const struct part *p, size_t *match)
{
    size_t width = p->b_count + 1;
    uint32_t *length = xcalloc((p->count + 1) * width, sizeof *length);
    for (size_t i = p->count; i-- > 0;)
        for (size_t j = p->b_count; j-- > 0;) {
            uint32_t down = length[(i + 1) * width + j], right = length[i * width + j + 1];
            bool same = p->a[i] == p->b[j];
            length[i * width + j] = same ? length[(i + 1) * width + j + 1] + 1 : down > right ? down : right;
        }
    for (size_t i = 0, j = 0; i < p->count && j < p->b_count;) {
        if (p->a[i] == p->b[j])
            match[p->a_first + i++] = p->b_first + j++;
        else if (length[(i + 1) * width + j] >= length[i * width + j + 1])
            i++;
        else
            j++;
    }
    free(length);
}

/* --- anchors --- */

struct place {
    uint32_t element;
    size_t at;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->element != y->element)
        return x->element < y->element ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* The elements that stand once, sorted; returns how many. */
static size_t find_unique(const uint32_t *row, size_t count, struct place *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        out[i] = (struct place){ row[i], i };
    qsort(out, count, sizeof *out, compare_places);
    for (size_t i = 0; i < count; i++) {
        bool before = i > 0 && out[i - 1].element == out[i].element;
        bool after = i + 1 < count && out[i + 1].element == out[i].element;
        if (before || after)
            continue;
        out[kept++] = out[i]; /* what is looked at next is not touched: kept is i + 1 at most */
    }
    return kept;
}

struct anchor {
    size_t a, b, before; /* the anchor before it in the longest ascending row, counted from 1; 0: none */
};

static int compare_anchors(const void *a, const void *b)
{
    const struct anchor *x = a, *y = b;
    return (x->a > y->a) - (x->a < y->a);
}

/* Keeps a longest row of anchors that ascend on both sides, in place; returns how many. */
static size_t keep_ascending(struct anchor *all, size_t count)
{
    size_t *last = xcalloc(count + 1, sizeof *last), longest = 0; /* last[n]: index of the least end of a row of n+1 */
    for (size_t i = 0; i < count; i++) {
        size_t low = 0, high = longest;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (all[last[middle]].b < all[i].b)
                low = middle + 1;
            else
                high = middle;
        }
        all[i].before = low ? last[low - 1] + 1 : 0;
        last[low] = i;
        longest += low == longest;
    }
    bool *kept = xcalloc(count + 1, sizeof *kept);
    for (size_t at = longest ? last[longest - 1] + 1 : 0; at; at = all[at - 1].before)
        kept[at - 1] = true;
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (kept[i])
            all[n++] = all[i];
    free(kept);
    free(last);
    return n;
}

static size_t find_anchors(const struct part *p, struct anchor *out)
{
    struct place *a = xcalloc(p->count, sizeof *a), *b = xcalloc(p->b_count, sizeof *b);
    size_t a_count = find_unique(p->a, p->count, a), b_count = find_unique(p->b, p->b_count, b), count = 0;
    for (size_t i = 0, j = 0; i < a_count && j < b_count;) {
        if (a[i].element == b[j].element)
            out[count++] = (struct anchor){ a[i++].at, b[j++].at, 0 };
        else if (a[i].element < b[j].element)
            i++;
        else
            j++;
    }
    free(a);
    free(b);
    qsort(out, count, sizeof *out, compare_anchors);
    return keep_ascending(out, count);
}

static struct part cut(const struct part *p, size_t a, size_t a_end, size_t b, size_t b_end)
{
    return (struct part){ p->a + a, p->b + b, a_end - a, b_end - b, p->a_first + a, p->b_first + b };
}

/* Without an anchor too long a part has no matches: it is another text. */
static void match_anchored(const struct part *p, size_t *match)
{
    struct anchor *anchors = xcalloc(p->count < p->b_count ? p->count : p->b_count, sizeof *anchors);
    size_t count = find_anchors(p, anchors), a = 0, b = 0;
    for (size_t i = 0; i < count; i++) {
        match[p->a_first + anchors[i].a] = p->b_first + anchors[i].b;
        match_part(cut(p, a, anchors[i].a, b, anchors[i].b), match);
        a = anchors[i].a + 1;
        b = anchors[i].b + 1;
    }
    if (count)
        match_part(cut(p, a, p->count, b, p->b_count), match);
    free(anchors);
}

static void match_part(struct part p, size_t *match)
{
    while (p.count && p.b_count && p.a[0] == p.b[0]) {
        match[p.a_first] = p.b_first;
        p = cut(&p, 1, p.count, 1, p.b_count);
    }
    while (p.count && p.b_count && p.a[p.count - 1] == p.b[p.b_count - 1]) {
        p.count--;
        p.b_count--;
        match[p.a_first + p.count] = p.b_first + p.b_count;
    }
    if (!p.count || !p.b_count)
        return;
    if (p.b_count <= ALIGN_CELLS / p.count)
        match_table(&p, match);
    else
        match_anchored(&p, match);
}

void align(const uint32_t *a, size_t count, const uint32_t *b, size_t b_count, size_t *match)
{
    for (size_t i = 0; i < count; i++)
        match[i] = ALIGN_NONE;
    match_part((struct part){ a, b, count, b_count, 0, 0 }, match);
}

bool align_next(const size_t *match, size_t count, size_t b_count, struct align_span *s)
{
    size_t a = s->a_end, b = s->b_end;
    if (a == count && b == b_count)
        return false;
    *s = (struct align_span){ a, a, b, b, a < count && match[a] == b };
    if (s->same) {
        while (s->a_end < count && match[s->a_end] == s->b_end) {
            s->a_end++;
            s->b_end++;
        }
        return true;
    }
    while (s->a_end < count && match[s->a_end] == ALIGN_NONE)
        s->a_end++;
    s->b_end = s->a_end < count ? match[s->a_end] : b_count;
    return true;
}
