/*
 * What a definition names of its workspace, and whether it is there. Must not know what layouts and datasets hold.
 */
#include "report/builder.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/nearest.h"
#include "base/share.h"

static const char *join_names(struct arena *arena, const char *const names[], size_t count)
{
    const char *joined = names[0];

    for (size_t i = 1; i < count; i++)
        joined = arena_printf(arena, "%s, %s", joined, names[i]);
    return joined;
}

/* `folder`: "layouts/". Shipped ones count as there. */
static bool find(struct builder *builder, const char *workspace, const char *folder, const char *suffix,
                 const char *what, const struct definition_name *name)
{
    const char *file = arena_printf(builder->reading, "%s%s%s", folder, name->text, suffix);
    size_t count;

    const char *path = share_find(builder->reading, workspace, file);
    if (file_exists(path))
        return true;
    if (!file_is_absent(path)) {
        diag_add(builder->diags, DIAG_FILE_READ, (struct place){ .file = path }, "cannot be looked at: %s",
                 strerror(errno));
        return false;
    }
    const char **names = share_list(builder->reading, workspace, folder, suffix, &count);
    const char *near = nearest_known(name->text, names, count);
    diag_add(builder->diags, DIAG_FILE_ABSENT, name->at, "there is no %s '%s' in %s; %s%s%s", what, name->text,
             folder, near ? "did you mean '" : count > 0 ? "known are " : "nothing is there",
             near ? near : count > 0 ? join_names(builder->reading, names, count) : "", near ? "'?" : "");
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
