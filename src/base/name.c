/* Names of a workspace's things. */
#include "base/name.h"

bool name_is_good(const char *name)
{
    const char *p = name;

    while ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || (p > name && *p == '-'))
        p++;
    return !*p && p > name && p - name <= 64;
}
