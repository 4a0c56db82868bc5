/* What the page of preview --serve asks for. Knows the names of its state, as src/serve/page.js does. */
#include "live/site.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/name.h"

/* --- the state --- */

static void put_number(struct json *j, const char *key, double value)
{
    json_key(j, key);
    json_number(j, (struct num){ .coefficient = (int64_t)(value * 100), .scale = 2 });
}

static void put_place(struct json *j, struct place at)
{
    json_put_text(j, "file", at.file);
    put_number(j, "line", at.line);
    put_number(j, "column", at.col);
}

static void put_page(const struct live_site *s, struct json *j, size_t index)
{
    const struct scene_page *page = scene_page_at(s->live->scene, index);
    json_object_begin(j);
    json_put_text(j, "digest", s->digests[index]);
    put_number(j, "width", page->width);
    put_number(j, "height", page->height);
    json_put_array(j, "blocks");
    for (size_t i = 0; i < page->source_count; i++) {
        const struct scene_source *source = &page->sources[i];
        if (!source->at.file)
            continue;
        json_object_begin(j);
        put_number(j, "left", source->left);
        put_number(j, "top", source->top);
        put_number(j, "right", source->right);
        put_number(j, "bottom", source->bottom);
        put_place(j, source->at);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
}

static void put_message(struct json *j, const struct diag *d)
{
    json_object_begin(j);
    json_put_text(j, "level", d->level == DIAG_WARNING ? "warning" : "error");
    json_put_text(j, "id", diag_slug(d->id));
    put_place(j, d->at);
    json_put_text(j, "text", d->message);
    json_object_end(j);
}

static void put_choices(const struct live_site *s, struct json *j)
{
    const struct live *l = s->live;
    json_put_text(j, "edition", l->scene ? edition_name(l->edition) : "");
    json_put_array(j, "editions");
    for (int e = 0; l->scene && e < EDITION_COUNT; e++)
        if (l->editions[e])
            json_string(j, edition_name((enum edition)e));
    json_array_end(j);
    json_put_text(j, "layout", l->scene ? l->pipeline.doc->layout : "");
    json_put_array(j, "layouts");
    for (size_t i = 0; i < s->layout_count; i++)
        json_string(j, s->layouts[i]);
    json_array_end(j);
}

static void give_state(void *context, struct buf *out)
{
    const struct live_site *s = context;
    const struct scene *scene = s->live->scene;
    struct json j;
    json_begin(&j, out);
    json_object_begin(&j);
    json_put_text(&j, "report", s->live->options->reports[0]);
    put_choices(s, &j);
    json_put_bool(&j, "rtl", scene && scene_meta_of(scene)->binding == DIR_RTL);
    json_put_array(&j, "pages");
    for (size_t i = 0; scene && i < scene_pages(scene); i++)
        put_page(s, &j, i);
    json_array_end(&j);
    json_put_array(&j, "messages");
    for (size_t i = 0; i < diags_count(s->diags); i++)
        put_message(&j, diags_get(s->diags, i));
    json_array_end(&j);
    json_object_end(&j);
    json_end(&j);
}

/* --- pictures and choices --- */

static bool give_picture(void *context, size_t page, const char *digest, unsigned dpi, struct buf *png)
{
    const struct live_site *s = context;
    const struct scene *scene = s->live->scene;
    if (!scene || page > scene_pages(scene) || strcmp(digest, s->digests[page - 1]) != 0)
        return false;
    struct diags *diags = diags_new();
    bool ok = preview_page(s->live->preview, scene, page - 1, PREVIEW_PNG, dpi, png, diags);
    diags_drop(diags);
    return ok;
}

static bool find_edition(const struct live_site *s, const char *name, enum edition *out)
{
    for (int e = 0; e < EDITION_COUNT; e++)
        if (s->live->editions[e] && strcmp(name, edition_name((enum edition)e)) == 0) {
            *out = (enum edition)e;
            return true;
        }
    return false;
}

static bool find_layout(const struct live_site *s, const char *name, const char **out)
{
    for (size_t i = 0; i < s->layout_count; i++)
        if (strcmp(name, s->layouts[i]) == 0) {
            *out = s->layouts[i];
            return true;
        }
    return false;
}

static bool take_choice(void *context, const char *edition, const char *layout)
{
    struct live_site *s = context;
    enum edition wanted = s->edition;
    const char *look = s->layout;
    if ((edition && !find_edition(s, edition, &wanted)) || (layout && !find_layout(s, layout, &look)))
        return false;
    s->edition = wanted;
    s->layout = look;
    return s->chosen = true;
}

/* --- the whole --- */

/* Of layouts/; names stay in the arena, where a choice points to. */
static void list_layouts(struct live_site *s)
{
    size_t count = 0;
    const char **names = file_list(s->arena, file_join(s->arena, s->live->options->workspace, "layouts"), ".yaml", NULL,
                                   &count);
    s->layouts = names;
    s->layout_count = 0;
    for (size_t i = 0; i < count; i++)
        if (name_is_good(names[i]))
            names[s->layout_count++] = names[i];
}

void live_site_open(struct live_site *s, struct live *live)
{
    *s = (struct live_site){ .live = live, .arena = arena_new(), .diags = diags_new(),
                             .layout = live->options->layout };
    list_layouts(s);
}

void live_site_close(struct live_site *s)
{
    free(s->digests);
    diags_drop(s->diags);
    arena_drop(s->arena);
}

void live_site_build(struct live_site *s, unsigned parts)
{
    struct live *l = s->live;
    diags_drop(s->diags);
    s->diags = diags_new();
    if (parts & WATCH_LAYOUTS)
        list_layouts(s);
    s->chosen = false;
    if (!live_build(l, parts, s->layout, s->edition, s->diags))
        return;
    size_t count = scene_pages(l->scene);
    s->digests = xrealloc(s->digests, count + 1, sizeof *s->digests);
    for (size_t i = 0; i < count; i++)
        scene_page_digest(l->scene, i, s->digests[i]);
}

struct serve_site live_site_served(struct live_site *s)
{
    return (struct serve_site){ s, give_state, give_picture, take_choice };
}
