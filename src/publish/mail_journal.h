/*
 * The journal of sent mail: a file that is only appended to, a line for each step of each message, synced before the
 * next step is taken. So what a killed process has sent is known to the next.
 *
 *   TIME  begun   ID  RUN  FILE  SHA256  ADDRESS             before the server hears of it
 *         ending                                            before it gets the last bytes: it cannot have the message
 *                                                           while this line is not there
 *         sent    (the server's reply behind the address)   it said that it has the message
 *         later, refused                                    it said that it has not; it may be asked again, or not
 *
 * SHA256 is of what the PDF shows. Fields are parted by tabs; lines that begin with # are for people. A line that a
 * crash cut is ended by "torn".
 */
#ifndef MUJAZ_PUBLISH_MAIL_JOURNAL_H
#define MUJAZ_PUBLISH_MAIL_JOURNAL_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/hash.h"

enum mail_event { MAIL_BEGUN, MAIL_ENDING, MAIL_SENT, MAIL_LATER, MAIL_REFUSED, MAIL_EVENTS };
enum { MAIL_ID = 33 };

struct mail_entry {
    const char *to, *file; /* the address; the name of the PDF */
    const char *run;       /* that is sent */
    const char *sha256;    /* of what the PDF shows; of its bytes where that is not known */
    const char *pdf_sha256; /* of its bytes, which is what journals said at first */
    char id[MAIL_ID];      /* of the message */
};

/* What is known of a file and an address. Texts live as long as the journal. */
struct mail_record {
    enum mail_event last;
    const char *run, *sha256, *id, *reply; /* of the last event; reply: "" for none */
    const char *sent_run, *sent_sha256;    /* of the last that was sent; NULL: none was */
};

struct mail_journal;

enum mail_journal_use { MAIL_JOURNAL_READ, MAIL_JOURNAL_WRITE };
/* WRITE: makes the file when it is not there (0600) and locks it. NULL with a diagnostic; or, where another process
 * sends, without one and with *busy. */
struct mail_journal *mail_journal_open(const char *path, enum mail_journal_use, bool *busy, struct diags *);
void mail_journal_close(struct mail_journal *); /* NULL is fine */

const struct mail_record *mail_journal_find(const struct mail_journal *, const char *to, const char *file);

/* On the disk when true; else a diagnostic. `reply` may hold anything. */
bool mail_journal_add(struct mail_journal *, enum mail_event, const struct mail_entry *, const char *reply,
                      struct diags *);

#endif
