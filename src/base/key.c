/* Tables of keys. Reads no values: what those become is their loader's. */
#include "base/key.h"

#include <assert.h>
#include <string.h>

enum { KEYS_MOST = 64 };

void keys_check(const struct node *map, const struct key keys[], const char *what, struct diags *diags)
{
    const char *names[KEYS_MOST + 1] = { NULL };
    for (size_t i = 0; keys[i].name; i++) {
        assert(i < KEYS_MOST);
        names[i] = keys[i].name;
    }
    node_check_keys(map, names, what, diags);
}

const struct key *keys_find(const struct key keys[], const char *name)
{
    while (strcmp(keys->name, name) != 0) {
        keys++;
        assert(keys->name);
    }
    return keys;
}
