/* The document that is compared with other page builders': always the same, right, and the same text for all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/hash.h"
#include "support/lines.h"
#include "support/program.h"

static struct outcome run_bench(const char *program, const char *a, const char *b, const char *c, const char *d,
                                const char *e)
{
    char path[512];
    const char *build = getenv("BUILD");
    snprintf(path, sizeof path, "%s/bench/%s", build ? build : "build", program);
    struct outcome o = program_run((const char *const[]){ path, a, b, c, d, e, NULL }, NULL);
    assert_string_equal(o.err, "");
    assert_int_equal(o.code, 0);
    return o;
}

static int set_up(void **state)
{
    char *folder = tree_new();
    struct outcome o = run_bench("generate_peers", "2", folder, NULL, NULL, NULL);
    outcome_drop(&o);
    tree_copy("layouts", folder);
    tree_copy("fonts", folder);
    *state = folder;
    return 0;
}

static int tear_down(void **state)
{
    tree_remove(*state);
    return 0;
}

/* Figures of two nights compare only when the data are the same: a change here makes all older ones void. */
static void bytes_are_always_the_same(void **state)
{
    static const struct {
        const char *file, *digest;
    } wanted[] = {
        { "peers.tsv", "b53f8c2351cdfbb96e82ddb096f78fde7ca0fe20dc29a1cd5f7e67322f249c64" },
        { "datasets/elections/councils.csv", "2db681f897071a022ddefd6b804998a655cc12c12ef5a83973fb4e108f8b8bf0" },
        { "datasets/elections/lists.csv", "e6624876b14fa6e7b2a2d2cd3fb85e96442c5951a1f9b19632aa38a2d3a4193a" },
        { "datasets/elections/districts.csv", "0cd3ee06d40a7d6df7a6e12b730844e3f5f6b057232d4b63e906ebcf6a8ab53c" },
    };
    struct diags *diags = diags_new();
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        char hex[HASH_HEX], *path = text_join(*state, wanted[i].file);
        assert_true(hash_file(path, hex, diags));
        assert_string_equal(hex, wanted[i].digest);
        free(path);
    }
    diags_drop(diags);
}

/* A dump of the doc without what it says of values: "‹LRI:64›" becomes "64". */
static void take_off_isolates(char *dump)
{
    char *to = dump;
    for (const char *p = dump; *p;) {
        if (strncmp(p, "‹", strlen("‹")) == 0)
            p = strchr(p, ':') + 1;
        else if (strncmp(p, "›", strlen("›")) == 0)
            p += strlen("›");
        else
            *to++ = *p++;
    }
    *to = '\0';
}

/* The words of a field, with what stands behind a note's mark taken off; heap. */
static char *field_words(const char *field, size_t length)
{
    char *words = calloc(length + 1, 1);
    memcpy(words, field, length);
    char *mark = strstr(words, "¹");
    if (mark)
        *mark = '\0';
    char *normal = lines_normalise(words);
    free(words);
    return normal;
}

/* What the others are given is what mujaz makes of its templates and figures, in both languages. */
static void mujaz_and_the_others_print_the_same_text(void **state)
{
    struct outcome o =
        program_run((const char *const[]){ program_mujaz(), "dump", "doc", "-C", *state, "peers", NULL }, NULL);
    assert_string_equal(o.err, "");
    assert_int_equal(o.code, 0);
    take_off_isolates(o.out);
    char *doc = lines_normalise(o.out), *path = text_join(*state, "peers.tsv"), *plain = file_content(path, NULL);
    size_t compared = 0;
    for (const char *line = plain; *line; line = strchr(line, '\n') + 1) {
        if (!strchr("SHPNVZD", *line))
            continue;
        const char *field = strchr(line, '\t') + 1;
        for (int lang = 0; lang < 2; lang++) {
            char *words = field_words(field, strcspn(field, "\t"));
            if (!strstr(doc, words))
                fail_msg("not in the doc: %s", words);
            free(words);
            field = strchr(field, '\t') + 1;
            compared++;
        }
    }
    assert_int_equal(compared, 2 * 2 * (1 + 3 + 4 + 1 + 3)); /* sections, languages, kinds of record */
    free(doc);
    free(path);
    free(plain);
    outcome_drop(&o);
}

static void every_builder_here_takes_it(void **state)
{
    char *plain = text_join(*state, "peers.tsv"), *pdf = text_join(*state, "cairo.pdf"), *out = text_join(*state, "out");
    struct outcome o = program_run(
        (const char *const[]){ program_mujaz(), "build", "-C", *state, "-o", out, "--no-cache", "peers", NULL }, NULL);
    assert_string_equal(o.err, "");
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    o = run_bench("cairo_pango", plain, pdf, NULL, NULL, NULL);
    outcome_drop(&o);
    o = program_run((const char *const[]){ "pdfinfo", pdf, NULL }, NULL);
    assert_non_null(strstr(o.out, "\nPages:           10\n"));
    outcome_drop(&o);
    o = run_bench("text_floor", plain, "/usr/share/fonts/truetype/noto", "both", plain, "11");
    outcome_drop(&o);
    free(plain);
    free(pdf);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_always_the_same),
        cmocka_unit_test(mujaz_and_the_others_print_the_same_text),
        cmocka_unit_test(every_builder_here_takes_it),
    };
    return cmocka_run_group_tests_name("bench peers", tests, set_up, tear_down);
}
