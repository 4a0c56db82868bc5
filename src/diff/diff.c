/* Two files read and compared: the parts do the work. */
#include "diff/diff.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"

enum { PDF_BYTES = 1 << 30 };

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
