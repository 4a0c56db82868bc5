/*
 * Runs a command and writes what it used: a line "CPU WALL MEMORY" into RESULT, in seconds (user and system, all
 * children it waited for included), seconds, and KiB resident at most. Usage: measure RESULT COMMAND [ARGUMENT...]
 *
 * Small on purpose: Linux counts the memory of whoever forks to the child too.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* BSD's, in every libc that Linux has; XOPEN alone does not show it. */
pid_t wait4(pid_t child, int *status, int options, struct rusage *used);

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static int write_result(const char *path, const struct rusage *used, double wall)
{
    FILE *file = fopen(path, "w");
    if (!file)
        return 1;
    fprintf(file, "%.3f %.3f %ld\n", seconds(used->ru_utime) + seconds(used->ru_stime), wall, used->ru_maxrss);
    return fclose(file) != 0;
}

int main(int argc, char **argv)
{
    struct timespec start, end;
    struct rusage used;
    int status;

    if (argc < 3) {
        fputs("usage: measure RESULT COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &start);
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child) {
        perror("measure");
        return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double wall = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
    if (write_result(argv[1], &used, wall) != 0) {
        perror(argv[1]);
        return 1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
