/*
 * From a workspace to a doc: a good one against its golden dump, and the same one with one thing wrong at a
 * time, each with the exact diagnostics that it must give.
 */
#include "report/report.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/program.h"

#define GOOD "tests/data/report/good"
#define YAML "reports/sample/report.yaml"
#define EN "reports/sample/en.md"
#define AR "reports/sample/ar.md"

/* What is changed in the good workspace, and what must be said of it. */
struct change {
    const char *file, *old, *new;
};

struct broken {
    const char *what;
    struct change changes[4];
    const char *expected; /* all diagnostics; the workspace's own folder taken off */
};

static char *copy_workspace(void)
{
    char *folder = tree_new();

    tree_copy(GOOD "/datasets", folder);
    tree_copy(GOOD "/layouts", folder);
    tree_copy(GOOD "/reports", folder);
    return folder;
}

static void change(const char *folder, const struct change *one)
{
    char *path = text_join(folder, one->file);

    file_replace(path, one->old, one->new);
    free(path);
}

/* Every diagnostic, one a line, without the folder before "reports/". Heap. */
static char *format_diags(const struct diags *diags, const char *folder)
{
    struct buf out;
    char *prefix = text_join(folder, ""), *found;

    buf_init(&out);
    for (size_t i = 0; i < diags_count(diags); i++)
        diag_format(diags_get(diags, i), &out);
    while ((found = strstr(out.data, prefix)))
        memmove(found, found + strlen(prefix), strlen(found + strlen(prefix)) + 1);
    free(prefix);
    return out.data;
}

static char *build_diags(const char *folder, const char *name, bool *made)
{
    struct diags *diags = diags_new();
    struct doc *doc = report_build(folder, name, NULL, NULL, diags);
    char *text = format_diags(diags, folder);

    *made = doc != NULL;
    assert_true(*made == (diags_errors(diags) == 0));
    doc_drop(doc);
    diags_drop(diags);
    return text;
}

static void assert_broken(const struct broken *broken)
{
    char *folder = copy_workspace(), *text;
    bool made;

    for (size_t i = 0; i < 4 && broken->changes[i].file; i++)
        change(folder, &broken->changes[i]);
    text = build_diags(folder, "sample", &made);
    if (strcmp(text, broken->expected) != 0)
        print_message("%s:\n", broken->what);
    assert_string_equal(text, broken->expected);
    free(text);
    tree_remove(folder);
}

static void assert_all_broken(const struct broken *broken, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_broken(&broken[i]);
}

#define ALL(array) array, sizeof array / sizeof *array

static char *dump(const char *workspace)
{
    struct diags *diags = diags_new();
    struct doc *doc = report_build(workspace, "sample", NULL, NULL, diags);
    struct buf out;
    char *said = format_diags(diags, workspace);

    assert_string_equal(said, "");
    assert_non_null(doc);
    buf_init(&out);
    doc_dump(doc, &out);
    doc_drop(doc);
    diags_drop(diags);
    free(said);
    return out.data;
}

static void parameters_reach_statements(void **state)
{
    static const struct change changes[] = {
        { YAML, "months: iraqi", "months: iraqi\nparameters: {bloc: badr, least: 12.50, from: 2023-12-18, code: '007'}" },
        { YAML, "WHERE id = 'badr'", "WHERE id = :bloc AND :least = 12.5 AND typeof(:from) = 'text' AND :code = '007'" },
    };
    char *folder = copy_workspace(), *with, *plain = dump(GOOD);

    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        change(folder, &changes[i]);
    with = dump(folder);
    assert_int_equal(strlen(with), strlen(plain)); /* but for the lines of report.yaml */
    free(with);
    free(plain);
    tree_remove(folder);
}

/* Two notes that say the same in both languages are one, with one number; where one language differs they stay two. */
static void test_notes_alike_are_one(void **state)
{
    static const struct change changes[] = {
        { EN, "[^b]: As of {today}.", "[^b]: *Tests*, {tower_day, date, year}." },
        { AR, "[^b]: حتى {today}.", "[^b]: *تجارب*، {tower_day, date, year}." },
        { AR, "[^b]: *تجارب*", "[^b]: *اختبارات*" },
    };
    char *folder = copy_workspace(), *text;

    (void)state;
    change(folder, &changes[0]);
    change(folder, &changes[1]);
    text = dump(folder);
    assert_non_null(strstr(text, "\nnote 0 a 1 "));
    assert_non_null(strstr(text, "\nnote 1 b 2 "));
    free(text);
    change(folder, &changes[2]);
    text = dump(folder);
    assert_non_null(strstr(text, "\nnote 0 a 1 "));
    assert_null(strstr(text, "\nnote 1 "));
    free(text);
    tree_remove(folder);
}

static void test_good(void **state)
{
    char *text = dump(GOOD), *golden;

    (void)state;
    if (getenv("MUJAZ_GOLDEN") && strcmp(getenv("MUJAZ_GOLDEN"), "write") == 0)
        file_write("tests/golden/report/good.doc", text, strlen(text));
    golden = file_content("tests/golden/report/good.doc", NULL);
    assert_string_equal(text, golden);
    free(text);
    free(golden);
}

static void test_arabic_digits(void **state)
{
    static const struct change digits = { YAML, "digits: {ar: latn}", "digits: {ar: arab}" };
    char *folder = copy_workspace(), *text;

    (void)state;
    change(folder, &digits);
    text = dump(folder);
    assert_non_null(strstr(text, "issue ar: العدد ‹RLI:١›، حتى ‹FSI:٣‹U+00A0›نيسان‹U+00A0›٢٠٢٤›‹U+2028›يغطي الفترة من "
                                 "‹FSI:٢٧‹U+00A0›كانون‹U+00A0›الأول‹U+00A0›٢٠١٩› إلى ‹FSI:٣‹U+00A0›نيسان‹U+00A0›٢٠٢٤›\n"));
    assert_non_null(strstr(text, "value ar: ‹FSI:أكثر من ‹RLI:١٠٠››\n"));
    assert_non_null(strstr(text, "note 0 a 1 "));
    free(text);
    tree_remove(folder);
}

static void test_figures_in_texts(void **state)
{
    static const struct broken broken[] = {
        { "unknown figure",
          { { EN, "{framework} of", "{framwork} of" } },
          "reports/sample/en.md:3:16: error: [figure-unknown] unknown figure 'framwork'; did you mean "
          "'framework'?\n" },
        { "figure in one language only",
          { { AR, "**لا {majority}**", "**لا أكثر**" } },
          "reports/sample/en.md:3:82: error: [figure-one-language] figure 'majority' is not in the Arabic "
          "text at reports/sample/ar.md:3; use it in both languages or in neither\n" },
        { "figure in one language of the definition only",
          { { YAML, "من {council} مقعدًا", "من المقاعد" } },
          "reports/sample/report.yaml:28:47: error: [figure-one-language] figure 'council' is not in the "
          "Arabic text at reports/sample/report.yaml:28; use it in both languages or in neither\n" },
        { "typed numbers",
          { { EN, "First\n", "First of 285, [2023](https://e.org/2023), https://e.org/2023\n" },
            { YAML, "\"Seats by list\"", "\"Seats in 2023\"" } },
          "reports/sample/report.yaml:49:30: error: [text-typed-number] the number '2023' is typed; take it "
          "from a figure, as {name}\n"
          "reports/sample/en.md:18:13: error: [text-typed-number] the number '285' is typed; take it from a "
          "figure, as {name}\n"
          "reports/sample/en.md:18:19: error: [text-typed-number] the number '2023' is typed; take it from a "
          "figure, as {name}\n" },
        { "message syntax",
          { { EN, "{campaign} attacks", "{campaign, plurl, other {#}} attacks" } },
          "reports/sample/en.md:5:12: error: [message-syntax] 'plurl' is no type of a message; did you mean "
          "'plural'?\n" },
        { "plural without other",
          { { AR, "few {# مقاعد} many {# مقعدًا} other {# مقعد}}", "few {# مقاعد}}" } },
          "reports/sample/ar.md:3:16: error: [message-other] this plural has no branch 'other'; add other "
          "{text}\n" },
        { "format that does not suit",
          { { EN, "{framework} of", "{framework, date} of" } },
          "reports/sample/en.md:3:15: error: [message-type] figure 'framework' is a whole number and this "
          "format needs a date; write {framework}\n" },
        { "plural form missing",
          { { EN, "one {# seat} other", "=5 {# seat} one {# x} other" },
            { AR, "few {# مقاعد} many {# مقعدًا} other {# مقعد}}", "many {# مقعدًا} other {# مقعد}}" },
            { AR, "{framework, plural, other {# مقعد}}", "{council, plural, other {# مقعد}} {framework}" },
            { EN, "the militias'", "of {council}, the militias'" } },
          "reports/sample/ar.md:14:3: warning: [message-form] the value of 'council' takes the form 'many' "
          "here, which has no branch; add many {text}, or 'other' is printed\n" },
        { "markup in a message",
          { { EN, "one {# seat}", "one {# *seat*}" } },
          "reports/sample/en.md:15:3: error: [message-crosses] this message holds or crosses the border of "
          "emphasis, code, a link or a note; put the markup around the whole message\n" },
        { "figure that nothing uses",
          { { YAML, "  bloc: ", "  spare: SELECT sum(seats) FROM lists\n  bloc: " } },
          "reports/sample/report.yaml:25:3: warning: [figure-unused] figure 'spare' is used nowhere; use it, "
          "or take it out\n" },
    };

    (void)state;
    assert_all_broken(ALL(broken));
}

#define HEDGED "SELECT best AS value, qualifier_en AS en, qualifier_ar AS ar FROM"

static void test_hedges_in_data(void **state)
{
    static const struct broken broken[] = {
        { "qualifier that is not known",
          { { YAML, HEDGED, "SELECT best, 'mor_than' AS qualifier FROM" } },
          "reports/sample/report.yaml:21:13: error: [figure-value] figure 'campaign' has the qualifier "
          "'mor_than', which is none; did you mean 'more_than'?\n" },
        { "qualifier that is a number",
          { { YAML, HEDGED, "SELECT best, 3 AS qualifier FROM" } },
          "reports/sample/report.yaml:21:13: error: [figure-value] figure 'campaign' has a whole number "
          "in column 'qualifier'; it needs a code, as more_than\n" },
        { "column of a hedge misspelt",
          { { YAML, HEDGED, "SELECT best, 'about' AS qualifer FROM" } },
          "reports/sample/report.yaml:21:13: error: [figure-columns] figure 'campaign' gives a column "
          "'qualifer'; did you mean 'qualifier'?\n" },
        { "bound that is a text",
          { { YAML, HEDGED, "SELECT best, id AS low FROM" } },
          "reports/sample/report.yaml:21:13: error: [figure-value] figure 'campaign' has a text in column "
          "'low'; it needs a number\n" },
        { "bounds in disorder",
          { { YAML, HEDGED, "SELECT 101 AS low, best, 99 AS high FROM" } },
          "reports/sample/report.yaml:21:13: error: [figure-value] figure 'campaign' has a low of 101 above "
          "its best of 100; give low, best and high in order\n" },
        { "one bound alone",
          { { YAML, HEDGED, "SELECT 80 AS low, NULL AS high FROM" } },
          "reports/sample/report.yaml:21:13: error: [figure-value] figure 'campaign' has no best value; "
          "give best, or both low and high\n" },
        { "exact and not",
          { { YAML, HEDGED, "SELECT best, 90 AS low, 'exact' AS qualifier FROM" } },
          "reports/sample/report.yaml:21:13: error: [figure-value] figure 'campaign' is 'exact' and has a "
          "low or high that is not its best; leave them out, or say about\n" },
        { "range as a chart's mark",
          { { YAML, "SELECT sum(seats) / 2 + 1 FROM lists", "SELECT 140 AS low, 150 AS high" } },
          "reports/sample/report.yaml:48:18: error: [message-type] figure 'majority' is a range without a "
          "best value and here stands a number; name another\n" },
    };

    (void)state;
    assert_all_broken(ALL(broken));
}

static void assert_holds(const char *text, const char *part)
{
    if (!strstr(text, part))
        print_message("missing: %s\nin: %s\n", part, text);
    assert_non_null(strstr(text, part));
}

/* Codes in the data are words in a figure, a chart's values and a table's column. */
static void test_codes_print_words(void **state)
{
    static const struct change changes[] = {
        { YAML, HEDGED " attack_counts", "SELECT low, best, high, 'more_than' AS qualifier FROM attack_counts" },
        { YAML, "SELECT * FROM attack_counts",
          "SELECT name_en, name_ar, CASE id WHEN 'convoys' THEN NULL ELSE best END AS best, coalesce(low, 60) AS low, "
          "CASE id WHEN 'convoys' THEN 70 ELSE high END AS high, "
          "CASE id WHEN 'campaign' THEN 'at_least' WHEN 'tower' THEN 'exact' END AS code FROM attack_counts" },
        { YAML, "hedge: {en: qualifier_en, ar: qualifier_ar}", "hedge: code" },
        { YAML, "SELECT name_en, name_ar, day, until, best, share",
          "SELECT name_en, name_ar, day, until, CASE id WHEN 'tower' THEN 'exact' ELSE 'about' END AS best, share" },
        { YAML, "{field: best, title: {en: Count, ar: العدد}}",
          "{field: best, title: {en: Count, ar: العدد}, format: qualifier}" },
    };
    char *folder = copy_workspace(), *text;

    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        change(folder, &changes[i]);
    text = dump(folder);
    assert_holds(text, "value 70 low 60 high 70 from");
    assert_holds(text, "value en: ‹FSI:‹LRI:60› to ‹LRI:70››\n");
    assert_holds(text, "value ar: ‹FSI:‹LRI:60› إلى ‹LRI:70››\n");
    assert_holds(text, "value 100 low 100 from");
    assert_holds(text, "value ar: ‹FSI:ما لا يقل عن ‹LRI:100››\n");
    assert_holds(text, "value en: ‹LRI:3›\n");
    assert_holds(text, "cell en: ‹FSI:about›\n");
    assert_holds(text, "cell ar: ‹FSI:نحو›\n");
    assert_holds(text, "‹FSI:more than ‹LRI:100›› attacks took place");
    free(text);
    tree_remove(folder);
}

static void test_figures_in_data(void **state)
{
    static const struct broken broken[] = {
        { "no row",
          { { YAML, "WHERE id = 'badr'", "WHERE id = 'bdr'" } },
          "reports/sample/report.yaml:25:9: error: [figure-rows] figure 'bloc' gives 0 rows; its statement "
          "must give exactly one\n" },
        { "too many rows",
          { { YAML, "FROM lists WHERE id = 'badr'", "FROM lists" } },
          "reports/sample/report.yaml:25:9: error: [figure-rows] figure 'bloc' gives 4 rows; its statement "
          "must give exactly one\n" },
        { "join that multiplies rows",
          { { YAML, "SELECT day FROM attack_counts WHERE id = 'tower'",
              "SELECT day FROM attack_counts, lists WHERE attack_counts.id = 'tower'" } },
          "reports/sample/report.yaml:23:14: error: [figure-rows] figure 'tower_day' gives 4 rows; its "
          "statement must give exactly one\n" },
        { "wrong columns",
          { { YAML, "SELECT id FROM lists", "SELECT id, seats FROM lists" } },
          "reports/sample/report.yaml:25:9: error: [figure-columns] figure 'bloc' gives 2 columns that say "
          "no figure; select one column, or en and ar, or best, low, high and qualifier, or value, en and "
          "ar\n" },
        { "NULL",
          { { YAML, "SELECT id FROM lists", "SELECT NULL FROM lists" } },
          "reports/sample/report.yaml:25:9: error: [figure-value] figure 'bloc' has no value: its row is "
          "empty; select one that is there\n" },
        { "text in one language only",
          { { YAML, "name_en AS en, name_ar AS ar FROM", "name_en AS en, NULL AS ar FROM" } },
          "reports/sample/report.yaml:22:10: error: [figure-value] figure 'tower' has nothing in column "
          "'ar'; it needs a text\n" },
        { "hedge in one language only",
          { { YAML, "qualifier_ar AS ar FROM", "NULL AS ar FROM" } },
          "reports/sample/report.yaml:21:13: error: [figure-value] figure 'campaign' is hedged in one "
          "language only; give the words in both, or in neither\n" },
        { "hedged text",
          { { YAML, "SELECT best AS value", "SELECT id AS value" } },
          "reports/sample/report.yaml:21:13: error: [figure-value] figure 'campaign' hedges a text; only a "
          "number can be hedged\n" },
        { "chart's mark that is no number",
          { { YAML, "value: \"{majority}\", label: {en: \"Half", "value: \"{bloc}\", label: {en: \"Half" } },
          "reports/sample/report.yaml:48:18: error: [message-type] figure 'bloc' is a text and here stands a "
          "number; name another\n" },
    };

    (void)state;
    assert_all_broken(ALL(broken));
}

static void test_shapes(void **state)
{
    static const struct broken broken[] = {
        { "paragraph missing",
          { { AR, "1. أولًا\n2. ثانيًا[^a]\n\n", "" } },
          "reports/sample/ar.md:17:1: error: [block-missing] a numbered list that stands at "
          "reports/sample/en.md:18 is missing before this place; translate it, or take it out there\n" },
        { "block missing at the end",
          { { AR, "![الأيام](chart:timeline)\n\n", "" } },
          "reports/sample/ar.md:34:1: error: [block-missing] the chart 'timeline' that stands at "
          "reports/sample/en.md:33 is missing before this place; translate it, or take it out there\n" },
        { "key figures missing",
          { { AR, "![](figures:headline)\n\n", "" } },
          "reports/sample/ar.md:6:1: error: [block-missing] the key figures 'headline' that stand at "
          "reports/sample/en.md:7 are missing before this place; translate them, or take them out there\n" },
        { "block too many",
          { { AR, "---\n", "---\n\nزيادة\n" } },
          "reports/sample/en.md:25:1: error: [block-missing] a paragraph that stands at "
          "reports/sample/ar.md:24 is missing before this place; translate it, or take it out there\n" },
        { "other shape",
          { { AR, "> قالت", "قالت" } },
          "reports/sample/ar.md:20:1: error: [block-differs] this is a paragraph where "
          "reports/sample/en.md:21 has a quote; give both the same shape\n" },
        { "other number of items",
          { { AR, "2. ثانيًا[^a]\n", "2. ثانيًا[^a]\n3. ثالثًا\n" } },
          "reports/sample/ar.md:17:1: error: [block-differs] this list has 3 items, that at "
          "reports/sample/en.md:18 has 2; give both the same\n" },
        { "other numbering",
          { { AR, "1. أولًا\n2. ", "2. أولًا\n3. " } },
          "reports/sample/ar.md:17:1: error: [block-differs] this is not numbered as the list at "
          "reports/sample/en.md:18; give both the same\n" },
        { "other heading level",
          { { AR, "## المقاعد", "### المقاعد" } },
          "reports/sample/ar.md:10:1: error: [block-differs] this heading is of level 3, that at "
          "reports/sample/en.md:11 of level 2; give both the same\n" },
        { "other heading id",
          { { AR, "{#bluf}", "{#blf}" } },
          "reports/sample/ar.md:1:12: error: [heading-id] the id of this heading is 'blf', at "
          "reports/sample/en.md:1 it is 'bluf'; give both the same\n" },
        { "heading id twice",
          { { EN, "{#seats}", "{#bluf}" },
            { AR, "{#seats}", "{#bluf}" },
            { EN, "(#seats)", "(#bluf)" },
            { AR, "(#seats)", "(#bluf)" } },
          "reports/sample/en.md:11:10: error: [heading-id] the id 'bluf' is that of the heading in line 1 "
          "already; choose another\n"
          "reports/sample/ar.md:10:12: error: [heading-id] the id 'bluf' is that of the heading in line 1 "
          "already; choose another\n" },
        { "table shape",
          { { AR, "| الكل  | {council} |\n", "| الكل  | {council} |\n| بقية | - |\n" } },
          "reports/sample/ar.md:24:1: error: [block-differs] this table has 2 columns and 2 rows, that at "
          "reports/sample/en.md:25 has 2 and 1; give both the same\n" },
        { "table alignment",
          { { AR, "------:|", "-------|" } },
          "reports/sample/ar.md:24:1: error: [block-differs] the columns of this table are not aligned as "
          "those at reports/sample/en.md:25; give both the same\n" },
        { "other object",
          { { AR, "(chart:timeline)", "(chart:seats)" }, { EN, "(chart:attacks)", "(chart:attacks)" } },
          "reports/sample/ar.md:32:1: error: [block-differs] this places the chart 'seats' where "
          "reports/sample/en.md:33 places the chart 'timeline'; place the same in both\n" },
        { "caption in one language only",
          { { AR, "![ما أُحصي]", "![]" } },
          "reports/sample/ar.md:28:1: error: [language-missing] the table 'counts' has no caption here, and "
          "one at reports/sample/en.md:29; write one in both\n" },
        { "note in one language only",
          { { AR, "ثانيًا[^a]", "ثانيًا" } },
          "reports/sample/en.md:19:10: error: [note-differs] the footnote 'a' is not referred to in the "
          "Arabic text at reports/sample/ar.md:18; refer to it in both\n" },
        { "link to nothing",
          { { EN, "(#seats)", "(#seets)" } },
          "reports/sample/en.md:5:37: error: [link-target] no heading has the id 'seets'; did you mean "
          "'#seats'?\n" },
    };

    (void)state;
    assert_all_broken(ALL(broken));
}

static void test_objects(void **state)
{
    static const struct broken broken[] = {
        { "unknown chart",
          { { EN, "(chart:seats)", "(chart:seat)" }, { AR, "(chart:seats)", "(chart:seat)" } },
          "reports/sample/en.md:13:1: error: [object-unknown] unknown chart 'seat'; did you mean 'seats'?\n"
          "reports/sample/ar.md:12:1: error: [object-unknown] unknown chart 'seat'; did you mean 'seats'?\n"
          "reports/sample/report.yaml:43:3: warning: [object-unused] the chart 'seats' stands in no text; "
          "place it by ![](chart:seats), or take it out\n" },
        { "contents twice",
          { { EN, "---\n", "---\n\n![More](contents:)\n" },
            { AR, "---\n", "---\n\n![مزيد](contents:)\n" } },
          "reports/sample/en.md:25:1: error: [object-duplicate] the contents list stands in line 9 already; "
          "keep one\n"
          "reports/sample/ar.md:24:1: error: [object-duplicate] the contents list stands in line 8 already; "
          "keep one\n" },
        { "unknown table",
          { { EN, "(table:counts)", "(table:x)" }, { AR, "(table:counts)", "(table:x)" } },
          "reports/sample/en.md:29:1: error: [object-unknown] unknown table 'x'; define it in report.yaml\n"
          "reports/sample/ar.md:28:1: error: [object-unknown] unknown table 'x'; define it in report.yaml\n"
          "reports/sample/report.yaml:31:3: warning: [object-unused] the table 'counts' stands in no text; "
          "place it by ![](table:counts), or take it out\n" },
        { "unknown key figures",
          { { EN, "(figures:headline)", "(figures:headlines)" },
            { AR, "(figures:headline)", "(figures:headlines)" } },
          "reports/sample/en.md:7:1: error: [object-unknown] unknown key figures 'headlines'; did you mean "
          "'headline'?\n"
          "reports/sample/ar.md:6:1: error: [object-unknown] unknown key figures 'headlines'; did you mean "
          "'headline'?\n"
          "reports/sample/report.yaml:27:3: warning: [object-unused] the group of key figures 'headline' "
          "stands in no text; place it by ![](figures:headline), or take it out\n" },
        { "named contents",
          { { EN, "(contents:)", "(contents:all)" }, { AR, "(contents:)", "(contents:all)" } },
          "reports/sample/en.md:9:1: error: [object-unknown] the contents list has no name; write "
          "(contents:)\n"
          "reports/sample/ar.md:8:1: error: [object-unknown] the contents list has no name; write "
          "(contents:)\n" },
        { "chart without caption",
          { { EN, "![Days]", "![]" }, { AR, "![الأيام]", "![]" } },
          "reports/sample/en.md:33:1: error: [object-caption] the chart 'timeline' has no caption; write its "
          "finding between the brackets\n"
          "reports/sample/ar.md:32:1: error: [object-caption] the chart 'timeline' has no caption; write its "
          "finding between the brackets\n" },
    };

    (void)state;
    assert_all_broken(ALL(broken));
}

static void test_definition(void **state)
{
    static const struct broken broken[] = {
        { "unknown keys",
          { { YAML, "author:", "auther:" },
            { YAML, "width: 4}", "widht: 4}" },
            { YAML, "    alt:", "    alternative:" } },
          "reports/sample/report.yaml:5:1: error: [key-unknown] unknown key 'auther' in a report; did you "
          "mean 'author'?\n"
          "reports/sample/report.yaml:36:72: error: [key-unknown] unknown key 'widht' in a column; did you "
          "mean 'width'?\n"
          "reports/sample/report.yaml:63:5: error: [key-unknown] unknown key 'alternative' in a chart; known "
          "are type, data, roles, notes, total, x_unit, unit, subtitle, source, alt, direction, stack, order, most, "
          "scale, shape, area, stems, period, time, keep_sides, legend, columns, own_scales, parallel\n" },
        { "missing language",
          { { YAML, "author: {en: Mujaz, ar: موجز}", "author: {en: Mujaz}" } },
          "reports/sample/report.yaml:5:9: error: [language-missing] 'author' has no Arabic text; add ar: "
          "...\n" },
        { "one text for both",
          { { YAML, "author: {en: Mujaz, ar: موجز}", "author: Mujaz" } },
          "reports/sample/report.yaml:5:9: error: [language-missing] 'author' is not given in both "
          "languages; write {en: ..., ar: ...}\n" },
        { "empty text",
          { { YAML, "author: {en: Mujaz, ar: موجز}", "author: {en: Mujaz, ar: ''}" } },
          "reports/sample/report.yaml:5:26: error: [language-missing] the text of 'author' is empty; write "
          "one, or leave 'author' out\n" },
        { "missing keys",
          { { YAML, "as_of: 2024-04-03\n", "" }, { YAML, "layout: briefing-a4\n", "" } },
          "reports/sample/report.yaml:1:1: error: [key-missing] 'as_of' is missing; write a day, as "
          "2024-04-03\n"
          "reports/sample/report.yaml:1:1: error: [key-missing] 'layout' is missing; write the name of one "
          "of layouts/\n" },
        { "wrong values",
          { { YAML, "months: iraqi", "months: syrian" },
            { YAML, "digits: {ar: latn}", "digits: {ar: roman}" },
            { YAML, "[parallel, en, ar]", "[parallel, en, fr]" },
            { YAML, "type: hemicycle", "type: pie" } },
          "reports/sample/report.yaml:10:26: error: [definition-value] 'fr' is no value of 'editions'; write "
          "parallel, en, ar or sequential\n"
          "reports/sample/report.yaml:12:14: error: [definition-value] 'roman' is no value of 'ar'; "
          "write latn or arab\n"
          "reports/sample/report.yaml:13:9: error: [definition-value] 'syrian' is no value of 'months'; "
          "write iraqi, egyptian or both\n"
          "reports/sample/report.yaml:44:11: error: [definition-value] 'pie' is no value of 'type'; write "
          "bar, dot, range_bars, pyramid, line, slope, scatter, hemicycle, councils, waffle, number, timeline, "
          "calendar, matrix or tile_map\n" },
        { "nothing where a text or name belongs", /* would be printed as "null" */
          { { YAML, "author: {en: Mujaz", "author: {en: null" },
            { YAML, "layout: briefing-a4", "layout: null" } },
          "reports/sample/report.yaml:5:14: error: [language-missing] the text of 'author' is empty; write one, or "
          "leave 'author' out\n"
          "reports/sample/report.yaml:9:9: error: [report-name] this is no name of a layout; write small letters, "
          "digits and '-', as in iraq-briefing\n" },
        { "wrong days",
          { { YAML, "as_of: 2024-04-03", "as_of: 2024-02-30" },
            { YAML, "{from: 2019-12-27, to: 2024-04-03}", "{from: 2024-04-04, to: 2024-04-03}" } },
          "reports/sample/report.yaml:7:8: error: [definition-value] '2024-02-30' is no day; write it as "
          "2024-04-03\n"
          "reports/sample/report.yaml:8:9: error: [definition-value] the period ends before it starts; swap "
          "from and to\n" },
        { "wrong parameters",
          { { YAML, "months: iraqi", "months: iraqi\nparameters: {as_of: 2024-01-01, Bloc: badr, bloc: [a]}" } },
          "reports/sample/report.yaml:14:14: error: [definition-value] 'as_of' can name no parameter; write small "
          "letters, digits and '_', a letter first, and not as_of\n"
          "reports/sample/report.yaml:14:33: error: [definition-value] 'Bloc' can name no parameter; write small "
          "letters, digits and '_', a letter first, and not as_of\n"
          "reports/sample/report.yaml:14:51: error: [value-kind] 'bloc' is a list; give it a text\n" },
        { "a parameter that is not given",
          { { YAML, "WHERE id = 'badr'", "WHERE id = :bloc" } },
          "reports/sample/report.yaml:25:41: error: [sql-parameter] there is no parameter ':bloc'; write :as_of\n" },
        { "wrong issue",
          { { YAML, "issue: 1", "issue: 0" } },
          "reports/sample/report.yaml:6:8: error: [definition-value] 0 is no value of 'issue'; write 1 or "
          "more, or leave it out\n" },
        { "wrong names",
          { { YAML, "layout: briefing-a4", "layout: ../x" },
            { YAML, "datasets: [facts]", "datasets: [Facts, facts, facts]" },
            { YAML, "  bloc:", "  bl-oc:" } },
          "reports/sample/report.yaml:9:9: error: [report-name] this is no name of a layout; write small "
          "letters, digits and '-', as in iraq-briefing\n"
          "reports/sample/report.yaml:11:12: error: [report-name] this is no name of a dataset; write small "
          "letters, digits and '-', as in iraq-briefing\n"
          "reports/sample/report.yaml:11:26: error: [definition-value] the dataset 'facts' is named twice; "
          "name it once\n"
          "reports/sample/report.yaml:25:3: error: [definition-value] 'bl-oc' is no name that a text can "
          "refer to; write letters, digits and '_', a letter first\n"
          "reports/sample/en.md:21:4: error: [figure-unknown] unknown figure 'bloc'; define it under figures "
          "in report.yaml\n"
          "reports/sample/ar.md:20:9: error: [figure-unknown] unknown figure 'bloc'; define it under figures "
          "in report.yaml\n" },
        { "wrong kinds",
          { { YAML, "editions: [parallel, en, ar]", "editions: parallel" },
            { YAML, "digits: {ar: latn}", "digits: latn" } },
          "reports/sample/report.yaml:10:11: error: [value-kind] 'editions' is of the wrong kind; write "
          "a list such as [parallel, en, ar, sequential]\n"
          "reports/sample/report.yaml:12:9: error: [value-kind] 'digits' is of the wrong kind; write {ar: "
          "latn} or {ar: arab}\n" },
        { "isolate",
          { { YAML, "author: {en: Mujaz", "author: {en: \"a\u2067b\"" } },
          "reports/sample/report.yaml:5:16: error: [text-bidi] U+2067 stands in the text; take it out, the "
          "program isolates values and breaks lines itself\n" },
        { "footnote",
          { { YAML, "subtitle: {en: \"Days\"", "subtitle: {en: \"Days[^a]\"" } },
          "reports/sample/report.yaml:70:25: error: [note-place] the footnote 'a' is referred to in "
          "report.yaml; refer to it in en.md and ar.md\n" },
        { "chart's mark with words",
          { { YAML, "value: \"{majority}\", label: {en: \"Half", "value: \"of {majority}\", label: {en: \"Half" } },
          "reports/sample/report.yaml:48:18: error: [definition-value] this is more than a figure; "
          "write \"{name}\" alone\n" },
    };

    (void)state;
    assert_all_broken(ALL(broken));
}

static void test_workspace(void **state)
{
    static const struct broken broken[] = {
        { "misspelt layout",
          { { YAML, "layout: briefing-a4", "layout: briefing-a5" } },
          "reports/sample/report.yaml:9:9: error: [file-absent] there is no layout 'briefing-a5' in layouts/; "
          "did you mean 'briefing-a4'?\n" },
        { "other layout",
          { { YAML, "layout: briefing-a4", "layout: x" } },
          "reports/sample/report.yaml:9:9: error: [file-absent] there is no layout 'x' in layouts/; known are "
          "briefing-a4, letter, booklet-a5, brief-letter, large-print, one-pager\n" },
        { "misspelt dataset",
          { { YAML, "datasets: [facts]", "datasets:\n  - facts\n  - fact" } },
          "reports/sample/report.yaml:13:5: error: [file-absent] there is no dataset 'fact' in datasets/; did "
          "you mean 'facts'?\n" },
        { "dataset without a package",
          { { YAML, "datasets: [facts]", "datasets: [facts, more]" } },
          "datasets/more/datapackage.json: error: [file-absent] there is no such file\n" },
    };

    (void)state;
    assert_all_broken(ALL(broken));
}

/* What the steps find in a file comes by its lines, not by the steps. */
static void test_order(void **state)
{
    static const struct broken broken[] = {
        { "a later step finds what stands first",
          { { AR, "(chart:timeline)", "(chart:timelin)" },
            { EN, "(chart:timeline)", "(chart:timelin)" },
            { AR, "- `code` و", "- `code` 12 و" },
            { AR, "{#bluf}", "{#blf}" } },
          "reports/sample/en.md:33:1: error: [object-unknown] unknown chart 'timelin'; did you mean "
          "'timeline'?\n"
          "reports/sample/ar.md:1:12: error: [heading-id] the id of this heading is 'blf', at "
          "reports/sample/en.md:1 it is 'bluf'; give both the same\n"
          "reports/sample/ar.md:15:10: error: [text-typed-number] the number '12' is typed; take it from a "
          "figure, as {name}\n"
          "reports/sample/ar.md:32:1: error: [object-unknown] unknown chart 'timelin'; did you mean "
          "'timeline'?\n"
          "reports/sample/report.yaml:64:3: warning: [object-unused] the chart 'timeline' stands in no text; "
          "place it by ![](chart:timeline), or take it out\n" },
    };

    (void)state;
    assert_all_broken(ALL(broken));
}

static void test_columns_and_roles(void **state)
{
    static const struct broken broken[] = {
        { "unknown column",
          { { YAML, "ar: name_ar}, title", "ar: name_a}, title" },
            { YAML, "value: best\n", "value: bst\n" },
            { YAML, "emphasis: framework}", "emphasis: nothing}" } },
          "reports/sample/report.yaml:36:35: error: [column-unknown] the statement gives no column 'name_a'; "
          "did you mean 'name_ar'?\n"
          "reports/sample/report.yaml:46:75: error: [column-unknown] the statement gives no column "
          "'nothing'; select it, or name one that it gives: name_en, name_ar, seats, framework\n"
          "reports/sample/report.yaml:57:14: error: [column-unknown] the statement gives no column 'bst'; "
          "did you mean 'best'?\n" },
        { "format that does not suit",
          { { YAML, "{field: best,", "{field: best, format: year," } },
          "reports/sample/report.yaml:39:17: error: [column-type] row 1 of column 'best' holds a whole "
          "number and the format needs a date; choose another format\n" },
        { "role missing",
          { { YAML, "      value: best\n", "" },
            { YAML, "series: {en: kind_en, ar: kind_ar}", "emphasis: kind" } },
          "reports/sample/report.yaml:56:7: error: [chart-role] the range_bars 'attacks' has no role "
          "'value'; name the column that gives it\n"
          "reports/sample/report.yaml:66:7: error: [column-type] row 1 of chart 'timeline' has a text as its "
          "emphasis; select a number\n" },
        { "role of another type",
          { { YAML, "value: seats, emphasis", "value: seats, low: seats, emphasis" } },
          "reports/sample/report.yaml:46:65: error: [key-unknown] unknown key 'low' in the roles of a "
          "hemicycle; known are category, value, panel, emphasis\n" },
        { "choices and notes of another type",
          { { YAML, "    alt: {en",
              "    stack: shares\n    notes: [{day: \"{share}\", label: {en: a, ar: ا}}]\n    alt: {en" } },
          "reports/sample/report.yaml:63:12: error: [definition-value] a chart of type range_bars has no 'stack'; take "
          "it out\n"
          "reports/sample/report.yaml:64:13: error: [definition-value] a chart of type range_bars has no note of 'day'; "
          "take it out\n" },
        { "choices of what the chart has not",
          { { YAML, "    alt: {en", "    columns: 2\n    own_scales: true\n    alt: {en" },
            { YAML, "    type: timeline", "    type: line\n    stack: on_top\n    legend: box" },
            { YAML, "end: until, series: {en: kind_en, ar: kind_ar}", "value: best" } },
          "reports/sample/report.yaml:63:14: error: [definition-value] 'columns' is for charts with panels; give the role "
          "'panel', or take it out\n"
          "reports/sample/report.yaml:64:17: error: [definition-value] 'own_scales' is for charts with panels; give the "
          "role 'panel', or take it out\n"
          "reports/sample/report.yaml:68:12: error: [definition-value] 'stack' is for charts with series; give the role "
          "'series', or take it out\n"
          "reports/sample/report.yaml:68:12: error: [definition-value] 'stack' of a line is how its areas stand on one "
          "another; write on_top or shares, with area: true, or take it out\n"
          "reports/sample/report.yaml:69:13: error: [definition-value] 'legend' is for charts with series; give the role "
          "'series', or take it out\n"
          "reports/sample/report.yaml:73:67: error: [column-unknown] the statement gives no column 'best'; select it, or "
          "name one that it gives: name_en, name_ar, day, until, kind, kind_en, kind_ar\n" },
        { "value of the wrong type",
          { { YAML, "value: seats,", "value: name_en," } },
          "reports/sample/report.yaml:45:11: error: [column-type] row 1 of chart 'seats' has a text as its "
          "value; select a number\n" },
        { "day of the wrong type",
          { { YAML, "start: day,", "start: name_en," } },
          "reports/sample/report.yaml:67:7: error: [column-type] row 1 of chart 'timeline' has a text as its "
          "start; select a day, as 2024-01-04\n" },
        { "negative seats",
          { { "datasets/facts/lists.csv", "آخرون,184,", "آخرون,-184," } },
          "reports/sample/report.yaml:45:11: error: [chart-value] row 4 of chart 'seats' is below zero; give "
          "a count of zero or more\n" },
        { "half seats",
          { { YAML, "name_ar, seats, framework FROM", "name_ar, seats * 0.5 AS seats, framework FROM" } },
          "reports/sample/report.yaml:45:11: error: [chart-value] row 1 of chart 'seats' is no whole number; "
          "a hemicycle counts\n"
          "reports/sample/report.yaml:45:11: error: [chart-value] row 2 of chart 'seats' is no whole number; "
          "a hemicycle counts\n"
          "reports/sample/report.yaml:45:11: error: [chart-value] row 3 of chart 'seats' is no whole number; "
          "a hemicycle counts\n" },
        { "no seats",
          { { YAML, "name_ar, seats, framework FROM", "name_ar, 0 AS seats, framework FROM" } },
          "reports/sample/report.yaml:45:11: error: [chart-value] chart 'seats' has no seats at all; give "
          "one row with some\n" },
        { "low above value",
          { { "datasets/facts/attacks.csv", ",100,100,,", ",100,101,99," } },
          "reports/sample/report.yaml:54:11: error: [chart-value] row 2 of chart 'attacks' has a low of 101 "
          "above its best of 100; give low, best and high in order\n" },
        { "hedge that is no code",
          { { YAML, "SELECT * FROM attack_counts", "SELECT *, 'abuot' AS code FROM attack_counts" },
            { YAML, "hedge: {en: qualifier_en, ar: qualifier_ar}", "hedge: code" } },
          "reports/sample/report.yaml:54:11: error: [chart-value] row 1 of chart 'attacks' has the qualifier "
          "'abuot', which is none; did you mean 'about'?\n"
          "reports/sample/report.yaml:54:11: error: [chart-value] row 2 of chart 'attacks' has the qualifier "
          "'abuot', which is none; did you mean 'about'?\n"
          "reports/sample/report.yaml:54:11: error: [chart-value] row 3 of chart 'attacks' has the qualifier "
          "'abuot', which is none; did you mean 'about'?\n" },
        { "hedge that its number denies",
          { { YAML, "SELECT * FROM attack_counts", "SELECT *, CASE id WHEN 'tower' THEN 'more_than' END AS code "
                                                   "FROM attack_counts" },
            { YAML, "hedge: {en: qualifier_en, ar: qualifier_ar}", "hedge: code" } },
          "reports/sample/report.yaml:54:11: error: [chart-value] row 3 of chart 'attacks' is 'more_than' 3; "
          "then low is that number too, and high above it or left out\n" },
        { "column of words as codes",
          { { YAML, "{field: best, title: {en: Count, ar: العدد}}",
              "{field: name_en, title: {en: Count, ar: العدد}, format: qualifier}" } },
          "reports/sample/report.yaml:39:17: error: [column-type] row 1 of column 'name_en' holds a text and "
          "the format needs a qualifier, as more_than; choose another format\n" },

        { "value missing",
          { { "datasets/facts/attacks.csv", "2020-09-30,66,", "2020-09-30,," } },
          "reports/sample/report.yaml:54:11: error: [chart-value] row 1 of chart 'attacks' has no value; "
          "leave the row out, or give one\n" },
        { "end before start",
          { { "datasets/facts/attacks.csv", "2020-01-01,2020-09-30", "2020-10-01,2020-09-30" } },
          "reports/sample/report.yaml:67:7: error: [chart-value] row 1 of chart 'timeline' ends before it "
          "starts; swap start and end\n" },
        { "label missing",
          { { "datasets/facts/lists.csv", "Badr list,قائمة بدر", "Badr list," } },
          "reports/sample/report.yaml:45:11: error: [chart-label] row 1 of chart 'seats' has no Arabic "
          "category; give one in column 'name_ar'\n" },
        { "hedge missing in one language",
          { { YAML, "SELECT * FROM attack_counts", "SELECT *, NULL AS none_ar FROM attack_counts" },
            { YAML, "ar: qualifier_ar}\n", "ar: none_ar}\n" } },
          "reports/sample/report.yaml:54:11: error: [chart-label] row 2 of chart 'attacks' has a hedge in "
          "one language only, 'more than'; give the words in both\n" },
        { "date missing in one language",
          { { YAML, "until, 'attack' AS kind", "until, 'late June' AS words, '' AS none, 'attack' AS kind" },
            { YAML, "start: day,", "start: day, date: {en: words, ar: none}," } },
          "reports/sample/report.yaml:67:7: error: [chart-label] row 1 of chart 'timeline' has a date in one "
          "language only, 'late June'; give the words in both\n"
          "reports/sample/report.yaml:67:7: error: [chart-label] row 2 of chart 'timeline' has a date in one "
          "language only, 'late June'; give the words in both\n"
          "reports/sample/report.yaml:67:7: error: [chart-label] row 3 of chart 'timeline' has a date in one "
          "language only, 'late June'; give the words in both\n" },
        { "no rows",
          { { YAML, "FROM attack_counts ORDER BY day", "FROM attack_counts WHERE best < 0" },
            { YAML, "data: SELECT * FROM attack_counts",
              "data: SELECT * FROM attack_counts WHERE best < 0" } },
          "reports/sample/report.yaml:33:7: error: [data-empty] the statement of table 'counts' gives no "
          "rows; there is nothing to print\n"
          "reports/sample/report.yaml:54:11: error: [data-empty] the statement of chart 'attacks' gives no "
          "rows; there is nothing to draw\n" },
        { "no subtitle, no source",
          { { YAML,
              "    subtitle: {en: \"Days\", ar: \"الأيام\"}\n    source: {en: \"Source: tests\", ar: "
              "\"المصدر: "
              "الاختبارات\"}\n",
              "" } },
          "reports/sample/report.yaml:64:3: warning: [chart-incomplete] the chart 'timeline' has no "
          "subtitle; say what is measured, where and when\n"
          "reports/sample/report.yaml:64:3: warning: [chart-incomplete] the chart 'timeline' has no source; "
          "say which publication its numbers are from\n" },
        { "wrong statement",
          { { YAML, "SELECT sum(seats) FROM lists\n", "SELECT sum(seets) FROM lists\n" } },
          "reports/sample/report.yaml:16:23: error: [sql-error] no such column: seets; did you mean "
          "'seats'?\n" },
    };

    (void)state;
    assert_all_broken(ALL(broken));
}

static void test_text_absent(void **state)
{
    char *folder = copy_workspace(), *path = text_join(folder, "reports/sample/ar.md"), *text;
    bool made;

    (void)state;
    assert_int_equal(remove(path), 0);
    text = build_diags(folder, "sample", &made);
    assert_string_equal(text, "reports/sample/ar.md: error: [file-absent] there is no such file; write the Arabic text "
                              "there, block for block as the other\n");
    free(text);
    free(path);
    tree_remove(folder);
}

static void test_names(void **state)
{
    bool made;
    char *text;

    (void)state;
    text = build_diags(GOOD, "../sample", &made);
    assert_string_equal(
        text, "error: [report-name] '../sample' is no name of a report; name a folder in reports/, as in "
              "iraq-briefing\n");
    free(text);
    text = build_diags(GOOD, "absent", &made);
    assert_string_equal(text, "reports/absent/report.yaml: error: [file-absent] there is no such file\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_notes_alike_are_one),
        cmocka_unit_test(parameters_reach_statements),
        cmocka_unit_test(test_arabic_digits),
        cmocka_unit_test(test_figures_in_texts),
        cmocka_unit_test(test_figures_in_data),
        cmocka_unit_test(test_hedges_in_data),
        cmocka_unit_test(test_codes_print_words),
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_objects),
        cmocka_unit_test(test_definition),
        cmocka_unit_test(test_workspace),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_columns_and_roles),
        cmocka_unit_test(test_text_absent),
        cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
