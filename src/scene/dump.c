/*
 * The scene as text, one command a line: golden tests without pixels. Lengths have two decimals, so that a
 * golden file survives noise far below what an eye can see.
 */
#include "scene/scene.h"

#include <stdlib.h>
#include <string.h>

static void put_quoted(struct buf *out, const char *text, size_t length)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"' || text[i] == '\\')
            buf_add_char(out, '\\');
        buf_add_char(out, text[i]);
    }
    buf_add_char(out, '"');
}

static void put_length(struct buf *out, double value)
{
    buf_add_char(out, ' ');
    buf_add_real(out, value, 2);
}

static void put_italic(struct buf *out, const struct text_cluster *all)
{
    if (all->face)
        buf_printf(out, "italic %u-%u ", all->start, all->start + all->length);
}

/* The bytes of the line that an italic draws: "italic 3-9 ". */
static void put_italics(struct buf *out, const struct text_line *line)
{
    struct text_cluster c, last = { .start = 0 };
    for (struct text_walk walk = { .line = line }; text_walk_next(&walk, &c);) {
        if (!c.face || !c.face->upright) {
            continue;
        } else if (last.face && c.start == last.start + last.length) {
            last.length += c.length;
        } else {
            put_italic(out, &last);
            last = c;
        }
    }
    put_italic(out, &last);
}

static void dump_text(const struct scene_command *c, struct buf *out)
{
    static const char *const roles[FONT_ROLE_COUNT] = { "reading", "heading", "data" };
    const struct text_line *line = c->text.line;
    struct text_walk walk = { .line = line };
    struct text_cluster first;
    buf_add_string(out, "text");
    put_length(out, c->text.x);
    put_length(out, c->text.baseline);
    put_length(out, line->width);
    buf_printf(out, " %s %s%s", lang_tag(line->lang), roles[line->role],
               line->weight == WEIGHT_BOLD ? " bold" : "");
    put_length(out, line->size);
    buf_printf(out, " #%06X ", text_walk_next(&walk, &first) ? first.rgb : 0);
    put_italics(out, line);
    put_quoted(out, line->text, line->length);
    buf_add_char(out, '\n');
}

static void dump_path(const struct scene_command *c, struct buf *out)
{
    static const char letters[] = "MLCZ";
    const struct paint *paint = &c->path.paint;
    buf_add_string(out, "path");
    if (paint->fill)
        buf_printf(out, " fill #%06X", paint->fill_rgb);
    if (paint->stroke) {
        buf_printf(out, " stroke #%06X", paint->stroke_rgb);
        put_length(out, paint->width);
    }
    if (paint->dash > 0) {
        buf_add_string(out, " dash");
        put_length(out, paint->dash);
        put_length(out, paint->gap);
    }
    for (uint32_t i = 0; i < c->path.count; i++) {
        const struct path_step *step = &c->path.steps[i];
        int points = step->op == PATH_CLOSE ? 0 : step->op == PATH_CURVE ? 3 : 1;
        buf_printf(out, " %c", letters[step->op]);
        for (int p = 0; p < points; p++) {
            put_length(out, step->x[p]);
            put_length(out, step->y[p]);
        }
    }
    buf_add_char(out, '\n');
}

static void dump_image(const struct scene_command *c, struct buf *out)
{
    buf_add_string(out, "image");
    put_length(out, c->image.x);
    put_length(out, c->image.y);
    put_length(out, c->image.width);
    put_length(out, c->image.height);
    buf_printf(out, " %s %u x %u\n", c->image.name, c->image.pixels->width, c->image.pixels->height);
}

static void dump_command(const struct scene_command *c, struct buf *out)
{
    static const char *const artifacts[] = { "layout", "header", "footer" };
    switch (c->kind) {
    case SCENE_TEXT:
        dump_text(c, out);
        break;
    case SCENE_PATH:
        dump_path(c, out);
        break;
    case SCENE_IMAGE:
        dump_image(c, out);
        break;
    case SCENE_TAG_BEGIN:
        buf_printf(out, "begin %s %u\n", tag_role_name(c->tag->role), c->tag->id);
        break;
    case SCENE_ARTIFACT_BEGIN:
        buf_printf(out, "begin artifact %s\n", artifacts[c->artifact]);
        break;
    case SCENE_TAG_END:
    case SCENE_ARTIFACT_END:
        buf_add_string(out, "end\n");
        break;
    }
}

static void dump_link(const struct scene_link *link, struct buf *out)
{
    buf_add_string(out, "link");
    put_length(out, link->left);
    put_length(out, link->top);
    put_length(out, link->right);
    put_length(out, link->bottom);
    buf_printf(out, " %s%s tag %u ", link->dest ? "#" : "", link->dest ? link->dest : link->url, link->tag->id);
    put_quoted(out, link->description, strlen(link->description));
    buf_add_char(out, '\n');
}

static int compare_ids(const void *a, const void *b)
{
    const struct scene_tag *const *x = a, *const *y = b;
    return ((*x)->id > (*y)->id) - ((*x)->id < (*y)->id);
}

/* Those of the scene and of its pages, in the order in which they were made. */
static const struct scene_tag **all_tags(const struct scene *s, size_t *count)
{
    *count = scene_tags(s);
    for (size_t i = 0; i < scene_pages(s); i++)
        *count += scene_page_at(s, i)->tag_count;
    const struct scene_tag **tags = xcalloc(*count, sizeof(struct scene_tag *));
    size_t n = 0;
    for (size_t i = 0; i < scene_tags(s); i++)
        tags[n++] = scene_tag_at(s, i);
    for (size_t i = 0; i < scene_pages(s); i++)
        for (size_t k = 0; k < scene_page_at(s, i)->tag_count; k++)
            tags[n++] = scene_page_at(s, i)->tags[k];
    qsort(tags, n, sizeof(struct scene_tag *), compare_ids);
    return tags;
}

static void dump_tags(const struct scene *s, struct buf *out)
{
    size_t count;
    const struct scene_tag **tags = all_tags(s, &count);
    for (size_t i = 0; i < count; i++) {
        const struct scene_tag *t = tags[i];
        buf_printf(out, "tag %u %s", t->id, tag_role_name(t->role));
        if (t->parent)
            buf_printf(out, " in %u", t->parent->id);
        if (t->has_lang)
            buf_printf(out, " %s", lang_tag(t->lang));
        if (t->role == TAG_LIST)
            buf_printf(out, " numbering %s", tag_numbering_name(t->numbering));
        if (t->text) {
            buf_add_string(out, " says ");
            put_quoted(out, t->text, strlen(t->text));
        }
        if (t->more->alt) {
            buf_add_string(out, " alt ");
            put_quoted(out, t->more->alt, strlen(t->more->alt));
        }
        if (t->more->name)
            buf_printf(out, " name %s", t->more->name);
        for (uint32_t k = 0; k < t->more->header_count; k++)
            buf_printf(out, " under %s", t->more->headers[k]);
        if (t->more->row_span > 1)
            buf_printf(out, " rows %u", t->more->row_span);
        if (t->more->column_span > 1)
            buf_printf(out, " columns %u", t->more->column_span);
        if (t->has_bbox) {
            buf_add_string(out, " box");
            for (int k = 0; k < 4; k++)
                put_length(out, t->more->bbox[k]);
        }
        buf_add_char(out, '\n');
    }
    free(tags);
}

void scene_dump(const struct scene *s, struct buf *out)
{
    const struct scene_meta *meta = scene_meta_of(s);
    if (meta->title) {
        buf_printf(out, "scene %s %s ", lang_tag(meta->lang), meta->binding == DIR_RTL ? "rtl" : "ltr");
        put_quoted(out, meta->title, strlen(meta->title));
        buf_add_char(out, '\n');
    }
    for (size_t i = 0; i < scene_pages(s); i++) {
        const struct scene_page *page = scene_page_at(s, i);
        buf_printf(out, "page %zu", i + 1);
        put_length(out, page->width);
        put_length(out, page->height);
        buf_add_char(out, '\n');
        for (size_t c = 0; c < page->command_count; c++)
            dump_command(&page->commands[c], out);
        for (size_t l = 0; l < page->link_count; l++)
            dump_link(&page->links[l], out);
    }
    for (size_t i = 0; i < scene_dests(s); i++) {
        const struct scene_dest *d = scene_dest_at(s, i);
        buf_printf(out, "dest %s page %zu", d->name, d->page + 1);
        put_length(out, d->y);
        buf_add_char(out, '\n');
    }
    for (size_t i = 0; i < scene_outlines(s); i++) {
        const struct scene_outline *o = scene_outline_at(s, i);
        buf_printf(out, "outline %d %s #%s ", o->level, lang_tag(o->lang), o->dest);
        put_quoted(out, o->title, strlen(o->title));
        buf_add_char(out, '\n');
    }
    dump_tags(s, out);
}
