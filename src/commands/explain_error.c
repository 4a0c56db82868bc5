/* mujaz explain-error: the page of a diagnostic, as docs/diagnostics.md has it; or the list of all. */
#include "commands/cmd.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/nearest.h"
#include "base/share.h"

enum { PAGES_BYTES = 1 << 20 };

static const char *level_of(enum diag_id id)
{
    return diag_level_of(id) == DIAG_WARNING ? "warning" : "error";
}

static enum exit_code list_all(void)
{
    for (int id = 0; id < DIAG_ID_COUNT; id++)
        printf("%-20s %-8s %s\n", diag_slug((enum diag_id)id), level_of((enum diag_id)id),
               diag_summary((enum diag_id)id));
    return EXIT_DONE;
}

/* DIAG_ID_COUNT: none has that name. It may stand in brackets, as it does in a diagnostic. */
static enum diag_id find(const char *word, struct arena *arena)
{
    const char *names[DIAG_ID_COUNT], *name = word;
    size_t length = strlen(word);
    if (length > 2 && word[0] == '[' && word[length - 1] == ']')
        name = arena_string_n(arena, word + 1, length - 2);
    for (int id = 0; id < DIAG_ID_COUNT; id++) {
        names[id] = diag_slug((enum diag_id)id);
        if (strcmp(name, names[id]) == 0)
            return (enum diag_id)id;
    }
    const char *near = nearest_known(name, names, DIAG_ID_COUNT);
    fprintf(stderr, "mujaz: there is no diagnostic '%.60s'; %s%s%s\n", name, near ? "did you mean '" : "", near ? near
            : "'mujaz explain-error' lists all", near ? "'?" : "");
    return DIAG_ID_COUNT;
}

/* From behind its heading to the next one. */
static void print_page(const char *pages, enum diag_id id, struct arena *arena)
{
    const char *heading = arena_printf(arena, "\n## %s\n", diag_slug(id)), *page = strstr(pages, heading);
    printf("%s (%s): %s\n", diag_slug(id), level_of(id), diag_summary(id));
    if (!page)
        return;
    page += strlen(heading);
    const char *end = strstr(page, "\n## ");
    fwrite(page, 1, end ? (size_t)(end - page) : strlen(page), stdout);
}

enum exit_code cmd_explain_error(const struct options *o)
{
    if (!o->diagnostic)
        return list_all();
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    enum diag_id id = find(o->diagnostic, arena);
    enum exit_code code = EXIT_USAGE;
    if (id != DIAG_ID_COUNT) {
        const char *share = share_folder(arena), *file = file_join(arena, share ? share : "", "docs/diagnostics.md");
        size_t length;
        const char *pages = file_read_text(file, PAGES_BYTES, arena, &length, diags);
        print_page(pages ? pages : "", id, arena);
        code = exit_report(diags);
    }
    diags_drop(diags);
    arena_drop(arena);
    return code;
}
