/* Signals that end a program, held back while something on the disk is half done. */
#ifndef MUJAZ_BASE_SIGNALS_H
#define MUJAZ_BASE_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

/* SIGHUP, SIGINT and SIGTERM wait until a folder is tidy again: blocked from hold on, but those that the caller ignores
 * (nohup), which would pend for ever; looked at between two files; delivered by release. */
struct held_signals {
    sigset_t held, before;
};
void signals_hold(struct held_signals *);
bool signals_wait(const struct held_signals *);
void signals_release(const struct held_signals *);

#endif
