/* mujaz preview: pages of a report's editions as pictures. All are drawn before the first is written. */
#include "commands/cmd.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "cli/bar.h"
#include "pipeline/packets.h"

/* Pictures of a report, in the order of their names. */
struct pictures {
    const struct options *options;
    const struct pipeline *pipeline;
    struct preview *preview;
    struct artifact *made; /* in the pipeline's arena; the bytes are owned */
    size_t count;
};

static void draw_picture(struct pictures *p, const struct scene *scene, enum edition edition, size_t page,
                         struct diags *diags)
{
    bool png = p->options->picture == PREVIEW_PNG;
    struct arena *arena = p->pipeline->arena;
    p->made = arena_grow(arena, p->made, p->count, sizeof *p->made);
    struct artifact *made = &p->made[p->count++];
    made->name = cmd_picture_name(p->pipeline->doc->name, edition, page, p->options->picture, arena);
    made->media_type = png ? "image/png" : "image/svg+xml";
    buf_init(&made->bytes);
    if (!preview_page(p->preview, scene, page, p->options->picture, p->options->dpi, &made->bytes, diags))
        return;
    uint8_t digest[HASH_BYTES];
    hash_sha256(made->bytes.data, made->bytes.length, digest);
    hash_hex(digest, made->sha256);
}

/* An edition's pages asked for, each drawn when it comes. */
struct drawing {
    struct pictures *pictures;
    enum edition edition;
    struct diags *diags;
};

static void take_page(void *context, const struct scene *scene, size_t page)
{
    const struct drawing *d = context;
    const struct options *o = d->pictures->options;
    if (diags_errors(d->diags) == 0 && page + 1 >= o->first_page && (o->last_page == 0 || page < o->last_page))
        draw_picture(d->pictures, scene, d->edition, page, d->diags);
}

/* Complains when the edition has not got the pages asked for. */
static void check_pages(const struct pictures *p, size_t count, enum edition edition, struct diags *diags)
{
    const struct options *o = p->options;
    size_t wanted = o->last_page ? o->last_page : o->first_page;
    if (wanted <= count)
        return;
    const char *folder = file_join(p->pipeline->arena, o->workspace, "reports");
    const char *file = arena_printf(p->pipeline->arena, "%s/%s/report.yaml", folder, p->options->reports[0]);
    diag_add(diags, DIAG_PAGE_ABSENT, (struct place){ .file = file },
             "the edition '%s' has no page %zu; ask for pages from 1 to %zu", edition_name(edition), wanted, count);
}

static void draw_edition(struct pictures *p, enum edition edition, struct diags *diags)
{
    struct drawing drawing = { p, edition, diags };
    struct scene_sink sink = { take_page, &drawing };
    struct scene *scene = pipeline_scene(p->pipeline, edition, &sink, diags);
    if (!scene)
        return;
    check_pages(p, scene_pages(scene), edition, diags);
    scene_drop(scene);
}

static bool draw_editions(struct pictures *p, struct diags *diags)
{
    const struct options *o = p->options;
    bool editions[EDITION_COUNT];
    if (!pipeline_editions(p->pipeline, o->workspace, o->editions, o->has_editions, editions, diags))
        return false;
    p->preview = preview_new(p->pipeline->fonts);
    for (int e = 0; e < EDITION_COUNT; e++)
        if (editions[e])
            draw_edition(p, (enum edition)e, diags);
    preview_drop(p->preview);
    return diags_errors(diags) == 0;
}

enum exit_code cmd_preview(const struct options *o)
{
    if (o->watch || o->serve)
        return cmd_watch(o);
    struct pipeline pipeline;
    struct pictures p = { .options = o, .pipeline = &pipeline };
    struct diags *diags = diags_new();
    struct bar *bar = bar_begin(o, o->reports[0], diags);
    bool open = packets_one(o, &pipeline, diags);
    bool written = open && draw_editions(&p, diags) && publish_artifacts(o->out, p.made, p.count, diags);
    bar_end(bar);
    enum exit_code code = exit_report(diags);
    for (size_t i = 0; i < p.count; i++) {
        if (written && !o->quiet)
            printf("%s/%s\n", o->out, p.made[i].name);
        buf_drop(&p.made[i].bytes);
    }
    pipeline_close(&pipeline);
    diags_drop(diags);
    return code;
}
