/* One processor or two: the same files, and the same words on standard error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "base/buf.h"
#include "support/processors.h"
#include "support/program.h"

enum { PARAGRAPHS = 90, FILES = 6 }; /* 20 KB and more in each language: worth a second thread */
static const char *const files[FILES] = { "mini.pdf",         "mini.en.pdf",         "mini.ar.pdf",
                                          "mini.ledger.json", "mini.en.ledger.json", "mini.ar.ledger.json" };

/* --- a long report ---------------------------------------------------------------------------------------------- */

struct language {
    const char *file, *sentence, *again, *quote, *note;
    const char *syllables[10]; /* of made-up names: a typed number would be refused */
};
static const struct language languages[] = {
    { "reports/mini/en.md", "The council of %s%s met on that day and heard what had been said about water, roads and schools",
      "and again", "Nobody had asked us before.", "As the minutes of %s%s have it.",
      { "Ba", "Du", "Ka", "Li", "Mo", "Na", "Ru", "Sa", "Ti", "Za" } },
    { "reports/mini/ar.md", "اجتمع مجلس %s%s في ذلك اليوم واستمع إلى ما قيل عن المياه والطرق والمدارس", "ومرة أخرى",
      "لم يسألنا أحد من قبل.", "وفق محضر %s%s.", { "با", "دو", "كا", "لي", "مو", "نا", "رو", "سا", "تي", "زا" } },
};

/* Paragraphs of several lengths with notes, lists, quotes and headings between them; `odd` stands in one of them, and
 * `odd_heading` in a heading before it and another paragraph behind it. */
static void add_text(const char *folder, const struct language *in, const char *odd, const char *odd_heading)
{
    struct buf text;
    char *path = text_join(folder, in->file);
    size_t length;
    char *before = file_content(path, &length);
    buf_init(&text);
    buf_add(&text, before, length);
    for (int i = 0; i < PARAGRAPHS; i++) {
        const char *first = in->syllables[i * 37 / 10 % 10], *second = in->syllables[i * 37 % 10];
        if (i % 10 == 0)
            buf_printf(&text, "\n## %s%s%s {#part%d}\n", first, second, i == 50 ? odd_heading : "", i);
        buf_add_string(&text, i % 7 == 3 ? "\n- " : "\n");
        for (int k = 0; k < 1 + i % 5; k++) {
            buf_printf(&text, in->sentence, first, second);
            buf_printf(&text, ", **%s**, ", in->again);
        }
        buf_add_string(&text, second);
        if (i == 44 || i == 77)
            buf_printf(&text, " %s", i == 44 ? odd : odd_heading);
        if (i % 6 == 0) {
            buf_printf(&text, ".[^n%d]\n\n[^n%d]: ", i, i);
            buf_printf(&text, in->note, first, second);
        }
        buf_add_string(&text, "\n");
        if (i % 20 == 5)
            buf_printf(&text, "\n> %s\n", in->quote);
    }
    file_write(path, text.data, text.length);
    buf_drop(&text);
    free(before);
    free(path);
}

/* --- on so many processors -------------------------------------------------------------------------------------- */

static struct outcome build(const char *folder, const char *out, const char *edition)
{
    return program_run((const char *const[]){ program_mujaz(), "build", "-C", folder, "-o", out, "--no-cache", "mini",
                                              edition ? "-e" : NULL, edition, NULL }, NULL);
}

static void assert_same_file(const char *a, const char *b, const char *name)
{
    char *a_path = text_join(a, name), *b_path = text_join(b, name);
    assert_int_equal(file_is_there(a_path), file_is_there(b_path));
    if (file_is_there(a_path)) {
        size_t a_length, b_length;
        char *a_bytes = file_content(a_path, &a_length), *b_bytes = file_content(b_path, &b_length);
        if (a_length != b_length || memcmp(a_bytes, b_bytes, a_length) != 0)
            fail_msg("two processors give other bytes for %s", name);
        free(a_bytes);
        free(b_bytes);
    }
    free(a_path);
    free(b_path);
}

/* What both said, for the caller to look at. */
static struct outcome assert_same(const char *folder, const char *edition)
{
    char *one = text_join(folder, "one"), *two = text_join(folder, "two");
    processors_use(1);
    struct outcome alone = build(folder, one, edition);
    processors_use(2);
    struct outcome both = build(folder, two, edition);
    processors_use_all();
    assert_string_equal(both.err, alone.err);
    assert_int_equal(both.code, alone.code);
    for (int i = 0; i < FILES; i++)
        assert_same_file(one, two, files[i]);
    outcome_drop(&alone);
    free(one);
    free(two);
    return both;
}

/* --- */

static void a_report_is_the_same(void **state)
{
    static const char *const editions[] = { NULL, "parallel", "en", "ar" };
    (void)state;
    for (size_t i = 0; i < sizeof editions / sizeof *editions; i++) {
        char *folder = workspace_new("tests/data/cli");
        for (int lang = 0; lang < 2; lang++)
            add_text(folder, &languages[lang], "", "");
        struct outcome o = assert_same(folder, editions[i]);
        assert_string_equal(o.err, "");
        assert_int_equal(o.code, 0);
        outcome_drop(&o);
        tree_remove(folder);
    }
}

static size_t times(const char *text, const char *word)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, word)); at++)
        count++;
    return count;
}

/* The same of a report without the parallel edition, which says of each place what the others would. */
static void assert_says(const char *odd, const char *odd_heading, int code, const char *what, size_t count)
{
    for (int parallel = 0; parallel < 2; parallel++) {
        char *folder = workspace_new("tests/data/cli"), *definition = text_join(folder, "reports/mini/report.yaml");
        if (!parallel)
            file_replace(definition, "editions: [parallel, en, ar]", "editions: [en, ar]");
        for (int lang = 0; lang < 2; lang++)
            add_text(folder, &languages[lang], odd, odd_heading);
        struct outcome o = assert_same(folder, NULL);
        assert_int_equal(o.code, code);
        assert_int_equal(times(o.err, what), count);
        outcome_drop(&o);
        free(definition);
        tree_remove(folder);
    }
}

/* Words that are too wide, in each language in a heading and a paragraph on either side of it. */
static void warnings_are_the_same(void **state)
{
    enum { WIDE = 150 };
    char odd[WIDE + 1] = "", heading[WIDE + 2] = " ";
    (void)state;
    memset(odd, 'w', WIDE);
    memset(heading + 1, 'm', WIDE);
    assert_says(odd, heading, 0, "[text-word-wide]", 6);
}

static void errors_are_the_same(void **state)
{
    static const char cuneiform[] = "\xF0\x92\x80\x80";
    (void)state;
    assert_says(cuneiform, cuneiform, 1, "[text-glyph-missing]", 6);
}

/* A worker of the night has a limit for addresses, and each of glibc's heaps takes 64 MiB of them. */
static void little_room_is_enough(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* it maps terabytes */
#else
    enum { ROOM = 256 << 20, TIMES = 5 };
    char *folder = workspace_new("tests/data/cli"), *out = text_join(folder, "out");
    for (int lang = 0; lang < 2; lang++)
        add_text(folder, &languages[lang], "", "");
    struct rlimit before, little;
    assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
    little = (struct rlimit){ .rlim_cur = ROOM, .rlim_max = before.rlim_max };
    for (int i = 0; i < TIMES; i++) { /* how many threads there are at a time differs */
        assert_int_equal(setrlimit(RLIMIT_AS, &little), 0);
        struct outcome o = build(folder, out, "parallel");
        assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
        assert_string_equal(o.err, "");
        assert_int_equal(o.code, 0);
        outcome_drop(&o);
    }
    free(out);
    tree_remove(folder);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_is_the_same),
        cmocka_unit_test(warnings_are_the_same),
        cmocka_unit_test(errors_are_the_same),
        cmocka_unit_test(little_room_is_enough),
    };
    return cmocka_run_group_tests_name("cli processors", tests, NULL, NULL);
}
