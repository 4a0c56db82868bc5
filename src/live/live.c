/* The last good build of a report, and the next one beside it until that is good too. */
#include "live/live.h"

#include "live/watch.h"
#include "pipeline/packets.h"

void live_open(struct live *l, const struct options *o)
{
    *l = (struct live){ .options = o, .making = o->making };
    l->making.loading.shelf = dataset_shelf_new();
}

void live_close(struct live *l)
{
    scene_drop(l->scene);
    preview_drop(l->preview);
    pipeline_close(&l->pipeline);
    dataset_shelf_drop(l->making.loading.shelf);
}

static enum edition choose(const bool editions[], enum edition wanted)
{
    for (int e = 0; !editions[wanted] && e < EDITION_COUNT; e++)
        if (editions[e])
            wanted = (enum edition)e;
    return wanted;
}

bool live_build(struct live *l, unsigned parts, const char *layout, enum edition wanted, struct diags *diags)
{
    const struct options *o = l->options;
    const struct pipeline *beside = parts & WATCH_FONTS ? NULL : &l->pipeline;
    struct pipeline next;
    struct scene *scene = NULL;
    bool editions[EDITION_COUNT];
    if (parts & WATCH_DATASETS)
        dataset_shelf_clear(l->making.loading.shelf);
    if (!packets_one_beside(o, beside, layout, &l->making, &next, diags))
        return false;
    if (pipeline_editions(&next, o->workspace, o->editions, o->has_editions, editions, diags)) {
        wanted = choose(editions, wanted);
        scene = pipeline_scene(&next, wanted, NULL, diags);
    }
    if (!scene) {
        pipeline_close(&next);
        return false;
    }
    bool other_fonts = !next.borrowed;
    scene_drop(l->scene);
    l->scene = scene;
    l->edition = wanted;
    for (int e = 0; e < EDITION_COUNT; e++)
        l->editions[e] = editions[e];
    pipeline_replace(&l->pipeline, &next);
    if (other_fonts) {
        preview_drop(l->preview);
        l->preview = preview_new(l->pipeline.fonts);
    }
    return true;
}

bool live_turn(struct live *l, enum edition edition, struct diags *diags)
{
    struct scene *scene = pipeline_scene(&l->pipeline, edition, NULL, diags);
    if (!scene)
        return false;
    scene_drop(l->scene);
    l->scene = scene;
    l->edition = edition;
    return true;
}
