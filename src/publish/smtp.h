/* One message to one address by SMTP (RFC 5321), over TLS. The only file that knows libcurl. */
#ifndef MUJAZ_PUBLISH_SMTP_H
#define MUJAZ_PUBLISH_SMTP_H

#include <stdbool.h>

#include "base/buf.h"

enum smtp_tls {
    SMTP_STARTTLS, /* asked for, and nothing is said before it is there */
    SMTP_TLS,      /* from the first byte */
    SMTP_PLAIN     /* to this machine only: the caller sees to it */
};

struct smtp_server {
    const char *host;
    unsigned port;
    enum smtp_tls tls;
    const char *ca_file;         /* certificates to trust; NULL: the system's */
    const char *user, *password; /* NULL: no login */
    unsigned seconds;            /* waited for a reply */
};

enum smtp_end {
    SMTP_SENT,    /* the server has it */
    SMTP_LATER,   /* it has not; the same may go well later */
    SMTP_REFUSED, /* it has not, and does not want it */
    SMTP_UNSURE,  /* all was sent, and no reply came */
    SMTP_DOWN,    /* the server is not there, whatever is to be sent; later perhaps */
    SMTP_WRONG    /* it cannot be trusted, or takes nothing from us: no use in going on */
};

/* Asked while a message is sent. */
struct smtp_watch {
    bool (*ending)(void *context);  /* before the last bytes go; false: they must not, and the end is LATER */
    bool (*stopped)(void *context); /* whether to give up */
    void *context;
};

enum { SMTP_WHY = 300 };

struct smtp;
struct smtp *smtp_new(const struct smtp_server *); /* which lives longer; connects when something is sent */
void smtp_drop(struct smtp *);

/* `why`: the server's reply, or what is wrong; printable ASCII. Never a secret. */
enum smtp_end smtp_send(struct smtp *, const char *from, const char *to, const struct buf *message,
                        const struct smtp_watch *, char why[SMTP_WHY]);

#endif
