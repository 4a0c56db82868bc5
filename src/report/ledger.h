/*
 * The ledger of a report: every figure, table and chart with its statement and the rows of data behind it, each with
 * its file and line; and the datasets that these come from. Built with the doc, which owns it.
 *
 * Places name files as diagnostics do; ledger_path takes the workspace's own folder off them.
 */
#ifndef MUJAZ_REPORT_LEDGER_H
#define MUJAZ_REPORT_LEDGER_H

#include "base/hash.h"
#include "base/sink.h"
#include "dataset/sql.h"
#include "report/previous.h"

enum { LEDGER_ROWS = 1000 }; /* kept of each entry; all are counted */

struct ledger_table { /* a table of a dataset */
    const char *name;
    const char **columns;
    size_t column_count;
    const struct dataset_source *sources;
    size_t source_count;
};

/* A value of a row, packed: rows are many. */
struct __attribute__((packed)) ledger_cell {
    union {
        const char *text; /* of texts and dates */
        int64_t coefficient;
    };
    uint8_t type, scale;
};

struct ledger_row {
    const struct ledger_table *table;
    struct place at;                 /* where its record begins */
    const struct ledger_cell *cells; /* as many as the table's columns */
};

struct value ledger_value(const struct ledger_row *, size_t column);

/* So many of the rows behind an entry are of this table. */
struct ledger_share {
    const struct ledger_table *table;
    size_t count;
};

enum ledger_kind { LEDGER_FIGURE, LEDGER_TABLE, LEDGER_CHART };

struct ledger_entry {
    enum ledger_kind kind;
    const char *name;
    const struct figure *figure; /* of a figure: its value, words and uses; else NULL */
    const char **printed[LANG_COUNT]; /* of a figure: each way in which the texts print it, once */
    size_t printed_count[LANG_COUNT];
    size_t result_rows; /* of a table or chart */

    const char *sql;
    struct place at; /* of its first character */
    const struct sql_parameter *parameters; /* those that the statement names */
    size_t parameter_count;

    bool exact; /* the rows are those that count; false: those that were read */
    size_t row_count;
    const struct ledger_share *shares; /* of row_count, in the order of the rows */
    size_t share_count;
    const struct ledger_row **rows; /* the first of them */
    size_t listed;

    const struct figure_use *uses; /* in order of language, file and line; of a table or chart: where it stands */
    size_t use_count;
};

struct ledger_file {
    const char *path;
    char sha256[HASH_HEX];
};

struct ledger_dataset {
    const char *name, *title[LANG_COUNT];
    struct ledger_file *files;
    size_t file_count;
    struct dataset_source *sources;
    size_t source_count;
    struct dataset_license *licenses;
    size_t license_count;
};

/* What a ledger's files say of past and entries. */
struct ledger_body {
    const char *bytes; /* JSON without its head; NULL: it has not been written */
    size_t length, past; /* the first `past` bytes are of the issue before */
    bool mapped;       /* from a file: read pages may be given back */
};

struct ledger {
    const char *workspace; /* "" or "folder/", before the name of every file */
    const char *definition; /* report.yaml, for what is said of the ledger */
    const char *report, *as_of;
    const char *packet; /* its key; NULL: the report has no burst */
    const struct sql_parameter *parameters; /* of the packet */
    size_t parameter_count;
    bool has_issue;
    int64_t issue;
    bool compares; /* texts speak of the issue before, and it is known, or that there is none */
    const struct previous_issue *previous; /* NULL: there is none */
    const struct previous_figure *revised; /* of its figures, as today's data have them */
    size_t revised_count;
    const struct figure *const *past;      /* {attacks.change} and so on, where texts use them */
    size_t past_count;
    struct ledger_dataset *datasets;
    size_t dataset_count;
    struct ledger_entry *entries; /* figures, tables, charts, each in the definition's order */
    size_t entry_count;
    struct arena *traces;    /* owns entries and past, a third of a report's memory */
    struct ledger_body body; /* in their place, once it is set */
};

/* The file's name from the workspace on. */
const char *ledger_path(const struct ledger *, const char *file);

/* A figure by its name, a table as "table:NAME", a chart as "chart:NAME". NULL with a diagnostic when there is none. */
const struct ledger_entry *ledger_find(const struct ledger *, const char *name, struct diags *);

/* What a ledger in a file is of. */
struct ledger_of {
    const char *version; /* of the program */
    const char *edition, *pdf, *sha256; /* NULL: of no PDF */
    const struct ledger *const *following; /* of the reports behind it in the same file */
    size_t following_count;
};

/* JSON; at most `rows` rows are listed of each entry. The whole goes in pieces, as there may be much of it: false when
 * the sink took no more. */
bool ledger_json(const struct ledger *, const struct ledger_of *, size_t rows, struct sink);
/* The same in two steps for a ledger that is large: its body into a sink, with as many rows as are listed; then the
 * entries and what they are made of are dropped, and ledger_json copies the body, which must outlive the ledger. */
bool ledger_write_body(const struct ledger *, struct sink, size_t *past);
void ledger_set_body(struct ledger *, struct ledger_body);
void ledger_entry_json(const struct ledger *, const struct ledger_entry *, size_t rows, struct buf *out);

#endif
