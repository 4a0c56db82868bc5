/* Handing on how far the work is. */
#include "base/progress.h"

void progress_say(const struct diags *diags, enum progress_stage stage, uint64_t done, uint64_t of)
{
    const struct progress *p = diags ? diags_followed(diags) : NULL;
    if (p)
        p->say(p->context, stage, done, of);
}

void progress_name(const struct diags *diags, const char *part)
{
    const struct progress *p = diags ? diags_followed(diags) : NULL;
    if (p)
        p->name(p->context, part);
}
