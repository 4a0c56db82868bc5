/* mujaz check: all that build does, but for the writing; or finished PDFs alone. */
#include "cli/cmd.h"

#include <stdio.h>

#include "base/file.h"
#include "cli/pipeline.h"
#include "pdf_check/pdf_check.h"

/* A briefing has some megabytes; what is larger than this is none. */
enum { PDF_BYTES = 1 << 30 };

static void check_editions(const struct options *o, const struct pipeline *p, struct buf *summary,
                           struct diags *diags)
{
    bool editions[EDITION_COUNT];
    if (!pipeline_editions(p, o->workspace, o->editions, o->has_editions, editions, diags))
        return;
    for (int e = 0; e < EDITION_COUNT; e++) {
        struct artifact made;
        size_t pages;
        if (!editions[e] || !pipeline_artifact(p, (enum edition)e, &made, &pages, diags))
            continue;
        buf_printf(summary, "%s %s %zu page%s", summary->length ? "," : "", edition_name((enum edition)e), pages,
                   pages == 1 ? "" : "s");
        buf_drop(&made.bytes);
    }
}

static enum exit_code check_report(const struct options *o, const char *report)
{
    struct pipeline p;
    struct buf summary;
    struct diags *diags = diags_new();
    buf_init(&summary);
    if (pipeline_open(&p, o->workspace, report, o->layout, &o->loading, diags)) {
        if (o->no_attachments || pipeline_attach(&p, diags))
            check_editions(o, &p, &summary, diags);
        pipeline_close(&p);
    }
    enum exit_code code = cmd_report(diags);
    if (code == EXIT_DONE)
        printf("%s: good:%s\n", report, summary.data);
    buf_drop(&summary);
    diags_drop(diags);
    return code;
}

static enum exit_code check_pdf(const char *file)
{
    struct diags *diags = diags_new();
    struct arena *arena = arena_new();
    size_t length;
    char *bytes = file_read(file, PDF_BYTES, arena, &length, diags);
    if (bytes)
        pdf_check(file, bytes, length, diags);
    enum exit_code code = cmd_report(diags);
    if (code == EXIT_DONE)
        printf("%s: good\n", file);
    arena_drop(arena);
    diags_drop(diags);
    return code;
}

enum exit_code cmd_check(const struct options *o)
{
    enum exit_code code = EXIT_DONE;
    for (size_t i = 0; i < o->file_count; i++)
        code = cmd_worse(code, check_pdf(o->files[i]));
    for (size_t i = 0; i < o->report_count; i++)
        code = cmd_worse(code, check_report(o, o->reports[i]));
    return code;
}
