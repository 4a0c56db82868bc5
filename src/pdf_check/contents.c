/* Opens a file and goes through its pages and attachments. */
#include "pdf_check/contents.h"

#include <string.h>

#include "pdf_check/contents_inside.h"

enum { TREE_DEPTH = 40 };

struct reading {
    struct reader *reader;
    struct contents_fonts *fonts;
    struct arena *arena;
    struct contents *out;
    struct contents_marks *marks; /* by page */
    uint32_t *page_of;            /* by object number: index of the page and 1 */
    bool *seen;                   /* nodes of trees, by object number */
};

/* --- pages --- */

static void take_page(struct reading *r, struct cos page, unsigned number, struct cos resources, struct cos box)
{
    size_t n = r->out->page_count;
    r->out->pages = arena_grow(r->arena, r->out->pages, n, sizeof *r->out->pages);
    r->marks = arena_grow(r->arena, r->marks, n, sizeof *r->marks);
    contents_page_read(r->reader, r->fonts, page, resources, box, r->arena, &r->out->pages[n], &r->marks[n]);
    r->page_of[number] = (uint32_t)++r->out->page_count;
}

static void walk_pages(struct reading *r, struct cos v, struct cos resources, struct cos box, int depth)
{
    const struct cos node = reader_resolve(r->reader, v);
    unsigned number = cos_reference(v);
    if (depth > TREE_DEPTH || node.kind != COS_DICT || !number || number >= reader_size(r->reader) || r->seen[number])
        return;
    r->seen[number] = true;
    const struct cos own = reader_get(r->reader, node, "Resources"), own_box = reader_get(r->reader, node, "MediaBox");
    resources = own.kind == COS_DICT ? own : resources;
    box = own_box.kind == COS_ARRAY ? own_box : box;
    if (cos_is_name(reader_get(r->reader, node, "Type"), "Page")) {
        take_page(r, node, number, resources, box);
        return;
    }
    struct cursor in = cos_inside(reader_get(r->reader, node, "Kids"));
    for (struct cos kid; (kid = cos_next(&in, true)).kind != COS_NONE && kid.kind != COS_BAD;)
        walk_pages(r, kid, resources, box, depth + 1);
}

/* --- attachments --- */

static void take_file(struct reading *r, struct cos spec)
{
    struct buf name;
    buf_init(&name);
    cos_add_text(reader_get(r->reader, spec, "UF"), &name);
    if (strcmp(name.data, "ledger.json") == 0 && !r->out->ledger) {
        struct buf bytes;
        buf_init(&bytes);
        if (reader_stream(r->reader, reader_get(r->reader, reader_get(r->reader, spec, "EF"), "F"), &bytes)) {
            r->out->ledger = arena_string_n(r->arena, bytes.data, bytes.length);
            r->out->ledger_length = bytes.length;
        }
        buf_drop(&bytes);
    }
    buf_drop(&name);
}

static void walk_files(struct reading *r, struct cos v, int depth)
{
    const struct cos node = reader_resolve(r->reader, v);
    unsigned number = cos_reference(v);
    if (depth > TREE_DEPTH || number >= reader_size(r->reader) || (number && r->seen[number]))
        return;
    r->seen[number] = true;
    struct cursor names = cos_inside(reader_get(r->reader, node, "Names"));
    struct cursor kids = cos_inside(reader_get(r->reader, node, "Kids"));
    for (struct cos key; (key = cos_next(&names, true)).kind != COS_NONE && key.kind != COS_BAD;)
        take_file(r, reader_resolve(r->reader, cos_next(&names, true)));
    for (struct cos kid; (kid = cos_next(&kids, true)).kind != COS_NONE && kid.kind != COS_BAD;)
        walk_files(r, kid, depth + 1);
}

struct contents *contents_read(const char *file, const char *bytes, size_t length, struct arena *arena,
                               struct diags *diags)
{
    const char *why;
    struct reading r = { .reader = reader_new(bytes, length, false, &why), .arena = arena };
    if (!r.reader) {
        diag_add(diags, DIAG_PDF_UNREADABLE, (struct place){ .file = file },
                 "this is no PDF that can be read: %s; make it anew", why);
        return NULL;
    }
    const struct cos catalog = reader_get(r.reader, reader_trailer(r.reader), "Root"), none = { .kind = COS_NONE };
    r.out = arena_alloc(arena, sizeof *r.out);
    r.fonts = contents_fonts_new(r.reader);
    r.page_of = arena_array(arena, reader_size(r.reader) + 1, sizeof *r.page_of);
    r.seen = arena_array(arena, reader_size(r.reader) + 1, sizeof *r.seen);
    walk_pages(&r, cos_get(catalog, "Pages"), none, none, 0);
    walk_files(&r, cos_get(reader_get(r.reader, catalog, "Names"), "EmbeddedFiles"), 0);
    contents_blocks_read(&(struct contents_tree){ r.reader, catalog, r.marks, r.page_of, arena }, r.out);
    contents_fonts_drop(r.fonts);
    reader_drop(r.reader);
    if (r.out->page_count)
        return r.out;
    diag_add(diags, DIAG_PDF_UNREADABLE, (struct place){ .file = file },
             "this is no PDF that can be read: it has no pages; make it anew");
    return NULL;
}
