/* Names of a workspace's folders. Opens none of their files. */
#include "workspace/workspace.h"

#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/name.h"
#include "base/nearest.h"

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool workspace_has(const char *workspace, const char *kind, const char *name, struct arena *arena)
{
    return name_is_good(name) && is_folder(file_join(arena, file_join(arena, workspace, kind), name));
}

const char *workspace_nearest(const char *workspace, const char *kind, const char *name, struct arena *arena)
{
    size_t count = 0;
    const char **names = file_list(arena, file_join(arena, workspace, kind), "", NULL, &count);
    return nearest_known(name, names, count);
}

const char **workspace_list(const char *workspace, const char *kind, const char *file, struct arena *arena,
                            size_t *count)
{
    const char *folder = file_join(arena, workspace, kind);
    size_t all = 0;
    const char **names = file_list(arena, folder, "", NULL, &all);
    *count = 0;
    for (size_t i = 0; i < all; i++)
        if (file_exists(arena_printf(arena, "%s/%s/%s", folder, names[i], file)))
            names[(*count)++] = names[i];
    return names;
}
