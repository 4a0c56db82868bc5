/* mujaz check: all that build does, but for the writing, of some reports or of a whole workspace; or finished PDFs. */
#include "commands/cmd.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/share.h"
#include "cli/bar.h"
#include "pdf_check/pdf_check.h"
#include "pipeline/packets.h"
#include "report/definition.h"
#include "report/ledger.h"
#include "workspace/workspace.h"

/* A briefing has some megabytes; what is larger than this is none. */
enum { PDF_BYTES = 1 << 30 };

struct check {
    const struct options *o;
    struct arena *arena;
    struct diags *diags;
    struct buf good;     /* a line for each report or file that is */
    struct buf summary;  /* of the last packet's editions */
    size_t packets;      /* of the report */
    bool burst;
    const char **used;   /* datasets that a report names, or a foreign key of another */
    size_t used_count;
};

/* --- one report ---------------------------------------------------------------------------------------------- */

static bool check_editions(void *context, const struct pipeline *p, struct diags *diags)
{
    struct check *c = context;
    const struct options *o = c->o;
    bool editions[EDITION_COUNT];
    buf_clear(&c->summary);
    c->packets++;
    c->burst = p->doc->ledger->packet;
    if (!pipeline_editions(p, o->workspace, o->editions, o->has_editions, editions, diags))
        return false;
    for (int e = 0; e < EDITION_COUNT; e++) {
        struct artifact made;
        size_t pages;
        if (!editions[e] || !pipeline_artifact(p, (enum edition)e, &made, &pages, diags))
            continue;
        buf_printf(&c->summary, "%s %s %zu page%s", c->summary.length ? "," : "", edition_name((enum edition)e), pages,
                   pages == 1 ? "" : "s");
        artifact_drop(&made);
    }
    return true;
}

static const char *path_of(const struct check *c, const char *file)
{
    return strcmp(c->o->workspace, ".") == 0 ? file : file_join(c->arena, c->o->workspace, file);
}

/* The definition once more; what is wrong with it has been said by its report. */
static const struct definition *definition_of(const struct check *c, const char *report)
{
    struct diags *unsaid = diags_new();
    const char *file = arena_printf(c->arena, "reports/%s/report.yaml", report);
    const struct definition *d = definition_load(path_of(c, file), c->arena, unsaid);
    diags_drop(unsaid);
    return d;
}

static void check_source(const struct check *c, const char *what, const struct definition_object *object, bool given)
{
    if (!given)
        diag_add(c->diags, DIAG_OBJECT_SOURCE, object->at, "the %s '%s' has no source; add source: {en: ..., ar: ...}",
                 what, object->id);
}

static void check_sources(const struct check *c, const struct definition *d)
{
    for (size_t i = 0; i < d->table_count; i++)
        check_source(c, "table", &d->tables[i].object, d->tables[i].source.given);
    for (size_t i = 0; i < d->image_count; i++)
        check_source(c, "image", &d->images[i].object, d->images[i].source.given);
}

static bool is_said(const struct diags *diags, const struct diag *d)
{
    for (size_t i = 0; i < diags_count(diags); i++) {
        const struct diag *other = diags_get(diags, i);
        if (other->id == d->id && other->at.line == d->at.line && other->at.col == d->at.col
            && strcmp(other->message, d->message) == 0)
            return true;
    }
    return false;
}

static void check_fonts(const struct check *c, const char *name, struct diags *diags)
{
    struct font_set *fonts = font_set_load(c->o->workspace, name, diags);
    if (fonts)
        font_set_check_italics(fonts, diags);
    font_set_drop(fonts);
}

/* The layout and fonts of a report whose texts or data are wrong, so that all is said at once. That there is no such
 * layout has been said. */
static void check_look(const struct check *c, const char *layout)
{
    if (!file_exists(share_find(c->arena, c->o->workspace, arena_printf(c->arena, "layouts/%s.yaml", layout))))
        return;
    struct diags *diags = diags_new();
    const struct style *style = style_load(c->o->workspace, layout, c->arena, diags);
    if (style)
        check_fonts(c, style->fonts, diags);
    for (size_t i = 0; i < diags_count(diags); i++)
        if (!is_said(c->diags, diags_get(diags, i)))
            diag_add(c->diags, diags_get(diags, i)->id, diags_get(diags, i)->at, "%s", diags_get(diags, i)->message);
    diags_drop(diags);
}

static void check_report(struct check *c, const char *report)
{
    size_t errors = diags_errors(c->diags);
    const struct definition *d = definition_of(c, report);
    c->packets = 0;
    c->burst = false;
    if (d)
        check_sources(c, d);
    struct bar *bar = bar_begin(c->o, report, c->diags);
    bool good = packets_each(c->o, report, check_editions, c, c->diags);
    bar_end(bar);
    if (!good && d && d->layout.text)
        check_look(c, c->o->layout ? c->o->layout : d->layout.text);
    if (diags_errors(c->diags) > errors)
        return;
    if (c->burst)
        buf_printf(&c->good, "%s: good: %zu packet%s\n", report, c->packets, c->packets == 1 ? "" : "s");
    else
        buf_printf(&c->good, "%s: good:%s\n", report, c->summary.data);
}

static void check_pdf(struct check *c, const char *file)
{
    size_t length, errors = diags_errors(c->diags);
    struct arena *arena = arena_new();
    struct bar *bar = bar_begin(c->o, file, c->diags);
    char *bytes = file_read(file, PDF_BYTES, arena, &length, c->diags);
    if (bytes)
        pdf_check(file, bytes, length, false, c->diags);
    bar_end(bar);
    if (diags_errors(c->diags) == errors)
        buf_printf(&c->good, "%s: good\n", file);
    arena_drop(arena);
}

/* --- the workspace ------------------------------------------------------------------------------------------- */

static bool is_used(const struct check *c, const char *dataset)
{
    for (size_t i = 0; i < c->used_count; i++)
        if (strcmp(c->used[i], dataset) == 0)
            return true;
    return false;
}

static void use(struct check *c, const char *dataset)
{
    if (is_used(c, dataset))
        return;
    c->used = arena_grow(c->arena, c->used, c->used_count, sizeof *c->used);
    c->used[c->used_count++] = dataset;
}

static void use_datasets(struct check *c, const char *report)
{
    const struct definition *d = definition_of(c, report);
    for (size_t i = 0; d && i < d->dataset_count; i++)
        use(c, d->datasets[i].text);
}

/* Those that no report reads, which has not checked them then. */
static void check_datasets(struct check *c, size_t reports, const char *const names[])
{
    size_t count;
    const char **sets = workspace_list(c->o->workspace, "datasets", "datapackage.json", c->arena, &count);
    for (size_t i = 0; i < reports; i++)
        use_datasets(c, names[i]);
    for (size_t i = 0; i < count; i++) {
        size_t named = 0;
        const char *folder = path_of(c, arena_printf(c->arena, "datasets/%s", sets[i]));
        const char **others = dataset_references(folder, c->arena, &named);
        for (size_t k = 0; k < named; k++)
            use(c, others[k]);
    }
    for (size_t i = 0; i < count; i++) {
        if (is_used(c, sets[i]))
            continue;
        const char *folder = path_of(c, arena_printf(c->arena, "datasets/%s", sets[i]));
        const struct place at = { .file = file_join(c->arena, folder, "datapackage.json") };
        diag_add(c->diags, DIAG_DATASET_UNUSED, at,
                 "no report names the dataset '%s'; name it in one's 'datasets', or remove it", sets[i]);
        dataset_drop(dataset_load(folder, &c->o->making.loading, c->diags));
    }
}

/* The workspace's own layouts and fonts, whether a report uses them or not. */
static void check_looks(struct check *c)
{
    size_t count = 0;
    const char **names = file_list(c->arena, path_of(c, "layouts"), ".yaml", NULL, &count);
    for (size_t i = 0; i < count; i++)
        style_load(c->o->workspace, names[i], c->arena, c->diags);
    count = 0;
    names = file_list(c->arena, path_of(c, "fonts"), ".yaml", NULL, &count);
    for (size_t i = 0; i < count; i++)
        check_fonts(c, names[i], c->diags);
}

static bool check_workspace(struct check *c)
{
    size_t count;
    const char **names = workspace_list(c->o->workspace, "reports", "report.yaml", c->arena, &count);
    if (count == 0) {
        fprintf(stderr, "mujaz: there is no report in %s; 'mujaz init FOLDER' makes one to start from\n",
                file_join(c->arena, c->o->workspace, "reports"));
        return false;
    }
    for (size_t i = 0; i < count; i++)
        check_report(c, names[i]);
    check_datasets(c, count, names);
    check_looks(c);
    return true;
}

/* --- the whole ----------------------------------------------------------------------------------------------- */

static enum exit_code finish(const struct check *c)
{
    enum exit_code code = exit_code_of(c->diags);
    if (c->o->show == SHOW_TEXT) {
        show_diags(c->diags, show_style_for(stderr), stderr);
        if (!c->o->quiet)
            fwrite(c->good.data, 1, c->good.length, stdout);
    } else {
        struct buf document;
        buf_init(&document);
        show_document(c->diags, c->o->show, &document);
        fwrite(document.data, 1, document.length, stdout);
        buf_drop(&document);
    }
    return c->o->strict && code == EXIT_DONE && diags_count(c->diags) ? EXIT_REFUSED : code;
}

enum exit_code cmd_check(const struct options *o)
{
    struct check c = { .o = o, .arena = arena_new(), .diags = diags_new() };
    enum exit_code code = EXIT_USAGE;
    buf_init(&c.good);
    buf_init(&c.summary);
    for (size_t i = 0; i < o->file_count; i++)
        check_pdf(&c, o->files[i]);
    for (size_t i = 0; i < o->report_count; i++)
        check_report(&c, o->reports[i]);
    if (o->file_count || o->report_count || check_workspace(&c))
        code = finish(&c);
    buf_drop(&c.good);
    buf_drop(&c.summary);
    diags_drop(c.diags);
    arena_drop(c.arena);
    return code;
}
