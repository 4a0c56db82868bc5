/*
 * What publishing does to folders and files, each step checked and synced; errno says why a step failed. Private to
 * src/publish.
 */
#ifndef MUJAZ_PUBLISH_FILES_H
#define MUJAZ_PUBLISH_FILES_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "publish/publish.h"

/* A system call until no signal interrupts it. An fsync that failed with anything else is never tried again: the kernel
 * may have dropped the pages. */
#define RETRIED(call) \
    ({ \
        int retried_; \
        do \
            retried_ = (call); \
        while (retried_ < 0 && errno == EINTR); \
        retried_; \
    })

/* Makes the folder and what is missing above it, each synced into its own; an existing one is fine. */
bool folder_make(const char *path);
mode_t file_usual_mode(void); /* of new files: 0666 without the umask */

/* strerror of what a step in that folder failed with, and of a full disk what is full: "No space left on device (0 KB
 * are free there)". */
enum { FILE_WHY = 200 };
const char *file_why(const char *folder, int error, char why[FILE_WHY]);

/* False with errno; some of it may be written. */
bool file_write_all(int fd, const char *bytes, size_t length);

/* Writes an artifact to a new file of that folder itself (none of that name may exist), sets its mode, syncs and closes
 * it, and reads it back: EIO when it holds other bytes. What was made of it stays. */
enum file_step { FILE_MADE, FILE_WRITTEN, FILE_READ_BACK, FILE_DONE }; /* what it failed at; or did not */
enum file_step file_write_new(int dir, const char *name, const struct artifact *, mode_t mode);

#endif
