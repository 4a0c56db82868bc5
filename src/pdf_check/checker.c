/* What several tests need to look something up. */
#include "pdf_check/checker.h"

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
