/* The command line. Knows its words and their help; does nothing and prints nothing. */
#include "cli/options.h"

#include <assert.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/name.h"
#include "base/nearest.h"
#include "base/num.h"
#include "cli/options_table.h"
#include "report/ledger.h"

static bool fail(char *why, const char *format, const char *word, const char *hint)
{
    snprintf(why, OPTIONS_WHY, format, word, hint);
    return false;
}

static bool find_command(const char *word, struct options *o, char *why)
{
    const char *names[COMMAND_COUNT];
    for (int i = COMMAND_NONE + 1; i < COMMAND_COUNT; i++) {
        names[i] = command_table((enum command)i)->name;
        if (strcmp(word, names[i]) == 0) {
            o->command = (enum command)i;
            return true;
        }
    }
    const char *nearest = nearest_known(word, names + 1, COMMAND_COUNT - 1);
    return nearest ? fail(why, "unknown command '%.60s'; did you mean '%s'?", word, nearest)
                   : fail(why, "unknown command '%.60s'; mujaz --help lists them", word, "");
}

static bool find_edition(const char *word, struct options *o, char *why)
{
    const char *names[EDITION_COUNT];
    for (int i = 0; i < EDITION_COUNT; i++) {
        names[i] = edition_name((enum edition)i);
        if (strcmp(word, names[i]) == 0) {
            o->editions[i] = o->has_editions = true;
            return true;
        }
    }
    const char *near = nearest_known(word, names, EDITION_COUNT);
    return near ? fail(why, "unknown edition '%.60s'; did you mean '%s'?", word, near)
                : fail(why, "unknown edition '%.60s'; there are parallel, en, ar and sequential", word, "");
}

static bool find_format(const char *word, struct options *o, char *why)
{
    if (o->command == COMMAND_EXPLAIN || o->command == COMMAND_NIGHTLY || o->command == COMMAND_DIFF) {
        o->json = strcmp(word, "json") == 0;
        return o->json || strcmp(word, "text") == 0
            || fail(why, "unknown format '%.60s'; there are text and json", word, "");
    }
    if (o->command == COMMAND_CHECK) {
        for (int i = 0; i < SHOW_FORMATS; i++)
            if (strcmp(word, show_format_names[i]) == 0) {
                o->show = (enum show_format)i;
                return true;
            }
        return fail(why, "unknown format '%.60s'; there are text, json and sarif", word, "");
    }
    if (o->command == COMMAND_PREVIEW) {
        o->picture = strcmp(word, "svg") == 0 ? PREVIEW_SVG : PREVIEW_PNG;
        return o->picture == PREVIEW_SVG || strcmp(word, "png") == 0
            || fail(why, "unknown format '%.60s'; there are png and svg", word, "");
    }
    for (int i = 0; i < PRINT_FORMAT_COUNT; i++) {
        if (strcmp(word, print_format_name((enum print_format)i)) == 0) {
            o->format = (enum print_format)i;
            return true;
        }
    }
    return fail(why, "unknown format '%.60s'; there are table, csv, json and markdown", word, "");
}

static bool take_limit(const char *word, struct options *o, char *why)
{
    size_t digits = strspn(word, "0123456789");
    if (digits == 0 || digits > 9 || word[digits] || (o->making.loading.max_errors = strtoul(word, NULL, 10)) == 0)
        return fail(why, "--max-errors=%.60s is no count; it takes a whole number from 1 on", word, "");
    return true;
}

static bool take_parameter(const char *word, struct options *o, char *why)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    size_t length = strspn(word, letters);
    if (length == 0 || strchr("0123456789", word[0]) || word[length] != '=')
        return fail(why, "'%.60s' is no parameter; it takes NAME=VALUE, as in governorate=basra", word, "");
    for (size_t i = 0; i < o->parameter_count; i++)
        if (strncmp(o->parameters[i], word, length + 1) == 0)
            return fail(why, "'%.60s': this parameter was given before as '%.60s'; give it once", word,
                        o->parameters[i]);
    if (o->parameter_count == OPTIONS_PARAMETERS)
        return fail(why, "'%.60s' is one parameter too many", word, "");
    o->parameters[o->parameter_count++] = word;
    return true;
}

/* What shows one packet takes one. */
static bool take_packet(const char *word, struct options *o, char *why)
{
    bool many = o->command == COMMAND_BUILD || o->command == COMMAND_CHECK;
    if (!name_is_good(word))
        return fail(why, "--only=%.60s is no key of a packet; it takes small letters, digits and '-', as basra", word,
                    "");
    for (size_t i = 0; i < o->only_count; i++)
        if (strcmp(o->only[i], word) == 0)
            return fail(why, "--only=%.60s: this packet was given before; give it once", word, "");
    if (o->only_count == (many ? OPTIONS_PARAMETERS : 1))
        return fail(why, "--only=%.60s is one packet too many", word, "");
    o->only[o->only_count++] = word;
    return true;
}

enum { DEFAULT_DPI = 100, OPTIONS_MOST = 128 };

static bool read_rows(const char *word, struct options *o, char *why)
{
    size_t digits = strspn(word, "0123456789");

    o->rows = 0;
    for (size_t i = 0; i < digits && o->rows <= LEDGER_ROWS; i++)
        o->rows = o->rows * 10 + (size_t)(word[i] - '0');
    if (digits == 0 || word[digits] || o->rows > LEDGER_ROWS)
        return fail(why, "'%.60s' is no number of rows; give 0 to 1000", word, "");
    return o->has_rows = true;
}

static bool take_dpi(const char *word, struct options *o, char *why)
{
    size_t digits = strspn(word, "0123456789");
    o->dpi = digits && digits < 5 && !word[digits] ? (unsigned)strtoul(word, NULL, 10) : 0;
    return (o->dpi >= PREVIEW_DPI_LEAST && o->dpi <= PREVIEW_DPI_MOST)
        || fail(why, "--dpi=%.60s is no resolution; it takes a whole number from 10 to 600", word, "");
}

/* A page's number, from 1 on; *p moves behind it. 0: there is none. */
static size_t take_page(const char **p)
{
    size_t digits = strspn(*p, "0123456789");
    size_t page = digits < 10 ? strtoul(*p, NULL, 10) : 0;
    *p += digits;
    return digits ? page : 0;
}

/* "2-4", "3" or "2-". */
static bool take_pages(const char *word, struct options *o, char *why)
{
    const char *p = word;
    o->first_page = o->last_page = take_page(&p);
    bool good = o->first_page > 0;
    if (*p == '-') {
        bool open = !*++p;
        o->last_page = take_page(&p);
        good &= open || o->last_page >= o->first_page;
    }
    return (good && !*p)
        || fail(why, "--pages=%.60s are no pages; it takes 2-4, 3 or 2-, counted from 1", word, "");
}

/* NULL: any. Below 1024 are the system's; browsers leave 80 out of what they call the host. */
static bool take_port(const char *word, struct options *o, char *why)
{
    size_t digits = word ? strspn(word, "0123456789") : 0;
    o->serve = true;
    o->port = word && digits < 6 && !word[digits] ? (unsigned)strtoul(word, NULL, 10) : 0;
    return !word || (o->port >= 1024 && o->port <= 65535)
        || fail(why, "--serve=%.60s is no port; it takes a whole number from 1024 to 65535", word, "");
}

static bool take_count(const char *option, const char *word, size_t most, size_t *out, char *why)
{
    size_t digits = strspn(word, "0123456789");
    *out = digits && digits < 7 && !word[digits] ? strtoul(word, NULL, 10) : 0;
    if (*out >= 1 && *out <= most)
        return true;
    snprintf(why, OPTIONS_WHY, "%s=%.60s is no count; it takes a whole number from 1 to %zu", option, word, most);
    return false;
}

static bool take_proof(const char *word, struct options *o, char *why)
{
    o->grey = strcmp(word, "grey") == 0;
    return o->grey || fail(why, "--proof=%.60s is no proof; there is grey", word, "");
}

static bool take_imposition(const char *word, struct options *o, char *why)
{
    for (int i = IMPOSE_NONE + 1; i < IMPOSE_FORMS; i++)
        if (strcmp(word, imposition_name((enum imposition_form)i)) == 0)
            o->sheets.form = (enum imposition_form)i;
    return o->sheets.form != IMPOSE_NONE
        || fail(why, "--impose=%.60s is no way to print; there are saddle, 2up and 4up", word, "");
}

/* "0.15": millimetres. */
static bool take_creep(const char *word, struct options *o, char *why)
{
    static const double POINTS_A_MM = 72 / 25.4, MOST = 2;
    struct num mm;
    bool good = num_parse(word, strlen(word), &mm) && num_to_double(mm) >= 0 && num_to_double(mm) <= MOST;
    o->sheets.creep = good ? num_to_double(mm) * POINTS_A_MM : 0;
    return good || fail(why, "--creep=%.60s is no creep; it takes millimetres a sheet, 0 to 2, as 0.15", word, "");
}

/* Options without a value. */
static bool *switch_of(int letter, struct options *o)
{
    switch (letter) {
    case 'h': return &o->help;
    case 'a': return &o->all;
    case 'n': return &o->dry_run;
    case 'q': return &o->quiet;
    case 'v': return &o->verbose;
    case OPTION_SCHEMA: return &o->schema;
    case OPTION_NO_CACHE: return &o->no_cache;
    case OPTION_NO_ATTACHMENTS: return &o->no_attachments;
    case OPTION_NO_CHECK: return &o->no_check;
    case OPTION_PDF: return &o->pdf;
    case OPTION_STRICT: return &o->strict;
    case OPTION_TIMING: return &o->timing;
    case OPTION_SIZES: return &o->sizes;
    case OPTION_STATUS: return &o->status;
    case OPTION_AGAIN: return &o->again;
    case OPTION_WATCH: return &o->watch;
    default: return NULL;
    }
}

/* Of a long one, the nearest that this command has. */
static bool unknown_option(const char *word, const struct options *o, char *why)
{
    const char *names[OPTIONS_MOST];
    size_t count = 0, all, length = strcspn(word, "=");
    char name[64] = "";
    const struct option_entry *table = option_table(&all);
    assert(all <= OPTIONS_MOST);
    for (size_t i = 0; i < all; i++)
        if (table[i].commands >> o->command & 1)
            names[count++] = table[i].name;
    if (strncmp(word, "--", 2) == 0 && length < sizeof name)
        snprintf(name, sizeof name, "%.*s", (int)(length - 2), word + 2);
    const char *near = *name ? nearest_known(name, names, count) : NULL;
    if (near)
        return fail(why, "unknown option '%.60s'; did you mean '--%s'?", word, near);
    return fail(why, "unknown option '%.60s'", word, "");
}

static bool take_path(const char *word, const char **out, const char *missing, char *why)
{
    *out = word;
    return *word || fail(why, "%s", missing, "");
}

/* Of what works on finished sets: nightly, diff. */
static bool take_other_option(int letter, const char *value, const char *word, struct options *o, char *why)
{
    switch (letter) {
    case 'j':
        return take_count("--jobs", value, 64, &o->jobs, why);
    case OPTION_KEEP:
        return take_count("--keep", value, 100000, &o->keep, why);
    case OPTION_SITE_URL:
        return site_url(value, o->site_url)
            || fail(why, "--site-url=%.60s is no address of a folder; it takes one as https://briefings.example/out/",
                    value, "");
    case OPTION_KEEP_DAYS:
        return take_count("--keep-days", value, 36500, &o->keep_days, why);
    case OPTION_PICTURES:
        return take_path(value, &o->pictures, "--pictures needs a folder", why);
    default:
        return unknown_option(word, o, why);
    }
}

static bool take_option(int letter, const char *value, const char *word, struct options *o, char *why)
{
    bool *given = switch_of(letter, o);
    if (given)
        return *given = true;
    switch (letter) {
    case 'C':
        return take_path(value, &o->workspace, "--workspace needs a folder", why);
    case 'o':
        o->has_out = true;
        return take_path(value, &o->out, "--out needs a folder", why);
    case 'e':
        return find_edition(value, o, why);
    case 'l':
        return name_is_good(o->layout = value)
            || fail(why, "--layout=%.60s is no name of a layout; it takes one of layouts/, as large-print", value, "");
    case 'f':
        return take_path(value, &o->sql_file, "--file needs a file", why);
    case 'p':
        return take_parameter(value, o, why);
    case OPTION_FORMAT:
        return find_format(value, o, why);
    case OPTION_MAX_ERRORS:
        return take_limit(value, o, why);
    case OPTION_PROOF:
        return take_proof(value, o, why);
    case OPTION_IMPOSE:
        return take_imposition(value, o, why);
    case OPTION_CREEP:
        return take_creep(value, o, why);
    case OPTION_ONLY:
        return take_packet(value, o, why);
    case OPTION_PREVIOUS:
        return take_path(value, &o->previous, "--previous needs a ledger: NAME.ledger.json", why);
    case OPTION_FROM:
        return take_path(value, &o->from, "--from needs a file", why);
    case OPTION_DPI:
        return take_dpi(value, o, why);
    case OPTION_PAGES:
        return take_pages(value, o, why);
    case OPTION_SERVE:
        return take_port(value, o, why);
    case 'r':
        return read_rows(value, o, why);
    case ':':
        return fail(why, "option '%.60s' needs a value", word, "");
    default:
        return take_other_option(letter, value, word, o, why);
    }
}

/* query: the name of what is asked, then the statement, unless it comes from a file or none is needed. */
static bool take_query_words(int count, char *const *words, struct options *o, char *why)
{
    if (o->schema && (o->sql_file || o->parameter_count))
        return fail(why, "--schema takes no statement: leave out --file and --param", "", "");
    bool alone = o->schema || o->sql_file;
    if (count == 0)
        return fail(why, "query needs the name of a dataset or report", "", "");
    if (count < 2 && !alone)
        return fail(why, "query needs a SELECT behind '%.60s'; - reads standard input, --file a file", words[0], "");
    if (count > 1 && alone)
        return fail(why, "'%.60s' is too many: %s takes one name and no statement", words[1],
                    o->schema ? "--schema" : "--file");
    size_t charts = 0;
    for (int i = 1; i < count; i++)
        charts += strncmp(words[i], "chart:", 6) == 0;
    if (charts > 0 && (charts < (size_t)count - 1 || o->parameter_count))
        return fail(why, "charts are asked for alone: leave out %s",
                    o->parameter_count ? "--param" : "the statements", "");
    o->data = words[0];
    o->sql = words + 1;
    o->sql_count = (size_t)count - 1;
    return true;
}

/* nightly: what makes a run and what shows one do not go together. */
static bool check_nightly(const struct options *o, char *why)
{
    if (o->status && (o->jobs || o->keep || o->keep_days || o->no_attachments || o->quiet))
        return fail(why, "--status makes nothing: leave out the options of a run", "", "");
    return o->status || !o->json || fail(why, "--format is of --status", "", "");
}

/* For explain: the report and the figure. */
static bool take_figure(int count, char *const *words, struct options *o, char *why)
{
    int most = o->all ? 1 : 2;

    if (count == 0)
        return fail(why, "explain needs the name of a report", "", "");
    if (count == 1 && !o->all)
        return fail(why, "explain needs the name of a figure, or --all", "", "");
    if (count > most)
        return fail(why, "explain takes a report and %s; '%.60s' is too many",
                    o->all ? "with --all nothing more" : "one figure", words[most]);
    o->reports = words;
    o->report_count = 1;
    o->figure = o->all ? NULL : words[1];
    return true;
}

/* check --pdf: files. */
static bool take_files(int count, char *const *words, struct options *o, char *why)
{
    if (o->has_editions || o->layout || o->only_count || o->previous || o->making.loading.max_errors || o->no_cache
        || o->no_attachments)
        return fail(why, "--pdf takes files as they are: leave out the options of reports", "", "");
    if (count == 0)
        return fail(why, "check --pdf needs the name of a file", "", "");
    o->files = words;
    o->file_count = (size_t)count;
    return true;
}

/* init: a folder. */
static bool take_folder(int count, char *const *words, struct options *o, char *why)
{
    if (count > 1)
        return fail(why, "init takes one folder; '%.60s' is too many", words[1], "");
    if (count == 0 && !o->from)
        return fail(why, "init needs the name of a new folder", "", "");
    o->init_folder = count ? words[0] : NULL;
    return !count || *words[0] || fail(why, "init needs the name of a new folder", "", "");
}

/* explain-error: an id, or none. */
static bool take_diagnostic(int count, char *const *words, struct options *o, char *why)
{
    o->diagnostic = count ? words[0] : NULL;
    return count < 2 || fail(why, "explain-error takes one id; '%.60s' is too many", words[1], "");
}

/* diff: two files or folders. */
static bool take_pair(int count, char *const *words, struct options *o, char *why)
{
    if (count != 2)
        return fail(why, "diff takes two PDFs, or two folders of runs: the old one and the new one", "", "");
    o->files = words;
    o->file_count = 2;
    return true;
}

/* For schema: of which file. */
static bool take_schema(int count, char *const *words, struct options *o, char *why)
{
    for (int i = 0; count == 1 && i < SCHEMA_COUNT; i++)
        if (strcmp(words[0], schema_names[i]) == 0) {
            o->schema_of = (enum schema_of)i;
            return true;
        }
    if (count != 1)
        return fail(why, "schema needs one word: report, layout, fonts, schedule or mail", "", "");
    return fail(why, "there is no schema '%.60s'; there are report, layout, fonts, schedule and mail", words[0], "");
}

/* What remains behind the options: for dump its stage, then the reports. */
static bool take_words(int count, char *const *words, struct options *o, char *why)
{
    if (o->command == COMMAND_QUERY)
        return take_query_words(count, words, o, why);
    if (o->command == COMMAND_EXPLAIN)
        return take_figure(count, words, o, why);
    if (o->command == COMMAND_EXPLAIN_ERROR)
        return take_diagnostic(count, words, o, why);
    if (o->command == COMMAND_SCHEMA)
        return take_schema(count, words, o, why);
    if (o->command == COMMAND_INIT)
        return take_folder(count, words, o, why);
    if (o->command == COMMAND_DIFF)
        return take_pair(count, words, o, why);
    if (o->pdf)
        return take_files(count, words, o, why);
    if (o->command == COMMAND_NIGHTLY && !check_nightly(o, why))
        return false;
    if (o->command == COMMAND_DUMP) {
        if (count == 0)
            return fail(why, "dump needs a stage: doc or scene", "", "");
        if (strcmp(words[0], "doc") != 0 && strcmp(words[0], "scene") != 0)
            return fail(why, "unknown stage '%.60s'; there are doc and scene", words[0], "");
        o->what = words[0][0] == 'd' ? DUMP_DOC : DUMP_SCENE;
        words++;
        count--;
        if (count > 1)
            return fail(why, "dump takes one report; '%.60s' is too many", words[1], "");
    }
    if (o->command == COMMAND_DELIVER)
        return count == 0 || fail(why, "deliver takes no name; '%.60s' is too many", words[0], "");
    if (count == 0 && o->command != COMMAND_NIGHTLY && o->command != COMMAND_CHECK)
        return fail(why, "%s needs the name of a report", command_table(o->command)->name, "");
    if (o->command == COMMAND_PREVIEW && count > 1)
        return fail(why, "preview takes one report; '%.60s' is too many", words[1], "");
    if (o->previous && count != 1)
        return fail(why, "--previous is the ledger of one report; name that one alone", "", "");
    o->reports = words;
    o->report_count = (size_t)count;
    return true;
}

static int option_argument(const struct option_entry *entry)
{
    return !entry->value ? no_argument : *entry->value == '[' ? optional_argument : required_argument;
}

/* Of each long name one entry, so that one which another command has can be told; the short ones of this command. */
static void list_options(enum command command, struct option all[], char *letters)
{
    size_t count, listed = 0;
    const struct option_entry *table = option_table(&count);
    *letters++ = ':';
    for (size_t i = 0; i < count; i++) {
        const struct option_entry *entry = &table[i];
        bool again = false;
        for (size_t k = 0; k < i && !again; k++)
            again = strcmp(table[k].name, entry->name) == 0;
        if (!again)
            all[listed++] = (struct option){ entry->name, option_argument(entry), NULL,
                                             entry->letter };
        if (entry->letter >= OPTION_FORMAT || !(entry->commands >> command & 1))
            continue;
        *letters++ = (char)entry->letter;
        if (entry->value)
            *letters++ = ':';
    }
    *letters = '\0';
    all[listed] = (struct option){ 0 };
}

static bool take_options(int argc, char **argv, struct options *o, char *why)
{
    struct option all[OPTIONS_MOST + 1];
    char letters[2 * OPTIONS_MOST + 2];
    size_t count;

    option_table(&count);
    assert(count <= OPTIONS_MOST);
    list_options(o->command, all, letters);
    opterr = 0;
    optind = 0; /* glibc: forget an earlier command line */
    for (int letter, index = -1; (letter = getopt_long(argc, argv, letters, all, &index)) != -1; index = -1) {
        if (index >= 0 && !option_find(o->command, all[index].name))
            return fail(why, "%s has no option --%s", command_table(o->command)->name, all[index].name);
        char brief[] = { '-', (char)optopt, '\0' };
        if (!take_option(letter, optarg, optopt > 0 && optopt < OPTION_FORMAT ? brief : argv[optind - 1], o, why))
            return false;
    }
    return true;
}

bool options_parse(int argc, char **argv, struct options *o, char why[OPTIONS_WHY])
{
    *o = (struct options){ .workspace = ".", .out = "out", .dpi = DEFAULT_DPI };
    if (argc < 2)
        return fail(why, "a command is missing; see mujaz --help", "", "");
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return o->help = true;
    if (strcmp(argv[1], "--version") == 0)
        return o->version = true;
    if (!find_command(argv[1], o, why))
        return false;
    /* The command's own word takes the place of the program's name. */
    if (!take_options(argc - 1, argv + 1, o, why))
        return false;
    if (o->sheets.creep > 0 && o->sheets.form != IMPOSE_SADDLE)
        return fail(why, "--creep is of folded sheets; it needs --impose=saddle", "", "");
    if (o->serve && (o->first_page || o->picture == PREVIEW_SVG))
        return fail(why, "--serve shows all pages as it draws them: leave out --pages and --format", "", "");
    return o->help || take_words(argc - 1 - optind, argv + 1 + optind, o, why);
}
