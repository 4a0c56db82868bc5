/*
 * What the loaders say of files, for tests/schemas.py: loaders report|layout|fonts|schedule|mail WORKSPACE NAME... prints
 * for each name a line "= NAME" and then every diagnostic. report: WORKSPACE/NAME.yaml; layout, fonts: in WORKSPACE's folders;
 * schedule, mail: WORKSPACE/NAME/schedule.yaml, mail.yaml.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "layout/style.h"
#include "report/definition.h"
#include "text/font.h"
#include "workspace/mail_settings.h"
#include "workspace/schedule.h"

static void load(const char *kind, const char *workspace, const char *name, struct arena *arena, struct diags *diags)
{
    if (strcmp(kind, "report") == 0)
        definition_load(arena_printf(arena, "%s/%s.yaml", workspace, name), arena, diags);
    else if (strcmp(kind, "layout") == 0)
        style_load(workspace, name, arena, diags);
    else if (strcmp(kind, "fonts") == 0)
        font_set_drop(font_set_load(workspace, name, diags));
    else if (strcmp(kind, "mail") == 0)
        mail_settings_load(file_join(arena, workspace, name), arena, diags);
    else
        schedule_load(file_join(arena, workspace, name), arena, diags);
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    for (int i = 3; i < argc; i++) {
        struct arena *arena = arena_new();
        struct diags *diags = diags_new();
        struct buf out;
        buf_init(&out);
        load(argv[1], argv[2], argv[i], arena, diags);
        for (size_t d = 0; d < diags_count(diags); d++)
            diag_format(diags_get(diags, d), &out);
        printf("= %s\n%s", argv[i], out.data ? out.data : "");
        buf_drop(&out);
        diags_drop(diags);
        arena_drop(arena);
    }
    return 0;
}
