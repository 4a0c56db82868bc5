/* The command line, without running anything. */
#include "cli/options_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 12 };

struct parsed {
    struct options options;
    bool ok;
    char why[OPTIONS_WHY];
};

/* Words separated by single spaces; "%" stands for an empty word. */
static struct parsed parse(const char *line)
{
    static char words[512], *argv[MOST];
    struct parsed p = { .why = "" };
    int argc = 0;
    memset(argv, 0, sizeof argv);
    assert_true(strlen(line) < sizeof words);
    strcpy(words, line);
    for (char *w = strtok(words, " "); w && argc < MOST - 1; w = strtok(NULL, " "))
        argv[argc++] = strcmp(w, "%") == 0 ? w + 1 : w;
    p.ok = options_parse(argc, argv, &p.options, p.why);
    return p;
}

static void assert_refused(const char *line, const char *why)
{
    struct parsed p = parse(line);
    assert_false(p.ok);
    assert_string_equal(p.why, why);
}

static void build_has_defaults(void **state)
{
    (void)state;
    struct parsed p = parse("mujaz build iraq-briefing");
    assert_true(p.ok);
    assert_int_equal(p.options.command, COMMAND_BUILD);
    assert_string_equal(p.options.workspace, ".");
    assert_string_equal(p.options.out, "out");
    assert_false(p.options.has_editions);
    assert_int_equal(p.options.report_count, 1);
    assert_string_equal(p.options.reports[0], "iraq-briefing");
}

static void nightly_takes_counts_and_no_report(void **state)
{
    (void)state;
    struct parsed p = parse("mujaz nightly -j 3 --keep=30 -o x");
    assert_true(p.ok);
    assert_int_equal(p.options.jobs, 3);
    assert_int_equal(p.options.keep, 30);
    assert_int_equal(p.options.report_count, 0);
    assert_refused("mujaz nightly --jobs=0", "--jobs=0 is no count; it takes a whole number from 1 to 64");
    assert_refused("mujaz nightly --jobs=65", "--jobs=65 is no count; it takes a whole number from 1 to 64");
    assert_refused("mujaz nightly --keep=many", "--keep=many is no count; it takes a whole number from 1 to 100000");
    p = parse("mujaz deliver -n --again -o x");
    assert_true(p.ok && p.options.dry_run && p.options.again);
    assert_refused("mujaz deliver x", "deliver takes no name; 'x' is too many");
    assert_refused("mujaz nightly --dry-run", "nightly has no option --dry-run");
    assert_refused("mujaz build x --keep=3", "build has no option --keep");
    p = parse("mujaz nightly --site-url=https://briefings.example/out");
    assert_true(p.ok);
    assert_string_equal(p.options.site_url, "https://briefings.example/out/");
    p = parse("mujaz nightly --site-url=http://localhost:8000/");
    assert_true(p.ok);
    assert_string_equal(p.options.site_url, "http://localhost:8000/");
    assert_refused("mujaz nightly --site-url=briefings.example", "--site-url=briefings.example is no address of a folder; it "
                                                                 "takes one as https://briefings.example/out/");
    static const char *const wrong[] = { "mujaz nightly --site-url=https://", "mujaz nightly --site-url=https:///x",
                                         "mujaz nightly --site-url=https://x/?a", "mujaz nightly --site-url=https://x/\"y" };
    for (size_t i = 0; i < 4; i++)
        assert_false(parse(wrong[i]).ok);
    assert_false(p.options.quiet);
    p = parse("mujaz nightly -q --keep-days=400");
    assert_true(p.ok && p.options.quiet && !p.options.has_out);
    assert_int_equal(p.options.keep_days, 400);
    assert_refused("mujaz nightly --keep-days=0", "--keep-days=0 is no count; it takes a whole number from 1 to 36500");
    p = parse("mujaz nightly --status --format json -o x");
    assert_true(p.ok && p.options.status && p.options.json && p.options.has_out);
    assert_refused("mujaz nightly --format=json", "--format is of --status");
    assert_refused("mujaz nightly --status --format=csv", "unknown format 'csv'; there are text and json");
    assert_refused("mujaz nightly --status --keep=3", "--status makes nothing: leave out the options of a run");
}

static void a_layout_is_a_name(void **state)
{
    (void)state;
    assert_string_equal(parse("mujaz build iraq-briefing -l large-print").options.layout, "large-print");
    assert_null(parse("mujaz check iraq-briefing").options.layout);
    assert_refused("mujaz build iraq-briefing --layout=../secret",
                   "--layout=../secret is no name of a layout; it takes one of layouts/, as large-print");
    assert_refused("mujaz query iraq-briefing --layout=large-print", "query has no option --layout");
}

static void options_may_stand_anywhere_in_both_forms(void **state)
{
    (void)state;
    struct parsed p = parse("mujaz build one -e ar --out=x/y -C w two --edition en");
    assert_true(p.ok);
    assert_string_equal(p.options.workspace, "w");
    assert_string_equal(p.options.out, "x/y");
    assert_true(p.options.has_editions);
    assert_false(p.options.editions[EDITION_PARALLEL]);
    assert_true(p.options.editions[EDITION_EN]);
    assert_true(p.options.editions[EDITION_AR]);
    assert_int_equal(p.options.report_count, 2);
    assert_string_equal(p.options.reports[0], "one");
    assert_string_equal(p.options.reports[1], "two");
}

static void dump_takes_a_stage_and_a_report(void **state)
{
    (void)state;
    struct parsed p = parse("mujaz dump -e ar scene one");
    assert_true(p.ok);
    assert_int_equal(p.options.command, COMMAND_DUMP);
    assert_int_equal(p.options.what, DUMP_SCENE);
    assert_string_equal(p.options.reports[0], "one");
    assert_int_equal(parse("mujaz dump doc one").options.what, DUMP_DOC);
}

static void preview_takes_a_format_a_resolution_and_pages(void **state)
{
    (void)state;
    struct options o = parse("mujaz preview one").options;
    assert_int_equal(o.command, COMMAND_PREVIEW);
    assert_int_equal(o.picture, PREVIEW_PNG);
    assert_int_equal(o.dpi, 100);
    assert_int_equal(o.first_page, 0);
    assert_int_equal(o.last_page, 0);
    o = parse("mujaz preview -e ar -o x --format svg --dpi=600 --pages 2-11 one").options;
    assert_int_equal(o.picture, PREVIEW_SVG);
    assert_int_equal(o.dpi, 600);
    assert_int_equal(o.first_page, 2);
    assert_int_equal(o.last_page, 11);
    assert_false(o.watch || o.serve);
    assert_true(parse("mujaz preview --watch one").options.watch);
    o = parse("mujaz preview --serve one").options;
    assert_true(o.serve);
    assert_int_equal(o.port, 0);
    assert_int_equal(parse("mujaz preview --serve=65535 one").options.port, 65535);
    o = parse("mujaz preview --pages 3 one").options;
    assert_int_equal(o.first_page, 3);
    assert_int_equal(o.last_page, 3);
    o = parse("mujaz preview --pages 3- one").options;
    assert_int_equal(o.first_page, 3);
    assert_int_equal(o.last_page, 0);
    assert_true(parse("mujaz preview --proof=grey one").options.grey);
    assert_true(parse("mujaz build one --proof grey").options.grey);
    assert_int_equal(parse("mujaz build one --impose=4up").options.sheets.form, IMPOSE_4UP);
    assert_int_equal(parse("mujaz build one").options.sheets.form, IMPOSE_NONE);
    struct imposition sheets = parse("mujaz build one --creep 0.127 --impose saddle").options.sheets;
    assert_int_equal(sheets.form, IMPOSE_SADDLE);
    assert_true(sheets.creep > 0.3599 && sheets.creep < 0.3601);
    assert_refused("mujaz build a --impose=3up", "--impose=3up is no way to print; there are saddle, 2up and 4up");
    assert_refused("mujaz build a --impose=saddle --creep=2.1",
                   "--creep=2.1 is no creep; it takes millimetres a sheet, 0 to 2, as 0.15");
    assert_refused("mujaz build a --impose=saddle --creep=-1",
                   "--creep=-1 is no creep; it takes millimetres a sheet, 0 to 2, as 0.15");
    assert_refused("mujaz build a --impose=2up --creep=0.1", "--creep is of folded sheets; it needs --impose=saddle");
    assert_refused("mujaz build a --proof=cmyk", "--proof=cmyk is no proof; there is grey");
    assert_refused("mujaz preview", "preview needs the name of a report");
    assert_refused("mujaz preview a b", "preview takes one report; 'b' is too many");
    assert_refused("mujaz preview a --format=pdf", "unknown format 'pdf'; there are png and svg");
    static const char *const resolutions[] = { "9", "601", "1e2", "0100000100", "-100", "%" };
    static const char *const pages[] = { "0", "0-2", "3-2", "2-0", "-2", "-", "2-3-", "2,3", "10000000000", "%" };
    static const char *const ports[] = { "0", "80", "1023", "65536", "0100000", "8e3" };
    char line[64], why[128];
    for (size_t i = 0; i < sizeof ports / sizeof *ports; i++) {
        snprintf(line, sizeof line, "mujaz preview a --serve=%s", ports[i]);
        snprintf(why, sizeof why, "--serve=%s is no port; it takes a whole number from 1024 to 65535", ports[i]);
        assert_refused(line, why);
    }
    assert_refused("mujaz preview a --serve --pages=1", "--serve shows all pages as it draws them: leave out --pages and --format");
    assert_refused("mujaz build a --watch", "build has no option --watch");
    for (size_t i = 0; i < sizeof resolutions / sizeof *resolutions; i++) {
        snprintf(line, sizeof line, "mujaz preview a --dpi %s", resolutions[i]);
        snprintf(why, sizeof why, "--dpi=%s is no resolution; it takes a whole number from 10 to 600",
                 *resolutions[i] == '%' ? "" : resolutions[i]);
        assert_refused(line, why);
    }
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        snprintf(line, sizeof line, "mujaz preview a --pages %s", pages[i]);
        snprintf(why, sizeof why, "--pages=%s are no pages; it takes 2-4, 3 or 2-, counted from 1",
                 *pages[i] == '%' ? "" : pages[i]);
        assert_refused(line, why);
    }
}

static void query_takes_a_name_and_a_statement(void **state)
{
    (void)state;
    struct parsed p = parse("mujaz query --format json lists -p a=1 SELECT -p ab=x=y");
    assert_true(p.ok);
    assert_int_equal(p.options.command, COMMAND_QUERY);
    assert_string_equal(p.options.data, "lists");
    assert_int_equal(p.options.sql_count, 1);
    assert_string_equal(p.options.sql[0], "SELECT");
    assert_int_equal(p.options.format, PRINT_JSON);
    assert_false(p.options.schema);
    assert_int_equal(p.options.report_count, 0);
    assert_int_equal(p.options.parameter_count, 2);
    assert_string_equal(p.options.parameters[0], "a=1");
    assert_string_equal(p.options.parameters[1], "ab=x=y");
    assert_string_equal(parse("mujaz query lists -").options.sql[0], "-");
    assert_int_equal(parse("mujaz query --timing lists A B C").options.sql_count, 3);
    p = parse("mujaz query --file=q.sql report:mini");
    assert_true(p.ok);
    assert_string_equal(p.options.sql_file, "q.sql");
    assert_int_equal(p.options.sql_count, 0);
    assert_int_equal(p.options.format, PRINT_TABLE);
    p = parse("mujaz query --schema lists");
    assert_true(p.ok && p.options.schema);
}

static void limits_and_cache_can_be_set(void **state)
{
    (void)state;
    static const char *const lines[] = { "mujaz build a --max-errors=7 --no-cache",
                                         "mujaz check --no-cache --max-errors 7 a",
                                         "mujaz query --no-cache --max-errors 7 a SELECT" };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct parsed p = parse(lines[i]);
        assert_true(p.ok);
        assert_int_equal(p.options.making.loading.max_errors, 7);
        assert_true(p.options.no_cache);
    }
    assert_int_equal(parse("mujaz build a").options.making.loading.max_errors, 0);
    assert_false(parse("mujaz build a").options.no_cache);
    assert_true(parse("mujaz build a --no-attachments").options.no_attachments);
    assert_true(parse("mujaz check --no-attachments a").options.no_attachments);
    assert_false(parse("mujaz build a").options.no_attachments);
}

static void explain_takes_a_report_and_a_figure(void **state)
{
    (void)state;
    struct parsed p = parse("mujaz explain one --rows 7 seats --format json");
    assert_true(p.ok);
    assert_int_equal(p.options.command, COMMAND_EXPLAIN);
    assert_int_equal(p.options.report_count, 1);
    assert_string_equal(p.options.reports[0], "one");
    assert_string_equal(p.options.figure, "seats");
    assert_false(p.options.all);
    assert_int_equal(p.options.json, true);
    assert_true(p.options.has_rows);
    assert_int_equal(p.options.rows, 7);
    p = parse("mujaz explain --all one --format=text");
    assert_true(p.ok);
    assert_true(p.options.all);
    assert_null(p.options.figure);
    assert_int_equal(p.options.json, false);
    assert_false(p.options.has_rows);
}

static void help_needs_nothing_else(void **state)
{
    (void)state;
    static const char *const lines[] = { "mujaz --help", "mujaz -h", "mujaz build --help", "mujaz check -h",
                                         "mujaz dump --help", "mujaz preview -h", "mujaz query -h", "mujaz explain --help" };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct parsed p = parse(lines[i]);
        assert_true(p.ok);
        assert_true(p.options.help);
    }
    assert_true(parse("mujaz --version").options.version);
}

/* A screen of 24 lines and 80 columns. */
static void help_fits_a_screen(void **state)
{
    (void)state;
    for (int command = 0; command < COMMAND_COUNT; command++) {
        struct buf help;
        int lines = 0;
        buf_init(&help);
        options_help((enum command)command, &help);
        for (const char *line = help.data; *line; line += strcspn(line, "\n") + 1, lines++)
            if (strcspn(line, "\n") > 80)
                fail_msg("'%.*s' is wider than 80 columns", (int)strcspn(line, "\n"), line);
        if (lines > 24)
            fail_msg("the help of '%s' has %d lines", command_table((enum command)command)->name, lines);
        buf_drop(&help);
    }
}

/* Each option of a command is there once, and each command says all that is shown of it. */
static void the_tables_are_whole(void **state)
{
    (void)state;
    size_t count;
    const struct option_entry *options = option_table(&count);
    for (int command = COMMAND_NONE + 1; command < COMMAND_COUNT; command++) {
        const struct command_entry *entry = command_table((enum command)command);
        assert_true(entry->name && entry->summary && entry->usage[0] && *entry->about);
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < i; k++)
                if (options[i].commands & options[k].commands & 1u << command)
                    assert_true(strcmp(options[i].name, options[k].name) != 0 && options[i].letter != options[k].letter);
    }
}

static void wrong_words_are_named(void **state)
{
    (void)state;
    assert_refused("mujaz", "a command is missing; see mujaz --help");
    assert_refused("mujaz biuld x", "unknown command 'biuld'; did you mean 'build'?");
    assert_refused("mujaz frobnicate",
                   "unknown command 'frobnicate'; mujaz --help lists them");
    assert_refused("mujaz build", "build needs the name of a report");
    assert_refused("mujaz dump", "dump needs a stage: doc or scene");
    assert_refused("mujaz dump pages x", "unknown stage 'pages'; there are doc and scene");
    assert_refused("mujaz dump doc", "dump needs the name of a report");
    assert_refused("mujaz dump doc a b", "dump takes one report; 'b' is too many");
}

static void wrong_queries_are_named(void **state)
{
    (void)state;
    assert_refused("mujaz query", "query needs the name of a dataset or report");
    assert_refused("mujaz query lists", "query needs a SELECT behind 'lists'; - reads standard input, --file a file");
    assert_refused("mujaz query lists --file f SELECT", "'SELECT' is too many: --file takes one name and no statement");
    assert_refused("mujaz query --schema lists SELECT",
                   "'SELECT' is too many: --schema takes one name and no statement");
    assert_refused("mujaz query --schema lists -p a=1", "--schema takes no statement: leave out --file and --param");
    assert_refused("mujaz query lists S -p 1a=1", "'1a=1' is no parameter; it takes NAME=VALUE, as in governorate=basra");
    assert_refused("mujaz query lists S -p a", "'a' is no parameter; it takes NAME=VALUE, as in governorate=basra");
    assert_refused("mujaz query lists S -p a=1 -p a=2",
                   "'a=2': this parameter was given before as 'a=1'; give it once");
    assert_refused("mujaz query lists S --format=xml",
                   "unknown format 'xml'; there are table, csv, json and markdown");
    assert_refused("mujaz query lists S --max-errors=0",
                   "--max-errors=0 is no count; it takes a whole number from 1 on");
    assert_refused("mujaz query lists S --max-errors=1k",
                   "--max-errors=1k is no count; it takes a whole number from 1 on");
}

static void wrong_options_are_named(void **state)
{
    (void)state;
    assert_refused("mujaz build --frob x", "unknown option '--frob'");
    assert_refused("mujaz build --layuot=x y", "unknown option '--layuot=x'; did you mean '--layout'?");
    assert_refused("mujaz build --edition=parallell y", "unknown edition 'parallell'; did you mean 'parallel'?");
    assert_refused("mujaz check --format=sarf", "unknown format 'sarf'; there are text, json and sarif");
    assert_refused("mujaz init", "init needs the name of a new folder");
    assert_refused("mujaz init a b", "init takes one folder; 'b' is too many");
    assert_refused("mujaz init -C a b", "unknown option '-C'");
    assert_refused("mujaz explain-error a b", "explain-error takes one id; 'b' is too many");
    assert_refused("mujaz build -x y", "unknown option '-x'");
    assert_refused("mujaz build x -hz", "unknown option '-z'");
    assert_refused("mujaz build x -C", "option '-C' needs a value");
    assert_refused("mujaz build x --out", "option '-o' needs a value");
    assert_refused("mujaz build x --out=", "--out needs a folder");
    assert_refused("mujaz build x -C %", "--workspace needs a folder");
    assert_refused("mujaz build x -e fr", "unknown edition 'fr'; there are parallel, en, ar and sequential");
    assert_refused("mujaz check x -o y", "unknown option '-o'");
    assert_refused("mujaz build x --dpi=100", "build has no option --dpi");
    assert_refused("mujaz check x --pages=1", "check has no option --pages");
    assert_refused("mujaz build x --format=csv", "build has no option --format");
    assert_refused("mujaz dump doc x --no-cache", "dump has no option --no-cache");
    assert_refused("mujaz preview x --no-attachments", "preview has no option --no-attachments");
    assert_refused("mujaz build x --max-errors", "option '--max-errors' needs a value");
    assert_refused("mujaz query x -o y", "unknown option '-o'");
    assert_refused("mujaz check x --out=y", "check has no option --out");
    assert_refused("mujaz explain x y --out=z", "explain has no option --out");
    assert_refused("mujaz check x --all", "check has no option --all");
    assert_refused("mujaz build x -r 3", "unknown option '-r'");
    assert_refused("mujaz explain x y -r many", "'many' is no number of rows; give 0 to 1000");
    assert_refused("mujaz explain x y -r %", "'' is no number of rows; give 0 to 1000");
    assert_refused("mujaz explain x y -r 18446744073709551617",
                   "'18446744073709551617' is no number of rows; give 0 to 1000");
    assert_refused("mujaz check x --out=y", "check has no option --out");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(build_has_defaults),
        cmocka_unit_test(nightly_takes_counts_and_no_report),
        cmocka_unit_test(a_layout_is_a_name),
        cmocka_unit_test(options_may_stand_anywhere_in_both_forms),
        cmocka_unit_test(dump_takes_a_stage_and_a_report),
        cmocka_unit_test(preview_takes_a_format_a_resolution_and_pages),
        cmocka_unit_test(query_takes_a_name_and_a_statement),
        cmocka_unit_test(limits_and_cache_can_be_set),
        cmocka_unit_test(wrong_queries_are_named),
        cmocka_unit_test(explain_takes_a_report_and_a_figure),
        cmocka_unit_test(help_needs_nothing_else),
        cmocka_unit_test(help_fits_a_screen),
        cmocka_unit_test(the_tables_are_whole),
        cmocka_unit_test(wrong_words_are_named),
        cmocka_unit_test(wrong_options_are_named),
    };
    return cmocka_run_group_tests_name("cli options", tests, NULL, NULL);
}
