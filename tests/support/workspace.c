/* Workspaces for tests, and what is asked of a program that ran in one. */
#include "support/workspace.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"

struct workspace *workspace_open(const char *data)
{
    struct arena *arena = arena_new();
    struct workspace *w = arena_alloc(arena, sizeof *w);
    w->arena = arena;
    w->folder = workspace_new(data);
    w->out = file_join(arena, w->folder, "out");
    return w;
}

int workspace_close(void **state)
{
    struct workspace *w = *state;
    tree_remove(w->folder);
    arena_drop(w->arena);
    return 0;
}

const char *workspace_path(const struct workspace *w, const char *name)
{
    return file_join(w->arena, w->folder, name);
}

void assert_outcome(struct outcome o, int code, const char *out, const char *err)
{
    assert_string_equal(o.err, err);
    assert_string_equal(o.out, out);
    assert_int_equal(o.code, code);
    outcome_drop(&o);
}

size_t folder_entries(const char *folder)
{
    DIR *dir = opendir(folder);
    size_t count = 0;
    assert_non_null(dir);
    while (folder_next(dir))
        count++;
    closedir(dir);
    return count;
}
