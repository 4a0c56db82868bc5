/*
 * mujaz deliver: what is wrong with mail.yaml and the list of recipients, who gets what, and what a server does with it:
 * tests/tools/mail_check.py, which is one, with Debian's aiosmtpd.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "publish/mail.h"
#include "publish/mail_header.h"
#include "support/workspace.h"

static const char settings[] = "server: 127.0.0.1\nport: 9\nfrom: briefings@example.org\n";
static const char header[] = "email,language,report,name,edition,key\n";

static void write_file(const struct workspace *w, const char *name, const char *text)
{
    char *path = text_join(w->folder, name);
    file_write(path, text, strlen(text));
    free(path);
}

static int set_up(void **state)
{
    struct workspace *w = *state = workspace_open("tests/data/cli");
    struct outcome o = program_run(
        (const char *const[]){ program_mujaz(), "nightly", "-C", w->folder, "-o", w->out, "--jobs=1", NULL }, NULL);
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    return 0;
}

static struct outcome deliver(const struct workspace *w, const char *option)
{
    return program_run((const char *const[]){ program_mujaz(), "deliver", "-C", w->folder, "-o", w->out, option, NULL }, NULL);
}

/* Refused, with this, and nothing is begun. */
static void assert_wrong(const struct workspace *w, const char *said)
{
    char *journal = text_join(w->out, ".mail.journal");
    struct outcome o = deliver(w, NULL);
    assert_line(o.err, said);
    assert_int_equal(o.code, 1);
    assert_false(file_is_there(journal));
    outcome_drop(&o);
    free(journal);
}

static void wrong_rows_are_told_with_their_places(void **state)
{
    static const char *const rows[][2] = {
        { "a@example,en,mini,,,", "recipients.csv:2:1: error: [recipient-value] 'a@example' is no email; write an address as" },
        { "a b@example.org,en,mini,,,", "[recipient-value] 'a b@example.org' is no email" },
        { "a@-x.org,en,mini,,,", "[recipient-value] 'a@-x.org' is no email" },
        { "a..b@example.org,en,mini,,,", "[recipient-value] 'a..b@example.org' is no email" },
        { "<a@example.org>,en,mini,,,", "[recipient-value] '<a@example.org>' is no email" },
        { "مثال@example.org,en,mini,,,", "[recipient-value] 'مثال@example.org' is no email; write an address as name@example.org, in" },
        { "\"a@example.org\nBcc: b@example.org\",en,mini,,,", "recipients.csv:2:1: error: [recipient-value] the email holds a line end" },
        { "a@example.org,en,mini,\"A\r\nBcc: b@example.org\",,",
          "recipients.csv:2:23: error: [recipient-value] the name holds a line end" },
        { "a@example.org,en,mini,A\x7f,,", "recipients.csv:2:23: error: [recipient-value] the name holds a line end" },
        { "a@example.org,fr,mini,,,", "recipients.csv:2:15: error: [recipient-value] 'fr' is no language; write en or ar" },
        { "a@example.org,en,mimi,,,", "recipients.csv:2:18: error: [recipient-value] there is no report 'mimi'; did you mean 'mini'?" },
        { "a@example.org,en,../x,,,", "recipients.csv:2:18: error: [recipient-value] there is no report '../x'" },
        { "a@example.org,en,mini,,both,", "recipients.csv:2:24: error: [recipient-value] 'both' is no edition; write parallel, en, ar" },
        { "a@example.org,en,mini,,,Basra", "recipients.csv:2:25: error: [recipient-value] 'Basra' is no key; write small letters" },
        { "a@example.org,en,mini", "recipients.csv:2:1: error: [recipient-value] this row has 3 cells; write 6" },
        { "b@example.org,en,mini,,,\nA@example.org,ar,mini,,en,\na@Example.org,en,mini,,,",
          "recipients.csv:4:1: error: [recipient-twice] line 3 sends this to a@Example.org already; give it once" },
        { "a@example.org,en,mini,,,basra\na@example.org,en,mini,,,*", "recipients.csv:3:1: error: [recipient-twice] line 2 sends" },
    };
    struct workspace *w = *state;
    write_file(w, "mail.yaml", settings);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[512];
        snprintf(text, sizeof text, "%s%s\n", header, rows[i][0]);
        write_file(w, "recipients.csv", text);
        assert_wrong(w, rows[i][1]);
    }
}

static void wrong_columns_are_told(void **state)
{
    struct workspace *w = *state;
    write_file(w, "mail.yaml", settings);
    write_file(w, "recipients.csv", "");
    assert_wrong(w, "recipients.csv:1:1: error: [recipient-column] the file is empty");
    write_file(w, "recipients.csv", "email,language\n");
    assert_wrong(w, "recipients.csv:1:1: error: [recipient-column] the column 'report' is missing");
    write_file(w, "recipients.csv", "email,language,report,editon\n");
    assert_wrong(w, "recipients.csv:1:23: error: [recipient-column] there is no column 'editon'; did you mean 'edition'?");
    write_file(w, "recipients.csv", "email,language,report,email\n");
    assert_wrong(w, "recipients.csv:1:23: error: [recipient-column]");
}

static void wrong_settings_are_told(void **state)
{
    static const char *const texts[][2] = {
        { "server: x\n", "[key-missing] the key 'from' is missing" },
        { "server: mail.example.org\nfrom: a@example.org\ntls: none\n", "yaml:3:6: error: [mail-value] 'tls' is 'none'; write starttls" },
        { "server: mail.example.org\nfrom: a@example.org\ntls: yes\n", "yaml:3:6: error: [mail-value] 'tls' is 'yes'; write starttls" },
        { "server: smtp://x/\nfrom: a@example.org\n", "mail.yaml:1:9: error: [mail-value] 'server' is 'smtp://x/'; write the name" },
        { "server: x\nport: 0\nfrom: a@example.org\n", "yaml:2:7: error: [mail-value] 'port' is 0; write a number from 1 to 65535" },
        { "server: x\nfrom: \"a@example.org\\r\\nBcc: b@x.org\"\n", "[mail-value] 'from' is 'a@example.org" },
        { "server: x\nfrom: a@example.org\nfrom_name: {en: \"A\\nB\", ar: B}\n", "'from_name' has several lines" },
        { "server: x\nfrom: a@example.org\nfrom_name: {en: A}\n", "[key-missing] the key 'ar' is missing" },
        { "server: x\nfrom: a@example.org\nunsubscribe: \"https://x> <y\"\n", "yaml:3:15: error: [mail-value] 'unsubscribe'" },
        { "server: x\nfrom: a@example.org\nurl: javascript:x\n", "mail.yaml:3:6: error: [mail-value] 'url' is 'javascript:x'" },
        { "server: x\nfrom: a@example.org\nsend: always\n", "mail.yaml:3:7: error: [mail-value] 'send' is 'always'; write new" },
        { "server: x\nfrom: a@example.org\npassword: x\n", "mail.yaml:3:1: error: [key-unknown] unknown key 'password'" },
        { "- x\n", "mail.yaml:1:1: error: [value-kind] mail.yaml is no map" },
    };
    struct workspace *w = *state;
    write_file(w, "recipients.csv", header);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_file(w, "mail.yaml", texts[i][0]);
        assert_wrong(w, texts[i][1]);
    }
}

static void a_run_must_be_there(void **state)
{
    struct workspace *w = *state;
    write_file(w, "mail.yaml", settings);
    write_file(w, "recipients.csv", header);
    struct outcome o = program_run(
        (const char *const[]){ program_mujaz(), "deliver", "-C", w->folder, "-o", w->folder, NULL }, NULL);
    assert_int_equal(o.code, 1);
    assert_line(o.err, "error: [run-absent] no run was published here; 'mujaz nightly' publishes one");
    outcome_drop(&o);
}

/* No server listens there. */
static void a_dry_run_shows_who_gets_what(void **state)
{
    struct workspace *w = *state;
    char *journal = text_join(w->out, ".mail.journal");
    write_file(w, "mail.yaml", settings);
    write_file(w, "recipients.csv", "language,email,report,edition,name\nar,a@example.org,mini,,هدى\nen,b@example.org,mini,parallel,B\n"
                                    "en,c@example.org,mini,sequential,\n");
    struct outcome o = deliver(w, "--dry-run");
    assert_int_equal(o.code, 1);
    assert_line(o.err, "recipients.csv:4:23: error: [recipient-file] run ");
    assert_line(o.err, "has no edition 'sequential' of 'mini'");
    assert_line(o.out, "mini.ar.pdf  attached  to send");
    assert_line(o.out, "\u2068هدى\u2069");
    assert_line(o.out, "mini.pdf     attached  to send");
    assert_null(strstr(o.out, "c@example.org"));
    assert_false(file_is_there(journal));
    outcome_drop(&o);
    free(journal);
}

/* --- headers --- */

static void assert_header(const char *utf8, const char *expected)
{
    struct buf out;
    buf_init(&out);
    mail_header_text(&out, "Subject", utf8);
    assert_string_equal(out.data, expected);
    buf_drop(&out);
}

static void headers_hold_any_text(void **state)
{
    (void)state;
    assert_header("Plain", "Subject: Plain\r\n");
    assert_header("a\r\nBcc: b@example.org", "Subject: =?UTF-8?B?YQ0KQmNjOiBiQGV4YW1wbGUub3Jn?=\r\n");
    assert_header("=?x?=", "Subject: =?UTF-8?B?PT94Pz0=?=\r\n");
    assert_header("إحاطة", "Subject: =?UTF-8?B?2KXYrdin2LfYqQ==?=\r\n");
    /* No letter is cut, nor a word where that can be. */
    assert_header("العراق: الفصائل والمجالس", "Subject: =?UTF-8?B?2KfZhNi52LHYp9mCOiDYp9mE2YHYtdin2KbZhCA=?=\r\n "
                                              "=?UTF-8?B?2YjYp9mE2YXYrNin2YTYsw==?=\r\n");
    assert_header("ااااااااااااااااااااااااا", "Subject: =?UTF-8?B?2KfYp9in2KfYp9in2KfYp9in2KfYp9in2KfYp9in2KfYp9in2KfYp9in?=\r\n "
                                               "=?UTF-8?B?2KfYp9in2Kc=?=\r\n");
}

/* --- a server --- */

static void serve(void **state, const char *scenario)
{
    const struct workspace *w = *state;
    struct outcome o = program_run((const char *const[]){ "/usr/bin/python3", "tests/tools/mail_check.py", program_mujaz(),
                                                          w->folder, scenario, NULL }, NULL);
    if (o.code != 0)
        fail_msg("%s: %s%s", scenario, o.out, o.err);
    fputs(o.out, stdout);
    outcome_drop(&o);
}

#define SCENARIO(name) static void name(void **state) { serve(state, #name); }
SCENARIO(messages)  /* headers, parts, charsets, bytes; each once */
SCENARIO(linked)    /* above the size: [mail-size] or a link */
SCENARIO(troubles)  /* [mail-refused], [mail-later], [mail-unsure] */
SCENARIO(distrust)  /* [mail-server]: certificate, TLS, login, sender, nobody there */
SCENARIO(secrets)   /* [mail-secret] */
SCENARIO(killed)    /* kill -9 */
SCENARIO(stopped)   /* SIGTERM */
SCENARIO(nights)    /* unchanged, changed, stale */
SCENARIO(pages)     /* what is attached has changed, or what is shown */
SCENARIO(packets)   /* keys */
SCENARIO(full_disk) /* at each line of the journal */
SCENARIO(journal)   /* [mail-journal] */

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_rows_are_told_with_their_places),
        cmocka_unit_test(wrong_columns_are_told),
        cmocka_unit_test(wrong_settings_are_told),
        cmocka_unit_test(a_run_must_be_there),
        cmocka_unit_test(a_dry_run_shows_who_gets_what),
        cmocka_unit_test(headers_hold_any_text),
        cmocka_unit_test(messages),
        cmocka_unit_test(linked),
        cmocka_unit_test(troubles),
        cmocka_unit_test(distrust),
        cmocka_unit_test(secrets),
        cmocka_unit_test(killed),
        cmocka_unit_test(stopped),
        cmocka_unit_test(nights),
        cmocka_unit_test(pages),
        cmocka_unit_test(packets),
        cmocka_unit_test(full_disk),
        cmocka_unit_test(journal),
    };
    return cmocka_run_group_tests(tests, set_up, workspace_close);
}
