/* The command line. Knows its words and their help; does nothing and prints nothing. */
#include "cli/options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/num.h"
#include "report/definition.h"
#include "report/ledger.h"

static const char *const commands[COMMAND_COUNT] = { "",      "build", "check",  "dump",
                                                     "preview", "query", "explain", "nightly", "schema" };

static const char *const helps[COMMAND_COUNT] = {
    "mujaz: bilingual briefings from CSV datasets\n"
    "\n"
    "Usage:\n"
    "  mujaz build [OPTION]... REPORT...        write the PDF editions of reports\n"
    "  mujaz check [OPTION]... REPORT...        go through all stages, write nothing\n"
    "  mujaz check --pdf FILE...                test finished PDFs\n"
    "  mujaz dump doc|scene [OPTION]... REPORT  show a stage's result as text\n"
    "  mujaz preview [OPTION]... REPORT         write pages as pictures, PNG or SVG\n"
    "  mujaz query [OPTION]... DATASET|REPORT SQL\n"
    "                                           run a SELECT over checked data\n"
    "  mujaz explain [OPTION]... REPORT FIGURE  show where a figure comes from\n"
    "  mujaz nightly [OPTION]... [REPORT]...    make all reports and publish them as one set\n"
    "  mujaz schema report|layout|fonts|schedule\n"
    "                                           print the JSON Schema of a file, for editors\n"
    "  mujaz COMMAND --help                     more about one command\n"
    "  mujaz --version\n"
    "\n"
    "REPORT is the name of a folder in reports/, DATASET of one in datasets/.\n"
    "\n"
    "Exit codes: 0 done; 1 the input was refused; 2 wrong usage; 3 system error (disk, permission);\n"
    "4 internal error; 5 another run works there; 128+n ended by signal n.\n",

    "Usage: mujaz build [OPTION]... REPORT...\n"
    "\n"
    "Writes the editions that the report names: OUT/REPORT.pdf (parallel), OUT/REPORT.en.pdf, OUT/REPORT.ar.pdf and\n"
    "OUT/REPORT.sequential.pdf (English, then Arabic), and prints their names. Beside each PDF it writes its ledger,\n"
    "REPORT.ledger.json and so on: every figure with its statement and the rows behind it. Attached to each PDF are\n"
    "the data of its charts, the ledger, the datasets, and report.yaml with the two texts, unless 'attachments' of\n"
    "report.yaml says otherwise. A report with a burst gives such files for each of its packets: OUT/REPORT-KEY.pdf.\n"
    "When anything is wrong, nothing of that report is written and its older files stay as they are.\n"
    "\n"
    "  -C, --workspace=FOLDER  where reports/, datasets/, layouts/ and fonts/ are (default: this folder)\n"
    "  -o, --out=FOLDER        where the PDFs go, made when absent (default: out)\n"
    "  -e, --edition=EDITION   only this one: parallel, en, ar or sequential; may be given again\n"
    "  -l, --layout=LAYOUT     of layouts/, in place of the report's own\n"
    "      --only=KEY          of a report with a burst: this packet only; may be given again\n"
    "      --impose=FORM       write the pages on sheets too, for printing: OUT/REPORT.booklet.pdf with saddle,\n"
    "                          REPORT.2up.pdf with 2up, REPORT.4up.pdf with 4up, and so on for each edition\n"
    "      --creep=MM          saddle: the pages of each sheet stand so much nearer to the spine than those of\n"
    "                          the sheet around it, 0 to 2 (default: 0)\n"
    "      --proof=grey        every colour as a shade of black, whatever the layout says\n"
    "      --max-errors=N      list at most N wrong cells of each file (default: 1000)\n"
    "      --no-attachments    attach nothing to the PDFs\n"
    "      --no-check          for drafts: do not hold the finished PDFs against PDF/UA and PDF/A\n"
    "      --sizes             print below each name what the objects and bytes of the file are for\n"
    "      --no-cache          read every CSV file anew, and keep nothing\n"
    "  -h, --help              this text\n",

    "Usage: mujaz check [OPTION]... REPORT...\n"
    "       mujaz check --pdf FILE...\n"
    "\n"
    "Does all that build does, in memory, and writes nothing. With --pdf it reopens finished PDFs and tests the rules\n"
    "of PDF/UA-1 and PDF/A-3a that a briefing can break: tags and their content, fonts, colours, metadata,\n"
    "links, attachments. build does so too before it writes. It is no validator of other programs' files.\n"
    "\n"
    "  -C, --workspace=FOLDER  where reports/, datasets/, layouts/ and fonts/ are (default: this folder)\n"
    "  -e, --edition=EDITION   only this one: parallel, en, ar or sequential; may be given again\n"
    "  -l, --layout=LAYOUT     of layouts/, in place of the report's own\n"
    "      --only=KEY          of a report with a burst: this packet only; may be given again\n"
    "      --max-errors=N      list at most N wrong cells of each file (default: 1000)\n"
    "      --no-attachments    attach nothing to the PDFs\n"
    "      --no-cache          read every CSV file anew, and keep nothing\n"
    "      --pdf               the words are PDF files, not reports\n"
    "  -h, --help              this text\n",

    "Usage: mujaz dump doc|scene [OPTION]... REPORT\n"
    "\n"
    "Prints what a stage made of the report: doc, the checked text of both languages with every value in\n"
    "place; scene, the pages of one edition as drawing commands.\n"
    "\n"
    "  -C, --workspace=FOLDER  where reports/, datasets/, layouts/ and fonts/ are (default: this folder)\n"
    "  -e, --edition=EDITION   scene: this one (default: the report's first): parallel, en, ar or sequential\n"
    "  -l, --layout=LAYOUT     of layouts/, in place of the report's own\n"
    "      --only=KEY          of a report with a burst: this packet (default: its first)\n"
    "  -h, --help              this text\n",

    "Usage: mujaz preview [OPTION]... REPORT\n"
    "\n"
    "Writes a picture of each page, OUT/REPORT.EDITION.001.png and so on, and prints their names. When anything is\n"
    "wrong, nothing is written. Pictures of pages that there no longer are stay where they are.\n"
    "\n"
    "  -C, --workspace=FOLDER  where reports/, datasets/, layouts/ and fonts/ are (default: this folder)\n"
    "  -o, --out=FOLDER        where the pictures go, made when absent (default: out)\n"
    "  -e, --edition=EDITION   only this one: parallel, en, ar or sequential; may be given again\n"
    "  -l, --layout=LAYOUT     of layouts/, in place of the report's own\n"
    "      --only=KEY          of a report with a burst: this packet (default: its first)\n"
    "      --format=FORMAT     png (the default) or svg\n"
    "      --dpi=N             PNG: dots an inch, 10 to 600 (default: 100)\n"
    "      --proof=grey        every colour as a shade of black, whatever the layout says\n"
    "      --pages=FROM-TO     only these, counted from 1: 2-4, 3 alone, or 2- for all from there on\n"
    "      --no-cache          read every CSV file anew\n"
    "  -h, --help              this text\n",

    "Usage: mujaz query [OPTION]... DATASET|REPORT SQL...\n"
    "       mujaz query --schema [OPTION]... DATASET|REPORT\n"
    "       mujaz query [OPTION]... REPORT chart:ID...\n"
    "\n"
    "Runs a SELECT (SQLite's) over the checked tables of a dataset, or of all datasets of a report, where\n"
    ":as_of is the report's date. dataset:NAME and report:NAME tell apart what has the same name. SQL may\n"
    "be -, for standard input. Several statements read the data once, and an empty line parts their results.\n"
    "chart:ID is the rows behind a chart of the report, as the PDF's attachment of the chart has them.\n"
    "\n"
    "  -C, --workspace=FOLDER  where reports/ and datasets/ are (default: this folder)\n"
    "  -f, --file=FILE         the statement is in this file\n"
    "  -p, --param=NAME=VALUE  a value for :NAME: a number, a date (2024-01-31) or a text; may be given again\n"
    "      --format=FORMAT     table (the default), csv, json or markdown\n"
    "      --schema            show tables and columns instead\n"
    "      --timing            say on standard error what reading and each statement took\n"
    "      --max-errors=N      list at most N wrong cells of each file (default: 1000)\n"
    "      --no-cache          read every CSV file anew, and keep nothing\n"
    "  -h, --help              this text\n"
    "\n"
    "What was read and checked of files above 1 MiB is kept in $XDG_CACHE_HOME/mujaz, else in ~/.cache/mujaz, and\n"
    "used while the files and their description are the same, byte for byte. The folder can be removed at any time.\n",

    "Usage: mujaz explain [OPTION]... REPORT FIGURE\n"
    "       mujaz explain [OPTION]... --all REPORT\n"
    "\n"
    "Prints where a figure comes from: its value, as it is and as the texts print it, its statement, the rows of\n"
    "data behind it, each with file and line, and their sources. FIGURE may also be table:NAME or chart:NAME.\n"
    "\n"
    "  -a, --all               every figure, table and chart of the report\n"
    "      --format=FORMAT     text (the default) or json\n"
    "  -r, --rows=N            so many rows are listed of each, 0 to 1000 (default: 20 in text, 1000 in JSON);\n"
    "                          how many there are is always said\n"
    "      --only=KEY          of a report with a burst: this packet (default: its first)\n"
    "  -C, --workspace=FOLDER  where reports/, datasets/, layouts/ and fonts/ are (default: this folder)\n"
    "      --no-cache          read every CSV file anew\n"
    "  -h, --help              this text\n",

    "Usage: mujaz nightly [OPTION]... [REPORT]...\n"
    "       mujaz nightly --status [OPTION]... [REPORT]...\n"
    "\n"
    "Makes the reports that schedule.yaml names, or every report of the workspace where there is no such file, or\n"
    "those named here, and publishes them as one set: OUT/runs/ID/ with the files, their page index.html, feed.xml\n"
    "and manifest.json, then the link OUT/current, switched last. Each report has a worker that may read and not\n"
    "write. What has not changed is kept as it is. A report that is wrong keeps its last good files, as stale. With\n"
    "--status nothing is made: it shows what is current, stale or absent, and exits with 1 unless all is fresh.\n"
    "Options win over schedule.yaml.\n"
    "\n"
    "  -C, --workspace=FOLDER  where reports/, datasets/, layouts/ and fonts/ are (default: this folder)\n"
    "  -o, --out=FOLDER        where the runs go, made when absent (default: schedule.yaml's, else out)\n"
    "  -j, --jobs=N            so many workers at a time (default: one for each processor)\n"
    "      --keep=N            remove published runs but the newest N and the current one (default: keep all)\n"
    "      --site-url=URL      where readers find OUT, as https://briefings.example/: for the links in feed.xml\n"
    "      --keep-days=N       remove those that are older than N days, but the current one (default: keep all)\n"
    "      --no-attachments    put no data into the PDFs\n"
    "  -q, --quiet             say only what is wrong\n"
    "      --status            show the published set\n"
    "      --format=FORMAT     of --status: text (the default) or json\n"
    "  -h, --help              this text\n",

    "Usage: mujaz schema report|layout|fonts|schedule\n"
    "\n"
    "Prints the JSON Schema (draft 7) of report.yaml, layouts/*.yaml, fonts/*.yaml or schedule.yaml.\n"
    "\n"
    "  -h, --help              this text\n",
};

const char *options_help(enum command command)
{
    return helps[command];
}

static bool fail(char *why, const char *format, const char *word, const char *hint)
{
    snprintf(why, OPTIONS_WHY, format, word, hint);
    return false;
}

static bool find_command(const char *word, struct options *o, char *why)
{
    for (int i = COMMAND_NONE + 1; i < COMMAND_COUNT; i++) {
        if (strcmp(word, commands[i]) == 0) {
            o->command = (enum command)i;
            return true;
        }
    }
    const char *nearest = nearest_known(word, commands + 1, COMMAND_COUNT - 1);
    if (nearest)
        return fail(why, "unknown command '%.60s'; did you mean '%s'?", word, nearest);
    return fail(why,
                "unknown command '%.60s'; there are build, check, dump, preview, query, explain, nightly and schema", word,
                "");
}

static bool find_edition(const char *word, struct options *o, char *why)
{
    for (int i = 0; i < EDITION_COUNT; i++) {
        if (strcmp(word, edition_name((enum edition)i)) == 0) {
            o->editions[i] = o->has_editions = true;
            return true;
        }
    }
    return fail(why, "unknown edition '%.60s'; there are parallel, en, ar and sequential", word, "");
}

static bool find_format(const char *word, struct options *o, char *why)
{
    if (o->command == COMMAND_EXPLAIN || o->command == COMMAND_NIGHTLY) {
        o->json = strcmp(word, "json") == 0;
        return o->json || strcmp(word, "text") == 0
            || fail(why, "unknown format '%.60s'; there are text and json", word, "");
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
    if (digits == 0 || digits > 9 || word[digits] || (o->loading.max_errors = strtoul(word, NULL, 10)) == 0)
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
    if (!definition_is_name(word))
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

enum { DEFAULT_DPI = 100 };

/* Options that have no short form count from here on. */
enum { OPTION_FORMAT = 256, OPTION_SCHEMA, OPTION_MAX_ERRORS, OPTION_NO_CACHE, OPTION_TIMING,
       OPTION_DPI, OPTION_PAGES, OPTION_KEEP, OPTION_NO_ATTACHMENTS, OPTION_PROOF,
       OPTION_IMPOSE, OPTION_CREEP, OPTION_PDF, OPTION_NO_CHECK, OPTION_SITE_URL, OPTION_KEEP_DAYS, OPTION_STATUS,
       OPTION_SIZES, OPTION_ONLY };

#define IN(name) (1u << COMMAND_##name)

static const struct known_option {
    struct option option;
    unsigned commands;
} known_options[] = {
    { { "help", no_argument, NULL, 'h' }, ~0u },
    { { "workspace", required_argument, NULL, 'C' }, ~IN(SCHEMA) },
    { { "edition", required_argument, NULL, 'e' }, IN(BUILD) | IN(CHECK) | IN(DUMP) | IN(PREVIEW) },
    { { "layout", required_argument, NULL, 'l' }, IN(BUILD) | IN(CHECK) | IN(DUMP) | IN(PREVIEW) },
    { { "out", required_argument, NULL, 'o' }, IN(BUILD) | IN(PREVIEW) | IN(NIGHTLY) },
    { { "jobs", required_argument, NULL, 'j' }, IN(NIGHTLY) },
    { { "keep", required_argument, NULL, OPTION_KEEP }, IN(NIGHTLY) },
    { { "site-url", required_argument, NULL, OPTION_SITE_URL }, IN(NIGHTLY) },
    { { "keep-days", required_argument, NULL, OPTION_KEEP_DAYS }, IN(NIGHTLY) },
    { { "quiet", no_argument, NULL, 'q' }, IN(NIGHTLY) },
    { { "status", no_argument, NULL, OPTION_STATUS }, IN(NIGHTLY) },
    { { "file", required_argument, NULL, 'f' }, IN(QUERY) },
    { { "param", required_argument, NULL, 'p' }, IN(QUERY) },
    { { "format", required_argument, NULL, OPTION_FORMAT }, IN(QUERY) | IN(EXPLAIN) | IN(PREVIEW) | IN(NIGHTLY) },
    { { "dpi", required_argument, NULL, OPTION_DPI }, IN(PREVIEW) },
    { { "pages", required_argument, NULL, OPTION_PAGES }, IN(PREVIEW) },
    { { "schema", no_argument, NULL, OPTION_SCHEMA }, IN(QUERY) },
    { { "max-errors", required_argument, NULL, OPTION_MAX_ERRORS }, IN(BUILD) | IN(CHECK) | IN(QUERY) },
    { { "all", no_argument, NULL, 'a' }, IN(EXPLAIN) },
    { { "rows", required_argument, NULL, 'r' }, IN(EXPLAIN) },
    { { "no-cache", no_argument, NULL, OPTION_NO_CACHE },
      IN(BUILD) | IN(CHECK) | IN(PREVIEW) | IN(QUERY) | IN(EXPLAIN) },
    { { "no-attachments", no_argument, NULL, OPTION_NO_ATTACHMENTS }, IN(BUILD) | IN(CHECK) | IN(NIGHTLY) },
    { { "proof", required_argument, NULL, OPTION_PROOF }, IN(BUILD) | IN(PREVIEW) },
    { { "impose", required_argument, NULL, OPTION_IMPOSE }, IN(BUILD) },
    { { "creep", required_argument, NULL, OPTION_CREEP }, IN(BUILD) },
    { { "pdf", no_argument, NULL, OPTION_PDF }, IN(CHECK) },
    { { "no-check", no_argument, NULL, OPTION_NO_CHECK }, IN(BUILD) },
    { { "sizes", no_argument, NULL, OPTION_SIZES }, IN(BUILD) },
    { { "only", required_argument, NULL, OPTION_ONLY },
      IN(BUILD) | IN(CHECK) | IN(DUMP) | IN(PREVIEW) | IN(EXPLAIN) },
    { { "timing", no_argument, NULL, OPTION_TIMING }, IN(QUERY) },
};

enum { KNOWN_OPTIONS = sizeof known_options / sizeof *known_options };

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

static bool take_nightly_option(int letter, const char *value, const char *word, struct options *o, char *why)
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
    case 'q':
        return o->quiet = true;
    case OPTION_STATUS:
        return o->status = true;
    default:
        return fail(why, "unknown option '%.60s'", word, "");
    }
}

static bool take_path(const char *word, const char **out, const char *missing, char *why)
{
    *out = word;
    return *word || fail(why, "%s", missing, "");
}

static bool take_option(int letter, const char *value, const char *word, struct options *o, char *why)
{
    switch (letter) {
    case 'h':
        return o->help = true;
    case 'C':
        return take_path(value, &o->workspace, "--workspace needs a folder", why);
    case 'o':
        o->has_out = true;
        return take_path(value, &o->out, "--out needs a folder", why);
    case 'e':
        return find_edition(value, o, why);
    case 'l':
        return definition_is_name(o->layout = value)
            || fail(why, "--layout=%.60s is no name of a layout; it takes one of layouts/, as large-print", value, "");
    case 'f':
        return take_path(value, &o->sql_file, "--file needs a file", why);
    case 'p':
        return take_parameter(value, o, why);
    case OPTION_FORMAT:
        return find_format(value, o, why);
    case OPTION_SCHEMA:
        return o->schema = true;
    case OPTION_MAX_ERRORS:
        return take_limit(value, o, why);
    case OPTION_NO_CACHE:
        return o->no_cache = true;
    case OPTION_NO_ATTACHMENTS:
        return o->no_attachments = true;
    case OPTION_PROOF:
        return take_proof(value, o, why);
    case OPTION_IMPOSE:
        return take_imposition(value, o, why);
    case OPTION_CREEP:
        return take_creep(value, o, why);
    case OPTION_NO_CHECK:
        return o->no_check = true;
    case OPTION_SIZES:
        return o->sizes = true;
    case OPTION_ONLY:
        return take_packet(value, o, why);
    case OPTION_PDF:
        return o->pdf = true;
    case OPTION_TIMING:
        return o->timing = true;
    case OPTION_DPI:
        return take_dpi(value, o, why);
    case OPTION_PAGES:
        return take_pages(value, o, why);
    case 'a':
        return o->all = true;
    case 'r':
        return read_rows(value, o, why);
    case ':':
        return fail(why, "option '%.60s' needs a value", word, "");
    default:
        return take_nightly_option(letter, value, word, o, why);
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
    if (o->has_editions || o->layout || o->only_count || o->loading.max_errors || o->no_cache || o->no_attachments)
        return fail(why, "--pdf takes files as they are: leave out the options of reports", "", "");
    if (count == 0)
        return fail(why, "check --pdf needs the name of a file", "", "");
    o->files = words;
    o->file_count = (size_t)count;
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
        return fail(why, "schema needs one word: report, layout, fonts or schedule", "", "");
    return fail(why, "there is no schema '%.60s'; there are report, layout, fonts and schedule", words[0], "");
}

/* What remains behind the options: for dump its stage, then the reports. */
static bool take_words(int count, char *const *words, struct options *o, char *why)
{
    if (o->command == COMMAND_QUERY)
        return take_query_words(count, words, o, why);
    if (o->command == COMMAND_EXPLAIN)
        return take_figure(count, words, o, why);
    if (o->command == COMMAND_SCHEMA)
        return take_schema(count, words, o, why);
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
    if (count == 0 && o->command != COMMAND_NIGHTLY)
        return fail(why, "%s needs the name of a report", commands[o->command], "");
    if (o->command == COMMAND_PREVIEW && count > 1)
        return fail(why, "preview takes one report; '%.60s' is too many", words[1], "");
    o->reports = words;
    o->report_count = (size_t)count;
    return true;
}

/* All long names, so that one which another command has can be told; the short ones of this command. */
static void list_options(enum command command, struct option all[KNOWN_OPTIONS + 1], char *letters)
{
    *letters++ = ':';
    for (size_t i = 0; i < KNOWN_OPTIONS; i++) {
        const struct known_option *known = &known_options[i];
        all[i] = known->option;
        if (known->option.val >= OPTION_FORMAT || !(known->commands & 1u << command))
            continue;
        *letters++ = (char)known->option.val;
        if (known->option.has_arg)
            *letters++ = ':';
    }
    *letters = '\0';
    all[KNOWN_OPTIONS] = (struct option){ 0 };
}

static bool take_options(int argc, char **argv, struct options *o, char *why)
{
    struct option all[KNOWN_OPTIONS + 1];
    char letters[2 * KNOWN_OPTIONS + 2];

    list_options(o->command, all, letters);
    opterr = 0;
    optind = 0; /* glibc: forget an earlier command line */
    for (int letter, index = -1; (letter = getopt_long(argc, argv, letters, all, &index)) != -1; index = -1) {
        if (index >= 0 && !(known_options[index].commands & 1u << o->command))
            return fail(why, "%s has no option --%s", commands[o->command], all[index].name);
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
    return o->help || take_words(argc - 1 - optind, argv + 1 + optind, o, why);
}
