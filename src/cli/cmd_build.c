/* mujaz build: all editions of a report are made before the first is written. */
#include "cli/cmd.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/pipeline.h"
#include "pdf_check/sizes.h"

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

static void print_size(const char *name, size_t objects, size_t bytes, const struct pdf_sizes *all)
{
    printf("  %-12s %9zu %11zu %7.1f %% %11.0f\n", name, objects, bytes,
           100.0 * (double)bytes / (double)all->bytes, (double)bytes / (double)(all->pages ? all->pages : 1));
}

static void print_sizes(const struct artifact *pdf)
{
    struct pdf_sizes s;
    if (!pdf_sizes(pdf->bytes.data, pdf->bytes.length, &s))
        return;
    printf("  %-12s %9s %11s %9s %11s\n", "", "objects", "bytes", "share", "bytes/page");
    for (int i = 0; i < SIZE_KINDS; i++)
        if (s.of[i].objects || s.of[i].bytes)
            print_size(pdf_size_name((enum size_kind)i), s.of[i].objects, s.of[i].bytes, &s);
    print_size("all", s.objects, s.bytes, &s);
    printf("  %zu %s\n", s.pages, s.pages == 1 ? "page" : "pages");
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
        bool said = written && strcmp(made[i].media_type, PIPELINE_PDF) == 0;
        if (said)
            printf("%s/%s\n", o->out, made[i].name);
        if (said && o->sizes)
            print_sizes(&made[i]);
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
