/* Blocks from the structure tree (ISO 32000-1, 14.7): which elements begin one, and what its text is. */
#include "pdf_check/contents_inside.h"

#include <string.h>

enum { DEPTH = 100, ROLE = 32, LANGUAGE = 12 };

/* The block that content goes into. */
struct open_block {
    size_t index; /* in the contents */
    struct buf text;
    bool has_paragraph, cell;
};

struct walk {
    const struct contents_tree *tree;
    struct contents *out;
    bool *seen; /* elements, by object number */
    size_t rows;
};

/* What an element hands down. */
struct around {
    struct open_block *block; /* NULL: none */
    char language[LANGUAGE];
    unsigned page; /* object number of Pg; 0: none */
    size_t row;
    int depth;
};

static struct cos get(const struct walk *w, struct cos dict, const char *key)
{
    return reader_get(w->tree->reader, dict, key);
}

static void copy_text(struct cos v, bool name, char *out, size_t room)
{
    struct buf text;
    buf_init(&text);
    if (name)
        cos_add_name(v, &text);
    else
        cos_add_string(v, &text);
    size_t length = text.length < room ? text.length : room - 1;
    memcpy(out, text.data, length);
    out[length] = '\0';
    if (strspn(out, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != length)
        out[0] = '\0';
    buf_drop(&text);
}

static bool is_one_of(const char *role, const char *const *roles)
{
    for (; *roles; roles++)
        if (strcmp(role, *roles) == 0)
            return true;
    return false;
}

/* --- blocks --- */

static void add_blank(struct open_block *b)
{
    if (b && b->text.length)
        buf_add_char(&b->text, ' ');
}

static void add_content(const struct walk *w, const struct around *at, int64_t mcid)
{
    uint32_t page = at->page < reader_size(w->tree->reader) ? w->tree->page_of[at->page] : 0;
    if (!page || !at->block)
        return;
    struct contents_block *block = &w->out->blocks[at->block->index];
    const struct contents_marks *marks = &w->tree->marks[page - 1];
    block->page = block->page ? block->page : page;
    if (mcid >= 0 && (size_t)mcid < marks->count && marks->text[mcid])
        buf_add_string(&at->block->text, marks->text[mcid]);
}

static void open_block(struct walk *w, struct open_block *b, const char *role, const struct around *at)
{
    struct contents *out = w->out;
    out->blocks = arena_grow(w->tree->arena, out->blocks, out->block_count, sizeof *out->blocks);
    out->blocks[out->block_count] = (struct contents_block){
        .role = arena_string(w->tree->arena, role), .row = at->row,
        .language = arena_string_n(w->tree->arena, at->language, strcspn(at->language, "-")) };
    *b = (struct open_block){ .index = out->block_count++, .has_paragraph = role[0] == 'P' };
    b->cell = at->row > 0;
    buf_init(&b->text);
}

static void close_block(struct walk *w, struct open_block *b)
{
    struct buf clean;
    size_t length = 0;
    buf_init(&clean);
    contents_add_text(&clean, b->text.data, b->text.length);
    for (size_t i = 0; i < clean.length; i++) /* white space collapsed, none at the ends */
        if (clean.data[i] != ' ' || (length && clean.data[length - 1] != ' '))
            clean.data[length++] = clean.data[i];
    length -= length && clean.data[length - 1] == ' ';
    w->out->blocks[b->index].text = arena_string_n(w->tree->arena, clean.data, length);
    buf_drop(&clean);
    buf_drop(&b->text);
}

/* A cell is one block whatever stands in it; an item's first paragraph is the item's. */
static bool begins_block(const char *role, struct open_block *outer)
{
    static const char *const always[] = { "H", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "TH", "TD", "Caption", "Note",
                                          "TOCI", "Figure", "Formula", NULL };
    if (outer && outer->cell)
        return false;
    if (is_one_of(role, always))
        return true;
    if (strcmp(role, "P") != 0)
        return false;
    bool first = outer && !outer->has_paragraph;
    if (first)
        outer->has_paragraph = true;
    return !first;
}

/* --- the tree --- */

static void take_element(struct walk *, struct cos, const struct around *);

static void take_kid(struct walk *w, struct cos v, const struct around *at)
{
    const struct cos kid = reader_resolve(w->tree->reader, v), type = get(w, kid, "Type");
    struct around here = *at;
    if (kid.kind == COS_INTEGER) {
        add_content(w, at, cos_integer(kid, -1));
    } else if (cos_is_name(type, "MCR")) {
        unsigned page = cos_reference(cos_get(kid, "Pg"));
        here.page = page ? page : at->page;
        add_content(w, &here, cos_integer(get(w, kid, "MCID"), -1));
    } else if (kid.kind == COS_DICT && !cos_is_name(type, "OBJR")) {
        take_element(w, v, at);
    }
}

static void take_kids(struct walk *w, struct cos element, const struct around *at)
{
    const struct cos k = cos_get(element, "K"), list = reader_resolve(w->tree->reader, k);
    struct cursor in = cos_inside(list);
    if (list.kind != COS_ARRAY && list.kind != COS_NONE)
        take_kid(w, k, at);
    for (struct cos v; list.kind == COS_ARRAY && (v = cos_next(&in, true)).kind != COS_NONE && v.kind != COS_BAD;)
        take_kid(w, v, at);
}

/* ActualText stands for all that is in the element; what a figure draws is told by its description. */
static void take_inside(struct walk *w, struct cos element, const char *role, struct around *at)
{
    const struct cos alt = get(w, element, "Alt"), actual = get(w, element, "ActualText");
    bool figure = strcmp(role, "Figure") == 0 || strcmp(role, "Formula") == 0;
    struct open_block *block = at->block;
    if (block && at->page && !w->out->blocks[block->index].page && at->page < reader_size(w->tree->reader))
        w->out->blocks[block->index].page = w->tree->page_of[at->page];
    if (block && (actual.kind != COS_NONE || (figure && alt.kind != COS_NONE))) {
        cos_add_text(actual.kind != COS_NONE ? actual : alt, &block->text);
        at->block = NULL; /* kids that are blocks still come */
    }
    take_kids(w, element, at);
    at->block = block;
}

static void take_element(struct walk *w, struct cos v, const struct around *outer)
{
    static const char *const apart[] = { "P", "Lbl", "LBody", "L", "Div", "BlockQuote", NULL };
    const struct cos element = reader_resolve(w->tree->reader, v), lang = get(w, element, "Lang");
    unsigned number = cos_reference(v), page = cos_reference(cos_get(element, "Pg"));
    struct around at = *outer;
    struct open_block block;
    char role[ROLE];
    if (!number || number >= reader_size(w->tree->reader) || w->seen[number] || ++at.depth > DEPTH)
        return;
    w->seen[number] = true;
    copy_text(get(w, element, "S"), true, role, sizeof role);
    at.page = page ? page : at.page;
    if (strcmp(role, "TR") == 0)
        at.row = ++w->rows;
    if (lang.kind != COS_NONE && (!at.block || strcmp(role, "Span") != 0))
        copy_text(lang, false, at.language, sizeof at.language);
    bool begins = begins_block(role, at.block);
    if (!begins && is_one_of(role, apart))
        add_blank(at.block);
    if (begins) {
        open_block(w, &block, role, &at);
        at.block = &block;
    }
    take_inside(w, element, role, &at);
    if (begins)
        close_block(w, &block);
    else if (is_one_of(role, apart))
        add_blank(at.block);
}

void contents_blocks_read(const struct contents_tree *tree, struct contents *out)
{
    struct walk w = { .tree = tree, .out = out };
    struct around at = { .block = NULL };
    const struct cos root = reader_get(tree->reader, tree->catalog, "StructTreeRoot");
    w.seen = arena_array(tree->arena, reader_size(tree->reader) + 1, sizeof *w.seen);
    copy_text(reader_get(tree->reader, tree->catalog, "Lang"), false, at.language, sizeof at.language);
    if (root.kind == COS_DICT)
        take_kids(&w, root, &at);
    size_t kept = 0;
    for (size_t i = 0; i < out->block_count; i++)
        if (*out->blocks[i].text)
            out->blocks[kept++] = out->blocks[i];
    out->block_count = kept;
}
