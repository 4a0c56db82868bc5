/*
 * A report that is looked at while it is written. It is built again after each change; what the change does not touch
 * stays loaded: datasets, fonts, shaped words. When it is wrong, the last good one stays.
 */
#ifndef MUJAZ_LIVE_LIVE_H
#define MUJAZ_LIVE_LIVE_H

#include "cli/options.h"
#include "pipeline/pipeline.h"

struct live {
    const struct options *options;
    struct report_options making;   /* with a shelf */
    struct pipeline pipeline;       /* of the last good one; closed before there is one */
    bool editions[EDITION_COUNT];   /* that it has, or those of them that the options ask for */
    enum edition edition;           /* that is laid out */
    struct scene *scene;            /* its pages, all kept; NULL before there is a good one */
    struct preview *preview;        /* draws them */
};

void live_open(struct live *, const struct options *);
void live_close(struct live *);

/* After a change of these parts (live/watch.h). `layout`: in place of the report's own, or NULL. Lays out one edition:
 * `wanted` or, where the report has not got it, its first. False with diagnostics: all is as it was. */
bool live_build(struct live *, unsigned parts, const char *layout, enum edition wanted, struct diags *);
/* Another of its editions. False with diagnostics: the one before stays. */
bool live_turn(struct live *, enum edition, struct diags *);

#endif
