/* The commands. Each returns the program's exit code. */
#ifndef MUJAZ_COMMANDS_CMD_H
#define MUJAZ_COMMANDS_CMD_H

#include "cli/exit_code.h"
#include "cli/options.h"

enum exit_code cmd_build(const struct options *);
enum exit_code cmd_check(const struct options *);
enum exit_code cmd_dump(const struct options *);
enum exit_code cmd_preview(const struct options *);
enum exit_code cmd_watch(const struct options *); /* preview --watch, --serve: until a signal */
enum exit_code cmd_query(const struct options *);
enum exit_code cmd_explain(const struct options *);
enum exit_code cmd_schema(const struct options *);
enum exit_code cmd_deliver(const struct options *);
enum exit_code cmd_init(const struct options *);
enum exit_code cmd_explain_error(const struct options *);
enum exit_code cmd_diff(const struct options *); /* 0: the same; 1: they differ; 2: one cannot be read */

/* The whole program: parses, runs a command, and makes sure that standard output took everything. */
enum exit_code cmd_run(int argc, char **argv);

/* --- for the commands --- */

struct arena;

/* The name of a page's picture (page from 0 on), in the arena. */
const char *cmd_picture_name(const char *report, enum edition, size_t page, enum preview_format, struct arena *);

#endif
