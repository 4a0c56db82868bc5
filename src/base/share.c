/* Where the shipped files are, told by where the program is, so that a copied tree needs no setting. Linux. */
#include "base/share.h"

#include "base/arena.h"
#include "base/file.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

const char *share_folder(struct arena *arena)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length < 0)
        return NULL;
    program[length] = '\0';
    for (int above = 0; above < 2; above++) {
        char *slash = strrchr(program, '/');
        if (!slash)
            return NULL;
        *slash = '\0';
        const char *folder = arena_printf(arena, "%s/share/mujaz", program);
        if (file_exists(folder))
            return folder;
    }
    return NULL;
}

static const char *own_path(struct arena *arena, const char *workspace, const char *file)
{
    return !*workspace || strcmp(workspace, ".") == 0 ? file : file_join(arena, workspace, file);
}

const char *share_find(struct arena *arena, const char *workspace, const char *file)
{
    const char *own = own_path(arena, workspace, file);
    if (file_exists(own))
        return own;
    const char *folder = share_folder(arena), *shipped = folder ? file_join(arena, folder, file) : NULL;
    return shipped && file_exists(shipped) ? shipped : own;
}

const char **share_list(struct arena *arena, const char *workspace, const char *folder, const char *suffix,
                        size_t *count)
{
    const char *shipped = share_folder(arena);
    *count = 0;
    const char **names = file_list(arena, own_path(arena, workspace, folder), suffix, NULL, count);
    return shipped ? file_list(arena, file_join(arena, shipped, folder), suffix, names, count) : names;
}
