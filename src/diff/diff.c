/* Two files read and compared: the parts do the work. */
#include "diff/diff.h"

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "base/align.h"
#include "base/arena.h"
#include "base/file.h"

enum { PDF_BYTES = 1 << 30 };

const char *diff_change_name(enum diff_change change)
{
    static const char *const names[] = { "changed", "new", "gone" };
    return names[change];
}

/* --- numbers for texts --- */

struct diff_names {
    uint32_t number;
    UT_hash_handle hh;
    char text[];
};

uint32_t diff_number(struct diff_names **all, const char *text, size_t length)
{
    struct diff_names *one;
    HASH_FIND(hh, *all, text, length, one);
    if (one)
        return one->number;
    one = xcalloc(1, sizeof *one + length + 1);
    one->number = HASH_COUNT(*all) + 1;
    memcpy(one->text, text, length);
    HASH_ADD_KEYPTR(hh, *all, one->text, length, one);
    return one->number;
}

void diff_names_drop(struct diff_names *all)
{
    struct diff_names *one, *next;
    HASH_ITER(hh, all, one, next) {
        HASH_DEL(all, one);
        free(one);
    }
}

/* --- pages --- */

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

/* Bodies are aligned, so that a page that was put in makes no others new; those between are paired in order.
 * `margins`: on so many pages nothing but header or footer differs; they are not listed. */
static void diff_pages(const struct contents *old, const struct contents *now, struct arena *arena,
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

/* --- files --- */

struct side {
    const char *path, *bytes;
    size_t length;
    struct contents *contents;
    struct diff_ledger ledger; /* text NULL: there is none */
};

/* Beside a PDF of ours without attachments its ledger may stand, which says of which bytes it is. */
static void find_ledger(struct side *s, struct arena *arena)
{
    size_t length = strlen(s->path), name = length > 4 && strcmp(s->path + length - 4, ".pdf") == 0 ? length - 4 : 0;
    char hex[HASH_HEX];
    uint8_t digest[HASH_BYTES];
    s->ledger = (struct diff_ledger){ arena_printf(arena, "%s: ledger.json", s->path), s->contents->ledger,
                                      s->contents->ledger_length };
    if (s->ledger.text || !name)
        return;
    const char *path = arena_printf(arena, "%.*s.ledger.json", (int)name, s->path);
    struct diags *unsaid = diags_new();
    size_t bytes;
    const char *text = file_exists(path) ? file_read_text(path, PDF_BYTES, arena, &bytes, unsaid) : NULL;
    diags_drop(unsaid);
    hash_sha256(s->bytes, s->length, digest);
    hash_hex(digest, hex);
    if (text && strstr(text, hex))
        s->ledger = (struct diff_ledger){ path, text, bytes };
}

static bool read_side(struct side *s, const char *path, struct arena *arena, struct diags *diags)
{
    s->path = path;
    s->bytes = file_read(path, PDF_BYTES, arena, &s->length, diags);
    s->contents = s->bytes ? contents_read(path, s->bytes, s->length, arena, diags) : NULL;
    if (s->contents)
        find_ledger(s, arena);
    return s->contents != NULL;
}

struct diff_document *diff_documents(const char *old_path, const char *now_path, struct arena *arena,
                                     struct diags *diags)
{
    struct side old = { .path = old_path }, now = { .path = now_path };
    struct diff_document *d = arena_alloc(arena, sizeof *d);
    bool read = read_side(&old, old_path, arena, diags);
    if (!read_side(&now, now_path, arena, diags) || !read)
        return NULL;
    *d = (struct diff_document){ .old = old_path, .now = now_path, .old_pages = old.contents->page_count,
                                 .now_pages = now.contents->page_count };
    d->figures_known = old.ledger.text && now.ledger.text;
    if (d->figures_known && !diff_figures(&old.ledger, &now.ledger, arena, &d->figures, &d->figure_count, diags))
        return NULL;
    diff_texts(old.contents, now.contents, arena, &d->texts, &d->text_count);
    diff_pages(old.contents, now.contents, arena, &d->pages, &d->page_count, &d->margins);
    return d;
}

bool diff_is_same(const struct diff_document *d)
{
    return !d->figure_count && !d->text_count && !d->page_count && !d->margins;
}
