/* A manifest as publish/site.h wants it. Must not know how a page is written. */
#include "nightly/site.h"

#include <stdlib.h>
#include <string.h>

#include "publish/site.h"

static bool same_titles(const struct site_packet *packet, const struct about *a)
{
    return strcmp(packet->title[LANG_EN], a->title[LANG_EN]) == 0
        && strcmp(packet->title[LANG_AR], a->title[LANG_AR]) == 0;
}

static const enum site_languages languages[EDITION_COUNT] = {
    [EDITION_PARALLEL] = SITE_SIDE_BY_SIDE, [EDITION_EN] = SITE_ENGLISH, [EDITION_AR] = SITE_ARABIC,
    [EDITION_SEQUENTIAL] = SITE_ONE_AFTER_OTHER,
};

static bool has_edition(const struct site_packet *packet, enum site_languages which)
{
    for (size_t i = 0; i < packet->edition_count; i++)
        if (packet->editions[i].languages == which)
            return true;
    return false;
}

/* Files of one content follow each other: a new packet begins with another title, or an edition that is there. */
static struct site_packet *packet_for(struct site_packet *packets, size_t *count, const struct about *a,
                                      struct arena *arena)
{
    struct site_packet *last = *count ? &packets[*count - 1] : NULL;
    if (last && same_titles(last, a) && !has_edition(last, languages[a->edition]))
        return last;
    last = &packets[(*count)++];
    *last = (struct site_packet){ .as_of = a->as_of, .editions = arena_array(arena, EDITION_COUNT,
                                                                            sizeof *last->editions) };
    memcpy(last->title, a->title, sizeof last->title);
    memcpy(last->subtitle, a->subtitle, sizeof last->subtitle);
    return last;
}

static struct site_report show_report(const struct manifest_report *r, struct arena *arena)
{
    struct site_packet *packets = arena_array(arena, r->file_count + 1, sizeof *packets);
    struct site_report out = { .name = r->name, .stale = r->state == STATE_STALE, .made_in = r->made_in,
                               .packets = packets };
    for (size_t i = 0; i < r->file_count; i++) {
        const struct manifest_file *file = &r->files[i];
        if (!file->about)
            continue; /* a ledger, a picture, sheets */
        struct site_packet *packet = packet_for(packets, &out.packet_count, file->about, arena);
        struct site_edition *editions = (struct site_edition *)packet->editions;
        editions[packet->edition_count++] = (struct site_edition){
            .file = file->name, .languages = languages[file->about->edition], .bytes = file->bytes,
            .pages = file->about->pages, .picture = file->about->picture, .width = file->about->width,
            .height = file->about->height,
        };
    }
    return out;
}

static bool is_listed(const struct night *n, const struct manifest_report *r)
{
    return schedule_of(n->schedule, r->name)->listed;
}

/* Who publishes, when all PDFs that are listed name the same author. */
static void find_title(const struct night *n, const char *title[LANG_COUNT])
{
    const struct about *first = NULL;
    bool same = true;
    for (size_t i = 0; i < n->now.report_count; i++) {
        const struct manifest_report *r = &n->now.reports[i];
        for (size_t k = 0; k < r->file_count && is_listed(n, r); k++) {
            const struct about *a = r->files[k].about;
            if (!first)
                first = a;
            for (int lang = 0; a && lang < LANG_COUNT; lang++)
                same &= a->author[lang][0] && strcmp(a->author[lang], first->author[lang]) == 0;
        }
    }
    title[LANG_EN] = first && same ? first->author[LANG_EN] : "Briefings";
    title[LANG_AR] = first && same ? first->author[LANG_AR] : "إحاطات";
}

static struct site show(const struct night *n)
{
    const struct manifest *m = &n->now;
    struct arena *arena = n->arena;
    const char *url = n->options->site_url[0] ? n->options->site_url : n->schedule->site_url;
    struct site_report *reports = arena_array(arena, m->report_count + 1, sizeof *reports);
    struct site site = { .run = m->run, .url = url, .reports = reports };
    char *workspace = realpath(n->options->workspace, NULL);
    site.identity = site.url ? site.url : arena_string(arena, workspace ? workspace : n->options->workspace);
    free(workspace);
    site.former = runs_former(n->runs, "issue.html", n->kept.most, n->kept.oldest, &site.former_count, arena);
    find_title(n, site.title);
    for (size_t i = 0; i < m->report_count; i++)
        if (is_listed(n, &m->reports[i]))
            reports[site.report_count++] = show_report(&m->reports[i], arena);
    return site;
}

/* Takes the artifact's bytes. */
static bool write_one(struct runs *runs, struct manifest *m, struct artifact *a, struct diags *diags)
{
    struct manifest_file *file = &m->site[m->site_count++];
    uint8_t digest[HASH_BYTES];
    hash_sha256(a->bytes.data, a->bytes.length, digest);
    *file = (struct manifest_file){ .name = a->name, .media_type = a->media_type, .bytes = a->bytes.length };
    hash_hex(digest, file->sha256);
    bool ok = runs_write(runs, a, diags);
    buf_drop(&a->bytes);
    return ok;
}

static bool write_page(struct runs *runs, struct manifest *m, const struct site *site, enum site_place place,
                       struct diags *diags)
{
    struct artifact page = { .name = place == SITE_CURRENT ? "index.html" : "issue.html", .media_type = "text/html" };
    buf_init(&page.bytes);
    bool ok = site_page(site, place, &page.bytes, diags);
    return write_one(runs, m, &page, diags) && ok;
}

static bool write_feed(struct runs *runs, struct manifest *m, const struct site *site, struct diags *diags)
{
    struct artifact feed = { .name = "feed.xml", .media_type = "application/atom+xml" };
    buf_init(&feed.bytes);
    bool ok = site_feed(site, &feed.bytes, diags);
    return write_one(runs, m, &feed, diags) && ok;
}

bool night_site(struct night *n, struct diags *diags)
{
    const struct site site = show(n);
    n->now.site = arena_array(n->arena, 3, sizeof *n->now.site);
    return write_page(n->runs, &n->now, &site, SITE_CURRENT, diags)
        && write_page(n->runs, &n->now, &site, SITE_RUN, diags) && write_feed(n->runs, &n->now, &site, diags);
}
