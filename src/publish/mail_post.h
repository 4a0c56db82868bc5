/*
 * Sending messages so that each is sent once: the journal is asked before, and told of every step. What could not be
 * sent yet is tried again in rounds, each after twice the wait of the one before.
 *
 * SMTP cannot say whether a message whose last bytes went without a reply has arrived. Such a message is UNSURE: it is
 * not sent again unless asked for, and then with the same Message-ID.
 */
#ifndef MUJAZ_PUBLISH_MAIL_POST_H
#define MUJAZ_PUBLISH_MAIL_POST_H

#include "publish/mail_journal.h"
#include "publish/smtp.h"

struct arena;

enum letter_state {
    LETTER_DUE,     /* to be sent */
    LETTER_BEFORE,  /* it was sent before */
    LETTER_SENT,
    LETTER_LATER,   /* not yet */
    LETTER_REFUSED, /* for good, now or before */
    LETTER_UNSURE,  /* it may have arrived or not, now or before */
    LETTER_UNMADE,  /* there is no message to send */
    LETTER_STATES
};

struct letter {
    struct mail_entry entry;
    struct place at;          /* of the recipient */
    enum letter_state state;
    const char *reply;        /* of the server, when it did not take it; NULL: none */
};

struct post_rules {
    bool every_run;    /* what was sent is sent again when a new run is published, though it is the same */
    bool again;        /* what is unsure or was refused is sent again */
    unsigned tries;    /* rounds */
    unsigned seconds;  /* waited before the second round */
};

struct post {
    const struct smtp_server *server;
    const char *from;
    struct post_rules rules;
    /* Appends the letter's message. False with a diagnostic. */
    bool (*write)(void *context, const struct letter *, struct buf *message, struct diags *);
    void *context;
    void (*waits)(void *context, size_t letters, unsigned seconds); /* told before each wait */
    void (*done)(void *context); /* told at the end, before a signal that waits is delivered */
};

/* Sets the state by what the journal knows: DUE, BEFORE, REFUSED, UNSURE; and the id of a message that was begun. The
 * id that is there already is for a new one. */
void post_judge(const struct mail_journal *, const struct post_rules *, struct letter *);

/* Sends what is DUE, and sets the states. Diagnostics name what was not sent. SIGHUP, SIGINT and SIGTERM end it between
 * two messages, or in one that the server cannot have yet. The replies are in the arena. */
void post_send(const struct post *, struct mail_journal *, struct letter *, size_t count, struct arena *,
               struct diags *);

#endif
