/*
 * The pages and the feed of a run: what its readers see first. A page is one static file without scripts, in both
 * languages, that leads to the PDFs beside it and to former runs; feed.xml is Atom (RFC 4287). All links are relative,
 * so that they hold on a server and from a disk:
 *
 *   index.html   to be read in OUT/current/; its archive leads to ../runs/ID/issue.html
 *   issue.html   the same run, to be read in OUT/runs/ID/ when it is one of many: leads to ../ID/issue.html, and back
 *                to ../../current/index.html
 *
 * The same relative address cannot serve both, since OUT/current/ is less deep.
 *
 * Knows nothing of reports and manifests: what to show comes in these structs, whose texts may be anything.
 */
#ifndef MUJAZ_PUBLISH_SITE_H
#define MUJAZ_PUBLISH_SITE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/lang.h"

/* A report of more packets than this (one for each governorate, each recipient) is one entry with a list, without
 * pictures. */
enum { SITE_PICTURES = 6 };

enum site_languages { SITE_SIDE_BY_SIDE, SITE_ENGLISH, SITE_ARABIC, SITE_ONE_AFTER_OTHER, SITE_LANGUAGES };

/* A PDF of a packet. */
struct site_edition {
    const char *file;
    enum site_languages languages;
    uint64_t bytes;
    size_t pages;
    const char *picture;  /* of its first page, a file; NULL: none */
    size_t width, height; /* of the picture, in its dots: twice what is shown */
};

/* The same content in several editions. */
struct site_packet {
    const char *title[LANG_COUNT], *subtitle[LANG_COUNT]; /* never NULL; "" for no subtitle */
    const char *as_of;                                    /* "2024-04-03" */
    const struct site_edition *editions;                  /* each of another kind; at least one */
    size_t edition_count;
};

struct site_report {
    const char *name;    /* [a-z0-9-] */
    bool stale;          /* what is here is of an earlier run, since it could not be made anew */
    const char *made_in; /* the run that made it; NULL without packets */
    const struct site_packet *packets;
    size_t packet_count; /* 0: it could never be made */
};

struct site {
    const char *title[LANG_COUNT];
    const char *run;            /* its id, as 20240103T040000Z: when it was made */
    const char *const *former;  /* ids of runs that are still there, the oldest first */
    size_t former_count;
    const char *url;            /* of the folder OUT, ended by '/'; NULL: the feed's links are relative */
    const char *identity;       /* tells feeds apart: the same for all runs of one OUT */
    const struct site_report *reports;
    size_t report_count;
};

/* http or https, of characters that stand in an address as they are; a slash ends `url` even where `text` has none.
 * False: it is no address of a folder. */
enum { SITE_URL_MOST = 256 };
bool site_url(const char *text, char url[SITE_URL_MOST]);

/* Appends the files' texts. False with a diagnostic: the languages' data are not there. */
enum site_place { SITE_CURRENT, SITE_RUN };
bool site_page(const struct site *, enum site_place, struct buf *out, struct diags *);
bool site_feed(const struct site *, struct buf *out, struct diags *);

#endif
