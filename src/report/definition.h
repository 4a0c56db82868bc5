/*
 * reports/NAME/report.yaml as typed values, each with its place. All keys are checked; what a reader sees is
 * read as messages. Nothing here has asked a dataset yet.
 */
#ifndef MUJAZ_REPORT_DEFINITION_H
#define MUJAZ_REPORT_DEFINITION_H

#include "dataset/sql.h"
#include "base/key.h"
#include "base/node.h"
#include "report/phrase.h"

struct statement {
    const char *sql;
    struct place at; /* of its first character */
    uint32_t indent; /* columns taken off its further lines */
    bool common;     /* of a burst: the same in every packet, and meant so */
};

/* A column of a statement's result, or one per language. */
struct field {
    bool given;
    const char *column[LANG_COUNT];
    struct place at[LANG_COUNT];
};

struct definition_name { /* of a dataset, a layout */
    const char *text;
    struct place at;
};

struct definition_figure {
    const char *name;
    struct place at;
    struct statement statement;
};

/* What a text places by its id. */
struct definition_object {
    const char *id;
    struct place at; /* of the id */
    bool used;
};

/* How much a key figure changed: a figure of its own, below 0 when it fell, and words behind it. */
struct definition_change {
    bool given, previous; /* previous: of the key figure's own figure, against the issue before; its own words */
    const char *figure;
    struct place at;
    enum value_format format;
    struct phrases text;
};

struct definition_key_figure {
    struct phrases value, label;
    struct definition_change change;
};

struct definition_group {
    struct definition_object object;
    struct definition_key_figure *figures;
    size_t count;
};

struct definition_column {
    struct field field;
    struct phrases title;
    enum value_format format;
    bool has_align;
    enum cell_align align;
    double weight;
    bool group; /* equal values that follow each other stand once */
};

/* A row of sums: below each group, or below the table. */
struct definition_sum {
    bool given;
    struct place at; /* of its map */
    struct phrases label;
    struct definition_name *columns; /* of the table, by their field */
    size_t column_count;
};

struct definition_table {
    struct definition_object object;
    struct statement statement;
    struct definition_column *columns;
    size_t column_count;
    struct definition_sum sums[DOC_ROW_KINDS]; /* DOC_ROW_SUBTOTAL and DOC_ROW_TOTAL */
    enum doc_parallel parallel;
    struct phrases note, source;
};

enum chart_role {
    ROLE_CATEGORY,
    ROLE_LABEL,
    ROLE_VALUE,
    ROLE_LOW,
    ROLE_HIGH,
    ROLE_HEDGE,
    ROLE_X,
    ROLE_START,
    ROLE_END,
    ROLE_OPEN,
    ROLE_DATE,
    ROLE_SERIES,
    ROLE_PANEL,
    ROLE_PLACE,
    ROLE_EMPHASIS,
    ROLE_COUNT
};

struct definition_note {
    struct place at;
    enum chart_note_kind kind;
    struct phrases value, to, day, until; /* each {figure}: the same in both languages */
    const char *category;
    struct phrases label;
};

struct definition_chart {
    struct definition_object object;
    enum chart_type type;
    bool type_known;
    struct chart_look look;
    struct statement statement;
    struct field roles[ROLE_COUNT];
    struct phrases total; /* {figure} */
    struct definition_note *notes;
    size_t note_count;
    struct phrases subtitle, unit, x_unit, source, alt;
};

struct definition_image {
    struct definition_object object;
    const char *file; /* below the report's folder; NULL when the definition gives none */
    struct place file_at;
    double width_mm;  /* 0: as wide as the text */
    struct phrases alt, source;
};

/* What is numbered: the captions of charts and images, those of tables, the headings. */
struct definition_numbering {
    bool figures, tables, headings;
};

/* Whose sources are listed; objects: charts, tables, images. */
enum definition_sourced { DEFINITION_DATASETS, DEFINITION_OBJECTS, DEFINITION_SOURCED };

struct definition_sources {
    bool alphabetical, of[DEFINITION_SOURCED];
};

/* One packet for each row of a statement. */
struct definition_burst {
    bool given;
    struct statement statement;
    const char *key; /* the column that names the packet's files; NULL when the definition gives none */
    struct place key_at;
    struct definition_name *common; /* figures, table:NAME, chart:NAME */
    size_t common_count;
};

struct definition {
    const char *path;
    struct definition_name *packet; /* reports that follow this one in its file */
    size_t packet_count;
    struct phrases title, subtitle, author;
    bool has_issue, has_period;
    int64_t issue;
    struct place issue_at;
    struct date as_of, from, to;
    const char *as_of_text;
    struct sql_parameter *parameters; /* as_of first */
    size_t parameter_count;
    struct definition_burst burst;
    struct definition_name layout; /* text NULL when it is no name */
    bool editions[EDITION_COUNT];
    enum doc_attach attach;
    struct definition_name *datasets;
    size_t dataset_count;
    enum locale_digits digits[LANG_COUNT];
    enum locale_months months;
    bool has_digits, has_months; /* else the layout says */
    struct definition_figure *figures;
    size_t figure_count;
    struct definition_group *groups;
    size_t group_count;
    struct definition_table *tables;
    size_t table_count;
    struct definition_chart *charts;
    size_t chart_count;
    struct definition_image *images;
    size_t image_count;
    struct definition_numbering numbering;
    struct definition_sources sources;
    struct phrases **phrases; /* every text above that is given, in the file's order of sections */
    size_t phrase_count;
};

/* NULL when the file cannot be read or is no YAML; otherwise what could be understood, and a diagnostic for
 * each thing that could not. */
struct definition *definition_load(const char *path, struct arena *, struct diags *);

/* A text's image, by its name or its file; NULL: there is none. */
struct definition_image *definition_find_image(const struct definition *, const char *object);
/* Small letters, digits and '_', a letter first, and not as_of. */
bool definition_is_parameter(const char *);

/* All that report.yaml may say: read by the loader, and by whoever describes the format. What a chart may say depends
 * on its type: chart_type_has_key, chart_type_takes. */
extern const struct key definition_keys[], chart_keys[];

/* definition_charts.c. What rows show stands in the role `category`, of events and points in `label`. */
const char *chart_role_name(enum chart_role);
const char *chart_type_name(enum chart_type);
bool chart_type_takes(enum chart_type, enum chart_role);
bool chart_type_needs(enum chart_type, enum chart_role);
bool chart_type_has_note(enum chart_type, enum chart_note_kind);
bool chart_type_has_key(enum chart_type, const char *key); /* of chart_keys: "direction", "total" */
bool chart_type_is_signed(enum chart_type); /* its values may be below zero */
bool chart_type_is_counted(enum chart_type); /* its values are whole */
bool chart_type_shows_gaps(enum chart_type); /* a row without a value is shown as missing, not refused */

#endif
