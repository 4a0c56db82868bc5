/* The command line as a struct. */
#ifndef MUJAZ_CLI_OPTIONS_H
#define MUJAZ_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/print_table.h"
#include "cli/show.h"
#include "pdf/imposition.h"
#include "preview/preview.h"
#include "publish/site.h"
#include "report/report.h"
#include "workspace/schema.h"

enum command {
    COMMAND_NONE,
    COMMAND_BUILD,
    COMMAND_CHECK,
    COMMAND_DUMP,
    COMMAND_PREVIEW,
    COMMAND_QUERY,
    COMMAND_EXPLAIN,
    COMMAND_NIGHTLY,
    COMMAND_SCHEMA,
    COMMAND_DELIVER,
    COMMAND_INIT,
    COMMAND_EXPLAIN_ERROR,
    COMMAND_DIFF,
    COMMAND_COUNT
};
enum dump_what { DUMP_DOC, DUMP_SCENE };

enum { OPTIONS_PARAMETERS = 32 };

struct options {
    enum command command;
    bool help, version;
    bool quiet;                   /* only what is wrong is said */
    bool verbose;                 /* and what each stage took */
    const char *workspace;        /* "." unless given */
    const char *out;              /* folder; "out" unless given */
    bool has_out;
    bool editions[EDITION_COUNT]; /* those asked for */
    bool has_editions;            /* false: the report's own */
    const char *layout;           /* NULL: the report's own */
    enum dump_what what;
    char *const *reports;         /* in argv; query and check --pdf have none; check, nightly: 0 is all */
    size_t report_count;
    struct report_options making; /* without the cache's folder and the issue before */
    const char *previous;         /* a ledger of the issue before; NULL: none */
    bool no_cache;
    bool no_attachments;
    bool no_check;                /* build: of the finished PDFs */
    bool sizes;                   /* build: of the finished PDFs, by what they are for */
    const char *only[OPTIONS_PARAMETERS]; /* keys of packets; each once */
    size_t only_count;            /* 0: all */
    bool grey;                    /* a proof of what one ink prints */
    /* build */
    struct imposition sheets;     /* for printing, besides the PDF */
    enum schema_of schema_of;
    /* init */
    const char *init_folder;      /* NULL: named as the file */
    const char *from;             /* a CSV file; NULL: the example */
    /* explain-error */
    const char *diagnostic;       /* NULL: all */
    /* check, diff */
    bool strict;                  /* warnings count as errors */
    enum show_format show;
    bool pdf;                     /* finished files are checked, no reports */
    char *const *files;           /* in argv; two of diff */
    size_t file_count;
    const char *pictures;         /* diff: folder; NULL: none are drawn */
    /* preview */
    enum preview_format picture;
    unsigned dpi;
    bool watch;                   /* pages are written again as files change */
    bool serve;                   /* pages are shown in a browser instead, on 127.0.0.1 */
    unsigned port;                /* of serve; 0: one that is free */
    size_t first_page, last_page; /* counted from 1; 0: the edition's first and last */
    /* nightly */
    size_t jobs;                  /* workers at a time; 0: one for each processor */
    size_t keep, keep_days;       /* published runs, and for how long; 0: all */
    char site_url[SITE_URL_MOST]; /* of OUT, ended by '/'; "": not told */
    bool status;
    /* deliver */
    bool dry_run;                 /* show who gets what, send nothing */
    bool again;                   /* send what is unsure or was refused, too */
    /* explain */
    const char *figure;           /* its name; NULL with `all` */
    bool all, json, has_rows;     /* json: of nightly --status and diff too */
    size_t rows;                  /* listed of each figure */
    /* query */
    const char *data;             /* NAME, dataset:NAME or report:NAME */
    char *const *sql;             /* statements, in argv; "-": standard input */
    size_t sql_count;             /* 0 with sql_file or schema */
    const char *sql_file;
    bool schema, timing;
    enum print_format format;
    const char *parameters[OPTIONS_PARAMETERS]; /* "NAME=VALUE", each name once */
    size_t parameter_count;
};

/* False when the command line is wrong; `why` then says what, for a line behind "mujaz: ". */
enum { OPTIONS_WHY = 256 };
bool options_parse(int argc, char **argv, struct options *, char why[OPTIONS_WHY]);

#endif
