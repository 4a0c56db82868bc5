/* The command line. Knows its words and their help; does nothing and prints nothing. */
#include "cli/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"

static const char *const commands[COMMAND_COUNT] = { "", "build", "check", "dump" };

static const char *const helps[COMMAND_COUNT] = {
    "mujaz: bilingual briefings from CSV datasets\n"
    "\n"
    "Usage:\n"
    "  mujaz build [OPTION]... REPORT...        write the PDF editions of reports\n"
    "  mujaz check [OPTION]... REPORT...        go through all stages, write nothing\n"
    "  mujaz dump doc|scene [OPTION]... REPORT  show a stage's result as text\n"
    "  mujaz COMMAND --help                     more about one command\n"
    "  mujaz --version\n"
    "\n"
    "REPORT is the name of a folder in reports/.\n"
    "\n"
    "Exit codes: 0 done; 1 the input was refused; 2 wrong usage; 3 system error (disk, permission);\n"
    "4 internal error; 128+n ended by signal n.\n",

    "Usage: mujaz build [OPTION]... REPORT...\n"
    "\n"
    "Writes OUT/REPORT.pdf (the parallel edition), OUT/REPORT.en.pdf and OUT/REPORT.ar.pdf, and prints their\n"
    "names. When anything is wrong, nothing of that report is written and its older files stay as they are.\n"
    "\n"
    "  -C, --workspace=FOLDER  where reports/, datasets/, layouts/ and fonts/ are (default: this folder)\n"
    "  -o, --out=FOLDER        where the PDFs go, made when absent (default: out)\n"
    "  -e, --edition=EDITION   only this one: parallel, en or ar; may be given again\n"
    "  -h, --help              this text\n",

    "Usage: mujaz check [OPTION]... REPORT...\n"
    "\n"
    "Does all that build does, in memory, and writes nothing.\n"
    "\n"
    "  -C, --workspace=FOLDER  where reports/, datasets/, layouts/ and fonts/ are (default: this folder)\n"
    "  -e, --edition=EDITION   only this one: parallel, en or ar; may be given again\n"
    "  -h, --help              this text\n",

    "Usage: mujaz dump doc|scene [OPTION]... REPORT\n"
    "\n"
    "Prints what a stage made of the report: doc, the checked text of both languages with every value in\n"
    "place; scene, the pages of one edition as drawing commands.\n"
    "\n"
    "  -C, --workspace=FOLDER  where reports/, datasets/, layouts/ and fonts/ are (default: this folder)\n"
    "  -e, --edition=EDITION   scene: parallel (the default), en or ar\n"
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
    return fail(why, "unknown command '%.60s'; there are build, check and dump", word, "");
}

static bool find_edition(const char *word, struct options *o, char *why)
{
    for (int i = 0; i < EDITION_COUNT; i++) {
        if (strcmp(word, edition_name((enum edition)i)) == 0) {
            o->editions[i] = o->has_editions = true;
            return true;
        }
    }
    return fail(why, "unknown edition '%.60s'; there are parallel, en and ar", word, "");
}

static bool take_option(int letter, const char *value, const char *word, struct options *o, char *why)
{
    switch (letter) {
    case 'h':
        o->help = true;
        return true;
    case 'C':
        o->workspace = value;
        return *value ? true : fail(why, "--workspace needs a folder", "", "");
    case 'o':
        o->out = value;
        return *value ? true : fail(why, "--out needs a folder", "", "");
    case 'e':
        return find_edition(value, o, why);
    case ':':
        return fail(why, "option '%.60s' needs a value", word, "");
    default:
        return fail(why, "unknown option '%.60s'", word, "");
    }
}

/* What remains behind the options: for dump its stage, then the reports. */
static bool take_words(int count, char *const *words, struct options *o, char *why)
{
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
    if (count == 0)
        return fail(why, "%s needs the name of a report", commands[o->command], "");
    o->reports = words;
    o->report_count = (size_t)count;
    return true;
}

bool options_parse(int argc, char **argv, struct options *o, char why[OPTIONS_WHY])
{
    static const struct option all[] = {
        { "help", no_argument, NULL, 'h' },
        { "workspace", required_argument, NULL, 'C' },
        { "edition", required_argument, NULL, 'e' },
        { "out", required_argument, NULL, 'o' },
        { NULL, 0, NULL, 0 },
    };
    *o = (struct options){ .workspace = ".", .out = "out" };
    if (argc < 2)
        return fail(why, "a command is missing; see mujaz --help", "", "");
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return o->help = true;
    if (strcmp(argv[1], "--version") == 0)
        return o->version = true;
    if (!find_command(argv[1], o, why))
        return false;

    opterr = 0;
    optind = 0; /* glibc: forget an earlier command line */
    const char *letters = o->command == COMMAND_BUILD ? ":hC:e:o:" : ":hC:e:";
    /* The command's own word takes the place of the program's name. */
    for (int letter; (letter = getopt_long(argc - 1, argv + 1, letters, all, NULL)) != -1;) {
        if (letter == 'o' && o->command != COMMAND_BUILD)
            return fail(why, "%s has no option --out: it writes nothing", commands[o->command], "");
        char brief[] = { '-', (char)optopt, '\0' };
        if (!take_option(letter, optarg, optopt ? brief : argv[optind], o, why))
            return false;
    }
    return o->help || take_words(argc - 1 - optind, argv + 1 + optind, o, why);
}
