/* The list of diagnostics. Knows the ids' table and how one is written, not who prints it. */
#include "base/diag.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *slug, *summary;
    enum diag_level level;
} known[] = {
#define DIAG(id, slug, level, summary) { slug, summary, level },
#include "base/diag_ids.h"
#undef DIAG
};

struct diags {
    struct diag *list;
    size_t count, errors;
    size_t left, over; /* errors that are still kept; that came when none was left */
    bool limited, system;
    const struct progress *followed;
};

struct diags *diags_new(void)
{
    return xcalloc(1, sizeof(struct diags));
}

struct diags *diags_new_for(const struct diags *other)
{
    struct diags *d = diags_new();
    d->followed = other->followed;
    return d;
}

void diags_forget(struct diags *d, size_t count)
{
    while (d->count > count) {
        const struct diag *last = &d->list[--d->count];
        d->errors -= last->level != DIAG_WARNING;
        free((char *)last->at.file);
        free(last->message);
    }
    d->system = false;
    for (size_t i = 0; i < d->count; i++)
        d->system |= d->list[i].level == DIAG_SYSTEM;
}

void diags_drop(struct diags *d)
{
    if (!d)
        return;
    diags_forget(d, 0);
    free(d->list);
    free(d);
}

void diag_add(struct diags *d, enum diag_id id, struct place at, const char *format, ...)
{
    char text[2048]; /* longer messages are cut: they quote input */
    va_list args;
    bool limited = d->limited && known[id].level == DIAG_ERROR;

    if (limited && d->left == 0) {
        d->errors++;
        d->over++;
        return;
    }
    d->left -= limited;
    va_start(args, format);
    utf8_end_cut(text, sizeof text, vsnprintf(text, sizeof text, format, args));
    va_end(args);

    d->list = xrealloc(d->list, d->count + 1, sizeof *d->list);
    struct diag *one = &d->list[d->count++];
    *one = (struct diag){ .id = id, .level = known[id].level, .at = at, .message = xstrdup(text) };
    one->at.file = at.file ? xstrdup(at.file) : NULL;
    d->errors += one->level != DIAG_WARNING;
    d->system |= one->level == DIAG_SYSTEM;
}

void diags_limit(struct diags *d, size_t errors)
{
    d->limited = true;
    d->left = errors;
    d->over = 0;
}

size_t diags_unlimit(struct diags *d)
{
    d->limited = false;
    return d->over;
}

void diags_follow(struct diags *d, const struct progress *progress)
{
    d->followed = progress;
}

const struct progress *diags_followed(const struct diags *d)
{
    return d->followed;
}

size_t diags_count(const struct diags *d)
{
    return d->count;
}

bool diags_have(const struct diags *d, enum diag_id id, struct place at)
{
    for (size_t i = d->count; i-- > 0;) {
        const struct place *said = &d->list[i].at;
        if (d->list[i].id == id && said->line == at.line && said->col == at.col && said->file && at.file
            && strcmp(said->file, at.file) == 0)
            return true;
    }
    return false;
}

const struct diag *diags_get(const struct diags *d, size_t index)
{
    return &d->list[index];
}

size_t diags_errors(const struct diags *d)
{
    return d->errors;
}

bool diags_have_system(const struct diags *d)
{
    return d->system;
}

const char *diag_slug(enum diag_id id)
{
    return known[id].slug;
}

const char *diag_summary(enum diag_id id)
{
    return known[id].summary;
}

enum diag_level diag_level_of(enum diag_id id)
{
    return known[id].level;
}

void diag_format(const struct diag *d, struct buf *out)
{
    if (d->at.file)
        buf_printf(out, "%s:", d->at.file);
    if (d->at.file && d->at.line)
        buf_printf(out, "%u:", d->at.line);
    if (d->at.file && d->at.line && d->at.col)
        buf_printf(out, "%u:", d->at.col);
    buf_printf(out, "%s%s: [%s] %s\n", d->at.file ? " " : "",
               d->level == DIAG_WARNING ? "warning" : "error", known[d->id].slug, d->message);
}
