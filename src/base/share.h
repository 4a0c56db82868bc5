/*
 * The files that come with the program: layouts, fonts' definitions, templates, the pages of the diagnostics. They lie
 * in share/mujaz beside the program's folder (PREFIX/bin, PREFIX/share/mujaz) or in it (the build folder).
 */
#ifndef MUJAZ_BASE_SHARE_H
#define MUJAZ_BASE_SHARE_H

#include <stddef.h>

struct arena;

/* NULL: the program was taken out of its place. */
const char *share_folder(struct arena *);

/* The path of a file, as "layouts/briefing-a4.yaml": the workspace's own where it has one, else the shipped one; when
 * there is neither, that of the workspace. `workspace`: a folder, "." or "" the current one. */
const char *share_find(struct arena *, const char *workspace, const char *file);

/* The names of such files in a folder as "layouts", the workspace's own and then the shipped ones, as file_list gives
 * them. */
const char **share_list(struct arena *, const char *workspace, const char *folder, const char *suffix,
                        size_t *count);

#endif
