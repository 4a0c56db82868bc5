/* What a workspace holds: folders of a kind ("reports", "datasets") by their names. */
#ifndef MUJAZ_WORKSPACE_WORKSPACE_H
#define MUJAZ_WORKSPACE_WORKSPACE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Whether the workspace has that folder of the kind; the name there that is nearest to a misspelt one, or NULL. */
bool workspace_has(const char *workspace, const char *kind, const char *name, struct arena *);
const char *workspace_nearest(const char *workspace, const char *kind, const char *name, struct arena *);

/* Folders of the kind that have such a file ("report.yaml"), sorted. */
const char **workspace_list(const char *workspace, const char *kind, const char *file, struct arena *, size_t *count);

#endif
