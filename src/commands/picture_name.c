/* Names of pictures, the same for all of a preview and for one that is watched. */
#include "commands/cmd.h"

#include "base/arena.h"

const char *cmd_picture_name(const char *report, enum edition edition, size_t page, enum preview_format format,
                             struct arena *arena)
{
    return arena_printf(arena, "%s.%s.%03zu.%s", report, edition_name(edition), page + 1,
                        format == PREVIEW_PNG ? "png" : "svg");
}
