/* mujaz dump: what a stage made, as text on standard output. */
#include "commands/cmd.h"

#include <stdio.h>

#include "pipeline/packets.h"

static void dump_doc(const struct options *o, struct buf *out, struct diags *diags)
{
    struct doc *doc = packets_doc(o, diags);
    if (!doc)
        return;
    doc_dump(doc, out);
    doc_drop(doc);
}

/* The edition asked for, else the report's first. */
static void dump_editions(const struct options *o, const struct pipeline *p, struct buf *out, struct diags *diags)
{
    bool editions[EDITION_COUNT];
    if (!pipeline_editions(p, o->workspace, o->editions, o->has_editions, editions, diags))
        return;
    for (int e = 0; e < EDITION_COUNT; e++) {
        if (!editions[e])
            continue;
        struct scene *scene = pipeline_scene(p, (enum edition)e, NULL, diags);
        if (scene) {
            scene_dump(scene, out);
            scene_drop(scene);
        }
        if (!o->has_editions)
            return;
    }
}

static void dump_scene(const struct options *o, struct buf *out, struct diags *diags)
{
    struct pipeline p;
    if (!packets_one(o, &p, diags))
        return;
    dump_editions(o, &p, out, diags);
    pipeline_close(&p);
}

enum exit_code cmd_dump(const struct options *o)
{
    struct buf out;
    struct diags *diags = diags_new();
    buf_init(&out);
    if (o->what == DUMP_DOC)
        dump_doc(o, &out, diags);
    else
        dump_scene(o, &out, diags);
    enum exit_code code = exit_report(diags);
    diags_drop(diags);
    if (code == EXIT_DONE)
        fwrite(out.data, 1, out.length, stdout); /* checked when the program ends, with its errno */
    buf_drop(&out);
    return code;
}
