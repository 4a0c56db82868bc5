/* What a message says, and its parts. Must not know servers. */
#include "publish/mail.h"

#include <string.h>

#include "base/arena.h"
#include "publish/mail_header.h"
#include "publish/markup.h"
#include "publish/site_words.h"

struct words {
    const char *attached, *linked, *online, *why, *stop, *stale_mark;
};

static const struct words words[LANG_COUNT] = {
    [LANG_EN] = {
        .attached = "The PDF is attached.",
        .linked = "The PDF is too large for a message. It can be read here:",
        .online = "It can be read online, too:",
        .why = "This message was sent automatically, because your address is on the list of recipients.",
        .stop = "To receive no more of them:",
        .stale_mark = "Not updated: ",
    },
    [LANG_AR] = {
        .attached = "ملف PDF مرفق بهذه الرسالة.",
        .linked = "حجم ملف PDF أكبر من أن يُرفق برسالة. يمكن قراءته هنا:",
        .online = "ويمكن قراءته على الإنترنت أيضًا:",
        .why = "أُرسلت هذه الرسالة آليًا لأن عنوانكم مدرج في قائمة المستلمين.",
        .stop = "لإيقاف استلامها:",
        .stale_mark = "غير محدَّثة: ",
    },
};

/* What both texts say. */
struct said {
    const struct mail *mail;
    const struct words *words;
    const char *subject, *facts, *stale; /* stale: NULL when it is new */
};

static struct said say(const struct mail *m, const struct locale *locale, struct arena *arena)
{
    const struct site_words *site = &site_words[m->lang];
    struct moment made;
    struct said s = { .mail = m, .words = &words[m->lang] };
    const char *day = site_day(locale, m->as_of, arena);
    s.subject = arena_printf(arena, "%s%s · %s", m->stale_since ? s.words->stale_mark : "", m->title, day);
    s.facts = arena_printf(arena, "%s %s · %s · %s · %s", site->as_of, day, site->languages[m->languages],
                           site_count(locale, SITE_PAGES, m->pages, arena), site_size(locale, m->bytes, arena));
    if (m->stale_since)
        s.stale = moment_of_run(m->stale_since, &made)
                ? arena_printf(arena, "%s. %s %s.", site->stale, site->stale_since,
                               locale_date(locale, made.day, DATE_LONG, arena))
                : arena_printf(arena, "%s.", site->stale);
    return s;
}

/* --- the two texts --- */

static void add_text(const struct said *s, struct buf *out)
{
    const struct mail *m = s->mail;
    buf_printf(out, "%s\n", m->title);
    if (*m->subtitle)
        buf_printf(out, "%s\n", m->subtitle);
    buf_printf(out, "%s\n\n", s->facts);
    if (s->stale)
        buf_printf(out, "%s\n\n", s->stale);
    if (m->pdf)
        buf_printf(out, "%s\n", s->words->attached);
    if (m->link)
        buf_printf(out, "%s\n%s\n", m->pdf ? s->words->online : s->words->linked, m->link);
    buf_printf(out, "\n-- \n%s\n", s->words->why);
    if (m->unsubscribe)
        buf_printf(out, "%s %s\n", s->words->stop, m->unsubscribe);
}

static void add_element(struct buf *out, const char *open, const char *text, const char *close)
{
    buf_add_string(out, open);
    markup_text(out, text);
    buf_add_string(out, close);
}

/* An address is read from left to right. */
static void add_link(struct buf *out, const char *url)
{
    add_element(out, " <a dir=\"ltr\" href=\"", url, "\">");
    markup_text(out, url);
    buf_add_string(out, "</a>");
}

static void add_html(const struct said *s, struct buf *out)
{
    const struct mail *m = s->mail;
    const char *tag = lang_tag(m->lang), *dir = lang_dir(m->lang) == DIR_RTL ? "rtl" : "ltr";
    buf_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n", tag, dir);
    add_element(out, "<title>", s->subject, "</title>\n</head>\n");
    /* Many readers of mail keep the inside of the body only. */
    buf_printf(out, "<body>\n<div lang=\"%s\" dir=\"%s\" style=\"font: 16px/1.5 sans-serif; max-width: 38em; "
                    "overflow-wrap: anywhere\">\n", tag, dir);
    add_element(out, "<h1 style=\"font-size: 22px; line-height: 1.3; margin: 0 0 4px\">", m->title, "</h1>\n");
    if (*m->subtitle)
        add_element(out, "<p style=\"margin: 0 0 4px\">", m->subtitle, "</p>\n");
    add_element(out, "<p style=\"margin: 0 0 16px\">", s->facts, "</p>\n");
    if (s->stale)
        add_element(out, "<p style=\"border: 2px solid; padding: 8px 12px\"><strong>", s->stale, "</strong></p>\n");
    if (m->pdf)
        add_element(out, "<p>", s->words->attached, "</p>\n");
    if (m->link) {
        add_element(out, "<p>", m->pdf ? s->words->online : s->words->linked, "");
        add_link(out, m->link);
        buf_add_string(out, "</p>\n");
    }
    add_element(out, "<hr>\n<p style=\"font-size: 14px\">", s->words->why, "");
    if (m->unsubscribe) {
        add_element(out, "<br>\n", s->words->stop, "");
        add_link(out, m->unsubscribe);
    }
    buf_add_string(out, "</p>\n</div>\n</body>\n</html>\n");
}

/* --- parts --- */

/* RFC 2045: a text's lines end with CR LF, in base64 too. */
static void add_lines(const struct buf *text, struct buf *out)
{
    struct buf lines;
    buf_init(&lines);
    for (size_t i = 0; i < text->length; i++) {
        if (text->data[i] == '\n')
            buf_add_char(&lines, '\r');
        buf_add_char(&lines, text->data[i]);
    }
    mail_base64(out, lines.data, lines.length);
    buf_drop(&lines);
}

static void add_part(const struct said *s, const char *boundary, const char *type, const struct buf *text,
                     struct buf *out)
{
    buf_printf(out, "--%s\r\nContent-Type: %s; charset=utf-8\r\nContent-Language: %s\r\n", boundary, type,
               lang_tag(s->mail->lang));
    mail_header(out, "Content-Transfer-Encoding", "base64");
    buf_add_string(out, "\r\n");
    add_lines(text, out);
}

static void add_alternative(const struct said *s, const char *boundary, struct buf *out)
{
    struct buf text;
    buf_init(&text);
    buf_printf(out, "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n", boundary);
    add_text(s, &text);
    add_part(s, boundary, "text/plain", &text, out);
    buf_clear(&text);
    add_html(s, &text);
    add_part(s, boundary, "text/html", &text, out);
    buf_printf(out, "--%s--\r\n", boundary);
    buf_drop(&text);
}

static void add_pdf(const struct mail *m, struct buf *out)
{
    buf_printf(out, "Content-Type: application/pdf; name=\"%s\"\r\n", m->file);
    buf_printf(out, "Content-Disposition: attachment; filename=\"%s\"\r\n", m->file);
    mail_header(out, "Content-Transfer-Encoding", "base64");
    buf_add_string(out, "\r\n");
    mail_base64(out, m->pdf, m->bytes);
}

static void add_headers(const struct said *s, struct arena *arena, struct buf *out)
{
    const struct mail *m = s->mail;
    mail_header_date(out, "Date", m->sent_at);
    mail_header_person(out, "From", m->from_name, m->from);
    mail_header_person(out, "To", m->to_name, m->to);
    if (m->reply_to)
        mail_header_person(out, "Reply-To", "", m->reply_to);
    mail_header_text(out, "Subject", s->subject);
    mail_header(out, "Message-ID", arena_printf(arena, "<%s%s>", m->id, strchr(m->from, '@')));
    if (m->unsubscribe)
        mail_header(out, "List-Unsubscribe", arena_printf(arena, "<%s>", m->unsubscribe));
    mail_header(out, "Content-Language", lang_tag(m->lang));
    mail_header(out, "Auto-Submitted", "auto-generated");
    mail_header(out, "MIME-Version", "1.0");
}

void mail_write(const struct mail *m, const struct locale *locale, struct buf *out)
{
    struct arena *arena = arena_new();
    struct said s = say(m, locale, arena);
    /* No part holds these: a base64 line has no "_". */
    const char *outer = arena_printf(arena, "mixed_%s", m->id), *inner = arena_printf(arena, "texts_%s", m->id);
    add_headers(&s, arena, out);
    if (m->pdf)
        buf_printf(out, "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n--%s\r\n", outer, outer);
    add_alternative(&s, inner, out);
    if (m->pdf) {
        buf_printf(out, "--%s\r\n", outer);
        add_pdf(m, out);
        buf_printf(out, "--%s--\r\n", outer);
    }
    arena_drop(arena);
}

/* --- addresses --- */

static const char alphanumeric[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/* Words between single dots, of these letters. */
static bool is_dotted(const char *text, size_t length, const char *more, size_t word_most, size_t words_least)
{
    size_t word = 0, count = 1;
    for (size_t i = 0; i < length; i++) {
        bool dot = text[i] == '.';
        if (dot ? word == 0 : !strchr(alphanumeric, text[i]) && !strchr(more, text[i]))
            return false;
        count += dot;
        word = dot ? 0 : word + 1;
        if (word > word_most)
            return false;
    }
    return word > 0 && count >= words_least;
}

static bool is_domain(const char *domain)
{
    for (const char *p = domain; *p; p++)
        if (*p == '-' && (p == domain || p[-1] == '.' || !p[1] || p[1] == '.'))
            return false;
    return is_dotted(domain, strlen(domain), "-", 63, 2);
}

bool mail_address_is_good(const char *address)
{
    const char *at = strchr(address, '@');
    return at && strlen(address) <= 254 && at - address <= 64
        && is_dotted(address, (size_t)(at - address), "!#$%&'*+-/=?^_`{|}~", 64, 1) && is_domain(at + 1);
}
