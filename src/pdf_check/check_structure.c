/*
 * The structure tree (ISO 32000-1, 14.7 and 14.8): its elements from the root down, the content that each holds, and
 * the parent tree that leads back. Tables are looked at in check_table.c.
 */
#include "pdf_check/checker.h"

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

enum { STRUCTURE_DEPTH = 100 };

struct note {
    UT_hash_handle hh;
    char id[]; /* bytes as hexadecimal digits: they may be any */
};

struct walk {
    struct checker *c;
    struct cos root, roles; /* StructTreeRoot, RoleMap */
    bool *seen;               /* elements, by object number */
    uint32_t *annotation_of;  /* by object number: index and 1 */
    int level;                /* of the last heading */
    bool plain, numbered;     /* there are H, there are H1 to H6 */
    size_t headings;          /* but for H1, the title in each language: that alone needs no outline */
    struct note *notes;
};

/* The element that is looked at. */
struct element {
    struct cos dict;
    unsigned number;
    unsigned page; /* object number of its Pg, 0: none */
    char role[ROLE_LENGTH];
    int depth;
};

/* --- roles --- */

static void check_roles(struct walk *w)
{
    struct cursor in = cos_inside(w->roles);
    for (struct cos key; (key = cos_next(&in, true)).kind == COS_NAME;) {
        struct cos v = reader_resolve(w->c->reader, cos_next(&in, true));
        char from[ROLE_LENGTH], to[ROLE_LENGTH] = "";
        structure_name(key, from);
        if (structure_is_standard(from))
            fault_with(w->c, RULE_ROLE_REMAPPED, checker_number(w->root, "RoleMap", 0), "%s", from);
        for (int i = 0; v.kind == COS_NAME && i <= STRUCTURE_DEPTH; i++) {
            structure_name(v, to);
            v = structure_is_standard(to) ? cos_of(COS_NONE, v.at, v.end) : checker_get(w->c, w->roles, to);
        }
        if (v.kind == COS_NAME)
            fault_with(w->c, RULE_ROLE_CIRCLE, checker_number(w->root, "RoleMap", 0), "%s", from);
    }
}

/* --- what an element says --- */

static bool is_role(const struct element *e, const char *role)
{
    return *e->role == *role && strcmp(e->role, role) == 0;
}

static void check_heading(struct walk *w, const struct element *e)
{
    int level = e->role[0] == 'H' && e->role[1] >= '1' && e->role[1] <= '6' && !e->role[2] ? e->role[1] - '0' : 0;
    bool plain = is_role(e, "H");
    if (!level && !plain)
        return;
    if (level > w->level + 1)
        fault_with(w->c, RULE_HEADING, e->number, "H%d after %s%.0d", level, w->level ? "H" : "none", w->level);
    w->level = level ? level : w->level;
    bool mixed = w->plain && w->numbered;
    w->plain |= plain;
    w->numbered |= level > 0;
    w->headings += plain || level > 1;
    if (w->plain && w->numbered && !mixed)
        fault(w->c, RULE_HEADING_MIXED, e->number);
}

static void check_note(struct walk *w, const struct element *e)
{
    const struct cos id = checker_get(w->c, e->dict, "ID");
    struct buf bytes;
    struct note *note;
    buf_init(&bytes);
    cos_add_string(id, &bytes);
    char *hex = xcalloc(bytes.length * 2 + 1, 1);
    for (size_t i = 0; i < bytes.length; i++) {
        hex[2 * i] = "0123456789abcdef"[(unsigned char)bytes.data[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[bytes.data[i] & 15];
    }
    HASH_FIND_STR(w->notes, hex, note);
    if (!bytes.length) {
        fault(w->c, RULE_NOTE_ID, e->number);
    } else if (note) {
        fault_with(w->c, RULE_NOTE_TWICE, e->number, "%.60s", bytes.data);
    } else {
        note = arena_alloc(w->c->arena, sizeof *note + strlen(hex) + 1);
        memcpy(note->id, hex, strlen(hex) + 1);
        HASH_ADD_STR(w->notes, id, note);
    }
    free(hex);
    buf_drop(&bytes);
}

static void check_figure(struct walk *w, const struct element *e)
{
    bool figure = is_role(e, "Figure"), formula = is_role(e, "Formula");
    if (!figure && !formula)
        return;
    bool has_text = cos_has_text(checker_get(w->c, e->dict, "Alt")) ||
                    checker_get(w->c, e->dict, "ActualText").kind != COS_NONE;
    if (formula && !has_text)
        fault(w->c, RULE_FORMULA_ALT, e->number);
    if (formula)
        return;
    const struct cos box = structure_attribute(w->c, e->dict, "Layout", "BBox");
    if (!has_text)
        fault(w->c, RULE_FIGURE_ALT, e->number);
    if (box.kind != COS_ARRAY || cos_count(box) != 4)
        fault(w->c, RULE_FIGURE_BOX, e->number);
}

static void check_element(struct walk *w, const struct element *e)
{
    const struct cos lang = checker_get(w->c, e->dict, "Lang");
    if (lang.kind != COS_NONE && !checker_is_language(lang))
        fault(w->c, RULE_LANG, e->number);
    check_heading(w, e);
    check_figure(w, e);
    if (is_role(e, "Note"))
        check_note(w, e);
    if (is_role(e, "Table"))
        check_table(w->c, e->dict, e->number);
}

/* --- who may stand in whom --- */

/* Lists of words with a blank around each; NULL: any. */
static const struct {
    const char *role, *parents, *kids;
} nesting[] = {
    { "Table", NULL, " TR THead TBody TFoot Caption " }, { "TR", " Table THead TBody TFoot ", " TH TD " },
    { "THead", " Table ", " TR " }, { "TBody", " Table ", " TR " }, { "TFoot", " Table ", " TR " },
    { "TH", " TR ", NULL }, { "TD", " TR ", NULL }, { "L", NULL, " L LI Caption " }, { "LI", " L ", " Lbl LBody " },
    { "LBody", " LI ", NULL }, { "TOC", NULL, " TOC TOCI Caption " }, { "TOCI", " TOC ", NULL },
};

static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *p = length ? list : NULL; p && (p = strstr(p, word)) != NULL; p++)
        if (p[-1] == ' ' && p[length] == ' ')
            return true;
    return false;
}

static void check_nesting(struct walk *w, const struct element *parent, const struct element *e)
{
    bool named = strchr("TL", *e->role) || strchr("TL", *parent->role); /* as those in the list */
    for (size_t i = 0; named && i < sizeof nesting / sizeof *nesting; i++) {
        const char *parents = is_role(e, nesting[i].role) ? nesting[i].parents : NULL;
        const char *kids = is_role(parent, nesting[i].role) ? nesting[i].kids : NULL;
        if ((!parents || has_word(parents, parent->role)) && (!kids || has_word(kids, e->role)))
            continue;
        fault_with(w->c, RULE_NESTING, e->number, "%s in %s", e->role, *parent->role ? parent->role : "the root");
        return;
    }
}

/* Element kids so far, to judge where a Caption and a H may stand. */
struct kids {
    size_t count, captions, last_caption, plain;
};

static void count_kid(struct walk *w, const struct element *kid, struct kids *kids)
{
    bool caption = is_role(kid, "Caption");
    kids->plain += is_role(kid, "H");
    if (is_role(kid, "H") && kids->plain == 2)
        fault(w->c, RULE_HEADING_MIXED, kid->number);
    kids->captions += caption;
    kids->last_caption = caption ? kids->count : kids->last_caption;
    kids->count++;
}

static void check_caption(struct walk *w, const struct element *e, const struct kids *kids)
{
    bool table = is_role(e, "Table"), list = is_role(e, "L") || is_role(e, "TOC");
    bool first = kids->last_caption == 0, last = kids->last_caption + 1 == kids->count;
    if ((table || list) && kids->captions && (kids->captions > 1 || !(first || (table && last))))
        fault(w->c, RULE_CAPTION, e->number);
}

/* --- content --- */

static void own_content(struct walk *w, const struct element *e, unsigned page_number, int64_t mcid)
{
    const struct page *page = checker_page(w->c, page_number);
    bool known = page && mcid >= 0 && (size_t)mcid < page->marked;
    uint32_t *owner = known ? &w->c->owners[page->first + (size_t)mcid] : NULL;
    if (!owner || *owner == OWNER_ABSENT)
        fault_with(w->c, RULE_KID, e->number, "MCID %d", (int)mcid);
    else if (*owner != OWNER_NONE)
        fault_with(w->c, RULE_OWNED_TWICE, e->number, "MCID %d of page %zu, of object %u too", (int)mcid,
              (size_t)(page - w->c->pages) + 1, *owner);
    else
        *owner = e->number;
}

static void own_annotation(struct walk *w, const struct element *e, unsigned object)
{
    uint32_t index = object < reader_size(w->c->reader) ? w->annotation_of[object] : 0;
    struct annotation *a = index ? &w->c->annotations[index - 1] : NULL;
    if (!a) {
        fault_with(w->c, RULE_KID, e->number, "OBJR of no annotation");
        return;
    }
    a->owner = e->number;
    if (a->link && !is_role(e, "Link"))
        fault_with(w->c, RULE_LINK_TAG, object, "in %s", e->role);
    else if (!a->link && !is_role(e, "Annot") && !is_role(e, "Form"))
        fault_with(w->c, RULE_ANNOT_TAG, object, "in %s", e->role);
}

/* --- the tree --- */

static void take_element(struct walk *, struct cos, const struct element *parent, struct kids *);

static void take_kid(struct walk *w, const struct element *e, struct cos v, struct kids *kids)
{
    const struct cos kid = reader_resolve(w->c->reader, v), type = checker_get(w->c, kid, "Type");
    unsigned page = checker_number(kid, "Pg", e->page);
    if (kid.kind == COS_INTEGER)
        own_content(w, e, page, cos_integer(kid, -1));
    else if (cos_is_name(type, "MCR"))
        own_content(w, e, page, cos_integer(checker_get(w->c, kid, "MCID"), -1));
    else if (cos_is_name(type, "OBJR"))
        own_annotation(w, e, checker_number(kid, "Obj", 0));
    else
        take_element(w, v, e, kids);
}

static void take_kids(struct walk *w, const struct element *e)
{
    const struct cos k = cos_get(e->dict, "K"), list = reader_resolve(w->c->reader, k);
    struct cursor in = cos_inside(list);
    struct kids kids = { 0 };
    reader_hold(w->c->reader, cos_reference(k));
    if (list.kind != COS_ARRAY && list.kind != COS_NONE)
        take_kid(w, e, k, &kids);
    for (struct cos v; list.kind == COS_ARRAY && (v = cos_next(&in, true)).kind != COS_NONE;)
        take_kid(w, e, v, &kids);
    check_caption(w, e, &kids);
    reader_release(w->c->reader, cos_reference(k));
}

static void take_element(struct walk *w, struct cos v, const struct element *parent, struct kids *kids)
{
    struct element e = { .dict = reader_resolve(w->c->reader, v), .number = cos_reference(v) };
    e.depth = parent->depth + 1;
    const struct cos role = checker_get(w->c, e.dict, "S");
    if (e.dict.kind != COS_DICT || !e.number || w->seen[e.number] || e.depth > STRUCTURE_DEPTH ||
        role.kind != COS_NAME) {
        fault(w->c, RULE_ELEMENT, e.number ? e.number : parent->number);
        return;
    }
    w->seen[e.number] = true;
    e.page = checker_number(e.dict, "Pg", 0);
    if (!structure_role(w->c, e.dict, e.role))
        fault_with(w->c, RULE_ROLE, e.number, "%s", e.role);
    if (checker_number(e.dict, "P", 0) != parent->number)
        fault(w->c, RULE_PARENT, e.number);
    reader_hold(w->c->reader, e.number);
    check_nesting(w, parent, &e);
    count_kid(w, &e, kids);
    check_element(w, &e);
    take_kids(w, &e);
    reader_release(w->c->reader, e.number);
    reader_trim(w->c->reader);
}

/* --- the parent tree --- */

/* Who has a key in the parent tree: a page, or an annotation. */
struct keyed {
    int64_t key;
    size_t page, annotation; /* index and 1 */
    bool found;
};

struct keys {
    struct keyed *all;
    size_t count;
};

static int compare_keys(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static void check_marked(struct checker *c, const struct page *page, struct cos list)
{
    struct cursor in = cos_inside(list);
    for (size_t i = 0; i < page->marked; i++) {
        const struct cos v = cos_next(&in, true);
        uint32_t owner = c->owners[page->first + i];
        if (owner != OWNER_NONE && owner != OWNER_ABSENT && cos_reference(v) != owner)
            fault_with(c, RULE_PARENT_TREE, page->object, "MCID %zu is of object %u", i, owner);
    }
    if (cos_next(&in, true).kind != COS_NONE)
        fault_with(c, RULE_PARENT_TREE, page->object, "more than %zu MCIDs", page->marked);
}

static unsigned object_of(const struct checker *c, const struct keyed *k)
{
    return k->page ? c->pages[k->page - 1].object : c->annotations[k->annotation - 1].object;
}

static void take_parent(struct checker *c, struct cos key, struct cos v, void *context)
{
    struct keys *keys = context;
    struct keyed want = { .key = cos_integer(key, -1) };
    struct keyed *k = keys->count ? bsearch(&want, keys->all, keys->count, sizeof want, compare_keys) : NULL;
    const struct cos list = reader_resolve(c->reader, v);
    if (!k) {
        fault_with(c, RULE_PARENT_TREE, 0, "key %lld is of nothing", (long long)want.key);
        return;
    }
    k->found = true;
    if (k->page && list.kind == COS_ARRAY)
        check_marked(c, &c->pages[k->page - 1], list);
    else if (k->page || cos_reference(v) != c->annotations[k->annotation - 1].owner)
        fault_with(c, RULE_PARENT_TREE, object_of(c, k), "key %lld", (long long)want.key);
}

static struct keys collect_keys(struct checker *c)
{
    struct keys keys = { xcalloc(c->page_count + c->annotation_count + 1, sizeof *keys.all), 0 };
    for (size_t i = 0; i < c->page_count; i++) {
        int64_t key = cos_integer(checker_get(c, reader_object(c->reader, c->pages[i].object), "StructParents"), -1);
        if (key >= 0)
            keys.all[keys.count++] = (struct keyed){ .key = key, .page = i + 1 };
        else if (c->pages[i].marked)
            fault_with(c, RULE_PARENT_TREE, c->pages[i].object, "no StructParents");
        reader_trim(c->reader);
    }
    for (size_t i = 0; i < c->annotation_count; i++) {
        if (c->annotations[i].key >= 0)
            keys.all[keys.count++] = (struct keyed){ .key = c->annotations[i].key, .annotation = i + 1 };
        else if (c->annotations[i].owner)
            fault_with(c, RULE_PARENT_TREE, c->annotations[i].object, "no StructParent");
    }
    qsort(keys.all, keys.count, sizeof *keys.all, compare_keys);
    for (size_t i = 1; i < keys.count; i++)
        if (keys.all[i].key == keys.all[i - 1].key)
            fault_with(c, RULE_PARENT_TREE, 0, "key %lld is there twice", (long long)keys.all[i].key);
    return keys;
}

static void check_parents(struct checker *c, struct cos root)
{
    struct keys keys = collect_keys(c);
    const struct cos tree = checker_get(c, root, "ParentTree");
    if (tree.kind == COS_DICT)
        checker_tree(c, tree, checker_number(root, "ParentTree", 0), "Nums", take_parent, &keys);
    for (size_t i = 0; i < keys.count; i++) {
        const struct keyed *k = &keys.all[i];
        if (!k->found && (k->annotation || c->pages[k->page - 1].marked))
            fault_with(c, RULE_PARENT_TREE, object_of(c, k), "key %lld is not in it", (long long)k->key);
    }
    free(keys.all);
}

static void check_owners(struct checker *c)
{
    for (size_t i = 0; i < c->page_count; i++)
        for (size_t mcid = 0; mcid < c->pages[i].marked; mcid++)
            if (c->owners[c->pages[i].first + mcid] == OWNER_NONE)
                fault_with(c, RULE_ORPHAN, c->pages[i].object, "MCID %zu", mcid);
    for (size_t i = 0; i < c->annotation_count; i++) {
        const struct annotation *a = &c->annotations[i];
        if (!a->owner && !a->popup)
            fault(c, a->link ? RULE_LINK_TAG : RULE_ANNOT_TAG, a->object);
    }
}

void check_structure(struct checker *c)
{
    const struct cos root = checker_get(c, c->catalog, "StructTreeRoot");
    struct walk w = { .c = c, .root = root, .roles = checker_get(c, root, "RoleMap") };
    struct element top = { .dict = root, .number = checker_number(c->catalog, "StructTreeRoot", 0) };
    if (root.kind != COS_DICT)
        return;
    w.seen = arena_array(c->arena, reader_size(c->reader), sizeof *w.seen);
    w.annotation_of = arena_array(c->arena, reader_size(c->reader), sizeof *w.annotation_of);
    for (size_t i = 0; i < c->annotation_count; i++)
        w.annotation_of[c->annotations[i].object] = (uint32_t)i + 1;
    reader_hold(c->reader, top.number);
    reader_hold(c->reader, checker_number(root, "RoleMap", 0));
    check_roles(&w);
    take_kids(&w, &top);
    HASH_CLEAR(hh, w.notes);
    if (w.headings > 0 && checker_get(c, c->catalog, "Outlines").kind != COS_DICT)
        fault(c, RULE_OUTLINE, c->catalog_number);
    check_owners(c);
    check_parents(c, root);
}
