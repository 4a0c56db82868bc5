/*
 * Libraries that few commands need are loaded when one of these asks: curl and microhttpd bring 24 others with them, a
 * fifth of the memory of a small build. Their headers are compiled against as ever; calls go through a struct of
 * pointers, made from a list of the functions:
 *
 *     #define CALLS(X) X(curl_easy_init) X(curl_easy_perform)
 *     static struct { CALLS(LATE_POINTER) } late;
 *     static const struct late_call calls[] = { CALLS(LATE_CALL) };
 *     #define curl_easy_init late.curl_easy_init
 */
#ifndef MUJAZ_BASE_LATE_H
#define MUJAZ_BASE_LATE_H

#include <stddef.h>

struct late_call {
    const char *name;
    void *pointer; /* to the pointer to the function */
};

#define LATE_POINTER(function) __typeof__(function) *function;
#define LATE_CALL(function) { #function, &late.function },

/* Sets the pointers; the library stays until the process ends. NULL, or why it cannot be had. */
const char *late_load(const char *library, const struct late_call *, size_t count);

#endif
