/* The packets of a report, one after the other, each freed before the next is made. */
#ifndef MUJAZ_PIPELINE_PACKETS_H
#define MUJAZ_PIPELINE_PACKETS_H

#include "cli/options.h"
#include "pipeline/pipeline.h"

/* Works on the packet that the pipeline holds. False ends the work. */
typedef bool packets_fn(void *context, const struct pipeline *, struct diags *);

/* Every packet, or those of --only; a report without a burst is one. With attachments, unless the options say no. False
 * with diagnostics, which name the packet, when one has an error: those behind it are not made. A warning that packets
 * give of the same place is given of the first. */
bool packets_each(const struct options *, const char *report, packets_fn *, void *context, struct diags *);

/* One packet for commands that show one: that of --only, else the first. pipeline_close when true. */
bool packets_one(const struct options *, struct pipeline *, struct diags *);
/* The same beside another pipeline, as pipeline_begin_beside has it. */
bool packets_one_beside(const struct options *, const struct pipeline *other, const char *layout,
                        const struct report_options *, struct pipeline *, struct diags *);

/* A doc without what pages need: of the packet of --only, else of the first. NULL with a diagnostic. */
struct doc *packets_doc(const struct options *, struct diags *);

#endif
