/*
 * How far a command is, for who waits: after half a second a line on a terminal's last row, which goes when the work
 * ends; with --verbose a line for each stage that was done, on a terminal or not. Else nothing, at no cost.
 *
 * The line is drawn by a thread of its own, which reads what the stages said: they never wait for a terminal. SIGINT,
 * SIGTERM and SIGHUP take the line away and end the program, when they may (publish holds them back).
 */
#ifndef MUJAZ_CLI_BAR_H
#define MUJAZ_CLI_BAR_H

#include "base/progress.h"
#include "cli/options.h"

struct bar;

/* The diagnostics' stages are followed until bar_end. `report`: what is in work; it must outlive that. */
struct bar *bar_begin(const struct options *, const char *report, struct diags *);
/* Before anything else is printed. NULL is fine. */
void bar_end(struct bar *);

#endif
