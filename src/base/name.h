/* Names of a workspace's things: reports, layouts, datasets, keys of packets. */
#ifndef MUJAZ_BASE_NAME_H
#define MUJAZ_BASE_NAME_H

#include <stdbool.h>

/* Small letters, digits and '-', a letter or digit first, at most 64. */
bool name_is_good(const char *);

#endif
