/* schedule.yaml: what it may say, each wrong word with its place, and that a night does what it says. */
#include "workspace/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/diag.h"
#include "pdf/imposition.h"
#include "report/doc.h"
#include "support/workspace.h"
#include "support/said.h"

#define SCHEDULE "schedule.yaml"

static int set_up(void **state)
{
    *state = workspace_open("tests/data/cli");
    return 0;
}

static const struct schedule *load(struct workspace *w, const char *text)
{
    struct diags *diags = diags_new();
    file_write(workspace_path(w, SCHEDULE), text, strlen(text));
    const struct schedule *schedule = schedule_load(w->folder, w->arena, diags);
    assert_said(diags, w->folder, "");
    assert_non_null(schedule);
    return schedule;
}

static void assert_refused(struct workspace *w, const char *text, const char *want)
{
    struct diags *diags = diags_new();
    file_write(workspace_path(w, SCHEDULE), text, strlen(text));
    assert_null(schedule_load(w->folder, w->arena, diags));
    assert_said(diags, w->folder, want);
}

static void without_the_file_all_is_made(void **state)
{
    struct workspace *w = *state;
    struct diags *diags = diags_new();
    const struct schedule *s = schedule_load(w->folder, w->arena, diags);
    assert_said(diags, w->folder, "");
    assert_int_equal(s->count, 0);
    assert_null(s->out);
    assert_int_equal(s->keep, 0);
    assert_true(schedule_of(s, "any")->attachments);
    assert_true(schedule_of(s, "any")->listed);
    assert_int_equal(schedule_of(s, "any")->seconds, 600);
    assert_int_equal(schedule_of(s, "any")->days, 0);
}

static void all_keys_are_read(void **state)
{
    struct workspace *w = *state;
    const struct schedule *s = load(w, "out: ../published\njobs: 3\nkeep: 30\nkeep_days: 400\nseconds: 60\n"
                                       "editions: [en]\nreports:\n  mini: {editions: [ar, parallel], layout: large-print, "
                                       "attachments: false, sheets: saddle, days: [sun, sat], memory_mb: 512}\n");
    const struct schedule_report *mini = schedule_of(s, "mini"), *other = schedule_of(s, "other");
    char *out = text_join(w->folder, "../published");
    assert_string_equal(s->out, out);
    assert_int_equal(s->jobs, 3);
    assert_int_equal(s->keep, 30);
    assert_int_equal(s->keep_days, 400);
    assert_int_equal(s->count, 1);
    assert_int_equal(mini->editions, 1u << EDITION_AR | 1u << EDITION_PARALLEL);
    assert_string_equal(mini->layout, "large-print");
    assert_false(mini->attachments);
    assert_int_equal(mini->sheets, IMPOSE_SADDLE);
    assert_int_equal(mini->days, 1u | 1u << 6);
    assert_int_equal(mini->memory_mb, 512);
    assert_int_equal(mini->seconds, 60); /* what stands at the top holds for those that say nothing else */
    assert_int_equal(other->editions, 1u << EDITION_EN);
    assert_null(other->layout);
    free(out);
}

/* Each of YAML's ways to say nothing. */
static void a_name_alone_is_a_report_as_it_is(void **state)
{
    struct workspace *w = *state;
    static const char *const nothing[] = { "reports:\n  mini:\n", "reports:\n  mini: ~\n", "reports: {mini: null}\n" };
    for (size_t i = 0; i < 3; i++) {
        const struct schedule *s = load(w, nothing[i]);
        assert_int_equal(s->count, 1);
        assert_int_equal(schedule_of(s, "mini")->seconds, 600);
    }
}

/* The words of two tables here are those of enums elsewhere. */
static void choices_are_those_of_the_enums(void **state)
{
    size_t count, seen = 0;
    const struct schedule_setting *settings = schedule_settings(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        assert_true(settings[i].meaning[0]);
        for (int k = 0; strcmp(settings[i].key, "editions") == 0 && k < EDITION_COUNT; k++, seen++)
            assert_string_equal(settings[i].choices[k], edition_name((enum edition)k));
        for (int k = 1; strcmp(settings[i].key, "sheets") == 0 && k < IMPOSE_FORMS; k++, seen++)
            assert_string_equal(settings[i].choices[k], imposition_name((enum imposition_form)k));
    }
    assert_int_equal(seen, EDITION_COUNT + IMPOSE_FORMS - 1);
}

static void wrong_words_are_placed(void **state)
{
    struct workspace *w = *state;
    assert_refused(w, "keeps: 3\n", "schedule.yaml:1:1: error: [key-unknown] unknown key 'keeps' in schedule.yaml; "
                                    "did you mean 'keep'?\n");
    assert_refused(w, "keep: 0\n", "schedule.yaml:1:7: error: [schedule-value] 'keep' is 0; it must be from 1 to 100000\n");
    assert_refused(w, "jobs: many\n", "schedule.yaml:1:7: error: [value-kind] 'jobs' is 'many'; write a whole number, "
                                      "without quotes\n");
    assert_refused(w, "editions: en\n", "schedule.yaml:1:11: error: [value-kind] 'editions' is no list; write it as "
                                        "[parallel, en]\n");
    assert_refused(w, "out: ''\n", "schedule.yaml:1:7: error: [schedule-value] 'out' names no folder; write it as out\n");
    assert_refused(w, "reports:\n  mimi:\n", "schedule.yaml:2:3: error: [schedule-value] there is no report 'mimi'; did you "
                                             "mean 'mini'?\n");
    assert_refused(w, "reports: {}\n", "schedule.yaml:1:10: error: [value-kind] 'reports' names none; give each a line, "
                                       "NAME:\n");
    assert_refused(w, "reports:\n  mini: weekly\n", "schedule.yaml:2:9: error: [value-kind] 'mini' is no map; write it as "
                                                    "{editions: [en]}\n");
    assert_refused(w, "reports:\n  mini: {keep: 3}\n",
                   "schedule.yaml:2:10: error: [key-unknown] unknown key 'keep' in a report of schedule.yaml; known are "
                   "editions, layout, attachments, listed, sheets, days, seconds, memory_mb\n");
    assert_refused(w, "reports:\n  mini:\n    days: [sun, mond]\n    layout: larg-print\n    sheets: 3up\n",
                   "schedule.yaml:4:13: error: [schedule-value] there is no layout 'larg-print'; did you mean 'large-print'?\n"
                   "schedule.yaml:5:13: error: [schedule-value] '3up' of 'sheets' is not understood; did you mean '2up'?\n"
                   "schedule.yaml:3:17: error: [schedule-value] 'mond' of 'days' is not understood; did you mean 'mon'?\n");
    assert_refused(w, "reports: [mini]\n",
                   "schedule.yaml:1:10: error: [value-kind] 'reports' is a list; give each a line, NAME:\n");
    assert_refused(w, "- mini\n", "schedule.yaml:1:1: error: [value-kind] schedule.yaml is no map; write keys, as keep: 30\n");
}

/* --- a night --- */

static struct outcome nightly(const struct workspace *w, const char *option)
{
    return program_run((const char *const[]){ program_mujaz(), "nightly", "-C", w->folder, option, NULL }, NULL);
}

static void schedule(const struct workspace *w, const char *text)
{
    file_write(workspace_path(w, SCHEDULE), text, strlen(text));
}

static void assert_night(const struct workspace *w, const char *option, int code, const char *in_out, const char *in_err)
{
    struct outcome o = nightly(w, option);
    if (o.code != code || !strstr(o.out, in_out) || !strstr(o.err, in_err))
        fail_msg("exit %d, out '%s', err '%s'", o.code, o.out, o.err);
    outcome_drop(&o);
}

static bool is_published(const struct workspace *w, const char *name)
{
    char *folder = text_join(w->out, "current"), *path = text_join(folder, name);
    bool there = file_is_there(path);
    free(folder);
    free(path);
    return there;
}

static void a_night_does_what_it_says(void **state)
{
    struct workspace *w = *state;
    schedule(w, "out: out\nreports:\n  mini: {editions: [en], sheets: 2up}\n");
    assert_night(w, NULL, 0, "mini: made, 4 files", "");
    assert_true(is_published(w, "mini.en.pdf"));
    assert_true(is_published(w, "mini.en.2up.pdf"));
    assert_false(is_published(w, "mini.ar.pdf"));
    assert_night(w, NULL, 0, "mini: unchanged, 4 files", "");
    schedule(w, "out: out\nreports:\n  mini: {editions: [ar]}\n"); /* other files: they are made, not kept */
    assert_night(w, NULL, 0, "mini: made, 3 files", "");
    schedule(w, "out: out\nreports:\n  mini: {editions: [ar], layout: large-print}\n");
    assert_night(w, NULL, 0, "mini: made, 3 files", "");
    assert_night(w, "--no-attachments", 0, "mini: made, 3 files", "");
    schedule(w, "out: elsewhere\nreports:\n  mini: {editions: [sequential]}\n");
    char option[512];
    snprintf(option, sizeof option, "--out=%s", w->out); /* wins */
    assert_night(w, option, 1, "mini: stale since 2", "the report has no edition 'sequential'");
    schedule(w, "out: out\nreport: mini\n");
    assert_night(w, NULL, 1, "", "schedule.yaml:2:1: error: [key-unknown]");
    assert_true(is_published(w, "mini.ar.pdf"));
}

static void a_report_waits_for_its_day(void **state)
{
    static const char *const names[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat" };
    struct workspace *w = *state;
    time_t now = time(NULL);
    struct tm local;
    int day = localtime_r(&now, &local)->tm_wday;
    char text[64], *report = text_join(w->folder, "reports/mini/report.yaml"), *pdf;
    snprintf(text, sizeof text, "out: out\ndays: [%s, %s]\n", names[(day + 3) % 7], names[(day + 4) % 7]);
    schedule(w, text);
    assert_night(w, NULL, 0, "mini: made, 9 files", ""); /* there is nothing yet, so it does not wait */
    file_replace(report, "issue: 1", "issue: 2");
    assert_night(w, NULL, 0, "mini: not due, 9 files kept", "");
    assert_night(w, "mini", 0, "mini: made, 9 files", ""); /* named: it is wanted now */
    file_replace(report, "issue: 2", "issue: 3");
    pdf = text_join(w->out, "current/mini.pdf");
    file_write(pdf, "broken", 6);
    assert_night(w, NULL, 0, "mini: made, 9 files", ""); /* what it has is lost */
    file_replace(report, "issue: 3", "issue: x");
    assert_night(w, "mini", 1, "mini: stale since 2", "report.yaml");
    file_replace(report, "issue: x", "issue: 4");
    assert_night(w, NULL, 0, "mini: made, 9 files", ""); /* a stale one does not wait a week */
    snprintf(text, sizeof text, "out: out\ndays: [%s, %s]\n", names[day], names[(day + 1) % 7]);
    schedule(w, text);
    assert_night(w, NULL, 0, "mini: unchanged, 9 files", "");
    free(report);
    free(pdf);
}

/* For its readers only: what each gets by mail is in the run, and on no page. */
static void what_is_not_listed_is_on_no_page(void **state)
{
    struct workspace *w = *state;
    static const char *const pages[] = { "current/index.html", "current/issue.html", "current/feed.xml" };
    schedule(w, "out: out\nreports:\n  mini: {listed: false}\n");
    for (int night = 0; night < 2; night++) {
        assert_night(w, NULL, night, night ? "mini: stale since 2" : "mini: made, 9 files", "");
        assert_true(is_published(w, "mini.en.pdf"));
        for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
            size_t length;
            char *path = text_join(w->out, pages[i]), *page = file_content(path, &length);
            assert_null(strstr(page, "mini"));
            assert_null(strstr(page, "Not updated"));
            assert_null(strstr(page, "The tests")); /* its author */
            free(path);
            free(page);
        }
        char *report = text_join(w->folder, "reports/mini/report.yaml");
        file_replace(report, "issue: ", "issue: x");
        free(report);
    }
}

static void a_limit_ends_a_worker(void **state)
{
#ifdef __SANITIZE_ADDRESS__
    skip(); /* which maps terabytes, so that the sandbox sets no limit */
#endif
    struct workspace *w = *state;
    schedule(w, "out: out\nreports:\n  mini: {memory_mb: 16}\n");
    struct outcome o = nightly(w, NULL);
    assert_true(o.code == 3 || o.code == 4); /* it cannot be confined, or dies */
    assert_non_null(strstr(o.out, "mini: absent, 0 files"));
    outcome_drop(&o);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, workspace_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_the_file_all_is_made), TEST(all_keys_are_read), TEST(a_name_alone_is_a_report_as_it_is),
        TEST(choices_are_those_of_the_enums),
        TEST(wrong_words_are_placed),       TEST(a_night_does_what_it_says),  TEST(a_report_waits_for_its_day),
        TEST(a_limit_ends_a_worker),        TEST(what_is_not_listed_is_on_no_page),
    };
    return cmocka_run_group_tests_name("cli schedule", tests, NULL, NULL);
}
