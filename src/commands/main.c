/* The program's entry; everything else can be linked into a test. */
#include <malloc.h>
#include <stdbool.h>
#include <sys/resource.h>

#include "commands/cmd.h"

enum { FEW_ADDRESSES = 512 << 20 };

int main(int argc, char **argv)
{
    /* glibc raises this with each large block that is freed: what is allocated next then leaves holes in the heap. */
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    /* One for each thread that works; Pango's short threads share them. Each but the first takes 64 MiB of addresses,
     * which where these are few would be missed for threads' stacks. */
    struct rlimit addresses;
    bool few = getrlimit(RLIMIT_AS, &addresses) == 0 && addresses.rlim_cur < FEW_ADDRESSES;
    mallopt(M_ARENA_MAX, few ? 1 : 2);
    return (int)cmd_run(argc, argv);
}
