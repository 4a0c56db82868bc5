/*
 * All commands and options, as tables: the command line is read by them, and --help, manual pages and the completions
 * of shells are written from them.
 */
#ifndef MUJAZ_CLI_OPTIONS_TABLE_H
#define MUJAZ_CLI_OPTIONS_TABLE_H

#include "base/buf.h"
#include "cli/options.h"

enum { COMMAND_USAGES = 3 };

/* What a shell offers for a word: texts parted by spaces, and these for what only the workspace tells. */
#define WORDS_REPORTS "@reports"
#define WORDS_DATASETS "@datasets"
#define WORDS_LAYOUTS "@layouts"
#define WORDS_FILES "@files"
#define WORDS_FOLDERS "@folders"

struct command_entry {
    const char *name;
    const char *summary;               /* what it does, a few words */
    const char *usage[COMMAND_USAGES]; /* behind "mujaz "; NULL: no more */
    const char *about;                 /* lines of at most 80 columns, each with its end */
    const char *first, *rest;          /* of its words, for shells; NULL: nothing that can be told */
};

/* Options that have no short form count from here on. */
enum {
    OPTION_FORMAT = 256, OPTION_SCHEMA, OPTION_MAX_ERRORS, OPTION_NO_CACHE, OPTION_TIMING, OPTION_DPI, OPTION_PAGES,
    OPTION_KEEP, OPTION_NO_ATTACHMENTS, OPTION_PROOF, OPTION_IMPOSE, OPTION_CREEP, OPTION_PDF, OPTION_NO_CHECK,
    OPTION_SITE_URL, OPTION_KEEP_DAYS, OPTION_STATUS, OPTION_SIZES, OPTION_ONLY, OPTION_AGAIN, OPTION_WATCH,
    OPTION_SERVE,
    OPTION_FROM, OPTION_STRICT, OPTION_PICTURES, OPTION_PREVIOUS
};

/* The same name may stand there again, for other commands, with another meaning. */
struct option_entry {
    const char *name;
    int letter;          /* or one of the enum above */
    const char *value;   /* "FOLDER", or "[PORT]" that may be left out; NULL: none */
    unsigned commands;   /* bit n: enum command n */
    const char *meaning; /* at most 54 columns */
    const char *more;    /* for the manual page; may be NULL */
    const char *words;   /* what a shell offers for the value; may be NULL */
};

const struct command_entry *command_table(enum command);
const struct option_entry *option_table(size_t *count);
/* The entry of a command's option, or NULL. */
const struct option_entry *option_find(enum command, const char *name);

/* The help text of a command; of the program for COMMAND_NONE. Fits a screen of 24 by 80. */
void options_help(enum command, struct buf *out);

#endif
