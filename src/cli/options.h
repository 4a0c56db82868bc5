/* The command line as a struct. */
#ifndef MUJAZ_CLI_OPTIONS_H
#define MUJAZ_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/print_table.h"
#include "cli/schema.h"
#include "dataset/dataset.h"
#include "pdf/imposition.h"
#include "preview/preview.h"
#include "publish/site.h"
#include "report/doc.h"

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
    COMMAND_COUNT
};
enum dump_what { DUMP_DOC, DUMP_SCENE };

enum { OPTIONS_PARAMETERS = 32 };

struct options {
    enum command command;
    bool help, version;
    const char *workspace;        /* "." unless given */
    const char *out;              /* folder; "out" unless given */
    bool has_out;
    bool editions[EDITION_COUNT]; /* those asked for */
    bool has_editions;            /* false: the report's own */
    const char *layout;           /* NULL: the report's own */
    enum dump_what what;
    char *const *reports;         /* in argv; query and check --pdf have none */
    size_t report_count;
    struct dataset_options loading; /* without the cache's folder */
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
    /* check */
    bool pdf;                     /* finished files are checked, no reports */
    char *const *files;           /* in argv */
    size_t file_count;
    /* preview */
    enum preview_format picture;
    unsigned dpi;
    size_t first_page, last_page; /* counted from 1; 0: the edition's first and last */
    /* nightly */
    size_t jobs;                  /* workers at a time; 0: one for each processor */
    size_t keep, keep_days;       /* published runs, and for how long; 0: all */
    char site_url[SITE_URL_MOST]; /* of OUT, ended by '/'; "": not told */
    bool quiet, status;
    /* deliver */
    bool dry_run;                 /* show who gets what, send nothing */
    bool again;                   /* send what is unsure or was refused, too */
    /* explain */
    const char *figure;           /* its name; NULL with `all` */
    bool all, json, has_rows;     /* json: of nightly --status too */
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
