/*
 * What changes in a workspace while a report is looked at (inotify): its folder, the datasets, layouts and fonts, with
 * the folders inside them, also those that are made later. Editors' own files (.name.swp, name~, 4913) are none.
 * Not seen: a file elsewhere that a link leads to.
 */
#ifndef MUJAZ_LIVE_WATCH_H
#define MUJAZ_LIVE_WATCH_H

#include <stdbool.h>

#include "base/diag.h"

/* Bits. */
enum watch_part { WATCH_REPORT = 1, WATCH_DATASETS = 2, WATCH_LAYOUTS = 4, WATCH_FONTS = 8, WATCH_ALL = 15 };

struct watch;

/* NULL with a diagnostic when the kernel has no more watches for us. */
struct watch *watch_new(const char *workspace, const char *report, struct diags *);
void watch_drop(struct watch *);

/* Can be read when there is something to take. */
int watch_fd(const struct watch *);
/* The parts in which something changed since the last call, 0 for none. Waits until nothing has changed for 20 ms,
 * since one saved file is several events, but 200 ms at most. */
unsigned watch_take(struct watch *);

#endif
