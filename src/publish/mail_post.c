/* The order of things: journal, server, journal. Must not know what the messages say. */
#include "publish/mail_post.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/signals.h"
#include "publish/files.h"

enum { WAIT_MOST = 3600 };

struct work {
    const struct post *post;
    struct mail_journal *journal;
    struct smtp *smtp;
    struct arena *arena;
    struct diags *diags;
    struct held_signals signals;
    const struct letter *letter; /* at hand */
    bool over;                   /* nothing more can be sent */
    bool broken;                 /* the journal cannot be written */
    bool down, wrong;            /* the server is not there; it takes nothing from us */
    char why[SMTP_WHY];
};

/* --- what the journal knows --- */

static bool is_same(const struct post_rules *rules, const struct mail_entry *e, const char *run, const char *sha256)
{
    return sha256 && (strcmp(sha256, e->sha256) == 0 || strcmp(sha256, e->pdf_sha256) == 0)
        && (!rules->every_run || strcmp(run, e->run) == 0);
}

void post_judge(const struct mail_journal *journal, const struct post_rules *rules, struct letter *letter)
{
    struct mail_entry *e = &letter->entry;
    const struct mail_record *r = mail_journal_find(journal, e->to, e->file);
    letter->state = LETTER_DUE;
    if (!r)
        return;
    if (is_same(rules, e, r->sent_run, r->sent_sha256)) {
        letter->state = LETTER_BEFORE;
        return;
    }
    if (!is_same(rules, e, r->run, r->sha256))
        return;
    memcpy(e->id, r->id, MAIL_ID);
    letter->reply = r->reply[0] ? r->reply : NULL;
    if (r->last == MAIL_ENDING && !rules->again)
        letter->state = LETTER_UNSURE;
    if (r->last == MAIL_REFUSED && !rules->again)
        letter->state = LETTER_REFUSED;
}

/* --- one message --- */

static bool note(struct work *w, enum mail_event event)
{
    bool ok = mail_journal_add(w->journal, event, &w->letter->entry, w->why, w->diags);
    w->broken |= !ok;
    w->over |= !ok;
    return ok;
}

static bool ending(void *context)
{
    return note(context, MAIL_ENDING);
}

static bool stopped(void *context)
{
    const struct work *w = context;
    return signals_wait(&w->signals);
}

static enum letter_state judge(struct work *w, enum smtp_end end)
{
    switch (end) {
    case SMTP_SENT:
        note(w, MAIL_SENT);
        return LETTER_SENT;
    case SMTP_REFUSED:
        note(w, MAIL_REFUSED);
        return LETTER_REFUSED;
    case SMTP_UNSURE:
        return w->post->rules.again ? LETTER_LATER : LETTER_UNSURE;
    case SMTP_DOWN:
        w->down = true;
        break;
    case SMTP_WRONG:
        w->over = w->wrong = true;
        break;
    case SMTP_LATER:
        break;
    }
    if (!w->broken)
        note(w, MAIL_LATER);
    return LETTER_LATER;
}

static void send_one(struct work *w, struct letter *letter)
{
    const struct post *p = w->post;
    const struct smtp_watch watch = { .ending = ending, .stopped = stopped, .context = w };
    struct buf message;
    buf_init(&message);
    w->letter = letter;
    w->why[0] = '\0';
    if (!p->write(p->context, letter, &message, w->diags)) {
        letter->state = LETTER_UNMADE;
    } else if (note(w, MAIL_BEGUN)) {
        enum smtp_end end = smtp_send(w->smtp, p->from, letter->entry.to, &message, &watch, w->why);
        letter->state = judge(w, end);
        letter->reply = w->why[0] ? arena_string(w->arena, w->why) : NULL;
    }
    buf_drop(&message);
}

/* --- rounds --- */

/* Messages that are still to be sent. */
static size_t send_round(struct work *w, struct letter *letters, size_t count)
{
    size_t left = 0;
    w->down = false;
    for (size_t i = 0; i < count; i++) {
        bool due = letters[i].state == LETTER_DUE || letters[i].state == LETTER_LATER;
        w->over |= signals_wait(&w->signals);
        if (due && !w->over && !w->down)
            send_one(w, &letters[i]);
        left += letters[i].state == LETTER_DUE || letters[i].state == LETTER_LATER;
    }
    return left;
}

static void wait_for(struct work *w, unsigned seconds)
{
    const struct timespec piece = { .tv_nsec = 200 * 1000 * 1000 };
    for (unsigned i = 0; i < seconds * 5 && !signals_wait(&w->signals); i++)
        nanosleep(&piece, NULL);
}

static void send_all(struct work *w, struct letter *letters, size_t count)
{
    const struct post *p = w->post;
    unsigned seconds = p->rules.seconds;
    for (unsigned round = 1;; round++) {
        size_t left = send_round(w, letters, count);
        if (left == 0 || w->over || round >= p->rules.tries)
            return;
        p->waits(p->context, left, seconds);
        wait_for(w, seconds);
        seconds = seconds * 2 < WAIT_MOST ? seconds * 2 : WAIT_MOST;
    }
}

/* --- what is told --- */

static void tell(const struct letter *l, struct diags *diags)
{
    const char *file = l->entry.file, *reply = l->reply ? l->reply : "no reply";
    if (l->state == LETTER_DUE)
        diag_add(diags, DIAG_MAIL_LATER, l->at, "%s to %s: not tried; 'mujaz deliver' sends it", file, l->entry.to);
    if (l->state == LETTER_LATER)
        diag_add(diags, DIAG_MAIL_LATER, l->at, "%s to %s: %s; 'mujaz deliver' tries again", file, l->entry.to, reply);
    if (l->state == LETTER_REFUSED)
        diag_add(diags, DIAG_MAIL_REFUSED, l->at, "%s to %s: %s; correct the address, or 'mujaz deliver --again' tries "
                 "again", file, l->entry.to, reply);
    if (l->state == LETTER_UNSURE)
        diag_add(diags, DIAG_MAIL_UNSURE, l->at, "%s to %s: all of it was sent and the server's reply is not known; it "
                 "may have arrived, 'mujaz deliver --again' sends it again", file, l->entry.to);
}

void post_send(const struct post *p, struct mail_journal *journal, struct letter *letters, size_t count,
               struct arena *arena, struct diags *diags)
{
    struct work w = { .post = p, .journal = journal, .smtp = smtp_new(p->server), .arena = arena, .diags = diags };
    signals_hold(&w.signals);
    send_all(&w, letters, count);
    if (w.wrong) /* said once, and not for each of them */
        diag_add(diags, DIAG_MAIL_SERVER, (struct place){ .file = p->server->host },
                 "%s; no mail is sent until that is put right", w.why);
    else if (w.down)
        diag_add(diags, DIAG_MAIL_SERVER, (struct place){ .file = p->server->host },
                 "%s (port %u); 'mujaz deliver' tries again", w.why, p->server->port);
    for (size_t i = 0; i < count; i++)
        if (!(w.down || w.wrong) || letters[i].state == LETTER_REFUSED || letters[i].state == LETTER_UNSURE)
            tell(&letters[i], diags);
    smtp_drop(w.smtp);
    p->done(p->context);
    signals_release(&w.signals);
}
