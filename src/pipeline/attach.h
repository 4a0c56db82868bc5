/* What goes into every PDF of a report beside its pages: the one place where that is decided. */
#ifndef MUJAZ_PIPELINE_ATTACH_H
#define MUJAZ_PIPELINE_ATTACH_H

#include "pdf/attachment.h"
#include "publish/publish.h"
#include "report/doc.h"

/* Files of datasets that have more bytes together go into a PDF only when report.yaml says so. */
enum { ATTACH_BYTES_MOST = 10 << 20 };

/* The files, as `attachments` of report.yaml says, in the order in which a reader may want them; nothing but the
 * report's own files, its datasets' files and what was made from them. They live in the arena, and name what is the
 * doc's. `prefix`: "", or what tells a packet's reports apart, "attacks/"; the files are added behind those that are
 * there. The ledger's text is large: `ledger`, named as the PDF is, has it, the caller's to drop, and where there is a
 * `spool` it waits in that folder (publish/spool.h). False with a diagnostic when one cannot be read or kept. */
bool attach_list(const struct doc *, const char *prefix, struct arena *, const char *spool, struct attachment **files,
                 size_t *count, struct artifact *ledger, struct diags *);

#endif
