/* Links, destinations and bookmarks. All of them go through named destinations. */
#include "pdf/navigation.h"

#include <stdlib.h>
#include <string.h>

static void add_uri(struct buf *b, const char *url)
{
    struct buf ascii; /* a URI is ASCII: the rest is percent-encoded */
    buf_init(&ascii);
    for (const char *p = url; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c <= ' ' || c > '~')
            buf_printf(&ascii, "%%%02X", c);
        else
            buf_add_char(&ascii, *p);
    }
    buf_add_string(b, " /A <</Type /Action /S /URI /URI ");
    pdf_add_bytes(b, ascii.data);
    buf_add_string(b, ">>\n");
    buf_drop(&ascii);
}

static unsigned link_new(struct pdf_file *f, const struct scene_link *link, float height,
                         struct structure *structure)
{
    unsigned dict = pdf_object_new(f);
    const float rect[4] = { link->left, height - link->bottom, link->right, height - link->top };
    struct buf b;
    buf_init(&b);
    buf_add_string(&b, "/Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [");
    for (int i = 0; i < 4; i++) {
        buf_add_real(&b, rect[i], 3);
        buf_add_char(&b, i < 3 ? ' ' : ']');
    }
    if (link->tag)
        buf_printf(&b, " /StructParent %u", structure_add_annotation(structure, link->tag, dict));
    if (link->description) {
        buf_add_string(&b, " /Contents ");
        pdf_add_text(&b, link->description);
    }
    if (link->dest) {
        buf_add_string(&b, " /Dest ");
        pdf_add_bytes(&b, link->dest);
        buf_add_char(&b, '\n');
    } else {
        add_uri(&b, link->url);
    }
    pdf_dict_set(f, dict, &b);
    buf_drop(&b);
    return dict;
}

void navigation_add_links(struct pdf_file *f, const struct scene *scene, size_t index, struct structure *structure,
                          struct buf *entries)
{
    const struct scene_page *p = scene_page_at(scene, index);
    if (!p->link_count)
        return;
    buf_add_string(entries, " /Annots [");
    for (size_t i = 0; i < p->link_count; i++) {
        pdf_add_ref(entries, link_new(f, &p->links[i], p->height, structure));
        buf_add_char(entries, i + 1 < p->link_count ? ' ' : ']');
    }
}

/* --- destinations --- */

static int compare_names(const void *a, const void *b)
{
    const struct scene_dest *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

/* What the tree's entries are made from. */
struct dests {
    const struct pdf_file *file;
    const struct scene *scene;
    const struct scene_dest **sorted;
};

static void add_name(const void *context, size_t index, struct buf *b)
{
    const struct dests *dests = context;
    pdf_add_bytes(b, dests->sorted[index]->name);
}

static void add_dest(const void *context, size_t index, struct buf *b)
{
    const struct dests *dests = context;
    const struct scene_dest *dest = dests->sorted[index];
    buf_add_char(b, '[');
    pdf_add_ref(b, dests->file->pages[dest->page]);
    buf_add_string(b, " /XYZ null ");
    buf_add_real(b, scene_page_at(dests->scene, dest->page)->height - dest->y, 3);
    buf_add_string(b, " null]");
}

unsigned navigation_dests_new(struct pdf_file *f, const struct scene *scene)
{
    size_t count = scene_dests(scene);
    if (!count)
        return 0;
    struct dests dests = { f, scene, xcalloc(count, sizeof(struct scene_dest *)) };
    for (size_t i = 0; i < count; i++)
        dests.sorted[i] = scene_dest_at(scene, i);
    qsort(dests.sorted, count, sizeof(struct scene_dest *), compare_names);
    unsigned tree = pdf_tree_new(f, &(struct pdf_tree){ "Names", count, add_name, add_dest, &dests });
    free(dests.sorted);
    return tree;
}

/* --- bookmarks --- */

struct bookmark {
    unsigned object;
    struct bookmark *parent, *previous, *next, *first, *last;
    size_t below; /* descendants, all of them open */
};

static void append(struct bookmark *parent, struct bookmark *b)
{
    b->parent = parent;
    b->previous = parent->last;
    if (parent->last)
        parent->last->next = b;
    else
        parent->first = b;
    parent->last = b;
    for (; parent; parent = parent->parent)
        parent->below++;
}

static void add_relative(struct buf *b, const char *key, const struct bookmark *relative)
{
    if (!relative)
        return;
    buf_printf(b, " /%s ", key);
    pdf_add_ref(b, relative->object);
}

static void write_bookmark(struct pdf_file *f, const struct bookmark *m, const struct scene_outline *outline)
{
    struct buf b;
    buf_init(&b);
    if (outline) {
        buf_add_string(&b, "/Title ");
        pdf_add_text(&b, outline->title);
        buf_add_string(&b, " /Dest ");
        pdf_add_bytes(&b, outline->dest);
    } else {
        buf_add_string(&b, "/Type /Outlines");
    }
    add_relative(&b, "Parent", m->parent);
    add_relative(&b, "Prev", m->previous);
    add_relative(&b, "Next", m->next);
    add_relative(&b, "First", m->first);
    add_relative(&b, "Last", m->last);
    if (m->below)
        buf_printf(&b, " /Count %zu", m->below);
    buf_add_char(&b, '\n');
    pdf_dict_set(f, m->object, &b);
    buf_drop(&b);
}

static int level_of(const struct scene *scene, ptrdiff_t bookmark)
{
    return scene_outline_at(scene, (size_t)bookmark - 1)->level;
}

unsigned navigation_outline_new(struct pdf_file *f, const struct scene *scene)
{
    size_t count = scene_outlines(scene);
    if (!count)
        return 0;
    struct bookmark *marks = arena_array(f->arena, count + 1, sizeof *marks); /* 0 is the root */
    for (size_t i = 0; i <= count; i++)
        marks[i].object = pdf_object_new(f);
    for (size_t i = 1; i <= count; i++) {
        struct bookmark *parent = &marks[i - 1];
        while (parent->parent && level_of(scene, parent - marks) >= level_of(scene, (ptrdiff_t)i))
            parent = parent->parent;
        append(parent, &marks[i]);
    }
    for (size_t i = 0; i <= count; i++)
        write_bookmark(f, &marks[i], i ? scene_outline_at(scene, i - 1) : NULL);
    return marks[0].object;
}
