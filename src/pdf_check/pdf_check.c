/* Runs the tests of a file and words their faults. */
#include "pdf_check/pdf_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "pdf_check/checker.h"

/* Clause, test, message: one row a rule. */
static const struct rule_row {
    void (*test)(struct checker *);
    const char *clause, *wrong, *right;
} rules[] = {
#define RULE(id, test, clause, wrong, right) { test, clause, wrong, right },
#include "pdf_check/rules.h"
#undef RULE
};

static void add_fault(struct checker *c, enum rule rule, unsigned object, const char *detail)
{
    if (c->faults[rule]++ >= PDF_CHECK_EACH)
        return;
    const struct rule_row *row = &rules[rule];
    struct buf text;
    buf_init(&text);
    if (object)
        buf_printf(&text, "object %u: ", object);
    buf_printf(&text, "%s: %s", row->clause, row->wrong);
    if (*detail)
        buf_add_string(&text, " (");
    for (const char *p = detail; *p; p++) /* what stands in the file may be any bytes */
        buf_add_char(&text, *p >= ' ' && *p <= '~' ? *p : '.');
    if (*detail)
        buf_add_char(&text, ')');
    diag_add(c->diags, DIAG_PDF_FAULT, (struct place){ .file = c->file }, "%s; %s", text.data, row->right);
    buf_drop(&text);
}

void fault(struct checker *c, enum rule rule, unsigned object)
{
    add_fault(c, rule, object, "");
}

void fault_with(struct checker *c, enum rule rule, unsigned object, const char *detail, ...)
{
    char words[160];
    va_list list;
    va_start(list, detail);
    vsnprintf(words, sizeof words, detail, list);
    va_end(list);
    add_fault(c, rule, object, words);
}

void fault_at(struct checker *c, enum rule rule, unsigned object, struct cos v)
{
    enum { MOST = 40 };
    fault_with(c, rule, object, "%.*s", (int)(v.end - v.at > MOST ? MOST : v.end - v.at), v.at);
}

static bool sum_up(const struct checker *c)
{
    bool good = true;
    for (int i = 0; i < RULE_COUNT; i++) {
        good &= c->faults[i] == 0;
        if (c->faults[i] > PDF_CHECK_EACH)
            diag_add(c->diags, DIAG_PDF_FAULT, (struct place){ .file = c->file }, "%s: %s: %zu times more; %s",
                     rules[i].clause, rules[i].wrong, c->faults[i] - PDF_CHECK_EACH, rules[i].right);
    }
    return good;
}

bool pdf_check(const char *file, const char *bytes, size_t length, bool mapped, struct diags *diags)
{
    const char *why;
    struct checker c = { .file = file, .diags = diags, .reader = reader_new(bytes, length, mapped, &why) };
    if (!c.reader) {
        diag_add(diags, DIAG_PDF_UNREADABLE, (struct place){ .file = file },
                 "this is no PDF that can be read: %s; make it anew", why);
        return false;
    }
    c.arena = arena_new();
    c.catalog = checker_get(&c, reader_trailer(c.reader), "Root");
    c.catalog_number = checker_number(reader_trailer(c.reader), "Root", 0);
    c.page_of = arena_array(c.arena, reader_size(c.reader), sizeof *c.page_of);
    c.associated = arena_array(c.arena, reader_size(c.reader), sizeof *c.associated);
    reader_hold(c.reader, c.catalog_number);
    void (*last)(struct checker *) = NULL;
    for (int i = 0; i < RULE_COUNT; i++) {
        if (rules[i].test != last)
            rules[i].test(&c);
        last = rules[i].test;
    }
    bool good = sum_up(&c);
    catalog_drop(&c);
    arena_drop(c.arena);
    reader_drop(c.reader);
    return good;
}

/* --- what several tests need --- */

struct cos checker_get(struct checker *c, struct cos dict, const char *key)
{
    return reader_get(c->reader, dict, key);
}

unsigned checker_number(struct cos dict, const char *key, unsigned otherwise)
{
    const struct cos v = cos_get(dict, key);
    return v.kind == COS_REFERENCE ? cos_reference(v) : otherwise;
}

struct page *checker_page(struct checker *c, unsigned number)
{
    uint32_t place = number < reader_size(c->reader) ? c->page_of[number] : 0;
    return place && place <= c->page_count ? &c->pages[place - 1] : NULL;
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

/* --- trees --- */

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
