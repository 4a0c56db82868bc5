/*
 * A message that brings a briefing: RFC 5322 and MIME, with the PDF attached or linked, in the language of who reads
 * it.
 *
 *   multipart/mixed                 only where the PDF is attached
 *     multipart/alternative
 *       text/plain; charset=utf-8
 *       text/html; charset=utf-8    lang and dir of the language, nothing loaded from elsewhere
 *     application/pdf
 *
 * Knows nothing of reports, manifests and servers: what to say comes in this struct.
 */
#ifndef MUJAZ_PUBLISH_MAIL_H
#define MUJAZ_PUBLISH_MAIL_H

#include <time.h>

#include "base/buf.h"
#include "locale/locale.h"
#include "publish/site.h"

struct mail {
    enum lang lang;
    const char *id;                  /* hex; with the sender's domain it is the Message-ID */
    time_t sent_at;                  /* the Date */
    const char *from, *to;           /* addresses: mail_address_is_good */
    const char *from_name, *to_name; /* UTF-8 on one line; "" for none */
    const char *reply_to;            /* an address; NULL: none */
    const char *unsubscribe;         /* mailto: or https:, in ASCII; NULL: none */
    const char *title, *subtitle;    /* "" for no subtitle */
    const char *as_of;               /* "2024-04-03" */
    enum site_languages languages;
    size_t pages;
    uint64_t bytes;                  /* of the PDF */
    const char *stale_since;         /* the run that made it, when it could not be made anew since; NULL: it is new */
    const char *file;                /* its name, [a-z0-9.-] */
    const char *pdf;                 /* its bytes; NULL: it is linked, not attached */
    const char *link;                /* its address; NULL: it is attached and has none */
};

/* The locale is of the mail's language. */
void mail_write(const struct mail *, const struct locale *, struct buf *out);

/* LOCAL@DOMAIN in ASCII: RFC 5321's Dot-string at a domain of two labels or more; nothing quoted. */
bool mail_address_is_good(const char *);

#endif
