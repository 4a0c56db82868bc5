/*
 * An arena: memory that is freed in one call. Each stage's result owns one.
 * Allocation never returns NULL: out of memory ends the process (each report has a worker of its own).
 */
#ifndef MUJAZ_BASE_ARENA_H
#define MUJAZ_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_drop(struct arena *);

void arena_clear(struct arena *); /* as new; keeps a chunk for what comes */

size_t arena_room(const struct arena *); /* bytes of its chunks */

/* `held` outlives its own drop until `holder` is dropped or cleared: for what points from the one into the other. */
void arena_hold(struct arena *holder, struct arena *held);

void *arena_alloc(struct arena *, size_t size);                /* zeroed, aligned as pointers are: no long double */
void *arena_array(struct arena *, size_t count, size_t size);  /* zeroed; overflow is checked */
void *arena_copy(struct arena *, const void *from, size_t size);
char *arena_string(struct arena *, const char *from);          /* NULL gives NULL */
char *arena_string_n(struct arena *, const char *from, size_t length);
char *arena_printf(struct arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* For a growing array that has `count` elements: returns it with room for one more, moved when full.
 * Capacities are powers of two from 2 on, since most such arrays stay short; start with NULL and 0. The new element is
 * zeroed. */
void *arena_grow(struct arena *, void *array, size_t count, size_t size);

/* Heap memory for the few things that do not live in an arena; these too never return NULL. */
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *, size_t count, size_t size);
char *xstrdup(const char *);

/* Says on standard error what the system did not give and ends the process at once, with the exit code of a system
 * error. */
_Noreturn void end_without(const char *what);

#endif
