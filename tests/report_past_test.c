/* Two issues in a row: what texts say of the one before, in both languages, and what they may not say. */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "report/ledger.h"
#include "report/previous.h"
#include "support/program.h"
#include "support/said.h"

#define YAML "reports/weekly/report.yaml"
#define EN "reports/weekly/en.md"
#define AR "reports/weekly/ar.md"
#define CSV "datasets/incidents/incidents.csv"

struct workspace {
    char *folder;
    struct arena *arena;
    struct previous previous;
};

static int set_up(void **state)
{
    struct workspace *w = calloc(1, sizeof *w);
    w->folder = workspace_new("tests/data/past");
    w->arena = arena_new();
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct workspace *w = *state;
    tree_remove(w->folder);
    arena_drop(w->arena);
    free(w);
    return 0;
}

static void change(struct workspace *w, const char *file, const char *old, const char *new)
{
    char *path = text_join(w->folder, file);
    file_replace(path, old, new);
    free(path);
}

static void second_issue(struct workspace *w)
{
    change(w, YAML, "issue: 1", "issue: 2");
    change(w, YAML, "2024-03-27", "2024-04-03");
}

/* The same when its body was written before, on its own level and below a report in front of it. */
static void assert_copied(struct ledger *ledger)
{
    const struct ledger first = { .workspace = "", .report = "first", .as_of = "2024-04-03" }, *behind = ledger;
    const struct ledger_of alone = { .version = "test" };
    const struct ledger_of below = { .version = "test", .following = &behind, .following_count = 1 };
    struct buf body, texts[4];
    size_t past;
    for (int i = 0; i < 4; i++)
        buf_init(&texts[i]);
    assert_true(ledger_json(ledger, &alone, LEDGER_ROWS, buf_sink(&texts[0])));
    assert_true(ledger_json(&first, &below, LEDGER_ROWS, buf_sink(&texts[1])));
    buf_init(&body);
    assert_true(ledger_write_body(ledger, buf_sink(&body), &past));
    ledger_set_body(ledger, (struct ledger_body){ body.data, body.length, past, .mapped = false });
    assert_int_equal(ledger->entry_count, 0);
    assert_true(ledger_json(ledger, &alone, LEDGER_ROWS, buf_sink(&texts[2])));
    assert_true(ledger_json(&first, &below, LEDGER_ROWS, buf_sink(&texts[3])));
    assert_string_equal(texts[2].data, texts[0].data);
    assert_string_equal(texts[3].data, texts[1].data);
    for (int i = 0; i < 4; i++)
        buf_drop(&texts[i]);
    buf_drop(&body);
}

/* What was said; the doc as a dump in the arena, or NULL. Its ledger is the one that the next build gets. */
static const char *build(struct workspace *w, const char *said)
{
    struct report_options options = { .previous = &w->previous };
    struct diags *diags = diags_new();
    struct doc *doc = report_build(w->folder, "weekly", NULL, &options, diags);
    const char *dump = NULL;
    struct buf out;
    assert_said(diags, w->folder, said);
    if (!doc)
        return NULL;
    buf_init(&out);
    doc_dump(doc, &out);
    dump = arena_string(w->arena, out.data);
    buf_clear(&out);
    const struct ledger_of of = { .version = "test" };
    ledger_json(doc->ledger, &of, LEDGER_ROWS, buf_sink(&out));
    diags = diags_new();
    w->previous = (struct previous){ 0 };
    assert_true(previous_add(&w->previous, "weekly.ledger.json", out.data, out.length, w->arena, diags));
    assert_said(diags, NULL, "");
    buf_drop(&out);
    assert_copied(doc->ledger);
    doc_drop(doc);
    return dump;
}

/* Isolates, which the dump has as ‹LRI:102›, are left out. */
static void assert_holds(const char *dump, const char *piece)
{
    char *plain = calloc(1, strlen(dump) + 1), *to = plain;
    for (const char *p = dump; *p; p++) {
        if (strncmp(p, "‹", 3) == 0)
            p += 6;
        else if (strncmp(p, "›", 3) == 0)
            p += 2;
        else
            *to++ = *p;
    }
    if (!strstr(plain, piece))
        fail_msg("'%s' is not in '%s'", piece, plain);
    free(plain);
}

static void the_first_issue_says_so(void **state)
{
    struct workspace *w = *state;
    const char *dump = build(w, "");
    assert_holds(dump, "There were 100 attacks. This is the first issue.");
    assert_holds(dump, "وقعت ١٠٠ هجمة. هذا هو العدد الأول.");
    assert_holds(dump, "first issue");
    assert_holds(dump, "العدد الأول");
    assert_true(w->previous.ledgers[0].tells);
    assert_null(w->previous.ledgers[0].before);
}

static void the_second_compares(void **state)
{
    struct workspace *w = *state;
    build(w, "");
    second_issue(w);
    const char *dump = build(w, "");
    assert_holds(dump, "There were 102 attacks. That is 2 attacks more than the 100 of issue 1 (27 March 2024), or +2%.");
    assert_holds(dump, "وهذا يزيد ٢ هجمتين على ١٠٠ في العدد ١ (٢٧ آذار ٢٠٢٤)، أي +٢٪.");
    assert_holds(dump, "+2 since the previous issue");
    assert_holds(dump, "\u22121.8 percentage points since the previous issue");
    assert_holds(dump, "١٫٨ نقطة مئوية منذ العدد السابق");
    assert_holds(dump, "0 in a week");
    const struct previous_issue *before = w->previous.ledgers[0].before;
    assert_int_equal(before->issue, 1);
    assert_int_equal(before->count, 3);
    assert_string_equal(before->as_of, "2024-03-27");
    assert_int_equal(previous_find(before, "attacks")->value.num.coefficient, 100);
}

static void a_rebuild_is_the_same(void **state)
{
    struct workspace *w = *state;
    build(w, "");
    second_issue(w);
    const char *first = build(w, ""), *again = build(w, "");
    assert_string_equal(first, again);
    assert_int_equal(w->previous.ledgers[0].before->issue, 1);
}

/* Rows of issue 1 and 2: the numbers that Arabic counts in six ways. */
static void arabic_counts_what_changed(void **state)
{
    static const struct { const char *row, *want; } counts[] = {
        { "rocket,1\n", "وهذا يزيد ١ هجمة على ١٠٠" },     { "rocket,2\n", "وهذا يزيد ٢ هجمتين على ١٠٠" },
        { "rocket,3\n", "وهذا يزيد ٣ هجمات على ١٠٠" },     { "rocket,11\n", "وهذا يزيد ١١ هجمة على ١٠٠" },
        { "rocket,100\n", "وهذا يزيد ١٠٠ هجمة على ١٠٠" }, { "rocket,-4\n", "وهذا يقل ٤ هجمات عن ١٠٠" },
        { "rocket,0\n", "وهذا مثل ما في العدد ١" },
    };
    struct workspace *w = *state;
    build(w, "");
    const struct previous first = w->previous;
    const char *row = "rocket,2\n";
    second_issue(w);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        change(w, CSV, row, counts[i].row);
        row = counts[i].row;
        w->previous = first;
        assert_holds(build(w, ""), counts[i].want);
    }
}

static void a_revised_value_says_so(void **state)
{
    struct workspace *w = *state;
    build(w, "");
    second_issue(w);
    change(w, CSV, "drone,3", "drone,5");
    const char *dump = build(w, YAML ":11:3: warning: [previous-revised] figure 'attacks' was published as 100 as of "
                                "2024-03-27, and is 102 by today's data; texts print what it is, and what was published\n"
                                YAML ":12:3: warning: [previous-revised] figure 'drones' was published as 0.93 as of "
                                "2024-03-27, and is 0.931372549 by today's data; texts print what it is, and what was "
                                "published\n");
    assert_holds(dump, "more than the 102 (published as 100) of issue 1");
    assert_holds(dump, "على ١٠٢ (المنشور سابقًا: ١٠٠) في العدد ١");
    assert_holds(dump, "+2 since the previous issue, as revised");
    /* what was published stays what was published */
    assert_int_equal(previous_find(w->previous.ledgers[0].before, "attacks")->value.num.coefficient, 100);
}

static void words_of_ones_own_take_the_place_of_the_mark(void **state)
{
    struct workspace *w = *state;
    build(w, "");
    second_issue(w);
    change(w, CSV, "drone,3", "drone,5");
    change(w, EN, "the {attacks.previous} of",
           "{attacks.revised, select, yes {{attacks.previous}, not {attacks.published},} no {the {attacks.previous}}} of");
    change(w, AR, "على {attacks.previous} في",
           "على {attacks.revised, select, yes {{attacks.previous} لا {attacks.published}} no {{attacks.previous}}} في");
    struct report_options options = { .previous = &w->previous };
    struct diags *diags = diags_new();
    struct doc *doc = report_build(w->folder, "weekly", NULL, &options, diags);
    struct buf out;
    assert_non_null(doc);
    assert_int_equal(diags_count(diags), 2);
    buf_init(&out);
    doc_dump(doc, &out);
    assert_holds(out.data, "more than 102, not 100, of issue 1");
    assert_holds(out.data, "على ١٠٢ لا ١٠٠ في العدد ١");
    buf_drop(&out);
    doc_drop(doc);
    diags_drop(diags);
}

static void what_is_not_in_the_issue_before_is_told(void **state)
{
    struct workspace *w = *state;
    build(w, "");
    second_issue(w);
    change(w, YAML, "  kinds: SELECT count(DISTINCT kind) FROM incidents",
           "  kinds: SELECT 'two'\n  rockets: SELECT sum(attacks) FROM incidents WHERE kind = 'rocket'");
    change(w, YAML, "change: {figure: kinds.change, text: {en: in a week, ar: في أسبوع}}", "change: previous");
    change(w, YAML, "\"{kinds}\"", "\"{rockets}\"");
    change(w, EN, "There were", "Of {kinds.previous} kinds, there were");
    change(w, AR, "وقعت", "من {kinds.previous}، وقعت");
    const char *dump =
        build(w, YAML ":13:3: warning: [previous-figure] figure 'kinds' was of another kind in the issue before, and "
                 "cannot be compared; texts say so\n"
                 YAML ":14:3: warning: [previous-figure] figure 'rockets' is not in the issue before; texts say so\n"
                 EN ":5:4: warning: [previous-absent] 'kinds.previous' has no value, so that this prints 'not "
                 "comparable'; words of your own can stand in the branch 'none' of a select on {kinds.direction}\n"
                 AR ":5:4: warning: [previous-absent] 'kinds.previous' has no value, so that this prints 'غير قابل "
                 "للمقارنة'; words of your own can stand in the branch 'none' of a select on {kinds.direction}\n");
    assert_holds(dump, "Of not comparable kinds");
    assert_holds(dump, "not in the previous issue");
    assert_holds(dump, "غير وارد في العدد السابق");
}

static void texts_must_have_words_for_no_issue(void **state)
{
    static const struct { const char *old, *en, *ar, *said; } wrong[] = {
        { " none {", "{attacks.change, plural, one {#} other {#}}", "{attacks.change, plural, one {#} other {#}}",
          EN ":5:1: error: [previous-none] in an issue without one before it {attacks.change} has no value to choose by; "
          "put this into a branch of {attacks.direction, select, up {...} down {...} same {...} none {...}}\n"
          AR ":5:1: error: [previous-none] in an issue without one before it {attacks.change} has no value to choose by; "
          "put this into a branch of {attacks.direction, select, up {...} down {...} same {...} none {...}}\n" },
        { "", "{attacks.direction, select, up {rose} other {fell}}", "{attacks.direction, select, up {أ} other {ب}}",
          EN ":5:1: error: [previous-none] this select has no words for an issue without one before it; add none "
          "{text}\n"
          AR ":5:1: error: [previous-none] this select has no words for an issue without one before it; add none "
          "{text}\n" },
        { "", "{attacks.direction, select, upp {rose} none {} other {fell}}",
          "{attacks.direction, select, up {أ} none {} other {ب}}",
          EN ":5:1: error: [message-syntax] {attacks.direction} is never 'upp'; did you mean 'up'?\n" },
        { "", "{attacks.direction}", "{attacks.direction}",
          EN ":5:1: error: [message-type] {attacks.direction} chooses words and is none itself; write "
          "{attacks.direction, select, up {...} down {...} same {...} none {...}}\n"
          AR ":5:1: error: [message-type] {attacks.direction} chooses words and is none itself; write "
          "{attacks.direction, select, up {...} down {...} same {...} none {...}}\n" },
        { "", "{attacks.changed}", "{attacks.changed}",
          EN ":5:2: error: [figure-unknown] unknown figure 'attacks.changed'; did you mean 'attacks.change'?\n"
          AR ":5:2: error: [figure-unknown] unknown figure 'attacks.changed'; did you mean 'attacks.change'?\n" },
    };
    struct workspace *w = *state;
    const char *en = "There were", *ar = "وقعت";
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *new_en = arena_printf(w->arena, "%s There were", wrong[i].en);
        const char *new_ar = arena_printf(w->arena, "%s وقعت", wrong[i].ar);
        change(w, EN, en, new_en);
        change(w, AR, ar, new_ar);
        en = new_en;
        ar = new_ar;
        assert_null(build(w, wrong[i].said));
    }
}

static void a_change_is_of_numbers(void **state)
{
    struct workspace *w = *state;
    change(w, YAML, "  kinds: SELECT count(DISTINCT kind) FROM incidents", "  kinds: SELECT min(kind) FROM incidents");
    assert_null(build(w, YAML ":18:74: error: [message-type] figure 'kinds.change' is of a text, and a change is that of an "
                         "exact number; write {kinds} and {kinds.previous}\n"));
}

static void percentages_of_zero_are_none(void **state)
{
    struct workspace *w = *state;
    change(w, CSV, "drone,3", "drone,0");
    change(w, CSV, "rocket,7", "rocket,0");
    change(w, CSV, "drone,90", "drone,0");
    change(w, YAML, "  drones: SELECT ratio(sum(attacks) FILTER (WHERE kind = 'drone'), sum(attacks))",
           "  drones: SELECT ratio(count(*) FILTER (WHERE kind = 'drone'), count(*))");
    build(w, "");
    second_issue(w);
    struct report_options options = { .previous = &w->previous };
    struct diags *diags = diags_new();
    struct doc *doc = report_build(w->folder, "weekly", NULL, &options, diags);
    struct buf out;
    assert_non_null(doc);
    assert_int_equal(diags_count(diags), 2);
    assert_int_equal(diags_get(diags, 0)->id, DIAG_PREVIOUS_ABSENT);
    buf_init(&out);
    doc_dump(doc, &out);
    assert_holds(out.data, "That is 2 attacks more than the 0 of issue 1 (27 March 2024), or no percentage of zero.");
    assert_holds(out.data, "أي لا نسبة من الصفر.");
    buf_drop(&out);
    doc_drop(doc);
    diags_drop(diags);
}

static void ledgers_that_cannot_be_meant(void **state)
{
    struct workspace *w = *state;
    second_issue(w);
    const char *dump =
        build(w, YAML ":4:8: warning: [previous-unknown] this is issue 2, and no ledger of an earlier one is known; texts "
                 "say so: give it by --previous=FILE.ledger.json\n");
    assert_holds(dump, "previous issue not known");
    assert_holds(dump, "العدد السابق غير معروف");
    assert_false(w->previous.ledgers[0].tells);
    change(w, YAML, "issue: 2", "issue: 1");
    assert_null(build(w, "weekly.ledger.json:1:1: error: [previous-ledger] this ledger is of issue 2 of 2024-04-03, which is "
                         "later than what is made now (" YAML ", as of 2024-04-03); give that of an earlier issue\n"));
    struct diags *diags = diags_new();
    static const char half[] = "{\n  \"report\": \"weekly\",\n  \"as_of\": \"2024-04-03\",\n  \"figures\": [\n";
    assert_false(previous_add(&w->previous, "half", half, sizeof half - 1, w->arena, diags));
    static const char other[] = "{\"seats\": 5}";
    assert_false(previous_add(&w->previous, "other", other, sizeof other - 1, w->arena, diags));
    static const char day[] = "{\"report\": \"weekly\", \"as_of\": \"2024-04-31\"}";
    assert_false(previous_add(&w->previous, "day", day, sizeof day - 1, w->arena, diags));
    assert_said(diags, NULL,
                "half:5:1: error: [previous-ledger] '{' must stand here, for an object\n"
                "other:1:13: error: [previous-ledger] this is no ledger of a report: it has no 'report' or 'as_of'\n"
                "day:1:43: error: [previous-ledger] the day before this place is none\n");
    assert_int_equal(w->previous.count, 1);
}

static void half_a_ledger_is_none(void **state)
{
    struct workspace *w = *state;
    struct diags *diags = diags_new();
    struct doc *doc = report_build(w->folder, "weekly", NULL, NULL, diags);
    const struct ledger_of of = { .version = "test" };
    struct buf out;
    assert_said(diags, NULL, "");
    buf_init(&out);
    ledger_json(doc->ledger, &of, LEDGER_ROWS, buf_sink(&out));
    doc_drop(doc);
    for (size_t length = 0; length < out.length - 1; length += 3) {
        char *half = malloc(length + 1); /* of its own, so that a sanitizer sees what is read behind it */
        struct arena *arena = arena_new();
        struct previous previous = { 0 };
        diags = diags_new();
        memcpy(half, out.data, length);
        half[length] = '\0';
        assert_false(previous_add(&previous, "half", half, length, arena, diags));
        assert_int_equal(diags_errors(diags), 1);
        assert_int_equal(previous.count, 0);
        diags_drop(diags);
        arena_drop(arena);
        free(half);
    }
    buf_drop(&out);
}

static void a_packet_of_a_burst_has_no_issue_before(void **state)
{
    struct workspace *w = *state;
    change(w, YAML, "figures:\n", "burst: {data: SELECT DISTINCT kind FROM incidents, key: kind, common: [attacks, "
                                  "drones, kinds]}\nfigures:\n");
    struct diags *diags = diags_new();
    assert_null(report_build(w->folder, "weekly", NULL, NULL, diags));
    assert_true(diags_errors(diags) > 0);
    for (size_t i = 0; i < diags_count(diags); i++)
        assert_int_equal(diags_get(diags, i)->id, DIAG_PREVIOUS_BURST);
    diags_drop(diags);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_first_issue_says_so),
        TEST(the_second_compares),
        TEST(a_rebuild_is_the_same),
        TEST(arabic_counts_what_changed),
        TEST(a_revised_value_says_so),
        TEST(words_of_ones_own_take_the_place_of_the_mark),
        TEST(what_is_not_in_the_issue_before_is_told),
        TEST(texts_must_have_words_for_no_issue),
        TEST(a_change_is_of_numbers),
        TEST(percentages_of_zero_are_none),
        TEST(ledgers_that_cannot_be_meant),
        TEST(half_a_ledger_is_none),
        TEST(a_packet_of_a_burst_has_no_issue_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
