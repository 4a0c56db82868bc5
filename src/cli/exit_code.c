/* Exit codes from diagnostics. */
#include "cli/exit_code.h"

#include "cli/show.h"

enum exit_code exit_worse(enum exit_code a, enum exit_code b)
{
    return a > b ? a : b;
}

enum exit_code exit_report(const struct diags *diags)
{
    show_diags(diags, show_style_for(stderr), stderr);
    return exit_code_of(diags);
}

enum exit_code exit_code_of(const struct diags *diags)
{
    if (diags_have_system(diags))
        return EXIT_SYSTEM;
    return diags_errors(diags) ? EXIT_REFUSED : EXIT_DONE;
}
