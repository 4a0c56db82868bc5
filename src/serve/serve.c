/* Requests and answers. Must not know what a report is, nor read a file. */
#define _GNU_SOURCE
#include "serve/serve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/arena.h"
#include "base/late.h"
#include "serve/assets.h"

#define CALLS(X) X(MHD_add_response_header) X(MHD_create_response_from_buffer) X(MHD_destroy_response) \
                 X(MHD_get_daemon_info) X(MHD_get_timeout) X(MHD_lookup_connection_value) X(MHD_queue_response) \
                 X(MHD_resume_connection) X(MHD_run) X(MHD_start_daemon) X(MHD_stop_daemon) \
                 X(MHD_suspend_connection)
static struct { CALLS(LATE_POINTER) } late;
static const struct late_call calls[] = { CALLS(LATE_CALL) };
#define MHD_add_response_header late.MHD_add_response_header
#define MHD_create_response_from_buffer late.MHD_create_response_from_buffer
#define MHD_destroy_response late.MHD_destroy_response
#define MHD_get_daemon_info late.MHD_get_daemon_info
#define MHD_get_timeout late.MHD_get_timeout
#define MHD_lookup_connection_value late.MHD_lookup_connection_value
#define MHD_queue_response late.MHD_queue_response
#define MHD_resume_connection late.MHD_resume_connection
#define MHD_run late.MHD_run
#define MHD_start_daemon late.MHD_start_daemon
#define MHD_stop_daemon late.MHD_stop_daemon
#define MHD_suspend_connection late.MHD_suspend_connection

enum { TOKEN_BYTES = 16, CONNECTIONS = 64, IDLE_SECONDS = 60, WAIT_SECONDS = 25, LONGEST_NUMBER = 6 };

struct serve {
    struct serve_site site;
    struct MHD_Daemon *daemon;
    char token[2 * TOKEN_BYTES + 1];
    char address[80], origin[2][40], host[2][32]; /* by number, by name */
    unsigned long revision;
    struct MHD_Connection *waiting[CONNECTIONS];
    size_t waiting_count;
    time_t waiting_since; /* seconds of CLOCK_MONOTONIC */
    char seen, waited; /* their addresses mark a request: begun; it has waited */
};

static time_t seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

/* --- answers --- */

static enum MHD_Result answer(struct MHD_Connection *c, unsigned status, const char *type, const char *cache,
                              const void *bytes, size_t length)
{
    static const char *const headers[][2] = {
        { "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
          "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" },
        { "X-Content-Type-Options", "nosniff" },
        { "X-Frame-Options", "DENY" },
        { "Referrer-Policy", "no-referrer" },
        { "Cross-Origin-Resource-Policy", "same-origin" },
        { "Cross-Origin-Opener-Policy", "same-origin" },
    };
    struct MHD_Response *r = MHD_create_response_from_buffer(length, (void *)(uintptr_t)bytes, MHD_RESPMEM_MUST_COPY);
    if (!r)
        return MHD_NO;
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        MHD_add_response_header(r, headers[i][0], headers[i][1]);
    MHD_add_response_header(r, "Cache-Control", cache);
    if (type)
        MHD_add_response_header(r, "Content-Type", type);
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(r, "Allow", "GET, HEAD, POST");
    enum MHD_Result result = MHD_queue_response(c, status, r);
    MHD_destroy_response(r);
    return result;
}

static enum MHD_Result refuse(struct MHD_Connection *c, unsigned status, const char *why)
{
    return answer(c, status, "text/plain; charset=utf-8", "no-store", why, strlen(why));
}

static enum MHD_Result answer_state(struct serve *s, struct MHD_Connection *c)
{
    struct buf out;
    buf_init(&out);
    buf_printf(&out, "{\"revision\": %lu, \"site\": ", s->revision);
    s->site.state(s->site.context, &out);
    buf_add_string(&out, "}\n");
    enum MHD_Result result = answer(c, MHD_HTTP_OK, "application/json", "no-store", out.data, out.length);
    buf_drop(&out);
    return result;
}

/* --- requests --- */

static const char *parameter(struct MHD_Connection *c, const char *name)
{
    return MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, name);
}

/* A whole number; 0 when it is none. */
static size_t number(struct MHD_Connection *c, const char *name)
{
    const char *word = parameter(c, name);
    size_t digits = word ? strspn(word, "0123456789") : 0;
    return digits > 0 && digits <= LONGEST_NUMBER && !word[digits] ? strtoul(word, NULL, 10) : 0;
}

static enum MHD_Result give_picture(struct serve *s, struct MHD_Connection *c)
{
    size_t page = number(c, "page"), dpi = number(c, "dpi");
    const char *digest = parameter(c, "digest");
    struct buf png;
    if (!page || !digest || dpi < SERVE_DPI_LEAST || dpi > SERVE_DPI_MOST)
        return refuse(c, MHD_HTTP_BAD_REQUEST, "page, digest and dpi are asked for\n");
    buf_init(&png);
    enum MHD_Result result = s->site.picture(s->site.context, page, digest, (unsigned)dpi, &png)
        ? answer(c, MHD_HTTP_OK, "image/png", "private, max-age=3600, immutable", png.data, png.length)
        : refuse(c, MHD_HTTP_NOT_FOUND, "there is no such page any more\n");
    buf_drop(&png);
    return result;
}

static enum MHD_Result give_state(struct serve *s, struct MHD_Connection *c, void **mark)
{
    const char *after = parameter(c, "after");
    char revision[24];
    snprintf(revision, sizeof revision, "%lu", s->revision);
    if (*mark == &s->waited || !after || strcmp(after, revision) != 0 || s->waiting_count == CONNECTIONS)
        return answer_state(s, c);
    *mark = &s->waited;
    if (s->waiting_count == 0)
        s->waiting_since = seconds();
    s->waiting[s->waiting_count++] = c;
    MHD_suspend_connection(c);
    return MHD_YES;
}

static enum MHD_Result give_asset(struct MHD_Connection *c, const char *name)
{
    for (const struct serve_asset *a = serve_assets; a->name; a++)
        if (strcmp(name, a->name) == 0)
            return answer(c, MHD_HTTP_OK, a->media_type, "no-store", a->text, strlen(a->text));
    return refuse(c, MHD_HTTP_NOT_FOUND, "there is nothing here\n");
}

/* As long for any wrong token. */
static bool is_token(const struct serve *s, const char *given)
{
    unsigned differs = 0;
    for (size_t i = 0; s->token[i]; i++) {
        if (!given[i])
            return false;
        differs |= (unsigned)(unsigned char)(s->token[i] ^ given[i]);
    }
    return differs == 0 && given[2 * TOKEN_BYTES] == '/';
}

static bool is_ours(const struct serve *s, struct MHD_Connection *c)
{
    const char *host = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Host");
    const char *origin = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Origin");
    return host && (strcmp(host, s->host[0]) == 0 || strcmp(host, s->host[1]) == 0)
        && (!origin || strcmp(origin, s->origin[0]) == 0 || strcmp(origin, s->origin[1]) == 0);
}

static enum MHD_Result take_choice(struct serve *s, struct MHD_Connection *c)
{
    if (!s->site.choose(s->site.context, parameter(c, "edition"), parameter(c, "layout")))
        return refuse(c, MHD_HTTP_BAD_REQUEST, "there is no such edition or layout\n");
    return answer(c, MHD_HTTP_NO_CONTENT, NULL, "no-store", "", 0);
}

static enum MHD_Result take_request(void *context, struct MHD_Connection *c, const char *url, const char *method,
                                    const char *version, const char *upload, size_t *upload_size, void **mark)
{
    struct serve *s = context;
    (void)version, (void)upload;
    if (!*mark) {
        *mark = &s->seen;
        return MHD_YES;
    }
    if (*upload_size) { /* nothing that is sent is read */
        *upload_size = 0;
        return MHD_YES;
    }
    if (!is_ours(s, c))
        return refuse(c, MHD_HTTP_FORBIDDEN, "this is not the address of this server\n");
    if (url[0] != '/' || !is_token(s, url + 1))
        return refuse(c, MHD_HTTP_NOT_FOUND, "there is nothing here\n");
    const char *name = url + 1 + 2 * TOKEN_BYTES + 1;
    bool get = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0, post = strcmp(method, "POST") == 0;
    if (strcmp(name, "choose") == 0 && post)
        return take_choice(s, c);
    if (!get || strcmp(name, "choose") == 0)
        return refuse(c, MHD_HTTP_METHOD_NOT_ALLOWED, "this is not done here\n");
    if (strcmp(name, "state") == 0)
        return give_state(s, c, mark);
    if (strcmp(name, "picture") == 0)
        return give_picture(s, c);
    return give_asset(c, name);
}

/* --- the server --- */

static bool make_token(struct serve *s)
{
    unsigned char bytes[TOKEN_BYTES];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return false;
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(s->token + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

static bool listen_on(struct serve *s, unsigned port)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    s->daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, (uint16_t)port, NULL, NULL, take_request, s,
                                 MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&to,
                                 MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
                                 MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
                                 MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    const union MHD_DaemonInfo *bound = s->daemon ? MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    if (!bound)
        return false;
    static const char *const names[] = { "127.0.0.1", "localhost" };
    for (size_t i = 0; i < 2; i++) {
        snprintf(s->host[i], sizeof s->host[i], "%s:%u", names[i], (unsigned)bound->port);
        snprintf(s->origin[i], sizeof s->origin[i], "http://%s", s->host[i]);
    }
    snprintf(s->address, sizeof s->address, "%s/%s/", s->origin[0], s->token);
    return true;
}

struct serve *serve_start(unsigned port, const struct serve_site *site, struct diags *diags)
{
    struct serve *s = xcalloc(1, sizeof *s);
    s->site = *site;
    s->revision = 1;
    errno = 0;
    const char *wrong = late_load("libmicrohttpd.so.12", calls, sizeof calls / sizeof *calls);
    if (!wrong && make_token(s) && listen_on(s, port))
        return s;
    if (wrong)
        diag_add(diags, DIAG_SERVE, (struct place){ 0 },
                 "the server's library cannot be loaded: %s; install the package libmicrohttpd12", wrong);
    else
        diag_add(diags, DIAG_SERVE, (struct place){ 0 },
                 "127.0.0.1:%u cannot be listened on: %s; --serve=PORT takes another port, --serve one that is free",
                 port, errno ? strerror(errno) : "the server does not start");
    serve_stop(s);
    return NULL;
}

static void wake(struct serve *s)
{
    for (size_t i = 0; i < s->waiting_count; i++)
        MHD_resume_connection(s->waiting[i]);
    s->waiting_count = 0;
}

void serve_stop(struct serve *s)
{
    if (!s)
        return;
    if (s->daemon) {
        wake(s);
        MHD_run(s->daemon);
        MHD_stop_daemon(s->daemon);
    }
    free(s);
}

const char *serve_address(const struct serve *s)
{
    return s->address;
}

int serve_fd(const struct serve *s)
{
    return MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

int serve_timeout(const struct serve *s)
{
    MHD_UNSIGNED_LONG_LONG ms = 0;
    int most = s->waiting_count ? 1000 : -1;
    if (MHD_get_timeout(s->daemon, &ms) != MHD_YES)
        return most;
    return most < 0 || ms < (MHD_UNSIGNED_LONG_LONG)most ? (int)(ms < 60000 ? ms : 60000) : most;
}

/* Twice: the first takes away connections that ended, and where there were as many as may be, the second listens again,
 * for which nothing would wake us. */
static void run(struct serve *s)
{
    MHD_run(s->daemon);
    MHD_run(s->daemon);
}

void serve_run(struct serve *s)
{
    if (s->waiting_count && seconds() - s->waiting_since >= WAIT_SECONDS)
        wake(s);
    run(s);
}

void serve_changed(struct serve *s)
{
    s->revision++;
    wake(s);
    run(s);
}
