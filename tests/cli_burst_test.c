/*
 * Packets: one for each row of a burst, and in none of them what is another's: its text, its attachments, its ledger
 * and every string of the file are read for the other packets' words and numbers.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "support/workspace.h"

#define YAML "reports/brief/report.yaml"
#define INCIDENTS "datasets/incidents/incidents.csv"
#define GOVERNORATES "datasets/incidents/governorates.csv"

static int set_up(void **state)
{
    *state = workspace_open("tests/data/burst");
    return 0;
}

static struct outcome run(const struct workspace *w, const char *command, const char *out, const char *option)
{
    return program_run((const char *const[]){ program_mujaz(), command, "-C", w->folder, "-o", out, "brief", option, NULL },
                       NULL);
}

static void build(const struct workspace *w, const char *out, const char *option)
{
    struct outcome o = run(w, "build", out, option);
    assert_string_equal(o.err, "");
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
}

static bool holds(const char *bytes, size_t length, const char *piece, size_t piece_length)
{
    return piece_length > 0 && memmem(bytes, length, piece, piece_length);
}

/* --- what is whose ---------------------------------------------------------------------------------------- */

static const struct packet {
    const char *key, *words[12];
} packets[] = {
    { "basra", { "Basra", "البصرة", "Zaynab", "Zubair", "صاروخ", "Safwan", "صفوان", "4101", "4,101", "6103", "6,103",
                 "10,204" } },
    { "al-anbar", { "Al-Anbar", "الأنبار", "Marwan", "Haditha", "حديثة", "Rutba", "كمين", "1702", "1,702", "2305", "2,305",
                    "4,007" } },
    { "najaf", { "Najaf", "النجف", "Huda", "Kufa", "حريق", "Mishkhab", "المشخاب", "9204", "9,204", "3106", "3,106",
                 "12,310" } },
};
enum { PACKETS = 3, WORDS = 12 };
static const char *const endings[] = { ".pdf", ".en.pdf", ".ar.pdf" };

/* UTF-16BE, as PDF strings have it: bytes, or their hexadecimal digits. */
static struct buf utf16(const char *word, bool hex, bool capitals)
{
    struct buf out;
    buf_init(&out);
    while (*word) {
        uint32_t c = utf8_next(&word);
        if (hex)
            buf_printf(&out, capitals ? "%04X" : "%04x", (unsigned)c);
        else
            buf_add(&out, (char[]){ (char)(c >> 8), (char)c }, 2);
    }
    return out;
}

/* Four digits stand in any font program, by chance. */
static bool is_number(const char *word)
{
    return word[strspn(word, "0123456789,")] == '\0';
}

/* As text; a number not within a digest or a longer number, where its digits may stand by chance. */
static bool holds_word(const char *bytes, size_t length, const char *word)
{
    size_t wide = strlen(word);
    if (!is_number(word))
        return holds(bytes, length, word, wide);
    for (size_t i = 0; i + wide <= length; i++)
        if (memcmp(bytes + i, word, wide) == 0 && (i == 0 || !isalnum((unsigned char)bytes[i - 1]))
            && (i + wide == length || !isalnum((unsigned char)bytes[i + wide])))
            return true;
    return false;
}

/* In which form bytes hold the word; NULL: in none. */
static const char *form_of(const char *bytes, size_t length, const char *word)
{
    struct buf form[3] = { utf16(word, false, false), utf16(word, true, false), utf16(word, true, true) };
    static const char *const names[3] = { "UTF-16", "hexadecimal", "hexadecimal" };
    const char *found = holds_word(bytes, length, word) ? "UTF-8" : NULL;
    for (int i = 0; i < 3; i++) {
        if (!found && holds(bytes, length, form[i].data, form[i].length))
            found = names[i];
        buf_drop(&form[i]);
    }
    return found;
}

/* No word of another packet; `least` of its own, so that this is known to find them. `binary`: numbers do not count. */
static void assert_own(const char *what, size_t packet, const char *bytes, size_t length, bool binary, size_t least)
{
    size_t own = 0;
    for (size_t i = 0; i < PACKETS; i++)
        for (size_t k = 0; k < WORDS; k++) {
            const char *word = packets[i].words[k];
            const char *form = binary && is_number(word) ? NULL : form_of(bytes, length, word);
            if (form && i != packet)
                fail_msg("%s of packet %s holds '%s' (%s)", what, packets[packet].key, word, form);
            own += form && i == packet;
        }
    if (own < least)
        fail_msg("%s of packet %s holds %zu of its own words; at least %zu were expected", what, packets[packet].key, own,
                 least);
}

static void assert_program_own(const char *what, size_t packet, const char *const argv[], size_t least)
{
    struct outcome o = program_run(argv, NULL);
    if (o.code != 0)
        fail_msg("%s: %s", argv[0], o.err);
    assert_own(what, packet, o.out, o.out_length, strcmp(argv[0], "qpdf") == 0 && argv[3], least);
    outcome_drop(&o);
}

static void check_pdf(const struct workspace *w, size_t packet, const char *ending)
{
    char name[64];
    snprintf(name, sizeof name, "brief-%s%s", packets[packet].key, ending);
    char *pdf = text_join(w->out, name);
    assert_program_own("the text", packet, (const char *const[]){ "pdftotext", "-layout", pdf, "-", NULL }, 5);
    assert_program_own("the file, all streams inflated", packet,
                       (const char *const[]){ "qpdf", "--qdf", "--object-streams=disable", pdf, "-", NULL }, 5);
    assert_program_own("strings", packet, (const char *const[]){ "qpdf", "--json", pdf, NULL }, 3);
    assert_program_own("ledger.json", packet,
                       (const char *const[]){ "qpdf", "--show-attachment=ledger.json", pdf, NULL }, 8);
    assert_program_own("a chart's data", packet,
                       (const char *const[]){ "qpdf", "--show-attachment=chart.wounded.csv", pdf, NULL }, 6);
    struct outcome o = program_run((const char *const[]){ "pdfdetach", "-list", pdf, NULL }, NULL);
    assert_string_equal(o.out, "2 embedded files\n1: chart.wounded.csv\n2: ledger.json\n");
    outcome_drop(&o);
    free(pdf);
    snprintf(name, sizeof name, "brief-%s%.*s.ledger.json", packets[packet].key, (int)strlen(ending) - 4, ending);
    char *ledger = text_join(w->out, name);
    size_t length;
    char *content = file_content(ledger, &length);
    assert_own("the ledger beside it", packet, content, length, false, 8);
    free(content);
    free(ledger);
}

static void check_all(const struct workspace *w)
{
    for (size_t i = 0; i < PACKETS; i++)
        for (size_t k = 0; k < 3; k++)
            check_pdf(w, i, endings[k]);
}

static void a_packet_holds_its_own_rows_only(void **state)
{
    struct workspace *w = *state;
    build(w, w->out, NULL);
    check_all(w);
}

/* These read all rows, name other packets, and find rows that cannot be told to count. */
static void statements_that_read_all_rows_give_none_away(void **state)
{
    struct workspace *w = *state;
    file_replace(workspace_path(w, YAML), "SELECT sum(wounded) FROM incidents WHERE governorate = :name_en",
                 "SELECT sum(CASE WHEN governorate = :name_en THEN wounded ELSE 0 END) AS [not of Al-Anbar] FROM incidents");
    file_replace(workspace_path(w, YAML), "SELECT count(*) FROM incidents WHERE governorate = :name_en",
                 "SELECT count(*) FROM incidents WHERE governorate = :name_en AND kind_en NOT IN ('of Basra', 'Al-Anbar', "
                 "'Najaf')");
    file_replace(workspace_path(w, YAML), "SELECT sum(wounded) FROM incidents\n",
                 "SELECT sum(wounded) FROM incidents WHERE id IN (SELECT max(id) FROM incidents GROUP BY governorate)\n");
    build(w, w->out, NULL);
    check_all(w);
}

/* Nothing of one packet is left when the next is made: fonts, words, notes, numbers. */
static void a_packet_alone_is_the_same_file(void **state)
{
    struct workspace *w = *state;
    char *alone = text_join(w->folder, "alone");
    build(w, w->out, NULL);
    build(w, alone, "--only=najaf");
    for (size_t k = 0; k < 3; k++) {
        char name[64];
        size_t one, many;
        snprintf(name, sizeof name, "brief-najaf%s", endings[k]);
        char *a = text_join(w->out, name), *b = text_join(alone, name);
        char *in_burst = file_content(a, &many), *by_itself = file_content(b, &one);
        assert_int_equal(many, one);
        assert_memory_equal(in_burst, by_itself, one);
        free(in_burst);
        free(by_itself);
        free(a);
        free(b);
    }
    char *other = text_join(alone, "brief-basra.pdf");
    assert_false(file_is_there(other));
    free(other);
    free(alone);
}

/* --- what is wrong ---------------------------------------------------------------------------------------- */

static void assert_refused(const struct workspace *w, const char *option, const char *said)
{
    struct outcome o = run(w, "build", w->out, option);
    assert_int_equal(o.code, 1);
    if (!strstr(o.err, said))
        fail_msg("'%s' is not in '%s'", said, o.err);
    outcome_drop(&o);
    assert_false(file_is_there(w->out));
}

static const struct wrong {
    const char *old, *new, *said;
} wrongs[] = {
    { "    ORDER BY id", "    WHERE id > 10",
      "report.yaml:10:5: error: [burst-rows] the burst's statement gives no rows" },
    { "SELECT key, name_en", "SELECT 'x' || key AS Key, key, name_en",
      "[burst-column] the burst's column 'Key' can name no parameter" },
    { "SELECT key, name_en", "SELECT nullif(id, 2) AS code, key, name_en",
      "[burst-column] row 2 of the burst has nothing in column 'code'; give each row a value there" },
    { "  wounded: SELECT", "  name: SELECT 1 WHERE :key = :key\n  wounded: SELECT",
      "report.yaml:17:3: error: [burst-column] the burst gives a figure 'name' too" },
    { "  key: key", "  key: kez", "report.yaml:13:8: error: [column-unknown] the statement gives no column 'kez'; did you mean 'key'?" },
    { "  key: key", "  key: name_en",
      "report.yaml:13:8: error: [burst-key] 'Basra' in row 1 of the burst can be no part of a file's name" },
    { "SELECT key, name_en", "SELECT 'same' AS key, name_en", "[burst-key] two rows of the burst have the key 'same'" },
    { "  key: key", "  keys: key", "'key' is missing" },
    { "  common: [wounded_in_all]", "  common: []",
      "report.yaml:18:19: error: [burst-common] the statement of 'wounded_in_all' names no column of the burst" },
    { "  common: [wounded_in_all]", "  common: [wounded_in_all, table:dais]",
      "report.yaml:14:28: error: [definition-value] 'table:dais' is no figure, table or chart" },
    { "      SELECT day, kind_en, kind_ar, wounded\n      FROM incidents\n      WHERE governorate = :name_en",
      "      SELECT day, kind_en, kind_ar, wounded, governorate\n      FROM incidents\n      WHERE :name_en = :name_en",
      "report.yaml:22:7: error: [burst-foreign] packet 'basra': the statement gives 'Al-Anbar' in column 'governorate', which "
      "is of packet 'al-anbar'" },
    { "datasets: [incidents]", "datasets: [incidents]\nattachments: all",
      "report.yaml:7:14: error: [definition-value] packets of a burst cannot hold the datasets" },
};

static void a_wrong_burst_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        void *own;
        set_up(&own);
        struct workspace *w = own;
        file_replace(workspace_path(w, YAML), wrongs[i].old, wrongs[i].new);
        assert_refused(w, NULL, wrongs[i].said);
        workspace_close(&own);
    }
}

static void names_of_files_are_those_of_one_report(void **state)
{
    struct workspace *w = *state;
    char *folder = text_join(w->folder, "reports/brief-al"), *yaml = text_join(folder, "report.yaml");
    assert_int_equal(mkdir(folder, 0700), 0);
    file_write(yaml, "", 0);
    assert_refused(w, NULL, "[burst-key] the files of packet 'al-anbar' would be named as those of the report 'brief-al'");
    free(yaml);
    free(folder);
}

static void an_unknown_packet_is_refused(void **state)
{
    struct workspace *w = *state;
    assert_refused(w, "--only=najf", "[packet-unknown] the burst has no packet 'najf'; did you mean 'najaf'?");
}

static void commands_that_show_one_packet_take_its_key(void **state)
{
    struct workspace *w = *state;
    struct outcome o = program_run((const char *const[]){ program_mujaz(), "dump", "doc", "-C", w->folder, "--only=najaf",
                                                          "brief", NULL }, NULL);
    assert_int_equal(o.code, 0);
    assert_non_null(strstr(o.out, "report brief-najaf "));
    outcome_drop(&o);
    o = program_run((const char *const[]){ program_mujaz(), "explain", "-C", w->folder, "--only=al-anbar", "brief",
                                           "wounded_in_all", NULL }, NULL);
    assert_int_equal(o.code, 0);
    assert_non_null(strstr(o.out, "not listed, since not of this packet alone: 6"));
    outcome_drop(&o);
    o = run(w, "preview", w->out, "--only=Najaf");
    assert_int_equal(o.code, 2);
    assert_non_null(strstr(o.err, "--only=Najaf is no key of a packet"));
    outcome_drop(&o);
    o = program_run((const char *const[]){ program_mujaz(), "check", "-C", w->folder, "brief", NULL }, NULL);
    assert_string_equal(o.out, "brief: good: 3 packets\n");
    outcome_drop(&o);
}

/* The last of three: the others are whole by then, and none is put in place. */
static void an_error_names_its_packet(void **state)
{
    struct workspace *w = *state;
    file_replace(workspace_path(w, INCIDENTS), "4,Najaf", "4,Basra");
    file_replace(workspace_path(w, INCIDENTS), "6,Najaf", "6,Basra");
    file_replace(workspace_path(w, YAML), "SELECT sum(wounded) FROM incidents WHERE", "SELECT total(wounded) FROM incidents WHERE");
    struct outcome o = run(w, "build", w->out, NULL);
    assert_int_equal(o.code, 1);
    assert_non_null(strstr(o.err, "[data-empty] packet 'najaf': the statement of table 'days' gives no rows"));
    assert_null(strstr(o.err, "packet 'basra'"));
    outcome_drop(&o);
    char *done = text_join(w->out, "brief-basra.pdf");
    assert_false(file_is_there(done));
    free(done);
    o = program_run((const char *const[]){ "find", w->out, "-type", "f", NULL }, NULL);
    assert_string_equal(o.out, "");
    outcome_drop(&o);
}

/* --- the night -------------------------------------------------------------------------------------------- */

static ino_t inode(const struct workspace *w, const char *name)
{
    struct stat st;
    char *path = text_join(w->out, name);
    assert_int_equal(stat(path, &st), 0);
    free(path);
    return st.st_ino;
}

static void assert_night(const struct workspace *w, int code, const char *line)
{
    struct outcome o = run(w, "nightly", w->out, NULL);
    assert_int_equal(o.code, code);
    if (!strstr(o.out, line))
        fail_msg("'%s' is not in '%s' (%s)", line, o.out, o.err);
    outcome_drop(&o);
}

/* Also those packets that were made before the wrong one was met. */
static void a_stale_burst_keeps_all_its_packets(void **state)
{
    struct workspace *w = *state;
    static const char *const files[] = { "current/brief-basra.pdf", "current/brief-al-anbar.ledger.json",
                                         "current/brief-najaf.ar.pdf" };
    ino_t before[3];
    assert_night(w, 0, "brief: made, 27 files");
    for (size_t i = 0; i < 3; i++)
        before[i] = inode(w, files[i]);
    assert_night(w, 0, "brief: unchanged, 27 files");
    file_replace(workspace_path(w, INCIDENTS), "4,Najaf", "4,Basra");
    file_replace(workspace_path(w, INCIDENTS), "6,Najaf", "6,Basra");
    file_replace(workspace_path(w, YAML), "SELECT sum(wounded) FROM incidents WHERE", "SELECT total(wounded) FROM incidents WHERE");
    assert_night(w, 1, "brief: stale since ");
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(inode(w, files[i]), before[i]);
    char *manifest = text_join(w->out, "current/manifest.json");
    size_t length;
    char *content = file_content(manifest, &length);
    assert_non_null(strstr(content, "packet 'najaf'"));
    assert_non_null(strstr(content, "brief-al-anbar.en.pdf"));
    free(content);
    free(manifest);
    file_replace(workspace_path(w, INCIDENTS), "6,Basra", "6,Najaf");
    assert_night(w, 0, "brief: made, 27 files");
}

/* However many: the page lists them, and they can be mailed. */
static void many_packets_are_listed_and_mailed(void **state)
{
    static const char *const letters[] = { "ا", "ب", "ت", "ث", "ج", "ح", "خ", "د", "ذ" };
    static const char server[] = "server: localhost\nfrom: a@example.org\n";
    static const char readers[] = "email,language,report,key\nb@example.org,en,brief,zone-i\n";
    struct workspace *w = *state;
    struct buf zones, rows;
    char *mail = text_join(w->folder, "mail.yaml"), *list = text_join(w->folder, "recipients.csv"), *path, *page;
    size_t length;
    buf_init(&zones);
    buf_init(&rows);
    buf_add_string(&zones, "id,key,name_en,name_ar,reader\n");
    buf_add_string(&rows, "id,governorate,day,kind_en,kind_ar,wounded\n");
    for (int i = 0; i < 9; i++) {
        buf_printf(&zones, "%d,zone-%c,Zone %c,قضاء %s,Reader %c\n", i, 'a' + i, 'A' + i, letters[i], 'A' + i);
        buf_printf(&rows, "%d,Zone %c,2024-01-03,Fire,حريق,%d\n", i, 'A' + i, 40 + i);
    }
    file_write(workspace_path(w, GOVERNORATES), zones.data, zones.length);
    file_write(workspace_path(w, INCIDENTS), rows.data, rows.length);
    buf_drop(&zones);
    buf_drop(&rows);
    file_write(mail, server, sizeof server - 1);
    file_write(list, readers, sizeof readers - 1);
    struct outcome o = run(w, "nightly", w->out, "--jobs=1");
    assert_string_equal(o.err, "");
    outcome_drop(&o);
    path = text_join(w->out, "current/index.html");
    page = file_content(path, &length);
    assert_non_null(strstr(page, "href=\"brief-zone-i.en.pdf\""));
    assert_null(strstr(page, "<img"));
    o = program_run((const char *const[]){ program_mujaz(), "deliver", "--dry-run", "-C", w->folder, "-o", w->out, NULL }, NULL);
    assert_string_equal(o.err, "");
    assert_non_null(strstr(o.out, "brief-zone-i.en.pdf"));
    outcome_drop(&o);
    free(mail);
    free(list);
    free(path);
    free(page);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, workspace_close)
    const struct CMUnitTest tests[] = {
        TEST(a_packet_holds_its_own_rows_only),
        TEST(statements_that_read_all_rows_give_none_away),
        TEST(a_packet_alone_is_the_same_file),
        cmocka_unit_test(a_wrong_burst_is_refused),
        TEST(names_of_files_are_those_of_one_report),
        TEST(an_unknown_packet_is_refused),
        TEST(commands_that_show_one_packet_take_its_key),
        TEST(an_error_names_its_packet),
        TEST(a_stale_burst_keeps_all_its_packets),
        TEST(many_packets_are_listed_and_mailed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
