/*
 * Call-outs, attributions, images, breaks, source lists, numbers and references: a report that holds all of them
 * against its golden dump, and the same with one thing wrong at a time.
 */
#include "report/report.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/program.h"
#include "support/said.h"

#define GOOD "tests/data/report/good"
#define YAML "reports/blocks/report.yaml"
#define EN "reports/blocks/en.md"
#define AR "reports/blocks/ar.md"

struct change {
    const char *file, *old, *new;
};

struct broken {
    struct change changes[3];
    const char *expected; /* all that must be said */
};

static void assert_broken(const struct broken *broken)
{
    char *folder = tree_new();
    struct diags *diags = diags_new();
    struct doc *doc;
    bool refused;

    tree_copy(GOOD "/datasets", folder);
    tree_copy(GOOD "/layouts", folder);
    tree_copy(GOOD "/reports", folder);
    for (size_t i = 0; i < 3 && broken->changes[i].file; i++) {
        char *path = text_join(folder, broken->changes[i].file);

        file_replace(path, broken->changes[i].old, broken->changes[i].new);
        free(path);
    }
    doc = report_build(folder, "blocks", NULL, NULL, diags);
    refused = diags_errors(diags) > 0;
    assert_said(diags, folder, broken->expected);
    assert_true((doc == NULL) == refused);
    doc_drop(doc);
    tree_remove(folder);
}

#define ASSERT_BROKEN(list)                                                                                \
    for (size_t i = 0; i < sizeof(list) / sizeof *(list); i++)                                             \
    assert_broken(&(list)[i])

/* A title says the finding in some ten words and is no sentence; figures count as what they print. */
static void captions_of_charts_are_titles(void **state)
{
    static const struct broken captions[] = {
        { { { EN, "![The lists](chart:seats)",
              "![The lists of one – and no other – bloc hold {council} seats, more than ever](chart:seats)" },
            { AR, "![القوائم](chart:seats)", "![القوائم تشغل {council} مقعدًا.](chart:seats)" } },
          EN ":42:1: warning: [chart-title] the caption of chart 'seats' has 14 words; say the finding in about 10, "
             "and the rest in the text\n" AR
             ":42:1: warning: [chart-title] the caption of chart 'seats' ends with a full stop; a title has none\n" },
        { { { EN, "![The lists](chart:seats)",
              "![The lists of one – and no other – bloc hold {council} seats, twice](chart:seats)" },
            { AR, "![القوائم](chart:seats)", "![القوائم تشغل {council} مقعدًا](chart:seats)" } },
          "" },
    };

    (void)state;
    ASSERT_BROKEN(captions);
}

static void dump_is_as_it_was(void **state)
{
    struct diags *diags = diags_new();
    struct doc *doc = report_build(GOOD, "blocks", NULL, NULL, diags);
    struct buf out;
    char *golden;

    (void)state;
    assert_said(diags, NULL, "");
    assert_non_null(doc);
    buf_init(&out);
    doc_dump(doc, &out);
    if (getenv("MUJAZ_GOLDEN") && strcmp(getenv("MUJAZ_GOLDEN"), "write") == 0)
        file_write("tests/golden/report/blocks.doc", out.data, out.length);
    golden = file_content("tests/golden/report/blocks.doc", NULL);
    assert_string_equal(out.data, golden);
    free(golden);
    buf_drop(&out);
    doc_drop(doc);
}

static void callouts_and_quotes(void **state)
{
    static const struct broken list[] = {
        { { { EN, "[!WARNING]", "[!WARNNG]" }, { AR, "[!WARNING]", "[!WARNNG]" } },
          EN ":13:3: error: [callout-kind] 'WARNNG' is no kind of call-out; did you mean 'WARNING'?\n" AR
             ":13:3: error: [callout-kind] 'WARNNG' is no kind of call-out; did you mean 'WARNING'?\n" },
        { { { EN, "[!WARNING]", "[!TIP]" }, { AR, "[!WARNING]", "[!TIP]" } },
          EN ":13:3: error: [callout-kind] 'TIP' is no kind of call-out; known are JUDGEMENT, NOTE and WARNING\n" AR
             ":13:3: error: [callout-kind] 'TIP' is no kind of call-out; known are JUDGEMENT, NOTE and WARNING\n" },
        { { { AR, "[!WARNING]", "[!NOTE]" } },
          AR ":13:1: error: [block-differs] this is a note where " EN
             ":13 has a warning; give both the same shape\n" },
        { { { AR, "[!WARNING]\n> ", "" } },
          AR ":13:1: error: [block-differs] this is a quote where " EN
             ":13 has a warning; give both the same shape\n" },
        { { { AR, "[!NOTE] كيف أُحصيت", "[!NOTE]" } },
          AR ":6:1: error: [language-missing] a note has no title here, and one at " EN ":6; write one in both\n" },
        { { { EN, "> [!WARNING]\n> None of it is certain.", "> [!WARNING]" } },
          EN ":13:1: error: [text-unsupported] this call-out is empty; write its text in the lines below its kind, "
             "each after '>'\n" EN ":13:1: error: [block-missing] a paragraph that stands at " AR
             ":14 is missing before this place; translate it, or take it out there\n" },
        { { { EN, "1. The first item.", "1. > [!NOTE]\n   > In a list." } },
          EN ":18:4: error: [text-unsupported] a call-out stands inside a list or quote; move it out\n" AR
             ":18:4: error: [block-differs] this is a paragraph where " EN
             ":18 has a note; give both the same shape\n" },
        { { { AR, "— أحدهم", "أحدهم" } },
          AR ":38:3: error: [block-differs] this is a paragraph where " EN
             ":38 has an attribution; give both the same shape\n" },
        { { { EN, "> The words of another.\n>\n> More of them.\n>\n", "" } },
          EN ":34:1: error: [text-unsupported] this quote says who spoke and not what; write the words in a paragraph "
             "before it\n" EN ":34:3: error: [block-missing] a paragraph that stands at " AR
             ":34 is missing before this place; translate it, or take it out there\n" EN
             ":34:3: error: [block-missing] a paragraph that stands at " AR
             ":36 is missing before this place; translate it, or take it out there\n" },
        { { { AR, "1. البند الأول.\n", "1. البند الأول.\n\n" } },
          AR ":18:1: error: [block-differs] this list has some blank lines between its items, that at " EN
             ":18 has none; give both the same\n" },
    };

    (void)state;
    ASSERT_BROKEN(list);
}

static void references(void **state)
{
    static const struct broken list[] = {
        { { { EN, "[](table:counts)", "[](table:count)" } },
          EN ":4:56: error: [link-target] no table 'count' stands in this text; did you mean 'counts'?\n" },
        { { { EN, "[](#deeper)", "[](#deep)" } },
          EN ":4:92: error: [link-target] no heading has the id 'deep'; link to one that is there\n" },
        { { { EN, "[](table:counts)", "[](https://example.org)" } },
          EN ":4:56: error: [link-text] this link has no text; write one between the brackets, only links inside the "
             "report print a number\n" AR ":4:56: error: [link-differs] the English text at " EN
             ":4 has no link to 'table:counts'; link to it in both\n" },
        { { { YAML, "figures: true, ", "" } },
          EN ":4:39: error: [link-text] this link has no text, and what it leads to has no number; write a text, or "
             "'numbering: {figures: true}' in report.yaml\n" EN
             ":4:74: error: [link-text] this link has no text, and what it leads to has no number; write a text, or "
             "'numbering: {figures: true}' in report.yaml\n" EN
             ":62:13: error: [link-text] this link has no text, and what it leads to has no number; write a text, or "
             "'numbering: {figures: true}' in report.yaml\n" AR
             ":4:39: error: [link-text] this link has no text, and what it leads to has no number; write a text, or "
             "'numbering: {figures: true}' in report.yaml\n" AR
             ":4:74: error: [link-text] this link has no text, and what it leads to has no number; write a text, or "
             "'numbering: {figures: true}' in report.yaml\n" AR
             ":62:12: error: [link-text] this link has no text, and what it leads to has no number; write a text, or "
             "'numbering: {figures: true}' in report.yaml\n" },
        { { { AR, " انظر [](#first).", "" } },
          EN ":56:36: error: [link-differs] the Arabic text at " AR ":56 has no link to '#first'; link to it in both\n" },
        { { { EN, "### Deeper {#deeper}", "### Deeper [](#first) {#deeper}" } },
          EN ":16:12: error: [link-text] a heading holds a link without text; write one between the brackets\n" EN
             ":16:12: error: [link-differs] the Arabic text at " AR ":16 has no link to '#first'; link to it in both\n" },
        { { { YAML, "headings: true", "headings: yes please" } },
          YAML ":8:52: error: [value-kind] 'headings' is 'yes please'; write true or false\n" },
        { { { YAML, "headings: true", "heading: true" } },
          YAML ":8:42: error: [key-unknown] unknown key 'heading' in numbering; did you mean 'headings'?\n" },
    };

    (void)state;
    ASSERT_BROKEN(list);
}

/* The doc after the changes has `expected` in its dump; nothing is said. */
static void assert_dumped(const struct change changes[2], const char *const expected[])
{
    char *folder = tree_new();
    struct diags *diags = diags_new();
    struct buf out;
    struct doc *doc;

    tree_copy(GOOD "/datasets", folder);
    tree_copy(GOOD "/layouts", folder);
    tree_copy(GOOD "/reports", folder);
    for (size_t i = 0; i < 2 && changes[i].file; i++) {
        char *path = text_join(folder, changes[i].file);

        file_replace(path, changes[i].old, changes[i].new);
        free(path);
    }
    doc = report_build(folder, "blocks", NULL, NULL, diags);
    assert_said(diags, folder, "");
    buf_init(&out);
    doc_dump(doc, &out);
    for (; *expected; expected++)
        if (!strstr(out.data, *expected))
            fail_msg("no '%s' in\n%s", *expected, out.data);
    buf_drop(&out);
    doc_drop(doc);
    tree_remove(folder);
}

/* Arabic writes the article after "to" with one alef less, behind a conjunction too; a word that ends in that letter is
 * none of these. */
static void a_lam_takes_the_alef_of_the_article(void **state)
{
    static const struct change changes[2] = { { AR, "انظر [](chart:seats) و[](table:counts) و[](image:map) و[](#deeper)",
                                                "ل[](chart:seats) وَلِ[](table:counts) قبل[](image:map) فل[](#deeper)" } };
    static const char *const expected[] = { "؛ للشكل‹U+00A0›‹RLI:١› وَلِلجدول‹U+00A0›‹RLI:١› "
                                            "قبلالشكل‹U+00A0›‹RLI:٢› فللقسم‹U+00A0›‹RLI:١.١›.", NULL };

    (void)state;
    assert_dumped(changes, expected);
}

/* Signs of the keyboard become those of print, in each language its own; what is no prose stays. */
static void punctuation_is_set(void **state)
{
    static const struct change changes[2] = {
        { EN, "As [the map](image:map) shows.",
          "He said \"the people's *'no'* --- {council}'s\" on \"{council}\" a--b, `\"c\" -- d'`, <https://e.org/f--g>, \"two "
          "lists' h\", '{'i'}' - [the map](image:map)." },
        { AR, "كما تبيّن [الخريطة](image:map).",
          "قال \"نعم\" و\"{council}\" --- ثم Da'wa -- 'ب' `\"ج\"` [الخريطة](image:map)." } };
    static const char *const expected[] = {
        "He said “the people’s ‘no’ — ‹LRI:285›’s” on “‹LRI:285›” a–b, \"c\" -- d', https://e.org/f--g, “two lists’ h”, {i} - the map.",
        "قال «نعم» و«‹RLI:٢٨٥›» — ثم Da’wa – 'ب' \"ج\" الخريطة.", NULL };
    /* marks within marks, of years, feet and inches, of a language's own and the other's words */
    static const struct change more[2] = {
        { EN, "As [the map](image:map) shows.",
          "Rock 'n' roll, ''{council}s, {council}''{council}\" and {council}''{council}\", 'نعم' 'no;' '(a)' ('b') 'c…' "
          "\"'d' e 'f.'\" g ' h - [the map](image:map)." },
        { AR, "كما تبيّن [الخريطة](image:map).",
          "سنوات {council} 'New York' Da'wa's {council}''{council}\" و{council}''{council}\" [الخريطة](image:map)." } };
    static const char *const nested[] = {
        "Rock ’n’ roll, ’‹LRI:285›s, ‹LRI:285›'‹LRI:285›\" and ‹LRI:285›'‹LRI:285›\", ‘نعم’ ‘no;’ ‘(a)’ (‘b’) ‘c…’ “‘d’ e "
        "‘f.’” g ' h - the map.",
        "سنوات ‹RLI:٢٨٥› 'New York' Da’wa’s ‹RLI:٢٨٥›'‹RLI:٢٨٥›\" و‹RLI:٢٨٥›'‹RLI:٢٨٥›\" الخريطة.", NULL };
    static const struct change odd[2] = { { EN, "As [the map](image:map) shows.", "A \"word, [the map](image:map)." } };
    static const char *const left[] = { "text en: A \"word, the map.", NULL };

    (void)state;
    assert_dumped(changes, expected);
    assert_dumped(more, nested);
    assert_dumped(odd, left);
}

/* In Arabic an address stands in isolates, its link inside: what is between two Latin words would run with them. */
static void addresses_are_isolated(void **state)
{
    static const struct change changes[2] = {
        { EN, "As [the map]", "At www.e.org, [the map]" },
        { AR, "كما تبيّن [الخريطة]", "انظر BBC، https://e.org/a--b، a@e.org؛ [الخريطة]" } };
    static const char *const expected[] = {
        "At www.e.org, the map",
        "انظر BBC، ‹LRI:https://e.org/a--b›، ‹LRI:a@e.org›؛ الخريطة.",
        "link 18..36 https://e.org/a--b\n", "link 45..52 mailto:a@e.org\n", NULL };

    (void)state;
    assert_dumped(changes, expected);
}

/* Sources, notes, labels and captions hold what a paragraph holds; other texts of report.yaml are plain, and say so. */
static void marks_stand_in_small_texts(void **state)
{
    static const struct change changes[2] = {
        { YAML, "Source: tests\", ar: \"المصدر: الاختبارات\"}\ncharts", "Source: *The Tests*, https://e.org/2024, `x_y`\", "
                "ar: \"المصدر: *الاختبارات*، https://e.org/2024؛ **معًا**\"}\ncharts" },
        { EN, "![What was counted]", "![What *The Tests* counted]" } };
    static const char *const expected[] = {
        "title en: Table‹U+00A0›‹LRI:1›. What The Tests counted\n    emphasis 21..30\n",
        "source en: Source: The Tests, https://e.org/2024, x_y\n    emphasis 8..17\n    link 19..37 https://e.org/2024\n"
        "    code 39..42\n",
        "source ar: المصدر: الاختبارات، ‹LRI:https://e.org/2024›؛ معًا\n    emphasis 14..34\n    link 40..58 "
        "https://e.org/2024\n    strong 64..72\n",
        "Table‹U+00A0›‹LRI:1›: The Tests, https://e.org/2024, x_y\n      emphasis ", NULL };
    static const struct broken list[] = {
        { { { YAML, "en: Every block", "en: \"Every *block*\"" } },
          YAML ":1:21: error: [text-unsupported] 'title' is plain text, without emphasis, links or code; take the marks "
               "away, or write \\ before a sign that is printed\n" },
        { { { YAML, "en: Every block", "en: Every ~~block~~" } },
          YAML ":1:19: error: [text-unsupported] ~~ strikes nothing out here: a briefing says what holds; take the struck "
               "words out, or write \\~\\~ for the signs\n" },
        { { { YAML, "Image: Mujaz", "Image: [Mujaz](#first)" } },
          YAML ":46:26: error: [link-target] '#first' is a place in the report; links to it stand in en.md and ar.md, "
               "here https://... and mailto:...\n" },
        { { { YAML, "en: Every block, ar", "en: \"* Every \\\\*block\\\\* of www.e.org\", ar" } }, "" },
    };

    (void)state;
    assert_dumped(changes, expected);
    ASSERT_BROKEN(list);
}

static void breaks_and_sources(void **state)
{
    static const struct broken list[] = {
        { { { EN, "(break:page)", "(break:pag)" }, { AR, "(break:page)", "(break:pag)" } },
          EN ":52:1: error: [break-kind] 'pag' is no break; write (break:page) or (break:column)\n" AR
             ":52:1: error: [break-kind] 'pag' is no break; write (break:page) or (break:column)\n" },
        { { { AR, "(break:page)", "(break:column)" } },
          AR ":52:1: error: [block-differs] this places a column break where " EN
             ":52 places a page break; place the same in both\n" },
        { { { EN, "![](break:page)", "![x](break:page)" }, { AR, "![](break:page)", "![x](break:page)" } },
          EN ":52:1: error: [object-caption] a break prints nothing; leave the brackets empty\n" AR
             ":52:1: error: [object-caption] a break prints nothing; leave the brackets empty\n" },
        { { { EN, "![Sources](sources:)", "![Sources](sources:)\n\n![](sources:x)" },
            { AR, "![المصادر](sources:)", "![المصادر](sources:)\n\n![](sources:x)" } },
          EN ":62:1: error: [object-unknown] the source list has no name; write (sources:)\n" EN
             ":62:1: error: [object-duplicate] the source list stands in line 60 already; keep one\n" AR
             ":62:1: error: [object-unknown] the source list has no name; write (sources:)\n" AR
             ":62:1: error: [object-duplicate] the source list stands in line 60 already; keep one\n" },
        { { { YAML, "order: alphabetical", "order: alphabetic" } },
          YAML ":9:18: error: [definition-value] 'alphabetic' is no value of 'order'; did you mean 'alphabetical'?\n" },
        { { { YAML, "order: alphabetical", "of: [charts]" } },
          YAML ":9:16: error: [definition-value] 'charts' is no value of 'of'; write datasets or objects\n" },
    };

    (void)state;
    ASSERT_BROKEN(list);
}

static void images(void **state)
{
    static const struct broken list[] = {
        { { { EN, "(image:map)\n\n![](photo", "(image:mep)\n\n![](photo" } },
          EN ":4:74: error: [link-target] no image 'map' stands in this text; did you mean 'mep'?\n" EN
             ":48:1: error: [object-unknown] unknown image 'mep'; did you mean 'map'?\n" EN
             ":56:5: error: [link-target] no image 'map' stands in this text; did you mean 'mep'?\n" AR
             ":48:1: error: [block-differs] this places the image 'map' where " EN
             ":48 places the image 'mep'; place the same in both\n" },
        { { { YAML, "file: map.png", "file: mop.png" } },
          YAML ":43:11: error: [file-absent] there is no file 'mop.png' beside the texts; did you mean 'map.png'?\n" },
        { { { YAML, "file: map.png", "file: ../map.png" } },
          YAML ":43:11: error: [definition-value] '../map.png' is no file beside the texts; write its name, as in "
               "map.png or images/map.png\n" },
        { { { YAML, "file: map.png", "file: en.md" } },
          YAML ":43:11: error: [image-format] the image 'reports/blocks/en.md' cannot be used: it is neither PNG nor "
               "JPEG; save it as one of them\n" },
        { { { YAML, "    alt: {en: \"A map of {council} seats\", ar: \"خريطة {council} مقعدًا\"}\n", "" } },
          YAML ":43:5: error: [key-missing] 'alt' is missing; write alt: {en: ..., ar: ...}\n" },
        { { { YAML, "width_mm: 80", "width_mm: 2" } },
          YAML ":44:15: error: [definition-value] 2 is no value of 'width_mm'; write 5 to 1000, or leave it "
               "out\n" },
    };

    (void)state;
    ASSERT_BROKEN(list);
}

static void changes(void **state)
{
    static const struct broken list[] = {
        { { { YAML, "change: {figure: change", "change: {figure: chang" } },
          YAML ":13:3: warning: [figure-unused] figure 'change' is used nowhere; use it, or take it out\n" YAML
               ":20:24: error: [figure-unknown] unknown figure 'chang'; did you mean 'change'?\n" },
        { { { YAML, "change: {figure: change", "change: {figure: today" },
            { YAML, "figures:\n", "figures:\n  today: \"SELECT :as_of\"\n" } },
          YAML ":14:3: warning: [figure-unused] figure 'change' is used nowhere; use it, or take it out\n" YAML
               ":21:24: error: [message-type] the figure 'today' is a date and a change is an exact number; name one "
               "that is\n" },
        { { { YAML, "change: {figure: change", "change: {format: year, figure: change" } },
          YAML ":20:38: error: [message-type] the format of the change needs a date; choose another\n" },
        { { { YAML, "change: {figure: change, text", "change: {text" } },
          YAML ":13:3: warning: [figure-unused] figure 'change' is used nowhere; use it, or take it out\n" YAML
               ":20:15: error: [key-missing] 'figure' is missing; give it a text\n" },
    };

    (void)state;
    ASSERT_BROKEN(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dump_is_as_it_was),
        cmocka_unit_test(captions_of_charts_are_titles), cmocka_unit_test(callouts_and_quotes), cmocka_unit_test(references),
        cmocka_unit_test(punctuation_is_set), cmocka_unit_test(addresses_are_isolated),
        cmocka_unit_test(a_lam_takes_the_alef_of_the_article),
        cmocka_unit_test(marks_stand_in_small_texts),
        cmocka_unit_test(breaks_and_sources), cmocka_unit_test(images), cmocka_unit_test(changes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
