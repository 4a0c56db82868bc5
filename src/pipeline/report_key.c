/* Keys. Reads files, and of definitions only which files they name. */
#include "pipeline/report_key.h"

#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/share.h"
#include "base/version.h"
#include "cli/options.h"
#include "layout/style.h"
#include "report/definition.h"
#include "report/previous.h"
#include "text/font.h"

enum { DEEPEST = 8 /* of folders in a folder */, LARGEST_TEXT = 1 << 20 };

struct report_input {
    const char *path;
    struct stat was;
};

struct keyer {
    struct arena *arena, *kept; /* kept: of the inputs */
    struct report_inputs *inputs;
    struct buf list; /* "path sha256\n" of each file */
    struct diags *diags;
};

/* `path` is read, `name` goes into the key: it does not depend on where the workspace stands. */
static bool add_file(struct keyer *k, const char *path, const char *name)
{
    char hex[HASH_HEX];
    struct report_inputs *in = k->inputs;
    in->files = arena_grow(k->kept, in->files, in->count, sizeof *in->files);
    struct report_input *file = &in->files[in->count++];
    *file = (struct report_input){ .path = arena_string(k->kept, path) };
    if (stat(path, &file->was) != 0)
        file->was = (struct stat){ 0 }; /* it is told when it is read */
    if (!hash_file(path, hex, k->diags))
        return false;
    buf_printf(&k->list, "%s %s\n", name, hex);
    return true;
}

/* All files below a folder, sorted. */
static bool add_folder(struct keyer *k, const char *path, const char *name, int depth)
{
    size_t count = 0;
    const char **names = file_list(k->arena, path, "", NULL, &count);
    for (size_t i = 0; i < count; i++) {
        const char *inner = file_join(k->arena, path, names[i]), *called = file_join(k->arena, name, names[i]);
        struct stat st;
        if (stat(inner, &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode) ? depth < DEEPEST && !add_folder(k, inner, called, depth + 1)
                                : S_ISREG(st.st_mode) && !add_file(k, inner, called))
            return false;
    }
    return true;
}

static bool add_fonts(struct keyer *k, const char *workspace, const char *name)
{
    struct font_set *fonts = font_set_load(workspace, name, k->diags);
    const char *file = share_find(k->arena, workspace, arena_printf(k->arena, "fonts/%s.yaml", name));
    bool ok = fonts && add_file(k, file, "fonts");
    for (size_t i = 0; ok && i < font_set_faces(fonts); i++)
        ok = add_file(k, font_set_face(fonts, i)->path, font_set_face(fonts, i)->postscript_name);
    if (fonts)
        font_set_drop(fonts);
    return ok;
}

/* Of the options those that change a file. */
static void add_options(struct keyer *k, const struct options *o)
{
    for (int e = 0; o->has_editions && e < EDITION_COUNT; e++)
        if (o->editions[e])
            buf_printf(&k->list, "edition %s\n", edition_name((enum edition)e));
    buf_printf(&k->list, "layout %s\n", o->layout ? o->layout : "-");
    buf_printf(&k->list, "attachments %d sheets %d\n", !o->no_attachments, (int)o->sheets.form);
}

/* The issue before, where texts may speak of it: it stays the same as long as the issue does. */
static bool add_previous(struct keyer *k, const struct options *o, const char *report, const char *folder,
                         const struct definition *d)
{
    static const char *const files[] = { "report.yaml", "en.md", "ar.md" };
    bool named = false;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        size_t length;
        const char *text = file_read(file_join(k->arena, folder, files[i]), LARGEST_TEXT, k->arena, &length, k->diags);
        if (!text)
            return false;
        named |= past_is_named(text);
    }
    struct diags *unsaid = diags_new(); /* the report's build says it */
    const struct previous_issue *previous = named ? previous_of(o->making.previous, report, d, unsaid) : NULL;
    diags_drop(unsaid);
    if (named)
        buf_printf(&k->list, "previous %s\n", previous ? previous->sha256 : "-");
    return true;
}

/* `with_packet`: and the reports behind it, which have none behind them. */
static bool add_all(struct keyer *k, const struct options *o, const char *report, bool with_packet)
{
    const char *workspace = o->workspace;
    const char *folder = file_join(k->arena, file_join(k->arena, workspace, "reports"), report);
    const struct definition *d = definition_load(file_join(k->arena, folder, "report.yaml"), k->arena, k->diags);
    if (!d || !d->layout.text || diags_errors(k->diags))
        return false;
    const struct style *style = style_load(workspace, o->layout ? o->layout : d->layout.text, k->arena, k->diags);
    if (!style || !add_folder(k, folder, "report", 0)
        || !add_folder(k, file_join(k->arena, workspace, "layouts"), "layouts", 0)
        || !add_previous(k, o, report, folder, d) || !add_fonts(k, workspace, style->fonts)
        || (style->colour == COLOUR_CMYK && !add_file(k, style->profile, "profile")))
        return false;
    const char *shipped = share_folder(k->arena);
    if (shipped && !add_folder(k, file_join(k->arena, shipped, "layouts"), "shipped", 0))
        return false;
    for (size_t i = 0; i < d->dataset_count; i++) {
        const char *name = d->datasets[i].text;
        if (!add_folder(k, file_join(k->arena, file_join(k->arena, workspace, "datasets"), name), name, 0))
            return false;
    }
    for (size_t i = 0; with_packet && i < d->packet_count; i++)
        if (!add_all(k, o, d->packet[i].text, false))
            return false;
    return true;
}

bool report_inputs_are_same(const struct report_inputs *inputs, struct diags *diags)
{
    for (size_t i = 0; i < inputs->count; i++) {
        const struct report_input *file = &inputs->files[i];
        struct stat now = { 0 };
        if (stat(file->path, &now) == 0 && now.st_dev == file->was.st_dev && now.st_ino == file->was.st_ino
            && now.st_size == file->was.st_size && now.st_mtim.tv_sec == file->was.st_mtim.tv_sec
            && now.st_mtim.tv_nsec == file->was.st_mtim.tv_nsec)
            continue;
        diag_add(diags, DIAG_FILE_READ, (struct place){ .file = file->path },
                 "has changed while the report was made; run again when it is complete");
        return false;
    }
    return true;
}

bool report_key(const struct options *o, const char *report, char key[HASH_HEX], struct report_inputs *inputs,
                struct arena *kept, struct diags *diags)
{
    struct keyer k = { .arena = arena_new(), .kept = kept, .inputs = inputs, .diags = diags };
    uint8_t digest[HASH_BYTES];
    buf_init(&k.list);
    buf_printf(&k.list, "mujaz %s, pictures of first pages\n", MUJAZ_VERSION);
    add_options(&k, o);
    bool ok = add_all(&k, o, report, true);
    hash_sha256(k.list.data, k.list.length, digest);
    hash_hex(digest, key);
    buf_drop(&k.list);
    arena_drop(k.arena);
    return ok;
}
