/* mujaz check: all that build does, but for the writing; or finished PDFs alone. */
#include "cli/cmd.h"

#include <stdio.h>

#include "base/file.h"
#include "cli/packets.h"
#include "pdf_check/pdf_check.h"
#include "report/ledger.h"

/* A briefing has some megabytes; what is larger than this is none. */
enum { PDF_BYTES = 1 << 30 };

struct checked {
    const struct options *options;
    struct buf summary; /* of the last packet */
    size_t packets;
    bool burst;
};

static bool check_editions(void *context, const struct pipeline *p, struct diags *diags)
{
    struct checked *c = context;
    bool editions[EDITION_COUNT];
    const struct options *o = c->options;
    buf_clear(&c->summary);
    c->packets++;
    c->burst = p->doc->ledger->packet;
    if (!pipeline_editions(p, o->workspace, o->editions, o->has_editions, editions, diags))
        return false;
    for (int e = 0; e < EDITION_COUNT; e++) {
        struct artifact made;
        size_t pages;
        if (!editions[e] || !pipeline_artifact(p, (enum edition)e, &made, &pages, diags))
            continue;
        buf_printf(&c->summary, "%s %s %zu page%s", c->summary.length ? "," : "", edition_name((enum edition)e), pages,
                   pages == 1 ? "" : "s");
        buf_drop(&made.bytes);
    }
    return true;
}

static enum exit_code check_report(const struct options *o, const char *report)
{
    struct checked c = { .options = o };
    struct diags *diags = diags_new();
    buf_init(&c.summary);
    packets_each(o, report, check_editions, &c, diags);
    enum exit_code code = cmd_report(diags);
    if (code == EXIT_DONE && c.burst)
        printf("%s: good: %zu packet%s\n", report, c.packets, c.packets == 1 ? "" : "s");
    else if (code == EXIT_DONE)
        printf("%s: good:%s\n", report, c.summary.data);
    buf_drop(&c.summary);
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
