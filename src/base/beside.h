/*
 * Work that a second thread does beside this one. Where there is one processor, or no thread can be had, nobody does
 * it: who asks for help goes on alone. What comes out must not depend on which of the two it was.
 */
#ifndef MUJAZ_BASE_BESIDE_H
#define MUJAZ_BASE_BESIDE_H

#include <pthread.h>
#include <stdbool.h>

/* Zeroed: nothing is done beside. */
struct beside {
    pthread_t thread;
    void (*work)(void *context);
    void *context;
    bool runs;
};

/* Whether this process may use more than one processor (taskset, cgroups' cpusets). */
bool beside_can(void);
/* False: `work` is not called. Else it is, with all signals held back from it, and `beside_end` must be called: the two
 * must outlive that. */
bool beside_begin(struct beside *, void (*work)(void *context), void *context);
void beside_end(struct beside *); /* waits for the work's end; nothing when nobody does it */

#endif
