/* What the files that make a doc share while they make it; nobody else includes this. */
#ifndef MUJAZ_REPORT_BUILDER_H
#define MUJAZ_REPORT_BUILDER_H

#include "dataset/sql.h"
#include "report/burst.h"
#include "report/definition.h"
#include "report/markdown.h"
#include "report/previous.h"

/* A table's parts while they are still filled in. */
struct table_parts {
    size_t row_count;                     /* that the statement gives */
    struct doc_column *columns;           /* titles come later */
    struct rich_text *texts[LANG_COUNT];  /* the rich ones of the cells */
    size_t labels[DOC_ROW_KINDS];         /* numbers of those that are the labels of sums; they come later */
};

struct source_item;
struct target;

struct ledger_base;

struct builder {
    struct arena *arena;   /* the doc's; what is made below lives in it, but for: */
    struct arena *reading; /* definition, texts, what compares them: the doc holds nothing of it. Of a burst's packet
                              what its doc is made with */
    struct arena *traces;  /* what only the ledger holds of what is made; it has it in the end */
    const char *name;    /* of the report */
    struct diags *diags;
    const struct dataset_options *options; /* may be NULL */
    const char *layout;          /* in place of the definition's; or NULL */
    struct definition *definition;
    struct figures figures;
    const struct dataset **sets; /* the definition's; NULL where one is wrong */
    struct database *database;   /* over all of them; NULL when any is wrong */
    struct locale *locale[LANG_COUNT];
    struct markdown *text[LANG_COUNT];
    size_t *notes[LANG_COUNT];             /* index of a text's note to index of the doc's */
    const struct doc_note *doc_notes;
    struct doc_table *tables;              /* in the definition's order */
    struct table_parts *table_parts;
    struct chart_spec *charts;
    struct doc_key_figures *groups;
    const struct image **images;           /* in the definition's order; NULL: cannot be used */
    struct source_item *source_items;      /* build_sources.c: those of the datasets */
    size_t source_count;
    struct target *targets;                /* build_numbers.c; in the texts' order */
    size_t target_count, target_next;
    struct ledger *ledger;
    struct ledger_base *ledger_base;       /* build_ledger.c: what the packets of a burst have alike */
    const struct previous *given;          /* ledgers of issues before; may be NULL */
    const struct previous_issue *previous; /* NULL: there is none, or no text asks for it */
    bool compares;                         /* some text asks for it */
    struct previous_figure *revised;       /* as today's data have them */
    size_t revised_count;
    struct burst *burst;                   /* NULL: the report has none */
    size_t packet;                         /* of the burst; SIZE_MAX: none is made */
};

/* build_check.c: figures and objects that the definition and the texts name are known, and used. */
void builder_check_definition(struct builder *);
void builder_check_text(struct builder *, enum lang);
void builder_warn_unused(struct builder *);

/* build_workspace.c: whether the layout and a dataset are in the workspace ("" or "folder/"); a diagnostic where
 * report.yaml names them when not. */
bool builder_find_layout(struct builder *, const char *workspace);
bool builder_find_dataset(struct builder *, const char *workspace, const struct definition_name *);

/* build_defaults.c: digits and months as the layout says, unless the definition does. */
void builder_take_defaults(struct builder *, const char *workspace);

/* build_names.c: the names of all figures first, so that texts can be checked. */
void builder_name_figures(struct builder *);

/* build_figures.c: then the values. */
void builder_evaluate_figures(struct builder *);
bool builder_evaluate(struct builder *, const struct statement *, struct figure *);

/* build_past.c: {previous.issue} and so on, and pasts as {attacks.change}, which figures_find makes: their values, when
 * the figures have theirs; what of them goes into the ledger. */
void builder_take_past(struct builder *);
void builder_finish_past(struct builder *);

/* build_query.c: one statement of the definition, with its parameters. NULL with a diagnostic, also when the result
 * holds what another packet is known by, and is not called common; the caller drops the table. */
struct table *builder_query(struct builder *, const struct statement *);
/* A value in its digits, unformatted, or its text. */
const char *builder_value_text(struct builder *, const struct value *);

/* The columns of a field, per language; false with a diagnostic when the table lacks one. */
bool builder_find_field(struct builder *, const struct table *, const struct field *,
                        size_t column[LANG_COUNT]);

/* build_tables.c, build_charts.c: the data of every table and chart; then their words. */
void builder_fetch_tables(struct builder *); /* with build_cells.c */
void builder_word_tables(struct builder *);
void builder_fetch_charts(struct builder *);
void builder_word_charts(struct builder *);
/* A warning for captions, before they are numbered, that are no titles. */
void builder_check_title(struct builder *, const char *chart, const struct block *);

/* build_change.c: the words below a key figure that say how much it changed. */
void builder_word_change(struct builder *, const struct definition_change *, struct doc_key_figure *);

/* build_burst.c: the packets, with the database open (`workspace`: "" or "folder/"); false with a diagnostic when there
 * is none. Then whether each statement is of its packet; and one packet's parameters and figures into a builder with
 * an arena of its own, which is a copy of the one that has read them. */
bool builder_read_burst(struct builder *, const char *workspace);
void builder_check_burst(struct builder *);
void builder_take_packet(struct builder *, size_t packet);

/* build_ledger.c: the datasets, which are the same in every packet; builder_trace does it where it is not done. The
 * rows behind every statement, while the database is open and nothing was wrong; then, when the doc is made, what was
 * printed where. `workspace`: "" or "folder/". */
bool builder_trace_base(struct builder *);
void builder_trace(struct builder *, const char *workspace);
void builder_finish_ledger(struct builder *, struct doc *);

/* build_images.c: every image of the definition, read and checked; what a text places of one. */
void builder_load_images(struct builder *, const char *folder);
const struct doc_image *builder_place_image(struct builder *, const char *object,
                                            const struct rich_text title[LANG_COUNT]);

/* build_sources.c: what the datasets name as their sources, while they are open; then the list with all else. */
void builder_fetch_sources(struct builder *);
const struct doc_sources *builder_list_sources(struct builder *);

/* build_numbers.c: links to charts, tables and images; then, before the doc is made, every number; a heading's or
 * caption's into its text; "Table 2", NULL where there is none; and a text with those that it refers to, in the arena,
 * or the text itself. */
void builder_check_links(struct builder *, enum lang);
void builder_number(struct builder *);
void builder_number_block(struct builder *, const struct md_block *en, struct block *);
const char *builder_label(struct builder *, const struct md_block *en, enum lang);
struct rich_text builder_fill_references(struct builder *, const struct rich_text *, enum lang, struct arena *);

/* build_words.c: a message with its values, or an empty text when there is none. */
struct rich_text builder_format(struct builder *, const struct phrase *, enum lang);
/* Both languages as plain strings, and where they stand (`at` may be NULL); left alone when the definition gives
 * none. */
void builder_format_strings(struct builder *, const struct phrases *, const char *out[LANG_COUNT],
                            struct place at[LANG_COUNT]);
/* A printed value as a text of its own. */
struct rich_text builder_value(struct builder *, const char *printed, enum lang, struct place);

#endif
