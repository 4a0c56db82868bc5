/* Packets in turn. Knows which are asked for and what was said before; makes nothing itself. */
#include "pipeline/packets.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"

struct told {
    enum diag_id id;
    struct place at; /* the file's name in the arena */
};

struct turns {
    const struct options *options;
    struct pipeline pipeline;
    struct arena *arena;
    struct told *told;
    size_t told_count;
};

static void take_options(const struct options *o, struct pipeline *p)
{
    if (o->grey)
        pipeline_proof_grey(p);
    p->unchecked = o->no_check;
    if (o->command == COMMAND_NIGHTLY)
        pipeline_describe(p, report_packets(p->report) <= SITE_PICTURES);
}

static bool was_told(const struct turns *t, const struct diag *diag)
{
    for (size_t i = 0; i < t->told_count; i++) {
        const struct told *told = &t->told[i];
        if (told->id == diag->id && told->at.line == diag->at.line && told->at.col == diag->at.col
            && strcmp(told->at.file, diag->at.file ? diag->at.file : "") == 0)
            return true;
    }
    return false;
}

static void remember(struct turns *t, const struct diag *diag)
{
    t->told = arena_grow(t->arena, t->told, t->told_count, sizeof *t->told);
    t->told[t->told_count++] = (struct told){
        diag->id, { arena_string(t->arena, diag->at.file ? diag->at.file : ""), diag->at.line, diag->at.col }
    };
}

/* The packet's name goes before what does not say it yet. */
static void tell(struct turns *t, const struct diags *own, const char *key, struct diags *diags)
{
    const char *prefix = arena_printf(t->pipeline.arena, "packet '%s': ", key);
    for (size_t i = 0; i < diags_count(own); i++) {
        const struct diag *diag = diags_get(own, i);
        bool named = strncmp(diag->message, prefix, strlen(prefix)) == 0;
        if (diag->level == DIAG_WARNING && was_told(t, diag))
            continue;
        if (diag->level == DIAG_WARNING)
            remember(t, diag);
        diag_add(diags, diag->id, diag->at, "%s%s", named ? "" : prefix, diag->message);
    }
}

static bool make(struct turns *t, size_t packet, packets_fn *fn, void *context, struct diags *diags)
{
    return pipeline_packet(&t->pipeline, packet, diags)
        && (t->options->no_attachments || pipeline_attach(&t->pipeline, diags))
        && fn(context, &t->pipeline, diags) && diags_errors(diags) == 0;
}

static bool take_turn(struct turns *t, size_t packet, packets_fn *fn, void *context, struct diags *diags)
{
    const char *key = report_packet_key(t->pipeline.report, packet);
    if (!key)
        return make(t, packet, fn, context, diags);
    struct diags *own = diags_new_for(diags);
    bool good = make(t, packet, fn, context, own);
    tell(t, own, key, diags);
    diags_drop(own);
    return good;
}

bool packets_each(const struct options *o, const char *report, packets_fn *fn, void *context, struct diags *diags)
{
    struct turns t = { .options = o };
    if (!pipeline_begin(&t.pipeline, o->workspace, report, o->layout, &o->making, diags))
        return false;
    take_options(o, &t.pipeline);
    t.arena = arena_new();
    size_t count = o->only_count ? o->only_count : report_packets(t.pipeline.report);
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        size_t packet = o->only_count ? report_find_packet(t.pipeline.report, o->only[i], diags) : i;
        good = packet != SIZE_MAX && take_turn(&t, packet, fn, context, diags);
    }
    pipeline_close(&t.pipeline);
    arena_drop(t.arena);
    return good;
}

struct doc *packets_doc(const struct options *o, struct diags *diags)
{
    struct report *report = report_open(o->workspace, o->reports[0], o->layout, &o->making, diags);
    size_t packet = report && o->only_count ? report_find_packet(report, o->only[0], diags) : 0;
    struct doc *doc = report && packet != SIZE_MAX ? report_doc(report, packet, diags) : NULL;
    report_close(report);
    return doc;
}

bool packets_one_beside(const struct options *o, const struct pipeline *other, const char *layout,
                        const struct report_options *loading, struct pipeline *p, struct diags *diags)
{
    if (!pipeline_begin_beside(p, other, o->workspace, o->reports[0], layout, loading, diags))
        return false;
    take_options(o, p);
    size_t packet = o->only_count ? report_find_packet(p->report, o->only[0], diags) : 0;
    if (packet != SIZE_MAX && pipeline_packet(p, packet, diags))
        return true;
    pipeline_close(p);
    return false;
}

bool packets_one(const struct options *o, struct pipeline *p, struct diags *diags)
{
    return packets_one_beside(o, NULL, o->layout, &o->making, p, diags);
}
