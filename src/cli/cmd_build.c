/* mujaz build: all editions of a report, and all its packets, are staged before the first is put in place. */
#include "cli/cmd.h"

#include <stdio.h>
#include <string.h>

#include "cli/packets.h"

bool cmd_make_editions(const struct options *o, const struct pipeline *p, struct artifact *made,
                       size_t *count, struct diags *diags)
{
    bool editions[EDITION_COUNT];
    if (!pipeline_editions(p, o->workspace, o->editions, o->has_editions, editions, diags))
        return false;
    for (int e = 0; e < EDITION_COUNT; e++) {
        const struct artifact *pdf = &made[*count];
        if (!editions[e] || !pipeline_artifacts(p, (enum edition)e, &o->sheets, made, count, NULL, diags))
            continue;
        pipeline_ledger(p, (enum edition)e, pdf, &made[(*count)++]);
    }
    return diags_errors(diags) == 0;
}

/* A report in the making: each packet is staged and freed before the next is made. */
struct build {
    const struct options *options;
    struct publication *publication; /* NULL: nothing is staged yet */
};

static bool stage_packet(void *context, const struct pipeline *p, struct diags *diags)
{
    struct build *b = context;
    struct artifact made[CMD_FILES_MOST];
    size_t count = 0;
    bool ok = cmd_make_editions(b->options, p, made, &count, diags);
    if (ok && !b->publication)
        b->publication = publish_begin(b->options->out, diags);
    ok = ok && b->publication && publish_stage(b->publication, made, count, diags);
    for (size_t i = 0; i < count; i++)
        buf_drop(&made[i].bytes);
    return ok;
}

static bool is_pdf(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcmp(name + length - 4, ".pdf") == 0;
}

static enum exit_code build_report(const struct options *o, const char *report)
{
    struct build b = { .options = o };
    struct diags *diags = diags_new();
    const char *name;
    bool written = packets_each(o, report, stage_packet, &b, diags) && publish_commit(b.publication, diags);
    enum exit_code code = cmd_report(diags);
    for (size_t i = 0; written && (name = publish_target(b.publication, i)); i++)
        if (is_pdf(name))
            printf("%s/%s\n", o->out, name);
    publish_end(b.publication);
    diags_drop(diags);
    return code;
}

enum exit_code cmd_build(const struct options *o)
{
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < o->report_count; i++)
        code = cmd_worse(code, build_report(o, o->reports[i]));
    return code;
}
