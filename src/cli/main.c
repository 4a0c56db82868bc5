/* The program's entry; everything else can be linked into a test. */
#include "cli/cmd.h"

int main(int argc, char **argv)
{
    return (int)cmd_run(argc, argv);
}
