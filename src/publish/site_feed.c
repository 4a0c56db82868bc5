/*
 * feed.xml: an entry for each report's packet, in both languages. Its id is that of the report and of the run that made
 * it: what was not made anew is the entry that readers have already.
 */
#include "publish/site.h"

#include <stdio.h>
#include <string.h>

#include "publish/markup.h"
#include "publish/site_words.h"

bool site_url(const char *text, char url[SITE_URL_MOST])
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/%@[]";
    size_t scheme = strncmp(text, "https://", 8) == 0 ? 8 : strncmp(text, "http://", 7) == 0 ? 7 : 0;
    size_t length = strlen(text);
    if (!scheme || length == scheme || text[scheme] == '/' || strspn(text, plain) != length
        || length + 2 > SITE_URL_MOST)
        return false;
    snprintf(url, SITE_URL_MOST, "%s%s", text, text[length - 1] == '/' ? "" : "/");
    return true;
}

struct feed {
    struct buf *out;
    const struct site *site;
    struct arena *arena;
    struct locale *locale[LANG_COUNT];
};

static void add(const struct feed *f, const char *markup)
{
    buf_add_string(f->out, markup);
}

/* Of a file of this run: under the site's address, where there is one, in the run's own folder, so that the link goes
 * on meaning what it meant. */
static void add_address(const struct feed *f, const char *file)
{
    if (f->site->url) {
        markup_text(f->out, f->site->url);
        add(f, "runs/");
        markup_name(f->out, f->site->run);
        add(f, "/");
    }
    markup_name(f->out, file);
}

static void add_both(const struct feed *f, const char *element, const char *const texts[LANG_COUNT])
{
    buf_printf(f->out, "<%s>", element);
    markup_text(f->out, texts[LANG_EN]);
    if (strcmp(texts[LANG_EN], texts[LANG_AR]) != 0) {
        add(f, " — ");
        markup_text(f->out, texts[LANG_AR]);
    }
    buf_printf(f->out, "</%s>\n", element);
}

static void add_moment(const struct feed *f, const char *run)
{
    struct moment m;
    add(f, "<updated>");
    add(f, moment_of_run(run, &m) ? m.utc : "1970-01-01T00:00:00Z");
    add(f, "</updated>\n");
}

static void add_enclosures(const struct feed *f, const struct site_packet *packet)
{
    for (size_t i = 0; i < packet->edition_count; i++) {
        const struct site_edition *e = &packet->editions[i];
        buf_printf(f->out, "<link rel=\"enclosure\" type=\"application/pdf\" length=\"%zu\" title=\"%s — %s\"",
                   (size_t)e->bytes, site_words[LANG_EN].languages[e->languages],
                   site_words[LANG_AR].languages[e->languages]);
        if (e->languages == SITE_ENGLISH || e->languages == SITE_ARABIC)
            buf_printf(f->out, " hreflang=\"%s\"", lang_tag(e->languages == SITE_ARABIC ? LANG_AR : LANG_EN));
        add(f, " href=\"");
        add_address(f, e->file);
        add(f, "\" />\n");
    }
}

static void add_content(const struct feed *f, const struct site_packet *packet)
{
    add(f, "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">\n");
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const struct site_words *w = &site_words[lang];
        buf_printf(f->out, "<div xml:lang=\"%s\" lang=\"%s\" dir=\"%s\"><p>", lang_tag((enum lang)lang),
                   lang_tag((enum lang)lang), lang == LANG_AR ? "rtl" : "ltr");
        markup_text(f->out, packet->title[lang]);
        if (packet->subtitle[lang][0]) {
            add(f, w->colon);
            markup_text(f->out, packet->subtitle[lang]);
        }
        buf_printf(f->out, "%s%s ", w->comma, w->as_of);
        markup_text(f->out, site_day(f->locale[lang], packet->as_of, f->arena));
        add(f, "</p><ul>");
        for (size_t i = 0; i < packet->edition_count; i++) {
            const struct site_edition *e = &packet->editions[i];
            add(f, "<li><a href=\"");
            add_address(f, e->file);
            buf_printf(f->out, "\">%s</a> (<bdi>PDF</bdi>%s", w->languages[e->languages], w->comma);
            markup_text(f->out, site_size(f->locale[lang], e->bytes, f->arena));
            add(f, ")</li>");
        }
        add(f, "</ul></div>\n");
    }
    add(f, "</div></content>\n");
}

static void add_entry(const struct feed *f, const struct site_report *r, const struct site_packet *packet)
{
    add(f, "<entry>\n<id>");
    markup_uuid(f->out, "entry", arena_printf(f->arena, "%s\n%s\n%s\n%s", f->site->identity, r->name, r->made_in,
                                              packet->editions[0].file));
    add(f, "</id>\n");
    add_both(f, "title", packet->title);
    add_moment(f, r->made_in);
    add(f, "<link rel=\"alternate\" type=\"text/html\" href=\"");
    add_address(f, f->site->url ? "issue.html" : "index.html");
    add(f, "\" />\n");
    add_enclosures(f, packet);
    add_content(f, packet);
    add(f, "</entry>\n");
}

/* A feed was updated when its newest entry was. */
static const char *newest(const struct site *s)
{
    const char *run = NULL;
    for (size_t i = 0; i < s->report_count; i++)
        if (s->reports[i].made_in && (!run || strcmp(s->reports[i].made_in, run) > 0))
            run = s->reports[i].made_in;
    return run ? run : s->run;
}

static void add_links(const struct feed *f, const char *rel, const char *type, const char *file)
{
    buf_printf(f->out, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
    if (f->site->url) {
        markup_text(f->out, f->site->url);
        add(f, "current/");
    }
    buf_printf(f->out, "%s\" />\n", file);
}

static void add_all(const struct feed *f)
{
    const struct site *s = f->site;
    add(f, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>");
    markup_uuid(f->out, "feed", s->identity);
    add(f, "</id>\n");
    add_both(f, "title", s->title);
    add_moment(f, newest(s));
    add(f, "<author>");
    add_both(f, "name", s->title);
    add(f, "</author>\n");
    add_links(f, "self", "application/atom+xml", "feed.xml");
    add_links(f, "alternate", "text/html", "index.html");
    for (size_t i = 0; i < s->report_count; i++)
        for (size_t k = 0; k < s->reports[i].packet_count; k++)
            add_entry(f, &s->reports[i], &s->reports[i].packets[k]);
    add(f, "</feed>\n");
}

bool site_feed(const struct site *site, struct buf *out, struct diags *diags)
{
    struct feed f = { .out = out, .site = site, .arena = arena_new() };
    f.locale[LANG_EN] = locale_new(LANG_EN, DIGITS_LATN, MONTHS_IRAQI, diags);
    f.locale[LANG_AR] = locale_new(LANG_AR, DIGITS_LATN, MONTHS_IRAQI, diags);
    bool ok = f.locale[LANG_EN] && f.locale[LANG_AR];
    if (ok)
        add_all(&f);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (f.locale[lang])
            locale_drop(f.locale[lang]);
    arena_drop(f.arena);
    return ok;
}
