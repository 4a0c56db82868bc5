/*
 * An artifact in the making: its bytes come one after the other, and are in memory while they are few. More of them go
 * to a file without a name, which is gone when the process is, on the disk where the artifact will be published.
 */
#ifndef MUJAZ_PUBLISH_SPOOL_H
#define MUJAZ_PUBLISH_SPOOL_H

#include "base/sink.h"
#include "publish/publish.h"

enum { SPOOL_FEW = 256 * 1024 - 1 /* bytes that are held in memory; a NUL goes behind them */ };

struct spool;
/* `name`: of the artifact. `folder`: where it will be published, which need not be there yet; where no such file can
 * be made, the folder for temporary ones takes it; where none can be made either, or that one is full, it stays in
 * memory. NULL: it does so in any case. Both must outlive it. */
struct spool *spool_new(const char *name, const char *folder, struct diags *);
struct sink spool_sink(struct spool *);
/* Gives the artifact its bytes and their digest. False, with a diagnostic, when they were not kept. */
bool spool_end(struct spool *, struct artifact *);
void spool_drop(struct spool *); /* NULL is fine */

/* The folder for temporary files: TMPDIR, or /var/tmp. */
const char *spool_temporary(void);

#endif
