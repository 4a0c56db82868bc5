/*
 * The structure tree (ISO 32000-1, 14.7 and 14.8). Knows nothing of what content looks like.
 */
#include "pdf/structure.h"

#include <stdlib.h>
#include <string.h>

/* So many elements with content are kept before those that are complete are written: a short document's all stand at
 * its end, which deflates best. */
enum { EMPTY = UINT32_MAX, MANY = 2000 };

/* A content sequence or an annotation of an element. */
struct item {
    struct item *next;
    const char *text;    /* what the content says, where its drawing order does not; or NULL */
    uint32_t page;
    uint32_t mcid;
    uint32_t order;      /* in the whole document */
    unsigned annotation; /* its object number, or 0 */
    unsigned span;       /* object number of what carries text and language, when the element itself cannot; or 0 */
    bool has_lang : 1;   /* other than the element's */
    enum lang lang : 7;  /* packed: each line of the document's text may have an item */
};

/* An element in its parent's eyes, which may outlive it; or several whose numbers follow one another, between which
 * the parent has no content of its own: of a long table the rows of a page. */
struct kid {
    struct kid *next;
    unsigned object, count;
    uint32_t order; /* of the first item in it or below; EMPTY: there is none; known when it is settled */
};

struct element {
    const struct scene_tag *tag;
    struct item *items, *last_item;
    struct kid *kids, *last_kid;
    struct kid *as_kid; /* NULL: the root; or of a page, and its parent is not: it becomes one at the page's end */
    unsigned object;    /* number */
    uint32_t order;     /* as a kid's */
    uint32_t waits;     /* for so many of the scene's elements in it, which are not written */
    enum lang lang : 8; /* own or inherited */
    enum dir dir : 8;   /* writing mode */
    bool branch : 1;    /* has elements as kids */
    bool begun : 1;     /* it is among those with content */
    bool closed : 1;    /* the page that is open is its last */
    bool written : 1;
};

/* The scene's, or a page's, by tag index. */
struct elements {
    struct element *all; /* heap */
    size_t count, room;
    struct arena *arena; /* of their items */
};

/* Some of these, by tag index in ascending order; NULL: all. */
struct some {
    struct element *of;
    const uint32_t *index;
    size_t count;
};

/* The element or span of each MCID of a page; of those before the one that is open as long as it may change. */
struct marked {
    unsigned *objects; /* heap */
    size_t count, room;
    uint32_t page, key;
    bool needed;   /* it may change yet */
    bool outdated; /* it has, since it was written */
};

/* Attributes that many elements have in common: one array for all with the same. */
enum { NO_MODE, LEFT_TO_RIGHT, RIGHT_TO_LEFT, MODES };
enum { NO_SCOPE, OF_COLUMN, OF_ROW, SCOPES };
enum { NO_LIST, OF_LIST, LISTS = OF_LIST + NUMBERING_COUNT }; /* OF_LIST and what stands before its items */
struct attributes {
    unsigned mode, scope, list;
};

/* An element that others name. */
struct named {
    const char *id; /* the file's */
    unsigned object;
};

struct structure {
    struct pdf_file *file;
    const struct scene *scene;
    const struct attachments *attachments;
    struct elements lasting, passing; /* the scene's; those of the page that is open */
    struct arena *spare;              /* that the items of lasting elements which go on move to */
    uint32_t *begun;                  /* of lasting: those with content that are not written; heap */
    size_t begun_count, begun_room;
    size_t enough;                    /* of them: time to write some */
    bool apart;                       /* some were written before the end: they have object streams of their own */
    unsigned *parents; /* what the parent tree says, by key: an annotation's element, a page's array; heap */
    size_t parent_count, parent_room;
    struct marked open;   /* of the page that is open */
    struct marked *before; /* heap */
    size_t before_count, before_room;
    unsigned shared[MODES][SCOPES][LISTS]; /* object numbers of attributes in use; 0: none yet */
    struct named *named; /* heap */
    size_t named_count, named_room;
    uint32_t order;
    unsigned root;
};

struct structure *structure_new(struct pdf_file *file, const struct scene *scene, const struct attachments *attachments)
{
    struct structure *s = xcalloc(1, sizeof *s);
    s->file = file;
    s->scene = scene;
    s->attachments = attachments;
    s->root = pdf_object_new(file);
    s->lasting.arena = arena_new();
    s->spare = arena_new();
    s->enough = MANY;
    s->passing.arena = arena_new();
    return s;
}

void structure_drop(struct structure *s)
{
    if (!s)
        return;
    arena_drop(s->lasting.arena);
    arena_drop(s->spare);
    arena_drop(s->passing.arena);
    free(s->lasting.all);
    free(s->passing.all);
    free(s->begun);
    free(s->parents);
    free(s->named);
    free(s->open.objects);
    for (size_t i = 0; i < s->before_count; i++)
        free(s->before[i].objects);
    free(s->before);
    free(s);
}

/* For one more element: the array, moved when it is full. */
static void *grow(void *array, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return array;
    *room += *room / 2 + 16;
    return xrealloc(array, *room, size);
}

static struct elements *elements_of(const struct structure *s, const struct scene_tag *tag)
{
    return (struct elements *)(tag->of_page ? &s->passing : &s->lasting);
}

/* A page's own tag with content on another page is a bug of ours. */
static struct element *element_of(const struct structure *s, const struct scene_tag *tag)
{
    const struct elements *elements = elements_of(s, tag);
    if (tag->index >= elements->count || elements->all[tag->index].tag != tag)
        abort();
    return &elements->all[tag->index];
}

static struct kid *add_kid(const struct structure *s, struct element *parent, unsigned object)
{
    struct kid *kid = arena_alloc(parent->tag->of_page ? s->passing.arena : s->file->arena, sizeof *kid);
    *kid = (struct kid){ .object = object, .count = 1, .order = EMPTY };
    if (parent->last_kid)
        parent->last_kid->next = kid;
    else
        parent->kids = kid;
    parent->last_kid = kid;
    return kid;
}

static void add_element(struct structure *s, const struct scene_tag *tag)
{
    struct elements *to = elements_of(s, tag);
    struct element e = { .tag = tag, .order = EMPTY, .lang = scene_meta_of(s->scene)->lang };
    if (tag->parent) {
        struct element *parent = element_of(s, tag->parent);
        parent->branch = true;
        parent->waits += !tag->of_page;
        e.lang = parent->lang;
    }
    if (tag->has_lang)
        e.lang = tag->lang;
    e.dir = lang_dir(e.lang);
    to->all = grow(to->all, to->count, &to->room, sizeof *to->all);
    to->all[to->count++] = e;
}

static void add_links(struct structure *s, struct element *e)
{
    if (e->tag->parent && e->tag->of_page == e->tag->parent->of_page)
        e->as_kid = add_kid(s, element_of(s, e->tag->parent), e->object);
    if (e->tag->more->name) {
        s->named = grow(s->named, s->named_count, &s->named_room, sizeof *s->named);
        s->named[s->named_count++] = (struct named){ arena_string(s->file->arena, e->tag->more->name), e->object };
    }
}

/* Those that were added since. Branches come first, so that the numbers of cells follow one another as their content
 * does: a row's list of them is then a piece of its page's, and deflates to nothing. */
static void number_elements(struct structure *s, struct elements *elements, size_t from)
{
    for (int leaves = 0; leaves < 2; leaves++)
        for (size_t i = from; i < elements->count; i++)
            if (elements->all[i].branch != leaves)
                elements->all[i].object = pdf_object_new(s->file);
    for (size_t i = from; i < elements->count; i++)
        add_links(s, &elements->all[i]);
}

static uint32_t add_parent(struct structure *s, unsigned object)
{
    s->parents = grow(s->parents, s->parent_count, &s->parent_room, sizeof *s->parents);
    s->parents[s->parent_count] = object;
    return (uint32_t)s->parent_count++;
}

static void add_lasting(struct structure *s)
{
    size_t before = s->lasting.count;
    while (s->lasting.count < scene_tags(s->scene))
        add_element(s, scene_tag_at(s->scene, s->lasting.count));
    number_elements(s, &s->lasting, before);
}

unsigned structure_begin_page(struct structure *s, size_t page)
{
    const struct scene_page *from = scene_page_at(s->scene, page);
    add_lasting(s);
    for (size_t i = 0; i < from->tag_count; i++)
        add_element(s, from->tags[i]);
    number_elements(s, &s->passing, 0);
    s->open.count = 0;
    s->open.page = (uint32_t)page;
    return s->open.key = add_parent(s, 0);
}

/* Content behind its last page is a bug of ours. */
static void begin_lasting(struct structure *s, struct element *e)
{
    if (e->written)
        abort();
    if (e->begun)
        return;
    e->begun = true;
    s->begun = grow(s->begun, s->begun_count, &s->begun_room, sizeof *s->begun);
    s->begun[s->begun_count++] = e->tag->index;
}

static void add_item(struct structure *s, const struct scene_tag *tag, struct item item)
{
    struct element *e = element_of(s, tag);
    struct item *new = arena_copy(elements_of(s, tag)->arena, &item, sizeof item);
    if (!tag->of_page)
        begin_lasting(s, e);
    new->page = s->open.page;
    new->order = s->order++;
    if (e->last_item)
        e->last_item->next = new;
    else
        e->items = new;
    e->last_item = new;
}

unsigned structure_add_content(struct structure *s, const struct scene_tag *tag)
{
    struct marked *m = &s->open;
    add_item(s, tag, (struct item){ .mcid = (uint32_t)m->count });
    m->objects = grow(m->objects, m->count, &m->room, sizeof *m->objects);
    m->objects[m->count] = element_of(s, tag)->object;
    return (unsigned)m->count++;
}

void structure_set_text(struct structure *s, const struct scene_tag *tag, const char *utf8)
{
    element_of(s, tag)->last_item->text = arena_string(elements_of(s, tag)->arena, utf8);
}

void structure_set_lang(struct structure *s, const struct scene_tag *tag, enum lang lang)
{
    struct item *item = element_of(s, tag)->last_item;
    item->has_lang = true;
    item->lang = lang;
}

void structure_place(struct structure *s, const struct scene_tag *tag)
{
    struct element *e = element_of(s, tag);
    if (e->order == EMPTY && !e->items)
        e->order = s->order++;
}

unsigned structure_add_annotation(struct structure *s, const struct scene_tag *tag, unsigned annotation)
{
    add_item(s, tag, (struct item){ .annotation = annotation });
    return add_parent(s, element_of(s, tag)->object);
}

static void add_page_of(const struct structure *s, const struct item *item, struct buf *b)
{
    buf_add_string(b, "/Pg ");
    pdf_add_ref(b, s->file->pages[item->page]);
}

/* --- attributes --- */

/* The writing mode is inherited. */
static struct attributes attributes_of(const struct structure *s, const struct element *e)
{
    const struct scene_tag *tag = e->tag, *row = tag->parent;
    struct attributes a = { NO_MODE, NO_SCOPE, NO_LIST };
    enum dir outer = tag->parent ? element_of(s, tag->parent)->dir : DIR_LTR;
    bool is_inline = tag->role == TAG_SPAN || tag->role == TAG_LINK || tag->role == TAG_REFERENCE;
    if (e->dir != outer && !is_inline)
        a.mode = e->dir == DIR_RTL ? RIGHT_TO_LEFT : LEFT_TO_RIGHT;
    if (tag->role == TAG_HEADER_CELL)
        a.scope = row && row->parent && row->parent->role == TAG_THEAD ? OF_COLUMN : OF_ROW;
    if (tag->role == TAG_LIST)
        a.list = OF_LIST + tag->numbering;
    return a;
}

static bool has_own_attributes(const struct scene_tag *tag)
{
    const struct scene_tag_more *more = tag->more;
    return tag->has_bbox || more->row_span > 1 || more->column_span > 1 || more->header_count;
}

static void add_layout(const struct structure *s, const struct element *e, unsigned mode, struct buf *b)
{
    const struct scene_tag *tag = e->tag;
    if (mode == NO_MODE && !tag->has_bbox)
        return;
    buf_add_string(b, "<</O/Layout");
    if (mode != NO_MODE)
        buf_add_string(b, mode == RIGHT_TO_LEFT ? "/WritingMode/RlTb" : "/WritingMode/LrTb");
    if (tag->has_bbox) {
        float height = scene_page_at(s->scene, e->items ? e->items->page : 0)->height;
        const float *from = tag->more->bbox, box[4] = { from[0], height - from[3], from[2], height - from[1] };
        buf_add_string(b, "/Placement/Block/BBox[");
        for (int i = 0; i < 4; i++) {
            buf_add_real(b, box[i], 3);
            buf_add_char(b, i < 3 ? ' ' : ']');
        }
    }
    buf_add_string(b, ">>");
}

static void add_table(const struct scene_tag_more *more, unsigned scope, struct buf *b)
{
    if (scope != NO_SCOPE || more->row_span > 1 || more->column_span > 1 || more->header_count) {
        buf_add_string(b, "<</O/Table");
        if (scope != NO_SCOPE)
            buf_add_string(b, scope == OF_COLUMN ? "/Scope/Column" : "/Scope/Row");
        if (more->row_span > 1)
            buf_printf(b, "/RowSpan %u", more->row_span);
        if (more->column_span > 1)
            buf_printf(b, "/ColSpan %u", more->column_span);
        buf_add_string(b, more->header_count ? "/Headers[" : "");
        for (uint32_t i = 0; i < more->header_count; i++)
            pdf_add_bytes(b, more->headers[i]);
        if (more->header_count)
            buf_add_char(b, ']');
        buf_add_string(b, ">>");
    }
}

static void add_lang(struct buf *b, enum lang lang)
{
    buf_add_string(b, "/Lang(");
    buf_add_string(b, lang_tag(lang));
    buf_add_char(b, ')');
}

static void add_attribute_array(const struct structure *s, const struct element *e, struct attributes a, struct buf *b)
{
    buf_add_char(b, '[');
    add_layout(s, e, a.mode, b);
    add_table(e->tag->more, a.scope, b);
    if (a.list != NO_LIST)
        buf_printf(b, "<</O/List/ListNumbering/%s>>", tag_numbering_name(e->tag->numbering));
    buf_add_char(b, ']');
}

static unsigned shared_attributes(struct structure *s, const struct element *e, struct attributes a)
{
    unsigned *object = &s->shared[a.mode][a.scope][a.list];
    if (*object)
        return *object;
    struct buf b;
    buf_init(&b);
    *object = pdf_object_new(s->file);
    add_attribute_array(s, e, a, &b);
    pdf_object_set(s->file, PDF_OTHER, *object, &b);
    buf_drop(&b);
    return *object;
}

static void add_attributes(struct structure *s, const struct element *e, struct buf *b)
{
    struct attributes a = attributes_of(s, e);
    if (has_own_attributes(e->tag)) {
        buf_add_string(b, "/A");
        add_attribute_array(s, e, a, b);
    } else if (a.mode || a.scope || a.list) {
        buf_add_string(b, "/A ");
        pdf_add_ref(b, shared_attributes(s, e, a));
    }
}

/* --- what is said --- */

static void add_words(const struct structure *s, const struct element *e, struct buf *b)
{
    const struct scene_tag *tag = e->tag;
    enum lang outer = tag->parent ? element_of(s, tag->parent)->lang : scene_meta_of(s->scene)->lang;
    if (e->lang != outer)
        add_lang(b, e->lang);
    if (tag->more->alt) {
        buf_add_string(b, "/Alt");
        pdf_add_text(b, tag->more->alt);
    }
    if (tag->more->name) {
        buf_add_string(b, "/ID");
        pdf_add_bytes(b, tag->more->name);
    }
    unsigned data = attachments_find(s->attachments, tag->more->chart);
    if (data)
        buf_printf(b, "/AF[%u 0 R]", data);
}

/* --- elements --- */

static void add_item_kid(const struct structure *s, const struct item *item, const struct item *first,
                         struct buf *b)
{
    if (item->span) {
        pdf_add_ref(b, item->span);
    } else if (item->annotation) {
        buf_add_string(b, "<</Type/OBJR/Obj ");
        pdf_add_ref(b, item->annotation);
        add_page_of(s, item, b);
        buf_add_string(b, ">>");
    } else if (item->page == first->page) {
        buf_add_unsigned(b, item->mcid);
    } else {
        buf_add_string(b, "<</Type/MCR");
        add_page_of(s, item, b);
        buf_printf(b, "/MCID %u>>", item->mcid);
    }
    buf_add_char(b, ' ');
}

/* Kids in reading order: elements as they were made, own content between them as it was drawn. A single number needs no
 * array. */
static void add_kids(const struct structure *s, const struct element *e, struct buf *b)
{
    const struct item *item = e->items;
    if (item && !item->next && !item->annotation && !e->kids) {
        buf_add_string(b, "/K ");
        add_item_kid(s, item, item, b);
        b->length--;
        return;
    }
    buf_add_string(b, "/K[");
    for (const struct kid *kid = e->kids; kid; kid = kid->next) {
        for (; item && item->order < kid->order && kid->order != EMPTY; item = item->next)
            add_item_kid(s, item, e->items, b);
        for (unsigned nth = 0; nth < kid->count; nth++) {
            pdf_add_ref(b, kid->object + nth);
            buf_add_char(b, ' ');
        }
    }
    for (; item; item = item->next)
        add_item_kid(s, item, e->items, b);
    b->length -= e->items || e->kids;
    buf_add_char(b, ']');
}

/* Text drawn from right to left stands in visual order in the page's content; an assistive technology that
 * takes it from there, and not from a text search, would read it backwards. ActualText in the structure says
 * it in logical order; readers that work on the content do not see it. An element without kids carries it
 * itself, for others each piece of content, which is a line or a part of one, gets a Span; so it does where the
 * whole would be longer than a string of PDF/A may be, 32767 bytes of UTF-16. */
static bool carries_text(const struct element *e)
{
    size_t length = 0;
    for (const struct item *item = e->items; item; item = item->next) {
        if (!item->text || item->has_lang)
            return false;
        length += strlen(item->text) + 1; /* of UTF-8, which UTF-16 at most doubles */
    }
    return e->items && !e->kids && length < 16000;
}

static void add_text(const struct element *e, struct buf *b)
{
    if (!carries_text(e))
        return;
    struct buf text;
    buf_init(&text);
    for (const struct item *item = e->items; item; item = item->next) {
        buf_add_string(&text, item->text);
        if (item->next && !(text.length && text.data[text.length - 1] == ' '))
            buf_add_char(&text, ' ');
    }
    buf_add_string(b, "/ActualText");
    pdf_add_text(b, text.data);
    buf_drop(&text);
}

static struct marked *marked_of(struct structure *s, uint32_t page)
{
    for (size_t i = 0; i < s->before_count && page != s->open.page; i++)
        if (s->before[i].page == page)
            return &s->before[i];
    return &s->open;
}

static struct element *nth(const struct some *some, size_t i)
{
    return &some->of[some->index ? some->index[i] : i];
}

static void number_span(struct structure *s, struct item *item)
{
    struct marked *marked = marked_of(s, item->page);
    item->span = pdf_object_new(s->file);
    marked->objects[item->mcid] = item->span;
    marked->outdated = true;
}

static bool is_on_page(const struct structure *s, const struct element *e)
{
    return e->last_item && e->last_item->page == s->open.page;
}

/* An element that carried its text may do so no more when it goes on: then content of pages before gets Spans too. */
static void number_spans(struct structure *s, const struct some *some)
{
    for (size_t i = 0; i < some->count; i++) {
        const struct element *e = nth(some, i);
        bool carried = is_on_page(s, e) && carries_text(e);
        for (struct item *item = is_on_page(s, e) ? e->items : NULL; item; item = item->next)
            if (!item->span && ((item->text && !carried) || item->has_lang))
                number_span(s, item);
    }
}

static void write_spans(const struct structure *s, const struct element *e, struct buf *b)
{
    for (struct item *item = e->items; item; item = item->next) {
        if (!item->span)
            continue;
        buf_clear(b);
        buf_add_string(b, "/S/Span");
        if (item->has_lang)
            add_lang(b, item->lang);
        if (item->text) {
            buf_add_string(b, "/ActualText");
            pdf_add_text(b, item->text);
        }
        buf_add_string(b, "/P ");
        pdf_add_ref(b, e->object);
        add_page_of(s, item, b);
        buf_add_string(b, "/K ");
        buf_add_unsigned(b, item->mcid);
        pdf_dict_set(s->file, item->span, b);
    }
}

/* Without its annotation a link is some text. */
static enum tag_role role_of(const struct structure *s, const struct scene_tag *tag)
{
    bool linked = scene_meta_of(s->scene)->colour != COLOUR_CMYK;
    return tag->role == TAG_LINK && !linked ? TAG_SPAN : tag->role;
}

static enum pdf_kind kind_of(const struct structure *s, const struct scene_tag *tag)
{
    if (tag->role == TAG_DATA_CELL || tag->role == TAG_HEADER_CELL)
        return PDF_CELL;
    if (tag->role == TAG_ROW)
        return PDF_ROW;
    return s->apart && !tag->of_page ? PDF_ELEMENT : PDF_OTHER;
}

/* Without /Type, which may be left out. What differs from the element before, if little does, is at the end. */
static void write_element(struct structure *s, const struct element *e, struct buf *b)
{
    buf_clear(b);
    buf_add_string(b, "/S/");
    buf_add_string(b, tag_role_name(role_of(s, e->tag)));
    add_attributes(s, e, b);
    add_words(s, e, b);
    add_text(e, b);
    buf_add_string(b, "/P ");
    pdf_add_ref(b, e->tag->parent ? element_of(s, e->tag->parent)->object : s->root);
    if (e->items)
        add_page_of(s, e->items, b);
    add_kids(s, e, b);
    pdf_dict_set_of(s->file, kind_of(s, e->tag), e->object, b);
}

/* The order of first content goes upwards: parents stand before their kids. */
static void settle(const struct structure *s, const struct some *some)
{
    for (size_t i = some->count; i-- > 0;) {
        struct element *e = nth(some, i);
        if (e->items && e->items->order < e->order)
            e->order = e->items->order;
        if (e->as_kid)
            e->as_kid->order = e->order;
        struct element *parent = e->tag->parent ? element_of(s, e->tag->parent) : NULL;
        if (parent && e->order < parent->order)
            parent->order = e->order;
    }
}

/* In the order of their numbers: then the cross-references are as regular as can be. */
static void write_elements(struct structure *s, const struct some *some)
{
    struct buf b;
    buf_init(&b);
    for (int leaves = 0; leaves < 2; leaves++)
        for (size_t i = 0; i < some->count; i++)
            if (nth(some, i)->branch != leaves)
                write_element(s, nth(some, i), &b);
    for (size_t i = 0; i < some->count; i++)
        write_spans(s, nth(some, i), &b);
    buf_drop(&b);
}

/* The elements of a page's MCIDs: pieces of it are what the page's rows list. */
static void write_marked(struct structure *s, struct marked *marked)
{
    struct buf b;
    buf_init(&b);
    buf_add_char(&b, '[');
    for (size_t i = 0; i < marked->count; i++) {
        if (i)
            buf_add_char(&b, ' ');
        pdf_add_ref(&b, marked->objects[i]);
    }
    buf_add_char(&b, ']');
    s->parents[marked->key] = pdf_object_new(s->file);
    pdf_object_set(s->file, PDF_ROW, s->parents[marked->key], &b);
    marked->outdated = false;
    buf_drop(&b);
}

/* --- elements that last --- */

static int compare_indexes(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void close_tags(struct structure *s)
{
    const struct scene_page *page = scene_page_at(s->scene, s->open.page);
    for (size_t i = 0; i < page->closed_count; i++) {
        struct element *e = element_of(s, page->closed[i]);
        begin_lasting(s, e);
        e->closed = true;
    }
}

/* Which pages' content may get Spans yet: what an element carries the text of that goes on. */
static void find_needed(struct structure *s)
{
    for (size_t i = 0; i < s->begun_count; i++) {
        const struct element *e = &s->lasting.all[s->begun[i]];
        const struct item *item = !e->closed && carries_text(e) ? e->items : NULL;
        for (; item; item = item->next)
            marked_of(s, item->page)->needed = true;
    }
}

/* Those of pages before that never change again are written once more where they did, and forgotten. */
static void drop_marked(struct structure *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->before_count; i++) {
        struct marked *m = &s->before[i];
        if (m->needed) {
            m->needed = false;
            s->before[kept++] = *m;
            continue;
        }
        if (m->outdated)
            write_marked(s, m);
        free(m->objects);
    }
    s->before_count = kept;
}

static void keep_marked(struct structure *s)
{
    find_needed(s);
    if (s->open.needed) {
        s->before = grow(s->before, s->before_count, &s->before_room, sizeof *s->before);
        s->before[s->before_count++] = s->open;
        s->open = (struct marked){ 0 };
    }
    drop_marked(s);
}

/* Parts them: before those that stay the ones that get no more, and in which none waits for more; their number. */
static size_t find_complete(struct structure *s)
{
    struct element *all = s->lasting.all;
    uint32_t *stay = xcalloc(s->begun_count + 1, sizeof *stay);
    size_t stays = 0, go = 0;
    qsort(s->begun, s->begun_count, sizeof *s->begun, compare_indexes);
    for (size_t i = s->begun_count; i-- > 0;) {
        struct element *e = &all[s->begun[i]];
        e->written = e->closed && !e->waits;
        if (e->written && e->tag->parent)
            element_of(s, e->tag->parent)->waits--;
    }
    for (size_t i = 0; i < s->begun_count; i++)
        if (all[s->begun[i]].written)
            s->begun[go++] = s->begun[i];
        else
            stay[stays++] = s->begun[i];
    memcpy(s->begun + go, stay, stays * sizeof *stay);
    free(stay);
    return go;
}

static void move_items(struct structure *s, struct element *e)
{
    for (struct item **link = &e->items; *link; link = &e->last_item->next) {
        e->last_item = *link = arena_copy(s->spare, *link, sizeof **link);
        e->last_item->text = arena_string(s->spare, e->last_item->text);
    }
}

/* Of the others all moves to the spare arena, and what was written is forgotten. */
static void write_complete(struct structure *s)
{
    const struct some complete = { s->lasting.all, s->begun, find_complete(s) };
    struct arena *left = s->lasting.arena;
    s->apart = true;
    settle(s, &complete);
    write_elements(s, &complete);
    for (size_t i = 0; i < complete.count; i++)
        nth(&complete, i)->items = nth(&complete, i)->last_item = NULL;
    s->begun_count -= complete.count;
    memmove(s->begun, s->begun + complete.count, s->begun_count * sizeof *s->begun);
    for (size_t i = 0; i < s->begun_count; i++)
        move_items(s, &s->lasting.all[s->begun[i]]);
    arena_clear(left);
    s->lasting.arena = s->spare;
    s->spare = left;
    s->enough = s->begun_count + MANY;
}

/* Those of the page whose parents outlive it, which have got no kids since the page began. */
static void hand_over(struct structure *s)
{
    for (size_t i = 0; i < s->passing.count; i++) {
        const struct element *e = &s->passing.all[i];
        if (e->tag->parent->of_page)
            continue;
        struct element *parent = element_of(s, e->tag->parent);
        struct kid *last = parent->last_kid;
        bool follows = last && last->order != EMPTY && last->object + last->count == e->object;
        if (follows && (!parent->last_item || parent->last_item->order < last->order))
            last->count++;
        else
            add_kid(s, parent, e->object)->order = e->order;
    }
}

void structure_end_page(struct structure *s)
{
    const struct some passing = { s->passing.all, NULL, s->passing.count };
    settle(s, &passing);
    hand_over(s);
    close_tags(s);
    number_spans(s, &passing);
    number_spans(s, &(struct some){ s->lasting.all, s->begun, s->begun_count });
    write_elements(s, &passing);
    write_marked(s, &s->open);
    s->passing.count = 0;
    arena_clear(s->passing.arena);
    keep_marked(s);
    if (s->begun_count >= s->enough)
        write_complete(s);
}

/* --- trees --- */

static void add_number(const void *context, size_t index, struct buf *b)
{
    (void)context;
    buf_add_unsigned(b, index);
}

static void add_parents(const void *context, size_t index, struct buf *b)
{
    pdf_add_ref(b, ((const struct structure *)context)->parents[index]);
}

static int compare_ids(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    return strcmp(x->id, y->id);
}

static void add_id(const void *context, size_t index, struct buf *b)
{
    pdf_add_bytes(b, ((const struct named *)context)[index].id);
}

static void add_named(const void *context, size_t index, struct buf *b)
{
    pdf_add_ref(b, ((const struct named *)context)[index].object);
}

static unsigned id_tree_new(const struct structure *s)
{
    if (!s->named_count)
        return 0;
    qsort(s->named, s->named_count, sizeof *s->named, compare_ids);
    return pdf_tree_new(s->file, &(struct pdf_tree){ "Names", s->named_count, add_id, add_named, s->named });
}

/* What no page was the last of, and what has no content of its own. */
static void write_others(struct structure *s)
{
    size_t count = 0;
    uint32_t *index = xcalloc(s->lasting.count, sizeof *index);
    for (size_t i = 0; i < s->lasting.count; i++)
        if (!s->lasting.all[i].written)
            index[count++] = (uint32_t)i;
    const struct some others = { s->lasting.all, index, count };
    settle(s, &others);
    write_elements(s, &others);
    free(index);
}

unsigned structure_finish(struct structure *s)
{
    add_lasting(s);
    write_others(s);
    drop_marked(s);
    unsigned parents =
        pdf_tree_new(s->file, &(struct pdf_tree){ "Nums", s->parent_count, add_number, add_parents, s });
    unsigned ids = id_tree_new(s);
    struct buf b;
    buf_init(&b);
    buf_add_string(&b, "/Type /StructTreeRoot /K ");
    pdf_add_ref(&b, s->lasting.all[0].object);
    buf_add_string(&b, " /ParentTree ");
    pdf_add_ref(&b, parents);
    buf_printf(&b, " /ParentTreeNextKey %zu", s->parent_count);
    if (ids) {
        buf_add_string(&b, " /IDTree ");
        pdf_add_ref(&b, ids);
    }
    buf_add_char(&b, '\n');
    pdf_dict_set(s->file, s->root, &b);
    buf_drop(&b);
    free(s->lasting.all); /* the table of places comes, which is large where there are many */
    s->lasting.all = NULL;
    return s->root;
}
