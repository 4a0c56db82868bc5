/* The stages in a row, each once. Knows every stage's entry and no stage's inside. */
#include "pipeline/pipeline.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/progress.h"
#include "base/version.h"
#include "pdf/pdf.h"
#include "pdf_check/pdf_check.h"
#include "pipeline/about.h"
#include "pipeline/following.h"
#include "publish/spool.h"
#include "report/ledger.h"

bool pipeline_begin(struct pipeline *p, const char *workspace, const char *report, const char *layout,
                    const struct report_options *options, struct diags *diags)
{
    return pipeline_begin_beside(p, NULL, workspace, report, layout, options, diags);
}

bool pipeline_begin_beside(struct pipeline *p, const struct pipeline *other, const char *workspace, const char *report,
                           const char *layout, const struct report_options *options, struct diags *diags)
{
    *p = (struct pipeline){ .arena = arena_new(), .shared = arena_new(), .workspace = workspace, .layout = layout,
                            .options = options };
    p->report = report_open(workspace, report, layout, options, diags);
    if (p->report)
        p->style = style_load(workspace, report_layout(p->report), p->shared, diags);
    p->borrowed = p->style && other && other->engine && strcmp(p->style->fonts, other->style->fonts) == 0;
    if (p->borrowed) {
        p->fonts = other->fonts;
        p->engine = other->engine;
        return true;
    }
    if (p->style)
        p->fonts = font_set_load(workspace, p->style->fonts, diags);
    if (p->fonts)
        p->engine = text_engine_new(p->fonts);
    if (p->engine)
        return true;
    pipeline_close(p);
    return false;
}

static void drop_docs(struct pipeline *p)
{
    if (!p->doc)
        return;
    following_close(p);
    doc_drop(p->doc);
    p->doc = NULL;
    for (size_t i = 0; i < p->waiting_count; i++)
        artifact_drop(&p->waiting[i]);
    p->waiting = NULL;
    p->waiting_count = 0;
}

static void keep_waiting(struct pipeline *p, const struct artifact *made)
{
    p->waiting = arena_grow(p->arena, p->waiting, p->waiting_count, sizeof *p->waiting);
    p->waiting[p->waiting_count++] = *made;
}

bool pipeline_packet(struct pipeline *p, size_t packet, struct diags *diags)
{
    drop_docs(p);
    arena_clear(p->arena);
    p->attachments = NULL;
    p->attachment_count = 0;
    p->doc = report_doc(p->report, packet, diags);
    return p->doc && pipeline_spool_ledger(p, p->doc->ledger, diags) && following_open(p, diags);
}

bool pipeline_open(struct pipeline *p, const char *workspace, const char *report, const char *layout,
                   const struct report_options *options, struct diags *diags)
{
    if (!pipeline_begin(p, workspace, report, layout, options, diags))
        return false;
    if (pipeline_packet(p, 0, diags))
        return true;
    pipeline_close(p);
    return false;
}

void pipeline_close(struct pipeline *p)
{
    preview_drop(p->covers);
    if (p->engine && !p->borrowed)
        text_engine_drop(p->engine);
    if (p->fonts && !p->borrowed)
        font_set_drop(p->fonts);
    drop_docs(p);
    report_close(p->report);
    if (p->arena)
        arena_drop(p->arena);
    if (p->shared)
        arena_drop(p->shared);
    *p = (struct pipeline){ 0 };
}

void pipeline_replace(struct pipeline *old, struct pipeline *next)
{
    if (next->borrowed) {
        next->borrowed = false;
        old->borrowed = true;
    }
    pipeline_close(old);
    *old = *next;
    *next = (struct pipeline){ 0 };
}

void pipeline_proof_grey(struct pipeline *p)
{
    struct style *style = arena_copy(p->shared, p->style, sizeof *style);
    style->colour = COLOUR_GREY;
    p->style = style;
}

/* `ending`: "pdf". */
static const char *file_name(const struct pipeline *p, enum edition edition, const char *ending)
{
    if (edition == EDITION_PARALLEL)
        return arena_printf(p->arena, "%s.%s", p->doc->name, ending);
    return arena_printf(p->arena, "%s.%s.%s", p->doc->name, edition_name(edition), ending);
}

bool pipeline_attach(struct pipeline *p, struct diags *diags)
{
    bool good = true;
    for (size_t i = 0; good && i < p->part_count; i++) {
        struct artifact ledger = { .name = file_name(p, EDITION_PARALLEL, "pdf") };
        good = attach_list(p->parts[i].doc, p->parts[i].prefix, p->arena, p->spool, &p->attachments,
                           &p->attachment_count, &ledger, diags);
        keep_waiting(p, &ledger);
    }
    return good;
}

void pipeline_describe(struct pipeline *p, bool pictures)
{
    p->describes = true;
    if (pictures)
        p->covers = preview_new(p->fonts);
}

bool pipeline_editions(const struct pipeline *p, const char *workspace, const bool asked[EDITION_COUNT],
                       bool has_asked, bool editions[EDITION_COUNT], struct diags *diags)
{
    bool ok = true;
    for (int e = 0; e < EDITION_COUNT; e++) {
        editions[e] = has_asked ? asked[e] : p->doc->editions[e];
        if (!editions[e] || p->doc->editions[e])
            continue;
        const char *folder = file_join(p->arena, workspace, "reports");
        const char *file = arena_printf(p->arena, "%s/%s/report.yaml", folder, p->doc->ledger->report);
        diag_add(diags, DIAG_EDITION_ABSENT, (struct place){ .file = file },
                 "the report has no edition '%s'; add it to 'editions' or ask for another",
                 edition_name((enum edition)e));
        ok = false;
    }
    return ok;
}

struct scene *pipeline_scene(const struct pipeline *p, enum edition edition, const struct scene_sink *sink,
                             struct diags *diags)
{
    progress_name(diags, edition_name(edition));
    struct scene *scene = layout_packet(p->parts, p->part_count, edition, p->engine, sink, diags);
    if (text_engine_slanted(p->engine))
        font_set_check_italics(p->fonts, diags);
    return scene;
}

static void sign(struct artifact *made)
{
    uint8_t digest[HASH_BYTES];
    hash_sha256(made->bytes.data, made->bytes.length, digest);
    hash_hex(digest, made->sha256);
}

/* The files that one scene goes into. */
enum { FILES = 2, COVER_WIDTH = 320 }; /* dots: twice the width that pages of the web show it in */
struct files {
    struct pdf *file[FILES];
    struct spool *spool[FILES];
    struct artifact made[FILES];
    size_t count;
    struct preview *covers; /* draws the first page; NULL: nobody asked for it */
    struct artifact cover;
    struct about about;
    struct hash *shown; /* NULL: nobody asked for it */
    struct diags *diags;
};

static void add_file(struct files *f, const struct pipeline *p, const char *name, struct diags *diags)
{
    struct spool *spool = f->spool[f->count] = spool_new(name, p->spool, diags);
    f->made[f->count] = (struct artifact){ .name = name, .media_type = ARTIFACT_PDF };
    f->file[f->count++] = pdf_new(p->fonts, spool_sink(spool), diags);
}

/* The height is rounded as the picture's is. */
static void draw_cover(struct files *f, const struct scene *scene)
{
    const struct scene_page *page = scene_page_at(scene, 0);
    double scale = COVER_WIDTH / (double)page->width;
    buf_init(&f->cover.bytes);
    if (!preview_page(f->covers, scene, 0, PREVIEW_PNG, scale * 72, &f->cover.bytes, f->diags))
        return;
    f->about.width = COVER_WIDTH;
    f->about.height = (size_t)lround(page->height * scale);
}

static void add_shown(struct hash *shown, const struct scene *scene, size_t index)
{
    const struct scene_page *page = scene_page_at(scene, index);
    char hex[HASH_HEX];
    scene_page_digest(scene, index, hex);
    hash_add(shown, hex, sizeof hex);
    for (size_t i = 0; i < page->link_count; i++) {
        const char *to = page->links[i].url ? page->links[i].url : page->links[i].dest;
        hash_add(shown, to, strlen(to) + 1);
    }
}

static void take_page(void *context, const struct scene *scene, size_t page)
{
    struct files *f = context;
    for (size_t i = 0; i < f->count; i++) {
        struct scene_sink sink = pdf_sink(f->file[i]);
        sink.take(sink.context, scene, page);
    }
    if (page == 0 && f->covers)
        draw_cover(f, scene);
    if (f->shown)
        add_shown(f->shown, scene, page);
}

static void describe(struct about *a, const struct pipeline *p, enum edition edition, const struct hash *shown,
                     struct artifact *whole)
{
    uint8_t digest[HASH_BYTES];
    char hex[HASH_HEX];
    struct buf text;
    struct json j;
    hash_digest(shown, digest);
    hash_hex(digest, hex);
    a->shown = hex;
    a->edition = edition;
    a->as_of = p->doc->as_of;
    memcpy(a->title, p->doc->title, sizeof a->title);
    memcpy(a->subtitle, p->doc->subtitle, sizeof a->subtitle);
    memcpy(a->author, p->doc->author, sizeof a->author);
    buf_init(&text);
    json_begin(&j, &text);
    about_write(a, &j);
    json_end(&j);
    whole->about = arena_string(p->arena, text.data);
    buf_drop(&text);
}

static void add_cover(struct files *f, const struct pipeline *p, enum edition edition, struct artifact *out,
                      size_t *count)
{
    f->about.picture = f->cover.name = file_name(p, edition, "page1.png");
    f->cover.media_type = "image/png";
    sign(&f->cover);
    out[(*count)++] = f->cover;
}

/* Words of a document of so many pages take as much as its check, and less time than a page to be shaped again. */
enum { MANY_PAGES = 500 };

/* Of the report's own file: sheets have no structure, and promise none. */
static bool check(const struct artifact *a, struct diags *diags)
{
    return pdf_check(a->name, a->bytes.data, a->bytes.length, a->mapped, diags);
}

bool pipeline_artifacts(const struct pipeline *p, enum edition edition, const struct imposition *sheets,
                        struct artifact *out, size_t *count, size_t *pages, struct diags *diags)
{
    struct files files = { .covers = p->covers, .shown = p->describes ? hash_new() : NULL, .diags = diags };
    size_t first = *count;
    struct scene_sink sink = { take_page, &files };
    add_file(&files, p, file_name(p, edition, "pdf"), diags);
    pdf_attach(files.file[0], p->attachments, p->attachment_count);
    if (sheets && sheets->form != IMPOSE_NONE) {
        const char *form = sheets->form == IMPOSE_SADDLE ? "booklet" : imposition_name(sheets->form);
        add_file(&files, p, file_name(p, edition, arena_printf(p->arena, "%s.pdf", form)), diags);
        pdf_impose(files.file[1], sheets);
    }
    struct scene *scene = pipeline_scene(p, edition, &sink, diags);
    bool ok = scene != NULL;
    for (size_t i = 0; i < files.count; i++)
        ok = ok && pdf_finish(files.file[i], scene) && spool_end(files.spool[i], &files.made[i]);
    files.about.pages = ok ? scene_pages(scene) : 0;
    if (ok && pages)
        *pages = files.about.pages;
    for (size_t i = 0; i < files.count; i++) {
        pdf_drop(files.file[i]);
        spool_drop(files.spool[i]);
    }
    scene_drop(scene); /* what it took, the check may take */
    if (files.about.pages >= MANY_PAGES)
        text_engine_forget(p->engine);
    ok = ok && (p->unchecked || check(&files.made[0], diags));
    for (size_t i = 0; i < files.count; i++) {
        if (ok)
            out[(*count)++] = files.made[i];
        else
            artifact_drop(&files.made[i]);
    }
    if (ok && files.covers)
        add_cover(&files, p, edition, out, count);
    else
        buf_drop(&files.cover.bytes);
    if (ok && p->describes)
        describe(&files.about, p, edition, files.shown, &out[first]);
    hash_drop(files.shown);
    return ok;
}

bool pipeline_artifact(const struct pipeline *p, enum edition edition, struct artifact *out, size_t *pages,
                       struct diags *diags)
{
    size_t count = 0;
    return pipeline_artifacts(p, edition, NULL, out, &count, pages, diags);
}

enum { LARGE_LEDGER = 1 << 20 };

/* In memory the body would be larger than what it stands for. */
bool pipeline_spool_ledger(struct pipeline *p, struct ledger *ledger, struct diags *diags)
{
    if (!p->spool || arena_room(ledger->traces) <= LARGE_LEDGER)
        return true;
    size_t past;
    struct artifact made = { .name = file_name(p, EDITION_PARALLEL, "ledger.json") };
    struct spool *spool = spool_new(made.name, p->spool, diags);
    bool ok = ledger_write_body(ledger, spool_sink(spool), &past) && spool_end(spool, &made);
    spool_drop(spool);
    if (!ok || !made.mapped) {
        artifact_drop(&made);
        return ok;
    }
    ledger_set_body(ledger, (struct ledger_body){ made.bytes.data, made.bytes.length, past, .mapped = true });
    keep_waiting(p, &made);
    return true;
}

bool pipeline_ledger(const struct pipeline *p, enum edition edition, const struct artifact *pdf, struct artifact *out,
                     struct diags *diags)
{
    const struct ledger **following = arena_array(p->arena, p->part_count, sizeof *following);
    for (size_t i = 1; i < p->part_count; i++)
        following[i - 1] = p->parts[i].doc->ledger;
    struct ledger_of of = {
        .version = MUJAZ_VERSION, .edition = edition_name(edition), .pdf = pdf->name, .sha256 = pdf->sha256,
        .following = following, .following_count = p->part_count - 1
    };
    *out = (struct artifact){ .name = file_name(p, edition, "ledger.json"), .media_type = "application/json" };
    struct spool *spool = spool_new(out->name, p->spool, diags);
    bool ok = ledger_json(p->doc->ledger, &of, LEDGER_ROWS, spool_sink(spool)) && spool_end(spool, out);
    spool_drop(spool);
    return ok;
}
