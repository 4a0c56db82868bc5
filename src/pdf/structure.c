/*
 * The structure tree (ISO 32000-1, 14.7 and 14.8). Knows nothing of what content looks like.
 */
#include "pdf/structure.h"

#include <stdlib.h>
#include <string.h>

/* A content sequence or an annotation of an element. */
struct item {
    size_t page;
    unsigned mcid;
    unsigned annotation; /* its object number, or 0 */
    unsigned span;       /* object number of what carries the text, when the element itself cannot; or 0 */
    uint32_t order;      /* in the whole document */
    const char *text;    /* what the content says, where its drawing order does not; or NULL */
    struct item *next;
};

struct element {
    const struct scene_tag *tag;
    unsigned object; /* number */
    struct item *items, *last_item;
    struct element *kids, *last_kid, *next;
    uint32_t order; /* of the first item in it or below; UINT32_MAX: empty */
    enum dir dir;   /* writing mode */
};

/* What the parent tree says of a page: the element of each MCID. */
struct marked {
    struct marked_item {
        const struct element *element;
        const struct item *item;
    } * items;
    size_t count;
};

struct structure {
    struct pdf_file *file;
    struct arena *arena;
    const struct scene *scene;
    const unsigned *pages; /* object numbers */
    size_t page_count;
    struct element *elements; /* by tag id */
    size_t element_count;
    struct marked *marked;            /* by page */
    const struct element **annotated; /* by annotation key - page_count */
    size_t annotated_count;
    uint32_t order;
    unsigned root;
};

struct structure *structure_new(struct pdf_file *file, const struct scene *scene, const unsigned *pages)
{
    struct structure *s = arena_alloc(file->arena, sizeof *s);
    s->file = file;
    s->arena = file->arena;
    s->scene = scene;
    s->pages = pages;
    s->page_count = scene_pages(scene);
    s->element_count = scene_tags(scene);
    s->elements = arena_array(s->arena, s->element_count, sizeof *s->elements);
    s->marked = arena_array(s->arena, s->page_count, sizeof *s->marked);
    s->root = pdf_object_new(file);
    for (size_t i = 0; i < s->element_count; i++) {
        struct element *e = &s->elements[i];
        e->tag = scene_tag_at(scene, i);
        e->object = pdf_object_new(file);
        e->order = UINT32_MAX;
        if (!e->tag->parent)
            continue;
        struct element *parent = &s->elements[e->tag->parent->id];
        if (parent->last_kid)
            parent->last_kid->next = e;
        else
            parent->kids = e;
        parent->last_kid = e;
    }
    return s;
}

static const struct item *add_item(struct structure *s, const struct scene_tag *tag, struct item item)
{
    struct element *e = &s->elements[tag->id];
    struct item *new = arena_copy(s->arena, &item, sizeof item);
    new->order = s->order++;
    if (e->last_item)
        e->last_item->next = new;
    else
        e->items = new;
    e->last_item = new;
    return new;
}

unsigned structure_add_content(struct structure *s, const struct scene_tag *tag, size_t page)
{
    struct marked *m = &s->marked[page];
    m->items = arena_grow(s->arena, m->items, m->count, sizeof *m->items);
    m->items[m->count].element = &s->elements[tag->id];
    m->items[m->count].item = add_item(s, tag, (struct item){ .page = page, .mcid = (unsigned)m->count });
    return (unsigned)m->count++;
}

void structure_set_text(struct structure *s, const struct scene_tag *tag, const char *utf8)
{
    s->elements[tag->id].last_item->text = arena_string(s->arena, utf8);
}

unsigned structure_add_annotation(struct structure *s, const struct scene_tag *tag, size_t page,
                                  unsigned annotation)
{
    s->annotated = arena_grow(s->arena, s->annotated, s->annotated_count, sizeof(struct element *));
    s->annotated[s->annotated_count] = &s->elements[tag->id];
    add_item(s, tag, (struct item){ .page = page, .annotation = annotation });
    return (unsigned)(s->page_count + s->annotated_count++);
}

/* --- attributes --- */

static void add_layout(const struct structure *s, const struct element *e, struct buf *b)
{
    const struct scene_tag *tag = e->tag;
    enum dir outer = tag->parent ? s->elements[tag->parent->id].dir : DIR_LTR;
    bool is_inline = tag->role == TAG_SPAN || tag->role == TAG_LINK || tag->role == TAG_REFERENCE;
    bool turns = e->dir != outer && !is_inline;
    if (!turns && !tag->has_bbox)
        return;
    buf_add_string(b, "<</O /Layout");
    if (turns)
        buf_printf(b, " /WritingMode /%s", e->dir == DIR_RTL ? "RlTb" : "LrTb");
    if (tag->has_bbox) {
        float height = scene_page_at(s->scene, e->items ? e->items->page : 0)->height;
        const float box[4] = { tag->bbox[0], height - tag->bbox[3], tag->bbox[2], height - tag->bbox[1] };
        buf_add_string(b, " /Placement /Block /BBox [");
        for (int i = 0; i < 4; i++) {
            buf_add_real(b, box[i], 3);
            buf_add_char(b, i < 3 ? ' ' : ']');
        }
    }
    buf_add_string(b, ">>");
}

static void add_table(const struct element *e, struct buf *b)
{
    const struct scene_tag *tag = e->tag, *row = tag->parent;
    if (tag->role == TAG_HEADER_CELL || tag->row_span > 1 || tag->column_span > 1) {
        bool column = row && row->parent && row->parent->role == TAG_THEAD;
        buf_add_string(b, "<</O /Table");
        if (tag->role == TAG_HEADER_CELL)
            buf_printf(b, " /Scope /%s", column ? "Column" : "Row");
        if (tag->row_span > 1)
            buf_printf(b, " /RowSpan %u", tag->row_span);
        if (tag->column_span > 1)
            buf_printf(b, " /ColSpan %u", tag->column_span);
        buf_add_string(b, ">>");
    } else if (tag->role == TAG_TABLE && tag->summary) {
        buf_add_string(b, "<</O /Table /Summary ");
        pdf_add_text(b, tag->summary);
        buf_add_string(b, ">>");
    }
}

static void add_attributes(const struct structure *s, const struct element *e, struct buf *b)
{
    const struct scene_tag *tag = e->tag;
    if (tag->has_lang)
        buf_printf(b, " /Lang (%s)", lang_tag(tag->lang));
    if (tag->alt) {
        buf_add_string(b, " /Alt ");
        pdf_add_text(b, tag->alt);
    }
    if (tag->note_id) {
        buf_add_string(b, " /ID ");
        pdf_add_bytes(b, tag->note_id);
    }
    size_t before = b->length;
    buf_add_string(b, " /A [");
    size_t empty = b->length;
    add_layout(s, e, b);
    add_table(e, b);
    if (tag->role == TAG_LIST)
        buf_printf(b, "<</O /List /ListNumbering /%s>>", tag->ordered ? "Decimal" : "Disc");
    if (b->length > empty) {
        buf_add_char(b, ']');
    } else {
        b->length = before;
        b->data[before] = '\0';
    }
}

/* --- elements --- */

static void add_item_kid(const struct structure *s, const struct item *item, const struct item *first,
                         struct buf *b)
{
    if (item->span) {
        pdf_add_ref(b, item->span);
        buf_add_char(b, ' ');
    } else if (item->annotation) {
        buf_add_string(b, "<</Type /OBJR /Obj ");
        pdf_add_ref(b, item->annotation);
        buf_add_string(b, " /Pg ");
        pdf_add_ref(b, s->pages[item->page]);
        buf_add_string(b, ">> ");
    } else if (item->page == first->page) {
        buf_add_unsigned(b, item->mcid);
        buf_add_char(b, ' ');
    } else {
        buf_add_string(b, "<</Type /MCR /Pg ");
        pdf_add_ref(b, s->pages[item->page]);
        buf_printf(b, " /MCID %u>> ", item->mcid);
    }
}

/* Kids in reading order: elements as they were made, own content between them as it was drawn. */
static void add_kids(const struct structure *s, const struct element *e, struct buf *b)
{
    const struct item *item = e->items;
    buf_add_string(b, " /K [");
    for (const struct element *kid = e->kids; kid; kid = kid->next) {
        for (; item && item->order < kid->order && kid->order != UINT32_MAX; item = item->next)
            add_item_kid(s, item, e->items, b);
        pdf_add_ref(b, kid->object);
        buf_add_char(b, ' ');
    }
    for (; item; item = item->next)
        add_item_kid(s, item, e->items, b);
    buf_add_string(b, "]\n");
}

/* Text drawn from right to left stands in visual order in the page's content; an assistive technology that
 * takes it from there, and not from a text search, would read it backwards. ActualText in the structure says
 * it in logical order; readers that work on the content do not see it. An element without kids carries it
 * itself, for others each piece of content gets a Span. */
static bool carries_text(const struct element *e)
{
    bool any = false, all = true;
    for (const struct item *item = e->items; item; item = item->next) {
        any |= item->text != NULL;
        all &= item->text != NULL;
    }
    return any && all && !e->kids;
}

static void add_text(const struct element *e, struct buf *b)
{
    if (!carries_text(e))
        return;
    struct buf text;
    buf_init(&text);
    for (const struct item *item = e->items; item; item = item->next) {
        buf_add_string(&text, item->text);
        if (item->next)
            buf_add_char(&text, ' ');
    }
    buf_add_string(b, " /ActualText ");
    pdf_add_text(b, text.data);
    buf_drop(&text);
}

static void write_spans(const struct structure *s, const struct element *e, struct buf *b)
{
    for (struct item *item = e->items; item; item = item->next) {
        if (!item->text || carries_text(e))
            continue;
        item->span = pdf_object_new(s->file);
        buf_clear(b);
        buf_add_string(b, "/Type /StructElem /S /Span /P ");
        pdf_add_ref(b, e->object);
        buf_add_string(b, " /ActualText ");
        pdf_add_text(b, item->text);
        buf_add_string(b, " /Pg ");
        pdf_add_ref(b, s->pages[item->page]);
        buf_printf(b, " /K %u\n", item->mcid);
        pdf_dict_set(s->file, item->span, b);
    }
}

static void write_element(const struct structure *s, const struct element *e, struct buf *b)
{
    write_spans(s, e, b);
    buf_clear(b);
    buf_add_string(b, "/Type /StructElem /S /");
    buf_add_string(b, tag_role_name(e->tag->role));
    buf_add_string(b, " /P ");
    pdf_add_ref(b, e->tag->parent ? s->elements[e->tag->parent->id].object : s->root);
    add_attributes(s, e, b);
    add_text(e, b);
    if (e->items) {
        buf_add_string(b, " /Pg ");
        pdf_add_ref(b, s->pages[e->items->page]);
    }
    add_kids(s, e, b);
    pdf_dict_set(s->file, e->object, b);
}

/* Parents stand before their kids: downwards for directions, upwards for the order of first content. */
static void settle(struct structure *s)
{
    for (size_t i = 0; i < s->element_count; i++) {
        struct element *e = &s->elements[i];
        if (e->tag->has_lang)
            e->dir = lang_dir(e->tag->lang);
        else if (e->tag->parent)
            e->dir = s->elements[e->tag->parent->id].dir;
        else
            e->dir = lang_dir(scene_meta_of(s->scene)->lang);
    }
    for (size_t i = s->element_count; i-- > 0;) {
        struct element *e = &s->elements[i];
        if (e->items && e->items->order < e->order)
            e->order = e->items->order;
        if (e->tag->parent && e->order < s->elements[e->tag->parent->id].order)
            s->elements[e->tag->parent->id].order = e->order;
    }
}

/* --- parent tree --- */

static const char *marked_value(const struct structure *s, const struct marked *m, struct buf *b)
{
    buf_clear(b);
    buf_add_char(b, '[');
    for (size_t i = 0; i < m->count; i++) {
        const struct marked_item *marked = &m->items[i];
        pdf_add_ref(b, marked->item->span ? marked->item->span : marked->element->object);
        buf_add_char(b, ' ');
    }
    buf_add_char(b, ']');
    return arena_string(s->arena, b->data);
}

static const char *reference_value(const struct structure *s, const struct element *e, struct buf *b)
{
    buf_clear(b);
    pdf_add_ref(b, e->object);
    return arena_string(s->arena, b->data);
}

static unsigned parent_tree_new(const struct structure *s, struct buf *b)
{
    size_t count = s->page_count + s->annotated_count;
    struct pdf_tree_entry *entries = arena_array(s->arena, count, sizeof *entries);
    for (size_t i = 0; i < count; i++) {
        entries[i].key = arena_printf(s->arena, "%zu", i);
        entries[i].value = i < s->page_count ? marked_value(s, &s->marked[i], b)
                                             : reference_value(s, s->annotated[i - s->page_count], b);
    }
    return pdf_tree_new(s->file, "Nums", entries, count);
}

/* Notes by their /ID, in the order of the IDs. */
static int compare_ids(const void *a, const void *b)
{
    const struct element *const *x = a, *const *y = b;
    return strcmp((*x)->tag->note_id, (*y)->tag->note_id);
}

static unsigned id_tree_new(const struct structure *s, struct buf *b)
{
    const struct element **notes = arena_array(s->arena, s->element_count, sizeof(struct element *));
    size_t count = 0;
    for (size_t i = 0; i < s->element_count; i++)
        if (s->elements[i].tag->note_id)
            notes[count++] = &s->elements[i];
    if (!count)
        return 0;
    qsort(notes, count, sizeof(struct element *), compare_ids);
    struct pdf_tree_entry *entries = arena_array(s->arena, count, sizeof *entries);
    for (size_t i = 0; i < count; i++) {
        buf_clear(b);
        pdf_add_bytes(b, notes[i]->tag->note_id);
        entries[i].key = arena_string(s->arena, b->data);
        entries[i].value = reference_value(s, notes[i], b);
    }
    return pdf_tree_new(s->file, "Names", entries, count);
}

unsigned structure_finish(struct structure *s)
{
    struct buf b;
    buf_init(&b);
    settle(s);
    for (size_t i = 0; i < s->element_count; i++)
        write_element(s, &s->elements[i], &b);
    unsigned parents = parent_tree_new(s, &b), ids = id_tree_new(s, &b);
    buf_clear(&b);
    buf_add_string(&b, "/Type /StructTreeRoot /K ");
    pdf_add_ref(&b, s->elements[0].object);
    buf_add_string(&b, " /ParentTree ");
    pdf_add_ref(&b, parents);
    buf_printf(&b, " /ParentTreeNextKey %zu", s->page_count + s->annotated_count);
    if (ids) {
        buf_add_string(&b, " /IDTree ");
        pdf_add_ref(&b, ids);
    }
    buf_add_char(&b, '\n');
    pdf_dict_set(s->file, s->root, &b);
    buf_drop(&b);
    return s->root;
}
