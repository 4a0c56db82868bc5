/* The commands. Each returns the program's exit code. */
#ifndef MUJAZ_CLI_CMD_H
#define MUJAZ_CLI_CMD_H

#include "cli/options.h"

#define MUJAZ_VERSION "0.1"

enum exit_code { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, EXIT_SYSTEM = 3,
                 EXIT_INTERNAL = 4, /* a worker crashed, or ran out of memory or time */
                 EXIT_BUSY = 5 };   /* another run holds the lock */

enum exit_code cmd_build(const struct options *);
enum exit_code cmd_check(const struct options *);
enum exit_code cmd_dump(const struct options *);
enum exit_code cmd_preview(const struct options *);
enum exit_code cmd_watch(const struct options *); /* preview --watch, --serve: until a signal */
enum exit_code cmd_query(const struct options *);
enum exit_code cmd_explain(const struct options *);
enum exit_code cmd_nightly(const struct options *);
enum exit_code cmd_schema(const struct options *);
enum exit_code cmd_deliver(const struct options *);
enum exit_code cmd_init(const struct options *);
enum exit_code cmd_explain_error(const struct options *);
enum exit_code cmd_diff(const struct options *); /* 0: the same; 1: they differ; 2: one cannot be read */

/* The whole program: parses, runs a command, and makes sure that standard output took everything. */
enum exit_code cmd_run(int argc, char **argv);

/* --- for the commands --- */

struct arena;
struct artifact;
struct diags;
struct pipeline;

/* editions.c: every edition that is asked for into `made`, CMD_FILES_MOST at most: the PDF, the same on sheets, the
 * picture of its first page, the ledger. False when any has an error; what was made until then is the caller's too. */
enum { CMD_FILES_MOST = 4 * EDITION_COUNT };
bool cmd_make_editions(const struct options *, const struct pipeline *, struct artifact *made,
                       size_t *count, struct diags *);

/* packets.c: a doc without what pages need: of the packet of --only, else of the first. NULL with a diagnostic. */
struct doc;
struct doc *cmd_doc(const struct options *, struct diags *);
/* cmd_preview.c: the name of a page's picture (page from 0 on), in the arena. */
const char *cmd_picture_name(const char *report, enum edition, size_t page, enum preview_format, struct arena *);

/* Whether the workspace has that folder in `folder` ("reports", "datasets"); the name there that is nearest to a
 * misspelt one, or NULL. */
bool cmd_has(const struct options *, const char *folder, const char *name, struct arena *);
const char *cmd_nearest(const struct options *, const char *folder, const char *name, struct arena *);

/* Shows the diagnostics on standard error; the exit code that they ask for. */
enum exit_code cmd_report(const struct diags *);
enum exit_code cmd_code(const struct diags *); /* without showing them */

/* Folders of a kind ("reports") in the workspace that have such a file ("report.yaml"), sorted. */
const char **cmd_list(const char *workspace, const char *kind, const char *file, struct arena *, size_t *count);

/* The worse of two codes: a system error hides a refusal. */
enum exit_code cmd_worse(enum exit_code, enum exit_code);

#endif
