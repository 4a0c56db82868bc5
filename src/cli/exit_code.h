/* The program's exit codes, and which of them diagnostics ask for. */
#ifndef MUJAZ_CLI_EXIT_CODE_H
#define MUJAZ_CLI_EXIT_CODE_H

struct diags;

enum exit_code { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, EXIT_SYSTEM = 3,
                 EXIT_INTERNAL = 4, /* a worker crashed, or ran out of memory or time */
                 EXIT_BUSY = 5 };   /* another run holds the lock */

/* Shows the diagnostics on standard error; the exit code that they ask for. */
enum exit_code exit_report(const struct diags *);
enum exit_code exit_code_of(const struct diags *); /* without showing them */
/* The worse of two codes: a system error hides a refusal. */
enum exit_code exit_worse(enum exit_code, enum exit_code);

#endif
