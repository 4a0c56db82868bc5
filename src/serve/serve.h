/*
 * Pages in a browser of the same machine: an HTTP server on 127.0.0.1, by libmicrohttpd, that runs in the caller's
 * thread. It serves one HTML page with its script and style, which are part of the program, a state as JSON, and
 * pictures that the caller draws. It opens no file.
 *
 * Who may ask: a random token is part of every address; the Host header must name this server (DNS rebinding), an
 * Origin header too; no other site may frame or read anything.
 *
 *   GET  /TOKEN/                           the page; page.js, page.css and icon.svg beside it
 *   GET  /TOKEN/state?after=N              {"revision": M, "site": ...}; waits while M is N, 25 s at most
 *   GET  /TOKEN/picture?page=P&digest=D&dpi=N   PNG
 *   POST /TOKEN/choose?edition=E&layout=L  204; either may be left out
 */
#ifndef MUJAZ_SERVE_SERVE_H
#define MUJAZ_SERVE_SERVE_H

#include "base/buf.h"
#include "base/diag.h"

/* What is served. The three are called from serve_run; they must not call the server. */
struct serve_site {
    void *context;
    void (*state)(void *context, struct buf *json);
    /* Page from 1 on. False: there is none of that digest (any more). */
    bool (*picture)(void *context, size_t page, const char *digest, unsigned dpi, struct buf *png);
    /* NULL: stays as it is. False: there is no such edition or layout. */
    bool (*choose)(void *context, const char *edition, const char *layout);
};

enum { SERVE_DPI_LEAST = 24, SERVE_DPI_MOST = 300 };

struct serve;

/* `port` 0: one that is free. NULL with a diagnostic. The site is copied. */
struct serve *serve_start(unsigned port, const struct serve_site *, struct diags *);
void serve_stop(struct serve *);

const char *serve_address(const struct serve *); /* "http://127.0.0.1:PORT/TOKEN/" */
/* What to wait for, as poll() does: readable, or so many milliseconds over (-1: for ever). Then serve_run. */
int serve_fd(const struct serve *);
int serve_timeout(const struct serve *);
void serve_run(struct serve *);
/* The state is another now: answers who waits for it. */
void serve_changed(struct serve *);

#endif
