/*
 * index.html and issue.html: well-formed as XML too, which tests rely on. Each language has a part of its own, of equal
 * weight; an entry of the one is the same entry of the other.
 */
#include "publish/site.h"

#include <string.h>

#include "base/hash.h"
#include "publish/markup.h"
#include "publish/site_style.h"
#include "publish/site_words.h"

struct page {
    struct buf *out;
    const struct site *site;
    enum site_place place;
    struct arena *arena;
    struct locale *locale[LANG_COUNT];
    enum lang lang; /* of the part that is written */
};

static const char *const tags[LANG_COUNT] = { "en", "ar" }, *const dirs[LANG_COUNT] = { "ltr", "rtl" };

static const struct site_words *words(const struct page *p)
{
    return &site_words[p->lang];
}

static void add(const struct page *p, const char *markup)
{
    buf_add_string(p->out, markup);
}

static void text(const struct page *p, const char *utf8)
{
    markup_text(p->out, utf8);
}

/* --- days --- */

static void add_day(const struct page *p, const char *iso)
{
    buf_printf(p->out, "<time datetime=\"%s\">", iso);
    text(p, site_day(p->locale[p->lang], iso, p->arena));
    add(p, "</time>");
}

/* The run's day, or day and hour; an id that tells none is shown as it is. */
static void add_run_time(const struct page *p, const char *id, bool hour)
{
    struct moment m;
    if (!moment_of_run(id, &m)) {
        text(p, id);
        return;
    }
    add(p, "<time datetime=\"");
    moment_iso(&m, p->out);
    add(p, "\">");
    text(p, locale_date(p->locale[p->lang], m.day, DATE_LONG, p->arena));
    if (hour)
        buf_printf(p->out, "%s%s<span dir=\"ltr\">%02d:%02d</span>", words(p)->comma, words(p)->at_hour, m.hour,
                   m.minute);
    add(p, "</time>");
}

/* --- files --- */

static const struct site_edition *edition_of(const struct site_packet *packet, enum site_languages wanted)
{
    for (size_t i = 0; i < packet->edition_count; i++)
        if (packet->editions[i].languages == wanted)
            return &packet->editions[i];
    return NULL;
}

/* What a reader of the language wants first. */
static enum site_languages wish(enum lang lang, int rank)
{
    static const enum site_languages wishes[LANG_COUNT][SITE_LANGUAGES] = {
        [LANG_EN] = { SITE_ENGLISH, SITE_SIDE_BY_SIDE, SITE_ONE_AFTER_OTHER, SITE_ARABIC },
        [LANG_AR] = { SITE_ARABIC, SITE_SIDE_BY_SIDE, SITE_ONE_AFTER_OTHER, SITE_ENGLISH },
    };
    return wishes[lang][rank];
}

static void unseen(const struct page *p, const char *before, const char *utf8, const char *behind)
{
    add(p, "<span class=\"unseen\">");
    add(p, before);
    text(p, utf8);
    add(p, behind);
    add(p, "</span>");
}

/* The link's text says it all: title, languages, kind, pages, size, date; what the entry around it shows is not seen
 * again. `named`: title and file are shown, since there is no entry of its own around it, and titles may be the
 * same. */
static void add_link(const struct page *p, const struct site_packet *packet, const struct site_edition *e, bool named)
{
    const struct site_words *w = words(p);
    add(p, "<li><a type=\"application/pdf\" href=\"");
    markup_name(p->out, e->file);
    add(p, "\"");
    if (e->languages == SITE_ENGLISH || e->languages == SITE_ARABIC)
        buf_printf(p->out, " hreflang=\"%s\"", tags[e->languages == SITE_ARABIC]);
    add(p, ">");
    add(p, "<span class=\"language\">");
    if (named) {
        text(p, packet->title[p->lang]);
        add(p, w->colon);
    } else {
        unseen(p, "", packet->title[p->lang], w->colon);
    }
    text(p, w->languages[e->languages]);
    add(p, "</span> <span class=\"facts\">");
    unseen(p, "(", "", "");
    add(p, "<bdi>"); /* or else the number behind it would be read with it */
    text(p, named ? e->file : "PDF");
    buf_printf(p->out, "</bdi>%s", w->comma);
    text(p, site_count(p->locale[p->lang], SITE_PAGES, e->pages, p->arena));
    add(p, w->comma);
    text(p, site_size(p->locale[p->lang], e->bytes, p->arena));
    unseen(p, w->comma, site_day(p->locale[p->lang], packet->as_of, p->arena), ")");
    add(p, "</span></a></li>\n");
}

static void add_links(const struct page *p, const struct site_packet *packet, bool named)
{
    for (int rank = 0; rank < SITE_LANGUAGES; rank++) {
        const struct site_edition *e = edition_of(packet, wish(p->lang, rank));
        if (e)
            add_link(p, packet, e, named);
    }
}

static const struct site_edition *pictured(const struct page *p, const struct site_packet *packet)
{
    for (int rank = 0; rank < SITE_LANGUAGES; rank++) {
        const struct site_edition *e = edition_of(packet, wish(p->lang, rank));
        if (e && e->picture)
            return e;
    }
    return NULL;
}

static void add_picture(const struct page *p, const struct site_packet *packet, const struct site_edition *e)
{
    add(p, "<div class=\"picture\"><img loading=\"lazy\" decoding=\"async\" src=\"");
    markup_name(p->out, e->picture);
    buf_printf(p->out, "\" width=\"%zu\" height=\"%zu\" alt=\"%s %s", (e->width + 1) / 2, (e->height + 1) / 2,
               words(p)->picture_of, p->lang == LANG_EN ? "“" : "«");
    text(p, packet->title[p->lang]);
    add(p, p->lang == LANG_EN ? "”" : "»");
    add(p, words(p)->comma);
    text(p, words(p)->languages[e->languages]);
    add(p, "\" /></div>\n");
}

/* --- entries --- */

static void add_stale(const struct page *p, const struct site_report *r)
{
    if (!r->stale)
        return;
    buf_printf(p->out, "<p class=\"stale\"><strong>%s.</strong> %s ", words(p)->stale, words(p)->stale_since);
    add_run_time(p, r->made_in, false);
    add(p, ".</p>\n");
}

/* Opens an entry; `number` tells packets of one report apart. */
static void begin_entry(const struct page *p, const struct site_report *r, size_t number, bool picture)
{
    const char *tag = tags[p->lang];
    add(p, "<li class=\"entry\">");
    buf_printf(p->out, "<article%s aria-labelledby=\"%s-%s-%zu\">\n<h3 id=\"%s-%s-%zu\">",
               picture ? " class=\"pictured\"" : "", tag, r->name, number, tag, r->name, number);
}

static void end_entry(const struct page *p)
{
    add(p, "</article></li>\n");
}

static void add_packet(const struct page *p, const struct site_report *r, size_t number)
{
    const struct site_packet *packet = &r->packets[number];
    const struct site_edition *picture = pictured(p, packet);
    begin_entry(p, r, number, picture);
    text(p, packet->title[p->lang]);
    add(p, "</h3>\n");
    if (packet->subtitle[p->lang][0]) {
        add(p, "<p class=\"subtitle\">");
        text(p, packet->subtitle[p->lang]);
        add(p, "</p>\n");
    }
    buf_printf(p->out, "<p class=\"date\">%s ", words(p)->as_of);
    add_day(p, packet->as_of);
    add(p, "</p>\n");
    add_stale(p, r);
    add(p, "<ul class=\"files\">\n");
    add_links(p, packet, false);
    add(p, "</ul>\n");
    if (picture)
        add_picture(p, packet, picture);
    end_entry(p);
}

/* Many packets: a list that is folded. */
static void add_list(const struct page *p, const struct site_report *r)
{
    size_t files = 0;
    for (size_t i = 0; i < r->packet_count; i++)
        files += r->packets[i].edition_count;
    begin_entry(p, r, 0, false);
    buf_printf(p->out, "<bdi>%s</bdi></h3>\n", r->name);
    add_stale(p, r);
    buf_printf(p->out, "<details><summary>%s</summary>\n<ul class=\"files\">\n",
               site_count(p->locale[p->lang], SITE_FILES, files, p->arena));
    for (size_t i = 0; i < r->packet_count; i++)
        add_links(p, &r->packets[i], true);
    add(p, "</ul></details>\n");
    end_entry(p);
}

static void add_absent(const struct page *p, const struct site_report *r)
{
    begin_entry(p, r, 0, false);
    buf_printf(p->out, "<bdi>%s</bdi></h3>\n<p class=\"stale\"><strong>%s.</strong> %s</p>\n", r->name,
               words(p)->absent, words(p)->absent_why);
    end_entry(p);
}

static void add_report(const struct page *p, const struct site_report *r)
{
    if (r->packet_count == 0)
        add_absent(p, r);
    else if (r->packet_count > SITE_PICTURES)
        add_list(p, r);
    else
        for (size_t i = 0; i < r->packet_count; i++)
            add_packet(p, r, i);
}

static size_t count_entries(const struct site *s)
{
    size_t entries = 0;
    for (size_t i = 0; i < s->report_count; i++) {
        size_t packets = s->reports[i].packet_count;
        entries += packets > 0 && packets <= SITE_PICTURES ? packets : 1;
    }
    return entries;
}

/* --- the archive --- */

/* Whether two runs were made in the same month; on the same day. */
static bool same_month(const char *a, const char *b)
{
    struct moment m, n;
    return a && moment_of_run(a, &m) && moment_of_run(b, &n) && m.day.month == n.day.month
        && m.day.year == n.day.year;
}

static bool same_day(const char *a, const char *b)
{
    struct moment m, n;
    return moment_of_run(a, &m) && moment_of_run(b, &n) && date_days(m.day) == date_days(n.day);
}

/* Days that have several runs need the hour too. */
static bool needs_hour(const struct site *s, size_t i)
{
    return (i > 0 && same_day(s->former[i], s->former[i - 1]))
        || same_day(s->former[i], i + 1 < s->former_count ? s->former[i + 1] : s->run);
}

static void begin_month(const struct page *p, const char *run, bool open)
{
    struct moment m;
    buf_printf(p->out, "<details%s><summary>", open ? " open=\"open\"" : "");
    text(p, moment_of_run(run, &m) ? locale_date(p->locale[p->lang], m.day, DATE_MONTH_YEAR, p->arena) : run);
    add(p, "</summary>\n<ul>\n");
}

/* By month, the newest first; the newest month is open. */
static void add_archive(const struct page *p)
{
    const struct site *s = p->site;
    const char *tag = tags[p->lang], *before = NULL;
    buf_printf(p->out, "<nav class=\"archive\" aria-labelledby=\"%s-archive\">\n<h2 id=\"%s-archive\">%s</h2>\n", tag,
               tag, words(p)->archive);
    for (size_t i = s->former_count; i-- > 0;) {
        if (!same_month(before, s->former[i])) {
            add(p, before ? "</ul></details>\n" : "");
            begin_month(p, s->former[i], !before);
        }
        before = s->former[i];
        add(p, p->place == SITE_CURRENT ? "<li><a href=\"../runs/" : "<li><a href=\"../");
        markup_name(p->out, before);
        add(p, "/issue.html\">");
        add_run_time(p, before, needs_hour(s, i));
        add(p, "</a></li>\n");
    }
    if (before)
        add(p, "</ul></details>\n");
    else
        buf_printf(p->out, "<p class=\"facts\">%s</p>\n", words(p)->no_archive);
    add(p, "</nav>\n");
}

/* --- the parts --- */

static void add_mark(const struct page *p, const char *what, size_t count)
{
    if (count)
        buf_printf(p->out, "<p class=\"stale\">%s %s</p>\n", what,
                   locale_number(p->locale[p->lang], num_from_int((int64_t)count), p->arena));
}

static void add_lead(const struct page *p)
{
    const struct site *s = p->site;
    const char *tag = tags[p->lang];
    struct moment m;
    size_t stale = 0, absent = 0;
    for (size_t i = 0; i < s->report_count; i++) {
        stale += s->reports[i].stale && s->reports[i].packet_count;
        absent += s->reports[i].packet_count == 0;
    }
    buf_printf(p->out, "<div class=\"lead\">\n<h2 id=\"%s-briefings\">", tag);
    if (p->place == SITE_RUN) {
        buf_printf(p->out, "%s ", words(p)->briefings_of);
        add_run_time(p, s->run, false);
    } else {
        add(p, words(p)->briefings);
    }
    buf_printf(p->out, "</h2>\n<p>%s ", words(p)->published);
    add_run_time(p, s->run, true);
    if (moment_of_run(s->run, &m))
        buf_printf(p->out, " <span dir=\"ltr\">(UTC%s)</span>", m.zone);
    add(p, words(p)->comma);
    text(p, site_count(p->locale[p->lang], SITE_BRIEFINGS, s->report_count - absent, p->arena));
    add(p, "</p>\n");
    if (p->place == SITE_RUN)
        buf_printf(p->out, "<p><a href=\"../../current/index.html\">%s</a></p>\n", words(p)->newest);
    add_mark(p, words(p)->stale_count, stale);
    add_mark(p, words(p)->absent_count, absent);
    add(p, "</div>\n");
}

static void add_part(struct page *p, enum lang lang)
{
    const char *tag = tags[p->lang = lang];
    buf_printf(p->out, "<section id=\"%s\" lang=\"%s\" dir=\"%s\" tabindex=\"-1\" aria-labelledby=\"%s-briefings\">\n",
               tag, tag, dirs[lang], tag);
    add_lead(p);
    if (p->site->report_count == 0)
        buf_printf(p->out, "<p class=\"entries none\">%s</p>\n", words(p)->none);
    else
        add(p, "<ul class=\"entries\">\n");
    for (size_t i = 0; i < p->site->report_count; i++)
        add_report(p, &p->site->reports[i]);
    if (p->site->report_count)
        add(p, "</ul>\n");
    add_archive(p);
    add(p, "</section>\n");
}

/* The same words twice, once in each language. */
static void add_head(struct page *p)
{
    const struct site *s = p->site;
    struct buf style;
    uint8_t digest[HASH_BYTES];
    buf_init(&style);
    site_style(&style, count_entries(s));
    hash_sha256(style.data, style.length, digest);
    add(p, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\" dir=\"ltr\">\n<head>\n"
           "<meta charset=\"utf-8\" />\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
           "img-src 'self'; base-uri 'none'; form-action 'none'; style-src 'sha256-");
    markup_base64(p->out, digest, sizeof digest);
    add(p, "'\" />\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n"
           "<meta name=\"referrer\" content=\"no-referrer\" />\n<title>");
    text(p, s->title[LANG_EN]);
    add(p, " · ");
    text(p, s->title[LANG_AR]);
    add(p, "</title>\n<link rel=\"alternate\" type=\"application/atom+xml\" title=\"");
    text(p, s->title[LANG_EN]);
    add(p, "\" href=\"feed.xml\" />\n<style>");
    buf_add(p->out, style.data, style.length);
    add(p, "</style>\n</head>\n");
    buf_drop(&style);
}

/* A row of two: what `what` says in English, and the same in Arabic. */
static void add_pair(const struct page *p, const char *element, const char *attributes, const char *en, const char *ar)
{
    const char *const both[LANG_COUNT] = { en, ar };
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        buf_printf(p->out, "<%s lang=\"%s\" dir=\"%s\"", element, tags[lang], dirs[lang]);
        if (attributes)
            buf_printf(p->out, attributes, tags[lang]);
        add(p, ">");
        text(p, both[lang]);
        buf_printf(p->out, "</%s>\n", element);
    }
}

static void add_all(struct page *p)
{
    const struct site_words *en = &site_words[LANG_EN], *ar = &site_words[LANG_AR];
    add_head(p);
    add(p, "<body>\n<header>\n<nav class=\"languages\" aria-label=\"Languages\">\n");
    add_pair(p, "a", " href=\"#%s\"", en->language, ar->language);
    add(p, "</nav>\n<h1>");
    add_pair(p, "span", NULL, p->site->title[LANG_EN], p->site->title[LANG_AR]);
    add(p, "</h1>\n</header>\n<main>\n");
    add_part(p, LANG_EN);
    add_part(p, LANG_AR);
    add(p, "</main>\n<footer>\n");
    add_pair(p, "a", " hreflang=\"%s\" type=\"application/atom+xml\" href=\"feed.xml\"", en->feed, ar->feed);
    add(p, "</footer>\n</body>\n</html>\n");
}

bool site_page(const struct site *site, enum site_place place, struct buf *out, struct diags *diags)
{
    struct page p = { .out = out, .site = site, .place = place, .arena = arena_new() };
    p.locale[LANG_EN] = locale_new(LANG_EN, DIGITS_LATN, MONTHS_IRAQI, diags);
    p.locale[LANG_AR] = locale_new(LANG_AR, DIGITS_LATN, MONTHS_IRAQI, diags);
    bool ok = p.locale[LANG_EN] && p.locale[LANG_AR];
    if (ok)
        add_all(&p);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (p.locale[lang])
            locale_drop(p.locale[lang]);
    arena_drop(p.arena);
    return ok;
}
