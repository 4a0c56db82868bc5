/* mujaz build: all editions of a report are made before the first is written. */
#include "cli/cmd.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/pipeline.h"

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

static enum exit_code build_report(const struct options *o, const char *report)
{
    struct pipeline p;
    struct artifact made[CMD_FILES_MOST];
    size_t count = 0;
    struct diags *diags = diags_new();
    bool open = pipeline_open(&p, o->workspace, report, o->layout, &o->loading, diags);
    if (open && o->grey)
        pipeline_proof_grey(&p);
    p.unchecked = o->no_check;
    bool written = open && (o->no_attachments || pipeline_attach(&p, diags)) &&
                   cmd_make_editions(o, &p, made, &count, diags) && publish_artifacts(o->out, made, count, diags);
    enum exit_code code = cmd_report(diags);
    for (size_t i = 0; i < count; i++) {
        if (written && strcmp(made[i].media_type, PIPELINE_PDF) == 0)
            printf("%s/%s\n", o->out, made[i].name);
        buf_drop(&made[i].bytes);
    }
    pipeline_close(&p);
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
