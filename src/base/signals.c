/* Holding signals back. Handles none. */
#include "base/signals.h"

#include <stddef.h>

static const int stopping[] = { SIGHUP, SIGINT, SIGTERM };
enum { STOPPING_COUNT = sizeof stopping / sizeof *stopping };

void signals_hold(struct held_signals *s)
{
    sigemptyset(&s->held);
    for (size_t i = 0; i < STOPPING_COUNT; i++) {
        struct sigaction now;
        if (sigaction(stopping[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaddset(&s->held, stopping[i]);
    }
    sigprocmask(SIG_BLOCK, &s->held, &s->before);
}

bool signals_wait(const struct held_signals *s)
{
    sigset_t pending;
    sigpending(&pending);
    for (size_t i = 0; i < STOPPING_COUNT; i++) {
        if (sigismember(&s->held, stopping[i]) == 1 && sigismember(&pending, stopping[i]) == 1)
            return true;
    }
    return false;
}

void signals_release(const struct held_signals *s)
{
    sigprocmask(SIG_SETMASK, &s->before, NULL);
}
