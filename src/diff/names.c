/* Numbers for texts, and the words of a change. */
#include "diff/names.h"

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "base/arena.h"

const char *diff_change_name(enum diff_change change)
{
    static const char *const names[] = { "changed", "new", "gone" };
    return names[change];
}

struct diff_names {
    uint32_t number;
    UT_hash_handle hh;
    char text[];
};

uint32_t diff_number(struct diff_names **all, const char *text, size_t length)
{
    struct diff_names *one;
    HASH_FIND(hh, *all, text, length, one);
    if (one)
        return one->number;
    one = xcalloc(1, sizeof *one + length + 1);
    one->number = HASH_COUNT(*all) + 1;
    memcpy(one->text, text, length);
    HASH_ADD_KEYPTR(hh, *all, one->text, length, one);
    return one->number;
}

void diff_names_drop(struct diff_names *all)
{
    struct diff_names *one, *next;
    HASH_ITER(hh, all, one, next) {
        HASH_DEL(all, one);
        free(one);
    }
}
