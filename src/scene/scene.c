/*
 * Scene: pages of drawing commands, the tag tree, destinations and outline, all in one arena.
 * Knows nothing of PDF objects or of how the pages were laid out.
 */
#include "scene/scene.h"

#include <stdlib.h>

struct page {
    struct scene_page public;
    struct scene_command *commands; /* heap, as the pages */
    size_t room;                    /* of commands */
    struct scene_link *links;
    struct scene_source *sources;
    struct scene_tag **tags;
    const struct scene_tag **closed;
    struct arena *arena; /* NULL: what is on it is the scene's */
    bool in_content; /* between a begin and its end */
};

struct part {
    struct scene_tag *tag;
    const char *prefix; /* of its destinations */
};

struct scene {
    struct arena *arena;
    const struct scene_sink *sink; /* NULL: pages are kept */
    struct arena *open;            /* of the page between begin and end, else NULL */
    struct arena *spare;           /* of a page that is gone, for the next */
    size_t page_room;
    uint32_t next_id;
    struct page *pages; /* heap: in an arena each growth would leave a copy behind */
    size_t page_count;
    struct scene_tag **tags; /* heap, as the pages */
    size_t tag_count, tag_room;
    struct scene_dest *dests;
    size_t dest_count;
    struct scene_outline *outlines;
    size_t outline_count;
    struct scene_meta meta;
    struct part *parts;
    size_t part_count;
    const struct part *part; /* NULL: the document is not parted */
    struct scene_tag *section; /* NULL: none was begun */
};

struct scene *scene_new(void)
{
    struct arena *arena = arena_new();
    struct scene *s = arena_alloc(arena, sizeof *s);
    s->arena = arena;
    scene_tag_new(s, NULL, TAG_DOCUMENT);
    return s;
}

void scene_drop(struct scene *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->page_count; i++) {
        free(s->pages[i].commands);
        arena_drop(s->pages[i].arena);
    }
    free(s->pages);
    free(s->tags);
    arena_drop(s->spare);
    arena_drop(s->arena);
}

void scene_set_sink(struct scene *s, const struct scene_sink *sink)
{
    s->sink = sink;
}

struct arena *scene_arena(struct scene *s)
{
    return s->open ? s->open : s->arena;
}

size_t scene_page_add(struct scene *s, float width, float height)
{
    if (s->page_count == s->page_room) {
        s->page_room += s->page_room / 2 + 16;
        s->pages = xrealloc(s->pages, s->page_room, sizeof *s->pages);
    }
    s->pages[s->page_count] = (struct page){ .public = { .width = width, .height = height } };
    return s->page_count++;
}

size_t scene_page_begin(struct scene *s, float width, float height)
{
    size_t page = scene_page_add(s, width, height);
    s->open = s->pages[page].arena = s->spare ? s->spare : arena_new();
    s->spare = NULL;
    return page;
}

void scene_page_end(struct scene *s)
{
    struct page *p = &s->pages[s->page_count - 1];
    s->open = NULL;
    if (!s->sink)
        return;
    s->sink->take(s->sink->context, s, s->page_count - 1);
    free(p->commands);
    arena_clear(p->arena);
    s->spare = p->arena;
    *p = (struct page){ .public = { .width = p->public.width, .height = p->public.height } };
}

static struct scene_command *add_command(struct scene *s, size_t page, enum scene_command_kind kind)
{
    struct page *p = &s->pages[page];
    if (p->public.command_count == p->room) {
        p->room += p->room / 4 + 16;
        p->commands = xrealloc(p->commands, p->room, sizeof *p->commands);
        p->public.commands = p->commands;
    }
    struct scene_command *c = &p->commands[p->public.command_count++];
    *c = (struct scene_command){ 0 };
    c->kind = kind;
    return c;
}

void scene_text(struct scene *s, size_t page, const struct text_line *line, float x, float baseline)
{
    struct scene_command *c = add_command(s, page, SCENE_TEXT);
    c->text.line = line;
    c->text.x = x;
    c->text.baseline = baseline;
}

void scene_text_spans(struct scene *s, size_t page, const struct scene_span *spans, uint32_t count)
{
    struct page *p = &s->pages[page];
    struct scene_command *c = &p->commands[p->public.command_count - 1];
    if (c->kind != SCENE_TEXT)
        abort();
    c->text.spans = arena_copy(scene_arena(s), spans, count * sizeof *spans);
    c->text.span_count = count;
}

void scene_path(struct scene *s, size_t page, const struct path_step *steps, uint32_t count, struct paint paint)
{
    struct scene_command *c = add_command(s, page, SCENE_PATH);
    c->path.steps = arena_copy(scene_arena(s), steps, count * sizeof *steps);
    c->path.count = count;
    c->path.paint = paint;
}

void scene_image(struct scene *s, size_t page, const struct image *pixels, const char *name, float x, float y,
                 float width, float height)
{
    struct scene_command *c = add_command(s, page, SCENE_IMAGE);
    c->image.pixels = pixels;
    c->image.name = name;
    c->image.x = x;
    c->image.y = y;
    c->image.width = width;
    c->image.height = height;
}

struct scene_tag *scene_tag_root(struct scene *s)
{
    return s->section ? s->section : s->part ? s->part->tag : s->tags[0];
}

void scene_section_begin(struct scene *s)
{
    s->section = scene_tag_new(s, s->part ? s->part->tag : s->tags[0], TAG_SECT);
}

size_t scene_part_begin(struct scene *s, const char *prefix)
{
    struct scene_tag *tag = scene_tag_new(s, s->tags[0], TAG_SECT);
    s->parts = arena_grow(s->arena, s->parts, s->part_count, sizeof *s->parts);
    s->parts[s->part_count] = (struct part){ tag, prefix };
    scene_part_resume(s, s->part_count);
    return s->part_count++;
}

void scene_part_resume(struct scene *s, size_t part)
{
    s->part = &s->parts[part];
    s->section = NULL;
}

static const char *part_name(struct scene *s, const char *name)
{
    const char *prefix = s->part ? s->part->prefix : "";
    return name && *prefix ? arena_printf(scene_arena(s), "%s%s", prefix, name) : name;
}

static void add_tag(struct scene *s, struct scene_tag *tag)
{
    if (s->tag_count == s->tag_room) {
        s->tag_room += s->tag_room / 2 + 16;
        s->tags = xrealloc(s->tags, s->tag_room, sizeof(struct scene_tag *));
    }
    tag->index = (uint32_t)s->tag_count;
    s->tags[s->tag_count++] = tag;
}

static void add_page_tag(struct scene *s, struct page *p, struct scene_tag *tag)
{
    p->public.tags = p->tags = arena_grow(s->open, p->tags, p->public.tag_count, sizeof(struct scene_tag *));
    tag->of_page = true;
    tag->index = (uint32_t)p->public.tag_count;
    p->tags[p->public.tag_count++] = tag;
}

static const struct scene_tag_more nothing_more;

struct scene_tag *scene_tag_new(struct scene *s, struct scene_tag *parent, enum tag_role role)
{
    struct scene_tag *t = arena_alloc(scene_arena(s), sizeof *t);
    t->id = s->next_id++;
    t->role = role;
    t->parent = parent;
    t->more = &nothing_more;
    if (s->open)
        add_page_tag(s, &s->pages[s->page_count - 1], t);
    else
        add_tag(s, t);
    return t;
}

/* It lives as long as its tag. */
struct scene_tag_more *scene_tag_more(struct scene *s, struct scene_tag *tag)
{
    struct arena *arena = tag->of_page ? s->open : s->arena;
    if (tag->more == &nothing_more)
        tag->more = arena_alloc(arena, sizeof *tag->more);
    return (struct scene_tag_more *)tag->more;
}

/* Content sequences do not nest: content of two elements, or of an element and an artifact, never overlaps. */
static struct scene_command *toggle_content(struct scene *s, size_t page, enum scene_command_kind kind, bool begin)
{
    struct page *p = &s->pages[page];
    if (p->in_content == begin)
        abort();
    p->in_content = begin;
    return add_command(s, page, kind);
}

void scene_tag_begin(struct scene *s, size_t page, const struct scene_tag *tag)
{
    toggle_content(s, page, SCENE_TAG_BEGIN, true)->tag = tag;
}

void scene_tag_end(struct scene *s, size_t page)
{
    toggle_content(s, page, SCENE_TAG_END, false);
}

void scene_tag_close(struct scene *s, size_t page, const struct scene_tag *tag)
{
    struct page *p = &s->pages[page];
    if (!tag)
        return;
    p->closed = arena_grow(scene_arena(s), p->closed, p->public.closed_count, sizeof(const struct scene_tag *));
    p->public.closed = p->closed;
    p->closed[p->public.closed_count++] = tag;
}

void scene_artifact_begin(struct scene *s, size_t page, enum artifact_kind kind)
{
    toggle_content(s, page, SCENE_ARTIFACT_BEGIN, true)->artifact = kind;
}

void scene_artifact_end(struct scene *s, size_t page)
{
    toggle_content(s, page, SCENE_ARTIFACT_END, false);
}

void scene_link_add(struct scene *s, size_t page, struct scene_link link)
{
    struct page *p = &s->pages[page];
    p->links = arena_grow(scene_arena(s), p->links, p->public.link_count, sizeof *p->links);
    p->public.links = p->links;
    link.dest = part_name(s, link.dest);
    p->links[p->public.link_count++] = link;
}

void scene_source_add(struct scene *s, size_t page, struct scene_source source)
{
    struct page *p = &s->pages[page];
    p->sources = arena_grow(scene_arena(s), p->sources, p->public.source_count, sizeof *p->sources);
    p->public.sources = p->sources;
    p->sources[p->public.source_count++] = source;
}

void scene_dest_add(struct scene *s, const char *name, size_t page, float y)
{
    s->dests = arena_grow(s->arena, s->dests, s->dest_count, sizeof *s->dests);
    s->dests[s->dest_count++] = (struct scene_dest){ arena_string(s->arena, part_name(s, name)), page, y };
}

void scene_outline_add(struct scene *s, struct scene_outline outline)
{
    s->outlines = arena_grow(s->arena, s->outlines, s->outline_count, sizeof *s->outlines);
    outline.dest = part_name(s, outline.dest);
    s->outlines[s->outline_count++] = outline;
}

void scene_set_meta(struct scene *s, struct scene_meta meta)
{
    s->meta = meta;
}

size_t scene_pages(const struct scene *s)
{
    return s->page_count;
}

const struct scene_page *scene_page_at(const struct scene *s, size_t page)
{
    return &s->pages[page].public;
}

size_t scene_tags(const struct scene *s)
{
    return s->tag_count;
}

const struct scene_tag *scene_tag_at(const struct scene *s, size_t index)
{
    return s->tags[index];
}

size_t scene_dests(const struct scene *s)
{
    return s->dest_count;
}

const struct scene_dest *scene_dest_at(const struct scene *s, size_t index)
{
    return &s->dests[index];
}

size_t scene_outlines(const struct scene *s)
{
    return s->outline_count;
}

const struct scene_outline *scene_outline_at(const struct scene *s, size_t index)
{
    return &s->outlines[index];
}

const struct scene_meta *scene_meta_of(const struct scene *s)
{
    return &s->meta;
}

const char *tag_role_name(enum tag_role role)
{
    static const char *const names[TAG_ROLE_COUNT] = {
        [TAG_DOCUMENT] = "Document", [TAG_H1] = "H1",
        [TAG_H2] = "H2", [TAG_H3] = "H3", [TAG_H4] = "H4", [TAG_H5] = "H5", [TAG_H6] = "H6", [TAG_P] = "P",
        [TAG_BLOCK_QUOTE] = "BlockQuote", [TAG_LIST] = "L", [TAG_LIST_ITEM] = "LI", [TAG_LABEL] = "Lbl",
        [TAG_LIST_BODY] = "LBody", [TAG_TABLE] = "Table", [TAG_THEAD] = "THead", [TAG_TBODY] = "TBody",
        [TAG_ROW] = "TR", [TAG_HEADER_CELL] = "TH", [TAG_DATA_CELL] = "TD", [TAG_FIGURE] = "Figure",
        [TAG_CAPTION] = "Caption", [TAG_NOTE] = "Note", [TAG_REFERENCE] = "Reference", [TAG_LINK] = "Link",
        [TAG_TOC] = "TOC", [TAG_TOC_ITEM] = "TOCI", [TAG_SPAN] = "Span", [TAG_SECT] = "Sect",
        [TAG_DIV] = "Div",
    };
    return names[role];
}

const char *tag_numbering_name(enum tag_numbering numbering)
{
    static const char *const names[NUMBERING_COUNT] = {
        [NUMBERING_NONE] = "None", [NUMBERING_DISC] = "Disc", [NUMBERING_CIRCLE] = "Circle",
        [NUMBERING_SQUARE] = "Square", [NUMBERING_DECIMAL] = "Decimal",
    };
    return names[numbering];
}
