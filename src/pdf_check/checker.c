/* What several tests need to look something up. */
#include "pdf_check/checker.h"

#include <math.h>
#include <string.h>

#include <uthash.h>

struct cos checker_get(struct checker *c, struct cos dict, const char *key)
{
    return reader_get(c->reader, dict, key);
}

unsigned checker_number(struct cos dict, const char *key, unsigned otherwise)
{
    const struct cos v = cos_get(dict, key);
    return v.kind == COS_REFERENCE ? cos_reference(v) : otherwise;
}

/* An object of the page tree. */
struct page_node {
    unsigned object;
    size_t page; /* index and 1; 0: it is no page */
    UT_hash_handle hh;
};

bool checker_add_node(struct checker *c, unsigned number)
{
    struct page_node *node;
    HASH_FIND(hh, c->page_nodes, &number, sizeof number, node);
    if (node)
        return false;
    node = arena_alloc(c->arena, sizeof *node);
    node->object = number;
    HASH_ADD(hh, c->page_nodes, object, sizeof node->object, node);
    return true;
}

void checker_set_page(struct checker *c, unsigned number)
{
    struct page_node *node;
    HASH_FIND(hh, c->page_nodes, &number, sizeof number, node);
    node->page = c->page_count;
}

bool checker_box(struct checker *c, struct cos v, struct box *out)
{
    double n[4];
    struct cursor in = cos_inside(v);
    for (int i = 0; i < 4; i++)
        n[i] = cos_number(reader_resolve(c->reader, cos_next(&in, true)), 0);
    *out = (struct box){ fmin(n[0], n[2]), fmin(n[1], n[3]), fmax(n[0], n[2]), fmax(n[1], n[3]) };
    return v.kind == COS_ARRAY;
}

bool box_is_inside(struct box inner, struct box outer)
{
    static const double off = 0.01; /* points: numbers are rounded */
    return inner.left >= outer.left - off && inner.bottom >= outer.bottom - off && inner.right <= outer.right + off &&
           inner.top <= outer.top + off;
}

struct page *checker_page(struct checker *c, unsigned number)
{
    struct page_node *node;
    HASH_FIND(hh, c->page_nodes, &number, sizeof number, node);
    return node && node->page ? &c->pages[node->page - 1] : NULL;
}

void checker_drop_pages(struct checker *c)
{
    HASH_CLEAR(hh, c->page_nodes);
}

/* Parts of 1 to 8 letters, in later ones also digits, with hyphens between them. */
bool checker_is_language(struct cos v)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    struct buf text;
    buf_init(&text);
    cos_add_text(v, &text);
    bool good = text.length > 0 && strlen(text.data) == text.length;
    size_t allowed = 52;
    for (const char *p = text.data; good; allowed = sizeof letters - 1) {
        size_t length = 0;
        while (p[length] && memchr(letters, p[length], allowed))
            length++;
        good = length >= 1 && length <= 8 && (p[length] == '-' || !p[length]);
        p += length;
        if (!*p++)
            break;
    }
    buf_drop(&text);
    return good;
}
