/* Opens the reports behind a packet's first. Knows what the reports of one file must have alike. */
#include "pipeline/following.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"

static bool refuse(const struct doc_following *f, struct diags *diags, const char *why)
{
    diag_add(diags, DIAG_PACKET_REPORT, f->at, "the report '%s' cannot stand in this packet: %s", f->name, why);
    return false;
}

/* What the reports of one file must have alike. */
static bool fits(const struct pipeline *p, const struct doc_following *f, const struct doc *doc,
                 const struct style *style, struct diags *diags)
{
    static const double MM = 25.4 / 72;
    const struct style *own = p->style;
    for (int e = 0; e < EDITION_COUNT; e++)
        if (p->doc->editions[e] && !doc->editions[e])
            return refuse(f, diags, arena_printf(p->arena, "it has no edition '%s'; add it to its 'editions', or take "
                                                 "it out of this report's", edition_name((enum edition)e)));
    if (doc->following_count)
        return refuse(f, diags, "it is a packet itself; name its reports here");
    if (fabsf(style->page_width - own->page_width) > 0.01f || fabsf(style->page_height - own->page_height) > 0.01f)
        return refuse(f, diags,
                      arena_printf(p->arena, "its layout '%s' has pages of %.1f by %.1f mm, that of this report, '%s', "
                                   "of %.1f by %.1f mm; use layouts of one size", style->name, style->page_width * MM,
                                   style->page_height * MM, own->name, own->page_width * MM, own->page_height * MM));
    if (strcmp(style->fonts, own->fonts) != 0)
        return refuse(f, diags, arena_printf(p->arena, "its layout has the fonts '%s', that of this report '%s'; use "
                                             "one set", style->fonts, own->fonts));
    return true;
}

static bool follow(struct pipeline *p, const struct doc_following *f, struct diags *diags)
{
    if (strcmp(f->name, p->doc->name) == 0)
        return refuse(f, diags, "it is the packet itself; name others");
    if (!file_exists(arena_printf(p->arena, "%s/reports/%s/report.yaml", p->workspace, f->name)))
        return refuse(f, diags, "there is no such folder in reports/ with a report.yaml");
    struct report *report = report_open(p->workspace, f->name, p->layout, p->options, diags);
    bool burst = report && report_packet_key(report, 0);
    struct doc *doc = report && !burst ? report_doc(report, 0, diags) : NULL;
    const struct style *style = doc ? style_load(p->workspace, doc->layout, p->arena, diags) : NULL;
    report_close(report);
    if (burst)
        return refuse(f, diags, "it has a burst, so it is many");
    if (doc)
        p->following[p->part_count - 1] = doc;
    if (!style || !fits(p, f, doc, style, diags) || !pipeline_spool_ledger(p, doc->ledger, diags))
        return false;
    p->parts[p->part_count++] =
        (struct layout_part){ doc, style, arena_printf(p->arena, "%s/", f->name) };
    return true;
}

bool following_open(struct pipeline *p, struct diags *diags)
{
    p->parts = arena_array(p->arena, 1 + p->doc->following_count, sizeof *p->parts);
    p->following = arena_array(p->arena, p->doc->following_count, sizeof *p->following);
    p->parts[0] = (struct layout_part){ p->doc, p->style, "" };
    p->part_count = 1;
    for (size_t i = 0; i < p->doc->following_count; i++)
        if (!follow(p, &p->doc->following[i], diags))
            return false;
    return true;
}

void following_close(struct pipeline *p)
{
    for (size_t i = 0; i < p->doc->following_count; i++)
        if (p->following[i])
            doc_drop(p->following[i]);
}
