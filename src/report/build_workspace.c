/*
 * What a definition names of its workspace, and whether it is there. Must not know what layouts and datasets hold.
 */
#include "report/builder.h"

#include "base/file.h"
#include "base/nearest.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder that a definition could give, sorted: entries that end in `suffix`, without it. */
static const char **list_names(struct arena *arena, const char *folder, const char *suffix, size_t *count)
{
    const char **names = NULL;
    DIR *open = opendir(folder);
    struct dirent *entry;

    *count = 0;
    while (open && (entry = readdir(open))) {
        size_t length = strlen(entry->d_name), tail = strlen(suffix);
        const char *name;

        if (length < tail || strcmp(entry->d_name + length - tail, suffix) != 0)
            continue;
        name = arena_string_n(arena, entry->d_name, length - tail);
        if (!definition_is_name(name))
            continue;
        names = arena_grow(arena, names, *count, sizeof *names);
        names[(*count)++] = name;
    }
    if (open)
        closedir(open);
    if (*count > 1)
        qsort(names, *count, sizeof *names, compare_names);
    return names;
}

static const char *join_names(struct arena *arena, const char *const names[], size_t count)
{
    const char *joined = names[0];

    for (size_t i = 1; i < count; i++)
        joined = arena_printf(arena, "%s, %s", joined, names[i]);
    return joined;
}

/* `folder`: "layouts/". */
static bool find(struct builder *builder, const char *workspace, const char *folder, const char *suffix,
                 const char *what, const struct definition_name *name)
{
    const char *path = arena_printf(builder->arena, "%s%s", workspace, folder), *near;
    const char **names;
    size_t count;

    if (file_exists(arena_printf(builder->arena, "%s%s%s", path, name->text, suffix)))
        return true;
    names = list_names(builder->arena, path, suffix, &count);
    near = nearest_known(name->text, names, count);
    diag_add(builder->diags, DIAG_FILE_ABSENT, name->at, "there is no %s '%s' in %s; %s%s%s", what, name->text,
             folder, near ? "did you mean '" : count > 0 ? "known are " : "nothing is there",
             near ? near : count > 0 ? join_names(builder->arena, names, count) : "", near ? "'?" : "");
    return false;
}

bool builder_find_layout(struct builder *builder, const char *workspace)
{
    const struct definition_name *layout = &builder->definition->layout;

    return layout->text && find(builder, workspace, "layouts/", ".yaml", "layout", layout);
}

bool builder_find_dataset(struct builder *builder, const char *workspace, const struct definition_name *dataset)
{
    return find(builder, workspace, "datasets/", "", "dataset", dataset);
}
