/* The dynamic linker, asked by name. */
#include "base/late.h"

#include <dlfcn.h>

const char *late_load(const char *library, const struct late_call *calls, size_t count)
{
    void *loaded = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!loaded)
        return dlerror();
    for (size_t i = 0; i < count; i++) {
        void **pointer = calls[i].pointer;
        *pointer = dlsym(loaded, calls[i].name);
        if (!*pointer)
            return dlerror();
    }
    return NULL;
}
