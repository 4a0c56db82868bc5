/* The editions of a packet. */
#ifndef MUJAZ_PIPELINE_EDITIONS_H
#define MUJAZ_PIPELINE_EDITIONS_H

#include "cli/options.h"
#include "pipeline/pipeline.h"

/* Every edition of the packet that is asked for into `made`, PACKET_FILES_MOST at most: the PDF, the same on sheets,
 * the picture of its first page, the ledger. False when any has an error; what was made until then is the caller's
 * too. */
enum { PACKET_FILES_MOST = 4 * EDITION_COUNT };
bool packet_editions(const struct options *, const struct pipeline *, struct artifact *made, size_t *count,
                     struct diags *);

#endif
