/*
 * Arena: a chain of chunks, each twice as big as the one before up to a limit. What is aligned is taken from a chunk's
 * beginning, strings from its end, with no gaps between them: most of what a document keeps are short ones. Knows
 * nothing else.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_CHUNK = 4096, LAST_CHUNK = 1 << 20 };

struct chunk {
    struct chunk *next;
    size_t used, end, size; /* free: from used to end */
    alignas(max_align_t) char bytes[];
};

/* In the chunks of its holder. */
struct hold {
    struct arena *held;
    struct hold *next;
};

struct arena {
    struct chunk *chunks;
    size_t next_size;
    size_t owners; /* who has not dropped it: who made it, and its holders */
    struct hold *holds;
};

enum { EXIT_CODE = 3 }; /* EXIT_SYSTEM of cli/exit_code.h */

/* In one write, and with nothing that needs memory. */
void end_without(const char *what)
{
    char line[512];
    int length = snprintf(line, sizeof line, "mujaz: error: %s\n", what);
    (void)!write(STDERR_FILENO, line, length < (int)sizeof line ? (size_t)length : sizeof line - 1);
    _exit(EXIT_CODE);
}

static _Noreturn void out_of_memory(void)
{
    end_without("out of memory; raise the limit (ulimit -v, MemoryMax of systemd), or make less at a time");
}

void *xcalloc(size_t count, size_t size)
{
    void *p = calloc(count ? count : 1, size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *xrealloc(void *old, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        out_of_memory();
    void *p = realloc(old, bytes ? bytes : 1);
    if (!p)
        out_of_memory();
    return p;
}

char *xstrdup(const char *from)
{
    size_t n = strlen(from) + 1;
    return memcpy(xcalloc(n, 1), from, n);
}

struct arena *arena_new(void)
{
    struct arena *a = xcalloc(1, sizeof *a);
    a->next_size = FIRST_CHUNK;
    a->owners = 1;
    return a;
}

static void let_go(struct arena *a)
{
    for (const struct hold *h = a->holds; h; h = h->next)
        arena_drop(h->held);
    a->holds = NULL;
}

void arena_hold(struct arena *holder, struct arena *held)
{
    for (const struct hold *h = holder->holds; h; h = h->next)
        if (h->held == held)
            return;
    struct hold *h = arena_alloc(holder, sizeof *h);
    *h = (struct hold){ held, holder->holds };
    holder->holds = h;
    held->owners++;
}

void arena_drop(struct arena *a)
{
    if (!a || --a->owners)
        return;
    let_go(a);
    for (struct chunk *c = a->chunks, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    free(a);
}

void arena_clear(struct arena *a)
{
    struct chunk *last = a->chunks;
    let_go(a);
    if (!last)
        return;
    for (struct chunk *c = last->next, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    memset(last->bytes, 0, last->used);
    memset(last->bytes + last->end, 0, last->size - last->end);
    last->used = 0;
    last->end = last->size;
    last->next = NULL;
}

size_t arena_room(const struct arena *a)
{
    size_t room = 0;
    for (const struct chunk *c = a->chunks; c; c = c->next)
        room += c->size;
    return room;
}

static struct chunk *chunk_for(struct arena *a, size_t size)
{
    struct chunk *c = a->chunks;
    if (c && c->end - c->used >= size)
        return c;
    size_t room = size > a->next_size ? size : a->next_size;
    c = xcalloc(1, sizeof *c + room);
    c->size = c->end = room;
    c->next = a->chunks;
    a->chunks = c;
    if (a->next_size < LAST_CHUNK)
        a->next_size *= 2;
    return c;
}

void *arena_alloc(struct arena *a, size_t size)
{
    const size_t align = alignof(void *);
    if (size > SIZE_MAX / 2)
        out_of_memory();
    size = (size + align - 1) / align * align;
    struct chunk *c = chunk_for(a, size);
    void *p = c->bytes + c->used;
    c->used += size;
    return p;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        out_of_memory();
    return arena_alloc(a, bytes);
}

void *arena_copy(struct arena *a, const void *from, size_t size)
{
    void *p = arena_alloc(a, size);
    if (size)
        memcpy(p, from, size);
    return p;
}

/* At no alignment, and zeroed. */
static char *string_room(struct arena *a, size_t size)
{
    if (size > SIZE_MAX / 2)
        out_of_memory();
    struct chunk *c = chunk_for(a, size);
    c->end -= size;
    return c->bytes + c->end;
}

char *arena_string_n(struct arena *a, const char *from, size_t length)
{
    char *s = string_room(a, length + 1);
    if (length)
        memcpy(s, from, length);
    return s;
}

char *arena_string(struct arena *a, const char *from)
{
    return from ? arena_string_n(a, from, strlen(from)) : NULL;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0)
        out_of_memory();
    char *s = string_room(a, (size_t)n + 1);
    vsnprintf(s, (size_t)n + 1, format, again);
    va_end(again);
    return s;
}

void *arena_grow(struct arena *a, void *array, size_t count, size_t size)
{
    bool full = count == 0 || (count >= 2 && (count & (count - 1)) == 0);
    if (!full)
        return array;
    void *bigger = arena_array(a, count ? count * 2 : 2, size);
    if (count)
        memcpy(bigger, array, count * size);
    return bigger;
}
