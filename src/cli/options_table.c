/* The tables of commands and options, and the help that is made of them. Reads no command line. */
#include "cli/options_table.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
static const struct command_entry commands[COMMAND_COUNT] = {
    [COMMAND_NONE] = { "", "bilingual briefings from CSV datasets", { NULL }, "", NULL, NULL },
    [COMMAND_BUILD] = {
        "build", "write the PDF editions of reports", { "build [OPTION]... REPORT..." },
        "Writes OUT/REPORT.pdf (parallel), OUT/REPORT.en.pdf, OUT/REPORT.ar.pdf and\n"
        "OUT/REPORT.sequential.pdf, those that the report names, with a ledger beside\n"
        "each. When anything is wrong, nothing of that report is written.\n",
        WORDS_REPORTS, WORDS_REPORTS },
    [COMMAND_CHECK] = {
        "check", "go through all stages, write nothing; test finished PDFs",
        { "check [OPTION]... [REPORT]...", "check --pdf [OPTION]... FILE..." },
        "Does all that build does, and writes nothing. Without REPORT it goes through all\n"
        "of the workspace. With --pdf it tests finished PDFs by the rules of PDF/UA-1 and\n"
        "PDF/A-3a that a briefing can break; it is no validator of other programs' files.\n",
        WORDS_REPORTS, WORDS_REPORTS },
    [COMMAND_DUMP] = {
        "dump", "show a stage's result as text", { "dump doc|scene [OPTION]... REPORT" },
        "Prints what a stage made of the report: doc, the checked text of both\n"
        "languages with every value in place; scene, the pages of one edition as\n"
        "drawing commands.\n",
        "doc scene", WORDS_REPORTS },
    [COMMAND_PREVIEW] = {
        "preview", "write pages as pictures, PNG or SVG", { "preview [OPTION]... REPORT" },
        "Writes a picture of each page, OUT/REPORT.EDITION.001.png and so on, and prints\n"
        "their names. With --watch or --serve it goes on until Ctrl-C, and does so again\n"
        "whenever a file is saved. When anything is wrong, the last good pages stay.\n",
        WORDS_REPORTS, NULL },
    [COMMAND_QUERY] = {
        "query", "run a SELECT over checked data",
        { "query [OPTION]... DATASET|REPORT SQL...", "query --schema [OPTION]... DATASET|REPORT",
          "query [OPTION]... REPORT chart:ID..." },
        "Runs SELECTs (SQLite's) over the tables of a dataset, or of all datasets of a\n"
        "report, where :as_of is the report's date. dataset:NAME and report:NAME tell\n"
        "apart what has one name. SQL may be -, for standard input.\n",
        WORDS_DATASETS " " WORDS_REPORTS, NULL },
    [COMMAND_EXPLAIN] = {
        "explain", "show where a figure comes from",
        { "explain [OPTION]... REPORT FIGURE", "explain [OPTION]... --all REPORT" },
        "Prints a figure's value, as it is and as the texts print it, its statement, the\n"
        "rows of data behind it, each with file and line, and their sources. FIGURE may\n"
        "also be table:NAME or chart:NAME.\n",
        WORDS_REPORTS, NULL },
    [COMMAND_NIGHTLY] = {
        "nightly", "make all reports and publish them as one set",
        { "nightly [OPTION]... [REPORT]...", "nightly --status [OPTION]... [REPORT]..." },
        "Makes the reports of schedule.yaml, or all of the workspace, or those named, and\n"
        "publishes them as one set: OUT/runs/ID/, then the link OUT/current. A report\n"
        "that is wrong keeps its last good files, as stale. With --status it only shows\n"
        "what is current, stale or absent. Options win over schedule.yaml.\n",
        WORDS_REPORTS, WORDS_REPORTS },
    [COMMAND_DELIVER] = {
        "deliver", "send the published set by mail", { "deliver [OPTION]..." },
        "Sends the PDFs of the published run to those whom the list of recipients names,\n"
        "each to each once, over SMTP with TLS, as mail.yaml of the workspace says. What\n"
        "could not be sent is tried again, now and by the next 'mujaz deliver'.\n",
        NULL, NULL },
    [COMMAND_INIT] = {
        "init", "write a workspace to start from", { "init FOLDER", "init --from FILE.csv [FOLDER]" },
        "Writes a workspace that builds at once into a new or empty folder: a dataset and\n"
        "a bilingual report with a chart and a table. With --from the dataset is a copy\n"
        "of the file, described by what its cells are: every guess is said. FOLDER is the\n"
        "file's name unless given.\n",
        WORDS_FOLDERS, NULL },
    [COMMAND_EXPLAIN_ERROR] = {
        "explain-error", "say what a diagnostic means", { "explain-error [ID]" },
        "Prints the page of a diagnostic: what it means, what leads to it, how to mend\n"
        "it. ID is what stands in brackets behind a place, as figure-unknown. Without ID\n"
        "it lists all.\n",
        NULL, NULL },
    [COMMAND_DIFF] = {
        "diff", "show what differs between two PDFs or two runs", { "diff [OPTION]... OLD NEW" },
        "Shows what differs between two finished PDFs, or between two runs of nightly\n"
        "(OUT/runs/ID, OUT/current): figures, with the rows behind them that changed;\n"
        "texts, block by block in each language; pages that look different; of runs also\n"
        "the reports that are new, gone or stale.\n",
        WORDS_FILES, WORDS_FILES },
    [COMMAND_SCHEMA] = {
        "schema", "print the JSON Schema of a file, for editors", { "schema report|layout|fonts|schedule|mail" },
        "Prints the JSON Schema (draft 7) of report.yaml, layouts/*.yaml, fonts/*.yaml,\n"
        "schedule.yaml or mail.yaml.\n",
        "report layout fonts schedule mail", NULL },
};

#define IN(name) (1u << COMMAND_##name)
#define OF_REPORTS (IN(BUILD) | IN(CHECK) | IN(DUMP) | IN(PREVIEW) | IN(EXPLAIN) | IN(NIGHTLY))

static const struct option_entry options[] = {
    { "workspace", 'C', "FOLDER", OF_REPORTS, "where reports/, datasets/ and so on are (default: .)",
      "The folder that has reports/ and datasets/, and may have layouts/ and fonts/.", WORDS_FOLDERS },
    { "workspace", 'C', "FOLDER", IN(QUERY), "where reports/ and datasets/ are (default: .)", NULL, WORDS_FOLDERS },
    { "out", 'o', "FOLDER", IN(BUILD), "where the PDFs go (default: out)", "It is made when absent.", WORDS_FOLDERS },
    { "out", 'o', "FOLDER", IN(PREVIEW), "where the pictures go (default: out)", "It is made when absent.",
      WORDS_FOLDERS },
    { "workspace", 'C', "FOLDER", IN(DELIVER), "where mail.yaml and reports/ are (default: .)", NULL, WORDS_FOLDERS },
    { "out", 'o', "FOLDER", IN(DELIVER), "where the runs are (default: schedule.yaml's, or out)", NULL, WORDS_FOLDERS },
    { "dry-run", 'n', NULL, IN(DELIVER), "show who gets what; send nothing, ask no server", NULL, NULL },
    { "again", OPTION_AGAIN, NULL, IN(DELIVER), "send what was refused too, or may have arrived", NULL, NULL },
    { "out", 'o', "FOLDER", IN(NIGHTLY), "where the runs go (default: schedule.yaml's, or out)",
      "It is made when absent.", WORDS_FOLDERS },
    { "edition", 'e', "EDITION", IN(BUILD) | IN(CHECK) | IN(PREVIEW),
      "only parallel, en, ar or sequential; again for more",
      "Only this edition, of those that the report names. May be given again.", "parallel en ar sequential" },
    { "edition", 'e', "EDITION", IN(DUMP), "of scene (default: the report's first)",
      "parallel, en, ar or sequential.", "parallel en ar sequential" },
    { "layout", 'l', "LAYOUT", IN(BUILD) | IN(CHECK) | IN(DUMP) | IN(PREVIEW), "in place of the report's own",
      "A layout of layouts/, by its name without .yaml.", WORDS_LAYOUTS },
    { "only", OPTION_ONLY, "KEY", IN(BUILD) | IN(CHECK), "of a burst: only this packet; again for more",
      "Of a report with a burst: this packet only. May be given again.", NULL },
    { "only", OPTION_ONLY, "KEY", IN(DUMP) | IN(PREVIEW) | IN(EXPLAIN), "of a burst: this packet (default: its first)",
      NULL, NULL },
    { "previous", OPTION_PREVIOUS, "LEDGER", IN(BUILD) | IN(CHECK) | IN(DUMP) | IN(PREVIEW) | IN(EXPLAIN),
      "a ledger of the issue before (default: none)",
      "As out/REPORT.ledger.json, for {figure.previous} and so on; one of this very issue says itself which was before "
      "it.",
      WORDS_FILES },
    { "from", OPTION_FROM, "FILE", IN(INIT), "a CSV file of any delimiter and encoding", "Of 256 MiB at most.",
      WORDS_FILES },
    { "jobs", 'j', "N", IN(NIGHTLY), "so many workers at a time (default: processors)", NULL, NULL },
    { "keep", OPTION_KEEP, "N", IN(NIGHTLY), "remove runs but the newest N and the current one",
      "Without it, or --keep-days, all are kept. With both, a run goes that is over either.", NULL },
    { "keep-days", OPTION_KEEP_DAYS, "N", IN(NIGHTLY), "remove runs older than N days",
      "The current run stays whatever its age.", NULL },
    { "site-url", OPTION_SITE_URL, "URL", IN(NIGHTLY), "where readers find OUT, for links in feed.xml",
      "An address as https://briefings.example/.", NULL },
    { "file", 'f', "FILE", IN(QUERY), "the statement is in this file", NULL, WORDS_FILES },
    { "param", 'p', "NAME=VALUE", IN(QUERY), "a value for :NAME; again for other names",
      "A number, a date (2024-01-31) or a text, by how it is written. May be given again, for other names.", NULL },
    { "format", OPTION_FORMAT, "FORMAT", IN(QUERY), "table (the default), csv, json or markdown", NULL,
      "table csv json markdown" },
    { "format", OPTION_FORMAT, "FORMAT", IN(EXPLAIN) | IN(DIFF), "text (the default) or json", NULL, "text json" },
    { "format", OPTION_FORMAT, "FORMAT", IN(CHECK), "text (the default), json or sarif",
      "json and sarif: one document on standard output, for programs.", "text json sarif" },
    { "format", OPTION_FORMAT, "FORMAT", IN(PREVIEW), "png (the default) or svg", NULL, "png svg" },
    { "format", OPTION_FORMAT, "FORMAT", IN(NIGHTLY), "of --status: text (the default) or json", NULL, "text json" },
    { "dpi", OPTION_DPI, "N", IN(PREVIEW) | IN(DIFF), "of PNG: dots an inch, 10 to 600 (default: 100)", NULL, NULL },
    { "pictures", OPTION_PICTURES, "FOLDER", IN(DIFF), "write those pages too, old and new",
      "NAME.003.old.png and NAME.003.new.png; needs pdftoppm.", WORDS_FOLDERS },
    { "watch", OPTION_WATCH, NULL, IN(PREVIEW), "write pages again as they change",
      "Pictures of pages that went are removed.", NULL },
    { "serve", OPTION_SERVE, "[PORT]", IN(PREVIEW), "show pages in a browser instead, as they change",
      "Writes nothing: prints an address of this machine (127.0.0.1) that shows the pages, and what is wrong beside "
      "them. The port is 1024 to 65535, a free one unless given.", NULL },
    { "pages", OPTION_PAGES, "FROM-TO", IN(PREVIEW), "only these: 2-4, 3, or 2- for all from there",
      "Pages are counted from 1.", NULL },
    { "schema", OPTION_SCHEMA, NULL, IN(QUERY), "show tables and columns instead", NULL, NULL },
    { "all", 'a', NULL, IN(EXPLAIN), "every figure, table and chart of the report", NULL, NULL },
    { "rows", 'r', "N", IN(EXPLAIN), "so many rows of each, 0 to 1000",
      "20 in text and 1000 in JSON unless given. How many there are is always said.", NULL },
    { "impose", OPTION_IMPOSE, "FORM", IN(BUILD), "pages on sheets too: saddle, 2up or 4up",
      "Writes them besides: OUT/REPORT.booklet.pdf with saddle, OUT/REPORT.2up.pdf, OUT/REPORT.4up.pdf, and so on for "
      "each edition.", "saddle 2up 4up" },
    { "creep", OPTION_CREEP, "MM", IN(BUILD), "of saddle: nearer to the spine by this a sheet",
      "The pages of each sheet stand so much nearer to the spine than those of the sheet around it, 0 to 2 (default: "
      "0).",
      NULL },
    { "proof", OPTION_PROOF, "grey", IN(BUILD) | IN(PREVIEW), "every colour as a shade of black",
      "Whatever the layout says.", "grey" },
    { "max-errors", OPTION_MAX_ERRORS, "N", IN(BUILD) | IN(CHECK) | IN(QUERY),
      "list N wrong cells of each file (default: 1000)", NULL, NULL },
    { "no-attachments", OPTION_NO_ATTACHMENTS, NULL, IN(BUILD) | IN(CHECK) | IN(NIGHTLY), "attach nothing to the PDFs",
      "Whatever 'attachments' of report.yaml says.", NULL },
    { "strict", OPTION_STRICT, NULL, IN(CHECK), "warnings too make the exit code 1", NULL, NULL },
    { "pdf", OPTION_PDF, NULL, IN(CHECK), "the words are PDF files, not reports", NULL, NULL },
    { "no-check", OPTION_NO_CHECK, NULL, IN(BUILD), "for drafts: do not test the finished PDFs",
      "Else they are held against PDF/UA and PDF/A before they are written.", NULL },
    { "sizes", OPTION_SIZES, NULL, IN(BUILD), "say what the bytes of each file are for", NULL, NULL },
    { "timing", OPTION_TIMING, NULL, IN(QUERY), "say what reading and each statement took",
      "On standard error.", NULL },
    { "no-cache", OPTION_NO_CACHE, NULL, IN(BUILD) | IN(CHECK) | IN(PREVIEW) | IN(QUERY) | IN(EXPLAIN),
      "read every CSV file anew, and keep nothing",
      "What was read and checked of files above 1 MiB is kept in $XDG_CACHE_HOME/mujaz, else in ~/.cache/mujaz, and "
      "used while the files and their description are the same, byte for byte.", NULL },
    { "quiet", 'q', NULL, IN(NIGHTLY) | IN(BUILD) | IN(CHECK) | IN(PREVIEW) | IN(QUERY) | IN(EXPLAIN),
      "say only what is wrong", NULL, NULL },
    { "verbose", 'v', NULL, IN(BUILD) | IN(CHECK) | IN(PREVIEW) | IN(QUERY) | IN(EXPLAIN), "say what each stage took",
      "On standard error.", NULL },
    { "status", OPTION_STATUS, NULL, IN(NIGHTLY), "show the published set, make nothing", NULL, NULL },
    { "help", 'h', NULL, ~0u, "this text", NULL, NULL },
};
/* clang-format on */

const struct command_entry *command_table(enum command command)
{
    return &commands[command];
}

const struct option_entry *option_table(size_t *count)
{
    *count = sizeof options / sizeof *options;
    return options;
}

const struct option_entry *option_find(enum command command, const char *name)
{
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (options[i].commands >> command & 1 && strcmp(options[i].name, name) == 0)
            return &options[i];
    return NULL;
}

static void help_of_all(struct buf *out)
{
    buf_printf(out, "mujaz: %s\n\nUsage: mujaz COMMAND [OPTION]... [WORD]...\n\n", commands[COMMAND_NONE].summary);
    for (int i = COMMAND_NONE + 1; i < COMMAND_COUNT; i++)
        buf_printf(out, "  %-14s%s\n", commands[i].name, commands[i].summary);
    buf_add_string(out, "\n'mujaz COMMAND --help' says more of one, 'man mujaz-COMMAND' all of it.\n"
                        "\n"
                        "Exit codes: 0 done; 1 the input was refused; 2 wrong usage; 3 system error\n"
                        "(disk, permission, memory); 4 internal error; 5 another run works there; 128+n\n"
                        "ended by signal n.\n");
}

void options_help(enum command command, struct buf *out)
{
    const struct command_entry *c = &commands[command];
    if (command == COMMAND_NONE) {
        help_of_all(out);
        return;
    }
    for (int i = 0; i < COMMAND_USAGES && c->usage[i]; i++)
        buf_printf(out, "%s mujaz %s\n", i ? "      " : "Usage:", c->usage[i]);
    buf_printf(out, "\n%s\n", c->about);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        const struct option_entry *o = &options[i];
        char name[64];
        if (!(o->commands >> command & 1))
            continue;
        if (o->value && *o->value == '[')
            snprintf(name, sizeof name, "--%s[=%s", o->name, o->value + 1);
        else
            snprintf(name, sizeof name, "--%s%s%s", o->name, o->value ? "=" : "", o->value ? o->value : "");
        if (o->letter < OPTION_FORMAT)
            buf_printf(out, "  -%c, %-19s %s\n", o->letter, name, o->meaning);
        else
            buf_printf(out, "      %-19s %s\n", name, o->meaning);
    }
}
