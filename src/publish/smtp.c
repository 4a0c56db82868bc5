/*
 * SMTP by libcurl: the connection is kept for the next message. What a failure means is told by three things: the
 * command that was sent last, the server's last reply, and whether the message's last bytes had gone.
 */
#include "publish/smtp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <curl/curl.h>

#include "base/arena.h"
#include "base/late.h"

#define CALLS(X) X(curl_easy_cleanup) X(curl_easy_getinfo) X(curl_easy_init) X(curl_easy_perform) X(curl_easy_setopt) \
                 X(curl_easy_strerror) X(curl_slist_append) X(curl_slist_free_all)
static struct { CALLS(LATE_POINTER) } late;
static const struct late_call calls[] = { CALLS(LATE_CALL) };
#undef curl_easy_getinfo /* macros that check types */
#undef curl_easy_setopt
#define curl_easy_cleanup late.curl_easy_cleanup
#define curl_easy_getinfo late.curl_easy_getinfo
#define curl_easy_init late.curl_easy_init
#define curl_easy_perform late.curl_easy_perform
#define curl_easy_setopt late.curl_easy_setopt
#define curl_easy_strerror late.curl_easy_strerror
#define curl_slist_append late.curl_slist_append
#define curl_slist_free_all late.curl_slist_free_all

enum { STOP_SECONDS = 2, CONNECT_SECONDS = 30, VERB = 5 };

struct smtp {
    CURL *curl;
    const struct smtp_server *server;
    /* of the message at hand */
    const struct buf *message;
    const struct smtp_watch *watch;
    size_t at;
    bool ended, aborted;
    time_t stopped_at; /* 0: not */
    char verb[VERB];   /* "MAIL"; "": nothing was said yet */
    char *why;
};

/* --- what libcurl asks --- */

static size_t give(char *to, size_t size, size_t count, void *context)
{
    struct smtp *s = context;
    size_t room = size * count, left = s->message->length - s->at, n = left < room ? left : room;
    if (n == left && n > 0 && !s->ended) {
        s->ended = s->watch->ending(s->watch->context);
        s->aborted = !s->ended;
        if (s->aborted)
            return CURL_READFUNC_ABORT;
    }
    memcpy(to, s->message->data + s->at, n);
    s->at += n;
    return n;
}

/* libcurl says QUIT whatever happened, and waits for what the server says to it: now for a second only, which holds
 * while it closes the connection itself. */
static void hurry(struct smtp *s)
{
    curl_easy_setopt(s->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, 1L);
    curl_easy_setopt(s->curl, CURLOPT_FORBID_REUSE, 1L);
}

/* A stop is obeyed at once while the server cannot have the message; then its reply is worth some seconds. */
static int look(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    struct smtp *s = context;
    (void)a, (void)b, (void)c, (void)d;
    if (!s->watch || !s->watch->stopped(s->watch->context))
        return 0;
    if (!s->stopped_at)
        s->stopped_at = time(NULL);
    s->aborted = !s->ended || time(NULL) - s->stopped_at >= STOP_SECONDS;
    if (s->aborted)
        hurry(s);
    return s->aborted;
}

/* Lines of the server: "550 5.1.1 no such user". */
static size_t hear(char *line, size_t size, size_t count, void *context)
{
    struct smtp *s = context;
    size_t length = size * count, n = length < SMTP_WHY ? length : SMTP_WHY - 1;
    if (s->why && n > 0 && (line[0] == '4' || line[0] == '5')) {
        for (size_t i = 0; i < n; i++)
            s->why[i] = line[i] >= ' ' && line[i] <= '~' ? line[i] : ' ';
        while (n > 0 && s->why[n - 1] == ' ')
            n--;
        s->why[n] = '\0';
    }
    return length;
}

/* Of what is sent to the server only each line's first word is kept: others hold the password. */
static int notice(CURL *curl, curl_infotype type, char *line, size_t length, void *context)
{
    static const char *const verbs[] = { "EHLO", "HELO", "STAR", "AUTH", "MAIL", "RCPT", "DATA" };
    struct smtp *s = context;
    (void)curl;
    for (size_t i = 0; type == CURLINFO_HEADER_OUT && length >= 4 && i < sizeof verbs / sizeof *verbs; i++)
        if (memcmp(line, verbs[i], 4) == 0)
            memcpy(s->verb, verbs[i], VERB);
    return 0;
}

/* --- what came of it --- */

static bool is_distrust(CURLcode code)
{
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_NOT_BUILT_IN:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
        return true;
    default:
        return false;
    }
}

/* The server said no; what to? */
static enum smtp_end judge_refusal(const struct smtp *s, long reply)
{
    if (s->ended || strcmp(s->verb, "RCPT") == 0 || strcmp(s->verb, "DATA") == 0 || reply == 552)
        return reply == 530 ? SMTP_WRONG : SMTP_REFUSED;
    return SMTP_WRONG;
}

static enum smtp_end judge(const struct smtp *s, CURLcode code)
{
    long reply = 0;
    curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &reply);
    bool began = s->verb[0] == 'M' || s->verb[0] == 'R' || s->verb[0] == 'D';
    if (code == CURLE_OK)
        return SMTP_SENT;
    if (is_distrust(code))
        return SMTP_WRONG;
    if (reply >= 500)
        return judge_refusal(s, reply);
    if (reply >= 400)
        return began ? SMTP_LATER : SMTP_DOWN;
    if (s->ended)
        return SMTP_UNSURE;
    if (s->aborted)
        return SMTP_LATER;
    return code == CURLE_LOGIN_DENIED ? SMTP_WRONG : began ? SMTP_LATER : SMTP_DOWN;
}

/* --- the whole --- */

static void set_up(struct smtp *s)
{
    const struct smtp_server *o = s->server;
    char url[300];
    snprintf(url, sizeof url, strchr(o->host, ':') ? "%s://[%s]:%u" : "%s://%s:%u",
             o->tls == SMTP_TLS ? "smtps" : "smtp", o->host, o->port);
    curl_easy_setopt(s->curl, CURLOPT_URL, url);
    curl_easy_setopt(s->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(s->curl, CURLOPT_PROXY, ""); /* whatever the environment says */
    curl_easy_setopt(s->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(s->curl, CURLOPT_USE_SSL, (long)(o->tls == SMTP_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(s->curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (o->ca_file)
        curl_easy_setopt(s->curl, CURLOPT_CAINFO, o->ca_file);
    if (o->user) {
        curl_easy_setopt(s->curl, CURLOPT_USERNAME, o->user);
        curl_easy_setopt(s->curl, CURLOPT_PASSWORD, o->password);
    }
    curl_easy_setopt(s->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(s->curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)o->seconds);
    curl_easy_setopt(s->curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(s->curl, CURLOPT_LOW_SPEED_TIME, (long)o->seconds);
    curl_easy_setopt(s->curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(s->curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(s->curl, CURLOPT_READDATA, s);
    curl_easy_setopt(s->curl, CURLOPT_HEADERFUNCTION, hear);
    curl_easy_setopt(s->curl, CURLOPT_HEADERDATA, s);
    curl_easy_setopt(s->curl, CURLOPT_XFERINFOFUNCTION, look);
    curl_easy_setopt(s->curl, CURLOPT_XFERINFODATA, s);
    curl_easy_setopt(s->curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(s->curl, CURLOPT_DEBUGFUNCTION, notice); /* in place of what would be printed */
    curl_easy_setopt(s->curl, CURLOPT_DEBUGDATA, s);
    curl_easy_setopt(s->curl, CURLOPT_VERBOSE, 1L);
}

struct smtp *smtp_new(const struct smtp_server *server)
{
    struct smtp *s = xcalloc(1, sizeof *s);
    s->server = server;
    return s;
}

/* Where a message went wrong it is not known what the server expects next by that connection: away with it. What the
 * server says to the last QUIT is no reply to a message, and not waited for long. */
static void part(struct smtp *s)
{
    s->why = NULL;
    s->watch = NULL;
    if (!s->curl)
        return;
    hurry(s);
    curl_easy_cleanup(s->curl);
    s->curl = NULL;
}

void smtp_drop(struct smtp *s)
{
    part(s);
    free(s);
}

static enum smtp_end try(struct smtp *s, const char *sender, struct curl_slist *receivers,
                         const struct smtp_watch *watch, char *why)
{
    if (!s->curl) {
        s->curl = curl_easy_init();
        if (!s->curl)
            return SMTP_DOWN;
        set_up(s);
    }
    s->watch = watch;
    s->why = why;
    s->at = 0;
    s->ended = s->aborted = false;
    s->stopped_at = 0;
    s->verb[0] = why[0] = '\0';
    curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM, sender);
    curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, receivers);
    curl_easy_setopt(s->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)s->message->length);
    CURLcode code = curl_easy_perform(s->curl);
    if (code != CURLE_OK && !why[0])
        snprintf(why, SMTP_WHY, "%s", s->aborted ? "stopped" : curl_easy_strerror(code));
    return judge(s, code);
}

/* Servers take so many messages by one connection, or wait so long; then they end it. */
static bool is_worn_out(const struct smtp *s, enum smtp_end end)
{
    long made = 1, reply = 0;
    if (!s->curl)
        return false;
    curl_easy_getinfo(s->curl, CURLINFO_NUM_CONNECTS, &made);
    curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &reply);
    return made == 0 && !s->ended && !s->aborted && (end == SMTP_LATER || end == SMTP_DOWN)
        && (reply < 400 || reply == 421);
}

enum smtp_end smtp_send(struct smtp *s, const char *from, const char *to, const struct buf *message,
                        const struct smtp_watch *watch, char why[SMTP_WHY])
{
    char sender[300], receiver[300];
    const char *wrong = late_load("libcurl.so.4", calls, sizeof calls / sizeof *calls);
    snprintf(why, SMTP_WHY, "%s", wrong ? wrong : "libcurl cannot be used");
    if (wrong)
        return SMTP_DOWN;
    snprintf(sender, sizeof sender, "<%s>", from);
    snprintf(receiver, sizeof receiver, "<%s>", to);
    struct curl_slist *receivers = curl_slist_append(NULL, receiver);
    s->message = message;
    enum smtp_end end = try(s, sender, receivers, watch, why);
    if (is_worn_out(s, end)) {
        part(s);
        end = try(s, sender, receivers, watch, why);
    }
    if (end == SMTP_SENT)
        why[0] = '\0';
    else
        part(s);
    curl_slist_free_all(receivers);
    return end;
}
