/*
 * mujaz query: one SELECT over the tables of a dataset or of a report, printed; or the list of those tables; or the
 * rows behind a chart of a report. Knows where a statement comes from and what its parameters are; SQL is dataset's,
 * the printing print_table's.
 */
#include "commands/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/progress.h"
#include "cli/bar.h"
#include "cli/show.h"
#include "commands/chart_table.h"
#include "dataset/field.h"
#include "dataset/table_build.h"
#include "report/report.h"
#include "workspace/workspace.h"

enum { STATEMENT_BYTES = 1 << 20 }; /* SQLite's own limit, which is lower, says what is too long */

/* --- what is asked -------------------------------------------------------------------------------------- */

/* A dataset or a report, opened: all that statements can ask. Zeroed is closed. */
struct asked {
    struct report_data *report;
    struct dataset *set;
    struct database *own; /* the dataset's */
    struct database *database;
    const struct dataset *const *sets;
    size_t set_count;
    const struct sql_parameter *parameters; /* the report's */
    size_t parameter_count;
};

static bool open_report(const struct options *o, const char *name, struct asked *a, struct diags *diags)
{
    a->report = report_data_open(o->workspace, name, &o->making.loading, diags);
    if (!a->report)
        return false;
    a->database = report_data_database(a->report);
    a->sets = report_data_datasets(a->report, &a->set_count);
    a->parameters = report_data_parameters(a->report, &a->parameter_count);
    return true;
}

static bool open_dataset(const struct options *o, const char *name, struct asked *a, struct arena *arena,
                         struct diags *diags)
{
    const char *folder = file_join(arena, "datasets", name);
    if (strcmp(o->workspace, ".") != 0)
        folder = file_join(arena, o->workspace, folder);
    a->set = dataset_load(folder, &o->making.loading, diags);
    if (!a->set)
        return false;
    a->sets = (const struct dataset *const *)&a->set;
    a->set_count = 1;
    a->database = a->own = database_new(a->sets, a->set_count, diags);
    return a->database;
}

static void close_asked(struct asked *a)
{
    database_drop(a->own);
    dataset_drop(a->set);
    report_data_drop(a->report);
}

struct name {
    const char *text;
    bool is_report;
};

static const char *after_prefix(const char *text, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(text, prefix, length) == 0 ? text + length : NULL;
}

static bool say_unknown(const struct options *o, const char *what, const char *name, const char *nearest)
{
    fprintf(stderr, "mujaz: there is no %s '%.80s' in %s%s%s%s\n", what, name, o->workspace,
            nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
    return false;
}

static void say_unknown_chart(const char *report, const char *id, const char *nearest)
{
    fprintf(stderr, "mujaz: there is no chart '%.80s' in the texts of report '%s'%s%s%s\n", id, report,
            nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
}

static bool find_one(const struct options *o, const char *folder, const char *what, const char *name,
                     struct arena *arena)
{
    return workspace_has(o->workspace, folder, name, arena)
        || say_unknown(o, what, name, workspace_nearest(o->workspace, folder, name, arena));
}

/* NAME, dataset:NAME or report:NAME; false when it is no dataset and no report, or both. */
static bool find_name(const struct options *o, struct name *out, struct arena *arena)
{
    const char *dataset = after_prefix(o->data, "dataset:"), *report = after_prefix(o->data, "report:");

    *out = (struct name){ .text = dataset ? dataset : report ? report : o->data, .is_report = report };
    if (dataset)
        return find_one(o, "datasets", "dataset", dataset, arena);
    if (report)
        return find_one(o, "reports", "report", report, arena);
    bool is_dataset = workspace_has(o->workspace, "datasets", o->data, arena);
    out->is_report = workspace_has(o->workspace, "reports", o->data, arena);
    if (is_dataset && out->is_report) {
        fprintf(stderr, "mujaz: '%s' is a dataset and a report; write dataset:%s or report:%s\n", o->data, o->data,
                o->data);
        return false;
    }
    if (is_dataset || out->is_report)
        return true;
    const char *nearest = workspace_nearest(o->workspace, "datasets", o->data, arena);
    if (!nearest)
        nearest = workspace_nearest(o->workspace, "reports", o->data, arena);
    return say_unknown(o, "dataset or report", o->data, nearest);
}

/* --- the statement -------------------------------------------------------------------------------------- */

static const char *read_standard_input(struct arena *arena, size_t *length, struct diags *diags)
{
    struct place at = { .file = "standard input" };
    char *text = arena_alloc(arena, STATEMENT_BYTES + 1);

    *length = fread(text, 1, STATEMENT_BYTES, stdin);
    if (ferror(stdin)) {
        diag_add(diags, DIAG_FILE_READ, at, "cannot be read");
        return NULL;
    }
    if (getc(stdin) != EOF) {
        diag_add(diags, DIAG_FILE_SIZE, at, "has more than %d bytes; a statement is shorter", STATEMENT_BYTES);
        return NULL;
    }
    return file_check_text(at.file, text, *length, diags) ? text : NULL;
}

/* The index-th statement and its place; NULL with a diagnostic. */
static const char *read_statement(const struct options *o, size_t index, struct place *at, struct arena *arena,
                                  struct diags *diags)
{
    size_t length;

    *at = (struct place){ .file = o->sql_count > 1 ? arena_printf(arena, "SQL %zu", index + 1) : "SQL",
                          .line = 1, .col = 1 };
    if (o->sql_file) {
        at->file = o->sql_file;
        return file_read_text(o->sql_file, STATEMENT_BYTES, arena, &length, diags);
    }
    if (strcmp(o->sql[index], "-") == 0) {
        at->file = "standard input";
        return read_standard_input(arena, &length, diags);
    }
    return file_check_text(at->file, o->sql[index], strlen(o->sql[index]), diags) ? o->sql[index] : NULL;
}

/* Those of the command line come first, so that they stand in for the report's. */
static struct sql_parameter *read_parameters(const struct options *o, const struct asked *a, size_t *count,
                                             struct arena *arena)
{
    *count = o->parameter_count + a->parameter_count;
    struct sql_parameter *all = arena_array(arena, *count, sizeof *all);

    for (size_t i = 0; i < o->parameter_count; i++) {
        size_t length = strcspn(o->parameters[i], "=");
        all[i].name = arena_string_n(arena, o->parameters[i], length);
        all[i].value = sql_parameter_value(o->parameters[i] + length + 1);
    }
    for (size_t i = 0; i < a->parameter_count; i++)
        all[o->parameter_count + i] = a->parameters[i];
    return all;
}

static bool check_parameters(const struct options *o, struct diags *diags)
{
    size_t errors = diags_errors(diags);
    for (size_t i = 0; i < o->parameter_count; i++)
        file_check_text("--param", o->parameters[i], strlen(o->parameters[i]), diags);
    return diags_errors(diags) == errors;
}

/* --- statements ----------------------------------------------------------------------------------------- */

struct statement_text {
    const char *sql;
    struct place at;
};

/* All statements, read before any data: a wrong one costs no reading of files. NULL with a diagnostic. */
static struct statement_text *read_statements(const struct options *o, size_t *count, struct arena *arena,
                                              struct diags *diags)
{
    *count = o->schema ? 0 : o->sql_file ? 1 : o->sql_count;
    struct statement_text *all = arena_array(arena, *count, sizeof *all);
    for (size_t i = 0; i < *count; i++)
        if (!(all[i].sql = read_statement(o, i, &all[i].at, arena, diags)))
            return NULL;
    return all;
}

/* What the last step took, on standard error, and the start of the next. */
static void tell_time(const struct options *o, const char *step, size_t number, double *since)
{
    struct timespec now;
    if (!o->timing)
        return;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    double seconds = (double)now.tv_sec + (double)now.tv_nsec / 1e9;
    if (number)
        fprintf(stderr, "timing: %s %zu: %.3f s of CPU\n", step, number, seconds - *since);
    else if (step)
        fprintf(stderr, "timing: %s: %.3f s of CPU\n", step, seconds - *since);
    *since = seconds;
}

/* --- the list of tables --------------------------------------------------------------------------------- */

static const char *type_name(enum value_type type)
{
    switch (type) {
    case VALUE_TEXT:
        return "text";
    case VALUE_INTEGER:
        return "integer";
    case VALUE_NUMBER:
        return "number";
    case VALUE_BOOLEAN:
        return "boolean";
    case VALUE_DATE:
        return "date";
    default:
        return "any";
    }
}

enum { LIST_TABLE, LIST_ROWS, LIST_COLUMN, LIST_TYPE, LIST_RULES, LIST_EN, LIST_AR, LIST_COUNT };

static void set_text(struct table *list, size_t column, const char *text)
{
    struct value value = { .type = text ? VALUE_TEXT : VALUE_NULL, .text = arena_string(table_arena(list), text) };
    table_set(list, table_rows(list) - 1, column, value);
}

static void list_columns(struct table *list, const struct dataset *set, size_t index)
{
    const struct relation *relation = dataset_relation(set, index);

    for (size_t i = 0; i < relation_columns(relation); i++) {
        const struct table_column *column = relation_column(relation, i);
        struct value rows = { .type = VALUE_INTEGER, .num = num_from_int((int64_t)relation_rows(relation)) };
        table_add_row(list);
        set_text(list, LIST_TABLE, relation_name(relation));
        table_set(list, table_rows(list) - 1, LIST_ROWS, rows);
        set_text(list, LIST_COLUMN, column->name);
        set_text(list, LIST_TYPE, type_name(column->type));
        set_text(list, LIST_RULES, dataset_column_rules(set, index, i, table_arena(list)));
        set_text(list, LIST_EN, column->title[LANG_EN]);
        set_text(list, LIST_AR, column->title[LANG_AR]);
    }
}

/* A table with a row for every column of every table. */
static struct table *list_tables(const struct asked *a)
{
    static const char *const names[LIST_COUNT] = { "table", "rows", "column", "type", "constraints", "en", "ar" };
    struct table *list = table_new();

    for (size_t i = 0; i < LIST_COUNT; i++)
        table_add_column(list, names[i], i == LIST_ROWS ? VALUE_INTEGER : VALUE_TEXT, NULL);
    for (size_t i = 0; i < a->set_count; i++)
        for (size_t k = 0; k < dataset_relations(a->sets[i]); k++)
            list_columns(list, a->sets[i], k);
    return list;
}

/* --- the whole ------------------------------------------------------------------------------------------ */

/* Cells of a line of standard output; 0 where it is no terminal. */
static size_t terminal_width(void)
{
    struct winsize size;
    return isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static void print_result(const struct options *o, const struct table *table)
{
    struct buf out;
    struct print_style style = { .format = o->format, .width = terminal_width(),
                                 .colour = show_style_for(stdout).colour };
    buf_init(&out);
    print_table(table, style, &out);
    fwrite(out.data, 1, out.length, stdout); /* checked when the program ends, with its errno */
    buf_drop(&out);
}

/* What a spreadsheet would have run is changed on the way out: not in silence. */
static void tell_formulas(const struct options *o, const struct table *table, struct place at, struct diags *diags)
{
    size_t row = 0, column = 0, count = o->format == PRINT_CSV ? print_table_formulas(table, &row, &column) : 0;
    char shown[FIELD_QUOTE_ROOM];

    if (count == 0)
        return;
    const char *name = table_column(table, column)->name, *text = row ? table_value(table, row - 1, column).text : name;
    diag_add(diags, DIAG_CSV_FORMULA, at,
             "%zu text%s that a spreadsheet would run as a formula ha%s an apostrophe before %s, first '%s' in column "
             "'%s', row %zu; --format json has texts as they are",
             count, count == 1 ? "" : "s", count == 1 ? "s" : "ve", count == 1 ? "it" : "them",
             field_quote(shown, text, strlen(text)), name, row);
}

/* The results of all statements, or the list of tables; none with a diagnostic. */
static struct table **answer(const struct options *o, const struct name *name, struct asked *a, size_t *count,
                             const struct statement_text *statements, struct arena *arena, struct diags *diags)
{
    double since = 0;
    size_t parameters;

    if (!(name->is_report ? open_report(o, name->text, a, diags) : open_dataset(o, name->text, a, arena, diags)))
        return NULL;
    tell_time(o, "reading and checking", 0, &since);
    struct table **results = arena_array(arena, *count + 1, sizeof *results);
    if (o->schema)
        results[(*count)++] = list_tables(a);
    const struct sql_parameter *given = read_parameters(o, a, &parameters, arena);
    for (size_t i = 0; !o->schema && i < *count; i++) {
        progress_say(diags, PROGRESS_STATEMENTS, i, *count);
        results[i] =
            database_query(a->database, statements[i].sql, statements[i].at, 0, given, parameters, diags);
        tell_time(o, "statement", i + 1, &since);
        if (results[i])
            tell_formulas(o, results[i], statements[i].at, diags);
    }
    return results;
}

static void print_results(const struct options *o, struct table *const *results, size_t count)
{
    bool first = true;

    for (size_t i = 0; results && i < count; i++) {
        if (!results[i])
            continue;
        if (!first)
            putchar('\n');
        print_result(o, results[i]);
        table_drop(results[i]);
        first = false;
    }
}

/* --- charts --------------------------------------------------------------------------------------------- */

/* What is typed comes before the line of progress; --timing has lines of its own. */
static struct table **ask(const struct options *o, const struct name *name, struct asked *a, size_t *count,
                          struct arena *arena, struct diags *diags)
{
    const struct statement_text *statements = read_statements(o, count, arena, diags);
    if (!statements || !check_parameters(o, diags))
        return NULL;
    struct bar *bar = o->timing ? NULL : bar_begin(o, name->text, diags);
    struct table **results = answer(o, name, a, count, statements, arena, diags);
    bar_end(bar);
    return results;
}

/* All words or none: options.c has seen to that. */
static bool asks_charts(const struct options *o)
{
    return o->sql_count > 0 && after_prefix(o->sql[0], "chart:");
}

/* The rows of each chart that is asked for; none when one is unknown. */
static enum exit_code query_charts(const struct options *o, const struct name *name, struct arena *arena)
{
    struct diags *diags = diags_new();
    struct table **tables = arena_array(arena, o->sql_count, sizeof *tables);
    struct bar *bar = bar_begin(o, name->text, diags);
    struct doc *doc = report_build(o->workspace, name->text, NULL, &o->making, diags);
    bar_end(bar);
    const char *unknown = NULL, *nearest;

    for (size_t i = 0; doc && i < o->sql_count && !unknown; i++) {
        const char *id = after_prefix(o->sql[i], "chart:");
        struct place at = { .file = o->sql[i], .line = 1, .col = 1 };
        tables[i] = chart_table(doc, id, &nearest);
        if (tables[i])
            tell_formulas(o, tables[i], at, diags);
        else
            unknown = id;
    }
    enum exit_code code = exit_report(diags);
    if (unknown) {
        say_unknown_chart(name->text, unknown, nearest);
        code = EXIT_USAGE;
    }
    for (size_t i = 0; i < o->sql_count && unknown; i++) {
        table_drop(tables[i]);
        tables[i] = NULL;
    }
    print_results(o, tables, o->sql_count);
    if (doc)
        doc_drop(doc);
    diags_drop(diags);
    return code;
}

enum exit_code cmd_query(const struct options *o)
{
    struct arena *arena = arena_new();
    struct asked a = { 0 };
    struct name name;
    enum exit_code code = EXIT_USAGE;

    if (!find_name(o, &name, arena)) {
        code = EXIT_USAGE;
    } else if (asks_charts(o)) {
        if (name.is_report)
            code = query_charts(o, &name, arena);
        else
            fprintf(stderr, "mujaz: '%s' is a dataset; charts are a report's\n", name.text);
    } else {
        struct diags *diags = diags_new();
        size_t count = 0;
        struct table **results = ask(o, &name, &a, &count, arena, diags);
        code = exit_report(diags);
        print_results(o, results, count);
        diags_drop(diags);
    }
    close_asked(&a);
    arena_drop(arena);
    return code;
}
