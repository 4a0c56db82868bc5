/*
 * What a worker process may do: read, compute, and write to the descriptors that it has. No new files, no programs, no
 * network, no more memory and time than it is given. What the kernel does not know (Landlock before 5.13) is left out.
 */
#ifndef MUJAZ_NIGHTLY_SANDBOX_H
#define MUJAZ_NIGHTLY_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

struct sandbox_limits {
    size_t memory;    /* address space, bytes; not limited when built with AddressSanitizer */
    unsigned seconds; /* of CPU */
};

/* Closes what was inherited, the lock and folders of the run, but for standard streams and `fd`; and the process ends
 * when its parent does, so that a run that is killed leaves nobody behind. */
void sandbox_keep_only(int fd);

/* For the rest of this process. False with errno when a limit cannot be set; nothing is safe then. `workspace` and the
 * system's own folders (/usr, /etc, /lib, /proc) and the shipped files may be read. */
bool sandbox_enter(const char *workspace, const struct sandbox_limits *);

#endif
