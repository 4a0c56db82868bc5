/* Processors, by this process's affinity. */
#define _GNU_SOURCE
#include "support/processors.h"

#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static cpu_set_t all;
static bool known;

void processors_use(int count)
{
    cpu_set_t some;
    if (!known)
        assert_int_equal(sched_getaffinity(0, sizeof all, &all), 0);
    known = true;
    CPU_ZERO(&some);
    for (int i = 0, left = count; i < CPU_SETSIZE && left > 0; i++)
        if (CPU_ISSET(i, &all)) {
            CPU_SET(i, &some);
            left--;
        }
    if (CPU_COUNT(&some) < count) {
        processors_use_all();
        print_message("there are fewer processors than %d\n", count);
        skip();
    }
    assert_int_equal(sched_setaffinity(0, sizeof some, &some), 0);
}

void processors_use_all(void)
{
    assert_int_equal(sched_setaffinity(0, sizeof all, &all), 0);
}
