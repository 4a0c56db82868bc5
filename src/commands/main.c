/* The program's entry; everything else can be linked into a test. */
#include <malloc.h>

#include "commands/cmd.h"

int main(int argc, char **argv)
{
    /* glibc raises this with each large block that is freed: what is allocated next then leaves holes in the heap. */
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    /* One for each thread that works; Pango's short threads share them. Each takes 64 MiB of a worker's addresses. */
    mallopt(M_ARENA_MAX, 2);
    return (int)cmd_run(argc, argv);
}
