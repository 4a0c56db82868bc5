/* Pages aligned by the digest of what they show. */
#include "diff/pages.h"

#include <string.h>

#include "base/align.h"
#include "base/arena.h"

static void add_page(struct arena *arena, struct diff_page **pages, size_t *count, struct diff_page page)
{
    *pages = arena_grow(arena, *pages, *count, sizeof **pages);
    (*pages)[(*count)++] = page;
}

static uint32_t *number_pages(struct diff_names **names, const struct contents *c, struct arena *arena)
{
    uint32_t *row = arena_array(arena, c->page_count + 1, sizeof *row);
    for (size_t i = 0; i < c->page_count; i++)
        row[i] = diff_number(names, (const char *)c->pages[i].body, HASH_BYTES);
    return row;
}

/* Bodies are aligned, so that a page that was put in makes no others new; those between are paired in order. */
void diff_pages(const struct contents *old, const struct contents *now, struct arena *arena,
                struct diff_page **pages, size_t *count, size_t *margins)
{
    struct diff_names *names = NULL;
    uint32_t *a = number_pages(&names, old, arena), *b = number_pages(&names, now, arena);
    size_t *match = arena_array(arena, old->page_count + 1, sizeof *match);
    *pages = NULL;
    *count = *margins = 0;
    align(a, old->page_count, b, now->page_count, match);
    for (struct align_span s = { 0 }; align_next(match, old->page_count, now->page_count, &s);) {
        size_t both = s.a_end - s.a < s.b_end - s.b ? s.a_end - s.a : s.b_end - s.b;
        for (size_t i = 0; i < both; i++) {
            const struct contents_page *x = &old->pages[s.a + i], *y = &now->pages[s.b + i];
            if (s.same)
                *margins += memcmp(x->whole, y->whole, HASH_BYTES) != 0;
            else
                add_page(arena, pages, count, (struct diff_page){ DIFF_CHANGED, s.a + i + 1, s.b + i + 1 });
        }
        for (size_t i = s.a + both; i < s.a_end; i++)
            add_page(arena, pages, count, (struct diff_page){ DIFF_GONE, i + 1, 0 });
        for (size_t i = s.b + both; i < s.b_end; i++)
            add_page(arena, pages, count, (struct diff_page){ DIFF_NEW, 0, i + 1 });
    }
    diff_names_drop(names);
}
