/* Name trees and number trees: every key in order, every node within its limits. */
#include "pdf_check/checker.h"

#include <string.h>

struct tree {
    const char *kind;
    tree_taker *take;
    void *context;
    unsigned number; /* of the node that is read */
    bool numbers;
    bool begun;
    int64_t last; /* key */
    struct buf last_name, name;
    size_t nodes; /* no more than the file has objects: a circle has no end */
    unsigned depth;
};

enum { TREE_DEPTH = 30 };

/* -1, 0 or 1, as the key stands to the last one. */
static int compare_key(struct tree *t, struct cos key)
{
    if (t->numbers) {
        int64_t now = cos_integer(key, INT64_MIN);
        return (now > t->last) - (now < t->last);
    }
    buf_clear(&t->name);
    cos_add_string(key, &t->name);
    size_t both = t->name.length < t->last_name.length ? t->name.length : t->last_name.length;
    int order = memcmp(t->name.data, t->last_name.data, both);
    return order ? order : (t->name.length > t->last_name.length) - (t->name.length < t->last_name.length);
}

static void set_last(struct tree *t, struct cos key)
{
    t->last = cos_integer(key, INT64_MIN);
    buf_clear(&t->last_name);
    cos_add_string(key, &t->last_name);
    t->begun = true;
}

static bool is_key(const struct tree *t, struct cos key)
{
    return t->numbers ? key.kind == COS_INTEGER : key.kind == COS_STRING || key.kind == COS_HEX;
}

static void take_leaf(struct checker *c, struct tree *t, struct cos entries)
{
    struct cursor in = cos_inside(entries);
    for (;;) {
        struct cos key = reader_resolve(c->reader, cos_next(&in, true));
        if (key.kind == COS_NONE)
            return;
        struct cos v = cos_next(&in, true);
        if (!is_key(t, key) || v.kind == COS_NONE || (t->begun && compare_key(t, key) <= 0))
            fault_at(c, RULE_NAME_ORDER, t->number, key);
        set_last(t, key);
        t->take(c, key, v, t->context);
        reader_trim(c->reader);
    }
}

/* What a node is made of, while it and those below it are taken; `turn` holds it or releases it. */
static void turn_node(struct checker *c, const struct tree *t, struct cos node, unsigned number,
                      void (*turn)(struct reader *, unsigned))
{
    unsigned kids = checker_number(node, "Kids", 0), limits = checker_number(node, "Limits", 0);
    unsigned leaf = checker_number(node, t->kind, 0);
    turn(c->reader, kids);
    turn(c->reader, limits);
    turn(c->reader, leaf);
    turn(c->reader, number);
}

static void take_node(struct checker *c, struct tree *t, struct cos node, unsigned number, bool root)
{
    const struct cos kids = checker_get(c, node, "Kids"), limits = checker_get(c, node, "Limits");
    struct cursor in = cos_inside(kids), bounds = cos_inside(limits);
    t->number = number;
    if (t->depth > TREE_DEPTH || t->nodes++ > reader_size(c->reader) || (!root && limits.kind != COS_ARRAY)) {
        fault_with(c, RULE_NAME_ORDER, number, "%s", limits.kind == COS_ARRAY ? "a circle" : "no Limits");
        return;
    }
    t->depth++;
    turn_node(c, t, node, number, reader_hold);
    const struct cos least = cos_next(&bounds, true), most = cos_next(&bounds, true);
    if (!root && t->begun && compare_key(t, least) <= 0)
        fault_with(c, RULE_NAME_ORDER, number, "Limits");
    take_leaf(c, t, checker_get(c, node, t->kind));
    for (struct cos kid; (kid = cos_next(&in, true)).kind != COS_NONE && t->nodes <= reader_size(c->reader);)
        take_node(c, t, reader_resolve(c->reader, kid), cos_reference(kid), false);
    t->depth--;
    t->number = number;
    if (!root && (!t->begun || compare_key(t, most) != 0))
        fault_with(c, RULE_NAME_ORDER, number, "Limits");
    turn_node(c, t, node, number, reader_release);
}

void checker_tree(struct checker *c, struct cos root, unsigned number, const char *kind, tree_taker *take,
                  void *context)
{
    struct tree t = { .kind = kind, .take = take, .context = context, .numbers = strcmp(kind, "Nums") == 0 };
    buf_init(&t.last_name);
    buf_init(&t.name);
    take_node(c, &t, root, number, true);
    buf_drop(&t.last_name);
    buf_drop(&t.name);
}
