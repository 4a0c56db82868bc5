/* A second thread. Knows nothing of the work. */
#define _GNU_SOURCE
#include "base/beside.h"

#include <sched.h>
#include <signal.h>
#include <stddef.h>

bool beside_can(void)
{
    cpu_set_t ours;
    CPU_ZERO(&ours);
    return sched_getaffinity(0, sizeof ours, &ours) == 0 && CPU_COUNT(&ours) > 1;
}

static void *run(void *context)
{
    struct beside *b = context;
    b->work(b->context);
    return NULL;
}

bool beside_begin(struct beside *b, void (*work)(void *context), void *context)
{
    sigset_t all, before;
    *b = (struct beside){ .work = work, .context = context };
    if (!beside_can())
        return false;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    b->runs = pthread_create(&b->thread, NULL, run, b) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return b->runs;
}

void beside_end(struct beside *b)
{
    if (b->runs)
        pthread_join(b->thread, NULL);
    b->runs = false;
}
