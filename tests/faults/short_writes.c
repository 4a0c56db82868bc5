/*
 * For LD_PRELOAD: write and read take at most half of what they are given, and each third call is interrupted before it
 * does anything. Both are what POSIX allows; a program that is right gives the same bytes.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static unsigned calls;

static size_t half(size_t length)
{
    return length > 1 ? length / 2 : length;
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    if (++calls % 3 == 0) {
        errno = EINTR;
        return -1;
    }
    return syscall(SYS_write, fd, bytes, half(length));
}

ssize_t read(int fd, void *bytes, size_t length)
{
    if (++calls % 3 == 0) {
        errno = EINTR;
        return -1;
    }
    return syscall(SYS_read, fd, bytes, half(length));
}
